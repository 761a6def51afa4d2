"""Pastes of any habit: what is wrong is told, what is right mostly is not."""

from types import SimpleNamespace
from typing import cast

import pytest

from tests.support.drawn_pastes import draw_paste
from tests.support.drawn_texts import Drawing, hidden
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading, read_plan

SEEDS = 20


def readings(form: str) -> list[tuple[Drawing, PlanReading]]:
    """The pastes of a form that were not refused, each with its reading."""
    pairs: list[tuple[Drawing, PlanReading]] = []
    for seed in range(SEEDS):
        drawing = draw_paste(seed, form)
        try:
            pairs.append((drawing, read_plan(drawing.source)))
        except NotAPlan:
            continue
    return pairs


def without_findings(reading: PlanReading) -> PlanReading:
    return cast(PlanReading, SimpleNamespace(plan=reading.plan, findings=()))


FORMS = (
    *("asides", "cards", "missing", "odd head", "furniture", "periods"),
    *("pages", "two tables", "units first", "lost numbers", "notes"),
)


@pytest.mark.parametrize("form", FORMS)
def test_of_fifty_points_at_most_one_is_wrong_without_a_word_and_of_ten_right_ones_at_most_one_is_told(form):
    pairs = readings(form)
    assert len(pairs) > SEEDS / 2

    count = sum(len(drawing.points) for drawing, _ in pairs)
    errors = [error for drawing, reading in pairs for error in hidden(drawing, reading)]
    assert 50 * len(errors) <= count, errors

    right = [
        (drawing, reading) for drawing, reading in pairs if not hidden(drawing, without_findings(reading))
    ]
    tellings = [
        finding for _, reading in right for finding in reading.findings if finding.code == "placed-by-content"
    ]
    assert 10 * len(tellings) <= sum(len(drawing.points) for drawing, _ in right), tellings


def test_of_fifty_points_in_narrow_columns_at_most_one_is_wrong_without_a_word():
    pairs = readings("wrapped")
    errors = [error for drawing, reading in pairs for error in hidden(drawing, reading)]

    assert 50 * len(errors) <= sum(len(drawing.points) for drawing, _ in pairs), errors


def test_rows_below_no_head_are_hardly_ever_read_as_text():
    assert len(readings("no head")) <= SEEDS / 10
