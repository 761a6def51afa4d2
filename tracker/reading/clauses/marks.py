"""The text of a clause: marks, brackets and blanks made comparable, character for character.

`fold_characters` changes characters but never their number, so that a place in the folded text is the same place in the
text as written and names can be cut out of the original:

    >>> fold_characters("市教育局牽頭,市財政局配合(見附件1)")
    '市教育局牵头，市财政局配合（见附件1）'

A `Clause` is that text on its way through the grammar: in three forms, and with what each stretch was taken for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from enum import Enum

from tracker import patterns as re
from tracker.reading.text import SIMPLIFIED
from tracker.values import dataclass

_OPEN = "([{（［｛【〔〖﹝〘〈"
_CLOSE = ")]}）］｝】〕〗﹞〙〉"
_QUOTES = {"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』"}
_PAIRED = frozenset({"（", *_QUOTES})
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
    **dict.fromkeys("\t \u00a0\u3000\u2002\u2003\u2009", " "),
}
_TABLE: dict[int, str | int] = SIMPLIFIED | {ord(key): value for key, value in _FOLD.items()}
# A circled number right between two words.
_CIRCLED = re.compile(r"(?<=[\u4e00-\u9fff）])[②-⑳](?=[\u4e00-\u9fff])")
# A label in brackets of its own, with no colon behind it: 【牵头单位】市甲局.
_TAG = re.compile(
    r"[【［\[〔](?P<label>[ \u3000]*(?:(?:总?牵头|主办|承办|责任|负责|配合|协办|参与|落实|实施)(?:单位|部门|科室|处室)?"
    r"|(?:完成|办结|工作|整改)?(?:时限|期限)(?:要求)?|完成时间)[ \u3000]*)[】］\]〕](?=[ \u3000]*[一-鿿\d])"
)
BLANK = "□"
# What separates statements.
SEPARATORS = "、，；。\n/"
# Signs that note or rank a unit without belonging to its name.
STARS = "★☆▲△●◎※*＊#"
# What may hang on the edge of a name and is none of it: marks, footnote signs.
EDGE = SEPARATORS + " ：-—－·•.~…!！?？\"'①②③④⑤⑥⑦⑧⑨⑩¹²³⁴⁵⁶⁷⁸⁹"


def tags_as_labels(text: str) -> str:
    """Labels in brackets as labels with a colon; the length stays.

    >>> tags_as_labels("【牵头】市甲局 【时限】6月底前")
    ' 牵头：市甲局  时限：6月底前'
    """
    first = _TAG.search(text)
    # Right behind a name it says that name's role: 市甲局【牵头】市乙局【配合】.
    if first is None or (
        "单位" not in first["label"] and re.match(r"[\u4e00-\u9fff）)]", text[: first.start()][-1:])
    ):
        return text
    return _TAG.sub(lambda tag: f" {tag['label']}：", text)


def fold_characters(text: str) -> str:
    """Simplified characters, one form for each mark, every bracket round but those of labels; the length stays.

    In a list that begins with ① each further circled number parts two names.

    >>> fold_characters("①市教育局②市财政局"), fold_characters("市教育局②")
    ('①市教育局、市财政局', '市教育局②')
    """
    folded_text = tags_as_labels(text).translate(_TABLE)
    return _CIRCLED.sub("、", folded_text) if folded_text.lstrip().startswith("①") else folded_text


def bracket_pairs(folded_text: str) -> dict[int, int]:
    """Opening to closing place of every bracket and quotation that closes again."""
    closing_places: dict[int, int] = {}
    if _PAIRED.isdisjoint(folded_text):
        return closing_places
    open_at: list[tuple[int, str]] = []
    awaited: Counter[str] = Counter()
    for at, mark in enumerate(folded_text):
        if mark == "（" or mark in _QUOTES:
            closing_mark = _QUOTES.get(mark, "）")
            open_at.append((at, closing_mark))
            awaited[closing_mark] += 1
        elif awaited[mark]:
            while open_at:
                start, closing_mark = open_at.pop()
                awaited[closing_mark] -= 1
                if closing_mark == mark:
                    closing_places[start] = at
                    break
    return closing_places


def blank_inside(folded_text: str) -> str:
    """The text with everything inside brackets and quotations blanked, the marks themselves kept.

    >>> blank_inside("各县（市、区）人民政府、市教育局")
    '各县（□□□）人民政府、市教育局'
    """
    pairs = bracket_pairs(folded_text)
    if not pairs:
        return folded_text
    letters = list(folded_text)
    outside = 0
    for start, end in sorted(pairs.items()):
        if start >= outside:
            letters[start + 1 : end] = BLANK * (end - start - 1)
            outside = end
    return "".join(letters)


class Sense(Enum):
    """What a stretch of a clause was taken for. Nothing of a clause is without one."""

    # A member is one object; the library's own hash is a call for each character.
    __hash__ = object.__hash__

    # A unit or group.
    NAME = "name"
    # A role word with its manner: 按职责分工负责.
    ROLE = "role"
    # 牵头单位：
    LABEL = "label"
    # The share of one unit: 校园部分.
    PART = "part"
    # 见附件1, 下同, 名单附后.
    REFERENCE = "reference"
    # 第一个为牵头单位.
    NOTE = "note"
    # 等, 等部门.
    AND_OTHERS = "and others"
    # Persons and their telephones.
    PERSON = "person"
    # By when.
    TIME = "time"
    # What is done: the object of a verb.
    DEED = "deed"
    # No name and no role: left out, and shown as such.
    PROSE = "prose"
    # Marks, blanks, conjunctions, footnote signs.
    MARK = "mark"


@dataclass(slots=True)
class Clause:
    """The text of a clause.

    Attributes:
        text: As written, without the blanks that separate nothing.
        folded_text: Simplified, marks and brackets in one form.
        plain: The same with the contents of brackets and quotations blanked.
        closing_places: Opening to closing place of every bracket and quotation.
        opening_places: Closing to opening place.
        senses: What each character was taken for.
    """

    text: str
    folded_text: str = ""
    plain: str = ""
    closing_places: dict[int, int] = field(default_factory=dict)
    opening_places: dict[int, int] = field(default_factory=dict)
    senses: list[Sense | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folded_text = fold_characters(self.text)
        self.closing_places = bracket_pairs(self.folded_text)
        self.opening_places = {close: start for start, close in self.closing_places.items()}
        self.plain = blank_inside(self.folded_text)
        self.senses = [None] * len(self.text)

    def mark(self, start: int, end: int, sense: Sense) -> None:
        """Say what a stretch was taken for; the first word on it counts."""
        for at in range(start, end):
            if self.senses[at] is None:
                self.senses[at] = sense

    def mark_again(self, start: int, end: int, sense: Sense) -> None:
        """Say it anew: what was taken for a name turned out to be none."""
        self.senses[start:end] = [sense] * (end - start)

    def mark_rest(self) -> None:
        """Say of every mark and sign without a sense that it is one."""
        for at, letter in enumerate(self.plain):
            if self.senses[at] is None and not letter.isalnum() and letter != BLANK:
                self.senses[at] = Sense.MARK

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without marks and footnote signs at its edges."""
        while start < end and self.plain[start] in EDGE:
            start += 1
        while end > start and self.plain[end - 1] in EDGE:
            end -= 1
        return start, end

    def bracket_ending_at(self, end: int) -> int | None:
        """Where the bracket opens that closes right before `end`."""
        return self.opening_places.get(end - 1) if end and self.plain[end - 1] == "）" else None
