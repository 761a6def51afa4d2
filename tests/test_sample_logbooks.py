"""Both sample fields keep logbooks: those that are on by default, and one that the office declared in a sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.support.logbook_sheets import shown
from tracker.demo.rehearsal import read_days, type_in
from tracker.files.folders import find_office
from tracker.files.templates import shipped_path
from tracker.logbooks import LOGBOOKS
from tracker.rules.check import log_rows, stand_of
from tracker.steps.call import CHINA, Call
from tracker.steps.check import check
from tracker.steps.desk import open_desk
from tracker.steps.init import init
from tracker.steps.logbooks import open_catalogue, transitions_of

FIELDS = {"政务公开": "政务公开专员走访", "安全生产": "重大隐患挂牌督办"}


def at(root: Path, month: int, day: int) -> Call:
    return Call(dt.datetime(2026, month, day, 9, tzinfo=CHINA), "演示", root)


@pytest.mark.parametrize(("field", "own"), FIELDS.items())
def test_what_the_sample_office_types_is_taken_in_by_every_logbook_that_it_is_typed_into(
    tmp_path, field, own
):
    root = tmp_path / "办公"
    init(at(root, 3, 2), root)
    days = read_days(shipped_path("workbooks", field, "logbooks.txt").read_text(encoding="utf-8"))
    for (month, day), entries in days.items():
        check(at(root, month, day))
        for entry in entries:
            type_in(find_office(root), entry)
        lines = check(at(root, month, day)).lines
        assert not any("bad-" in line or "row-refused" in line for line in lines)

    with open_desk(at(root, 12, 28)) as desk:
        office, catalogue = desk.office(), open_catalogue(desk)
    by_name = {logbook.name: logbook for logbook in catalogue.logbooks if logbook.is_on}
    typed = {entry.book for entries in days.values() for entry in entries} - {"登记簿目录"}
    assert {"时限事项", "整改台账", "领导批示和临时交办", own} <= typed
    assert own not in {logbook.name for logbook in LOGBOOKS}
    assert all(log_rows(office.cells, by_name[name]) for name in typed)
    assert all(stand_of(transitions_of(office, number)) for number in shown(root, "整改台账"))
    book = openpyxl.load_workbook(root / "抽查" / "检查情况汇总.xlsx")
    assert book["时限执行情况表"].max_row > 2
