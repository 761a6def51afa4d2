"""The report says what the ledger holds, in plan order, and every number in it can be opened."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from itertools import pairwise

import pytest

from tests.support.summaries import HEAD, SAY, edition, summary_of
from tests.support.years import NAMES, year_office
from tracker import facts
from tracker.grid import as_text
from tracker.model import Deadline, DeadlineKind, Mode, Role
from tracker.outline import Heading, Letterhead, Text, number_headings
from tracker.rules.office import Assignee
from tracker.rules.report.chapters import estimated_pages, items_without_paragraph, rank
from tracker.rules.report.edition import changes_since
from tracker.rules.report.review import review_notes
from tracker.rules.report.sheets import report_sheets
from tracker.rules.report.summary import Quote
from tracker.rules.report.year_report import write_report


def written(office=None, head=HEAD, **more):
    return write_report(summary_of(office or year_office()), SAY, head, **more).document


def lines(document):
    return [f"{each.text}{getattr(each, 'run_in', '')}" for each in number_headings(document.blocks)]


def test_the_report_follows_the_plan():
    heads = [each.text for each in number_headings(written().blocks) if isinstance(each, Heading)]

    assert heads == [
        "一、总体情况",
        "二、任务落实情况",
        "（一）推进重点信息公开",
        "1.财政信息。",
        "2.民生信息。",
        "（二）提升服务水平",
        "1.办事大厅。",
        "2.网上服务。",
        "三、存在的主要问题",
        "四、下一步工作打算",
    ]


def test_title_addressee_signature_and_annexes():
    document = written()

    # Nobody has reported on one item: a draft, until somebody has or the office decides.
    assert document.title == "关于2018年政务公开工作要点落实情况的报告（征求意见稿）"
    decided = written(year_office(x=(("P1-008", "", "decision", ""), "未启动")))
    assert decided.title == "关于2018年政务公开工作要点落实情况的报告"
    assert document.addressee == "省人民政府办公厅"
    assert [each.title for each in document.attachments] == [
        "2018年政务公开工作要点任务落实情况一览表",
        "未完成事项及原因",
    ]


def test_a_task_is_a_paragraph_of_what_was_done_by_whom_and_when():
    (line,) = [each for each in lines(written()) if each.startswith("1.财政信息。")]

    assert line == (
        "1.财政信息。市财政局108个部门的预算、决算全部公开，细化到项级科目，于9月20日完成。"
        "在“公开政府采购项目清单，按月更新”方面，任务还没有完成，已梳理项目清单，正在核对。"
    )


def test_what_nobody_reported_is_said_and_not_papered_over():
    assert "“开通移动端查询”的落实情况正在核实。" in "".join(lines(written()))


def test_what_is_under_way_says_how_many_of_its_units_have_finished():
    each = {f"s{n}": (("P1-005", f"U{n}", "status", "R1"), "已完成") for n in (1, 2)}
    drawn = year_office(**each)
    plan = drawn.plans["P1"]
    points = tuple(
        dataclasses.replace(one, mode=Mode.EACH) if one.id == "P1-005" else one for one in plan.points
    )
    document = written(dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=points)}))

    assert "正在推进（5个单位中2个已完成）" in "".join(lines(document))


def test_what_has_to_go_on_for_ever_stands_outside_the_rate():
    overview = lines(written())[2]

    assert "共列入任务事项8项" in overview
    assert "有明确时限的7项中，已完成2项，占28.6%" in overview
    assert "长期坚持的1项，按年度要求推进，不计入完成率。" in overview


def test_a_text_of_an_earlier_round_is_printed_with_its_round():
    drawn = year_office()
    later = facts.Round("R2", "P1", "补充", dt.date(2018, 12, 11), dt.date(2018, 12, 19))
    form = dataclasses.replace(drawn.forms["FU1"], form="F2U1", round="R2")
    asked_again = dataclasses.replace(
        drawn, rounds={**drawn.rounds, "R2": later}, forms={**drawn.forms, "F2U1": form}
    )

    text = "".join(lines(written(asked_again)))

    assert "，系统改造未完成（年终报送）" in text
    assert "预计2019年1月底前" not in text
    assert "已梳理项目清单，正在核对（年终报送）。" in text
    # Finished, and asked again all the same: it is of the round in which it was written.
    assert "细化到项级科目（年终报送），于9月20日完成。" in text
    assert "已梳理项目清单，正在核对。" in "".join(lines(written()))


def test_a_unit_that_went_on_in_another_stands_by_the_name_of_today_with_the_printed_one_beside():
    drawn = year_office()
    link = facts.UnitLink("U1", "U5", dt.date(2018, 9, 1), "merge")
    units = {**drawn.units, "U1": dataclasses.replace(drawn.units["U1"], links=(link,))}
    summary = summary_of(dataclasses.replace(drawn, units=units))

    assert summary.item("P1-001").lead == ("市行政审批局（原市财政局）",)
    assert "U1" not in summary.unit_names
    assert summary.figures["unit.U5.overdue"].rows == ("P1-002",)
    assert summary.figures["units"].n == 4


def test_problems_are_problems_of_the_work_and_name_nobody_for_being_late():
    document = written()
    text = "".join(lines(document))
    problems = text[text.index("三、存在的主要问题") : text.index("四、下一步工作打算")]

    assert (
        "部分任务进度滞后。“公开政府采购项目清单，按月更新”逾期未完成，系统改造未完成；“编印办事指南，做到一事一图”未启动，详见附件2。"
        in problems
    )
    assert not [name for name in NAMES.values() if name in problems + str(document.attachments[1])]
    assert "逾期" not in str(document.attachments[0])
    assert "未按期报送" not in text


def test_units_that_are_unequally_far_are_a_problem_of_the_work():
    each = {f"s{n}": (("P1-005", f"U{n}", "status", "R1"), "已完成") for n in (1, 2)}
    drawn = year_office(**each)
    plan = drawn.plans["P1"]
    points = tuple(
        dataclasses.replace(one, mode=Mode.EACH) if one.id == "P1-005" else one for one in plan.points
    )
    document = written(dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=points)}))

    assert "单位之间进展不平衡。“综合窗口全部实行一次叫号，一窗受理”" in "".join(lines(document)).replace(
        "、", "，"
    )


def test_a_unit_whose_name_of_today_the_plan_prints_has_no_other_beside():
    drawn = year_office()
    day = dt.date(2018, 8, 1)
    names = (
        facts.UnitName("U1", "市财政局", None, day - dt.timedelta(days=1), "former"),
        facts.UnitName("U1", "市财政国资局", day, None, "current"),
    )
    plan = drawn.plans["P1"]
    revised = dataclasses.replace(
        plan,
        points=tuple(
            dataclasses.replace(one, assignees=(Assignee("市财政国资局", "U1", Role.LEAD),))
            if one.id == "P1-002"
            else one
            for one in plan.points
        ),
    )
    renamed = dataclasses.replace(
        drawn, units={**drawn.units, "U1": dataclasses.replace(drawn.units["U1"], names=names)}
    )

    assert summary_of(renamed).item("P1-002").lead == ("市财政国资局（原市财政局）",)
    assert summary_of(dataclasses.replace(renamed, plans={"P1": revised})).item("P1-002").lead == (
        "市财政国资局",
    )


def chapter(text, head, following):
    return text[text.index(head) + len(head) : text.index(following)]


def test_what_leads_wrote_as_a_problem_is_the_problem_of_the_work_and_its_second_part_the_next_step():
    text = "".join(
        lines(
            written(
                year_office(
                    lead=(
                        ("P1-005", "U5", "problem", "R1"),
                        "存在问题：我局窗口人手不足；下一步从3个科室选调，10月底前到岗。",
                    ),
                    other=(("P1-005", "U2", "problem", "R1"), "网络不通。"),
                    none=(("P1-006", "U5", "problem", "R1"), "暂无"),
                )
            )
        )
    )
    problems, steps = chapter(text, "三、存在的主要问题", "四、下一步"), text[text.index("四、下一步") :]

    assert (
        "有的工作推进中还有困难。“综合窗口全部实行一次叫号、一窗受理”方面，市行政审批局窗口人手不足；"
        "“预约挂号接入统一平台”方面，两家医院尚未接入。"
    ) in problems
    assert "网络不通" not in text
    assert (
        "“公开政府采购项目清单，按月更新”预计2019年1月底前公布；“综合窗口全部实行一次叫号、一窗受理”方面，从3个科室选调，10月底前到岗。"
        in steps
    )


@pytest.mark.parametrize(
    ("issue", "stands"),
    [("窗口力量与业务量不匹配", "窗口力量与业务量不匹配。"), ("无", ""), ("没有问题", "")],
)
def test_the_office_s_words_of_a_problem_take_the_place_of_the_lead_s(issue, stands):
    text = "".join(
        lines(
            written(
                year_office(
                    lead=(("P1-005", "U5", "problem", "R1"), "窗口人手不足；下一步从3个科室选调。"),
                    office=(("P1-005", "", "issue", ""), issue),
                )
            )
        )
    )

    assert "人手不足" not in text
    assert stands in chapter(text, "三、存在的主要问题", "四、下一步")
    assert ("从3个科室选调" in text) == bool(stands)


def test_of_more_than_five_problems_the_annex_has_the_others():
    wrote = {"P1-001": "U1", "P1-003": "U2", "P1-005": "U5", "P1-006": "U5", "P1-008": "U5"}
    cells = {wp: ((wp, unit, "problem", "R1"), f"缺少{wp}的系统") for wp, unit in wrote.items()}
    cells |= {f"{wp} open": ((wp, wrote[wp], "status", "R1"), "正在推进") for wp in wrote}
    # Before any limit has passed: nothing is late.
    summary = summary_of(year_office(**cells), dt.date(2018, 6, 1))

    text = "".join(lines(write_report(summary, SAY, HEAD).document))
    problems = chapter(text, "三、存在的主要问题", "四、下一步")

    assert [wp for wp in wrote if f"缺少{wp}的系统" in problems] == list(wrote)[:4]
    assert "其余见附件2。" in problems


def test_a_problem_and_a_next_step_of_what_is_late_are_told_once():
    text = "".join(lines(written()))
    problems, steps = chapter(text, "三、存在的主要问题", "四、下一步"), text[text.index("四、下一步") :]

    assert problems.count("系统改造未完成") == problems.count("公开政府采购项目清单") == 1
    # Its step has a day: a sentence on one overdue item in general would say less.
    assert "预计2019年1月底前公布" in steps
    assert "逾期未完成的" not in steps
    undated = year_office(x=(("P1-002", "U1", "problem", "R1"), "系统改造未完成，下一步加快改造"))
    assert "对逾期未完成的1项任务，逐项督促" in "".join(lines(written(undated)))


def test_what_comes_again_says_of_how_many_periods_answers_tell_and_not_that_it_was_carried_out():
    drawn = year_office()
    plan = drawn.plans["P1"]
    monthly = Deadline("每月", DeadlineKind.RECURRING, period="monthly")
    points = tuple(
        dataclasses.replace(one, deadline=monthly) if one.id == "P1-005" else one for one in plan.points
    )
    drawn = dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=points)})
    halves = {
        "R1": facts.Round("R1", "P1", "上半年", dt.date(2018, 6, 1), dt.date(2018, 6, 30)),
        "R2": facts.Round("R2", "P1", "年终", dt.date(2018, 12, 1), dt.date(2018, 12, 31)),
    }
    item = summary_of(dataclasses.replace(drawn, rounds=halves)).item("P1-005")

    # Since the day of issue in May: one answer of the half year covers May and June.
    assert item.tally == "全年应开展8期，报有进展2期"
    assert "一次填报计它所管的各期" in summary_of(drawn).figures["done"].definition


def test_where_all_is_done_no_problem_is_invented():
    done = {f"x{n}": ((f"P1-00{n}", "", "decision", ""), "已完成") for n in range(1, 10)}
    drawn = year_office(**done)
    moment, taken = drawn.returns[0]
    late = (moment, dataclasses.replace(taken, form="FU4"))
    document = written(dataclasses.replace(drawn, returns=(*drawn.returns, late)))

    text = "".join(lines(document))
    # What was written of items that are done is no problem any more.
    assert chapter(text, "三、存在的主要问题", "四、下一步") == (
        "截至2018年12月20日，没有逾期未完成、进展滞后、未启动和待核实的任务事项。"
    )
    assert [each.title for each in document.attachments] == ["2018年政务公开工作要点任务落实情况一览表"]


def test_an_item_left_out_stands_nowhere_in_the_text():
    assert "旧系统" not in str(written())


NUMBER = re.compile(r"(\d+(?:\.\d+)?)(项|个|%)")


def numbers_in(document):
    """Every count and share of the parts that we write ourselves; the units' own texts hold numbers of their own."""
    own = [each.text for each in document.blocks if isinstance(each, Text)]
    return [found for text in own for found in NUMBER.findall(text)]


@pytest.mark.parametrize("changed", [False, True])
def test_every_number_in_the_text_equals_its_count_in_the_twin(changed):
    before, after = year_office(), year_office(x=(("P1-006", "U5", "status", "R1"), "已完成"))
    summary = summary_of(after)
    changes = changes_since(edition(before), summary, after, since_act=4) if changed else None
    document = write_report(summary, SAY, HEAD, changes=changes).document
    sheets = {each.name: each for each in report_sheets(summary, review_notes(summary), changes=changes)}

    counts = {("项" if row[2] == "项" else "个", str(row[1])) for row in sheets["数字与口径"].rows}
    counts |= {("%", as_text(row[3]).rstrip("%")) for row in sheets["数字与口径"].rows}
    if changed:
        counts |= {("项", str(len(changes.rows("gained"))))}

    found = numbers_in(document)
    assert len(found) > 15
    assert {(unit, number) for number, unit in found} <= counts


def test_each_count_of_the_twin_lists_as_many_rows():
    summary = summary_of(year_office())
    sheet = report_sheets(summary, ())[0]

    for row in sheet.rows:
        listed = [each for each in str(row[5]).split("、") if each]
        assert len(listed) == row[1]


def test_a_number_that_no_row_counts_would_be_seen():
    document = write_report(
        summary_of(year_office()), lambda entry, **facts: SAY(entry, **facts) + "共999项。", HEAD
    ).document

    assert ("999", "项") in numbers_in(document)


def test_the_body_keeps_its_pages_and_the_annex_keeps_everything():
    long = "进一步完善工作机制，" * 30
    cells = {
        f"x{n}": ((f"P1-00{n}", unit, "progress", "R1"), long)
        for n, unit in ((2, "U1"), (4, "U3"), (7, "U4"))
    }
    office = year_office(**cells)

    whole, short = written(office, Letterhead(pages=30)), written(office, Letterhead(pages=4))
    detail = write_report(summary_of(office), SAY, Letterhead(pages=4)).detail
    rest = items_without_paragraph(summary_of(office), detail)
    sheets = {each.name: each for each in report_sheets(summary_of(office), (), rest=rest)}

    assert estimated_pages(whole.blocks) > 4 >= estimated_pages(short.blocks)
    assert long[:-1] in str(short.attachments[0])
    assert "P1-003" in detail.point_ids  # approved by the office
    sentences = [
        re.split("[。”]", each[:-1])[-1] + "。" for each in lines(short) if each.endswith("，情况见附件1。")
    ]
    said = {
        "其余1项尚未完成，情况见附件1。": (1, 0),
        "其余1项已完成，情况见附件1。": (1, 1),
        "本任务2项均尚未完成，情况见附件1。": (2, 0),
        "本任务3项均尚未完成，情况见附件1。": (3, 0),
        "本任务2项中已完成1项，情况见附件1。": (2, 1),
    }
    assert [said[each] for each in sentences] == [row[2:4] for row in sheets["正文未展开的事项"].rows]
    assert sentences


def test_what_keeps_its_place_is_first_the_approved_then_what_has_figures():
    office = year_office(
        a=(("P1-005", "U5", "summary", "R1"), "大厅改造完成，" + "进一步完善工作机制，" * 10),
        b=(("P1-002", "U1", "summary", "R1"), "公布项目31个。"),
    )
    tight = [
        write_report(summary_of(office), SAY, Letterhead(pages=n / 10)).detail.point_ids
        for n in range(10, 60)
    ]

    assert tight[0] == {"P1-003"}
    assert all(one <= two for one, two in pairwise(tight))
    summary = summary_of(office)
    assert rank(summary.item("P1-003")) < rank(summary.item("P1-002")) < rank(summary.item("P1-005"))


def test_of_equal_items_the_first_of_every_task_stays_before_the_second_of_any():
    office = year_office(
        **{f"x{n}": ((f"P1-00{n}", "", "decision", ""), "已完成") for n in (1, 2, 3, 4, 5, 6, 7)},
        **{f"w{n}": ((f"P1-00{n}", unit, "summary", "R1"), "") for n, unit in ((1, "U1"), (5, "U5"))},
        a=(("P1-003", "", "wording", ""), ""),
    )
    texts = {f"P1-00{n}": "进一步完善工作机制，" * 9 for n in range(1, 9)}
    summary = summary_of(office)
    items = tuple(
        dataclasses.replace(each, texts=(Quote("", texts[each.point_id], "progress"),))
        if each.point_id in texts
        else each
        for each in summary.items
    )
    summary = dataclasses.replace(summary, items=items)

    details = [
        write_report(summary, SAY, Letterhead(pages=pages / 10)).detail.point_ids for pages in range(20, 70)
    ]
    with_second = [point_ids for point_ids in details if "P1-002" in point_ids]
    assert 0 < len(with_second) < len(details)
    assert all({"P1-001", "P1-003", "P1-005", "P1-007"} <= point_ids for point_ids in with_second)


def test_a_plan_without_parts_and_tasks_has_a_paragraph_for_each_item():
    drawn = year_office()
    plan = drawn.plans["P1"]
    flat = tuple(dataclasses.replace(each, section="", task="") for each in plan.points)
    document = written(dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=flat)}))

    heads = [each.text[:3] for each in number_headings(document.blocks) if isinstance(each, Heading)]

    assert heads == ["一、总", "二、任", "三、存", "四、下"]
    assert len([each for each in document.blocks if isinstance(each, Text)]) > 8


def test_what_changed_since_the_last_edition_is_said():
    before, after = year_office(), year_office(x=(("P1-006", "U5", "status", "R1"), "已完成"))
    changes = changes_since(edition(before), summary_of(after), after, since_act=4)

    assert "与上期（截至2018年12月20日）相比，新增完成1项。" in lines(written(after, changes=changes))


def test_many_units_are_counted_and_not_quoted():
    said = {f"x{n}": (("P1-001", f"U{n}", "summary", "R1"), f"第{n}家。") for n in (2, 3)}
    drawn = year_office(**said, y=(("P1-001", "U4", "summary", "R1"), "第4家。"))
    plan = drawn.plans["P1"]
    answers = tuple(Assignee(f"单位{n}", f"U{n}", Role.RESPONSIBLE) for n in (1, 2, 3, 4))
    each = tuple(
        dataclasses.replace(p, mode=Mode.EACH, assignees=answers) if p.id == "P1-001" else p
        for p in plan.points
    )
    office = dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=each)})

    text = "".join(lines(written(office)))
    row = report_sheets(summary_of(office), ())[1].rows[0]

    assert "4个单位中1个已完成，各单位情况见附件1。" in text
    assert row[12:15] == (4, 4, 1)


def test_an_item_marked_as_withheld_stands_in_no_text_and_no_number():
    office = year_office(x=(("P1-002", "", "withheld", ""), "是"))
    summary = summary_of(office)

    assert "政府采购" not in str(written(office)) + str(report_sheets(summary, review_notes(summary)))
    assert summary.figures["total"].n == 7
    assert [each.code for each in review_notes(summary) if each.point_id == "P1-002"] == ["withheld"]


def test_units_that_wrote_the_same_are_named_together_in_the_annex():
    same = {f"p{n}": (("P1-005", f"U{n}", "problem", "R1"), "已列入下期计划") for n in (1, 2)}
    office = year_office(**same, q=(("P1-005", "U3", "problem", "R1"), "接口未通"))

    annex = str(written(office).attachments[1])

    assert "市财政局、市教育局：已列入下期计划。市民政局：接口未通。" in annex


@pytest.mark.parametrize("theme", ["政务公开", "2018年政务公开", "2018年政务公开工作要点"])
def test_a_theme_with_its_year_says_the_year_once(theme):
    drawn = year_office()
    plan = drawn.plans["P1"]
    edition = dataclasses.replace(plan.edition, theme=theme)
    document = written(dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, edition=edition)}))

    assert document.title == "关于2018年政务公开工作要点落实情况的报告（征求意见稿）"
