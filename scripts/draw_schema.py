"""Draw the ledger's tables from `tracker.facts`: `schema_sqlite.sql` and `schema_postgresql.sql`.

    python scripts/draw_schema.py

What is drawn is what a new ledger is made of. An old one comes to the same by the numbered migrations beside it, so a
new kind of fact or a new field is drawn here and is a migration in both dialects (`docs/ledger.md`).
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator

from tracker.facts import KINDS, Fact
from tracker.files.ledger.codec import column_types
from tracker.files.ledger.store import HERE

DIALECTS = ("sqlite", "postgresql")
# What a dialect calls a type, where that is another word.
_TYPES = {"sqlite": (" boolean", " integer"), "postgresql": (" integer", " bigint")}
_HEAD = """\
-- The tables of a new ledger on {name}, drawn by `scripts/draw_schema.py` from `tracker.facts`: not edited by hand.
--
-- Envelope of a fact: `seq`, its number in the office (its act is the one whose range it lies in); `file`, the number
-- in `source` of the file that it came from; `place`, the cell or paragraph in it.
"""
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


def draw(dialect: str) -> str:
    """The whole schema of a dialect (`sqlite` or `postgresql`), as SQL."""
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[dialect]
    pieces = [_HEAD.format(name=name), *([_FUNCTION] if dialect == "postgresql" else [])]
    pieces += [_table(dialect, "act", _ACT, rules=_ACT_RULES), _insert_only(dialect, "act")]
    pieces += [_table(dialect, "source", _SOURCE, rules=_SOURCE_RULES), _insert_only(dialect, "source")]
    for kind in KINDS:
        pieces.append(_table(dialect, kind.TABLE, _ENVELOPE, _columns(kind), rules=_rules(kind)))
        pieces.append(_insert_only(dialect, kind.TABLE))
    return "".join(pieces)


def _columns(kind: type[Fact]) -> Iterator[str]:
    for name, type_, is_open in column_types(kind):
        yield f"{_quoted(name)} {type_}" + ("" if is_open else " not null")


def _rules(kind: type[Fact]) -> Iterator[str]:
    yield "primary key (office, seq)"
    for key in (*((kind.KEY,) if kind.ONCE else ()), *kind.UNIQUE):
        yield f"unique ({', '.join(('office', *map(_quoted, key)))})"
    yield "foreign key (office, file) references source (office, no)"


def _quoted(name: str) -> str:
    """The one field whose name is a word of SQL."""
    return f'"{name}"' if name == "on" else name


def _table(dialect: str, name: str, *columns: Iterable[str], rules: Iterable[str]) -> str:
    """A table; each group of columns begins a line."""
    lines = [line for group in columns for line in _wrapped(", ".join(group).replace(*_TYPES[dialect]))]
    body = "".join(f"    {line}\n" for line in lines) + "    " + ",\n    ".join(rules)
    return f"\ncreate table {name} (\n{body}\n)" + (" without rowid;\n" if dialect == "sqlite" else ";\n")


def _wrapped(columns: str) -> list[str]:
    """Break between two columns and nowhere else."""
    whole = re.sub("(?<!,) ", "\xa0", f"{columns},")
    return [line.replace("\xa0", " ") for line in textwrap.wrap(whole, 104)]


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


def main() -> int:
    """Write both files."""
    for dialect in DIALECTS:
        path = HERE / f"schema_{dialect}.sql"
        path.write_text(draw(dialect), encoding="utf-8", newline="\n")
        print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
