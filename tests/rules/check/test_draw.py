"""A draw is a function of its frames, its number and its seed."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from tracker.rules.check import FrameKind, draw_frames, faults, frames_of
from tracker.rules.check.draw import Candidate, Frame, allocate, frames_digest
from tracker.spotcheck import SpotPlan, check_items
from tracker.workdays import Calendar

UNITS = tuple(
    Candidate(f"U{number}", f"单位{number}", "县区" if number % 4 == 0 else "市直") for number in range(12)
)


def unit_frame(size: int = 3, **changes: object) -> Frame:
    return replace(Frame(FrameKind.UNIT, UNITS, size), **changes)


def ids(frame: Frame, seed: str = "20260301", number: str = "2026-1") -> tuple[str, ...]:
    return draw_frames((frame,), number=number, seed=seed)[frame.kind]


def test_the_same_frames_and_seed_give_the_same_draw_for_ever():
    # Computed with sha256sum, two of nine and one of three: a change of the rule would change every draw that was recorded.
    assert ids(unit_frame()) == KEPT


KEPT = ("U5", "U11", "U8")


def test_another_number_or_another_seed_is_another_draw():
    draws = {ids(unit_frame(6), number=f"2026-{number}") for number in range(1, 9)}
    draws |= {ids(unit_frame(6), seed=str(seed)) for seed in range(8)}

    assert len(draws) > 12


def test_who_is_excluded_is_never_drawn_however_many_are_wanted():
    candidates = (replace(UNITS[0], exclusion="上月已由省里检查"), *UNITS[1:])

    assert set(ids(unit_frame(12, candidates=candidates))) == {candidate.id for candidate in UNITS[1:]}


@given(
    st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(0, 12), min_size=1),
    st.integers(0, 40),
    st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(0, 6)),
)
def test_each_stratum_gets_its_minimum_and_never_more_than_it_has(sizes, sample, minima):
    shares = allocate(sizes, sample, minima)
    needed = {stratum: min(size, minima.get(stratum, 0)) for stratum, size in sizes.items()}

    assert all(needed[stratum] <= share <= sizes[stratum] for stratum, share in shares.items())
    assert sum(shares.values()) == max(min(sample, sum(sizes.values())), sum(needed.values()))


@pytest.mark.parametrize("large", range(1, 12))
@pytest.mark.parametrize("small", range(1, 6))
@pytest.mark.parametrize("sample", range(8))
def test_without_minima_no_stratum_is_a_whole_place_off_its_share(large, small, sample):
    sizes = {"市直": large, "县区": small}
    wanted = min(sample, large + small)

    for stratum, share in allocate(sizes, sample, {}).items():
        assert abs(share - wanted * sizes[stratum] / (large + small)) < 1


def test_who_was_never_checked_comes_first_then_who_was_checked_longest_ago():
    candidates = tuple(
        replace(candidate, last_checked=dt.date(2025, 1, number + 1) if number else None, stratum="")
        for number, candidate in enumerate(UNITS)
    )

    assert ids(unit_frame(4, candidates=candidates, longest_first=True)) == ("U0", "U1", "U2", "U3")


def test_every_member_has_an_equal_chance():
    frame = Frame(FrameKind.CONTENT, tuple(Candidate(f"C{number}", "") for number in range(10)), 3)
    counts = Counter(candidate for seed in range(2000) for candidate in ids(frame, seed=str(seed)))
    expected = 2000 * 3 / 10

    # Nine degrees of freedom: beyond 27.9 in one of a thousand fair draws; the seeds are fixed, so this never flickers.
    assert sum((counts[f"C{number}"] - expected) ** 2 / expected for number in range(10)) < 27.9


@pytest.mark.parametrize(
    "forged",
    [
        {FrameKind.UNIT: ("U11", "U5", "U8")},
        {FrameKind.UNIT: ("U5", "U11")},
        {FrameKind.UNIT: ("U5", "U11", "U4")},
        {},
        {FrameKind.UNIT: KEPT, FrameKind.CONTENT: ("C1",)},
    ],
)
def test_a_result_that_was_not_drawn_does_not_verify(forged):
    assert faults((unit_frame(),), {FrameKind.UNIT: KEPT}, number="2026-1", seed="20260301") == ()
    assert faults((unit_frame(),), forged, number="2026-1", seed="20260301") != ()


@pytest.mark.parametrize(
    "changes",
    [
        {"size": 4},
        {"minima": {"县区": 1}},
        {"longest_first": True},
        {"candidates": UNITS[::-1]},
        {"candidates": (replace(UNITS[0], exclusion="刚查过"), *UNITS[1:])},
        {"candidates": (replace(UNITS[0], last_checked=dt.date(2026, 1, 1)), *UNITS[1:])},
        {"candidates": (replace(UNITS[0], name="改名"), *UNITS[1:])},
        {"kind": FrameKind.CONTENT},
    ],
)
def test_any_change_of_a_frame_changes_its_digest(changes):
    assert frames_digest((unit_frame(),)) != frames_digest((unit_frame(**changes),))


ITEMS = check_items([])
KINDS = (("U001", "市甲局", "市直部门"), ("U002", "乙县", "县（市、区）"))


@pytest.mark.parametrize(("days", "units", "contents"), list(itertools.product((0, 1), repeat=3)))
def test_a_dimension_of_which_nothing_is_drawn_is_no_frame(days, units, contents):
    plan = SpotPlan(
        "抽查", dt.date(2026, 4, 1), dt.date(2026, 4, 10), days=days, units=units, contents=contents
    )

    frames = frames_of(plan, KINDS, ITEMS, (), Calendar())

    wishes = {FrameKind.DAY: days, FrameKind.UNIT: units, FrameKind.CONTENT: contents}
    assert {frame.kind for frame in frames} == {kind for kind, size in wishes.items() if size}


LETTERS = (*KINDS, ("U003", "市委宣传部", "党委部门"), ("U004", "市税务局", "垂直管理"))


@pytest.mark.parametrize(
    ("also", "drawn"),
    [
        ((), {"U001", "U002"}),
        (("党委部门",), {"U001", "U002", "U003"}),
        (("市税务局",), {"U001", "U002", "U004"}),
    ],
)
def test_who_may_only_be_asked_by_letter_is_drawn_where_the_office_says_so(also, drawn):
    plan = SpotPlan("抽查", days=0, contents=0, units=1, also=also)
    (frame,) = frames_of(plan, LETTERS, ITEMS, (), Calendar())

    assert {candidate.id for candidate in frame.candidates if not candidate.exclusion} == drawn
    assert all("不属抽查范围" in one.exclusion for one in frame.candidates if one.id not in drawn)
