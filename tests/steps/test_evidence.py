"""Evidence is kept by its hash and listed at its work point, wherever it came from."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.drawing.image import Image

from tests.support.pictures import png
from tests.support.year import SEPTEMBER, call, fill, form_of, snapshot, year_with_forms
from tracker.steps.history import history
from tracker.steps.send_back import send_back
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)


@pytest.fixture
def root(tmp_path):
    return year_with_forms(tmp_path / "办公")


def send(root, answers):
    return fill(form_of(root, "市司法局"), answers, root / "各单位报送" / "市司法局.xlsx")


def put(root, name, data=b"%PDF-1.4 no text"):
    path = root / "各单位报送" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def listed(root):
    book = openpyxl.load_workbook(root / "台账" / "佐证清单.xlsx")
    return [row[:1] + row[2:3] + row[4:7] for row in book.active.iter_rows(min_row=5, values_only=True)]


def test_pictures_and_links_of_a_form_are_listed_at_the_work_point_of_their_row(root):
    path = send(root, {"P1-001": {"进展情况": "甲"}, "P1-002": {"进展情况": "乙"}})
    book = openpyxl.load_workbook(path)
    page = book["填报表"]
    letter = next(cell.column_letter for cell in page[4] if cell.value == "备注（网址、文号）")
    page.add_image(Image(io.BytesIO(png(1))), f"{letter}6")
    page[f"{letter}5"].hyperlink = "https://www.example.gov.cn/1.html"
    page[f"{letter}5"].value = "见网页"
    book.save(path)

    take_back(call(root, LATER))

    assert listed(root) == [
        ("P1-001", "市司法局", "见网页", "文字说明", "填报表"),
        ("P1-001", "市司法局", "https://www.example.gov.cn/1.html", "链接", "链接"),
        ("P1-002", "市司法局", "image1.png", "已收到", "表内图片"),
    ]
    assert png(1) in [each.read_bytes() for each in (root / "原件留存").rglob("*.png")]
    assert any("佐证材料 image1.png" in line for line in history(call(root, LATER), "P1-002").lines)
    before = snapshot(root)
    take_back(call(root, LATER))
    assert snapshot(root) == before


def test_files_in_a_folder_are_listed_where_the_form_or_their_name_says_and_what_is_missing_is_named(root):
    send(root, {"P1-001": {"进展情况": "甲", "佐证材料": "1.现场照片.jpg；2.印发通知.pdf"}})
    put(root, "市司法局/佐证材料/现场照片.jpg", b"\xff\xd8\xff\xe0 1")
    put(root, "市司法局/佐证/P1-002/方案.docx", b"not even a document")
    put(root, "市司法局/佐证/其他.jpg", b"\xff\xd8\xff\xe0 2")

    answer = take_back(call(root, LATER))

    assert answer.data["refused"] == []
    assert listed(root) == [
        ("P1-001", "市司法局", "市司法局/佐证材料/现场照片.jpg", "已收到", "文件夹"),
        ("P1-001", "市司法局", "印发通知.pdf", "未收到", "填报表"),
        ("P1-002", "市司法局", "市司法局/佐证/P1-002/方案.docx", "已收到", "文件夹"),
        (None, "市司法局", "市司法局/佐证/其他.jpg", "已收到", "文件夹"),
    ]


def test_a_form_laid_into_the_folder_of_evidence_is_still_a_form(root):
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "甲"}}, root / "各单位报送/市司法局/佐证/表.xlsx")

    assert len(take_back(call(root, LATER)).data["taken"]) == 1


def test_what_came_inside_a_return_that_was_sent_back_is_listed_no_more(root):
    path = send(root, {"P1-001": {"进展情况": "甲"}})
    book = openpyxl.load_workbook(path)
    book["填报表"].add_image(Image(io.BytesIO(png(1))), "J5")
    book.save(path)
    take_back(call(root, LATER))
    assert len(listed(root)) == 1

    send_back(call(root, LATER), "市司法局.xlsx", "重报")
    take_back(call(root, LATER))

    assert listed(root) == []


def test_a_picture_in_a_table_of_many_units_belongs_to_the_unit_of_its_row_and_to_no_other(root):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["事项编号", "责任单位", "自报状态", "进展情况"])
    page.append(["P1-001", "市司法局", "正在推进", "甲"])
    page.append(["P1-002", "市财政局", "正在推进", "乙"])
    page.add_image(Image(io.BytesIO(png(1))), "D3")
    page.add_image(Image(io.BytesIO(png(2))), "D9")
    book.save(root / "各单位报送" / "汇总.xlsx")

    take_back(call(root, LATER))

    assert listed(root) == [("P1-002", "市财政局", "image1.png", "已收到", "表内图片")]
