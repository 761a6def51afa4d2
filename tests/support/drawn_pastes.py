"""Tables that were copied from a page and pasted as text, drawn from habits of layout, with their work points.

A paste has one habit: what parts its cells, which columns it has, which cells were merged downwards and are missing in the rows
below, what its head looks like, and what of the page was copied with it. What a reading of it hides is judged as for texts
(`drawn_texts.hidden`); a refusal hides nothing.

    draw_paste(seed, form)         a paste with its work points
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tests.support.drawn_tables import CAPTIONS, DATE, LIMITS as ALL_LIMITS, PERSONS, POOLS
from tests.support.drawn_texts import HAN, TASKS, Drawing, DrawnPoint
from tracker.grid import Paragraph, Source

FORMS = (
    *("asides", "cards", "missing", "no head", "odd head", "run together", "periods", "furniture"),
    *("pages", "wrapped", "two tables", "units first", "lost numbers", "notes"),
)
LIMITS = tuple(limit for limit in ALL_LIMITS if limit != DATE)
WAYS = (
    "tabs",
    "bars",
    "bars filled",
    "framed",
    "lines",
    "lines",
    "lines",
    "gaps",
    "cells and bars",
    "signs",
    "blanks",
    "blank",
)
# Ways in which a cell has a line of its own.
BY_LINES = ("lines", "gaps", "cells and bars", "signs")
VERBS = ("新建", "改造", "疏浚", "修缮", "建成", "增设", "整治", "提升", "启用", "完善")
# Things that are called like bodies, and others.
LIKE_BODIES = (
    *(
        "便民服务中心",
        "社区养老服务站",
        "数据共享平台",
        "应急指挥中心",
        "乡镇敬老院",
        "村级卫生室",
        "充电站",
        "污水处理厂",
    ),
    *(
        "老年大学",
        "文化馆",
        "城市书房",
        "气象观测站",
        "婴幼儿照护中心",
        "残疾人之家",
        "农机合作社",
        "供水公司泵房",
        "议事委员会",
    ),
)
THINGS = (
    "西河支渠",
    "老旧小区",
    "农贸市场",
    "候车亭",
    "茶园步道",
    "高标准农田",
    "背街小巷",
    "停车泊位",
    "公共厕所",
    "护坡",
)
COUNTS = ("三公里", "12个", "两处", "800亩", "5座", "一批", "36户", "")
TAILS = (
    *(
        "，逐项建立台账",
        "，按图分段施工",
        "，确保群众满意",
        "，配套管网同步到位",
        "，问题逐一销号",
        "，完成率达到95%以上",
    ),
    *("，惠及群众3.2万人", "；加强日常管护", "，经费列入年度预算", ""),
)
SECTIONS = ("夯实基础", "民生改善", "生态环境", "公共服务", "城乡建设", "平安建设", "改善环境", "数字政府")
ASIDES = {
    "程序": (("决策程序", "决策方式"), ("县政府常务会议审议", "县委常委会会议研究", "专题会议研究", "征求意见、专家论证", "集体讨论决定")),
    "评分": (("评分部门", "考核单位", "评价单位", "督办单位", "考核部门", "督查单位"), ("县委办公室", "县政府督查室", "县统计局", "县委组织部")),
    "计量": (("单位", "计量单位"), ("个", "万元", "公里", "户", "座", "亩", "%", "人次")),
    "数": (("目标值", "数量", "年度目标值", "分值"), ("12", "3.5", "800", "95", "1.2万", "100%")),
    "依据": (("依据", "政策依据", "设定依据"), ("《石桥县物业管理条例》", "县政发〔2026〕3号", "《关于加强农村公路养护的意见》", "市政府令第12号")),
    "来源": (("来源", "任务来源"), ("政府工作报告", "市考核指标", "人大代表建议", "县委一号文件", "12345热线")),
    "备注": (("备注", "说明"), ("续建项目，已列入年度计划。", "省定任务", "资金由县级统筹解决。", "新增", "本项为跨年度任务，2027年完工。")),
    "进展": (
        ("进展情况", "目前进展", "进展与成效", "完成情况", "1-9月进展"),
        ("已完成施工图设计，6月15日进场施工。", "完成总工程量的60%。", "已完成", "正在办理前期手续", "累计完成投资320万元，占年度计划的45%。", "主体已封顶。"),
    ),
    "率": (("完成率", "完成比例"), ("85%", "100%", "45.5%")),
    "投资": (("投资（万元）", "总投资（万元）", "年度投资"), ("320", "1200", "56.5", "15000")),
    "领导": (("分管领导", "责任领导", "县级领导", "包联领导"), (*PERSONS, "副县长周志明", "县委常委陈立")),
    "人": (("联系人", "责任人", "联络员"), PERSONS),
    "电话": (("联系电话", "电话"), ("13800001234", "0717-6612345", "6612345", "13907135555")),
    "标准": (("考核标准", "评分标准", "评分办法"), ("未完成的扣2分", "每少一处扣0.5分，扣完为止。", "按期完成得满分，逾期不得分。")),
    "期限说明": (("备注", "说明"), ("8月底前完成勘察。", "力争国庆节前开工", "2027年6月前全部建成，今年完成主体。")),
    "空": (("备注", "签收人", "是否完成"), ("",)),
    "地点": (("建设地点", "实施地点", "地点"), ("石桥镇", "城关街道", "柳河乡三岔村", "开发区", "全县")),
}  # fmt: skip
PERIODS = (
    ("一季度", "二季度", "三季度", "四季度"),
    ("第一季度目标", "第二季度目标", "第三季度目标", "第四季度目标"),
    ("3月", "6月", "9月", "12月"),
    ("上半年", "下半年"),
    ("上半年目标", "下半年目标"),
)
STEPS = ("完成招标", "主体完工", "通过验收", "摸底造册", "启动实施", "完成60%", "持续推进", "完成前期手续")
ABOVE = (
    *(
        "首页 > 政务公开 > 重点领域",
        "当前位置：首页 >> 信息公开 >> 文件",
        "发布时间：2026-03-12 09:30",
        "来源：县政府办公室",
    ),
    *(
        "浏览次数：1024",
        "字体：[大 中 小]",
        "分享到：",
        "【打印】【关闭】",
        "索引号：000014349/2026-00012",
        "信息来源：石桥县人民政府",
    ),
    *("点击数：88次", "无障碍浏览", "登录 | 注册", "保护视力色：", "扫一扫在手机打开当前页"),
)
BELOW = (
    *(
        "上一篇：关于开展春季植树的通知",
        "下一篇：石桥县2026年招聘公告",
        "分享到：微信 微博",
        "打印本页",
        "关闭窗口",
    ),
    *(
        "主办单位：石桥县人民政府办公室",
        "网站地图 | 联系我们",
        "版权所有：石桥县人民政府",
        "相关文件",
        "附件：",
    ),
)
# Between the pages of a table, and between its rows.
PAGE_NUMBERS = ("— {n} —", "- {n} -", "第{n}页", "第{n}页 共5页", "{n} / 5", "第 {n} 页，共 5 页")
NOTES = (
    "注：上述任务按季度报送进展。",
    "说明：以下为新增任务。",
    "（以下为跨年度项目）",
    "备注：资金以财政批复为准。",
)
SECOND_TITLES = ("附表2：2026年专项任务表", "（二）重点项目", "二、其他任务", "表二", "")
LETTER = (
    "各乡镇人民政府，县政府各部门：",
    "《石桥县2026年重点工作任务清单》已经县政府同意，现印发给你们，请认真贯彻落实。",
    "石桥县人民政府办公室",
    "2026年3月12日",
)
TITLES = (
    "石桥县2026年重点工作任务分解表",
    "2026年民生实事项目清单",
    "石桥县2026年重点任务责任清单",
    "附件：石桥县2026年工作要点分工表",
)
# How cards part a label from its value, and what stands above their labels.
CARD_WAYS = (
    *("colon", "colon", "colons in a line", "next line", "next line", "next line and colon"),
    *("tabs", "tabs in a line", "bars", "framed", "blanks", "brackets"),
)
CARD_HEADS = (
    *("{n}、{name}", "{n}.{name}", "{n}\n{name}", "（{h}）{name}", "{h}、{name}", "项目{n}：{name}"),
    *("{name}", "任务{h}：{name}", "【项目{n}】{name}", "labels"),
)
Roles = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Row:
    """A row of the table before it is pasted: the cell of each column, None where a cell above covers it."""

    cells: dict[str, str | None]
    point: DrawnPoint


@dataclass(frozen=True)
class _Line:
    """A line of the paste, and the row whose requirement stands on it."""

    text: str
    row: _Row | None = None


def draw_paste(seed: int, form: str) -> Drawing:
    """Draw a paste of some habit."""
    return _Habit(random.Random(f"paste {seed} {form}"), form).drawing()


class _Habit:
    """How one table is laid out and was pasted."""

    def __init__(self, rng: random.Random, form: str) -> None:
        self.rng, self.form = rng, form
        pick = rng.choice
        self.way = pick(WAYS)
        if form == "wrapped" or (form in ("missing", "cards") and rng.random() < 0.7):
            self.way = pick(BY_LINES)
        self.pool = pick(POOLS)
        self.has_numbers = rng.random() < 0.75 or form == "lost numbers"
        self.has_sections = rng.random() < 0.35
        self.has_tasks = rng.random() < 0.45 or (form == "missing" and not self.has_sections)
        self.unit_kinds = pick(
            (("responsible",), ("responsible",), ("lead", "support"), ("lead", "responsible"), ("lead",))
        )
        self.has_ticks = rng.random() < 0.5
        # What is ticked in a calendar needs no other limit.
        self.has_limits = rng.random() < 0.7 and not (form == "periods" and self.has_ticks)
        self.aside_kinds = self._aside_kinds()
        self.periods = pick(PERIODS) if form == "periods" else ()
        self.columns = self._columns()
        self.captions = {kind: self._caption(kind) for kind in self.columns}
        # Which cells of a row go on below.
        self.covering = [kind for kind in ("section", "task") if kind in self.columns]
        is_deep = form == "missing" or rng.random() < 0.15
        # A cell that is kept blank covers nothing, so that only sections and tasks are.
        self.keeps_blank = self.way in ("tabs", "bars", "framed") and rng.random() < 0.5
        self.covers_units = is_deep and not self.keeps_blank and rng.random() < 0.5
        self.covers_limits = is_deep and not self.keeps_blank and rng.random() < 0.4
        self.ends_plainly = rng.random() < 0.5
        self.long_names = rng.random() < 0.4
        self.mark = pick(("、", "、", "，", "\n", " "))
        self.narrow = rng.randrange(9, 17)

    def _aside_kinds(self) -> list[str]:
        rng = self.rng
        kinds = list(ASIDES)
        if not self.has_limits:
            kinds.remove("期限说明")
        if self.form == "asides":
            return rng.sample(kinds, rng.choice((1, 1, 2, 3)))
        if self.form == "periods":
            return ["人", "电话"] if rng.random() < 0.5 else rng.sample(kinds, 1)
        return rng.sample(kinds, rng.choice((0, 0, 0, 1, 1, 2)))

    def _columns(self) -> list[str]:
        rng = self.rng
        texts = (
            ["section"] * self.has_sections + ["no"] * self.has_numbers + ["task"] * self.has_tasks + ["need"]
        )
        if self.has_sections and self.has_numbers and rng.random() < 0.5:
            texts[0], texts[1] = texts[1], texts[0]
        if self.form == "units first":
            texts = [*["no"] * self.has_numbers, *self.unit_kinds, *[kind for kind in texts if kind != "no"]]
        tail = [*self.unit_kinds, *["limit"] * self.has_limits]
        if self.form == "units first":
            tail = ["limit"] * self.has_limits
        if self.has_limits and rng.random() < 0.25 and self.form != "units first":
            tail = ["limit", *self.unit_kinds]
        columns = [*texts, *self.periods, *tail]
        for kind in self.aside_kinds:
            low = columns.index("need") + 1
            at = len(columns) if rng.random() < 0.65 else rng.randrange(low, len(columns) + 1)
            columns.insert(at, kind)
        return columns

    def _caption(self, kind: str) -> str:
        rng = self.rng
        if kind in self.periods:
            return kind
        if kind in ASIDES:
            return rng.choice(ASIDES[kind][0])
        words = CAPTIONS["need alone" if kind == "need" and not self.has_tasks else kind]
        return rng.choice(words).replace("\n", "").replace(" ", "")

    def units(self) -> Roles:
        rng = self.rng
        counts = [1 if kind == "lead" else rng.choice((1, 1, 2, 3)) for kind in self.unit_kinds]
        names = rng.sample(self.pool, min(sum(counts), len(self.pool)))
        roles: Roles = {}
        for kind, count in zip(self.unit_kinds, counts, strict=True):
            roles[kind], names = tuple(names[:count]), names[count:]
        return roles

    def need(self) -> str:
        rng = self.rng
        if rng.random() < 0.25:
            text = rng.choice(TASKS).rstrip("。")
        else:
            thing = rng.choice(LIKE_BODIES if rng.random() < 0.35 else THINGS)
            text = rng.choice(VERBS) * (rng.random() < 0.8) + thing + rng.choice(COUNTS) + rng.choice(TAILS)
            if text == thing and not self.ends_plainly:
                text = rng.choice(VERBS) + thing
        return text + ("" if self.ends_plainly else "。")

    def rows(self, others: Iterable[str] = ()) -> list[_Row]:
        """The rows of the table; what they require is none of others."""
        rng = self.rng
        rows: list[_Row] = []
        needs = {*others}
        section = task = ""
        roles: Roles = {}
        limit = ""
        for number in range(1, rng.randrange(3, 11) + 1):
            opens_section = not section or rng.random() < 0.3
            opens_task = opens_section or rng.random() < 0.5
            while (need := self.need()) in needs:
                pass
            needs.add(need)
            number_cell = "" if self.form == "lost numbers" else str(number)
            cells: dict[str, str | None] = {"no": number_cell, "need": need}
            if self.has_sections:
                section = self.another(SECTIONS, section) if opens_section else section
                cells["section"] = section if opens_section else None
            if self.has_tasks:
                if opens_task:
                    task = f"{rng.choice(VERBS)}{self.another(LIKE_BODIES if rng.random() < 0.3 else THINGS, task[2:])}"
                cells["task"] = task if opens_task else None
            section = section or "—"
            is_continued = bool(rows) and self.covers_units and not opens_task and rng.random() < 0.6
            roles = roles if is_continued else self.units()
            for kind in self.unit_kinds:
                cells[kind] = None if is_continued else self.mark_of(roles[kind])
            goes_on = bool(rows) and self.covers_limits and not opens_task and rng.random() < 0.6
            limit = limit if goes_on else rng.choice(LIMITS)
            cells["limit"] = None if goes_on else limit
            for kind in self.aside_kinds:
                cells[kind] = rng.choice(ASIDES[kind][1])
            ticked = rng.randrange(len(self.periods)) if self.periods else 0
            for at, kind in enumerate(self.periods):
                cells[kind] = ("√" if at == ticked else "") if self.has_ticks else rng.choice(STEPS)
            units = frozenset((unit, role) for role, names in roles.items() for unit in names)
            drawn_limit = limit if self.has_limits else self.limit_of_ticks(ticked)
            rows.append(_Row(cells, DrawnPoint(need, "", units, drawn_limit, is_continued)))
        return rows

    def limit_of_ticks(self, ticked: int) -> str:
        if not (self.periods and self.has_ticks):
            return ""
        return self.periods[ticked].removesuffix("目标")

    def another(self, words: Sequence[str], word: str) -> str:
        return self.rng.choice([other for other in words if other != word])

    def mark_of(self, names: Sequence[str]) -> str:
        mark = self.mark
        if (mark == "\n" and self.way not in ("lines", "gaps", "tabs")) or (
            mark == " " and self.way == "blank"
        ):
            mark = "、"
        return mark.join(names)

    def live(self, row: _Row) -> list[tuple[str, str]]:
        """The cells of a row that were copied, each with its column."""
        values = [(kind, row.cells.get(kind)) for kind in self.columns]
        if self.keeps_blank:
            return [(kind, value or "") for kind, value in values]
        # Cells that are blank on purpose are copied where something parts them.
        has_blanks = self.way in ("tabs", "bars", "framed", "bars filled", "cells and bars")
        return [(kind, value) for kind, value in values if value or (value is not None and has_blanks)]

    def lines_of(self, row: _Row) -> list[_Line]:
        """A row as lines of text."""
        return self.laid_out(self.live(row), row)

    def laid_out(self, cells: Sequence[tuple[str, str]], row: _Row | None) -> list[_Line]:
        texts = [text for _, text in cells]
        if self.form == "run together":
            return [_Line("".join(texts).replace("\n", "、"), row)]
        if self.way in BY_LINES:
            lines: list[_Line] = []
            for kind, text in cells:
                for at, part in enumerate(self.pieces(text)):
                    lines.append(_Line(part, row if kind == "need" and not at else None))
                if self.way == "gaps":
                    lines.append(_Line(""))
                elif self.way == "cells and bars":
                    lines[-1] = replace(lines[-1], text=f"{lines[-1].text} |".strip())
                elif self.way == "signs":
                    lines.append(_Line("|"))
            return lines
        width = len(self.columns)
        if self.way == "tabs":
            text = "\t".join(texts)
        elif self.way == "bars":
            text = " | ".join(texts)
        elif self.way == "bars filled":
            text = " | ".join(texts) + " |" * (width + 1 - len(texts))
        elif self.way == "framed":
            text = f"| {' | '.join(texts)} |" + " |" * (width - len(texts))
        elif self.way == "blanks":
            text = "   ".join(texts)
        else:
            text = " ".join(texts)
        parts = text.split("\n")
        at = next(
            (at for at, part in enumerate(parts) if row is not None and row.point.requirement in part), 0
        )
        return [_Line(part, row if n == at else None) for n, part in enumerate(parts)]

    def pieces(self, text: str) -> list[str]:
        """The lines of a cell; those of a narrow column are broken at its width, none before a mark."""
        if self.form != "wrapped":
            return text.split("\n")
        lines: list[str] = []
        for part in text.split("\n"):
            lines.append("")
            for letter in part:
                if len(lines[-1]) >= self.narrow and letter not in "，。；、）%":
                    lines.append("")
                lines[-1] += letter
        return lines

    def head(self) -> list[_Line]:
        """The head as lines of text."""
        rng = self.rng
        if self.form == "no head":
            return []
        captions = [self.captions[kind] for kind in self.columns]
        style = rng.choice(("two rows", "broken", "spread", "plain")) if self.form == "odd head" else "plain"
        if style == "two rows" and len(self.unit_kinds) > 1:
            first = self.columns.index(self.unit_kinds[0])
            if self.columns[first : first + 2] == list(self.unit_kinds):
                wide = rng.choice(("责任单位", "责任分工", "单位"))
                fill = [""] if self.keeps_blank else []
                top = [*captions[:first], wide, *fill, *captions[first + 2 :]]
                low = captions[first : first + 2]
                if self.keeps_blank:
                    low = [*[""] * first, *low, *[""] * (len(captions) - first - 2)]
                return [
                    *self.laid_out([("", text) for text in top], None),
                    *self.laid_out([("", text) for text in low], None),
                ]
        if style == "broken" and self.way in ("lines", "tabs"):
            captions = [
                f"{text[:2]}\n{text[2:]}" if len(text) == 4 and rng.random() < 0.5 else text
                for text in captions
            ]
        if style == "spread":
            captions = [
                " ".join(text) if len(text) <= 4 and rng.random() < 0.6 else text for text in captions
            ]
        return self.laid_out([("", text) for text in captions], None)

    def cards(self, rows: list[_Row]) -> list[_Line]:
        """Cards in lines: a number and the name of a project, below it labels with their values.

        Args:
            rows: Their rows; of a card that says nothing of who helps, the point loses them.
        """
        rng = self.rng
        way = rng.choice(CARD_WAYS)
        head_style = rng.choice(CARD_HEADS)
        label = {
            "no": rng.choice(("编号", "序号", "任务编号")),
            "name": rng.choice(("项目名称", "任务名称", "事项名称", "督查事项")),
            "need": rng.choice(
                ("项目内容", "建设内容", "主要内容", "工作内容", "具体内容", "目标任务", "工作要求")
            ),
            "limit": rng.choice(("完成时限", "时间节点", "完成时间", "建设工期", "办结时限")),
            "进展": rng.choice(("进展与成效", "进展情况", "目前进展", "工作进展")),
            **{
                kind: rng.choice(CAPTIONS[kind]).replace("\n", "").replace(" ", "")
                for kind in self.unit_kinds
            },
        }
        order = ["need", *self.unit_kinds, *["limit"] * self.has_limits]
        if rng.random() < 0.6:
            order.insert(rng.choice((1, len(order))), "进展")
        if head_style == "labels":
            order = [*["no"] * (rng.random() < 0.6), "name", *order]
        skips = rng.random() < 0.25
        has_gaps = rng.random() < 0.3
        has_banners = "{n}" in head_style and rng.random() < 0.2
        mark = rng.choice(("：", "：", ":", "： "))
        lines: list[_Line] = []
        for at, row in enumerate(list(rows)):
            if has_banners and not at % 4:
                lines.append(_Line(f"{HAN[at // 4]}、{SECTIONS[at // 4]}"))
            name = f"{rng.choice(VERBS)}{rng.choice(LIKE_BODIES + THINGS)}"
            values = {"no": str(at + 1), "name": name, **row.cells}
            if head_style != "labels":
                head = head_style.format(n=at + 1, h=HAN[at], name=name)
                lines += [_Line(text) for text in head.split("\n")]
            left_out = [kind for kind in ("support", "进展") if skips and rng.random() < 0.3]
            units = frozenset(unit for unit in row.point.units if unit[1] not in left_out)
            rows[at] = row = replace(row, point=replace(row.point, units=units))
            pairs: list[tuple[str, str, _Row | None]] = []
            for kind in order:
                if kind in left_out:
                    continue
                value = (values.get(kind) or rng.choice(ASIDES["进展"][1])).replace("\n", "、")
                pairs.append((label[kind], value, row if kind == "need" else None))
            lines += _in_lines(pairs, way, mark, rng)
            lines += [_Line("")] * has_gaps
        return lines

    def paged(self, rows: Sequence[_Row], head: list[_Line]) -> list[_Line]:
        """Rows with the numbers of pages between them, below which the head may return; or with notes between them."""
        rng = self.rng
        size, number = rng.randrange(1, 4), rng.choice(PAGE_NUMBERS)
        returns = rng.random() < 0.6
        lines: list[_Line] = []
        for at, row in enumerate(rows):
            if at and not at % size:
                if self.form == "notes":
                    lines += [_Line(rng.choice(NOTES))] * (rng.random() < 0.5)
                else:
                    lines += [_Line(number.format(n=at // size)), *(head if returns else [])]
            lines += self.lines_of(row)
        return lines

    def another_table(self, rows: Sequence[_Row]) -> _Habit:
        """A table with other columns, pasted in the same way."""
        other = _Habit(self.rng, "two tables")
        other.way, other.mark, other.keeps_blank = self.way, self.mark, self.keeps_blank
        self.needs = {row.point.requirement for row in rows}
        return other

    def drawing(self) -> Drawing:
        """The paste, and its work points."""
        rng = self.rng
        if self.form == "cards":
            self.covers_units = self.covers_limits = False
            self.has_ticks, self.periods = False, ()
        rows = self.rows()
        head = self.head() if self.form != "cards" else []
        if self.form == "cards":
            body = self.cards(rows)
        elif self.form == "odd head" and rng.random() < 0.4:
            step = rng.choice((1, 2, 4))
            body = []
            for at, row in enumerate(rows):
                body += [*(head if not at % step else []), *self.lines_of(row)]
        elif self.form in ("pages", "notes"):
            body = [*head, *self.paged(rows, head)]
        else:
            body = [*head, *(line for row in rows for line in self.lines_of(row))]
        if self.form == "two tables":
            other = self.another_table(rows)
            more = other.rows(self.needs)
            title = rng.choice(SECOND_TITLES)
            body += [*[_Line("")] * (rng.random() < 0.5 or not title), *[_Line(title)] * bool(title)]
            body += [*other.head(), *(line for row in more for line in other.lines_of(row))]
            rows += more
        has_furniture = self.form == "furniture" or rng.random() < 0.2
        above = rng.sample(ABOVE, rng.randrange(1, 6)) if has_furniture else []
        below = rng.sample(BELOW, rng.randrange(1, 4)) if has_furniture else []
        title = [rng.choice(TITLES)] if self.form != "no head" or rng.random() < 0.3 else []
        letter = list(LETTER) if rng.random() < 0.2 else []
        gap = [""] if rng.random() < 0.4 else []
        front = [_Line(text) for text in (*title, *above, *letter, *gap)]
        lines = [*front, *body, *(_Line(text) for text in (*gap, *below))]
        paragraphs = tuple(Paragraph(line.text, f"L{number}") for number, line in enumerate(lines, 1))
        places = {
            id(line.row): paragraph.place
            for line, paragraph in zip(reversed(lines), reversed(paragraphs), strict=True)
            if line.row is not None
        }
        points = tuple(replace(row.point, place=places[id(row)]) for row in rows)
        return Drawing(Source("txt", "粘贴.txt", paragraphs), points)


def _in_lines(
    pairs: Sequence[tuple[str, str, _Row | None]], way: str, mark: str, rng: random.Random
) -> list[_Line]:
    """The labels and values of a card as lines."""
    lines: list[_Line] = []
    if way.endswith("in a line"):
        link, gap = (mark, "    ") if way.startswith("colon") else ("\t", "\t")
        before = ""
        for label, value, row in pairs:
            text = f"{label}{link}{value}"
            if row is not None or (before and rng.random() < 0.5):
                lines += [_Line(before)] * bool(before) + [_Line(text, row)]
                before = ""
            elif before:
                lines.append(_Line(f"{before}{gap}{text}"))
                before = ""
            else:
                before = text
        return [*lines, *[_Line(before)] * bool(before)]
    for label, value, row in pairs:
        if way.startswith("next line"):
            lines += [_Line(label + "：" * way.endswith("colon")), _Line(value, row)]
        else:
            link = {"colon": mark, "tabs": "\t", "blanks": "    "}.get(way, " | ")
            text = f"【{label}】{value}" if way == "brackets" else f"{label}{link}{value}"
            lines.append(_Line({"framed": f"| {text} |", "bars": f"{text} |"}.get(way, text), row))
    return lines
