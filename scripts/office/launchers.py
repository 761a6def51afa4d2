"""Puts what a clerk double-clicks into the office folder: 打开工作台.cmd, 收表.cmd, 今天催办.cmd and the other steps of a day.

    python scripts/office/launchers.py 办公文件夹

A folder that is no office yet becomes one. Each launcher starts a program of this folder by the Python of `.venv` and keeps its window open. Elsewhere than on Windows the
same as .sh with a .desktop for the file manager, and the lines for cron are printed. Written again, the same files; one that somebody changed is replaced.
"""

from __future__ import annotations

import locale
import os
import re
import shlex
import sys
from pathlib import Path, PurePath

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its path

from scripts.office.program import PYTHON, run

HERE = Path(__file__).resolve().parent
# Name of the launcher -> its program with what stands before the folder, and when cron might run it (empty: never).
PROGRAMS = {
    "打开工作台": (("desk.py",), ""),
    "今日待办": (("steps.py", "today"), ""),
    "登记方案": (("steps.py", "record"), ""),
    "印发填报表": (("steps.py", "hand-out"), ""),
    "收表": (("steps.py", "take-back"), ""),
    "处理核对": (("steps.py", "settle"), ""),
    "更新台账": (("steps.py", "sync"), ""),
    "对照方案": (("steps.py", "compare"), ""),
    "今天催办": (("chase.py",), "0 9 * * 1-5"),
    "发送": (("send.py",), "10 9 * * 1-5"),
    "每周小结": (("weekly.py",), "20 9 * * 1"),
    "年终报告": (("report.py",), "0 10 20 12 *"),
}


class NotInCodePage(Exception):
    """A path holds characters that this system's batch files cannot say."""


def batch(*program: str, python: str, encoding: str) -> bytes:
    r"""A batch file; its own folder is the office.

    cmd.exe reads it in the code page of the console, so its few words are plain, and paths are in that code page.

    >>> print(batch("D:\\tools\\chase.py", python="D:\\100% py\\python.exe", encoding="gbk").decode("gbk"))
    @echo off
    setlocal
    set PYTHONUTF8=
    "D:\100%% py\python.exe" "D:\tools\chase.py" "%~dp0." --wait
    """
    # A percent sign begins a variable.
    words = " ".join('"' + word.replace("%", "%%") + '"' for word in (python, *program))
    text = f'@echo off\r\nsetlocal\r\nset PYTHONUTF8=\r\n{words} "%~dp0." --wait\r\n'
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        raise NotInCodePage(" ".join((python, *program))) from None


def shell(*program: str, python: str) -> bytes:
    """A shell script; its own folder is the office."""
    return f'#!/bin/sh\nexec {shlex.join([python, *program])} "$(dirname "$0")" --wait\n'.encode()


def desktop(name: str, script: Path) -> bytes:
    r"""What a file manager of Linux starts: the script, in a window that can be read.

    >>> print(desktop("收表", Path('/srv/100% "公开"/收表.sh')).decode().splitlines()[3])
    Exec=sh "/srv/100%% \\"公开\\"/收表.sh"
    """
    # A value is unescaped once as a string, then as words; a percent sign begins a field code.
    path = re.sub(r'(["`$\\])', r"\\\\\1", str(script)).replace("%", "%%")
    lines = ("[Desktop Entry]", "Type=Application", f"Name={name}", f'Exec=sh "{path}"', "Terminal=true")
    return ("\n".join(lines) + "\n").encode()


def cron(folder: PurePath, *, python: str) -> list[str]:
    """The lines for `crontab -e`."""
    return [
        f"{when} {shlex.join([python, str(HERE / program), *words, str(folder)])}".replace("%", r"\%")
        for (program, *words), when in PROGRAMS.values()
        if when
    ]


def put(folder: Path) -> int:
    """Write the launchers of this system into an office folder."""
    python = str(PYTHON if PYTHON.exists() else Path(sys.executable))
    for name, ((program, *words), _) in PROGRAMS.items():
        file = str(HERE / program)
        if os.name == "nt":
            files = {folder / f"{name}.cmd": batch(file, *words, python=python, encoding="oem")}
        else:
            script = folder / f"{name}.sh"
            files = {script: shell(file, *words, python=python)}
            if sys.platform != "darwin":
                files[folder / f"{name}.desktop"] = desktop(name, script.absolute())
        for target, data in files.items():
            target.write_bytes(data)
            if os.name != "nt":
                target.chmod(0o755)
            print(f"已放好：{target}")
    if os.name != "nt":
        print("定时运行请在 crontab -e 里加入：")
        print("\n".join(cron(folder, python=python)))
    return 0


def main(folder: Path) -> int:
    """Write them, or say why not; a folder that is no office yet becomes one first."""
    from tracker.cli.commandline import main as carry_out

    code = carry_out(["init", str(folder)])
    if code:
        return code
    try:
        return put(folder)
    except NotInCodePage as problem:
        print(
            f"路径里有本机代码页（{locale.getpreferredencoding()}）写不出的字：{problem}。请把程序移到名称普通的文件夹。"
        )
        return 3


if __name__ == "__main__":
    for word in sys.argv[1:]:
        if (
            not word.startswith("-") and Path(word).absolute().parent.is_dir()
        ):  # a folder that is not there is to be one
            Path(word).mkdir(exist_ok=True)
    sys.exit(run(__file__, main, needs_office=False))
