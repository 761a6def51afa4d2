"""待核对事项清单: what two owners said about one cell, for a person to decide.

A decision is one of three words; 用单位报送 and 用台账现有 take one text whole, 另行填写 takes what stands beside it.
Where nobody knows which of two returns is the later one, 用新报送的 has the new one replace the other, and
用台账现有 leaves the other standing.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker import facts
from tracker.columns import BY_NAME
from tracker.rules.state import Office

KEEP_OURS, TAKE_THEIRS, WRITE_OTHER = "用台账现有", "用新报送的", "另行填写"
CONFLICT_CHOICES = (KEEP_OURS, TAKE_THEIRS, WRITE_OTHER)
# Name of the question which of two returns is the later one; its subject is a form.
VERSION = "version"
# How `facts.Settled.choice` says it.
CHOICE_CODES = {KEEP_OURS: "ours", TAKE_THEIRS: "theirs", WRITE_OTHER: "other"}


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


def questions(office: Office) -> tuple[Question, ...]:
    """The open conflicts, in the order they arose."""
    return tuple(_question(office, conflict) for conflict in office.conflicts.values())


def _question(office: Office, conflict: facts.Conflict) -> Question:
    try:
        requirement = office.point(conflict.subject).requirement
    except (KeyError, StopIteration):
        requirement = "填报表" if conflict.field == VERSION else ""
    column = BY_NAME.get(conflict.field)
    round_ = office.rounds.get(conflict.period)
    return Question(
        conflict=conflict.conflict,
        point=f"{conflict.subject} {requirement}".strip(),
        unit=office.name_of(conflict.unit) if conflict.unit in office.units else conflict.unit,
        column="哪份在后" if conflict.field == VERSION else column.label if column else conflict.field,
        round=round_.name if round_ else "",
        base=conflict.base,
        ours=conflict.ours,
        theirs=conflict.theirs,
        why=conflict.why,
    )
