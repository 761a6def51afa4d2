"""The platforms of groups, as far as a robot meets them: they look at address, signature, size and pace as the real ones do.

Each answers HTTP 200 and says in a code what was wrong; what it takes, it keeps in `shown`.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.servers import GroupRoom

TOKEN, SIGN = "geheim-token", "SECgeheim-sign"
ADDRESSES = {
    "dingtalk": f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}",
    "wecom": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={TOKEN}",
    "feishu": f"https://open.feishu.cn/open-apis/bot/v2/hook/{TOKEN}",
}
_HOUR = 3_600
_TEN_MINUTES = dt.timedelta(minutes=10)


class Platform(GroupRoom):
    """One platform; `now` is its clock, `sign` the key that its robot wants."""

    def __init__(self, name: str, now: Callable[[], dt.datetime], *, sign: str = "") -> None:
        super().__init__()
        self.name = name
        self.now = now
        self.sign = sign
        self.shown: list[str] = []
        self.codes: list[int] = []
        self._taken: list[dt.datetime] = []
        self._shut = dt.datetime.min.replace(tzinfo=dt.UTC)

    def judge(self, path: str, body: bytes) -> tuple[int, Any]:
        """The answer to a request."""
        said = json.loads(body)
        text = said["content"]["text"] if self.name == "feishu" else said["text"]["content"]
        code = self._address(path) or self._signature(path, said) or self._size(body, text) or self._pace()
        self.codes.append(code)
        if not code:
            self.shown.append(text)
        names = {"feishu": {"code": code, "StatusCode": code}}
        return 200, names.get(self.name, {"errcode": code}) | {"errmsg": TOKEN}

    def _address(self, path: str) -> int:
        parts = urlsplit(path)
        query = parse_qs(parts.query)
        if self.name == "dingtalk":
            return 0 if query.get("access_token") == [TOKEN] else 300005
        if self.name == "wecom":
            return 0 if query.get("key") == [TOKEN] else 93000
        return 0 if parts.path.endswith(f"/{TOKEN}") else 19001

    def _signature(self, path: str, said: Any) -> int:
        if not self.sign or self.name == "wecom":
            return 0
        query = parse_qs(urlsplit(path).query)
        ding = self.name == "dingtalk"
        stamp = query["timestamp"][0] if ding else said["timestamp"]
        given = query["sign"][0] if ding else said["sign"]
        both = f"{stamp}\n{self.sign}".encode()
        made = (
            hmac.new(self.sign.encode(), both, hashlib.sha256)
            if ding
            else hmac.new(both, b"", hashlib.sha256)
        )
        at = int(stamp) / (1_000 if ding else 1)
        good = base64.b64encode(made.digest()).decode() == given
        fresh = abs(at - self.now().timestamp()) < _HOUR
        return 0 if good and fresh else (310000 if ding else 19021)

    def _size(self, body: bytes, text: str) -> int:
        if self.name == "wecom":
            return 45002 if len(text.encode()) > 2_048 else 0
        return {"dingtalk": 460101, "feishu": 9499}[self.name] if len(body) > 20_000 else 0

    def _pace(self) -> int:
        """Twenty a minute; who sends more is shut out, 钉钉 for ten minutes."""
        now = self.now()
        code = {"dingtalk": 130101, "wecom": 45009, "feishu": 11232}[self.name]
        if now < self._shut:
            return code
        self._taken = [each for each in self._taken if each > now - dt.timedelta(minutes=1)]
        if len(self._taken) >= 20:
            self._shut = now + (_TEN_MINUTES if self.name == "dingtalk" else dt.timedelta())
            return code
        self._taken.append(now)
        return 0
