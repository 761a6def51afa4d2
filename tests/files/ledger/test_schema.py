"""The tables are what the facts say, on both databases, and are upgraded in place."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sqlite3
import threading
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from tracker import facts
from tracker.files.ledger.ledger import _connect, open_ledger
from tracker.files.ledger.schema import Migration, migrate, migrations, schema, shape
from tracker.problems.base import TrackerError
from tracker.problems.office import LedgerTooNew
from tracker.rules.office import CellNow

LEDGERS = Path(__file__).resolve().parent.parent.parent / "support" / "ledgers"
OFFICE = "5afe0ff1ce01"
NOW = dt.datetime(2027, 1, 4, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Monday

ENVELOPE = [
    ("office", "text", False),
    ("seq", "integer", False),
    ("file", "integer", True),
    ("place", "text", False),
]
TYPES = {str: "text", int: "integer", bool: "boolean", tuple[str, ...]: "text"}
# What each database calls a type, in the words of this test.
WORDS = {"bigint": "integer"}


def columns(ledger, table):
    """Names, types and whether they may be null, in order."""
    if ledger.store.dialect == "sqlite":
        rows = ledger.store.rows(f'pragma table_info("{table}")')
        return [(name, kind.lower(), not required) for _, name, kind, required, _, _ in rows]
    rows = ledger.store.rows(
        "select column_name, data_type, is_nullable from information_schema.columns "
        "where table_schema = 'tracker' and table_name = :table order by ordinal_position",
        {"table": table},
    )
    return [(name, WORDS.get(kind, kind), nullable == "YES") for name, kind, nullable in rows]


def tables(ledger):
    query = (
        "select name from sqlite_master where type = 'table'"
        if ledger.store.dialect == "sqlite"
        else "select table_name from information_schema.tables where table_schema = 'tracker'"
    )
    return {row[0] for row in ledger.store.rows(query)}


@pytest.mark.parametrize("kind", facts.KINDS, ids=facts.kind_name)
def test_a_table_has_the_fields_of_its_fact_in_order(memory, kind):
    hints = get_type_hints(kind)
    booleans = "boolean" if memory.store.dialect == "postgresql" else "integer"
    kinds = {**TYPES, bool: booleans}

    assert columns(memory, kind.TABLE) == ENVELOPE + [
        (each.name, kinds.get(hints[each.name], "text"), hints[each.name] == dt.date | None)
        for each in fields(kind)
    ]


def test_there_is_a_table_for_each_kind_and_no_other(memory):
    assert tables(memory) == {kind.TABLE for kind in facts.KINDS} | {
        "act",
        "source",
        "migration",
    }


@pytest.mark.parametrize("kind", facts.KINDS, ids=facts.kind_name)
@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_what_is_stated_once_has_one_row_for_a_key(dialect, kind):
    table = schema(dialect).partition(f"create table {kind.TABLE} (")[2].partition(");")[0]

    keys = [kind.KEY] * kind.ONCE + list(kind.UNIQUE)
    assert re.findall(r"unique \(office, (.+)\)", table) == [", ".join(key) for key in keys]


# An old ledger


RELEASED = 3


@pytest.fixture
def before(tmp_path):
    """The ledger of a whole year that the version of migration 3 left, opened with nothing of ours."""
    with zipfile.ZipFile(LEDGERS / "before.sqlite.zip") as kept:
        kept.extractall(tmp_path / "before")
    with contextlib.closing(sqlite3.connect(tmp_path / "before" / "before.sqlite")) as database:
        yield database


@pytest.fixture
def old_address(address, before):
    """The same ledger in the tables of migration 3 on each database."""
    store = _connect(address, "")
    migrate(store, migrations(store.dialect)[:RELEASED])
    store.begin_writing("")
    for table in ["act", "current", *(kind.TABLE for kind in facts.KINDS)]:
        rows = before.execute(f'select * from "{table}"')
        names = [column[0] for column in rows.description]
        marks = ", ".join(f":{name}" for name in names)
        bools = {"retired", "inherited", "active"} if store.dialect == "postgresql" else set()
        store.run_many(
            f'insert into "{table}" ({", ".join(map(quoted, names))}) values ({marks})',
            (
                tuple(bool(value) if name in bools else value for name, value in zip(names, row, strict=True))
                for row in rows
            ),
        )
    store.commit()
    store.close()
    return address


def quoted(name):
    return f'"{name}"'


def test_an_old_ledger_says_after_its_upgrade_what_it_said_before(old_address, before):
    with open_ledger(old_address, office=OFFICE) as ledger:
        assert ledger.check() == []

        for kind in facts.KINDS:
            form = shape(kind)
            columns = ", ".join(map(quoted, form.columns))
            rows = before.execute(
                f'select seq, act, file, place, {columns} from "{form.table}" order by seq'
            ).fetchall()
            entries = [
                (entry.seq, entry.act, entry.file, entry.place, *form.values(entry.fact))
                for entry in ledger.entries(kind)
            ]
            assert entries == rows
        cells = before.execute(
            "select subject, unit, field, period, value, origin, seq, act, file, place from current"
        )
        assert ledger.cells() == {row[:4]: CellNow(*row[4:]) for row in cells}
        acts = before.execute("select no, first_seq, last_seq, recorded_at from act order by no").fetchall()
        assert [
            (act.no, act.first_seq, act.last_seq, act.recorded_at.isoformat()) for act in ledger.acts()
        ] == acts


def test_an_old_ledger_goes_on_after_its_upgrade(old_address):
    with open_ledger(old_address, office=OFFICE) as ledger:
        last, sources = ledger.last_seq, ledger.sources()
        with ledger.act("sync", person="王敏", at=NOW) as act:
            act.add(facts.Cell("P1-001", "", "note", "", "甲", "office", 0), file=sources[1])
            act.add(facts.Cell("P1-002", "", "note", "", "乙", "office", 0), file="新")

        assert ledger.check() == []
        assert [(entry.seq, entry.file) for entry in ledger.entries(facts.Cell)[-2:]] == [
            (last + 1, sources[1]),
            (last + 2, "新"),
        ]


def test_an_upgraded_ledger_has_the_tables_of_a_new_one(address, request, tmp_path):
    new = (
        str(tmp_path / "new.db")
        if not address.startswith("postgresql")
        else request.getfixturevalue("postgresql").database()
    )
    store = _connect(address, "")
    assert migrate(store, migrations(store.dialect)[:RELEASED]) == [1, 2, 3]
    assert migrate(store) == list(range(RELEASED + 1, len(migrations("sqlite")) + 1))

    with open_ledger(new) as ledger:
        for question in LAID_OUT[store.dialect]:
            assert sorted(answers(store, question)) == sorted(answers(ledger.store, question))
        assert store.rows("select version, title from migration order by version") == ledger.store.rows(
            "select version, title from migration order by version"
        )
    store.close()


# Everything that a database says about its tables, but for the numbers that it gave them.
LAID_OUT = {
    "sqlite": ["select type, name, tbl_name, coalesce(sql, '') from sqlite_master"],
    "postgresql": [
        "select table_name, column_name, data_type, is_nullable, coalesce(column_default, ''), "
        "row_number() over (partition by table_name order by ordinal_position) "
        "from information_schema.columns where table_schema = 'tracker'",
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
        "from pg_constraint where connamespace = 'tracker'::regnamespace",
        "select indexname, indexdef from pg_indexes where schemaname = 'tracker'",
        "select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
        "select proname, prosrc from pg_proc where pronamespace = 'tracker'::regnamespace",
    ],
}


def answers(store, question):
    return [tuple(re.sub(r"\s+", " ", str(value)) for value in row) for row in store.rows(question)]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def memory(request):
    """One ledger for the tests that only look."""
    address = ":memory:" if request.param == "sqlite" else request.getfixturevalue("postgresql").database()
    with open_ledger(address) as opened:
        yield opened


FIRST = Migration(1, "the first", "create table one (n integer);\ncreate table two (n integer);")
SECOND = Migration(2, "the second", "alter table one add column m integer;\ninsert into one values (1, 2);")
BROKEN = Migration(
    2, "a broken one", "alter table one add column m integer;\ninsert into nowhere values (1);"
)


@pytest.fixture
def store(address):
    """A database without any table."""
    connected = _connect(address, "")
    yield connected
    connected.close()


def test_migrations_are_applied_in_order_once(store):
    assert migrate(store, [FIRST]) == [1]
    assert migrate(store, [FIRST, SECOND]) == [2]
    assert migrate(store, [FIRST, SECOND]) == []

    assert store.rows("select n, m from one") == [(1, 2)]
    assert store.rows("select version, title from migration order by version") == [
        (1, "the first"),
        (2, "the second"),
    ]


def test_a_migration_that_breaks_off_leaves_the_ledger_as_it_was(store):
    migrate(store, [FIRST])

    with pytest.raises(Exception, match="nowhere"):
        migrate(store, [FIRST, BROKEN])

    assert store.rows("select version from migration") == [(1,)]
    assert migrate(store, [FIRST, SECOND]) == [2]


def test_a_ledger_of_a_newer_program_is_refused_untouched(store):
    migrate(store, [FIRST, SECOND])

    with pytest.raises(LedgerTooNew, match="ledger-too-new"):
        migrate(store, [FIRST])


def test_two_seats_may_make_one_ledger_at_once(address):
    problems = []

    def make():
        try:
            open_ledger(address).close()
        except TrackerError as problem:
            problems.append(problem)

    seats = [threading.Thread(target=make) for _ in range(4)]
    for seat in seats:
        seat.start()
    for seat in seats:
        seat.join()

    assert problems == []


def test_both_dialects_have_the_same_migrations():
    assert [(each.version, each.title) for each in migrations("sqlite")] == [
        (each.version, each.title) for each in migrations("postgresql")
    ]
    assert [each.version for each in migrations("sqlite")] == list(range(1, len(migrations("sqlite")) + 1))
