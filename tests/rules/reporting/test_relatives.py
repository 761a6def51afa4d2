"""A unit's own report, the circular and the public version say what the report's summary says, and no more."""

from __future__ import annotations

from tests.rules.years import TODAY
from tests.rules.years import year_office
from tracker.files.templates import words
from tracker.rules.reporting.relatives import circular
from tracker.rules.reporting.relatives import own_report
from tracker.rules.reporting.relatives import public_version
from tracker.rules.reporting.report import Letterhead
from tracker.rules.reporting.summary import summarise
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Table
from tracker.workdays import ANNOUNCED

SAY, REPORT = words("relatives.txt"), words("report.txt")
HEAD = Letterhead("市政府办公室", "省政府办公厅", "我市")


def summary(**cells):
    return summarise(year_office(**cells), "P1", today=TODAY, calendar=ANNOUNCED)


def text(document):
    blocks = [each for each in document.blocks if not isinstance(each, Table)]
    return "\n".join(each.text + getattr(each, "run_in", "") for each in blocks)


def heads(document):
    return [each.text for each in document.blocks if isinstance(each, Heading) and each.level == 1]


def test_a_unit_reports_its_own_items_in_its_own_words():
    wording = (("P1-001", "", "wording", ""), "核定的话")

    document = own_report(summary(wording=wording), "U1", SAY, REPORT, HEAD)

    said = text(document)
    assert (document.addressee, document.signature) == ("市政府办公室", "市财政局")
    assert "牵头2项，负责1项，配合0项" in said
    assert "已完成1项，逾期1项" in said
    assert "108个部门的预算、决算全部公开" in said
    assert "核定的话" not in said
    assert "系统改造未完成，预计2019年1月底前公布" in said
    assert "招生" not in said


def test_what_a_unit_has_not_written_is_left_for_it_and_what_is_not_its_business_is_left_out():
    said = text(own_report(summary(), "U5", SAY, REPORT, HEAD))

    assert "开通移动端查询。责任事项" not in said
    assert said.count("请补充进展情况") == 4
    assert "旧系统数据接口" not in said


def test_the_circular_has_a_line_for_each_unit_that_leads_or_answers():
    year = summary()

    document = circular(year, SAY, REPORT, HEAD)

    (table,) = [each for each in document.blocks if isinstance(each, Table)]
    rows = {row[1]: row[2:] for row in table.rows}
    f = year.figures
    assert rows["市财政局"] == (
        *(str(f[f"unit.U1.{each}"].n) for each in ("lead", "responsible", "done", "overdue")), "已报",
    )  # fmt: skip
    assert rows["市卫生健康局"][-1] == "未报"
    assert heads(document) == ["总体情况", "各单位任务完成情况", "存在的主要问题", "下一步工作打算"]


def test_the_public_version_names_no_problems_no_reasons_and_no_returns():
    document = public_version(summary(), SAY, REPORT, HEAD)

    said = text(document)
    assert heads(document) == ["总体情况", "任务落实情况"]
    assert "报送率" not in said
    assert "系统改造未完成" not in said
    assert [each.title for each in document.attachments] == ["2018年政务公开工作要点任务落实情况一览表"]


def test_an_item_that_is_withheld_stands_in_none_of_them():
    withheld = (("P1-002", "", "withheld", ""), "是")
    year = summary(withheld=withheld)

    for document in (
        own_report(year, "U1", SAY, REPORT, HEAD),
        circular(year, SAY, REPORT, HEAD),
        public_version(year, SAY, REPORT, HEAD),
    ):
        assert "政府采购" not in text(document) + repr(document.attachments)
