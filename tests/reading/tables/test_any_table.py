"""Tables of any habit of layout are read as they were drawn, or a finding tells where they are not."""

import pytest

from tests.support.drawn_tables import FORMS, draw_table, picture
from tests.support.drawn_texts import hidden
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import read_plan


@pytest.mark.parametrize("form", FORMS)
def test_whatever_a_table_looks_like_nothing_is_wrong_without_a_word(form):
    wrong = {}
    for seed in range(12):
        drawing = draw_table(seed, form)
        try:
            reading = read_plan(drawing.source)
        except NotAPlan:
            continue
        wrong |= {picture(drawing): errors} if (errors := hidden(drawing, reading)) else {}

    assert wrong == {}
