"""Robots of groups against servers on loopback: only the code 0 is success, and only allowed hosts are opened."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import socket
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.servers import GroupRoom
from tracker.files.channels.robots import CODES, FailureKind, Hook, speak
from tracker.rules.outgoing import SendOutcome

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Monday
ADDRESSES = {
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=geheim",
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/geheim",
}
# What the platforms say of tokens, signatures, keywords, limits, sizes, rights; and codes that nobody knows.
PASS = {
    "dingtalk": (-1, 90030, 130101, 130102, 410100, 410101),
    "wecom": (-1, 45009, 45033, 45047),
    "feishu": (9499, 11220, 11232, 230020, 99991400),
}
WORDS = {
    "dingtalk": (101002, 430101, 430102, 430103, 430104, 430105, 460101),
    "wecom": (44004, 45002),
    "feishu": (),
}
ROBOT = {
    "dingtalk": (
        88,
        40035,
        43004,
        300001,
        300005,
        310000,
        400013,
        400101,
        400102,
        400103,
        400105,
        400106,
        400107,
        1,
        999,
    ),
    "wecom": (40001, 40008, 40014, 40058, 41001, 93000, 93004, 93008, 301019, 600039, 1, -2),
    "feishu": (10001, 10003, 19001, 19002, 19021, 19022, 19024, 230001, 1, -1),
}


def hook(platform, room, sign=""):
    return Hook(platform, ADDRESSES[platform], sign, base=room.base)


@pytest.mark.parametrize("platform", ADDRESSES)
def test_the_code_0_is_success(platform):
    with GroupRoom((200, {"errcode": 0, "errmsg": "ok", "code": 0})) as room:
        assert speak(hook(platform, room), "提醒", now=NOW).state is SendOutcome.SENT

    ((path, said),) = room.heard
    assert "geheim" in path
    assert "提醒" in str(said)


def every(codes):
    return [(name, code) for name in codes for code in codes[name]]


@pytest.mark.parametrize(("platform", "code"), every(PASS))
def test_too_fast_or_busy_is_tried_again_and_the_channel_rests(platform, code):
    with GroupRoom((200, {"errcode": code, "code": code})) as room:
        result = speak(hook(platform, room), "提醒", now=NOW)

    assert (result.state, result.stops) == (SendOutcome.FAILED, True)
    assert f"错误码 {code}：" in result.note


@pytest.mark.parametrize(("platform", "code"), every(ROBOT))
def test_what_is_wrong_with_the_robot_needs_a_person_and_stops_the_channel(platform, code):
    with GroupRoom((200, {"errcode": code, "code": code, "errmsg": "geheim"})) as room:
        result = speak(hook(platform, room), "提醒", now=NOW)

    assert (result.state, result.stops) == (SendOutcome.REFUSED, True)
    assert f"错误码 {code}：" in result.note
    assert "请" in result.note, "it says what to do"
    assert "geheim" not in result.note


@pytest.mark.parametrize(("platform", "code"), every(WORDS))
def test_what_is_wrong_with_one_text_lets_the_others_go_on(platform, code):
    with GroupRoom((200, {"errcode": code, "code": code})) as room:
        result = speak(hook(platform, room), "提醒", now=NOW)

    assert (result.state, result.stops) == (SendOutcome.REFUSED, False)


def test_every_code_of_the_table_is_one_of_those_above():
    for platform, codes in CODES.items():
        meant = {FailureKind.PASSES: PASS, FailureKind.ROBOT: ROBOT, FailureKind.WORDS: WORDS}
        assert all(code in meant[known.kind][platform] for code, known in codes.items())
        assert 0 not in codes


def test_of_two_codes_of_one_answer_the_failure_counts():
    with GroupRoom((200, {"code": 0, "StatusCode": 19001})) as room:
        assert speak(hook("feishu", room), "提醒", now=NOW).state is SendOutcome.REFUSED


@pytest.mark.parametrize("platform", ADDRESSES)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"ok",
        b"<html>",
        [],
        0,
        None,
        "0",
        {},
        {"errmsg": "ok"},
        {"errcode": "0"},
        {"errcode": False, "code": False},
        {"errcode": 0.0, "code": 0.0},
        {"errcode": None, "code": None},
        {"ERRCODE": 0, "Code": 0},
        [{"errcode": 0, "code": 0}],
        b'{"errcode": 0, "code": 0',
        b"<!DOCTYPE html><title>200 OK</title>errcode: 0",
    ],
    ids=str,
)
def test_an_answer_without_a_code_is_unknown(platform, body):
    with GroupRoom((200, body)) as room:
        assert speak(hook(platform, room), "提醒", now=NOW).state is SendOutcome.UNKNOWN


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (301, SendOutcome.REFUSED),
        (302, SendOutcome.REFUSED),
        (307, SendOutcome.REFUSED),
        (400, SendOutcome.REFUSED),
        (403, SendOutcome.REFUSED),
        (404, SendOutcome.REFUSED),
        (429, SendOutcome.FAILED),
        (500, SendOutcome.UNKNOWN),
        (502, SendOutcome.UNKNOWN),
        (0, SendOutcome.UNKNOWN),
    ],
)
def test_another_status_is_not_success_whatever_the_text_says(status, state):
    with GroupRoom((status, {"errcode": 0})) as room:
        assert speak(hook("dingtalk", room), "提醒", now=NOW).state is state

    assert len(room.heard) == 1, "no redirect was followed, nothing was repeated"


@pytest.mark.parametrize("status", [400, 404, 408, 429, 500, 502, 503])
def test_another_status_is_no_matter_of_one_text(status):
    with GroupRoom((status, b"<html>")) as room:
        assert speak(hook("wecom", room), "提醒", now=NOW).stops


@pytest.mark.parametrize("platform", ADDRESSES)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_is_not_followed(platform, status):
    with GroupRoom((200, {"errcode": 0, "code": 0})) as other:
        with GroupRoom((status, {"errcode": 0, "code": 0}), elsewhere=f"{other.base}/send") as room:
            result = speak(hook(platform, room), "提醒", now=NOW)

        assert (result.state, result.stops) == (SendOutcome.REFUSED, True)
        assert (len(room.heard), other.heard) == (1, [])


@pytest.mark.parametrize("platform", ADDRESSES)
@pytest.mark.parametrize("body", [b"x", b'{"errcode": 0, "code": 0}'], ids=["late", "dripping"])
def test_an_answer_that_does_not_come_in_time_is_unknown(platform, body):
    with GroupRoom((200, body), pause=0.2) as room:
        slow = Hook(platform, ADDRESSES[platform], wait=0.1 if body == b"x" else 0.5, base=room.base)
        result = speak(slow, "提醒", now=NOW)

    assert (result.state, result.stops) == (SendOutcome.UNKNOWN, True)


def test_a_platform_that_is_not_there_was_given_nothing():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    result = speak(Hook("wecom", ADDRESSES["wecom"], base=f"http://127.0.0.1:{port}"), "提醒", now=NOW)

    assert (result.state, result.stops) == (SendOutcome.FAILED, True)


def test_dingtalk_signs_in_the_address():
    with GroupRoom((200, {"errcode": 0})) as room:
        speak(hook("dingtalk", room, sign="SECgeheim2"), "提醒", now=NOW)

    said = parse_qs(urlsplit(room.heard[0][0]).query)
    stamp = str(int(NOW.timestamp() * 1000))
    digest = hmac.new(b"SECgeheim2", f"{stamp}\nSECgeheim2".encode(), hashlib.sha256).digest()
    assert said["timestamp"] == [stamp]
    assert said["sign"] == [base64.b64encode(digest).decode()]
    assert said["access_token"] == ["geheim"]


def test_feishu_signs_in_the_text():
    with GroupRoom((200, {"code": 0})) as room:
        speak(hook("feishu", room, sign="geheim2"), "提醒", now=NOW)

    said = room.heard[0][1]
    stamp = str(int(NOW.timestamp()))
    digest = hmac.new(f"{stamp}\ngeheim2".encode(), b"", hashlib.sha256).digest()
    assert (said["timestamp"], said["sign"]) == (stamp, base64.b64encode(digest).decode())


@pytest.mark.parametrize(
    "address",
    [
        "http://oapi.dingtalk.com/robot/send?access_token=x",
        "https://127.0.0.1/robot/send",
        "https://0x7f.1/robot/send",
        "https://2130706433/robot/send",
        "https://[::1]/robot/send",
        "https://[::ffff:127.0.0.1]/robot/send",
        "https://localhost/robot/send",
        "https://oapi.dingtalk.com@127.0.0.1/robot/send",
        "https://oapi.dingtalk.com:8443/robot/send",
        "https://oapi.dingtalk.com.example.com/robot/send",
        "https://example.com/oapi.dingtalk.com",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "file:///etc/passwd",
        "https://oapi.dingtalk.com\\@127.0.0.1/",
        "https://oapi.dingtalk.com/robot\r\nHost: 127.0.0.1",
        "https://169.254.169.254/latest/meta-data",
        "//oapi.dingtalk.com/robot/send",
        "",
    ],
)
def test_an_address_that_is_no_robot_of_the_platform_is_never_opened(address, monkeypatch):
    opened = []
    monkeypatch.setattr(socket, "create_connection", lambda *args, **more: opened.append(args))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: opened.append(args))

    result = speak(Hook("dingtalk", address), "提醒", now=NOW)

    assert (result.state, result.stops) == (SendOutcome.REFUSED, True)
    assert opened == []


@pytest.mark.parametrize(
    "found", ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"]
)
def test_a_name_that_leads_into_the_network_is_not_connected_to(found, monkeypatch):
    opened = []
    monkeypatch.setattr(socket, "create_connection", lambda *args, **more: opened.append(args))
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *args, **more: [(0, 1, 6, "", ("203.0.114.9", 443)), (0, 1, 6, "", (found, 443))],
    )

    assert speak(Hook("dingtalk", ADDRESSES["dingtalk"]), "提醒", now=NOW).state is SendOutcome.REFUSED
    assert opened == []


def test_a_host_that_the_office_added_may_lie_inside_its_network(monkeypatch):
    opened = []

    def connect(where, *_, **__):
        opened.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: [(0, 1, 6, "", ("10.0.0.8", 443))])

    result = speak(
        Hook("dingtalk", "https://ding.example.gov.cn/robot/send", hosts=("ding.example.gov.cn",)),
        "提醒",
        now=NOW,
    )

    assert (result.state, opened) == (SendOutcome.FAILED, [("10.0.0.8", 443)])


def test_a_hook_never_shows_its_secrets():
    assert "geheim" not in repr(Hook("dingtalk", ADDRESSES["dingtalk"], "geheim2"))
