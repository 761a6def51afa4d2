"""Writing a file that somebody may have open: whole or not at all, and never over somebody's work.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> target = Path(folder.name) / "工作台账.xlsx"
    >>> safe_write(target, b"first").state, safe_write(target, b"first").state
    (<WriteState.WRITTEN: 'written'>, <WriteState.UNCHANGED: 'unchanged'>)
    >>> _ = target.with_name("~$工作台账.xlsx").write_bytes(b"")
    >>> beside = safe_write(target, b"second", now=datetime(2026, 3, 2, 9, 5))
    >>> target.read_bytes(), beside.path.name
    (b'first', '工作台账（新版-待替换 0905 16367a）.xlsx')
    >>> target.with_name("~$工作台账.xlsx").unlink()
    >>> safe_write(target, b"third").state, beside.path.exists()
    (<WriteState.WRITTEN: 'written'>, False)
    >>> folder.cleanup()

What decides, in this order:

| the target                                                        | state     | where the bytes are |
| ----------------------------------------------------------------- | --------- | ------------------- |
| holds these bytes already                                         | unchanged | the target          |
| is not the file that was read (`expect` is another hash, or gone) | beside    | a file beside it    |
| is open: an owner file, or it cannot be opened for writing        | beside    | a file beside it    |
| is still held after all tries to replace it                       | beside    | a file beside it    |
| anything else                                                     | written   | the target          |

The name of a file laid beside ends in the first signs of its hash. When the target is written later, or holds the
right bytes, the files beside it are removed; one that no longer is what its name says was worked in by somebody:
it stays, and is named.

The bytes go to a temporary file in the same folder, are flushed to the disk, read back, and renamed over the
target in one step (`files.temporary`); a process that is killed leaves the old file or the new one.

Which owner files count is said in `files.owners`.
"""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from tracker.files.owners import editor_of as opened_by
from tracker.files.owners import owner as owner
from tracker.files.temporary import write_temporary
from tracker.problems.writing import CannotWrite

# Waits between tries, in seconds: virus scanners and indexers hold a fresh file for moments, people for hours.
WAITS = (0.05, 0.1, 0.25, 0.5, 1.0, 1.0)

# What the system says, in words that people understand; anything else is quoted as it says it.
_REASONS = {
    errno.ENOSPC: "磁盘空间已满",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "所在磁盘只读",
    errno.ENOENT: "文件夹不存在",
    errno.ENAMETOOLONG: "文件名太长",
}

_WINDOWS = os.name == "nt"


class WriteState(StrEnum):
    """What became of the bytes."""

    # The target holds them.
    WRITTEN = "written"
    # The target held them already and was not touched.
    UNCHANGED = "unchanged"
    # The target was not touched; they lie beside it until it can be replaced.
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The outcome of a write.

    Attributes:
        state: What became of the bytes.
        path: The file that holds them now.
        why: For BESIDE: why the target was left alone and what to do, for people.
        leftovers: Older versions that lie beside a target that was written, and that somebody has worked in.
    """

    state: WriteState
    path: Path
    why: str = ""
    leftovers: tuple[Path, ...] = ()


def safe_write(
    path: Path, data: bytes, *, expect: str | None = None, now: datetime | None = None
) -> WriteResult:
    """Put bytes into a file; see the module's docstring for what decides.

    Args:
        path: The target; its folder exists.
        data: The whole new content.
        expect: SHA-256 (hex) of the content that the new one was made from; None accepts any.
        now: The clock, for the name of a file laid beside.

    Raises:
        CannotWrite: The folder takes no file; the target is as it was.
    """
    path = path.resolve() if path.is_symlink() else path
    try:
        if _content(path) == data:
            return WriteResult(WriteState.UNCHANGED, path, leftovers=_clear_beside(path))
        why = _obstacle(path, expect)
        if not why:
            why = _replace(path, data, expect)
        if not why:
            return WriteResult(WriteState.WRITTEN, path, leftovers=_clear_beside(path))
        return WriteResult(WriteState.BESIDE, _lay_beside(path, data, now), why)
    except OSError as error:
        raise CannotWrite(file=path.name, why=_REASONS.get(error.errno or 0, str(error))) from error


def versions_beside(path: Path) -> tuple[Path, ...]:
    """New versions of a file that lie beside it, oldest name first."""
    start = f"{path.stem}（新版-待替换"
    if not path.parent.is_dir():
        return ()
    return tuple(
        sorted(
            file
            for file in path.parent.iterdir()
            if file.name.startswith(start) and file.suffix == path.suffix
        )
    )


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except PermissionError:  # held by somebody who forbids even reading
        return None


def _obstacle(path: Path, expect: str | None) -> str:
    """Why the target must be left alone, for people; empty when it may be replaced."""
    mark = owner(path)
    if mark is not None:
        who = opened_by(path)
        by = f"“{who}”" if who else "有人"
        return f"{path.name} 正被{by}打开，没有改动它。请保存并关闭后再运行；如确认无人打开，请删除隐藏文件 {mark.name}。"
    if path.exists() and not _opens_for_writing(path):
        return f"{path.name} 正被别的程序占用或设为只读，没有改动它。请关闭后再运行。"
    if expect is not None:
        content = _content(path)
        if content is None:
            return f"{path.name} 在处理期间被移走或改名，没有写回原处。请确认文件位置后再运行。"
        if hashlib.sha256(content).hexdigest() != expect.lower():
            return f"{path.name} 在读取之后又被修改过，没有覆盖。再次运行即可把两边的改动合在一起。"
    return ""


def _opens_for_writing(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except PermissionError:
        return False


def _replace(path: Path, data: bytes, expect: str | None) -> str:
    """Replace the target in one step; return why that could not be done, empty when it was."""
    temporary = write_temporary(path, data)
    try:
        for wait in (*WAITS, None):
            why = _obstacle(path, expect)
            if not why:
                try:
                    temporary.replace(path)
                except PermissionError:
                    why = f"{path.name} 正被别的程序占用，没有改动它。请关闭后再运行。"
                else:
                    _flush_folder(path.parent)
                    return ""
            if wait is None or owner(path) is not None:
                return why
            time.sleep(wait)
        return why
    finally:
        temporary.unlink(missing_ok=True)


def _lay_beside(path: Path, data: bytes, now: datetime | None) -> Path:
    """Lay the bytes beside the target under a free name; bytes that lie there already are not laid again."""
    for file in versions_beside(path):
        if _content(file) == data:
            return file
    clock = f" {now:%H%M}" if now is not None else ""
    for n in itertools.count(1):
        again = f"-{n}" if n > 1 else ""
        beside = path.with_name(f"{path.stem}（新版-待替换{clock}{again} {_mark(data)}）{path.suffix}")
        if not beside.exists():
            break
    temporary = write_temporary(beside, data)
    try:
        temporary.replace(beside)
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)
    return beside


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:6]


def _clear_beside(path: Path) -> tuple[Path, ...]:
    """Remove what was laid beside and nobody has touched; give what somebody has worked in."""
    leftovers = []
    for file in versions_beside(path):
        content = _content(file)
        if content is not None and file.stem.endswith(f" {_mark(content)}）") and owner(file) is None:
            with suppress(OSError):
                file.unlink()
        else:
            leftovers.append(file)
    return tuple(leftovers)


def _flush_folder(folder: Path) -> None:
    """Make the rename durable; Windows has no such call and keeps a journal instead."""
    if _WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems refuse
            os.fsync(handle)
    finally:
        os.close(handle)
