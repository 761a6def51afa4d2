"""The report of a year tells what checks found, what was done in time, and how units were graded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import openpyxl

from tests.support.check_report import check_numbers
from tests.support.logbook_sheets import keep, write
from tests.support.year import call, ledger_of, make_year
from tracker import facts
from tracker.steps.report import Relative, report, write_relative


def year(root: Path) -> str:
    """The text of the report, its numbers compared with its workbook."""
    report(call(root, dt.datetime.fromisoformat("2018-12-20T10:00:00+08:00")))
    path = next((root / "报告").glob("*落实情况报告.docx"))
    assert check_numbers(path.read_bytes(), path.with_suffix(".xlsx").read_bytes()) == []
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def kept(root: Path) -> Path:
    keep(root)
    for day, more in (("2018-08-01", {}), ("2018-08-02", {"整改期限": "2018-08-20"}), ("2017-08-02", {})):
        write(root, "整改台账", "", 单位="市财政局", 检查日期=day, 发现的问题="栏目空白", **more)
    for done in ("2018-08-03", "2018-08-30", None):
        write(
            root, "时限事项", "", 单位="市司法局", 适用规则="R05", 起算时间="2018-08-01 09:00", 完成时间=done
        )
    keep(root)
    return root


def test_what_checks_found_and_what_was_in_time_stand_in_the_report_of_their_year(tmp_path):
    text = year(kept(make_year(tmp_path / "办公")))

    assert "有时限的事项3件，按时办结1件。" in text
    assert "抽查发现问题2个" in text


def test_the_grades_that_were_issued_are_told_inside_and_not_to_the_superior(tmp_path):
    root = make_year(tmp_path / "办公")
    score = '{"scores": [{"unit": "市教育局", "grade": "优秀", "place": 1}, {"unit": "市司法局", "grade": "良好", "place": 2}]}'
    with ledger_of(root) as ledger, ledger.act("score", person="王敏", at=call(root).now) as act:
        act.add(facts.ReportEdition("考核结果", 1, "", dt.date(2018, 12, 10), score))

    assert "参加年度考核" not in year(root)
    write_relative(call(root, dt.datetime.fromisoformat("2018-12-20T10:00:00+08:00")), Relative.CIRCULAR)
    circular = docx.Document(next((root / "报告").glob("*情况通报.docx")))
    assert "2个单位参加年度考核，列最高等次的1个。" in "\n".join(line.text for line in circular.paragraphs)


def test_a_year_without_any_says_nothing_of_them(tmp_path):
    text = year(make_year(tmp_path / "办公"))

    assert not any(word in text for word in ("有时限的事项", "抽查", "考核"))


def test_of_two_plans_of_a_year_neither_tells_them_as_its_own(tmp_path):
    root = kept(make_year(tmp_path / "办公"))
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=call(root).now) as act:
        plan = act.mint("P")
        act.add(facts.PlanEdition(plan, 1, "new", "另一方案", "", "", None, 2018, "另一"))

    report(call(root, dt.datetime.fromisoformat("2018-12-20T10:00:00+08:00")), plan="P1")

    book = openpyxl.load_workbook(next((root / "报告").glob("*落实情况报告.xlsx")))
    assert "抽查整改情况" not in book.sheetnames
