"""What has to be true of an office that two schedulers looked after, whatever happened to them.

The slots that were due are counted here from a table and a calendar of the soak's own, not from the product's.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import chinese_calendar

from tests.soaks.scheduling.office import NEVER, effects
from tracker.rules.office import SlotNow
from tracker.steps.call import CHINA, Call
from tracker.steps.desk import open_desk

DAILY = {
    "check": ("08:20",),
    "hand-out": ("08:30",),
    "take-back": ("08:40", "14:40"),
    "sync": ("08:50", "14:50"),
    "chase": ("09:00",),
    "send": ("09:10", "11:10", "14:55", "16:40"),
}
MONDAYS = {"weekly": ("09:20",)}


def due(first: dt.date, until: dt.datetime) -> Iterator[tuple[str, dt.datetime]]:
    """Every slot that fell due."""
    for n in range((until.date() - first).days + 1):
        day = first + dt.timedelta(days=n)
        jobs = dict(DAILY) if chinese_calendar.is_workday(day) else {}
        if day.weekday() == 0:
            jobs |= MONDAYS
        for job, times in jobs.items():
            for each in times:
                moment = dt.datetime.combine(day, dt.time.fromisoformat(each), tzinfo=CHINA)
                if moment <= until:
                    yield job, moment


class Wrong(Counter[str]):
    """How much is wrong of each kind, and some examples."""

    def __init__(self) -> None:
        super().__init__()
        self.examples: list[str] = []

    def tell(self, what: str, examples: Sequence[object]) -> None:
        """Count; three of each kind are shown."""
        self[what] += len(examples)
        self.examples += [f"{what}: {each}" for each in examples[:3]]

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return self.total() > 0


def check(
    root: Path, clean: Path, first: dt.date, until: dt.datetime, kills: int
) -> tuple[Wrong, dict[str, int]]:
    """Hold an office against the calendar and against one in which nothing ever happened; with figures."""
    wrong = Wrong()
    with open_desk(Call(NEVER, "王敏", root)) as desk:
        office = desk.office()
        wrong.tell("ledger", list(desk.ledger.check()))
    wanted = set(due(first, until))
    rows = {(each.job, each.due.astimezone(CHINA)): each for each in office.slots.values()}
    begins = {key for key, slot in rows.items() if any(each.state == "begun" for each in slot.attempts)}
    wrong.tell("slots without a row", sorted(wanted - rows.keys()))
    wrong.tell("rows of no slot", sorted(rows.keys() - wanted - begins))
    told = [slot for key, slot in rows.items() if key not in begins]
    wrong.tell("slots left open", [_name(each) for each in told if not _ended(each)])
    wrong.tell("slots done twice", [_name(each) for each in told if _count(each, "done") > 1])
    wrong.tell("slots that failed", [_name(each) for each in told if _count(each, "failed")])
    killed = sum(1 for each in told for one in each.attempts if one.n and not one.state)
    if killed > kills:
        wrong.tell("attempts without an end that nobody killed", [killed - kills])
    found, owed = effects(root), effects(clean)
    for each in fields(found):
        mine, theirs = getattr(found, each.name), getattr(owed, each.name)
        wrong.tell(f"{each.name} lost", sorted((theirs - mine).elements()))
        wrong.tell(f"{each.name} too many", sorted((mine - theirs).elements()))
    daily = Counter(said[1:3] for said in found.digests.elements())
    wrong.tell("second digests of a unit on one day", [each for each, n in daily.items() if n > 1])
    sent = Counter(key for message in office.messages.values() for key in [message.fact.key])
    wrong.tell("messages with one key", [key for key, n in sent.items() if n > 1])
    figures = {
        "slots due": len(wanted),
        "done": sum(_count(each, "done") > 0 for each in told),
        "joined": sum(_count(each, "joined") > 0 for each in told),
        "attempts cut off": killed,
        **{each.name: getattr(found, each.name).total() for each in fields(found)},
    }
    return wrong, figures


def _count(slot: SlotNow, state: str) -> int:
    return sum(each.state == state for each in slot.attempts)


def _ended(slot: SlotNow) -> bool:
    return _count(slot, "done") + _count(slot, "joined") > 0


def _name(slot: SlotNow) -> str:
    return (
        f"{slot.job} {slot.due:%Y-%m-%d %H:%M} {[(each.n, each.state, each.note) for each in slot.attempts]}"
    )
