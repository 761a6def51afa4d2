"""Bringing the tables of a ledger up to date, in place."""

from __future__ import annotations

from collections.abc import Sequence

from tracker import __version__
from tracker.files.ledger.named import Migration
from tracker.files.ledger.named import migrations
from tracker.files.ledger.named import queries
from tracker.files.ledger.store import Store
from tracker.problems.ledger import LedgerTooNew

# Migrations concern all offices of a database: whoever upgrades holds this name as if it were an office.
EVERY_OFFICE = ""


def migrate(store: Store, catalogue: Sequence[Migration] | None = None) -> list[int]:
    """Apply the migrations that the ledger has not had yet; returns their numbers.

    1. A ledger that has had them all is left alone, and nobody waits.
    2. One that has had a migration we do not know was written by a newer program: refused.
    3. Each missing one, in order: begin, look again (another seat may have been quicker), apply, record, commit.
    """
    catalogue = migrations(store.dialect) if catalogue is None else catalogue
    new_migrations = _new_migrations(store, catalogue)
    versions = []
    for migration in new_migrations:
        store.begin_writing(EVERY_OFFICE)
        try:
            store.run(queries()["migration_table"])
            if migration in _new_migrations(store, catalogue):
                store.run_script(migration.script)
                parameters = {"version": migration.version, "title": migration.title, "program": __version__}
                store.run(queries()["record_migration"], parameters)
                versions.append(migration.version)
            store.commit()
        except BaseException:
            store.rollback()
            raise
    return versions


def _new_migrations(store: Store, catalogue: Sequence[Migration]) -> list[Migration]:
    rows = store.rows(queries()["migrations"]) if store.has_table("migration") else []
    had = {row[0] for row in rows}
    newest = max((migration.version for migration in catalogue), default=0)
    if had and max(had) > newest:
        raise LedgerTooNew(ledger=store.label, found=max(had), known=newest)
    return [migration for migration in catalogue if migration.version not in had]
