"""The sentence of an item says who, what, when and with what result, and no two neighbours read alike."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

import pytest

from tests.support.summaries import SAY, summary_of
from tests.support.years import year_office
from tracker.model import Role
from tracker.rules.report.annexes import Annexes
from tracker.rules.report.chapters import (
    difficulty_of,
    figures_in,
    own_words,
    sentence_of,
    sentences_of,
    tells_of,
)
from tracker.rules.report.summary import Quote


def item(point="P1-001", requirement="", **cells):
    found = summary_of(year_office(**cells)).item(point)
    if requirement:
        found = dataclasses.replace(found, point=dataclasses.replace(found.point, requirement=requirement))
    return found


def said(some, shape=0, **more):
    return sentence_of(some, SAY, shape=shape, year=2018, annex="附件1", **more)


def wrote(text):
    return (("P1-001", "U1", "summary", "R1"), text)


@pytest.mark.parametrize("shape", range(3))
def test_results_alone_are_told_with_what_was_required_and_the_day(shape):
    text = said(item(x=wrote("任务已完成：上线栏目3个。")), shape)

    assert "市财政局牵头" in text
    assert "公开部门预算和决算" in text
    assert "9月20日" in text
    assert text.endswith("，上线栏目3个。")


@pytest.mark.parametrize("shape", [0, 1])
def test_what_is_to_be_finished_is_not_finished_twice(shape):
    assert "市财政局牵头完成30所学校改造" in said(item(requirement="完成30所学校改造"), shape)


@pytest.mark.parametrize("requirement", ["新建口袋公园5个", "新改建农村公路60公里", "新增公共停车泊位800个"])
def test_what_is_to_be_built_is_said_of_who_builds_it(requirement):
    assert f"市财政局牵头{requirement}，于9月20日完成" in said(item(requirement=requirement))


@pytest.mark.parametrize("shape", range(3))
def test_words_that_tell_of_the_requirement_are_not_told_twice(shape):
    text = said(item(x=wrote("公开部门预算108份")), shape)

    assert text == "市财政局牵头公开部门预算108份，于9月20日完成。"


def test_a_day_that_the_unit_wrote_itself_is_not_told_twice():
    assert said(item(x=wrote("公开部门预算，4月24日发布"))).count("日") == 1


def test_a_requirement_that_begins_with_no_verb_is_quoted():
    text = said(item(requirement="政务公开纳入年度考核，权重不低于4%", x=wrote("印发办法1份")))

    assert (
        text
        == "按照“政务公开纳入年度考核，权重不低于4%”的要求，市财政局牵头组织落实，于9月20日完成，印发办法1份。"
    )


@pytest.mark.parametrize("word", ["逾期", "未启动", "进展滞后"])
@pytest.mark.parametrize("shape", range(3))
def test_what_is_not_done_is_told_without_a_name(word, shape):
    point = {"逾期": "P1-002", "未启动": "P1-006", "进展滞后": "P1-007"}[word]
    decided = {"d": ((point, "", "decision", ""), word)} if word != "逾期" else {}
    text = said(item(point, **decided), shape)

    assert re.search("尚未完成|没有完成|尚未启动|没有启动", text)
    assert "市" not in text.replace("市民", "")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (
            "整治农村公路平交路口，计划60处，完工54处",
            "整治农村公路平交路口，计划60处，完工54处，任务尚未完成。",
        ),
        ("整治农村公路平交路口，尚有6处在建", "整治农村公路平交路口，尚有6处在建。"),
        ("完工54处", "“整治农村公路平交路口”尚未完成，完工54处。"),
        ("市财政局整治农村公路平交路口", "整治农村公路平交路口，任务尚未完成。"),
    ],
)
def test_words_that_name_what_is_not_done_stand_for_it(words, text):
    late = item("P1-002", requirement="整治农村公路平交路口")
    quote = dataclasses.replace(late.texts[0], text=words, round="")

    assert said(dataclasses.replace(late, texts=(quote,)), shape=0) == text


def test_of_more_than_three_units_the_sentence_counts():
    some = item()
    many = dataclasses.replace(some, texts=tuple(Quote(f"单位{n}", "已办。", "summary") for n in range(4)))

    assert "各单位情况见附件1" in said(many)
    assert "报送" not in said(many)


@pytest.mark.parametrize("shape", range(3))
@pytest.mark.parametrize(
    ("open_units", "words"), [(0, "各单位情况见附件1。"), (2, "其中5个已完成，各单位情况见附件1。")]
)
def test_many_under_one_name_are_counted_once_and_named_by_no_list(shape, open_units, words):
    some = item()
    unit = some.standing.units[0]
    units = tuple(
        dataclasses.replace(unit, unit=f"U{n}", role=Role.RESPONSIBLE, done=n >= open_units) for n in range(7)
    )
    many = dataclasses.replace(
        some,
        kind="in_progress" if open_units else "done",
        point=dataclasses.replace(some.point, collectives=(("市有关单位", ()),)),
        standing=dataclasses.replace(some.standing, units=units),
        lead=(),
        responsible=("市有关单位",),
        texts=tuple(Quote(f"单位{n}", "已办。", "summary") for n in range(7)),
    )

    text = said(many, shape)

    assert text.count("个单位") == 1
    assert "7个单位" in text
    assert "市有关单位" not in text
    assert text.endswith(words)


def test_two_units_tell_what_they_did_themselves_where_one_of_them_names_the_matter():
    quotes = (Quote("市甲局", "我局公开部门预算108份。", "summary"), Quote("市乙局", "培训2期。", "summary"))
    some = dataclasses.replace(item(), texts=quotes)

    assert said(some, 2) == "市甲局公开部门预算108份；市乙局培训2期，任务于9月20日完成。"
    other = dataclasses.replace(some, texts=(Quote("市甲局", "办会1次。", "summary"), quotes[1]))
    assert said(other).endswith("，其中，市甲局办会1次；市乙局培训2期。")
    late = item("P1-002", requirement="整治农村公路平交路口")
    assert "局" not in said(dataclasses.replace(late, texts=quotes))


def test_neighbours_have_different_shapes_and_the_office_s_own_words_stand_as_they_are():
    summary = summary_of(year_office())
    sentences = sentences_of(summary, SAY, Annexes())

    assert sentences["P1-003"] == "全市义务教育招生范围、录取结果按时公布，做到校校有方案、榜榜有公示。"
    frames = [re.sub("“.*?”|市[\u4e00-\u9fff]+局", "", text)[:8] for text in sentences.values()]
    assert all(one != two for one, two in pairwise(frames))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我局已建成平台。", "市财政局已建成平台"),
        ("经我市财政部门审核", "经我市财政部门审核"),
        ("已办结。", "已办结"),
        ("已按要求完成，形成清单2份。", "形成清单2份"),
    ],
)
def test_a_unit_s_words_lose_empty_openings_and_nothing_else(text, words):
    assert own_words(text, "市财政局") == words


def test_figures_are_listed_for_whoever_checks_them_and_days_are_none():
    assert figures_in("于4月24日公布《2026年目录》，列入事项12项，占98.6%") == ("12项", "98.6%")
    assert not tells_of("服务群众300人次", "公开部门预算")


@pytest.mark.parametrize(("others_done", "step"), [(True, "预计2019年1月底前公布"), (False, "")])
def test_what_one_of_many_does_next_is_no_step_of_the_item(others_done, step):
    some = item("P1-002")
    lead = some.standing.units[0]
    other = dataclasses.replace(lead, unit="U9", role=Role.LEAD, done=others_done)
    shared = dataclasses.replace(some.standing, units=(dataclasses.replace(lead, role=Role.LEAD), other))

    difficulty = difficulty_of(
        dataclasses.replace(some, standing=shared, unit_names=(*some.unit_names[:1], "市乙局"))
    )

    assert difficulty is not None
    assert (difficulty.problem, difficulty.step) == ("系统改造未完成", step)
