"""A workbook as its zip holds it: its parts, and which of them is which sheet, table, name and calendar.

What is not changed is not even unpacked: its record is copied as it stands, with its compression, its time
and its place in the order. A workbook that was patched therefore differs from the one before only in the
parts that were meant, and the same input gives the same bytes on every machine.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from tracker.formats.patch.spans import Malformed, Node, Splices, check, read
from tracker.formats.patch.worksheet import MAIN, Area, area
from tracker.values import dataclass

# One part of an honest workbook is far smaller; more is not unpacked.
LARGEST = 512 * 1024 * 1024

_ENCRYPTED = 0x01
# What the directory says about a record that is copied as it stands.
_SAME = (
    "compress_type", "comment", "extra", "create_system", "create_version", "extract_version", "flag_bits",
    "volume", "internal_attr", "external_attr", "CRC", "compress_size", "file_size",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points at.

    Attributes:
        id: The name by which the part's XML calls it.
        kind: The last word of its type: `worksheet`, `table`, `calcChain` …
        target: The other part; empty when it is outside of the file.
        node: The element that says so.
    """

    id: str
    kind: str
    target: str
    node: Node


# A changed part of so many bytes is packed in a quarter of the time, a fifth bigger.
_BIG, _QUICK = 16_000, 2


class Package:
    """A workbook's zip, read-only.

    Raises:
        Malformed: It is no zip, is encrypted, or has a part twice.
    """

    def __init__(self, data: bytes) -> None:
        if data[:4] == b"\xd0\xcf\x11\xe0":
            raise Malformed("工作簿已加密或是旧版 .xls 格式，请解除密码或另存为 .xlsx")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Malformed("不是 .xlsx 工作簿，或文件不完整") from error
        self._data = data
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            key = _key(info.filename)
            if key in self._infos:
                raise Malformed(f"文件内部有两个 {info.filename}，可能已损坏")
            self._infos[key] = info

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._infos

    @property
    def names(self) -> list[str]:
        """All parts, in the order of the zip."""
        return [info.filename for info in self._infos.values()]

    def part(self, name: str) -> bytes:
        """The content of a part.

        Raises:
            Malformed: There is no such part, or it cannot be unpacked.
        """
        info = self._infos.get(_key(name))
        if info is None:
            raise Malformed(f"文件内部缺少 {name}")
        if info.file_size > LARGEST or info.flag_bits & _ENCRYPTED:
            raise Malformed(f"文件内部的 {name} 过大或已加密")
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            raise Malformed(f"文件内部的 {name} 已损坏") from error

    def relations(self, name: str) -> list[Relation]:
        """What a part points at; `""` is the file itself."""
        relations_part = relations_of(name)
        if relations_part not in self:
            return []
        base = posixpath.dirname(name)
        return [
            Relation(
                node.attributes.get("Id", ""),
                node.attributes.get("Type", "").rpartition("/")[2],
                ""
                if node.attributes.get("TargetMode") == "External"
                else _resolve(base, node.attributes.get("Target", "")),
                node,
            )
            for node in read(self.part(relations_part)).children
            if node.local == "Relationship"
        ]

    def rebuild(self, contents: dict[str, bytes], omissions: frozenset[str] = frozenset()) -> bytes:
        """The same zip with the content of some parts changed, some parts left out, and new ones at its end."""
        new = {_key(name): content for name, content in contents.items()}
        omission_keys = {_key(name) for name in omissions}
        # A record reaches to the next one: sizes behind the content may have two forms, and nothing tells which.
        starts = sorted(info.header_offset for info in self._infos.values())
        ends = dict(zip(starts, [*starts[1:], self._zip.start_dir], strict=True))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            target.comment = self._zip.comment
            for key, info in self._infos.items():
                if key in omission_keys:
                    continue
                if key in new:
                    level = _QUICK if len(new[key]) > _BIG else None
                    target.writestr(_fresh(info), new[key], compresslevel=level)
                elif info.filename.isascii() and info.filename == info.orig_filename:
                    _copy(self._data[info.header_offset : ends[info.header_offset]], info, out, target)
                else:  # the name would not be written as it stood
                    target.writestr(_fresh(info), self._zip.read(info))
            for name, content in contents.items():
                if _key(name) not in self._infos:
                    info = zipfile.ZipInfo(name)  # the oldest time there is: same input, same bytes
                    info.compress_type = zipfile.ZIP_DEFLATED
                    target.writestr(info, content)
        return out.getvalue()


def relations_of(name: str) -> str:
    """The part that lists what a part points at."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _key(name: str) -> str:
    # Names of parts do not tell upper from lower case (ECMA-376 part 2, 6.2.2.3); some writers use backslashes.
    return name.replace("\\", "/").lstrip("/").lower()


def _resolve(base: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(base, unquote(target) if "%" in target else target))


def _fresh(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    fresh = zipfile.ZipInfo(info.filename, info.date_time)
    fresh.compress_type = (
        info.compress_type if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    )
    fresh.external_attr, fresh.create_system = info.external_attr, info.create_system
    return fresh


def _copy(record: bytes, info: zipfile.ZipInfo, out: io.BytesIO, target: zipfile.ZipFile) -> None:
    """Copy one record as it stands: header, name, content, and the sizes behind it where there are any."""
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    for name in _SAME:
        setattr(entry, name, getattr(info, name))
    entry.header_offset = out.tell()
    out.write(record)
    target.filelist.append(entry)
    target.NameToInfo[entry.filename] = entry
    target.start_dir = out.tell()


_TRUE = ("1", "true")

# What stands before calcPr in a workbook part (ECMA-376 part 1, 18.2.27), last first.
_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table on a sheet.

    Attributes:
        name: As formulas call it.
        part: Its part.
        root: The part's elements.
        area: All of it, header and totals included.
        header_rows: 1, or 0 without a header.
        totals_rows: 1 where it has a row of totals, else 0.
    """

    name: str
    part: str
    root: Node
    area: Area
    header_rows: int
    totals_rows: int

    @property
    def columns(self) -> list[Node]:
        """Its columns, left to right."""
        node = self.root.child("tableColumns")
        return node.children if node else []


class Workbook:
    """A workbook's parts and what they are.

    Raises:
        Malformed: It is no workbook that can be patched.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        check(package.part("[Content_Types].xml"))
        self.part = next(
            (relation.target for relation in package.relations("") if relation.kind == "officeDocument"), ""
        )
        if not self.part.lower().endswith(".xml"):
            raise Malformed("不是 .xlsx 或 .xlsm 工作簿")
        self.root = read(package.part(self.part))
        if self.root.local != "workbook" or self.root.space not in MAIN:
            raise Malformed("不是 .xlsx 或 .xlsm 工作簿")
        self.relations = package.relations(self.part)

    @property
    def sheets(self) -> dict[str, Node]:
        """The sheets by name, in the order of their tabs."""
        node = self.root.child("sheets")
        return {sheet.attributes.get("name", ""): sheet for sheet in (node.children if node else [])}

    @property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        properties = self.root.child("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in _TRUE

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed the whole file; any change would break the signature."""
        return any(
            relation.kind == "origin" and "digital-signature" in relation.node.attributes.get("Type", "")
            for relation in self.package.relations("")
        )

    def worksheet_part(self, name: str) -> str:
        """The part of a worksheet.

        Raises:
            Malformed: There is no such sheet, or it has no cells (a chart sheet, a dialog, a macro sheet).
        """
        sheet = self.sheets.get(name)
        if sheet is None:
            raise Malformed("没有这个工作表，现有：" + "、".join(self.sheets))
        id_ = next(
            (value for key, value in sheet.attributes.items() if key.endswith("/relationships id")), ""
        )
        relation = next((link for link in self.relations if link.id == id_), None)
        if relation is None or relation.kind != "worksheet" or relation.target not in self.package:
            raise Malformed("不是普通工作表（图表页、宏表或已损坏），不能写入")
        return relation.target

    def worksheet_parts(self) -> list[str]:
        """The parts of all worksheets."""
        return [
            relation.target
            for relation in self.relations
            if relation.kind == "worksheet" and relation.target in self.package
        ]

    def relation(self, kind: str) -> Relation | None:
        """The workbook's first relation of a kind, where its part exists."""
        return next((e for e in self.relations if e.kind == kind and e.target in self.package), None)

    def tables(self, sheet_part: str) -> list[SheetTable]:
        """The tables of a sheet."""
        tables = []
        for relation in self.package.relations(sheet_part):
            if relation.kind == "table" and relation.target in self.package:
                root = read(self.package.part(relation.target))
                tables.append(_table(relation.target, root))
        return tables

    def pivots(self, sheet_part: str) -> list[Area]:
        """The ranges that pivot tables fill on a sheet, with the filters that stand above them."""
        ranges = []
        for relation in self.package.relations(sheet_part):
            if relation.kind == "pivotTable" and relation.target in self.package:
                location = read(self.package.part(relation.target)).child("location")
                if location is not None and "ref" in location.attributes:
                    ranges.append(_with_page_filters(location))
        return ranges

    def recalculate(self, changes: Splices) -> None:
        """Ask the next program to calculate all formulas when it opens the workbook."""
        calc = self.root.child("calcPr")
        if calc is not None:
            if calc.attributes.get("fullCalcOnLoad") not in _TRUE:
                changes.attribute(calc, "fullCalcOnLoad", "1")
            return
        before = next(node for name in _BEFORE_CALC if (node := self.root.child(name)) is not None)
        changes.replace(before.end, before.end, f'<{self.root.prefix}calcPr fullCalcOnLoad="1"/>'.encode())

    def names_of(self, sheet: str) -> list[Node]:
        """The names that belong to a sheet: its print area, its filter and others."""
        node = self.root.child("definedNames")
        index = str(list(self.sheets).index(sheet))
        return [e for e in (node.children if node else []) if e.attributes.get("localSheetId") == index]


def _with_page_filters(location: Node) -> Area:
    table_area = area(location.attributes["ref"])
    down = int(location.attributes.get("rowPageCount", "0"))
    across = int(location.attributes.get("colPageCount", "0"))
    if not down:
        return table_area
    # One row stays empty between the filters and the table; each filter is a name, a choice and a gap.
    return Area(
        max(table_area.top - down - 1, 0),
        table_area.left,
        table_area.bottom,
        max(table_area.right, table_area.left + 3 * across - 2),
    )


def _table(part: str, root: Node) -> SheetTable:
    try:
        return SheetTable(
            name=root.attributes.get("displayName") or root.attributes.get("name", ""),
            part=part,
            root=root,
            area=area(root.attributes.get("ref", "")),
            header_rows=int(root.attributes.get("headerRowCount", "1")),
            totals_rows=int(root.attributes.get("totalsRowCount", "0")),
        )
    except ValueError as error:
        raise Malformed(f"文件内部的 {part} 已损坏") from error
