"""Documents and workbooks of an office's own that `fill` fills."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl

GAP = "FFFFF2CC"


DAY = (12, 20)


def workbook(path, rows, merges=(), sheet="汇总"):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for merge in merges:
        page.merge_cells(merge)
    other = book.create_sheet("别的表")
    other["A1"] = "不要动"
    book.save(path)
    return path


def document(path, rows, merges=()):
    word = docx.Document()
    word.add_paragraph("填报单位：市政府办公室")
    table = word.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
    for first, last in merges:
        table.cell(*first).merge(table.cell(*last))
    word.add_paragraph("填表人：　　　　审核人：")
    word.save(path)
    return path


def filled(path):
    return path.with_name(f"{path.stem}（已填）{path.suffix}")


def values(path, sheet="汇总"):
    page = openpyxl.load_workbook(filled(path))[sheet]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def gaps(path, sheet="汇总"):
    page = openpyxl.load_workbook(filled(path))[sheet]
    return {cell.coordinate for row in page.iter_rows() for cell in row if cell.fill.fgColor.rgb == GAP}


def texts(path):
    table = docx.Document(str(filled(path))).tables[0]
    return [[cell.text.strip() for cell in row.cells] for row in table.rows]


def codes(answer):
    return [each["code"] for each in answer.data["findings"]]


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
