"""What the office asked of each unit this year: 报表负担统计.

Counted from what left the office, and only from that: forms of the plan's rounds, the rows and the boxes in them
that a unit could fill, how many came back, and the slips that were signed or sent. A slip that is still 拟稿 or
was withdrawn burdened nobody. (Rule: 中办国办《整治形式主义为基层减负若干规定》, 不得频繁要求基层填表格报材料.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker import facts
from tracker.rules.chasing.tiers import State
from tracker.rules.state import Office

_LEFT = frozenset({State.SIGNED.value, State.SENT.value})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of somebody.

    Attributes:
        forms: Forms handed out.
        rows: Items in them.
        cells: Boxes in them that the unit could fill.
        back: Forms of which something came back.
        slips: Slips signed or sent.
    """

    forms: int = 0
    rows: int = 0
    cells: int = 0
    back: int = 0
    slips: int = 0

    def __add__(self, other: Asked) -> Asked:
        return Asked(
            self.forms + other.forms,
            self.rows + other.rows,
            self.cells + other.cells,
            self.back + other.back,
            self.slips + other.slips,
        )

    def __bool__(self) -> bool:
        return bool(self.forms or self.slips)


def burden_of(office: Office, plan: str) -> dict[str, Asked]:
    """What was asked of each unit for a plan, by the unit's id; units that were asked nothing are not in it."""
    taken = {returned.form for _, returned in office.returns if returned.outcome == "taken"}
    found: dict[str, Asked] = {}
    for form in office.forms.values():
        if office.rounds[form.round].plan == plan:
            rows = len(form.rows)
            one = Asked(1, rows, rows * len(form.columns), int(form.form in taken))
            found[form.unit] = found.get(form.unit, Asked()) + one
    for document in office.documents.values():
        if document.unit and document.state in _LEFT and _is_of(document, plan):
            found[document.unit] = found.get(document.unit, Asked()) + Asked(slips=1)
    return found


def total(some: Iterable[Asked]) -> Asked:
    """The sum."""
    whole = Asked()
    for each in some:
        whole += each
    return whole


def _is_of(document: facts.Document, plan: str) -> bool:
    return any(each.startswith(f"{plan}-") for each in document.subjects)
