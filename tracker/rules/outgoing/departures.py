"""Which messages leave at a moment, in which order, and why the others do not.

Three switches hold everything that leaves the PC: test mode, quiet days and hours, the blast guard. Reminders and
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

Addresses of mail: exactly one addr-spec, or none.

What a person typed into the list of contacts becomes the only recipient of a message, so it is read narrowly:
no display name, no comment, no quoting, no list, nothing that a header or an SMTP command would read twice.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping

from tracker import patterns as re
from tracker.rules.office import MessageNow, Office
from tracker.rules.outgoing.messages import Fate, MessageStanding, SendOutcome, is_released, message_standing
from tracker.settings import FOLDER, MAIL, ROBOT, SendingSettings
from tracker.values import dataclass

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
