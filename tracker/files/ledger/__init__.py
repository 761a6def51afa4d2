"""Ledger."""

from tracker.late import late

with late(globals()):
    from tracker.files.ledger.ledger import Act, Ledger
    from tracker.files.ledger.place import ledger_path, open_seat

__all__ = [
    "Act",
    "Ledger",
    "ledger_path",
    "open_seat",
]
