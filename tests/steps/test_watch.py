"""Where people see that nobody wakes the program, that a job fails, or that nothing may leave."""

from __future__ import annotations

import datetime as dt
import hashlib

import openpyxl
import pytest

from tests.support.mailbox import call, make_office, office_of, record
from tracker import facts
from tracker.formats.books.ledger_book import LEDGER_NOTE
from tracker.steps.call import CHINA
from tracker.steps.clock import Machine
from tracker.steps.run import tick
from tracker.steps.send import send
from tracker.steps.status import status
from tracker.steps.sync import sync

# Monday 3 September 2018.
MONDAY = dt.datetime(2018, 9, 3, 10, 0, tzinfo=CHINA)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def root(tmp_path):
    return make_office(tmp_path / "办公")


def go(root, now, **work):
    machine = Machine("pc", (now - MONDAY).total_seconds() + 1_000)
    return tick(call(root, now), machine=machine, worker="pc:1", work=work)


def good(_call):
    return "好"


def bad(_call):
    raise ValueError("broken")


def note(root):
    return openpyxl.load_workbook(root / "台账" / "工作台账.xlsx")["任务事项"]["A2"].value


def alarms(root):
    return [each.fact for each in office_of(root).messages.values() if each.fact.tier == "告警"]


def test_the_workbook_says_that_nobody_wakes_the_program_until_somebody_does(root):
    go(root, MONDAY, chase=good)
    sync(call(root, MONDAY))
    assert note(root) == LEDGER_NOTE

    sync(call(root, MONDAY + 2 * DAY))
    assert note(root).startswith("！定时任务超过一天没有做成：2018-09-04 09:00起")
    assert "2018-09-03 10:00" in note(root)

    go(root, MONDAY + 2 * DAY + HOUR, chase=good)
    sync(call(root, MONDAY + 2 * DAY + HOUR))
    assert note(root) == LEDGER_NOTE


def test_the_workbook_says_which_job_fails_though_the_others_do_not(root):
    for hours in range(0, 30):
        go(root, MONDAY + hours * HOUR, chase=bad, send=good)

    sync(call(root, MONDAY + 30 * HOUR))

    assert note(root).startswith("！定时任务“提醒催办”自09-03 09:00起连续失败。")


def test_saying_it_again_changes_nothing_and_a_line_that_the_office_rewrote_is_left_alone(root):
    go(root, MONDAY, chase=good)
    later = call(root, MONDAY + 2 * DAY)
    sync(later)
    path = root / "台账" / "工作台账.xlsx"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    sync(later)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before

    book = openpyxl.load_workbook(path)
    book["任务事项"]["A2"] = "本表由办公室王敏负责"
    book.save(path)
    sync(later)
    assert note(root) == "本表由办公室王敏负责"


def test_whoever_sends_by_hand_tells_the_office_s_own_address_that_nobody_wakes_the_program(root):
    go(root, MONDAY, chase=good)
    send(call(root, MONDAY + HOUR))
    assert alarms(root) == []

    for minutes in (0, 5):
        send(call(root, MONDAY + 2 * DAY + dt.timedelta(minutes=minutes)))

    (alarm,) = alarms(root)
    assert "2018-09-04 09:00" in alarm.body
    assert list((root / "督办" / "待发").rglob("*告警*"))


def test_what_the_blast_guard_holds_is_told_on_status(root):
    record(
        root,
        *(
            facts.Message(
                f"M{n}",
                f"k{n}",
                "",
                "U001",
                "提醒",
                "reminder",
                "folder",
                "",
                f"<{n}@x>",
                "提醒",
                "提醒",
                (),
                (),
            )
            for n in range(1, 13)
        ),
        at=MONDAY,
    )

    watched = status(call(root, MONDAY + HOUR)).data["watch"]

    assert any("12份" in each and "--force" in each for each in watched)
