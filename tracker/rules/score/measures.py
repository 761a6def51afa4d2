r"""The figures of a unit that a scheme may take, by the name that its 数据来源 has. Each says which facts it counts.

    任务完成率            shares that were due by the day: done / all                        a share of the unit itself, never as 配合单位
    逾期未完成任务        shares that are overdue                                            cases
    检查发现问题          shortcomings found at the unit and not withdrawn                   cases
    整改逾期              shortcomings that are, or were, rectified late                     cases
    反复出现的问题        shortcomings that were found again after they were rectified       cases
    时限按时率            cases of 时限事项 whose day is over or that are done: in time / all
    登记簿：<name>        rows of a logbook                                                  cases
    缺少：<name>          what a logbook asks of the unit in the year and it has not         cases

There is no figure for punctual forms, for the number of papers, or for praise, and there will be none (整治形式主义为基层减负若干规定).

What is wrong with an appraisal scheme before anybody is scored by it, each with its cell.

scheme-sum        the points of the lines below an indicator are not those of the indicator, or the whole is not 100
scheme-twice      a number stands twice
scheme-unclear    nothing in 评分标准 says how points are found: a person judges
scheme-source     a line that takes a figure names none that exists
scheme-traces     points for punctual forms, for the number of papers, for praise (规定 of 2024)
scheme-weights    the weights of a composite are not 100 %
scheme-grades     grades are not in order
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from tracker.logbooks import Logbook
from tracker.model import Role
from tracker.problems.base import Finding
from tracker.problems.check import (
    SCHEME_GRADES,
    SCHEME_SOURCE,
    SCHEME_SUM,
    SCHEME_TOTAL,
    SCHEME_TWICE,
    SCHEME_WEIGHTS,
)
from tracker.rules.check import (
    Lack,
    LogRow,
    Promptness,
    ShortcomingStand,
    Transition,
    TransitionKind,
    is_overdue,
    recurrences,
    stand_of,
)
from tracker.rules.progress import Standing
from tracker.rules.score.scoring import Measure, rounded
from tracker.scheme import BY_HAND, CriterionKind, Indicator, Scheme
from tracker.values import dataclass

TASKS = "任务完成率"
OVERDUE_TASKS = "逾期未完成任务"
SHORTCOMING_CASES = "检查发现问题"
LATE_RECTIFICATION = "整改逾期"
RECURRENCE = "反复出现的问题"
LIMITS = "时限按时率"
ROWS = "登记簿："
LACKS = "缺少："


@dataclass(frozen=True)
class Evidence:
    """Everything that figures are counted from, by unit where it has one.

    Attributes:
        standings: Where each point stands.
        shortcomings: What has happened to each shortcoming, with its unit.
        limits: Number, unit and promptness of each case of 时限事项.
        rows: Unit and row of each logbook.
        lacks: What logbooks miss.
        today: The day.
    """

    standings: Sequence[Standing]
    shortcomings: Sequence[tuple[str, str, tuple[Transition, ...]]]
    limits: Sequence[tuple[str, str, Promptness]]
    rows: Mapping[str, Sequence[tuple[str, LogRow]]]
    lacks: Sequence[Lack]
    today: dt.date


def source_names(logbooks: Iterable[Logbook]) -> tuple[str, ...]:
    """Every figure that exists, given the logbooks that are on."""
    on = [logbook for logbook in logbooks if logbook.is_on]
    return (
        *(TASKS, OVERDUE_TASKS, SHORTCOMING_CASES, LATE_RECTIFICATION, RECURRENCE, LIMITS),
        *(f"{ROWS}{logbook.name}" for logbook in on),
        *(f"{LACKS}{logbook.name}" for logbook in on if logbook.quota),
    )


def measures_of(unit: str, evidence: Evidence) -> dict[str, Measure]:
    """The figures of a unit."""
    return {
        **_tasks(unit, evidence),
        **_shortcomings(unit, evidence),
        LIMITS: _limits(unit, evidence),
        **{
            f"{ROWS}{name}": _cases(row.number for owner, row in rows if owner == unit)
            for name, rows in evidence.rows.items()
        },
        **_lacks(unit, evidence),
    }


def is_bystander(unit: str, evidence: Evidence) -> bool:
    """Whether a unit was asked nothing: no share of its own in any point that counts, and no figure with a fact."""
    has_share = any(
        (share.heir or share.unit) == unit and share.role is not Role.SUPPORT and not share.is_released
        for standing in evidence.standings
        if standing.is_counted
        for share in standing.units
    )
    return not has_share and not any(measure.facts for measure in measures_of(unit, evidence).values())


def _cases(ids: Iterable[str]) -> Measure:
    facts = tuple(ids)
    return Measure(Fraction(len(facts)), facts=facts)


def _tasks(unit: str, evidence: Evidence) -> dict[str, Measure]:
    due, done, late = [], [], []
    for standing in evidence.standings:
        for share in standing.units:
            owner = share.heir or share.unit
            if owner != unit or share.role is Role.SUPPORT or share.is_released or not standing.is_counted:
                continue
            if share.overdue:
                late.append(standing.point)
            if share.due is not None and share.due <= evidence.today:
                due.append(standing.point)
                done += [standing.point] if share.done else []
    return {
        TASKS: Measure(Fraction(len(done)), Fraction(len(due)), tuple(due)),
        OVERDUE_TASKS: _cases(late),
    }


def _shortcomings(unit: str, evidence: Evidence) -> dict[str, Measure]:
    cases = [
        (number, transitions)
        for number, owner, transitions in evidence.shortcomings
        if owner == unit and stand_of(transitions) is not ShortcomingStand.VOID
    ]
    return {
        SHORTCOMING_CASES: _cases(number for number, _ in cases),
        LATE_RECTIFICATION: _cases(
            number for number, transitions in cases if _was_late(transitions, evidence.today)
        ),
        RECURRENCE: _cases(number for number, transitions in cases if recurrences(transitions)),
    }


def _was_late(transitions: tuple[Transition, ...], today: dt.date) -> bool:
    """Whether a shortcoming is overdue, or was rectified after its day."""
    if is_overdue(transitions, today):
        return True
    return any(
        is_overdue(transitions[:n], transition.on)
        for n, transition in enumerate(transitions)
        if transition.kind is TransitionKind.RECTIFICATION
    )


def _limits(unit: str, evidence: Evidence) -> Measure:
    cases = [
        (number, how)
        for number, owner, how in evidence.limits
        if owner == unit and how is not Promptness.OPEN
    ]
    in_time = [number for number, how in cases if how is Promptness.IN_TIME]
    return Measure(Fraction(len(in_time)), Fraction(len(cases)), tuple(number for number, _ in cases))


def _lacks(unit: str, evidence: Evidence) -> dict[str, Measure]:
    gaps: dict[str, list[str]] = {}
    for lack in evidence.lacks:
        gaps.setdefault(f"{LACKS}{lack.logbook}", [])
        if lack.unit == unit:
            gaps[f"{LACKS}{lack.logbook}"].append(lack.period.label)
    return {name: _cases(labels) for name, labels in gaps.items()}


_FULL = Fraction(100)
# Criteria that take a figure.
_BY_FIGURE = (CriterionKind.DEDUCTION, CriterionKind.SHARE, CriterionKind.BONUS)


def scheme_faults(scheme: Scheme, sources: Collection[str]) -> tuple[Finding, ...]:
    """What is wrong with a scheme.

    Args:
        scheme: As read.
        sources: The figures that exist, by the name that 数据来源 may have.
    """
    return tuple(finding for fault in _FAULTS for finding in fault(scheme, sources))


def _children(scheme: Scheme, parent: str) -> list[Indicator]:
    return [indicator for indicator in scheme.indicators if indicator.code.rpartition(".")[0] == parent]


def _tables(indicators: list[Indicator]) -> list[str]:
    """The tables that the lines are for; one empty name where none is for a table of its own."""
    return sorted({indicator.table for indicator in indicators if indicator.table}) or [""]


def _sums(scheme: Scheme, _sources: Collection[str]) -> Iterator[Finding]:
    for parent in scheme.indicators:
        below = _children(scheme, parent.code)
        if not below:
            continue
        for table in _tables(below):
            points = sum((child.points for child in below if child.table in ("", table)), Fraction(0))
            if points != parent.points and parent.table in ("", table):
                yield SCHEME_SUM.at(
                    parent.place, name=parent.name, points=rounded(parent.points), sum=rounded(points)
                )
    top = _children(scheme, "")
    for table in _tables(top):
        points = sum((indicator.points for indicator in top if indicator.table in ("", table)), Fraction(0))
        if points != _FULL:
            yield SCHEME_TOTAL.at(top[0].place if top else "", sum=rounded(points))


def _twice(scheme: Scheme, _sources: Collection[str]) -> Iterator[Finding]:
    counts = Counter(indicator.code for indicator in scheme.indicators)
    for indicator in scheme.indicators:
        if counts.pop(indicator.code, 0) > 1:
            yield SCHEME_TWICE.at(indicator.place, code=indicator.code)


def _without_source(scheme: Scheme, sources: Collection[str]) -> Iterator[Finding]:
    for indicator in scheme.leaves():
        criterion = indicator.criterion
        if criterion and criterion.kind in _BY_FIGURE and indicator.source not in (*BY_HAND, *sources):
            yield SCHEME_SOURCE.at(
                indicator.place, name=indicator.name, source=indicator.source, sources="、".join(sources)
            )


def _weights(scheme: Scheme, _sources: Collection[str]) -> Iterator[Finding]:
    weight = sum((component.weight for component in scheme.components), Fraction(0))
    if scheme.components and weight != 1:
        yield SCHEME_WEIGHTS.at(sum=rounded(weight * 100))


def _grades(scheme: Scheme, _sources: Collection[str]) -> Iterator[Finding]:
    cuts = [grade.lowest for grade in scheme.grades]
    if cuts != sorted(set(cuts), reverse=True):
        yield SCHEME_GRADES.at()


_FAULTS: tuple[Callable[[Scheme, Collection[str]], Iterator[Finding]], ...] = (
    _sums,
    _twice,
    _without_source,
    _weights,
    _grades,
)
