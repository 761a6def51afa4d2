"""Microsoft Excel with one open workbook, as xlwings sees it: its public Engine interface over openpyxl.

It keeps to what Excel is known to do: a text that looks like a formula, a number or a day becomes one unless the cell's
format is 文本; rows that are inserted look like the row above; nothing reaches the disk before somebody saves.

`calls` counts what was written; `busy` calls are rejected first, as while a cell is edited; `lose` and `twice` name kinds
of calls (`value`, `insert`, `delete`, `resize`) that are lost, or made two times, in order to see that tests notice.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import re
from collections import Counter

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

xlwings = pytest.importorskip("xlwings", reason="xlwings is not installed")
base_classes = xlwings.base_classes


class Rejected(Exception):
    """RPC_E_CALL_REJECTED: a cell is being edited."""


class Excel:
    """Excel, its engine and its one app."""

    name, type = "excel", "desktop"
    path, pid = r"C:\Program Files\Microsoft Office\root\Office16", 1

    def __init__(self, file, path=None):
        self.file, self.wb = file, openpyxl.load_workbook(file)
        self.path = path or self.path
        self.calls, self.busy, self.lose, self.twice = Counter(), 0, set(), set()
        self.results = {}  # what a formula shows, by sheet and cell

    @property
    def engine(self):
        return self

    @property
    def apps(self):
        return Apps(self)

    @property
    def books(self):
        return Books(self)

    def answer(self):
        """Take a call, or reject it."""
        if self.busy:
            self.busy -= 1
            raise Rejected

    def act(self, kind, where, make):
        """A call that changes something."""
        self.answer()
        self.calls[kind, where] += 1
        for _ in range(0 if kind in self.lose else 2 if kind in self.twice else 1):
            make()

    def save(self):
        """The person saves."""
        self.wb.save(self.file)

    @staticmethod
    def clean_value_data(data, datetime_builder, empty_as, number_builder, err_to_str):
        return [[empty_as if value is None else value for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value, options):
        return "" if value is None else value


@contextlib.contextmanager
def opened(file, path=None):
    """The workbook is open in Excel; closed without saving at the end."""
    excel = Excel(file, path)
    engine = xlwings.main.Engine(impl=excel)
    engines = xlwings.engines
    before, engines.engines = engines.engines, [engine]
    mark = file.with_name(f"~${file.name}")
    try:
        with mark.open("wb"):  # Windows counts a mark only while it is held
            yield excel
    finally:
        engines.engines = before
        mark.unlink()


class Apps(base_classes.Apps):
    def __init__(self, excel):
        self.excel = excel

    def keys(self):
        return [self.excel.pid]

    def __iter__(self):
        self.excel.answer()
        return iter([App(self.excel)])

    def __len__(self):
        return 1

    def __getitem__(self, number):
        return App(self.excel)


class App(base_classes.App):
    def __init__(self, excel):
        self.excel = excel

    engine = property(lambda self: self.excel)
    books = property(lambda self: Books(self.excel))
    path = property(lambda self: self.excel.path)
    pid = property(lambda self: self.excel.pid)


class Books(base_classes.Books):
    def __init__(self, excel):
        self.excel = excel

    def __iter__(self):
        self.excel.answer()
        return iter([Book(self.excel)])

    def __len__(self):
        return 1


class Book(base_classes.Book):
    api = "a book"

    def __init__(self, excel):
        self.excel = excel

    app = property(lambda self: App(self.excel))
    name = property(lambda self: self.excel.file.name)
    fullname = property(lambda self: str(self.excel.file))
    sheets = property(lambda self: Sheets(self))


class Sheets(base_classes.Sheets):
    def __init__(self, book):
        self.book = book

    def __call__(self, key):
        self.book.excel.answer()
        sheets = self.book.excel.wb
        return Sheet(self.book, sheets[key] if isinstance(key, str) else sheets.worksheets[key - 1])

    def __len__(self):
        return len(self.book.excel.wb.worksheets)

    def __iter__(self):
        self.book.excel.answer()
        return iter([Sheet(self.book, page) for page in self.book.excel.wb.worksheets])


class Sheet(base_classes.Sheet):
    def __init__(self, book, page):
        self._book, self.page = book, page

    api = "a sheet"
    name = property(lambda self: self.page.title)
    book = property(lambda self: self._book)
    tables = property(lambda self: [Table(self, table) for table in self.page.tables.values()])

    def range(self, first, second=None):
        if isinstance(first, str) and re.fullmatch(r"\d+:\d+", first):
            row = int(first.partition(":")[0])
            return Range(self, (row, 1), (row, self.page.max_column), is_whole=True)
        if isinstance(first, str):
            left, top, right, bottom = range_boundaries(first.replace("$", ""))
            return Range(self, (top, left), (bottom, right))
        return Range(self, _corner(first), _corner(second or first, last=True))

    @property
    def used_range(self):
        self._book.excel.answer()
        page = self.page
        return Range(self, (page.min_row, page.min_column), (page.max_row, page.max_column))


def _corner(place, *, last=False):
    if isinstance(place, tuple):
        return place
    return (place.bottom, place.right) if last else (place.row, place.column)


class Table(base_classes.Table):
    def __init__(self, sheet, table):
        self.sheet, self.table = sheet, table

    name = property(lambda self: self.table.name)

    @property
    def range(self):
        return self.sheet.range(self.table.ref)

    def resize(self, area):
        def make():
            old = self.table.ref
            self.table.ref = area.address.replace("$", "")
            if self.table.autoFilter is not None:
                self.table.autoFilter.ref = self.table.ref
            assert old.split(":")[0] == self.table.ref.split(":")[0]  # Excel refuses another head

        self.sheet.book.excel.act("resize", self.table.name, make)


class Range(base_classes.Range):
    has_array, max_cells_per_read, max_cells_per_write = False, None, None
    api = "a range"

    def __init__(self, sheet, first, last, *, is_whole=False):
        self._sheet, (self._row, self._column), (self.bottom, self.right) = sheet, first, last
        self.is_whole = is_whole

    sheet = property(lambda self: self._sheet)
    row = property(lambda self: self._row)
    column = property(lambda self: self._column)
    shape = property(lambda self: (self.bottom - self._row + 1, self.right - self._column + 1))
    address = property(lambda self: self.get_address(True, True, False))
    excel = property(lambda self: self._sheet.book.excel)

    def __len__(self):
        return self.shape[0] * self.shape[1]

    def __call__(self, row, column=None):
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        place = (self._row + row - 1, self._column + column - 1)
        return Range(self._sheet, place, place)

    def get_address(self, *_):
        first, last = ((self._row, self._column), (self.bottom, self.right))
        return ":".join(f"${get_column_letter(column)}${row}" for row, column in (first, last))

    def _cells(self):
        page = self._sheet.page
        return [
            [page.cell(row, column) for column in range(self._column, self.right + 1)]
            for row in range(self._row, self.bottom + 1)
        ]

    def _shown(self, cell):
        if cell.data_type == "f":
            return self.excel.results.get((self._sheet.name, cell.coordinate), 0.0)
        value = cell.value
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return dt.datetime.combine(value, dt.time())
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @property
    def raw_value(self):
        self.excel.answer()
        return [[self._shown(cell) for cell in row] for row in self._cells()]

    @raw_value.setter
    def raw_value(self, data):
        rows = data if isinstance(data, (list, tuple)) else [[data]]
        for cells, values in zip(self._cells(), rows, strict=True):
            for cell, value in zip(cells, values, strict=True):
                where = f"{self._sheet.name}!{cell.coordinate}"
                self.excel.act("value", where, lambda cell=cell, value=value: _type_in(cell, value))

    @property
    def formula(self):
        self.excel.answer()
        return tuple(
            tuple("" if cell.value is None else str(cell.value) for cell in row) for row in self._cells()
        )

    @property
    def number_format(self):
        self.excel.answer()
        return self._cells()[0][0].number_format

    @number_format.setter
    def number_format(self, text):
        self.excel.answer()
        for cell in (cell for row in self._cells() for cell in row):
            cell.number_format = text

    def insert(self, shift, copy_origin):
        def make():
            page, n = self._sheet.page, self.shape[0]
            letters = [get_column_letter(column) for column in (self._column, self.right)]
            if page.max_row >= self._row:
                page.move_range(f"{letters[0]}{self._row}:{letters[1]}{page.max_row}", rows=n)
            for cell in (cell for row in self._cells() for cell in row):
                cell._style = copy.copy(page.cell(self._row - 1, cell.column)._style)

        assert (shift, copy_origin) == ("down", "format_from_left_or_above")
        self.excel.act("insert", f"{self._sheet.name}!{self.address}", make)

    def delete(self, shift):
        def make():
            page, n = self._sheet.page, self.shape[0]
            if self.is_whole:
                page.delete_rows(self._row, n)
            elif page.max_row > self.bottom:
                letters = [get_column_letter(column) for column in (self._column, self.right)]
                page.move_range(f"{letters[0]}{self.bottom + 1}:{letters[1]}{page.max_row}", rows=-n)

        assert shift == "up"
        self.excel.act("delete", f"{self._sheet.name}!{self.address}", make)


def _type_in(cell, value):
    """What Excel makes of a value that a program writes."""
    if value == "":
        cell.value = None
    elif not isinstance(value, str):
        cell.value = str(value) if cell.number_format == "@" else value
    elif cell.number_format == "@":
        cell.value, cell.data_type = value, "s"
    elif re.fullmatch(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?", value):
        cell.value = dt.datetime(*map(int, re.findall(r"\d+", value)))
        cell.number_format = "yyyy/m/d"
    elif re.fullmatch(r"[-+]?\d+(\.\d+)?%?", value):
        cell.value = float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
    elif value.startswith(("=", "+", "-", "@")):
        cell.value = f"={value.lstrip('=+@')}"
    else:
        cell.value, cell.data_type = value, "s"
