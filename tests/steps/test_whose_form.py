"""Whose form a file is, and of which round, is certain or asked; a wrong one spoils nobody's record."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.year import (
    SEPTEMBER,
    call,
    decide,
    fill,
    form_of,
    ledger_of,
    snapshot,
    year_with_forms,
)
from tracker import facts
from tracker.files.folders import find_office
from tracker.problems.base import Exit
from tracker.steps.hand_out import hand_out
from tracker.steps.send_back import send_back
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
NOVEMBER = SEPTEMBER.replace(month=11, day=20)
GOOD = {"P1-001": {"自报状态": "正在推进", "进展情况": "本单位写的"}}
WRONG = {"P1-001": {"自报状态": "已完成", "进展情况": "填在旧表上"}}


@pytest.fixture
def root(tmp_path):
    return year_with_forms(tmp_path / "办公", points=12)


def send(root, unit="市司法局", name="x.xlsx", answers=GOOD, printed="", round_="2018-第三季度"):
    path = fill(form_of(root, unit, round_), answers, root / "各单位报送" / name)
    if printed:
        book = openpyxl.load_workbook(path)
        page = book["填报表"]
        page["B2"] = page["B2"].value.replace(unit, printed)
        book.save(path)
    return path


def texts(root):
    with ledger_of(root) as ledger:
        cells = ledger.office().cells
    return {key[0::3]: cell.value for key, cell in cells.items() if key[2] == "progress" and cell.value}


def state_of(root, now, unit):
    standing = take_back(call(root, now, dry_run=True)).data["standing"]
    return [word for word, units in standing.items() for one in units if one == unit]


def test_a_form_that_prints_another_unit_is_refused_with_both_named_and_spoils_neither(root):
    send(root)
    take_back(call(root, LATER))
    good = texts(root)
    send(root, name="y.xlsx", answers={"P1-001": {"进展情况": ""}, **WRONG}, printed="市民政局")

    answer = take_back(call(root, LATER))

    (refusal,) = answer.data["refused"]
    assert "市司法局" in refusal["reason"] and "市民政局" in refusal["reason"]
    assert "other-unit" in refusal["reason"]
    assert texts(root) == good
    assert state_of(root, LATER, "U002") == ["未盖章"]
    assert state_of(root, LATER, "U004") == ["未报"]
    assert answer.exit is Exit.PARTLY


@pytest.mark.parametrize("printed", ["市司法局办公室", "本单位", "市 司法局"])
def test_a_printed_name_that_is_no_other_unit_of_the_list_is_taken(root, printed):
    send(root, printed=printed)

    assert len(take_back(call(root, LATER)).data["taken"]) == 1


@pytest.mark.parametrize(
    ("choice", "taken", "state"), [("用新报送的", 1, "未盖章"), ("用台账现有", 0, "未报")]
)
def test_a_form_in_a_file_with_another_units_name_is_asked_once(root, choice, taken, state):
    send(root, name="市民政局.xlsx")

    answer = take_back(call(root, LATER))

    assert "other-name" in answer.lines[1] and "市民政局" in answer.lines[1]
    assert texts(root) == {}
    assert (answer.data["conflicts"], state_of(root, LATER, "U002")) == (1, ["未报"])
    assert take_back(call(root, LATER)).data["repeated"] == 1
    assert decide(root, choice, None, NOVEMBER).data["open"] == 0
    assert len(texts(root)) == taken
    assert state_of(root, LATER, "U002") == [state]
    assert state_of(root, LATER, "U004") == ["未报"]


@pytest.mark.parametrize(
    "name", ["市司法局.xlsx", "汇总.xlsx", "市司法局转市民政局.xlsx", "市民政局/报送.xlsx"]
)
def test_a_name_that_is_no_other_units_alone_is_not_asked_about(root, name):
    send(root, name=name)

    assert take_back(call(root, LATER)).data["conflicts"] == 0


def test_sending_back_what_was_another_units_leaves_the_wronged_unit_as_it_was(root):
    path = send(root, printed="市民政局")
    with ledger_of(root) as ledger, ledger.act("take-back", person="王敏", at=LATER) as act:
        # As an earlier version took it, by its token alone.
        sha = find_office(root).keep(path.read_bytes(), path.name)
        act.add(facts.File(sha, path.name, "", LATER), facts.Return("F2", sha, "taken", "", "{}"), file=sha)
        act.add(facts.Cell("P1-001", "U002", "progress", "R1", "别人的话", "unit", 0), file=sha)

    answer = send_back(call(root, LATER), path.name, "不是本单位的")

    assert texts(root) == {}
    assert answer.data["unit"] == "U004"
    assert state_of(root, LATER, "U002") == ["未报"]


def test_an_old_rounds_form_is_refused_by_its_round_with_the_form_to_use_and_its_texts_are_offered(root):
    send(root)
    take_back(call(root, LATER))
    hand_out(call(root, NOVEMBER))
    send(root, name="年终.xlsx", answers=WRONG)

    answer = take_back(call(root, NOVEMBER))

    (refusal,) = answer.data["refused"]
    assert "“第三季度”的填报表" in refusal["reason"]
    assert "填报表/2018-年终/市司法局.xlsx" in refusal["reason"]
    assert texts(root) == {("P1-001", "R1"): "本单位写的"}
    with ledger_of(root) as ledger:
        office = ledger.office()
        (question,) = office.conflicts.values()
        assert [back.outcome for _, back in office.returns] == ["taken"]
    assert "填在旧表上" in question.theirs and office.rounds[question.period].name == "年终"
    assert sorted(state_of(root, NOVEMBER, "U002")) == ["未报", "未盖章"]


@pytest.mark.parametrize(
    ("choice", "text", "expected"),
    [
        ("用新报送的", None, {("P1-001", "R1"): "本单位写的", ("P1-001", "R2"): "填在旧表上"}),
        ("用台账现有", None, {("P1-001", "R1"): "本单位写的"}),
        ("另行填写", "第三季度", {("P1-001", "R1"): "填在旧表上"}),
    ],
)
def test_the_offer_is_answered_in_the_list(root, choice, text, expected):
    send(root)
    take_back(call(root, LATER))
    hand_out(call(root, NOVEMBER))
    send(root, name="年终.xlsx", answers=WRONG)
    take_back(call(root, NOVEMBER))

    answer = decide(root, choice, text, NOVEMBER)

    assert (answer.data["settled"], answer.data["open"]) == (1, 0)
    assert texts(root) == expected
    before = snapshot(root)
    assert take_back(call(root, NOVEMBER)).data["conflicts"] == 0
    assert snapshot(root) == before


def test_a_round_that_the_unit_has_no_form_of_is_no_answer(root):
    send(root)
    take_back(call(root, LATER))
    hand_out(call(root, NOVEMBER))
    send(root, name="年终.xlsx", answers=WRONG)
    take_back(call(root, NOVEMBER))

    assert decide(root, "另行填写", "第一季度", NOVEMBER).data["open"] == 1


def test_a_form_whose_round_is_not_over_is_taken_though_a_newer_one_is_out(root):
    hand_out(call(root, LATER), round_name="专项", due=dt.date(2018, 9, 30))
    send(root)

    assert len(take_back(call(root, LATER)).data["taken"]) == 1
    assert texts(root) == {("P1-001", "R1"): "本单位写的"}


def test_an_old_form_that_says_nothing_new_is_refused_and_asks_nothing(root):
    send(root)
    take_back(call(root, LATER))
    hand_out(call(root, NOVEMBER))
    send(root, name="空.xlsx", answers={})

    answer = take_back(call(root, NOVEMBER))

    assert "old-round" in answer.data["refused"][0]["reason"]
    assert answer.data["conflicts"] == 0
