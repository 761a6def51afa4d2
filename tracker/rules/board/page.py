"""The year on one page: what a browser shows, what one sheet of A4 shows (`rules.board.onepage`), what charts show.

Everything is counted from the summary that the report is written from. Parts without facts are empty here, and
what lays the page out shows no heading for them: groups and burden without forms or slips, spot checks and scores
without any, the last run without a ledger that anything acts on by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tracker.rules.board.bars import WIDE
from tracker.rules.board.bars import Bar
from tracker.rules.board.bars import BarClass
from tracker.rules.board.bars import BarLine
from tracker.rules.board.bars import bars_of
from tracker.rules.board.bars import lines_of
from tracker.rules.board.brief import cut
from tracker.rules.board.brief import days_late
from tracker.rules.board.burden import Burden
from tracker.rules.board.burden import burden_of
from tracker.rules.board.burden import total_burden
from tracker.rules.board.groups import UnitGroup
from tracker.rules.board.groups import groups_of
from tracker.rules.board.lamps import LIGHT_MEANINGS
from tracker.rules.board.lamps import URGENT_LIGHTS
from tracker.rules.board.lamps import LightCount
from tracker.rules.board.lamps import light_counts
from tracker.rules.board.months import Timeline
from tracker.rules.board.months import timeline_of
from tracker.rules.board.parts import Part
from tracker.rules.board.parts import checks_part
from tracker.rules.board.running import LastRun
from tracker.rules.reporting.annexes import deadline_text
from tracker.rules.reporting.annexes import full_text
from tracker.rules.reporting.annexes import reasons
from tracker.rules.reporting.figures import POINT_CLASSES
from tracker.rules.reporting.frozen import ReportChanges
from tracker.rules.reporting.item import UNCOUNTED
from tracker.rules.reporting.item import ReportItem
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.state import Office
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import short_name
from tracker.rules.wording.phrases import without_number

# Class -> colour; dark enough for white words on it, and different in grey, too.
COLOURS: dict[str, str] = {
    "done": "#2e7d32",
    "continuing": "#607d8b",
    "in_progress": "#1565c0",
    "lagging": "#f9a825",
    "not_started": "#8d6e63",
    "unreported": "#9e9e9e",
    "overdue": "#c62828",
}
NO_SECTION = "（未分板块）"
# A page is for reading: of a longer text it shows the beginning and says where the whole is.
LONGEST_TEXT, LONGEST_NAME = 1_500, 120


@dataclass(frozen=True, slots=True)
class PageLine:
    """A row of the page's table of items.

    Attributes:
        section_key: Its part as the plan writes it.
        name: A short name for where there is little room.
        units: Ids of the units that answer.
        due: The day as `2018-09-30`; empty without one.
        light: The light's word; `colour` its colour.
        rank: 1 the most urgent; 0 wants nobody's attention.
        late: Days since it was due, where it is late.
        problem: What units wrote as 存在问题.
    """

    wp: str
    section: str
    section_key: str
    task: str
    requirement: str
    name: str
    lead: str
    others: str
    units: tuple[str, ...]
    deadline: str
    due: str
    kind: str
    word: str
    light: str
    colour: str
    says: str
    rank: int
    late: int
    text: str
    problem: str


@dataclass(frozen=True)
class BoardPage:
    """Everything that the page shows.

    Attributes:
        cards: Number and label of each figure at the top.
        whole: The classes of all items; their shares add up to 100.0.
        sections: A bar for each part of the plan.
        burden: What was asked of all units, in one sentence; empty before anything was.
        parts: Parts whose facts are there.
        changes: What changed since the last edition: name, before, now, reason, source.
    """

    title: str
    as_of: str
    total: int
    done: int
    share: str
    overdue: int
    units_n: int
    reply_ratio: str
    cards: tuple[tuple[str, str], ...]
    classes: tuple[BarClass, ...]
    whole: tuple[Bar, ...]
    lamps: tuple[LightCount, ...]
    timeline: Timeline
    sections: tuple[BarLine, ...]
    groups: tuple[UnitGroup, ...]
    items: tuple[PageLine, ...]
    burden: str = ""
    parts: tuple[Part, ...] = ()
    running: LastRun = field(default_factory=LastRun)
    changes: tuple[tuple[str, str, str, str, str], ...] = ()
    since: str = ""


def page_of(
    summary: YearSummary,
    title: str,
    *,
    office: Office | None = None,
    changes: ReportChanges | None = None,
    parts: Sequence[Part] = (),
    last_run: LastRun | None = None,
) -> BoardPage:
    """The page of a plan's year.

    Args:
        summary: The year; the checks in it make a part of the page.
        title: Its title.
        office: Without it, units have no groups and nothing is said of what was asked of them.
        changes: What changed since the last edition.
        parts: Further parts whose facts are there (`rules.board.parts`).
        last_run: When anything last ran.
    """
    f, plan = summary.figures, summary.plan.plan
    items = [item for item in summary.items if item.kind != UNCOUNTED]
    classes = tuple(BarClass(kind, f[kind].label, COLOURS[kind]) for kind in POINT_CLASSES)
    sections: dict[str, list[ReportItem]] = {}
    for item in items:
        sections.setdefault(item.point.section, []).append(item)
    burdens = burden_of(office, plan) if office else {}
    kinds = {unit: unit_now.kind for unit, unit_now in office.units.items()} if office else {}
    reply_ratio = f"{f['answered'].n}/{f['asked'].n}" if "asked" in f else ""
    return BoardPage(
        title=cut(title, LONGEST_NAME),
        as_of=long_date(summary.as_of),
        total=f["total"].n,
        done=f["done"].n,
        share=f["done"].share,
        overdue=f["overdue"].n,
        units_n=f["units"].n,
        reply_ratio=reply_ratio,
        cards=tuple(_cards(summary)),
        classes=classes,
        whole=bars_of(
            [item.kind for item in items], classes, WIDE, {kind: f[kind].share for kind in POINT_CLASSES}
        ),
        lamps=light_counts(items),
        timeline=timeline_of(items, summary.as_of),
        sections=lines_of(
            sections, lambda item: item.kind, classes, {section: _section(section) for section in sections}
        ),
        groups=groups_of(summary, kinds, burdens),
        items=tuple(_line(item, f[item.kind].label, summary.as_of) for item in items),
        burden=_burden(burdens),
        parts=tuple(part for part in (checks_part(summary.checks), *parts) if part.rows),
        running=last_run or LastRun(),
        changes=tuple(
            (change.name, *change.words, change.reason, change.source) for change in changes.changes
        )
        if changes
        else (),
        since=long_date(changes.since) if changes else "",
    )


def _cards(summary: YearSummary) -> list[tuple[str, str]]:
    f = summary.figures
    cards = [
        (str(f["total"].n), "任务事项"),
        (str(f["done"].n), f"{f['done'].label}（{f['done'].share}%）"),
        (str(f["overdue"].n), f["overdue"].label),
        (str(f["units"].n), "承担单位"),
    ]
    if "asked" in f:
        cards.append((f"{f['answered'].n}/{f['asked'].n}", f"{summary.latest_round}已报/应报"))
    return cards


def _burden(burdens: dict[str, Burden]) -> str:
    whole = total_burden(burdens.values())
    if not whole:
        return ""
    most = max(burden.forms for burden in burdens.values())
    sentence = (
        f"本年共下发填报表{whole.forms}份（每个单位最多{most}份），涉及{whole.rows}项次、{whole.cells}个可填栏，"
        f"收回{whole.back}份"
    )
    return sentence + (f"；发出提醒、催办等单子{whole.slips}份。" if whole.slips else "。")


def _section(heading: str) -> str:
    return cut(without_number(heading), LONGEST_NAME) if heading else NO_SECTION


def _excerpt(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}……（全文见工作台账）"


def _line(item: ReportItem, word: str, today: dt.date) -> PageLine:
    standing, point = item.standing, item.point
    colour, _ = LIGHT_MEANINGS[standing.light]
    return PageLine(
        wp=item.point_id,
        section=_section(point.section),
        section_key=point.section,
        task=_excerpt(without_number(point.task)) if point.task else "",
        requirement=_excerpt(point.requirement),
        name=short_name(point.requirement),
        lead=_excerpt("、".join(item.lead)),
        others=_excerpt("、".join([*item.responsible, *item.support])),
        units=point.units(),
        deadline=_excerpt(deadline_text(item)),
        due=standing.due.isoformat() if standing.due else "",
        kind=item.kind,
        word=word,
        light=standing.light.value,
        colour=colour,
        says=standing.reason,
        rank=URGENT_LIGHTS.index(standing.light) + 1 if standing.light in URGENT_LIGHTS else 0,
        late=days_late(standing.due, today) if standing.overdue else 0,
        text=_excerpt(full_text(item)),
        problem=_excerpt(reasons(item)),
    )
