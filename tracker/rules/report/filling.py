"""Somebody else's table: which work point, unit or part of the plan each row is about, and what its cells hold.

**Rows.** A row says what it is about in words of its own; it is found, or it is a question with candidates, and never
the most similar one. For a work point the first rule that finds anything decides:

    the id                     exactly
    the requirement            the same text, numbers before it, marks and blanks aside
    the task                   likewise, with the requirement or the task that the row names
    the beginning              one text begins with the other, eight characters or more
    several are left           those with the same number, part, task and unit, as far as the row names them
    still several, or none     a question; the candidates are the nearest

    >>> from tracker.rules.plans.identity import Words
    >>> points = {"P1-001": Words("一、公开", "财政信息", "1", "公开部门预算和决算，细化到项级科目。"),
    ...           "P1-002": Words("一、公开", "财政信息", "2", "公开政府采购项目清单")}
    >>> find_point({"requirement": "公开部门预算和决算"}, points)
    RowMatch(target='P1-001', kind=<MatchKind.BEGINNING: 'beginning'>, candidates=())
    >>> find_point({"task": "财政信息"}, points)
    RowMatch(target='', kind=<MatchKind.SEVERAL: 'several'>, candidates=('P1-001', 'P1-002'))
    >>> find_point({"requirement": "公开政府采购项目目录"}, points)
    RowMatch(target='', kind=<MatchKind.NONE: 'none'>, candidates=('P1-002',))

**Cells.** What stands in one is the same as in the report, from the same summary:

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
| 联络员, 联系电话             | those of the row's unit, else of the leads, else of all that answer     | no                    |

A row that belongs to one unit says what that unit said. Where several units speak, each stands on a line of its
own behind its name; where more than three do, the leads' texts stand there, or how many stand where, and how many others spoke. Nothing is computed that the report does not compute, and nothing is put in for what the
ledger does not hold: a gap stays empty and is coloured.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from enum import Enum

from tracker import patterns as re
from tracker.grid import Value
from tracker.model import Role
from tracker.numerals import HAN
from tracker.rules.plans import Words, bare
from tracker.rules.progress import DONE, LEFT_OUT, UNREPORTED, UnitStanding, percent
from tracker.rules.report.summary import Quote, ReportItem, YearSummary
from tracker.values import dataclass

_SHORTEST = 8
_NEAR = 0.5
# A short title: so long at least, so much of it in pieces of so many characters.
_TITLE, _SHARE, _PIECE = 4, 0.75, 2
_MOST = 3
_LEADING_NUMBER = re.compile(
    rf"^\s*(?:[（(]?(?:\d{{1,3}}|[{HAN}]{{1,3}})[)）]?[、.．:：)）](?!\d)|[（(][{HAN}\d]{{1,3}}[)）])\s*"
)
# Between digits a mark says something: 3.5 is not 35.
_IN_NUMBER = re.compile(r"(?<=\d)[^\w\s](?=\d)")


class MatchKind(Enum):
    """How it is known what a row is about, or why it is not."""

    ID = "id"
    EQUAL = "equal"
    BEGINNING = "beginning"
    # A person answered the question.
    ANSWER = "answer"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RowMatch:
    """What a row is about.

    Attributes:
        target: The id; empty while it is a question.
        kind: How it is known; of a question: SEVERAL or NONE.
        candidates: Of a question.
    """

    target: str = ""
    kind: MatchKind = MatchKind.NONE
    candidates: tuple[str, ...] = ()


def comparison_key(text: str) -> str:
    """A text for comparison: without the number before it, marks and blanks.

    >>> comparison_key("（一）公开 预算。") == comparison_key("1.公开预算") == "公开预算"
    True
    >>> comparison_key("3.5亿元投资") in (comparison_key("4.5亿元投资"), comparison_key("35亿元投资"))
    False
    """
    text = _IN_NUMBER.sub("点", text)
    return bare(_LEADING_NUMBER.sub("", _LEADING_NUMBER.sub("", text))) or bare(text)


def find_point(
    cells: Mapping[str, str],
    points: Mapping[str, Words],
    *,
    has_unit: Callable[[str], bool] = lambda point_id: True,
) -> RowMatch:
    """Find the work point that a row is about.

    Args:
        cells: What the row says, by name of `columns.FILLABLE`.
        points: The work points in question.
        has_unit: Whether a unit that the row names answers for a work point.
    """
    if cells.get("id"):
        point_id = cells["id"].strip().upper()
        return RowMatch(point_id, MatchKind.ID) if point_id in points else RowMatch()
    matches, kind = _by_text(cells, points)
    if len(matches) > 1:
        matches = _narrow(matches, cells, points, has_unit)
    if len(matches) == 1:
        return RowMatch(matches[0], kind)
    if matches:
        return RowMatch("", MatchKind.SEVERAL, tuple(matches))
    return RowMatch("", MatchKind.NONE, _nearest(cells, points))


def find_part(text: str, sections: tuple[str, ...]) -> RowMatch:
    """Find a part of the plan by its heading.

    >>> find_part("公开", ("一、公开", "二、服务"))
    RowMatch(target='一、公开', kind=<MatchKind.EQUAL: 'equal'>, candidates=())
    """
    same = [section for section in sections if section and comparison_key(section) == comparison_key(text)]
    if len(same) == 1:
        return RowMatch(same[0], MatchKind.EQUAL)
    near = tuple(
        section
        for section in sections
        if comparison_key(text) in comparison_key(section) or comparison_key(section) in comparison_key(text)
    )
    return RowMatch("", MatchKind.SEVERAL if same else MatchKind.NONE, near[:_MOST])


def _by_text(cells: Mapping[str, str], points: Mapping[str, Words]) -> tuple[list[str], MatchKind]:
    texts = [comparison_key(cells[name]) for name in ("requirement", "task") if cells.get(name, "").strip()]
    if not texts:
        return [], MatchKind.NONE
    requirements = {point_id: comparison_key(words.requirement) for point_id, words in points.items()}
    first = texts[0]
    same = [point_id for point_id, text in requirements.items() if text == first]
    if not same and "requirement" not in cells:
        same = [point_id for point_id, words in points.items() if comparison_key(words.task) == first]
    elif not same:
        # Their requirement may be what our plan calls the task.
        same = [
            point_id
            for point_id, words in points.items()
            if words.task and comparison_key(words.task) == first
        ]
    if same:
        return same, MatchKind.EQUAL
    prefix_matches = [
        point_id
        for point_id, text in requirements.items()
        if min(len(text), len(first)) >= _SHORTEST and (text.startswith(first) or first.startswith(text))
    ]
    return prefix_matches, MatchKind.BEGINNING


def _narrow(
    matches: list[str], cells: Mapping[str, str], points: Mapping[str, Words], has_unit: Callable[[str], bool]
) -> list[str]:
    tests: list[Callable[[str], bool]] = []
    if cells.get("task") and cells.get("requirement"):
        tests.append(lambda point_id: comparison_key(points[point_id].task) == comparison_key(cells["task"]))
    if cells.get("section"):
        tests.append(
            lambda point_id: comparison_key(points[point_id].section) == comparison_key(cells["section"])
        )
    if cells.get("no"):
        tests.append(lambda point_id: bare(points[point_id].no) == bare(cells["no"]))
    tests.append(has_unit)
    for test in tests:
        matches = [point_id for point_id in matches if test(point_id)] or matches
    return matches


def _nearest(cells: Mapping[str, str], points: Mapping[str, Words]) -> tuple[str, ...]:
    text = next(
        (comparison_key(cells[name]) for name in ("requirement", "task") if cells.get(name, "").strip()), ""
    )
    if not text:
        return ()
    scores = []
    for point_id, words in points.items():
        other = comparison_key(words.requirement)
        matcher = difflib.SequenceMatcher(None, text, other, autojunk=False)
        likeness = matcher.ratio()
        # A short title is in the words of a long requirement, with others between them.
        overlap = sum(block.size for block in matcher.get_matching_blocks() if block.size >= _PIECE)
        if len(text) >= _TITLE and overlap >= _SHARE * len(text):
            likeness = max(likeness, overlap / len(text) * _SHARE)
        if text in other or (words.task and text in comparison_key(words.task)):
            likeness = max(likeness, _NEAR)
        if likeness >= _NEAR:
            scores.append((-likeness, point_id))
    return tuple(point_id for _, point_id in sorted(scores)[:_MOST])


@dataclass(frozen=True, slots=True)
class CellEntry:
    """What a cell is to hold; a gap is what the ledger should have said and does not.

    `is_short` is said of a text that stands for those of many units.
    """

    value: Value = None
    gap: bool = False
    is_short: bool = False


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
    """What a column of that name (`columns.FILLABLE`) holds for a row."""
    if name == "number":
        return CellEntry(subject.number) if subject.number else CellEntry()
    if name in ("contact", "phone"):
        return _contacts(subject, ("contact", "phone").index(name))
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


def _contacts(subject: RowSubject, part: int) -> CellEntry:
    """Names (part 0) or telephones (part 1) of the contacts of whoever a row is about."""
    units = [subject.unit] if subject.unit else []
    if not units and subject.item is not None:
        main = subject.item.main_units
        leads = [unit for unit in main if unit.role is Role.LEAD] or main
        units = list(dict.fromkeys(unit.heir for unit in leads))
    texts = {
        unit: "、".join(contact[part] for contact in subject.summary.contacts.get(unit, ()) if contact[part])
        for unit in (subject.summary.heirs.get(unit, unit) for unit in units)
    }
    lines = [
        text if len(texts) == 1 else f"{subject.summary.unit_names[unit]}：{text}"
        for unit, text in texts.items()
        if text
    ]
    return CellEntry("\n".join(lines) or None)


def _standing(subject: RowSubject, item: ReportItem) -> UnitStanding | None:
    return next(
        (standing for standing in item.standing.units if subject.unit in (standing.unit, standing.heir)), None
    )


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
    return CellEntry((_standing(subject, item) or item.standing).word)


def _completion(subject: RowSubject, item: ReportItem) -> CellEntry:
    standing = _standing(subject, item) or item.standing
    if standing.status in LEFT_OUT:
        return CellEntry(standing.word)
    if standing.done or standing.status in DONE:
        return CellEntry("是")
    return CellEntry(None, gap=True) if standing.status == UNREPORTED else CellEntry("否")


def _text(subject: RowSubject, item: ReportItem) -> CellEntry:
    standing = _standing(subject, item)
    if standing is None or (item.is_approved and len(item.main_units) == 1):
        return _quotes_entry(item.texts, gap=True) if len(item.texts) <= _MOST else _many(item)
    return CellEntry(
        (standing.summary or standing.progress).strip() or None,
        gap=not (standing.summary or standing.progress).strip(),
    )


def _many(item: ReportItem) -> CellEntry:
    """What stands for the texts of many units."""
    leads = tuple(quote for quote in item.texts if quote.who in item.lead)
    if leads and len(leads) <= _MOST:
        rest = len(item.texts) - len(leads)
        lines = (
            [f"{quote.who}：{quote.dated_text}" for quote in leads]
            if len(leads) > 1
            else [leads[0].dated_text]
        )
        return CellEntry("\n".join((*lines, f"另有{rest}个单位报送了进展。")), is_short=True)
    counts = Counter(unit.word for unit in item.main_units)
    words = "、".join(f"{word}{n}个" for word, n in counts.most_common())
    return CellEntry(f"{len(item.main_units)}个单位：{words}。", is_short=True)


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


def _reply_count(_subject: RowSubject, item: ReportItem) -> CellEntry:
    return CellEntry(f"{item.standing.reply_count}/{item.standing.recipient_count}")


_OF_AN_ITEM: Mapping[str, Callable[[RowSubject, ReportItem], CellEntry]] = {
    "lead": _lead,
    "responsible": _responsible,
    "role": _role,
    "state": _state,
    "finished": _completion,
    "text": _text,
    "done_on": _done_on,
    "problem": _unit_column(
        "problem", lambda item: item.problems, lambda item: item.kind in ("overdue", "lagging")
    ),
    "evidence": _unit_column("evidence", lambda item: item.evidence, lambda item: item.kind == "done"),
    "light": _light,
    "returned": _reply_count,
}


def _quotes_entry(quotes: tuple[Quote, ...], *, gap: bool) -> CellEntry:
    """One text as it is; several with the names of those who said them."""
    texts = list(dict.fromkeys(quote.dated_text for quote in quotes))
    if len(texts) <= 1:
        return CellEntry(texts[0] if texts else None, gap=gap and not texts)
    return CellEntry(
        "\n".join(f"{quote.who}：{quote.dated_text}" if quote.who else quote.dated_text for quote in quotes)
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _count(code: str, subject: RowSubject) -> CellEntry:
    """Numbers of a unit or a part, as in the report: 承担 is 牵头 and 负责, 未完成 and 完成率 are of all but 长期坚持."""
    if subject.unit:
        unit = subject.summary.heirs.get(subject.unit, subject.unit)
        figures = subject.summary.unit_figures.get(unit, {})
        kinds = ("lead", "responsible", "support", "done", "overdue")
        numbers = {kind: figures[kind].n if kind in figures else 0 for kind in kinds}
        numbers["total"] = numbers["lead"] + numbers["responsible"]
        numbers["base"] = figures["base"].n if "base" in figures else 0
    else:
        figures = subject.summary.section_figures.get(subject.section, {})
        if not figures:
            return CellEntry(None, gap=True)
        numbers = {kind: figure.n for kind, figure in figures.items()}
    numbers["open"] = numbers["base"] - numbers["done"]
    if code == "rate":
        return CellEntry(f"{percent(numbers['done'], numbers['base'])}%" if numbers["base"] else None)
    return CellEntry(numbers[code]) if code in numbers else CellEntry(None, gap=True)
