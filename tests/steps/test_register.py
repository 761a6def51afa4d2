"""The units' list: contacts count for the unit that they name; the 类别 of a unit is proposed from its name, and told."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.recording import ROWS, call, edit_list, enter, new_office, office, sheet_file
from tracker.files.folders import find_office
from tracker.files.guard import open_source
from tracker.formats.books.register import read_register
from tracker.problems.office import NoUnitList
from tracker.settings import Settings
from tracker.steps.chase import chase
from tracker.steps.desk import read_settings
from tracker.steps.hand_out import hand_out
from tracker.steps.init import FirstAnswers, init
from tracker.steps.register import read_book
from tracker.steps.send import send
from tracker.steps.sync import sync


def put_contacts(root, *rows):
    """Add rows below those of 联络员, as a clerk would; the 1-based row of the first."""
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["联络员"]
    head = next(row[0].row for row in page.iter_rows() if any(cell.value == "姓名" for cell in row))
    first = next(n for n in range(head + 1, page.max_row + 2) if page.cell(n, 1).value is None)
    for row, cells in enumerate(rows, first):
        for column, value in enumerate(cells, 1):
            page.cell(row, column).value = value
    book.save(path)
    return first


def people(root):
    now = office(root)
    return {now.name_of(unit): [each.name for each in body.contacts] for unit, body in now.units.items()}


def record_again(root):
    return enter(root, root.parent / "a.xlsx", days=1)


VERBS = {
    "record": record_again,
    "hand-out": lambda root: hand_out(call(root, days=1)),
    "chase": lambda root: chase(call(root, days=1)),
    "send": lambda root: send(call(root, days=1)),
    "send --dry-run": lambda root: send(call(root, days=1, dry_run=True)),
}


@pytest.fixture
def root(tmp_path):
    return new_office(tmp_path)


@pytest.mark.parametrize("verb", VERBS)
def test_a_contact_of_a_unit_that_nobody_knows_is_said_by_each_verb_that_reads_the_list(root, tmp_path, verb):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    row = put_contacts(root, ("市住建局", "张三", "科长", "0000"), ("市司法局", "李四", "科员", "0001"))

    answer = VERBS[verb](root)

    said = [line for line in answer.lines if "unknown-contact" in line]
    assert len(said) == 1
    assert said[0].startswith(f"联络员!A{row}")
    assert "市住建局" in said[0]
    assert "张三" in said[0]
    assert "市住房城乡建设局" in said[0]
    if "dry" not in verb:
        assert people(root)["市司法局"] == ["李四"]
        assert "张三" not in str(people(root))


def test_it_is_said_again_until_it_is_mended_and_then_the_contact_counts(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    put_contacts(root, ("市住建局", "张三"))
    codes = [record_again(root).data["findings"].count("unknown-contact") for _ in range(2)]

    edit_list(root, {"市住房城乡建设局": {"其他名称": "市住建局"}})
    answer = record_again(root)

    assert codes == [1, 1]
    assert "unknown-contact" not in answer.data["findings"]
    assert people(root)["市住房城乡建设局"] == ["张三"]


def test_a_unit_that_was_renamed_keeps_the_contact_that_stands_under_its_former_name(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    edit_list(root, {"市金融办": {"单位名称": "市委金融办"}})
    put_contacts(root, ("市金融办", "张三"))

    answer = record_again(root)

    assert "unknown-contact" not in answer.data["findings"]
    assert people(root)["市委金融办"] == ["张三"]


def test_a_contact_of_a_unit_that_this_very_plan_names_first_counts_at_once(root, tmp_path):
    put_contacts(root, ("市税务局", "张三"))

    answer = enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    assert "unknown-contact" not in answer.data["findings"]
    assert people(root)["市税务局"] == ["张三"]


@pytest.mark.parametrize(
    ("written", "near"),
    [("市金融局", "市金融办"), ("市税务居", "市税务局"), ("工信办", "市工业和信息化局"), ("不知道", "没有")],
)
def test_the_nearest_names_are_offered_and_none_is_chosen(root, tmp_path, written, near):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    put_contacts(root, (written, None, None, "0000"))

    said = [line for line in record_again(root).lines if "unknown-contact" in line]

    assert len(said) == 1
    assert f"相近的：{near}" in said[0]
    assert "未填姓名" in said[0]
    assert not any(people(root).values())


def test_a_name_that_two_units_bear_offers_both(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    edit_list(root, {"市税务局": {"其他名称": "市一局"}, "市司法局": {"其他名称": "市一局"}})
    put_contacts(root, ("市一局", "张三"))

    said = [line for line in record_again(root).lines if "unknown-contact" in line]

    assert len(said) == 1
    assert "市税务局、市司法局" in said[0]


PARTY = (
    "| 一、宣传 | 1.组织安全生产宣传月 | 市委宣传部牵头，市应急局、市中级人民法院配合 | 6月底前 |",
    "| ^ | 2.排查供电线路隐患 | 国网云溪供电公司负责 | 9月底前 |",
)


def kinds(root):
    now = office(root)
    return {now.name_of(unit): body.kind for unit, body in now.units.items()}


def kind_cells(root):
    page = openpyxl.load_workbook(root / "单位及联络员名单.xlsx")["单位"]
    return {row[1]: row[3] for row in page.iter_rows(values_only=True) if str(row[0]).startswith("U")}


def test_the_kind_of_a_unit_that_a_plan_names_is_proposed_told_once_and_stands_in_the_list(root, tmp_path):
    first = enter(root, sheet_file(tmp_path / "a.xlsx", PARTY))
    again = chase(call(root, days=1))

    wanted = {
        "市委宣传部": "党委部门",
        "市应急局": "",
        "市中级人民法院": "人大政协法检",
        "国网云溪供电公司": "中省驻",
    }
    assert kinds(root) == wanted
    assert {name: kind or "" for name, kind in kind_cells(root).items()} == wanted
    [told] = [line for line in first.lines if "kind-proposed" in line]
    assert "市委宣传部为党委部门；市中级人民法院为人大政协法检；国网云溪供电公司为中省驻" in told
    assert not any("kind-proposed" in line for line in again.lines)


def test_the_kind_that_the_office_chooses_holds(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", PARTY))
    edit_list(root, {"市委宣传部": {"类别": "其他"}})

    chase(call(root, days=1))

    assert kinds(root)["市委宣传部"] == "其他"


def test_a_unit_that_is_typed_without_a_kind_has_its_proposal_written_in_at_the_next_record(root, tmp_path):
    edit_list(root, add=({"单位名称": "市委宣传部"}, {"单位名称": "市应急局"}))

    answer = enter(root, sheet_file(tmp_path / "a.xlsx", PARTY))

    assert kind_cells(root)["市委宣传部"] == "党委部门"
    assert not kind_cells(root)["市应急局"]
    assert sum("kind-proposed" in line for line in answer.lines) == 2


TOWNS = (
    "| 一、人居 | 1.整治村庄环境 | 县农业农村局牵头，各乡镇人民政府负责 | 6月底前 |",
    "| ^ | 2.治理农业面源污染 | 县自然资源局负责 | 9月底前 |",
)


def put_members(root, group, members):
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["单位组"]
    row = next(n for n in range(1, page.max_row + 2) if page.cell(n, 1).value in (group, None) and n > 3)
    page.cell(row, 1).value, page.cell(row, 2).value = group, members
    book.save(path)


def asked_names(root):
    page = openpyxl.load_workbook(root / "单位及联络员名单.xlsx")["待确认名称"]
    return {row[0]: row[1] for row in page.iter_rows(min_row=4, values_only=True) if row[0]}


WRITING_VERBS = {
    "hand-out": lambda root: hand_out(call(root, days=120)),
    "sync": lambda root: sync(call(root, days=1)),
    "chase": lambda root: chase(call(root, days=1)),
}


@pytest.mark.parametrize("verb", WRITING_VERBS)
def test_members_and_contacts_that_stand_in_no_row_become_units_with_rows_of_their_own(root, tmp_path, verb):
    enter(root, sheet_file(tmp_path / "a.xlsx", TOWNS))
    put_members(root, "各乡镇人民政府", "青溪镇、白石乡、县自然资原局、待定")
    put_contacts(root, ("青溪镇", "张三"), ("县税务局", "李四"), ("某某同志", "王五"))

    first, again = WRITING_VERBS[verb](root), WRITING_VERBS[verb](root)

    told = [line for line in first.lines if "new-units" in line]
    assert len(told) == 2
    assert "新登记单位2个：青溪镇、白石乡，来自“各乡镇人民政府”的成员" in told[0]
    assert "新登记单位1个：县税务局，来自“联络员”表" in told[1]
    assert not any("new-units" in line for line in again.lines)
    [point] = [point for point in office(root).plans["P1"].points if point.no == "1"]
    assert {office(root).name_of(unit) for unit in point.units()} == {"县农业农村局", "青溪镇", "白石乡"}
    assert {"青溪镇", "白石乡", "县税务局"} <= kind_cells(root).keys()
    assert kind_cells(root)["县税务局"] == "垂直管理"
    # One that is near a known name is asked, one that is no body's name is told.
    assert asked_names(root) == {"县自然资原局": "县自然资源局"}
    assert sum("unknown-member" in line for line in again.lines) == 2
    assert (people(root)["青溪镇"], people(root)["县税务局"]) == (["张三"], ["李四"])
    assert "王五" not in str(people(root))


@pytest.mark.parametrize(
    ("answer", "units"),
    [("县自然资源局", {"县自然资源局"}), ("是新单位", {"县自然资原局"}), ("县水务中心", {"县水务中心"})],
)
def test_a_member_that_is_near_a_known_name_is_who_the_office_says(root, tmp_path, answer, units):
    enter(root, sheet_file(tmp_path / "a.xlsx", TOWNS))
    put_members(root, "各乡镇人民政府", "县自然资原局")
    sync(call(root, days=1))
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    [row] = [row for row in book["待确认名称"].iter_rows() if row[0].value == "县自然资原局"]
    row[2].value = answer
    book.save(path)

    answered = sync(call(root, days=2))

    [point] = [point for point in office(root).plans["P1"].points if point.no == "1"]
    assert {office(root).name_of(unit) for unit in point.units()} == {"县农业农村局"} | units
    assert not any("unknown-member" in line for line in answered.lines)


@pytest.mark.parametrize("verb", WRITING_VERBS)
def test_a_unit_that_is_added_by_hand_gets_its_number_and_kind_from_the_next_verb_that_reads_the_list(
    root, tmp_path, verb
):
    enter(root, sheet_file(tmp_path / "a.xlsx", TOWNS))
    edit_list(root, add=({"单位名称": "县委宣传部"},))

    WRITING_VERBS[verb](root)

    assert kind_cells(root)["县委宣传部"] == "党委部门"


def test_a_group_s_name_among_members_is_no_unit(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", TOWNS))
    put_members(root, "各乡镇人民政府", "沿江乡镇、青溪镇")

    sync(call(root, days=1))

    assert "沿江乡镇" not in kinds(root)
    assert "青溪镇" in kinds(root)


def test_without_a_plan_no_unit_is_made_of_a_contact(root):
    put_contacts(root, ("县税务局", "张三"))

    chase(call(root))

    assert kinds(root) == {}


def test_a_branch_of_a_superior_s_bureau_is_asked_by_letter_in_a_county(tmp_path):
    init(call(tmp_path), tmp_path / "办公", settings=Settings(values={"office_name": "栖云县人民政府办公室"}))
    root = tmp_path / "办公"

    enter(
        root,
        sheet_file(
            tmp_path / "a.xlsx", ("| 一 | 1.整治河道 | 市生态环境局栖云分局牵头，县水利局配合 | 6月底前 |",)
        ),
    )

    assert kinds(root) == {"市生态环境局栖云分局": "垂直管理", "县水利局": ""}


def test_a_new_office_takes_its_name_its_year_its_units_and_how_to_send_from_four_answers(tmp_path):
    (tmp_path / "名单.csv").write_text(
        "单位,联系人,手机\n市教育局,张敏,123\n市财政局,,\n市教育局,张敏,123\n", encoding="utf-8"
    )
    answers = FirstAnswers("云溪市政府办", 2027, tmp_path / "名单.csv", "邮件")

    init(call(tmp_path), tmp_path / "办公", answers=answers)

    settings, findings, _ = read_settings(find_office(tmp_path / "办公"))
    book = read_book(tmp_path / "办公" / "单位及联络员名单.xlsx")
    assert (settings.text("office_name"), settings.send_settings.channel, findings) == (
        "云溪市政府办",
        "mail",
        (),
    )
    assert {round_.due.year for round_ in settings.rounds} == {2027}
    assert [unit.name for unit in book.units] == ["市教育局", "市财政局"]
    assert [(contact.unit, contact.name, contact.phone) for contact in book.contacts] == [
        ("市教育局", "张敏", "123")
    ]


def test_an_office_that_begins_in_mid_year_has_the_rounds_that_are_over_switched_off():
    july = FirstAnswers().settings(dt.date(2026, 7, 6))
    march, another_year = FirstAnswers().settings(dt.date(2026, 3, 1)), FirstAnswers(year=2025)

    assert [round_.name for round_ in july.rounds] == ["年终"]
    assert {round_.name for round_ in july.spare_rounds} == {"上半年", "第一季度", "第三季度"}
    assert [round_.name for round_ in march.rounds] == ["上半年", "年终"]
    assert march.rounds[0] not in march.spare_rounds
    assert len(another_year.settings(dt.date(2026, 7, 6)).rounds) == 2


def test_a_list_without_units_stops_a_new_office_before_anything_is_made(tmp_path):
    (tmp_path / "名单.csv").write_text("姓名,手机\n张敏,123\n", encoding="utf-8")

    with pytest.raises(NoUnitList, match="单位名称"):
        init(call(tmp_path), tmp_path / "办公", answers=FirstAnswers(units=tmp_path / "名单.csv"))

    assert not (tmp_path / "办公").exists()


@pytest.mark.parametrize(
    ("lines", "how"),
    [
        (("单位名称", "市教育局", "市司法局"), "只有单位名称一栏"),
        (("我市单位名单", "市教育局", "", "2.市司法局", "市教育局"), "没有表头"),
        (("市教育局、市司法局",), "没有表头"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "txt", "xlsx"])
def test_a_new_office_takes_a_list_that_has_nothing_but_names_and_says_so(tmp_path, lines, how, kind):
    path = tmp_path / f"名单.{kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append([line])
        book.save(path)
    else:
        path.write_text("\n".join(lines), encoding="utf-8")

    result = init(call(tmp_path), tmp_path / "办公", answers=FirstAnswers(units=path))

    register_book = read_register(open_source(tmp_path / "办公" / "单位及联络员名单.xlsx"))
    assert [unit.name for unit in register_book.units] == ["市教育局", "市司法局"]
    [line] = [line for line in result.lines if path.name in line]
    assert how in line
    assert "共2个：市教育局、市司法局" in line


def test_a_text_is_no_list_of_names(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text("各单位：\n请于本月底前报送。\n市教育局\n", encoding="utf-8")

    with pytest.raises(NoUnitList):
        init(call(tmp_path), tmp_path / "办公", answers=FirstAnswers(units=path))
