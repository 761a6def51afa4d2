"""Text of .pdf files: lines joined to paragraphs, ruled tables as grids. A scan is refused by its name.

A .pdf knows glyphs and strokes, no paragraphs. What is made of them:

- a table is what ruled lines enclose; a cell that spans several is a merge; one that goes on at the top of the
  next page with as many columns goes on in the same grid, its repeated head left out, and a text that the break cut in
  two is one again;
- lines outside tables are joined to a paragraph until one leaves room for the beginning of the next, or the next is
  indented; its place is page and line of its beginning (`第2页L5`);
- page numbers are no text.

Where columns are set without ruled lines, only the lines are read.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from tracker import patterns as re
from tracker.grid import Block, Grid, Merge, Notation, Paragraph, Source, Value
from tracker.numerals import HAN
from tracker.problems.files import Encrypted, Oversized, ScanFile
from tracker.values import dataclass

_PAGES = 300
# A page with fewer characters than this holds a picture or nothing.
_SPARSE = 8
_PAGE_NUMBER = re.compile(
    r"[\s\-—–－_·]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?(?:\s*[,，]?\s*共\s*\d+\s*页)?[\s\-—–－_·]*"
)
# Between a Chinese character and anything a .pdf shows a gap that nobody typed.
_SPACED = re.compile(r"(?<=[^\x00-\xff]) (?=\S)|(?<=\S) (?=[^\x00-\xff])")
_FIRST = re.compile(r"(?:[A-Za-z\d.]+|[（(“《〈「『【]*.)[，。；：、！？）〕】》”’％%)]*")
# A number with a point and a decimal (99.5%) begins no item.
_ITEM = re.compile(
    rf"\s*(?:\d{{1,3}}\s*(?:[、)）]|[.．](?!\d{{1,2}}(?!\d)))|[（(][{HAN}\d]{{1,3}}[)）]|[{HAN}]{{1,3}}、|[①-⑳])"
)


def read_pdf(data: bytes, name: str) -> Source:
    """Read a .pdf that holds text."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > _PAGES:
                raise Oversized(file=name, what=f"文件有 {len(document.pages)} 页")
            blocks = tuple(_blocks(document.pages, name))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise Encrypted(file=name) from None
    except PdfminerException as failure:
        if failure.args and isinstance(failure.args[0], PDFPasswordIncorrect | PDFEncryptionError):
            raise Encrypted(file=name) from None
        raise
    return Source(kind="pdf", name=name, blocks=blocks)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    top: float
    size: float
    first_width: float  # of what may not be parted at its beginning: a word or a character, and the marks that close it
    place: str


@dataclass(slots=True)
class _Table:
    """A table as far as it has been read."""

    rows: list[list[Value]]
    merges: list[Merge]
    top: float


def _blocks(pages: list[Any], name: str) -> Iterator[Block]:
    characters = 0
    tables = 0
    lines: list[_Line] = []
    open_table: _Table | None = None
    page_pieces: list[list[_Line | _Table]] = []
    for number, page in enumerate(pages, start=1):
        characters += len(page.chars)
        page_pieces.append(_pieces(page, number))
        page.close()
    for pieces in _without_running_heads(page_pieces):
        for piece in pieces:
            if isinstance(piece, _Line):
                if open_table:
                    tables += 1
                    yield _grid(open_table, f"T{tables}")
                    open_table = None
                lines.append(piece)
                continue
            yield from _paragraphs(lines)
            lines.clear()
            if open_table and piece is pieces[0] and _width(open_table) == _width(piece):
                _go_on(open_table, piece)
                continue
            if open_table:
                tables += 1
                yield _grid(open_table, f"T{tables}")
            open_table = piece
    if open_table:
        tables += 1
        yield _grid(open_table, f"T{tables}")
    yield from _paragraphs(lines)
    if characters < _SPARSE * len(pages):
        raise ScanFile(file=name)


def _pieces(page: Any, number: int) -> list[_Line | _Table]:
    """The lines and tables of a page, from its top down."""
    regions = [region for region in page.find_tables() if len(region.rows) > 1 and len(region.cells) > 2]
    tables = [_read_table(region) for region in regions]
    return sorted([*_lines(page, regions, number), *tables], key=lambda piece: piece.top)


def _without_running_heads(pages: list[list[_Line | _Table]]) -> Iterator[list[_Line | _Table]]:
    """The pages without their first and last lines that stand at the same height of others; those of the first page stay."""
    edges = [
        [piece for piece in pieces[:1] + pieces[1:][-1:] if isinstance(piece, _Line)] for pieces in pages
    ]
    counts = Counter((line.text, round(line.top)) for lines in edges for line in lines)
    yield from pages[:1]
    for pieces, lines in zip(pages[1:], edges[1:], strict=True):
        heads = [line for line in lines if counts[line.text, round(line.top)] > 1]
        yield [piece for piece in pieces if piece not in heads]


def _lines(page: Any, tables: list[Any], number: int) -> Iterator[_Line]:
    boxes = [table.bbox for table in tables]

    def is_outside(element: dict[str, Any]) -> bool:
        if element.get("object_type") != "char":
            return True
        x, y = (element["x0"] + element["x1"]) / 2, (element["top"] + element["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    rest = page.filter(is_outside) if boxes else page
    for at, line in enumerate(rest.extract_text_lines(strip=True, return_chars=True), start=1):
        if not _PAGE_NUMBER.fullmatch(line["text"]) or 0.1 < line["top"] / float(page.height) < 0.9:
            size = max((char["size"] for char in line["chars"]), default=10.0)
            text = _SPACED.sub("", line["text"])
            first = _FIRST.match("".join(char["text"] for char in line["chars"]))
            first_width = line["chars"][first.end() - 1]["x1"] - line["x0"] if first else size
            yield _Line(text, line["x0"], line["x1"], line["top"], size, first_width, f"第{number}页L{at}")


def _paragraphs(lines: list[_Line]) -> Iterator[Paragraph]:
    if not lines:
        return
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    text, place = "", ""
    before: _Line | None = None
    for line in lines:
        begins = (
            before is None
            or line.left > left + line.size
            or before.right + line.first_width < right - before.size
            or abs(line.size - before.size) > 1
            or bool(_ITEM.match(line.text))
        )
        if begins:
            if text:
                yield Paragraph(text, place)
            text, place = line.text, line.place
        else:
            text = _join_lines(text, line.text)
        before = line
    yield Paragraph(text, place)


def _join_lines(first: str, second: str) -> str:
    """Join two lines of one paragraph: a blank only between Latin words."""
    is_latin = first[-1:].isascii() and first[-1:].isalnum() and second[:1].isascii() and second[:1].isalpha()
    return f"{first} {second}" if is_latin else first + second


def _cell_text(text: str | None) -> Value:
    lines = [_SPACED.sub("", line.strip()) for line in (text or "").split("\n") if line.strip()]
    content = ""
    for line in lines:
        content = f"{content}\n{line}" if content and _ITEM.match(line) else _join_lines(content, line)
    return content or None


def _read_table(table: Any) -> _Table:
    lefts = _edges(cell[0] for cell in table.cells)
    tops = _edges(cell[1] for cell in table.cells)
    rows: list[list[Value]] = [[None] * len(lefts) for _ in tops]
    merges = []
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            if box is None:
                continue
            top, left = _at(tops, box[1]), _at(lefts, box[0])
            bottom = max(index for index, edge in enumerate(tops) if edge < box[3] - 1)
            right = max(index for index, edge in enumerate(lefts) if edge < box[2] - 1)
            rows[top][left] = _cell_text(text)
            if bottom > top or right > left:
                merges.append(Merge(top, left, bottom, right))
    return _Table(rows, merges, table.bbox[1])


def _edges(positions: Iterator[float]) -> list[float]:
    """Positions in order, those closer than a point taken as one."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > 1:
            edges.append(position)
    return edges


def _at(edges: list[float], position: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - position))


def _width(table: _Table) -> int:
    return len(table.rows[0])


def _go_on(table: _Table, more: _Table) -> None:
    skip = 1 if more.rows[0] == table.rows[0] else 0
    is_merged = any(merge.top == skip for merge in more.merges)
    if (
        skip < len(more.rows)
        and not is_merged
        and (column := _cut_column(table.rows[-1], more.rows[skip])) is not None
    ):
        table.rows[-1][column] = _join_lines(str(table.rows[-1][column]), str(more.rows[skip][column]))
        skip += 1
    shift = len(table.rows) - skip
    table.rows += more.rows[skip:]
    table.merges += [
        Merge(merge.top + shift, merge.left, merge.bottom + shift, merge.right)
        for merge in more.merges
        if merge.top >= skip
    ]


# A text that ends so is whole.
_WHOLE = re.compile(r"[。；;！!？?：:…”）)】\]]\s*$")


def _cut_column(last: list[Value], first: list[Value]) -> int | None:
    """The column in which the break of a page cut a row in two; None where the row above is whole.

    The rest is the one text in its row, the number's cell is empty, and the text above it is the longest of its row and no
    sentence that ends.

    >>> last: list[Value] = ["3", "清理河道淤泥，沿岸", "市水利局", "6月底前"]
    >>> _cut_column(last, [None, "设立界桩。", None, None]), _cut_column(last, ["4", "种树。", None, None])
    (1, None)
    >>> _cut_column(last, [None, None, "市财政局", None]), _cut_column(["3", "清淤。", "市水利局"], [None, "种树。", None])
    (None, None)
    """
    filled_columns = [column for column, value in enumerate(first) if value is not None]
    if len(filled_columns) != 1 or first[0] is not None or last[0] is None:
        return None
    column = filled_columns[0]
    above = str(last[column] or "")
    is_longest = len(above) == max(len(str(value or "")) for value in last)
    return column if above and is_longest and not _WHOLE.search(above) else None


def _grid(table: _Table, name: str) -> Grid:
    return Grid(name, tuple(map(tuple, table.rows)), tuple(table.merges), notation=Notation.TABLE)
