"""The desk that a verb works at: its office folder, ledger, settings and calendar, opened and closed together."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.facts import Setting
from tracker.files.channels.secrets import optional_secret
from tracker.files.folders import SETTINGS
from tracker.files.folders import OfficeFolder
from tracker.files.folders import find_office
from tracker.files.ledger import Act
from tracker.files.ledger import Ledger
from tracker.files.ledger.location import ledger_path
from tracker.files.ledger.seat import open_seat
from tracker.files.lists.settings import read_settings
from tracker.problems import Finding
from tracker.rules.settings import Settings
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.workdays import Calendar

# The secret that is the password of the shared database.
DATABASE = "database"


@dataclass(frozen=True)
class Desk:
    """Everything that a step needs of the world.

    Attributes:
        call: The clock, the person and the folder.
        folder: The office folder.
        ledger: Its ledger, open.
        settings: 设置.xlsx as read just now.
        calendar: Working days, with the office's own 节假日安排.
        findings: What is wrong with the settings.
    """

    call: Call
    folder: OfficeFolder
    ledger: Ledger
    settings: Settings
    calendar: Calendar
    findings: tuple[Finding, ...] = ()

    @property
    def today(self) -> dt.date:
        """The day of the call."""
        return self.call.today

    def office(self) -> Office:
        """The office as its facts say now."""
        return self.ledger.office()

    @contextlib.contextmanager
    def act(self, verb: str) -> Iterator[Act]:
        """One act of this call; with `--dry-run` it is decided in full and then forgotten.

        The settings that it used are a fact of it, once for each content.
        """
        with (
            contextlib.suppress(_OnlySaid),
            self.ledger.act(
                verb,
                person=self.call.person,
                at=self.call.now,
                effective_on=self.today,
                settings=(self.settings.sha,) if self.settings.sha else (),
            ) as act,
        ):
            yield act
            if self.call.dry_run:
                raise _OnlySaid
            if act.row.last_seq >= act.row.first_seq and not _knows(self.ledger, self.settings):
                act.add(Setting(SETTINGS, self.settings.sha, self.settings.content))


class _OnlySaid(Exception):
    """Ends an act that was only to be said."""


@contextlib.contextmanager
def open_desk(call: Call) -> Iterator[Desk]:
    """Open the office that the call stands in; `NoOffice` when it stands in none."""
    folder = find_office(call.start)
    settings, findings = read_settings(folder.path(SETTINGS))
    with open_seat(
        ledger_path(folder.root, folder.office),
        settings.text("database"),
        office=folder.office,
        password=lambda: optional_secret(DATABASE),
    ) as ledger:
        yield Desk(call, folder, ledger, settings, Calendar.of_days(settings.days), findings)


def _knows(ledger: Ledger, settings: Settings) -> bool:
    return not settings.sha or any(entry.fact.sha == settings.sha for entry in ledger.entries(Setting))
