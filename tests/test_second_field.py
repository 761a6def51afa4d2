"""A year of another field, 安全生产, by the verbs: what offices do to a year, and what every paper says at its end.

A group is filled in late, a unit is merged, the plan is revised, a form comes back under a wrong name, an old round's form comes
again, a matter returns each quarter, a limit has two parts; party organs, a court and a power company share in it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.support.check_official import check
from tests.support.check_report import check_numbers
from tests.support.recount import disagreements, read_year
from tests.support.year import fill
from tracker.files.folders import find_office
from tracker.files.guard.opening import open_source
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.formats.books.worklists import decide_all, read_signing
from tracker.formats.patch import patch
from tracker.model import DeadlineKind
from tracker.rules.plans import EditionKind
from tracker.settings import RoundSetting, Settings
from tracker.steps.call import CHINA, Call
from tracker.steps.chase import chase
from tracker.steps.hand_out import hand_out
from tracker.steps.init import init
from tracker.steps.record import Instructions, record
from tracker.steps.report import Relative, report, write_relative
from tracker.steps.settle import settle
from tracker.steps.status import status
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back
from tracker.tiers import SlipState

PLAN = Path(__file__).parent.parent / "workbooks" / "安全生产" / "plan.xlsx"
COUNTIES = ("东城区人民政府", "云山县人民政府")
ASKED = ("市委组织部", "市委宣传部", "市中级人民法院", "国网平湖供电公司", "市消防救援支队")
NEVER = {"P1-009"}  # 市公安局 never finishes its share


def at(root: Path, day: str) -> Call:
    return Call(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), CHINA), "王敏", root)


def office(root: Path):
    folder = find_office(root)
    with open_ledger(ledger_path(folder.root, folder.office), office=folder.office) as ledger:
        assert ledger.check() == []
        return ledger.office()


def page(path: Path, sheet: str, key: str):
    """The sheet, the row of its head and where each label stands."""
    book = openpyxl.load_workbook(path)
    table = book[sheet]
    head = next(row for row in table.iter_rows() if any(cell.value == key for cell in row))
    return book, table, head[0].row, {cell.value: cell.column for cell in head if cell.value}


def type_units(root: Path, *rows: dict[str, object], sheet: str = "单位", key: str = "单位名称") -> None:
    """Type rows into the units' list; a row whose name stands there is changed, another goes below the last."""
    path = root / "单位及联络员名单.xlsx"
    book, table, head, columns = page(path, sheet, key)
    for cells in rows:
        names = {table.cell(n, columns[key]).value: n for n in range(head + 1, table.max_row + 2)}
        row = names.get(cells[key], names[None])
        for label, value in cells.items():
            table.cell(row, columns[label]).value = value
    book.save(path)


def sign(root: Path, day: str) -> None:
    path = root / "督办" / "送签单.xlsx"
    if path.exists():
        edits = decide_all(
            read_signing(open_source(path)), SlipState.SENT, by="OA", on=dt.date.fromisoformat(day)
        )
        path.write_bytes(patch(path.read_bytes(), edits))


def answer(root: Path, form, day: str, name: str = "") -> Path:
    """A form filled in: what is due by the day is done, what comes back each quarter goes on, the rest is under way."""
    points = {point.id: point for point in office(root).plans["P1"].points}
    answers = {}
    for wp in form.rows:
        due, kind = points[wp].deadline.due, points[wp].deadline.kind
        if kind is not DeadlineKind.DATE:
            answers[wp] = {"自报状态": "持续推进", "进展情况": f"按要求开展{wp}。"}
        elif due is not None and due.isoformat() <= day and wp not in NEVER:
            answers[wp] = {"自报状态": "已完成", "进展情况": f"全面完成{wp}，隐患整改到位。", "完成日期": due}
        else:
            answers[wp] = {"自报状态": "正在推进", "进展情况": f"正在办理{wp}，完成过半。"}
    path = root.joinpath(*form.path.split("/"))
    return fill(path, answers, root / "各单位报送" / (name or f"{form.round}-{path.name}"))


def decide_questions(root: Path, choice: str) -> None:
    path = root / "待核对事项清单.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        if str(row[0].value).startswith("C"):
            row[9].value = choice
    book.save(path)


def revised(path: Path) -> Path:
    """The plan as it was revised in August: one item has another day, one is new, one is gone."""
    book = openpyxl.load_workbook(PLAN)
    table = book.active
    for row in table.iter_rows():
        if row[1].value and str(row[1].value).startswith("10."):
            row[3].value = "9月底前"
        if row[1].value and str(row[1].value).startswith("17."):
            row[1].value = "17.建立极端天气停工停产叫应机制。"
            row[2].value, row[3].value = "市应急局负责", "11月底前"
    book.save(path)
    return path


CHASES = ("03-20", "06-01", "06-24", "07-02", "07-09", "07-16", "09-21", "10-09", "11-02", "12-02")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office at the end of its year; not to be changed by a test."""
    root = tmp_path_factory.mktemp("安全生产") / "办公"
    rounds = (
        RoundSetting("上半年", "", dt.date(2026, 6, 10), dt.date(2026, 6, 30)),
        RoundSetting("年终", "", dt.date(2026, 12, 1), dt.date(2026, 12, 18)),
    )
    values = {
        "office_name": "平湖市人民政府办公室",
        "supervision_name": "平湖市人民政府督查室",
        "place_name": "我市",
        "stamp": "不要求",
    }
    init(at(root, "2026-03-05"), root, settings=Settings(values=values, rounds=rounds))
    type_units(root, *({"单位名称": name, "类别": "县（市、区）"} for name in COUNTIES))
    type_units(
        root, {"组名": "各县（市、区）人民政府", "成员": "、".join(COUNTIES)}, sheet="单位组", key="组名"
    )
    record(at(root, "2026-03-06"), PLAN, Instructions())

    def chase_on(*days: str) -> None:
        for day in days:
            chase(at(root, f"2026-{day}"))
            sign(root, f"2026-{day}")

    chase_on("03-20")
    # The group is filled in late, and the plan's own file entered again.
    type_units(
        root, {"组名": "市安委会成员单位", "成员": "市公安局、市交通运输局"}, sheet="单位组", key="组名"
    )
    record(at(root, "2026-04-10"), PLAN, Instructions())
    chase_on("06-01")
    hand_out(at(root, "2026-06-10"))
    chase_on("06-24")
    now = office(root)
    for form in now.forms.values():
        name = now.name_of(form.unit)
        if name != "市教育局":
            # One unit sends its form under another one's name.
            answer(root, form, "2026-06-30", "市教育局.xlsx" if name == "市公安局" else "")
    take_back(at(root, "2026-06-30"))
    # Whose form it is was asked; its number is right.
    decide_questions(root, "用新报送的")
    settle(at(root, "2026-06-30"))
    sync(at(root, "2026-06-30"))
    chase_on("07-02", "07-09", "07-16")
    record(
        at(root, "2026-08-20"),
        revised(root.parent / "修订.xlsx"),
        Instructions(how=EditionKind.REVISION, plan="P1", force=True),
    )
    type_units(
        root,
        {
            "单位名称": "市城市管理局",
            "停用日期": dt.date(2026, 9, 1),
            "接续单位": "市住房城乡建设局",
            "变动方式": "合并",
        },
    )
    chase_on("09-21", "10-09", "11-02")
    hand_out(at(root, "2026-12-01"))
    chase_on("12-02")
    for path in (root / "各单位报送").iterdir():
        path.unlink()
    now = office(root)
    last = [form for form in now.forms.values() if now.rounds[form.round].name == "年终"]
    for form in last:
        answer(root, form, "2026-12-18")
    take_back(at(root, "2026-12-18"))
    # An old form once more, after the new one.
    old = next(form for form in now.forms.values() if now.name_of(form.unit) == "市工业和信息化局")
    answer(root, old, "2026-06-30", "再报一次.xlsx")
    take_back(at(root, "2026-12-21"))
    sync(at(root, "2026-12-21"))
    chase(at(root, "2026-12-21"))
    report(at(root, "2026-12-28"))
    write_relative(at(root, "2026-12-28"), Relative.CIRCULAR)
    write_relative(at(root, "2026-12-28"), Relative.PUBLIC)
    return root


def texts_of(path: Path) -> str:
    """Everything that a file of the office says, .docx, .xlsx, .zip, .txt or .html."""
    if path.suffix in (".docx", ".xlsx", ".zip"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
            inside = [(name, parts.read(name)) for name in parts.namelist()]
        return "\n".join(
            re.sub(r"<[^>]+>", "", data.decode("utf-8"))
            for name, data in inside
            if name.endswith((".xml", ".txt"))
        )
    return path.read_text(encoding="utf-8-sig") if path.suffix in (".txt", ".html") else ""


def words_of(path: Path) -> list[str]:
    """Paragraphs and table rows of a Word file, a row's cells joined by bars."""
    word = docx.Document(path)
    rows = ["|".join(cell.text for cell in row.cells) for table in word.tables for row in table.rows]
    return [paragraph.text for paragraph in word.paragraphs if paragraph.text] + rows


def slips(root: Path, tier: str):
    return [document for document in office(root).documents.values() if document.tier == tier]


def test_a_group_that_was_filled_in_late_counts_from_the_record_of_its_members(year):
    # To tighten when members take effect by themselves: without the second `record`, and from their day.
    now = office(year)
    [training] = [point for point in now.plans["P1"].points if point.no == "14"]

    assert {now.name_of(unit) for unit in training.units()} == {"市应急局", "市公安局", "市交通运输局"}


def test_a_form_under_another_unit_s_name_is_asked_about_and_then_the_form_that_its_number_says(year):
    now = office(year)
    police = next(unit for unit in now.units if now.name_of(unit) == "市公安局")
    education = next(unit for unit in now.units if now.name_of(unit) == "市教育局")

    assert now.cells["P1-009", police, "progress", "R1"].value == "正在办理P1-009，完成过半。"
    assert not any(unit == education for _, unit, _, _ in now.cells)


def test_an_old_round_s_form_changes_nothing_that_the_new_one_said(year):
    now = office(year)
    industry = next(unit for unit in now.units if now.name_of(unit) == "市工业和信息化局")

    assert now.cells["P1-007", industry, "progress", "R2"].value == "全面完成P1-007，隐患整改到位。"
    assert now.cells["P1-007", industry, "status", "R2"].value == "已完成"


def test_who_was_merged_is_spoken_for_by_its_successor_and_stays_in_print(year):
    now = office(year)
    [gas] = [point for point in now.plans["P1"].points if point.no == "12"]
    last = {now.name_of(form.unit): form.rows for form in now.forms.values() if form.round == "R2"}

    assert "市城市管理局" not in last
    assert gas.id in last["市住房城乡建设局"]
    assert "市城市管理局" in {assignee.written for assignee in gas.assignees}


def test_the_revision_moved_a_day_added_an_item_and_took_one_back(year):
    points = {point.no: point for point in office(year).plans["P1"].points if not point.is_retired}
    retired = [point for point in office(year).plans["P1"].points if point.is_retired]

    assert points["10"].deadline.due == dt.date(2026, 9, 30)
    assert "叫应机制" in points["17"].requirement
    assert [point.requirement[:6] for point in retired] == ["加强值班值守"]


def test_a_matter_of_each_quarter_is_never_called_and_a_limit_of_two_parts_has_its_last_day(year):
    # To tighten when milestones and periods are lights and matters of their own.
    points = {point.no: point for point in office(year).plans["P1"].points}

    assert (points["2"].deadline.kind, points["2"].deadline.period) == (DeadlineKind.RECURRING, "quarterly")
    assert not any(points["2"].id in slip.subjects for tier in ("催办", "督办") for slip in slips(year, tier))
    assert points["6"].deadline.due == dt.date(2026, 10, 31)


def test_those_that_are_only_asked_got_letters_and_stand_in_no_table_of_the_circular(year):
    now = office(year)
    names = {
        document.unit: now.name_of(document.unit) for document in now.documents.values() if document.unit
    }
    by_tier = {
        tier: {names[slip.unit] for slip in slips(year, tier)} for tier in ("提醒", "联系", "催办", "督办")
    }
    circular = words_of(next(year.glob("报告/*情况通报.docx")))
    tables = {row.split("|")[1] for row in circular if row.count("|") >= 6}

    assert by_tier["联系"] == {"市委组织部", "市消防救援支队"}
    assert not set(ASKED) & (by_tier["提醒"] | by_tier["催办"] | by_tier["督办"] | tables)
    assert {"市应急局", "市公安局", "东城区人民政府"} <= tables
    assert "名次" not in "".join(circular)


def test_no_paper_was_drafted_about_a_form(year):
    now = office(year)

    assert not any(subject in now.rounds for slip in now.documents.values() for subject in slip.subjects)
    assert {slip.tier for slip in now.documents.values()} == {"提醒", "联系", "催办", "督办", "通报", "约谈"}


def test_title_text_and_annex_of_the_bulletin_say_the_same(year):
    [issue] = slips(year, "通报")
    said = words_of(year.joinpath(*issue.path.split("/")))
    text = "".join(said)
    annex = [row.split("|") for row in said if row.count("|") == 5][1:]

    assert any("任务逾期未办结" in line for line in said)
    points, units = {row[3] for row in annex}, [row[1] for row in annex]
    assert (
        f"逾期未完成{len(points)}项。其中经催办、督办仍未办结{len(points)}项，涉及{len(set(units))}个单位"
        in text
    )
    assert "、".join(f"{unit}{units.count(unit)}项" for unit in dict.fromkeys(units)) in text
    assert "报送" not in text.replace("报告", "")


def rows_of(path: Path, sheet: str) -> list[dict[str, str]]:
    """The rows of a sheet of 工作台账 that have an item's number, by label."""
    _, table, head, columns = page(path, sheet, "事项编号")
    rows = [
        {label: str(row[column - 1].value or "") for label, column in columns.items()}
        for row in table.iter_rows(min_row=head + 1)
    ]
    return [row for row in rows if re.fullmatch(r"P1-\d+", row["事项编号"]) and "已取消" not in row["亮灯"]]


def test_every_count_and_rate_is_that_of_an_independent_recount_of_the_workbook(year):
    """The recount reads 工作台账.xlsx and the units' 类别, and nothing else."""
    recount = read_year(year, "P1", dt.date(2026, 12, 28), {"市城市管理局": "市住房城乡建设局"})
    name = next(year.glob("报告/*落实情况报告.docx")).stem

    assert disagreements(recount, year, name, "P1") == []


def test_every_number_of_the_report_stands_in_its_workbook_and_its_layout_is_kept(year):
    path = next(year.glob("报告/*落实情况报告.docx"))

    assert check(path.read_bytes()) == []
    assert check_numbers(path.read_bytes(), path.with_suffix(".xlsx").read_bytes()) == []


def test_no_word_of_another_field_stands_in_anything_that_people_open(year):
    said = {
        path.relative_to(year).as_posix(): sorted(
            set(re.findall(r"政务公开|信息公开|依申请|主动公开", texts_of(path)))
        )
        for path in year.rglob("*")
        if path.is_file() and not {".tracker", "原件留存"} & set(path.parts)
    }

    assert {name: words for name, words in said.items() if words} == {}


def test_status_speaks_of_the_letter_and_every_verb_again_changes_nothing(year, tmp_path):
    root = shutil.copytree(year, tmp_path / "办公")
    lines = "\n".join(status(at(root, "2026-12-28")).lines)

    def run() -> dict[Path, bytes]:
        for verb in (hand_out, take_back, sync, chase, report):
            verb(at(root, "2026-12-28"))
        return {
            path: path.read_bytes()
            for path in root.rglob("*")
            if path.is_file() and ".tracker" not in path.parts
        }

    assert "通知要求 2 项（不计入任务事项），已办结 0 项" in lines
    # Rows of what was cancelled stand as they were left: nobody is told that there was no round.
    assert not any("no-round-yet" in line for line in sync(at(root, "2026-12-28")).lines)
    assert run() == run()
