"""Cutting a clause into statements and a statement into names.

Everything works on folded text (`marks.fold`) and on the same text with the contents of brackets blanked, and
speaks in places, so that names are cut from the text as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from tracker.model import Role
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses import words

# Signs that note or rank a unit without belonging to its name.
STARS = "★☆▲△●◎※*＊#"
_FOOTNOTES = "①②③④⑤⑥⑦⑧⑨⑩¹²³⁴⁵⁶⁷⁸⁹"
EDGE = " \n、，；。：/-—－·•.~…!！?？\"'" + _FOOTNOTES
_MARKS = "、，；。\n/"
_DOTS = ".·•．"


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement between two marks.

    Attributes:
        start: Where it begins, its label included.
        label_end: Where its label ends; `start` if it has none.
        end: Where it ends.
        mark: The mark before it: `、` joins names of one rank, `，` ranks of one clause.
    """

    start: int
    label_end: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int


class Sort(Enum):
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


# -- statements ---------------------------------------------------------------------------------------


def statements(folded: str, plain: str) -> Iterator[Piece]:
    """The statements of a clause, in order, with their labels.

    A mark inside brackets or quotations separates nothing. A blank or a line break separates where a complete
    name, role word or label stands on its left; otherwise it belongs into the name (市 民 政 局).
    """
    start, mark = 0, "。"
    for at in [*_breaks(folded, plain), len(plain)]:
        cut = start
        for label_start, label_end in [*_labels(plain, start, at), (at, at)]:
            if label_start > cut:
                yield Piece(cut, cut, label_start, mark)
                mark = "，"
            if label_end > label_start:
                following = next((a for a, _ in _labels(plain, label_end, at)), at)
                yield Piece(label_start, label_end, following, mark)
                mark = "，"
                cut = following
            else:
                cut = label_end
        start = at + 1
        if at < len(plain):
            mark = plain[at] if plain[at] in "，；。\n " else "、"


def _labels(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Labels with a colon anywhere in the statement, and one without a colon at its head."""
    found: list[tuple[int, int]] = []
    at = start
    while (colon := plain.find("：", at, end)) >= 0:
        head = plain[at:colon]
        known = [
            each
            for each in words.KNOWN_LABEL.finditer(plain, at, colon)
            if not plain[each.end() : colon].strip(" ）")
        ]
        ended = [each for each in known if each.end() <= colon]
        stripped = head.strip(EDGE + "（）" + marks.BLANK)
        if ended and names.is_unit(plain[at : ended[0].start()].strip(EDGE)):
            found.append((ended[0].start(), colon + 1))
        elif words.is_label(re.sub(r"（□*）|\s", "", stripped)):
            found.append((at, colon + 1))
        elif ended:
            found.append((ended[0].start(), colon + 1))
        at = colon + 1
    if not found or found[0][0] > start:
        begin = start
        while begin < end and plain[begin] in EDGE:
            begin += 1
        bare = words.BARE_LABEL.match(plain, begin, end)
        limit = found[0][0] if found else end
        if bare:
            rest = plain[bare.end() : limit].strip(EDGE)
            first = re.split(r"[牵负配协参按分]", rest)[0] if rest else ""
            if names.starts_like_unit(rest) and (names.is_unit(rest) or names.is_unit(first)):
                found.insert(0, (begin, bare.end()))
    return found


def _breaks(folded: str, plain: str) -> list[int]:
    """Places of the marks that separate statements."""
    found: list[int] = []
    start = 0
    for at, letter in enumerate(plain):
        if letter in _MARKS or letter == " " or (letter in _DOTS and _parts_names(plain, start, at)):
            found.append(at)
            start = at + 1
    return found


def _parts_names(plain: str, start: int, at: int) -> bool:
    """Whether a dot stands between two names."""
    right = re.split(rf"[{_MARKS}{_DOTS}（]", plain[at + 1 :])[0]
    return names.is_unit(plain[start:at].strip(EDGE)) and names.is_unit(right.strip(EDGE))


def pack(text: str) -> tuple[str, list[int]]:
    """The text without the blanks that separate nothing, and where each character of it stood.

    >>> pack("市 民 政 局 、市残联 配 合")[0]
    '市民政局、市残联配合'
    >>> pack("市民政局 市残联")[0]
    '市民政局 市残联'
    """
    folded = marks.fold(text)
    plain = marks.blank_inside(folded)
    kept: list[int] = []
    start = 0
    for at, letter in enumerate(plain):
        if letter in " \n":
            if not _separates(plain, start, at):
                continue
            start = at + 1
        elif letter in _MARKS:
            start = at + 1
        if not (folded[at] in " \n" and plain[at] == marks.BLANK):
            kept.append(at)
    return "".join(text[at] for at in kept), kept


def _separates(plain: str, start: int, at: int) -> bool:
    """Whether the blank at `at` ends a statement."""
    left = re.sub(r"\s+", "", plain[start:at])
    stop = re.search(rf"[{_MARKS} ]", plain[at + 1 :].lstrip(" \n"))
    after = plain[at + 1 :].lstrip(" \n")
    right = after[: stop.start()] if stop else after
    if not left or not right or right.startswith("（"):
        return False
    if re.match(r"[^：]{1,14}：", right) and words.is_label(right.split("：")[0]):
        return True
    is_line = plain[at] == "\n"
    if left.endswith(("：", "和", "与", "及", "由", "会同", "以及")) or right.startswith(("和", "与", "及")):
        return False
    left = left.rsplit("：", 1)[-1]
    ends = names.is_unit(left) or _ends_statement(left)
    if is_line and not ends:
        # A name broken over two lines goes on without a level of its own.
        return names.starts_like_unit(right) or not names.is_unit(right) or not names.starts_like_unit(left)
    if is_line:
        return True
    return ends and (names.is_unit(right) or is_person_name(right) or _holds_verb(right) or _ends_statement(right))


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


# -- names --------------------------------------------------------------------------------------------

_CONJUNCTION = re.compile(r"以及|和|及|与|同|、")
# The right half of a pair that cannot stand alone: 各部门和单位, 党工委和管委会.
_HALVES = re.compile(
    r"(?:单位|部门|机构|政府|人民政府|管委会|企业|个人|组织|科室|处室|街道办事处|街道|办事处|机关|团体|学校|院校|"
    r"企事业单位|事业单位|人民团体|社会组织|行业组织|行业协会|村|社区|乡镇|区县|县区|园区|镇街|中央部门|国家机关)$"
)
# Parts of a body that follow it without being a body of their own: 市公安局市区分局.
_BRANCH = re.compile(
    r"[省市县区州镇乡][\u4e00-\u9fff]{0,4}?(?:[区县市])?(?:分局|支局|分行|支行|分公司|支公司|大队|支队|中队|派出所|管理所|税务所|工商所|国土所|分院|分中心)$"
)
_WHOLE = re.compile(r"各(?:部门|单位|机构|科室|处室|部委|直属|职能|相关|有关|委办|级|类|系统)")
_STRONG_END = re.compile(
    r"(?:[局委厅办部院会室处科站所队联行校馆]|中心|公司|集团|政府|单位|部门|机构|企业|办事处)$"
)
_STEM = (
    r"(?:发展(?:和)?改革|发改|经济(?:和)?信息化|工业(?:和)?信息化|工信|经信|教育(?:体育|和体育)?|科技|科学技术|民族宗教|公安|国家安全|民政|司法|财政|"
    r"人力资源(?:和)?社会保障|人社|自然资源(?:和规划)?|国土资源|国土|生态环境|环境保护|环保|住房(?:和)?城乡建设|住建|城乡规划|规划|交通运输|交通|"
    r"水利|水务|农业农村|农业|林业|商务|文化(?:和旅游|广电和旅游|广电旅游|旅游)?|文旅|文广旅|卫生健康|卫健|卫生(?:和)?计(?:划)?生(?:育)?|退役军人(?:事务)?|"
    r"应急(?:管理)?|安监|审计|国资|市场监管|市场监督管理|工商|质监|食药监|统计|医保|医疗保障|体育|信访|粮食|乡村振兴|扶贫|"
    r"政务服务(?:和大数据|数据|管理)?|行政审批(?:服务)?|大数据|数据|城管(?:执法)?|城市管理|综合(?:行政)?执法|招商|金融|税务|气象|"
    r"人防|供销|档案|机关事务|组织|宣传|统战|政法|网信|编制|编|国动|外事|侨|地震|邮政|烟草|旅游|物价|园林|海洋(?:渔业)?|渔业|畜牧|监察|法制)"
)
_RUN_OF_STEMS = re.compile(rf"(?:{names.LEVEL}?{_STEM}(?:局|厅|委员会|委|办公室|办|部))")


def split_names(folded: str, plain: str, start: int, end: int) -> list[Span]:
    """The names in a stretch that holds nothing but names.

    Split at conjunctions between two whole names (区直各部门和各乡镇, but not 教育和体育局), behind brackets of
    reference and number, and where a lost separator shows: a whole name, then a level (省财政厅省税务局).
    """
    found: list[Span] = []
    for first in _behind_brackets(folded, plain, start, end):
        for second in _at_conjunctions(plain, first.start, first.end):
            found += _at_lost_separators(plain, second.start, second.end)
    return found


def _behind_brackets(folded: str, plain: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for opening, close in sorted(marks.pairs(folded).items()):
        if start < opening and close < end - 1 and plain[opening] == "（":
            sort = sort_of_bracket(folded[opening + 1 : close])
            if sort is not Sort.NAME and names.is_unit(plain[begin:opening]):
                yield Span(begin, close + 1)
                begin = close + 1
    yield Span(begin, end)


def _at_conjunctions(plain: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _CONJUNCTION.finditer(plain, start, end):
        left, right = plain[begin : match.start()], plain[match.end() : end].strip(STARS)
        left = left.strip(STARS)
        if match.start() <= begin or match.group() == "、":
            continue
        whole_left = names.is_unit(left) or names.is_unit(re.sub(r"等[^等]*$", "", left))
        first_right = _first_name(right)
        if whole_left and names.is_unit(first_right) and not _HALVES.fullmatch(first_right):
            yield Span(begin, match.start())
            begin = match.end()
    yield Span(begin, end)


def _first_name(text: str) -> str:
    for match in re.finditer(r"以及|和|及|与|等", text):
        if names.is_unit(text[: match.start()]):
            return text[: match.start()]
    return text


def _at_lost_separators(plain: str, start: int, end: int) -> list[Span]:
    text = plain[start:end]
    runs = [match.end() for match in _RUN_OF_STEMS.finditer(text)]
    if len(runs) > 1 and re.fullmatch(f"(?:{_RUN_OF_STEMS.pattern}){{2,}}", text):
        edges = [0, *runs]
        return [Span(start + a, start + b) for a, b in pairwise(edges)]
    found: list[Span] = []
    begin = 0
    for at in range(2, len(text) - 1):
        left, right = text[begin:at], text[at:]
        if len(left) < 3 or not re.match(names.LEVEL, right):
            continue
        if not (_STRONG_END.search(left) or left.endswith("）")) or not names.is_unit(left):
            continue
        following = _first_level_name(right)
        if not names.is_unit(following) or len(following) < 3 or _BRANCH.match(following):
            continue
        if _WHOLE.match(right) and (len(left) <= 4 or left.endswith(("政府", "委", "机关"))):
            continue
        if re.match(r"市[中南北]区", right) or left.endswith(("驻", "属")):
            continue
        found.append(Span(start + begin, start + at))
        begin = at
    return [*found, Span(start + begin, end)]


def _first_level_name(text: str) -> str:
    """The shortest whole name at the head of a run of names without separators."""
    for at in range(3, len(text)):
        if _STRONG_END.search(text[:at]) and names.is_unit(text[:at]) and re.match(names.LEVEL, text[at:]):
            return text[:at]
    return text


def and_others(plain: str, start: int, end: int) -> int:
    """Where 等, 等单位, 等有关部门 begins behind a name; `end` if it does not."""
    for match in re.finditer(r"(?<![高中初平优同])等(?!级|候|效|离子|额)", plain[start:end]):
        if match.start() > 0:
            return start + match.start()
    return end


# -- brackets -----------------------------------------------------------------------------------------

_REFERENCE = re.compile(
    r"见|详见|下同|附后|附件|附表|名单|另附|以下(?:简称|均|同)|简称|同上|如下|排名|排序|按.{0,6}(?:顺序|排列)|含本数|具体(?:名单|分工)|参照|略"
)
_NOTE = re.compile(
    r"第一|首位|首个|排在|排(?:名)?(?:第一|在前|首)|列(?:第一|首)|在前的?为|标[★☆▲△●◎※*＊#]|带[★☆▲△●◎※*＊#]|以下均"
)
_ROLE_ONLY = re.compile(
    r"(?:为)?(?:总)?(牵头|主办|第一责任|责任|负责|主责|承办|配合|协办|会办|参与|参加|协助|指导|监督|监管|督促|支持|落实)(?:负责|落实)?(?:单位|部门|科室|处室|方|人)?"
)
_NUMBERS = re.compile(
    r"(?:第)?[0-9一二三四五六七八九十、，,\-－—~至和及.项条款号（）①-⑳ ]+(?:项|条|款|号)?(?:任务|工作|问题)?"
)


def sort_of_bracket(content: str) -> Sort:
    """What the bracket with this (folded) content is.

    >>> [sort_of_bracket(each).name for each in ("市、区", "见附件1，下同", "牵头", "负责校园部分", "6-7", "市财政局配合")]
    ['NAME', 'REFERENCE', 'ROLE', 'PART', 'PART', 'CLAUSE']
    """
    text = content.strip()
    if not text or _ROLE_ONLY.fullmatch(text):
        return Sort.ROLE if text else Sort.REFERENCE
    if _NOTE.search(text) and re.search(r"牵头|主办|配合|责任", text):
        return Sort.NOTE
    if _REFERENCE.search(text) and not names.is_unit(text):
        return Sort.REFERENCE
    if _NUMBERS.fullmatch(text):
        return Sort.PART
    if re.match(r"(?:负责|牵头)[\u4e00-\u9fff]{2,}", text) or re.search(
        r"(?:部分|领域|环节|方面|事项|工作|业务)$", text
    ):
        return Sort.PART
    if re.search(r"牵头|负责|配合|协办|协助|参与|承办|主办|单位：|部门：", text) and not names.is_unit(text):
        return Sort.CLAUSE
    if re.match(r"(?:联系人|联系电话|电话|责任人|负责人|联络员|手机)[：:]?", text):
        return Sort.REFERENCE
    if is_time(text) or re.fullmatch(r"[0-9\-－ ]{6,}", text) or is_person(text):
        return Sort.REFERENCE
    return Sort.NAME


def role_of_bracket(content: str) -> Role:
    """The role that a bracket of one role word gives."""
    match = _ROLE_ONLY.fullmatch(content.strip())
    word = match.group(1) if match else ""
    if word in ("牵头", "主办", "第一责任"):
        return Role.LEAD
    if word in ("责任", "负责", "主责", "承办", "落实"):
        return Role.RESPONSIBLE
    return Role.SUPPORT


# -- what is no name ----------------------------------------------------------------------------------

_TITLE = (
    r"(?:(?:常务)?副?(?:市长|县长|区长|省长|州长|旗长|盟长|镇长|乡长|局长|厅长|处长|科长|股长|校长|院长|部长|司长|所长|站长|队长|会长|馆长|行长|"
    r"书记|主任|秘书长|主席|组长|总经理|董事长|理事长|专员|巡视员|调研员|委员|常委|行长|关长)|负责人|负责同志|领导|领导同志|同志|联络员|联系人|经理|指挥长|河长|路长|林长)"
)
_PERSON = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,20}}{_TITLE}|[\u4e00-\u9fff]{{0,12}}{_TITLE}\s*[\u4e00-\u9fff·]{{2,4}}|[0-9\-－—（）()+ ]{{7,}})"
)
_TIME = re.compile(
    r"(?:于|在|截至|截止|至|到|自|从|力争|确保)?(?:[0-9〇零○一二三四五六七八九十]{1,4}年|[0-9一二三四五六七八九十]{1,2}月|今年|本年|年底|年内|月底|季度|每年|每月|每季|每半年|每周|上半年|下半年|长期|"
    r"全年|常年|近期|即时|立即|持续|常态化|[0-9]{1,2}日|[0-9]{4}[.\-/][0-9]{1,2}|第[一二三四]季度|[一二三四]季度|春节|国庆)"
)
_WAITING = frozenset(
    {
        "同上",
        "同前",
        "同左",
        "无",
        "待定",
        "略",
        "暂无",
        "另行通知",
        "不涉及",
        "详见附件",
        "见附件",
        "附后",
        "〃",
        "同上栏",
        "同上行",
        "上同",
    }
)


def is_person(text: str) -> bool:
    """Whether the words are a person's title, with or without a name, or a telephone number.

    >>> [is_person(each) for each in ("副市长周明", "市政府分管副市长", "市长", "市长热线办", "0756-1234567")]
    [True, True, True, False, True]
    """
    bare = re.sub(r"\s+", "", text)
    return bool(_PERSON.fullmatch(bare)) and not (names.is_unit(bare) and not re.search(rf"{_TITLE}$", bare))


_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)


def is_person_name(text: str) -> bool:
    """Whether the words are a person's name: a usual surname and one or two characters.

    Asked only of what stands behind a unit and a blank: 市商务局 张伟.
    """
    return bool(re.fullmatch(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}", text)) and not names.is_unit(text)


def is_time(text: str) -> bool:
    """Whether the words say by when."""
    return bool(_TIME.match(text.strip())) and not names.is_unit(text.strip())


def is_reference(text: str) -> bool:
    """Whether the words only point elsewhere: 同上, 见附件."""
    bare = text.strip(" （）")
    return bare in _WAITING or bool(
        re.fullmatch(r"(?:详|具体)?(?:名单)?见.{1,12}|下同|.{0,6}附后|以下简称.*", bare)
    )


_DEED = re.compile(
    "|".join(
        sorted(
            {*words.DEEDS, *words.WEAK_RESPONSIBLE, *words.WEAK_SUPPORT, *words.RESPONSIBLE, *words.SUPPORT},
            key=len,
            reverse=True,
        )
    )
)


def is_deed(text: str) -> bool:
    """Whether the words after a role verb are a deed (制定细则) rather than a share (校园部分)."""
    return (
        bool(_DEED.match(text))
        or names.is_prose(text)
        or len(text) < 2
        or bool(re.fullmatch(r"(?:工作|完成|到位|日常|事宜|相关|有关).*|.{0,2}(?:工作|事宜)", text))
    )


def holds_deed(text: str) -> bool:
    """Whether the words, though they end like a name, are a deed done to one: 成果汇总区行政审批局."""
    for match in re.finditer(r"汇总|提交|报送|报|移交|抄送|交由|反馈|送", text):
        rest = text[match.end() :]
        if names.starts_like_unit(rest) and names.is_unit(rest) and not names.is_unit(text[: match.start()]):
            return True
    return False


_TASK_NOUN = r"(?:项目|工作|规划|方案|任务|事项|部分|评估|普查|审查|办法|体系|平台|领域|环节|方面|制度|机制|建设|整治|改造|活动|清单|系统|标准|数据|信息)"


def cut_part(plain: str, start: int, end: int) -> tuple[int, int, tuple[int, int] | None]:
    """A share named before its unit: 校园部分由市教育局, 涉农项目区农业局."""
    text = plain[start:end]
    for match in re.finditer(r"(?<![自理缘事案])由(?!来|于|此)", text):
        rest = text[match.end() :]
        if (
            match.start() > 0
            and (names.is_unit(rest) or not names.is_unit(text))
            and not names.is_prose(rest)
        ):
            return start + match.end(), end, (start, start + match.start())
    match2 = re.search(rf"{_TASK_NOUN}(?={names.LEVEL})(?!各)", text)
    if match2 and not names.is_unit(text[: match2.end()]):
        rest = text[match2.end() :]
        if names.is_unit(rest) and len(rest) >= 3:
            return start + match2.end(), end, (start, start + match2.end())
    return start, end, None


def cut_topic(plain: str, start: int, end: int) -> int | None:
    """Where 对… begins behind a name: 各单位对项目组织实施 负总责."""
    for match in re.finditer(r"对|就", plain[start:end]):
        if match.start() > 0 and names.is_unit(plain[start : start + match.start()]):
            return start + match.start()
    return None
