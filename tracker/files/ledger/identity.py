"""Which office a folder is: the card in `.tracker/office.json`, and what tells a copy from the original.

An office folder is copied in one breath with its id: to a stick, to a colleague's PC, beside itself "to be
safe". Where the database lies outside the folder, two folders with one id would write into one ledger. The
card therefore says where its folder was when it was last at home:

    folder of the card    is there still a card with this id?    so the folder was
    this folder           -                                      never moved: the ORIGINAL
    another               yes                                    copied: a COPY
    another               no                                     MOVED, renamed or brought from another PC
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

# Office ids are derived in a name space of their own.
_NAMESPACE = uuid.UUID("6f0f9a53-3f0d-5f0e-9c52-6a7c1b0d2e41")


class Kinship(Enum):
    """What a folder is to the card that lies in it."""

    # The folder that the card was written for.
    ORIGINAL = "original"
    # The card's own folder under another name or on another PC.
    MOVED = "moved"
    # A second folder; the first still exists.
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Card:
    """The identity of an office folder.

    Attributes:
        id: Minted when the folder was made.
        folder: Where the folder was when the card was written.
        made_at: When the folder was made.
    """

    id: str
    folder: str
    made_at: dt.datetime


def mint_office_id(now: dt.datetime, folder: Path) -> str:
    """Make the id of a new office from the moment and the folder.

    >>> moment = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone.utc)
    >>> mint_office_id(moment, Path("office")) == mint_office_id(moment, Path("office"))
    True
    """
    return str(uuid.uuid5(_NAMESPACE, f"{now.isoformat()} {folder}"))


def card_path(office_folder: Path) -> Path:
    """Where the card of an office folder lies."""
    return office_folder / ".tracker" / "office.json"


def card_to_json(card: Card) -> str:
    """Write a card."""
    said = {"id": card.id, "folder": card.folder, "made_at": card.made_at.isoformat()}
    return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def card_from_json(text: str) -> Card:
    """Read what `card_to_json` wrote; ValueError when it is something else."""
    try:
        said = json.loads(text)
        return Card(str(said["id"]), str(said["folder"]), dt.datetime.fromisoformat(said["made_at"]))
    except (KeyError, TypeError) as error:
        raise ValueError("not a card of an office folder") from error


def kinship(card: Card, office_folder: Path) -> Kinship:
    """Look whether a folder is the card's own; see the table of this module."""
    if _same_folder(Path(card.folder), office_folder):
        return Kinship.ORIGINAL
    try:
        there = card_from_json(card_path(Path(card.folder)).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Kinship.MOVED
    return Kinship.COPY if there.id == card.id else Kinship.MOVED


def _same_folder(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other.absolute()
