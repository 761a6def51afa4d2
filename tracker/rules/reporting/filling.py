"""What stands in a cell of somebody else's table: the same as in the report, from the same summary.

| the column asks for        | of a work point                                                     | empty is a gap        |
| -------------------------- | ------------------------------------------------------------------- | --------------------- |
| the plan's own words       | as printed                                                          | no                    |
| 牵头, 责任, 配合单位         | names of the day; without a column for the leads, 责任 names them first | nobody is named      |
| 进展情况                    | the office's 核定表述, else what the deciding units wrote              | yes                   |
| 完成状态                    | the word of the status                                              | never empty           |
| 是否完成                    | 是, 否; 不涉及 and 已调整 as such                                      | nobody has reported   |
| 完成日期                    | of what is done: the day, or each unit's day                        | when done             |
| 佐证材料                    | what units named                                                    | when done             |
| 存在问题                    | what units wrote                                                    | when late or lagging  |
| 备注                        | the office's                                                        | no                    |

A row that belongs to one unit says what that unit said. Where several units speak, each stands on a line of its
own behind its name. Nothing is computed that the report does not compute, and nothing is put in for what the
ledger does not hold: a gap stays empty and is coloured.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.grid import Value
from tracker.rules.progress.lights import DONE
from tracker.rules.progress.lights import LEFT_OUT
from tracker.rules.progress.lights import UNREPORTED
from tracker.rules.progress.standing import UnitStanding
from tracker.rules.reporting.item import Quote
from tracker.rules.reporting.item import ReportItem
from tracker.rules.reporting.shares import percent
from tracker.rules.reporting.summary import YearSummary


@dataclass(frozen=True, slots=True)
class CellEntry:
    """What a cell is to hold; a gap is what the ledger should have said and does not."""

    value: Value = None
    gap: bool = False


@dataclass(frozen=True)
class RowSubject:
    """What a row is about: a work point, one unit's part of it, a unit, or a part of the plan.

    Attributes:
        summary: Of the plan.
        item: The work point; None for a row of counts.
        unit: Id of the unit.
        section: Heading of the part.
        columns: Names of all columns of the table.
        number: Running number of the row.
    """

    summary: YearSummary
    item: ReportItem | None = None
    unit: str = ""
    section: str = ""
    columns: Collection[str] = ()
    number: int = 0


def cell_entry(name: str, subject: RowSubject) -> CellEntry:
    """What a column of that name (`columns.WANTED`) holds for a row."""
    if name == "number":
        return CellEntry(subject.number) if subject.number else CellEntry()
    if name in _OF_THE_PLAN:
        return CellEntry(_OF_THE_PLAN[name](subject))
    if name == "unit":
        return CellEntry(subject.summary.unit_names.get(subject.unit))
    if name.startswith("count_"):
        return _count(name.removeprefix("count_"), subject)
    if subject.item is None:
        return CellEntry(subject.section or None) if name == "section" else CellEntry(None, gap=True)
    if name in _AS_PRINTED:
        return CellEntry(_AS_PRINTED[name](subject.item) or None)
    return _OF_AN_ITEM[name](subject, subject.item)


_OF_THE_PLAN: Mapping[str, Callable[[RowSubject], Value]] = {
    "plan": lambda s: s.summary.plan.edition.title or None,
    "document": lambda s: s.summary.plan.edition.number or None,
    "year": lambda s: s.summary.plan.edition.year,
}

_AS_PRINTED: Mapping[str, Callable[[ReportItem], Value]] = {
    "id": lambda item: item.point_id,
    "no": lambda item: item.point.no,
    "section": lambda item: item.point.section,
    "task": lambda item: item.point.task,
    "requirement": lambda item: item.point.requirement,
    "support": lambda item: "、".join(item.support),
    "deadline": lambda item: item.point.deadline.text,
    "due": lambda item: item.standing.due,
    "note": lambda item: item.note,
}


def _standing(subject: RowSubject, item: ReportItem) -> UnitStanding | None:
    return next((standing for standing in item.standing.units if standing.unit == subject.unit), None)


def _lead(subject: RowSubject, item: ReportItem) -> CellEntry:
    names = "、".join(item.lead)
    return CellEntry(names or None, gap=not names and "responsible" not in subject.columns)


def _responsible(subject: RowSubject, item: ReportItem) -> CellEntry:
    names = item.responsible if "lead" in subject.columns else (*item.lead, *item.responsible)
    return CellEntry("、".join(dict.fromkeys(names)) or None, gap=not (item.lead or item.responsible))


def _role(subject: RowSubject, item: ReportItem) -> CellEntry:
    standing = _standing(subject, item)
    return CellEntry(standing.role.label if standing else None, gap=standing is None)


def _state(subject: RowSubject, item: ReportItem) -> CellEntry:
    standing = _standing(subject, item)
    return CellEntry(standing.word if standing else item.standing.word)


def _finished(subject: RowSubject, _completion: ReportItem) -> CellEntry:
    standing = _standing(subject, _completion)
    status, done = (
        (standing.status, standing.done)
        if standing
        else (_completion.standing.status, _completion.standing.done)
    )
    if status in LEFT_OUT:
        return CellEntry(standing.word if standing else _completion.standing.word)
    if done or status in DONE:
        return CellEntry("是")
    return CellEntry(None, gap=True) if status == UNREPORTED else CellEntry("否")


def _text(subject: RowSubject, item: ReportItem) -> CellEntry:
    standing = _standing(subject, item)
    if standing is None or (item.is_approved and len(item.main_units) == 1):
        return _quotes_entry(item.texts, gap=True)
    return CellEntry(
        (standing.summary or standing.progress).strip() or None,
        gap=not (standing.summary or standing.progress).strip(),
    )


def _done_on(subject: RowSubject, item: ReportItem) -> CellEntry:
    standing = _standing(subject, item)
    if not (standing.done if standing else item.standing.done):
        return CellEntry()
    if standing is not None:
        text = standing.texts.get("done_on", "").strip()
        return CellEntry(_day(text) or text or None, gap=not text)
    days = {_day(quote.text) or quote.text for quote in item.done_on}
    if len(days) == 1:
        return CellEntry(next(iter(days)))
    return _quotes_entry(item.done_on, gap=True)


def _unit_column(
    column: str, quotes: Callable[[ReportItem], tuple[Quote, ...]], is_due: Callable[[ReportItem], bool]
) -> Callable[[RowSubject, ReportItem], CellEntry]:
    def column_entry(subject: RowSubject, item: ReportItem) -> CellEntry:
        standing = _standing(subject, item)
        if standing is None:
            return _quotes_entry(quotes(item), gap=is_due(item))
        text = standing.texts.get(column, "").strip()
        return CellEntry(text or None, gap=not text and is_due(item))

    return column_entry


def _light(subject: RowSubject, item: ReportItem) -> CellEntry:
    standing = _standing(subject, item) or item.standing
    return CellEntry(f"{standing.light.value} {standing.reason}")


def _returned(_reply_count: RowSubject, item: ReportItem) -> CellEntry:
    return CellEntry(f"{item.standing.reply_count}/{item.standing.recipient_count}")


_OF_AN_ITEM: Mapping[str, Callable[[RowSubject, ReportItem], CellEntry]] = {
    "lead": _lead,
    "responsible": _responsible,
    "role": _role,
    "state": _state,
    "finished": _finished,
    "text": _text,
    "done_on": _done_on,
    "problem": _unit_column(
        "problem", lambda item: item.problems, lambda item: item.kind in ("overdue", "lagging")
    ),
    "evidence": _unit_column("evidence", lambda item: item.evidence, lambda item: item.kind == "done"),
    "light": _light,
    "returned": _returned,
}


def _quotes_entry(quotes: tuple[Quote, ...], *, gap: bool) -> CellEntry:
    """One text as it is; several with the names of those who said them."""
    texts = list(dict.fromkeys(quote.text for quote in quotes))
    if len(texts) <= 1:
        return CellEntry(texts[0] if texts else None, gap=gap and not texts)
    return CellEntry("\n".join(f"{quote.who}：{quote.text}" if quote.who else quote.text for quote in quotes))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _count(code: str, subject: RowSubject) -> CellEntry:
    """Numbers of a unit or a part, as in the report: 承担 is 牵头 and 负责, 配合 is counted apart."""
    figures = subject.summary.figures
    if subject.unit:
        counts = {
            name: figures[f"unit.{subject.unit}.{name}"].n if f"unit.{subject.unit}.{name}" in figures else 0
            for name in ("lead", "responsible", "support", "done", "overdue")
        }
        total = counts["lead"] + counts["responsible"]
        numbers = {**counts, "total": total}
    else:
        codes = [code for code in figures if code.endswith(".total") and code.startswith("section.")]
        names = list(dict.fromkeys(item.point.section for item in subject.summary.items))
        if subject.section not in names or len(names) != len(codes):
            return CellEntry(None, gap=True)
        part = codes[names.index(subject.section)].removesuffix(".total")
        numbers = {name: figures[f"{part}.{name}"].n for name in ("total", "done", "overdue")}
    numbers["open"] = numbers["total"] - numbers["done"]
    if code == "rate":
        return CellEntry(f"{percent(numbers['done'], numbers['total'])}%" if numbers["total"] else None)
    return CellEntry(numbers[code]) if code in numbers else CellEntry(None, gap=True)
