"""Two schedulers, killed, asleep and with wrong clocks; `scripts/soaks/scheduler.py` at small size."""

from __future__ import annotations

from scripts.soaks.scheduler import soak


def test_whatever_happens_to_two_schedulers_nothing_is_lost_and_nothing_is_done_twice(tmp_path):
    wrong, figures = soak(tmp_path, 12, 6, seed=4)

    assert not wrong.any, wrong.examples
    assert min(figures[each] for each in ("kills", "sleeps", "jumps", "restarts", "messages", "editions")) > 0


def test_schedule_alone_loses_slots_and_what_they_owed(tmp_path):
    wrong, _ = soak(tmp_path, 8, 4, kind="bare", seed=4)

    assert wrong["slots without a row"] > 0
    assert wrong["files lost"] > 0
