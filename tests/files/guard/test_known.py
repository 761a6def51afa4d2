"""A file of the office's own is read by a worker when it changed, and else taken from what it held last time."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter

from tracker.files.guard import open_known
from tracker.files.guard.opening import _pool
from tracker.grid import ErrorValue
from tracker.problems.files import EmptyFile, NoSuchFile


def book(text: str) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as file:
        page = file.add_worksheet("甲")
        page.write_string(0, 0, text)
        page.write_datetime(1, 0, dt.datetime(2026, 3, 1), file.add_format({"num_format": 14}))
        page.write_formula(2, 0, "=NA()", None, "#N/A")
    return buffer.getvalue()


@pytest.fixture
def path(tmp_path):
    (tmp_path / "设置.xlsx").write_bytes(book("一"))
    return tmp_path / "设置.xlsx"


def asked(monkeypatch) -> list[str]:
    """The names of the files that a worker is asked to read, from now on."""
    names: list[str] = []
    ask = _pool.ask
    monkeypatch.setattr(
        _pool, "ask", lambda name, *rest, **more: (names.append(name), ask(name, *rest, **more))[1]
    )
    return names


def test_the_same_bytes_are_read_once_and_say_the_same(path, monkeypatch):
    memory, names = path.with_name("memory"), asked(monkeypatch)

    first, second = open_known(path, memory), open_known(path, memory)

    assert first == second and second.grids[0].rows[2] == (ErrorValue("#N/A"),)
    assert second.grids[0].formulas == first.grids[0].formulas
    assert names == ["设置.xlsx"]
    assert {each.name for each in path.parent.iterdir()} == {"设置.xlsx", "memory"}


def test_other_bytes_are_read_again(path):
    memory = path.with_name("memory")
    open_known(path, memory)
    path.write_bytes(book("二"))

    assert open_known(path, memory).grids[0].text(0, 0) == "二"
    assert open_known(path, memory).grids[0].text(0, 0) == "二"


@pytest.mark.parametrize(
    "spoil", [lambda b: b"", lambda b: b[:-9], lambda b: b"\0" * len(b), lambda b: b[:60] + b"?" + b[61:]]
)
def test_a_spoiled_memory_counts_for_nothing(path, spoil):
    memory = path.with_name("memory")
    open_known(path, memory)
    memory.write_bytes(spoil(memory.read_bytes()))

    assert open_known(path, memory).grids[0].text(0, 0) == "一"


def test_a_memory_that_cannot_be_written_is_none(path):
    memory = path.with_name("nowhere") / "memory"

    assert open_known(path, memory).grids[0].text(0, 0) == "一"


def test_what_is_refused_is_refused_each_time(path):
    memory = path.with_name("memory")
    open_known(path, memory)
    path.write_bytes(b"")

    with pytest.raises(EmptyFile):
        open_known(path, memory)
    path.unlink()
    with pytest.raises(NoSuchFile):
        open_known(path, memory)
