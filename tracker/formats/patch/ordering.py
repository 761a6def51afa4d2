"""Putting the rows of a sheet into another order: each moves whole, with its formats, height and what people wrote in it.

Only the numbers of rows and the addresses of their cells change. What stands at fixed places of the sheet, or counts by
them, would point at the wrong row afterwards; with it the order is refused:

    formulas anywhere in the workbook       a table of Excel, a merge in one of the rows
    comments, pictures, links of the sheet  a drop-down that holds for some of the rows only

Conditional formats look at what stands in the cells and stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker import patterns as re
from tracker.formats.patch.spans import Malformed, Node, Splices, check
from tracker.formats.patch.workbook import Package, Workbook
from tracker.formats.patch.worksheet import Worksheet, areas, has_formula
from tracker.problems.files import CannotPatch

_NUMBER = re.compile(rb"""(<(?:[\w.-]+:)?(?:row|c)\b[^<>]*?\sr=["'])([A-Z]*)\d+(?=["'])""")
_OPENING = re.compile(rb"<(?:[\w.-]+:)?(?:row|c)\b")
# Elements of a sheet whose children name the ranges that they hold for.
_RANGES = ("dataValidations", "mergeCells", "protectedRanges", "hyperlinks")
# What a sheet points at and may have however its rows are ordered.
_HARMLESS = frozenset({"printerSettings"})


def order_rows(data: bytes, sheet: str, rows: Sequence[int], *, name: str = "") -> bytes:
    """The workbook with a block of rows of a sheet in another order.

    Args:
        data: The workbook.
        sheet: Name of the sheet.
        rows: The rows of the block (0-based), none left out, as they are to follow each other.
        name: The file's, for refusals.

    Raises:
        CannotPatch: It cannot be done without harm.
    """
    places = list(range(min(rows), max(rows) + 1))
    try:
        book = Workbook(Package(data))
        part = book.worksheet_part(sheet)
        page = Worksheet(book.package.part(part))
        if any(has_formula(book.package.part(other)) for other in book.worksheet_parts()):
            raise Malformed("工作簿里有公式，不能移动行")
        if any(relation.kind not in _HARMLESS for relation in book.package.relations(part)):
            raise Malformed("表中有批注、图片、链接或表格，不能移动行")
        if any(_splits(node, places) for node in page.root.children if node.local in _RANGES):
            raise Malformed("有的行另有合并或下拉框，不能移动行")
        changes = Splices(page.part)
        block = [row for place in places if (row := page.row(place)) is not None]
        moved = (
            _renumbered(page.part[row.start : row.end], place)
            for place, number in zip(places, rows, strict=True)
            if (row := page.row(number)) is not None
        )
        if places != list(rows):
            changes.replace(block[0].start, block[-1].end, b"".join(moved))
        new = changes.done()
        check(new)
    except (Malformed, ValueError) as error:
        raise CannotPatch(place=f"{name} {sheet}".strip(), why=str(error)) from error
    return book.package.rebuild({part: new}) if changes else data


def _splits(node: Node, places: Sequence[int]) -> bool:
    """Whether a range of an element, or of its children, holds for some of the rows only."""
    texts = [one.attributes.get("sqref") or one.attributes.get("ref", "") for one in (node, *node.children)]
    spans = [(one.top, one.bottom) for text in texts if text for one in areas(text)]
    inside = [sum(top <= place <= bottom for place in places) for top, bottom in spans]
    return any(0 < count < len(places) for count in inside)


def _renumbered(row: bytes, place: int) -> bytes:
    """The bytes of a row on another place."""
    new, count = _NUMBER.subn(rb"\g<1>\g<2>%d" % (place + 1), row)
    if count != len(_OPENING.findall(row)):
        raise Malformed("有的单元格没有写明地址，不能移动行")
    return new
