"""What stands among units and is none: persons, time limits, references, deeds; and the brackets behind a name.

A bracket behind a name is part of it, a reference, a role, a share, a note, or a clause of its own (`sort_of_bracket`).
"""

from __future__ import annotations

import re
from enum import Enum

from tracker.model import Role
from tracker.numerals import HAN
from tracker.reading.clauses.marks import STARS, Sense
from tracker.reading.clauses.names import LEVEL, ends_like_unit, is_prose, is_unit, starts_like_unit
from tracker.reading.clauses.words import (
    DEEDS,
    RESPONSIBLE,
    SAME_AS_BEFORE,
    SEVERALLY,
    SUPPORT,
    WEAK_RESPONSIBLE,
    WEAK_SUPPORT,
)
from tracker.reading.deadlines import FEASTS
from tracker.values import dataclass

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TITLE = (
    r"(?:(?:常务)?副?(?:市长|县长|区长|省长|州长|旗长|盟长|镇长|乡长|局长|厅长|处长|科长|股长|校长|院长|部长|司长|所长|站长|队长|会长|馆长|行长|"
    r"书记|主任|秘书长|主席|组长|总经理|董事长|理事长|专员|巡视员|调研员|委员|常委|行长|关长)|负责人|负责同志|一把手|(?:领导)?班子成员|领导|领导同志|同志|联络员|联系人|经理|指挥长|河长|路长|林长)"
)
_PERSON = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,20}}{_TITLE}|[\u4e00-\u9fff]{{0,12}}{_TITLE}\s*(?:[{_SURNAMES}][\u4e00-\u9fff×·]{{1,2}}|[\u4e00-\u9fff]某某?)|[0-9\-－—（）()+ ]{{7,}})"
)
_TIME = re.compile(
    rf"(?:于|在|截至|截止|至|到|自|从|力争|确保)?(?:[0-9〇零○{HAN}]{{1,4}}年|[0-9{HAN}]{{1,2}}月|今年|本年|年底|年内|月底|季度|每年|每月|每季|每半年|每周|每旬|每天|每日|上半年|下半年|长期|"
    rf"(?:{'|'.join(FEASTS)})节?(?:之|以)?前|适时|及时$|随时$|尽快|不?定期|动态|按[年月季周旬日需]$|待定|"
    r"全年|常年|近期|即时|立即|持续|常态化|[0-9]{1,2}日|[0-9]{4}[.\-/][0-9]{1,2}|第[一二三四]季度|[一二三四]季度|春节|国庆)"
    # 印发之日起30日内, 收到申请后3个工作日内
    rf"|[^、，。；]{{1,14}}?(?:起|后)[0-9{HAN}]{{1,3}}个?(?:工作日|日|天|月|年)(?:之|以)?内"
)
_REFERENCES = frozenset(
    ("同左", "〃", "无", "暂无", "略", "待定", "另行通知", "不涉及", "附后",
     "见附件", "详见附件")
)  # fmt: skip


# 市长亲自抓: the person is meant, not the office.
_IN_PERSON = re.compile(r"(?:(?:亲自|具体|直接)抓?[\u4e00-\u9fff]{0,4}|挂帅|带队)$")


def is_person(text: str) -> bool:
    """Whether the words are a person's title, with or without a name, or a telephone number.

    >>> [is_person(each) for each in ("副市长周明", "市政府分管副市长", "市长", "市长热线办", "0756-1234567")]
    [True, True, True, False, True]
    """
    bare = _IN_PERSON.sub("", re.sub(r"\s+", "", text))
    return bool(_PERSON.fullmatch(bare)) and not (is_unit(bare) and not re.search(rf"{_TITLE}$", bare))


def is_person_name(text: str) -> bool:
    """Whether the words are a person's name: a usual surname and one or two characters.

    Asked only of what stands behind a unit, in a bracket or behind a blank: 市商务局 张伟. A place is no person.
    """
    return bool(
        re.fullmatch(rf"[{_SURNAMES}][\u4e00-\u9fff]{{0,1}}[^东西南北区县镇乡新市州湾]", text)
    ) and not is_unit(text)


def is_time(text: str) -> bool:
    """Whether the words say by when."""
    return bool(_TIME.match(text.strip())) and not is_unit(text.strip())


def is_reference(text: str) -> bool:
    """Whether the words only point elsewhere: 同上, 见附件."""
    bare = re.sub(r"^(?:责任|牵头|配合|主办|协办|负责)(?:单位|部门)(?=同)", "", text.strip(" （）"))
    return bare in _REFERENCES or bool(
        re.fullmatch(SAME_AS_BEFORE + r"|(?:详|具体)?(?:名单)?见.{1,12}|下同|.{0,6}附后|以下简称.*", bare)
    )


_DEED = re.compile(
    "|".join(
        sorted(
            {*DEEDS, *WEAK_RESPONSIBLE, *WEAK_SUPPORT, *RESPONSIBLE, *SUPPORT},
            key=len,
            reverse=True,
        )
    )
)


def is_deed(text: str) -> bool:
    """Whether the words after a role verb are a deed (制定细则) rather than a share (校园部分)."""
    return (
        bool(_DEED.match(text))
        or (is_prose(text) and len(text) > 2)
        or len(text) < 2
        or bool(re.fullmatch(r"(?:工作|完成|到位|日常|事宜|相关|有关).*|.{0,2}(?:工作|事宜)", text))
    )


def holds_deed(text: str) -> bool:
    """Whether the words, though they end like a name, are a deed done to one: 成果汇总区行政审批局."""
    if re.match(rf"(?:报送|上报|报|提交|抄送|移交|反馈|经){LEVEL}", text):
        return True
    for match in re.finditer(r"汇总|提交|报送|报|移交|抄送|交由|反馈|送", text):
        rest = text[match.end() :]
        if starts_like_unit(rest) and is_unit(rest) and not is_unit(text[: match.start()]):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a statement without a verb.

    Attributes:
        is_listed: 、 is right before it.
        in_deed: The object of a verb, which 、 may go on listing.
        in_prose: A sentence without a unit, which 、 may go on.
        in_list_of_units: The same list holds a whole name already.
        a_unit_and_blank: A name and a blank.
        all_is_said: The end of a sentence, behind one that says who answers.
    """

    is_listed: bool = False
    in_deed: bool = False
    in_prose: bool = False
    in_list_of_units: bool = False
    a_unit_and_blank: bool = False
    all_is_said: bool = False


def sense_without_verb(plain: str, folded_text: str, before: Before) -> Sense | None:
    """What a statement without a verb is; None if it is names. The first row that fits holds.

    begins with a date or 长期                                    time limit
    a title, not in a sentence; a person's name behind a unit    person
    同上, 见附件                                                   reference
    goes on a list of objects, and is no whole name               deed
    goes on a list of units, and ends like a name                 names
    goes on a sentence, or is one; a deed done to a unit          prose
    many words that are no name, in a sentence of their own       prose
    anything else                                                 names
    """
    reads_as_prose = is_prose(re.sub(r"等.*$", "", plain))
    if is_time(plain):
        return Sense.TIME
    if (is_person(folded_text) and not reads_as_prose) or (
        before.a_unit_and_blank and is_person_name(folded_text)
    ):
        return Sense.PERSON
    if is_reference(folded_text):
        return Sense.REFERENCE
    if before.is_listed and before.in_deed and not (is_unit(plain) and starts_like_unit(plain)):
        return Sense.DEED
    if before.is_listed and before.in_list_of_units and ends_like_unit(plain):
        return None
    if before.in_prose or reads_as_prose or holds_deed(plain):
        return Sense.PROSE
    if (
        before.all_is_said
        and len(plain) >= _MANY_WORDS
        and not is_unit(plain)
        and not starts_like_unit(plain)
    ):
        return Sense.PROSE
    return None


_MANY_WORDS = 7


def is_wordy(plain: str) -> bool:
    """Whether words are too many for a name that nothing shows to be one: 依据议程确定人数."""
    return len(plain) >= _MANY_WORDS and not is_unit(plain) and not starts_like_unit(plain)


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


# What a unit does of it: 资金保障, 检测验收.
_SHARE = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:保障|验收|检测|检验|审核|审批|审查|审计|管护|维护|运维|宣传|培训|执法|监测|统计|采购|施工|设计|测绘"
    r"|整治|清理|清运|救援|救治|安置|补偿|征收|处置|评估|调度|巡查|巡护|落实|支撑|推广|研发|发放|供应|储备|收购|培育|招商|筹集|拨付|兑现)"
)
_REFERENCE = re.compile(
    r"见|详见|下同|附后|附件|附表|名单|另附|以下(?:简称|均|同)|简称|同上|如下|排名|排序|按.{0,6}(?:顺序|排列)|含本数|具体(?:名单|分工)|参照|略"
)
_NOTE = re.compile(
    r"第一|首位|首个|排在|排(?:名)?(?:第一|在前|首)|列(?:第一|首)|在前的?为|标[★☆▲△●◎※*＊#]|带[★☆▲△●◎※*＊#]|以下均|^[★☆▲△●◎※*＊#](?:为|是|号)"
)
_ROLE_ONLY = re.compile(
    r"(?:为)?(?:总|技术|业务|政策)?(牵头|主办|第一责任|责任|负责|主责|承办|配合|协办|协同|协作|会办|参与|参加|协助|指导|监督|监管|督促|支持|落实)(?:负责|落实)?(?:单位|部门|科室|处室|方|人)?"
)
# （主）, （协）: as short as it gets.
_ONE_LETTER = {"主": Role.LEAD, "牵": Role.LEAD, "协": Role.SUPPORT, "配": Role.SUPPORT}
# A person and a telephone: 周明 13800000000.
_WITH_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,4})[\s，：、]*(?:电话|手机)?[：\s]*[0-9\-－]{6,}")
_NUMBERS = re.compile(
    rf"(?:第)?[0-9{HAN}、，,\-－—~至和及.项条款号（）①-⑳ ]+(?:项|条|款|号)?(?:任务|工作|问题)?"
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
    if (timeless := _timeless(text)) != text:
        sort = sort_of_bracket(timeless)
        return BracketSort.PART if sort is BracketSort.NAME else sort
    if _NOTE.search(text) and re.search(r"牵头|主办|配合|责任", text):
        return BracketSort.NOTE
    if _REFERENCE.search(text) and not is_unit(text):
        return BracketSort.REFERENCE
    if all(letter in STARS for letter in text):
        return BracketSort.REFERENCE
    if _NUMBERS.fullmatch(text):
        return BracketSort.PART
    if re.match(r"(?:负责|牵头)[\u4e00-\u9fff]{2,}", text) or re.search(
        r"(?:部分|领域|环节|方面|事项|工作|业务)$", text
    ):
        return BracketSort.PART
    if _SHARE.fullmatch(text) and not is_unit(text):
        return BracketSort.PART
    if SEVERALLY.match(text):
        return BracketSort.CLAUSE
    if re.search(r"牵头|负责|配合|协办|协助|参与|承办|主办|单位：|部门：", text) and not is_unit(text):
        return BracketSort.CLAUSE
    if re.match(r"(?:联系人|联系电话|电话|责任人|负责人|联络员|手机)[：:]?", text):
        return BracketSort.REFERENCE
    match = _WITH_NUMBER.fullmatch(text)
    if (
        is_time(text)
        or re.fullmatch(r"[0-9\-－ ]{6,}", text)
        or is_person(text)
        or is_person_name(text)
        or (match and is_person_name(match[1]))
    ):
        return BracketSort.REFERENCE
    return BracketSort.NAME


def _timeless(content: str) -> str:
    """What a bracket says beside a time limit: 标准起草，11月底前; the whole where it says nothing else."""
    words = re.split("[，；]", content)
    return "，".join(word for word in words if not is_time(word)) or content


def role_of_bracket(content: str) -> Role:
    """The role that a bracket of one role word gives."""
    words = _timeless(content.strip())
    if words in _ONE_LETTER:
        return _ONE_LETTER[words]
    match = _ROLE_ONLY.fullmatch(words)
    word = match.group(1) if match else ""
    if word in ("牵头", "主办", "第一责任"):
        return Role.LEAD
    if word in ("责任", "负责", "主责", "承办", "落实"):
        return Role.RESPONSIBLE
    return Role.SUPPORT
