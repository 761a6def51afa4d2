"""Small turns of phrase of reports: lists of names, short names of requirements, headings without numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百]+(?:部分|章|篇)[、，,\s]*|[（(][一二三四五六七八九十百0-9]+[)）][、.．]?"
    r"|[一二三四五六七八九十百]+[、.．]|[0-9]+[、.．)）](?![0-9]))\s*"
)
# A short name ends at the first of these that stands outside brackets and quotation marks.
_STOP = "。；;！!"
_PAUSE = "，,"
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕"}


def without_number(heading: str) -> str:
    """A heading of the plan without its own number, because the report numbers its headings itself.

    >>> [without_number(each) for each in ("一、信息公开", "(十二)解读", "3.完善制度", "2026年任务", "3.5万户")]
    ['信息公开', '解读', '完善制度', '2026年任务', '3.5万户']
    """
    return _NUMBER.sub("", heading, count=1).strip() or heading.strip()


def short_name(requirement: str, longest: int = 40) -> str:
    """What a work point is called in a sentence: its first sentence, or its first clause when that is long.

    Cut only at a mark outside brackets, never inside a word; when no clause is short enough it stays whole.

    >>> short_name("推进财政预决算公开，细化到项级科目。及时公开。")
    '推进财政预决算公开，细化到项级科目'
    >>> short_name("推进财政预决算（含部门，单位）公开，细化到项级科目", longest=20)
    '推进财政预决算（含部门，单位）公开'
    """
    text = " ".join(requirement.split())
    open_marks: list[str] = []
    pauses: list[int] = []
    end = len(text)
    for position, character in enumerate(text):
        if open_marks and character == open_marks[-1]:
            open_marks.pop()
        elif character in _PAIRS:
            open_marks.append(_PAIRS[character])
        elif not open_marks and character in _STOP:
            end = position
            break
        elif not open_marks and character in _PAUSE:
            pauses.append(position)
    if end > longest:
        fitting = [each for each in pauses if 4 <= each <= longest]
        end = fitting[-1] if fitting else pauses[0] if pauses else end
    return text[:end].strip()


def names(some: Sequence[str], most: int = 3) -> str:
    """Several names; beyond `most`, the first ones and 等单位.

    >>> names(("甲局", "乙局")), names(("甲局", "乙局", "丙局", "丁局"))
    ('甲局、乙局', '甲局、乙局、丙局等单位')
    """
    return "、".join(some[:most]) + ("等单位" if len(some) > most else "")


def sentence(text: str) -> str:
    r"""The text with a full stop, unless it has an end of its own; line breaks become spaces where needed.

    >>> sentence("已公开"), sentence("已公开。"), sentence("甲\n乙")
    ('已公开。', '已公开。', '甲；乙。')
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = ""
    for line in lines:
        joined += ("" if not joined or joined[-1] in "。；，、：！？;.!?" else "；") + line
    if not joined or joined[-1] in "。！？!?…":
        return joined
    return joined.rstrip("；;，,、.") + "。"
