"""Papers of offices that are no plain list, drawn in the habits of their kind: nothing of them is wrong without a word.

`python -m tests.soaks.tables 0 1000` draws thousands; here a few seeds of each kind stand for them.
"""

from __future__ import annotations

import pytest

from tests.support.drawn_papers import KINDS, draw_paper
from tests.support.drawn_texts import hidden
from tracker.reading.plan.plan import read_plan

SEEDS = range(8)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_drawn_paper_is_wrong_without_a_word(kind):
    papers = [draw_paper(seed, kind) for seed in SEEDS]

    errors = [error for paper in papers for error in hidden(paper, read_plan(paper.source))]

    assert errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawn_paper_that_is_read_rightly_is_told_of_hardly_anything(kind):
    papers = [draw_paper(seed, kind) for seed in SEEDS]

    findings = [finding for paper in papers for finding in read_plan(paper.source).findings]

    assert len(findings) * 10 <= sum(len(paper.points) for paper in papers)
