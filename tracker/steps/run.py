"""The scheduler's tick: whatever is due is done once, whatever was missed is made up for once.

    1. look at the clock; one that cannot be believed stops everything and is told (`steps.clock`)
    2. in one act: a row for each slot since the last one; of several missed the latest stays open, the others are
       joined to it
    3. for each open slot, in the order of the table of jobs (what came back is taken in before anybody is chased):
       claim it in an act, do its job, record how it went; while somebody else does a job, leave the rest to them
    4. five failures of a job in a row, or a day of silence: one alarm to the office itself, in the same act

A tick may be killed anywhere, come late, or run beside another one, also on another PC: a claim is a fact that exists
once, and what jobs do is harmless when it is done again.

A job of 定时任务 calls the step of its verb, as a person would. It returns a word for its row, or raises: what it raises
is its failure. A verb that could do only a part of its work has done its job; what is left is said by `tracker status`.

`install` writes what tells this system to run the tick; a person installs it with the command that is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from tracker import facts
from tracker.files.ledger import Act
from tracker.files.machine import Elapsed, keep_waking, worker_name
from tracker.files.safe import safe_write
from tracker.formats.tasks import TASK_NAME, installers
from tracker.problems.base import Exit, TrackerError
from tracker.problems.files import naming_held_files
from tracker.problems.office import AlreadyRecorded, LedgerWrong
from tracker.rules.office import Office, SlotNow
from tracker.rules.reminders import Countdown
from tracker.rules.slots import (
    ALARM_AT,
    RunOutcome,
    SlotState,
    failures_in_a_row,
    new_slots,
    next_due,
    slot_state,
    slots_of,
)
from tracker.settings import Job
from tracker.steps.call import Call, Result
from tracker.steps.clock import Machine, believe, comes_next
from tracker.steps.desk import Desk, open_desk
from tracker.steps.messages import alarm
from tracker.steps.today import raise_silence
from tracker.values import dataclass

MACHINE_FOLDER = ".tracker"
_HOW = {
    "windows": '在本人登录的电脑上运行（不需要管理员）：schtasks /Create /F /TN {task} /XML "{folder}\\定时任务.xml"',
    "systemd": "把 tracker.service、tracker.timer 复制到 ~/.config/systemd/user，再运行：systemctl --user enable --now tracker.timer；注销后也要运行的，再运行 loginctl enable-linger",
    "cron": "运行 crontab -e，加入 crontab.txt 里的一行",
}


def install(call: Call, *, python: str, systems: Sequence[str], user: str = "") -> Result:
    """Write the files under .tracker and say how each is installed."""
    with open_desk(call) as desk:
        root = desk.folder.root
        files = installers(python, str(root), start=call.now, systems=systems, user=user)
        folder = desk.folder.path(MACHINE_FOLDER, "定时任务")
        if not call.dry_run:
            folder.mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                safe_write(folder / name, data)
    lines = [f"{'将写入' if call.dry_run else '已写入'} {folder}：{'、'.join(files)}"]
    lines += [_HOW[system].format(task=TASK_NAME, folder=folder) for system in systems]
    lines.append(
        "不允许设置定时任务的电脑，先运行一次 tracker run --once，以后每天的第一个命令会先把到时间的和漏掉的补做。"
    )
    texts = {
        name: data.decode("utf-16" if name.endswith(".xml") else "utf-8") for name, data in files.items()
    }
    return Result(tuple(lines), {"files": texts})


JobWork = Callable[[Call], str]


def _check(call: Call) -> str:
    """Check the ledger and keep a copy of it."""
    with open_desk(call) as desk:
        wrong = desk.ledger.check()
        if wrong:
            raise LedgerWrong(what="；".join(wrong[:3]))
        desk.back_up()
    return "台账数据库完好，已备份"


def _hand_out(call: Call) -> str:
    from tracker.steps.hand_out import hand_out

    return _note(hand_out(call, is_scheduled=True))


def _take_back(call: Call) -> str:
    from tracker.steps.take_back import take_back

    return _note(take_back(call))


def _sync(call: Call) -> str:
    from tracker.steps.sync import sync

    return _note(sync(call))


def _chase(call: Call) -> str:
    from tracker.steps.chase import chase

    return _note(chase(call))


def _send(call: Call) -> str:
    from tracker.steps.send import send

    # The scheduler comes again soon: what has to wait for its channel is left to it.
    return _note(send(call, patience=120.0))


def _weekly(call: Call) -> str:
    from tracker.steps.board import weekly

    return _note(weekly(call))


def _note(result: Result) -> str:
    return result.lines[0] if result.lines else ""


WORK_BY_VERB: Mapping[str, JobWork] = {
    "check": _check,
    "hand-out": _hand_out,
    "take-back": _take_back,
    "sync": _sync,
    "chase": _chase,
    "send": _send,
    "weekly": _weekly,
}

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
    work: Mapping[str, JobWork] = WORK_BY_VERB,
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
            slot_news = new_slots(job, slots_of(office, job.verb), desk.call.now, rests)
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


def _do(desk: Desk, job: Job, slot: SlotNow, n: int, work: JobWork, run: _TickRun, clock: Elapsed) -> None:
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


def _work(desk: Desk, work: JobWork) -> str:
    with naming_held_files():
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
        slot_news = new_slots(job, slots, now, rests)
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
