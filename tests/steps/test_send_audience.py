"""The list of contacts as people edit it in Excel takes effect when something is sent, without another command."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.mailbox import MAIL, MORNING, Clock, call, change_settings, office_of, slip
from tests.support.servers import MailRoom
from tests.support.year import UNITS, make_year
from tracker.formats.books.register import ContactRow, RegisterBook, UnitRow, lay_out_register
from tracker.rules.outgoing import SendOutcome
from tracker.steps.send import send

MINUTE = dt.timedelta(minutes=1)
PEOPLE = {
    "市教育局": ("张三", "zhang@example.gov.cn"),
    "市司法局": ("李四", "li@example.gov.cn"),
    "市财政局": ("王五", "wang@example.gov.cn"),
}


@pytest.fixture
def mail():
    with MailRoom() as room:
        yield room


@pytest.fixture
def office(tmp_path, mail):
    root = make_year(tmp_path / "办公", points=5)
    change_settings(root, {**MAIL, "mail_port": str(mail.port)})
    write(root, PEOPLE)
    return root


def write(root, people, **more):
    """单位及联络员名单.xlsx as it is after somebody worked on it."""
    book = RegisterBook(
        units=tuple(
            UnitRow(unit, name, kind="市直部门", **more.get(unit, {})) for unit, name in UNITS.items()
        ),
        contacts=tuple(
            ContactRow(unit, name, "联络员", "0000", address) for unit, (name, address) in people.items()
        ),
    )
    (root / "单位及联络员名单.xlsx").write_bytes(lay_out_register(book))


def sent(root, now=MORNING, **more):
    return send(call(root, now), clock=Clock(now), patience=0, **more)


def held(answer):
    return [(each["message"], each["code"]) for each in answer.data["held"] if each["do"]]


def later(root, mail, number=1, unit="U001"):
    """A reminder that the server did not take yet."""
    slip(root, number, unit)
    mail.answer = lambda _: "451 later"
    sent(root)
    mail.answer = lambda _: "250 OK"
    mail.recipients.clear()


def test_a_new_contact_gets_the_slip_of_today(office, mail):
    slip(office, 1, "U001")

    sent(office)

    assert mail.recipients == ["zhang@example.gov.cn"]


def test_addresses_that_were_swapped_between_two_units_hold_both_letters_and_say_what_to_do(office, mail):
    sent(office)
    swapped = {"市教育局": ("张三", "li@example.gov.cn"), "市司法局": ("李四", "zhang@example.gov.cn")}
    write(office, {**PEOPLE, **swapped})
    for number, unit in enumerate(("U001", "U002", "U003"), 1):
        slip(office, number, unit)

    answer = sent(office)

    assert held(answer) == [("M1", "swapped"), ("M2", "swapped")]
    assert sum("请核对有没有填串" in line for line in answer.lines) == 2
    assert mail.recipients == ["wang@example.gov.cn"]


def test_a_contact_whose_row_was_taken_out_gets_nothing(office, mail):
    later(office, mail)
    write(office, {name: who for name, who in PEOPLE.items() if name != "市教育局"})
    slip(office, 2, "U001", "提醒")

    answer = sent(office, MORNING + 20 * MINUTE)

    assert held(answer) == [("M1", "contact")]
    assert mail.recipients == []


def test_whoever_takes_over_from_a_contact_gets_what_comes_next_and_the_former_one_nothing(office, mail):
    later(office, mail)
    write(office, {**PEOPLE, "市教育局": ("赵六", "zhao@example.gov.cn")})

    answer = sent(office, MORNING + 20 * MINUTE)
    assert held(answer) == [("M1", "contact")]
    assert any("tracker send --readdress" in line for line in answer.lines)

    sent(office, MORNING + 21 * MINUTE, decisions={"M1": SendOutcome.READDRESSED})
    assert mail.recipients == ["zhao@example.gov.cn"]


def test_a_unit_that_is_no_more_from_today_gets_nothing(office, mail):
    later(office, mail)
    write(office, PEOPLE, U001={"until": MORNING.date()})

    assert held(sent(office, MORNING + 20 * MINUTE)) == [("M1", "unit")]
    assert mail.recipients == []


def test_a_list_without_rows_and_a_row_of_a_misspelt_unit_end_no_contact(office, mail):
    sent(office)
    write(office, {})
    sent(office)
    write(
        office,
        {**{name: who for name, who in PEOPLE.items() if name != "市教育局"}, "市教育菊": PEOPLE["市教育局"]},
    )
    sent(office)

    contacts = {each.name for body in office_of(office).units.values() for each in body.contacts}
    assert contacts == {"张三", "李四", "王五"}


def test_a_dry_run_looks_at_the_list_of_today_and_keeps_nothing(office, mail):
    later(office, mail)
    write(office, {**PEOPLE, "市教育局": ("赵六", "zhao@example.gov.cn")})

    now = MORNING + 20 * MINUTE
    answer = send(call(office, now, dry_run=True), clock=Clock(now), patience=0)

    assert held(answer) == [("M1", "contact")]
    assert {each.name for each in office_of(office).units["U001"].contacts} == {"张三"}
