"""Reading a table: where its head is, what is above and below it, and its rows one after the other.

The rows below the head of a table, one after the other, and what holds from the rows above.

A row after the head is one of

    empty       nothing in it
    head        the head again, or another one (then the columns change meaning from here on)
    total       合计, 小计, 总计
    note        注：…, 说明：… in one cell
    furniture   page numbers, 续表, 填表人：, where people sign
    labels      责任单位：…, 完成时限：… below a work point that says nothing about who answers (`cells`)
    banner      one text across the row, or a numbered heading with nothing but figures beside it
    continued   only unit cells, under a work point (a page break, one unit for each line)
    work point  everything else that has a text

A unit cell that a vertical merge covers speaks with the voice of the cell above (沿用上栏), so does 同上; a
blank one does not. Category and task cells hold until the next one, a merge or a blank below them alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import lru_cache
from itertools import chain

from tracker import patterns as re
from tracker.grid import Grid
from tracker.problems.base import Finding
from tracker.problems.reading import COLUMNS_BY_CONTENT, HIDDEN_COLUMN
from tracker.reading.lines import Rank, is_heading, leading_number
from tracker.reading.tables.cells import (
    DITTO,
    EXAMPLES,
    NOTHING,
    Spot,
    Use,
    is_furniture,
    is_furniture_row,
    is_note,
    is_sentence,
    role_of,
)
from tracker.reading.tables.columns import Kind, kind_of
from tracker.reading.tables.headwords import (
    LEADS_UNLESS_WORDED,
    LONGEST_HEAD,
    UNIT_FIELDS,
    WORD_OF,
    Field,
    field_of,
    is_pure,
    plain_head,
)
from tracker.reading.tables.statements import Draft, RoleStatement, at_end, has_role, is_idle_label
from tracker.reading.tables.tablehead import FEWEST_ROWS, TableHead, find_table_head, find_unknown_head
from tracker.reading.tables.voices import (
    Banners,
    LabelValue,
    RowVoices,
    is_label,
    label_values,
    limit_of_head,
    symbols_of,
)
from tracker.text import tight
from tracker.values import dataclass

# How many rows may stand above a head that nobody knows.
_FURTHEST = 15
# Title, number, date: what stands above a table fills no more cells of a row.
_WIDEST_FRONT = 2


_TIMED = re.compile("[月日]|年[底末内中]|季度|半年")


@dataclass(frozen=True, slots=True)
class Caption:
    """A column: its head as written, what it was taken for, and where the head stands."""

    label: str
    field: Field
    place: str


@dataclass(slots=True)
class TableReading:
    """What a table yields.

    Attributes:
        drafts: Its work points.
        captions: Its columns, those of ticks left out.
        notes: Notes with their place.
        above: Texts above the head, with their place.
        head: Its last head; None when there is none.
        section: The last banner, for a table that goes on in the next one.
        findings: What is unclear about the table as a whole.
        uses: What each cell was used for.
    """

    drafts: list[Draft] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    above: list[tuple[str, str]] = field(default_factory=list)
    head: TableHead | None = None
    section: str = ""
    findings: list[Finding] = field(default_factory=list)
    uses: dict[Spot, Use] = field(default_factory=dict)


class TableRows:
    """The rows below a head, one after the other, and what holds from the rows above."""

    def __init__(self, grid: Grid, head: TableHead, reading: TableReading, *, by_unit: bool = True) -> None:
        self.grid = grid
        self.head = head
        self.heads = [head]
        # Whether the rows belong to a list that is no part of the plan.
        self.is_aside = False
        self.reading = reading
        # A list by unit: a banner or a line above the head names who answers.
        units = () if head.is_plain or head.has_units else self._units_above()
        self.banners = Banners(grid, reading.section, units, by_unit=by_unit)
        self.voices = RowVoices(grid)
        self.category = ""
        self.task = ""
        # The last row that was a note.
        self.note_row = -1
        # The last row that answered for the work point above it.
        self.label_row = -1
        # Rows of a table above the head are no title; nobody read them.
        wide_rows = [row for row in range(head.top) if len(grid.cells(row)) > _WIDEST_FRONT]
        for row in range(head.bottom + 1):
            if row >= head.top or row not in wide_rows or len(wide_rows) <= FEWEST_ROWS:
                for column in range(grid.width):
                    reading.uses.setdefault(
                        grid.anchor(row, column), Use.HEAD if row >= head.top else Use.FRONT
                    )
        # Banners that no row has followed yet, with their level.
        self.idle_banners: list[tuple[int, int]] = []
        self.symbols: Mapping[str, Field] = {}
        if head.units:
            self.symbols, finding = symbols_of(grid, head)
            reading.findings += [finding] if finding is not None else []

    def read(self, row: int) -> None:
        """Read all rows from one on."""
        while row < self.grid.height:
            row_cells = self.grid.cells(row)
            if number := self._number_of_task(row_cells):
                self._work_point(row, row_cells, number)
                row += 1
                continue
            again = self._head_again(row, row_cells)
            if again is not None:
                self.head = again
                for head_row in range(again.top, again.bottom + 1):
                    self._take(head_row, range(self.grid.width), Use.HEAD)
                self.is_aside = False
                self.heads.append(again)
                row = again.bottom + 1
                continue
            if _begins_contacts(row_cells, self.head.requirement):
                self.is_aside = True
                self.idle_banners = []  # 附：联络人员 is its title
            if row_cells and not self.is_aside:
                self._row(row, row_cells)
            elif self.is_aside:
                self._take(row, row_cells, Use.PERSON)
            row += 1
        if self.idle_banners or any(head.columns(Field.SECTION, Field.TASK) for head in self.heads):
            self._give_back()

    def _number_of_task(self, row_cells: Mapping[int, str]) -> str:
        """The number of a row that has a sentence and somebody who answers, too; empty for any other row.

        Such a row can be nothing else than a work point.
        """
        if self.is_aside or not row_cells.get(self.head.requirement, "").rstrip().endswith("。"):
            return ""
        number = next((row_cells.get(column, "") for column in self.head.columns(Field.NUMBER)), "")
        is_task = number.isdecimal() and not row_cells.keys().isdisjoint(self.head.columns(*UNIT_FIELDS))
        return number if is_task else ""

    def _take(self, row: int, columns: Iterable[int], use: Use) -> None:
        """Say what the cells that speak for some columns of a row are used for."""
        for column in columns:
            self.reading.uses.setdefault(self.grid.anchor(row, column), use)

    def _give_back(self) -> None:
        """Banners without a row below them, and tasks that no work point carries, were used for nothing."""
        texts = {
            text for draft in self.reading.drafts for text in (draft.section, draft.task, draft.requirement)
        }
        uses = self.reading.uses
        tasks = {self.grid.text(*spot) for spot, use in uses.items() if use is Use.TASK} - texts
        if tasks:
            carriers = set(map(tight, texts))
            tasks = {text for text in tasks if tight(text) not in carriers}
        idle = {row for row, _ in self.idle_banners}
        if tasks or idle:
            self.reading.uses = {
                spot: use
                for spot, use in uses.items()
                if not (use is Use.TASK and self.grid.text(*spot) in tasks)
                and not (use is Use.BANNER and spot[0] in idle)
            }

    def _head_again(self, row: int, row_cells: Mapping[int, str]) -> TableHead | None:
        """The head of the next table below this one: in the words of heads, or below a gap or a banner in any words."""
        if len(row_cells) < 2:
            return None
        if (
            any(map(_is_caption, row_cells.values()))
            and (again := find_table_head(self.grid, row)) is not None
        ):
            if again.labels != self.head.labels:
                return again
            # The same words over the same columns say the same, however few rows are left below them.
            return replace(self.head, top=again.top, bottom=again.bottom, turned=())
        is_below_gap = row > self.head.bottom + 1 and len(self.grid.cells(row - 1)) < 2
        # A short row that names somebody where units stand is one of this table.
        if (
            len(row_cells) > 2
            and is_below_gap
            and not any(kind_of(row_cells.get(at)) is Kind.UNITS for at in self.head.columns(*UNIT_FIELDS))
        ):
            return find_unknown_head(self.grid, row)
        return None

    def _row(self, row: int, row_cells: Mapping[int, str]) -> None:
        first = row_cells[min(row_cells)].strip()
        drafts = self.reading.drafts
        # Labels in this row can speak for the work point above: nobody answers for it yet.
        is_unanswered = bool(drafts) and (not drafts[-1].statements or self.label_row == row - 1)
        # What says what is to be done, and by whom, is no total.
        is_task = any(column in row_cells for column in self.head.columns(*UNIT_FIELDS)) and any(
            text.rstrip().endswith("。") for text in row_cells.values()
        )
        if first in EXAMPLES or (not is_task and is_furniture_row(self.grid, row)):
            self._take(row, row_cells, Use.FURNITURE)
            return
        if len(row_cells) == 1 and (is_note(first) or self._goes_on_noting(row, first)):
            self.reading.notes.append((first, self.grid.place(row, min(row_cells))))
            self._take(row, row_cells, Use.NOTE)
            self.note_row = row
        elif (
            len(row_cells) == 1
            and is_furniture(first)
            and (min(row_cells) != self.head.requirement or re.search("[:：]", first))
        ):
            self._take(row, row_cells, Use.FURNITURE)
        elif is_unanswered and (values := label_values(row_cells)) is not None:
            self._take_labels(row, row_cells, values)
        elif self.banners.opens(row, row_cells, self.head):
            rank = self.banners.open(row, row_cells, self.head)
            self.idle_banners = [banner for banner in self.idle_banners if banner[1] < rank] + [(row, rank)]
            self._take(row, row_cells, Use.BANNER)
            self.category = self.task = ""
        else:
            self._work_point(row, row_cells)

    def _goes_on_noting(self, row: int, text: str) -> bool:
        """Whether a row right below a note is the next one of its list: 注：1.…, then 2.…."""
        number = leading_number(text)
        return row == self.note_row + 1 and self.note_row >= 0 and number is not None and number.value > 1

    def _units_above(self) -> tuple[RoleStatement, ...]:
        """Who answers for all rows of a table without a column of units, where a line above it says so."""
        for text, place in self.reading.above:
            cut = at_end(text)
            if cut.statements and not cut.text.strip() and cut.statements[0].header:
                return (replace(cut.statements[0], place=place),)
        return ()

    def _take_labels(self, row: int, row_cells: Mapping[int, str], values: tuple[LabelValue, ...]) -> None:
        """Take what labels below a work point say about it: 责任单位：…, 完成时限：…."""
        last = self.reading.drafts[-1]
        statements = tuple(
            RoleStatement(value.text, value.field, value.header, place=self.grid.place(row, value.column))
            for value in values
            if value.field in UNIT_FIELDS
        )
        limits = [value for value in values if value.field is Field.DEADLINE]
        last = replace(last, statements=last.statements + statements)
        if limits and not last.deadline:
            place = self.grid.place(row, limits[-1].column)
            last = replace(last, deadline=limits[-1].text, deadline_place=place)
        self._take(row, (value.column for value in values if value.field in UNIT_FIELDS), Use.UNITS)
        self._take(row, (value.column for value in limits[-1:] if last.deadline == value.text), Use.DEADLINE)
        self._take(row, (column for column in row_cells if is_label(row_cells[column])), Use.HEAD)
        self._take(row, (column for column in row_cells if is_idle_label(row_cells[column])), Use.PERSON)
        self.reading.drafts[-1] = last
        self.label_row = row

    def _work_point(self, row: int, row_cells: Mapping[int, str], number: str = "") -> None:
        """Read a row as a work point; `number` is that of its own cell, where it is known to have one."""
        grid, head, banners = self.grid, self.head, self.banners
        if head.columns(Field.SECTION, Field.TASK):
            self._hold(row)
        requirement = head.requirement
        anchor = grid.anchor(row, requirement)
        texts = grid.visible(row)
        text = texts.get(requirement, "").strip()
        statements = self.voices.statements(row, head, self.symbols)
        if banners.units:
            statements = _beside(banners.units, statements)
        if (not text or anchor[0] < row) and not self._has_own_text(row):
            is_added = anchor[0] < row or any(not statement.is_continued for statement in statements)
            if self.reading.drafts and is_added:
                self._add_units(row, statements)
                return
            if not text:
                return
        place, is_own = grid.place(*anchor), bool(text)
        task = self.task
        if not text:
            columns = [column for column in head.columns(Field.TASK, Field.SECTION) if column in row_cells]
            if not columns:
                return  # a number without a task
            text, place = row_cells[columns[-1]].strip(), grid.place(row, columns[-1])
            task = ""
        if anchor[1] != requirement and head.fields.get(anchor[1]) is Field.TASK:
            task = ""
        no, from_column = (number, True) if number else self._number(row)
        deadline, deadline_place = self.voices.limit(row, head)
        deadline = banners.deadline if deadline in ("", None) else deadline
        # What a banner says (二、年底前完成的任务) goes before the head.
        if deadline == "" and not any(_TIMED.search(text) for text in banners.path.values()):
            deadline, deadline_place = limit_of_head(head, grid)
        self.idle_banners = []
        limit_columns = head.columns(Field.DEADLINE)
        if len(limit_columns) > 1:
            limit_columns = tuple(
                column for column in limit_columns if not NOTHING.match(texts.get(column, ""))
            )
        for column, use in head.uses:
            if (
                (use is Use.REQUIREMENT and not is_own)
                or (
                    use is Use.NUMBER
                    and not (texts.get(column, "0").isdecimal() or _can_number(texts[column]))
                )
                or (use is Use.DEADLINE and column not in limit_columns[-1:])
                or (column in head.units and role_of(texts.get(column, ""), self.symbols) is None)
            ):
                continue
            self.reading.uses.setdefault(grid.anchor(row, column), use)
        section, second = self._outline() if banners.path else (self.category or banners.outside, "")
        # Every time cell but the one that counts is kept as written, too.
        asides = [
            column
            for column in head.columns(Field.REMARK, Field.FREQUENCY, Field.DEADLINE)
            if head.fields[column] is not Field.DEADLINE or column in limit_columns[:-1]
        ]
        self.reading.drafts.append(
            Draft(
                requirement=text,
                place=place,
                section=section,
                task=task or second,
                no=no,
                from_column=from_column,
                statements=statements,
                deadline=deadline,
                deadline_place=deadline_place,
                remarks=self._remarks(row, asides) if asides else (),
                is_hidden=row in grid.hidden_rows,
                stream=grid.name,
            )
        )

    def _outline(self) -> tuple[str, str]:
        """What stands over a row below banners: its section and, where no column names tasks, the heading below that.

        Categories nest in banners where no column names a task.
        """
        banners, category = self.banners, self.category
        if self.head.columns(Field.TASK):
            return category or banners.section, ""
        return banners.section, category or banners.second

    def _hold(self, row: int) -> None:
        """Take the category and task cells of a row; a new category ends the task."""
        for column in (*self.head.columns(Field.SECTION), *self.head.columns(Field.TASK)):
            anchor = self.grid.anchor(row, column)
            self.reading.uses.setdefault(anchor, Use.TASK)
            if anchor[1] != column or anchor[0] <= self.head.bottom:
                continue
            text = _heading(self.grid.text(*anchor))
            if text and self.head.fields[column] is Field.TASK:
                self.task = text
            elif text and text != self.category:
                self.category, self.task = text, ""

    def _has_own_text(self, row: int) -> bool:
        """Whether a row has a number, task or requirement cell of its own."""
        columns = self.head.columns(Field.NUMBER, Field.TASK, Field.REQUIREMENT)
        return any(
            not self.grid.is_continuation(row, column) and tight(self.grid.text(row, column))
            for column in columns
        )

    def _add_units(self, row: int, statements: tuple[RoleStatement, ...]) -> None:
        """Units in a row without a text of its own belong to the work point above."""
        last = self.reading.drafts[-1]
        fresh = tuple(statement for statement in statements if not statement.is_continued)
        self._take_units(row)
        limits = [
            column
            for column in self.head.columns(Field.DEADLINE)
            if self.grid.value(row, column) == last.deadline
        ]
        self._take(row, limits, Use.DEADLINE)
        remark_columns = [
            column for column in self.head.columns(Field.REMARK) if tight(self.grid.text(row, column))
        ]
        self._take(row, remark_columns, Use.REMARK)
        remarks = dict(last.remarks)
        for column in remark_columns:
            label, text = self._label(column), self.grid.text(row, column).strip()
            remarks[label] = f"{remarks[label]}\n{text}" if label in remarks else text
        self.reading.drafts[-1] = replace(
            last, statements=last.statements + fresh, remarks=tuple(remarks.items())
        )

    def _take_units(self, row: int) -> None:
        """The cells of a row that say who answers; what is no tick in a column of ticks says nothing."""
        ticks = (
            column
            for column in self.head.units
            if role_of(self.grid.visible_text(row, column), self.symbols) is not None
        )
        self._take(row, (*self.head.columns(*UNIT_FIELDS), *ticks), Use.UNITS)
        self._take(row, self.head.columns(Field.PERSON), Use.PERSON)

    def _number(self, row: int) -> tuple[str, bool]:
        """The number of a row, and whether it is the row's own: one that is merged over rows counts once."""
        for column in self.head.columns(Field.NUMBER):
            anchor = self.grid.anchor(row, column)
            text = (
                tight(self.grid.text(*anchor)) if anchor[0] > self.head.bottom and anchor[1] == column else ""
            )
            if text.isdecimal():
                return text, anchor == (row, column)
            if text and _can_number(text):
                number = leading_number(text + " ") or leading_number(text + "、")
                is_own = anchor == (row, column)
                return (number.number if number and not number.rest.strip("、") else text), is_own
        return "", False

    def _remarks(self, row: int, columns: Iterable[int]) -> tuple[tuple[str, str], ...]:
        """The cells of a row that are kept as written, with their heads."""
        return tuple(
            (self._label(column), text)
            for column in columns
            if (text := self.grid.visible_text(row, column).strip())
        )

    def _label(self, column: int) -> str:
        return " ".join(self.head.labels.get(column, "").split())


# Categories and tasks repeat from row to row.
@lru_cache(maxsize=4096)
def _heading(text: str) -> str:
    """What a category or task cell says; empty for one that holds nothing of its own."""
    parts = text.split()
    # One character to a line: a heading that was written downwards.
    downwards = len(parts) > 2 and all(len(part) <= 2 for part in parts)
    text = ("" if downwards else " ").join(parts)
    return "" if DITTO.match(text) or NOTHING.match(text) else text


# The heads of a list of persons are no longer.
_LONGEST_CONTACT = 8


def _begins_contacts(row_cells: Mapping[int, str], requirement: int) -> bool:
    """Whether a row of short texts is the head of a list of persons below the table: 单位, 姓名, 电话."""
    task = row_cells.get(requirement, "")
    if len(row_cells) < 2 or any(len(tight(text)) > _LONGEST_CONTACT for text in (task, *row_cells.values())):
        return False
    fields = [field_of(text) for text in row_cells.values()]
    return 2 * fields.count(Field.PERSON) >= len(fields) and not {Field.REQUIREMENT, Field.DEADLINE} & set(
        fields
    )


def _can_number(text: str) -> bool:
    """Whether a cell in a column of numbers is no sentence that got there."""
    return not is_sentence(text) and not text.endswith("。")


_BRACKET = re.compile(r"[(（\[【\s]")


@lru_cache(maxsize=4096)
def _is_caption(text: str) -> bool:
    """Whether a cell could stand in a head: asked of every row, before the whole row is looked at."""
    longest = 2 * LONGEST_HEAD if _BRACKET.search(text) else LONGEST_HEAD
    return len(text) <= longest and not text.strip()[-1:].isdecimal() and is_pure(text)


def _beside(
    units: tuple[RoleStatement, ...], statements: tuple[RoleStatement, ...]
) -> tuple[RoleStatement, ...]:
    """What a banner says of a row and what its cells say: beside these the banner's units only lead."""
    is_led = any(statement.field is Field.LEAD or "牵头" in statement.text for statement in statements)
    if statements and (is_led or any(unit.field is not Field.LEAD for unit in units)):
        return statements
    return (*units, *statements)


def find_head(grid: Grid) -> TableHead | None:
    """The first head of a grid in the usual words."""
    return next((head for row in range(grid.height) if (head := find_table_head(grid, row))), None)


def read_table(
    grid: Grid, head: TableHead | None, *, head_before: TableHead | None = None, section: str = ""
) -> TableReading:
    """Read a grid as a table of work points.

    Args:
        grid: The sheet or table.
        head: Its first head in the usual words.
        head_before: The head of the table before it, for one that goes on without a head of its own.
        section: The heading that it stands under.
    """
    end = head.top if head is not None else 0 if head_before is not None else grid.height
    # Rows of a table above a head in the usual words stand below one in words that nobody knows.
    if sum(len(grid.cells(row)) > 1 for row in range(end)) > FEWEST_ROWS:
        unknown_heads = (find_unknown_head(grid, row) for row in range(min(end, _FURTHEST)))
        head = next(filter(None, unknown_heads), head)
    top = head.top if head is not None else grid.height
    if head is None and head_before is not None and _goes_on(grid, head_before):
        head, top = replace(head_before, top=-1, bottom=-1), 0
    above = [
        (text, grid.place(row, column)) for row in range(top) for column, text in grid.cells(row).items()
    ]
    reading = TableReading(above=above, section=section)
    if head is None:
        return reading
    reading.section = _section_above(grid, head.top) or section
    reader = TableRows(grid, head, reading)
    reader.read(head.bottom + 1)
    if reader.banners.named and reader.banners.are_topics:
        reading = TableReading(above=reading.above, section=reading.section)
        reader = TableRows(grid, head, reading, by_unit=False)
        reader.read(head.bottom + 1)
    reading.head = reader.head
    reading.captions = [
        Caption(label, column_field, grid.place(max(reader.head.bottom, 0), column))
        for column, column_field in sorted(reader.head.fields.items())
        if (label := reader.head.labels.get(column, "").strip()) and column not in reader.head.units
    ]
    reading.findings += [
        COLUMNS_BY_CONTENT.at(
            grid.place(turned_head.bottom, turned_head.turned[0]),
            columns="、".join(
                f"“{' '.join(turned_head.labels[column].split())}”读作{WORD_OF[turned_head.fields[column]]}"
                for column in turned_head.turned
            ),
        )
        for turned_head in reader.heads
        if turned_head.turned
    ]
    if any(
        LEADS_UNLESS_WORDED.match(plain_head(label))
        for label in chain.from_iterable(head.labels.values() for head in reader.heads)
    ):
        reading.drafts = _leading_columns(reading.drafts)
    reading.findings += [
        HIDDEN_COLUMN.at(grid.place(head.bottom, column), name=" ".join(head.labels[column].split()))
        for column, column_field in sorted(head.fields.items())
        if column in grid.hidden_columns
        and column_field not in (Field.PERSON, Field.REMARK)
        and column in head.labels
    ]
    return reading


def _goes_on(grid: Grid, head: TableHead) -> bool:
    """Whether a table without units in its head can go on with the one before: its first row is no head of another kind."""
    first = next(filter(None, (grid.cells(row) for row in range(grid.height))), {})
    is_head = len(first) > 1 and all(map(_is_caption, first.values()))
    return max(head.fields) < grid.width and not is_head


def _leading_columns(drafts: list[Draft]) -> list[Draft]:
    """A 牵头落实单位 column whose cells carry no word of a role names the leads."""
    plain = {
        header
        for header in {statement.header for draft in drafts for statement in draft.statements}
        if LEADS_UNLESS_WORDED.match(plain_head(header))
        and not any(
            has_role(statement.text)
            for draft in drafts
            for statement in draft.statements
            if statement.header == header
        )
    }
    if not plain:
        return drafts
    return [
        replace(
            draft,
            statements=tuple(
                replace(statement, field=Field.LEAD) if statement.header in plain else statement
                for statement in draft.statements
            ),
        )
        for draft in drafts
    ]


def _section_above(grid: Grid, top: int) -> str:
    """A numbered heading in the row right above the head; a banner can stand on either side of it."""
    row_cells = grid.cells(top - 1) if top > 0 else {}
    text = next(iter(row_cells.values()), "").strip()
    number = leading_number(text)
    if len(row_cells) == 1 and number is not None and number.rank <= Rank.HAN_BRACKET and is_heading(text):
        return text
    return ""
