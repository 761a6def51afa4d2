"""What a workbook says, three ways: as laid out, as typed, as the ledger holds."""

from __future__ import annotations

from itertools import product

import pytest

from tracker.comparison import ALL, AS_PROPOSED, Judgement, JudgementEntry, RowMemory
from tracker.rules.compare.workbooks import ids_in, statements_of

WORDS = ("延续", "新增", "不再列入")
OPEN = Judgement()
GO, NEW = Judgement("延续", ("P1-001",)), Judgement("新增")


def typed(said: Judgement, place: str = "对照!J5") -> JudgementEntry:
    return JudgementEntry(said.word, "、".join(said.others), said.note, place)


def say(rows, laid_out, now=None):
    return statements_of(rows, laid_out, now or {}, WORDS)


@pytest.mark.parametrize(("base", "held", "said"), list(product((OPEN, GO, NEW), repeat=3)))
def test_every_trio_of_laid_out_held_and_typed(base, held, said):
    found = say(
        [("P2-001", typed(said))], {"P2-001": RowMemory(base, OPEN)}, {"P2-001": held} if held.word else {}
    )

    if said in (base, held):
        assert not (found.judgements or found.conflicts)
    elif base == held:
        assert found.judgements == {"P2-001": said}
    else:
        assert found.conflicts == {"P2-001": said}
        assert "P2-001" in found.findings


def test_the_first_row_speaks_for_rows_that_are_empty_and_have_a_proposal():
    laid_out = {
        "P2-001": RowMemory(OPEN, GO),
        "P2-002": RowMemory(OPEN, GO),
        "P2-003": RowMemory(OPEN, OPEN),
        "P2-004": RowMemory(NEW, OPEN),
    }
    rows = [
        ("P2-001", JudgementEntry("", "P1-001", "", "")),
        ("P2-002", JudgementEntry("新增", "", "", "")),
        ("P2-003", JudgementEntry("", "", "", "")),
        ("P2-004", typed(NEW)),
        (ALL, JudgementEntry(AS_PROPOSED, "", "", "")),
    ]

    for order in (rows, rows[::-1]):
        found = say(order, laid_out, {"P2-004": NEW})
        assert (found.judgements, found.findings) == ({"P2-001": GO, "P2-002": NEW}, {})


def test_all_as_proposed_does_not_bring_back_what_was_just_taken_back():
    found = say(
        [("P2-001", JudgementEntry("", "P1-001", "", "")), (ALL, JudgementEntry(AS_PROPOSED, "", "", ""))],
        {"P2-001": RowMemory(GO, GO)},
        {"P2-001": GO},
    )

    assert found.judgements == {"P2-001": OPEN}


def test_ids_that_were_changed_beside_as_proposed_are_asked():
    found = say(
        [("P2-001", JudgementEntry(AS_PROPOSED, "P1-009", "", "对照!J5"))], {"P2-001": RowMemory(OPEN, GO)}
    )

    assert [each.code for each in found.findings.values()] == ["proposed-others"]


def test_a_note_without_a_word_is_kept_in_sight():
    assert say(
        [("P2-001", JudgementEntry("", "P1-001", "问过", ""))], {"P2-001": RowMemory(OPEN, GO)}
    ).half == {"P2-001"}
    assert not say([("P2-001", JudgementEntry("", "P1-001", "", ""))], {"P2-001": RowMemory(OPEN, GO)}).half


def test_a_note_is_a_statement_where_a_decision_stands():
    found = say(
        [("P2-001", JudgementEntry("新增", "", "省里新部署", ""))],
        {"P2-001": RowMemory(NEW, OPEN)},
        {"P2-001": NEW},
    )

    assert found.judgements == {"P2-001": Judgement("新增", (), "省里新部署")}


def test_the_order_of_ids_is_no_change():
    both = Judgement("延续", ("P1-001", "P1-002"))
    rows = [("P2-001", JudgementEntry("延续", "P1-002、P1-001", "", ""))]

    assert not say(rows, {"P2-001": RowMemory(both, OPEN)}, {"P2-001": both}).judgements


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
