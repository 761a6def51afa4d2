"""What the office remembers: acts of facts in a database, appended and never changed."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.files.ledger.keeping import ledger_file
    from tracker.files.ledger.ledger import Act, Ledger
    from tracker.files.ledger.place import ledger_path, open_seat
    from tracker.files.ledger.sqlite import last_act
