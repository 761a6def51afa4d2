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
from tracker.rules.outgoing.outbox import Said
from tracker.rules.outgoing.outbox import released
from tracker.rules.outgoing.sending import MAIL
from tracker.rules.outgoing.sending import Sending
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
        settled: Whether it need not leave any more: nobody has to hear of it.
    """

    code: str
    why: str
    do: str = ""
    settled: bool = False

    def __str__(self) -> str:
        """The whole sentence."""
        return f"{self.why}{f'；{self.do}' if self.do else ''}"


def held(
    office: Office,
    message: MessageNow,
    sending: Sending,
    *,
    now: dt.datetime,
    homes: Mapping[str, Collection[str]],
) -> Hold | None:
    """Why a message may not leave at a moment; None when it may.

    Args:
        office: As its facts say now.
        message: What is to leave.
        sending: What is set.
        now: The moment.
        homes: For each address in small letters, every unit that ever had it.
    """
    return (
        _document(office, message)
        or _unit(office, message)
        or _address(office, message, sending, homes)
        or _daily(office, message, sending, now)
    )


def too_many(office: Office, ready: Collection[MessageNow], sending: Sending) -> Hold | None:
    """The blast guard over what is about to leave, batch by batch: what was recorded on one day.

    A batch is measured by the days before its own, whenever it leaves: the mail server may have been away on its day,
    and what it could not take then is no flood on the next one. What a person confirmed is not counted, and no alarm
    to the office itself, which leaves past the guard.
    """
    left = _left_by_day(office)
    about_to_leave = {each.said.message for each in ready}
    for day in sorted({each.at.date() for each in ready if not released(each)}):
        earlier = [count for other, count in left.items() if day - _LOOKED_BACK <= other < day]
        normal = max(earlier, default=len([each for each in office.units.values() if not each.retired]))
        limit = max(FEW, sending.number("send_blast") * normal if earlier else normal)
        size = sum(
            each.at.date() == day
            and each.said.tier != ALARM
            and not released(each)
            and (each.said.message in about_to_leave or _was_tried(each))
            for each in office.messages.values()
        )
        if size > limit:
            why = f"{day.isoformat()}这一批有{size}份，平时最多一天{normal}份，像是误操作，全部没有发"
            return Hold("blast", why, "核对名单，确认无误后运行 tracker send --force")
    return None


def is_settled(office: Office, message: MessageNow) -> bool:
    """Whether every slip of a message to a unit was withdrawn, or a person says that it has left."""
    names = message.said.document.split()
    states = {office.documents[name].state for name in names if name in office.documents}
    return bool(message.said.unit and states) and states <= {"sent", "withdrawn"}


def _document(office: Office, message: MessageNow) -> Hold | None:
    for document in message.said.document.split():
        known = office.documents.get(document)
        if known is None or known.state == "withdrawn":
            return Hold("document", f"{document} 已作废", settled=True)
        if known.state == "sent":
            if not message.said.unit:
                continue  # a group is told of what its units got
            return Hold("document", f"{document} 已通过其他方式发出", settled=True)
        if known.state not in _MAY_LEAVE:
            return Hold("document", f"{document} 尚未签发", "请在《签发单》中签发")
    return None


def _unit(office: Office, message: MessageNow) -> Hold | None:
    unit = office.units.get(message.said.unit)
    if message.said.unit and (unit is None or unit.retired):
        return Hold(
            "unit",
            "单位已撤并",
            "请在《单位及联络员名单》中写明由哪个单位承接，不再发的运行 tracker send --drop 编号",
        )
    return None


def _address(
    office: Office, message: MessageNow, sending: Sending, homes: Mapping[str, Collection[str]]
) -> Hold | None:
    said = message.said
    if said.channel != MAIL:
        return None
    address = addr_spec(said.recipient)
    if not address:
        return Hold("address", f"“{said.recipient}”不是一个邮箱地址", _CORRECT)
    if not sending.may_go(address):
        return Hold("address", f"“{address}”不在“允许的邮箱域名”之内", _CORRECT)
    if not said.unit:
        return None
    if address.lower() not in {addr_spec(each.mail).lower() for each in office.units[said.unit].contacts}:
        return Hold(
            "contact", f"“{address}”已不是该单位联络员的邮箱", "核对名单后运行 tracker send --readdress 编号"
        )
    others = [each for each in homes.get(address.lower(), ()) if each != said.unit]
    if others and not released(message) and not _known_there(office, said.unit, address):
        names = "、".join(office.name_of(each) for each in sorted(others) if each in office.units)
        return Hold(
            "swapped",
            f"“{address}”曾是{names}的邮箱",
            "请核对有没有填串，没有的运行 tracker send --release 编号",
        )
    return None


def _daily(office: Office, message: MessageNow, sending: Sending, now: dt.datetime) -> Hold | None:
    if message.said.channel != MAIL:
        return None
    today = sum(
        each.at.astimezone(now.tzinfo).date() == now.date()
        for other in office.messages.values()
        if other.said.recipient.lower() == message.said.recipient.lower() and other is not message
        for each in other.tries
        if each.n > 0
    )
    if today >= sending.number("send_daily"):
        return Hold("daily", f"今天已给“{message.said.recipient}”发过{today}封", "明天自动再发")
    return None


def _known_there(office: Office, unit: str, address: str) -> bool:
    """Whether mail for the unit was taken at this address before."""
    return any(
        each.said.unit == unit
        and each.said.recipient.lower() == address.lower()
        and any(done.state == Said.SENT.value for done in each.tries)
        for each in office.messages.values()
    )


def _left_by_day(office: Office) -> Counter[dt.date]:
    """How many messages of each day's batch have left, or were tried."""
    return Counter(each.at.date() for each in office.messages.values() if _was_tried(each))


def _was_tried(message: MessageNow) -> bool:
    return any(each.n > 0 for each in message.tries)
