"""A mail server on loopback that fails at every point where one can fail, and remembers what it took.

One connection carries one attempt, so the fault is drawn when the connection is made, and told from the inside:

    fault                              kept    what the client can know
    hang-up, busy                      no      nothing was given
    no-tls, broken-tls, stranger       no      nothing was given (TLS refused, garbage, a certificate of nobody)
    sender-451, rcpt-450, rcpt-drop    no      nothing was given
    rcpt-550                           no      refused for good
    no-text                            no      nothing was given (the line breaks before 354)
    text-451                           no      not taken, may come again
    text-554                           no      refused for good
    drop, hang                         no      unknown: the text was given, no answer
    keep-drop, keep-hang               yes     unknown, the same

`moments` counts everything that happens, so that whoever kills the client can do it between any two of them.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import ipaddress
import logging
import random
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FAULTS = (
    "hang-up",
    "busy",
    "no-tls",
    "broken-tls",
    "stranger",
    "sender-451",
    "rcpt-450",
    "rcpt-drop",
    "rcpt-550",
    "no-text",
    "text-451",
    "text-554",
    "drop",
    "hang",
    "keep-drop",
    "keep-hang",
)
_ANSWERS = {"sender-451": "451 later", "rcpt-450": "450 busy", "rcpt-550": "550 unknown"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that reached the server: for whom, which one, its bytes as a hash, and what became of it."""

    recipients: tuple[str, ...]
    message_id: str
    sha: str
    fault: str
    kept: bool


class FailingRelay:
    """The server; `share` of all connections meet a fault, drawn from `seed`.

    Args:
        folder: Where the certificates go; `trusted` is the one that a client has to trust.
        share: 0 to 1.
        hang: Seconds for which a hanging server says nothing; longer than its client waits.
        faults: Which; all of them by default.
        seed: For the faults.
    """

    def __init__(
        self, folder: Path, *, share: float, hang: float, faults: tuple[str, ...] = FAULTS, seed: int = 1
    ) -> None:
        self.share = share
        self.hang = hang
        self.taken: list[Taken] = []
        self.recipients: list[str] = []
        self.faults: dict[str, int] = {}
        self.connections = 0
        self.moments = 0
        self.moved = threading.Condition()
        self._faults = faults
        self._random = random.Random(seed)
        self.trusted = folder / "trusted.pem"
        self._ours = _certificate(self.trusted)
        self._strange = _certificate(folder / "strange.pem")
        self._controller = _Door(self, self._ours)

    @property
    def port(self) -> int:
        """Where it listens; the system chose."""
        return int(self._controller.port)

    def __enter__(self) -> FailingRelay:
        # It tells of every line that breaks; here that is what lines are for.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def draw(self) -> str:
        """The fault of the next connection; empty for none."""
        self.connections += 1
        fault = self._random.choice(self._faults) if self._random.random() < self.share else ""
        if fault:
            self.faults[fault] = self.faults.get(fault, 0) + 1
        return fault

    def moment(self) -> None:
        """Something happened."""
        with self.moved:
            self.moments += 1
            self.moved.notify_all()

    def context(self, fault: str) -> ssl.SSLContext:
        """The certificate that a connection is shown."""
        return self._strange if fault == "stranger" else self._ours

    # What aiosmtpd calls.

    async def handle_MAIL(  # noqa: N802 - the name is aiosmtpd's
        self, server: _Line, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take a sender."""
        self.moment()
        if server.fault == "sender-451":
            return _ANSWERS[server.fault]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: _Line, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take a recipient."""
        self.recipients.append(address)
        self.moment()
        if server.fault == "rcpt-drop":
            server.hang_up()
        if server.fault in _ANSWERS:
            return _ANSWERS[server.fault]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: _Line, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a text."""
        kept = server.fault in ("", "keep-drop", "keep-hang")
        text = envelope.original_content
        name = next(
            (line[11:].strip() for line in text.split(b"\r\n") if line.startswith(b"Message-ID:")), b""
        )
        sha = hashlib.sha256(text).hexdigest()
        self.taken.append(Taken(tuple(envelope.rcpt_tos), name.decode(), sha, server.fault, kept))
        self.moment()
        if server.fault.endswith("hang"):
            await asyncio.sleep(self.hang)
        if server.fault.endswith(("drop", "hang")):
            server.hang_up()
            return "421 gone"
        if server.fault == "text-451":
            return "451 later"
        return "554 refused" if server.fault == "text-554" else "250 OK"


class _Line(SMTP):
    """One connection, with its fault."""

    def __init__(self, relay: FailingRelay, context: ssl.SSLContext) -> None:
        super().__init__(relay, tls_context=context, require_starttls=True, hostname="relay.example.gov.cn")
        self.relay = relay
        self.fault = ""

    def hang_up(self) -> None:
        """Break the line at once."""
        line: Any = self.transport
        if line is not None:
            line.abort()

    def connection_made(self, transport: Any) -> None:
        """Draw the fault when the line is new; the second call is TLS on the same line."""
        is_new = self.transport is None
        if is_new:
            self.fault = self.relay.draw()
            self.relay.moment()
            if self.fault == "stranger":
                self.tls_context = self.relay.context(self.fault)
        super().connection_made(transport)
        if is_new and self.fault in ("hang-up", "busy"):
            if self.fault == "busy":
                transport.write(b"421 busy\r\n")
                transport.close()
            else:
                transport.abort()

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802 - the name is aiosmtpd's
        """Begin TLS, or fail to."""
        self.relay.moment()
        if self.fault == "no-tls":
            await self.push("454 TLS not available")
            return
        if self.fault == "broken-tls":
            await self.push("220 Ready to start TLS")
            line: Any = self.transport
            line.write(b"this is no handshake\r\n")
            line.close()
            return
        await super().smtp_STARTTLS(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name is aiosmtpd's
        """Take a text, or break before it."""
        self.relay.moment()
        if self.fault == "no-text":
            self.hang_up()
            return
        await super().smtp_DATA(arg)


class _Door(Controller):
    """Listens on a port that the system chose, and tells it before it tries its own door."""

    def __init__(self, relay: FailingRelay, context: ssl.SSLContext) -> None:
        self._relay = relay
        self._context = context
        super().__init__(relay, hostname="127.0.0.1", port=0)

    def factory(self) -> _Line:
        """One connection."""
        return _Line(self._relay, self._context)

    def _trigger_server(self) -> None:
        # Its own knock at the door is no client's: it draws no fault and counts as nothing.
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        share, self._relay.share = self._relay.share, 0.0
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd has no types here
        self._relay.share, self._relay.connections = share, 0


def _certificate(path: Path) -> ssl.SSLContext:
    """A certificate of 127.0.0.1 that signs itself, and the context of a server that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.example.gov.cn")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = path.with_suffix(".key")
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, secret)
    return context


def faults_of(faults: Mapping[str, int]) -> str:
    """How often each fault was met, in words."""
    return ", ".join(f"{name} {faults[name]}" for name in FAULTS if name in faults)
