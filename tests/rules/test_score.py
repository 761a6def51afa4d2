"""A score is the sum of lines that say why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st

from tracker.rules.score import (
    SCALING,
    HandScore,
    Measure,
    UnitResult,
    composite,
    grade_of,
    ranks,
    scheme_faults,
    score_circular,
    score_tables,
    score_unit,
)
from tracker.scheme import Component, Criterion, CriterionKind, Grade, Indicator, Scheme


def indicator(code: str, points: int | str, kind: CriterionKind, **more: object) -> Indicator:
    source = str(more.pop("source", code))
    table = str(more.pop("table", ""))
    criterion = Criterion(
        kind, Fraction(str(more.pop("rate", 0))), int(more.pop("per", 1)), more.pop("cap", None)
    )
    return Indicator(code, f"指标{code}", Fraction(points), criterion, source=source, table=table)


def scheme(*indicators: Indicator, **more: object) -> Scheme:
    return Scheme("考核方案", indicators, **more)


def total(found: Scheme, measures: dict[str, Measure], **hand: HandScore) -> Decimal:
    return score_unit(found, measures, hand).total


def cases(count: int) -> Measure:
    return Measure(Fraction(count))


@pytest.mark.parametrize(("count", "points"), [(0, "10.00"), (3, "8.50"), (20, "0.00"), (999, "0.00")])
def test_a_deduction_ends_at_nothing(count, points):
    found = scheme(indicator("1", 10, CriterionKind.DEDUCTION, rate="0.5"))

    assert total(found, {"1": cases(count)}) == Decimal(points)


@pytest.mark.parametrize(("count", "points"), [(1, "10.00"), (2, "9.00"), (5, "8.00"), (40, "7.00")])
def test_a_deduction_for_every_two_cases_stops_at_its_cap(count, points):
    found = scheme(indicator("1", 10, CriterionKind.DEDUCTION, rate=1, per=2, cap=Fraction(3)))

    assert total(found, {"1": cases(count)}) == Decimal(points)


def test_a_share_is_of_the_points_and_nothing_to_do_is_no_zero():
    found = scheme(
        indicator("1", 60, CriterionKind.SHARE), indicator("2", 40, CriterionKind.DEDUCTION, rate=1)
    )

    assert total(found, {"1": Measure(Fraction(2), Fraction(3))}) == Decimal("80.00")
    absent = score_unit(found, {"1": Measure(Fraction(0), Fraction(0)), "2": cases(4)}, {})
    # 36 of the 40 that concern the unit, for 100.
    assert (absent.total, absent.lines[0].is_absent, absent.is_whole) == (Decimal("90.00"), True, True)
    assert absent.lines[-1].why == "36÷40×100−36"


def test_a_bonus_stands_beyond_the_full_score_up_to_its_cap_and_to_the_ceiling():
    lines = (
        indicator("1", 100, CriterionKind.DEDUCTION, rate=1),
        indicator("2", 0, CriterionKind.BONUS, rate=2, cap=Fraction(5)),
    )

    assert total(scheme(*lines), {"2": cases(2)}) == Decimal("104.00")
    assert total(scheme(*lines), {"2": cases(9)}) == Decimal("105.00")
    assert total(scheme(*lines, ceiling=Fraction(102)), {"2": cases(9)}) == Decimal("102.00")


def test_what_nobody_has_judged_is_open_and_never_full_or_nothing():
    found = scheme(
        indicator("1", 20, CriterionKind.JUDGED), indicator("2", 80, CriterionKind.DEDUCTION, rate=1)
    )
    score = score_unit(found, {}, {})

    assert (score.total, score.is_whole, score.lines[0].points) == (Decimal("80.00"), False, None)
    judged = score_unit(found, {}, {"1": HandScore((Fraction(17),), "现场查看")})
    assert (judged.total, judged.is_whole, judged.lines[0].why) == (Decimal("97.00"), True, "现场查看")


@pytest.mark.parametrize(("points", "line"), [((25,), "20.00"), ((-3,), "0.00"), ((10, 20, 15, 18), "15.75")])
def test_what_a_person_says_stays_within_the_points_and_quarters_are_averaged(points, line):
    found = scheme(indicator("1", 20, CriterionKind.QUARTERS))
    score = score_unit(found, {}, {"1": HandScore(tuple(map(Fraction, points)), "季度检查")})

    assert score.lines[0].points == Decimal(line)


def test_units_of_table_b_are_not_scored_by_lines_of_table_a():
    found = scheme(
        indicator("1", 100, CriterionKind.DEDUCTION, rate=1, table="A"),
        indicator("2", 100, CriterionKind.DEDUCTION, rate=2, table="B"),
    )
    measures = {"1": cases(10), "2": cases(10)}

    assert score_unit(found, measures, {}, table="A").total == Decimal("90.00")
    assert score_unit(found, measures, {}, table="B").total == Decimal("80.00")


KINDS = (CriterionKind.DEDUCTION, CriterionKind.SHARE, CriterionKind.BONUS, CriterionKind.JUDGED)
LEAVES = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 40), st.integers(1, 30), st.integers(1, 3)),
    min_size=1,
    max_size=6,
)
COUNTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=6, max_size=6)


def drawn_scheme(leaves: list[tuple[CriterionKind, int, int, int]]) -> Scheme:
    return scheme(
        *(
            indicator(
                str(number),
                0 if kind is CriterionKind.BONUS else points,
                kind,
                rate=Fraction(tenths, 10),
                per=per,
                cap=Fraction(5) if kind is CriterionKind.BONUS else None,
            )
            for number, (kind, points, tenths, per) in enumerate(leaves)
        )
    )


def drawn_measures(
    leaves: list[tuple[CriterionKind, int, int, int]], counts: list[tuple[int, int]]
) -> dict[str, Measure]:
    return {
        str(number): Measure(
            Fraction(counts[number][0]), Fraction(counts[number][1]) if kind is CriterionKind.SHARE else None
        )
        for number, (kind, *_) in enumerate(leaves)
    }


@given(LEAVES, COUNTS)
def test_a_total_is_the_sum_of_its_lines_as_printed(leaves, counts):
    score = score_unit(drawn_scheme(leaves), drawn_measures(leaves, counts), {})

    assert score.total == sum((line.points for line in score.lines if line.points is not None), Decimal(0))


@given(LEAVES, COUNTS, st.randoms(use_true_random=False))
def test_no_order_of_figures_changes_a_total(leaves, counts, random):
    measures = list(drawn_measures(leaves, counts).items())
    before = score_unit(drawn_scheme(leaves), dict(measures), {}).total
    random.shuffle(measures)

    assert score_unit(drawn_scheme(leaves), dict(measures), {}).total == before


@given(LEAVES, COUNTS, st.integers(0, 5), st.integers(0, 5))
def test_one_case_less_to_take_off_for_never_lowers_a_total(leaves, counts, at, fewer):
    key = str(at % len(leaves))
    assume(leaves[int(key)][0] is CriterionKind.DEDUCTION)
    measures = drawn_measures(leaves, counts)
    before = score_unit(drawn_scheme(leaves), measures, {}).total
    count = max(Fraction(0), measures[key].count - fewer)

    assert score_unit(drawn_scheme(leaves), {**measures, key: Measure(count)}, {}).total >= before


@given(LEAVES, COUNTS)
def test_what_concerns_nobody_is_made_up_by_the_rest_and_never_beyond_the_points(leaves, counts):
    score = score_unit(drawn_scheme(leaves), drawn_measures(leaves, counts), {})
    tree = sum(line.indicator.points for line in score.lines if line.indicator)
    got = sum(
        (line.points for line in score.lines if line.points and line.indicator and line.indicator.points),
        Decimal(0),
    )
    scaling = sum((line.points for line in score.lines if line.indicator is None), Decimal(0))

    assert scaling >= 0 and got + scaling <= Decimal(int(tree)) + Decimal("0.05")


def test_without_scaling_what_does_not_concern_a_unit_is_just_not_there():
    found = scheme(
        indicator("1", 60, CriterionKind.SHARE),
        indicator("2", 40, CriterionKind.DEDUCTION, rate=1),
        scales=False,
    )
    score = score_unit(found, {"1": Measure(Fraction(0), Fraction(0))}, {})

    assert score.total == Decimal("40.00")
    assert SCALING not in [line.why for line in score.lines]


# From the documents of domain part 2.3: cut-offs belong to the better grade.
CUTS = (
    Grade("优秀", Fraction(90)),
    Grade("良好", Fraction(80)),
    Grade("合格", Fraction(60)),
    Grade("不合格", Fraction(0)),
)


@pytest.mark.parametrize(
    ("points", "grade"),
    [("90", "优秀"), ("89.99", "良好"), ("80.00", "良好"), ("60", "合格"), ("59.99", "不合格")],
)
def test_the_lower_edge_belongs_to_the_grade(points, grade):
    assert grade_of(Decimal(points), CUTS) == grade


def test_third_party_and_daily_work_make_one_score():
    parts = (Component("第三方评估", Fraction(7, 10)), Component("日常工作", Fraction(3, 10)))

    assert composite(parts, {"第三方评估": Fraction("86.5"), "日常工作": Fraction(92)}) == Decimal("88.15")


@given(
    st.dictionaries(st.text("甲乙丙丁戊", min_size=1, max_size=2), st.integers(0, 5).map(Decimal), min_size=1)
)
def test_equals_share_a_place_and_the_next_is_left_out(totals):
    places = ranks(totals)

    assert sorted(places.values()) == sorted(
        1 + sorted(totals.values(), reverse=True).index(total) for total in totals.values()
    )


@pytest.mark.parametrize(
    ("totals", "last"),
    [
        ((9, 8, 7, 6), ""),
        ((9, 8, 7, 6, 5), "戊"),
        ((9, 8, 7, 5, 5), "丁戊"),
        ((5, 5, 5, 5, 5), ""),
    ],
)
def test_the_last_tenth_is_listed_for_training(totals, last):
    plain = scheme(indicator("1", 10, CriterionKind.JUDGED))
    results = [
        UnitResult(unit, "", score_unit(plain, {}, {"1": HandScore((Fraction(points),), "评")}))
        for unit, points in zip("甲乙丙丁戊", totals, strict=False)
    ]

    rows = score_tables(plain, results)[0].rows

    assert "".join(str(row[2]) for row in rows if row[6] == "列入专项培训") == last


@pytest.mark.parametrize(
    ("totals", "keys"),
    [
        ((10, 7, 7, 7, 7, 5), ["score.best", "score.worst"]),
        ((7, 7, 7, 7, 7, 7), []),
        ((10, 10, 10, 7, 7, 7), []),
        ((7, 7, 7, 7, 7, 5), ["score.worst"]),
    ],
)
def test_the_circular_names_the_first_and_the_last_grade_where_they_are_few(totals, keys):
    grades = (Grade("优秀", Fraction(9)), Grade("合格", Fraction(6)), Grade("不合格", Fraction(0)))
    plain = scheme(indicator("1", 10, CriterionKind.JUDGED), grades=grades)
    results = [
        UnitResult(unit, "", score_unit(plain, {}, {"1": HandScore((Fraction(points),), "评")}))
        for unit, points in zip("甲乙丙丁戊己", totals, strict=True)
    ]
    texts: list[str] = []

    def say(key: str, **values: object) -> str:
        texts.append(key)
        return key

    score_circular(plain, results, "市府办", dt.date(2026, 12, 28), say)

    assert [key for key in texts if key in ("score.best", "score.worst")] == keys


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
