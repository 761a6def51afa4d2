"""What the small programs of an office share: the right Python, the right folder, and a window that stays open.

    python scripts/office/chase.py [办公文件夹] [--wait]

The folder is the one named, else the one that TRACKER_OFFICE names, else the one the program stands in; started by a
double-click without any, the program asks for it. `--wait` keeps the window open until Enter is pressed (the launchers
of `scripts/office/launchers.py` say so); a scheduled task or cron never waits, because nobody would press it.

Started by another Python than that of `.venv` (a double-click takes the system's) it starts itself again by that one.
Whatever goes wrong, a person sees one Chinese sentence, as on the command line (`tracker/cli/commandline.py`).
The exit code is that of the verb: 0 done, 1 a part could not be done, 2 wrong usage, 3 refused.
"""

from __future__ import annotations

import importlib.util
import io
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WAIT = "--wait"
# Any Python finds the checkout itself; these are only where it was installed.
_NEEDED = ("python_calamine", "chinese_calendar", "xlsxwriter")

# What a program does in an office folder; the answer is an exit code.
Work = Callable[[Path], int]


def run(file: str, work: Work, *steps: str, needs_office: bool = True) -> int:
    """Do the work of a program in the folder that is meant, and keep the window open where asked.

    Args:
        file: The program, to start it again by another Python.
        work: What it does.
        steps: Words of its own that stand before the folder.
        needs_office: Whether the folder has to be an office already.
    """
    words = sys.argv[1 + len(steps) :]
    _speak()
    clicked = not words and _has_window()
    try:
        if not all(importlib.util.find_spec(each) for each in _NEEDED):
            return _again(file, [*steps, *words])
        folder = _folder([word for word in words if word != WAIT], ask=clicked, needs_office=needs_office)
        code = 2 if folder is None else work(folder)
    except KeyboardInterrupt:
        print("已中断；已完成的部分都已保存，可以重新运行。")
        code = 1
    except Exception:  # a person reads this: one sentence, and the window stays
        code = _told()
    if (WAIT in words or clicked) and _has_window():
        _keep_open(code)
    return code


def _told() -> int:
    """Say what is being handled as the verbs do: a refusal in its own words, a fault of ours without any of its own."""
    problem = sys.exception()
    try:
        from tracker.cli.commandline import fault_notice
        from tracker.problems.base import TrackerError
    except Exception:  # the checkout itself is damaged: nothing of it can take secrets out
        print("程序没有安装完整，已停下。请重新安装，或请维护的同事来看。")
        return 3
    if isinstance(problem, TrackerError):
        print(problem)
        return int(problem.exit)
    print(fault_notice())
    return 1


def verbs(*commands: Sequence[str]) -> Work:
    """Work that is a row of verbs; a refusal stops it, the worst exit code is the answer."""

    def work(folder: Path) -> int:
        from tracker.cli.commandline import main

        os.environ["TRACKER_CLICKS"] = "1"
        worst = 0
        for words in commands:
            code = int(main([*words, "--office", str(folder)]))
            worst = max(worst, code)
            if code > 1:
                break
        return worst

    return work


def _speak() -> None:
    """Whatever the console's code page (936 on most office PCs), no character stops the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                encoding=None if stream.isatty() or os.name == "nt" else "utf-8", errors="replace"
            )


def _has_window() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def _folder(words: list[str], *, ask: bool, needs_office: bool) -> Path | None:
    from tracker.files.folders import find_office
    from tracker.problems.office import NoOffice

    named = words[0] if words else os.environ.get("TRACKER_OFFICE", "")
    if not named and ask:
        named = input("请把办公文件夹拖到这个窗口里，然后按回车：").strip().strip('"').strip("'")
    start = Path(named or Path.cwd()).absolute()
    try:
        return find_office(start).root
    except NoOffice as problem:
        if not needs_office and start.is_dir():
            return start
        print(problem)
        return None


def _again(file: str, words: list[str]) -> int:
    """Start again by the Python that has everything."""
    if not PYTHON.exists() or Path(sys.executable).absolute() == PYTHON:
        print(f"还没有安装好。请先在 {ROOT} 运行 python scripts/bootstrap.py run status --help，再重新打开。")
        if _has_window():
            _keep_open(3)
        return 3
    sys.stdout.flush()
    return subprocess.run([str(PYTHON), file, *words], check=False).returncode


def _keep_open(code: int) -> None:
    said = {0: "完成。", 1: "有一部分没有做成，见上面的说明。"}.get(code, "没有做成，见上面的说明。")
    try:
        input(f"{said}按回车键关闭窗口。")
    except EOFError:
        return
