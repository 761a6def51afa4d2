"""Old documents and sheets (.doc, .wps, .rtf, Excel 2003 XML …) turned into new ones by LibreOffice, if installed.

What it makes comes in through the door like any other file.
"""

from __future__ import annotations

from tracker.files.libreoffice import CONVERSION_SECONDS
from tracker.files.libreoffice import NotMade
from tracker.files.libreoffice import find_libreoffice
from tracker.files.libreoffice import through_office
from tracker.problems.door import NeedsOffice
from tracker.problems.door import NotConverted

_TEXT = ("docx", "MS Word 2007 XML")
_SHEET = ("xlsx", "Calc MS Excel 2007 XML")
# What the user is told it is, the ending that LibreOffice goes by, what it becomes and through which filter.
_OLD = {
    "doc": ("旧版 Word 或 WPS 文字文件", "doc", *_TEXT),
    "rtf": ("RTF 文件", "rtf", *_TEXT),
    "odt": ("OpenDocument 文字文件", "odt", *_TEXT),
    "xml-text": ("Word XML 文件", "xml", *_TEXT),
    "biff": ("早期版本的 Excel 文件", "xls", *_SHEET),
    "xml-sheet": ("Excel 2003 XML 表格", "xml", *_SHEET),
    "flat-open": ("OpenDocument 单一 XML 表格", "fods", *_SHEET),
}


def convert(data: bytes, *, kind: str, name: str, seconds: float = CONVERSION_SECONDS) -> bytes:
    """Convert a file of an old kind; raises `NeedsOffice` or `NotConverted`."""
    label, ending, becomes, through = _OLD[kind]
    if not find_libreoffice():
        raise NeedsOffice(file=name, kind=label, ending=f".{becomes}")
    try:
        return through_office(data, ending, becomes, writer=through, seconds=seconds)
    except NotMade as why:
        raise NotConverted(file=name, kind=label, what=str(why), ending=f".{becomes}") from None
