"""Exit code 3 says that nothing was done: every verb, on a disk that is full from its first, second or fourth file on."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

from tests.support.recording import ROWS, sheet_file
from tests.support.year import SEPTEMBER, call, ledger_of, make_year, prepare_returns, snapshot
from tracker.cli.commandline import main
from tracker.problems.base import Exit
from tracker.steps.take_back import take_back

NOW = "2018-12-20T09:00+08:00"
VERBS = {
    "init": ("init", "新建"),
    "record": ("record", "方案.xlsx", "--new"),
    "hand-out": ("hand-out", "--zip"),
    "take-back": ("take-back",),
    "send-back": ("send-back", "0.xlsx", "--reason", "重报"),
    "sync": ("sync",),
    "settle": ("settle",),
    "chase": ("chase",),
    "send": ("send",),
    "report": ("report",),
    "circular": ("report", "--circular"),
    "annual": ("report", "--annual"),
    "compare": ("compare",),
    "status": ("status", "--html"),
    "run": ("run", "--once"),
    "read": ("read", "方案.xlsx", "--workbook"),
    "another office": ("hand-out", "--round", "没有这一期"),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("满盘")
    root = prepare_returns(folder / "办公")
    take_back(call(root, SEPTEMBER))
    sheet_file(folder / "方案.xlsx", ROWS)
    return folder


def state(folder):
    """What people see, but for kept originals, and how many acts there are."""
    with ledger_of(folder / "办公") as ledger:
        acts = ledger.last_act
    files = {name: data for name, data in snapshot(folder).items() if "/原件留存/" not in name}
    return acts, {name: data for name, data in files.items() if not name.startswith("办公/原件留存")}


def fill_disk_after(monkeypatch, count):
    """Let so many files be flushed to the disk, and no further one."""
    flush, calls = os.fsync, []

    def fsync(handle):
        calls.append(handle)
        if len(calls) > count:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(handle)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("verb", VERBS)
def test_a_refusal_says_that_nothing_was_done_and_everything_else_names_its_part(
    prepared, tmp_path, monkeypatch, capsys, verb, count
):
    folder = tmp_path / "这里"
    shutil.copytree(prepared, folder)
    before = state(folder)
    monkeypatch.chdir(folder)
    office = () if verb in ("init", "read") else ("--office", "办公", "--now", NOW)

    fill_disk_after(monkeypatch, count)
    code = main([*VERBS[verb], *office])
    monkeypatch.undo()

    out, err = capsys.readouterr()
    assert code in (Exit.DONE, Exit.PARTLY, Exit.REFUSED)
    if code == Exit.REFUSED:
        assert state(folder) == before
    if code == Exit.PARTLY:
        assert "磁盘空间已满" in out + err or verb in ("settle", "compare", "annual", "run")
    assert "unexpected" not in err and "No space" not in out + err


def test_a_round_that_does_not_exist_is_a_refusal(tmp_path, capsys):
    root = make_year(tmp_path / "办公")

    assert main(["hand-out", "--round", "没有这一期", "--office", str(root), "--now", NOW]) == Exit.REFUSED


def test_what_failed_after_the_act_is_told_as_a_part_and_the_next_run_completes_it(
    prepared, tmp_path, monkeypatch, capsys
):
    folder = tmp_path / "这里"
    shutil.copytree(prepared, folder)
    words = ["hand-out", "--round", "年终", "--office", str(folder / "办公"), "--now", NOW]
    fill_disk_after(monkeypatch, 1)

    code = main(words)
    monkeypatch.undo()

    assert code == Exit.PARTLY
    assert "其余的已经完成" in capsys.readouterr().err
    assert main(words) == Exit.DONE
    assert len(list((folder / "办公" / "填报表" / "2018-年终").glob("市*.xlsx"))) == 5
