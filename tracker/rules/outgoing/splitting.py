r"""Cutting a text that is longer than a channel takes into several, losing nothing.

    >>> split("第一行\n第二行\n", 12)
    ('第一行\n', '第二行\n')

Limits are bytes of UTF-8 as JSON writes them, because platforms measure what they get: a line break is two. A text is cut after a line where it can be, after a sentence else, anywhere between two
characters where there is neither. The parts together are the text, character for character; what counts them
(`numbered`) is added in front and fits, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

_ENDS = ("\n", "。", "；", "，")
# Room for （12/34） and a line break.
_COUNT = 24
# A control character, written as \\u0007.
_LARGEST = 6


def size_of(character: str) -> int:
    r"""The bytes of a character in a request.

    >>> [size_of(each) for each in ("a", "市", "\N{GRINNING FACE}", "\n")]
    [1, 3, 4, 2]
    """
    return len(json.dumps(character, ensure_ascii=False).encode("utf-8", "surrogatepass")) - 2


def split(text: str, limit: int) -> tuple[str, ...]:
    """The parts of a text, each of at most `limit` bytes."""
    if limit < _LARGEST:
        raise ValueError("a part has to hold a character")
    return tuple(_parts(text, limit)) or ("",)


def numbered_parts(text: str, limit: int) -> tuple[str, ...]:
    """The parts of a text with their count in front; a text that fits stays as it is."""
    if sum(map(size_of, text)) <= limit:
        return (text,)
    parts = split(text, limit - _COUNT)
    return tuple(f"（{number}/{len(parts)}）\n{part}" for number, part in enumerate(parts, 1))


def _parts(text: str, limit: int) -> Iterator[str]:
    start = 0
    while start < len(text):
        stop = _fits(text, start, limit)
        if stop < len(text):
            stop = next((cut for cut in _cuts(text, start, stop)), stop)
        yield text[start:stop]
        start = stop


def _fits(text: str, start: int, limit: int) -> int:
    """Where the longest part ends that begins at `start`."""
    size = 0
    for position in range(start, min(len(text), start + limit)):
        size += size_of(text[position])
        if size > limit:
            return position
    return min(len(text), start + limit)


def _cuts(text: str, start: int, stop: int) -> Iterator[int]:
    """Good places to cut, the best first; none that would leave less than half of a part."""
    for end in _ENDS:
        position = text.rfind(end, start, stop)
        if position >= start + (stop - start) // 2:
            yield position + 1
