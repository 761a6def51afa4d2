"""报表精简情况: what left the office counts, and nothing else."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.support.years import year_office
from tracker import facts
from tracker.board import Burden
from tracker.rules.board import burden_of, total_burden
from tracker.tiers import SlipState


def slips(*states, unit="U1", wp="P1-002"):
    documents = {
        f"D{n}": facts.Document(f"D{n}", "催办", unit, (wp,), dt.date(2018, 11, 1), state.value, "", "")
        for n, state in enumerate(states, start=1)
    }
    return dataclasses.replace(year_office(), documents=documents)


def test_forms_rows_and_boxes_are_counted_for_each_unit():
    drawn = year_office()
    forms = {
        token: dataclasses.replace(form, columns=("status", "progress", "problem"))
        for token, form in drawn.forms.items()
    }

    asked = burden_of(dataclasses.replace(drawn, forms=forms), "P1")

    assert asked["U1"] == Burden(forms=1, rows=3, cells=9, back=1)
    assert asked["U4"].back == 0
    assert total_burden(asked.values()).forms == 5


@pytest.mark.parametrize("state", list(SlipState))
def test_a_slip_burdens_a_unit_once_it_is_signed_and_never_as_a_draft(state):
    asked = burden_of(slips(state), "P1")

    assert asked["U1"].slips == (state in (SlipState.SIGNED, SlipState.SENT))


def test_another_plan_is_another_burden():
    assert burden_of(slips(SlipState.SENT, wp="P11-002"), "P1")["U1"].slips == 0
    assert burden_of(slips(SlipState.SENT), "P2") == {}


def test_a_slip_for_all_units_is_nobody_s_own():
    assert "" not in burden_of(slips(SlipState.SENT, unit=""), "P1")
