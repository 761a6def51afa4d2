"""A file of ours that another program holds so that nobody else may even read it: said by its name, whoever met it.

Windows lets a program open a file without sharing it; every bare read of it then fails with `PermissionError`. Nobody
who reads a file of the office has to think of that: doors put this around the whole verb, the scheduler around each job.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tracker.problems.files import CannotOpen


@contextlib.contextmanager
def naming_held_files() -> Iterator[None]:
    """Refuse with the name of a file that cannot be opened, instead of failing.

    >>> with contextlib.suppress(CannotOpen) as _, naming_held_files():
    ...     raise PermissionError(13, "held", "台账/工作台账.xlsx")
    """
    try:
        yield
    except PermissionError as error:
        name = error.filename if isinstance(error.filename, str) else ""
        raise CannotOpen(file=Path(name.replace("\\", "/")).name or "办公文件夹里的文件") from error
