"""Words of heads in pasted tables: what a caption looks like, and how one is put together that blanks or lines broke.

工 作 任 务        letters that blanks spread
评分 / 部门        a word that is no caption alone, and the rest of it in the next line
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker import patterns as re
from tracker.reading.tables.headwords import Field, field_of, is_pure
from tracker.text import tight

_ROLE = "(?:牵头|主办|承办|责任|负责|配合|协办|协助|参与|落实|实施|整改|主管|督导|督办|监督|指导|考核|评分|会办|参加|协同|主责)"
UNIT_CAPTION = rf"(?:{_ROLE}(?:[/／、及和（(]?{_ROLE}[)）]?)?(?:单位|部门|科室|处室|主体|机构)|责任分工)"
_TEXT_CAPTION = (
    r"(?:(?:工作|主要|重点|具体|年度|目标|整改|改革|存在|突出){0,2}"
    r"(?:任务|内容|措施|要求|举措|事项|问题|项目|目标|要点|领域|类别|分类|板块)(?:内容|名称|清单)?"
    r"(?:及要求|与要求)?|(?:重点|主要)工作(?:说明|描述|内容))"
)
_OTHER_CAPTION = (
    r"(?:序号|编号|项次|备注|板块|责任人|联系人|联系电话|(?:(?:[省市州县区镇乡]?(?:政府|委))?(?:分管|责任|牵头|包联|联系)|[省市州县区镇乡]级)领导"
    r"|(?:计划|完成|办结|整改|时间|推进){0,2}(?:时限|时间|期限|日期|节点|进度)(?:要求)?)"
)
CAPTION = re.compile(rf"{_OTHER_CAPTION}|{UNIT_CAPTION}|{_TEXT_CAPTION}")
# A head is broken in the middle of a word: 牵头 and 单位.
_HALF = 2
# What stands behind a word of heads in one caption: 事项 / 名称; and behind a word that is none alone: 评分 / 部门.
_ENDS_CAPTION = re.compile("名称|要求|安排|节点|情况")
_SECOND_HALF = re.compile("单位|部门|科室|处室|主体|领导|任务|内容|事项|措施|举措|要求|时限|时间|期限|节点")


def spread_labels(words: Sequence[str]) -> list[str]:
    """The words of a head, letters that blanks spread put together.

    >>> spread_labels(["序号", "工", "作", "任", "务", "牵头", "单位"]), spread_labels("序 号 工 作 任 务 责 任 单 位".split())
    (['序号', '工作任务', '牵头单位'], ['序号', '工作任务', '责任单位'])
    """
    labels: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        if (
            not run
            and labels
            and len(labels[-1]) == len(word) == _HALF
            and _is_caption_in_two(labels[-1], word)
        ):
            labels[-1] += word
            continue
        labels += CAPTION.findall(run) if not CAPTION.sub("", run) else [run]
        run = ""
        labels += [word] * bool(word)
    return labels


def _is_caption_in_two(text: str, rest: str) -> bool:
    """Whether a blank parts a caption that neither half is: 牵头 单位."""
    return CAPTION.fullmatch(text + rest) is not None and CAPTION.fullmatch(text) is None


def is_half(text: str, rest: str) -> bool:
    """Whether a line goes on with the caption that the line before began: 牵头 / 单位, but not 时限 / 牵头单位."""
    halves = (tight(text), tight(rest))
    return (
        not all(CAPTION.fullmatch(half) for half in halves)
        and 0 < min(map(len, halves)) <= _HALF
        and not any(letter.isdigit() for letter in halves[1])
        and Field.NUMBER not in (field_of(text), field_of(rest))
        and text != rest
    )


def is_second_half(text: str, rest: str) -> bool:
    """Whether a line and the next one may be one caption that neither is: 评分 / 部门.

    >>> is_second_half("评分", "部门"), is_second_half("事项", "名称"), is_second_half("备注", "分值"), is_second_half("分类", "任务")
    (True, True, False, False)
    """
    pattern = _ENDS_CAPTION if CAPTION.fullmatch(text) else _SECOND_HALF
    joined = text + rest
    return (
        len(text) == _HALF
        and pattern.fullmatch(rest) is not None
        and is_pure(joined)
        and field_of(joined) is not None
    )
