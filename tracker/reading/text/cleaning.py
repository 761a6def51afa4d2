"""Damaged text: repaired where a rule is certain, flagged where it is not, never guessed.

Plans copied from web pages arrive with damage of a few kinds. `clean` repairs the first three, in this order,
and only marks the last:

    damage                                  example                    becomes          kind
    pinyin in brackets after a character    公開(kāi)   公(gong)开     公開   公开      pinyin
    a stray comma before another mark       内容,，程序,。             内容，程序。     comma
    a date without its separators, alone    2018629                    2018-06-29       date
    a masked or lost character              加强组*  ??底前  �         stays            (spot)

    >>> clean("政務(wù)公開(kāi),，重點(diǎn)工作").text
    '政務公開，重點工作'
    >>> clean("加强组*建设").spots[0].around
    '加强组*建设'

Pinyin is told by being one syllable in small letters: 客户端(APP) and 附件(a) stay. A date without separators
is restored only if it stands alone and has one reading: 2018629 is 29 June, 2018111 stays. A star is a mask
unless it leads a line or stands between blanks or figures; a question mark is a mask when it is doubled, when
it is glued to figures or letters, or when nothing before it asks. A footnote star at the end of a unit's name
looks just like a mask: whoever knows the notes of the table decides about that.

`fold` makes texts comparable and is never printed: traditional characters become simplified, full-width forms
half-width, all brackets of one shape equal, blanks vanish. Text that is kept stays as it was written.

    >>> fold("〔２０１８〕１９ 號（試行）") == fold("[2018]19号(试行)")
    True
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from tracker.grid import INVISIBLE
from tracker.reading.text.script import SIMPLIFIED
from tracker.values import dataclass

_HAN = r"[㐀-鿿]"
# An initial and a final of Mandarin; tone marks are taken off before.
_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    r"(?:[aeo]|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong"
    r"|u|ua|uo|uai|ui|uan|un|uang|ueng|v|ve|ue)",
)
_GLOSS = re.compile(r"\(([a-zà-öø-ɏ]{1,6})\)|（([a-zà-öø-ɏ]{1,6})）")
_STRAY_COMMA = re.compile(r"[,，](?=[,，、。;；:：])")
_BARE_DATE = re.compile(r"(?:19|20)\d{5,6}")
_ASKS = re.compile(r"什么|什麼|何|哪|吗|嗎|怎|呢|多少|几|幾|是否|谁|誰|能否|可否|吧")

_MASKS = re.compile(
    # Stars glued to a character on at least one side, and not a bullet at the head of the line.
    rf"(?<={_HAN})[*＊]+|(?<=[“‘”’）)])[*＊]+(?={_HAN})|(?<=[、，,。；;：:“‘（(])[*＊]+(?={_HAN})"
    rf"|^[*＊]+(?=[年月日])|^[*＊]{{2,}}(?=[市县区省镇乡]{_HAN}*[局办委厅])"
    rf"|(?<=[\d年月])[*＊]+(?=[年月日号])"
    r"|\?{2,}|\ufffd+|锟斤拷|[\u3105-\u312f]+"
    # One question mark glued to letters, to a figure, or to nothing before it.
    rf"|\?(?=[A-Za-zÀ-ɏ]+\))|(?<=\d)\?(?={_HAN})|(?:^|(?<=[、，,（(]))\?(?={_HAN})",
    re.MULTILINE,
)
_LONE_QUESTION = re.compile(rf"(?<={_HAN})\?(?={_HAN}|[。，、；：])|^\?(?=[。，、；：])", re.MULTILINE)


_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


def without_invisible(text: str) -> str:
    r"""A text without the characters that nobody sees.

    >>> without_invisible("市司\u200b法局\ufeff")
    '市司法局'
    """
    return text.translate(_INVISIBLE)


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that was damaged and is whole again: its kind, and what it was and became."""

    kind: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that is damaged and stays so.

    Attributes:
        at: Where it stands in the cleaned text.
        mark: The characters that stand for what is lost.
        around: A few characters on both sides, to show to a person.
    """

    at: int
    mark: str
    around: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text after the certain repairs, the repairs, and the spots that need a person."""

    text: str
    repairs: tuple[Repair, ...] = ()
    spots: tuple[Spot, ...] = ()


# A cell is cleaned by whoever looks at it: the layout, the points, the account.
@lru_cache(maxsize=8192)
def clean(text: str) -> CleanText:
    """Repair what a rule can repair for certain, and mark what it cannot."""
    repairs: list[Repair] = []
    text = _without_pinyin(text, repairs)
    text = _STRAY_COMMA.sub(lambda match: _note(repairs, "comma", match.group(), ""), text)
    if day := restore_date(text.strip()):
        text = _note(repairs, "date", text, day.isoformat())
    return CleanText(text, tuple(repairs), find_spots(text))


def find_spots(text: str) -> tuple[Spot, ...]:
    """Find the masked and the broken characters."""
    marks = {match.start(): match.group() for match in _MASKS.finditer(text)}
    for lone in _LONE_QUESTION.finditer(text):
        sentence = re.split(r"[。！!;；\n]", text[max(0, lone.start() - 60) : lone.start()])[-1]
        if not _ASKS.search(sentence):
            marks.setdefault(lone.start(), "?")
    return tuple(
        Spot(at, mark, text[max(0, at - 8) : at + len(mark) + 8].strip())
        for at, mark in sorted(marks.items())
    )


def restore_date(text: str) -> dt.date | None:
    """Read a day that lost its separators, if only one day can be meant.

    >>> restore_date("2018629"), restore_date("20181203"), restore_date("2018111"), restore_date("2018日")
    (datetime.date(2018, 6, 29), datetime.date(2018, 12, 3), None, None)
    """
    if not _BARE_DATE.fullmatch(text):
        return None
    year, rest = int(text[:4]), text[4:]
    splits = [(rest[:2], rest[2:])] if len(rest) == 4 else [(rest[:1], rest[1:]), (rest[:2], rest[2:])]
    readings = []
    for month, day in splits:
        # A leading zero is written in both places or in none: 2018062 lost more than its separators.
        if len(rest) == 4 or not (month.startswith("0") or day.startswith("0")):
            try:
                readings.append(dt.date(year, int(month), int(day)))
            except ValueError:
                continue
    return readings[0] if len(readings) == 1 else None


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text made comparable, and for each of its characters the place in the text it came from."""

    text: str
    places: tuple[int, ...]

    def original(self, source: str, start: int, end: int) -> str:
        """What stands in the source where this text has `start` to `end`."""
        return source[self.places[start] : self.places[end - 1] + 1] if start < end else ""


# Brackets of one shape, whatever their width; marks that differ in width only.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("〔﹝［【〖", "["),
        **dict.fromkeys("〕﹞］】〗", "]"),
        **dict.fromkeys("（﹙", "("),
        **dict.fromkeys("）﹚", ")"),
        **dict.fromkeys("﹣－–—―‐‑‒─━", "-"),
        **dict.fromkeys("～〜∼˜", "~"),
        **dict.fromkeys("．﹒", "."),
        **dict.fromkeys("○◯", "〇"),
    }
)


# All of it at once, one character for each: simplified, alike, and what is only wider. NFKC of everything would turn ① into 1
# and glue it to the figure behind it.
_FOLDED = {
    **{ord(wide): unicodedata.normalize("NFKC", wide) for wide in map(chr, range(ord("！"), ord("～") + 1))},
    **_ALIKE,
    **{traditional: _ALIKE.get(plain, plain) for traditional, plain in SIMPLIFIED.items()},
}


def fold_with_places(text: str) -> FoldedText:
    """Make a text comparable and remember where each character came from."""
    plain = text.translate(_FOLDED)
    if not _BLANKS.search(plain):
        return FoldedText(plain, tuple(range(len(plain))))
    blank = {place for match in _BLANKS.finditer(plain) for place in range(match.start(), match.end())}
    places = tuple(place for place in range(len(plain)) if place not in blank)
    return FoldedText(_BLANKS.sub("", plain), places)


_BLANKS = re.compile(rf"[\s{INVISIBLE}]+")


def tight(text: str) -> str:
    """A text without any blank.

    >>> tight("合　计 ")
    '合计'
    """
    return _BLANKS.sub("", text)


def fold(text: str) -> str:
    """Make a text comparable; see the module's docstring."""
    return _BLANKS.sub("", text.translate(_FOLDED))


def _without_pinyin(text: str, repairs: list[Repair]) -> str:
    parts: list[str] = []
    end = 0
    for match in _GLOSS.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        before = next((part[-1] for part in reversed(parts) if part), "")
        if _is_gloss(match.group(1) or match.group(2), after=before):
            repairs.append(Repair("pinyin", match.group(), ""))
        else:
            parts.append(match.group())
    return "".join([*parts, text[end:]])


def _is_gloss(letters: str, *, after: str) -> bool:
    plain = "".join(
        character
        for character in unicodedata.normalize("NFD", letters.replace("ü", "v"))
        if not unicodedata.combining(character)
    )
    has_tone = plain != letters
    is_han = "㐀" <= after <= "鿿"
    return bool(_SYLLABLE.fullmatch(plain)) and (has_tone or (is_han and len(plain) > 1))


def _note(repairs: list[Repair], kind: str, was: str, now: str) -> str:
    repairs.append(Repair(kind, was, now))
    return now
