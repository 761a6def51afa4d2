"""The clicks of a clerk, from an empty folder on: what each button does, and what the pages say then."""

from __future__ import annotations

import html
import io
import json
import re

import openpyxl
import pytest

from tests.support import two_years
from tests.support.desk import NOW, let_in, running_desk
from tests.support.year import call, fill, ledger_of, make_year, year_with_forms
from tracker import facts
from tracker.files.folders import find_office
from tracker.steps.desk import read_settings
from tracker.steps.init import FirstAnswers, init
from tracker.steps.record import Instructions, record
from tracker.web.jobs import BUTTONS
from tracker.web.views import MENU

PLAN = (
    ("序号", "工作任务", "具体要求", "责任单位", "完成时限"),
    ("1", "公开预算", "公开部门预算", "市财政局牵头，市审计局配合", "2018年9月底前"),
    ("2", "公开规划", "公开规划文件", "市教育局", "2018年12月底前"),
    ("3", "公开救助", "公开救助信息", "市民政局", "2018年11月底前"),
)


def plan_bytes(rows=PLAN):
    book = openpyxl.Workbook()
    book.active.append(("云溪市2018年政务公开工作要点分工方案",))
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_of(page):
    """The page as a person reads it."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def click(visitor, act, form=None):
    """Press a button, wait, and read the page that it leads to."""
    answer = visitor.post(f"/do/{act}", form or {})
    assert answer.status == 303, text_of(answer.text)
    visitor.wait()
    return text_of(visitor.get(answer.headers["Location"]).text)


def test_from_an_empty_folder_to_forms_and_a_report(tmp_path):
    root = tmp_path / "新办公"
    root.mkdir()
    with running_desk(root) as (entrance, visitor):
        let_in(entrance, visitor)
        assert "回答四个问题" in text_of(visitor.get("/").text)

        units = "市财政局 李华 0871-1234567\n市教育局\t张敏\n市民政局\n市审计局"
        answers = {
            "name": "云溪市政府办",
            "contact": "周洁 0871-1",
            "year": "2018",
            "units": units,
            "send_by": "文件夹",
        }
        click(visitor, "init", answers)
        assert "还没有登记方案" in text_of(visitor.get("/").text)
        assert "做完了：建立办公文件夹" in text_of(visitor.get("/").text)
        assert read_settings(find_office(root))[0].text("contact") == "周洁 0871-1"

        visitor.drop("plans", {"分工方案.xlsx": plan_bytes()})
        visitor.wait()
        page = text_of(visitor.get("/plans").text)
        assert "任务事项 3 项" in page and "市财政局" in page and "2018-09-30" in page
        assert "做完了" not in text_of(visitor.get("/").text)

        file = "方案/分工方案.xlsx"
        assert "新方案" in click(visitor, "try-record", {"file": file})
        assert "P1 云溪市2018年政务公开工作要点分工方案：3 项" in click(visitor, "record", {"file": file})

        assert "年终" in click(visitor, "hand-out", {"round": "年终"})
        forms = sorted(path.name for path in (root / "填报表").rglob("*.xlsx"))
        assert {"市财政局.xlsx", "市教育局.xlsx", "市民政局.xlsx"} <= set(forms)

        form = fill_cells(root, "市财政局", {"P1-001": {"进展情况": "已公开", "自报状态": "已完成"}})
        visitor.drop("returns", {"回报/市财政局报送.xlsx": form})
        visitor.wait()
        assert "已报 1/" in text_of(visitor.get("/").text)
        assert "回报/市财政局报送.xlsx" in text_of(visitor.get("/returns").text)

        click(visitor, "sync")
        assert (root / "台账" / "工作台账.xlsx").exists()
        assert "落实情况报告" in click(visitor, "report")
        assert list((root / "报告").glob("*.docx"))

    with ledger_of(root) as ledger:
        office = ledger.office()
        assert [
            (office.name_of(unit), [(contact.name, contact.phone) for contact in body.contacts])
            for unit, body in office.units.items()
            if body.contacts
        ] == [("市财政局", [("李华", "0871-1234567")]), ("市教育局", [("张敏", "")])]


def test_rounds_of_the_year_before_are_told_today_and_confirmed_with_a_click(tmp_path):
    root = tmp_path / "办公"
    init(two_years.call(root, "2025-03-01"), root, answers=FirstAnswers(office_name="市政府办公室"))
    plan = two_years.plan_file(tmp_path / "今年.xlsx", two_years.TITLE.format(year=2026), two_years.NOW)
    record(two_years.call(root, "2026-01-05"), plan, Instructions())
    with running_desk(root, now="2026-01-06T09:00+08:00") as (entrance, visitor):
        let_in(entrance, visitor)
        assert "2 个报送期次没有填方案当年的" in text_of(visitor.get("/").text)
        assert "按上年；还没有到开始日期" in text_of(visitor.get("/forms").text)

        click(visitor, "as-last-year")

        assert "报送期次没有填方案当年的" not in text_of(visitor.get("/").text)
        assert "今年仍按此期次" not in visitor.get("/forms").text.partition("<table>")[2]


def test_a_revision_whose_changes_were_looked_at_is_entered_with_one_more_click(tmp_path):
    root = make_year(tmp_path / "办公")
    changed = [*PLAN[:3], ("3", "公开救助", "公开救助信息", "市民政局", "2018年10月底前")]
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        for name, rows in (("方案.xlsx", PLAN), ("方案（修订）.xlsx", changed)):
            visitor.drop("plans", {name: plan_bytes(rows)})
            visitor.wait()
            page = click(visitor, "try-record", {"file": f"方案/{name}", "year": "2018"})
            if "照上面看到的登记" not in page:
                click(visitor, "record", {"file": f"方案/{name}", "year": "2018"})

        assert "照上面看到的登记（P2 的全文修订）" in page
        form = visitor.get("/plans").text.partition('action="/do/record"')[2].partition("</form>")[0]
        values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        assert values == {"file": "方案/方案（修订）.xlsx", "how": "revises:P2", "year": "2018"}

        assert "做完了：登记方案" in click(visitor, "record", values)
        assert "照上面看到的登记" not in text_of(visitor.get("/plans").text)


def fill_cells(root, unit, answers):
    target = root.parent / f"{unit}.xlsx"
    fill(next((root / "填报表").rglob(f"{unit}.xlsx")), answers, target)
    return target.read_bytes()


@pytest.fixture
def asked(tmp_path):
    """An office with one question, and its page."""
    root = year_with_forms(tmp_path / "办公")
    key = ("P1-001", "U002", "progress", "R1")
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=call(root).now) as act:
        act.add(facts.Cell(*key, "本办记的", "office", 0))
    with running_desk(root, now="2018-09-08T09:00+08:00") as (entrance, visitor):
        let_in(entrance, visitor)
        form = fill_cells(root, "市司法局", {"P1-001": {"进展情况": "单位写的<b>"}})
        visitor.drop("returns", {"a.xlsx": form})
        visitor.wait()
        yield root, visitor, key


def test_a_question_is_shown_with_both_texts_and_decided_on_the_page(asked):
    root, visitor, key = asked
    page = visitor.get("/questions").text
    assert "本办记的" in page and "单位写的&lt;b&gt;" in page
    assert (root / "待核对事项清单.xlsx").exists()

    after = click(visitor, "decide", {"decide-C1": "另行填写", "text-C1": "当面说定：10:30 再报=一次"})

    assert "没有要核对的" in after
    with ledger_of(root) as ledger:
        assert ledger.office().cells[key].value == "当面说定：10:30 再报=一次"

    again = click(visitor, "reopen")

    assert "已撤回上一次处理的1条（C1）" in again and "没有要核对的" not in again
    with ledger_of(root) as ledger:
        assert ledger.office().cells[key].value == "本办记的"


def test_a_button_that_was_pressed_without_a_choice_says_what_is_missing(asked):
    _, visitor, _ = asked

    for act in ("decide", "sign", "send-back", "record"):
        answer = visitor.post(f"/do/{act}")
        assert (answer.status, "还没有选" in answer.text) == (409, True)
        # The way back is to the page where it was pressed.
        page = BUTTONS[act].page
        assert f'href="/{page}">回到{MENU[page]}<' in answer.text


def test_a_return_is_sent_back_with_what_has_to_be_mended(asked):
    _, visitor, _ = asked

    after = click(visitor, "send-back", {"name": "a.xlsx", "reason": "请补填完成时间"})

    assert "待退回" in after and "请补填完成时间" in after


def test_two_tabs_that_press_at_once_do_it_once_and_nothing_is_lost(tmp_path):
    root = make_year(tmp_path / "办公")
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)

        answers = [visitor.post("/do/hand-out") for _ in range(3)]
        dropped = visitor.drop("returns", {"迟到.xlsx": b"x"})
        visitor.wait()

    assert [answer.status for answer in answers] == [303, 409, 409]
    assert (dropped.status, "还没有处理" in dropped.text) == (409, True)
    assert (root / "各单位报送" / "迟到.xlsx").read_bytes() == b"x"
    with ledger_of(root) as ledger:
        assert len(ledger.office().forms) == len({form.unit for form in ledger.office().forms.values()})


def test_what_is_being_done_is_shown_after_a_reload_and_can_be_stopped(tmp_path):
    root = make_year(tmp_path / "办公")
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        visitor.post("/do/hand-out")

        seen = text_of(visitor.get("/ledger").text)
        stopped = visitor.post("/stop/1", {"page": "forms"})
        visitor.wait()
        after = text_of(visitor.get("/forms").text)

    assert "正在印发填报表" in seen
    assert (stopped.status, "已停止" in after or "做完了" in after) == (303, True)


def test_a_page_that_is_killed_and_started_again_shows_what_was_done(tmp_path):
    root = make_year(tmp_path / "办公")
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        visitor.post("/do/hand-out", {"round": "第三季度"})
        visitor.wait()
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        page = text_of(visitor.get("/").text)

    assert "已报 0/5" in page


def test_a_table_of_somebody_else_is_filled_in_and_its_unclear_column_is_asked(tmp_path):
    root = make_year(tmp_path / "办公")
    book = openpyxl.Workbook()
    for row in (("序号", "具体要求", "责任单位", "领导批示"), (None,) * 4):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        visitor.drop("fill", {"空表.xlsx": out.getvalue()})
        visitor.wait()
        asked = visitor.get("/fill").text
        after = click(visitor, "fill", {"file": "按表填报/空表.xlsx", "column:领导批示": "留空"})

    assert 'name="column:领导批示"' in asked
    assert "打开填好的表" in after and "（还没想好）" not in after


def test_a_slip_is_drafted_and_signed_with_two_clicks(tmp_path):
    root = make_year(tmp_path / "办公")
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        click(visitor, "chase")
        slips = re.findall(r'name="tick" value="([^"]+)"', visitor.get("/chase").text)
        assert slips

        after = click(visitor, "sign", {"tick": slips[0]})

    assert f"待送签 {len(slips) - 1} 份" in after
    with ledger_of(root) as ledger:
        assert ledger.office().documents[slips[0]].state in ("signed", "sent")


def test_a_slip_that_a_person_has_sent_is_marked_with_a_click_and_one_that_was_signed_by_mistake_is_withdrawn(
    tmp_path,
):
    root = make_year(tmp_path / "办公")
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        click(visitor, "chase")
        first, second, third, *_ = re.findall(r'name="tick" value="([^"]+)"', visitor.get("/chase").text)
        for slip in (first, second):
            assert "文件在“待发”文件夹" in click(visitor, "sign", {"tick": slip})
        click(visitor, "sent", {"tick": first})
        click(visitor, "withdraw", {"tick": second})
        refused = click(visitor, "sent", {"tick": second})

    assert "没有做：记为已发" in refused and "可能已经签发、发出或作废" in refused
    with ledger_of(root) as ledger:
        documents = ledger.office().documents
        assert [documents[slip].state for slip in (first, second, third)] == ["sent", "withdrawn", "drafted"]


def test_a_task_without_a_unit_is_named_gets_one_through_the_proof_and_a_round_goes_out_before_its_day(
    tmp_path,
):
    root = tmp_path / "办公"
    root.mkdir()
    rows = [(*row[:3], "" if row[0] == "2" else row[3], row[4]) for row in PLAN]
    with running_desk(root, now="2018-03-05T09:00+08:00") as (entrance, visitor):
        let_in(entrance, visitor)
        click(visitor, "init", {"name": "云溪市政府办", "year": "2018", "units": "", "send_by": "文件夹"})
        visitor.drop("plans", {"方案.xlsx": plan_bytes(rows)})
        visitor.wait()
        entered = click(visitor, "record", {"file": "方案/方案.xlsx"})
        click(visitor, "proof", {"file": "方案/方案.xlsx"})
        today = text_of(visitor.get("/").text)
        write_unit(root / "方案" / "分工核对表.xlsx", "公开规划", "市教育局")
        click(visitor, "read", {"file": "方案/分工核对表.xlsx"})
        asked = click(visitor, "record", {"file": "方案/分工核对表.xlsx"})
        question = text_of(visitor.get("/questions").text)
        click(visitor, "decide", {"decide-C1": "用新报送的"})
        early = text_of(visitor.get("/forms").text)
        handed = click(visitor, "hand-out", {"round": "上半年"})
        undone = click(visitor, "undo")

    assert "已登记，见上面" in entered
    assert "1 项任务没有责任单位，谁也不会收到：P1-002" in today and "去补责任单位" in today
    assert "“上半年”2018-06-10起印发，也可以提前" in today
    assert "待核对事项清单" in asked
    assert "不登记 照读到的登记 另行填写" in question and "台账现有" not in question
    assert "上半年 2018-06-10 2018-06-30 还没有到开始日期 现在就印发" in early
    assert "市教育局：1项" in handed
    assert "没有做：撤回最近一次登记" in undone
    with ledger_of(root) as ledger:
        office = ledger.office()
        assert [office.name_of(unit) for unit in office.point("P1-002").units()] == ["市教育局"]


def write_unit(path, task, unit):
    """Somebody fills in 责任单位 of a task in 分工核对表."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if "责任单位" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in head if cell.value}
    row = next(row for row in page.iter_rows() if row[columns["工作任务"] - 1].value == task)
    page.cell(row[0].row, columns["责任单位"]).value = unit
    book.save(path)


def test_what_a_plan_says_beside_its_tasks_is_shown_before_it_is_entered(asked):
    _, visitor, _ = asked
    rows = (("请各单位于2018年12月10日前报送全年总结。",), *PLAN)

    visitor.drop("plans", {"带要求的方案.xlsx": plan_bytes(rows)})
    visitor.wait()

    page = text_of(visitor.get("/plans").text)
    assert "只当作印发通知的要求" in page and "请各单位于2018年12月10日前报送全年总结。" in page


def test_what_changed_since_the_last_report_is_told_in_words(asked):
    root, visitor, _ = asked
    click(visitor, "report")
    answers = {"P1-003": {"自报状态": "正在推进", "进展情况": "已办"}}
    visitor.drop(
        "returns", {f"{unit}.xlsx": fill_cells(root, unit, answers) for unit in ("市财政局", "市民政局")}
    )
    visitor.wait()

    page = click(visitor, "why")

    assert "P1-003" in page and re.search(r"完成第3件公开工作 \S+ 正在推进", page)
    assert not re.findall(r"\b[a-z]+_[a-z]+\b", page)


def test_the_page_keeps_a_copy_of_the_ledger_for_each_day_that_it_is_opened(tmp_path):
    root = make_year(tmp_path / "办公")
    for now in (NOW, NOW, "2018-09-04T09:00+08:00"):
        with running_desk(root, now=now) as (entrance, visitor):
            let_in(entrance, visitor)
            page = text_of(visitor.get("/settings").text)

    copies = sorted(path.name for path in (root / ".tracker" / "自动备份").iterdir())
    assert copies == ["2018-09-03.db", "2018-09-04.db"]
    assert "最近一次备份：2018-09-04" in page


def test_a_spot_check_is_drawn_its_findings_are_read_and_anybody_may_verify_it(tmp_path):
    root = make_year(tmp_path / "办公")
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        assert 'action="/do/spot-book"' in visitor.get("/check").text
        made = click(visitor, "spot-book")
        assert "再点一次" in made and "做完了：生成《抽查设置》" in made
        book = openpyxl.load_workbook(root / "抽查" / "抽查设置.xlsx")
        page = book.worksheets[0]
        row = next(row for row in page.iter_rows() if row[0].value == "抽查名称")
        row[1].value = "三季度随机抽查"
        book.save(root / "抽查" / "抽查设置.xlsx")
        drawn = click(visitor, "draw")
        sheet = next((root / "抽查").glob("*/检查表-*.xlsx"))
        write_finding(sheet)
        after = click(visitor, "check")
        verified = click(visitor, "verify")

    assert "检查表-" in drawn and "抽查抽取记录.docx" in drawn
    assert "待交办 1" in after and "打开《整改台账.xlsx》" in after
    assert "核验无误" in verified


def write_finding(path):
    """A checker writes a problem into the first row of a sheet."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if "存在问题" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in head if cell.value}
    page.cell(head[0].row + 1, columns["存在问题"]).value = "是"
    page.cell(head[0].row + 1, columns["检查情况"]).value = "没有公开目录"
    book.save(path)


def test_points_are_counted_shown_with_their_reasons_and_issued(tmp_path):
    root = make_year(tmp_path / "办公")
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        assert "打开《考核方案.xlsx》" in click(visitor, "score")
        counted = click(visitor, "score")
        refused = click(visitor, "issue")

    assert "市教育局" in counted and "打开《评分录入.xlsx》" in counted and "待评" in counted
    assert "打开 市教育局 的得分表" in counted
    assert "没有印发" in refused


def test_no_command_and_no_english_stands_on_a_page(asked):
    _, visitor, _ = asked

    for page in MENU:
        words = text_of(visitor.get(f"/{page}").text)
        assert "tracker" not in words


def test_what_is_refused_has_a_way_on_even_where_the_settings_are_spoiled(tmp_path):
    root = make_year(tmp_path / "办公")
    (root / "设置.xlsx").write_bytes(b"PK\x03\x04spoiled")
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        first, settings, nowhere = (visitor.get(f"/{page}") for page in ("", "settings", "nowhere"))

    assert (first.status, 'href="/settings"' in first.text) == (409, True)
    assert (settings.status, "打开《设置.xlsx》" in settings.text, "设置.xlsx：" in settings.text) == (
        200,
        True,
        True,
    )
    assert (nowhere.status, "没有这一页" in nowhere.text, 'href="/plans"' in nowhere.text) == (
        404,
        True,
        True,
    )


def test_the_first_page_says_where_the_office_will_be_and_that_the_folder_holds_other_things(tmp_path):
    (tmp_path / "别的.txt").write_text("x", encoding="utf-8")
    with running_desk(tmp_path, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        page = text_of(visitor.get("/plans").text)
        unnamed = visitor.post("/do/init", {"name": " "})

    assert str(tmp_path) in page and "已有别的内容（1 个）" in page
    assert (unnamed.status, "还没有选：本单位名称" in unnamed.text) == (409, True)
    assert not (tmp_path / "设置.xlsx").exists()


def test_a_unit_of_which_only_a_scan_came_has_the_way_to_the_rows_where_it_is_typed(tmp_path):
    root = year_with_forms(tmp_path / "办公")
    (root / "各单位报送" / "市司法局").mkdir()
    (root / "各单位报送" / "市司法局" / "盖章.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64))
    with running_desk(root, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        click(visitor, "sync")

        page = click(visitor, "take-back")

    assert "这个单位的3行：P1-001、P1-002、P1-006" in page
    assert "打开《工作台账》代录" in page and "录完保存后去更新台账" in page


# A key store in one file, in the place of the system's.
KEY_STORE = """
import json, pathlib

def set_password(*words):
    pathlib.Path(__file__).with_name("keys.json").write_text(json.dumps(words), encoding="utf-8")

def get_password(*words):
    return None
"""


def test_a_password_goes_into_the_key_store_and_nowhere_else(tmp_path, monkeypatch):
    root, code = make_year(tmp_path / "办公"), tmp_path / "code"
    code.mkdir()
    (code / "keyring.py").write_text(KEY_STORE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(code))
    with running_desk(root) as (entrance, visitor):
        let_in(entrance, visitor)
        assert "发信邮箱的密码" in text_of(visitor.get("/settings").text)
        page = click(visitor, "secret", {"name": "mail", "secret": "密-geheim-1"})

    assert "已存入系统的凭据管理器" in page
    assert "geheim" not in page
    assert json.loads((code / "keys.json").read_text(encoding="utf-8")) == ["tracker", "mail", "密-geheim-1"]
    assert not [path for path in root.rglob("*") if path.is_file() and b"geheim" in path.read_bytes()]


def test_a_password_that_was_not_typed_is_asked_for(tmp_path):
    with running_desk(make_year(tmp_path / "办公")) as (entrance, visitor):
        let_in(entrance, visitor)
        answer = visitor.post("/do/secret", {"name": "mail", "secret": " "})

    assert answer.status == 409
    assert "没有填密码" in text_of(answer.text)
