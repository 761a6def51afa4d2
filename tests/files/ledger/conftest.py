"""The same tests on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.moments import NOW
from tracker.files.ledger.ledger import Ledger, open_ledger


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger may be: a file, or a database of the tests' own server."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    return str(request.getfixturevalue("postgresql").database())


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """A new ledger on each database."""
    with open_ledger(address) as opened:
        yield opened


@pytest.fixture
def act(ledger: Ledger) -> Callable[..., object]:
    """Begin an act when the person and the moment do not matter; keywords of `Ledger.act` override."""

    def begin(verb: str = "record", **more: object) -> object:
        return ledger.act(verb, **{"person": "王敏", "at": NOW, **more})

    return begin
