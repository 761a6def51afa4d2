"""What is written about who answers comes back: every role, every name, every mode."""

import re

import pytest
from hypothesis import given, strategies as st

from tests.support.properties import examples
from tests.support.work import calls_of
from tracker.model import Assignment, Mode, Responsibility, Role
from tracker.reading.clauses.responsibility import Walk, names_in, read_responsibility, senses_of
from tracker.reading.clauses.roles import Roster
from tracker.reading.clauses.words import Clause, Sense

LEVELS = ("市", "县", "区", "省")
STEMS = (
    "教育",
    "财政",
    "市场监管",
    "应急管理",
    "住房和城乡建设",
    "文化和旅游",
    "人力资源社会保障",
    "经济发展",
    "就业指导",
    "行政审批",
    "综合执法",
    "重点项目推进",
    "机关事务",
    "农业农村",
)
ENDINGS = ("局", "中心", "委员会", "办公室", "服务中心")
GROUPS = (
    "各县（市、区）人民政府",
    "市有关单位",
    "各乡镇（街道）",
    "市直各部门",
    "各有关部门和单位",
    "各区、县级市",
)
VERBS = {
    Role.LEAD: ("牵头", "总牵头", "牵头负责", "主办"),
    Role.RESPONSIBLE: ("负责", "承办", "具体负责", "组织实施", "负责落实"),
    Role.SUPPORT: ("配合", "协办", "协助", "参与", "积极配合", "负责指导"),
}
LABELS = {
    Role.LEAD: ("牵头单位", "牵头科室", "牵头"),
    Role.RESPONSIBLE: ("责任单位", "责任部门", "承办单位"),
    Role.SUPPORT: ("配合单位", "协办单位", "参与单位"),
}

units = st.builds("{}{}{}".format, st.sampled_from(LEVELS), st.sampled_from(STEMS), st.sampled_from(ENDINGS))
all_names = st.one_of(units, units, units, st.sampled_from(GROUPS))
ORDER = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT)


@st.composite
def parties(draw):
    """Names for one, two or three roles, no name twice; somebody answers."""
    found = draw(st.lists(all_names, min_size=3, max_size=8, unique=True))
    cuts = sorted(draw(st.tuples(st.integers(1, len(found)), st.integers(1, len(found)))))
    shares = (found[: cuts[0]], found[cuts[0] : cuts[1]], found[cuts[1] :])
    return {role: tuple(share) for role, share in zip(ORDER, shares, strict=True) if share}


def roles_of(responsibility: Responsibility) -> dict[Role, tuple[str, ...]]:
    return {role: responsibility.names_in(role) for role in ORDER if responsibility.names_in(role)}


@given(parties(), st.data())
def test_a_clause_of_verbs_gives_back_the_names_and_roles_it_was_written_from(told, data):
    comma = data.draw(st.sampled_from("，,；"))
    between = data.draw(st.sampled_from("、、､"))
    clause = comma.join(between.join(told[role]) + data.draw(st.sampled_from(VERBS[role])) for role in told)
    if data.draw(st.booleans()):
        clause = f"（{clause}）"

    assert roles_of(read_responsibility(clause)) == told


@given(parties(), st.data())
def test_a_clause_of_labels_gives_back_the_names_and_roles_it_was_written_from(told, data):
    colon = data.draw(st.sampled_from("：:"))
    mark = data.draw(st.sampled_from(("；", "，", "。", "\n", " ")))
    clause = mark.join(
        data.draw(st.sampled_from(LABELS[role])) + colon + "、".join(told[role]) for role in told
    )

    assert roles_of(read_responsibility(clause)) == told


@given(parties(), st.sampled_from(ORDER), st.sampled_from(("、", "，", "\n", " ", "；", "/", "")))
def test_a_list_takes_its_role_from_the_head_of_its_column(told, role, mark):
    listed = tuple(each for share in told.values() for each in share if each not in GROUPS)
    if not listed:
        return

    responsibility = read_responsibility(mark.join(listed), column=LABELS[role][0])

    assert roles_of(responsibility) == {role: listed}


WORDS = (
    *("市教育局", "县财政局", "各乡镇（街道）", "牵头", "负责", "配合", "会同", "联合", "商", "按职责分工", "分别", "等", "等部门"),
    *("责任单位：", "牵头单位：", "完成时限：", "联系人：", "由", "对", "在", "和", "及", "、", "，", "；", "。", "\n", " ", "（", "）"),
    *("[", "]", "“", "”", "见附件1", "2026年6月底前", "加强监督管理", "推进项目建设", "副市长李明", "★", "①", "1.", "同上", "の", "x", "部分"),
)  # fmt: skip


@examples(400)
@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=14).map("".join), st.text(max_size=60)))
def test_no_text_breaks_the_reader_and_no_han_character_is_lost_without_a_sense(text):
    walk = Walk(Clause(text), Roster(Role.RESPONSIBLE))

    walk.run()

    assert [
        letter
        for letter, sense in zip(walk.clause.text, walk.clause.senses, strict=True)
        if sense is None and re.match(r"[\u4e00-\u9fff]", letter)
    ] == []
    assert "".join(words for _, words in senses_of(text)) == text


@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_every_name_was_written_and_stands_once(text):
    responsibility = read_responsibility(text)

    names = [assignment.unit for assignment in responsibility.assignments]
    packed = re.sub(r"\s+", "", text)
    assert len(names) == len(set(names))
    assert all(each in packed for name in names for each in name.split("、"))


@pytest.mark.parametrize("column", ["责任领导", "责任人", "联系人", "联系电话", "分管领导及职务"])
def test_a_column_of_persons_names_no_unit(column):
    assert read_responsibility("市教育局", column=column) == Responsibility()


def test_words_in_the_cell_beat_the_head_of_its_column():
    responsibility = read_responsibility("市教育局牵头，市财政局配合", column="责任单位")

    assert roles_of(responsibility) == {Role.LEAD: ("市教育局",), Role.SUPPORT: ("市财政局",)}


def test_a_share_is_kept_with_the_unit_that_it_was_written_for():
    responsibility = read_responsibility("校园部分由市教育局负责，市住建局负责工地部分，市水务局（河道）")

    assert responsibility.assignments == (
        Assignment("市教育局", Role.RESPONSIBLE, "校园部分"),
        Assignment("市住建局", Role.RESPONSIBLE, "工地部分"),
        Assignment("市水务局（河道）", Role.RESPONSIBLE),
    )


def test_a_name_written_twice_stands_once_with_its_strongest_role():
    responsibility = read_responsibility("市教育局、市财政局负责，市教育局牵头")

    assert roles_of(responsibility) == {Role.LEAD: ("市教育局",), Role.RESPONSIBLE: ("市财政局",)}


def test_an_elliptical_name_is_kept_as_it_was_written():
    assert names_in("省教育厅、财政厅、金湾、平岗片区管理局") == (
        "省教育厅",
        "财政厅",
        "金湾",
        "平岗片区管理局",
    )


def test_what_is_left_out_is_said_to_be_left_out():
    said = senses_of("加强校园管理，市教育局等部门牵头（见附件2），6月底前完成")

    assert (Sense.PROSE, "加强校园管理") in said
    assert (Sense.AND_OTHERS, "等部门") in said
    assert (Sense.TIME, "6月底前完成") in said
    assert (Sense.NAME, "市教育局") in said


def test_several_units_without_a_word_how_are_asked_about_and_not_guessed():
    assert read_responsibility("市教育局、市财政局").mode is Mode.UNSPECIFIED


@pytest.mark.parametrize("letter", ["对", "市", "（", "市 ", "1.", "责任单位：", "市教育局和", "由"])
def test_a_cell_of_one_word_four_times_as_long_takes_four_times_the_work(letter):
    few, many = (calls_of(lambda n=n: read_responsibility(letter * n)) for n in (100, 400))

    assert many <= 4.5 * few + 500
