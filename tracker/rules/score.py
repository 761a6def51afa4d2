"""The score of a unit, and what is shown of it: each indicator with its points, its rule and the facts behind it.

The total is the sum of the indicators:

    criterion   points                                                      where nothing is stated
    扣分        full - rate x (cases / per, whole), at most the cap off,     no case: full
                never below nothing
    按比例      full x done / of all                                        nothing to do: 合理缺项
    加分        rate x (cases / per, whole), at most the cap                nothing
    评定        what a person said, with a reason, from nothing to full     待评
    季度平均    the mean of what a person said for the quarters             待评

Where 数据来源 is 人工评定, a person says the points of any criterion; a bonus of which nobody says anything is none.

A line is rounded to 0.01, half up; a total is the sum of its lines as they are printed, so that anybody can add
them up. **合理缺项折算**: what does not concern a unit is taken out, and the rest counts for the whole; the difference is a
line of its own. Bonuses stand outside of that.

While a line is 待评 the total is what it is so far, and `is_whole` says that it is not final. Nothing here knows when a form
came, how much was written, or who praised it: those figures do not exist (整治形式主义为基层减负若干规定, 2024).

    >>> from tracker.scheme import Criterion, CriterionKind, Indicator, Scheme
    >>> links = Indicator("1", "链接可用", Fraction(10), Criterion(CriterionKind.DEDUCTION, Fraction(1, 2)), source="检查问题")
    >>> score = score_unit(Scheme("考核方案", (links,)), {"检查问题": Measure(Fraction(3), facts=("W1", "W2", "W5"))}, {})
    >>> score.total, score.lines[0].why
    (Decimal('8.50'), '3处×0.5分')

**Figures of a unit** that a scheme may take, by the name that its 数据来源 has. Each says which facts it counts.

    任务完成率            shares that were due by the day: done / all                        a share of the unit itself, never as 配合单位,
                                                                                            nor before anybody was asked (`is_untold`)
    逾期未完成任务        shares that are overdue                                            cases
    检查发现问题          shortcomings found at the unit and not withdrawn                   cases
    整改逾期              shortcomings that are, or were, rectified late                     cases
    反复出现的问题        shortcomings that were found again after they were rectified       cases
    时限按时率            cases of 时限事项 whose day is over or that are done: in time / all
    登记簿：<name>        rows of a logbook                                                  cases
    缺少：<name>          what a logbook asks of the unit in the year and it has not         cases

There is no figure for punctual forms, for the number of papers, or for praise, and there will be none (整治形式主义为基层减负若干规定).

**What is wrong with a scheme** before anybody is scored by it, each with its cell.

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
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tracker import patterns as re
from tracker.columns import Align, Column, ColumnKind, Owner
from tracker.grid import Value
from tracker.logbooks import Logbook
from tracker.model import Role
from tracker.outline import Attachment, Official, Say, Text, long_date
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
from tracker.scheme import BY_HAND, Component, Criterion, CriterionKind, Grade, Indicator, Scheme
from tracker.table import Table
from tracker.values import dataclass

_CENT = Decimal("0.01")
# The line that makes up for what does not concern a unit.
SCALING = "合理缺项折算"
_NO_BONUS = "没有加分的事项"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a unit.

    Attributes:
        count: Cases, or what was done.
        of: What was to be done; None where cases are counted.
        facts: Ids and places that it counts.
    """

    count: Fraction
    of: Fraction | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandScore:
    """What a person entered for an indicator.

    Attributes:
        points: One value; for quarters those that were entered.
        reason: Why; never empty.
        is_absent: The indicator does not concern the unit (合理缺项).
    """

    points: tuple[Fraction, ...]
    reason: str
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One indicator of a unit.

    Attributes:
        indicator: The line of the scheme; None of 合理缺项折算.
        points: What the unit got, rounded; None while nobody has judged, or where it does not concern the unit.
        why: The sum in words, or the reason that a person gave.
        facts: Ids and places behind it.
        is_absent: It does not concern the unit.
    """

    indicator: Indicator | None
    points: Decimal | None
    why: str
    facts: tuple[str, ...] = ()
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The score of a unit.

    Attributes:
        lines: In the order of the scheme.
        total: The sum of the lines' points, under the ceiling.
        is_whole: Whether every line is decided.
    """

    lines: tuple[ScoreLine, ...]
    total: Decimal
    is_whole: bool

    @property
    def total_fraction(self) -> Fraction:
        """The total, to count on with."""
        return Fraction(self.total)


def rounded(points: Fraction) -> Decimal:
    """Points as printed: two decimals, half up.

    >>> rounded(Fraction(1, 3)), rounded(Fraction(5, 1000)), rounded(Fraction(-5, 1000))
    (Decimal('0.33'), Decimal('0.01'), Decimal('-0.01'))
    """
    cents = abs(points) * 100
    whole = (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)
    return (Decimal(whole) * (1 if points >= 0 else -1) / 100).quantize(_CENT, ROUND_HALF_UP)


def _plain(points: Fraction) -> str:
    text = str(rounded(points))
    return text.rstrip("0").rstrip(".")


def _steps(criterion: Criterion, measure: Measure) -> Fraction:
    return Fraction(measure.count // criterion.per) * criterion.rate


def _by_figure(indicator: Indicator, criterion: Criterion, measure: Measure | None) -> ScoreLine:
    measure = measure or Measure(Fraction(0))
    facts = measure.facts
    if criterion.kind is CriterionKind.SHARE:
        if not measure.of:
            return ScoreLine(indicator, None, "没有应计的事项", facts, is_absent=True)
        points = indicator.points * min(Fraction(1), measure.count / measure.of)
        why = f"{_plain(measure.count)}/{_plain(measure.of)}×{_plain(indicator.points)}分"
        return ScoreLine(indicator, rounded(points), why, facts)
    steps = _steps(criterion, measure)
    bundle = f"每{criterion.per}处" if criterion.per > 1 else ""
    why = f"{_plain(measure.count)}处×{bundle}{_plain(criterion.rate)}分" if measure.count else ""
    if criterion.kind is CriterionKind.BONUS:
        cap = criterion.cap
        points = steps if cap is None else min(cap, steps)
        return ScoreLine(indicator, rounded(points), why or _NO_BONUS, facts)
    cap = indicator.points if criterion.cap is None else min(criterion.cap, indicator.points)
    return ScoreLine(indicator, rounded(indicator.points - min(cap, steps)), why or "没有扣分的事项", facts)


def _by_hand(indicator: Indicator, criterion: Criterion, hand: HandScore | None) -> ScoreLine:
    is_bonus = criterion.kind is CriterionKind.BONUS
    if hand is None or not hand.points:
        return (
            ScoreLine(indicator, Decimal("0.00"), _NO_BONUS)
            if is_bonus
            else ScoreLine(indicator, None, "待评")
        )
    mean = max(sum(hand.points, Fraction(0)) / len(hand.points), Fraction(0))
    most = criterion.cap if is_bonus else indicator.points
    return ScoreLine(indicator, rounded(mean if most is None else min(mean, most)), hand.reason)


def score_unit(
    scheme: Scheme,
    measures: Mapping[str, Measure],
    hand: Mapping[str, HandScore],
    *,
    table: str = "",
) -> UnitScore:
    """Score one unit.

    Args:
        scheme: The scheme as read.
        measures: The unit's figures by the name that 数据来源 has.
        hand: What a person entered, by the code of the indicator; it goes before a figure.
        table: The table (A, B) that the unit belongs to.
    """
    lines = [_line(indicator, measures, hand.get(indicator.code)) for indicator in scheme.leaves(table)]
    if scheme.scales:
        lines += _scaling(lines)
    total = sum((line.points for line in lines if line.points is not None), Decimal(0)).quantize(_CENT)
    if scheme.ceiling is not None:
        total = min(total, rounded(scheme.ceiling))
    is_whole = all(line.points is not None or line.is_absent for line in lines)
    return UnitScore(tuple(lines), total, is_whole)


def _line(indicator: Indicator, measures: Mapping[str, Measure], hand: HandScore | None) -> ScoreLine:
    criterion = indicator.criterion or Criterion()
    if hand is not None and hand.is_absent:
        return ScoreLine(indicator, None, hand.reason, is_absent=True)
    is_judged = criterion.kind in (CriterionKind.JUDGED, CriterionKind.QUARTERS)
    if hand is not None or is_judged or indicator.source in BY_HAND:
        return _by_hand(indicator, criterion, hand)
    return _by_figure(indicator, criterion, measures.get(indicator.source))


def _scaling(lines: Sequence[ScoreLine]) -> list[ScoreLine]:
    """The line that makes up for what does not concern the unit; none where everything does, or nothing."""
    tree = [line for line in lines if line.indicator and line.indicator.points]
    whole = sum((line.indicator.points for line in tree if line.indicator), Fraction(0))
    present = sum(
        (line.indicator.points for line in tree if line.indicator and not line.is_absent), Fraction(0)
    )
    if present in (0, whole):
        return []
    got = sum((Fraction(line.points) for line in tree if line.points is not None), Fraction(0))
    why = f"{_plain(got)}÷{_plain(present)}×{_plain(whole)}−{_plain(got)}"
    return [ScoreLine(None, rounded(got * whole / present - got), why)]


def composite(components: Sequence[Component], totals: Mapping[str, Fraction]) -> Decimal | None:
    """The composite of several scores; None while one of them is missing.

    >>> parts = (Component("第三方评估", Fraction(7, 10)), Component("日常工作", Fraction(3, 10)))
    >>> composite(parts, {"第三方评估": Fraction(90), "日常工作": Fraction(80)}), composite(parts, {"日常工作": Fraction(80)})
    (Decimal('87.00'), None)
    """
    if any(component.name not in totals for component in components):
        return None
    return rounded(sum((component.weight * totals[component.name] for component in components), Fraction(0)))


def grade_of(total: Decimal, grades: Sequence[Grade]) -> str:
    """The grade of a total: the first whose lowest score it reaches; empty where it reaches none."""
    return next((grade.name for grade in grades if total >= rounded(grade.lowest)), "")


def ranks(totals: Mapping[str, Decimal]) -> dict[str, int]:
    """Places by total, highest first; equals share one, and the next is left out.

    >>> ranks({"甲": Decimal("90"), "乙": Decimal("90"), "丙": Decimal("85.5")})
    {'甲': 1, '乙': 1, '丙': 3}
    """
    return {unit: 1 + sum(other > total for other in totals.values()) for unit, total in totals.items()}


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
            if share.due is not None and share.due <= evidence.today and not share.is_untold:
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


_TOTALS = (
    Column("表别", 8, Owner.COMPUTED),
    Column("名次", 8, Owner.COMPUTED),
    Column("单位", 26, Owner.COMPUTED),
    Column("本办考核得分", 14, Owner.COMPUTED, ColumnKind.SCORE),
    Column("综合得分", 12, Owner.COMPUTED, ColumnKind.SCORE),
    Column("等次", 10, Owner.COMPUTED),
    Column("说明", 30, Owner.COMPUTED),
)
_LINES = (
    Column("单位", 24, Owner.COMPUTED),
    Column("编号", 8, Owner.COMPUTED),
    Column("指标", 24, Owner.COMPUTED),
    Column("分值", 8, Owner.COMPUTED),
    Column("评分标准", 34, Owner.COMPUTED),
    Column("得分", 9, Owner.COMPUTED, ColumnKind.SCORE),
    Column("计算过程或理由", 34, Owner.COMPUTED),
    Column("依据（编号）", 30, Owner.COMPUTED),
)
_APPEAL = (
    *_LINES[1:],
    Column("本单位意见", 34),
)
_PRINT_COLUMNS = (
    Column("名次", 14, align=Align.CENTER),
    Column("单位", 60),
    Column("得分", 24, align=Align.CENTER),
    Column("等次", 24, align=Align.CENTER),
)


@dataclass(frozen=True, slots=True)
class UnitResult:
    """The result of a unit.

    Attributes:
        unit: Its name.
        table: A, B, or empty.
        score: The office's score.
        composite: With the other components; None where the scheme has none, or one is missing.
        is_ranked: Whether it stands in ranks (not 垂直管理, 党委部门 and the like).
    """

    unit: str
    table: str
    score: UnitScore
    composite: Decimal | None = None
    is_ranked: bool = True

    def total(self, scheme: Scheme) -> Decimal | None:
        """What counts in the end; None while something is missing."""
        if scheme.components:
            return self.composite
        return self.score.total if self.score.is_whole else None


def _note(scheme: Scheme, result: UnitResult) -> str:
    if not result.is_ranked:
        return "不参加排名"
    lacking = [line.indicator.code for line in result.score.lines if line.indicator and _is_open(line)]
    if lacking:
        return f"待评：{'、'.join(lacking)}"
    return "综合得分缺一部分" if scheme.components and result.composite is None else ""


def _is_open(line: ScoreLine) -> bool:
    return line.points is None and not line.is_absent


def places(scheme: Scheme, results: Sequence[UnitResult]) -> dict[str, int]:
    """Places by name, in each table of units by itself; who is not ranked, or not decided, has none."""
    by_table: dict[str, dict[str, Decimal]] = {}
    for result in results:
        total = result.total(scheme)
        if result.is_ranked and total is not None:
            by_table.setdefault(result.table, {})[result.unit] = total
    return {unit: place for totals in by_table.values() for unit, place in ranks(totals).items()}


# Fewer units have no last tenth.
_FEWEST_UNITS = 5


def laggards(scheme: Scheme, results: Sequence[UnitResult]) -> frozenset[str]:
    """The last tenth of each table of ranked units, one at least; equals of the last place that is in it, too.

    A county trains those specially whose work is behind (山东某县 2022); nothing else follows from it.
    """
    place_of = places(scheme, results)
    names: set[str] = set()
    for table in {result.table for result in results}:
        places_of_table = {
            result.unit: place_of[result.unit]
            for result in results
            if result.table == table and result.unit in place_of
        }
        if len(places_of_table) >= _FEWEST_UNITS:
            from_place = sorted(places_of_table.values())[-max(1, len(places_of_table) // 10)]
            names |= {unit for unit, place in places_of_table.items() if place >= from_place > 1}
    return frozenset(names)


def score_tables(
    scheme: Scheme, results: Sequence[UnitResult], bystanders: Sequence[str] = ()
) -> tuple[Table, ...]:
    """The sheets of 考核得分表: totals with places and grades, and every line of every unit; who got no score is named."""
    place_of, last = places(scheme, results), laggards(scheme, results)
    results_by_place = sorted(
        results, key=lambda result: (result.table, place_of.get(result.unit, len(results) + 1))
    )
    totals: list[tuple[Value, ...]] = []
    for result in results_by_place:
        total = result.total(scheme)
        grade = grade_of(total, scheme.grades) if total is not None and result.is_ranked else ""
        totals.append(
            (
                f"{result.table}表" if result.table else "",
                place_of.get(result.unit),
                result.unit,
                float(result.score.total),
                float(result.composite) if result.composite is not None else None,
                grade,
                _note(scheme, result) or ("列入专项培训" if result.unit in last else ""),
            )
        )
    lines = tuple((result.unit, *_values(line)) for result in results_by_place for line in result.score.lines)
    notes = (
        f"按《{scheme.title}》计算；名次相同的并列，下一名次空出。",
        *bystander_notes(bystanders),
        *(f"一票否决情形，由办公室对照核定：{veto}" for veto in scheme.vetoes),
    )
    return (
        Table(_TOTALS, tuple(totals), name="得分汇总", title="考核得分汇总表", notes=notes),
        Table(
            _LINES,
            lines,
            name="得分明细",
            title="考核得分明细表",
            notes=("每个单位的得分等于各行之和；依据是台账里的事项、问题和登记编号。",),
        ),
    )


def bystander_notes(bystanders: Sequence[str]) -> tuple[str, ...]:
    """Who takes no part in the appraisal, and why; nothing where everybody does."""
    why = "没有牵头或负责的任务事项，也没有检查和登记记录，不参与考核。"
    return (f"{'、'.join(bystanders)}{why}",) if bystanders else ()


def _values(line: ScoreLine) -> tuple[Value, ...]:
    indicator = line.indicator
    points = float(line.points) if line.points is not None else "不涉及" if line.is_absent else "待评"
    if indicator is None:
        return ("", SCALING, None, "", points, line.why, "")
    return (
        indicator.code,
        indicator.name,
        float(indicator.points),
        indicator.standard,
        points,
        line.why,
        "、".join(line.facts),
    )


def appeal_table(scheme: Scheme, result: UnitResult) -> Table:
    """The sheet that a unit gets to check its points by."""
    return Table(
        _APPEAL,
        tuple((*_values(line), None) for line in result.score.lines),
        name="考核得分",
        title=f"{scheme.title}得分表（{result.unit}）",
        notes=(
            f"合计{result.score.total}分，等于下面各行之和。对哪一项有意见，写在最后一栏，连同佐证一并反馈本办。",
        ),
    )


def score_circular(
    scheme: Scheme, results: Sequence[UnitResult], office_name: str, day: dt.date, say: Say
) -> Official:
    """考核结果通报: who has which grade, with the places of each table where ranks are wanted."""
    place_of = places(scheme, results)
    attachments = []
    for table in sorted({result.table for result in results if result.unit in place_of}):
        order = sorted(
            (result for result in results if result.table == table and result.unit in place_of),
            key=lambda result: place_of[result.unit],
        )
        rows = tuple(
            (str(place_of[result.unit]), result.unit, str(total), grade_of(total, scheme.grades))
            for result in order
            if (total := result.total(scheme)) is not None
        )
        title = f"考核结果（{table}表）" if table else "考核结果"
        attachments.append(Attachment(title, (Table(_PRINT_COLUMNS, rows),)))
    counts = _grade_counts(scheme, results, place_of)
    summary = "，".join(f"{grade}{count}个" for grade, count in counts.items())
    return Official(
        say("score.title", title=_RULES.sub("", scheme.title)),
        (
            Text(
                say(
                    "score.body", title=scheme.title, count=len(place_of), summary=summary, day=long_date(day)
                )
            ),
            *_praise_and_blame(scheme, results, place_of, say),
            Text(say("score.close")),
        ),
        signature=office_name,
        attachments=tuple(attachments),
    )


# What a scheme calls itself: 年度工作考核方案 has a result, and not 方案结果.
_RULES = re.compile(r"(?:实施)?(?:方案|办法|细则)$")
# Of so many units one may be named for its grade.
_FEW = 3


def _praise_and_blame(
    scheme: Scheme, results: Sequence[UnitResult], place_of: Mapping[str, int], say: Say
) -> Iterator[Text]:
    """Who has the first and who has the last grade, in the order of the list; the office strikes out what it does not say."""
    if len(scheme.grades) < 2:
        return
    ends = [(scheme.grades[0].name, "score.best"), (scheme.grades[-1].name, "score.worst")]
    for grade, key in ends:
        totals = ((result, result.total(scheme)) for result in results if result.unit in place_of)
        units = [
            result.unit
            for result, total in totals
            if total is not None and grade_of(total, scheme.grades) == grade
        ]
        # A praise or a blame of most is none: the annex has them all.
        if units and len(units) * _FEW <= len(place_of):
            yield Text(say(key, grade=grade, units="、".join(units)))


def _grade_counts(
    scheme: Scheme, results: Sequence[UnitResult], place_of: Mapping[str, int]
) -> dict[str, int]:
    counts = {grade.name: 0 for grade in scheme.grades}
    for result in results:
        total = result.total(scheme)
        if result.unit in place_of and total is not None:
            grade = grade_of(total, scheme.grades)
            counts[grade] = counts.get(grade, 0) + 1
    return {grade: count for grade, count in counts.items() if count}
