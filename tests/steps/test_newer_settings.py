"""设置.xlsx of an earlier version: what is new is added, what the office typed keeps every byte."""

from __future__ import annotations

import datetime as dt
import functools
import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.support.workbook_parts import changed
from tests.support.year import call, ledger_of, make_year, snapshot
from tracker.files.guard.opening import read_bytes
from tracker.formats.books.settings import SETTING_HEADS, lacking, lay_out_settings, settings_of
from tracker.problems.office import ForeignSettings
from tracker.settings import SETTINGS, Settings
from tracker.steps.chase import chase
from tracker.steps.init import init
from tracker.steps.status import status
from tracker.steps.sync import sync
from tracker.tiers import Tier

NAME = "设置.xlsx"
ROUND = ("年终", "", "2018-11-15", "2018-12-10")


@functools.cache
def before() -> bytes:
    """An early workbook: two tables, values of an older form, and everything that an office puts in."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    red, bold = book.add_format({"bg_color": "#FF0000", "num_format": "@"}), book.add_format({"bold": True})
    page = book.add_worksheet("基本设置")
    page.write_row(0, 0, ["基本设置"], bold)
    page.write_row(1, 0, ["项目", "当前值", "默认值", "说明", "谁填的"])
    for row, (label, value) in enumerate(
        (
            ("本单位名称", "云溪市人民政府办公室"),
            ("提前提醒（工作日）", "6"),
            ("转督办（工作日）", "7"),
            ("联系人及电话", ""),
        ),
        start=2,
    ):
        page.write_row(row, 0, [label, value, "", "说明", "小王"], red)
    page.write_comment("B4", "会上定的，勿改")
    page.data_validation("B4", {"validate": "list", "source": ["5", "6"]})
    page.conditional_format("B3:B9", {"type": "blanks", "format": red})
    rounds = book.add_worksheet("报送期次")
    rounds.write_row(0, 0, ["期次名称", "适用方案", "开始日期", "截止日期"])
    rounds.write_row(1, 0, ROUND)
    memo = book.add_worksheet("备忘")
    memo.write_formula("A1", "=1+1", None, 2)
    memo.insert_chart("C3", _chart(book))
    book.close()
    return out.getvalue()


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=备忘!$A$1:$A$1"})
    return chart


def read(data: bytes) -> Settings:
    settings, findings = settings_of(read_bytes(data, NAME))
    assert findings == ()
    return settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_year(tmp_path, points=2)
    (root / NAME).write_bytes(before())
    return root


@pytest.mark.parametrize(
    "verb", [sync, chase, lambda each: init(each, each.start)], ids=["sync", "chase", "init"]
)
def test_what_this_version_knows_is_added_and_told_once(root, verb):
    said = verb(call(root))
    book = openpyxl.load_workbook(root / NAME)

    assert book.sheetnames[:3] == ["基本设置", "报送期次", "备忘"]
    assert set(book.sheetnames) == {*SETTING_HEADS, "备忘"}
    assert not lacking(read_bytes((root / NAME).read_bytes(), NAME), Settings())
    assert any("补上了本版本新增的" in line and "“定时任务”" in line for line in said.lines)
    assert not any("补上了" in line for line in verb(call(root)).lines)


def test_everything_else_keeps_its_bytes(root):
    sync(call(root))
    after = (root / NAME).read_bytes()

    touched = {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", *(f"xl/worksheets/sheet{n}.xml" for n in range(4, 12)),
    }  # fmt: skip
    assert set(changed(before(), after)) == touched
    first = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(before()))["基本设置"]]
    book = openpyxl.load_workbook(io.BytesIO(after))
    page = book["基本设置"]
    assert [[cell.value for cell in row] for row in page][: len(first)] == first
    assert page["B4"].comment.text == "会上定的，勿改"
    assert page["B3"].fill.fgColor.rgb == "FFFF0000"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["基本设置"]


def test_what_the_office_set_in_an_older_form_goes_on_holding_and_is_what_the_new_table_says(root):
    sync(call(root))

    settings = read((root / NAME).read_bytes())

    assert settings.tier_rules.rule(Tier.REMIND).wait == 6
    assert settings.tier_rules.rule(Tier.SUPERVISE).wait == 7
    assert settings.text("office_name") == "云溪市人民政府办公室"
    assert [(each.name, each.due) for each in settings.rounds] == [("年终", dt.date(2018, 12, 10))]
    rules = openpyxl.load_workbook(root / NAME)["催办规则"]
    assert {row[0].value: row[2].value for row in rules.iter_rows(min_row=5)}["提醒"] == "6"


def test_the_settings_mean_the_same_before_and_after(root):
    old = read(before())
    sync(call(root))
    new = read((root / NAME).read_bytes())

    assert (new.values, new.rounds, new.tier_rules, new.quiet) == (
        old.values,
        old.rounds,
        old.tier_rules,
        old.quiet,
    )
    assert (new.send_settings, new.jobs, new.days) == (old.send_settings, old.jobs, old.days)


def test_what_somebody_took_out_again_stays_out(root):
    sync(call(root))
    book = openpyxl.load_workbook(root / NAME)
    del book["静默日期"]
    book.save(root / NAME)
    files = snapshot(root)

    said = sync(call(root))

    assert snapshot(root)[NAME] == files[NAME]
    assert not any("补上了" in line for line in said.lines)


def test_a_single_row_that_is_new_goes_below_the_last_one_of_its_table(tmp_path):
    root = make_year(tmp_path, points=1)
    book = openpyxl.load_workbook(root / NAME)
    page = book["定时任务"]
    last = [cell.value for cell in page[page.max_row]]
    page.delete_rows(page.max_row)
    book.save(root / NAME)

    said = sync(call(root))

    page = openpyxl.load_workbook(root / NAME)["定时任务"]
    assert [cell.value for cell in page[page.max_row]] == last
    assert any(f"“定时任务”中的{last[0]}" in line for line in said.lines)


def test_while_it_is_open_it_is_not_touched_and_the_next_run_adds(root, owner_file):
    mark = owner_file(root / f"~${NAME}")

    said = chase(call(root))
    assert (root / NAME).read_bytes() == before()
    assert list(root.glob("设置（新版*")) == []
    assert "settings-open" in {each["code"] for each in said.data["findings"]}

    mark.unlink()
    chase(call(root))
    assert (root / NAME).read_bytes() != before()


def test_a_dry_run_says_it_and_writes_nothing(root):
    said = chase(call(root, dry_run=True))

    assert (root / NAME).read_bytes() == before()
    assert any("将在《设置.xlsx》补上" in line for line in said.lines)


def test_a_table_of_another_name_or_with_columns_of_the_office_is_not_missed(root):
    book = openpyxl.load_workbook(io.BytesIO(lay_out_settings(Settings())))
    book["定时任务"].title = "什么时候做什么"
    book["发送设置"].title = "怎么发"
    book["节假日安排"].insert_cols(1)
    out = io.BytesIO()
    book.save(out)

    assert not lacking(read_bytes(out.getvalue(), NAME), Settings())


def test_a_technical_value_of_an_older_workbook_holds_where_it_stands_and_gets_no_second_place(root):
    book = openpyxl.load_workbook(io.BytesIO(lay_out_settings(Settings())))
    moved = {"数据库地址": "基本设置", "发信服务器": "发送设置"}
    for label, sheet in moved.items():
        book[sheet].append([label, "10.1.2.3", "", ""])
    del book["技术设置"]
    out = io.BytesIO()
    book.save(out)
    source = read_bytes(out.getvalue(), NAME)

    settings, _ = settings_of(source)
    missing = lacking(source, settings)

    assert (settings.text("database"), settings.send_settings.text("mail_host")) == ("10.1.2.3", "10.1.2.3")
    assert missing.sheets == ()
    ((sheet, labels),) = missing.rows
    assert sheet == "技术设置" and not set(labels) & set(moved)


def test_a_table_whose_head_is_spoiled_is_told_and_not_laid_out_a_second_time(root):
    book = openpyxl.load_workbook(io.BytesIO(lay_out_settings(Settings())))
    page = book["节假日安排"]
    page.cell(3, 2).value = "怎么安排"
    out = io.BytesIO()
    book.save(out)
    (root / NAME).write_bytes(out.getvalue())

    said = sync(call(root))

    assert (root / NAME).read_bytes() == out.getvalue()
    assert [(each["code"], each["place"]) for each in said.data["findings"]] == [
        ("settings-head", "节假日安排")
    ]


def test_a_workbook_that_cannot_be_changed_without_harm_is_left_alone_and_told(root):
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    book = openpyxl.Workbook()
    book.active.title = "基本设置"
    book.active.append(["项目", "当前值"])
    for item in SETTINGS:
        book.active.append([item.label, ""])
    out = io.BytesIO()
    book.save(out)
    import zipfile

    with zipfile.ZipFile(out) as old, zipfile.ZipFile(root / NAME, "w") as new:
        for name in old.namelist():
            main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            new.writestr(name, old.read(name).replace(main, strict))
    data = (root / NAME).read_bytes()

    said = chase(call(root))

    assert (root / NAME).read_bytes() == data
    assert "settings-fixed" in {each["code"] for each in said.data["findings"]}


def test_a_run_that_was_killed_before_it_remembered_adds_nothing_twice(root):
    sync(call(root))
    whole = (root / NAME).read_bytes()
    with ledger_of(root) as ledger:
        remembered = [each for each in ledger.office().events if each.kind == "completed"]

    assert len(remembered) == 1
    assert not lacking(read_bytes(whole, NAME), Settings())


def test_another_workbook_saved_as_settings_is_refused_and_not_touched(tmp_path):
    init(call(tmp_path), tmp_path / "办公")
    book = openpyxl.Workbook()
    book.active.append(["车辆登记", "车牌"])
    path = tmp_path / "办公" / "设置.xlsx"
    book.save(path)
    data = path.read_bytes()

    with pytest.raises(ForeignSettings, match="不是本程序的设置表"):
        status(call(tmp_path / "办公"))

    assert path.read_bytes() == data
