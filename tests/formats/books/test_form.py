"""A form as laid out: what a unit can change, and that every word of it comes back."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from tests.support.odd_texts import AWKWARD
from tests.support.work import calls_of
from tracker.columns import STATUSES
from tracker.files.guard.opening import read_bytes
from tracker.formats.books.form import ANSWERS, lay_out_form
from tracker.formats.books.returns import read_form, tokens_in
from tracker.forms import FormRow, FormSheet

ROW = re.compile(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"([^>]*)>')


def form(*rows, **changes):
    facts = {
        "form": "F12",
        "office": "9f2c01aa77de",
        "plan_title": "年度工作要点",
        "round": "R2",
        "round_name": "第二季度",
        "unit": "U014",
        "unit_name": "市教育局",
        "due": dt.date(2026, 7, 5),
        "base_seq": 120,
    }
    return FormSheet(**(facts | changes), rows=rows)


def row(n, **cells):
    return FormRow(f"P1-{n:03}", {"task": "（一）公开", "no": str(n), "requirement": f"要求{n}", **cells})


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def back(data):
    return read_form(read_bytes(data, "改过的名字.xlsx"))


def test_the_same_form_has_the_same_bytes():
    assert lay_out_form(form(row(1))) == lay_out_form(form(row(1)))


@pytest.mark.parametrize("text", AWKWARD)
def test_every_text_goes_out_and_comes_back_as_it_is(text):
    reading = back(lay_out_form(form(row(1, progress=text), row(2, problem=text))))

    assert reading.rows["P1-001"]["progress"].text == text
    assert reading.rows["P1-002"]["problem"].text == text


@pytest.mark.parametrize("text", AWKWARD)
def test_nothing_that_a_unit_typed_becomes_a_formula_or_a_link(text):
    page = opened(lay_out_form(form(row(1, progress=text, requirement=text), unit_name=text)))["填报表"]

    cells = [cell for line in page.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


def heads(data):
    return [cell.value for cell in opened(data)["填报表"][4] if cell.value]


def test_its_columns_are_those_that_offices_know_in_their_order():
    first = lay_out_form(form(row(1, role="牵头", deadline="6月底前")))
    later = lay_out_form(form(row(1, last="上半年：正在推进"), row(2)))

    assert heads(first)[1:] == [
        "序号", "工作任务", "具体要求", "责任分工", "完成时限", "完成情况", "进展情况",
        "存在问题及下一步打算", "完成日期", "备注（网址、文号）",
    ]  # fmt: skip
    assert heads(later)[4:7] == ["上期填报", "本期无变化", "完成情况"]


def test_what_the_unit_said_last_stands_in_grey_beside_empty_answers_and_is_none():
    data = lay_out_form(form(row(1, last="上半年：正在推进\n起草中")))
    reading = back(data)

    assert not any(cell.text for cell in reading.rows["P1-001"].values())
    assert reading.findings == ()
    page = opened(data)["填报表"]
    (said,) = [cell for cell in page[5] if cell.value == "上半年：正在推进\n起草中"]
    assert said.protection.locked and said.fill.fgColor.rgb == "FFEDEDED"


def test_the_instructions_are_three_lines_whoever_asks():
    for sheet in (
        form(row(1)),
        form(row(1, last="上半年：正在推进"), contact="王敏 0000-1", duties=("报送总结",)),
    ):
        assert opened(lay_out_form(sheet))["填报表"]["B3"].value.count("\n") == 2


@pytest.mark.parametrize("has_stamp", [True, False])
def test_a_seal_is_asked_for_only_where_the_office_wants_one(has_stamp):
    page = opened(lay_out_form(form(row(1), has_stamp=has_stamp)))["填报表"]
    foot = [cell.value for cell in page[7] if cell.value]

    assert foot == ["填报人：", "审核人：", "联系电话：", *(["单位负责人（盖章）："] if has_stamp else [])]


def test_only_answers_and_signatures_can_be_changed():
    page = opened(lay_out_form(form(row(1), row(2))))["填报表"]
    unlocked = {cell.coordinate[0] for line in page["A5:J6"] for cell in line if not cell.protection.locked}
    heads = {cell.column_letter: cell.value for cell in page[4] if cell.value}

    assert page.protection.sheet
    assert {heads[letter] for letter in unlocked} == {column.label for column in ANSWERS} - {"本期无变化"}
    assert not page.protection.sort and not page.protection.autoFilter and not page.protection.formatRows


def test_the_table_holds_the_hidden_identity_of_each_row():
    page = opened(lay_out_form(form(row(1), row(2))))["填报表"]
    table = page.tables["填报"]

    assert table.ref.startswith("A4:") and table.ref.endswith("6")
    assert page.column_dimensions["A"].hidden
    assert [page["A5"].value, page["A6"].value] == ["P1-001", "P1-002"]


def test_choices_come_from_a_range_and_every_message_is_chinese():
    book = opened(lay_out_form(form(row(1, last="上半年：正在推进"))))
    rules = book["填报表"].data_validations.dataValidation
    lists = [each for each in rules if each.type == "list"]

    assert [each.formula1 for each in lists] == ["选项_本期无变化", "选项_完成情况"]
    name = book.defined_names["选项_完成情况"]
    (sheet, cells), *_ = name.destinations
    words = [line[0].value for line in book[sheet][cells.replace("$", "")]]
    assert words == list(STATUSES)
    assert book["选项"].sheet_state == "hidden"
    assert all(each.error for each in rules if each.type in ("list", "date"))


def test_the_form_says_who_it_is_in_four_places():
    book = opened(lay_out_form(form(row(1))))
    token = form().token

    assert book["_tracker"].sheet_state == "veryHidden"
    assert book["_tracker"]["B1"].value == token
    assert "填报表编号" in book.defined_names
    assert token in book["填报表"]["B2"].value
    assert tokens_in(read_bytes(lay_out_form(form(row(1))), "改过的名字.xlsx")) == (token,)


def test_a_known_day_is_a_date_and_comes_back_as_one():
    data = lay_out_form(form(row(1, done_on="2026-06-30")))
    page = opened(data)["填报表"]

    assert dt.datetime(2026, 6, 30) in [cell.value for cell in page[5]]
    assert back(data).rows["P1-001"]["done_on"].text == "2026-06-30"


def test_rows_show_their_whole_text_and_grow_with_what_is_written():
    data = lay_out_form(form(row(1, requirement="很长的要求" * 30), contact="王敏" * 200))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    rows = {int(n): (float(height), "customHeight" in rest) for n, height, rest in ROW.findall(sheet)}

    assert rows[5][0] >= 15 * (300 // 34)
    assert rows[3][0] > 15 * 6
    assert (rows[3][1], rows[5][1]) == (True, False)  # a merged row is never fitted by any program


def test_it_prints_on_a4_landscape_with_its_head_on_every_page():
    page = opened(lay_out_form(form(row(1))))["填报表"]

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$4:$4"


def test_a_form_handed_out_empty_comes_back_without_a_finding():
    assert back(lay_out_form(form(row(1), row(2)))).findings == ()


@pytest.mark.parametrize("count", [1, 2, 3, 9, 10, 120])
@pytest.mark.parametrize("duties", [(), ("报送总结",)])
def test_every_reference_of_a_stamped_form_reaches_to_its_last_row(count, duties):
    book = opened(lay_out_form(form(*(row(n) for n in range(1, count + 1)), duties=duties, has_stamp=True)))
    page = book["填报表"]
    first = 6 if duties else 5
    last, foot = first + count - 1, first + count + 1

    assert page.tables["填报"].ref == f"A{first - 1}:I{last}"
    assert page.dimensions == f"A1:I{foot}"
    assert page.print_area == f"'填报表'!$B$1:$I${foot}"
    rules = [str(rule.sqref) for rule in page.data_validations.dataValidation]
    assert {part for rule in rules for part in rule.split(":")} <= {
        f"{letter}{n}" for letter in "EFGHI" for n in (first, last)
    }
    assert len(rules) == 5
    merged = {str(area) for area in page.merged_cells.ranges if area.min_row == foot}
    assert len(merged) == 4 and all(area.endswith(str(foot)) for area in merged)
    assert page.cell(last, 1).value == f"P1-{count:03}"
    assert page.cell(foot, 2).value == "填报人："


def test_a_stamped_form_says_nothing_of_its_master_or_of_another_form():
    one = lay_out_form(form(row(1), row(2), row(3)))
    two = lay_out_form(form(row(1), form="F13", unit="U015", unit_name="市<司法&局", base_seq=121))
    parts = zipfile.ZipFile(io.BytesIO(two))
    texts = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))

    assert not [character for character in texts if 0xE000 <= ord(character) < 0xF8FF]
    assert "市教育局" in "".join(zipfile.ZipFile(io.BytesIO(one)).read("xl/sharedStrings.xml").decode())
    assert "市教育局" not in texts and "F12-" not in texts and str(2**60) not in texts
    page = opened(two)
    assert [cell.value for cell in page["_tracker"]["B"]][2:5] == ["R2", "U015", "121"]
    assert "共1项" in page["填报表"]["B3"].value
    assert "市<司法&局" in page["填报表"].oddFooter.left.text.replace("&&", "&")


def test_forms_of_one_round_are_laid_out_once():
    first, second = (
        calls_of(lambda form_=f"F{n}": lay_out_form(form(row(1), round_name="只此一次", form=form_)))
        for n in (1, 2)
    )

    assert second < first / 5
