"""Units by group (the 类别 of 单位及联络员名单: 县（市、区）, 市直部门, 垂直管理 …), each with its share of the year and its burden.

Units stand by their id, never by rank: a page that lists units by who is worst is a ranking, and whether there is
one is the office's decision.

报表精简情况, what the office asked of each unit this year, is counted from what left the office, and only from that:
forms of the plan's rounds, the rows and the cells in them that a unit has to type, how many came back, and the slips
that were signed or sent, about tasks and about forms; a slip to all (通报) counts for each unit that it names. A slip that is still 拟稿 or was withdrawn burdened nobody. (Rule:
中办国办《整治形式主义为基层减负若干规定》, 不得频繁要求基层填表格报材料.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker import facts
from tracker.board import Burden, UnitGroup, UnitLine
from tracker.rules.chase import units_named
from tracker.rules.office import Office
from tracker.rules.progress import forms_back, percent
from tracker.rules.report import YearSummary
from tracker.rules.returns import cells_to_type
from tracker.tiers import SlipState

_BURDEN_STATES = frozenset({SlipState.SIGNED.value, SlipState.SENT.value})


def burden_of(office: Office, plan: str) -> dict[str, Burden]:
    """What was asked of each unit for a plan, by the unit's id; units that were asked nothing are not in it."""
    back = forms_back(office)
    burdens: dict[str, Burden] = {}
    for form in office.forms.values():
        if office.rounds[form.round].plan == plan:
            rows = len(form.rows)
            one = Burden(1, rows, cells_to_type(form), int(form.form in back))
            burdens[form.unit] = burdens.get(form.unit, Burden()) + one
    for document in office.documents.values():
        if document.state in _BURDEN_STATES and _is_of(office, document, plan):
            for unit in (document.unit,) if document.unit else units_named(office, document):
                burdens[unit] = burdens.get(unit, Burden()) + Burden(slips=1)
    return burdens


def total_burden(some: Iterable[Burden]) -> Burden:
    """The sum."""
    whole = Burden()
    for burden in some:
        whole += burden
    return whole


def _is_of(office: Office, document: facts.Document, plan: str) -> bool:
    """Whether a slip speaks of a point of the plan, or of the form of one of its rounds."""
    return any(
        office.rounds[subject].plan == plan if subject in office.rounds else subject.startswith(f"{plan}-")
        for subject in document.subjects
    )


NO_GROUP = "未分类"
_LONGEST = 120
_COUNTS = ("lead", "responsible", "support", "base", "done", "overdue")


def groups_of(
    summary: YearSummary, kinds: Mapping[str, str], burdens: Mapping[str, Burden]
) -> tuple[UnitGroup, ...]:
    """The groups, the one with most units first; `kinds` names each unit's group."""
    members: dict[str, list[UnitLine]] = {}
    for unit, name in sorted(summary.unit_names.items()):
        counts = [summary.unit_figures[unit][figure].n for figure in _COUNTS]
        line = _line(unit, name[:_LONGEST], counts, burdens.get(unit, Burden()))
        members.setdefault(kinds.get(unit, "").strip()[:_LONGEST] or NO_GROUP, []).append(line)
    return tuple(
        UnitGroup(name, _sum(name, units), tuple(units))
        for name, units in sorted(members.items(), key=lambda group: (-len(group[1]), group[0]))
    )


def _sum(name: str, units: list[UnitLine]) -> UnitLine:
    counts = [sum(getattr(unit, count) for unit in units) for count in _COUNTS]
    return _line("", name, counts, total_burden(unit.asked for unit in units))


def _line(key: str, name: str, counts: list[int], burden: Burden) -> UnitLine:
    lead, responsible, support, base, done, overdue = counts
    share = percent(done, base)
    return UnitLine(key, name, lead, responsible, support, base, done, overdue, share, burden)
