"""The cells of a row: the units and ticks, the time limit, and labels beside their values.

The unit cells and ticks of a row: what they say, and whether they continue a cell above (沿用上栏).

The time cells of a table, row by row: the last filled column counts, 同上 is the cell above it.

A tick in a column of a calendar is the time limit of its row, whatever other columns say.

**Labels beside their values**: `责任单位：市甲局` in one cell, or 责任单位 in one cell and 市甲局 in the next.

Two layouts are made of them: rows that stand below a work point and say who answers for it and by when, and
cards (`layouts`), one for each work point.

    >>> [(value.field.name, value.text) for value in label_values({1: "责任单位：市甲局、市乙局", 2: "完成时限：6月底"}) or ()]
    [('RESPONSIBLE', '市甲局、市乙局'), ('DEADLINE', '6月底')]
    >>> [(value.field.name, value.text) for value in label_values({1: "牵头单位", 2: "市甲局"}) or ()]
    [('LEAD', '市甲局')]
    >>> label_values({1: "责任单位：市甲局", 2: "清理台账"}) is None
    True
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from tracker.grid import Grid, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.reading import NO_LEGEND
from tracker.reading.tables.columns import part_units_and_time, without_persons
from tracker.reading.tables.drafts import UNIT_FIELDS, Field, RoleStatement
from tracker.reading.tables.headwords import field_of, is_pure, last_tick, plain_head, with_word
from tracker.reading.tables.rows import DITTO, NOTHING, legend, role_of
from tracker.reading.tables.statements import at_end, is_idle_label
from tracker.reading.tables.tablehead import TableHead, symbols_below
from tracker.values import dataclass

_BESIDE_VALUE = (*UNIT_FIELDS, Field.DEADLINE, Field.FREQUENCY, Field.PERSON)


@dataclass(frozen=True, slots=True)
class LabelValue:
    """A value with its label.

    Attributes:
        field: What the label makes of it.
        header: The label as written.
        text: The value.
        column: Where the value stands.
    """

    field: Field
    header: str
    text: str
    column: int


def is_label(text: str) -> bool:
    """Whether a cell is a label rather than a value.

    >>> is_label("办结时限"), is_label("2026年度"), is_label("清理台账")
    (True, False, False)
    """
    return field_of(text) is not None and is_pure(text) and not re.search(r"\d", text)


def label_values(row_cells: Mapping[int, str]) -> tuple[LabelValue, ...] | None:
    """What the cells of a row say, if all of them are labels with values that say who answers or by when.

    None for any other row, and for one that names nobody and no time.
    """
    values: list[LabelValue] = []
    columns = sorted(row_cells)
    while columns:
        column = columns.pop(0)
        text = row_cells[column].strip()
        cut = at_end(text)
        if (not cut.text.strip() and any(statement.header for statement in cut.statements)) or (
            not cut.text and cut.deadline
        ):
            values += [
                LabelValue(statement.field, statement.header, statement.text, column)
                for statement in cut.statements
            ]
            if cut.deadline:
                values.append(LabelValue(Field.DEADLINE, "", cut.deadline, column))
        elif is_idle_label(text):
            continue
        elif is_label(text) and field_of(text) in _BESIDE_VALUE:
            if columns and not is_label(row_cells[columns[0]]):
                field = field_of(text) or Field.REMARK
                values.append(LabelValue(field, text, row_cells[columns[0]].strip(), columns.pop(0)))
        else:
            return None
    useful_values = [value for value in values if value.field in (*UNIT_FIELDS, Field.DEADLINE)]
    return tuple(useful_values) or None


class UnitCells:
    """The unit cells of a table, row by row; 同上 needs the row before."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.last: dict[int, str] = {}

    def statements(
        self, row: int, head: TableHead, symbols: Mapping[str, Field]
    ) -> tuple[RoleStatement, ...]:
        """Who answers by the cells of a row, in the order of the columns."""
        statements: list[RoleStatement] = []
        anchors: set[tuple[int, int]] = set()
        for column in head.columns(*UNIT_FIELDS):
            anchor = self.grid.anchor(row, column)
            if anchor in anchors:
                continue
            anchors.add(anchor)
            text = self.grid.text(*anchor)
            above = anchor[0] < row
            if DITTO.match(text):
                text, above = self.last.get(column, ""), True
            if NOTHING.match(text):
                if not above:
                    self.last.pop(column, None)
                continue
            self.last[column] = text
            role = head.fields[column]
            if any(
                head.fields[other] is not role
                for other in head.columns(*UNIT_FIELDS)
                if other != column and self.grid.anchor(row, other) == anchor
            ):
                role = Field.RESPONSIBLE
            if head.roles >= 0:
                role = role_of(self.grid.visible_text(row, head.roles), {}) or role
            if column in head.turned:
                text = without_persons(text)
            if column in head.mixed and not part_units_and_time(text)[0]:
                continue
            statements.append(
                RoleStatement(text, role, head.labels.get(column, ""), above, self.grid.place(*anchor))
            )
        return tuple(statements) + (self._tick_statements(row, head, symbols) if head.units else ())

    def _tick_statements(
        self, row: int, head: TableHead, symbols: Mapping[str, Field]
    ) -> tuple[RoleStatement, ...]:
        """What the ticks of a matrix say, one statement for each role."""
        names: dict[Field, list[str]] = {}
        continuations: dict[Field, bool] = {}
        for column, name in sorted(head.units.items()):
            anchor = self.grid.anchor(row, column)
            role = role_of(self.grid.text(*anchor), symbols)
            if role is not None:
                names.setdefault(role, []).append(name)
                continuations[role] = continuations.get(role, True) and anchor[0] < row
        return tuple(
            RoleStatement(
                "、".join(names[role]), role, is_continued=continuations[role], place=self.grid.place(row, 0)
            )
            for role in UNIT_FIELDS
            if role in names
        )


def symbols_of(grid: Grid, head: TableHead) -> tuple[dict[str, Field], Finding | None]:
    """What the ticks mean: by a note, a text above the head or a head that says so; else by habit, which is told."""
    for row in range(grid.height):
        for text in grid.cells(row).values():
            if meanings := legend(text):
                return meanings, None
    symbols = symbols_below(grid, head.bottom, head.units)
    if len(symbols) > 1:
        finding = NO_LEGEND.at(
            grid.place(head.bottom, min(head.units)),
            symbols="".join(sorted(symbols)),
        )
        return {}, finding
    return dict.fromkeys(symbols, Field.RESPONSIBLE), None


class TimeCells:
    """The time cells of a table; 同上 needs the row before."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.last: dict[int, Value] = {}

    def limit(self, row: int, head: TableHead) -> tuple[Value, str]:
        """The time limit of a row and where it stands; empty where the row has none."""
        tick_column = last_tick(self.grid, row, head.periods) if head.periods else None
        if tick_column is not None:
            return head.periods[tick_column], self.grid.place(*self.grid.anchor(row, tick_column))
        columns = head.columns(Field.DEADLINE) or head.columns(Field.FREQUENCY)
        for column in reversed(columns):
            anchor = self.grid.anchor(row, column)
            value = self.grid.value(*anchor)
            if isinstance(value, dt.datetime):
                value = value.date()
            if isinstance(value, str) and DITTO.match(value):
                value = self.last.get(column)
            if value is not None and not NOTHING.match(as_text(value)):
                self.last[column] = value
                if not isinstance(value, dt.date):
                    period_text = with_word(as_text(value), plain_head(head.labels.get(column, "")))
                    value = period_text if period_text != as_text(value) else value
                return value, self.grid.place(*anchor)
        for column in sorted(head.mixed):
            anchor = self.grid.anchor(row, column)
            if time := part_units_and_time(self.grid.text(*anchor))[1]:
                return time, self.grid.place(*anchor)
        return "", ""
