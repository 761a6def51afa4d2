r"""登记簿 as workbooks: 台账/登记簿目录.xlsx, which declares them, and one workbook for each, laid out and read back.

The catalogue has three sheets: 登记簿 (which there are, which are on), 栏目 (their columns) and 时限规则. An office that wants a
logbook of its own writes a line on the first and its columns on the second; the types are those of `tracker.logbooks`.

A cell that cannot be used is a finding at its place, and what was known before holds.

    >>> [moment_of(text) for text in ("2026年3月2日 14:30", "2026-3-2 9:05", "3月2日")]
    [datetime.datetime(2026, 3, 2, 14, 30), datetime.datetime(2026, 3, 2, 9, 5), None]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction

from tracker import patterns as re
from tracker.columns import ABOUT_POINT, Column, ColumnKind, Owner
from tracker.days import day_of, moment_of
from tracker.formats.books.answers import ListColumn, TableRow, identifier, list_in, rows_of
from tracker.formats.books.returns import FormCell
from tracker.formats.books.tables import ListBook, lay_out, rows_under
from tracker.formats.patch import Append, Edit
from tracker.grid import ErrorValue, Grid, Source, Value, as_text
from tracker.limits import LimitRule, Roll, Span
from tracker.logbooks import (
    COLUMN_TYPES,
    LOGBOOK_NUMBER,
    LOGBOOKS,
    OFFICE_FILLS,
    SHORTCOMINGS,
    UNITS_FILL,
    YES_NO,
    YES_NO_TYPE,
    Logbook,
    LogbookScope,
    logbook_column,
    logbook_of,
    word_of,
    words_of,
)
from tracker.problems.base import Finding
from tracker.problems.check import (
    BAD_LOGBOOK_CELL,
    BAD_LOGBOOK_TYPE,
    BAD_RULE,
    LOGBOOK_TWICE,
    LOGBOOK_WITHOUT_CODE,
    LOGBOOK_WITHOUT_COLUMNS,
)
from tracker.table import Table
from tracker.values import dataclass

LOGBOOK_STATE = "办理状态"
LOGBOOK_STORY = "办理经过"
# What the rows of a logbook that has them beforehand are about.
SUBJECT_LABELS = {LogbookScope.UNIT: "单位", LogbookScope.POINT: ABOUT_POINT}

_TYPE_OF = {kind: word for word, kind in COLUMN_TYPES.items()}

_WORDS, _RATIO, _FILLER = "来文用语", "比值", "谁填"
# Columns that a catalogue of an earlier version does not have.
_NEWER = (_WORDS, _RATIO, _FILLER)
_CATALOGUE = (
    Column("登记簿", 24),
    Column("代码", 8),
    Column("启用", 8, choices=YES_NO),
    Column("每行是", 16, choices=tuple(subject.value for subject in LogbookScope)),
    Column(_FILLER, 8, choices=(OFFICE_FILLS, UNITS_FILL)),
    Column("每期几次", 10),
    Column("期间", 10, choices=(Span.MONTH.value, Span.QUARTER.value, Span.YEAR.value)),
    Column("期限栏目或规则", 18),
    Column("办结栏目", 16),
    Column(_RATIO, 30),
    Column(_WORDS, 40),
    Column("说明", 60),
)
_COLUMNS = (
    Column("登记簿", 24),
    Column("栏目", 22),
    Column("类型", 10, choices=(*COLUMN_TYPES, YES_NO_TYPE)),
    Column("选项", 40),
    Column("填写说明", 40),
)
_RULES = (
    Column("编号", 8),
    Column("事项", 36),
    Column("起算事件", 20),
    Column("时长", 8),
    Column("单位", 12, choices=tuple(span.value for span in Span)),
    Column("固定日期", 12),
    Column("遇休息日", 20, choices=tuple(roll.value for roll in Roll)),
    Column("依据", 40),
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """登记簿目录.xlsx as it was read.

    Attributes:
        logbooks: Those that are declared well, on or off.
        rules: The rules of time.
        findings: What is wrong with it.
        sha: Hash of the workbook; empty for the shipped one.
    """

    logbooks: tuple[Logbook, ...]
    rules: tuple[LimitRule, ...]
    findings: tuple[Finding, ...] = ()
    sha: str = ""


def lay_out_catalogue(logbooks: Sequence[Logbook], rules: Sequence[LimitRule]) -> bytes:
    """Lay out a new catalogue."""
    return lay_out(
        (
            Table(
                _CATALOGUE,
                rows_under(_CATALOGUE, map(_logbook_values, logbooks)),
                name="登记簿",
                title="登记簿目录",
                notes=(
                    "“启用”选“是”的，下次运行时在“台账”文件夹里生成同名工作簿，直接填写，程序双向更新。",
                    "自设登记簿：在这里加一行（代码用一两个大写字母，不与已有的重复），再到“栏目”表写它的各栏。",
                    "“谁填”选“单位”的，随填报表印发各单位，作为填报表里的一页收回汇总；选“本办”的由本办在台账里登记。",
                    "“比值”写两栏相除和界限（如 改革后天数/改革前天数≤50%），算出来的写在“办理状态”；也可以写某栏选了某些词就必须填另一栏（如 公开属性=不予公开→不公开的法定依据）。",
                    "“来文用语”是来文要求登记时的说法（…代表中间隔着别的字），登记来文时据此提议启用。",
                ),
            ),
            Table(
                _COLUMNS,
                rows_under(_COLUMNS, _column_values(logbooks)),
                name="栏目",
                title="各登记簿的栏目",
                notes=("一栏一行，顺序就是工作簿里的顺序。类型选“选项”的，在“选项”里用顿号分开写明。",),
            ),
            Table(
                _RULES,
                rows_under(_RULES, map(_rule_values, rules)),
                name="时限规则",
                title="时限规则",
                notes=(
                    "写了“起算事件”的从事件发生后起算（小时按钟点，其余从次日起算）；写“固定日期”的每年到这一天；都不写的，是每期应有几次。",
                ),
            ),
        )
    )


def complete_catalogue(
    source: Source, logbooks: Sequence[Logbook]
) -> tuple[tuple[Edit, ...], tuple[Append, ...]]:
    """What a catalogue lacks: 是 where a logbook is on and the workbook says otherwise, and logbooks that it does not have."""
    table = list_in(source, _list(_CATALOGUE, "登记簿", "代码", "启用"))
    on = {logbook.name for logbook in logbooks if logbook.is_on}
    columns = table.columns or {}
    edits = tuple(
        Edit(table.sheet, row.row, columns["启用"], "是")
        for row in table.rows
        if row.text("登记簿") in on and row.text("启用") != "是"
    )
    names = {row.text("登记簿") for row in table.rows}
    codes = {identifier(row.text("代码")).upper() for row in table.rows}
    lack = [book for book in logbooks if book.name not in names and book.code not in codes]
    below = list_in(source, _list(_COLUMNS, "登记簿", "栏目", "类型"))
    if not lack or not below.columns or not columns:
        return edits, ()
    return edits, tuple(
        ListBook[None].of(reading).append(heads, rows)
        for reading, heads, rows in (
            (table, _CATALOGUE, map(_logbook_values, lack)),
            (below, _COLUMNS, _column_values(lack)),
        )
    )


def _column_values(logbooks: Iterable[Logbook]) -> Iterator[dict[str, Value]]:
    for logbook in logbooks:
        for column in logbook.columns:
            yield {
                "登记簿": logbook.name,
                "栏目": column.label,
                "类型": _type_of(column),
                "选项": "、".join(column.choices),
                "填写说明": column.hint,
            }


def _type_of(column: Column) -> str:
    if column.kind is ColumnKind.CHOICE and column.choices == YES_NO:
        return YES_NO_TYPE
    return _TYPE_OF[column.kind]


def _logbook_values(logbook: Logbook) -> dict[str, Value]:
    return {
        "登记簿": logbook.name,
        "代码": logbook.code,
        "启用": "是" if logbook.is_on else "否",
        "每行是": logbook.subject.value,
        _FILLER: UNITS_FILL if logbook.is_by_units else OFFICE_FILLS,
        "每期几次": logbook.quota or None,
        "期间": logbook.period.value if logbook.quota else None,
        "期限栏目或规则": logbook.due,
        "办结栏目": logbook.done,
        _RATIO: logbook.ratio,
        _WORDS: "、".join(logbook.words),
        "说明": logbook.explains,
    }


def _rule_values(rule: LimitRule) -> dict[str, Value]:
    return {
        "编号": rule.code,
        "事项": rule.subject,
        "起算事件": rule.event,
        "时长": rule.amount or None,
        "单位": rule.span.value if rule.amount else None,
        "固定日期": f"{rule.day[0]}月{rule.day[1]}日" if rule.day else None,
        "遇休息日": rule.roll.value,
        "依据": rule.source,
    }


def _list(labels: Sequence[Column], *keys: str) -> tuple[ListColumn, ...]:
    return tuple(
        ListColumn(column.label, is_needed=column.label in keys, newer=column.label in _NEWER)
        for column in labels
    )


def read_catalogue(source: Source) -> Catalogue:
    """What an office declared; a line that cannot be used is a finding, and the others hold."""
    findings: list[Finding] = []
    columns: dict[str, list[Column]] = {}
    for row in list_in(source, _list(_COLUMNS, "登记簿", "栏目", "类型")).rows:
        column = _column(row, findings)
        if column is not None:
            columns.setdefault(row.text("登记簿"), []).append(column)
    table = list_in(source, _list(_CATALOGUE, "登记簿", "代码", "启用"))
    findings += table.findings
    logbooks: dict[str, Logbook] = {}
    for row in table.rows:
        logbook = _logbook(row, columns, findings)
        if logbook is None:
            continue
        if logbook.code in logbooks:
            findings.append(LOGBOOK_TWICE.at(row.places["代码"], code=logbook.code))
            continue
        logbooks[logbook.code] = logbook
    rules = [
        rule
        for row in list_in(source, _list(_RULES, "编号", "事项", "起算事件")).rows
        if (rule := _rule(row, findings))
    ]
    return Catalogue(tuple(logbooks.values()), tuple(rules), tuple(findings), source.sha256)


def _column(row: TableRow, findings: list[Finding]) -> Column | None:
    label, word = row.text("栏目"), row.text("类型")
    column = logbook_column(label, word, words_of(row.text("选项")), row.text("填写说明"))
    if column is None:
        findings.append(BAD_LOGBOOK_TYPE.at(row.places["类型"], label=label, text=word))
    return column


_CODE = re.compile(r"[A-Z]{1,2}")
# Letters that number other things: plans, units, rounds, forms, conflicts, slips, messages.
_RESERVED = frozenset("PURFCDM")


def _logbook(
    row: TableRow, columns: Mapping[str, Sequence[Column]], findings: list[Finding]
) -> Logbook | None:
    name, code = row.text("登记簿"), identifier(row.text("代码")).upper()
    if not _CODE.fullmatch(code) or code in _RESERVED:
        findings.append(LOGBOOK_WITHOUT_CODE.at(row.places["代码"], name=name, text=code))
        return None
    if name not in columns:
        findings.append(LOGBOOK_WITHOUT_COLUMNS.at(row.places["登记簿"], name=name))
        return None
    # A workbook that was laid out before there were such columns says nothing of them.
    standard = next((_logbook_values(book) for book in LOGBOOKS if book.code == code), {})
    cells = {column.label: row.text(column.label) for column in _CATALOGUE}
    cells |= {label: as_text(standard.get(label)) for label in _NEWER if label not in row.columns}
    return logbook_of(code, name, columns[name], cells)


def _rule(row: TableRow, findings: list[Finding]) -> LimitRule | None:
    amount, day = row.text("时长"), re.fullmatch(r"(\d{1,2})[月.-](\d{1,2})日?", row.text("固定日期"))
    rule = LimitRule(
        code=row.text("编号"),
        subject=row.text("事项"),
        event=row.text("起算事件"),
        amount=int(amount) if amount.isdecimal() else 0,
        span=word_of(Span, row.text("单位"), Span.YEAR),
        day=(int(day[1]), int(day[2])) if day else None,
        roll=word_of(Roll, row.text("遇休息日"), Roll.NONE),
        source=row.text("依据"),
    )
    if rule.code and rule.subject and (rule.amount or rule.day):
        return rule
    findings.append(BAD_RULE.at(row.places["编号"], code=rule.code))
    return None


@dataclass(frozen=True, slots=True)
class LogbookRow:
    """A row of a logbook as its workbook says it.

    Attributes:
        number: Its number; empty for a row that somebody added.
        cells: The text of each column that can be used; a column that holds what cannot be used is not there.
        places: Where each column stands.
        row: Row on the sheet, 0-based.
        computed: What stands in the columns of the program.
        notes: How a column's word or day was understood that is written otherwise.
        text_days: Columns in which a day or a time stands as text.
    """

    number: str
    cells: Mapping[str, str]
    places: Mapping[str, str]
    row: int
    computed: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Finding] = field(default_factory=dict)
    text_days: frozenset[str] = frozenset()


def logbook_columns(logbook: Logbook) -> tuple[Column, ...]:
    """The columns of a logbook's sheet: number, its own, state and story."""
    about = [
        Column(label, 30, Owner.COMPUTED)
        for subject, label in SUBJECT_LABELS.items()
        if subject is logbook.subject
    ]
    story = [Column(LOGBOOK_STORY, 44, Owner.COMPUTED)] if logbook.code == SHORTCOMINGS.code else []
    return (
        Column(LOGBOOK_NUMBER, 12, Owner.COMPUTED),
        *about,
        *logbook.columns,
        Column(LOGBOOK_STATE, 22, Owner.COMPUTED),
        *story,
    )


def lay_out_logbook(logbook: Logbook, rows: Sequence[Mapping[str, Value]]) -> bytes:
    """Lay out a new workbook of a logbook; `rows` by head."""
    columns = logbook_columns(logbook)
    notes = (
        logbook.explains,
        "一行一件，“编号”和灰色各栏由程序填写；填好保存，下次运行时记入台账。删掉一行不算撤销。",
    )
    sheet = Table(
        columns,
        rows_under(columns, rows),
        name=logbook.name,
        title=logbook.name,
        notes=notes,
        fixed_columns=1,
    )
    return lay_out((sheet,))


def read_logbook(source: Source, logbook: Logbook, rules: Sequence[LimitRule]) -> ListBook[LogbookRow]:
    """What stands in a logbook's workbook."""
    columns = [ListColumn(LOGBOOK_NUMBER, is_needed=True)]
    columns += [ListColumn(column.label) for column in logbook.columns]
    table = list_in(source, columns)
    findings = list(table.findings)
    rows = []
    for row in table.rows:
        notes: list[Finding] = []
        cells = dict(_cells(row, logbook, rules, findings, notes))
        number = identifier(row.text(LOGBOOK_NUMBER))
        if number or any(cells.values()):
            computed = {label: row.text(label) for label in (LOGBOOK_NUMBER, LOGBOOK_STATE, LOGBOOK_STORY)}
            by_place = {note.place: note for note in notes}
            noted = {label: by_place[place] for label, place in row.places.items() if place in by_place}
            text_days = frozenset(
                column.label
                for column in logbook.columns
                if column.kind in (ColumnKind.DATE, ColumnKind.MOMENT)
                and cells.get(column.label)
                and isinstance(row.cells.get(column.label), str)
            )
            rows.append(LogbookRow(number, cells, row.places, row.row, computed, noted, text_days))
    return ListBook.of(table, rows, findings, sha=source.sha256)


@dataclass(frozen=True)
class FormLogbooks:
    """What the sheets of logbooks in a form that came back say.

    Attributes:
        source: The form without them.
        rows: Cells by number and head; a row in which nothing stands is no statement and is left out.
        loss: How many cells could not be used.
        findings: What a person should look at.
    """

    source: Source
    rows: Mapping[str, Mapping[str, FormCell]] = field(default_factory=dict)
    loss: int = 0
    findings: tuple[Finding, ...] = ()


def read_form_logbooks(
    source: Source, logbooks: Sequence[Logbook], rules: Sequence[LimitRule], form: str, *, after: int = 0
) -> FormLogbooks:
    """Read the sheets of logbooks in a form; they are told by the numbers of their rows, whatever they are named.

    Args:
        source: The form.
        logbooks: Those that there are.
        rules: The rules of time.
        form: Its id: a row without a number, which somebody added, gets the next one.
        after: What is added to the numbers of its new rows, where several departments fill in the same form.
    """
    sheets = {id(grid): _logbook_on(grid, logbooks) for grid in source.grids}
    rows: dict[str, dict[str, FormCell]] = {}
    findings: list[Finding] = []
    for grid in source.grids:
        logbook = sheets[id(grid)]
        if logbook is None:
            continue
        answers = tuple(column for column in logbook.columns if column.kind is not ColumnKind.UNIT)
        book = read_logbook(replace(source, blocks=(grid,)), replace(logbook, columns=answers), rules)
        findings += book.findings
        prefix, last = f"{logbook.code}-{form}-", 0
        for row in book.rows:
            n = row.number.removeprefix(prefix) if row.number.startswith(prefix) else ""
            last = max(last, int(n) if n.isdecimal() else 0)
        for row in book.rows:
            last += not row.number
            number = row.number or f"{prefix}{last}"
            if number.startswith(prefix):
                number = logbook.entry(form, int(number.removeprefix(prefix)) + after)
            if any(row.cells.values()):
                findings += row.notes.values()
                rows[number] = {label: FormCell(text, row.places[label]) for label, text in row.cells.items()}
    rest = tuple(block for block in source.blocks if sheets.get(id(block)) is None)
    loss = sum(finding.code == BAD_LOGBOOK_CELL.code for finding in findings)
    return FormLogbooks(replace(source, blocks=rest), rows, loss, tuple(findings))


def _logbook_on(grid: Grid, logbooks: Sequence[Logbook]) -> Logbook | None:
    numbers = (identifier(row.text(LOGBOOK_NUMBER)) for row in rows_of(grid, (LOGBOOK_NUMBER,)))
    return next((book for number in numbers for book in logbooks if book.is_row(number)), None)


def _cells(
    row: TableRow,
    logbook: Logbook,
    rules: Sequence[LimitRule],
    findings: list[Finding],
    notes: list[Finding],
) -> Iterator[tuple[str, str]]:
    for column in logbook.columns:
        if column.label not in row.columns:
            continue
        value = row.cells.get(column.label)
        if value is None or not as_text(value).strip():
            yield column.label, ""
            continue
        text = _PARSERS.get(column.kind, _plain_text)(value)
        if column.kind is ColumnKind.RULE:
            text = _rule_code(as_text(value).strip(), rules)
        elif column.kind is ColumnKind.CHOICE:
            text = row.choice(column.label, column.choices, notes)
        elif column.kind in (ColumnKind.DATE, ColumnKind.MOMENT):
            row.day(column.label, notes)
        if text:
            yield column.label, text
        else:
            allowed = _allowed(column, rules)
            findings.append(
                BAD_LOGBOOK_CELL.at(
                    row.places[column.label], label=column.label, text=as_text(value), allowed=allowed
                )
            )


def _allowed(column: Column, rules: Sequence[LimitRule]) -> str:
    if column.kind is ColumnKind.RULE:
        return "、".join(rule.code for rule in rules)
    return "、".join(column.choices) or _EXAMPLES.get(column.kind, "文字")


_EXAMPLES = {ColumnKind.DATE: "2026-03-02", ColumnKind.MOMENT: "2026-03-02 14:30", ColumnKind.NUMBER: "12"}


def _rule_code(text: str, rules: Sequence[LimitRule]) -> str:
    return next((rule.code for rule in rules if text in (rule.code, rule.subject)), "")


def _plain_text(value: Value) -> str:
    """The text of a cell; empty for an error, or for a figure that a spreadsheet has rounded."""
    if isinstance(value, ErrorValue) or (isinstance(value, float) and abs(value) >= 1e15):
        return ""
    return as_text(value).strip().replace("\r\n", "\n").replace("\r", "\n")


def _day_text(value: Value) -> str:
    day = day_of(value)
    return day.isoformat() if day else ""


def _moment_text(value: Value) -> str:
    moment = moment_of(value)
    return moment.isoformat(sep=" ", timespec="minutes") if moment else ""


def _number_text(value: Value) -> str:
    text = as_text(value).strip().replace(",", "")
    try:
        Fraction(text)
    except (ValueError, ZeroDivisionError):
        return ""
    return text


_PARSERS: dict[ColumnKind, Callable[[Value], str]] = {
    ColumnKind.DATE: _day_text,
    ColumnKind.MOMENT: _moment_text,
    ColumnKind.NUMBER: _number_text,
}


def cell_value(column: Column, text: str) -> Value:
    """What a sheet shows for the text that the ledger keeps."""
    if not text:
        return None
    if column.kind is ColumnKind.DATE:
        return dt.date.fromisoformat(text)
    if column.kind is ColumnKind.MOMENT:
        return dt.datetime.fromisoformat(text)
    if column.kind is ColumnKind.NUMBER:
        return float(Fraction(text))
    return text
