"""Plans as running text, drawn from habits of layout, and what a reading of them hides.

A text has one habit: how items are numbered, whether headings stand above them, where and in which words who answers
and by when is written, where blank lines and blanks stand, and what stands before and behind the items. What is drawn is
known, so a reading can be judged: a part of it that differs from what was drawn, and that no finding tells of, is hidden.

    draw_text(seed, form)          a text with its work points
    hidden(drawing, reading)       what the reading got wrong without a word
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.grid import Paragraph
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
BY_ROLES = ("bracket", "bracket line", "roles line", "sentence")
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
    """A work point as it was drawn, with the line that it begins in."""

    requirement: str
    place: str
    units: frozenset[tuple[str, str]]
    limit: str
    is_inherited: bool = False


@dataclass(frozen=True)
class Drawing:
    """A text, and its work points."""

    text: str
    points: tuple[DrawnPoint, ...]

    def paragraphs(self) -> list[Paragraph]:
        """Its lines as paragraphs."""
        return [Paragraph(line, f"L{n}") for n, line in enumerate(self.text.split("\n"), 1)]


@dataclass(frozen=True)
class Habit:
    """How a text writes all that it writes more than once.

    Attributes:
        number: How items are numbered.
        headings: Which headings stand above them.
        form: Where who answers and by when is written.
        words: The labels of units.
        limit_word: The label of times.
        limit_form: Where times stand: nowhere, behind a label, in the sentence, now so and now so.
        bracket: The bracket of statements.
        gap: Where empty lines stand.
        indent: The blanks before items.
        label_indent: Those before lines of statements.
        link: What stands between a label and its content.
        mark: What parts labels in one line.
        front: What stands before the plan.
        back: What stands behind it.
        lends: Whether items without a line of units take that of the item before.
        is_time_first: Whether times stand before units.
        runs_on: Whether numbers run on through headings.
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
    lends: bool
    is_time_first: bool
    runs_on: bool


FORMS = (
    *("bracket", "bracket labels", "bracket line", "bracket labels line", "lines", "line"),
    *("names line", "roles line", "tail labels", "sentence"),
)


def draw_text(seed: int, form: str) -> Drawing:
    """Draw a text of some habit."""
    rng = random.Random(f"{seed} {form}")
    pick = rng.choice
    headings = pick(("", "", "han", "han", "han+bracket", "part", "plain"))
    number = pick(NUMBERS)
    if (headings and number == "han") or (headings in ("han+bracket", "plain") and number == "（han）"):
        number = "{}."
    habit = Habit(
        number=number,
        headings=headings,
        form=form,
        words=pick(ROLE_WORDS),
        limit_word=pick(LIMIT_WORDS),
        limit_form=pick(("none", "label", "label", "sentence", "some")),
        bracket=pick(BRACKETS),
        gap=pick(("", "", "items", "all")),
        indent=pick(("", "", "　　", "    ", "  ")),
        label_indent=pick(("", "same", "　　　", "      ")),
        link=pick(("：", "：", "：", ":", "： ", "——", "】")),
        mark=pick(("；", "；", "，", "。", "　", "  ")),
        front=pick(("", "", "intro", "letter", "web", "mail")),
        back=pick(("", "", "signature", "signature gap", "signature line", "web", "copy", "name")),
        lends=rng.random() < 0.25,
        is_time_first=rng.random() < 0.5,
        runs_on=rng.random() < 0.5,
    )
    return _Text(rng, habit).drawing()


class _Text:
    """A text while it is drawn, line by line."""

    def __init__(self, rng: random.Random, habit: Habit) -> None:
        self.rng, self.habit = rng, habit
        self.lines: list[str] = []
        self.points: list[DrawnPoint] = []

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
        self.back()
        return Drawing("\n".join(self.lines), tuple(self.points))

    def add(self, line: str, indent: str = "") -> str:
        """Add a line; returns its place."""
        self.lines.append(indent + line)
        if self.habit.gap == "all":
            self.lines.append("")
            return f"L{len(self.lines) - 1}"
        return f"L{len(self.lines)}"

    def front(self) -> None:
        """What stands before the plan."""
        habit = self.habit
        if habit.front == "web":
            self.add("石桥县人民政府门户网站")
            self.add("当前位置：首页 > 政务公开")
        if habit.front == "mail":
            for line in ("发件人：县政府办公室", "收件人：各单位联络员", "主题：任务分工", ""):
                self.add(line)
        self.add(self.rng.choice(TITLES))
        if habit.front == "web":
            self.add("发布日期：2026-02-12　来源：县政府办公室　字号：大 中 小")
        if habit.front == "intro":
            self.add("为做好今年工作，现将任务分解如下。", self.habit.indent)
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
        """The headings above the items of a section."""
        headings = self.habit.headings
        if headings in ("han", "han+bracket"):
            self.add(
                f"{HAN[section]}、{HEADS[section]}", self.habit.indent if self.rng.random() < 0.5 else ""
            )
            if headings == "han+bracket":
                self.add(f"（{HAN[section]}）{HEADS[section + 1]}工作")
        elif headings == "part":
            self.add(f"第{HAN[section]}部分　{HEADS[section]}")
        elif headings == "plain":
            self.add(HEADS[section])

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
        limit = {"none": "", "sentence": "in", "label": "label"}.get(habit.limit_form) or (
            rng.choice(("", "label", "in")) if habit.limit_form == "some" else ""
        )
        phrase = rng.choice(LIMITS) if limit else ""
        if limit == "in":
            phrase = rng.choice(DAYS)
            task = f"{task[:-1]}，{phrase}完成。"
        units = rng.sample(UNITS, rng.randint(1, 5))
        cut = rng.randint(1, min(3, len(units)))
        first, second = units[:cut], units[cut:]
        lends = habit.lends and above is not None and form in BY_LINES and rng.random() < 0.5
        if habit.gap == "items" and self.points:
            self.lines.append("")
        statements = self.statements(() if lends else first, second, phrase if limit == "label" else "")
        item = self.number(n) + task
        if form in ("bracket", "bracket labels", "tail labels"):
            place = self.add(f"{item}{statements[0]}", habit.indent)
        elif form == "sentence":
            task = f"{task[:-1]}，{statements[0]}"
            place = self.add(f"{self.number(n)}{task}", habit.indent)
        else:
            place = self.add(item, habit.indent)
            for line in statements:
                self.add(line, habit.indent if habit.label_indent == "same" else habit.label_indent)
        answers = above.units if lends and above is not None else self.units(first, second)
        point = DrawnPoint(task, place, answers, phrase, lends)
        self.points.append(point)
        return point

    def units(self, first: Sequence[str], second: Sequence[str]) -> frozenset[tuple[str, str]]:
        """Who answers in what role."""
        form, words = self.habit.form, self.habit.words
        if form in BY_ROLES:
            roles = ("lead", "support") if second else ("responsible", "")
        elif form == "names line":
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
            return {"roles line": [clause], "sentence": [f"由{clause}。"]}.get(form, [f"（{clause}）"])
        if form == "names line":
            return ["、".join([*first, *second]), *([phrase] if phrase else [])]
        in_bracket = form in ("bracket labels", "bracket labels line")
        link = "：" if in_bracket and habit.link == "】" else habit.link

        def labelled(word: str, content: str) -> str:
            return f"【{word}】{content}" if link == "】" else f"{word}{link}{content}"

        who = [labelled(habit.words[0], names)] if names else []
        who += [labelled(habit.words[1], helpers)] if names and helpers else []
        time = [labelled(habit.limit_word, phrase)] if phrase else []
        parts = [*time, *who] if habit.is_time_first else [*who, *time]
        if form == "lines" or not parts:
            return parts
        mark = "" if link == "】" else "；" if in_bracket and habit.mark == "。" else habit.mark
        left, right = habit.bracket if in_bracket else ("", "")
        return [left + mark.join(parts) + right]

    def back(self) -> None:
        """What stands behind the plan."""
        back = self.habit.back
        if back == "signature gap":
            self.lines.append("")
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
            self.lines.append("")
            self.add(SIGNER, "　" * 12)


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
    return requirement.strip("。；; ") == drawn.strip("。；; ")


def _is_told(findings: Iterable[Finding], place: str, text: str = "") -> bool:
    row = _row_of(place)
    return any(_row_of(finding.place) == row or (text and text in finding.message) for finding in findings)


_CELL = re.compile(r"(?P<table>.*?)(?:R(?P<row>\d+)C\d+|(?<=!)[A-Z]+(?P<line>\d+))$")


def _row_of(place: str) -> str:
    """The line or the row of a place: whoever looks at a cell sees its row."""
    place = place.partition("#")[0]
    cell = _CELL.fullmatch(place)
    return f"{cell['table']}{cell['row'] or cell['line']}" if cell is not None else place
