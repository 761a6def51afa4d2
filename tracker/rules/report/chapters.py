"""The chapters of the report: 一 总体情况, 二 任务落实情况, 三 存在的主要问题, 四 下一步工作打算, each without its heading.

一 总体情况 is the plan in numbers, its parts, the latest round, what changed since the last edition. What of last
year's plan goes on is said where a person has confirmed it. A round whose day has not come is said to be under way:
nobody is late yet.

二 任务落实情况 is part and task in plan order, under the plan's own headings; each task is a paragraph of the sentences of its
items (拟用句, below), and 起草素材表 may move an item to another paragraph. Where the plan has one part, or none,
or no tasks, the levels below move up. Items that the pages do not hold are counted in one sentence at the end of
their paragraph.

三 and 四 come from what is overdue, behind, to be found out, uneven among units, or found by spot checks, and from what
those who answer for an item that is not done wrote as its problem and next step: it is proposed as the problem of the work
(`difficulties_of`) until the office words it as 问题 in 起草素材表 (无: none). A report to the superior tells problems of the
work (`work_problems`), a circular whose they are (`problems_chapter`). Nothing is invented, and each next step answers
a number or a problem that stands above it.

How much of the year fits the pages of a report.

Where the whole does not fit, as many items keep their own sentence as fit, in this order (within each line the first
item of every task, then the second of each, so that no part falls silent):

    0  the office's 核定表述, 亮点  always kept, whatever the pages
    1  a 摘要 with a figure in it
    2  any other 摘要
    3  进展情况 only
    4  nothing written

The others are counted in one sentence at the end of their paragraph, stand whole in annex 1, and are listed in the
workbook. No text is ever cut in its middle.


拟用句: the sentence that stands for an item until the office writes its own (改定稿, 核定表述).

Real reports say who did what by when with what result: 市司法局牵头编制目录，于4月24日完成，列入事项12项。 So does a sentence
here. Nothing is invented: who answers comes from the plan, what was to be done from the requirement, the day and the
result from the unit.

    the unit's words                            the sentence
    tell of the requirement themselves (they    who, the words, and the day where they name none; of what
    share four characters of it, or have 《…》)   is not done the words, and that it is not
    tell only results (公开信息187条)            who, the requirement as what was done, the day, the results
    none                                        the same without results
    of two or three units                       each unit and its words, then the day; the requirement before
                                                them only where none of them tells of it
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
import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from tracker import patterns as re
from tracker.numerals import chinese_number
from tracker.outline import Block, Heading, Say, Text, long_date
from tracker.rules.progress import LONG_TERM, NOT_DONE, PUBLIC_CLASSES, UNCOUNTED, Figure, deciders
from tracker.rules.report.annexes import Annexes
from tracker.rules.report.edition import ReportChanges
from tracker.rules.report.summary import Quote, ReportItem, YearSummary
from tracker.rules.wording import (
    bracketed,
    is_no_problem,
    name_in_quotes,
    names,
    sentence,
    short_name,
    without_number,
)
from tracker.values import dataclass

LINES, CHARACTERS = 22, 28
# Title (two lines, higher than others), the empty line below it and 主送机关.
_HEAD = 5
# An empty line each above the list of annexes and the signature, two annexes, name and date.
_FOOT = 6
# A heading of these levels that stands alone is kept on one page with what follows it.
_KEEP_WITH_NEXT = 3
# So many lines of the paragraph below a heading stay with it (measured with LibreOffice 7.4).
_FIRST_LINES = 3


@dataclass(frozen=True, slots=True)
class Detail:
    """How much the body says.

    Attributes:
        point_ids: Items with a sentence of their own.
    """

    point_ids: frozenset[str]


def choose_detail(items: Sequence[ReportItem], fits: Callable[[Detail], bool]) -> Detail:
    """The most detail that fits."""
    every = frozenset(item.point_id for item in items)
    if fits(Detail(every)):
        return Detail(every)
    tasks: dict[tuple[int, str, str], int] = {}
    order = {}
    for item in sorted(items, key=lambda item: item.point.position):
        task = (rank(item), item.point.section, item.point.task)
        order[item.point_id] = tasks[task] = tasks.get(task, 0) + 1
    by_rank = sorted(items, key=lambda item: (rank(item), order[item.point_id], item.point.position))
    low, high = sum(not rank(item) for item in items), len(by_rank)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(Detail(frozenset(item.point_id for item in by_rank[:middle]))):
            low = middle
        else:
            high = middle - 1
    return Detail(frozenset(item.point_id for item in by_rank[:low]))


def rank(item: ReportItem) -> int:
    """The line of the table in the module's docstring."""
    if item.is_approved or item.is_practice:
        return 0
    summaries = [quote.text for quote in item.texts if quote.column == "summary"]
    if any(character.isdigit() for text in summaries for character in text):
        return 1
    return 2 if summaries else 3 if item.texts else 4


def estimated_pages(blocks: Sequence[Block]) -> float:
    """How many pages a document takes before its annexes: lines of 28 characters, 22 on a page.

    Lines are laid one after the other as the page does it: headings that stand alone go over to the next page with
    the first lines of what follows them, and the signature with the last paragraph.

    >>> estimated_pages((Text("字" * 26), Text("字" * 27))) * LINES
    14.0
    """
    height = _HEAD
    heading_lines = 0
    for block in blocks:
        lines = _lines(block)
        if isinstance(block, Heading) and not block.run_in and block.level <= _KEEP_WITH_NEXT:
            heading_lines += lines
            continue
        if heading_lines:
            height = _over(height, heading_lines + _FIRST_LINES) + heading_lines
            heading_lines = 0
        last = lines
        height = _below(height, lines)
    if blocks and not heading_lines:
        height = _over(height - last, min(last, LINES) + _FOOT) + last
    return (height + heading_lines + _FOOT) / LINES


def _over(height: int, lines: int) -> int:
    """Where lines that are kept together begin: here, or on the next page."""
    room = -height % LINES
    return height + room if room and lines > room else height


def _below(height: int, lines: int) -> int:
    """How far down a paragraph reaches: no single line of it stands on a page, neither its first nor its last.

    >>> _below(21, 2), _below(20, 3), _below(18, 5), _below(18, 4)
    (24, 25, 24, 22)
    """
    room = -height % LINES
    if room and lines > room:
        alone = (lines - room) % LINES == 1
        height += room if room == 1 or (alone and room == 2) else int(alone)
    return height + lines


def _lines(block: Block) -> int:
    match block:
        case Heading(text=text, run_in=more):
            return -(-(len(text) + len(more) + 5) // CHARACTERS)
        case Text(text=text):
            return sum(-(-(len(line) + 2) // CHARACTERS) for line in text.splitlines() or [""])
        case _:
            return 1


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
    """Who a sentence speaks of: the leads, else who answers; with 牵头 where others share it.

    Many under a collective name are counted: 34个单位.
    """
    speakers = item.lead or item.responsible
    if len(item.texts) > MANY and any(name in speakers for name, _ in item.point.collectives):
        return f"{len(item.main_units)}个单位"
    is_shared = bool(item.lead) and bool(item.responsible or item.support)
    return unit_names(item, speakers) + ("牵头" if is_shared else "")


def unit_names(item: ReportItem, units: Sequence[str]) -> str:
    """Some units of an item as a sentence names them; a collective name is no single unit and is not counted."""
    collective = {name for name, _ in item.point.collectives}
    more = "等单位" if collective & set(units) else f"等{len(units)}个单位"
    return names(units, more=more)


def sentence_of(item: ReportItem, say: Say, *, shape: int, year: int, annex: str) -> str:
    """The sentence of an item: the office's wording, else the one that is proposed.

    Args:
        item: The item.
        say: The words of the report.
        shape: Which of the shapes of its class; its neighbours have another one.
        year: The plan's year.
        annex: Where what every unit did stands.
    """
    if item.is_approved:
        return sentence(item.texts[0].text)
    deed = short_name(item.point.requirement, _LONGEST)
    kind = item.kind if item.kind != LONG_TERM or item.standing.is_on_track else "untold"
    result, is_whole = _result(item, say, annex)
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
        several = len(item.texts) > 1
        if several:
            who, words = "", result
        return say("sentence.own", who=who, words=words, day=day, kind=kind, tally=tally, several=several)
    return say(
        f"sentence.{kind if kind not in _NAMELESS or kind == 'not_started' else NOT_DONE}",
        shape=shape % SHAPES,
        who=who,
        deed=deed,
        quoted=name_in_quotes(item.point.requirement, _LONGEST),
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


def _result(item: ReportItem, say: Say, annex: str) -> tuple[str, bool]:
    """What came of an item, without full stop, and whether it tells of the requirement itself."""
    if len(item.texts) > MANY:
        unit_count, done_count = len(item.main_units), sum(unit.done for unit in item.main_units)
        text = say(
            "item.many", asked=unit_count, done=done_count, annex=annex, named=item.kind not in _NAMELESS
        )
        return text.rstrip("。"), False
    words = [_words(quote) for quote in item.texts]
    is_whole = any(tells_of(text, item.point.requirement) for text in words)
    if len(words) == 1:
        return words[0], is_whole
    own = [text.removeprefix(quote.who).lstrip("，,") for quote, text in zip(item.texts, words, strict=True)]
    if item.kind in _NAMELESS:
        return "；".join(own), False
    clauses = "；".join(quote.who + text for quote, text in zip(item.texts, own, strict=True))
    return (clauses if is_whole else f"其中，{clauses}" if clauses else ""), is_whole


def _words(quote: Quote) -> str:
    return own_words(quote.dated_text, quote.who)


def overview_chapter(
    summary: YearSummary, say: Say, *, changes: ReportChanges | None = None, inside: bool = False
) -> Iterator[Block]:
    """The chapter without its heading; only `inside` the office who sent its form and who was graded how is told."""
    f, edition = summary.figures, summary.plan.edition
    yield Text(
        say(
            "overview",
            title=edition.title,
            issued_on=long_date(edition.issued_on) if edition.issued_on else "",
            as_of=long_date(summary.as_of),
            f=f,
            rest=[f[kind] for kind in summary.classes if kind not in ("done", LONG_TERM) and f[kind].n],
            public=summary.classes == PUBLIC_CLASSES,
        )
    )
    parts = summary.section_figures
    if len(parts) > 1:
        yield Text(say("sections", sections=[_section(heading, parts[heading]) for heading in parts]))
    figures_of = {"round": "asked", "duties": "duties", "limits": "limits", "grades": "scored"}
    others = [
        say(entry, name=summary.latest_round, f=f)
        for entry, figure in figures_of.items()
        if figure in f and (inside or entry not in _INSIDE)
    ]
    if others:
        yield Text("".join(others))
    if changes is not None:
        counts = {name: len(changes.rows(name)) for name in ("gained", "lost", "added", "dropped")}
        yield Text(say("changes", since=long_date(changes.since), **counts))
    if summary.years is not None:
        years = {code.removeprefix("years."): figure for code, figure in summary.years.figures.items()}
        yield Text(say("years", as_of=long_date(summary.as_of), y=years, known="last" in years))


# What the superior takes for lateness, or does not ask for.
_INSIDE = ("round", "grades")


def _section(heading: str, figures: Mapping[str, Figure]) -> dict[str, object]:
    return {"name": without_number(heading) or "其他"} | {kind: figure.n for kind, figure in figures.items()}


# So many items share a paragraph where the office does not say otherwise; a longer one is a page of its own.
_MOST_IN_A_PARAGRAPH = 6


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """A paragraph of 二 任务落实情况 and the items whose sentences stand in it.

    Attributes:
        number: 段落号, from 1 in the order of the report.
        section: The part that it stands in, as the plan writes it.
        task: Its own heading; empty where it has none.
        items: In plan order.
    """

    number: int
    section: str
    task: str
    items: tuple[ReportItem, ...]


def paragraphs_of(items: Sequence[ReportItem]) -> tuple[ReportParagraph, ...]:
    """The paragraphs: the items of a task together, at most six; an item stands where its 段落号 says.

    A plan without tasks has a paragraph for each item. A 段落号 that no paragraph has is passed over
    (`rules.report.review` says so).
    """
    heads: list[tuple[str, str]] = []
    homes: list[int] = []
    groups = itertools.groupby(items, key=lambda item: (item.point.section, item.point.task))
    for (section, task), group in groups:
        most = _MOST_IN_A_PARAGRAPH if task else 1
        for position, _ in enumerate(group):
            if position % most == 0:
                heads.append((section, task if position == 0 else ""))
            homes.append(len(heads))
    places: dict[int, list[ReportItem]] = {number: [] for number in range(1, len(heads) + 1)}
    for item, home in zip(items, homes, strict=True):
        wish = int(item.paragraph) if item.paragraph.isdecimal() else 0
        places[wish if wish in places else home].append(item)
    return tuple(
        ReportParagraph(number, section, task, tuple(places[number]))
        for number, (section, task) in enumerate(heads, start=1)
    )


def report_items(summary: YearSummary) -> list[ReportItem]:
    """The items that the report tells of, in plan order."""
    return [item for item in summary.items if item.kind != UNCOUNTED]


def sentences_of(summary: YearSummary, say: Say, annex: Annexes) -> Mapping[str, str]:
    """The sentence of each item by its id; those that are proposed have their shapes in turn."""
    year = summary.plan.edition.year
    where = annex.units or annex.items
    items = report_items(summary)
    return {
        item.point_id: sentence_of(item, say, shape=turn, year=year, annex=where)
        for turn, item in enumerate(item for part in paragraphs_of(items) for item in part.items)
    }


def items_chapter(
    summary: YearSummary,
    say: Say,
    detail: Detail,
    annex: Annexes,
    sentences: Mapping[str, str],
    *,
    public: bool = False,
    has_names: bool = False,
) -> Iterator[Block]:
    """The chapter without its heading, of sentences by item (`sentences_of`); a public one has no 典型做法.

    Items without a sentence are counted; with `has_names` up to six of a paragraph are named. What the office ticked as 亮点 stands in a part of its own at the end, and not twice.
    """
    items = report_items(summary)
    practices = [item for item in items if item.is_practice and not public]
    has_parts = len({item.point.section for item in items}) > 1 or bool(practices)
    level_of_task = 3 if has_parts else 2
    section = None
    # Of many paragraphs without a sentence most have the same words.
    rest_words = functools.cache(functools.partial(say, "item.rest"))
    for part in paragraphs_of(items):
        own_items = [item for item in part.items if item not in practices]
        if not own_items:
            continue
        if part.section != section:
            section = part.section
            if section and has_parts:
                yield Heading(2, without_number(section))
        text = "".join(sentences[item.point_id] for item in own_items if item.point_id in detail.point_ids)
        rest = [item for item in own_items if item.point_id not in detail.point_ids]
        if rest and has_names and len(rest) <= _MOST_IN_A_PARAGRAPH:
            text += _names_by_class(rest, say)
        elif rest:
            text += rest_words(
                n=len(rest),
                done=sum(item.kind == "done" for item in rest),
                continuing=sum(item.kind == LONG_TERM for item in rest),
                others=len(rest) < len(own_items),
                annex=annex.items,
            )
        if part.task:
            yield Heading(level_of_task, f"{without_number(part.task)}。", run_in=text)
        else:
            yield Text(text)
    if practices:
        yield Heading(2, say("head.practices"))
    for number, item in enumerate(practices, start=1):
        text = sentences[item.point_id]
        yield Text(say("practice", number=chinese_number(number), text=text) if len(practices) > 1 else text)


def _names_by_class(items: Sequence[ReportItem], say: Say) -> str:
    groups: dict[str, list[str]] = {}
    for item in items:
        kind = item.kind if item.kind in ("done", LONG_TERM) else NOT_DONE
        groups.setdefault(kind, []).append(f"“{name_in_quotes(item.point.requirement)}”")
    return say("item.rest.named", groups=list(groups.items()))


def items_without_paragraph(
    summary: YearSummary, detail: Detail
) -> tuple[tuple[str, str, tuple[ReportItem, ...]], ...]:
    """The items without a sentence of their own, by the part and task of their paragraph."""
    pools = [
        (
            part.section,
            part.task,
            tuple(
                item for item in part.items if item.point_id not in detail.point_ids and not item.is_practice
            ),
        )
        for part in paragraphs_of(report_items(summary))
    ]
    return tuple(pool for pool in pools if pool[2])


# So many items of a sort are named; the others stand in the annex.
_MOST_NAMES = 5
_BEHIND = ("overdue", "lagging", "not_started", "unreported")


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What hinders an item, and what is to be done about it; one of the two may be empty.

    Attributes:
        point_id: The item.
        name: What the item is called.
        problem: The problem, without full stop where units wrote it.
        step: The next step, without full stop.
        is_worded: Whether the problem is in the office's words.
    """

    point_id: str
    name: str
    problem: str
    step: str
    is_worded: bool


def difficulty_of(item: ReportItem) -> Difficulty | None:
    """What its leads wrote of an open item, the office's words in place of their problem; None for 无.

    A problem of an earlier round has its round; a step that was next then is none any more, and what
    some of many units do next is no step of the item.
    """
    pairs = []
    quotes = item.main_problems if item.is_open else ()
    for quote in quotes:
        problem, step = problem_and_step(quote.text, quote.who)
        if quote.round:
            problem, step = f"{problem}（{quote.round}报送）" if problem else "", ""
        pairs.append((problem, step))
    if sum(bool(step) for _, step in pairs) < sum(
        not unit.done for unit in deciders(item.point, item.standing.units)
    ):
        pairs = [(problem, "") for problem, _ in pairs]
    problem, step = ("；".join(dict.fromkeys(pair[part] for pair in pairs if pair[part])) for part in (0, 1))
    if item.kind == UNCOUNTED or is_no_problem(item.issue) or not (item.issue or problem or step):
        return None
    name = name_in_quotes(item.point.requirement)
    return Difficulty(item.point_id, name, item.issue or problem, step, bool(item.issue))


def difficulties_of(summary: YearSummary) -> list[Difficulty]:
    """What hinders the items of a plan, in plan order."""
    return [difficulty for item in summary.items if (difficulty := difficulty_of(item))]


def work_problems(summary: YearSummary, say: Say, annex: Annexes) -> Iterator[Block]:
    """The chapter 存在的主要问题 of a report to the superior: problems of the work, no unit by name for what is late.

    What is behind by class and item; points on which some units have finished and others have not; what nobody has told
    of; what the office wrote as 问题 in 起草素材表, what leads wrote as problems; and what spot checks found.
    """
    f = summary.figures
    difficulties = [difficulty for difficulty in difficulties_of(summary) if difficulty.problem]
    behind = summary.of(*_BEHIND[:-1])
    problems: list[str] = []
    if behind:
        kinds = [{"label": f[kind].label, "n": f[kind].n} for kind in _BEHIND[:-1] if f[kind].n]
        causes = {difficulty.point_id: whole_or_short(difficulty.problem) for difficulty in difficulties}
        items = [
            (
                name_in_quotes(item.point.requirement),
                f[item.kind].label,
                causes.get(item.point_id, "").rstrip("。"),
            )
            for item in behind[:_MOST_NAMES]
        ]
        more = len(behind) > _MOST_NAMES
        name_list = "、".join(f"“{name}”" for name, _, _ in items)
        facts = {"kinds": kinds, "n": len(behind), "items": items, "names": name_list, "more": more}
        problems.append(say("problems.up.behind", **facts, annex=annex.open))
        late = {item.point_id for item in behind[:_MOST_NAMES]}
        difficulties = [difficulty for difficulty in difficulties if difficulty.point_id not in late]
    uneven = [
        {"name": name_in_quotes(item.point.requirement), "asked": len(deciding), "done": done}
        for item in summary.items
        if item.is_open
        for deciding in (deciders(item.point, item.standing.units),)
        for done in (sum(unit.done for unit in deciding),)
        if len(deciding) > 1 and done
    ]
    if uneven:
        problems.append(say("problems.up.uneven", items=uneven[:_MOST_NAMES]))
    if unclear := summary.of("unreported"):
        most = len(unclear) if len(unclear) == _MOST_NAMES + 1 else _MOST_NAMES
        name_list = "；".join(short_name(item.point.requirement) for item in unclear[:most])
        more_unclear = max(0, len(unclear) - most)
        problems.append(
            say(
                "problems.up.unreported",
                n=len(unclear),
                names=name_list,
                more=more_unclear,
                annex=annex.open,
            )
        )
    problems += [sentence(difficulty.problem) for difficulty in difficulties if difficulty.is_worded]
    if words := [
        (difficulty.name, whole_or_short(difficulty.problem))
        for difficulty in difficulties
        if not difficulty.is_worded
    ]:
        is_cut = len(words) > _MOST_NAMES
        problems.append(say("problems.up.words", items=words[:_MOST_NAMES], more=is_cut, annex=annex.open))
    problems += _checks_and_leftovers(summary, say, annex)
    if not problems:
        yield Text(say("problems.up.none", as_of=long_date(summary.as_of)))
    for number, problem in enumerate(problems, start=1):
        yield Text(f"{chinese_number(number)}是{problem}" if len(problems) > 1 else problem)


def _checks_and_leftovers(summary: YearSummary, say: Say, annex: Annexes) -> Iterator[str]:
    f = summary.figures
    if "shortcomings" in f and f["shortcomings"].n:
        yield say("problems.checks", n=f["shortcomings"].n, done=f["rectified"].n, annex=annex.checks)
    leftovers = summary.years.leftovers if summary.years else ()
    if leftovers:
        name_list = "；".join(short_name(requirement) for _, requirement in leftovers[:_MOST_NAMES])
        more = max(0, len(leftovers) - _MOST_NAMES)
        yield say("problems.years", n=len(leftovers), names=name_list, more=more)


def problems_chapter(summary: YearSummary, say: Say, annex: Annexes) -> Iterator[Block]:
    """The chapter 存在的主要问题 of a circular: units by name, but nobody for a form that is late."""
    points = []
    for kind in _BEHIND:
        some = summary.of(kind)
        if some:
            points.append(_behind(kind, some, summary, say, annex))
    behind = [item for item in summary.of(LONG_TERM) if not item.standing.is_on_track]
    if behind:
        name_list = "；".join(_name(item, say) for item in behind[:_MOST_NAMES])
        more = max(0, len(behind) - _MOST_NAMES)
        points.append(say("problems.continuing", n=len(behind), names=name_list, more=more))
    points += _checks_and_leftovers(summary, say, annex)
    if not points:
        yield Text(say("problems.none", as_of=long_date(summary.as_of)))
    for number, point in enumerate(points, start=1):
        yield Text(f"{chinese_number(number)}是{point}" if len(points) > 1 else point)


def _behind(kind: str, some: tuple[ReportItem, ...], summary: YearSummary, say: Say, annex: Annexes) -> str:
    # One that is left over is named as well: “其余1项” would not be shorter.
    most = len(some) if len(some) == _MOST_NAMES + 1 else _MOST_NAMES
    text = say(
        f"problems.{kind}",
        n=summary.figures[kind].n,
        names="；".join(_name(item, say) for item in some[:most]),
        more=max(0, len(some) - most),
        annex=annex.open,
    )
    if kind == "overdue" and any(item.problems for item in some):
        text += say("problems.reason", annex=annex.open)
    return text


def _name(item: ReportItem, say: Say) -> str:
    due = item.standing.due
    units = unit_names(item, item.lead or item.responsible) or say("problems.nobody")
    details = say("problems.details", units=units, due=long_date(due) if due else "")
    return short_name(item.point.requirement) + bracketed(details)


# A day or month in what is to be done next; and how words begin that go on after the name of a matter.
_WHEN = re.compile(r"\d+[月日]|[年月季]度?[底末]")
_GOES_ON = re.compile("预计|计划|争取|力争|拟|将|已|正在")


def next_steps_chapter(summary: YearSummary, say: Say, entry: str = "next") -> Iterator[Block]:
    """The chapter 下一步工作打算 without its heading; `entry` begins the names of its sentences.

    What is to be done about an item by name comes first; a class whose items all stand there (what is overdue: with a
    day) has no sentence of its own any more. What goes on as before comes last.
    """
    f = summary.figures
    difficulties = difficulties_of(summary)
    steps = [difficulty for difficulty in difficulties if difficulty.step][:_MOST_NAMES]
    dated = {step.point_id for step in difficulties if _WHEN.search(step.step)}
    by_name = {step.point_id for step in steps} if entry == "next" else set()
    if by_name:
        words = [whole_or_short(step.step) for step in steps]
        goes_on = [bool(_GOES_ON.match(step)) for step in words]
        items = list(zip((step.name for step in steps), words, strict=True))
        yield Text(say("next.steps", items=items, goes_on=goes_on))

    def left(kind: str) -> int:
        """How many items a class has, unless all of them stand by name."""
        points = {item.point_id for item in summary.of(kind)}
        return 0 if points <= by_name & (dated if kind == "overdue" else by_name) else f[kind].n

    if n := left("overdue"):
        is_dated = all(item.point_id in dated for item in summary.of("overdue"))
        yield Text(say(f"{entry}.overdue", n=n, dated=is_dated))
    behind = {kind: left(kind) for kind in ("lagging", "not_started")}
    if any(behind.values()):
        yield Text(say(f"{entry}.behind", **behind))
    for kind, name in (("unreported", "unreported"), ("mostly_done", "mostly"), ("in_progress", "open")):
        if n := left(kind):
            yield Text(say(f"{entry}.{name}", n=n))
    open_checks = f["unrectified"].n if "unrectified" in f else 0
    if open_checks:
        yield Text(say(f"{entry}.checks", n=open_checks))
    if n := f["continuing"].n:
        yield Text(say(f"{entry}.continuing", n=n))
    if not (any(f[kind].n for kind in (*_BEHIND, "mostly_done", "in_progress", LONG_TERM)) or open_checks):
        yield Text(say(f"{entry}.done"))


def silent_units(summary: YearSummary) -> tuple[str, ...]:
    """The units that did not return the form of the latest round by its day; none while that round is open."""
    if "silent" not in summary.figures or summary.round_is_open:
        return ()
    return summary.figures["silent"].rows
