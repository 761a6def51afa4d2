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

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tracker.columns import Column
from tracker.columns import Owner
from tracker.columns import Sheet
from tracker.columns import on
from tracker.grid import Grid
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import returns
from tracker.reading.answers import take
from tracker.reading.marks import IDENTITY_SHEET
from tracker.reading.marks import SIGNERS

_TOKEN = re.compile(r"F[0-9]{1,7}-[0-9A-F]{4}")
# A unit may write of its workshop F1-2020 in an answer: printed, a token stands after its label or alone.
_PRINTED = re.compile(r"表号\s*:?\s*(F[0-9]{1,7}-[0-9A-F]{4})(?![0-9A-Za-z])")
_BLANKS = re.compile(r"\s+")
_HEAD_WITHIN = 60
_COLUMNS = on(Sheet.FORM)
_ANSWERS = tuple(column for column in _COLUMNS if column.owner is Owner.UNIT)


def plain(text: str) -> str:
    r"""A text for comparing only: full-width forms unified, every blank gone.

    >>> plain(" Ｐ１-001\n") == plain("P1-001")
    True
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


_BY_LABEL = {plain(column.label): column for column in _COLUMNS}


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
        findings: What a person should look at.
    """

    token: str = ""
    rows: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)
    refused: Mapping[tuple[str, str], str] = field(default_factory=dict)
    signed: Mapping[str, str] = field(default_factory=dict)
    is_form: bool = False
    labels: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def tokens_in(source: Source) -> tuple[str, ...]:
    """Every token in the file, the embedded one first, each once."""
    hidden = [
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
    printed = [found for text in plain_texts for found in _PRINTED.findall(text)]
    alone = [text for text in plain_texts if _TOKEN.fullmatch(text)]
    known = [*(each for each in hidden if _TOKEN.fullmatch(each)), *printed]
    return tuple(dict.fromkeys(known or alone))


def read_form(source: Source, requirements: Mapping[str, str] | None = None) -> FormReading:
    """Read a form.

    Args:
        source: The file as it came through the door.
        requirements: 具体要求 of each work point that was handed out, where the caller knows the form.
    """
    tokens = tokens_in(source)
    gathered = _Gathered(_unique(requirements or {}), set(requirements or {}))
    for grid in source.grids:
        head = _head(grid)
        if head is not None:
            gathered.read(grid, *head)
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
        findings=tuple(findings),
    )


def _unique(requirements: Mapping[str, str]) -> dict[str, str]:
    """Work points by their requirement, where it tells one from the others."""
    found: dict[str, list[str]] = {}
    for wp, text in requirements.items():
        found.setdefault(plain(text), []).append(wp)
    return {text: some[0] for text, some in found.items() if len(some) == 1}


def _head(grid: Grid) -> tuple[int, dict[int, Column | str]] | None:
    """The row of the head, and what each of its columns is; None where there is no form."""
    for row in range(min(grid.height, _HEAD_WITHIN)):
        columns: dict[int, Column | str] = {}
        for number in range(grid.width):
            text = grid.text(row, number)
            if text.strip():
                columns[number] = _BY_LABEL.get(plain(text), text.strip())
        known = {each.name: each for each in columns.values() if isinstance(each, Column)}
        answers = sum(each.owner is Owner.UNIT for each in known.values())
        if (answers >= 1 and ("id" in known or "requirement" in known) and len(known) >= 3) or answers >= 3:
            return row, columns
    return None


class _Gathered:
    """What the tables of one file say, put together."""

    def __init__(self, by_text: Mapping[str, str], asked: set[str]) -> None:
        self.by_text = by_text
        self.asked = asked
        self.rows: dict[str, dict[str, Said]] = {}
        self.given: dict[str, dict[str, Said]] = {}
        self.refused: dict[tuple[str, str], str] = {}
        self.signed: dict[str, str] = {}
        self.labels: set[str] = set()
        self.findings: list[Finding] = []

    def read(self, grid: Grid, head: int, columns: Mapping[int, Column | str]) -> None:
        known = {number: each for number, each in columns.items() if isinstance(each, Column)}
        self.labels |= {each.name for each in known.values() if each.owner is Owner.UNIT}
        for number, label in columns.items():
            if isinstance(label, str) and any(
                grid.text(row, number).strip() for row in range(head + 1, grid.height)
            ):
                self.findings.append(returns.UNKNOWN_COLUMN.at(grid.place(head, number), label=label))
        for column in _ANSWERS:
            if column not in known.values():
                self.findings.append(returns.MISSING_COLUMN.at(grid.place(head, 0), label=column.label))
        for row in range(head + 1, grid.height):
            self._read_row(grid, row, known)

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
        if self.asked and wp not in self.asked:
            self.findings.append(returns.UNKNOWN_ID.at(grid.place(row, min(known)), wp=wp))
        for number, column in known.items():
            if column.owner is Owner.UNIT:
                self._answer(grid, row, number, column, wp)
            elif column.name != "id":
                said = Said(grid.spoken(row, number), grid.place(row, number))
                self.given.setdefault(wp, {}).setdefault(column.name, said)

    def _identity(self, grid: Grid, row: int, known: Mapping[int, Column]) -> str | None:
        by_name = {each.name: number for number, each in known.items()}
        if "id" in by_name:
            text = plain(grid.text(row, by_name["id"]))
            if text:
                return text
        if "requirement" in by_name:
            text = plain(grid.text(row, by_name["requirement"]))
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
        taken = take(column, grid.value(row, number), place, grid.formulas.get((row, number)))
        self.findings += taken.findings
        cells = self.rows.setdefault(wp, {})
        earlier = cells.get(column.name)
        if earlier is None:
            cells[column.name] = Said(taken.text, place)
            if taken.refused:
                self.refused[wp, column.name] = taken.refused
        elif earlier.text != taken.text:
            self.refused[wp, column.name] = "同一编号出现两次且内容不同"
            self.findings.append(returns.TWICE.at(place, wp=wp, other=earlier.place, label=column.label))

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
