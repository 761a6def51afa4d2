"""What may be published of a year: fewer items, fewer words, three classes.

    left out                                   why
    items marked 不公开 (and those 不通报)        the office's word; they are in no number either
    texts of the columns 不公开的栏目             written for the office: 进展情况, 存在问题, 佐证材料 by default
    who sent its form back, who did not, checks  the office's own discipline
    what goes on from last year                  the office's own account
    进展滞后, 未启动, 未报送, 逾期                 words of supervision: the item is 尚未完成

Nothing is made to look better than it is: what is not done counts as not done, and the shares add up to 100.0.
"""

from __future__ import annotations

from dataclasses import replace

from tracker.rules.reporting.figures import PUBLIC_CLASSES
from tracker.rules.reporting.figures import UNFINISHED
from tracker.rules.reporting.figures import count_all
from tracker.rules.reporting.item import LEFT
from tracker.rules.reporting.item import Item
from tracker.rules.reporting.summary import YearSummary


def public_summary(summary: YearSummary, hidden: frozenset[str]) -> YearSummary:
    """The year as it may be published, without the texts of some columns."""
    kept = [each for each in summary.items if each.wp not in summary.unpublished]
    items = tuple(_public(each, hidden) for each in kept)
    units = {unit for each in items for unit in each.point.units()}
    names = {unit: name for unit, name in summary.unit_names.items() if unit in units}
    rows = [(each.point, each.standing, each.kind) for each in items]
    return replace(
        summary,
        items=items,
        figures=count_all(rows, names, classes=PUBLIC_CLASSES, as_of=summary.as_of),
        unit_names=names,
        latest_round="",
        checks=(),
        years=None,
        hidden=summary.hidden | hidden,
        classes=PUBLIC_CLASSES,
    )


def _public(item: Item, hidden: frozenset[str]) -> Item:
    return replace(
        item,
        kind=item.kind if item.kind in PUBLIC_CLASSES or item.kind == LEFT else UNFINISHED,
        texts=tuple(each for each in item.texts if each.column not in hidden),
        problems=() if "problem" in hidden else item.problems,
        evidence=() if "evidence" in hidden else item.evidence,
        done_on=() if "done_on" in hidden else item.done_on,
        note="" if "note" in hidden else item.note,
    )
