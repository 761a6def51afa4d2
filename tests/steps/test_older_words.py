"""Workbooks of earlier versions call some things by other words; they are read as before, and nothing is added beside."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl

from tests.support.year import ROUNDS, call, ledger_of, make_year
from tracker.columns import OLDER_LABELS
from tracker.files.folders import find_office
from tracker.files.guard.opening import open_source, read_bytes
from tracker.formats.books.settings import lacking, lay_out_settings, settings_of
from tracker.formats.books.worklists import decide_all, read_signing
from tracker.formats.patch import patch
from tracker.settings import Settings
from tracker.steps.call import CHINA
from tracker.steps.chase import chase
from tracker.steps.slips import list_name
from tracker.steps.sync import sync
from tracker.tiers import SlipState

OLDER = {new: old for old, new in OLDER_LABELS.items()}


def with_older_words(data: bytes) -> bytes:
    """The workbook as an earlier version would have written it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for table in book:
        for row in table.iter_rows():
            for cell in row:
                if cell.value in OLDER:
                    cell.value = OLDER[cell.value]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_settings_with_the_older_labels_hold_and_lack_nothing():
    settings = Settings(values={"scope": "仅牵头单位"}, rounds=ROUNDS)
    source = read_bytes(with_older_words(lay_out_settings(settings)), "设置.xlsx")

    found, findings = settings_of(source)

    assert found.text("scope") == "仅牵头单位"
    assert found.jobs == settings.jobs
    assert not lacking(source, found)
    assert findings == ()


def test_a_scope_that_nobody_knows_is_told_at_its_cell_under_either_head():
    book = openpyxl.load_workbook(io.BytesIO(lay_out_settings(Settings(rounds=ROUNDS))))
    table = book["报送期次"]
    row = next(row for row in table.iter_rows() if row[0].value == "年终")
    row[4].value = "谁都行"
    out = io.BytesIO()
    book.save(out)

    for data in (out.getvalue(), with_older_words(out.getvalue())):
        _, findings = settings_of(read_bytes(data, "设置.xlsx"))
        assert [finding.place for finding in findings] == [f"报送期次!E{row[0].row}"]


def test_a_ledger_s_workbook_with_an_older_head_is_read_and_kept(tmp_path):
    root = make_year(tmp_path)
    sync(call(root))
    path = root / "台账" / "工作台账.xlsx"
    book = openpyxl.load_workbook(path)
    table = book["任务事项"]
    head = next(row for row in table.iter_rows() if row[0].value == "事项编号")
    cell = next(cell for cell in head if cell.value == "填报单位范围")
    cell.value = "报送口径"  # old word
    table.cell(head[0].row + 1, cell.column).value = "仅牵头单位"
    book.save(path)

    answer = sync(call(root, dt.datetime(2018, 9, 4, 9, tzinfo=CHINA)))

    assert not any("填报单位范围" in line for line in answer.lines)
    with ledger_of(root) as ledger:
        assert ledger.office().cells["P1-001", "", "scope", ""].value == "仅牵头单位"


def test_an_office_that_signs_in_the_older_list_keeps_it(tmp_path):
    root = make_year(tmp_path, points=2)
    chase(call(root))
    new, old = root / "督办" / "送签单.xlsx", root / "督办" / "签发单.xlsx"  # old word
    archive = next((root / "督办").glob("*.zip"))
    new.rename(old)
    archive.rename(archive.with_name(archive.name.replace("督办单", "单子")))
    before = old.read_bytes()
    edits = decide_all(read_signing(open_source(old)), SlipState.SENT, by="OA", on=dt.date(2018, 9, 3))
    old.write_bytes(patch(before, edits))

    chase(call(root, dt.datetime(2018, 9, 4, 9, tzinfo=CHINA)))

    assert list_name(find_office(root)) == old.name
    assert not new.exists()
    with ledger_of(root) as ledger:
        assert {document.state for document in ledger.office().documents.values()} == {"sent"}
    assert [path.name for path in (root / "督办").glob("2018-09-03*.zip")] == [
        "2018-09-03 全部单子.zip"
    ]  # old word
