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
from tracker.rules.chasing.reminders import obligations
from tracker.rules.chasing.slipbook import SlipIndex
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import standings
from tracker.rules.state import Office
from tracker.steps.desk import Desk


@dataclass(frozen=True)
class ChaseDay:
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
        return tuple(point_id for point_id, standing in self.stand.items() if standing.overdue)


def day_of(desk: Desk, office: Office) -> ChaseDay:
    """Decide the day of the call."""
    points = [point for plan in office.plans.values() for point in plan.points if not point.is_retired]
    stand = standings(
        office, points, today=desk.today, calendar=desk.calendar, thresholds=desk.settings.thresholds
    )
    days = Countdown(desk.calendar)
    quiet = desk.settings.quiet_on(desk.today) or ("今天不是工作日" if days.is_rest(desk.today) else "")
    decisions = decide_all(
        obligations(office, stand, desk.today),
        SlipIndex.of(office),
        today=desk.today,
        days=days,
        rules=desk.settings.tier_rules,
        quiet=quiet,
    )
    return ChaseDay(stand, decisions, quiet, tuple(_unknown_years(desk, decisions)))


def _unknown_years(desk: Desk, decisions: Sequence[Decision]) -> Iterator[Finding]:
    years = Counter(
        decision.obligation.due.year
        for decision in decisions
        if decision.obligation.due.year <= desk.today.year + 1
        and not desk.calendar.knows(decision.obligation.due.year)
    )
    for year, n in sorted(years.items()):
        yield CALENDAR_GUESSED.at(f"{SETTINGS} 节假日安排", year=year, n=n)
