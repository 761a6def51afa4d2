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
from tracker.columns import COUNTED
from tracker.columns import LEFT_BLANK
from tracker.columns import WANTED
from tracker.grid import Value
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems import filling as say
from tracker.reading.sheets.blank import Blank
from tracker.reading.sheets.wanted import Meaning
from tracker.reading.tabular.rows import tight
from tracker.rules.plans.identity import bare
from tracker.rules.reporting.filling import Entry
from tracker.rules.reporting.filling import Subject
from tracker.rules.reporting.filling import entry
from tracker.rules.reporting.rowfinding import key
from tracker.rules.reporting.summary import YearSummary
from tracker.steps.filling.rows import KEYS
from tracker.steps.filling.rows import Resolve
from tracker.steps.filling.rows import Wishes
from tracker.steps.filling.rows import counting
from tracker.steps.filling.rows import subjects_of

_UNITS = ("lead", "responsible", "support")


@dataclass(frozen=True)
class Filled:
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
    def written(self) -> int:
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
    blank: Blank, meanings: Mapping[int, Meaning], summary: YearSummary, resolve: Resolve, wishes: Wishes
) -> Filled:
    """Decide a table; writes nothing."""
    counts = _is_of_counts(meanings)
    names = {c: _usable(each.name, counts=counts) for c, each in meanings.items()}
    findings = [
        _ask_column(blank, column, meaning) for column, meaning in meanings.items() if not names[column]
    ]
    if not blank.given and not set(names.values()) & {*KEYS, "text", "state"} and not counts:
        return Filled(blank, {}, (), (*findings, say.NO_KEY.at(blank.place(min(blank.labels)))), names)
    if not blank.given:
        new = _new_rows(blank, names, summary, wishes)
        return Filled(blank, {}, new, tuple(findings), names)
    if not set(names.values()) & {*KEYS, "unit", "section"}:
        findings.append(say.NO_KEY.at(blank.grid.place(blank.given[0], min(blank.labels))))
        return Filled(blank, {}, (), tuple(findings), names)
    subjects, asked = subjects_of(blank, names, summary, resolve, wishes)
    cells, told = _cells(blank, names, subjects)
    return Filled(blank, cells, (), (*findings, *asked, *told), names)


def _is_of_counts(meanings: Mapping[int, Meaning]) -> bool:
    """Whether the rows are units or parts: nothing in the head says what a work point is."""
    names = {each.name for each in meanings.values()}
    return not names & {*KEYS} and bool(names & {"unit", "section"}) and bool(names & set(COUNTED) - {"unit"})


def _usable(name: str, *, counts: bool) -> str:
    if name in ("number", "blank", "plan", "document", "year", ""):
        return name
    if counts and name == "note":
        return "blank"  # the ledger has notes on work points only
    if counts:
        return name if name in COUNTED or name == "section" else ""
    return name if name in ABOUT_POINTS or name == "unit" else ""


def _ask_column(blank: Blank, column: int, meaning: Meaning) -> Finding:
    near = [WANTED[each] for each in (meaning.names or meaning.near) if each != "blank"]
    words = "、".join((*near, LEFT_BLANK))
    label = blank.labels[column]
    return say.UNKNOWN_COLUMN.at(
        blank.place(column), label=label, candidates=words, first=near[0] if near else LEFT_BLANK
    )


def _new_rows(
    blank: Blank, names: Mapping[int, str], summary: YearSummary, wishes: Wishes
) -> tuple[Mapping[int, Value], ...]:
    wanted = frozenset(names.values())
    if counting(wanted):
        subjects = _all_counted(summary, wanted)
    else:
        items = [
            each
            for each in summary.items
            if (not wishes.unit or wishes.unit in each.point.units())
            and (not wishes.section or each.point.section == wishes.section)
        ]
        subjects = [Subject(summary, each, wishes.unit) for each in items]
    rows = []
    for number, subject in enumerate(subjects, start=1):
        whole = replace(subject, wanted=wanted, number=number)
        rows.append(
            {
                column: said.value
                for column, name in names.items()
                if name != "blank" and ((said := _or_gap(name, whole)).value is not None or said.gap)
            }
        )
    return tuple(rows)


def _or_gap(name: str, subject: Subject) -> Entry:
    """A column that is asked stays empty for now."""
    return entry(name, subject) if name else Entry(None, gap=True)


def _all_counted(summary: YearSummary, wanted: frozenset[str]) -> list[Subject]:
    if "unit" in wanted:
        order = dict.fromkeys(unit for each in summary.items for unit in each.point.units())
        return [Subject(summary, unit=unit) for unit in order]
    sections = dict.fromkeys(each.point.section for each in summary.items if each.point.section)
    return [Subject(summary, section=each) for each in sections]


def _cells(
    blank: Blank, names: Mapping[int, str], subjects: Mapping[int, Subject]
) -> tuple[dict[tuple[int, int], Value], list[Finding]]:
    grid = blank.grid
    cells: dict[tuple[int, int], Value] = {}
    findings = []
    merged: dict[tuple[int, int], set[Entry]] = {}
    for row in blank.given:
        for column, name in names.items():
            at = grid.anchor(row, column)
            if name and name != "blank" and row in subjects:
                merged.setdefault(at, set()).add(entry(name, subjects[row]))
            elif name != "blank" and not tight(grid.spoken(row, column)):
                merged.setdefault(at, set()).add(Entry(None, gap=True))
    for (row, column), entries in merged.items():
        name, label = names.get(column, ""), blank.labels.get(column, "")
        theirs = grid.text(row, column).strip()
        if (row, column) in grid.formulas:
            findings.append(say.FORMULA_KEPT.at(grid.place(row, column), label=label))
            continue
        if len(entries) > 1 or row <= blank.bottom:
            if not theirs:
                cells[row, column] = None  # one cell for several rows that say different things
            continue
        said = next(iter(entries))
        if not theirs:
            if said.value is not None or said.gap:
                cells[row, column] = said.value
        elif (
            row in subjects
            and said.value is not None
            and name not in (*KEYS, "number", "section", "unit")
            and not (name in _UNITS and (subjects[row].unit or _names_some(theirs, said.value)))
            and not _same(theirs, said.value)
        ):
            findings.append(
                say.DIFFERS.at(
                    grid.place(row, column), label=label, theirs=theirs[:40], ours=written(said.value)[:40]
                )
            )
    return cells, findings


def _names_some(theirs: str, ours: Value) -> bool:
    """Whether every unit that stands there is among ours: a row of one unit of several."""
    known = {bare(each) for each in as_text(ours).split("、")}
    return {bare(each) for each in re.split("[、,，;；\n]", theirs) if each.strip()} <= known


def _same(theirs: str, ours: Value) -> bool:
    return (
        bare(theirs) == bare(as_text(ours))
        or key(theirs) == key(written(ours))
        or bare(theirs) == bare(written(ours))
    )


def written(value: Value) -> str:
    """A value as a document says it.

    >>> written(dt.date(2026, 6, 30)), written(3), written(None)
    ('2026年6月30日', '3', '')
    """
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return as_text(value)
