"""The third table of the annual report: what is counted, and that its sums part where a row contradicts itself."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tracker.applications import APPLICANTS, RESULTS, Application
from tracker.rules.report.applications import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    RESULT,
    TOTAL,
    applications_table,
    check_applications,
    count_applications,
    rows_of_counts,
)

GOOD = Application("1号", dt.date(2026, 3, 2), "自然人", dt.date(2026, 3, 20), "予以公开", "登记!A5")
WAITS = Application("2号", dt.date(2026, 12, 20), "商业企业", place="登记!A6")
OLD = Application("3号", dt.date(2025, 12, 28), "其他", dt.date(2026, 1, 9), "无法：不掌握", "登记!A7")
LONG_AGO = Application("4号", dt.date(2025, 3, 1), "自然人", dt.date(2025, 3, 9), "予以公开", "登记!A8")
NEXT = Application("5号", dt.date(2026, 12, 30), "自然人", dt.date(2027, 1, 9), "部分公开", "登记!A9")
ALL = (GOOD, WAITS, OLD, LONG_AGO, NEXT)


def numbers(rows, year=2026):
    counted = count_applications(rows, year)
    return tuple(counted.n(line, TOTAL) for line in (NEW, CARRIED_IN, RESULT, CARRIED_OUT))


def test_each_line_counts_by_its_own_days():
    assert numbers(ALL) == (3, 1, 2, 2)
    assert numbers(ALL, 2025) == (2, 0, 1, 1)
    assert numbers(ALL, 2027) == (0, 2, 1, 1)
    assert check_applications(ALL, count_applications(ALL, 2026)) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"receipt_day": None}, "application-received"),
        ({"answer_day": None}, "application-answer-day"),
        ({"result": ""}, "application-no-result"),
    ],
)
def test_a_row_that_contradicts_itself_parts_the_sums_and_is_named(change, code):
    rows = (*ALL, dataclasses.replace(GOOD, no="6号", place="登记!A10", **change))

    found = check_applications(rows, count_applications(rows, 2026))

    assert (code, "登记!A10") in [(each.code, each.place) for each in found]
    assert [each.code for each in found if each.code == "sums-part"] == ["sums-part", "sums-part"]
    assert "“自然人”" in next(each.message for each in found if each.code == "sums-part")


def test_an_answer_before_its_application_is_named():
    early = dataclasses.replace(GOOD, answer_day=dt.date(2025, 12, 31))

    assert "application-early" in [
        each.code for each in check_applications((early,), count_applications((early,), 2026))
    ]


def test_who_nobody_can_place_is_in_the_total_and_said():
    rows = (dataclasses.replace(GOOD, applicant=""),)

    found = [each.code for each in check_applications(rows, count_applications(rows, 2026))]

    assert found == ["application-column", "columns-part", "columns-part"]
    assert numbers(rows) == (1, 0, 1, 0)


def test_a_row_of_a_later_year_is_not_asked_about():
    later = dataclasses.replace(GOOD, receipt_day=dt.date(2027, 1, 4), answer_day=None)

    assert check_applications((later,), count_applications((later,), 2026)) == ()


def test_the_table_has_the_rows_and_columns_of_the_format():
    table = applications_table(count_applications(ALL, 2026))

    kinds = [row[1] for row in table.rows]
    assert (kinds.count("（三）不予公开"), kinds.count("（四）无法提供")) == (8, 3)
    assert (kinds.count("（五）不予处理"), kinds.count("（六）其他处理")) == (5, 3)
    assert len(table.rows) == 2 + len(RESULTS) + 2
    assert [each.label for each in table.columns[3:]] == [*APPLICANTS, TOTAL]
    assert table.rows[0][3:] == ("2", "1", "0", "0", "0", "0", "3")
    assert table.rows[-1][3:] == ("1", "1", "0", "0", "0", "0", "2")


def test_every_number_can_be_opened():
    counted = count_applications(ALL, 2026)

    for line, applicant, n, rows in rows_of_counts(counted):
        assert len(rows.split("、")) == n, (line, applicant)
    assert sum(n for line, _, n, _ in rows_of_counts(counted) if line.startswith("三")) == counted.n(
        RESULT, TOTAL
    )


days = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))


@given(
    st.lists(
        st.builds(
            lambda came, who, wait, result: Application(
                "号", came, who, came + dt.timedelta(days=wait) if result else None, result
            ),
            days,
            st.sampled_from(APPLICANTS),
            st.integers(0, 500),
            st.sampled_from(["", *RESULTS]),
        )
    )
)
def test_whatever_came_and_went_the_sums_agree_and_what_is_carried_out_is_carried_in(rows):
    assert check_applications(rows, count_applications(rows, 2026)) == ()
    for who in (*APPLICANTS, TOTAL):
        assert count_applications(rows, 2025).n(CARRIED_OUT, who) == count_applications(rows, 2026).n(
            CARRIED_IN, who
        )
