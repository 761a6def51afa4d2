"""A percentage is what a reader with a calculator finds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, strategies as st

from tracker.rules.progress.figures import percent

PART_AND_WHOLE = st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def test_of_every_small_whole_each_share_is_rounded_half_up():
    for whole in range(1, 400):
        for part in range(whole + 1):
            exact = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
            assert percent(part, whole) == str(exact), (part, whole)


@given(PART_AND_WHOLE)
def test_a_percentage_says_all_and_nothing_only_when_it_is(part_and_whole):
    part, whole = part_and_whole

    assert (percent(part, whole) == "100.0") == (part == whole)
    assert (percent(part, whole) == "0.0") == (part == 0)


def test_of_nothing_there_is_no_share():
    assert percent(0, 0) == ""
