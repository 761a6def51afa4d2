"""What `tracker status` says about everything that acts by itself: the clock, the scheduler, the outbox."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from tracker.files.ledger import Act
from tracker.reading.marks import WARNING
from tracker.rules.chasing.countdown import Countdown
from tracker.rules.outgoing.audience import is_settled
from tracker.rules.outgoing.outbox import Fate
from tracker.rules.outgoing.outbox import message_standing
from tracker.rules.outgoing.slots import ALARM_AT
from tracker.rules.outgoing.slots import failures_in_a_row
from tracker.rules.outgoing.slots import last_good
from tracker.rules.outgoing.slots import silent_since
from tracker.rules.outgoing.slots import slots_of
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.timing.clockwork import Machine
from tracker.steps.timing.clockwork import held_now

_REMEDY = "请检查任务计划，或运行 tracker run --once 补做并查看原因。"
_FATE_LINES = {
    Fate.PARKED: "份官方单子可能已送达，请问清后运行 tracker send 处理",
    Fate.REFUSED: "份没有发出去，运行 tracker send --dry-run 查看原因",
    Fate.WAITS: "份等待重试",
}


def watch(desk: Desk, office: Office) -> list[str]:
    """One sentence for each thing that needs somebody; nothing where all is well or nothing acts by itself."""
    lines = []
    clock_problem = held_now(desk.call, desk.folder, Machine.this())
    if clock_problem:
        lines.append(clock_problem)
    lines += [f"定时任务{trouble}。{_REMEDY}" for trouble in _troubles(desk, office)]
    blast = _blast_reason(desk, office)
    if blast:
        lines.append(f"{blast}。确认无误后运行 tracker send --force。")
    fates = Counter(
        message_standing(message, desk.call.now).fate
        for message in office.messages.values()
        if not is_settled(office, message)
    )
    lines += [f"{fates[fate]}{words}。" for fate, words in _FATE_LINES.items() if fates[fate]]
    return lines


def warning(desk: Desk, office: Office) -> str:
    """What stands in 工作台账.xlsx while the scheduler needs somebody; empty otherwise."""
    troubles = _troubles(desk, office)
    return f"{WARNING}{'；'.join(troubles)}。{_REMEDY}" if troubles else ""


def raise_silence(desk: Desk, act: Act, office: Office) -> None:
    """An alarm to the office itself when nothing was done for a day: once, by whichever command notices first."""
    silent = _silent(desk, office)
    if silent is not None:
        from tracker.steps.outgoing.posting import alarm

        good = last_good(office)
        last = f"{good:%Y-%m-%d %H:%M}" if good else ""
        key = f"告警|停摆|{silent.isoformat()}"
        alarm(desk, act, "silent", key, since=f"{silent:%Y-%m-%d %H:%M}", last=last)


def _troubles(desk: Desk, office: Office) -> list[str]:
    """What is wrong with the scheduler itself, each to be read after 定时任务."""
    troubles = []
    since = _silent(desk, office)
    if since is not None:
        good = last_good(office)
        last = f"上次做成是{good:%Y-%m-%d %H:%M}" if good else "还没有做成过"
        troubles.append(f"超过一天没有做成：{since:%Y-%m-%d %H:%M}起的没有做，{last}")
    for job in desk.settings.jobs:
        count, first = failures_in_a_row(slots_of(office, job.verb), desk.call.now)
        if count >= ALARM_AT and first is not None:
            troubles.append(f"“{job.name}”自{first:%m-%d %H:%M}起连续失败")
    return troubles


def _silent(desk: Desk, office: Office) -> dt.datetime | None:
    return silent_since(office, desk.settings.jobs, desk.call.now, Countdown(desk.calendar).is_rest)


def _blast_reason(desk: Desk, office: Office) -> str:
    """Why nothing may leave until a person has looked; empty when something may, or nothing waits."""
    ready_messages = [
        message
        for message in office.messages.values()
        if message_standing(message, desk.call.now).fate is Fate.READY
    ]
    if not ready_messages or desk.settings.send_settings.is_yes("send_test"):
        return ""
    # Imported here: most offices have nothing waiting, and sending brings the documents with it.
    from tracker.rules.outgoing.leaving import dispatch
    from tracker.steps.outgoing.homes import homes_of

    plan = dispatch(
        office,
        desk.settings.send_settings,
        now=desk.call.now,
        homes=homes_of(desk),
        quiet=desk.settings.quiet_on(desk.today),
    )
    return plan.stop.why if plan.stop else ""
