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

import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


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
        office: The id that was minted when the folder was made.
        folder: Where the folder was when the card was written; empty where nobody wrote it down.
    """

    office: str
    folder: str


def card_path(office_folder: Path) -> Path:
    """Where the card of an office folder lies."""
    return office_folder / ".tracker" / "office.json"


def card_from_json(text: str) -> Card:
    """Read a card; ValueError when it is something else.

    >>> card_from_json('{"office": "ab12", "folder": "D:/政务公开", "made": "2026-03-02T09:00:00+08:00"}')
    Card(office='ab12', folder='D:/政务公开')
    """
    content = json.loads(text)
    if not isinstance(content, dict) or not isinstance(content.get("office"), str):
        raise ValueError("not a card of an office folder")
    return Card(content["office"], str(content.get("folder", "")))


def kinship(card: Card, office_folder: Path) -> Kinship:
    """Look whether a folder is the card's own; see the table of this module."""
    if not card.folder or _same_folder(Path(card.folder), office_folder):
        return Kinship.ORIGINAL
    try:
        there = card_from_json(card_path(Path(card.folder)).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Kinship.MOVED
    return Kinship.COPY if there.office == card.office else Kinship.MOVED


def _same_folder(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other.absolute()
