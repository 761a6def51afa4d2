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
WITHDRAWN = "withdrawn"


def of_kind(entries: Entries, kind: type[F]) -> Sequence[Entry[F]]:
    """The facts of a kind, in the order recorded."""
    return cast(Sequence[Entry[F]], entries.get(kind, ()))


def latest(entries: Entries, kind: type[F]) -> dict[Any, Entry[F]]:
    """The latest entry of each key, in the order in which the keys first appeared."""
    found: dict[Any, Entry[F]] = {}
    key = attrgetter(*kind.KEY)
    for entry in of_kind(entries, kind):
        found[key(entry.fact)] = entry
    return found


def in_force(entries: Entries, kind: type[F]) -> list[F]:
    """The latest fact of each key, in the order in which the keys first appeared."""
    return [entry.fact for entry in latest(entries, kind).values()]


def standing(entries: Entries, kind: type[F]) -> list[F]:
    """The latest statements of a kind but those that were taken back."""
    return [each for each in in_force(entries, kind) if getattr(each, "how", "") != WITHDRAWN]


def sheets_of(entries: Entries) -> dict[str, facts.SheetWritten]:
    """The latest revision of each workbook."""
    written = sorted(in_force(entries, facts.SheetWritten), key=lambda each: each.revision)
    return {each.workbook: each for each in written}
