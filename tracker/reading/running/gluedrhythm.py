"""Rows whose cells had run together below a head that was not pasted, told by a rhythm that cannot be an accident.

    …。（市甲局负责汇总）市甲局市乙局、市丙局2026年9月…。市丁局各有关部门2026年6月…      units and a date, thrice at least
    35.完善机制 省直各部门，各设区市办好公报。36.加快电子化 各设区市优化界面。          number, task, blank, units, text

Every row must follow it, and rows must have run together on one line; else it is prose. A text whose subjects are
asked for something (各单位要高度重视) is prose as well.
"""

from __future__ import annotations

import itertools
import re

from tracker.reading.plans.drafts import Field
from tracker.reading.running.gluedcells import cut_cells
from tracker.reading.running.gluedhead import GluedHead
from tracker.reading.running.gluedrows import GluedRow
from tracker.reading.running.gluedrows import cut_rows

_DATE = re.compile(r"20\d\d年(?:1[0-2]|[1-9])月(?:底|末|(?:[12]\d|3[01]|[1-9])日)?前?")
_FEWEST_DATES = 3
_FEWEST_NUMBERS = 2
_LONGEST_RHYTHM_ROW = 1200
_REQUEST = re.compile(r"[要应须将可需请能在对就按]|必须|负责|结合|根据|加大|认真|切实|进一步|积极|严格")
# A short task, a blank, and what begins with a name.
_TASK_FIRST = re.compile(r"[^，。；：、 \n]{4,30} ")


def find_rhythm(text: str) -> tuple[GluedHead, list[GluedRow]] | None:
    """The columns and rows of a text without a head; None if it has no such rhythm."""
    if (rows := _by_dates(text)) is not None:
        return GluedHead(0, 0, (), (Field.REQUIREMENT, Field.RESPONSIBLE, Field.DEADLINE)), rows
    if (rows := _by_numbers(text)) is not None:
        return GluedHead(0, 0, (), (Field.TASK, Field.RESPONSIBLE, Field.REQUIREMENT)), rows
    return None


def _by_dates(text: str) -> list[GluedRow] | None:
    """Rows that each end in units and a date."""
    rows: list[GluedRow] = []
    start = 0
    for date in _DATE.finditer(text):
        if date.end() - start > _LONGEST_RHYTHM_ROW:
            return None
        segment = text[start : date.end()]
        if "\n" in segment.strip() or "。" not in segment:
            continue
        cells = cut_cells(segment, columns=1, ends_row=True, has_time=True)
        if cells is not None and cells.time == date[0] and len(cells.before) > 10:
            rows.append(GluedRow(start, date.end(), ""))
            start = date.end()
    over = len(text[start:].strip()) > 20
    return None if over or len(rows) < _FEWEST_DATES else rows


def _by_numbers(text: str) -> list[GluedRow] | None:
    """Numbered rows that each have a task, a blank, units and a text, two of them on one line at least."""
    rows = cut_rows(text, 0)
    if len(rows) < _FEWEST_NUMBERS or all(
        "\n" in text[a.start : b.start] for a, b in itertools.pairwise(rows)
    ):
        return None
    for row in rows:
        inside = text[row.start : row.end].lstrip()
        if not _TASK_FIRST.match(inside):
            return None
        cells = cut_cells(inside, columns=1, ends_row=False)
        if cells is None or " " in cells.before or _REQUEST.match(cells.behind):
            return None
    return rows
