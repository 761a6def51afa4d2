"""Tables of our own workbooks after people worked in them, found again by the words of their heads.

Wherever the columns stand now:

>>> from tracker.grid import from_table
>>> grid = from_table('''
... | 名单     |          |
... | 备注     | 单位     |
... | 新       | 市教育局 |
... ''')
>>> [(row.text("单位"), row.places["单位"]) for row in rows_of(grid, ("单位", "备注"))]
[('市教育局', 'Sheet1!B3')]

A list of ours that people have worked in for months: found again, or refused by the name of what is wrong.

    what somebody did                                   then
    --------------------------------------------------  --------------------------------------------------------
    moved, added or hid columns; sorted, filtered       understood
    renamed the sheet, blanks or a star in a head       understood
    gave a column another of its usual names            understood
    renamed or deleted a column that is needed          refused: the columns by name; nothing of the list counts
    renamed or deleted a column that people fill in     the rest counts, the column is told
    put a needed or filled column there twice           refused, both places told
    copied the sheet                                    the first one counts, the other is told
    pasted the head once more between the rows          passed over

>>> from tracker.grid import from_table
>>> grid = from_table('''
... | 签发单 |          |          |
... | 编号   | * 签发状态 | 发文字号 |
... | D1     | 已签发   |          |
... ''')
>>> columns = (ListColumn("编号", is_needed=True), ListColumn("状态", ("签发状态",), is_needed=True), ListColumn("文号", ("发文字号",)))
>>> reading = list_in(Source("xlsx", "签发单.xlsx", (grid,)), columns)
>>> [(row.text("编号"), row.text("状态")) for row in reading.rows], reading.findings
([('D1', '已签发')], ())
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field

from tracker.choices import plain_word, read_choice
from tracker.days import read_day
from tracker.grid import Grid, Source, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.chase import COLUMN_GONE, COLUMN_TWICE, LIST_SPOILED, LIST_TWICE
from tracker.problems.returns import READ_AS
from tracker.values import dataclass

# A very hidden sheet: column A names a value, column B holds it.
IDENTITY_SHEET = "_tracker"

_HEAD_WITHIN = 40


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that was read back: its 0-based row number; value, place and 0-based column by label."""

    row: int
    cells: dict[str, Value]
    places: dict[str, str]
    columns: dict[str, int]

    def text(self, label: str) -> str:
        """The text under a label, without blanks at its ends; empty when the column is missing."""
        return as_text(self.cells.get(label)).strip()

    def choice(self, label: str, words: Collection[str], notes: list[Finding]) -> str:
        """The word that a cell means, empty for none; another spelling of it is noted.

        >>> notes = []
        >>> TableRow(4, {"状态": "签发"}, {"状态": "表!H5"}, {"状态": 7}).choice("状态", ("拟稿", "已签发"), notes), notes[0].place
        ('已签发', '表!H5')
        """
        text = self.text(label)
        word = read_choice(text, words)
        if word and word not in (text, plain_word(text)):
            notes.append(READ_AS.at(self.places[label], label=label, text=text, word=word))
        return word

    def day(self, label: str, notes: list[Finding]) -> dt.date | None:
        """The day that a cell holds for certain, None for none; what was put in for it is noted."""
        day, note, _ = read_day(self.cells.get(label))
        if note:
            word = f"{day}（{note}）"
            notes.append(READ_AS.at(self.places[label], label=label, text=self.text(label), word=word))
        return day


def find_head(grid: Grid, labels: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """Find the row that holds the labels, and the column of each; None when no row holds them all."""
    for row, values in enumerate(grid.rows[:_HEAD_WITHIN]):
        columns = {
            label: column
            for column, value in enumerate(values)
            if value is not None and (label := as_text(value).strip())
        }
        if all(label in columns for label in labels):
            return row, columns
    return None


def rows_of(grid: Grid, labels: Sequence[str]) -> Iterator[TableRow]:
    """The rows below the head that hold anything; nothing when the head was not found."""
    head = find_head(grid, labels)
    if head is None:
        return
    top, columns = head
    for row in range(top + 1, grid.height):
        cells = {label: grid.value(row, column) for label, column in columns.items()}
        if any(value not in (None, "") for value in cells.values()):
            places = {label: grid.place(row, column) for label, column in columns.items()}
            yield TableRow(row, cells, places, columns)


_LIST_HEAD_WITHIN = 40


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column that people fill in or that tells rows apart.

    Attributes:
        label: Its head.
        others: Other heads that offices give it.
        is_needed: Whether nothing of the list can be used without it.
        newer: Whether lists of an earlier version do not have it: not told when it is missing.
    """

    label: str
    others: tuple[str, ...] = ()
    is_needed: bool = False
    newer: bool = False


@dataclass(frozen=True, slots=True)
class ListReading:
    """The list as it was found.

    Attributes:
        rows: Each with its values under our heads, and under the office's own for other columns.
        columns: Where each head stands; None where the list was refused.
        sheet: Name of its sheet.
        findings: What is wrong with it.
    """

    rows: tuple[TableRow, ...] = ()
    columns: Mapping[str, int] | None = None
    sheet: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _ListHead:
    """A row that may be the head: where our columns stand in it, where twice, and the other heads."""

    grid: Grid
    row: int
    columns: dict[str, int]
    twice: dict[str, tuple[int, int]]
    others: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, int]:
        return {**self.others, **self.columns}


def list_in(source: Source, columns: Sequence[ListColumn]) -> ListReading:
    """Find the list and its rows; see the table of the module."""
    heads = [head for grid in source.grids if (head := _head_of(grid, columns)) is not None]
    needed_labels = [column.label for column in columns if column.is_needed]
    whole = [head for head in heads if all(label in head.columns for label in needed_labels)]
    if not whole:
        return ListReading(findings=(_spoiled_list(source, heads, needed_labels),))
    head = whole[0]
    if head.twice:
        return ListReading(
            findings=tuple(
                COLUMN_TWICE.at(
                    head.grid.place(head.row, first), label=label, other=head.grid.place(head.row, second)
                )
                for label, (first, second) in head.twice.items()
            )
        )
    findings = [
        COLUMN_GONE.at(f"{head.grid.name}第{head.row + 1}行", label=column.label)
        for column in columns
        if column.label not in head.columns and not column.newer
    ]
    findings += [LIST_TWICE.at(other.grid.name, first=head.grid.name) for other in whole[1:]]
    return ListReading(tuple(_rows(head, needed_labels)), head.all, head.grid.name, tuple(findings))


def _head_of(grid: Grid, columns: Sequence[ListColumn]) -> _ListHead | None:
    """The row of a sheet that holds most of the heads, where it holds any two."""
    labels = {_plain(name): column.label for column in columns for name in (column.label, *column.others)}
    best: _ListHead | None = None
    for row in range(min(grid.height, _LIST_HEAD_WITHIN)):
        positions: dict[str, int] = {}
        twice: dict[str, tuple[int, int]] = {}
        others: dict[str, int] = {}
        for column in range(grid.width):
            text = grid.text(row, column).strip()
            label = labels.get(_plain(text))
            if label is None:
                others |= {text: column} if text else {}
            elif label in positions:
                # The head's own name is stronger than another name of it.
                exact = [
                    at for at in (positions[label], column) if _plain(grid.text(row, at)) == _plain(label)
                ]
                if len(exact) == 1:
                    positions[label] = exact[0]
                else:
                    twice[label] = (positions[label], column)
            else:
                positions[label] = column
        if len(positions) > 1 and (best is None or len(positions) > len(best.columns)):
            best = _ListHead(grid, row, positions, twice, others)
    return best


def _rows(head: _ListHead, needed_labels: Sequence[str]) -> list[TableRow]:
    grid, rows = head.grid, []
    for row in range(head.row + 1, grid.height):
        cells = {label: grid.value(row, column) for label, column in head.all.items()}
        if all(value in (None, "") for value in cells.values()):
            continue
        if all(grid.text(row, head.columns[label]).strip() == label for label in needed_labels):
            continue
        places = {label: grid.place(row, column) for label, column in head.all.items()}
        rows.append(TableRow(row, cells, places, head.all))
    return rows


def _spoiled_list(source: Source, heads: Sequence[_ListHead], needed_labels: Sequence[str]) -> Finding:
    nearest = max(heads, key=lambda head: len(head.columns), default=None)
    missing_labels = [label for label in needed_labels if nearest is None or label not in nearest.columns]
    place = source.name if nearest is None else f"{nearest.grid.name}第{nearest.row + 1}行"
    return LIST_SPOILED.at(
        place, list=source.name, labels="、".join(f"“{label}”" for label in missing_labels)
    )


_OUR_ID = re.compile(r"[A-Za-z]\d+(-\d+)?")
# What a dash of an id is typed as, also by an input method.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－ー", "-"))


def identifier(text: str) -> str:
    """An id of ours as it was minted, from what somebody typed.

    >>> identifier("ｐ１－００１ "), identifier("d 6"), identifier("P1—001")
    ('P1-001', 'D6', 'P1-001')
    """
    plain = "".join(unicodedata.normalize("NFKC", text.translate(_DASHES)).split())
    return plain.upper() if _OUR_ID.fullmatch(plain) else plain


def _plain(text: str) -> str:
    r"""A head without blanks, line breaks, stars and colons, its full-width signs made narrow.

    >>> _plain("＊ 审批\n意见："), _plain("等待（工作日）")
    ('审批意见', '等待(工作日)')
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("*:")
