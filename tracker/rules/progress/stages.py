"""Stages: the dated parts of a time limit that has several, and the periods of one that comes again.

    limit                                     stages                                  one is met when
    several dated parts (milestones)          each part but the last, with its day     a later answer says neither
                                                                                      进展滞后 nor 未启动
    每周, 每月, 每季度, 每半年, 每年          the end of each period of the plan's     the answer of its round says neither
                                              year that ends after the day of issue    进展滞后 nor 未启动
    全年 (runs on, with a day)                that day, as one period                  as a period
    anything else                             none

The *round of a period* is the first that is due on or after its end, or the last of the year (due on or after
`Thresholds.year_end`) for what ends later, among the rounds that asked the unit or that it answered (all rounds for one
that was never asked): a period that nobody could report on yet is neither met nor missed. 已完成 in the year's last round
meets every period.

The stage of a day is the first line that fits:

    1  missed: a milestone whose day is over and that is not met; of periods only the last whose round is over
    2  the first that is not met and whose day is to come
    3  the last that is not met
    4  the last

A granted extension takes the place of all stages.

    >>> two = Deadline("4月底前初稿，10月底前印发", due=dt.date(2026, 10, 31), milestones=(
    ...     Milestone("4月底前初稿", dt.date(2026, 4, 30)), Milestone("10月底前印发", dt.date(2026, 10, 31))))
    >>> [stage.due.isoformat() for stage in stages_of(two, 2026)]
    ['2026-04-30', '2026-10-31']
    >>> [stage.due.month for stage in stages_of(Deadline("每季度", DeadlineKind.RECURRING, period="quarterly"), 2026)]
    [3, 6, 9, 12]
    >>> len(stages_of(Deadline("每月", DeadlineKind.RECURRING, period="monthly"), 2026, dt.date(2026, 3, 2)))
    10
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from tracker.columns import STATUSES
from tracker.facts import Round
from tracker.model import Deadline, DeadlineKind, Milestone
from tracker.rules.progress.requests import UnitRequests
from tracker.settings import Thresholds
from tracker.values import dataclass

_DAY = dt.timedelta(days=1)
# Months of a period, by its name in `model.Deadline`.
_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
# What an answer may not say if it is to meet a stage.
_BEHIND = frozenset({"lagging", "not_started"})


@dataclass(frozen=True, slots=True)
class Stage:
    """A dated part of a limit.

    Attributes:
        text: As written for a milestone; empty for a period.
        due: The legal day.
        is_period: Whether it is one period of many.
    """

    text: str
    due: dt.date
    is_period: bool = False


def is_periodic(deadline: Deadline) -> bool:
    """Whether what has to be done is counted by periods (定期)."""
    return deadline.kind is DeadlineKind.RECURRING or (
        deadline.kind is DeadlineKind.ONGOING and deadline.due is not None
    )


def stages_of(deadline: Deadline, year: int, issued_on: dt.date | None = None) -> tuple[Stage, ...]:
    """The stages of a limit in the plan's year, by day; see the module."""
    if is_periodic(deadline):
        if deadline.due is not None and deadline.kind is DeadlineKind.ONGOING:
            return (Stage("", deadline.due, is_period=True),)
        first = max(issued_on or dt.date(year, 1, 1), dt.date(year, 1, 1))
        return tuple(
            Stage("", end, is_period=True) for end in _period_ends(deadline.period, year) if end >= first
        )
    dated = sorted((milestone for milestone in deadline.milestones if milestone.due is not None), key=_day_of)
    return tuple(Stage(milestone.text, _day_of(milestone)) for milestone in dated) if len(dated) > 1 else ()


def _day_of(milestone: Milestone) -> dt.date:
    assert milestone.due is not None
    return milestone.due


def _period_ends(period: str, year: int) -> Iterator[dt.date]:
    if period == "weekly":
        sunday = dt.date(year, 1, 7) - dt.timedelta(days=dt.date(year, 1, 7).isoweekday() % 7)
        while sunday.year == year:
            yield sunday
            sunday += 7 * _DAY
        return
    months = _MONTHS.get(period, 12)
    for month in range(months, 13, months):
        yield dt.date(year + month // 12, month % 12 + 1, 1) - _DAY


def round_of(stage: Stage, rounds: Sequence[Round], year_end: dt.date) -> Round | None:
    """The round that tells whether a period was kept; None while there is none."""
    later = next((round_ for round_ in rounds if round_.due >= stage.due), None)
    last = rounds[-1] if rounds and rounds[-1].due >= year_end else None
    return later or last


def met_stages(
    stages: Sequence[Stage], requests: UnitRequests, rounds: Sequence[Round], year: int, limits: Thresholds
) -> frozenset[int]:
    """Which stages, by position, a unit's answers meet."""
    year_end = dt.date(year, *limits.year_end)
    codes: dict[str, str] = {}
    last = ""
    order = {round_.round: number for number, round_ in enumerate(rounds)}
    for round_id in sorted(requests, key=lambda round_id: order.get(round_id, -1)):
        request = requests[round_id]
        if request.is_answered:
            stands_by = last if request.is_unchanged else ""
            last = codes[round_id] = STATUSES.get(request.texts.get("status", ""), "") or stands_by
    if any(codes.get(round_.round) == "done" for round_ in rounds if round_.due >= year_end):
        return frozenset(range(len(stages)))
    kept = {round_id for round_id, code in codes.items() if code not in _BEHIND and code != "not_applicable"}
    met = set()
    for number, stage in enumerate(stages):
        if stage.is_period:
            round_ = round_of(stage, rounds, year_end)
            if round_ is not None and round_.round in kept:
                met.add(number)
        elif number < len(stages) - 1 and any(
            round_.round in kept for round_ in rounds if round_.due >= stage.due
        ):
            met.add(number)
    return frozenset(met)


def stage_on(
    stages: Sequence[Stage],
    met: Collection[int],
    rounds: Sequence[Round],
    year: int,
    today: dt.date,
    limits: Thresholds,
) -> tuple[Stage, bool]:
    """The stage of a day, and whether it is missed; there has to be one."""
    year_end = dt.date(year, *limits.year_end)
    judged = []
    for number, stage in enumerate(stages):
        round_ = round_of(stage, rounds, year_end) if stage.is_period else None
        known = max(stage.due, round_.due) if round_ else None if stage.is_period else stage.due
        if known is not None and known < today:
            judged.append(number)
    missed = [number for number in (judged[-1:] if stages[0].is_period else judged) if number not in met]
    to_come = [number for number, stage in enumerate(stages) if number not in met and stage.due >= today]
    unmet = [number for number in range(len(stages)) if number not in met]
    if missed:
        return stages[missed[0]], True
    return stages[(to_come or unmet[-1:] or [len(stages) - 1])[0]], False
