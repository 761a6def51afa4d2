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
from tracker.files.workbooks.comparison import ComparisonReading
from tracker.files.workbooks.comparison import read_comparison
from tracker.problems import Finding
from tracker.problems.comparing import ForeignComparison
from tracker.rules.comparing.stating import Judgement
from tracker.rules.comparing.stating import JudgementEntry
from tracker.rules.comparing.stating import Statements
from tracker.rules.comparing.stating import statements_of

FOLDER = "报告"


@dataclass(frozen=True)
class ComparisonFile:
    """A workbook as it was read; nothing of it where there is none yet."""

    path: Path
    data: bytes = b""
    sha: str = ""
    reading: ComparisonReading = field(default_factory=lambda: ComparisonReading({}, {}, ()))

    def statements(self, now: Mapping[str, Judgement], words: Sequence[str]) -> Statements:
        """What it says, against what the ledger holds."""
        return statements_of(self.reading.statements, self.reading.laid_out, now, words)

    def place_of(self, key: str) -> str:
        """Where a row's 判断 stands."""
        return next((entry.place for name, entry in self.reading.statements if name == key), "")

    def not_taken(self, statements: Statements, refusals: Mapping[str, Finding]) -> dict[str, JudgementEntry]:
        """What somebody typed and has to stay in sight: half filled in, or refused."""
        keys = {*statements.half, *refusals, *statements.findings} - statements.conflicts.keys()
        entries: dict[str, JudgementEntry] = {}
        for key, entry in self.reading.statements:
            if key in keys:
                entries.setdefault(key, entry)
        return entries


@dataclass(frozen=True)
class ComparisonDecisions:
    """What was decided in a workbook.

    Attributes:
        facts: Each with the place that it came from.
        count: How many rows were decided.
        findings: What could not be taken, by row.
        entries: What of it stays in sight.
        has_overruled: Whether something typed was decided otherwise meanwhile.
    """

    facts: tuple[tuple[Fact, str], ...]
    count: int
    findings: Mapping[str, Finding]
    entries: Mapping[str, JudgementEntry]
    has_overruled: bool


def open_book(
    folder: OfficeFolder, name: str, marks: Mapping[str, str], key: str, others: str
) -> ComparisonFile:
    """Read the workbook of this name.

    Raises:
        ForeignComparison: when it is about other plans, or of another office.
    """
    path = folder.path(FOLDER, name)
    if not path.exists():
        return ComparisonFile(path)
    data = path.read_bytes()
    source = read_bytes(data, name)
    reading = read_comparison(source, key, others)
    if dict(reading.marks) != dict(marks):
        raise ForeignComparison(file=name)
    return ComparisonFile(path, data, source.sha256, reading)
