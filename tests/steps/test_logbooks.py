"""A logbook is a declaration: laid out, read back, numbered and judged by one machine."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.support.logbook_sheets import keep, page_of, shown, write
from tests.support.year import ledger_of, make_year
from tracker import facts
from tracker.steps.call import CHINA


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_year(tmp_path / "办公")
    keep(root)
    return root


def test_a_row_that_somebody_added_gets_a_number_and_its_last_day(office):
    write(office, "时限事项", "", 单位="市司法局", 事项="文件甲", 适用规则="R05", 起算时间="2018-08-01 09:00")
    assert keep(office).count == 4

    assert shown(office, "时限事项")["T1"]["办理状态"] == "逾期未完成（限2018-08-22）"
    assert keep(office).count == 0


@pytest.mark.parametrize("text", ["2018-08-01", "2018年8月1日", "2018.8.1"])
def test_a_day_that_was_typed_as_text_becomes_a_day(office, text):
    write(office, "整改台账", "", 单位="市财政局", 检查日期=text, 发现的问题="栏目空白")

    keep(office)

    (row,) = [row for row in shown(office, "整改台账").values() if row["发现的问题"]]
    assert row["检查日期"] == dt.datetime(2018, 8, 1)
    before = (office / "台账" / "整改台账.xlsx").read_bytes()
    keep(office)
    assert (office / "台账" / "整改台账.xlsx").read_bytes() == before


@pytest.mark.parametrize("text", ["2018-08-01 09:30", "2018年8月1日9时30分"])
def test_a_time_that_was_typed_as_text_becomes_a_time_that_shows_as_one(office, text):
    write(office, "时限事项", "", 单位="市司法局", 事项="文件甲", 适用规则="R05", 起算时间=text)
    keep(office)

    page = openpyxl.load_workbook(office / "台账" / "时限事项.xlsx").active
    head = next(
        row for row in page.iter_rows(min_row=1, max_row=9) if "起算时间" in [cell.value for cell in row]
    )
    place = [cell.value for cell in head].index("起算时间")
    cell = page.cell(head[0].row + 1, place + 1)

    assert cell.value == dt.datetime(2018, 8, 1, 9, 30)
    assert "h:mm" in cell.number_format
    assert keep(office).count == 0


def test_a_row_grows_with_the_story_that_the_program_tells_in_it(office):
    write(
        office,
        "整改台账",
        "",
        单位="市财政局",
        检查日期="2018-08-01",
        发现的问题="栏目空白",
        交办日期="2018-08-02",
    )
    keep(office)

    page = openpyxl.load_workbook(office / "台账" / "整改台账.xlsx").active
    (story,) = [cell for row in page.iter_rows() for cell in row if "发现：栏目空白" in str(cell.value)]

    assert "\n" in story.value
    assert page.row_dimensions[story.row].height > page.row_dimensions[story.row - 1].height


def test_hours_are_counted_to_the_minute(office):
    write(
        office,
        "时限事项",
        "",
        单位="市司法局",
        适用规则="R08",
        起算时间="2018-09-02 09:30",
        完成时间="2018-09-03 09:30",
    )
    keep(office)

    assert shown(office, "时限事项")["T1"]["办理状态"] == "逾期完成（限2018-09-03 09:30）"


def test_a_cell_that_nobody_can_use_is_told_and_what_was_known_holds(office):
    write(office, "时限事项", "", 单位="市司法局", 适用规则="R05", 起算时间="2018-08-01 09:00")
    keep(office)
    write(office, "时限事项", "T1", 起算时间="上周")
    intake = keep(office)

    assert [finding.code for finding in intake.findings] == ["bad-logbook-cell"]
    assert "时限事项!E5" in intake.findings[0].place
    assert shown(office, "时限事项")["T1"]["办理状态"] == "逾期未完成（限2018-08-22）"


def test_a_name_that_means_no_unit_is_told(office):
    write(office, "时限事项", "", 单位="市体育局", 适用规则="R05", 起算时间="2018-08-01")

    assert [finding.code for finding in keep(office).findings] == ["unknown-logbook-unit"]


def test_a_row_that_was_taken_out_comes_back_with_everything_that_was_written(office):
    write(office, "领导批示和临时交办", "", 批示领导="张三", 批示或交办内容="尽快办理", 办理期限="2018-09-10")
    keep(office)
    path, book, page, _, top = page_of(office, "领导批示和临时交办")
    page.delete_rows(top + 1)
    book.save(path)
    keep(office)

    row = shown(office, "领导批示和临时交办")["L1"]
    assert (row["批示领导"], row["办理状态"]) == ("张三", "未到期（限2018-09-10）")


def test_every_unit_has_its_row_beforehand(office):
    rows = shown(office, "年报核对")

    assert [row["单位"] for row in rows.values()] == [
        "市教育局",
        "市司法局",
        "市财政局",
        "市民政局",
        "市审计局",
    ]
    write(office, "年报核对", "N-U003", 年报公开日期="2018-03-30", 写有本年任务落实情况="否")
    assert keep(office).count == 2


def test_a_shortcoming_goes_its_way_by_what_is_written_in_its_row(office):
    write(office, "整改台账", "", 单位="市教育局", 发现的问题="首页链接打不开", 整改期限="2018-09-10")
    keep(office)
    assert shown(office, "整改台账")["W1"]["办理状态"] == "整改中"
    write(office, "整改台账", "W1", 整改情况="已修复", 整改日期="2018-09-07")
    keep(office, "2018-09-07")
    write(office, "整改台账", "W1", 复核结果="不通过", 复核意见或原因="仍打不开", 整改期限="2018-09-20")
    keep(office, "2018-09-11")

    row = shown(office, "整改台账")["W1"]
    assert (row["办理状态"], row["整改情况"], row["复核结果"]) == ("整改中", None, None)
    assert (
        "2018-09-07整改：已修复" in row["办理经过"]
        and "复核不通过，限2018-09-20：仍打不开" in row["办理经过"]
    )
    assert keep(office, "2018-09-11").count == 0
    keep(office, "2018-09-21")
    assert shown(office, "整改台账")["W1"]["办理状态"] == "整改中，已逾期"
    write(office, "整改台账", "W1", 整改情况="更换了服务器", 复核结果="通过")
    keep(office, "2018-09-22")
    assert shown(office, "整改台账")["W1"]["办理状态"] == "已销号"


def test_a_step_that_may_not_follow_is_told_at_its_row_and_nothing_is_recorded_of_it(office):
    write(office, "整改台账", "", 单位="市教育局", 发现的问题="首页链接打不开", 整改期限="2018-09-10")
    keep(office)
    write(office, "整改台账", "W1", 整改期限="2018-09-30")
    findings = keep(office).findings

    assert [finding.code for finding in findings] == ["row-refused"]
    assert "没有写明内容或原因" in findings[0].message
    assert shown(office, "整改台账")["W1"]["办理经过"].count("限") == 1


def test_a_logbook_of_the_offices_own_is_two_lines_of_the_catalogue(office):
    path = office / "台账" / "登记簿目录.xlsx"
    book = openpyxl.load_workbook(path)
    for sheet, cells in (
        ("登记簿", ("应急演练", "YL", "是", "每件事一行", 1, "年", "", "", "每年至少演练一次")),
        ("栏目", ("应急演练", "单位", "单位")),
        ("栏目", ("应急演练", "演练日期", "日期")),
        ("栏目", ("应急演练", "参加人数", "数字")),
    ):
        page = book[sheet]
        row = max(row[0].row for row in page.iter_rows() if row[0].value) + 1
        for column, value in enumerate(cells, start=1):
            page.cell(row, column).value = value
    book.save(path)
    keep(office)
    write(office, "应急演练", "", 单位="市民政局", 演练日期="2018年5月12日", 参加人数=120)
    assert keep(office).count == 3

    assert shown(office, "应急演练")["YL1"]["参加人数"] == 120


@pytest.mark.parametrize(
    ("code", "finding"),
    [("P", "logbook-without-code"), ("三", "logbook-without-code"), ("T", "logbook-twice")],
)
def test_a_code_that_numbers_something_else_is_refused(office, code, finding):
    path = office / "台账" / "登记簿目录.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["登记簿"]
    row = max(row[0].row for row in page.iter_rows() if row[0].value)
    page.cell(row, 2).value = code
    book.save(path)

    assert finding in [found.code for found in keep(office).findings]


def test_what_was_written_can_be_traced_to_its_cell(office):
    write(office, "时限事项", "", 单位="市司法局", 适用规则="R05", 起算时间="2018-08-01 09:00")
    keep(office)

    with ledger_of(office) as ledger:
        cell = ledger.office().cells["T1", "", "起算时间", ""]
        assert (cell.value, cell.place) == ("2018-08-01 09:00", "时限事项!E5")
        assert cell.file in ledger.office().files


def test_a_dry_run_records_and_writes_nothing(office):
    write(office, "时限事项", "", 单位="市司法局", 适用规则="R05", 起算时间="2018-08-01")
    before = {path.name: path.read_bytes() for path in (office / "台账").iterdir()}

    assert keep(office, dry_run=True).count == 3
    assert {path.name: path.read_bytes() for path in (office / "台账").iterdir()} == before
    assert keep(office).count == 3


def test_how_a_moment_was_understood_is_told_once_when_it_is_recorded(office):
    write(office, "时限事项", "", 单位="市司法局", 适用规则="R05", 起算时间="18.8.1 09:00")

    first, second = keep(office).findings, keep(office).findings

    assert [(each.code, each.place.rpartition("!")[2]) for each in first] == [("read-as", "E5")]
    assert "2018-08-01" in first[0].message
    assert second == ()


def columns_of_one(root, sheet, head):
    book = openpyxl.load_workbook(root / "台账" / "登记簿目录.xlsx", read_only=True)
    rows = [[str(cell or "") for cell in row] for row in book[sheet].iter_rows(values_only=True)]
    top = next(n for n, row in enumerate(rows) if head in row)
    return [row[rows[top].index(head)] for row in rows[top + 1 :]]


def with_plan(root, theme):
    at = dt.datetime(2018, 9, 3, tzinfo=CHINA)
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=at) as act:
        title = f"2018年{theme}工作要点"
        act.add(facts.PlanEdition(act.mint("P"), 1, "new", title, "", "", None, 2018, theme))


def test_an_office_of_another_field_sees_nothing_of_open_government_until_it_has_such_a_plan(tmp_path):
    root = make_year(tmp_path / "办公")
    with_plan(root, "安全生产")
    keep(root)

    names = columns_of_one(root, "登记簿", "登记簿")
    assert "业务培训" in names
    assert not [name for name in names if "公开" in name]
    assert columns_of_one(root, "时限规则", "编号") == ["R02", "R08"]
    assert not [text for text in columns_of_one(root, "时限规则", "依据") if "公开" in text]
    assert "四不" not in columns_of_one(root, "栏目", "栏目")
    assert not (root / "台账" / "年报核对.xlsx").exists()

    with_plan(root, "政务公开")
    write(root, "时限事项", "", 单位="市司法局", 事项="文件甲", 适用规则="R05", 起算时间="2018-08-01 09:00")
    keep(root)

    assert "主动公开基本目录" in columns_of_one(root, "登记簿", "登记簿")
    assert (root / "台账" / "年报核对.xlsx").exists()
    assert shown(root, "时限事项")["T1"]["办理状态"] == "逾期未完成（限2018-08-22）"
