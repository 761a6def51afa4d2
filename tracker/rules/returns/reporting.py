"""Who has reported, who has not, and whose form has to go back: one row for each form of a round.

    the form's latest return     stamped page       state
    none                         -                  未报
    none, all entered by hand    with an original   已报, or 未盖章 as below
    none, all entered by hand    no original        缺原件
    taken                        came, or no need   已报
    taken                        did not come       未盖章
    taken, cells refused         -                  已报（部分未采用）
    refused                      -                  待退回
    sent back as another unit's  -                  as without it

A later return replaces an earlier one (superseded); a file about which a question is open is named. The electronic and the stamped copy are two things: either may come first, or alone. On time
is up to and including the due day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

from tracker import facts
from tracker.forms import FILE_QUESTIONS, OLD_FORM, ORIGINAL, STAMP, VERSION, WHOSE
from tracker.rules.office import Office
from tracker.rules.progress import entered_by_hand
from tracker.rules.returns.papers import papers_of, stamped_on
from tracker.values import dataclass


class ReportingState(Enum):
    """Where a form stands."""

    # Nothing came back.
    OUT = "未报"
    # Taken whole, or entered by hand from an original.
    BACK = "已报"
    # Taken whole; the stamped page is wanted and did not come.
    UNSTAMPED = "未盖章"
    # Entered by hand, and nothing attached that shows what it was entered from.
    NO_ORIGINAL = "缺原件"
    # Taken, but some cells could not be.
    PARTLY = "已报（部分未采用）"
    # Refused: the unit has to send it again.
    REFUSED = "待退回"


@dataclass(frozen=True, slots=True)
class FormReporting:
    """Where one form stands.

    Attributes:
        form: The form.
        round: Its round.
        state: See the module.
        at: When its latest return was taken in; None while it is out.
        late: Whether that was after the due day, or, for a form that is out, the day is over.
        reason: Why it has to go back, or what was not taken.
        file: Hash of the latest return; empty while it is out.
        stamp_day: When the stamped page came; None where it did not.
    """

    form: facts.Form
    round: facts.Round
    state: ReportingState
    at: dt.datetime | None
    late: bool
    reason: str
    file: str
    stamp_day: dt.date | None = None


def reporting_of(
    office: Office,
    *,
    today: dt.date,
    rounds: Iterable[str] | None = None,
    stamped: frozenset[str] = frozenset(),
) -> tuple[FormReporting, ...]:
    """Where the forms of some rounds stand (default: all), in the order handed out; `stamped` ask for a stamped page."""
    round_ids = set(office.rounds if rounds is None else rounds)
    latest: dict[str, tuple[dt.datetime, facts.Return]] = {}
    for at, return_ in office.returns:
        if return_.outcome not in ("waiting", "superseded") and not is_stray(return_):
            latest[return_.form] = (at, return_)
    open_files = {
        conflict.subject: conflict
        for conflict in office.conflicts.values()
        if conflict.field in FILE_QUESTIONS
    }
    stamp_days = stamped_on(office)
    papers = {(paper.unit, paper.round) for paper in papers_of(office) if paper.kind in (STAMP, ORIGINAL)}
    rows = []
    for form in office.forms.values():
        if form.round not in round_ids:
            continue
        key = (form.unit, form.round)
        state = _where(office, form, latest.get(form.form), today, has_paper=key in papers)
        state = replace(state, stamp_day=stamp_days.get(key))
        if state.state is ReportingState.BACK and form.round in stamped and state.stamp_day is None:
            state = replace(state, state=ReportingState.UNSTAMPED, reason=_and(state.reason, "请补报盖章件"))
        if form.form in open_files:
            name = open_files[form.form].theirs.partition("\n")[0]
            what = _OPEN_WORDS[open_files[form.form].field]
            state = replace(
                state, reason=_and(state.reason, f"又收到“{name}”，{what}，请在待核对事项清单里选定")
            )
        rows.append(state)
    return tuple(rows)


# What is open about a file, in the words of the page.
_OPEN_WORDS = {VERSION: "不能确定以哪份为准", WHOSE: "看不出是谁的", OLD_FORM: "用的是以前期次的表"}


def is_stray(return_: facts.Return) -> bool:
    """Whether a return that was sent back turned out to be another unit's: the form's unit sent nothing."""
    return return_.outcome == "refused" and bool(json.loads(return_.balance).get("stray"))


def _and(reason: str, more: str) -> str:
    return f"{reason}；{more}" if reason else more


def _where(
    office: Office,
    form: facts.Form,
    back: tuple[dt.datetime, facts.Return] | None,
    today: dt.date,
    *,
    has_paper: bool,
) -> FormReporting:
    round_ = office.rounds[form.round]
    if back is None or back[1].outcome == "refused":
        point_ids = entered_by_hand(office, form)
        if len(point_ids) == len(form.rows):
            state = ReportingState.BACK if has_paper else ReportingState.NO_ORIGINAL
            why = f"本办代录{len(point_ids)}项"
            return FormReporting(
                form, round_, state, None, False, why if has_paper else f"{why}，请附上据以录入的原件", ""
            )
    if back is None:
        reasons = []
        if point_ids:
            reasons.append(f"已代录{len(point_ids)}项，还差{len(form.rows) - len(point_ids)}项")
        elif has_paper:
            reasons.append("收到了盖章件或原件，请把内容代录进工作台账“各单位进展”")
        return FormReporting(
            form, round_, ReportingState.OUT, None, today > round_.due, "；".join(reasons), ""
        )
    at, return_ = back
    if return_.outcome == "refused":
        state = ReportingState.REFUSED
    else:
        state = ReportingState.PARTLY if json.loads(return_.balance).get("refused") else ReportingState.BACK
    return FormReporting(form, round_, state, at, at.date() > round_.due, return_.reason, return_.sha)
