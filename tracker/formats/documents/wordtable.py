"""Changing cells and adding rows in the tables of an existing Word document, every other byte as it stands.

Only `word/document.xml` changes, and in it only the cells that are named and the rows that are added; every
other part is copied as it stands (`formats.patch`). A cell's text goes into its first paragraph as one more
run with the look of the paragraph's own mark; a line break is a break. In a content control that shows its placeholder
it takes the placeholder's place. Added rows are copies of an empty row
and follow it. Tables and cells have the addresses of `formats.readers.docx`: `T1` is the first table of the body, and
rows and columns count on its full grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from tracker import patterns as re
from tracker.formats.patch import Malformed, Node, Package, Splices, check, opening_end, read
from tracker.formats.readers.wordxml import WRAPPERS
from tracker.problems.files import CannotPatch
from tracker.values import dataclass

_GAP = "FFF2CC"
# What stands before the shading among the properties of a cell (ISO/IEC 29500-1, 17.4.66).
_BEFORE_SHADING = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders")
# What may stand only once in a document, or continues a merge: not part of a copied row.
_NOT_COPIED = re.compile(
    rb"""\s+[\w]+:(?:paraId|textId)=(?:"[^"]*"|'[^']*')|<[\w]+:(?:bookmarkStart|bookmarkEnd|vMerge)\b[^>]*/>"""
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell and what it is to hold; an empty text shades the cell as a gap."""

    table: str
    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class RowCopies:
    """Rows to add behind an empty row, as copies of it: texts by column, an empty one for a gap."""

    table: str
    like: int
    rows: tuple[Mapping[int, str], ...]


def change_tables(data: bytes, cells: Sequence[CellText], copies: Sequence[RowCopies] = ()) -> bytes:
    """Change cells and add rows; return the whole new document.

    Raises:
        CannotPatch: A cell cannot be changed without harm; nothing is changed then.
    """
    try:
        package = Package(data)
        main = next(
            (relation.target for relation in package.relations("") if relation.kind == "officeDocument"), ""
        )
        part = package.part(main)
        tables = _tables(read(part))
        changes = Splices(part)
        for cell in cells:
            row = _row(tables, cell.table, cell.row)
            _fill(part, row, _cell(row, cell.table, cell.row, cell.column), cell.text, changes)
        for copy in copies:
            row = _row(tables, copy.table, copy.like)
            new = b"".join(_copy_row(part, row, copy, texts) for texts in copy.rows)
            changes.replace(row.end, row.end, new)
        new_part = changes.done()
        check(new_part)
        return package.rebuild({main: new_part}) if new_part != part else data
    except (Malformed, ValueError) as error:
        raise CannotPatch(place="文档", why=str(error)) from error


def _contents(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.local in WRAPPERS:
            yield from _contents(child)
        else:
            yield child


def _tables(root: Node) -> dict[str, list[Node]]:
    """The rows of each table of the body, by the table's name."""
    body = root.child("body")
    if body is None:
        raise Malformed("缺少正文部分")
    tables = [child for child in _contents(body) if child.local == "tbl"]
    return {f"T{n}": list(_rows(table)) for n, table in enumerate(tables, start=1)}


def _rows(table: Node) -> Iterator[Node]:
    for child in _contents(table):
        if child.local == "tr":
            properties = child.child("trPr")
            if properties is None or properties.child("del") is None:
                yield child


def _row(tables: Mapping[str, list[Node]], table: str, row: int) -> Node:
    rows = tables.get(table, [])
    if not 0 <= row < len(rows):
        raise Malformed(f"表格 {table} 没有第 {row + 1} 行，或在别的表格之内")
    return rows[row]


def _whole_value(node: Node | None, otherwise: int) -> int:
    text = next((v for k, v in node.attributes.items() if k.rpartition(" ")[2] == "val"), "") if node else ""
    return int(text) if text.isdigit() else otherwise


def _cells(row: Node) -> dict[int, Node]:
    """The cells of a row by the column in which each begins."""
    properties = row.child("trPr")
    column = _whole_value(properties.child("gridBefore") if properties else None, 0)
    cells = {}
    for cell in _contents(row):
        if cell.local == "tc":
            cells[column] = cell
            cell_properties = cell.child("tcPr")
            column += max(_whole_value(cell_properties.child("gridSpan") if cell_properties else None, 1), 1)
    return cells


def _cell(row: Node, table: str, number: int, column: int) -> Node:
    cell = _cells(row).get(column)
    if cell is None:
        raise Malformed(f"{table}R{number + 1}C{column + 1} 在合并单元格内")
    properties = cell.child("tcPr")
    merge = properties.child("vMerge") if properties else None
    if merge is not None and "restart" not in merge.attributes.values():
        raise Malformed(f"{table}R{number + 1}C{column + 1} 在合并单元格内，写入后看不见")
    return cell


def _copy_row(part: bytes, row: Node, copy: RowCopies, texts: Mapping[int, str]) -> bytes:
    changes = Splices(part)
    for column, text in texts.items():
        _fill(part, row, _cell(row, copy.table, copy.like, column), text, changes)
    whole = changes.done()
    new = whole[row.start : len(whole) - (len(part) - row.end)]
    return _NOT_COPIED.sub(b"", new)


def _fill(part: bytes, row: Node, cell: Node, text: str, changes: Splices) -> None:
    if not text:
        _shade(part, cell, changes)
        return
    paragraph = next((child for child in _contents(cell) if child.local == "p"), None)
    if paragraph is None:
        raise Malformed("单元格内没有段落")
    control = _placeholder(row, cell)
    n = paragraph.prefix
    lines = [_line(line, n) for line in _NOT_XML.sub("", text).split("\n")]
    look = _look(part, paragraph) if control is None else b""
    run = f"<{n}r>".encode() + look + f"<{n}br/>".encode().join(lines) + f"</{n}r>".encode()
    changes.inside(paragraph if control is None else _emptied(control, changes), run)


def _placeholder(row: Node, cell: Node) -> Node | None:
    """The content control in a cell, or around it, that shows its placeholder."""
    for control in row.all("sdt"):
        is_in, is_around = (
            outer.start <= inner.start and inner.end <= outer.end
            for outer, inner in ((cell, control), (control, cell))
        )
        properties = control.child("sdtPr")
        if (is_in or is_around) and properties and properties.child("showingPlcHdr") is not None:
            return control
    return None


def _emptied(control: Node, changes: Splices) -> Node:
    """A control without its placeholder, and where its text goes: into it, or into the paragraph that it holds."""
    for mark in control.all("showingPlcHdr"):
        changes.remove(mark)
    content = control.child("sdtContent")
    if content is None:
        raise Malformed("内容控件没有内容部分")
    for run in content.all("r"):
        changes.remove(run)
    return next(iter(content.all("p")), content)


def _line(text: str, prefix: str) -> bytes:
    return f'<{prefix}t xml:space="preserve">{escape(text, quote=False)}</{prefix}t>'.encode()


def _look(part: bytes, paragraph: Node) -> bytes:
    """The properties of the paragraph's first run, else those of its mark, as they are written."""
    runs = [child for child in _contents(paragraph) if child.local == "r"]
    run_properties = next((run.child("rPr") for run in runs if run.child("rPr") is not None), None)
    if run_properties is None:
        properties = paragraph.child("pPr")
        run_properties = properties.child("rPr") if properties else None
    if (
        run_properties is None
        or run_properties.child("ins") is not None
        or run_properties.child("del") is not None
    ):
        return b""
    return part[run_properties.start : run_properties.end]


def _shade(part: bytes, cell: Node, changes: Splices) -> None:
    n = cell.prefix
    shading = f'<{n}shd {n}val="clear" {n}color="auto" {n}fill="{_GAP}"/>'.encode()
    properties = cell.child("tcPr")
    if properties is None:
        at = opening_end(part, cell.start)
        changes.replace(at, at, f"<{n}tcPr>".encode() + shading + f"</{n}tcPr>".encode())
        return
    existing = properties.child("shd")
    if existing is not None:
        changes.replace(existing.start, existing.end, shading)
        return
    if properties.close == properties.end:
        changes.inside(properties, shading)
        return
    before = [child for child in properties.children if child.local in _BEFORE_SHADING]
    at = before[-1].end if before else opening_end(part, properties.start)
    changes.replace(at, at, shading)
