"""The desk that a verb works at: its office folder, ledger, settings and calendar, opened and closed together (`open_desk`).

What lies on it beside them is kept for later. `Past` is the office as it was at a fact, the base of every join, looked up once
for each moment. A list that a person saved is kept by its hash where a fact cites it (`cite`): 原件留存 has the bytes, the
ledger the file. What a person said that the columns of a table mean is a `Setting` for each head or issuer
(`remembered_words`), so that it is asked once; a password or the address of a robot goes into the system's key store
(`keep_secret`), and nothing of it is said again.
"""

from __future__ import annotations

import bisect
import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tracker import facts
from tracker.facts import Setting
from tracker.files.channels import keep, optional_secret
from tracker.files.folders import SETTINGS, OfficeFolder, Originals, find_office
from tracker.files.guard import open_known
from tracker.files.ledger import Act, Ledger, ledger_file, open_seat
from tracker.formats.books import is_settings, settings_of
from tracker.grid import Source
from tracker.problems.base import Finding, Severity
from tracker.problems.office import NO_ISSUER, ForeignSettings, NoIssuer
from tracker.rules.office import Office
from tracker.settings import Day, Settings
from tracker.steps.call import Call, Result
from tracker.values import dataclass
from tracker.workdays import Calendar


def open_list(root: Path, path: Path) -> Source:
    """Read a list that the office keeps under `root`; its bytes of last time are not read again (`open_known`)."""
    return open_known(path, root.joinpath(".tracker", f"known-{path.stem}"))


def read_settings(folder: OfficeFolder) -> tuple[Settings, tuple[Finding, ...], Source | None]:
    """Read the workbook, and give it; a missing one gives the defaults."""
    path = folder.path(SETTINGS)
    if not path.exists():
        return Settings(), (), None
    memory = folder.path(".tracker", "settings")
    source = open_known(path, memory)
    if not is_settings(source):
        raise ForeignSettings(file=SETTINGS)
    settings, findings = settings_of(source)
    if any(finding.severity is not Severity.INFO for finding in findings):
        # What is wrong may be an address or a secret that was typed there: that is not kept.
        memory.unlink(missing_ok=True)
    return settings, findings, source


class Past:
    """Offices of the past by the last fact that they know."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._ends = [act.last_seq for act in ledger.acts()]
        self._known: dict[int, Office] = {}

    def office(self, seq: int) -> Office:
        """The office as the facts up to `seq` say; `seq` is where an act ended."""
        act = bisect.bisect_right(self._ends, seq)
        if act not in self._known:
            self._known[act] = self._ledger.office(until=act)
        return self._known[act]


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
        originals: Files on their way into 原件留存; an act has them there before it is kept.
        settings_book: 设置.xlsx itself; None where there is none.
        findings: What is wrong with the settings.
    """

    call: Call
    folder: OfficeFolder
    ledger: Ledger
    settings: Settings
    calendar: Calendar
    originals: Originals
    settings_book: Source | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def today(self) -> dt.date:
        """The day of the call."""
        return self.call.today

    @property
    def day(self) -> Day:
        """What a judgement of that day goes by."""
        return self.day_on(self.today)

    def day_on(self, day: dt.date) -> Day:
        """What a judgement of another day goes by."""
        return Day(day, self.calendar, self.settings.thresholds)

    def need_issuer(self, what: str) -> None:
        """Raise `NoIssuer` where nobody wrote the office's name yet, which a paper is signed with."""
        if self.lacks_issuer(what):
            raise NoIssuer(what=what)

    def lacks_issuer(self, what: str) -> tuple[Finding, ...]:
        """What is told in place of a paper that goes with other work, where nobody wrote the office's name yet."""
        return () if self.settings.text("office_name") else (NO_ISSUER.at(SETTINGS, what=what),)

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
            contextlib.closing(self.originals),
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
            # What a fact cites must be there when the fact is.
            self.originals.flush()

    @property
    def last_backup(self) -> str:
        """The day of the latest copy of the ledger; empty where there is none."""
        return max((path.stem for path in self._backups.glob(_COPIES)), default="")

    def back_up(self) -> None:
        """Keep a checked copy of the ledger, one for a day, and forget the oldest; with `--dry-run` nothing."""
        target = self._backups / f"{self.today.isoformat()}.db"
        if self.call.dry_run or target.exists():
            return
        self.ledger.backup(target)
        for path in sorted(self._backups.glob(_COPIES))[:-_BACKUP_LIMIT]:
            path.unlink()

    @property
    def _backups(self) -> Path:
        return self.folder.path(".tracker", "自动备份")


_COPIES = "????-??-??.db"
_BACKUP_LIMIT = 14


class _OnlySaid(Exception):
    """Ends an act that was only to be said."""


@contextlib.contextmanager
def open_desk(call: Call) -> Iterator[Desk]:
    """Open the office that the call stands in; `NoOffice` when it stands in none."""
    folder = find_office(call.start)
    settings, findings, settings_book = read_settings(folder)
    database = settings.text("database")
    file = ledger_file(folder.root, folder.office, is_shared=bool(database), may_move=not call.dry_run)
    if file.word:
        call.tell(file.word)
    with open_seat(
        file.path,
        database,
        office=folder.office,
        password=lambda: optional_secret(DATABASE),
    ) as ledger:
        originals = Originals(folder, dry_run=call.dry_run)
        if findings and _knows(ledger, settings):
            # How a word or a day was understood is told until it is recorded.
            findings = tuple(finding for finding in findings if finding.severity is not Severity.INFO)
        calendar = Calendar.of_days(settings.days)
        yield Desk(call, folder, ledger, settings, calendar, originals, settings_book, findings)


def _knows(ledger: Ledger, settings: Settings) -> bool:
    return not settings.sha or any(entry.fact.sha == settings.sha for entry in ledger.entries(Setting))


def cite(desk: Desk, act: Act, path: Path, sha: str) -> str:
    """Make a file citable by its hash; empty where it changed since it was read (its facts then name the cell only)."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha:
        from tracker.files.live import (
            office_book,
        )  # hardly ever needed, and it knows how workbooks are changed

        data = office_book(path).data  # read from Excel, not from the file
    if hashlib.sha256(data).hexdigest() != sha:
        return ""
    keep_original(desk, act, data, path.name, sha)
    return sha


def keep_original(desk: Desk, act: Act, data: bytes, name: str, sha: str, *, sender: str = "本办") -> None:
    """Keep a file's bytes under their hash and make it a fact that others can cite; a second time changes nothing."""
    desk.originals.add(data, name, sha)
    if sha not in act.office().files:
        act.add(facts.File(sha, name, sender, desk.call.now), file=sha)


def keep_secret(name: str, text: str) -> Result:
    """Keep a secret under its name; nothing of it is said again."""
    keep(name, text)
    return Result((f"已存入系统的凭据管理器：{name}。",), {"kept": name})


def remembered_words(ledger: Ledger, kind: str) -> dict[str, dict[str, str]]:
    """For each head of a kind of statement, our word for each of its labels; of several statements the latest holds."""
    return {
        entry.fact.name.removeprefix(kind): json.loads(entry.fact.content)["columns"]
        for entry in ledger.entries(Setting)
        if entry.fact.name.startswith(kind)
    }


def words_fact(kind: str, head: str, words: Mapping[str, str], *, after: int) -> Setting:
    """What was said of a head, as a fact; `after` tells it from an earlier, equal statement."""
    text = json.dumps({"columns": dict(words), "after": after}, ensure_ascii=False, sort_keys=True)
    return Setting(f"{kind}{head}", hashlib.sha256(text.encode()).hexdigest(), text)
