"""Columns of a calendar: a head that is a month or a quarter, and what the cells below it say.

    | 序号 | 工作事项 | 责任单位 | 时间安排 | <   | <   |
    | ^    | ^        | ^        | 1月      | 2月 | 3月 |
    | 1    | 清理台账 | 综合科   | √        | √   |     |

Ticks there are the time limit: the last ticked column. Texts there (一季度目标 with a sentence below it) are
targets, hence remarks. A month or quarter written as a bare number takes its word from the head (完成月份).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.grid import Grid
from tracker.reading.tabular.rows import tight
from tracker.reading.tabular.ticks import role_of

FEWEST_PERIODS = 3
_PERIOD = re.compile(
    r"(?:^|(?<=\D))(?:(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?"
    r"|(?P<quarter>第?[一二三四1-4]季度))(?:末|底)?(?:工作)?(?:目标|计划|任务|安排|进度|要求)?$"
)
_BARE = re.compile(r"(?P<number>\d{1,2})(?:\.0)?")


def period_of(label: str) -> str:
    """The month or quarter that a head names; empty if it names none.

    >>> [period_of(each) for each in ("时间安排1月", "十二月", "二季度目标", "完成月份", "3")]
    ['1月', '十二月', '二季度', '', '']
    """
    match = _PERIOD.search(tight(label))
    if match is None:
        return ""
    return f"{match['month']}月" if match["month"] else match["quarter"]


def are_calendar(labels: Iterable[str]) -> bool:
    """Whether so many heads are months or quarters that they can only be a calendar."""
    return sum(bool(period_of(label)) for label in labels) >= FEWEST_PERIODS


def last_tick(grid: Grid, row: int, columns: Iterable[int]) -> int | None:
    """The last of the columns that a row ticks; None if it ticks none.

    A tick that is merged over several months reaches to the last of them.
    """
    last = None
    for column in sorted(columns):
        text = grid.visible_text(row, column).strip()
        if text and role_of(text, {}) is not None and grid.anchor(row, column)[0] == row:
            last = column
    return last


def with_word(text: str, label: str) -> str:
    """A bare number below 完成月份 or 完成季度 as a month or quarter; any other text as it is.

    >>> with_word("9", "完成月份"), with_word("3", "完成季度"), with_word("9月底", "完成月份"), with_word("40", "月份")
    ('9月', '3季度', '9月底', '40')
    """
    number = _BARE.fullmatch(text.strip())
    if number is None:
        return text
    if re.search("月份?$", tight(label)) and 1 <= int(number["number"]) <= 12:
        return f"{int(number['number'])}月"
    if re.search("季度?$", tight(label)) and 1 <= int(number["number"]) <= 4:
        return f"{int(number['number'])}季度"
    return text
