"""A scheme is checked before anybody is scored by it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tracker.rules.score import scheme_faults
from tracker.scheme import Component, Criterion, CriterionKind, Grade, Indicator, Scheme

DEDUCTION = Criterion(CriterionKind.DEDUCTION, Fraction(1, 2))
GOOD = Scheme(
    "考核方案",
    (
        Indicator("1", "公开质量", Fraction(60), place="指标!A3"),
        Indicator("1.1", "信息更新", Fraction(40), DEDUCTION, source="检查问题", place="指标!B3"),
        Indicator("1.2", "政策解读", Fraction(20), DEDUCTION, source="检查问题", place="指标!B4"),
        Indicator("2", "组织保障", Fraction(40), Criterion(), place="指标!A5"),
    ),
    grades=(Grade("优秀", Fraction(90)), Grade("合格", Fraction(60))),
    components=(Component("第三方评估", Fraction(7, 10)), Component("日常工作", Fraction(3, 10))),
)


def codes(scheme: Scheme) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in scheme_faults(scheme, ("检查问题",))]


def but(at: int, **changes: object) -> Scheme:
    indicators = list(GOOD.indicators)
    indicators[at] = replace(indicators[at], **changes)
    return replace(GOOD, indicators=tuple(indicators))


def test_a_scheme_that_adds_up_has_no_fault():
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("scheme", "faults"),
    [
        (but(2, points=Fraction(25)), [("scheme-sum", "指标!A3")]),
        (but(3, points=Fraction(41)), [("scheme-total", "指标!A3")]),
        (
            but(3, code="1.2"),
            [("scheme-sum", "指标!A3"), ("scheme-total", "指标!A3"), ("scheme-twice", "指标!B4")],
        ),
        (but(1, source="满意度"), [("scheme-source", "指标!B3")]),
        (replace(GOOD, components=GOOD.components[:1]), [("scheme-weights", "")]),
        (replace(GOOD, grades=GOOD.grades[::-1]), [("scheme-grades", "")]),
    ],
)
def test_each_fault_is_told_with_its_cell(scheme, faults):
    assert codes(scheme) == faults


def test_a_table_of_units_has_to_add_up_by_itself():
    scheme = replace(
        GOOD,
        indicators=(
            Indicator("1", "甲", Fraction(100), DEDUCTION, source="检查问题", table="A", place="指标!A3"),
            Indicator("2", "乙", Fraction(90), DEDUCTION, source="检查问题", table="B", place="指标!A4"),
        ),
    )

    assert codes(scheme) == [("scheme-total", "指标!A3")]
