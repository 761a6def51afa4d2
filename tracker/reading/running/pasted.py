"""Tables that are not sheets: rows of a text divided by tabs or by `|`.

    序号<tab>任务<tab>责任单位          a row of a spreadsheet pasted into a text
    | 1 | 开展普查 | 市统计局 |         a row of Markdown
    序号   任务      责任单位           columns kept apart by blanks, under a head

Each becomes a grid whose cells keep the address that they have in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.grid import Grid
from tracker.grid import Notation
from tracker.grid import Paragraph
from tracker.reading.tabular import heads

_RULE = re.compile(r"^\|?[\s:|\-–—+=]+\|?$")
_FEWEST_COLUMNS = 3
# An ideographic blank is as wide as two.
_STRETCH = re.compile(r"[^ \u3000\xa0]+(?:[ \xa0][^ \u3000\xa0]+)*")


@dataclass(frozen=True)
class PlacedGrid(Grid):
    """A grid whose cells stand elsewhere in the file.

    Attributes:
        places: The address of every cell, row by row.
    """

    places: tuple[tuple[str, ...], ...] = ()

    def place(self, row: int, column: int) -> str:
        """The address in the file."""
        if 0 <= row < len(self.places) and 0 <= column < len(self.places[row]):
            return self.places[row][column]
        return ""


def rows_in(paragraphs: Sequence[Paragraph]) -> tuple[PlacedGrid, list[Paragraph], list[Paragraph]] | None:
    r"""The rows among the lines of a text as one grid, the lines before it and those after; None for no table.

    >>> lines = [Paragraph("清单", "L1"), Paragraph("任务\t单位\t时限", "L2"), Paragraph("普查\t统计局\t6月", "L3")]
    >>> grid, before, after = rows_in(lines)
    >>> grid.text(1, 1), grid.place(1, 1), [line.text for line in before], after
    ('统计局', 'L3', ['清单'], [])
    """
    split = [_cells(paragraph.text) for paragraph in paragraphs]
    if not any(split):
        split = _aligned([paragraph.text for paragraph in paragraphs])
    table = [position for position, row in enumerate(split) if len(row) >= _FEWEST_COLUMNS]
    if len(table) < 2:
        return None
    first, last = table[0], table[-1]
    width = max(len(split[position]) for position in table)
    rows: list[tuple[str | None, ...]] = []
    places: list[tuple[str, ...]] = []
    for paragraph, row in zip(paragraphs[first : last + 1], split[first : last + 1], strict=True):
        text = paragraph.text.strip()
        if not text or _RULE.match(text):
            continue
        cells = row or [text]
        rows.append(tuple((cell.strip() or None) for cell in [*cells, *[""] * (width - len(cells))][:width]))
        places.append((paragraph.place,) * width)
    grid = PlacedGrid("", tuple(rows), notation=Notation.BARE, places=tuple(places))
    return grid, list(paragraphs[:first]), list(paragraphs[last + 1 :])


def _cells(text: str) -> list[str]:
    if "\t" in text.strip():
        return text.rstrip("\r\n").split("\t")
    bare = text.strip()
    if bare.startswith("|") and bare.count("|") > 2 and not _RULE.match(bare):
        return bare.strip("|").split("|")
    return []


def _aligned(texts: Sequence[str]) -> list[list[str]]:
    """The cells of lines whose columns are kept apart by two blanks or more, each under the nearest cell of the head.

    >>> _aligned(["序号  任务      责任单位", "1     修渠十条  水利局", "2               农业局"])
    [['序号', '任务', '责任单位'], ['1', '修渠十条', '水利局'], ['2', '', '农业局']]
    """
    split: list[list[str]] = []
    starts: list[int] = []
    for text in texts:
        stretches = _stretches(text)
        if (
            not starts
            and len(stretches) >= _FEWEST_COLUMNS
            and heads.is_head(dict(enumerate(stretches.values())))
        ):
            starts = list(stretches)
            split.append(list(stretches.values()))
        elif starts and len(stretches) > 1:
            exact = len(stretches) == len(starts)
            row = list(stretches.values()) if exact else [""] * len(starts)
            for at, cell in () if exact else stretches.items():
                nearest = min(range(len(starts)), key=lambda column: abs(starts[column] - at))
                row[nearest] = f"{row[nearest]} {cell}".strip()
            split.append(row)
        else:
            split.append([])
    return split


def _stretches(text: str) -> dict[int, str]:
    """Stretches of a line without two blanks in them, by where they begin on a screen (a Han character takes two)."""
    wide = [2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text]
    return {sum(wide[: match.start()]): match.group() for match in _STRETCH.finditer(text)}
