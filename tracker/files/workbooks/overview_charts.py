"""The native charts of the sheet 一页看板, over a sheet of numbers; each class has a pattern beside its colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tracker.files.workbooks import ink
from tracker.rules.board.bars import Bar
from tracker.rules.board.bars import BarClass
from tracker.rules.board.bars import BarLine
from tracker.rules.board.months import Timeline
from tracker.rules.board.onepage import OnePage

# Class -> pattern, as Excel names them, and its second colour; a class without one is plain.
_WHITE = "#FFFFFF"
_PATTERNS = {
    "continuing": ("light_downward_diagonal", _WHITE),
    "in_progress": ("wide_upward_diagonal", _WHITE),
    "lagging": ("large_grid", _WHITE),
    "not_started": ("dashed_horizontal", _WHITE),
    "unreported": ("dotted_diamond", _WHITE),
    "overdue": ("wide_downward_diagonal", "#7F0000"),
    "running": ("light_upward_diagonal", _WHITE),
    "past": ("light_downward_diagonal", _WHITE),
}


def fill_of(part: BarClass | Bar) -> dict[str, Any]:
    """How a piece of a chart is filled: in its colour, with the pattern of its class."""
    if part.code not in _PATTERNS:
        return {"fill": {"color": part.colour}}
    pattern, second = _PATTERNS[part.code]
    return {"pattern": {"pattern": pattern, "fg_color": second, "bg_color": part.colour}}


class Numbers:
    """The sheet of numbers behind the charts: one block of rows after the other."""

    def __init__(self, book: Any, page: Any, name: str) -> None:
        self._page, self.name, self._row = page, name, 0
        self._cell = book.add_format(ink.FONT)
        page.set_column(0, 0, 34)

    def block(self, rows: Sequence[Sequence[str | int]]) -> int:
        """Write a block; the number of its first row."""
        first = self._row
        for row in rows:
            for column, value in enumerate(row):
                if isinstance(value, int):
                    self._page.write_number(self._row, column, value, self._cell)
                else:
                    self._page.write_string(self._row, column, value, self._cell)
            self._row += 1
        self._row += 1
        return first


def doughnut_chart(book: Any, data: Numbers, sheet: OnePage) -> Any:
    """The classes of all items, each with its number and share."""
    rows = [(f"{part.word} {part.n}项（{part.share}%）", part.n) for part in sheet.whole]
    first = data.block([("完成情况", "项数"), *rows]) + 1
    last = first + len(rows) - 1
    chart = book.add_chart({"type": "doughnut"})
    chart.add_series(
        {
            "name": "完成情况",
            "categories": [data.name, first, 0, last, 0],
            "values": [data.name, first, 1, last, 1],
            "points": [{**fill_of(part), "border": {"color": "white"}} for part in sheet.whole],
        }
    )
    chart.set_hole_size(52)
    chart.set_legend({"position": "right", "font": {"size": 10}})
    _plain(chart, (350, 236))
    return chart


def stacked_chart(
    book: Any,
    data: Numbers,
    lines: Sequence[BarLine],
    classes: Sequence[BarClass],
    kind: str,
    size: tuple[int, int],
) -> Any:
    """A bar (or column) for each line, of a piece for each class that anything is in."""
    present = [part for part in classes if any(line.count(part.code) for line in lines)]
    rows: list[list[str | int]] = [
        [_line_name(line, kind), *(line.count(part.code) for part in present)] for line in lines
    ]
    first = data.block([["", *(part.word for part in present)], *rows]) + 1
    last = first + len(rows) - 1
    chart = book.add_chart({"type": kind, "subtype": "stacked"})
    for column, part in enumerate(present, start=1):
        chart.add_series(
            {
                "name": [data.name, first - 1, column],
                "categories": [data.name, first, 0, last, 0],
                "values": [data.name, first, column, last, column],
                "border": {"color": "white"},
                "gap": 60,
                **fill_of(part),
            }
        )
    across, up = (
        (chart.set_y_axis, chart.set_x_axis) if kind == "bar" else (chart.set_x_axis, chart.set_y_axis)
    )
    across({"reverse": kind == "bar", "num_font": {"size": 9}, "major_tick_mark": "none"})
    up({"visible": kind != "bar", "num_font": {"size": 9}, "num_format": "0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E5E8EB"}}})  # fmt: skip
    chart.set_legend({"position": "bottom", "font": {"size": 10}})
    _plain(chart, size)
    return chart


def short_names(timeline: Timeline) -> tuple[BarLine, ...]:
    """The months with names that fit below their bars: the year where it begins, and which one is today's."""
    months = []
    for number, line in enumerate(timeline.months):
        year, month = line.key.split("-")
        name = f"{int(month)}月" if number and month != "01" else f"{year}年{int(month)}月"
        now = number < timeline.today <= number + 1
        months.append(replace(line, name=f"{name}（本月）" if now else name))
    return tuple(months)


def _line_name(line: BarLine, kind: str) -> str:
    if kind == "bar":
        return f"{line.name} {line.done}/{line.n}"
    return line.name


def _plain(chart: Any, size: tuple[int, int]) -> None:
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": size[0], "height": size[1]})
