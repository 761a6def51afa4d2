"""The scheduler's tick: whatever is due is done once, whatever was missed is made up for once.

    1. look at the clock; one that cannot be believed stops everything and is told (`steps.timing.clockwork`)
    2. in one act: a row for each slot since the last one; of several missed the latest stays open, the others are
       joined to it
    3. for each open slot, in the order of the table of jobs (what came back is taken in before anybody is chased):
       claim it in an act, do its job, record how it went; while somebody else does a job, leave the rest to them
    4. five failures of a job in a row, or a day of silence: one alarm to the office itself, in the same act

A tick may be killed anywhere, come late, or run beside another one, also on another PC: a claim is a fact that exists
once, and what jobs do is harmless when it is done again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker import facts
from tracker.files.elapsed import Elapsed
from tracker.files.elapsed import worker_name
from tracker.files.ledger import Act
from tracker.files.waking import keep_waking
from tracker.problems import Exit
from tracker.problems import TrackerError
from tracker.problems.ledger import AlreadyRecorded
from tracker.rules.chasing.countdown import Countdown
from tracker.rules.outgoing.slots import ALARM_AT
from tracker.rules.outgoing.slots import Job
from tracker.rules.outgoing.slots import RunOutcome
from tracker.rules.outgoing.slots import SlotState
from tracker.rules.outgoing.slots import failures_in_a_row
from tracker.rules.outgoing.slots import news
from tracker.rules.outgoing.slots import next_due
from tracker.rules.outgoing.slots import slot_state
from tracker.rules.outgoing.slots import slots_of
from tracker.rules.state import Office
from tracker.rules.state import SlotNow
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.outgoing.posting import alarm
from tracker.steps.timing import jobs as all_jobs
from tracker.steps.timing.clockwork import Machine
from tracker.steps.timing.clockwork import believe
from tracker.steps.timing.clockwork import comes_next
from tracker.steps.timing.watch import raise_silence

_EVERY_MINUTES = 5
_LONGEST_NOTE = 200


@dataclass
class _TickRun:
    """What one tick did."""

    lines: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    merges: int = 0


def tick(
    call: Call,
    *,
    is_confirmed: bool = False,
    machine: Machine | None = None,
    worker: str = "",
    work: Mapping[str, all_jobs.JobWork] = all_jobs.JOBS,
    clock: Elapsed | None = None,
) -> Result:
    """Do what is due now.

    Args:
        call: The clock, the person and the folder.
        is_confirmed: A person's word that the clock is right.
        machine: The machine; the one we run on by default.
        worker: Who claims; the machine and the process by default.
        work: What each job does.
        clock: Time that passes while it works: a claim is as old as it is, however long the jobs before it took.
    """
    clock = clock or Elapsed(call.now)
    with open_desk(call) as desk:
        jobs = tuple(job for job in desk.settings.jobs if job.on and job.verb in work)
        if call.dry_run:
            return _preview(desk, jobs)
        machine = machine or Machine.this()
        believe(call, desk.folder, machine, is_confirmed=is_confirmed)
        run = _TickRun()
        _record_slots(desk, jobs, run)
        names = {job.verb: job for job in jobs}
        for slot in _open(desk, names):
            n = _claim(_now(desk, clock), slot, worker or worker_name())
            if n is None:
                run.lines.append("另一处正在做定时任务，其余的由它接着做。")
                break
            if n:
                _do(desk, names[slot.job], slot, n, work[slot.job], run, clock)
        due = next_due(jobs, desk.office(), call.now, Countdown(desk.calendar).is_rest)
        comes_next(call, desk.folder, machine, due)
        return _result(desk, run)


def keep_running(
    call: Call, now: Callable[[], dt.datetime], tell: Callable[[str], None], until: Callable[[], bool]
) -> Result:
    """Tick every few minutes until told otherwise; a tick that fails is told, and the next one comes all the same."""

    def once() -> None:
        moment = now()
        try:
            result = tick(replace(call, now=moment))
        except TrackerError as problem:
            tell(f"{moment:%m-%d %H:%M} {problem}")
        except (
            Exception
        ) as problem:  # a share that is away for a while, a file that somebody spoiled: it comes again
            tell(f"{moment:%m-%d %H:%M} 这一次没有做成（{type(problem).__name__}），稍后再试。")
        else:
            if result.data["done"] or result.data["failed"]:
                tell(f"{moment:%m-%d %H:%M} " + " ".join(result.lines))

    tell(f"每{_EVERY_MINUTES}分钟看一次有没有到时间的任务；关闭窗口即停止。")
    keep_waking(once, minutes=_EVERY_MINUTES, until=until)
    return Result()


def _record_slots(desk: Desk, jobs: tuple[Job, ...], run: _TickRun) -> None:
    rests = Countdown(desk.calendar).is_rest
    with desk.act("run") as act:
        office = act.office()
        raise_silence(desk, act, office)
        for job in jobs:
            _raise_alarm(desk, act, office, job, "没有做完就中断了")
            slot_news = news(job, slots_of(office, job.verb), desk.call.now, rests)
            if slot_news.begins:
                act.add(facts.Slot(job.verb, slot_news.begins))
                act.add(facts.SlotOutcome(job.verb, slot_news.begins, 0, RunOutcome.BEGUN.value, ""))
            act.add(*(facts.Slot(job.verb, due) for due in slot_news.slots))
            if slot_news.joins:
                note = f"与{slot_news.slots[-1]:%m-%d %H:%M}合并"
                act.add(
                    *(
                        facts.SlotOutcome(job.verb, due, 0, RunOutcome.JOINED.value, note)
                        for due in slot_news.joins
                    )
                )
                run.merges += len(slot_news.joins)


def _open(desk: Desk, jobs: Mapping[str, Job]) -> list[SlotNow]:
    due_slots = [
        slot
        for slot in desk.office().slots.values()
        if slot.job in jobs and slot_state(slot, desk.call.now) is SlotState.DUE
    ]
    order = list(jobs)
    return sorted(due_slots, key=lambda slot: (order.index(slot.job), slot.due))


def _now(desk: Desk, clock: Elapsed) -> Desk:
    """The desk at the moment that it has become."""
    return replace(desk, call=replace(desk.call, now=clock.now()))


def _do(
    desk: Desk, job: Job, slot: SlotNow, n: int, work: all_jobs.JobWork, run: _TickRun, clock: Elapsed
) -> None:
    try:
        note, state = _work(desk, work), RunOutcome.DONE
        run.done.append(job.verb)
        run.lines.append(f"{job.name}：{note}")
    except TrackerError as problem:
        note, state = str(problem), RunOutcome.FAILED
    except Exception as problem:  # one job never stops the others; what it was is in its row and in the alarm
        note, state = f"程序问题（{type(problem).__name__}）", RunOutcome.FAILED
    if state is RunOutcome.FAILED:
        run.failures.append(job.verb)
        run.lines.append(f"{job.name}没有做成：{note}")
    later = _now(desk, clock)
    try:
        with later.act("run") as act:
            act.add(facts.SlotOutcome(job.verb, slot.due, n, state.value, note[:_LONGEST_NOTE]))
            _raise_alarm(later, act, act.office(), job, note)
    except AlreadyRecorded:
        return


def _work(desk: Desk, work: all_jobs.JobWork) -> str:
    try:
        return work(desk.call)
    except AlreadyRecorded:
        # A person's command recorded the same between our look and our act; looked at again, there is less to do.
        return work(desk.call)


def _claim(desk: Desk, slot: SlotNow, worker: str) -> int | None:
    """Claim a slot; the number of the attempt, 0 when it is done, None while another worker does any job.

    One job at a time, and in order: sending beside somebody who is still drafting would leave the drafts until the
    next time.
    """
    try:
        with desk.act("run") as act:
            slots = act.office().slots
            current = slots[slot.job, slot.due]
            if any(slot_state(other, desk.call.now) is SlotState.RUNNING for other in slots.values()):
                return None
            if slot_state(current, desk.call.now) is not SlotState.DUE:
                return 0
            n = max((attempt.n for attempt in current.attempts), default=0) + 1
            act.add(facts.SlotAttempt(slot.job, slot.due, n, worker))
            return n
    except AlreadyRecorded:
        return 0


def _raise_alarm(desk: Desk, act: Act, office: Office, job: Job, why: str) -> None:
    count, first = failures_in_a_row(slots_of(office, job.verb), desk.call.now)
    if count >= ALARM_AT and first is not None:
        key = f"告警|{job.verb}|{first.isoformat()}"
        values = {
            "job": job.name,
            "n": str(count),
            "why": why[:_LONGEST_NOTE],
            "since": f"{first:%Y-%m-%d %H:%M}",
        }
        alarm(desk, act, "failing", key, **values)


def _preview(desk: Desk, jobs: tuple[Job, ...]) -> Result:
    """What is due, without doing it."""
    office, now = desk.office(), desk.call.now
    rests = Countdown(desk.calendar).is_rest
    lines, data = [], []
    for job in jobs:
        slots = slots_of(office, job.verb)
        slot_news = news(job, slots, now, rests)
        due_moments = [
            slot.due
            for slot in slots
            if slot_state(slot, now) is SlotState.DUE and slot.due not in slot_news.joins
        ]
        for due in (*due_moments, *slot_news.slots[-1:]):
            lines.append(f"  {job.name}　{due:%Y-%m-%d %H:%M}")
            data.append({"job": job.verb, "due": due.isoformat()})
    return Result((f"到时间的任务{len(lines)}个（没有执行）。", *lines), {"due": data})


def _result(desk: Desk, run: _TickRun) -> Result:
    lines = list(run.lines)
    if run.merges:
        lines.append(f"停机期间漏掉的{run.merges}次已并入最近一次。")
    if not lines:
        lines = ["没有到时间的任务。"]
    lines += [str(finding) for finding in desk.findings]
    return Result(
        tuple(lines),
        {"done": run.done, "failed": run.failures, "joined": run.merges},
        Exit.PARTLY if run.failures else Exit.DONE,
    )
