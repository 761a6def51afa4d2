"""Laying out an official document after GB/T 9704-2012.

1. The page: A4, margins 37/35/28/26 mm, 22 lines of 28 characters.
2. The red head, where the office's OA does not make it.
3. The title, its lines broken between words; 主送机关; the body with numbered headings.
4. 附件说明, 署名, 成文日期, 附注 in the standard's places.
5. Each 附件 on a new page, a wide table on pages that lie across.
6. Page numbers `— 1 —`: right on odd pages, left on even ones; on pages that lie across they stand where
   they would stand if the sheet were upright (section 7.5), which takes a turned text box.

The only module that imports python-docx.

Page numbers: `— 1 —`, 4号 半角宋体, the dashes 7 mm below the type area.

Odd pages: right, one character in. Even pages: left, one character in. On a page that lies across, the
number keeps its place on the upright sheet (GB/T 9704-2012 section 7.5): turned left, the sheet's foot is
the page's left edge and the sheet's right side is the page's foot, so the number stands in a box at the left
edge whose text runs downwards.

Where the lines of a document's title break.

GB/T 9704-2012 section 7.3.1 wants a title of several lines to keep its words whole, to be well balanced and
to look like a trapezoid or a diamond. A break is chosen by its cost:

    before a word that begins a phrase (落实情况, 和, 及)     nothing
    between two other words that are known                   small
    inside a known word, a number, or the book-title mark    large
    before 的, before a closing mark, after an opening one   large
    after 的 or 关于                                          smaller still

plus the squared difference of the lines' lengths. The fewest lines that fit are used.

    >>> break_title("关于印发2026年优化营商环境重点任务分工方案的通知")
    ('关于印发2026年优化营商环境', '重点任务分工方案的通知')
    >>> break_title("督办通知单")
    ('督办通知单',)
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Iterable
from itertools import pairwise

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Twips

from tracker import patterns as re
from tracker.formats.archives import repack
from tracker.formats.documents.wordml import (
    CHARACTER,
    CHARACTERS,
    DRAWING,
    FACES,
    IMPRINT_LINE,
    KEEP,
    LANDSCAPE,
    LINE_PITCH,
    LOW,
    NAMESPACE,
    NUMBER_FOOT,
    NUMBER_LINE,
    PORTRAIT,
    RED,
    SIZE_4,
    SIZE_MARK,
    STYLES,
    PageLayout,
    between,
    blank,
    defaults,
    face_xml,
    fields,
    font_table,
    imprint_table,
    indents,
    lowest,
    normal,
    paragraph,
    pieces_of,
    run,
    sized,
    style_xml,
    table,
    text_box,
    twips,
    with_next,
)
from tracker.outline import (
    Attachment,
    Block,
    Fields,
    Gap,
    Heading,
    Masthead,
    Official,
    Text,
    long_date,
    number_headings,
)
from tracker.table import Table

# 156 mm hold twenty characters of 22 points; word processors put a quarter of a character beside a number.
TITLE_WIDTH = 19

# Words of official titles that must not be split, longest first where one contains another.
_WORDS = (
    "人民政府办公厅",
    "人民政府办公室",
    "办公室",
    "办公厅",
    "人民政府",
    "管理委员会",
    "委员会",
    "领导小组",
    "政务公开",
    "政务服务",
    "政府信息公开",
    "营商环境",
    "政府工作报告",
    "乡村振兴",
    "重点工作",
    "重点任务",
    "工作要点",
    "分工方案",
    "实施方案",
    "落实情况",
    "完成情况",
    "进展情况",
    "整改情况",
    "工作任务",
    "任务分工",
    "任务分解",
    "分解表",
    "一览表",
    "明细表",
    "未完成",
    "通知单",
    "交办单",
    "催办单",
    "提醒函",
    "第一季度",
    "第二季度",
    "第三季度",
    "第四季度",
    "上半年",
    "年度",
    "工作",
    "情况",
    "任务",
    "落实",
    "推进",
    "督查",
    "督办",
    "通报",
    "通知",
    "报告",
    "汇报",
    "事项",
    "原因",
    "印发",
    "关于",
    "优化",
    "深化",
    "加强",
)
_WORD = re.compile("|".join((*_WORDS, r"[0-9A-Za-z.%]+年?", r"“[^”]*”", r"〔[^〕]*〕[0-9]+号")))
# What goes on about something: a line may well begin with it.
_PHRASES = re.compile(
    "落实情况|完成情况|进展情况|推进情况|整改情况|推进落实|存在问题|任务落实|任务分工|重点任务|《|和|及"
)
_OPENING_MARKS = "《（“〔「"
_CLOSING_MARKS = "》）”〕」、，。：；"


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in text)


def _costs(title: str) -> dict[int, float]:
    """What it costs to break before each position."""
    costs = dict.fromkeys(range(1, len(title)), 6.0)
    for match in _WORD.finditer(title):
        for inside in range(match.start() + 1, match.end()):
            costs[inside] = 60.0
        for edge in (match.start(), match.end()):
            if edge in costs and costs[edge] < 60.0:
                costs[edge] = min(costs[edge], 4.0)
    for match in _PHRASES.finditer(title):
        if match.start() in costs and costs[match.start()] < 60.0:
            costs[match.start()] = 0.0
    depth = 0
    for position, character in enumerate(title):
        if position in costs and depth and character != "》":
            costs[position] += 8.0
        depth += (character == "《") - (character == "》")
    for position in costs:
        before, after = title[position - 1], title[position]
        if after in _CLOSING_MARKS or before in _OPENING_MARKS or after == "的":
            costs[position] += 80.0
        elif before == "的":
            costs[position] -= 2.0
        elif before in "、》":
            costs[position] -= 1.0
    return costs


def break_title(title: str, width: int = TITLE_WIDTH) -> tuple[str, ...]:
    """The lines of a title; joined, they are the title."""
    if _width(title) <= width:
        return (title,)
    costs = _costs(title)
    for count in range(2, len(title) + 1):
        if _width(title) > count * width:
            continue
        best: tuple[float, tuple[str, ...]] | None = None
        # Above four lines every combination would be too many; a title so long is cut evenly.
        places = itertools.combinations(costs, count - 1) if count <= 4 else [_even(title, count)]
        for cuts in places:
            edges = (0, *cuts, len(title))
            lines = tuple(title[start:end] for start, end in itertools.pairwise(edges))
            widths = [_width(line) for line in lines]
            if max(widths) > width:
                continue
            mean = sum(widths) / count
            uneven = sum((line_width - mean) ** 2 for line_width in widths) / count
            cost = sum(costs[cut] for cut in cuts) + uneven / 3
            if best is None or cost < best[0]:
                best = (cost, lines)
        if best is not None:
            return best[1]
    return (title,)


def _even(title: str, count: int) -> tuple[int, ...]:
    step = -(-len(title) // count)
    return tuple(range(step, len(title), step))


def _field() -> str:
    return (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )


def _line(*, odd: bool, spaces: str = "") -> str:
    side, align = ("right", "right") if odd else ("left", "left")
    indent = f'<w:ind w:{side}Chars="100" w:{side}="{SIZE_4 * 10}"/>'
    return f'<w:p {spaces}><w:pPr><w:pStyle w:val="GwPage"/>{indent}<w:jc w:val="{align}"/></w:pPr>{_field()}</w:p>'


def upright_number(*, odd: bool) -> str:
    """The footer's paragraph on an upright page."""
    return _line(odd=odd, spaces=NAMESPACE)


def turned_number(*, odd: bool) -> str:
    """The footer's paragraph on a page that lies across: an anchored box with text that runs downwards.

    The box is as long as the type area is wide on the upright sheet, so the line inside it is laid out like
    the upright one.
    """
    page = LANDSCAPE
    box = text_box(
        _line(odd=odd),
        number=1 if odd else 2,
        name="页码",
        size=(NUMBER_LINE + 40, page.height - page.top - page.bottom),
        across=("page", NUMBER_FOOT),
        down=("page", page.top),
        body='vert="vert" anchor="t"',
    )
    return f'<w:p {DRAWING}><w:pPr><w:pStyle w:val="GwPage"/></w:pPr>{box}</w:p>'


# A draft leaves room for the day on which it is signed.
_NO_DATE = "　　年　　月　　日"


def attachment_list(attachments: tuple[Attachment, ...]) -> Iterable[str]:
    """附件说明: one empty line, two characters in; later numbers stand below the first, wrapped lines below the name."""
    if not attachments:
        return
    yield blank(keep=True)
    character = CHARACTER
    if len(attachments) == 1:
        text = run(f"附件：{attachments[0].title}")
        yield paragraph("GwList", text, extra=indents(left=5 * character, outdent=3 * character))
        return
    # A digit and a dot of the Latin face are three quarters of a character wide; a tab needs a little room.
    number = character if len(attachments) < 10 else character * 3 // 2
    for position, attachment in enumerate(attachments, start=1):
        label = "附件：" if position == 1 else ""
        outdent = number + (3 * character if position == 1 else 0)
        stop = f'<w:tabs><w:tab w:val="left" w:pos="{5 * character + number}"/></w:tabs>'
        yield paragraph(
            "GwList",
            run(f"{label}{position}."),
            "<w:r><w:tab/></w:r>",
            run(attachment.title),
            extra=stop + indents(left=5 * character + number, outdent=outdent),
        )


def signature(document: Official) -> Iterable[str]:
    """署名 and 成文日期 (section 7.3.5).

    Without seal: the name ends two characters from the right, the date begins two characters to the right of
    the name's beginning; where the date is longer than the name, the date ends two characters from the right
    and the name moves. With seal: the date ends four characters from the right and the name is centred above.
    """
    if not document.signature and document.date is None:
        return
    day = long_date(document.date) if document.date else _NO_DATE
    name, date = _width(document.signature), _width(day)
    # Programs put a quarter of a character between figures and Chinese: a date as long as the name would not fit.
    gaps = sum(left.isascii() != right.isascii() for left, right in pairwise(day)) / 4
    if document.sealed:
        date_at = CHARACTERS - 4 - date
        name_at = date_at + (date - name) / 2
    elif date + gaps > name:
        date_at = CHARACTERS - 2 - date
        name_at = date_at - 2
    else:
        name_at = CHARACTERS - 2 - name
        date_at = name_at + 2
    spare = PORTRAIT.inner - CHARACTERS * CHARACTER
    yield blank(keep=True)
    if document.sealed:
        # Room for the seal above its lower edge.
        yield blank(keep=True)
    for style, text, at in (("GwSign", document.signature, name_at), ("GwDate", day, date_at)):
        if text:
            left = max(0, round(at * CHARACTER)) + spare
            yield paragraph(style, run(text), extra=indents(left=left))


def imprint(document: Official, width: int) -> Iterable[str]:
    """版记 (section 7.4): 抄送, 印发机关 and 印发日期 at the foot of the type area, between rules across it.

    The first and the last rule are 0.35 mm, the one between 0.25 mm; 抄送 stands one character in from both sides,
    印发机关 one from the left, 印发日期 one from the right. A table in a box at the foot of the last page (one that
    floats by itself stays where the text ends in LibreOffice); where there is no room it takes the next page.
    """
    if not document.copies:
        return
    day = long_date(document.date) if document.date else _NO_DATE
    character = SIZE_4 * 10
    # 抄送：is three characters wide; names that wrap stand below the first name.
    indent = indents(left=4 * character, right=character, outdent=3 * character)
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{width - character}"/></w:tabs>'
    copies = paragraph("GwImprint", run(f"抄送：{document.copies}。"), extra=KEEP + indent)
    issue_line = paragraph(
        "GwImprint",
        run(document.signature),
        "<w:r><w:tab/></w:r>",
        run(f"{day}印发"),
        extra=stop + indents(left=character),
    )
    a_line = width // character - 5
    lines = 1 + -(-(len(document.copies) + 1) // a_line)
    box = text_box(
        imprint_table((copies, issue_line), width) + lowest(),
        number=3,
        name="版记",
        size=(width, lines * IMPRINT_LINE + character),
        across=("margin", 0),
        down=("margin", "bottom"),
        wrap="wrapTopAndBottom",
        body='anchor="b"',
    )
    yield f'<w:p {DRAWING}><w:pPr><w:pStyle w:val="GwFlush"/>{LOW}</w:pPr>{box}</w:p>'


def render(document: Official) -> bytes:
    """The bytes of a .docx; see the module for the parts."""
    word = docx.Document()
    _set_styles(word)
    _set_properties(word, document)
    _strip(word)
    word.settings.odd_and_even_pages_header_footer = True
    for old in list(word.element.body):
        if old.tag != qn("w:sectPr"):
            word.element.body.remove(old)
    _set_page(word.sections[0], PORTRAIT)
    _add(word, _front(document))
    for number, attachment in enumerate(document.attachments, start=1):
        page = LANDSCAPE if attachment.landscape else PORTRAIT
        section = word.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, page)
        label = f"附件{number}" if len(document.attachments) > 1 else "附件"
        _add(word, _annex(attachment, label, page))
    if document.copies:
        across = bool(document.attachments) and document.attachments[-1].landscape
        _add(word, imprint(document, (LANDSCAPE if across else PORTRAIT).inner))
    out = io.BytesIO()
    word.save(out)
    return repack(out.getvalue())


def _set_styles(word: Document) -> None:
    root = word.styles.element
    for old in list(root):
        root.remove(old)
    root.append(parse_xml(defaults()))
    root.append(parse_xml(normal()))
    for style in STYLES:
        root.append(parse_xml(style_xml(style)))
    for face in FACES:
        root.append(parse_xml(face_xml(*face)))


# What the library's own template brings along: a picture of its first page, the program that made it, styles of another.
_FOREIGN = ("/thumbnail", "/extended-properties", "/stylesWithEffects", "/customXml")


def _strip(word: Document) -> None:
    """Leave out what is not the document's own, and name its typefaces with their other names."""
    for relations in (word.part.package.rels, word.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_FOREIGN)]:
            del relations[key]
    for relation in word.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = font_table().encode("utf-8")


def _set_properties(word: Document, document: Official) -> None:
    # The document's own date, never the clock: same value, same bytes.
    day = document.date or dt.date(2000, 1, 1)
    moment = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format holds no zone
    properties = word.core_properties
    properties.title = document.title[:255]
    properties.author = document.signature[:255]
    properties.last_modified_by = document.signature[:255]
    properties.comments = ""
    properties.created = properties.modified = moment
    properties.revision = 1
    properties.language = "zh-CN"


def _set_page(section: Section, page: PageLayout) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(page.width), Twips(page.height)
    section.top_margin, section.bottom_margin = Twips(page.top), Twips(page.bottom)
    section.left_margin, section.right_margin = Twips(page.left), Twips(page.right)
    section.header_distance = Twips(twips(15))
    section.footer_distance = Twips(twips(10) if page.landscape else NUMBER_FOOT)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    # type="lines": LibreOffice tears characters apart under linesAndChars with a negative charSpace.
    grid = f'<w:docGrid {NAMESPACE} w:type="lines" w:linePitch="{LINE_PITCH}"/>'
    properties.append(parse_xml(grid))
    for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        for old in list(footer._element):
            footer._element.remove(old)
        number = turned_number if page.landscape else upright_number
        footer._element.append(parse_xml(number(odd=odd)))


def _add(word: Document, parts: Iterable[str]) -> None:
    last = word.element.body[-1]
    for part in parts:
        last.addprevious(parse_xml(part))


def _front(document: Official) -> Iterable[str]:
    if document.masthead is not None:
        yield from _masthead(document.masthead)
    yield _title(document.title)
    yield blank()
    if document.addressee:
        yield paragraph("GwAddressee", run(f"{document.addressee}："))
    yield from _with_signature(_blocks(document.blocks, PORTRAIT), document)
    yield from attachment_list(document.attachments)
    yield from signature(document)
    if document.note:
        yield paragraph("GwBody", run(f"（{document.note}）"))


# A paragraph longer than this (six lines) is not kept whole: LibreOffice would leave half a page empty before it.
_SHORT_PARAGRAPH = 6 * CHARACTERS


def _with_signature(parts: Iterable[str], document: Official) -> Iterable[str]:
    """The body, its last paragraph kept on one page with the signature: no signature stands on a page alone."""
    previous = ""
    for part in parts:
        if previous:
            yield previous
        previous = part
    match document.blocks[-1:]:
        case (Text(text=text),) | (Heading(run_in=text),) if len(text) <= _SHORT_PARAGRAPH:
            is_short = True
        case _:
            is_short = False
    if document.signature and is_short:
        previous = with_next(previous)
    if previous:
        yield previous


def _annex(attachment: Attachment, label: str, page: PageLayout) -> Iterable[str]:
    yield paragraph("GwAnnex", run(label))
    yield blank()
    yield _title(attachment.title)
    yield blank()
    yield from _blocks(attachment.blocks, page)


def _title(title: str) -> str:
    return paragraph("GwTitle", run("\n".join(break_title(title))))


def _mark_size(mark: str) -> int:
    """The size of the mark in half-points: that of its style, or as much as lets it stand on one line."""
    whole = PORTRAIT.inner // 10  # in half-points
    return min(SIZE_MARK, whole // max(1, len(mark)) // 2 * 2)


def _masthead(masthead: Masthead) -> Iterable[str]:
    yield paragraph("GwMark", sized(masthead.mark, _mark_size(masthead.mark)))
    yield blank()
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="10" w:color="{RED}"/></w:pBdr>'
    if masthead.signer:
        # 上行文: number one character in from the left, signer one character in from the right.
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{PORTRAIT.inner - CHARACTER}"/></w:tabs>'
        yield paragraph(
            "GwNumber",
            # A space, not an indent: an indent would shorten the red rule below.
            run(f"　{masthead.number}"),
            "<w:r><w:tab/></w:r>",
            run("签发人："),
            run(masthead.signer, "GwRunKai"),
            extra=rule + stop + '<w:jc w:val="left"/>',
        )
    else:
        yield paragraph("GwNumber", run(masthead.number), extra=rule)
    yield blank()
    yield blank()


def _blocks(blocks: tuple[Block, ...], page: PageLayout) -> Iterable[str]:
    before_table = False
    for block in number_headings(blocks):
        match block:
            case Heading():
                yield _heading(block)
            case Text():
                style = "GwBody" if block.indent else "GwFlush"
                for line in block.text.splitlines() or [""]:
                    yield paragraph(style, run(line))
            case Gap():
                yield blank()
            case Table():
                if before_table:
                    yield blank()
                for number, piece in enumerate(pieces_of(block)):
                    if number:
                        yield between()
                    yield table(piece, page.inner)
            case Fields():
                if before_table:
                    yield blank()
                yield fields(block, page.inner)
        # Word joins two tables that touch.
        before_table = isinstance(block, Table | Fields)
    if before_table:
        # A body may not end with a table.
        yield lowest()


def _heading(heading: Heading) -> str:
    level = min(max(heading.level, 1), 4)
    words = [run(heading.text)]
    extra = ""
    if heading.run_in:
        words.append(run(heading.run_in, "GwRunBody"))
        # A whole paragraph need not stay with the next one.
        extra = '<w:keepNext w:val="0"/><w:keepLines w:val="0"/>'
    return paragraph(f"GwHead{level}", *words, extra=extra)
