"""`tracker explain` answers people in Chinese and machines line by line."""

import io
import json

import pytest

from tracker.cli import commandline as cli
from tracker.cli.calls import answer_lines
from tracker.problems.base import Exit
from tracker.problems.office import WrongUsage
from tracker.steps.explain import explain


def test_a_person_reads_roles_mode_and_what_was_left_out(capsys):
    code = cli.main(["explain", "responsibility", "市教育局等部门牵头，各县区配合（见附件1）"])

    assert code is Exit.DONE
    assert capsys.readouterr().out.splitlines() == [
        "牵头：市教育局",
        "配合：各县区",
        "方式：牵头单位汇总，其他单位分工完成",
        "统称：各县区",
        "“等”字后面略去的：等部门",
        "只作指引的：（见附件1）",
    ]


def test_a_machine_gets_one_object_for_each_line():
    out = io.StringIO()

    answer_lines(
        "responsibility",
        ['{"text": "市教育局", "column": "牵头单位", "other": 1}\n', "\n", '{"text": ""}\n'],
        out,
    )

    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"lead": ["市教育局"], "responsible": [], "support": [], "mode": "single", "groups": []},
        {"lead": [], "responsible": [], "support": [], "mode": "unspecified", "groups": []},
    ]


def test_every_answer_is_out_before_the_next_line_is_asked_for():
    out = io.StringIO()
    answered = []

    def lines():
        for _ in range(3):
            answered.append(out.getvalue().count("\n"))
            yield '{"text": "市教育局牵头"}\n'

    answer_lines("responsibility", lines(), out)

    assert answered == [0, 1, 2]


@pytest.mark.parametrize("line", ["市教育局", "[]", '{"column": "x"}', '{"text": 5}'])
def test_a_line_that_is_no_request_is_refused_by_its_number(line):
    with pytest.raises(WrongUsage, match="第 2 行"):
        answer_lines("responsibility", ['{"text": ""}', line], io.StringIO())


def test_a_phrase_of_an_unknown_kind_is_refused_in_chinese(capsys):
    assert cli.main(["explain", "budget", "市教育局"]) is Exit.USAGE
    assert "不能解释“budget”" in capsys.readouterr().err


def test_a_call_without_a_phrase_says_how_to_write_one(capsys):
    assert cli.main(["explain", "responsibility"]) is Exit.USAGE
    assert "tracker explain responsibility" in capsys.readouterr().err


def test_a_time_limit_is_explained_with_its_two_days():
    found = explain("deadline", {"text": "6月底前", "year": 2026})

    assert found.data["kind"] == "date"
    assert str(found.data["due"]) == "2026-06-30"


@pytest.mark.parametrize("request_", [{"text": "", "year": "去年"}, {"text": "", "issued_on": "昨天"}])
def test_a_year_or_date_of_issue_that_cannot_be_read_is_refused(request_):
    with pytest.raises(WrongUsage):
        explain("deadline", request_)


def test_the_parts_of_a_limit_are_explained_where_it_has_several():
    explanation = explain("deadline", {"text": "4月底前初稿，6月底前成稿", "year": "2026"})

    assert [part["text"] for part in explanation.data["milestones"]] == ["4月底前初稿", "6月底前成稿"]
    assert "分段：4月底前初稿→2026-04-30" in explanation.lines
    assert "milestones" not in explain("deadline", {"text": "6月底前", "year": "2026"}).data
