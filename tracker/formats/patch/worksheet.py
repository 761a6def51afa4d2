"""A worksheet part: its rows, its merged ranges, its columns, and where a new row goes.

A sheet whose rows are out of order is refused, and so is a changed row whose cells are: programs do not agree on what
it says.

Only what a patch must know is kept of a cell, and only of the rows that it asks for. A row or cell without an address stands behind the one before it.

Addresses and ranges are 0-based, as tables, validations and filters name them:

    >>> area("$B$2:D5"), area("C3"), area("A:A").bottom
    (Area(top=1, left=1, bottom=4, right=3), Area(top=2, left=2, bottom=2, right=2), 1048575)
    >>> str(area("B2:D5")), address(1, 27)
    ('B2:D5', 'AB2')
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import field, replace
from functools import cached_property, lru_cache
from operator import le

from tracker import patterns as re
from tracker.formats.patch.spans import Malformed, opening_end, read
from tracker.grid import column_letters
from tracker.values import dataclass

LAST_ROW = 1_048_575
LAST_COLUMN = 16_383

_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, cell: tuple[int, int]) -> bool:
        return self.top <= cell[0] <= self.bottom and self.left <= cell[1] <= self.right

    def __str__(self) -> str:
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def down_to(self, bottom: int) -> Area:
        """The same with another last row."""
        return replace(self, bottom=bottom)

    def meets(self, other: Area) -> bool:
        """Whether both have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


def address(row: int, column: int) -> str:
    """A cell's address as a workbook writes it."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=1000)
def column_index(letters: str) -> int:
    """The 0-based column of its letters."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def area(text: str) -> Area:
    """Read a range; a whole column or row reaches to the end of the sheet.

    Raises:
        ValueError: It is no range of one sheet.
    """
    first, _, last = text.partition(":")
    corners = [_CORNER.fullmatch(corner) for corner in (first, last or first)]
    if not corners[0] or not corners[1] or not (corners[0][0] and corners[1][0]):
        raise ValueError(text)
    (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
    return Area(
        int(top) - 1 if top else 0,
        column_index(left) if left else 0,
        int(bottom) - 1 if bottom else LAST_ROW,
        column_index(right) if right else LAST_COLUMN,
    )


def areas(text: str) -> tuple[Area, ...]:
    """Read a list of ranges, as `sqref` holds them."""
    return tuple(area(part) for part in text.split())


def cover_rows(text: str, like: int, first: int, last: int) -> str:
    """Let a list of ranges cover new rows wherever it covers row `like`.

    A range that ends right above the new rows is made longer; one that ends earlier is repeated for them.

    >>> cover_rows("D2:D9 F2:F9", 4, 9, 10), cover_rows("D2:D9", 4, 20, 20), cover_rows("D2:D99", 4, 20, 20), cover_rows("D1", 4, 9, 9)
    ('D2:D11 F2:F11', 'D2:D9 D21', 'D2:D99', 'D1')
    """
    ranges = list(areas(text))
    covering = [block for block in ranges if block.top <= like <= block.bottom and block.bottom < last]
    ranges = [
        block.down_to(last) if block in covering and block.bottom >= first - 1 else block for block in ranges
    ]
    new = [
        Area(first, block.left, last, block.right)
        for block in covering
        if block.bottom < first - 1 and not any(_covers(other, block, first, last) for other in ranges)
    ]
    if not new and ranges == list(areas(text)):
        return text
    return " ".join(str(block) for block in ranges + new)


def _covers(one: Area, columns: Area, first: int, last: int) -> bool:
    """Whether a range covers these rows in the columns of another."""
    return one.top <= first and one.bottom >= last and one.left <= columns.left and one.right >= columns.right


# The namespaces of worksheets: transitional, and strict (ECMA-376 part 1, annex A).
MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)

_TRUE = ("1", "true")


@dataclass(slots=True)
class CellElement:
    """What stands in a cell: an element's name, and where its start tag, its content and its end tag begin and it ends."""

    local: bytes
    prefix: str
    start: int
    opening: int = 0
    close: int = 0
    end: int = 0


@dataclass(slots=True)
class SheetCell:
    """A cell and where it stands; what is in it is looked at when somebody asks.

    Attributes:
        column: 0-based.
        start: Offset of its element.
        end: Offset behind it.
        attributes: As written.
        opening: Offset of its content.
        content: Its content, comments blanked out.
    """

    column: int
    start: int
    end: int
    attributes: bytes
    opening: int
    content: bytes

    @property
    def style(self) -> int:
        """The number of its format."""
        return number_of(_attributes(self.attributes).get("s", "0"))

    @property
    def elements(self) -> list[CellElement]:
        """What stands in it, in the order of the file."""
        elements: list[CellElement] = []
        depth = count = 0
        for tag in _TAG.finditer(self.content):
            is_end, prefix, local, _, is_empty = tag.groups()
            at, behind, count = self.opening + tag.start(), self.opening + tag.end(), count + 1
            if not is_end:
                if not depth:
                    elements.append(CellElement(local, prefix.decode(), at, behind, at, behind))
                depth += not is_empty
                continue
            depth -= 1
            if not depth and elements:
                elements[-1].close, elements[-1].end = at, behind
        if depth or count != self.content.count(b"<"):
            raise Malformed("单元格含有不认识的内容")
        return elements

    @property
    def formula(self) -> CellElement | None:
        """Its formula, where it has one."""
        return next((element for element in self.elements if element.local == b"f"), None)

    @property
    def is_filled(self) -> bool:
        """Whether it holds a value, a text or a formula."""
        return any(
            element.local in (b"f", b"is") or (element.local == b"v" and element.close > element.opening)
            for element in self.elements
        )

    @property
    def others(self) -> list[tuple[int, int]]:
        """Where elements in it stand that are neither value nor formula, to be kept."""
        return [
            (element.start, element.end)
            for element in self.elements
            if element.local not in (b"v", b"f", b"is")
        ]


@dataclass(slots=True)
class SheetRow:
    """A row and where it stands.

    Attributes:
        number: 0-based.
        attributes: As written.
        prefix: The prefix of its name.
        start: Offset of its element.
        end: Offset behind it.
        cells: In the order of the file.
    """

    number: int
    attributes: dict[str, str]
    prefix: str
    start: int
    end: int = 0
    cells: list[SheetCell] = field(default_factory=list)

    @property
    def style(self) -> int | None:
        """The format that its empty cells take; None where the column's counts."""
        if self.attributes.get("customFormat") in _TRUE and "s" in self.attributes:
            return number_of(self.attributes["s"])
        return None


@dataclass(slots=True)
class SharedFormula:
    """A formula that several cells share: the one that holds its text, and those that follow it."""

    master: tuple[SheetRow, SheetCell]
    followers: list[tuple[SheetRow, SheetCell]] = field(default_factory=list)


# A row's start tag: its attributes, and whether that is all of it.
_ROW = re.compile(rb"""\s*<((?:[\w.-]+:)?)row((?:\s+[^\s=<>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
# The first row, and the joint of two, as nearly every program writes them: the number of the row that begins.
_FIRST_ROW, _NEXT_ROW = re.compile(rb'<row r="([0-9]{1,7})"'), re.compile(rb'</row>(?=<row r="([0-9]{1,7})")')
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_DATA = re.compile(rb"""<((?:[\w.-]+:)?)sheetData(?:\s+[^\s=<>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
_FILLED = re.compile(rb"<(?:[\w.-]+:)?(?:v|is|f)[\s/>]")
_ATTRIBUTE = re.compile(rb"""\s([^\s=<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# A cell, without what stands around it: prefix, attributes, content.
_CELL = re.compile(
    rb"""\s*<((?:[\w.-]+:)?)c((?:\s+[^\s=<>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*"""
    rb"""(?:/>|>([^<]*(?:<(?!/(?:[\w.-]+:)?c\s*>)[^<]*)*)</(?:[\w.-]+:)?c\s*>)"""
)
# Any tag: whether it ends an element, prefix, name and attributes of that, whether that is all of it.
_TAG = re.compile(
    rb"""<(/?)((?:[^\s<>/:="']+:)?)([^\s<>/:="']+)((?:\s+[^\s=<>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>"""
)
# A formula, as a rule without a prefix, which is looked for much faster; and one that says more than its text: shared, of an
# array, of a data table.
_FORMULA, _PREFIXED_FORMULA = re.compile(rb"<f[\s/>]"), re.compile(rb"<[\w.-]+:f[\s/>]")
_SPECIAL_FORMULA = re.compile(rb"""<(?:[\w.-]+:)?f(?:\s+[^\s=<>]+\s*=\s*(?:"[^"]*"|'[^']*'))+\s*/?>""")
# What may hold characters that look like tags and are none.
_NO_TAGS = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)


def has_formula(part: bytes) -> bool:
    """Whether a worksheet part has a formula."""
    return bool(_FORMULA.search(part) or (b":f" in part and _PREFIXED_FORMULA.search(part)))


def _tags_only(part: bytes) -> bytes:
    """The part with comments and the like blanked out, every other byte where it stands."""
    if b"<!" not in part and part.find(b"<?", 2) < 0:
        return part
    return _NO_TAGS.sub(lambda match: b" " * len(match[0]), part)


def _attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag by name as written, prefix included."""
    return {
        name.decode(): html.unescape((double or single).decode())
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def number_of(text: str) -> int:
    """A number that the part keeps as text; `Malformed` for anything else."""
    try:
        return int(text)
    except ValueError as error:
        raise Malformed(f"内部编号“{text}”有误") from error


class Worksheet:
    """A worksheet part.

    Where each row stands is found by its tags alone. Its cells are read when somebody asks for the row: a change costs
    what its own rows cost, and what nobody asks for is copied without a look.

    Attributes:
        part: Its bytes.
        root: Its elements, without those of the rows.
        data: The element that holds the rows.
        opened: The rows whose cells were read, by number.

    Raises:
        Malformed: It is no worksheet, or its rows are out of order.
    """

    def __init__(self, part: bytes) -> None:
        self.part = part
        self._tags = _tags_only(part)
        tag = _DATA.search(self._tags)
        begin = close = 0
        if tag is not None and not tag[2]:
            begin = tag.end()
            close = max(self._tags.find(b"</%bsheetData" % tag[1], begin), begin)
        self.root = read(part, hole=(begin, close))
        data = self.root.child("sheetData")
        if self.root.local != "worksheet" or self.root.space not in MAIN or data is None or tag is None:
            raise Malformed("不是普通工作表")
        if data.start != tag.start():
            raise Malformed("工作表含有不认识的内容")
        self.data = data
        self.opened: dict[int, SheetRow] = {}
        self._begin, self._close = begin, close
        self._numbers: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._find_rows()

    def _find_rows(self) -> None:
        tags, at, number = self._tags, self._begin, -1
        joints = [*_NEXT_ROW.finditer(tags, at, self._close)]
        counts = {tags.count(mark, at, self._close) for mark in (b"<row", b"</row>")}
        first, is_closed = _FIRST_ROW.match(tags, at, self._close), tags.endswith(b"</row>", at, self._close)
        if first and is_closed and counts == {len(joints) + 1}:
            self._numbers = [int(head[1]) - 1 for head in (first, *joints)]
            self._ends = [*(joint.end() for joint in joints), self._close]
            self._starts = [at, *self._ends[:-1]]
            if any(map(le, self._numbers, [-1, *self._numbers])):
                raise Malformed("工作表的行次序混乱")
            return
        while tag := _ROW.match(tags, at, self._close):
            stated = _ADDRESS.search(tag[2])
            before, number = number, number_of(stated[1].decode()) - 1 if stated else number + 1
            if number <= before:
                raise Malformed("工作表的行次序混乱")
            at = tag.end()
            if not tag[3]:
                end = b"</%brow" % tag[1]
                at = tags.find(b">", tags.find(end, at, self._close) + len(end)) + 1
                if not at or tags[at - 1 : at] != b">":
                    raise Malformed("工作表含有不认识的内容")
            self._numbers.append(number)
            self._starts.append(tag.start(1) - 1)
            self._ends.append(at)
        if tags[at : self._close].strip():
            raise Malformed("工作表含有不认识的内容")

    @property
    def is_empty(self) -> bool:
        """Whether it has no row at all."""
        return not self._numbers

    @property
    def has_cells(self) -> bool:
        """Whether any row has a cell, be it empty."""
        return any(self._open(n).cells for n in range(len(self._numbers)))

    def row(self, number: int) -> SheetRow | None:
        """The row of that number, where the part has it."""
        n = bisect_right(self._numbers, number) - 1
        return self._open(n) if n >= 0 and self._numbers[n] == number else None

    def _open(self, n: int) -> SheetRow:
        number = self._numbers[n]
        if number not in self.opened:
            row = self._scan(number, self._starts[n], self._ends[n])
            if row is None:
                raise Malformed(f"第 {number + 1} 行含有不认识的内容")
            self.opened[number] = row
        return self.opened[number]

    def _scan(self, number: int, start: int, end: int) -> SheetRow | None:
        """A row by its tags; whether they fit together is seen when the changed part is checked."""
        tags = self._tags
        tag = _ROW.match(tags, start, end)
        if tag is None or not self._is_main(tag[1], tag[2]):
            return None
        row = SheetRow(number, _attributes(tag[2]), tag[1].decode(), start, end)
        if tag[3]:
            return row
        at, cells, digits = tag.end(), row.cells, b"%d" % (number + 1)
        while cell := _CELL.match(tags, at, end):
            prefix, attributes, content = cell.groups()
            if (prefix != tag[1] or b"xmlns" in attributes) and not self._is_main(prefix, attributes):
                return None
            stated = _ADDRESS.search(attributes)
            if stated is None:
                column = cells[-1].column + 1 if cells else 0
            elif stated[1].endswith(digits) and stated[1][: -len(digits)].isalpha():
                column = column_index(stated[1][: -len(digits)].decode())
            else:
                raise Malformed(f"第 {number + 1} 行的单元格地址“{stated[1].decode()}”有误")
            opening = cell.start(3)
            cells.append(
                SheetCell(column, cell.start(1) - 1, cell.end(), attributes, opening, content or b"")
            )
            at = cell.end()
        rest = tags[at:end].strip()
        return row if rest[:2] == b"</" and rest.count(b"<") == 1 else None

    def _is_main(self, prefix: bytes, attributes: bytes) -> bool:
        """Whether a row or cell belongs to the sheet: it has the prefix of what holds it, or states the namespace itself."""
        if b"xmlns" in attributes:
            name = f"xmlns:{prefix[:-1].decode()}" if prefix else "xmlns"
            space = _attributes(attributes).get(name)
            if space is not None:
                return space in MAIN
        return prefix.decode() == self.data.prefix

    def place_for(self, number: int) -> int:
        """The offset at which a new row of that number goes."""
        n = bisect_right(self._numbers, number)
        return self._ends[n - 1] if n else opening_end(self.part, self.data.start)

    def filled_up(self, last: int = LAST_ROW) -> Iterator[SheetRow]:
        """The rows that hold anything, from that one upwards."""
        for n in range(bisect_right(self._numbers, last) - 1, -1, -1):
            if _FILLED.search(self._tags, self._starts[n], self._ends[n]):
                row = self._open(n)
                if any(cell.is_filled for cell in row.cells):
                    yield row

    @cached_property
    def has_formula(self) -> bool:
        """Whether a cell has a formula."""
        return has_formula(self._tags)

    @cached_property
    def _formulas(self) -> list[tuple[int, dict[str, str]]]:
        """Where each formula stands that says more than its text, and what else it says."""
        if not self.has_formula:
            return []
        return [
            (
                match.start(),
                _attributes(match[0]),
            )
            for match in _SPECIAL_FORMULA.finditer(self._tags, self._begin, self._close)
        ]

    def _cell_at(self, formula: int) -> tuple[SheetRow, SheetCell]:
        """The cell whose formula stands at that offset."""
        row = self._open(bisect_right(self._starts, formula) - 1)
        cell = next((cell for cell in row.cells if cell.start < formula < cell.end), None)
        if cell is None:
            raise Malformed(f"第 {row.number + 1} 行含有不认识的内容")
        return row, cell

    @cached_property
    def blocks(self) -> list[Area]:
        """Ranges that one array formula or data table fills."""
        blocks = []
        for at, attributes in self._formulas:
            kind, ref = attributes.get("t"), attributes.get("ref")
            if kind not in ("array", "dataTable") or not ref:
                continue
            row, cell = self._cell_at(at)
            block = area(ref)
            if kind == "dataTable" or block != Area(row.number, cell.column, row.number, cell.column):
                blocks.append(block)
        return blocks

    def shared(self, rows: Collection[int]) -> list[SharedFormula]:
        """The shared formulas whose text stands in one of these rows, with the cells that follow."""
        groups: dict[str, list[int]] = {}
        masters = []
        for at, attributes in self._formulas:
            if attributes.get("t") != "shared":
                continue
            index = attributes.get("si", "")
            if attributes.get("ref"):
                groups[index] = []
                if self._numbers[bisect_right(self._starts, at) - 1] in rows:
                    masters.append((at, groups[index]))
            elif index in groups:
                groups[index].append(at)
        return [
            SharedFormula(self._cell_at(at), [self._cell_at(follower) for follower in followers])
            for at, followers in masters
        ]

    @cached_property
    def merges(self) -> list[Area]:
        """Merged ranges."""
        node = self.root.child("mergeCells")
        return (
            [area(child.attributes["ref"]) for child in node.children if "ref" in child.attributes]
            if node
            else []
        )

    @cached_property
    def columns(self) -> list[tuple[int, int, int]]:
        """First and last column and format of each declared run of columns."""
        node = self.root.child("cols")
        return [
            (
                number_of(child.attributes.get("min", "0")) - 1,
                number_of(child.attributes.get("max", "0")) - 1,
                number_of(child.attributes.get("style", "0")),
            )
            for child in (node.children if node else [])
        ]

    @property
    def widths(self) -> tuple[tuple[int, int, float], ...]:
        """First and last column and width of each run of columns that states one."""
        node = self.root.child("cols")
        return tuple(
            (
                number_of(child.attributes.get("min", "0")) - 1,
                number_of(child.attributes.get("max", "0")) - 1,
                float(child.attributes["width"]),
            )
            for child in (node.children if node else [])
            if child.attributes.get("width", "").replace(".", "", 1).isdigit()
        )

    def default_style(self, row: SheetRow | None, column: int) -> int:
        """The format that an absent cell shows: of its row, else of its column."""
        if row is not None and row.style is not None:
            return row.style
        return next((style for first, last, style in self.columns if first <= column <= last), 0)

    def last_filled(self) -> int:
        """The last row that holds anything, merged cells below it included; -1 for none."""
        last = next((row.number for row in self.filled_up()), -1)
        for merge in self.merges:
            row = self.row(merge.top) if merge.bottom > last else None
            if row is not None and any(c.is_filled for c in row.cells if c.column == merge.left):
                last = merge.bottom
        return last
