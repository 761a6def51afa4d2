"""A PC that allows no scheduled task: the first command of the day makes up for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.mailbox import call, make_office, office_of
from tracker.cli import commandline as cli
from tracker.files.folders import SETTINGS, find_office
from tracker.files.machine import Heartbeat, read_heartbeat, write_heartbeat
from tracker.formats.books.settings import lay_out_settings
from tracker.rules.slots import ClockReading
from tracker.settings import JOBS, Settings
from tracker.steps.call import CHINA
from tracker.steps.catch_up import catch_up
from tracker.steps.clock import Machine
from tracker.steps.run import tick

# Monday 3 September 2018.
MONDAY = dt.datetime(2018, 9, 3, 8, 0, tzinfo=CHINA)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def root(tmp_path):
    return make_office(tmp_path / "办公")


def pc(now):
    return Machine("pc", (now - MONDAY).total_seconds() + 1_000)


def command(root, now):
    told = []
    return catch_up(call(root, now), told.append, machine=pc(now)), told


def done(root):
    return sorted(
        slot.job
        for slot in office_of(root).slots.values()
        if any(each.state == "done" for each in slot.attempts)
    )


def test_a_pc_on_which_nobody_ever_ran_the_scheduler_is_left_in_peace(root):
    assert command(root, MONDAY + 4 * HOUR) == (False, [])
    assert not office_of(root).slots


def test_the_first_command_of_the_day_does_what_is_due_and_the_second_does_not_look_twice(root):
    tick(call(root, MONDAY), machine=pc(MONDAY))
    assert done(root) == []

    caught, told = command(root, MONDAY + DAY + 2 * HOUR)
    seen = office_of(root).seq
    again = command(root, MONDAY + DAY + 2 * HOUR + dt.timedelta(minutes=1))

    assert caught
    assert "09-03 08:20" in told[0]
    assert set(done(root)) >= {"check", "hand-out", "take-back", "chase", "send"}
    assert again == (False, [])
    assert office_of(root).seq == seen


def test_before_a_scheduled_task_would_be_late_nothing_is_done_and_after_that_it_is(root):
    tick(call(root, MONDAY), machine=pc(MONDAY))

    # The first job of the day is due at 8:20.
    assert not command(root, MONDAY + dt.timedelta(minutes=34))[0]
    assert command(root, MONDAY + dt.timedelta(minutes=36))[0]


def test_a_tick_that_was_killed_is_made_up_for_by_the_next_command(root):
    tick(call(root, MONDAY), machine=pc(MONDAY))

    def dies(call):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tick(call(root, MONDAY + HOUR), machine=pc(MONDAY + HOUR), work={"check": dies})

    assert command(root, MONDAY + 2 * HOUR)[0]
    assert "check" in done(root)


def test_a_clock_that_cannot_be_believed_is_told_and_the_command_goes_on(root):
    tick(call(root, MONDAY), machine=pc(MONDAY))

    told = []
    assert catch_up(call(root, MONDAY + 400 * DAY), told.append, machine=pc(MONDAY + HOUR))
    assert "[clock]" in told[-1]
    assert not done(root)


def office_that_was_off_for_a_day(root):
    """Every day right after midnight the ledger is checked; the last tick was a day ago by the clock of this machine."""
    jobs = tuple(replace(job, days="每天", times=(dt.time(0, 1),), on=job.verb == "check") for job in JOBS)
    settings = Settings(values={"office_name": "市政府办公室"}, jobs=jobs)
    (root / SETTINGS).write_bytes(lay_out_settings(settings))
    here = Machine.this()
    before = dt.datetime.now(CHINA) - DAY
    write_heartbeat(
        find_office(root),
        here.name,
        Heartbeat(ClockReading(before, here.steady, "earlier start"), next=before),
    )
    return here, before


def test_what_is_typed_catches_up_before_it_answers(root, capsys):
    here, before = office_that_was_off_for_a_day(root)

    assert cli.main(["status", "--office", str(root), "--json"]) == 0

    said = capsys.readouterr()
    assert said.out.lstrip().startswith("{")
    assert "自检备份" in said.err
    assert done(root) == ["check"]
    assert read_heartbeat(find_office(root), here.name).next > before


@pytest.mark.parametrize(
    "words", [["status", "--dry-run"], ["status", "--now", "2018-09-04"], ["history", "P1-001"]]
)
def test_whoever_asks_of_another_day_or_only_looks_up_does_nothing(root, words):
    office_that_was_off_for_a_day(root)

    cli.main([*words, "--office", str(root)])

    assert done(root) == []
