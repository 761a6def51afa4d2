"""Two years' plans as they stand on a day: what goes on, what is new, what was dropped, what nobody decided.

Every count is a `Figure` and knows its rows. Of last year's items each one is in exactly one line:

    延续到今年        goes on in an item of this year's plan, as a person confirmed
    不再列入          goes on in nothing, as a person confirmed
    待确认            nobody has said anything

未完且未延续 are those of the last two lines that had not been finished: nobody may drop them silently. Where the
ledger holds no status of last year's plan at all (the office began this year), nothing is known, and nothing is called
unfinished. Units are counted under the name of whoever succeeded them by the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.model import Role
from tracker.rules.comparing.deciding import YEAR_WORDS
from tracker.rules.comparing.deciding import year_judgements
from tracker.rules.comparing.lineage import GOES_ON
from tracker.rules.comparing.lineage import NEW
from tracker.rules.comparing.lineage import OMISSION
from tracker.rules.comparing.lineage import last_year_plans
from tracker.rules.comparing.lineage import live_points
from tracker.rules.comparing.stating import Judgement
from tracker.rules.plans.succession import successor
from tracker.rules.progress.lights import Thresholds
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import standings
from tracker.rules.reporting.figures import Figure
from tracker.rules.reporting.shares import percent
from tracker.rules.state import Office
from tracker.rules.state import Point
from tracker.workdays import Calendar

_GOES_ON = {YEAR_WORDS[how] for how in GOES_ON}
NO_RECORD = "没有记录"


@dataclass(frozen=True)
class YearComparison:
    """This year's plan and last year's.

    Attributes:
        plan: Of this year.
        lasts: Last year's, one or several.
        olds: Last year's items.
        news: This year's.
        judgements: What a person decided, by item of either year.
        states: Where each item stands; last year's on the same day.
        has_record: Whether the ledger holds any status of last year's plans.
        withheld: Items that stand in no report (不通报).
    """

    plan: str
    lasts: tuple[str, ...]
    olds: tuple[Point, ...]
    news: tuple[Point, ...]
    judgements: Mapping[str, Judgement]
    states: Mapping[str, Standing]
    has_record: bool
    withheld: frozenset[str] = frozenset()

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has decided anything."""
        return bool(self.judgements)

    def is_unfinished(self, point_id: str) -> bool:
        """Whether an item of last year's counts and was not done."""
        state = self.states[point_id]
        return self.has_record and state.is_counted and not state.done

    def goes_on(self, point_id: str) -> bool:
        """Whether a person said so."""
        return point_id in self.judgements and self.judgements[point_id].word in _GOES_ON

    def state_word(self, point_id: str) -> str:
        """Where an item stands, in a word."""
        state = self.states[point_id]
        if not self.has_record and any(point.id == point_id for point in self.olds):
            return NO_RECORD
        return "逾期未完成" if state.overdue else "已完成" if state.done else state.word

    @property
    def open_ids(self) -> tuple[str, ...]:
        """Items of this year's that nobody has decided, then last year's."""
        return tuple(point.id for point in (*self.news, *self.olds) if point.id not in self.judgements)

    @property
    def leftovers(self) -> tuple[str, ...]:
        """未完且未延续."""
        return tuple(
            point.id for point in self.olds if self.is_unfinished(point.id) and not self.goes_on(point.id)
        )

    @property
    def dropped_leftovers(self) -> tuple[str, ...]:
        """Of these, what a person said goes on in nothing."""
        return tuple(point_id for point_id in self.leftovers if point_id in self.judgements)


def compare_years(
    office: Office, plan: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> YearComparison | None:
    """Gather two years; None where no plan of an earlier year goes with this one."""
    lasts = last_year_plans(office, plan)
    if not lasts:
        return None
    olds = tuple(point for last in lasts for point in live_points(office.plans[last]))
    news = live_points(office.plans[plan])
    every = (*olds, *news)
    before = {point.id for point in olds}
    return YearComparison(
        plan=plan,
        lasts=lasts,
        olds=olds,
        news=news,
        judgements=year_judgements(office.continuations, before, {point.id for point in news}),
        states=standings(office, every, today=today, calendar=calendar, thresholds=thresholds),
        has_record=any(
            point_id in before and field in ("status", "decision") and cell.value
            for (point_id, _, field, _), cell in office.cells.items()
        ),
        withheld=frozenset(
            point.id
            for point in every
            if (cell := office.cells.get((point.id, "", "withheld", ""))) is not None and cell.value
        ),
    )


def year_figures(years: YearComparison, *, public: bool = False) -> tuple[Figure, ...]:
    """The counts; `public` leaves out what stands in no report."""
    withheld = years.withheld if public else frozenset()
    olds = [point.id for point in years.olds if point.id not in withheld]
    news = [point.id for point in years.news if point.id not in withheld]

    def ids_with(rows: list[str], *words: str) -> tuple[str, ...]:
        return tuple(
            point_id
            for point_id in rows
            if point_id in years.judgements and years.judgements[point_id].word in words
        )

    def rate(rows: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        countable = tuple(point_id for point_id in rows if years.states[point_id].is_counted)
        done = tuple(point_id for point_id in countable if years.states[point_id].done)
        return countable, done, percent(len(done), len(countable)) if countable else ""

    went_on = tuple(point_id for point_id in olds if years.goes_on(point_id))
    old_total, old_done, old_share = rate(olds)
    new_total, new_done, new_share = rate(news)
    counts = [
        Figure("years.olds", "上年事项", "上年方案的事项。", tuple(olds)),
        Figure("years.went_on", "上年事项延续到今年", "上年方案的事项中，经确认由今年事项延续的。", went_on),
        Figure(
            "years.dropped",
            "上年事项不再列入",
            "上年方案的事项中，经确认今年没有事项延续的。",
            ids_with(olds, YEAR_WORDS[OMISSION]),
        ),
        Figure(
            "years.waiting",
            "上年事项待确认",
            "上年方案的事项中，尚未确认去向的。",
            tuple(point_id for point_id in olds if point_id not in years.judgements),
        ),
        Figure(
            "years.continued",
            "今年延续事项",
            "今年方案的事项中，经确认延续上年事项的。",
            ids_with(news, *sorted(_GOES_ON)),
        ),
        Figure(
            "years.new",
            "今年新增事项",
            "今年方案的事项中，经确认没有延续上年任何事项的。",
            ids_with(news, YEAR_WORDS[NEW]),
        ),
        Figure("years.now", "今年计入统计的事项", "今年方案的事项，已调整、不涉及的除外。", new_total),
        Figure(
            "years.now_done", "今年已完成", "今年计入统计的事项中，截至统计日已完成的。", new_done, new_share
        ),
    ]
    if years.has_record:
        leftovers = tuple(point_id for point_id in years.leftovers if point_id not in withheld)
        dropped_leftovers = tuple(
            point_id for point_id in years.dropped_leftovers if point_id not in withheld
        )
        counts += [
            Figure("years.last", "上年计入统计的事项", "上年方案的事项，已调整、不涉及的除外。", old_total),
            Figure(
                "years.last_done",
                "上年已完成",
                "上年计入统计的事项中，截至统计日（含年后补报）已完成的。",
                old_done,
                old_share,
            ),
            Figure(
                "years.left", "上年未完且未延续", "上年未完成、今年没有事项延续的，含尚未确认的。", leftovers
            ),
            Figure(
                "years.given_up",
                "上年未完且不再列入",
                "上年未完成、经确认今年没有事项延续的。",
                dropped_leftovers,
            ),
        ]
    return tuple(counts)


@dataclass(frozen=True, slots=True)
class UnitYears:
    """One unit's items of both years, led or answered for; `formerly` are the names that it had before."""

    unit: str
    name: str
    formerly: tuple[str, ...]
    last: tuple[str, ...]
    last_done: tuple[str, ...]
    now: tuple[str, ...]
    now_done: tuple[str, ...]


def by_unit(office: Office, years: YearComparison, on: dt.date) -> tuple[UnitYears, ...]:
    """Both years unit by unit, as of whoever speaks for it on a day."""
    rows: dict[str, dict[str, list[str]]] = {}
    names: dict[str, dict[str, None]] = {}
    for side, points in (("last", years.olds), ("now", years.news)):
        for point in points:
            state = years.states[point.id]
            for unit_standing in state.units:
                if (
                    unit_standing.role is Role.SUPPORT
                    or unit_standing.status == "not_applicable"
                    or not state.is_counted
                ):
                    continue
                heir = successor(office, unit_standing.unit, on)
                sides = rows.setdefault(heir, {"last": [], "last_done": [], "now": [], "now_done": []})
                if point.id not in sides[side]:
                    sides[side].append(point.id)
                if (unit_standing.done or state.done) and point.id not in sides[f"{side}_done"]:
                    sides[f"{side}_done"].append(point.id)
                if heir != unit_standing.unit:
                    names.setdefault(heir, {})[office.name_of(unit_standing.unit)] = None
    return tuple(
        UnitYears(
            unit,
            office.name_of(unit, on),
            tuple(names.get(unit, {})),
            *(tuple(rows[unit][side]) for side in ("last", "last_done", "now", "now_done")),
        )
        for unit in sorted(rows)
    )
