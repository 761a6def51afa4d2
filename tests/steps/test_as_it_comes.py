"""Returns as they come: in mails, without a 表号, several in one file, as a picture; each is taken, asked or told by name."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import pytest

from tests.support.outlook import outlook
from tests.support.pictures import png
from tests.support.year import SEPTEMBER, call, fill, form_of, ledger_of, year_with_forms
from tracker import facts
from tracker.steps.hand_out import hand_out
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
ANSWER = {"P1-001": {"自报状态": "正在推进", "进展情况": "已办"}}


@pytest.fixture
def root(tmp_path):
    return year_with_forms(tmp_path / "办公", points=12)


def take(root):
    return take_back(call(root, LATER))


def cells(root):
    with ledger_of(root) as ledger:
        found = ledger.office().cells
    return {
        (key[1], key[0]): cell.value for key, cell in found.items() if key[2] == "progress" and cell.value
    }


def lines(result):
    return "\n".join(result.lines)


def a_form(root, unit, answers, name="x.xlsx"):
    folder = root.parent / "别处"
    folder.mkdir(exist_ok=True)
    return fill(form_of(root, unit), answers, folder / name)


def points_of(root, unit):
    page = openpyxl.load_workbook(form_of(root, unit))["填报表"]
    return [str(row[0].value) for row in page.iter_rows() if str(row[0].value).startswith("P1-")]


def stacked(root, units, *, as_sheets):
    """One workbook with the forms of several units, as sheets or below each other."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    if not as_sheets:
        book.create_sheet("汇总")
    for unit in units:
        point = points_of(root, unit)[0]
        page = openpyxl.load_workbook(
            a_form(root, unit, {point: {"自报状态": "正在推进", "进展情况": f"{unit}已办"}}, f"{unit}.xlsx")
        )["填报表"]
        target = book.create_sheet(unit) if as_sheets else book["汇总"]
        for row in page.iter_rows(values_only=True):
            target.append(row)
    path = root / "各单位报送" / "科里汇总.xlsx"
    book.save(path)


@pytest.mark.parametrize("as_sheets", [True, False], ids=["as sheets", "below each other"])
def test_forms_of_several_units_in_one_workbook_are_taken_each_as_its_own(root, as_sheets):
    stacked(root, ["市司法局", "市民政局", "市教育局"], as_sheets=as_sheets)

    assert sorted(set(cells(root).values())) == []
    assert take(root).exit == 0
    assert sorted(set(cells(root).values())) == ["市司法局已办", "市教育局已办", "市民政局已办"]


def test_a_part_with_a_head_and_no_token_keeps_the_file_from_being_divided_and_all_tokens_are_named(root):
    stacked(root, ["市司法局", "市民政局"], as_sheets=True)
    path = root / "各单位报送" / "科里汇总.xlsx"
    book = openpyxl.load_workbook(path)
    page = book.copy_worksheet(book["市司法局"])
    page["B2"] = ""
    book.save(path)

    answer = take(root)

    assert "几个表号" in lines(answer)
    assert cells(root) == {}


def without_token(path):
    book = openpyxl.load_workbook(path)
    del book["_tracker"]
    book["填报表"]["B2"] = "落实情况"
    book.save(path)
    return path.read_bytes()


def test_a_form_without_its_token_in_the_units_own_folder_is_asked_about_once(root):
    data = without_token(a_form(root, "市司法局", ANSWER))
    (root / "各单位报送" / "市司法局").mkdir()
    (root / "各单位报送" / "市司法局" / "报表.xlsx").write_bytes(data)

    answer = take(root)

    assert "found-by-folder" in lines(answer)
    assert (cells(root), answer.data["conflicts"]) == ({}, 1)
    assert take(root).data["repeated"] == 1


def test_a_form_without_its_token_whose_unit_nobody_says_is_refused(root):
    (root / "各单位报送" / "报表.xlsx").write_bytes(without_token(a_form(root, "市司法局", ANSWER)))

    assert "no-token" in lines(take(root))


def write_unit(root, file, unit, what=None):
    path = root / "台账" / "报送情况.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["未收的文件"].iter_rows() if row[0].value == file)
    row[2].value, row[4].value = unit, what
    book.save(path)


def test_a_form_without_its_token_is_taken_once_somebody_wrote_whose_it_is(root):
    (root / "各单位报送" / "报表.xlsx").write_bytes(without_token(a_form(root, "市司法局", ANSWER)))
    assert "《报送情况》" in lines(take(root))

    write_unit(root, "报表.xlsx", "市司法局")

    assert take(root).data["refused"] == []
    assert cells(root) == {("U002", "P1-001"): "已办"}


def test_a_form_of_which_somebody_wrote_that_it_is_an_original_is_kept_and_not_read(root):
    (root / "各单位报送" / "报表.xlsx").write_bytes(without_token(a_form(root, "市司法局", ANSWER)))
    take(root)

    write_unit(root, "报表.xlsx", "市司法局", "原件")

    assert [paper["kind"] for paper in take(root).data["papers"]] == ["original"]
    assert cells(root) == {}


def mailed(root, data, sender, name="报表.xlsx"):
    mail = EmailMessage()
    for head, value in {"From": sender, "To": "a@b.cn", "Subject": "x"}.items():
        mail[head] = value
    mail.set_content("见附件")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    (root / "各单位报送" / "邮件.eml").write_bytes(mail.as_bytes())


def contacts(root, *rows):
    with ledger_of(root) as ledger, ledger.act("register", person="王敏", at=SEPTEMBER) as act:
        act.add(*(facts.Contact(unit, "联络员", name, "", mail, True) for unit, name, mail in rows))


@pytest.mark.parametrize("by_outlook", [False, True], ids=["eml", "msg"])
def test_a_mailed_form_without_its_token_is_of_the_unit_whose_contact_sent_it(root, by_outlook):
    contacts(root, ("U002", "李四", "Li@Example.gov.cn"), ("U004", "张三", "zhang@example.gov.cn"))
    form = without_token(a_form(root, "市司法局", ANSWER))
    if by_outlook:
        (root / "各单位报送" / "邮件.msg").write_bytes(outlook(form))
    else:
        mailed(root, form, "李四 <li@example.gov.cn>")

    answer = take(root)

    assert "found-by-sender" in lines(answer) and "li@example.gov.cn" in lines(answer)
    assert cells(root) == {("U002", "P1-001"): "已办"}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("U002", "李四", "other@example.gov.cn")],
        [("U002", "李四", "li@example.gov.cn"), ("U004", "李四", "li@example.gov.cn")],
    ],
    ids=["nobody's", "another's", "of two units"],
)
def test_a_sender_who_is_nobodys_one_contact_decides_nothing(root, rows):
    contacts(root, *rows)
    mailed(root, without_token(a_form(root, "市司法局", ANSWER)), "李四 <li@example.gov.cn>")

    assert "no-token" in lines(take(root))
    assert cells(root) == {}


def test_a_mailed_picture_is_of_the_unit_whose_contact_sent_it_unless_its_name_says_another(root):
    contacts(root, ("U002", "李四", "li@example.gov.cn"))
    mailed(root, png(), "li@example.gov.cn", "盖章.png")
    assert [paper["unit"] for paper in take(root).data["papers"]] == ["U002"]

    mailed(root, png(2), "li@example.gov.cn", "市民政局盖章.png")
    assert [paper["unit"] for paper in take(root).data["papers"]] == ["U004"]


def test_a_form_that_came_by_mail_is_taken_and_the_original_says_who_sent_it(root):
    mailed(root, a_form(root, "市司法局", ANSWER).read_bytes(), "Li <li@example.gov.cn>")

    assert len(take(root).data["taken"]) == 1
    with ledger_of(root) as ledger:
        senders = [file.sender for file in ledger.office().files.values() if "邮件.eml" in file.name]
    assert senders == ["Li <li@example.gov.cn>"]


def test_a_document_or_workbook_with_nothing_but_a_picture_is_kept_like_the_picture(root):
    picture = io.BytesIO(png())
    document = docx.Document()
    document.add_picture(picture)
    document.save(root / "各单位报送" / "市司法局盖章.docx")

    answer = take(root)

    assert [paper["kind"] for paper in answer.data["papers"]] == ["stamped"]
    assert answer.data["refused"] == []


def test_a_row_and_a_column_of_their_own_count_as_not_taken(root):
    path = fill(form_of(root, "市司法局"), ANSWER, root / "各单位报送" / "x.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["填报表"]
    head = next(row for row in range(1, 20) if page.cell(row, 1).value == "事项编号")
    page.cell(head, 30).value, page.cell(head + 1, 30).value = "联系人", "张三"
    book.save(path)

    answer = take(root)

    [taken] = answer.data["taken"]
    assert taken["balance"]["refused"] == 1
    assert sum(taken["balance"].values()) == 2 * taken["balance"]["offered"]
    assert "U002" in answer.data["standing"]["已报（部分未采用）"]


def test_one_bad_file_harms_only_itself(root):
    box = root / "各单位报送"
    fill(form_of(root, "市司法局"), ANSWER, box / "好.xlsx")
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", b"x" * 100)
    data = whole.getvalue()
    (box / "怪版本.zip").write_bytes(re.sub(rb"(?<=PK\x01\x02\x14[\0\x03])\x14", b"\xff", data))
    (box / "断的.zip").write_bytes(data[:-10])
    (box / "加密.xlsx").write_bytes(b"b#eT" + bytes(range(256)) * 20)
    (box / "坏的.eml").write_bytes(
        b"From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=\n\n--\n"
    )
    with (box / "录像.mp4").open("wb") as file:
        file.truncate(3_000_000_000)

    answer = take(root)

    assert len(answer.data["taken"]) == 1
    for name in ("怪版本.zip", "断的.zip", "加密.xlsx", "录像.mp4"):
        assert any(refusal["file"] == name for refusal in answer.data["refused"]), name
    assert "加密软件" in lines(answer)


@pytest.mark.parametrize(
    ("label", "text", "candidate"),
    [
        ("自报状态", "√", "已完成"),
        ("完成日期", "2018年8月", "2018-08-31"),
        ("完成日期", "2062-03-25", "2062-03-25"),
    ],
)
def test_what_most_likely_means_something_is_asked_and_the_answer_is_taken(root, label, text, candidate):
    fill(
        form_of(root, "市司法局"),
        {"P1-001": {"进展情况": "已办", label: text}},
        root / "各单位报送" / "x.xlsx",
    )

    answer = take(root)
    assert answer.data["conflicts"] == 1
    assert "待核对1，未采用0" in lines(answer)
    with ledger_of(root) as ledger:
        [question] = ledger.office().conflicts.values()
    assert (question.theirs, text in question.why) == (candidate, True)


def test_what_could_mean_anything_is_told_and_not_asked(root):
    fill(
        form_of(root, "市司法局"),
        {"P1-001": {"进展情况": "已办", "自报状态": "差不多了"}},
        root / "各单位报送" / "x.xlsx",
    )

    answer = take(root)

    assert (answer.data["conflicts"], "bad-choice" in lines(answer)) == (0, True)


def test_marks_that_act_on_whoever_shows_a_text_come_in_with_none(root):
    text = "已\u202e右到左\u202c办\u200b10件\u2028另起一行"
    fill(
        form_of(root, "市司法局"),
        {"P1-001": {"自报状态": "正在推进", "进展情况": text}},
        root / "各单位报送" / "x.xlsx",
    )
    register = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(register)
    book["单位"].append([None, "市气\u202e象局", None, "市直部门"])
    book.save(register)

    take(root)
    hand_out(call(root, LATER))

    with ledger_of(root) as ledger:
        names = {unit.names[0].name for unit in ledger.office().units.values()}
    assert cells(root) == {("U002", "P1-001"): "已右到左办10件\n另起一行"}
    assert "市气象局" in names
