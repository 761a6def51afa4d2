"""Two schedulers, killed, asleep and with wrong clocks; `tests/soaks/scheduler.py` at small size."""

from __future__ import annotations

from tests.soaks.scheduler import soak

# Seeds by which something of each kind happens within a few days.
SEED, QUIET_SEED = 35, 7


def test_whatever_happens_to_two_schedulers_nothing_is_lost_and_nothing_is_done_twice(tmp_path):
    wrong, figures = soak(tmp_path, 6, 4, seed=SEED)

    assert not wrong.any, wrong.examples
    assert min(figures[each] for each in ("kills", "sleeps", "jumps", "restarts", "messages", "editions")) > 0


def test_schedule_alone_loses_slots_and_what_they_owed(tmp_path):
    wrong, _ = soak(tmp_path, 4, 2, kind="bare", seed=QUIET_SEED)

    assert wrong["slots without a row"] > 0
    assert wrong["files lost"] > 0


def test_two_schedulers_on_one_postgresql_neither_lose_nor_double(tmp_path, postgresql):
    wrong, figures = soak(tmp_path, 4, 2, seed=QUIET_SEED, values={"database": postgresql.database()})

    assert not wrong.any, wrong.examples
    assert figures["kills"] > 0
    assert not (tmp_path / "办公" / ".tracker" / "ledger.db").exists()
