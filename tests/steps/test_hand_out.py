"""Forms go out once, to those who are asked, and again only where something is missing."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest

from tests.support.check_official import check
from tests.support.year import (
    NAME,
    ROUNDS,
    SEPTEMBER,
    UNITS,
    add_point,
    call,
    fill,
    form_of,
    ledger_of,
    make_year,
    snapshot,
)
from tracker import facts
from tracker.formats.books.settings import lay_out_settings
from tracker.problems.returns import NoPlanYet, NoRound
from tracker.rules.progress import ledger_rows
from tracker.rules.rounds import cells_to_type, form_sheet
from tracker.settings import Day, Settings
from tracker.steps.hand_out import hand_out
from tracker.steps.init import init
from tracker.steps.take_back import take_back
from tracker.workdays import PUBLIC_CALENDAR

NOVEMBER = SEPTEMBER.replace(month=11, day=20)


@pytest.fixture
def root(tmp_path):
    return make_year(tmp_path / "办公")


def test_each_unit_gets_only_its_own_work_points(root):
    answer = hand_out(call(root))

    assert sorted(path.name for path in form_of(root, "x").parent.iterdir()) == sorted(
        [*(f"{name}.xlsx" for name in UNITS.values()), "下发清单.xlsx", "报送通知（拟稿）.docx"]
    )
    page = openpyxl.load_workbook(form_of(root, "市司法局"))["填报表"]
    assert [page.cell(row, 1).value for row in (5, 6)] == ["P1-001", "P1-002"]
    assert answer.data["rounds"][0]["units"]["U002"] == ["P1-001", "P1-002", "P1-006"]
    assert "第三季度（P1 年度工作要点）：印发5个单位12项，2018-09-20前报回。要填24格。" in answer.lines


def test_a_dry_run_says_what_it_would_add_and_writes_nothing(root):
    before = snapshot(root)

    answer = hand_out(call(root, dry_run=True))

    assert "将印发5个单位12项" in "".join(answer.lines)
    assert snapshot(root) == before
    with ledger_of(root) as ledger:
        assert ledger.last_act == 1


def test_handing_out_twice_changes_nothing(root):
    hand_out(call(root))
    before = snapshot(root)
    with ledger_of(root) as ledger:
        acts = ledger.last_act

    again = hand_out(call(root, SEPTEMBER + dt.timedelta(days=1)))

    assert snapshot(root) == before
    assert again.data["written"] == []
    with ledger_of(root) as ledger:
        assert ledger.last_act == acts


def test_a_form_that_is_missing_is_laid_out_again_byte_for_byte(root):
    hand_out(call(root))
    path = form_of(root, "市财政局")
    data = path.read_bytes()
    path.unlink()

    answer = hand_out(call(root, SEPTEMBER + dt.timedelta(days=2)))

    assert path.read_bytes() == data
    assert answer.data["written"] == ["填报表/2018-第三季度/市财政局.xlsx"]


def test_a_form_that_is_there_is_never_written_again(root):
    hand_out(call(root))
    path = form_of(root, "市财政局")
    path.write_bytes(b"worked in")

    hand_out(call(root))

    assert path.read_bytes() == b"worked in"


def test_killed_before_the_files_the_next_run_writes_the_same_ones(root, tmp_path, monkeypatch):
    other = make_year(tmp_path / "另一个")
    mark = (root / ".tracker" / "office.json").read_bytes()
    (other / ".tracker" / "office.json").write_bytes(mark)
    hand_out(call(root))
    expected = {name: data for name, data in snapshot(root).items() if name.startswith("填报表")}
    for name in expected:
        (root / name).unlink()

    hand_out(call(root))

    assert {n: d for n, d in snapshot(root).items() if n.startswith("填报表")} == expected


def test_a_new_work_point_gives_a_second_form_with_nothing_but_it(root):
    hand_out(call(root))
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=SEPTEMBER) as act:
        add_point(act, "P1", 9, ("U003",))

    answer = hand_out(call(root))

    assert answer.data["rounds"][0]["units"] == {"U003": ["P1-007"]}
    assert form_of(root, "市财政局（补2）").exists()
    listed = openpyxl.load_workbook(form_of(root, "下发清单"))["下发清单"]
    assert [row[1].value for row in listed.iter_rows(min_row=4)] == [*UNITS.values(), "市财政局"]


def test_what_is_done_or_not_applicable_is_not_asked_again_and_the_last_words_stand_beside_the_rest(root):
    hand_out(call(root))
    with ledger_of(root) as ledger, ledger.act("take-back", person="王敏", at=SEPTEMBER) as act:
        for wp, unit, field, value in (
            ("P1-001", "U001", "status", "已完成"),
            ("P1-002", "U003", "status", "不涉及"),
            ("P1-003", "U003", "status", "正在推进"),
            ("P1-003", "U003", "progress", "已开两次会"),
        ):
            act.add(facts.Cell(wp, unit, field, "R1", value, "unit", 0))

    answer = hand_out(call(root, NOVEMBER))

    asked = answer.data["rounds"][0]["units"]
    assert asked["U001"] == ["P1-005", "P1-006"]  # P1-001 is done by its lead
    assert asked["U003"] == ["P1-003"]
    page = openpyxl.load_workbook(form_of(root, "市财政局", "2018-年终"))["填报表"]
    heads = {cell.value: number for number, cell in enumerate(page[4])}
    assert page[5][heads["上期填报"]].value == "第三季度：正在推进\n已开两次会"
    assert not any(page[5][heads[label]].value for label in ("本期无变化", "完成情况", "进展情况"))
    assert any("，“第三季度”是24格；" in line for line in answer.lines)


def test_a_tick_that_nothing_has_changed_comes_back_as_a_statement_of_its_round(root):
    hand_out(call(root))
    words = {"P1-001": {"完成情况": "正在推进", "进展情况": "起草中"}}
    fill(form_of(root, "市司法局"), words, root / "各单位报送" / "a.xlsx")
    take_back(call(root))
    hand_out(call(root, NOVEMBER))
    tick = {"P1-001": {"本期无变化": "√"}}
    fill(form_of(root, "市司法局", "2018-年终"), tick, root / "各单位报送" / "b.xlsx")

    answer = take_back(call(root, NOVEMBER))

    assert len(answer.data["taken"]) == 1
    with ledger_of(root) as ledger:
        office = ledger.office()
    said = {key[2:]: cell.value for key, cell in office.cells.items() if key[:2] == ("P1-001", "U002")}
    assert said == {("status", "R1"): "正在推进", ("progress", "R1"): "起草中", ("unchanged", "R2"): "是"}
    row = ledger_rows(office, Day(NOVEMBER.date(), PUBLIC_CALENDAR)).progress["P1-001|U002"]
    assert (row["progress"], row["reported_in"]) == ("起草中", "第三季度（后报无变化）")


def test_a_form_of_an_earlier_version_is_still_what_it_was_when_it_went_out(root):
    """Its answer cells held the last words, and its columns stand in the fact."""
    older = ("status", "progress", "summary", "done_on", "problem", "evidence", "in_report")
    with ledger_of(root) as ledger:
        with ledger.act("take-back", person="王敏", at=SEPTEMBER) as act:
            round_ = facts.Round("R1", "P1", "第三季度", dt.date(2018, 9, 1), dt.date(2018, 9, 20))
            act.add(round_, facts.Cell("P1-001", "U001", "summary", "R1", "一句话", "unit", 0))
        form = facts.Form("F1", "R2", "U001", 99, ("P1-001",), older, "填报表/1.xlsx")
        later = facts.Round("R2", "P1", "年终", dt.date(2018, 11, 15), dt.date(2018, 12, 10))
        cells = form_sheet(ledger.office(), form, later, office_id="x").rows[0].cells

    assert cells["summary"] == "一句话" and "last" not in cells
    assert cells_to_type(form) == 7


def test_only_the_lead_is_asked_where_the_office_says_so(root):
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.Cell("P1-001", "", "scope", "", "仅牵头单位", "office", 0))

    asked = hand_out(call(root)).data["rounds"][0]["units"]

    assert "P1-001" in asked["U001"] and "P1-001" not in asked["U002"]


def test_in_one_round_of_one_plan_only_the_leads_report_where_the_office_says_so(root):
    autumn, year_end = ROUNDS
    rounds = (replace(autumn, plan="P1", scope="仅牵头单位"), year_end)
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=NAME, rounds=rounds)))

    asked = hand_out(call(root)).data["rounds"][0]["units"]
    later = hand_out(call(root, NOVEMBER)).data["rounds"][0]["units"]

    assert "P1-001" in asked["U001"] and "P1-001" not in asked.get("U002", [])
    assert "P1-001" in later["U002"]


def test_a_plan_that_no_round_is_for_is_named(root):
    rounds = tuple(
        replace(each, opens=each.opens.replace(year=2019), due=each.due.replace(year=2019)) for each in ROUNDS
    )
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=NAME, rounds=rounds)))

    answer = hand_out(call(root))

    assert [each["code"] for each in answer.data["findings"]] == ["plan-without-round"]
    assert "请在设置.xlsx 的“报送期次”里增加2018年的期次" in "".join(answer.lines)


def test_a_form_goes_to_the_successor_of_a_unit(root):
    with ledger_of(root) as ledger, ledger.act("units", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.UnitLink("U004", "U005", dt.date(2018, 8, 1), "merge"))

    asked = hand_out(call(root)).data["rounds"][0]["units"]

    assert "U004" not in asked
    assert asked["U005"] == ["P1-003", "P1-004", "P1-005"]


def test_a_round_whose_day_is_over_is_named_and_not_handed_out(root):
    answer = hand_out(call(root, SEPTEMBER.replace(month=10)))

    assert answer.data["rounds"] == []
    assert [each["code"] for each in answer.data["findings"]] == ["round-past-due"]
    # 年终 opens on 15 November: from then on nobody needs the form of the round before.
    late = hand_out(call(root, SEPTEMBER.replace(month=11, day=20)))
    assert [round_["round"] for round_ in late.data["rounds"]] == ["年终"]
    assert "round-past-due" not in [finding["code"] for finding in late.data["findings"]]
    named = hand_out(call(root, SEPTEMBER.replace(month=10)), round_name="第三季度")
    assert len(named.data["rounds"]) == 1


def test_a_round_may_be_named_with_its_day(root):
    answer = hand_out(call(root), round_name="专项", due=dt.date(2018, 9, 28))

    assert answer.data["rounds"][0]["due"] == dt.date(2018, 9, 28)
    with pytest.raises(NoRound):
        hand_out(call(root), round_name="没有这一期")

    # It keeps its day: who came to a task meanwhile gets a form of it without the day being said again.
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=SEPTEMBER) as act:
        add_point(act, "P1", 9, ("U003",))
    again = hand_out(call(root), round_name="专项")
    assert (again.data["rounds"][0]["due"], again.data["rounds"][0]["units"]) == (
        dt.date(2018, 9, 28),
        {"U003": ["P1-007"]},
    )


def test_without_a_plan_there_is_nothing_to_hand_out(tmp_path):
    init(call(tmp_path), tmp_path / "空")
    with pytest.raises(NoPlanYet):
        hand_out(call(tmp_path / "空"))


def test_a_covering_letter_is_drafted_once_and_then_belongs_to_the_office(root):
    hand_out(call(root))
    path = form_of(root, "x").parent / "报送通知（拟稿）.docx"
    texts = [paragraph.text for paragraph in docx.Document(path).paragraphs]

    assert any("请于2018年9月20日前" in text for text in texts)
    assert any("5个单位、12项" in text for text in texts)
    path.write_bytes(b"signed")
    hand_out(call(root))
    assert path.read_bytes() == b"signed"


def test_each_unit_gets_one_archive_with_its_forms_and_the_covering_letter(root):
    hand_out(call(root), archives=True)
    place = form_of(root, "x").parent
    data = (place / "打包" / "市司法局.zip").read_bytes()

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["市司法局.xlsx", "报送通知（拟稿）.docx"]
        assert archive.read("市司法局.xlsx") == form_of(root, "市司法局").read_bytes()
    assert len(list((place / "打包").iterdir())) == len(UNITS)
    hand_out(call(root), archives=True)
    assert (place / "打包" / "市司法局.zip").read_bytes() == data


def test_not_applicable_ticked_once_holds_for_the_year(root):
    hand_out(call(root))
    fill(form_of(root, "市司法局"), {"P1-001": {"自报状态": "不涉及"}}, root / "各单位报送" / "a.xlsx")
    take_back(call(root, SEPTEMBER))

    asked = hand_out(call(root, NOVEMBER)).data["rounds"][0]["units"]
    later = hand_out(call(root, NOVEMBER), round_name="专项", due=dt.date(2018, 12, 20)).data["rounds"][0][
        "units"
    ]

    assert "P1-001" not in asked["U002"] and "P1-001" not in later["U002"]
    assert "P1-001" in asked["U001"]


def drafts(root):
    return sorted((root / "填报表").rglob("*自查报告（拟稿）.docx"))


def test_in_the_last_round_each_unit_gets_a_draft_of_its_own_report_with_its_form(root):
    hand_out(call(root), archives=True)
    assert drafts(root) == []

    hand_out(call(root, NOVEMBER), archives=True)

    assert [each.name for each in drafts(root)] == sorted(
        f"{name}自查报告（拟稿）.docx" for name in UNITS.values()
    )
    place = drafts(root)[0].parent.parent
    with zipfile.ZipFile(place / "打包" / "市司法局.zip") as parts:
        assert "市司法局自查报告（拟稿）.docx" in parts.namelist()
    for each in drafts(root):
        assert check(each.read_bytes()) == []


def test_a_draft_comes_back_byte_for_byte_and_is_never_written_over(root):
    hand_out(call(root, NOVEMBER))
    gone, kept = drafts(root)[:2]
    was = gone.read_bytes()
    gone.unlink()
    kept.write_bytes(b"theirs")

    hand_out(call(root, NOVEMBER + dt.timedelta(days=9)))

    assert gone.read_bytes() == was
    assert kept.read_bytes() == b"theirs"


def test_an_office_that_wants_no_drafts_gets_none(root):
    lay = Settings(values={"office_name": "市政府办公室", "own_reports": "否"}, rounds=ROUNDS)
    (root / "设置.xlsx").write_bytes(lay_out_settings(lay))

    hand_out(call(root, NOVEMBER))

    assert drafts(root) == []


def test_archives_that_a_kill_left_out_are_packed_by_the_next_run_and_none_where_nobody_asked(root):
    hand_out(call(root))
    place = form_of(root, "x").parent / "打包"
    assert not place.exists()
    hand_out(call(root), archives=True)
    archive = place / "市司法局.zip"
    whole = archive.read_bytes()
    archive.unlink()

    hand_out(call(root))

    assert archive.read_bytes() == whole


def test_where_nothing_is_due_the_next_round_and_the_way_to_have_it_now_are_named(root):
    hand_out(call(root))

    [line] = hand_out(call(root)).lines[-1:]

    assert line.startswith("没有要新印发的填报表。下一期是“年终”，2018-11-15起印发")
    assert "《设置.xlsx》" in line


def test_without_the_office_s_name_forms_go_out_and_the_notice_waits_for_it(tmp_path):
    root = make_year(tmp_path / "办公")
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(rounds=ROUNDS)))
    letter = root / "填报表" / "2018-第三季度" / "报送通知（拟稿）.docx"

    first = hand_out(call(root))

    assert "no-issuer" in "".join(first.lines) and not letter.exists()
    assert (letter.parent / "市司法局.xlsx").exists()
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=NAME, rounds=ROUNDS)))
    hand_out(call(root))
    assert letter.exists()
