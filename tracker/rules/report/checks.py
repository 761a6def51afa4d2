"""Checks, time limits and scores in the report: 附件 抽查整改情况, and figures that can be opened.

`summarise` is given them by its caller (`checks=`, `limits=`, `grades=`), since 整改台账, 时限事项 and 考核 belong to the office
and not to one plan; a report without any shows no heading, no annex, no sentence and no number of them. Columns after
the 问题反馈单 and 整改台账 of offices: found, fed back to the unit, rectified, checked again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker.columns import Align, Column
from tracker.outline import long_date
from tracker.rules.progress import Figure
from tracker.table import Table
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """One shortcoming that a spot check found.

    Attributes:
        id: What a figure counts it by.
        unit: Name of the unit as it stands on the day.
        on: Day of the check.
        subject: What was checked.
        shortcoming: What was found.
        due: Day by which it is to be rectified; None where no day was set.
        rectified: What the unit did; empty while nothing is known.
        is_closed: Whether the second look found it put right.
    """

    id: str
    unit: str
    on: dt.date
    subject: str
    shortcoming: str
    due: dt.date | None = None
    rectified: str = ""
    is_closed: bool = False

    @property
    def state(self) -> str:
        """Where it stands, in one word."""
        return "已整改" if self.is_closed else "整改中" if self.rectified else "未整改"


CHECK_LABELS = ("被查单位", "抽查日期", "抽查内容", "发现的问题", "整改期限", "整改情况", "整改结果")
_COLUMNS = tuple(
    Column(label, width, align=Align.CENTER if centred else Align.LEFT)
    for label, width, centred in zip(
        ("序号", *CHECK_LABELS), (12, 28, 26, 36, 60, 26, 60, 18), (1, 0, 1, 0, 0, 1, 0, 1), strict=True
    )
)


def check_row(check: SpotCheck) -> tuple[str, ...]:
    """A shortcoming under `LABELS`."""
    due = long_date(check.due) if check.due else ""
    return (
        check.unit, long_date(check.on), check.subject, check.shortcoming, due, check.rectified, check.state,
    )  # fmt: skip


def checks_table(checks: Sequence[SpotCheck]) -> Table:
    """The annex's table."""
    return Table(_COLUMNS, tuple((str(n), *check_row(check)) for n, check in enumerate(checks, start=1)))


def check_figures(checks: Sequence[SpotCheck]) -> dict[str, Figure]:
    """The figures of the checks; none where there are no checks."""
    if not checks:
        return {}
    every, closed_ids = (
        tuple(check.id for check in checks),
        tuple(check.id for check in checks if check.is_closed),
    )
    open_ids = tuple(check.id for check in checks if not check.is_closed)
    return {
        "shortcomings": Figure(
            "shortcomings", "抽查发现问题", "各次抽查发现并反馈的问题。", every, counts="个问题"
        ),
        "rectified": Figure(
            "rectified", "抽查问题已整改", "发现的问题中经复查认定已整改的。", closed_ids, counts="个问题"
        ),
        "unrectified": Figure(
            "unrectified", "抽查问题尚未整改", "发现的问题中尚未认定整改到位的。", open_ids, counts="个问题"
        ),
    }


def limit_figures(limits: Sequence[tuple[str, bool]]) -> dict[str, Figure]:
    """The figures of 时限事项 whose day is over or that are done: number of each, and whether it was in time."""
    if not limits:
        return {}
    numbers = tuple(number for number, _ in limits)
    in_time = tuple(number for number, is_in_time in limits if is_in_time)
    return {
        "limits": Figure("limits", "时限事项", "有时限、已到期或者已办结的事项。", numbers, counts="件"),
        "limits_in_time": Figure(
            "limits_in_time", "时限事项按时办结", "其中在时限内办结的。", in_time, counts="件"
        ),
    }


def grade_figures(grades: Sequence[tuple[str, str]]) -> dict[str, Figure]:
    """The figures of the score that was issued: unit and grade; the best grade by itself, since it is the one that is named."""
    units = tuple(unit for unit, _ in grades)
    if not units:
        return {}
    best = grades[0][1]
    first = tuple(unit for unit, grade in grades if grade == best)
    return {
        "scored": Figure(
            "scored", "参加考核的单位", "印发的考核结果里有名次的单位。", units, counts="个单位"
        ),
        "best_grade": Figure(
            "best_grade", "考核列最高等次的单位", f"考核等次为{best}的。", first, counts="个单位"
        ),
    }
