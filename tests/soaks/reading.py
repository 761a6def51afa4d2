"""Plans drawn from a grammar of layouts and read back; and the same plans damaged, which may never end in a traceback.

    python -m tests.soaks.reading 10000

A plan is drawn first, then laid out in one of three shapes: a sheet (columns in any order, banners or columns for
sections, merges, ditto marks, heads of one or two rows that may return, totals, notes), a table pasted one cell to
a line, or prose with brackets. What is read back has to equal what was drawn. The same size draws the same plans.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import sys
import time
from dataclasses import dataclass

from tracker.grid import Block, ErrorValue, Grid, Merge, Paragraph, Source, Value, as_text
from tracker.model import Role
from tracker.problems.reading import NotAPlan
from tracker.reading.plan.plan import read_plan

UNITS: tuple[str, ...] = (
    *("市甲山局", "市教育局", "市水利局", "市乙河委", "区城管局", "市图书馆", "市供销社", "县消防救援大队"),
    *(
        "市有关单位",
        "各县（市、区）人民政府",
        "各乡镇",
        "丙江海事处",
        "团市委",
        "市大数据中心",
        "市政府办公室",
    ),
)
VERBS = ("修订", "核对", "清理", "培训", "建成", "评选", "走访", "登记", "改造", "补充")
THINGS = (
    "办事指南",
    "底册名录",
    "文化站点",
    "人行步道",
    "应急物资",
    "志愿队伍",
    "老旧管网",
    "村级粮仓",
    "窗口人员",
    "古树名木",
)
COUNTS = ("二十处", "一百名", "三万平方米", "五座", "若干批", "四个批次")
TAILS = ("", "，逐一造册", "，向社会公布结果", "，不得走过场", "，做到随到随办")
LIMITS = ("6月底前", "第三季度", "2026年5月", "年底前", "长期坚持", "每季度", "11月30日前", "上半年")
TASKS = ("规范公开", "改善供水", "扶持青年", "美化街区", "畅通热线", "防灾减灾", "乡风文明", "数据共享")
SECTIONS = ("夯实基础", "提升服务", "强化保障", "深化改革")
HAN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class DrawResult:
    """A work point as it was drawn, to be compared with what is read."""

    section: str
    task: str
    no: str
    requirement: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    support: tuple[str, ...]
    inherited: bool
    limit: str


@dataclass(frozen=True, slots=True)
class Example:
    """A drawn plan: as a file, and as it should be read."""

    shape: str
    source: Source
    title: str
    points: tuple[DrawResult, ...]


def draw(rng: random.Random) -> Example:
    """Draw a plan and lay it out."""
    shape = rng.choice(("sheet", "sheet", "sheet", "lines", "prose"))
    title = f"某{rng.choice('市县区')}2026年{rng.choice(('惠民', '文旅', '水利'))}工作{rng.choice(('要点分工方案', '任务分解表', '任务清单'))}"
    if shape == "sheet":
        return _sheet(rng, title)
    return _lines(rng, title) if shape == "lines" else _prose(rng, title)


def _who(rng: random.Random) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    names = rng.sample(UNITS, rng.randint(1, 5))
    leads = rng.choice((0, 1, 1, 2))
    lead, others = tuple(names[:leads]), tuple(names[leads:])
    if not lead:
        return (), others, ()
    return (lead, others, ()) if rng.random() < 0.5 else (lead, (), others)


def _clause(
    rng: random.Random, lead: tuple[str, ...], responsible: tuple[str, ...], support: tuple[str, ...]
) -> str:
    parts = []
    if lead:
        parts.append("、".join(lead) + "牵头")
    if responsible:
        parts.append(
            "、".join(responsible)
            + rng.choice(("负责", "分别负责", "按职责分工负责") if not lead else ("负责",))
        )
    if support:
        parts.append("、".join(support) + "配合")
    return rng.choice(("，", "，", ",")).join(parts)


def _texts(rng: random.Random, count: int) -> list[str]:
    texts: list[str] = []
    while len(texts) < count:
        text = rng.choice(VERBS) + rng.choice(THINGS) + rng.choice(COUNTS) + rng.choice(TAILS) + "。"
        if text not in texts:
            texts.append(text)
    return texts


def _tree(
    rng: random.Random, *, sections: bool, tasks: bool, inherit: bool
) -> list[tuple[str, str, str, DrawResult]]:
    """Section, task, and point, in plan order; numbers are still to be given."""
    found = []
    texts = _texts(rng, 30)
    number = 0
    for count, first in enumerate(rng.sample(SECTIONS, rng.randint(1, 3) if sections else 1), 1):
        section = f"{HAN[count - 1]}、{first}" if sections else ""
        for second in rng.sample(TASKS, rng.randint(1, 2) if tasks else 1):
            number += 1
            task = second if tasks else ""
            last: DrawResult | None = None
            for position in range(rng.randint(1, 3)):
                text = texts.pop()
                lead, responsible, support = _who(rng)
                inherited = inherit and last is not None and rng.random() < 0.3
                if inherited and last is not None:
                    lead, responsible, support = last.lead, last.responsible, last.support
                last = DrawResult(
                    section, task, str(position + 1), text, lead, responsible, support, inherited, ""
                )
                found.append((section, task, f"（{HAN[number - 1]}）{second}", last))
    return found


class _Canvas:
    """A sheet that is being drawn."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.rows: list[list[Value]] = []
        self.merges: list[Merge] = []

    def add(self, *cells: Value) -> int:
        """Add a row; returns its number."""
        self.rows.append([*cells, *[None] * (self.width - len(cells))])
        return len(self.rows) - 1

    def across(self, text: str, *, merged: bool) -> None:
        """Add one text across the sheet."""
        row = self.add(text)
        if merged and self.width > 1:
            self.merges.append(Merge(row, 0, row, self.width - 1))

    def grid(self, name: str) -> Grid:
        """The sheet."""
        return Grid(name, tuple(map(tuple, self.rows)), tuple(self.merges))


_LABELS = {
    "no": ("序号", "编号", "序 号"),
    "section": ("板块", "领域"),
    "task": ("工作任务", "重点任务", "事项名称"),
    "requirement": ("具体要求", "工作措施", "主要举措", "工作内容"),
    "who": ("责任单位", "责 任 单 位", "责任部门"),
    "lead": ("牵头单位", "主办单位"),
    "responsible": ("责任单位", "承办单位"),
    "support": ("配合单位", "协办单位", "参与单位"),
    "limit": ("完成时限", "时限", "完成时间", "办结时限"),
    "person": ("责任领导", "联系人", "责任人"),
    "remark": ("备注", "进展情况", "分值"),
}


def _sheet(rng: random.Random, title: str) -> Example:
    sections = rng.choice(("banner", "column", ""))
    tasks = rng.random() < 0.7 or sections == "column"
    split = rng.random() < 0.4
    kinds = ["requirement", *(("lead", "responsible", "support") if split else ("who",))]
    kinds += ["section"] if sections == "column" else []
    kinds += ["task"] if tasks else []
    kinds += [kind for kind in ("no", "limit", "person", "remark") if rng.random() < 0.5]
    numbered = "no" in kinds
    outer = [kind for kind in ("section", "task") if kind in kinds]
    inner = [kind for kind in kinds if kind not in outer]
    rng.shuffle(inner)
    # A task stands before what it asks; units, numbers and limits may stand anywhere.
    cut = rng.randint(0, inner.index("requirement"))
    units = [kind for kind in inner if kind in ("lead", "responsible", "support")]
    rest = [kind for kind in inner if kind not in units]
    cut = min(cut, rest.index("requirement"))
    spot = rng.randint(0, len(rest))
    order = [*rest[:cut], *outer, *rest[cut:]]
    spot = rng.choice([0, len(order)]) if units else spot
    order = [*order[:spot], *units, *order[spot:]]
    labels = {kind: rng.choice(_LABELS[kind]) for kind in order}
    canvas = _Canvas(len(order))
    _front(rng, canvas, title)
    two_rows = split and rng.random() < 0.5
    repeat = rng.random() < 0.3
    merged = rng.random() < 0.8
    points: list[DrawResult] = []
    _head(canvas, order, labels, two_rows=two_rows)
    above: dict[str, tuple[int, str]] = {}
    section_before = ""
    running = 0
    for section, task, _, point in _tree(rng, sections=bool(sections), tasks=tasks, inherit=True):
        if section != section_before:
            section_before = section
            above = {}
            if sections == "banner":
                if points and repeat:
                    _head(canvas, order, labels, two_rows=two_rows)
                canvas.across(section, merged=merged or order[0] not in ("task", "requirement", "no"))
        running += 1
        own_number = numbered or rng.random() < 0.5
        no = str(running) if numbered else point.no if own_number else ""
        limit = rng.choice(LIMITS) if "limit" in order else ""
        text = point.requirement if numbered or not own_number else f"{point.no}.{point.requirement}"
        single = _clause(rng, point.lead, point.responsible, point.support)
        value: dict[str, str] = {
            "no": no,
            "section": section,
            "task": task,
            "requirement": text,
            "who": single,
            "lead": "、".join(point.lead),
            "responsible": "、".join(point.responsible),
            "support": "、".join(point.support),
            "limit": limit,
            "person": rng.choice(("张某", "李某")),
            "remark": "",
        }
        row = canvas.add()
        ditto = rng.random() < 0.3
        for column, kind in enumerate(order):
            units_here = kind in ("who", "lead", "responsible", "support")
            continues = kind in above and (
                (kind in ("section", "task") and above[kind][1] == value[kind])
                or (units_here and point.inherited)
            )
            if continues and units_here and (ditto or not value[kind]):
                canvas.rows[row][column] = "同上" if value[kind] else None
                above[kind] = (row, value[kind])
            elif continues:
                _stretch(canvas, above[kind][0], row, column)
            else:
                canvas.rows[row][column] = value[kind] or None
                above[kind] = (row, value[kind])
        section_told = section if sections else ""
        points.append(dataclasses.replace(point, section=section_told, no=no, limit=limit))
    if rng.random() < 0.3:
        canvas.add("合计", f"{running}项")
    if rng.random() < 0.3:
        canvas.across("注：未列时限的按年度要求执行。", merged=True)
    return Example("sheet", Source("xlsx", "方案.xlsx", (canvas.grid("任务表"),)), title, tuple(points))


def _front(rng: random.Random, canvas: _Canvas, title: str) -> None:
    for _ in range(rng.choice((0, 0, 1))):
        canvas.add()
    if rng.random() < 0.3:
        canvas.across("附件1", merged=rng.random() < 0.5)
    canvas.across(title, merged=rng.random() < 0.8)
    if rng.random() < 0.5:
        canvas.across("某办发〔2026〕7号", merged=True)
    if rng.random() < 0.5:
        canvas.across("2026年3月2日", merged=True)


def _head(canvas: _Canvas, order: list[str], labels: dict[str, str], *, two_rows: bool) -> None:
    if not two_rows:
        canvas.add(*(labels[kind] for kind in order))
        return
    units = [column for column, kind in enumerate(order) if kind in ("lead", "responsible", "support")]
    upper = canvas.add(*(None if column in units else labels[kind] for column, kind in enumerate(order)))
    canvas.rows[upper][units[0]] = "责任分工"
    canvas.merges.append(Merge(upper, units[0], upper, units[-1]))
    lower = canvas.add(*(labels[kind] if column in units else None for column, kind in enumerate(order)))
    canvas.merges += [
        Merge(upper, column, lower, column) for column in range(len(order)) if column not in units
    ]


def _stretch(canvas: _Canvas, top: int, row: int, column: int) -> None:
    """Merge a cell down to a row."""
    for position, merge in enumerate(canvas.merges):
        if merge.left == column and merge.bottom == row - 1 and merge.top >= top and merge.right == column:
            canvas.merges[position] = dataclasses.replace(merge, bottom=row)
            return
    canvas.merges.append(Merge(row - 1, column, row, column))


def _lines(rng: random.Random, title: str) -> Example:
    limits = rng.random() < 0.4
    gaps = rng.random() < 0.5
    lines = [title, "工作任务", "具体要求", "责任单位", *(["完成时限"] if limits else [])]
    points: list[DrawResult] = []
    section_before = heading_before = ""
    for section, _, heading, point in _tree(rng, sections=True, tasks=True, inherit=True):
        if section != section_before:
            lines.append(section)
            section_before = section
        if heading != heading_before:
            lines.append(heading)
            heading_before = heading
        limit = rng.choice(LIMITS) if limits else ""
        lines.append(f"{point.no}.{point.requirement}")
        if not point.inherited:
            clause = _clause(rng, point.lead, point.responsible, point.support)
            worded = any(word in clause for word in ("牵头", "负责", "配合"))
            lines.append(clause if worded else clause + "负责")
        lines += [limit] if limit else []
        points.append(dataclasses.replace(point, task=heading, limit=limit))
    texts = [text for line in lines for text in ((line, "") if gaps else (line,))]
    blocks = tuple(Paragraph(text, f"L{n}") for n, text in enumerate(texts, 1))
    return Example("lines", Source("txt", "方案.txt", blocks), title, tuple(points))


def _prose(rng: random.Random, title: str) -> Example:
    tasks = rng.random() < 0.6
    label = rng.choice(("", "责任单位：", "own line"))
    lines = [title, "某办发〔2026〕7号", "2026年3月2日", "为做好全年工作，制定本方案。"]
    points: list[DrawResult] = []
    section_before = heading_before = ""
    for section, _, heading, point in _tree(rng, sections=True, tasks=tasks, inherit=False):
        if section != section_before:
            lines.append(section)
            section_before = section
        if tasks and heading != heading_before:
            lines.append(heading)
            heading_before = heading
        if label:
            point = dataclasses.replace(
                point, lead=(), support=(), responsible=point.lead + point.responsible + point.support
            )
            clause = "、".join(point.responsible)
        else:
            clause = _clause(rng, point.lead, point.responsible, point.support)
        item = f"{point.no}.{point.requirement}"
        if label == "own line":
            lines += [item, f"责任单位：{clause}"]
        else:
            lines.append(f"{item}（{label}{clause}）")
        points.append(dataclasses.replace(point, task=heading if tasks else ""))
    blocks = tuple(Paragraph(text, f"P{n}") for n, text in enumerate(lines, 1))
    return Example("prose", Source("docx", "方案.docx", blocks), title, tuple(points))


def read_back(source: Source) -> tuple[str, tuple[DrawResult, ...]]:
    """What is read of a file, in the form in which it was drawn."""
    plan = read_plan(source).plan
    return plan.title, tuple(
        DrawResult(
            point.section,
            point.task,
            point.no,
            point.requirement,
            point.responsibility.names_in(Role.LEAD),
            point.responsibility.names_in(Role.RESPONSIBLE),
            point.responsibility.names_in(Role.SUPPORT),
            point.inherited,
            point.deadline.text,
        )
        for point in plan.work_points
    )


_SIGNS = "▲●○√牵头配合责任单位：（）()、，。;1.2.一、①\n\t　同上合计注附件《》〔〕号年月底市局各*?"


def damaged(example: Example, rng: random.Random) -> Source:
    """The file of an example with cells and lines lost, doubled, swapped, retyped and merged at random."""
    blocks: list[Block] = []
    for block in example.source.blocks:
        if isinstance(block, Paragraph):
            blocks.append(
                Paragraph(_scrambled(block.text, rng), block.place) if rng.random() < 0.3 else block
            )
        else:
            blocks.append(_damaged_grid(block, rng))
    if rng.random() < 0.1:
        rng.shuffle(blocks)
    return dataclasses.replace(example.source, blocks=tuple(blocks))


def _damaged_grid(grid: Grid, rng: random.Random) -> Grid:
    rows = [list(row) for row in grid.rows]
    odd: tuple[Value, ...] = (
        2.5,
        True,
        ErrorValue("#REF!"),
        dt.date(2026, 2, 3),
        dt.time(1, 2),
        1e300,
        float("nan"),
    )
    for _ in range(rng.randint(1, 12)):
        if not rows or not rows[0]:
            break
        row, column = rng.randrange(len(rows)), rng.randrange(len(rows[0]))
        deed = rng.randrange(6)
        if deed == 0:
            rows[row][column] = None
        elif deed == 1:
            rows[row][column] = _scrambled(as_text(rows[row][column]), rng)
        elif deed == 2:
            rows[row][column] = rng.choice(odd)
        elif deed == 3:
            rows.insert(row, list(rng.choice(rows)))
        elif deed == 4:
            del rows[row]
        else:
            other = rng.randrange(len(rows[0]))
            for each in rows:
                each[column], each[other] = each[other], each[column]
    merges = [merge for merge in grid.merges if rng.random() < 0.8]
    if rows and rows[0]:
        tall = sorted(rng.randrange(len(rows)) for _ in range(2))
        wide = sorted(rng.randrange(len(rows[0])) for _ in range(2))
        merges.append(Merge(tall[0], wide[0], tall[1], wide[1]))
    return dataclasses.replace(grid, rows=tuple(map(tuple, rows)), merges=tuple(merges))


def _scrambled(text: str, rng: random.Random) -> str:
    letters = list(text)
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(letters))
        deed = rng.randrange(4)
        if deed == 0:
            letters[at : at + rng.randint(1, 3)] = []
        elif deed == 1:
            letters.insert(at, rng.choice(_SIGNS))
        elif deed == 2:
            letters += letters[:at]
        else:
            letters = letters[at:] + letters[:at]
    return "".join(letters)


def main(size: int) -> str:
    """Read `size` plans back and `size` damaged ones; says what differed, raises what should never be raised."""
    began = time.perf_counter()
    wrong = 0
    refused = 0
    for seed in range(size):
        example = draw(random.Random(seed))
        try:
            wrong += read_back(example.source) != (example.title, example.points)
        except NotAPlan:
            wrong += 1
        try:
            read_plan(damaged(example, random.Random(-seed)))
        except NotAPlan:
            refused += 1
    seconds = time.perf_counter() - began
    return f"{size} plans read back, {wrong} differ; {size} damaged ones, {refused} refused, no other error; {seconds:.0f} s"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
