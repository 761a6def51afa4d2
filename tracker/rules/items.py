"""What a setting is: its names, its kind, its default and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class SettingKind(Enum):
    """What a setting's value is."""

    TEXT = "text"
    NUMBER = "number"
    # A tick: 是 or 否.
    YES = "yes"
    # One of a few words.
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class OfficeSetting:
    """One setting: its name in the program, its name for users, kind, default, explanation; words of a CHOICE."""

    name: str
    label: str
    kind: SettingKind
    default: str
    explains: str
    choices: tuple[str, ...] = ()
