"""Which ledger an office works in: its own file, or one that several seats share."""

from __future__ import annotations

import pytest

from tests.support.moments import NOW
from tracker import facts
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import MOVED_NAME, open_seat
from tracker.problems.ledger import BadDatabase, LedgerMoved, PasswordInSettings


def seat(file, database=""):
    return open_seat(file, database, office="ab12", password=str)


def unit(file):
    with open_ledger(file, office="ab12") as ledger, ledger.act("record", person="王敏", at=NOW) as act:
        act.add(facts.Unit("U001", "市直部门"))


@pytest.fixture
def server(postgresql):
    return postgresql.database()


def test_without_an_address_the_ledger_is_the_file_of_this_pc(tmp_path):
    unit(tmp_path / "ledger.db")

    with seat(tmp_path / "ledger.db") as ledger:
        assert list(ledger.office().units) == ["U001"]


def test_what_the_office_recorded_goes_to_the_server_once_and_the_file_moves_away(tmp_path, server):
    unit(tmp_path / "ledger.db")

    for _ in range(2):
        with seat(tmp_path / "ledger.db", server) as ledger:
            assert list(ledger.office().units) == ["U001"]
            assert ledger.check() == []
    assert [each.name for each in tmp_path.glob("*.db")] == [MOVED_NAME]


def test_a_second_seat_finds_what_the_first_one_moved(tmp_path, server):
    unit(tmp_path / "ledger.db")
    seat(tmp_path / "ledger.db", server).close()

    with seat(tmp_path / "other" / "ledger.db", server) as ledger:
        assert list(ledger.office().units) == ["U001"]


def test_a_ledger_that_was_moved_is_not_begun_anew_when_the_address_is_taken_away(tmp_path, server):
    unit(tmp_path / "ledger.db")
    seat(tmp_path / "ledger.db", server).close()

    with pytest.raises(LedgerMoved):
        seat(tmp_path / "ledger.db")


@pytest.mark.parametrize("address", ["10.1.2.3", "mysql://a@b/c", "postgresql://b", "ledger.db"])
def test_what_is_no_address_of_a_server_is_refused(tmp_path, address):
    with pytest.raises(BadDatabase):
        seat(tmp_path / "ledger.db", address)


@pytest.mark.parametrize("address", ["postgresql://a:geheim@b/c", "postgresql://b/c?password=geheim"])
def test_a_password_in_the_settings_is_refused_and_not_repeated(tmp_path, address):
    with pytest.raises(PasswordInSettings) as refused:
        seat(tmp_path / "ledger.db", address)

    assert "geheim" not in str(refused.value)
