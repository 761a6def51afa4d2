"""The fate of a message, its pauses, its channel's minute: the table of `rules.outgoing`, line by line."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, strategies as st

from tracker import facts
from tracker.rules.office import Attempt, MessageNow, Office
from tracker.rules.outgoing import (
    LEASE,
    MAX_TRIES,
    Fate,
    SendOutcome,
    free_at,
    message_standing,
    next_attempt,
    numbered_parts,
    pause,
    split,
)

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Monday
LONG_AGO = NOW - dt.timedelta(days=1)


def message(*tries, treatment="reminder", channel="mail", name="M1"):
    said = facts.Message(name, name, "D1", "U001", "提醒", treatment, channel, "", "", "", "", (), ())
    return MessageNow(said, LONG_AGO, tries)


def tried(state, n=1, at=LONG_AGO):
    return Attempt(n, "pc:1", at, state, "")


@pytest.mark.parametrize(
    ("tries", "reminder", "official"),
    [
        ((), Fate.READY, Fate.READY),
        ((tried("sent"),), Fate.SENT, Fate.SENT),
        ((tried("unknown"), tried("sent", 2)), Fate.SENT, Fate.SENT),
        ((tried("dropped", 0),), Fate.DROPPED, Fate.DROPPED),
        ((tried("readdressed", 0),), Fate.DROPPED, Fate.DROPPED),
        ((tried("released", 0),), Fate.READY, Fate.READY),
        ((tried("", at=NOW),), Fate.ON_ITS_WAY, Fate.ON_ITS_WAY),
        ((tried("", at=NOW - LEASE),), Fate.READY, Fate.PARKED),
        ((tried("refused"),), Fate.REFUSED, Fate.REFUSED),
        ((tried("failed"),), Fate.READY, Fate.READY),
        ((tried("failed", at=NOW),), Fate.WAITS, Fate.WAITS),
        ((tried("unknown"),), Fate.READY, Fate.PARKED),
        ((tried("unknown"), tried("failed", 2)), Fate.READY, Fate.PARKED),
        ((tried("unknown"), tried("again", 2)), Fate.READY, Fate.READY),
        ((tried("refused"), tried("again", 2)), Fate.READY, Fate.READY),
        (tuple(tried("failed", n) for n in range(1, MAX_TRIES + 1)), Fate.REFUSED, Fate.REFUSED),
    ],
)
def test_the_first_line_that_fits_decides(tries, reminder, official):
    assert message_standing(message(*tries), NOW).fate is reminder
    assert message_standing(message(*tries, treatment="official"), NOW).fate is official


def test_an_official_slip_whose_sender_died_is_never_ready_by_itself():
    parked = message(tried(""), treatment="official")

    assert all(
        message_standing(parked, LONG_AGO + LEASE + dt.timedelta(hours=hours)).fate is Fate.PARKED
        for hours in range(0, 1_000, 7)
    )


def test_messages_that_failed_together_do_not_come_back_together():
    assert len({pause(f"D{n}|U001", 1) for n in range(40)}) > 30


def test_a_number_is_used_once():
    assert next_attempt(message()) == 1
    assert next_attempt(message(tried("failed", 1), tried("", 2))) == 3


@pytest.mark.parametrize(("channel", "limit"), [("robot:群", 18), ("mail", 60)])
def test_a_channel_takes_so_many_in_any_minute(channel, limit):
    """Three minutes of a channel that is always asked as soon as it is free."""
    sent: list[dt.datetime] = []
    now = NOW
    while now < NOW + dt.timedelta(minutes=3):
        office = Office(
            messages={
                f"M{n}": message(tried(SendOutcome.SENT.value, at=at), channel=channel, name=f"M{n}")
                for n, at in enumerate(sent)
            }
        )
        now = max(free_at(office, channel, now), now)
        sent.append(now)
        now += dt.timedelta(milliseconds=50)

    for start in sent:
        assert sum(start <= each < start + dt.timedelta(minutes=1) for each in sent) <= limit
    assert len(sent) >= 3 * limit


def test_the_folder_takes_any_number():
    office = Office(
        messages={f"M{n}": message(tried("sent", at=NOW), channel="folder", name=f"M{n}") for n in range(500)}
    )

    assert free_at(office, "folder", NOW) == NOW


TEXTS = st.text(st.sampled_from('市教育局。，；\nabc😀é"\\\x07\u2028👨‍👩‍👧𠀀'), max_size=400)


def _in_a_request(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2


@given(TEXTS, st.integers(6, 60))
def test_cutting_loses_nothing_and_every_part_fits(text, limit):
    parts = split(text, limit)

    assert "".join(parts) == text
    assert all(len(part.encode()) <= _in_a_request(part) <= limit for part in parts)


@given(TEXTS, st.integers(64, 200))
def test_counted_parts_fit_too_and_hold_the_whole_text(text, limit):
    parts = numbered_parts(text, limit)

    assert all(_in_a_request(part) <= limit for part in parts)
    if len(parts) > 1:
        assert "".join(part.split("\n", 1)[1] for part in parts) == text
    else:
        assert parts == (text,)
