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
from tracker.rules.comparing.serving import LEVEL_WORDS
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

_ANNEX_COLUMNS = (
    TableColumn("序号", 11, Align.CENTER),
    TableColumn("上级任务", 24, merge=True),
    TableColumn("上级要求", 62),
    TableColumn("本级承接事项", 66),
    TableColumn("责任单位", 34),
    TableColumn("进展", 20, Align.CENTER),
    TableColumn("备注", 22),
)
_GAP_COLUMNS = (
    TableColumn("序号", 11, Align.CENTER),
    TableColumn("上级任务", 28, merge=True),
    TableColumn("上级要求", 80),
    TableColumn("情况", 18, Align.CENTER),
    TableColumn("说明", 60),
)


def level_annex(office: Office, levels: Levels, say: Say, head: Letterhead, *, as_of: dt.date) -> Official:
    """The document as an outline."""
    edition = office.superiors[levels.superior].edition
    figures = {figure.code.removeprefix("levels."): figure for figure in level_figures(levels)}
    ours = {point.id: point for point in levels.ours}
    rows: list[tuple[str, ...]] = []
    gaps: list[tuple[str, ...]] = []
    for number, point in enumerate(levels.theirs, start=1):
        judgement = levels.judgements.get(point.id)
        others = tuple(point_id for point_id in judgement.others if point_id in ours) if judgement else ()
        word = judgement.word if judgement else "待确认"
        task = without_number(point.task or point.section) if point.task or point.section else ""
        rows.append(
            (
                str(number),
                task,
                point.requirement,
                "\n".join(ours[point_id].requirement for point_id in others) or word,
                "\n".join(dict.fromkeys(units_of(ours[point_id]) for point_id in others)),
                "\n".join(dict.fromkeys(levels.state_word(point_id) for point_id in others)) or "—",
                judgement.note if judgement else "",
            )
        )
        if judgement is None or judgement.word in (LEVEL_WORDS[GAP], LEVEL_WORDS[ELSEWHERE]):
            gaps.append(
                (str(len(gaps) + 1), task, point.requirement, word, judgement.note if judgement else "")
            )
    titles = "、".join(f"《{office.plans[plan].edition.title}》" for plan in levels.plans)
    text = say(
        "level.opening",
        title=edition.title,
        number=edition.number,
        own=titles,
        as_of=long_date(as_of),
        f=figures,
    )
    attachments = [Attachment(say("level.all"), (Table(_ANNEX_COLUMNS, tuple(rows)),), landscape=True)]
    if gaps:
        attachments.append(Attachment(say("level.gaps"), (Table(_GAP_COLUMNS, tuple(gaps)),), landscape=True))
    return Official(
        title=say("level.title", title=edition.title),
        blocks=(Text(text), Text(say("level.close"))),
        addressee=head.superior,
        signature=head.office_name,
        date=as_of,
        attachments=tuple(attachments),
    )
