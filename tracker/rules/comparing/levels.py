"""The superior's plan against ours on a day: what is served, by whom, how far, and where the gaps are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.comparing.lineage import live_points
from tracker.rules.comparing.lineage import our_plans_for
from tracker.rules.comparing.serving import ELSEWHERE
from tracker.rules.comparing.serving import GAP
from tracker.rules.comparing.serving import LEVEL_WORDS
from tracker.rules.comparing.serving import SERVES
from tracker.rules.comparing.serving import level_judgements
from tracker.rules.comparing.stating import Judgement
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
        judgements: What a person decided, by the superior's item.
        states: Where each item of ours stands.
    """

    superior: str
    plans: tuple[str, ...]
    theirs: tuple[Point, ...]
    ours: tuple[Point, ...]
    judgements: Mapping[str, Judgement]
    states: Mapping[str, Standing]

    def ids_with(self, how: str) -> tuple[str, ...]:
        """The superior's items that a person said this of."""
        return tuple(
            point.id
            for point in self.theirs
            if point.id in self.judgements and self.judgements[point.id].word == LEVEL_WORDS[how]
        )

    @property
    def open_ids(self) -> tuple[str, ...]:
        """Those that nobody has said anything of."""
        return tuple(point.id for point in self.theirs if point.id not in self.judgements)

    def is_done(self, theirs: str) -> bool:
        """Whether every item that serves it is done."""
        others = self.judgements[theirs].others if theirs in self.judgements else ()
        return bool(others) and all(self.states[point_id].done for point_id in others)

    def state_word(self, point_id: str) -> str:
        """Where an item of ours stands, in a word."""
        state = self.states[point_id]
        return "逾期未完成" if state.overdue else "已完成" if state.done else state.word


def compare_levels(
    office: Office, superior: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> Levels | None:
    """Gather both levels; None where no plan of ours goes with the superior's."""
    plans = our_plans_for(office, superior)
    if not plans:
        return None
    theirs = live_points(office.superiors[superior])
    ours = tuple(point for plan in plans for point in live_points(office.plans[plan]))
    return Levels(
        superior,
        plans,
        theirs,
        ours,
        level_judgements(office.serves, {point.id for point in theirs}, {point.id for point in ours}),
        standings(office, ours, today=today, calendar=calendar, thresholds=thresholds),
    )


def level_figures(levels: Levels) -> tuple[Figure, ...]:
    """The counts: coverage, gaps, how far what serves has come."""
    served_ids, elsewhere = levels.ids_with(SERVES), levels.ids_with(ELSEWHERE)
    due = tuple(point.id for point in levels.theirs if point.id not in elsewhere)
    done = tuple(point_id for point_id in served_ids if levels.is_done(point_id))
    serving_ids = {point_id for judgement in levels.judgements.values() for point_id in judgement.others}
    own_ids = tuple(point.id for point in levels.ours if point.id not in serving_ids)
    return (
        Figure("levels.due", "应承接的上级事项", "上级方案的事项，确认“不属本级”的除外。", due),
        Figure(
            "levels.served",
            "已承接（覆盖率）",
            "应承接的上级事项中，经确认有本级事项承接的。",
            served_ids,
            percent(len(served_ids), len(due)),
        ),
        Figure(
            "levels.gap", "未承接", "应承接的上级事项中，经确认没有本级事项承接的。", levels.ids_with(GAP)
        ),
        Figure("levels.waiting", "待确认", "应承接的上级事项中，尚未确认的。", levels.open_ids),
        Figure(
            "levels.done",
            "已承接且均已完成",
            "已承接的上级事项中，承接它的本级事项全部完成的。",
            done,
            percent(len(done), len(served_ids)),
        ),
        Figure("levels.elsewhere", "不属本级", "经确认不属于本级职责的上级事项，不计入覆盖率。", elsewhere),
        Figure("levels.own", "本级自定事项", "本级方案中没有承接任何上级事项的（含尚未确认的）。", own_ids),
    )
