"""Where a work point stands on a day: its status, whether it is done or overdue, and its light.

Nothing here is stored. The standing is a function of the facts and a date, so that "as it was on 30 June" is
the same function over fewer facts.

The status comes from what the units said and the office decided; **light** and lateness are decided by the table of
`rules.progress.lights`, from that status and the day.

**What a unit says.** The unit's status is the one of the latest 报送期次 in which it stated one; its texts are
those of the latest round in which it wrote any. A unit that never stated a status is `unreported`, which is
not the same as `not_started`. 不涉及 once stated holds until the unit says otherwise.

**Who decides.** Supporting units never do; a unit that said 不涉及 does not either.

    mode                               deciders
    each                               all others
    single                             all others (there is one)
    lead+all, jointly, unspecified     the leads where there are any, else all others

**Status of the point.** The first line that fits:

    1  the office's 认定状态 is filled in              that one
    2  written off (销号) and not re-opened            written_off
    3  nobody answers                                  unreported
    4  everybody said 不涉及                           not_applicable
    5  all deciders done                               done
    6  all deciders done or continuing                 continuing
    7  a decider lags                                  lagging
    8  all deciders silent                             unreported
    9  all deciders silent or not started              not_started
    10 else                                            in_progress

Done are `done` and `written_off`; `adjusted` and `not_applicable` are left out of every count. A continuing
point is done for the year when every round that asked for it has an entry of each decider and one of them is due in
the last weeks of the year (`Thresholds.year_end`); until then it is neither done nor overdue.

A unit has a light of its own by the same lines. Where the office has closed the point, or the point is done,
no unit of it is overdue; where the office says it is not done, no unit of it is. A supporting unit is never
late: where another would be blue, yellow or red, its light is grey (配合).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tracker import facts
from tracker.columns import COLUMNS, DECISIONS, STATUSES, Owner
from tracker.model import Mode, Role
from tracker.rules.office import Office, Point
from tracker.rules.plans import DueDay, day_of_point, days_of, spoken_for
from tracker.rules.progress.lights import DONE, LEFT_OUT, STATUS_WORDS, UNREPORTED, DueClock, Light
from tracker.settings import Thresholds
from tracker.workdays import Calendar

UNIT_COLUMNS = tuple(column.name for column in COLUMNS if column.owner is Owner.UNIT)


@dataclass(frozen=True, slots=True)
class LastStatement:
    """What one unit said last.

    Attributes:
        unit: Its id.
        role: Its weightiest role.
        status: Code of `columns.STATUSES`, or `unreported`.
        round: The latest round in which it wrote anything; empty if none.
        texts: Its texts of that round by column name.
        status_round: The round of its latest status.
    """

    unit: str
    role: Role
    status: str = UNREPORTED
    round: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    status_round: str = ""


def texts_in_round(office: Office, point_id: str, unit: str, round_: str) -> dict[str, str]:
    """What a unit wrote in a round, by column; empty where it wrote nothing."""
    cells = ((name, office.cells.get((point_id, unit, name, round_))) for name in UNIT_COLUMNS)
    return {name: cell.value for name, cell in cells if cell is not None and cell.value}


def statement_of(office: Office, point: Point, unit: str, rounds: tuple[str, ...]) -> LastStatement:
    """A unit's own words, before any light."""
    role = point.role_of(unit) or Role.RESPONSIBLE
    status, status_round, latest, texts = UNREPORTED, "", "", {}
    for round_ in reversed(rounds):
        round_texts = texts_in_round(office, point.id, unit, round_)
        if round_texts and not latest:
            latest, texts = round_, round_texts
        code = STATUSES.get(round_texts.get("status", ""))
        if code:
            status, status_round = code, round_
            break
    return LastStatement(unit, role, status, latest, texts, status_round)


_UnitT = TypeVar("_UnitT", "LastStatement", "UnitStanding")


def main_units(units: tuple[_UnitT, ...]) -> tuple[_UnitT, ...]:
    """The units that answer for a point: not the supporting ones, nor who said 不涉及."""
    return tuple(unit for unit in units if unit.role is not Role.SUPPORT and unit.status != "not_applicable")


def deciders(point: Point, units: tuple[_UnitT, ...]) -> tuple[_UnitT, ...]:
    """The units whose words decide, and may stand for the point; see the table of the module."""
    others = main_units(units)
    leads = tuple(unit for unit in others if unit.role is Role.LEAD)
    return others if point.mode in (Mode.EACH, Mode.SINGLE) else leads or others


def status_of(
    statements: tuple[LastStatement, ...], deciders: tuple[LastStatement, ...], *, written_off: bool
) -> str:
    """The status of a point on which the office has not decided; see the table of the module."""
    if written_off:
        return "written_off"
    if not deciders:
        main_statements = [statement for statement in statements if statement.role is not Role.SUPPORT]
        return "not_applicable" if main_statements else UNREPORTED
    codes = {decider.status for decider in deciders}
    if codes <= DONE:
        return "done"
    if codes <= DONE | {"continuing"}:
        return "continuing"
    if "lagging" in codes:
        return "lagging"
    if codes == {UNREPORTED}:
        return UNREPORTED
    return "not_started" if codes <= {UNREPORTED, "not_started"} else "in_progress"


def is_written_off(events: tuple[facts.Event, ...]) -> bool:
    """Whether the last word about it is that it was written off."""
    last = [event.kind for event in events if event.kind in ("write-off", "reopened")]
    return bool(last) and last[-1] == "write-off"


def is_sustained(
    office: Office,
    point: Point,
    rounds: tuple[str, ...],
    deciders: tuple[LastStatement, ...],
    limits: Thresholds,
) -> bool:
    """Whether a continuing point has an entry of every decider in every round, the year's last included."""
    last = dt.date(office.plans[point.plan].edition.year, *limits.year_end)
    return any(office.rounds[round_].due >= last for round_ in rounds) and all(
        texts_in_round(office, point.id, decider.unit, round_).get("progress")
        for decider in deciders
        for round_ in rounds
    )


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
        texts: Its texts of that round by column name; the status of `status_round`.
        status_round: The round of its latest status.
        due: The legal day that holds for it, extensions included; None without one.
        workday_due: Its working day that counts in practice.
        is_extended: Whether an extension moved its day.
    """

    unit: str
    role: Role
    status: str = UNREPORTED
    done: bool = False
    overdue: bool = False
    light: Light = Light.GREEN
    reason: str = ""
    round: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    status_round: str = ""
    due: dt.date | None = None
    workday_due: dt.date | None = None
    is_extended: bool = False

    @property
    def word(self) -> str:
        """The status as people read it."""
        return STATUS_WORDS[self.status]

    @property
    def progress(self) -> str:
        """What it wrote as 进展情况."""
        return self.texts.get("progress", "")

    @property
    def summary(self) -> str:
        """What it wrote as 摘要."""
        return self.texts.get("summary", "")


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
        reply_count: Units that answered in the latest round in which the point was asked.
        recipient_count: Units that were asked then; before any hand-out, the units that answer without supporting.
        is_decided: Whether the office's word gave the status.
        is_extended: Whether an extension moved the day.
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
    reply_count: int
    recipient_count: int
    is_decided: bool = False
    is_extended: bool = False

    @property
    def word(self) -> str:
        """The status as people read it."""
        return STATUS_WORDS[self.status]

    @property
    def is_counted(self) -> bool:
        """Whether it belongs in any count at all."""
        return self.status not in LEFT_OUT


@dataclass(frozen=True)
class StandingIndex:
    """What standings look up, gathered once for many points.

    Attributes:
        rounds: Round ids of each plan, oldest first.
        recipients: Units asked for a point, by round.
        events: Events by subject, in order.
    """

    rounds: Mapping[str, tuple[str, ...]]
    recipients: Mapping[tuple[str, str], tuple[str, ...]]
    events: Mapping[str, tuple[facts.Event, ...]]


def gather_index(office: Office) -> StandingIndex:
    """Gather what standings look up."""
    rounds: dict[str, list[facts.Round]] = {}
    for round_ in office.rounds.values():
        rounds.setdefault(round_.plan, []).append(round_)
    recipients: dict[tuple[str, str], list[str]] = {}
    for form in office.forms.values():
        for point_id in form.rows:
            recipients.setdefault((point_id, form.round), []).append(form.unit)
    events: dict[str, list[facts.Event]] = {}
    for event in office.events:
        events.setdefault(event.subject, []).append(event)
    return StandingIndex(
        rounds={
            plan: tuple(round_.round for round_ in sorted(some, key=lambda r: (r.due, r.opens)))
            for plan, some in rounds.items()
        },
        recipients={key: tuple(dict.fromkeys(units)) for key, units in recipients.items()},
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
    lookup = gather_index(office)
    return {
        point.id: standing_of(
            office, point, today=today, calendar=calendar, thresholds=thresholds, lookup=lookup
        )
        for point in points
    }


def standing_of(
    office: Office,
    point: Point,
    *,
    today: dt.date,
    calendar: Calendar,
    thresholds: Thresholds | None = None,
    lookup: StandingIndex | None = None,
) -> Standing:
    """Where a point stands on a day; `lookup` saves gathering the index again (see `standings`)."""
    limits = thresholds or Thresholds()
    lookup = lookup or gather_index(office)
    rounds = lookup.rounds.get(point.plan, ())
    statements = tuple(statement_of(office, point, unit, rounds) for unit in point.units())
    deciding = deciders(point, statements)
    asked_rounds = tuple(round_ for round_ in rounds if (point.id, round_) in lookup.recipients) or rounds
    decision_cell = office.cells.get((point.id, "", "decision", ""))
    decision = DECISIONS.get(decision_cell.value, "") if decision_cell else ""
    events = tuple(event for event in lookup.events.get(point.id, ()) if event.at <= today)
    status = decision or status_of(statements, deciding, written_off=is_written_off(events))
    done = status in DONE or (
        status == "continuing"
        and not decision
        and is_sustained(office, point, asked_rounds, deciding, limits)
    )
    open_ = [statement.unit for statement in deciding if decision or statement.status not in DONE]
    days = days_of(point, [statement.unit for statement in statements], events, calendar)
    day = day_of_point(days, open_)
    clock = DueClock(today, day.due, day.workday_due, point.deadline.kind, calendar, limits)
    overdue = clock.is_overdue(status, done=done)
    light, reason = clock.light(status, done=done)
    asked_in = asked_rounds[-1] if asked_rounds and (point.id, asked_rounds[-1]) in lookup.recipients else ""
    recipients = lookup.recipients.get((point.id, asked_in), ())
    repliers = [
        unit
        for unit in recipients
        if any(
            texts_in_round(office, point.id, speaker, asked_in)
            for speaker in spoken_for(office, point, unit, office.rounds[asked_in].opens)
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
            _unit_standing(
                statement, days.get(statement.unit, days[""]), clock, status, done=done, decision=decision
            )
            for statement in statements
        ),
        reply_count=len(repliers),
        recipient_count=len(recipients)
        if asked_in
        else sum(statement.role is not Role.SUPPORT for statement in statements),
        is_decided=bool(decision),
        is_extended=day.is_extended,
    )


def _unit_standing(
    statement: LastStatement, day: DueDay, clock: DueClock, status: str, *, done: bool, decision: str
) -> UnitStanding:
    """A unit's standing by its own day; `status`, `done` and `decision` are those of the point."""
    if (clock.due, clock.workday_due) != (day.due, day.workday_due):
        clock = replace(clock, due=day.due, workday_due=day.workday_due)
    says_done = statement.status in DONE
    if status in LEFT_OUT:
        own_status, own_done = status, False
    elif done:
        own_status, own_done = statement.status, True
    elif decision:
        own_status, own_done = (decision if says_done else statement.status), False
    else:
        own_status, own_done = statement.status, says_done
    light, reason = clock.light(own_status, done=own_done)
    supports = statement.role is Role.SUPPORT
    if supports and light not in (Light.GREEN, Light.GREY):
        light, reason = Light.GREY, "配合"
    return UnitStanding(
        unit=statement.unit,
        role=statement.role,
        status=statement.status,
        done=own_done if decision else says_done,
        overdue=not supports and clock.is_overdue(own_status, done=own_done),
        light=light,
        reason=reason,
        round=statement.round,
        texts=statement.texts,
        status_round=statement.status_round,
        due=day.due,
        workday_due=day.workday_due,
        is_extended=day.is_extended,
    )
