"""The draft of a unit's own report goes where its form goes."""

from __future__ import annotations

import email
from email.policy import default

import pytest

from tests.support.mailbox import MAIL, MORNING, Clock, call, make_office
from tests.support.servers import MailRoom
from tracker.steps.hand_out import hand_out
from tracker.steps.send import send


@pytest.fixture
def mail():
    with MailRoom() as room:
        yield room


def test_in_the_last_round_the_draft_of_a_units_own_report_goes_with_its_form(tmp_path, mail):
    root = make_office(tmp_path / "办公", {**MAIL, "mail_port": str(mail.port), "send_forms": "是"})
    # Tuesday 2018-11-20, in the last round.
    november = MORNING.replace(month=11, day=20)
    hand_out(call(root, november))

    send(call(root, november), clock=Clock(november), patience=0)

    attached = {
        recipients[0]: sorted(
            each.get_filename() for each in email.message_from_bytes(data, policy=default).iter_attachments()
        )
        for _, recipients, data in mail.kept
    }
    assert attached["u002@example.gov.cn"] == ["市司法局.xlsx", "市司法局自查报告（拟稿）.docx"]
    assert len(attached) == 5
