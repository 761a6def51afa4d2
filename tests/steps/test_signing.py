"""What the signing list says against what the ledger holds: every pair of them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from itertools import product

import openpyxl
import pytest

from tests.support.year import SEPTEMBER, call, ledger_of, make_year
from tracker import facts
from tracker.files.guard.opening import read_bytes
from tracker.formats.books.worklists import SigningRow, lay_out_signing, read_signing, signing_changes
from tracker.formats.patch import patch
from tracker.steps.desk import open_desk
from tracker.steps.slips import FOLDER, LIST, take_in_signing_book
from tracker.tiers import SlipState

DAY = dt.date(2018, 9, 3)
WORDS = {state.label: state.value for state in SlipState}
# (ledger, row) -> ledger afterwards; everything else takes the row's word.
STAYS = {
    **{(state.value, word): state.value for state in SlipState for word in ("", "己签发", "signed")},
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


@pytest.mark.parametrize(("known", "word"), list(product(SlipState, [*WORDS, "", "己签发", "signed"])))
def test_only_a_word_that_says_so_signs_and_what_has_left_has_left(root, known, word):
    document = f"D{list(SlipState).index(known) * 10 + len(word) + 1}{known.value}{word}"
    with ledger_of(root) as ledger, ledger.act("chase", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.Document(document, "催办", "U001", ("P1-001",), DAY, known.value, "", "督办/x.docx"))
    data = retyped(lay_out_signing([row(document)]), 8, word or None)
    (root / FOLDER / LIST).write_bytes(data)

    with open_desk(call(root)) as desk:
        findings = take_in_signing_book(desk)
        now = desk.office().documents[document].state

    assert now == STAYS.get((known.value, word), WORDS.get(word))
    told = word in ("己签发", "signed") or (known is SlipState.SENT and word in ("拟稿", "作废"))
    assert [each.place for each in findings] == (["送签单!H5"] if told else [])


def test_what_was_laid_out_reads_back_equal():
    [found] = listed(
        row(state=SlipState.SIGNED, number="×督〔2026〕3号", by="OA", on=DAY, serial="2026-催办-001")
    ).rows

    assert (found.document, found.state, found.number, found.by, found.on, found.serial, found.draft_day) == (
        "D1",
        SlipState.SIGNED,
        "×督〔2026〕3号",
        "OA",
        DAY,
        "2026-催办-001",
        DAY,
    )


def test_two_rows_that_differ_are_told_and_neither_counts():
    known = listed(row(state=SlipState.SIGNED), row(), row("D2"))

    assert [each.document for each in known.rows] == ["D2"]
    assert [(each.code, each.place) for each in known.findings] == [("signing-row-twice", "送签单!H6")]
    assert signing_changes(known, [row(), row("D2")]) == ((), ())


def test_two_rows_that_say_the_same_are_one():
    known = listed(row(state=SlipState.SIGNED), row(state=SlipState.SIGNED))

    assert {each.state for each in known.rows} == {SlipState.SIGNED}
    assert known.findings == ()


@pytest.mark.parametrize("typed", ["2019年1月3日", "2019/1/3", dt.datetime(2019, 1, 3)])
def test_a_day_is_read_as_people_type_it(typed):
    data = retyped(lay_out_signing([row(state=SlipState.SIGNED)]), 11, typed)

    assert read_signing(read_bytes(data, LIST)).rows[0].on == dt.date(2019, 1, 3)


def spoilt(data: bytes, spoil) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    spoil(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes):
    return read_signing(read_bytes(data, LIST))


SIGNED = lay_out_signing([row(state=SlipState.SIGNED, number="×督〔2026〕3号", on=DAY), row("D2")])


def rename(column: int, label: str | None):
    def spoil(page) -> None:
        page.cell(4, column).value = label

    return spoil


def paste_head_again(page) -> None:
    page.append([cell.value for cell in page[4]])


def as_wps_saves_it(page) -> None:
    page["H4"], page["I4"], page["K5"] = "状态\n", "文　号", "2018年9月3日"


def filtered(page) -> None:
    page.row_dimensions[5].hidden = True


UNDERSTOOD = {
    "a column more": lambda page: page.insert_cols(3),
    "another name of the sheet": lambda page: setattr(page, "title", "2018年签发情况"),
    "rows above": lambda page: page.insert_rows(1, 3),
    "filtered rows": filtered,
    "another name of a head": rename(8, "签发状态"),
    "a star and blanks": rename(8, " *状 态："),
    "as WPS saves it": as_wps_saves_it,
    "the head once more": paste_head_again,
}


@pytest.mark.parametrize("how", UNDERSTOOD)
def test_a_list_that_was_worked_in_is_understood(how):
    known = read(spoilt(SIGNED, UNDERSTOOD[how]))

    assert {(each.document, each.state, each.number, each.on) for each in known.rows} == {
        ("D1", SlipState.SIGNED, "×督〔2026〕3号", DAY),
        ("D2", SlipState.DRAFTED, "", None),
    }
    assert known.findings == ()


REFUSED = {
    "编号 renamed": (rename(1, "序"), "“编号”"),
    "状态 deleted": (lambda page: page.delete_cols(8), "“状态”"),
    "状态 emptied": (rename(8, None), "“状态”"),
    "no head at all": (lambda page: page.delete_rows(4), "“编号”、“状态”"),
}


@pytest.mark.parametrize("how", REFUSED)
def test_without_a_column_that_it_needs_a_list_is_refused_by_the_name_of_the_column(how):
    spoil, named = REFUSED[how]
    book = read(spoilt(SIGNED, spoil))

    assert book.rows == ()
    assert book.columns == {}
    assert [each.code for each in book.findings] == ["list-spoiled"]
    assert f"找不到{named}栏" in book.findings[0].message
    assert signing_changes(book, [row("D3")]) == ((), ())


def test_a_column_that_is_gone_is_told_and_the_rest_counts():
    known = read(spoilt(SIGNED, rename(9, "我们的号")))

    assert [(each.code, "“文号”" in each.message) for each in known.findings] == [("list-column-gone", True)]
    first = known.rows[0]
    assert (first.document, first.state, first.number) == ("D1", SlipState.SIGNED, "")


def test_a_column_that_stands_twice_is_refused_with_both_places():
    known = read(spoilt(SIGNED, rename(12, "状态")))

    assert (known.rows, [each.code for each in known.findings]) == ((), ["list-column-twice"])
    assert known.findings[0].place == "送签单!H4"
    assert "送签单!L4" in known.findings[0].message


def test_a_copy_of_the_sheet_is_told_and_does_not_count():
    def copy(page) -> None:
        page.parent.copy_worksheet(page)["H6"] = "已签发"

    known = read(spoilt(SIGNED, copy))

    assert [each.state for each in known.rows] == [SlipState.SIGNED, SlipState.DRAFTED]
    assert [(each.code, each.place) for each in known.findings] == [("list-twice", "送签单 Copy")]


def test_a_word_in_a_row_whose_number_is_gone_is_told():
    def spoil(page) -> None:
        page["A5"] = None

    known = read(spoilt(SIGNED, spoil))

    assert [each.document for each in known.rows] == ["D2"]
    assert [(each.code, each.place) for each in known.findings] == [("list-row-without-id", "送签单!A5")]


def test_two_rows_that_differ_in_their_day_only_are_told_too():
    known = listed(row(state=SlipState.SIGNED, on=DAY), row(state=SlipState.SIGNED))

    assert (known.rows, [each.code for each in known.findings]) == ((), ["signing-row-twice"])


@pytest.mark.parametrize("typed", ["Ｄ１", "d1", " D 1 "])
def test_an_id_typed_with_wide_signs_is_the_same_id(typed):
    assert read(retyped(SIGNED, 1, typed)).rows[0].document == "D1"


@pytest.mark.parametrize(
    "typed", ["×督〔２０２６〕３号", "×督[2026]3号", "×督（2026）3 号", "×督【2026】３号"]
)
def test_a_document_number_is_kept_as_documents_print_it(typed):
    assert read(retyped(SIGNED, 9, typed)).rows[0].number == "×督〔2026〕3号"


@pytest.mark.parametrize("name", ["送签单.et", "送签单.xls", "送签单 - 副本.xlsx"])
def test_a_list_in_another_file_is_told_and_does_not_count(tmp_path, name):
    root = make_year(tmp_path, points=1)
    (root / FOLDER / name).write_bytes(SIGNED)

    with open_desk(call(root)) as desk:
        findings = take_in_signing_book(desk)

    assert [(each.code, each.place) for each in findings] == [("list-elsewhere", f"督办/{name}")]


def test_a_day_that_is_none_is_told_at_its_cell():
    data = retyped(lay_out_signing([row(state=SlipState.SIGNED)]), 11, "前天")

    assert [(each.code, each.place) for each in read_signing(read_bytes(data, LIST)).findings] == [
        ("signing-day", "送签单!K5")
    ]


def test_what_the_outbox_has_sent_is_marked_where_it_stands():
    data = lay_out_signing([row(state=SlipState.SIGNED), row("D2")])
    edits, appends = signing_changes(
        read_signing(read_bytes(data, LIST)), [row(state=SlipState.SENT, on=DAY), row("D2")]
    )

    after = read_signing(read_bytes(patch(data, edits, appends), LIST))

    assert [(each.state, each.on) for each in after.rows] == [
        (SlipState.SENT, DAY),
        (SlipState.DRAFTED, None),
    ]


def test_new_slips_go_below_the_last_row_under_their_own_heads():
    data = lay_out_signing([row()])
    edits, appends = signing_changes(
        read_signing(read_bytes(data, LIST)), [row(), row("D2", serial="2026-催办-002")]
    )

    after = read_signing(read_bytes(patch(data, edits, appends), LIST))

    assert [(each.document, each.serial) for each in after.rows] == [("D1", ""), ("D2", "2026-催办-002")]


def test_a_row_for_a_whole_tier_decides_its_drafts_above_it_and_what_is_void_stays():
    rows = [row("D1"), row("D2", state=SlipState.WITHDRAWN), replace(row("D3"), tier="督办"), row("D4")]
    data = lay_out_signing([*rows[:3], row("全部", state=SlipState.SIGNED, on=DAY), rows[3]])

    book = read_signing(read_bytes(data, LIST))

    assert book.findings == ()
    states = {entry.document: entry.state for entry in book.rows}
    assert states == {
        "D1": SlipState.SIGNED,
        "D2": SlipState.WITHDRAWN,
        "D3": SlipState.DRAFTED,
        "D4": SlipState.DRAFTED,
    }
    edits, appends = signing_changes(book, rows)
    again = read_signing(read_bytes(patch(data, edits, appends), LIST))
    assert {entry.document: entry.state for entry in again.rows} == states
    assert next(entry for entry in again.rows if entry.document == "D1").on == DAY
    assert signing_changes(again, rows) == ((), ())


@pytest.mark.parametrize("more", [{"state": SlipState.SIGNED}, {"state": SlipState.WITHDRAWN, "on": DAY}])
def test_a_row_for_a_whole_tier_without_a_day_or_for_another_word_decides_nothing(more):
    book = listed(row("D1"), row("全部", **more))

    assert [finding.code for finding in book.findings] == ["signing-tier"]
    assert [entry.state for entry in book.rows] == [SlipState.DRAFTED]


def test_what_was_drafted_after_the_day_of_a_row_for_its_tier_is_not_signed():
    book = listed(row("D1"), row("全部", state=SlipState.SIGNED, on=DAY - dt.timedelta(days=1)))

    assert [entry.state for entry in book.rows] == [SlipState.DRAFTED]


def test_how_a_state_and_a_day_were_understood_is_told_once_when_it_is_recorded(root):
    with ledger_of(root) as ledger, ledger.act("chase", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.Document("D901", "催办", "U001", ("P1-001",), DAY, "drafted", "", "督办/x.docx"))
    data = retyped(retyped(lay_out_signing([row("D901")]), 8, "签发"), 11, "18.9.3")
    (root / FOLDER / LIST).write_bytes(data)

    with open_desk(call(root)) as desk:
        first, second = take_in_signing_book(desk), take_in_signing_book(desk)
        document = desk.office().documents["D901"]

    assert [(each.code, each.place) for each in first] == [("read-as", "送签单!H5"), ("read-as", "送签单!K5")]
    assert (document.state, document.on) == ("signed", DAY)
    assert second == ()
