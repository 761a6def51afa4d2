"""Blanks and line breaks: which separate, and which were only typed into a name or lost their mark."""

from __future__ import annotations

import re

from tracker.reading.clauses import asides
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses import words
from tracker.reading.clauses.marks import SEPARATORS

# How far a blank looks to both sides: a name with a blank after each of its characters.
_NEAR = 2 * names.LONGEST
# A name broken before its ending, by somebody who wanted the cell to look even: 平安法治⏎办公室.
_TAIL_OF_NAME = re.compile(
    r"(?:办公室|委员会|管委会|管理局|管理处|服务中心|中心|监管所|事务所|有限公司|公司|集团|联合会|办事处|大队|支队|分局|分公司|人民政府)"
)
_HEAD_OF_NAME = re.compile(r"(?:^|[、，；：\n])[\u4e00-\u9fff]{2,12}$")


def pack(text: str) -> tuple[str, list[int]]:
    """The text without the blanks that separate nothing, and where each character of it stood.

    >>> pack("市 民 政 局 、市残联 配 合")[0]
    '市民政局、市残联配合'
    >>> pack("市民政局 市残联")[0]
    '市民政局 市残联'
    """
    folded_text = marks.fold_characters(text)
    plain = marks.blank_inside(folded_text)
    places: list[int] = []
    start = 0
    for at, letter in enumerate(plain):
        if letter in " \n":
            if not _separates(plain, start, at):
                continue
            start = at + 1
        elif letter in SEPARATORS:
            start = at + 1
        if not (folded_text[at] in " \n" and plain[at] == marks.BLANK):
            places.append(at)
    return "".join(text[at] for at in places), places


def _separates(plain: str, start: int, at: int) -> bool:
    """Whether the blank at `at` ends a statement."""
    before = re.sub(r"\s+", "", plain[max(start, at - _NEAR) : at])
    after = plain[at + 1 : at + _NEAR].lstrip(" \n")
    stop = re.search(rf"[{SEPARATORS} ]", after)
    right = after[: stop.start()] if stop else after
    if not before or not right or right.startswith("（"):
        return False
    if re.match(r"[^：]{1,14}：", right) and words.is_label(right.split("：")[0]):
        return True
    is_line = plain[at] == "\n"
    if before.endswith(("：", "和", "与", "及", "由", "会同", "以及")) or right.startswith(
        ("和", "与", "及")
    ):
        return False
    before = before.rsplit("：", 1)[-1]
    ends = names.is_unit(before) or _ends_statement(before)
    if is_line and not ends and _TAIL_OF_NAME.fullmatch(right) and _HEAD_OF_NAME.search(before):
        return False
    if is_line and not ends:
        # A name broken over two lines goes on without a level of its own.
        return names.starts_like_unit(right) or not names.is_unit(right) or not names.starts_like_unit(before)
    if is_line:
        return True
    return ends and (
        names.is_unit(right) or asides.is_person_name(right) or _holds_verb(right) or _ends_statement(right)
    )


def _ends_statement(text: str) -> bool:
    return bool(
        re.search(
            r"(?:牵头|负责|配合|协办|协助|参与|参加|承办|主办|落实|实施|指导|监督|会办|等|）|[0-9年月日底前])$",
            text,
        )
    ) or _holds_verb(text)


def _holds_verb(text: str) -> bool:
    at = re.search(r"牵头|负责|配合|协办|协助|参与|承办|主办", text)
    return bool(at and at.start() > 1)
