"""A blank table of somebody else, decided: which rows are about what, which cell gets which value, what has to be asked.

1. what each column asks for (`reading.blank`), what a person said before it
2. given rows: each is found by its own words, or asked
   no given rows: the work points of the plan, or of one unit or part, in plan order
3. each cell of a known column: its value by the rules of the report; a cell that holds anything is left as it is,
   and told where it says something else
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field, replace

from tracker import patterns as re
from tracker.columns import ABOUT_POINTS, COUNTS, FILLABLE, LEFT_BLANK
from tracker.grid import Value, as_text
from tracker.problems.base import Finding
from tracker.problems.report import (
    DIFFERS,
    FORMULA_KEPT,
    MANY_UNITS,
    NO_KEY,
    ROW_BY_BEGINNING,
    ROW_NOT_FOUND,
    ROW_OF_OTHERS,
    ROW_UNCLEAR,
    ROW_WITHHELD,
    UNKNOWN_COLUMN,
    UNPUBLISHED,
)
from tracker.reading.blank import Blank, ColumnRequest
from tracker.rules.office import Point
from tracker.rules.plans import Words, bare
from tracker.rules.report import (
    CellEntry,
    MatchKind,
    RowMatch,
    RowSubject,
    YearSummary,
    cell_entry,
    comparison_key,
    find_part,
    find_point,
)
from tracker.text import tight
from tracker.values import dataclass

# A unit's name to its id, or to the names of the nearest.
Resolve = Callable[[str], tuple[str, tuple[str, ...]]]
# Columns that say which work point a row is about, the surest first.
KEYS = ("id", "requirement", "task")


@dataclass(frozen=True)
class Wishes:
    """What a person asked for.

    Attributes:
        unit: Only this unit's work points, and what it said.
        section: Only this part of the plan.
        rows: Place of a row's cell to the id of what it is about; `留空` leaves it.
    """

    unit: str = ""
    section: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """What a person has to say of a table.

    Attributes:
        label: Head of the column that is asked about; empty for a row.
        place: Where the column's head or the row stands.
        candidates: What may be meant, nearest first: our words of columns, ids of work points, names of units or parts.
        finding: The question in words.
    """

    label: str
    place: str
    candidates: tuple[str, ...]
    finding: Finding


def counting(names: Collection[str]) -> bool:
    """Whether the rows are units or parts of the plan, with numbers."""
    has_counts = any(name.startswith("count_") for name in names)
    return not set(names) & set(KEYS) and (has_counts or {"unit"} < set(names) & {"unit", "contact", "phone"})


def subjects_of(
    blank: Blank, names: Mapping[int, str], summary: YearSummary, resolve: Resolve, wishes: Wishes
) -> tuple[dict[int, RowSubject], list[Finding], list[TableQuestion]]:
    """What each given row is about, what is to be told, and what has to be asked."""
    column_names = frozenset(names.values())
    words_by_point = {
        point.id: Words(point.section, point.task, point.no, point.requirement)
        for point in _points(summary).values()
    }
    matches: dict[int, RowMatch] = {}
    units: dict[int, str] = {}
    findings: list[Finding] = []
    questions: list[TableQuestion] = []
    for row in blank.given_rows:
        texts = _row_texts(blank, names, row)
        place = _place(blank, names, row)
        choice = _choice_for(blank, row, wishes.rows)
        if choice == LEFT_BLANK:
            continue
        unit, near = _unit_of(texts, resolve)
        if counting(column_names):
            matches[row] = (
                RowMatch(unit, MatchKind.EQUAL, near)
                if "unit" in column_names
                else find_part(
                    texts.get("section", ""), tuple(dict.fromkeys(w.section for w in words_by_point.values()))
                )
            )
            if choice:
                target = resolve(choice)[0] if "unit" in column_names else choice
                matches[row] = RowMatch(target or choice, MatchKind.ANSWER)
        elif choice:
            matches[row] = RowMatch(choice.upper(), MatchKind.ANSWER)
        else:
            matches[row] = find_point(texts, words_by_point, has_unit=_answers(unit, summary))
        units[row] = wishes.unit or unit
        finding = _match_finding(matches[row], texts, place, summary, is_counted=counting(column_names))
        if finding is not None and matches[row].target:
            findings.append(finding)
        elif finding is not None:
            questions.append(TableQuestion("", place, matches[row].candidates, finding))
    counts = Counter(match.target for match in matches.values() if match.target)
    subjects = {}
    for number, (row, match) in enumerate(matches.items(), start=1):
        subject = _subject(match.target, units[row], summary, wishes, is_repeated=counts[match.target] > 1)
        if match.target and subject is not None:
            subjects[row] = replace(subject, columns=column_names, number=number)
        elif match.target in summary.withheld_points:
            findings.append(ROW_WITHHELD.at(_place(blank, names, row), wp=match.target))
        elif match.target:
            findings.append(ROW_OF_OTHERS.at(_place(blank, names, row), wp=match.target))
    return subjects, findings, questions


def _subject(
    about_id: str, unit: str, summary: YearSummary, wishes: Wishes, *, is_repeated: bool
) -> RowSubject | None:
    """A work point that stands on several rows is told unit by unit; a unit that does not answer says nothing."""
    if about_id in {item.point_id for item in summary.items}:
        item = summary.item(about_id)
        is_own = bool(unit) and (is_repeated or unit == wishes.unit)
        if is_own and unit not in item.point.units():
            return None
        return RowSubject(summary, item, unit if is_own else "")
    if about_id in {item.point.section for item in summary.items}:
        return RowSubject(summary, section=about_id)
    return (
        None if about_id in summary.withheld_points or "-" in about_id else RowSubject(summary, unit=about_id)
    )


def _row_texts(blank: Blank, names: Mapping[int, str], row: int) -> dict[str, str]:
    return {
        name: blank.grid.visible_text(row, column).strip()
        for column, name in names.items()
        if name and tight(blank.grid.visible_text(row, column))
    }


def _place(blank: Blank, names: Mapping[int, str], row: int) -> str:
    """Where a row says what it is about."""
    keys = [c for name in (*KEYS, "unit", "section") for c, other in names.items() if other == name]
    column = next((c for c in keys if tight(blank.grid.visible_text(row, c))), min(blank.labels))
    return blank.grid.place(row, column)


def _choice_for(blank: Blank, row: int, rows: Mapping[str, str]) -> str:
    places = {blank.grid.place(row, column) for column in range(blank.grid.width)}
    return next((choice for place, choice in rows.items() if place in places), "")


def _unit_of(texts: Mapping[str, str], resolve: Resolve) -> tuple[str, tuple[str, ...]]:
    for name in ("unit", "lead", "responsible"):
        if texts.get(name):
            return resolve(texts[name])
    return "", ()


def _answers(unit: str, summary: YearSummary) -> Callable[[str], bool]:
    points = _points(summary)
    return lambda point_id: not unit or unit in points[point_id].units()


def _points(summary: YearSummary) -> dict[str, Point]:
    """The work points that stand in the plan, those that are withheld included: a row of theirs is recognised."""
    return {point.id: point for point in summary.plan.points if not point.is_retired}


def _match_finding(
    match: RowMatch, texts: Mapping[str, str], place: str, summary: YearSummary, *, is_counted: bool
) -> Finding | None:
    """What is to be told of how a row was found, or asked where it was not."""
    text = next((texts[name] for name in (*KEYS, "unit", "section", "responsible") if texts.get(name)), "")
    short = text if len(text) <= 30 else text[:29] + "…"
    what = "单位或板块" if is_counted else "事项"
    if match.kind is MatchKind.BEGINNING and match.target:
        requirement = _points(summary)[match.target].requirement
        return ROW_BY_BEGINNING.at(place, text=short, wp=match.target, requirement=requirement[:20])
    if match.target:
        return None
    near = "、".join(label_of(candidate, summary).rstrip("。；") for candidate in match.candidates)
    answer = "单位名称" if is_counted else "事项编号"
    if match.kind is MatchKind.SEVERAL:
        return ROW_UNCLEAR.at(
            place, text=short, count=len(match.candidates), what=what, candidates=near, answer=answer
        )
    nearest = f"最接近的是：{near}。" if near else ""
    return ROW_NOT_FOUND.at(place, text=short, what=what, candidates=nearest, answer=answer)


def label_of(about_id: str, summary: YearSummary) -> str:
    """What a row may be about, in words: a work point with its beginning, or a name."""
    if about_id in (points := _points(summary)):
        return f"{about_id} {points[about_id].requirement[:16]}"
    return summary.unit_names.get(about_id, about_id)


_UNITS = ("lead", "responsible", "support")


@dataclass(frozen=True)
class FilledTable:
    """What becomes of a table.

    Attributes:
        blank: The table.
        cells: Value by row and column; None is a gap to be shaded.
        new: Rows for an empty table, by column, in order; they begin in the first empty row.
        findings: What is told.
        questions: What is asked.
        names: What each column asks for; empty where that is asked.
    """

    blank: Blank
    cells: Mapping[tuple[int, int], Value]
    new: tuple[Mapping[int, Value], ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[TableQuestion, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def value_count(self) -> int:
        """How many cells get a value."""
        return sum(v is not None for v in self.cells.values()) + sum(
            v is not None for row in self.new for v in row.values()
        )

    @property
    def gaps(self) -> int:
        """How many cells stay empty and are shaded."""
        return sum(v is None for v in self.cells.values()) + sum(
            v is None for row in self.new for v in row.values()
        )


def fill_table(
    blank: Blank,
    meanings: Mapping[int, ColumnRequest],
    summary: YearSummary,
    resolve: Resolve,
    wishes: Wishes,
) -> FilledTable:
    """Decide a table; writes nothing."""
    counts = _is_of_counts(meanings)
    names = {c: _usable(sense.name, counts=counts) for c, sense in meanings.items()}
    questions = tuple(
        _ask_column(blank, column, sense) for column, sense in meanings.items() if not names[column]
    )
    if not blank.given_rows and not set(names.values()) & {*KEYS, "text", "state"} and not counts:
        no_key = NO_KEY.at(blank.place(min(blank.labels)))
        return FilledTable(blank, {}, findings=(no_key,), questions=questions, names=names)
    if not blank.given_rows:
        subjects = dict(enumerate(_new_subjects(names, summary, wishes)))
        new = tuple(_new_row(names, subject) for subject in subjects.values())
        notes = _told_of_points(blank, names, subjects)
        return FilledTable(blank, {}, new, tuple(notes), questions, names)
    if not set(names.values()) & {*KEYS, "unit", "section"}:
        no_key = NO_KEY.at(blank.grid.place(blank.given_rows[0], min(blank.labels)))
        return FilledTable(blank, {}, findings=(no_key,), questions=questions, names=names)
    subjects, row_findings, row_questions = subjects_of(blank, names, summary, resolve, wishes)
    cells, cell_findings = _cells(blank, names, subjects)
    all_told = (*row_findings, *cell_findings, *_told_of_points(blank, names, subjects))
    return FilledTable(blank, cells, (), all_told, (*questions, *row_questions), names)


def _is_of_counts(meanings: Mapping[int, ColumnRequest]) -> bool:
    """Whether the rows are units or parts: nothing in the head says what a work point is."""
    names = {sense.name for sense in meanings.values()}
    return not names & {*KEYS} and bool(names & {"unit", "section"}) and bool(names & set(COUNTS) - {"unit"})


def _usable(name: str, *, counts: bool) -> str:
    if name in ("number", "blank", "plan", "document", "year", ""):
        return name
    if counts and name == "note":
        return "blank"  # the ledger has notes on work points only
    if counts:
        return name if name in COUNTS or name == "section" else ""
    return name if name in ABOUT_POINTS or name == "unit" else ""


def _ask_column(blank: Blank, column: int, sense: ColumnRequest) -> TableQuestion:
    near = tuple(FILLABLE[name] for name in (sense.names or sense.near) if name != "blank")
    label, place = blank.labels[column], blank.place(column)
    words = "、".join((*near, LEFT_BLANK))
    return TableQuestion(label, place, near, UNKNOWN_COLUMN.at(place, label=label, candidates=words))


def _new_subjects(names: Mapping[int, str], summary: YearSummary, wishes: Wishes) -> list[RowSubject]:
    """What the rows of an empty table are about, in plan order."""
    column_names = frozenset(names.values())
    if counting(column_names):
        subjects = _all_counted(summary, column_names)
    else:
        items = [
            item
            for item in summary.items
            if (not wishes.unit or any(wishes.unit in (unit.unit, unit.heir) for unit in item.standing.units))
            and (not wishes.section or item.point.section == wishes.section)
        ]
        subjects = [RowSubject(summary, item, wishes.unit) for item in items]
    return [
        replace(subject, columns=column_names, number=number)
        for number, subject in enumerate(subjects, start=1)
    ]


def _new_row(names: Mapping[int, str], subject: RowSubject) -> dict[int, Value]:
    entries = {column: _or_gap(name, subject) for column, name in names.items() if name != "blank"}
    return {column: entry.value for column, entry in entries.items() if entry.value is not None or entry.gap}


def _told_of_points(
    blank: Blank, names: Mapping[int, str], subjects: Mapping[int, RowSubject]
) -> Iterator[Finding]:
    """Work points of which a clerk should know that they are 不公开, or that a cell is short for many units."""
    points = {row: subject.item.point_id for row, subject in subjects.items() if subject.item is not None}
    short = [
        points[row]
        for row, subject in subjects.items()
        if row in points
        and any(_or_gap(name, subject).is_short for name in names.values() if name != "blank")
    ]
    private = [
        points[row]
        for row, subject in subjects.items()
        if points.get(row) in subject.summary.unpublished_points
    ]
    if short:
        yield MANY_UNITS.at(blank.grid.name, some="、".join(dict.fromkeys(short)))
    if private:
        yield UNPUBLISHED.at(blank.grid.name, some="、".join(dict.fromkeys(private)))


def _or_gap(name: str, subject: RowSubject) -> CellEntry:
    """A column that is asked stays empty for now."""
    return cell_entry(name, subject) if name else CellEntry(None, gap=True)


def _all_counted(summary: YearSummary, column_names: frozenset[str]) -> list[RowSubject]:
    if "unit" in column_names:
        order = dict.fromkeys(unit for item in summary.items for unit in item.point.units())
        return [RowSubject(summary, unit=unit) for unit in order]
    sections = dict.fromkeys(item.point.section for item in summary.items if item.point.section)
    return [RowSubject(summary, section=section) for section in sections]


def _cells(
    blank: Blank, names: Mapping[int, str], subjects: Mapping[int, RowSubject]
) -> tuple[dict[tuple[int, int], Value], list[Finding]]:
    grid = blank.grid
    cells: dict[tuple[int, int], Value] = {}
    findings = []
    by_anchor: dict[tuple[int, int], set[CellEntry]] = {}
    for row in blank.given_rows:
        for column, name in names.items():
            at = grid.anchor(row, column)
            if name and name != "blank" and row in subjects:
                by_anchor.setdefault(at, set()).add(cell_entry(name, subjects[row]))
            elif name != "blank" and not tight(grid.visible_text(row, column)):
                by_anchor.setdefault(at, set()).add(CellEntry(None, gap=True))
    for (row, column), entries in by_anchor.items():
        name, label = names.get(column, ""), blank.labels.get(column, "")
        theirs = grid.text(row, column).strip()
        if (row, column) in grid.formulas:
            findings.append(FORMULA_KEPT.at(grid.place(row, column), label=label))
            continue
        if len(entries) > 1 or row <= blank.bottom:
            if not theirs:
                cells[row, column] = None  # one cell for several rows that say different things
            continue
        our_entry = next(iter(entries))
        if not theirs:
            if our_entry.value is not None or our_entry.gap:
                cells[row, column] = our_entry.value
        elif (
            row in subjects
            and our_entry.value is not None
            and name not in (*KEYS, "number", "section", "unit")
            and not (name in _UNITS and (subjects[row].unit or _names_some(theirs, our_entry.value)))
            and not _same(theirs, our_entry.value)
        ):
            findings.append(
                DIFFERS.at(
                    grid.place(row, column),
                    label=label,
                    theirs=theirs[:40],
                    ours=document_text(our_entry.value)[:40],
                )
            )
    return cells, findings


def _names_some(theirs: str, ours: Value) -> bool:
    """Whether every unit that stands there is among ours: a row of one unit of several."""
    our_units = {bare(name) for name in as_text(ours).split("、")}
    return {bare(name) for name in re.split("[、,，;；\n]", theirs) if name.strip()} <= our_units


def _same(theirs: str, ours: Value) -> bool:
    return (
        bare(theirs) == bare(as_text(ours))
        or comparison_key(theirs) == comparison_key(document_text(ours))
        or bare(theirs) == bare(document_text(ours))
    )


def document_text(value: Value) -> str:
    """A value as a document says it.

    >>> document_text(dt.date(2026, 6, 30)), document_text(3), document_text(None)
    ('2026年6月30日', '3', '')
    """
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return as_text(value)
