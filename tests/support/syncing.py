"""A 台账 that a clerk edits and `sync` reads."""

from __future__ import annotations

import datetime as dt

import openpyxl

from tests.support.year import SEPTEMBER, ledger_of

LATER = SEPTEMBER + dt.timedelta(days=5)


POINTS, PROGRESS = "任务事项", "各单位进展"


def book(root):
    return root / "台账" / "工作台账.xlsx"


class Edit:
    """The workbook, opened by somebody who edits cells by label and work point, and saved."""

    def __init__(self, root):
        self.path = book(root)
        self.file = openpyxl.load_workbook(self.path)

    def find(self, sheet, key, label):
        page = self.file[sheet]
        head = next(row for row in page.iter_rows() if "事项编号" in [cell.value for cell in row])
        columns = {cell.value: cell.column for cell in head}
        for row in page.iter_rows(min_row=head[0].row + 1):
            if row[0].value == key:
                return page.cell(row[0].row, columns[label])
        raise KeyError(key)

    def set(self, sheet, key, label, text):
        self.find(sheet, key, label).value = text
        return self

    def save(self):
        self.file.save(self.path)


def text(root, sheet, key, label):
    return Edit(root).find(sheet, key, label).value


def texts(root):
    with ledger_of(root) as ledger:
        return {key: cell.value for key, cell in ledger.office().cells.items()}
