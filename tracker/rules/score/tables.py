"""What is shown of scores: 考核得分表, the sheet of a unit to appeal with, and 考核结果通报."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tracker import patterns as re
from tracker.columns import Align, Column, ColumnKind, Owner
from tracker.grid import Value
from tracker.outline import Attachment, Official, Say, Text, long_date
from tracker.rules.score.measures import SCALING, ScoreLine, UnitScore, grade_of, ranks
from tracker.scheme import Scheme
from tracker.table import Table
from tracker.values import dataclass

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
