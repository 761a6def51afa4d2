"""复核表-单位.xlsx: what the report will say of a unit's work points, for the unit to confirm on one page; and back.

A unit writes 同意 or 修改 beside each sentence, and with 修改 the sentence as it should be. A very hidden sheet says whose it
is and what it showed, whatever the file is called when it comes back. 复核情况.xlsx is the office's list of what came back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.columns import Column, ColumnKind, Owner
from tracker.formats.books.tables import lay_out
from tracker.grid import Source, as_text
from tracker.problems.base import Finding
from tracker.problems.report import BAD_REVIEW_WORD, REVIEW_WITHOUT_TEXT
from tracker.reading.answers import IDENTITY_SHEET, ListColumn, identifier, list_in
from tracker.table import Table
from tracker.values import dataclass

AGREES, CHANGES = "同意", "修改"
_SHEET = "复核表"
_COLUMNS = (
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
        _COLUMNS,
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
