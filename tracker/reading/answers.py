r"""What units write in the cells of a form: by the kind of its column, and several departments under one unit.

What is taken and what is refused at its cell stands in `formats.books.returns`.

**Several departments or towns under one unit**: their texts stand under each other, each under its name.

Nobody's words are put into anybody else's: one person of the office (or of the unit) makes one text of them. A
choice or a day cannot be stacked; where the departments differ, nobody can say which holds.

    >>> text = stack({"教育科": "开了两次会", "卫生科": "印发通知"})
    >>> text
    '【教育科】开了两次会\n【卫生科】印发通知'
    >>> with_block(text, "教育科", "开了三次会", among={"卫生科"})
    '【教育科】开了三次会\n【卫生科】印发通知'
    >>> with_block(text, "民政科", "走访完毕", among={"卫生科", "教育科"}).splitlines()[-1]
    '【民政科】走访完毕'
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from tracker.choices import plain_word, read_choice
from tracker.columns import TICK, Column, ColumnKind
from tracker.days import last_day_of, read_day
from tracker.grid import ErrorValue, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.returns import (
    BAD_CHOICE,
    BAD_DAY,
    ERROR_CELL,
    NO_VALUE,
    PICTURE_ANSWER,
    READ_AS,
    SPOILED_NUMBER,
    TOO_LONG,
)

# What a tick behind a task most likely means; a person agrees to it or not.
DONE = "已完成"
# Not ticked, in a column of ticks.
_NO_TICK, _DASHES = "否", ("/", "-", "—", "——")
# Text that a spreadsheet shows instead of a value, and that somebody copied as text.
_SHOWN_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|#{3,}")
_SHOWN_FIGURE = re.compile(r"[-+]?\d(?:\.\d+)?[Ee]\+\d{2,3}")
_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.I)
# A mobile number, or one of a town without its area code: no zero can have been lost before the first digit.
_WHOLE_NUMBER = re.compile(r"1[3-9]\d{9}|[2-9]\d{6,7}|1\d{2,4}|400\d{7}")


class DayLimits(NamedTuple):
    """Between which days a unit can have finished: the first of the plan's year, and the day on which the return came."""

    first: dt.date | None = None
    last: dt.date | None = None


ANY_DAY = DayLimits()


class CellReading(NamedTuple):
    """An answer: its text, and, where it may not be used, why, and what a person may agree to instead."""

    text: str
    refusal: str = ""
    findings: tuple[Finding, ...] = ()
    candidate: str = ""


_EMPTY = CellReading("")


def read_cell(
    column: Column,
    value: Value,
    place: str,
    has_formula_value: bool | None = None,
    *,
    limit: int = 0,
    days: DayLimits = ANY_DAY,
) -> CellReading:
    """Take what a cell says.

    Args:
        column: Its column.
        value: What the reader found.
        place: Where.
        has_formula_value: None for no formula, else whether the formula had a value.
        limit: The longest text that fits where the office set it; 0 is the column's own.
        days: Between which days a day may lie.
    """
    if value is None and has_formula_value is not False:
        return _EMPTY
    text = as_text(value)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if has_formula_value is False and not text:
        return CellReading("", "公式没有计算结果", (NO_VALUE.at(place, label=column.label),))
    plain = text.strip()
    if not plain:
        return _EMPTY
    if isinstance(value, ErrorValue) or (plain[0] == "#" and _SHOWN_ERROR.fullmatch(plain)):
        return CellReading(text, "错误值", (ERROR_CELL.at(place, label=column.label, text=plain),))
    if plain[0] in "=_Dd" and _PICTURE.match(plain):
        finding = PICTURE_ANSWER.at(place, label=column.label)
        return (
            _EMPTY._replace(findings=(finding,))
            if column.name == "evidence"
            else CellReading("", "图片", (finding,))
        )
    if column.kind is ColumnKind.CHOICE:
        return _choice(column, text, place)
    if column.kind is ColumnKind.TICK:
        return _tick(column, text, place)
    if column.kind is ColumnKind.DATE:
        return _day(column, value, text, place, days)
    if column.kind is ColumnKind.TELEPHONE and _WHOLE_NUMBER.fullmatch(text):
        return CellReading(text)
    if not isinstance(value, str) or _SHOWN_FIGURE.fullmatch(plain):
        kind_name = (
            "数字"
            if isinstance(value, (int, float, str)) and not isinstance(value, bool)
            else "日期、时间或逻辑值"
        )
        finding = SPOILED_NUMBER.at(place, label=column.label, what=kind_name, text=text)
        return CellReading(text, f"文字变成了{kind_name}", (finding,))
    limit = limit or column.limit
    if limit and len(plain) > limit:
        finding = TOO_LONG.at(place, label=column.label, length=len(plain), limit=limit)
        return CellReading(text, findings=(finding,))
    return CellReading(text)


def _choice(column: Column, text: str, place: str) -> CellReading:
    word = read_choice(text, column.choices)
    if not word:
        words = "、".join(column.choices)
        finding = BAD_CHOICE.at(place, label=column.label, text=text, allowed=words)
        is_tick = read_choice(text, (TICK, _NO_TICK)) == TICK and DONE in column.choices
        return CellReading(text, "不在可选范围内", (finding,), DONE if is_tick else "")
    if word == text or word == plain_word(text):
        return CellReading(word)
    return CellReading(word, findings=(READ_AS.at(place, label=column.label, text=text, word=word),))


def _tick(column: Column, text: str, place: str) -> CellReading:
    word = read_choice(text, (TICK, _NO_TICK))
    if word == _NO_TICK or plain_word(text) in _DASHES:
        return CellReading("")
    return CellReading(TICK) if word else _choice(column, text, place)


def _day(column: Column, value: Value, text: str, place: str, days: DayLimits) -> CellReading:
    day, note, doubt = read_day(value, days.last)
    if day is None:
        finding = BAD_DAY.at(place, label=column.label, text=text, why=doubt)
        month_end = last_day_of(value)
        return CellReading(text, doubt, (finding,), month_end.isoformat() if month_end else "")
    why = (
        f"晚于收到报表的日期（{days.last}）"
        if days.last is not None and day > days.last
        else f"早于方案年度（{days.first.year}年）"
        if days.first is not None and day < days.first
        else ""
    )
    if why:
        finding = BAD_DAY.at(place, label=column.label, text=text, why=why)
        return CellReading(day.isoformat(), why, (finding,), day.isoformat())
    findings = (READ_AS.at(place, label=column.label, text=text, word=f"{day}（{note}）"),) if note else ()
    return CellReading(day.isoformat(), findings=findings)


def can_stack(column: Column) -> bool:
    """Whether texts of this column may stand under each other."""
    return column.kind in (ColumnKind.TEXT, ColumnKind.LONG, ColumnKind.TELEPHONE)


def combined(column: Column, parts: Mapping[str, str]) -> tuple[str, bool]:
    """One answer made of those of several departments, and whether they contradict each other."""
    texts = {part: text for part, text in parts.items() if text.strip()}
    different = list(dict.fromkeys(texts.values()))
    if can_stack(column):
        return (stack(texts) if len(parts) > 1 else "".join(different)), False
    return (different[0] if different else ""), len(different) > 1


def stack(parts: Mapping[str, str]) -> str:
    """Each text under the name of its department."""
    return "\n".join(f"{_head(part)}{text}" for part, text in parts.items())


def with_block(text: str, part: str, words: str, *, among: Collection[str]) -> str:
    """A stacked text with the words of one department replaced, or added below the last.

    Args:
        text: As it stands.
        part: Whose words.
        words: What it says now; empty takes its block away.
        among: The other departments that may have a block.
    """
    heads = tuple(_head(other) for other in among if other != part)
    lines: list[str] = []
    inside, is_placed = False, False
    block = [f"{_head(part)}{words}"] if words.strip() else []
    for line in text.split("\n") if text else []:
        if line.startswith(_head(part)):
            inside = True
            lines += [] if is_placed else block
            is_placed = True
        elif inside and not line.startswith(heads):
            continue
        else:
            inside = False
            lines.append(line)
    return "\n".join(lines if is_placed else [*lines, *block])


def own_block(text: str, part: str, *, among: Collection[str]) -> str:
    r"""The words of one department out of a stacked text; a text without its head is all its own.

    >>> own_block("【教育科】甲\n再写一行\n【卫生科】乙", "教育科", among={"卫生科"})
    '甲\n再写一行'
    """
    heads = tuple(_head(other) for other in among if other != part)
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith(_head(part))), None)
    if start is None:
        return text
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith(heads)), len(lines))
    return "\n".join(lines[start:end]).removeprefix(_head(part))


def _head(part: str) -> str:
    return f"【{part}】"
