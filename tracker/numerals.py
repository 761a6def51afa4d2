"""Numbers as offices write them: 12, 十二, 廿五, 二〇二一, and those before headings: １２, ③, ㈠. One table of numerals.

Patterns that look for numbers and functions that read them are made of the same characters: what is found can be
read, and what mixes figures and numerals (2十) is neither.
"""

from __future__ import annotations

from tracker import patterns as re

ONES = "一二三四五六七八九"
# What headings and items count with; a number in running text has the rest of the table, too.
HAN = ONES + "十"
ZEROS = "〇零○"
_DIGITS = {digit: value for value, digit in enumerate(ONES, 1)} | dict.fromkeys(ZEROS, 0) | {"两": 2}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_FIRST_MARKS = "①⑴⒈㈠❶"
_MARKS_OF_A_KIND = 20

# A number in either writing, for use in patterns.
# Bounded: nobody writes a longer one, and a page of figures must not cost more than its length.
NUMBER = rf"(?:\d{{1,5}}|[零〇两{HAN}廿卅百]{{1,6}})"


def read_number(numeral: str) -> int:
    """A number below one thousand, or a year written digit by digit; 0 if it has several parts or is none.

    >>> [read_number(each) for each in ("12", "十二", "二十", "廿五", "两", "一百零五", "二〇二一", "１２", "③", "1.2", "2十")]
    [12, 12, 20, 25, 2, 105, 2021, 12, 3, 0, 0]
    """
    numeral = numeral.strip()
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 1:
        for first in _FIRST_MARKS:
            if 0 <= ord(numeral) - ord(first) < _MARKS_OF_A_KIND:
                return ord(numeral) - ord(first) + 1
    if not numeral or any(digit not in _DIGITS and digit not in _TENS and digit != "百" for digit in numeral):
        return 0
    if not set(numeral) & {*_TENS, "百"}:
        return int("".join(str(_DIGITS[digit]) for digit in numeral))
    total, last = 0, 0
    for character in numeral:
        if character == "百":
            total, last = total + (last or 1) * 100, 0
        elif character in _TENS:
            # 十 multiplies what stands before it; 廿 and 卅 are tens by themselves.
            total, last = total + ((last or 1) * 10 if character == "十" else _TENS[character]), 0
        else:
            last = _DIGITS[character]
    return total + last


def chinese_number(number: int, digits: str = f"零{ONES}", units: str = "十百千") -> str:
    """Write a number below 10,000 as a heading counts; a greater one in figures.

    Args:
        number: From 0 on.
        digits: Ten digits from zero on: 零壹贰… for amounts.
        units: Ten, hundred and thousand.

    >>> [chinese_number(each) for each in (1, 10, 11, 20, 37, 99, 105)]
    ['一', '十', '十一', '二十', '三十七', '九十九', '一百零五']
    """
    if number >= 10_000:
        return str(number)
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        value = int(digit)
        unit = units[place - 1] if place and value else ""
        text = digits[value] + unit + text
    text = re.sub(f"{digits[0]}+", digits[0], text).rstrip(digits[0]) or digits[0]
    return text.removeprefix("一") if text.startswith("一十") else text


def chinese_digits(number: int) -> str:
    """Write a number digit by digit: 2026 as 二〇二六."""
    return "".join(f"〇{ONES}"[int(digit)] for digit in str(number))
