"""A .pdf that a program made: how many pages, its dates fixed, as a picture.

The only module that imports pypdfium2.
"""

from __future__ import annotations

import io
from typing import Any

from tracker import patterns as re

# Wide enough to be read on a telephone; a chat group takes pictures up to 2 MB.
_DOTS_PER_INCH = 150
_DATE = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:\d{14}")
# What a program draws anew each time: the file's two ids, and LibreOffice's sum of its own contents.
_ANEW = re.compile(rb"(/ID ?\[|/DocChecksum ?/)([\s<>0-9A-Fa-f]+)")
# A browser names the elements of the page by a counter of its own, which other work of its moves on.
_ELEMENT = re.compile(rb"(?<=\(node)\d{8}(?=\))")


def pages_in(pdf: bytes) -> int:
    """How many pages there are; ValueError where it is no .pdf."""
    try:
        with _document(pdf) as whole:
            return len(whole)
    except RuntimeError as why:  # pypdfium2's own error is one of these
        raise ValueError(str(why)) from why


def picture(pdf: bytes) -> bytes:
    """The first page as .png."""
    with _document(pdf) as whole:
        buffer = io.BytesIO()
        whole[0].render(scale=_DOTS_PER_INCH / 72).to_pil().save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def steady(pdf: bytes) -> bytes:
    """The same .pdf with fixed dates and ids; not a byte longer, because it knows its own places.

    >>> steady(b"/CreationDate(D:20260501093011+08'00')/ID [<AB12> <CD34>]")
    b"/CreationDate(D:20200101000000+08'00')/ID [<0000> <0000>]"
    >>> steady(b"/DocChecksum /9F3A>>")
    b'/DocChecksum /0000>>'
    >>> steady(b"/ID (node00000549) /ID (node00000551)")
    b'/ID (node00000000) /ID (node00000002)'
    """
    data = _DATE.sub(lambda date: date.group()[:-14] + b"20200101000000", pdf)
    data = _ANEW.sub(_zeros, data)
    first = min(map(int, _ELEMENT.findall(data)), default=0)
    return _ELEMENT.sub(lambda number: b"%08d" % (int(number.group()) - first), data)


def _zeros(match: re.Match[bytes]) -> bytes:
    return match.group(1) + re.sub(rb"[0-9A-Fa-f]", b"0", match.group(2))


def _document(pdf: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)
