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
FORM_COLUMNS = on(Sheet.FORM)


def plain_text(text: str) -> str:
    r"""A text for comparing only: full-width forms unified, every blank gone.

    >>> plain_text(" Ｐ１-001\n") == plain_text("P1-001")
    True
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


BY_LABEL: Mapping[str, Column] = {plain_text(column.label): column for column in FORM_COLUMNS}
UNIT_LABELS = frozenset(
    plain_text(label) for label in ("责任单位", "填报单位", "报送单位", "承办单位", "单位", "单位名称")
)
PART_LABELS = frozenset(
    plain_text(label)
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
            if isinstance(column, str) and plain_text(column) in labels:
                return number
        return None


def head_of(grid: Grid) -> FormHead | None:
    """The head of a form's table; None where there is no form."""
    for row in range(min(grid.height, _HEAD_WITHIN)):
        columns: dict[int, Column | str] = {}
        for number in range(grid.width):
            text = grid.text(row, number)
            if text.strip():
                columns[number] = BY_LABEL.get(plain_text(text), text.strip())
        if is_head(columns):
            return FormHead(row, columns)
    return None


def is_head(columns: Mapping[int, Column | str]) -> bool:
    """Whether these labels are the head of a form: an answer and an identity among them, or three answers."""
    by_name = {column.name: column for column in columns.values() if isinstance(column, Column)}
    answer_count = sum(column.owner is Owner.UNIT for column in by_name.values())
    return (
        answer_count >= 1 and ("id" in by_name or "requirement" in by_name) and len(by_name) >= 3
    ) or answer_count >= 3
