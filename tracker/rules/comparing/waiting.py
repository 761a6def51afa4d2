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
    """What nobody has confirmed, what was left unfinished, and what of the superior's nothing serves."""
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
            how = f"运行 tracker compare，在《年度对照-{plan}》里确认"
            yield todo("years", list(years.waiting), "项与上年的对照待确认", how)
        # Before anybody began to confirm, the line above says it all.
        if years.confirmed and years.left:
            how = f"在《年度对照-{plan}》里写明由哪一项延续，或说明不再列入的原因"
            yield todo("years-left", list(years.left), "项上年未完成且没有延续", how)
    for plan, each in office.superiors.items():
        levels = None
        if each.edition.year == latest:
            levels = compare_levels(office, plan, today=today, calendar=calendar, thresholds=thresholds)
        if levels is None:
            continue
        if levels.waiting:
            how = f"运行 tracker compare，在《上级任务对照表-{plan}》里确认"
            yield todo("levels", list(levels.waiting), "项上级任务由谁承接待确认", how)
        gaps = levels.having(GAP)
        if gaps:
            how = "补进本级方案，或在《上级任务对照表》里说明"
            yield todo("gaps", list(gaps), "项上级任务未承接", how)
