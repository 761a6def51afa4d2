"""Web pages as the article that they hold: its paragraphs and its tables, without menus and footers.

The article is the smallest element that holds nearly all text of paragraphs and table cells; what stands
around it (menus, 上一篇, 扫一扫) is left out. In it

- `P3` is the third `<p>`, from the title on, those in tables not counted; text that stands in no `<p>` bears
  the place of the paragraph before it (`P3+`, then `P3+2`); a heading is `H1`, `H2` …;
- an item of a numbered list bears the number that a browser prints before it, unless it writes its own;
- `T1R5C3` is a cell of the first table of data on its full grid. A table that holds tables, or has a single
  cell, only arranges the page: what is in it is read as if it stood alone.

A headline before the article is read too (style `title`), the page's own `<title>` is a note: both may say more
than the article does, but the page is not the document. Parsed with lxml's HTML parser: no network, and HTML
knows no entities of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from tracker import patterns as re
from tracker.formats.readers.texts import decode
from tracker.grid import Block, Grid, Merge, Notation, Paragraph, Source, Value
from tracker.numerals import HAN
from tracker.problems.files import Oversized, UnknownEncoding, UnknownKind

_SILENT_TAGS = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "select", "button", "input", "textarea", "iframe",
     "svg", "nav", "footer", "object", "rt", "rp"}
)  # fmt: skip
BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tfoot",
     "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "center", "form", "body", "pre", "hr",
     "header", "aside", "figure", "caption", "address", "fieldset"}
)  # fmt: skip
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# Elements that may hold nothing but the article.
_HOLDERS = frozenset({"div", "section", "article", "main", "td", "table", "tbody", "tr", "center", "form"})
# The share of the page's text that its article holds at least.
_ARTICLE = 0.8


def article_of(body: Any) -> Any:
    """The smallest element that holds nearly all of the text; tables and paragraphs stay whole."""
    weights = _weigh(body)
    article = body
    while True:
        inner = max(
            (child for child in article if weights.get(child, 0) and is_read(child)),
            key=lambda child: weights[child],
            default=None,
        )
        if inner is None or (inner.tag in ("p", "table") and not arranges(inner)):
            return article
        if weights[inner] < _ARTICLE * weights[body]:
            return article
        if inner.tag not in _HOLDERS:
            return article
        article = inner


def headline(body: Any, article: Any) -> Iterator[Paragraph]:
    """The nearest headline in front of the article."""
    inside = set(article.iter())
    paragraph = None
    for element in body.iter():
        if element is article:
            break
        if element in inside or not isinstance(element.tag, str) or not is_read(element):
            continue
        says_title = "title" in f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if element.tag in ("h1", "h2") or (says_title and element.tag in ("div", "p", "span")):
            text = clean("".join(element.itertext()))
            if 4 <= len(text) <= 120 and article not in element.iter():
                paragraph = Paragraph(text, "H0", "title")
    if paragraph:
        yield paragraph


def arranges(table: Any) -> bool:
    """Whether a table only arranges the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = list(islice(table.iterdescendants("td", "th"), 2))
    return len(cells) < 2


def is_read(element: Any) -> bool:
    """Whether an element is part of what people read."""
    return isinstance(element.tag, str) and element.tag not in _SILENT_TAGS and not is_gone(element)


def is_gone(element: Any) -> bool:
    """Whether a browser would not show an element."""
    return element.get("hidden") is not None or bool(_INVISIBLE.search(element.get("style") or ""))


def clean(text: str) -> str:
    """A text with its blanks run together."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def _weigh(body: Any) -> dict[Any, int]:
    """Length of the text of paragraphs and cells in each element that holds some."""
    weights: dict[Any, int] = {}
    for element in body.iter("p", "td", "th"):
        if any(not is_read(ancestor) for ancestor in (element, *element.iterancestors())):
            continue
        length = len(clean(element.text or "")) + sum(
            len(clean((descendant.text or "") + (descendant.tail or "")))
            for descendant in element.iterdescendants()
            if isinstance(descendant.tag, str)
            and descendant.tag not in BLOCKS
            and descendant.tag not in _SILENT_TAGS
        )
        for ancestor in (element, *element.iterancestors()):
            weights[ancestor] = weights.get(ancestor, 0) + length
            if ancestor is body:
                break
    return weights


_AREA = 3_000_000
_COLUMNS = 1_000
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CHINESE_CHARSETS = ("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80")
_NO_NUMBERS = re.compile(r"list-style(?:-type)?\s*:\s*(?!decimal)", re.I)
# An item that writes its number itself.
_NUMBER_IN_FRONT = re.compile(rf"\s*(?:[（(]?[{HAN}\d]{{1,3}}[)）.、．]|第[{HAN}\d]{{1,3}}|[①-⑳])")


def read_html(data: bytes, name: str) -> Source:
    """Read a web page, or a sheet that was saved as one."""
    text = _decode(data)
    if text is None:
        raise UnknownEncoding(file=name)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    # Without `huge_tree` what stands deeper than 256 elements would be dropped in silence.
    # libxml2 would take a declared encoding for true although the text is decoded already.
    # At a NUL some versions of the parser end without a word; a browser shows U+FFFD.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "\ufffd")
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise UnknownKind(file=name)
    body = next(root.iter("body"), root)
    article = article_of(body)
    reader = _Reader(name)
    blocks = [*headline(body, article), *reader.blocks(article)]
    title = clean(next((element.text or "" for element in root.iter("title")), ""))
    notes = (("page-title", "", title),) if title else ()
    return Source(kind="html", name=name, blocks=tuple(blocks), notes=notes)


def _decode(data: bytes) -> str | None:
    charset = _CHARSET.search(data[:4096])
    is_marked = data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:3] == b"\xef\xbb\xbf"
    if charset and not is_marked and charset[1].decode().lower() in _CHINESE_CHARSETS:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    # A page may hold a few broken bytes and is still worth reading.
    return decode(data) or (data.decode("gb18030", "replace") if charset else None)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._paragraphs = 0
        self._headings = 0
        self._tables = 0
        self._between = 0
        self._number = ""
        # Text outside paragraphs, and whether it is struck through.
        self._loose: list[tuple[str, bool]] = []

    def blocks(self, element: Any) -> Iterator[Block]:
        """The blocks of an element in order."""
        yield from self._inside(element)
        yield from self._flush()

    def _inside(self, element: Any, *, is_struck: bool = False) -> Iterator[Block]:
        is_struck = is_struck or _strikes(element)
        self._loose.append((element.text or "", is_struck))
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child.tag == "br":
                yield from self._flush()
            elif is_read(child):
                yield from self._child(child, is_struck=is_struck)
            self._loose.append((child.tail or "", is_struck))

    def _child(self, child: Any, *, is_struck: bool) -> Iterator[Block]:
        if child.tag == "table" and not arranges(child):
            yield from self._flush()
            self._tables += 1
            yield self._grid(child, f"T{self._tables}")
        elif child.tag == "p" and next(child.iterdescendants("table"), None) is None:
            yield from self._flush()
            self._paragraphs += 1
            self._between = 0
            rest = "" if is_struck else _unstruck(child)
            yield self._paragraph(_cell_text(child), f"P{self._paragraphs}", rest)
        elif child.tag in _HEADINGS:
            yield from self._flush()
            self._headings += 1
            yield Paragraph(_cell_text(child), f"H{self._headings}", f"heading {child.tag[1]}")
        elif child.tag in BLOCKS:
            yield from self._flush()
            self._number = _printed_number(child) if child.tag == "li" else self._number
            yield from self._inside(child, is_struck=is_struck)
            yield from self._flush()
        else:
            yield from self._inside(child, is_struck=is_struck)

    def _flush(self) -> Iterator[Block]:
        text = clean("".join(piece for piece, _ in self._loose))
        rest = clean("".join(piece for piece, is_struck in self._loose if not is_struck))
        self._loose.clear()
        if text.strip():
            self._between += 1
            count = self._between if self._between > 1 else ""
            yield self._paragraph(text, f"P{self._paragraphs}+{count}", None if rest == text else rest)

    def _paragraph(self, text: str, place: str, unstruck: str | None) -> Paragraph:
        """A paragraph; the first one of an item bears the number that a browser prints before it."""
        number, self._number = (self._number, "") if text.strip() else ("", self._number)
        return Paragraph(
            text, place, printed_number="" if _NUMBER_IN_FRONT.match(text) else number, unstruck=unstruck
        )

    def _grid(self, table: Any, name: str) -> Grid:
        """Lay a table out on its full grid, as browsers do (HTML standard, 4.9.12)."""
        rows: list[dict[int, Value]] = []
        merges: list[Merge] = []
        reach: dict[int, int] = {}
        hidden_rows: set[int] = set()
        struck: dict[tuple[int, int], str] = {}
        lines = list(table.iter("tr"))
        width = 0
        for at, line in enumerate(lines):
            row: dict[int, Value] = {}
            column = 0
            if is_gone(line):
                hidden_rows.add(at)
            for cell in line:
                if cell.tag not in ("td", "th"):
                    continue
                while reach.get(column, 0) > at:
                    column += 1
                across = _span(cell, "colspan", _COLUMNS)
                down = (
                    _span(cell, "rowspan", len(lines) - at) if cell.get("rowspan") != "0" else len(lines) - at
                )
                down = min(down, len(lines) - at)
                row[column] = _cell_text(cell).strip("\n") or None
                if row[column] is not None and (rest := _unstruck(cell)) is not None:
                    struck[at, column] = rest
                if across > 1 or down > 1:
                    merges.append(Merge(at, column, at + down - 1, column + across - 1))
                for number in range(column, column + across):
                    reach[number] = at + down
                column += across
                width = max(width, column)
                if width > _COLUMNS or width * len(lines) > _AREA:
                    raise Oversized(file=self._file, what="网页表格的行列过多")
            rows.append(row)
        return Grid(
            name=name,
            rows=tuple(tuple(row.get(column) for column in range(width)) for row in rows),
            merges=tuple(merges),
            hidden_rows=frozenset(hidden_rows),
            notation=Notation.TABLE,
            struck=struck,
        )


def _strikes(element: Any) -> bool:
    """Whether an element strikes its text through."""
    return element.tag in ("s", "strike", "del") or "line-through" in (element.get("style") or "")


def _unstruck(element: Any) -> str | None:
    """The text of an element that is not struck through; None where all of it stands."""
    if _strikes(element):
        return ""
    if not any(_strikes(child) for child in element.iterdescendants() if isinstance(child.tag, str)):
        return None
    return _cell_text(element, is_whole=False)


def _printed_number(item: Any) -> str:
    """The number that a browser prints before an item of `<ol>`; empty for other lists and kinds of numbers."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or parent.get("type", "1") != "1":
        return ""
    if _NO_NUMBERS.search(parent.get("style") or ""):
        return ""
    start = parent.get("start") or "1"
    before = sum(1 for sibling in item.itersiblings("li", preceding=True))
    return f"{int(start) + before}." if start.isdigit() and len(start) < 4 else ""


def _span(cell: Any, attribute: str, most: int) -> int:
    text = (cell.get(attribute) or "").strip()
    return min(max(int(text), 1), max(most, 1)) if text.isdigit() and len(text) < 9 else 1


def _cell_text(element: Any, *, is_whole: bool = True) -> str:
    """Text as a browser shows it: blanks run together, blocks and `<br>` begin a line. Blank only: empty.

    Without what is struck through where it need not be whole.
    """
    pieces: list[str] = []

    def collect(node: Any) -> None:
        pieces.append(re.sub(r"[ \t\r\n\f]+", " ", node.text or ""))
        for child in node:
            if isinstance(child.tag, str):
                if child.tag == "br":
                    pieces.append("\n")
                elif is_read(child) and (is_whole or not _strikes(child)):
                    is_block = child.tag in BLOCKS
                    pieces.append("\n" if is_block else "")
                    collect(child)
                    pieces.append("\n" if is_block else "")
            pieces.append(re.sub(r"[ \t\r\n\f]+", " ", child.tail or ""))

    collect(element)
    lines = [line.strip(" ") for line in "".join(pieces).split("\n")]
    full_lines = [line for line in lines if line]
    text = "\n".join(full_lines)
    return text if text.strip() else ""
