"""What a workbook says, three ways: as laid out, as typed, as the ledger holds."""

from __future__ import annotations

from itertools import product

import pytest

from tracker.rules.comparing.stating import ALL
from tracker.rules.comparing.stating import AS_PROPOSED
from tracker.rules.comparing.stating import Row
from tracker.rules.comparing.stating import Said
from tracker.rules.comparing.stating import Typed
from tracker.rules.comparing.stating import ids_in
from tracker.rules.comparing.stating import stated

WORDS = ("延续", "新增", "不再列入")
OPEN = Said()
GO, NEW = Said("延续", ("P1-001",)), Said("新增")


def typed(said: Said, place: str = "对照!J5") -> Typed:
    return Typed(said.word, "、".join(said.others), said.note, place)


def say(rows, laid_out, now=None):
    return stated(rows, laid_out, now or {}, WORDS)


@pytest.mark.parametrize(("base", "held", "said"), list(product((OPEN, GO, NEW), repeat=3)))
def test_every_trio_of_laid_out_held_and_typed(base, held, said):
    found = say([("P2-001", typed(said))], {"P2-001": Row(base, OPEN)}, {"P2-001": held} if held.word else {})

    if said in (base, held):
        assert not (found.said or found.overruled)
    elif base == held:
        assert found.said == {"P2-001": said}
    else:
        assert found.overruled == {"P2-001": said}
        assert "P2-001" in found.findings


def test_the_first_row_speaks_for_rows_that_are_empty_and_have_a_proposal():
    laid_out = {
        "P2-001": Row(OPEN, GO),
        "P2-002": Row(OPEN, GO),
        "P2-003": Row(OPEN, OPEN),
        "P2-004": Row(NEW, OPEN),
    }
    rows = [
        ("P2-001", Typed("", "P1-001", "", "")),
        ("P2-002", Typed("新增", "", "", "")),
        ("P2-003", Typed("", "", "", "")),
        ("P2-004", typed(NEW)),
        (ALL, Typed(AS_PROPOSED, "", "", "")),
    ]

    for order in (rows, rows[::-1]):
        found = say(order, laid_out, {"P2-004": NEW})
        assert (found.said, found.findings) == ({"P2-001": GO, "P2-002": NEW}, {})


def test_all_as_proposed_does_not_bring_back_what_was_just_taken_back():
    found = say(
        [("P2-001", Typed("", "P1-001", "", "")), (ALL, Typed(AS_PROPOSED, "", "", ""))],
        {"P2-001": Row(GO, GO)},
        {"P2-001": GO},
    )

    assert found.said == {"P2-001": OPEN}


def test_ids_that_were_changed_beside_as_proposed_are_asked():
    found = say([("P2-001", Typed(AS_PROPOSED, "P1-009", "", "对照!J5"))], {"P2-001": Row(OPEN, GO)})

    assert [each.code for each in found.findings.values()] == ["proposed-others"]


def test_a_note_without_a_word_is_kept_in_sight():
    assert say([("P2-001", Typed("", "P1-001", "问过", ""))], {"P2-001": Row(OPEN, GO)}).half == {"P2-001"}
    assert not say([("P2-001", Typed("", "P1-001", "", ""))], {"P2-001": Row(OPEN, GO)}).half


def test_a_note_is_a_statement_where_a_decision_stands():
    found = say(
        [("P2-001", Typed("新增", "", "省里新部署", ""))], {"P2-001": Row(NEW, OPEN)}, {"P2-001": NEW}
    )

    assert found.said == {"P2-001": Said("新增", (), "省里新部署")}


def test_the_order_of_ids_is_no_change():
    both = Said("延续", ("P1-001", "P1-002"))
    rows = [("P2-001", Typed("延续", "P1-002、P1-001", "", ""))]

    assert not say(rows, {"P2-001": Row(both, OPEN)}, {"P2-001": both}).said


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ()),
        ("P1-3", ("P1-003",)),
        ("ｐ１－００３；P1-004", ("P1-003", "P1-004")),
        ("P1-003\nP1-003", ("P1-003",)),
        ("3", None),
        ("第三项", None),
        ("P1-003 公开预算", None),
    ],
)
def test_ids_are_read_as_people_write_them_and_nothing_else_is(text, ids):
    assert ids_in(text) == ids
