"""The page's pictures as native charts of a workbook, for whoever puts them into slides.

    一页看板        one page of A4 (`write_overview`), and the numbers behind it
    完成情况 …      one sheet for each picture: its numbers, and the chart beside them

With several plans each sheet's name begins with the plan's id. Made anew each time, so a workbook that somebody has
saved since is told from ours by the date that Excel and WPS put into it (`is_untouched`).

一页看板 is the year on one page of A4, drawn by Excel, WPS or LibreOffice. Twenty narrow columns carry heads, numbers and tables; pictures are native charts over a sheet of numbers. The sheet
is fitted to one page, and what it shows does not grow (`board.OnePage`). Each colour has its word beside it,
and in charts a pattern, for printers that know only black.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tracker import patterns as re
from tracker.board import MONTH_CLASSES, Bar, BarClass, BarLine, BoardPage, OnePage, Timeline
from tracker.formats.books.ink import CREATED, FONT, lines_in, new_book, print_on_a4, width_of
from tracker.grid import Share

# Class -> pattern, as Excel names them, and its second colour; a class without one is plain.
_WHITE = "#FFFFFF"
_PATTERNS = {
    "continuing": ("light_downward_diagonal", _WHITE),
    "mostly_done": ("light_vertical", _WHITE),
    "in_progress": ("wide_upward_diagonal", _WHITE),
    "lagging": ("large_grid", _WHITE),
    "not_started": ("dashed_horizontal", _WHITE),
    "unreported": ("dotted_diamond", _WHITE),
    "overdue": ("wide_downward_diagonal", "#7F0000"),
    "running": ("light_upward_diagonal", _WHITE),
    "past": ("light_downward_diagonal", _WHITE),
}


def fill_of(part: BarClass | Bar) -> dict[str, Any]:
    """How a piece of a chart is filled: in its colour, with the pattern of its class."""
    if part.code not in _PATTERNS:
        return {"fill": {"color": part.colour}}
    pattern, second = _PATTERNS[part.code]
    return {"pattern": {"pattern": pattern, "fg_color": second, "bg_color": part.colour}}


class Numbers:
    """The sheet of numbers behind the charts: one block of rows after the other."""

    def __init__(self, book: Any, page: Any, name: str) -> None:
        self._page, self.name, self._row = page, name, 0
        self._cell = book.add_format(FONT)
        page.set_column(0, 0, 34)

    def block(self, rows: Sequence[Sequence[str | int]]) -> int:
        """Write a block; the number of its first row."""
        first = self._row
        for row in rows:
            for column, value in enumerate(row):
                if isinstance(value, int):
                    self._page.write_number(self._row, column, value, self._cell)
                else:
                    self._page.write_string(self._row, column, value, self._cell)
            self._row += 1
        self._row += 1
        return first


def stacked_chart(
    book: Any,
    data: Numbers,
    lines: Sequence[BarLine],
    classes: Sequence[BarClass],
    kind: str,
    size: tuple[int, int],
) -> Any:
    """A bar (or column) for each line, of a piece for each class that anything is in."""
    present = [part for part in classes if any(line.count(part.code) for line in lines)]
    rows: list[list[str | int]] = [
        [_line_name(line, kind), *(line.count(part.code) for part in present)] for line in lines
    ]
    first = data.block([["", *(part.word for part in present)], *rows]) + 1
    last = first + len(rows) - 1
    chart = _stacks(book, kind, data.name, (first, last), present)
    across, up = (
        (chart.set_y_axis, chart.set_x_axis) if kind == "bar" else (chart.set_x_axis, chart.set_y_axis)
    )
    across({"reverse": kind == "bar", "num_font": {"size": 9}, "major_tick_mark": "none"})
    up({"visible": kind != "bar", "num_font": {"size": 9}, "num_format": "0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E5E8EB"}}})  # fmt: skip
    chart.set_legend({"position": "bottom", "font": {"size": 10}})
    _plain(chart, size)
    return chart


def _stacks(book: Any, kind: str, name: str, rows: tuple[int, int], classes: Sequence[BarClass]) -> Any:
    """A chart of stacked bars (or columns) over a block of numbers: a series for each class, named in the row above."""
    first, last = rows
    chart = book.add_chart({"type": kind, "subtype": "stacked"})
    for column, part in enumerate(classes, start=1):
        chart.add_series(
            {
                "name": [name, first - 1, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "border": {"color": "white"},
                "gap": 60,
                **fill_of(part),
            }
        )
    return chart


def short_names(timeline: Timeline) -> tuple[BarLine, ...]:
    """The months with names that fit below their bars: the year where it begins, and which one is today's."""
    months = []
    for number, line in enumerate(timeline.months):
        year, month = line.key.split("-")
        name = f"{int(month)}月" if number and month != "01" else f"{year}年{int(month)}月"
        now = number < timeline.today <= number + 1
        months.append(replace(line, name=f"{name}（本月）" if now else name))
    return tuple(months)


def _line_name(line: BarLine, kind: str) -> str:
    if kind == "bar":
        return f"{line.name} {line.done}/{line.n}"
    return line.name


def _plain(chart: Any, size: tuple[int, int]) -> None:
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": size[0], "height": size[1]})


COLUMNS = 20
_RED = "#B71C1C"
_LINE = "#BFC7CF"
# A card: a value over its words, with a line at both sides.
_CARD = {"align": "center", "border_color": _LINE, "left": 1, "right": 1, "text_wrap": False, "shrink": True}
_FILL = "#EEF1F4"
_TABLES = {
    "groups": ((0, 4, "类别"), (5, 7, "单位数"), (8, 11, "牵头和负责（项次）"), (12, 14, "已完成"), (15, 17, "完成率"), (18, 19, "逾期")),
    "urgent": ((0, 1, "亮灯"), (2, 9, "事项"), (10, 13, "牵头（责任）单位"), (14, 15, "完成时限"), (16, 19, "状态")),
}  # fmt: skip


def write_overview(book: Any, name: str, sheet: OnePage, *, hides_numbers: bool = False) -> None:
    """Write the sheet and the sheet of numbers behind it; `hides_numbers` hides the latter."""
    page, numbers = book.add_worksheet(name), book.add_worksheet(f"{name}数据")
    if hides_numbers:
        numbers.hide()
    print_on_a4(numbers)
    page.hide_gridlines(2)
    page.set_column(0, COLUMNS - 1, 4.6)
    page.set_paper(9)
    page.set_portrait()
    page.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.5)
    page.center_horizontally()
    page.fit_to_pages(1, 1)
    writer = _Writer(book, page)
    writer.line(sheet.title, size=18, height=30, bold=True, align="center")
    writer.line(f"截至{sheet.as_of}", align="center")
    _cards(writer, sheet)
    if sheet.whole:
        _lights(writer, sheet)
        data = Numbers(book, numbers, f"{name}数据")
        writer.heads(((0, 19, "完成情况（已完成/事项数）"),))
        whole = BarLine("全部", sum(bar.n for bar in sheet.whole), sheet.done, sheet.whole)
        words = {
            bar.code: f"{bar.word} {bar.n}项" + (f"（{bar.share}%）" if bar.share else "")
            for bar in sheet.whole
        }
        classes = [replace(part, word=words.get(part.code, part.word)) for part in sheet.classes]
        chart = stacked_chart(book, data, (whole, *sheet.sections), classes, "bar", (760, 236))
        page.insert_chart(writer.room(12), 0, chart, {"object_position": 1})
        if sheet.months.months:
            writer.heads(((0, 19, "到期时间分布"),))
            chart = stacked_chart(book, data, short_names(sheet.months), MONTH_CLASSES, "column", (760, 196))
            page.insert_chart(writer.room(10), 0, chart, {"object_position": 1})
    if sheet.groups:
        writer.heads(((0, 19, "各类单位"),))
        rows = (
            (group.name, str(group.units), str(group.own), str(group.done), f"{group.share}%" if group.share else "", str(group.overdue))
            for group in sheet.groups
        )  # fmt: skip
        writer.table(_TABLES["groups"], rows)
    if sheet.urgent:
        writer.heads(((0, 19, "需要关注的事项"),))
        writer.table(
            _TABLES["urgent"],
            ((f"{point.light}灯", point.name, point.unit, point.due, point.state) for point in sheet.urgent),
            colours=[point.colour for point in sheet.urgent],
            below=[point.cause for point in sheet.urgent],
        )
    for note in (sheet.more, *sheet.notes):
        if note:
            lines = 2 if width_of(note) > 124 else 1
            writer.line(note, size=9.5, height=14.0 * lines)
    page.print_area(0, 0, writer.row - 1, COLUMNS - 1)


class _Writer:
    """Writes one row after the other."""

    def __init__(self, book: Any, page: Any) -> None:
        self._book, self._page, self.row = book, page, 0

    def line(self, text: str, *, size: float = 10.5, height: float = 16.0, **look: Any) -> None:
        """A row of text over the whole width."""
        self.pieces(((0, COLUMNS - 1, text),), {"font_size": size, **look}, height)

    def heads(self, pieces: Sequence[tuple[int, int, str]]) -> None:
        """A row of headings, with a red bar before each."""
        self.room(1, 6)
        self.pieces(pieces, {"font_size": 12, "bold": True, "left": 5, "left_color": _RED, "indent": 1}, 18)
        self.room(1, 3)

    def room(self, rows: int, height: float = 15.0) -> int:
        """Leave rows free; the first of them."""
        for row in range(self.row, self.row + rows):
            self._page.set_row(row, height)
        self.row += rows
        return self.row - rows

    def pieces(self, pieces: Sequence[tuple[int, int, str]], look: dict[str, Any], height: float) -> None:
        """A row of texts, each from a column to a column."""
        for first, last, text in pieces:
            self.piece(first, last, text, look)
        self._page.set_row(self.row, height)
        self.row += 1

    def piece(self, first: int, last: int, text: str, look: dict[str, Any]) -> None:
        """A text from a column to a column of the row."""
        form = self._book.add_format({**FONT, **look})
        self._page.merge_range(self.row, first, self.row, last, "", form)
        self._page.write_string(self.row, first, text, form)

    def table(
        self,
        columns: Sequence[tuple[int, int, str]],
        rows: Iterator[tuple[str, ...]],
        *,
        colours: Sequence[str] = (),
        below: Sequence[str] = (),
    ) -> None:
        """A table with a head; `colours` are those of the first column's words, `below` texts under rows."""
        box = {"border": 1, "border_color": _LINE, "font_size": 10, "shrink": True, "text_wrap": False}
        self.pieces(columns, {**box, "bold": True, "bg_color": _FILL, "align": "center"}, 16)
        for number, row in enumerate(rows):
            for (first, last, head), text in zip(columns, row, strict=True):
                look = {
                    **box,
                    "align": "left" if head in ("类别", "事项", "牵头（责任）单位", "状态") else "center",
                }
                if colours and first == 0:
                    look |= {"left": 5, "left_color": colours[number], "bold": True}
                self.piece(first, last, text, look)
            self._page.set_row(self.row, 15.5)
            self.row += 1
            if below and below[number]:
                look = {**box, "shrink": False, "text_wrap": True, "align": "left", "font_size": 9.5}
                height = 14.0 * lines_in(below[number], 108)
                self.pieces(((0, COLUMNS - 1, f"　{below[number]}"),), look, height)


def _cards(writer: _Writer, sheet: OnePage) -> None:
    """The figures of the year, each a number over its label."""
    writer.room(1, 5)
    wide = COLUMNS // len(sheet.cards)
    places = [(n * wide, (n + 1) * wide - 1) for n in range(len(sheet.cards))]
    upper = [(*place, value) for place, (value, _) in zip(places, sheet.cards, strict=True)]
    writer.pieces(upper, {**_CARD, "top": 1, "font_size": 20, "bold": True}, 30)
    lower = [(*place, label) for place, (_, label) in zip(places, sheet.cards, strict=True)]
    writer.pieces(lower, {**_CARD, "bottom": 1, "font_size": 10}, 17)


def _lights(writer: _Writer, sheet: OnePage) -> None:
    writer.heads(((0, 19, "亮灯"),))
    wide = COLUMNS // len(sheet.lamps)
    places = [(n * wide, (n + 1) * wide - 1, light) for n, light in enumerate(sheet.lamps)]
    for first, last, light in places:
        look = {**_CARD, "top": 5, "top_color": light.colour, "font_size": 13, "bold": True}
        writer.piece(first, last, f"{light.word}灯 {light.n}项（{light.share}%）", look)
    writer.room(1, 22)
    writer.pieces(
        [(*place[:2], place[2].says) for place in places], {**_CARD, "bottom": 1, "font_size": 9}, 15
    )


_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]*)<")
_LIGHT = {"visible": True, "line": {"color": "#E5E8EB"}}


def lay_out_charts(*pages: tuple[BoardPage, OnePage], plans: Sequence[str] = ()) -> bytes:
    """The workbook of charts of some pages, each with its sheet; `plans` are their ids, needed for several."""
    buffer = io.BytesIO()
    book = new_book(buffer)
    head = book.add_format({**FONT, "bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"})
    cell = book.add_format({**FONT, "border": 1})
    for number, (page, sheet) in enumerate(pages):
        before = f"{plans[number]} " if len(pages) > 1 else ""
        write_overview(book, f"{before}一页看板", sheet)
        _whole(book, f"{before}完成情况", page, head, cell)
        for name, lines, classes in (
            ("分板块", page.sections, page.classes),
            ("到期时间分布", page.timeline.months, MONTH_CLASSES),
        ):
            if lines:
                _add_stacked_chart(book, f"{before}{name}", name, lines, classes, head, cell)
    book.close()
    return buffer.getvalue()


def lay_out_sheet(sheet: OnePage) -> bytes:
    """A workbook of the sheet 一页看板 alone, to be printed."""
    buffer = io.BytesIO()
    book = new_book(buffer)
    write_overview(book, "一页看板", sheet, hides_numbers=True)
    book.close()
    return buffer.getvalue()


def is_untouched(workbook: bytes) -> bool:
    """Whether nobody has saved the workbook since; a file that is no workbook is somebody's."""
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
            core = parts.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError):
        return False
    match = _MODIFIED.search(core)
    return match is not None and match.group(1).decode().startswith(f"{CREATED:%Y-%m-%d}")


def _on_a_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def _whole(book: Any, name: str, page: BoardPage, head: Any, cell: Any) -> None:
    sheet = book.add_worksheet(name)
    _on_a_page(sheet)
    sheet.set_column(0, 0, 16)
    for column, label in enumerate(("状态", "项数", "占比")):
        sheet.write_string(0, column, label, head)
    for row, bar in enumerate(page.whole, start=1):
        sheet.write_string(row, 0, bar.word, cell)
        sheet.write_number(row, 1, bar.n, cell)
        sheet.write(
            row, 2, Share.of(bar.share) or "—", book.add_format({**FONT, "border": 1, "num_format": "0.0%"})
        )
    if not page.whole:
        return
    last = len(page.whole)
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "项数",
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, 1, last, 1],
            "points": [fill_of(bar) for bar in page.whole],
            "data_labels": {"value": True},
            "gap": 80,
        }
    )
    _title(chart, f"{page.title}（截至{page.as_of}）")
    chart.set_legend({"none": True})
    chart.set_y_axis({"major_gridlines": _LIGHT, "num_format": "0"})
    chart.set_size({"width": 720, "height": 380})
    sheet.insert_chart("E2", chart)


def _add_stacked_chart(
    book: Any,
    sheet_name: str,
    title: str,
    lines: Sequence[BarLine],
    classes: Sequence[BarClass],
    head: Any,
    cell: Any,
) -> None:
    sheet = book.add_worksheet(sheet_name)
    _on_a_page(sheet)
    sheet.set_column(0, 0, 34)
    sheet.write_string(0, 0, title, head)
    present = [part for part in classes if any(line.count(part.code) for line in lines)]
    for column, part in enumerate(present, start=1):
        sheet.write_string(0, column, part.word, head)
    sheet.set_column(1, len(present) + 1, 11)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line.name, cell)
        for column, part in enumerate(present, start=1):
            sheet.write_number(row, column, line.count(part.code), cell)
    across = title == "到期时间分布"
    chart = _stacks(book, "column" if across else "bar", sheet_name, (1, len(lines)), present)
    _title(chart, title)
    if across:
        chart.set_y_axis({"major_gridlines": _LIGHT, "num_format": "0"})
    else:
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"major_gridlines": _LIGHT, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    high = 420 if across else min(120 + 36 * len(lines), 1_600)
    chart.set_size({"width": 760, "height": high})
    sheet.insert_chart(len(lines) + 2, 0, chart)


def _title(chart: Any, text: str) -> None:
    # A title of a chart holds 255 letters in Excel; a longer one makes it repair the file.
    chart.set_title({"name": text if len(text) <= 80 else text[:79] + "…", "name_font": {"size": 13}})
