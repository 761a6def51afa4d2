"""A document in official layout holds every measure of GB/T 9704-2012 that applies to it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, strategies as st

from tests.support.check_official import check, check_lines, check_printed, printed_lines
from tests.support.work import calls_of
from tracker.columns import Align, Column
from tracker.formats.documents import render_official
from tracker.formats.documents.official import TITLE_WIDTH, break_title
from tracker.outline import Attachment, Fields, Heading, Masthead, Official, Text
from tracker.table import Table

COLUMNS = (
    Column("序号", 1, align=Align.CENTER),
    Column("板块", 3, merge=True),
    Column("任务", 3, merge=True),
    Column("要求", 8),
)


def table(rows: int = 40) -> Table:
    return Table(
        COLUMNS,
        tuple(
            (str(n + 1), f"板块{n // 20}", f"任务{n // 5}", f"按时公开第{n}项情况，及时更新。")
            for n in range(rows)
        ),
    )


REPORT = Official(
    title="关于2026年优化营商环境重点任务落实情况和存在问题的报告",
    addressee="省人民政府办公厅",
    blocks=(
        Text("现将有关情况报告如下。"),
        Heading(1, "总体情况"),
        Text("各项任务有序推进。" * 12),
        Heading(2, "准入"),
        Heading(3, "登记"),
        Heading(4, "开办企业。", run_in="已完成，平均用时1天。"),
        Heading(4, "注销企业。", run_in="正在推进。"),
        Heading(2, "监管"),
        Heading(1, "下一步打算"),
        Text("继续抓好落实。"),
    ),
    signature="××市人民政府办公室",
    date=dt.date(2026, 12, 8),
    attachments=(
        Attachment("任务落实情况一览表", (table(),), landscape=True),
        Attachment("未完成事项及原因", (Text("没有未完成的事项。"),)),
    ),
    note="此件公开发布",
)
SLIP = Official(
    title="督办通知单",
    blocks=(Fields(((("单号", "3号"), ("日期", "2026年7月1日")), (("事项", "公开预算\n公开决算"),))),),
    signature="市督查室",
    date=dt.date(2026, 7, 1),
    sealed=True,
)
UPWARD = Official(
    title="关于有关情况的报告",
    blocks=(Text("情况如下。"),),
    addressee="省人民政府",
    signature="某办",
    date=dt.date(2026, 10, 31),
    attachments=(Attachment("有关数据", (Text("无。"),)),),
    masthead=Masthead("××市人民政府文件", "×府〔2026〕3号", "李某某"),
)


COPIED = replace(SLIP, copies="市财政局分管负责同志，市督查室")


@pytest.mark.parametrize(
    "document", [REPORT, SLIP, UPWARD, COPIED], ids=["report", "slip", "upward", "copied"]
)
def test_an_independent_judge_finds_nothing_wrong(document):
    assert check(render_official(document)) == []


def test_the_foot_of_a_document_that_is_copied_has_its_rules_and_its_two_lines():
    with zipfile.ZipFile(io.BytesIO(render_official(COPIED))) as package:
        body = package.read("word/document.xml").decode("utf-8")
    foot = body[body.index("<wp:positionV") :]

    # At the foot of the type area, wherever the text above it ends.
    assert foot.startswith('<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align>')
    assert re.findall(r'<w:(top|bottom|insideH) w:val="single" w:sz="(\d+)"', foot) == [
        ("top", "8"),
        ("bottom", "8"),
        ("insideH", "6"),
    ]
    assert [
        "".join(re.findall(r"<w:t[^>]*>([^<]*)", each)) for each in re.findall(r"<w:p[ >].*?</w:p>", foot)
    ] == ["抄送：市财政局分管负责同志，市督查室。", "市督查室2026年7月1日印发", ""]


def test_a_field_with_a_very_long_text_goes_on_on_the_next_page():
    def rows_kept_whole(text: str) -> int:
        long = replace(SLIP, blocks=(Fields(((("工作要求", text),),)),))
        with zipfile.ZipFile(io.BytesIO(render_official(long))) as package:
            return package.read("word/document.xml").count(b"<w:cantSplit/>")

    assert (rows_kept_whole("要求" * 100), rows_kept_whole("要求" * 101)) == (1, 0)


# What a careless change could do, and a word of what the judge must say.
SPOILS = {
    "left margin 25 mm": ("word/document.xml", r'w:left="1587"', 'w:left="1417"', "margin left"),
    "no grid": ("word/document.xml", r"<w:docGrid[^>]*/>", "", "grid"),
    "grid of characters": ("word/document.xml", r'w:type="lines"', 'w:type="linesAndChars"', "grid"),
    "one footer for all pages": ("word/settings.xml", r"<w:evenAndOddHeaders[^>]*/>", "", "same footer"),
    "even number right": (
        "word/footer2.xml",
        r'<w:jc w:val="left"/>',
        '<w:jc w:val="right"/>',
        "even page number",
    ),
    "number without dashes": ("word/footer1.xml", "— ", "- ", "— 1 —"),
    "number not turned": ("word/footer3.xml", 'vert="vert"', 'vert="horz"', "not turned"),
    "level 1 in 仿宋": ("word/styles.xml", 'w:eastAsia="黑体"', 'w:eastAsia="仿宋_GB2312"', "仿宋"),
    "level 2 in 黑体": ("word/styles.xml", 'w:eastAsia="楷体_GB2312"', 'w:eastAsia="黑体"', "黑体"),
    "title in 黑体": ("word/styles.xml", "方正小标宋简体", "黑体", "小标宋"),
    "body of size 4": ("word/styles.xml", r'w:val="32"', 'w:val="28"', "size 3"),
    "no first indent": (
        "word/styles.xml",
        r'w:firstLineChars="200" w:firstLine="630"',
        "",
        "two characters in",
    ),
    "wide lines": ("word/styles.xml", r'w:line="578"', 'w:line="640"', "28 to 29 points"),
    "27 characters": ("word/styles.xml", r'<w:spacing w:val="-5"/>', "", "28 characters"),
    "grid in tables": ("word/styles.xml", r'<w:snapToGrid w:val="0"/>', "", "doubles its rows"),
    "head not repeated": ("word/document.xml", r"<w:tblHeader/>", "", "not repeated"),
    "merge without start": ("word/document.xml", r'<w:vMerge w:val="restart"/>', "", "never began"),
    "leading zero": ("word/document.xml", "12月8日", "12月08日", "leading zeros"),
    "mark after an attachment": ("word/document.xml", "未完成事项及原因<", "未完成事项及原因。<", "mark"),
    "a number left out": ("word/document.xml", "（二）监管", "（三）监管", "does not follow"),
    "another annex title": ("word/document.xml", "未完成事项及原因<", "未完成的事项<", "not the one"),
    "no other name of 仿宋": ("word/fontTable.xml", "仿宋,", "", "仿宋_GB2312 has no other name"),
    "no other name of 小标宋": ("word/fontTable.xml", "华文中宋,", "", "方正小标宋简体 has no other name"),
    "single lines": ("word/styles.xml", "<w:widowControl/>", '<w:widowControl w:val="0"/>', "single lines"),
    "headings cut": ("word/styles.xml", "<w:keepLines/>", "", "cut in two"),
    "date moved": ("word/document.xml", r'w:left="5695"', 'w:left="5065"', "signature and date"),
}


def spoiled(data: bytes, part: str, pattern: str, replacement: str, *, once: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text = content.decode("utf-8")
                content = re.sub(pattern, replacement, text, count=int(once)).encode("utf-8")
                assert content.decode("utf-8") != text, "the spoil changes nothing"
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", SPOILS)
def test_the_judge_sees_a_spoiled_copy(name):
    part, pattern, replacement, word = SPOILS[name]

    problems = check(spoiled(render_official(REPORT), part, pattern, replacement, once="annex title" in name))

    assert any(word in each for each in problems), problems


def test_the_same_document_gives_the_same_bytes():
    assert render_official(REPORT) == render_official(REPORT)


def test_nothing_in_the_package_tells_the_clock_or_the_machine():
    with zipfile.ZipFile(io.BytesIO(render_official(REPORT))) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode("utf-8")
    assert "python" not in core
    assert "2026-12-08" in core


def test_what_xml_cannot_hold_does_not_break_a_document():
    blocks = (Text("甲\x0b乙<w:p>&\ud800"), Table((Column("栏", 1),), (("\x00值\n两行",),)))

    data = render_official(Official("标题", blocks))

    assert check(data) == []
    assert "&lt;w:p&gt;" in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode("utf-8")


def test_four_times_the_rows_are_four_times_the_work():
    def work(rows: int) -> int:
        annex = Attachment("一览表", (table(rows),), landscape=True)
        return calls_of(lambda: render_official(Official("一览表", (), attachments=(annex,))))

    render_official(SLIP)  # the first document pays for the imports

    assert work(400) < 4.5 * work(100)


def test_a_full_page_holds_22_lines_of_28_characters(printed):
    document = Official("标题", (Text("汉" * 28 * 60),))

    pages = printed_lines(printed(render_official(document), "full.docx"))

    _, height, lines = pages[1]
    body = [line for line in lines if line[0].top < height - 35 * 72 / 25.4]
    assert len(body) == 22
    assert {len("".join(word.text for word in line)) for line in body} == {28}


def test_on_paper_numbers_stand_in_their_places_and_the_head_of_a_table_on_each_page(printed):
    text = tuple(Text("各项任务有序推进。" * 40) for _ in range(4))
    long = Official(
        "标题", text, attachments=(Attachment("一览表", (table(60),), True), Attachment("说明", text))
    )

    pdf = printed(render_official(long), "numbers.docx")

    pages = printed_lines(pdf)
    across = [lines for width, height, lines in pages if width > height]
    heads = [
        ["".join(word.text for word in line) for line in lines].count("序号板块任务要求") for lines in across
    ]
    assert len(heads) >= 3
    assert set(heads) == {1}
    assert check_printed(pdf) == []


def test_the_judge_of_printed_pages_sees_a_number_on_the_wrong_side(printed):
    document = render_official(Official("标题", (Text("汉" * 28 * 30),)))
    wrong = spoiled(document, "word/footer1.xml", r'<w:jc w:val="right"/>', '<w:jc w:val="left"/>')

    assert check_printed(printed(wrong, "wrong.docx")) != []


PARAGRAPHS = tuple(
    block
    for n in range(1, 30)
    for block in (Heading(1, "重点任务推进情况"), Text("各项任务有序推进。" * (3 + n % 5)))
)


def test_no_line_stands_alone_and_no_heading_last(printed):
    document = Official("标题", PARAGRAPHS, "某市", signature="某办", date=dt.date(2026, 1, 5))

    assert check_lines(printed(render_official(document), "lines.docx")) == []


def test_the_judge_of_printed_pages_sees_single_lines_and_headings_that_stand_last(printed):
    document = render_official(Official("标题", PARAGRAPHS, "某市"))
    loose = spoiled(document, "word/styles.xml", "<w:widowControl/>", '<w:widowControl w:val="0"/>')
    loose = spoiled(loose, "word/styles.xml", "<w:keepNext/>", "")

    problems = " ".join(check_lines(printed(loose, "loose.docx")))

    assert "stands alone" in problems
    assert "stands last" in problems


def test_nothing_of_another_program_is_in_the_package():
    with zipfile.ZipFile(io.BytesIO(render_official(REPORT))) as parts:
        names = parts.namelist()
        text = b"".join(parts.read(name) for name in names).decode("utf-8")

    assert not [name for name in names if re.search("thumbnail|app.xml|WithEffects|customXml", name)]
    assert "Macintosh" not in text


@pytest.mark.parametrize(
    "last", [Text("各项任务按时限推进。"), Heading(3, "应急准备。", run_in="各项任务按时限推进。")]
)
def test_the_last_paragraph_stays_with_the_signature_whatever_its_kind(last):
    word = docx.Document(io.BytesIO(render_official(Official("标题", (last,), signature="某办"))))

    (line,) = [line for line in word.paragraphs if "按时限推进" in line.text]
    assert "w:keepNext/" in line._p.xml


def test_no_signature_stands_on_a_page_alone(printed):
    """Whatever the length of the body, its last line goes along with the signature."""
    for lines in (16, 17):
        document = Official(
            "标题",
            tuple(Text(f"第{n}段。") for n in range(lines)),
            "某市",
            signature="某办",
            date=dt.date(2026, 1, 5),
        )

        last = printed_lines(printed(render_official(document), f"sign{lines}.docx"))[-1][2]

        text = ["".join(word.text for word in line) for line in last]
        assert any(each.startswith("第") for each in text), text


@pytest.mark.parametrize("length", [5, 11, 12, 20, 28])
def test_the_mark_of_the_red_head_stands_on_one_line(length):
    document = Official("标题", (Text("正文。"),), masthead=Masthead("字" * length, "×府办〔2026〕　号"))

    with zipfile.ZipFile(io.BytesIO(render_official(document))) as parts:
        text = parts.read("word/document.xml").decode("utf-8")

    size = int(re.findall(r'<w:sz w:val="(\d+)"/>', text)[0])
    # 156 mm are 442 points.
    assert size <= 80
    assert length * size / 2 <= 442.2
    assert size == 80 or (length * (size + 2) / 2) > 440


@pytest.mark.parametrize(
    ("part", "content", "word"),
    [
        ("docProps/thumbnail.jpeg", b"\xff\xd8\xff", "brings along"),
        (
            "docProps/app.xml",
            b"<Properties><Application>Other</Application></Properties>",
            "another application",
        ),
    ],
)
def test_the_judge_sees_what_another_program_left(part, content, word):
    out = io.BytesIO(render_official(REPORT))
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr(part, content)

    assert any(word in problem for problem in check(out.getvalue()))


@pytest.mark.parametrize("is_across", [True, False])
def test_the_foot_of_a_copied_document_stands_at_the_foot_of_its_last_page_below_a_table(printed, is_across):
    annex = Attachment("公开情况", (table(3),), landscape=is_across)
    document = render_official(replace(COPIED, attachments=(annex,)))

    pages = printed_lines(printed(document, f"foot{is_across}.docx"))

    assert len(pages) == 2
    _, height, lines = pages[-1]
    [foot] = [line for line in lines if "".join(word.text for word in line).endswith("日印发")]
    above_edge = (height - foot[0].bottom) / 72 * 25.4 - (26 if is_across else 35)
    assert 0 <= above_edge < 4


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("工作催办单", ("工作催办单",)),
        ("关于2026年政务公开工作要点落实情况的报告", ("关于2026年政务公开工作要点", "落实情况的报告")),
        (
            "××市人民政府办公室关于《××市2026年政务公开工作要点分工方案》落实情况的通报",
            ("××市人民政府办公室关于", "《××市2026年政务公开工作要点", "分工方案》落实情况的通报"),
        ),
        (
            "2026年优化营商环境工作要点任务落实情况一览表",
            ("2026年优化营商环境工作要点", "任务落实情况一览表"),
        ),
    ],
)
def test_titles_break_between_words(title, lines):
    assert break_title(title) == lines


@given(st.text(alphabet="关于印发推进政务公开工作要点的通知《》（），、2026“”", min_size=1, max_size=90))
def test_nothing_is_lost_and_every_line_fits(title):
    lines = break_title(title)

    assert "".join(lines) == title
    assert all(sum(0.5 if c.isascii() else 1 for c in line) <= TITLE_WIDTH for line in lines)
