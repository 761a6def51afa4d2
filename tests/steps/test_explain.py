"""`tracker explain`: one phrase, for machines and for people."""

from __future__ import annotations

import io
import json

import pytest

from tracker.cli.explain import answer_lines
from tracker.problems.office import WrongUsage
from tracker.steps.explain import explain


def test_a_time_limit_has_every_key_of_the_contract_and_null_where_it_is_empty():
    found = explain("deadline", {"text": "发文之日起1个月内", "year": 2018, "issued_on": "2018-06-29"})

    assert {key: str(value) if value else None for key, value in found.data.items()} == {
        "kind": "relative",
        "due": "2018-07-29",
        "workday_due": "2018-07-30",
        "period": None,
        "anchor": "发文之日起",
        "offset": "P1M",
    }


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("每季度通报", "周期：每季度"),
        ("汛前完成", "这个写法无法确定日期，请改为具体日期（如 2026年6月30日）。"),
        ("2031年6月底", "工作日：没有2031年的节假日安排，不推算。"),
        ("收到后3个工作日内", "起算：收到后"),
    ],
)
def test_a_person_is_told_what_was_understood_and_what_was_not(phrase, line):
    assert line in explain("deadline", {"text": phrase, "year": 2026}).lines


def test_each_line_of_json_is_answered_by_one():
    out = io.StringIO()
    lines = [json.dumps({"text": text, "year": 2021, "other": 1}) for text in ("6月底", "", "适时")]

    answer_lines("deadline", lines, out)

    kinds = [json.loads(line)["kind"] for line in out.getvalue().splitlines()]
    assert kinds == ["date", "none", "none"]


def test_a_year_that_is_none_is_refused_with_its_text():
    with pytest.raises(WrongUsage, match="去年"):
        explain("deadline", {"text": "6月底", "year": "去年"})
