"""Parts of the page whose facts may not be there yet: spot checks and rectification, scores.

Each is a heading, a few figures and a table. A part without rows is no part: the page shows no empty heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.rules.reporting.checks import CHECK_LABELS
from tracker.rules.reporting.checks import SpotCheck
from tracker.rules.reporting.checks import check_row
from tracker.rules.reporting.shares import percent


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page.

    Attributes:
        heading: Its heading.
        figures: What and how many, for the heads of the page.
        columns: Heads of its table.
        rows: Its table.
    """

    heading: str
    figures: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What a unit was given, and the grade that stands for it; a unit's place among others is not shown."""

    unit: str
    points: Decimal
    grade: str = ""


def checks_part(checks: Sequence[SpotCheck]) -> Part:
    """What spot checks found and how it was put right; no rows where nothing was found."""
    if not checks:
        return Part("抽查整改情况")
    closures = sum(check.is_closed for check in checks)
    return Part(
        "抽查整改情况",
        (
            ("发现问题", f"{len(checks)}个"),
            ("已整改", f"{closures}个"),
            ("整改率", f"{percent(closures, len(checks))}%"),
        ),
        CHECK_LABELS,
        tuple(check_row(check) for check in checks),
    )


def scores_part(scores: Sequence[Score]) -> Part:
    """The scores in the order given; no rows where there are none."""
    if not scores:
        return Part("考核得分")
    mean = (sum((score.points for score in scores), Decimal(0)) / len(scores)).quantize(Decimal("0.01"))
    return Part(
        "考核得分",
        (("已评单位", f"{len(scores)}个"), ("平均得分", str(mean))),
        ("单位", "得分", "等次"),
        tuple((score.unit, str(score.points), score.grade) for score in scores),
    )
