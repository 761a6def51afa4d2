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


def migrate(store: Store, known: Sequence[Migration] | None = None) -> list[int]:
    """Apply the migrations that the ledger has not had yet; returns their numbers.

    1. A ledger that has had them all is left alone, and nobody waits.
    2. One that has had a migration we do not know was written by a newer program: refused.
    3. Each missing one, in order: begin, look again (another seat may have been quicker), apply, record, commit.
    """
    known = migrations(store.dialect) if known is None else known
    missing = _missing(store, known)
    applied = []
    for migration in missing:
        store.begin_writing(EVERY_OFFICE)
        try:
            store.run(queries()["migration_table"])
            if migration in _missing(store, known):
                store.run_script(migration.script)
                bound = {"version": migration.version, "title": migration.title, "program": __version__}
                store.run(queries()["record_migration"], bound)
                applied.append(migration.version)
            store.commit()
        except BaseException:
            store.rollback()
            raise
    return applied


def _missing(store: Store, known: Sequence[Migration]) -> list[Migration]:
    rows = store.rows(queries()["migrations"]) if store.has_table("migration") else []
    had = {row[0] for row in rows}
    newest = max((each.version for each in known), default=0)
    if had and max(had) > newest:
        raise LedgerTooNew(ledger=store.label, found=max(had), known=newest)
    return [each for each in known if each.version not in had]
