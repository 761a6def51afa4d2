"""Marks, brackets and blanks: the text of a clause made comparable, character for character.

`fold` changes characters but never their number, so that a place in the folded text is the same place in the
text as written and names can be cut out of the original:

    >>> fold_characters("市教育局牽頭,市財政局配合(見附件1)")
    '市教育局牵头，市财政局配合（见附件1）'
"""

from __future__ import annotations

import re

from tracker.reading.script import SIMPLIFIED

_OPEN = "([{（［｛【〔〖﹝〘"
_CLOSE = ")]}）］｝】〕〗﹞〙"
_QUOTES = {"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』", "〈": "〉"}
_FOLD = {
    **{chr(0xFF01 + n): chr(0x21 + n) for n in range(94)},
    **dict.fromkeys(_OPEN, "（"),
    **dict.fromkeys(_CLOSE, "）"),
    **dict.fromkeys(",，﹐︐", "，"),
    **dict.fromkeys(";；﹔", "；"),
    **dict.fromkeys(":：﹕︰∶", "："),
    **dict.fromkeys("、､﹑", "、"),
    **dict.fromkeys("。｡", "。"),
    **dict.fromkeys("/／|｜\\", "/"),
    **dict.fromkeys("\r\n\v\f\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\t \u00a0\u3000\u2002\u2003\u2009\u200b\ufeff", " "),
}
_TABLE = {ord(key): value for key, value in _FOLD.items()}
# A circled number right between two words.
_CIRCLED = re.compile(r"(?<=[\u4e00-\u9fff）])[②-⑳](?=[\u4e00-\u9fff])")
BLANK = "□"
# What separates statements.
SEPARATORS = "、，；。\n/"
# Signs that note or rank a unit without belonging to its name.
STARS = "★☆▲△●◎※*＊#"
# What may hang on the edge of a name and is none of it: marks, footnote signs.
EDGE = SEPARATORS + " ：-—－·•.~…!！?？\"'①②③④⑤⑥⑦⑧⑨⑩¹²³⁴⁵⁶⁷⁸⁹"


def fold_characters(text: str) -> str:
    """Simplified characters, one form for each mark, every bracket round; the length stays.

    In a list that begins with ① each further circled number parts two names.

    >>> fold_characters("①市教育局②市财政局"), fold_characters("市教育局②")
    ('①市教育局、市财政局', '市教育局②')
    """
    folded_text = text.translate(SIMPLIFIED).translate(_TABLE)
    return _CIRCLED.sub("、", folded_text) if folded_text.lstrip().startswith("①") else folded_text


def bracket_pairs(folded_text: str) -> dict[int, int]:
    """Opening to closing place of every bracket and quotation that closes again."""
    closing_places: dict[int, int] = {}
    open_at: list[tuple[int, str]] = []
    for at, mark in enumerate(folded_text):
        if mark == "（":
            open_at.append((at, "）"))
        elif mark in _QUOTES:
            open_at.append((at, _QUOTES[mark]))
        elif any(closing_mark == mark for _, closing_mark in open_at):
            while open_at:
                start, closing_mark = open_at.pop()
                if closing_mark == mark:
                    closing_places[start] = at
                    break
    return closing_places


def blank_inside(folded_text: str) -> str:
    """The text with everything inside brackets and quotations blanked, the marks themselves kept.

    >>> blank_inside("各县（市、区）人民政府、市教育局")
    '各县（□□□）人民政府、市教育局'
    """
    letters = list(folded_text)
    for start, end in bracket_pairs(folded_text).items():
        letters[start + 1 : end] = BLANK * (end - start - 1)
    return "".join(letters)
