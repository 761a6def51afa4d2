"""分工核对表: laid out, corrected in Excel, taken back; only what a person changed counts, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pytest

from tests.support.recording import ROWS, call, ledger, office, points, sheet_file
from tracker import facts
from tracker.files.templates import shipped_path
from tracker.problems.reading import NotAPlan, OriginalGone, ProofDamaged, ProofUnclear
from tracker.steps.init import init
from tracker.steps.proof import NAME
from tracker.steps.read import read
from tracker.steps.record import Instructions, record
from tracker.steps.settle import settle


@pytest.fixture
def root(tmp_path):
    init(call(tmp_path / "办公"), tmp_path / "办公")
    return tmp_path / "办公"


def proof_of(plan, folder=None):
    """The 分工核对表 of a plan, beside it."""
    answer = read(call(folder or plan.parent), plan, with_proof=True)
    return plan.parent / answer.data["workbook"]


def correct(path, changes, *, sheet="分工核对表", to=None):
    """Type into cells as a person would: `changes` maps (row's name, label) to a value."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    head = next(
        row
        for row in page.iter_rows()
        if any(cell.value in ("核对号", "项目", "统称", "原栏目名称") for cell in row)
    )
    columns = {cell.value: cell.column for cell in head if cell.value}
    key = next(each for each in ("核对号", "项目", "统称", "原栏目名称") if each in columns)
    rows = {page.cell(row, columns[key]).value: row for row in range(head[0].row + 1, page.max_row + 1)}
    for (name, label), value in changes.items():
        page.cell(rows[name], columns[label]).value = value
    book.save(to or path)
    return to or path


def type_row(path, cells):
    """Type a row below the last one."""
    book = openpyxl.load_workbook(path)
    page = book["分工核对表"]
    head = next(row for row in page.iter_rows() if row[0].value == "核对号")
    columns = {cell.value: cell.column for cell in head if cell.value}
    row = page.max_row + 1
    for label, value in cells.items():
        page.cell(row, columns[label]).value = value
    book.save(path)
    return path


def plan_data(root, path):
    data = dict(read(call(root), path).data)
    data.pop("workbook", None)
    return data


def test_an_unchanged_proof_is_the_same_plan(tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)

    proof = proof_of(plan)

    assert proof.name == NAME
    assert plan_data(tmp_path, proof) == plan_data(tmp_path, plan)


@pytest.mark.parametrize(
    "folder",
    sorted(each for each in shipped_path("workbooks").iterdir() if each.is_dir()),
    ids=lambda each: each.name,
)
def test_the_proof_of_every_sample_is_the_same_plan(folder, tmp_path):
    plan = shutil.copy(folder / "plan.xlsx", tmp_path / "plan.xlsx")

    proof = proof_of(tmp_path / "plan.xlsx")

    assert plan_data(tmp_path, proof) == plan_data(tmp_path, tmp_path / plan)


def test_the_proof_of_every_plan_beside_the_checkout_is_the_same_plan(shared, tmp_path):
    seen = 0
    for folder in sorted((shared / "plans").iterdir()):
        for plan in sorted(each for each in folder.glob("plan*.*") if folder.is_dir()):
            copy = tmp_path / folder.name / plan.name
            copy.parent.mkdir()
            shutil.copy(plan, copy)
            try:
                expected = plan_data(tmp_path, copy)
            except NotAPlan:
                continue
            assert plan_data(tmp_path, proof_of(copy)) == expected, folder.name
            seen += 1
    assert seen > 10


def test_saved_by_another_program_it_is_still_the_same_plan(soffice, soffice_profile, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = proof_of(plan)
    (tmp_path / "o").mkdir()
    subprocess.run(
        [soffice, f"-env:UserInstallation={soffice_profile}", "--headless", "--convert-to", "xlsx", "--outdir",
         str(tmp_path / "o"), str(proof)],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    shutil.copy(plan, tmp_path / "o")

    assert plan_data(tmp_path, tmp_path / "o" / NAME) == plan_data(tmp_path, plan)


def test_a_finding_is_coloured_and_said_at_its_cell(tmp_path):
    rows = (*ROWS, "| 四、人才 | 6.发放补贴 |  | 汛前 |")
    proof = proof_of(sheet_file(tmp_path / "方案.xlsx", rows))

    page = openpyxl.load_workbook(proof)["分工核对表"]
    row = next(row for row in page.iter_rows() if row[0].value == "H006")
    head = next(row for row in page.iter_rows() if row[0].value == "核对号")
    at = {cell.value: row[cell.column - 1] for cell in head}
    assert at["责任单位"].fill.start_color.rgb == "FFFFC7CE"
    assert at["完成时限"].fill.start_color.rgb == "FFFFEB9C"
    assert "没有责任单位" in at["需核对"].value
    assert "汛前" in at["完成时限"].comment.text


def test_a_collective_name_that_nothing_defines_is_coloured_where_it_stands(tmp_path):
    rows = (*ROWS, "| 四、督导 | 6.开展回头看 | 市审计局牵头，市有关单位配合 | 年底前 |")
    proof = proof_of(sheet_file(tmp_path / "方案.xlsx", rows))

    page = openpyxl.load_workbook(proof)["分工核对表"]
    head = next(row for row in page.iter_rows() if row[0].value == "核对号")
    row = next(row for row in page.iter_rows() if row[0].value == "H006")
    coloured = {cell.value for cell in head if row[cell.column - 1].fill.start_color.rgb == "FFFFEB9C"}
    assert coloured == {"配合单位", "需核对"}


def test_what_a_person_corrected_is_recorded_and_the_places_are_those_of_the_original(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = proof_of(plan)
    correct(
        proof,
        {
            ("H001", "配合单位"): "市税务局、市公安局",
            ("H002", "完成时限"): "10月底前",
            ("H003", "具体要求"): "建设首贷服务中心二期",
            ("H004", "到期日"): dt.date(2026, 11, 20),
        },
    )

    answer = record(call(root), proof, Instructions())

    now = points(root)
    assert [office(root).name_of(unit) for unit in now["P1-001"].units()] == [
        "市市场监管局",
        "市税务局",
        "市公安局",
    ]
    assert now["P1-002"].deadline.due == dt.date(2026, 10, 31)
    assert (now["P1-003"].requirement, now["P1-003"].place) == ("建设首贷服务中心二期", "分工表!B5")
    assert (now["P1-004"].deadline.due, now["P1-004"].deadline.text) == (dt.date(2026, 11, 20), "每季度")
    assert answer.data["corrections"] == 4
    with ledger(root) as opened:
        files = {entry.fact.name for entry in opened.entries(facts.File)}
        edition = opened.entries(facts.PlanEdition)[0]
        assert opened.office().files[edition.file].name == "方案.xlsx"
    assert files == {"方案.xlsx", NAME}
    assert (root / "方案" / "方案.xlsx").exists()


def test_the_original_entered_afterwards_does_not_undo_the_corrections(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = correct(proof_of(plan), {("H001", "责任单位"): "市数据局"})
    record(call(root), proof, Instructions())

    again = record(call(root, days=1), proof, Instructions())
    original = record(call(root, days=2), plan, Instructions())

    assert (again.data["how"], original.data["how"]) == ("same", "same")
    assert "市数据局" in [office(root).name_of(unit) for unit in points(root)["P1-001"].units()]


def test_a_plan_that_was_recorded_is_corrected_by_its_proof(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    record(call(root), plan, Instructions())
    proof = correct(proof_of(plan), {("H002", "完成时限"): "10月底前"})

    answer = record(call(root, days=1), proof, Instructions())

    assert (answer.data["plan"], answer.data["changed"]) == ("P1", 1)
    assert answer.data["changes"][0]["before"] == "9月底前（2026-09-30）"
    assert any("P1-002" in line and "10月底前" in line for line in answer.lines)


@pytest.mark.parametrize(
    ("label", "text", "code"),
    [
        ("责任单位", "市甲局牵头，市乙局配合", "proof-units"),
        ("牵头单位", "待定", "proof-units"),
        ("完成时限", "汛前", "proof-limit"),
        ("到期日", "月底吧", "proof-day"),
        ("分工方式", "大家一起", "proof-choice"),
        ("是否登记", "再看", "proof-choice"),
        ("具体要求", None, "proof-emptied"),
        ("核对号", "H099", "proof-unknown-row"),
    ],
)
def test_a_cell_that_nobody_understands_stops_the_recording_and_is_named(root, tmp_path, label, text, code):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = correct(proof_of(plan), {("H002", label): text})

    with pytest.raises(ProofUnclear, match=rf"分工核对表![A-Z]+\d+：.*\[{code}\]"):
        record(call(root), proof, Instructions())

    assert office(root).plans == {}


def test_with_force_what_was_read_stands_in_its_stead_and_the_words_are_kept(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = correct(proof_of(plan), {("H002", "完成时限"): "汛前", ("H001", "序号"): "一"})

    answer = record(call(root), proof, Instructions(force=True))

    assert points(root)["P1-002"].deadline.due == dt.date(2026, 9, 30)
    assert points(root)["P1-001"].no == "一"
    assert "proof-limit" in answer.data["findings"]
    kept = [each for each in (root / "原件留存").rglob("*.xlsx") if each.read_bytes() == proof.read_bytes()]
    assert len(kept) == 1


def test_where_nobody_sits_cells_that_nobody_understands_are_asked_in_the_list(root, tmp_path):
    proof = correct(proof_of(sheet_file(tmp_path / "方案.xlsx", ROWS)), {("H002", "完成时限"): "汛前"})
    with pytest.raises(ProofUnclear):
        record(replace(call(root), ask=None), proof, Instructions())

    settle(call(root), answers={"C1": ("用新报送的", "")})

    assert points(root)["P1-002"].deadline.text == "9月底前"
    assert office(root).conflicts == {}


def test_a_day_beside_a_limit_that_nobody_understands_settles_it(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", (*ROWS[:4], ROWS[4].replace("10月底前", "汛前")))
    proof = correct(proof_of(plan), {("H005", "到期日"): "2026-05-31"})

    answer = record(call(root), proof, Instructions())

    point = points(root)["P1-005"]
    assert (point.deadline.text, point.deadline.due) == ("汛前", dt.date(2026, 5, 31))
    assert "unreadable-deadline" not in answer.data["findings"]


def test_a_row_that_is_gone_says_nothing_and_one_marked_is_left_out(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = proof_of(plan)
    marked = correct(proof, {("H005", "是否登记"): "不登记"}, to=tmp_path / "标.xlsx")
    book = openpyxl.load_workbook(proof)
    page = book["分工核对表"]
    page.delete_rows(next(row[0].row for row in page.iter_rows() if row[0].value == "H005"))
    book.save(proof)

    with pytest.raises(ProofUnclear, match="H005"):
        record(call(root), proof, Instructions())
    record(call(root), marked, Instructions())

    assert [each.no for each in points(root).values()] == ["1", "2", "3", "4"]


def test_an_item_typed_below_the_table_is_an_item_whose_place_is_its_own_cell(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = type_row(
        proof_of(plan),
        {
            "板块": "四、临时交办",
            "具体要求": "办好现场会",
            "牵头单位": "市政府办公室",
            "责任单位": "市公安局",
            "完成时限": "5月底前",
        },
    )

    record(call(root), proof, Instructions())

    typed = points(root)["P1-006"]
    assert (typed.requirement, typed.deadline.due, typed.mode.value) == (
        "办好现场会",
        dt.date(2026, 5, 31),
        "lead+all",
    )
    assert typed.place.startswith("分工核对表!")
    with ledger(root) as opened:
        entry = next(each for each in opened.entries(facts.WpText) if each.fact.wp == "P1-006")
        assert opened.office().files[entry.file].name == NAME


def test_a_copied_row_is_a_new_item(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = type_row(
        proof_of(plan), {"核对号": "H001", "具体要求": "公布开办企业办事指南", "责任单位": "市税务局"}
    )

    record(call(root), proof, Instructions())

    assert points(root)["P1-001"].requirement == "压缩开办企业时间到1天"
    assert points(root)["P1-006"].requirement == "公布开办企业办事指南"


def test_rows_may_be_sorted_coloured_and_columns_added(tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = proof_of(plan)
    book = openpyxl.load_workbook(proof)
    page = book["分工核对表"]
    first = next(row[0].row for row in page.iter_rows() if row[0].value == "H001")
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=first)]
    for number, row in enumerate(reversed(rows), start=first):
        for column, value in enumerate(row, start=1):
            page.cell(number, column).value = value
    page.insert_cols(3)
    page.cell(first - 1, 3).value = "我的备注"
    page.cell(first, 3).value = "问过了"
    book.save(proof)

    assert plan_data(tmp_path, proof) == plan_data(tmp_path, plan)


def test_a_date_of_issue_typed_there_makes_relative_limits_computed(root, tmp_path):
    rows = (*ROWS[:2], "| 二、融资 | 3.公布清单 | 市金融办负责 | 发文之日起1个月内 |")
    proof = proof_of(sheet_file(tmp_path / "方案.xlsx", rows))
    correct(proof, {("印发日期", "内容"): "2026年3月2日"}, sheet="方案信息")

    record(call(root), proof, Instructions())

    assert points(root)["P1-003"].deadline.due == dt.date(2026, 4, 2)
    assert office(root).plans["P1"].edition.issued_on == dt.date(2026, 3, 2)


def test_members_typed_there_get_the_task(root, tmp_path):
    rows = (*ROWS, "| 四、督导 | 6.开展政策回头看 | 市有关单位分别负责 | 年底前 |")
    proof = proof_of(sheet_file(tmp_path / "方案.xlsx", rows))
    correct(proof, {("市有关单位", "成员"): "市税务局、市审计局"}, sheet="统称及成员")

    answer = record(call(root), proof, Instructions())

    names = [office(root).name_of(unit) for unit in points(root)["P1-006"].units()]
    assert names == ["市税务局", "市审计局"]
    assert "undefined-group" not in answer.data["findings"]


ODD = """
| 云溪市人民政府办公室2026年数字政府工作方案 | < | < | < | < |
| 工作任务 | 具体要求 | 责任单位 | 承接科处 | 完成时限 |
"""
ODD_ROWS = (
    "| 一、平台 | 1.归集法人信息 | 市数据局 | 市公安局 | 6月底前 |",
    "| ^ | 2.归集电子证照 | 市数据局 | 市司法局 | 9月底前 |",
)


def say_what_the_column_is(root, tmp_path):
    """A plan whose column 承接科处 a person says to be that of the supporting units."""
    proof = proof_of(sheet_file(tmp_path / "方案.xlsx", ODD_ROWS, ODD))
    correct(proof, {("承接科处", "读作"): "配合单位"}, sheet="栏目对应")
    return record(call(root), proof, Instructions())


def test_a_corrected_column_is_read_again(root, tmp_path):
    answer = say_what_the_column_is(root, tmp_path)

    names = [office(root).name_of(unit) for unit in points(root)["P1-001"].units()]
    assert names == ["市数据局", "市公安局"]
    assert "proof-read-again" in answer.data["findings"]


def test_what_a_column_is_is_remembered_for_the_issuer_and_said_next_time(root, tmp_path):
    say_what_the_column_is(root, tmp_path)
    later = sheet_file(tmp_path / "次年.xlsx", ODD_ROWS, ODD.replace("2026", "2027"))

    answer = read(call(root), later)

    assert answer.data["work_points"][0]["support"] == ["市公安局"]
    assert "已按上次为" in answer.lines[0] and "承接科处→配合单位" in answer.lines[0]


def test_a_plan_of_heads_that_only_this_office_uses_is_read_as_it_said_before(root, tmp_path):
    say_what_the_column_is(root, tmp_path)
    head = "| 工作任务 | 具体要求 | 承接科处 | 完成时限 |\n"
    later = sheet_file(tmp_path / "次年.xlsx", ("| 一、平台 | 1.归集法人信息 | 市公安局 | 6月底前 |",), head)

    with pytest.raises(NotAPlan):
        read(call(tmp_path), later)
    answer = read(call(root), later)

    assert answer.data["work_points"][0]["support"] == ["市公安局"]


def test_a_typed_correction_and_a_corrected_column_both_count(root, tmp_path):
    proof = proof_of(sheet_file(tmp_path / "方案.xlsx", ODD_ROWS, ODD))
    correct(proof, {("承接科处", "读作"): "配合单位"}, sheet="栏目对应")
    correct(proof, {("H002", "完成时限"): "10月底前"})

    record(call(root), proof, Instructions())

    now = points(root)["P1-002"]
    assert [office(root).name_of(unit) for unit in now.units()] == ["市数据局", "市司法局"]
    assert now.deadline.due == dt.date(2026, 10, 31)


def test_without_its_hidden_sheet_it_is_refused_rather_than_read_as_a_plan(root, tmp_path):
    proof = proof_of(sheet_file(tmp_path / "方案.xlsx", ROWS))
    book = openpyxl.load_workbook(proof)
    del book["_tracker"]
    book.save(proof)

    with pytest.raises(ProofDamaged):
        record(call(root), proof, Instructions())


def test_without_its_original_it_is_refused_by_name_and_found_in_the_office(root, tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = correct(proof_of(plan), {("H001", "序号"): "一"})
    content = plan.read_bytes()
    plan.unlink()

    with pytest.raises(OriginalGone, match=r"方案\.xlsx"):
        record(call(root), proof, Instructions())
    (root / "方案" / "改了名.xlsx").write_bytes(b"not it")
    (root / "方案" / "方案.xlsx").write_bytes(content)
    record(call(root), proof, Instructions())

    assert points(root)["P1-001"].no == "一"


def test_a_proof_that_somebody_worked_in_is_never_replaced(tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    proof = correct(proof_of(plan), {("H001", "序号"): "一"})
    before = proof.read_bytes()

    second = proof_of(plan)

    assert proof.read_bytes() == before
    assert second.name == "分工核对表（2）.xlsx"


def test_the_same_plan_gives_the_same_bytes(tmp_path):
    plan = sheet_file(tmp_path / "方案.xlsx", ROWS)
    first = proof_of(plan).read_bytes()

    assert proof_of(plan).read_bytes() == first


def test_dated_parts_are_shown_and_kept_when_another_cell_or_the_day_is_corrected(root, tmp_path):
    rows = (*ROWS, "| 四、规划 | 6.编制规划 | 市发展改革委负责 | 4月底前初稿，6月底前成稿 |")
    plan = sheet_file(tmp_path / "方案.xlsx", rows)
    proof = proof_of(plan)
    page = openpyxl.load_workbook(proof)["分工核对表"]
    texts = [cell.value for row in page.iter_rows() if row[0].value == "H006" for cell in row]
    assert "4月底前初稿→2026-04-30\n6月底前成稿→2026-06-30" in texts

    correct(proof, {("H006", "具体要求"): "编制五年规划", ("H006", "到期日"): dt.date(2026, 7, 10)})
    point = plan_data(root, proof)["work_points"][-1]

    assert point["requirement"] == "编制五年规划"
    assert point["deadline"]["milestones"] == [
        {"text": "4月底前初稿", "due": dt.date(2026, 4, 30)},
        {"text": "6月底前成稿", "due": dt.date(2026, 7, 10)},
    ]


def test_where_every_cell_went_is_shown_and_what_nobody_read_is_said(tmp_path):
    head = """
    | 云溪市2026年营商环境工作要点分工方案 | < | < | < | < |
    | 工作任务 | 具体要求 | 责任单位 | 完成时限 |  |
    """
    rows = [f"{row} 另报纪委 |" if number < 2 else f"{row}  |" for number, row in enumerate(ROWS)]
    plan = sheet_file(tmp_path / "方案.xlsx", rows, head)

    answer = read(call(tmp_path), plan, with_proof=True)
    page = openpyxl.load_workbook(answer.data["workbook"])["原件去向"]
    cells = [tuple(cell.value for cell in row) for row in page.iter_rows()]

    assert ("责任分工", 5, None, None) in cells
    assert ("未读取", 2, None, None) in cells
    assert (None, 2, "分工表!E3:E4", "另报纪委；另报纪委") in [(a or None, *rest) for a, *rest in cells]
    assert "原件去向：有内容的格和行共25个，未读取的2个" in answer.lines
    assert ("unread", "分工表!E3:E4") in [
        (finding["code"], finding["place"]) for finding in answer.data["findings"]
    ]
