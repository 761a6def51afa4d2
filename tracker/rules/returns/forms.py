"""What one 填报表 asks of one unit: a value that the layout draws and the reading finds again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.columns import SUMMARY_LIMIT

# Raised when a form's layout changes so that an older reader could not find its way in it.
FORM_LAYOUT = 1


@dataclass(frozen=True, slots=True)
class FormRow:
    """One work point on a form.

    Attributes:
        point_id: Its id.
        cells: Text by column name: the plan's columns, and answers known already.
    """

    point_id: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """Everything that a form shows.

    Attributes:
        form: Its id in the ledger (`F12`).
        office: The id of the office folder that handed it out.
        plan_title: Title of the plan.
        round: Id of the round.
        round_name: The round as people call it.
        unit: Id of the unit.
        unit_name: The unit as printed.
        due: When it is due back.
        base_seq: The fact up to which it was filled in beforehand.
        rows: What is asked, in plan order.
        office_name: Who asks; may be empty.
        contact: Whom to call; may be empty.
        summary_limit: How long a 摘要 may be, in characters; a longer one is flagged, never cut.
    """

    form: str
    office: str
    plan_title: str
    round: str
    round_name: str
    unit: str
    unit_name: str
    due: dt.date
    base_seq: int
    rows: tuple[FormRow, ...]
    office_name: str = ""
    contact: str = ""
    summary_limit: int = SUMMARY_LIMIT

    @property
    def token(self) -> str:
        """What is printed on the form and hidden in it; see `token_of`."""
        return token_of(self.office, self.form)


def token_of(office: str, form: str) -> str:
    """The 表号 of a form: its id and a check that ties it to this office, so that no other F12 is taken for it.

    >>> token_of("9f2c01aa77de", "F12")
    'F12-87D8'
    """
    check = hashlib.sha256(f"{office}|{form}".encode()).hexdigest()[:4].upper()
    return f"{form}-{check}"
