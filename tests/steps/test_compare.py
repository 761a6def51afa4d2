"""Comparing plans: proposals are no facts, decisions are; nothing typed is lost, nothing confirmed is overturned."""

from __future__ import annotations

import random

import docx
import openpyxl
import pytest

from tests.support.two_years import (
    ABOVE,
    LEVEL_BOOK,
    NOW,
    TITLE,
    YEAR_BOOK,
    Table,
    accept_all,
    acts,
    call,
    links,
    office,
    plan_file,
    served,
    two_years,
)
from tracker.problems.base import Exit
from tracker.problems.plans import AlreadyOurs, CannotCompare, ForeignComparison, NothingToCompare
from tracker.rules.plans import EditionKind
from tracker.settings import Settings
from tracker.steps.chase import chase
from tracker.steps.compare import compare, comparisons_of, decisions_in, open_book, write_comparison
from tracker.steps.desk import open_desk
from tracker.steps.hand_out import hand_out
from tracker.steps.history import history
from tracker.steps.init import init
from tracker.steps.record import Instructions, record
from tracker.steps.report import report
from tracker.steps.settle import settle
from tracker.steps.status import status
from tracker.steps.sync import sync

RIGHT = {
    ("P1-002", "P2-001", "continued"),
    ("P1-001", "P2-002", "continued"),
    ("P1-003", "P2-003", "merged"),
    ("P1-004", "P2-003", "merged"),
    ("P1-007", "P2-004", "divided"),
    ("P1-007", "P2-005", "divided"),
    ("P1-005", "P2-006", "continued"),
    ("", "P2-007", "new"),
    ("P1-006", "", "dropped"),
    ("P1-008", "", "dropped"),
}


@pytest.fixture
def root(tmp_path):
    return two_years(tmp_path)


def files(root):
    return {path.name: path.read_bytes() for path in (root / "报告").iterdir()}


def test_a_comparison_proposes_and_records_nothing(root):
    answer = compare(call(root))

    assert (links(root), served(root)) == (set(), set())
    assert answer.exit is Exit.DONE
    assert {YEAR_BOOK, LEVEL_BOOK} == set(files(root))
    table = Table(root)
    assert [table.text(f"P2-00{n}", "建议") for n in range(1, 8)] == [
        "延续",
        "延续",
        "合并",
        "拆分",
        "拆分",
        "延续",
        "新增",
    ]
    assert table.text("P2-003", "对应编号") == "P1-003、P1-004"


def test_one_word_in_the_first_row_confirms_every_proposal(root):
    compare(call(root))

    accept_all(root)

    assert links(root) == RIGHT


def test_done_twice_it_changes_nothing(root):
    compare(call(root))
    accept_all(root)
    accept_all(root, LEVEL_BOOK)
    compare(call(root))
    before, count = files(root), acts(root)

    answer = compare(call(root))

    assert (files(root), acts(root)) == (before, count)
    assert [each["taken"] for each in answer.data["comparisons"]] == [0, 0]


def test_a_dry_run_says_what_it_would_take_and_touches_nothing(root):
    compare(call(root))
    Table(root).set("P2-001", 判断="按建议").save()
    before, count = files(root), acts(root)

    answer = compare(call(root, dry_run=True))

    assert answer.data["comparisons"][0]["taken"] == 1
    assert (files(root), acts(root)) == (before, count)


def test_a_row_is_decided_by_its_number_wherever_it_was_sorted_to(root):
    compare(call(root))
    path = root / "报告" / YEAR_BOOK
    book = openpyxl.load_workbook(path)
    page = book["对照"]
    head = Table(root).head
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=head + 1)]
    random.Random(1).shuffle(rows)
    for number, row in enumerate(rows, head + 1):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value
    book.save(path)

    accept_all(root)

    assert links(root) == RIGHT


def test_what_was_decided_is_shown_and_no_later_run_proposes_against_it(root):
    compare(call(root))
    Table(root).set("P2-006", 判断="新增", 对应编号=None, 说明="重新部署").save()
    compare(call(root))

    accept_all(root)

    assert ("", "P2-006", "new") in links(root)
    assert ("P1-005", "", "dropped") in links(root)
    assert (Table(root).text("P2-006", "判断"), Table(root).text("P2-006", "说明")) == ("新增", "重新部署")


def test_another_word_replaces_a_decision_and_an_empty_one_takes_it_back(root):
    compare(call(root))
    accept_all(root)

    Table(root).set("P2-007", 判断="延续", 对应编号="p1-6").set("P2-001", 判断=None).save()
    compare(call(root))

    assert ("P1-006", "P2-007", "continued") in links(root)
    assert not {each for each in links(root) if "P1-006" in each and each[2] == "dropped"}
    assert not {each for each in links(root) if "P2-001" in each}
    told = "\n".join(history(call(root), "P2-007").lines)
    assert "新增" in told
    assert "撤回" in told


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"P2-001": ("延续", "P1-099")}, "no-such-item"),
        ({"P2-001": ("延续", "第2项")}, "no-ids"),
        ({"P2-001": ("延续", "P1-002、P1-003")}, "wrong-count"),
        ({"P2-001": ("延续", None)}, "wrong-count"),
        ({"P2-001": ("合并", "P1-002")}, "wrong-count"),
        ({"P2-001": ("不再列入", None)}, "wrong-count"),
        ({"P1-006": ("新增", None)}, "wrong-count"),
        ({"P2-001": ("差不多", "P1-002")}, "no-such-word"),
        ({"P2-001": ("按建议", "P1-003")}, "proposed-others"),
        ({"P2-001": ("延续", "P1-002"), "P2-006": ("延续", "P1-002")}, "claimed-twice"),
        ({"P1-006": ("延续", "P2-007"), "P2-007": ("新增", None)}, "contradicts"),
        ({"P1-006": ("延续", "P2-001"), "P2-001": ("延续", "P1-002")}, "contradicts"),
    ],
)
def test_what_cannot_be_taken_stays_in_its_row_with_the_reason_and_nothing_is_recorded(root, rows, code):
    compare(call(root))
    table = Table(root)
    for key, (word, others) in rows.items():
        table.set(key, 判断=word, 对应编号=others)
    table.save()

    answer = compare(call(root))

    assert {each["code"] for each in answer.data["comparisons"][0]["findings"]} == {code}
    assert answer.exit is Exit.PARTLY
    assert links(root) == set()
    after = Table(root)
    for key, (word, others) in rows.items():
        assert (after.text(key, "判断"), after.text(key, "对应编号")) == (word, others or "")
        assert after.text(key, "提示")
    before = files(root)
    assert compare(call(root)).data["comparisons"][0]["findings"]
    assert files(root) == before


def test_what_is_half_filled_in_stays(root):
    compare(call(root))
    Table(root).set("P2-001", 说明="问过住建局").set("P2-002", 对应编号="P1-003").save()

    compare(call(root))

    assert links(root) == set()
    assert Table(root).text("P2-001", "说明") == "问过住建局"
    assert Table(root).text("P2-002", "对应编号") == "P1-003"


def test_a_copied_row_with_another_word_says_nothing(root):
    compare(call(root))
    path = root / "报告" / YEAR_BOOK
    book = openpyxl.load_workbook(path)
    page, table = book["对照"], Table(root)
    page.append([cell.value for cell in page[table.row("P2-001")]])
    page.cell(page.max_row, table.columns["判断"]).value = "新增"
    page.cell(table.row("P2-001"), table.columns["判断"]).value = "延续"
    book.save(path)

    answer = compare(call(root))

    assert [each["code"] for each in answer.data["comparisons"][0]["findings"]] == ["row-twice"]
    assert links(root) == set()


def test_a_stale_copy_does_not_overturn_what_was_decided_since(root):
    compare(call(root))
    old = (root / "报告" / YEAR_BOOK).read_bytes()
    accept_all(root)
    (root / "报告" / YEAR_BOOK).write_bytes(old)
    Table(root).set("P2-001", 判断="新增", 对应编号=None).save()

    answer = compare(call(root))

    assert [each["code"] for each in answer.data["comparisons"][0]["findings"]] == ["decided-meanwhile"]
    assert links(root) == RIGHT
    assert Table(root).text("P2-001", "判断") == "延续"
    assert "新增" in Table(root).text("P2-001", "提示")


def test_a_workbook_of_other_plans_is_refused_and_left_alone(root):
    compare(call(root))
    (root / "报告" / YEAR_BOOK).write_bytes((root / "报告" / LEVEL_BOOK).read_bytes())
    before = files(root)

    with pytest.raises(ForeignComparison):
        compare(call(root))

    assert files(root) == before


def test_an_open_workbook_is_left_alone_and_the_new_one_lies_beside_it(root, owner_file):
    compare(call(root))
    Table(root).set("P2-001", 判断="按建议").save()
    owner_file(root / "报告" / f"~${YEAR_BOOK}")

    answer = compare(call(root))

    assert answer.exit is Exit.PARTLY
    assert ("P1-002", "P2-001", "continued") in links(root)
    assert any("待替换" in name for name in files(root))


def test_a_workbook_that_was_saved_while_the_verb_ran_is_not_overwritten(root):
    compare(call(root))
    with open_desk(call(root)) as desk:
        (years,) = comparisons_of(desk, desk.office(), "P2")
        workbook = open_book(desk, years)
        decisions = decisions_in(years, workbook)
        Table(root).set("P2-001", 判断="按建议").save()
        saved = (root / "报告" / YEAR_BOOK).read_bytes()

        _, _, all_written = write_comparison(desk, desk.office(), years, workbook, decisions)

    assert not all_written
    assert (root / "报告" / YEAR_BOOK).read_bytes() == saved


def test_an_unfinished_item_is_dropped_one_by_one_and_said_aloud(root):
    hand_out(call(root, "2025-11-20"))
    sync(call(root, "2025-11-21"))
    with_status(root, "P1-001", "已完成")
    compare(call(root))

    accept_all(root)

    assert not {each for each in links(root) if each[2] == "dropped"}
    answer = compare(call(root))
    assert any("没有延续的2项" in line and "P1-008" in line for line in answer.lines)
    assert answer.data["comparisons"][0]["left"] == ["P1-006", "P1-008"]
    assert waits(root) == {"years": 2, "levels": 5}
    Table(root).set("P1-006", 判断="不再列入").save()
    compare(call(root))
    assert ("P1-006", "", "dropped") in links(root)
    assert waits(root) == {"years": 1, "years-left": 1, "levels": 5}
    Table(root).set("P1-006", 说明="职责划出").save()
    compare(call(root))
    assert waits(root) == {"years": 1, "levels": 5}
    sheet = openpyxl.load_workbook(root / "报告" / YEAR_BOOK)["未完且未延续"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert {"P1-006", "P1-008", "职责划出", "待确认"} <= set(texts)


def waits(root):
    codes = ("years", "years-left", "levels", "gaps")
    return {each["code"]: each["count"] for each in status(call(root)).data["todo"] if each["code"] in codes}


def with_status(root, wp, word):
    path = root / "台账" / "工作台账.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["任务事项"]
    head = next(row for row in page.iter_rows() if "认定状态" in [cell.value for cell in row])
    column = next(cell.column for cell in head if cell.value == "认定状态")
    row = next(row[0].row for row in page.iter_rows() if row[0].value == wp)
    page.cell(row, column).value = word
    book.save(path)
    sync(call(root, "2025-12-20"))


def test_history_of_an_item_tells_last_years_too(root):
    compare(call(root))
    accept_all(root)

    lines = history(call(root), "P2-003").lines

    assert any("P1-003" in line and "上年" in line for line in lines)
    assert any("列入方案 P1" in line for line in lines)


def test_a_later_item_may_still_take_a_part_of_what_was_divided(root):
    compare(call(root))
    Table(root).set("P2-004", 判断="拆分").save()
    compare(call(root))
    Table(root).set("P2-005", 判断="按建议").save()

    answer = compare(call(root))

    assert answer.data["comparisons"][0]["findings"] == []
    assert ("P1-007", "P2-005", "divided") in links(root)


def test_a_superiors_plan_is_in_no_place_but_the_comparison(root):
    now = office(root)

    assert list(now.plans) == ["P1", "P2"]
    assert list(now.superiors) == ["P3"]
    assert not [body for body in now.units.values() if body.names[0].name.startswith("省")]
    assert "P3" not in status(call(root)).data["plans"]
    chase(call(root, "2026-10-20"))
    chased = {wp for each in office(root).documents.values() for wp in each.subjects}
    assert chased
    assert not [wp for wp in chased if wp.startswith("P3")]


def test_what_goes_on_this_year_or_was_dropped_is_not_chased_under_its_old_number(root):
    compare(call(root))
    accept_all(root)
    Table(root).set("P1-006", 判断=None).save()
    compare(call(root))

    chase(call(root, "2026-10-20"))

    chased = {wp for each in office(root).documents.values() for wp in each.subjects}
    assert {wp for wp in chased if wp.startswith("P1")} == {"P1-006"}
    assert {wp for wp in chased if wp.startswith("P2")}


def test_the_same_file_said_to_be_ours_stays_the_superiors(root, tmp_path):
    answer = record(call(root), tmp_path / "上级.xlsx", Instructions())

    assert (answer.data["how"], answer.data["plan"], answer.data["superior"]) == ("same", "P3", True)
    assert list(office(root).superiors) == ["P3"]


def test_a_superiors_plan_is_revised_like_any_other_and_what_was_confirmed_stands(root, tmp_path):
    compare(call(root))
    accept_all(root, LEVEL_BOOK)
    title = TITLE.format(year=2026).replace("云溪市", "江东省")
    rows = (ABOVE[0].replace("压减开办时间", "压减开办时间和成本"), *ABOVE[1:])

    answer = record(
        call(root),
        plan_file(tmp_path / "修订.xlsx", title, rows),
        Instructions(how=EditionKind.REVISION, plan="P3", superior=True),
    )

    assert (answer.data["how"], answer.data["plan"], answer.data["changed"]) == ("revision", "P3", 1)
    assert list(office(root).superiors) == ["P3"]
    assert compare(call(root)).data["comparisons"][1]["waiting"] == ["P3-005"]


def test_what_we_report_to_issued_looks_like_the_superiors_and_is_pointed_out(tmp_path):
    root = tmp_path / "办公"
    init(
        call(root),
        root,
        settings=Settings(values={"office_name": "市政府办公室", "superior": "江东省人民政府办公厅"}),
    )
    plan = tmp_path / "要点.txt"
    plan.write_text(
        "江东省2026年营商环境工作要点\n\n一、推进审批\n\n"
        "（一）推行企业开办一网通办。（省市场监管局牵头，6月底前完成）\n\n"
        "（二）施工许可分阶段办理。（省住房城乡建设厅负责，9月底前完成）\n\n江东省人民政府办公厅\n2026年1月5日\n",
        encoding="utf-8",
    )

    assert "looks-superior" in record(call(root), plan, Instructions()).data["findings"]
    settle(call(root), answers={"C1": ("另行填写", "上级")})
    assert (list(office(root).superiors), list(office(root).plans), office(root).conflicts) == (
        ["P1"],
        [],
        {},
    )


def test_a_plan_entered_as_ours_by_mistake_becomes_the_superiors_while_nothing_was_done_for_it(tmp_path):
    root = two_years(tmp_path, above=False)

    record(call(root), tmp_path / "今年.xlsx", Instructions(superior=True))

    assert (list(office(root).plans), list(office(root).superiors)) == (["P1"], ["P2"])


def test_a_plan_of_ours_that_units_were_told_of_stays_ours(tmp_path):
    root = two_years(tmp_path, above=False)
    chase(call(root, "2026-10-20"))

    with pytest.raises(AlreadyOurs):
        record(call(root), tmp_path / "今年.xlsx", Instructions(superior=True))

    assert list(office(root).plans) == ["P1", "P2"]


def test_one_item_of_ours_may_serve_several_of_theirs_and_the_other_way_round(root):
    compare(call(root))
    Table(root, LEVEL_BOOK).set("P3-001", 判断="承接", 本级编号="P2-002、P2-006").set(
        "P3-004", 判断="承接", 本级编号="P2-006"
    ).set("P3-005", 判断="未承接", 说明="本市没有口岸").save()

    answer = compare(call(root))

    assert served(root) == {
        ("P3-001", "P2-002", "serves"),
        ("P3-001", "P2-006", "serves"),
        ("P3-004", "P2-006", "serves"),
        ("P3-005", "", "gap"),
    }
    said = answer.data["comparisons"][1]
    assert (said["coverage"], said["gaps"], said["waiting"]) == ("40.0", ["P3-005"], ["P3-002", "P3-003"])
    assert any("未承接1项" in line for line in answer.lines)


def test_a_gap_is_never_confirmed_together_with_all_others(root):
    compare(call(root))

    accept_all(root, LEVEL_BOOK)

    assert "P3-005" not in {theirs for theirs, _, _ in served(root)}
    assert len(served(root)) == 4


def test_what_is_no_duty_of_ours_counts_in_no_rate(root):
    compare(call(root))
    accept_all(root, LEVEL_BOOK)
    Table(root, LEVEL_BOOK).set("P3-005", 判断="不属本级", 说明="没有口岸").save()

    said = compare(call(root)).data["comparisons"][1]

    assert (said["coverage"], said["figures"]["due"], said["figures"]["elsewhere"]) == ("100.0", 4, 1)


def test_an_item_of_ours_that_left_the_plan_opens_the_superiors_item_again(root, tmp_path):
    compare(call(root))
    accept_all(root, LEVEL_BOOK)
    rows = [row for row in NOW if "一网通办" not in row]

    record(
        call(root),
        plan_file(tmp_path / "修订.xlsx", TITLE.format(year=2026), tuple(rows)),
        Instructions(force=True),
    )

    assert compare(call(root)).data["comparisons"][1]["waiting"] == ["P3-001", "P3-005"]


def test_a_person_may_name_the_plans_and_that_is_remembered(root):
    compare(call(root), plan="P3", beside=("P1",))

    assert compare(call(root), plan="P3").data["comparisons"][0]["with"] == ["P1"]

    compare(call(root), plan="P3", beside=("P2",))
    assert compare(call(root), plan="P3").data["comparisons"][0]["with"] == ["P2"]


@pytest.mark.parametrize(
    ("plan", "beside"), [("P9", ()), ("", ("P1",)), ("P2", ("P3",)), ("P2", ("P2",)), ("P1", ("P2",))]
)
def test_plans_that_do_not_go_together_are_refused(root, plan, beside):
    with pytest.raises(CannotCompare):
        compare(call(root), plan=plan, beside=beside)


def test_an_office_with_one_plan_has_nothing_to_compare(tmp_path):
    root = tmp_path / "办公"
    init(call(root), root)
    record(call(root), plan_file(tmp_path / "今年.xlsx", TITLE.format(year=2026), NOW), Instructions())

    with pytest.raises(NothingToCompare):
        compare(call(root))


def test_the_report_speaks_of_last_year_only_once_anything_is_confirmed(root):
    sync(call(root, "2025-11-21"))
    with_status(root, "P1-001", "已完成")
    compare(call(root))
    report(call(root, "2026-12-20"), plan="P2")
    assert not [text for text in texts_of(root) if "与上年相比" in text]
    accept_all(root)
    Table(root).set("P1-006", 判断="不再列入").save()
    compare(call(root))

    report(call(root, "2026-12-21"), plan="P2")

    said = "".join(texts_of(root))
    assert (
        "上年方案8项中，6项延续到今年，1项不再列入，1项去向待确认；今年方案中延续事项6项，新增1项。" in said
    )
    assert "上年计入统计的8项已完成1项，完成率12.5%" in said
    assert "上年1项任务没有完成，今年也没有事项延续：编制公布行政处罚裁量基准。" in said
    book = openpyxl.load_workbook(root / "报告" / "2026年营商环境落实情况报告.xlsx")
    numbers = {row[0]: row[1] for row in book["数字与口径"].iter_rows(values_only=True)}
    assert [numbers[each] for each in ("上年事项", "上年事项延续到今年", "上年未完且不再列入")] == [8, 6, 1]
    rows = {row[0]: row for row in book["与上年对照"].iter_rows(values_only=True)}
    assert rows["P1-007"][3:5] == ("拆分", "P2-004、P2-005")


def texts_of(root):
    return [each.text for each in docx.Document(root / "报告" / "2026年营商环境落实情况报告.docx").paragraphs]
