"""The circular: numbers, units by rank in their group, problems, and what is asked of the units."""

from __future__ import annotations

import dataclasses

from tests.support.relatives import HEAD, REPORT, SAY, heads, summary, text
from tracker.outline import Heading
from tracker.rules.report.relatives import write_circular
from tracker.table import Table


def tables(document):
    return [each for each in document.blocks if isinstance(each, Table)]


def test_it_has_a_line_for_each_unit_that_leads_or_answers_the_best_first():
    year = summary()

    document = write_circular(year, SAY, REPORT, HEAD)

    (table,) = tables(document)
    f = year.figures
    assert [row[:2] for row in table.rows] == [
        ("1", "市财政局"),
        ("1", "市教育局"),
        ("3", "市民政局"),  # asked about what its lead finished, and silent
        ("—", "市卫生健康局"),
        ("—", "市行政审批局"),
    ]
    rows = {row[1]: row[2:] for row in table.rows}
    assert rows["市财政局"] == (
        *(str(f[f"unit.U1.{each}"].n) for each in ("lead", "responsible", "done", "due", "overdue")), "50.0%",
    )  # fmt: skip
    assert rows["市卫生健康局"][-1] == "—"
    assert heads(document) == ["总体情况", "各单位任务完成情况", "存在的主要问题", "工作要求"]


def test_groups_are_ranked_apart():
    year = summary()
    kinds = {unit: "县（市、区）" if unit in ("U1", "U4") else "市直部门" for unit in year.unit_names}

    document = write_circular(dataclasses.replace(year, unit_kinds=kinds), SAY, REPORT, HEAD)

    assert [each.text for each in document.blocks if isinstance(each, Heading) and each.level == 2] == [
        "县（市、区）",
        "市直部门",
    ]
    assert [table.rows[0][0] for table in tables(document)] == ["1", "1"]
    assert "各类单位分别排列" in text(document)


def test_without_ranking_units_stand_as_in_their_list():
    (table,) = tables(write_circular(summary(), SAY, REPORT, HEAD, has_ranks=False))

    assert table.columns[0].label == "序号"
    assert [row[0] for row in table.rows] == ["1", "2", "3", "4", "5"]
    assert table.rows[0][1] == "市财政局"


def test_the_quarter_stands_in_title_and_opening():
    document = write_circular(summary(), SAY, REPORT, HEAD, period="第三季度")

    assert document.title == "关于2018年政务公开工作要点第三季度落实情况的通报"
    assert document.blocks[0].text.startswith("现将2018年政务公开工作要点第三季度落实情况（截至")


def test_its_annex_is_the_open_items_and_the_text_calls_it_so():
    document = write_circular(summary(), SAY, REPORT, HEAD)

    assert [each.title for each in document.attachments] == ["未完成事项及原因"]
    assert "责任单位说明的原因和措施见附件。" in text(document)


def test_nobody_is_named_for_a_form_that_is_late():
    document = write_circular(summary(), SAY, REPORT, HEAD)

    assert "未按期报送" not in text(document)
    assert "报送" not in {column.label for table in tables(document) for column in table.columns}


def test_units_that_are_asked_by_letter_stand_in_no_group():
    year = summary()
    for kind in ("党委部门", "人大政协法检", "垂直管理", "中省驻"):
        kinds = {**year.unit_kinds, "U1": kind}

        names = [
            row[1]
            for table in tables(
                write_circular(dataclasses.replace(year, unit_kinds=kinds), SAY, REPORT, HEAD)
            )
            for row in table.rows
        ]

        assert year.unit_names["U1"] not in names, kind
        assert len(names) == 4


def test_where_every_rate_is_the_same_nobody_is_ranked():
    year = summary(**{f"x{n}": ((f"P1-00{n}", "", "decision", ""), "已完成") for n in (1, 2)})

    document = write_circular(year, SAY, REPORT, HEAD)

    (table,) = tables(document)
    assert table.columns[0].label == "序号"
    assert "名次" not in text(document)
    assert "到期应完成的事项各单位均已完成。" in text(document)


def test_the_imprint_is_printed_where_the_words_name_somebody():
    def say(entry, **facts):
        return "市委办公室" if entry == "circular.copies" else SAY(entry, **facts)

    assert write_circular(summary(), SAY, REPORT, HEAD).copies == ""
    assert write_circular(summary(), say, REPORT, HEAD).copies == "市委办公室"
