"""The measures of GB/T 9704-2012 that a .docx can hold, and the paragraph styles that carry them.

Sizes of type are half-points, lengths are twentieths of a point (twips). The type area is 156 mm by 225 mm;
it holds 22 lines of 28 characters of size 3 (16 points). 28 x 16 pt are 448 pt and 156 mm are 442.2 pt, so
every character is set a quarter of a point closer.

The styles carry every measure, so that a clerk can change the whole document in one place, and text pasted
into the office's own document keeps its look.
"""

from __future__ import annotations

from tracker.formats.documents.wordml import NAMESPACE
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


def _cell(identifier: str, name: str, align: str, face: str = FANGSONG) -> Style:
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
    Style("GwImprint", "公文版记", size=SIZE_4, align="left", line=440, snap=False, closer=0),
    _cell("GwCell", "公文表格文字", "left"),
    _cell("GwCellMid", "公文表格居中", "center"),
    _cell("GwCellEnd", "公文表格数字", "right"),
    _cell("GwCellHead", "公文表头", "center", HEITI),
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
