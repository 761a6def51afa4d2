"""The soak of sending at a small size: a server that fails, a sender that is killed, and the mutants that it catches."""

from __future__ import annotations

import pytest

from tests.soaks.sending import prepare, soak, together


def test_nothing_is_lost_and_an_official_slip_never_comes_twice(tmp_path):
    tally = soak(prepare(tmp_path / "办公", 20), 20, 3)

    assert tally.wrong == []
    assert (tally.messages, tally.kills) == (20, 3)
    assert tally.official_copies == 0
    assert tally.doubts > 0 and sum(tally.faults.values()) > 0


@pytest.mark.parametrize(
    ("mutant", "says"),
    [
        ("official-repeats", "an official slip arrived"),
        ("unread-answer", "said to be sent, and never arrived"),
        ("new-message-id", "another Message-ID"),
    ],
)
def test_a_mutant_is_caught(tmp_path, mutant, says):
    office = prepare(tmp_path / "办公", 8)

    tally = soak(office, 8, 0, share=0.7, faults=("keep-drop", "drop", "text-451"), mutant=mutant)

    assert [each for each in tally.wrong if says in each]


def test_two_senders_at_once_give_everybody_one(tmp_path):
    got = together(prepare(tmp_path / "办公", 16), 2)

    assert sorted(got.values()) == [1] * 16
