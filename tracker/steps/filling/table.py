"""One blank table, decided: which rows are about what, which cell gets which value, what has to be asked.

1. what each column asks for (`reading.sheets.wanted`), what a person said before it
2. given rows: each is found by its own words (`rules.reporting.rowfinding`), or asked
   no given rows: the work points of the plan, or of one unit or part, in plan order
3. each cell of a known column: its value by `rules.reporting.filling`; a cell that holds anything is left as it is,
   and told where it says something else
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker.columns import ABOUT_POINTS
from tracker.columns import COUNTS
from tracker.columns import FILLABLE
from tracker.columns import LEFT_BLANK
from tracker.grid import Value
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems import filling as say
from tracker.reading.sheets.blank import Blank
from tracker.reading.sheets.wanted import ColumnRequest
from tracker.reading.tabular.rows import tight
from tracker.rules.plans.identity import bare
from tracker.rules.reporting.filling import CellEntry
from tracker.rules.reporting.filling import RowSubject
from tracker.rules.reporting.filling import cell_entry
from tracker.rules.reporting.rowfinding import comparison_key
from tracker.rules.reporting.summary import YearSummary
from tracker.steps.filling.rows import KEYS
from tracker.steps.filling.rows import Resolve
from tracker.steps.filling.rows import Wishes
from tracker.steps.filling.rows import counting
from tracker.steps.filling.rows import subjects_of

_UNITS = ("lead", "responsible", "support")


@dataclass(frozen=True)
class FilledTable:
    """What becomes of a table.

    Attributes:
        blank: The table.
        cells: Value by row and column; None is a gap to be shaded.
        new: Rows for an empty table, by column, in order; they begin in the first empty row.
        findings: What is asked and told.
        names: What each column asks for; empty where that is asked.
    """

    blank: Blank
    cells: Mapping[tuple[int, int], Value]
    new: tuple[Mapping[int, Value], ...] = ()
    findings: tuple[Finding, ...] = ()
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
    findings = [_ask_column(blank, column, sense) for column, sense in meanings.items() if not names[column]]
    if not blank.given_rows and not set(names.values()) & {*KEYS, "text", "state"} and not counts:
        return FilledTable(blank, {}, (), (*findings, say.NO_KEY.at(blank.place(min(blank.labels)))), names)
    if not blank.given_rows:
        new = _new_rows(blank, names, summary, wishes)
        return FilledTable(blank, {}, new, tuple(findings), names)
    if not set(names.values()) & {*KEYS, "unit", "section"}:
        findings.append(say.NO_KEY.at(blank.grid.place(blank.given_rows[0], min(blank.labels))))
        return FilledTable(blank, {}, (), tuple(findings), names)
    subjects, row_findings = subjects_of(blank, names, summary, resolve, wishes)
    cells, cell_findings = _cells(blank, names, subjects)
    return FilledTable(blank, cells, (), (*findings, *row_findings, *cell_findings), names)


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


def _ask_column(blank: Blank, column: int, sense: ColumnRequest) -> Finding:
    near = [FILLABLE[name] for name in (sense.names or sense.near) if name != "blank"]
    words = "、".join((*near, LEFT_BLANK))
    label = blank.labels[column]
    return say.UNKNOWN_COLUMN.at(
        blank.place(column), label=label, candidates=words, first=near[0] if near else LEFT_BLANK
    )


def _new_rows(
    blank: Blank, names: Mapping[int, str], summary: YearSummary, wishes: Wishes
) -> tuple[Mapping[int, Value], ...]:
    column_names = frozenset(names.values())
    if counting(column_names):
        subjects = _all_counted(summary, column_names)
    else:
        items = [
            item
            for item in summary.items
            if (not wishes.unit or wishes.unit in item.point.units())
            and (not wishes.section or item.point.section == wishes.section)
        ]
        subjects = [RowSubject(summary, item, wishes.unit) for item in items]
    rows = []
    for number, subject in enumerate(subjects, start=1):
        whole = replace(subject, columns=column_names, number=number)
        rows.append(
            {
                column: our_entry.value
                for column, name in names.items()
                if name != "blank"
                and ((our_entry := _or_gap(name, whole)).value is not None or our_entry.gap)
            }
        )
    return tuple(rows)


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
            findings.append(say.FORMULA_KEPT.at(grid.place(row, column), label=label))
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
                say.DIFFERS.at(
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
