"""A form is believed row by row only while its ids stand beside their own texts."""

from __future__ import annotations

import random

from tracker.rules.returns.merge import find_doubts

EXPECTED = {f"P1-{n:03}": f"办理第{n}件事" for n in range(1, 11)}
BEFORE = {wp: {"progress": f"做到第{n}步", "status": "正在推进"} for n, wp in enumerate(EXPECTED, start=1)}


def test_an_honest_return_raises_no_doubt():
    found = find_doubts(requirements=EXPECTED, texts=EXPECTED, before=BEFORE, theirs=BEFORE)

    assert (found.swaps, dict(found.columns), found.absent, found.is_empty) == ((), {}, (), False)


def test_ids_sorted_apart_from_their_rows_are_noticed_every_time():
    random_ = random.Random(1)
    orders = [
        dict(zip(random_.sample(list(EXPECTED), len(EXPECTED)), EXPECTED.values(), strict=True))
        for _ in range(500)
    ]
    sorted_apart = [texts for texts in orders if texts != EXPECTED]

    assert len(sorted_apart) > 400
    for texts in sorted_apart:
        assert find_doubts(requirements=EXPECTED, texts=texts, before=BEFORE, theirs=BEFORE).swaps


def test_one_corrected_requirement_is_no_sort():
    given = {**EXPECTED, "P1-003": "办理第三件事（已改）", "P1-004": EXPECTED["P1-005"]}

    assert find_doubts(requirements=EXPECTED, texts=given, before=BEFORE, theirs=BEFORE).swaps == ()


def test_requirements_that_are_equal_cannot_be_told_apart_and_are_not_suspected():
    expected = dict.fromkeys(EXPECTED, "配合做好相关工作")

    assert find_doubts(requirements=expected, texts=expected, before={}, theirs=BEFORE).swaps == ()


def test_a_column_sorted_alone_is_named_and_the_others_are_not():
    texts = sorted(BEFORE[wp]["progress"] for wp in BEFORE)
    theirs = {wp: {**BEFORE[wp], "progress": text} for wp, text in zip(BEFORE, reversed(texts), strict=True)}

    assert list(find_doubts(requirements=EXPECTED, texts=EXPECTED, before=BEFORE, theirs=theirs).columns) == [
        "progress"
    ]


def test_rows_that_did_not_come_back_and_an_empty_form_are_said():
    theirs = {"P1-001": {"status": " ", "progress": ""}}
    found = find_doubts(requirements=EXPECTED, texts={}, before={}, theirs=theirs)

    assert found.is_empty
    assert found.absent == tuple(list(EXPECTED)[1:])
