"""What facts came from: files that were received, settings that were used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from tracker.facts.base import Fact


@dataclass(frozen=True, slots=True)
class File(Fact):
    """A file that was received; its bytes lie under 原件留存 by their hash."""

    KEY: ClassVar = ("sha",)
    ONCE: ClassVar = True
    sha: str
    name: str
    sender: str
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Setting(Fact):
    """The content of a settings workbook that an act used, so that a later change never rewrites the past."""

    KEY: ClassVar = ("name", "sha")
    ONCE: ClassVar = True
    name: str
    sha: str
    content: str
