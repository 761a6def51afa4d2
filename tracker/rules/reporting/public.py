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

from tracker.rules.reporting.figures import NOT_DONE
from tracker.rules.reporting.figures import PUBLIC_CLASSES
from tracker.rules.reporting.figures import count_figures
from tracker.rules.reporting.item import UNCOUNTED
from tracker.rules.reporting.item import ReportItem
from tracker.rules.reporting.summary import YearSummary


def public_summary(summary: YearSummary, excluded_columns: frozenset[str]) -> YearSummary:
    """The year as it may be published, without the texts of some columns."""
    public_items = [item for item in summary.items if item.point_id not in summary.unpublished_points]
    items = tuple(_public(item, excluded_columns) for item in public_items)
    units = {unit for item in items for unit in item.point.units()}
    names = {unit: name for unit, name in summary.unit_names.items() if unit in units}
    rows = [(item.point, item.standing, item.kind) for item in items]
    return replace(
        summary,
        items=items,
        figures=count_figures(rows, names, classes=PUBLIC_CLASSES, as_of=summary.as_of),
        unit_names=names,
        latest_round="",
        checks=(),
        years=None,
        excluded_columns=summary.excluded_columns | excluded_columns,
        classes=PUBLIC_CLASSES,
    )


def _public(item: ReportItem, excluded_columns: frozenset[str]) -> ReportItem:
    return replace(
        item,
        kind=item.kind if item.kind in PUBLIC_CLASSES or item.kind == UNCOUNTED else NOT_DONE,
        texts=tuple(quote for quote in item.texts if quote.column not in excluded_columns),
        problems=() if "problem" in excluded_columns else item.problems,
        evidence=() if "evidence" in excluded_columns else item.evidence,
        done_on=() if "done_on" in excluded_columns else item.done_on,
        note="" if "note" in excluded_columns else item.note,
    )
