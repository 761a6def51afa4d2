"""What the ladder says of a desk's day: every matter and its decision, and why nobody is troubled on quiet days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.folders import SETTINGS
from tracker.problems import Finding
from tracker.problems.workdays import CALENDAR_GUESSED
from tracker.rules.chasing.countdown import Countdown
from tracker.rules.chasing.reminders import Decision
from tracker.rules.chasing.reminders import decide_all
from tracker.rules.chasing.reminders import matters
from tracker.rules.chasing.slipbook import SlipBook
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import standings
from tracker.rules.state import Office
from tracker.steps.desk import Desk


@dataclass(frozen=True)
class Day:
    """Where every point stands, every matter's decision, and why nobody is troubled; empty on other days.

    `findings` name the years whose days off nobody has entered, where a matter of this or the next year reaches them.
    """

    stand: dict[str, Standing]
    decisions: list[Decision]
    quiet: str
    findings: tuple[Finding, ...] = ()

    @property
    def overdue(self) -> tuple[str, ...]:
        """The work points that are late."""
        return tuple(wp for wp, each in self.stand.items() if each.overdue)


def day_of(desk: Desk, office: Office) -> Day:
    """Decide the day of the call."""
    points = [point for plan in office.plans.values() for point in plan.points if not point.retired]
    stand = standings(
        office, points, today=desk.today, calendar=desk.calendar, thresholds=desk.settings.thresholds
    )
    days = Countdown(desk.calendar)
    quiet = desk.settings.quiet_on(desk.today) or ("今天不是工作日" if days.is_rest(desk.today) else "")
    decisions = decide_all(
        matters(office, stand, desk.today),
        SlipBook.of(office),
        today=desk.today,
        days=days,
        ladder=desk.settings.ladder,
        quiet=quiet,
    )
    return Day(stand, decisions, quiet, tuple(_guessed(desk, decisions)))


def _guessed(desk: Desk, decisions: Sequence[Decision]) -> Iterator[Finding]:
    unknown = Counter(
        each.matter.due.year
        for each in decisions
        if each.matter.due.year <= desk.today.year + 1 and not desk.calendar.knows(each.matter.due.year)
    )
    for year, n in sorted(unknown.items()):
        yield CALENDAR_GUESSED.at(f"{SETTINGS} 节假日安排", year=year, n=n)
