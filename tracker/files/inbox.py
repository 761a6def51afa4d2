"""各单位报送/: every file in it, whatever its name, those inside .zip archives and mails too.

Files that a program keeps for itself (owner files, temporary files, thumbnails) are passed over. An archive or a mail
is opened, one inside the other once, within limits; what is inside is read like any other file, and named
`报送.zip/表.xlsx`. A part that is damaged is named by itself, and the others come in.

Files come one after the other, the size of each is asked before a byte of it is read, and no name holds anything but what
people may see.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.files.guard import FILE_BYTES, MEGABYTE
from tracker.formats.readers.mails import is_mail, read_mail
from tracker.printable import file_name
from tracker.problems.base import TrackerError
from tracker.problems.files import CannotOpen, Damaged, FileTooLarge
from tracker.values import dataclass
from tracker.workdays import CHINA

_OURS = ("~$", ".~", "~", ".")
_NOISE = frozenset({"thumbs.db", "desktop.ini"})
# An archive from a unit holds a few forms and pictures.
_MEMBERS, _MEMBER_SIZE, _ALL = 200, 60_000_000, 200_000_000
# What tells an Office file or an OpenDocument, which are archives too.
_DOCUMENTS = frozenset({"[content_types].xml", "mimetype", "ofd.xml"})
# A mail with an archive, or an archive of mails; an archive in that is left as it is.
_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that lies in the folder.

    Attributes:
        name: Its path inside the folder, fit to be shown.
        data: Its bytes; empty where it could not be opened.
        when: When it was last saved; of a mail, when it was sent.
        problem: Why it could not be opened.
        sender: Who sent the mail that it came in; empty for none.
    """

    name: str
    data: bytes
    when: dt.datetime
    problem: TrackerError | None = None
    sender: str = ""


def paths_in(folder: Path) -> list[Path]:
    """Every file that lies there, the one saved first coming first."""
    stamps = []
    for path in sorted(folder.rglob("*")):
        if not _is_noise(path.relative_to(folder).parts):
            # A file that somebody takes away meanwhile is gone.
            with contextlib.suppress(OSError):
                if path.is_file():
                    stamps.append((path.stat().st_mtime, path.as_posix(), path))
    return [path for _, _, path in sorted(stamps)]


def arrivals(folder: Path, paths: Sequence[Path] | None = None) -> Iterator[Arrival]:
    """Some files of the folder, as a rule all that wait there; the bytes of each are read when it is its turn."""
    for path in paths_in(folder) if paths is None else paths:
        yield from _contents(_read(path, file_name(path.relative_to(folder).as_posix())), _DEPTH)


def arrival_from(path: Path) -> Arrival:
    """One file from anywhere."""
    arrival = _read(path, file_name(path.name))
    if arrival.problem is not None:
        raise arrival.problem
    return arrival


def _read(path: Path, name: str) -> Arrival:
    when = dt.datetime.now(CHINA)
    try:
        state = path.stat()
        when = dt.datetime.fromtimestamp(int(state.st_mtime), CHINA)
        if state.st_size > FILE_BYTES and not _is_archive_at(path, state.st_size):
            size, limit = state.st_size // MEGABYTE, FILE_BYTES // MEGABYTE
            return Arrival(name, b"", when, FileTooLarge(file=name, size=size, limit=limit))
        return Arrival(name, path.read_bytes(), when)
    except (OSError, ValueError, OverflowError):
        return Arrival(name, b"", when, CannotOpen(file=name))


def _is_archive_at(path: Path, size: int) -> bool:
    """Whether a large file is an archive that may hold small ones."""
    if size > _ALL:
        return False
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _is_noise(parts: tuple[str, ...]) -> bool:
    return parts[-1].startswith(_OURS) or parts[-1].lower() in _NOISE or parts[-1].endswith(".tmp")


def _contents(arrival: Arrival, depth: int) -> Iterator[Arrival]:
    """A file itself, or what is inside an archive or a mail."""
    if arrival.problem is not None or not depth:
        yield arrival
    elif is_mail(arrival.data):
        for member in _mail_members(arrival):
            yield from _contents(member, depth - 1)
    elif _is_archive(arrival.data):
        for member in _members(arrival):
            yield from _contents(member, depth - 1)
    else:
        yield arrival


def _is_archive(data: bytes) -> bool:
    """Whether bytes are an archive of files, and no document that is packed itself.

    A directory that cannot be read decides nothing: an archive's names stand before its parts, too.
    """
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not _DOCUMENTS & {name.lower() for name in archive.namelist()}
    except (
        Exception
    ):  # zipfile has no one class for what it meets: a strange version, a name that is no UTF-8
        first = data[30 : 30 + int.from_bytes(data[26:28], "little")].lower()
        return not first.startswith(
            (b"[content_types].xml", b"_rels/", b"docprops/", b"xl/", b"word/", b"mimetype")
        )


def _members(archive: Arrival) -> Iterator[Arrival]:
    what = "压缩包打不开或有密码，请解压后放入"
    try:
        package = zipfile.ZipFile(io.BytesIO(archive.data))
    except Exception:  # see _is_archive
        yield _bad(archive, archive.name, what)
        return
    with package:
        members = [entry for entry in package.infolist() if not entry.is_dir()]
        if members and all(entry.flag_bits & 1 for entry in members):
            yield _bad(archive, archive.name, what)
            return
        sizes = [entry.file_size for entry in members]
        if len(members) > _MEMBERS or sum(sizes) > _ALL or max(sizes, default=0) > _MEMBER_SIZE:
            yield _bad(archive, archive.name, "压缩包太大")
            return
        for member in members:
            inside = _name(member)
            if _is_noise(tuple(inside.replace("\\", "/").split("/"))):
                continue
            name = f"{archive.name}/{inside}"
            try:
                with package.open(member) as content:
                    data = content.read(_MEMBER_SIZE + 1)
            except Exception:  # see _is_archive
                yield _bad(archive, name, what)
            else:
                yield Arrival(name, data, archive.when, sender=archive.sender)


def _mail_members(mail: Arrival) -> Iterator[Arrival]:
    try:
        message = read_mail(mail.data)
    except Exception:  # a mail can be wrong in every way
        yield _bad(mail, mail.name, "邮件打不开，请打开邮件把附件另存后放入")
        return
    sender = file_name(message.sender)
    when = mail.when
    if message.at is not None:
        # A mail without a zone means the sender's own, which is ours.
        when = message.at.replace(tzinfo=message.at.tzinfo or CHINA).astimezone(CHINA)
    for name, data in message.files:
        inside = file_name(name.replace("\\", "/").rpartition("/")[2]) or "附件"
        if not _is_noise((inside,)):
            yield Arrival(f"{mail.name}/{inside}", data, when, sender=sender)


def _bad(arrival: Arrival, name: str, what: str) -> Arrival:
    return Arrival(name, b"", arrival.when, Damaged(file=name, what=what), arrival.sender)


def _name(member: zipfile.ZipInfo) -> str:
    """The name inside; Chinese Windows writes names in GBK without saying so."""
    if member.flag_bits & 0x800:
        return file_name(member.filename)
    try:
        return file_name(member.filename.encode("cp437").decode("gbk"))
    except (UnicodeEncodeError, UnicodeDecodeError):
        return file_name(member.filename)
