"""Text as offices write it: damage repaired, traditional characters folded."""

from tracker.late import late

with late(globals()):
    from tracker.reading.text.cleaning import (
        FoldedText,
        clean,
        find_spots,
        fold,
        fold_with_places,
        restore_date,
        tight,
        without_invisible,
    )
    from tracker.reading.text.script import SIMPLIFIED

__all__ = [
    "SIMPLIFIED",
    "FoldedText",
    "clean",
    "find_spots",
    "fold",
    "fold_with_places",
    "restore_date",
    "tight",
    "without_invisible",
]
