"""Putting sheets of a workbook that we laid out into one that somebody has, behind its last sheet.

    changed part            how
    ----------------------  -------------------------------------------------------------------------
    the new sheets          added; their texts stand in their cells, their formats by the new numbers
    xl/styles.xml           the fonts, fills, borders, number formats and cell formats that they use, added at the end
    xl/workbook.xml         a line for each sheet, and its line in the relations and in the list of types

Every other part is copied as it stands, compressed bytes and all; nothing that was numbered gets another number. The
sheets come from `files.books`: tables without pictures, comments or links. What belongs to a sheet by its number in
the workbook's names (the repeated head in print) is not taken along.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Mapping
from collections.abc import Sequence
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

from tracker.files.patch.book import Book
from tracker.files.patch.package import Package
from tracker.files.patch.package import relations_of
from tracker.files.patch.spans import Malformed
from tracker.files.patch.spans import Node
from tracker.files.patch.spans import Splices
from tracker.files.patch.spans import check
from tracker.files.patch.spans import opening_end
from tracker.files.patch.spans import read
from tracker.problems.writing import CannotPatch

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_AT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKSHEET = f"{_AT}/worksheet"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

# A cell that names a shared string, and everything that names a cell format.
_SHARED = re.compile(rb'<c r="([A-Z]+\d+)"((?: s="\d+")?) t="s"><v>(\d+)</v></c>')
_STYLED = re.compile(rb'(<(?:c|row|col) [^>]*?\b(?:s|style)=")(\d+)(")')
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
        return _grafted(Book(Package(data)), Book(Package(source)), names)
    except (Malformed, ValueError) as error:
        raise CannotPatch(place="工作簿", why=str(error)) from error


def _grafted(book: Book, source: Book, names: Sequence[str]) -> bytes:
    if book.is_signed:
        raise Malformed("文件带有数字签名，改动会使签名失效；请先另存一份不带签名的")
    if book.root.space != _MAIN:
        raise Malformed("是“严格”格式的工作簿，请另存为普通的 .xlsx")
    taken = {each.lower() for each in book.sheets}
    for name in names:
        if name.lower() in taken:
            raise Malformed(f"已有工作表“{name}”")
    texts = _texts(source)
    sheets = [_in_cells(source.package.part(source.worksheet_part(name)), texts) for name in names]
    used = sorted({int(each[2]) for sheet in sheets for each in _STYLED.finditer(sheet)})
    styles_part, styles, numbers = _with_formats(book, source, used)
    changed = {styles_part: styles} if used else {}
    parts = _new_parts(book, len(names))
    for part, sheet in zip(parts, sheets, strict=True):
        changed[part] = _STYLED.sub(lambda each: each[1] + b"%d" % numbers[int(each[2])] + each[3], sheet)
    changed |= _announced(book, names, parts)
    for content in changed.values():
        check(content)
    return book.package.rebuilt(changed)


def _texts(source: Book) -> list[bytes]:
    """The shared strings, each as what stands inside of it."""
    relation = source.relation("sharedStrings")
    if relation is None:
        return []
    part = source.package.part(relation.target)
    return [part[opening_end(part, each.start) : each.close] for each in read(part).children]


def _in_cells(sheet: bytes, texts: Sequence[bytes]) -> bytes:
    """A sheet with its texts in its cells, and not among those that a window shows selected."""

    def inline(found: re.Match[bytes]) -> bytes:
        return b'<c r="%b"%b t="inlineStr"><is>%b</is></c>' % (found[1], found[2], texts[int(found[3])])

    # Two selected sheets are a group: whatever is typed into one would go into the other.
    return _SHARED.sub(inline, sheet).replace(b' tabSelected="1"', b"")


def _new_parts(book: Book, count: int) -> list[str]:
    folder = posixpath.join(posixpath.dirname(book.part), "worksheets")
    names = (posixpath.join(folder, f"sheet{n}.xml") for n in itertools.count(1))
    return list(itertools.islice((each for each in names if each not in book.package), count))


def _with_formats(book: Book, source: Book, used: Sequence[int]) -> tuple[str, bytes, Mapping[int, int]]:
    """The styles part with the formats that are used added at its end, and the new number of each."""
    relation, other = book.relation("styles"), source.relation("styles")
    if relation is None or other is None:
        raise Malformed("工作簿没有单元格格式")
    part, theirs = book.package.part(relation.target), source.package.part(other.target)
    root, from_ = read(part), read(theirs)
    changes = Splices(part)
    xfs = _listed(from_, "cellXfs", "xf")
    new: dict[str, dict[int, int]] = {}
    for attribute, (plural, single) in _LISTS.items():
        wanted = sorted({int(xfs[each].attributes.get(attribute, "0")) for each in used})
        first = len(_listed(root, plural, single))
        nodes = _listed(from_, plural, single)
        _add(changes, root, plural, first, [_said(theirs, nodes[each]) for each in wanted])
        new[attribute] = {each: first + n for n, each in enumerate(wanted)}
    new["numFmtId"] = _add_number_formats(changes, root, from_, [xfs[each] for each in used])
    first = len(_listed(root, "cellXfs", "xf"))
    copies = [_format(theirs, xfs[each], new) for each in used]
    _add(changes, root, "cellXfs", first, copies)
    return relation.target, changes.done(), {each: first + n for n, each in enumerate(used)}


def _listed(root: Node, plural: str, single: str) -> list[Node]:
    found = root.child(plural)
    if found is None or any(each.local != single for each in found.children):
        raise Malformed("工作簿的单元格格式因程序而异，无法补充")
    return found.children


def _add(changes: Splices, root: Node, plural: str, known: int, new: Sequence[bytes]) -> None:
    node = root.child(plural)
    assert node is not None
    if new:
        changes.inside(node, b"".join(new))
        if "count" in node.attributes:
            changes.attribute(node, "count", str(known + len(new)))


def _add_number_formats(changes: Splices, root: Node, from_: Node, formats: Sequence[Node]) -> dict[int, int]:
    codes = {int(each.attributes["numFmtId"]): each.attributes["formatCode"] for each in from_.all("numFmt")}
    taken = [int(each.attributes.get("numFmtId", "0")) for each in root.all("numFmt")]
    next_ = max([*taken, _OWN_FORMATS - 1]) + 1
    wanted = sorted({int(each.attributes.get("numFmtId", "0")) for each in formats} & set(codes))
    new = {each: next_ + n for n, each in enumerate(wanted)}
    said = b"".join(
        f'<numFmt xmlns="{_MAIN}" numFmtId="{number}" formatCode={quoteattr(codes[each])}/>'.encode()
        for each, number in new.items()
    )
    node = root.child("numFmts")
    if new and node is not None:
        changes.inside(node, said)
        if "count" in node.attributes:
            changes.attribute(node, "count", str(len(node.children) + len(new)))
    elif new:
        # They stand before everything else (ECMA-376 part 1, 18.8.39).
        first = root.children[0].start
        changes.put(
            first, first, f'<numFmts xmlns="{_MAIN}" count="{len(new)}">'.encode() + said + b"</numFmts>"
        )
    return new


def _said(part: bytes, node: Node) -> bytes:
    """An element as it stands, in its namespace whatever stands around it."""
    start = node.start + 1 + len(node.local)
    return b"<%b xmlns=%b%b" % (node.local.encode(), quoteattr(_MAIN).encode(), part[start : node.end])


def _format(part: bytes, node: Node, new: Mapping[str, Mapping[int, int]]) -> bytes:
    """A cell format that points at the formats where they stand now."""
    xf = _said(part, node)
    changes = Splices(xf)
    own = Node(node.local, node.space, "", node.attributes, 0)
    for attribute, numbers in new.items():
        old = int(node.attributes.get(attribute, "0"))
        changes.attribute(own, attribute, str(numbers.get(old, old)))
    changes.attribute(own, "xfId", "0")
    return changes.done()


def _announced(book: Book, names: Sequence[str], parts: Sequence[str]) -> dict[str, bytes]:
    """The parts that say which sheets there are."""
    listing = relations_of(book.part)
    relations, types = book.package.part(listing), book.package.part("[Content_Types].xml")
    known = {each.id for each in book.relations}
    ids = [f"rId{n}" for n in range(1, len(known) + len(names) + 1) if f"rId{n}" not in known]
    last = list(book.sheets.values())[-1]
    next_ = max(int(each.attributes["sheetId"]) for each in book.sheets.values()) + 1
    in_book, in_listing, in_types = Splices(book.package.part(book.part)), Splices(relations), Splices(types)
    sheets, listed, typed = book.root.child("sheets"), read(relations), read(types)
    assert sheets is not None
    new = list(zip(names, parts, ids, strict=False))
    lines = (
        f'<{last.prefix}sheet name={quoteattr(name)} sheetId="{next_ + n}" xmlns:at="{_AT}" at:id="{id_}"/>'
        for n, (name, _, id_) in enumerate(new)
    )
    in_book.inside(sheets, "".join(lines).encode())
    folder = posixpath.dirname(book.part)
    lines = (
        f'<{listed.prefix}Relationship Id="{id_}" Type="{_WORKSHEET}" '
        f"Target={quoteattr(escape(posixpath.relpath(part, folder or '.')))}/>"
        for _, part, id_ in new
    )
    in_listing.inside(listed, "".join(lines).encode())
    lines = (f'<{typed.prefix}Override PartName="/{part}" ContentType="{_TYPE}"/>' for part in parts)
    in_types.inside(typed, "".join(lines).encode())
    return {book.part: in_book.done(), listing: in_listing.done(), "[Content_Types].xml": in_types.done()}
