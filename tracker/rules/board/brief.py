"""Small things that fit a line: a text cut to its length, the days that something is late."""

from __future__ import annotations

import datetime as dt


def cut(text: str, longest: int) -> str:
    """A text of one line, at most so long.

    >>> cut("公开部门预算和决算", 6), cut("公开 预算", 6)
    ('公开部门预…', '公开 预算')
    """
    line = " ".join(text[: longest * 4].split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def days_late(due: dt.date | None, today: dt.date) -> int:
    """How many days a day has passed."""
    return max((today - due).days, 0) if due else 0
