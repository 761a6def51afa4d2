"""Units through a year: renamed, merged and split by the office's own list, on their day."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.recording import (
    ROWS,
    call,
    edit_list,
    enter,
    ledger,
    new_office,
    office,
    points,
    sheet_file,
)
from tracker.files.guard.opening import open_source
from tracker.formats.books.register import read_register
from tracker.rules.plans.identity import successor
from tracker.rules.progress.rows import ledger_rows
from tracker.rules.progress.standing import standing_of
from tracker.rules.register import Register, RegisterName
from tracker.rules.rounds import form_sheet
from tracker.settings import Day
from tracker.steps.hand_out import hand_out
from tracker.steps.slips import role_label
from tracker.steps.status import status
from tracker.workdays import Calendar

# The whole merger: 市金融办 goes into 市财政局 on Tuesday 2026-09-01.
MERGED = {"停用日期": dt.date(2026, 9, 1), "接续单位": "市财政局", "变动方式": "合并"}


def asked(root, round_, due, *, days):
    """Who is asked what in a round handed out so many days after 2 March."""
    hand_out(call(root, days=days), round_name=round_, due=due)
    now = office(root)
    found = [form for form in now.forms.values() if now.rounds[form.round].name == round_]
    return {now.name_of(form.unit): form.rows for form in found}


@pytest.fixture
def root(tmp_path):
    return new_office(tmp_path)


def test_a_merger_in_september_moves_the_open_items_on_its_day(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    june = asked(root, "第二季度", dt.date(2026, 6, 30), days=90)
    edit_list(root, {"市金融办": MERGED}, add=({"单位名称": "市财政局"},))

    august = asked(root, "第三季度", dt.date(2026, 9, 10), days=180)
    september = asked(root, "年终", dt.date(2026, 12, 10), days=184)

    assert june["市金融办"] == august["市金融办"] == september["市财政局"] == ("P1-003", "P1-004")
    assert "市金融办" not in september
    # Past forms stay with the unit that had them, and the plan's name is printed as it was written.
    assert [office(root).name_of(form.unit) for form in office(root).forms.values()].count("市金融办") == 2
    rows = ledger_rows(office(root), Day(dt.date(2026, 9, 3), Calendar()))
    assert rows.points["P1-003"]["responsible"] == "市金融办"


def test_a_unit_renamed_in_its_row_keeps_its_number_and_its_tasks(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    edit_list(root, {"市金融办": {"单位名称": "市委金融办"}})

    forms = asked(root, "第二季度", dt.date(2026, 6, 30), days=90)

    assert forms["市委金融办"] == ("P1-003", "P1-004")
    unit = points(root)["P1-003"].units()[0]
    names = {name.name: (name.rank, name.until) for name in office(root).units[unit].names}
    assert names == {"市金融办": ("former", dt.date(2026, 5, 30)), "市委金融办": ("current", None)}
    rows = ledger_rows(office(root), Day(dt.date(2026, 6, 3), Calendar()))
    assert rows.points["P1-003"]["responsible"] == "市金融办"


def test_running_again_records_nothing_new_of_a_unit_that_ended(root, tmp_path):
    plan = sheet_file(tmp_path / "a.xlsx", ROWS)
    enter(root, plan)
    edit_list(root, {"市金融办": MERGED}, add=({"单位名称": "市财政局"},))
    enter(root, plan, days=200)
    act = office(root).act

    enter(root, plan, days=201)

    assert office(root).act == act


def test_a_plan_that_still_writes_the_ended_name_means_the_same_body_and_says_who_succeeded_it(
    root, tmp_path
):
    plan = sheet_file(tmp_path / "a.xlsx", ROWS)
    enter(root, plan)
    edit_list(root, {"市金融办": MERGED}, add=({"单位名称": "市财政局"},))
    head = "| 云溪市2027年普惠金融工作方案 | < | < | < |\n| 工作任务 | 具体要求 | 责任单位 | 完成时限 |\n"
    later = sheet_file(tmp_path / "b.xlsx", ("| 一、网点 | 1.增设网点 | 市金融办负责 | 6月底前 |",), head)

    answer = enter(root, later, days=300)

    now = office(root)
    unit = points(root, "P2")["P2-001"].units()[0]
    assert now.units[unit].names[0].name == "市金融办"
    assert now.name_of(successor(now, unit, dt.date(2027, 1, 1))) == "市财政局"
    assert answer.data["new_units"] == []
    assert "succeeded" in answer.data["findings"]


def test_a_split_unit_is_asked_about_until_the_list_names_one(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    both = {"停用日期": dt.date(2026, 4, 1), "接续单位": "市财政局、市商务局", "变动方式": "分设"}
    edit_list(root, {"市金融办": both}, add=({"单位名称": "市财政局"}, {"单位名称": "市商务局"}))

    answer = hand_out(call(root, days=90, dry_run=True), round_name="第二季度", due=dt.date(2026, 6, 30))
    edit_list(root, {"市金融办": {"接续单位": "市商务局"}})
    forms = asked(root, "第二季度", dt.date(2026, 6, 30), days=91)

    assert any("split-unit" in line and "P1-003、P1-004" in line for line in answer.lines)
    assert forms["市商务局"] == ("P1-003", "P1-004")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"接续单位": "市财政局"}, "successor-without-day"),
        ({"停用日期": dt.date(2026, 4, 1), "接续单位": "市不存在局"}, "unknown-successor"),
    ],
)
def test_a_successor_that_cannot_be_understood_is_said_and_changes_nothing(root, tmp_path, cells, code):
    plan = sheet_file(tmp_path / "a.xlsx", ROWS)
    enter(root, plan)
    edit_list(root, {"市金融办": cells})

    answer = enter(root, plan, days=60)

    assert code in answer.data["findings"]
    assert not any(body.links for body in office(root).units.values())


def test_a_unit_typed_into_the_list_gets_its_number_there(root, tmp_path):
    edit_list(root, add=({"单位名称": "市税务局", "类别": "垂直管理"},))

    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    listed = read_register(open_source(root / "单位及联络员名单.xlsx")).units
    assert [each.unit for each in listed if each.name == "市税务局"] == ["U001"]


def test_the_members_of_a_group_are_those_of_the_day_of_issue(root, tmp_path):
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["单位组"]
    page.append(["市有关单位", "市税务局、市审计局", None, dt.date(2026, 1, 31)])
    page.append(["市有关单位", "市税务局、市统计局", dt.date(2026, 2, 1), None])
    book.save(path)
    rows = (*ROWS, "| 四、督导 | 6.开展政策回头看 | 市有关单位分别负责 | 年底前 |")

    enter(root, sheet_file(tmp_path / "a.xlsx", rows), issued_on=dt.date(2026, 1, 15))

    names = [office(root).name_of(unit) for unit in points(root)["P1-006"].units()]
    assert names == ["市税务局", "市审计局"]


# Facts of the reform of 2018 in one city: name in a plan, full name, other short names, who succeeded it.
REFORM = """
市政府办公室|市人民政府办公室|市府办、市政府办|
市发展改革局|市发展和改革局|市发改局、市发改委|
市经济信息化局|市经济和信息化局|市经信局、市经信委|市工业和信息化局
市编办|市机构编制委员会办公室|市委编办|
市法制局|市人民政府法制局|市法制办|市司法局
市工商局|市工商行政管理局|工商局|市市场监督管理局
市质监局|市质量技术监督局|质监局|市市场监督管理局
市食品药品监管局|市食品药品监督管理局|食药监局|市市场监督管理局
市环境保护局|市环境保护局|市环保局|市生态环境局
市国土资源局|市国土资源局|市国土局|市自然资源局
市城乡规划局|市城乡规划局|市规划局|市自然资源局
市海洋渔业局|市海洋与渔业局||市自然资源局、市农业农村局
市住房城乡建设局|市住房和城乡建设局|市住建局|
市卫生计生局|市卫生和计划生育局|市卫计局|市卫生健康局
市安全生产监管局|市安全生产监督管理局|市安监局|市应急管理局
市农业局|市农业局|市农委|市农业农村局
市旅游局|市旅游局||市文化广电旅游体育局
市体育局|市体育局||市文化广电旅游体育局
市人力资源社会保障局|市人力资源和社会保障局|市人社局|
市财政局|市财政局||
市审计局|市审计局||
市教育局|市教育局||
市政管办|市政务服务管理办公室|市政务办|市政务服务数据管理局
市网信办|市互联网信息办公室|市委网信办|
市工商联|市工商业联合会||
"""
UNITS = [line.split("|") for line in REFORM.strip().splitlines()]


def reform_register():
    known = [
        RegisterName(f"U{n:03d}", name)
        for n, (plan, full, short, _) in enumerate(UNITS)
        for name in dict.fromkeys([plan, full, *filter(None, short.split("、"))])
    ]
    return Register(known)


@pytest.mark.parametrize("line", UNITS, ids=lambda line: line[0])
def test_every_name_of_a_unit_of_2018_means_that_unit_and_no_other(line):
    register, unit = reform_register(), f"U{UNITS.index(line):03d}"

    for name in dict.fromkeys([*line[:2], *filter(None, line[2].split("、"))]):
        assert register.resolve(name).unit == unit, name


@pytest.mark.parametrize("line", UNITS, ids=lambda line: line[0])
def test_the_full_name_is_found_from_the_short_one_by_rule_or_asked(line):
    names = [RegisterName(f"U{n:03d}", full) for n, (_, full, _, _) in enumerate(UNITS)]

    found = Register(names).resolve(line[0])

    assert found.unit in ("", f"U{UNITS.index(line):03d}")


def test_after_the_reform_every_unit_of_2018_is_spoken_for_by_its_successor(root, tmp_path):
    rows = tuple(
        f"| 一、公开 | {n}.完成公开工作第{n}件 | {line[0]}负责 | 年底前 |" for n, line in enumerate(UNITS, 1)
    )
    head = "| 云溪市2026年政务公开分工方案 | < | < | < |\n| 工作任务 | 具体要求 | 责任单位 | 完成时限 |\n"
    edit_list(
        root, add=[{"单位名称": line[0], "其他名称": f"{line[1]}、{line[2]}".strip("、")} for line in UNITS]
    )
    enter(root, sheet_file(tmp_path / "a.xlsx", rows, head))
    heirs = dict.fromkeys(name for line in UNITS for name in line[3].split("、") if name)
    changes = {line[0]: {"停用日期": dt.date(2026, 9, 1), "接续单位": line[3]} for line in UNITS if line[3]}
    edit_list(root, changes, add=[{"单位名称": name} for name in heirs])

    forms = asked(root, "年终", dt.date(2026, 12, 10), days=200)

    for n, line in enumerate(UNITS, 1):
        split = "、" in line[3]
        expected = line[3] if line[3] and not split else line[0]
        assert f"P1-{n:03d}" in forms[expected], line[0]
    assert sum(map(len, forms.values())) == len(UNITS)


def test_members_that_are_typed_after_the_plan_was_recorded_answer_from_then_on(root, tmp_path):
    rows = (*ROWS, "| 四、督导 | 6.开展政策回头看 | 市有关单位分别负责 | 年底前 |")
    enter(root, sheet_file(tmp_path / "a.xlsx", rows))
    first = hand_out(call(root, days=90), round_name="第二季度", due=dt.date(2026, 6, 30))
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["单位组"]
    row = next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == "市有关单位")
    page.cell(row, 2).value = "市税务局、市司法局、某某同志"
    book.save(path)

    second = hand_out(call(root, days=180), round_name="第三季度", due=dt.date(2026, 9, 10))

    now = office(root)
    asked_rows = {
        (now.rounds[form.round].name, now.name_of(form.unit))
        for form in now.forms.values()
        if "P1-006" in form.rows
    }
    assert any("责任单位未明确" in line and "P1-006" in line for line in first.lines)
    assert not any("责任单位未明确" in line for line in second.lines)
    assert any("某某同志" in line for line in second.lines)
    assert asked_rows == {("第三季度", "市税务局"), ("第三季度", "市司法局")}


def test_a_group_without_members_stands_among_what_waits_today(root, tmp_path):
    rows = (*ROWS, "| 四、督导 | 6.开展政策回头看 | 市有关单位分别负责 | 年底前 |")
    enter(root, sheet_file(tmp_path / "a.xlsx", rows))

    assert any("责任单位未明确：市有关单位" in line for line in status(call(root)).lines)


def test_the_form_names_the_lead_that_answers_now_with_the_printed_name_beside_it(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    edit_list(
        root,
        {"市市场监管局": {"停用日期": dt.date(2026, 9, 1), "接续单位": "市税务局", "变动方式": "合并"}},
    )
    hand_out(call(root, days=184), round_name="年终", due=dt.date(2026, 12, 10))
    now = office(root)
    (form,) = [form for form in now.forms.values() if "P1-001" in form.rows]

    sheet = form_sheet(now, form, now.rounds[form.round], office_id="x")

    (cells,) = [row.cells for row in sheet.rows if row.point_id == "P1-001"]
    assert now.name_of(form.unit) == "市税务局"
    assert cells["role"] == "牵头：市税务局（原市市场监管局）"


def test_a_slip_says_the_role_of_a_unit_that_answers_for_another(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    edit_list(
        root,
        {"市金融办": {"停用日期": dt.date(2026, 4, 1), "接续单位": "市司法局", "变动方式": "合并"}},
    )
    hand_out(call(root, days=31), round_name="第二季度", due=dt.date(2026, 6, 30))
    with ledger(root) as opened:
        drawn = opened.office()
    point = points(root)["P1-003"]
    share = standing_of(drawn, point, Day(dt.date(2026, 4, 2), Calendar())).units[0]

    assert (drawn.name_of(share.unit), drawn.name_of(share.heir)) == ("市金融办", "市司法局")
    assert role_label(drawn, [share], share.heir) == "责任单位（原市金融办）"
    assert role_label(drawn, [share], share.unit) == "责任单位"
