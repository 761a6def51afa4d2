"""Workbooks about a draft of the report, laid out and read back: 起草素材表 for whoever drafts it, 复核表 for a unit.

报告/起草素材表.xlsx has 起草素材 (a row for each work point), 报告要素 and 全年数据. A very hidden sheet keeps what each cell that the office
may fill in said when the workbook was laid out, so that an edit is told from what stood there before. Rows are told by 事项编号 and
columns by their heads, wherever they were moved to.

复核表-单位.xlsx has what the report will say of a unit's work points, for the unit to confirm on one page. A unit writes 同意 or 修改
beside each sentence, and with 修改 the sentence as it should be. A very hidden sheet says whose it is and what it showed, whatever the
file is called when it comes back. 复核情况.xlsx is the office's list of what came back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.columns import ELEMENTS, TOTAL_HEADS, Column, ColumnKind, Owner
from tracker.formats.books.answers import IDENTITY_SHEET, ListColumn, TableRow, identifier, list_in
from tracker.formats.books.ink import as_day
from tracker.formats.books.tables import lay_out
from tracker.grid import Source, as_text
from tracker.problems.base import Finding
from tracker.problems.report import (
    BAD_MATERIAL_CELL,
    BAD_REVIEW_WORD,
    MATERIAL_ROW_WITHOUT_ID,
    REVIEW_WITHOUT_TEXT,
    TOTAL_WITHOUT_SOURCE,
)
from tracker.table import Table
from tracker.values import dataclass

_POINTS, _ELEMENTS, _TOTALS = "起草素材", "报告要素", "全年数据"
# Head -> field of the ledger, for what the office writes.
_FIELDS = {
    "段落号": "paragraph",
    "是否核实": "figures_checked",
    "文号/网址": "reference",
    "亮点": "highlight",
    "问题": "issue",
    "可否公开": "unpublished",
    "改定稿": "wording",
    "核稿人": "reviewer",
}
_CHOICES = {"是否核实": ("已核实", "未核实"), "亮点": ("是",), "可否公开": ("可", "否")}
_COLUMNS = (
    Column("段落号", 7),
    Column("事项编号", 10, Owner.PLAN),
    Column("要点", 30, Owner.PLAN),
    Column("认定状态及依据", 18, Owner.COMPUTED),
    Column("拟用句", 44, Owner.COMPUTED),
    Column("出处", 28, Owner.COMPUTED),
    Column("数字口径", 20, Owner.COMPUTED),
    Column("是否核实", 9, kind=ColumnKind.CHOICE, choices=_CHOICES["是否核实"]),
    Column("文号/网址", 20),
    Column("亮点", 7, kind=ColumnKind.TICK, choices=_CHOICES["亮点"]),
    Column("拟用问题", 28, Owner.COMPUTED),
    Column("问题", 24),
    Column("可否公开", 9, kind=ColumnKind.CHOICE, choices=_CHOICES["可否公开"]),
    Column("改定稿", 44),
    Column("核稿人", 9),
)
_ELEMENT_COLUMNS = (Column("要素", 14, Owner.PLAN), Column("内容", 80), Column("说明", 50, Owner.COMPUTED))
_TOTAL_COLUMNS = tuple(
    Column(head, width) for head, width in zip(TOTAL_HEADS, (34, 14, 10, 24, 14), strict=True)
)
_SPARE_TOTALS = 10


@dataclass(frozen=True)
class MaterialBook:
    """The workbook as it was read.

    Attributes:
        plan: The plan that it is of; empty where its hidden sheet is gone.
        base: What it said when it was laid out, by subject and field.
        texts: What it says now, the same way; only what is there.
        places: Where each of them stands.
        findings: What cannot be used, at its cell; it stays only in the workbook.
    """

    plan: str
    base: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, Mapping[str, str]]
    places: Mapping[tuple[str, str], str]
    findings: tuple[Finding, ...] = ()


def lay_out_material(
    plan: str,
    title: str,
    rows: Sequence[tuple[Mapping[str, str], str]],
    elements: Mapping[str, str],
    totals: Sequence[tuple[str, ...]],
    base: Mapping[str, Mapping[str, str]],
) -> bytes:
    """Lay out the workbook.

    Args:
        plan: The plan's id.
        title: The title over the material.
        rows: Each row by head, and where its 出处 opens (relative to the workbook; empty for nowhere).
        elements: What stands for the report as a whole, by name.
        totals: Rows of 全年数据.
        base: What the ledger says of every cell that may be filled in.
    """
    source = next(number for number, column in enumerate(_COLUMNS) if column.label == "出处")
    points = Table(
        _COLUMNS,
        tuple(tuple(row.get(column.label, "") for column in _COLUMNS) for row, _ in rows),
        name=_POINTS,
        title=title,
        notes=(
            "白色栏目由本办填写，下次生成报告或更新台账时记入台账；灰色栏目由程序填写。",
            "“改定稿”写入报告，与工作台账的“核定表述”是同一内容；空着用“拟用句”；“问题”空着用“拟用问题”，不写入报告的填“无”。段落号相同的事项写在同一段。",
        ),
        fixed_columns=3,
        links={(number, source): link for number, (_, link) in enumerate(rows) if link},
    )
    whole = Table(
        _ELEMENT_COLUMNS,
        tuple((column.label, elements.get(name, ""), column.hint) for name, column in ELEMENTS.items()),
        name=_ELEMENTS,
        title="报告要素",
        notes=("整篇报告的内容，在“内容”栏填写。",),
    )
    spare = [("",) * len(_TOTAL_COLUMNS)] * _SPARE_TOTALS
    year = Table(
        _TOTAL_COLUMNS,
        (*((*row[:-1], as_day(row[-1]) or row[-1]) for row in totals), *spare),
        name=_TOTALS,
        title="全年数据",
        notes=(
            "设置.xlsx“统计指标”里的数由各单位报送；其余从网站后台、年报等处填写，写明来源和截止日。程序不从各单位文字中累加。",
        ),
    )
    marks = [("plan", plan)]
    marks += [(f"{subject}|{name}", text) for subject, texts in base.items() for name, text in texts.items()]
    return lay_out((points, whole, year), hidden_sheets={IDENTITY_SHEET: marks})


def read_material(source: Source) -> MaterialBook:
    """What the workbook says, against what it said."""
    marks = {
        grid.text(row, 0): as_text(grid.value(row, 1))
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
    }
    base: dict[str, dict[str, str]] = {}
    for key, text in marks.items():
        subject, bar, name = key.partition("|")
        if bar:
            base.setdefault(subject, {})[name] = text
    texts: dict[str, dict[str, str]] = {}
    places: dict[tuple[str, str], str] = {}
    findings: list[Finding] = []
    sheets = {grid.name: grid for grid in source.grids}
    plan = marks.get("plan", "")

    def list_on(name: str, columns: tuple[ListColumn, ...]) -> tuple[TableRow, ...]:
        if name not in sheets:
            return ()
        reading = list_in(replace(source, blocks=(sheets[name],)), columns)
        findings.extend(reading.findings)
        return reading.rows

    heads = (ListColumn("事项编号", is_needed=True), *(ListColumn(label) for label in _FIELDS))
    for row in list_on(_POINTS, heads):
        _take_point(row, texts, places, findings)
    labels = {column.label: name for name, column in ELEMENTS.items()}
    for row in list_on(_ELEMENTS, (ListColumn("要素", is_needed=True), ListColumn("内容", is_needed=True))):
        if row.text("要素") in labels:
            name, text = labels[row.text("要素")], row.text("内容")
            if ELEMENTS[name].choices and text and text not in ELEMENTS[name].choices:
                words = "、".join(ELEMENTS[name].choices)
                problem = BAD_MATERIAL_CELL.at(
                    row.places["内容"], label=ELEMENTS[name].label, text=text, words=words
                )
                findings.append(problem)
                continue
            texts.setdefault(plan, {})[name] = text
            places[plan, name] = row.places["内容"]
    totals = _totals(
        list_on(_TOTALS, tuple(ListColumn(column.label, is_needed=True) for column in _TOTAL_COLUMNS)),
        findings,
    )
    if totals is not None and _TOTALS in sheets:
        texts.setdefault(plan, {})["totals"] = totals
        places[plan, "totals"] = _TOTALS
    return MaterialBook(plan, base, texts, places, tuple(findings))


def _take_point(
    row: TableRow,
    texts: dict[str, dict[str, str]],
    places: dict[tuple[str, str], str],
    findings: list[Finding],
) -> None:
    """A row of 起草素材: what it says goes under its number, what cannot be used is told."""
    subject = identifier(row.text("事项编号"))
    entries = {label: row.text(label) for label in _FIELDS if label in row.cells}
    if not subject:
        if text := next((text for text in entries.values() if text), ""):
            findings.append(MATERIAL_ROW_WITHOUT_ID.at(row.places["事项编号"], text=text[:20]))
        return
    for label, text in entries.items():
        name, place = _FIELDS[label], row.places[label]
        if label == "段落号" and text and not text.isdecimal():
            findings.append(BAD_MATERIAL_CELL.at(place, label=label, text=text, words="段落的序号，如 3"))
            continue
        if text and label in _CHOICES and text not in _CHOICES[label]:
            words = "、".join(_CHOICES[label])
            findings.append(BAD_MATERIAL_CELL.at(place, label=label, text=text, words=words))
            continue
        if label == "可否公开":
            text = "是" if text == "否" else ""
        texts.setdefault(subject, {})[name] = text
        places[subject, name] = place


def _totals(rows: tuple[TableRow, ...], findings: list[Finding]) -> str | None:
    """The rows of 全年数据 as the ledger keeps them; None where one lacks its source or day: nothing is taken then."""
    lines, is_whole = [], True
    for row in rows:
        values = [" ".join(row.text(column.label).split()) for column in _TOTAL_COLUMNS]
        if not any(values):
            continue
        name, value, _, source, day = values
        if not (name and value and source and day):
            findings.append(TOTAL_WITHOUT_SOURCE.at(row.places["指标"], name=name or value))
            is_whole = False
        lines.append("\t".join(values))
    return "\n".join(lines) if is_whole else None


AGREES, CHANGES = "同意", "修改"
_SHEET = "复核表"
_REVIEW_COLUMNS = (
    Column("事项编号", 10, Owner.PLAN),
    Column("要点", 30, Owner.PLAN),
    Column("拟写入报告的文字", 50, Owner.COMPUTED),
    Column("核对意见", 10, Owner.UNIT, ColumnKind.CHOICE, choices=(AGREES, CHANGES)),
    Column("修改为", 44, Owner.UNIT),
    Column("核对人", 12, Owner.UNIT),
)
_LIST = (
    Column("单位", 22),
    Column("事项编号", 10),
    Column("要点", 30),
    Column("核对意见", 12),
    Column("核对时的文字", 44),
    Column("修改为", 44),
    Column("核对人", 12),
)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """What a unit said of one sentence.

    Attributes:
        point_id: The work point.
        word: 同意 or 修改.
        text: The sentence as it should be; empty where it agrees.
        sentence: The sentence that it was shown.
        person: Who confirmed it.
        place: The cell of the word.
    """

    point_id: str
    word: str
    text: str
    sentence: str
    person: str
    place: str


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A 复核表 that came back: of which plan, from which unit, and what it says; rows without a word are left out."""

    plan: str
    unit: str
    lines: tuple[ReviewLine, ...]
    findings: tuple[Finding, ...] = ()


def lay_out_review(
    plan: str, unit: str, title: str, rows: Sequence[tuple[str, str, str]], until: str
) -> bytes:
    """Lay out a unit's page: rows of work point, requirement and sentence; `until` says by when and to whom."""
    table = Table(
        _REVIEW_COLUMNS,
        tuple((*row, "", "", "") for row in rows),
        name=_SHEET,
        title=title,
        notes=(f"请核对“拟写入报告的文字”，属实的选“同意”，需要改的选“修改”并写出改后的整句。{until}",),
    )
    marks = [("review", plan), ("unit", unit), *((point_id, text) for point_id, _, text in rows)]
    return lay_out((table,), hidden_sheets={IDENTITY_SHEET: marks})


def lay_out_review_list(title: str, note: str, rows: Sequence[tuple[str, ...]]) -> bytes:
    """Lay out 复核情况.xlsx."""
    table = Table(_LIST, tuple(rows), name="复核情况", title=title, notes=(note,), fixed_columns=2)
    return lay_out((table,))


def is_review_sheet(source: Source) -> bool:
    """Whether a file is a 复核表 of ours."""
    return "review" in _marks(source)


def read_review(source: Source) -> ReviewSheet:
    """What a unit confirmed."""
    marks = _marks(source)
    keys = tuple(ListColumn(label, is_needed=True) for label in ("事项编号", "核对意见"))
    columns = (*keys, ListColumn("修改为"), ListColumn("核对人"))
    grids = tuple(grid for grid in source.grids if grid.name != IDENTITY_SHEET)
    reading = list_in(replace(source, blocks=grids), columns)
    lines, findings = [], list(reading.findings)
    for row in reading.rows:
        point_id, word, text = identifier(row.text("事项编号")), row.text("核对意见"), row.text("修改为")
        place = row.places["核对意见"]
        if not (word or text) or point_id not in marks:
            continue
        # A sentence without a word is a change all the same.
        word = word or CHANGES
        if word not in (AGREES, CHANGES):
            findings.append(BAD_REVIEW_WORD.at(f"{source.name} {place}", text=word))
        elif word == CHANGES and not text:
            findings.append(REVIEW_WITHOUT_TEXT.at(f"{source.name} {place}"))
        else:
            lines.append(ReviewLine(point_id, word, text, marks[point_id], row.text("核对人"), place))
    return ReviewSheet(marks["review"], marks["unit"], tuple(lines), tuple(findings))


def _marks(source: Source) -> Mapping[str, str]:
    return {
        grid.text(row, 0): as_text(grid.value(row, 1))
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
    }
