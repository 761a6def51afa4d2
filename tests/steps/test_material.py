"""起草素材表.xlsx: what the office writes in it goes into the ledger and the report, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from tests.support.reporting import at, report_office, said
from tracker.files.folders import make_office
from tracker.files.guard.opening import open_source
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.formats.books import lay_out_material, read_material
from tracker.steps.material import review
from tracker.steps.report import Relative, report, write_relative
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back

DOCUMENT = "2018年政务公开落实情况报告.docx"


@pytest.fixture
def root(tmp_path):
    root = report_office(tmp_path)
    report(at((12, 20), root))
    return root


def path(root):
    return root / "报告" / "起草素材表.xlsx"


def edit(root, *changes, sheet="起草素材"):
    """Type into the workbook: (row's first needed cell, head, text)."""
    book = openpyxl.load_workbook(path(root))
    page = book[sheet]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    head = next(n for n, row in enumerate(rows) if changes[0][1] in row)
    for key, label, text in changes:
        number = next(n for n, row in enumerate(rows) if n > head and key in row)
        page.cell(number + 1, rows[head].index(label) + 1).value = text
    book.save(path(root))


def cell(root, point, label):
    rows = list(openpyxl.load_workbook(path(root))["起草素材"].iter_rows(values_only=True))
    head = next(row for row in rows if "事项编号" in row)
    return next(row for row in rows if point in row)[head.index(label)]


def document(root, name=DOCUMENT):
    with zipfile.ZipFile(io.BytesIO((root / "报告" / name).read_bytes())) as parts:
        xml = parts.read("word/document.xml").decode("utf-8")
    return "\n".join(
        "".join(re.findall(r"<w:t[^>]*>([^<]*)", text))
        for text in re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    )


def cells(root):
    import datetime as dt

    from tracker.steps.call import CHINA

    folder = make_office(root, now=dt.datetime(2018, 5, 4, tzinfo=CHINA))
    with open_ledger(ledger_path(folder.root, folder.office), office=folder.office) as ledger:
        return {key[:1] + key[2:3]: now.value for key, now in ledger.office().cells.items() if not key[1]}


def test_a_row_says_standing_proposal_source_and_figures(root):
    assert cell(root, "P1-001", "认定状态及依据") == "已完成（市财政局报送，尚未认定）"
    assert cell(root, "P1-001", "拟用句").startswith("市财政局108个部门")
    assert "年终填报表.xlsx 填报表!H7" in cell(root, "P1-001", "出处")
    assert cell(root, "P1-001", "数字口径").startswith("108个")
    assert cell(root, "P1-003", "拟用句") is None
    assert cell(root, "P1-003", "改定稿").startswith("全市义务教育")


def test_the_source_opens_the_original_at_its_cell(root):
    book = openpyxl.load_workbook(path(root))
    texts = [str(cell.value) for row in book["起草素材"].iter_rows() for cell in row]

    assert {text.split('"')[1] for text in texts if text.startswith("=HYPERLINK(")} == {
        "../原件留存/sh/sha1.xlsx#填报表!H7"
    }


def test_the_final_wording_goes_into_the_ledger_the_report_and_the_office_s_ledger_workbook(root):
    edit(root, ("P1-001", "改定稿", "市财政局公开108个部门预算。"))

    told = report(at((12, 20), root))

    assert "起草素材表：记入1处改动。" in "\n".join(told.lines)
    assert cells(root)["P1-001", "wording"] == "市财政局公开108个部门预算。"
    assert "1.财政信息。市财政局公开108个部门预算。" in document(root)
    sync(at((12, 20), root))
    ledger = openpyxl.load_workbook(root / "台账" / "工作台账.xlsx")["任务事项"]
    assert "市财政局公开108个部门预算。" in {c.value for row in ledger.iter_rows() for c in row}


def test_a_second_run_records_nothing(root):
    edit(root, ("P1-001", "改定稿", "市财政局公开108个部门预算。"))
    report(at((12, 20), root))
    before = cells(root)

    told = report(at((12, 20), root))

    assert "记入" not in "\n".join(told.lines)
    assert cells(root) == before


def test_a_wording_from_the_ledger_s_workbook_is_no_conflict_and_comes_back(root):
    said(root, (12, 20), (("P1-001", "", "wording", ""), "台账里的表述。"))
    edit(root, ("P1-002", "改定稿", "素材表里的表述。"))

    report(at((12, 20), root))

    assert cell(root, "P1-001", "改定稿") == "台账里的表述。"
    assert cells(root)["P1-002", "wording"] == "素材表里的表述。"
    assert not (root / "待核对事项清单.xlsx").exists()


def test_what_both_changed_is_asked_and_both_texts_stand_there(root):
    said(root, (12, 20), (("P1-001", "", "wording", ""), "台账里的表述。"))
    edit(root, ("P1-001", "改定稿", "素材表里的表述。"))

    report(at((12, 20), root))

    asked = openpyxl.load_workbook(root / "待核对事项清单.xlsx")
    texts = {c.value for sheet in asked for row in sheet.iter_rows() for c in row}
    assert {"台账里的表述。", "素材表里的表述。"} <= texts
    assert cells(root)["P1-001", "wording"] == "台账里的表述。"


def test_items_share_a_paragraph_and_ticked_ones_are_typical_practices(root):
    edit(root, ("P1-003", "段落号", 1), ("P1-004", "亮点", "是"), ("P1-006", "问题", "有的窗口解读深度不够"))

    report(at((12, 20), root))

    text = document(root)
    (first,) = [line for line in text.splitlines() if line.startswith("1.财政信息。")]
    assert "全市义务教育招生范围" in first
    assert text.index("典型做法") < text.index("社会救助对象和标准")
    assert "“编印办事指南，做到一事一图”未启动，有的窗口解读深度不够" in text


def test_what_may_not_be_published_stays_out_of_the_public_version(root):
    edit(root, ("P1-002", "可否公开", "否"))

    write_relative(at((12, 20), root), Relative.PUBLIC)

    assert cells(root)["P1-002", "unpublished"] == "是"
    assert "政府采购" not in document(root, "2018年政务公开工作要点落实情况（公开版）.docx")


def test_what_is_said_of_the_report_as_a_whole_stands_in_its_place(root):
    edit(
        root,
        ("指导段落", "内容", "市政府高度重视政务公开工作。"),
        ("检查核实情况", "内容", "实地抽查3个大厅"),
        ("抄送", "内容", "市委办公室"),
        ("联系人", "内容", "张三 0000-1"),
        sheet="报告要素",
    )
    book = openpyxl.load_workbook(path(root))
    for column, value in enumerate(("主动公开政府信息", 26195, "条", "网站后台", "2018-12-20"), start=1):
        book["全年数据"].cell(4, column).value = value
    book.save(path(root))

    report(at((12, 20), root))

    text = document(root)
    assert (
        text.index("一、总体情况") < text.index("市政府高度重视政务公开工作。") < text.index("共列入任务事项")
    )
    assert "主动公开政府信息26195条（网站后台，截至12月20日）。" in text
    assert "实地抽查3个大厅。" in text
    assert "抄送：市委办公室。" in text
    assert "（联系人及电话：张三 0000-1）" in text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("P1-001", "段落号", "第一段"), "段落的序号"),
        (("P1-001", "亮点", "很好"), "请改为是"),
        (("P1-001", "事项编号", "P1-999"), "没有编号为"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_workbook_stays_as_it_is(root, change, code):
    edit(root, change, ("P1-002", "改定稿", "另一项的表述。"))
    before = path(root).read_bytes()

    told = report(at((12, 20), root))

    assert code in "\n".join(told.lines)
    assert path(root).read_bytes() == before
    assert "新内容在" in "\n".join(told.lines)
    assert cells(root)["P1-002", "wording"] == "另一项的表述。"


def test_a_total_without_its_source_is_not_taken(root):
    book = openpyxl.load_workbook(path(root))
    book["全年数据"].cell(4, 1).value, book["全年数据"].cell(4, 2).value = "主动公开政府信息", 26195
    book.save(path(root))

    told = report(at((12, 20), root))

    assert "缺少指标、数值、来源或截止日" in "\n".join(told.lines)
    assert ("P1", "totals") not in cells(root)


def test_a_paragraph_that_there_is_not_is_told(root):
    edit(root, ("P1-001", "段落号", 99))

    assert "没有第99段" in "\n".join(report(at((12, 20), root)).lines)


def test_a_dry_run_records_and_writes_nothing(root):
    import dataclasses

    edit(root, ("P1-001", "改定稿", "市财政局公开108个部门预算。"))
    before = path(root).read_bytes()

    report(dataclasses.replace(at((12, 20), root), dry_run=True))

    assert path(root).read_bytes() == before
    assert ("P1-001", "wording") not in cells(root)


def test_a_cut_off_day_is_a_day_and_comes_back_as_it_was(root):
    rows = [("公开信息", "38.62", "万件", "年报", "2018-12-15"), ("解读", "3", "篇", "网站", "年底")]
    data = lay_out_material("P1", "素材", [], {}, rows, {})
    path(root).write_bytes(data)

    days = [
        row[4].value for row in openpyxl.load_workbook(path(root))["全年数据"].iter_rows(min_row=4, max_row=5)
    ]
    assert days == [dt.datetime(2018, 12, 15), "年底"]
    texts = read_material(open_source(path(root))).texts["P1"]
    assert texts["totals"] == "\n".join("\t".join(row) for row in rows)


DAY = (12, 20)


@pytest.fixture
def reviewed_office(tmp_path):
    reviewed_office = report_office(tmp_path)
    review(at(DAY, reviewed_office))
    return reviewed_office


def sheet(reviewed_office, unit="市财政局"):
    return reviewed_office / "报告" / "复核" / f"复核表-{unit}.xlsx"


def rows(path):
    return [list(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]


def answer(reviewed_office, *words, unit="市财政局", name="回复（终稿）.xlsx"):
    """A unit fills in its page and sends it back under another name: (item, word, text)."""
    book = openpyxl.load_workbook(sheet(reviewed_office, unit))
    page = book.worksheets[0]
    for row in page.iter_rows():
        for point, word, text in words:
            if row[0].value == point:
                row[3].value, row[4].value, row[5].value = word, text, "李四"
    target = reviewed_office / "各单位报送" / name
    target.parent.mkdir(exist_ok=True)
    book.save(target)


def listed(reviewed_office):
    table = rows(reviewed_office / "报告" / "复核" / "复核情况.xlsx")
    head = next(n for n, row in enumerate(table) if "核对意见" in row)
    return {(row[0], row[1]): tuple(row[3:]) for row in table[head + 1 :]}


def test_each_unit_has_its_points_with_the_sentence_that_will_stand(reviewed_office):
    table = [row for row in rows(sheet(reviewed_office)) if str(row[0]).startswith("P1-")]

    # Of P1-005 another unit leads and stands for its sentence.
    assert [row[0] for row in table] == ["P1-001", "P1-002"]
    assert table[0][2].startswith("市财政局108个部门的预算")
    assert any("2018年12月25日前报" in str(row[0]) for row in rows(sheet(reviewed_office)))
    assert {path.name for path in (reviewed_office / "报告" / "复核").iterdir()} >= {
        "复核表-市教育局.xlsx",
        "复核情况.xlsx",
    }


def test_what_came_back_is_listed_with_the_sentence_that_was_shown(reviewed_office):
    answer(reviewed_office, ("P1-001", "同意", None), ("P1-002", "修改", "市财政局已公开采购项目31个。"))

    told = take_back(at(DAY, reviewed_office))
    review(at(DAY, reviewed_office))

    assert "复核表：市财政局核对了2项。" in "\n".join(told.lines)
    found = listed(reviewed_office)
    assert found["市财政局", "P1-002"][0] == "修改"
    assert found["市财政局", "P1-002"][2:] == ("市财政局已公开采购项目31个。", "李四")
    assert found["市财政局", "P1-001"][0] == "同意"
    assert found["市教育局", "P1-003"][0] == "未反馈"
    assert next(iter(found.values()))[0] == "修改"


def test_a_unit_s_word_changes_no_wording_of_the_office(reviewed_office):
    answer(reviewed_office, ("P1-001", "修改", "改成这样。"))
    take_back(at(DAY, reviewed_office))

    report(at(DAY, reviewed_office))

    assert "改成这样" not in "".join(str(row) for row in rows(reviewed_office / "报告" / "起草素材表.xlsx"))


def test_the_same_sheet_a_second_time_records_nothing(reviewed_office):
    answer(reviewed_office, ("P1-001", "同意", None))
    take_back(at(DAY, reviewed_office))
    review(at(DAY, reviewed_office))
    before = listed(reviewed_office)

    take_back(at(DAY, reviewed_office))
    review(at(DAY, reviewed_office))

    assert listed(reviewed_office) == before


@pytest.mark.parametrize(
    ("word", "text", "code"), [("很好", None, "核实后选：同意、修改"), ("修改", None, "没有写改后的文字")]
)
def test_what_cannot_be_used_is_told_with_its_cell(reviewed_office, word, text, code):
    answer(reviewed_office, ("P1-001", word, text))

    told = "\n".join(take_back(at(DAY, reviewed_office)).lines)

    assert code in told
    assert "复核表!D" in told
    review(at(DAY, reviewed_office))
    assert listed(reviewed_office)["市财政局", "P1-001"][0] == "未反馈"


def test_a_sheet_that_somebody_works_on_is_not_overwritten(reviewed_office):
    book = openpyxl.load_workbook(sheet(reviewed_office))
    book.worksheets[0]["D4"].value = "同意"
    book.save(sheet(reviewed_office))
    before = sheet(reviewed_office).read_bytes()

    review(at((12, 21), reviewed_office))

    assert sheet(reviewed_office).read_bytes() == before


def type_in(reviewed_office, column, key, number, text, page="起草素材"):
    path = reviewed_office / "报告" / "起草素材表.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book[page].iter_rows():
        if row[column].value == key:
            row[number].value = text
    book.save(path)


def test_after_signature_the_text_changes_no_more(reviewed_office):
    said(reviewed_office, DAY, (("P1-008", "", "decision", ""), "未启动"))
    report(at(DAY, reviewed_office))
    type_in(reviewed_office, 0, "稿次", 1, "已签发", page="报告要素")
    report(at(DAY, reviewed_office))
    signed = (reviewed_office / "报告" / "2018年政务公开落实情况报告.docx").read_bytes()
    type_in(reviewed_office, 1, "P1-001", 12, "签发以后的改动。")

    told = report(at(DAY, reviewed_office))

    assert (reviewed_office / "报告" / "2018年政务公开落实情况报告.docx").read_bytes() == signed
    assert "报告已签发" in "\n".join(told.lines)


def test_while_something_has_no_status_nothing_is_signed(reviewed_office):
    report(at(DAY, reviewed_office))
    type_in(reviewed_office, 0, "稿次", 1, "已签发", page="报告要素")
    report(at(DAY, reviewed_office))
    type_in(reviewed_office, 1, "P1-001", 12, "后来的改动。")

    told = "\n".join(report(at(DAY, reviewed_office)).lines)
    assert "报告已签发" not in told
    assert "稿次写了“已签发”，这次还没有定稿" in told
