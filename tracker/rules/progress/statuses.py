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


def deciders(point: Point, statements: tuple[LastStatement, ...]) -> tuple[LastStatement, ...]:
    """The units whose words decide; see the table of the module."""
    others = tuple(
        statement
        for statement in statements
        if statement.role is not Role.SUPPORT and statement.status != "not_applicable"
    )
    leads = tuple(statement for statement in others if statement.role is Role.LEAD)
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
