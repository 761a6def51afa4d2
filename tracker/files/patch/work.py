"""The parts of one workbook that change, gathered sheet by sheet and put together at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence

from tracker.files.patch import growth
from tracker.files.patch.areas import Area
from tracker.files.patch.asked import Append
from tracker.files.patch.asked import Edit
from tracker.files.patch.asked import Shade
from tracker.files.patch.book import SheetTable
from tracker.files.patch.book import Workbook
from tracker.files.patch.headers import rename_columns
from tracker.files.patch.package import relations_of
from tracker.files.patch.rewrite import AtCell
from tracker.files.patch.rewrite import Target
from tracker.files.patch.rewrite import Targets
from tracker.files.patch.rewrite import rewrite
from tracker.files.patch.spans import Malformed
from tracker.files.patch.spans import Splices
from tracker.files.patch.spans import check
from tracker.files.patch.spans import read
from tracker.files.patch.styles import Styles
from tracker.files.patch.values import EMPTY
from tracker.files.patch.values import Content
from tracker.files.patch.values import Unwritable
from tracker.files.patch.values import content
from tracker.files.patch.worksheet import Worksheet
from tracker.grid import Value

_HAS_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")


class Work:
    """The parts of one workbook that change."""

    def __init__(self, book: Workbook) -> None:
        if book.is_signed:
            raise Malformed("文件带有数字签名，改动会使签名失效；请先另存一份不带签名的")
        self._book = book
        self._package = book.package
        styles = book.relation("styles")
        self._styles = Styles(self._package.part(styles.target) if styles else None)
        self._styles_part = styles.target if styles else ""
        self._workbook = Splices(self._package.part(book.part))
        self._changed: dict[str, bytes] = {}
        self._formula_went = False

    def change_sheet(
        self,
        name: str,
        edits: Sequence[Edit],
        appends: Sequence[Append],
        fits: Mapping[int, float],
        shades: Sequence[Shade] = (),
    ) -> None:
        """Make the changes of one sheet."""
        part = self._book.worksheet_part(name)
        sheet = Worksheet(self._package.part(part))
        tables = self._book.tables(part)
        targets = self._targets(edits)
        _refuse_special(targets, self._book.pivots(part), tables)
        changes = Splices(sheet.part)
        heights: dict[int, bytes] = {}
        for append in appends:
            if append.rows:
                heights |= self._add_rows(name, sheet, tables, append, targets, changes)
        self._shade(sheet, shades, targets)
        for table in tables:
            table_part = rename_columns(table, targets, self._package)
            if table_part is not None:
                if table.part in self._changed:
                    raise Malformed("不能同时改表头和追加行，请分两次进行")
                self._changed[table.part] = table_part
        self._formula_went |= rewrite(sheet, targets, self._styles, changes, heights=heights, fits=fits)
        if changes:
            self._changed[part] = changes.done()

    def finish(self) -> bytes | None:
        """The whole new workbook; None where nothing changes."""
        if not self._changed:
            return None
        omissions: frozenset[str] = frozenset()
        styles = self._styles.new_part()
        if styles is not None:
            self._changed[self._styles_part] = styles
        if self._formula_went:
            omissions = self._without_calc_chain()
        if any(_HAS_FORMULA.search(self._package.part(part)) for part in self._book.worksheet_parts()):
            self._book.recalculate(self._workbook)
        if self._workbook:
            self._changed[self._book.part] = self._workbook.done()
        for content_ in self._changed.values():
            check(content_)
        return self._package.rebuild(self._changed, omissions)

    def _targets(self, edits: Sequence[Edit]) -> Targets:
        targets: Targets = {}
        for edit in edits:
            new = Target(self._content(edit.value, edit.row, edit.column))
            if targets.setdefault(edit.row, {}).setdefault(edit.column, new) != new:
                raise AtCell(edit.row, edit.column, "同一个单元格有两个不同的新值")
        return targets

    def _content(self, value: Value, row: int, column: int) -> Content:
        try:
            return content(value, date1904=self._book.date1904)
        except Unwritable as error:
            raise AtCell(row, column, str(error)) from error

    def _shade(self, sheet: Worksheet, shades: Sequence[Shade], targets: Targets) -> None:
        for shade in shades:
            row = sheet.row(shade.row)
            cell = next((cell for cell in row.cells if cell.column == shade.column), None) if row else None
            if (cell is not None and cell.is_filled) or shade.column in targets.get(shade.row, {}):
                raise AtCell(shade.row, shade.column, "已有内容，不能当作空格标色")
            style = cell.style if cell is not None else sheet.default_style(row, shade.column)
            target = Target(EMPTY, self._styles.shade_format(style, shade.colour))
            targets.setdefault(shade.row, {})[shade.column] = target

    def _add_rows(
        self,
        name: str,
        sheet: Worksheet,
        tables: Sequence[SheetTable],
        append: Append,
        targets: Targets,
        changes: Splices,
    ) -> Mapping[int, bytes]:
        numbers = [number for number, cells in targets.items() if any(t.content.tag for t in cells.values())]
        below = max(numbers, default=-1) if not append.table else -1
        block = growth.place(sheet, tables, append.table, len(append.rows), append.like, below)
        contents = [
            [self._content(value, number, column) for column, value in enumerate(row)]
            for number, row in enumerate(append.rows, start=block.first)
        ]
        new, heights = growth.fill(sheet, block, contents, append.like, tables, append.heights)
        for number, cells in new.items():
            if targets.setdefault(number, cells) is not cells:
                raise AtCell(number, 0, "同一行既要改动又要追加")
        growth.grow(sheet, block, changes)
        for table in tables:
            table_part = growth.grow_table(table, block, new, self._package.part(table.part))
            if table_part is not None:
                self._changed[table.part] = table_part
        for node in self._book.names_of(name):
            growth.grow_name(node, block, self._package.part(self._book.part), self._workbook)
        return heights

    def _without_calc_chain(self) -> frozenset[str]:
        """Take the order of calculation out; Excel makes a new one."""
        relation = self._book.relation("calcChain")
        if relation is None:
            return frozenset()
        relations_part = relations_of(self._book.part)
        changes = Splices(self._package.part(relations_part))
        changes.remove(relation.node)
        self._changed[relations_part] = changes.done()
        types = self._package.part("[Content_Types].xml")
        changes = Splices(types)
        for node in read(types).children:
            if node.attributes.get("PartName", "").lstrip("/").lower() == relation.target.lower():
                changes.remove(node)
        self._changed["[Content_Types].xml"] = changes.done()
        return frozenset({relation.target})


def _refuse_special(targets: Targets, pivots: Sequence[Area], tables: Sequence[SheetTable]) -> None:
    """Refuse cells that Excel fills itself: pivot tables, and the totals of a table."""
    for number, cells in targets.items():
        for column in cells:
            if any((number, column) in pivot for pivot in pivots):
                raise AtCell(number, column, "在数据透视表内，刷新后会被覆盖")
            for table in tables:
                if table.totals_rows and number == table.area.bottom and (number, column) in table.area:
                    raise AtCell(number, column, f"在表格“{table.name}”的汇总行内")
