"""The page in a real browser: it loads nothing from elsewhere, complains of nothing, and everybody can use it."""

from __future__ import annotations

import importlib.resources
import os

import openpyxl
import pytest

from tests.support.browser import browser
from tests.support.desk import NOW, running_desk
from tests.support.year import call, fill, form_of, ledger_of, make_year
from tracker import facts
from tracker.steps.chase import chase
from tracker.steps.check import check
from tracker.steps.hand_out import hand_out
from tracker.steps.score import score
from tracker.web.views import MENU

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the browser is asked over inherited pipes")

SIZES = ((1366, 768), (390, 844))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with forms out, a question, and slips that wait for a signature."""
    root = make_year(tmp_path_factory.mktemp("browser") / "办公")
    hand_out(call(root))
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=call(root).now) as act:
        act.add(facts.Cell("P1-001", "U002", "progress", "R1", "本办记的", "office", 0))
    chase(call(root))
    for _ in range(2):
        check(call(root), "draw")
        score(call(root))
        book = openpyxl.load_workbook(root / "抽查" / "抽查设置.xlsx")
        next(row for row in book.worksheets[0].iter_rows() if row[0].value == "抽查名称")[
            1
        ].value = "随机抽查"
        book.save(root / "抽查" / "抽查设置.xlsx")
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位写的"}}, root / "各单位报送" / "a.xlsx")
    return root


@pytest.fixture(scope="module")
def window(chromium, office, tmp_path_factory):
    """A browser that was let in, and where the page lies."""
    with (
        running_desk(office, now=NOW) as (entrance, visitor),
        browser(chromium, tmp_path_factory.mktemp("profile")) as window,
    ):
        address = f"http://127.0.0.1:{visitor.port}"
        window.open(address + entrance)
        for act in ("check", "score"):  # what they say is shown as tables
            window.open(f"{address}/{act}")
            window.leave(f"document.querySelector('form[action=\"/do/{act}\"] button').click()")
        yield window, address


@pytest.fixture(scope="module")
def returned(window):
    """What the page says once the file that lay in the folder was taken in by one click."""
    page, address = window
    page.open(f"{address}/returns")
    page.leave("document.querySelector('form[action=\"/do/take-back\"] button').click()")
    return page.run("document.querySelector('main').innerText")


def test_what_lies_in_the_folder_is_taken_in_with_one_click_and_the_page_shows_it(window, returned):
    page, _ = window

    assert "a.xlsx" in returned and "做完了" in returned
    assert page.complaints == []


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", MENU)
def test_every_page_asks_only_its_own_and_complains_of_nothing(window, name, size):
    page, address = window
    page.see(*size)
    page.open(f"{address}/{name}")

    assert page.complaints == []
    assert [request for request in page.requests if not request.startswith((address, "data:image/svg"))] == []
    assert page.run("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("name", MENU)
def test_every_page_can_be_used_by_everybody(window, name):
    page, address = window
    page.see(1366, 768)
    page.open(f"{address}/{name}")
    page.run(importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))

    violations = page.run(
        "axe.run().then(result => result.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' | ')))"
    )

    assert violations == []


def test_the_keyboard_alone_reaches_every_button_in_the_order_in_which_they_stand(window):
    page, address = window
    page.see(1366, 768)
    page.open(f"{address}/chase")

    odd = page.run(
        "Array.from(document.querySelectorAll('a, button, input, summary')).filter(e => e.tabIndex !== 0 && e.type !== 'hidden').length"
    )

    assert odd == 0


@pytest.mark.usefixtures("returned")
def test_what_was_typed_outlives_a_reload_and_a_decision_on_the_page_settles_the_question(window, office):
    page, address = window
    page.open(f"{address}/questions")
    page.run(
        "(() => { const field = document.querySelector('textarea'); field.value = '写了一半'; "
        "field.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )

    page.open(f"{address}/questions")

    assert page.run("document.querySelector('textarea').value") == "写了一半"

    page.run("document.querySelector('input[value=\"用新报送的\"]').click()")

    page.leave("document.querySelector('button.main').click()")

    assert "没有要核对的" in page.run("document.querySelector('main').innerText")
    with ledger_of(office) as ledger:
        assert ledger.office().cells[("P1-001", "U002", "progress", "R1")].value == "单位写的"


def test_a_hostile_page_in_the_same_browser_gets_nothing_and_starts_nothing(window, office, tmp_path):
    page, address = window
    (tmp_path / "evil.html").write_text(
        f"<form id=f method=post action='{address}/do/sync'></form>"
        f"<iframe id=i src='{address}/'></iframe><img id=p src='{address}/desk.svg'>",
        encoding="utf-8",
    )
    before = sorted((path, path.stat().st_mtime) for path in office.rglob("*") if path.is_file())
    page.open((tmp_path / "evil.html").as_uri())

    answers = page.run(
        f"Promise.all(['/', '/jobs', '/do/sync'].map(path => fetch('{address}' + path, {{method: path === '/do/sync' ? 'POST' : "
        "'GET', credentials: 'include'}).then(a => 'read', e => 'refused')))"
    )
    page.leave("document.getElementById('f').submit()")

    assert answers == ["refused", "refused", "refused"]
    assert "没有执行" in page.run("document.body.innerText")
    assert sorted((path, path.stat().st_mtime) for path in office.rglob("*") if path.is_file()) == before
