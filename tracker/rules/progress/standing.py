"""Where a work point stands on a day: its status, whether it is done or overdue, and its light.

Nothing here is stored. The standing is a function of the facts and a date, so that "as it was on 30 June" is
the same function over fewer facts.

The status comes from what the units said and the office decided (`rules.progress.statuses`); **light** and lateness are
decided by the table of `rules.progress.lights`, from that status and the day.

A unit has a light of its own by the same lines. Where the office has closed the point, or the point is done,
no unit of it is overdue; where the office says it is not done, no unit of it is. A supporting unit is never
late: where another would be blue, yellow or red, its light is grey (配合).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker import facts
from tracker.columns import DECISIONS
from tracker.model import Role
from tracker.rules.plans.extending import Day
from tracker.rules.plans.extending import day_of_point
from tracker.rules.plans.extending import days_of
from tracker.rules.plans.succession import spoken_for
from tracker.rules.progress.lights import DONE
from tracker.rules.progress.lights import LEFT_OUT
from tracker.rules.progress.lights import UNREPORTED
from tracker.rules.progress.lights import WORDS
from tracker.rules.progress.lights import Clock
from tracker.rules.progress.lights import Light
from tracker.rules.progress.lights import Thresholds
from tracker.rules.progress.statuses import Said
from tracker.rules.progress.statuses import deciders
from tracker.rules.progress.statuses import is_sustained
from tracker.rules.progress.statuses import is_written_off
from tracker.rules.progress.statuses import said_by
from tracker.rules.progress.statuses import status_of
from tracker.rules.progress.statuses import wrote
from tracker.rules.state import Office
from tracker.rules.state import Point
from tracker.workdays import Calendar


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Where one unit stands with a work point.

    Attributes:
        unit: Its id.
        role: Its weightiest role.
        status: Code of `columns.STATUSES`, or `unreported`.
        done: Whether its share is done, the office's word included.
        overdue: Whether it is late.
        light: See the module.
        reason: What the light stands for, in two to six characters.
        round: The latest round in which it wrote anything; empty if none.
        answers: Its texts of that round by column name; the status of `status_round`.
        status_round: The round of its latest status.
        due: The legal day that holds for it, extensions included; None without one.
        workday_due: Its working day that counts in practice.
        extended: Whether an extension moved its day.
    """

    unit: str
    role: Role
    status: str = UNREPORTED
    done: bool = False
    overdue: bool = False
    light: Light = Light.GREEN
    reason: str = ""
    round: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    status_round: str = ""
    due: dt.date | None = None
    workday_due: dt.date | None = None
    extended: bool = False

    @property
    def word(self) -> str:
        """The status as people read it."""
        return WORDS[self.status]

    @property
    def progress(self) -> str:
        """What it wrote as 进展情况."""
        return self.answers.get("progress", "")

    @property
    def summary(self) -> str:
        """What it wrote as 摘要."""
        return self.answers.get("summary", "")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a work point stands on a day.

    Attributes:
        point: Its id.
        status: Code of `columns.DECISIONS`, or `unreported`.
        done: Counted as done.
        overdue: Late on that day.
        light: See the module.
        reason: What the light stands for.
        due: The legal day, extensions included; None without one.
        workday_due: The working day that counts in practice.
        units: Each unit that answers, leads first.
        returned: Units that answered in the latest round in which the point was asked.
        expected: Units that were asked then; before any hand-out, the units that answer without supporting.
        decided: Whether the office's word gave the status.
        extended: Whether an extension moved the day.
    """

    point: str
    status: str
    done: bool
    overdue: bool
    light: Light
    reason: str
    due: dt.date | None
    workday_due: dt.date | None
    units: tuple[UnitStanding, ...]
    returned: int
    expected: int
    decided: bool = False
    extended: bool = False

    @property
    def word(self) -> str:
        """The status as people read it."""
        return WORDS[self.status]

    @property
    def counted(self) -> bool:
        """Whether it belongs in any count at all."""
        return self.status not in LEFT_OUT


@dataclass(frozen=True)
class Index:
    """What standings look up, gathered once for many points.

    Attributes:
        rounds: Round ids of each plan, oldest first.
        asked: Units asked for a point, by round.
        events: Events by subject, in order.
    """

    rounds: Mapping[str, tuple[str, ...]]
    asked: Mapping[tuple[str, str], tuple[str, ...]]
    events: Mapping[str, tuple[facts.Event, ...]]


def index(office: Office) -> Index:
    """Gather what standings look up."""
    rounds: dict[str, list[facts.Round]] = {}
    for each in office.rounds.values():
        rounds.setdefault(each.plan, []).append(each)
    asked: dict[tuple[str, str], list[str]] = {}
    for form in office.forms.values():
        for wp in form.rows:
            asked.setdefault((wp, form.round), []).append(form.unit)
    events: dict[str, list[facts.Event]] = {}
    for event in office.events:
        events.setdefault(event.subject, []).append(event)
    return Index(
        rounds={
            plan: tuple(each.round for each in sorted(some, key=lambda r: (r.due, r.opens)))
            for plan, some in rounds.items()
        },
        asked={key: tuple(dict.fromkeys(units)) for key, units in asked.items()},
        events={subject: tuple(some) for subject, some in events.items()},
    )


def standings(
    office: Office,
    points: Iterable[Point],
    *,
    today: dt.date,
    calendar: Calendar,
    thresholds: Thresholds | None = None,
) -> dict[str, Standing]:
    """Where each of many points stands, by id."""
    known = index(office)
    return {
        point.id: standing(office, point, today=today, calendar=calendar, thresholds=thresholds, known=known)
        for point in points
    }


def standing(
    office: Office,
    point: Point,
    *,
    today: dt.date,
    calendar: Calendar,
    thresholds: Thresholds | None = None,
    known: Index | None = None,
) -> Standing:
    """Where a point stands on a day; `known` saves gathering the index again (see `standings`)."""
    limits = thresholds or Thresholds()
    known = known or index(office)
    rounds = known.rounds.get(point.plan, ())
    said = tuple(said_by(office, point, unit, rounds) for unit in point.units())
    deciding = deciders(point, said)
    asking = tuple(each for each in rounds if (point.id, each) in known.asked) or rounds
    decided = office.cells.get((point.id, "", "decision", ""))
    decision = DECISIONS.get(decided.value, "") if decided else ""
    events = tuple(each for each in known.events.get(point.id, ()) if each.at <= today)
    status = decision or status_of(said, deciding, written_off=is_written_off(events))
    done = status in DONE or (
        status == "continuing" and not decision and is_sustained(office, point, asking, deciding, limits)
    )
    open_ = [each.unit for each in deciding if decision or each.status not in DONE]
    days = days_of(point, [each.unit for each in said], events, calendar)
    day = day_of_point(days, open_)
    clock = Clock(today, day.due, day.workday_due, point.deadline.kind, calendar, limits)
    overdue = clock.is_overdue(status, done=done)
    light, reason = clock.light(status, done=done)
    asked_in = asking[-1] if asking and (point.id, asking[-1]) in known.asked else ""
    asked = known.asked.get((point.id, asked_in), ())
    answered = [
        unit
        for unit in asked
        if any(
            wrote(office, point.id, each, asked_in)
            for each in spoken_for(office, point, unit, office.rounds[asked_in].opens)
        )
    ]
    return Standing(
        point=point.id,
        status=status,
        done=done,
        overdue=overdue,
        light=light,
        reason=reason,
        due=day.due,
        workday_due=day.workday_due,
        units=tuple(
            _lit(each, days.get(each.unit, days[""]), clock, status, done=done, decision=decision)
            for each in said
        ),
        returned=len(answered),
        expected=len(asked) if asked_in else sum(each.role is not Role.SUPPORT for each in said),
        decided=bool(decision),
        extended=day.extended,
    )


def _lit(said: Said, day: Day, clock: Clock, status: str, *, done: bool, decision: str) -> UnitStanding:
    """A unit's standing by its own day; `status`, `done` and `decision` are those of the point."""
    if (clock.due, clock.workday_due) != (day.due, day.workday_due):
        clock = replace(clock, due=day.due, workday_due=day.workday_due)
    said_done = said.status in DONE
    if status in LEFT_OUT:
        own, own_done = status, False
    elif done:
        own, own_done = said.status, True
    elif decision:
        own, own_done = (decision if said_done else said.status), False
    else:
        own, own_done = said.status, said_done
    light, reason = clock.light(own, done=own_done)
    supports = said.role is Role.SUPPORT
    if supports and light not in (Light.GREEN, Light.GREY):
        light, reason = Light.GREY, "配合"
    return UnitStanding(
        unit=said.unit,
        role=said.role,
        status=said.status,
        done=own_done if decision else said_done,
        overdue=not supports and clock.is_overdue(own, done=own_done),
        light=light,
        reason=reason,
        round=said.round,
        answers=said.answers,
        status_round=said.status_round,
        due=day.due,
        workday_due=day.workday_due,
        extended=day.extended,
    )
