"""各单位报送/: every file in it, whatever its name, those inside .zip archives too.

Files that a program keeps for itself (owner files, temporary files, thumbnails) are passed over. An archive is
opened one level deep and within limits; what is inside is read like any other file, and named `报送.zip/表.xlsx`.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.problems.base import TrackerError
from tracker.problems.files import CannotOpen, Damaged

FOLDER = "各单位报送"
_CHINA = dt.timezone(dt.timedelta(hours=8))
_OURS = ("~$", ".~", "~", ".")
_NOISE = frozenset({"thumbs.db", "desktop.ini"})
# An archive from a unit holds a few forms and pictures.
_MEMBERS, _MEMBER_SIZE, _ALL = 200, 60_000_000, 200_000_000
# What tells an Office file or an OpenDocument, which are archives too.
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that lies in the folder.

    Attributes:
        name: Its path inside the folder.
        data: Its bytes; empty where it could not be opened.
        when: When it was last saved.
        problem: Why it could not be opened.
    """

    name: str
    data: bytes
    when: dt.datetime
    problem: TrackerError | None = None


def arrivals(folder: Path) -> Iterator[Arrival]:
    """Every file, the one saved first coming first."""
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _is_noise(path.relative_to(folder).parts)
    ]
    stamps = sorted((path.stat().st_mtime, path.as_posix(), path) for path in paths)
    for stamp, _, path in stamps:
        name, when = path.relative_to(folder).as_posix(), dt.datetime.fromtimestamp(int(stamp), _CHINA)
        try:
            data = path.read_bytes()
        except OSError:
            yield Arrival(name, b"", when, CannotOpen(file=name))
            continue
        if _is_archive(data):
            yield from _members(Arrival(name, data, when))
        else:
            yield Arrival(name, data, when)


def arrival_from(path: Path) -> Arrival:
    """One file from anywhere."""
    try:
        when = dt.datetime.fromtimestamp(int(path.stat().st_mtime), _CHINA)
        return Arrival(path.name, path.read_bytes(), when)
    except OSError:
        raise CannotOpen(file=str(path)) from None


def _is_noise(parts: tuple[str, ...]) -> bool:
    return parts[-1].startswith(_OURS) or parts[-1].lower() in _NOISE or parts[-1].endswith(".tmp")


def _is_archive(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not _DOCUMENTS & set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _members(archive: Arrival) -> Iterator[Arrival]:
    try:
        with zipfile.ZipFile(io.BytesIO(archive.data)) as package:
            members = [entry for entry in package.infolist() if not entry.is_dir()]
            sizes = [entry.file_size for entry in members]
            if len(members) > _MEMBERS or sum(sizes) > _ALL or max(sizes, default=0) > _MEMBER_SIZE:
                yield Arrival(archive.name, b"", archive.when, Damaged(file=archive.name, what="压缩包太大"))
                return
            for member in members:
                name = _name(member)
                if not _is_noise(tuple(name.replace("\\", "/").split("/"))):
                    with package.open(member) as content:
                        data = content.read(_MEMBER_SIZE + 1)
                    yield Arrival(f"{archive.name}/{name}", data, archive.when)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, OSError, EOFError):
        # RuntimeError is a password, NotImplementedError a method of compression that nobody uses for forms.
        problem = Damaged(file=archive.name, what="压缩包打不开或有密码，请解压后放入")
        yield Arrival(archive.name, b"", archive.when, problem)


def _name(member: zipfile.ZipInfo) -> str:
    """The name inside; Chinese Windows writes names in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gbk")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
