"""Rows below the last row of data, and everything on the sheet that has to reach down to them.

Where new rows go:

| the sheet                                    | the first new row                                              |
| -------------------------------------------- | -------------------------------------------------------------- |
| empty                                        | row 1                                                          |
| with data                                    | below the last row that holds anything, merged cells included  |
| a table is named                             | below the last row of that table that holds anything           |
| something stands there, and no other table   | below everything on the sheet; the table stays as long as it is|
| a table ends with a row of totals            | refused: rows would have to be moved                           |
| another table stands where the rows would go | refused                                                        |

What grows with them, and no further than them: a table right above (its filter too), the sheet's filter and
its print area where they end right above, and every validation, conditional format, editable range and
ignored error, old style or new, that covers the row they are modelled on.

The head of a table: its cells and the names of its columns say the same, or Excel repairs the file.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker import patterns as re
from tracker.formats.patch.cells import EMPTY, Content, encode_text
from tracker.formats.patch.rewrite import AtCell, Target, Targets
from tracker.formats.patch.spans import Node, Splices, opening_end, quote_value, raw_attributes
from tracker.formats.patch.workbook import Package, SheetTable
from tracker.formats.patch.worksheet import LAST_ROW, Area, SheetRow, Worksheet, area, areas, cover_rows
from tracker.values import dataclass

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
