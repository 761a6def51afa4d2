"""Pictures are found wherever a unit may hang them, each with its cell, and as the bytes that they are."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
import xlsxwriter

from tests.support.pictures import png
from tracker.files.guard import opening
from tracker.problems.files import Damaged


def book(draw) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    draw(workbook.add_worksheet("填报表"))
    workbook.close()
    return buffer.getvalue()


def with_parts(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def found(data: bytes, name: str = "a.xlsx") -> list[tuple[str, bytes, str]]:
    return [(each.place, each.data, each.target) for each in opening.read_pictures(data, name)]


def test_a_picture_over_the_sheet_belongs_to_the_cell_under_its_corner():
    def draw(page):
        page.insert_image("F7", "a.png", {"image_data": io.BytesIO(png(1))})
        page.insert_image("C3", "b.png", {"image_data": io.BytesIO(png(2))})

    assert found(book(draw)) == [("填报表!C3", png(2), ""), ("填报表!F7", png(1), "")]


def test_a_picture_placed_in_a_cell_by_excel_belongs_to_that_cell():
    def draw(page):
        page.embed_image("D5", "a.png", {"image_data": io.BytesIO(png(1))})
        page.embed_image("D6", "b.png", {"image_data": io.BytesIO(png(2))})
        page.embed_image("D7", "a.png", {"image_data": io.BytesIO(png(1))})

    assert found(book(draw)) == [
        ("填报表!D5", png(1), ""),
        ("填报表!D6", png(2), ""),
        ("填报表!D7", png(1), ""),
    ]


def test_a_picture_placed_in_a_cell_by_wps_is_found_by_the_id_that_the_cell_calls():
    data = book(lambda page: page.write_formula("E4", '=_xlfn.DISPIMG("ID_7F",1)', None, "x"))
    images = (
        '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
        ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_7F"/></xdr:nvPicPr>'
        '<xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="media/image9.png" Type="http://schemas.openxmlformats.org/image"/>'
        "</Relationships>"
    )
    parts = {
        "xl/cellimages.xml": images,
        "xl/_rels/cellimages.xml.rels": links,
        "xl/media/image9.png": png(3),
    }

    assert found(with_parts(data, parts)) == [("填报表!E4", png(3), "")]


def test_a_link_of_a_cell_is_told_and_one_that_runs_a_program_is_not():
    def draw(page):
        page.write_url("B2", "https://www.example.gov.cn/gk/1.html", string="公开")
        page.write_url("B3", "external:佐证/照片.jpg", string="照片")
        page.write_url("B4", "mailto:a@example.com")

    assert [(place, target) for place, _, target in found(book(draw))] == [
        ("填报表!B2", "https://www.example.gov.cn/gk/1.html"),
        ("填报表!B3", "佐证/照片.jpg"),
    ]


def test_a_picture_in_a_word_table_belongs_to_its_cell():
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).paragraphs[0].add_run().add_picture(io.BytesIO(png(4)))
    document.add_picture(io.BytesIO(png(5)))
    buffer = io.BytesIO()
    document.save(buffer)

    assert found(buffer.getvalue(), "a.docx") == [("正文", png(5), ""), ("T1R2C2", png(4), "")]


def test_what_cannot_be_followed_is_left_out_and_what_is_broken_is_refused_by_name():
    plain = book(lambda page: page.write_formula("E4", '=DISPIMG("ID_9",1)', None, "x"))
    assert found(plain) == []
    assert found("甲\n乙".encode(), "a.txt") == []
    broken = with_parts(plain, {"xl/cellimages.xml": "<etc"})
    with pytest.raises(Damaged, match=r"a\.xlsx"):
        found(broken)
