"""Papers of offices that are no plain list of items: minutes, letters, lists of problems, by-unit lists, chapters of paragraphs.

Each kind draws a text with its work points, in habits of its own: words, marks, numbers, where units, persons and times
stand. What is drawn is known; what a reading of it hides is told by `drawn_texts.hidden`.

    draw_paper(seed, kind)         a text with its work points
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.support.drawn_texts import HAN, SIGNER, TASKS, TITLES, UNITS, Drawing, DrawnPoint
from tracker.grid import Paragraph, Source

LEVEL_HEADS = ("水利建设", "校园安全", "市容整治", "养老服务", "数据共享")
CHAPTERS = ("夯实基础", "提升服务", "改善环境")
CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
PERSONS = ("周平", "吴国强", "郑小兰")
TWO_TIMES = (
    ("3月底前拿出方案", "9月底前建成投用", "2026-09-30"),
    ("4月底前摸清底数", "11月底前全部完成", "2026-11-30"),
    ("上半年完成招标", "年底前完工", "2026-12-31"),
)
LIMITS = ("6月底前", "9月30日前", "年底前", "11月", "第三季度", "2026年8月15日前")
PROBLEMS = ("台账更新不及时", "设施管护缺位", "巡查记录不全", "资金拨付迟缓", "培训流于形式")
Units = frozenset[tuple[str, str]]


class _Paper:
    """A text while it is drawn."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.lines: list[str] = []
        self.points: list[DrawnPoint] = []
        self.tasks = rng.sample(TASKS, len(TASKS))

    def add(self, *lines: str) -> str:
        """Add lines; returns the place of the first."""
        at = len(self.lines) + 1
        self.lines += lines
        return f"L{at}"

    def point(
        self, place: str, requirement: str, units: Units, limit: str = "", *, is_inherited: bool = False
    ) -> None:
        """Remember a work point."""
        self.points.append(DrawnPoint(requirement, place, units, limit, is_inherited))

    def task(self) -> str:
        """A sentence that was not used yet."""
        return self.tasks.pop()

    def who(self, most: int = 3) -> tuple[list[str], list[str]]:
        """Who leads and who helps."""
        names = self.rng.sample(UNITS, self.rng.randint(1, most))
        cut = self.rng.randint(1, min(2, len(names)))
        return names[:cut], names[cut:]

    def clause(self, leads: Sequence[str], helpers: Sequence[str]) -> tuple[str, Units]:
        """A clause with the words of its roles."""
        first, second = "、".join(leads), "、".join(helpers)
        if helpers:
            return f"{first}牵头，{second}配合", _units(leads, "lead") | _units(helpers, "support")
        return f"{first}负责", _units(leads, "responsible")


def _units(names: Sequence[str], role: str) -> Units:
    return frozenset((name, role) for name in names)


def _with_time(task: str, phrase: str) -> str:
    return f"{task[:-1]}，{phrase}完成。"


def _minutes(paper: _Paper) -> None:
    """Minutes whose items say who is to do what."""
    rng = paper.rng
    paper.add(
        rng.choice(("石桥县城市管理专题会议纪要", "县政府常务会议纪要")),
        rng.choice(
            (
                "2026年3月5日，副县长李四主持召开专题会议，县水利局、县税务局负责人参加。现将议定事项纪要如下：",
                "2026年3月5日，会议听取了县林业局的汇报，研究了有关工作。会议议定以下事项：",
            )
        ),
    )
    number = rng.choice(("{}、", "（{}）")) if rng.random() < 0.5 else ""
    opening = rng.choice(("", "会议明确，", "会议要求，"))
    for n in range(rng.randint(3, 6)):
        leads, helpers = paper.who()
        clause, units = paper.clause(leads, helpers)
        phrase = rng.choice(LIMITS)
        task = paper.task()
        text = rng.choice(
            (
                f"{opening}由{clause}，{_with_time(task, phrase)}",
                f"{opening}{task[:-1]}，由{clause}，{phrase}完成。",
            )
        )
        place = paper.add((number or "{}.").format(HAN[n] if number else n + 1) + text)
        paper.point(place, text, units, phrase)


def _rectification(paper: _Paper) -> None:
    """A list of problems, each with what is done about it, by when, by whom."""
    rng = paper.rng
    paper.add("石桥县2026年巡察反馈问题整改清单")
    time_word = rng.choice(("整改时限", "完成时限", "整改期限"))
    unit_word, role = rng.choice(
        (("责任单位", "responsible"), ("牵头单位", "lead"), ("整改责任单位", "responsible"))
    )
    number = rng.choice(("{}.", "（{}）", "问题{}：", "{}、"))
    has_person, in_one = rng.random() < 0.6, rng.random() < 0.3
    order = rng.sample(range(3), 3)
    for n in range(rng.randint(3, 5)):
        names, _ = paper.who()
        phrase = rng.choice((*LIMITS, "长期坚持"))
        task = paper.task()
        head = f"{number.format(HAN[n] if number.startswith(('问题', '（')) else n + 1)}{PROBLEMS[n]}"
        paper.add(head + rng.choice(("", "。")))
        place = paper.add(f"整改措施：{task}")
        rest = [
            f"{time_word}：{phrase}",
            f"{unit_word}：{'、'.join(names)}",
            f"责任领导：{rng.choice(PERSONS)}",
        ]
        rest = [rest[at] for at in order if at != 2 or has_person]
        paper.add(*(["；".join(rest)] if in_one else rest))
        paper.point(place, task, _units(names, role), phrase)


def _by_unit(paper: _Paper) -> None:
    """A list by unit: each a heading, its tasks below."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    form = rng.choice(("han", "（han）", "colon", "plain"))
    for n, unit in enumerate(rng.sample(UNITS, rng.randint(2, 4))):
        paper.add(
            {
                "han": f"{HAN[n]}、{unit}",
                "（han）": f"（{HAN[n]}）{unit}",
                "colon": f"{unit}：",
                "plain": unit,
            }[form]
        )
        for k in range(min(rng.randint(1, 3), len(paper.tasks))):
            task = paper.task()
            phrase = rng.choice(("", *LIMITS))
            task = _with_time(task, phrase) if phrase else task
            units = _units([unit], "responsible")
            helpers = rng.sample([name for name in UNITS if name != unit], 1) if rng.random() < 0.3 else []
            tail = f"（配合单位：{helpers[0]}）" if helpers else ""
            place = paper.add(f"{k + 1}.{task}{tail}")
            paper.point(place, task, units | _units(helpers, "support"), phrase, is_inherited=False)


def _headed(paper: _Paper) -> None:
    """Headings with units in their bracket, running text or items below."""
    rng = paper.rng
    paper.add(rng.choice(TITLES), "为做好今年工作，县水利局会同县税务局起草了本方案，现予印发。")
    label = rng.choice(("", "", "责任单位：", "牵头单位："))
    number = rng.choice(("{}、", "（{}）"))
    has_items = rng.random() < 0.5
    stop = rng.choice(("", "。"))
    for n, head in enumerate(rng.sample(LEVEL_HEADS, rng.randint(3, 5))):
        names = rng.sample(UNITS, rng.randint(1, 3))
        role = "lead" if label.startswith("牵头") else "responsible"
        worded = "" if label else rng.choice(("", "负责"))
        paper.add(f"{number.format(HAN[n])}{head}{stop}（{label}{'、'.join(names)}{worded}）")
        units = _units(names, role)
        if has_items:
            for k in range(min(2, len(paper.tasks))):
                task = paper.task()
                paper.point(paper.add(f"{k + 1}.{task}"), task, units, is_inherited=True)
        else:
            task = paper.task() + (paper.task() if len(paper.tasks) > 6 and rng.random() < 0.5 else "")
            paper.point(paper.add(task), task, units)


def _deep(paper: _Paper) -> None:
    """Headings and items of several levels; the statement stands at the item."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    label = rng.choice(("", "责任单位：", "line"))
    marks = rng.choice((("{}.", None), ("（{}）", None), ("{}．", None), ("{}.", "（{}）"), ("", "{}.")))
    for n in range(rng.randint(1, 2)):
        paper.add(f"{HAN[n]}、{CHAPTERS[n]}")
        for m in range(rng.randint(1, 3)):
            if len(paper.tasks) < 3:
                break
            paper.add(f"（{HAN[m]}）{rng.choice(LEVEL_HEADS)}")
            if marks[0] and marks[1]:
                paper.add(f"{marks[0].format(1)}{rng.choice(LEVEL_HEADS)}")
            mark = marks[1] or marks[0]
            for k in range(rng.randint(1, 3) if mark else 1):
                if not paper.tasks:
                    break
                task = paper.task()
                names, _ = paper.who()
                head = mark.format(k + 1)
                units = _units(names, "responsible")
                if label == "line":
                    place = paper.add(f"{head}{task}", f"责任单位：{'、'.join(names)}")
                else:
                    place = paper.add(f"{head}{task}（{label}{'、'.join(names)}）")
                paper.point(place, task, units)


def _paragraphs(paper: _Paper) -> None:
    """Paragraphs of several sentences with a heading in front, units at their end."""
    rng = paper.rng
    paper.add(
        rng.choice(TITLES),
        "各乡镇人民政府，县直各单位：",
        "根据县委办、县政府办要求，现将任务分工如下，请县水利局、县税务局等抓好落实。",
    )
    stop = rng.choice(("。", "。"))
    number = rng.choice(("（{}）", "{}、"))
    bracket = rng.choice(("（）", "()", "【】"))
    for n, head in enumerate(rng.sample(LEVEL_HEADS, rng.randint(3, 5))):
        clause, units = paper.clause(*paper.who())
        first, second = paper.task(), paper.task()
        phrase = rng.choice(("", *LIMITS))
        first = _with_time(first, phrase) if phrase else first
        text = f"{first}{second}"
        place = paper.add(f"{number.format(HAN[n])}{head}{stop}{text}{bracket[0]}{clause}{bracket[1]}")
        paper.point(place, f"{head}{stop}{text}", units, phrase)


def _in_front(paper: _Paper) -> None:
    """Units in front of what they do."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    number = rng.choice(("", "{}.", "（{}）", "——", "· ", "● ", "- "))
    link = rng.choice(("：", "：", ":", "——"))
    for n in range(rng.randint(4, 7)):
        names = rng.sample(UNITS, rng.randint(1, 2))
        task = paper.task()
        phrase = rng.choice(("", *LIMITS))
        task = _with_time(task, phrase) if phrase else task
        place = paper.add(f"{number.format(n + 1)}{'、'.join(names)}{link}{task}")
        paper.point(place, task, _units(names, "responsible"), phrase)


def _bullets(paper: _Paper) -> None:
    """Items behind signs, some with two times."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    sign = rng.choice(("——", "·", "● ", "■", "-", "* ", "◆", "○ "))
    for chapter in range(rng.randint(1, 2)):
        paper.add(f"{HAN[chapter]}、{CHAPTERS[chapter]}")
        for _ in range(rng.randint(2, 4)):
            clause, units = paper.clause(*paper.who())
            task, limit = paper.task(), ""
            if rng.random() < 0.5:
                first, second, limit = rng.choice(TWO_TIMES)
                task = f"{task[:-1]}，{first}，{second}。"
                limit = second.removesuffix("建成投用").removesuffix("全部完成").removesuffix("完工")
            place = paper.add(f"{sign}{task}（{clause}）")
            paper.point(place, task, units, limit)


def _roles_first(paper: _Paper) -> None:
    """The word of a role stands before its names, without a mark."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    link = rng.choice(("", "：", " ", "单位：", "单位 "))
    words = rng.choice((("牵头", "配合"), ("牵头", "协办"), ("主办", "协办")))
    mark = rng.choice(("、", "，", "；", " "))
    in_line = rng.random() < 0.3
    for n in range(rng.randint(3, 6)):
        leads, helpers = paper.who()
        task = paper.task()
        clause = f"{words[0]}{link}{'、'.join(leads)}" + (
            f"{mark if link else '，' if mark == ' ' else mark}{words[1]}{link}{'、'.join(helpers)}"
            if helpers
            else ""
        )
        units = _units(leads, "lead") | _units(helpers, "support")
        place = paper.add(*([f"{n + 1}.{task}", clause] if in_line else [f"{n + 1}.{task}（{clause}）"]))
        paper.point(place, task, units)


def _projects(paper: _Paper) -> None:
    """Cards of labels: what is built, what is aimed at, who answers, by when."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    what = rng.choice(("项目名称", "项目", "任务", "事项", "工作任务"))
    aim = rng.choice(("目标", "工作目标", "年度目标", "预期目标"))
    is_line = rng.random() < 0.4
    count = rng.choice(("", "", "{}."))
    for n in range(rng.randint(3, 5)):
        names, _ = paper.who()
        task = paper.task()[:-1]
        phrase = rng.choice(LIMITS)
        labels = [
            f"{count.format(n + 1)}{what}：{task}",
            f"{aim}：{rng.choice(('成活九成', '路面平整', '群众满意', '通过复核'))}",
            f"责任单位：{'、'.join(names)}",
            f"完成时限：{phrase}",
        ]
        place = paper.add(*(["。".join(labels) if is_line else ""] if is_line else labels))
        paper.point(place, task, _units(names, "responsible"), phrase)


def _closing(paper: _Paper) -> None:
    """Items, then a chapter that asks something of all, or of one body by a day; an annex behind it."""
    rng = paper.rng
    paper.add(rng.choice(TITLES), "一、重点任务")
    for n in range(rng.randint(3, 5)):
        clause, units = paper.clause(*paper.who())
        task = paper.task()
        paper.point(paper.add(f"（{HAN[n]}）{task}（{clause}）"), task, units)
    paper.add(f"二、{rng.choice(('工作要求', '保障措施', '组织保障'))}")
    paper.add(
        *rng.sample(
            (
                "（一）加强领导。各乡镇、各部门要把任务摆上重要位置，主要负责同志亲自抓。",
                "（二）密切配合。牵头单位要主动协调，配合单位要积极支持，形成合力。",
                "（三）严格督查。县委督查室、县政府督查室将适时开展督查，结果全县通报。",
                "（四）及时报送。各单位于每季度末将进展情况报县政府办公室。",
            ),
            rng.randint(2, 4),
        )
    )
    if rng.random() < 0.5:
        paper.add("附件：1.任务清单", "2.联络员名单", SIGNER, "2026年2月10日")


def _first_leads(paper: _Paper) -> None:
    """Who leads is said in the first bracket, or above all items."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    rule = rng.choice(("排在第一位的为牵头单位", "列第一位的为牵头单位", "首位单位牵头", "第一个为牵头单位"))
    others = rng.choice(("", "，其他为配合单位", "，其余为配合单位"))
    where = rng.choice(("bracket", "line"))
    if where == "line":
        paper.add(f"各项任务责任单位中，{rule}{others}。")
    for n in range(rng.randint(3, 6)):
        names = rng.sample(UNITS, rng.randint(2, 4) if not n else rng.randint(1, 4))
        task = paper.task()
        tail = f"，{rule}{others}，下同" if where == "bracket" and not n else ""
        place = paper.add(f"{n + 1}.{task}（{'、'.join(names)}{tail}）")
        paper.point(
            place, task, _units(names[:1], "lead") | _units(names[1:], "support" if others else "responsible")
        )


def _orders(paper: _Paper) -> None:
    """Minutes in paragraphs: who must do what by when, among sentences that ask nobody."""
    rng = paper.rng
    paper.add("石桥县防汛工作专题会议纪要", "2026年4月2日，县长主持召开会议，专题研究防汛工作。")
    idle = ["会议认为，去年全县防汛工作成效明显。", "会议强调，防汛责任重于泰山。"]
    for n in range(rng.randint(3, 5)):
        names, _ = paper.who(2)
        phrase, task = rng.choice(LIMITS), paper.task()
        opening = rng.choice(("会议明确，", "会议要求，", "会议议定，"))
        text = f"{opening}由{'、'.join(names)}负责，{_with_time(task, phrase)}"
        if n and rng.random() < 0.4 and idle:
            paper.add(idle.pop())
        paper.point(paper.add(text), text, _units(names, "responsible"), phrase)


def _measures(paper: _Paper) -> None:
    """Problems with several measures each; the statement stands below them all."""
    rng = paper.rng
    paper.add("石桥县2026年专项督查问题整改任务分工")
    for n in range(rng.randint(2, 4)):
        names, _ = paper.who()
        phrase = rng.choice(LIMITS)
        first, second = paper.task(), paper.task()
        paper.add(f"（{HAN[n]}）{PROBLEMS[n]}")
        if rng.random() < 0.5:
            paper.add(f"存在问题：{rng.choice(('底数不清', '责任不实'))}。")
        place = paper.add(f"整改措施：（1）{first}（2）{second}")
        paper.add(f"整改时限：{phrase}", f"责任单位：{'、'.join(names)}")
        paper.point(place, f"{first}（2）{second}", _units(names, "responsible"), phrase)


def _behind_sentences(paper: _Paper) -> None:
    """Paragraphs with a heading in front whose sentences each end in their units."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    number = rng.choice(("（{}）", "{}、"))
    for n, head in enumerate(rng.sample(LEVEL_HEADS, rng.randint(2, 4))):
        parts, texts, units_of = [], [], []
        for _ in range(2):
            clause, units = paper.clause(*paper.who())
            text = paper.task()
            parts.append(f"{text}（{clause}）")
            texts.append(text)
            units_of.append(units)
        is_own = rng.random() < 0.5
        line = f"{number.format(HAN[n])}{head}"
        if is_own:
            paper.add(line)
            place = paper.add("".join(parts))
        else:
            place = paper.add(f"{line}。{''.join(parts)}")
        for k, (text, units) in enumerate(zip(texts, units_of, strict=True), 1):
            paper.point(f"{place}#{k + (not is_own)}", text, units)


def _ordinals(paper: _Paper) -> None:
    """Items 一是, 二是 in lines of their own, each with its units."""
    rng = paper.rng
    paper.add(rng.choice(TITLES), "一、重点任务")
    for n in range(rng.randint(3, 5)):
        clause, units = paper.clause(*paper.who())
        task = paper.task()
        place = paper.add(f"{HAN[n]}是{task}（{clause}）")
        paper.point(place, task, units)


def _with_persons(paper: _Paper) -> None:
    """Persons beside units, in the bracket or in lines below."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    form = rng.choice(("bracket", "lines", "behind", "inside"))
    person_word = rng.choice(("责任人", "责任领导", "联系人", "分管领导"))
    for n in range(rng.randint(3, 6)):
        names, _ = paper.who(2)
        task, person, phrase = paper.task(), rng.choice(PERSONS), rng.choice(LIMITS)
        listed = "、".join(names)
        if form == "bracket":
            place = paper.add(
                f"{n + 1}.{task}（责任单位：{listed}；{person_word}：{person}；完成时限：{phrase}）"
            )
        elif form == "lines":
            place = paper.add(
                f"{n + 1}.{task}", f"{person_word}：{person}", f"责任单位：{listed}", f"完成时限：{phrase}"
            )
        elif form == "inside":
            place = paper.add(
                f"{n + 1}.{task}", f"责任单位：{listed}（{person_word}：{person}）", f"完成时限：{phrase}"
            )
        else:
            place = paper.add(
                f"{n + 1}.{task}责任单位：{listed}，{person_word}：{person}，完成时限：{phrase}"
            )
        paper.point(place, task, _units(names, "responsible"), phrase)


def _lent_cards(paper: _Paper) -> None:
    """Cards of labels below headings that lend their units."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    label = rng.choice(("责任单位", "牵头单位"))
    number = rng.choice(("{}.", "（{}）", "任务：", "项目："))
    for n, head in enumerate(rng.sample(LEVEL_HEADS, rng.randint(2, 3))):
        names, _ = paper.who()
        paper.add(f"{HAN[n]}、{head}（{label}：{'、'.join(names)}）")
        units = _units(names, "lead" if label == "牵头单位" else "responsible")
        for k in range(rng.randint(1, 2)):
            task, phrase = paper.task(), rng.choice(LIMITS)
            place = paper.add(f"{number.format(k + 1)}{task}", f"完成时限：{phrase}")
            paper.point(place, task, units, phrase, is_inherited=True)


def _several_times(paper: _Paper) -> None:
    """Items with two times, in the sentence, in a label, or in a bracket of their own."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    form = rng.choice(("label", "front", "bracket"))
    for n in range(rng.randint(3, 6)):
        clause, units = paper.clause(*paper.who())
        first, second, _ = rng.choice(TWO_TIMES)
        task = paper.task()
        limit = second.removesuffix("建成投用").removesuffix("全部完成").removesuffix("完工")
        if form == "front":
            task = f"{first}，{second}，{task}"
            place = paper.add(f"{n + 1}.{task}（{clause}）")
        elif form == "bracket":
            place = paper.add(f"{n + 1}.{task}（{clause}；{first}，{second}）")
        else:
            place = paper.add(f"{n + 1}.{task}（{clause}）", f"完成时限：{first}，{second}")
        paper.point(place, task, units, limit)


def _stories(paper: _Paper) -> None:
    """Paragraphs without a number, lines of labels below each; headings and an introduction between them."""
    rng = paper.rng
    front = [rng.choice(TITLES), "今年的实事已经群众投票选出，下面逐件说明由谁来办、何时办好。"]
    paper.add(*rng.choice((front, front[:1], front[::-1])))
    has_heads, has_gaps = rng.random() < 0.5, rng.random() < 0.5
    unit_word = rng.choice(("责任单位", "牵头单位", "承办单位"))
    time_word = rng.choice(("进度安排", "完成时限", "推进安排", "时间安排"))
    person_word = rng.choice(("", "主管领导", "分管领导", "责任人"))
    person_first = rng.random() < 0.5
    role = "lead" if unit_word == "牵头单位" else "responsible"
    for n in range(rng.randint(4, 6)):
        if has_gaps and n:
            paper.add("")
        if has_heads and n % 2 == 0:
            paper.add(f"{rng.choice(('', '关键词 '))}{LEVEL_HEADS[n // 2]}")
        names, helpers = paper.who()
        task = paper.task()
        first, second, _ = rng.choice(TWO_TIMES)
        phrase = rng.choice((*LIMITS, f"{first}；{second}"))
        labels = [f"{unit_word}：{'、'.join(names)}"]
        labels += [f"配合单位：{'、'.join(helpers)}"] if helpers else []
        labels += [f"{time_word}：{phrase}"]
        person = [f"{person_word}：{rng.choice(PERSONS)}"] if person_word else []
        place = paper.add(task, *(person + labels if person_first else labels + person))
        limit = second.removesuffix("建成投用").removesuffix("全部完成").removesuffix("完工")
        paper.point(
            place,
            task,
            _units(names, role) | _units(helpers, "support"),
            limit if "；" in phrase else phrase,
        )


def _looks_back(paper: _Paper) -> None:
    """A chapter on what was done last year, with names in it, and one on what is to be done."""
    rng = paper.rng
    paper.add(
        rng.choice(
            ("石桥县2025年工作总结及2026年工作安排", "石桥县2026年工作要点", "石桥县2026年重点工作任务")
        )
    )
    head, item = rng.choice((("{}、", "（{}）"), ("{}、", "{}．"), ("（{}）", "{}．")))
    past = ("2025年工作总结", "2025年工作完成情况", "去年工作回顾", "2025年主要成效", "上年度工作开展情况")
    numbers = (HAN if "（" in item else range(1, 10), HAN)
    paper.add(head.format(HAN[0]) + rng.choice(past))
    is_apart = rng.random() < 0.3
    for n in range(rng.randint(2, 4)):
        leads, helpers = paper.who()
        clause, _ = paper.clause(leads, helpers)
        task = paper.task()
        text = f"{task}（{clause}）" if is_apart else f"由{clause}，{task}"
        paper.add(item.format(numbers[0][n]) + rng.choice((text, f"已{task}", f"{task[:-1]}，按期完成。")))
    paper.add(head.format(HAN[1]) + rng.choice(("2026年工作安排", "2026年重点任务", "下一步工作打算")))
    for n in range(rng.randint(3, 5)):
        leads, helpers = paper.who()
        clause, units = paper.clause(leads, helpers)
        phrase = rng.choice(LIMITS)
        task = _with_time(paper.task(), phrase)
        paper.point(paper.add(f"{item.format(numbers[0][n])}{task}（{clause}）"), task, units, phrase)


def _two_plans(paper: _Paper) -> None:
    """Two annexes, each a short plan with a title of its own."""
    rng = paper.rng
    mark = rng.choice(("附件{}", "附件{}：", "附{}"))
    for n, title in enumerate(("石桥县2026年文化惠民任务分工", "石桥县2026年全民健身任务分工"), 1):
        paper.add(mark.format(n), title)
        for number in range(1, rng.randint(3, 5)):
            leads, helpers = paper.who()
            clause, units = paper.clause(leads, helpers)
            phrase = rng.choice(LIMITS)
            task = paper.task()
            place = paper.add(f"{number}．{task}（{clause}，{phrase}）")
            paper.point(place, task, units, phrase)


def _counted_labels(paper: _Paper) -> None:
    """Problems whose labels are counted: 1．问题表现, 2．整治措施, 3．责任单位."""
    rng = paper.rng
    paper.add("石桥县2026年突出问题整治任务分解")
    number = rng.choice(("{}．", "（{}）", "{}、"))
    problem = rng.choice(("问题表现", "存在问题", "现状"))
    measure = rng.choice(("整治措施", "整改措施", "工作措施"))
    time_word = rng.choice(("完成时限", "整改时限"))
    for n in range(rng.randint(2, 4)):
        names, _ = paper.who()
        phrase, task = rng.choice(LIMITS), paper.task()
        count = (f"{at}" for at in range(1, 9)) if number != "{}．" else (f"（{at}）" for at in range(1, 9))
        dot = "．" if number != "{}．" else ""
        head = number.format(HAN[n] if number != "{}．" else n + 1)
        paper.add(head + PROBLEMS[n], f"{next(count)}{dot}{problem}：{PROBLEMS[n]}，群众有反映。")
        place = paper.add(f"{next(count)}{dot}{measure}：{task}")
        paper.add(
            f"{next(count)}{dot}责任单位：{'、'.join(names)}", f"{next(count)}{dot}{time_word}：{phrase}"
        )
        paper.point(place, task, _units(names, "responsible"), phrase)


def _stages(paper: _Paper) -> None:
    """Stages with their first and last day, items below; some of these have a day of their own."""
    rng = paper.rng
    paper.add("石桥县2026年专项行动实施方案")
    link = rng.choice(("至", "—", "到"))
    style = rng.choice(("第{}阶段：{}（{}）", "{}、{}阶段（{}）", "（{}）{}（{}）"))
    spans = (("3月1日", "4月30日"), ("5月1日", "10月31日"), ("11月1日", "12月20日"))
    number = 0
    for n, (first, last) in enumerate(spans):
        paper.add(style.format(HAN[n], ("动员部署", "集中整治", "巩固提升")[n], f"{first}{link}{last}"))
        for _ in range(rng.randint(1, 3)):
            number += 1
            leads, helpers = paper.who()
            clause, units = paper.clause(leads, helpers)
            own = rng.random() < 0.2
            task = _with_time(paper.task(), last) if own else paper.task()
            place = paper.add(f"{number}．{task}（{clause}）")
            paper.point(place, task, units, last)


def _decomposed(paper: _Paper) -> None:
    """A speech or an opinion broken down: what was said, who answers, and below it what follows from it."""
    rng = paper.rng
    paper.add(rng.choice(("石桥县2026年全会报告任务分解", "石桥县2026年人大审议意见办理任务分解")))
    word = rng.choice(("分解任务", "办理任务", "落实措施", "推进举措", "细化任务", "工作内容"))
    is_above = rng.random() < 0.5
    unit_word = rng.choice(("责任单位", "责任部门"))
    for n, subject in enumerate(LEVEL_HEADS[: rng.randint(3, 5)]):
        names, _ = paper.who()
        phrase = rng.choice(LIMITS)
        task = _with_time(paper.task(), phrase)
        paper.add(f"{HAN[n]}、“要把{subject}办好”")
        label = f"{unit_word}：{'、'.join(names)}"
        if is_above:
            paper.add(label)
        place = paper.add(f"{word}：{task}")
        if not is_above:
            paper.add(label)
        paper.point(place, task, _units(names, "responsible"), phrase)


def _signed_heads(paper: _Paper) -> None:
    """Short lines behind a sign, each above a sentence and the bracket of its units; an introduction and a closing."""
    rng = paper.rng
    sign = rng.choice("▲■◆●★")
    paper.add("关于做好2026年秋季开学准备的工作提示", "各中小学、幼儿园：")
    if rng.random() < 0.7:
        paper.add("秋季开学在即，现将有关工作提示如下，请抓紧办理。")
    for n in range(rng.randint(3, 5)):
        leads, helpers = paper.who()
        names, others = "、".join(leads), "、".join(helpers)
        paper.add(sign + LEVEL_HEADS[n])
        phrase = rng.choice(LIMITS)
        task = _with_time(paper.task(), phrase)
        place = paper.add(task, f"（承办：{names}；协办：{others}）" if helpers else f"（承办：{names}）")
        paper.point(place, task, _units(leads, "responsible") | _units(helpers, "support"), phrase)
    if rng.random() < 0.5:
        paper.add("以上工作结束后，各校写一份自查说明，不必另搞汇报会。")


def _brackets_apart(paper: _Paper) -> None:
    """Items whose labels stand in brackets of their own, blanks between them or none."""
    rng = paper.rng
    paper.add("石桥县2026年营商环境重点事项分工")
    left, right = rng.choice(("[]", "【】", "（）"))
    link = rng.choice((" ", "", "　"))
    lead, helper, time = rng.choice((("牵头", "配合", "时限"), ("牵头单位", "配合单位", "完成时限")))
    for n in range(rng.randint(3, 6)):
        leads, helpers = paper.who()
        phrase, task = rng.choice((*LIMITS, "长期坚持")), paper.task()
        labels = [f"{lead}：{'、'.join(leads)}"]
        labels += [f"{helper}：{'、'.join(helpers)}"] if helpers else []
        labels += [f"{time}：{phrase}"]
        place = paper.add(f"{n + 1}．{task}" + link.join(left + label + right for label in labels))
        paper.point(place, task, _units(leads, "lead") | _units(helpers, "support"), phrase)


def _instructions(paper: _Paper) -> None:
    """What a leader wrote, who answers, and what is to be done, without numbers: the task stands below its units."""
    rng = paper.rng
    paper.add("石桥县2026年领导批示事项办理任务单")
    quote, unit_word, word = (
        rng.choice(("批示", "批示内容", "意见")),
        rng.choice(("承办", "责任单位", "承办单位")),
        rng.choice(("办理要求", "工作要求", "办理措施")),
    )
    for n in range(rng.randint(2, 4)):
        names, _ = paper.who()
        phrase = rng.choice(LIMITS)
        task = _with_time(paper.task(), phrase)
        paper.add(f"{quote}：{LEVEL_HEADS[n]}要抓紧，不能拖。", f"{unit_word}：{'、'.join(names)}")
        place = paper.add(f"{word}：{task}")
        paper.point(place, task, _units(names, "responsible"), phrase)


def _behind_colons(paper: _Paper) -> None:
    """Short tasks with a colon before their units and their time, contacts below."""
    rng = paper.rng
    paper.add("石桥县2026年消费帮扶任务分工")
    number = rng.choice(("（{}）", "{}．", "{}）"))
    for n in range(rng.randint(3, 6)):
        leads, helpers = paper.who()
        clause, units = paper.clause(leads, helpers)
        phrase = rng.choice(LIMITS)
        task = paper.task()[:-1].replace("，", "、")
        place = paper.add(f"{number.format(n + 1)}{task}：{clause}，{phrase}")
        paper.point(place, task, units, phrase)
    if rng.random() < 0.3:
        paper.add("联系人：王丽，电话：5550002")


def _without_numbers(paper: _Paper) -> None:
    """Lines without a number that end in the bracket of their units, below quarters or months that set their limit."""
    rng = paper.rng
    paper.add("石桥县2026年督查工作计划")
    periods = rng.choice((("第一季度", "第二季度", "第三季度"), ("3月", "5月", "9月"), ("上半年", "下半年")))
    subjects = iter(
        rng.sample(("春耕备耕", "开工项目", "防汛准备", "营商环境", "民生实事", "校园安全", "信访积案"), 7)
    )
    for period in periods:
        paper.add(period)
        for _ in range(rng.randint(1, 3)):
            subject = next(subjects, "")
            if subject:
                names, _ = paper.who(2)
                task = f"{subject}督查"
                place = paper.add(f"{task}（{'、'.join(names)}）")
                paper.point(place, task, _units(names, "responsible"), period)


def _circles_below(paper: _Paper) -> None:
    """Items that lead, with what is to be done counted below, each with who answers for it."""
    rng = paper.rng
    paper.add("石桥县2026年数字政府重点任务")
    for n in range(rng.randint(2, 4)):
        (lead,), _ = paper.who(1)
        paper.add(f"{n + 1}．{LEVEL_HEADS[n]}（{lead}牵头）")
        for at in range(rng.randint(2, 3)):
            names = [name for name in paper.who(2)[0] if name != lead] or ["县档案馆"]
            phrase = rng.choice(LIMITS)
            task = _with_time(paper.task(), phrase)
            place = paper.add(f"{CIRCLES[at]}{task}（{'、'.join(names)}）")
            paper.point(place, task, _units([lead], "lead") | _units(names, "responsible"), phrase)


def _several_sentences(paper: _Paper) -> None:
    """Items of two lines, names and a time in a bracket below them."""
    rng = paper.rng
    paper.add("石桥县2026年应急广播建设任务")
    link = rng.choice(("；", "，"))
    for n in range(rng.randint(3, 5)):
        names, _ = paper.who(2)
        phrase = rng.choice(LIMITS)
        first, second = (
            paper.task(),
            rng.choice(("其中山区不少于四成。", "每村培训一名管护员。", "平台通过测评。")),
        )
        place = paper.add(f"{n + 1}．{first}", second, f"（{'、'.join(names)}{link}{phrase}）")
        paper.point(place, f"{first}\n{second}", _units(names, "responsible"), phrase)


def _lines_that_lend(paper: _Paper) -> None:
    """Lines that say who leads above several items each, and lines that say who helps below every item."""
    rng = paper.rng
    paper.add("石桥县2026年城市更新重点项目")
    lead_word, helper_word = rng.choice(
        (("牵头单位", "配合单位"), ("牵头部门", "协办部门"), ("责任单位", "配合单位"))
    )
    role = "responsible" if lead_word == "责任单位" else "lead"
    number = 0
    for lead in rng.sample(UNITS, rng.randint(2, 3)):
        paper.add(f"{lead_word}：{lead}")
        for _ in range(rng.randint(1, 3)):
            number += 1
            helpers = [name for name in paper.who(2)[0] if name != lead] or ["县档案馆"]
            phrase = rng.choice(LIMITS)
            task = _with_time(paper.task(), phrase)
            place = paper.add(f"{number}．{task}", f"{helper_word}：{'、'.join(helpers)}")
            paper.point(place, task, _units([lead], role) | _units(helpers, "support"), phrase)


def _answers(paper: _Paper) -> None:
    """What somebody asked or reported, and what is done about it with who answers: both are the item."""
    rng = paper.rng
    paper.add("石桥县2026年热点问题办理分工")
    if rng.random() < 0.4:
        paper.add("以下任务由县政府督查室督办。")
    first, second = rng.choice((("问：", "答："), ("来电反映：", "办理措施："), ("群众建议：", "")))
    number = rng.choice(("{}．", "（{}）", "{}、"))
    tail = rng.choice(("（{}）", "（落实科室：{}）"))
    for n in range(rng.randint(3, 5)):
        names, _ = paper.who(2)
        question = f"{first}{PROBLEMS[n]}，群众有意见。"
        answer = second + paper.task()
        place = paper.add(number.format(n + 1) + question, answer + tail.format("、".join(names)))
        content = answer.removeprefix("办理措施：")
        paper.point(
            place,
            f"{question}\n{content if second == '办理措施：' else answer}",
            _units(names, "responsible"),
        )


def _parts_below(paper: _Paper) -> None:
    """Items with a count of parts below them and one line of units for all, among items without parts."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    for n in range(rng.randint(3, 5)):
        names, _ = paper.who()
        task = paper.task()
        place = paper.add(f"{HAN[n]}、{task}")
        if n % 2 and len(paper.tasks) > 3:
            parts = [f"（{at}）{paper.task()[:-1]}{end}" for at, end in ((1, "；"), (2, "。"))]
            paper.add(*parts)
            task = "\n".join((task, *parts))
        paper.add(f"责任单位：{'、'.join(names)}")
        paper.point(place, task, _units(names, "responsible"))


def _below_dashes(paper: _Paper) -> None:
    """Units behind a dash in a line of their own, with a time in a bracket; a body and a day sign behind a gap."""
    rng = paper.rng
    paper.add(rng.choice(TITLES))
    if rng.random() < 0.3:
        paper.add("时间：2026年4月1日至12月30日。")
    for n in range(rng.randint(3, 5)):
        leads, helpers = paper.who()
        clause, units = paper.clause(leads, helpers)
        task, phrase = paper.task(), rng.choice(LIMITS)
        place = paper.add(f"{n + 1}、{task}", f"——{clause}（{phrase}）")
        paper.point(place, task, units, phrase)
    paper.add("", SIGNER, "2026年2月10日")


def _behind_signs(paper: _Paper) -> None:
    """Lines behind the same sign, without a full stop, of nearly one width."""
    rng = paper.rng
    paper.add("石桥县2026年入夏准备分工", "天气转热，早作准备：")
    sign, blank = rng.choice("+-*>"), rng.choice(("", " "))
    for _ in range(rng.randint(4, 6)):
        clause, units = paper.clause(*paper.who(2))
        task, phrase = paper.task()[:-1], rng.choice(LIMITS)
        place = paper.add(f"{sign} {task}{blank}（{clause}，{phrase}）")
        paper.point(place, task, units, phrase)


def _records(paper: _Paper) -> None:
    """Items that are nothing but labels, what is to be done among them in any place, on lines of their own or on one."""
    rng = paper.rng
    paper.add("石桥县2026年水利重点任务责任分解")
    task_word = rng.choice(("工作任务", "内容", "重点措施", "任务"))
    unit_word, time_word = (
        rng.choice(("责任单位", "主责单位", "责任科室")),
        rng.choice(("完成时限", "时间节点", "完成期限")),
    )
    form = rng.choice(("first", "alone", "boxes", "aim"))
    order = rng.sample(range(3), 3)
    for n in range(1, rng.randint(3, 5) + 1):
        names, _ = paper.who()
        task, phrase = paper.task(), rng.choice(LIMITS)
        pairs = [(task_word, task), (unit_word, "、".join(names)), (time_word, phrase)]
        pairs = [pairs[at] for at in order]
        if form == "boxes":
            place = paper.add(f"（{n}）" + "".join(f"【{word}】{text}" for word, text in pairs))
        else:
            lines = [f"{word}：{text}" for word, text in pairs]
            lines += ["目标：合格率达到九成"] if form == "aim" else []
            first = paper.add(*([f"{n}．", *lines] if form == "alone" else [f"{n}．{lines[0]}", *lines[1:]]))
            at = next(at for at, (word, _) in enumerate(pairs) if word == task_word)
            place = f"L{int(first[1:]) + at + (form == 'alone')}"
        paper.point(place, task, _units(names, "responsible"), phrase)


KINDS: dict[str, Callable[[_Paper], None]] = {
    "minutes": _minutes,
    "rectification": _rectification,
    "by unit": _by_unit,
    "headed": _headed,
    "deep": _deep,
    "paragraphs": _paragraphs,
    "in front": _in_front,
    "bullets": _bullets,
    "roles first": _roles_first,
    "projects": _projects,
    "closing": _closing,
    "first leads": _first_leads,
    "orders": _orders,
    "measures": _measures,
    "behind sentences": _behind_sentences,
    "ordinals": _ordinals,
    "with persons": _with_persons,
    "lent cards": _lent_cards,
    "several times": _several_times,
    "stories": _stories,
    "looks back": _looks_back,
    "two plans": _two_plans,
    "counted labels": _counted_labels,
    "stages": _stages,
    "decomposed": _decomposed,
    "signed heads": _signed_heads,
    "brackets apart": _brackets_apart,
    "instructions": _instructions,
    "behind colons": _behind_colons,
    "without numbers": _without_numbers,
    "circles below": _circles_below,
    "several sentences": _several_sentences,
    "lines that lend": _lines_that_lend,
    "answers": _answers,
    "parts below": _parts_below,
    "below dashes": _below_dashes,
    "behind signs": _behind_signs,
    "records": _records,
}


_NARROW_MARKS = str.maketrans("，：；（）", ",:;()")


def draw_paper(seed: int, kind: str) -> Drawing:
    """Draw a paper of a kind, on a page of some habit: indented, with gaps, with narrow marks, as a document, signed."""
    paper = _Paper(random.Random(f"{seed} {kind}"))
    KINDS[kind](paper)
    rng = random.Random(f"{seed} {kind} page")
    if rng.random() < 0.3 and paper.lines[-1] != "2026年2月10日":
        paper.add(SIGNER, "2026年2月10日")
    indent = rng.choice(("", "", "　　", "  "))
    is_narrow = rng.random() < 0.2
    has_gaps, is_document = rng.random() < 0.2, rng.random() < 0.3
    step = 2 if has_gaps else 1
    kind_of_file, letter = ("docx", "P") if is_document else ("txt", "L")

    def place_of(place: str) -> str:
        line, mark, item = place[1:].partition("#")
        return f"{letter}{(int(line) - 1) * step + 1}{mark}{item}"

    lines = [line for text in paper.lines for line in (text, "")[:step]]
    if is_narrow:
        lines = [line.translate(_NARROW_MARKS) for line in lines]
    texts = tuple(
        Paragraph(line if n == 1 or not line else indent + line, f"{letter}{n}")
        for n, line in enumerate(lines, 1)
    )
    points = tuple(
        replace(
            point,
            place=place_of(point.place),
            requirement=point.requirement.translate(_NARROW_MARKS) if is_narrow else point.requirement,
            units=frozenset((unit.translate(_NARROW_MARKS), role) for unit, role in point.units)
            if is_narrow
            else point.units,
        )
        for point in paper.points
    )
    return Drawing(Source(kind_of_file, f"方案.{kind_of_file}", texts), points)
