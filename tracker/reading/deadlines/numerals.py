"""Numbers as plans write them: 12, 十二, 廿五, 二〇二一."""

from __future__ import annotations

_DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "廿": 20, "卅": 30}

# A number in either writing, for use in patterns.
# Bounded: nobody writes a longer one, and a page of figures must not cost more than its length.
NUMBER = r"(?:\d{1,5}|[零〇一二两三四五六七八九十廿卅百]{1,6})"


def read_number(written: str) -> int:
    """Read a number below one thousand, or a year written digit by digit.

    >>> [read_number(each) for each in ("12", "十二", "二十", "廿五", "两", "九十", "一百二十", "二〇二一")]
    [12, 12, 20, 25, 2, 90, 120, 2021]
    """
    if written.isdecimal():
        return int(written)
    if not set(written) & {*_TENS, "百"}:
        return int("".join(str(_DIGITS[each]) for each in written))
    total, last = 0, 0
    for each in written:
        if each == "百":
            total, last = (last or 1) * 100, 0
        elif each in _TENS:
            # 十 multiplies what stands before it; 廿 and 卅 are tens by themselves.
            total, last = total + ((last or 1) * 10 if each == "十" else _TENS[each]), 0
        else:
            last = _DIGITS[each]
    return total + last
