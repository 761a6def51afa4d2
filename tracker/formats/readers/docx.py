"""Word documents (.docx) as paragraphs and tables in document order.

- `P7` is the seventh paragraph of the body outside tables; empty ones count.
- `T1R5C3` is a cell of the first table on its full grid: a cell that spans columns or is merged downwards is a
  merge, and every place of the grid has an address. A table or text box inside a cell of a table proper is
  text of the cell; in a frame (one row or one column) it is a grid of its own, named after the cell
  (`T1R2C3T1`), and follows the outer one.
- Automatic numbers are rendered (below): into `Paragraph.printed_number`, and in a cell, where there is
  nothing but text, in front of it.
- Tracked deletions are not read, tracked insertions are. Field codes and the pinyin of ruby text are not read; comments
  and deletions stand beside the cell or paragraph. Text boxes follow the paragraph that anchors them and bear its place.

The XML is read with lxml, without entities and network; python-docx takes 270 ms to start and knows neither
numbers nor deletions.

The numbers that Word prints before paragraphs and does not store in their text.

A paragraph names a list (`w:numId`) and a level (`w:ilvl`), itself or through its style; numbering.xml says
how each level counts and looks (ECMA-376 17.9). Labels have to be asked for in document order, each paragraph
once, because they count:

1. a paragraph counts its level up, and starts every deeper level anew;
2. lists that share one abstract definition count on together, unless a list says where to start again;
3. `%1` … `%9` in the text of a level stand for the counts of the levels, each in its own figures.

    >>> count_text(12, "chineseCountingThousand"), count_text(3, "decimalEnclosedCircle"), count_text(4, "upperRoman")
    ('十二', '③', 'IV')

A bullet is no number: its label is empty.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from tracker import patterns as re
from tracker.formats.readers.wordxml import (
    WRAPPERS,
    attribute_of,
    child_of,
    comments_of,
    deleted_text,
    descend,
    local,
    parse,
    text_of,
    unstruck_text,
    whole_number,
)
from tracker.grid import Block, Grid, Merge, Notation, Paragraph, Source, Value
from tracker.numerals import chinese_digits, chinese_number
from tracker.problems.files import Damaged, Oversized
from tracker.values import dataclass

_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _roman(number: int) -> str:
    if number > 3999:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    # After Z Word doubles the letter: AA, BB.
    return chr(65 + (number - 1) % 26) * min((number - 1) // 26 + 1, 50) if number > 0 else ""


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return str(number)


def _of(names: str) -> Callable[[int], str]:
    return lambda number: names[(number - 1) % len(names)] if number > 0 else str(number)


# Word's and WPS's names of figures (ECMA-376 17.18.59). All that count in Chinese characters agree below 10,000.
_FIGURES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalFullWidth2": lambda number: str(number).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
    "ideographEnclosedCircle": _circled,
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": chinese_digits,
    "japaneseDigitalTenThousand": chinese_number,
    "taiwaneseDigital": chinese_digits,
    "chineseLegalSimplified": lambda number: chinese_number(number, _FORMAL, "拾佰仟"),
    "ideographLegalTraditional": lambda number: chinese_number(number, _FORMAL, "拾佰仟"),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "ordinal": str,
    "none": lambda number: "",
    "bullet": lambda number: "",
}


def count_text(number: int, figures: str) -> str:
    """Write a count in the figures that Word calls so; unknown ones as decimal."""
    return _FIGURES.get(figures, str)(max(number, 0))


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list counts and looks."""

    start: int = 1
    figures: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restarts: bool = True


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, ListLevel]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str) and _name(child) == name]


def _child_attribute(element: Any, name: str, attribute: str = "val") -> str | None:
    """The attribute of a child; None when there is no such child, empty when it has no such attribute."""
    for child in _children(element, name):
        return next((value for key, value in child.attrib.items() if key.rpartition("}")[2] == attribute), "")
    return None


def _attribute(element: Any, attribute: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == attribute), "")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,8}", text) else otherwise


class ListCounter:
    """The lists of one document, and how far each has counted."""

    def __init__(self, part: Any = None) -> None:
        """Take the root of numbering.xml, or None for a document without lists."""
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if part is None:
            return
        abstracts = {
            _attribute(element, "abstractNumId"): element for element in _children(part, "abstractNum")
        }
        by_style = {
            link: element
            for element in abstracts.values()
            if (link := _child_attribute(element, "styleLink")) is not None
        }
        for instance in _children(part, "num"):
            key = _child_attribute(instance, "abstractNumId") or ""
            abstract = abstracts.get(key)
            if abstract is None:
                continue
            link = _child_attribute(abstract, "numStyleLink")
            if link is not None and link in by_style:
                abstract = by_style[link]
                key = _attribute(abstract, "abstractNumId")
            levels = {
                _whole(_attribute(level, "ilvl"), 0): _level(level) for level in _children(abstract, "lvl")
            }
            starts: dict[int, int] = {}
            for override in _children(instance, "lvlOverride"):
                at = _whole(_attribute(override, "ilvl"), 0)
                for level in _children(override, "lvl"):
                    levels[at] = _level(level)
                start = _child_attribute(override, "startOverride")
                if start is not None:
                    starts[at] = _whole(start, 1)
            self._lists[_attribute(instance, "numId")] = _List(key, starts, levels)

    def label(self, list_id: str, at: int) -> str:
        """Count one paragraph of a list and level, and return what Word prints before it."""
        word_list = self._lists.get(list_id)
        if word_list is None or at not in word_list.levels:
            return ""
        counts = self._counts.setdefault(word_list.abstract, {})
        level = word_list.levels[at]
        if at in word_list.starts and (list_id, at) not in self._started:
            counts[at] = word_list.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._started.add((list_id, at))
        for deeper in [depth for depth in counts if depth > at]:
            if word_list.levels.get(deeper, ListLevel()).restarts:
                del counts[deeper]

        def count(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            its = word_list.levels.get(which, ListLevel())
            number = counts.get(which, its.start)
            return count_text(number, "decimal" if level.is_legal and its.figures != "none" else its.figures)

        if level.figures == "bullet":
            return ""
        return re.sub(r"%([1-9])", count, level.text)


def _level(element: Any) -> ListLevel:
    figures = _child_attribute(element, "numFmt")
    if figures is None:
        # Newer figures hide in a choice that older programs skip.
        for choice in element.iter():
            if (
                isinstance(choice.tag, str)
                and _name(choice) == "numFmt"
                and _attribute(choice, "val") != "custom"
            ):
                figures = _attribute(choice, "val")
    return ListLevel(
        start=_whole(_child_attribute(element, "start"), 1),
        figures=figures or "decimal",
        text=_child_attribute(element, "lvlText") or "",
        is_legal=_child_attribute(element, "isLgl") is not None,
        restarts=_child_attribute(element, "lvlRestart") != "0",
    )


_COLUMNS = 1_000
_AREA = 3_000_000


def read_docx(data: bytes, name: str) -> Source:
    """Read a .docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename.lstrip("/"): part for part in archive.infolist()}
        main = _main_part(archive, parts)
        document = parse(archive, parts, main, name)
        if document is None:
            raise Damaged(file=name, what="缺少正文部分")
        folder = posixpath.dirname(main)
        styles = parse(archive, parts, f"{folder}/styles.xml", name)
        lists = parse(archive, parts, f"{folder}/numbering.xml", name)
        comments = comments_of(parse(archive, parts, f"{folder}/comments.xml", name))
    body = next((child for child in document if local(child) == "body"), None)
    if body is None:
        raise Damaged(file=name, what="缺少正文部分")
    reader = _Reader(name, _styles(styles), ListCounter(lists), comments)
    return Source(kind="docx", name=name, blocks=tuple(reader.blocks(body)))


def _main_part(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str:
    if "word/document.xml" in parts:
        return "word/document.xml"
    links = parse(archive, parts, "_rels/.rels", "")
    for link in links if links is not None else ():
        if str(link.get("Type", "")).endswith("/officeDocument"):
            return str(link.get("Target", "")).lstrip("/")
    return "word/document.xml"


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    list_id: str
    level: int


def _styles(part: Any) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    if part is None:
        return styles
    for style in part:
        if local(style) == "style":
            number = child_of(child_of(style, "pPr"), "numPr")
            styles[attribute_of(style, "styleId")] = _Style(
                name=attribute_of(child_of(style, "name")),
                based_on=attribute_of(child_of(style, "basedOn")),
                list_id=attribute_of(child_of(number, "numId")),
                level=whole_number(attribute_of(child_of(number, "ilvl")), 0),
            )
    return styles


class _Reader:
    def __init__(
        self, file: str, styles: dict[str, _Style], counter: ListCounter, comments: dict[str, str]
    ) -> None:
        self._file = file
        self._styles = styles
        self._numbering = counter
        self._comments = comments
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The body's blocks in order."""
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraphs += 1
                place = f"P{self._paragraphs}"
                yield self._paragraph(child, place)
                yield from self._boxes(child, place)
            elif name == "tbl":
                self._tables += 1
                yield from self._table(child, f"T{self._tables}")
            elif name in WRAPPERS:
                yield from self.blocks(child)

    def _paragraph(self, element: Any, place: str, style: str = "") -> Paragraph:
        properties = child_of(element, "pPr")
        style_id = attribute_of(child_of(properties, "pStyle"))
        label = self._label(properties, style_id)
        style_name = self._styles[style_id].name if style_id in self._styles else style_id
        return Paragraph(
            text_of(element),
            place,
            style or style_name,
            label,
            unstruck_text(element),
            self._comment(element),
            deleted_text(element),
        )

    def _comment(self, element: Any) -> str:
        """The comments that a paragraph or cell bears."""
        marks = descend(element, "commentReference") if self._comments else ()
        texts = (self._comments.get(attribute_of(mark, "id"), "") for mark in marks)
        return "\n".join(filter(None, texts))

    def _label(self, properties: Any, style_id: str) -> str:
        number = child_of(properties, "numPr")
        list_id = attribute_of(child_of(number, "numId"))
        level = attribute_of(child_of(number, "ilvl"))
        at = whole_number(level, 0)
        style_ids = set()
        while not list_id and style_id in self._styles and style_id not in style_ids:
            style_ids.add(style_id)
            style = self._styles[style_id]
            list_id = style.list_id
            at = whole_number(level, style.level)
            style_id = style.based_on
        return self._numbering.label(list_id, at) if list_id and list_id != "0" else ""

    def _boxes(self, element: Any, place: str) -> Iterator[Block]:
        for box in descend(element, "txbxContent"):
            tables = 0
            for child in box:
                if local(child) == "p":
                    inner = self._paragraph(child, place, "文本框")
                    if inner.text.strip():
                        yield inner
                elif local(child) == "tbl":
                    tables += 1
                    yield from self._table(child, f"{place}T{tables}")

    def _table(self, table: Any, name: str) -> Iterator[Block]:
        rows: list[list[Value]] = []
        merges: list[list[int]] = []
        hidden_rows: set[int] = set()
        open_merges: dict[int, list[int]] = {}
        after: list[Block] = []
        struck: dict[tuple[int, int], str] = {}
        comments: dict[tuple[int, int], str] = {}
        deleted: dict[tuple[int, int], str] = {}
        area = 0
        is_frame = _is_frame(table)
        for row_element in _rows(table):
            properties = child_of(row_element, "trPr")
            if child_of(properties, "del") is not None:
                continue
            at = len(rows)
            if child_of(properties, "hidden") is not None:
                hidden_rows.add(at)
            row: list[Value] = [None] * self._span(child_of(properties, "gridBefore"), 0)
            for cell in _cells(row_element):
                column = len(row)
                its = child_of(cell, "tcPr")
                span = max(self._span(child_of(its, "gridSpan"), 1), 1)
                merge = child_of(its, "vMerge")
                text, inner = self._cell(cell, f"{name}R{at + 1}C{column + 1}", is_frame=is_frame)
                if (rest := unstruck_text(cell)) is not None:
                    struck[at, column] = rest
                if comment := self._comment(cell):
                    comments[at, column] = comment
                if words := deleted_text(cell):
                    deleted[at, column] = words
                going_on = merge is not None and attribute_of(merge) != "restart" and column in open_merges
                if going_on:
                    open_merges[column][2] = at
                    row += [None] * span
                else:
                    rectangle = [at, column, at, column + span - 1]
                    merges.append(rectangle)
                    open_merges.pop(column, None)
                    if merge is not None:
                        open_merges[column] = rectangle
                    row += [text or None] + [None] * (span - 1)
                    after += inner
                if len(row) > _COLUMNS:
                    raise Oversized(file=self._file, what=f"表格 {name} 的列数过多")
            # Only what the row above has gone on with may go on.
            open_merges = {column: block for column, block in open_merges.items() if block[2] == at}
            rows.append(row)
            area = max(area, len(row))
            if area * len(rows) > _AREA:
                raise Oversized(file=self._file, what=f"表格 {name} 过大")
        width = max(map(len, rows), default=0)
        yield Grid(
            name=name,
            rows=tuple(tuple(row) + (None,) * (width - len(row)) for row in rows),
            merges=tuple(Merge(*block) for block in merges if block[0] < block[2] or block[1] < block[3]),
            hidden_rows=frozenset(hidden_rows),
            notation=Notation.TABLE,
            struck=struck,
            comments=comments,
            deleted=deleted,
        )
        yield from after

    def _span(self, element: Any, otherwise: int) -> int:
        span = whole_number(attribute_of(element), otherwise)
        if span > _COLUMNS:
            raise Oversized(file=self._file, what="表格的列数过多")
        return span

    def _cell(self, cell: Any, place: str, *, is_frame: bool) -> tuple[str, list[Block]]:
        """Text of a cell, and the tables and boxes inside it."""
        lines: list[str] = []
        inner: list[Block] = []
        tables = 0
        for child in _contents(cell):
            blocks: list[Block] = []
            if local(child) == "p":
                paragraph = self._paragraph(child, place)
                lines.append(paragraph.printed_number + paragraph.text)
                blocks += self._boxes(child, place)
            elif local(child) == "tbl":
                tables += 1
                blocks += self._table(child, f"{place}T{tables}")
            if is_frame:
                inner += blocks
            else:
                lines += [line for block in blocks for line in _lines(block)]
        text = "\n".join(lines)
        return (text if text.strip() else ""), inner


def _is_frame(table: Any) -> bool:
    """Whether a table has one row or one column: it arranges what stands in it."""
    rows = list(_rows(table))
    return len(rows) < 2 or all(sum(1 for _ in _cells(row)) < 2 for row in rows)


def _lines(block: Block) -> Iterator[str]:
    """The text of a box or an inner table, a line for each paragraph and each cell."""
    if isinstance(block, Paragraph):
        yield block.printed_number + block.text
        return
    for row in range(block.height):
        for column in range(block.width):
            if text := block.text(row, column).strip():
                yield text


def _contents(element: Any) -> Iterator[Any]:
    for child in element:
        if local(child) in WRAPPERS:
            yield from _contents(child)
        else:
            yield child


def _rows(table: Any) -> Iterator[Any]:
    return (child for child in _contents(table) if local(child) == "tr")


def _cells(row: Any) -> Iterator[Any]:
    return (child for child in _contents(row) if local(child) == "tc")
