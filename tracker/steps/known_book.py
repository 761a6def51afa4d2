"""What 工作台账.xlsx said when sync last left it: while its bytes are the same, it need not be opened, nor every row computed.

    .tracker/known-工作台账     the hash of its bytes; what its rows followed from; its sheets, a line for each row

Sync leaves this behind when it had nothing to complain of: then every row of the workbook says what the ledger said, and
every cell that it wrote says what it was to say. Of the rows that the ledger says now,

    the day, the settings or the program are others      all are computed
    a fact came that may concern any row                 all
    an answer came (`Cell`)                              those of its work point
    a form came back (`Return`)                          those of the work points in it
    a file, a message, a slot, a version came            none

Whoever saves the workbook gives it other bytes: then all of it is read. A memory that is spoiled counts for nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tracker import __version__, facts
from tracker.columns import Sheet
from tracker.formats.books import LedgerReading, Note, SheetReading
from tracker.rules.office import Office
from tracker.rules.progress import subject_of
from tracker.steps.desk import Desk
from tracker.table import LedgerRows
from tracker.values import dataclass

_SHEETS = (Sheet.POINTS, Sheet.PROGRESS)
# Facts that show in no row.
_INVISIBLE = (
    facts.File,
    facts.SheetWritten,
    facts.Message,
    facts.MessageAttempt,
    facts.MessageOutcome,
    facts.Slot,
    facts.SlotAttempt,
    facts.SlotOutcome,
)


@dataclass(frozen=True)
class KnownBook:
    """The workbook as it was left, and up to which fact its rows are those of the ledger; None where of another day."""

    reading: LedgerReading
    seq: int | None

    def concerned(self, desk: Desk, office: Office) -> set[str] | None:
        """The work points whose rows may say something else now; None for all."""
        if self.seq is None:
            return None
        points = {key[0] for key, cell in office.cells.items() if cell.seq > self.seq}
        for kind, entries in desk.ledger.since(self.seq).items():
            if kind is facts.Return:
                forms = [
                    office.forms[entry.fact.form] for entry in entries if entry.fact.form in office.forms
                ]
                points |= {point for form in forms for point in form.rows}
            elif entries and kind not in _INVISIBLE:
                return None
        return points

    def with_rows(self, new: LedgerRows, points: set[str]) -> LedgerRows:
        """The rows of the ledger: `new` are those that `points` show in, every other one says what it said."""
        points = points | set(new.points)
        rows = [
            {
                key: texts
                for key, texts in self.reading.sheets[sheet].texts.items()
                if subject_of(key)[0] not in points
            }
            for sheet in _SHEETS
        ]
        return LedgerRows({**rows[0], **new.points}, {**rows[1], **new.progress}, new.periods)


class StoredTexts(Mapping[str, str]):
    """The texts of a row by column, as the line in which they were kept until somebody asks for them."""

    def __init__(self, names: Sequence[str], line: str) -> None:
        self.names, self.line = names, line
        self._texts: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if not self._texts:
            self._texts = dict(zip(self.names, json.loads(self.line), strict=True))
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __eq__(self, other: object) -> bool:
        return self is other or super().__eq__(other)


def recall(desk: Desk, sha: str) -> KnownBook | None:
    """The workbook with these bytes, where sync left it so."""
    # What is no memory of ours fails in many ways, and means no more than that the workbook is read.
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        first, _, body = _memory(desk).read_bytes().partition(b"\n")
        head = json.loads(first)
        is_ours = (head["version"], head["sha"], head["office"]) == (__version__, sha, desk.folder.office)
        if not is_ours or head["body"] != hashlib.sha256(body).hexdigest():
            return None
        lines = iter(body.decode().split("\n"))
        sheets = {sheet: _sheet(lines) for sheet in _SHEETS}
        seq = head["seq"] if head["basis"] == _basis(desk) else None
        return KnownBook(LedgerReading(desk.folder.office, head["revision"], sheets), seq)
    return None


def remember(desk: Desk, reading: LedgerReading, sha: str, seq: int) -> None:
    """Leave behind what the workbook with these bytes says, which is what the ledger says up to a fact.

    A workbook with a sheet less, or with a text that a cell cannot hold, is read each time.
    """
    if set(reading.sheets) != set(_SHEETS) or not all(map(_is_whole, reading.sheets.values())):
        return
    body = "".join(line for sheet in _SHEETS for line in _lines(reading.sheets[sheet])).encode()
    head = {
        "version": __version__,
        "sha": sha,
        "office": desk.folder.office,
        "revision": reading.revision,
        "basis": _basis(desk),
        "seq": seq,
        "body": hashlib.sha256(body).hexdigest(),
    }
    path = _memory(desk)
    with contextlib.suppress(OSError):
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.write_bytes(b"%b\n%b" % (json.dumps(head).encode(), body))
        new.replace(path)


def _memory(desk: Desk) -> Path:
    return desk.folder.path(".tracker", "known-工作台账")


def _basis(desk: Desk) -> list[str]:
    """What rows follow from beside the facts."""
    return [desk.today.isoformat(), desk.settings.sha]


def _is_whole(read: SheetReading) -> bool:
    count = len(read.columns.keys() - {"key"})
    return read.rows.keys() == read.texts.keys() and all(len(row) == count for row in read.texts.values())


def _lines(read: SheetReading) -> Iterator[str]:
    """A sheet as lines: one for itself, and one for each of its rows: identity, row and texts."""
    names = [name for name in read.columns if name != "key"]
    record = {
        "name": read.name,
        "head": read.head,
        "columns": read.columns,
        "rows": len(read.rows),
        "note": read.note and [read.note.row, read.note.column, read.note.text],
        "below": read.below,
    }
    yield f"{json.dumps(record)}\n"
    for key, row in read.rows.items():
        texts = read.texts[key]
        line = (
            texts.line
            if isinstance(texts, StoredTexts)
            else json.dumps([texts[name] for name in names], ensure_ascii=False)
        )
        yield f"{key}\t{row}\t{line}\n"


def _sheet(lines: Iterator[str]) -> SheetReading:
    record = json.loads(next(lines))
    columns, note = record["columns"], record["note"]
    names = [name for name in columns if name != "key"]
    rows: dict[str, int] = {}
    texts: dict[str, StoredTexts] = {}
    for _ in range(record["rows"]):
        key, row, line = next(lines).split("\t", 2)
        rows[key], texts[key] = int(row), StoredTexts(names, line)
    return SheetReading(
        record["name"],
        record["head"],
        columns,
        rows,
        texts,
        note=Note(*note) if note else None,
        below=record["below"],
    )
