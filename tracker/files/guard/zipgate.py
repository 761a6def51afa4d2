"""The gate before any parser of a packed file: what is inside is measured, part by part, while unpacking.

In the order in which they are refused:

1. names: unique but for case, none outside the package;
2. sizes as the directory states them: a part, all parts, the ratio;
3. every XML part from its own first bytes: no document type, no entity, no UTF-16 (a scanner of bytes would
   not see what is inside, and no office program writes it);
4. each part really unpacked, once, in pieces: the stated size may be a lie, the check sum must agree;
5. of a sheet, the rectangle that its cells span, and its merged ranges.

Everything is scanned as bytes, a large part in pieces; a small one stays at hand for its parser (`archives.Container`).
A file that passes costs a parser at most what `limits` says; that it costs no more is the worker's limits' business.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from tracker import patterns as re
from tracker.files.guard.kinds import open_zip
from tracker.files.guard.limits import (
    AREA,
    COLUMNS,
    MERGES,
    PART_BYTES,
    RANGE_NAMES,
    RATIO,
    RATIO_FROM,
    ROWS,
    SHEETS,
    TOTAL_BYTES,
)
from tracker.formats.archives import Container
from tracker.problems.base import TrackerError
from tracker.problems.files import Damaged, Encrypted, ForbiddenContent, Oversized

ZIP_KINDS = frozenset({"xlsx", "xlsm", "xlsb", "ods", "docx"})

_PIECE = 1 << 20
_SHEET = re.compile(r"xl/(?:worksheets|macrosheets|dialogsheets|chartsheets)/[^/]+\.xml", re.I)
# A cell that closes at once has a format and no value: it reaches nowhere.
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>(?!</)")
# The same as nearly every program writes it, one that closes at once too; of one that is written otherwise there is no address.
_USUAL_CELL = re.compile(rb'<c(?: r="([A-Z]{1,3})([0-9]{1,7})"|[\s/>])')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
# What a workbook names, by the beginnings of its elements: the limit, and the word for people.
_PARTS_OF_A_BOOK = {b"<sheet ": (SHEETS, "工作表"), b"<definedName ": (RANGE_NAMES, "名称定义")}
_XML = (".xml", ".rels", ".vml", ".xhtml")
# Data of other programs that travels in the package; nothing reads it, and Excel writes it in UTF-16.
_METADATA_FOLDERS = ("customxml/", "docprops/")


def pass_gate(data: bytes, name: str) -> None:
    """Let a packed file pass, or refuse it; `name` is for the message."""
    package = open_zip(data, name)
    parts = package.infolist()
    _look_at_names(parts, name)
    _look_at_sizes(parts, name)
    total = 0
    for part in parts:
        try:
            total += _unpack(package, part, name)
        except TrackerError:
            raise
        except NotImplementedError as failure:  # a kind of RuntimeError too
            raise Damaged(file=name, what=f"内部文件 {_short(part)} 的压缩方式无法识别") from failure
        except RuntimeError as failure:  # zipfile's word for a part behind a password
            raise Encrypted(file=name) from failure
        except Exception as failure:  # zipfile and zlib have a dozen classes for what they meet
            raise Damaged(file=name, what=f"内部文件 {_short(part)} 无法解压") from failure
        if total > TOTAL_BYTES:
            raise Oversized(file=name, what="解压后的内容过大")


def _look_at_names(parts: list[zipfile.ZipInfo], name: str) -> None:
    names = set()
    for part in parts:
        plain = part.filename.replace("\\", "/").lower()
        if plain in names:
            raise ForbiddenContent(file=name, what=f"内部文件 {_short(part)} 重复出现")
        names.add(plain)
        if ".." in plain.split("/") or ":" in plain or "\0" in plain:
            raise ForbiddenContent(file=name, what="内部文件的路径指向包外")


def _look_at_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    if sum(part.file_size for part in parts) > TOTAL_BYTES:
        raise Oversized(file=name, what="解压后的内容过大")
    for part in parts:
        if part.file_size > PART_BYTES:
            raise Oversized(file=name, what=f"内部文件 {_short(part)} 解压后过大")
        is_large = part.file_size > RATIO_FROM
        if is_large and part.file_size > RATIO * max(part.compress_size, 1):
            raise Oversized(file=name, what=f"内部文件 {_short(part)} 的压缩比异常")


def _unpack(package: Container, part: zipfile.ZipInfo, name: str) -> int:
    plain = part.filename.replace("\\", "/").lstrip("/")
    is_xml = plain.lower().endswith(_XML) and not plain.lower().startswith(_METADATA_FOLDERS)
    sheet = _Extent(name, plain) if _SHEET.fullmatch(plain) else None
    counts = dict.fromkeys(_PARTS_OF_A_BOOK, 0) if plain.lower() == "xl/workbook.xml" else {}
    size = 0
    rest = b""
    for piece in _pieces(package, part):
        if is_xml:
            _look_at_xml(rest[-16:] + piece if rest else piece, is_first=size == 0, part=part, name=name)
        size += len(piece)
        for tag in counts:
            counts[tag] += piece.count(tag)
            limit, what = _PARTS_OF_A_BOOK[tag]
            if counts[tag] > limit:
                raise Oversized(file=name, what=f"工作簿里有 {limit} 个以上的{what}")
        if size > PART_BYTES:
            raise Oversized(file=name, what=f"内部文件 {_short(part)} 解压后过大")
        if sheet:
            # Cut before the last tag, which may go on in the next piece.
            piece = rest + piece
            cut = piece.rfind(b"<")
            sheet.look(piece[:cut] if cut > 0 else piece)
            rest = piece[cut:] if cut > 0 else b""
        else:
            rest = piece[-16:]
    if sheet:
        sheet.look(rest)
        sheet.decide()
    return size


def _pieces(package: Container, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part: a small one whole, any other unpacked piece by piece."""
    whole = package.small_part(part)
    if whole is not None:
        yield whole
        return
    with package.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _look_at_xml(piece: bytes, *, is_first: bool, part: zipfile.ZipInfo, name: str) -> None:
    if is_first and (piece[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in piece[:64]):
        raise ForbiddenContent(file=name, what=f"内部文件 {_short(part)} 不是 UTF-8 编码")
    # Of one byte a part is asked faster than of two.
    if b"!" in piece and b"<!" in piece and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece):
        raise ForbiddenContent(file=name, what=f"内部文件 {_short(part)} 带有 DOCTYPE 声明")


class _Extent:
    """How far the cells of one sheet reach."""

    def __init__(self, name: str, part: str) -> None:
        self._name = name
        self._part = part
        self._row = 0
        self._columns: set[bytes] = set()
        # Tags as counted: where cells do not state their address, they follow one another.
        self._cells = 0
        self._rows = 0
        self._merges = 0

    def look(self, piece: bytes) -> None:
        """Take in a piece that ends before a tag."""
        addresses = _USUAL_CELL.findall(piece)
        count = len(addresses)
        columns, rows = _spread(addresses)
        is_usual = b"" not in columns and b":c" not in piece
        if not is_usual:
            count = len(_ANY_CELL.findall(piece))
        # In the usual form even cells without a value were counted, which reach nowhere.
        if not is_usual or not _is_near(columns, rows):
            columns, rows = _spread(_CELL.findall(piece))
        self._columns |= columns
        self._row = max(self._row, _highest(rows))
        self._cells += count
        self._rows += piece.count(b"<row") + piece.count(b":row")
        self._merges += piece.count(b"mergeCell ")
        self.decide()

    def decide(self) -> None:
        """Refuse what reaches too far, as soon as it is known."""
        rows = self._row
        # Three letters are at most 18,278; a longer word of letters is no address.
        columns = max((_number(letters[:4]) for letters in self._columns), default=1)
        if columns > COLUMNS or max(rows, self._rows) > 1_048_576:
            raise Oversized(file=self._name, what=f"工作表（{self._part}）中有超出表格范围的单元格")
        if rows * columns > AREA or self._cells > AREA:
            raise Oversized(
                file=self._name, what=f"工作表（{self._part}）的内容一直到第 {rows} 行、第 {columns} 列"
            )
        if self._rows > ROWS:
            raise Oversized(
                file=self._name, what=f"工作表（{self._part}）中有 {self._rows} 行以上（只有格式的空行也算）"
            )
        if self._merges > MERGES:
            raise Oversized(file=self._name, what=f"工作表（{self._part}）中有 {self._merges} 处合并单元格")


def _spread(addresses: list[tuple[bytes, bytes]]) -> tuple[set[bytes], set[bytes]]:
    """The columns and the rows of some addresses."""
    return {letters for letters, _ in addresses}, {row for _, row in addresses}


def _is_near(columns: set[bytes], rows: set[bytes]) -> bool:
    """Whether cells in these columns and rows fit a sheet."""
    width, height = max(map(_number, columns), default=0), _highest(rows)
    return width <= COLUMNS and height <= 1_048_576 and width * height <= AREA


def _highest(rows: set[bytes]) -> int:
    return max((int(row[:12]) for row in rows), default=0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _short(part: zipfile.ZipInfo) -> str:
    name = part.filename
    return name if len(name) <= 60 else name[:57] + "…"
