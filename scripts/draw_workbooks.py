"""Draw the sample plans: `workbooks/*/plan.xlsx` from the tables of the `drawing.md` beside it.

    python scripts/draw_workbooks.py

The drawing is the source and is reviewed like code; the workbook is what an office would send.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import xlsxwriter

from tracker.grid import Grid, from_table

WORKBOOKS = Path(__file__).resolve().parent.parent / "workbooks"
# A fixed moment: the same drawing gives the same bytes.
CREATED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone


def sheets_of(drawing: str) -> list[Grid]:
    """The sheets of a drawing, in order: one for each second-level heading."""
    parts = re.split(r"^## (.+)$", drawing, flags=re.MULTILINE)
    return [
        from_table(table, name=name.strip()) for name, table in zip(parts[1::2], parts[2::2], strict=True)
    ]


def draw(folder: Path) -> None:
    """Draw one sample."""
    sheets = sheets_of((folder / "drawing.md").read_text(encoding="utf-8"))
    with xlsxwriter.Workbook(str(folder / "plan.xlsx")) as book:
        book.set_properties({"created": CREATED})
        frame = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
        plain, boxed = book.add_format(frame), book.add_format({**frame, "border": 1})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            letter = sheet.width == 1
            page.set_column(0, 0, 90 if letter else 20)
            page.set_column(1, 1, 60)
            page.set_column(2, sheet.width, 26)
            cell_format = plain if letter else boxed
            for merge in sheet.merges:
                page.merge_range(merge.top, merge.left, merge.bottom, merge.right, "", cell_format)
            for row in range(sheet.height):
                for column in range(sheet.width):
                    if sheet.anchor(row, column) == (row, column):
                        page.write_string(row, column, sheet.text(row, column), cell_format)


def main() -> int:
    """Draw all samples."""
    for drawing in sorted(WORKBOOKS.glob("*/drawing.md")):
        draw(drawing.parent)
        print(drawing.parent.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
