"""The page's pictures as native charts of a workbook, for whoever puts them into slides.

    一页看板        one page of A4 (`files.workbooks.overview`), and the numbers behind it
    完成情况 …      one sheet for each picture: its numbers, and the chart beside them

With several plans each sheet's name begins with the plan's id. Made anew each time, so a workbook that somebody has
saved since is told from ours by the date that Excel and WPS put into it (`is_as_we_wrote_it`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from tracker.files.workbooks import ink
from tracker.files.workbooks.overview import write_overview
from tracker.files.workbooks.overview_charts import fill_of
from tracker.rules.board.bars import BarClass
from tracker.rules.board.bars import BarLine
from tracker.rules.board.months import MONTH_CLASSES
from tracker.rules.board.onepage import one_page_of
from tracker.rules.board.page import BoardPage

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]*)<")
_LIGHT = {"visible": True, "line": {"color": "#E5E8EB"}}


def lay_out_charts(*pages: BoardPage, plans: Sequence[str] = ()) -> bytes:
    """The workbook of charts of some pages; `plans` are their ids, needed where there are several."""
    buffer = io.BytesIO()
    book = ink.new_book(buffer)
    head = book.add_format({**ink.FONT, "bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"})
    cell = book.add_format({**ink.FONT, "border": 1})
    for number, page in enumerate(pages):
        before = f"{plans[number]} " if len(pages) > 1 else ""
        write_overview(book, f"{before}一页看板", one_page_of(page))
        _whole(book, f"{before}完成情况", page, head, cell)
        for name, lines, classes in (
            ("分板块", page.sections, page.classes),
            ("到期时间分布", page.timeline.months, MONTH_CLASSES),
        ):
            if lines:
                _add_stacked_chart(book, f"{before}{name}", name, lines, classes, head, cell)
    book.close()
    return buffer.getvalue()


def lay_out_sheet(page: BoardPage) -> bytes:
    """A workbook of the sheet 一页看板 alone, to be printed."""
    buffer = io.BytesIO()
    book = ink.new_book(buffer)
    write_overview(book, "一页看板", one_page_of(page), hides_numbers=True)
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
    return match is not None and match.group(1).decode().startswith(f"{ink.CREATED:%Y-%m-%d}")


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
        sheet.write_string(row, 2, f"{bar.share}%", cell)
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
    chart = book.add_chart({"type": "column" if across else "bar", "subtype": "stacked"})
    for column, part in enumerate(present, start=1):
        chart.add_series(
            {
                "name": [sheet_name, 0, column],
                "categories": [sheet_name, 1, 0, len(lines), 0],
                "values": [sheet_name, 1, column, len(lines), column],
                "border": {"color": "white"},
                "gap": 60,
                **fill_of(part),
            }
        )
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
