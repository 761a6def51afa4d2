"""Page numbers: `— 1 —`, 4号 半角宋体, the dashes 7 mm below the type area.

Odd pages: right, one character in. Even pages: left, one character in. On a page that lies across, the
number keeps its place on the upright sheet (GB/T 9704-2012 section 7.5): turned left, the sheet's foot is
the page's left edge and the sheet's right side is the page's foot, so the number stands in a box at the left
edge whose text runs downwards.
"""

from __future__ import annotations

from tracker.files.documents import measures as m
from tracker.files.documents.wordml import NAMESPACE

_EMU = 635  # English Metric Units in a twip
_SPACES = (
    f"{NAMESPACE} "
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


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
    indent = f'<w:ind w:{side}Chars="100" w:{side}="{m.SIZE_4 * 10}"/>'
    return f'<w:p {spaces}><w:pPr><w:pStyle w:val="GwPage"/>{indent}<w:jc w:val="{align}"/></w:pPr>{_field()}</w:p>'


def upright_number(*, odd: bool) -> str:
    """The footer's paragraph on an upright page."""
    return _line(odd=odd, spaces=NAMESPACE)


def turned_number(*, odd: bool) -> str:
    """The footer's paragraph on a page that lies across: an anchored box with text that runs downwards.

    The box is as long as the type area is wide on the upright sheet, so the line inside it is laid out like
    the upright one.
    """
    page = m.LANDSCAPE
    across = m.NUMBER_LINE + 40
    left = m.NUMBER_FOOT
    length = page.height - page.top - page.bottom
    size = f'cx="{across * _EMU}" cy="{length * _EMU}"'
    return (
        f'<w:p {_SPACES}><w:pPr><w:pStyle w:val="GwPage"/></w:pPr><w:r><mc:AlternateContent>'
        '<mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left * _EMU}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{page.top * _EMU}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:wrapNone/><wp:docPr id="{1 if odd else 2}" name="页码"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{_line(odd=odd)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r></w:p>"
    )
