"""A form and its return as values: what one 填报表 asks of one unit, which papers come with it, what a person is asked about it.

Rules fill them, books lay them out and find them again. A question (待核对事项清单) is answered by one of three words;
用单位报送 and 用台账现有 take one text whole, 另行填写 takes what stands beside it. Papers are, by kind:

    kind         what                                            shown as
    stamped      the stamped page, as a file or seen on paper    盖章件
    unstamped    somebody took that back                         -
    original     what an entry by hand (代录) was typed from       原件
    evidence     a picture, file or link that shows a result     佐证材料
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.values import dataclass

if TYPE_CHECKING:  # a form of an office without logbooks needs none
    from tracker.logbooks import Logbook

STAMP, NO_STAMP, ORIGINAL, EVIDENCE = "stamped", "unstamped", "original", "evidence"
PAPER_WORDS = {"盖章件": STAMP, "原件": ORIGINAL, "佐证材料": EVIDENCE}
PAPER_LABELS = {kind: word for word, kind in PAPER_WORDS.items()}

KEEP_OURS, TAKE_THEIRS, WRITE_OTHER = "用台账现有", "用新报送的", "另行填写"
CONFLICT_CHOICES = (KEEP_OURS, TAKE_THEIRS, WRITE_OTHER)

# Questions about a whole file that came back; their subject is the form that it would be joined to.
VERSION, WHOSE, OLD_FORM = "version", "whose-form", "old-form"
FILE_QUESTIONS = (VERSION, WHOSE, OLD_FORM)
# The question what a plan file is to the ledger; it has no subject.
PLAN_FILE = "plan-file"
# The question whether what a plan's file says beside its tasks is recorded; its subject is the plan.
OPENING = "opening"
# Questions about somebody else's table (按表填报): by which plan, what a column asks for, what a row is about.
FILL_PLAN, FILL_COLUMN, FILL_ROW = "fill-plan", "fill-column", "fill-row"
FILL_QUESTIONS = (FILL_PLAN, FILL_COLUMN, FILL_ROW)
# These have no subject in the ledger, and keep in `base` what goes on with the answer.
OPEN_QUESTIONS = (PLAN_FILE, *FILL_QUESTIONS)
# The words under which questions stand that are about no column.
QUESTION_HEADS = {
    VERSION: "以哪份为准",
    WHOSE: "是谁的表",
    OLD_FORM: "旧期的表",
    PLAN_FILE: "要登记的方案",
    OPENING: "期初情况",
    FILL_PLAN: "按哪个方案填",
    FILL_COLUMN: "这一栏填什么",
    FILL_ROW: "这一行是哪项",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One conflict in words.

    Attributes:
        conflict: Its id.
        point: The work point, with its requirement.
        unit: The unit, or empty for the office's own column.
        column: Label of the column.
        round: Name of the round; empty for a standing value.
        base: As handed out.
        ours: As the ledger says.
        theirs: As it came.
        why: Why nobody but a person can decide.
    """

    conflict: str
    point: str
    unit: str
    column: str
    round: str
    base: str
    ours: str
    theirs: str
    why: str


# Raised when a form's layout changes so that an older reader could not find its way in it.
FORM_LAYOUT = 1


@dataclass(frozen=True, slots=True)
class FormRow:
    """One work point on a form.

    Attributes:
        point_id: Its id.
        cells: Text by column name: the plan's columns, what the unit said last, and answers known already.
    """

    point_id: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A row of a logbook that stands on a form beforehand.

    Attributes:
        logbook: The name of the logbook.
        number: Of the row.
        about: The work point that it is about; empty for another row.
        cells: What stands in it already, by head.
    """

    logbook: str
    number: str
    about: str
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
        duties: What the plan's letter asks of units beside the points, and by when.
        has_stamp: Whether a stamped page is asked for.
        figures: Totals of the year that the unit owns and is asked for here: name and measure.
        logbooks: Logbooks that the unit fills in, each on a sheet of its own.
        entries: Their rows that stand there beforehand.
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
    duties: tuple[str, ...] = ()
    has_stamp: bool = False
    figures: tuple[tuple[str, str], ...] = ()
    logbooks: tuple[Logbook, ...] = ()
    entries: tuple[FormEntry, ...] = ()

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
