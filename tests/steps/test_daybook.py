"""工作台.xlsx: the day in a workbook, and what somebody decided in it."""

from __future__ import annotations

import re

import openpyxl
import pytest

from tests.support.year import call, fill, form_of, ledger_of, year_with_forms
from tracker import facts
from tracker.problems.base import Exit
from tracker.steps.chase import chase
from tracker.steps.daybook import today
from tracker.steps.take_back import take_back

KEY = ("P1-001", "U002", "progress", "R1")


@pytest.fixture
def root(tmp_path):
    """An office with a question, slips that wait for a signature, and its workbook of the day."""
    root = year_with_forms(tmp_path / "办公")
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=call(root).now) as act:
        act.add(facts.Cell(*KEY, "本办记的", "office", 0))
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位写的"}}, root / "各单位报送" / "a.xlsx")
    take_back(call(root))
    chase(call(root))
    today(call(root))
    return root


def book_of(root):
    return openpyxl.load_workbook(root / "工作台.xlsx")


def type_in(root, sheet, identity, label, text):
    book = book_of(root)
    page = book[sheet]
    head = next(row for row in page.iter_rows() if any(cell.value == "编号" for cell in row))
    column = next(cell.column for cell in head if cell.value == label)
    row = next(row[0].row for row in page.iter_rows(min_row=head[0].row + 1) if row[0].value == identity)
    page.cell(row, column).value = text
    book.save(root / "工作台.xlsx")


def ids(root, sheet):
    rows = book_of(root)[sheet].iter_rows(values_only=True)
    return [row[0] for row in rows if row[0] and row[0][1:].isdigit()]


def texts(root, sheet):
    return {str(value) for row in book_of(root)[sheet].iter_rows(values_only=True) for value in row if value}


def test_it_lists_what_waits_with_links_that_every_system_follows(root):
    links = {
        match.group(1)
        for text in texts(root, "今日")
        if (match := re.match(r'=HYPERLINK\("(.*)","打开"\)', text))
    }

    assert {"督办/送签单.xlsx", "各单位报送", "#'签发'!A1", "#'待核对事项'!A1"} <= links
    assert [link for link in links if link[0] != "#" and not (root / link).exists()] == []
    assert not any("tracker" in text for text in texts(root, "今日"))


def test_what_is_decided_in_it_is_done_at_the_next_launch_and_is_gone_from_it(root):
    slip, other = ids(root, "签发")[:2]
    type_in(root, "签发", slip, "签发意见", "签发")
    type_in(root, "签发", other, "签发意见", "作废")
    type_in(root, "待核对事项", "C1", "处理意见", "用新报送的")

    result = today(call(root))

    with ledger_of(root) as ledger:
        office = ledger.office()
    assert office.cells[KEY].value == "单位写的"
    assert office.documents[slip].state in ("signed", "sent")
    assert office.documents[other].state == "withdrawn"
    assert (ids(root, "待核对事项"), {slip, other} & set(ids(root, "签发"))) == ([], set())
    assert "今日待办：" in result.lines


def test_it_is_done_once_however_often_it_is_launched(root):
    type_in(root, "待核对事项", "C1", "处理意见", "用新报送的")
    today(call(root))
    with ledger_of(root) as ledger:
        before = ledger.office().seq

    today(call(root))

    with ledger_of(root) as ledger:
        assert ledger.office().seq == before


def test_what_cannot_be_carried_out_is_named_and_stays_typed(root):
    slip = ids(root, "签发")[0]
    type_in(root, "签发", slip, "签发意见", "再看看")
    type_in(root, "待核对事项", "C1", "处理意见", "另行填写")

    result = today(call(root))

    assert result.exit is Exit.PARTLY
    assert any("signing-verdict" in line for line in result.lines)
    assert any("no-text-given" in line for line in result.lines)
    assert "再看看" in texts(root, "签发")
    assert "另行填写" in texts(root, "待核对事项")


def test_while_it_is_open_nothing_in_it_is_lost(root, owner_file):
    type_in(root, "待核对事项", "C1", "处理意见", "用台账现有")
    before = (root / "工作台.xlsx").read_bytes()
    owner_file(root / ".~lock.工作台.xlsx#", ",王敏,".encode())

    result = today(call(root))

    assert (root / "工作台.xlsx").read_bytes() == before
    assert any("新版" in line for line in result.lines)
    with ledger_of(root) as ledger:
        assert ledger.office().conflicts == {}


@pytest.mark.parametrize("data", [b"PK\x03\x04spoiled", "编号,状态\n".encode()], ids=["damaged", "no heads"])
def test_one_that_cannot_be_read_is_left_alone(root, data):
    (root / "工作台.xlsx").write_bytes(data)

    result = today(call(root))

    assert (root / "工作台.xlsx").read_bytes() == data
    assert "今日待办：" in result.lines


def test_a_dry_run_decides_nothing_and_writes_nothing(root):
    type_in(root, "待核对事项", "C1", "处理意见", "用新报送的")
    before = (root / "工作台.xlsx").read_bytes()

    today(call(root, dry_run=True))

    assert (root / "工作台.xlsx").read_bytes() == before
    with ledger_of(root) as ledger:
        assert list(ledger.office().conflicts) == ["C1"]
