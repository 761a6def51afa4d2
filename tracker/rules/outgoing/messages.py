r"""Which messages there have to be: one for each slip that may leave and each unit that it is for; and cutting long texts.

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

A text that is longer than a channel takes is cut into several (`split`), losing nothing.

    >>> split("第一行\n第二行\n", 12)
    ('第一行\n', '第二行\n')

Limits are bytes of UTF-8 as JSON writes them, because platforms measure what they get: a line break is two. A text is cut after a line where it can be, after a sentence else, anywhere between two
characters where there is neither. The parts together are the text, character for character; what counts them
(`numbered_parts`) is added in front and fits, too.

The outbox: what becomes of each message, and which may leave at a moment.

Exactly-once does not exist for mail: when the line breaks after the text was given, nobody knows whether it was
taken. Which error is preferred depends on the message. A reminder may come twice (with the same Message-ID); an
official slip never, so one whose fate is unknown waits for a person. The first line that fits decides:

    1  an attempt was sent                                             sent
    2  a person gave it up                                             dropped
    3  an attempt has no outcome and is younger than LEASE             on its way: nobody else touches it
    4  the last outcome is refused (5xx, a robot's error)              refused: on the list
    5  official, and an attempt is unknown, or has no outcome for long parked: on the list
    6  MAX_TRIES attempts                                              refused: on the list
    7  the last attempt was less than its pause ago                    waits
    8  anything else                                                   ready

`again`, said by a person, clears what was before it. Pauses double from five minutes to six hours; a quarter of
each is decided by the message's key, so that forty messages that failed together do not come back together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from enum import Enum

from tracker.facts import Document
from tracker.rules.chase import units_named
from tracker.rules.office import Attempt, MessageNow, Office
from tracker.rules.progress import forms_back
from tracker.settings import FOLDER, MAIL, ROBOT, Robot, SendingSettings
from tracker.tiers import SlipState, Tier
from tracker.values import dataclass

# After so long a sender that has not said anything is dead: longer than all waits of one attempt together.
LEASE = dt.timedelta(minutes=15)
MAX_TRIES = 8
_FIRST_PAUSE = dt.timedelta(minutes=5)
_LONGEST_PAUSE = dt.timedelta(hours=6)


class Treatment(Enum):
    """What is done when nobody knows whether a message arrived; the value of `facts.Message.treatment`."""

    # It is sent again, with the same Message-ID.
    REMINDER = "reminder"
    # A person decides.
    OFFICIAL = "official"


class SendOutcome(Enum):
    """What is said of an attempt; the value of `facts.MessageOutcome.state`."""

    # The channel took it.
    SENT = "sent"
    # Certainly not taken; may be tried again.
    FAILED = "failed"
    # Certainly not taken, and never will be as it is.
    REFUSED = "refused"
    # Given, and no answer.
    UNKNOWN = "unknown"
    # A person gave it up.
    DROPPED = "dropped"
    # A person wants it tried once more, whatever happened so far.
    AGAIN = "again"
    # A person confirmed the recipient.
    RELEASED = "released"
    # A person wants it to go to the unit's present address: another message takes its place.
    READDRESSED = "readdressed"


class Fate(Enum):
    """Where a message stands."""

    SENT = "已发"
    DROPPED = "不再发"
    ON_ITS_WAY = "正在发"
    REFUSED = "发送失败"
    PARKED = "可能已送达，待确认"
    WAITS = "等待重试"
    READY = "待发"


@dataclass(frozen=True, slots=True)
class MessageStanding:
    """The fate of a message, from when it may be tried again, and why in words."""

    fate: Fate
    ready_at: dt.datetime | None = None
    why: str = ""


def message_standing(message: MessageNow, now: dt.datetime) -> MessageStanding:
    """Where a message stands at a moment; see the module."""
    if any(attempt.state == SendOutcome.SENT.value for attempt in message.attempts):
        return MessageStanding(Fate.SENT)
    if any(
        attempt.state in (SendOutcome.DROPPED.value, SendOutcome.READDRESSED.value)
        for attempt in message.attempts
    ):
        return MessageStanding(Fate.DROPPED)
    tries = _since_again(message)
    if any(not attempt.state and now < attempt.at + LEASE for attempt in tries):
        return MessageStanding(Fate.ON_ITS_WAY)
    if not tries:
        return MessageStanding(Fate.READY)
    last = tries[-1]
    if last.state == SendOutcome.REFUSED.value:
        return MessageStanding(Fate.REFUSED, why=last.note)
    unsure = [attempt for attempt in tries if attempt.state in ("", SendOutcome.UNKNOWN.value)]
    if unsure and message.fact.treatment == Treatment.OFFICIAL.value:
        return MessageStanding(Fate.PARKED, why=unsure[-1].note or "发送中断，没有收到答复")
    if len(tries) >= MAX_TRIES:
        return MessageStanding(Fate.REFUSED, why=f"试了{len(tries)}次仍未发出：{last.note}")
    ready_at = last.at + pause(message.fact.key, len(tries))
    return MessageStanding(Fate.READY if ready_at <= now else Fate.WAITS, ready_at, last.note)


def next_attempt(message: MessageNow) -> int:
    """The number of the attempt that comes next."""
    return max((attempt.n for attempt in message.attempts), default=0) + 1


def pause(key: str, tries: int) -> dt.timedelta:
    """How long to wait after so many attempts.

    >>> [pause("D1|U001", tries) > pause("D1|U001", tries - 1) for tries in range(2, 7)]
    [True, True, True, True, True]
    >>> pause("D1|U001", 20) <= _LONGEST_PAUSE * 1.125
    True
    """
    whole = min(_FIRST_PAUSE * (1 << tries - 1), _LONGEST_PAUSE)
    jitter = int.from_bytes(hashlib.sha256(f"{key}|{tries}".encode()).digest()[:2]) / 65_535
    return whole * (0.875 + jitter / 4)


def is_released(message: MessageNow) -> bool:
    """Whether a person confirmed its recipient."""
    return any(attempt.state == SendOutcome.RELEASED.value for attempt in message.attempts)


def is_readdressed(message: MessageNow) -> bool:
    """Whether another message takes its place."""
    return any(attempt.state == SendOutcome.READDRESSED.value for attempt in message.attempts)


def _since_again(message: MessageNow) -> tuple[Attempt, ...]:
    """Attempts after a person asked for another one; what was said without an attempt is none."""
    tries = message.attempts
    for position, attempt in enumerate(message.attempts):
        if attempt.state == SendOutcome.AGAIN.value:
            tries = message.attempts[position + 1 :]
    return tuple(attempt for attempt in tries if attempt.n > 0)


# Bytes of one text message. 企业微信 takes 2,048 of text (4,096 are for markdown, which people on 微信 cannot read;
# developer.work.weixin.qq.com path/91770); 钉钉 and 飞书 take 20,000 of the whole request, of which the text is a part.
TEXT_LIMITS = {"dingtalk": 19_500, "wecom": 2_048, "feishu": 19_500}

# A reminder is news for a week, an official slip for a month.
LATEST = {Treatment.REMINDER: dt.timedelta(days=7), Treatment.OFFICIAL: dt.timedelta(days=30)}
# How the message that hands out a form is named among the tiers of slips.
FORM = "填报表"
_CONTACT = "联络员"


@dataclass(frozen=True, slots=True)
class DueMessage:
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


def due_messages(office: Office, settings: SendingSettings, today: dt.date) -> list[DueMessage]:
    """The messages that are missing, in the order of their reasons."""
    index = _MessageIndex(office)
    messages = [
        message
        for document in office.documents.values()
        for message in _slip(office, document, settings, today, index)
    ]
    for robot in settings.robots:
        messages += _group(office, robot, today)
    if settings.channel == MAIL and settings.is_yes("send_forms"):
        messages += _forms(office, settings, today, index)
    return messages


def stale_slips(office: Office, today: dt.date) -> list[Document]:
    """Signed slips that were never sent and are too old to be sent unasked."""
    slip_ids = {name for message in office.messages.values() for name in message.fact.document.split()}
    return [
        document
        for document in office.documents.values()
        if document.state == SlipState.SIGNED.value
        and Tier(document.tier) is not Tier.TALK
        and document.document not in slip_ids
        and not _is_news(document, today)
    ]


class _MessageIndex:
    """The messages that exist, by reason and by key; what was readdressed makes room."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.reasons = {
            (name, message.fact.unit)
            for message in office.messages.values()
            if not message.fact.channel.startswith(ROBOT) and not is_readdressed(message)
            for name in message.fact.document.split()
        }
        self.by_key: dict[str, MessageNow] = {
            message.fact.key: message for message in office.messages.values()
        }

    def key(self, base: str) -> str:
        """The base, with a number where those before were withdrawn or readdressed; empty when it is taken."""
        for number in range(1, 100):
            key = base if number == 1 else f"{base}|{number}"
            message = self.by_key.get(key)
            if message is None:
                return key
            names = message.fact.document.split()
            withdrawals = [self._office.documents[name].state == SlipState.WITHDRAWN.value for name in names]
            if not is_readdressed(message) and not (withdrawals and all(withdrawals)):
                return ""
        return ""


def _is_news(document: Document, today: dt.date) -> bool:
    return document.on >= today - LATEST[treatment_of(document)]


def treatment_of(document: Document) -> Treatment:
    """Whether a slip is official, so that it never leaves twice, or a reminder."""
    return Treatment.OFFICIAL if Tier(document.tier).is_official else Treatment.REMINDER


def _slip(
    office: Office, document: Document, settings: SendingSettings, today: dt.date, index: _MessageIndex
) -> Iterator[DueMessage]:
    if document.state != SlipState.SIGNED.value or Tier(document.tier) is Tier.TALK:
        return
    if not _is_news(document, today):
        return
    for unit in (document.unit,) if document.unit else units_named(office, document):
        if (document.document, unit) in index.reasons:
            continue
        subjects = "+".join(sorted(document.subjects))
        key = index.key(f"{document.tier}|{unit}|{subjects}|{document.on.isoformat()}")
        if key:
            channel, recipient = _where(office, unit, settings)
            yield DueMessage(
                key, document.tier, unit, treatment_of(document), channel, recipient, (document.document,)
            )


def _where(office: Office, unit: str, settings: SendingSettings) -> tuple[str, str]:
    """The channel and the recipient for a unit: its 联络员 before other contacts, what they typed as it is."""
    if settings.channel == FOLDER or unit not in office.units:
        return FOLDER, ""
    contacts = sorted(office.units[unit].contacts, key=lambda contact: _CONTACT not in contact.role)
    recipient = next((contact.mail.strip() for contact in contacts if contact.mail.strip()), "")
    return (MAIL, recipient) if recipient else (FOLDER, "")


def _group(office: Office, robot: Robot, today: dt.date) -> Iterator[DueMessage]:
    """One message for a group, about the reminders of which it has not been told."""
    slip_ids = {
        name
        for message in office.messages.values()
        if message.fact.channel == robot.channel
        for name in message.fact.document.split()
    }
    news = tuple(
        document.document
        for document in office.documents.values()
        if document.tier == Tier.REMIND.value
        and document.state in (SlipState.SIGNED.value, SlipState.SENT.value)
        and document.on == today
        and document.document not in slip_ids
    )
    if news:
        key = f"群|{robot.name}|{'+'.join(news)}"
        yield DueMessage(
            key, Tier.REMIND.value, "", Treatment.REMINDER, robot.channel, robot.name, news, robot=robot
        )


def _forms(
    office: Office, settings: SendingSettings, today: dt.date, index: _MessageIndex
) -> Iterator[DueMessage]:
    back = forms_back(office)
    for form in office.forms.values():
        round_ = office.rounds[form.round]
        if form.form in back or not round_.opens <= today <= round_.due:
            continue
        key = index.key(f"{FORM}|{form.unit}|{form.form}|{form.round}")
        channel, recipient = _where(office, form.unit, settings)
        if key and channel == MAIL:
            yield DueMessage(key, FORM, form.unit, Treatment.REMINDER, channel, recipient, form=form.form)


_ENDS = ("\n", "。", "；", "，")
# Room for （12/34） and a line break.
_COUNT = 24
# A control character, written as \\u0007.
_LARGEST = 6


def size_of(character: str) -> int:
    r"""The bytes of a character in a request.

    >>> [size_of(each) for each in ("a", "市", "\N{GRINNING FACE}", "\n")]
    [1, 3, 4, 2]
    """
    return len(json.dumps(character, ensure_ascii=False).encode("utf-8", "surrogatepass")) - 2


def split(text: str, limit: int) -> tuple[str, ...]:
    """The parts of a text, each of at most `limit` bytes."""
    if limit < _LARGEST:
        raise ValueError("a part has to hold a character")
    return tuple(_parts(text, limit)) or ("",)


def numbered_parts(text: str, limit: int) -> tuple[str, ...]:
    """The parts of a text with their count in front; a text that fits stays as it is."""
    if sum(map(size_of, text)) <= limit:
        return (text,)
    parts = split(text, limit - _COUNT)
    return tuple(f"（{number}/{len(parts)}）\n{part}" for number, part in enumerate(parts, 1))


def _parts(text: str, limit: int) -> Iterator[str]:
    start = 0
    while start < len(text):
        stop = _fits(text, start, limit)
        if stop < len(text):
            stop = next((cut for cut in _cuts(text, start, stop)), stop)
        yield text[start:stop]
        start = stop


def _fits(text: str, start: int, limit: int) -> int:
    """Where the longest part ends that begins at `start`."""
    size = 0
    for position in range(start, min(len(text), start + limit)):
        size += size_of(text[position])
        if size > limit:
            return position
    return min(len(text), start + limit)


def _cuts(text: str, start: int, stop: int) -> Iterator[int]:
    """Good places to cut, the best first; none that would leave less than half of a part."""
    for end in _ENDS:
        position = text.rfind(end, start, stop)
        if position >= start + (stop - start) // 2:
            yield position + 1
