r"""What people write into workbooks of ours: the cells of a form, several departments under one unit, the rows of a list.

**Cells** are read by the kind of their column. What is taken and what is refused at its cell stands in `formats.books.returns`.

**One of several words** counts as it is written, without blanks, full-width forms and a full stop at its end. Where it is none
of the words that the cell may hold, it counts for the one that says the same (`_ALIKE`), if the cell may hold exactly one
such. What could mean several things is nobody's word and is asked; a tick (√) says 是, and nothing where that is not offered.

    >>> read_choice("完成", ("正在推进", "已完成")), read_choice("正在推进。", ("正在推进", "已完成"))
    ('已完成', '正在推进')
    >>> read_choice("√", ("正在推进", "已完成")), read_choice("基本完成", ("正在推进", "已完成")), read_choice("完成", ())
    ('', '', '')
    >>> read_choice("批准", ("同意", "不同意")), read_choice("签发", ("拟稿", "已签发", "已发")), read_choice("基本完成", ("基本完成",))
    ('同意', '已签发', '基本完成')

**Several departments or towns under one unit**: their texts stand under each other, each under its name.

Nobody's words are put into anybody else's: one person of the office (or of the unit) makes one text of them. A
choice or a day cannot be stacked; where the departments differ, nobody can say which holds.

    >>> text = stack({"教育科": "开了两次会", "卫生科": "印发通知"})
    >>> text
    '【教育科】开了两次会\n【卫生科】印发通知'
    >>> with_block(text, "教育科", "开了三次会", among={"卫生科"})
    '【教育科】开了三次会\n【卫生科】印发通知'
    >>> with_block(text, "民政科", "走访完毕", among={"卫生科", "教育科"}).splitlines()[-1]
    '【民政科】走访完毕'

**Rows** of our own workbooks after people worked in them are found again by the words of their heads, wherever the
columns stand now:

>>> from tracker.grid import from_table
>>> grid = from_table('''
... | 名单     |          |
... | 备注     | 单位     |
... | 新       | 市教育局 |
... ''')
>>> [(row.text("单位"), row.places["单位"]) for row in rows_of(grid, ("单位", "备注"))]
[('市教育局', 'Sheet1!B3')]

A list of ours that people have worked in for months: found again, or refused by the name of what is wrong.

    what somebody did                                   then
    --------------------------------------------------  --------------------------------------------------------
    moved, added or hid columns; sorted, filtered       understood
    renamed the sheet, blanks or a star in a head       understood
    gave a column another of its usual names            understood
    renamed or deleted a column that is needed          refused: the columns by name; nothing of the list counts
    renamed or deleted a column that people fill in     the rest counts, the column is told
    put a needed or filled column there twice           refused, both places told
    copied the sheet                                    the first one counts, the other is told
    pasted the head once more between the rows          passed over

>>> from tracker.grid import from_table
>>> grid = from_table('''
... | 签发单 |          |          |
... | 编号   | * 签发状态 | 发文字号 |
... | D1     | 已签发   |          |
... ''')
>>> columns = (ListColumn("编号", is_needed=True), ListColumn("状态", ("签发状态",), is_needed=True), ListColumn("文号", ("发文字号",)))
>>> reading = list_in(Source("xlsx", "签发单.xlsx", (grid,)), columns)
>>> [(row.text("编号"), row.text("状态")) for row in reading.rows], reading.findings
([('D1', '已签发')], ())
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from tracker import patterns as re
from tracker.columns import TICK, Column, ColumnKind
from tracker.days import last_day_of, read_day
from tracker.grid import ErrorValue, Grid, Source, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.chase import COLUMN_GONE, COLUMN_TWICE, LIST_SPOILED, LIST_TWICE
from tracker.problems.returns import (
    BAD_CHOICE,
    BAD_DAY,
    ERROR_CELL,
    NO_VALUE,
    PICTURE_ANSWER,
    READ_AS,
    SPOILED_NUMBER,
    TOO_LONG,
)
from tracker.text import compact
from tracker.values import dataclass

# A very hidden sheet: column A names a value, column B holds it.
IDENTITY_SHEET = "_tracker"

_HEAD_WITHIN = 40


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that was read back: its 0-based row number; value, place and 0-based column by label."""

    row: int
    cells: dict[str, Value]
    places: dict[str, str]
    columns: dict[str, int]

    def text(self, label: str) -> str:
        """The text under a label, without blanks at its ends; empty when the column is missing."""
        return as_text(self.cells.get(label)).strip()

    def choice(self, label: str, words: Collection[str], notes: list[Finding]) -> str:
        """The word that a cell means, empty for none; another spelling of it is noted.

        >>> notes = []
        >>> TableRow(4, {"状态": "签发"}, {"状态": "表!H5"}, {"状态": 7}).choice("状态", ("拟稿", "已签发"), notes), notes[0].place
        ('已签发', '表!H5')
        """
        text = self.text(label)
        word = read_choice(text, words)
        if word and word not in (text, plain_word(text)):
            notes.append(READ_AS.at(self.places[label], label=label, text=text, word=word))
        return word

    def day(self, label: str, notes: list[Finding]) -> dt.date | None:
        """The day that a cell holds for certain, None for none; what was put in for it is noted."""
        day, note, _ = read_day(self.cells.get(label))
        if note:
            word = f"{day}（{note}）"
            notes.append(READ_AS.at(self.places[label], label=label, text=self.text(label), word=word))
        return day


def find_head(grid: Grid, labels: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """Find the row that holds the labels, and the column of each; None when no row holds them all."""
    for row, values in enumerate(grid.rows[:_HEAD_WITHIN]):
        if not any(isinstance(value, str) and labels[0] in value for value in values):
            continue
        columns = {
            label: column
            for column, value in enumerate(values)
            if value is not None and (label := as_text(value).strip())
        }
        if all(label in columns for label in labels):
            return row, columns
    return None


def rows_of(grid: Grid, labels: Sequence[str]) -> Iterator[TableRow]:
    """The rows below the head that hold anything; nothing when the head was not found."""
    head = find_head(grid, labels)
    if head is None:
        return
    top, columns = head
    for row in range(top + 1, grid.height):
        cells = {label: grid.value(row, column) for label, column in columns.items()}
        if any(value not in (None, "") for value in cells.values()):
            places = {label: grid.place(row, column) for label, column in columns.items()}
            yield TableRow(row, cells, places, columns)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column that people fill in or that tells rows apart.

    Attributes:
        label: Its head.
        others: Other heads that offices give it.
        is_needed: Whether nothing of the list can be used without it.
        newer: Whether lists of an earlier version do not have it: not told when it is missing.
    """

    label: str
    others: tuple[str, ...] = ()
    is_needed: bool = False
    newer: bool = False


@dataclass(frozen=True, slots=True)
class ListReading:
    """The list as it was found.

    Attributes:
        rows: Each with its values under our heads, and under the office's own for other columns.
        columns: Where each head stands; None where the list was refused.
        sheet: Name of its sheet.
        findings: What is wrong with it.
    """

    rows: tuple[TableRow, ...] = ()
    columns: Mapping[str, int] | None = None
    sheet: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _ListHead:
    """A row that may be the head: where our columns stand in it, where twice, and the other heads."""

    grid: Grid
    row: int
    columns: dict[str, int]
    twice: dict[str, tuple[int, int]]
    others: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, int]:
        return {**self.others, **self.columns}


def list_in(source: Source, columns: Sequence[ListColumn]) -> ListReading:
    """Find the list and its rows; see the table of the module."""
    heads = [head for grid in source.grids if (head := _head_of(grid, columns)) is not None]
    needed_labels = [column.label for column in columns if column.is_needed]
    whole = [head for head in heads if all(label in head.columns for label in needed_labels)]
    if not whole:
        return ListReading(findings=(_spoiled_list(source, heads, needed_labels),))
    head = whole[0]
    if head.twice:
        return ListReading(
            findings=tuple(
                COLUMN_TWICE.at(
                    head.grid.place(head.row, first), label=label, other=head.grid.place(head.row, second)
                )
                for label, (first, second) in head.twice.items()
            )
        )
    findings = [
        COLUMN_GONE.at(f"{head.grid.name}第{head.row + 1}行", label=column.label)
        for column in columns
        if column.label not in head.columns and not column.newer
    ]
    findings += [LIST_TWICE.at(other.grid.name, first=head.grid.name) for other in whole[1:]]
    return ListReading(tuple(_rows(head, needed_labels)), head.all, head.grid.name, tuple(findings))


# A number before a name, a line above names that says what they are, and what no name holds.
_NUMBER = re.compile(r"^(?:序号$|[（(]?\d{1,4}[）)]?(?:[.．、]|\s|$)\s*)")
_LIST_TITLE = re.compile(r"(?:名单|名录|清单|通讯录|一览表|目录)[：:]?$")
_NO_NAME = re.compile(r"[。；;：:！？]|.{41}")
_BETWEEN_NAMES = re.compile(r"[、，,\t]")


def single_column(source: Source, heads: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """The names of a list that has no other column, each once, and whether they stand below a head.

    A list without a head has a name in each line, or several with 、 between them; a title above them is passed over.
    Where a line reads like a sentence, or two texts stand side by side, it is no such list: there are no names.

    >>> from tracker.grid import from_table
    >>> table = from_table('''
    ... | 序号 | 单位名称 |
    ... | 1    | 市教育局 |
    ... | 2    | 市司法局 |
    ... ''')
    >>> single_column(Source("xlsx", "名单.xlsx", (table,)), ("单位名称", "单位"))
    (('市教育局', '市司法局'), True)
    >>> single_column(Source("xlsx", "名单.xlsx", (from_table("| 1.市教育局、市司法局 |"),)), ("单位名称", "单位"))
    (('市教育局', '市司法局'), False)
    """
    lines = [texts for texts in _texts_of_lines(source) if texts]
    if any(len(texts) > 1 for texts in lines):
        return (), False
    texts = [text for [text] in lines]
    plain_heads = {_plain(head) for head in heads}
    head = next((n for n, text in enumerate(texts) if _plain(text) in plain_heads), None)
    if head is not None:
        names = texts[head + 1 :]
    else:
        names = [
            name.strip()
            for text in texts
            if not _LIST_TITLE.search(text)
            for name in _BETWEEN_NAMES.split(text)
        ]
    if any(_NO_NAME.search(name) for name in names):
        return (), False
    return tuple(dict.fromkeys(name for name in names if name)), head is not None


def _texts_of_lines(source: Source) -> Iterator[list[str]]:
    """What stands in each row and each line beside its number."""
    for block in source.blocks:
        rows: Iterable[Sequence[Value]] = block.rows if isinstance(block, Grid) else [(block.text,)]
        for row in rows:
            yield [text for value in row if (text := _NUMBER.sub("", as_text(value).strip()))]


def _head_of(grid: Grid, columns: Sequence[ListColumn]) -> _ListHead | None:
    """The row of a sheet that holds most of the heads, where it holds any two."""
    labels = {_plain(name): column.label for column in columns for name in (column.label, *column.others)}
    best: _ListHead | None = None
    for row in range(min(grid.height, _HEAD_WITHIN)):
        positions: dict[str, int] = {}
        twice: dict[str, tuple[int, int]] = {}
        others: dict[str, int] = {}
        for column in range(grid.width):
            text = grid.text(row, column).strip()
            label = labels.get(_plain(text))
            if label is None:
                others |= {text: column} if text else {}
            elif label in positions:
                # The head's own name is stronger than another name of it.
                exact = [
                    at for at in (positions[label], column) if _plain(grid.text(row, at)) == _plain(label)
                ]
                if len(exact) == 1:
                    positions[label] = exact[0]
                else:
                    twice[label] = (positions[label], column)
            else:
                positions[label] = column
        if len(positions) > 1 and (best is None or len(positions) > len(best.columns)):
            best = _ListHead(grid, row, positions, twice, others)
    return best


def _rows(head: _ListHead, needed_labels: Sequence[str]) -> list[TableRow]:
    grid, rows = head.grid, []
    for row in range(head.row + 1, grid.height):
        cells = {label: grid.value(row, column) for label, column in head.all.items()}
        if all(value in (None, "") for value in cells.values()):
            continue
        if all(grid.text(row, head.columns[label]).strip() == label for label in needed_labels):
            continue
        places = {label: grid.place(row, column) for label, column in head.all.items()}
        rows.append(TableRow(row, cells, places, head.all))
    return rows


def _spoiled_list(source: Source, heads: Sequence[_ListHead], needed_labels: Sequence[str]) -> Finding:
    nearest = max(heads, key=lambda head: len(head.columns), default=None)
    missing_labels = [label for label in needed_labels if nearest is None or label not in nearest.columns]
    place = source.name if nearest is None else f"{nearest.grid.name}第{nearest.row + 1}行"
    return LIST_SPOILED.at(
        place, list=source.name, labels="、".join(f"“{label}”" for label in missing_labels)
    )


_OUR_ID = re.compile(r"[A-Za-z]\d+(-\d+)?")
# What a dash of an id is typed as, also by an input method.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－ー", "-"))


def identifier(text: str) -> str:
    """An id of ours as it was minted, from what somebody typed.

    >>> identifier("ｐ１－００１ "), identifier("d 6"), identifier("P1—001")
    ('P1-001', 'D6', 'P1-001')
    """
    plain = compact(text.translate(_DASHES))
    return plain.upper() if _OUR_ID.fullmatch(plain) else plain


def _plain(text: str) -> str:
    r"""A head without blanks, line breaks, stars and colons, its full-width signs made narrow.

    >>> _plain("＊ 审批\n意见："), _plain("等待（工作日）")
    ('审批意见', '等待(工作日)')
    """
    return compact(text).strip("*:")


# What a tick behind a task most likely means; a person agrees to it or not.
DONE = "已完成"
# Not ticked, in a column of ticks.
_NO_TICK, _BLANK_MARKS = "否", ("/", "-", "—", "——")
# Text that a spreadsheet shows instead of a value, and that somebody copied as text.
_SHOWN_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|#{3,}")
_SHOWN_FIGURE = re.compile(r"[-+]?\d(?:\.\d+)?[Ee]\+\d{2,3}")
_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.I)
# A mobile number, or one of a town without its area code: no zero can have been lost before the first digit.
_WHOLE_NUMBER = re.compile(r"1[3-9]\d{9}|[2-9]\d{6,7}|1\d{2,4}|400\d{7}")


class DayLimits(NamedTuple):
    """Between which days a unit can have finished: the first of the plan's year, and the day on which the return came."""

    first: dt.date | None = None
    last: dt.date | None = None


ANY_DAY = DayLimits()


class CellReading(NamedTuple):
    """An answer: its text, and, where it may not be used, why, and what a person may agree to instead."""

    text: str
    refusal: str = ""
    findings: tuple[Finding, ...] = ()
    candidate: str = ""


_EMPTY = CellReading("")


def read_cell(
    column: Column,
    value: Value,
    place: str,
    has_formula_value: bool | None = None,
    *,
    limit: int = 0,
    days: DayLimits = ANY_DAY,
) -> CellReading:
    """Take what a cell says.

    Args:
        column: Its column.
        value: What the reader found.
        place: Where.
        has_formula_value: None for no formula, else whether the formula had a value.
        limit: The longest text that fits where the office set it; 0 is the column's own.
        days: Between which days a day may lie.
    """
    if value is None and has_formula_value is not False:
        return _EMPTY
    text = as_text(value)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if has_formula_value is False and not text:
        return CellReading("", "公式没有计算结果", (NO_VALUE.at(place, label=column.label),))
    plain = text.strip()
    if not plain:
        return _EMPTY
    if isinstance(value, ErrorValue) or (plain[0] == "#" and _SHOWN_ERROR.fullmatch(plain)):
        return CellReading(text, "错误值", (ERROR_CELL.at(place, label=column.label, text=plain),))
    if plain[0] in "=_Dd" and _PICTURE.match(plain):
        finding = PICTURE_ANSWER.at(place, label=column.label)
        return (
            _EMPTY._replace(findings=(finding,))
            if column.name == "evidence"
            else CellReading("", "图片", (finding,))
        )
    if column.kind is ColumnKind.CHOICE:
        return _choice(column, text, place)
    if column.kind is ColumnKind.TICK:
        return _tick(column, text, place)
    if column.kind is ColumnKind.DATE:
        return _day(column, value, text, place, days)
    if column.kind is ColumnKind.TELEPHONE and _WHOLE_NUMBER.fullmatch(text):
        return CellReading(text)
    if not isinstance(value, str) or _SHOWN_FIGURE.fullmatch(plain):
        kind_name = (
            "数字"
            if isinstance(value, (int, float, str)) and not isinstance(value, bool)
            else "日期、时间或逻辑值"
        )
        finding = SPOILED_NUMBER.at(place, label=column.label, what=kind_name, text=text)
        return CellReading(text, f"文字变成了{kind_name}", (finding,))
    limit = limit or column.limit
    if limit and len(plain) > limit:
        finding = TOO_LONG.at(place, label=column.label, length=len(plain), limit=limit)
        return CellReading(text, findings=(finding,))
    return CellReading(text)


def _choice(column: Column, text: str, place: str) -> CellReading:
    word = read_choice(text, column.choices)
    if not word:
        words = "、".join(column.choices)
        finding = BAD_CHOICE.at(place, label=column.label, text=text, allowed=words)
        is_tick = read_choice(text, (TICK, _NO_TICK)) == TICK and DONE in column.choices
        return CellReading(text, "不在可选范围内", (finding,), DONE if is_tick else "")
    if word == text or word == plain_word(text):
        return CellReading(word)
    return CellReading(word, findings=(READ_AS.at(place, label=column.label, text=text, word=word),))


def _tick(column: Column, text: str, place: str) -> CellReading:
    word = read_choice(text, (TICK, _NO_TICK))
    if word == _NO_TICK or plain_word(text) in _BLANK_MARKS:
        return CellReading("")
    return CellReading(TICK) if word else _choice(column, text, place)


def _day(column: Column, value: Value, text: str, place: str, days: DayLimits) -> CellReading:
    day, note, doubt = read_day(value, days.last)
    if day is None:
        finding = BAD_DAY.at(place, label=column.label, text=text, why=doubt)
        month_end = last_day_of(value)
        return CellReading(text, doubt, (finding,), month_end.isoformat() if month_end else "")
    why = (
        f"晚于收到报表的日期（{days.last}）"
        if days.last is not None and day > days.last
        else f"早于方案年度（{days.first.year}年）"
        if days.first is not None and day < days.first
        else ""
    )
    if why:
        finding = BAD_DAY.at(place, label=column.label, text=text, why=why)
        return CellReading(day.isoformat(), why, (finding,), day.isoformat())
    findings = (READ_AS.at(place, label=column.label, text=text, word=f"{day}（{note}）"),) if note else ()
    return CellReading(day.isoformat(), findings=findings)


def can_stack(column: Column) -> bool:
    """Whether texts of this column may stand under each other."""
    return column.kind in (ColumnKind.TEXT, ColumnKind.LONG, ColumnKind.TELEPHONE)


def combined(column: Column, parts: Mapping[str, str]) -> tuple[str, bool]:
    """One answer made of those of several departments, and whether they contradict each other."""
    texts = {part: text for part, text in parts.items() if text.strip()}
    different = list(dict.fromkeys(texts.values()))
    if can_stack(column):
        return (stack(texts) if len(parts) > 1 else "".join(different)), False
    return (different[0] if different else ""), len(different) > 1


def stack(parts: Mapping[str, str]) -> str:
    """Each text under the name of its department."""
    return "\n".join(f"{_head(part)}{text}" for part, text in parts.items())


def with_block(text: str, part: str, words: str, *, among: Collection[str]) -> str:
    """A stacked text with the words of one department replaced, or added below the last.

    Args:
        text: As it stands.
        part: Whose words.
        words: What it says now; empty takes its block away.
        among: The other departments that may have a block.
    """
    heads = tuple(_head(other) for other in among if other != part)
    lines: list[str] = []
    inside, is_placed = False, False
    block = [f"{_head(part)}{words}"] if words.strip() else []
    for line in text.split("\n") if text else []:
        if line.startswith(_head(part)):
            inside = True
            lines += [] if is_placed else block
            is_placed = True
        elif inside and not line.startswith(heads):
            continue
        else:
            inside = False
            lines.append(line)
    return "\n".join(lines if is_placed else [*lines, *block])


def own_block(text: str, part: str, *, among: Collection[str]) -> str:
    r"""The words of one department out of a stacked text; a text without its head is all its own.

    >>> own_block("【教育科】甲\n再写一行\n【卫生科】乙", "教育科", among={"卫生科"})
    '甲\n再写一行'
    """
    heads = tuple(_head(other) for other in among if other != part)
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith(_head(part))), None)
    if start is None:
        return text
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith(heads)), len(lines))
    return "\n".join(lines[start:end]).removeprefix(_head(part))


def _head(part: str) -> str:
    return f"【{part}】"


# Words that say the same; the first of each row is how our own tables say it, where they do.
_ALIKE = (
    (
        "已完成",
        "完成",
        "完成了",
        "全部完成",
        "已全部完成",
        "已办结",
        "办结",
        "已办理完毕",
        "办理完毕",
        "已落实",
        "落实到位",
    ),
    (
        "正在推进",
        "推进中",
        "进行中",
        "正在进行",
        "正在办理",
        "办理中",
        "正在落实",
        "落实中",
        "正在开展",
        "有序推进",
        "正推进",
    ),
    ("未启动", "未开始", "尚未启动", "没有启动", "尚未开始", "未开展"),
    ("进展滞后", "滞后", "进度滞后", "推进滞后"),
    ("持续推进", "长期坚持", "常态化推进", "持续推进中"),
    ("不涉及", "不适用", "无此项", "无此项工作", "不涉及本单位"),
    # 同意 alone may be about the draft and not about sending it: who writes it is asked.
    ("已签发", "签发", "同意签发"),
    ("已发", "已发出", "已发送", "发出"),
    ("作废", "不发", "已作废"),
    ("同意", "批准", "已批准", "已同意", "准予"),
    ("不同意", "不批准", "不予批准", "未批准", "驳回"),
    ("是", "有", "√", "✓", "✔", "☑", "Y", "YES", "TRUE", "1", "对"),
    ("否", "无", "没有", "×", "✗", "☐", "N", "NO", "FALSE", "0"),
)


def plain_word(text: str) -> str:
    """A word without blanks, full-width forms and a stop at its end."""
    return compact(text).rstrip("。.!,;、")


def read_choice(text: str, words: Collection[str]) -> str:
    """The word of `words` that a text means for certain; empty for none."""
    if text in words:
        return text
    plain = plain_word(text)
    by_plain = {plain_word(word): word for word in words}
    if plain in by_plain:
        return by_plain[plain]
    meant = {by_plain[word] for row in _ALIKE if plain.upper() in row for word in row if word in by_plain}
    return meant.pop() if len(meant) == 1 else ""
