"""Statements of two years become facts only where they fit together."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tests.support.drawn_years import carried
from tests.support.properties import examples
from tracker.comparison import Judgement
from tracker.rules.compare.comparison import decide, judgements_of
from tracker.rules.compare.proposals import GOES_ON
from tracker.rules.compare.years import YEARS
from tracker.rules.office import WITHDRAWAL

OLDS = ("P1-001", "P1-002", "P1-003")
NEWS = ("P2-001", "P2-002", "P2-003")


def decide_years(said, links):
    return decide(YEARS, said, links, set(NEWS), set(OLDS))


def taken(said, held=()):
    decision = decide_years(said, carried(*held))
    return {(each.from_wp, each.to_wp, each.how) for each in decision.facts}, {
        row: each.code for row, each in decision.findings.items()
    }


def after(held, facts):
    """What the ledger holds once facts are recorded: of two with one key the later, and what stands."""
    now = {(each.from_wp, each.to_wp): each for each in (*held, *facts)}
    return tuple(each for each in now.values() if each.how != WITHDRAWAL)


def test_one_item_for_two_rows_is_refused_unless_both_say_that_it_was_divided():
    go, part = Judgement("延续", ("P1-001",)), Judgement("拆分", ("P1-001",))

    assert taken({"P2-001": go, "P2-002": go}) == (
        set(),
        {"P2-001": "claimed-twice", "P2-002": "claimed-twice"},
    )
    assert taken({"P2-001": part, "P2-002": go})[1]
    assert taken({"P2-001": part, "P2-002": part}) == (
        {("P1-001", "P2-001", "divided"), ("P1-001", "P2-002", "divided")},
        {},
    )


def test_a_row_that_claims_what_another_holds_is_refused_and_the_other_stands():
    assert taken({"P2-002": Judgement("延续", ("P1-001",))}, [("P1-001", "P2-001", "continued")]) == (
        set(),
        {"P2-002": "claimed-twice"},
    )


def test_what_refuses_two_rows_leaves_the_third():
    go = Judgement("延续", ("P1-001",))

    facts, findings = taken({"P2-001": go, "P2-002": go, "P2-003": Judgement("延续", ("P1-003",))})

    assert facts == {("P1-003", "P2-003", "continued")}
    assert set(findings) == {"P2-001", "P2-002"}


def test_an_item_that_one_row_continues_and_another_drops_is_refused_for_both():
    assert taken({"P2-001": Judgement("延续", ("P1-001",)), "P1-001": Judgement("不再列入")}) == (
        set(),
        {"P2-001": "contradicts", "P1-001": "contradicts"},
    )


def test_a_row_may_take_what_another_gives_up_in_the_same_workbook():
    held = [("P1-001", "P2-001", "continued")]

    facts, findings = taken({"P2-001": Judgement("新增"), "P2-002": Judgement("延续", ("P1-001",))}, held)

    assert not findings
    assert facts == {
        ("P1-001", "P2-001", WITHDRAWAL),
        ("", "P2-001", "new"),
        ("P1-001", "P2-002", "continued"),
    }


def test_an_older_word_that_an_item_was_dropped_gives_way():
    facts, _ = taken({"P2-001": Judgement("延续", ("P1-001",))}, [("P1-001", "", "dropped")])

    assert facts == {("P1-001", "", WITHDRAWAL), ("P1-001", "P2-001", "continued")}


def test_a_row_of_last_year_says_where_it_goes():
    assert taken({"P1-001": Judgement("延续", ("P2-002",))})[0] == {("P1-001", "P2-002", "continued")}
    assert taken({"P1-001": Judgement("拆分", ("P2-002", "P2-003"))})[0] == {
        ("P1-001", "P2-002", "divided"),
        ("P1-001", "P2-003", "divided"),
    }


def test_a_note_alone_is_recorded_on_the_same_link():
    decision = decide_years(
        {"P1-001": Judgement("不再列入", (), "职责划出")},
        carried(("P1-001", "", "dropped")),
    )

    assert [(each.from_wp, each.how, each.note) for each in decision.facts] == [
        ("P1-001", "dropped", "职责划出")
    ]


said = st.builds(
    Judgement,
    st.sampled_from(["", *YEARS.labels]),
    st.lists(st.sampled_from([*OLDS, *NEWS]), max_size=3, unique=True).map(tuple),
    st.just(""),
)
workbook = st.dictionaries(st.sampled_from([*OLDS, *NEWS]), said, max_size=6)


@given(workbooks=st.lists(workbook, max_size=4))
@examples(300)
def test_whatever_is_typed_in_whatever_order_the_ledger_never_contradicts_itself(workbooks):
    held = ()
    for each in workbooks:
        decision = decide_years(each, held)
        again = after(held, decision.facts)
        accepted = {row: each[row] for row in decision.rows}
        assert set(decision.rows) | set(decision.findings) == set(each)
        # Said again, nothing is news.
        assert decide_years(accepted, again).facts == ()
        held = again
        for wp in OLDS:
            mine = [link for link in held if link.from_wp == wp]
            assert len(mine) < 2 or {link.how for link in mine} == {"divided"}
        for wp in NEWS:
            mine = [link for link in held if link.to_wp == wp]
            assert len(mine) < 2 or {link.how for link in mine} == {"merged"}
        for link in held:
            assert bool(link.from_wp and link.to_wp) == (link.how in GOES_ON)


@given(workbook=workbook, rest=st.lists(workbook, max_size=2))
@examples(150)
def test_what_was_confirmed_stands_until_its_own_rows_say_otherwise(workbook, rest):
    first = decide_years(workbook, ())
    held = after((), first.facts)
    for each in rest:
        silent = {row: word for row, word in each.items() if row not in first.rows}
        decision = decide_years(silent, held)
        before = {link for link in held if link.how in GOES_ON}
        held = after(held, decision.facts)
        touched = {link for link in before if {link.from_wp, link.to_wp} & set(silent) & set(decision.rows)}
        assert before - touched <= set(held)


def test_what_is_held_is_told_row_by_row():
    held = carried(
        ("P1-001", "P2-001", "merged"),
        ("P1-002", "P2-001", "merged"),
        ("", "P2-002", "new"),
        ("P1-003", "", "dropped"),
    )

    assert judgements_of(YEARS, held, set(NEWS), set(OLDS)) == {
        "P2-001": Judgement("合并", ("P1-001", "P1-002")),
        "P1-001": Judgement("合并", ("P2-001",)),
        "P1-002": Judgement("合并", ("P2-001",)),
        "P2-002": Judgement("新增"),
        "P1-003": Judgement("不再列入"),
    }
    assert judgements_of(YEARS, held, {"P8-001"}, {"P9-001"}) == {}
