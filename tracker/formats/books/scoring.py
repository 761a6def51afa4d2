"""The workbooks of 考核: 考核方案.xlsx as an example to change, and 评分录入.xlsx, in which people enter what no fact gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from tracker.columns import Column, Owner
from tracker.formats.books.answers import ListColumn, TableRow, list_in
from tracker.formats.books.tables import ListBook, lay_out, rows_under
from tracker.formats.patch import Append
from tracker.grid import Source, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.check import BAD_POINTS, POINTS_WITHOUT_REASON
from tracker.scheme import Scheme
from tracker.table import Table
from tracker.values import dataclass

_SCHEME = (
    Column("一级指标", 20),
    Column("二级指标", 24),
    Column("分值", 8),
    Column("评分标准", 50),
    Column("考核方式", 18),
    Column("数据来源", 22),
    Column("适用范围", 10),
)
# Of a unit that is not scored; the part of a composite that the program computes.
UNSCORED = "不考核"
OWN_COMPONENT = "本办考核"
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_ENTRIES = (
    Column("单位", 24, Owner.COMPUTED),
    Column("编号", 8, Owner.COMPUTED),
    Column("指标", 24, Owner.COMPUTED),
    Column("分值", 8, Owner.COMPUTED),
    Column("得分", 9),
    *(Column(quarter, 9) for quarter in _QUARTERS),
    Column("合理缺项", 10, choices=("是",)),
    Column("理由", 44),
)
_SUBJECTS = (
    Column("单位", 24, Owner.COMPUTED),
    Column("表别", 8, choices=("A", "B", UNSCORED)),
    Column("说明", 40),
)
# A scheme in words of our own: every criterion that exists, by figures that exist.
_EXAMPLE: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("任务落实（40分）", "重点任务完成", "30", "按到期任务完成率计分", "核对台账", "任务完成率", ""),
    ("", "逾期任务", "10", "每有1项逾期未完成扣2分，扣完为止", "核对台账", "逾期未完成任务", ""),
    ("公开质量（35分）", "检查发现问题", "20", "每发现1处扣0.5分，扣完为止", "随机抽查", "检查发现问题", ""),
    ("", "时限执行", "15", "按时限按时率计分", "核对时限事项", "时限按时率", ""),
    ("整改落实（15分）", "按期整改", "10", "整改每逾期1件扣1分，扣完为止", "核对整改台账", "整改逾期", ""),
    ("", "问题不反复", "5", "同一问题每反复1次扣1分，扣完为止", "核对整改台账", "反复出现的问题", ""),
    ("组织保障（10分）", "工作机制", "6", "优5—6分，良3—4分，由考核组评定", "现场查看", "人工评定", ""),
    ("", "业务培训", "4", "每少1次扣2分，扣完为止", "核对登记簿", "人工评定", ""),
    ("加分", "经验推广", "0", "经验被上级发文推广的每项加1分，累计不超过3分", "查看文件", "人工评定", ""),
)
_NOTES = (
    "分值、评分标准、数据来源都可以改，指标可以增减，层级可以再加一列“三级指标”。",
    "扣分、加分、按比例计分的，数据来源写台账里有的数据；“人工评定”的在 评分录入.xlsx 里填得分和理由。",
)


def lay_out_scheme(title: str) -> bytes:
    """Lay out the example of a scheme."""
    notes = _pairs("说明", "项目", "内容", (("合理缺项折算", "是"), ("最高总分", "103")))
    grades = (("优秀", "90"), ("良好", "80"), ("合格", "60"), ("不合格", "0"))
    return lay_out(
        (
            Table(_SCHEME, _EXAMPLE, name="指标", title=title, notes=_NOTES),
            _pairs("等次", "等次", "最低分", grades),
            _pairs("综合得分", "组成", "权重", ()),
            notes,
        )
    )


def _pairs(name: str, first: str, second: str, rows: Sequence[tuple[str, str]]) -> Table:
    return Table((Column(first, 24), Column(second, 40)), tuple(rows), name=name, title=name)


@dataclass(frozen=True, slots=True)
class PointsEntry:
    """What a person entered for an indicator of a unit."""

    points: tuple[Fraction, ...]
    reason: str
    is_absent: bool
    place: str


@dataclass(frozen=True, slots=True)
class ScoreEntries:
    """评分录入.xlsx as it was read.

    Attributes:
        entries: By unit and code of the indicator.
        tables: 表别 of each unit: A, B, 不考核, or empty.
        findings: What is wrong.
        lines: Unit and code of every line that is there.
        entry_list: Where 评分录入 stands.
        subject_list: Where 考核对象 stands.
    """

    entries: Mapping[tuple[str, str], PointsEntry] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    lines: frozenset[tuple[str, str]] = frozenset()
    entry_list: ListBook[PointsEntry] = ListBook()
    subject_list: ListBook[str] = ListBook()


def lay_out_entries(scheme: Scheme, units: Sequence[tuple[str, str]]) -> bytes:
    """Lay out a new 评分录入.xlsx: every leaf of every unit that is scored.

    Args:
        scheme: The scheme.
        units: Name and 表别 of each unit.
    """
    entries = Table(
        _ENTRIES,
        rows_under(_ENTRIES, _entry_rows(scheme, units)),
        name="评分录入",
        title="评分录入表",
        notes=(
            "台账里有数据的指标不用填；人工评定的填“得分”或各季度得分，写明理由。",
            "对台账算出的得分有调整的（如申诉成立），也在这里填得分和理由，以这里为准。不涉及的选“合理缺项”。",
        ),
    )
    subjects = Table(
        _SUBJECTS,
        rows_under(_SUBJECTS, _subject_rows(units)),
        name="考核对象",
        title="考核对象",
        notes=("表别决定用方案里哪一张表；垂直管理、党委部门等不参加考核的选“不考核”。",),
    )
    return lay_out((entries, subjects))


def missing_entries(entries: ScoreEntries, scheme: Scheme, units: Sequence[tuple[str, str]]) -> list[Append]:
    """The lines that 评分录入.xlsx lacks: of new indicators and new units; what stands in it is left as it is."""
    lines = [
        row
        for row in _entry_rows(scheme, units)
        if (as_text(row["单位"]), as_text(row["编号"])) not in entries.lines
    ]
    subjects = [row for row in _subject_rows(units) if as_text(row["单位"]) not in entries.tables]
    return [
        book.append(columns, rows)
        for book, columns, rows in (
            (entries.entry_list, _ENTRIES, lines),
            (entries.subject_list, _SUBJECTS, subjects),
        )
        if rows and book.columns
    ]


def _entry_rows(scheme: Scheme, units: Sequence[tuple[str, str]]) -> list[dict[str, Value]]:
    return [
        {"单位": unit, "编号": indicator.code, "指标": indicator.name, "分值": float(indicator.points)}
        for unit, table in units
        if table != UNSCORED
        for indicator in scheme.leaves(table)
    ]


def _subject_rows(units: Sequence[tuple[str, str]]) -> list[dict[str, Value]]:
    return [{"单位": unit, "表别": table or None} for unit, table in units]


def lay_out_components(scheme: Scheme, units: Sequence[str]) -> bytes:
    """Lay out 综合得分录入.xlsx: the points of the other parts of a composite score."""
    columns = (Column("单位", 24, Owner.COMPUTED), *(Column(part.name, 14) for part in scheme.components))
    table = Table(
        columns,
        rows_under(columns, [{"单位": unit} for unit in units]),
        name="综合得分",
        title="综合得分各部分",
        notes=(f"“{OWN_COMPONENT}”一栏空着的，用程序算出的得分。",),
    )
    return lay_out((table,))


def read_components(source: Source, scheme: Scheme) -> dict[tuple[str, str], Fraction]:
    """The points of the parts of a composite score, by unit and part."""
    names = [component.name for component in scheme.components]
    parts = list_in(source, [ListColumn("单位", is_needed=True), *map(ListColumn, names)])
    return {
        (row.text("单位"), name): points
        for row in parts.rows
        for name in names
        if (points := _points(row.text(name))) is not None
    }


def read_entries(source: Source) -> ScoreEntries:
    """What people entered; points without a reason, or that are no figure, are told and not used."""
    findings: list[Finding] = []
    keys = ("单位", "编号")
    table = list_in(source, [ListColumn(column.label, is_needed=column.label in keys) for column in _ENTRIES])
    entries = {}
    for row in table.rows:
        entry = _entry(row, findings)
        if entry is not None:
            entries[row.text("单位"), row.text("编号")] = entry
    subjects = list_in(source, [ListColumn("单位", is_needed=True), ListColumn("表别", is_needed=True)])
    return ScoreEntries(
        entries,
        {row.text("单位"): row.text("表别") for row in subjects.rows},
        (*table.findings, *findings),
        frozenset((row.text("单位"), row.text("编号")) for row in table.rows),
        ListBook.of(table),
        ListBook.of(subjects),
    )


def _points(text: str) -> Fraction | None:
    try:
        return Fraction(text) if text else None
    except (ValueError, ZeroDivisionError):
        return None


def _entry(row: TableRow, findings: list[Finding]) -> PointsEntry | None:
    is_absent = row.text("合理缺项") == "是"
    points = []
    for label in ("得分", *_QUARTERS):
        text = row.text(label)
        value = _points(text)
        if text and value is None:
            findings.append(BAD_POINTS.at(row.places[label], text=text))
        elif value is not None and not (label != "得分" and row.text("得分")):
            points.append(value)
    if not points and not is_absent:
        return None
    if not row.text("理由"):
        findings.append(
            POINTS_WITHOUT_REASON.at(row.places["编号"], unit=row.text("单位"), name=row.text("指标"))
        )
        return None
    return PointsEntry(tuple(points), row.text("理由"), is_absent, row.places["编号"])
