"""The steps of a clerk's day, each by a word: does the step, brings the 台账 up to date, says 今日待办 at the end.

    python scripts/office/steps.py take-back [办公文件夹] [--wait]      (see `scripts/office/program.py`)

    hand-out     下发填报表: whatever round is due
    take-back    收表: what lies in 各单位报送
    settle       处理核对: what was decided in 待核对事项清单
    sync         更新台账: both ways
    today        今日待办 alone

Whichever step it is, what was decided in 工作台.xlsx is done, too (`tracker today`), and the workbook shows today afterwards.

Each may be run again at any time: what was done is not done twice.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its path

from scripts.office.program import run, verbs

STEPS = {
    "hand-out": (["hand-out"], ["today"]),
    "take-back": (["take-back"], ["sync"], ["today"]),
    "settle": (["settle"], ["sync"], ["today"]),
    "sync": (["sync"], ["today"]),
    "today": (["today"],),
}

if __name__ == "__main__":
    step = sys.argv[1] if len(sys.argv) > 1 else ""
    if step not in STEPS:
        print("请写要做的一步：" + "、".join(STEPS))
        sys.exit(2)
    sys.exit(run(__file__, verbs(*STEPS[step]), step))
