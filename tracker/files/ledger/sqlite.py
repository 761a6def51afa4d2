"""The ledger on SQLite: one file on a local disk.

Every connection is opened alike, because a setting that is forgotten once shows only when the power fails:
write-ahead log, `synchronous=FULL` (one flush a commit; less loses commits that were confirmed), ten seconds'
patience with other writers, foreign keys, and no implicit transactions. A writing transaction is immediate
from its start: one that reads first and writes later fails at once when somebody else wrote in between,
however patient it is.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tracker.files.ledger.store import NAME, Parameters, queries
from tracker.problems.base import TrackerError
from tracker.problems.office import (
    AlreadyRecorded,
    FactsAreInsertOnly,
    LedgerBusy,
    LedgerDamaged,
    LedgerFull,
    LedgerPlace,
    LedgerUnwritable,
)

PATIENCE_MS = 10_000
# While it waits to write, it looks again within so many milliseconds.
LOOK_MS = 5
# Who wrote so many seconds ago waits so many seconds before it writes again: longer than others take to look.
JUST_NOW = 0.02
COURTESY = 0.01

# Words of SQLite's message and the refusal that says it to people; the first that fits.
_REFUSALS: tuple[tuple[str, type[TrackerError]], ...] = (
    ("insert-only", FactsAreInsertOnly),
    ("unique constraint", AlreadyRecorded),
    ("locked", LedgerBusy),
    ("is full", LedgerFull),
    ("not a database", LedgerDamaged),
    ("malformed", LedgerDamaged),
    ("readonly", LedgerUnwritable),
    ("unable to open", LedgerUnwritable),
    ("disk i/o error", LedgerUnwritable),
)


def last_act(path: Path, office: str) -> int:
    """Number of the last act of an office in a file, of which nothing else is read; 0 where it has no tables yet."""
    with contextlib.closing(SqliteStore(path)) as store:
        is_new = not store.has_table("act")
        number: int = 0 if is_new else store.rows(queries()["last"], {"office": office})[0][0]
    return number


class SqliteStore:
    """A connection to one SQLite file, or to one in memory."""

    dialect = "sqlite"

    def __init__(self, path: str | Path) -> None:
        self.label = str(path)
        self.patience_ms = PATIENCE_MS
        self._wrote_at = -JUST_NOW
        self.path = path
        with self._refusals():
            self.connection = sqlite3.connect(
                path, isolation_level=None, timeout=PATIENCE_MS / 1000, cached_statements=256
            )
            try:
                self._prepare()
            except BaseException:
                self.connection.close()
                raise

    def _prepare(self) -> None:
        self.run(f"pragma busy_timeout = {PATIENCE_MS}")
        mode = self.rows("pragma journal_mode = wal")[0][0]
        if mode not in ("wal", "memory"):
            raise LedgerPlace(ledger=self.label)
        self.run("pragma synchronous = full")
        self.run("pragma foreign_keys = on")
        # Without this, `insert or replace` would remove a fact past its guard.
        self.run("pragma recursive_triggers = on")

    def begin_writing(self, office: str) -> None:
        """Begin an immediate transaction; a file has one writer, so the office needs no lock of its own."""
        # SQLite keeps no queue. Its own wait sleeps up to 100 ms between two looks, in which a busy writer ends one
        # transaction and begins the next: measured, one of three starved for ten seconds. So whoever has just
        # written lets others go first, and whoever waits looks often.
        if time.monotonic() - self._wrote_at < JUST_NOW:
            time.sleep(COURTESY)
        self.run(f"pragma busy_timeout = {LOOK_MS}")
        until = time.monotonic() + self.patience_ms / 1000
        try:
            while True:
                try:
                    return self.run("begin immediate")
                except LedgerBusy:
                    if time.monotonic() > until:
                        raise
        finally:
            self.run(f"pragma busy_timeout = {self.patience_ms}")

    def begin_reading(self) -> None:
        """Begin a transaction whose reads all see one moment."""
        self.run("begin")

    def commit(self) -> None:
        """Keep what the transaction did."""
        self.run("commit")
        if str(self.path) != ":memory:":
            self._wrote_at = time.monotonic()

    def rollback(self) -> None:
        """Forget what the transaction did; SQLite may have done so already, as when the disk is full."""
        if self.connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self.connection.rollback()

    def rows(self, query: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        with self._refusals():
            return self.connection.execute(query, parameters or {}).fetchall()

    def run(self, query: str, parameters: Parameters | None = None) -> None:
        """Run a statement."""
        with self._refusals():
            self.connection.execute(query, parameters or {})

    def run_many(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row of values."""
        with self._refusals():
            self.connection.executemany(NAME.sub("?", query), rows)

    def run_script(self, script: str) -> None:
        """Run several statements; `executescript` would commit first, so they are taken one by one."""
        for statement in _statements(script):
            self.run(statement)

    def has_table(self, name: str) -> bool:
        """Whether the file has a table of this name."""
        query = "select 1 from sqlite_master where type = 'table' and name = :name"
        return bool(self.rows(query, {"name": name}))

    def problems(self) -> Sequence[str]:
        """What `integrity_check` finds; empty when all is well."""
        return [row[0] for row in self.rows("pragma integrity_check") if row[0] != "ok"]

    def copy_to(self, target: Path) -> None:
        """Copy the database as it is at one moment, while others go on writing, into a file of one piece."""
        with self._refusals(), contextlib.closing(sqlite3.connect(target, isolation_level=None)) as copy:
            self.connection.backup(copy)
            copy.execute("pragma journal_mode = delete")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            message = str(error).lower()
            for words, refusal in _REFUSALS:
                if words in message:
                    raise refusal(ledger=self.label, detail=str(error)) from error
            raise


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements; the semicolons inside a trigger end none."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
