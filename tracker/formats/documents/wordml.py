"""Paragraphs and tables as WordprocessingML text.

Text built as a string and parsed once is 25 times quicker than python-docx's rows (2,000 rows of 7 columns:
0.19 s against 4.8 s), and says vertical merges, widths, repeated heads and rows that stay whole.

The measures of GB/T 9704-2012 that a .docx can hold, and the paragraph styles that carry them.

Sizes of type are half-points, lengths are twentieths of a point (twips). The type area is 156 mm by 225 mm;
it holds 22 lines of 28 characters of size 3 (16 points). 28 x 16 pt are 448 pt and 156 mm are 442.2 pt, so
every character is set a quarter of a point closer.

The styles carry every measure, so that a clerk can change the whole document in one place, and text pasted
into the office's own document keeps its look.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from tracker import patterns as re
from tracker.grid import as_text
from tracker.outline import Fields
from tracker.table import Table
from tracker.values import dataclass


def twips(millimetres: float) -> int:
    """A length in twentieths of a point.

    >>> twips(37), twips(156)
    (2098, 8844)
    """
    return round(millimetres / 25.4 * 1440)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page and its margins, in twips."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    landscape: bool = False

    @property
    def inner(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right


A4_WIDTH, A4_HEIGHT = 11906, 16838
# 天头 37 mm, 订口 28 mm; what is left of the sheet after 156 x 225 mm is the right and the lower margin.
PORTRAIT = PageLayout(A4_WIDTH, A4_HEIGHT, twips(37), twips(35), twips(28), twips(26))
# The same sheet turned left: its head lies where the binding edge is, so the margins turn with it.
LANDSCAPE = PageLayout(A4_HEIGHT, A4_WIDTH, twips(28), twips(26), twips(35), twips(37), landscape=True)

# 3号: everything not stated otherwise. 2号: the title. 4号: page numbers and 版记. 五号: tables, by practice.
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 44, 32, 28, 21
# A line of 版记.
IMPRINT_LINE = 440
# The mark of the red head; the standard leaves its size to the office.
SIZE_MARK = 80
RED = "FF0000"

LINES, CHARACTERS = 22, 28
# 225 mm / 22 = 28.99 pt; 28.9 fills the type area and leaves room for rounding.
LINE = 578
LINE_PITCH = 579
TITLE_LINE = 700
CELL_LINE = 300
CLOSER = -5
CHARACTER = 16 * 20 + CLOSER

# Typefaces by the names that office PCs know; nothing is embedded.
FANGSONG, KAITI, HEITI, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
TITLE_FACE = "方正小标宋简体"
LATIN = "Times New Roman"

# Other names under which a PC may have these faces: a plain Windows has 仿宋 and 楷体 only, and no 小标宋.
ALTERNATIVES: dict[str, tuple[str, ...]] = {
    FANGSONG: ("仿宋", "FangSong", "FangSong_GB2312", "方正仿宋_GBK", "STFangsong"),
    KAITI: ("楷体", "KaiTi", "KaiTi_GB2312", "方正楷体_GBK", "STKaiti"),
    TITLE_FACE: ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "小标宋", "华文中宋", "STZhongsong", "宋体"),
    HEITI: ("SimHei", "方正黑体_GBK", "STHeiti"),
    SONGTI: ("SimSun", "NSimSun", "方正书宋_GBK", "STSong"),
}

# The dash of the page number stands 7 mm below the type area; the footer's line of 16 pt has its dash in
# the middle, so its foot is 2.8 mm deeper.
NUMBER_LINE = 320
NUMBER_FOOT = twips(35 - 7) - NUMBER_LINE // 2


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style.

    Attributes:
        id: Its name in the file.
        name: Its name for people.
        face: Typeface of Chinese text.
        size: Half-points.
        align: `both`, `left`, `center` or `right`.
        first: Indent of the first line, in hundredths of a character.
        line: Exact height of a line, in twips.
        level: Level in the navigation pane, 0 for none.
        snap: Whether lines stand on the page's grid; in tables they must not, or rows double in height.
        keep: Whether it stays on one page with the next paragraph.
        colour: Colour of the text; empty for black.
        closer: Change of the space between characters, in twips.
    """

    id: str
    name: str
    face: str = FANGSONG
    size: int = SIZE_3
    align: str = "both"
    first: int = 0
    line: int = LINE
    level: int = 0
    snap: bool = True
    keep: bool = False
    colour: str = ""
    closer: int = CLOSER


def _cell_style(identifier: str, name: str, align: str, face: str = FANGSONG) -> Style:
    return Style(identifier, name, face, SIZE_5, align, line=CELL_LINE, snap=False, closer=0)


def _field(identifier: str, name: str, align: str, face: str = FANGSONG) -> Style:
    return Style(identifier, name, face, SIZE_4, align, line=400, snap=False, closer=0)


STYLES: tuple[Style, ...] = (
    Style("GwMark", "公文发文机关标志", TITLE_FACE, SIZE_MARK, "center", line=960, snap=False, colour=RED),
    Style("GwNumber", "公文发文字号", align="center"),
    Style("GwTitle", "公文标题", TITLE_FACE, SIZE_2, "center", line=TITLE_LINE, keep=True, closer=0),
    Style("GwAddressee", "公文主送机关"),
    Style("GwBody", "公文正文", first=200),
    Style("GwFlush", "公文顶格"),
    Style("GwHead1", "公文一级标题", HEITI, first=200, level=1, keep=True),
    Style("GwHead2", "公文二级标题", KAITI, first=200, level=2, keep=True),
    Style("GwHead3", "公文三级标题", first=200, level=3, keep=True),
    Style("GwHead4", "公文四级标题", first=200, level=4),
    Style("GwList", "公文附件说明", align="left", keep=True),
    Style("GwSign", "公文署名", align="left", keep=True),
    Style("GwDate", "公文成文日期", align="left"),
    Style("GwAnnex", "公文附件标识", HEITI, align="left", keep=True),
    Style("GwImprint", "公文版记", size=SIZE_4, align="left", line=IMPRINT_LINE, snap=False, closer=0),
    _cell_style("GwCell", "公文表格文字", "left"),
    _cell_style("GwCellMid", "公文表格居中", "center"),
    _cell_style("GwCellEnd", "公文表格数字", "right"),
    _cell_style("GwCellHead", "公文表头", "center", HEITI),
    _field("GwFieldName", "公文单据栏目", "center", HEITI),
    _field("GwField", "公文单据内容", "left"),
    _field("GwFieldMid", "公文单据居中", "center"),
    Style("GwPage", "公文页码", SONGTI, SIZE_4, "right", line=NUMBER_LINE, snap=False, closer=0),
)

# A run-in heading's words inside a body paragraph keep the heading's typeface.
FACES: tuple[tuple[str, str, str], ...] = (
    ("GwRunBody", "公文正文文字", FANGSONG),
    ("GwRunKai", "公文楷体文字", KAITI),
)


def _fonts(face: str) -> str:
    # Page numbers are 半角宋体: Latin letters and digits in the same face.
    latin = SONGTI if face == SONGTI else LATIN
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{face}" w:hint="eastAsia"/>'


def defaults() -> str:
    """What holds where no style says otherwise."""
    return (
        f"<w:docDefaults {NAMESPACE}><w:rPrDefault><w:rPr>{_fonts(FANGSONG)}"
        f'<w:sz w:val="{SIZE_3}"/><w:szCs w:val="{SIZE_3}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )


def normal() -> str:
    """The style of every paragraph that names none."""
    return (
        f'<w:style {NAMESPACE} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl/><w:overflowPunct w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{LINE}" '
        f'w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{_fonts(FANGSONG)}<w:sz w:val="{SIZE_3}"/><w:szCs w:val="{SIZE_3}"/></w:rPr></w:style>'
    )


def style_xml(style: Style) -> str:
    """One style as the file holds it; the order of the elements is the schema's."""
    snap = "" if style.snap else '<w:snapToGrid w:val="0"/>'
    keep = "<w:keepNext/>" if style.keep else ""
    # A heading of two lines is not cut between them.
    keep += "<w:keepLines/>" if style.level else ""
    twips = style.first * (style.size * 10 + style.closer) // 100
    indent = f'<w:ind w:firstLineChars="{style.first}" w:firstLine="{twips}"/>' if style.first else ""
    level = f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else ""
    closer = f'<w:spacing w:val="{style.closer}"/>' if style.closer else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    return (
        f'<w:style {NAMESPACE} w:type="paragraph" w:customStyle="1" w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        # No mark hangs over the edge: a line holds 28 characters (LibreOffice 7.4 lets it hang all the same).
        f'<w:pPr>{keep}<w:overflowPunct w:val="0"/>{snap}<w:spacing w:line="{style.line}" w:lineRule="exact"/>{indent}'
        f'<w:jc w:val="{style.align}"/>{level}</w:pPr>'
        f"<w:rPr>{_fonts(style.face)}{colour}{closer}"
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>'
    )


def face_xml(identifier: str, name: str, face: str) -> str:
    """A character style that changes the typeface only."""
    return (
        f'<w:style {NAMESPACE} w:type="character" w:customStyle="1" w:styleId="{identifier}">'
        f'<w:name w:val="{name}"/><w:rPr>{_fonts(face)}</w:rPr></w:style>'
    )


def font_table() -> str:
    """The typefaces of a document, each with its other names."""
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{",".join(names)}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for face, names in ALTERNATIVES.items()
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACE}>{fonts}{latin}</w:fonts>'


NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Characters that XML 1.0 cannot hold at all; a cell of a workbook can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    r"""Text for XML: escaped, with line ends in one form and nothing that XML cannot hold.

    >>> plain("甲<乙>\r\n丙\x0b")
    '甲&lt;乙&gt;\n丙�'
    """
    return escape(_UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")), quote=False)


def run(text: str, style: str = "") -> str:
    """A run; a line break in it becomes one in the paragraph."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in plain(text).split("\n"))
    return f"<w:r>{look}{parts}</w:r>"


def sized(text: str, half_points: int) -> str:
    """A run in a size of its own, where the style's would not fit the line."""
    return (
        f'<w:r><w:rPr><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{plain(text)}</w:t></w:r>'
    )


def paragraph(style: str, *runs: str, extra: str = "") -> str:
    """A paragraph in a style, with further properties in the order that the schema wants."""
    return f'<w:p {NAMESPACE}><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'


# On one page with what follows.
KEEP = "<w:keepNext/>"


def with_next(part: str) -> str:
    """A paragraph that stays on one page with what follows it."""
    off = '<w:keepNext w:val="0"/>'
    return (
        part.replace(off, KEEP) if off in part else re.sub("(<w:pStyle [^>]*>)", rf"\1{KEEP}", part, count=1)
    )


def blank(*, keep: bool = False) -> str:
    """An empty line, where asked on one page with what follows."""
    return paragraph("GwFlush", extra=KEEP if keep else "")


# What makes a paragraph as low as it can be.
LOW = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def lowest() -> str:
    """An empty paragraph that is as low as it can be."""
    return paragraph("GwFlush", extra=LOW)


def indents(*, left: int = 0, right: int = 0, outdent: int = 0) -> str:
    """Indents in twips, where the styles' own do not fit."""
    return (
        f'<w:ind w:left="{left}" w:right="{right}" '
        + (f'w:hanging="{outdent}"' if outdent else 'w:firstLineChars="0" w:firstLine="0"')
        + "/>"
    )


def _shares(weights: tuple[float, ...], total: int) -> list[int]:
    """Whole widths in proportion that add up to the total."""
    whole = sum(weights)
    edges = [round(total * sum(weights[:count]) / whole) for count in range(len(weights) + 1)]
    return [right - left for left, right in itertools.pairwise(edges)]


def _cell(text: str, width: int, *, style: str, span: int = 1, merge: str = "", keep: bool = False) -> str:
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merging = {"start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}.get(merge, "")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanning}{merging}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{KEEP if keep else ""}</w:pPr>{run(text) if text else ""}</w:p></w:tc>'
    )


def _frame(widths: list[int], rows: list[str]) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
    return (
        f'<w:tbl {NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + f"</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


# A merge of more rows begins anew: on each page its words stand once, and LibreOffice lays it out in time.
_MOST_MERGED = 15


def merge_marks(table: Table) -> list[list[str]]:
    """For each cell `start`, `on` or nothing: which begin a merge downwards and which continue one.

    An empty cell never merges: two gaps are two gaps. A merge has at most fifteen rows.
    """
    marks = [[""] * len(table.columns) for _ in table.rows]
    for column, head in enumerate(table.columns):
        if not head.merge:
            continue
        first = 0
        for row in range(1, len(table.rows)):
            here, above = table.rows[row], table.rows[row - 1]
            outer = [number for number in range(column) if table.columns[number].merge]
            alike = here[column] and here[column] == above[column]
            if alike and row - first < _MOST_MERGED and all(marks[row][number] == "on" for number in outer):
                marks[row][column] = "on"
                if not marks[row - 1][column]:
                    marks[row - 1][column] = "start"
            else:
                first = row
    return marks


_SMALL = {"left": "GwCell", "center": "GwCellMid", "right": "GwCellEnd", "head": "GwCellHead"}
_LARGE = {"left": "GwField", "center": "GwFieldMid", "right": "GwFieldMid", "head": "GwFieldName"}
# A table of so many rows does not go over to the next page in its middle.
_SHORT_TABLE = 6


def table(content: Table, width: int) -> str:
    """A table: head repeated on every page, rows kept whole, equal neighbours merged where asked; a short one in one piece."""
    content = without_empty(content)
    widths = _shares(tuple(column.width for column in content.columns), width)
    looks = _LARGE if content.large else _SMALL
    styles = [looks[column.align.value] for column in content.columns]
    is_short = len(content.rows) <= _SHORT_TABLE
    rows = [
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
        for cells in _head(content, widths, looks["head"])
    ]
    spans = {(row, column): many for row, column, many in content.wide}
    for number, (values, marks) in enumerate(zip(content.rows, merge_marks(content), strict=True)):
        cells, column = "", 0
        while column < len(widths):
            many = spans.get((number, column), 1)
            width, mark = sum(widths[column : column + many]), marks[column]
            text = "" if mark == "on" else as_text(values[column])
            keep = is_short and number + 1 < len(content.rows)
            cells += _cell(text, width, style=styles[column], span=many, merge=mark, keep=keep)
            column += many
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    return _frame(widths, rows)


# LibreOffice takes ever longer for each row of a long table: 62 s for annexes of 2,000 rows, 40 s for the same in pieces of 100.
MOST_ROWS = 200


def pieces_of(content: Table) -> Iterator[Table]:
    """A table as tables of at most so many rows, each with the head; without optional columns that say nothing anywhere."""
    content = without_empty(content)
    for first in range(0, max(len(content.rows), 1), MOST_ROWS):
        last = first + MOST_ROWS
        yield replace(
            content,
            rows=content.rows[first:last],
            wide=frozenset(
                (row - first, column, many) for row, column, many in content.wide if first <= row < last
            ),
        )


def between() -> str:
    """What keeps two tables from becoming one: a paragraph of one point."""
    return paragraph("GwCell", extra='<w:spacing w:line="20" w:lineRule="exact"/>')


def without_empty(content: Table) -> Table:
    """The table without optional columns that say nothing."""
    numbers = [
        n
        for n, column in enumerate(content.columns)
        if not column.optional or any(row[n] for row in content.rows)
    ]
    if len(numbers) == len(content.columns):
        return content
    columns = tuple(content.columns[n] for n in numbers)
    return Table(columns, tuple(tuple(row[n] for n in numbers) for row in content.rows))


def _head(content: Table, widths: list[int], style: str) -> list[str]:
    """The cells of the head's rows; a label above columns without heads of their own reaches down."""
    if not content.over:
        labels = zip(content.columns, widths, strict=True)
        return ["".join(_cell(column.label, width, style=style) for column, width in labels)]
    upper, lower, at = "", "", 0
    for label, many in content.over:
        some = range(at, at + many)
        at += many
        if label:
            reaches = not any(content.columns[number].label for number in some)
            merge, whole = "start" if reaches else "", sum(widths[number] for number in some)
            upper += _cell(label, whole, style=style, span=many, merge=merge)
            if reaches:
                lower += _cell("", whole, style=style, span=many, merge="on")
                continue
        for number in some:
            name, width = content.columns[number].label, widths[number]
            if not label:
                upper += _cell(name, width, style=style, merge="start")
            lower += _cell(name if label else "", width, style=style, merge="" if label else "on")
    return [upper, lower]


# A field with more characters may go on on the next page.
_WHOLE = 200


def fields(content: Fields, width: int) -> str:
    """A slip's grid: labels in 黑体, values beside them; a single pair takes the whole line."""
    widths = _shares((5, 10, 5, 10), width)
    rows = []
    for pairs in content.rows:
        if len(pairs) == 1:
            cells = _cell(pairs[0][0], widths[0], style="GwFieldName")
            cells += _cell(pairs[0][1], sum(widths[1:]), style="GwField", span=3)
        else:
            cells = "".join(
                _cell(label, widths[2 * position], style="GwFieldName")
                + _cell(value, widths[2 * position + 1], style="GwField")
                for position, (label, value) in enumerate(pairs[:2])
            )
        whole = "<w:cantSplit/>" if max(len(text) for _, text in pairs) <= _WHOLE else ""
        rows.append(
            f'<w:tr><w:trPr>{whole}<w:trHeight w:val="600" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'
        )
    return _frame(widths, rows)


def imprint_table(paragraphs: tuple[str, ...], width: int) -> str:
    """Paragraphs below each other, with rules of 0.35 and 0.25 mm."""
    rule = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="000000"/>'
    rules = rule.format("top", 8) + rule.format("bottom", 8) + rule.format("insideH", 6)
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{content}</w:tc></w:tr>"
        for content in paragraphs
    )
    return (
        f'<w:tbl {NAMESPACE}><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{rows}</w:tbl>'
    )


_EMU = 635  # English Metric Units in a twip
# The namespaces of a paragraph that holds a text box.
DRAWING = (
    f"{NAMESPACE} "
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def text_box(
    content: str,
    *,
    number: int,
    name: str,
    size: tuple[int, int],
    across: tuple[str, int | str],
    down: tuple[str, int | str],
    wrap: str = "wrapNone",
    body: str = "",
) -> str:
    """A run that holds a box without frame or margins at a place of its page.

    Args:
        content: Paragraphs and tables; the last must be a paragraph.
        number: Which drawing of the document it is.
        name: What it is called where objects are listed.
        size: Width and height in twips.
        across: From where it is measured (page, margin), and how far in twips or how it is aligned.
        down: Likewise.
        wrap: How text goes round it.
        body: Attributes of the text within: its direction, and where it stands in the box.
    """
    extent = f'cx="{size[0] * _EMU}" cy="{size[1] * _EMU}"'
    places = "".join(
        f'<wp:position{axis} relativeFrom="{anchor}">'
        + (
            f"<wp:align>{at}</wp:align>"
            if isinstance(at, str)
            else f"<wp:posOffset>{at * _EMU}</wp:posOffset>"
        )
        + f"</wp:position{axis}>"
        for axis, (anchor, at) in (("H", across), ("V", down))
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        f'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{places}'
        f'<wp:extent {extent}/><wp:{wrap}/><wp:docPr id="{number}" name="{name}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" {body}/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
