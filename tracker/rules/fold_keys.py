"""Which of the facts of a kind hold: of two with one key the later one, in the place of the first."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from operator import attrgetter
from typing import Any
from typing import cast

from tracker import facts
from tracker.facts import Entry
from tracker.facts import F
from tracker.facts import Fact

Entries = Mapping[type[Fact], Sequence[Entry[Any]]]

# What `how` says of a statement that was taken back.
WITHDRAWAL = "withdrawn"


def of_kind(entries: Entries, kind: type[F]) -> Sequence[Entry[F]]:
    """The facts of a kind, in the order recorded."""
    return cast(Sequence[Entry[F]], entries.get(kind, ()))


def latest(entries: Entries, kind: type[F]) -> dict[Any, Entry[F]]:
    """The latest entry of each key, in the order in which the keys first appeared."""
    entry_by_key: dict[Any, Entry[F]] = {}
    key = attrgetter(*kind.KEY)
    for entry in of_kind(entries, kind):
        entry_by_key[key(entry.fact)] = entry
    return entry_by_key


def in_force(entries: Entries, kind: type[F]) -> list[F]:
    """The latest fact of each key, in the order in which the keys first appeared."""
    return [entry.fact for entry in latest(entries, kind).values()]


def valid_facts(entries: Entries, kind: type[F]) -> list[F]:
    """The latest statements of a kind but those that were taken back."""
    return [fact for fact in in_force(entries, kind) if getattr(fact, "how", "") != WITHDRAWAL]


def sheets_of(entries: Entries) -> dict[str, facts.SheetWritten]:
    """The latest revision of each workbook."""
    sheets = sorted(in_force(entries, facts.SheetWritten), key=lambda sheet: sheet.revision)
    return {sheet.workbook: sheet for sheet in sheets}
