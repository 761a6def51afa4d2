"""Robots of groups (钉钉, 企业微信, 飞书): one HTTP client of our own, the answer read and believed.

    platform    sent                                        taken when the answer says     signed by
    钉钉        {"msgtype": "text", "text": {"content"}}    "errcode": 0                   timestamp and sign in the address
    企业微信    {"msgtype": "text", "text": {"content"}}    "errcode": 0                   the key in the address
    飞书        {"msg_type": "text", "content": {"text"}}   "code": 0 (or "StatusCode")    timestamp and sign in the text

HTTP 200 with another code is a failure (the table of codes below says of which kind), with none at all it is
unknown. No code is ever taken for success but 0. Whatever is wrong with more than the one text stops the channel.

An address is a secret, so it is given and never shown. It is opened only when its scheme is https, its host one of
`HOSTS` or one that the office added, its port 443, and, for `HOSTS`, when what the name resolves to lies outside
private networks; the connection goes to exactly the address that was looked at. There are no redirects.

What the codes of robots mean: which pass by themselves, and which need a person, and for what.

Platforms answer HTTP 200 and say in a code what went wrong. A code means one of three things:

    PASSES    too fast, busy: the same text may be taken later                        tried again, the channel rests
    ROBOT     the robot, its address, its key or its safety settings                  a person; the channel stops
    WORDS     this one text: too long, unsuitable                                     a person; others go on

0 alone is success. A code that is not in the table is for a person, and the channel stops. Sources: the platforms' pages
on robots (open.dingtalk.com custom-robots-send-group-messages, developer.work.weixin.qq.com path/91770 and
path/90313, open.feishu.cn custom bot guide) and what their users report; no platform was asked (no account).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any
from urllib.parse import quote, urlsplit

from tracker.files.channels.parcels import Delivery
from tracker.rules.outgoing import SendOutcome
from tracker.values import dataclass


class FailureKind(Enum):
    """What has to happen after a code."""

    # It passes by itself.
    PASSES = "passes"
    # Somebody has to mend the robot or its settings.
    ROBOT = "robot"
    # Somebody has to look at this text.
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Code:
    """A code: its meaning, and what a person reads."""

    kind: FailureKind
    why: str


_FAST = Code(FailureKind.PASSES, "发得太快被限流，稍后自动再发")
_BUSY = Code(FailureKind.PASSES, "对方系统繁忙，稍后自动再发")
_ADDRESS = Code(
    FailureKind.ROBOT, "机器人地址无效或机器人已被移出群，请核对后重新存入（tracker send --secret）"
)
_OFF = Code(FailureKind.ROBOT, "机器人已停用，请在群设置里启用")
_SAFETY = Code(FailureKind.ROBOT, "没有通过机器人的安全设置，请核对关键词、加签密钥、IP 白名单和电脑时间")
_FORMAT = Code(FailureKind.ROBOT, "对方不认这种格式，请告诉维护的同事")
_LONG = Code(FailureKind.WORDS, "内容超过长度上限")
_EMPTY = Code(FailureKind.WORDS, "内容为空")
_UNSUITABLE = Code(FailureKind.WORDS, "内容没有通过对方的审核，请改由人发")
OTHER_CODE = Code(FailureKind.ROBOT, "不认识的错误码，请查对方的说明")

CODES: Mapping[str, Mapping[int, Code]] = {
    "dingtalk": {
        -1: _BUSY,
        88: _ADDRESS,
        40035: _FORMAT,
        43004: _FORMAT,
        90030: _FAST,
        101002: _LONG,
        130101: _FAST,
        130102: _FAST,
        300001: _ADDRESS,
        300005: _ADDRESS,
        310000: _SAFETY,
        400013: Code(FailureKind.ROBOT, "群已解散，请在设置中去掉这个群"),
        400101: _ADDRESS,
        400102: _OFF,
        400103: _OFF,
        400105: _FORMAT,
        400106: _ADDRESS,
        400107: _ADDRESS,
        410100: _FAST,
        410101: _FAST,
        430101: _UNSUITABLE,
        430102: _UNSUITABLE,
        430103: _UNSUITABLE,
        430104: _UNSUITABLE,
        430105: _UNSUITABLE,
        460101: _LONG,
    },
    "wecom": {
        -1: _BUSY,
        40001: _ADDRESS,
        40008: _FORMAT,
        40014: _ADDRESS,
        40058: _FORMAT,
        41001: _ADDRESS,
        44004: _EMPTY,
        45002: _LONG,
        45009: _FAST,
        45033: _FAST,
        45047: _FAST,
        93000: _ADDRESS,
        93004: _OFF,
        93008: _ADDRESS,
    },
    "feishu": {
        # Said of what cannot be understood, too; then it is on the list after the last try.
        9499: _FAST,
        10003: _ADDRESS,
        11220: _FAST,
        11232: _FAST,
        19001: _ADDRESS,
        19002: _FORMAT,
        19021: _SAFETY,
        19022: _SAFETY,
        19024: _SAFETY,
        230001: _FORMAT,
        230020: _FAST,
        99991400: _FAST,
    },
}


def meaning_of(platform: str, code: int) -> Code:
    """What a code other than 0 means.

    >>> meaning_of("dingtalk", 130101).kind.name, meaning_of("wecom", 12345).kind.name
    ('PASSES', 'ROBOT')
    """
    return CODES[platform].get(code, OTHER_CODE)


HOSTS = {"dingtalk": "oapi.dingtalk.com", "wecom": "qyapi.weixin.qq.com", "feishu": "open.feishu.cn"}
WAIT = 20.0
_ANSWER_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a robot listens.

    Attributes:
        address: As the platform gave it; a secret.
        sign: The key that signs, where the robot wants one; a secret.
        hosts: Hosts that the office added: a platform of its own, inside its network.
        wait: Seconds for each answer, and for the whole of it.
        base: Where to connect instead, `http://127.0.0.1:port`; for tests only, never from a setting.
    """

    platform: str
    address: str
    sign: str = ""
    hosts: tuple[str, ...] = ()
    wait: float = WAIT
    base: str = ""

    def __repr__(self) -> str:
        return f"Hook({self.platform})"


def speak(hook: Hook, text: str, *, now: dt.datetime) -> Delivery:
    """Say a text in the group; `now` goes into the signature."""
    refusal = _refusal(hook)
    if refusal:
        return Delivery(SendOutcome.REFUSED, refusal, stops=True)
    parts = urlsplit(hook.address)
    path, body = _request(hook, parts.path or "/", parts.query, text, now)
    try:
        connection = _connect(hook)
    except _Forbidden as error:
        return Delivery(SendOutcome.REFUSED, str(error), stops=True)
    except OSError as error:
        return Delivery(SendOutcome.FAILED, f"连不上（{type(error).__name__}）", stops=True)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
        response = connection.getresponse()
        return _read(hook.platform, response.status, _response_body(response, hook.wait))
    except (OSError, http.client.HTTPException) as error:
        return Delivery(SendOutcome.UNKNOWN, f"已交出，没有收到答复（{type(error).__name__}）", stops=True)
    finally:
        connection.close()


class _Forbidden(Exception):
    """The name leads where no robot lives."""


def _refusal(hook: Hook) -> str:
    """Why an address is not opened; empty when it may be looked up."""
    try:
        parts = urlsplit(hook.address)
        port = parts.port
    except ValueError:
        return "机器人地址不是网址"
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or parts.username or parts.password or port not in (None, 443):
        return "机器人地址必须是 https 网址，不带账号和端口"
    if any(not 32 < ord(character) < 127 for character in hook.address):
        return "机器人地址里有不该有的字符"
    if host != HOSTS.get(hook.platform) and host not in hook.hosts:
        return "机器人地址不在允许的主机之内"
    return ""


def _connect(hook: Hook) -> http.client.HTTPConnection:
    if hook.base:
        base = urlsplit(hook.base)
        plain = http.client.HTTPConnection(base.hostname or "", base.port, timeout=hook.wait)
        plain.connect()
        return plain
    host = urlsplit(hook.address).hostname or ""
    records = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    peer = _peer_address(records, private=host in hook.hosts)
    connection = _Pinned(host, peer, timeout=hook.wait)
    connection.connect()
    return connection


def _peer_address(records: Sequence[tuple[Any, ...]], *, private: bool) -> str:
    """The address to connect to; refused when any that the name has is not one of the outside world."""
    addresses = [str(record[4][0]) for record in records]
    if not private and not all(
        ipaddress.ip_address(address.split("%")[0]).is_global for address in addresses
    ):
        raise _Forbidden("机器人地址指向内部网络，没有连接")
    return addresses[0]


class _Pinned(http.client.HTTPSConnection):
    """A connection to the address that was looked at, with the certificate of the name."""

    def __init__(self, host: str, peer: str, *, timeout: float) -> None:
        self._context_of_ours = ssl.create_default_context()
        self._peer = peer
        super().__init__(host, 443, timeout=timeout, context=self._context_of_ours)

    def connect(self) -> None:
        plain = socket.create_connection((self._peer, 443), self.timeout)
        try:
            self.sock = self._context_of_ours.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def _request(hook: Hook, path: str, query: str, text: str, now: dt.datetime) -> tuple[str, bytes]:
    payload: dict[str, Any]
    if hook.platform == "feishu":
        payload = {"msg_type": "text", "content": {"text": text}}
        if hook.sign:
            stamp = str(int(now.timestamp()))
            key = hmac.new(f"{stamp}\n{hook.sign}".encode(), b"", hashlib.sha256).digest()
            payload |= {"timestamp": stamp, "sign": base64.b64encode(key).decode()}
    else:
        payload = {"msgtype": "text", "text": {"content": text}}
        if hook.platform == "dingtalk" and hook.sign:
            stamp = str(int(now.timestamp() * 1000))
            key = hmac.new(hook.sign.encode(), f"{stamp}\n{hook.sign}".encode(), hashlib.sha256).digest()
            query += f"&timestamp={stamp}&sign={quote(base64.b64encode(key), safe='')}"
    where = f"{path}?{query}" if query else path
    return where, json.dumps(payload, ensure_ascii=False).encode("utf-8")


def _response_body(response: http.client.HTTPResponse, wait: float) -> bytes:
    """The answer, as far as it is worth reading; one that drips is given up."""
    until = time.monotonic() + wait
    data = b""
    while len(data) < _ANSWER_BYTES:
        piece = response.read1(_ANSWER_BYTES)
        if not piece:
            break
        data += piece
        if time.monotonic() > until:
            raise TimeoutError
    return data


def _read(platform: str, status: int, body: bytes) -> Delivery:
    """What an answer means; see the module."""
    if status in (408, 429):
        return Delivery(SendOutcome.FAILED, f"对方答复 HTTP {status}，稍后自动再发", stops=True)
    if 300 <= status < 500:
        return Delivery(SendOutcome.REFUSED, f"对方答复 HTTP {status}，请核对机器人地址", stops=True)
    if status >= 500:
        return Delivery(SendOutcome.UNKNOWN, f"对方答复 HTTP {status}", stops=True)
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    code = _code(platform, answer)
    if code is None:
        return Delivery(SendOutcome.UNKNOWN, "对方的答复无法识别", stops=True)
    if code == 0:
        return Delivery(SendOutcome.SENT, "群里已发")
    means = meaning_of(platform, code)
    state = SendOutcome.FAILED if means.kind is FailureKind.PASSES else SendOutcome.REFUSED
    return Delivery(state, f"错误码 {code}：{means.why}", stops=means.kind is not FailureKind.WORDS)


def _code(platform: str, answer: object) -> int | None:
    """The code of an answer, of several the first that is not 0; a truth value, a text or a fraction is none."""
    if not isinstance(answer, dict):
        return None
    names = ("code", "StatusCode") if platform == "feishu" else ("errcode",)
    codes = [answer[name] for name in names if name in answer]
    if not codes or not all(isinstance(code, int) and not isinstance(code, bool) for code in codes):
        return None
    return next((code for code in codes if code), 0)
