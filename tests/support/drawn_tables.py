"""Plans as tables, drawn from habits of layout, with their work points.

A table has one habit: which columns it has, in which words and order, how many rows its head has, how sections, tasks and
units go on over rows, how a cell of units is written, what stands around the rows. What a reading of it hides is judged
as for texts (`drawn_texts.hidden`).

    draw_table(seed, form)         a table with its work points
    picture(drawing)               it as text, to look at
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.support.drawn_texts import HAN, HEADS, TASKS, UNITS, DrawnPoint
from tracker.grid import Block, Grid, Merge, Notation, Source, Value, as_text

FORMS = (
    *("plain", "group head", "three rows", "clauses", "roles", "unit a row", "matrix", "periods"),
    *("cards", "items in a cell", "numbered units", "time with units", "two tables", "stacked"),
    *("first leads", "starred", "by unit"),
)
NOTATIONS = {"xlsx": Notation.SHEET, "docx": Notation.TABLE, "html": Notation.TABLE, "csv": Notation.BARE}
TITLES = (
    "石桥县2026年重点工作任务分解表",
    "2026年民生实事责任清单",
    "附件：石桥县2026年工作要点分工表",
    "石桥县2026年专项整治工作台账",
)
CAPTIONS = {
    "no": ("序号", "编号", "序 号", "项次", "序\n号"),
    "section": ("类别", "工作类别", "板块", "领域", "工作领域", "分类"),
    "task": ("工作任务", "重点任务", "任务名称", "事项名称", "工作项目", "主要任务", "工作事项"),
    "need": (
        *("具体要求", "工作措施", "主要举措", "工作内容", "具体内容", "工作要求", "目标要求", "任务内容", "主要内容"),
        *("具体措施", "落实措施", "推进举措", "工作内容及要求", "任务描述"),
    ),
    "need alone": ("工作任务", "重点任务", "任务内容", "事项", "工作事项", "具体任务", "工作内容", "任务", "重点工作"),
    "responsible": (
        *("责任单位", "责任部门", "承办单位", "落实单位", "实施单位", "负责单位", "责任科室", "主责单位", "责任主体"),
        *("责 任 单 位", "责任\n单位", "责任单位（部门）", "承担单位", "主要责任单位"),
    ),
    "lead": ("牵头单位", "牵头部门", "主办单位", "牵头责任单位", "牵头\n单位", "主办部门", "牵头科室"),
    "support": (
        *("配合单位", "协办单位", "参与单位", "协同单位", "配合部门", "参加单位", "督导单位", "指导单位", "监督单位"),
        *("配合责任单位", "协助单位", "会办单位"),
    ),
    "limit": (
        *("完成时限", "时限", "完成时间", "办结时限", "时间节点", "时间要求", "完成期限", "时限要求"),
        *("计划完成时间", "完成\n时限", "推进时限"),
    ),
    "person": ("责任领导", "责任人", "联系人", "分管领导", "联络员", "牵头领导", "县级领导", "包保领导"),
    "phone": ("联系电话", "电话", "联系方式"),
    "remark": ("备注", "进展情况", "完成情况", "目前进展", "落实情况", "分值", "任务来源", "完成标志", "存在问题"),
    "role": ("职责", "角色", "责任分工", "分工", "类型"),
}  # fmt: skip
REMARKS = {
    "备注": ("", "", "续建", "省定任务", "新增"),
    "分值": ("2", "3", "5"),
    "任务来源": ("县政府工作报告", "市考核指标", "县委常委会"),
    "完成标志": ("通过验收", "印发文件", "台账齐全"),
    "存在问题": ("", "资金缺口较大", "无"),
}
PROGRESS = (
    "",
    "已完成施工图设计，6月15日进场施工。",
    "正在与县财政局对接。",
    "已启动",
    "正在办理",
    "已完成过半",
    "正在招标",
)
PERSONS = ("王大山", "李小河", "张春生", "陈立")
GROUP_HEADS = {
    "units": ("责任分工", "责任单位", "职责分工", "工作分工", "分工"),
    "periods": ("进度安排", "分季度目标", "时间进度", "年度推进计划"),
}
PERIODS = (
    ("一季度", "二季度", "三季度", "四季度"),
    ("第一季度目标", "第二季度目标", "第三季度目标", "第四季度目标"),
    ("1-3月", "4-6月", "7-9月", "10-12月"),
    ("上半年", "下半年"),
)
STEPS = ("完成招标", "主体完工", "通过验收", "摸底造册", "启动实施", "形成报告", "")
# In a workbook it is a date.
DATE = "2026-06-30"
LIMITS = (
    *("6月底前", "9月30日前", "年底前", "每季度", "长期坚持", "11月", "第三季度", "2026年8月15日前", "上半年"),
    *("2026-06-30", "2026/9/15", "2026年6月底前", DATE, DATE, "6月、12月", "每月5日前", "9月上旬", "三季度末", "2026年12月"),
    *("2026年6月", "2026.10", "2026年12月31日", "全年", "12月底", "2026年10月底"),
)  # fmt: skip
# Tasks that name bodies, none of which answers for them.
NAMING = (
    "配合市局做好抽检工作，问题样品及时处置。",
    "组织各单位开展自查，形成问题清单。",
    "会同市财政局筹措资金，逐项落实到工程。",
    "督促各乡镇完成整改，逐项销号。",
    "向市委办公室报送信息，采用情况列表公布。",
    "市场监管所办公楼节能改造。",
    "在政务服务中心设立专窗，由专人值守。",
    "落实市政府与各县签订的责任书。",
)
# Who answers, by the kind of office that writes.
POOLS = (
    UNITS,
    (
        *("水利局", "发改局", "建设交通局", "人社局", "卫健局", "综合执法局", "党政办公室", "城投公司"),
        *("税务局", "各社区", "市场监管所", "派出所", "供电所", "经济发展局", "社会事务局", "财政金融局"),
    ),
    (
        *("教务处", "总务处", "学生处", "保卫科", "团委", "工会", "各年级组", "后勤服务中心"),
        *("党委办公室", "人事处", "财务处", "图书馆", "信息中心", "各学院", "校医院", "科研处"),
    ),
    (
        *(
            "省教育厅",
            "省公安厅",
            "省委网信办",
            "团省委",
            "省市场监管局",
            "省通信管理局",
            "各市（州）人民政府",
        ),
        *("省消防救援总队", "省残联", "省总工会", "省发展改革委", "国网省电力公司", "各县（市、区）人民政府"),
        *("省文化和旅游厅", "省人力资源社会保障厅", "省大数据局"),
    ),
    (
        *(
            "县委组织部",
            "县纪委监委",
            "县法院",
            "县检察院",
            "县公安局交警大队",
            "县残联",
            "县总工会",
            "县工商联",
        ),
        *("县直各单位", "各村（社区）", "县文化旅游和广播电视局", "县人力资源和社会保障局", "县农业农村局"),
        *("县疾控中心", "县第二中学", "石桥街道办事处"),
    ),
)
# How names are parted in a cell.
MARKS = ("、", "、", "、", "\n", "，", "；", ",", " ")
LETTERS = {"lead": "牵头", "support": "配合", "responsible": "负责"}
MATRIX_MARKS = (
    ({"lead": "●", "support": "○"}, "注：●为牵头单位，○为配合单位。"),
    ({"lead": "▲", "support": "△"}, "注：▲表示牵头单位，△表示配合单位"),
    ({"lead": "★", "responsible": "☆"}, "说明：★牵头单位；☆责任单位"),
    ({"responsible": "√"}, ""),
    ({"lead": "牵头", "support": "配合"}, ""),
    ({"lead": "主办", "support": "协办"}, ""),
)
FIRST_NOTES = (
    "注：责任单位中排第一位的为牵头单位。",
    "备注：列第一位的单位为牵头单位，其他为责任单位",
    "说明：排在首位的为牵头单位。",
)
STAR_NOTES = ("注：标★的为牵头单位。", "备注：带★的单位为牵头单位", "注：加★为牵头单位。")
Roles = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class TableDrawing:
    """A file of tables, and its work points."""

    source: Source
    points: tuple[DrawnPoint, ...]


@dataclass
class _Canvas:
    """A table while it is drawn."""

    rows: list[list[Value]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def add(self, *values: Value) -> int:
        """Add a row; returns its number."""
        self.rows.append(list(values))
        return len(self.rows) - 1

    def grid(self, name: str, notation: Notation) -> Grid:
        """The table; without merges where its file has none."""
        width = max(map(len, self.rows))
        rows = tuple((*row, *[None] * (width - len(row))) for row in self.rows)
        merges = (
            () if notation is Notation.BARE else tuple(merge for merge in self.merges if merge.right < width)
        )
        return Grid(name, rows, merges, notation=notation)


@dataclass(frozen=True)
class _Row:
    """A work point before it stands anywhere."""

    section: str
    task: str
    need: str
    roles: Roles
    limit: str
    is_continued: bool


def draw_table(seed: int, form: str) -> TableDrawing:
    """Draw a table of some habit."""
    return _Table(random.Random(f"{seed} {form}"), form).drawing()


class _Table:
    """Tables of one habit while they are drawn."""

    def __init__(self, rng: random.Random, form: str) -> None:
        self.rng, self.form = rng, form
        pick = rng.choice
        self.pool = pick(POOLS)
        self.kind = pick(("xlsx", "xlsx", "docx", "html", "csv"))
        self.has_merges = self.kind != "csv"
        self.sections = (
            pick(("", "", "banner", "banner", "column")) if form != "cards" else pick(("", "banner"))
        )
        self.sections = "banner" if form == "by unit" else self.sections
        self.has_tasks = rng.random() < 0.5 or self.sections == "column"
        # How a section or a task goes on over the rows of its items, and units over those of a task.
        self.going_on = pick(("merge", "merge", "repeat", "blank")) if self.has_merges else "repeat"
        self.units_go_on = pick(("", "", "merge", "same")) if self.has_merges else pick(("", "same"))
        self.mark = pick(MARKS)
        self.breaks = rng.random() < 0.2 and self.mark in "、，；,"
        self.numbers = pick(("column", "column", "column", "in text", ""))
        self.runs_on = rng.random() < 0.6
        self.limits = pick(("column", "column", "in text", "")) if form != "time with units" else "units"
        # In a bracket behind the word over what is required, for all rows.
        if not self.limits and form != "cards" and rng.random() < 0.4:
            self.limits = "head"
        self.head_limit = pick(("6月底前", "年底前", "10月底前", "2026年8月15日前"))
        self.counts_columns = rng.random() < 0.12
        self.has_example = rng.random() < 0.1
        self.unit_kinds = self._unit_kinds()
        self.others = [kind for kind in ("person", "phone", "remark") if rng.random() < 0.3]
        if "phone" in self.others and "person" not in self.others:
            self.others.remove("phone")
        self.periods = pick(PERIODS) if form == "periods" else ()
        self.captions = {kind: pick(words) for kind, words in CAPTIONS.items()}
        self.order = self._order()
        self.gap = rng.randrange(len(self.order) + 1) if rng.random() < 0.1 else -1
        self.clause = pick(("牵头配合", "labels", "bracket", "short labels", "负责"))
        self.persons = (
            pick(("", "", "", "bracket", "blank", "telephone")) if form in ("plain", "two tables") else ""
        )
        self.is_spaced = rng.random() < 0.1
        self.furniture = pick(("", "", "", "", "", "— 2 —", "续表", "第2页", "blank"))
        self.signs, self.legend = pick(MATRIX_MARKS)
        if form in ("items in a cell", "numbered units"):
            self.numbers = "column" if self.numbers == "column" else ""
            self.limits = "column" if self.limits == "column" else ""
            self.units_go_on = ""
        self.unit_heads = pick(
            (("{unit}",) * 2, ("{n}、{unit}",) * 2, ("{n}、{unit}（3项）", "{n}、{unit}（2项）"))
        )
        self.head_note = pick(("（排第一的为牵头单位）", "")) if form == "first leads" else ""
        if form == "first leads":
            self.legend = pick(FIRST_NOTES)
        if form == "starred":
            self.legend = pick(STAR_NOTES)
        self.points: list[DrawnPoint] = []
        # What stands beside a cell of several tasks.
        self.cells: dict[str, str] = {}

    def _unit_kinds(self) -> tuple[str, ...]:
        pick = self.rng.choice
        if self.form in ("clauses", "first leads", "starred", "numbered units"):
            return ("responsible",)
        if self.form in ("matrix", "unit a row", "items in a cell", "by unit"):
            return ()
        if self.form in ("group head", "three rows", "roles"):
            return pick(
                (
                    ("lead", "support"),
                    ("lead", "responsible"),
                    ("responsible", "support"),
                    ("lead", "responsible", "support"),
                )
            )
        return pick(
            (
                ("responsible",),
                ("responsible",),
                ("lead", "support"),
                ("lead", "responsible"),
                ("responsible", "support"),
            )
        )

    def _order(self) -> list[str]:
        """The columns from left to right: what says what stands in its order, all else anywhere around it."""
        rng = self.rng
        what = ["section"] if self.sections == "column" else []
        what += ["task"] if self.has_tasks else []
        what += ["need"]
        units = list(self.unit_kinds)
        if self.form == "unit a row":
            units = rng.choice((["role", "unit"], ["unit", "role"], ["unit"]))
        if self.form in ("plain", "clauses") and rng.random() < 0.3:
            rng.shuffle(units)
        around = [units, list(self.periods)] if self.periods else [units]
        around += [[kind] for kind in self.others]
        around += [["limit"]] if self.limits == "column" else []
        if self.form == "matrix":
            self.heads = rng.sample(
                [unit for unit in self.pool if not unit.startswith("各")], rng.randint(3, 6)
            )
            around[0] = list(self.heads)
        rng.shuffle(around)
        before = rng.choice((0, 0, 0, 1)) if self.form not in ("unit a row", "matrix") else 0
        left = [kind for part in around[:before] for kind in part]
        right = [kind for part in around[before:] for kind in part]
        number = ["no"] if self.numbers == "column" else []
        return [*number, *left, *what, *right]

    # -- content ------------------------------------------------------------------------------------------

    def content(self) -> list[_Row]:
        """The work points of one table, in order."""
        rng = self.rng
        tasks = rng.sample((*TASKS, *NAMING), rng.randint(4, 10))
        rows: list[_Row] = []
        count = rng.randint(2, 3) if self.sections else 1
        for section in range(count):
            part = tasks[section::count]
            task_number = 0
            while part:
                size = min(len(part), rng.randint(1, 3)) if self.has_tasks else 1
                items, part = part[:size], part[size:]
                name = (
                    f"{HEADS[(section + task_number) % len(HEADS)]}行动{HAN[task_number]}"
                    if self.has_tasks
                    else ""
                )
                task_number += 1
                for at, need in enumerate(items):
                    above = rows[-1] if rows and at else None
                    goes_on = above is not None and self.units_go_on != "" and rng.random() < 0.5
                    goes_on = goes_on and self.form in (
                        "plain",
                        "group head",
                        "three rows",
                        "roles",
                        "clauses",
                        "periods",
                    )
                    roles = above.roles if goes_on and above is not None else self.roles()
                    if self.form in ("plain", "roles", "group head") and not goes_on and rng.random() < 0.04:
                        roles = {}
                    limit = rng.choice(LIMITS) if self.limits else ""
                    limit = self.head_limit if self.limits == "head" else limit
                    if self.limits == "in text":
                        limit = rng.choice(("6月底前", "9月30日前", "年底前", "2026年8月15日前"))
                        need = f"{need[:-1]}，{limit}完成。"
                    head = f"{HAN[section]}、{HEADS[section]}" if self.sections else ""
                    if self.form == "by unit":
                        unit = self.pool[section]
                        roles, head = (
                            {"responsible": (unit,)},
                            self.unit_heads[section % 2].format(n=HAN[section], unit=unit),
                        )
                    rows.append(_Row(head, name, need, roles, limit, goes_on))
        return rows

    def roles(self) -> Roles:
        """Who answers for a work point."""
        rng = self.rng
        if self.form == "matrix":
            kinds = list(self.signs)
            units = rng.sample(self.heads, rng.randint(1, len(self.heads)))
            cut = 1 if len(kinds) > 1 else len(units)
            return {
                kinds[0]: tuple(units[:cut]),
                **({kinds[1]: tuple(units[cut:])} if len(units) > cut else {}),
            }
        units = rng.sample(self.pool, rng.randint(1, 5))
        if self.form == "unit a row":
            cut = 1 if len(units) > 1 else 0
            kinds = ("lead", "support") if cut else ("responsible", "responsible")
            return {kinds[0]: tuple(units[: max(cut, 1)]), **({kinds[1]: tuple(units[cut:])} if cut else {})}
        if self.form in ("first leads", "starred"):
            return {"lead": tuple(units[:1]), "responsible": tuple(units[1:])}
        if self.form in ("items in a cell", "by unit"):
            return {"responsible": tuple(units[:3] if self.form == "items in a cell" else units[:1])}
        if self.form == "clauses":
            cut = rng.randint(1, min(2, len(units)))
            if self.clause == "负责" or len(units) == cut:
                return {"responsible": tuple(units)}
            second = "responsible" if self.clause == "bracket" else "support"
            return {"lead": tuple(units[:cut]), second: tuple(units[cut:])}
        kinds = self.unit_kinds
        if self.persons:
            units = units[:1] if len(kinds) == 1 else units
        if len(kinds) == 1:
            return {kinds[0]: tuple(units)}
        first, rest = (units[0],), units[1:]
        if len(kinds) == 2:
            return {kinds[0]: first, kinds[1]: tuple(rest)}
        cut = len(rest) // 2
        return {kinds[0]: first, kinds[1]: tuple(rest[:cut]), kinds[2]: tuple(rest[cut:])}

    # -- cells --------------------------------------------------------------------------------------------

    def names(self, units: Sequence[str], mark: str = "") -> str:
        """Names as a cell has them."""
        broken = [
            f"{unit[:-3]}\n{unit[-3:]}"
            if self.breaks and len(unit) > 6 and "（" not in unit and self.rng.random() < 0.3
            else unit
            for unit in units
        ]
        return (mark or self.mark).join(broken)

    def cell_of_units(self, roles: Roles) -> str:
        """A cell that says itself who has which role."""
        lead, support = (
            self.names(roles.get("lead", ()), "、"),
            roles.get("support", ()) or roles.get("responsible", ()),
        )
        others = self.names(support, "、")
        if not lead:
            return others + ("负责" if self.clause == "负责" else "")
        if self.clause == "labels":
            return f"牵头单位：{lead}\n配合单位：{others}"
        if self.clause == "short labels":
            return f"牵头：{lead}；配合：{others}"
        if self.clause == "bracket":
            return "、".join([*(f"{unit}（牵头）" for unit in roles["lead"]), others])
        return f"{lead}牵头，{others}配合"

    def with_person(self, cell: str) -> str:
        """The cell of a unit with somebody who works there."""
        person = self.rng.choice(PERSONS)
        return {
            "bracket": f"{cell}（{person}）",
            "blank": f"{cell} {person}",
            "telephone": f"{cell}\n{person} 13800001234",
        }.get(self.persons, cell)

    def value(self, kind: str, row: _Row, number: int) -> Value:
        """What stands in a column of a row."""
        rng = self.rng
        if kind == "limit":
            return (
                dt.datetime(2026, 6, 30) if row.limit == DATE and self.kind == "xlsx" else row.limit or None
            )
        if kind == "no":
            return float(number) if rng.random() < 0.5 and self.kind == "xlsx" else str(number)
        if kind == "need":
            return f"{number}.{row.need}" if self.numbers == "in text" else row.need
        if kind in ("section", "task"):
            return {"section": row.section, "task": row.task}[kind]
        if kind == "person":
            return rng.choice(PERSONS)
        if kind == "phone":
            return "0599-612345" + str(rng.randrange(10))
        if kind == "remark":
            return rng.choice(REMARKS.get(self.captions["remark"], PROGRESS)) or None
        if kind in self.periods:
            return rng.choice(STEPS) or None
        if self.form == "matrix" and kind in self.heads:
            marks = self.signs
            return next((marks[role] for role, units in row.roles.items() if kind in units), None)
        if self.form == "clauses":
            return self.cell_of_units(row.roles)
        if self.form == "numbered units":
            return self.cells[row.need]
        if self.form in ("first leads", "starred"):
            lead, others = row.roles["lead"], row.roles["responsible"]
            return self.names([f"★{lead[0]}" if self.form == "starred" else lead[0], *others], "、")
        cell = self.names(row.roles.get(kind, ()))
        if self.limits == "units" and kind == self.unit_kinds[0]:
            return f"{cell}\n{row.limit}" if cell else row.limit
        return (self.with_person(cell) if cell and self.persons else cell) or None

    def caption(self, kind: str) -> str:
        """The head of a column."""
        if kind == "need":
            words = self.captions["need" if self.has_tasks else "need alone"]
            return f"{words}（{self.head_limit}完成）" if self.limits == "head" else words
        if kind == "unit":
            return self.captions["responsible"]
        if kind == "responsible" and self.head_note:
            return f"责任单位{self.head_note}"
        words = self.captions.get(kind, kind)
        return " ".join(words) if self.is_spaced and len(words) <= 4 else words

    # -- the table ----------------------------------------------------------------------------------------

    def drawing(self) -> TableDrawing:
        """All of it."""
        count = 2 if self.form in ("two tables", "stacked") else 1
        rows = [self.content() for _ in range(count)]
        needs = {row.need for row in rows[0]}
        rows[1:] = [[row for row in part if row.need not in needs] for part in rows[1:]]
        blocks: list[Block] = []
        if self.form == "stacked":
            return self.stacked([part for part in rows if part])
        for at, part in enumerate([part for part in rows if part], 1):
            name = (
                f"T{at}"
                if NOTATIONS[self.kind] is Notation.TABLE
                else f"任务表{at}"
                if self.kind == "xlsx"
                else ""
            )
            canvas = _Canvas()
            self.front(canvas)
            places = self.cards(canvas, part) if self.form == "cards" else self.body(canvas, part)
            self.back(canvas)
            grid = canvas.grid(name, NOTATIONS[self.kind])
            blocks.append(grid)
            self.points += [replace(point, place=grid.place(*spot)) for point, spot in places]
            if self.kind == "csv":
                break
        return TableDrawing(Source(self.kind, f"方案.{self.kind}", tuple(blocks)), tuple(self.points))

    def stacked(self, parts: Sequence[Sequence[_Row]]) -> TableDrawing:
        """Tables one below another in one sheet, each with a head and columns of its own."""
        canvas = _Canvas()
        name = "T1" if NOTATIONS[self.kind] is Notation.TABLE else "任务表" if self.kind == "xlsx" else ""
        places = []
        for at, part in enumerate(parts):
            if at:
                canvas.add(*[None] * self.width)
                self.across(canvas, self.rng.choice(("附表2：2026年专项任务表", "（二）重点项目", "表二")))
                self.captions = {kind: self.rng.choice(words) for kind, words in CAPTIONS.items()}
                self.order = self._order()
            else:
                self.front(canvas)
            places += self.body(canvas, part)
        self.back(canvas)
        grid = canvas.grid(name, NOTATIONS[self.kind])
        points = tuple(replace(point, place=grid.place(*spot)) for point, spot in places)
        return TableDrawing(Source(self.kind, f"方案.{self.kind}", (grid,)), points)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return (4 if self.form == "cards" else len(self.order)) + (self.gap >= 0)

    def across(self, canvas: _Canvas, text: str, *, is_merged: bool = True) -> None:
        """A text across the table."""
        row = canvas.add(text, *[None] * (self.width - 1))
        if is_merged and self.width > 1:
            canvas.merges.append(Merge(row, 0, row, self.width - 1))

    def front(self, canvas: _Canvas) -> None:
        """What stands above the head."""
        rng = self.rng
        if rng.random() < 0.2:
            canvas.add(*[None] * self.width)
        self.across(canvas, rng.choice(TITLES), is_merged=rng.random() < 0.8)
        if rng.random() < 0.2:
            self.across(canvas, rng.choice(("石政办发〔2026〕7号", "2026年2月10日", "（截至2026年2月）")))
        if rng.random() < 0.2:
            self.across(
                canvas,
                rng.choice(
                    (
                        "填报单位：石桥县人民政府办公室",
                        "填报单位（盖章）：        填报日期：2026年2月10日",
                        "单位：万元",
                    )
                ),
            )

    def back(self, canvas: _Canvas) -> None:
        """What stands below the rows."""
        rng = self.rng
        if self.form in ("matrix", "starred") or (self.form == "first leads" and not self.head_note):
            self.across(canvas, self.legend or "注：本表自印发之日起执行。")
        if rng.random() < 0.15 and self.form != "cards":
            canvas.add("合计", *[None] * (self.width - 1))
        if rng.random() < 0.2:
            self.across(
                canvas,
                rng.choice(
                    (
                        "注：未列时限的按年度要求执行。",
                        "备注：本表由县政府办公室负责解释。",
                        "说明：表中任务由各单位按月报送进展。",
                    )
                ),
            )
        if rng.random() < 0.2:
            self.across(
                canvas,
                rng.choice(
                    (
                        "填表人：王大山    审核人：李小河    联系电话：0599-6123456",
                        "联系人：陈立　电话：6123456",
                    )
                ),
                is_merged=rng.random() < 0.5,
            )
        if rng.random() < 0.1 and self.width > 3 and self.form != "cards":
            canvas.add(*[None] * self.width)
            for line in (
                ("序号", "单位", "联系人", "电话"),
                ("1", "县水利局", "王大山", "6123456"),
                ("2", "县林业局", "陈立", "6123457"),
            ):
                canvas.add(*line, *[None] * (self.width - 4))

    def spread(self, values: Sequence[Value]) -> list[Value]:
        """The values of a row with the empty column between them."""
        cells = list(values)
        if self.gap >= 0:
            cells.insert(self.gap, None)
        return cells

    def column(self, at: int) -> int:
        """Where the column of that number stands."""
        return at + (0 <= self.gap <= at)

    def head(self, canvas: _Canvas) -> None:
        """The head in one row, or in two or three with what its columns have in common above them."""
        captions = [self.caption(kind) for kind in self.order]
        groups: list[tuple[str, list[int]]] = []
        units = [
            at
            for at, kind in enumerate(self.order)
            if kind in ("lead", "responsible", "support", "unit", "role")
            or (self.form == "matrix" and kind in self.heads)
        ]
        if self.form in ("group head", "three rows") or (self.form == "matrix" and self.rng.random() < 0.5):
            groups.append((self.rng.choice(GROUP_HEADS["units"]), units))
        if self.periods and self.rng.random() < 0.5:
            groups.append(
                (
                    self.rng.choice(GROUP_HEADS["periods"]),
                    [at for at, kind in enumerate(self.order) if kind in self.periods],
                )
            )
        if not groups or not self.has_merges:
            canvas.add(*self.spread(captions))
            return
        grouped = {at for _, columns in groups for at in columns}
        depth = 3 if self.form == "three rows" else 2
        top = canvas.add(*self.spread([None if at in grouped else text for at, text in enumerate(captions)]))
        for _ in range(depth - 1):
            canvas.add(*self.spread([text if at in grouped else None for at, text in enumerate(captions)]))
        for text, columns in groups:
            left, right = self.column(columns[0]), self.column(columns[-1])
            canvas.rows[top][left] = text
            if right > left:
                canvas.merges.append(Merge(top, left, top, right))
        if depth == 3:
            left, right = self.column(units[0]), self.column(units[-1])
            canvas.rows[top + 1][left : right + 1] = ["单位名称", *[None] * (right - left)]
            canvas.merges.append(Merge(top + 1, left, top + 1, right))
        canvas.merges += [
            Merge(top, self.column(at), top + depth - 1, self.column(at))
            for at in range(len(captions))
            if at not in grouped
        ]

    def below_head(self, canvas: _Canvas) -> None:
        """What counts the columns or shows how to fill in the rows."""
        if self.counts_columns and len(self.order) > 2:
            stems = self.rng.choice(("甲乙丙丁戊己庚辛壬癸", ""))
            counts = [*stems[:3], *map(str, range(1, len(self.order)))] if stems else None
            counts = counts or [f"({number})" for number in range(1, len(self.order) + 1)]
            canvas.add(*self.spread(counts[: len(self.order)]))
        if self.has_example and self.order[0] == "no":
            cells = {"no": "例", "need": "新建公园一座。", "limit": "8月底前"}
            cells |= dict.fromkeys(("lead", "responsible", "support"), self.pool[0])
            canvas.add(*self.spread([cells.get(kind) for kind in self.order]))

    def body(self, canvas: _Canvas, rows: Sequence[_Row]) -> list[tuple[DrawnPoint, tuple[int, int]]]:
        """The head and the rows; the work points and where what they require stands."""
        rng = self.rng
        self.head(canvas)
        self.below_head(canvas)
        repeats = rng.random() < 0.15
        section, number, task = "", 0, ""
        spots: dict[str, int] = {}
        texts: dict[str, Value] = {}
        places: list[tuple[DrawnPoint, tuple[int, int]]] = []
        for row, items in self.chunks(rows):
            if row.section != section:
                section = row.section
                spots, texts = {}, {}
                number = number if self.runs_on else 0
                if self.sections == "banner":
                    if repeats and places:
                        self.head(canvas)
                    self.across(canvas, section, is_merged=rng.random() < 0.8 and self.has_merges)
            if self.furniture and places and rng.random() < 0.2 and not row.is_continued and row.task != task:
                self.across(canvas, self.furniture.replace("blank", ""), is_merged=self.furniture != "blank")
            task = row.task
            number += 1
            values: list[Value] = []
            at_row = len(canvas.rows)
            lines = self.unit_lines(row) if self.form == "unit a row" else [{}]
            for at, kind in enumerate(self.order):
                value = (
                    lines[0].get(kind)
                    if kind in ("unit", "role") and lines[0]
                    else self.value(kind, row, number)
                )
                is_outer = kind in ("section", "task") and texts.get(kind) == value
                is_continued = (
                    row.is_continued and kind in ("lead", "responsible", "support") and kind in spots
                )
                style = self.going_on if is_outer else self.units_go_on if is_continued and value else ""
                is_blank_task = kind == "task" and is_outer and row.section != section
                if style and not is_blank_task:
                    if style == "merge":
                        self.stretch(canvas, spots[kind], at_row, self.column(at))
                        value = None
                    elif style == "same":
                        value = "同上"
                    elif style == "blank":
                        value = None
                else:
                    spots[kind], texts[kind] = at_row, value
                values.append(value)
            canvas.add(*self.spread(values))
            for line in lines[1:]:
                below = canvas.add(*self.spread([line.get(kind) for kind in self.order]))
                for at, kind in enumerate(self.order):
                    if kind not in ("unit", "role"):
                        self.stretch(canvas, at_row, below, self.column(at))
            spot = (at_row, self.column(self.order.index("need")))
            is_inherited = row.is_continued and any(row.roles.values())
            places += [(self.point(item, is_inherited=is_inherited), spot) for item in items]
        return places

    def chunks(self, rows: Sequence[_Row]) -> list[tuple[_Row, list[_Row]]]:
        """The rows of the table, and the work points of each: several of a task in one cell, in the forms that have that."""
        if self.form not in ("items in a cell", "numbered units"):
            return [(row, [row]) for row in rows]
        groups: list[list[_Row]] = []
        for row in rows:
            last = groups[-1] if groups else []
            if last and len(last) < 3 and (last[0].section, last[0].task) == (row.section, row.task):
                last.append(replace(row, limit=last[0].limit))
            else:
                groups.append([row])
        chunks: list[tuple[_Row, list[_Row]]] = []
        between = self.rng.choice(("", "\n"))
        for group in groups:
            if self.form == "items in a cell":
                items = [f"{row.need[:-1]}。（{'、'.join(row.roles['responsible'])}）" for row in group]
                numbered = [f"{n}.{text}" for n, text in enumerate(items, 1)] if len(items) > 1 else items
                chunks.append((replace(group[0], need="\n".join(numbered)), group))
                continue
            circled = "①②③" if len(group) > 1 else [""]
            need = between.join(f"{sign}{row.need}" for sign, row in zip(circled, group, strict=False))
            cell = "；".join(
                f"{sign}{'、'.join(row.roles['responsible'])}"
                for sign, row in zip(circled, group, strict=False)
            )
            units = tuple(dict.fromkeys(unit for row in group for unit in row.roles["responsible"]))
            whole = replace(group[0], need=need, roles={"responsible": units})
            self.cells[need] = cell
            chunks.append((whole, [replace(whole, need=need.replace("\n", " "))]))
        return chunks

    def unit_lines(self, row: _Row) -> list[dict[str, str]]:
        """A line for each unit, and its role beside it or in a bracket."""
        lines = []
        for role, units in row.roles.items():
            for unit in units:
                word = {"lead": "牵头", "support": "配合", "responsible": "责任"}[role]
                lines.append(
                    {"unit": unit, "role": word} if "role" in self.order else {"unit": f"{unit}（{word}）"}
                )
        return lines

    def stretch(self, canvas: _Canvas, top: int, row: int, column: int) -> None:
        """Merge a cell down to a row."""
        for position, merge in enumerate(canvas.merges):
            if (
                merge.left == merge.right == column
                and merge.bottom == row - 1
                and merge.top <= top <= merge.bottom
            ):
                canvas.merges[position] = replace(merge, bottom=row)
                return
        canvas.merges.append(Merge(top, column, row, column))

    def point(self, row: _Row, *, is_inherited: bool = False) -> DrawnPoint:
        """A row as the work point that it is."""
        units = frozenset((unit, role) for role, names in row.roles.items() for unit in names)
        return DrawnPoint(row.need, "", units, row.limit, is_inherited)

    def cards(self, canvas: _Canvas, rows: Sequence[_Row]) -> list[tuple[DrawnPoint, tuple[int, int]]]:
        """Cards one below another, a label to the left of each value."""
        places = []
        gap = self.rng.random() < 0.5
        section = ""
        self.gap = -1
        order = [kind for kind in self.order if kind not in ("section", *self.periods)]
        for number, row in enumerate(rows, 1):
            if row.section != section:
                section = row.section
                self.across(canvas, section)
            pairs = [(self.caption(kind), self.value(kind, row, number), kind) for kind in order]
            while pairs:
                wide = pairs[0][2] in ("need",) or len(pairs) == 1 or pairs[1][2] == "need"
                take, pairs = pairs[: 1 if wide else 2], pairs[1 if wide else 2 :]
                at_row = canvas.add(
                    *[cell for caption, value, _ in take for cell in (caption, value)], *[None, None] * wide
                )
                if wide:
                    canvas.merges.append(Merge(at_row, 1, at_row, 3))
                if take[0][2] == "need":
                    places.append((self.point(row), (at_row, 1)))
            if gap:
                canvas.add(*[None] * 4)
        return places


def picture(drawing: TableDrawing) -> str:
    """A drawing as text: cells between bars, merges behind them."""
    parts = []
    for block in drawing.source.blocks:
        assert isinstance(block, Grid)
        parts.append(f"[{drawing.source.kind} {block.name}]")
        for at in range(block.height):
            cells = (as_text(value).replace("\n", "\\n") for value in block.rows[at])
            marks = (
                "^"
                if block.is_continuation(at, column) and not text and block.anchor(at, column)[0] < at
                else "<"
                if block.is_continuation(at, column) and not text
                else text
                for column, text in enumerate(cells)
            )
            parts.append(f"| {' | '.join(marks)} |")
    return "\n".join(parts)
