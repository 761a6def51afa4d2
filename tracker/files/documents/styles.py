"""The paragraph styles of an official document, as one table.

The styles carry every measure, so that a clerk can change the whole document in one place, and text pasted
into the office's own document keeps its look.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.files.documents import measures as m
from tracker.files.documents.wordml import NAMESPACE


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
    face: str = m.FANGSONG
    size: int = m.SIZE_3
    align: str = "both"
    first: int = 0
    line: int = m.LINE
    level: int = 0
    snap: bool = True
    keep: bool = False
    colour: str = ""
    closer: int = m.CLOSER


def _cell(identifier: str, name: str, align: str, face: str = m.FANGSONG) -> Style:
    return Style(identifier, name, face, m.SIZE_5, align, line=m.CELL_LINE, snap=False, closer=0)


def _field(identifier: str, name: str, align: str, face: str = m.FANGSONG) -> Style:
    return Style(identifier, name, face, m.SIZE_4, align, line=400, snap=False, closer=0)


STYLES: tuple[Style, ...] = (
    Style(
        "GwMark", "公文发文机关标志", m.TITLE_FACE, m.SIZE_MARK, "center", line=960, snap=False, colour=m.RED
    ),
    Style("GwNumber", "公文发文字号", align="center"),
    Style("GwTitle", "公文标题", m.TITLE_FACE, m.SIZE_2, "center", line=m.TITLE_LINE, keep=True, closer=0),
    Style("GwAddressee", "公文主送机关"),
    Style("GwBody", "公文正文", first=200),
    Style("GwFlush", "公文顶格"),
    Style("GwHead1", "公文一级标题", m.HEITI, first=200, level=1, keep=True),
    Style("GwHead2", "公文二级标题", m.KAITI, first=200, level=2, keep=True),
    Style("GwHead3", "公文三级标题", first=200, level=3, keep=True),
    Style("GwHead4", "公文四级标题", first=200, level=4),
    Style("GwList", "公文附件说明", align="left", keep=True),
    Style("GwSign", "公文署名", align="left", keep=True),
    Style("GwDate", "公文成文日期", align="left"),
    Style("GwAnnex", "公文附件标识", m.HEITI, align="left", keep=True),
    Style("GwImprint", "公文版记", size=m.SIZE_4, align="left", line=440, snap=False, closer=0),
    _cell("GwCell", "公文表格文字", "left"),
    _cell("GwCellMid", "公文表格居中", "center"),
    _cell("GwCellEnd", "公文表格数字", "right"),
    _cell("GwCellHead", "公文表头", "center", m.HEITI),
    _field("GwFieldName", "公文单据栏目", "center", m.HEITI),
    _field("GwField", "公文单据内容", "left"),
    Style("GwPage", "公文页码", m.SONGTI, m.SIZE_4, "right", line=m.NUMBER_LINE, snap=False, closer=0),
)

# A run-in heading's words inside a body paragraph keep the heading's typeface.
FACES: tuple[tuple[str, str, str], ...] = (
    ("GwRunBody", "公文正文文字", m.FANGSONG),
    ("GwRunKai", "公文楷体文字", m.KAITI),
)


def _fonts(face: str) -> str:
    # Page numbers are 半角宋体: Latin letters and digits in the same face.
    latin = m.SONGTI if face == m.SONGTI else m.LATIN
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{face}" w:hint="eastAsia"/>'


def defaults() -> str:
    """What holds where no style says otherwise."""
    return (
        f"<w:docDefaults {NAMESPACE}><w:rPrDefault><w:rPr>{_fonts(m.FANGSONG)}"
        f'<w:sz w:val="{m.SIZE_3}"/><w:szCs w:val="{m.SIZE_3}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )


def normal() -> str:
    """The style of every paragraph that names none."""
    return (
        f'<w:style {NAMESPACE} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{m.LINE}" '
        f'w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{_fonts(m.FANGSONG)}<w:sz w:val="{m.SIZE_3}"/><w:szCs w:val="{m.SIZE_3}"/></w:rPr></w:style>'
    )


def style_xml(style: Style) -> str:
    """One style as the file holds it; the order of the elements is the schema's."""
    snap = "" if style.snap else '<w:snapToGrid w:val="0"/>'
    keep = "<w:keepNext/>" if style.keep else ""
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
