"""Putting sheets of a workbook that we laid out into one that somebody has, behind its last sheet.

    changed part            how
    ----------------------  -------------------------------------------------------------------------
    the new sheets          added; their texts stand in their cells, their formats by the new numbers
    xl/styles.xml           the fonts, fills, borders, number formats and cell formats that they use, added at the end,
                            and the formats of their conditions
    xl/workbook.xml         a line for each sheet, and its line in the relations and in the list of types

Every other part is copied as it stands, compressed bytes and all; nothing that was numbered gets another number. The
sheets come from `formats.books`: tables without pictures, comments or links. What belongs to a sheet by its number in
the workbook's names (the repeated head in print) is not taken along.

Putting the rows of a sheet into another order: each moves whole, with its formats, height and what people wrote in it.

Only the numbers of rows and the addresses of their cells change. What stands at fixed places of the sheet, or counts by
them, would point at the wrong row afterwards; with it the order is refused:

    formulas anywhere in the workbook       a table of Excel, a merge in one of the rows
    comments, pictures, links of the sheet  a drop-down that holds for some of the rows only

Conditional formats look at what stands in the cells and stay where they are.
"""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Mapping, Sequence

from tracker import patterns as re
from tracker.formats.patch.spans import Malformed, Node, Splices, check, opening_end, quote_value, read
from tracker.formats.patch.workbook import Package, Workbook, relations_of
from tracker.formats.patch.worksheet import Worksheet, areas, has_formula
from tracker.problems.files import CannotPatch

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_AT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKSHEET = f"{_AT}/worksheet"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

# A cell that names a shared string, and everything that names a cell format.
_SHARED_TEXT_CELL = re.compile(rb'<c r="([A-Z]+\d+)"((?: s="\d+")?) t="s"><v>(\d+)</v></c>')
_STYLE_NUMBER = re.compile(rb'(<(?:c|row|col) [^>]*?\b(?:s|style)=")(\d+)(")')
_CONDITION_NUMBER = re.compile(rb'(<cfRule [^>]*?\bdxfId=")(\d+)(")')
# The kinds of formats that a cell format points at: its attribute, and where they are listed.
_LISTS = {"fontId": ("fonts", "font"), "fillId": ("fills", "fill"), "borderId": ("borders", "border")}
# Numbers of number formats from here on are the workbook's own.
_OWN_FORMATS = 164


def graft(data: bytes, source: bytes, names: Sequence[str]) -> bytes:
    """The workbook with sheets of `source` behind its last one; a name that it has already is refused.

    Raises:
        CannotPatch: It cannot be done without harm; nothing is changed then.
    """
    try:
        return _graft_sheets(Workbook(Package(data)), Workbook(Package(source)), names)
    except (Malformed, ValueError) as error:
        raise CannotPatch(place="工作簿", why=str(error)) from error


def _graft_sheets(book: Workbook, source: Workbook, names: Sequence[str]) -> bytes:
    if book.is_signed:
        raise Malformed("文件带有数字签名，改动会使签名失效；请先另存一份不带签名的")
    if book.root.space != _MAIN:
        raise Malformed("是“严格”格式的工作簿，请另存为普通的 .xlsx")
    existing = {sheet.lower() for sheet in book.sheets}
    for name in names:
        if name.lower() in existing:
            raise Malformed(f"已有工作表“{name}”")
    texts = _texts(source)
    sheets = [_in_cells(source.package.part(source.worksheet_part(name)), texts) for name in names]
    formats = sorted({int(match[2]) for sheet in sheets for match in _STYLE_NUMBER.finditer(sheet)})
    conditions = sorted({int(match[2]) for sheet in sheets for match in _CONDITION_NUMBER.finditer(sheet)})
    styles_part, styles, numbers, condition_numbers = _with_formats(book, source, formats, conditions)
    contents = {styles_part: styles} if formats or conditions else {}
    parts = _new_parts(book, len(names))
    for part, sheet in zip(parts, sheets, strict=True):
        contents[part] = _renumber(
            _CONDITION_NUMBER, condition_numbers, _renumber(_STYLE_NUMBER, numbers, sheet)
        )
    contents |= _registration(book, names, parts)
    for content in contents.values():
        check(content)
    return book.package.rebuild(contents)


def _renumber(pattern: re.Pattern[bytes], numbers: Mapping[int, int], sheet: bytes) -> bytes:
    return pattern.sub(lambda match: match[1] + b"%d" % numbers[int(match[2])] + match[3], sheet)


def _texts(source: Workbook) -> list[bytes]:
    """The shared strings, each as what stands inside of it."""
    relation = source.relation("sharedStrings")
    if relation is None:
        return []
    part = source.package.part(relation.target)
    return [part[opening_end(part, node.start) : node.close] for node in read(part).children]


def _in_cells(sheet: bytes, texts: Sequence[bytes]) -> bytes:
    """A sheet with its texts in its cells, and not among those that a window shows selected."""

    def inline(match: re.Match[bytes]) -> bytes:
        return b'<c r="%b"%b t="inlineStr"><is>%b</is></c>' % (match[1], match[2], texts[int(match[3])])

    # Two selected sheets are a group: whatever is typed into one would go into the other.
    return _SHARED_TEXT_CELL.sub(inline, sheet).replace(b' tabSelected="1"', b"")


def _new_parts(book: Workbook, count: int) -> list[str]:
    folder = posixpath.join(posixpath.dirname(book.part), "worksheets")
    names = (posixpath.join(folder, f"sheet{n}.xml") for n in itertools.count(1))
    return list(itertools.islice((name for name in names if name not in book.package), count))


def _with_formats(
    book: Workbook, source: Workbook, formats: Sequence[int], conditions: Sequence[int]
) -> tuple[str, bytes, Mapping[int, int], Mapping[int, int]]:
    """The styles part with the formats that are used added at its end, and the new numbers of cells' and conditions'."""
    relation, other = book.relation("styles"), source.relation("styles")
    if relation is None or other is None:
        raise Malformed("工作簿没有单元格格式")
    part, theirs = book.package.part(relation.target), source.package.part(other.target)
    root, from_ = read(part), read(theirs)
    changes = Splices(part)
    xfs = _entries_of(from_, "cellXfs", "xf")
    new: dict[str, dict[int, int]] = {}
    for attribute, (plural, single) in _LISTS.items():
        numbers = sorted({int(xfs[number].attributes.get(attribute, "0")) for number in formats})
        first = len(_entries_of(root, plural, single))
        nodes = _entries_of(from_, plural, single)
        _add(changes, root, plural, first, [_standalone(theirs, nodes[number]) for number in numbers])
        new[attribute] = {number: first + n for n, number in enumerate(numbers)}
    new["numFmtId"] = _add_number_formats(changes, root, from_, [xfs[number] for number in formats])
    first = len(_entries_of(root, "cellXfs", "xf"))
    copies = [_format(theirs, xfs[number], new) for number in formats]
    _add(changes, root, "cellXfs", first, copies)
    styles = {number: first + n for n, number in enumerate(formats)}
    condition_numbers = _add_conditions(changes, root, theirs, from_, conditions)
    return relation.target, changes.done(), styles, condition_numbers


def _entries_of(root: Node, plural: str, single: str) -> list[Node]:
    node = root.child(plural)
    if node is None or any(child.local != single for child in node.children):
        raise Malformed("工作簿的单元格格式因程序而异，无法补充")
    return node.children


def _add(changes: Splices, root: Node, plural: str, count: int, new: Sequence[bytes]) -> None:
    node = root.child(plural)
    assert node is not None
    if new:
        changes.inside(node, b"".join(new))
        if "count" in node.attributes:
            changes.attribute(node, "count", str(count + len(new)))


def _add_conditions(
    changes: Splices, root: Node, theirs: bytes, from_: Node, conditions: Sequence[int]
) -> dict[int, int]:
    if not conditions:
        return {}
    nodes = _entries_of(from_, "dxfs", "dxf")
    elements = [_standalone(theirs, nodes[number]) for number in conditions]
    first = 0
    if root.child("dxfs") is not None:
        first = len(_entries_of(root, "dxfs", "dxf"))
        _add(changes, root, "dxfs", first, elements)
    else:
        # They stand behind the cell formats and their names (ECMA-376 part 1, 18.8.39).
        before = root.child("cellStyles") or root.child("cellXfs")
        assert before is not None
        head = f'<dxfs xmlns="{_MAIN}" count="{len(elements)}">'.encode()
        changes.replace(before.end, before.end, head + b"".join(elements) + b"</dxfs>")
    return {number: first + n for n, number in enumerate(conditions)}


def _add_number_formats(changes: Splices, root: Node, from_: Node, formats: Sequence[Node]) -> dict[int, int]:
    codes = {
        int(entry.attributes["numFmtId"]): entry.attributes["formatCode"] for entry in from_.all("numFmt")
    }
    existing = [int(entry.attributes.get("numFmtId", "0")) for entry in root.all("numFmt")]
    next_ = max([*existing, _OWN_FORMATS - 1]) + 1
    numbers = sorted({int(entry.attributes.get("numFmtId", "0")) for entry in formats} & set(codes))
    new = {number: next_ + n for n, number in enumerate(numbers)}
    elements = b"".join(
        f'<numFmt xmlns="{_MAIN}" numFmtId="{number}" formatCode={quote_value(codes[old]).decode()}/>'.encode()
        for old, number in new.items()
    )
    node = root.child("numFmts")
    if new and node is not None:
        changes.inside(node, elements)
        if "count" in node.attributes:
            changes.attribute(node, "count", str(len(node.children) + len(new)))
    elif new:
        # They stand before everything else (ECMA-376 part 1, 18.8.39).
        first = root.children[0].start
        changes.replace(
            first, first, f'<numFmts xmlns="{_MAIN}" count="{len(new)}">'.encode() + elements + b"</numFmts>"
        )
    return new


def _standalone(part: bytes, node: Node) -> bytes:
    """An element as it stands, in its namespace whatever stands around it."""
    start = node.start + 1 + len(node.local)
    return b"<%b xmlns=%b%b" % (node.local.encode(), quote_value(_MAIN), part[start : node.end])


def _format(part: bytes, node: Node, new: Mapping[str, Mapping[int, int]]) -> bytes:
    """A cell format that points at the formats where they stand now."""
    xf = _standalone(part, node)
    changes = Splices(xf)
    target = Node(node.local, node.space, "", node.attributes, 0)
    for attribute, numbers in new.items():
        old = int(node.attributes.get(attribute, "0"))
        changes.attribute(target, attribute, str(numbers.get(old, old)))
    changes.attribute(target, "xfId", "0")
    return changes.done()


def _registration(book: Workbook, names: Sequence[str], parts: Sequence[str]) -> dict[str, bytes]:
    """The parts that say which sheets there are."""
    relations_part = relations_of(book.part)
    relations, types = book.package.part(relations_part), book.package.part("[Content_Types].xml")
    existing = {relation.id for relation in book.relations}
    ids = [f"rId{n}" for n in range(1, len(existing) + len(names) + 1) if f"rId{n}" not in existing]
    last = list(book.sheets.values())[-1]
    next_ = max(int(sheet.attributes["sheetId"]) for sheet in book.sheets.values()) + 1
    in_book, in_listing, in_types = Splices(book.package.part(book.part)), Splices(relations), Splices(types)
    sheets, relations_root, types_root = book.root.child("sheets"), read(relations), read(types)
    assert sheets is not None
    new = list(zip(names, parts, ids, strict=False))
    lines = (
        f'<{last.prefix}sheet name={quote_value(name).decode()} sheetId="{next_ + n}" xmlns:at="{_AT}" at:id="{id_}"/>'
        for n, (name, _, id_) in enumerate(new)
    )
    in_book.inside(sheets, "".join(lines).encode())
    folder = posixpath.dirname(book.part)
    lines = (
        f'<{relations_root.prefix}Relationship Id="{id_}" Type="{_WORKSHEET}" '
        f"Target={quote_value(posixpath.relpath(part, folder or '.')).decode()}/>"
        for _, part, id_ in new
    )
    in_listing.inside(relations_root, "".join(lines).encode())
    lines = (f'<{types_root.prefix}Override PartName="/{part}" ContentType="{_TYPE}"/>' for part in parts)
    in_types.inside(types_root, "".join(lines).encode())
    return {
        book.part: in_book.done(),
        relations_part: in_listing.done(),
        "[Content_Types].xml": in_types.done(),
    }


_NUMBER = re.compile(rb"""(<(?:[\w.-]+:)?(?:row|c)\b[^<>]*?\sr=["'])([A-Z]*)\d+(?=["'])""")
_OPENING = re.compile(rb"<(?:[\w.-]+:)?(?:row|c)\b")
# Elements of a sheet whose children name the ranges that they hold for.
_RANGES = ("dataValidations", "mergeCells", "protectedRanges", "hyperlinks")
# What a sheet points at and may have however its rows are ordered.
_HARMLESS = frozenset({"printerSettings"})


def order_rows(data: bytes, sheet: str, rows: Sequence[int], *, name: str = "") -> bytes:
    """The workbook with a block of rows of a sheet in another order.

    Args:
        data: The workbook.
        sheet: Name of the sheet.
        rows: The rows of the block (0-based), none left out, as they are to follow each other.
        name: The file's, for refusals.

    Raises:
        CannotPatch: It cannot be done without harm.
    """
    places = list(range(min(rows), max(rows) + 1))
    try:
        book = Workbook(Package(data))
        part = book.worksheet_part(sheet)
        page = Worksheet(book.package.part(part))
        if any(has_formula(book.package.part(other)) for other in book.worksheet_parts()):
            raise Malformed("工作簿里有公式，不能移动行")
        if any(relation.kind not in _HARMLESS for relation in book.package.relations(part)):
            raise Malformed("表中有批注、图片、链接或表格，不能移动行")
        if any(_splits(node, places) for node in page.root.children if node.local in _RANGES):
            raise Malformed("有的行另有合并或下拉框，不能移动行")
        changes = Splices(page.part)
        block = [row for place in places if (row := page.row(place)) is not None]
        moved = (
            _renumbered(page.part[row.start : row.end], place)
            for place, number in zip(places, rows, strict=True)
            if (row := page.row(number)) is not None
        )
        if places != list(rows):
            changes.replace(block[0].start, block[-1].end, b"".join(moved))
        new = changes.done()
        check(new)
    except (Malformed, ValueError) as error:
        raise CannotPatch(place=f"{name} {sheet}".strip(), why=str(error)) from error
    return book.package.rebuild({part: new}) if changes else data


def _splits(node: Node, places: Sequence[int]) -> bool:
    """Whether a range of an element, or of its children, holds for some of the rows only."""
    texts = [one.attributes.get("sqref") or one.attributes.get("ref", "") for one in (node, *node.children)]
    spans = [(one.top, one.bottom) for text in texts if text for one in areas(text)]
    inside = [sum(top <= place <= bottom for place in places) for top, bottom in spans]
    return any(0 < count < len(places) for count in inside)


def _renumbered(row: bytes, place: int) -> bytes:
    """The bytes of a row on another place."""
    new, count = _NUMBER.subn(rb"\g<1>\g<2>%d" % (place + 1), row)
    if count != len(_OPENING.findall(row)):
        raise Malformed("有的单元格没有写明地址，不能移动行")
    return new
