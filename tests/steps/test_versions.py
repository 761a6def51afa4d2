"""Which of two returns is the later one: told by their dates, else asked once, for the whole file."""

from __future__ import annotations

import datetime as dt
import os

import openpyxl
import pytest

from tests.support.year import SEPTEMBER, call, decide, fill, form_of, ledger_of, year_with_forms
from tracker.steps.take_back import take_back
from tracker.steps.undo import reopen

LATER = SEPTEMBER + dt.timedelta(days=5)
STAMP = 1_000_000_000


@pytest.fixture
def root(tmp_path):
    return year_with_forms(tmp_path / "办公")


def send(root, name, stamp, **texts):
    answers = {f"P1-00{key[1]}": {"进展情况": text} for key, text in texts.items()}
    path = fill(form_of(root, "市司法局"), answers, root / "各单位报送" / name)
    os.utime(path, (stamp, stamp))


def progress(root):
    with ledger_of(root) as ledger:
        return {key[0]: cell.value for key, cell in ledger.office().cells.items() if key[2] == "progress"}


def outcomes(root):
    with ledger_of(root) as ledger:
        office = ledger.office()
        return {office.files[each.sha].name: each.outcome for _, each in office.returns}


@pytest.fixture
def asked(root):
    """Two versions saved in the same second, which differ in two cells."""
    send(root, "a.xlsx", STAMP, w1="这样", w2="甲")
    send(root, "b.xlsx", STAMP, w1="那样", w2="乙")
    answer = take_back(call(root, LATER))
    assert answer.data["conflicts"] == 1
    return root


def test_two_versions_saved_in_the_same_second_are_asked_once_with_what_differs(asked):
    rows = openpyxl.load_workbook(asked / "待核对事项清单.xlsx")["待核对事项"].iter_rows(values_only=True)
    [row] = [row for row in rows if str(row[0]).startswith("C")]

    assert row[4] == "以哪份为准"
    assert row[6].splitlines() == ["a.xlsx", "P1-001 进展情况：这样", "P1-002 进展情况：甲"]
    assert row[7].splitlines() == ["b.xlsx", "P1-001 进展情况：那样", "P1-002 进展情况：乙"]
    assert progress(asked) == {"P1-001": "这样", "P1-002": "甲"}
    assert take_back(call(asked, LATER)).data["conflicts"] == 1


def test_beside_a_file_that_waits_the_one_that_it_differs_from_is_named(root):
    path = fill(form_of(root, "市教育局"), {"P1-001": {"进展情况": "教"}}, root / "各单位报送" / "a.xlsx")
    os.utime(path, (STAMP, STAMP))
    send(root, "b.xlsx", STAMP, w1="这样")
    send(root, "c.xlsx", STAMP, w1="那样")

    answer = take_back(call(root, LATER))

    (line,) = [line for line in answer.lines if "which-is-later" in line]
    assert "c.xlsx：和先收的“b.xlsx”内容不同" in line


def test_the_new_one_replaces_the_other_once_somebody_says_so(asked):
    answer = decide(asked, "用新报送的", None, LATER)

    assert (answer.data["settled"], answer.data["open"]) == (1, 0)
    assert progress(asked) == {"P1-001": "那样", "P1-002": "乙"}
    assert outcomes(asked) == {"a.xlsx": "superseded", "b.xlsx": "taken"}


def test_the_other_stands_where_somebody_says_so_and_the_unit_may_go_on(asked):
    decide(asked, "用台账现有", None, LATER)

    assert progress(asked) == {"P1-001": "这样", "P1-002": "甲"}
    assert outcomes(asked) == {"a.xlsx": "taken", "b.xlsx": "superseded"}
    send(asked, "c.xlsx", STAMP + 100, w1="第三稿", w2="丙")
    assert take_back(call(asked, LATER)).data["conflicts"] == 0
    assert progress(asked) == {"P1-001": "第三稿", "P1-002": "丙"}


@pytest.mark.parametrize("choice", ["用新报送的", "用台账现有"])
def test_a_decision_about_a_whole_file_is_taken_back_and_made_again(asked, choice):
    before = progress(asked), outcomes(asked)
    decide(asked, choice, None, LATER)

    assert reopen(call(asked, LATER)).data == {"reopened": ["C1"], "untouched": 0}

    assert (progress(asked), outcomes(asked)) == before
    assert take_back(call(asked, LATER)).data["conflicts"] == 1
    assert decide(asked, "用新报送的", None, LATER).data["open"] == 0
    assert progress(asked) == {"P1-001": "那样", "P1-002": "乙"}
    assert outcomes(asked) == {"a.xlsx": "superseded", "b.xlsx": "taken"}


def test_a_text_of_ones_own_is_no_answer_to_which_is_the_later_one(asked):
    answer = decide(asked, "另行填写", "都不对", LATER)

    assert [each["code"] for each in answer.data["findings"]] == ["no-choice"]
    assert answer.data["open"] == 1


def test_versions_that_say_the_same_or_fill_in_different_rows_need_no_order(root):
    send(root, "a.xlsx", STAMP, w1="这样")
    send(root, "b.xlsx", STAMP, w2="乙")

    assert take_back(call(root, LATER)).data["conflicts"] == 0
    assert progress(root) == {"P1-001": "这样", "P1-002": "乙"}


def test_an_older_file_that_comes_later_is_asked_and_never_replaces_silently(root):
    send(root, "新.xlsx", STAMP + 100, w1="新稿")
    take_back(call(root, LATER))
    send(root, "旧.xlsx", STAMP, w1="旧稿")

    assert take_back(call(root, LATER)).data["conflicts"] == 1
    assert progress(root) == {"P1-001": "新稿"}
    assert outcomes(root)["旧.xlsx"] == "waiting"
