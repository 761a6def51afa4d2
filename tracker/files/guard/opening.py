"""The one door: every file from outside comes in here, as bytes, and leaves as frozen plain values.

    open_source(path)        a file, by its path
    open_known(path, memory) a file of the office's own that every command reads: read again only when it changed
    read_bytes(data, name)   a file that is in memory already (an attachment, a part of the archive)
    read_files(files)        many files at once, each with its pictures and links
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

Old documents and sheets (.doc, .wps, .rtf, Excel 2003 XML …) turned into new ones by LibreOffice, if installed.

What it makes comes in through the door like any other file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracker import __version__, patterns as re
from tracker.files.guard.limits import FILE_BYTES, MEGABYTE
from tracker.files.guard.pool import Died, Pool
from tracker.files.guard.wire import receive, send
from tracker.formats.readers.texts import decode
from tracker.grid import Source
from tracker.problems.base import TrackerError
from tracker.problems.files import (
    CannotOpen,
    Damaged,
    EmptyFile,
    FileTooLarge,
    NeedsOffice,
    NoSuchFile,
    NotAFile,
    NotConverted,
    ReaderFailed,
)
from tracker.values import dataclass

_TEXT = ("docx", "MS Word 2007 XML")
_SHEET = ("xlsx", "Calc MS Excel 2007 XML")
# What the user is told it is, the ending that LibreOffice goes by, what it becomes and through which filter.
_OLD = {
    "doc": ("旧版 Word 或 WPS 文字文件", "doc", *_TEXT),
    "rtf": ("RTF 文件", "rtf", *_TEXT),
    "odt": ("OpenDocument 文字文件", "odt", *_TEXT),
    "xml-text": ("Word XML 文件", "xml", *_TEXT),
    "biff": ("早期版本的 Excel 文件", "xls", *_SHEET),
    "xml-sheet": ("Excel 2003 XML 表格", "xml", *_SHEET),
    "flat-open": ("OpenDocument 单一 XML 表格", "fods", *_SHEET),
}


def convert(data: bytes, *, kind: str, name: str, **limit: float) -> bytes:
    """Convert a file of an old kind, within the `seconds` of `through_office`; raises `NeedsOffice` or `NotConverted`."""
    from tracker.files.programs import NotMade, find_libreoffice, through_office

    label, ending, becomes, through = _OLD[kind]
    if not find_libreoffice():
        raise NeedsOffice(file=name, kind=label, ending=f".{becomes}")
    if ending in ("xml", "fods"):
        data = as_utf8(data)
    try:
        return through_office(data, ending, becomes, writer=through, **limit)
    except NotMade as why:
        raise NotConverted(file=name, kind=label, what=str(why), ending=f".{becomes}") from None


_ENCODING = re.compile(r"(<\?xml[^>]*?encoding\s*=\s*[\"'])[^\"']+")


def as_utf8(data: bytes) -> bytes:
    """XML in UTF-8: LibreOffice reads what is declared as gb2312 as something else.

    >>> as_utf8('<?xml version="1.0" encoding="gb2312"?><a>县</a>'.encode("gb18030")).decode()
    '<?xml version="1.0" encoding="utf-8"?><a>县</a>'
    """
    text = decode(data)
    return data if text is None else _ENCODING.sub(r"\1utf-8", text, count=1).encode()


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
    """Read the file at a path; raises a `TrackerError` of `problems.files` that names it."""
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


def open_known(path: Path, memory: Path) -> Source:
    """Read a file as `open_source` does; what it held last time is taken from `memory` while its bytes are the same.

    A memory is what a worker answered, read as carefully as its answers are; one of another version, of other bytes or
    spoiled counts for nothing.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return open_source(path)
    key = (__version__, path.name, hashlib.sha256(data).hexdigest())
    # What is no pickle of ours fails in many ways, and means no more than that the file is read.
    with contextlib.suppress(Exception), memory.open("rb") as file:
        if receive(file) == key and isinstance(source := receive(file), Source):
            return source
    source = read_bytes(data, path.name)
    with contextlib.suppress(OSError):
        new = memory.with_name(f"{memory.name}.{os.getpid()}")
        with new.open("wb") as file:
            send(file, key)
            send(file, source)
        new.replace(memory)
    return source


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


@dataclass(frozen=True, slots=True)
class FileReading:
    """What came of a file: the source with its pictures and links, or why there is none."""

    source: Source | None = None
    problem: TrackerError | None = None
    pictures: tuple[SourcePicture, ...] = ()


def read_files(files: Sequence[tuple[bytes, str]]) -> list[FileReading]:
    """Read files that are in memory, by bytes and name, in batches; one bad file harms only itself."""
    fit = [(name, data) for data, name in files if 0 < len(data) <= FILE_BYTES]
    answers = iter(_pool.ask_all(fit, task="both"))
    return [
        _reading(data, name, next(answers) if 0 < len(data) <= FILE_BYTES else ("alone", None))
        for data, name in files
    ]


def _reading(data: bytes, name: str, answer: tuple[str, Any]) -> FileReading:
    """What came of one file of many."""
    try:
        if answer[0] in ("alone", "old"):
            source = read_bytes(data, name)
            pictures: tuple[SourcePicture, ...] = ()
            # What a file shows beside its cells must never keep its cells from being taken.
            with contextlib.suppress(TrackerError):
                pictures = read_pictures(data, name)
            return FileReading(source, pictures=pictures)
        _, (source, inside) = _checked(answer, name)
        return FileReading(source, pictures=tuple(SourcePicture(*picture) for picture in inside))
    except TrackerError as problem:
        return FileReading(problem=problem)


def _ask(data: bytes, name: str, task: str) -> tuple[str, Any]:
    try:
        word, value = _pool.ask(name, data, task=task)
    except Died as death:
        raise ReaderFailed(file=name, what=death.what) from None
    return _checked((word, value), name)


def _checked(answer: tuple[str, Any], name: str) -> tuple[str, Any]:
    """An answer that is no refusal."""
    word, value = answer
    if word == "refusal":
        raise value
    if word == "broken":
        if value == "MemoryError":
            raise ReaderFailed(file=name, what="超过了内存上限")
        raise Damaged(file=name, what="内部结构无法识别")
    return word, value


def _old_kind(data: bytes, kind: str, name: str) -> Source:
    """Have a file of an old kind converted, and read what came of it."""
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
    if size > FILE_BYTES:
        raise FileTooLarge(file=name, size=size // MEGABYTE, limit=FILE_BYTES // MEGABYTE)
