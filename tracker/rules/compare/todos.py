"""What of comparing plans waits for a person today: lines of 今日待办, for the plans of the latest year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tracker.rules.compare.levels import GAP, compare_levels
from tracker.rules.compare.years import compare_years
from tracker.rules.office import Office
from tracker.rules.progress import Todo, todo_line
from tracker.settings import Thresholds
from tracker.workdays import Calendar


def comparison_todos(
    office: Office, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> tuple[Todo, ...]:
    """What nobody has confirmed; what was given up unfinished, and what nothing serves, where nobody said why."""
    return tuple(_todos(office, today, calendar, thresholds))


def _todos(
    office: Office, today: dt.date, calendar: Calendar, thresholds: Thresholds | None
) -> Iterator[Todo]:
    latest = max((plan.edition.year for plan in office.plans.values()), default=0)
    for plan, plan_now in office.plans.items():
        years = None
        if plan_now.edition.year == latest:
            years = compare_years(office, plan, today=today, calendar=calendar, thresholds=thresholds)
        if years is None:
            continue
        if years.open_ids:
            open_ = len([point_id for point_id in years.leftovers if point_id in years.open_ids])
            remark = f"（其中上年未完成{open_}项）" if open_ else ""
            advice = f"运行 tracker compare，在《年度对照-{plan}》里确认"
            yield todo_line("years", list(years.open_ids), f"项与上年的对照待确认{remark}", advice)
        unexplained = [
            point_id for point_id in years.dropped_leftovers if not years.judgements[point_id].note
        ]
        if unexplained:
            advice = f"在《年度对照-{plan}》里写明由哪一项延续，或写明不再列入的原因"
            yield todo_line("years-left", unexplained, "项上年未完成、今年没有延续，也没有说明原因", advice)
    for plan, plan_now in office.superiors.items():
        levels = None
        if plan_now.edition.year == latest:
            levels = compare_levels(office, plan, today=today, calendar=calendar, thresholds=thresholds)
        if levels is None:
            continue
        if levels.open_ids:
            advice = f"运行 tracker compare，在《上级任务对照表-{plan}》里确认"
            yield todo_line("levels", list(levels.open_ids), "项上级任务由谁承接待确认", advice)
        gaps = [point_id for point_id in levels.ids_with(GAP) if not levels.judgements[point_id].note]
        if gaps:
            advice = f"补进本级方案，或在《上级任务对照表-{plan}》里写明原因"
            yield todo_line("gaps", gaps, "项上级任务未承接，也没有说明原因", advice)
