"""What the signing list says against what the ledger holds: every pair of them."""

from __future__ import annotations

import datetime as dt
import io
from itertools import product

import openpyxl
import pytest

from tests.steps.year import SEPTEMBER
from tests.steps.year import call
from tests.steps.year import ledger_of
from tests.steps.year import make_year
from tracker import facts
from tracker.files.guard import read_bytes
from tracker.files.lists.signing import SigningRow
from tracker.files.lists.signing import changes
from tracker.files.lists.signing import lay_out_signing
from tracker.files.lists.signing import read_signing
from tracker.files.patch import patch
from tracker.rules.chasing.tiers import State
from tracker.steps.chasing.signing import FOLDER
from tracker.steps.chasing.signing import LIST
from tracker.steps.chasing.signing import take_in
from tracker.steps.desk import open_desk

DAY = dt.date(2018, 9, 3)
WORDS = {state.label: state.value for state in State}
# (ledger, row) -> ledger afterwards; everything else takes the row's word.
STAYS = {
    **{(state.value, word): state.value for state in State for word in ("", "己签发", "signed")},
    **{("sent", word): "sent" for word in WORDS},
}


def listed(*rows: SigningRow):
    return read_signing(read_bytes(lay_out_signing(rows), LIST))


def row(document="D1", **more):
    return SigningRow(document, "催办", "市财政局", "P1-001", DAY, "督办/x.docx", **more)


def retyped(data: bytes, column: int, value: object, line: int = 5) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0].cell(line, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return make_year(tmp_path_factory.mktemp("签发"), points=1)


@pytest.mark.parametrize(("known", "word"), list(product(State, [*WORDS, "", "己签发", "signed"])))
def test_only_a_word_that_says_so_signs_and_what_has_left_has_left(root, known, word):
    document = f"D{list(State).index(known) * 10 + len(word) + 1}{known.value}{word}"
    with ledger_of(root) as ledger, ledger.act("chase", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.Document(document, "催办", "U001", ("P1-001",), DAY, known.value, "", "督办/x.docx"))
    data = retyped(lay_out_signing([row(document)]), 8, word or None)
    (root / FOLDER / LIST).write_bytes(data)

    with open_desk(call(root)) as desk:
        findings = take_in(desk)
        now = desk.office().documents[document].state

    assert now == STAYS.get((known.value, word), WORDS.get(word))
    told = word in ("己签发", "signed") or (known is State.SENT and word in ("拟稿", "作废"))
    assert [each.place for each in findings] == (["签发单!H5"] if told else [])


def test_what_was_laid_out_reads_back_equal():
    [found] = listed(
        row(state=State.SIGNED, number="×督〔2026〕3号", by="OA", on=DAY, serial="2026-催办-001")
    ).rows

    assert (found.document, found.state, found.number, found.by, found.on, found.serial, found.drafted) == (
        "D1",
        State.SIGNED,
        "×督〔2026〕3号",
        "OA",
        DAY,
        "2026-催办-001",
        DAY,
    )


def test_two_rows_that_differ_are_told_and_neither_counts():
    known = listed(row(state=State.SIGNED), row(), row("D2"))

    assert [each.document for each in known.rows] == ["D2"]
    assert [(each.code, each.place) for each in known.findings] == [("signing-row-twice", "签发单!H6")]
    assert changes(known, [row(), row("D2")]) == ((), ())


def test_two_rows_that_say_the_same_are_one():
    known = listed(row(state=State.SIGNED), row(state=State.SIGNED))

    assert {each.state for each in known.rows} == {State.SIGNED}
    assert known.findings == ()


@pytest.mark.parametrize("typed", ["2019年1月3日", "2019/1/3", dt.datetime(2019, 1, 3)])
def test_a_day_is_read_as_people_type_it(typed):
    data = retyped(lay_out_signing([row(state=State.SIGNED)]), 11, typed)

    assert read_signing(read_bytes(data, LIST)).rows[0].on == dt.date(2019, 1, 3)


def test_a_day_that_is_none_is_told_at_its_cell():
    data = retyped(lay_out_signing([row(state=State.SIGNED)]), 11, "前天")

    assert [(each.code, each.place) for each in read_signing(read_bytes(data, LIST)).findings] == [
        ("signing-day", "签发单!K5")
    ]


def test_what_the_outbox_has_sent_is_marked_where_it_stands():
    data = lay_out_signing([row(state=State.SIGNED), row("D2")])
    edits, appends = changes(read_signing(read_bytes(data, LIST)), [row(state=State.SENT, on=DAY), row("D2")])

    after = read_signing(read_bytes(patch(data, edits, appends), LIST))

    assert [(each.state, each.on) for each in after.rows] == [(State.SENT, DAY), (State.DRAFTED, None)]


def test_new_slips_go_below_the_last_row_under_their_own_heads():
    data = lay_out_signing([row()])
    edits, appends = changes(read_signing(read_bytes(data, LIST)), [row(), row("D2", serial="2026-催办-002")])

    after = read_signing(read_bytes(patch(data, edits, appends), LIST))

    assert [(each.document, each.serial) for each in after.rows] == [("D1", ""), ("D2", "2026-催办-002")]
