"""One comparison's workbook as it lies in 报告, and what became of what was typed in it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from tracker.facts import Fact
from tracker.files.folders import OfficeFolder
from tracker.files.guard import read_bytes
from tracker.files.workbooks.comparison import Filled
from tracker.files.workbooks.comparison import read_comparison
from tracker.problems import Finding
from tracker.problems.comparing import ForeignComparison
from tracker.rules.comparing.stating import Said
from tracker.rules.comparing.stating import Stated
from tracker.rules.comparing.stating import Typed
from tracker.rules.comparing.stating import stated

FOLDER = "报告"


@dataclass(frozen=True)
class Came:
    """A workbook as it was read; nothing of it where there is none yet."""

    path: Path
    data: bytes = b""
    sha: str = ""
    filled: Filled = field(default_factory=lambda: Filled({}, {}, ()))

    def said(self, now: Mapping[str, Said], words: Sequence[str]) -> Stated:
        """What it says, against what the ledger holds."""
        return stated(self.filled.typed, self.filled.laid_out, now, words)

    def place_of(self, key: str) -> str:
        """Where a row's 判断 stands."""
        return next((each.place for name, each in self.filled.typed if name == key), "")

    def not_taken(self, said: Stated, refused: Mapping[str, Finding]) -> dict[str, Typed]:
        """What somebody typed and has to stay in sight: half filled in, or refused."""
        kept = {*said.half, *refused, *said.findings} - said.overruled.keys()
        found: dict[str, Typed] = {}
        for key, each in self.filled.typed:
            if key in kept:
                found.setdefault(key, each)
        return found


@dataclass(frozen=True)
class Taken:
    """What was decided in a workbook.

    Attributes:
        facts: Each with the place that it came from.
        taken: How many rows were decided.
        findings: What could not be taken, by row.
        typed: What of it stays in sight.
        overruled: Whether something typed was decided otherwise meanwhile.
    """

    facts: tuple[tuple[Fact, str], ...]
    taken: int
    findings: Mapping[str, Finding]
    typed: Mapping[str, Typed]
    overruled: bool


def open_book(folder: OfficeFolder, name: str, marks: Mapping[str, str], key: str, others: str) -> Came:
    """Read the workbook of this name.

    Raises:
        ForeignComparison: when it is about other plans, or of another office.
    """
    path = folder.path(FOLDER, name)
    if not path.exists():
        return Came(path)
    data = path.read_bytes()
    source = read_bytes(data, name)
    filled = read_comparison(source, key, others)
    if dict(filled.marks) != dict(marks):
        raise ForeignComparison(file=name)
    return Came(path, data, source.sha256, filled)
