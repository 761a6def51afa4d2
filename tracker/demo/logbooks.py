"""What the sample office types into its logbooks, by day: `workbooks/<field>/logbooks.txt`.

    [5-18 台账 时限事项 时限事项]                    day, folder, workbook, sheet
    单位=市司法局｜适用规则=R05｜起算时间=2026-04-10   a row below the last one
    编号=W1｜整改情况=已补齐                          cells of the row that has this in the first of its cells named

A logbook of the office's own is declared likewise, in the two sheets of 登记簿目录.xlsx.

    >>> days = read_days('''
    ... [5-18 台账 时限事项 时限事项]
    ... 单位=市司法局｜适用规则=R05
    ... ''')
    >>> days[(5, 18)][0].rows
    ({'单位': '市司法局', '适用规则': 'R05'},)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracker import patterns as re
from tracker.files.folders import OfficeFolder
from tracker.files.guard import open_source
from tracker.formats.patch import Append, Edit, patch
from tracker.grid import Grid, Value
from tracker.reading.answers import find_head, rows_of
from tracker.values import dataclass

_SECTION = re.compile(r"\[(\d{1,2})-(\d{1,2}) (\S+) (\S+) (\S+)\]")


@dataclass(frozen=True, slots=True)
class LogbookEntry:
    """What is typed into a sheet on a day: cells by label, row after row."""

    folder: str
    book: str
    sheet: str
    rows: tuple[Mapping[str, str], ...]


def read_days(text: str) -> dict[tuple[int, int], tuple[LogbookEntry, ...]]:
    """What is typed, by month and day."""
    days: dict[tuple[int, int], tuple[LogbookEntry, ...]] = {}
    for match, lines in _sections(text):
        rows = tuple(dict(part.split("=", 1) for part in line.split("｜")) for line in lines)
        day = int(match[1]), int(match[2])
        days[day] = (*days.get(day, ()), LogbookEntry(match[3], match[4], match[5], rows))
    return days


def _sections(text: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    section: tuple[re.Match[str], list[str]] | None = None
    for line in filter(None, map(str.strip, text.splitlines())):
        if match := _SECTION.fullmatch(line):
            if section is not None:
                yield section
            section = match, []
        elif section is not None and not line.startswith("#"):
            section[1].append(line)
    if section is not None:
        yield section


def type_in(office: OfficeFolder, entry: LogbookEntry) -> None:
    """Type rows into a workbook of the office."""
    path = office.path(entry.folder, f"{entry.book}.xlsx")
    (grid,) = (grid for grid in open_source(path).grids if grid.name == entry.sheet)
    edits: list[Edit] = []
    lines: list[tuple[Value, ...]] = []
    for cells in entry.rows:
        key, value = next(iter(cells.items()))
        row = next((row for row in rows_of(grid, (key,)) if row.text(key) == value), None)
        if row is not None and key in _KEYS:
            edits += [Edit(grid.name, row.row, row.columns[label], text) for label, text in cells.items()]
        else:
            lines.append(_line(grid, cells))
    appends = [Append(grid.name, tuple(lines), like=None)] if lines else []
    path.write_bytes(patch(path.read_bytes(), edits, appends))


# What tells a row of its sheet from all others.
_KEYS = ("编号", "登记簿")


def _line(grid: Grid, cells: Mapping[str, str]) -> tuple[Value, ...]:
    head = find_head(grid, tuple(cells))
    assert head is not None, f"{grid.name} lacks one of {', '.join(cells)}"
    line: list[Value] = [None] * (max(head[1].values()) + 1)
    for label, text in cells.items():
        line[head[1][label]] = text
    return tuple(line)
