"""The sheet 一页看板 of the workbook of charts: the year on one page of A4, drawn by Excel, WPS or LibreOffice.

Twenty narrow columns carry heads, numbers and tables; pictures are native charts over a sheet of numbers. The sheet
is fitted to one page, and what it shows does not grow (`rules.board.onepage`). Each colour has its word beside it,
and in charts a pattern, for printers that know only black.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from tracker.files.workbooks import ink
from tracker.files.workbooks.overview_charts import Numbers
from tracker.files.workbooks.overview_charts import doughnut_chart
from tracker.files.workbooks.overview_charts import short_names
from tracker.files.workbooks.overview_charts import stacked_chart
from tracker.rules.board.months import MONTH_CLASSES
from tracker.rules.board.onepage import OnePage

COLUMNS = 20
_RED = "#B71C1C"
_LINE = "#BFC7CF"
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
    numbers.fit_to_pages(1, 0)
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
        writer.heads(((0, 8, "完成情况"), (10, 19, "分板块")))
        top = writer.room(12)
        page.insert_chart(top, 0, doughnut_chart(book, data, sheet), {"object_position": 1})
        page.insert_chart(
            top,
            9,
            stacked_chart(book, data, sheet.sections, sheet.classes, "bar", (404, 236)),
            {"object_position": 1},
        )
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
        )
    for note in (sheet.more, *sheet.notes):
        if note:
            lines = 2 if ink.width_of(note) > 124 else 1
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
        form = self._book.add_format({**ink.FONT, **look})
        self._page.merge_range(self.row, first, self.row, last, "", form)
        self._page.write_string(self.row, first, text, form)

    def table(
        self,
        columns: Sequence[tuple[int, int, str]],
        rows: Iterator[tuple[str, ...]],
        *,
        colours: Sequence[str] = (),
    ) -> None:
        """A table with a head; `colours` are those of the first column's words."""
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


def _cards(writer: _Writer, sheet: OnePage) -> None:
    """The figures of the year, each a number over its label."""
    writer.room(1, 5)
    wide = COLUMNS // len(sheet.cards)
    places = [(n * wide, (n + 1) * wide - 1) for n in range(len(sheet.cards))]
    edge = {
        "align": "center",
        "border_color": _LINE,
        "left": 1,
        "right": 1,
        "text_wrap": False,
        "shrink": True,
    }
    upper = [(*place, value) for place, (value, _) in zip(places, sheet.cards, strict=True)]
    writer.pieces(upper, {**edge, "top": 1, "font_size": 20, "bold": True}, 30)
    lower = [(*place, label) for place, (_, label) in zip(places, sheet.cards, strict=True)]
    writer.pieces(lower, {**edge, "bottom": 1, "font_size": 10}, 17)


def _lights(writer: _Writer, sheet: OnePage) -> None:
    writer.heads(((0, 19, "亮灯"),))
    wide = COLUMNS // len(sheet.lamps)
    edge = {
        "align": "center",
        "border_color": _LINE,
        "left": 1,
        "right": 1,
        "text_wrap": False,
        "shrink": True,
    }
    places = [(n * wide, (n + 1) * wide - 1, light) for n, light in enumerate(sheet.lamps)]
    for first, last, light in places:
        look = {**edge, "top": 5, "top_color": light.colour, "font_size": 13, "bold": True}
        writer.piece(first, last, f"{light.word}灯 {light.n}项（{light.share}%）", look)
    writer.room(1, 22)
    writer.pieces(
        [(*place[:2], place[2].says) for place in places], {**edge, "bottom": 1, "font_size": 9}, 15
    )
