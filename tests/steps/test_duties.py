"""What the covering letter asks beside its table: seen, told, ticked off, and in no rate of the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import docx
import openpyxl
import pytest

from tests.support.check_report import check_numbers
from tests.support.recording import call, new_office, office
from tracker.problems.plans import LetterOnly
from tracker.problems.reading import NotAPlan
from tracker.rules.plans import EditionKind
from tracker.rules.progress import asks_publication, letter_duties
from tracker.steps.chase import chase
from tracker.steps.hand_out import hand_out
from tracker.steps.history import history
from tracker.steps.record import Instructions, record
from tracker.steps.report import report
from tracker.steps.settle import settle
from tracker.steps.status import status

LETTER = (
    "云溪市人民政府办公室关于印发2026年安全生产工作要点分工方案的通知",
    "云政办发〔2026〕11号",
    "各县（市、区）人民政府，市政府各部门、各直属机构：",
    "《云溪市2026年安全生产工作要点分工方案》已经市政府同意，现印发给你们，请认真落实。",
    "{first}",
    "各地各部门要于2026年12月10日前将全年落实情况书面报送市政府办公室。",
    "云溪市人民政府办公室",
    "2026年3月2日",
)
PUBLISH = "各地各部门要在发文之日起1个月内制定本地本部门实施方案并在网站公开。"
REHEARSE = "各地各部门要在发文之日起1个月内组织1次应急演练。"
BARE = """云溪市人民政府办公室关于做好2026年安全生产工作的通知

各县（市、区）人民政府，市政府各部门：

一、请在发文之日起1个月内制定实施方案。

二、请于2026年12月10日前将全年落实情况书面报送市政府办公室。

云溪市人民政府办公室

2026年3月2日
"""
TABLE = (
    ("工作任务", "具体要求", "责任单位", "完成时限"),
    ("一、隐患排查", "1.排查整治危险化学品企业隐患", "市应急局", "6月底前"),
    ("二、宣传培训", "2.组织企业负责人培训", "市教育局", "9月底前"),
)


def letter_file(path, *, first=PUBLISH):
    word = docx.Document()
    for line in LETTER:
        word.add_paragraph(line.format(first=first))
    grid = word.add_table(rows=0, cols=4)
    for row in TABLE:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    word.save(path)
    return path


@pytest.fixture
def root(tmp_path):
    root = new_office(tmp_path)
    record(call(root), letter_file(tmp_path / "通知.docx"), Instructions())
    return root


def tick(root, number, **cells):
    path = root / "台账" / "通知要求.xlsx"
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if row[0].value == "编号")
    columns = {cell.value: cell.column for cell in head}
    row = next(row for row in page.iter_rows(min_row=head[0].row) if row[0].value == number)
    for label, value in cells.items():
        page.cell(row[0].row, columns[label]).value = value
    book.save(path)


def test_each_duty_has_a_number_of_its_own_apart_from_the_points(root):
    now = office(root)

    assert [(duty.id, duty.due) for duty in letter_duties(now)] == [
        ("P1-函1", dt.date(2026, 4, 2)),
        ("P1-函2", dt.date(2026, 12, 10)),
    ]
    assert len(now.plans["P1"].points) == 2


@pytest.mark.parametrize(
    ("days", "codes"),
    [(0, set()), (20, {"duties-near"}), (40, {"duties-late"}), (290, {"duties-late"})],
)
def test_a_duty_is_on_the_list_of_the_day_from_near_its_day_until_it_is_done(root, days, codes):
    assert {todo["code"] for todo in status(call(root, days=days)).data["todo"]} & {
        "duties-near",
        "duties-late",
    } == codes


def test_what_is_ticked_off_waits_no_more_and_stays_in_the_history_in_chinese(root):
    chase(call(root, days=20))
    tick(root, "P1-函1", 办理情况="已办结", 办结日期="2026-03-20", 备注="全部公开")
    chase(call(root, days=21))
    again = chase(call(root, days=22))

    assert not any(todo["code"].startswith("duties") for todo in status(call(root, days=40)).data["todo"])
    told = "\n".join(history(call(root), "P1-函1").lines)
    assert "通知要求 P1-函1：" in told
    assert "通知要求办理情况（2026-03-20）已办结，备注：全部公开" in told
    assert "PlanDuty" not in told + "\n".join(history(call(root), "P1").lines)
    assert again.data["findings"] == []
    tick(root, "P1-函1", 办理情况=None, 备注=None)
    chase(call(root, days=23))
    assert [duty.word for duty in letter_duties(office(root))] == ["", ""]


def test_a_word_that_nobody_knows_is_told_at_its_cell_and_nothing_is_lost(root):
    chase(call(root, days=20))
    tick(root, "P1-函2", 办理情况="差不多了")

    answer = chase(call(root, days=21))

    assert [(each["code"], each["place"][:5]) for each in answer.data["findings"]] == [
        ("duty-word", "通知要求!")
    ]
    assert [duty.word for duty in letter_duties(office(root))] == ["", ""]


def test_the_notice_and_the_forms_say_what_the_letter_asks_of_the_units(root):
    hand_out(call(root, days=102))

    [folder] = (root / "填报表").iterdir()
    notice = "\n".join(
        paragraph.text for paragraph in docx.Document(folder / "报送通知（拟稿）.docx").paragraphs
    )
    assert "其他要求" in notice
    assert "12月10日前将全年落实情况书面报送市政府办公室。" in notice
    assert notice.count("12月10日") == 1
    assert "1个月内" not in notice, "its day was over when the round began"
    form = openpyxl.load_workbook(folder / "市应急局.xlsx")["填报表"]
    (question,) = [
        str(cell.value)
        for row in form.iter_rows(max_row=5)
        for cell in row
        if "印发通知另有要求" in str(cell.value)
    ]
    assert question.count("12月10日") == 1


def test_status_and_report_count_the_duties_outside_the_rate_of_the_points(root):
    chase(call(root, days=20))
    tick(root, "P1-函1", 办理情况="已办结")
    chase(call(root, days=21))

    lines = status(call(root, days=21)).lines
    report(call(root, days=290))

    assert any(
        line.startswith("  通知要求 2 项（不计入任务事项），已办结 1 项；还有：P1-函2") for line in lines
    )
    path = next(root.glob("报告/*落实情况报告.docx"))
    text = "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)
    assert "共列入任务事项2项" in text
    assert "印发通知提出的2项要求（不计入任务事项）中，已办结1项。" in text
    assert check_numbers(path.read_bytes(), path.with_suffix(".xlsx").read_bytes()) == []


@pytest.mark.parametrize(("first", "asks"), [(PUBLISH, True), (REHEARSE, False)])
def test_publication_is_asked_for_only_where_the_letter_asks_for_it(tmp_path, first, asks):
    root = new_office(tmp_path)
    record(call(root), letter_file(tmp_path / "通知.docx", first=first), Instructions())

    report(call(root, days=290))

    book = openpyxl.load_workbook(next(root.glob("报告/*落实情况报告.xlsx")))
    said = " ".join(str(cell.value) for row in book["待核实清单"].iter_rows() for cell in row)
    assert asks_publication(office(root), "P1") is asks
    assert ("实施方案的印发和公开情况" in said) is asks


def test_a_letter_without_a_table_is_refused_says_how_and_is_recorded_when_asked_for(tmp_path):
    root = new_office(tmp_path)
    path = tmp_path / "通知.txt"
    path.write_text(BARE, encoding="utf-8")

    with pytest.raises(LetterOnly):
        record(call(root), path, Instructions())
    answer = record(call(root), path, Instructions(how=EditionKind.NEW))

    assert "印发通知另有 2 项有时限的要求" in "\n".join(answer.lines)
    assert [duty.id for duty in letter_duties(office(root))] == ["P1-函1", "P1-函2"]
    for verb in (status, chase, hand_out):
        verb(replace(call(root), now=call(root, days=200).now))
    assert "P1-函2" in "\n".join(status(call(root, days=40)).lines)


def test_where_nobody_sits_a_letter_without_a_table_is_asked_in_the_list(tmp_path):
    root = new_office(tmp_path)
    path = tmp_path / "通知.txt"
    path.write_text(BARE, encoding="utf-8")

    with pytest.raises(LetterOnly):
        record(replace(call(root), ask=None), path, Instructions())
    settle(call(root), answers={"C1": ("用新报送的", "")})

    assert [duty.id for duty in letter_duties(office(root))] == ["P1-函1", "P1-函2"]
    assert office(root).conflicts == {}


def test_a_text_that_asks_for_nothing_is_refused_whatever_is_asked_for(tmp_path):
    word = docx.Document()
    word.add_paragraph("今天的食堂有红烧肉。")
    word.save(tmp_path / "x.docx")

    with pytest.raises(NotAPlan):
        record(call(new_office(tmp_path)), tmp_path / "x.docx", Instructions(how=EditionKind.NEW))


def test_a_request_stands_without_the_number_of_its_paragraph(tmp_path):
    root = new_office(tmp_path)
    record(call(root), letter_file(tmp_path / "通知.docx", first=f"一、{PUBLISH}"), Instructions())

    assert letter_duties(office(root))[0].what == PUBLISH
