"""The tables of a ledger: drawn from `tracker.facts` for a new one, changed by numbered migrations for an old one.

An old one comes to the same tables, so a new kind of fact or a new field is a class in `tracker.facts` and a migration in both
dialects (`docs/ledger.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache

from tracker import __version__
from tracker.facts import KINDS, Fact
from tracker.files.ledger.codec import CODECS
from tracker.files.ledger.store import Store, queries, sql_pieces
from tracker.problems.ledger import LedgerTooNew
from tracker.values import dataclass

# What a dialect calls a type, where that is another word.
_TYPES = {"sqlite": (" boolean", " integer"), "postgresql": (" integer", " bigint")}
_FUNCTION = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'facts are insert-only: %', tg_table_name;
end
$$;
"""
_ACT = (
    "office text not null",
    "no integer not null",
    "verb text not null",
    "person text not null",
    "recorded_at text not null",
    "effective_on text",
    "version text not null",
    "settings text not null",
    "first_seq integer not null",
    "last_seq integer not null",
)
_ACT_RULES = (
    "primary key (office, no)",
    "unique (office, first_seq)",
    "unique (office, last_seq)",
    "check (first_seq <= last_seq)",
)
# Each file that facts came from, once: a hash of 64 characters on every cell made up half of a ledger.
_SOURCE = ("office text not null", "no integer not null", "sha text not null")
_SOURCE_RULES = ("primary key (office, no)", "unique (office, sha)")
_ENVELOPE = ("office text not null", "seq integer not null", "file integer", "place text not null")


def schema(dialect: str) -> str:
    """The tables of a new ledger of a dialect (`sqlite` or `postgresql`), which has had all migrations, as SQL.

    Envelope of a fact: `seq`, its number in the office (its act is the one whose range it lies in); `file`, the number in
    `source` of the file that it came from; `place`, the cell or paragraph in it.
    """
    tables = [("act", _ACT, _ACT_RULES), ("source", _SOURCE, _SOURCE_RULES)]
    tables += [(kind.TABLE, (*_ENVELOPE, *_columns(kind)), tuple(_rules(kind))) for kind in KINDS]
    pieces = [_FUNCTION] if dialect == "postgresql" else []
    for name, columns, rules in tables:
        pieces += [_table(dialect, name, columns, rules), _insert_only(dialect, name)]
    return "".join(pieces)


def _columns(kind: type[Fact]) -> Iterator[str]:
    for field in fields(kind):
        may_be_null = "None" in str(field.type)
        yield f"{_quote(field.name)} {CODECS[field.type][0]}" + ("" if may_be_null else " not null")


def _rules(kind: type[Fact]) -> Iterator[str]:
    yield "primary key (office, seq)"
    for key in (*((kind.KEY,) if kind.ONCE else ()), *kind.UNIQUE):
        yield f"unique ({', '.join(('office', *map(_quote, key)))})"
    yield "foreign key (office, file) references source (office, no)"


def _quote(name: str) -> str:
    """The one field whose name is a word of SQL."""
    return f'"{name}"' if name == "on" else name


def _table(dialect: str, name: str, columns: Iterable[str], rules: Iterable[str]) -> str:
    body = ",\n    ".join((", ".join(columns).replace(*_TYPES[dialect]), *rules))
    return f"\ncreate table {name} (\n    {body}\n)" + (" without rowid;\n" if dialect == "sqlite" else ";\n")


def _insert_only(dialect: str, name: str) -> str:
    if dialect == "postgresql":
        return (
            f"create trigger {name}_insert_only before update or delete or truncate on {name}\n"
            "    for each statement execute function refuse_change();\n"
        )
    return "".join(
        f"create trigger {name}_{change} before {change} on {name} begin\n"
        f"    select raise(abort, 'facts are insert-only: {name}');\nend;\n"
        for change in ("update", "delete")
    )


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered change of the tables."""

    version: int
    title: str
    script: str


@cache
def migrations(dialect: str) -> tuple[Migration, ...]:
    """The migrations of a dialect, in order.

    >>> [migration.version for migration in migrations("sqlite")]
    [1, 2, 3, 4, 5]
    """
    pieces = sql_pieces(f"migrations_{dialect}.sql", r"migration (\d+): (.+)")
    return tuple(
        Migration(int(version), title, script)
        for version, title, script in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    )


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
    is_ours = catalogue is None
    catalogue = migrations(store.dialect) if catalogue is None else catalogue
    versions = []
    for migration in _new_migrations(store, catalogue):
        store.begin_writing(EVERY_OFFICE)
        try:
            store.run(queries()["migration_table"])
            rest = _new_migrations(store, catalogue)
            if is_ours and len(rest) == len(catalogue):
                store.run_script(schema(store.dialect))
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
