"""Whether a message may leave now: is it signed, does it go to the right people, are they too many?

Everything is looked at again in the moment of sending, on what holds then, whatever was true when the message was
recorded. The first line that fits holds a message back; it stays in the outbox and is listed:

    its slip was withdrawn, is not signed, or has left by other means       document    (a group is told all the same)
    its unit was retired                                                    unit
    its recipient is no address, or not of an allowed domain                address
    no contact of the unit has the recipient as address any more            contact
    the address was another unit's, and this unit never had mail there      swapped     (a person may release it)
    the recipient had so many messages today                                daily

and all of them together are held when a day's batch is more than `send_blast` times what normally leaves of one
(`too_many`). A list that is suddenly three times its size is an accident more often than an order.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.outgoing.addresses import addr_spec
from tracker.rules.outgoing.outbox import SendOutcome
from tracker.rules.outgoing.outbox import is_released
from tracker.rules.outgoing.sending import MAIL
from tracker.rules.outgoing.sending import SendingSettings
from tracker.rules.state import MessageNow
from tracker.rules.state import Office

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
            return Hold("document", f"{document} 尚未签发", "请在《签发单》中签发")
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
