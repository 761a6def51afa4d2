"""Percentages add up to 100.0 and stay within a tenth of the truth."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given, strategies as st

from tracker.rules.progress.figures import percent, shares

COUNTS = st.lists(st.integers(0, 5000), min_size=1, max_size=12)


@given(COUNTS.filter(any))
def test_shares_add_up_to_a_hundred_unless_equal_counts_stand_in_the_way(counts):
    missing = abs(Decimal("100.0") - sum(Decimal(each) for each in shares(counts)))

    assert missing <= Decimal("0.05") * len(counts)
    if len(set(counts)) == len(counts):
        assert missing == 0


@given(COUNTS.filter(any))
def test_equal_counts_have_equal_shares(counts):
    by_count = {}
    for count, share in zip(counts, shares(counts), strict=True):
        by_count.setdefault(count, set()).add(share)

    assert all(len(some) == 1 for some in by_count.values())


def test_one_of_twenty_two_is_the_same_share_wherever_it_stands():
    assert shares((19, 1, 1, 1)) == ("86.4", "4.5", "4.5", "4.5")


@given(COUNTS.filter(any))
def test_no_share_is_a_tenth_away_from_the_truth(counts):
    whole = sum(counts)

    for count, share in zip(counts, shares(counts), strict=True):
        assert abs(Decimal(share) * whole - 100 * count) < Decimal("0.1") * whole


@given(COUNTS.filter(any))
def test_who_has_more_never_shows_less(counts):
    found = sorted(zip(counts, map(Decimal, shares(counts)), strict=True))

    assert all(one[1] <= two[1] or one[0] == two[0] for one, two in pairwise(found))


@given(st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_single_percentage_says_all_and_nothing_only_when_it_is(part_and_whole):
    part, whole = part_and_whole

    assert (percent(part, whole) == "100.0") == (part == whole)
    assert (percent(part, whole) == "0.0") == (part == 0)
