"""Who has reported, who has not, and whose form has to go back: one row for each form of a round.

    the form's latest return     stamped page       state
    none                         -                  未报
    none, all entered by hand    with an original   已报, or 缺盖章 as below
    none, all entered by hand    no original        缺原件
    taken                        came, or no need   已报
    taken                        did not come       缺盖章
    taken, cells refused         -                  已报（部分未采用）
    refused                      -                  应退回

A later return replaces an earlier one (superseded); one that waits for a decision which of two is the later
(waiting) is named. The electronic and the stamped copy are two things: either may come first, or alone. On time
is up to and including the due day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from enum import Enum

from tracker import facts
from tracker.rules.returns.attached import ORIGINAL
from tracker.rules.returns.attached import STAMPED
from tracker.rules.returns.attached import attached
from tracker.rules.returns.attached import stamped_on
from tracker.rules.state import Office


class State(Enum):
    """Where a form stands."""

    # Nothing came back.
    OUT = "未报"
    # Taken whole, or entered by hand from an original.
    BACK = "已报"
    # Taken whole; the stamped page is wanted and did not come.
    UNSTAMPED = "缺盖章"
    # Entered by hand, and nothing attached that shows what it was entered from.
    NO_ORIGINAL = "缺原件"
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
        stamped: When the stamped page came; None where it did not.
    """

    form: facts.Form
    round: facts.Round
    state: State
    at: dt.datetime | None
    late: bool
    reason: str
    file: str
    stamped: dt.date | None = None


def reported(
    office: Office, *, today: dt.date, rounds: Iterable[str] | None = None, wants_stamp: bool = False
) -> tuple[Reported, ...]:
    """Where the forms of some rounds stand (default: all), in the order handed out."""
    wanted = set(office.rounds if rounds is None else rounds)
    latest: dict[str, tuple[dt.datetime, facts.Return]] = {}
    waiting: dict[str, str] = {}
    for at, each in office.returns:
        if each.outcome == "waiting":
            waiting[each.form] = each.sha
        elif each.outcome != "superseded":
            latest[each.form] = (at, each)
    stamped = stamped_on(office)
    papers = {(each.unit, each.round) for each in attached(office) if each.kind in (STAMPED, ORIGINAL)}
    found = []
    for form in office.forms.values():
        if form.round not in wanted:
            continue
        key = (form.unit, form.round)
        state = _where(office, form, latest.get(form.form), today, has_paper=key in papers)
        state = replace(state, stamped=stamped.get(key))
        if state.state is State.BACK and wants_stamp and state.stamped is None:
            state = replace(state, state=State.UNSTAMPED, reason=_and(state.reason, "请补报盖章件"))
        if form.form in waiting:
            name = office.files[waiting[form.form]].name
            state = replace(
                state, reason=_and(state.reason, f"又收到“{name}”，看不出哪份在后，请在待核对事项清单里选定")
            )
        found.append(state)
    return tuple(found)


def _and(reason: str, more: str) -> str:
    return f"{reason}；{more}" if reason else more


def _where(
    office: Office,
    form: facts.Form,
    back: tuple[dt.datetime, facts.Return] | None,
    today: dt.date,
    *,
    has_paper: bool,
) -> Reported:
    round_ = office.rounds[form.round]
    if back is None or back[1].outcome == "refused":
        entered = entered_by_hand(office, form)
        if len(entered) == len(form.rows):
            state = State.BACK if has_paper else State.NO_ORIGINAL
            why = f"本办代录{len(entered)}项"
            return Reported(
                form, round_, state, None, False, why if has_paper else f"{why}，请附上据以录入的原件", ""
            )
    if back is None:
        reasons = []
        if entered:
            reasons.append(f"已代录{len(entered)}项，还差{len(form.rows) - len(entered)}项")
        elif has_paper:
            reasons.append("收到了盖章件或原件，请把内容代录进工作台账“各单位进展”")
        return Reported(form, round_, State.OUT, None, today > round_.due, "；".join(reasons), "")
    at, found = back
    if found.outcome == "refused":
        state = State.REFUSED
    else:
        state = State.PARTLY if json.loads(found.balance).get("refused") else State.BACK
    return Reported(form, round_, state, at, at.date() > round_.due, found.reason, found.sha)


def entered_by_hand(office: Office, form: facts.Form) -> tuple[str, ...]:
    """The work points of a form whose status or progress the office typed in for the unit (代录)."""
    return tuple(
        wp
        for wp in form.rows
        if any(
            cell is not None and cell.origin == "office" and cell.value
            for cell in (
                office.cells.get((wp, form.unit, name, form.round)) for name in ("status", "progress")
            )
        )
    )
