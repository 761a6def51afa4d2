"""What a bracket behind a name is: part of it, a reference, a role, a share, a note, or a clause of its own."""

from __future__ import annotations

import re
from enum import Enum

from tracker.model import Role
from tracker.reading.clauses import asides
from tracker.reading.clauses import names
from tracker.reading.clauses import words
from tracker.reading.clauses.marks import STARS


class BracketSort(Enum):
    """What a bracket behind a name is."""

    # Belongs to the name: （市、区）, （管委会）, （市大数据局）.
    NAME = "name"
    # 见附件1，下同.
    REFERENCE = "reference"
    # 牵头.
    ROLE = "role"
    # 负责校园部分, 1-2.
    PART = "part"
    # 第一个为牵头单位.
    NOTE = "note"
    # 市财政局配合.
    CLAUSE = "clause"


_REFERENCE = re.compile(
    r"见|详见|下同|附后|附件|附表|名单|另附|以下(?:简称|均|同)|简称|同上|如下|排名|排序|按.{0,6}(?:顺序|排列)|含本数|具体(?:名单|分工)|参照|略"
)
_NOTE = re.compile(
    r"第一|首位|首个|排在|排(?:名)?(?:第一|在前|首)|列(?:第一|首)|在前的?为|标[★☆▲△●◎※*＊#]|带[★☆▲△●◎※*＊#]|以下均"
)
_ROLE_ONLY = re.compile(
    r"(?:为)?(?:总)?(牵头|主办|第一责任|责任|负责|主责|承办|配合|协办|协同|协作|会办|参与|参加|协助|指导|监督|监管|督促|支持|落实)(?:负责|落实)?(?:单位|部门|科室|处室|方|人)?"
)
# （主）, （协）: as short as it gets.
_ONE_LETTER = {"主": Role.LEAD, "牵": Role.LEAD, "协": Role.SUPPORT, "配": Role.SUPPORT}
# A person and a telephone: 周明 13800000000.
_WITH_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,4})[\s，：、]*(?:电话|手机)?[：\s]*[0-9\-－]{6,}")
_NUMBERS = re.compile(
    r"(?:第)?[0-9一二三四五六七八九十、，,\-－—~至和及.项条款号（）①-⑳ ]+(?:项|条|款|号)?(?:任务|工作|问题)?"
)


def sort_of_bracket(content: str) -> BracketSort:
    """What the bracket with this (folded) content is.

    >>> [sort_of_bracket(each).name for each in ("市、区", "见附件1，下同", "牵头", "负责校园部分", "6-7", "市财政局配合")]
    ['NAME', 'REFERENCE', 'ROLE', 'PART', 'PART', 'CLAUSE']
    """
    text = content.strip()
    if text in _ONE_LETTER:
        return BracketSort.ROLE
    if not text or _ROLE_ONLY.fullmatch(text):
        return BracketSort.ROLE if text else BracketSort.REFERENCE
    if _NOTE.search(text) and re.search(r"牵头|主办|配合|责任", text):
        return BracketSort.NOTE
    if _REFERENCE.search(text) and not names.is_unit(text):
        return BracketSort.REFERENCE
    if all(letter in STARS for letter in text):
        return BracketSort.REFERENCE
    if _NUMBERS.fullmatch(text):
        return BracketSort.PART
    if re.match(r"(?:负责|牵头)[\u4e00-\u9fff]{2,}", text) or re.search(
        r"(?:部分|领域|环节|方面|事项|工作|业务)$", text
    ):
        return BracketSort.PART
    if words.SEVERALLY.match(text):
        return BracketSort.CLAUSE
    if re.search(r"牵头|负责|配合|协办|协助|参与|承办|主办|单位：|部门：", text) and not names.is_unit(text):
        return BracketSort.CLAUSE
    if re.match(r"(?:联系人|联系电话|电话|责任人|负责人|联络员|手机)[：:]?", text):
        return BracketSort.REFERENCE
    match = _WITH_NUMBER.fullmatch(text)
    if (
        asides.is_time(text)
        or re.fullmatch(r"[0-9\-－ ]{6,}", text)
        or asides.is_person(text)
        or asides.is_person_name(text)
        or (match and asides.is_person_name(match[1]))
    ):
        return BracketSort.REFERENCE
    return BracketSort.NAME


def role_of_bracket(content: str) -> Role:
    """The role that a bracket of one role word gives."""
    if content.strip() in _ONE_LETTER:
        return _ONE_LETTER[content.strip()]
    match = _ROLE_ONLY.fullmatch(content.strip())
    word = match.group(1) if match else ""
    if word in ("牵头", "主办", "第一责任"):
        return Role.LEAD
    if word in ("责任", "负责", "主责", "承办", "落实"):
        return Role.RESPONSIBLE
    return Role.SUPPORT
