"""复核: each unit gets one page, what comes back through 各单位报送 is listed, and the signed report changes no more."""

from __future__ import annotations

import openpyxl
import pytest

from tests.support.reporting import at, report_office, said
from tracker.steps.material import review
from tracker.steps.report import report
from tracker.steps.take_back import take_back

DAY = (12, 20)


@pytest.fixture
def root(tmp_path):
    root = report_office(tmp_path)
    review(at(DAY, root))
    return root


def sheet(root, unit="市财政局"):
    return root / "报告" / "复核" / f"复核表-{unit}.xlsx"


def rows(path):
    return [list(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]


def answer(root, *words, unit="市财政局", name="回复（终稿）.xlsx"):
    """A unit fills in its page and sends it back under another name: (item, word, text)."""
    book = openpyxl.load_workbook(sheet(root, unit))
    page = book.worksheets[0]
    for row in page.iter_rows():
        for point, word, text in words:
            if row[0].value == point:
                row[3].value, row[4].value, row[5].value = word, text, "李四"
    target = root / "各单位报送" / name
    target.parent.mkdir(exist_ok=True)
    book.save(target)


def listed(root):
    table = rows(root / "报告" / "复核" / "复核情况.xlsx")
    head = next(n for n, row in enumerate(table) if "核对意见" in row)
    return {(row[0], row[1]): tuple(row[3:]) for row in table[head + 1 :]}


def test_each_unit_has_its_points_with_the_sentence_that_will_stand(root):
    table = [row for row in rows(sheet(root)) if str(row[0]).startswith("P1-")]

    # Of P1-005 another unit leads and stands for its sentence.
    assert [row[0] for row in table] == ["P1-001", "P1-002"]
    assert table[0][2].startswith("市财政局108个部门的预算")
    assert any("2018年12月25日前报" in str(row[0]) for row in rows(sheet(root)))
    assert {path.name for path in (root / "报告" / "复核").iterdir()} >= {
        "复核表-市教育局.xlsx",
        "复核情况.xlsx",
    }


def test_what_came_back_is_listed_with_the_sentence_that_was_shown(root):
    answer(root, ("P1-001", "同意", None), ("P1-002", "修改", "市财政局已公开采购项目31个。"))

    told = take_back(at(DAY, root))
    review(at(DAY, root))

    assert "复核表：市财政局核对了2项。" in "\n".join(told.lines)
    found = listed(root)
    assert found["市财政局", "P1-002"][0] == "修改"
    assert found["市财政局", "P1-002"][2:] == ("市财政局已公开采购项目31个。", "李四")
    assert found["市财政局", "P1-001"][0] == "同意"
    assert found["市教育局", "P1-003"][0] == "未反馈"
    assert next(iter(found.values()))[0] == "修改"


def test_a_unit_s_word_changes_no_wording_of_the_office(root):
    answer(root, ("P1-001", "修改", "改成这样。"))
    take_back(at(DAY, root))

    report(at(DAY, root))

    assert "改成这样" not in "".join(str(row) for row in rows(root / "报告" / "起草素材表.xlsx"))


def test_the_same_sheet_a_second_time_records_nothing(root):
    answer(root, ("P1-001", "同意", None))
    take_back(at(DAY, root))
    review(at(DAY, root))
    before = listed(root)

    take_back(at(DAY, root))
    review(at(DAY, root))

    assert listed(root) == before


@pytest.mark.parametrize(
    ("word", "text", "code"), [("很好", None, "核实后选：同意、修改"), ("修改", None, "没有写改后的文字")]
)
def test_what_cannot_be_used_is_told_with_its_cell(root, word, text, code):
    answer(root, ("P1-001", word, text))

    told = "\n".join(take_back(at(DAY, root)).lines)

    assert code in told
    assert "复核表!D" in told
    review(at(DAY, root))
    assert listed(root)["市财政局", "P1-001"][0] == "未反馈"


def test_a_sheet_that_somebody_works_on_is_not_overwritten(root):
    book = openpyxl.load_workbook(sheet(root))
    book.worksheets[0]["D4"].value = "同意"
    book.save(sheet(root))
    before = sheet(root).read_bytes()

    review(at((12, 21), root))

    assert sheet(root).read_bytes() == before


def type_in(root, column, key, number, text, page="起草素材"):
    path = root / "报告" / "起草素材表.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book[page].iter_rows():
        if row[column].value == key:
            row[number].value = text
    book.save(path)


def test_after_signature_the_text_changes_no_more(root):
    said(root, DAY, (("P1-008", "", "decision", ""), "未启动"))
    report(at(DAY, root))
    type_in(root, 0, "稿次", 1, "已签发", page="报告要素")
    report(at(DAY, root))
    signed = (root / "报告" / "2018年政务公开落实情况报告.docx").read_bytes()
    type_in(root, 1, "P1-001", 12, "签发以后的改动。")

    told = report(at(DAY, root))

    assert (root / "报告" / "2018年政务公开落实情况报告.docx").read_bytes() == signed
    assert "报告已签发" in "\n".join(told.lines)


def test_while_something_has_no_status_nothing_is_signed(root):
    report(at(DAY, root))
    type_in(root, 0, "稿次", 1, "已签发", page="报告要素")
    report(at(DAY, root))
    type_in(root, 1, "P1-001", 12, "后来的改动。")

    told = "\n".join(report(at(DAY, root)).lines)
    assert "报告已签发" not in told
    assert "稿次写了“已签发”，这次还没有定稿" in told
