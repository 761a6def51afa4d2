"""Numbers as plans write them: 12, 十二, 廿五, 二〇二一, and those that stand before headings: １２, ③, ㈠."""

from __future__ import annotations

# 一、 in running text can be the tail of a list of numerals (三、四线); only a following text makes a heading.
_VALUES = {numeral: position for position, numeral in enumerate("〇一二三四五六七八九")}


def numeral_value(number: str) -> int:
    """A printed number as an integer; 0 if it has several parts or is none.

    >>> [numeral_value(each) for each in ("二十一", "十", "１２", "③", "1.2", "一百零五")]
    [21, 10, 12, 3, 0, 105]
    """
    number = number.strip()
    if len(number) == 1:
        for first in "①⑴⒈㈠❶":
            if 0 <= ord(number) - ord(first) < 20 and not number.isdecimal():
                return ord(number) - ord(first) + 1
    if number.isdecimal():
        return int(number)
    if not number or any(character not in _VALUES and character not in "十百零" for character in number):
        return 0
    total, last = 0, 0
    for character in number:
        if character == "百":
            total, last = total + (last or 1) * 100, 0
        elif character == "十":
            total, last = total + (last or 1) * 10, 0
        else:
            last = 0 if character == "零" else _VALUES[character]
    return total + last


_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "廿": 20, "卅": 30}

# A number in either writing, for use in patterns.
# Bounded: nobody writes a longer one, and a page of figures must not cost more than its length.
NUMBER = r"(?:\d{1,5}|[零〇一二两三四五六七八九十廿卅百]{1,6})"


def read_number(numeral: str) -> int:
    """Read a number below one thousand, or a year written digit by digit.

    >>> [read_number(each) for each in ("12", "十二", "二十", "廿五", "两", "九十", "一百二十", "二〇二一")]
    [12, 12, 20, 25, 2, 90, 120, 2021]
    """
    if numeral.isdecimal():
        return int(numeral)
    if not set(numeral) & {*_TENS, "百"}:
        return int("".join(str(_DIGITS[digit]) for digit in numeral))
    total, last = 0, 0
    for character in numeral:
        if character == "百":
            total, last = (last or 1) * 100, 0
        elif character in _TENS:
            # 十 multiplies what stands before it; 廿 and 卅 are tens by themselves.
            total, last = total + ((last or 1) * 10 if character == "十" else _TENS[character]), 0
        else:
            last = _DIGITS[character]
    return total + last
