"""Draw what `workbooks/` holds: plans from the tables of the `drawing.md` beside each, and what the product makes of one.

    python scripts/draw_workbooks.py

The drawing is the source and is reviewed like code; the workbook is what an office would send. The form, the 台账, the units'
list, the settings and the appraisal scheme are those of a new office that has entered `安全生产/plan.xlsx` and handed out
its first round.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # started by its path

from tracker.files.folders import MARK
from tracker.grid import Grid, from_table
from tracker.steps.call import CHINA, Call
from tracker.steps.hand_out import hand_out
from tracker.steps.init import FirstAnswers, init
from tracker.steps.plan_questions import Instructions
from tracker.steps.record import record
from tracker.steps.score import score
from tracker.steps.sync import sync

WORKBOOKS = Path(__file__).resolve().parent.parent / "workbooks"
# The office's id, and the day on which it hands out.
OFFICE, DAY = "0f1ce0f1ce00", dt.datetime(2026, 6, 15, 9, 0, tzinfo=CHINA)
# What the product makes -> where it lies in an office; of the forms one.
MADE = {
    "设置.xlsx": "设置.xlsx",
    "单位及联络员名单.xlsx": "单位及联络员名单.xlsx",
    "工作台账.xlsx": "台账/工作台账.xlsx",
    "考核方案.xlsx": "考核/考核方案.xlsx",
    "填报表.xlsx": "填报表/*/市应急局.xlsx",
}
# A fixed moment: the same drawing gives the same bytes.
CREATED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone


def sheets_of(drawing: str) -> list[Grid]:
    """The sheets of a drawing, in order: one for each second-level heading."""
    parts = re.split(r"^## (.+)$", drawing, flags=re.MULTILINE)
    return [
        from_table(table, name=name.strip()) for name, table in zip(parts[1::2], parts[2::2], strict=True)
    ]


def draw(folder: Path, target: Path) -> None:
    """Draw one plan."""
    sheets = sheets_of((folder / "drawing.md").read_text(encoding="utf-8"))
    with xlsxwriter.Workbook(str(target)) as book:
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


def make(target: Path) -> None:
    """Have the product make its workbooks, and lay them into a folder."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary, "办公")
        mark = root / MARK
        mark.parent.mkdir(parents=True)
        mark.write_text(json.dumps({"office": OFFICE, "folder": str(root.resolve())}), encoding="utf-8")
        call = Call(now=DAY, person="示例", start=root)
        init(call, root, answers=FirstAnswers("平湖市人民政府办公室", DAY.year, None, "文件夹"))
        record(call, WORKBOOKS / "安全生产" / "plan.xlsx", Instructions())
        hand_out(call)
        sync(call)
        score(call)
        for name, place in MADE.items():
            shutil.copyfile(next(root.glob(place)), target / name)


def draw_all(target: Path) -> None:
    """Everything, into a folder laid out like `workbooks/`."""
    for drawing in sorted(WORKBOOKS.glob("*/drawing.md")):
        folder = target / drawing.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        draw(drawing.parent, folder / "plan.xlsx")
    make(target)


def main() -> int:
    """Draw them where they belong."""
    draw_all(WORKBOOKS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
