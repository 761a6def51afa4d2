"""Values of a time cell that are not text: dates, day numbers, 2024.6."""

from __future__ import annotations

import datetime as dt
import re

from tracker.grid import Value
from tracker.grid import as_text

# Excel counts days from here; the numbers of 2000-01-01 to 2099-12-31.
_EPOCH = dt.date(1899, 12, 30)
# A day with a time of day, as exports write it.
_MOMENT = re.compile(r"(?P<day>\d{4}([-/.])\d{1,2}\2\d{1,2})[ T]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?")
_DAY_NUMBERS = range(36526, 73051)


def as_phrase(value: Value) -> str:
    """Write the value of a time cell as a phrase that the grammar can read.

    A number that Excel would show as a day becomes that day.

    >>> as_phrase(dt.datetime(2023, 4, 28)), as_phrase(45044), as_phrase(2024.6), as_phrase(None)
    ('2023-04-28', '2023-04-28', '2024.6', '')
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value in _DAY_NUMBERS:
        return (_EPOCH + dt.timedelta(days=int(value))).isoformat()
    text = as_text(value).strip()
    moment = _MOMENT.fullmatch(text)
    return moment["day"] if moment else text


def lost_a_zero(value: Value) -> bool:
    """Whether Excel may have dropped a zero that matters: 2024.1 was perhaps typed as 2024.10, and 6.3 as 6.30.

    >>> [lost_a_zero(each) for each in (2024.1, 6.3, 2024.6, 6.4, "2024.1")]
    [True, True, False, False, False]
    """
    if not isinstance(value, float) or value.is_integer():
        return False
    whole, _, part = as_text(value).partition(".")
    return part in (("1",) if len(whole) == 4 else ("1", "2", "3"))
