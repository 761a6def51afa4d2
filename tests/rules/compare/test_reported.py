"""与上年对比 in the report, and in nothing that is published."""

from __future__ import annotations

from tests.support.drawn_years import TODAY, carried, office, plan
from tracker.rules.report.relatives import public_summary
from tracker.rules.report.sheets import report_sheets
from tracker.rules.report.summary import summarise
from tracker.settings import Day
from tracker.workdays import Calendar


def summary(*links):
    now = office(plan("P1", 2025, "甲", "乙"), plan("P2", 2026, "甲", "丁"), continuations=carried(*links))
    return summarise(now, "P2", Day(TODAY, Calendar()))


def test_every_number_of_last_year_stands_in_the_workbook_with_its_rows():
    found = summary(("P1-001", "P2-001", "continued"), ("", "P2-002", "new"))

    sheets = {each.name: each for each in report_sheets(found, ())}
    numbers = {row[0]: (row[1], row[-1]) for row in sheets["数字与口径"].rows}
    assert numbers["上年事项延续到今年"] == (1, "P1-001")
    assert numbers["上年事项待确认"] == (1, "P1-002")
    assert [row[0] for row in sheets["与上年对照"].rows] == ["P1-001", "P1-002", ""]


def test_without_a_confirmed_item_there_is_neither_number_nor_sheet():
    found = summary()

    assert found.years is None
    assert not [code for code in found.figures if code.startswith("years.")]
    assert "与上年对照" not in [each.name for each in report_sheets(found, ())]


def test_nothing_of_last_year_is_published():
    found = public_summary(summary(("P1-001", "P2-001", "continued")), frozenset())

    assert found.years is None
    assert not [code for code in found.figures if code.startswith("years.")]
