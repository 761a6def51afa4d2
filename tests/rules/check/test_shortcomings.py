"""A shortcoming goes from found to closed by transitions that are allowed, and by no other."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from tracker.problems.check import TransitionRefused
from tracker.rules.check import (
    ShortcomingStand,
    Transition,
    TransitionKind,
    common_shortcomings,
    due_of,
    is_overdue,
    recurrences,
    stand_of,
)
from tracker.rules.check.shortcomings import TRANSITIONS, extend

DAY = dt.date(2026, 4, 1)
# A way to each standing.
WAYS: dict[ShortcomingStand | None, tuple[TransitionKind, ...]] = {
    None: (),
    ShortcomingStand.NEW: (TransitionKind.DISCOVERY,),
    ShortcomingStand.WITH_UNIT: (TransitionKind.DISCOVERY, TransitionKind.HANDOVER),
    ShortcomingStand.FOR_REVIEW: (
        TransitionKind.DISCOVERY,
        TransitionKind.HANDOVER,
        TransitionKind.RECTIFICATION,
    ),
    ShortcomingStand.DONE: (
        TransitionKind.DISCOVERY,
        TransitionKind.HANDOVER,
        TransitionKind.RECTIFICATION,
        TransitionKind.PASS,
    ),
    ShortcomingStand.VOID: (TransitionKind.DISCOVERY, TransitionKind.WITHDRAWAL),
}
ALLOWED = {
    (None, TransitionKind.DISCOVERY),
    (ShortcomingStand.NEW, TransitionKind.HANDOVER),
    (ShortcomingStand.NEW, TransitionKind.WITHDRAWAL),
    (ShortcomingStand.WITH_UNIT, TransitionKind.RECTIFICATION),
    (ShortcomingStand.WITH_UNIT, TransitionKind.EXTENSION),
    (ShortcomingStand.WITH_UNIT, TransitionKind.WITHDRAWAL),
    (ShortcomingStand.FOR_REVIEW, TransitionKind.PASS),
    (ShortcomingStand.FOR_REVIEW, TransitionKind.FAILURE),
    (ShortcomingStand.DONE, TransitionKind.REOPENING),
}


def a_transition(
    kind: TransitionKind, day: int = 0, due: int = 30, text: str = "首页链接打不开"
) -> Transition:
    return Transition(kind, DAY + dt.timedelta(days=day), DAY + dt.timedelta(days=due + day), text)


def after(*kinds: TransitionKind) -> tuple[Transition, ...]:
    transitions: tuple[Transition, ...] = ()
    for day, kind in enumerate(kinds):
        transitions = extend("W1", transitions, a_transition(kind, day))
    return transitions


@pytest.mark.parametrize(("stand", "kind"), list(product(WAYS, TransitionKind)))
def test_what_may_follow_follows_and_everything_else_is_refused(stand, kind):
    transitions = after(*WAYS[stand])
    if (stand, kind) in ALLOWED:
        assert stand_of(extend("W1", transitions, a_transition(kind, 9))) is TRANSITIONS[kind][1]
    else:
        with pytest.raises(TransitionRefused, match="W1"):
            extend("W1", transitions, a_transition(kind, 9))


@pytest.mark.parametrize(
    "kind",
    [TransitionKind.HANDOVER, TransitionKind.EXTENSION, TransitionKind.FAILURE, TransitionKind.REOPENING],
    ids=lambda kind: kind.name,
)
def test_what_has_to_be_rectified_has_a_day_by_which(kind):
    way = next(WAYS[stand] for stand, transition in ALLOWED if transition is kind)

    with pytest.raises(TransitionRefused, match="整改期限"):
        extend("W1", after(*way), Transition(kind, DAY + dt.timedelta(days=9), None, "原因"))


@pytest.mark.parametrize(
    "kind",
    [
        TransitionKind.DISCOVERY,
        TransitionKind.RECTIFICATION,
        TransitionKind.EXTENSION,
        TransitionKind.FAILURE,
        TransitionKind.REOPENING,
        TransitionKind.WITHDRAWAL,
    ],
    ids=lambda kind: kind.name,
)
def test_what_is_wrong_what_was_done_and_every_reason_are_said(kind):
    way = next(WAYS[stand] for stand, transition in ALLOWED if transition is kind)

    with pytest.raises(TransitionRefused, match="内容或原因"):
        extend("W1", after(*way), a_transition(kind, 9, text="  "))


def test_an_extension_ends_later_than_what_it_extends():
    transitions = after(TransitionKind.DISCOVERY, TransitionKind.HANDOVER)

    with pytest.raises(TransitionRefused, match="不晚于"):
        extend(
            "W1",
            transitions,
            Transition(
                TransitionKind.EXTENSION, DAY + dt.timedelta(days=9), due_of(transitions), "材料没有备齐"
            ),
        )


def test_nothing_happens_before_what_came_before_it():
    with pytest.raises(TransitionRefused, match="早于"):
        extend(
            "W1",
            after(TransitionKind.DISCOVERY, TransitionKind.HANDOVER),
            a_transition(TransitionKind.RECTIFICATION, 0),
        )


def test_only_who_has_it_to_rectify_is_late_and_from_the_day_after():
    transitions = after(TransitionKind.DISCOVERY, TransitionKind.HANDOVER)
    due = due_of(transitions)

    assert not is_overdue(transitions, due)
    assert is_overdue(transitions, due + dt.timedelta(days=1))
    assert not is_overdue(
        extend("W1", transitions, a_transition(TransitionKind.RECTIFICATION, 40)), due + dt.timedelta(days=60)
    )


def test_what_failed_again_keeps_its_number_and_counts_its_failures():
    transitions = after(
        *WAYS[ShortcomingStand.DONE],
        TransitionKind.REOPENING,
        TransitionKind.RECTIFICATION,
        TransitionKind.FAILURE,
        TransitionKind.RECTIFICATION,
    )

    assert (stand_of(transitions), recurrences(transitions)) == (ShortcomingStand.FOR_REVIEW, 2)


@pytest.mark.parametrize(
    ("units", "threshold", "percent", "is_common"),
    [(3, 3, 0, True), (2, 3, 0, False), (3, 0, 30, True), (2, 0, 30, False), (9, 0, 0, False)],
)
def test_a_kind_is_common_by_the_units_that_have_it(units, threshold, percent, is_common):
    # Each unit has it twice: units are counted, not cases.
    shortcomings = [("更新不及时", f"U{number // 2}") for number in range(2 * units)]
    common = common_shortcomings(shortcomings, range(10), units=threshold, percent=percent)

    assert bool(common) is is_common
