"""What a row of the 台账 shows."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.offices import WP, office, point
from tracker.model import Mode
from tracker.rules.progress.rows import ledger_rows
from tracker.workdays import Calendar


def latest(roles: dict[str, str]) -> list[str]:
    said = {(unit, "progress", "R1"): f"{unit}办了" for unit in roles}
    found = office(point(Mode.EACH, **roles), said=said)
    rows = ledger_rows(found, today=dt.date(2018, 9, 10), calendar=Calendar())
    return rows.points[WP]["latest"].splitlines()


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ({f"U{n}": "责任" for n in range(3)}, ["U0单位：U0办了", "U1单位：U1办了", "U2单位：U2办了"]),
        (
            {f"U{n}": "责任" for n in range(5)},
            ["U0单位：U0办了", "U1单位：U1办了", "U2单位：U2办了", "另有2个单位，见“各单位进展”。"],
        ),
        (
            {**{f"U{n}": "责任" for n in range(5)}, "U9": "牵头"},
            ["U9单位：U9办了", "另有5个单位，见“各单位进展”。"],
        ),
    ],
)
def test_the_latest_words_of_many_units_are_those_of_the_leads_or_of_the_first_three(roles, shown):
    assert latest(roles) == shown
