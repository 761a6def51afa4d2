r"""登记簿: a logbook is a declaration - what its rows are about, its columns, who fills them in, how often a year asks for one.

One machine lays out, reads back, counts and reports every logbook; a new one is a few lines that an office writes in
登记簿目录.xlsx. `LOGBOOKS` are shipped: some on, some that an office (or a letter that asks for it) switches on.

    each row is about   one row                                       its number
    event               for each thing that happened                  `T12`: the code and a number that is minted
    unit                for each unit, laid out beforehand            `N-U003`
    point               for each work point, laid out beforehand      `G-P1-007`

A cell of a logbook is a `facts.Cell` whose subject is the row's number and whose field is the column's label, so that
`tracker history` shows who stated what, from which file and cell, and nothing that was written is ever lost.
"""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction

from tracker.columns import Column, ColumnKind, Owner
from tracker.limits import Span
from tracker.values import dataclass

YES_NO = ("是", "否")
_COMPARISON = re.compile(r"(?P<upper>[^/≥≤]+)(?P<sign>[≥≤])(?P<lower>[^/≥≤\d]+)")
_RATIO = re.compile(r"(?P<upper>[^/≥≤]+)/(?P<lower>[^/≥≤]+?)(?:(?P<sign>[≥≤])(?P<bound>\d+(?:\.\d+)?)%)?")


class LogbookScope(Enum):
    """What a row of a logbook is about; the value is the word that users see."""

    EVENT = "每件事一行"
    UNIT = "每个单位一行"
    POINT = "每个事项一行"


@dataclass(frozen=True, slots=True)
class Logbook:
    """A logbook as it is declared.

    Attributes:
        code: One or two capital letters before the numbers of its rows; never that of something else.
        name: Of the logbook, of its workbook 台账/<name>.xlsx and of its sheet.
        subject: What a row is about.
        columns: Those that people fill in, in order; 编号 and 办理状态 are the machine's.
        explains: What it is for, and where the duty comes from.
        is_on: Whether the office keeps it.
        quota: How many rows of a unit a period asks for, or of the office where it has no column of units; 0 for none.
        period: The period of the quota.
        due: The column that says by when a row has to be done, or the code of the rule that says so from the plan's
            day of issue; empty for neither.
        done: The column that says when it was done; a row with a day there is done.
        ratio: What is computed of each row, as written: `改革后天数/改革前天数≤50%`; the bound may be left out.
        words: By which a source asks for it; `…` stands for up to twenty characters of one sentence.
    """

    code: str
    name: str
    subject: LogbookScope
    columns: tuple[Column, ...]
    explains: str = ""
    is_on: bool = False
    quota: int = 0
    period: Span = Span.YEAR
    due: str = ""
    done: str = ""
    ratio: str = ""
    words: tuple[str, ...] = ()

    @property
    def ratio_parts(self) -> tuple[str, str, str, Fraction | None] | None:
        """Upper and lower column of `ratio`, ≥ or ≤ and the bound as a share; None where there is none.

        `名次≤目标名次` compares two columns: no bound.

        >>> _BY_CODE["Z"].ratio_parts
        ('政务公开分值', '总分', '≥', Fraction(1, 25))
        """
        if match := _COMPARISON.fullmatch(self.ratio):
            return match["upper"], match["lower"], match["sign"], None
        match = _RATIO.fullmatch(self.ratio)
        if match is None:
            return None
        limit = Fraction(match["bound"]) / 100 if match["bound"] else None
        return match["upper"], match["lower"], match["sign"] or "", limit

    @property
    def yes_no(self) -> tuple[str, ...]:
        """The columns that say 是 or 否."""
        return tuple(column.label for column in self.columns if column.choices == YES_NO)

    def column(self, kind: ColumnKind) -> Column | None:
        """The first column of a kind; None if there is none."""
        return next((column for column in self.columns if column.kind is kind), None)

    def is_asked_in(self, text: str) -> bool:
        """Whether a sentence has its words.

        >>> LOGBOOKS[0].is_asked_in("文件"), _BY_CODE["H"].is_asked_in("每年至少听取一次政务公开工作汇报")
        (False, True)
        """
        return any(re.search(re.escape(word).replace("…", ".{0,20}?"), text) for word in self.words)

    def is_row(self, subject: str) -> bool:
        """Whether the subject of a cell is a row of this logbook."""
        if self.subject is LogbookScope.EVENT:
            return subject.startswith(self.code) and subject[len(self.code) :].isdecimal()
        return subject.startswith(f"{self.code}-")


def _text(label: str, width: float = 16) -> Column:
    return Column(label, width)


def _long(label: str, width: float = 40) -> Column:
    return Column(label, width, Owner.OFFICE, ColumnKind.LONG)


def _day(label: str) -> Column:
    return Column(label, 13, Owner.OFFICE, ColumnKind.DATE)


def _choice(label: str, *choices: str) -> Column:
    return Column(label, 12, Owner.OFFICE, ColumnKind.CHOICE, choices=choices)


def _tick(label: str) -> Column:
    return Column(label, 10, Owner.OFFICE, ColumnKind.CHOICE, choices=YES_NO)


_UNIT = Column("单位", 20, Owner.OFFICE, ColumnKind.UNIT)
_NOTE = _long("备注", 24)
_LINK = _text("网址", 30)

# What the machine itself reads: the rules of time, and what checks found.
LIMIT_CASES = Logbook(
    "T",
    "时限事项",
    LogbookScope.EVENT,
    (
        _UNIT,
        _long("事项"),
        Column("适用规则", 16, Owner.OFFICE, ColumnKind.RULE),
        Column("起算时间", 18, Owner.OFFICE, ColumnKind.MOMENT),
        Column("完成时间", 18, Owner.OFFICE, ColumnKind.MOMENT),
        _LINK,
        _NOTE,
    ),
    "有时限的事项（规范性文件上网、解读、舆情回应等）逐件登记；到期时间和是否按时由程序计算。",
    is_on=True,
)
SHORTCOMINGS = Logbook(
    "W",
    "整改台账",
    LogbookScope.EVENT,
    (
        _UNIT,
        _day("检查日期"),
        _text("来源", 18),
        _text("检查内容", 24),
        _long("发现的问题"),
        _text("问题类别"),
        _choice("四不", "不及时", "不准确", "不回应", "不实用"),
        _choice("严重程度", "一般", "较重", "严重"),
        _day("交办日期"),
        _day("整改期限"),
        _long("整改情况"),
        _day("整改日期"),
        _text("佐证", 24),
        _choice("复核结果", "通过", "不通过", "回头看不通过", "撤销"),
        _day("复核日期"),
        _long("复核意见或原因", 28),
    ),
    "抽查、专项检查、回头看和上级问题清单中发现的问题，从发现、交办、整改到复核销号。",
    is_on=True,
    words=(
        "三随机",
        "抽查",
        "巡检",
        "专项检查",
        "整改",
    ),
)

LOGBOOKS: tuple[Logbook, ...] = (
    LIMIT_CASES,
    SHORTCOMINGS,
    Logbook(
        "L",
        "领导批示和临时交办",
        LogbookScope.EVENT,
        (
            _day("批示日期"),
            _text("批示领导"),
            _long("批示或交办内容"),
            _UNIT,
            _day("办理期限"),
            _long("办理结果"),
            _day("办结日期"),
            _NOTE,
        ),
        "不在方案里的批示和临时交办事项，逐件登记、到期提醒。",
        is_on=True,
        due="办理期限",
        done="办结日期",
    ),
    Logbook(
        "N",
        "年报核对",
        LogbookScope.UNIT,
        (_day("年报公开日期"), _LINK, _tick("写有本年任务落实情况"), _tick("写有重点领域公开情况"), _NOTE),
        "各单位政府信息公开工作年度报告是否按时公开、是否写入本年任务落实情况。",
        is_on=True,
        done="年报公开日期",
        words=(
            "信息公开…年度报告",
            "信息公开年报",
        ),
    ),
    Logbook(
        "A",
        "实施方案公开",
        LogbookScope.UNIT,
        (_text("方案名称", 30), _day("公开日期"), _LINK, _NOTE),
        "来文要求各单位制定并公开本单位实施方案的，登记公开情况。",
        due="R01",
        done="公开日期",
        words=("实施方案并…公开", "实施方案并…公布", "任务安排并…公开"),
    ),
    Logbook(
        "K",
        "主动公开基本目录",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("公开事项", 24),
            _text("公开主体"),
            _text("公开范围"),
            _long("公开内容", 30),
            _text("公开方式"),
            _text("公开时限"),
            _day("更新日期"),
            _LINK,
        ),
        "主动公开基本目录：主体、范围、内容、方式、时限五栏。",
        words=(
            "公开基本目录",
            "公开事项标准目录",
            "公开目录",
        ),
    ),
    Logbook(
        "Q",
        "公文公开属性",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("文号"),
            _text("文件标题", 36),
            _choice("公开属性", "主动公开", "依申请公开", "不予公开"),
            _long("不公开的法定依据", 30),
            _text("保密审查人"),
            _day("重新评估日期"),
            _choice("评估结果", "维持", "转为公开"),
        ),
        "公文的三种公开属性；依申请公开和不予公开的写明法定依据，每年重新评估一次。",
        words=(
            "公开属性",
            "此件公开发布",
            "不予公开的",
        ),
    ),
    Logbook(
        "Y",
        "政策解读",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("文件标题", 36),
            _day("文件公开日期"),
            _day("解读发布日期"),
            _text("解读人"),
            _choice("解读形式", "文字", "图表", "视频", "发布会", "访谈"),
            _tick("同步组织"),
            _tick("同步审签"),
            _tick("同步部署"),
            _tick("主要负责人解读"),
            _LINK,
        ),
        "政策文件与解读同步组织、同步审签、同步部署；部门主要负责人每年至少解读一次重大政策。",
        quota=1,
        words=(
            "解读方案",
            "解读材料",
            "第一解读人",
            "第一新闻发言人",
            "同步组织",
            "解读重大政策",
            "谁起草、谁解读",
            "政策解读责任",
        ),
    ),
    Logbook(
        "B",
        "清单公开",
        LogbookScope.EVENT,
        (_UNIT, _text("清单名称", 30), _text("版本"), _day("公开日期"), _LINK, _NOTE),
        "权力清单、负面清单、随机抽查事项清单等的版本和网址。",
        words=(
            "权力清单",
            "责任清单…公",
            "负面清单",
            "事项清单",
            "跑一次",
        ),
    ),
    Logbook(
        "X",
        "业务培训",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("培训内容", 30),
            _day("培训日期"),
            Column("学时", 8, Owner.OFFICE, ColumnKind.NUMBER),
            Column("人数", 8, Owner.OFFICE, ColumnKind.NUMBER),
            _NOTE,
        ),
        "政务公开业务培训；列入年度培训计划。",
        quota=1,
        words=(
            "培训",
            "轮训",
        ),
    ),
    Logbook(
        "H",
        "听取汇报",
        LogbookScope.EVENT,
        (_UNIT, _day("听取日期"), _text("听取人"), _text("会议或形式", 24), _NOTE),
        "单位主要负责人每年至少听取一次工作汇报。",
        quota=1,
        words=("听取…汇报",),
    ),
    Logbook(
        "J",
        "政务新媒体和热线",
        LogbookScope.EVENT,
        (
            _UNIT,
            _choice("类别", "微信", "微博", "客户端", "热线", "其他"),
            _text("名称", 24),
            _text("责任人"),
            _text("经费保障"),
            _day("最近更新日期"),
            _choice("处置", "保留", "整合", "关停"),
            _NOTE,
        ),
        "谁开设、谁管理；长期不更新的整合或关停，热线并入12345。",
        words=(
            "政务新媒体",
            "两微一端",
            "政务热线",
            "服务热线",
        ),
    ),
    Logbook(
        "V",
        "五同落实",
        LogbookScope.UNIT,
        (
            _tick("同研究"),
            _tick("同部署"),
            _tick("同检查"),
            _tick("同推进"),
            _tick("同落实"),
            _text("佐证", 30),
            _NOTE,
        ),
        "与业务工作同研究、同部署、同检查、同推进、同落实。",
        words=(
            "五同",
            "同研究",
        ),
    ),
    Logbook(
        "G",
        "公众参与",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("决策事项", 30),
            _day("征求意见开始"),
            _day("征求意见结束"),
            Column("收到意见数", 11, Owner.OFFICE, ColumnKind.NUMBER),
            Column("采纳数", 8, Owner.OFFICE, ColumnKind.NUMBER),
            _tick("公开采纳情况"),
            _text("列席代表", 24),
            _LINK,
        ),
        "重大决策公开征求意见、公开采纳情况、邀请利益相关方列席。",
        words=(
            "征求意见",
            "意见采纳",
            "列席",
            "公众参与",
            "众创",
        ),
    ),
    Logbook(
        "S",
        "依申请公开办理",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("登记号"),
            _day("收到日期"),
            _day("答复期限"),
            _day("答复日期"),
            _text("办理结果"),
            _tick("经常被申请转为主动公开"),
        ),
        "各单位依申请公开的办理环节和期限；本办自己的登记在“依申请公开登记.xlsx”。",
        due="答复期限",
        done="答复日期",
        words=(
            "依申请公开",
            "信息公开申请",
        ),
    ),
    Logbook(
        "E",
        "外部评估结果",
        LogbookScope.EVENT,
        (
            _text("评估名称", 28),
            _day("公布日期"),
            Column("名次", 8, Owner.OFFICE, ColumnKind.NUMBER),
            Column("参评个数", 10, Owner.OFFICE, ColumnKind.NUMBER),
            Column("得分", 8, Owner.OFFICE, ColumnKind.NUMBER),
            Column("目标名次", 10, Owner.OFFICE, ColumnKind.NUMBER),
            _long("主要问题", 30),
            _LINK,
        ),
        "透明度指数、上级考核、第三方评估中的名次和得分。",
        ratio="名次≤目标名次",
        words=(
            "第三方评估",
            "透明度指数",
            "社会评议",
            "考核中…前…名",
        ),
    ),
    Logbook(
        "Z",
        "考核权重核对",
        LogbookScope.EVENT,
        (
            _text("考核办法", 30),
            _text("制定机关"),
            Column("总分", 8, Owner.OFFICE, ColumnKind.NUMBER),
            Column("政务公开分值", 13, Owner.OFFICE, ColumnKind.NUMBER),
            _NOTE,
        ),
        "别的考核办法里政务公开占多少分；一般不低于4%，低于的在“办理状态”里写明；红线在登记簿目录的“比值”里改。",
        ratio="政务公开分值/总分≥4%",
        words=(
            "权重红线",
            "分值权重",
        ),
    ),
    Logbook(
        "YQ",
        "舆情回应",
        LogbookScope.EVENT,
        (
            _UNIT,
            _long("舆情事项", 30),
            _choice("级别", "特别重大", "重大", "其他"),
            _choice(
                "领域", "就学就医", "住房保障", "安全生产", "防灾减灾救灾", "食品药品安全", "养老服务", "其他"
            ),
            Column("发现时间", 18, Owner.OFFICE, ColumnKind.MOMENT),
            Column("研判时间", 18, Owner.OFFICE, ColumnKind.MOMENT),
            Column("回应时间", 18, Owner.OFFICE, ColumnKind.MOMENT),
            _text("回应方式"),
            _LINK,
            _long("督办和问责情况", 24),
        ),
        "政务舆情从发现、研判到回应；限时回应的同时登记在“时限事项”（R08、R09）。",
        done="回应时间",
        words=("政务舆情", "舆情回应", "热点舆情"),
    ),
    Logbook(
        "JY",
        "建议提案办理",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("建议提案编号"),
            _choice("类别", "人大代表建议", "政协委员提案"),
            _text("标题", 36),
            _tick("全文公开"),
            _day("公开日期"),
            _long("不公开的理由", 24),
            _LINK,
        ),
        "建议提案办理复文原则上全文公开；不公开的写明理由。",
        done="公开日期",
        words=("代表建议", "委员提案", "建议提案"),
    ),
    Logbook(
        "WZ",
        "网站监测抽查",
        LogbookScope.EVENT,
        (
            _text("主办单位", 20),
            _text("网站名称", 24),
            _day("抽查日期"),
            _tick("合格"),
            _tick("支持IPv6"),
            _tick("安全防护到位"),
            _long("不合格情况", 30),
            _day("结果公开日期"),
            _LINK,
        ),
        "政府网站日常监测、每季度抽查，抽查情况上报并公开；新建网站支持IPv6。",
        quota=1,
        period=Span.QUARTER,
        words=("网站…抽查", "季度抽查", "网站…监测", "网站…普查", "IPv6"),
    ),
    Logbook(
        "FW",
        "办事服务信息",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("事项名称", 30),
            _day("变更审批完成日期"),
            _day("变更公开日期"),
            _tick("公开内容与实际一致"),
            Column("改革前天数", 10, Owner.OFFICE, ColumnKind.NUMBER),
            Column("改革后天数", 10, Owner.OFFICE, ColumnKind.NUMBER),
            _LINK,
            _NOTE,
        ),
        "办事条件变更后一个工作日内公开；公开的和实际的是否一致，办理时间是否减半。",
        ratio="改革后天数/改革前天数≤50%",
        done="变更公开日期",
        words=("办事指南", "办事条件", "服务信息", "开办时间", "政务服务事项"),
    ),
    Logbook(
        "YJ",
        "财政预决算公开",
        LogbookScope.UNIT,
        (_day("预算公开日期"), _day("决算公开日期"), _LINK, _NOTE),
        "各级政府及其部门的预算、决算是否全部公开。",
        due="R03",
        done="决算公开日期",
        words=("预决算", "财政预算"),
    ),
    Logbook(
        "ZD",
        "制度建立",
        LogbookScope.UNIT,
        (
            _day("公开审查机制建立日期"),
            _day("保密审查制度建立日期"),
            _day("申请登记管理制度建立日期"),
            _tick("个人隐私去标识处理"),
            _tick("主要负责人负总责"),
            _tick("列入公务员培训科目"),
            _LINK,
            _NOTE,
        ),
        "公开审查、保密审查、申请登记等制度什么时候建立；发布前审查、隐私处理是否落实。",
        done="公开审查机制建立日期",
        words=("审查机制", "保密审查", "登记管理制度", "去标识"),
    ),
    Logbook(
        "QS",
        "公共企事业单位公开",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("企事业单位名称", 26),
            _tick("编制公开目录"),
            _tick("有考核评议办法"),
            _tick("有责任追究办法"),
            _tick("开展监督检查"),
            _LINK,
            _NOTE,
        ),
        "公共企事业单位的公开目录，以及考核、评议、责任追究、监督检查办法。",
        words=("企事业单位…公开", "公共企事业"),
    ),
    Logbook(
        "XM",
        "重大项目信息公开",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("项目名称", 30),
            _text("公开平台", 24),
            _tick("中标结果"),
            _tick("合同订立及履行"),
            _tick("征收土地方案"),
            _tick("补偿安置方案"),
            _tick("信用信息"),
            _LINK,
        ),
        "重大建设项目批准和实施的五项信息，逐项目核对是否公开。",
        words=("重大建设项目", "中标结果", "征收土地"),
    ),
    Logbook(
        "SD",
        "试点任务",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("试点领域", 24),
            _day("验收期限"),
            _day("验收日期"),
            _day("成果报送日期"),
            _tick("形成标准规范"),
            _NOTE,
        ),
        "试点单位和领域的验收、成果报送，是否形成可复制可推广的标准规范。",
        due="验收期限",
        done="验收日期",
        words=("试点",),
    ),
    Logbook(
        "HD",
        "互动渠道和公开专区",
        LogbookScope.EVENT,
        (
            _UNIT,
            _choice(
                "类别",
                "领导信箱",
                "12345热线",
                "在线访谈",
                "网友留言",
                "开放日",
                "公开专区",
                "社会监督员",
                "其他",
            ),
            _day("日期"),
            Column("收到件数", 9, Owner.OFFICE, ColumnKind.NUMBER),
            Column("按时办结件数", 12, Owner.OFFICE, ColumnKind.NUMBER),
            _LINK,
            _NOTE,
        ),
        "信箱、热线、留言、访谈、开放日的件数和按时办结率；服务大厅公开专区的设立情况。",
        ratio="按时办结件数/收到件数",
        words=("开放日", "公开专区", "领导信箱", "网友留言", "留言回应", "监督评议员"),
    ),
    Logbook(
        "GB",
        "政府公报",
        LogbookScope.EVENT,
        (_UNIT, _text("期号"), _day("出版日期"), _day("上网日期"), _tick("历史公报数字化"), _LINK),
        "政府公报纸质版和电子版同步；历史公报数字化。",
        done="上网日期",
        words=("政府公报",),
    ),
    Logbook(
        "PC",
        "普查调查表核对",
        LogbookScope.UNIT,
        (_day("填报日期"), _tick("真实"), _tick("准确"), _tick("完整"), _NOTE),
        "普查、调查类报表逐单位核对是否真实、准确、完整。",
        done="填报日期",
        words=("调查表", "普查要求"),
    ),
    Logbook(
        "CS",
        "内部分工",
        LogbookScope.POINT,
        (_text("处室"), _text("责任人"), _day("内部时限"), _day("办结日期"), _NOTE),
        "本单位把每项任务分到处室和责任人。",
        due="内部时限",
        done="办结日期",
        words=("各处室", "责任科室", "内设机构"),
    ),
    Logbook(
        "JD",
        "解读要点核对",
        LogbookScope.EVENT,
        (
            _UNIT,
            _text("文件标题", 36),
            _tick("背景依据"),
            _tick("目标任务"),
            _tick("主要内容"),
            _tick("涉及范围"),
            _tick("执行口径"),
            _tick("新旧政策差异"),
            _LINK,
        ),
        "解读材料是否讲全六个要点；文件与解读方案一并报批。",
        words=("解读要点", "重点解读"),
    ),
    Logbook(
        "XD",
        "行动归类",
        LogbookScope.POINT,
        (
            _choice(
                "所属行动",
                "五公开",
                "政策解读",
                "舆情回应",
                "公众参与",
                "平台建设",
                "业务培训",
            ),
            _NOTE,
        ),
        "每项任务归入一项行动，汇总各项行动有多少任务。",
        words=("项行动",),
    ),
    Logbook(
        "JC",
        "检查项任务覆盖",
        LogbookScope.EVENT,
        (_text("重点任务", 36), _text("来源"), _day("最近检查日期"), _text("抽查编号"), _NOTE),
        "重点任务一项一行，逐次抽查后登记，看全年有没有从未查到的。",
        done="最近检查日期",
        words=("项重点工作", "项重点任务"),
    ),
)
_BY_CODE = {logbook.code: logbook for logbook in LOGBOOKS}
