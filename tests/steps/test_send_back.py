"""A return that was sent back leaves the ledger as it was before, and the unit has to report again."""

from __future__ import annotations

import datetime as dt
import os

import docx
import pytest

from tests.support.year import ROUNDS, SEPTEMBER, call, fill, form_of, ledger_of, year_with_forms
from tracker import facts
from tracker.formats.books.settings import lay_out_settings
from tracker.problems.returns import NoSuchReturn, NothingOfRound
from tracker.settings import Settings
from tracker.steps.send_back import send_back, send_back_round
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
KEY = ("P1-001", "U002", "progress", "R1")


@pytest.fixture
def root(tmp_path):
    return year_with_forms(tmp_path / "办公")


def send(root, name, text, stamp):
    path = root / "各单位报送" / name
    fill(form_of(root, "市司法局"), {"P1-001": {"自报状态": "正在推进", "进展情况": text}}, path)
    os.utime(path, (stamp, stamp))
    return take_back(call(root, LATER))


def value(root):
    with ledger_of(root) as ledger:
        cell = ledger.office().cells.get(KEY)
        return cell.value if cell else None


def test_every_cell_says_again_what_it_said_before_and_the_form_has_to_come_again(root):
    send(root, "一.xlsx", "写得太简单", 1_000_000_000)

    answer = send_back(call(root, LATER), "一.xlsx", "内容过于笼统")

    assert (answer.data["undone"], value(root)) == (2, "")
    again = take_back(call(root, LATER))
    assert again.data["repeated"] == 1
    assert again.data["standing"]["待退回"] == ["U002"]
    assert send(root, "二.xlsx", "写细了", 1_000_000_100).data["conflicts"] == 0
    assert value(root) == "写细了"


def test_the_return_that_it_had_replaced_counts_again_and_may_be_replaced_again(root):
    send(root, "一.xlsx", "第一稿", 1_000_000_000)
    send(root, "二.xlsx", "第二稿", 1_000_000_100)

    send_back(call(root, LATER), "二.xlsx", "数字有误")

    assert value(root) == "第一稿"
    assert send(root, "三.xlsx", "第三稿", 1_000_000_200).data["conflicts"] == 0
    assert value(root) == "第三稿"


def test_what_was_changed_since_stands_and_is_named(root):
    send(root, "一.xlsx", "单位写的", 1_000_000_000)
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell(*KEY, "本办改的", "office", 0))

    answer = send_back(call(root, LATER), "一.xlsx", "重报")

    assert (answer.data["undone"], answer.data["kept"], value(root)) == (1, 1, "本办改的")
    assert "本办改的" in answer.lines[1]


def test_a_file_that_was_never_taken_is_refused_and_a_dry_run_undoes_nothing(root):
    with pytest.raises(NoSuchReturn):
        send_back(call(root, LATER), "没有.xlsx", "x")
    send(root, "一.xlsx", "写的", 1_000_000_000)
    assert send_back(call(root, LATER, dry_run=True), "一.xlsx", "x").data["undone"] == 2
    assert value(root) == "写的"


def test_a_whole_round_goes_back_to_what_was_known_before_its_first_return(root):
    send(root, "一.xlsx", "第一稿", 1_000_000_000)
    send(root, "二.xlsx", "第二稿", 1_000_000_100)
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell("P1-002", "U003", "progress", "R1", "本办代录的", "office", 0))
    path = root / "各单位报送" / "财政.xlsx"
    fill(
        form_of(root, "市财政局"),
        {"P1-002": {"进展情况": "财政写的"}, "P1-003": {"进展情况": "又一件"}},
        path,
    )
    assert take_back(call(root, LATER)).data["conflicts"] == 1

    dry = send_back_round(call(root, LATER, dry_run=True), "第三季度", "口径改了")
    answer = send_back_round(call(root, LATER), "第三季度", "口径改了")

    assert dry.data == answer.data == {"returns": 3, "undone": 3, "kept": 0}
    with ledger_of(root) as ledger:
        office = ledger.office()
        acts = [act.verb for act in ledger.acts()]
    said = {key[:2]: cell.value for key, cell in office.cells.items() if key[2] == "progress" and cell.value}
    assert said == {("P1-002", "U003"): "本办代录的"}
    assert office.conflicts == {}
    assert {each.outcome for _, each in office.returns} == {"refused"}
    assert acts.count("send-back") == 1
    with pytest.raises(NothingOfRound):
        send_back_round(call(root, LATER), "第三季度", "再来")


def test_what_a_return_left_open_is_asked_no_more_when_it_is_sent_back(root):
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell(*KEY, "本办记的", "office", 0))
    assert send(root, "一.xlsx", "单位写的", 1_000_000_000).data["conflicts"] == 1

    send_back(call(root, LATER), "一.xlsx", "重报")

    with ledger_of(root) as ledger:
        assert ledger.office().conflicts == {}
    assert value(root) == "本办记的"


def test_a_unit_is_told_in_a_draft_what_to_mend(root):
    send(root, "甲.xlsx", "已办结3件", 1_535_950_000)

    result = send_back(call(root, LATER), "甲.xlsx", "缺少佐证材料")

    [path] = (root / "督办" / "退回补正").iterdir()
    text = "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)
    assert "市司法局" in text and "1.缺少佐证材料。" in text and "甲.xlsx" in text
    assert any(path.name in line for line in result.lines)


def test_a_second_notice_to_the_same_unit_leaves_the_first_as_a_person_has_made_it(root):
    send(root, "甲.xlsx", "已办结3件", 1_535_950_000)
    send_back(call(root, LATER), "甲.xlsx", "缺少佐证材料")
    [first] = (root / "督办" / "退回补正").iterdir()
    first.write_bytes(mine := first.read_bytes() + b" ")
    send(root, "乙.xlsx", "已办结4件", 1_535_960_000)

    result = send_back(call(root, LATER), "乙.xlsx", "缺少签章")

    assert first.read_bytes() == mine
    [second] = set((root / "督办" / "退回补正").iterdir()) - {first}
    assert second.name.endswith("（拟稿2）.docx")
    assert any(second.name in line for line in result.lines)


def test_a_try_writes_no_draft(root):
    send(root, "甲.xlsx", "已办结3件", 1_535_950_000)

    send_back(call(root, LATER, dry_run=True), "甲.xlsx", "缺少佐证材料")

    assert not (root / "督办" / "退回补正").exists()


def test_without_the_office_s_name_a_return_is_sent_back_and_no_notice_is_drafted(root):
    send(root, "a.xlsx", "已办", 1_535_950_000)
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(rounds=ROUNDS)))

    answer = send_back(call(root, LATER), "a.xlsx", "重报")

    assert "no-issuer" in "".join(answer.lines)
    assert not list((root / "督办").rglob("*.docx"))
