"""The superior's plan against ours on a day: what is served, by whom, how far, and where the gaps are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.comparing.lineage import live
from tracker.rules.comparing.lineage import ours_for
from tracker.rules.comparing.serving import ELSEWHERE
from tracker.rules.comparing.serving import GAP
from tracker.rules.comparing.serving import SERVES
from tracker.rules.comparing.serving import WORDS
from tracker.rules.comparing.serving import decided
from tracker.rules.comparing.stating import Said
from tracker.rules.progress.lights import Thresholds
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import standings
from tracker.rules.reporting.figures import Figure
from tracker.rules.reporting.shares import percent
from tracker.rules.state import Office
from tracker.rules.state import Point
from tracker.workdays import Calendar


@dataclass(frozen=True)
class Levels:
    """The superior's plan and ours.

    Attributes:
        superior: Its id.
        plans: Ours.
        theirs: The superior's items.
        ours: Our items.
        said: What a person decided, by the superior's item.
        states: Where each item of ours stands.
    """

    superior: str
    plans: tuple[str, ...]
    theirs: tuple[Point, ...]
    ours: tuple[Point, ...]
    said: Mapping[str, Said]
    states: Mapping[str, Standing]

    def having(self, how: str) -> tuple[str, ...]:
        """The superior's items that a person said this of."""
        return tuple(
            each.id for each in self.theirs if each.id in self.said and self.said[each.id].word == WORDS[how]
        )

    @property
    def waiting(self) -> tuple[str, ...]:
        """Those that nobody has said anything of."""
        return tuple(each.id for each in self.theirs if each.id not in self.said)

    def is_done(self, theirs: str) -> bool:
        """Whether every item that serves it is done."""
        others = self.said[theirs].others if theirs in self.said else ()
        return bool(others) and all(self.states[wp].done for wp in others)

    def state_word(self, wp: str) -> str:
        """Where an item of ours stands, in a word."""
        state = self.states[wp]
        return "逾期未完成" if state.overdue else "已完成" if state.done else state.word


def compare_levels(
    office: Office, superior: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> Levels | None:
    """Gather both levels; None where no plan of ours goes with the superior's."""
    plans = ours_for(office, superior)
    if not plans:
        return None
    theirs = live(office.superiors[superior])
    ours = tuple(point for plan in plans for point in live(office.plans[plan]))
    return Levels(
        superior,
        plans,
        theirs,
        ours,
        decided(office.serves, {each.id for each in theirs}, {each.id for each in ours}),
        standings(office, ours, today=today, calendar=calendar, thresholds=thresholds),
    )


def level_figures(levels: Levels) -> tuple[Figure, ...]:
    """The counts: coverage, gaps, how far what serves has come."""
    served, elsewhere = levels.having(SERVES), levels.having(ELSEWHERE)
    due = tuple(each.id for each in levels.theirs if each.id not in elsewhere)
    done = tuple(wp for wp in served if levels.is_done(wp))
    used = {wp for each in levels.said.values() for wp in each.others}
    own = tuple(each.id for each in levels.ours if each.id not in used)
    return (
        Figure("levels.due", "应承接的上级事项", "上级方案的事项，确认“不属本级”的除外。", due),
        Figure(
            "levels.served",
            "已承接（覆盖率）",
            "应承接的上级事项中，经确认有本级事项承接的。",
            served,
            percent(len(served), len(due)),
        ),
        Figure("levels.gap", "未承接", "应承接的上级事项中，经确认没有本级事项承接的。", levels.having(GAP)),
        Figure("levels.waiting", "待确认", "应承接的上级事项中，尚未确认的。", levels.waiting),
        Figure(
            "levels.done",
            "已承接且均已完成",
            "已承接的上级事项中，承接它的本级事项全部完成的。",
            done,
            percent(len(done), len(served)),
        ),
        Figure("levels.elsewhere", "不属本级", "经确认不属于本级职责的上级事项，不计入覆盖率。", elsewhere),
        Figure("levels.own", "本级自定事项", "本级方案中没有承接任何上级事项的（含尚未确认的）。", own),
    )
