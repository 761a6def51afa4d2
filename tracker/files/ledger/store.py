"""The tables of a ledger: what is asked of a database, whichever it is, its queries, and its migrations in place.

`sqlite` and `postgresql` answer to `Store`. Named queries, the tables of a new ledger and the numbered migrations of
an old one are read from the `.sql` files beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from tracker import __version__, patterns as re
from tracker.problems.ledger import LedgerTooNew
from tracker.values import dataclass

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered change of the tables."""

    version: int
    title: str
    script: str


@cache
def queries() -> dict[str, str]:
    """The queries by name.

    >>> queries()["ends"].splitlines()
    ['select last_seq', 'from act', 'where office = :office', 'order by no']
    """
    pieces = re.split(r"^-- name: (\w+)$", _text("queries.sql"), flags=re.MULTILINE)[1:]
    return {name: _without_remarks(body) for name, body in zip(pieces[::2], pieces[1::2], strict=True)}


@cache
def migrations(dialect: str) -> tuple[Migration, ...]:
    """The migrations of a dialect, in order.

    >>> [migration.version for migration in migrations("sqlite")]
    [1, 2, 3, 4, 5]
    """
    pieces = re.split(r"^-- migration (\d+): (.+)$", _text(f"migrations_{dialect}.sql"), flags=re.MULTILINE)[
        1:
    ]
    return tuple(
        Migration(int(version), title, _without_remarks(script))
        for version, title, script in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    )


@cache
def schema(dialect: str) -> str:
    """The tables of a new ledger of a dialect, which has had all migrations."""
    return _without_remarks(_text(f"schema_{dialect}.sql"))


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _without_remarks(body: str) -> str:
    return "\n".join(line for line in body.splitlines() if not line.startswith("--")).strip()


Parameters = Mapping[str, Any]


# A name of a value in a query.
NAME = re.compile(r"(?<!:):([a-z_]+)")


class Store(Protocol):
    """A connection to the tables of one ledger."""

    # `sqlite` or `postgresql`: which schema file holds its tables.
    dialect: str
    # How messages name it; never with a password.
    label: str
    # How long it waits for another writer.
    patience_ms: int

    def begin_writing(self, office: str) -> None:
        """Begin a transaction in which nobody else writes to this office, from before its first read."""

    def begin_reading(self) -> None:
        """Begin a transaction whose reads all see one moment."""

    def commit(self) -> None:
        """Keep what the transaction did."""

    def rollback(self) -> None:
        """Forget what the transaction did; also after the connection was lost."""

    def rows(self, query: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""

    def run(self, query: str, parameters: Parameters | None = None) -> None:
        """Run a statement."""

    def run_many(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row of values, which are in the order in which the statement names them."""

    def run_script(self, script: str) -> None:
        """Run several statements inside the transaction."""

    def has_table(self, name: str) -> bool:
        """Whether the ledger has a table of this name."""

    def problems(self) -> Sequence[str]:
        """What the database itself finds wrong with its file."""

    def close(self) -> None:
        """Let go of the database."""


# Migrations concern all offices of a database: whoever upgrades holds this name as if it were an office.
EVERY_OFFICE = ""


def migrate(store: Store, catalogue: Sequence[Migration] | None = None) -> list[int]:
    """Make a new ledger's tables, or apply the migrations that an old one has not had; returns their numbers.

    1. A ledger that has had them all is left alone, and nobody waits.
    2. One that has had a migration we do not know was written by a newer program: refused.
    3. A new one gets the tables as they are now, and has had every migration; the tests' own catalogue has no such
       tables and is applied from its first migration on.
    4. Each missing one, in order: begin, look again (another seat may have been quicker), apply, record, commit.
    """
    start = schema(store.dialect) if catalogue is None else ""
    catalogue = migrations(store.dialect) if catalogue is None else catalogue
    versions = []
    for migration in _new_migrations(store, catalogue):
        store.begin_writing(EVERY_OFFICE)
        try:
            store.run(queries()["migration_table"])
            rest = _new_migrations(store, catalogue)
            if start and len(rest) == len(catalogue):
                store.run_script(start)
                versions += [_record(store, step) for step in rest]
            elif migration in rest:
                store.run_script(migration.script)
                versions.append(_record(store, migration))
            store.commit()
        except BaseException:
            store.rollback()
            raise
    return versions


def _record(store: Store, migration: Migration) -> int:
    parameters = {"version": migration.version, "title": migration.title, "program": __version__}
    store.run(queries()["record_migration"], parameters)
    return migration.version


def _new_migrations(store: Store, catalogue: Sequence[Migration]) -> list[Migration]:
    rows = store.rows(queries()["migrations"]) if store.has_table("migration") else []
    had = {row[0] for row in rows}
    newest = max((migration.version for migration in catalogue), default=0)
    if had and max(had) > newest:
        raise LedgerTooNew(ledger=store.label, found=max(had), known=newest)
    return [migration for migration in catalogue if migration.version not in had]
