"""Making an office folder: the folders, the settings with their defaults, and an empty units' list.

Made again, nothing changes: what the office has typed stays, and settings that a newer version knows are added.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tracker.files.folders import FOLDERS
from tracker.files.folders import REGISTER
from tracker.files.folders import SETTINGS
from tracker.files.folders import make_office
from tracker.files.lists.register import RegisterBook
from tracker.files.lists.register import lay_out_register
from tracker.files.lists.settings import lay_out_settings
from tracker.files.safe import safe_write
from tracker.rules.settings import RoundSetting
from tracker.rules.settings import Settings
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import open_desk
from tracker.steps.syncing.newer_settings import Completion
from tracker.steps.syncing.newer_settings import add_new_settings

# The rounds that most offices have; the office changes them in the workbook.
ROUNDS = (
    ("第一季度", (3, 10), (3, 31)),
    ("上半年", (6, 10), (6, 30)),
    ("第三季度", (9, 10), (9, 30)),
    ("年终", (12, 1), (12, 20)),
)


def init(call: Call, folder: Path, *, settings: Settings | None = None) -> Result:
    """Make an office folder, or complete one."""
    root = folder.absolute()
    is_new = not (root / SETTINGS).exists()
    if not call.dry_run:
        office = make_office(root, now=call.now)
        if is_new:
            content = lay_out_settings(settings or Settings(rounds=_rounds(call.today.year)))
            safe_write(office.path(SETTINGS), content, now=call.now)
        if not office.path(REGISTER).exists():
            safe_write(office.path(REGISTER), lay_out_register(RegisterBook()), now=call.now)
    newer = Completion() if is_new else _newer(call, root)
    lines = [f"办公文件夹：{root}" + ("（已建好）" if is_new else "（原来就有，内容没有改动）")]
    lines += [f"  {name + '/':<10}{purpose}" for name, purpose in FOLDERS.items()]
    lines += [*newer.lines, *(str(finding) for finding in newer.findings)]
    lines += [
        f"下一步：打开《{SETTINGS}》填写本单位名称和报送期次，再运行 tracker record 方案文件。",
    ]
    return Result(tuple(lines), {"folder": str(root), "made": is_new})


def _newer(call: Call, root: Path) -> Completion:
    """What this version adds to the settings of an office that was made by an earlier one."""
    with open_desk(replace(call, start=root)) as desk:
        return add_new_settings(desk)


def _rounds(year: int) -> tuple[RoundSetting, ...]:
    return tuple(
        RoundSetting(name, "", dt.date(year, *opens), dt.date(year, *due)) for name, opens, due in ROUNDS
    )
