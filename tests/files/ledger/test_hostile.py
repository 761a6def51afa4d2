"""Killed while it writes, written by several at once, copied under load; `tests/soaks/ledger.py` at small size."""

from __future__ import annotations

from tests.soaks import ledger as soak


def test_a_writer_killed_at_any_moment_leaves_whole_acts_and_loses_none_it_announced(address):
    kills = 6 if address.startswith("postgresql://") else 20

    found = soak.kill_while_writing(address, kills)

    assert found.problems == ()
    assert found.acts >= kills


def test_three_processes_that_add_to_one_number_lose_nothing(address):
    total, complaints = soak.count_together(address, 3, 25)

    assert (total, complaints) == (75, [])


def test_backups_made_while_somebody_writes_restore(address, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()

    assert soak.back_up_while_writing(address, 3, folder) == 0
