"""Every workbook that people write in, and every file from outside, in turn a hostile one: what becomes of the verb that reads it.

    python -m tests.soaks.entrances [STEP]      every STEPth file of `tests/support/hostile.py`; 1 by default

The verb is refused in one sentence that names the file, and then nothing that people see has changed; or it goes on
without the file. In either case the file stays as it was unless it is a harmless one, every other file is whole, and with
the right file back in its place the verb does its work.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import stat
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.support.hostile import HOSTILE, Hostile
from tests.support.year import SEPTEMBER, call, fill, form_of, ledger_of, make_year, snapshot
from tracker import facts
from tracker.files.guard.opening import warm
from tracker.problems.base import TrackerError
from tracker.steps.call import Result
from tracker.steps.chase import chase
from tracker.steps.fill import Order, fill as fill_table
from tracker.steps.hand_out import hand_out
from tracker.steps.plan_questions import Instructions
from tracker.steps.record import record
from tracker.steps.report import report
from tracker.steps.settle import settle
from tracker.steps.status import status
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
JANUARY = dt.datetime(2019, 1, 8, 9, tzinfo=SEPTEMBER.tzinfo)

# Where the file lies, and the verb that reads it there; a file from outside has no right one to put back.
ENTRANCES: dict[str, tuple[str, Callable[[Path], Result]]] = {
    "register (sync)": ("单位及联络员名单.xlsx", lambda root: sync(call(root, JANUARY))),
    "register (hand-out)": ("单位及联络员名单.xlsx", lambda root: hand_out(call(root, JANUARY))),
    "questions": ("待核对事项清单.xlsx", lambda root: settle(call(root, JANUARY))),
    "questions (take-back)": ("待核对事项清单.xlsx", lambda root: take_back(call(root, JANUARY))),
    "reporting": ("台账/报送情况.xlsx", lambda root: take_back(call(root, JANUARY))),
    "signing": ("督办/送签单.xlsx", lambda root: chase(call(root, JANUARY))),
    "calls": ("督办/电话记录.xlsx", lambda root: chase(call(root, JANUARY))),
    "adjustments": ("台账/事项调整.xlsx", lambda root: chase(call(root, JANUARY))),
    "settings": ("设置.xlsx", lambda root: status(call(root, JANUARY))),
    "ledger": ("台账/工作台账.xlsx", lambda root: sync(call(root, JANUARY))),
    "material": ("报告/起草素材表.xlsx", lambda root: report(call(root, JANUARY))),
    "return": ("各单位报送/市民政局.xlsx", lambda root: take_back(call(root, JANUARY))),
    "fill": ("空表.xlsx", lambda root: fill_table(call(root, JANUARY), root / "空表.xlsx", Order())),
    "plan": ("方案.xlsx", lambda root: record(call(root, JANUARY), root / "方案.xlsx", Instructions())),
}


def office(root: Path) -> Path:
    """An office with everything in it that people write in: forms out and back, a question, slips, 台账, a report."""
    make_year(root)
    hand_out(call(root))
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell("P1-001", "U002", "progress", "R1", "本办记的", "office", 0))
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位写的"}}, root / "各单位报送" / "a.xlsx")
    take_back(call(root, LATER))
    sync(call(root, LATER))
    chase(call(root, JANUARY))
    report(call(root, JANUARY))
    return root


def faults_of(
    root: Path, master: Path, case: Hostile, data: bytes, path: str, verb: Callable[[Path], Result]
) -> Iterator[str]:
    """What does not hold when this file lies there."""
    for original in (root / "原件留存").rglob("*.*"):
        # Windows removes no file that is read-only, as originals are.
        original.chmod(stat.S_IREAD | stat.S_IWRITE)
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(master, root)
    target = root / path
    right = target.read_bytes() if target.exists() else None
    target.write_bytes(data)
    before = snapshot(root)
    try:
        verb(root)
        refusal = ""
    except TrackerError as error:
        refusal = str(error)
    except Exception as error:  # what this soak looks for
        yield f"{type(error).__name__}: {error}"
        return
    after = snapshot(root)
    if refusal and target.name not in refusal:
        yield f"the refusal does not name the file: {refusal}"
    if refusal and after != before:
        yield f"refused, and changed: {[name for name in after if after[name] != before.get(name)]}"
    if case.codes and after.get(path) != data:
        yield "the file was written over"
    yield from (f"{name} is damaged" for name in after if name != path and not _is_whole(name, after[name]))
    if right is None:
        return
    target.write_bytes(right)
    try:
        verb(root)
    except TrackerError as error:
        yield f"with the right file back: {error}"


def _is_whole(name: str, data: bytes) -> bool:
    # Of a file that was taken its original is kept, whatever it is.
    if name.startswith("原件留存/") or not name.endswith((".xlsx", ".docx", ".zip")):
        return True
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.testzip() is None


def main(arguments: Sequence[str]) -> bool:
    """Lay every file into every place; true when all holds."""
    warm()
    cases = HOSTILE[:: int(arguments[0]) if arguments else 1]
    holds = True
    with tempfile.TemporaryDirectory() as folder:
        master = office(Path(folder) / "样本")
        for name, (path, verb) in ENTRANCES.items():
            slowest, start = (0.0, ""), time.perf_counter()
            count = 0
            for case in cases:
                data = case.draw()
                began = time.perf_counter()
                for fault in faults_of(Path(folder) / "办公", master, case, data, path, verb):
                    count += 1
                    print(f"  {name}, {case.what}: {fault}")
                slowest = max(slowest, (time.perf_counter() - began, case.what))
            seconds = time.perf_counter() - start
            print(
                f"{name:<24}{len(cases)} files, {count} faults, {seconds:.0f} s; slowest {slowest[0]:.1f} s ({slowest[1]})",
                flush=True,
            )
            holds = holds and not count
    return holds


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
