"""The office's own Word template: filled, escaped, and refused with a sentence."""

from __future__ import annotations

import io

import docx
import pytest

from tests.support.summaries import HEAD, SAY, summary_of
from tests.support.years import year_office
from tracker.files.templates import fill_template
from tracker.problems.files import BadTemplate
from tracker.rules.report.year_report import template_values, write_report


@pytest.fixture
def template(tmp_path):
    def make(*paragraphs):
        word = docx.Document()
        for each in paragraphs:
            word.add_paragraph(each)
        table = word.add_table(rows=3, cols=2)
        table.rows[0].cells[0].text = "{%tr for 行 in 一览表 %}"
        table.rows[1].cells[0].text = "{{ 行.具体要求 }}"
        table.rows[1].cells[1].text = "{{ 行.状态 }}"
        table.rows[2].cells[0].text = "{%tr endfor %}"
        path = tmp_path / "落实情况报告.docx"
        word.save(path)
        return path

    return make


def values(office=None):
    summary = summary_of(office or year_office())
    return template_values(summary, write_report(summary, SAY, HEAD).document)


def read(data):
    word = docx.Document(io.BytesIO(data))
    return [each.text for each in word.paragraphs], [
        [c.text for c in row.cells] for row in word.tables[0].rows
    ]


def test_its_places_are_filled(template):
    path = template(
        "{{ 标题 }}",
        "共{{ 数字.任务事项 }}项，完成{{ 占比.已完成 }}",
        "{%p for 段 in 正文 %}",
        "{{ 段.文 }}",
        "{%p endfor %}",
        "{{ 成文日期 }}",
    )

    text, rows = read(fill_template(path, values()))

    assert text[:2] == ["关于2018年政务公开工作要点落实情况的报告（征求意见稿）", "共8项，完成28.6%"]
    assert "一、总体情况" in text
    assert text[-1] == "2018年12月20日"
    assert len(rows) == 8
    assert rows[0] == ["公开部门预算和决算，细化到项级科目。", "已完成"]


def test_what_a_unit_typed_never_becomes_markup_or_code(template):
    evil = "<w:p>&{{ 7*7 }}"
    office = year_office(x=(("P1-003", "", "wording", ""), evil))

    text, _ = read(
        fill_template(template("{%p for 段 in 正文 %}", "{{ 段.文 }}", "{%p endfor %}"), values(office))
    )

    assert any(evil in each for each in text)


@pytest.mark.parametrize("wrong", ["{{ 没有的名称 }}", "{{ 标题.__class__.__mro__ }}", "{% if %}"])
def test_a_wrong_template_is_refused_by_its_name(template, wrong):
    with pytest.raises(BadTemplate) as refused:
        fill_template(template(wrong), values())

    assert "落实情况报告.docx" in str(refused.value)


def test_the_same_values_give_the_same_bytes(template):
    path = template("{{ 标题 }}")

    assert fill_template(path, values()) == fill_template(path, values())
