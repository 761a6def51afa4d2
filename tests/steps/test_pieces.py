"""Plans that change in pieces: supplementary notices, items split, put together or taken back while forms are out."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.recording import HEAD, ROWS, call, enter, new_office, office, points, sheet_file
from tests.support.year import fill
from tracker.problems.plans import NoSuchPoint, SplitOrMerged, UndecidedPlan
from tracker.rules.plans.identity import heirs
from tracker.rules.progress.rows import ledger_rows
from tracker.settings import Day
from tracker.steps.hand_out import hand_out
from tracker.steps.history import history
from tracker.steps.record import Instructions, record
from tracker.steps.take_back import take_back
from tracker.workdays import Calendar

NOTICE = HEAD.replace("营商环境工作要点分工方案", "营商环境工作要点分工方案补充通知")
TWO_PARTS = "| 一、审批 | 1.精简审批环节并公布办事指南 | 市数据局牵头 | 6月底前 |"


def live(root, plan="P1"):
    return {wp: point for wp, point in points(root, plan).items() if not point.is_retired}


def report(root, days, texts, unit):
    """Hand out, fill in, and take back later: the form is returned by the caller."""
    hand_out(call(root, days=days), round_name="第二季度", due=dt.date(2026, 6, 30))
    form = next(each for each in (root / "填报表").rglob(f"{unit}.xlsx"))
    return fill(form, texts, root / "各单位报送" / f"{unit}.xlsx")


@pytest.fixture
def root(tmp_path):
    return new_office(tmp_path)


def test_a_supplementary_notice_of_three_items_touches_these_three_only(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    before = live(root)
    changed = (
        ROWS[0].replace("6月底前", "8月底前"),
        ROWS[4].replace("市司法局负责", "市司法局牵头，市市场监管局配合"),
        "| 四、人才 | 6.发放人才公寓补贴 | 市住房城乡建设局负责 | 年底前 |",
    )

    answer = enter(root, sheet_file(tmp_path / "b.xlsx", changed, NOTICE), days=9)

    now = live(root)
    assert answer.data["how"] == "amendment"
    assert {wp for wp in before if now[wp] == before[wp]} == {"P1-002", "P1-003", "P1-004"}
    assert [(each["kind"], each["wp"], each["label"]) for each in answer.data["changes"]] == [
        ("changed", "P1-001", "完成时限"),
        ("changed", "P1-005", "牵头单位"),
        ("changed", "P1-005", "责任单位"),
        ("changed", "P1-005", "配合单位"),
        ("changed", "P1-005", "分工方式"),
        ("added", "", "事项"),
    ]
    assert list(now)[-1] == "P1-006"


def test_the_difference_is_shown_before_anything_is_recorded(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    notice = sheet_file(tmp_path / "b.xlsx", (ROWS[0].replace("6月底前", "8月底前"),), NOTICE)
    act = office(root).act

    said = record(call(root, days=9, dry_run=True), notice, Instructions())
    done = record(call(root, days=9), notice, Instructions())

    line = "  改动　P1-001　完成时限：6月底前（2026-06-30） → 8月底前（2026-08-31）"
    assert line in said.lines and line in done.lines
    assert office(root).act == act + 1


def test_a_notice_takes_back_what_a_person_names(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    notice = sheet_file(tmp_path / "b.xlsx", (ROWS[0].replace("6月底前", "8月底前"),), NOTICE)

    answer = enter(root, notice, days=9, retires=("P1-004",))

    assert answer.data["retired"] == ["P1-004"]
    assert "P1-004" not in live(root) and len(live(root)) == 4


def test_what_looks_split_is_asked_and_nothing_is_recorded(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", (TWO_PARTS, *ROWS[1:])))
    parts = (
        "| 一、审批 | 1.精简审批环节 | 市数据局牵头 | 6月底前 |",
        "| ^ | 2.公布办事指南 | 市司法局负责 | 9月底前 |",
    )
    revised = sheet_file(tmp_path / "b.xlsx", (*parts, *ROWS[2:], ROWS[1].replace("| ^ |", "| 一、审批 |")))

    with pytest.raises(SplitOrMerged, match=r"P1-001 像是拆成了 分工表!B3、分工表!B4"):
        enter(root, revised, days=9)
    assert set(live(root)) == {f"P1-00{n}" for n in range(1, 6)}

    answer = enter(root, revised, days=9, matches={"分工表!B3": "P1-001", "分工表!B4": "P1-001"})

    assert [each[:2] for each in answer.data["carried"]] == [["P1-001", "分工表!B3"], ["P1-001", "分工表!B4"]]
    assert heirs(office(root), "P1-001") == ("P1-006", "P1-007")
    assert set(live(root)) == {f"P1-00{n}" for n in range(2, 8)}
    assert (
        "  拆分　分工表!B3　原 P1-001：精简审批环节并公布办事指南 → 精简审批环节；牵头：市数据局；6月底前（2026-06-30）"
        in answer.lines
    )


def test_items_put_together_while_forms_are_out_are_taken_back_and_shown_where_they_went(root, tmp_path):
    rows = (
        "| 一、审批 | 1.精简审批环节 | 市数据局负责 | 6月底前 |",
        "| ^ | 2.公布办事指南 | 市数据局负责 | 9月底前 |",
        *ROWS[2:],
    )
    enter(root, sheet_file(tmp_path / "a.xlsx", rows))
    report(
        root, 90, {"P1-001": {"进展情况": "环节减到三个"}, "P1-002": {"进展情况": "指南已印好"}}, "市数据局"
    )
    merged = (TWO_PARTS, *ROWS[2:])
    enter(root, sheet_file(tmp_path / "b.xlsx", merged), days=92, matches={"分工表!B3": ("P1-001", "P1-002")})

    answer = take_back(call(root, days=95))

    assert answer.data["taken"][0]["balance"]["applied"] == 2
    assert [each["code"] for each in answer.data["taken"][0]["findings"]] == ["item-moved"] * 2
    now = office(root)
    rows = ledger_rows(now, Day(dt.date(2026, 6, 8), Calendar()))
    assert (
        rows.points["P1-006"]["latest"]
        == "（原P1-001）市数据局：环节减到三个\n（原P1-002）市数据局：指南已印好"
    )
    assert "P1-001" not in rows.points


def test_the_next_form_begins_with_what_was_reported_on_the_old_items(root, tmp_path):
    test_items_put_together_while_forms_are_out_are_taken_back_and_shown_where_they_went(root, tmp_path)

    hand_out(call(root, days=184), round_name="第三季度", due=dt.date(2026, 9, 30))

    form = next(each for each in (root / "填报表").rglob("市数据局.xlsx") if "第三季度" in str(each))
    texts = [cell.value for row in openpyxl.load_workbook(form)["填报表"].iter_rows() for cell in row]
    assert "（原P1-001）环节减到三个\n（原P1-002）指南已印好" in texts


def test_a_form_of_an_item_that_was_taken_back_is_still_taken(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    report(root, 90, {"P1-005": {"进展情况": "已清理三件"}}, "市司法局")
    enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:4]), days=92)

    answer = take_back(call(root, days=95))

    assert answer.data["taken"][0]["balance"]["applied"] == 1
    assert [each["code"] for each in answer.data["taken"][0]["findings"]] == ["item-dropped"]
    unit = points(root)["P1-005"].units()[0]
    assert [
        cell.value for key, cell in office(root).cells.items() if key[:3] == ("P1-005", unit, "progress")
    ] == ["已清理三件"]


def test_the_history_of_an_item_tells_what_became_of_it(root, tmp_path):
    test_items_put_together_while_forms_are_out_are_taken_back_and_shown_where_they_went(root, tmp_path)

    old, new = history(call(root, days=99), "P1-001"), history(call(root, days=99), "P1-006")

    assert any("合并：P1-001 的后续为 P1-006" in line for line in old.lines)
    assert any("（取消）精简审批环节" in line for line in old.lines)
    assert any("合并：P1-002 的后续为 P1-006" in line for line in new.lines)


@pytest.mark.parametrize(
    "said",
    [{"matches": {"分工表!B3": "P9-001"}}, {"matches": {"分工表!Z9": "P1-001"}}, {"retires": ("P1-099",)}],
)
def test_a_place_or_number_that_does_not_exist_is_refused(root, tmp_path, said):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    with pytest.raises(NoSuchPoint):
        enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:4]), days=9, **said)


def test_a_point_that_a_person_calls_new_pairs_with_nothing(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    changed = (*ROWS[:4], ROWS[4].replace("10月底前", "11月底前"))

    answer = enter(root, sheet_file(tmp_path / "b.xlsx", changed), days=9, matches={"分工表!B7": ""})

    assert (answer.data["added"], answer.data["retired"]) == (1, ["P1-005"])


def test_entering_an_earlier_edition_again_does_not_go_back_to_it(root, tmp_path):
    first = sheet_file(tmp_path / "a.xlsx", ROWS)
    enter(root, first)
    enter(root, sheet_file(tmp_path / "b.xlsx", (ROWS[0].replace("6月底前", "8月底前"),), NOTICE), days=9)

    answer = enter(root, first, days=12)

    assert answer.data["how"] == "same"
    assert points(root)["P1-001"].deadline.due == dt.date(2026, 8, 31)


@pytest.mark.parametrize(
    "title",
    [
        "云溪市2026年营商环境工作要点分工方案补充通知",
        "关于调整云溪市2026年营商环境工作要点分工方案部分事项的通知",
        "云溪市2026年营商环境工作要点分工方案调整事项",
        "关于取消和变更2026年营商环境工作要点有关任务的函",
    ],
)
def test_a_notice_is_known_by_its_title_whatever_it_is_called(root, tmp_path, title):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    head = HEAD.replace("云溪市2026年营商环境工作要点分工方案", title)

    answer = enter(root, sheet_file(tmp_path / "b.xlsx", (ROWS[0].replace("1天", "半天"),), head), days=9)

    assert (answer.data["how"], answer.data["plan"], answer.data["changed"]) == ("amendment", "P1", 1)


def test_a_notice_of_change_to_nobody_knows_which_plan_is_asked(root, tmp_path):
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    head = HEAD.replace("云溪市2026年营商环境工作要点分工方案", "关于调整2026年河湖长制任务的通知")
    notice = sheet_file(tmp_path / "b.xlsx", ("| 一、巡河 | 1.开展巡河 | 市水利局负责 | 6月底前 |",), head)

    with pytest.raises(UndecidedPlan):
        enter(root, notice, days=9)
