"""The 填报表 of one unit: what is asked, laid out so that a unit fills it in without asking back.

From top to bottom: title, the line that says whose it is and by when, instructions, the table, who signs.
Only answer cells can be changed (the sheet is protected without a password: a guard rail, not a lock). The
table is an Excel Table whose first, hidden column is the identity of each row, so that a sort or a filter
takes the row along. Choices are a drop-down from a range on a hidden sheet.

The form says who it is in four places, of which any one is enough for `formats.books.returns`: a very hidden sheet,
a defined name, the 表号 printed at the top, and the identity column.

What a 填报表 says while somebody types in it: drop-downs, limits, and how many characters are left.

All of it is a help for whoever fills in; the reading checks everything again, and believes none of it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tracker.columns import Column, ColumnKind, Owner, Sheet, on
from tracker.formats.books.ink import (
    BOX,
    CREATED,
    FONT,
    HEADING,
    height_for,
    lines_in,
    new_book,
    write_hidden,
    write_row,
)
from tracker.forms import FORM_LAYOUT, FormSheet
from tracker.grid import column_letters
from tracker.reading.lists import IDENTITY_SHEET

# The sheet of a form that people see.
FORM_SHEET = "填报表"
IDENTITY_KEYS = ("token", "office", "round", "unit", "base_seq", "layout")
# Who signs a form, from left to right.
SIGNERS = ("填报人", "联系电话", "审核人", "单位负责人（盖章）", "日期")

CHOICES_SHEET = "选项"


def write_choices(book: Any, columns: Sequence[Column]) -> None:
    """The hidden sheet that drop-downs read; one column of words for each choice, and a name for each."""
    page = book.add_worksheet(CHOICES_SHEET)
    for number, column in enumerate(column for column in columns if column.choices):
        page.write_string(0, number, column.label)
        for row, word in enumerate(column.choices, start=1):
            page.write_string(row, number, word)
        letters = column_letters(number)
        book.define_name(
            f"选项_{column.label}", f"='{CHOICES_SHEET}'!${letters}$2:${letters}${len(column.choices) + 1}"
        )
    page.hide()


def check_column(page: Any, too_long: Any, column: Column, number: int, rows: tuple[int, int]) -> None:
    """The rule of an answer column: its drop-down, its dates, its length, and its hint.

    Args:
        page: The sheet.
        too_long: The look of a text beyond the limit.
        column: The column; only answers have rules.
        number: Where it stands.
        rows: First and last row of the table.
    """
    if column.owner is not Owner.UNIT:
        return
    first, last = rows
    rule: dict[str, Any] = {"input_title": column.label, "input_message": column.hint[:250]}
    if column.choices:
        rule |= {
            "validate": "list",
            "source": f"=选项_{column.label}",
            "error_title": "请从下拉框选择",
            "error_message": "只能填：" + "、".join(column.choices) + "。",
        }
    elif column.kind is ColumnKind.DATE:
        rule |= {
            "validate": "date",
            "criteria": "between",
            "minimum": CREATED.replace(year=2000),
            "maximum": CREATED.replace(year=2099),
            "error_title": "日期格式不对",
            "error_message": "请填写日期，如 2026-06-30。",
        }
    elif column.limit:
        rule |= {
            "validate": "length",
            "criteria": "<=",
            "value": column.limit,
            "error_type": "warning",
            "error_title": "超过字数",
            "error_message": f"最多{column.limit}字，超过的部分可能写不进报告。确实需要的可以保留。",
        }
        criteria = f"=LEN(${column_letters(number)}{first + 1})>{column.limit}"
        page.conditional_format(
            first, number, last, number, {"type": "formula", "criteria": criteria, "format": too_long}
        )
    else:
        rule |= {"validate": "any"}
    page.data_validation(first, number, last, number, rule)


def count_characters(
    page: Any, formats: Mapping[str, Any], columns: Sequence[Column], first: int, texts: Sequence[str]
) -> None:
    """The counter beside 摘要: how many characters may still be written, red below nothing.

    Its formula looks at a cell of its own row only, so that it stays right when rows are sorted; its value stands
    beside it for programs that do not compute.

    Args:
        page: The sheet.
        formats: Looks by name.
        columns: The columns of the table.
        first: First row of the table.
        texts: What each row says already.
    """
    at = {column.name: number for number, column in enumerate(columns)}
    summary, counter = at["summary"], at["summary_left"]
    limit, letters = columns[summary].limit, column_letters(summary)
    for row, text in enumerate(texts, start=first):
        room = limit - len(text.encode("utf-16-le")) // 2  # as Excel counts: an emoji is two
        page.write_formula(row, counter, f"={limit}-LEN({letters}{row + 1})", formats["counter"], room)
    page.conditional_format(
        first,
        counter,
        first + len(texts) - 1,
        counter,
        {"type": "cell", "criteria": "<", "value": 0, "format": formats["too_long"]},
    )


# Narrower than in the 台账, so that A4 landscape prints at four fifths and stays readable.
_WIDTHS = {
    "task": 12,
    "no": 5,
    "requirement": 32,
    "role": 6,
    "lead": 11,
    "deadline": 10,
    "status": 9,
    "progress": 34,
    "summary": 22,
    "summary_left": 6,
    "done_on": 11,
    "problem": 20,
    "evidence": 14,
    "in_report": 7,
}
_COLUMNS = tuple(replace(column, width=_WIDTHS.get(column.name, column.width)) for column in on(Sheet.FORM))
ANSWERS = tuple(column for column in _COLUMNS if column.owner is Owner.UNIT)
# The plan's columns that stand even where every row is empty, and the counter beside 摘要.
_ALWAYS = ("id", "requirement", "summary_left")


def lay_out_form(sheet: FormSheet) -> bytes:
    """Lay out one form."""
    buffer = io.BytesIO()
    book = new_book(buffer)
    formats = _formats(book)
    page = book.add_worksheet(FORM_SHEET)
    columns = _form_columns(sheet)
    head = _write_top(page, formats, sheet, columns)
    last = _write_rows(page, formats, sheet, columns, head)
    count_characters(page, formats, columns, head + 1, [row.cells.get("summary", "") for row in sheet.rows])
    page.add_table(
        head,
        0,
        last,
        len(columns) - 1,
        {
            "name": "填报",
            "style": None,
            "columns": [
                {"header": column.label, "header_format": formats[_head_format(column)]} for column in columns
            ],
        },
    )
    write_choices(book, ANSWERS)
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width, None, {"hidden": column.name == "id"})
        check_column(page, formats["too_long"], column, number, (head + 1, last))
    foot = _write_foot(page, formats, last + 2, len(columns))
    _print_set_up(page, sheet, head, foot, len(columns))
    _write_identity(book, sheet)
    page.protect("", dict.fromkeys(_PERMISSIONS, True))
    page.activate()
    book.close()
    return buffer.getvalue()


# What a unit may do besides answering.
_PERMISSIONS = (
    "sort",
    "autofilter",
    "format_cells",
    "format_columns",
    "format_rows",
    "select_locked_cells",
    "select_unlocked_cells",
)


def _form_columns(sheet: FormSheet) -> tuple[Column, ...]:
    """The columns: those of the plan only where some row says something, every answer."""
    return tuple(
        _with_limit(column, sheet.summary_limit)
        for column in _COLUMNS
        if column.owner is Owner.UNIT
        or column.name in _ALWAYS
        or any(row.cells.get(column.name) for row in sheet.rows)
    )


def _with_limit(column: Column, summary_limit: int) -> Column:
    """摘要 as long as the office allows, which its hint says, too."""
    if column.name != "summary":
        return column
    hint = column.hint.replace(f"{column.limit}字", f"{summary_limit}字")
    return replace(column, limit=summary_limit, hint=hint)


def _formats(book: Any) -> dict[str, Any]:
    answer = {**BOX, "locked": False, "valign": "top"}
    looks: dict[str, dict[str, Any]] = {
        "title": {**FONT, "font_name": "黑体", "font_size": 18, "align": "center"},
        "facts": {**FONT, "font_size": 12, "bold": True},
        "note": {**FONT, "font_color": "#404040"},
        "given_head": {**HEADING, "bg_color": "#D9E2F3"},
        "answer_head": {**HEADING, "bg_color": "#FFE699"},
        "given": {**BOX, "bg_color": "#F5F5F5", "num_format": "@", "valign": "top"},
        "given_center": {**BOX, "bg_color": "#F5F5F5", "num_format": "@", "align": "center"},
        "counter": {**BOX, "bg_color": "#F5F5F5", "num_format": "0", "align": "center"},
        "answer": {**answer, "num_format": "@"},
        "choice": {**answer, "num_format": "@", "align": "center", "valign": "vcenter"},
        "day": {**answer, "num_format": "yyyy-mm-dd", "align": "center", "valign": "vcenter"},
        "sign": {**FONT, "font_size": 12, "locked": False},
        "too_long": {"bg_color": "#F8CBAD"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _head_format(column: Column) -> str:
    return "answer_head" if column.owner is Owner.UNIT else "given_head"


def _cell_format(column: Column) -> str:
    if column.owner is not Owner.UNIT:
        return "given" if column.kind is ColumnKind.LONG or column.name == "task" else "given_center"
    return {ColumnKind.DATE: "day", ColumnKind.CHOICE: "choice", ColumnKind.TICK: "choice"}.get(
        column.kind, "answer"
    )


def _write_top(page: Any, formats: Mapping[str, Any], sheet: FormSheet, columns: tuple[Column, ...]) -> int:
    """Title, whose it is, instructions; returns the row of the head."""
    last, width = len(columns) - 1, sum(column.width for column in columns[1:])
    title = f"{sheet.plan_title}落实情况填报表" if sheet.plan_title else "落实情况填报表"
    asked_by = f"　下发单位：{sheet.office_name}" if sheet.office_name else ""
    facts = (
        f"填报单位：{sheet.unit_name}　期次：{sheet.round_name}　"
        f"请于{sheet.due.year}年{sheet.due.month}月{sheet.due.day}日前报回{asked_by}　表号：{sheet.token}"
    )
    notes = ["填写说明：", *(f"{n}. {note}" for n, note in enumerate(_instructions(sheet), start=1))]
    lines: list[tuple[str, str, float]] = [
        (title, "title", 1.6),
        (facts, "facts", 1.1),
        ("\n".join(notes), "note", 1.0),
    ]
    for row, (text, look, scale) in enumerate(lines):
        page.merge_range(row, 1, row, last, "", formats[look])
        page.write_string(row, 1, text, formats[look])
        page.set_row(row, height_for(lines_in(text, width / scale)) * scale)
    return len(lines)


def _instructions(sheet: FormSheet) -> list[str]:
    columns = {column.name: _with_limit(column, sheet.summary_limit) for column in ANSWERS}
    hints = [f"{columns[name].label}：{columns[name].hint}" for name in ("status", "progress", "summary")]
    notes = [
        f"本表共{len(sheet.rows)}项，只需填写黄色栏目；已带出的内容是上次填报的，请在原文上更新。",
        "；".join(hint.rstrip("。") for hint in hints) + "。",
        "已完成的填完成日期；未完成的写明存在问题、下一步措施和预计完成时间。",
        "请勿删除或增加列；可以筛选、调整行高列宽。填好后直接把本文件报回，文件名可以改。",
    ]
    if sheet.duties:
        notes.append(f"印发通知另有要求，请一并落实：{'；'.join(sheet.duties)}。")
    if sheet.contact:
        notes.append(f"如有疑问，请联系：{sheet.contact}。")
    return notes


def _write_rows(
    page: Any, formats: Mapping[str, Any], sheet: FormSheet, columns: tuple[Column, ...], head: int
) -> int:
    """The rows of the table; returns the last one."""
    heads = max(lines_in(column.label, column.width) for column in columns[1:])
    page.set_row(head, height_for(heads, least=30))
    looks = [formats[_cell_format(column)] for column in columns]
    for number, row in enumerate(sheet.rows, start=head + 1):
        cells = {**row.cells, "id": row.point_id}
        write_row(page, number, columns, [cells.get(column.name, "") for column in columns], looks, lines=2)
    return head + len(sheet.rows)


def _write_foot(page: Any, formats: Mapping[str, Any], row: int, width: int) -> int:
    """Who filled it in, who checked it, who seals it; returns the last row."""
    span = width - 1
    edges = [1 + span * number // len(SIGNERS) for number in range(len(SIGNERS) + 1)]
    for label, left, right in zip(SIGNERS, edges, edges[1:], strict=False):
        if right - left > 1:
            page.merge_range(row, left, row, right - 1, "", formats["sign"])
        page.write_string(row, left, f"{label}：", formats["sign"])
    page.set_row(row, 34)
    return row


def _print_set_up(page: Any, sheet: FormSheet, head: int, foot: int, width: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.print_area(0, 1, foot, width - 1)
    page.set_footer(f"&L{sheet.unit_name}　{sheet.round_name}&C第 &P 页，共 &N 页&R{sheet.token}")
    page.freeze_panes(head + 1, 0)
    page.set_zoom(90)


def _write_identity(book: Any, sheet: FormSheet) -> None:
    values = {
        "token": sheet.token,
        "office": sheet.office,
        "round": sheet.round,
        "unit": sheet.unit,
        "base_seq": str(sheet.base_seq),
        "layout": str(FORM_LAYOUT),
    }
    write_hidden(book, IDENTITY_SHEET, [(key, values[key]) for key in IDENTITY_KEYS])
    book.define_name("填报表编号", f"='{IDENTITY_SHEET}'!$B$1")
