"""The head of a table whose cells had run together: 序号工作任务牵头单位配合单位完成时限 in one word.

It is a run of whole captions (a caption is a word that offices put over a column), blanks aside: three of them at
least, or two that stand at the head of a line; one is a text and one a unit.

    >>> head = find_glued_head("某县2026年工作任务分解表序号工作任务责任单位完成时限1开展普查县统计局6月")
    >>> [label for label in head.labels], [each.name for each in head.fields]
    (['序号', '工作任务', '责任单位', '完成时限'], ['NUMBER', 'REQUIREMENT', 'RESPONSIBLE', 'DEADLINE'])
    >>> find_glued_head("各责任单位要对照工作任务，按完成时限抓好落实。") is None
    True
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.reading.plans.drafts import UNIT_FIELDS
from tracker.reading.plans.drafts import Field
from tracker.reading.tabular import heads

_BODY = "(?:单位|部门|科室|处室|股室|主体|机构)"
_ROLE = "(?:总牵头|牵头|主办|承办|责任|负责|配合|协办|协助|协同|参与|参加|落实|实施|主管|整改|主责|指导|监督|支持)"
_CAPTIONS = "|".join(
    (
        "序号|编号|项次|任务编号|任务序号",
        # Units, two roles in one caption among them.
        rf"{_ROLE}(?:[/／、及和（(]{_ROLE}[)）]?|责任|落实)?{_BODY}(?:及责任人|[(（]{_ROLE}[)）])?|责任分工|(?:市|县|区|省|镇)?级?{_ROLE}{_BODY}",
        # Persons.
        "(?:责任|分管|牵头|包保|包联|市级|县级|区级|主管)领导|责任人|负责人|联系人|联络员|联系电话|联系方式|电话",
        # Time.
        "(?:计划|预计|整改|办结|序时|时间)?(?:完成|办结|整改|推进)?(?:时限|时间|期限|日期|节点|进度)(?:要求|安排)?|频次",
        # Texts.
        "(?:存在|主要|突出)?问题(?:清单|描述|表现)?",
        "(?:主要|重点|具体|年度|目标|工作|改革|整改|建设|推进|落实|责任|实施){0,2}"
        "(?:(?:任务|项目|事项|指标|问题)(?:内容|名称|清单|类别|分类|描述|事项)|"
        "任务|工作|内容|措施|要求|举措|事项|要点|目标|项目|名称|清单|类别|分类|标准|成果|指标|做法)",
        "板块|方面|领域|类别|备注|说明|进展情况|完成情况|落实情况|推进情况|工作进展|(?:目前|当前)进展|总投资|年度投资|一级指标|二级指标|三级指标|分值|权重",
    )
)
# Blanks may stand between any two letters of a caption.
_SPREAD = r"[ \u3000\xa0\n]*"
_CAPTION = re.compile(rf"(?:{_CAPTIONS})")
# The end of a title that the head touches: 重点任务清单 工作任务责任单位.
_ENDS_TITLE = re.compile("(?:清单|分工|要点)$")
_FEWEST = 3
_FEWEST_AT_LINE = 2


@dataclass(frozen=True, slots=True)
class GluedHead:
    """A head whose captions had run together.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        labels: Its captions.
        fields: What each column holds.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def unit_columns(self) -> tuple[int, ...]:
        """Which columns hold units."""
        return tuple(column for column, column_field in enumerate(self.fields) if column_field in UNIT_FIELDS)


def find_glued_head(text: str) -> GluedHead | None:
    """The first run of captions that is a head; None if there is none."""
    tight, places = _without_blanks(text)
    at = 0
    while (first := _CAPTION.search(tight, at)) is not None:
        captions = [first]
        while (next_caption := _CAPTION.match(tight, captions[-1].end())) is not None:
            captions.append(next_caption)
        at = captions[-1].end()
        head = _head_of(captions, text, places)
        if head is not None:
            return head
    return None


def _without_blanks(text: str) -> tuple[str, list[int]]:
    places = [at for at, letter in enumerate(text) if letter not in " \u3000\xa0\n"]
    return "".join(text[at] for at in places), places


def _head_of(captions: list[re.Match[str]], text: str, places: list[int]) -> GluedHead | None:
    """The head that some captions in a row make; a title before the number column is none of it."""
    numbers = [at for at, caption in enumerate(captions) if heads.field_of(caption[0]) is Field.NUMBER]
    if numbers:
        captions = captions[numbers[0] :]
    while len(captions) > _FEWEST and places[captions[0].start()] and _ENDS_TITLE.search(captions[0][0]):
        captions = captions[1:]
    labels = tuple(caption[0] for caption in captions)
    begin, end = places[captions[0].start()], places[captions[-1].end() - 1] + 1
    at_line = begin == 0 or text[begin - 1] == "\n"
    if len(labels) < (_FEWEST_AT_LINE if at_line else _FEWEST) or len(set(labels)) < len(labels):
        return None
    column_fields = heads.fields_of(dict(enumerate(labels)))
    fields = tuple(column_fields[column] for column in range(len(labels)))
    if Field.REQUIREMENT not in fields or not set(fields) & set(UNIT_FIELDS):
        return None
    return GluedHead(begin, end, labels, fields)
