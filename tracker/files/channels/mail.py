"""Mail over SMTP, told in phases, because what a broken line means depends on when it broke.

    connect, TLS, EHLO, AUTH     nothing was given             failed, and the channel stops for now
    MAIL FROM                    nothing was given             4xx failed, 5xx refused
    RCPT TO                      nothing was given             4xx failed, 5xx refused
    DATA until 354               nothing was given             4xx failed, 5xx refused
    the text but its last point  not taken (RFC 5321, 4.1.1.10: a line that breaks resets)      failed
    the point, and its answer    250 sent; 4xx failed; 5xx refused; no answer: unknown

The envelope has the one recipient of the letter. The password comes as an argument and appears in no note. A server
that takes a letter may look into it before it answers (RFC 5321, 4.5.3.2.6), so that answer is waited for longest:
whoever hangs up too early makes doubts, and doubts make copies.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from email.message import EmailMessage

from tracker.files.channels.parcels import Delivery
from tracker.files.channels.secrets import without_secrets
from tracker.rules.outgoing import SendOutcome, addr_spec
from tracker.values import dataclass

# Each wait, the whole text, and the answer to it; all of one attempt together stay below `outbox.LEASE`.
WAIT = 30.0
TEXT_WAIT = 240.0
ANSWER_WAIT = 180.0
_PIECE = 1 << 16
_ERRORS = (OSError, smtplib.SMTPException, ssl.SSLError)
_LONGEST_NOTE = 120
_POINT = b".\r\n"


@dataclass(frozen=True, slots=True)
class Relay:
    """The office's mail server.

    Attributes:
        security: SSL, STARTTLS or 无.
        wait: Seconds for each answer but the last.
        answer_wait: Seconds for the answer to the text.
        certificates: Certificates to trust beside those of the system; for tests and offices with their own authority.
    """

    host: str
    port: int
    security: str = "SSL"
    user: str = ""
    password: str = ""
    wait: float = WAIT
    answer_wait: float = ANSWER_WAIT
    certificates: str = ""


def post(message: EmailMessage, relay: Relay) -> Delivery:
    """Give a letter to the relay."""
    sender, recipient = _only(message, "From"), _only(message, "To")
    if not sender or not recipient:
        return Delivery(SendOutcome.REFUSED, "发信或收信地址不是一个邮箱地址")
    try:
        smtp = _connect(relay)
    except smtplib.SMTPAuthenticationError:
        return Delivery(SendOutcome.FAILED, "发信账号或密码不对", stops=True)
    except UnicodeError:
        # Raised while the login is written; its words would quote the password.
        return Delivery(
            SendOutcome.FAILED, "发信服务器、账号或密码里有不能用的字符（如中文或全角）", stops=True
        )
    except _ERRORS as error:
        return Delivery(SendOutcome.FAILED, f"连不上发信服务器（{_short(error)}）", stops=True)
    try:
        return _give(smtp, relay, message, sender, recipient)
    finally:
        _hang_up(smtp)


def _only(message: EmailMessage, header: str) -> str:
    """The only address of a header; empty when there are none or several, in one header or in several."""
    headers = message.get_all(header, [])
    addresses = [address for value in headers for address in value.addresses]
    return addr_spec(addresses[0].addr_spec) if len(headers) == 1 and len(addresses) == 1 else ""


def _connect(relay: Relay) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=relay.certificates or None)
    smtp: smtplib.SMTP
    if relay.security == "SSL":
        smtp = smtplib.SMTP_SSL(relay.host, relay.port, timeout=relay.wait, context=context)
    else:
        smtp = smtplib.SMTP(relay.host, relay.port, timeout=relay.wait)
    try:
        if relay.security == "STARTTLS":
            smtp.starttls(context=context)
        if relay.user:
            smtp.login(relay.user, relay.password)
        else:
            smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _give(smtp: smtplib.SMTP, relay: Relay, message: EmailMessage, sender: str, recipient: str) -> Delivery:
    data = _data_text(bytes(message))
    try:
        for phase in ("mail", "rcpt", "data"):
            code, words = _say(smtp, phase, sender, recipient)
            if not 200 <= code < 400:
                return _result_of(code, words)
    except _ERRORS as error:
        return Delivery(SendOutcome.FAILED, f"发信中断，尚未交出（{_short(error)}）")
    try:
        _pour(smtp, data)
    except _ERRORS as error:
        return Delivery(SendOutcome.FAILED, f"发信中断，正文没有交完（{_short(error)}）")
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(relay.answer_wait)
        smtp.send(_POINT)
        code, words = smtp.getreply()
    except _ERRORS as error:
        return Delivery(SendOutcome.UNKNOWN, f"已交出，没有收到答复（{_short(error)}）")
    return Delivery(SendOutcome.SENT, "发信服务器已接收") if code == 250 else _result_of(code, words)


def _say(smtp: smtplib.SMTP, phase: str, sender: str, recipient: str) -> tuple[int, bytes]:
    if phase == "mail":
        return smtp.mail(sender)
    return smtp.rcpt(recipient) if phase == "rcpt" else smtp.docmd("data")


def _pour(smtp: smtplib.SMTP, data: bytes) -> None:
    """Give the text piece by piece: a slow line has time for each, but not for ever."""
    if smtp.sock is not None:
        # The last point goes by itself; it must not wait until the other side has acknowledged the text.
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    until = time.monotonic() + TEXT_WAIT
    for start in range(0, len(data), _PIECE):
        if time.monotonic() > until:
            raise TimeoutError
        smtp.send(data[start : start + _PIECE])


def _result_of(code: int, words: bytes) -> Delivery:
    note = without_secrets(" ".join(words.decode("utf-8", "replace").split()))[:_LONGEST_NOTE]
    state = SendOutcome.REFUSED if 500 <= code < 600 else SendOutcome.FAILED
    return Delivery(state, f"发信服务器答复 {code} {note}".strip(), stops=code == 421)


def _data_text(data: bytes) -> bytes:
    """The text as DATA wants it, but for its last point: every line ended with CR LF, a leading point doubled."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _short(error: BaseException) -> str:
    if isinstance(error, (TimeoutError, socket.timeout)):
        return "超时"
    return type(error).__name__


def _hang_up(smtp: smtplib.SMTP) -> None:
    """Say goodbye, but wait for no answer: what was told is told."""
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(2)
            smtp.quit()
    except _ERRORS:
        pass
    finally:
        smtp.close()
