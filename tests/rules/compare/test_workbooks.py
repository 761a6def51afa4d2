"""年度对照 as it is shown: rows, what is prefilled, what stands in sight."""

from __future__ import annotations

from tests.support.drawn_years import TODAY, carried, office, plan
from tracker import facts
from tracker.comparison import ALL, Judgement, JudgementEntry, RowMemory, rows_of_memory
from tracker.rules.compare.comparison import compare_plans
from tracker.rules.compare.workbooks import comparison_book
from tracker.rules.compare.years import YEARS
from tracker.rules.office import UnitNow
from tracker.settings import Day
from tracker.workdays import Calendar

OLD = ("公开部门预算和决算", "按月发布环境空气质量信息", "举办成立二十周年纪念活动")
NEW = ("细化部门预算、决算公开内容", "开放公共数据目录")


def shown(now, **more):
    years = compare_plans(YEARS, now, "P2", Day(TODAY, Calendar()))
    book = comparison_book(now, years, as_of=TODAY, **more)
    sheet = book.sheets[0]
    labels = [each.label for each in sheet.columns]
    rows = {row[0]: dict(zip(labels, row, strict=True)) for row in sheet.rows}
    return rows, book


def two(**more):
    return office(plan("P1", 2025, *OLD), plan("P2", 2026, *NEW), **more)


def test_this_years_items_stand_first_then_last_years_that_nothing_continues_unfinished_ones_before_the_others():
    rows, _ = shown(two(said={"P1-002": "已完成"}))

    assert list(rows) == [ALL, "P2-001", "P2-002", "P1-003", "P1-002"]


def test_what_is_proposed_is_prefilled_and_the_word_is_left_to_the_person():
    rows, book = shown(two())

    assert (rows["P2-001"]["建议"], rows["P2-001"]["对应编号"], rows["P2-001"]["判断"]) == (
        "延续",
        "P1-001",
        "",
    )
    assert rows_of_memory(book.memory)["P2-001"] == RowMemory(Judgement(), Judgement("延续", ("P1-001",)))


def test_an_unfinished_item_has_no_proposal_and_says_why():
    rows, book = shown(two(said={"P1-001": "已完成"}))

    assert rows["P1-002"]["建议"] == "请选定"
    assert "没有完成" in rows["P1-002"]["提示"]
    assert rows_of_memory(book.memory)["P1-002"].proposal == Judgement()
    assert "未完且未延续" in [each.name for each in book.sheets]


def test_what_was_decided_is_shown_with_its_note():
    links = (
        *carried(("P1-001", "P2-001", "continued")),
        facts.Carried("P1-002", "", "dropped", "person", "并入网站"),
    )
    rows, book = shown(two(continuations=links))

    assert (rows["P2-001"]["判断"], rows["P2-001"]["提示"]) == ("延续", "")
    assert (rows["P1-002"]["判断"], rows["P1-002"]["说明"]) == ("不再列入", "并入网站")
    assert rows_of_memory(book.memory)["P1-002"].judgement == Judgement("不再列入", (), "并入网站")


def test_what_somebody_typed_and_was_not_taken_is_shown_again():
    rows, _ = shown(two(), entries={"P2-001": JudgementEntry("也许", "P1-7", "再问", "对照!J5")})

    assert (rows["P2-001"]["判断"], rows["P2-001"]["对应编号"], rows["P2-001"]["说明"]) == (
        "也许",
        "P1-7",
        "再问",
    )


def test_a_unit_that_is_called_otherwise_now_is_named_both_ways():
    body = UnitNow(
        "U1",
        names=(
            facts.UnitName("U1", "市旅游局", None, None, "former"),
            facts.UnitName("U1", "市文化广电体育局", None, None, "current"),
        ),
    )
    rows, _ = shown(two(bodies={"U1": body}))

    assert rows["P1-003"]["上年责任单位"] == "U1单位（现市文化广电体育局）"
