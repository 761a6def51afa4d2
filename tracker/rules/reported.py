"""Who has reported, who has not, and whose form has to go back: one row for each form of a round.

    the form's latest return     state
    none                         未报
    taken                        已报
    taken, cells refused         已报（部分未采用）
    refused                      应退回

A later return replaces an earlier one (superseded). On time is up to and including the due day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from tracker import facts
from tracker.rules.state import Office


class State(Enum):
    """Where a form stands."""

    # Nothing came back.
    OUT = "未报"
    # Taken whole.
    BACK = "已报"
    # Taken, but some cells could not be.
    PARTLY = "已报（部分未采用）"
    # Refused: the unit has to send it again.
    REFUSED = "应退回"


@dataclass(frozen=True, slots=True)
class Reported:
    """Where one form stands.

    Attributes:
        form: The form.
        round: Its round.
        state: See the module.
        at: When its latest return was taken in; None while it is out.
        late: Whether that was after the due day, or, for a form that is out, the day is over.
        reason: Why it has to go back, or what was not taken.
        file: Hash of the latest return; empty while it is out.
    """

    form: facts.Form
    round: facts.Round
    state: State
    at: dt.datetime | None
    late: bool
    reason: str
    file: str


def reported(office: Office, *, today: dt.date, rounds: Iterable[str] | None = None) -> tuple[Reported, ...]:
    """Where the forms of some rounds stand (default: all), in the order handed out."""
    wanted = set(office.rounds if rounds is None else rounds)
    latest: dict[str, tuple[dt.datetime, facts.Return]] = {}
    for at, each in office.returns:
        if each.outcome != "superseded":
            latest[each.form] = (at, each)
    return tuple(
        _where(form, office.rounds[form.round], latest.get(form.form), today)
        for form in office.forms.values()
        if form.round in wanted
    )


def _where(
    form: facts.Form, round_: facts.Round, back: tuple[dt.datetime, facts.Return] | None, today: dt.date
) -> Reported:
    if back is None:
        return Reported(form, round_, State.OUT, None, today > round_.due, "", "")
    at, found = back
    if found.outcome == "refused":
        state = State.REFUSED
    else:
        state = State.PARTLY if json.loads(found.balance).get("refused") else State.BACK
    return Reported(form, round_, state, at, at.date() > round_.due, found.reason, found.sha)
