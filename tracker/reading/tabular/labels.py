"""Labels beside their values: `责任单位：市甲局` in one cell, or 责任单位 in one cell and 市甲局 in the next.

Two layouts are made of them: rows that stand below a work point and say who answers for it and by when, and
cards (`cards`), one for each work point.

    >>> [(each.field.name, each.text) for each in labelled({1: "责任单位：市甲局、市乙局", 2: "完成时限：6月底"}) or ()]
    [('RESPONSIBLE', '市甲局、市乙局'), ('DEADLINE', '6月底')]
    >>> [(each.field.name, each.text) for each in labelled({1: "牵头单位", 2: "市甲局"}) or ()]
    [('LEAD', '市甲局')]
    >>> labelled({1: "责任单位：市甲局", 2: "清理台账"}) is None
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
class Labelled:
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
    return heads.meaning(text) is not None and heads.is_pure(text) and not re.search(r"\d", text)


def labelled(own: Mapping[int, str]) -> tuple[Labelled, ...] | None:
    """What the cells of a row say, if all of them are labels with values that say who answers or by when.

    None for any other row, and for one that names nobody and no time.
    """
    found: list[Labelled] = []
    columns = sorted(own)
    while columns:
        column = columns.pop(0)
        text = own[column].strip()
        cut = at_end(text)
        if (not cut.text.strip() and any(each.header for each in cut.said)) or (
            not cut.text and cut.deadline
        ):
            found += [Labelled(each.field, each.header, each.text, column) for each in cut.said]
            if cut.deadline:
                found.append(Labelled(Field.DEADLINE, "", cut.deadline, column))
        elif is_idle_label(text):
            continue
        elif is_label(text) and heads.meaning(text) in _BESIDE_VALUE:
            if columns and not is_label(own[columns[0]]):
                field = heads.meaning(text) or Field.REMARK
                found.append(Labelled(field, text, own[columns[0]].strip(), columns.pop(0)))
        else:
            return None
    told = [each for each in found if each.field in (*UNIT_FIELDS, Field.DEADLINE)]
    return tuple(told) or None
