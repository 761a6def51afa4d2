r"""What leaves the office: which messages there have to be, what became of each, and which leave at a moment.

**Which messages there have to be**: one for each slip that may leave and each unit that it is for. Derived from facts alone, so it does not matter which command ran first: a slip that is not signed has no message, one
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

**What becomes of each message.** Exactly-once does not exist for mail: when the line breaks after the text was given, nobody knows whether it was
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

**Which leave at a moment**, in which order, and why the others do not. Three switches hold everything that leaves the PC: test mode, quiet days and hours, the blast guard. Reminders and
official slips of one moment leave in the order recorded. A channel takes so many a minute (`PER_MINUTE`), counted
over the attempts of the last minute by whomever; the rest wait and lose nothing. A robot whose last attempt failed
is left alone for a while: whoever is told to be too fast and knocks again is shut out for longer.

Whether one message may leave: is it signed, does it go to the right people, are they too many? Everything is looked at again in the moment of sending, on what holds then, whatever was true when the message was
recorded. The first line that fits holds a message back; it stays in the outbox and is listed:

    its slip was withdrawn, is not signed, or has left by other means       document    (a group is told all the same)
    its unit was retired                                                    unit
    its recipient is no address, or not of an allowed domain                address
    no contact of the unit has the recipient as address any more            contact
    the address was another unit's, and this unit never had mail there      swapped     (a person may release it)
    the recipient had so many messages today                                daily

and all of them together are held when a day's batch is more than `send_blast` times what normally leaves of one
(`too_many`). A list that is suddenly three times its size is an accident more often than an order.

An address of mail is exactly one addr-spec, or none: what a person typed into the list of contacts becomes the only recipient of a message, so it is read narrowly:
no display name, no comment, no quoting, no list, nothing that a header or an SMTP command would read twice.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from enum import Enum

from tracker import patterns as re
from tracker.facts import Document
from tracker.rules.office import Attempt, MessageNow, Office
from tracker.rules.progress import forms_back
from tracker.rules.reminders import units_named
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


_ADDRESS = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)


def addr_spec(text: str) -> str:
    """The one address that a text is; empty when it is none, several, or anything more.

    >>> addr_spec(" zhang.san@example.gov.cn "), addr_spec("a@b.cn, c@d.cn"), addr_spec("张三 <a@b.cn>")
    ('zhang.san@example.gov.cn', '', '')
    """
    address = text.strip(" \u3000")
    if len(address) > 254 or ".." in address or not _ADDRESS.fullmatch(address):
        return ""
    return address


def one_line(text: str, *, limit: int = 120) -> str:
    r"""A subject: one line without control characters or marks that turn the direction of writing.

    What begins like an encoded word is taken apart: mail programs, and Python's own library before it writes a header
    (CVE-2024-6923), would read a line break out of it.

    >>> one_line("催办\r\nBcc: victim@example.com")
    '催办 Bcc: victim@example.com'
    >>> one_line("=?utf-8?q?x=0D=0ABcc:_victim=40example.com?=")
    '= ?utf-8?q?x=0D=0ABcc:_victim=40example.com?='
    """
    line = " ".join(_CONTROL.sub(" ", text).replace("=?", "= ?").split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


# Messages a minute with a little to spare (钉钉 and 企业微信 allow 20), and how long a robot is left alone that was
# told to be too fast, or did not answer (钉钉 shuts its door for ten minutes).
PER_MINUTE = {FOLDER: 0, MAIL: 60, ROBOT: 18}
ROBOT_RESTS = dt.timedelta(minutes=11)

# The tier of a message to the office itself: a job that fails, a program that nobody wakes.
ALARM = "告警"
# A day with so many messages is never a flood.
FEW = 10
# How far back a normal day is looked for.
_LOOKED_BACK = dt.timedelta(days=90)
_MAY_LEAVE = ("signed",)
_CORRECT = "请在《单位及联络员名单》中改正后运行 tracker send --readdress 编号"


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a message does not leave now, in words for users.

    Attributes:
        code: Stable name.
        do: What a person does about it; empty where nothing is to be done.
        is_settled: Whether it need not leave any more: nobody has to hear of it.
    """

    code: str
    why: str
    do: str = ""
    is_settled: bool = False

    def __str__(self) -> str:
        """The whole sentence."""
        return f"{self.why}{f'；{self.do}' if self.do else ''}"


def find_hold(
    office: Office,
    message: MessageNow,
    settings: SendingSettings,
    *,
    now: dt.datetime,
    homes: Mapping[str, Collection[str]],
) -> Hold | None:
    """Why a message may not leave at a moment; None when it may.

    Args:
        office: As its facts say now.
        message: What is to leave.
        settings: What is set.
        now: The moment.
        homes: For each address in small letters, every unit that ever had it.
    """
    return (
        _document(office, message)
        or _unit(office, message)
        or _address(office, message, settings, homes)
        or _daily(office, message, settings, now)
    )


def too_many(office: Office, ready: Collection[MessageNow], settings: SendingSettings) -> Hold | None:
    """The blast guard over what is about to leave, batch by batch: what was recorded on one day.

    A batch is measured by the days before its own, whenever it leaves: the mail server may have been away on its day,
    and what it could not take then is no flood on the next one. What a person confirmed is not counted, and no alarm
    to the office itself, which leaves past the guard.
    """
    by_day = _left_by_day(office)
    about_to_leave = {message.fact.message for message in ready}
    for day in sorted({message.at.date() for message in ready if not is_released(message)}):
        earlier = [count for other, count in by_day.items() if day - _LOOKED_BACK <= other < day]
        normal = max(earlier, default=len([unit for unit in office.units.values() if not unit.is_retired]))
        limit = max(FEW, settings.number("send_blast") * normal if earlier else normal)
        size = sum(
            message.at.date() == day
            and message.fact.tier != ALARM
            and not is_released(message)
            and (message.fact.message in about_to_leave or _was_tried(message))
            for message in office.messages.values()
        )
        if size > limit:
            why = f"{day.isoformat()}这一批有{size}份，平时最多一天{normal}份，像是误操作，全部没有发"
            return Hold("blast", why, "核对名单，确认无误后运行 tracker send --force")
    return None


def is_settled(office: Office, message: MessageNow) -> bool:
    """Whether every slip of a message to a unit was withdrawn, or a person says that it has left."""
    names = message.fact.document.split()
    states = {office.documents[name].state for name in names if name in office.documents}
    return bool(message.fact.unit and states) and states <= {"sent", "withdrawn"}


def _document(office: Office, message: MessageNow) -> Hold | None:
    for document in message.fact.document.split():
        slip = office.documents.get(document)
        if slip is None or slip.state == "withdrawn":
            return Hold("document", f"{document} 已作废", is_settled=True)
        if slip.state == "sent":
            if not message.fact.unit:
                continue  # a group is told of what its units got
            return Hold("document", f"{document} 已通过其他方式发出", is_settled=True)
        if slip.state not in _MAY_LEAVE:
            return Hold("document", f"{document} 尚未签发", "请在《送签单》中签发")
    return None


def _unit(office: Office, message: MessageNow) -> Hold | None:
    unit = office.units.get(message.fact.unit)
    if message.fact.unit and (unit is None or unit.is_retired):
        return Hold(
            "unit",
            "单位已撤并",
            "请在《单位及联络员名单》中写明由哪个单位承接，不再发的运行 tracker send --drop 编号",
        )
    return None


def _address(
    office: Office, message: MessageNow, settings: SendingSettings, homes: Mapping[str, Collection[str]]
) -> Hold | None:
    fact = message.fact
    if fact.channel != MAIL:
        return None
    address = addr_spec(fact.recipient)
    if not address:
        return Hold("address", f"“{fact.recipient}”不是一个邮箱地址", _CORRECT)
    if not settings.may_go(address):
        return Hold("address", f"“{address}”不在“允许的邮箱域名”之内", _CORRECT)
    if not fact.unit:
        return None
    if address.lower() not in {
        addr_spec(contact.mail).lower() for contact in office.units[fact.unit].contacts
    }:
        return Hold(
            "contact", f"“{address}”已不是该单位联络员的邮箱", "核对名单后运行 tracker send --readdress 编号"
        )
    others = [unit for unit in homes.get(address.lower(), ()) if unit != fact.unit]
    if others and not is_released(message) and not _known_there(office, fact.unit, address):
        names = "、".join(office.name_of(unit) for unit in sorted(others) if unit in office.units)
        return Hold(
            "swapped",
            f"“{address}”曾是{names}的邮箱",
            "请核对有没有填串，没有的运行 tracker send --release 编号",
        )
    return None


def _daily(office: Office, message: MessageNow, settings: SendingSettings, now: dt.datetime) -> Hold | None:
    if message.fact.channel != MAIL:
        return None
    today = sum(
        attempt.at.astimezone(now.tzinfo).date() == now.date()
        for other in office.messages.values()
        if other.fact.recipient.lower() == message.fact.recipient.lower() and other is not message
        for attempt in other.attempts
        if attempt.n > 0
    )
    if today >= settings.number("send_daily"):
        return Hold("daily", f"今天已给“{message.fact.recipient}”发过{today}封", "明天自动再发")
    return None


def _known_there(office: Office, unit: str, address: str) -> bool:
    """Whether mail for the unit was taken at this address before."""
    return any(
        message.fact.unit == unit
        and message.fact.recipient.lower() == address.lower()
        and any(done.state == SendOutcome.SENT.value for done in message.attempts)
        for message in office.messages.values()
    )


def _left_by_day(office: Office) -> Counter[dt.date]:
    """How many messages of each day's batch have left, or were tried."""
    return Counter(message.at.date() for message in office.messages.values() if _was_tried(message))


def _was_tried(message: MessageNow) -> bool:
    return any(attempt.n > 0 for attempt in message.attempts)


_MINUTE = dt.timedelta(minutes=1)
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What leaves and what does not.

    Attributes:
        ready: In the order in which they leave.
        waits: Those that are tried again later, and from when.
        holds: Those that need something first, and what.
        questions: Those that a person has to look at: refused or parked, and their slips not settled otherwise.
        stop: Why nothing at all leaves; None when something may.
    """

    ready: tuple[MessageNow, ...] = ()
    waits: tuple[tuple[MessageNow, dt.datetime], ...] = ()
    holds: tuple[tuple[MessageNow, Hold], ...] = ()
    questions: tuple[tuple[MessageNow, MessageStanding], ...] = ()
    stop: Hold | None = None

    @property
    def urgent(self) -> tuple[MessageNow, ...]:
        """What leaves even past the blast guard: alarms to the office itself, which trouble nobody else."""
        is_flood = self.stop is not None and self.stop.code == "blast"
        return tuple(message for message in self.ready if message.fact.tier == ALARM) if is_flood else ()


def dispatch(
    office: Office,
    settings: SendingSettings,
    *,
    now: dt.datetime,
    homes: Mapping[str, Collection[str]],
    quiet: str = "",
    is_forced: bool = False,
) -> Dispatch:
    """Decide every message; `is_forced` is a person's word that so many are meant."""
    ready, waits, holds, questions = [], [], [], []
    for message in office.messages.values():
        stands = message_standing(message, now)
        if stands.fate in (Fate.REFUSED, Fate.PARKED):
            if not is_settled(office, message):
                questions.append((message, stands))
        elif stands.fate is Fate.WAITS and stands.ready_at:
            waits.append((message, stands.ready_at))
        elif stands.fate is Fate.READY:
            hold = find_hold(office, message, settings, now=now, homes=homes)
            hold = hold or _hour(message, settings, now, quiet)
            rests = rests_until(office, message.fact.channel)
            if hold:
                holds.append((message, hold))
            elif rests > now:
                waits.append((message, rests))
            else:
                ready.append(message)
    stop = None
    if settings.is_yes("send_test"):
        stop = Hold("test", "测试模式：什么也没有发", "要真的发，请在设置中把“测试模式”改为“否”")
    elif ready and not is_forced:
        stop = too_many(office, ready, settings)
    return Dispatch(tuple(ready), tuple(waits), tuple(holds), tuple(questions), stop)


def rests_until(office: Office, channel: str) -> dt.datetime:
    """Until when a robot is left alone: its last attempt failed, or nobody knows; a moment long past for all others."""
    if not channel.startswith(ROBOT):
        return _LONG_AGO
    tries = [
        attempt
        for message in office.messages.values()
        if message.fact.channel == channel
        for attempt in message.attempts
        if attempt.n > 0
    ]
    last = max(tries, key=lambda attempt: attempt.at, default=None)
    if last is None or last.state not in (SendOutcome.FAILED.value, SendOutcome.UNKNOWN.value):
        return _LONG_AGO
    return last.at + ROBOT_RESTS


def _hour(message: MessageNow, settings: SendingSettings, now: dt.datetime, quiet: str) -> Hold | None:
    """The folder troubles nobody at any hour."""
    if message.fact.channel == FOLDER:
        return None
    if quiet:
        return Hold("quiet", quiet)
    return None if settings.is_open(now) else Hold("hour", "不在发送时段内", "到时段自动发")


def free_at(office: Office, channel: str, now: dt.datetime) -> dt.datetime:
    """From when a channel takes one more: now, or when the oldest attempt of a full minute is a minute old."""
    limit = PER_MINUTE[channel.split(":")[0]]
    recent = sorted(
        attempt.at
        for message in office.messages.values()
        if message.fact.channel == channel
        for attempt in message.attempts
        if attempt.n > 0 and attempt.at > now - _MINUTE
    )
    if not limit or len(recent) < limit:
        return now
    return recent[-limit] + _MINUTE
