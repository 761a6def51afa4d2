"""Reading an office's rows out of the database, and keeping the present office at hand.

Nothing here begins or ends a transaction; `Ledger` sees to it that what is read together is of one moment.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
from collections.abc import Iterator
from typing import Any

from tracker import facts
from tracker.facts import ActRow
from tracker.facts import Entry
from tracker.facts import F
from tracker.facts import Fact
from tracker.files.ledger.codec import act_from_row
from tracker.files.ledger.codec import shape
from tracker.files.ledger.named import queries
from tracker.files.ledger.store import Store
from tracker.rules.fold import fold_facts
from tracker.rules.fold_on import fold_news
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office

Entries = dict[type[Fact], list[Entry[Any]]]

# Later than every act.
NO_END = 2**62


class Reader:
    """An office's acts, facts and cells, read from a store."""

    def __init__(self, store: Store, office: str) -> None:
        self.store = store
        self.name = office
        self._held: Entries = {}
        self._acts: list[ActRow] = []
        self._office = Office()

    def last(self) -> tuple[int, int]:
        """Number of the last act and of the last fact."""
        no, seq = self.store.rows(queries()["last"], {"office": self.name})[0]
        return no, seq

    def acts(self, after: int = 0) -> list[ActRow]:
        """Every act after one, in order."""
        parameters = {"office": self.name, "after": after}
        return [act_from_row(row) for row in self.store.rows(queries()["acts"], parameters)]

    def entries(self, kind: type[F], until: int = NO_END) -> list[Entry[F]]:
        """The facts of a kind up to an act."""
        return self._entries(kind, "entries", until=until)

    def cells(self) -> dict[CellKey, CellNow]:
        """What each cell says, as the projection keeps it."""
        return self._cells("cells")

    def cells_until(self, act: int) -> dict[CellKey, CellNow]:
        """What each cell said after an act, ranked from the facts."""
        return self._cells("ranked_cells", until=act)

    def office_until(self, act: int) -> Office:
        """The office as the facts up to an act say it."""
        acts = [row for row in self.acts() if row.no <= act]
        return fold_facts(self._every_kind("entries", until=act), self.cells_until(act), acts)

    def office_as_of(self, day: dt.date) -> Office:
        """The office as the acts say that count from a day or an earlier one."""
        acts = [row for row in self.acts() if row.day <= day]
        cells = self._cells("ranked_cells_as_of", day=day.isoformat())
        return fold_facts(self._every_kind("entries_as_of", day=day.isoformat()), cells, acts)

    def office_now(self) -> Office:
        """The office as all committed facts say it; only what was recorded since the last time is read."""
        _, seq = self.last()
        if seq != self._office.seq:
            acts = self._acts + self.acts(after=self._office.act)
            self._held, self._office = self._with_news(acts)
            self._acts = acts
        return self._office

    def office_with(self, act: ActRow) -> Office:
        """The office with what an open act added; not remembered, for the act may yet be undone."""
        return self._with_news([*self._acts, *self.acts(after=self._office.act), act])[1]

    def _with_news(self, acts: list[ActRow]) -> tuple[Entries, Office]:
        seq = self._office.seq
        if not seq:
            entries, cells = self._every_kind("entries", until=NO_END), self._cells("cells")
        else:
            news = self._every_kind("entries_after", after=seq)
            entries = {
                kind: self._held[kind] + news[kind] if news[kind] else self._held[kind] for kind in news
            }
            cells = {**self._office.cells, **self._cells("cells_after", after=seq)}
            kinds = [kind for kind, additions in news.items() if additions]
            return entries, fold_news(self._office, kinds, entries, cells, acts)
        return entries, fold_facts(entries, cells, acts)

    def _every_kind(self, query: str, **parameters: Any) -> Entries:
        return {
            kind: self._entries(kind, query, **parameters) for kind in facts.KINDS if kind is not facts.Cell
        }

    def _entries(self, kind: type[F], query: str, **parameters: Any) -> list[Entry[F]]:
        form = shape(kind)
        with _no_collector():
            rows = self.store.rows(form.query(query), {"office": self.name, **parameters})
            return [form.entry(row) for row in rows]

    def _cells(self, query: str, **parameters: Any) -> dict[CellKey, CellNow]:
        with _no_collector():
            rows = self.store.rows(queries()[query], {"office": self.name, **parameters})
            return {row[:4]: CellNow(*row[4:]) for row in rows}


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Read many rows without Python's collector, which would walk them again and again: half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
