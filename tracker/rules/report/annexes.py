"""The annexes of the year-end report, each where it has something to say.

    任务落实情况一览表      every item that counts; from seven units on counts, and the units that differ; above 500 items
                            without what was done
    未完成事项及原因        the open ones, with the units' reasons
    各单位落实情况          what each unit did on the items of seven units and more, those that wrote the same together
    抽查整改情况            what spot checks found (`rules.report.summary`)

In a report to the superior nobody is named for being late: what is not done is 尚未完成 in both annexes, and the
second one and what spot checks found have no column of units. No row is higher than a page: units that wrote the same stand at most thirty in a row.

What the text calls an annex depends on how many there are: 附件1, 附件2; a single one is 附件.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.columns import Align, Column
from tracker.outline import Attachment, Say, long_date
from tracker.rules.progress import NOT_DONE, PUBLIC_CLASSES, UNCOUNTED
from tracker.rules.report.summary import Quote, ReportItem, YearSummary, checks_table
from tracker.rules.wording import bracketed, names, sentence, without_number
from tracker.table import Table
from tracker.values import dataclass

ITEMS, OPEN, UNITS, CHECKS = "items", "open", "units", "checks"
# From so many units on an item tells counts.
MANY_UNITS = 7
# So many units with the same words share a row; a table of more rows stays in the workbook (opening it would take minutes).
_IN_A_ROW, _MOST_ROWS = 30, 1500
# With more items the first annex leaves what was done to the workbook: of 2,000 it would be 400 pages, 45 s in LibreOffice.
MOST_TEXTS = 500


@dataclass(frozen=True, slots=True)
class Annexes:
    """The annexes of one document, and what its text calls them; an annex that is not there has no name.

    Attributes:
        attachments: In order.
        items: Name of 任务落实情况一览表.
        open: Name of 未完成事项及原因.
        units: Name of 各单位落实情况.
        checks: Name of 抽查整改情况.
    """

    attachments: tuple[Attachment, ...] = ()
    items: str = ""
    open: str = ""
    units: str = ""
    checks: str = ""


def annexes_of(
    summary: YearSummary,
    say: Say,
    subject: str,
    *,
    which: tuple[str, ...] = (ITEMS, OPEN, UNITS, CHECKS),
    public: bool = False,
    names_late: bool = False,
    has_texts: bool = True,
) -> Annexes:
    """Those of the annexes asked for that have something to say.

    Args:
        summary: The year.
        say: The words of the report.
        subject: What the report is about.
        which: The annexes asked for.
        public: Whether they must not say who reported.
        names_late: Whether units are named for what is late, as in a circular.
        has_texts: Whether the first says what was done of each item; where the body tells all of them it need not.
    """
    items = [item for item in summary.items if item.kind != UNCOUNTED]
    open_items = [item for item in items if item.is_open]
    attachments: dict[str, Attachment] = {}
    if ITEMS in which:
        rows = [
            _overview_row(
                number, item, _state(item, summary, names_late), _text_of(item, summary, say, public)
            )
            for number, item in enumerate(items, start=1)
        ]
        table = Table(_OVERVIEW, tuple(rows))
        attachments[ITEMS] = _across(
            say("annex.items", subject=subject),
            table if has_texts and len(items) <= MOST_TEXTS else _without(table, "落实情况"),
        )
    if OPEN in which and open_items:
        rows = [
            _open_row(number, item, _state(item, summary, names_late), summary, say)
            for number, item in enumerate(open_items, start=1)
        ]
        table = Table(_OPEN, tuple(rows))
        attachments[OPEN] = _across(say("annex.open"), table if names_late else _without(table, "责任单位"))
    if UNITS in which and not public:
        rows = [row for item in items if is_of_many(item) for row in _unit_rows(item)]
        if 0 < len(rows) <= _MOST_ROWS:
            table_rows = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
            attachments[UNITS] = _across(say("annex.units"), Table(_UNITS, table_rows))
    if CHECKS in which and summary.checks:
        table = checks_table(summary.checks)
        attachments[CHECKS] = _across(
            say("annex.checks"), table if names_late else _without(table, "被查单位", "整改期限")
        )
    labels = {
        name: f"附件{number}" if len(attachments) > 1 else "附件"
        for number, name in enumerate(attachments, start=1)
    }
    return Annexes(tuple(attachments.values()), **labels)


def _across(title: str, table: Table) -> Attachment:
    return Attachment(title, (table,), landscape=True)


_OVERVIEW = (
    Column("序号", 12, align=Align.CENTER),
    Column("板块", 17, merge=True, optional=True),
    Column("工作任务", 20, merge=True, optional=True),
    Column("具体要求", 63),
    Column("牵头单位", 21, optional=True),
    Column("责任单位", 26),
    Column("完成时限", 21, align=Align.CENTER, optional=True),
    Column("状态", 20, align=Align.CENTER),
    Column("落实情况", 64),
)
_OPEN = (
    Column("序号", 12, align=Align.CENTER),
    Column("具体要求", 60),
    Column("责任单位", 36),
    Column("完成时限", 22, align=Align.CENTER, optional=True),
    Column("状态", 20, align=Align.CENTER),
    Column("原因、措施和预计完成时间", 78),
)


def _without(table: Table, *labels: str) -> Table:
    """A table without some of its columns."""
    numbers = [number for number, column in enumerate(table.columns) if column.label not in labels]
    rows = tuple(tuple(row[number] for number in numbers) for row in table.rows)
    return Table(tuple(table.columns[number] for number in numbers), rows)


_UNITS = (
    Column("序号", 12, align=Align.CENTER),
    Column("具体要求", 60, merge=True),
    Column("单位", 60),
    Column("落实情况", 110),
)


def is_of_many(item: ReportItem) -> bool:
    """Whether so many units wrote of an item that the first annex only counts them; the office's own text stands."""
    return len(item.texts) >= MANY_UNITS


def _unit_rows(item: ReportItem) -> Iterator[tuple[str, str, str]]:
    """What was required, units and what they wrote: those that wrote the same together."""
    for text, who in _speakers(item.texts).items():
        for start in range(0, len(who), _IN_A_ROW):
            yield item.point.requirement, "、".join(who[start : start + _IN_A_ROW]), text


# Classes that say that somebody is behind.
_LATE = ("overdue", "lagging", "not_started")


def _state(item: ReportItem, summary: YearSummary, names_late: bool) -> str:
    if names_late or item.kind not in _LATE:
        return summary.state(item)
    return PUBLIC_CLASSES[NOT_DONE][0] + (f"（{item.tally}）" if item.tally else "")


def _text_of(item: ReportItem, summary: YearSummary, say: Say, public: bool) -> str:
    """What the first annex says of an item."""
    if not is_of_many(item):
        return full_text(item) or ("" if public else silence_text(item, summary, say))
    done_units = {unit.unit for unit in item.main_units if unit.done}
    names_of = {unit.unit: name for unit, name in zip(item.standing.units, item.unit_names, strict=True)}
    # Over its day who has not finished is late, and a report to the superior names nobody for that.
    names_others = not public and item.kind not in _LATE
    others = [names_of[unit.unit] for unit in item.main_units if unit.unit not in done_units and names_others]
    return say(
        "annex.many",
        asked=len(item.main_units),
        wrote=len(item.reporters),
        done=len(done_units),
        others=names(others, most=MANY_UNITS) if done_units else "",
        public=public,
    )


def silence_text(item: ReportItem, summary: YearSummary, say: Say) -> str:
    """What is said of an item of which nobody reported anything; nothing where it is done all the same."""
    return say(
        "item.silent", as_of=long_date(summary.as_of), done=item.kind == "done" or bool(item.reporters)
    )


def _overview_row(number: int, item: ReportItem, state: str, text: str) -> tuple[str, ...]:
    point = item.point
    return (
        str(number),
        without_number(point.section) if point.section else "",
        without_number(point.task) if point.task else "",
        point.requirement,
        "、".join(item.lead),
        _units(item),
        deadline_text(item),
        state,
        text,
    )


def _units(item: ReportItem) -> str:
    support = bracketed(f"配合：{'、'.join(item.support)}") if item.support else ""
    return "、".join(item.responsible) + support


def deadline_text(item: ReportItem) -> str:
    """The time limit as the plan writes it; where it writes none, the day."""
    if item.standing.is_extended and item.standing.due:
        return f"{long_date(item.standing.due)}（延期）"
    return item.point.deadline.text or (long_date(item.standing.due) if item.standing.due else "")


def full_text(item: ReportItem) -> str:
    """Everything that may stand for an item, each unit's words after its name where there are several."""
    return _text_with_names(item.texts)


def reasons(item: ReportItem) -> str:
    """Why an item is not done, in the units' words."""
    return _text_with_names(item.problems)


def _text_with_names(texts: Sequence[Quote]) -> str:
    """Texts with who wrote them; units that wrote the same are named together."""
    if len(texts) == 1:
        return sentence(texts[0].dated_text)
    return "".join(f"{'、'.join(who)}：{text}" for text, who in _speakers(texts).items())


def _speakers(texts: Sequence[Quote]) -> dict[str, list[str]]:
    """Who wrote each text."""
    speakers: dict[str, list[str]] = {}
    for quote in texts:
        speakers.setdefault(sentence(quote.dated_text), []).append(quote.who)
    return speakers


def _open_row(number: int, item: ReportItem, state: str, summary: YearSummary, say: Say) -> tuple[str, ...]:
    due = item.standing.due
    waits = any(unit.is_applicant for unit in item.standing.units)
    return (
        str(number),
        item.point.requirement,
        "、".join([*(f"{name}（牵头）" for name in item.lead), *item.responsible]),
        deadline_text(item),
        state,
        reasons(item)
        or say("reason.none", kind=item.kind, waits=waits, is_due=due is None or due < summary.as_of),
    )
