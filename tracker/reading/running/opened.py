"""Texts that wait for a statement of units, and the work point that they make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.headings import Numbered
from tracker.reading.headings import is_heading
from tracker.reading.running.segments import Segment

SENTENCE = ("。", "；", ";", "！")


@dataclass(slots=True)
class Open:
    """A text that no statement has closed yet.

    Attributes:
        segment: The text.
        numbered: Its number.
        labelled: It stood behind 工作内容：.
    """

    segment: Segment
    numbered: Numbered | None
    labelled: bool = False


def groups(texts: Sequence[Open]) -> list[list[Open]]:
    """The texts one by one, each numbered one with the sentences behind it.

    A heading above deeper numbers is left out, and so is a signature: behind an item only sentences go on.
    """
    found: list[list[Open]] = []
    for each in texts:
        if each.numbered is None and found and found[-1][0].numbered is not None:
            if each.segment.text.endswith(SENTENCE):
                found[-1].append(each)
        else:
            found.append([each])
    return [
        group
        for group, following in zip(found, [*found[1:], None], strict=False)
        if not _is_heading_of(group, following)
    ]


def compose(opened: Sequence[Open]) -> tuple[str, str, Numbered | None]:
    """The requirement that texts make together, where it stands, and its number."""
    head = opened[0].numbered
    if is_titled(opened):
        opened, head = opened[1:], None
    numbers = [each for each in opened if each.numbered is not None]
    texts = [
        each.numbered.rest if each.numbered is not None and len(numbers) == 1 else each.segment.text
        for each in opened
    ]
    return "\n".join(texts), opened[0].segment.place, head if len(numbers) == 1 else None


def is_titled(opened: Sequence[Open]) -> bool:
    """Whether the first text is the heading of the second: then the second is what is required."""
    head = opened[0].numbered
    return len(opened) > 1 and head is not None and is_heading(head.rest) and opened[1].numbered is None


def _is_heading_of(group: Sequence[Open], following: Sequence[Open] | None) -> bool:
    head = group[0].numbered
    if len(group) > 1 or head is None or following is None or following[0].numbered is None:
        return False
    return following[0].numbered.rank > head.rank and is_heading(head.rest)
