"""Chasing an office day by day: what is drafted, what waits for a signature, and what is never done twice."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.support.chasing import SIGNING, drafted, quick, sign, year
from tests.support.year import NAME, SEPTEMBER, add_point, call, ledger_of, make_year, snapshot
from tracker import facts
from tracker.files.guard.opening import open_source
from tracker.formats.books.settings import lay_out_settings
from tracker.formats.books.worklists import read_signing
from tracker.problems.base import Exit
from tracker.problems.files import BadTemplate
from tracker.settings import QuietPeriod, Settings
from tracker.steps.call import CHINA
from tracker.steps.chase import chase
from tracker.steps.hand_out import hand_out
from tracker.steps.status import status
from tracker.tiers import TIER_RULES, SlipState, Tier, TierRule


def at(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), CHINA)


def run(root: Path, day: str, **more):
    return chase(call(root, at(day)), **more)


def tiers(answer) -> list[str]:
    return sorted({each["tier"] for each in answer.data["drafted"]})


def documents(root: Path) -> dict[str, facts.Document]:
    with ledger_of(root) as ledger:
        return dict(ledger.office().documents)


def type_in(path: Path, key: str, **cells: object) -> None:
    """Type into the row whose first column holds the key, as a person does in Excel."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if any(cell.value == "编号" for cell in row))
    columns = {cell.value: cell.column for cell in head if cell.value}
    row = next(r for r in page.iter_rows(min_row=head[0].row) if r[columns["编号"] - 1].value == key)
    for label, value in cells.items():
        page.cell(row[0].row, columns[label]).value = value
    book.save(path)


def text_of(path: Path) -> str:
    word = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in word.paragraphs] + cells)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_year(tmp_path, points=2)


@pytest.fixture
def late(root: Path) -> Path:
    """An office on Wednesday 2019-01-02: the tasks were handed over, and both are two days over their day."""
    run(root, "2018-09-03")
    sign(root, "2018-09-03")
    run(root, "2018-12-20")
    return root


def test_first_the_tasks_are_handed_over_to_everybody_who_has_any(root):
    answer = run(root, "2018-09-03")

    assert drafted(answer) == [
        ("交办", "U001", ("P1-001",)),
        ("交办", "U002", ("P1-001", "P1-002")),
        ("交办", "U003", ("P1-002",)),
    ]


def test_asking_twice_on_one_day_gives_nothing_new(late):
    first = run(late, "2019-01-02")
    files = snapshot(late)

    again = run(late, "2019-01-02")

    assert tiers(first) == ["催办"]
    assert again.data["drafted"] == []
    assert snapshot(late) == files


def test_a_joint_matter_goes_to_its_lead_only(late):
    assert drafted(run(late, "2019-01-02")) == [("催办", "U001", ("P1-001",)), ("催办", "U002", ("P1-002",))]


def test_one_reminder_gathers_what_a_unit_owes_on_a_day(tmp_path):
    root = make_year(tmp_path, points=6)
    run(root, "2018-09-03")

    reminded = [each for each in drafted(run(root, "2018-12-20")) if each[0] == "提醒"]

    assert ("提醒", "U001", ("P1-001", "P1-006")) in reminded
    assert len(reminded) == len({unit for _, unit, _ in reminded})


@pytest.mark.parametrize("day", ["2018-12-22", "2018-12-23"])
def test_on_a_rest_day_nothing_is_drafted(root, day):
    answer = run(root, day)

    assert answer.data["drafted"] == []
    assert "今天不是工作日" in answer.lines[0]


def test_on_quiet_days_nothing_is_drafted_and_the_reason_is_told(root):
    quiet = (QuietPeriod(dt.date(2018, 12, 17), dt.date(2018, 12, 21), "换届"),)
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=NAME, quiet=quiet)))

    answer = run(root, "2018-12-20")

    assert answer.data["drafted"] == []
    assert {each["why"] for each in answer.data["why"]} == {"静默日期（换届）"}


def test_an_official_slip_waits_and_the_ladder_waits_with_it(late):
    run(late, "2019-01-02")

    answer = run(late, "2019-01-30")

    assert answer.data["drafted"] == []
    assert {each["kind"] for each in answer.data["why"]} == {"unsigned"}


def test_the_ladder_is_climbed_rung_by_rung_and_ends_with_a_proposal(late):
    climbed = []
    for day in ("2019-01-02", "2019-01-09", "2019-01-16", "2019-01-23", "2019-01-30", "2019-03-29"):
        climbed.append(tiers(run(late, day)))
        sign(late, day)

    assert climbed == [["催办"], ["督办"], ["通报"], ["约谈"], [], []]


def test_a_bulletin_counts_its_issues_and_says_who_is_late(late):
    for day in ("2019-01-02", "2019-01-09", "2019-01-16"):
        run(late, day)
        sign(late, day)

    [issue] = [each for each in documents(late).values() if each.tier == "通报"]
    said = text_of(late.joinpath(*issue.path.split("/")))

    assert issue.number == "2019年第1期"
    for expected in ("第1期", "一、总体情况", "2项任务中，已完成0项", "市教育局1项、市司法局1项", "16"):
        assert expected in said


def test_a_slip_states_its_six_fields(late):
    run(late, "2019-01-02")

    call_slip = next(each for each in documents(late).values() if each.tier == "催办")
    said = text_of(late.joinpath(*call_slip.path.split("/")))

    for field in ("单号", "工作事项", "工作要求", "责任单位", "责任人", "时限要求"):
        assert field in said
    for value in ("2019-催办-001", "推进公开", "完成第1件公开工作", "市教育局", "2018年12月31日前"):
        assert value in said


def test_what_the_day_gave_lies_in_one_archive(root):
    run(root, "2018-09-03")

    with zipfile.ZipFile(root / "督办" / "2018-09-03 全部督办单.zip") as archive:
        names = archive.namelist()
    assert len(names) == 3
    assert all(name.endswith(".docx") for name in names)


# Signed before it leaves.


def test_a_signed_slip_carries_the_day_and_the_number_that_the_oa_gave(late):
    run(late, "2019-01-02")
    type_in(late.joinpath(*SIGNING), "D6", 状态="已签发", 文号="×督〔2019〕4号", 签发或发出日期="2019-01-03")

    run(late, "2019-01-04")

    slip = documents(late)["D6"]
    assert (slip.state, slip.number, slip.on) == ("signed", "×督〔2019〕4号", dt.date(2019, 1, 3))
    said = text_of(late.joinpath(*slip.path.split("/")))
    assert "2019年1月3日" in said
    assert "×督〔2019〕4号" in said


def test_a_slip_that_a_clerk_has_edited_is_left_alone(late):
    run(late, "2019-01-02")
    path = late.joinpath(*documents(late)["D6"].path.split("/"))
    word = docx.Document(path)
    word.paragraphs[0].text = "改过的标题"
    word.save(path)
    edited = path.read_bytes()
    sign(late, "2019-01-03", SlipState.SIGNED)

    first = run(late, "2019-01-03")
    second = run(late, "2019-01-04")

    assert path.read_bytes() == edited
    assert [each["code"] for each in first.data["findings"]] == ["slip-edited"]
    assert second.data["findings"] == []


def test_a_misspelt_state_is_told_at_its_cell_and_signs_nothing(late):
    run(late, "2019-01-02")
    type_in(late.joinpath(*SIGNING), "D6", 状态="己签发")

    answer = run(late, "2019-01-03")

    assert documents(late)["D6"].state == "drafted"
    assert [(each["code"], each["place"]) for each in answer.data["findings"]] == [
        ("signing-state", "送签单!H8")
    ]


def test_a_signature_that_is_taken_back_is_taken_back(late):
    run(late, "2019-01-02")
    sign(late, "2019-01-02", SlipState.SIGNED)
    run(late, "2019-01-03")
    type_in(late.joinpath(*SIGNING), "D6", 状态="拟稿")

    run(late, "2019-01-03")

    assert documents(late)["D6"].state == "drafted"


@pytest.mark.parametrize("word", ["拟稿", "作废"])
def test_what_has_left_cannot_be_unsent(late, word):
    run(late, "2019-01-02")
    sign(late, "2019-01-02")
    run(late, "2019-01-03")
    type_in(late.joinpath(*SIGNING), "D6", 状态=word)

    answer = run(late, "2019-01-03")

    assert documents(late)["D6"].state == "sent"
    assert [each["code"] for each in answer.data["findings"]] == ["slip-has-left"]


def test_a_withdrawn_slip_stays_so_until_it_is_a_draft_again(late):
    run(late, "2019-01-02")
    type_in(late.joinpath(*SIGNING), "D6", 状态="作废")

    assert [drafted(run(late, day)) for day in ("2019-01-03", "2019-01-10")] == [[], []]
    assert documents(late)["D6"].state == "withdrawn"
    type_in(late.joinpath(*SIGNING), "D6", 状态="已签发")
    run(late, "2019-01-10")

    assert documents(late)["D6"].state == "signed"
    assert [each.number for each in documents(late).values() if each.tier == "催办"] == [
        "2019-催办-001",
        "2019-催办-002",
    ]


def test_rows_may_be_sorted_and_columns_moved(late):
    run(late, "2019-01-02")
    path = late.joinpath(*SIGNING)
    page = openpyxl.load_workbook(path).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    turned = openpyxl.Workbook()
    head = ["备注（自加）", *reversed([cell.value for cell in page[4]])]
    turned.active.append(head)
    for row in sorted(rows[1:], key=lambda each: str(each[0]), reverse=True):
        turned.active.append(["", *reversed(row)])
    turned.active.title = "送签单"
    turned.save(path)
    type_in(path, "D6", 状态="已签发")

    answer = run(late, "2019-01-03")
    run(late, "2019-01-10")

    assert answer.data["findings"] == []
    assert documents(late)["D6"].state == "signed"
    assert [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]] == head


def test_a_list_that_is_open_gets_its_rows_beside_and_then_in_place(late, owner_file):
    mark = owner_file(late / "督办" / "~$送签单.xlsx")
    path = late.joinpath(*SIGNING)
    before = path.read_bytes()

    open_then = run(late, "2019-01-02")
    assert open_then.exit is Exit.PARTLY
    assert path.read_bytes() == before
    assert list(path.parent.glob("送签单（新版*"))

    mark.unlink()
    closed = run(late, "2019-01-02")

    assert closed.exit is Exit.DONE
    assert {row.document for row in read_signing(open_source(path)).rows} >= {"D6", "D7"}
    assert list(path.parent.glob("送签单（新版*")) == []


def test_a_list_without_its_heads_signs_nothing_and_loses_nothing(late):
    path = late.joinpath(*SIGNING)
    book = openpyxl.Workbook()
    book.active.append(["不知道", "是什么"])
    book.save(path)
    before = path.read_bytes()

    answer = run(late, "2019-01-02")

    assert [each["code"] for each in answer.data["findings"]] == ["list-spoiled"]
    assert path.read_bytes() == before
    assert {each.state for each in documents(late).values() if each.tier == "催办"} == {"drafted"}


# The same slips, whatever happens in between.


def test_a_run_that_was_killed_between_facts_and_files_is_completed(late):
    whole = snapshot(late)
    run(late, "2019-01-02")
    wanted = snapshot(late)
    for name in set(wanted) - set(whole):
        (late / name).unlink()
    for name, data in whole.items():
        (late / name).write_bytes(data)

    answer = run(late, "2019-01-02")

    assert answer.data["drafted"] == []
    assert snapshot(late) == wanted


def test_dry_run_says_the_same_and_writes_nothing(late):
    files = snapshot(late)
    said = chase(call(late, at("2019-01-02"), dry_run=True))

    assert snapshot(late) == files
    assert drafted(said) == drafted(run(late, "2019-01-02"))


def test_dry_run_groups_what_it_says_and_all_says_everything(tmp_path):
    root = make_year(tmp_path, points=12)
    run(root, "2018-09-03")

    short = chase(call(root, at("2018-11-01"), dry_run=True))
    full = chase(call(root, at("2018-11-01"), dry_run=True), full=True)

    assert len(short.lines) < 10
    assert "  不催 12 项：还没到提醒的时候" in short.lines
    assert "    还有 9 项。" in short.lines
    assert sum("P1-" in line for line in full.lines) == 12


def test_units_that_get_or_do_not_get_a_slip_for_one_reason_stand_in_one_line(tmp_path):
    root = make_year(tmp_path, points=4)
    hand_out(call(root, SEPTEMBER))
    run(root, "2018-09-04")
    sign(root, "2018-09-04")

    lines = chase(call(root, at("2018-09-21"), dry_run=True)).lines

    assert lines[0].startswith("2018-09-21　应拟 5 份（5 个单位），暂不催 4 项。")
    assert (
        "    “第三季度”填报表　期限2018-09-20已过1个工作日：市教育局、市司法局、市财政局、市民政局、市审计局"
        in lines
    )
    assert any(
        line.startswith("    P1-001 完成第1件公开工作　距期限2018-12-31（逢休息日，按2018-12-29计）")
        for line in lines
    )


def test_after_days_off_each_unit_has_one_digest(tmp_path):
    root = make_year(tmp_path, points=4)
    hand_out(call(root, SEPTEMBER))
    run(root, "2018-09-04")

    back = [each for each in drafted(run(root, "2018-09-19")) if each[0] == "提醒"]

    assert sorted(unit for _, unit, _ in back) == ["U001", "U002", "U003", "U004", "U005"]


def test_whatever_the_running_pattern_the_same_facts_give_the_same_slips(tmp_path):
    first, last = dt.date(2018, 12, 14), dt.date(2019, 2, 3)
    every = [first + dt.timedelta(days=n) for n in range((last - first).days)]
    patterns = {
        "daily": every,
        "every fourth day": every[::4],
        "with days off": [each for each in every if not dt.date(2019, 1, 5) <= each <= dt.date(2019, 1, 10)],
    }

    found = {name: year(quick(make_year(tmp_path / name, points=2)), days) for name, days in patterns.items()}

    assert all(each == found["daily"] for each in found.values())
    assert {tier for tier, _, _ in found["daily"]} == {"交办", "提醒", "催办", "督办", "通报", "约谈"}


# What people wrote.


def test_a_misspelt_name_in_the_office_s_template_stops_everything_first(late):
    own = late / "模板"
    own.mkdir()
    word = docx.Document()
    word.add_paragraph("{{ 单号 }} {{ 责任单为 }}")
    word.save(own / "督办通知单.docx")
    files, known = snapshot(late), documents(late)

    with pytest.raises(BadTemplate) as refused:
        run(late, "2019-01-02")

    assert "督办通知单.docx" in str(refused.value)
    assert "责任单为" in str(refused.value)
    assert (snapshot(late), documents(late)) == (files, known)


def test_a_misspelt_name_in_a_branch_that_is_not_taken_stops_it_too(late):
    own = late / "模板"
    own.mkdir()
    shipped = Path("templates/slips.txt").read_text(encoding="utf-8")
    (own / "slips.txt").write_text(
        shipped.replace("下列工作已超过", "{% if n > 900 %}{{ nn }}{% endif %}下列工作已超过"),
        encoding="utf-8",
    )

    with pytest.raises(BadTemplate):
        run(late, "2019-01-02")


def test_the_office_s_own_template_replaces_ours(late):
    own = late / "模板"
    own.mkdir()
    word = docx.Document()
    word.add_paragraph("我办自己的催办单 {{ 单号 }}：{{ 责任单位 }}应于{{ 时限要求 }}办结{{ 工作要求 }}")
    word.save(own / "工作催办单.docx")

    run(late, "2019-01-02")

    slip = documents(late)["D6"]
    assert "我办自己的催办单 2019-催办-001：市教育局应于2018年12月31日前办结完成第1件公开工作" in text_of(
        late.joinpath(*slip.path.split("/"))
    )


def test_a_call_is_listed_and_its_answer_taken_back_once(late):
    run(late, "2019-01-02")
    type_in(late / "督办" / "电话记录.xlsx", "D6", 接话人="李明", 答复="本周内报送", 通话时间="1月2日10时")

    run(late, "2019-01-03")
    again = run(late, "2019-01-03")

    with ledger_of(late) as ledger:
        answered = [each for each in ledger.entries(facts.Event) if each.fact.kind == "call"]
    assert [(each.fact.subject, "李明" in each.fact.data, bool(each.file)) for each in answered] == [
        ("D6", True, True)
    ]
    assert not any("电话记录" in line for line in again.lines)


def test_matters_of_a_call_are_numbered_where_there_are_several(late):
    run(late, "2019-01-02")

    page = openpyxl.load_workbook(late / "督办" / "电话记录.xlsx").active
    matters = [str(cell.value) for row in page.iter_rows() for cell in row if "公开工作" in str(cell.value)]

    assert matters
    assert all(text.startswith("1.") == ("；2." in text) for text in matters)


def test_whom_to_call_today_stands_in_the_list_of_the_day_until_somebody_answered(late):
    def to_call():
        book = openpyxl.load_workbook(late / "督办" / "今日待办.xlsx")
        if "今日电话" not in book.sheetnames:
            return []
        return [row[5] for row in book["今日电话"].iter_rows(min_row=4, values_only=True) if row[5]]

    run(late, "2019-01-02")
    before = to_call()
    type_in(late / "督办" / "电话记录.xlsx", "D6", 接话人="李明", 答复="本周内报送")
    run(late, "2019-01-02")

    assert "D6" in before
    assert to_call() == [document for document in before if document != "D6"]


def test_a_text_for_the_group_names_tasks_where_the_office_says_so_and_keeps_what_is_withheld_out(root):
    values = {**NAME, "group_tasks": "是"}
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=values)))
    run(root, "2018-09-03")
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=at("2018-09-04")) as act:
        act.add(facts.Cell("P1-001", "", "withheld", "", "是", "office", 0))

    run(root, "2018-12-20")

    text = (root / "督办" / "2018-12-20 群发文字（市直部门）.txt").read_text(encoding="utf-8-sig")
    assert "1. 完成第2件公开工作（2018年12月31日前）：市司法局" in text
    assert "第1件" not in text


def test_a_text_for_the_group_says_who_and_how_many_and_no_task_by_default(root):
    run(root, "2018-12-20")

    text = (root / "督办" / "2018-12-20 群发文字（市直部门）.txt").read_text(encoding="utf-8-sig")
    assert "市司法局：1项" in text
    assert "公开工作" not in text and "12月31日" not in text


def test_a_draft_whose_matter_was_settled_since_is_pointed_out(late):
    run(late, "2019-01-02")
    with ledger_of(late) as ledger, ledger.act("sync", person="王敏", at=at("2019-01-03")) as act:
        act.add(facts.Cell("P1-001", "", "decision", "", "已完成", "office", 0))

    answer = run(late, "2019-01-03")

    assert [each["code"] for each in answer.data["findings"]] == ["stale-draft"]
    assert "D6" in answer.data["findings"][0]["message"]
    # Before anybody chases again: whoever signs next sees it among what waits, and at the slip itself.
    waits = status(call(late, at("2019-01-03")), is_for_machines=True).data
    assert [todo["count"] for todo in waits["todo"] if todo["code"] == "stale-slips"] == [1]
    assert {slip["id"] for slip in waits["slips"] if slip["is_stale"]} == {"D6"}


def test_a_task_that_a_new_edition_adds_is_handed_over_alone(root):
    run(root, "2018-09-03")
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=at("2018-09-10")) as act:
        add_point(act, "P1", 2, ("U001",))

    assert drafted(run(root, "2018-09-11")) == [("交办", "U001", ("P1-003",))]


def test_a_deadline_in_a_year_without_days_off_is_loud_and_says_what_to_fill_in(root):
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=SEPTEMBER) as act:
        for n, (wp, due) in enumerate((("P1-001", "2041-06-28"), ("P1-002", "2043-06-28")), start=1):
            act.add(facts.Event(wp, "extension", n, dt.date(2018, 9, 3), f'{{"due": "{due}"}}'))

    def told(day):
        run(root, day)
        return [
            todo["what"] for todo in status(call(root, at(day))).data["todo"] if "放假安排" in todo["what"]
        ]

    [line] = told("2041-06-17")
    for expected in ("2041年", "1项", "2041-01-01", "“放假”", "“上班”"):
        assert expected in line

    days = {dt.date(2041, 1, 1) + dt.timedelta(days=n): False for n in range(12)}
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=NAME, days=days)))

    assert told("2041-06-17") == []


def test_the_days_off_of_the_next_year_are_asked_for_in_december_and_not_before(root):
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.Event("P1-001", "extension", 1, dt.date(2018, 9, 3), '{"due": "2042-01-15"}'))
    days = {dt.date(2041, 1, 1): False}
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=NAME, days=days)))

    codes = {
        day: [todo["code"] for todo in status(call(root, at(day))).data["todo"]]
        for day in ("2041-11-30", "2041-12-01")
    }

    assert "calendar-guessed" not in codes["2041-11-30"]
    assert "calendar-guessed" in codes["2041-12-01"]


def test_without_the_office_s_name_no_slip_is_drafted_and_with_it_all_are(root):
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values={"supervision_name": "市督查室"})))

    first = run(root, "2019-01-08")
    again = run(root, "2019-01-09")

    assert (drafted(first), drafted(again)) == ([], [])
    assert "no-issuer" in {each["code"] for each in first.data["findings"]}
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=NAME)))
    assert drafted(run(root, "2019-01-10"))


def test_a_rung_that_is_off_drafts_nothing(root):
    settings = Settings(
        values=NAME,
        tier_rules=TIER_RULES.but(TierRule(Tier.ASSIGN, 0, on=False), TierRule(Tier.REMIND, 10, on=False)),
    )
    (root / "设置.xlsx").write_bytes(lay_out_settings(settings))

    assert run(root, "2018-12-20").data["drafted"] == []


def test_an_archive_that_a_kill_left_out_is_packed_by_the_next_run(root):
    chase(call(root))
    archive = root / "督办" / "2018-09-03 全部督办单.zip"
    whole = archive.read_bytes()
    archive.unlink()

    chase(call(root))

    assert archive.read_bytes() == whole


def test_an_archive_with_drafts_that_were_signed_since_is_packed_again_by_the_next_run(late):
    run(late, "2019-01-02")
    [archive] = (late / "督办").glob("2019-01-02 全部*.zip")
    drafts = archive.read_bytes()
    type_in(late.joinpath(*SIGNING), "D6", 状态="已签发", 签发或发出日期="2019-01-03")
    run(late, "2019-01-04")
    signed = archive.read_bytes()
    # Killed after the slips and before their archive.
    archive.write_bytes(drafts)

    run(late, "2019-01-04")

    assert archive.read_bytes() == signed != drafts


def test_what_is_due_is_a_calendar_to_take_in_without_what_is_done_or_over(tmp_path):
    make_year(tmp_path, points=2)
    hand_out(call(tmp_path, at("2018-09-03")))
    with ledger_of(tmp_path) as ledger, ledger.act("x", person="王敏", at=at("2018-09-04")) as act:
        act.add(facts.Cell("P1-002", "", "decision", "", "已完成", "office", 0))

    def days_and_titles(day):
        run(tmp_path, day)
        data = (tmp_path / "督办" / "到期日历.ics").read_bytes()
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        lines = data.decode().replace("\r\n ", "").split("\r\n")
        return [
            line.partition(":")[2]
            for line in lines
            if line.startswith(("DTSTART", "SUMMARY", "DESCRIPTION:P"))
        ]

    points = ["20181231", "1项任务到期", "P1-001 市教育局、市司法局：完成第1件公开工作"]
    assert days_and_titles("2018-09-05") == ["20180920", "报送截止：第三季度（P1）", *points]
    assert days_and_titles("2018-10-10") == points
    assert days_and_titles("2019-01-02") == []
