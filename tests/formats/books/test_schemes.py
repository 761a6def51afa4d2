"""Appraisal schemes as offices lay them out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracker.formats.books.schemes import read_criterion, read_scheme, traces
from tracker.grid import Grid, Source, from_table
from tracker.problems.check import NotAScheme
from tracker.scheme import CriterionKind


def workbook(*grids: Grid) -> Source:
    return Source("xlsx", "考核方案.xlsx", grids)


def lines(*grids: Grid) -> list[tuple[str, str, Fraction]]:
    return [
        (indicator.code, indicator.name, indicator.points)
        for indicator in read_scheme(workbook(*grids)).scheme.indicators
    ]


def test_levels_stand_in_columns_under_merges():
    assert lines(
        from_table("""
        | 某市2026年考核指标 | <        | <    | <                          |
        | 一级指标           | 二级指标 | 分值 | 评分标准                   |
        | 公开质量           | 信息更新 | 40   | 每发现1处扣0.5分，扣完为止 |
        | ^                  | 政策解读 | 20   | 按解读率计分               |
        | 组织保障           | 人员培训 | 40   | 酌情计分                   |
        """)
    ) == [
        ("1", "公开质量", 60),
        ("1.1", "信息更新", 40),
        ("1.2", "政策解读", 20),
        ("2", "组织保障", 40),
        ("2.1", "人员培训", 40),
    ]


def test_points_may_stand_in_the_name_and_be_shares_of_the_line_above():
    assert lines(
        from_table("""
        | 考核项目         | 考核内容         | 分值 | 计分办法           |
        | 公开质量（60分） | 信息更新         | 75%  | 每处扣1分          |
        | ^                | 政策解读         | 25%  | 每处扣1分          |
        | 组织保障（40%）  | 人员培训（30分） |      | 每少1次扣2分       |
        | ^                | 专题研究         | 10   | 每少1次扣2分       |
        | 合计             |                  | 100  |                    |
        """)
    ) == [
        ("1", "公开质量", 60),
        ("1.1", "信息更新", 45),
        ("1.2", "政策解读", 15),
        ("2", "组织保障", 40),
        ("2.1", "人员培训", 30),
        ("2.2", "专题研究", 10),
    ]


def test_what_judges_by_traces_is_left_out_and_told():
    reading = read_scheme(
        workbook(
            from_table("""
            | 指标     | 分值 | 评分标准               | 数据来源 |
            | 链接可用 | 90   | 每处扣1分              | 检查问题 |
            | 材料报送 | 10   | 报送不及时的每次扣1分  | 人工     |
            """)
        )
    )

    assert [indicator.name for indicator in reading.scheme.indicators] == ["链接可用"]
    assert [(finding.code, finding.place) for finding in reading.findings] == [("scheme-traces", "Sheet1!A3")]


def test_a_line_that_nobody_understands_is_judged_by_a_person_and_told():
    reading = read_scheme(
        workbook(
            from_table("""
            | 指标     | 分值 | 评分标准     |
            | 重点工作 | 高   | 落实有关要求 |
            """)
        )
    )

    assert reading.scheme.leaves()[0].criterion.kind is CriterionKind.JUDGED
    assert [finding.code for finding in reading.findings] == ["scheme-points", "scheme-unclear"]


def test_what_holds_for_the_whole_stands_on_sheets_of_its_own():
    scheme = read_scheme(
        workbook(
            from_table("""
            | 指标     | 分值 | 评分标准  | 适用范围 |
            | 链接可用 | 100  | 每处扣1分 | A表      |
            """),
            from_table("| 等次 | 最低分 |\n| 优秀 | 90 |\n| 合格 | 60 |", name="等次"),
            from_table("| 组成 | 权重 |\n| 第三方评估 | 70% |\n| 日常工作 | 30% |", name="综合得分"),
            from_table("| 项目 | 内容 |\n| 合理缺项折算 | 否 |\n| 最高总分 | 105 |", name="说明"),
        )
    ).scheme

    assert [(grade.name, grade.lowest) for grade in scheme.grades] == [("优秀", 90), ("合格", 60)]
    assert [component.weight for component in scheme.components] == [Fraction(7, 10), Fraction(3, 10)]
    assert (scheme.scales, scheme.ceiling, scheme.leaves()[0].table) == (False, 105, "A")
    assert scheme.leaves("B") == ()


def test_a_workbook_without_indicators_is_refused_by_name():
    with pytest.raises(NotAScheme, match=r"考核方案\.xlsx"):
        read_scheme(workbook(from_table("| 任务 | 责任单位 |\n| 甲 | 市教育局 |")))


@pytest.mark.parametrize(
    ("text", "kind", "rate", "per", "cap"),
    [
        ("每发现一处错链扣0.2分，扣完为止", CriterionKind.DEDUCTION, "0.2", 1, None),
        ("每出现3处错别字扣1分，最多扣5分。", CriterionKind.DEDUCTION, "1", 3, "5"),
        ("逾期的，每逾期一天扣0.5分", CriterionKind.DEDUCTION, "0.5", 1, None),
        ("每缺席参加1次培训扣1分", CriterionKind.DEDUCTION, "1", 1, None),
        ("经验在全省推广的每项加2分，累计不超过4分", CriterionKind.BONUS, "2", 1, "4"),
        ("得分=分值×按时办结率", CriterionKind.SHARE, "0", 1, None),
        ("按任务完成比例折算得分", CriterionKind.SHARE, "0", 1, None),
        ("取各季度得分的平均值", CriterionKind.QUARTERS, "0", 1, None),
        ("优秀8—10分，良好5—7分", CriterionKind.JUDGED, "0", 1, None),
    ],
)
def test_how_points_are_found_stands_in_the_words(text, kind, rate, per, cap):
    criterion, is_plain = read_criterion(text)

    assert is_plain
    assert (criterion.kind, criterion.rate, criterion.per) == (kind, Fraction(rate), per)
    assert criterion.cap == (Fraction(cap) if cap else None)


def test_what_takes_off_and_adds_in_one_line_is_told():
    assert read_criterion("每少1次扣1分，每多1次加1分")[1] is False


@pytest.mark.parametrize(
    ("text", "is_trace"),
    [
        ("报表逾期每次扣1分", True),
        ("工作信息每少1篇扣1分", True),
        ("在省级媒体报道的每篇加1分", True),
        ("获主要领导批示的每次加2分", True),
        ("信息公开逾期的每件扣1分", False),
        ("整改逾期的每项扣1分", False),
    ],
)
def test_punctual_forms_papers_and_praise_are_traces_and_work_is_none(text, is_trace):
    assert bool(traces(text)) is is_trace
