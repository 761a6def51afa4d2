"""The 填报表 of one unit: what is asked, laid out so that a unit fills it in without asking back.

From top to bottom: title, the line that says whose it is and by when, instructions, the table, who signs.
Only answer cells can be changed (the sheet is protected without a password: a guard rail, not a lock). The
table is an Excel Table whose first, hidden column is the identity of each row, so that a sort or a filter
takes the row along. Choices are a drop-down from a range on a hidden sheet.

The form says who it is in four places, of which any one is enough for `formats.books.returns`: a very hidden sheet,
a defined name, the 表号 printed at the top, and the identity column.

Drop-downs, dates and hints help whoever fills it in; the reading checks everything again, and believes none of it.

Many forms stamped from one master: what is the same in all forms of a round is laid out and packed once.

A master is a form of two empty rows with placeholders, laid out by `formats.books.form`. To stamp one:

    part                  what changes
    the sheet             its rows; every reference to the last row and to the row of signatures; the footer
    its table             the last row
    the workbook          the print area
    the shared strings    the placeholders: whose form it is, how many items, its identity

Everything else is copied as it was packed. A text of a row is written into its cell by the writer that changes cells of
existing workbooks.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tracker import patterns as re
from tracker.columns import ABOUT_POINT, TOTAL_HEADS, UNCHANGED, Column, ColumnKind, Owner, Sheet, on
from tracker.formats.books.answers import IDENTITY_SHEET
from tracker.formats.books.ink import (
    BOX,
    CREATED,
    FONT,
    HEADING,
    as_day,
    height_for,
    lines_in,
    new_book,
    print_on_a4,
    write_hidden,
)
from tracker.formats.patch import Edit, Package, cell_rest, patch
from tracker.forms import FORM_LAYOUT, FormRow, FormSheet
from tracker.grid import column_letters
from tracker.printable import name_for_sheet

if TYPE_CHECKING:
    from tracker.logbooks import Logbook


# The sheets of a form that everybody sees or that its drop-downs read.
_PAGES = FORM_SHEET, CHOICES_SHEET, FIGURES_SHEET = ("填报表", "选项", "统计数据")
IDENTITY_KEYS = ("token", "office", "round", "unit", "base_seq", "layout")
# Who signs a form, from left to right; the seal only where the office wants a stamped page.
SEAL = "单位负责人（盖章）"
_SIGNERS = ("填报人", "审核人", "联系电话", SEAL)
# As they are found in a form that came back; earlier versions asked for the day, too.
SIGNERS = (*_SIGNERS, "日期")

# A sheet of a logbook has its drawn rows by so many, one of them empty at least: most units have few things to tell, and
# a sheet prints on one page. Below them so many can be written in that are drawn only when somebody does.
SPARE_ENTRIES = 8
_ROOM_BELOW = 60
# A list of choices that a rule can hold in itself is no longer.
_LONGEST_LIST = 255


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


def check_column(
    page: Any, column: Column, number: int, rows: tuple[int, int], source: Sequence[str] = ()
) -> None:
    """The rule of an answer column: its drop-down, its dates, and its hint.

    Args:
        page: The sheet.
        column: The column; only answers have rules.
        number: Where it stands.
        rows: First and last row of the table.
        source: Its choices, where they stand on no sheet.
    """
    if column.owner is not Owner.UNIT:
        return
    first, last = rows
    rule: dict[str, Any] = {"input_title": column.label, "input_message": column.hint[:250]}
    if column.choices:
        rule |= {
            "validate": "list",
            "source": list(source) or f"=选项_{column.label}",
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
    else:
        rule |= {"validate": "any"}
    page.data_validation(first, number, last, number, rule)


# Narrower than in the 台账, so that A4 landscape prints at four fifths and stays readable.
# In the order in which they stand.
_WIDTHS = {
    "id": 10,
    "no": 6,
    "task": 12,
    "requirement": 34,
    "role": 11,
    "deadline": 11,
    "last": 26,
    "unchanged": 7,
    "status": 9,
    "progress": 38,
    "problem": 24,
    "done_on": 11,
    "evidence": 16,
}
_BY_NAME = {column.name: column for column in on(Sheet.FORM)}
_COLUMNS = tuple(replace(_BY_NAME[name], width=width) for name, width in _WIDTHS.items())
ANSWERS = tuple(column for column in _COLUMNS if column.owner is Owner.UNIT)
# The columns that stand even where every row is empty.
_ALWAYS = ("id", "requirement")


def lay_out_form(sheet: FormSheet) -> bytes:
    """Lay out one form: stamped from the master of its round, which is laid out once."""
    columns = _form_columns(sheet)
    blank = replace(sheet, **_BLANK, rows=(FormRow("", {}),) * MASTER_ROWS)
    master = _master(
        tuple(column.name for column in columns),
        _entry_counts(sheet),
        **{name: getattr(blank, name) for name in _ALIKE},
    )
    texts = dict(zip(_texts(blank), _texts(sheet).values(), strict=True))
    facts = lines_in(_facts(sheet), _width(columns) / _SCALES["facts"])
    rows = [{**row.cells, "id": row.point_id} for row in sheet.rows]
    data = master.stamp(rows, texts, {1: height_for(facts) * _SCALES["facts"]})
    return patch(data, tuple(_entry_edits(sheet))) if sheet.entries else data


# What a master says of the one form that is stamped from it; characters of private use, which no text has.
_BLANK: dict[str, Any] = {
    "form": "\ue001",
    "office": "\ue002",
    "round": "\ue003",
    "unit": "\ue004",
    "unit_name": "\ue005",
    "base_seq": 2**60,
}
# What every form of a master has alike.
_ALIKE = tuple(field.name for field in fields(FormSheet) if field.name not in ("rows", "entries"))


def _texts(sheet: FormSheet) -> dict[str, str]:
    """What one form says of itself, by itself: its values are as many for every form."""
    texts = (sheet.token, sheet.form, sheet.office, sheet.round, sheet.unit, sheet.unit_name)
    return {text: text for text in (*texts, str(sheet.base_seq), _count(sheet))}


@lru_cache(maxsize=16)
def _master(names: tuple[str, ...], entry_counts: tuple[int, ...], **facts: Any) -> FormMaster:
    """The master of all forms of a round that have the same columns, and as many rows for logbooks."""
    sheet = FormSheet(**facts, rows=(FormRow("", {}),) * MASTER_ROWS)
    columns = tuple(column for column in _COLUMNS if column.name in names)
    data, head = _lay_out(sheet, columns, entry_counts)
    return FormMaster(data, columns, head, tuple(_texts(sheet)))


def _lay_out(
    sheet: FormSheet, columns: tuple[Column, ...], entry_counts: tuple[int, ...]
) -> tuple[bytes, int]:
    """A whole workbook, and the row of its head."""
    buffer = io.BytesIO()
    book = new_book(buffer)
    formats = _formats(book)
    page = book.add_worksheet(FORM_SHEET)
    head = _write_top(page, formats, sheet, columns)
    last = _write_rows(page, formats, sheet, columns, head)
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
    if sheet.figures:
        _write_figures(book, formats, sheet)
    for logbook, count in zip(sheet.logbooks, entry_counts, strict=True):
        _write_logbook(book, formats, sheet.form, logbook, count)
    write_choices(book, ANSWERS)
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width, None, {"hidden": column.name == "id"})
        check_column(page, column, number, (head + 1, last))
    foot = _write_foot(
        page,
        formats,
        last + 2,
        len(columns),
        [label for label in _SIGNERS if label != SEAL or sheet.has_stamp],
    )
    _print_set_up(page, sheet, head, foot, len(columns))
    _write_identity(book, sheet)
    page.protect("", dict.fromkeys(_PERMISSIONS, True))
    page.activate()
    book.close()
    return buffer.getvalue(), head


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


_FIGURE_WIDTHS = (40, 16, 12, 34, 16)


def _write_figures(book: Any, formats: Mapping[str, Any], sheet: FormSheet) -> None:
    """A sheet of its own for the totals that the unit owns: each with its figure, source and cut-off day."""
    page = book.add_worksheet(FIGURES_SHEET)
    note = "数值取自后台、年报或台账，写明来源和截止日；不掌握的空着不填。"
    for row, (text, look) in enumerate(((FIGURES_SHEET, "title"), (note, "note"))):
        page.merge_range(row, 0, row, len(TOTAL_HEADS) - 1, text, formats[look])
    labels = ("指标", "计量单位")
    for column, (head, width) in enumerate(zip(TOTAL_HEADS, _FIGURE_WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(2, column, head, formats["given_head" if head in labels else "answer_head"])
    for row, (name, measure) in enumerate(sheet.figures, start=3):
        page.set_row(row, height_for(2))
        for column, head in enumerate(TOTAL_HEADS):
            text = {"指标": name, "计量单位": measure}.get(head, "")
            page.write_string(row, column, text, formats["given" if head in labels else "answer"])
    print_on_a4(page)
    page.protect("", dict.fromkeys(_PERMISSIONS, True))


def _entry_counts(sheet: FormSheet) -> tuple[int, ...]:
    """How many rows the sheet of a logbook has: those that are known and, where things happen, spare ones."""
    counts = [sum(entry.logbook == logbook.name for entry in sheet.entries) for logbook in sheet.logbooks]
    return tuple(
        -(-(count + 1) // SPARE_ENTRIES) * SPARE_ENTRIES if logbook.is_of_events else count
        for logbook, count in zip(sheet.logbooks, counts, strict=True)
    )


_ENTRY_HEAD = 2


def _write_logbook(book: Any, formats: Mapping[str, Any], form: str, logbook: Logbook, count: int) -> None:
    """A sheet of its own for a logbook: a row for each thing that happened, with the number that it will have."""
    page, columns = book.add_worksheet(_page_of(logbook)), logbook.form_columns
    how = "一行一件，没有的空着不填，行不够的接着往下填" if logbook.is_of_events else "只填黄色栏目"
    note = f"{logbook.explains}{how}；“编号”由程序使用，请勿改动。"
    width = sum(column.width for column in columns)
    for row, (text, look) in enumerate(((logbook.name, "title"), (note, "note"))):
        page.merge_range(row, 0, row, len(columns) - 1, text, formats[look])
        page.set_row(row, height_for(lines_in(text, width / _SCALES[look])) * _SCALES[look])
    first, last = _ENTRY_HEAD + 1, _ENTRY_HEAD + count
    end = last + (_ROOM_BELOW if logbook.is_of_events else 0)
    for row in range(first, last + 1):
        page.set_row(row, height_for(2))
    for place, column in enumerate(columns):
        is_open = logbook.is_of_events and column.owner is Owner.UNIT
        page.set_column(
            place, place, column.width, formats[f"{_cell_format(column)}_below"] if is_open else None
        )
        page.write_string(_ENTRY_HEAD, place, column.label, formats[_head_format(column)])
        for row in range(first, last + 1):
            page.write_blank(row, place, None, formats[_cell_format(column)])
        if len("、".join(column.choices)) <= _LONGEST_LIST:
            check_column(page, column, place, (first, end), column.choices)
    if logbook.is_of_events:
        is_filled = f"=COUNTA($A{last + 2}:${column_letters(len(columns) - 1)}{last + 2})>0"
        drawn = {"type": "formula", "criteria": is_filled, "format": formats["drawn"]}
        page.conditional_format(last + 1, 0, end, len(columns) - 1, drawn)
        for row in range(first, last + 1):
            number = logbook.entry(form, row - _ENTRY_HEAD)
            page.write_string(row, 0, number, formats[_cell_format(columns[0])])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_ENTRY_HEAD)
    page.freeze_panes(_ENTRY_HEAD + 1, 1)
    page.protect("", dict.fromkeys(_PERMISSIONS, True))


def _page_of(logbook: Logbook) -> str:
    """The sheet of a logbook; never the name of another one there."""
    if logbook.name in _PAGES:
        return f"{logbook.name}（登记簿）"
    # Names that differ only where no sheet has room differ by their codes.
    is_whole = name_for_sheet(logbook.name) == logbook.name
    return logbook.name if is_whole else name_for_sheet(f"{logbook.code} {logbook.name}")


def _entry_edits(sheet: FormSheet) -> Iterator[Edit]:
    """What stands in the sheets of logbooks beforehand."""
    # Imported here: most forms have no logbooks.
    from tracker.formats.books.logbooks import cell_value

    for logbook in sheet.logbooks:
        columns = logbook.form_columns
        entries = (entry for entry in sheet.entries if entry.logbook == logbook.name)
        for row, entry in enumerate(entries, start=_ENTRY_HEAD + 1):
            cells = {"编号": entry.number, ABOUT_POINT: entry.about, **entry.cells}
            for place, column in enumerate(columns):
                if text := cells.get(column.label):
                    yield Edit(_page_of(logbook), row, place, cell_value(column, text))


def _form_columns(sheet: FormSheet) -> tuple[Column, ...]:
    """The columns: what is shown only where some row says something, 本期无变化 only beside 上期填报, every answer."""
    has_last = any(row.cells.get("last") for row in sheet.rows)
    return tuple(
        column
        for column in _COLUMNS
        if (column.owner is Owner.UNIT and (has_last or column.name != UNCHANGED))
        or column.name in _ALWAYS
        or any(row.cells.get(column.name) for row in sheet.rows)
    )


def _formats(book: Any) -> dict[str, Any]:
    ground = {"bg_color": "#FFF9E5"}
    answer = {**BOX, "locked": False, "valign": "top", **ground}
    looks: dict[str, dict[str, Any]] = {
        "title": {**FONT, "font_name": "黑体", "font_size": 18, "align": "center"},
        "facts": {**FONT, "font_size": 12, "bold": True},
        "note": {**FONT, "font_color": "#404040"},
        "given_head": {**HEADING, "bg_color": "#D9E2F3"},
        "answer_head": {**HEADING, "bg_color": "#FFE699"},
        "given": {**BOX, "bg_color": "#F5F5F5", "num_format": "@", "valign": "top"},
        "given_center": {**BOX, "bg_color": "#F5F5F5", "num_format": "@", "align": "center"},
        "last": {**BOX, "bg_color": "#EDEDED", "font_color": "#595959", "num_format": "@", "valign": "top"},
        "answer": {**answer, "num_format": "@"},
        "choice": {**answer, "num_format": "@", "align": "center", "valign": "vcenter"},
        "day": {**answer, "num_format": "yyyy-mm-dd", "align": "center", "valign": "vcenter"},
        "sign": {**FONT, "font_size": 12, "locked": False},
        "drawn": {"border": 1, **ground},
    }
    # The rows below the last one that is drawn: written in like the others, without a box until somebody does.
    for name in ("answer", "choice", "day"):
        looks[f"{name}_below"] = {
            key: value for key, value in looks[name].items() if key not in ("border", "bg_color")
        }
    return {name: book.add_format(look) for name, look in looks.items()}


def _head_format(column: Column) -> str:
    return "answer_head" if column.owner is Owner.UNIT else "given_head"


def _cell_format(column: Column) -> str:
    if column.owner is Owner.COMPUTED:
        return "last"
    if column.owner is not Owner.UNIT:
        return "given" if column.kind is ColumnKind.LONG or column.name == "task" else "given_center"
    return {ColumnKind.DATE: "day", ColumnKind.CHOICE: "choice", ColumnKind.TICK: "choice"}.get(
        column.kind, "answer"
    )


# How much larger than the default font the lines above the table are.
_SCALES = {"title": 1.6, "facts": 1.1, "note": 1.0}


def _width(columns: Sequence[Column]) -> float:
    """The width of what is seen, in characters: all but the identity."""
    return sum(column.width for column in columns[1:])


def _facts(sheet: FormSheet) -> str:
    asked_by = f"　印发单位：{sheet.office_name}" if sheet.office_name else ""
    return (
        f"填报单位：{sheet.unit_name}　期次：{sheet.round_name}　"
        f"请于{sheet.due.year}年{sheet.due.month}月{sheet.due.day}日前报回{asked_by}　表号：{sheet.token}"
    )


def _count(sheet: FormSheet) -> str:
    return f"1. 共{len(sheet.rows)}项，"


def _write_top(page: Any, formats: Mapping[str, Any], sheet: FormSheet, columns: tuple[Column, ...]) -> int:
    """Title, whose it is, instructions; returns the row of the head."""
    last, width = len(columns) - 1, _width(columns)
    title = f"{sheet.plan_title}落实情况填报表" if sheet.plan_title else "落实情况填报表"
    lines = [(title, "title"), (_facts(sheet), "facts"), ("\n".join(_instructions(sheet, columns)), "note")]
    if sheet.duties:
        lines.append((f"印发通知另有要求，请一并落实：{'；'.join(sheet.duties)}。", "note"))
    for row, (text, look) in enumerate(lines):
        page.merge_range(row, 1, row, last, "", formats[look])
        page.write_string(row, 1, text, formats[look])
        page.set_row(row, height_for(lines_in(text, width / _SCALES[look])) * _SCALES[look])
    return len(lines)


def _instructions(sheet: FormSheet, columns: Sequence[Column]) -> list[str]:
    """Three lines: what to fill in, what only sometimes, and how it goes back."""
    has_last = any(column.name == UNCHANGED for column in columns)
    hint = "与灰色的上期填报相比没有变化的，只把“本期无变化”选“是”。" if has_last else ""
    figures = f"“{FIGURES_SHEET}”页另有{len(sheet.figures)}个数，请一并填写。" if sheet.figures else ""
    pages = "".join(f"“{_page_of(logbook)}”" for logbook in sheet.logbooks)
    figures += f"{pages}页按实际发生的逐件登记，没有的不填。" if pages else ""
    ask = f"疑问请联系：{sheet.contact}。" if sheet.contact else ""
    return [
        f"{_count(sheet)}只填黄色栏目：“完成情况”从下拉框选，“进展情况”写做了什么、有何成效。{hint}",
        "2. 已完成的填完成日期；未完成的写存在问题及下一步打算；与本单位无关的选“不涉及”，经确认后不再询问。",
        f"3. 请勿增删列，行高列宽可以调整；填好后把本文件直接报回，文件名可以改。{figures}{ask}",
    ]


def _write_rows(
    page: Any, formats: Mapping[str, Any], sheet: FormSheet, columns: tuple[Column, ...], head: int
) -> int:
    """The looks of the rows, of which a master has no texts; returns the last one."""
    heads = max(lines_in(column.label, column.width) for column in columns[1:])
    page.set_row(head, height_for(heads, least=30))
    for number in range(head + 1, head + 1 + len(sheet.rows)):
        for place, column in enumerate(columns):
            page.write_blank(number, place, None, formats[_cell_format(column)])
    return head + len(sheet.rows)


def _write_foot(page: Any, formats: Mapping[str, Any], row: int, width: int, signers: Sequence[str]) -> int:
    """Who filled it in, who checked it, who seals it; returns the last row."""
    span = width - 1
    edges = [1 + span * number // len(signers) for number in range(len(signers) + 1)]
    for label, left, right in zip(signers, edges, edges[1:], strict=False):
        if right - left > 1:
            page.merge_range(row, left, row, right - 1, "", formats["sign"])
        page.write_string(row, left, f"{label}：", formats["sign"])
    page.set_row(row, 34)
    return row


def _print_set_up(page: Any, sheet: FormSheet, head: int, foot: int, width: int) -> None:
    print_on_a4(page, head=head)
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


_SHEET, _TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
_BOOK, _STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
# The rows of a master, and the least lines of a row.
MASTER_ROWS = LEAST_LINES = 2
# What stands in a prepared part for the last row of the table, and for the row of signatures below it.
_LAST, _FOOT = "\0L", "\0F"
_BELOW = 2


@lru_cache(maxsize=16384)
def _cell_text(text: str, width: float, kind: ColumnKind) -> tuple[str, int]:
    """A text in its cell, and how many lines it takes there: a point stands in the forms of all its units."""
    day = as_day(text) if kind is ColumnKind.DATE else None
    if day is not None:
        return cell_rest(day), 1
    return cell_rest(text), lines_in(text, width)


class FormMaster:
    """A form of two empty rows, taken apart once.

    Args:
        data: The workbook.
        columns: The columns of its table.
        head: The row of its head, from 0.
        placeholders: What stands in it for the texts of one form.
    """

    def __init__(
        self, data: bytes, columns: Sequence[Column], head: int, placeholders: Sequence[str]
    ) -> None:
        self._package = Package(data)
        self._columns = columns
        self._first = head + 2
        self._placeholders = re.compile("|".join(re.escape(html.escape(text)) for text in placeholders))
        sheet = self._package.part(_SHEET).decode()
        begin = sheet.index(f'<row r="{self._first}" ')
        end = sheet.index(f'<row r="{self._first + MASTER_ROWS + _BELOW - 1}" ')
        self._before, self._after = self._with_marks(sheet[:begin]), self._with_marks(sheet[end:])
        looks = re.findall(r'<c r="[A-Z]+[0-9]+" s="([0-9]+)"', sheet[begin:end])[: len(columns)]
        letters = [column_letters(number) for number in range(len(columns))]
        self._cells = tuple(
            (column, f'<c r="{letter}', f'" s="{look}"')
            for column, letter, look in zip(columns, letters, looks, strict=True)
        )
        self._table = self._with_marks(self._package.part(_TABLE).decode())
        self._book = re.sub(
            r"(!\$B\$1:\$[A-Z]+\$)[0-9]+", rf"\g<1>{_FOOT}", self._package.part(_BOOK).decode(), count=1
        )
        self._strings = self._package.part(_STRINGS).decode()

    def _with_marks(self, part: str) -> str:
        """A part with marks where it names the row of signatures or the last row of the table."""
        last = self._first + MASTER_ROWS - 1
        for number, mark in ((last + _BELOW, _FOOT), (last, _LAST)):
            part = re.sub(rf'(<row r="|[":][A-Z]{{1,3}}){number}(?=[":])', rf"\g<1>{mark}", part)
        return part

    def stamp(
        self, rows: Sequence[Mapping[str, str]], texts: Mapping[str, str], heights: Mapping[int, float]
    ) -> bytes:
        """A form.

        Args:
            rows: Texts by column name.
            texts: What stands for each placeholder.
            heights: Of the rows above the table, from 0, that depend on those texts.
        """
        last = self._first + len(rows) - 1

        def with_number(part: str) -> str:
            return part.replace(_LAST, str(last)).replace(_FOOT, str(last + _BELOW))

        def with_texts(part: str) -> str:
            replacements = {
                html.escape(placeholder): html.escape(text) for placeholder, text in texts.items()
            }
            return self._placeholders.sub(lambda match: replacements[match[0]], part)

        before = with_number(self._before)
        for row, height in heights.items():
            before = re.sub(rf'(<row r="{row + 1}" [^>]*?ht=")[0-9.]+', rf"\g<1>{height:g}", before, count=1)
        body = "".join(self._row(number, row) for number, row in enumerate(rows, self._first))
        parts = {
            _SHEET: before + body + with_texts(with_number(self._after)),
            _TABLE: with_number(self._table),
            _BOOK: with_number(self._book),
            _STRINGS: with_texts(self._strings),
        }
        return self._package.rebuild({name: part.encode() for name, part in parts.items()})

    def _row(self, number: int, texts: Mapping[str, str]) -> str:
        lines, cells = LEAST_LINES, []
        for column, start, look in self._cells:
            text = texts.get(column.name)
            if not text:
                cells.append(f"{start}{number}{look}/>")
                continue
            rest, lines_here = _cell_text(text, column.width, column.kind)
            if lines_here > lines:
                lines = lines_here
            cells.append(f"{start}{number}{look}{rest}")
        return f'<row r="{number}" spans="1:{len(self._cells)}" ht="{height_for(lines):g}">{"".join(cells)}</row>'
