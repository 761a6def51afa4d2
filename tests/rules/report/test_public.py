"""What is published has fewer items, fewer words and three classes, and every number still adds up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker.rules.progress.figures import PUBLIC_CLASSES
from tracker.rules.report.relatives import public_summary
from tracker.rules.report.review import review_notes
from tracker.rules.report.summary import hidden_columns

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
