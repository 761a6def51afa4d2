"""报告/图表.xlsx: native charts over numbers that can be seen, one page each, and nobody's work overwritten."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from tests.support.big_office import big_office
from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker.formats.books.charts import is_untouched, lay_out_charts, lay_out_sheet
from tracker.rules.board import one_page_of, page_of


def page(office=None, title="标题"):
    drawn = office or year_office()
    content = page_of(summary_of(drawn), title, office=drawn)
    return content, one_page_of(content)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_every_picture_is_a_native_chart_over_numbers_on_a_sheet():
    book = opened(lay_out_charts(page()))

    assert book.sheetnames == ["一页看板", "一页看板数据", "完成情况", "分板块", "到期时间分布"]
    assert [len(sheet._charts) for sheet in book] == [2, 0, 1, 1, 1]
    assert [[cell.value for cell in row] for row in book["分板块"].iter_rows(max_row=2, max_col=3)] == [
        ["分板块", "已完成", "正在推进"],
        ["推进重点信息公开", 2, 0],
    ]


def test_the_numbers_behind_a_chart_are_the_figures():
    book = opened(lay_out_charts(page()))

    assert sum(row[1] for row in book["完成情况"].iter_rows(min_row=2, values_only=True)) == 8


def test_several_plans_share_one_workbook():
    book = opened(lay_out_charts(page(), page(), plans=("P1", "P2")))

    assert len(book.sheetnames) == 10
    assert [name for name in book.sheetnames if name.endswith("一页看板")] == ["P1 一页看板", "P2 一页看板"]


def test_every_sheet_is_fitted_to_a_page_of_a4():
    for sheet in opened(lay_out_charts(page(big_office(200, 30)))):
        if not sheet.title.endswith("数据"):
            assert sheet.page_setup.paperSize == 9
            assert sheet.page_setup.fitToHeight in (1, None)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_sheet_that_is_printed_hides_its_numbers():
    book = opened(lay_out_sheet(page()[1]))

    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("一页看板", "visible"),
        ("一页看板数据", "hidden"),
    ]


def test_charts_have_patterns_so_that_they_can_be_told_apart_without_colour():
    with zipfile.ZipFile(io.BytesIO(lay_out_charts(page()))) as parts:
        charts = [parts.read(name) for name in parts.namelist() if "/charts/chart" in name]

    assert len(charts) == 5
    assert all(b"pattFill" in each for each in charts)


@pytest.mark.parametrize("text", ["=1+1", "坏\x0b\x00\ufffe<b>&\"'\u2028尾", "很长" * 5_000])
def test_no_text_becomes_a_formula_or_breaks_a_part(text):
    data = lay_out_charts(page(big_office(20, 3, text=text), title=text))

    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            etree.fromstring(parts.read(name))
    cells = [cell for sheet in opened(data) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_workbook_that_somebody_saved_is_told_from_ours():
    ours = lay_out_charts(page())
    book, buffer = opened(ours), io.BytesIO()
    book.save(buffer)

    assert is_untouched(ours)
    assert not is_untouched(buffer.getvalue())
    assert not is_untouched(b"text")


def test_the_same_year_gives_the_same_bytes():
    assert lay_out_charts(page()) == lay_out_charts(page())
    assert lay_out_sheet(page()[1]) == lay_out_sheet(page()[1])
