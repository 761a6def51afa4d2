"""The clock of this machine, believed or held (`rules.slots`), for everything that acts by itself."""

from __future__ import annotations

import datetime as dt

from tracker.files.folders import OfficeFolder
from tracker.files.machine import Heartbeat, boot, machine_name, read_heartbeat, steady, write_heartbeat
from tracker.problems.chase import ClockHeld
from tracker.rules.slots import ClockReading, ClockTrust, judge
from tracker.steps.call import Call
from tracker.values import dataclass

_HOW = {ClockTrust.BACK: "比那时还早", ClockTrust.FORWARD: "突然向前跳了很多"}


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine that runs: its name, its steady clock, and which start of it this is; a test has its own."""

    name: str
    steady: float
    boot: str = ""

    @classmethod
    def this(cls) -> Machine:
        """The one that we run on."""
        return cls(machine_name(), steady(), boot())

    def clock_reading(self, call: Call) -> ClockReading:
        """What its clocks show."""
        return ClockReading(call.now, self.steady, self.boot)


def believe(call: Call, folder: OfficeFolder, machine: Machine, *, is_confirmed: bool = False) -> None:
    """Look at the clock and remember it; `ClockHeld` when it cannot be believed.

    `is_confirmed` is a person's word that the clock is right.
    """
    last = read_heartbeat(folder, machine.name)
    clock_reading = machine.clock_reading(call)
    clock = ClockTrust.BELIEVED if is_confirmed or last is None else judge(last.clock, clock_reading)
    if clock is not ClockTrust.BELIEVED and last is not None:
        write_heartbeat(folder, machine.name, Heartbeat(last.clock, clock.value, last.next))
        raise _clock_problem(call, last, clock)
    write_heartbeat(folder, machine.name, Heartbeat(clock_reading, next=last.next if last else None))


def comes_next(call: Call, folder: OfficeFolder, machine: Machine, due: dt.datetime | None) -> None:
    """Remember when something is due next; said at the end of a tick, so that one that was killed is made up for."""
    write_heartbeat(folder, machine.name, Heartbeat(machine.clock_reading(call), next=due))


def refuse_while_held(call: Call, folder: OfficeFolder, machine: Machine) -> None:
    """Refuse what a person starts while the scheduler holds and the clock is still as wrong."""
    last = read_heartbeat(folder, machine.name)
    if last is not None and last.trouble:
        clock = judge(last.clock, machine.clock_reading(call))
        if clock is not ClockTrust.BELIEVED:
            raise _clock_problem(call, last, clock)


def held_now(call: Call, folder: OfficeFolder, machine: Machine) -> str:
    """What is wrong with the clock, as a sentence; empty when nothing is."""
    try:
        refuse_while_held(call, folder, machine)
    except ClockHeld as problem:
        return str(problem)
    return ""


def _clock_problem(call: Call, last: Heartbeat, clock: ClockTrust) -> ClockHeld:
    return ClockHeld(
        now=f"{call.now:%Y-%m-%d %H:%M}", last=f"{last.clock.now:%Y-%m-%d %H:%M}", how=_HOW[clock]
    )
