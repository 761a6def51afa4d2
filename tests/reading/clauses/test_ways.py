"""Whatever the way to say who answers and whatever kind of office says it, each name has its role."""

import random

import pytest

from tests.support.drawn_clauses import draw_clause, read_ways
from tracker.model import Role
from tracker.reading.clauses import read_responsibility


@pytest.mark.parametrize("way", read_ways(), ids=lambda way: way.words)
def test_each_name_has_the_role_that_the_words_around_it_give(way):
    for seed in range(6):
        clause, answers = draw_clause(way, random.Random(f"{seed} {way.words}"))

        responsibility = read_responsibility(clause)

        assert {role: {*names} for role in Role if (names := responsibility.names_in(role))} == answers, (
            clause
        )
