"""Reading a table: where its head is, what its rows are, and which cells continue the ones above.

A row after the head is one of

    empty       nothing in it
    head        the head again, or another one (then the columns change meaning from here on)
    total       合计, 小计, 总计
    note        注：…, 说明：… in one cell
    furniture   page numbers, 续表, 填表人：, where people sign
    banner      one text across the row, or a numbered heading with nothing but figures beside it
    continued   only unit cells, under a work point (a page break, one unit for each line)
    work point  everything else that has a text

A unit cell that a vertical merge covers speaks with the voice of the cell above (沿用上栏), so does 同上; a
blank one does not. Category and task cells hold until the next one, a merge or a blank below them alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker.grid import Grid
from tracker.grid import Value
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems import reading as problems
from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.drafts import Said
from tracker.reading.running.statements import at_end
from tracker.reading.running.statements import has_role
from tracker.reading.tabular import heads
from tracker.reading.tabular import periods
from tracker.reading.tabular.banners import Banners
from tracker.reading.tabular.rows import DITTO
from tracker.reading.tabular.rows import NOTHING
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.rows import is_furniture
from tracker.reading.tabular.rows import is_note
from tracker.reading.tabular.rows import is_signed
from tracker.reading.tabular.rows import is_total
from tracker.reading.tabular.rows import numbers_columns
from tracker.reading.tabular.rows import tight
from tracker.reading.tabular.tablehead import Head
from tracker.reading.tabular.tablehead import find_head
from tracker.reading.tabular.unitcells import UnitCells
from tracker.reading.tabular.unitcells import symbols_of


@dataclass(slots=True)
class TableReading:
    """What a table yields.

    Attributes:
        drafts: Its work points.
        notes: Notes with their place.
        above: Texts above the head, with their place.
        head: Its last head; None when there is none.
        section: The last banner, for a table that goes on in the next one.
        findings: What is unclear about the table as a whole.
    """

    drafts: list[Draft] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    above: list[tuple[str, str]] = field(default_factory=list)
    head: Head | None = None
    section: str = ""
    findings: list[Finding] = field(default_factory=list)


def read_table(grid: Grid, *, inherited: Head | None = None, section: str = "") -> TableReading:
    """Read a grid as a table of work points.

    Args:
        grid: The sheet or table.
        inherited: The head of the table before it, for one that goes on without a head of its own.
        section: The heading that it stands under.
    """
    found = TableReading(section=section)
    row = 0
    head = None
    while row < grid.height and head is None:
        head = find_head(grid, row)
        if head is None:
            found.above += [(text, grid.place(row, column)) for column, text in cells(grid, row).items()]
            row += 1
    if head is None and inherited is not None and max(inherited.fields) < grid.width:
        head, row = replace(inherited, top=-1, bottom=-1), 0
        found.above = []
    if head is None:
        return found
    found.section = _section_above(grid, head.top) or section
    reader = _Rows(grid, head, found)
    reader.read(head.bottom + 1)
    found.head = reader.head
    found.drafts = _leading_columns(found.drafts)
    found.findings += [
        problems.HIDDEN_COLUMN.at(grid.place(head.bottom, column), name=" ".join(head.labels[column].split()))
        for column, each in sorted(head.fields.items())
        if column in grid.hidden_columns
        and each not in (Field.PERSON, Field.REMARK)
        and column in head.labels
    ]
    return found


def _leading_columns(drafts: list[Draft]) -> list[Draft]:
    """A 牵头落实单位 column whose cells carry no word of a role names the leads."""
    plain = {
        header
        for header in {each.header for draft in drafts for each in draft.said}
        if heads.LEADS_UNLESS_WORDED.match(heads.plain(header))
        and not any(has_role(each.text) for draft in drafts for each in draft.said if each.header == header)
    }
    return [
        replace(
            draft,
            said=tuple(
                replace(each, field=Field.LEAD) if each.header in plain else each for each in draft.said
            ),
        )
        for draft in drafts
    ]


def _section_above(grid: Grid, top: int) -> str:
    """A numbered heading in the row right above the head; a banner can stand on either side of it."""
    own = cells(grid, top - 1) if top > 0 else {}
    text = next(iter(own.values()), "").strip()
    numbered = leading(text)
    if len(own) == 1 and numbered is not None and numbered.rank <= Rank.HAN_BRACKET and is_heading(text):
        return text
    return ""


class _Rows:
    """The rows below a head, one after the other, and what holds from the rows above."""

    def __init__(self, grid: Grid, head: Head, found: TableReading) -> None:
        self.grid = grid
        self.head = head
        self.found = found
        self.banners = Banners(grid, found.section)
        self.units = UnitCells(grid)
        self.category = ""
        self.task = ""
        self.last_time: dict[int, Value] = {}
        self.symbols, told = symbols_of(grid, head)
        if told is not None:
            found.findings.append(told)
        # A list by unit: a banner or a line above the head names who answers.
        self.unit = self._unit_above()

    def read(self, row: int) -> None:
        """Read all rows from one on."""
        while row < self.grid.height:
            own = cells(self.grid, row)
            again = find_head(self.grid, row) if len(own) > 1 else None
            if again is not None:
                self.head = again
                row = again.bottom + 1
                continue
            if own:
                self._row(row, own)
            row += 1

    def _row(self, row: int, own: dict[int, str]) -> None:
        first = own[min(own)].strip()
        if numbers_columns(own) or is_total(own) or is_signed(own):
            return
        if len(own) == 1 and is_note(first):
            self.found.notes.append((first, self.grid.place(row, min(own))))
        elif len(own) == 1 and is_furniture(first) and min(own) != self.head.requirement:
            return
        elif self.banners.opens(row, own, self.head):
            self.unit = self.banners.open(row, own, self.head) or self.unit
            self.category = self.task = ""
        else:
            self._work_point(row, own)

    def _unit_above(self) -> Said | None:
        if self.head.has_units:
            return None
        for text, place in self.found.above:
            cut = at_end(text)
            if cut.said and not cut.text.strip() and cut.said[0].header:
                return replace(cut.said[0], place=place)
        return None

    def _work_point(self, row: int, own: Mapping[int, str]) -> None:
        grid, head = self.grid, self.head
        self._hold(row)
        requirement = head.requirement
        anchor = grid.anchor(row, requirement)
        text = grid.spoken(row, requirement).strip()
        said = self._said(row)
        if anchor[0] < row and self.found.drafts and not self._has_own_text(row):
            self._add_units(row, said)
            return
        if not text and not self._has_own_text(row):
            if said and any(not each.inherited for each in said) and self.found.drafts:
                self._add_units(row, said)
            return
        place = grid.place(*anchor)
        task = self.task
        if not text:
            columns = [column for column in head.columns(Field.TASK, Field.SECTION) if column in own]
            if not columns:
                return
            text, place = own[columns[-1]].strip(), grid.place(row, columns[-1])
            task = ""
        if anchor[1] != requirement and head.fields.get(anchor[1]) is Field.TASK:
            task = ""
        no, from_column = self._number(row)
        deadline, deadline_place = self._deadline(row)
        self.found.drafts.append(
            Draft(
                requirement=text,
                place=place,
                section=self.banners.section if self._nests() else self.category or self.banners.section,
                task=task or self._second(),
                no=no,
                from_column=from_column,
                said=said,
                deadline=deadline,
                deadline_place=deadline_place,
                remarks=self._remarks(row),
                hidden=row in grid.hidden_rows,
                stream=grid.name,
            )
        )

    def _nests(self) -> bool:
        """Whether categories stand below banners of the table and no other column names a task."""
        return bool(self.banners.path and self.category and not self.head.columns(Field.TASK))

    def _second(self) -> str:
        if self.head.columns(Field.TASK):
            return ""
        return self.category if self._nests() else self.banners.second

    def _hold(self, row: int) -> None:
        """Take the category and task cells of a row; a new category ends the task."""
        for column in self.head.columns(Field.SECTION):
            text = self._held_text(row, column)
            if text and text != self.category:
                self.category, self.task = text, ""
        for column in self.head.columns(Field.TASK):
            text = self._held_text(row, column)
            if text:
                self.task = text

    def _held_text(self, row: int, column: int) -> str:
        anchor = self.grid.anchor(row, column)
        if anchor[1] != column or (anchor[0] <= self.head.bottom and self.head.bottom >= 0):
            return ""
        parts = self.grid.text(*anchor).split()
        # One character to a line: a heading that was written downwards.
        downwards = len(parts) > 2 and all(len(part) <= 2 for part in parts)
        text = ("" if downwards else " ").join(parts)
        return "" if DITTO.match(text) or NOTHING.match(text) else text

    def _has_own_text(self, row: int) -> bool:
        """Whether a row has a number, task or requirement cell of its own."""
        columns = self.head.columns(Field.NUMBER, Field.TASK, Field.REQUIREMENT)
        return any(
            not self.grid.is_continuation(row, column) and tight(self.grid.text(row, column))
            for column in columns
        )

    def _said(self, row: int) -> tuple[Said, ...]:
        told = self.units.said(row, self.head, self.symbols)
        return told or ((self.unit,) if self.unit is not None else ())

    def _add_units(self, row: int, said: tuple[Said, ...]) -> None:
        """Units in a row without a text of its own belong to the work point above."""
        last = self.found.drafts[-1]
        fresh = tuple(each for each in said if not each.inherited)
        if fresh:
            self.found.drafts[-1] = replace(last, said=last.said + fresh)

    def _number(self, row: int) -> tuple[str, bool]:
        for column in self.head.columns(Field.NUMBER):
            if self.grid.is_continuation(row, column):
                continue
            text = tight(self.grid.text(row, column))
            if text:
                numbered = leading(text + " ") or leading(text + "、")
                return (numbered.number if numbered and not numbered.rest.strip("、") else text), True
        return "", False

    def _deadline(self, row: int) -> tuple[Value, str]:
        last = periods.ticked(self.grid, row, self.head.periods)
        if last is not None:
            return self.head.periods[last], self.grid.place(*self.grid.anchor(row, last))
        columns = self.head.columns(Field.DEADLINE) or self.head.columns(Field.FREQUENCY)
        for column in reversed(columns):
            anchor = self.grid.anchor(row, column)
            value = self.grid.value(*anchor)
            if isinstance(value, dt.datetime):
                value = value.date()
            if isinstance(value, str) and DITTO.match(value):
                value = self.last_time.get(column)
            if value is not None and not NOTHING.match(as_text(value)):
                self.last_time[column] = value
                if not isinstance(value, dt.date):
                    told = periods.with_word(as_text(value), heads.plain(self.head.labels.get(column, "")))
                    value = told if told != as_text(value) else value
                return value, self.grid.place(*anchor)
        return "", ""

    def _remarks(self, row: int) -> tuple[tuple[str, str], ...]:
        kept = []
        for column in self.head.columns(Field.REMARK, Field.FREQUENCY):
            text = self.grid.spoken(row, column).strip()
            if text:
                kept.append((" ".join(self.head.labels.get(column, "").split()), text))
        return tuple(kept)
