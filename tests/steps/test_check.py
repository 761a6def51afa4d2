"""A spot check from its draw to the slip of a unit, with nothing drawn unseen."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from tests.support.logbook_sheets import shown, write
from tests.support.year import SEPTEMBER, call, ledger_of, make_year
from tracker import facts
from tracker.problems.check import AgainWithoutReason, NothingToDraw
from tracker.steps.check import check, draws_of
from tracker.workdays import Calendar


def run(root: Path, what: str = "", day: str = "2018-09-03", *, dry_run: bool = False):
    return check(call(root, dt.datetime.fromisoformat(f"{day}T10:00:00+08:00"), dry_run=dry_run), what)


def wish(root: Path, **contents: object) -> None:
    path = root / "抽查" / "抽查设置.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["设置"].iter_rows():
        if row[0].value in contents:
            row[1].value = contents[row[0].value]
    book.save(path)


def answer(path: Path, text: str, row: int = 4) -> None:
    book = openpyxl.load_workbook(path)
    page = book["检查表"]
    page.cell(row, 5).value, page.cell(row, 6).value, page.cell(row, 7).value = (
        "是",
        text,
        "http://a.example/1",
    )
    book.save(path)


def hand_over(root: Path, **contents: str) -> None:
    """Write into the first row of 整改台账."""
    path = root / "台账" / "整改台账.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["整改台账"]
    head = next(row for row in page.iter_rows() if row[0].value == "编号")
    for cell in head:
        if cell.value in contents:
            page.cell(head[0].row + 1, cell.column).value = contents[cell.value]
    book.save(path)


def shortcomings(root: Path) -> list[dict[str, object]]:
    """The rows of 整改台账, by the heads of its columns."""
    page = openpyxl.load_workbook(root / "台账" / "整改台账.xlsx")["整改台账"]
    rows = list(page.iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if row[0] == "编号")
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if row[0]]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_year(tmp_path / "办公")
    run(root, "draw")
    wish(root, 抽查名称="三季度抽查", 抽几个单位=3)
    return root


def test_nothing_is_drawn_before_the_office_has_said_what(tmp_path):
    root = make_year(tmp_path / "办公")

    assert run(root, "draw").data == {"drawn": None}
    with pytest.raises(NothingToDraw, match="抽查名称"):
        run(root, "draw")


def test_a_draw_leaves_its_frames_and_its_seed_before_its_result(office):
    run(office, "draw")

    with ledger_of(office) as ledger:
        acts = [
            [entry.fact.kind for entry in ledger.entries(facts.Event) if entry.act == act.no]
            for act in ledger.acts()
        ]
        draw = draws_of(ledger.office())[0]
    assert [kinds for kinds in acts if kinds] == [["抽查名单"], ["抽查结果"]]
    assert (draw.number, len(draw.seed), len(draw.names(draw.frames[1].kind))) == ("2018-1", 32, 3)


def test_drawn_days_are_working_days_of_the_window(office):
    wish(office, 检查开始日期="2018-09-22", 检查结束日期="2018-10-08", 抽几天=9)
    run(office, "draw")

    with ledger_of(office) as ledger:
        draw = draws_of(ledger.office())[0]
    days = [dt.date.fromisoformat(day) for day in draw.result[draw.frames[0].kind]]
    # 22 to 24 September and 1 to 7 October were off; 29 and 30 September were worked.
    assert len(days) == 7 and all(map(Calendar().is_workday, days))
    assert {dt.date(2018, 9, 29), dt.date(2018, 9, 30), dt.date(2018, 10, 8)} <= set(days)


def test_a_dry_run_draws_nothing_so_that_it_gives_no_second_chance(office):
    result = run(office, "draw", dry_run=True)

    assert result.data == {"drawn": None}
    with ledger_of(office) as ledger:
        assert draws_of(ledger.office()) == ()


def test_a_draw_that_was_broken_off_goes_on_with_its_own_seed(office):
    run(office, "draw")
    with ledger_of(office) as ledger:
        before = draws_of(ledger.office())[0]
        frames = next(entry.fact for entry in ledger.entries(facts.Event) if entry.fact.kind == "抽查名单")
    other = make_year(office.parent / "另一个")
    run(other, "draw")
    wish(other, 抽查名称="三季度抽查", 抽几个单位=3)
    with ledger_of(other) as ledger, ledger.act("check", person="王敏", at=call(other).now) as act:
        act.add(frames)
    run(other, "draw")

    with ledger_of(other) as ledger:
        assert [draw.result for draw in draws_of(ledger.office())] == [before.result]


def test_the_same_check_is_drawn_again_only_with_a_reason_and_both_stay(office):
    run(office, "draw")
    with pytest.raises(AgainWithoutReason, match="2018-1"):
        run(office, "draw")
    wish(office, 重抽理由="名单漏列两个单位")
    run(office, "draw")
    with pytest.raises(AgainWithoutReason):
        run(office, "draw")

    lines = run(office, "verify").lines
    assert len(lines) == 2 and all("核验无误" in line for line in lines) and "名单漏列两个单位" in lines[1]


@pytest.mark.parametrize("part", ["result", "seed", "candidates"])
def test_a_record_that_was_changed_does_not_verify(office, part):
    run(office, "draw")
    with ledger_of(office) as ledger, ledger.act("check", person="王敏", at=call(office).now) as act:
        events = {entry.fact.kind: entry.fact for entry in ledger.entries(facts.Event)}
        frames, result = json.loads(events["抽查名单"].data), json.loads(events["抽查结果"].data)
        if part == "result":
            result["result"]["对象"] = result["result"]["对象"][::-1]
        elif part == "seed":
            frames["seed"] = "0" * 32
        else:
            for frame in frames["frames"]:
                frame["candidates"] = frame["candidates"][1:]
        for kind, content in (("抽查名单", frames), ("抽查结果", result)):
            act.add(
                facts.Event(
                    "抽查2018-1", kind, 1, dt.date(2018, 9, 3), json.dumps(content, ensure_ascii=False)
                )
            )

    verdict = run(office, "verify")
    assert (verdict.data["wrong"], verdict.exit) == (["2018-1"], 1)


def test_what_a_check_sheet_says_goes_to_the_unit_and_is_entered_once(office):
    run(office, "draw")
    sheets = sorted((office / "抽查" / "2018-1").glob("检查表-*.xlsx"))
    for path in sheets:
        answer(path, "首页链接打不开")
    assert run(office).data["shortcomings"]["found"] == 3
    assert run(office).data["shortcomings"]["found"] == 3
    assert (office / "抽查" / "2018-1" / "共性问题通报.docx").exists()

    hand_over(office, 整改期限="2018-09-14")
    assert run(office).data["shortcomings"] == {
        "found": 2,
        "handed": 1,
        "rectified": 0,
        "closed": 0,
        "withdrawn": 0,
    }
    assert [file.name for file in (office / "抽查" / "问题交办单").iterdir()] == [
        f"问题交办单-{sheets[0].stem.removeprefix('检查表-')}-限2018-09-14-W1.docx"
    ]
    assert run(office, day="2018-09-15").data["overdue"] == ["W1"]


def test_two_units_of_ten_make_no_circular(tmp_path):
    root = make_year(tmp_path / "办公", units={f"U{n:03}": f"市第{n}局" for n in range(1, 11)})
    run(root, "draw")
    wish(root, 抽查名称="抽查", 抽几个单位=10)
    run(root, "draw")
    for path in sorted((root / "抽查" / "2018-1").glob("检查表-*.xlsx"))[:2]:
        answer(path, "链接打不开")
    run(root)

    assert not (root / "抽查" / "2018-1" / "共性问题通报.docx").exists()


def test_a_line_without_words_is_told(office):
    run(office, "draw")
    answer(next((office / "抽查" / "2018-1").glob("检查表-*.xlsx")), "")

    assert any("nothing-written" in line for line in run(office).lines)


def test_the_office_s_own_kind_of_an_item_stands_with_the_problem(office):
    path = office / "抽查" / "抽查设置.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["检查内容"].iter_rows():
        if str(row[0].value).isdecimal():
            row[1].value, row[3].value = f"自拟的检查内容{row[0].value}", "自拟类别"
    book.save(path)
    run(office, "draw")
    for path in (office / "抽查" / "2018-1").glob("检查表-*.xlsx"):
        answer(path, "打不开")

    run(office)

    assert [row["问题类别"] for row in shortcomings(office)] == ["自拟类别"] * 3


def test_a_problem_that_is_handed_over_without_a_limit_has_the_usual_one(office):
    wish(office, **{"整改期限（工作日）": 3})
    run(office, "draw")
    answer(next((office / "抽查" / "2018-1").glob("检查表-*.xlsx")), "打不开")
    run(office)
    hand_over(office, 交办日期="2018-09-06")

    run(office, day="2018-09-06")

    # Thursday; the days that count are Friday, Monday and Tuesday.
    (row,) = shortcomings(office)
    assert str(row["整改期限"]).startswith("2018-09-11")
    assert run(office, day="2018-09-12").data["overdue"] == ["W1"]


def test_rows_of_units_forms_stand_beside_what_checks_found(office):
    with ledger_of(office) as ledger, ledger.act("take-back", at=SEPTEMBER, person="U001") as act:
        act.add(facts.Cell("W-F1-1", "", "发现的问题", "", "自查出的问题", "unit", 0))
    run(office, "draw")
    answer(next((office / "抽查" / "2018-1").glob("检查表-*.xlsx")), "打不开")

    run(office)

    assert [row["编号"] for row in shortcomings(office)] == ["W1", "W-F1-1"]


HEAD = ("序号", "责任单位", "存在问题", "整改时限")
LINES = (
    (1, "市教育局", "栏目空白", "2018年9月20日"),
    (2, "市司法局", "链接打不开", None),
    (3, "", "无人认领", None),
)


@pytest.fixture
def office_with_problems(tmp_path: Path) -> Path:
    root = make_year(tmp_path / "办公")
    lay(root, HEAD, *LINES)
    return root


def lay(root: Path, *rows: tuple[object, ...]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = root / "抽查" / "问题清单" / "省评估.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def answers(root: Path) -> list[tuple[object, ...]]:
    page = openpyxl.load_workbook(root / "抽查" / "问题清单" / "整改情况-省评估.xlsx").active
    return [row[1:4] + row[6:7] for row in page.iter_rows(values_only=True) if str(row[0]).startswith("W")]


def test_each_line_becomes_a_row_of_its_unit_once_and_one_without_unit_is_told(office_with_problems):
    first, second = check(call(office_with_problems)), check(call(office_with_problems))

    rows = shown(office_with_problems, "整改台账")
    assert [(row["单位"], row["来源"], row["发现的问题"], row["办理状态"]) for row in rows.values()] == [
        ("市教育局", "省评估", "栏目空白", "整改中"),
        ("市司法局", "省评估", "链接打不开", "待交办"),
    ]
    assert sum("line-without-problem" in line for line in first.lines) == 1
    assert first.data["shortcomings"] == second.data["shortcomings"]


def test_it_is_answered_as_a_whole_with_what_was_done(office_with_problems):
    check(call(office_with_problems))
    assert answers(office_with_problems)[0] == ("市教育局", "栏目空白", None, "整改中")
    write(office_with_problems, "整改台账", "W1", 整改情况="已补全", 复核结果="通过")
    check(call(office_with_problems))

    assert answers(office_with_problems) == [
        ("市教育局", "栏目空白", "已补全", "已销号"),
        ("市司法局", "链接打不开", None, "待交办"),
    ]


def test_a_line_that_was_added_to_the_list_is_entered_behind_the_others(office_with_problems):
    check(call(office_with_problems))
    lay(office_with_problems, HEAD, (1, "市民政局", "新问题", None), *LINES)
    check(call(office_with_problems))

    assert [row["单位"] for row in shown(office_with_problems, "整改台账").values()] == [
        "市教育局",
        "市司法局",
        "市民政局",
    ]


def test_a_workbook_that_is_no_list_is_named(office_with_problems):
    lay(office_with_problems, ("甲", "乙"), (1, 2))

    assert any(
        "省评估.xlsx" in line and "no-problem-list" in line
        for line in check(call(office_with_problems)).lines
    )


def test_a_dry_run_takes_nothing_in(office_with_problems):
    check(call(office_with_problems, dry_run=True))

    assert not (office_with_problems / "台账").joinpath("整改台账.xlsx").exists()
    assert not (office_with_problems / "抽查" / "问题清单" / "整改情况-省评估.xlsx").exists()
