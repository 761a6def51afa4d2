"""Sending, from the slip to the other side."""

from __future__ import annotations

import datetime as dt
import email
from email.policy import default

import pytest

from tests.support.mailbox import (
    MAIL,
    MORNING,
    Clock,
    call,
    change_settings,
    contact,
    make_office,
    office_of,
    record,
    sign,
    slip,
)
from tests.support.servers import GroupRoom, MailRoom
from tracker import facts
from tracker.problems.chase import NoMessage, NotSent
from tracker.rules.outgoing import SendOutcome
from tracker.settings import Robot
from tracker.steps.desk import open_desk
from tracker.steps.messages import alarm
from tracker.steps.send import send

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def office(tmp_path):
    return make_office(tmp_path / "办公")


@pytest.fixture
def mail():
    with MailRoom() as room:
        yield room


@pytest.fixture
def posting(tmp_path, mail):
    """An office that sends by mail."""
    return make_office(tmp_path / "办公", {**MAIL, "mail_port": str(mail.port)})


def sent(root, now=MORNING, **more):
    dry_run = more.pop("dry_run", False)
    return send(call(root, now, dry_run=dry_run), clock=Clock(now), patience=0, **more)


def held(answer):
    """The codes of what is held back; whatever somebody has to do something about says what."""
    for each in answer.data["held"]:
        assert each["do"] or "已作废" in each["why"] or "已通过其他方式发出" in each["why"]
        assert each["do"] in "".join(answer.lines)
    return [each["code"] for each in answer.data["held"]]


# The folder


def test_without_settings_a_reminder_lies_ready_in_the_folder(office):
    slip(office, 1, "U001")

    answer = sent(office)

    assert answer.data["sent"] == {"M1": "sent"}
    (ready,) = (office / "督办" / "待发" / "2018-09-04").iterdir()
    assert sorted(each.name for each in ready.iterdir()) == ["D1.docx", "正文.txt", "邮件.eml"]
    assert "市教育局" in (ready / "正文.txt").read_text(encoding="utf-8-sig")


def test_what_lies_ready_has_not_left(office):
    document = slip(office, 1, "U001", "催办")
    sign(office, document)

    sent(office)

    assert office_of(office).documents["D1"].state == "signed"


def test_sending_twice_gives_nothing_new(posting, mail):
    slip(posting, 1, "U001")

    sent(posting)
    again = sent(posting, MORNING + 5 * MINUTE)

    assert again.data["sent"] == {}
    assert len(mail.kept) == 1


def test_a_dry_run_says_what_would_leave_and_records_nothing(posting, mail):
    slip(posting, 1, "U001")

    answer = sent(posting, dry_run=True)

    assert answer.data["ready"] == ["M1"]
    assert office_of(posting).messages == {}
    assert mail.kept == []


# Mail


def test_a_slip_goes_by_mail_to_the_contact_with_its_document(posting, mail):
    slip(posting, 1, "U001")

    sent(posting)

    ((_, recipients, data),) = mail.kept
    read = email.message_from_bytes(data, policy=default)
    assert recipients == ["u001@example.gov.cn"]
    assert [each.get_filename() for each in read.iter_attachments()] == ["D1.docx"]
    assert office_of(posting).documents["D1"].state == "sent"


def test_what_is_sent_is_what_was_recorded_whoever_edits_the_slip(posting, mail):
    document = slip(posting, 1, "U001")
    mail.answer = lambda _: "451 later"
    sent(posting)
    mail.answer = lambda _: "250 OK"
    (posting / document.path).write_bytes(b"changed")

    sent(posting, MORNING + 10 * MINUTE)

    ((_, _, data),) = mail.kept
    (attached,) = email.message_from_bytes(data, policy=default).iter_attachments()
    assert attached.get_content() != b"changed"


def test_an_original_that_was_changed_is_not_sent(posting, mail):
    slip(posting, 1, "U001")
    mail.answer = lambda _: "451 later"
    sent(posting)
    for kept in (posting / "原件留存").rglob("*.docx"):
        kept.chmod(0o600)
        kept.write_bytes(b"changed")
    mail.answer = lambda _: "250 OK"

    assert sent(posting, MORNING + 10 * MINUTE).data["sent"] == {"M1": "failed"}
    assert mail.kept == []


def test_a_reminder_of_unknown_fate_is_repeated_with_the_same_message_id(posting, mail):
    slip(posting, 1, "U001")
    mail.answer = lambda _: "keep+drop"
    assert sent(posting).data["sent"] == {"M1": "unknown"}
    mail.answer = lambda _: "250 OK"

    assert sent(posting, MORNING + 10 * MINUTE).data["sent"] == {"M1": "sent"}

    ids = [email.message_from_bytes(data)["Message-ID"] for _, _, data in mail.kept]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_an_official_slip_of_unknown_fate_waits_for_a_person(posting, mail):
    sign(posting, slip(posting, 1, "U001", "催办"))
    mail.answer = lambda _: "keep+drop"
    sent(posting)
    mail.answer = lambda _: "250 OK"

    answer = sent(posting, MORNING + 60 * MINUTE)

    assert answer.data["sent"] == {}
    assert answer.data["listed"][0]["fate"] == "PARKED"
    assert len(mail.kept) == 1


@pytest.mark.parametrize(
    ("said", "letters", "state"),
    [(SendOutcome.SENT, 1, "sent"), (SendOutcome.AGAIN, 2, "sent"), (SendOutcome.DROPPED, 1, "signed")],
)
def test_a_person_decides_about_it(posting, mail, said, letters, state):
    sign(posting, slip(posting, 1, "U001", "催办"))
    mail.answer = lambda _: "keep+drop"
    sent(posting)
    mail.answer = lambda _: "250 OK"

    answer = sent(posting, MORNING + 10 * MINUTE, decisions={"M1": said})

    assert answer.data["listed"] == []
    assert len(mail.kept) == letters
    assert office_of(posting).documents["D1"].state == state


def test_a_decision_about_what_was_sent_is_refused(posting):
    slip(posting, 1, "U001")
    sent(posting)

    with pytest.raises(NotSent):
        sent(posting, decisions={"M1": SendOutcome.AGAIN})
    with pytest.raises(NoMessage):
        sent(posting, decisions={"M7": SendOutcome.AGAIN})


def test_a_refused_message_is_on_the_list_and_not_tried_again(posting, mail):
    slip(posting, 1, "U001")
    mail.answer = lambda _: "550 no"
    sent(posting)

    answer = sent(posting, MORNING + 600 * MINUTE)

    assert [each["fate"] for each in answer.data["listed"]] == ["REFUSED"]
    assert len(mail.recipients) == 1


def test_a_server_that_is_away_is_asked_once_and_all_is_kept_for_later(posting, mail):
    for number, unit in enumerate(("U001", "U002", "U003"), 1):
        slip(posting, number, unit)
    change_settings(posting, {**MAIL, "mail_port": "1"})

    first = sent(posting)
    change_settings(posting, {**MAIL, "mail_port": str(mail.port)})
    sent(posting, MORNING + 10 * MINUTE)

    assert list(first.data["sent"].values()) == ["failed"]
    assert len(mail.kept) == 3


def test_a_unit_without_an_address_has_its_letter_in_the_folder_and_is_named(posting, mail):
    record(posting, facts.Contact("U001", "联络员", "U001联络员", "0000", "", True))
    slip(posting, 1, "U001")

    answer = sent(posting)

    assert answer.data["findings"] == ["no-address"]
    assert mail.kept == []
    assert list((posting / "督办" / "待发").rglob("邮件.eml"))


# Signatures


def test_an_official_slip_without_signature_never_leaves_whatever_the_order_of_commands(posting, mail):
    from itertools import permutations

    from tracker.steps.chase import chase
    from tracker.steps.sync import sync

    document = slip(posting, 1, "U001", "催办")
    steps = {
        "send": lambda now: sent(posting, now),
        "chase": lambda now: chase(call(posting, now)),
        "sync": lambda now: sync(call(posting, now)),
    }
    now = MORNING
    for order in permutations(steps):
        for name in order:
            now += MINUTE
            steps[name](now)

    assert not [data for _, _, data in mail.kept if document.document.encode() in data]
    assert not [each for each in office_of(posting).messages.values() if "D1" in each.fact.document.split()]


def test_a_signature_that_was_taken_back_holds_what_was_ready(posting, mail):
    document = sign(posting, slip(posting, 1, "U001", "催办"))
    mail.answer = lambda _: "451 later"
    sent(posting)
    mail.answer = lambda _: "250 OK"
    for state in ("drafted", "withdrawn", "sent"):
        sign(posting, document, state)
        assert held(sent(posting, MORNING + 10 * MINUTE)) == ["document"]
    sign(posting, document)

    assert sent(posting, MORNING + 11 * MINUTE).data["sent"] == {"M1": "sent"}


def test_a_slip_sent_by_other_means_is_not_sent_again(posting, mail):
    sign(posting, slip(posting, 1, "U001", "督办"), "sent")

    sent(posting)

    assert mail.kept == []


def test_a_proposal_to_talk_is_for_the_leader_and_never_leaves(posting, mail):
    sign(posting, slip(posting, 1, "U001", "约谈"))

    assert sent(posting).data["sent"] == {}


def test_what_was_signed_long_ago_is_told_and_not_sent(posting, mail):
    slip(posting, 1, "U001", on=MORNING.date() - dt.timedelta(days=8))

    answer = sent(posting)

    assert answer.data["findings"] == ["stale-slip"]
    assert mail.kept == []


def test_a_circular_goes_to_each_unit_that_it_names(posting, mail):
    named = '{"P1-001": ["U001", "U003"]}'
    record(posting, facts.Event("D1", "named", 1, MORNING.date(), named))
    sign(posting, slip(posting, 1, "", "通报"))

    sent(posting)

    assert sorted(mail.recipients) == ["u001@example.gov.cn", "u003@example.gov.cn"]
    assert office_of(posting).documents["D1"].state == "sent"


# The right people


def test_swapped_addresses_hold_both_letters(posting, mail):
    record(posting, contact("U001", "u002@example.gov.cn"), contact("U002", "u001@example.gov.cn"))
    slip(posting, 1, "U001")
    slip(posting, 2, "U002")

    assert held(sent(posting)) == ["swapped", "swapped"]
    assert mail.recipients == []

    sent(posting, decisions={"M1": SendOutcome.RELEASED})
    assert mail.recipients == ["u002@example.gov.cn"]


def test_a_contact_who_left_gets_nothing_and_the_new_one_does(posting, mail):
    slip(posting, 1, "U001")
    mail.answer = lambda _: "451 later"
    sent(posting)
    mail.answer = lambda _: "250 OK"
    record(posting, contact("U001", active=False), contact("U001", "new@example.gov.cn", name="新联络员"))

    assert held(sent(posting, MORNING + 10 * MINUTE)) == ["contact"]
    assert mail.kept == []

    sent(posting, MORNING + 11 * MINUTE, decisions={"M1": SendOutcome.READDRESSED})
    assert [recipients for _, recipients, _ in mail.kept] == [["new@example.gov.cn"]]


def test_a_retired_unit_gets_nothing(posting, mail):
    slip(posting, 1, "U001")
    record(posting, facts.Unit("U001", "市直部门", True))

    assert held(sent(posting)) == ["unit"]
    assert mail.recipients == []


def test_an_address_outside_the_allowed_domains_gets_nothing(posting, mail):
    record(posting, contact("U001", "zhang@example.com"))
    slip(posting, 1, "U001")

    assert held(sent(posting)) == ["address"]
    assert mail.recipients == []


def test_a_list_three_times_its_normal_size_does_not_leave_without_a_person(tmp_path, mail):
    units = {f"U{n:03}": f"第{n}局" for n in range(1, 34)}
    root = make_office(tmp_path / "办公", {**MAIL, "mail_port": str(mail.port)}, units=units)
    names = list(units)
    for number, unit in enumerate(names[:11], 1):
        slip(root, number, unit, on=dt.date(2018, 9, 3))
    sent(root, MORNING - dt.timedelta(days=1))
    assert len(mail.kept) == 11

    for number, unit in enumerate(names, 101):
        slip(root, number, unit)
    answer = sent(root)

    assert (answer.data["stopped"], answer.data["sent"]) == ("blast", {})
    assert any("核对名单，确认无误后运行 tracker send --force" in line for line in answer.lines)
    assert len(mail.kept) == 11
    sent(root, force=True)
    assert len(mail.kept) == 44


def test_an_alarm_to_the_office_itself_leaves_past_the_guard(tmp_path, mail):
    units = {f"U{n:03}": f"第{n}局" for n in range(1, 13)}
    values = {**MAIL, "mail_port": str(mail.port), "alarm_to": "duty@example.gov.cn"}
    root = make_office(tmp_path / "办公", values, units=units)
    slip(root, 1, "U001", on=dt.date(2018, 9, 3))
    sent(root, MORNING - dt.timedelta(days=1))
    for number, unit in enumerate(units, 101):
        slip(root, number, unit)
    with open_desk(call(root)) as desk, desk.act("run") as act:
        alarm(desk, act, "silent", "silent:1", since="2018-09-01 09:00", last="")

    answer = sent(root)

    assert (answer.data["stopped"], list(answer.data["sent"].values())) == ("blast", ["sent"])
    assert mail.recipients[1:] == ["duty@example.gov.cn"]
    assert len(answer.data["ready"]) == 12


def test_what_waited_while_the_server_was_away_is_no_flood_on_the_next_day(tmp_path, mail):
    units = {f"U{n:03}": f"第{n}局" for n in range(1, 14)}
    root = make_office(tmp_path / "办公", {**MAIL, "mail_port": "1"}, units=units)
    for number, unit in enumerate(units, 1):
        slip(root, number, unit)
    assert list(sent(root).data["sent"].values()) == ["failed"]
    change_settings(root, {**MAIL, "mail_port": str(mail.port)})

    answer = sent(root, MORNING + dt.timedelta(days=1))

    assert (answer.data["stopped"], len(mail.kept)) == ("", 13)


def test_after_a_person_confirmed_a_flood_what_comes_later_that_day_still_leaves(tmp_path, mail):
    units = {f"U{n:03}": f"第{n}局" for n in range(1, 13)}
    root = make_office(tmp_path / "办公", {**MAIL, "mail_port": str(mail.port)}, units=units)
    slip(root, 1, "U001", on=dt.date(2018, 9, 3))
    sent(root, MORNING - dt.timedelta(days=1))
    for number, unit in enumerate(units, 101):
        slip(root, number, unit)
    assert sent(root).data["stopped"] == "blast"
    sent(root, force=True)

    slip(root, 201, "U001", "催办", "signed")
    answer = sent(root, MORNING + 5 * MINUTE)

    assert (answer.data["stopped"], list(answer.data["sent"].values())) == ("", ["sent"])


def test_in_test_mode_nothing_leaves_by_any_channel(posting, mail):
    change_settings(posting, {**MAIL, "mail_port": str(mail.port), "send_test": "是"})
    slip(posting, 1, "U001")

    answer = sent(posting, force=True)

    assert (answer.data["stopped"], answer.data["sent"]) == ("test", {})
    assert mail.recipients == []
    assert not (posting / "督办" / "待发").exists()


@pytest.mark.parametrize("hour", [7, 18, 23])
def test_outside_the_hours_units_are_left_in_peace(posting, mail, hour):
    slip(posting, 1, "U001")

    assert held(sent(posting, MORNING.replace(hour=hour))) == ["hour"]
    assert mail.recipients == []


def test_a_recipient_has_so_many_letters_a_day_and_the_rest_tomorrow(posting, mail):
    change_settings(posting, {**MAIL, "mail_port": str(mail.port), "send_daily": "2"})
    for number, tier in enumerate(("提醒", "催办", "督办"), 1):
        slip(posting, number, "U001", tier, "signed")

    assert held(sent(posting)) == ["daily"]
    assert len(mail.kept) == 2

    sent(posting, MORNING + dt.timedelta(days=1))
    assert len(mail.kept) == 3


# Groups


ROBOT = Robot("联络群", "wecom", "lianluo")


@pytest.fixture
def token(monkeypatch):
    monkeypatch.setenv(
        "TRACKER_SECRET_LIANLUO", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim"
    )


@pytest.mark.parametrize("full", [False, True])
def test_a_group_hears_of_tasks_only_where_that_is_set(tmp_path, token, full):
    root = make_office(tmp_path / "办公", {}, (Robot("联络群", "wecom", "lianluo", full),))
    slip(root, 1, "U001")
    slip(root, 2, "U002")

    with GroupRoom((200, {"errcode": 0})) as room:
        sent(root, bases={"wecom": room.base})
        sent(root, MORNING + MINUTE, bases={"wecom": room.base})

    ((_, said),) = room.heard
    assert "市教育局" in said["text"]["content"]
    assert ("公开工作" in said["text"]["content"]) is full


def test_a_secret_is_in_no_file_of_the_office(tmp_path, token):
    root = make_office(tmp_path / "办公", {}, (ROBOT,))
    slip(root, 1, "U001")

    with GroupRoom((200, {"errcode": 310000, "errmsg": "geheim"})) as room:
        answer = sent(root, bases={"wecom": room.base})

    assert "geheim" not in " ".join(answer.lines)
    assert not [path for path in root.rglob("*") if path.is_file() and b"geheim" in path.read_bytes()]
