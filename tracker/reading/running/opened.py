"""Texts that wait for a statement of units, and the work point that they make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.headings import LeadingNumber
from tracker.reading.headings import is_heading
from tracker.reading.running.segments import Segment

SENTENCE = ("。", "；", ";", "！")


@dataclass(slots=True)
class OpenText:
    """A text that no statement has closed yet.

    Attributes:
        segment: The text.
        number: Its number.
        has_label: It stood behind 工作内容：.
    """

    segment: Segment
    number: LeadingNumber | None
    has_label: bool = False


def group_texts(texts: Sequence[OpenText]) -> list[list[OpenText]]:
    """The texts one by one, each numbered one with the sentences behind it.

    A heading above deeper numbers is left out, and so is a signature: behind an item only sentences go on.
    """
    text_groups: list[list[OpenText]] = []
    for text in texts:
        if text.number is None and text_groups and text_groups[-1][0].number is not None:
            if text.segment.text.endswith(SENTENCE):
                text_groups[-1].append(text)
        else:
            text_groups.append([text])
    return [
        group
        for group, next_group in zip(text_groups, [*text_groups[1:], None], strict=False)
        if not _is_heading_of(group, next_group)
    ]


def compose(open_texts: Sequence[OpenText]) -> tuple[str, str, LeadingNumber | None]:
    """The requirement that texts make together, where it stands, and its number."""
    head = open_texts[0].number
    if is_titled(open_texts):
        open_texts, head = open_texts[1:], None
    numbers = [open_text for open_text in open_texts if open_text.number is not None]
    texts = [
        open_text.number.rest
        if open_text.number is not None and len(numbers) == 1
        else open_text.segment.text
        for open_text in open_texts
    ]
    return "\n".join(texts), open_texts[0].segment.place, head if len(numbers) == 1 else None


def is_titled(open_texts: Sequence[OpenText]) -> bool:
    """Whether the first text is the heading of the second: then the second is what is required."""
    head = open_texts[0].number
    return len(open_texts) > 1 and head is not None and is_heading(head.rest) and open_texts[1].number is None


def _is_heading_of(group: Sequence[OpenText], next_group: Sequence[OpenText] | None) -> bool:
    head = group[0].number
    if len(group) > 1 or head is None or next_group is None or next_group[0].number is None:
        return False
    return next_group[0].number.rank > head.rank and is_heading(head.rest)
