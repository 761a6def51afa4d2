"""Which ledger an office works in on this PC: the file beside it, or the PostgreSQL that 设置.xlsx names.

    settings    the server knows the office    the file            so
    none        -                              moved away          refused: another seat writes elsewhere
    none        -                              anything else       the file
    a server    yes                            -                   the server
    a server    no                             holds acts          copied to the server, then moved away
    a server    no                             absent or empty     the server

The file is moved away (`ledger.moved.db`) only after the server has everything, numbers and all. A password never
stands in the settings: the driver finds it where it always does (PGPASSWORD, .pgpass), or the key store has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tracker.files.ledger import Ledger
from tracker.files.ledger import open_ledger
from tracker.files.ledger.keeping import copy_office
from tracker.problems.ledger import BadDatabase
from tracker.problems.ledger import LedgerMoved
from tracker.problems.ledger import PasswordInSettings

MOVED_NAME = "ledger.moved.db"
_SERVER = re.compile(r"postgres(?:ql)?://(?:(?P<user>[^@/]*)@)?[^/?]+/[^/?]+(?:\?(?P<more>.*))?")


def open_seat(file: Path, database: str, *, office: str, password: Callable[[], str]) -> Ledger:
    """Open the ledger; see the table of this module.

    Args:
        file: Where the database of this PC lies, or would.
        database: The address in the settings; empty for none.
        office: The office folder's id.
        password: Asked for only where there is a server.
    """
    old_file = file.with_name(MOVED_NAME)
    if not database:
        if old_file.exists() and not file.exists():
            raise LedgerMoved(ledger=old_file)
        return open_ledger(file, office=office)
    _refuse_address(database)
    server = open_ledger(database, office=office, password=password())
    try:
        if not server.last_act and file.exists():
            with open_ledger(file, office=office) as mine:
                copy_office(mine, server)
        if file.exists():
            file.replace(old_file)
    except BaseException:
        server.close()
        raise
    return server


def _refuse_address(database: str) -> None:
    """Refuse an address that is none, and one with a password, which is not repeated."""
    match = _SERVER.fullmatch(database)
    if match is None:
        raise BadDatabase()
    if ":" in (match["user"] or "") or "password" in (match["more"] or ""):
        raise PasswordInSettings()
