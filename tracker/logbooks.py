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

from enum import Enum

from tracker.columns import Column, ColumnKind, Owner
from tracker.limits import Span
from tracker.values import dataclass


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
        quota: How many rows of a unit a period asks for; 0 for none.
        period: The period of the quota.
        due: The column that says by when a row has to be done, or the code of the rule that says so from the plan's
            day of issue; empty for neither.
        done: The column that says when it was done; a row with a day there is done.
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

    def column(self, kind: ColumnKind) -> Column | None:
        """The first column of a kind; None if there is none."""
        return next((column for column in self.columns if column.kind is kind), None)

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
    return Column(label, 10, Owner.OFFICE, ColumnKind.CHOICE, choices=("是", "否"))


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
    ),
    Logbook(
        "A",
        "实施方案公开",
        LogbookScope.UNIT,
        (_text("方案名称", 30), _day("公开日期"), _LINK, _NOTE),
        "来文要求各单位制定并公开本单位实施方案的，登记公开情况。",
        due="R01",
        done="公开日期",
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
    ),
    Logbook(
        "B",
        "清单公开",
        LogbookScope.EVENT,
        (_UNIT, _text("清单名称", 30), _text("版本"), _day("公开日期"), _LINK, _NOTE),
        "权力清单、负面清单、随机抽查事项清单等的版本和网址。",
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
    ),
    Logbook(
        "H",
        "听取汇报",
        LogbookScope.EVENT,
        (_UNIT, _day("听取日期"), _text("听取人"), _text("会议或形式", 24), _NOTE),
        "单位主要负责人每年至少听取一次工作汇报。",
        quota=1,
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
        "别的考核办法里政务公开占多少分；一般不低于4%，请逐行核对。",
    ),
)
