"""Texts of any habit of layout are read as they were drawn, or a finding tells where they are not."""

import pytest

from tests.support.drawn_texts import FORMS, draw_text, hidden
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import read_plan


@pytest.mark.parametrize("form", FORMS)
def test_whatever_a_text_looks_like_nothing_is_wrong_without_a_word(form):
    wrong = {}
    for seed in range(15):
        drawing = draw_text(seed, form)
        try:
            reading = read_plan(drawing.source)
        except NotAPlan:
            continue
        wrong |= {drawing.text: errors} if (errors := hidden(drawing, reading)) else {}

    assert wrong == {}
