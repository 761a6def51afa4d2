"""Groups, from the day's reminders to what people in the group read: against platforms that count, sign and measure."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from tests.support.mailbox import MORNING, Clock, call, change_settings, make_office, office_of, record
from tests.support.platforms import ADDRESSES, SIGN, Platform
from tracker import facts
from tracker.rules.outgoing import SendOutcome
from tracker.settings import Robot
from tracker.steps.send import send

MINUTE = dt.timedelta(minutes=1)
# 120 units with long names: far more than one message of 企业微信 holds.
UNITS = {f"U{n:03}": f"第{n}个名称很长很长很长的市直部门单位" for n in range(1, 121)}


def robot(platform, *, full=False):
    return Robot("联络群", platform, "lianluo", full)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """An office with 120 reminders of the day, sent already by other means."""
    root = make_office(tmp_path_factory.mktemp("groups") / "办公", {}, units=UNITS)
    record(
        root,
        *(
            facts.Document(
                f"D{n}", "提醒", unit, (f"P1-{n:03}",), MORNING.date(), "sent", "", f"督办/x 提醒/D{n}.docx"
            )
            for n, unit in enumerate(UNITS, 1)
        ),
    )
    for number in range(1, len(UNITS) + 1):  # what was sent is never laid out again
        path = root / "督办" / "x 提醒" / f"D{number}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return root


@pytest.fixture
def office(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path / "办公")


@pytest.fixture(params=list(ADDRESSES))
def platform(request, monkeypatch):
    monkeypatch.setenv("TRACKER_SECRET_LIANLUO", ADDRESSES[request.param])
    monkeypatch.setenv("TRACKER_SECRET_LIANLUO_SIGN", SIGN)
    clock = Clock()
    with Platform(request.param, clock.now, sign=SIGN) as room:
        room.clock = clock
        yield room


def settle(root, platform, *, full=True, **values):
    change_settings(root, {"send_blast": "99", **values}, (robot(platform.name, full=full),))


def sent(root, platform, *, patience=0.0, more=dt.timedelta(0)):
    platform.clock.moment += more
    return send(
        call(root, platform.clock.now()),
        clock=platform.clock,
        patience=patience,
        bases={platform.name: platform.base},
    )


def whole(platform):
    """What the group read, put together again."""
    return "".join(text.split("\n", 1)[1] if text.startswith("（") else text for text in platform.shown)


def test_a_long_text_reaches_the_group_in_parts_that_are_the_whole(office, platform):
    settle(office, platform)

    sent(office, platform, patience=600)

    said = office_of(office)
    assert set(platform.codes) == {0}
    assert [each.fact.body for each in said.messages.values()] == platform.shown
    text = whole(platform)
    assert all(text.count(f"{name}：完成第{n}件公开工作") == 1 for n, name in enumerate(UNITS.values(), 1))
    assert (len(platform.shown) > 1) is (platform.name == "wecom")


def test_without_leave_a_group_reads_no_word_of_any_task(office, platform):
    settle(office, platform, full=False)

    sent(office, platform, patience=600)

    assert platform.shown
    assert "公开工作" not in "".join(platform.shown)


def test_no_platform_is_ever_asked_faster_than_it_allows(office, platform):
    """Three minutes and seventy messages."""
    settle(office, platform)
    record(
        office,
        *(
            facts.Message(
                f"M{n}",
                f"群|{n}",
                f"D{n}",
                "",
                "提醒",
                "reminder",
                "robot:联络群",
                "联络群",
                f"<{n}@x>",
                "",
                f"第{n}条",
                (),
                (),
            )
            for n in range(1, 71)
        ),
    )
    change_settings(office, {"send_blast": "99"}, (Robot("联络群", platform.name, "lianluo"),))

    sent(office, platform, patience=600)

    assert set(platform.codes) == {0}
    assert [text for text in platform.shown if text.startswith("第")] == [f"第{n}条" for n in range(1, 71)]
    assert platform.clock.now() - MORNING >= 3 * MINUTE


def test_a_group_that_is_busy_with_others_is_left_alone_and_then_gets_everything(office, platform):
    settle(office, platform)
    platform._taken = [MORNING] * 20

    first = sent(office, platform)
    again = sent(office, platform, more=5 * MINUTE)
    asked = len(platform.codes)
    sent(office, platform, more=10 * MINUTE, patience=600)

    assert list(first.data["sent"].values()) == ["failed"]
    assert (again.data["sent"], asked) == ({}, 1), "not asked again while it rests"
    assert platform.shown == [each.fact.body for each in office_of(office).messages.values()]


def test_a_wrong_key_is_told_at_once_and_nothing_else_is_burnt(office, platform, monkeypatch):
    wrong = ADDRESSES[platform.name].replace("geheim-token", "geheim-alt")
    monkeypatch.setenv("TRACKER_SECRET_LIANLUO", wrong)
    settle(office, platform)

    answer = sent(office, platform)

    assert (platform.shown, len(platform.codes)) == ([], 1)
    assert [each["fate"] for each in answer.data["listed"]] == ["REFUSED"]
    assert any("请核对" in line for line in answer.lines)
    assert "geheim" not in str(answer)

    monkeypatch.setenv("TRACKER_SECRET_LIANLUO", ADDRESSES[platform.name])
    send(
        call(office, platform.clock.now() + 20 * MINUTE),
        clock=platform.clock,
        patience=600,
        bases={platform.name: platform.base},
        decisions={each["message"]: SendOutcome.AGAIN for each in answer.data["listed"]},
    )
    assert len(platform.shown) == len(office_of(office).messages)


@pytest.mark.parametrize("platform", ["dingtalk", "feishu"], indirect=True)
def test_a_wrong_clock_breaks_the_signature_and_is_named(office, platform):
    settle(office, platform)
    platform.now = lambda: MORNING + dt.timedelta(hours=2)

    answer = sent(office, platform)

    assert platform.shown == []
    assert any("电脑时间" in line for line in answer.lines)


def test_no_group_hears_anything_where_none_is_set_or_in_test_mode(office, platform):
    change_settings(office, {"send_blast": "99"})
    sent(office, platform)
    settle(office, platform, send_test="是")
    sent(office, platform)

    assert platform.heard == []
