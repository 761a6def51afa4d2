"""Ledger."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.files.ledger.ledger import Act, Ledger
    from tracker.files.ledger.moving import ledger_file
    from tracker.files.ledger.place import ledger_path, open_seat
    from tracker.files.ledger.sqlite import last_act
