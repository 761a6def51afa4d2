"""What a 填报表 says while somebody types in it: drop-downs, limits, and how many characters are left.

All of it is a help for whoever fills in; the reading checks everything again, and believes none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from tracker.columns import Column
from tracker.columns import ColumnKind
from tracker.columns import Owner
from tracker.files.workbooks import ink
from tracker.grid import column_letters

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
            "minimum": ink.CREATED.replace(year=2000),
            "maximum": ink.CREATED.replace(year=2099),
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
