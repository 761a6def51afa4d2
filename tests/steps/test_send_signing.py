"""What a person writes into 督办/送签单.xlsx takes effect when something is sent, without another `tracker chase`."""

from __future__ import annotations

import datetime as dt
import email
import io
from email.policy import default

import docx
import openpyxl
import pytest

from tests.support.mailbox import (
    MAIL,
    MORNING,
    Clock,
    call,
    change_settings,
    make_office,
    office_of,
    slip,
    type_in,
)
from tests.support.servers import MailRoom
from tracker.problems.chase import NoDraft, SigningBookOpen
from tracker.steps.chase import chase
from tracker.steps.send import send
from tracker.steps.status import status
from tracker.tiers import SlipState

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def mail():
    with MailRoom() as room:
        yield room


@pytest.fixture
def office(tmp_path, mail):
    """An office that sends by mail, with a 催办单 for 市教育局 waiting in 送签单.xlsx."""
    root = make_office(tmp_path / "办公", {**MAIL, "mail_port": str(mail.port)})
    slip(root, 1, "U001", "催办")
    chase(call(root, MORNING))
    return root


def sent(root, now=MORNING + MINUTE, **more):
    return send(call(root, now), clock=Clock(now), patience=0, **more)


def listed(root, document="D1"):
    """The row of the signing list, by label."""
    page = openpyxl.load_workbook(root / "督办" / "送签单.xlsx").worksheets[0]
    head = next(row for row in page.iter_rows(values_only=True) if "编号" in row)
    return next(
        dict(zip(head, row, strict=True)) for row in page.iter_rows(values_only=True) if row[0] == document
    )


def test_what_is_signed_in_the_list_leaves_at_once_with_its_day_and_number(office, mail):
    assert sent(office).data["sent"] == {}
    type_in(office, "D1", 状态="已签发", 文号="×督〔2018〕7号")

    sent(office, MORNING + 2 * MINUTE)

    ((_, recipients, data),) = mail.kept
    assert recipients == ["u001@example.gov.cn"]
    (attached,) = email.message_from_bytes(data, policy=default).iter_attachments()
    body = docx.Document(io.BytesIO(attached.get_content())).element.body
    text = "".join(each.text or "" for each in body.iter() if each.tag.endswith("}t"))
    assert "×督〔2018〕7号" in text
    assert "2018年9月4日" in text


def test_what_has_left_is_marked_in_the_list_so_that_nobody_sends_it_once_more(office, mail):
    type_in(office, "D1", 状态="已签发")

    sent(office)

    assert (listed(office)["状态"], listed(office)["签发或发出日期"]) == ("已发", dt.datetime(2018, 9, 4))


def test_a_signature_that_is_taken_back_in_the_list_holds_what_was_about_to_leave(office, mail):
    type_in(office, "D1", 状态="已签发")
    mail.answer = lambda _: "451 later"
    sent(office)
    mail.answer = lambda _: "250 OK"
    type_in(office, "D1", 状态="拟稿")

    answer = sent(office, MORNING + 20 * MINUTE)

    assert [each["code"] for each in answer.data["held"]] == ["document"]
    assert any("请在《送签单》中签发" in line for line in answer.lines)
    assert mail.kept == []


@pytest.mark.parametrize("by", ["OA", "电话", "微信群"])
def test_what_was_sent_by_other_means_is_not_sent_and_counts_for_the_next_rung(office, mail, by):
    type_in(office, "D1", 状态="已发", 发送方式=by, 签发或发出日期=MORNING.date())

    answer = sent(office)

    assert (answer.data["sent"], mail.recipients) == ({}, [])
    said = office_of(office)
    assert (said.documents["D1"].state, said.documents["D1"].on) == ("sent", MORNING.date())
    assert [(each.kind, by in each.data) for each in said.events if each.subject == "D1"] == [
        ("sent-by", True)
    ]


def test_a_parked_slip_that_is_marked_as_sent_in_the_list_waits_for_nobody_any_more(office, mail):
    type_in(office, "D1", 状态="已签发")
    mail.answer = lambda _: "keep+drop"
    sent(office)
    parked = sent(office, MORNING + 20 * MINUTE)
    assert [each["fate"] for each in parked.data["listed"]] == ["PARKED"]
    assert any("可能已送达" in each for each in status(call(office, MORNING + 20 * MINUTE)).data["watch"])
    type_in(office, "D1", 状态="已发", 发送方式="电话")

    answer = sent(office, MORNING + 30 * MINUTE)

    assert answer.data["listed"] == []
    assert status(call(office, MORNING + 30 * MINUTE)).data["watch"] == []
    assert len(mail.kept) == 1


def test_in_test_mode_a_signature_is_taken_in_and_nothing_leaves(office, mail):
    change_settings(office, {**MAIL, "mail_port": str(mail.port), "send_test": "是"})
    type_in(office, "D1", 状态="已签发")

    assert sent(office).data["stopped"] == "test"
    assert office_of(office).documents["D1"].state == "signed"
    assert mail.recipients == []


def test_a_signature_that_is_said_is_written_into_the_list_and_the_slip_leaves(office, mail):
    result = sent(office, verdicts={"D1": SlipState.SIGNED})

    assert len(mail.kept) == 1
    assert (listed(office)["状态"], result.exit) == ("已发", 0)


def test_a_slip_that_is_withdrawn_by_word_never_leaves(office, mail):
    sent(office, verdicts={"D1": SlipState.WITHDRAWN})

    assert (mail.kept, listed(office)["状态"], office_of(office).documents["D1"].state) == (
        [],
        "作废",
        "withdrawn",
    )


def test_nothing_is_signed_while_the_list_is_open_or_the_slip_is_no_draft(office, mail, owner_file):
    before = (office / "督办" / "送签单.xlsx").read_bytes()
    mark = owner_file(office / "督办" / ".~lock.送签单.xlsx#", ",王敏,".encode())
    with pytest.raises(SigningBookOpen):
        sent(office, verdicts={"D1": SlipState.SIGNED})
    mark.unlink()
    with pytest.raises(NoDraft, match="D7"):
        sent(office, verdicts={"D1": SlipState.SIGNED, "D7": SlipState.SIGNED})

    assert mail.kept == []
    assert {path.name: path.read_bytes() for path in (office / "督办").glob("送签单*")} == {
        "送签单.xlsx": before
    }
