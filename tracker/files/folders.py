"""The office folder: where each thing of the year lies, under the names that users see.

    设置.xlsx  单位及联络员名单.xlsx  待核对事项清单.xlsx
    方案/  台账/  填报表/<期次>/  各单位报送/  督办/  抽查/  考核/  报告/
    原件留存/    every file that a fact cites, by SHA-256, read-only
    .tracker/   the ledger database and its backups, and `office.json` with the office's id

A folder is an office when it has `.tracker/office.json`. The id is made once, from the moment and the folder,
so that a copy of the folder can be told from the original.

A refusal (exit code 3) says that nothing was done. Whether that is so is known where it happens and nowhere else, so the ledger and
`safe_write` count here what they changed, and the command line compares.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import hashlib
import json
import os
import stat
from collections import Counter
from pathlib import Path

from tracker.problems.files import CannotWrite
from tracker.problems.office import NoOffice
from tracker.values import dataclass

SETTINGS = "设置.xlsx"
REGISTER = "单位及联络员名单.xlsx"
QUESTIONS = "待核对事项清单.xlsx"
REPORTS = "报告"
INBOX = "各单位报送"
# In 报告: how the names of the workbooks begin in which a report is drafted.
MATERIAL = "起草素材表"
# In 台账: which logbooks the office keeps.
CATALOGUE = "登记簿目录.xlsx"
MARK = Path(".tracker", "office.json")

# Folder -> what it is for, in the words of the file that explains it to a newcomer.
FOLDERS: dict[str, str] = {
    "方案": "收到的工作要点分工方案原文",
    "台账": "工作台账等，可直接用 Excel 或 WPS 编辑",
    "填报表": "按期次印发给各单位的填报表",
    INBOX: "各单位报回的文件，原样放入即可",
    "督办": "交办单、催办单、督办通知单、通报",
    "抽查": "抽查记录和整改材料",
    "考核": "考核评分材料",
    REPORTS: "落实情况报告、图表和一页看板",
    "原件留存": "程序引用过的每一份原件，请勿改动",
}


@dataclass(frozen=True, slots=True)
class OfficeFolder:
    """One office folder.

    Attributes:
        root: The folder itself.
        office: The id that it was given when it was made.
    """

    root: Path
    office: str

    def path(self, *names: str) -> Path:
        """A path inside; `names` are folder and file names as users see them."""
        return self.root.joinpath(*names)

    def relative(self, path: Path) -> str:
        """How a path inside is written in facts and messages: with `/`, from the office folder on."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.name

    def original(self, sha: str, name: str) -> Path:
        """Where the original with this hash lies."""
        return self.path("原件留存", sha[:2], sha + Path(name).suffix.lower())

    def keep(self, data: bytes, name: str) -> str:
        """Keep one original (see `Originals`) and give its SHA-256."""
        sha = hashlib.sha256(data).hexdigest()
        with contextlib.closing(Originals(self)) as originals:
            originals.add(data, name, sha)
            originals.flush()
        return sha


class Originals:
    """Originals on their way into 原件留存, byte for byte and read-only; keeping one twice changes nothing.

    Each is written under a name of its own at once; `flush` has them all on the disk before any gets its real name.
    Killed in between, a remnant lies beside the real name, and goes when the same bytes are kept the next time.
    """

    def __init__(self, folder: OfficeFolder, *, dry_run: bool = False) -> None:
        self._folder = folder
        self._dry_run = dry_run
        # Where each lies now, by where it will lie.
        self._waiting: dict[Path, Path] = {}

    def add(self, data: bytes, name: str, sha: str) -> None:
        """Keep an original under its hash; with `dry_run` nothing is written.

        Raises:
            CannotWrite: The folder takes no file.
        """
        target = self._folder.original(sha, name)
        if self._dry_run or target in self._waiting or _has_size(target, len(data)):
            return
        temporary = target.with_name(f"~{os.getpid()}-{target.name}")
        try:
            try:
                temporary.write_bytes(data)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary.write_bytes(data)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise CannotWrite(file=f"原件留存/{name}", why=reason_of(error)) from error
        self._waiting[target] = temporary

    def flush(self) -> None:
        """Have everything on the disk, then under its name."""
        for target, temporary in self._waiting.items():
            try:
                with temporary.open("rb+") as file:
                    os.fsync(file.fileno())
            except OSError as error:
                raise CannotWrite(file=f"原件留存/{target.name}", why=reason_of(error)) from error
        for target, temporary in self._waiting.items():
            with contextlib.suppress(FileNotFoundError):  # somebody else has just kept the same bytes
                temporary.replace(target)
            with contextlib.suppress(OSError):  # some shares know no read-only files
                target.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
        names = {target.name for target in self._waiting}
        for parent in {target.parent for target in self._waiting}:
            # What a process left behind that was killed here; the bytes are the same.
            for remnant in parent.glob("~*-*"):
                if remnant.name.partition("-")[2] in names:
                    with contextlib.suppress(OSError):
                        remnant.unlink()
        self._waiting.clear()

    def close(self) -> None:
        """Forget what nobody flushed."""
        for temporary in self._waiting.values():
            with contextlib.suppress(OSError):
                temporary.unlink()
        self._waiting.clear()


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


# What the system says, in words that people understand; anything else is quoted as it says it.
_REASONS = {
    errno.ENOSPC: "磁盘空间已满",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "所在磁盘只读",
    errno.ENOENT: "文件夹不存在",
    errno.ENAMETOOLONG: "文件名太长",
}


def reason_of(error: OSError) -> str:
    """Why a file could not be written, for people."""
    return _REASONS.get(error.errno or 0, str(error))


def find_office(start: Path) -> OfficeFolder:
    """Find the office folder that `start` is, or stands in; `NoOffice` if there is none."""
    for folder in (start, *start.parents):
        mark = folder / MARK
        if mark.is_file():
            return OfficeFolder(folder, json.loads(mark.read_text(encoding="utf-8"))["office"])
    raise NoOffice(folder=start)


def make_office(root: Path, *, now: dt.datetime) -> OfficeFolder:
    """Make the folders of an office; one that exists keeps its id and everything in it."""
    for name in (*FOLDERS, ".tracker"):
        (root / name).mkdir(parents=True, exist_ok=True)
    mark = root / MARK
    if not mark.exists():
        seed = f"{now.isoformat()}|{root.resolve()}|{os.urandom(8).hex()}"
        office = hashlib.sha256(seed.encode("utf-8")).hexdigest()[:12]
        # Where it was made tells a copy from the original (`ledger.place`).
        content = {"office": office, "made": now.isoformat(timespec="seconds"), "folder": str(root.resolve())}
        temporary = mark.with_name("~office.json")
        temporary.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
        temporary.replace(mark)
        note_effect()
    return find_office(root)


_TALLY: Counter[str] = Counter()


def note_effect() -> None:
    """Count one more."""
    _TALLY["effects"] += 1


def effect_count() -> int:
    """How many there were so far; it only grows."""
    return _TALLY["effects"]
