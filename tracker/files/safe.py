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
target in one step (`write_temporary`); a process that is killed leaves the old file or the new one.

Owner files are a hint that outlives a crash of Excel. On Windows an owner file counts only while its program
holds it (it cannot be renamed to itself then); elsewhere a rename over an open file succeeds silently and the
editor's next save would destroy ours, so there every owner file counts, and the sentence says which file to
delete when nobody has the workbook open.

The name of a temporary file says whose it is (machine and process), so the next write into a folder removes what
a killed process left there, keeps that of a living one, and removes that of another machine when it is an hour old.

Whoever writes many files into a folder gives each write the same `Beside`: the folder is listed once for all of them.

Files beside a list of ours that look like it (`strays`): a copy, or the list saved in another format. The program
reads one file. Whoever signs in 送签单.et or 送签单 - 副本.xlsx has to be told, or nobody learns that it does not count.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from tracker import patterns as re
from tracker.files.folders import note_effect, reason_of
from tracker.problems.base import Finding
from tracker.problems.chase import LIST_ELSEWHERE
from tracker.problems.files import CannotWrite
from tracker.values import dataclass

_MARKS_ARE_HELD = os.name == "nt"


def owner(path: Path) -> Path | None:
    """The file by which a program says that it has this one open, where there is one that counts."""
    for name in (f"~${path.name}", f".~lock.{path.name}#", f".~{path.name}"):
        mark = path.with_name(name)
        if mark.exists() and (not _MARKS_ARE_HELD or _is_held(mark)):
            return mark
    return None


def editor_of(path: Path) -> str:
    """Who has the file open, as the owner file tells; empty where it does not.

    Excel and WPS write the length of the name and the name (then padding); LibreOffice writes fields between
    commas, the name first and the computer's account second.
    """
    mark = owner(path)
    if mark is None:
        return ""
    try:
        content = mark.read_bytes()
    except OSError:  # Excel may forbid even reading it
        return ""
    if mark.name.startswith(".~lock."):
        fields = content.decode("utf-8", "replace").split(",")
        return next((field.strip() for field in fields[:2] if field.strip()), "")
    # Byte 0 is the length; the single-byte copy is in the code page of that PC, the second copy is UTF-16.
    wide = content[55:]
    if len(wide) > 2 and 0 < wide[0] <= 52:
        return wide[2 : 2 + 2 * wide[0]].decode("utf-16-le", "replace").strip("\0 ")
    length = content[0] if content else 0
    return content[1 : 1 + length].decode("gb18030", "replace").strip("\0 ")


def _is_held(path: Path) -> bool:
    try:
        path.rename(path)
    except PermissionError:
        return True
    except OSError:
        return path.exists()
    return False


# Readers of a folder ignore names that start like this (LibreOffice and WPS use the same start).
_TEMPORARY = ".~tracker-"
# Whether a process of another machine lives cannot be known: its temporary file is older than this, in seconds.
_STALE = 3600.0

_HAS_NO_MODES = os.name == "nt"
_NEW_VERSION = "（新版-待替换"


class Beside:
    """What the program itself has laid into folders beside its targets: each folder is listed once."""

    def __init__(self) -> None:
        self._names: dict[Path, set[str]] = {}
        self._swept: set[Path] = set()

    def versions(self, path: Path) -> tuple[Path, ...]:
        """New versions of a file that lie beside it, oldest name first."""
        start = f"{path.stem}{_NEW_VERSION}"
        names = self._of(path.parent)
        return tuple(
            path.with_name(name)
            for name in sorted(names)
            if name.startswith(start) and name.endswith(path.suffix) and path.with_name(name).exists()
        )

    def add(self, path: Path) -> None:
        """A version was laid."""
        self._of(path.parent).add(path.name)

    def sweep(self, folder: Path, *, newest: float) -> None:
        """Remove the temporary files of processes that died, once in each folder (see `sweep`)."""
        if folder not in self._swept:
            self._swept.add(folder)
            sweep(folder, newest=newest)

    def _of(self, folder: Path) -> set[str]:
        if folder not in self._names:
            with os.scandir(folder) as entries:
                self._names[folder] = {entry.name for entry in entries if _NEW_VERSION in entry.name}
        return self._names[folder]


def write_temporary(path: Path, data: bytes, beside: Beside | None = None) -> Path:
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
        (beside or Beside()).sweep(path.parent, newest=temporary.stat().st_mtime)
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
    if int(match[2]) == os.getpid():
        return False
    import psutil

    return not psutil.pid_exists(int(match[2]))


@cache
def machine() -> str:
    """Six signs for this machine: process numbers mean nothing on another one that shares the folder."""
    import platform

    return hashlib.sha256(platform.node().encode("utf-8")).hexdigest()[:6]


# Waits between tries, in seconds: virus scanners and indexers hold a fresh file for moments, people for hours.
WAITS = (0.05, 0.1, 0.25, 0.5, 1.0, 1.0)

_WINDOWS = os.name == "nt"


# The hash of no file, as `expect` of what must not be replaced by anything.
NO_FILE = "0" * 64


class WriteState(StrEnum):
    """What became of the bytes."""

    # The target holds them.
    WRITTEN = "written"
    # The target held them already and was not touched.
    UNCHANGED = "unchanged"
    # The target was not touched; they lie beside it until it can be replaced.
    BESIDE = "beside"
    # The open book in Excel shows them; nobody has saved it (`files.live`).
    LIVE = "live"
    # Nothing holds them, or only a part of them; the next run completes it (`files.live`).
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The outcome of a write.

    Attributes:
        state: What became of the bytes.
        path: The file that holds them now.
        why: For BESIDE and WAITING: why the target was left alone and what to do; for an open book what was done; for people.
        leftovers: Older versions that lie beside a target that was written, and that somebody has worked in.
        sha: SHA-256 of the bytes where the target holds them; empty elsewhere.
    """

    state: WriteState
    path: Path
    why: str = ""
    leftovers: tuple[Path, ...] = ()
    sha: str = ""

    @property
    def is_written(self) -> bool:
        """Whether the target shows the bytes now."""
        return self.state not in (WriteState.BESIDE, WriteState.WAITING)

    @property
    def sentence(self) -> str:
        """What a person is told; empty where the file simply holds the bytes."""
        return self.why + (f"新版在旁边：{self.path.name}" if self.state is WriteState.BESIDE else "")


def safe_write(
    path: Path,
    data: bytes,
    *,
    expect: str | None = None,
    now: datetime | None = None,
    beside: Beside | None = None,
) -> WriteResult:
    """Put bytes into a file; see the module's docstring for what decides.

    Args:
        path: The target; its folder exists.
        data: The whole new content.
        expect: SHA-256 (hex) of the content that the new one was made from; None accepts any.
        now: The clock, for the name of a file laid beside.
        beside: What is known of its folder, where many files are written; for one file nothing.

    Raises:
        CannotWrite: The folder takes no file; the target is as it was.
    """
    path = path.resolve() if path.is_symlink() else path
    beside = beside or Beside()
    try:
        if _content(path) == data:
            return WriteResult(WriteState.UNCHANGED, path, "", _clear_beside(path, beside), _sha(data))
        why = _obstacle(path, expect)
        if not why:
            why = _replace(path, data, expect, beside)
        if not why:
            note_effect()
            return WriteResult(WriteState.WRITTEN, path, "", _clear_beside(path, beside), _sha(data))
        new_file = _lay_beside(path, data, now, beside)
        note_effect()
        return WriteResult(WriteState.BESIDE, new_file, why)
    except OSError as error:
        raise CannotWrite(file=path.name, why=reason_of(error)) from error


def versions_beside(path: Path) -> tuple[Path, ...]:
    """New versions of a file that lie beside it, oldest name first."""
    return Beside().versions(path) if path.parent.is_dir() else ()


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
        who = editor_of(path)
        by = f"“{who}”" if who else "有人"
        return f"{path.name} 正被{by}打开，没有改动它。请保存并关闭后再运行；如确认无人打开，请删除隐藏文件 {mark.name}。"
    if path.exists() and not _opens_for_writing(path):
        return f"{path.name} 正被别的程序占用或设为只读，没有改动它。请关闭后再运行。"
    if expect is not None:
        content = _content(path)
        if content is None:
            return f"{path.name} 在处理期间被移走或改名，没有写回原处。请确认文件位置后再运行。"
        if _sha(content) != expect.lower():
            return f"{path.name} 在读取之后又被修改过，没有覆盖。再次运行即可把两边的改动合在一起。"
    return ""


def _opens_for_writing(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except PermissionError:
        return False


def _replace(path: Path, data: bytes, expect: str | None, beside: Beside) -> str:
    """Replace the target in one step; return why that could not be done, empty when it was."""
    temporary = write_temporary(path, data, beside)
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


def _lay_beside(path: Path, data: bytes, now: datetime | None, beside: Beside) -> Path:
    """Lay the bytes beside the target under a free name; bytes that lie there already are not laid again."""
    for file in beside.versions(path):
        if _content(file) == data:
            return file
    clock = f" {now:%H%M}" if now is not None else ""
    for n in itertools.count(1):
        again = f"-{n}" if n > 1 else ""
        version = path.with_name(f"{path.stem}{_NEW_VERSION}{clock}{again} {_mark(data)}）{path.suffix}")
        if not version.exists():
            break
    temporary = write_temporary(version, data, beside)
    try:
        temporary.replace(version)
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)
    beside.add(version)
    return version


def _mark(data: bytes) -> str:
    return _sha(data)[:6]


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _clear_beside(path: Path, beside: Beside) -> tuple[Path, ...]:
    """Remove what was laid beside and nobody has touched; give what somebody has worked in."""
    leftovers = []
    for file in beside.versions(path):
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


_FORMATS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ett", ".csv", ".ods"})


def strays(path: Path) -> Iterator[Finding]:
    """A finding for each; what the program itself laid beside an open list is not one."""
    if not path.parent.is_dir():
        return
    ours = {path, *versions_beside(path)}
    for neighbour in sorted(path.parent.iterdir()):
        alike = neighbour.stem.startswith(path.stem) and neighbour.suffix.lower() in _FORMATS
        if alike and neighbour not in ours and neighbour.is_file():
            yield LIST_ELSEWHERE.at(f"{path.parent.name}/{neighbour.name}", list=path.name)
