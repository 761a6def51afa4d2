"""A plan drawn as a sheet, and recorded in an office on disk."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import xlsxwriter

from tracker.files.folders import find_office
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.grid import from_table
from tracker.steps.call import CHINA, Call
from tracker.steps.init import FirstAnswers, init
from tracker.steps.record import Instructions, record

MARCH = dt.datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


HEAD = """
| 云溪市2026年营商环境工作要点分工方案 | < | < | < |
| 工作任务 | 具体要求 | 责任单位 | 完成时限 |
"""


ROWS = (
    "| 一、审批 | 1.压缩开办企业时间到1天 | 市市场监管局牵头，市税务局配合 | 6月底前 |",
    "| ^ | 2.推行施工许可分阶段办理 | 市住房城乡建设局负责 | 9月底前 |",
    "| 二、融资 | 3.建设首贷服务中心 | 市金融办负责 | 年底前 |",
    "| ^ | 4.每季度举办银企对接会 | 市金融办、市工业和信息化局分别负责 | 每季度 |",
    "| 三、法治 | 5.清理妨碍公平竞争的规定 | 市司法局负责 | 10月底前 |",
)


def sheet_file(path, rows, head=HEAD):
    grid = from_table(head + "\n".join(rows), name="分工表")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("分工表")
        for merge in grid.merges:
            page.merge_range(merge.top, merge.left, merge.bottom, merge.right, "")
        for row in range(grid.height):
            for column in range(grid.width):
                if grid.text(row, column):
                    page.write_string(row, column, grid.text(row, column))
    path.write_bytes(buffer.getvalue())
    return path


def new_office(tmp_path):
    init(call(tmp_path / "办公"), tmp_path / "办公", answers=FirstAnswers(office_name="市政府办公室"))
    return tmp_path / "办公"


def call(root, *, days=0, dry_run=False):
    """A call of somebody who sits there and agrees to what the program takes a file for, and to nothing else."""
    return Call(MARCH + dt.timedelta(days=days), "王敏", root, dry_run, ask=agree)


def agree(question):
    return "是" if "[unconfirmed-plan]" in question else "否"


def enter(root, path, *, days=0, **said):
    return record(call(root, days=days), path, Instructions(**said))


def ledger(root):
    folder = find_office(root)
    return open_ledger(ledger_path(folder.root, folder.office), office=folder.office)


def office(root):
    with ledger(root) as opened:
        assert opened.check() == []
        return opened.office()


def points(root, plan="P1"):
    return {point.id: point for point in office(root).plans[plan].points}


def edit_list(root, changes=None, add=()):
    """Edit 单位名单 as a clerk would: `changes` by the unit's name, new rows below."""
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["单位"]
    head = next(row for row in page.iter_rows() if any(cell.value == "编号" for cell in row))
    columns = {cell.value: cell.column for cell in head if cell.value}
    for row in range(head[0].row + 1, page.max_row + 1):
        for label, value in (changes or {}).get(page.cell(row, columns["单位名称"]).value, {}).items():
            page.cell(row, columns[label]).value = value
    for cells in add:
        row = page.max_row + 1
        for label, value in cells.items():
            page.cell(row, columns[label]).value = value
    book.save(path)
