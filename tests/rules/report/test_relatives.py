"""A unit's own report and the public version say what the report's summary says, and no more."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from tests.support.relatives import HEAD, REPORT, SAY, heads, summary, text
from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker.outline import number_headings
from tracker.rules.progress.figures import PUBLIC_CLASSES
from tracker.rules.report.relatives import own_report, public_summary, public_version, write_circular
from tracker.rules.report.review import review_notes
from tracker.rules.report.summary import hidden_columns


def test_a_unit_reports_its_own_items_in_its_own_words():
    wording = (("P1-001", "", "wording", ""), "核定的话")

    document = own_report(summary(wording=wording), "U1", SAY, REPORT, HEAD)

    said = text(document)
    assert (document.addressee, document.signature) == ("市政府办公室", "市财政局")
    assert "我单位牵头2项，负责1项。" in said
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


def test_the_public_version_names_no_problems_no_reasons_and_no_returns():
    document = public_version(summary(), SAY, REPORT, HEAD)

    said = text(document)
    assert heads(document) == ["总体情况", "任务落实情况"]
    assert "报送率" not in said
    assert "系统改造未完成" not in said
    assert [each.title for each in document.attachments] == ["2018年政务公开工作要点任务落实情况一览表"]


def test_the_public_version_has_no_words_of_supervision_and_makes_nothing_look_better():
    document = public_version(summary(), SAY, REPORT, HEAD)

    everything = text(document) + repr(document.attachments)
    for word in ("逾期", "进展滞后", "未启动", "未反馈", "尚未报送", "正在推进", "待核实"):
        assert word not in everything
    assert (
        "有明确时限的7项中，已完成2项，占28.6%；尚未完成5项，占71.4%。长期坚持的1项，按年度要求推进"
        in text(document)
    )


def test_of_what_nothing_may_be_told_the_public_version_says_how_each_stands_and_counts_where_pages_are_short():
    hidden = frozenset({"progress", "summary", "evidence", "done_on", "note", "problem"})
    document = public_version(summary(), SAY, REPORT, HEAD, excluded_columns=hidden)

    body = text(document)
    short = public_version(
        summary(), SAY, REPORT, dataclasses.replace(HEAD, pages=1), excluded_columns=hidden
    )
    assert "“综合窗口全部实行一次叫号、一窗受理”“编印办事指南，做到一事一图”均尚未完成。" in body
    assert "情况见附件" not in body
    assert "本任务2项均尚未完成，情况见附件。" in text(short)
    assert "一次叫号" not in text(short)
    (annex,) = document.attachments
    assert "落实情况" not in [column.label for column in annex.blocks[0].columns]


def test_a_unit_with_one_kind_of_item_is_not_told_of_the_others():
    (line,) = [
        each.text for each in own_report(summary(), "U4", SAY, REPORT, HEAD).blocks if "我单位" in each.text
    ][1:]

    assert line == "我单位牵头1项，负责1项。截至2018年12月20日，牵头和负责的事项中已完成0项。"


def test_columns_that_are_not_for_the_public_stay_out_of_what_is_published():
    hidden = frozenset({"progress", "evidence"})

    open_, closed = (
        public_version(summary(), SAY, REPORT, HEAD, excluded_columns=each) for each in (frozenset(), hidden)
    )

    assert "四个季度均已更新" in text(open_)
    assert "四个季度均已更新" not in text(closed) + repr(closed.attachments)
    assert "市政府网站预决算专栏" not in text(closed) + repr(closed.attachments)
    assert "108个部门的预算、决算全部公开" in text(closed)


def test_an_item_that_is_not_for_the_public_is_in_the_circular_and_in_no_published_number():
    year = summary(x=(("P1-002", "", "unpublished", ""), "是"))

    public = public_version(year, SAY, REPORT, HEAD)

    assert "政府采购" in text(write_circular(year, SAY, REPORT, HEAD))
    assert "政府采购" not in text(public) + repr(public.attachments)
    assert "共列入任务事项7项" in text(public)
    assert "共列入任务事项8项" in text(write_circular(year, SAY, REPORT, HEAD))


def test_a_single_annex_is_called_so():
    document = public_version(summary(), SAY, REPORT, HEAD)

    assert "附件1" not in "".join(
        each.text + getattr(each, "run_in", "") for each in number_headings(document.blocks)
    )


def test_an_item_that_is_withheld_stands_in_none_of_them():
    withheld = (("P1-002", "", "withheld", ""), "是")
    year = summary(withheld=withheld)

    for document in (
        own_report(year, "U1", SAY, REPORT, HEAD),
        write_circular(year, SAY, REPORT, HEAD),
        public_version(year, SAY, REPORT, HEAD),
    ):
        assert "政府采购" not in text(document) + repr(document.attachments)


HIDDEN, _ = hidden_columns("进展情况、存在问题及下一步、佐证材料、完成日期、备注")


def public(**cells):
    return public_summary(summary_of(year_office(**cells)), HIDDEN)


def test_three_classes_part_the_items_and_their_shares_add_up():
    f = public().figures

    assert sorted(wp for kind in PUBLIC_CLASSES for wp in f[kind].rows) == sorted(f["total"].rows)
    assert sum(Decimal(f[kind].share) for kind in PUBLIC_CLASSES if f[kind].share) == Decimal("100.0")
    assert sorted(f["base"].rows + f["continuing"].rows) == sorted(f["total"].rows)
    assert f["done"].rows == summary_of(year_office()).figures["done"].rows


def test_nothing_of_the_returns_is_counted():
    assert not {"asked", "answered", "silent"} & set(public().figures)


@pytest.mark.parametrize("column", ["summary", "progress", "problem", "evidence", "done_on", "note"])
def test_a_column_that_an_office_hides_is_in_no_text_of_the_report(column):
    words = (("P1-001", "U1", column, "R1"), "只给本办看的话")
    office = year_office(x=words, y=(("P1-001", "", "note", ""), "只给本办看的话"))

    shown = summary_of(office)
    hidden = summary_of(office, excluded_columns=frozenset({column, "note"}))

    assert "只给本办看的话" in str([vars_of(each) for each in shown.items])
    assert "只给本办看的话" not in str([vars_of(each) for each in hidden.items])
    assert any(each.code == "withheld" and not each.point_id for each in review_notes(hidden))


def vars_of(item):
    return [item.texts, item.problems, item.evidence, item.done_on, item.note]


def test_where_the_summary_is_hidden_the_progress_stands_and_not_the_other_way_round_by_chance():
    office = year_office(x=(("P1-001", "U1", "progress", "R1"), "进展的话"))

    (item,) = [
        each
        for each in summary_of(office, excluded_columns=frozenset({"summary"})).items
        if each.point_id == "P1-001"
    ]

    assert [each.text for each in item.texts] == ["进展的话"]


def test_a_word_that_is_no_column_is_told():
    summary = summary_of(year_office())

    (found,) = [
        each for each in review_notes(summary, unknown_words=("体会",)) if each.code == "unknown-column"
    ]

    assert "体会" in found.text
    assert hidden_columns("无") == (frozenset(), ())
