"""What the ladder says of a desk's day: every matter and its decision, and why nobody is troubled on quiet days."""

from __future__ import annotations

from dataclasses import dataclass

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
    """Where every point stands, every matter's decision, and why nobody is troubled; empty on other days."""

    stand: dict[str, Standing]
    decisions: list[Decision]
    quiet: str

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
    return Day(stand, decisions, quiet)
