"""Text as offices write it: damage repaired, traditional characters folded, numerals read."""

from tracker.reading.text.cleaning import FoldedText, clean, find_spots, fold, fold_with_places, restore_date
from tracker.reading.text.numerals import NUMBER, numeral_value, read_number
from tracker.reading.text.script import SIMPLIFIED

__all__ = [
    "NUMBER",
    "SIMPLIFIED",
    "FoldedText",
    "clean",
    "find_spots",
    "fold",
    "fold_with_places",
    "numeral_value",
    "read_number",
    "restore_date",
]
