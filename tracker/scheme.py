"""An appraisal scheme (考核方案) as values: a tree of indicators, how each is scored, and what holds for the whole.

    points     of an indicator: given, or a percentage of those of its parent; those of the children make up the parent's
    criterion  of a leaf: how its points are found (`CriterionKind`), read from 评分标准 by `formats.books.schemes`
    table      which units it is for: A表, B表, or all

Points are exact (`Fraction`): a third of ten points three times is ten. They are rounded once, to 0.01 half up, where
a line is written.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from tracker.values import dataclass


class CriterionKind(Enum):
    """How the points of a leaf are found; the value is the word that users see."""

    # So much off for each case, never below nothing: 每发现1处扣0.5分，扣完为止.
    DEDUCTION = "扣分"
    # The share that was done, of the points: 按完成率计分.
    SHARE = "按比例"
    # So much for each case, up to a cap, beyond the points of the tree: 每项加1分，最多加3分.
    BONUS = "加分"
    # A person says so much, with a reason.
    JUDGED = "评定"
    # The mean of what a person said for the quarters.
    QUARTERS = "季度平均"


# What 数据来源 says where a person enters the points.
BY_HAND = ("人工评定", "人工", "")


@dataclass(frozen=True, slots=True)
class Criterion:
    """How the points of a leaf are found.

    Attributes:
        kind: See `CriterionKind`.
        rate: Points for `per` cases, of a deduction or a bonus.
        per: How many cases one rate is for.
        cap: The most that is taken off or given; None: all points of a deduction.
    """

    kind: CriterionKind = CriterionKind.JUDGED
    rate: Fraction = Fraction(0)
    per: int = 1
    cap: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of a scheme.

    Attributes:
        code: Its number as printed, levels parted by points: `1.2`.
        name: What is judged.
        points: What it is worth; 0 of a bonus.
        criterion: Of a leaf; None where it has lines below it.
        standard: 评分标准 as written.
        method: 考核方式 as written.
        source: 数据来源: the figure that it takes, or what a person looks at.
        table: The units that it is for (`A`, `B`); empty for all.
        place: Where it stands.
    """

    code: str
    name: str
    points: Fraction
    criterion: Criterion | None = None
    standard: str = ""
    method: str = ""
    source: str = ""
    table: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a composite score: 单位自评, 本办考核, 第三方评估, 日常工作."""

    name: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the lowest score that gets it: 优秀 from 90, 90 included."""

    name: str
    lowest: Fraction


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as its workbook states it.

    Attributes:
        title: As printed.
        indicators: In the order written, parents before their children.
        grades: From the highest.
        components: What is put together; empty where the office's own score is the whole.
        scales: 合理缺项折算: whether the points of what does not concern a unit are made up by the rest.
        ceiling: The highest total; None where bonuses may pass the full score.
        vetoes: What rules out the highest grade, as written; empty unless the scheme says so.
    """

    title: str
    indicators: tuple[Indicator, ...]
    grades: tuple[Grade, ...] = ()
    components: tuple[Component, ...] = ()
    scales: bool = True
    ceiling: Fraction | None = None
    vetoes: tuple[str, ...] = ()

    def leaves(self, table: str = "") -> tuple[Indicator, ...]:
        """The lines that are scored for units of a table; all where no table is named."""
        return tuple(
            indicator
            for indicator in self.indicators
            if indicator.criterion is not None and (not table or indicator.table in ("", table))
        )
