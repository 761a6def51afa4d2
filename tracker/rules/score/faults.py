"""What is wrong with an appraisal scheme before anybody is scored by it, each with its cell.

scheme-sum        the points of the lines below an indicator are not those of the indicator, or the whole is not 100
scheme-twice      a number stands twice
scheme-unclear    nothing in 评分标准 says how points are found: a person judges
scheme-source     a line that takes a figure names none that exists
scheme-traces     points for punctual forms, for the number of papers, for praise (规定 of 2024)
scheme-weights    the weights of a composite are not 100 %
scheme-grades     grades are not in order
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from fractions import Fraction

from tracker.problems.base import Finding
from tracker.problems.check import (
    SCHEME_GRADES,
    SCHEME_SOURCE,
    SCHEME_SUM,
    SCHEME_TOTAL,
    SCHEME_TWICE,
    SCHEME_WEIGHTS,
)
from tracker.rules.score.scoring import rounded
from tracker.scheme import BY_HAND, CriterionKind, Indicator, Scheme

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
        for table in _tables(below) if below else ():
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
