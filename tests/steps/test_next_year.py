"""The second year in one office: last year's plan stays, and asks nothing of anybody that this year's does not."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.two_years import LAST, NOW, TITLE, call, plan_file
from tracker.problems.returns import NothingToConfirm, SettingsHeld
from tracker.rules.slots import slots_of
from tracker.steps.board import board
from tracker.steps.chase import chase
from tracker.steps.clock import Machine
from tracker.steps.desk import open_desk
from tracker.steps.hand_out import confirm_rounds, hand_out
from tracker.steps.init import FirstAnswers, init
from tracker.steps.record import Instructions, record
from tracker.steps.report import Relative, report, write_relative
from tracker.steps.run import WORK_BY_VERB, tick
from tracker.steps.status import status


def first_year(tmp_path):
    """P1 of 2025 with the form of its year's end out in 2025, of which none came back."""
    root = tmp_path / "办公"
    init(call(root, "2025-03-01"), root, answers=FirstAnswers(office_name="市政府办公室"))
    record(
        call(root, "2025-03-02"),
        plan_file(tmp_path / "上年.xlsx", TITLE.format(year=2025), LAST),
        Instructions(),
    )
    hand_out(call(root, "2025-12-02"))
    return root


def second_year(tmp_path):
    """The same, and P2 of 2026, which continues it."""
    root = first_year(tmp_path)
    chase(call(root, "2026-01-04"))
    record(
        call(root, "2026-01-05"),
        plan_file(tmp_path / "今年.xlsx", TITLE.format(year=2026), NOW),
        Instructions(),
    )
    return root


def codes(root, day):
    return {todo["code"]: todo for todo in status(call(root, day)).data["todo"]}


def test_last_years_forms_are_asked_for_until_this_years_plan_is_there(tmp_path):
    root = first_year(tmp_path)
    assert codes(root, "2026-01-04")["late-returns"]["count"] > 0

    root = second_year(tmp_path / "b")

    assert "late-returns" not in codes(root, "2026-01-06")


def test_the_list_of_last_years_late_forms_says_that_nobody_is_called_any_more(tmp_path):
    root = second_year(tmp_path)
    (path,) = root.glob("督办/催报名单*.xlsx")
    before = openpyxl.load_workbook(path).active.max_row

    chase(call(root, "2026-01-06"))

    page = openpyxl.load_workbook(path).active
    assert "不再催报" in str(page["A2"].value)
    assert page.max_row < before


def test_rounds_that_nobody_typed_for_a_new_year_are_last_years_on_the_same_days_and_told(tmp_path):
    root = second_year(tmp_path)
    january = hand_out(call(root, "2026-01-06"))
    notice = next(line for line in january.lines if "暂按上年的日子" in line)
    assert (
        "P2" in notice
        and "“上半年”2026-06-10至2026-06-30" in notice
        and "“年终”2026-12-01至2026-12-20" in notice
    )
    assert any("下一期是“上半年”，2026-06-10" in line for line in january.lines)
    assert "no-round" not in codes(root, "2026-01-06")
    assert [
        (round_["name"], round_["due"])
        for round_ in status(call(root, "2026-01-06"), is_for_machines=True).data["round_settings"]
        if round_["due"] > "2026"
    ] == [("上半年", "2026-06-30"), ("年终", "2026-12-20")]

    june = hand_out(call(root, "2026-06-10"))

    assert any(line.startswith("上半年（P2") for line in june.lines)
    assert any("暂按上年" in line for line in hand_out(call(root, "2026-06-11")).lines)


def scheduled(root, day):
    """What the scheduler hands out that day, and what its row says."""
    seconds = dt.timedelta(days=dt.date.fromisoformat(day).toordinal()).total_seconds()
    tick(call(root, day), machine=Machine("pc", seconds), work={"hand-out": WORK_BY_VERB["hand-out"]})
    with open_desk(call(root, day)) as desk:
        office = desk.office()
        slot = max(slots_of(office, "hand-out"), key=lambda slot: slot.due)
        rounds = [round_.name for round_ in office.rounds.values() if round_.plan == "P2"]
        return rounds, slot.attempts[-1].note


def test_the_scheduler_waits_with_last_years_rounds_until_one_click_or_typed_row_confirms_them(tmp_path):
    root = second_year(tmp_path)
    scheduled(root, "2026-06-09")

    rounds, note = scheduled(root, "2026-06-10")

    assert rounds == [] and "定时任务等确认后才印发" in note
    todo = codes(root, "2026-06-10")["rounds-carried"]
    assert todo["count"] == 2 and "今年仍按此期次" in todo["what"]

    confirm_rounds(call(root, "2026-06-10"))

    assert scheduled(root, "2026-06-11")[0] == ["上半年"]
    assert "rounds-carried" not in codes(root, "2026-06-11")


def test_a_round_of_last_years_days_that_a_person_handed_out_goes_on_by_the_scheduler(tmp_path):
    root = second_year(tmp_path)
    scheduled(root, "2026-06-09")
    hand_out(call(root, "2026-06-10"))
    with open_desk(call(root, "2026-06-10")) as desk:
        forms = [desk.folder.path(*form.path.split("/")) for form in desk.office().forms.values()]
    lost = next(path for path in forms if "2026" in str(path))
    lost.unlink()

    scheduled(root, "2026-06-11")

    assert lost.exists()


def test_confirmed_rounds_stand_in_the_workbook_as_last_years_do_and_hold_for_the_year_after_too(tmp_path):
    root = second_year(tmp_path)
    before = rows_of_rounds(root)

    confirm_rounds(call(root, "2026-01-06"))

    typed = rows_of_rounds(root)[len(before) :]
    assert [(row[0], row[1], str(row[2])[:10], str(row[3])[:10], row[5]) for row in typed] == [
        ("上半年", None, "2026-06-10", "2026-06-30", "是"),
        ("年终", None, "2026-12-01", "2026-12-20", "是"),
    ]
    assert not any("暂按上年" in line for line in hand_out(call(root, "2026-06-10")).lines)
    with pytest.raises(NothingToConfirm):
        confirm_rounds(call(root, "2026-01-07"))


def rows_of_rounds(root):
    page = openpyxl.load_workbook(root / "设置.xlsx")["报送期次"]
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows()]
    return [row for row in rows if row[0] and row[5] in ("是", "否")]


def test_rounds_are_not_confirmed_while_the_workbook_is_open_and_nothing_lies_beside_it(tmp_path):
    root = second_year(tmp_path)
    (root / ".~lock.设置.xlsx#").write_text(",王敏,办公室,,;", encoding="utf-8")
    files = sorted(root.iterdir())

    with pytest.raises(SettingsHeld):
        confirm_rounds(call(root, "2026-01-06"))

    assert sorted(root.iterdir()) == files


def test_a_round_that_the_office_typed_for_the_new_year_holds_alone(tmp_path):
    root = second_year(tmp_path)
    book = openpyxl.load_workbook(root / "设置.xlsx")
    book["报送期次"].append(("年中", None, dt.date(2026, 7, 1), dt.date(2026, 7, 20), None, "是"))
    book.save(root / "设置.xlsx")

    result = hand_out(call(root, "2026-01-06"))

    assert any("下一期是“年中”，2026-07-01" in line for line in result.lines)
    assert not any("暂按上年" in line for line in result.lines)


def test_status_shows_this_years_plan_first_and_no_round_of_last_years(tmp_path):
    lines = status(call(second_year(tmp_path), "2026-01-06")).lines

    plans = [line[:2] for line in lines if line.startswith("P")]
    assert plans == ["P2", "P1"]
    assert not any("（P1）：应报" in line for line in lines)


def test_last_years_report_page_and_circular_are_written_only_where_they_are_asked_for(tmp_path):
    root = second_year(tmp_path)

    whole = report(call(root, "2026-01-06"))
    circular = write_relative(call(root, "2026-01-06"), Relative.CIRCULAR)
    pages = board(call(root, "2026-01-06"))

    assert [entry["name"] for entry in whole.data["reports"]] == ["2026年营商环境落实情况报告"]
    assert any("2025年" in line and "没有重写" in line for line in whole.lines)
    assert len(circular.data["files"]) == 1
    assert pages.data["pages"] == ["报告/一页看板-P2.html"]
    older = report(call(root, "2026-01-06"), plan="P1")
    assert [entry["name"] for entry in older.data["reports"]] == ["2025年营商环境落实情况报告"]
    assert not any("没有重写" in line for line in older.lines)


def test_a_report_as_of_a_day_of_last_year_is_of_last_years_plan(tmp_path):
    root = second_year(tmp_path)

    past = report(call(root, "2026-01-06"), as_of=dt.date(2025, 12, 31))

    assert [entry["name"] for entry in past.data["reports"]] == ["2025年营商环境落实情况报告"]


def test_a_round_without_a_year_of_its_own_opens_for_this_years_plan_alone(tmp_path):
    root = second_year(tmp_path)
    book = openpyxl.load_workbook(root / "设置.xlsx")
    page = book["报送期次"]
    for row in page.iter_rows():
        if row[0].value in ("上半年", "年终"):
            row[1].value = "营商环境"
            row[2].value, row[3].value = dt.datetime(2026, 1, 5), dt.datetime(2026, 1, 20)
    book.save(root / "设置.xlsx")

    forms = hand_out(call(root, "2026-01-06")).data

    assert {entry["plan"] for entry in forms["rounds"]} == {"P2"}
