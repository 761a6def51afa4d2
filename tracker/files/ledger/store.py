"""What is asked of a database, whichever it is (`sqlite` and `postgresql` answer to `Store`), and the named queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from tracker import patterns as re

_HERE = Path(__file__).resolve().parent


@cache
def queries() -> dict[str, str]:
    """The queries by name.

    >>> queries()["ends"].splitlines()
    ['select last_seq', 'from act', 'where office = :office', 'order by no']
    """
    pieces = sql_pieces("queries.sql", r"name: (\w+)")
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def sql_pieces(file: str, head: str) -> list[str]:
    """The groups of each remark of a `.sql` file that is a head, and the SQL below it without other remarks."""
    text = (_HERE / file).read_text(encoding="utf-8")
    pieces = re.split(f"^-- {head}$", text, flags=re.MULTILINE)[1:]
    return [re.sub("^--.*\n?", "", piece, flags=re.MULTILINE).strip() for piece in pieces]


Parameters = Mapping[str, Any]


# A name of a value in a query.
NAME = re.compile(r"(?<!:):([a-z_]+)")


class Store(Protocol):
    """A connection to the tables of one ledger."""

    # `sqlite` or `postgresql`: which words its tables are made with.
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
