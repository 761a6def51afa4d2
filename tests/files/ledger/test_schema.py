"""The tables are what the facts say, on both databases, and are upgraded in place."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import fields
from typing import get_type_hints

import pytest

from tracker import facts
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.store import Migration, migrate, migrations
from tracker.problems.base import TrackerError
from tracker.problems.ledger import LedgerTooNew

ENVELOPE = [("office", "text"), ("seq", "integer"), ("act", "integer"), ("file", "text"), ("place", "text")]
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

    assert columns(memory, kind.TABLE) == [(name, type_, False) for name, type_ in ENVELOPE] + [
        (each.name, kinds.get(hints[each.name], "text"), hints[each.name] == dt.date | None)
        for each in fields(kind)
    ]


def test_there_is_a_table_for_each_kind_and_no_other(memory):
    assert tables(memory) == {kind.TABLE for kind in facts.KINDS} | {"act", "current", "migration"}


@pytest.mark.parametrize("kind", [kind for kind in facts.KINDS if kind.ONCE], ids=facts.kind_name)
def test_what_is_stated_once_has_one_row_for_a_key(memory, kind):
    sql = {each.script for each in migrations(memory.store.dialect)}
    key = ", ".join(f'"{name}"' if name == "on" else name for name in kind.KEY)
    table = "".join(sql).partition(f"create table {kind.TABLE} (")[2].partition(");")[0]

    assert f"unique (office, {key})" in table


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
    from tracker.files.ledger.ledger import _connect

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
