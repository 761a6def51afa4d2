"""Reading a 填报表 that came back, whatever happened to it on the way.

What holds a form together is its identity, never its shape or its file's name:

    the form     the token of the very hidden sheet, else the 表号 printed anywhere in it
    a row        the text of its 事项编号 cell, else its 具体要求 where exactly one row was handed out with it
    a column     its label

So rows and columns may be shuffled, inserted, deleted or hidden, the sheet renamed, the table copied to Word.
A row or column that is not there is no statement. What a cell says is decided by the kind of its column:

    kind       taken                                         refused at its cell
    text       text, exactly as written                      a number, date or truth value (Excel made it of
                                                             text: 007, 3-4, 18 digits), an error, a formula
                                                             without value
    choice     one of the words, blanks around it ignored    anything else (pasted over the drop-down)
    tick       是, √, Y …; 否 and × are no tick            anything else
    date       a date; text like 2026-6-30, 2026年6月30日       anything else

Whether the rows still belong to their ids, and what the ledger makes of it all, is decided by the step.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 表号：F12-87D8 |          |            |
    ... | 自报状态       | 事项编号 | 进展情况   |
    ... | 已完成         | P1-001   | 已印发通知 |
    ... ''')
    >>> reading = read_form(Source("xlsx", "市教育局.xlsx", (grid,)))
    >>> reading.token, reading.rows["P1-001"]["progress"]
    ('F12-87D8', FormCell(text='已印发通知', place='Sheet1!C3'))
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tracker.columns import Column
from tracker.columns import Owner
from tracker.grid import Grid
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import returns
from tracker.reading.forms.answers import read_cell
from tracker.reading.forms.form_head import FORM_COLUMNS
from tracker.reading.forms.form_head import PART_LABELS
from tracker.reading.forms.form_head import UNIT_LABELS
from tracker.reading.forms.form_head import FormHead
from tracker.reading.forms.form_head import head_of
from tracker.reading.forms.form_head import plain_text
from tracker.reading.forms.stacking import combined
from tracker.reading.forms.tokens import tokens_in as tokens_in
from tracker.reading.marks import SIGNERS

_ANSWERS = tuple(column for column in FORM_COLUMNS if column.owner is Owner.UNIT)


@dataclass(frozen=True, slots=True)
class FormCell:
    """What a cell says, and where it stands."""

    text: str
    place: str


@dataclass(frozen=True)
class FormReading:
    """A form as it came back.

    Attributes:
        token: The 表号; empty if there is none.
        rows: Answers by work point and column name; only what was really there.
        plan_cells: What the file shows in the plan's columns, likewise.
        refusals: Answers that were not taken, with the reason; their text stands in `rows`.
        signatures: Who filled it in and so on, by the labels of the foot.
        is_form: Whether the head of a form was found at all.
        labels: Answer columns that the file has.
        lines: The work point of each row, by name of the sheet and number of the row.
        findings: What a person should look at.
    """

    token: str = ""
    rows: Mapping[str, Mapping[str, FormCell]] = field(default_factory=dict)
    plan_cells: Mapping[str, Mapping[str, FormCell]] = field(default_factory=dict)
    refusals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)
    is_form: bool = False
    labels: frozenset[str] = frozenset()
    lines: Mapping[tuple[str, int], str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_form(
    source: Source,
    requirements: Mapping[str, str] | None = None,
    *,
    only: Collection[tuple[str, int]] | None = None,
    summary_limit: int = 0,
) -> FormReading:
    """Read a form.

    Args:
        source: The file as it came through the door.
        requirements: 具体要求 of each work point that was handed out, where the caller knows the form.
        only: Of a table that covers many units, the rows of one, by name of the sheet and number of the row.
        summary_limit: How long a 摘要 may be, where the office set that.
    """
    tokens = tokens_in(source)
    reader = _FormReader(_unique(requirements or {}), set(requirements or {}), only, summary_limit)
    for grid in source.grids:
        head = head_of(grid)
        if head is not None:
            reader.read(grid, head)
    findings = reader.findings
    if len(tokens) > 1:
        findings.insert(0, returns.TWO_TOKENS.at(source.name, token=tokens[0], other=tokens[1]))
    return FormReading(
        token=tokens[0] if tokens else "",
        rows=reader.rows,
        plan_cells=reader.given,
        refusals=reader.refused,
        signatures=reader.signed,
        is_form=bool(reader.labels),
        labels=frozenset(reader.labels),
        lines=reader.lines,
        findings=tuple(findings),
    )


def _unique(requirements: Mapping[str, str]) -> dict[str, str]:
    """Work points by their requirement, where it tells one from the others."""
    ids_by_text: dict[str, list[str]] = {}
    for point_id, text in requirements.items():
        ids_by_text.setdefault(plain_text(text), []).append(point_id)
    return {text: some[0] for text, some in ids_by_text.items() if len(some) == 1}


class _FormReader:
    """What the tables of one file say, put together."""

    def __init__(
        self,
        by_text: Mapping[str, str],
        point_ids: set[str],
        only: Collection[tuple[str, int]] | None,
        summary_limit: int,
    ) -> None:
        self.by_text = by_text
        self.asked = point_ids
        self.only = only
        self.limits = {"summary": summary_limit}
        # Column of the department in the sheet that is being read, and what each department said by cell.
        self.part: int | None = None
        self.parts: dict[tuple[str, str], dict[str, FormCell]] = {}
        self.lines: dict[tuple[str, int], str] = {}
        self.rows: dict[str, dict[str, FormCell]] = {}
        self.given: dict[str, dict[str, FormCell]] = {}
        self.refused: dict[tuple[str, str], str] = {}
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
                and self._says(grid, head, number)
            ):
                self.findings.append(returns.UNKNOWN_COLUMN.at(grid.place(head.row, number), label=label))
        for column in _ANSWERS:
            # A table that somebody made for many units has the columns that it needs.
            if column not in columns.values() and self.only is None:
                self.findings.append(returns.MISSING_COLUMN.at(grid.place(head.row, 0), label=column.label))
        for row in range(head.row + 1, grid.height):
            if self.only is None or (grid.name, row) in self.only:
                self._read_row(grid, row, columns)
        departments = {part for texts in self.parts.values() for part in texts}
        if len(departments) > 1:
            place = grid.place(head.row, self.part or 0)
            self.findings.append(
                returns.STACKED_PARTS.at(place, n=len(departments), some="、".join(sorted(departments)[:5]))
            )

    @staticmethod
    def _says(grid: Grid, head: FormHead, number: int) -> bool:
        return any(grid.text(row, number).strip() for row in range(head.row + 1, grid.height))

    def _read_row(self, grid: Grid, row: int, columns: Mapping[int, Column]) -> None:
        if self._is_foot(grid, row) or _is_head_again(grid, row, columns):
            return
        point_id = self._identity(grid, row, columns)
        answer_columns = {number: column for number, column in columns.items() if column.owner is Owner.UNIT}
        if point_id is None:
            some = [
                grid.text(row, number).strip() for number in answer_columns if grid.text(row, number).strip()
            ]
            if some:
                place = grid.place(row, min(answer_columns))
                self.findings.append(returns.NO_ID.at(place, text="；".join(some)[:120]))
            return
        self.lines[grid.name, row] = point_id
        if self.asked and point_id not in self.asked:
            self.findings.append(returns.UNKNOWN_ID.at(grid.place(row, min(columns)), wp=point_id))
        for number, column in columns.items():
            if column.owner is Owner.UNIT:
                self._take_answer(grid, row, number, column, point_id)
            elif column.name != "id" and column.owner is not Owner.COMPUTED:
                cell = FormCell(grid.visible_text(row, number), grid.place(row, number))
                self.given.setdefault(point_id, {}).setdefault(column.name, cell)

    def _identity(self, grid: Grid, row: int, columns: Mapping[int, Column]) -> str | None:
        by_name = {column.name: number for number, column in columns.items()}
        # Where several answer for one work point, its number may be merged over their rows.
        read = grid.text if self.part is None and self.only is None else grid.visible_text
        if "id" in by_name:
            text = plain_text(read(row, by_name["id"]))
            if text:
                return text
        if "requirement" in by_name:
            text = plain_text(read(row, by_name["requirement"]))
            point_id = self.by_text.get(text) if text else None
            if point_id:
                place = grid.place(row, by_name["requirement"])
                self.findings.append(returns.FOUND_BY_TEXT.at(place, wp=point_id))
                return point_id
        return None

    def _take_answer(self, grid: Grid, row: int, number: int, column: Column, point_id: str) -> None:
        place = grid.place(row, number)
        if grid.is_continuation(row, number):
            if grid.visible_text(row, number):
                self.findings.append(returns.MERGED_ANSWER.at(place, label=column.label))
            return
        formula = grid.formulas.get((row, number))
        limit = self.limits.get(column.name, 0)
        reading = read_cell(column, grid.value(row, number), place, formula, limit=limit)
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
                self.refused[point_id, column.name] = reading.refusal
        elif earlier.text != reading.text:
            self.refused[point_id, column.name] = "同一编号出现两次且内容不同"
            self.findings.append(
                returns.TWICE.at(place, wp=point_id, other=earlier.place, label=column.label)
            )

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
            self.findings.append(
                returns.PARTS_DIFFER.at(cell.place, wp=point_id, label=column.label, told=sentence)
            )

    def _is_foot(self, grid: Grid, row: int) -> bool:
        """Whether this is the row of signatures, which is remembered."""
        signatures = {}
        for value in grid.rows[row]:
            if isinstance(value, str):
                label, colon, rest = value.partition("：")
                if colon and label.strip() in SIGNERS:
                    signatures[label.strip()] = rest.strip()
        if len(signatures) < 2:
            return False
        self.signed.update({label: text for label, text in signatures.items() if text})
        return True


def _is_head_again(grid: Grid, row: int, columns: Mapping[int, Column]) -> bool:
    """Whether the head is repeated, as where pages were pasted together."""
    labels: Iterator[bool] = (
        plain_text(grid.text(row, number)) == plain_text(column.label) for number, column in columns.items()
    )
    return sum(labels) >= 3
