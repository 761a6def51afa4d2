"""What stands below the body: 附件说明, 署名, 成文日期, 版记 (GB/T 9704-2012 sections 7.3.4, 7.3.5 and 7.4)."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.files.documents import measures as m
from tracker.files.documents import wordml
from tracker.rules.wording.outline import Attachment
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import long_date

# A draft leaves room for the day on which it is signed.
_NO_DATE = "　　年　　月　　日"


def attachment_list(attachments: tuple[Attachment, ...]) -> Iterable[str]:
    """附件说明: one empty line, two characters in; later numbers stand below the first, wrapped lines below the name."""
    if not attachments:
        return
    yield wordml.blank(keep=True)
    character = m.CHARACTER
    if len(attachments) == 1:
        text = wordml.run(f"附件：{attachments[0].title}")
        yield wordml.paragraph(
            "GwList", text, extra=wordml.indents(left=5 * character, outdent=3 * character)
        )
        return
    # A digit and a dot of the Latin face are three quarters of a character wide; a tab needs a little room.
    number = character if len(attachments) < 10 else character * 3 // 2
    for position, attachment in enumerate(attachments, start=1):
        label = "附件：" if position == 1 else ""
        outdent = number + (3 * character if position == 1 else 0)
        stop = f'<w:tabs><w:tab w:val="left" w:pos="{5 * character + number}"/></w:tabs>'
        yield wordml.paragraph(
            "GwList",
            wordml.run(f"{label}{position}."),
            "<w:r><w:tab/></w:r>",
            wordml.run(attachment.title),
            extra=stop + wordml.indents(left=5 * character + number, outdent=outdent),
        )


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in text)


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
    if document.sealed:
        date_at = m.CHARACTERS - 4 - date
        name_at = date_at + (date - name) / 2
    elif date > name:
        date_at = m.CHARACTERS - 2 - date
        name_at = date_at - 2
    else:
        name_at = m.CHARACTERS - 2 - name
        date_at = name_at + 2
    spare = m.PORTRAIT.inner - m.CHARACTERS * m.CHARACTER
    yield wordml.blank(keep=True)
    if document.sealed:
        # Room for the seal above its lower edge.
        yield wordml.blank(keep=True)
    for style, text, at in (("GwSign", document.signature, name_at), ("GwDate", day, date_at)):
        if text:
            left = max(0, round(at * m.CHARACTER)) + spare
            yield wordml.paragraph(style, wordml.run(text), extra=wordml.indents(left=left))


def imprint(document: Official, width: int) -> Iterable[str]:
    """版记 (section 7.4): 抄送, 印发机关 and 印发日期 at the foot of the type area, between rules across it.

    The first and the last rule are 0.35 mm, the one between 0.25 mm; 抄送 stands one character in from both sides,
    印发机关 one from the left, 印发日期 one from the right. A table that floats at the foot of its page: the text
    goes round it, and where there is no room it takes the next page.
    """
    if not document.copies:
        return
    day = long_date(document.date) if document.date else _NO_DATE
    character = m.SIZE_4 * 10
    # 抄送：is three characters wide; names that wrap stand below the first name.
    indent = wordml.indents(left=4 * character, right=character, outdent=3 * character)
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{width - character}"/></w:tabs>'
    copies = wordml.paragraph(
        "GwImprint", wordml.run(f"抄送：{document.copies}。"), extra=wordml.KEEP + indent
    )
    issue_line = wordml.paragraph(
        "GwImprint",
        wordml.run(document.signature),
        "<w:r><w:tab/></w:r>",
        wordml.run(f"{day}印发"),
        extra=stop + wordml.indents(left=character),
    )
    yield wordml.imprint_frame((copies, issue_line), width)
    yield wordml.lowest()
