"""年度对照 as it is shown: rows, what is prefilled, what stands in sight."""

from __future__ import annotations

from itertools import product

import pytest

from tests.support.drawn_years import TODAY, carried, office, plan
from tracker import facts
from tracker.comparison import ALL, AS_PROPOSED, Judgement, JudgementEntry, RowMemory, rows_of_memory
from tracker.rules.compare.comparison import compare_plans
from tracker.rules.compare.workbooks import comparison_book, ids_in, statements_of
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


WORDS = ("延续", "新增", "不再列入")
OPEN = Judgement()
GO, NEW_ROW = Judgement("延续", ("P1-001",)), Judgement("新增")


def typed(said: Judgement, place: str = "对照!J5") -> JudgementEntry:
    return JudgementEntry(said.word, "、".join(said.others), said.note, place)


def say(rows, laid_out, now=None):
    return statements_of(rows, laid_out, now or {}, WORDS)


@pytest.mark.parametrize(("base", "held", "said"), list(product((OPEN, GO, NEW_ROW), repeat=3)))
def test_every_trio_of_laid_out_held_and_typed(base, held, said):
    found = say(
        [("P2-001", typed(said))], {"P2-001": RowMemory(base, OPEN)}, {"P2-001": held} if held.word else {}
    )

    if said in (base, held):
        assert not (found.judgements or found.conflicts)
    elif base == held:
        assert found.judgements == {"P2-001": said}
    else:
        assert found.conflicts == {"P2-001": said}
        assert "P2-001" in found.findings


def test_the_first_row_speaks_for_rows_that_are_empty_and_have_a_proposal():
    laid_out = {
        "P2-001": RowMemory(OPEN, GO),
        "P2-002": RowMemory(OPEN, GO),
        "P2-003": RowMemory(OPEN, OPEN),
        "P2-004": RowMemory(NEW_ROW, OPEN),
    }
    rows = [
        ("P2-001", JudgementEntry("", "P1-001", "", "")),
        ("P2-002", JudgementEntry("新增", "", "", "")),
        ("P2-003", JudgementEntry("", "", "", "")),
        ("P2-004", typed(NEW_ROW)),
        (ALL, JudgementEntry(AS_PROPOSED, "", "", "")),
    ]

    for order in (rows, rows[::-1]):
        found = say(order, laid_out, {"P2-004": NEW_ROW})
        assert (found.judgements, found.findings) == ({"P2-001": GO, "P2-002": NEW_ROW}, {})


def test_all_as_proposed_does_not_bring_back_what_was_just_taken_back():
    found = say(
        [("P2-001", JudgementEntry("", "P1-001", "", "")), (ALL, JudgementEntry(AS_PROPOSED, "", "", ""))],
        {"P2-001": RowMemory(GO, GO)},
        {"P2-001": GO},
    )

    assert found.judgements == {"P2-001": OPEN}


def test_ids_that_were_changed_beside_as_proposed_are_asked():
    found = say(
        [("P2-001", JudgementEntry(AS_PROPOSED, "P1-009", "", "对照!J5"))], {"P2-001": RowMemory(OPEN, GO)}
    )

    assert [each.code for each in found.findings.values()] == ["proposed-others"]


def test_a_note_without_a_word_is_kept_in_sight():
    assert say(
        [("P2-001", JudgementEntry("", "P1-001", "问过", ""))], {"P2-001": RowMemory(OPEN, GO)}
    ).half == {"P2-001"}
    assert not say([("P2-001", JudgementEntry("", "P1-001", "", ""))], {"P2-001": RowMemory(OPEN, GO)}).half


def test_a_note_is_a_statement_where_a_decision_stands():
    found = say(
        [("P2-001", JudgementEntry("新增", "", "省里新部署", ""))],
        {"P2-001": RowMemory(NEW_ROW, OPEN)},
        {"P2-001": NEW_ROW},
    )

    assert found.judgements == {"P2-001": Judgement("新增", (), "省里新部署")}


def test_the_order_of_ids_is_no_change():
    both = Judgement("延续", ("P1-001", "P1-002"))
    rows = [("P2-001", JudgementEntry("延续", "P1-002、P1-001", "", ""))]

    assert not say(rows, {"P2-001": RowMemory(both, OPEN)}, {"P2-001": both}).judgements


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ()),
        ("P1-3", ("P1-003",)),
        ("ｐ１－００３；P1-004", ("P1-003", "P1-004")),
        ("P1-003\nP1-003", ("P1-003",)),
        ("3", None),
        ("第三项", None),
        ("P1-003 公开预算", None),
    ],
)
def test_ids_are_read_as_people_write_them_and_nothing_else_is(text, ids):
    assert ids_in(text) == ids
