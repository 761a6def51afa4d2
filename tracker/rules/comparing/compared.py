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
from tracker.rules.comparing.deciding import WORDS
from tracker.rules.comparing.deciding import decided
from tracker.rules.comparing.lineage import DROPPED
from tracker.rules.comparing.lineage import GOES_ON
from tracker.rules.comparing.lineage import NEW
from tracker.rules.comparing.lineage import last_year
from tracker.rules.comparing.lineage import live
from tracker.rules.comparing.stating import Said
from tracker.rules.plans.succession import successor
from tracker.rules.progress.lights import Thresholds
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import standings
from tracker.rules.reporting.figures import Figure
from tracker.rules.reporting.shares import percent
from tracker.rules.state import Office
from tracker.rules.state import Point
from tracker.workdays import Calendar

_GOES_ON = {WORDS[how] for how in GOES_ON}
UNKNOWN = "没有记录"


@dataclass(frozen=True)
class Compared:
    """This year's plan and last year's.

    Attributes:
        plan: Of this year.
        lasts: Last year's, one or several.
        olds: Last year's items.
        news: This year's.
        said: What a person decided, by item of either year.
        states: Where each item stands; last year's on the same day.
        known: Whether the ledger holds any status of last year's plans.
        withheld: Items that stand in no report (不通报).
    """

    plan: str
    lasts: tuple[str, ...]
    olds: tuple[Point, ...]
    news: tuple[Point, ...]
    said: Mapping[str, Said]
    states: Mapping[str, Standing]
    known: bool
    withheld: frozenset[str] = frozenset()

    @property
    def confirmed(self) -> bool:
        """Whether a person has decided anything."""
        return bool(self.said)

    def is_unfinished(self, wp: str) -> bool:
        """Whether an item of last year's counts and was not done."""
        state = self.states[wp]
        return self.known and state.counted and not state.done

    def goes_on(self, wp: str) -> bool:
        """Whether a person said so."""
        return wp in self.said and self.said[wp].word in _GOES_ON

    def state_word(self, wp: str) -> str:
        """Where an item stands, in a word."""
        state = self.states[wp]
        if not self.known and any(each.id == wp for each in self.olds):
            return UNKNOWN
        return "逾期未完成" if state.overdue else "已完成" if state.done else state.word

    @property
    def waiting(self) -> tuple[str, ...]:
        """Items of this year's that nobody has decided, then last year's."""
        return tuple(each.id for each in (*self.news, *self.olds) if each.id not in self.said)

    @property
    def left(self) -> tuple[str, ...]:
        """未完且未延续."""
        return tuple(
            each.id for each in self.olds if self.is_unfinished(each.id) and not self.goes_on(each.id)
        )

    @property
    def given_up(self) -> tuple[str, ...]:
        """Of these, what a person said goes on in nothing."""
        return tuple(wp for wp in self.left if wp in self.said)


def compare(
    office: Office, plan: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> Compared | None:
    """Gather two years; None where no plan of an earlier year goes with this one."""
    lasts = last_year(office, plan)
    if not lasts:
        return None
    olds = tuple(point for last in lasts for point in live(office.plans[last]))
    news = live(office.plans[plan])
    every = (*olds, *news)
    before = {each.id for each in olds}
    return Compared(
        plan=plan,
        lasts=lasts,
        olds=olds,
        news=news,
        said=decided(office.continued, before, {each.id for each in news}),
        states=standings(office, every, today=today, calendar=calendar, thresholds=thresholds),
        known=any(
            wp in before and field in ("status", "decision") and cell.value
            for (wp, _, field, _), cell in office.cells.items()
        ),
        withheld=frozenset(
            each.id
            for each in every
            if (cell := office.cells.get((each.id, "", "withheld", ""))) is not None and cell.value
        ),
    )


def figures(compared: Compared, *, public: bool = False) -> tuple[Figure, ...]:
    """The counts; `public` leaves out what stands in no report."""
    hidden = compared.withheld if public else frozenset()
    olds = [each.id for each in compared.olds if each.id not in hidden]
    news = [each.id for each in compared.news if each.id not in hidden]

    def having(rows: list[str], *words: str) -> tuple[str, ...]:
        return tuple(wp for wp in rows if wp in compared.said and compared.said[wp].word in words)

    def rate(rows: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        counted = tuple(wp for wp in rows if compared.states[wp].counted)
        done = tuple(wp for wp in counted if compared.states[wp].done)
        return counted, done, percent(len(done), len(counted)) if counted else ""

    went_on = tuple(wp for wp in olds if compared.goes_on(wp))
    old_total, old_done, old_share = rate(olds)
    new_total, new_done, new_share = rate(news)
    found = [
        Figure("years.olds", "上年事项", "上年方案的事项。", tuple(olds)),
        Figure("years.went_on", "上年事项延续到今年", "上年方案的事项中，经确认由今年事项延续的。", went_on),
        Figure(
            "years.dropped",
            "上年事项不再列入",
            "上年方案的事项中，经确认今年没有事项延续的。",
            having(olds, WORDS[DROPPED]),
        ),
        Figure(
            "years.waiting",
            "上年事项待确认",
            "上年方案的事项中，尚未确认去向的。",
            tuple(wp for wp in olds if wp not in compared.said),
        ),
        Figure(
            "years.continued",
            "今年延续事项",
            "今年方案的事项中，经确认延续上年事项的。",
            having(news, *sorted(_GOES_ON)),
        ),
        Figure(
            "years.new",
            "今年新增事项",
            "今年方案的事项中，经确认没有延续上年任何事项的。",
            having(news, WORDS[NEW]),
        ),
        Figure("years.now", "今年计入统计的事项", "今年方案的事项，已调整、不涉及的除外。", new_total),
        Figure(
            "years.now_done", "今年已完成", "今年计入统计的事项中，截至统计日已完成的。", new_done, new_share
        ),
    ]
    if compared.known:
        left = tuple(wp for wp in compared.left if wp not in hidden)
        given_up = tuple(wp for wp in compared.given_up if wp not in hidden)
        found += [
            Figure("years.last", "上年计入统计的事项", "上年方案的事项，已调整、不涉及的除外。", old_total),
            Figure(
                "years.last_done",
                "上年已完成",
                "上年计入统计的事项中，截至统计日（含年后补报）已完成的。",
                old_done,
                old_share,
            ),
            Figure("years.left", "上年未完且未延续", "上年未完成、今年没有事项延续的，含尚未确认的。", left),
            Figure(
                "years.given_up",
                "上年未完且不再列入",
                "上年未完成、经确认今年没有事项延续的。",
                given_up,
            ),
        ]
    return tuple(found)


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


def by_unit(office: Office, compared: Compared, on: dt.date) -> tuple[UnitYears, ...]:
    """Both years unit by unit, as of whoever speaks for it on a day."""
    rows: dict[str, dict[str, list[str]]] = {}
    names: dict[str, dict[str, None]] = {}
    for side, points in (("last", compared.olds), ("now", compared.news)):
        for point in points:
            state = compared.states[point.id]
            for each in state.units:
                if each.role is Role.SUPPORT or each.status == "not_applicable" or not state.counted:
                    continue
                heir = successor(office, each.unit, on)
                found = rows.setdefault(heir, {"last": [], "last_done": [], "now": [], "now_done": []})
                if point.id not in found[side]:
                    found[side].append(point.id)
                if (each.done or state.done) and point.id not in found[f"{side}_done"]:
                    found[f"{side}_done"].append(point.id)
                if heir != each.unit:
                    names.setdefault(heir, {})[office.name_of(each.unit)] = None
    return tuple(
        UnitYears(
            unit,
            office.name_of(unit, on),
            tuple(names.get(unit, {})),
            *(tuple(rows[unit][side]) for side in ("last", "last_done", "now", "now_done")),
        )
        for unit in sorted(rows)
    )
