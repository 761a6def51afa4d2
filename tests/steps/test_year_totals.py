"""可统计指标: asked once, from the unit that owns the figure, in its last form of the year; kept, shown, never summed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import openpyxl

from tests.support.year import call, fill, form_of, ledger_of, make_year
from tracker.columns import TOTAL_HEADS
from tracker.files.guard.opening import open_source, read_bytes
from tracker.formats.books.answers import rows_of
from tracker.formats.books.settings import lay_out_settings, settings_of
from tracker.rules.report.summary import totals_of
from tracker.settings import FigureSetting, Settings
from tracker.steps.call import CHINA
from tracker.steps.hand_out import hand_out
from tracker.steps.report import report
from tracker.steps.take_back import take_back

AUTUMN = dt.datetime(2018, 9, 3, 9, tzinfo=CHINA)
WINTER = dt.datetime(2018, 11, 16, 9, tzinfo=CHINA)
LAST = dt.datetime(2018, 12, 11, 9, tzinfo=CHINA)


def year(root, *figures):
    """An office whose 设置.xlsx declares figures."""
    make_year(root)
    path = root / "设置.xlsx"
    settings, _ = settings_of(open_source(path))
    path.write_bytes(lay_out_settings(dataclasses.replace(settings, figures=figures)))
    return root


def asked(path):
    return [row.text("指标") for grid in open_source(path).grids for row in rows_of(grid, TOTAL_HEADS)]


def answer(root, *cells, name="市教育局"):
    """The form of a unit with one row filled in, and what it typed beside its totals."""
    form = form_of(root, name, "2018-年终")
    page = openpyxl.load_workbook(form)["填报表"]
    point = next(cell.value for cell in page["A"] if str(cell.value).startswith("P1-"))
    answers = {point: {"完成情况": "正在推进", "进展情况": "办理过半"}}
    path = fill(form, answers, root / "各单位报送" / f"{name}.xlsx")
    book = openpyxl.load_workbook(path)
    for row, (value, source, day) in enumerate(cells, start=4):
        for column, text in ((2, value), (4, source), (5, day)):
            book["统计数据"].cell(row, column).value = text
    book.save(path)
    return path


NEWS = FigureSetting("主动公开政府信息", "条", "市教育局")
CASES = FigureSetting("新收依申请公开", "件", "市教育局")


def test_only_the_unit_that_owns_a_figure_is_asked_and_only_in_the_last_round_of_the_year(tmp_path):
    root = year(tmp_path, NEWS)
    hand_out(call(root, AUTUMN))
    hand_out(call(root, WINTER))

    forms = {path: asked(path) for path in sorted(root.glob("填报表/*/市*.xlsx"))}

    assert [path.relative_to(root).as_posix() for path, names in forms.items() if names] == [
        "填报表/2018-年终/市教育局.xlsx"
    ]
    assert asked(form_of(root, "市教育局", "2018-年终")) == ["主动公开政府信息"]


def test_what_the_unit_gave_stands_in_the_ledger_in_the_material_and_in_the_report(tmp_path):
    root = year(tmp_path, NEWS, CASES)
    hand_out(call(root, WINTER))
    answer(root, ("21846", "网站后台", "2018-12-01"), ("413", "登记簿", "2018-12-01"))
    take_back(call(root, LAST))
    report(call(root, LAST))

    with ledger_of(root) as ledger:
        lines = totals_of(ledger.office(), "P1").splitlines()
    assert lines == [
        "主动公开政府信息\t21846\t条\t网站后台\t2018-12-01",
        "新收依申请公开\t413\t件\t登记簿\t2018-12-01",
    ]
    material = openpyxl.load_workbook(root / "报告" / "起草素材表.xlsx")["全年数据"]
    assert [cell.value for cell in material[4]] == [
        "主动公开政府信息",
        "21846",
        "条",
        "网站后台",
        dt.datetime(2018, 12, 1),
    ]
    source = open_source(next(root.glob("报告/*落实情况报告.docx")))
    text = "".join(paragraph.text for paragraph in source.paragraphs)
    assert "主动公开政府信息21846条（网站后台，截至12月1日）；新收依申请公开413件" in text


def test_a_figure_without_source_or_day_is_told_and_not_taken(tmp_path):
    root = year(tmp_path, NEWS, CASES)
    hand_out(call(root, WINTER))
    answer(root, ("21846", "", "2018-12-01"), ("413", "登记簿", "2018-12-01"))

    told = "\n".join(take_back(call(root, LAST)).lines)

    assert "主动公开政府信息”填了21846" in told
    with ledger_of(root) as ledger:
        assert totals_of(ledger.office(), "P1").startswith("新收依申请公开")


def test_what_the_office_typed_afterwards_stands_and_a_later_return_replaces_its_own_figure(tmp_path):
    root = year(tmp_path, NEWS)
    hand_out(call(root, WINTER))
    answer(root, ("21846", "网站后台", "2018-12-01"))
    take_back(call(root, LAST))
    report(call(root, LAST))
    path = root / "报告" / "起草素材表.xlsx"
    book = openpyxl.load_workbook(path)
    for column, text in enumerate(("发布解读材料", "268", "篇", "年报", "2018-12-01"), start=1):
        book["全年数据"].cell(5, column).value = text
    book["全年数据"].cell(4, 2).value = "21850"
    book.save(path)
    report(call(root, LAST))
    with ledger_of(root) as ledger:
        assert [line.split("\t")[1] for line in totals_of(ledger.office(), "P1").splitlines()] == [
            "21850",
            "268",
        ]

    answer(root, ("21900", "网站后台", "2018-12-08"))
    take_back(call(root, LAST + dt.timedelta(hours=1)))

    with ledger_of(root) as ledger:
        assert [line.split("\t")[1] for line in totals_of(ledger.office(), "P1").splitlines()] == [
            "21900",
            "268",
        ]


def test_a_figure_whose_unit_nobody_knows_is_told_when_the_forms_go_out(tmp_path):
    root = year(tmp_path, FigureSetting("主动公开政府信息", "条", "市气象局"))

    told = "\n".join(hand_out(call(root, WINTER)).lines)

    assert "统计指标“主动公开政府信息”这一期没有要" in told


def test_ten_a_plan_are_asked_and_an_eleventh_or_one_without_a_unit_is_told():
    figures = tuple(FigureSetting(f"指标{n}", "件", "市教育局") for n in range(11))
    loose = (*figures[:2], FigureSetting("没有单位", "件", ""))

    many, findings = settings_of(read_bytes(lay_out_settings(Settings(figures=figures)), "设置.xlsx"))
    few, gaps = settings_of(read_bytes(lay_out_settings(Settings(figures=loose)), "设置.xlsx"))

    assert (len(many.figures), [finding.code for finding in findings]) == (10, ["too-many-figures"])
    assert (few.figures, [finding.code for finding in gaps]) == (figures[:2], ["figure-without-unit"])
