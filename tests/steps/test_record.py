"""Entering a plan: new, the same, revised, changed in pieces; every name decided or asked."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.recording import HEAD, ROWS, call, enter, ledger, new_office, office, points, sheet_file
from tracker.files.guard.opening import open_source
from tracker.formats.books.register import read_register
from tracker.formats.patch import Append, Edit, patch
from tracker.problems.base import Exit
from tracker.problems.plans import NoSuchPlan, RetiresMuch, TiedPoints, UndecidedPlan
from tracker.rules.plans.editions import EditionKind
from tracker.steps.record import Instructions, record
from tracker.steps.report import Relative, report, write_relative
from tracker.steps.status import status
from tracker.steps.sync import sync


@pytest.fixture
def root(tmp_path):
    return new_office(tmp_path)


def test_a_first_plan_is_new_and_its_units_fill_the_list(root, tmp_path):
    answer = enter(root, sheet_file(tmp_path / "方案.xlsx", ROWS))

    assert answer.data["how"] == "new"
    assert len(points(root)) == 5
    listed = read_register(open_source(root / "单位及联络员名单.xlsx")).units
    assert [(each.unit, each.name) for each in listed][:2] == [("U001", "市市场监管局"), ("U002", "市税务局")]
    assert (root / "方案" / "方案.xlsx").exists()


def test_every_point_knows_the_cell_that_it_came_from(root, tmp_path):
    enter(root, sheet_file(tmp_path / "方案.xlsx", ROWS))

    assert points(root)["P1-003"].place == "分工表!B5"


def test_the_same_file_again_changes_nothing(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    enter(root, plan)
    with ledger(root) as opened:
        before = opened.last_act
    listed = (root / "单位及联络员名单.xlsx").read_bytes()

    answer = enter(root, plan, days=1)

    assert answer.data["how"] == "same"
    with ledger(root) as opened:
        assert opened.last_act == before
    assert (root / "单位及联络员名单.xlsx").read_bytes() == listed


def test_a_dry_run_says_what_it_is_and_writes_nothing(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    before = {path: path.read_bytes() for path in root.rglob("*.xlsx")}

    answer = record(call(root, dry_run=True), plan, Instructions())

    assert "新方案" in answer.lines[0]
    assert {path: path.read_bytes() for path in root.rglob("*.xlsx")} == before
    assert office(root).plans == {}


def test_a_revision_keeps_ids_and_says_what_it_adds_and_retires(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    revised = (
        ROWS[3],
        ROWS[0].replace("1天", "半天"),
        ROWS[1],
        ROWS[2],
        "| 四、人才 | 6.发放人才公寓补贴 | 市人社局负责 | 年底前 |",
    )

    answer = enter(root, sheet_file(tmp_path / "b.xlsx", revised), days=9)

    assert (answer.data["how"], answer.data["added"], answer.data["retired"]) == ("revision", 1, ["P1-005"])
    now = points(root)
    assert now["P1-001"].requirement == "压缩开办企业时间到半天"
    assert now["P1-005"].is_retired
    assert now["P1-006"].requirement == "发放人才公寓补贴"


def test_a_revision_that_retires_more_than_a_fifth_is_refused(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    with pytest.raises(RetiresMuch, match="用新报送的"):
        enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:3]), days=9)

    assert not any(point.is_retired for point in points(root).values())


def test_with_force_it_is_recorded(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:3]), days=9, force=True)

    assert [wp for wp, point in points(root).items() if point.is_retired] == ["P1-004", "P1-005"]


def test_a_notice_that_changes_some_items_leaves_the_rest_as_they_were(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    head = HEAD.replace("营商环境工作要点分工方案", "营商环境工作要点分工方案调整事项")
    changed = (
        ROWS[2].replace("年底前", "11月底前"),
        "| 二、融资 | 7.设立纾困资金池 | 市财政局负责 | 8月底前 |",
    )

    answer = enter(root, sheet_file(tmp_path / "b.xlsx", changed, head), days=9)

    assert (answer.data["how"], answer.data["added"], answer.data["changed"]) == ("amendment", 1, 1)
    now = points(root)
    assert now["P1-003"].deadline.due == dt.date(2026, 11, 30)
    assert [point.requirement for point in now.values() if not point.is_retired].count(
        "推行施工许可分阶段办理"
    ) == 1
    assert len([point for point in now.values() if not point.is_retired]) == 6


def test_a_much_shorter_file_of_the_same_plan_is_not_taken_for_a_revision(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    with pytest.raises(UndecidedPlan, match="修订P1"):
        enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:2]), days=9)


def test_what_a_person_says_decides(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    answer = enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:2]), days=9, how=EditionKind.NEW)

    assert answer.data["plan"] == "P2"


def test_a_plan_that_does_not_exist_is_refused_by_its_number(root, tmp_path):
    with pytest.raises(NoSuchPlan, match="P7"):
        enter(root, sheet_file(tmp_path / "a.xlsx", ROWS), how=EditionKind.REVISION, plan="P7")


def test_two_equally_like_points_are_asked_and_a_match_settles_it(root, tmp_path):
    twins = tuple(
        f"| 甲 | {n}.在{side}区建设便民服务站点十个 | 市民政局负责 | 6月底前 |"
        for n, side in ((1, "东"), (2, "西"))
    )
    enter(root, sheet_file(tmp_path / "a.xlsx", (*ROWS, *twins)))
    north, south = (
        f"| 乙 | {n}.在{side}区建设便民服务站点十个 | 市民政局负责 | 6月底前 |"
        for n, side in ((8, "北"), (9, "南"))
    )
    changed = (*ROWS, north, south)
    revised = sheet_file(tmp_path / "b.xlsx", changed)

    with pytest.raises(TiedPoints, match="位置=新增"):
        enter(root, revised, days=9)
    enter(root, revised, days=9, matches={"分工表!B8": "P1-007", "分工表!B9": "P1-006"}, force=False)

    assert points(root)["P1-007"].requirement == "在北区建设便民服务站点十个"


def test_a_name_like_a_known_one_is_asked_and_nobody_gets_the_task(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    head = HEAD.replace("营商环境", "数字政府")
    other = sheet_file(
        tmp_path / "b.xlsx", ("| 一、平台 | 1.归集法人信息 | 市场监管局分局负责 | 6月底前 |",), head
    )

    answer = enter(root, other, days=1)

    assert answer.data["questions"] == ["市场监管局分局"]
    asked = read_register(open_source(root / "单位及联络员名单.xlsx")).names
    assert [(each.written, each.near) for each in asked] == [("市场监管局分局", "市市场监管局")]
    assert points(root, "P2")["P2-001"].units() == ()


@pytest.mark.parametrize("go_on", ["record", "sync"])
@pytest.mark.parametrize(
    ("answer", "name", "others"),
    [
        ("市市场监管局", "市市场监管局", []),
        ("市信用中心", "市信用中心", ["市场监管局分局"]),
        ("是新单位", "市场监管局分局", []),
        ("市市监局", "", []),
    ],
)
def test_the_answer_in_the_list_gives_the_task_to_the_unit(root, tmp_path, answer, name, others, go_on):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    head = HEAD.replace("营商环境", "数字政府")
    rows = ("| 一、平台 | 1.归集法人信息 | 市场监管局分局负责 | 6月底前 |",)
    other = sheet_file(tmp_path / "b.xlsx", rows, head)
    enter(root, other, days=1)
    listed = root / "单位及联络员名单.xlsx"
    place = read_register(open_source(listed)).names[0].place
    listed.write_bytes(
        patch(listed.read_bytes(), [Edit("待确认名称", int(place.split("!A")[1]) - 1, 2, answer)])
    )

    result = enter(root, other, days=2) if go_on == "record" else sync(call(root, days=2))

    now = office(root)
    units = points(root, "P2")["P2-001"].units()
    assert [now.name_of(unit) for unit in units] == ([name] if name else [])
    assert [n.name for unit in units for n in now.units[unit].names if n.rank == "other"] == others
    assert name or any("市市监局" in line or "市市场监管局" in line for line in result.lines)


def test_members_that_the_office_fills_in_later_get_the_task(root, tmp_path):
    rows = (*ROWS, "| 四、督导 | 6.开展政策回头看 | 市有关单位分别负责 | 年底前 |")
    plan = sheet_file(tmp_path / "a.xlsx", rows)
    before = enter(root, plan)
    assert points(root)["P1-006"].units() == ()
    listed = root / "单位及联络员名单.xlsx"
    group = read_register(open_source(listed)).groups[0]
    row = int(group.place.split("!A")[1]) - 1
    listed.write_bytes(patch(listed.read_bytes(), [Edit("单位组", row, 1, "市税务局、市司法局、市审计局")]))

    after = enter(root, plan, days=1)

    names = [office(root).name_of(unit) for unit in points(root)["P1-006"].units()]
    assert names == ["市税务局", "市司法局", "市审计局"]
    # What was asked for and is there now is not asked for again.
    assert "undefined-group" in before.data["findings"]
    assert "undefined-group" not in after.data["findings"]


def test_the_list_open_in_excel_is_left_alone_and_the_new_one_lies_beside(root, tmp_path, owner_file):
    listed = root / "单位及联络员名单.xlsx"
    before = listed.read_bytes()
    owner_file(listed.with_name("~$单位及联络员名单.xlsx"), b"\x04wang")

    answer = enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    assert answer.exit is Exit.PARTLY
    assert listed.read_bytes() == before
    assert len(list(root.glob("单位及联络员名单（新版*.xlsx"))) == 1


def test_the_next_run_completes_the_list_that_was_open(root, tmp_path, owner_file):
    listed = root / "单位及联络员名单.xlsx"
    mark = owner_file(listed.with_name("~$单位及联络员名单.xlsx"), b"\x04wang")
    plan = sheet_file(tmp_path / "a.xlsx", ROWS)
    enter(root, plan)
    mark.unlink()

    answer = enter(root, plan, days=1)

    assert answer.exit is Exit.DONE
    assert len(read_register(open_source(listed)).units) == 6


def test_a_unit_that_the_office_typed_without_a_number_becomes_known(root, tmp_path):
    listed = root / "单位及联络员名单.xlsx"
    typed = ("", "市税务局", "税务局", "垂直管理", None, None, "", "")
    listed.write_bytes(patch(listed.read_bytes(), (), [Append("单位", (typed,), like=None)]))

    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    body = next(body for body in office(root).units.values() if body.kind == "垂直管理")
    assert [name.name for name in body.names] == ["市税务局", "税务局"]


def test_a_plan_is_laid_into_the_folder_whole_beside_another_one_of_its_name(root, tmp_path):
    (tmp_path / "三月").mkdir()
    first = sheet_file(tmp_path / "三月" / "方案.xlsx", ROWS)
    enter(root, first)
    cut = root / "方案" / "方案.xlsx"
    cut.write_bytes(cut.read_bytes()[:100])

    enter(root, first, days=1)
    enter(root, first, days=2)

    assert sorted(path.name for path in (root / "方案").iterdir()) == ["方案.xlsx", "方案（2）.xlsx"]
    assert (root / "方案" / "方案（2）.xlsx").read_bytes() == first.read_bytes()


def test_a_limit_that_runs_from_the_issue_of_a_plan_without_its_day_is_asked_once_and_then_follows(tmp_path):
    root = new_office(tmp_path)
    rows = ("| 一、审批 | 1.制定实施细则 | 市教育局负责 | 方案印发后15个工作日内 |", ROWS[1])
    path = sheet_file(tmp_path / "a.xlsx", rows)

    told = enter(root, path)
    before = status(call(root)).data["todo"]
    enter(root, path, days=1, issued_on=dt.date(2026, 3, 2))
    after = status(call(root, days=2)).data["todo"]

    assert "no-issue-date" in told.data["findings"]
    [line] = [todo["what"] for todo in before if todo["code"] == "issue-day"]
    assert "P1-001" in line
    assert "印发日期" in line
    assert not [todo for todo in after if todo["code"] == "issue-day"]
    assert points(root)["P1-001"].deadline.due == dt.date(2026, 3, 23)


def test_each_plan_writes_its_own_report_and_relatives_and_a_second_run_nothing_new(tmp_path):
    root = new_office(tmp_path)
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:3]), how=EditionKind.NEW)

    for day in (200, 200):
        whole = report(call(root, days=day))
        circular = write_relative(call(root, days=day), Relative.CIRCULAR)
        public = write_relative(call(root, days=day), Relative.PUBLIC)

    assert [one["name"] for one in whole.data["reports"]] == [
        "2026年营商环境落实情况报告",
        "2026年营商环境落实情况报告（P2）",
    ]
    names = sorted(path.name for path in (root / "报告").glob("*.docx"))
    assert names == [
        "2026年营商环境工作要点情况通报.docx",
        "2026年营商环境工作要点情况通报（P2）.docx",
        "2026年营商环境工作要点落实情况（公开版）.docx",
        "2026年营商环境工作要点落实情况（公开版）（P2）.docx",
        "2026年营商环境落实情况报告.docx",
        "2026年营商环境落实情况报告（P2）.docx",
    ]
    assert len(set(circular.data["files"])) == len(set(public.data["files"])) == 2
    assert any("没有变化" in line for line in whole.lines)
    assert not any("已生成" in line for line in whole.lines)
