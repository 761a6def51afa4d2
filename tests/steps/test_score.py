"""Each unit's points by the scheme of the office, each with its reason; what was issued stays."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.support.year import UNITS, call, ledger_of, make_year
from tracker import facts
from tracker.problems.base import Exit
from tracker.steps.score import score

DECEMBER = "2019-01-10"


def run(root: Path, what: str = "", day: str = DECEMBER, *, dry_run: bool = False):
    return score(call(root, dt.datetime.fromisoformat(f"{day}T10:00:00+08:00"), dry_run=dry_run), what)


def change(root: Path, name: str, sheet: str, at: dict[str, object]) -> None:
    path = root / "考核" / name
    book = openpyxl.load_workbook(path)
    for cell, value in at.items():
        book[sheet][cell] = value
    book.save(path)


def judge_everything(root: Path) -> None:
    path = root / "考核" / "评分录入.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["评分录入"]
    head = next(row for row in page.iter_rows() if row[0].value == "单位")
    columns = {cell.value: cell.column for cell in head}
    for row in page.iter_rows(min_row=head[0].row + 1):
        if row[0].value and row[2].value in ("工作机制", "业务培训"):
            page.cell(row[0].row, columns["得分"]).value = row[3].value
            page.cell(row[0].row, columns["理由"]).value = "现场查看"
    book.save(path)


def sheet(root: Path, name: str, page: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(root / "考核" / name)[page].iter_rows(values_only=True))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_year(tmp_path / "办公")
    run(root)
    return root


def test_the_first_time_an_example_is_laid_out_and_nobody_is_scored(tmp_path):
    root = make_year(tmp_path / "办公")

    assert run(root).data == {"scores": None}
    assert sorted(path.name for path in (root / "考核").iterdir()) == ["考核方案.xlsx"]


def test_the_shipped_example_has_no_fault(office):
    lines = run(office).lines

    assert [line for line in lines if "[" in line] == []
    assert len(lines) == len(UNITS)


def test_a_total_is_the_sum_of_its_lines_and_each_line_names_its_facts(office):
    run(office)
    judge_everything(office)
    data = run(office).data

    for unit in data["scores"]:
        assert Decimal(unit["total"]) == sum(
            Decimal(line["points"]) for line in unit["lines"] if line["points"]
        )
    # Six points of five units, all overdue: the first unit leads one and shares two.
    first = {line["code"]: line for line in data["scores"][0]["lines"]}
    assert first["1.1"]["facts"] == ["P1-001", "P1-005", "P1-006"] and first["1.1"]["why"] == "0/3×30分"
    assert (first["1.2"]["points"], first["1.2"]["why"]) == ("4.00", "3处×2分")


def test_what_a_person_enters_without_a_reason_is_told_and_not_used(office):
    run(office)
    path = office / "考核" / "评分录入.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["评分录入"]
    row = next(row for row in page.iter_rows() if row[2].value == "工作机制")
    page.cell(row[0].row, 5).value = 6
    book.save(path)

    assert any("points-without-reason" in line for line in run(office).lines)
    assert any(row[2] == "工作机制" and row[4] == 6 for row in sheet(office, "评分录入.xlsx", "评分录入"))


def test_a_new_indicator_gets_its_lines_below_what_was_entered(office):
    run(office)
    judge_everything(office)
    change(office, "考核方案.xlsx", "指标", {"B14": "公众评议", "C14": "0", "D14": "由评议员评定"})
    run(office)

    rows = sheet(office, "评分录入.xlsx", "评分录入")
    assert sum(row[2] == "工作机制" and row[4] == 6 and row[10] == "现场查看" for row in rows) == len(UNITS)
    assert sum(row[2] == "公众评议" for row in rows) == len(UNITS)


def test_third_party_and_own_score_make_the_composite(office):
    change(
        office, "考核方案.xlsx", "综合得分", {"A3": "本办考核", "B3": "60%", "A4": "第三方评估", "B4": "40%"}
    )
    run(office)
    judge_everything(office)
    run(office)
    path = office / "考核" / "综合得分录入.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["综合得分"]
    row = next(row for row in page.iter_rows() if row[0].value == "市教育局")
    page.cell(row[0].row, 3).value = 90
    book.save(path)
    scores = {unit["unit"]: unit for unit in run(office).data["scores"]}

    own = sum(Decimal(line["points"]) for line in scores["市教育局"]["lines"] if line["points"])
    assert Decimal(scores["市教育局"]["total"]) == (own * 6 / 10 + 36).quantize(Decimal("0.01"))
    assert scores["市司法局"]["total"] == ""


def test_a_scheme_with_an_error_scores_nobody_and_says_where(office):
    change(office, "考核方案.xlsx", "指标", {"C5": "31"})
    result = run(office)

    assert (result.exit, result.data) == (Exit.REFUSED, {"scores": None})
    assert any("scheme-sum" in line and "指标!A5" in line for line in result.lines)
    assert not (office / "考核" / "考核得分表.xlsx").exists()


def test_nothing_is_issued_while_a_line_waits_for_a_person(office):
    run(office)

    assert run(office, "issue").exit is Exit.REFUSED
    assert not (office / "考核" / "考核结果通报.docx").exists()


def test_a_changed_scheme_never_changes_a_score_that_was_issued(office):
    run(office)
    judge_everything(office)
    assert run(office, "issue").exit is Exit.DONE
    change(office, "考核方案.xlsx", "指标", {"D6": "每有1项逾期未完成扣5分，扣完为止"})
    later = run(office).data

    with ledger_of(office) as ledger:
        editions = [entry.fact for entry in ledger.entries(facts.ReportEdition)]
    issued = json.loads(editions[0].content)
    assert len(editions) == 1
    assert issued["scores"][0]["total"] != later["scores"][0]["total"]
    run(office, "issue")
    with ledger_of(office) as ledger:
        assert [entry.fact.n for entry in ledger.entries(facts.ReportEdition)] == [1, 2]


def test_a_unit_that_is_not_scored_has_no_lines_and_no_place(office):
    run(office)
    judge_everything(office)
    path = office / "考核" / "评分录入.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["考核对象"]
    row = next(row for row in page.iter_rows() if row[0].value == "市审计局")
    page.cell(row[0].row, 2).value = "不考核"
    book.save(path)

    assert "市审计局" not in [unit["unit"] for unit in run(office).data["scores"]]


def test_the_office_does_not_score_itself_unless_it_says_so(tmp_path):
    root = make_year(tmp_path / "办公", units=UNITS | {"U006": "市政府办公室"})
    run(root)

    assert {unit["unit"] for unit in run(root).data["scores"]} == set(UNITS.values())
    assert ("市政府办公室", "不考核") in [row[:2] for row in sheet(root, "评分录入.xlsx", "考核对象")]

    row = next(
        n for n, row in enumerate(sheet(root, "评分录入.xlsx", "考核对象"), 1) if row[0] == "市政府办公室"
    )
    change(root, "评分录入.xlsx", "考核对象", {f"B{row}": "B"})
    assert "市政府办公室" in {unit["unit"] for unit in run(root).data["scores"]}


def test_a_unit_that_was_asked_nothing_is_not_scored_and_it_is_said(tmp_path):
    root = make_year(tmp_path / "办公", points=1)
    run(root)
    first = run(root)
    judge_everything(root)

    again = run(root)

    scored = {unit["unit"] for unit in again.data["scores"]}
    assert scored == {unit["unit"] for unit in first.data["scores"]}
    assert scored < set(UNITS.values())
    (line,) = [line for line in again.lines if "不参与考核" in line]
    assert all((name in line) is (name not in scored) for name in UNITS.values())


def test_each_unit_gets_a_sheet_with_room_to_object(office):
    run(office)

    rows = sheet(office, "单位得分/市司法局.xlsx", "考核得分")
    head = next(row for row in rows if row[0] == "编号")
    assert head[-1] == "本单位意见" and "依据（编号）" in head


def test_a_dry_run_scores_and_writes_nothing(office):
    before = sorted(path.name for path in (office / "考核").iterdir())

    assert len(run(office, dry_run=True).data["scores"]) == len(UNITS)
    assert sorted(path.name for path in (office / "考核").iterdir()) == before


def test_every_score_is_shown_with_two_decimals(office):
    run(office)
    judge_everything(office)
    run(office)

    for name, page, heads in (
        ("考核得分表.xlsx", "得分汇总", {"本办考核得分", "综合得分"}),
        ("考核得分表.xlsx", "得分明细", {"得分"}),
        ("单位得分/市司法局.xlsx", "考核得分", {"得分"}),
    ):
        rows = list(openpyxl.load_workbook(office / "考核" / name)[page].iter_rows())
        head = next(n for n, row in enumerate(rows) if heads <= {cell.value for cell in row})
        columns = [cell.column - 1 for cell in rows[head] if cell.value in heads]
        cells = [row[column] for row in rows[head + 1 :] for column in columns]
        figures = [cell for cell in cells if isinstance(cell.value, (int, float))]
        assert figures and {cell.number_format for cell in figures} == {"0.00"}
