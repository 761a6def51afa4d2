"""The ledger on PostgreSQL, where several seats share one.

The tables lie in a schema of their own, `tracker`, so that a database which the office uses for other things
may hold them. One writer per office at a time is an advisory lock on the office, taken before the first read
of a writing transaction and let go by its end, however it ends; offices do not wait for one another.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, LiteralString

import psycopg

from tracker import patterns as re
from tracker.files.ledger.store import NAME, Parameters
from tracker.problems.base import TrackerError
from tracker.problems.office import (
    AlreadyRecorded,
    FactsAreInsertOnly,
    LedgerBusy,
    LedgerDamaged,
    LedgerFull,
    LedgerUnreachable,
    LedgerUnwritable,
)

PATIENCE_MS = 10_000

# Errors of the server and the refusal that says each to people; the first that fits.
_REFUSALS: tuple[tuple[type[psycopg.Error], type[TrackerError]], ...] = (
    (psycopg.errors.RaiseException, FactsAreInsertOnly),
    (psycopg.errors.UniqueViolation, AlreadyRecorded),
    (psycopg.errors.LockNotAvailable, LedgerBusy),
    (psycopg.errors.DiskFull, LedgerFull),
    (psycopg.errors.DataCorrupted, LedgerDamaged),
    (psycopg.errors.InsufficientPrivilege, LedgerUnwritable),
    (psycopg.errors.ReadOnlySqlTransaction, LedgerUnwritable),
    (psycopg.OperationalError, LedgerUnreachable),
)


class PostgresqlStore:
    """A connection to the ledger's schema in one PostgreSQL database."""

    dialect = "postgresql"

    def __init__(self, address: str, password: str = "") -> None:
        self.label = re.sub(r"//[^@/]*@", "//", address).partition("?")[0]
        self.patience_ms = PATIENCE_MS
        with self._refusals():
            self.connection = psycopg.connect(
                address, autocommit=True, connect_timeout=10, password=password or None
            )
            try:
                self._prepare()
            except BaseException:
                self.connection.close()
                raise

    def _prepare(self) -> None:
        self.connection.add_notice_handler(lambda notice: None)
        self.run("set synchronous_commit to on")
        self.run("set search_path to tracker")
        if not self._has_schema():
            # Two seats may make it at the same moment, and `if not exists` alone does not hold then.
            with self.connection.transaction():
                self.run("select pg_advisory_xact_lock(hashtextextended('tracker schema', 0))")
                self.run("create schema if not exists tracker")

    def _has_schema(self) -> bool:
        return bool(self.rows("select 1 from pg_namespace where nspname = 'tracker'"))

    def begin_writing(self, office: str) -> None:
        """Begin a transaction that holds the office, and wait for it at most ten seconds."""
        self.run("begin isolation level read committed")
        self.run(f"set local lock_timeout to {self.patience_ms}")
        # Read committed, so that the first read after the wait sees what the others wrote meanwhile.
        self.run(
            "select pg_advisory_xact_lock(hashtextextended(:office, 0))", {"office": f"tracker {office}"}
        )

    def begin_reading(self) -> None:
        """Begin a transaction whose reads all see one moment."""
        self.run("begin isolation level repeatable read read only")

    def commit(self) -> None:
        """Keep what the transaction did."""
        self.run("commit")

    def rollback(self) -> None:
        """Forget what the transaction did; a lost connection has forgotten it already."""
        with contextlib.suppress(psycopg.Error):
            self.connection.rollback()

    def rows(self, query: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        with self._refusals():
            return self.connection.execute(_in_their_marks(query), parameters).fetchall()

    def run(self, query: str, parameters: Parameters | None = None) -> None:
        """Run a statement."""
        with self._refusals():
            self.connection.execute(_in_their_marks(query), parameters)

    def run_many(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row of values."""
        with self._refusals(), self.connection.cursor() as cursor:
            cursor.executemany(NAME.sub("%s", query).encode(), rows)

    def run_script(self, script: str) -> None:
        """Run several statements inside the transaction."""
        with self._refusals():
            self.connection.execute(script)

    def has_table(self, name: str) -> bool:
        """Whether the ledger's schema has a table of this name."""
        query = "select 1 from pg_tables where schemaname = 'tracker' and tablename = :name"
        return bool(self.rows(query, {"name": name}))

    def problems(self) -> Sequence[str]:
        """Nothing: a server checks its own pages."""
        return ()

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            for kind, refusal in _REFUSALS:
                if isinstance(error, kind):
                    detail = str(error).partition("\n")[0]
                    raise refusal(ledger=self.label, detail=detail) from error
            raise


@cache
def _in_their_marks(query: str) -> LiteralString:
    """Write `:name` as psycopg does; every query is one of ours, never text from a user.

    >>> _in_their_marks("select no from act where office = :office")
    'select no from act where office = %(office)s'
    """
    return NAME.sub(r"%(\1)s", query)
