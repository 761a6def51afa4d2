"""Laying out an official document after GB/T 9704-2012.

1. The page: A4, margins 37/35/28/26 mm, 22 lines of 28 characters.
2. The red head, where the office's OA does not make it.
3. The title, its lines broken between words; 主送机关; the body with numbered headings.
4. 附件说明, 署名, 成文日期, 附注 in the standard's places.
5. Each 附件 on a new page, a wide table on pages that lie across.
6. Page numbers `— 1 —`: right on odd pages, left on even ones; on pages that lie across they stand where
   they would stand if the sheet were upright (section 7.5), which takes a turned text box.

The only module that imports python-docx.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Twips

from tracker.files.documents import closing
from tracker.files.documents import measures as m
from tracker.files.documents import pages
from tracker.files.documents import styles
from tracker.files.documents import wordml
from tracker.files.documents.packing import repack
from tracker.rules.wording.outline import Attachment
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Fields
from tracker.rules.wording.outline import Gap
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Masthead
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import number_headings
from tracker.rules.wording.titles import break_title


def render(document: Official) -> bytes:
    """The bytes of a .docx; see the module for the parts."""
    word = docx.Document()
    _set_styles(word)
    _set_properties(word, document)
    word.settings.odd_and_even_pages_header_footer = True
    for old in list(word.element.body):
        if old.tag != qn("w:sectPr"):
            word.element.body.remove(old)
    _set_page(word.sections[0], m.PORTRAIT)
    _add(word, _front(document))
    for number, attachment in enumerate(document.attachments, start=1):
        page = m.LANDSCAPE if attachment.landscape else m.PORTRAIT
        section = word.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, page)
        label = f"附件{number}" if len(document.attachments) > 1 else "附件"
        _add(word, _annex(attachment, label, page))
    if document.copies:
        across = bool(document.attachments) and document.attachments[-1].landscape
        _add(word, closing.imprint(document, (m.LANDSCAPE if across else m.PORTRAIT).inner))
    out = io.BytesIO()
    word.save(out)
    return repack(out.getvalue())


def _set_styles(word: Document) -> None:
    root = word.styles.element
    for old in list(root):
        root.remove(old)
    root.append(parse_xml(styles.defaults()))
    root.append(parse_xml(styles.normal()))
    for style in styles.STYLES:
        root.append(parse_xml(styles.style_xml(style)))
    for face in styles.FACES:
        root.append(parse_xml(styles.face_xml(*face)))


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


def _set_page(section: Section, page: m.PageLayout) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(page.width), Twips(page.height)
    section.top_margin, section.bottom_margin = Twips(page.top), Twips(page.bottom)
    section.left_margin, section.right_margin = Twips(page.left), Twips(page.right)
    section.header_distance = Twips(m.twips(15))
    section.footer_distance = Twips(m.twips(10) if page.landscape else m.NUMBER_FOOT)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    # type="lines": LibreOffice tears characters apart under linesAndChars with a negative charSpace.
    grid = f'<w:docGrid {wordml.NAMESPACE} w:type="lines" w:linePitch="{m.LINE_PITCH}"/>'
    properties.append(parse_xml(grid))
    for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        for old in list(footer._element):
            footer._element.remove(old)
        number = pages.turned_number if page.landscape else pages.upright_number
        footer._element.append(parse_xml(number(odd=odd)))


def _add(word: Document, parts: Iterable[str]) -> None:
    last = word.element.body[-1]
    for part in parts:
        last.addprevious(parse_xml(part))


def _front(document: Official) -> Iterable[str]:
    if document.masthead is not None:
        yield from _masthead(document.masthead)
    yield _title(document.title)
    yield wordml.blank()
    if document.addressee:
        yield wordml.paragraph("GwAddressee", wordml.run(f"{document.addressee}："))
    yield from _with_signature(_blocks(document.blocks, m.PORTRAIT), document)
    yield from closing.attachment_list(document.attachments)
    yield from closing.signature(document)
    if document.note:
        yield wordml.paragraph("GwBody", wordml.run(f"（{document.note}）"))


# A paragraph longer than this (six lines) is not kept whole: LibreOffice would leave half a page empty before it.
_SHORT_PARAGRAPH = 6 * m.CHARACTERS


def _with_signature(parts: Iterable[str], document: Official) -> Iterable[str]:
    """The body, its last paragraph kept on one page with the signature: no signature stands on a page alone."""
    previous = ""
    for part in parts:
        if previous:
            yield previous
        previous = part
    last = document.blocks[-1] if document.blocks else None
    if document.signature and isinstance(last, Text) and len(last.text) <= _SHORT_PARAGRAPH:
        style = f'<w:pStyle w:val="{"GwBody" if last.indent else "GwFlush"}"/>'
        previous = previous.replace(style, style + wordml.KEEP, 1)
    if previous:
        yield previous


def _annex(attachment: Attachment, label: str, page: m.PageLayout) -> Iterable[str]:
    yield wordml.paragraph("GwAnnex", wordml.run(label))
    yield wordml.blank()
    yield _title(attachment.title)
    yield wordml.blank()
    yield from _blocks(attachment.blocks, page)


def _title(title: str) -> str:
    return wordml.paragraph("GwTitle", wordml.run("\n".join(break_title(title))))


def _mark_size(mark: str) -> int:
    """The size of the mark in half-points: that of its style, or as much as lets it stand on one line."""
    whole = m.PORTRAIT.inner // 10  # in half-points
    return min(m.SIZE_MARK, whole // max(1, len(mark)) // 2 * 2)


def _masthead(masthead: Masthead) -> Iterable[str]:
    yield wordml.paragraph("GwMark", wordml.sized(masthead.mark, _mark_size(masthead.mark)))
    yield wordml.blank()
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="10" w:color="{m.RED}"/></w:pBdr>'
    if masthead.signer:
        # 上行文: number one character in from the left, signer one character in from the right.
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{m.PORTRAIT.inner - m.CHARACTER}"/></w:tabs>'
        yield wordml.paragraph(
            "GwNumber",
            # A space, not an indent: an indent would shorten the red rule below.
            wordml.run(f"　{masthead.number}"),
            "<w:r><w:tab/></w:r>",
            wordml.run("签发人："),
            wordml.run(masthead.signer, "GwRunKai"),
            extra=rule + stop + '<w:jc w:val="left"/>',
        )
    else:
        yield wordml.paragraph("GwNumber", wordml.run(masthead.number), extra=rule)
    yield wordml.blank()
    yield wordml.blank()


def _blocks(blocks: tuple[Block, ...], page: m.PageLayout) -> Iterable[str]:
    before_table = False
    for block in number_headings(blocks):
        match block:
            case Heading():
                yield _heading(block)
            case Text():
                style = "GwBody" if block.indent else "GwFlush"
                for line in block.text.splitlines() or [""]:
                    yield wordml.paragraph(style, wordml.run(line))
            case Gap():
                yield wordml.blank()
            case Table():
                if before_table:
                    yield wordml.blank()
                yield wordml.table(block, page.inner)
            case Fields():
                if before_table:
                    yield wordml.blank()
                yield wordml.fields(block, page.inner)
        # Word joins two tables that touch.
        before_table = isinstance(block, Table | Fields)
    if before_table:
        # A body may not end with a table.
        yield wordml.lowest()


def _heading(heading: Heading) -> str:
    level = min(max(heading.level, 1), 4)
    words = [wordml.run(heading.text)]
    extra = ""
    if heading.run_in:
        words.append(wordml.run(heading.run_in, "GwRunBody"))
        # A whole paragraph need not stay with the next one.
        extra = '<w:keepNext w:val="0"/>'
    return wordml.paragraph(f"GwHead{level}", *words, extra=extra)
