"""Real servers for tests, on loopback only, stopped with their fixture: mail that can fail, robots that can refuse."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class _Doorkeeper(Controller):
    """Listens on a port that the system chose, and tells it before it tries its own door."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailRoom:
    """A mail server; `answer(envelope)` says what it answers to a text, and whether it keeps it.

    The answer is a line of SMTP, `"drop"` (keeps nothing, hangs up) or `"keep+drop"` (keeps it, hangs up).
    """

    def __init__(self, answer: Callable[[Any], str] = lambda _: "250 OK", *, login: bool = False) -> None:
        self.answer = answer
        self.kept: list[tuple[str, list[str], bytes]] = []
        self.recipients: list[str] = []
        self.rcpt_answer = "250 OK"
        # With `login`, everybody may log in with any words.
        more = {"auth_require_tls": False, "authenticator": self._let_in} if login else {}
        self._controller = _Doorkeeper(self, hostname="127.0.0.1", port=0, **more)

    # What aiosmtpd calls.

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.recipients.append(address)
        if self.rcpt_answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.answer(envelope)
        if answer.startswith(("250", "keep")):
            self.kept.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        if answer.endswith("drop"):
            server.transport.abort()
            await asyncio.sleep(0)
            return "421 gone"
        return answer

    def _let_in(self, *_: object) -> AuthResult:
        return AuthResult(success=True)

    @property
    def port(self) -> int:
        return self._controller.port

    def __enter__(self) -> MailRoom:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


class GroupRoom:
    """A robot's platform; `answers` are given one after the other, the last one again and again.

    A redirect leads to `elsewhere`, by default to itself; an answer comes after `pause` seconds, and drips with it.
    """

    def __init__(self, *answers: tuple[int, Any], elsewhere: str = "", pause: float = 0.0) -> None:
        self.answers = list(answers) or [(200, {"errcode": 0, "code": 0})]
        self.heard: list[tuple[str, Any]] = []
        room = self

        class Ear(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                room.heard.append((self.path, json.loads(asked or b"null")))
                status, body = room.judge(self.path, asked)
                if status == 0:
                    self.close_connection = True
                    return
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", elsewhere or f"{room.base}/elsewhere")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    for part in (data[n : n + 1] for n in range(len(data))) if pause else (data,):
                        time.sleep(pause)
                        self.wfile.write(part)

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def judge(self, path: str, body: bytes) -> tuple[int, Any]:
        """The answer to a request."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> GroupRoom:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
