"""Labels beside their values: `责任单位：市甲局` in one cell, or 责任单位 in one cell and 市甲局 in the next.

Two layouts are made of them: rows that stand below a work point and say who answers for it and by when, and
cards (`cards`), one for each work point.

    >>> [(each.field.name, each.text) for each in label_values({1: "责任单位：市甲局、市乙局", 2: "完成时限：6月底"}) or ()]
    [('RESPONSIBLE', '市甲局、市乙局'), ('DEADLINE', '6月底')]
    >>> [(each.field.name, each.text) for each in label_values({1: "牵头单位", 2: "市甲局"}) or ()]
    [('LEAD', '市甲局')]
    >>> label_values({1: "责任单位：市甲局", 2: "清理台账"}) is None
    True
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.reading.plans.drafts import UNIT_FIELDS
from tracker.reading.plans.drafts import Field
from tracker.reading.running.statements import at_end
from tracker.reading.running.statements import is_idle_label
from tracker.reading.tabular import heads

_BESIDE_VALUE = (*UNIT_FIELDS, Field.DEADLINE, Field.FREQUENCY, Field.PERSON)


@dataclass(frozen=True, slots=True)
class LabelValue:
    """A value with its label.

    Attributes:
        field: What the label makes of it.
        header: The label as written.
        text: The value.
        column: Where the value stands.
    """

    field: Field
    header: str
    text: str
    column: int


def is_label(text: str) -> bool:
    """Whether a cell is a label rather than a value.

    >>> is_label("办结时限"), is_label("2026年度"), is_label("清理台账")
    (True, False, False)
    """
    return heads.field_of(text) is not None and heads.is_pure(text) and not re.search(r"\d", text)


def label_values(row_cells: Mapping[int, str]) -> tuple[LabelValue, ...] | None:
    """What the cells of a row say, if all of them are labels with values that say who answers or by when.

    None for any other row, and for one that names nobody and no time.
    """
    values: list[LabelValue] = []
    columns = sorted(row_cells)
    while columns:
        column = columns.pop(0)
        text = row_cells[column].strip()
        cut = at_end(text)
        if (not cut.text.strip() and any(statement.header for statement in cut.statements)) or (
            not cut.text and cut.deadline
        ):
            values += [
                LabelValue(statement.field, statement.header, statement.text, column)
                for statement in cut.statements
            ]
            if cut.deadline:
                values.append(LabelValue(Field.DEADLINE, "", cut.deadline, column))
        elif is_idle_label(text):
            continue
        elif is_label(text) and heads.field_of(text) in _BESIDE_VALUE:
            if columns and not is_label(row_cells[columns[0]]):
                field = heads.field_of(text) or Field.REMARK
                values.append(LabelValue(field, text, row_cells[columns[0]].strip(), columns.pop(0)))
        else:
            return None
    useful_values = [value for value in values if value.field in (*UNIT_FIELDS, Field.DEADLINE)]
    return tuple(useful_values) or None
