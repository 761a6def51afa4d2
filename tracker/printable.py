r"""Texts from outside as people may see them: names of files and what stands in them, on a terminal, a page or in a log.

The door for files from outside (`files.guard`) lets no such mark in.

printable(text)    without what moves the cursor, hides, colours or turns text around; line breaks stay
one_line(text)     the same in one line
in_a_cell(text)    what fits a cell of a workbook, 32,767 UTF-16 units; what is cut says so at its end (`is_cut`)
file_name(text)    a name as the disk gives it: bytes that are no UTF-8 are read as GB18030, else shown as \xNN

what                                                         becomes
escape sequences of a terminal (ESC [ … m and their like)      nothing
marks of direction, other invisible marks, a byte order mark   nothing
other control characters, half of a surrogate pair             U+FFFD
line and paragraph separators, VT, FF, NEL                     a line break

>>> printable("已办\x1b[2J结\u202exlsx"), one_line("甲\r\n没有发现问题。")
('已办结xlsx', '甲 没有发现问题。')
>>> import os
>>> file_name(os.fsdecode("市教育局.xlsx".encode("gbk"))) if os.name != "nt" else "市教育局.xlsx"
'市教育局.xlsx'
"""

from __future__ import annotations

from tracker import patterns as re

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Nothing of all this stands in an ordinary text.
_ANY = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def is_printable(text: str) -> bool:
    """Whether nothing in a text acts on whoever shows it."""
    return _ANY.search(text) is None


def printable(text: str) -> str:
    """A text without what acts on whoever shows it."""
    if is_printable(text):
        return text
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", _ESCAPES.sub("", text)))
    return _CONTROLS.sub("\ufffd", text)


def with_marks_shown(text: str) -> str:
    """A text with a sign for every mark that acts on whoever shows it: what must not become another text by losing one.

    >>> with_marks_shown("\u202ezhang@example.com")
    '\ufffdzhang@example.com'
    """
    return _ANY.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A printable text in one line."""
    return re.sub(r"\s*\n\s*", " ", printable(text))


def file_name(text: str) -> str:
    """A name of the disk or of an archive as people may see it and the ledger may keep it."""
    if any("\udc80" <= character <= "\udcff" for character in text):
        data = text.encode("utf-8", "surrogateescape")
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            text = data.decode("utf-8", "backslashreplace")
    return one_line(text)


_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
# Names of devices: Windows opens none of them as a file, whatever the ending.
_DEVICES = re.compile(r"(?i)(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)(?=\s*(?:\.|$))")


def is_device(name: str) -> bool:
    """Whether Windows takes a file's name for a device, whatever its suffix.

    >>> [name for name in ("con", "NUL.txt", "conin$", "CONTRACT.docx", "COM1 .xlsx") if is_device(name)]
    ['con', 'NUL.txt', 'conin$', 'COM1 .xlsx']
    """
    return _DEVICES.match(name) is not None


def name_for_file(text: str, longest: int = 0) -> str:
    """The name with what no system takes in one replaced; where it is limited, so many characters of it.

    >>> name_for_file("市直机关/工委: 办公室 ."), name_for_file("CON"), name_for_file("nul.xlsx"), name_for_file("甲\u202e乙")
    ('市直机关_工委_ 办公室', 'CON_', 'nul_.xlsx', '甲乙')
    """
    name = _FORBIDDEN.sub("_", one_line(text).strip())
    return _DEVICES.sub(r"\1_", name[: longest or None].rstrip(" .")) or "未命名"


_NO_SHEET = re.compile(r"[\\/:*?\[\]]")
_LONGEST_SHEET = 31


def name_for_sheet(text: str) -> str:
    """The name as that of a sheet: without the signs that Excel takes in none, at most 31 characters.

    >>> name_for_sheet("培训/调研[试行]"), len(name_for_sheet("长" * 40)), name_for_sheet("'"), name_for_sheet("业务培训")
    ('培训_调研_试行_', 31, '_', '业务培训')
    """
    name = _NO_SHEET.sub("_", one_line(text).strip())[:_LONGEST_SHEET].strip()
    return re.sub("^'|'$", "_", name) or "未命名"


_CELL_UNITS = 32_767
_CUT = "……（一格放不下，后面略去；全文在程序的台账记录里，没有丢失）"


def in_a_cell(text: str) -> str:
    """A text as a cell of a workbook can hold it.

    >>> len(in_a_cell("长" * 40_000)), is_cut(in_a_cell("长" * 40_000)), is_cut(in_a_cell("短"))
    (32767, True, False)
    """
    # No character has more than two units.
    if len(text) <= _CELL_UNITS // 2:
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) <= 2 * _CELL_UNITS:
        return text
    return data[: 2 * (_CELL_UNITS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def is_long(text: str) -> bool:
    """Whether a cell of a workbook can hold only the beginning of a text."""
    return in_a_cell(text) is not text


def is_cut(text: str) -> bool:
    """Whether a cell holds only the beginning of its text: it is no statement."""
    return text.endswith(_CUT)
