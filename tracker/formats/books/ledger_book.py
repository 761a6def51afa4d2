"""工作台账.xlsx, born complete: what the office works in from the first day on.

Three sheets: 任务事项 (one row for each work point), 各单位进展 (one for each work point and unit), 说明. Frozen head,
an Excel Table with filters, lights in words with their colour, ready to print on A4. Nothing is protected: the
office edits freely, and what it may change has a yellow head. Computed columns are values.

The workbook is laid out once. From then on its cells are changed where they stand (`formats.patch`), since by
then it is the office's own. It carries the number of its revision on a very hidden sheet, so that whatever
comes back is joined to what was really written.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from tracker.columns import Column, ColumnKind, Owner, Sheet, on
from tracker.formats.books.answers import IDENTITY_SHEET, read_cell
from tracker.formats.books.ink import (
    BOX,
    FONT,
    HEADING,
    height_for,
    lines_in,
    new_book,
    print_on_a4,
    write_hidden,
    write_row,
)
from tracker.formats.books.returns import FormCell
from tracker.grid import Grid, Source, Value, as_text, column_letters
from tracker.printable import is_cut
from tracker.problems.base import Finding
from tracker.problems.returns import ROW_TWICE, SHEET_GONE
from tracker.table import LedgerRows
from tracker.text import compact
from tracker.values import dataclass

# The sheets of 工作台账.xlsx that are ours; their tables have the same names.
LEDGER_SHEETS = {Sheet.POINTS: "任务事项", Sheet.PROGRESS: "各单位进展"}
# The hidden column of 各单位进展 that says which work point and unit a row is.
KEY_LABEL = "行标识"

# The line above the head of 任务事项: what may be changed; or, where the scheduler needs somebody, what is wrong.
LEDGER_NOTE = "黄色栏目可直接修改，其余由程序更新；可以筛选、排序、着色、加批注、另加列。"
WARNING = "！定时任务"

# Where the head of a new workbook stands, 0-based; it may be moved down so far.
_HEAD = 2
_HEAD_WITHIN = 60
_LAST_ROW = 1048575


@dataclass(frozen=True, slots=True)
class Note:
    """A cell above the head that is ours: 0-based row and column, and what it says."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class SheetReading:
    """One sheet of the workbook.

    Attributes:
        name: The sheet's name now.
        head: 0-based row of the head.
        columns: 0-based column of each of our columns that it has, by name; `key` for the hidden identity.
        rows: 0-based row of each identity that stands in one row.
        texts: What each cell of ours says, by identity and column name.
        refusals: Cells that may not be used, and why; they are left as they are.
        findings: What a person should look at.
        rows_by_hand: Rows of 任务事项 that somebody typed: no identity, and a text under 具体要求; cells by column name.
        note: Our line above the head; None where the office has taken it away.
        below: The first row below the last one of ours in which somebody wrote; None where nothing stands there.
    """

    name: str
    head: int
    columns: Mapping[str, int]
    rows: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    refusals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    twice: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    rows_by_hand: Mapping[int, Mapping[str, FormCell]] = field(default_factory=dict)
    note: Note | None = None
    below: int | None = None

    def place(self, key: str, column: str) -> str:
        """The address of a cell of ours."""
        return f"{self.name}!{column_letters(self.columns[column])}{self.rows[key] + 1}"


@dataclass(frozen=True)
class LedgerReading:
    """The workbook.

    Attributes:
        office: The office folder that wrote it; empty where the mark is lost.
        revision: The revision that it carries; 0 where the mark is lost.
        sheets: Its sheets that were found.
        findings: What is wrong with it as a whole.
    """

    office: str
    revision: int
    sheets: Mapping[Sheet, SheetReading]
    findings: tuple[Finding, ...] = ()


def read_ledger_book(source: Source, keys: Mapping[tuple[str, str], str] | None = None) -> LedgerReading:
    """Read the workbook.

    Args:
        source: It, as it came through the door.
        keys: Identity by work point and unit name, for rows whose hidden identity is gone.
    """
    marks = {
        grid.text(row, 0): grid.text(row, 1)
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
    }
    revision = marks.get("revision", "")
    sheets: dict[Sheet, SheetReading] = {}
    findings: list[Finding] = []
    for sheet, name in LEDGER_SHEETS.items():
        table = _find(source, sheet)
        if table is None:
            findings.append(SHEET_GONE.at(source.name, name=name))
            continue
        sheets[sheet] = _read(*table, sheet, keys or {})
    return LedgerReading(
        marks.get("office", ""), int(revision) if revision.isdecimal() else 0, sheets, tuple(findings)
    )


def _find(source: Source, sheet: Sheet) -> tuple[Grid, int, dict[str, int]] | None:
    """The sheet by its name, else the one sheet that has its head."""
    namesakes = [grid for grid in source.grids if grid.name == LEDGER_SHEETS[sheet]]
    for grid in (*namesakes, *(other for other in source.grids if other not in namesakes)):
        head = _head(grid, sheet)
        if head is not None:
            return grid, *head
    return None


def _note(grid: Grid, head: int) -> Note | None:
    for row in range(head):
        for column in range(grid.width):
            text = grid.text(row, column)
            if text == LEDGER_NOTE or text.startswith(WARNING):
                return Note(row, column, text)
    return None


def _head(grid: Grid, sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    by_label = {
        compact(label): column.name for column in on(sheet) for label in (column.label, *column.older)
    } | {compact(KEY_LABEL): "key"}
    own_names = {column.name for column in on(sheet) if column.owner is not Owner.PLAN}
    for row in range(min(grid.height, _HEAD_WITHIN)):
        columns: dict[str, int] = {}
        for number in range(grid.width):
            name = by_label.get(compact(grid.text(row, number)))
            if name:
                columns.setdefault(name, number)
        # The head of the other sheet has the plan's labels too, and hardly any of the rest.
        if ("id" in columns or "key" in columns) and 2 * len(own_names & set(columns)) > len(own_names):
            return row, columns
    return None


def _read(
    grid: Grid,
    head: int,
    columns: dict[str, int],
    sheet: Sheet,
    keys: Mapping[tuple[str, str], str],
) -> SheetReading:
    findings: list[Finding] = []
    places: dict[str, list[int]] = {}
    for row in range(head + 1, grid.height):
        key = _key(grid, row, columns, sheet, keys)
        if key:
            places.setdefault(key, []).append(row)
    for key, some in places.items():
        if len(some) > 1:
            first, second = (grid.place(row, columns.get("id", 0)) for row in some[:2])
            findings.append(ROW_TWICE.at(second, key=key.partition("|")[0], other=first))
    rows = {key: some[0] for key, some in places.items() if len(some) == 1}
    ours = [column for column in on(sheet) if column.name in columns]
    texts: dict[str, dict[str, str]] = {
        key: {column.name: _plain(grid.rows[row][columns[column.name]]) for column in ours}
        for key, row in rows.items()
    }
    refusals: dict[tuple[str, str], str] = {}
    for column in ours:
        if column.ours:
            continue
        number = columns[column.name]
        for key, row in rows.items():
            if is_cut(texts[key][column.name]):
                continue
            if not texts[key][column.name] and (row, number) not in grid.formulas:
                continue
            reading = read_cell(
                column, grid.value(row, number), grid.place(row, number), grid.formulas.get((row, number))
            )
            texts[key][column.name] = reading.text
            findings += reading.findings
            if reading.refusal:
                refusals[key, column.name] = reading.refusal
    return SheetReading(
        grid.name,
        head,
        columns,
        rows,
        texts,
        refusals,
        frozenset(key for key, some in places.items() if len(some) > 1),
        tuple(findings),
        _rows_by_hand(grid, head, columns) if sheet is Sheet.POINTS else {},
        _note(grid, head) if sheet is Sheet.POINTS else None,
        _below(grid, max((row for some in places.values() for row in some), default=head), columns),
    )


def _below(grid: Grid, last: int, columns: Mapping[str, int]) -> int | None:
    texts = (
        row
        for row in range(last + 1, grid.height)
        if any(grid.text(row, column).strip() for column in columns.values())
    )
    return next(texts, None)


def _plain(value: Value) -> str:
    return value if isinstance(value, str) else as_text(value)


def _rows_by_hand(grid: Grid, head: int, columns: Mapping[str, int]) -> dict[int, dict[str, FormCell]]:
    if "id" not in columns or "requirement" not in columns:
        return {}
    return {
        row: {
            column.name: FormCell(
                as_text(grid.value(row, columns[column.name])), grid.place(row, columns[column.name])
            )
            for column in on(Sheet.POINTS)
            if column.name in columns
        }
        for row in range(head + 1, grid.height)
        if not compact(grid.text(row, columns["id"])) and grid.text(row, columns["requirement"]).strip()
    }


def _key(
    grid: Grid,
    row: int,
    columns: Mapping[str, int],
    sheet: Sheet,
    keys: Mapping[tuple[str, str], str],
) -> str:
    point_id = compact(grid.text(row, columns["id"])) if "id" in columns else ""
    if sheet is Sheet.POINTS:
        return point_id
    key = compact(grid.text(row, columns["key"])) if "key" in columns else ""
    if key or "unit" not in columns:
        return key
    return keys.get((point_id, grid.text(row, columns["unit"]).strip()), "")


# Rows below the last one that already have their drop-downs.
SPARE_ROWS = 200
_COLOURS = {"红": "#FF7C80", "黄": "#FFE066", "蓝": "#9DC3E6", "绿": "#A9D18E", "灰": "#D9D9D9"}


def lay_out_ledger(
    rows: LedgerRows, *, office: str, revision: int, office_name: str = "", warning: str = ""
) -> bytes:
    """Lay out the workbook.

    Args:
        rows: What to show.
        office: The office folder's id.
        revision: The number that the workbook carries.
        office_name: For the headings; may be empty.
        warning: What the scheduler needs somebody for, above the head of 任务事项; empty for nothing.
    """
    buffer = io.BytesIO()
    book = new_book(buffer)
    formats = _formats(book)
    pages = {sheet: book.add_worksheet(name) for sheet, name in LEDGER_SHEETS.items()}
    _explain(book.add_worksheet("说明"), formats)
    for sheet, page in pages.items():
        _lay_out_sheet(book, page, formats, sheet, rows.of(sheet), office_name)
        if sheet is Sheet.POINTS:
            _warn(page, formats, warning)
    _write_identity(book, office, revision)
    book.close()
    return buffer.getvalue()


def laid_out_reading(rows: LedgerRows, *, office: str, revision: int, warning: str = "") -> LedgerReading:
    """What `read_ledger_book` gives of the workbook that `lay_out_ledger` makes."""
    sheets = {}
    for sheet, name in LEDGER_SHEETS.items():
        columns = {column.name: place for place, column in enumerate(columns_of(sheet))}
        note = Note(1, 0, warning or LEDGER_NOTE) if sheet is Sheet.POINTS else None
        names = [column.name for column in on(sheet)]
        texts = {key: {name: row.get(name, "") for name in names} for key, row in rows.of(sheet).items()}
        numbers = {key: number for number, key in enumerate(texts, start=_HEAD + 1)}
        sheets[sheet] = SheetReading(name, _HEAD, columns, numbers, texts, note=note)
    return LedgerReading(office, revision, sheets)


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """The columns as laid out: a hidden identity stands before those of 各单位进展."""
    key = Column(KEY_LABEL, 12, Owner.PLAN, name="key")
    return (key, *on(sheet)) if sheet is Sheet.PROGRESS else on(sheet)


def _formats(book: Any) -> dict[str, Any]:
    grey = {**BOX, "bg_color": "#F7F7F7"}
    looks: dict[str, dict[str, Any]] = {
        "title": {**FONT, "font_name": "黑体", "font_size": 18, "align": "left", "text_wrap": False},
        "note": {**FONT, "font_color": "#404040", "text_wrap": False},
        "told": {**FONT, "valign": "top"},
        "our_head": {**HEADING, "bg_color": "#D9E2F3"},
        "open_head": {**HEADING, "bg_color": "#FFE699"},
        "our_text": {**grey, "num_format": "@"},
        "our_center": {**grey, "num_format": "@", "align": "center"},
        "our_day": {**grey, "num_format": "yyyy-mm-dd", "align": "center"},
        "text": {**BOX, "num_format": "@"},
        "center": {**BOX, "num_format": "@", "align": "center"},
        "day": {**BOX, "num_format": "yyyy-mm-dd", "align": "center"},
    }
    looks["warning"] = {"font_color": "#C00000", "bold": True}
    looks |= {f"light_{colour}": {"bg_color": code} for colour, code in _COLOURS.items()}
    return {name: book.add_format(look) for name, look in looks.items()}


def _is_open(column: Column) -> bool:
    return column.owner in (Owner.OFFICE, Owner.UNIT)


def _look(column: Column) -> str:
    if column.kind is ColumnKind.DATE:
        return "day" if _is_open(column) else "our_day"
    is_long = column.kind is ColumnKind.LONG or column.name in ("task", "section")
    look = "text" if is_long else "center"
    return look if _is_open(column) else f"our_{look}"


def _lay_out_sheet(
    book: Any,
    page: Any,
    formats: Mapping[str, Any],
    sheet: Sheet,
    rows: Mapping[str, Mapping[str, str]],
    office_name: str,
) -> None:
    columns = columns_of(sheet)
    first_shown = 1 if sheet is Sheet.PROGRESS else 0
    name = LEDGER_SHEETS[sheet]
    page.write_string(0, first_shown, f"{office_name}工作台账（{name}）", formats["title"])
    page.write_string(1, first_shown, LEDGER_NOTE, formats["note"])
    page.set_row(0, 30)
    head = _HEAD
    page.set_row(head, 32)
    looks = [formats[_look(column)] for column in columns]
    for number, (key, cells) in enumerate(rows.items(), start=head + 1):
        texts = [key if column.name == "key" else cells.get(column.name, "") for column in columns]
        write_row(page, number, columns, texts, looks)
    last = head + max(len(rows), 1)
    page.add_table(
        head,
        0,
        last,
        len(columns) - 1,
        {
            "name": name,
            "style": None,
            "columns": [
                {
                    "header": column.label,
                    "header_format": formats["open_head" if _is_open(column) else "our_head"],
                }
                for column in columns
            ],
        },
    )
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width, None, {"hidden": column.name == "key"})
        _check(page, column, place, head + 1, last + SPARE_ROWS)
        if column.name == "light":
            for colour in _COLOURS:
                page.conditional_format(
                    head + 1,
                    place,
                    last + SPARE_ROWS,
                    place,
                    {
                        "type": "text",
                        "criteria": "begins with",
                        "value": colour,
                        "format": formats[f"light_{colour}"],
                    },
                )
    _print_set_up(page, head, columns, name)


def _warn(page: Any, formats: Mapping[str, Any], warning: str) -> None:
    """Say what is wrong in the line above the head, red as long as something is, whoever writes there later."""
    if warning:
        page.write_string(1, 0, warning, formats["note"])
    page.conditional_format(
        1,
        0,
        1,
        0,
        {"type": "text", "criteria": "begins with", "value": WARNING, "format": formats["warning"]},
    )


def _check(page: Any, column: Column, place: int, first: int, last: int) -> None:
    if not _is_open(column):
        return
    if column.choices:
        page.data_validation(
            first,
            place,
            last,
            place,
            {
                "validate": "list",
                "source": list(column.choices),
                "input_title": column.label,
                "input_message": column.hint[:250],
                "error_title": "请从下拉框选择",
                "error_message": "只能填：" + "、".join(column.choices) + "。",
            },
        )


def _print_set_up(page: Any, head: int, columns: tuple[Column, ...], name: str) -> None:
    fixed_count = next(number for number, column in enumerate(columns) if column.name == "requirement")
    page.freeze_panes(head + 1, fixed_count)
    printed_count = len(columns)
    if name == LEDGER_SHEETS[Sheet.PROGRESS]:
        # On paper one page in width: what is read of a unit, up to its problem.
        printed_count = 1 + next(n for n, column in enumerate(columns) if column.name == "problem")
        page.print_area(0, 0, _LAST_ROW, printed_count - 1)
    widths = [column.width for column in columns[:printed_count] if column.name != "key"]
    # Without the requirement: it leaves no room for the others on the second page.
    print_on_a4(page, widths, head=head, repeat=fixed_count)
    page.set_footer(f"&L{name}&C第 &P 页，共 &N 页&R打印日期：&D")
    page.set_zoom(90)
    page.set_selection(head + 1, fixed_count, head + 1, fixed_count)
    page.set_tab_color("#2F75B5" if name == LEDGER_SHEETS[Sheet.POINTS] else "#70AD47")


def _explain(page: Any, formats: Mapping[str, Any]) -> None:
    """The sheet 说明: what each column is and who may change it."""
    lines = [
        "本台账由程序生成和更新，平时直接在这里查看、筛选和填写；改完保存并关闭，再“更新台账”。",
        "程序只改自己的栏目、在最后一行下面追加新事项；您加的列、颜色、批注、工作表、图表都不动。",
        "整行排序、筛选、隐藏都可以；请不要改动“事项编号”，也不要只对部分列排序。",
        "亮灯：绿 已完成或正常推进；蓝 临近到期；黄 进展滞后、到期当月未启动或到期待核实；红 逾期未完成；灰 长期坚持或不计。",
        "各单位进展里的黄色栏目是单位自报内容，接到电话或纸质材料时可以代为录入，程序会记下是本办录入的。",
    ]
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 12)
    page.set_column(2, 2, 80)
    page.write_string(0, 0, "说明", formats["title"])
    page.set_row(0, 30)
    for row, line in enumerate(lines, start=1):
        page.merge_range(row, 0, row, 2, "", formats["told"])
        page.write_string(row, 0, f"{row}. {line}", formats["told"])
        page.set_row(row, height_for(lines_in(line, 112)))
    head = len(lines) + 2
    for place, label in enumerate(("栏目", "谁来改", "填写说明")):
        page.write_string(head, place, label, formats["our_head"])
    owners = {Owner.PLAN: "方案", Owner.OFFICE: "本办", Owner.UNIT: "单位（可代录）", Owner.COMPUTED: "程序"}
    columns = dict.fromkeys([*on(Sheet.POINTS), *on(Sheet.PROGRESS)])
    for row, column in enumerate(columns, start=head + 1):
        for place, text in enumerate((column.label, owners[column.owner], column.hint)):
            page.write_string(row, place, text, formats["text"])
    print_on_a4(page, head=head)


def _write_identity(book: Any, office: str, revision: int) -> None:
    write_hidden(book, IDENTITY_SHEET, [("office", office), ("revision", str(revision))])
    letters = column_letters(1)
    book.define_name("台账版本", f"='{IDENTITY_SHEET}'!${letters}$2")
