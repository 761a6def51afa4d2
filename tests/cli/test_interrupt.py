"""Ctrl-C leaves nothing half done: a sentence, no traceback, and the next run completes what the first began."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from functools import partial

import openpyxl
import pytest

from tests.support.year import SEPTEMBER, UNITS, call, fill, form_of, make_year, snapshot
from tracker.steps.hand_out import hand_out
from tracker.steps.sync import sync

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a console's Ctrl-C reaches a whole group there"
)

BREAKS = (0.0, 0.1)


def run(root, verb: str, begins=None, after: float = 0.0) -> tuple[int, str]:
    """Exit code and stderr of a real run; with `begins`, Ctrl-C so many seconds after that has come true."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tracker", verb, "--office", str(root), "--now", SEPTEMBER.isoformat()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    if begins is not None:
        while child.poll() is None and not begins():
            time.sleep(0.001)
        time.sleep(after)
        child.send_signal(signal.SIGINT)
    return child.wait(), child.communicate()[1].decode()


def acts(root) -> list[str]:
    from tests.support.year import ledger_of

    with ledger_of(root) as ledger:
        assert ledger.check() == []
        return [act.verb for act in ledger.acts()]


def half_done(root) -> list[str]:
    return [path.name for path in root.rglob("*") if path.name.startswith(".~tracker-")]


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    """An office before each verb has something to do, and what its folder holds once that is done."""
    root = make_year(tmp_path_factory.mktemp("a") / "办公", points=12)
    drawn = {"hand-out": shutil.copytree(root, root.parent / "hand-out")}
    hand_out(call(root))
    sync(call(root))
    for n, name in enumerate(list(UNITS.values())):
        page = openpyxl.load_workbook(form_of(root, name))["填报表"]
        ids = [cell.value for cell in page["A"] if str(cell.value).startswith("P1-")]
        answers = {wp: {"自报状态": "正在推进", "进展情况": f"{name}办了{wp}"} for wp in ids}
        fill(form_of(root, name), answers, root / "各单位报送" / f"{n}.xlsx")
    drawn["take-back"] = shutil.copytree(root, root.parent / "take-back")
    assert run(root, "take-back")[0] == 0
    drawn["sync"] = shutil.copytree(root, root.parent / "sync")
    assert run(root, "sync")[0] == 0
    drawn["chase"] = drawn["report"] = root
    ends = {}
    for verb, office in drawn.items():
        whole = shutil.copytree(office, root.parent / f"{verb}-whole")
        assert run(whole, verb)[0] == 0
        ends[verb] = set(snapshot(whole))
    return drawn, ends


# What can be seen of a run that has begun its work.
SIGNS = {
    "hand-out": lambda root: any((root / "填报表").rglob("*.xlsx")),
    "take-back": lambda root: True,
    "sync": lambda root: True,
    "chase": lambda root: True,
    "report": lambda root: any((root / "报告").rglob("*")),
}


@pytest.mark.parametrize("after", BREAKS)
@pytest.mark.parametrize("verb", SIGNS)
def test_an_interrupted_run_says_so_and_the_next_one_completes_it(offices, verb, after, tmp_path):
    drawn, ends = offices
    root = shutil.copytree(drawn[verb], tmp_path / "办公")
    later = after if verb in ("hand-out", "report") else 0.3 + 4 * after

    code, err = run(root, verb, lambda: SIGNS[verb](root), later)

    assert (code, err.strip()) in {
        (1, "已中断；已完成的部分都已保存，可以重新运行。"),
        (0, ""),
    } or code == -signal.SIGINT  # before Python itself had started
    assert half_done(root) == []
    acts(root)
    code, err = run(root, verb)
    assert (code, "Traceback" in err) == (0, False)
    assert set(snapshot(root)) == ends[verb]
    before = acts(root)
    assert run(root, verb)[0] == 0
    assert acts(root) == before


def test_ctrl_c_in_the_middle_of_handing_out_stops_it_there(offices, tmp_path):
    drawn, ends = offices
    for n in range(5):
        root = shutil.copytree(drawn["hand-out"], tmp_path / f"办公{n}")
        code, err = run(root, "hand-out", partial(SIGNS["hand-out"], root))
        # On a busy machine the last form may be out before the signal comes.
        if code:
            break

    assert (code, err.strip()) == (1, "已中断；已完成的部分都已保存，可以重新运行。")
    assert set(snapshot(root)) < ends["hand-out"]


def test_an_interruption_while_a_class_is_made_is_one(tmp_path):
    root = make_year(tmp_path / "办公")
    program = """
import dataclasses, sys

class Field(dataclasses.Field):
    def __set_name__(self, owner, name):
        raise KeyboardInterrupt

dataclasses.Field = Field
sys.argv[1:] = ["sync", "--office", sys.argv[1]]
from tracker.cli import run
run()
"""
    child = subprocess.run([sys.executable, "-c", program, str(root)], capture_output=True, timeout=60)

    assert (child.returncode, child.stderr.decode().strip()) == (
        1,
        "已中断；已完成的部分都已保存，可以重新运行。",
    )
