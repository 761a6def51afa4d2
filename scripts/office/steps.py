"""The steps of a clerk's day, each by a word: does the step, brings the 台账 up to date, says 今日待办 at the end.

    python scripts/office/steps.py take-back [办公文件夹] [--wait]      (see `scripts/office/program.py`)

    record       登记方案: the file that was put into 方案 last; 分工核对表 is laid beside it, and entered when it was corrected
    hand-out     印发填报表: whatever round is due
    take-back    收表: what lies in 各单位报送
    settle       处理核对: what was decided in 待核对事项清单
    sync         更新台账: both ways
    compare      对照方案: this year's plan with last year's and the superior's
    today        今日待办 alone

Whichever step it is, what was decided in 工作台.xlsx is done, too (`tracker today`), and the workbook shows today afterwards.

Each may be run again at any time: what was done is not done twice.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its path

from scripts.office.program import run, verbs


def record(folder: Path) -> int:
    """Enter the plan that was put into 方案 last; entered again, it changes nothing.

    What was understood is shown, and lies in 分工核对表: corrected and saved, it is the file that was put there last.
    """
    files = [path for path in (folder / "方案").glob("*") if path.is_file() and path.name[0] not in ".~"]
    if not files:
        print("“方案”文件夹里还没有文件。请先把收到的分工方案放进去。")
        return 3
    plan = max(files, key=_arrival)
    print(f"登记最新放进“方案”的文件：{plan.name}")
    proof = [] if plan.name.startswith("分工核对表") else [["read", str(plan), "--workbook"]]
    code = verbs(*proof, ["record", str(plan)])(folder)
    # What it asks before it enters anything is asked in 工作台.xlsx, too.
    return max(code, verbs(["today"])(folder))


def compare(folder: Path) -> int:
    """Lay this year's plan beside last year's and the superior's; where there is none, today is said all the same."""
    return max(verbs(["compare"])(folder), verbs(["today"])(folder))


def _arrival(path: Path) -> float:
    """When a file was put here: a copy keeps the day on which the original was saved."""
    stat = path.stat()
    return max(stat.st_mtime, stat.st_ctime)


STEPS = {
    "record": record,
    "hand-out": verbs(["hand-out"], ["today"]),
    "take-back": verbs(["take-back"], ["sync"], ["today"]),
    "settle": verbs(["settle"], ["sync"], ["today"]),
    "sync": verbs(["sync"], ["today"]),
    "compare": compare,
    "today": verbs(["today"]),
}

if __name__ == "__main__":
    step = sys.argv[1] if len(sys.argv) > 1 else ""
    if step not in STEPS:
        print("请写要做的一步：" + "、".join(STEPS))
        sys.exit(2)
    sys.exit(run(__file__, STEPS[step], step))
