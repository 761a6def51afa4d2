"""Who was asked what, and what came back: the one judgement that every count, light, slip, page and score reads.

The office *began* with a plan on the day on which it entered it, or on which its first round opened (`began_on`).

A *request* is a work point, a unit as the plan names it, and a round:

    asked       a form of the round has a row of the point, and went to the unit, or to the one that answered for it on
                the day on which the round opened (renamed, merged)
    form        that form; empty where the unit wrote without being asked (entered by the office, or the form was
                another edition's)
    answered    anything stands in one of the unit's columns for that round; an emptied cell is no answer
    unchanged   本期无变化 is ticked: the unit stands by its words of the round before

A form is *back* when a return of it was not refused, or when the office entered every row of it by hand (代录): a
status or a progress text of the office's in each.

Everything is gathered in one pass over forms and cells (`gather_index`), so that looking up one request costs the same
in an office of any size.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from tracker import facts
from tracker.columns import COLUMNS, UNCHANGED, Owner
from tracker.rules.office import CellNow, Office
from tracker.rules.plans import past_plans, successor
from tracker.values import dataclass

UNIT_COLUMNS = tuple(column.name for column in COLUMNS if column.owner is Owner.UNIT)


@dataclass(frozen=True, slots=True)
class Request:
    """What a unit was asked about a work point in a round, and what it answered.

    Attributes:
        unit: As the plan names it; one that answers no more keeps what it wrote.
        round: The round's id.
        form: The form's id; empty where the unit was not asked.
        texts: Its answer by column name; empty where there is none.
        is_unchanged: Whether it ticked 本期无变化.
    """

    unit: str
    round: str
    form: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    is_unchanged: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a form asked for it."""
        return bool(self.form)

    @property
    def is_answered(self) -> bool:
        """Whether anything was written or ticked."""
        return bool(self.texts) or self.is_unchanged


# Requests of one unit about one point, by round, oldest first.
UnitRequests = Mapping[str, Request]


@dataclass(frozen=True)
class RequestIndex:
    """What standings look up, gathered once for many points.

    Attributes:
        rounds: Rounds of each plan, oldest first.
        requests: By work point, unit and round.
        events: Events by subject, in order.
        heirs: Who answers for a unit today, where that is another one.
        began_on: From which day the office asked about each plan.
    """

    rounds: Mapping[str, tuple[facts.Round, ...]]
    requests: Mapping[str, Mapping[str, UnitRequests]]
    events: Mapping[str, tuple[facts.Event, ...]]
    heirs: Mapping[str, str]
    began_on: Mapping[str, dt.date | None] = field(default_factory=dict)

    def of_point(self, point_id: str) -> Mapping[str, UnitRequests]:
        """The requests about a point, by unit."""
        return self.requests.get(point_id, {})

    def heir(self, unit: str) -> str:
        """The unit that answers for this one today."""
        return self.heirs.get(unit, unit)


def gather_index(office: Office, today: dt.date = dt.date.max) -> RequestIndex:
    """Gather every request of an office, as of a day."""
    texts: dict[tuple[str, str, str], dict[str, str]] = {}
    columns = frozenset(UNIT_COLUMNS)
    ticks: set[tuple[str, str, str]] = set()
    for (point_id, unit, name, round_id), cell in office.cells.items():
        if name == UNCHANGED and cell.value:
            ticks.add((point_id, unit, round_id))
        elif unit and round_id and cell.value and name in columns:
            texts.setdefault((point_id, unit, round_id), {})[name] = cell.value
    rounds = rounds_by_plan(office)
    position = {round_.round: number for some in rounds.values() for number, round_ in enumerate(some)}
    forms = _forms_by_request(office)
    keys = sorted({*texts, *ticks, *forms}, key=lambda key: position.get(key[2], -1))
    requests: dict[str, dict[str, dict[str, Request]]] = {}
    for key in keys:
        point_id, unit, round_id = key
        if round_id in position:
            request = Request(unit, round_id, forms.get(key, ""), texts.get(key, {}), key in ticks)
            requests.setdefault(point_id, {}).setdefault(unit, {})[round_id] = request
    events: dict[str, list[facts.Event]] = {}
    for event in office.events:
        events.setdefault(event.subject, []).append(event)
    return RequestIndex(
        rounds=rounds,
        requests=requests,
        events={subject: tuple(some) for subject, some in events.items()},
        heirs=heirs_on(office, today),
        began_on={plan: began_on(office, plan) for plan in office.every_plan},
    )


def rounds_by_plan(office: Office) -> dict[str, tuple[facts.Round, ...]]:
    """The rounds of each plan, oldest first."""
    rounds: dict[str, list[facts.Round]] = {}
    for round_ in sorted(office.rounds.values(), key=lambda round_: (round_.due, round_.opens)):
        rounds.setdefault(round_.plan, []).append(round_)
    return {plan: tuple(some) for plan, some in rounds.items()}


def began_on(office: Office, plan: str) -> dt.date | None:
    """The day from which the office asked about a plan: that of its entry, or the opening of its first round.

    What was over before that day nobody had been asked for: it is no failing of anybody's. None of a plan that no act made.
    """
    entered_on = office.every_plan[plan].entered_on
    openings = (round_.opens for round_ in office.rounds.values() if round_.plan == plan)
    return min((entered_on, *openings)) if entered_on else None


def heirs_on(office: Office, day: dt.date) -> dict[str, str]:
    """Who answers on a day for each unit that does not answer for itself."""
    heirs = {unit.unit: successor(office, unit.unit, day) for unit in office.units.values() if unit.links}
    return {unit: heir for unit, heir in heirs.items() if heir != unit}


def forms_back(office: Office) -> frozenset[str]:
    """The forms that are back; see the module."""
    back = {return_.form for _, return_ in office.returns if return_.outcome != "refused"}
    by_hand = (
        form.form
        for form in office.forms.values()
        if form.form not in back and form.rows and len(entered_by_hand(office, form)) == len(form.rows)
    )
    return frozenset((*back, *by_hand))


def rounds_in_hand(office: Office) -> frozenset[str]:
    """The rounds whose forms are still asked for: the last that each plan handed out.

    Forms of an earlier round are not taken any more once a later one is out, and a plan that next year's continues
    (`rules.plans.past_plans`) asks for none.
    """
    past = past_plans(office)
    last_days: dict[str, dt.date] = {}
    rounds = {form.round: office.rounds[form.round] for form in office.forms.values()}
    for round_ in rounds.values():
        last_days[round_.plan] = max(round_.due, last_days.get(round_.plan, dt.date.min))
    return frozenset(
        round_.round
        for round_ in rounds.values()
        if round_.plan not in past and round_.due == last_days[round_.plan]
    )


def entered_by_hand(office: Office, form: facts.Form) -> tuple[str, ...]:
    """The work points of a form whose status or progress the office typed in for the unit (代录)."""
    cells, unit, round_ = office.cells, form.unit, form.round
    return tuple(
        point_id
        for point_id in form.rows
        if _is_typed(cells.get((point_id, unit, "status", round_)))
        or _is_typed(cells.get((point_id, unit, "progress", round_)))
    )


def _is_typed(cell: CellNow | None) -> bool:
    return cell is not None and cell.origin == "office" and bool(cell.value)


def _forms_by_request(office: Office) -> dict[tuple[str, str, str], str]:
    """The form that asked, by point, unit as the plan names it, and round."""
    units = {point.id: point.units() for point in office.points}
    heirs_by_round = {round_.round: heirs_on(office, round_.opens) for round_ in office.rounds.values()}
    predecessors: dict[tuple[str, str], list[str]] = {}
    forms: dict[tuple[str, str, str], str] = {}
    for round_id, heirs in heirs_by_round.items():
        for unit, heir in heirs.items():
            predecessors.setdefault((round_id, heir), []).append(unit)
    members = {point_id: frozenset(some) for point_id, some in units.items()}
    for form in office.forms.values():
        candidates = (form.unit, *predecessors.get((form.round, form.unit), ()))
        for point_id in form.rows:
            members_here = [unit for unit in candidates if unit in members.get(point_id, ())]
            for unit in members_here or [form.unit]:
                forms[point_id, unit, form.round] = form.form
    return forms
