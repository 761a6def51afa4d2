"""Ledger."""

from tracker.late import late

with late(globals()):
    from tracker.files.ledger.ledger import Act, Ledger
    from tracker.files.ledger.moving import ledger_file
    from tracker.files.ledger.place import open_seat

__all__ = [
    "Act",
    "Ledger",
    "ledger_file",
    "open_seat",
]
