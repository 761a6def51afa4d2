"""What we wrote into the office's files, and what somebody did to it since: our versions are facts, their work is left alone.

    1. the hash of what is to be written is recorded, unless it is that of our last version (`Versions.record`)
    2. the file is written; what lies there and is none of our versions was edited by somebody, so the new one is laid
       beside it (`put`)

Killed between the two, the next run makes the same bytes, finds them recorded, and writes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tracker.facts import SheetWritten
from tracker.files.ledger import Act, Ledger
from tracker.files.safe import NO_FILE, WriteResult, WriteState, safe_write
from tracker.steps.desk import Desk


class Versions:
    """Every version of our files, by the name that the ledger has for each: mostly its path in the office folder."""

    def __init__(self, ledger: Ledger) -> None:
        self._versions: dict[str, list[SheetWritten]] = {}
        for entry in ledger.entries(SheetWritten):
            self._versions.setdefault(entry.fact.workbook, []).append(entry.fact)

    def of(self, name: str) -> Sequence[SheetWritten]:
        """The versions of a file, oldest first."""
        return self._versions.get(name, [])

    def record(self, act: Act, name: str, data: bytes) -> None:
        """Record the bytes as the version that is to be written; nothing where the last one has the same."""
        sha, earlier = hashlib.sha256(data).hexdigest(), self._versions.setdefault(name, [])
        if not earlier or earlier[-1].sha != sha:
            version = SheetWritten(name, len(earlier) + 1, act.row.first_seq - 1, sha)
            act.add(version)
            earlier.append(version)

    def includes(self, name: str, path: Path) -> bool:
        """Whether the file at a path is as we wrote it at one time."""
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        return any(version.sha == sha for version in self.of(name))

    def is_edited(self, name: str, path: Path) -> bool:
        """Whether a file lies there that is none of those we wrote."""
        return path.is_file() and not self.includes(name, path)


def put(desk: Desk, path: Path, data: bytes, *, name: str, is_edited: bool) -> WriteResult:
    """Write a file of ours, or lay it beside where somebody edited it; `name` is how the reason calls it."""
    result = safe_write(path, data, expect=NO_FILE if is_edited else None, now=desk.call.now)
    if is_edited and result.state is WriteState.BESIDE:
        return replace(result, why=f"{name} 被人修改过，没有覆盖。")
    return result
