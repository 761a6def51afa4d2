"""A text without a table goes the way of a plan: shown, corrected in 分工核对表, recorded, and it works."""

from __future__ import annotations

import openpyxl
import pytest

from tests.support.recording import call, new_office, office
from tracker.problems.base import Exit
from tracker.problems.plans import LetterOnly
from tracker.rules.plans import EditionKind
from tracker.rules.progress import letter_duties
from tracker.steps.check import check
from tracker.steps.history import history
from tracker.steps.plan_questions import Instructions
from tracker.steps.read import read
from tracker.steps.record import record

TEXT = """云溪县2026年政务公开规范化实施方案
各单位要在2026年10月底前完成目录编制。
规范性文件要于发布后15个工作日内在网站公开。
各单位要把政务公开列入培训科目，务必提高认识。
各单位务必高度重视。
"""


DIRECTIONS = """云溪县2026年政务公开工作要点解读
根据《甲省政务公开工作要点》（甲政办发〔2026〕7号）和某府办〔2025〕51号，制定本要点。
在深化公开内容方面，各单位要在2026年9月底前公开预算。
在完善公开程序、促进规范运作方面，规范性文件要于发布后15个工作日内公开。
丰富公开方式。各单位要在2026年11月底前建成专区。
附件：1.市有关单位名单
2.重点领域单位名单
"""


@pytest.fixture
def root(tmp_path):
    root = new_office(tmp_path)
    (tmp_path / "方案.txt").write_text(TEXT, encoding="utf-8")
    return root


def change(path, sheet, where, **cells):
    """Write into the row of a sheet in which some cell says `where`."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    head = next(
        row
        for row in page.iter_rows()
        if "是否登记" in [c.value for c in row] or "启用" in [c.value for c in row]
    )
    columns = {cell.value: cell.column for cell in head if cell.value}
    row = next(row for row in page.iter_rows(min_row=head[0].row + 1) if where in [c.value for c in row])
    for label, value in cells.items():
        page.cell(row[0].row, columns[label]).value = value
    book.save(path)


def catalogue(root):
    page = openpyxl.load_workbook(root / "台账" / "登记簿目录.xlsx")["登记簿"]
    head = next(row for row in page.iter_rows() if row[0].value == "登记簿")
    at = next(cell.column for cell in head if cell.value == "启用") - 1
    return {row[0].value: row[at].value for row in page.iter_rows(min_row=head[0].row + 1)}


def proof_of(root, tmp_path):
    result = read(call(root), tmp_path / "方案.txt", workbook=tmp_path / "核对.xlsx", with_proof=True)
    assert result.exit is Exit.DONE
    return tmp_path / "核对.xlsx"


def test_what_it_lays_down_is_shown_and_the_file_is_refused_as_a_plan(root, tmp_path):
    result = read(call(root), tmp_path / "方案.txt")

    assert result.exit is Exit.REFUSED
    assert [duty["deadline"]["offset"] for duty in result.data["duties"]] == [None, "15WD"]
    assert result.data["logbooks"] == {"业务培训": "L4"}


def test_the_proof_lists_what_was_not_understood_with_its_place(root, tmp_path):
    rows = openpyxl.load_workbook(proof_of(root, tmp_path))["原件去向"].iter_rows(values_only=True)

    assert [row[2:4] for row in rows if row[2] == "L5"] == [("L5", "各单位务必高度重视。")]


def test_a_proof_that_a_person_looked_through_is_entered_with_its_corrections(root, tmp_path):
    path = proof_of(root, tmp_path)
    change(path, "来文要求", "L2", 到期日="2026-11-15", 完成时限=None)
    change(path, "来文要求", "L4", 登记簿="听取汇报")

    result = record(call(root), path, Instructions())

    dated, term = letter_duties(office(root))
    assert str(dated.due) == "2026-11-13"
    assert (term.deadline.offset, term.due) == ("15WD", None)
    assert any("启用登记簿 1 个：听取汇报" in line for line in result.lines)
    assert (catalogue(root)["听取汇报"], catalogue(root)["业务培训"]) == ("是", "否")
    assert (root / "台账" / "通知要求.xlsx").exists() is False


def test_the_same_proof_twice_is_known_and_another_correction_revises(root, tmp_path):
    path = proof_of(root, tmp_path)
    record(call(root), path, Instructions())
    again = record(call(root), path, Instructions())
    change(path, "来文要求", "L3", 是否登记="不登记")
    revised = record(call(root), path, Instructions())

    assert (again.data["how"], again.data["plan"]) == ("same", "P1")
    assert revised.data["plan"] == "P1"
    assert len(letter_duties(office(root))) == 1


def test_a_term_becomes_a_rule_that_a_case_may_name(root, tmp_path):
    record(call(root), tmp_path / "方案.txt", Instructions(how=EditionKind.NEW))
    check(call(root))
    path = root / "台账" / "时限事项.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["时限事项"]
    top = next(row[0].row for row in page.iter_rows() if row[0].value == "编号")
    labels = {cell.value: cell.column for cell in page[top] if cell.value}
    for label, value in {"事项": "文件甲", "适用规则": "P1-函2", "起算时间": "2018-09-20 09:00"}.items():
        page.cell(top + 1, labels[label]).value = value
    book.save(path)

    check(call(root))

    page = openpyxl.load_workbook(path)["时限事项"]
    assert page.cell(top + 1, labels["办理状态"]).value == "逾期未完成（限2018-10-17）"


def test_a_logbook_that_was_switched_off_again_stays_off(root, tmp_path):
    record(call(root), tmp_path / "方案.txt", Instructions(how=EditionKind.NEW))
    assert catalogue(root)["业务培训"] == "是"
    change(root / "台账" / "登记簿目录.xlsx", "登记簿", "业务培训", 启用="否")

    check(call(root))

    assert catalogue(root)["业务培训"] == "否"


def test_a_text_that_nobody_confirmed_is_a_question_and_a_dry_run_switches_nothing_on(root, tmp_path):
    with pytest.raises(LetterOnly, match="2处有时限的要求、涉及1个登记簿"):
        record(call(root), tmp_path / "方案.txt", Instructions())

    assert not (root / "台账" / "登记簿目录.xlsx").exists()


def test_directions_are_sections_and_what_a_source_rests_on_is_kept(root, tmp_path):
    (tmp_path / "方案.txt").write_text(DIRECTIONS, encoding="utf-8")
    lines = read(call(root), tmp_path / "方案.txt").lines
    record(call(root), proof_of(root, tmp_path), Instructions())

    directions = ["深化公开内容", "完善公开程序", "丰富公开方式"]
    assert [line for line in lines if line.startswith("■")] == [f"■ {name}" for name in directions]
    assert [duty.section for duty in letter_duties(office(root))] == directions
    assert "引用文件：《甲省政务公开工作要点》（甲政办发〔2026〕7号）；某府办〔2025〕51号" in lines
    (plan,) = office(root).plans
    text = "\n".join(history(call(root), plan).lines)
    assert "《甲省政务公开工作要点》（甲政办发〔2026〕7号）；某府办〔2025〕51号" in text
    assert "附件：市有关单位名单；重点领域单位名单" in text
