"""Units and the office write in any order, files come twice: one final state, and nothing typed is lost.

The machine drives the real steps (`tests/soaks/returns.py` has the office and the promises, and runs many more).
"""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.soaks.returns import Office, judge, soak
from tests.support.year import UNITS
from tracker.rules import merge


class Returns(RuleBasedStateMachine):
    """What may happen, in any order; the promises are judged at the end."""

    @initialize(seed=st.integers(0, 10**6))
    def open(self, seed):
        self.folder = Path(tempfile.mkdtemp())
        self.office = Office(self.folder / "办公", random.Random(seed))

    @rule(unit=st.sampled_from(sorted(UNITS)))
    def a_unit_sends_its_form(self, unit):
        self.office.unit_sends(unit)

    @rule()
    def a_file_comes_again(self):
        self.office.file_comes_again()

    @rule()
    def the_office_types_into_its_ledger(self):
        self.office.office_types()

    @rule()
    def returns_are_taken_back(self):
        self.office.take_back()

    @rule()
    def the_ledger_book_is_brought_up_to_date(self):
        self.office.sync()

    @rule()
    def questions_are_decided(self):
        self.office.settle()

    def teardown(self):
        try:
            assert judge(self.office) == []
        finally:
            for path in self.folder.rglob("*"):
                if path.is_file():
                    path.chmod(0o600)
            shutil.rmtree(self.folder)


def test_in_any_order_nothing_typed_is_lost_and_doing_it_again_changes_nothing():
    run_state_machine_as_test(
        Returns,
        settings=settings(
            max_examples=5,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_join_in_which_the_last_writer_wins_breaks_the_promises(tmp_path, monkeypatch):
    def last_write_wins(base, ours, theirs):
        return merge.CellOutcome.UNCHANGED if theirs == ours else merge.CellOutcome.APPLIED

    monkeypatch.setattr(merge, "merge_cell", last_write_wins)

    assert soak(tmp_path, 3, steps=20).wrong
