"""Set everything up beside the checkout, then do one thing.

    python scripts/bootstrap.py demo [FOLDER]      the whole sample year; FOLDER defaults to 演示 in the checkout
    python scripts/bootstrap.py test [ARGUMENTS]   all tests; arguments go to pytest
    python scripts/bootstrap.py run VERB ...       any verb of tracker

Needs Python 3.11 to 3.13 and a package index, nothing else: no bash, no compiler. Everything goes into
`.venv` of the checkout, with the exact versions and hashes of `scripts/lock`; the system's Python is not
touched. A second run finds everything there and starts at once. Works from any working directory.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# The tests' workers: one for each core, but no more than a small machine's memory holds.
WORKERS = ("-n", str(min(4, max(2, os.cpu_count() or 2))), "--dist", "worksteal")
SUPPORTED = ((3, 11), (3, 13))


def say(sentence: str) -> None:
    """Print a sentence on whatever console there is."""
    encoding = sys.stdout.encoding or "ascii"
    print(sentence.encode(encoding, "replace").decode(encoding), flush=True)


def stamp_of(lock: Path) -> str:
    """What has to be the same for an installation to be taken as it is."""
    content = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content + sys.version.encode() + str(ROOT).encode()).hexdigest()


def set_up(name: str) -> None:
    """Make `.venv` hold exactly what the lock says, and the checkout itself."""
    lock = ROOT / "scripts" / "lock" / f"{name}.txt"
    mark = HOME / f"{name}.stamp"
    stamp = stamp_of(lock)
    if PYTHON.exists() and mark.exists() and mark.read_text(encoding="utf-8") == stamp:
        return
    if not PYTHON.exists():
        say(f"正在建立 Python 环境：{HOME}")
        venv.create(HOME, with_pip=True)
    say("正在安装所需组件（仅首次需要，约一两分钟）……")
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-input"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(lock)], check=True, cwd=ROOT)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True, cwd=ROOT)
    mark.write_text(stamp, encoding="utf-8")


def main(words: list[str]) -> int:
    """Set up what the first word needs, and run it."""
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        say(f"需要 Python 3.11 至 3.13，现在是 {sys.version.split()[0]}。")
        return 2
    what, rest = (words[0] if words else "demo"), words[1:]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    try:
        if what == "demo":
            set_up("run")
            command = [str(PYTHON), "-m", "tracker", "demo", *(rest or [str(ROOT / "演示")])]
        elif what == "test":
            set_up("test")
            command = [
                str(PYTHON),
                "-m",
                "pytest",
                "--rootdir",
                str(ROOT),
                "-c",
                str(ROOT / "pyproject.toml"),
                *WORKERS,
                *rest,
            ]
        elif what == "run":
            set_up("run")
            command = [str(PYTHON), "-m", "tracker", *rest]
        else:
            say("用法：python scripts/bootstrap.py demo | test | run")
            return 2
    except subprocess.CalledProcessError as failed:
        say(f"安装没有成功（退出码 {failed.returncode}）。请检查网络和 pip 的软件源设置后重试。")
        return 1
    folder = ROOT if what == "test" else Path.cwd()
    return subprocess.run(command, check=False, cwd=folder, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
