"""`tracker read`: what was understood, for people and for machines."""

import datetime as dt
import json
from pathlib import Path

from tracker.cli.calls import as_json
from tracker.cli.commandline import main
from tracker.problems.base import Exit
from tracker.steps.call import CHINA, Call
from tracker.steps.read import read

PLAN = """序号\t任务\t责任单位\t完成时限
1\t核对名录\t市甲局牵头，市有关单位配合\t6月底前
2\t公布结果\t\t汛前
"""


def call(tmp_path: Path) -> Call:
    return Call(dt.datetime(2026, 1, 5, 9, tzinfo=CHINA), "测试", tmp_path)


def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text("某市2026年普查工作分工表\n" + PLAN, encoding="utf-8")
    return path


def test_machines_get_every_key_of_the_contract(tmp_path):
    answer = read(call(tmp_path), plan_file(tmp_path))

    data = json.loads(as_json(answer.data))
    assert list(data) == [
        *("title", "number", "issuer", "issued_on", "year"),
        *("work_points", "duties", "basis", "annexes", "groups", "findings"),
    ]
    first = data["work_points"][0]
    assert (first["lead"], first["support"], first["mode"]) == (["市甲局"], ["市有关单位"], "lead+all")
    assert first["deadline"]["due"] == "2026-06-30"
    assert (first["section"], first["task"], first["no"]) == (None, None, "1")
    assert data["groups"] == [{"name": "市有关单位", "members": None}]
    assert sorted(each["code"] for each in data["findings"]) == [
        "no-unit",
        "undefined-group",
        "unreadable-deadline",
    ]


def test_people_get_an_overview_and_what_to_look_at(tmp_path):
    text = "\n".join(read(call(tmp_path), plan_file(tmp_path)).lines)

    assert "标题：某市2026年普查工作分工表" in text
    assert "任务事项：2项" in text
    assert "牵头：市甲局；配合：市有关单位" in text
    assert "需要核对的有3处" in text


def test_it_needs_no_office_and_writes_nothing(tmp_path):
    path = plan_file(tmp_path)

    read(call(tmp_path), path)

    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_plan_is_refused_with_exit_code_3(tmp_path, capsys):
    path = tmp_path / "消息.txt"
    path.write_text("昨天，市甲局负责人走访了三个村。", encoding="utf-8")

    code = main(["read", str(path), "--json"])

    said = capsys.readouterr()
    assert code == Exit.REFUSED
    assert said.out == ""
    assert said.err.startswith("消息.txt：没有找到任务事项。")


def test_a_text_without_work_points_shows_what_it_asks_for_and_is_refused_all_the_same(tmp_path, capsys):
    letter = tmp_path / "通知.txt"
    letter.write_text(
        "关于做好2026年档案开放工作的通知\n各单位要于6月底前报送开放目录。\n常务会议议定事项在1个工作日内公开。\n",
        encoding="utf-8",
    )

    code = main(["read", str(letter), "--json"])

    told = capsys.readouterr()
    found = json.loads(told.out)
    assert code is Exit.REFUSED
    assert "[not-a-plan]" in told.err
    assert "没有发现问题" not in told.out
    assert found["work_points"] == []
    assert [each["deadline"]["due"] for each in found["duties"]] == ["2026-06-30", None]
