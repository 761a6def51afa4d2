"""Word documents: addresses as people count, merges on the full grid, numbers rendered, deletions not read."""

from __future__ import annotations

from tests.support import hostile
from tests.support.word_parts import GOES_ON, RESTART, p, tc
from tracker.files.guard import opening
from tracker.grid import Merge, Notation, Paragraph, Source


def read(body: str, *more: tuple[str, str]) -> Source:
    """Read a document with the body given."""
    return opening.read_bytes(hostile.document(body, *more), "方案.docx")


def tbl(*rows: str) -> str:
    """A table of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_every_paragraph_outside_tables_counts_empty_ones_too() -> None:
    source = read(p("甲") + p() + tbl(tc("乙")) + p("丙"))

    assert [(each.text, each.place) for each in source.paragraphs] == [("甲", "P1"), ("", "P2"), ("丙", "P3")]
    assert [type(block).__name__ for block in source.blocks] == [
        "Paragraph",
        "Paragraph",
        "Grid",
        "Paragraph",
    ]


def test_spans_and_vertical_merges_become_merges_of_the_full_grid() -> None:
    source = read(
        tbl(
            tc("任务", '<w:gridSpan w:val="2"/>') + tc("单位"),
            tc("一", RESTART) + tc("甲") + tc("市教育局", RESTART),
            tc("", GOES_ON) + tc("乙") + tc("", GOES_ON),
            tc("二", RESTART) + tc("丙") + tc("市卫健委"),
        )
    )

    (grid,) = source.grids
    assert grid.rows == (
        ("任务", None, "单位"),
        ("一", "甲", "市教育局"),
        (None, "乙", None),
        ("二", "丙", "市卫健委"),
    )
    assert grid.merges == (Merge(0, 0, 0, 1), Merge(1, 0, 2, 0), Merge(1, 2, 2, 2))
    assert grid.notation is Notation.TABLE
    assert grid.place(1, 2) == "T1R2C3"


def test_a_merge_that_nobody_began_is_a_cell_of_its_own() -> None:
    (grid,) = read(tbl(tc("甲") + tc("乙"), tc("丙", GOES_ON) + tc("丁"))).grids

    assert grid.rows == (("甲", "乙"), ("丙", "丁"))
    assert grid.merges == ()


def test_a_row_that_begins_later_keeps_its_columns() -> None:
    (grid,) = read(
        "<w:tbl><w:tr>" + tc("甲") + tc("乙") + "</w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("丙") + "</w:tr></w:tbl>"
    ).grids

    assert grid.rows == (("甲", "乙"), (None, "丙"))


def test_a_table_inside_a_cell_follows_and_is_named_after_the_cell() -> None:
    inner = tbl(tc("内"))
    (outer, nested) = read(tbl(tc("外"), f"<w:tc>{p('有表')}{inner}{p()}</w:tc>") + p("完")).grids

    assert outer.rows == (("外",), ("有表\n",))
    assert nested.name == "T1R2C1T1"
    assert nested.place(0, 0) == "T1R2C1T1R1C1"


def test_tracked_deletions_are_not_read_and_insertions_are() -> None:
    source = read(
        "<w:p><w:r><w:t>市教育局</w:t></w:r><w:del><w:r><w:delText>牵头</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>负责</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:p>"
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + tc("删") + "</w:tr><w:tr>" + tc("留") + "</w:tr></w:tbl>"
    )  # fmt: skip

    assert source.paragraphs[0].text == "市教育局负责"
    assert source.grids[0].rows == (("留",),)


def test_fields_ruby_and_breaks_read_as_they_look() -> None:
    source = read(
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>ding</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>丁</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )

    assert source.paragraphs[0].text == "甲\t乙\n丙丁√"


def test_text_boxes_follow_their_paragraph_and_are_read_once() -> None:
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    source = read(
        f"<w:p><w:r><mc:AlternateContent {names}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r></w:p>"
    )

    assert source.paragraphs == (Paragraph("正文", "P1"), Paragraph("框中", "P1", "文本框"))


def test_what_a_control_wraps_is_read() -> None:
    source = read(f"<w:sdt><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>{p('乙')}")

    assert [(each.text, each.place) for each in source.paragraphs] == [("甲", "P1"), ("乙", "P2")]


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    "</w:numbering>"
)


def number(level: int, of: int = 1) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'


def test_automatic_numbers_are_rendered_level_by_level() -> None:
    body = "".join(p("x", number(level)) for level in (0, 1, 1, 2, 2, 0, 1, 2)) + p("x", number(0, 2))
    source = read(body, ("word/numbering.xml", NUMBERING))

    assert [each.printed_number for each in source.paragraphs] == [
        "一、", "（一）", "（二）", "3.", "4.", "二、", "（一）", "3.", "一、"
    ]  # fmt: skip


def test_a_style_may_carry_the_number() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="a1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="a2"><w:name w:val="mine"/><w:basedOn w:val="a1"/></w:style></w:styles>'
    )
    source = read(
        p("甲", '<w:pStyle w:val="a1"/>')
        + p("乙", '<w:pStyle w:val="a2"/>')
        + p("丙", '<w:pStyle w:val="a1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", styles),
    )

    assert [(each.printed_number, each.style) for each in source.paragraphs] == [
        ("一、", "heading 1"), ("二、", "mine"), ("", "heading 1")
    ]  # fmt: skip


def test_an_automatic_number_in_a_cell_stands_before_its_text() -> None:
    cell = f"<w:tc>{p('', number(2))}</w:tc><w:tc>{p('甲', number(2))}</w:tc>"
    source = read(tbl(cell), ("word/numbering.xml", NUMBERING))

    assert source.grids[0].rows == (("3.", "4.甲"),)


def struck_run(text: str) -> str:
    return f"<w:r><w:rPr><w:strike/></w:rPr><w:t>{text}</w:t></w:r>"


def test_struck_runs_are_known_in_cells_and_paragraphs() -> None:
    cells = f"<w:tc><w:p>{struck_run('甲')}<w:r><w:t>乙</w:t></w:r></w:p></w:tc>" + tc("丙")
    source = read(f"<w:p>{struck_run('丁')}</w:p>" + p("戊") + tbl(cells, tc("己") + tc("庚")))

    assert [paragraph.unstruck for paragraph in source.paragraphs] == ["", None]
    assert source.grids[0].struck == {(0, 0): "乙"}


def test_a_table_inside_a_cell_of_a_table_proper_is_text_of_the_cell() -> None:
    inner = tbl(tc("市甲局"), tc("市乙局"))
    source = read(tbl(tc("任务") + tc("单位"), tc("清淤") + f"<w:tc>{inner}<w:p/></w:tc>"))

    assert [grid.rows[-1] for grid in source.grids] == [("清淤", "市甲局\n市乙局\n")]


def test_comments_and_what_tracked_changes_deleted_are_known_where_they_stand() -> None:
    mark = '<w:r><w:commentReference w:id="4"/></w:r>'
    gone = "<w:del><w:r><w:delText>市丙局</w:delText></w:r></w:del>"
    cells = f"<w:tc><w:p><w:r><w:t>甲</w:t></w:r>{mark}</w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r>{gone}</w:p></w:tc>"
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="4"><w:p><w:r><w:t>待定</w:t></w:r></w:p></w:comment></w:comments>'
    )
    body = f"<w:p><w:r><w:t>丁</w:t></w:r>{mark}{gone}</w:p>" + tbl(cells, tc("丙") + tc("戊"))

    source = read(body, ("word/comments.xml", comments))

    assert (source.paragraphs[0].comment, source.paragraphs[0].deleted) == ("待定", "市丙局")
    assert source.grids[0].comments == {(0, 0): "待定"}
    assert source.grids[0].deleted == {(0, 1): "市丙局"}
    assert source.grids[0].rows[0] == ("甲", "乙")
