"""拟用句: the sentence that stands for an item until the office writes its own (改定稿, 核定表述).

Real reports say who did what by when with what result: 市司法局牵头编制目录，于4月24日完成，列入事项12项。 So does a sentence
here. Nothing is invented: who answers comes from the plan, what was to be done from the requirement, the day and the
result from the unit.

    the unit's words                            the sentence
    tell of the requirement themselves (they    who, the words, and the day where they name none; of what
    share four characters of it, or have 《…》)   is not done the words, and that it is not
    tell only results (公开信息187条)            who, the requirement as what was done, the day, the results
    none                                        the same without results
    of more than three units                    the requirement, and how many units have done it

A requirement that begins with a verb (编制, 公开 …) can be said of a unit; any other one is quoted. Sentences of one class
have three shapes, taken in turn, so that no two neighbours read alike. What is overdue, behind or not begun is told
without a name: whose it is stands in the 专报 and in the circular.

    >>> own_words("我局已完成改造。", "市数据局"), own_words("任务已全部完成：公开信息3条。", "市数据局")
    ('市数据局已完成改造', '公开信息3条')

What a unit wrote as 存在问题及下一步 is cut in two (`problem_and_step`): its clauses up to the first that says what was or
will be done about it (下一步, 拟, 将, 已 …) are the problem, the others the step. 无 and its like are neither.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker import patterns as re
from tracker.outline import Say
from tracker.rules.progress import LONG_TERM, NOT_DONE
from tracker.rules.report.summary import Quote, ReportItem
from tracker.rules.wording import is_no_problem, names, sentence, short_name

# Above so many units the words of each would fill the page; the sentence counts them instead.
MANY = 3
# Room for a clause with its verb: at 40 characters a long subject would stand without one.
_LONGEST = 50
SHAPES = 3

# With what a requirement begins that can be said of a unit: 市甲局编制……
_VERBS = (
    "按时|按期|及时|全面|全文|主动|依法|定期|持续|严格|集中|统一|积极|认真|切实|进一步|稳步|逐步|同步|"
    "每日|每周|每月|每季度|每半年|每年|年内|全年|新改建|新建|改建|扩建|新增|编制|编印|编发|制定|制订|修订|出台|印发|建立|建成|建设|搭建|构建|设立|"
    "设置|健全|完善|优化|规范|统筹|推进|推动|推行|推广|深化|加强|加快|强化|提升|提高|扩大|拓展|开展|组织|举办|召开|公布|公开|"
    "公示|发布|披露|解读|回应|答复|办理|受理|开设|开通|开发|整理|清理|梳理|排查|完成|落实|实施|实行|做好|抓好|办好|用好|管好|"
    "邀请|培训|检查|抽查|评估|审查|监测|整合|归集|汇总|更新|升级|改造|配备|打造|培育|支持|引导|保障|探索|研究|明确|细化|压减|"
    "精简|取消|接入|对接|选取|选派|将|对|为|把|在"
)
_BEGINS_WITH_VERB = re.compile(_VERBS)
# How units open without saying anything: the class and the day say it.
_PREAMBLE = re.compile(
    r"^(?:(?:目前|截至目前|本期|任务|该项任务|此项工作|该项工作|工作|已|已经|均已|全部|按要求|按期|如期|全面)*"
    r"(?:完成|办结)(?:了)?(?:该项任务|此项工作|任务)?)[：:，,。；;]\s*"
)
_SELF = re.compile(
    r"(?<![\u4e00-\u9fff])(?:我|本)(?:局|委|办|厅|院|室|部|单位|部门|县|区|市|镇|街道)(?=[\u4e00-\u9fff《“])"
)
_DAY = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|底|初|中旬|上旬|下旬)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURE = re.compile(r"\d[\d,.]*(?:万|亿|余|多)*[%％\u4e00-\u9fff]?")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# Words that say themselves that the work goes on.
_UNDER_WAY = re.compile("正在|推进|下一步|尚未|还未|初步|前期|阶段|预计|计划|拟")
# Words that say themselves that it is not done.
_OPEN = re.compile("[尚还仍][未有]|未(?:完成|启动|开始)|没有(?:完成|启动|开始)|正在推进")
# So many characters in a row tell that two texts speak of one thing.
_ALIKE, _MATTER = 4, 6
_CLAUSE = re.compile(r"(?<=[，,。；;！!\n])")
_LABEL = re.compile(r"^(?:\d+[.．、]\s*)?(?:存在的?)?(?:主要)?(?:问题|困难|原因)(?:是)?[：:]\s*")
# How a clause begins that tells what is done about a problem; 已有 and its like go on telling of it.
_STEP = re.compile(
    r"^(?:(?:我局|本单位)?(?:拟|将|计划|打算|预计|争取|力争|建议)(?!定|要|近)|(?:我局|本单位)?已(?!有|经?出现|逾期|停|超|不|无)"
    r"|下一?步|下一?阶段|接下来|今后)"
)
_STEP_LABEL = re.compile(
    r"^(?:下一?步|下一?阶段|接下来|今后)(?:的?(?:工作)?(?:打算|计划|措施|安排|工作))?(?:是)?[，,：:]?\s*"
)
# So many characters of a problem or a step are told whole.
_WHOLE = 80
# Classes that are told without a name.
_NAMELESS = ("overdue", "lagging", "not_started", NOT_DONE)


def own_words(text: str, name: str) -> str:
    """What a unit wrote, without an empty opening and full stop, 我局 as its name."""
    plain = _SELF.sub(name, sentence(text)).rstrip("。")
    shorter = _PREAMBLE.sub("", plain)
    return shorter or plain


def problem_and_step(text: str, name: str) -> tuple[str, str]:
    """The problem and the next step in what a unit wrote of both, without full stop; empty where it tells none.

    >>> problem_and_step("青苗补偿未谈妥，下一步由镇政府组织协商，9月底前完成。", "县水利局")
    ('青苗补偿未谈妥', '由镇政府组织协商，9月底前完成')
    >>> problem_and_step("存在问题：接口尚未打通；下一步打算：我局已书面协调，预计下一期完成", "市数据局")
    ('接口尚未打通', '市数据局已书面协调，预计下一期完成')
    >>> problem_and_step("连续降雨影响工期", ""), problem_and_step("已列入下期计划。", ""), problem_and_step("暂无", "")
    (('连续降雨影响工期', ''), ('', '已列入下期计划'), ('', ''))
    """
    if is_no_problem(text):
        return "", ""
    clauses = [clause for clause in _CLAUSE.split(_LABEL.sub("", text.strip())) if clause.strip()]
    start = next((n for n, clause in enumerate(clauses) if _STEP.match(clause.strip())), len(clauses))
    parts = "".join(clauses[:start]), _STEP_LABEL.sub("", "".join(clauses[start:]).strip())
    problem, step = (own_words(part, name).rstrip("，；：、") if part.strip() else "" for part in parts)
    return ("" if is_no_problem(problem) else problem), step


def whole_or_short(words: str) -> str:
    """Words of a unit as a list in a sentence has them: whole, or their first clauses where they are long."""
    return words if len(words) <= _WHOLE else short_name(words, _WHOLE)


def short_day(text: str, year: int) -> str:
    """A day as a sentence says it; the year where it is not the plan's; empty where the text is no day.

    >>> short_day("2026-04-24", 2026), short_day("2025-12-30", 2026), short_day("四月底", 2026)
    ('4月24日', '2025年12月30日', '')
    """
    match = _ISO.match(text.strip())
    if match is None:
        return ""
    day = dt.date(*map(int, match.groups()))
    return f"{day.year}年{day.month}月{day.day}日" if day.year != year else f"{day.month}月{day.day}日"


def tells_of(words: str, requirement: str, alike: int = _ALIKE) -> bool:
    """Whether words speak of a requirement themselves: so many characters of it stand in them.

    >>> tells_of("编制重大行政决策事项目录", "编制并公布年度重大行政决策事项目录"), tells_of("公开信息187条", "编制目录")
    (True, False)
    """
    if "《" in words:
        return True
    runs = {
        run[start : start + alike]
        for run in _HAN.findall(requirement)
        for start in range(len(run) - alike + 1)
    }
    return any(run in words for run in runs)


def figures_in(text: str) -> tuple[str, ...]:
    """The figures of a text with what they count, days left out; whoever signs asks for their 口径.

    >>> figures_in("于4月24日公布，列入事项12项，服务2,743人次，占98.6%")
    ('12项', '2,743人', '98.6%')
    """
    return tuple(dict.fromkeys(_FIGURE.findall(_DAY.sub("", re.sub(r"《[^》]*》|\d{4}年", "", text)))))


def leaders(item: ReportItem) -> str:
    """Who a sentence speaks of: the leads, else who answers; with 牵头 where others share it."""
    is_shared = bool(item.lead) and bool(item.responsible or item.support)
    return unit_names(item, item.lead or item.responsible) + ("牵头" if is_shared else "")


def unit_names(item: ReportItem, units: Sequence[str]) -> str:
    """Some units of an item as a sentence names them; a collective name is no single unit and is not counted."""
    collective = {name for name, _ in item.point.collectives}
    more = "等单位" if collective & set(units) else f"等{len(units)}个单位"
    return names(units, more=more)


def sentence_of(
    item: ReportItem, say: Say, *, shape: int, year: int, annex: str, public: bool = False
) -> str:
    """The sentence of an item: the office's wording, else the one that is proposed.

    Args:
        item: The item.
        say: The words of the report.
        shape: Which of the shapes of its class; its neighbours have another one.
        year: The plan's year.
        annex: Where what every unit did stands.
        public: Whether it must not say who reported.
    """
    if item.is_approved:
        return sentence(item.texts[0].text)
    deed = short_name(item.point.requirement, _LONGEST)
    kind = item.kind if item.kind != LONG_TERM or item.standing.is_on_track else "untold"
    result, is_whole = _result(item, say, annex, public)
    day = "" if _DAY.search(result) else _day_of(item, year)
    tally = f"（{item.tally}）" if item.tally and len(item.texts) <= MANY else ""
    who = "" if kind in _NAMELESS else leaders(item)
    name = item.texts[0].who if item.texts else ""
    words = result.removeprefix(name).lstrip("，,")
    if kind in _NAMELESS and is_whole:
        # Nobody's name introduces them: they have to name the matter themselves.
        if name not in words and tells_of(words, item.point.requirement, _MATTER):
            return say("sentence.open", words=words, kind="" if _OPEN.search(words) else kind)
    elif is_whole:
        # 市甲局牵头已完成 is no Chinese: who has done it, has done it.
        who = who if _BEGINS_WITH_VERB.match(words) else who.removesuffix("牵头")
        kind = "" if kind == "in_progress" and _UNDER_WAY.search(words) else kind
        return say("sentence.own", who=who, words=words, day=day, kind=kind, tally=tally)
    return say(
        f"sentence.{kind if kind not in _NAMELESS or kind == 'not_started' else NOT_DONE}",
        shape=shape % SHAPES,
        who=who,
        deed=deed,
        quoted=deed.replace("“", "‘").replace("”", "’"),
        verb=bool(_BEGINS_WITH_VERB.match(deed)),
        day=day,
        result=result,
        tally=tally,
    )


def _day_of(item: ReportItem, year: int) -> str:
    """The last of the days on which those who lead, or whose words stand, say that it was done."""
    speakers = {quote.who for quote in item.texts} | set(item.lead)
    days = [quote.text for quote in item.done_on if quote.who in speakers and short_day(quote.text, year)]
    return short_day(max(days, default=""), year)


def _result(item: ReportItem, say: Say, annex: str, public: bool) -> tuple[str, bool]:
    """What came of an item, without full stop, and whether it tells of the requirement itself."""
    if len(item.texts) > MANY:
        counts = {"asked": len(item.main_units), "wrote": len(item.reporters)}
        done = sum(unit.done for unit in item.main_units)
        text = say("item.many.public" if public else "item.many", **counts, done=done, annex=annex)
        return text.rstrip("。"), False
    if len(item.texts) == 1:
        words = _words(item.texts[0])
        return words, tells_of(words, item.point.requirement)
    clauses = "；".join(
        words if words.startswith(quote.who) else quote.who + words
        for quote in item.texts
        for words in (_words(quote),)
    )
    return (f"其中，{clauses}" if clauses else ""), False


def _words(quote: Quote) -> str:
    return own_words(quote.dated_text, quote.who)
