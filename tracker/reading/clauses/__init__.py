"""Reading who answers for a work point, and in what role."""

from __future__ import annotations

from tracker.reading.clauses.clause import Sense
from tracker.reading.clauses.closing import closing_bracket
from tracker.reading.clauses.names import denotes_all
from tracker.reading.clauses.names import is_group
from tracker.reading.clauses.notes import NoteEffect
from tracker.reading.clauses.notes import apply_note
from tracker.reading.clauses.notes import read_note
from tracker.reading.clauses.read import names_in
from tracker.reading.clauses.read import read_responsibility
from tracker.reading.clauses.read import senses_of

__all__ = [
    "NoteEffect",
    "Sense",
    "apply_note",
    "closing_bracket",
    "denotes_all",
    "is_group",
    "names_in",
    "read_note",
    "read_responsibility",
    "senses_of",
]
