"""Mail against a real server on loopback: what was answered is what is said."""

from __future__ import annotations

import email
import socket
from email.policy import default

import pytest

from tests.servers import MailRoom
from tracker import facts
from tracker.files.channels import Parcel
from tracker.files.channels.letters import letter
from tracker.files.channels.mail import Relay
from tracker.files.channels.mail import post
from tracker.rules.outgoing.outbox import Said

DATE = "Mon, 02 Mar 2026 09:00:00 +0800"
# Each is a recipient or a subject that tries to reach somebody else, or to say another thing.
HOSTILE = [
    "zhang@example.gov.cn, victim@example.com",
    "zhang@example.gov.cn;victim@example.com",
    "zhang@example.gov.cn victim@example.com",
    "zhang@example.gov.cn\r\nBcc: victim@example.com",
    "zhang@example.gov.cn\nRCPT TO:<victim@example.com>",
    "zhang@example.gov.cn\r\n.\r\nMAIL FROM:<x@example.com>",
    "zhang@example.gov.cn\x00victim@example.com",
    "<zhang@example.gov.cn>,<victim@example.com>",
    "zhang@example.gov.cn>,<victim@example.com",
    "张三 <zhang@example.gov.cn>, 李四 <victim@example.com>",
    '"zhang@example.gov.cn, " <victim@example.com>',
    "group: zhang@example.gov.cn, victim@example.com;",
    "zhang@example.gov.cn (comment) <victim@example.com>",
    "@example.com:victim@example.com",
    "<@a.example.com,@b.example.com:victim@example.com>",
    "victim@example.com@example.gov.cn",
    "victim%example.com@example.gov.cn,victim@example.com",
    "zhang@example.gov.cn\u2028victim@example.com",
    "zhang@example.gov.cn\u3000victim@example.com",
    "zhang@example.gov.cn\tvictim@example.com",
    "zhang@[127.0.0.1]",
    "zhang@127.0.0.1",
    '"zhang victim"@example.gov.cn',
    "zhang@example",
    "@example.gov.cn",
    "zhang@",
    "zhang",
    "",
    " ",
    "张三@example.gov.cn",
    "zhang@例子.中国",
    "zhang@example..gov.cn",
    ".zhang@example.gov.cn",
    "zhang.@example.gov.cn",
    "zh..ang@example.gov.cn",
    "zhang@-example.gov.cn",
    "mailto:zhang@example.gov.cn",
    "zhang@example.gov.cn?bcc=victim@example.com",
    "zhang@example.gov.cn&to=victim@example.com",
    "=?utf-8?q?victim=40example.com?= <zhang@example.gov.cn>",
    "zhang@example.gov.cn\\victim@example.com",
    "zhang@example.gov.cn|victim@example.com",
    "zhang@example.gov.cn/victim@example.com",
    "a" * 300 + "@example.gov.cn",
    "zhang@" + "a" * 300 + ".cn",
    "zhang@example.gov.cn SIZE=1",
    "zhang@example.gov.cn> NOTIFY=SUCCESS ORCPT=rfc822;victim@example.com",
    "zhang@example.gov.cn\x0bvictim@example.com",
    "zhang@example.gov.cn\x85victim@example.com",
    "\u202ezhang@example.gov.cn",
]


def message(recipient="zhang@example.gov.cn", subject="工作提醒", **more):
    said = {
        "message": "M1",
        "key": "k",
        "document": "D1",
        "unit": "U001",
        "tier": "提醒",
        "treatment": "reminder",
        "channel": "mail",
        "recipient": recipient,
        "message_id": "<1@example.gov.cn>",
        "subject": subject,
        "body": "市教育局：\n现发去工作提醒。\n.\n..两点\n",
        "attachments": (),
        "hashes": (),
    }
    return facts.Message(**{**said, **more})


def written(said, files=()):
    return letter(Parcel(said, DATE, files), "office@example.gov.cn", office="市政府办公室")


def relay(room):
    return Relay("127.0.0.1", room.port, "无", wait=5)


def test_what_arrives_is_what_was_said():
    with MailRoom() as room:
        result = post(written(message(), (("提醒.docx", b"PK\x03\x04"),)), relay(room))

    assert result.state is Said.SENT
    ((sender, recipients, data),) = room.kept
    assert (sender, recipients) == ("office@example.gov.cn", ["zhang@example.gov.cn"])
    read = email.message_from_bytes(data, policy=default)
    assert read["Subject"] == "工作提醒"
    assert read["Message-ID"] == "<1@example.gov.cn>"
    assert read.get_body().get_content().replace("\r\n", "\n") == message().body
    (attached,) = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("提醒.docx", b"PK\x03\x04")


def test_the_same_message_is_the_same_bytes():
    files = (("提醒.docx", b"PK\x03\x04"),)

    assert bytes(written(message(), files)) == bytes(written(message(), files))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("250 OK", Said.SENT),
        ("451 try later", Said.FAILED),
        ("452 too many", Said.FAILED),
        ("550 no such user", Said.REFUSED),
        ("554 spam", Said.REFUSED),
        ("drop", Said.UNKNOWN),
        ("keep+drop", Said.UNKNOWN),
    ],
)
def test_an_answer_to_the_text_is_told_as_what_it_is(answer, state):
    with MailRoom(lambda _: answer) as room:
        assert post(written(message()), relay(room)).state is state


@pytest.mark.parametrize(("answer", "state"), [("450 busy", Said.FAILED), ("550 unknown", Said.REFUSED)])
def test_a_recipient_that_is_not_taken_was_certainly_not_reached(answer, state):
    with MailRoom() as room:
        room.rcpt_answer = answer
        assert post(written(message()), relay(room)).state is state

    assert room.kept == []


def test_a_server_that_is_not_there_stops_the_channel_and_nothing_was_given():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    result = post(written(message()), Relay("127.0.0.1", port, "无", wait=2))

    assert (result.state, result.stops) == (Said.FAILED, True)


def test_a_password_for_a_server_that_takes_none_appears_in_no_note():
    with MailRoom() as room:
        result = post(written(message()), Relay("127.0.0.1", room.port, "无", "office", "geheim-1", wait=5))

    assert (result.state, result.stops) == (Said.FAILED, True)
    assert "geheim" not in result.note
    assert room.kept == []


def test_there_are_fifty_hostile_texts():
    assert len(HOSTILE) == 50


def test_a_hostile_recipient_reaches_nobody():
    with MailRoom() as room:
        for text in HOSTILE:
            try:
                built = written(message(recipient=text))
            except ValueError:
                continue
            post(built, relay(room))

        assert room.recipients == []


def test_a_hostile_subject_reaches_nobody_else():
    with MailRoom() as room:
        for text in HOSTILE:
            assert post(written(message(subject=text)), relay(room)).state is Said.SENT

    assert set(room.recipients) == {"zhang@example.gov.cn"}
    assert len(room.recipients) == len(HOSTILE)
    for _, _, data in room.kept:
        read = email.message_from_bytes(data, policy=default)
        assert read["Bcc"] is None and read["Cc"] is None
        assert read["To"] == "zhang@example.gov.cn"
        assert read.get_content().replace("\r\n", "\n") == message().body


def test_a_letter_with_two_recipients_is_not_posted():
    built = written(message())
    del built["To"]
    built["To"] = "a@example.gov.cn, b@example.gov.cn"
    with MailRoom() as room:
        assert post(built, relay(room)).state is Said.REFUSED

    assert room.recipients == []
