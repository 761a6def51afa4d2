"""The head of a 填报表, wherever it stands: which of its columns are ours, and which name a unit or a department.

A table that covers many units has a column that names the unit of each row; where several departments or towns
answer under one unit, a column names the department. Both are told by their labels, `UNIT_LABELS` and
`PART_LABELS`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.columns import Column
from tracker.columns import Owner
from tracker.columns import Sheet
from tracker.columns import on
from tracker.grid import Grid

_BLANKS = re.compile(r"\s+")
_HEAD_WITHIN = 60
COLUMNS = on(Sheet.FORM)


def plain(text: str) -> str:
    r"""A text for comparing only: full-width forms unified, every blank gone.

    >>> plain(" Ｐ１-001\n") == plain("P1-001")
    True
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


BY_LABEL: Mapping[str, Column] = {plain(column.label): column for column in COLUMNS}
UNIT_LABELS = frozenset(
    plain(label) for label in ("责任单位", "填报单位", "报送单位", "承办单位", "单位", "单位名称")
)
PART_LABELS = frozenset(
    plain(label)
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
class Head:
    """The head of a form's table.

    Attributes:
        row: Its row.
        columns: What each column is: one of ours, or a label of somebody's own.
    """

    row: int
    columns: Mapping[int, Column | str]

    def known(self) -> dict[int, Column]:
        """Our columns."""
        return {number: each for number, each in self.columns.items() if isinstance(each, Column)}

    def labelled(self, labels: frozenset[str]) -> int | None:
        """The first column with one of these labels."""
        for number, each in self.columns.items():
            if isinstance(each, str) and plain(each) in labels:
                return number
        return None


def head_of(grid: Grid) -> Head | None:
    """The head of a form's table; None where there is no form."""
    for row in range(min(grid.height, _HEAD_WITHIN)):
        columns: dict[int, Column | str] = {}
        for number in range(grid.width):
            text = grid.text(row, number)
            if text.strip():
                columns[number] = BY_LABEL.get(plain(text), text.strip())
        if is_head(columns):
            return Head(row, columns)
    return None


def is_head(columns: Mapping[int, Column | str]) -> bool:
    """Whether these labels are the head of a form: an answer and an identity among them, or three answers."""
    known = {each.name: each for each in columns.values() if isinstance(each, Column)}
    answers = sum(each.owner is Owner.UNIT for each in known.values())
    return (answers >= 1 and ("id" in known or "requirement" in known) and len(known) >= 3) or answers >= 3
