"""What a page says in place of a verb's sentence, and where it leads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tracker
from tracker.clicks import PAGE_CLICKS
from tracker.files.templates import shipped_path
from tracker.web.jobs import VERDICTS, JobOrder, JobState, JobView
from tracker.web.views import MENU, TODO_PAGES, chase, lines_of, next_step, plain, report, todos, ways_from

PAGES = shipped_path("templates", "desk")
SOURCES = [path.read_text(encoding="utf-8") for path in Path(tracker.__file__).parent.rglob("*.py")]


def test_everything_that_waits_leads_to_the_page_where_it_is_done():
    codes = {
        code
        for source in SOURCES
        for code in re.findall(r'(?:todo_line|\.open_todos)\(\s*"([a-z_-]+)"', source)
    }

    assert {"no-round", "years", "gaps", "logbook-late"} <= codes
    assert codes - TODO_PAGES.keys() == set()


def test_what_a_person_is_to_run_has_a_button():
    advice = {verb for source in SOURCES for verb in re.findall(r'"[^"\n]*运行 tracker ([a-z-]+)', source)}

    assert {"chase", "compare", "settle"} <= advice
    assert advice - PAGE_CLICKS.keys() <= {
        "init",
        "doctor",
    }  # before there is a page, or when its data are spoiled


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("请填写后重新运行。", "请填写后再点一次。"),
        (
            "请在《待核对事项清单》里选定后运行 tracker settle。",
            "请在“待核对”页（或《待核对事项清单》）里选定后点“按选好的处理”。",
        ),
        ("T1R2C3：“各乡镇”没有成员", "表1第2行第3栏：“各乡镇”没有成员"),
    ],
)
def test_a_sentence_for_a_terminal_speaks_of_buttons_and_places_that_a_clerk_knows(sentence, words):
    assert plain(sentence) == words


def test_what_a_revision_changes_stands_line_by_line():
    sentence = "还没有登记。改动　P1-001　时限：6月 → 7月；取消　P1-009　某事；请在《待核对事项清单》里选定。[unconfirmed-plan]"

    lines = [line.text for line in lines_of([sentence])]

    assert lines[:3] == ["还没有登记。", "改动　P1-001　时限：6月 → 7月；", "取消　P1-009　某事；"]
    assert lines[3].startswith("请在“待核对”页")


def test_every_click_that_a_sentence_names_is_one_that_a_page_has():
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES.glob("*.html"))
    labels = {*MENU.values(), *VERDICTS.values()}

    names = {name for click in PAGE_CLICKS.values() for name in re.findall("“([^”]+)”", click)}

    assert {"补做", "电脑时间没有错", "年报的数据", "改发到现在的联络员"} <= names
    written = {name for name in names if f">{name}<" in pages or f'"{name}"' in pages}
    assert names - written - labels == set()


def test_what_is_to_be_done_about_a_message_that_did_not_leave_names_its_button(tmp_path):
    held = [
        {
            "message": "M1",
            "code": "contact",
            "why": "邮箱变了",
            "do": "核对名单后运行 tracker send --readdress 编号",
        }
    ]
    job = JobView(1, JobOrder("send", "", "send", ()), JobState.DONE, 1, (), {"held": held})

    [stuck] = chase(tmp_path, {"slips": []}, job)["stuck"]

    assert stuck["do"] == "核对名单后在“督办”页点“改发到现在的联络员”"


def test_a_thing_to_do_has_a_button_for_each_paper_about_it_that_is_there(tmp_path):
    papers = ("督办/催报名单 2026-年终（P1）.xlsx", "督办/催报名单 2026-年终（P2）.xlsx")
    state = {"todo": [{"code": "late-returns", "what": "1 个单位逾期未报（年终）", "papers": papers}]}
    assert [todo["files"] for todo in todos(tmp_path, state)] == [[]]
    (tmp_path / "督办").mkdir()
    (tmp_path / papers[1]).write_bytes(b"")

    [late] = todos(tmp_path, state)

    assert [(file.path, file.name) for file in late["files"]] == [
        (papers[1], "催报名单 2026-年终（P2）.xlsx")
    ]


def test_what_two_reports_ask_to_verify_in_the_same_words_stands_once(tmp_path):
    needs = {"pending": [{"wp": "", "what": "设置里没有主送机关。"}]}
    job = JobView(1, JobOrder("report", "", "report", ()), JobState.DONE, 1, (), {"reports": [needs, needs]})

    assert report(tmp_path, {"plans": {}}, job)["pending"] == [{"wp": "", "what": ["设置里没有主送机关。"]}]


def test_what_was_said_leads_on_to_the_page_where_it_is_done_but_not_to_itself():
    lines = list(lines_of(["请在《待核对事项清单》里选定。", "请在设置.xlsx 里填写。"]))

    assert ways_from(lines, "settings") == {"questions": "去核对"}
    assert ways_from(list(lines_of(["请在抽查/抽查设置.xlsx 里填好。"])), "check") == {}
    assert ways_from(lines, "plans") == {"questions": "去核对", "settings": "去填设置"}


def test_in_january_the_plan_of_the_new_year_is_what_comes_next():
    state = {"plans": {"P1": {"year": 2026}}, "rounds": [{"name": "年终"}]}

    step = next_step(state, "2027-01-06")

    assert step is not None
    assert (step["text"], step["page"]) == ("2027年的方案还没有登记：收到后拖到“方案”页。", "plans")
    assert next_step(state, "2026-12-31") is None
