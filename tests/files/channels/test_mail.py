"""Mail against a real server on loopback: what was answered is what is said."""

from __future__ import annotations

import email
import re
import socket
import struct
import threading
import time
from email.policy import default

import pytest

from tests.support.hostile_words import RECIPIENTS, SUBJECTS
from tests.support.servers import MailRoom
from tracker import facts
from tracker.files.channels import mail
from tracker.files.channels.mail import Relay, post
from tracker.files.channels.parcels import Parcel, mail_message
from tracker.rules.outgoing import LEASE, SendOutcome

DATE = "Mon, 02 Mar 2026 09:00:00 +0800"


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
    return mail_message(Parcel(said, DATE, files), "office@example.gov.cn", office="市政府办公室")


def relay(room):
    return Relay("127.0.0.1", room.port, "无", wait=5)


def test_what_arrives_is_what_was_said():
    with MailRoom() as room:
        result = post(written(message(), (("提醒.docx", b"PK\x03\x04"),)), relay(room))

    assert result.state is SendOutcome.SENT
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
        ("250 OK", SendOutcome.SENT),
        ("451 try later", SendOutcome.FAILED),
        ("452 too many", SendOutcome.FAILED),
        ("550 no such user", SendOutcome.REFUSED),
        ("554 spam", SendOutcome.REFUSED),
        ("drop", SendOutcome.UNKNOWN),
        ("keep+drop", SendOutcome.UNKNOWN),
    ],
)
def test_an_answer_to_the_text_is_told_as_what_it_is(answer, state):
    with MailRoom(lambda _: answer) as room:
        assert post(written(message()), relay(room)).state is state


@pytest.mark.parametrize(
    ("answer", "state"), [("450 busy", SendOutcome.FAILED), ("550 unknown", SendOutcome.REFUSED)]
)
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

    assert (result.state, result.stops) == (SendOutcome.FAILED, True)


def test_a_password_for_a_server_that_takes_none_appears_in_no_note():
    with MailRoom() as room:
        result = post(written(message()), Relay("127.0.0.1", room.port, "无", "office", "geheim-1", wait=5))

    assert (result.state, result.stops) == (SendOutcome.FAILED, True)
    assert "geheim" not in result.note
    assert room.kept == []


class Breaking:
    """A server that hangs up as soon as it has heard so many bytes of a text."""

    def __init__(self, after: int) -> None:
        self.heard = b""
        self._after = after
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        line, _ = self._door.accept()
        with line, line.makefile("rwb") as said:
            for answer in (b"220 hi", b"250 hi", b"250 OK", b"250 OK", b"354 go on"):
                said.write(answer + b"\r\n")
                said.flush()
                if answer != b"354 go on":
                    said.readline()
            while len(self.heard) < self._after:
                self.heard += said.read1(1000)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def __enter__(self) -> Breaking:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()
        self._thread.join()


def test_a_text_that_was_not_given_whole_was_certainly_not_taken():
    long = (("附件.bin", bytes(8_000_000)),)
    with Breaking(after=5_000) as server:
        result = post(written(message(), long), Relay("127.0.0.1", server.port, "无", wait=5))

    assert b"\r\n.\r\n" not in server.heard
    assert result.state is SendOutcome.FAILED


def test_a_text_that_was_given_whole_and_not_answered_is_in_doubt():
    whole = bytes(written(message()))
    with Breaking(after=len(whole)) as server:
        result = post(written(message()), Relay("127.0.0.1", server.port, "无", wait=5))

    assert result.state is SendOutcome.UNKNOWN


def test_an_answer_to_the_text_is_waited_for_longest():
    def slowly(_):
        time.sleep(1)
        return "250 OK"

    with MailRoom(slowly) as room:
        result = post(written(message()), Relay("127.0.0.1", room.port, "无", wait=0.5, answer_wait=10))

    assert result.state is SendOutcome.SENT
    assert mail.WAIT < mail.ANSWER_WAIT


def test_all_waits_of_an_attempt_together_are_shorter_than_its_claim():
    """Connecting, greeting, EHLO, STARTTLS, its handshake, EHLO, five for logging in, MAIL, RCPT, DATA."""
    assert LEASE.total_seconds() > 14 * mail.WAIT + mail.TEXT_WAIT + mail.ANSWER_WAIT


@pytest.mark.parametrize("password", ["密码geheim", "ｇｅｈｅｉｍ"])
def test_a_password_that_no_server_can_be_told_stops_the_channel_and_is_not_repeated(password):
    with MailRoom(login=True) as room:
        result = post(written(message()), Relay("127.0.0.1", room.port, "无", "office", password, wait=5))

    assert (result.state, result.stops) == (SendOutcome.FAILED, True)
    assert not set("密码ｇｅｈｅｉｍ").intersection(result.note.replace("密码里", "").replace("账号或", ""))


def test_there_are_fifty_hostile_texts_of_each_kind():
    assert (len(set(RECIPIENTS)), len(set(SUBJECTS))) == (50, 50)


def test_a_hostile_recipient_reaches_nobody():
    with MailRoom() as room:
        for text in (*RECIPIENTS, *SUBJECTS):
            try:
                built = written(message(recipient=text))
            except ValueError:
                continue
            post(built, relay(room))

        assert room.recipients == []


HEADERS = [
    "Message-ID",
    "Date",
    "Subject",
    "From",
    "To",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def is_one_letter_to_one_person(data):
    read = email.message_from_bytes(data, policy=default)
    return (
        read.keys() == HEADERS
        and read["To"] == "zhang@example.gov.cn"
        and [each.addr_spec for each in read["From"].addresses] == ["office@example.gov.cn"]
        and not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", f"{read['Subject']}{read['From']}")
        and len(str(read["Subject"])) <= 120
        and all(len(line) <= 998 for line in data.split(b"\r\n"))
        and read.get_content().replace("\r\n", "\n") == message().body
    )


def test_a_hostile_subject_reaches_nobody_else_and_adds_no_header():
    with MailRoom() as room:
        for text in SUBJECTS:
            assert post(written(message(subject=text)), relay(room)).state is SendOutcome.SENT

    assert room.recipients == ["zhang@example.gov.cn"] * len(SUBJECTS)
    assert all(is_one_letter_to_one_person(data) for _, _, data in room.kept)


@pytest.mark.parametrize("text", (*SUBJECTS, *RECIPIENTS), ids=range(100))
def test_hostile_words_in_any_header_are_words(text):
    said = Parcel(message(subject=text), DATE)

    assert is_one_letter_to_one_person(bytes(mail_message(said, "office@example.gov.cn", office=text)))


def test_a_hostile_file_name_adds_no_header_and_no_part():
    for text in (*SUBJECTS, *RECIPIENTS):
        built = written(message(), ((f"{text}.docx", b"PK"),))
        read = email.message_from_bytes(bytes(built), policy=default)
        (part,) = read.iter_attachments()

        assert set(part.keys()) <= {
            "Content-Type",
            "Content-Transfer-Encoding",
            "Content-Disposition",
            "MIME-Version",
        }
        assert part.get_content() == b"PK"
        assert "\n" not in (part.get_filename() or "")


def test_a_letter_with_two_recipients_is_not_posted():
    built = written(message())
    del built["To"]
    built["To"] = "a@example.gov.cn, b@example.gov.cn"
    with MailRoom() as room:
        assert post(built, relay(room)).state is SendOutcome.REFUSED

    assert room.recipients == []
