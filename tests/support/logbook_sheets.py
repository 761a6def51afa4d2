"""Logbooks as an office has them on its desk: their workbooks, what is written there and what they show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from tests.support.year import call
from tracker.steps.desk import open_desk
from tracker.steps.logbooks import LogbookIntake, keep_logbooks


def keep(root: Path, day: str = "2018-09-03", *, dry_run: bool = False) -> LogbookIntake:
    now = dt.datetime.fromisoformat(f"{day}T10:00:00+08:00")
    with open_desk(call(root, now, dry_run=dry_run)) as desk:
        return keep_logbooks(desk)


def page_of(root: Path, name: str):
    path = root / "台账" / f"{name}.xlsx"
    book = openpyxl.load_workbook(path)
    page = book[name]
    head = next(row for row in page.iter_rows() if row[0].value == "编号")
    return path, book, page, {cell.value: cell.column for cell in head if cell.value}, head[0].row


def write(root: Path, name: str, number: str, **cells: object) -> None:
    """Write into the row with a number, or below the last one where there is none."""
    path, book, page, columns, top = page_of(root, name)
    rows = [row for row in page.iter_rows(min_row=top + 1) if any(cell.value for cell in row)]
    at = next((row[0].row for row in rows if number and row[0].value == number), top + len(rows) + 1)
    for label, value in cells.items():
        page.cell(at, columns[label]).value = value
    book.save(path)


def shown(root: Path, name: str) -> dict[str, dict[str, object]]:
    _, _, page, columns, top = page_of(root, name)
    return {
        str(row[0].value): {label: row[column - 1].value for label, column in columns.items()}
        for row in page.iter_rows(min_row=top + 1)
        if row[0].value
    }


def switch(root: Path, *names: str, **cells: str) -> None:
    """Switch logbooks on in 登记簿目录.xlsx, and write what else is said of them there."""
    path = root / "台账" / "登记簿目录.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["登记簿"]
    head = next(row for row in page.iter_rows() if row[0].value == "登记簿")
    columns = {cell.value: cell.column for cell in head}
    for row in page.iter_rows(min_row=head[0].row + 1):
        if row[0].value in names:
            for label, text in {"启用": "是", **cells}.items():
                page.cell(row[0].row, columns[label]).value = text
    book.save(path)
