"""Changing cells of an existing workbook without loading and saving it.

A library that loads a workbook and saves it again loses what it does not know: charts' styles, drop-downs
that point to other sheets, text boxes, pictures in cells. Here the bytes of the touched cells change and
nothing else does:

    changed part            when
    ----------------------  ---------------------------------------------------------------------------
    the sheet               always; only the named cells, the new rows, and the ranges that reach them
    xl/styles.xml           a date goes into a cell whose format shows none, or a number into one that does;
                            an empty cell is shaded
    xl/tables/tableN.xml    a header cell changes, or rows are added to the table
    xl/workbook.xml         the workbook has formulas: they are calculated when it is next opened;
                            a print area or filter ends right above new rows
    xl/calcChain.xml        a formula is overwritten: removed with its two mentions, as Excel itself does

Every other part is copied as it stands, compressed bytes and all. What cannot be done without harm is
refused with the cell's name before anything is written: `patch` returns a whole new workbook or raises.

A formula's stored result may be older than the cells it reads until Excel opens the file: computed columns
that the tool relies on are values.

What a caller asks stands in `changes`; `Work` gathers the parts that change, sheet by sheet, and puts them together at the
end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.formats.patch.cells import EMPTY, Content, Styles, Unwritable, content
from tracker.formats.patch.changes import BOOK, Append, Edit, Fit, Shade
from tracker.formats.patch.rewrite import (
    AtCell,
    Target,
    Targets,
    fill,
    grow,
    grow_name,
    grow_table,
    place,
    rename_columns,
    rewrite,
)
from tracker.formats.patch.spans import Malformed, Splices, check, read
from tracker.formats.patch.workbook import Package, SheetTable, Workbook, relations_of
from tracker.formats.patch.worksheet import Area, Worksheet, address, has_formula
from tracker.grid import Value
from tracker.problems.files import CannotPatch
from tracker.values import dataclass


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
        # Whether there are formulas in the sheets that were looked at, by part.
        self._has_formula: dict[str, bool] = {}

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
        self._has_formula[part] = sheet.has_formula
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
        others = [part for part in self._book.worksheet_parts() if part not in self._has_formula]
        if any(self._has_formula.values()) or any(has_formula(self._package.part(part)) for part in others):
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
        block = place(sheet, tables, append.table, len(append.rows), append.like, below)
        contents = [
            [self._content(value, number, column) for column, value in enumerate(row)]
            for number, row in enumerate(append.rows, start=block.first)
        ]
        new, heights = fill(sheet, block, contents, append.like, tables, append.heights)
        for number, cells in new.items():
            if targets.setdefault(number, cells) is not cells:
                raise AtCell(number, 0, "同一行既要改动又要追加")
        grow(sheet, block, changes)
        for table in tables:
            table_part = grow_table(table, block, new, self._package.part(table.part))
            if table_part is not None:
                self._changed[table.part] = table_part
        for node in self._book.names_of(name):
            grow_name(node, block, self._package.part(self._book.part), self._workbook)
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


# Of a column that states none.
_WIDTH = 8.43


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What a sheet has, for a caller that decides where to write.

    Attributes:
        name: Of the sheet.
        last_row: The last row (0-based) that holds anything; -1 for none.
        tables: Its tables: name and range with header.
        widths: First and last column (0-based) of each run of columns that states its width, and the width.
    """

    name: str
    last_row: int
    tables: tuple[tuple[str, Area], ...]
    widths: tuple[tuple[int, int, float], ...] = ()

    def width(self, column: int) -> float:
        """Width of a column in characters of the default font."""
        return next((wide for first, last, wide in self.widths if first <= column <= last), _WIDTH)


def describe(data: bytes, *, name: str = "") -> tuple[SheetParts, ...]:
    """Tell what the worksheets of a workbook have; `name` is the file's, for refusals.

    Raises:
        CannotPatch: It is no workbook that can be patched.
    """
    sheets = []
    try:
        book = Workbook(Package(data))
        for sheet_name in book.sheets:
            try:
                part = book.worksheet_part(sheet_name)
            except Malformed:  # a chart sheet
                continue
            sheet = Worksheet(book.package.part(part))
            tables = tuple((table.name, table.area) for table in book.tables(part))
            sheets.append(SheetParts(sheet_name, sheet.last_filled(), tables, sheet.widths))
    except (Malformed, ValueError) as error:
        raise CannotPatch(place=name or BOOK, why=str(error)) from error
    return tuple(sheets)


def patch_once(
    data: bytes,
    edits: Sequence[Edit],
    appends: Sequence[Append],
    fits: Sequence[Fit] = (),
    shades: Sequence[Shade] = (),
) -> bytes:
    """What `patch` does, with one block of new rows at most."""
    try:
        work = Work(Workbook(Package(data)))
    except (Malformed, ValueError) as error:
        raise CannotPatch(place=BOOK, why=str(error)) from error
    names = [
        *(edit.sheet for edit in edits),
        *(append.sheet for append in appends),
        *(e.sheet for e in shades),
    ]
    for name in dict.fromkeys(names):
        try:
            work.change_sheet(
                name,
                [edit for edit in edits if edit.sheet == name],
                [append for append in appends if append.sheet == name],
                {fit.row: fit.height for fit in fits if fit.sheet == name},
                [shade for shade in shades if shade.sheet == name],
            )
        except AtCell as refusal:
            raise CannotPatch(
                place=f"{name}!{address(refusal.row, refusal.column)}", why=str(refusal)
            ) from refusal
        except (Malformed, ValueError) as error:
            raise CannotPatch(place=name, why=str(error)) from error
    try:
        return work.finish() or data
    except (Malformed, ValueError) as error:
        raise CannotPatch(place=BOOK, why=str(error)) from error
