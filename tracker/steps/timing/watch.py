"""What `tracker status` says about everything that acts by itself: the clock, the scheduler, the outbox."""

from __future__ import annotations

from collections import Counter

from tracker.rules.chasing.countdown import Countdown
from tracker.rules.outgoing.audience import is_settled
from tracker.rules.outgoing.outbox import Fate
from tracker.rules.outgoing.outbox import standing
from tracker.rules.outgoing.slots import ALARM_AT
from tracker.rules.outgoing.slots import failures_in_a_row
from tracker.rules.outgoing.slots import last_good
from tracker.rules.outgoing.slots import of_job
from tracker.rules.outgoing.slots import silent_since
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.timing.clockwork import Machine
from tracker.steps.timing.clockwork import held_now

_TOLD = {
    Fate.PARKED: "份官方单子可能已送达，请问清后运行 tracker send 处理",
    Fate.REFUSED: "份没有发出去，运行 tracker send --dry-run 查看原因",
    Fate.WAITS: "份等待重试",
}


def watch(desk: Desk, office: Office) -> list[str]:
    """One sentence for each thing that needs somebody; nothing where all is well or nothing acts by itself."""
    lines = []
    held = held_now(desk.call, desk.folder, Machine.this())
    if held:
        lines.append(held)
    since = silent_since(office, desk.settings.jobs, desk.call.now, Countdown(desk.calendar).is_rest)
    if since is not None:
        good = last_good(office)
        last = f"上次正常运行是{good:%Y-%m-%d %H:%M}" if good else "还没有正常运行过"
        lines.append(
            f"定时任务停了：{since:%Y-%m-%d %H:%M}起的没有做，{last}。请检查任务计划，或运行 tracker run --once 补做。"
        )
    for job in desk.settings.jobs:
        count, _ = failures_in_a_row(of_job(office, job.verb), desk.call.now)
        if count >= ALARM_AT:
            lines.append(f"定时任务“{job.name}”已连续失败{count}次，运行 tracker run --once 可看到原因。")
    fates = Counter(
        standing(each, desk.call.now).fate
        for each in office.messages.values()
        if not is_settled(office, each)
    )
    lines += [f"{fates[fate]}{words}。" for fate, words in _TOLD.items() if fates[fate]]
    return lines
