"""Web pages: the article without menus, its paragraphs and tables as people count them."""

from __future__ import annotations

import pytest

from tracker.formats.readers.html import read_html
from tracker.grid import Merge, Source

ARTICLE = (
    "<p>某县2026年防汛任务分解表</p><p>某政办〔2026〕6号</p>"
    "<table><tr><th>任务</th><th>单位</th><th>时限</th></tr>"
    "<tr><td rowspan=2>堤防加固工程建设</td><td>县水利局牵头，县财政局配合</td><td>5月底前</td></tr>"
    "<tr><td colspan=2>各乡镇人民政府负责落实</td></tr></table><p>注：未列时限的按部署执行。</p>"
)


def page(body: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>任务分解 - 某县</title></head><body>{body}</body></html>"


def read(text: str, encoding: str = "utf-8") -> Source:
    return read_html(text.encode(encoding), "方案.html")


def test_paragraphs_and_tables_of_the_article_are_read_and_menus_are_not() -> None:
    source = read(
        page(
            "<div class=nav><ul><li>首页</li></ul></div><div>发布日期：2026-03-02</div>"
            f"<div id=zoom>{ARTICLE}</div><div class=foot><p>扫一扫</p><table><tr><td>上一篇</td><td>公告</td></tr></table></div>"
        )
    )

    assert [(each.text, each.place) for each in source.paragraphs] == [
        ("某县2026年防汛任务分解表", "P1"),
        ("某政办〔2026〕6号", "P2"),
        ("注：未列时限的按部署执行。", "P3"),
    ]
    assert [grid.name for grid in source.grids] == ["T1"]
    assert source.notes == (("page-title", "", "任务分解 - 某县"),)


def test_spans_become_merges_of_the_full_grid() -> None:
    (grid,) = read(page(ARTICLE)).grids

    assert grid.rows == (
        ("任务", "单位", "时限"),
        ("堤防加固工程建设", "县水利局牵头，县财政局配合", "5月底前"),
        (None, "各乡镇人民政府负责落实", None),
    )
    assert grid.merges == (Merge(1, 0, 2, 0), Merge(2, 1, 2, 2))
    assert grid.place(2, 1) == "T1R3C2"


def test_a_table_that_arranges_the_page_is_not_counted() -> None:
    source = read(page(f"<table><tr><td>菜单</td><td>{ARTICLE}</td></tr></table>"))

    assert [grid.name for grid in source.grids] == ["T1"]
    assert source.paragraphs[0].text == "某县2026年防汛任务分解表"


def test_a_headline_before_the_article_is_read() -> None:
    source = read(page(f"<h1>关于印发防汛方案的通知</h1><div>{ARTICLE}</div>"))

    assert (source.paragraphs[0].text, source.paragraphs[0].style) == ("关于印发防汛方案的通知", "title")
    assert source.paragraphs[1].place == "P1"


def test_text_without_paragraphs_is_read_line_by_line() -> None:
    source = read(page("一、总体要求<br>1.加强值守（县应急局负责）<div>2.加强<b>宣传</b></div>"))

    assert [each.text for each in source.paragraphs] == [
        "一、总体要求",
        "1.加强值守（县应急局负责）",
        "2.加强宣传",
    ]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gb18030", ""),
        ("utf-16", ""),
        # A page that lies about itself: the bytes decide.
        ("utf-8", '<meta charset="gbk">'),
    ],
)
def test_the_encoding_is_found(encoding: str, head: str) -> None:
    source = read(page(ARTICLE, head), encoding)

    assert source.paragraphs[0].text == "某县2026年防汛任务分解表"


def test_what_is_not_shown_is_not_read_and_a_hidden_row_is_known() -> None:
    source = read(
        page(
            "<p>甲</p><script>var x</script><p style='display: none'>乙</p>"
            "<table><tr><td>1</td><td>2</td></tr><tr style='display:none'><td>3</td><td>4</td></tr></table>"
        )
    )

    assert [each.text for each in source.paragraphs] == ["甲"]
    assert source.grids[0].hidden_rows == {1}


def test_blanks_run_together_and_breaks_begin_a_line() -> None:
    (grid,) = read(page("<table><tr><td> a\n  b<br>c<p>d</p></td><td>&nbsp;</td></tr></table>")).grids

    assert grid.rows == (("a b\nc\nd", None),)


def test_items_of_a_numbered_list_bear_the_number_that_a_browser_prints() -> None:
    source = read(
        page(
            "<div><p>某县要点</p><ol start=3><li>修渠。</li><li><p>栽树。</p></li><li>5、护堤。</li></ol>"
            "<ul><li>清淤。</li></ul><ol style='list-style: none'><li>立牌。</li></ol><p>某县水利局</p></div>"
        )
    )

    assert [(each.printed_number, each.text, each.place) for each in source.paragraphs] == [
        ("", "某县要点", "P1"),
        ("3.", "修渠。", "P1+"),
        ("4.", "栽树。", "P2"),
        ("", "5、护堤。", "P2+"),
        ("", "清淤。", "P2+2"),
        ("", "立牌。", "P2+3"),
        ("", "某县水利局", "P3"),
    ]


def test_what_a_page_strikes_through_is_known_in_cells_paragraphs_and_loose_text() -> None:
    source = read(
        page(
            "<div id=zoom><p>一、<del>市甲局</del>市乙局</p><p><s>二、作废的一项工作任务</s></p>三、<span "
            "style='text-decoration: line-through'>丙</span>丁项工作任务<p>四、全部有效的一项工作任务</p>"
            "<table><tr><td>市戊局、<strike>市己局</strike></td><td><s>庚</s></td><td>辛</td></tr></table></div>"
        )
    )

    assert [each.unstruck for each in source.paragraphs] == ["一、市乙局", "", "三、丁项工作任务", None]
    assert source.grids[0].struck == {(0, 0): "市戊局、", (0, 1): ""}


def test_a_nul_in_a_page_does_not_end_it() -> None:
    first, last = "一、" + "修好堤防。" * 60, "三、备足物资。"
    source = read(f"<p>{first}</p><p>二、清{chr(0)}淤。</p><p>{last}</p>")

    assert [paragraph.text for paragraph in source.paragraphs] == [first, f"二、清{chr(0xFFFD)}淤。", last]
