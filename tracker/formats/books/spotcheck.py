"""The workbooks of a spot check: 抽查/抽查设置.xlsx, and a 检查表 for each unit, laid out and read back.

What a person writes in a 检查表 (存在问题: 是, and what) becomes a row of 整改台账; a line with 是 and no words is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.columns import Column, ColumnKind, Owner
from tracker.days import day_of
from tracker.formats.books.answers import ListColumn, TableRow, list_in
from tracker.formats.books.tables import lay_out, rows_under
from tracker.grid import Source, Value
from tracker.problems.base import Finding
from tracker.problems.check import BAD_SPOT_VALUE, NOTHING_WRITTEN
from tracker.spotcheck import CheckItem, SpotPlan
from tracker.table import Table
from tracker.values import dataclass

_YES = "是"
_WISHES = (Column("项目", 20, Owner.COMPUTED), Column("内容", 30), Column("说明", 70, Owner.COMPUTED))
_ITEMS = (Column("编号", 8), Column("检查内容", 50), Column("检查方法", 34), Column("问题类别", 14))
_EXCLUSIONS = (Column("单位或检查内容", 30), Column("不参加抽取的理由", 50))
_SHEET = (
    Column("编号", 8, Owner.COMPUTED),
    Column("检查内容", 34, Owner.COMPUTED),
    Column("检查方法", 24, Owner.COMPUTED),
    Column("检查日期", 13, kind=ColumnKind.DATE),
    Column("存在问题", 10, choices=(_YES, "否")),
    Column("检查情况", 40),
    Column("网址", 28),
    Column("截图", 16),
    Column("检查人", 12),
    Column("复核人", 12),
)
# Each wish: its name for users, the field of `SpotPlan`, what it is for.
_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("抽查名称", "title", "如“第二季度随机抽查”。同名的再抽一次，要在“重抽理由”里写明为什么。"),
    ("检查开始日期", "first", "从这一天到结束日期之间的工作日里抽取检查时间。"),
    ("检查结束日期", "last", ""),
    ("抽几天", "days", "抽取几个检查日；填0就不抽时间。"),
    ("抽几个单位", "units", "按单位类别的比例分层抽取；填0就全部检查。"),
    ("各类最少", "minima", "如“县区2、市直部门3”；空着就只按比例。"),
    (
        "也参加抽取的",
        "also",
        "党委部门、人大政协法检、垂直管理、中省驻单位不属抽查范围，默认不抽；确有依据要抽的，写类别或单位名称，用顿号分开。",
    ),
    ("抽几项内容", "contents", "从“检查内容”表里抽取；填0就全部检查。"),
    ("久未查的优先", "longest_first", "选“是”的，从未查过和最久没有查的先抽到，其余凭随机。"),
    (
        "公开号码",
        "public_number",
        "事先公布、谁也不能挑选的号码（如某期开奖号码）；空着就由程序随机产生并先行登记。",
    ),
    ("重抽理由", "reason", "同一名称再抽一次的理由，会印在抽取记录里。"),
    ("整改期限（工作日）", "due_days", "交办后几个工作日内整改。"),
)


@dataclass(frozen=True, slots=True)
class SpotBook:
    """抽查设置.xlsx as it was read."""

    plan: SpotPlan
    items: tuple[CheckItem, ...]
    findings: tuple[Finding, ...] = ()


def lay_out_spot_book(plan: SpotPlan, items: Sequence[CheckItem]) -> bytes:
    """Lay out a new workbook."""
    return lay_out(
        (
            Table(
                _WISHES,
                tuple((label, _wish_value(plan, name), why) for label, name, why in _FIELDS),
                name="设置",
                title="随机抽查设置",
                notes=("填好后运行“抽取”：先登记名单和随机数，再产生结果；抽取结果任何人都可以重新核验。",),
            ),
            Table(
                _ITEMS,
                tuple((item.code, item.content, item.method, item.kind) for item in items),
                name="检查内容",
                title="检查内容",
                notes=("一行一项，可以增减修改。",),
            ),
            Table(
                _EXCLUSIONS,
                tuple(plan.exclusions.items()),
                name="不参加抽取",
                title="不参加抽取的单位和内容",
                notes=("写明理由的才不参加抽取；理由印在抽取记录里。",),
            ),
        )
    )


def _wish_value(plan: SpotPlan, name: str) -> Value:
    value = getattr(plan, name)
    if isinstance(value, bool):
        return _YES if value else "否"
    if name == "minima":
        return "、".join(f"{kind}{number}" for kind, number in plan.minima.items())
    plain: Value = "、".join(value) if name == "also" else value
    return plain


def read_spot_book(source: Source) -> SpotBook:
    """What an office wants drawn; a value that cannot be used is told, and the default holds."""
    findings: list[Finding] = []
    values: dict[str, object] = {}
    for row in list_in(source, (ListColumn("项目", is_needed=True), ListColumn("内容", is_needed=True))).rows:
        name = next((name for label, name, _ in _FIELDS if label == row.text("项目")), "")
        if name and row.text("内容"):
            value = _wish(name, row)
            if value is None:
                findings.append(
                    BAD_SPOT_VALUE.at(row.places["内容"], label=row.text("项目"), text=row.text("内容"))
                )
            else:
                values[name] = value
    exclusions = {
        row.text("单位或检查内容"): row.text("不参加抽取的理由")
        for row in _rows(source, _EXCLUSIONS)
        if row.text("单位或检查内容") and row.text("不参加抽取的理由")
    }
    items = tuple(
        CheckItem(row.text("编号"), row.text("检查内容"), row.text("检查方法"), row.text("问题类别"))
        for row in _rows(source, _ITEMS)
        if row.text("编号") and row.text("检查内容")
    )
    return SpotBook(SpotPlan(**values, exclusions=exclusions), items, tuple(findings))  # type: ignore[arg-type]


def _rows(source: Source, columns: Sequence[Column]) -> Iterable[TableRow]:
    return list_in(source, [ListColumn(column.label, is_needed=True) for column in columns]).rows


def _wish(name: str, row: TableRow) -> object | None:
    """The value of a wish; None where the cell holds none."""
    text = row.text("内容")
    if name in ("first", "last"):
        return day_of(row.cells.get("内容"))
    if name in ("days", "units", "contents", "due_days"):
        return int(text) if text.isdecimal() else None
    if name == "longest_first":
        return {_YES: True, "否": False}.get(text)
    if name == "also":
        return tuple(filter(None, (word.strip() for word in text.replace("，", "、").split("、"))))
    return _minima(text) if name == "minima" else text


def _minima(text: str) -> dict[str, int] | None:
    """Kinds and their minima.

    >>> _minima("县区2、市直部门 3"), _minima("县区")
    ({'县区': 2, '市直部门': 3}, None)
    """
    minima = {}
    for part in text.replace("，", "、").replace("；", "、").split("、"):
        kind = part.strip().rstrip("0123456789个")
        number = part.strip()[len(kind) :].rstrip("个")
        if not kind or not number.isdecimal():
            return None
        minima[kind.strip()] = int(number)
    return minima


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line of a 检查表 with which something is wrong: the item, what, and where it was seen."""

    code: str
    content: str
    text: str
    on: str
    evidence: str
    place: str


def lay_out_check_sheet(unit: str, title: str, number: str, items: Sequence[CheckItem]) -> bytes:
    """Lay out the 检查表 of a unit."""
    rows = [{"编号": item.code, "检查内容": item.content, "检查方法": item.method} for item in items]
    sheet = Table(
        _SHEET,
        rows_under(_SHEET, rows),
        name="检查表",
        title=f"{title}检查表（{unit}）",
        notes=(
            f"抽查编号：{number}。发现问题的选“是”并写明情况，附网址和截图名称；保存后运行一次，就记入整改台账。",
        ),
    )
    return lay_out((sheet,))


def read_check_sheet(source: Source) -> tuple[tuple[CheckLine, ...], tuple[Finding, ...]]:
    """What a 检查表 says is wrong."""
    columns = [ListColumn(column.label, is_needed=column.label in ("编号", "存在问题")) for column in _SHEET]
    table = list_in(source, columns)
    findings, lines = list(table.findings), []
    for row in table.rows:
        if row.text("存在问题") != _YES:
            continue
        if not row.text("检查情况"):
            findings.append(NOTHING_WRITTEN.at(row.places["存在问题"], content=row.text("检查内容")))
            continue
        day = day_of(row.cells.get("检查日期"))
        evidence = "；".join(filter(None, (row.text("网址"), row.text("截图"))))
        lines.append(
            CheckLine(
                row.text("编号"),
                row.text("检查内容"),
                row.text("检查情况"),
                day.isoformat() if day else "",
                evidence,
                row.places["检查情况"],
            )
        )
    return tuple(lines), tuple(findings)
