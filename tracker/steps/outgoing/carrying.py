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
from tracker.files.channels import Delivery
from tracker.files.channels import Parcel
from tracker.files.channels import folder
from tracker.files.channels import mail
from tracker.files.channels import robots
from tracker.files.channels import secrets
from tracker.files.channels.letters import mail_message
from tracker.problems import TrackerError
from tracker.problems.ledger import AlreadyRecorded
from tracker.problems.sending import NoSecret
from tracker.rules.chasing.tiers import SlipState
from tracker.rules.outgoing.audience import Hold
from tracker.rules.outgoing.audience import find_hold
from tracker.rules.outgoing.outbox import Fate
from tracker.rules.outgoing.outbox import SendOutcome
from tracker.rules.outgoing.outbox import message_standing
from tracker.rules.outgoing.outbox import next_attempt
from tracker.rules.outgoing.sending import FOLDER
from tracker.rules.outgoing.sending import MAIL
from tracker.rules.state import MessageNow
from tracker.rules.state import Office
from tracker.steps.chasing.signing import FOLDER as SLIPS
from tracker.steps.desk import Desk

READY = "待发"
Deliver = Callable[[Parcel], Delivery]


class SendClock(Protocol):
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
        outages: Channels that do not work now, and why.
        bases: For tests: where robots of a platform listen instead, `trusted` certificates of mail, its `wait`.
    """

    desk: Desk
    clock: SendClock
    worker: str
    homes: Mapping[str, frozenset[str]]
    outages: dict[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)

    def carry(self, message: str) -> Delivery | Hold | None:
        """Carry one message; None when somebody else has it, or it left in the meantime."""
        claim = self._claim(message)
        if not isinstance(claim, tuple):
            return claim
        content, n, at = claim
        result = self._deliver(content, at)
        with self.desk.ledger.act("send", person=self.desk.call.person, at=self.clock.now()) as act:
            act.add(facts.MessageOutcome(content.message, n, result.state.value, result.note))
            act.add(*sent_slips(act.office(), content))
        if result.stops:
            self.outages[content.channel] = result.note
        return result

    def _claim(self, message: str) -> tuple[facts.Message, int, dt.datetime] | Hold | None:
        now = self.clock.now()
        try:
            with self.desk.ledger.act("send", person=self.desk.call.person, at=now) as act:
                office = act.office()
                message_now = office.messages[message]
                if message_standing(message_now, now).fate is not Fate.READY:
                    return None
                hold = find_hold(
                    office, message_now, self.desk.settings.send_settings, now=now, homes=self.homes
                )
                if hold:
                    return hold
                n = next_attempt(message_now)
                act.add(facts.MessageAttempt(message, n, self.worker))
        except AlreadyRecorded:
            return None
        return message_now.fact, n, message_now.at

    def _deliver(self, message: facts.Message, at: dt.datetime) -> Delivery:
        try:
            parcel = Parcel(message, email.utils.format_datetime(at), self._files(message))
        except (OSError, ValueError):
            return Delivery(SendOutcome.FAILED, "附件的原件读不出来或已被改动（原件留存）")
        try:
            if message.channel == FOLDER:
                return self._lay_ready(parcel)
            if message.channel == MAIL:
                return self._post(parcel)
            return self._speak(parcel)
        except NoSecret as problem:
            return Delivery(SendOutcome.FAILED, str(problem), stops=True)
        except (TrackerError, ValueError) as problem:
            # Raised before anything was given: a letter that cannot be built, an address that is none.
            return Delivery(
                SendOutcome.REFUSED, str(problem) if isinstance(problem, TrackerError) else "信件无法生成"
            )

    def _files(self, message: facts.Message) -> tuple[tuple[str, bytes], ...]:
        files = []
        for path, sha in zip(message.attachments, message.hashes, strict=True):
            data = self.desk.folder.original(sha, path).read_bytes()
            if hashlib.sha256(data).hexdigest() != sha:
                raise ValueError(path)
            files.append((path.rpartition("/")[2], data))
        return tuple(files)

    def _lay_ready(self, parcel: Parcel) -> Delivery:
        message = parcel.message
        office = self.desk.office()
        unit = office.name_of(message.unit) if message.unit in office.units else ""
        root = self.desk.folder.path(SLIPS, READY)
        return folder.lay_ready(
            parcel, root, f"{unit} {message.tier}", day=office.messages[message.message].at.date()
        )

    def _post(self, parcel: Parcel) -> Delivery:
        options = self.desk.settings.send_settings
        if not options.text("mail_host") or not options.text("mail_from"):
            return Delivery(SendOutcome.FAILED, "没有设置发信服务器或发信邮箱", stops=True)
        user = options.text("mail_user")
        waits = {name: float(self.bases["wait"]) for name in ("wait", "answer") if "wait" in self.bases}
        relay = mail.Relay(
            host=options.text("mail_host"),
            port=options.number("mail_port"),
            security=options.text("mail_security"),
            user=user,
            password=secrets.secret(secrets.MAIL) if user else "",
            certificates=self.bases.get("trusted", ""),
            **waits,
        )
        office = self.desk.settings.text("office_name")
        return mail.post(mail_message(parcel, options.text("mail_from"), office=office), relay)

    def _speak(self, parcel: Parcel) -> Delivery:
        options = self.desk.settings.send_settings
        robot = options.robot(parcel.message.channel)
        if robot is None:
            return Delivery(SendOutcome.REFUSED, "设置里已没有这个群机器人")
        hook = robots.Hook(
            platform=robot.platform,
            address=secrets.secret(robot.secret),
            sign=secrets.optional_secret(f"{robot.secret}-sign"),
            hosts=options.hosts,
            base=self.bases.get(robot.platform, ""),
        )
        return robots.speak(hook, parcel.message.body, now=self.clock.now())


def sent_slips(office: Office, message: facts.Message) -> list[facts.Document]:
    """Slips that have now left: every message of theirs was taken, and not only laid ready for a person."""
    slips = []
    for name in message.document.split():
        document = office.documents.get(name)
        messages: list[MessageNow] = [
            message_now
            for message_now in office.messages.values()
            if name in message_now.fact.document.split() and message_now.fact.unit
        ]
        if document is None or document.state != SlipState.SIGNED.value or not messages:
            continue
        if all(message_now.fact.channel == MAIL and _is_sent(message_now) for message_now in messages):
            on = max(tried.at.date() for message_now in messages for tried in message_now.attempts)
            slips.append(_as_sent(document, on))
    return slips


def _is_sent(message: MessageNow) -> bool:
    return any(attempt.state == SendOutcome.SENT.value for attempt in message.attempts)


def _as_sent(document: facts.Document, on: dt.date) -> facts.Document:
    return facts.Document(
        document.document,
        document.tier,
        document.unit,
        document.subjects,
        on,
        SlipState.SENT.value,
        document.number,
        document.path,
    )
