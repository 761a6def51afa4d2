"""The assignment is the best of all, for every small matrix."""

from itertools import permutations

from hypothesis import given, strategies as st

from tracker.rules.plans.identity import best_assignment

SIZE = st.integers(1, 5)
MATRIX = st.tuples(SIZE, SIZE).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 20), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def total(matrix, columns):
    return sum(matrix[row][column] for row, column in enumerate(columns) if column is not None)


@given(MATRIX)
def test_no_other_pairing_is_more_alike(matrix):
    rows, columns = len(matrix), len(matrix[0])
    short, long = min(rows, columns), max(rows, columns)
    best = max(
        sum(matrix[i][j] if rows <= columns else matrix[j][i] for i, j in enumerate(each))
        for each in permutations(range(long), short)
    )

    assert total(matrix, best_assignment(matrix)) == best


@given(MATRIX)
def test_nothing_is_paired_twice_and_nobody_is_left_over_needlessly(matrix):
    paired = [column for column in best_assignment(matrix) if column is not None]

    assert len(paired) == len(set(paired)) == min(len(matrix), len(matrix[0]))


def test_nothing_to_pair_gives_no_pairs():
    assert best_assignment([]) == []
    assert best_assignment([[], []]) == [None, None]
