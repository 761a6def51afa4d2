"""What the office asked of each unit this year: 报表负担统计.

Counted from what left the office, and only from that: forms of the plan's rounds, the rows and the boxes in them
that a unit could fill, how many came back, and the slips that were signed or sent. A slip that is still 拟稿 or
was withdrawn burdened nobody. (Rule: 中办国办《整治形式主义为基层减负若干规定》, 不得频繁要求基层填表格报材料.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker import facts
from tracker.rules.chasing.tiers import SlipState
from tracker.rules.state import Office

_BURDEN_STATES = frozenset({SlipState.SIGNED.value, SlipState.SENT.value})


@dataclass(frozen=True, slots=True)
class Burden:
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

    def __add__(self, other: Burden) -> Burden:
        return Burden(
            self.forms + other.forms,
            self.rows + other.rows,
            self.cells + other.cells,
            self.back + other.back,
            self.slips + other.slips,
        )

    def __bool__(self) -> bool:
        return bool(self.forms or self.slips)


def burden_of(office: Office, plan: str) -> dict[str, Burden]:
    """What was asked of each unit for a plan, by the unit's id; units that were asked nothing are not in it."""
    forms_back = {return_.form for _, return_ in office.returns if return_.outcome == "taken"}
    burdens: dict[str, Burden] = {}
    for form in office.forms.values():
        if office.rounds[form.round].plan == plan:
            rows = len(form.rows)
            one = Burden(1, rows, rows * len(form.columns), int(form.form in forms_back))
            burdens[form.unit] = burdens.get(form.unit, Burden()) + one
    for document in office.documents.values():
        if document.unit and document.state in _BURDEN_STATES and _is_of(document, plan):
            burdens[document.unit] = burdens.get(document.unit, Burden()) + Burden(slips=1)
    return burdens


def total_burden(some: Iterable[Burden]) -> Burden:
    """The sum."""
    whole = Burden()
    for burden in some:
        whole += burden
    return whole


def _is_of(document: facts.Document, plan: str) -> bool:
    return any(point_id.startswith(f"{plan}-") for point_id in document.subjects)
