"""One whole year: the sample office, made by the verbs themselves, and everything that has to be true of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.support.cells import latest_cells
from tests.support.check_official import check
from tests.support.check_report import check_numbers
from tests.support.formulas import foreign_formulas
from tests.support.recount import disagreements, read_year
from tracker.cli.commandline import main
from tracker.demo.rehearsal import read_script
from tracker.demo.year import LAST_DAY, demo
from tracker.facts import Cell, Event, Return
from tracker.files.folders import find_office
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.files.templates import shipped_path
from tracker.formats.books.register import RegisterBook, UnitGroupRow, all_sheets
from tracker.formats.patch import Append, patch
from tracker.model import Role
from tracker.problems.base import Exit
from tracker.rules.rounds import cells_to_type
from tracker.steps.call import CHINA, Call
from tracker.steps.check import check as spot_check
from tracker.steps.init import init
from tracker.steps.record import Instructions, record

EVENING = dt.datetime.combine(LAST_DAY, dt.time(18), CHINA)
VERBS = ("hand-out", "take-back", "sync", "settle", "chase", "compare", "report", "status")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office at the end of its year; not to be changed by a test."""
    root = tmp_path_factory.mktemp("year") / "办公"
    demo(Call(EVENING, "演示", root), root)
    return root


def ledger(root):
    folder = find_office(root)
    return open_ledger(ledger_path(folder.root, folder.office), office=folder.office)


def seen(root):
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".tracker" not in path.parts
    }


def test_the_year_has_the_shape_of_a_real_plan(year):
    with ledger(year) as opened:
        office = opened.office()
    points = office.plans["P1"].points

    assert len(points) == 37
    assert len({point.task for point in points}) == 13
    assert len({point.section for point in points}) == 4
    assert sum(point.is_inherited for point in points) == 3
    assert len(office.units) == 40
    assert [each.name for each in office.rounds.values()] == ["上半年", "年终"]


def test_the_column_that_was_sorted_alone_was_refused_and_its_correction_taken(year):
    with ledger(year) as opened:
        files = opened.office().files
        said = {(files[each.fact.sha].name, each.fact.outcome): each.fact for each in opened.entries(Return)}

    assert "单独排过序" in said["再报-年终-市科技局.xlsx", "taken"].reason
    assert json.loads(said["更正-年终-市科技局.xlsx", "taken"].balance)["refused"] == 0


def test_what_the_clerk_typed_and_the_unit_sent_is_left_to_a_person(year):
    with ledger(year) as opened:
        conflicts = opened.office().conflicts.values()

    assert any(each.field == "progress" and "电话核实" in each.ours + each.theirs for each in conflicts)


@pytest.mark.parametrize("field", ["政务公开", "安全生产"])
def test_every_unit_of_a_sample_office_has_words_for_every_task_and_no_figure_falls(field, tmp_path):
    root = tmp_path / "办公"
    folder = shipped_path("workbooks", field)
    script = read_script((folder / "year.txt").read_text(encoding="utf-8"))
    call = Call(dt.datetime(2026, 3, 3, 9, tzinfo=CHINA), "王敏", root)
    init(call, root)
    book = RegisterBook(
        groups=tuple(UnitGroupRow(name, members) for name, members in script.names("单位组").items())
    )
    register = root / "单位及联络员名单.xlsx"
    appends = [Append(sheet, rows) for sheet, rows in all_sheets(book) if rows]
    register.write_bytes(patch(register.read_bytes(), (), appends))
    record(call, folder / "plan.xlsx", Instructions())
    with ledger(root) as opened:
        office = opened.office()

    for point in office.plans["P1"].points:
        for answer in point.assignees:
            if not answer.unit or answer.role is Role.SUPPORT:
                continue
            name = office.name_of(answer.unit)
            june, december = (
                script.words(point.position, name, dt.date(2026, month, 28)) for month in (6, 12)
            )
            assert june.get("progress"), (point.id, name)
            assert december.get("progress"), (point.id, name)
            is_drawn = f"{point.position} {name}" not in script.sections
            if is_drawn and re.sub(r"\d+", "", june["progress"]) == re.sub(r"\d+", "", december["progress"]):
                before, after = (
                    [int(figure) for figure in re.findall(r"\d+", words["progress"])]
                    for words in (june, december)
                )
                assert all(x <= y for x, y in zip(before, after, strict=True)), (point.id, name)


def test_every_unit_has_a_contact_whom_the_lists_name(year):
    with ledger(year) as opened:
        units = opened.office().units.values()

    assert all(unit.contacts and unit.contacts[0].phone for unit in units)


def test_one_unit_is_really_late_with_a_reason_and_a_day(year):
    with ledger(year) as opened:
        office = opened.office()
    slips = [slip for slip in office.documents.values() if slip.tier == "督办"]

    [unit] = {slip.unit for slip in slips}
    assert office.name_of(unit) == "市行政审批局"
    assert "预计2027年1月31日前" in office.cells[slips[0].subjects[0], unit, "problem", "R2"].value


def test_the_report_has_two_typical_practices_totals_with_their_source_and_no_bare_sentence(year):
    text = "\n".join(
        paragraph.text for paragraph in docx.Document(next(year.glob("报告/*落实情况报告.docx"))).paragraphs
    )

    practices = text.partition("（五）典型做法")[2].partition("三、")[0]
    assert practices.count("是市") == 2
    assert "主动公开政府信息21846条（市政府网站后台，截至12月15日）" in text
    assert not re.search("任务已完成|任务已全部完成|责任单位未说明|征求意见稿", text)


def test_every_kind_of_return_was_met(year):
    with ledger(year) as opened:
        office = opened.office()
    outcomes = {each.outcome for _, each in office.returns}
    names = {each.name for each in office.files.values()}
    silent = {form.form for form in office.forms.values()} - {each.form for _, each in office.returns}

    assert len(outcomes) > 1
    assert any("最终版" in name for name in names)
    assert any("第二版" in name for name in names)
    assert silent
    assert office.conflicts


def test_the_ledger_of_the_year_is_sound_and_each_cell_says_what_its_last_fact_says(year):
    with ledger(year) as opened:
        assert opened.check() == []
        assert opened.cells() == latest_cells(opened.entries(Cell))


def test_every_verb_again_changes_nothing(year, tmp_path, capsys):
    root = tmp_path / "办公"
    shutil.copytree(year, root)
    before = seen(root)
    with ledger(root) as opened:
        acts = opened.last_act

    codes = [main([verb, "--office", str(root), "--now", EVENING.isoformat()]) for verb in VERBS]

    assert set(codes) <= {Exit.DONE, Exit.PARTLY}
    with ledger(root) as opened:
        assert opened.last_act == acts, [act.verb for act in opened.acts()[acts:]]
    assert seen(root) == before


def test_the_demo_again_changes_nothing(year, tmp_path):
    root = tmp_path / "办公"
    shutil.copytree(year, root)
    before = seen(root)

    demo(Call(EVENING, "演示", root), root)

    assert seen(root) == before


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_speaks_json_alone(verb, year, capsys):
    main([verb, "--json", "--dry-run", "--office", str(year), "--now", EVENING.isoformat()])

    assert isinstance(json.loads(capsys.readouterr().out), dict)


def test_a_dry_run_of_every_verb_writes_nothing(year):
    before = seen(year)

    for verb in VERBS:
        main([verb, "--dry-run", "--office", str(year), "--now", EVENING.isoformat()])

    assert seen(year) == before


def test_the_history_of_a_point_names_file_and_cell(year, capsys):
    main(["history", "P1-004", "--office", str(year), "--now", EVENING.isoformat()])

    told = capsys.readouterr().out
    assert "plan.xlsx，分工表!B" in told
    assert "市司法局·年终·进展情况" in told


def test_the_report_keeps_the_layout_and_every_figure_in_it_stands_in_its_workbook(year):
    report = next(path for path in year.glob("报告/*落实情况报告.docx"))

    assert check(report.read_bytes()) == []
    material = (year / "报告" / "起草素材表.xlsx").read_bytes()
    assert check_numbers(report.read_bytes(), report.with_suffix(".xlsx").read_bytes(), material) == []


NAME = "2026年政务公开落实情况报告"


@pytest.fixture(scope="module")
def told_year(year, tmp_path_factory) -> Path:
    """The year with its circular; not to be changed by a test."""
    root = tmp_path_factory.mktemp("told") / "办公"
    shutil.copytree(year, root)
    main(["report", "--circular", "--office", str(root), "--now", EVENING.isoformat()])
    return root


def test_every_count_and_rate_is_that_of_an_independent_recount_of_the_workbook(told_year):
    recount = read_year(told_year, "P1", LAST_DAY)

    assert (len(recount.items), len(recount.base)) == (37, 30)
    assert disagreements(recount, told_year, NAME, "P1") == []


def test_after_a_merger_every_count_is_that_of_the_unit_that_answers_now(year, tmp_path):
    root = tmp_path / "办公"
    shutil.copytree(year, root)
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["单位"]
    head = next(row for row in page.iter_rows() if any(cell.value == "单位名称" for cell in row))
    columns = {cell.value: cell.column for cell in head if cell.value}
    row = next(row for row in page.iter_rows() if row[columns["单位名称"] - 1].value == "市体育局")[0].row
    merger = {"停用日期": dt.date(2026, 12, 20), "接续单位": "市教育局", "变动方式": "合并"}
    for label, value in merger.items():
        page.cell(row, columns[label]).value = value
    book.save(path)
    for verb in (["sync"], ["report"], ["report", "--circular"]):
        main([*verb, "--office", str(root), "--now", EVENING.isoformat()])

    recount = read_year(root, "P1", LAST_DAY, {"市体育局": "市教育局"})

    assert len(recount.units) == 39
    assert disagreements(recount, root, NAME, "P1") == []


@pytest.mark.parametrize(
    ("label", "old", "new"),
    [
        ("亮灯", "绿 已完成", "红 逾期未完成"),
        ("责任单位", "市财政局", "市教育局"),
        ("承担角色", "牵头", "配合"),
    ],
)
def test_a_row_of_the_workbook_that_says_something_else_is_seen_by_the_recount(
    told_year, tmp_path, label, old, new
):
    root = tmp_path / "办公"
    shutil.copytree(told_year, root)
    path = root / "台账" / "工作台账.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["各单位进展"]
    head = next(row for row in page.iter_rows() if any(cell.value == label for cell in row))
    column = next(cell.column for cell in head if cell.value == label)
    cells = [page.cell(row, column) for row in range(head[0].row + 1, page.max_row + 1)]
    next(cell for cell in cells if cell.value == old).value = new
    book.save(path)

    assert disagreements(read_year(root, "P1", LAST_DAY), root, NAME, "P1")


def test_nothing_that_a_unit_typed_is_a_formula_anywhere(year):
    for path in [*year.glob("台账/*.xlsx"), *year.glob("报告/*.xlsx"), *year.glob("填报表/*/*.xlsx")]:
        assert not foreign_formulas(path), path.name


def test_every_sheet_of_ours_prints_on_a4_a_page_wide_or_pages_beside_each_other_with_its_head(year):
    ours = [
        path
        for path in sorted(year.rglob("*.xlsx"))
        if path.relative_to(year).parts[0] not in ("方案", "各单位报送", "原件留存")
    ]
    pages = [
        (path.name, page)
        for path in ours
        for page in openpyxl.load_workbook(path).worksheets
        if page.sheet_state == "visible"
    ]

    assert len(pages) > 100
    for name, page in pages:
        is_picture = bool(page._charts)
        assert page.page_setup.paperSize == 9, (name, page.title)
        assert page.sheet_properties.pageSetUpPr.fitToPage, (name, page.title)
        assert is_picture or page.page_setup.fitToHeight == 0, (name, page.title)
        assert is_picture or page.print_title_rows or page.max_row < 40, (name, page.title)


def test_what_people_open_opens_in_libreoffice(year, soffice, soffice_profile, tmp_path):
    chosen = [
        *year.glob("台账/*.xlsx"),
        *year.glob("报告/*.docx"),
        *year.glob("报告/*.xlsx"),
        *year.glob("*.xlsx"),
        year / "督办" / "送签单.xlsx",
        next(year.glob("督办/*提醒/*.docx")),
        next(year.glob("填报表/*/市财政局.xlsx")),
    ]

    command = [
        soffice,
        f"-env:UserInstallation={soffice_profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, *map(str, chosen)], check=True, capture_output=True, timeout=300)

    assert {path.stem for path in tmp_path.glob("*.pdf")} == {path.stem for path in chosen}


# What an earlier version of the forms had units type in this year.
BEFORE = 9_408


def test_units_type_two_fifths_of_what_they_did_at_most_and_in_the_second_round_no_unit_more(year):
    with ledger(year) as opened:
        office = opened.office()
        typed = Counter(entry.fact.period for entry in opened.entries(Cell) if entry.fact.origin == "unit")
    cell_counts = {(form.unit, form.round): cells_to_type(form) for form in office.forms.values()}
    units = {unit for unit, _ in cell_counts}

    assert all(cell_counts.get((unit, "R2"), 0) <= cell_counts[unit, "R1"] for unit in units)
    assert 0 < typed["R2"] < typed["R1"]
    assert typed.total() <= 0.4 * BEFORE
    assert sum(cell_counts.values()) <= 0.4 * BEFORE


def test_every_item_of_the_report_is_told_in_words_that_somebody_wrote(year):
    book = openpyxl.load_workbook(year / "报告" / "起草素材表.xlsx")
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if "拟用句" in [cell.value for cell in row])
    places = {cell.value: cell.column - 1 for cell in head}
    rows = [
        [cell.value for cell in row]
        for row in page.iter_rows(min_row=head[0].row + 1)
        if str(row[places["事项编号"]].value or "").startswith("P1-")
    ]

    assert len(rows) == 37
    assert all(row[places["改定稿"]] or row[places["拟用句"]] for row in rows)
    assert all(row[places["出处"]] for row in rows if not row[places["改定稿"]])


def test_every_call_of_the_year_was_made_and_its_answer_is_kept(year):
    page = openpyxl.load_workbook(year / "督办" / "电话记录.xlsx").active
    head = next(row for row in page.iter_rows() if row[0].value == "编号")
    places = {cell.value: cell.column - 1 for cell in head}
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=head[0].row + 1) if row[0].value]
    with ledger(year) as opened:
        calls = {entry.fact.subject for entry in opened.entries(Event) if entry.fact.kind == "call"}

    assert len(rows) > 20
    made = {row[0] for row in rows if row[places["答复"]]}
    assert made == {row[0] for row in rows} == calls


def test_a_spot_check_was_drawn_that_anybody_can_verify_and_the_drawn_are_no_longer_never_checked(year):
    assert spot_check(Call(EVENING, "演示", year), "verify").data["wrong"] == []
    drawn = {path.stem.removeprefix("检查表-") for path in (year / "抽查" / "2026-1").glob("检查表-*.xlsx")}
    sheet = openpyxl.load_workbook(year / "抽查" / "检查情况汇总.xlsx")["未抽查清单"]

    counts = {row[1]: row[2] for row in sheet.iter_rows(values_only=True) if row[0] == "单位"}

    assert len(drawn) == 4
    assert {name for name, count in counts.items() if count} == drawn
