"""What LibreOffice saves is taken back whole, in every format that it saves."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest

from tests.support.year import SEPTEMBER, call, fill, form_of, ledger_of, make_year, year_with_forms
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
AWKWARD = {
    "P1-001": {"自报状态": "正在推进", "进展情况": "007", "存在问题及下一步": "3-4"},
    "P1-002": {"自报状态": "已完成", "进展情况": "=1+1", "完成日期": dt.datetime(2018, 9, 2)},
    "P1-006": {"自报状态": "持续推进", "进展情况": "440305199001011000", "佐证材料": "一\n二"},
}


def saved_by(soffice, path, kind, folder, tmp_path):
    """The file as LibreOffice opens it and saves it in another format."""
    profile = (tmp_path / "profile").as_uri()
    words = [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind]
    subprocess.run([*words, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{kind}"


def answers(root):
    with ledger_of(root) as ledger:
        return {key[:3]: cell.value for key, cell in ledger.office().cells.items() if cell.value}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_form_saved_by_libreoffice_is_taken_back_whole(soffice, kind, tmp_path):
    root = year_with_forms(tmp_path / "办公")
    form = fill(form_of(root, "市司法局"), AWKWARD, tmp_path / "填好.xlsx")
    saved_by(soffice, form, kind, root / "各单位报送", tmp_path)

    answer = take_back(call(root, LATER))

    assert answer.data["refused"] == []
    assert answer.data["taken"][0]["findings"] == []
    assert answers(root) == {
        ("P1-001", "U002", "status"): "正在推进",
        ("P1-001", "U002", "progress"): "007",
        ("P1-001", "U002", "problem"): "3-4",
        ("P1-002", "U002", "status"): "已完成",
        ("P1-002", "U002", "progress"): "=1+1",
        ("P1-002", "U002", "done_on"): "2018-09-02",
        ("P1-006", "U002", "status"): "持续推进",
        ("P1-006", "U002", "progress"): "440305199001011000",
        ("P1-006", "U002", "evidence"): "一\n二",
    }


def test_a_ledger_workbook_saved_by_libreoffice_is_synced(soffice, tmp_path):
    root = make_year(tmp_path / "办公")
    sync(call(root))
    book = root / "台账" / "工作台账.xlsx"
    saved_by(soffice, book, "xlsx", tmp_path, tmp_path).replace(book)

    first = sync(call(root, LATER))
    second = sync(call(root, LATER))

    assert first.data["findings"] == []
    assert (first.data["applied"], second.data["state"]) == (0, "unchanged")
