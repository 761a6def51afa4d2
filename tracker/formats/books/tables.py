"""Plain workbooks of tables: a title, sentences that explain, a head, rows; laid out in one place.

Settings, the units' list, lists for a person to decide, 分工核对表 and the report's twin are such workbooks: one
table on each sheet. Text is only ever written as text, so nothing that anybody typed becomes a formula. The same
value gives the same bytes. `answers` finds the rows again.

A `ListBook` is such a list after people worked in it; `append` makes rows for it, each value under its own head, wherever the
column was moved to. 年度对照 and 上级任务对照表 are plain workbooks, too: what was typed is taken back by the first column.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tracker.columns import Column, ColumnKind
from tracker.comparison import (
    NOTE,
    WORD,
    ComparisonBook,
    JudgementEntry,
    RowMemory,
    rows_of_memory,
)
from tracker.formats.books.answers import IDENTITY_SHEET, ListReading, rows_of
from tracker.formats.books.ink import (
    FONT,
    fit_row,
    height_for,
    lines_in,
    new_book,
    pages_across,
    print_on_a4,
    write_hidden,
)
from tracker.grid import Share, Source, Value, as_text, column_letters
from tracker.problems.base import Finding, Severity
from tracker.table import Table
from tracker.values import dataclass

if TYPE_CHECKING:
    from tracker.formats.patch import Append, Fit

# Rows below the last one that already have their drop-downs.
SPARE_ROWS = 200


_QUOTE = '"'
# The ground of cells: of the program's own (changes there mean nothing), and of those that need somebody.
_OURS = "#F2F2F2"
_TONES = {Severity.ERROR: "#FFC7CE", Severity.WARNING: "#FFEB9C", Severity.INFO: "#DDEBF7"}


def lay_out(
    sheets: Sequence[Table], *, hidden_sheets: Mapping[str, Sequence[tuple[str, str]]] | None = None
) -> bytes:
    """Lay out a workbook, one table on each sheet, frozen below the head and ready to print.

    Args:
        sheets: What people see.
        hidden_sheets: Very hidden sheets: name, and rows of a name and a text.
    """
    buffer = io.BytesIO()
    book = new_book(buffer)
    inks = _Inks(book)
    for sheet in sheets:
        _lay_out_sheet(book.add_worksheet(sheet.name), sheet, inks)
    for name, rows in (hidden_sheets or {}).items():
        write_hidden(book, name, rows)
    book.close()
    return buffer.getvalue()


# How much larger than the text a title is.
_TITLE_SCALE = 1.5
# Columns that hold a title in two lines or three.
_LEAST_WIDTH = 40
# How a cell looks by what it holds.
_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "link": {"num_format": "@", "font_color": "#0563C1", "underline": 1},
    "day": {"num_format": "yyyy-mm-dd", "align": "center"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
    "number": {"align": "center"},
    "score": {"num_format": "0.00", "align": "center"},
    "share": {"num_format": "0.0%", "align": "center"},
}
# What a column holds that is no text.
_KINDS = {ColumnKind.DATE: "day", ColumnKind.MOMENT: "moment", ColumnKind.SCORE: "score"}


class _Inks(dict[tuple[str, str], Any]):
    """The format of a cell by what it holds (`_LOOKS`) and its ground, each made once; and those around the cells."""

    def __init__(self, book: Any) -> None:
        super().__init__()
        self._book = book
        self.title = self._of(bold=True, font_size=16, text_wrap=False)
        self.folded_title = self._of(bold=True, font_size=16)
        self.note = self._of(font_color="#595959")
        self.head = self._of(bold=True, border=1, bg_color="#DDEBF7", align="center")
        self.plain = self._of()
        # A day or a score that somebody types shows as ours do, whatever the PC's own format.
        self.new_cells = {kind: self._of(**_LOOKS[name]) for kind, name in _KINDS.items()}
        self.border = book.add_format({"border": 1})
        self.our_head = self._of(bold=True, border=1, bg_color="#D9D9D9", align="center")

    def __missing__(self, key: tuple[str, str]) -> Any:
        kind, colour = key
        ground = {"bg_color": colour} if colour else {}
        self[key] = ink = self._of(border=1, **_LOOKS[kind], **ground)
        return ink

    def _of(self, **look: Any) -> Any:
        return self._book.add_format({**FONT, **look})


def _lay_out_sheet(page: Any, sheet: Table, inks: _Inks) -> None:
    last = len(sheet.columns) - 1
    widths = [column.width for column in sheet.columns]
    # What stands above the head is printed on each page beside the first, as far as the columns go that are on all of them.
    is_beside = (
        sum(widths[: sheet.fixed_columns]) >= _LEAST_WIDTH and pages_across(widths, sheet.fixed_columns) > 1
    )
    across = sheet.fixed_columns - 1 if is_beside else last
    width = sum(widths[: across + 1])
    lines = lines_in(sheet.title, width / _TITLE_SCALE) if is_beside else 1
    page.set_row(0, max(30, height_for(lines) * _TITLE_SCALE))
    if is_beside:
        page.merge_range(0, 0, 0, across, "", inks.folded_title)
    page.write_string(0, 0, sheet.title, inks.folded_title if is_beside else inks.title)
    for row, sentence in enumerate(sheet.notes, start=1):
        if across:
            page.merge_range(row, 0, row, across, "", inks.note)
        page.write_string(row, 0, sentence, inks.note)
        page.set_row(row, height_for(lines_in(sentence, width)))
    for number, column in enumerate(sheet.columns):
        # Rows that people add below look like those above: the column has their font, a filled row its borders.
        look = inks.plain if column.ours else inks.new_cells.get(column.kind, inks.plain)
        page.set_column(number, number, column.width, look)
        page.write_string(sheet.head_row, number, column.label, inks.our_head if column.ours else inks.head)
        if column.choices:
            first = sheet.head_row + 1
            page.data_validation(
                first, number, first + len(sheet.rows) + SPARE_ROWS, number, _offer(column.choices)
            )
    for (offset, number), words in sorted(sheet.choices.items()):
        row = sheet.head_row + 1 + offset
        page.data_validation(row, number, row, number, _offer(words))
    below = sheet.head_row + 1 + len(sheet.rows)
    is_filled = f"=COUNTA($A{below + 1}:${column_letters(last)}{below + 1})>0"
    page.conditional_format(
        below, 0, below + SPARE_ROWS, last, {"type": "formula", "criteria": is_filled, "format": inks.border}
    )
    page.set_row(
        sheet.head_row,
        height_for(max(lines_in(column.label, column.width) for column in sheet.columns)),
    )
    looks = [
        (column.width, _OURS if column.ours else "", _KINDS.get(column.kind, "text"))
        for column in sheet.columns
    ]
    for offset, values in enumerate(sheet.rows):
        lines, row = 1, sheet.head_row + 1 + offset
        for number, ((wide, own_ground, kind), value) in enumerate(zip(looks, values, strict=True)):
            tone = sheet.tones.get((offset, number))
            ground = _TONES[tone] if tone else own_ground
            _write(page, row, number, value, inks, ground, kind)
            if path := sheet.links.get((offset, number)):
                _link(page, row, number, path, as_text(value), inks["link", ground])
            if value not in (None, ""):
                lines = max(lines, lines_in(as_text(value), wide))
        fit_row(page, row, lines)
    for (offset, number), text in sorted(sheet.comments.items()):
        page.write_comment(
            sheet.head_row + 1 + offset, number, text, {"x_scale": 2, "y_scale": 1 + len(text) // 60}
        )
    page.autofilter(sheet.head_row, 0, sheet.head_row + max(len(sheet.rows), 1), last)
    page.freeze_panes(sheet.head_row + 1, sheet.fixed_columns)
    print_on_a4(page, widths, head=sheet.head_row, repeat=sheet.fixed_columns or 2)


# A text inside of a formula is no longer than this.
_LONGEST_TEXT = 255


def _link(page: Any, row: int, column: int, path: str, text: str, look: Any) -> None:
    """A cell that leads somewhere: a formula, since XlsxWriter writes the address of a file with Windows' backslashes."""
    if max(len(path), len(text)) <= _LONGEST_TEXT:
        parts = (f'"{part.replace(_QUOTE, _QUOTE * 2)}"' for part in (path, text))
        page.write_formula(row, column, "=HYPERLINK({},{})".format(*parts), look, text)


def _offer(words: Sequence[str]) -> dict[str, Any]:
    """The drop-down of some words; others are warned about and may be kept."""
    return {"validate": "list", "source": list(words), "error_type": "warning"}


def _write(page: Any, row: int, column: int, value: Value, inks: _Inks, ground: str, kind: str) -> None:
    if isinstance(value, dt.datetime) and kind == "moment":
        page.write_datetime(row, column, value, inks[kind, ground])
    elif isinstance(value, (dt.date, dt.datetime)):
        moment = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a workbook knows no time zone
        page.write_datetime(row, column, moment, inks["day", ground])
    elif value is None or value == "":
        page.write_blank(row, column, None, inks[kind, ground])
    elif isinstance(value, Share):
        page.write_number(row, column, value, inks["share", ground])
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        page.write_number(row, column, value, inks["score" if kind == "score" else "number", ground])
    else:
        page.write_string(row, column, str(value), inks["text", ground])


def rows_under(
    columns: Sequence[Column], values: Iterable[Mapping[str, Value]]
) -> tuple[tuple[Value, ...], ...]:
    """Rows of a table from values by head; a head without a value is left for people to fill in."""
    return tuple(tuple(row.get(column.label) for column in columns) for row in values)


Row = TypeVar("Row")


@dataclass(frozen=True)
class ListSheet(Generic[Row]):
    """A list of ours, declared: its sheet, and what stands under each head.

    A column takes the attribute of a row that its `name` says, a count as text; one without a name is left for people to fill
    in.

    Attributes:
        name: Of the sheet.
        title: Over the list.
        notes: Sentences below the title.
        columns: From left to right.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]

    def values(self, row: Row) -> dict[str, Value]:
        """What stands in a row, by head."""
        values: dict[str, Value] = {}
        for column in self.columns:
            value: Value = getattr(row, column.name) if column.name else None
            values[column.label] = str(value) if isinstance(value, int) else value
        return values

    def table(self, rows: Iterable[Row]) -> Table:
        """The list as a sheet."""
        values = rows_under(self.columns, map(self.values, rows))
        return Table(name=self.name, title=self.title, notes=self.notes, columns=self.columns, rows=values)

    def lay_out(self, rows: Iterable[Row]) -> bytes:
        """The list as a new workbook."""
        return lay_out((self.table(rows),))


@dataclass(frozen=True)
class ListBook(Generic[Row]):
    """A list of ours as it was read.

    Attributes:
        rows: Those that can be used.
        findings: What is wrong with the list and the other rows.
        ids: 编号 of every row, usable or not.
        sheet: Name of its sheet; empty where the list could not be used.
        columns: Where each head stands.
        lines: Its rows, 0-based.
        sha: Hash of the file.
    """

    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    ids: frozenset[str] = frozenset()
    sheet: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    sha: str = ""

    @classmethod
    def of(
        cls,
        reading: ListReading,
        rows: Iterable[Row] = (),
        findings: Iterable[Finding] = (),
        ids: Iterable[str] = (),
        sha: str = "",
    ) -> ListBook[Row]:
        """What was made of a list."""
        lines = tuple(row.row for row in reading.rows)
        columns = reading.columns or {}
        return cls(tuple(rows), tuple(findings), frozenset(ids), reading.sheet, columns, lines, sha)

    def append(self, columns: Sequence[Column], values: Iterable[Mapping[str, Value]]) -> Append:
        """Rows to go below the last one, which look like it; a head that is gone is left out."""
        width = max(self.columns.values(), default=-1) + 1
        rows, heights = [], []
        for row in values:
            cells: list[Value] = [None] * width
            for label, value in row.items():
                if label in self.columns and value != "":
                    cells[self.columns[label]] = value
            rows.append(tuple(cells))
            heights.append(_height(columns, row))
        from tracker.formats.patch import Append

        like = max(self.lines, default=None)
        return Append(self.sheet, tuple(rows), like=like, heights=tuple(heights))

    def fit(self, line: int, columns: Sequence[Column], values: Mapping[str, Value]) -> Fit:
        """The row made as high as its values need."""
        from tracker.formats.patch import Fit

        return Fit(self.sheet, line, _height(columns, values))


def _height(columns: Sequence[Column], values: Mapping[str, Value]) -> float:
    return height_for(max(lines_in(_cell_text(values.get(column.label)), column.width) for column in columns))


def _cell_text(value: Value) -> str:
    return "0000-00-00" if isinstance(value, dt.date) else "" if value is None else str(value)


@dataclass(frozen=True)
class ComparisonReading:
    """A workbook that came back.

    Attributes:
        marks: Which plans of which office it is about; empty for a workbook that is not ours.
        laid_out: What each row held when it was laid out.
        statements: Row and texts, in the order of the sheet; rows where nothing stands are left out.
    """

    marks: Mapping[str, str]
    laid_out: Mapping[str, RowMemory]
    statements: tuple[tuple[str, JudgementEntry], ...]


def lay_out_comparison(book: ComparisonBook, marks: Mapping[str, str]) -> bytes:
    """Lay out the workbook; `marks` say which plans of which office it is about."""
    identity = [*marks.items(), *book.memory]
    return lay_out(book.sheets, hidden_sheets={IDENTITY_SHEET: identity})


def read_comparison(source: Source, key: str, others: str) -> ComparisonReading:
    """Read what was typed; `key` and `others` are the heads of the row's name and of the other side's items."""
    memory = [
        (grid.text(row, 0), grid.text(row, 1))
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
    ]
    laid_out = rows_of_memory(memory)
    marks = {name: text for name, text in memory if not name.startswith("row:")}
    statements = []
    for grid in source.grids:
        for row in rows_of(grid, (key, WORD, others, NOTE)):
            name = row.text(key).upper() if row.text(key).isascii() else row.text(key)
            texts = (row.text(WORD), row.text(others), as_text(row.cells.get(NOTE)).strip())
            if name:
                statements.append((name, JudgementEntry(*texts, row.places[WORD])))
            elif any(texts):
                statements.append((row.places[key], JudgementEntry(*texts, row.places[WORD])))
    return ComparisonReading(marks, laid_out, tuple(statements))
