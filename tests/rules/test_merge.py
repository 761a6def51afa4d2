"""The join keeps its promises for every trio of versions, whole rows included."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, strategies as st

from tests.soaks import merge as soak
from tests.soaks.merge import apply, sorts
from tests.support.properties import examples
from tracker.rules.merge import (
    CellChange,
    CellConflict,
    CellMerge,
    CellOutcome,
    CellRefusal,
    ConflictReason,
    Unbalanced,
    find_column_sort,
    find_doubts,
    join,
    merge_cell,
)

TRIOS = list(product(["", "a", "b", "c"], repeat=3))
ROWS = st.dictionaries(
    st.sampled_from(["P1-001", "P1-002", "P1-003", "P1-004"]),
    st.dictionaries(
        st.sampled_from(["status", "progress"]), st.sampled_from(["", "甲", "乙", "丙"]), max_size=2
    ),
    max_size=4,
)


@pytest.mark.parametrize(("base", "ours", "theirs"), TRIOS)
def test_it_only_troubles_a_person_when_both_changed_and_differ(base, ours, theirs):
    assert (merge_cell(base, ours, theirs) is CellOutcome.CONFLICT) == (len({base, ours, theirs}) == 3)


@pytest.mark.parametrize(("base", "ours", "theirs"), TRIOS)
def test_it_applies_exactly_what_they_changed_and_nobody_else_did(base, ours, theirs):
    assert (merge_cell(base, ours, theirs) is CellOutcome.APPLIED) == (theirs != base == ours)


def test_a_missing_row_or_column_is_no_statement():
    rows = {"1": {"status": "a", "note": "b"}, "2": {"status": "c"}}

    joined = join(rows, rows, {"1": {"note": "b2"}})

    assert joined.balance == {"offered": 1, "applied": 1, "unchanged": 0, "conflicts": 0, "refused": 0}
    assert apply(rows, joined) == {"1": {"status": "a", "note": "b2"}, "2": {"status": "c"}}


def test_an_emptied_cell_is_a_statement():
    rows = {"1": {"note": "b"}}

    assert join(rows, rows, {"1": {"note": ""}}).changes == (CellChange("1", "note", "b", ""),)


def test_what_they_wrote_in_a_row_that_the_ledger_dropped_is_a_conflict():
    base = {"1": {"status": "", "note": "b"}}

    joined = join(base, {}, {"1": {"status": "done", "note": "b"}})

    assert joined.conflicts == (
        CellConflict("1", "status", "", "", "done", ConflictReason.DROPPED_AND_EDITED),
    )
    assert joined.same_keys == (("1", "note"),)


def test_a_row_that_was_not_handed_out_is_refused():
    joined = join({}, {"9": {"note": ""}}, {"9": {"note": "R"}, "10": {"note": "S"}})

    assert [(each.row, each.theirs) for each in joined.refusals] == [("10", "S"), ("9", "R")]


def test_a_refused_cell_is_never_applied_and_always_counted():
    rows = {"1": {"status": ""}}

    joined = join(rows, rows, {"1": {"status": "4.4E+17"}}, refuse={("1", "status"): "数字已变形"})

    assert joined.refusals == (CellRefusal("1", "status", "4.4E+17", "数字已变形"),)
    assert apply(rows, joined) == rows


def test_a_join_that_does_not_account_for_every_cell_cannot_exist():
    with pytest.raises(Unbalanced):
        CellMerge(count=2, same_keys=(("1", "a"),))
    with pytest.raises(Unbalanced):
        CellMerge(count=2, same_keys=(("1", "a"), ("1", "a")))


@given(ROWS, ROWS, ROWS)
@examples(300)
def test_joining_the_same_return_again_changes_nothing_more(base, ours, theirs):
    once = join(base, ours, theirs)
    merged = apply(ours, once)

    again = join(base, merged, theirs)

    assert apply(merged, again) == merged
    assert once.count == sum(len(cells) for cells in theirs.values())


AUTHORS = st.dictionaries(
    st.sampled_from(["U1", "U2", "U3", "U4", "U5", "办公室"]),
    st.dictionaries(
        st.tuples(st.sampled_from(["P1-001", "P1-002", "P1-003"]), st.sampled_from(["status", "note"])),
        st.sampled_from(["", "甲", "乙", "丙"]),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=6,
)
BASE = {wp: {"status": "", "note": "旧"} for wp in ("P1-001", "P1-002", "P1-003")}


@given(AUTHORS, st.randoms(use_true_random=False))
@examples(300)
def test_returns_in_any_order_and_twice_end_in_one_state_up_to_listed_conflicts(said, random_):
    """Every author says what it says about the same base; a conflict is listed whichever text came first."""

    def play(order):
        ledger, listed = {wp: dict(cells) for wp, cells in BASE.items()}, set()
        for author in order:
            theirs = {}
            for (wp, column), text in said[author].items():
                theirs.setdefault(wp, {})[column] = text
            joined = join(BASE, ledger, theirs)
            ledger = apply(ledger, joined)
            listed |= {(each.row, each.column) for each in joined.conflicts}
        return ledger, listed

    order = list(said) * 2
    other = list(order)
    random_.shuffle(other)
    (one, asked), (two, asked_too) = play(order), play(other)

    assert asked == asked_too
    for wp, cells in one.items():
        for column, text in cells.items():
            stated = {each[wp, column] for each in said.values() if (wp, column) in each} - {BASE[wp][column]}
            assert ((wp, column) in asked) == (len(stated) > 1)
            assert text in (stated or {BASE[wp][column]})
            assert two[wp][column] == text or (wp, column) in asked


def test_no_edit_is_lost_and_none_invented():
    tally = soak.account(soak.ours, 1_000)

    assert tally.is_clean, tally
    assert tally.edits > 5_000


@pytest.mark.parametrize("name", soak.MUTANTS)
def test_a_join_with_a_known_fault_is_caught(name):
    assert soak.account(soak.MUTANTS[name], 200).lost > 0


EXPECTED = {f"P1-{n:03}": f"办理第{n}件事" for n in range(1, 11)}
BEFORE = {wp: {"progress": f"做到第{n}步", "status": "正在推进"} for n, wp in enumerate(EXPECTED, start=1)}


def test_an_honest_return_raises_no_doubt():
    found = find_doubts(requirements=EXPECTED, texts=EXPECTED, before=BEFORE, theirs=BEFORE)

    assert (found.swaps, dict(found.columns), found.absent, found.is_empty) == ((), {}, (), False)


def test_ids_sorted_apart_from_their_rows_are_noticed_every_time():
    random_ = random.Random(1)
    orders = [
        dict(zip(random_.sample(list(EXPECTED), len(EXPECTED)), EXPECTED.values(), strict=True))
        for _ in range(500)
    ]
    sorted_apart = [texts for texts in orders if texts != EXPECTED]

    assert len(sorted_apart) > 400
    for texts in sorted_apart:
        assert find_doubts(requirements=EXPECTED, texts=texts, before=BEFORE, theirs=BEFORE).swaps


def test_one_corrected_requirement_is_no_sort():
    given = {**EXPECTED, "P1-003": "办理第三件事（已改）", "P1-004": EXPECTED["P1-005"]}

    assert find_doubts(requirements=EXPECTED, texts=given, before=BEFORE, theirs=BEFORE).swaps == ()


def test_requirements_that_are_equal_cannot_be_told_apart_and_are_not_suspected():
    expected = dict.fromkeys(EXPECTED, "配合做好相关工作")

    assert find_doubts(requirements=expected, texts=expected, before={}, theirs=BEFORE).swaps == ()


def test_a_column_sorted_alone_is_named_and_the_others_are_not():
    texts = sorted(BEFORE[wp]["progress"] for wp in BEFORE)
    theirs = {wp: {**BEFORE[wp], "progress": text} for wp, text in zip(BEFORE, reversed(texts), strict=True)}

    assert list(find_doubts(requirements=EXPECTED, texts=EXPECTED, before=BEFORE, theirs=theirs).columns) == [
        "progress"
    ]


def test_rows_that_did_not_come_back_and_an_empty_form_are_said():
    theirs = {"P1-001": {"status": " ", "progress": ""}}
    found = find_doubts(requirements=EXPECTED, texts={}, before={}, theirs=theirs)

    assert found.is_empty
    assert found.absent == tuple(list(EXPECTED)[1:])


TEXTS = ["印发通知三份", "召开会议两次", "培训八十人", "公开信息九条", "办理申请四件", "更新栏目一个"]
COLUMN = {f"P1-{n:03}": text for n, text in enumerate(TEXTS, start=1)}


def test_a_sorted_column_is_noticed_with_examples_that_say_where_a_text_came_from():
    found = find_column_sort(COLUMN, dict(zip(COLUMN, sorted(TEXTS), strict=True)))

    assert found is not None
    assert all(COLUMN[each.came_from] == each.text for each in found.examples)
    assert 0 < len(found.examples) <= 3


def test_rows_that_did_not_come_back_do_not_hide_it():
    shuffled = dict(zip(COLUMN, sorted(TEXTS), strict=True))
    del shuffled["P1-002"]

    assert find_column_sort(COLUMN, shuffled) is not None


def test_answers_that_are_equal_by_nature_are_not_suspected():
    before = dict.fromkeys(COLUMN, "正在推进") | {"P1-001": "已完成", "P1-002": "未启动"}
    after = before | {"P1-001": "未启动", "P1-002": "已完成", "P1-003": "已完成", "P1-004": "未启动"}

    assert find_column_sort(before, after) is None


def test_a_first_answer_in_every_row_is_not_suspected():
    assert find_column_sort(dict.fromkeys(COLUMN, ""), COLUMN) is None


def test_a_sentence_copied_to_every_row_is_not_suspected():
    assert find_column_sort(COLUMN, dict.fromkeys(COLUMN, TEXTS[0])) is None


def test_most_sorts_are_noticed_and_almost_no_honest_return_is():
    found = sorts(300)

    assert found["pure"] == 300
    assert found["edited"] >= 297
    assert found["false_pure"] == 0
    assert found["false_edited"] <= 3
