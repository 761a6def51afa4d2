"""Labels of any word, any mark and any units: read as what they say, or told; never silently a part of the task."""

from hypothesis import given, strategies as st

from tests.support.drawn_plans import lines, read
from tracker.model import Role
from tracker.problems.reading import NotAPlan

TASKS = ("开通夜间公交四条。", "改造候车亭九座。")
ROLES = {
    **dict.fromkeys(("第一责任", "总牵头", "牵头", "主办"), Role.LEAD),
    **dict.fromkeys(
        ("承办", "责任", "负责", "落实", "实施", "归口", "主责", "整改", "办理"), Role.RESPONSIBLE
    ),
    **dict.fromkeys(("配合", "协办", "协同", "参与", "参加"), Role.SUPPORT),
}
BODIES = ("单位", "部门", "科室", "处室", "股室", "机构")
BULLETS = ("", "▶ ", "- ", "● ", "（1）", "→")
BRACKETS = ("", "【】", "[]", "［］", "〔〕", "<>", "（）")
LINKS = ("：", ":", " ：", "——", "—", "－", "=", "＝", "→", "->", " ", "\t", "　", "为", "")
UNITS = ("区交通局", "区财政局", "各街道办事处", "区城管执法局", "市公安局交警支队", "区卫生健康委员会")


@st.composite
def labels(draw: st.DrawFn) -> tuple[str, Role, list[str]]:
    """A line of a label and units, the role that it gives, and who they are."""
    word = draw(st.sampled_from(sorted(ROLES)))
    label = word + draw(st.sampled_from(BODIES))
    if draw(st.booleans()):
        label = draw(st.sampled_from((" ", "　"))).join(label)
        link = "："
    else:
        link = draw(st.sampled_from(LINKS))
    opening, closing = (*draw(st.sampled_from(BRACKETS)), "", "")[:2]
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True))
    mark = draw(st.sampled_from(("、", "，", " ", "；")))
    end = draw(st.sampled_from(("", "。", "；")))
    bullet = draw(st.sampled_from(BULLETS))
    return f"{bullet}{opening}{label}{closing}{link}{mark.join(units)}{end}", ROLES[word], units


@given(labels(), labels())
def test_a_label_gives_its_units_its_role_or_is_told(
    first: tuple[str, Role, list[str]], second: tuple[str, Role, list[str]]
):
    text = "桐浦区2026年实事项目责任分解\n一、出行类\n"
    for number, (task, (line, _, _)) in enumerate(zip(TASKS, (first, second), strict=True), 1):
        text += f"{number}.{task}\n{line}\n"
    try:
        plan_reading = read(*lines(text), kind="txt")
    except NotAPlan:
        return
    if plan_reading.findings:
        return
    assert [point.requirement for point in plan_reading.plan.work_points] == list(TASKS), text
    for point, (_, role, units) in zip(plan_reading.plan.work_points, (first, second), strict=True):
        assert point.responsibility.names_in(role) == tuple(units), text
        assert len(point.responsibility.assignments) == len(units), text
