"""Banners: rows that open a section of a table, and what section holds for the rows below them.

One text across the row, or a numbered heading with nothing but figures beside it, or a number that heads others
(1, then 1.1). Banners nest by the level of their numbers. Where no column names units, a banner that is a name
(a list by unit) or ends in a bracket of units answers for the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.grid import Grid
from tracker.numerals import HAN
from tracker.reading.headings import Rank, is_heading, leading_number
from tracker.reading.tables.drafts import UNIT_FIELDS, Field, RoleStatement
from tracker.reading.tables.rows import is_figure, is_heading_text, is_sentence
from tracker.reading.tables.statements import at_end, is_names, name_of
from tracker.reading.tables.tablehead import TableHead
from tracker.reading.text import tight

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


class Banners:
    """The banners that hold at a row.

    Args:
        grid: The table.
        section: What stands over it.
        units: Who answers for all rows that no banner gives to others.
        by_unit: Whether a banner that is a name may answer for its rows.
    """

    def __init__(
        self, grid: Grid, section: str, units: tuple[RoleStatement, ...] = (), *, by_unit: bool = True
    ) -> None:
        self.grid = grid
        self.outside = section
        self.path: dict[Rank, str] = {}
        self.units = units
        self.deadline = ""
        self.rank = 0
        self.by_unit = by_unit
        self.named: dict[Rank, list[bool]] = {}

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
            return is_heading(text) and field_here is not Field.REMARK
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
        for row in range(head.bottom + 1, self.grid.height):
            row_cells = self.grid.cells(row)
            if row_cells:
                return list(row_cells) == [head.requirement]
        return False

    def _is_followed(self, row: int, head: TableHead) -> bool:
        """Whether the next row that is not empty has a unit or a time limit, as rows of a section have."""
        for below in range(row + 1, min(row + 3, self.grid.height)):
            row_cells = self.grid.cells(below)
            if row_cells:
                return any(column in row_cells for column in head.columns(Field.DEADLINE, *UNIT_FIELDS))
        return False

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
