"""The tick: what is due is done once, what was missed is made up for once."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading

import pytest

from tests.soaks.scheduler import soak
from tests.support.mailbox import Clock, call, make_office, office_of, record, slip
from tracker import facts
from tracker.problems.chase import ClockHeld
from tracker.problems.office import AlreadyRecorded, LedgerWrong
from tracker.steps.call import CHINA
from tracker.steps.clock import Machine
from tracker.steps.run import install, keep_running, tick
from tracker.steps.send import send
from tracker.steps.status import status

# Monday 3 September 2018, a working day; the Mid-Autumn holiday was 22 to 24 September.
MONDAY = dt.datetime(2018, 9, 3, 8, 0, tzinfo=CHINA)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def root(tmp_path):
    return make_office(tmp_path / "办公")


def go(root, now, work, *, machine=None, worker="pc:1", told=False, clock=None):
    machine = machine or Machine("pc", (now - MONDAY).total_seconds() + 1_000)
    return tick(call(root, now), work=work, machine=machine, worker=worker, is_confirmed=told, clock=clock)


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
    states = [slot.attempts[-1].state for slot in office_of(root).slots.values()]
    assert sorted(states) == ["begun", "done", "done", *["joined"] * 6]


def test_after_five_days_off_each_unit_gets_one_digest(root):
    from tracker.steps.run import WORK_BY_VERB

    work = {name: WORK_BY_VERB[name] for name in ("chase", "send")}
    friday = dt.datetime(2018, 12, 14, 9, 30, tzinfo=CHINA)
    # The ladder reminds ten working days before the end of the year.
    go(root, friday - 3 * DAY, work, machine=Machine("pc", 1.0))

    go(root, friday + 5 * DAY, work, machine=Machine("pc", 8 * 86_400.0))
    go(root, friday + 5 * DAY + HOUR, work, machine=Machine("pc", 8 * 86_400.0 + 3_600))

    office = office_of(root)
    reminded = [each.unit for each in office.documents.values() if each.tier == "提醒"]
    told = [each.fact.unit for each in office.messages.values() if each.fact.tier == "提醒"]
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
    for _ in range(4 * 8):
        now += 3 * HOUR
        go(root, now, work.jobs("chase", "send"))

    alarms = [each.fact for each in office_of(root).messages.values()]
    assert [each.tier for each in alarms] == ["告警"]
    assert "提醒催办" in alarms[0].subject
    assert sum(name == "chase" for name, _ in work.calls) == 12
    assert any("连续失败" in line for line in status(call(root, now)).lines)


def test_a_failure_that_was_put_right_is_forgotten(root):
    failing, fine = Work("chase"), Work()
    for day in range(4):
        go(
            root,
            MONDAY + day * DAY + 3 * HOUR,
            (failing if day % 2 else fine).jobs("chase") | fine.jobs("send"),
        )

    assert not office_of(root).messages


def test_a_job_that_takes_its_process_down_raises_the_alarm_too(root):
    def dies(call):
        raise KeyboardInterrupt

    fine = Work().jobs("send")
    for hours in range(2, 2 + 3 * 24, 3):
        with contextlib.suppress(KeyboardInterrupt):
            go(root, MONDAY + hours * HOUR, {"chase": dies} | fine)

    (alarm,) = [each.fact for each in office_of(root).messages.values()]
    assert "提醒催办" in alarm.subject
    assert "中断" in alarm.body


def test_nothing_done_for_a_day_raises_one_alarm_though_somebody_tries(root):
    go(root, MONDAY + 2 * HOUR, Work().jobs("chase", "send"))
    failing = Work("chase", "send")
    for hours in range(3, 2 * 24, 3):
        go(root, MONDAY + hours * HOUR, failing.jobs("chase", "send"))

    silent = [each.fact for each in office_of(root).messages.values() if "停摆" in each.fact.key]
    assert [each.key for each in silent] == ["告警|停摆|2018-09-03T11:10:00+08:00"]
    assert "2018-09-03 10:00" in silent[0].body


def test_what_came_back_is_taken_in_before_anybody_is_chased_though_it_was_due_later(root):
    work = Work()

    go(root, MONDAY + 9 * HOUR, work.jobs("send", "chase", "take-back"))

    assert [name for name, _ in work.calls] == ["take-back", "chase", "send"]


def test_while_one_scheduler_does_a_job_another_does_not_go_on_to_the_next(root):
    mine, told = Work(), []

    def long(call):
        told.append(go(root, MONDAY + 2 * HOUR, mine.jobs("chase", "send"), worker="pc:2"))
        return "好"

    go(root, MONDAY + 2 * HOUR, {"chase": long} | mine.jobs("send"))

    assert mine.calls == [("send", "2018-09-03")]
    assert told[0].data["done"] == []
    assert "另一处" in told[0].lines[-1]


def test_one_that_works_for_long_is_not_taken_for_dead(root):
    clock, mine = Clock(MONDAY + 2 * HOUR), Work()

    def long(call):
        clock.wait(40 * 60)
        return "好"

    def meanwhile(call):
        go(root, clock.now(), mine.jobs("chase", "send"), worker="pc:2")
        return "好"

    go(root, clock.now(), {"chase": long, "send": meanwhile}, clock=clock)

    assert mine.calls == []


def test_a_job_that_met_somebody_recording_the_same_looks_again_at_once(root):
    tries = []

    def beaten(call):
        tries.append(1)
        if len(tries) == 1:
            raise AlreadyRecorded(ledger="x", detail="x")
        return "好"

    assert go(root, MONDAY + 2 * HOUR, {"chase": beaten}).data == {
        "done": ["chase"],
        "failed": [],
        "joined": 0,
    }


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

    work = Work()

    go(root, MONDAY + 2 * HOUR, work.jobs("chase"))

    assert work.calls == [("chase", "2018-09-03")]


def test_what_is_wrong_with_the_ledger_is_told_in_words(root):
    def wrong(call):
        raise LedgerWrong(what="第7条记录缺失。")

    answer = go(root, MONDAY + 2 * HOUR, {"check": wrong})

    assert any("第7条记录缺失" in line for line in answer.lines)


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

    assert [each.fact.tier for each in office_of(root).messages.values()] == ["告警"]
    assert status(call(root, MONDAY + 4 * DAY + 3 * HOUR)).data["watch"] == []


def test_a_parked_slip_is_told_on_status(root):
    said = facts.Message("M1", "k", "", "U001", "催办", "official", "mail", "a@b.cn", "", "", "", (), ())
    record(root, said, facts.MessageAttempt("M1", 1, "pc:1"), at=MONDAY)

    assert any("可能已送达" in line for line in status(call(root, MONDAY + HOUR)).data["watch"])


# The window that stays open


class Window:
    """Looks as often as it is told, and keeps what was told."""

    def __init__(self, root, *moments):
        self.root, self.moments, self.told = root, list(moments), []

    def open(self):
        keep_running(
            call(self.root, MONDAY), lambda: self.moments.pop(0), self.told.append, lambda: not self.moments
        )
        return self.told


def test_the_window_does_at_once_what_is_due_and_says_so(root):
    told = Window(root, MONDAY + 30 * dt.timedelta(minutes=1)).open()

    assert "自检备份" in told[-1]
    assert any(slot.job == "check" for slot in office_of(root).slots.values())


@pytest.mark.parametrize("spoiled", ["{", ""])
def test_the_window_stays_open_whatever_goes_wrong(root, spoiled):
    (root / ".tracker" / "office.json").write_text(spoiled, encoding="utf-8")

    told = Window(root, MONDAY + HOUR).open()

    assert "稍后再试" in told[-1]


@pytest.fixture
def new_office(tmp_path):
    return make_office(tmp_path / "办 公")


@pytest.mark.parametrize(
    ("system", "names", "command"),
    [
        ("windows", ["定时任务.xml"], "schtasks /Create /F /TN tracker /XML"),
        ("systemd", ["tracker.service", "tracker.timer"], "systemctl --user enable --now tracker.timer"),
        ("cron", ["crontab.txt"], "crontab -e"),
    ],
)
def test_the_files_are_written_and_the_command_is_said(new_office, system, names, command):
    answer = install(call(new_office), python="/usr/bin/python3", systems=(system,))

    folder = new_office / ".tracker" / "定时任务"
    assert sorted(each.name for each in folder.iterdir()) == names
    assert command in answer.lines[1]
    assert "第一个命令" in answer.lines[-1]
    for name in names:
        data = (folder / name).read_bytes()
        assert answer.data["files"][name] == data.decode("utf-16" if name.endswith("xml") else "utf-8")
        if name != "tracker.timer":
            assert new_office.name in answer.data["files"][name]


def test_asked_what_it_would_write_it_writes_nothing(new_office):
    answer = install(
        call(new_office, dry_run=True), python="/usr/bin/python3", systems=("windows",), user=r"GOV\\wang"
    )

    assert not (new_office / ".tracker" / "定时任务").exists()
    assert "wang" in answer.data["files"]["定时任务.xml"]


# Seeds by which something of each kind happens within a few days.
SEED, QUIET_SEED = 35, 7


def test_whatever_happens_to_two_schedulers_nothing_is_lost_and_nothing_is_done_twice(tmp_path):
    wrong, figures = soak(tmp_path, 6, 4, seed=SEED)

    assert not wrong.any, wrong.examples
    assert min(figures[each] for each in ("kills", "sleeps", "jumps", "restarts", "messages", "editions")) > 0


def test_schedule_alone_loses_slots_and_what_they_owed(tmp_path):
    wrong, _ = soak(tmp_path, 4, 2, kind="bare", seed=QUIET_SEED)

    assert wrong["slots without a row"] > 0
    assert wrong["files lost"] > 0


def test_two_schedulers_on_one_postgresql_neither_lose_nor_double(tmp_path, postgresql):
    wrong, figures = soak(tmp_path, 4, 2, seed=QUIET_SEED, values={"database": postgresql.database()})

    assert not wrong.any, wrong.examples
    assert figures["kills"] > 0
    assert not (tmp_path / "办公" / ".tracker" / "ledger.db").exists()
