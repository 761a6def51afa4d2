"""The numbers that stand before headings and items, and what level they mean.

Chinese office documents number their parts in a fixed order (GB/T 9704-2012, 7.3.3): 一、 then （一） then 1.
then （1）. Plans add 第一部分 above, ① and 1） below, and 1.1 beside. From the outside in:

    rank  written as                      example
    1     第…部分、篇、编                  第一部分 总体要求
    1     第…步、阶段、批（何时）             第一阶段：动员部署（6月底前）
    2     第…章                           第二章 任务
    3     第…节                           第一节 目标
    4     一、                            一、总体要求
    5     （一）                          （一）推进公开
    6     1.  1、  1．  １.  ⒈              1.完善制度
    7     1.1  1.1.1  1-1                 1.1 完善制度
    8     （1）  ⑴                        （1）完善制度
    9     1）                             1）完善制度
    10    ①                               ①完善制度
    11    A.  a)                          A.完善制度

    >>> leading_number("（十二）加强审查").number, leading_number("（十二）加强审查").rest
    ('十二', '加强审查')
    >>> [leading_number(text) and leading_number(text).rank.name for text in ("1.甲", "2024.6底前", "3.5万人", "12月底", "1.2 乙")]
    ['ARABIC', None, None, None, 'DOTTED']
    >>> leading_number("2.6月底前编制清单").number, leading_number("3.2026年起执行").rest, leading_number("2026.6月底前")
    ('2', '2026年起执行', None)
    >>> leading_number("五一、国庆前检修") is None, leading_number("二十一、检修").number
    (True, '二十一')
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from tracker import patterns as re
from tracker.numerals import HAN, read_number
from tracker.values import dataclass


class Rank(IntEnum):
    """Levels of numbering, from the outside in."""

    PART = 1
    CHAPTER = 2
    PARAGRAPH = 3
    HAN = 4
    HAN_BRACKET = 5
    ARABIC = 6
    DOTTED = 7
    ARABIC_BRACKET = 8
    ARABIC_PAREN = 9
    CIRCLED = 10
    LETTER = 11


@dataclass(frozen=True, slots=True)
class LeadingNumber:
    """A text that begins with a number.

    Attributes:
        rank: Its level.
        number: The number without mark and bracket, as printed.
        mark: The number with its mark, as printed.
        rest: The text after it.
        value: The number as an integer; 0 where it has several parts.
    """

    rank: Rank
    number: str
    mark: str
    rest: str
    value: int


_HAN = f"{HAN}百〇零"
# Two digits side by side count nothing: 五一、国庆前 begins with a feast.
_NUMERAL = rf"(?:[{_HAN}](?![{_HAN}])|(?=[{_HAN}]{{0,3}}[十百廿卅])[{_HAN}]{{2,4}})"
_DIGIT = "0-9０-９"
_OPEN, _CLOSE = "[(（〔]", "[)）〕]"
_POINT = "[.．。、,，:：]"
_BLANK = r"[\s\u3000\u200b\ufeff]"
# After 1.1 without a mark: 3.5万人 and 2.4亿元 are quantities, not numbers of items.
_NOT_MEASURE = r"(?![万亿千百个倍米公里元吨亩件家户人次项年月日号%％‰°时小点以至到—~～-])"

_STYLES: tuple[tuple[Rank, re.Pattern[str]], ...] = tuple(
    (rank, re.compile(rf"{_BLANK}*(?P<mark>{pattern}){_BLANK}*"))
    for rank, pattern in (
        (Rank.PART, rf"第(?P<no>[{_HAN}{_DIGIT}]{{1,3}})(?:部分|篇|编)[:：、]?"),
        # 第一阶段：清点航标 may be an item of its own; what ends in a limit in brackets stands over several.
        (
            Rank.PART,
            rf"第(?P<no>[{_HAN}{_DIGIT}]{{1,3}})(?:步|阶段|批次?|板块|环节)[:：、]?"
            rf"(?={_BLANK}*[^（(。；;]{{0,16}}[（(][^（）()]{{2,16}}(?:前|内|止|完成|办结)[)）][:：]?{_BLANK}*$)",
        ),
        (Rank.CHAPTER, rf"第(?P<no>[{_HAN}{_DIGIT}]{{1,3}})章[:：、]?"),
        (Rank.PARAGRAPH, rf"第(?P<no>[{_HAN}{_DIGIT}]{{1,3}})节[:：、]?"),
        (Rank.HAN, rf"(?P<no>{_NUMERAL})[、.．,，:：]"),
        (Rank.HAN_BRACKET, rf"{_OPEN}{_BLANK}*(?P<no>{_NUMERAL}){_BLANK}*{_CLOSE}[、.．]?"),
        (Rank.HAN_BRACKET, r"(?P<no>[㈠-㈩])"),
        (
            Rank.DOTTED,
            rf"(?P<no>[{_DIGIT}]{{1,2}}(?:[.．-][{_DIGIT}]{{1,2}}){{1,3}})"
            rf"(?:[、.．]|(?=[\s\u3000])|(?![{_DIGIT}.．])){_NOT_MEASURE}",
        ),
        (Rank.ARABIC, rf"(?P<no>[{_DIGIT}]{{1,3}})[.．、]{_BLANK}*(?![{_DIGIT}])"),
        # An item that begins with a date: 2.6月底前编制清单, 3.2026年起执行.
        (
            Rank.ARABIC,
            rf"(?P<no>[{_DIGIT}]{{1,2}})[.．、]{_BLANK}*(?=[{_DIGIT}]{{1,2}}月|20[{_DIGIT}]{{2}}年)",
        ),
        (Rank.ARABIC, r"(?P<no>[⒈-⒛])"),
        (Rank.ARABIC_BRACKET, rf"{_OPEN}{_BLANK}*(?P<no>[{_DIGIT}]{{1,3}}){_BLANK}*{_CLOSE}[、.．]?"),
        (Rank.ARABIC_BRACKET, r"(?P<no>[⑴-⒇])"),
        (Rank.ARABIC_PAREN, rf"(?P<no>[{_DIGIT}]{{1,3}})[)）][、.．]?"),
        (Rank.CIRCLED, r"(?P<no>[①-⑳❶-❿㉑-㉟])[、.．]?"),
        (Rank.LETTER, r"(?P<no>[A-Ha-h])[.．、)）](?![A-Za-z])"),
    )
)


_ORDINALS = tuple((rank, pattern) for rank, pattern in _STYLES if rank <= Rank.PARAGRAPH)
# Every number begins with one of these; most texts do not.
_BEGINNING = re.compile(rf"{_BLANK}*[第{_HAN}{_DIGIT}(（〔㈠-㈩⒈-⒛⑴-⒇①-⑳❶-❿㉑-㉟A-Ha-h]")


@lru_cache(maxsize=4096)
def leading_number(text: str) -> LeadingNumber | None:
    """The number that a text begins with; None if there is none."""
    if not _BEGINNING.match(text):
        return None
    is_ordinal = text.lstrip("\u200b\ufeff \u3000\n\t").startswith("第")
    for rank, pattern in _ORDINALS if is_ordinal else _STYLES:
        if match := pattern.match(text):
            number = match["no"]
            return LeadingNumber(
                rank, number, match["mark"].strip(), text[match.end() :].strip(), read_number(number)
            )
    return None


def is_heading(text: str) -> bool:
    """Whether a line reads as a heading: short, and not a sentence.

    >>> is_heading("一、着力推进公开"), is_heading("一、要认真组织实施，细化分工，按时完成。")
    (True, False)
    """
    text = text.strip()
    if not 0 < len(text) <= 60 or re.search(r"[。；;！？!]", text.rstrip("。；;")):
        return False
    return not (text[-1] in "。；;" and re.search("[，,]", text))


_ITEM_START = re.compile(rf"[\n\r。；;）)】\]！!]{_BLANK}*")


def split_items(text: str) -> list[tuple[LeadingNumber | None, str, int]]:
    r"""Split a cell into its numbered items: (number, text without it, where it begins).

    Only numbers at the start of a line, or right after the end of a sentence or a bracket, count, and only
    when they run on (1, 2, 3 …). What stands before the first number is an item of its own without one.

    >>> [(head and head.number, rest) for head, rest, _ in split_items("1.甲。（市一局）\n2.乙。（市二局）")]
    [('1', '甲。（市一局）'), ('2', '乙。（市二局）')]
    """
    starts: list[tuple[int, LeadingNumber]] = []
    starts_of_lines = dict.fromkeys([0, *(match.end() for match in _ITEM_START.finditer(text))])
    for position in starts_of_lines:
        if position >= len(text):
            continue
        item_number = leading_number(text[position:])
        if item_number is None or (starts and item_number.rank is not starts[0][1].rank):
            continue
        if not starts and item_number.value != 1 and position and text[position - 1] not in "\n\r":
            continue
        next_value = starts[-1][1].value + 1 if starts else item_number.value
        if item_number.value and item_number.value == next_value:
            starts.append((position, item_number))
    if not starts:
        return [(None, text.strip(), 0)] if text.strip() else []
    cuts = [position for position, _ in starts] + [len(text)]
    found_items: list[tuple[LeadingNumber | None, str, int]] = []
    if text[: cuts[0]].strip():
        found_items.append((None, text[: cuts[0]].strip(), 0))
    for (position, number), end in zip(starts, cuts[1:], strict=True):
        body = leading_number(text[position:end].strip())
        found_items.append((number, body.rest if body else text[position:end].strip(), position))
    return found_items


def levels(path: dict[Rank, str]) -> tuple[str, str]:
    """Section and task of a path of headings: the last of the outer levels, and the first below it.

    >>> levels({Rank.PART: "第一部分", Rank.HAN: "一、总则", Rank.HAN_BRACKET: "（一）公开", Rank.ARABIC: "1.网站"})
    ('一、总则', '（一）公开')
    >>> levels({Rank.HAN_BRACKET: "（一）公开"})
    ('（一）公开', '')
    """
    headings = sorted(path.items())
    outer = [(rank, text) for rank, text in headings if rank <= Rank.HAN]
    section = outer[-1] if outer else headings[0] if headings else None
    if section is None:
        return "", ""
    below = [text for rank, text in headings if rank > section[0]]
    return section[1], below[0] if below else ""
