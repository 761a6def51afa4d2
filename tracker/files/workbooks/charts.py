"""The page's pictures as native charts of a workbook, for whoever puts them into slides."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from tracker.files.workbooks import ink
from tracker.rules.board.bars import BarLine
from tracker.rules.board.bars import Class
from tracker.rules.board.months import CLASSES
from tracker.rules.reporting.page import Page


def lay_out_charts(page: Page) -> bytes:
    """One sheet for each picture: its numbers, and the chart beside them."""
    buffer = io.BytesIO()
    book = ink.new_book(buffer)
    head = book.add_format({**ink.FONT, "bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"})
    cell = book.add_format({**ink.FONT, "border": 1})
    _whole(book, page, head, cell)
    for name, lines, classes in (
        ("分板块", page.sections, page.classes),
        ("到期时间分布", page.timeline.months, CLASSES),
    ):
        if lines:
            _stacked(book, name, lines, classes, head, cell)
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
    book.close()
    return buffer.getvalue()


def _whole(book: Any, page: Page, head: Any, cell: Any) -> None:
    sheet = book.add_worksheet("完成情况")
    sheet.set_column(0, 0, 16)
    for column, label in enumerate(("状态", "项数", "占比")):
        sheet.write_string(0, column, label, head)
    for row, bar in enumerate(page.whole, start=1):
        sheet.write_string(row, 0, bar.word, cell)
        sheet.write_number(row, 1, bar.n, cell)
        sheet.write_string(row, 2, f"{bar.share}%", cell)
    if not page.whole:
        return
    last = len(page.whole)
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "项数",
            "categories": ["完成情况", 1, 0, last, 0],
            "values": ["完成情况", 1, 1, last, 1],
            "points": [{"fill": {"color": bar.colour}} for bar in page.whole],
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": f"{page.title}（截至{page.as_of}）", "name_font": {"size": 13}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 720, "height": 380})
    sheet.insert_chart("E2", chart)


def _stacked(
    book: Any,
    name: str,
    lines: Sequence[BarLine],
    classes: Sequence[Class],
    head: Any,
    cell: Any,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 34)
    sheet.write_string(0, 0, name, head)
    present = [(each.word, each.colour) for each in classes if any(line.count(each.code) for line in lines)]
    for column, (word, _) in enumerate(present, start=1):
        sheet.write_string(0, column, word, head)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line.name, cell)
        counts = {bar.word: bar.n for bar in line.bars}
        for column, (word, _) in enumerate(present, start=1):
            sheet.write_number(row, column, counts.get(word, 0), cell)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, (_, colour) in enumerate(present, start=1):
        chart.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, len(lines), 0],
                "values": [name, 1, column, len(lines), column],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": name, "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 720, "height": 120 + 36 * len(lines)})
    sheet.insert_chart(1, len(present) + 2, chart)
