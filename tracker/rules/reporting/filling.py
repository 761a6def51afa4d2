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
from tracker.rules.reporting.item import Item
from tracker.rules.reporting.item import Said
from tracker.rules.reporting.shares import percent
from tracker.rules.reporting.summary import YearSummary


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell is to hold; a gap is what the ledger should have said and does not."""

    value: Value = None
    gap: bool = False


@dataclass(frozen=True)
class Subject:
    """What a row is about: a work point, one unit's part of it, a unit, or a part of the plan.

    Attributes:
        summary: Of the plan.
        item: The work point; None for a row of counts.
        unit: Id of the unit.
        section: Heading of the part.
        wanted: Names of all columns of the table.
        number: Running number of the row.
    """

    summary: YearSummary
    item: Item | None = None
    unit: str = ""
    section: str = ""
    wanted: Collection[str] = ()
    number: int = 0


def entry(name: str, subject: Subject) -> Entry:
    """What a column of that name (`columns.WANTED`) holds for a row."""
    if name == "number":
        return Entry(subject.number) if subject.number else Entry()
    if name in _OF_THE_PLAN:
        return Entry(_OF_THE_PLAN[name](subject))
    if name == "unit":
        return Entry(subject.summary.unit_names.get(subject.unit))
    if name.startswith("count_"):
        return _count(name.removeprefix("count_"), subject)
    if subject.item is None:
        return Entry(subject.section or None) if name == "section" else Entry(None, gap=True)
    if name in _AS_PRINTED:
        return Entry(_AS_PRINTED[name](subject.item) or None)
    return _OF_AN_ITEM[name](subject, subject.item)


_OF_THE_PLAN: Mapping[str, Callable[[Subject], Value]] = {
    "plan": lambda s: s.summary.plan.edition.title or None,
    "document": lambda s: s.summary.plan.edition.number or None,
    "year": lambda s: s.summary.plan.edition.year,
}

_AS_PRINTED: Mapping[str, Callable[[Item], Value]] = {
    "id": lambda item: item.wp,
    "no": lambda item: item.point.no,
    "section": lambda item: item.point.section,
    "task": lambda item: item.point.task,
    "requirement": lambda item: item.point.requirement,
    "support": lambda item: "、".join(item.support),
    "deadline": lambda item: item.point.deadline.text,
    "due": lambda item: item.standing.due,
    "note": lambda item: item.note,
}


def _standing(subject: Subject, item: Item) -> UnitStanding | None:
    return next((each for each in item.standing.units if each.unit == subject.unit), None)


def _lead(subject: Subject, item: Item) -> Entry:
    names = "、".join(item.lead)
    return Entry(names or None, gap=not names and "responsible" not in subject.wanted)


def _responsible(subject: Subject, item: Item) -> Entry:
    names = item.shared if "lead" in subject.wanted else (*item.lead, *item.shared)
    return Entry("、".join(dict.fromkeys(names)) or None, gap=not (item.lead or item.shared))


def _role(subject: Subject, item: Item) -> Entry:
    own = _standing(subject, item)
    return Entry(own.role.label if own else None, gap=own is None)


def _state(subject: Subject, item: Item) -> Entry:
    own = _standing(subject, item)
    return Entry(own.word if own else item.standing.word)


def _finished(subject: Subject, item: Item) -> Entry:
    own = _standing(subject, item)
    status, done = (own.status, own.done) if own else (item.standing.status, item.standing.done)
    if status in LEFT_OUT:
        return Entry(own.word if own else item.standing.word)
    if done or status in DONE:
        return Entry("是")
    return Entry(None, gap=True) if status == UNREPORTED else Entry("否")


def _text(subject: Subject, item: Item) -> Entry:
    own = _standing(subject, item)
    if own is None or (item.is_approved and len(item.answering) == 1):
        return _spoken(item.texts, gap=True)
    return Entry((own.summary or own.progress).strip() or None, gap=not (own.summary or own.progress).strip())


def _done_on(subject: Subject, item: Item) -> Entry:
    own = _standing(subject, item)
    if not (own.done if own else item.standing.done):
        return Entry()
    if own is not None:
        text = own.answers.get("done_on", "").strip()
        return Entry(_day(text) or text or None, gap=not text)
    days = {_day(each.text) or each.text for each in item.done_on}
    if len(days) == 1:
        return Entry(next(iter(days)))
    return _spoken(item.done_on, gap=True)


def _answer(
    column: str, said: Callable[[Item], tuple[Said, ...]], is_due: Callable[[Item], bool]
) -> Callable[[Subject, Item], Entry]:
    def answer(subject: Subject, item: Item) -> Entry:
        own = _standing(subject, item)
        if own is None:
            return _spoken(said(item), gap=is_due(item))
        text = own.answers.get(column, "").strip()
        return Entry(text or None, gap=not text and is_due(item))

    return answer


def _light(subject: Subject, item: Item) -> Entry:
    lit = _standing(subject, item) or item.standing
    return Entry(f"{lit.light.value} {lit.reason}")


def _returned(subject: Subject, item: Item) -> Entry:
    return Entry(f"{item.standing.returned}/{item.standing.expected}")


_OF_AN_ITEM: Mapping[str, Callable[[Subject, Item], Entry]] = {
    "lead": _lead,
    "responsible": _responsible,
    "role": _role,
    "state": _state,
    "finished": _finished,
    "text": _text,
    "done_on": _done_on,
    "problem": _answer(
        "problem", lambda item: item.problems, lambda item: item.kind in ("overdue", "lagging")
    ),
    "evidence": _answer("evidence", lambda item: item.evidence, lambda item: item.kind == "done"),
    "light": _light,
    "returned": _returned,
}


def _spoken(said: tuple[Said, ...], *, gap: bool) -> Entry:
    """One text as it is; several with the names of those who said them."""
    texts = list(dict.fromkeys(each.text for each in said))
    if len(texts) <= 1:
        return Entry(texts[0] if texts else None, gap=gap and not texts)
    return Entry("\n".join(f"{each.who}：{each.text}" if each.who else each.text for each in said))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _count(code: str, subject: Subject) -> Entry:
    """Numbers of a unit or a part, as in the report: 承担 is 牵头 and 负责, 配合 is counted apart."""
    figures = subject.summary.figures
    if subject.unit:
        own = {
            each: figures[f"unit.{subject.unit}.{each}"].n if f"unit.{subject.unit}.{each}" in figures else 0
            for each in ("lead", "responsible", "support", "done", "overdue")
        }
        total = own["lead"] + own["responsible"]
        numbers = {**own, "total": total}
    else:
        codes = [code for code in figures if code.endswith(".total") and code.startswith("section.")]
        names = list(dict.fromkeys(each.point.section for each in subject.summary.items))
        if subject.section not in names or len(names) != len(codes):
            return Entry(None, gap=True)
        part = codes[names.index(subject.section)].removesuffix(".total")
        numbers = {each: figures[f"{part}.{each}"].n for each in ("total", "done", "overdue")}
    numbers["open"] = numbers["total"] - numbers["done"]
    if code == "rate":
        return Entry(f"{percent(numbers['done'], numbers['total'])}%" if numbers["total"] else None)
    return Entry(numbers[code]) if code in numbers else Entry(None, gap=True)
