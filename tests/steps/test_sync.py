"""The 台账 belongs to the office: what it edits is taken, what is ours is brought up to date, nothing else moves."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from tests.support.syncing import LATER, POINTS, PROGRESS, Edit, book, text, texts
from tests.support.year import add_point, call, fill, form_of, ledger_of, make_year, snapshot, year_with_forms
from tracker import facts
from tracker.grid import column_letters
from tracker.printable import is_cut
from tracker.problems.base import Exit
from tracker.problems.returns import ForeignLedger, UnknownRevision
from tracker.steps.hand_out import hand_out
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back


@pytest.fixture
def root(tmp_path):
    make_year(tmp_path / "办公")
    sync(call(tmp_path / "办公"))
    return tmp_path / "办公"


def test_the_workbook_is_born_complete(root):
    file = openpyxl.load_workbook(book(root))

    assert file.sheetnames == [POINTS, PROGRESS, "说明", "_tracker"]
    assert file["_tracker"].sheet_state == "veryHidden"
    assert [file[POINTS].cell(row, 1).value for row in range(4, 10)] == [f"P1-00{n}" for n in range(1, 7)]
    assert list(file[POINTS].tables) == [POINTS]
    assert file[POINTS].freeze_panes == "F4"
    assert text(root, POINTS, "P1-001", "亮灯") == "绿 正常推进"
    assert text(root, PROGRESS, "P1-001|U002", "责任单位") == "市司法局"
    assert {
        text(root, sheet, key, "年度") for sheet, key in ((POINTS, "P1-001"), (PROGRESS, "P1-001|U002"))
    } == {"2018"}


def test_what_units_did_is_printed_on_one_page_in_width_up_to_the_problem(root):
    workbook = openpyxl.load_workbook(book(root))
    sheet = workbook[PROGRESS]
    heads = [cell.value for cell in sheet[3]]

    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)
    with zipfile.ZipFile(book(root)) as parts:
        areas = re.findall(r"Print_Area[^>]*>([^<]+)<", parts.read("xl/workbook.xml").decode())
    last = column_letters(heads.index("存在问题及下一步"))
    assert areas == [f"{PROGRESS}!$A:${last}"]


def test_syncing_twice_changes_nothing(root):
    before = snapshot(root)
    with ledger_of(root) as ledger:
        acts = ledger.last_act

    answer = sync(call(root))

    assert answer.data["state"] == "unchanged"
    assert snapshot(root) == before
    with ledger_of(root) as ledger:
        assert ledger.last_act == acts


def test_what_the_office_writes_in_its_own_columns_is_recorded_with_its_cell(root):
    Edit(root).set(POINTS, "P1-001", "认定状态", "已完成").set(
        POINTS, "P1-001", "核定表述", "全部办结。"
    ).set(PROGRESS, "P1-002|U003", "备注", "=1+1").save()

    answer = sync(call(root, LATER))

    assert answer.data["applied"] == 3 - 1  # the formula has no value and is left where it is
    assert texts(root)["P1-001", "", "decision", ""] == "已完成"
    assert text(root, POINTS, "P1-001", "亮灯") == "绿 已完成"
    with ledger_of(root) as ledger:
        cell = ledger.office().cells["P1-001", "", "wording", ""]
    assert (cell.origin, cell.place[:4]) == ("office", POINTS)
    assert text(root, PROGRESS, "P1-002|U003", "备注") == "=1+1"


@pytest.mark.parametrize(
    ("answer", "light"), [("", "黄 申请不涉及"), ("同意", "灰 不计"), ("不同意", "绿 正常推进")]
)
def test_that_a_unit_is_not_concerned_is_confirmed_in_its_row(root, answer, light):
    edit = Edit(root).set(PROGRESS, "P1-001|U001", "自报状态", "不涉及")
    edit.set(PROGRESS, "P1-001|U001", "不涉及确认", answer or None).save()

    hand_out(call(root))
    sync(call(root, LATER))

    assert text(root, PROGRESS, "P1-001|U001", "亮灯") == light


def test_a_second_sync_after_an_edit_changes_nothing_more(root):
    Edit(root).set(POINTS, "P1-001", "备注", "看一下").save()
    sync(call(root, LATER))
    before = snapshot(root)

    sync(call(root, LATER))

    assert snapshot(root) == before


def test_own_rows_columns_comments_colours_and_sheets_of_the_office_stay(root):
    edit = Edit(root)
    page = edit.file[POINTS]
    page["S3"] = "本办自己的一栏"
    page["S4"] = "随手记"
    page["A4"].comment = openpyxl.comments.Comment("问过了", "王敏")
    page["E4"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    page["A20"] = "自己写的一行"
    edit.file.create_sheet("统计")["A1"] = "=COUNTA(任务事项!A4:A9)"
    edit.set(POINTS, "P1-002", "认定状态", "已完成").save()

    sync(call(root, LATER))

    page = openpyxl.load_workbook(book(root))[POINTS]
    assert (page["S4"].value, page["A4"].comment.text, page["A20"].value) == (
        "随手记",
        "问过了",
        "自己写的一行",
    )
    assert page["E4"].fill.fgColor.rgb == "FF00FF00"
    assert openpyxl.load_workbook(book(root))["统计"]["A1"].value == "=COUNTA(任务事项!A4:A9)"


def test_rows_that_the_office_sorted_are_still_told_by_their_identity(root):
    edit = Edit(root)
    page = edit.file[POINTS]
    rows = [[cell.value for cell in row] for row in page["A4:Q9"]]
    for target, values in zip(page["A4:Q9"], reversed(rows), strict=True):
        for cell, value in zip(target, values, strict=True):
            cell.value = value
    edit.save()

    assert sync(call(root, LATER)).data["applied"] == 0
    assert [openpyxl.load_workbook(book(root))[POINTS].cell(row, 1).value for row in (4, 9)] == [
        "P1-006",
        "P1-001",
    ]


def test_a_return_shows_in_the_workbook_and_what_the_office_entered_by_telephone_is_recorded(root):
    hand_out(call(root))
    fill(
        form_of(root, "市司法局"),
        {"P1-001": {"自报状态": "正在推进", "进展情况": "印发通知"}},
        root / "各单位报送" / "a.xlsx",
    )
    take_back(call(root, LATER))
    sync(call(root, LATER))

    assert text(root, PROGRESS, "P1-001|U002", "进展情况") == "印发通知"
    assert text(root, PROGRESS, "P1-001|U002", "最近报送") == "第三季度"
    assert "市司法局：印发通知" in text(root, POINTS, "P1-001", "最新进展")

    Edit(root).set(PROGRESS, "P1-003|U003", "进展情况", "电话：已开会").save()
    sync(call(root, LATER))
    with ledger_of(root) as ledger:
        cell = ledger.office().cells["P1-003", "U003", "progress", "R1"]
    assert (cell.value, cell.origin) == ("电话：已开会", "office")


def test_a_unit_and_the_office_that_both_wrote_are_a_question_with_both_texts(root):
    hand_out(call(root))
    sync(call(root))
    Edit(root).set(PROGRESS, "P1-001|U002", "进展情况", "本办记的").save()
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位写的"}}, root / "各单位报送" / "a.xlsx")
    take_back(call(root, LATER))

    answer = sync(call(root, LATER))

    assert answer.data["conflicts"] == 1
    assert text(root, PROGRESS, "P1-001|U002", "进展情况") == "单位写的"
    with ledger_of(root) as ledger:
        [conflict] = ledger.office().conflicts.values()
    assert (conflict.ours, conflict.theirs) == ("单位写的", "本办记的")
    assert (root / "待核对事项清单.xlsx").exists()
    assert sync(call(root, LATER)).data["conflicts"] == 0


def test_a_cell_of_the_plan_is_restored_and_what_was_typed_is_said_and_kept(root):
    Edit(root).set(POINTS, "P1-001", "具体要求", "改写了要求").save()
    data = book(root).read_bytes()

    answer = sync(call(root, LATER))

    [found] = [each for each in answer.data["findings"] if each["code"] == "not-editable"]
    assert "改写了要求" in found["message"]
    assert text(root, POINTS, "P1-001", "具体要求") == "完成第1件公开工作"
    assert data in [path.read_bytes() for path in (root / "原件留存").rglob("*.xlsx")]


def test_a_word_that_is_no_choice_is_left_where_it_is_and_said_each_time(root):
    Edit(root).set(POINTS, "P1-001", "认定状态", "差不多了").save()

    for _ in range(2):
        answer = sync(call(root, LATER))
        assert [each["code"] for each in answer.data["findings"]] == ["bad-choice"]
        assert text(root, POINTS, "P1-001", "认定状态") == "差不多了"


def test_new_work_points_go_below_the_last_row_and_into_the_table(root):
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=LATER) as act:
        add_point(act, "P1", 9, ("U003", "U004"))

    sync(call(root, LATER))

    page = openpyxl.load_workbook(book(root))[POINTS]
    assert page["A10"].value == "P1-007"
    assert page.tables[POINTS].ref.endswith("10")
    assert text(root, PROGRESS, "P1-007|U004", "责任单位") == "市民政局"


def test_a_row_grows_with_the_text_that_is_written_into_it_unless_somebody_set_its_height(root):
    def say(text):
        with ledger_of(root) as ledger, ledger.act("x", person="王敏", at=LATER) as act:
            act.add(facts.Cell("P1-001", "", "wording", "", text, "office", 0))
        sync(call(root, LATER))
        return openpyxl.load_workbook(book(root))[POINTS].row_dimensions[4].height

    assert say("短的") < 60
    assert say("很长的表述" * 60) > 200
    edit = Edit(root)
    edit.file[POINTS].row_dimensions[4].height = 33  # set by hand
    edit.save()
    assert say("更长的表述" * 90) == 33


def test_a_row_that_was_deleted_is_put_back_and_said(root):
    edit = Edit(root)
    edit.file[POINTS].delete_rows(5)
    edit.save()

    answer = sync(call(root, LATER))

    assert "ledger-rows-gone" in [each["code"] for each in answer.data["findings"]]
    assert text(root, POINTS, "P1-002", "具体要求") == "完成第2件公开工作"


@pytest.mark.parametrize(("before", "after"), [("A3:S9", "A3:S10"), ("A3:S8", "A3:S8")])
def test_a_row_of_the_offices_own_below_the_last_one_stays_and_what_was_deleted_stands_below_it(
    root, before, after
):
    edit = Edit(root)
    edit.file[POINTS].delete_rows(5)
    edit.file[POINTS].tables[POINTS].ref = edit.file[POINTS].tables[POINTS].autoFilter.ref = before
    edit.file[POINTS]["E9"] = "随手记的一行"
    edit.set(POINTS, "P1-001", "备注", "要采用").save()

    answer = sync(call(root, LATER))

    page = openpyxl.load_workbook(book(root))[POINTS]
    assert answer.data["applied"] == 1
    assert {"ledger-rows-gone", "ledger-rows-below-own"} <= {each["code"] for each in answer.data["findings"]}
    assert (page["E9"].value, page["A10"].value) == ("随手记的一行", "P1-002")
    assert page.tables[POINTS].ref == after
    state = snapshot(root)
    codes = [each["code"] for each in sync(call(root, LATER)).data["findings"]]
    assert not {"ledger-rows-gone", "ledger-rows-below-own"} & set(codes)
    assert snapshot(root) == state


def test_a_row_whose_item_the_plan_dropped_is_greyed_and_told_once(root):
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=LATER) as act:
        words = next(e.fact for e in ledger.entries(facts.WpText) if e.fact.wp == "P1-002")
        act.add(replace(words, edition=2, retired=True))

    codes = [[each["code"] for each in sync(call(root, LATER)).data["findings"]] for _ in range(2)]

    assert codes == [["ledger-rows-retired"], []]
    assert text(root, POINTS, "P1-002", "亮灯") == "灰 已取消"
    assert text(root, PROGRESS, "P1-002|U003", "亮灯") == "灰 已取消"


def test_a_row_that_stands_twice_is_read_from_neither(root):
    edit = Edit(root).set(POINTS, "P1-001", "备注", "哪一行算")
    edit.file[POINTS]["A20"] = "P1-001"
    edit.save()

    answer = sync(call(root, LATER))

    assert [each["code"] for each in answer.data["findings"]] == ["ledger-row-twice"]
    assert answer.data["applied"] == 0


def test_a_workbook_that_is_open_is_left_untouched_and_replaced_later(root, owner_file):
    with ledger_of(root) as ledger, ledger.act("x", person="王敏", at=LATER) as act:
        act.add(facts.Cell("P1-001", "", "decision", "", "已完成", "office", 0))
    before = book(root).read_bytes()
    mark = owner_file(book(root).with_name("~$工作台账.xlsx"))

    first = sync(call(root, LATER))
    second = sync(call(root, LATER))

    assert (first.data["state"], first.exit) == ("beside", Exit.PARTLY)
    assert second.data["state"] == "beside"
    assert book(root).read_bytes() == before
    beside = [path.name for path in (root / "台账").glob("*待替换*")]
    assert len(beside) == 1
    mark.unlink()
    assert sync(call(root, LATER)).data["state"] == "written"
    assert text(root, POINTS, "P1-001", "认定状态") == "已完成"
    assert list((root / "台账").glob("*待替换*")) == []


def test_killed_between_revision_and_file_the_next_run_converges(root):
    Edit(root).set(POINTS, "P1-002", "备注", "先记下").save()
    edited = book(root).read_bytes()
    sync(call(root, LATER))
    done = book(root).read_bytes()
    with ledger_of(root) as ledger:
        acts = ledger.last_act

    book(root).write_bytes(edited)  # as if the file had never been replaced
    sync(call(root, LATER))

    assert book(root).read_bytes() == done
    with ledger_of(root) as ledger:
        assert ledger.last_act == acts


def test_a_workbook_of_another_office_or_of_a_later_time_is_refused(root, tmp_path):
    other = make_year(tmp_path / "别处")
    sync(call(other))
    own = book(root).read_bytes()
    book(root).write_bytes(book(other).read_bytes())
    with pytest.raises(ForeignLedger):
        sync(call(root, LATER))

    book(root).write_bytes(own)
    edit = Edit(root)
    edit.file["_tracker"]["B2"] = "99"
    edit.save()
    with pytest.raises(UnknownRevision):
        sync(call(root, LATER))


def test_an_older_copy_put_back_is_joined_to_what_it_was_written_from(root):
    old = book(root).read_bytes()
    Edit(root).set(POINTS, "P1-001", "备注", "新的").save()
    sync(call(root, LATER))

    book(root).write_bytes(old)
    answer = sync(call(root, LATER))

    assert (answer.data["applied"], answer.data["conflicts"]) == (0, 0)
    assert text(root, POINTS, "P1-001", "备注") == "新的"


def test_a_dry_run_says_what_it_would_take_and_writes_nothing(root):
    Edit(root).set(POINTS, "P1-001", "备注", "新的").save()
    before = snapshot(root)

    answer = sync(call(root, LATER, dry_run=True))

    assert answer.data["applied"] == 1
    assert snapshot(root) == before
    assert ("P1-001", "", "note", "") not in texts(root)


def long_return(root, name, answers):
    """A return as .csv: what a cell of a workbook could not hold."""
    page = openpyxl.load_workbook(form_of(root, name))["填报表"]
    rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in page.iter_rows()]
    head = next(row for row in rows if "进展情况" in row)
    for row in rows:
        if row[0] in answers:
            row[head.index("进展情况")], row[head.index("完成情况")] = answers[row[0]], "正在推进"
    with (root / "各单位报送" / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def test_a_text_that_no_cell_holds_is_told_kept_whole_and_shown_as_far_as_it_goes(tmp_path):
    root = year_with_forms(tmp_path / "办公")
    sync(call(root))
    whole = "已办理若干件。" * 6_000
    long_return(root, "市司法局", {"P1-002": whole})

    intake = take_back(call(root, LATER))
    outcome = sync(call(root, LATER))

    assert any("这一格有42000字" in line for line in intake.lines)
    assert any("P1-002的文字一格放不下" in line for line in outcome.lines)
    assert texts(root)["P1-002", "U002", "progress", "R1"] == whole
    assert is_cut(text(root, PROGRESS, "P1-002|U002", "进展情况"))

    Edit(root).save()  # in Excel, without a change
    again = sync(call(root, LATER))
    assert texts(root)["P1-002", "U002", "progress", "R1"] == whole
    assert not any("一格放不下" in line or "改的" in line for line in again.lines)

    Edit(root).set(PROGRESS, "P1-002|U002", "进展情况", "本办缩短为一句。").save()
    sync(call(root, LATER))
    assert texts(root)["P1-002", "U002", "progress", "R1"] == "本办缩短为一句。"


def test_a_question_about_a_text_that_no_cell_holds_says_that_it_is_cut(tmp_path):
    root = year_with_forms(tmp_path / "办公")
    sync(call(root))
    Edit(root).set(PROGRESS, "P1-002|U002", "进展情况", "本办记的。").save()
    sync(call(root, LATER))
    long_return(root, "市司法局", {"P1-002": "已办理若干件。" * 6_000})

    take_back(call(root, LATER))

    page = openpyxl.load_workbook(root / "待核对事项清单.xlsx").active
    cells = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any(is_cut(cell) for cell in cells)
    assert any("清单一格放不下，只显示前面的" in cell for cell in cells)
