"""SQL read from the `.sql` files beside this module: named queries and numbered migrations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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

    >>> queries()["forget_current"].splitlines()
    ['delete from current', 'where office = :office']
    """
    pieces = re.split(r"^-- name: (\w+)$", _text("queries.sql"), flags=re.MULTILINE)[1:]
    return {name: _without_remarks(body) for name, body in zip(pieces[::2], pieces[1::2], strict=True)}


@cache
def migrations(dialect: str) -> tuple[Migration, ...]:
    """The migrations of a dialect, in order.

    >>> [each.version for each in migrations("sqlite")] == [each.version for each in migrations("postgresql")]
    True
    """
    pieces = re.split(r"^-- migration (\d+): (.+)$", _text(f"schema_{dialect}.sql"), flags=re.MULTILINE)[1:]
    return tuple(
        Migration(int(version), title, _without_remarks(script))
        for version, title, script in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    )


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _without_remarks(body: str) -> str:
    return "\n".join(line for line in body.splitlines() if not line.startswith("--")).strip()
