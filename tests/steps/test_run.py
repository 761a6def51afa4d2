"""The tick: what is due is done once, what was missed is made up for once."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from tests.steps.posted import call
from tests.steps.posted import make_office
from tests.steps.posted import office_of
from tests.steps.posted import record
from tests.steps.posted import slip
from tracker import facts
from tracker.problems.sending import ClockHeld
from tracker.steps.call import CHINA
from tracker.steps.run import tick
from tracker.steps.send import send
from tracker.steps.status import status
from tracker.steps.timing.clockwork import Machine

# Monday 3 September 2018, a working day; the Mid-Autumn holiday was 22 to 24 September.
MONDAY = dt.datetime(2018, 9, 3, 8, 0, tzinfo=CHINA)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def root(tmp_path):
    return make_office(tmp_path / "办公")


def go(root, now, work, *, machine=None, worker="pc:1", told=False):
    machine = machine or Machine("pc", (now - MONDAY).total_seconds() + 1_000)
    return tick(call(root, now), work=work, machine=machine, worker=worker, told=told)


class Work:
    """Jobs that count how often they were called."""

    def __init__(self, *fail):
        self.calls = []
        self.fail = fail

    def _do(self, name):
        def do(call):
            self.calls.append((name, call.today.isoformat()))
            if name in self.fail:
                raise ValueError("broken")
            return "好"

        return do

    def jobs(self, *names):
        return {name: self._do(name) for name in names}


def test_a_job_is_done_once_at_its_time(root):
    work = Work()
    for minutes in range(0, 180, 5):
        go(root, MONDAY + dt.timedelta(minutes=minutes), work.jobs("chase"))

    assert work.calls == [("chase", "2018-09-03")]


def test_asleep_from_friday_to_wednesday_is_one_run_and_every_slot_has_its_row(root):
    work = Work()
    go(root, MONDAY + HOUR, work.jobs("chase"))

    answer = go(root, MONDAY + 9 * DAY + 6 * HOUR, work.jobs("chase"))

    assert work.calls == [("chase", "2018-09-03"), ("chase", "2018-09-12")]
    assert answer.data["joined"] == 6
    states = [slot.tries[-1].state for slot in office_of(root).slots.values()]
    assert sorted(states) == ["begun", "done", "done", *["joined"] * 6]


def test_after_five_days_off_each_unit_gets_one_digest(root):
    from tracker.steps.timing.jobs import JOBS

    work = {name: JOBS[name] for name in ("chase", "send")}
    friday = dt.datetime(2018, 12, 14, 9, 30, tzinfo=CHINA)
    # The ladder reminds ten working days before the end of the year.
    go(root, friday - 3 * DAY, work, machine=Machine("pc", 1.0))

    go(root, friday + 5 * DAY, work, machine=Machine("pc", 8 * 86_400.0))
    go(root, friday + 5 * DAY + HOUR, work, machine=Machine("pc", 8 * 86_400.0 + 3_600))

    office = office_of(root)
    reminded = [each.unit for each in office.documents.values() if each.tier == "提醒"]
    told = [each.said.unit for each in office.messages.values() if each.said.tier == "提醒"]
    assert sorted(reminded) == sorted(set(reminded))
    assert set(reminded) == {"U001", "U002", "U003", "U004", "U005"}
    assert sorted(told) == sorted(reminded)


def test_a_job_that_fails_does_not_stop_the_others(root):
    work = Work("chase")

    answer = go(root, MONDAY + 2 * HOUR, work.jobs("chase", "send"))

    assert answer.data["failed"] == ["chase"]
    assert answer.data["done"] == ["send"]


def test_five_failures_in_a_row_raise_one_alarm(root):
    work = Work("chase")
    now = MONDAY
    for _ in range(4 * 24 * 4):
        now += dt.timedelta(minutes=15)
        go(root, now, work.jobs("chase"))

    alarms = [each.said for each in office_of(root).messages.values()]
    assert [each.tier for each in alarms] == ["告警"]
    assert "提醒催办" in alarms[0].subject
    assert len(work.calls) == 12
    assert any("连续失败" in line for line in status(call(root, now)).lines)


def test_a_failure_that_was_put_right_is_forgotten(root):
    failing, fine = Work("chase"), Work()
    for day in range(4):
        go(root, MONDAY + day * DAY + 2 * HOUR, (failing if day % 2 else fine).jobs("chase"))

    assert not office_of(root).messages


def test_two_schedulers_do_it_once(root):
    work = Work()
    started = threading.Barrier(2)

    def one(worker):
        started.wait()
        go(root, MONDAY + 2 * HOUR, work.jobs("chase", "send", "sync"), worker=worker)

    both = [threading.Thread(target=one, args=(f"pc:{n}",)) for n in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(name for name, _ in work.calls) == ["chase", "send", "sync"]


def test_a_tick_that_was_killed_is_made_up_for_when_its_worker_must_be_dead(root):
    def dies(call):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(root, MONDAY + HOUR, {"chase": dies})
    work = Work()

    go(root, MONDAY + HOUR + dt.timedelta(minutes=10), work.jobs("chase"))
    assert work.calls == []
    go(root, MONDAY + HOUR + dt.timedelta(minutes=40), work.jobs("chase"))
    assert len(work.calls) == 1


# The clock


@pytest.mark.parametrize("jump", [-25 * HOUR, -HOUR, 365 * DAY, 40 * HOUR])
def test_a_clock_that_jumped_holds_everything_until_it_is_right_again(root, jump):
    work = Work()
    go(root, MONDAY + HOUR, work.jobs("chase"))
    before = office_of(root).slots

    for minutes in (5, 10):
        steady = Machine("pc", 1_000 + 3_600 + minutes * 60)
        with pytest.raises(ClockHeld):
            go(root, MONDAY + HOUR + jump + dt.timedelta(minutes=minutes), work.jobs("chase"), machine=steady)
    assert office_of(root).slots == before

    go(root, MONDAY + DAY + HOUR, work.jobs("chase"))
    assert work.calls == [("chase", "2018-09-03"), ("chase", "2018-09-04")]


def test_a_person_may_say_that_the_clock_is_right(root):
    work = Work()
    go(root, MONDAY + HOUR, work.jobs("chase"))
    later = MONDAY + 30 * DAY + 2 * HOUR
    machine = Machine("pc", 9.0)
    with pytest.raises(ClockHeld):
        go(root, later, work.jobs("chase"), machine=machine)

    go(root, later, work.jobs("chase"), machine=machine, told=True)

    assert work.calls[-1] == ("chase", later.date().isoformat())


def test_while_the_clock_is_held_nobody_sends_by_hand(root):
    here = Machine.this()
    go(root, MONDAY + HOUR, {}, machine=here)
    with pytest.raises(ClockHeld):
        go(root, MONDAY - DAY, {}, machine=here)
    slip(root, 1, "U001")

    with pytest.raises(ClockHeld):
        send(call(root, MONDAY - DAY))
    assert any("[clock]" in line for line in status(call(root, MONDAY - DAY)).lines)


def test_a_damaged_heartbeat_is_no_heartbeat(root):
    (root / ".tracker" / "run-pc.json").write_bytes(b"{")

    go(root, MONDAY + HOUR, Work().jobs("chase"))


# The watchdog


def test_a_scheduler_that_is_dead_for_a_day_is_told_by_the_next_command(root):
    go(root, MONDAY + 2 * HOUR, Work().jobs("chase"))

    assert status(call(root, MONDAY + 24 * HOUR)).data["watch"] == []
    (line,) = status(call(root, MONDAY + 2 * DAY + 2 * HOUR)).data["watch"]
    assert "2018-09-04 09:00" in line
    assert "2018-09-03 10:00" in line


def test_it_comes_back_with_one_alarm_to_the_office(root):
    work = Work()
    go(root, MONDAY + 2 * HOUR, work.jobs("chase"))
    for minutes in (0, 5, 10):
        go(root, MONDAY + 4 * DAY + 2 * HOUR + dt.timedelta(minutes=minutes), work.jobs("chase"))

    assert [each.said.tier for each in office_of(root).messages.values()] == ["告警"]
    assert status(call(root, MONDAY + 4 * DAY + 3 * HOUR)).data["watch"] == []


def test_a_parked_slip_is_told_on_status(root):
    said = facts.Message("M1", "k", "", "U001", "催办", "official", "mail", "a@b.cn", "", "", "", (), ())
    record(root, said, facts.MessageAttempt("M1", 1, "pc:1"), at=MONDAY)

    assert any("可能已送达" in line for line in status(call(root, MONDAY + HOUR)).data["watch"])
