"""What the superior gets: one page of text, every item of its plan with who serves it here and how far, and the gaps.

It states what a person confirmed; what nobody confirmed says 待确认, so that nobody signs it unseen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tracker.rules.comparing.levelbook import units_of
from tracker.rules.comparing.levels import Levels
from tracker.rules.comparing.levels import level_figures
from tracker.rules.comparing.serving import ELSEWHERE
from tracker.rules.comparing.serving import GAP
from tracker.rules.comparing.serving import WORDS
from tracker.rules.reporting.report import Letterhead
from tracker.rules.state import Office
from tracker.rules.wording.outline import Align
from tracker.rules.wording.outline import Attachment
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import TableColumn
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import without_number

Say = Callable[..., str]

_ALL = (
    TableColumn("序号", 11, Align.CENTER),
    TableColumn("上级任务", 24, merge=True),
    TableColumn("上级要求", 62),
    TableColumn("本级承接事项", 66),
    TableColumn("责任单位", 34),
    TableColumn("进展", 20, Align.CENTER),
    TableColumn("备注", 22),
)
_GAPS = (
    TableColumn("序号", 11, Align.CENTER),
    TableColumn("上级任务", 28, merge=True),
    TableColumn("上级要求", 80),
    TableColumn("情况", 18, Align.CENTER),
    TableColumn("说明", 60),
)


def level_annex(office: Office, levels: Levels, say: Say, head: Letterhead, *, as_of: dt.date) -> Official:
    """The document as an outline."""
    edition = office.superiors[levels.superior].edition
    found = {each.code.removeprefix("levels."): each for each in level_figures(levels)}
    ours = {each.id: each for each in levels.ours}
    rows: list[tuple[str, ...]] = []
    gaps: list[tuple[str, ...]] = []
    for number, point in enumerate(levels.theirs, start=1):
        held = levels.said.get(point.id)
        others = tuple(wp for wp in held.others if wp in ours) if held else ()
        word = held.word if held else "待确认"
        task = without_number(point.task or point.section) if point.task or point.section else ""
        rows.append(
            (
                str(number),
                task,
                point.requirement,
                "\n".join(ours[wp].requirement for wp in others) or word,
                "\n".join(dict.fromkeys(units_of(ours[wp]) for wp in others)),
                "\n".join(dict.fromkeys(levels.state_word(wp) for wp in others)) or "—",
                held.note if held else "",
            )
        )
        if held is None or held.word in (WORDS[GAP], WORDS[ELSEWHERE]):
            gaps.append((str(len(gaps) + 1), task, point.requirement, word, held.note if held else ""))
    own = "、".join(f"《{office.plans[each].edition.title}》" for each in levels.plans)
    told = say(
        "level.opening", title=edition.title, number=edition.number, own=own, as_of=long_date(as_of), f=found
    )
    attachments = [Attachment(say("level.all"), (Table(_ALL, tuple(rows)),), landscape=True)]
    if gaps:
        attachments.append(Attachment(say("level.gaps"), (Table(_GAPS, tuple(gaps)),), landscape=True))
    return Official(
        title=say("level.title", title=edition.title),
        blocks=(Text(told), Text(say("level.close"))),
        addressee=head.superior,
        signature=head.office_name,
        date=as_of,
        attachments=tuple(attachments),
    )
