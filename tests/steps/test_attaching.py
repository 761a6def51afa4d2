"""Stamped pages, originals and entries by hand: tracked apart from the form, and never read into a cell."""

from __future__ import annotations

import datetime as dt
import zipfile

import docx
import openpyxl
import pytest

from tests.support.year import ROUNDS, SEPTEMBER, call, fill, form_of, ledger_of, make_year
from tracker import facts
from tracker.cli.commandline import main
from tracker.formats.books.settings import lay_out_settings
from tracker.settings import Settings
from tracker.steps.hand_out import hand_out
from tracker.steps.take_back import LoosePaper, take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 100


@pytest.fixture
def root(tmp_path):
    root = make_year(tmp_path / "办公")
    settings = Settings(values={"stamp": "每期"}, rounds=ROUNDS)
    (root / "设置.xlsx").write_bytes(lay_out_settings(settings))
    hand_out(call(root))
    return root


def returned(root, unit="市司法局"):
    fill(
        form_of(root, unit),
        {"P1-001": {"自报状态": "正在推进", "进展情况": "甲"}},
        root / "各单位报送" / f"{unit}电子表.xlsx",
    )


def paper(root, name, data=JPEG):
    path = root / "各单位报送" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def page(root):
    rows = openpyxl.load_workbook(root / "台账" / "报送情况.xlsx")["报送情况"].iter_rows(
        min_row=4, values_only=True
    )
    head, *body = rows
    return {row[1]: dict(zip(head, row, strict=True)) for row in body}


def test_a_form_without_its_stamped_page_waits_for_it_and_is_complete_when_it_comes(root):
    returned(root)
    take_back(call(root, LATER))
    assert page(root)["市司法局"]["状态"] == "未盖章"
    assert page(root)["市司法局"]["需要处理"] == "请补报盖章件"

    paper(root, "市司法局/盖章页.jpg")
    answer = take_back(call(root, LATER))

    assert answer.data["papers"] == [
        {"file": "市司法局/盖章页.jpg", "unit": "U002", "kind": "stamped", "point": ""}
    ]
    assert (page(root)["市司法局"]["状态"], page(root)["市司法局"]["盖章件"]) == ("已报", "已收")
    assert JPEG in [path.read_bytes() for path in (root / "原件留存").rglob("*.jpg")]
    assert take_back(call(root, LATER)).data["papers"] == []


def test_a_paper_is_known_by_a_unit_in_its_name_and_that_is_said(root):
    paper(root, "市财政局盖章扫描件.jpg")
    with zipfile.ZipFile(root / "各单位报送" / "市民政局.zip", "w") as archive:
        archive.writestr("盖章.jpg", JPEG + b"1")

    answer = take_back(call(root, LATER))

    assert [each["unit"] for each in answer.data["papers"]] == ["U003", "U004"]
    assert any("只凭文件名“市财政局盖章扫描件.jpg”认出单位" in line for line in answer.lines)
    assert page(root)["市财政局"]["状态"] == "未报"
    assert "代录" in page(root)["市财政局"]["需要处理"]


def test_a_paper_of_nobody_is_named_and_the_clerk_may_say_whose_it_is_on_the_page(root):
    paper(root, "IMG_0012.jpg")
    take_back(call(root, LATER))
    path = root / "台账" / "报送情况.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["未收的文件"].iter_rows() if row[0].value == "IMG_0012.jpg")
    assert "看不出是哪个单位的" in row[1].value
    row[2].value, row[4].value = "市司法局", "盖章件"
    book.save(path)

    answer = take_back(call(root, LATER))

    assert [each["unit"] for each in answer.data["papers"]] == ["U002"]
    assert "未收的文件" not in openpyxl.load_workbook(path).sheetnames


def test_a_stamped_page_seen_on_paper_is_ticked_and_may_be_taken_back(root):
    returned(root)
    take_back(call(root, LATER))

    def tick(word):
        path = root / "台账" / "报送情况.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["报送情况"]
        row = next(row for row in sheet.iter_rows() if row[1].value == "市司法局")
        row[4].value = word
        book.save(path)
        take_back(call(root, LATER))
        return page(root)["市司法局"]["状态"]

    assert tick("已收") == "已报"
    assert tick("未收") == "未盖章"


def entered(root, points, **cell):
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        for wp in points:
            act.add(facts.Cell(wp, "U002", "progress", "R1", "电话里说的", "office", 0))


def test_what_was_entered_by_hand_counts_when_its_original_is_attached(root, tmp_path):
    entered(root, ["P1-001"])
    take_back(call(root, LATER))
    assert page(root)["市司法局"]["需要处理"] == "已代录1项，还差2项：P1-002、P1-006"
    entered(root, ["P1-002", "P1-006"])
    take_back(call(root, LATER))
    assert page(root)["市司法局"]["状态"] == "缺原件"

    note = tmp_path / "电话记录.jpg"
    note.write_bytes(JPEG)
    take_back(call(root, LATER), loose_paper=LoosePaper(note, ("司法局", "", "")))

    assert page(root)["市司法局"]["状态"] == "未盖章"
    assert page(root)["市司法局"]["需要处理"] == "本办代录3项；请补报盖章件"


def test_where_no_stamp_is_wanted_nothing_waits_for_one(root):
    settings = Settings(values={"stamp": "不要求"}, rounds=ROUNDS)
    (root / "设置.xlsx").write_bytes(lay_out_settings(settings))
    returned(root)

    take_back(call(root, LATER))

    assert page(root)["市司法局"]["状态"] == "已报"


def test_attaching_from_the_command_line_asks_whose_it_is(root, tmp_path, capsys):
    (tmp_path / "a.jpg").write_bytes(JPEG)
    words = [
        "take-back",
        "--office",
        str(root),
        "--now",
        LATER.isoformat(),
        "--attach",
        str(tmp_path / "a.jpg"),
    ]

    assert main(words) == 2
    assert main([*words, "--unit", "市审计局", "--as", "盖章件"]) == 0
    assert "市审计局第三季度的盖章件，已留存" in capsys.readouterr().out
    assert page(root)["市审计局"]["盖章件"] == "已收"


def test_a_dry_run_says_whose_a_paper_is_and_keeps_nothing(root):
    paper(root, "市司法局/盖章页.jpg")

    answer = take_back(call(root, LATER, dry_run=True))

    assert [each["kind"] for each in answer.data["papers"]] == ["stamped"]
    assert not list((root / "原件留存").rglob("*.jpg"))


def test_a_page_that_cannot_be_read_stops_nothing_and_is_not_written_over(root):
    returned(root)
    path = root / "台账" / "报送情况.xlsx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"PK\x03\x04 broken")

    answer = take_back(call(root, LATER))

    assert len(answer.data["taken"]) == 1
    assert path.read_bytes() == b"PK\x03\x04 broken"
    assert any("新版在旁边：报送情况（新版-待替换" in line for line in answer.lines)


def test_a_units_own_report_is_kept_as_an_original_and_not_refused_as_no_form(root):
    document = docx.Document()
    document.add_paragraph("关于年度工作要点落实情况的自查报告")
    document.save(root / "各单位报送" / "市司法局自查报告.docx")

    answer = take_back(call(root, LATER))

    assert answer.data["refused"] == []
    assert any(line.startswith("市司法局自查报告.docx：市司法局第三季度的原件") for line in answer.lines)


def test_a_form_named_like_a_report_is_still_a_form(root):
    fill(
        form_of(root, "市司法局"),
        {"P1-001": {"自报状态": "正在推进", "进展情况": "甲"}},
        root / "各单位报送" / "市司法局自查报告.xlsx",
    )

    take_back(call(root, LATER))

    with ledger_of(root) as ledger:
        assert ledger.office().cells["P1-001", "U002", "progress", "R1"].value == "甲"
