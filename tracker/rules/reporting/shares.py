"""Percentages that add up to 100.0, because a reader adds them up.

Rounding each share by itself gives sums like 100.1 (162 of 222 printed as 73.0 beside four others). The
largest-remainder method hands the missing tenths to the shares that lost most by rounding down; equal
remainders go to the larger count, then to the earlier one.

    >>> shares((24, 10, 162, 17, 9))
    ('10.8', '4.5', '73.0', '7.7', '4.0')
    >>> shares((1, 1, 1))
    ('33.4', '33.3', '33.3')
    >>> shares((0, 0))
    ('0.0', '0.0')
"""

from __future__ import annotations

from collections.abc import Sequence


def shares(counts: Sequence[int]) -> tuple[str, ...]:
    """Each count as a percentage of their sum with one decimal; all of them add up to 100.0."""
    whole = sum(counts)
    if not whole:
        return ("0.0",) * len(counts)
    tenths = [count * 1000 // whole for count in counts]
    remainders = [count * 1000 % whole for count in counts]
    by_loss = sorted(range(len(counts)), key=lambda index: (-remainders[index], -counts[index], index))
    for index in by_loss[: 1000 - sum(tenths)]:
        tenths[index] += 1
    return tuple(f"{tenth // 10}.{tenth % 10}" for tenth in tenths)


def percent(part: int, whole: int) -> str:
    """A single percentage with one decimal, halves up; empty where there is nothing to divide by.

    100.0 is only said when it is all of it, and 0.0 only when it is none.

    >>> percent(1, 3), percent(1999, 2000), percent(1, 9999), percent(0, 0)
    ('33.3', '99.9', '0.1', '')
    """
    if not whole:
        return ""
    tenths = (part * 2000 + whole) // (2 * whole)
    if part:
        tenths = max(tenths, 1)
    if part < whole:
        tenths = min(tenths, 999)
    return f"{tenths // 10}.{tenths % 10}"
