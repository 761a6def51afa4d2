"""The local page of an office, asked over plain HTTP: as its own browser asks, and as somebody else would."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

NOW = "2018-09-03T09:00+08:00"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Visitor:
    """A browser that was let in, or one that was not (without a cookie)."""

    port: int
    cookie: str = ""
    heads: dict[str, str] = field(default_factory=dict)

    @property
    def own(self) -> dict[str, str]:
        heads = {"Host": f"127.0.0.1:{self.port}", "Origin": f"http://127.0.0.1:{self.port}"}
        return {**heads, "Cookie": self.cookie, **self.heads}

    def ask(
        self, method: str, path: str, body: bytes = b"", without: tuple[str, ...] = (), **heads: str
    ) -> Answer:
        """One request; underscores in names of heads are hyphens, `without` leaves heads out."""
        headers = {**self.own, **{name.replace("_", "-"): value for name, value in heads.items()}}
        for name in without:
            headers.pop(name, None)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body or method == "POST":
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.headers.items()), response.read().decode())
        connection.close()
        return answer

    def get(self, path: str, **heads: str) -> Answer:
        return self.ask("GET", path, **heads)

    def post(self, path: str, form: Mapping[str, str] | None = None, **heads: str) -> Answer:
        body = urllib.parse.urlencode(form or {}).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded", **heads})

    def drop(self, page: str, files: Mapping[str, bytes]) -> Answer:
        """Drop files on a page, as its script sends them: each with its name, the folders before it."""
        parts = []
        for name, data in files.items():
            parts.append(f'--cut\r\nContent-Disposition: form-data; name="name"\r\n\r\n{name}\r\n'.encode())
            head = '--cut\r\nContent-Disposition: form-data; name="file"; filename="blob"\r\n\r\n'
            parts.append(head.encode() + data + b"\r\n")
        body = b"".join(parts) + b"--cut--\r\n"
        return self.ask("POST", f"/drop/{page}", body, Content_Type="multipart/form-data; boundary=cut")

    def wait(self, seconds: float = 120) -> None:
        """Until nothing is being done."""
        end = time.monotonic() + seconds
        while '"running"' in self.get("/jobs").text:
            assert time.monotonic() < end, "still running"
            time.sleep(0.2)


@contextmanager
def running_desk(root: Path, *, now: str = NOW) -> Iterator[tuple[str, Visitor]]:
    """A page that runs as a clerk's does: its entrance, and somebody who was not let in yet."""
    words = ["desk", "--no-browser", "--office", str(root), *(["--now", now] if now else [])]
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *words], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)(/enter/\S+)", line)
        assert match is not None, line
        yield match.group(2), Visitor(int(match.group(1)))
    finally:
        process.kill()
        process.communicate()


def let_in(entrance: str, visitor: Visitor) -> Visitor:
    """Go through the entrance and keep the cookie."""
    answer = visitor.ask("GET", entrance, without=("Origin", "Cookie"))
    assert answer.status == 302, answer
    visitor.cookie = answer.headers["Set-Cookie"].partition(";")[0]
    return visitor
