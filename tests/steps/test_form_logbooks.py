"""A logbook that units fill in is a sheet of their forms: handed out, taken back and joined like every other answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.support.logbook_sheets import keep, shown, switch, write
from tests.support.year import SEPTEMBER, call, fill, form_of, ledger_of, make_year, year_with_forms
from tracker import facts
from tracker.rules.merge import questions
from tracker.steps.hand_out import hand_out
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
TRAINING = {"培训内容": "解读业务", "培训日期": "2018-08-20", "人数": 30}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_year(tmp_path / "办公", points=6)
    keep(root)
    switch(root, "业务培训", "年报核对", "内部分工", "时限事项", 谁填="单位")
    hand_out(call(root))
    return root


def answer(
    root: Path, name: str, sheet: str, rows: dict[str, dict[str, object]], unit: str = "市司法局"
) -> Path:
    """A unit's form comes back with cells in rows of a logbook's sheet, told by their numbers."""
    path = fill(form_of(root, unit), {}, root / "各单位报送" / name)
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    head = next(row for row in page.iter_rows() if row[0].value == "编号")
    columns = {cell.value: cell.column for cell in head if cell.value}
    for number, cells in rows.items():
        at = next((row[0].row for row in page.iter_rows() if row[0].value == number), page.max_row + 1)
        for label, value in {**({"编号": number} if number else {}), **cells}.items():
            page.cell(at, columns[label]).value = value
    book.save(path)
    return path


def page_rows(root: Path, sheet: str, unit: str = "市司法局") -> list[tuple[object, ...]]:
    page = openpyxl.load_workbook(form_of(root, unit))[sheet]
    rows = list(page.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row[0] == "编号")
    return rows[head:]


@pytest.mark.parametrize(
    "name", ["培训/调研[试行]:一", "全市领导干部和工作人员年度业务培训与现场教学情况登记表（含外出调研）"]
)
def test_a_logbook_whose_name_no_sheet_takes_goes_out_and_comes_back(tmp_path, name):
    root = make_year(tmp_path / "办公", points=6)
    keep(root)
    switch(root, "业务培训", 谁填="单位")
    path = root / "台账" / "登记簿目录.xlsx"
    book = openpyxl.load_workbook(path)
    for page in (book["登记簿"], book["栏目"]):
        for row in page.iter_rows():
            for cell in row[:1]:
                cell.value = name if cell.value == "业务培训" else cell.value
    book.save(path)
    hand_out(call(root))
    (sheet,) = [
        each for each in openpyxl.load_workbook(form_of(root, "市司法局")).sheetnames if name[:2] in each
    ]
    number = page_rows(root, sheet)[1][0]

    answer(root, "司法局.xlsx", sheet, {str(number): TRAINING})
    take_back(call(root, LATER))
    keep(root)

    (book,) = [each for each in (root / "台账").glob("*.xlsx") if each.name.startswith(name[:2])]
    assert any(
        row[2] == "解读业务"
        for row in openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True)
        if len(row) > 2
    )


def test_a_form_has_a_sheet_for_each_logbook_that_units_fill_in_with_the_numbers_of_its_rows(office):
    book = openpyxl.load_workbook(form_of(office, "市司法局"))
    training, report, division = (page_rows(office, name) for name in ("业务培训", "年报核对", "内部分工"))

    assert [name for name in book.sheetnames if book[name].sheet_state == "visible"] == [
        *("填报表", "时限事项", "年报核对", "业务培训", "内部分工"),
    ]
    assert training[0] == ("编号", "培训内容", "培训日期", "学时", "人数", "备注")
    assert [row[0] for row in training[1:]] == [f"X-F2-{n}" for n in range(1, 9)]
    assert [row[0] for row in report[1:]] == ["N-U002"]
    assert [row[0] for row in division[1:]] == ["CS-P1-002"]
    assert division[1][1]


def test_who_gets_no_form_and_so_no_logbook_is_named_once(tmp_path):
    root = make_year(tmp_path / "办公", points=2)
    keep(root)
    switch(root, "业务培训", 谁填="单位")
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=SEPTEMBER) as act:
        act.add(
            *(facts.Cell(point, "", "scope", "", "仅牵头单位", "office", 0) for point in ("P1-001", "P1-002"))
        )

    answers = [hand_out(call(root)) for _ in range(2)]

    told = [[line for line in answer.lines if "logbook-without-form" in line] for answer in answers]
    assert [len(lines) for lines in told] == [1, 0]
    assert "业务培训" in told[0][0] and "1个单位不会收到：市财政局" in told[0][0]


def test_what_a_unit_wrote_stands_in_the_logbook_under_its_name(office):
    answer(office, "甲.xlsx", "业务培训", {"X-F2-1": TRAINING})
    lines = take_back(call(office, LATER)).lines
    keep(office)

    assert lines[0] == "甲.xlsx：市司法局，收到20格，采用3，未变17，待核对0，未采用0。"
    row = shown(office, "业务培训")["X-F2-1"]
    assert (row["单位"], row["培训内容"], row["人数"]) == ("市司法局", "解读业务", 30)
    with ledger_of(office) as ledger:
        cell = ledger.office().cells["X-F2-1", "", "培训内容", ""]
    assert (cell.origin, cell.place) == ("unit", "业务培训!B4")


def test_below_the_rows_that_are_drawn_a_unit_goes_on_writing_and_nothing_is_lost(office):
    page = openpyxl.load_workbook(form_of(office, "市司法局"))["业务培训"]
    assert page.max_row == 3 + 8  # what prints is no more
    assert page.protection.sheet
    assert not page.column_dimensions["B"].protection.locked
    assert all("C70" in rule.sqref for rule in page.data_validations.dataValidation if "C4" in rule.sqref)

    many = {f"X-F2-{n}": {"培训内容": f"第{n}讲"} for n in range(1, 9)}
    answer(office, "甲.xlsx", "业务培训", {**many, "": {"培训内容": "第9讲"}})
    take_back(call(office, LATER))
    keep(office)

    rows = shown(office, "业务培训")
    assert {number: row["培训内容"] for number, row in rows.items()} == {
        f"X-F2-{n}": f"第{n}讲" for n in range(1, 10)
    }


def test_a_form_in_which_only_a_logbook_was_filled_in_is_a_return(office):
    answer(
        office,
        "甲.xlsx",
        "年报核对",
        {"N-U002": {"年报公开日期": "2018-03-20", "写有本年任务落实情况": "是"}},
    )
    take_back(call(office, LATER))
    keep(office)

    assert shown(office, "年报核对")["N-U002"]["写有本年任务落实情况"] == "是"


def test_a_later_form_of_the_unit_replaces_what_it_said_and_adds_no_second_row(office):
    answer(office, "甲.xlsx", "业务培训", {"X-F2-1": TRAINING, "": {"培训内容": "保密"}})
    take_back(call(office, LATER))
    keep(office)
    answer(office, "乙.xlsx", "业务培训", {"X-F2-1": {**TRAINING, "人数": 35}, "": {"培训内容": "保密审查"}})
    take_back(call(office, LATER + dt.timedelta(days=1)))
    keep(office)

    rows = shown(office, "业务培训")
    assert {number: row["培训内容"] for number, row in rows.items()} == {
        "X-F2-1": "解读业务",
        "X-F2-9": "保密审查",
    }
    assert rows["X-F2-1"]["人数"] == 35


def test_rows_of_another_unit_are_refused(office):
    answer(office, "甲.xlsx", "业务培训", {"X-F3-1": TRAINING, "X2": TRAINING})
    (taken,) = take_back(call(office, LATER)).data["taken"]

    assert taken["balance"]["refused"] >= 6
    assert taken["balance"]["applied"] == 0


def test_a_cell_that_nobody_can_use_is_told_with_its_place_and_counted(office):
    answer(office, "甲.xlsx", "业务培训", {"X-F2-1": {**TRAINING, "人数": "若干"}})
    (taken,) = take_back(call(office, LATER)).data["taken"]

    assert [(finding["code"], finding["place"]) for finding in taken["findings"]] == [
        ("bad-logbook-cell", "业务培训!E4")
    ]
    assert taken["balance"]["refused"] == 1


def test_what_the_office_changed_meanwhile_is_a_question_and_both_texts_are_kept(office):
    answer(office, "甲.xlsx", "业务培训", {"X-F2-1": TRAINING})
    take_back(call(office, LATER))
    keep(office)
    write(office, "业务培训", "X-F2-1", 人数=31)
    answer(office, "乙.xlsx", "业务培训", {"X-F2-1": {**TRAINING, "人数": 40}})
    take_back(call(office, LATER + dt.timedelta(days=1)))
    keep(office)

    with ledger_of(office) as ledger:
        (question,) = questions(ledger.office())
    assert (question.ours, question.theirs) == ("40", "31")
    assert shown(office, "业务培训")["X-F2-1"]["人数"] == 40


def test_a_correction_of_the_office_holds_against_the_same_form_again(office):
    answer(office, "甲.xlsx", "业务培训", {"X-F2-1": TRAINING})
    take_back(call(office, LATER))
    keep(office)
    write(office, "业务培训", "X-F2-1", 人数=31)
    keep(office)
    answer(office, "乙.xlsx", "业务培训", {"X-F2-1": TRAINING, "X-F2-2": {"培训内容": "保密"}})
    take_back(call(office, LATER + dt.timedelta(days=1)))
    keep(office)

    assert shown(office, "业务培训")["X-F2-1"]["人数"] == 31
    with ledger_of(office) as ledger:
        assert not questions(ledger.office())


def test_an_office_whose_workbook_was_not_touched_gets_what_the_unit_wrote(office):
    answer(office, "甲.xlsx", "业务培训", {"X-F2-1": TRAINING})
    take_back(call(office, LATER))
    keep(office)
    answer(office, "乙.xlsx", "业务培训", {"X-F2-1": {**TRAINING, "备注": "线上"}})
    take_back(call(office, LATER + dt.timedelta(days=1)))

    assert keep(office).count == 0
    assert shown(office, "业务培训")["X-F2-1"]["备注"] == "线上"
    assert keep(office).count == 0


def test_what_is_open_stands_on_the_next_form_and_what_is_done_does_not(office):
    answer(office, "甲.xlsx", "年报核对", {"N-U002": {"写有本年任务落实情况": "否"}})
    answer(office, "丙.xlsx", "年报核对", {"N-U003": {"年报公开日期": "2018-03-20"}}, unit="市财政局")
    take_back(call(office, LATER))
    hand_out(call(office, dt.datetime.fromisoformat("2018-11-16T09:00:00+08:00")))

    rows = {
        unit: openpyxl.load_workbook(form_of(office, unit, "2018-年终")) for unit in ("市司法局", "市财政局")
    }
    assert [row[0].value for row in rows["市司法局"]["年报核对"].iter_rows(min_row=4)] == ["N-U002"]
    assert rows["市司法局"]["年报核对"]["D4"].value == "否"
    assert "年报核对" not in rows["市财政局"].sheetnames
    assert "业务培训" in rows["市财政局"].sheetnames


def test_a_form_without_such_logbooks_is_as_it_was(tmp_path):
    root = year_with_forms(tmp_path / "办公", points=6)
    before = form_of(root, "市司法局").read_bytes()
    other = make_year(tmp_path / "别的" / "办公", points=6)
    keep(other)
    hand_out(call(other))

    assert (
        openpyxl.load_workbook(form_of(other, "市司法局")).sheetnames
        == openpyxl.load_workbook(form_of(root, "市司法局")).sheetnames
    )
    assert len(before) == pytest.approx(len(form_of(other, "市司法局").read_bytes()), rel=0.02)
