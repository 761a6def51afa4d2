"""A message with its files, as a channel gets it; as mail; and laid ready in a folder for a person to send.

A channel never raises for what the other side does: it returns a `SendOutcome`. What certainly was not taken is
`failed` (try again) or `refused` (never will be); what was given and not answered is `unknown`, and nothing else is.

A message as mail: one recipient, one subject, a text, attachments; the same bytes in every attempt.

Built by the standard library's `EmailMessage` alone, which refuses a line break in a header; what may not stand in a
header was taken out before (`printable.one_line`), and the recipient is exactly one addr-spec or the mail is not
built. There is no Cc and no Bcc, from whatever data.

The channel that needs nothing: a folder that a person sends from, by whatever means the office has.

    督办/待发/2026-03-02/M12 市教育局 工作提醒/
        正文.txt      the text, to be pasted
        *.docx        the attachments
        邮件.eml      all of it as mail, to be opened in the office's mail program

The place and the bytes are functions of the message, so doing it again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from tracker.facts import Message
from tracker.files.safe import WriteState, safe_write
from tracker.printable import name_for_file
from tracker.problems.files import CannotWrite
from tracker.rules.outgoing import SendOutcome, addr_spec, one_line
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message with the bytes of its attachments, as a channel gets it.

    Attributes:
        date: When it was recorded, as mail states it; the same in every attempt.
        files: Name and bytes.
    """

    message: Message
    date: str
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an attempt.

    Attributes:
        note: For users; never a secret, never what a message says.
        stops: Whether the channel as a whole does not work now: trying the next message would be the same.
    """

    state: SendOutcome
    note: str = ""
    stops: bool = False


_OCTET_STREAM = ("application", "octet-stream")


def mail_message(parcel: Parcel, sender: str, *, office: str = "") -> EmailMessage:
    """The letter; ValueError when sender or recipient is not exactly one address (an empty recipient leaves To out)."""
    fact = parcel.message
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = fact.message_id
    message["Date"] = parcel.date
    message["Subject"] = one_line(fact.subject)
    if sender:
        message["From"] = _address(sender, one_line(office, limit=40))
    if fact.recipient:
        message["To"] = _address(fact.recipient)
    message.set_content(fact.body, cte="base64")
    for name, data in parcel.files:
        mimetype = mimetypes.guess_type(name)[0]
        kind, _, detail = (mimetype or "/".join(_OCTET_STREAM)).partition("/")
        message.add_attachment(data, maintype=kind, subtype=detail, filename=one_line(name, limit=100))
    if message.is_multipart():
        # The library would draw a boundary at random.
        message.set_boundary("=-" + hashlib.sha256(fact.message_id.encode()).hexdigest()[:40])
    return message


def _address(text: str, name: str = "") -> Address:
    address = addr_spec(text)
    if not address:
        raise ValueError("not exactly one address")
    return Address(display_name=name, addr_spec=address)


TEXT, LETTER = "正文.txt", "邮件.eml"


def lay_ready(parcel: Parcel, root: Path, name: str, *, day: dt.date) -> Delivery:
    """Lay a message out under `root`; `name` says for whom and what."""
    folder = root / day.isoformat() / name_for_file(f"{parcel.message.message} {name}", 80)
    files = [(TEXT, parcel.message.body.encode("utf-8-sig")), *parcel.files]
    files.append((LETTER, bytes(mail_message(parcel, ""))))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = [name for name, data in files if safe_write(folder / name, data).state is WriteState.BESIDE]
    except (OSError, CannotWrite):
        return Delivery(SendOutcome.FAILED, "“督办/待发”写不进去", stops=True)
    if beside:
        return Delivery(SendOutcome.FAILED, f"“{beside[0]}”正被打开")
    return Delivery(SendOutcome.SENT, "已放进“督办/待发”")
