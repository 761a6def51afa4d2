"""A workbook of the office as it stands: the file, or what Microsoft Excel shows of it while it is open there.

| the workbook                                              | is read from          | is written to                       |
| --------------------------------------------------------- | --------------------- | ----------------------------------- |
| is open nowhere                                           | the file              | the file (`safe.safe_write`)        |
| is open in WPS, on another PC, for reading only; Excel is busy | the file, as saved | beside it (`safe.safe_write`)      |
| is open in Excel on this PC                               | the open book         | the open book, which nobody saves   |

Reading: the cells of the open book that differ from the file are patched into the file's bytes (`formats.patch`). These
bytes are what facts cite, what a step changes and what its hash is taken of: a step cannot tell them from a file.

Writing, in this order; each point waits while a cell is being edited, for ten seconds in all its tries:

1. the open book is read again: what changed since it was read keeps everything from being written
2. rows that a list has no more are taken out, the last first, with what stands beside them
3. rows that were empty get the look of the row above, and the table reaches down to them as it does in the file
4. cells that differ are written, hidden sheets (the revision) last; a text that Excel takes for a formula, a number or
   a day goes into a cell of the format 文本
5. what was written is read back, and the first cell that does not hold it is named

Killed in between, the book carries its old revision and some cells that the ledger agrees with: it is joined as ever.

Nobody saves the book but the person who has it open. Excel's 撤销 cannot take back what another program wrote, and forgets
what came before it: the sentence says so.

xlwings reaches Excel on Windows and macOS, and is imported here only, once an owner file says that the workbook is open: it
takes two seconds. Two habits of it are switched off (`_tame`).
"""

from __future__ import annotations

import atexit
import datetime as dt
import hashlib
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tracker import patterns as re
from tracker.files.folders import note_effect
from tracker.files.guard import read_bytes
from tracker.files.safe import WriteResult, WriteState, owner, safe_write
from tracker.formats.patch import (
    DAY_ZERO,
    Edit,
    cell_edits,
    patch,
    rows_to_drop,
    same,
    without_rows,
)
from tracker.grid import ErrorValue, Grid, Source, Value, column_letters
from tracker.numerals import HAN, ZEROS
from tracker.problems.files import CannotPatch

if TYPE_CHECKING:
    from tracker.formats.patch import Area

T = TypeVar("T")
# Waits between the tries of one call, in seconds: a person who types in a cell ends that, or does not for an hour.
WAITS = (0.1, 0.2, 0.4, 0.8, 1.5, 2.0, 2.0, 3.0)

_NOT_IN_EXCEL = "没有在本机的 Microsoft Excel 中打开（WPS 或别的电脑打开的，不能直接写入），按文件处理。"
_BUSY = "Excel 正忙（可能有单元格正在编辑，请按回车结束），按文件处理。"
_READ_ONLY = "在 Excel 中以只读方式打开，按文件处理。"
_NEW_NAMES = "有工作表在 Excel 中改名或删除，还没有保存"
_UNSAVED = "Excel 中打开的{name}有尚未保存的改动，已一并读取，请记得保存。"
_DONE = (
    "{name}正在 Excel 中打开：已直接写入{n}处，尚未保存，请核对后保存。"
    "Excel 的“撤销”撤不回程序写入的内容，此前的撤销记录也不再可用；不想要的，不保存关闭即可，下次运行会重新提出。"
)
_NEWER = "Excel 中打开的{name}在读取之后又有改动，没有写入。再次运行即可。"
_STUCK = "{name}正在 Excel 中打开，但{why}，没有写完。请按回车结束单元格编辑后再次运行，程序会接着补齐。"


class _Refusal(Exception):
    """Excel did not take a call, in all tries."""


def _when_ready(call: Callable[[], T]) -> T:
    """What a call of Excel gives, once it takes it.

    A call that is rejected was not made, so making it again doubles nothing. The error has another class on each
    system, and says no more than that.
    """
    for wait in WAITS:
        try:
            return call()
        except Exception:
            time.sleep(wait)
    try:
        return call()
    except Exception as error:
        raise _Refusal(str(error)) from error


def _get(proxy: Any, name: str) -> Any:
    return _when_ready(lambda: getattr(proxy, name))


def _items(proxy: Any, name: str) -> list[Any]:
    return _when_ready(lambda: list(getattr(proxy, name)))


def _do(proxy: Any, name: str, *arguments: object) -> Any:
    return _when_ready(lambda: getattr(proxy, name)(*arguments))


def _runs(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Numbers as runs, the first and the last of each.

    >>> list(_runs({5, 3, 4, 9}))
    [(3, 5), (9, 9)]
    """
    first = last = -1
    for number in sorted(numbers):
        if number != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = number
        last = number
    if first >= 0:
        yield first, last


def _area(table: Any) -> Area:
    from tracker.formats.patch import (
        Area,
    )  # here, and below: hardly a book is open, and it knows how they are changed

    spot = _get(table, "range")
    top, left, (height, width) = _get(spot, "row") - 1, _get(spot, "column") - 1, _get(spot, "shape")
    return Area(top, left, top + height - 1, left + width - 1)


def _set(proxy: Any, name: str, value: object) -> None:
    _when_ready(lambda: setattr(proxy, name, value))


class OfficeBook:
    """A workbook as it stands.

    Attributes:
        path: Its file.
        data: Its bytes: those of the file, with what the open book shows.
    """

    def __init__(self, path: Path, data: bytes, book: _OpenBook | None = None, note: str = "") -> None:
        self.path, self.data = path, data
        self._file_sha = _sha(data)
        self._book, self._note = book, note
        self._source: Source | None = None
        self._pages: Mapping[str, _Page] = {}
        if book is not None:
            self._overlay(book)

    @property
    def source(self) -> Source:
        """What it says."""
        if self._source is None:
            self._source = read_bytes(self.data, self.path.name)
        return self._source

    def _overlay(self, book: _OpenBook) -> None:
        """Take in what the open book shows; as a file where that cannot be done."""
        file = read_bytes(self.data, self.path.name)
        try:
            self._pages = book.pages()
            if not self._pages.keys() >= {grid.name for grid in file.grids}:
                raise CannotPatch(place=self.path.name, why=_NEW_NAMES)
            state = _merge_state(file, self._pages)
            self.data = patch(self.data, cell_edits(file, state))
        except (_Refusal, CannotPatch) as error:
            self._book, self._source = None, file
            self._note = _BUSY if isinstance(error, _Refusal) else f"{error}"
            return
        self._source = replace(state, sha256=_sha(self.data))

    def write(self, data: bytes, *, now: dt.datetime | None = None, expect: str = "") -> WriteResult:
        """Bring it to what these bytes show, which were made of `data`; `safe_write` has the rest.

        Args:
            data: The whole new workbook.
            now: The clock, for the name of a file laid beside.
            expect: SHA-256 of what was read, where it was read before this object was made.
        """
        if self._book is None:
            result = safe_write(self.path, data, expect=expect or self._file_sha, now=now)
            if result.state is WriteState.BESIDE and self._note:
                return replace(result, why=f"{self.path.name} {self._note}{result.why}")
            return result
        name = self.path.name
        if expect and expect != _sha(self.data):
            return WriteResult(WriteState.WAITING, self.path, _NEWER.format(name=name))
        if data == self.data:
            is_saved = _sha(data) == self._file_sha
            return WriteResult(
                WriteState.UNCHANGED, self.path, "" if is_saved else _UNSAVED.format(name=name)
            )
        return self._write_live(self._book, data)

    def _write_live(self, book: _OpenBook, data: bytes) -> WriteResult:
        from tracker.formats.patch import describe

        name = self.path.name
        old, new = read_bytes(self.data, name), read_bytes(data, name)
        dropped_rows = rows_to_drop(old, new)
        edits = cell_edits(without_rows(old, dropped_rows), new)
        try:
            if book.pages() != self._pages:
                return WriteResult(WriteState.WAITING, self.path, _NEWER.format(name=name))
            for sheet, rows in dropped_rows.items():
                book.take_out(sheet, rows)
            for grid in without_rows(old, dropped_rows).grids:
                book.make_room(grid, [edit for edit in edits if edit.sheet == grid.name])
            areas = {sheet.name: dict(sheet.tables) for sheet in describe(data)}
            for sheet in {edit.sheet for edit in edits}:
                book.stretch(sheet, areas[sheet])
            hidden_names = {grid.name for grid in new.grids if grid.is_hidden}
            for edit in sorted(
                edits, key=lambda edit: (edit.sheet in hidden_names, edit.sheet, edit.row, edit.column)
            ):
                book.write(edit)
            strange = book.first_unlike(edits)
        except _Refusal:
            return WriteResult(WriteState.WAITING, self.path, _STUCK.format(name=name, why="Excel 没有响应"))
        note_effect()
        if strange:
            why = f"{strange} 没有写成要写的内容"
            return WriteResult(WriteState.WAITING, self.path, _STUCK.format(name=name, why=why))
        n = len(edits) + sum(map(len, dropped_rows.values()))
        return WriteResult(WriteState.LIVE, self.path, _DONE.format(name=name, n=n))


def office_book(path: Path) -> OfficeBook:
    """The workbook of a path, which exists."""
    data = path.read_bytes()
    if owner(path) is None or importlib.util.find_spec("xlwings") is None:
        return OfficeBook(path, data)
    try:
        book, note = _find(path)
    except _Refusal:
        book, note = None, _BUSY
    return OfficeBook(path, data, book, note)


def _find(path: Path) -> tuple[_OpenBook | None, str]:
    """The open book of a file, or why there is none to write into."""
    import xlwings

    _tame()
    apps = [app for engine in xlwings.engines if engine.type == "desktop" for app in _items(engine, "apps")]
    for app, book in ((owner_app, book) for owner_app in apps for book in _items(owner_app, "books")):
        # By its name first: the path of a book in a cloud folder is an address of the web.
        if _get(book, "name") != path.name or _place(Path(_get(book, "fullname"))) != _place(path):
            continue
        # WPS answers under Excel's name: it takes some calls and loses others.
        if re.search(r"kingsoft|wps", str(_get(app, "path")), re.IGNORECASE):
            break
        if getattr(_get(book, "api"), "ReadOnly", False) is True:
            return None, _READ_ONLY
        return _OpenBook(book), ""
    return None, _NOT_IN_EXCEL


def _place(path: Path) -> str:
    return os.path.normcase(path.resolve())


def _tame() -> None:
    """Switch off what xlwings does on Windows that nobody here may want.

    While a cell is edited it tries again for ever without a pause, and drops a call that it makes of an object; with one
    try the call fails, and `_when_ready` waits. At its end it kills every Excel that shows no window, whoever started it.
    """
    windows = sys.modules.get("xlwings._xlwindows")
    if windows is not None:
        setattr(windows, "N_COM_ATTEMPTS", 1)  # noqa: B010 - not there on other systems
        atexit.unregister(windows.cleanup)


@dataclass(frozen=True)
class _Page:
    """What a sheet of the open book shows, from row 1 and column A: values, and which are of formulas."""

    rows: tuple[tuple[Value, ...], ...]
    formulas: frozenset[tuple[int, int]]


class _OpenBook:
    """A book that is open in Excel."""

    def __init__(self, book: Any) -> None:
        self._book = book

    def _sheet(self, name: str) -> Any:
        return _when_ready(lambda: self._book.sheets[name])

    def _range(self, sheet: str, *corners: object) -> Any:
        return _do(self._sheet(sheet), "range", *corners)

    def pages(self) -> dict[str, _Page]:
        """What every sheet shows."""
        return {_get(sheet, "name"): _page(sheet) for sheet in _items(self._book, "sheets")}

    def take_out(self, sheet: str, rows: Sequence[int]) -> None:
        """Delete whole rows, the last first."""
        for row in sorted(rows, reverse=True):
            _do(self._range(sheet, f"{row + 1}:{row + 1}"), "delete", "up")

    def make_room(self, grid: Grid, edits: Sequence[Edit]) -> None:
        """Give rows that were empty the look of the row above; what stands below them stays where it is."""
        if not edits:
            return
        width = max(grid.width, *(edit.column + 1 for edit in edits))
        full_rows = {n for n, row in enumerate(grid.rows) if any(value is not None for value in row)}
        for first, last in _runs({edit.row for edit in edits} - full_rows - {0}):
            count = last - first + 1
            rows = self._range(grid.name, (first + 1, 1), (last + 1, width))
            _do(rows, "insert", "down", "format_from_left_or_above")
            if any(n > last for n in full_rows):
                empty = self._range(grid.name, (last + 2, 1), (last + 1 + count, width))
                _do(empty, "delete", "up")

    def stretch(self, sheet: str, areas: Mapping[str, Area]) -> None:
        """Let tables reach as far as they are to."""
        for table in _items(self._sheet(sheet), "tables"):
            area = areas.get(_get(table, "name"))
            if area is not None and _area(table) != area:
                corners = (area.top + 1, area.left + 1), (area.bottom + 1, area.right + 1)
                _do(table, "resize", self._range(sheet, *corners))

    def write(self, edit: Edit) -> None:
        """Write a cell, in a format in which Excel keeps what is written."""
        cell = self._range(edit.sheet, (edit.row + 1, edit.column + 1))
        number_format = _format_for(edit.value)
        if number_format:
            now = str(_get(cell, "number_format"))
            if (now == "@") != (number_format == "@") or (
                number_format not in ("@", "General") and now == "General"
            ):
                _set(cell, "number_format", number_format)
        _set(cell, "value", _for_excel(edit.value))

    def first_unlike(self, edits: Sequence[Edit]) -> str:
        """The first cell that does not hold what was written into it, as people write it; empty for none."""
        pages = self.pages()
        for edit in edits:
            rows = pages[edit.sheet].rows
            inside = edit.row < len(rows) and edit.column < len(rows[edit.row])
            value = rows[edit.row][edit.column] if inside else None
            if not same(value, edit.value) or (edit.row, edit.column) in pages[edit.sheet].formulas:
                return f"{edit.sheet}!{column_letters(edit.column)}{edit.row + 1}"
        return ""


# What Excel takes for something else than the text that it is: a formula, a number, a day, a truth value.
_TEMPTING = re.compile(rf"[=+\-@'（(￥$¥.,#]|\d|\s|[{ZEROS}{HAN}]|TRUE$|FALSE$", re.IGNORECASE)


def _format_for(value: Value) -> str:
    """The number format that a value asks for; empty where any will do."""
    if isinstance(value, str):
        return "@" if _TEMPTING.match(value) or value[-1:].isdigit() else ""
    if isinstance(value, dt.date):
        return "yyyy-mm-dd"
    return "General" if isinstance(value, (int, float)) else ""


def _for_excel(value: Value) -> object:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return value.code if isinstance(value, ErrorValue) else value


_ERRORS = frozenset({"#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})


def _page(sheet: Any) -> _Page:
    area = _get(sheet, "used_range")
    top, left, (height, width) = _get(area, "row") - 1, _get(area, "column") - 1, _get(area, "shape")
    values = _when_ready(lambda: area.options(ndim=2, err_to_str=True).value)
    texts = _get(area, "formula")
    if isinstance(texts, str):
        texts = ((texts,),)
    elif isinstance(texts[0], str):
        texts = (texts,) if height == 1 else tuple((text,) for text in texts)
    formulas = frozenset(
        (top + n, left + m)
        for n, row in enumerate(texts)
        for m, text in enumerate(row)
        if isinstance(text, str) and text.startswith("=") and text != values[n][m]
    )
    rows: list[tuple[Value, ...]] = [(None,) * (left + width)] * top
    for n, row in enumerate(values, start=top):
        cells = (_value(value, is_formula=(n, m) in formulas) for m, value in enumerate(row, start=left))
        rows.append((*(None,) * left, *cells))
    return _Page(tuple(rows), formulas)


def _value(value: Any, *, is_formula: bool) -> Value:
    """A value as Excel gives it, as our readers give it."""
    if isinstance(value, str):
        return ErrorValue(value) if is_formula and value in _ERRORS else value or None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        plain = value.replace(tzinfo=None)
        if plain.date() == DAY_ZERO.date():
            return plain.time()
        return plain.date() if plain.time() == dt.time() else plain
    result: Value = value
    return result


def _merge_state(file: Source, pages: Mapping[str, _Page]) -> Source:
    """The file as the open book shows it: at least as large as the file, so that what was emptied is empty."""
    blocks = []
    for block in file.blocks:
        if isinstance(block, Grid) and (page := pages.get(block.name)):
            height = max(block.height, len(page.rows))
            width = max(block.width, *(len(row) for row in page.rows), 0)
            rows = tuple(
                tuple(_cell(block, page, row, column) for column in range(width)) for row in range(height)
            )
            formulas = dict.fromkeys(page.formulas, True)
            block = replace(block, rows=rows, formulas=formulas)
        blocks.append(block)
    return replace(file, blocks=tuple(blocks))


def _cell(block: Grid, page: _Page, row: int, column: int) -> Value:
    inside = row < len(page.rows) and column < len(page.rows[row])
    now, was = page.rows[row][column] if inside else None, block.value(row, column)
    return was if same(now, was) else now


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
