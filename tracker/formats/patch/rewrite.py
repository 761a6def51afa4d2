"""Changing cells of a worksheet part, and new rows below its last one: which bytes go where.

1. Refuse what would be hidden or would tear something apart: a merged cell that another one covers, a cell
   inside an array formula or data table.
2. Give a shared formula to the cells that follow a cell which loses it.
3. Write each changed cell anew: its address, its format, its value; attributes of the old value go.
4. Put the cells into their rows in order, and new rows between the others; widen the declared dimension.

Rows that are not named stay byte for byte as they are, and so do the other cells of the rows that are.

What grows with new rows, and no further than them: a table right above (its filter too), the sheet's filter and its print
area where they end right above, and every validation, conditional format, editable range and ignored error, old style or
new, that covers the row they are modelled on. The cells of a table's head and the names of its columns say the same, or
Excel repairs the file.

A formula moves from one cell to another as a spreadsheet does it when it is copied down. The only module that imports
openpyxl: its tokenizer knows names, strings and structured references apart.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from tracker import patterns as re
from tracker.formats.patch.cells import EMPTY, Content, Styles, Unwritable, encode_text
from tracker.formats.patch.spans import Malformed, Node, Splices, opening_end, quote_value, raw_attributes
from tracker.formats.patch.workbook import Package, SheetTable
from tracker.formats.patch.worksheet import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    SheetCell,
    SheetRow,
    Worksheet,
    address,
    area,
    areas,
    cover_rows,
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


# Excel's own limit of a column name.
_LONGEST = 255


def rename_columns(table: SheetTable, targets: Targets, package: Package) -> bytes | None:
    """The part of a table whose head changes; None where it does not.

    Raises:
        AtCell: The new head is empty, no text, taken, or formulas call the column by its old one.
    """
    head = table.area.top
    if not table.header_rows or head not in targets:
        return None
    names = [column.attributes.get("name", "") for column in table.columns]
    changes = Splices(package.part(table.part))
    for column, target in sorted(targets[head].items()):
        n = column - table.area.left
        if not 0 <= n < len(names):
            continue
        content = target.content
        text = _plain(content.text)
        if content.tag != "is" or len(text) > _LONGEST:
            raise AtCell(head, column, f"是表格“{table.name}”的表头，只能是不超过 {_LONGEST} 个字的文字")
        new = encode_text(text).replace("\r", "_x000d_").replace("\n", "_x000a_")
        if new == names[n]:
            continue
        if new.casefold() in (name.casefold() for m, name in enumerate(names) if m != n):
            raise AtCell(head, column, f"表格“{table.name}”已有名为“{text}”的列")
        user = _user_of(names[n], package)
        if user:
            raise AtCell(
                head, column, f"是表格“{table.name}”的表头，有公式按“{names[n]}”引用这一列（{user}）"
            )
        names[n] = new
        changes.attribute(table.columns[n], "name", new)
    return changes.done() if changes else None


def _plain(text: str) -> str:
    """The text of a cell's content, which is escaped for XML."""
    for code, character in (("&#13;", "\r"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(code, character)
    return re.sub(r"_x005F(_x[0-9A-Fa-f]{4}_)", r"\1", text)


def _user_of(name: str, package: Package) -> str:
    """The first part with a formula that calls a column by its name; empty where there is none."""
    reference = b"[" + quote_value(name)[1:-1] + b"]"
    return next(
        (
            part
            for part in package.names
            if part.lower().endswith(".xml") and "/media/" not in part and reference in package.part(part)
        ),
        "",
    )


# Elements of the sheet that name ranges in `sqref`; x14 ones name them in an element of their own.
_WITH_RANGES = ("dataValidation", "conditionalFormatting", "protectedRange", "ignoredError")
# Names that a spreadsheet keeps for itself and that list the rows of a sheet.
_NAMES = ("_xlnm._FilterDatabase", "_xlnm.Print_Area")
# Attributes of a row that a row modelled on it takes over.
_OF_THE_ROW = (b"s", b"customFormat", b"customHeight")

_SIMPLE_RANGE = re.compile(r"(.*!\$[A-Z]{1,3}\$[0-9]+:\$[A-Z]{1,3}\$)([0-9]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RowBlock:
    """New rows and where they go.

    Attributes:
        first: The first new row.
        last: The last new row.
        like: The row that they are modelled on; the row above them where none was named.
        above: The row right above them.
    """

    first: int
    last: int
    like: int
    above: int


def place(
    sheet: Worksheet, tables: Sequence[SheetTable], name: str, count: int, like: int | None, below: int
) -> RowBlock:
    """Find where new rows go.

    | the sheet                                    | the first new row                                              |
    | -------------------------------------------- | -------------------------------------------------------------- |
    | empty                                        | row 1                                                          |
    | with data                                    | below the last row that holds anything, merged cells included  |
    | a table is named                             | below the last row of that table that holds anything           |
    | something stands there, and no other table   | below everything on the sheet; the table stays as long as it is|
    | a table ends with a row of totals            | refused: rows would have to be moved                           |
    | another table stands where the rows would go | refused                                                        |

    Args:
        sheet: The part.
        tables: The sheet's tables.
        name: The table they are for; empty for the sheet.
        count: How many.
        like: The row that they are modelled on.
        below: The last row that earlier changes fill; -1 for none.

    Raises:
        AtCell: There is no room without moving rows.
    """
    table = next((candidate for candidate in tables if candidate.name == name), None) if name else None
    if name and table is None:
        raise AtCell(0, 0, f"没有名为“{name}”的表格，现有：" + ("、".join(t.name for t in tables) or "无"))
    last = max(_last_of(sheet, table.area) if table else sheet.last_filled(), below)
    is_last = all(other is table or other.area.bottom <= last for other in tables)
    if table and is_last and _is_taken(sheet, table.area, range(last + 1, last + 1 + count)):
        last = max(sheet.last_filled(), below)
    first = last + 1
    for other in tables:
        if other.totals_rows and (other is table or (table is None and other.area.bottom == last)):
            raise AtCell(
                other.area.bottom,
                other.area.left,
                f"表格“{other.name}”末尾是汇总行，下面不能追加，请先取消汇总行",
            )
    block = RowBlock(first, first + count - 1, last if like is None else like, last)
    if block.last > LAST_ROW:
        raise AtCell(LAST_ROW, 0, "超出工作表的行数上限")
    return block


def fill(
    sheet: Worksheet,
    block: RowBlock,
    rows: Sequence[Sequence[Content]],
    like: int | None,
    tables: Sequence[SheetTable],
    heights: Sequence[float] = (),
) -> tuple[Targets, dict[int, bytes]]:
    """The cells of new rows and the attributes of the rows themselves.

    `heights` count where the row that they are modelled on has none of its own.

    Raises:
        AtCell: Something stands where a row would go.
    """
    model = sheet.row(like) if like is not None else None
    styles = {cell.column: cell.style for cell in model.cells} if model else {}
    targets: Targets = {}
    for number, contents in enumerate(rows, start=block.first):
        cells = {column: Target(EMPTY, style) for column, style in styles.items()}
        for column, content in enumerate(contents):
            if content != EMPTY:
                style = sheet.default_style(model, column) if model is not None else None
                cells[column] = Target(content, styles.get(column, style))
        targets[number] = cells
    for number, cells in targets.items():
        row = sheet.row(number)
        for cell in row.cells if row else ():
            if cell.column in cells and cell.is_filled:
                raise AtCell(number, cell.column, "已有内容，新行没有地方放")
    for table in tables:
        reach = Area(block.first, table.area.left, block.last, table.area.right)
        if block.first <= table.area.top <= block.last and table.area.meets(reach):
            raise AtCell(table.area.top, table.area.left, f"是表格“{table.name}”的开头，新行没有地方放")
    attributes = _row_attributes(sheet, model)
    row_attributes = dict.fromkeys(targets, attributes)
    if b" ht=" not in attributes:
        for number, height in zip(row_attributes, heights, strict=False):
            row_attributes[number] += b' ht="%g"' % height
    return targets, row_attributes


def grow(sheet: Worksheet, block: RowBlock, changes: Splices) -> None:
    """Let validations, formats and the filter of the sheet reach the new rows."""
    for name in _WITH_RANGES:
        for node in sheet.root.all(name):
            if "sqref" in node.attributes:
                new = _cover_block(node.attributes["sqref"], block)
                if new != node.attributes["sqref"]:
                    changes.attribute(node, "sqref", new)
    for extension in sheet.root.all("extLst"):
        for owner in extension.all("dataValidation") + extension.all("conditionalFormatting"):
            for node in owner.all("sqref"):
                begin = opening_end(sheet.part, node.start)
                old = sheet.part[begin : node.close].decode()
                new = _cover_block(old, block)
                if new != old:
                    changes.replace(begin, node.close, new.encode())
    filter_node = sheet.root.child("autoFilter")
    if filter_node is not None:
        _grow_filter(filter_node, block, changes)


def grow_table(table: SheetTable, block: RowBlock, targets: Targets, part: bytes) -> bytes | None:
    """The part of a table that reaches the new rows; None where it stays as it is."""
    numbers = [
        number
        for number, cells in targets.items()
        if any(
            target.content != EMPTY and table.area.left <= column <= table.area.right
            for column, target in cells.items()
        )
    ]
    if not numbers or not table.area.top <= block.above <= table.area.bottom:
        return None
    changes = Splices(part)
    if "insertRow" in table.root.attributes:  # the empty row that a table without data shows is now used
        changes.attribute(table.root, "insertRow", None)
    if table.area.bottom < max(numbers):
        changes.attribute(table.root, "ref", str(table.area.down_to(max(numbers))))
        own_filter = table.root.child("autoFilter")
        if own_filter is not None and "ref" in own_filter.attributes:
            old = area(own_filter.attributes["ref"])
            changes.attribute(own_filter, "ref", str(old.down_to(max(numbers))))
    return changes.done() if changes else None


def grow_name(node: Node, block: RowBlock, part: bytes, changes: Splices) -> None:
    """Let a sheet's print area, or the name behind its filter, reach the new rows."""
    begin = opening_end(part, node.start)
    text = part[begin : node.close].decode()
    match = _SIMPLE_RANGE.fullmatch(text)
    if node.attributes.get("name") in _NAMES and match and int(match[2]) == block.above + 1:
        changes.replace(begin, node.close, f"{match[1]}{block.last + 1}".encode())


def _is_taken(sheet: Worksheet, within: Area, numbers: range) -> bool:
    """Whether somebody wrote below a table, where its next rows would go."""
    rows = (sheet.row(number) for number in numbers)
    return any(
        within.left <= cell.column <= within.right and cell.is_filled
        for row in rows
        if row is not None
        for cell in row.cells
    )


def _last_of(sheet: Worksheet, within: Area) -> int:
    last = within.top
    for row in sheet.filled_up(within.bottom):
        if row.number <= last:
            break
        if any(within.left <= cell.column <= within.right and cell.is_filled for cell in row.cells):
            last = row.number
            break
    for merge in sheet.merges:
        if merge.top <= last < merge.bottom and merge.meets(within):
            last = merge.bottom
    return last


def _cover_block(text: str, block: RowBlock) -> str:
    try:
        areas(text)
    except ValueError:  # a list that nobody can read stays as it is
        return text
    return cover_rows(text, block.like, block.first, block.last)


def _grow_filter(node: Node, block: RowBlock, changes: Splices) -> None:
    try:
        old = area(node.attributes.get("ref", ""))
    except ValueError:
        return
    if old.bottom == block.above:
        changes.attribute(node, "ref", str(old.down_to(block.last)))


def _row_attributes(sheet: Worksheet, model: SheetRow | None) -> bytes:
    if model is None:
        return b""
    own_height = model.attributes.get("customHeight") in ("1", "true")
    return b"".join(
        b" %b=%b" % (raw, value)
        for raw, value, _, _ in raw_attributes(sheet.part, model.start)
        if raw in _OF_THE_ROW or (raw == b"ht" and own_height)
    )
