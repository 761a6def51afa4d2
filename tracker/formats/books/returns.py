"""A 填报表 that came back, whatever happened to it on the way.

What holds a form together is its identity, never its shape or its file's name:

    the form     the token of the very hidden sheet, else the 表号 printed anywhere in it
    a row        the text of its 事项编号 cell, else its 具体要求 where exactly one row was handed out with it
    a column     its label, that of earlier versions (自报状态, 佐证材料 …), too

So rows and columns may be shuffled, inserted, deleted or hidden, the sheet renamed, the table copied to Word.
A row or column that is not there is no statement. What a cell says is decided by the kind of its column:

    kind       taken                                         refused at its cell
    text       text, exactly as written                      a number, date or truth value (Excel made it of
                                                             text: 007, 3-4, 18 digits), an error, a formula
                                                             without value
    telephone  the same, and a number that can have lost    any other number: 7561234567 may have been
               no digit: 13800001111                        0756-1234567
    choice     one of the words, or one that says the same   anything else (√, pasted over the drop-down)
               (`tracker.formats.books.answers`), which is told
    tick       是, √, Y …; 否 and × are no tick            anything else
    date       a day as people write it (`tracker.days`)       a month, a day to come or before the plan's year

A picture in a cell is no text; what is struck through is left out and told; a comment is told and is no answer.

Whether the rows still belong to their ids, and what the ledger makes of it all, is decided by the step.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 表号：F12-87D8 |          |            |
    ... | 完成情况       | 事项编号 | 进展情况   |
    ... | 已完成         | P1-001   | 已印发通知 |
    ... ''')
    >>> source = Source("xlsx", "市教育局.xlsx", (grid,))
    >>> tokens_in(source), read_form(source).rows["P1-001"]["progress"]
    (('F12-87D8',), FormCell(text='已印发通知', place='Sheet1!C3'))

**Its head**, wherever it stands: which of its columns are ours, and which name a unit or a department.
A table that covers many units has a column that names the unit of each row; where several departments or towns
answer under one unit, a column names the department. Both are told by their labels, `UNIT_LABELS` and
`PART_LABELS`.

**A table that covers many units**: a column names the unit of each row.
Somebody collected what several units said, or a form was passed round. Nothing in it is taken by its position:
each row belongs to the unit that its own cell (or the merged cell over it) names; which form that means is
decided by the step. A row whose unit is not named belongs to nobody, and is said.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 事项编号 | 责任单位 | 完成情况 | 进展情况 |
    ... | P1-001   | 市教育局 | 已完成   | 已印发   |
    ... | ^        | 市司法局 | 正在推进 | 起草中   |
    ... ''')
    >>> [(row.unit, row.id, row.row) for row in shared_rows(Source("xlsx", "汇总.xlsx", (grid,)))]
    [('市教育局', 'P1-001', 1), ('市司法局', 'P1-001', 2)]

Several forms in one file: as sheets of one workbook, below each other in one sheet, one after the other in a document.

A form begins where its 表号 is printed and ends before the next one; a sheet with one 表号 is that form from its first row.
Cells keep their addresses: of each form the file is given with nothing in it but its own rows. Where a part with a form's
head has no 表号 of its own, or a 表号 has no table, nobody can say which rows are whose: the file is not divided.

    >>> from tracker.grid import from_table
    >>> page = '''
    ... | 表号：{} |          |            |
    ... | 自报状态       | 事项编号 | 进展情况   |
    ... | 已完成         | P1-001   | 已印发通知 |
    ... '''
    >>> one, two = (from_table(page.format(token), name=token) for token in ("F1-87D8", "F2-03AA"))
    >>> [(token, [grid.name for grid in part.grids]) for token, part in sections_of(Source("xlsx", "x", (one, two)))]
    [('F1-87D8', ['F1-87D8']), ('F2-03AA', ['F2-03AA'])]
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from typing import NamedTuple

from tracker import patterns as re
from tracker.columns import BY_NAME, TOTAL_HEADS, Column, ColumnKind, Owner, Sheet, on
from tracker.formats.books.answers import (
    ANY_DAY,
    IDENTITY_SHEET,
    CellReading,
    DayLimits,
    combined,
    read_cell,
    rows_of,
)
from tracker.formats.books.form import SIGNERS
from tracker.grid import Block, Grid, Notation, Source, as_text, column_letters
from tracker.printable import is_cut
from tracker.problems.base import Finding
from tracker.problems.returns import (
    COMMENT_BESIDE,
    FIGURE_WITHOUT_SOURCE,
    FOUND_ALONE,
    FOUND_BY_TEXT,
    MERGED_ANSWER,
    MISSING_COLUMN,
    NO_ID,
    PARTS_DIFFER,
    STACKED_PARTS,
    STRUCK_ANSWER,
    TWICE,
    UNKNOWN_COLUMN,
    UNKNOWN_ID,
)
from tracker.text import compact
from tracker.values import dataclass

_TOKEN = re.compile(r"F[0-9]{1,7}-[0-9A-F]{4}")
# A unit may write of its workshop F1-2020 in an answer: printed, a token stands after its label or alone.
_PRINTED_TOKEN = re.compile(r"表号\s*:?\s*(F[0-9]{1,7}-[0-9A-F]{4})(?![0-9A-Za-z])")


def printed_tokens(texts: Sequence[str]) -> tuple[str, ...]:
    """The tokens that texts print, behind 表号 as a rule; those that stand alone count where no other is."""
    plain_texts = [unicodedata.normalize("NFKC", text).strip() for text in texts]
    behind_label = [token for text in plain_texts for token in _PRINTED_TOKEN.findall(text)]
    return tuple(behind_label or (text for text in plain_texts if _TOKEN.fullmatch(text)))


def tokens_in(source: Source) -> tuple[str, ...]:
    """Every token in the file, the embedded one first, each once."""
    hidden_tokens = [
        grid.text(row, 1)
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
        if grid.text(row, 0) == "token"
    ]
    texts = [paragraph.text for paragraph in source.paragraphs]
    for grid in source.grids:
        if grid.name != IDENTITY_SHEET:
            texts += [value for row in grid.rows for value in row if isinstance(value, str) and "F" in value]
    plain_texts = [unicodedata.normalize("NFKC", text).strip() for text in texts]
    behind_label = [token for text in plain_texts for token in _PRINTED_TOKEN.findall(text)]
    tokens = [*(token for token in hidden_tokens if _TOKEN.fullmatch(token)), *behind_label]
    return tuple(dict.fromkeys(tokens or printed_tokens(texts)))


_HEAD_WITHIN = 60
# A head has so many of our columns at least.
_HEAD_COLUMNS = 3
# Columns that say which work point a row is.
_IDENTITY = frozenset(("id", "requirement"))
_ANSWERS = tuple(column for column in on(Sheet.FORM) if column.owner is Owner.UNIT)


# What a form on the web puts around the label of a column: （必填）, *, the number of the question.
_AROUND = re.compile(
    r"^[*★]+|^\d{1,3}[.、](?=\D)|\((?:必填|选填|必选|单选|多选|可选|必答|填空|下拉选择|日期|自动)(?:题|项)?\)|[*★:]+$"
)
# Columns that it fills by itself.
_SYSTEM_LABELS = frozenset(
    (
        "提交人",
        "提交者",
        "提交时间",
        "提交者(自动)",
        "修改时间",
        "更新时间",
        "填写时间",
        "填写人昵称",
        "提交ip",
        "答题时长",
        "编号",
    )
)


@lru_cache(maxsize=8192)
def plain_label(text: str) -> str:
    """The label of a column for comparing: without blanks and what a form on the web puts around it.

    >>> plain_label("*自报状态（必填）"), plain_label("3、进展情况 (填空题)"), plain_label("摘要（入报告）") == plain_label("摘要(入报告)")
    ('自报状态', '进展情况', True)
    """
    plain = compact(text)
    while (shorter := _AROUND.sub("", plain)) != plain:
        plain = shorter
    return plain


# Heads of forms as they are, and as earlier versions had them (`columns.Column.form_label`, `Sheet.OLD_FORM`).
BY_LABEL: Mapping[str, Column] = {
    plain_label(label): column
    for column in (*on(Sheet.FORM), *on(Sheet.OLD_FORM))
    for label in (column.label, BY_NAME[column.name].label)
}
UNIT_LABELS = frozenset(
    compact(label) for label in ("责任单位", "填报单位", "报送单位", "承办单位", "单位", "单位名称")
)
PART_LABELS = frozenset(
    compact(label)
    for label in (
        "填报部门",
        "责任部门",
        "部门",
        "填报科室",
        "责任科室",
        "科室",
        "乡镇",
        "镇街",
        "街道",
        "乡镇（街道）",
        "镇（街道）",
        "下属单位",
        "所属单位",
    )
)


@dataclass(frozen=True)
class FormHead:
    """The head of a form's table.

    Attributes:
        row: Its row.
        columns: What each column is: one of ours, or a label of somebody's own.
    """

    row: int
    columns: Mapping[int, Column | str]

    def our_columns(self) -> dict[int, Column]:
        """Our columns."""
        return {number: column for number, column in self.columns.items() if isinstance(column, Column)}

    def column_with(self, labels: frozenset[str]) -> int | None:
        """The first column with one of these labels."""
        for number, column in self.columns.items():
            if isinstance(column, str) and plain_label(column) in labels:
                return number
        return None


def head_of(grid: Grid) -> FormHead | None:
    """The head of a form's table; None where there is no form."""
    for row, values in enumerate(grid.rows[:_HEAD_WITHIN]):
        if len(values) - values.count(None) < _HEAD_COLUMNS:
            continue
        columns: dict[int, Column | str] = {
            number: BY_LABEL.get(plain_label(text), text.strip())
            for number, value in enumerate(values)
            if value is not None and (text := as_text(value)).strip()
        }
        if is_head(columns):
            return FormHead(row, columns)
    return None


def is_head(columns: Mapping[int, Column | str]) -> bool:
    """Whether these labels are the head of a form: an answer and an identity among them, or three answers."""
    by_name = {column.name: column for column in columns.values() if isinstance(column, Column)}
    answer_count = sum(column.owner is Owner.UNIT for column in by_name.values())
    return (
        answer_count >= 1 and ("id" in by_name or "requirement" in by_name) and len(by_name) >= _HEAD_COLUMNS
    ) or answer_count >= _HEAD_COLUMNS


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One row.

    Attributes:
        grid: Name of its sheet or table.
        row: Its row there.
        unit: The unit as written; empty where none is named.
        id: 事项编号 as written, made plain.
        requirement: 具体要求, made plain.
        place: Where its unit stands.
        has_identity: Whether the table has a column of either.
    """

    grid: str
    row: int
    unit: str
    id: str
    requirement: str
    place: str
    has_identity: bool = True


def shared_rows(source: Source) -> tuple[SharedRow, ...]:
    """The rows that answer anything; empty where no table has a column of units."""
    rows = []
    for grid in source.grids:
        head = head_of(grid)
        number = head.column_with(UNIT_LABELS) if head else None
        if head is None or number is None:
            continue
        by_name = {column.name: at for at, column in head.our_columns().items()}
        answer_columns = [at for at, column in head.our_columns().items() if column.owner is Owner.UNIT]
        for row in range(head.row + 1, grid.height):
            if not any(grid.text(row, at).strip() for at in answer_columns):
                continue
            ids = compact(grid.visible_text(row, by_name["id"])) if "id" in by_name else ""
            text = compact(grid.visible_text(row, by_name["requirement"])) if "requirement" in by_name else ""
            unit = grid.visible_text(row, number).strip()
            place = grid.place(row, number)
            rows.append(SharedRow(grid.name, row, unit, ids, text, place, bool(_IDENTITY & by_name.keys())))
    return tuple(rows)


class FormCell(NamedTuple):
    """What a cell says, and where it stands."""

    text: str
    place: str


@dataclass(frozen=True)
class FormReading:
    """A form as it came back.

    Attributes:
        rows: Answers by work point and column name; only what was really there.
        requirements: What the file shows as 具体要求 of each work point.
        refusals: Answers that were not taken, with the reason; their text stands in `rows`.
        candidates: Of answers that were not taken, what a person may agree to instead.
        signatures: Who filled it in and so on, by the labels of the foot.
        is_form: Whether the head of a form was found at all.
        labels: Answer columns that the file has.
        lines: The work point of each row, by name of the sheet and number of the row.
        loss: How many cells were filled in that belong to no answer: of a row without a number, of a column of their own.
        figures: Totals of the year, by `columns.TOTAL_HEADS`; none of a file that covers many units.
        findings: What a person should look at.
    """

    rows: Mapping[str, Mapping[str, FormCell]] = field(default_factory=dict)
    requirements: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    candidates: Mapping[tuple[str, str], str] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)
    is_form: bool = False
    labels: frozenset[str] = frozenset()
    lines: Mapping[tuple[str, int], str] = field(default_factory=dict)
    loss: int = 0
    figures: tuple[tuple[str, ...], ...] = ()
    findings: tuple[Finding, ...] = ()


def is_form(source: Source) -> bool:
    """Whether the head of a form is in a file, as `FormReading.is_form` says it."""
    return any(head_of(grid) for grid in source.grids)


def read_form(
    source: Source,
    requirements: Mapping[str, str] | None = None,
    *,
    only: Collection[tuple[str, int]] | None = None,
    summary_limit: int = 0,
    days: DayLimits = ANY_DAY,
) -> FormReading:
    """Read a form.

    Args:
        source: The file as it came through the door.
        requirements: 具体要求 of each work point that was handed out, where the caller knows the form.
        only: Of a table that covers many units, the rows of one, by name of the sheet and number of the row.
        summary_limit: How long a 摘要 may be, where the office set that.
        days: Between which days a unit can have finished.
    """
    reader = _FormReader(_unique(requirements or {}), set(requirements or {}), only, summary_limit, days)
    for grid in source.grids:
        head = head_of(grid)
        if head is not None:
            reader.read(grid, head)
    figures, figure_findings = _figures(source) if only is None else ([], [])
    findings = [*reader.findings, *figure_findings]
    return FormReading(
        rows=reader.rows,
        requirements=reader.requirements,
        refusals=reader.refused,
        candidates=reader.candidates,
        signatures=reader.signed,
        is_form=bool(reader.labels),
        labels=frozenset(reader.labels),
        lines=reader.lines,
        loss=reader.loss,
        figures=tuple(figures),
        findings=tuple(findings),
    )


def _figures(source: Source) -> tuple[list[tuple[str, ...]], list[Finding]]:
    """The totals of the year that a form gives (`columns.TOTAL_HEADS`), and what lacks its source or day: that is not taken."""
    totals, findings = [], []
    for grid in source.grids:
        for row in rows_of(grid, TOTAL_HEADS):
            values = tuple(" ".join(row.text(head).split()) for head in TOTAL_HEADS)
            name, value, _, origin, day = values
            if name and value and origin and day:
                totals.append(values)
            elif value:
                findings.append(FIGURE_WITHOUT_SOURCE.at(row.places["数值"], name=name, value=value))
    return totals, findings


def _unique(requirements: Mapping[str, str]) -> dict[str, str]:
    """Work points by their requirement, where it tells one from the others."""
    ids_by_text: dict[str, list[str]] = {}
    for point_id, text in requirements.items():
        ids_by_text.setdefault(compact(text), []).append(point_id)
    return {text: some[0] for text, some in ids_by_text.items() if len(some) == 1}


class _FormReader:
    """What the tables of one file say, put together."""

    def __init__(
        self,
        by_text: Mapping[str, str],
        point_ids: set[str],
        only: Collection[tuple[str, int]] | None,
        summary_limit: int,
        days: DayLimits,
    ) -> None:
        self.by_text = by_text
        self.asked = point_ids
        self.only = only
        self.limits = {"summary": summary_limit}
        self.days = days
        self.loss = 0
        # Column of the department in the sheet that is being read, and what each department said by cell.
        self.part: int | None = None
        self.parts: dict[tuple[str, str], dict[str, FormCell]] = {}
        self.lines: dict[tuple[str, int], str] = {}
        self.rows: dict[str, dict[str, FormCell]] = {}
        self.requirements: dict[str, str] = {}
        self.refused: dict[tuple[str, str], str] = {}
        self.candidates: dict[tuple[str, str], str] = {}
        self.signed: dict[str, str] = {}
        self.labels: set[str] = set()
        self.findings: list[Finding] = []

    def read(self, grid: Grid, head: FormHead) -> None:
        columns = head.our_columns()
        self.labels |= {column.name for column in columns.values() if column.owner is Owner.UNIT}
        self.part = head.column_with(PART_LABELS)
        unit_column = head.column_with(UNIT_LABELS)
        if self.part is None and self.only is None:
            self.part, unit_column = unit_column, None
        for number, label in head.columns.items():
            if (
                isinstance(label, str)
                and number not in (self.part, unit_column)
                and plain_label(label) not in _SYSTEM_LABELS
                and (count := self._count(grid, head, number))
            ):
                self.loss += count
                self.findings.append(UNKNOWN_COLUMN.at(grid.place(head.row, number), label=label))
        for column in _ANSWERS:
            # A table that somebody made for many units has the columns that it needs; no column of ticks, no tick.
            is_needed = self.only is None and column.kind is not ColumnKind.TICK
            if is_needed and column not in columns.values():
                self.findings.append(MISSING_COLUMN.at(grid.place(head.row, 0), label=column.label))
        table = _Table(grid, columns)
        for row in range(head.row + 1, grid.height):
            if self.only is None or (grid.name, row) in self.only:
                self._read_row(table, row)
        departments = {part for texts in self.parts.values() for part in texts}
        if len(departments) > 1:
            place = grid.place(head.row, self.part or 0)
            self.findings.append(
                STACKED_PARTS.at(place, n=len(departments), some="、".join(sorted(departments)[:5]))
            )

    def _count(self, grid: Grid, head: FormHead, number: int) -> int:
        """How many cells of a column say anything."""
        rows = range(head.row + 1, grid.height)
        some = (row for row in rows if self.only is None or (grid.name, row) in self.only)
        return sum(bool(grid.text(row, number).strip()) for row in some)

    def _read_row(self, table: _Table, row: int) -> None:
        grid = table.grid
        point_id = self._number(grid, row, table.by_name)
        # A row with a number of the form is one of its rows, whatever else stands in it.
        if point_id not in self.asked and (self._is_foot(grid, row) or table.is_head_again(row)):
            return
        point_id = point_id or self._by_requirement(grid, row, table.by_name)
        if not point_id:
            some = [text for number, _ in table.answers if (text := grid.text(row, number).strip())]
            if some:
                place = grid.place(row, table.first_answer)
                self.findings.append(NO_ID.at(place, text="；".join(some)[:120]))
                self.loss += len(some)
            return
        self.lines[grid.name, row] = point_id
        if self.asked and point_id not in self.asked:
            self.findings.append(UNKNOWN_ID.at(grid.place(row, table.first), wp=point_id))
        if self.part is None and point_id not in self.rows and row not in table.odd_rows:
            self._take_row(table, row, point_id)
        else:
            for number, column in table.answers:
                self._take_answer(table, row, number, column, point_id)
        if table.requirement is not None and point_id not in self.requirements:
            self.requirements[point_id] = grid.visible_text(row, table.requirement)

    def _take_row(self, table: _Table, row: int, point_id: str) -> None:
        """The answers of a row that holds nothing but values, and is the first of its work point: as a rule, every row."""
        values, cells = table.grid.rows[row], {}
        for number, column in table.answers:
            value, place = values[number], table.place(row, number)
            if value is None:
                cells[column.name] = FormCell("", place)
                continue
            if isinstance(value, str) and is_cut(value):
                continue
            limit = self.limits.get(column.name, 0)
            reading = read_cell(column, value, place, limit=limit, days=self.days)
            cells[column.name] = FormCell(reading.text, place)
            self.findings += reading.findings
            if reading.refusal:
                self._refuse(point_id, column, reading)
        if cells:
            self.rows[point_id] = cells

    def _refuse(self, point_id: str, column: Column, reading: CellReading) -> None:
        self.refused[point_id, column.name] = reading.refusal
        if reading.candidate:
            self.candidates[point_id, column.name] = reading.candidate

    def _number(self, grid: Grid, row: int, by_name: Mapping[str, int]) -> str:
        # Where several answer for one work point, its number may be merged over their rows.
        read = grid.text if self.part is None and self.only is None else grid.visible_text
        return compact(read(row, by_name["id"])) if "id" in by_name else ""

    def _by_requirement(self, grid: Grid, row: int, by_name: Mapping[str, int]) -> str:
        if "requirement" in by_name:
            read = grid.text if self.part is None and self.only is None else grid.visible_text
            text = compact(read(row, by_name["requirement"]))
            point_id = self.by_text.get(text, "") if text else ""
            if point_id:
                place = grid.place(row, by_name["requirement"])
                self.findings.append(FOUND_BY_TEXT.at(place, wp=point_id))
                return point_id
        if self.only is not None and len(self.asked) == 1 and not _IDENTITY & by_name.keys():
            [point_id] = self.asked
            self.findings.append(FOUND_ALONE.at(grid.place(row, 0), wp=point_id))
            return point_id
        return ""

    def _take_answer(self, table: _Table, row: int, number: int, column: Column, point_id: str) -> None:
        grid, place = table.grid, table.place(row, number)
        if grid.is_continuation(row, number):
            text = grid.visible_text(row, number)
            if text and grid.anchor(row, number)[1] == number:
                self.findings.append(MERGED_ANSWER.at(place, label=column.label))
                self.rows.setdefault(point_id, {}).setdefault(column.name, FormCell(text, place))
                self.refused[point_id, column.name] = "与上面的格合并"
                self.candidates[point_id, column.name] = text
            return
        if is_cut(grid.text(row, number)):
            return
        reading = self._read_answer(grid, row, number, column, place)
        self.findings += reading.findings
        cells = self.rows.setdefault(point_id, {})
        part = grid.visible_text(row, self.part).strip() if self.part is not None else ""
        others = self.parts.setdefault((point_id, column.name), {}) if part else {}
        earlier = others.get(part) if part else cells.get(column.name)
        if earlier is None and part:
            self._stack(column, point_id, part, FormCell(reading.text, place), reading.refusal)
        elif earlier is None:
            cells[column.name] = FormCell(reading.text, place)
            if reading.refusal:
                self._refuse(point_id, column, reading)
        elif earlier.text != reading.text:
            self.refused[point_id, column.name] = "同一编号出现两次且内容不同"
            self.findings.append(TWICE.at(place, wp=point_id, other=earlier.place, label=column.label))

    def _read_answer(self, grid: Grid, row: int, number: int, column: Column, place: str) -> CellReading:
        """What a cell says, without what is struck through; a comment is no answer and is told."""
        value, findings = grid.value(row, number), []
        if (row, number) in grid.struck:
            rest, text = grid.struck[row, number].strip(), grid.text(row, number)
            findings.append(STRUCK_ANSWER.at(place, label=column.label, text=text, left=rest or "（没有）"))
            if not rest:
                return CellReading(text, "带删除线", tuple(findings))
            value = rest
        comment = grid.comments.get((row, number), "").strip()
        if comment:
            findings.append(COMMENT_BESIDE.at(place, label=column.label, text=comment))
            if value is None:
                return CellReading(comment, "只写在批注里", tuple(findings), comment)
        formula = grid.formulas.get((row, number))
        limit = self.limits.get(column.name, 0)
        reading = read_cell(column, value, place, formula, limit=limit, days=self.days)
        return reading._replace(findings=(*findings, *reading.findings)) if findings else reading

    def _stack(self, column: Column, point_id: str, part: str, cell: FormCell, refusal: str) -> None:
        """Put what one department says beside what the others say."""
        parts = self.parts[point_id, column.name]
        parts[part] = cell
        text, differs = combined(column, {name: other.text for name, other in parts.items()})
        place = next((other.place for other in parts.values() if other.text.strip()), cell.place)
        self.rows[point_id][column.name] = FormCell(text, place)
        if refusal:
            self.refused[point_id, column.name] = refusal
        elif differs and (point_id, column.name) not in self.refused:
            self.refused[point_id, column.name] = "各部门填的不一致"
            sentence = "；".join(
                f"{name}：{other.text}" for name, other in parts.items() if other.text.strip()
            )
            self.findings.append(PARTS_DIFFER.at(cell.place, wp=point_id, label=column.label, told=sentence))

    def _is_foot(self, grid: Grid, row: int) -> bool:
        """Whether this is the row of signatures, which is remembered."""
        signatures = {}
        for value in grid.rows[row]:
            if isinstance(value, str) and "：" in value:
                label, _, rest = value.partition("：")
                if label.strip() in SIGNERS:
                    signatures[label.strip()] = rest.strip()
        if len(signatures) < 2:
            return False
        self.signed.update({label: text for label, text in signatures.items() if text})
        return True


# A head that is repeated has its labels, with blanks at most: a longer text is none, and is not looked at closely.
_LONGEST_LABEL = 40


class _Table:
    """The columns of one table by what they hold, and the addresses of its cells."""

    def __init__(self, grid: Grid, columns: Mapping[int, Column]) -> None:
        self.grid = grid
        self.by_name = {column.name: number for number, column in columns.items()}
        self.first = min(columns)
        self.answers = [item for item in columns.items() if item[1].owner is Owner.UNIT]
        self.first_answer = min((number for number, _ in self.answers), default=0)
        self.requirement = self.by_name.get("requirement")
        # Rows with a cell that says more than its value.
        self.odd_rows = {row for cells in (grid.formulas, grid.struck, grid.comments) for row, _ in cells}
        for merge in grid.merges:
            self.odd_rows.update(range(merge.top, min(merge.bottom, grid.height - 1) + 1))
        self._labels = [(number, plain_label(column.label)) for number, column in columns.items()]
        self._letters = {number: f"{grid.name}!{column_letters(number)}" for number in columns}
        self._is_sheet = type(grid) is Grid and grid.notation is Notation.SHEET

    def place(self, row: int, number: int) -> str:
        """The address of a cell: `Grid.place`, which writes the letters of a column anew for each of its cells."""
        return f"{self._letters[number]}{row + 1}" if self._is_sheet else self.grid.place(row, number)

    def is_head_again(self, row: int) -> bool:
        """Whether the head is repeated, as where pages were pasted together."""
        values, count = self.grid.rows[row], 0
        for number, label in self._labels:
            value = values[number]
            if isinstance(value, str) and len(value) <= _LONGEST_LABEL and plain_label(value) == label:
                count += 1
        return count >= 3


def sections_of(source: Source) -> tuple[tuple[str, Source], ...]:
    """The forms of a file, each with its 表号; empty where it cannot be divided into several."""
    parts: dict[str, list[Block]] = {}
    token = ""
    for block in source.blocks:
        if not isinstance(block, Grid):
            token = _only(printed_tokens([block.text])) or token
            if token:
                parts.setdefault(token, []).append(block)
        elif block.name != IDENTITY_SHEET:
            # A sheet is a page of its own; a table of a document goes with the text above it.
            token = "" if block.notation is Notation.SHEET else token
            for mark, rows in _runs(block, token):
                token = mark
                if token:
                    parts.setdefault(token, []).append(_rows_of(block, rows))
                elif head_of(_rows_of(block, rows)) is not None:
                    return ()
    sections = tuple((token, replace(source, blocks=tuple(blocks))) for token, blocks in parts.items())
    is_whole = all(any(head_of(grid) for grid in part.grids) for _, part in sections)
    return sections if len(sections) > 1 and is_whole else ()


def _only(tokens: Iterable[str]) -> str:
    some = list(dict.fromkeys(tokens))
    return some[-1] if some else ""


def _runs(grid: Grid, token: str) -> list[tuple[str, range]]:
    """The rows of each form in a sheet or table, from the row with its 表号 to the next one."""
    marks = [
        (row, mark)
        for row in range(grid.height)
        if (mark := _only(printed_tokens([value for value in grid.rows[row] if isinstance(value, str)])))
    ]
    if len({mark for _, mark in marks}) == 1 and not token:
        return [(marks[0][1], range(grid.height))]
    starts = [(0, token), *marks]
    ends = [*(row for row, _ in starts[1:]), grid.height]
    return [(mark, range(row, end)) for (row, mark), end in zip(starts, ends, strict=True) if row < end]


def _rows_of(grid: Grid, rows: range) -> Grid:
    """A grid with nothing in it but some rows, each at its address."""
    if len(rows) == grid.height:
        return grid
    nothing = (None,) * grid.width
    merges = tuple(merge for merge in grid.merges if merge.top in rows and merge.bottom in rows)
    return replace(
        grid,
        rows=tuple(line if number in rows else nothing for number, line in enumerate(grid.rows)),
        merges=merges,
    )
