"""What of comparing plans waits for a person today: lines of 今日待办, for the plans of the latest year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tracker.rules.comparing.compared import compare
from tracker.rules.comparing.levels import compare_levels
from tracker.rules.comparing.serving import GAP
from tracker.rules.progress.lights import Thresholds
from tracker.rules.progress.todo import Todo
from tracker.rules.progress.todo import todo
from tracker.rules.state import Office
from tracker.workdays import Calendar


def waiting(
    office: Office, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> tuple[Todo, ...]:
    """What nobody has confirmed; what was given up unfinished, and what nothing serves, where nobody said why."""
    return tuple(_found(office, today, calendar, thresholds))


def _found(
    office: Office, today: dt.date, calendar: Calendar, thresholds: Thresholds | None
) -> Iterator[Todo]:
    latest = max((each.edition.year for each in office.plans.values()), default=0)
    for plan, each in office.plans.items():
        years = None
        if each.edition.year == latest:
            years = compare(office, plan, today=today, calendar=calendar, thresholds=thresholds)
        if years is None:
            continue
        if years.waiting:
            open_ = len([wp for wp in years.left if wp in years.waiting])
            unfinished = f"（其中上年未完成{open_}项）" if open_ else ""
            how = f"运行 tracker compare，在《年度对照-{plan}》里确认"
            yield todo("years", list(years.waiting), f"项与上年的对照待确认{unfinished}", how)
        unexplained = [wp for wp in years.given_up if not years.said[wp].note]
        if unexplained:
            how = f"在《年度对照-{plan}》里写明由哪一项延续，或写明不再列入的原因"
            yield todo("years-left", unexplained, "项上年未完成、今年没有延续，也没有说明原因", how)
    for plan, each in office.superiors.items():
        levels = None
        if each.edition.year == latest:
            levels = compare_levels(office, plan, today=today, calendar=calendar, thresholds=thresholds)
        if levels is None:
            continue
        if levels.waiting:
            how = f"运行 tracker compare，在《上级任务对照表-{plan}》里确认"
            yield todo("levels", list(levels.waiting), "项上级任务由谁承接待确认", how)
        gaps = [wp for wp in levels.having(GAP) if not levels.said[wp].note]
        if gaps:
            how = f"补进本级方案，或在《上级任务对照表-{plan}》里写明原因"
            yield todo("gaps", gaps, "项上级任务未承接，也没有说明原因", how)
