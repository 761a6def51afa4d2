"""Keeping a list as a person saved it, where a fact cites it: 原件留存 has the bytes, the ledger the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tracker import facts
from tracker.files.ledger import Act
from tracker.steps.desk import Desk


def cite(desk: Desk, act: Act, path: Path, sha: str) -> str:
    """Make a file citable by its hash; empty where it changed since it was read (its facts then name the cell only)."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha:
        return ""
    if not desk.call.dry_run:
        desk.folder.keep(data, path.name)
    if sha not in act.office().files:
        act.add(facts.File(sha, path.name, "本办", desk.call.now), file=sha)
    return sha
