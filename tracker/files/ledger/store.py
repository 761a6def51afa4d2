"""What the ledger asks of a database, whichever it is; `sqlite` and `postgresql` answer."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import Protocol

Parameters = Mapping[str, Any]


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

    def run_many(self, query: str, parameter_sets: Iterable[Parameters]) -> None:
        """Run a statement once for each set of values."""

    def run_script(self, script: str) -> None:
        """Run several statements inside the transaction."""

    def has_table(self, name: str) -> bool:
        """Whether the ledger has a table of this name."""

    def problems(self) -> Sequence[str]:
        """What the database itself finds wrong with its file."""

    def close(self) -> None:
        """Let go of the database."""
