"""Every button of every page, pressed as it stands there: it does something or says what is missing, in Chinese, with a way on."""

from __future__ import annotations

import html.parser
import io
from dataclasses import dataclass, field

import openpyxl
import pytest

from tests.support.clerk import english_in
from tests.support.desk import NOW, let_in, running_desk
from tests.support.year import call, fill, form_of, ledger_of, make_year
from tracker import facts
from tracker.steps.chase import chase
from tracker.steps.hand_out import hand_out
from tracker.web.jobs import BUTTONS
from tracker.web.safety import document_inside
from tracker.web.views import MENU

# What these act on is not there, or gone by the time that they would be pressed: tests of their own press them.
ELSEWHERE = {
    "init",
    "as-last-year",
    "message",
    "compare",
    "decide",
    "reopen",
    "sent",
    "issue",
    "run",
    "clock",
}


@dataclass
class Form:
    """A form as it stands: what it would send, and its buttons with what each adds and where it goes."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, dict[str, str]]] = field(default_factory=list)


class Page(html.parser.HTMLParser):
    """The forms, links and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._select = self._hidden = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "head"):
            self._hidden = tag
        if tag == "a":
            self.links.append(values["href"])
        if tag == "form":
            self.forms.append(Form(values.get("action", "")))
        if not self.forms:
            return
        form, name = self.forms[-1], values.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.fields.setdefault(self._select, values.get("value", ""))
        elif tag == "button":
            form.buttons.append(
                (values.get("formaction", form.action), {name: values["value"]} if name else {})
            )
        elif tag == "input" and name and values.get("type") not in ("file", "checkbox"):
            if values.get("type") != "radio" or "checked" in values or name.startswith("decide-"):
                form.fields.setdefault(name, values.get("value", ""))
        elif tag == "input" and name == "tick":
            form.fields.setdefault(name, values.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""
        if tag == self._hidden:
            self._hidden = ""

    def handle_data(self, data):
        if not self._hidden:
            self.words.append(data)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office in which something of everything waits."""
    root = make_year(tmp_path_factory.mktemp("buttons") / "办公")
    hand_out(call(root))
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=call(root).now) as act:
        act.add(facts.Cell("P1-001", "U002", "progress", "R1", "本办记的", "office", 0))
    chase(call(root))
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位写的"}}, root / "各单位报送" / "司法局.xlsx")
    (root / "各单位报送" / "坏了.xlsx").write_bytes(b"PK\x03\x04broken")
    (root / "按表填报").mkdir()
    write_table(root / "按表填报" / "空表.xlsx", ("序号", "具体要求", "领导批示"), (None,) * 3)
    plan = ("序号", "具体要求", "责任单位", "完成时限"), ("1", "公开规划", "市教育局", "2018年12月底前")
    write_table(root / "方案" / "方案.xlsx", ("云溪市2018年政务公开工作要点分工方案",), *plan)
    return root


def write_table(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


def test_every_button_does_something_or_says_in_chinese_what_is_missing(office):
    pressed: set[str] = set()
    with running_desk(office, now=NOW) as (entrance, visitor):
        let_in(entrance, visitor)
        for name in MENU:
            for _ in range(3):  # what a button brings may have buttons of its own
                page = Page(visitor.get(f"/{name}").text)
                assert english_in("".join(page.words), office) == [], name
                assert {link for link in page.links if link[1:] not in MENU} <= {"#main"}
                buttons = [(form.fields, *button) for form in page.forms for button in form.buttons]
                for fields, action, extra in buttons:
                    values, act = {**fields, **extra}, action.removeprefix("/do/")
                    if action == "/open":
                        document_inside(office, values.get("path", ""))
                    if action.startswith("/do/") and act not in pressed:
                        pressed.add(act)
                        press(visitor, action, values | {"reason": "请补正"}, office)

    assert pressed >= set(BUTTONS) - ELSEWHERE, set(BUTTONS) - ELSEWHERE - pressed


def press(visitor, action, form, root):
    """Press it, and read the page that it leads to."""
    answer = visitor.post(action, form)
    assert answer.status in (303, 409), (action, answer.status)
    text = answer.text
    if answer.status == 303:
        visitor.wait()
        text = visitor.get(answer.headers["Location"]).text
    page = Page(text)
    words = "".join(page.words)
    assert english_in(words, root) == [], (action, english_in(words, root))
    assert "程序出现意外问题" not in words, action
    assert set(page.links) >= {f"/{name}" for name in MENU}, action
    if "没有做" in words:
        assert "请" in words or "再" in words, (action, words[:400])
