"""New workbooks: laid out from values, the same bytes for the same values, text only ever as text.

`ink` is the one place that knows the writing library; `form` lays out a 填报表, `ledger_book` a 工作台账.xlsx.
An existing workbook is never laid out again: `files.patch` changes its cells.
"""
