"""Temporary files beside a target: written whole, flushed and read back, and swept away when their process died.

The name of a temporary file says whose it is (machine and process), so the next write into a folder removes what
a killed process left there, keeps that of a living one, and removes that of another machine when it is an hour old.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import platform
import re
from contextlib import suppress
from pathlib import Path

# Readers of a folder ignore names that start like this (LibreOffice and WPS use the same start).
_TEMPORARY = ".~tracker-"
# Whether a process of another machine lives cannot be known: its temporary file is older than this, in seconds.
_STALE = 3600.0

_HAS_NO_MODES = os.name == "nt"


def write_temporary(path: Path, data: bytes) -> Path:
    """Write the bytes to a new file in the target's folder, flushed to the disk and read back."""
    for n in itertools.count():
        temporary = path.with_name(f"{_TEMPORARY}{machine()}-{os.getpid()}-{n}.tmp")
        try:
            # Not tempfile: its files are private to the user, and the target may be shared by an office.
            handle = os.open(
                temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666
            )
        except FileExistsError:
            continue
        break
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError("写入后读回的内容不一致")
        if path.exists() and not _HAS_NO_MODES:
            temporary.chmod(path.stat().st_mode & 0o7777)
        sweep(path.parent, newest=temporary.stat().st_mtime)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def sweep(folder: Path, *, newest: float) -> None:
    """Remove the temporary files of processes that died.

    Args:
        folder: The folder of a target.
        newest: A modification time of now, by the clock of the disk that holds the folder.
    """
    for file in folder.glob(f"{_TEMPORARY}*"):
        with suppress(OSError):
            if _is_left(file.name, newest - file.stat().st_mtime):
                file.unlink()


def _is_left(name: str, age: float) -> bool:
    match = re.fullmatch(rf"{re.escape(_TEMPORARY)}([0-9a-f]{{6}})-(\d+)-\d+\.tmp", name)
    if match is None or match[1] != machine():
        return age > _STALE
    import psutil  # seldom wanted: only where a temporary file lies

    return int(match[2]) != os.getpid() and not psutil.pid_exists(int(match[2]))


def machine() -> str:
    """Six signs for this machine: process numbers mean nothing on another one that shares the folder."""
    return hashlib.sha256(platform.node().encode("utf-8")).hexdigest()[:6]
