"""What a subject of the ledger is called for a clerk: a work point, a round's form, one unit's form, a slip."""

from __future__ import annotations

from tracker import facts
from tracker.columns import BY_NAME
from tracker.rules.state import Office
from tracker.rules.wording.phrases import short_name

# How many characters of a requirement are enough to know it by, beside its number.
_SHORT = 18


def subject_name(office: Office, subject: str, *, longest: int = _SHORT) -> str:
    """`P1-003 推进预算公开`, `“上半年”填报表`, `市财政局“上半年”填报表`, `2026-催办-007`; anything else as it is."""
    if subject in office.rounds:
        return f"“{office.rounds[subject].name}”填报表"
    if subject in office.forms:
        form = office.forms[subject]
        return f"{office.name_of(form.unit)}“{office.rounds[form.round].name}”填报表"
    if subject in office.documents:
        return office.documents[subject].number or subject
    point = next(
        (point for plan in office.plans.values() for point in plan.points if point.id == subject), None
    )
    if point is None:
        return subject
    return f"{subject} {short_name(point.requirement or point.task, longest)}".rstrip()


def conflict_name(office: Office, conflict: facts.Conflict) -> str:
    """Who, what and where two statements differ: `市财政局 P1-003 推进预算公开（上半年进展情况）`."""
    if conflict.subject in office.forms:
        return f"{subject_name(office, conflict.subject)}（两份哪份在后）"
    unit = f"{office.name_of(conflict.unit)} " if conflict.unit in office.units else ""
    period = office.rounds[conflict.period].name if conflict.period in office.rounds else ""
    column = BY_NAME[conflict.field].label if conflict.field in BY_NAME else conflict.field
    return f"{unit}{subject_name(office, conflict.subject)}（{period}{column}）"
