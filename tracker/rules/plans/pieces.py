"""Items that were split or put together between two editions: asked, never decided by likeness alone.

A text is contained in another when nearly all of it stands there in pieces (0.8). An old item that holds two or
more new ones looks split; a new item that holds two or more old ones looks put together.

    >>> old = ["编制公开目录并公布办事指南"]
    >>> suspects(old, ["编制公开目录", "公布办事指南"], pairs={})
    (Suspect(old=(0,), new=(0, 1)),)
    >>> suspects(["编制公开目录", "公布办事指南"], ["编制公开目录并公布办事指南"], pairs={})
    (Suspect(old=(0, 1), new=(0,)),)
    >>> suspects(["编制公开目录"], ["编制公开目录并上网", "举办培训班"], pairs={0: 0})
    ()
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.rules.plans.identity import bare

# So much of a text has to stand in another one.
CONTAINMENT = 0.8
# Texts shorter than this stand in many others.
_SHORTEST = 4
# Pieces of fewer letters are chance.
_PIECE = 2


@dataclass(frozen=True, slots=True)
class Suspect:
    """One old and several new positions (a split), or several old and one new (put together)."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def suspects(old: Sequence[str], new: Sequence[str], *, pairs: Mapping[int, int]) -> tuple[Suspect, ...]:
    """What looks split or put together.

    Args:
        old: Requirements of the old edition.
        new: Those of the new one.
        pairs: New position to old position, where one was found in the other; equal texts are no suspects.
    """
    olds, news = [bare(text) for text in old], [bare(text) for text in new]
    same_old = {pairs[here] for here in pairs if olds[pairs[here]] == news[here]}
    same_new = {here for here in pairs if olds[pairs[here]] == news[here]}
    partner = {there: here for here, there in pairs.items()}
    results: list[Suspect] = []
    for there, text in enumerate(olds):
        if there in same_old:
            continue
        free = [here for here in range(len(news)) if here not in same_new and pairs.get(here, there) == there]
        parts = [here for here in free if len(news[here]) < len(text) and _stands_in(news[here], text)]
        if len(parts) > 1:
            results.append(Suspect((there,), tuple(parts)))
    for here, text in enumerate(news):
        if here in same_new:
            continue
        loose = [
            there for there in range(len(olds)) if there not in same_old and partner.get(there, here) == here
        ]
        wholes = [there for there in loose if len(olds[there]) < len(text) and _stands_in(olds[there], text)]
        if len(wholes) > 1:
            results.append(Suspect(tuple(wholes), (here,)))
    return tuple(results)


def _stands_in(part: str, whole: str) -> bool:
    if len(part) < _SHORTEST:
        return False
    if part in whole:
        return True
    matcher = difflib.SequenceMatcher(None, whole, part, autojunk=False)
    common_letters = sum(block.size for block in matcher.get_matching_blocks() if block.size >= _PIECE)
    return common_letters >= CONTAINMENT * len(part)
