"""The page is one file: no request, no foreign script, every text stays text; it works in a real browser."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import importlib.resources
import re

import pytest
from lxml import html

from tests.support.big_office import big_office
from tests.support.browser import browser
from tests.support.many import many_items
from tests.support.odd_texts import EVIL, ODD
from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker.board import LastRun, Part
from tracker.files.dashboard import LIBRARY, lay_out_page
from tracker.files.programs import pages_in
from tracker.files.templates import shipped_path
from tracker.rules.board import page_of


def page(office=None, title="2018年政务公开工作要点落实情况", **more):
    drawn = office or year_office()
    return page_of(summary_of(drawn), title, office=drawn, **more)


def evil_office():
    """Every text that anybody typed is a script."""
    drawn = year_office(w=(("P1-003", "", "wording", ""), EVIL), p=(("P1-002", "U1", "progress", "R1"), EVIL))
    plan = drawn.plans["P1"]
    points = tuple(
        dataclasses.replace(each, section=EVIL, task=EVIL, requirement=EVIL, no=EVIL) for each in plan.points
    )
    names = {
        unit: dataclasses.replace(body, names=tuple(dataclasses.replace(n, name=EVIL) for n in body.names))
        for unit, body in drawn.units.items()
    }
    return dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=points)}, units=names)


def test_the_page_asks_for_nothing_from_outside():
    tree = html.fromstring(lay_out_page(page()).decode("utf-8"))

    assert tree.xpath("//@src | //@href | //link | //iframe | //@style | //img") == []
    assert [each for each in tree.xpath("//@*") if "//" in each] == []


def test_the_policy_names_the_hashes_of_the_only_style_and_the_only_script():
    tree = html.fromstring(lay_out_page(page()).decode("utf-8"))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    texts = [(tag, each.text) for tag in ("style", "script") for each in tree.iter(tag)]
    digests = [base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() for _, text in texts]
    assert [tag for tag, _ in texts] == ["style", "script", "script"]
    assert f"style-src 'sha256-{digests[0]}';" in policy
    assert f"script-src 'sha256-{digests[1]}' 'sha256-{digests[2]}';" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_script_in_every_text_field_stays_text():
    tree = html.fromstring(lay_out_page(page(evil_office(), title=EVIL)).decode("utf-8"))

    assert len(tree.xpath("//script")) == 2
    assert tree.xpath("//img | //@onerror") == []
    assert EVIL in tree.xpath("//main[@class='board']//h1")[0].text_content()


def test_the_same_year_gives_the_same_bytes():
    assert lay_out_page(page()) == lay_out_page(page())


def headings(data):
    tree = html.fromstring(data.decode("utf-8"))
    return [
        heading.text_content()
        for heading in tree.xpath("//main[@class='board']//*[self::h2 or self::figcaption]")
    ]


def test_parts_whose_facts_are_not_there_leave_no_heading():
    empty = dataclasses.replace(page(), items=(), groups=(), burden="")

    assert headings(lay_out_page(empty)) == []
    assert headings(lay_out_page(page())) == [
        "1项逾期未完成，2项滞后、到期当月未启动、待核实或待确认，1项临近到期",
        "亮灯",
        "计入完成率的7项，已完成2项，1项逾期",
        "“推进重点信息公开”逾期最多：1项",
        "截至上月底应完成3项，已完成2项",
        "任务事项",
        "各单位",
        "报表精简情况",
    ]


def test_axe_core_finds_nothing_on_either_tab_of_two_thousand_items(browsed):
    axe = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    shown = browsed(lay_out_page(page(big_office(2_000, 120), last_run=LastRun("2018年12月19日 17:00"))))
    shown.run(axe)

    for tab in ("", "office"):
        shown.run(f"document.querySelector('.tabs [data-tab=\"{tab}\"]').click()")
        assert shown.run("axe.run().then(found => found.violations.map(v => v.id + v.nodes[0].html))") == []


def test_what_only_the_office_needs_stands_on_a_tab_of_its_own(browsed):
    shown = browsed(lay_out_page(page(last_run=LastRun("2018年12月19日 17:00"))))
    seen = (
        "[...document.querySelectorAll('.board>section')].filter(e => e.offsetHeight).map(e => e.className)"
    )

    assert "office" not in shown.run(seen)
    shown.run("document.querySelector('.tabs [data-tab=office]').click()")
    assert shown.run(seen) == ["office", "office"]
    shown.run("document.querySelector('.tabs button').click()")
    assert "listed" in shown.run(seen)


def test_checks_scores_and_the_last_run_appear_once_there_is_something_to_show():
    checks = Part("抽查整改", (("发现问题", "2个"),), ("单位", "问题"), (("市财政局", "栏目未更新"),))
    scores = Part("考核得分", (("平均得分", "86.25"),), ("单位", "得分"), (("市财政局", "92.5"),))
    shown = lay_out_page(page(parts=(checks, scores), last_run=LastRun("2018年12月19日 17:00")))

    assert headings(shown)[5:7] == ["抽查整改", "考核得分"]
    assert headings(shown)[-2:] == ["运行情况", "报表精简情况"]
    text = html.fromstring(shown.decode("utf-8")).text_content()
    assert "栏目未更新" in text
    assert "86.25" in text


def test_the_charting_library_is_the_one_that_was_vendored():
    noted = shipped_path("templates", "echarts", "README.md").read_text(encoding="utf-8")

    data = shipped_path("templates", "echarts", LIBRARY).read_bytes().replace(b"\r\n", b"\n")

    assert hashlib.sha256(data).hexdigest() in noted
    assert b'version="5.6.0"' in data
    assert b"5.6.0" in noted.encode()
    assert b"</script" not in data.lower()
    assert not re.search(rb"\beval\(|new Function", data)
    for licence in ("LICENSE", "NOTICE", "LICENSE-d3"):
        assert shipped_path("templates", "echarts", licence).is_file()


@pytest.fixture(scope="module")
def one_browser(chromium, tmp_path_factory):
    with browser(chromium, tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture
def browsed(one_browser, tmp_path):
    """A browser that shows a page from a file."""

    def browse(data, more=""):
        source = tmp_path / "page.html"
        source.write_bytes(data)
        one_browser.see(1366, 768)
        one_browser.open("about:blank")
        one_browser.open(source.as_uri() + more)
        assert one_browser.requests == [source.as_uri()]
        return one_browser

    return browse


def rows(shown):
    return shown.run(
        "Array.from(document.querySelectorAll('#items tbody tr')).filter(r => !r.hidden).map(r => r.cells[0].textContent)"
    )


def choose(shown, name, value):
    shown.run(
        f"(e => {{ e.value = {value!r}; e.dispatchEvent(new Event(e.tagName === 'INPUT' ? 'input' : 'change')); }})(document.getElementById({name!r}))"
    )


def test_a_browser_opens_it_from_a_file_without_a_request_or_a_complaint(browsed):
    shown = browsed(lay_out_page(page(evil_office(), title="标题")))

    assert shown.complaints == []
    assert shown.run("document.title") == "标题"
    assert shown.run("document.querySelectorAll('script').length") == 2
    assert shown.run("document.querySelectorAll('img, a, iframe, object').length") == 0


def test_a_page_whose_script_was_changed_is_complained_about(browsed):
    spoiled = lay_out_page(page()).replace(b'"use strict";\n//', b'"use strict";let a=1;\n//')

    assert browsed(spoiled).complaints != []


def test_every_picture_is_drawn_from_the_table_beside_it(browsed):
    shown = browsed(lay_out_page(page()))

    drawn = shown.run(
        "Array.from(document.querySelectorAll('.board figure')).map(f => [f.dataset.chart, f.querySelectorAll('svg path').length > 3,"
        " f.querySelector('details').open, f.querySelector('.canvas').getAttribute('aria-label').length > 10])"
    )
    assert drawn == [
        ["whole", True, False, True],
        ["stack", True, False, True],
        ["months", True, False, True],
    ]
    assert shown.run("document.querySelectorAll('.a4 figure.drawn .canvas').length") == 3
    # For printers that know only black: patterns on the sheet; on the screen what is late has one beside its red.
    assert shown.run("document.querySelectorAll('.a4 svg pattern').length") > 5
    assert 1 <= shown.run("document.querySelectorAll('.board svg pattern').length") <= 3
    words = shown.run(
        "Array.from(document.querySelectorAll('.board figure svg text')).map(t => t.textContent)"
    )
    assert "推进重点信息公开 2/4" in words
    assert "今天" in words
    assert [each for each in words if "28.6%" in each] != []


def test_the_list_begins_with_what_wants_attention_and_the_filters_narrow_it(browsed):
    shown = browsed(lay_out_page(page()))

    assert rows(shown) == ["P1-002", "P1-005", "P1-006", "P1-007"]
    assert shown.run("document.getElementById('shown').textContent") == "显示 4 项，共 8 项"
    shown.run("document.getElementById('clear').click()")
    assert len(rows(shown)) == 8
    for name, value, wanted in (
        ("unit", "U2", ["P1-001", "P1-003", "P1-005"]),
        ("section", "1", ["P1-005"]),
        ("light", "蓝", ["P1-005"]),
        ("kind", "done", []),
    ):
        choose(shown, name, value)
        assert rows(shown) == wanted
    shown.run("document.getElementById('clear').click()")
    choose(shown, "due", "2018-12")
    assert rows(shown) == ["P1-005", "P1-006"]
    choose(shown, "q", "市行政审批局 指南")
    assert rows(shown) == ["P1-006"]


def test_of_many_items_fifty_are_drawn_and_a_filter_a_head_a_button_and_paper_find_the_others(browsed):
    drawn = many_items(130)
    shown = browsed(lay_out_page(page(drawn)))
    count = "document.querySelectorAll('#items tbody tr').length"

    shown.run("document.getElementById('clear').click()")
    assert shown.run("document.getElementById('shown').textContent") == "130 项"
    assert len(rows(shown)) == 50
    assert shown.run(count) < 130
    shown.run("document.getElementById('more').click()")
    assert rows(shown)[-1] == "P1-0100"
    choose(shown, "q", "P1-0127")
    assert rows(shown) == ["P1-0127"]
    cells = (
        "Array.from(Array.from(document.querySelectorAll('#items tbody tr'))"
        ".filter(r => r.cells[0].textContent === '{}')[0].cells).map(c => [c.className, c.textContent].join('|'))"
    )
    # The same item of the drawn year, once as a row of the page, once as data.
    plain = [
        re.sub(r"P1-\d+|任务\d+", "", "\n".join(shown.run(cells.format(point))))
        for point in ("P1-0007", "P1-0127")
    ]
    assert plain[0] == plain[1]
    shown.run("document.getElementById('clear').click()")
    shown.run("document.querySelectorAll('#items thead button')[0].click()")
    shown.run("document.querySelectorAll('#items thead button')[0].click()")
    assert rows(shown)[:2] == ["P1-0130", "P1-0129"]
    shown.run("window.dispatchEvent(new Event('beforeprint'))")
    assert len(rows(shown)) == 130


def test_a_page_of_two_thousand_items_is_at_most_two_and_a_half_times_one_of_forty():
    few, many = (len(lay_out_page(page(many_items(n)))) for n in (40, 2_000))

    assert many < 2.5 * few


def test_no_text_of_an_item_that_is_data_ends_the_data(browsed):
    drawn = many_items(60)
    plan = drawn.plans["P1"]
    points = tuple(dataclasses.replace(point, requirement=EVIL) for point in plan.points)
    shown = browsed(
        lay_out_page(page(dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=points)})))
    )

    choose(shown, "q", "P1-0059")
    shown.run("document.getElementById('clear').click()")
    assert shown.run("JSON.parse(document.getElementById('rest').textContent).rows.length") == 10
    assert shown.complaints == []


def test_a_light_and_a_unit_can_be_clicked(browsed):
    shown = browsed(lay_out_page(page()))

    shown.run("document.querySelector('.board .lamp[data-light=红]').click()")
    assert rows(shown) == ["P1-002"]
    shown.run("document.querySelector('.pick[data-unit=U3]').click()")
    assert rows(shown) == ["P1-001", "P1-004", "P1-005"]


def test_a_link_can_point_at_some_items(browsed):
    shown = browsed(lay_out_page(page()), "#q=财政&kind=overdue")

    assert rows(shown) == ["P1-002"]
    assert rows(browsed(lay_out_page(page()), "#unit=%E4&kind=")) == ["P1-002", "P1-005", "P1-006", "P1-007"]


def test_a_head_sorts_and_sorts_back_and_sums_stay_on_top(browsed):
    shown = browsed(lay_out_page(page()))

    shown.run("document.getElementById('clear').click()")
    click = "document.querySelectorAll('#{} thead button')[{}].click()"
    shown.run(click.format("items", 6))
    assert rows(shown)[:3] == ["P1-003", "P1-001", "P1-002"]
    assert rows(shown)[-1] == "P1-004"
    shown.run(click.format("items", 6))
    assert rows(shown)[0] == "P1-004"
    names = "Array.from(document.querySelectorAll('#units tbody tr')).map(r => r.cells[0].textContent)"
    shown.run(click.format("units", 1))
    assert shown.run(names)[0] == "未分类（5个）"
    shown.run(click.format("units", 1))
    assert shown.run(names)[:2] == ["未分类（5个）", "市行政审批局"]


def test_what_a_picture_says_under_the_mouse_is_drawn_and_never_html(browsed):
    shown = browsed(lay_out_page(page(evil_office())))
    layers = "document.querySelectorAll('.board .canvas > *').length"
    before = shown.run(layers)

    said = shown.run(
        "Array.from(document.querySelectorAll('.board .canvas')).map(c => {"
        " echarts.getInstanceByDom(c).dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: 0});"
        " echarts.getInstanceByDom(c).getZr().flush();"
        " return Array.from(c.querySelectorAll('svg text')).map(t => t.textContent).join('|'); })"
    )

    assert shown.run(layers) == before
    assert shown.complaints == []
    assert "<script>document.title" in said[1]


def test_on_a_narrow_screen_what_needs_somebody_is_read_without_scrolling_sideways(browsed):
    shown = browsed(lay_out_page(page()))
    shown.see(390, 844)

    assert shown.run(
        "Array.from(document.querySelectorAll('.needs .wide, .needs td')).every(e => e.scrollWidth <= e.clientWidth)"
    )


@pytest.mark.parametrize("wide", [390, 1366])
def test_the_requirement_of_an_item_has_room(browsed, wide):
    screen = browsed(lay_out_page(page()))
    screen.see(wide, 844)

    widths = screen.run("Array.from(document.querySelectorAll('#items thead th')).map(e => e.clientWidth)")

    assert widths[3] >= 160
    assert min(widths) >= 60


def test_the_head_of_a_table_is_text_in_print_and_stands_on_every_page(browsed):
    from pypdfium2 import PdfDocument

    shown = browsed(lay_out_page(page(big_office(120, 6))))
    shown.run("document.getElementById('clear').click()")

    pages = [page_.get_textpage().get_text_range() for page_ in PdfDocument(shown.printed())]

    lists = [text for text in pages[1:] if "P1-" in text]
    assert len(lists) > 2
    assert all("具体要求" in text for text in lists)


def test_without_javascript_every_number_is_there_to_read(chromium, tmp_path):
    source = tmp_path / "page.html"
    source.write_bytes(lay_out_page(page()))

    with browser(chromium, tmp_path / "profile", javascript=False) as shown:
        shown.open(source.as_uri())
        text = shown.run("document.querySelector('.board').innerText")
        tables = shown.run(
            "Array.from(document.querySelectorAll('.board .numbers')).every(t => t.offsetHeight > 30)"
        )

    assert shown.complaints == []
    assert tables
    for word in ("37.5%", "推进重点信息公开", "2018年10月", "公开政府采购项目清单"):
        assert word in text


@pytest.mark.parametrize("wide", [390, 683, 1366, 1920])
def test_nothing_hangs_over_the_edge_of_the_screen(browsed, wide):
    shown = browsed(lay_out_page(page(evil_office())))
    shown.see(wide, 768)

    assert shown.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_in_every_field_stays_text(browsed, text):
    running = LastRun(text, text, (text,))
    part = Part(text, ((text, text),), (text,), ((text,),))
    shown = browsed(lay_out_page(page(big_office(12, 3, text=text), text, parts=(part,), last_run=running)))

    assert shown.complaints == []
    counts = "['script', 'style', 'title', 'img', 'a', 'b.x', 'iframe'].map(t => document.querySelectorAll(t).length).join()"
    assert shown.run(counts) == "2,1,1,0,0,0,0"
    assert shown.run("document.querySelectorAll('#items tbody tr').length") == 12
    said = shown.run("document.querySelector('#items tbody tr').cells[3].textContent")
    wanted = text.replace("\r\n", "\n")
    assert said == wanted or (len(text) > 1_500 and said.endswith("……（全文见工作台账）"))
    assert shown.run("document.querySelectorAll('figure.drawn').length") == 6
    assert shown.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(
    ("points", "units", "text"), [(1, 1, ""), (40, 40, ""), (2_000, 200, ""), (30, 6, "很长的名称" * 2_000)]
)
def test_the_sheet_of_a4_holds_everything_that_it_shows(browsed, points, units, text):
    said = LastRun("2018-12-19 17:30", "2018-12-20 08:30", ("定时任务停了。" * 30,))
    part = Part("抽查整改情况", (("发现问题", "12个"), ("已整改", "9个")) * 8, ("单位",), (("甲",),))
    drawn = big_office(points, units, text=text)
    shown = browsed(lay_out_page(page(drawn, parts=(part, part, part), last_run=said)), "#a4")

    sheet = shown.run(
        "(a => [a.scrollHeight - a.clientHeight, a.scrollWidth - a.clientWidth])(document.querySelector('.a4'))"
    )
    assert sheet == [0, 0]
    assert pages_in(shown.printed()) == 1


def test_the_sheet_is_printed_first_upright_and_the_lists_follow_across(browsed):
    import pypdfium2

    shown = browsed(lay_out_page(page()))

    with pypdfium2.PdfDocument(shown.printed()) as pdf:
        sizes = [tuple(round(each) for each in pdf.get_page_size(n)) for n in range(len(pdf))]
    assert sizes[0] == (595, 842)
    assert sizes[1:] == [(842, 595), (842, 595)]


def spoil(screen, rule):
    screen.run(f"document.styleSheets[0].insertRule({rule!r}, document.styleSheets[0].cssRules.length)")


def ink_at_the_foot(pdf, page_number):
    """How many dots of the last centimetre above the margin of a printed page have ink."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        picture = document[page_number].render(scale=2, grayscale=True)
        foot = bytes(picture.buffer)[-picture.stride * int(22 / 25.4 * 144) :]
    return sum(dot < 200 for dot in foot)


def place_of(pdf, heading):
    """On which page of a printed document a heading stands, and how many points above its lower edge."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        for number, page_ in enumerate(document, start=1):
            text = page_.get_textpage()
            lines = text.get_text_range().splitlines()
            if heading in [line.strip() for line in lines]:
                start, _ = text.search(heading, match_whole_word=True).get_next()
                return number, text.get_charbox(start)[1]
    raise AssertionError(heading)


def headings_that_stand_last(pdf, headings):
    """The pages of a printed document whose last line is a heading."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        ends = [page_.get_textpage().get_text_range().strip().splitlines()[-1:] for page_ in document]
    return [number for number, last in enumerate(ends, start=1) if last and last[0].strip() in headings]


@pytest.mark.parametrize(
    ("rule", "has_ink"),
    [("", False), ("@media print{.board>.listed{padding-top:0!important}}", True)],
    ids=["as it is", "spoiled"],
)
def test_nothing_of_the_lists_hangs_onto_the_sheet(browsed, rule, has_ink):
    screen = browsed(lay_out_page(page()))
    if rule:
        spoil(screen, rule)

    assert bool(ink_at_the_foot(screen.printed(), 0)) == has_ink


@pytest.mark.parametrize(
    ("rule", "alone"),
    [("", False), ("@media print{h2{break-after:auto!important}}", True)],
    ids=["as it is", "spoiled"],
)
def test_no_heading_stands_last_on_a_printed_page(browsed, rule, alone):
    screen = browsed(lay_out_page(page()))
    spoil(screen, "@media print{.a4+.board>.listed~.listed{break-before:auto!important}}")
    if rule:
        spoil(screen, rule)
    # So far the second list moves down that its heading stands just above the margin.
    page_number, above = place_of(screen.printed(), "各单位")
    assert page_number == 2
    room = int((above - 12 / 25.4 * 72 - 2) / 0.75)
    screen.run(f"document.querySelector('.listed').style.paddingBottom = '{room}px'")

    last = headings_that_stand_last(screen.printed(), {"任务事项", "各单位"})

    assert bool(last) == alone
