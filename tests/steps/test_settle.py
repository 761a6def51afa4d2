"""A person decides once, and it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest

from tests.support.year import SEPTEMBER, call, fill, form_of, ledger_of, snapshot, year_with_forms
from tracker import facts
from tracker.problems.returns import NothingDecided
from tracker.steps.settle import settle
from tracker.steps.take_back import take_back
from tracker.steps.undo import reopen

LATER = SEPTEMBER + dt.timedelta(days=5)
KEY = ("P1-001", "U002", "progress", "R1")


@pytest.fixture
def root(tmp_path):
    """An office with one question: the office wrote 本办记的, the unit 单位写的."""
    root = year_with_forms(tmp_path / "办公")
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell(*KEY, "本办记的", "office", 0))
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位写的"}}, root / "各单位报送" / "a.xlsx")
    take_back(call(root, LATER))
    return root


def decide(root, choice, text=None):
    path = root / "待核对事项清单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book.active
    row = next(row for row in page.iter_rows() if row[0].value == "C1")
    row[9].value, row[10].value = choice, text
    book.save(path)


def value(root):
    with ledger_of(root) as ledger:
        return ledger.office().cells[KEY].value


@pytest.mark.parametrize(
    ("choice", "text", "expected"),
    [
        ("用台账现有", None, "本办记的"),
        ("用新报送的", None, "单位写的"),
        ("另行填写", "两边商定的", "两边商定的"),
    ],
)
def test_the_chosen_text_holds_and_the_question_is_gone(root, choice, text, expected):
    decide(root, choice, text)

    answer = settle(call(root, LATER))

    assert (answer.data["settled"], answer.data["open"], value(root)) == (1, 0, expected)
    before = snapshot(root)
    assert settle(call(root, LATER)).data["settled"] == 0
    assert snapshot(root) == before


def test_a_decision_that_is_taken_back_leaves_what_was_written_since(root):
    with pytest.raises(NothingDecided):
        reopen(call(root, LATER))
    decide(root, "用新报送的")
    settle(call(root, LATER))
    unchanged = snapshot(root)
    assert reopen(call(root, LATER, dry_run=True)).lines[0].startswith("将撤回上一次处理的1条（C1）")
    assert snapshot(root) == unchanged

    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell(*KEY, "后来写的", "office", 0))
    answer = reopen(call(root, LATER))

    assert (answer.data["reopened"], value(root)) == (["C1"], "后来写的")
    assert "之后又改过的1格没有动" in "".join(answer.lines)
    with pytest.raises(NothingDecided):
        reopen(call(root, LATER))


def test_a_decision_that_cannot_be_carried_out_stays_and_is_named(root):
    decide(root, "另行填写")
    assert [each["code"] for each in settle(call(root, LATER)).data["findings"]] == ["no-text-given"]

    decide(root, "随便")
    assert [each["code"] for each in settle(call(root, LATER)).data["findings"]] == ["no-choice"]
    assert value(root) == "本办记的"


def test_what_was_typed_into_the_list_survives_another_take_back(root):
    decide(root, "另行填写", "写了一半")

    take_back(call(root, LATER))

    page = openpyxl.load_workbook(root / "待核对事项清单.xlsx").active
    assert "写了一半" in [cell.value for row in page.iter_rows() for cell in row]


def test_a_question_that_was_settled_is_not_asked_again_when_the_file_comes_again(root):
    decide(root, "用台账现有")
    settle(call(root, LATER))
    fill(
        form_of(root, "市司法局"),
        {"P1-001": {"进展情况": "单位写的"}, "P1-002": {"进展情况": "另一件"}},
        root / "各单位报送" / "b.xlsx",
    )

    assert take_back(call(root, LATER)).data["conflicts"] == 0
    assert value(root) == "本办记的"


def test_a_dry_run_settles_nothing(root):
    decide(root, "用新报送的")
    before = snapshot(root)

    assert settle(call(root, LATER, dry_run=True)).data["settled"] == 1
    assert (value(root), snapshot(root)) == ("本办记的", before)


def test_where_the_units_text_was_chosen_its_next_change_is_not_asked_again(root):
    decide(root, "用新报送的")
    settle(call(root, LATER))
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位又改了"}}, root / "各单位报送" / "b.xlsx")

    assert take_back(call(root, LATER)).data["conflicts"] == 0
    assert value(root) == "单位又改了"


def test_where_the_offices_text_was_chosen_another_change_of_the_unit_is_asked(root):
    decide(root, "用台账现有")
    settle(call(root, LATER))
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位又改了"}}, root / "各单位报送" / "b.xlsx")

    assert take_back(call(root, LATER)).data["conflicts"] == 1
    assert value(root) == "本办记的"


def test_an_open_question_is_replaced_when_the_unit_says_something_else(root):
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位又改了"}}, root / "各单位报送" / "b.xlsx")

    assert take_back(call(root, LATER)).data["conflicts"] == 1
    with ledger_of(root) as ledger:
        [question] = ledger.office().conflicts.values()
    assert (question.ours, question.theirs) == ("本办记的", "单位又改了")


@pytest.mark.parametrize("with_list", [True, False], ids=["with the list", "without it"])
def test_a_decision_may_be_said_without_opening_the_list_and_goes_before_what_stands_there(root, with_list):
    if with_list:
        decide(root, "用台账现有")
    else:
        (root / "待核对事项清单.xlsx").unlink()

    answer = settle(call(root, LATER), answers={"C1": ("另行填写", "当面说定的")})

    assert (answer.data["settled"], answer.data["open"], value(root)) == (1, 0, "当面说定的")


@pytest.mark.parametrize(
    ("spoken", "code"),
    [
        ({"C1": ("另行填写", " ")}, "no-text-given"),
        ({"C1": ("都行", "")}, "no-choice"),
        ({"C99": ("用台账现有", "")}, "no-question"),
    ],
)
def test_a_word_that_decides_nothing_is_named_and_the_question_stays(root, spoken, code):
    answer = settle(call(root, LATER), answers=spoken)

    assert [finding["code"] for finding in answer.data["findings"]] == [code]
    assert (answer.data["open"], value(root)) == (1, "本办记的")


@pytest.mark.parametrize(
    ("said", "expected", "times"),
    [
        ("1", "本办记的", 1),
        ("2", "单位写的", 1),
        ("3 商定的", "商定的", 1),
        ("", "本办记的", 1),
        ("否", "本办记的", 2),
    ],
)
def test_whoever_sits_there_is_asked_what_the_list_does_not_say(root, said, expected, times):
    asked = []

    def ask(question):
        asked.append(question)
        return said

    answer = settle(replace(call(root, LATER), ask=ask))

    assert (value(root), len(asked)) == (expected, times)
    assert answer.data["open"] == (0 if said[:1] in ("1", "2", "3") else 1)
    assert "本办记的" in asked[0] and "单位写的" in asked[0]


def test_what_the_list_says_is_not_asked_again(root):
    decide(root, "用新报送的")

    def ask(question):
        raise AssertionError(question)

    settle(replace(call(root, LATER), ask=ask))

    assert value(root) == "单位写的"


def test_a_word_about_what_is_no_question_any_more_is_told(root):
    answer = settle(call(root, LATER), answers={"C9": ("用新报送的", "")})

    assert [each["code"] for each in answer.data["findings"]] == ["no-question"]
    assert value(root) == "本办记的"
