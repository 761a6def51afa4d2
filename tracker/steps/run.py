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
from tracker.rules.outgoing.slots import Said
from tracker.rules.outgoing.slots import State
from tracker.rules.outgoing.slots import failures_in_a_row
from tracker.rules.outgoing.slots import news
from tracker.rules.outgoing.slots import next_due
from tracker.rules.outgoing.slots import of_job
from tracker.rules.outgoing.slots import standing
from tracker.rules.state import Office
from tracker.rules.state import SlotNow
from tracker.steps.call import Answer
from tracker.steps.call import Call
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
class _Ticked:
    """What one tick did."""

    lines: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    joined: int = 0


def tick(
    call: Call,
    *,
    told: bool = False,
    machine: Machine | None = None,
    worker: str = "",
    work: Mapping[str, all_jobs.Job] = all_jobs.JOBS,
    clock: Elapsed | None = None,
) -> Answer:
    """Do what is due now.

    Args:
        call: The clock, the person and the folder.
        told: A person's word that the clock is right.
        machine: The machine; the one we run on by default.
        worker: Who claims; the machine and the process by default.
        work: What each job does.
        clock: Time that passes while it works: a claim is as old as it is, however long the jobs before it took.
    """
    clock = clock or Elapsed(call.now)
    with open_desk(call) as desk:
        jobs = tuple(job for job in desk.settings.jobs if job.on and job.verb in work)
        if call.dry_run:
            return _would(desk, jobs)
        machine = machine or Machine.this()
        believe(call, desk.folder, machine, told=told)
        ticked = _Ticked()
        _record_slots(desk, jobs, ticked)
        names = {job.verb: job for job in jobs}
        for slot in _open(desk, names):
            n = _claim(_now(desk, clock), slot, worker or worker_name())
            if n is None:
                ticked.lines.append("另一处正在做定时任务，其余的由它接着做。")
                break
            if n:
                _do(desk, names[slot.job], slot, n, work[slot.job], ticked, clock)
        due = next_due(jobs, desk.office(), call.now, Countdown(desk.calendar).is_rest)
        comes_next(call, desk.folder, machine, due)
        return _answer(desk, ticked)


def keep_running(
    call: Call, now: Callable[[], dt.datetime], tell: Callable[[str], None], until: Callable[[], bool]
) -> Answer:
    """Tick every few minutes until told otherwise; a tick that fails is told, and the next one comes all the same."""

    def once() -> None:
        moment = now()
        try:
            answer = tick(replace(call, now=moment))
        except TrackerError as problem:
            tell(f"{moment:%m-%d %H:%M} {problem}")
        except (
            Exception
        ) as problem:  # a share that is away for a while, a file that somebody spoiled: it comes again
            tell(f"{moment:%m-%d %H:%M} 这一次没有做成（{type(problem).__name__}），稍后再试。")
        else:
            if answer.data["done"] or answer.data["failed"]:
                tell(f"{moment:%m-%d %H:%M} " + " ".join(answer.lines))

    tell(f"每{_EVERY_MINUTES}分钟看一次有没有到时间的任务；关闭窗口即停止。")
    keep_waking(once, minutes=_EVERY_MINUTES, until=until)
    return Answer()


def _record_slots(desk: Desk, jobs: tuple[Job, ...], ticked: _Ticked) -> None:
    rests = Countdown(desk.calendar).is_rest
    with desk.act("run") as act:
        office = act.office()
        raise_silence(desk, act, office)
        for job in jobs:
            _raise_alarm(desk, act, office, job, "没有做完就中断了")
            found = news(job, of_job(office, job.verb), desk.call.now, rests)
            if found.begins:
                act.add(facts.Slot(job.verb, found.begins))
                act.add(facts.SlotOutcome(job.verb, found.begins, 0, Said.BEGUN.value, ""))
            act.add(*(facts.Slot(job.verb, due) for due in found.slots))
            if found.joined:
                note = f"与{found.slots[-1]:%m-%d %H:%M}合并"
                act.add(
                    *(facts.SlotOutcome(job.verb, due, 0, Said.JOINED.value, note) for due in found.joined)
                )
                ticked.joined += len(found.joined)


def _open(desk: Desk, jobs: Mapping[str, Job]) -> list[SlotNow]:
    found = [
        slot
        for slot in desk.office().slots.values()
        if slot.job in jobs and standing(slot, desk.call.now) is State.DUE
    ]
    order = list(jobs)
    return sorted(found, key=lambda slot: (order.index(slot.job), slot.due))


def _now(desk: Desk, clock: Elapsed) -> Desk:
    """The desk at the moment that it has become."""
    return replace(desk, call=replace(desk.call, now=clock.now()))


def _do(
    desk: Desk, job: Job, slot: SlotNow, n: int, work: all_jobs.Job, ticked: _Ticked, clock: Elapsed
) -> None:
    try:
        note, state = _work(desk, work), Said.DONE
        ticked.done.append(job.verb)
        ticked.lines.append(f"{job.name}：{note}")
    except TrackerError as problem:
        note, state = str(problem), Said.FAILED
    except Exception as problem:  # one job never stops the others; what it was is in its row and in the alarm
        note, state = f"程序问题（{type(problem).__name__}）", Said.FAILED
    if state is Said.FAILED:
        ticked.failed.append(job.verb)
        ticked.lines.append(f"{job.name}没有做成：{note}")
    later = _now(desk, clock)
    try:
        with later.act("run") as act:
            act.add(facts.SlotOutcome(job.verb, slot.due, n, state.value, note[:_LONGEST_NOTE]))
            _raise_alarm(later, act, act.office(), job, note)
    except AlreadyRecorded:
        return


def _work(desk: Desk, work: all_jobs.Job) -> str:
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
            known = slots[slot.job, slot.due]
            if any(standing(each, desk.call.now) is State.RUNNING for each in slots.values()):
                return None
            if standing(known, desk.call.now) is not State.DUE:
                return 0
            n = max((each.n for each in known.tries), default=0) + 1
            act.add(facts.SlotAttempt(slot.job, slot.due, n, worker))
            return n
    except AlreadyRecorded:
        return 0


def _raise_alarm(desk: Desk, act: Act, office: Office, job: Job, why: str) -> None:
    count, first = failures_in_a_row(of_job(office, job.verb), desk.call.now)
    if count >= ALARM_AT and first is not None:
        key = f"告警|{job.verb}|{first.isoformat()}"
        said = {
            "job": job.name,
            "n": str(count),
            "why": why[:_LONGEST_NOTE],
            "since": f"{first:%Y-%m-%d %H:%M}",
        }
        alarm(desk, act, "failing", key, **said)


def _would(desk: Desk, jobs: tuple[Job, ...]) -> Answer:
    """What is due, without doing it."""
    office, now = desk.office(), desk.call.now
    rests = Countdown(desk.calendar).is_rest
    lines, data = [], []
    for job in jobs:
        known = of_job(office, job.verb)
        found = news(job, known, now, rests)
        waiting = [
            each.due for each in known if standing(each, now) is State.DUE and each.due not in found.joined
        ]
        for due in (*waiting, *found.slots[-1:]):
            lines.append(f"  {job.name}　{due:%Y-%m-%d %H:%M}")
            data.append({"job": job.verb, "due": due.isoformat()})
    return Answer((f"到时间的任务{len(lines)}个（没有执行）。", *lines), {"due": data})


def _answer(desk: Desk, ticked: _Ticked) -> Answer:
    lines = list(ticked.lines)
    if ticked.joined:
        lines.append(f"停机期间漏掉的{ticked.joined}次已并入最近一次。")
    if not lines:
        lines = ["没有到时间的任务。"]
    lines += [str(finding) for finding in desk.findings]
    return Answer(
        tuple(lines),
        {"done": ticked.done, "failed": ticked.failed, "joined": ticked.joined},
        Exit.PARTLY if ticked.failed else Exit.DONE,
    )
