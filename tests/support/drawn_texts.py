"""Plans as running text, drawn from habits of layout, and what a reading of them hides.

A text has one habit: how items are numbered, whether headings stand above them, where and in which words who answers
and by when is written, where blank lines and blanks stand, what stands before and behind the items, and how its lines lie
on the page: as they are, broken at a fixed width, with numbers of pages between them, or as paragraphs of a document.
What is drawn is known, so a reading can be judged: a part of it that differs from what was drawn, and that no finding
tells of, is hidden.

    draw_text(seed, form)          a text with its work points
    hidden(drawing, reading)       what the reading got wrong without a word
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tracker.grid import Paragraph, Source
from tracker.problems.base import Finding
from tracker.reading.deadlines import read_deadline
from tracker.reading.plan import PlanReading

YEAR = 2026
UNITS = (
    *(
        "县水利局",
        "县林业局",
        "县教育体育局",
        "县住房城乡建设局",
        "县消防救援大队",
        "县委宣传部",
        "县供销社",
        "县大数据中心",
    ),
    *(
        "团县委",
        "县人民医院",
        "石桥镇人民政府",
        "各乡镇（街道）",
        "县供电公司",
        "县税务局",
        "县市场监管局",
        "县融媒体中心",
    ),
)
# They end like no body, begin like a deed, or are called by a campaign.
ODD_UNITS = (
    *("收集指导科", "管网维修班", "县采茶剧团", "县公务用车平台", "监督管理司", "各级工会组织"),
    *("县“扫黄打非”办公室", "热电分厂", "县志愿者协会", "邮储银行石桥支行"),
)
TASKS = (
    "疏浚西河支渠三公里，岸坡补植柳树。",
    "为独居老人上门理发，每户建立服务卡片。",
    "校园食堂后厨加装摄像头，画面接入家长手机。",
    "拆除临街违章雨棚，统一更换店招。",
    "村级卫生室补齐冷链冰箱，温度记录留存两年。",
    "编印方言故事绘本，送到乡村书屋。",
    "老旧电梯逐台检测，隐患部件限期更换。",
    "茶园步道铺设碎石，沿线设置歇脚亭。",
    "夜市摊位划线编号，油烟净化器统一更新。",
    "公交候车亭张贴盲文站牌。",
    "山洪危险区住户逐户登记，转移路线上墙公布。",
    "图书馆延长周末开放时间，增设自习座位。",
)
LIMITS = (
    "6月底前",
    "9月30日前",
    "年底前",
    "每季度",
    "长期坚持",
    "11月",
    "第三季度",
    "2026年8月15日前",
    "上半年",
)
ALWAYS = ("每季度", "长期坚持")
DAYS = tuple(limit for limit in LIMITS if limit not in ALWAYS)
BY_LINES = ("lines", "line", "bracket labels line")
BY_ROLES = ("bracket", "bracket line", "roles line", "sentence", "sentence inside")
EXTRAS = (
    "已建成的纳入日常管护。",
    "对群众反映集中的问题当场答复。",
    "坚持先急后缓，经费从年度预算中列支。",
    "做到底数清、去向明。",
    "鼓励社会力量出资出力，捐赠款物登记造册。",
)
EXHORTS = (
    "加强领导。各单位要把任务摆上重要位置，定期研究。",
    "强化宣传。要用好各类媒体，及时总结经验。",
    "严格考核。对推进不力的要约谈问责。",
)
PROBLEMS = ("台账更新不及时", "设施管护缺位", "群众知晓率不高", "资金拨付迟缓", "巡查记录不全")
PERSONS = ("张三", "副县长李四", "王小明", "县政府办公室主任赵六")
SPANS = ("上半年", "下半年", "全年")
STAGES = ("3月底前", "8月底前", "11月底前")
HEADS = ("夯实基础", "提升服务", "强化保障", "改善环境")
TITLES = (
    "石桥县2026年民生工作任务分工方案",
    "关于印发2026年重点工作责任分解表的通知",
    "石桥县2026年工作要点任务分解",
)
SIGNER = "石桥县人民政府办公室"
HAN = "一二三四五六七八九十"

NUMBERS = ("{}.", "{}、", "（{}）", "({})", "{}．", "{}) ", "{}. ", "circle", "han", "（han）")
ROLE_WORDS = (
    ("责任单位", "配合单位"),
    ("牵头单位", "责任单位"),
    ("牵头单位", "配合单位"),
    ("责任部门", "协办部门"),
    ("责任科室", "配合科室"),
)
LIMIT_WORDS = ("完成时限", "时限", "完成时间", "时间要求", "办结时限", "时间")
BRACKETS = ("（）", "()", "【】", "[]", "〔〕")
FIELD_OF = {
    "责任单位": "responsible",
    "责任部门": "responsible",
    "责任科室": "responsible",
    "牵头单位": "lead",
    "配合单位": "support",
    "协办部门": "support",
    "配合科室": "support",
}


@dataclass(frozen=True)
class DrawnPoint:
    """An item as it was drawn, with the line that it begins in; one without units is no work point, and has to be told."""

    requirement: str
    place: str
    units: frozenset[tuple[str, str]]
    limit: str
    is_inherited: bool = False


@dataclass(frozen=True)
class Drawing:
    """A text, and its items."""

    source: Source
    points: tuple[DrawnPoint, ...]

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(f"{paragraph.text}" for paragraph in self.source.paragraphs)


@dataclass(frozen=True)
class Habit:
    """How a text writes all that it writes more than once.

    Attributes:
        number: How items are numbered.
        headings: Which headings stand above them.
        form: Where who answers and by when is written.
        words: The labels of units.
        limit_word: The label of times.
        limit_form: Where times stand: nowhere, behind a label, in the sentence, in a sentence before the last, at its
            head, in a bracket of their own, now so and now so.
        bracket: The bracket of statements.
        gap: Where empty lines stand.
        indent: The blanks before items.
        label_indent: Those before lines of statements.
        link: What stands between a label and its content.
        mark: What parts labels in one line.
        front: What stands before the plan.
        back: What stands behind it.
        ending: Whether a last chapter asks nothing of anybody.
        person: The label of persons beside units; empty where none stand there.
        lends: Whether items without a line of units take that of the item before.
        idles: Whether some items name nobody.
        is_time_first: Whether times stand before units.
        runs_on: Whether numbers run on through headings.
        is_long: Whether items are of several sentences.
        layout: How lines lie on the page: as they are, wrapped, or as paragraphs of a document, with soft breaks or without.
        width: Where they are wrapped.
        page: So many lines stand on a page; 0 where pages are not seen.
    """

    number: str
    headings: str
    form: str
    words: tuple[str, str]
    limit_word: str
    limit_form: str
    bracket: str
    gap: str
    indent: str
    label_indent: str
    link: str
    mark: str
    front: str
    back: str
    ending: str
    person: str
    lends: bool
    idles: bool
    is_time_first: bool
    runs_on: bool
    is_long: bool
    layout: str
    width: int
    page: int


STANDING_APART = (*BY_LINES, "cards", "bracket line", "roles line", "names line")
FORMS = (
    *("bracket", "bracket labels", "bracket line", "bracket labels line", "lines", "line"),
    *("names line", "roles line", "tail labels", "sentence", "sentence inside", "head", "cards"),
)


def draw_text(seed: int, form: str) -> Drawing:
    """Draw a text of some habit."""
    rng = random.Random(f"{seed} {form}")
    pick = rng.choice
    # Cards say themselves who answers.
    lending = () if form == "cards" else ("units", "units line")
    headings = pick(("", "", "", "han", "han", "han+bracket", "part", "plain", "times", "stages", *lending))
    number = pick(NUMBERS)
    if (headings and number == "han") or (headings in ("han+bracket", "plain") and number == "（han）"):
        number = "{}."
    layout = pick(("txt", "txt", "wrapped", "docx", "docx soft"))
    limits = ("none", "label", "label", "sentence", "inner sentence", "head", "some")
    lends = rng.random() < 0.25
    habit = Habit(
        number=number,
        headings=headings,
        form=form,
        words=pick(ROLE_WORDS),
        limit_word=pick(LIMIT_WORDS),
        limit_form=pick((*limits, "own bracket") if form == "bracket" else limits),
        bracket=pick(BRACKETS),
        gap=pick(("", "", "items", "all")),
        indent=pick(("", "", "　　", "    ", "  ")),
        label_indent=pick(("", "same", "　　　", "      ")),
        link=pick(("：", "：", "：", ":", "： ", "——", "】")),
        mark=pick(("；", "；", "，", "。", "　", "  ")),
        front=pick(("", "", "intro", "letter", "web", "mail")),
        back=pick(
            ("", "", "signature", "signature gap", "signature line", "web", "copy", "name", "greeting")
        ),
        ending=pick(("", "", "", "items", "text")),
        person=pick(("", "", "责任领导", "责任人", "联系人", "分管领导"))
        if form in (*BY_LINES, "cards")
        else "",
        lends=lends,
        idles=rng.random() < 0.2 and not (lends and form in BY_LINES),
        is_time_first=rng.random() < 0.5,
        runs_on=rng.random() < 0.5,
        is_long=rng.random() < 0.3,
        layout=layout,
        width=rng.randint(20, 40),
        page=rng.randint(12, 25) if layout in ("txt", "wrapped") and rng.random() < 0.3 else 0,
    )
    return _Text(rng, habit).drawing()


# Characters below take half the width of those above.
_NARROW = 0x2000


@dataclass
class _Line:
    """A line while a text is drawn: what stands in it, and whether it may be one paragraph with the line before."""

    text: str
    goes_on: bool = False


class _Text:
    """A text while it is drawn, line by line."""

    def __init__(self, rng: random.Random, habit: Habit) -> None:
        self.rng, self.habit = rng, habit
        self.names = (*UNITS, *rng.sample(ODD_UNITS, 3)) if rng.random() < 0.3 else UNITS
        self.lines: list[_Line] = []
        self.points: list[tuple[int, DrawnPoint]] = []
        # What the heading above lends: units and a limit.
        self.loan: frozenset[tuple[str, str]] = frozenset()
        self.limit = ""

    def drawing(self) -> Drawing:
        """All of it."""
        habit = self.habit
        self.front()
        tasks = self.rng.sample(TASKS, self.rng.randint(3, 8))
        count = self.rng.randint(2, 3) if habit.headings else 1
        number = 0
        for section in range(count):
            part = tasks[section::count]
            self.heading(section)
            number = number if habit.runs_on else 0
            above: DrawnPoint | None = None
            for task in part:
                number += 1
                above = self.item(number, task, above)
        self.ending(count)
        self.back()
        return self.laid_out()

    def add(self, line: str, indent: str = "", *, goes_on: bool = False) -> int:
        """Add a line; returns its index."""
        self.lines.append(_Line(indent + line, goes_on))
        at = len(self.lines) - 1
        if self.habit.gap == "all":
            self.lines.append(_Line(""))
        return at

    def laid_out(self) -> Drawing:
        """The lines on their page, or as paragraphs."""
        is_document = self.habit.layout.startswith("docx")
        texts, places = self.as_paragraphs() if is_document else self.as_lines()
        kind = "docx" if is_document else "txt"
        points = tuple(replace(point, place=places[at]) for at, point in self.points)
        return Drawing(Source(kind, f"方案.{kind}", tuple(texts)), points)

    def as_paragraphs(self) -> tuple[list[Paragraph], list[str]]:
        """The lines as paragraphs; soft breaks keep an item and its statements in one."""
        is_soft = self.habit.layout == "docx soft"
        lines = [line for line in self.lines if line.text or not is_soft]
        blocks: list[list[str]] = []
        for line in lines:
            if is_soft and line.goes_on:
                blocks[-1].append(line.text)
            else:
                blocks.append([line.text])
        paragraphs = [
            Paragraph(text, f"P{n}#{at}" if len(block) > 1 else f"P{n}")
            for n, block in enumerate(blocks, 1)
            for at, text in enumerate(block, 1)
        ]
        of_lines = iter(paragraphs)
        places = [next(of_lines).place if line.text or not is_soft else "" for line in self.lines]
        return paragraphs, places

    def as_lines(self) -> tuple[list[Paragraph], list[str]]:
        """The lines of a text file, broken at their width and parted by the numbers of pages."""
        habit = self.habit
        texts: list[str] = []
        places: list[str] = []
        for line in self.lines:
            places.append("")
            for piece in self.wrapped(line.text) if habit.layout == "wrapped" else [line.text]:
                if habit.page and texts and len(texts) % habit.page == 0:
                    texts += [f"— {len(texts) // habit.page} —"]
                texts.append(piece)
                places[-1] = places[-1] or f"L{len(texts)}"
        return [Paragraph(text, f"L{n}") for n, text in enumerate(texts, 1)], places

    def wrapped(self, text: str) -> list[str]:
        """A line broken at the width; no line begins with a mark."""
        pieces = [""]
        width = 0
        for character in text:
            width += 1 if ord(character) < _NARROW else 2
            if width > 2 * self.habit.width and character not in "，。；：、）)】」”！":
                pieces.append("")
                width = 2
            pieces[-1] += character
        return pieces

    def front(self) -> None:
        """What stands before the plan."""
        habit = self.habit
        if habit.front == "web":
            self.add("石桥县人民政府门户网站")
            self.add("当前位置：首页 > 政务公开")
        if habit.front == "mail":
            for line in (
                "发件人：县政府办公室",
                "收件人：各单位联络员",
                "日期：2026年2月10日",
                "主题：任务分工",
                "",
            ):
                self.add(line)
        self.add(self.rng.choice(TITLES))
        if habit.front == "web":
            self.add("发布日期：2026-02-12　来源：县政府办公室　字号：大 中 小")
        if habit.front == "intro":
            self.add("为做好今年工作，现将任务分解如下。", habit.indent)
        if habit.front == "letter":
            for line in (
                "各乡镇人民政府，县直各单位：",
                "现将任务分工印发给你们，请认真抓好落实。",
                SIGNER,
                "2026年2月10日",
                "",
            ):
                self.add(line)

    def heading(self, section: int) -> None:
        """The headings above the items of a section, and what they lend."""
        rng, headings = self.rng, self.habit.headings
        self.loan, self.limit = frozenset(), ""
        indent = self.habit.indent if rng.random() < 0.5 else ""
        if headings in ("han", "han+bracket"):
            self.add(f"{HAN[section]}、{HEADS[section]}", indent)
            if headings == "han+bracket":
                self.add(f"（{HAN[section]}）{HEADS[section + 1]}工作")
        elif headings == "part":
            self.add(f"第{HAN[section]}部分　{HEADS[section]}")
        elif headings == "plain":
            self.add(HEADS[section])
        elif headings == "times":
            self.limit = SPANS[section]
            words = rng.choice(("{}", "{}工作", "{}重点任务", "{}完成的任务"))
            self.add(f"{HAN[section]}、{words.format(self.limit)}", indent)
        elif headings == "stages":
            self.limit = STAGES[section]
            self.add(f"第{HAN[section]}阶段：{HEADS[section]}（{self.limit}）", indent)
        elif headings.startswith("units"):
            names = rng.sample(self.names, rng.randint(1, 2))
            word = self.habit.words[0]
            self.loan = frozenset((name, FIELD_OF[word]) for name in names)
            clause = f"{word}：{'、'.join(names)}"
            self.add(
                f"{HAN[section]}、{HEADS[section]}" + ("" if headings == "units line" else f"（{clause}）"),
                indent,
            )
            if headings == "units line":
                self.add(clause, indent)

    def number(self, n: int) -> str:
        """The number of an item."""
        style = self.habit.number
        if style == "circle":
            return "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"[n - 1]
        if style == "han":
            return f"{HAN[n - 1]}、"
        if style == "（han）":
            return f"（{HAN[n - 1]}）"
        return style.format(n)

    def item(self, n: int, task: str, above: DrawnPoint | None) -> DrawnPoint:
        """An item with its statements."""
        rng, habit = self.rng, self.habit
        form = habit.form
        where = habit.limit_form
        if where == "some":
            where = rng.choice(("none", "label", "sentence", "head"))
        if where == "label" and form in ("head", "sentence inside"):
            where = "sentence"
        phrase = {"none": "", "label": rng.choice(LIMITS)}.get(where, rng.choice(DAYS))
        others = rng.sample(EXTRAS, rng.randint(1, 2)) if habit.is_long else []
        if where == "sentence":
            task = f"{task[:-1]}，{phrase}完成。"
        if where == "inner sentence":
            others = others or rng.sample(EXTRAS, 1)
            task = f"{task[:-1]}，{phrase}完成。"
        if where == "head":
            task = f"{phrase}，{task}"
        task = "".join([*others[1:], task, *others[:1]])
        is_idle = habit.idles and n > 1 and not self.loan and rng.random() < 0.4
        units = rng.sample(self.names, rng.randint(1, 5))
        cut = rng.randint(1, min(3, len(units)))
        first, second = units[:cut], units[cut:]
        lends = (
            habit.lends and above is not None and form in BY_LINES and rng.random() < 0.5 and not self.loan
        )
        if self.loan or is_idle:
            first, second = [], []
            phrase = "" if where in ("label", "own bracket") else phrase
        if habit.gap == "items" and self.points:
            self.lines.append(_Line(""))
        of_label = phrase if where == "label" else ""
        statements = [] if self.loan or is_idle else self.statements([] if lends else first, second, of_label)
        bracket = ""
        if where == "own bracket" and statements:
            bracket = f"（{phrase}{rng.choice(('', '完成'))}）"
            statements = [bracket + statements[0] if habit.is_time_first else statements[0] + bracket]
        # A bracket of the time stays with what is required.
        drawn = task + bracket if bracket else task
        number = self.number(n)
        indent = "" if habit.layout == "docx soft" else habit.indent
        if form == "cards":
            at = self.add(f"{number}问题：{PROBLEMS[len(self.points) % len(PROBLEMS)]}", indent)
            at = self.add(f"整改措施：{task}", indent, goes_on=True)
        elif form in ("bracket", "bracket labels", "tail labels"):
            at = self.add(f"{number}{task}{''.join(statements)}", indent)
        elif form == "sentence" and statements:
            task = drawn = f"{task[:-1]}，{statements[0]}"
            at = self.add(f"{number}{task}", indent)
        elif form == "sentence inside" and statements:
            task = drawn = f"{statements[0]}，{task}"
            at = self.add(f"{number}{task}", indent)
        elif form == "head" and statements:
            at = self.add(f"{number}{statements[0]}：{task}", indent)
        else:
            at = self.add(f"{number}{task}", indent)
        if form in STANDING_APART:
            for line in statements:
                line_indent = indent if habit.label_indent == "same" else habit.label_indent
                self.add(line, "" if habit.layout == "docx soft" else line_indent, goes_on=True)
        answers = self.loan or (above.units if lends and above is not None else self.units(first, second))
        phrase = phrase or self.limit
        point = DrawnPoint(drawn, "", answers, phrase, bool(self.loan) or lends)
        self.points.append((at, point))
        return point if answers else above or point

    def units(self, first: Sequence[str], second: Sequence[str]) -> frozenset[tuple[str, str]]:
        """Who answers in what role."""
        form, words = self.habit.form, self.habit.words
        if form in BY_ROLES:
            roles = ("lead", "support") if second else ("responsible", "")
        elif form in ("names line", "head"):
            roles = ("responsible", "responsible")
        else:
            roles = (FIELD_OF[words[0]], FIELD_OF[words[1]])
        return frozenset([*((unit, roles[0]) for unit in first), *((unit, roles[1]) for unit in second)])

    def statements(self, first: Sequence[str], second: Sequence[str], phrase: str) -> list[str]:
        """The lines, or the end of the line, that say who answers and by when."""
        habit = self.habit
        form = habit.form
        names, helpers = "、".join(first), "、".join(second)
        if form in BY_ROLES:
            clause = f"{names}牵头，{helpers}配合" if helpers else f"{names}负责"
            clause += f"，{phrase}{'' if phrase in ALWAYS else '完成'}" if phrase else ""
            bare = {"roles line": clause, "sentence": f"由{clause}。", "sentence inside": f"由{clause}"}
            return [bare.get(form, f"（{clause}）")]
        if form == "head":
            return ["、".join([*first, *second])]
        if form == "names line":
            return ["、".join([*first, *second]), *([phrase] if phrase else [])]
        in_bracket = form in ("bracket labels", "bracket labels line")
        link = "：" if in_bracket and habit.link == "】" else habit.link

        def labelled(word: str, content: str) -> str:
            return f"【{word}】{content}" if link == "】" else f"{word}{link}{content}"

        who = [labelled(habit.words[0], names)] if names else []
        who += [labelled(habit.words[1], helpers)] if names and helpers else []
        if habit.person and names:
            who.insert(self.rng.choice((0, len(who))), labelled(habit.person, self.rng.choice(PERSONS)))
        time = [labelled("整改时限" if form == "cards" else habit.limit_word, phrase)] if phrase else []
        parts = [*time, *who] if habit.is_time_first else [*who, *time]
        if form in ("lines", "cards") or not parts:
            return parts
        mark = "" if link == "】" else "；" if in_bracket and habit.mark == "。" else habit.mark
        left, right = habit.bracket if in_bracket else ("", "")
        return [left + mark.join(parts) + right]

    def ending(self, section: int) -> None:
        """A last chapter that asks nothing of anybody."""
        habit = self.habit
        if not habit.ending or habit.headings not in ("han", "han+bracket", "times", "units", "units line"):
            return
        self.add(
            f"{HAN[section]}、{self.rng.choice(('保障措施', '组织领导', '工作要求', '有关要求'))}",
            habit.indent,
        )
        for n, text in enumerate(self.rng.sample(EXHORTS, 2), 1):
            mark = {"items": f"（{HAN[n - 1]}）" if habit.number != "（han）" else f"{n}."}.get(
                habit.ending, ""
            )
            self.add(mark + text, habit.indent)

    def back(self) -> None:
        """What stands behind the plan."""
        back = self.habit.back
        if back == "signature gap":
            self.lines.append(_Line(""))
        if back in ("signature", "signature gap"):
            self.add(SIGNER, "　" * 12)
            self.add("2026年2月10日", "　" * 13)
        if back == "signature line":
            self.add(f"{SIGNER}　　2026年2月10日印发")
        if back == "web":
            self.add("【打印本页】　【关闭窗口】")
            self.add("上一篇：关于调整班线的公告")
        if back == "copy":
            self.add("抄送：县委办公室，县人大常委会办公室。")
        if back == "name":
            self.lines.append(_Line(""))
            self.add(SIGNER, "　" * 12)
        if back == "greeting":
            for line in ("请各单位抓紧落实，谢谢！", "县政府办公室", "2月10日"):
                self.add(line)


class WithPoints(Protocol):
    """What was drawn, with its work points."""

    @property
    def points(self) -> tuple[DrawnPoint, ...]:
        """In the order in which they were drawn."""


def hidden(drawing: WithPoints, reading: PlanReading) -> list[str]:
    """What a reading got wrong and no finding tells of."""
    findings = reading.findings
    errors: list[str] = []
    rest = list(reading.plan.work_points)
    for drawn in drawing.points:
        point = next((point for point in rest if _alike(point.requirement, drawn.requirement)), None)
        if point is None:
            if not _is_told(findings, drawn.place, drawn.requirement[:10]):
                errors.append(f"lost: {drawn.requirement}")
            continue
        rest.remove(point)
        units = {(assignment.unit, assignment.role.value) for assignment in point.responsibility.assignments}
        if not drawn.units and not _is_told(findings, point.place):
            errors.append(f"idle: {drawn.place}")
        errors += [
            f"units: {drawn.place} {unit} {role}"
            for unit, role in sorted(units ^ drawn.units)
            if not _is_told(findings, point.place, unit)
        ]
        if _is_told(findings, point.place):
            continue
        limit, deadline = read_deadline(drawn.limit, year=YEAR, inside=True), point.deadline
        if (limit.kind, limit.due, limit.period) != (deadline.kind, deadline.due, deadline.period):
            errors.append(f"limit: {drawn.place} {drawn.limit}, not {deadline.text}")
        if drawn.is_inherited != point.inherited:
            errors.append(f"inherited: {drawn.place}")
    return errors + [f"false: {point.requirement}" for point in rest if not _is_told(findings, point.place)]


def _alike(requirement: str, drawn: str) -> bool:
    return "".join(requirement.split()).strip("。；;") == "".join(drawn.split()).strip("。；;")


def _is_told(findings: Iterable[Finding], place: str, text: str = "") -> bool:
    row = _row_of(place)
    return any(_row_of(finding.place) == row or (text and text in finding.message) for finding in findings)


_CELL = re.compile(r"(?P<table>.*?)(?:R(?P<row>\d+)C\d+|(?<=!)[A-Z]+(?P<line>\d+))$")


def _row_of(place: str) -> str:
    """The line or the row of a place: whoever looks at a cell sees its row."""
    place = place.partition("#")[0]
    cell = _CELL.fullmatch(place)
    return f"{cell['table']}{cell['row'] or cell['line']}" if cell is not None else place
