"""Pictures and links inside a workbook or a Word file, and the cell that each belongs to.

    where a picture hangs                                  found by
    over the sheet (floating)                              xl/drawings: the cell under its upper left corner
    in a cell (Excel: place in cell)                       vm of the cell > xl/metadata.xml > xl/richData
    in a cell (WPS)                                        =DISPIMG("ID_…") > xl/cellimages.xml
    in a table of a .docx                                  the cell of the table that holds it

A link is a hyperlink of a cell. Runs behind the gate, in the worker: parts are bounded, XML is parsed without
entities. What cannot be followed to its bytes is left out; a picture is taken as it is, never decoded.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from tracker import patterns as re
from tracker.formats.archives import container_of
from tracker.formats.readers.sheets import sheet_parts
from tracker.formats.readers.wordxml import attribute_of, local, parse
from tracker.grid import column_letters

# Sheet, row, column (0-based), place as people write it, name, bytes (none for a link), target of a link.
CellPicture = tuple[str, int, int, str, str, bytes, str]
_Parts = Mapping[str, zipfile.ZipInfo]

_DISPIMG = re.compile(r"DISPIMG\(\s*\"([^\"]+)\"", re.I)
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST = 500
# Where WPS keeps pictures of cells, and Excel the way to its own.
_CELL_IMAGES, _RICH = "xl/cellimages.xml", "xl/richdata/richvaluerel.xml"


def read_pictures(data: bytes, name: str) -> tuple[CellPicture, ...]:
    """Every picture and link of a file, in the order of sheets, rows and columns."""
    archive = container_of(data)
    parts = archive.parts
    if "word/document.xml" in parts:
        pictures = list(_of_document(archive, parts, name))
    else:
        pictures = [
            picture
            for sheet, path in sheet_parts(archive).items()
            if path in parts
            for picture in _of_sheet(archive, parts, sheet, path, name)
        ]
    return tuple(dict.fromkeys(sorted(pictures, key=lambda picture: picture[:5])))[:_MOST]


def _relations(part: str) -> str:
    """The part that holds the relations of another one."""
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels"


def _links(archive: zipfile.ZipFile, parts: _Parts, part: str, file: str) -> dict[str, tuple[str, str]]:
    """Targets of a part's relations by id: kind and path; an outer target as it is written."""
    folder, _, _ = part.rpartition("/")
    root = parse(archive, parts, _relations(part), file)
    targets: dict[str, tuple[str, str]] = {}
    if root is None:
        return targets
    for link in root:
        target = link.get("Target", "").replace("\\", "/")
        if link.get("TargetMode") == "External":
            targets[link.get("Id", "")] = ("outer", target)
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        targets[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], path.lower())
    return targets


def _bytes(archive: zipfile.ZipFile, parts: _Parts, path: str) -> bytes:
    return archive.read(parts[path]) if path in parts else b""


def _every(element: Any, name: str) -> Iterator[Any]:
    if element is not None:
        yield from (descendant for descendant in element.iter() if local(descendant) == name)


def _of_sheet(
    archive: zipfile.ZipFile, parts: _Parts, sheet: str, path: str, file: str
) -> Iterator[CellPicture]:
    relations = _bytes(archive, parts, _relations(path))
    has_own = _CELL_IMAGES in parts or _RICH in parts
    # Most sheets have neither a drawing nor an outer target, which need not be parsed to be seen.
    if not has_own and b"drawing" not in relations and b"External" not in relations:
        return
    links = _links(archive, parts, path, file)
    for kind, target in links.values():
        if kind == "drawing":
            yield from _floating(archive, parts, sheet, target, file)
    # What pictures in cells and links need: without any of it the cells need not be looked at.
    if not has_own and all(kind != "outer" for kind, _ in links.values()):
        return
    xml = archive.read(parts[path])
    if b"DISPIMG" not in xml and b" vm=" not in xml and b"hyperlink" not in xml:
        return
    root = parse(archive, parts, path, file)
    images = _wps_images(archive, parts, file) if b"DISPIMG" in xml else {}
    values = _rich_values(archive, parts, file) if b" vm=" in xml else {}
    for cell in _every(root, "c"):
        target = values.get(attribute_of(cell, "vm"), "")
        for formula in _every(cell, "f"):
            match = _DISPIMG.search(formula.text or "")
            target = images.get(match[1], "") if match else target
        data = _bytes(archive, parts, target) if target else b""
        at = _cell(attribute_of(cell, "r"))
        if data and at:
            yield _cell_picture(sheet, at, target.rpartition("/")[2], data)
    for link in _every(root, "hyperlink"):
        kind, target = links.get(attribute_of(link, "id"), ("", ""))
        at = _cell(attribute_of(link, "ref").partition(":")[0])
        if kind == "outer" and at and not target.lower().startswith(("mailto:", "javascript:")):
            yield _cell_picture(sheet, at, target.rpartition("/")[2] or target, b"", target)


def _cell_picture(sheet: str, at: tuple[int, int], name: str, data: bytes, target: str = "") -> CellPicture:
    return (sheet, *at, f"{sheet}!{column_letters(at[1])}{at[0] + 1}", name, data, target)


def _cell(address: str) -> tuple[int, int] | None:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _floating(
    archive: zipfile.ZipFile, parts: _Parts, sheet: str, path: str, file: str
) -> Iterator[CellPicture]:
    if path not in parts:
        return
    links = _links(archive, parts, path, file)
    for anchor in parse(archive, parts, path, file):
        start = next(_every(anchor, "from"), None)
        numbers = {local(child): (child.text or "").strip() for child in start} if start is not None else {}
        row, column = numbers.get("row", ""), numbers.get("col", "")
        at = (int(row), int(column)) if row.isdecimal() and column.isdecimal() else (0, 0)
        for blip in _every(anchor, "blip"):
            _, target = links.get(attribute_of(blip, "embed"), ("", ""))
            data = _bytes(archive, parts, target)
            if data:
                yield _cell_picture(sheet, at, target.rpartition("/")[2], data)


def _wps_images(archive: zipfile.ZipFile, parts: _Parts, file: str) -> dict[str, str]:
    """Paths of the pictures that WPS keeps for cells, by the id that DISPIMG calls."""
    part = _CELL_IMAGES
    links = _links(archive, parts, part, file)
    paths = {}
    for image in _every(parse(archive, parts, part, file), "cellImage"):
        key = next((attribute_of(node, "name") for node in _every(image, "cNvPr")), "")
        embed = next((attribute_of(node, "embed") for node in _every(image, "blip")), "")
        paths[key] = links.get(embed, ("", ""))[1]
    return paths


def _rich_values(archive: zipfile.ZipFile, parts: _Parts, file: str) -> dict[str, str]:
    """Paths of pictures in cells by the number that `vm` of a cell gives (from 1).

    vm counts the records of valueMetadata; a record points to a block of the future metadata XLRICHVALUE, that to
    a rich value, and the first value of a picture is its place in richValueRel.
    """
    metadata = parse(archive, parts, "xl/metadata.xml", file)
    if metadata is None or _RICH not in parts:
        return {}
    links = _links(archive, parts, _RICH, file)
    paths = [
        links.get(attribute_of(relation, "id"), ("", ""))[1]
        for relation in _every(parse(archive, parts, _RICH, file), "rel")
    ]
    values = [
        next((child.text or "" for child in value if local(child) == "v"), "")
        for value in _every(parse(archive, parts, "xl/richdata/rdrichvalue.xml", file), "rv")
    ]
    types = [attribute_of(node, "name") for node in _every(metadata, "metadataType")]
    blocks = [
        attribute_of(next(_every(block, "rvb"), None), "i")
        for future in _every(metadata, "futureMetadata")
        if attribute_of(future, "name") == "XLRICHVALUE"
        for block in future
        if local(block) == "bk"
    ]
    pictures = {}
    for table in _every(metadata, "valueMetadata"):
        records = [next(_every(block, "rc"), None) for block in table if local(block) == "bk"]
        for number, record in enumerate(records, start=1):
            kind = _pick(types, attribute_of(record, "t"), base=1)
            value = _pick(values, _pick(blocks, attribute_of(record, "v")))
            path = _pick(paths, value)
            if kind == "XLRICHVALUE" and path:
                pictures[str(number)] = path
    return pictures


def _pick(some: list[str], number: str, *, base: int = 0) -> str:
    """The item of a written number; empty where there is none."""
    at = int(number) - base if number.isdecimal() else -1
    return some[at] if 0 <= at < len(some) else ""


def _of_document(archive: zipfile.ZipFile, parts: _Parts, file: str) -> Iterator[CellPicture]:
    part = "word/document.xml"
    links = _links(archive, parts, part, file)
    root = parse(archive, parts, part, file)
    body = next(_every(root, "body"), None)
    tables = [child for child in body if local(child) == "tbl"] if body is not None else []
    inside: set[Any] = set()
    for number, table in enumerate(tables, start=1):
        for row, line in enumerate(child for child in table if local(child) == "tr"):
            for column, cell in enumerate(child for child in line if local(child) == "tc"):
                for blip in _every(cell, "blip"):
                    inside.add(blip)
                    yield from _pictured(archive, parts, links, blip, f"T{number}", row, column)
    for blip in _every(root, "blip"):
        if blip not in inside:
            yield from _pictured(archive, parts, links, blip, "", 0, 0)


def _pictured(
    archive: zipfile.ZipFile,
    parts: _Parts,
    links: Mapping[str, tuple[str, str]],
    blip: Any,
    table: str,
    row: int,
    column: int,
) -> Iterator[CellPicture]:
    _, path = links.get(attribute_of(blip, "embed"), ("", ""))
    data = _bytes(archive, parts, path)
    if data:
        place = f"{table}R{row + 1}C{column + 1}" if table else "正文"
        yield (table, row, column, place, path.rpartition("/")[2], data, "")
