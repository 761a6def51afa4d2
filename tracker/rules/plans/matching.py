"""Pairing things one to one so that the pairs are as alike as possible, all taken together.

Taking each thing's best partner in turn can give two things one partner, or spoil a good pair for the sake of
a better one. The assignment that is best as a whole is found by the Hungarian method (Kuhn 1955, Munkres
1957), here in the form with potentials and shortest augmenting paths: O(n^2 m) for n rows and m columns.

    >>> best_assignment([[0.9, 0.8], [0.85, 0.1]])
    [1, 0]

The greedy pairing would have been 0.9 + 0.1; the pairs above have 0.8 + 0.85.
"""

from __future__ import annotations

from collections.abc import Sequence


def best_assignment(likeness: Sequence[Sequence[float]]) -> list[int | None]:
    """For each row the column paired with it, so that the sum of likeness is greatest.

    Rows and columns may differ in number; a row without partner gets None. Equal sums are decided by order,
    so the same matrix always gives the same pairs.
    """
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    if not rows or not columns:
        return [None] * rows
    if rows > columns:
        row_of = best_assignment([[likeness[i][j] for i in range(rows)] for j in range(columns)])
        partner_of: list[int | None] = [None] * rows
        for column, row in enumerate(row_of):
            if row is not None:
                partner_of[row] = column
        return partner_of
    # 1-based, as the method is usually written; row 0 and column 0 are its starting points.
    row_potential = [0.0] * (rows + 1)
    column_potential = [0.0] * (columns + 1)
    partner = [0] * (columns + 1)
    way = [0] * (columns + 1)
    for start in range(1, rows + 1):
        partner[0] = start
        column = 0
        slack = [float("inf")] * (columns + 1)
        on_path = [False] * (columns + 1)
        while partner[column]:
            on_path[column] = True
            row, step, nearest = partner[column], float("inf"), 0
            for other in range(1, columns + 1):
                if on_path[other]:
                    continue
                reduced_cost = -likeness[row - 1][other - 1] - row_potential[row] - column_potential[other]
                if reduced_cost < slack[other]:
                    slack[other], way[other] = reduced_cost, column
                if slack[other] < step:
                    step, nearest = slack[other], other
            for other in range(columns + 1):
                if on_path[other]:
                    row_potential[partner[other]] += step
                    column_potential[other] -= step
                else:
                    slack[other] -= step
            column = nearest
        while column:
            partner[column] = partner[way[column]]
            column = way[column]
    result: list[int | None] = [None] * rows
    for column in range(1, columns + 1):
        if partner[column]:
            result[partner[column] - 1] = column - 1
    return result
