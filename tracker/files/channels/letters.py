"""A message as mail: one recipient, one subject, a text, attachments; the same bytes in every attempt.

Built by the standard library's `EmailMessage` alone, which refuses a line break in a header; what may not stand in a
header was taken out before (`addresses.one_line`), and the recipient is exactly one addr-spec or the letter is not
built. There is no Cc and no Bcc, from whatever data.
"""

from __future__ import annotations

import hashlib
import mimetypes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from tracker.files.channels import Parcel
from tracker.rules.outgoing.addresses import addr_spec
from tracker.rules.outgoing.addresses import one_line

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
