"""The one door: every file from outside comes in here, as bytes, and leaves as frozen plain values.

    open_source(path)        a file, by its path
    read_bytes(data, name)   a file that is in memory already (an attachment, a part of the archive)
    read_pictures(data, name)   the pictures and links inside a file, each with its cell
    warm()                   start the worker while the program still prepares

What stands behind it, in this order:

1. `kinds` tells from the bytes what the file is, never from its ending; pictures, scans, archives, OFD and
   encrypted files are refused by name.
2. `zipgate` looks at a packed file part by part before any parser does: sizes, ratios, document types,
   the extent of its sheets.
3. The reader for its kind makes a `grid.Source` of it.

All three run in a worker process with limits (`limits`, `pool`, `worker`), because parsers die: a workbook
of 4.6 KB aborts the best of them together with the process that called it. The caller gets a `Source` or a
`TrackerError` whose sentence names the file, and lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracker.files.guard import limits
from tracker.files.guard.pool import Died
from tracker.files.guard.pool import Pool
from tracker.grid import Source
from tracker.problems.door import CannotOpen
from tracker.problems.door import Damaged
from tracker.problems.door import EmptyFile
from tracker.problems.door import FileTooLarge
from tracker.problems.door import NoSuchFile
from tracker.problems.door import NotAFile
from tracker.problems.door import ReaderFailed

_pool = Pool()


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture or a link inside a file.

    Attributes:
        sheet: Sheet or table that holds it; empty for none.
        row: Its row, 0-based.
        column: Its column.
        place: Its address, as people write it.
        name: Name of the picture inside the file, or the last word of the link.
        data: The bytes of a picture; none for a link.
        target: Where a link leads; empty for a picture.
    """

    sheet: str
    row: int
    column: int
    place: str
    name: str
    data: bytes
    target: str


def open_source(path: Path) -> Source:
    """Read the file at a path; raises a `TrackerError` of `problems.door` that names it."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise NotAFile(file=path.name)
        _refuse_size(size, path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise NoSuchFile(file=str(path)) from None
    except (OSError, ValueError):
        raise CannotOpen(file=path.name) from None
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Source:
    """Read a file that is in memory; `name` is for messages, and to tell a table of values from prose."""
    _refuse_size(len(data), name)
    word, value = _ask(data, name, "source")
    if word == "old":
        return _old_kind(data, value, name)
    source: Source = value
    return source


def read_pictures(data: bytes, name: str) -> tuple[SourcePicture, ...]:
    """Take the pictures and links out of a workbook or a Word file, each with its cell."""
    _refuse_size(len(data), name)
    _, pictures = _ask(data, name, "pictures")
    return tuple(SourcePicture(*picture) for picture in pictures)


def _ask(data: bytes, name: str, task: str) -> tuple[str, Any]:
    try:
        word, value = _pool.ask(name, data, task=task)
    except Died as death:
        raise ReaderFailed(file=name, what=death.what) from None
    if word == "refusal":
        raise value
    if word == "broken":
        if value == "MemoryError":
            raise ReaderFailed(file=name, what="超过了内存上限")
        raise Damaged(file=name, what="内部结构无法识别")
    return word, value


def _old_kind(data: bytes, kind: str, name: str) -> Source:
    """Have a file of an old kind converted, and read what came of it."""
    import hashlib

    from tracker.files.readers.convert import convert

    source = read_bytes(convert(data, kind=kind, name=name), name)
    return replace(source, kind=kind, sha256=hashlib.sha256(data).hexdigest())


def warm() -> None:
    """Start the worker, which takes some 60 ms, while the caller still does other things."""
    _pool.warm()


def close() -> None:
    """End the workers; the next file starts a new one. At the program's end it happens by itself."""
    _pool.close()


def _refuse_size(size: int, name: str) -> None:
    if size == 0:
        raise EmptyFile(file=name)
    if size > limits.FILE_BYTES:
        raise FileTooLarge(
            file=name, size=size // limits.MEGABYTE, limit=limits.FILE_BYTES // limits.MEGABYTE
        )
