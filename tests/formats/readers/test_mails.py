"""A mail of Outlook gives its sender, its moment and its files."""

from __future__ import annotations

import pytest

from tests.support.outlook import outlook
from tracker.formats.readers.mails import is_mail, read_mail

FILE = b"PK-form" * 1000


def test_a_mail_of_outlook_gives_sender_moment_and_files():
    mail = read_mail(outlook(FILE))

    assert is_mail(outlook(FILE))
    assert mail.sender == "李四 <li@example.gov.cn>"
    assert mail.at is not None and mail.at.isoformat() == "2019-04-17T18:40:00+00:00"
    assert mail.files == (("报表.xlsx", FILE),)


@pytest.mark.parametrize("cut", [600, 3000, 9000])
def test_half_a_mail_of_outlook_is_none(cut):
    assert not is_mail(outlook(FILE)[:cut])
