"""The lists that people work in: what is laid out reads back as the same value."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings, strategies as st

from tracker.applications import APPLICANTS, RESULTS, AdjustmentKind, AdjustmentRow, Application, Verdict
from tracker.formats.books.applications import (
    lay_out_adjustments,
    lay_out_applications,
    read_adjustments,
    read_applications,
)
from tracker.formats.books.round_lists import (
    ABSENT,
    CAME,
    HandOutRow,
    ReportingRow,
    lay_out_hand_out,
    lay_out_questions,
    lay_out_reporting,
    missing_forms,
    read_decisions,
    read_marks,
)
from tracker.formats.books.worklists import (
    WAYS,
    CallRow,
    SigningRow,
    add_calls,
    lay_out_calls,
    lay_out_signing,
    read_calls,
    read_signing,
    signing_changes,
)
from tracker.formats.readers.sheets import read_xlsx
from tracker.forms import CONFLICT_CHOICES, PAPER_WORDS, Question
from tracker.tiers import SlipState

# What people type: no mark that separates names, no blank at the ends.
TEXTS = st.text(st.sampled_from("公开预算甲乙 =+-@1。\n<&"), max_size=12).map(str.strip)
NAMES = st.text(st.sampled_from("市教育局民政甲乙"), min_size=1, max_size=6)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
MAYBE = st.none() | DAYS
few = settings(max_examples=25, deadline=None)


def without_places(rows):
    return [replace(row, place="", **({"row": -1} if hasattr(row, "row") else {})) for row in rows]


@st.composite
def adjustments(draw):
    kind = draw(st.sampled_from(AdjustmentKind))
    extended = kind is AdjustmentKind.EXTEND
    return AdjustmentRow(
        n=0,
        point_id=f"P1-{draw(st.integers(1, 99)):03}",
        unit=draw(NAMES),
        asked_on=draw(MAYBE),
        kind=kind,
        new_day=draw(DAYS) if extended else None,
        reason=draw(TEXTS),
        verdict=draw(st.none() | st.sampled_from(Verdict)),
        by=draw(NAMES),
        decided_on=draw(MAYBE),
        only=tuple(draw(st.lists(NAMES, max_size=3, unique=True))),
    )


@few
@given(st.lists(adjustments(), max_size=5))
def test_requests_and_their_decisions_come_back(drawn):
    rows = [replace(row, n=number) for number, row in enumerate(drawn, start=1)]

    book = read_adjustments(read_xlsx(lay_out_adjustments(rows), "事项调整.xlsx"))

    assert book.findings == ()
    assert without_places(book.rows) == rows


@few
@given(
    st.lists(
        st.tuples(MAYBE, st.sampled_from(APPLICANTS), MAYBE, st.sampled_from(["", *RESULTS])), max_size=5
    )
)
def test_applications_come_back(drawn):
    rows = [Application(f"〔2026〕{number}号", *row) for number, row in enumerate(drawn, start=1)]

    book = read_applications(read_xlsx(lay_out_applications(rows), "依申请公开登记.xlsx"))

    assert book.findings == ()
    assert without_places(book.rows) == rows


@few
@given(st.lists(st.tuples(NAMES, NAMES, TEXTS, NAMES, TEXTS, TEXTS), min_size=1, max_size=5), DAYS)
def test_calls_and_what_was_answered_come_back(drawn, day):
    rows = [
        CallRow(f"D{number}", day, unit, contact, "电话催办", about, "三月底", who, answer, at)
        for number, (unit, contact, about, who, answer, at) in enumerate(drawn, start=1)
    ]

    book = read_calls(read_xlsx(lay_out_calls(rows), "电话记录.xlsx"))

    assert book.findings == ()
    assert without_places(book.rows) == [replace(row, day=dt.date.min) for row in rows]
    assert add_calls(lay_out_calls(rows), book, rows) == lay_out_calls(rows)


SLIPS = st.tuples(
    NAMES, TEXTS, DAYS, st.sampled_from(SlipState), st.sampled_from(["", *WAYS]), MAYBE, st.sampled_from(["", "云办督〔2026〕3号"])
)  # fmt: skip


@few
@given(st.lists(SLIPS, min_size=1, max_size=5))
def test_slips_and_their_states_come_back(drawn):
    rows = [
        SigningRow(f"D{n}", "催办", unit, points, day, f"D{n}.docx", state, number, by, on, f"S{n}")
        for n, (unit, points, day, state, by, on, number) in enumerate(drawn, start=1)
    ]

    book = read_signing(read_xlsx(lay_out_signing(rows), "送签单.xlsx"))

    assert book.findings == ()
    assert without_places(book.rows) == rows
    assert signing_changes(book, rows) == ((), ())


@few
@given(st.lists(st.tuples(NAMES, st.sampled_from(["", CAME, ABSENT])), max_size=5), st.dictionaries(NAMES, st.tuples(NAMES, NAMES, st.sampled_from(list(PAPER_WORDS))), max_size=4))  # fmt: skip
def test_what_a_clerk_marked_on_the_page_comes_back(drawn, owners):
    rows = [
        ReportingRow("一季度", unit, f"F{n}-AB12", 3, "已报", None, "是", "", "", "", stamp)
        for n, (unit, stamp) in enumerate(drawn, start=1)
    ]
    strays = [(name, "不是印发的表") for name in owners]

    page = lay_out_reporting(rows, strays, as_of=dt.date(2026, 3, 2), remarks=owners)
    marks = read_marks(read_xlsx(page, "报送情况.xlsx"))

    assert marks.stamps == {row.token: row.stamp for row in rows if row.stamp}
    assert (marks.whose, marks.stray_files) == (owners, tuple(strays))


@few
@given(st.lists(NAMES, min_size=1, max_size=5), st.integers(0, 5))
def test_a_list_of_forms_lacks_what_was_handed_out_since(units, listed):
    rows = [
        HandOutRow(unit, f"F{n}-AB12", 3, f"{unit}.xlsx", dt.date(2026, 3, 2))
        for n, unit in enumerate(units, start=1)
    ]

    append = missing_forms(read_xlsx(lay_out_hand_out(rows[:listed]), "下发清单.xlsx"), rows)

    lacking = [row.token for row in rows[listed:]] if listed else []
    assert ([row[3] for row in append.rows] if append else []) == lacking


@few
@given(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(CONFLICT_CHOICES), TEXTS), max_size=5))
def test_questions_come_back_with_what_was_decided(drawn):
    questions = [
        Question(f"C{n}", "P1-001", "市教育局", "进展情况", "一季度", "", ours, theirs, "两边都改过")
        for n, (ours, theirs, _, _) in enumerate(drawn, start=1)
    ]
    decisions = {f"C{n}": (choice, text) for n, (_, _, choice, text) in enumerate(drawn, start=1)}

    book = read_xlsx(lay_out_questions(questions, decisions), "待核对事项清单.xlsx")

    assert read_decisions(book) == decisions
