"""A column that was sorted alone is noticed, and honest work is not suspected."""

from __future__ import annotations

from tests.soaks.merge import sorts
from tracker.rules.returns.merge import find_column_sort

TEXTS = ["印发通知三份", "召开会议两次", "培训八十人", "公开信息九条", "办理申请四件", "更新栏目一个"]
BEFORE = {f"P1-{n:03}": text for n, text in enumerate(TEXTS, start=1)}


def test_a_sorted_column_is_noticed_with_examples_that_say_where_a_text_came_from():
    found = find_column_sort(BEFORE, dict(zip(BEFORE, sorted(TEXTS), strict=True)))

    assert found is not None
    assert all(BEFORE[each.came_from] == each.text for each in found.examples)
    assert 0 < len(found.examples) <= 3


def test_rows_that_did_not_come_back_do_not_hide_it():
    shuffled = dict(zip(BEFORE, sorted(TEXTS), strict=True))
    del shuffled["P1-002"]

    assert find_column_sort(BEFORE, shuffled) is not None


def test_answers_that_are_equal_by_nature_are_not_suspected():
    before = dict.fromkeys(BEFORE, "正在推进") | {"P1-001": "已完成", "P1-002": "未启动"}
    after = before | {"P1-001": "未启动", "P1-002": "已完成", "P1-003": "已完成", "P1-004": "未启动"}

    assert find_column_sort(before, after) is None


def test_a_first_answer_in_every_row_is_not_suspected():
    assert find_column_sort(dict.fromkeys(BEFORE, ""), BEFORE) is None


def test_a_sentence_copied_to_every_row_is_not_suspected():
    assert find_column_sort(BEFORE, dict.fromkeys(BEFORE, TEXTS[0])) is None


def test_most_sorts_are_noticed_and_almost_no_honest_return_is():
    found = sorts(300)

    assert found["pure"] == 300
    assert found["edited"] >= 297
    assert found["false_pure"] == 0
    assert found["false_edited"] <= 3
