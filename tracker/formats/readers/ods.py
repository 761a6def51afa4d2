"""OpenDocument spreadsheets (.ods) as grids, with the merges, hidden rows, strikes and comments that calamine does not tell.

One pass over `content.xml`. Repeated rows and cells are written out only where they hold something, so a
sheet that repeats an empty row a million times costs nothing, and one that repeats a full one is refused.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tracker import patterns as re
from tracker.grid import ErrorValue, Grid, Merge, Source, Value, clip, trim
from tracker.problems.files import Damaged, Oversized
from tracker.values import dataclass

_AREA = 3_000_000
_ROWS = 1_048_576
_COLUMNS = 16_384
_HIDING_WORDS = ("collapse", "filter")
_ERROR = re.compile(r"#[A-Z0-9/?!]+|(?:Err|错误)[:：]\d+")
_GROUPS = frozenset({"table-header-rows", "table-row-group", "table-rows"})


def read_ods(data: bytes, name: str) -> Source:
    """Read an .ods."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            root = ElementTree.fromstring(archive.read("content.xml"))
        except (LookupError, ValueError, ElementTree.ParseError) as failure:
            raise Damaged(file=name, what="缺少内容部分，或其结构不完整") from failure
        styles_root = _styles_part(archive)
    hiding = _styles_where(root, "display", _HIDES)
    striking = _styles_where(root, "text-line-through-style", _STRIKES)
    if styles_root is not None:
        striking |= _styles_where(styles_root, "text-line-through-style", _STRIKES)
    blocks = []
    for table in root.iter():
        if _name(table) == "table":
            is_hidden = _attribute(table, "style-name") in hiding
            blocks.append(_grid(table, striking, is_hidden=is_hidden, file=name))
    if not blocks:
        raise Damaged(file=name, what="没有找到任何工作表")
    notes = tuple(("hidden-sheet", grid.name, "") for grid in blocks if grid.is_hidden)
    return Source(kind="ods", name=name, blocks=tuple(blocks), notes=notes)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Element, attribute: str) -> str:
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == attribute), "")


def _times(element: Element, attribute: str, most: int) -> int:
    text = _attribute(element, attribute)
    return min(max(int(text), 1), most) if text.isdigit() and len(text) < 10 else 1


def _styles_part(archive: zipfile.ZipFile) -> Element | None:
    try:
        return ElementTree.fromstring(archive.read("styles.xml"))
    except (LookupError, ValueError, ElementTree.ParseError):
        return None


_HIDES = re.compile("false")
_STRIKES = re.compile("(?!none).+")


def _styles_where(root: Element, attribute: str, pattern: re.Pattern[str]) -> set[str]:
    """The names of the styles one of whose properties has such a value."""
    return {
        _attribute(style, "name")
        for style in root.iter()
        if _name(style) == "style" and any(pattern.fullmatch(_attribute(child, attribute)) for child in style)
    }


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if _name(child) == "table-row":
            yield child
        elif _name(child) in _GROUPS:
            yield from _rows(child)


def _hidden_columns(parent: Element, at: int = 0) -> tuple[set[int], int]:
    columns: set[int] = set()
    for child in parent:
        if _name(child) == "table-column":
            times = _times(child, "number-columns-repeated", _COLUMNS)
            if _attribute(child, "visibility") in _HIDING_WORDS:
                columns.update(range(at, min(at + times, _COLUMNS)))
            at += times
        elif _name(child) in ("table-columns", "table-header-columns", "table-column-group"):
            inner, at = _hidden_columns(child, at)
            columns |= inner
    return columns, at


@dataclass(slots=True)
class _Marks:
    """What cells bear beside their values: formulas, struck text with what is left of it, comments."""

    striking: set[str]
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    struck: dict[tuple[int, int], str] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)

    def note(self, cell: Element, at: tuple[int, int], value: Value) -> None:
        """Note what one cell bears."""
        if _attribute(cell, "formula"):
            self.formulas[at] = value is not None
        comment = "\n".join(
            _text(line)
            for child in cell
            if _name(child) == "annotation"
            for line in child
            if _name(line) == "p"
        )
        if comment.strip():
            self.comments[at] = comment.strip()
        if value is None or not self.striking:
            return
        if _attribute(cell, "style-name") in self.striking:
            self.struck[at] = ""
        elif any(_attribute(span, "style-name") in self.striking for span in cell.iter()):
            lines = (_text(child, self.striking) for child in cell if _name(child) == "p")
            self.struck[at] = "\n".join(lines).strip()


def _grid(table: Element, striking: set[str], *, is_hidden: bool, file: str) -> Grid:
    sheet = _attribute(table, "name")
    rows: list[list[Value]] = []
    merges: list[Merge] = []
    marks = _Marks(striking)
    hidden_rows: set[int] = set()
    at = 0
    width = 0
    for element in _rows(table):
        times = _times(element, "number-rows-repeated", _ROWS)
        row = _row(element, at, merges, marks)
        if row:
            width = max(width, len(row))
            if (at + times) * width > _AREA:
                raise Oversized(
                    file=file, what=f"工作表“{sheet}”的内容一直到第 {at + times} 行、第 {width} 列"
                )
            rows.extend([] for _ in range(at - len(rows)))
            rows.extend(list(row) for _ in range(times))
        if _attribute(element, "visibility") in _HIDING_WORDS and times < 100_000:
            hidden_rows.update(range(at, at + times))
        at += times
    columns, _ = _hidden_columns(table)
    cells = trim(rows)
    return Grid(
        name=sheet,
        rows=cells,
        merges=clip(merges, cells),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(columns),
        is_hidden=is_hidden,
        formulas=marks.formulas,
        struck=marks.struck,
        comments=marks.comments,
    )


def _row(element: Element, at: int, merges: list[Merge], marks: _Marks) -> list[Value]:
    """Values of one row without the empty ones at its end; its merges and marks are added."""
    row: list[Value] = []
    column = 0
    for cell in element:
        kind = _name(cell)
        if kind not in ("table-cell", "covered-table-cell"):
            continue
        times = _times(cell, "number-columns-repeated", _COLUMNS)
        value = _value(cell) if kind == "table-cell" else None
        if value is not None and column < _COLUMNS:
            row.extend([None] * (column - len(row)))
            row.extend([value] * min(times, _COLUMNS - column))
        across = _times(cell, "number-columns-spanned", _COLUMNS)
        down = _times(cell, "number-rows-spanned", _ROWS)
        if kind == "table-cell" and (across > 1 or down > 1):
            merges.append(Merge(at, column, at + down - 1, column + across - 1))
        marks.note(cell, (at, column), value)
        column += times
    return row


def _value(cell: Element) -> Value:
    kind = _attribute(cell, "value-type")
    text = "\n".join(_text(child) for child in cell if _name(child) == "p")
    # LibreOffice says "error" in its own attribute beside the standard's "string".
    if "error" in (value for key, value in cell.attrib.items() if key.endswith("value-type")):
        return ErrorValue(text or "#ERROR")
    if _attribute(cell, "formula") and _ERROR.fullmatch(text):
        return ErrorValue(text)
    if kind in ("float", "percentage", "currency"):
        try:
            return float(_attribute(cell, "value"))
        except ValueError:
            return text or None
    if kind == "boolean":
        return _attribute(cell, "boolean-value") == "true"
    if kind == "date":
        return _date(_attribute(cell, "date-value")) or text or None
    if kind == "time":
        return _time(_attribute(cell, "time-value")) or text or None
    return text or _attribute(cell, "string-value") or None


def _text(element: Element, without: Collection[str] = ()) -> str:
    """The text of a paragraph, without what stands in certain styles."""
    pieces = [element.text or ""]
    for child in element:
        kind = _name(child)
        if kind == "s":
            pieces.append(" " * _times(child, "c", 1_000))
        elif kind == "tab":
            pieces.append("\t")
        elif kind == "line-break":
            pieces.append("\n")
        elif kind not in ("annotation", "ruby-text") and _attribute(child, "style-name") not in without:
            pieces.append(_text(child, without))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _date(text: str) -> dt.date | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.time() != dt.time() else moment.date()


def _time(text: str) -> dt.time | dt.timedelta | None:
    match = re.fullmatch(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S", text)
    if not match:
        return None
    hours, minutes, seconds = (int(part) for part in match.groups())
    if hours < 24 and minutes < 60 and seconds < 60:
        return dt.time(hours, minutes, seconds)
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
