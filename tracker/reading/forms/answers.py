"""What one answer cell says, by the kind of its column; the table stands in `reading.forms.form`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from tracker.columns import TICK
from tracker.columns import Column
from tracker.columns import ColumnKind
from tracker.grid import ErrorValue
from tracker.grid import Value
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems import returns

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
# Ways to tick and not to tick that people have.
_YES = frozenset((TICK, "√", "✓", "✔", "☑", "Y", "TRUE", "1"))
_NO = frozenset(("否", "×", "✗", "☐", "N", "FALSE", "0", "/", "-", "无"))
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class CellReading:
    """An answer: its text, and, where it may not be used, why."""

    text: str
    refusal: str = ""
    findings: tuple[Finding, ...] = ()


def read_cell(
    column: Column, value: Value, place: str, has_formula_value: bool | None = None, *, limit: int = 0
) -> CellReading:
    """Take what a cell says.

    Args:
        column: Its column.
        value: What the reader found.
        place: Where.
        has_formula_value: None for no formula, else whether the formula had a value.
        limit: The longest text that fits where the office set it; 0 is the column's own.
    """
    text = as_text(value).replace("\r\n", "\n").replace("\r", "\n")
    if has_formula_value is False and not text:
        return CellReading("", "公式没有计算结果", (returns.NO_VALUE.at(place, label=column.label),))
    if value is None or not text.strip():
        return CellReading("")
    if isinstance(value, ErrorValue):
        return CellReading(text, "错误值", (returns.ERROR_CELL.at(place, label=column.label, text=text),))
    if column.kind is ColumnKind.CHOICE:
        return _choice(column, text, place)
    if column.kind is ColumnKind.TICK:
        return _tick(column, text, place)
    if column.kind is ColumnKind.DATE:
        return _day(column, value, text, place)
    if not isinstance(value, str):
        kind_name = (
            "数字"
            if isinstance(value, (int, float)) and not isinstance(value, bool)
            else "日期、时间或逻辑值"
        )
        finding = returns.SPOILED_NUMBER.at(place, label=column.label, what=kind_name, text=text)
        return CellReading(text, f"文字变成了{kind_name}", (finding,))
    limit = limit or column.limit
    if limit and len(text.strip()) > limit:
        finding = returns.TOO_LONG.at(place, label=column.label, length=len(text.strip()), limit=limit)
        return CellReading(text, findings=(finding,))
    return CellReading(text)


def _choice(column: Column, text: str, place: str) -> CellReading:
    word = "".join(unicodedata.normalize("NFKC", text).split())
    if word in column.choices:
        return CellReading(word)
    words = "、".join(column.choices)
    finding = returns.BAD_CHOICE.at(place, label=column.label, text=text, allowed=words)
    return CellReading(text, "不在可选范围内", (finding,))


def _tick(column: Column, text: str, place: str) -> CellReading:
    word = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if word in _NO:
        return CellReading("")
    return CellReading(TICK) if word in _YES else _choice(column, text, place)


def _day(column: Column, value: Value, text: str, place: str) -> CellReading:
    day = as_date(value)
    if day is not None and day.year in _YEARS:
        return CellReading(day.isoformat())
    return CellReading(text, "认不出日期", (returns.BAD_DAY.at(place, label=column.label, text=text),))


def as_date(value: Value) -> dt.date | None:
    """The day that a cell means; None where it means none for certain.

    >>> as_date("2026年6月3日"), as_date("2026.6.3"), as_date("6月底"), as_date("2026-02-30")
    (datetime.date(2026, 6, 3), datetime.date(2026, 6, 3), None, None)
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        return None
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", value).strip())
    if not match:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
