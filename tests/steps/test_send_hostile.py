"""Hostile words where people type them: the list of contacts, document numbers. Nobody but the recipient is reached."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email.policy import default

from tests.support.hostile_words import RECIPIENTS, SUBJECTS
from tests.support.mailbox import MAIL, MORNING, Clock, call, make_office, record
from tests.support.servers import MailRoom
from tracker import facts
from tracker.steps.send import send

UNITS = {f"U{n:03}": f"第{n}局" for n in range(1, 51)}
# A cell of a workbook holds no other control characters.
TYPED = [re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)[:30_000] for text in SUBJECTS]


def prepare(root, mail):
    """An office whose units have a reminder each, the files of which lie there."""
    make_office(root, {**MAIL, "mail_port": str(mail.port)}, units=UNITS)
    for n, unit in enumerate(UNITS, 1):
        document = facts.Document(
            f"D{n}", "提醒", unit, (f"P1-{n:03}",), MORNING.date(), "signed", "", f"督办/x 提醒/D{n}.docx"
        )
        (root / document.path).parent.mkdir(parents=True, exist_ok=True)
        (root / document.path).write_bytes(b"PK")
        yield document


def test_fifty_hostile_addresses_in_the_list_of_contacts_reach_nobody(tmp_path):
    with MailRoom() as mail:
        documents = list(prepare(tmp_path / "办公", mail))
        contacts = [
            # The ledger itself refuses a NUL.
            facts.Contact(unit, "联络员", f"{unit}联络员", "0000", text.replace("\0", "\1"), True)
            for unit, text in zip(UNITS, RECIPIENTS, strict=True)
        ]
        record(tmp_path / "办公", *contacts, *documents)
        answer = send(call(tmp_path / "办公", MORNING), clock=Clock(), patience=10_000)

    assert (mail.recipients, mail.kept) == ([], [])
    blank = sum(not text.strip() for text in RECIPIENTS)
    assert [each["code"] for each in answer.data["held"]] == ["address"] * (50 - blank)
    assert answer.data["findings"] == ["no-address"] * blank
    assert all("请在《单位及联络员名单》中改正" in each["do"] for each in answer.data["held"])


def test_fifty_hostile_numbers_of_documents_become_subjects_that_say_nothing_else(tmp_path):
    with MailRoom() as mail:
        documents = list(prepare(tmp_path / "办公", mail))
        record(
            tmp_path / "办公",
            *(replace(each, number=text) for each, text in zip(documents, TYPED, strict=True)),
        )
        send(call(tmp_path / "办公", MORNING), clock=Clock(), patience=10_000)

    assert sorted(mail.recipients) == [f"{unit.lower()}@example.gov.cn" for unit in UNITS]
    for _, recipients, data in mail.kept:
        read = email.message_from_bytes(data, policy=default)
        assert len(recipients) == 1
        assert {"Bcc", "Cc", "Reply-To", "Sender"}.isdisjoint(read.keys())
        assert read.get_all("To") == recipients
        assert len(read.get_all("Subject")) == 1
        assert read["Subject"].startswith("工作提醒")
