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
    ('F12-87D8', Said(text='已印发通知', place='Sheet1!C3'))
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
from tracker.reading.forms.answers import take
from tracker.reading.forms.form_head import COLUMNS
from tracker.reading.forms.form_head import PART_LABELS
from tracker.reading.forms.form_head import UNIT_LABELS
from tracker.reading.forms.form_head import Head
from tracker.reading.forms.form_head import head_of
from tracker.reading.forms.form_head import plain as plain
from tracker.reading.forms.stacking import combined
from tracker.reading.forms.tokens import tokens_in as tokens_in
from tracker.reading.marks import SIGNERS

_ANSWERS = tuple(column for column in COLUMNS if column.owner is Owner.UNIT)


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says, and where it stands."""

    text: str
    place: str


@dataclass(frozen=True)
class FormReading:
    """A form as it came back.

    Attributes:
        token: The 表号; empty if there is none.
        rows: Answers by work point and column name; only what was really there.
        given: What the file shows in the plan's columns, likewise.
        refused: Answers that were not taken, with the reason; their text stands in `rows`.
        signed: Who filled it in and so on, by the labels of the foot.
        is_form: Whether the head of a form was found at all.
        labels: Answer columns that the file has.
        lines: The work point of each row, by name of the sheet and number of the row.
        findings: What a person should look at.
    """

    token: str = ""
    rows: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)
    refused: Mapping[tuple[str, str], str] = field(default_factory=dict)
    signed: Mapping[str, str] = field(default_factory=dict)
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
    gathered = _Gathered(_unique(requirements or {}), set(requirements or {}), only, summary_limit)
    for grid in source.grids:
        head = head_of(grid)
        if head is not None:
            gathered.read(grid, head)
    findings = gathered.findings
    if len(tokens) > 1:
        findings.insert(0, returns.TWO_TOKENS.at(source.name, token=tokens[0], other=tokens[1]))
    return FormReading(
        token=tokens[0] if tokens else "",
        rows=gathered.rows,
        given=gathered.given,
        refused=gathered.refused,
        signed=gathered.signed,
        is_form=bool(gathered.labels),
        labels=frozenset(gathered.labels),
        lines=gathered.lines,
        findings=tuple(findings),
    )


def _unique(requirements: Mapping[str, str]) -> dict[str, str]:
    """Work points by their requirement, where it tells one from the others."""
    found: dict[str, list[str]] = {}
    for wp, text in requirements.items():
        found.setdefault(plain(text), []).append(wp)
    return {text: some[0] for text, some in found.items() if len(some) == 1}


class _Gathered:
    """What the tables of one file say, put together."""

    def __init__(
        self,
        by_text: Mapping[str, str],
        asked: set[str],
        only: Collection[tuple[str, int]] | None,
        summary_limit: int,
    ) -> None:
        self.by_text = by_text
        self.asked = asked
        self.only = only
        self.limits = {"summary": summary_limit}
        # Column of the department in the sheet that is being read, and what each department said by cell.
        self.part: int | None = None
        self.parts: dict[tuple[str, str], dict[str, Said]] = {}
        self.lines: dict[tuple[str, int], str] = {}
        self.rows: dict[str, dict[str, Said]] = {}
        self.given: dict[str, dict[str, Said]] = {}
        self.refused: dict[tuple[str, str], str] = {}
        self.signed: dict[str, str] = {}
        self.labels: set[str] = set()
        self.findings: list[Finding] = []

    def read(self, grid: Grid, head: Head) -> None:
        known = head.known()
        self.labels |= {each.name for each in known.values() if each.owner is Owner.UNIT}
        self.part = head.labelled(PART_LABELS)
        shared = head.labelled(UNIT_LABELS)
        if self.part is None and self.only is None:
            self.part, shared = shared, None
        for number, label in head.columns.items():
            if (
                isinstance(label, str)
                and number not in (self.part, shared)
                and self._says(grid, head, number)
            ):
                self.findings.append(returns.UNKNOWN_COLUMN.at(grid.place(head.row, number), label=label))
        for column in _ANSWERS:
            # A table that somebody made for many units has the columns that it needs.
            if column not in known.values() and self.only is None:
                self.findings.append(returns.MISSING_COLUMN.at(grid.place(head.row, 0), label=column.label))
        for row in range(head.row + 1, grid.height):
            if self.only is None or (grid.name, row) in self.only:
                self._read_row(grid, row, known)
        stacked = {part for said in self.parts.values() for part in said}
        if len(stacked) > 1:
            place = grid.place(head.row, self.part or 0)
            self.findings.append(
                returns.STACKED.at(place, n=len(stacked), some="、".join(sorted(stacked)[:5]))
            )

    @staticmethod
    def _says(grid: Grid, head: Head, number: int) -> bool:
        return any(grid.text(row, number).strip() for row in range(head.row + 1, grid.height))

    def _read_row(self, grid: Grid, row: int, known: Mapping[int, Column]) -> None:
        if self._is_foot(grid, row) or _is_head_again(grid, row, known):
            return
        wp = self._identity(grid, row, known)
        answers = {number: each for number, each in known.items() if each.owner is Owner.UNIT}
        if wp is None:
            some = [grid.text(row, number).strip() for number in answers if grid.text(row, number).strip()]
            if some:
                place = grid.place(row, min(answers))
                self.findings.append(returns.NO_ID.at(place, text="；".join(some)[:120]))
            return
        self.lines[grid.name, row] = wp
        if self.asked and wp not in self.asked:
            self.findings.append(returns.UNKNOWN_ID.at(grid.place(row, min(known)), wp=wp))
        for number, column in known.items():
            if column.owner is Owner.UNIT:
                self._answer(grid, row, number, column, wp)
            elif column.name != "id" and column.owner is not Owner.COMPUTED:
                said = Said(grid.spoken(row, number), grid.place(row, number))
                self.given.setdefault(wp, {}).setdefault(column.name, said)

    def _identity(self, grid: Grid, row: int, known: Mapping[int, Column]) -> str | None:
        by_name = {each.name: number for number, each in known.items()}
        # Where several answer for one work point, its number may be merged over their rows.
        read = grid.text if self.part is None and self.only is None else grid.spoken
        if "id" in by_name:
            text = plain(read(row, by_name["id"]))
            if text:
                return text
        if "requirement" in by_name:
            text = plain(read(row, by_name["requirement"]))
            wp = self.by_text.get(text) if text else None
            if wp:
                place = grid.place(row, by_name["requirement"])
                self.findings.append(returns.FOUND_BY_TEXT.at(place, wp=wp))
                return wp
        return None

    def _answer(self, grid: Grid, row: int, number: int, column: Column, wp: str) -> None:
        place = grid.place(row, number)
        if grid.is_continuation(row, number):
            if grid.spoken(row, number):
                self.findings.append(returns.MERGED.at(place, label=column.label))
            return
        formula = grid.formulas.get((row, number))
        limit = self.limits.get(column.name, 0)
        taken = take(column, grid.value(row, number), place, formula, limit=limit)
        self.findings += taken.findings
        cells = self.rows.setdefault(wp, {})
        part = grid.spoken(row, self.part).strip() if self.part is not None else ""
        others = self.parts.setdefault((wp, column.name), {}) if part else {}
        earlier = others.get(part) if part else cells.get(column.name)
        if earlier is None and part:
            self._stack(column, wp, part, Said(taken.text, place), taken.refused)
        elif earlier is None:
            cells[column.name] = Said(taken.text, place)
            if taken.refused:
                self.refused[wp, column.name] = taken.refused
        elif earlier.text != taken.text:
            self.refused[wp, column.name] = "同一编号出现两次且内容不同"
            self.findings.append(returns.TWICE.at(place, wp=wp, other=earlier.place, label=column.label))

    def _stack(self, column: Column, wp: str, part: str, said: Said, refused: str) -> None:
        """Put what one department says beside what the others say."""
        parts = self.parts[wp, column.name]
        parts[part] = said
        text, differs = combined(column, {name: each.text for name, each in parts.items()})
        place = next((each.place for each in parts.values() if each.text.strip()), said.place)
        self.rows[wp][column.name] = Said(text, place)
        if refused:
            self.refused[wp, column.name] = refused
        elif differs and (wp, column.name) not in self.refused:
            self.refused[wp, column.name] = "各部门填的不一致"
            told = "；".join(f"{name}：{each.text}" for name, each in parts.items() if each.text.strip())
            self.findings.append(returns.PARTS_DIFFER.at(said.place, wp=wp, label=column.label, told=told))

    def _is_foot(self, grid: Grid, row: int) -> bool:
        """Whether this is the row of signatures, which is remembered."""
        found = {}
        for value in grid.rows[row]:
            if isinstance(value, str):
                label, colon, rest = value.partition("：")
                if colon and label.strip() in SIGNERS:
                    found[label.strip()] = rest.strip()
        if len(found) < 2:
            return False
        self.signed.update({label: text for label, text in found.items() if text})
        return True


def _is_head_again(grid: Grid, row: int, known: Mapping[int, Column]) -> bool:
    """Whether the head is repeated, as where pages were pasted together."""
    labels: Iterator[bool] = (
        plain(grid.text(row, number)) == plain(column.label) for number, column in known.items()
    )
    return sum(labels) >= 3
