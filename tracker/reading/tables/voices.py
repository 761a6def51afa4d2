"""What speaks for a row: its unit cells and ticks, its time limit, labels beside their values, and the banners above it.

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

**Banners**: rows that open a section of a table, and what section holds for the rows below them. One text across the row, or a numbered heading with nothing but figures beside it, or a number that heads others
(1, then 1.1). Banners nest by the level of their numbers. Where no column names units, a banner that is a name
(a list by unit) or ends in a bracket of units answers for the rows below it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from tracker import patterns as re
from tracker.grid import Grid, Value, as_text
from tracker.numerals import HAN
from tracker.problems.base import Finding
from tracker.problems.reading import NO_LEGEND
from tracker.reading.lines import Rank, is_heading, leading_number, split_items
from tracker.reading.tables.cells import (
    DITTO,
    NOTHING,
    is_figure,
    is_heading_text,
    is_sentence,
    legend,
    role_of,
)
from tracker.reading.tables.columns import TEXTS, Kind, kind_of, part_units_and_time, without_persons
from tracker.reading.tables.headwords import (
    UNIT_FIELDS,
    Field,
    field_of,
    is_pure,
    plain_head,
    with_word,
)
from tracker.reading.tables.statements import RoleStatement, at_end, is_idle_label, is_names, name_of
from tracker.reading.tables.tablehead import TableHead, symbols_below
from tracker.text import tight
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

    >>> is_label("办结时限"), is_label("2026年度"), is_label("清理台账"), is_label("市甲局（牵头）、市乙局（配合）")
    (True, False, False, False)
    """
    # A role in a bracket behind a name is that of the name.
    bare = _BRACKETS.sub("", text)
    return field_of(text) is not None and is_pure(text) and is_pure(bare) and not re.search(r"\d", text)


_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


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


@dataclass(slots=True)
class RowVoices:
    """The unit and time cells of a table, row by row; 同上 needs what each column said last."""

    grid: Grid
    last: dict[int, Value] = field(default_factory=dict)

    def statements(
        self, row: int, head: TableHead, symbols: Mapping[str, Field]
    ) -> tuple[RoleStatement, ...]:
        """Who answers by the cells of a row, in the order of the columns."""
        statements: list[RoleStatement] = []
        # What reaches over the requirement and its units is no name.
        anchors = {self.grid.anchor(row, head.requirement)}
        for column in head.columns(*UNIT_FIELDS):
            anchor = self.grid.anchor(row, column)
            if anchor in anchors:
                continue
            anchors.add(anchor)
            text = self.grid.text(*anchor)
            above = anchor[0] < row
            if DITTO.match(text):
                text, above = as_text(self.last.get(column)), True
            if NOTHING.match(text):
                if not above:
                    self.last.pop(column, None)
                continue
            self.last[column] = text
            role = head.fields[column]
            if row in self.grid.merged_rows and any(
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
            if role is Field.RESPONSIBLE:
                role = head.roles_over.get(column, role)
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

    def limit(self, row: int, head: TableHead) -> tuple[Value, str]:
        """The time limit of a row and where it stands; empty where the row has none."""
        tick_column = _last_tick(self.grid, row, head.periods) if head.periods else None
        if tick_column is not None:
            return head.periods[tick_column], self.grid.place(*self.grid.anchor(row, tick_column))
        columns = head.columns(Field.DEADLINE) or head.columns(Field.FREQUENCY)
        for column in reversed(columns):
            anchor = self.grid.anchor(row, column)
            value = self.grid.value(*anchor) if anchor != self.grid.anchor(row, head.requirement) else None
            if isinstance(value, dt.datetime):
                value = value.date()
            if isinstance(value, str):
                value = self.last.get(column) if DITTO.match(value) else value
                if isinstance(value, str) and value.lstrip()[:1] in _FIRST_NUMBERS:
                    value = _without_numbers(value)
            text = as_text(value)
            if value is not None and not NOTHING.match(text):
                self.last[column] = value
                if not isinstance(value, dt.date) and text.strip()[-1:].isdecimal():
                    period_text = with_word(text, plain_head(head.labels.get(column, "")))
                    value = period_text if period_text != text else value
                return value, self.grid.place(*anchor)
        for column in sorted(head.mixed):
            anchor = self.grid.anchor(row, column)
            if time := part_units_and_time(self.grid.text(*anchor))[1]:
                return time, self.grid.place(*anchor)
        return "", ""


def limit_of_head(head: TableHead, grid: Grid) -> tuple[str, str]:
    """The time limit of all rows that a bracket in a head states, and where: 工作任务（10月底前完成）; empty without one."""
    for column in head.columns(*TEXTS, *UNIT_FIELDS):
        bracket = _BRACKET_IN_HEAD.search(head.labels.get(column, ""))
        if bracket is not None and kind_of(bracket[1]) is Kind.TIME:
            return bracket[1], grid.place(head.bottom, column)
    return "", ""


_BRACKET_IN_HEAD = re.compile(r"[(（]([^()（）]{2,})[)）]\s*$")


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


def _last_tick(grid: Grid, row: int, columns: Iterable[int]) -> int | None:
    """The last of the columns that a row ticks; None if it ticks none.

    A tick that is merged over several months reaches to the last of them.
    """
    last = None
    for column in sorted(columns):
        text = grid.visible_text(row, column).strip()
        if text and role_of(text, {}) is not None and grid.anchor(row, column)[0] == row:
            last = column
    return last


# How a list in a cell begins.
_FIRST_NUMBERS = frozenset("1１一①⑴(（")


def _without_numbers(text: str) -> str:
    r"""A time cell without the numbers of its items, of which one would run together with its day.

    >>> _without_numbers("1.6月底前\n2.9月底前"), _without_numbers("2026.6")
    ('6月底前；9月底前', '2026.6')
    """
    items = split_items(text)
    return "；".join(item for _, item, _ in items) if len(items) > 1 else text


# 其他事项 is collective and no body.
_TOPIC = re.compile(r"(?:事项|任务|工作|项目|问题|方面|内容|情况|[类篇])$")
_COUNT_NOTE = re.compile(rf"[（(](?:共|计)?[\d{HAN}]+[项条个件](?:任务|事项)?[)）]$")
_LEADS = (
    re.compile(r"牵头(?:责任)?(?:单位|部门)[:：]\s*(?P<name>[^:：]+)$"),
    re.compile(
        r"(?P<name>[^:：（(]+?)(?:[（(]牵头[^（）()]*[)）]"
        r"|牵头(?:负责)?的?(?:重点)?(?:改革|工作)?(?:任务|事项|项目|工作)?(?:[（(][^（）()]*[)）])?)$"
    ),
)


def _unit_in_heading(heading: str) -> tuple[str, bool]:
    """The name that a banner consists of, and whether it says that this unit leads.

    >>> _unit_in_heading("市甲局（牵头三项）"), _unit_in_heading("牵头单位：市甲局"), _unit_in_heading("市甲局（5项）"), _unit_in_heading("市甲局牵头事项")
    (('市甲局', True), ('市甲局', True), ('市甲局', False), ('市甲局', True))
    """
    for pattern in _LEADS:
        if match := pattern.match(heading):
            return _COUNT_NOTE.sub("", match["name"]).strip(), True
    return name_of(_COUNT_NOTE.sub("", heading)), False


def _allowed(statements: Sequence[RoleStatement], head: TableHead) -> list[RoleStatement]:
    """What the bracket of a banner may say: all where no column names units, else who leads where none says that."""
    if not head.has_units:
        return list(statements)
    if head.columns(Field.LEAD) or head.units:
        return []
    return [
        replace(statement, field=Field.LEAD)
        for statement in statements
        if statement.field is Field.LEAD or statement.text.endswith("牵头")
    ]


@dataclass(slots=True)
class Banners:
    """The banners that hold at a row.

    Attributes:
        grid: The table.
        outside: What stands over it.
        units: Who answers for the rows that follow; at first for all rows that no banner gives to others.
        by_unit: Whether a banner that is a name may answer for its rows.
        deadline: The time limit that the last banner with a statement says.
        rank: The level of that banner.
        path: The text of each level.
        named: For each level, which of its banners are names.
    """

    grid: Grid
    outside: str
    units: tuple[RoleStatement, ...] = ()
    by_unit: bool = True
    deadline: str = ""
    rank: int = 0
    path: dict[Rank, str] = field(default_factory=dict)
    named: dict[Rank, list[bool]] = field(default_factory=dict)

    def opens(self, row: int, row_cells: Mapping[int, str], head: TableHead) -> bool:
        """Whether a row opens a section."""
        column = min(row_cells)
        others = [text for at, text in row_cells.items() if at != column]
        if len(others) > 1 and not all(map(is_figure, others)):
            return False
        text = row_cells[column].strip()
        requirement = head.requirement
        spans = [at for at in range(self.grid.width) if self.grid.anchor(row, at) == (row, column)]
        number = leading_number(text)
        is_outer = number is not None and number.rank <= Rank.HAN_BRACKET
        if len(row_cells) == 1 and not self._continues(row, head):
            if len(spans) >= max(2, self.grid.width // 2) and not (is_sentence(text) and not is_outer):
                return True
            if column == requirement:
                return (is_outer and is_heading(text)) or (
                    number is None
                    and is_heading(text)
                    and len(text) <= 25
                    and self._begins_so(head)
                    and self._is_followed(row, head)
                )
            field_here = head.fields.get(column)
            if field_here in UNIT_FIELDS:
                return is_outer and is_heading(text)
            return is_heading(text) and (is_outer or field_here is not Field.REMARK)
        if is_outer and all(map(is_figure, others)):
            return requirement not in row_cells or requirement == column or requirement in spans
        if self._is_parent(row, row_cells, head):
            return True
        # A Han numeral alone in the number column, its heading beside it, and nothing else.
        if head.fields.get(column) is Field.NUMBER and re.fullmatch(rf"[（(]?[{HAN}]+[)）]?、?", text):
            rest = [at for at in row_cells if at != column]
            return (
                len(rest) == 1
                and head.fields.get(rest[0]) not in UNIT_FIELDS
                and is_heading(row_cells[rest[0]])
            )
        return False

    def _is_parent(self, row: int, row_cells: Mapping[int, str], head: TableHead) -> bool:
        """A row that heads others: `1 | 加强党建` merged over the units, or followed by 1.1."""
        column = min(row_cells)
        rest = [at for at in row_cells if at != column]
        answer_columns = head.columns(Field.DEADLINE, *UNIT_FIELDS)
        if head.fields.get(column) is not Field.NUMBER or len(rest) != 1 or rest[0] in answer_columns:
            return False
        merged_columns = [at for at in answer_columns if self.grid.anchor(row, at) == (row, rest[0])]
        if merged_columns:
            return is_heading(row_cells[rest[0]])
        below = next(
            (
                self.grid.cells(later_row)
                for later_row in range(row + 1, self.grid.height)
                if self.grid.cells(later_row)
            ),
            {},
        )
        return bool(
            re.match(
                rf"{re.escape(tight(row_cells[column]).rstrip('.、'))}[.．-]\d", tight(below.get(column, ""))
            )
        )

    def _continues(self, row: int, head: TableHead) -> bool:
        """Whether a unit cell or the requirement of this row is covered from above."""
        return any(
            self.grid.is_continuation(row, column)
            and self.grid.anchor(row, column)[0] < row
            and self.grid.anchor(row, column)[0] > head.bottom
            for column in head.columns(Field.REQUIREMENT, *UNIT_FIELDS)
        )

    def _begins_so(self, head: TableHead) -> bool:
        """Whether the table begins with a lone text in the requirement's column, as one with such banners does.

        Otherwise a lone text there is a row whose units were left blank.
        """
        rows = map(self.grid.cells, range(head.bottom + 1, self.grid.height))
        return [*next(filter(None, rows), ())] == [head.requirement]

    def _is_followed(self, row: int, head: TableHead) -> bool:
        """Whether the next row that is not empty has a unit or a time limit, as rows of a section have."""
        row_cells = self.grid.cells(row + 1) or self.grid.cells(row + 2)
        return any(column in row_cells for column in head.columns(Field.DEADLINE, *UNIT_FIELDS))

    def open(self, row: int, row_cells: Mapping[int, str], head: TableHead) -> Rank:
        """Open the section that a row names, and tell its level.

        If it names a unit, that answers for the rows until the next of its level.
        """
        column = min(row_cells)
        text = row_cells[column].strip()
        if head.fields.get(column) is Field.NUMBER and len(row_cells) > 1 and not is_heading_text(text):
            mark = text if text[-1] in ")）、." else text + ("." if text[-1].isdecimal() else "、")
            text = mark + row_cells[min(at for at in row_cells if at != column)].strip()
        number = leading_number(text)
        rank = number.rank if number else Rank.PART
        self.path = {level: outer_text for level, outer_text in self.path.items() if level < rank}
        heading, mark = (number.rest, number.mark) if number is not None else (text, "")
        place = self.grid.place(row, column)
        cut = at_end(heading)
        if cut.text.strip() and cut.statements and (statements := _allowed(cut.statements, head)):
            self.path[rank] = mark + cut.text.strip()
            self.units = tuple(replace(statement, place=place) for statement in statements)
            self.deadline, self.rank = cut.deadline, rank
            return rank
        self.path[rank] = text
        statement = self._statement(heading, place, head)
        if rank <= self.rank or statement is not None:
            self.units, self.deadline, self.rank = (statement,) if statement is not None else (), "", rank
        if not head.has_units:
            self.named.setdefault(rank, []).append(statement is not None)
        return rank

    def _statement(self, heading: str, place: str, head: TableHead) -> RoleStatement | None:
        """The unit that a banner makes answer for its rows; None if it names none."""
        name, leads = _unit_in_heading(heading)
        if not is_names(name) or re.search("[，,。]", name) or _TOPIC.search(name):
            return None
        if not head.has_units:
            if not leads and not self.by_unit:
                return None
            return RoleStatement(name, Field.LEAD if leads else Field.RESPONSIBLE, place=place)
        # Where the columns name only those who support, the banner says whom.
        if not head.columns(Field.LEAD) and (leads or not head.columns(Field.RESPONSIBLE)) and not head.units:
            return RoleStatement(name, Field.LEAD, place=place)
        return None

    @property
    def are_topics(self) -> bool:
        """Whether few banners of a level are names: then 社区 and 学校 are what the rows are about, not who answers."""
        return any(sum(flags) * 4 < len(flags) * 3 and any(flags) for flags in self.named.values())

    @property
    def section(self) -> str:
        """The last banner of the outer levels, else the outermost banner, else what stands over the table."""
        every = sorted(self.path.items())
        outer = [text for rank, text in every if rank <= Rank.HAN]
        return outer[-1] if outer else every[0][1] if every else self.outside

    @property
    def second(self) -> str:
        """A second banner below the section, for tables without a task column."""
        every = [text for _, text in sorted(self.path.items())]
        return every[-1] if every and every[-1] != self.section else ""
