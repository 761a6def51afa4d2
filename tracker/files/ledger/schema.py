"""How facts lie in a database: rows of facts and facts of rows, and the tables that hold them.

The tables are drawn from `tracker.facts` for a new ledger; an old one is changed by numbered migrations and comes to the same
tables, so a new kind of fact or a new field is a class in `tracker.facts` and a migration in both dialects (`docs/ledger.md`).

A fact's class is the table that it names; its fields are the columns after the envelope
(office, seq, file, place), in the same order. What the fields hold is written so that both databases
keep it alike:

    str             as it is; a NUL or half of a surrogate pair is refused, since no two databases keep it alike
    int             as it is
    bool            boolean on PostgreSQL, 0 and 1 on SQLite
    date, datetime  ISO 8601 text; None (an open date) is null
    tuple of str    JSON text
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, Generic

from tracker import __version__
from tracker.facts import KINDS, ActRow, Entry, F, Fact
from tracker.files.ledger.store import Store, queries, sql_pieces
from tracker.problems.office import LedgerTooNew, UnkeepableText
from tracker.values import dataclass

Row = Sequence[Any]


def _same(value: Any) -> Any:
    return value


def refuse_unkeepable(rows: Sequence[Row]) -> None:
    """Refuse a text that no two databases keep alike, wherever in the rows it stands."""
    # Column by column, since most columns hold nothing but texts, which are looked at as one.
    for column in zip(*rows, strict=True):
        try:
            whole = "".join(column)
        except TypeError:
            whole = "".join([value for value in column if isinstance(value, str)])
        if not _is_keepable(whole):
            for value in column:
                if isinstance(value, str):
                    _refuse(value)


def _is_keepable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return "\0" not in text


def _refuse(text: str) -> None:
    if not _is_keepable(text):
        bad = next(character for character in text if character == "\0" or "\ud800" <= character <= "\udfff")
        printable = text.replace(bad, "□").encode("utf-8", "replace").decode("utf-8")
        raise UnkeepableText(text=printable[:40], character=f"U+{ord(bad):04X}")


def tuple_to_text(value: Sequence[str]) -> str:
    """Write a tuple of ids as JSON.

    >>> tuple_to_text(("P1-001", "P1-002"))
    '["P1-001", "P1-002"]'
    """
    return json.dumps(list(value), ensure_ascii=False)


def _tuple_from_text(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _open_to_text(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _open_from_text(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# What a field holds, as its class spells it: its type in both databases, how it is written to a row, and how it is read back.
CODECS: dict[Any, tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "str": ("text", _same, _same),
    "int": ("integer", _same, _same),
    "bool": ("boolean", bool, bool),
    "dt.date": ("text", dt.date.isoformat, dt.date.fromisoformat),
    "dt.date | None": ("text", _open_to_text, _open_from_text),
    "dt.datetime": ("text", dt.datetime.isoformat, dt.datetime.fromisoformat),
    "tuple[str, ...]": ("text", tuple_to_text, _tuple_from_text),
}


@dataclass(frozen=True, slots=True)
class Envelopes:
    """What the envelopes of an office's facts stand for.

    Attributes:
        ends: The number of the last fact of each act, in order; a later fact is of an act that is still open.
        files: The hash of each file by its number; None is no file.
    """

    ends: Sequence[int]
    files: Mapping[int | None, str]

    def act(self, seq: int) -> int:
        """The act whose range a fact's number lies in.

        >>> [Envelopes((2, 5), {}).act(seq) for seq in range(1, 7)]
        [1, 1, 2, 2, 2, 3]
        """
        return bisect_left(self.ends, seq) + 1


@dataclass(frozen=True)
class Shape(Generic[F]):
    """How one class of facts lies in its table."""

    kind: type[F]
    table: str
    columns: tuple[str, ...]
    # Only for columns that are not kept as they are, by their number: most are, and there are many rows.
    encoders: tuple[tuple[int, Callable[[Any], Any]], ...]
    decoders: tuple[tuple[int, Callable[[Any], Any]], ...]
    # All columns of a fact at once.
    _fields: Callable[[Any], tuple[Any, ...]]

    def query(self, name: str, **more: str) -> str:
        """A query of `queries.sql` with this table and its columns filled in."""
        return queries()[name].format(
            table=f'"{self.table}"',
            columns=", ".join(f'"{column}"' for column in self.columns),
            values=", ".join(f":{column}" for column in self.columns),
            **more,
        )

    def values(self, fact: F) -> tuple[Any, ...]:
        """The fact's own columns in order, as they are written."""
        values = self._fields(fact)
        if self.encoders:
            some = list(values)
            for column, encode in self.encoders:
                some[column] = encode(some[column])
            values = tuple(some)
        return values

    def entry(self, row: Row, envelopes: Envelopes) -> Entry[F]:
        """The fact and its envelope, from a row that `entries` selected."""
        seq, file, place, *values = row
        for column, decode in self.decoders:
            values[column] = decode(values[column])
        return Entry(seq, envelopes.act(seq), envelopes.files[file], place, self.kind(*values))


_SHAPES: dict[type[Fact], Shape[Any]] = {}


def shape(kind: type[F]) -> Shape[F]:
    """The shape of a class of facts.

    >>> from tracker import facts
    >>> shape(facts.UnitName).table, shape(facts.UnitName).columns
    ('unit_name', ('unit', 'name', 'since', 'until', 'rank'))
    """
    if kind not in _SHAPES:
        _SHAPES[kind] = _shape(kind)
    return _SHAPES[kind]


def _shape(kind: type[F]) -> Shape[F]:
    names = tuple(field.name for field in fields(kind))
    codecs = [CODECS[field.type] for field in fields(kind)]
    return Shape(
        kind=kind,
        table=kind.TABLE,
        columns=names,
        encoders=tuple((n, encode) for n, (_, encode, _) in enumerate(codecs) if encode is not _same),
        decoders=tuple((n, decode) for n, (_, _, decode) in enumerate(codecs) if decode is not _same),
        _fields=attrgetter(*names),
    )


def act_to_row(act: ActRow) -> dict[str, Any]:
    """An act's columns, as they are written."""
    return {
        "no": act.no,
        "verb": act.verb,
        "person": act.person,
        "recorded_at": act.recorded_at.isoformat(),
        "effective_on": _open_to_text(act.effective_on),
        "version": act.version,
        "settings": tuple_to_text(act.settings),
        "first_seq": act.first_seq,
        "last_seq": act.last_seq,
    }


def act_from_row(row: Row) -> ActRow:
    """An act, from a row that `acts` selected."""
    no, verb, person, recorded_at, effective_on, version, settings, first_seq, last_seq = row
    return ActRow(
        no=no,
        verb=verb,
        person=person,
        recorded_at=dt.datetime.fromisoformat(recorded_at),
        effective_on=_open_from_text(effective_on),
        version=version,
        settings=_tuple_from_text(settings),
        first_seq=first_seq,
        last_seq=last_seq,
    )


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
