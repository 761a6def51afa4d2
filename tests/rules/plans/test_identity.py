"""Work points are found again in a new edition, one to one."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

from hypothesis import given, strategies as st

from tracker.facts import UnitLink
from tracker.rules.office import Office, UnitNow
from tracker.rules.plans.identity import Words, best_assignment, match, successor


def words(*lines):
    """`task|no|requirement` each."""
    return [Words("", *line.split("|")) for line in lines]


def found(matching):
    return [(pair.old, pair.new, pair.rule) for pair in matching.pairs]


def test_a_moved_row_with_the_same_text_is_the_same_work_point():
    old = words("甲|1|公开预算", "甲|2|办好热线", "乙|1|建设平台")
    new = words("乙|1|建设平台", "甲|1|办好热线", "甲|2|公开预算")

    assert found(match(old, new)) == [(2, 0, "equal"), (1, 1, "equal"), (0, 2, "equal")]


def test_marks_and_blanks_do_not_make_a_text_new():
    old = words("甲|1|公开预算，接受监督。")
    new = words("甲|1|公开预算,接受 监督")

    assert found(match(old, new)) == [(0, 0, "equal")]


def test_equal_texts_keep_their_own_task_and_number():
    old = words("甲|1|按时报送材料", "乙|1|按时报送材料")
    new = words("乙|1|按时报送材料", "甲|1|按时报送材料")

    assert found(match(old, new)) == [(1, 0, "equal"), (0, 1, "equal")]


def test_the_same_number_with_a_changed_text_is_the_same_work_point():
    old = words("甲|1|每季度公开一次监测结果并通报", "甲|2|办好热线")
    new = words("甲|1|每月公开一次监测结果，并向社会通报", "甲|2|办好热线")

    assert found(match(old, new)) == [(0, 0, "number"), (1, 1, "equal")]


def test_the_same_number_with_quite_another_text_is_not():
    old = words("甲|1|开展业务培训两次")
    new = words("甲|1|清理规范性文件目录")

    matching = match(old, new)

    assert (matching.pairs, matching.additions, matching.retirements) == ((), (0,), (0,))


def test_all_pairs_together_are_as_alike_as_possible():
    old = words("|1|建设综合窗口受理平台系统", "|2|建设综合窗口受理平台系统二期")
    new = words("|7|建设综合窗口受理平台系统三期工程", "|8|建设综合窗口受理平台")

    assert {(pair.old, pair.new) for pair in match(old, new).pairs} == {(1, 0), (0, 1)}


def test_two_candidates_that_are_equally_like_are_left_to_a_person():
    old = words("|1|在东区建设便民服务站点十个", "|2|在西区建设便民服务站点十个")
    new = words("|9|在北区建设便民服务站点十个", "|8|完全不同的一项其他工作")

    matching = match(old, new)

    assert [(tie.new, set(tie.candidates)) for tie in matching.ties] == [(0, {0, 1})]


def test_what_a_person_paired_stays_paired():
    old = words("|1|在东区建设便民服务站点十个", "|2|在西区建设便民服务站点十个")
    new = words("|9|在北区建设便民服务站点十个")

    matching = match(old, new, decisions={0: 1})

    assert found(matching) == [(1, 0, "person")]
    assert matching.ties == ()


TEXT = st.text(alphabet="甲乙丙丁公开预算热线平台", min_size=1, max_size=12)
EDITION = st.lists(
    st.builds(Words, st.just(""), st.sampled_from("甲乙"), st.sampled_from("123"), TEXT), max_size=8
)


@given(EDITION, EDITION)
def test_every_point_stands_exactly_once_in_the_comparison(old, new):
    matching = match(old, new)

    assert sorted([pair.new for pair in matching.pairs] + list(matching.additions)) == list(range(len(new)))
    assert sorted([pair.old for pair in matching.pairs] + list(matching.retirements)) == list(range(len(old)))


@given(EDITION)
def test_an_edition_compared_with_itself_adds_and_retires_nothing(edition):
    matching = match(edition, edition)

    assert (matching.additions, matching.retirements, matching.ties) == ((), (), ())


SIZE = st.integers(1, 5)
MATRIX = st.tuples(SIZE, SIZE).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 20), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def total(matrix, columns):
    return sum(matrix[row][column] for row, column in enumerate(columns) if column is not None)


@given(MATRIX)
def test_no_other_pairing_is_more_alike(matrix):
    rows, columns = len(matrix), len(matrix[0])
    short, long = min(rows, columns), max(rows, columns)
    best = max(
        sum(matrix[i][j] if rows <= columns else matrix[j][i] for i, j in enumerate(each))
        for each in permutations(range(long), short)
    )

    assert total(matrix, best_assignment(matrix)) == best


@given(MATRIX)
def test_nothing_is_paired_twice_and_nobody_is_left_over_needlessly(matrix):
    paired = [column for column in best_assignment(matrix) if column is not None]

    assert len(paired) == len(set(paired)) == min(len(matrix), len(matrix[0]))


def test_nothing_to_pair_gives_no_pairs():
    assert best_assignment([]) == []
    assert best_assignment([[], []]) == [None, None]


DAY = dt.date(2019, 1, 1)


def linked(*links):
    units = {}
    for unit, heir in links:
        link = UnitLink(unit, heir, DAY, "merge")
        units[unit] = UnitNow(unit, links=(*(units[unit].links if unit in units else ()), link))
    return Office(units=units)


def test_a_unit_speaks_for_itself_until_the_day_of_its_successor():
    office = linked(("甲", "乙"))

    assert successor(office, "甲", dt.date(2018, 12, 31)) == "甲"
    assert successor(office, "甲", DAY) == "乙"


def test_successors_of_successors_are_followed():
    assert successor(linked(("甲", "乙"), ("乙", "丙")), "甲", DAY) == "丙"


def test_a_unit_that_was_split_keeps_speaking_for_itself():
    assert successor(linked(("甲", "乙"), ("甲", "丙")), "甲", DAY) == "甲"


def test_links_in_a_circle_end():
    assert successor(linked(("甲", "乙"), ("乙", "甲")), "甲", DAY) in ("甲", "乙")


def test_a_unit_that_nobody_knows_speaks_for_itself():
    assert successor(Office(), "甲", DAY) == "甲"
