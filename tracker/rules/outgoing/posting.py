"""Which messages there have to be: one for each slip that may leave and each unit that it is for.

Derived from facts alone, so it does not matter which command ran first: a slip that is not signed has no message, one
that has its message gets no second. What decides, for a slip:

    drafted, withdrawn, sent by other means, 约谈 (a proposal to the leader)      none
    signed longer ago than LATEST: what was not sent then is not news now        none, listed
    to one unit                                                                  one
    to all (通报)                                                                 one for each unit that it names
    提醒, and a group has a robot                                                 one more for the group, for all of the day

The channel is the one that is set; a unit without any address has its message in the folder. The key is tier, unit,
subjects and day, so that two slips that say the same on one day are one message, whoever drafted them. A slip that
was withdrawn, or whose message a person wants readdressed, makes room for another one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.facts import Document
from tracker.rules.chasing.slipbook import NAMED
from tracker.rules.chasing.tiers import State
from tracker.rules.chasing.tiers import Tier
from tracker.rules.outgoing.outbox import Treatment
from tracker.rules.outgoing.outbox import readdressed
from tracker.rules.outgoing.sending import FOLDER
from tracker.rules.outgoing.sending import MAIL
from tracker.rules.outgoing.sending import ROBOT
from tracker.rules.outgoing.sending import Robot
from tracker.rules.outgoing.sending import Sending
from tracker.rules.state import MessageNow
from tracker.rules.state import Office

# A reminder is news for a week, an official slip for a month.
LATEST = {Treatment.REMINDER: dt.timedelta(days=7), Treatment.OFFICIAL: dt.timedelta(days=30)}
# How the message that hands out a form is named among the tiers of slips.
FORM = "填报表"
_CONTACT = "联络员"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that there has to be.

    Attributes:
        documents: The slips that are its reason.
        form: The form that is its reason, else empty.
        robot: The robot that tells it, else None.
    """

    key: str
    tier: str
    unit: str
    treatment: Treatment
    channel: str
    recipient: str
    documents: tuple[str, ...] = ()
    form: str = ""
    robot: Robot | None = None


def wanted(office: Office, sending: Sending, today: dt.date) -> list[Wanted]:
    """The messages that are missing, in the order of their reasons."""
    book = _Book(office)
    found = [
        each
        for document in office.documents.values()
        for each in _slip(office, document, sending, today, book)
    ]
    for robot in sending.robots:
        found += _group(office, robot, today)
    if sending.channel == MAIL and sending.ticked("send_forms"):
        found += _forms(office, sending, today, book)
    return found


def stale(office: Office, today: dt.date) -> list[Document]:
    """Signed slips that were never sent and are too old to be sent unasked."""
    told = {name for each in office.messages.values() for name in each.said.document.split()}
    return [
        each
        for each in office.documents.values()
        if each.state == State.SIGNED.value
        and Tier(each.tier) is not Tier.TALK
        and each.document not in told
        and not _is_news(each, today)
    ]


class _Book:
    """The messages that exist, by reason and by key; what was readdressed makes room."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.reasons = {
            (name, each.said.unit)
            for each in office.messages.values()
            if not each.said.channel.startswith(ROBOT) and not readdressed(each)
            for name in each.said.document.split()
        }
        self.by_key: dict[str, MessageNow] = {each.said.key: each for each in office.messages.values()}

    def key(self, base: str) -> str:
        """The base, with a number where those before were withdrawn or readdressed; empty when it is taken."""
        for number in range(1, 100):
            key = base if number == 1 else f"{base}|{number}"
            taken = self.by_key.get(key)
            if taken is None:
                return key
            names = taken.said.document.split()
            gone = [self._office.documents[name].state == State.WITHDRAWN.value for name in names]
            if not readdressed(taken) and not (gone and all(gone)):
                return ""
        return ""


def _is_news(document: Document, today: dt.date) -> bool:
    return document.on >= today - LATEST[_treatment(document)]


def _treatment(document: Document) -> Treatment:
    return Treatment.OFFICIAL if Tier(document.tier).is_official else Treatment.REMINDER


def _slip(
    office: Office, document: Document, sending: Sending, today: dt.date, book: _Book
) -> Iterator[Wanted]:
    if document.state != State.SIGNED.value or Tier(document.tier) is Tier.TALK:
        return
    if not _is_news(document, today):
        return
    for unit in (document.unit,) if document.unit else _named(office, document):
        if (document.document, unit) in book.reasons:
            continue
        subjects = "+".join(sorted(document.subjects))
        key = book.key(f"{document.tier}|{unit}|{subjects}|{document.on.isoformat()}")
        if key:
            channel, recipient = _where(office, unit, sending)
            yield Wanted(
                key, document.tier, unit, _treatment(document), channel, recipient, (document.document,)
            )


def _named(office: Office, document: Document) -> tuple[str, ...]:
    """The units that a slip to all names; those that answer for its subjects where it names none."""
    said = [
        json.loads(each.data)
        for each in office.events
        if (each.subject, each.kind) == (document.document, NAMED)
    ]
    units = [unit for by_subject in said for named in by_subject.values() for unit in named]
    if not units:
        units = [
            unit for subject in document.subjects if "-" in subject for unit in office.point(subject).units()
        ]
    return tuple(dict.fromkeys(units))


def _where(office: Office, unit: str, sending: Sending) -> tuple[str, str]:
    """The channel and the recipient for a unit: its 联络员 before other contacts, what they typed as it is."""
    if sending.channel == FOLDER or unit not in office.units:
        return FOLDER, ""
    contacts = sorted(office.units[unit].contacts, key=lambda each: _CONTACT not in each.role)
    recipient = next((each.mail.strip() for each in contacts if each.mail.strip()), "")
    return (MAIL, recipient) if recipient else (FOLDER, "")


def _group(office: Office, robot: Robot, today: dt.date) -> Iterator[Wanted]:
    """One message for a group, about the reminders of which it has not been told."""
    told = {
        name
        for each in office.messages.values()
        if each.said.channel == robot.channel
        for name in each.said.document.split()
    }
    news = tuple(
        each.document
        for each in office.documents.values()
        if each.tier == Tier.REMIND.value
        and each.state in (State.SIGNED.value, State.SENT.value)
        and each.on == today
        and each.document not in told
    )
    if news:
        key = f"群|{robot.name}|{'+'.join(news)}"
        yield Wanted(
            key, Tier.REMIND.value, "", Treatment.REMINDER, robot.channel, robot.name, news, robot=robot
        )


def _forms(office: Office, sending: Sending, today: dt.date, book: _Book) -> Iterator[Wanted]:
    back = {each.form for _, each in office.returns if each.outcome != "refused"}
    for form in office.forms.values():
        opened = office.rounds[form.round]
        if form.form in back or not opened.opens <= today <= opened.due:
            continue
        key = book.key(f"{FORM}|{form.unit}|{form.form}|{form.round}")
        channel, recipient = _where(office, form.unit, sending)
        if key and channel == MAIL:
            yield Wanted(key, FORM, form.unit, Treatment.REMINDER, channel, recipient, form=form.form)
