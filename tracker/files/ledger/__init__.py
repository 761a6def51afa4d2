"""The ledger: acts and their facts in a database, and the office that they say.

    with open_ledger(path) as ledger:
        with ledger.act("record", person="王敏", at=now) as act:
            plan = act.mint("P")
            act.add(PlanEdition(plan, 1, ...), file=sha, place="封面!A1")
        ledger.office().plans[plan]

Facts are inserted and never changed; triggers of the database refuse anything else. An act commits with its
facts or not at all, and an act without facts leaves no trace. SQL stands in the `.sql` files of this package
and in the modules of the two databases, and nowhere else. `docs/ledger.md` describes the tables.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from tracker import __version__
from tracker.facts import ActRow
from tracker.facts import Entry
from tracker.facts import F
from tracker.files.ledger.acts import Act
from tracker.files.ledger.migrate import migrate
from tracker.files.ledger.reader import Reader
from tracker.files.ledger.store import Store
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office

__all__ = ["Act", "ActRow", "Entry", "Ledger", "open_ledger"]


def open_ledger(where: str | Path, *, office: str = "office", password: str = "") -> Ledger:
    """Open a ledger, make it where there is none, and bring its tables up to date.

    Args:
        where: A file, `:memory:`, or the address of a PostgreSQL database (`postgresql://…`).
        office: Whose ledger; a database may hold several, which never see each other.
        password: The server's, where its address and the driver's own places have none.

    Raises:
        TrackerError: One of `problems.ledger`: busy, damaged, newer than the program, out of reach …
    """
    store = _connect(where, password)
    try:
        migrate(store)
    except BaseException:
        store.close()
        raise
    return Ledger(store, office)


def _connect(where: str | Path, password: str) -> Store:
    if isinstance(where, str) and where.startswith(("postgresql://", "postgres://")):
        # Imported here: whoever has no server never pays for its driver.
        from tracker.files.ledger.postgresql import PostgresqlStore

        return PostgresqlStore(where, password)
    from tracker.files.ledger.sqlite import SqliteStore

    if str(where) != ":memory:":
        Path(where).parent.mkdir(parents=True, exist_ok=True)
    return SqliteStore(where)


class Ledger:
    """One office's facts in an open database. Not for use from several threads."""

    def __init__(self, store: Store, office: str) -> None:
        self.store = store
        self.name = office
        self._open: Act | None = None
        self._reading = False
        self._reader = Reader(store, office)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # Writing

    @contextlib.contextmanager
    def act(
        self,
        verb: str,
        *,
        person: str,
        at: dt.datetime,
        effective_on: dt.date | None = None,
        settings: Sequence[str] = (),
    ) -> Iterator[Act]:
        """Record what happens inside as one act, or nothing of it.

        The transaction begins before anything is read and nobody else writes to the office until its end, so
        what is decided inside, on `act.office()`, is decided on what holds. It is kept if a fact was added;
        without one, or when an error leaves the block, nothing happened. A process that dies at any moment
        leaves the act whole or not at all, and may die after the commit and before anybody is told: to do it
        again must be harmless.
        """
        if self._open is not None:
            raise RuntimeError("an act inside an act: they would be kept or lost together")
        if at.tzinfo is None:
            raise ValueError("the moment of an act needs its time zone")
        self.store.begin_writing(self.name)
        try:
            no, seq = self._reader.last()
            row = ActRow(no + 1, verb, person, at, effective_on, __version__, tuple(settings), seq + 1, seq)
            self._open = Act(self, row)
            yield self._open
            if self._open.close():
                self.store.commit()
            else:
                self.store.rollback()
        except BaseException:
            self.store.rollback()
            raise
        finally:
            self._open = None

    # Reading

    @contextlib.contextmanager
    def _one_moment(self) -> Iterator[None]:
        """Let all reads inside see one moment; inside an act they see what it did so far."""
        if self._open is not None:
            self._open.flush()
            yield
            return
        if self._reading:
            yield
            return
        self.store.begin_reading()
        self._reading = True
        try:
            yield
        finally:
            self._reading = False
            self.store.rollback()

    @property
    def last_act(self) -> int:
        """Number of the last act; 0 when there is none."""
        return self._reader.last()[0]

    @property
    def last_seq(self) -> int:
        """Number of the last fact; 0 when there is none."""
        return self._reader.last()[1]

    def acts(self) -> list[ActRow]:
        """Every act, in order."""
        return self._reader.acts()

    def entries(self, kind: type[F], *, until: int | None = None) -> list[Entry[F]]:
        """The facts of a kind in the order recorded, up to and including act `until`."""
        with self._one_moment():
            return self._reader.entries(kind) if until is None else self._reader.entries(kind, until)

    def cells(self, *, until: int | None = None) -> dict[CellKey, CellNow]:
        """What each cell says: as the projection keeps it, or ranked from the facts up to act `until`."""
        with self._one_moment():
            return self._reader.cells() if until is None else self._reader.cells_until(until)

    def office(self, *, until: int | None = None) -> Office:
        """The office as the facts say it is, or was after act `until`.

        The present one is kept; when it is asked for again, only what was recorded since is read, by whomever.
        """
        with self._one_moment():
            if until is not None:
                return self._reader.office_until(until)
            if self._open is not None and self._open.has_facts:
                return self._reader.office_with(self._open.row)
            return self._reader.office_now()

    def office_as_of(self, day: dt.date) -> Office:
        """The office as it was at the end of a day: from acts that count from that day or an earlier one.

        An act counts from its `effective_on`, else from the day it was recorded, so what was recorded later
        with an earlier date belongs to the past that it speaks of.
        """
        with self._one_moment():
            return self._reader.office_as_of(day)

    # Keeping

    def check(self) -> list[str]:
        """What is wrong with the ledger, one sentence each; empty when all is well."""
        from tracker.files.ledger.keeping import check_ledger

        with self._one_moment():
            return check_ledger(self)

    def backup(self, target: Path) -> None:
        """Write a copy of the ledger as it is at one moment to a file, opened and checked before it is there.

        Whatever the database is, the backup is an SQLite file that `open_ledger` opens.
        """
        from tracker.files.ledger.keeping import backup

        backup(self, target)
