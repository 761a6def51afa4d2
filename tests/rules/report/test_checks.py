"""Spot checks appear in the report when there are any, and leave no empty heading, annex or number until then."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.check_official import check
from tests.support.check_report import check_numbers
from tests.support.relatives import HEAD, REPORT, SAY, text
from tests.support.years import TODAY, year_office
from tracker.formats.books.tables import lay_out
from tracker.formats.documents import render_official
from tracker.rules.report.relatives import public_version, write_circular
from tracker.rules.report.review import review_notes
from tracker.rules.report.sheets import report_sheets
from tracker.rules.report.summary import SpotCheck, summarise
from tracker.rules.report.year_report import template_values, write_report
from tracker.settings import Day
from tracker.workdays import PUBLIC_CALENDAR

DAY = dt.date(2018, 9, 3)
FOUND = (
    SpotCheck(
        "C1", "市财政局", DAY, "预算公开", "栏目半年没有更新", dt.date(2018, 9, 30), "已更新", is_closed=True
    ),
    SpotCheck("C2", "市民政局", DAY, "救助标准", "只有上年的标准", dt.date(2018, 9, 30), "正在核对"),
    SpotCheck("C3", "市教育局", DAY, "招生结果", "附件打不开"),
)


def year(*found):
    return summarise(year_office(), "P1", Day(TODAY, PUBLIC_CALENDAR), checks=found)


def test_what_was_found_is_an_annex_a_problem_a_next_step_and_a_sheet():
    document = write_report(year(*FOUND), REPORT, HEAD).document

    (annex,) = [each for each in document.attachments if each.title == "抽查整改情况"]
    (table,) = annex.blocks
    assert not {"被查单位", "整改期限"} & {column.label for column in table.columns}
    assert "市民政局" not in str(table.rows)
    assert [row[-1] for row in table.rows] == ["已整改", "整改中", "未整改"]
    assert "抽查发现问题3个，已整改1个，具体见附件3。" in text(document)
    assert "对抽查发现、尚未整改的2个问题，逐项复查，整改到位后销号。" in text(document)
    sheets = {each.name: each for each in report_sheets(year(*FOUND), ())}
    assert [row[0] for row in sheets["抽查整改情况"].rows] == ["C1", "C2", "C3"]


@pytest.mark.parametrize("n", [0, 1, 3])
def test_every_figure_of_it_can_be_opened(n):
    summary = year(*FOUND[:n])

    docx = render_official(write_report(summary, REPORT, HEAD).document)

    assert check_numbers(docx, lay_out(report_sheets(summary, review_notes(summary)))) == []
    assert check(docx) == []


def test_without_any_nothing_of_it_appears():
    summary = year()

    document = write_report(summary, REPORT, HEAD).document

    assert "抽查" not in text(document) + repr(document.attachments)
    assert "抽查" not in repr(report_sheets(summary, ()))


def test_they_are_told_to_the_units_and_not_to_the_public():
    assert "抽查发现问题3个" in text(write_circular(year(*FOUND), SAY, REPORT, HEAD))
    public = public_version(year(*FOUND), SAY, REPORT, HEAD)
    assert "抽查" not in text(public) + repr(public.attachments)


def test_an_offices_own_template_finds_each_annex_whatever_its_number():
    done = {f"x{n}": ((f"P1-00{n}", "", "decision", ""), "已完成") for n in range(1, 10)}
    summary = summarise(year_office(**done), "P1", Day(TODAY, PUBLIC_CALENDAR), checks=FOUND)

    values = template_values(summary, write_report(summary, REPORT, HEAD).document)

    assert len(values["一览表"]) == 9
    assert values["未完成"] == []
    assert [each["被查单位"] for each in values["抽查整改"]] == ["市财政局", "市民政局", "市教育局"]
