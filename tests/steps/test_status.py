"""Where the year stands, as a clerk reads it."""

from __future__ import annotations

import datetime as dt
import json

import openpyxl

from tests.support.year import NAME, SEPTEMBER, add_point, call, fill, form_of, ledger_of, make_year
from tracker import facts
from tracker.formats.books.settings import lay_out_settings
from tracker.model import Deadline, DeadlineKind
from tracker.settings import Settings
from tracker.steps.call import CHINA
from tracker.steps.hand_out import hand_out
from tracker.steps.status import status
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back


def at(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), CHINA)


def test_a_light_is_a_colour_with_its_word(tmp_path):
    root = make_year(tmp_path, points=3)
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.Cell("P1-001", "", "decision", "", "已完成", "office", 0))

    lines = status(call(root, at("2018-10-08"))).lines

    assert (
        "  任务事项 3 项：计入完成率 3 项，已完成 1 项；长期坚持 0 项；亮灯：绿 3（正常推进 2、已完成 1）"
        in lines
    )
    assert any("红 2（逾期未完成）" in line for line in status(call(root, at("2019-01-07"))).lines)


def test_a_deadline_in_a_year_without_days_off_is_said_here_too(tmp_path):
    root = make_year(tmp_path, points=1)
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.Event("P1-001", "extension", 1, dt.date(2018, 9, 3), '{"due": "2041-06-28"}'))

    assert any("“节假日安排”里逐日填写" in line for line in status(call(root, at("2040-12-03"))).lines)


def test_its_data_say_who_reported_what_is_asked_and_where_every_point_stands(tmp_path):
    root = make_year(tmp_path, points=3)
    hand_out(call(root))
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "已印发"}}, root / "各单位报送" / "a.xlsx")
    take_back(call(root))

    data = status(call(root), is_for_machines=True).data

    (round_,) = data["rounds"]
    assert (round_["name"], round_["back"], round_["forms"]) == ("第三季度", 1, 4)
    assert [unit["state"] for unit in round_["units"] if unit["unit"] == "市司法局"] == ["未盖章"]
    assert [point["id"] for point in data["points"]] == ["P1-001", "P1-002", "P1-003"]
    assert (data["questions"], data["slips"]) == ([], [])
    json.dumps(data)


def test_how_a_setting_was_understood_is_told_until_it_is_recorded(tmp_path):
    root = make_year(tmp_path / "办公")
    path = root / "设置.xlsx"
    book = openpyxl.load_workbook(path)
    cell = next(
        cell
        for page in book
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, dt.datetime) and cell.value.year == 2018
    )
    cell.value = f"{cell.value:%y.%m.%d}"
    book.save(path)

    assert "read-as" in "".join(status(call(root)).lines)
    sync(call(root))
    assert "read-as" not in "".join(status(call(root)).lines)


def test_what_is_missing_before_anything_leaves_is_named_until_it_is_there(tmp_path):
    root = make_year(tmp_path / "办公", points=2)
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=SEPTEMBER) as act:
        for n, words in enumerate(("汛前", "适时"), start=2):
            add_point(act, "P1", n, ("U001",), limit=Deadline(words, DeadlineKind.NONE))
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings()))

    def waits():
        return {todo["code"]: todo["what"] for todo in status(call(root)).data["todo"]}

    first = waits()
    assert list(first)[:3] == ["office_name", "contact", "deadlines"]
    assert "本单位名称" in first["office_name"] and "联系人及电话" in first["contact"]
    assert first["deadlines"].startswith("1 ") and "（汛前）" in first["deadlines"]

    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values={**NAME, "contact": "王敏 1234567"})))
    assert not {"office_name", "contact"} & set(waits())
