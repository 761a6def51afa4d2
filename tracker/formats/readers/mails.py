r"""Mails with files in them: .eml as every mail program saves it, .msg as Outlook does ([MS-OXMSG]).

A `ReceivedMail` is who sent it, when, and the files inside. A picture of the signature is none of them: one that the text
shows (Content-ID) counts only where nothing else came along. A mail without a file gives its text as one, `正文.html` or
`正文.txt`: a form may be pasted into it. A mail inside a mail is not opened.

    >>> text = b"From: Li <li@example.gov.cn>\nDate: Sat, 28 Mar 2026 09:05:00 +0800\nSubject: x\n\nhello"
    >>> mail = read_mail(text)
    >>> mail.sender, mail.at.isoformat(), [name for name, _ in mail.files]
    ('Li <li@example.gov.cn>', '2026-03-28T09:05:00+08:00', ['正文.txt'])
"""

from __future__ import annotations

import datetime as dt
import struct

from tracker import patterns as re
from tracker.formats.readers.ole import MAGIC, Compound
from tracker.values import dataclass

_HEAD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[A-Za-z][A-Za-z0-9-]*:|[ \t])")
_HEADERS = (b"from", b"to", b"subject", b"date", b"mime-version", b"received", b"message-id", b"return-path")
_LOOK = 16 * 1024
_MOST = 200


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A mail: its sender as the mail says it, its moment where it has one, its files by name and bytes."""

    sender: str
    at: dt.datetime | None
    files: tuple[tuple[str, bytes], ...]


def is_mail(data: bytes) -> bool:
    """Whether bytes are a mail: three of its usual headers stand at the beginning, or an OLE file holds its parts."""
    if data.startswith(MAGIC):
        return b"_\0_\0s\0u\0b\0s\0t\0g\x001\0.\x000\0" in data and _compound(data) is not None
    head = data[:_LOOK].removeprefix(b"\xef\xbb\xbf")
    if _HEAD.match(head) is None:
        return False
    head = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0].lower()
    # A page that a browser saved as one file begins like a mail.
    if b"snapshot-content-location" in head:
        return False
    names = {line.partition(b":")[0] for line in head.splitlines()}
    return sum(name in names for name in _HEADERS) >= 3


def read_mail(data: bytes) -> ReceivedMail:
    """Take a mail apart; raises `ValueError` where it cannot be."""
    if data.startswith(MAGIC):
        compound = _compound(data)
        if compound is None:
            raise ValueError("no mail")
        return _of_outlook(compound)
    # Imported here: every worker asks whether a file is a mail, and hardly one ever is.
    import email.policy
    from email.message import EmailMessage
    from email.utils import parsedate_to_datetime

    message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    files: list[tuple[str, bytes]] = []
    pictures: list[tuple[str, bytes]] = []
    texts: dict[str, bytes] = {}
    for part in message.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        name = part.get_filename() or ""
        if not isinstance(content, bytes):
            continue
        if name:
            is_decoration = part.get_content_maintype() == "image" and part.get("Content-ID")
            (pictures if is_decoration else files).append((name, content))
        elif part.get_content_maintype() == "text":
            texts.setdefault(part.get_content_subtype(), _as_utf8(content, part.get_content_charset()))
    try:
        at = parsedate_to_datetime(str(message.get("Date", "")))
    except (TypeError, ValueError, IndexError):
        at = None
    if not files and not pictures:
        files = [(f"正文.{'html' if kind == 'html' else 'txt'}", texts[kind]) for kind in sorted(texts)[:1]]
    return ReceivedMail(str(message.get("From", "")), at, tuple(files or pictures)[:_MOST])


def _as_utf8(content: bytes, charset: str | None) -> bytes:
    try:
        return content.decode(
            "gb18030" if (charset or "").lower().startswith("gb") else charset or "utf-8"
        ).encode()
    except (LookupError, UnicodeError):
        return content


def _compound(data: bytes) -> Compound | None:
    try:
        compound = Compound(data)
    except ValueError:
        return None
    return compound if any(name.startswith("__substg1.0_") for name in compound.entries) else None


def _of_outlook(compound: Compound) -> ReceivedMail:
    folders = sorted(
        {name.partition("/")[0] for name in compound.entries if name.startswith("__attach_version1.0_")}
    )
    files = []
    for folder in folders[:_MOST]:
        data = f"{folder}/__substg1.0_37010102"
        name = _text(compound, f"{folder}/", "3707") or _text(compound, f"{folder}/", "3704")
        if data in compound.entries:
            files.append((name or "附件", compound.stream(data)))
    body = _text(compound, "", "1000")
    if not files and body.strip():
        files = [("正文.txt", body.encode())]
    name, address = _text(compound, "", "0C1A"), _text(compound, "", "5D01") or _text(compound, "", "0C1F")
    sender = f"{name} <{address}>" if "@" in address else name or address
    return ReceivedMail(sender, _moment(compound), tuple(files))


def _text(compound: Compound, folder: str, tag: str) -> str:
    """A text of a mail or an attachment by its property tag: in Unicode, or in the code page of its writer."""
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "gb18030")):
        name = f"{folder}__substg1.0_{tag}{kind}"
        if name in compound.entries:
            return compound.stream(name).decode(encoding, "replace").rstrip("\0")
    return ""


def _moment(compound: Compound) -> dt.datetime | None:
    """When the mail was sent, or arrived: properties 0039 and 0E06, in 100 ns since 1601 (UTC)."""
    if "__properties_version1.0" not in compound.entries:
        return None
    properties = compound.stream("__properties_version1.0")[32:]
    moments = {}
    for at in range(0, len(properties) - 15, 16):
        tag, _, value = struct.unpack_from("<IIQ", properties, at)
        moments[tag] = value
    ticks = moments.get(0x00390040) or moments.get(0x0E060040)
    try:
        return (
            dt.datetime(1601, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=ticks // 10) if ticks else None
        )
    except OverflowError:
        return None
