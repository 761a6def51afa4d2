"""Carrying one message: claim it, give it to its channel, record what became of it.

    1. in one act: look again whether it may leave, on what holds now, and record the attempt; this is the claim
    2. give it to the channel: the only moment in which anything leaves
    3. record the outcome

Killed between 1 and 3, the attempt has no outcome: nobody knows. `rules.outgoing.outbox` says what that means.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Protocol

from tracker import facts
from tracker.files.channels import Parcel
from tracker.files.channels import Result
from tracker.files.channels import folder
from tracker.files.channels import mail
from tracker.files.channels import robots
from tracker.files.channels import secrets
from tracker.files.channels.letters import letter
from tracker.problems import TrackerError
from tracker.problems.ledger import AlreadyRecorded
from tracker.problems.sending import NoSecret
from tracker.rules.chasing.tiers import State
from tracker.rules.outgoing.audience import Hold
from tracker.rules.outgoing.audience import held
from tracker.rules.outgoing.outbox import Fate
from tracker.rules.outgoing.outbox import Said
from tracker.rules.outgoing.outbox import next_number
from tracker.rules.outgoing.outbox import standing
from tracker.rules.outgoing.sending import FOLDER
from tracker.rules.outgoing.sending import MAIL
from tracker.rules.state import MessageNow
from tracker.rules.state import Office
from tracker.steps.chasing.signing import FOLDER as SLIPS
from tracker.steps.desk import Desk

READY = "待发"
Deliver = Callable[[Parcel], Result]


class Clock(Protocol):
    """Time that passes while messages leave."""

    def now(self) -> dt.datetime:
        """The moment now."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""


@dataclass
class Carrier:
    """Carries the messages of a desk.

    Attributes:
        worker: Who claims.
        homes: For each address, every unit that ever had it.
        stopped: Channels that do not work now, and why.
        bases: For tests: where robots of a platform listen instead, `trusted` certificates of mail, its `wait`.
    """

    desk: Desk
    clock: Clock
    worker: str
    homes: Mapping[str, frozenset[str]]
    stopped: dict[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)

    def carry(self, message: str) -> Result | Hold | None:
        """Carry one message; None when somebody else has it, or it left in the meantime."""
        claimed = self._claim(message)
        if not isinstance(claimed, tuple):
            return claimed
        said, n, at = claimed
        result = self._deliver(said, at)
        with self.desk.ledger.act("send", person=self.desk.call.person, at=self.clock.now()) as act:
            act.add(facts.MessageOutcome(said.message, n, result.state.value, result.note))
            act.add(*left(act.office(), said))
        if result.stops:
            self.stopped[said.channel] = result.note
        return result

    def _claim(self, message: str) -> tuple[facts.Message, int, dt.datetime] | Hold | None:
        now = self.clock.now()
        try:
            with self.desk.ledger.act("send", person=self.desk.call.person, at=now) as act:
                office = act.office()
                known = office.messages[message]
                if standing(known, now).fate is not Fate.READY:
                    return None
                hold = held(office, known, self.desk.settings.sending, now=now, homes=self.homes)
                if hold:
                    return hold
                n = next_number(known)
                act.add(facts.MessageAttempt(message, n, self.worker))
        except AlreadyRecorded:
            return None
        return known.said, n, known.at

    def _deliver(self, said: facts.Message, at: dt.datetime) -> Result:
        try:
            parcel = Parcel(said, email.utils.format_datetime(at), self._files(said))
        except (OSError, ValueError):
            return Result(Said.FAILED, "附件的原件读不出来或已被改动（原件留存）")
        try:
            if said.channel == FOLDER:
                return self._lay_ready(parcel)
            if said.channel == MAIL:
                return self._post(parcel)
            return self._speak(parcel)
        except NoSecret as problem:
            return Result(Said.FAILED, str(problem), stops=True)
        except (TrackerError, ValueError) as problem:
            # Raised before anything was given: a letter that cannot be built, an address that is none.
            return Result(Said.REFUSED, str(problem) if isinstance(problem, TrackerError) else "信件无法生成")

    def _files(self, said: facts.Message) -> tuple[tuple[str, bytes], ...]:
        found = []
        for path, sha in zip(said.attachments, said.hashes, strict=True):
            data = self.desk.folder.original(sha, path).read_bytes()
            if hashlib.sha256(data).hexdigest() != sha:
                raise ValueError(path)
            found.append((path.rpartition("/")[2], data))
        return tuple(found)

    def _lay_ready(self, parcel: Parcel) -> Result:
        said = parcel.said
        office = self.desk.office()
        unit = office.name_of(said.unit) if said.unit in office.units else ""
        root = self.desk.folder.path(SLIPS, READY)
        return folder.lay_ready(
            parcel, root, f"{unit} {said.tier}", day=office.messages[said.message].at.date()
        )

    def _post(self, parcel: Parcel) -> Result:
        sending = self.desk.settings.sending
        if not sending.text("mail_host") or not sending.text("mail_from"):
            return Result(Said.FAILED, "没有设置发信服务器或发信邮箱", stops=True)
        user = sending.text("mail_user")
        waits = {name: float(self.bases["wait"]) for name in ("wait", "answer") if "wait" in self.bases}
        relay = mail.Relay(
            host=sending.text("mail_host"),
            port=sending.number("mail_port"),
            security=sending.text("mail_security"),
            user=user,
            password=secrets.secret(secrets.MAIL) if user else "",
            trusted=self.bases.get("trusted", ""),
            **waits,
        )
        office = self.desk.settings.text("office_name")
        return mail.post(letter(parcel, sending.text("mail_from"), office=office), relay)

    def _speak(self, parcel: Parcel) -> Result:
        sending = self.desk.settings.sending
        robot = sending.robot(parcel.said.channel)
        if robot is None:
            return Result(Said.REFUSED, "设置里已没有这个群机器人")
        hook = robots.Hook(
            platform=robot.platform,
            address=secrets.secret(robot.secret),
            sign=secrets.optional_secret(f"{robot.secret}-sign"),
            hosts=sending.hosts,
            base=self.bases.get(robot.platform, ""),
        )
        return robots.speak(hook, parcel.said.body, now=self.clock.now())


def left(office: Office, said: facts.Message) -> list[facts.Document]:
    """Slips that have now left: every message of theirs was taken, and not only laid ready for a person."""
    found = []
    for name in said.document.split():
        document = office.documents.get(name)
        messages: list[MessageNow] = [
            each for each in office.messages.values() if name in each.said.document.split() and each.said.unit
        ]
        if document is None or document.state != State.SIGNED.value or not messages:
            continue
        if all(each.said.channel == MAIL and _is_sent(each) for each in messages):
            on = max(tried.at.date() for each in messages for tried in each.tries)
            found.append(_sent(document, on))
    return found


def _is_sent(message: MessageNow) -> bool:
    return any(each.state == Said.SENT.value for each in message.tries)


def _sent(document: facts.Document, on: dt.date) -> facts.Document:
    return facts.Document(
        document.document,
        document.tier,
        document.unit,
        document.subjects,
        on,
        State.SENT.value,
        document.number,
        document.path,
    )
