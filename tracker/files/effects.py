"""How often this process has changed anything: acts committed, files written.

A refusal (exit code 3) says that nothing was done. Whether that is so is known where it happens and nowhere else, so
the ledger and `safe_write` count here, and the command line compares.
"""

from __future__ import annotations

from collections import Counter

_TALLY: Counter[str] = Counter()


def note_effect() -> None:
    """Count one more."""
    _TALLY["effects"] += 1


def effect_count() -> int:
    """How many there were so far; it only grows."""
    return _TALLY["effects"]
