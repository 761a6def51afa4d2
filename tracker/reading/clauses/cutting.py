"""Cutting a stretch of names into names, and a subject into share, name and topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tracker.reading.clauses import names
from tracker.reading.clauses.brackets import BracketSort
from tracker.reading.clauses.brackets import sort_of_bracket
from tracker.reading.clauses.marks import STARS


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of the text."""

    start: int
    end: int


_CONJUNCTION = re.compile(r"以及|和|及|与|同|、")
# The right half of a pair that cannot stand alone: 各部门和单位, 党工委和管委会.
_HALVES = re.compile(
    r"(?:单位|部门|机构|政府|人民政府|管委会|企业|个人|组织|科室|处室|街道办事处|街道|办事处|机关|团体|学校|院校|"
    r"企事业单位|事业单位|人民团体|社会组织|行业组织|行业协会|村|社区|乡镇|区县|县区|园区|镇街|中央部门|国家机关)$"
)
# Parts of a body that follow it without being a body of their own: 市公安局市区分局.
_BRANCH = re.compile(
    r"[省市县区州镇乡][\u4e00-\u9fff]{0,4}?(?:[区县市])?(?:分局|支局|分行|支行|分公司|支公司|大队|支队|中队|调查队|派出所|管理所|税务所|工商所|国土所|分院|分中心)$"
)
_WHOLE = re.compile(r"各(?:部门|单位|机构|科室|处室|部委|直属|职能|相关|有关|委办|级|类|系统)")
# Members always belong to the body before them: 县安委会各成员单位.
_MEMBERS = re.compile(r"各(?:成员|组成|理事|会员)")
# A list of kinds of place whose last kind is still to come: 各县（市） 区人民政府.
_OPEN_LIST = re.compile(r"^各(?:级)?[省市县区州盟旗镇乡]（□*）$")
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


def split_names(folded_text: str, plain: str, start: int, end: int) -> list[TextSpan]:
    """The names in a stretch that holds nothing but names.

    Split at conjunctions between two whole names (区直各部门和各乡镇, but not 教育和体育局), behind brackets of
    reference and number, and where a lost separator shows: a whole name, then a level (省财政厅省税务局).
    """
    spans: list[TextSpan] = []
    for first in _behind_brackets(folded_text, plain, start, end):
        for second in _at_conjunctions(plain, first.start, first.end):
            spans += at_lost_separators(plain, second.start, second.end)
    return spans


def _behind_brackets(folded_text: str, plain: str, start: int, end: int) -> Iterator[TextSpan]:
    begin = start
    for match in re.finditer("（□*）", plain[start:end]):
        bracket_start, close = start + match.start(), start + match.end()
        if start < bracket_start and close < end:
            sort = sort_of_bracket(folded_text[bracket_start + 1 : close - 1])
            if sort is not BracketSort.NAME and names.is_unit(plain[begin:bracket_start]):
                yield TextSpan(begin, close)
                begin = close
    yield TextSpan(begin, end)


def _at_conjunctions(plain: str, start: int, end: int) -> Iterator[TextSpan]:
    begin = start
    for match in _CONJUNCTION.finditer(plain, start, end):
        before, right = plain[begin : match.start()], plain[match.end() : end].strip(STARS)
        before = before.strip(STARS)
        if match.start() <= begin or match.group() == "、" or names.is_bare_level(before):
            continue
        whole_left = names.is_unit(before) or names.is_unit(re.sub(r"等[^等]*$", "", before))
        first_right = _first_name(right)
        if whole_left and names.is_unit(first_right) and not _HALVES.fullmatch(first_right):
            yield TextSpan(begin, match.start())
            begin = match.end()
    yield TextSpan(begin, end)


def _first_name(text: str) -> str:
    for match in re.finditer(r"以及|和|及|与|等", text):
        if names.is_unit(text[: match.start()]):
            return text[: match.start()]
    return text


def at_lost_separators(plain: str, start: int, end: int) -> list[TextSpan]:
    """Where one whole name ends and the level of the next begins (省财政厅 省税务局), or stems show it.

    Not cut are branches (市公安局 市区分局), bodies of a body (市政府 各部门), and what is too short (市委 市政府).
    """
    text = plain[start:end]
    runs = [match.end() for match in _RUN_OF_STEMS.finditer(text)]
    if len(runs) > 1 and re.fullmatch(f"(?:{_RUN_OF_STEMS.pattern}){{2,}}", text):
        edges = [0, *runs]
        return [TextSpan(start + a, start + b) for a, b in pairwise(edges)]
    spans: list[TextSpan] = []
    begin = 0
    for at in range(2, len(text) - 1):
        name, right = text[begin:at], text[at:]
        if not _SHORTEST <= len(name) <= names.LONGEST or not re.match(names.LEVEL, right):
            continue
        if not (_STRONG_END.search(name) or name.endswith("）")) or not names.is_unit(name):
            continue
        next_name = _first_level_name(right)
        if not names.is_unit(next_name) or len(next_name) < _SHORTEST or _BRANCH.match(next_name):
            continue
        if _WHOLE.match(right) and (len(name) <= 4 or name.endswith(("政府", "委", "机关"))):
            continue
        if _MEMBERS.match(right):
            continue
        if re.match(r"市[中南北]区", right) or name.endswith(("驻", "属")) or _OPEN_LIST.search(name):
            continue
        spans.append(TextSpan(start + begin, start + at))
        begin = at
    return [*spans, TextSpan(start + begin, end)]


def _first_level_name(text: str) -> str:
    """The shortest whole name at the head of a run of names without separators."""
    for at in range(_SHORTEST, min(len(text), names.LONGEST)):
        if _STRONG_END.search(text[:at]) and names.is_unit(text[:at]) and re.match(names.LEVEL, text[at:]):
            return text[:at]
    return text


def and_others(plain: str, start: int, end: int) -> int:
    """Where 等, 等单位, 等有关部门 begins behind a name; `end` if it does not."""
    for match in re.finditer(r"(?<![高中初平优同])等(?!级|候|效|离子|额)", plain[start:end]):
        if match.start() > 0:
            return start + match.start()
    return end


# A level, a stem and an ending: the shortest whole name with a level.
_SHORTEST = 3
_TASK_NOUN = r"(?:项目|工作|规划|方案|任务|事项|部分|评估|普查|审查|办法|体系|平台|领域|环节|方面|制度|机制|建设|整治|改造|活动|清单|系统|标准|数据|信息)"


def cut_part(plain: str, start: int, end: int) -> tuple[int, str]:
    """Where the name begins behind a share, and the share: 校园部分由 市教育局, 涉农项目 区农业局."""
    text = plain[start:end]
    for match in re.finditer(r"(?<![自理缘事案])由(?!来|于|此)", text):
        rest = text[match.end() :]
        is_name = names.is_unit(rest) or not names.is_unit(text)
        if match.start() > 0 and is_name and not names.is_prose(rest):
            return start + match.end(), text[: match.start()]
    noun = re.search(rf"{_TASK_NOUN}(?={names.LEVEL})(?!各)", text)
    if noun and not names.is_unit(text[: noun.end()]):
        rest = text[noun.end() :]
        if names.is_unit(rest) and len(rest) >= _SHORTEST:
            return start + noun.end(), text[: noun.end()]
    return start, ""


def cut_topic(plain: str, start: int, end: int) -> int:
    """Where 对… begins behind a name (各单位 对项目组织实施 负总责); `end` if it does not."""
    for match in re.finditer(
        r"对(?!外|口|台|策)|就(?!业|医|诊|近|学)", plain[start : min(end, start + names.LONGEST)]
    ):
        if match.start() > 0 and names.is_unit(plain[start : start + match.start()]):
            return start + match.start()
    return end
