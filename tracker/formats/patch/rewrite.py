"""Changing cells of a worksheet part: which bytes go where.

1. Refuse what would be hidden or would tear something apart: a merged cell that another one covers, a cell
   inside an array formula or data table.
2. Give a shared formula to the cells that follow a cell which loses it.
3. Write each changed cell anew: its address, its format, its value; attributes of the old value go.
4. Put the cells into their rows in order, and new rows between the others; widen the declared dimension.

Rows that are not named stay byte for byte as they are, and so do the other cells of the rows that are.

A formula moves from one cell to another as a spreadsheet does it when it is copied down. The only module that imports
openpyxl: its tokenizer knows names, strings and structured references apart.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Mapping

from tracker.formats.patch.cells import EMPTY, Content, Styles, Unwritable
from tracker.formats.patch.spans import Malformed, Splices, opening_end, raw_attributes
from tracker.formats.patch.worksheet import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    SheetCell,
    SheetRow,
    Worksheet,
    address,
    area,
)
from tracker.values import dataclass


def move_formula(formula: str, origin: str, target: str) -> str:
    """Rewrite a formula (without its `=`) for another cell.

    >>> move_formula('SUM(A1:A$9)&"B1"', "C1", "C3")
    'SUM(A3:A$9)&"B1"'

    Raises:
        Malformed: A reference would leave the sheet.
    """
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        return str(Translator(f"={formula}", origin).translate_formula(target))[1:]
    except (TranslatorError, TokenizerError, ValueError, IndexError) as error:
        raise Malformed(f"与 {origin} 共用的公式无法移到 {target}") from error


# Attributes that belong to the old value: its type, and what Excel attaches to a formula or a picture in a cell.
_OF_THE_VALUE = (b"r", b"s", b"t", b"cm", b"vm", b"ph")


@dataclass(frozen=True, slots=True)
class Target:
    """What a cell is to hold.

    Attributes:
        content: Its value.
        style: Its format; None keeps the one that it has or would show.
    """

    content: Content
    style: int | None = None


class AtCell(Exception):
    """A refusal that concerns one cell; the message says why, in Chinese."""

    def __init__(self, row: int, column: int, why: str) -> None:
        self.row, self.column = row, column
        super().__init__(why)


# Targets by row and column.
Targets = dict[int, dict[int, Target]]


def rewrite(
    sheet: Worksheet,
    targets: Targets,
    styles: Styles,
    changes: Splices,
    *,
    heights: dict[int, bytes] | None = None,
    fits: Mapping[int, float] | None = None,
) -> bool:
    """Add the changes of the rows to `changes`; tell whether a formula went.

    Args:
        sheet: The part.
        targets: What its cells are to hold.
        styles: The workbook's formats.
        changes: Gathers the changes of the part.
        heights: Attributes of new rows, by row.
        fits: How high changed rows have to be at least, by row.

    Raises:
        AtCell: A cell cannot be changed without harm.
    """
    _refuse_hidden(sheet, targets)
    copies, formula_went = _formula_copies(sheet, targets)
    contents: dict[int, dict[int, bytes]] = {number: dict(cells) for number, cells in copies.items()}
    for number, cells in targets.items():
        row = sheet.row(number)
        old = {cell.column: cell for cell in row.cells} if row else {}
        for column, target in cells.items():
            new = _cell(sheet, row, old.get(column), number, column, target, styles)
            if new is not None:
                contents.setdefault(number, {})[column] = new
    new_rows: list[bytes] = []
    for number in sorted(contents):
        row = sheet.row(number)
        if row is not None:
            _change_row(sheet, row, contents[number], changes)
            _fit_row(sheet, row, (fits or {}).get(number, 0.0), changes)
            continue
        prefix = sheet.data.prefix.encode()
        attributes = (heights or {}).get(number, b"")
        cells_in_order = b"".join(contents[number][column] for column in sorted(contents[number]))
        new_row = b'<%brow r="%d"%b>%b</%brow>' % (prefix, number + 1, attributes, cells_in_order, prefix)
        if not sheet.is_empty:
            changes.replace(sheet.place_for(number), sheet.place_for(number), new_row)
        else:
            new_rows.append(new_row)
    if new_rows:
        changes.inside(sheet.data, b"".join(new_rows))
    _widen_dimension(sheet, contents, changes)
    return formula_went


def _refuse_hidden(sheet: Worksheet, targets: Targets) -> None:
    for number, cells in targets.items():
        for column in cells:
            if not (0 <= number <= LAST_ROW and 0 <= column <= LAST_COLUMN):
                raise AtCell(max(number, 0), max(column, 0), "超出工作表的范围")
    numbers = sorted(targets)
    for merge in sheet.merges:
        for cell in _inside(merge, numbers, targets):
            if cell != (merge.top, merge.left) and targets[cell[0]][cell[1]].content != EMPTY:
                anchor = address(merge.top, merge.left)
                raise AtCell(*cell, f"在合并单元格内，写入后看不见，请改写左上角的 {anchor}")
    for block in sheet.blocks:
        for cell in _inside(block, numbers, targets):
            raise AtCell(*cell, f"是数组公式或模拟运算表（{block}）的一部分，不能单独改动")


def _inside(block: Area, numbers: list[int], targets: Targets) -> list[tuple[int, int]]:
    """The targets in a range; `numbers` are their rows, sorted."""
    cells = []
    for n in range(bisect_left(numbers, block.top), len(numbers)):
        if numbers[n] > block.bottom:
            break
        cells += [
            (numbers[n], column)
            for column in sorted(targets[numbers[n]])
            if block.left <= column <= block.right
        ]
    return cells


def _formula_copies(sheet: Worksheet, targets: Targets) -> tuple[dict[int, dict[int, bytes]], bool]:
    """Cells that get their own copy of a formula that they shared; and whether any formula is overwritten."""
    copies: dict[int, dict[int, bytes]] = {}
    for group in sheet.shared(targets):
        row, cell = group.master
        if cell.column not in targets.get(row.number, {}):
            continue
        text = _formula_text(sheet.part, cell)
        for follower_row, follower in group.followers:
            if follower.column in targets.get(follower_row.number, {}) or follower.formula is None:
                continue
            try:
                own_text = move_formula(
                    text, address(row.number, cell.column), address(follower_row.number, follower.column)
                )
            except Malformed as error:
                raise AtCell(row.number, cell.column, str(error)) from error
            formula = follower.formula
            name = f"{formula.prefix}f"
            copies.setdefault(follower_row.number, {})[follower.column] = (
                sheet.part[follower.start : formula.start]
                + f"<{name}>{html.escape(own_text, quote=False)}</{name}>".encode()
                + sheet.part[formula.end : follower.end]
            )
    went = sheet.has_formula and any(
        cell.column in cells and cell.formula is not None
        for number, cells in targets.items()
        if (changed := sheet.row(number)) is not None
        for cell in changed.cells
    )
    return copies, went


def _formula_text(part: bytes, cell: SheetCell) -> str:
    if cell.formula is None:
        return ""
    element = part[cell.formula.start : cell.formula.end]
    inner = element[opening_end(element, 0) : element.rindex(b"</")] if element[-2:] != b"/>" else b""
    if b"<" in inner:  # a CDATA section or a comment, which nobody writes
        raise Malformed("公式的写法无法识别")
    return html.unescape(inner.decode())


def _cell(
    sheet: Worksheet,
    row: SheetRow | None,
    old: SheetCell | None,
    number: int,
    column: int,
    target: Target,
    styles: Styles,
) -> bytes | None:
    """The bytes of a cell; None where it stays as it is."""
    content = target.content
    if content == EMPTY and target.style is None and (old is None or not old.is_filled):
        return None
    style = target.style
    if style is None:
        style = old.style if old is not None else sheet.default_style(row, column)
    try:
        style = styles.format_for(style, content.shows)
    except (Malformed, Unwritable) as error:
        raise AtCell(number, column, str(error)) from error
    prefix = row.prefix if row is not None else sheet.data.prefix
    name = f"{prefix}c".encode()
    attributes = b' r="%b"' % address(number, column).encode()
    attributes += b' s="%d"' % style if style else b""
    attributes += b' t="%b"' % content.kind.encode() if content.kind else b""
    inner = content.xml(prefix)
    if old is not None:
        for raw, value, _, _ in raw_attributes(sheet.part, old.start):
            if raw not in _OF_THE_VALUE:
                attributes += b" %b=%b" % (raw, value)
        inner += b"".join(sheet.part[start:end] for start, end in old.others)
    new = b"<%b%b>%b</%b>" % (name, attributes, inner, name) if inner else b"<%b%b/>" % (name, attributes)
    return None if old is not None and sheet.part[old.start : old.end] == new else new


def _change_row(sheet: Worksheet, row: SheetRow, contents: dict[int, bytes], changes: Splices) -> None:
    columns = [cell.column for cell in row.cells]
    if columns != sorted(set(columns)):
        raise AtCell(row.number, min(contents), f"所在的第 {row.number + 1} 行单元格次序混乱")
    for cell in row.cells:
        if cell.column in contents:
            changes.replace(cell.start, cell.end, contents[cell.column])
    new = sorted(set(contents) - set(columns))
    if not new:
        return
    begin = opening_end(sheet.part, row.start)
    if row.end == begin:  # <row/>
        name = f"{row.prefix}row".encode()
        changes.replace(row.end - 2, row.end, b">" + b"".join(contents[c] for c in new) + b"</" + name + b">")
    else:
        for column in new:
            before = [cell for cell in row.cells if cell.column < column]
            place = before[-1].end if before else begin
            changes.replace(place, place, contents[column])
    for raw, _, start, end in raw_attributes(sheet.part, row.start):
        if raw == b"spans":  # a hint that would now be wrong
            changes.replace(start, end, b"")


def _fit_row(sheet: Worksheet, row: SheetRow, height: float, changes: Splices) -> None:
    """Make a row high enough, unless somebody set its height."""
    if not height or row.attributes.get("customHeight") in ("1", "true"):
        return
    for raw, value, start, end in raw_attributes(sheet.part, row.start):
        if raw == b"ht":
            if float(value.strip(b"\"'")) < height:
                changes.replace(start, end, b' ht="%g"' % height)
            return
    # LibreOffice shows a row without a height one line high.
    at = row.start + 1 + len(f"{row.prefix}row")
    changes.replace(at, at, b' ht="%g"' % height)


def _widen_dimension(sheet: Worksheet, contents: dict[int, dict[int, bytes]], changes: Splices) -> None:
    dimension = sheet.root.child("dimension")
    cells = [(number, column) for number in contents for column in contents[number]]
    if dimension is None or not cells:
        return
    try:
        old = area(dimension.attributes.get("ref", ""))
    except ValueError:
        return
    rows, columns = [number for number, _ in cells], [column for _, column in cells]
    if old == Area(0, 0, 0, 0) and not sheet.has_cells:  # an empty sheet says A1
        new = Area(min(rows), min(columns), max(rows), max(columns))
    else:
        new = Area(
            min(old.top, *rows), min(old.left, *columns), max(old.bottom, *rows), max(old.right, *columns)
        )
    if new != old:
        changes.attribute(dimension, "ref", str(new))
