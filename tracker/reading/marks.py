"""The marks by which our own workbooks are known again; written by `files.workbooks`, found by `reading`."""

from __future__ import annotations

from tracker.columns import Sheet

# The sheet of a form that people see.
FORM_SHEET = "填报表"
# A very hidden sheet: column A names a value, column B holds it.
IDENTITY_SHEET = "_tracker"
IDENTITY_KEYS = ("token", "office", "round", "unit", "base_seq", "layout")
# Who signs a form, from left to right.
SIGNERS = ("填报人", "联系电话", "审核人", "单位负责人（盖章）", "日期")
# The sheets of 工作台账.xlsx that are ours; their tables have the same names.
LEDGER_SHEETS = {Sheet.POINTS: "任务事项", Sheet.PROGRESS: "各单位进展"}
# The hidden column of 各单位进展 that says which work point and unit a row is.
KEY_LABEL = "行标识"

# The line above the head of 任务事项: what may be changed; or, where the scheduler needs somebody, what is wrong.
LEDGER_NOTE = "黄色栏目可直接修改，其余由程序更新；可以筛选、排序、着色、加批注、另加列。"
WARNING = "！定时任务"
