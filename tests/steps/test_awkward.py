"""What a unit types goes out and comes back byte for byte, or is refused at its cell; never as a formula."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.formulas import foreign_formulas
from tests.support.year import SEPTEMBER, call, fill, form_of, ledger_of, make_year
from tracker import facts
from tracker.steps.hand_out import hand_out
from tracker.steps.report import report
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
NOVEMBER = SEPTEMBER.replace(month=11, day=20)
AWKWARD = (
    "007",
    "3-4",
    "1E5",
    "440305199001011234",
    "NA",
    "=1+1",
    "+86 755 0000",
    "@SUM(A1:A9)",
    "１２３，全角",
    "末尾有空格 ",
    "第一行\n第二行",
    "完成😀",
    '\'=HYPERLINK("http://a")',
    'a<b>&"c"',
    "-1",
)
WPS = [f"P1-{n:03}" for n in range(1, 16)]
# As Excel spoils them when a cell was no text any more.
SPOILED = {
    "007": 7,
    "3-4": dt.datetime(2018, 3, 4),
    "1E5": 100_000.0,
    "18 digits": 440305199001011200,
    "tick": True,
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = make_year(
        tmp_path_factory.mktemp("x") / "办公", points=15, units={"U001": "市教育局", "U002": "市司法局"}
    )
    hand_out(call(root))
    answers = {wp: {"自报状态": "正在推进", "进展情况": text} for wp, text in zip(WPS, AWKWARD, strict=True)}
    fill(form_of(root, "市司法局"), answers, root / "各单位报送" / "a.xlsx")
    take_back(call(root, LATER))
    sync(call(root, LATER))
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell("P1-002", "U002", "progress", "R1", "=另一种说法", "office", 0))
    fill(form_of(root, "市司法局"), {"P1-002": {"进展情况": "=又改了"}}, root / "各单位报送" / "b.xlsx")
    take_back(call(root, LATER))
    sync(call(root, LATER))
    hand_out(call(root, NOVEMBER))
    report(call(root, NOVEMBER))
    return root


def progress(root, round_="R1"):
    with ledger_of(root) as ledger:
        cells = ledger.office().cells
    return [cells[wp, "U002", "progress", round_].value for wp in WPS]


def column(path, sheet, label, key):
    head, *rows = (
        row for row in openpyxl.load_workbook(path)[sheet].iter_rows() if any(cell.value for cell in row)
    )
    while not any(cell.value == label for cell in head):
        head, *rows = rows
    at = {cell.value: n for n, cell in enumerate(head)}
    return {row[at[key]].value: row[at[label]] for row in rows if row[at[key]].value}


def test_fifteen_awkward_values_come_back_as_they_were_typed(root):
    assert progress(root) == ["=另一种说法" if text == "3-4" else text for text in AWKWARD]


def test_they_stand_in_the_ledger_book_and_in_the_next_form_as_text(root):
    book = column(root / "台账" / "工作台账.xlsx", "各单位进展", "进展情况", "行标识")
    form = column(form_of(root, "市司法局", "2018-年终"), "填报表", "上期填报", "事项编号")

    for wp, text in zip(WPS, progress(root), strict=True):
        assert (book[f"{wp}|U002"].value, book[f"{wp}|U002"].data_type) == (text, "s")
        # A later file of the unit left the status of the second row empty.
        status = "" if wp == "P1-002" else "正在推进\n"
        assert (form[wp].value, form[wp].data_type) == (f"第三季度：{status}{text}", "s")


def test_nothing_that_was_typed_is_a_formula_in_any_output(root):
    paths = [
        path
        for path in root.rglob("*.xlsx")
        if "原件留存" not in path.parts and "各单位报送" not in path.parts
    ]
    assert len(paths) > 6
    for path in paths:
        assert not foreign_formulas(path), path.name


def test_typed_again_in_the_next_round_they_are_the_same(root):
    before = progress(root)
    answers = {wp: {"进展情况": text} for wp, text in zip(WPS, before, strict=True)}
    fill(form_of(root, "市司法局", "2018-年终"), answers, root / "各单位报送" / "年终.xlsx")

    take_back(call(root, NOVEMBER))

    assert progress(root, "R2") == before


def test_what_excel_spoiled_is_refused_at_its_cell_and_the_ledger_stays_empty(tmp_path):
    root = make_year(tmp_path / "办公", points=10, units={"U001": "市教育局", "U002": "市司法局"})
    hand_out(call(root))
    answers = {wp: {"进展情况": value} for wp, value in zip(WPS, SPOILED.values(), strict=False)}
    path = fill(form_of(root, "市司法局"), answers, root / "各单位报送" / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["填报表"]["H10"] = "=1+1"
    book.save(path)

    [taken] = take_back(call(root, LATER)).data["taken"]

    assert [(each["code"], each["place"]) for each in taken["findings"]] == [
        *(("spoiled-number", f"填报表!H{row}") for row in range(5, 10)),
        ("formula-without-value", "填报表!H10"),
    ]
    assert taken["balance"]["applied"] == 0
