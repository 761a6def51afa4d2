"""What units said about a work point, and what its status is.

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
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tracker import facts
from tracker.columns import COLUMNS
from tracker.columns import STATUSES
from tracker.columns import Owner
from tracker.model import Mode
from tracker.model import Role
from tracker.rules.progress.lights import DONE
from tracker.rules.progress.lights import UNREPORTED
from tracker.rules.progress.lights import Thresholds
from tracker.rules.state import Office
from tracker.rules.state import Point

ANSWERS = tuple(each.name for each in COLUMNS if each.owner is Owner.UNIT)


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit said last.

    Attributes:
        unit: Its id.
        role: Its weightiest role.
        status: Code of `columns.STATUSES`, or `unreported`.
        round: The latest round in which it wrote anything; empty if none.
        answers: Its texts of that round by column name.
        status_round: The round of its latest status.
    """

    unit: str
    role: Role
    status: str = UNREPORTED
    round: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    status_round: str = ""


def wrote(office: Office, wp: str, unit: str, round_: str) -> dict[str, str]:
    """What a unit wrote in a round, by column; empty where it wrote nothing."""
    found = ((name, office.cells.get((wp, unit, name, round_))) for name in ANSWERS)
    return {name: cell.value for name, cell in found if cell is not None and cell.value}


def said_by(office: Office, point: Point, unit: str, rounds: tuple[str, ...]) -> Said:
    """A unit's own words, before any light."""
    role = point.role_of(unit) or Role.RESPONSIBLE
    status, status_round, latest, answers = UNREPORTED, "", "", {}
    for round_ in reversed(rounds):
        written = wrote(office, point.id, unit, round_)
        if written and not latest:
            latest, answers = round_, written
        code = STATUSES.get(written.get("status", ""))
        if code:
            status, status_round = code, round_
            break
    return Said(unit, role, status, latest, answers, status_round)


def deciders(point: Point, said: tuple[Said, ...]) -> tuple[Said, ...]:
    """The units whose words decide; see the table of the module."""
    others = tuple(each for each in said if each.role is not Role.SUPPORT and each.status != "not_applicable")
    leads = tuple(each for each in others if each.role is Role.LEAD)
    return others if point.mode in (Mode.EACH, Mode.SINGLE) else leads or others


def status_of(said: tuple[Said, ...], deciders: tuple[Said, ...], *, written_off: bool) -> str:
    """The status of a point on which the office has not decided; see the table of the module."""
    if written_off:
        return "written_off"
    if not deciders:
        answering = [each for each in said if each.role is not Role.SUPPORT]
        return "not_applicable" if answering else UNREPORTED
    codes = {each.status for each in deciders}
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
    last = [each.kind for each in events if each.kind in ("write-off", "reopened")]
    return bool(last) and last[-1] == "write-off"


def is_sustained(
    office: Office,
    point: Point,
    rounds: tuple[str, ...],
    deciders: tuple[Said, ...],
    limits: Thresholds,
) -> bool:
    """Whether a continuing point has an entry of every decider in every round, the year's last included."""
    last = dt.date(office.plans[point.plan].edition.year, *limits.year_end)
    return any(office.rounds[each].due >= last for each in rounds) and all(
        wrote(office, point.id, each.unit, round_).get("progress") for each in deciders for round_ in rounds
    )
