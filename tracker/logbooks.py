r"""登记簿: a logbook is a declaration - what its rows are about, its columns, who fills them in, how often a year asks for one.

One machine lays out, reads back, counts and reports every logbook; a new one is a few lines that an office writes in
登记簿目录.xlsx. `LOGBOOKS` are shipped, in the words of that workbook: some on, some that an office (or a letter that asks
for it) switches on.

    each row is about   one row                                       its number
    event               for each thing that happened                  `T12`: the code and a number that is minted
    event, of a unit    for each thing that a unit wrote in its form  `X-F12-3`: the code, the form, which row of its sheet
    unit                for each unit, laid out beforehand            `N-U003`
    point               for each work point, laid out beforehand      `G-P1-007`

    type     what a cell may hold                                what is kept
    文字 长文字   anything; a figure only as long as it is whole      the text
    日期     a day, in any usual writing                         2026-03-02
    时间     a day and a time                                    2026-03-02 14:30
    数字     a figure                                            12.5
    选项     one of the choices                                  the choice
    是否     是, 否                                              是, 否
    单位     a unit of the list, under any of its names          the name as typed
    规则     number or subject of a rule of 时限规则             its number

A cell of a logbook is a `facts.Cell` whose subject is the row's number and whose field is the column's label, so that
`tracker history` shows who stated what, from which file and cell, and nothing that was written is ever lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from tracker import patterns as re
from tracker.columns import ABOUT_POINT, Column, ColumnKind, Owner
from tracker.limits import Span
from tracker.values import dataclass

LOGBOOK_NUMBER = "编号"
YES_NO = ("是", "否")
YES_NO_TYPE = "是否"
COLUMN_TYPES: dict[str, ColumnKind] = {
    "文字": ColumnKind.TEXT,
    "长文字": ColumnKind.LONG,
    "日期": ColumnKind.DATE,
    "时间": ColumnKind.MOMENT,
    "数字": ColumnKind.NUMBER,
    "选项": ColumnKind.CHOICE,
    "单位": ColumnKind.UNIT,
    "规则": ColumnKind.RULE,
}
# Who fills a logbook in: the office, or the units in their forms.
OFFICE_FILLS, UNITS_FILL = "本办", "单位"
_COMPARISON = re.compile(r"(?P<upper>[^/≥≤]+)(?P<sign>[≥≤])(?P<lower>[^/≥≤\d]+)")
_RATIO = re.compile(r"(?P<upper>[^/≥≤]+)/(?P<lower>[^/≥≤]+?)(?:(?P<sign>[≥≤])(?P<bound>\d+(?:\.\d+)?)%)?")
_SEPARATORS = re.compile(r"\s*[、，,;；\n]\s*")


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
        is_by_units: Whether units fill it in: it is a sheet of their forms.
        quota: How many rows of a unit a period asks for, or of the office where it has no column of units; 0 for none.
        period: The period of the quota.
        due: The column that says by when a row has to be done, or the code of the rule that says so from the plan's
            day of issue; empty for neither.
        done: The column that says when it was done; a row with a day there is done.
        ratio: What is computed of each row, as written: `改革后天数/改革前天数≤50%`; the bound may be left out. Or what
            a word asks for: `公开属性=依申请公开、不予公开→不公开的法定依据`.
        words: By which a source asks for it; `…` stands for up to twenty characters of one sentence.
    """

    code: str
    name: str
    subject: LogbookScope
    columns: tuple[Column, ...]
    explains: str = ""
    is_on: bool = False
    is_by_units: bool = False
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

        >>> Logbook("Z", "权重", LogbookScope.EVENT, (), ratio="政务公开分值/总分≥4%").ratio_parts
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
    def demand(self) -> tuple[str, tuple[str, ...], str] | None:
        """The column, the words of it, and the column that they want filled in; None where `ratio` says no such thing.

        >>> Logbook("Q", "属性", LogbookScope.EVENT, (), ratio="属性=甲、乙→依据").demand
        ('属性', ('甲', '乙'), '依据')
        """
        match = re.fullmatch(r"([^=→]+)=([^=→]+)→([^=→]+)", self.ratio)
        return (match[1], words_of(match[2]), match[3]) if match else None

    @property
    def yes_no(self) -> tuple[str, ...]:
        """The columns that say 是 or 否."""
        return tuple(column.label for column in self.columns if column.choices == YES_NO)

    def column(self, kind: ColumnKind) -> Column | None:
        """The first column of a kind; None if there is none."""
        return next((column for column in self.columns if column.kind is kind), None)

    @property
    def is_of_events(self) -> bool:
        """Whether a row is added for each thing that happens."""
        return self.subject is LogbookScope.EVENT

    @property
    def form_columns(self) -> tuple[Column, ...]:
        """The columns of its sheet on a form: number, what the row is about, what the unit fills in."""
        about = () if self.subject is not LogbookScope.POINT else (Column(ABOUT_POINT, 34, Owner.PLAN),)
        answers = (
            replace(column, owner=Owner.UNIT) for column in self.columns if column.kind is not ColumnKind.UNIT
        )
        return (Column(LOGBOOK_NUMBER, 12, Owner.PLAN), *about, *answers)

    def entry(self, form: str, n: int) -> str:
        """The number of what a unit writes in a row of its form's sheet, from 1."""
        return f"{self.code}-{form}-{n}"

    def is_asked_in(self, text: str) -> bool:
        """Whether a sentence has its words.

        >>> logbook = Logbook("H", "听取汇报", LogbookScope.EVENT, (), words=("听取…汇报",))
        >>> [logbook.is_asked_in(text) for text in ("汇报材料", "每年至少听取一次政务公开工作汇报")]
        [False, True]
        """
        return any(re.search(re.escape(word).replace("…", ".{0,20}?"), text) for word in self.words)

    def is_row(self, subject: str) -> bool:
        """Whether the subject of a cell is a row of this logbook.

        >>> logbook = Logbook("X", "业务培训", LogbookScope.EVENT, ())
        >>> [logbook.is_row(subject) for subject in ("X12", "X-F12-3", "X-U003", "XD12", "P1-003")]
        [True, True, False, False, False]
        """
        if self.subject is LogbookScope.EVENT:
            return re.fullmatch(rf"{self.code}(?:\d+|-F\d+-\d+)", subject) is not None
        return subject.startswith(f"{self.code}-")


_LEAST_WIDTHS = {
    ColumnKind.LONG: 34.0,
    ColumnKind.DATE: 13.0,
    ColumnKind.MOMENT: 18.0,
    ColumnKind.UNIT: 20.0,
    ColumnKind.NUMBER: 8.0,
    ColumnKind.CHOICE: 10.0,
}


def logbook_column(label: str, type_: str, choices: Sequence[str] = (), hint: str = "") -> Column | None:
    """A column as it is declared; None where there is no such type, no label, or nothing to choose from."""
    kind = ColumnKind.CHOICE if type_ == YES_NO_TYPE else COLUMN_TYPES.get(type_)
    words = YES_NO if type_ == YES_NO_TYPE else tuple(choices)
    if kind is None or not label or (kind is ColumnKind.CHOICE and not words):
        return None
    width = max(_LEAST_WIDTHS.get(kind, 16.0), 2.0 * len(label) + 2)
    return Column(label, width, Owner.OFFICE, kind, choices=words, hint=hint)


def logbook_of(code: str, name: str, columns: Sequence[Column], cells: Mapping[str, str]) -> Logbook:
    """A logbook as it is declared: `cells` by the heads of 登记簿目录.xlsx; what is missing or no word of theirs is the usual."""
    quota = cells.get("每期几次", "")
    return Logbook(
        code=code,
        name=name,
        subject=word_of(LogbookScope, cells.get("每行是", ""), LogbookScope.EVENT),
        columns=tuple(columns),
        explains=cells.get("说明", ""),
        is_on=cells.get("启用") == "是",
        is_by_units=cells.get("谁填") == UNITS_FILL,
        quota=int(quota) if quota.isdecimal() else 0,
        period=word_of(Span, cells.get("期间", ""), Span.YEAR),
        due=cells.get("期限栏目或规则", ""),
        done=cells.get("办结栏目", ""),
        ratio=cells.get("比值", ""),
        words=words_of(cells.get("来文用语", "")),
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words that a cell lists."""
    return tuple(filter(None, _SEPARATORS.split(text)))


_WordT = TypeVar("_WordT", bound=Enum)


def word_of(kind: type[_WordT], text: str, default: _WordT) -> _WordT:
    """The member whose value a cell says; the default for any other text."""
    return next((word for word in kind if word.value == text), default)


# Code, name and what a row is about; then a line for each head of the catalogue. A column is `栏目`, `栏目:类型` or `栏目=选项、选项`.
_DECLARATIONS = """
T 时限事项 每件事一行 启用
    栏目：单位:单位 事项:长文字 适用规则:规则 起算时间:时间 完成时间:时间 网址 备注:长文字
    说明：有时限的事项逐件登记；到期时间和是否按时由程序计算。
W 整改台账 每件事一行 启用
    栏目：单位:单位 检查日期:日期 来源 检查内容 发现的问题:长文字 问题类别 四不=不及时、不准确、不回应、不实用 严重程度=一般、较重、严重 交办日期:日期 整改期限:日期 整改情况:长文字 整改日期:日期 佐证 复核结果=通过、不通过、回头看不通过、撤销 复核日期:日期 复核意见或原因:长文字
    来文用语：三随机、抽查、巡检、专项检查、整改
    说明：抽查、专项检查、回头看和上级问题清单中发现的问题，从发现、交办、整改到复核销号。
L 领导批示和临时交办 每件事一行 启用
    栏目：批示日期:日期 批示领导 批示或交办内容:长文字 单位:单位 办理期限:日期 办理结果:长文字 办结日期:日期 备注:长文字
    期限栏目或规则：办理期限
    办结栏目：办结日期
    说明：不在方案里的批示和临时交办事项，逐件登记、到期提醒。
N 年报核对 每个单位一行 启用
    栏目：年报公开日期:日期 网址 写有本年任务落实情况:是否 写有重点领域公开情况:是否 备注:长文字
    办结栏目：年报公开日期
    来文用语：信息公开…年度报告、信息公开年报
    说明：各单位政府信息公开工作年度报告是否按时公开、是否写入本年任务落实情况。
A 实施方案公开 每个单位一行
    栏目：方案名称:长文字 公开日期:日期 网址 备注:长文字
    期限栏目或规则：R01
    办结栏目：公开日期
    来文用语：实施方案并…公开、实施方案并…公布、任务安排并…公开
    说明：来文要求各单位制定并公开本单位实施方案的，登记公开情况。
K 主动公开基本目录 每件事一行
    栏目：单位:单位 公开事项 公开主体 公开范围 公开内容:长文字 公开方式 公开时限 更新日期:日期 网址
    来文用语：公开基本目录、公开事项标准目录、公开目录
    说明：主动公开基本目录：主体、范围、内容、方式、时限五栏。
Q 公文公开属性 每件事一行
    栏目：单位:单位 文号 文件标题:长文字 公开属性=主动公开、依申请公开、不予公开 不公开的法定依据:长文字 保密审查人 重新评估日期:日期 评估结果=维持、转为公开
    比值：公开属性=依申请公开、不予公开→不公开的法定依据
    来文用语：公开属性、此件公开发布、不予公开的
    说明：公文的三种公开属性；依申请公开和不予公开的写明法定依据，每年重新评估一次。
Y 政策解读 每件事一行
    栏目：单位:单位 文件标题:长文字 文件公开日期:日期 解读发布日期:日期 解读人 解读形式=文字、图表、视频、发布会、访谈 同步组织:是否 同步审签:是否 同步部署:是否 主要负责人解读:是否 网址
    每期几次：1
    来文用语：解读方案、解读材料、第一解读人、第一新闻发言人、同步组织、解读重大政策、谁起草…谁解读、政策解读责任
    说明：政策文件与解读同步组织、同步审签、同步部署；部门主要负责人每年至少解读一次重大政策。
B 清单公开 每件事一行
    栏目：单位:单位 清单名称:长文字 版本 公开日期:日期 网址 备注:长文字
    来文用语：权力清单、责任清单…公、负面清单、事项清单、跑一次
    说明：权力清单、负面清单、随机抽查事项清单等的版本和网址。
X 业务培训 每件事一行
    栏目：单位:单位 培训内容:长文字 培训日期:日期 学时:数字 人数:数字 备注:长文字
    每期几次：1
    来文用语：培训、轮训
    说明：业务培训的内容、日期、学时和人数；列入年度培训计划。
H 听取汇报 每件事一行
    栏目：单位:单位 听取日期:日期 听取人 会议或形式 备注:长文字
    每期几次：1
    来文用语：听取…汇报
    说明：单位主要负责人每年至少听取一次工作汇报。
J 政务新媒体和热线 每件事一行
    栏目：单位:单位 类别=微信、微博、客户端、热线、其他 名称 责任人 经费保障 最近更新日期:日期 处置=保留、整合、关停 备注:长文字
    来文用语：政务新媒体、两微一端、政务热线、服务热线
    说明：谁开设、谁管理；长期不更新的整合或关停，热线并入12345。
V 五同落实 每个单位一行
    栏目：同研究:是否 同部署:是否 同检查:是否 同推进:是否 同落实:是否 佐证:长文字 备注:长文字
    来文用语：五同、同研究
    说明：与业务工作同研究、同部署、同检查、同推进、同落实。
G 公众参与 每件事一行
    栏目：单位:单位 决策事项:长文字 征求意见开始:日期 征求意见结束:日期 收到意见数:数字 采纳数:数字 公开采纳情况:是否 列席代表 网址
    来文用语：征求意见、意见采纳、列席、公众参与、众创
    说明：重大决策公开征求意见、公开采纳情况、邀请利益相关方列席。
S 依申请公开办理 每件事一行
    栏目：单位:单位 登记号 收到日期:日期 答复期限:日期 答复日期:日期 办理结果 经常被申请转为主动公开:是否
    期限栏目或规则：答复期限
    办结栏目：答复日期
    来文用语：依申请公开、信息公开申请
    说明：各单位依申请公开的办理环节和期限；本办自己的登记在“依申请公开登记.xlsx”。
E 外部评估结果 每件事一行
    栏目：评估名称:长文字 公布日期:日期 名次:数字 参评个数:数字 得分:数字 目标名次:数字 主要问题:长文字 网址
    比值：名次≤目标名次
    来文用语：第三方评估、透明度指数、社会评议、考核中…前…名
    说明：上级考核、第三方评估、透明度指数中的名次和得分。
Z 考核权重核对 每件事一行
    栏目：考核办法:长文字 制定机关 总分:数字 政务公开分值:数字 备注:长文字
    比值：政务公开分值/总分≥4%
    来文用语：权重红线、分值权重
    说明：别的考核办法里政务公开占多少分；一般不低于4%，低于的在“办理状态”里写明；红线在登记簿目录的“比值”里改。
YQ 舆情回应 每件事一行
    栏目：单位:单位 舆情事项:长文字 级别=特别重大、重大、其他 领域=就学就医、住房保障、安全生产、防灾减灾救灾、食品药品安全、养老服务、其他 发现时间:时间 研判时间:时间 回应时间:时间 回应方式 网址 督办和问责情况:长文字
    办结栏目：回应时间
    来文用语：政务舆情、舆情回应、热点舆情
    说明：政务舆情从发现、研判到回应；限时回应的同时登记在“时限事项”（R08、R09）。
JY 建议提案办理 每件事一行
    栏目：单位:单位 建议提案编号 类别=人大代表建议、政协委员提案 标题:长文字 全文公开:是否 公开日期:日期 不公开的理由:长文字 网址
    办结栏目：公开日期
    来文用语：代表建议、委员提案、建议提案
    说明：建议提案办理复文原则上全文公开；不公开的写明理由。
WZ 网站监测抽查 每件事一行
    栏目：主办单位 网站名称 抽查日期:日期 合格:是否 支持IPv6:是否 安全防护到位:是否 不合格情况:长文字 结果公开日期:日期 网址
    每期几次：1
    期间：季度
    来文用语：网站…抽查、季度抽查、网站…监测、网站…普查、IPv6
    说明：政府网站日常监测、每季度抽查，抽查情况上报并公开；新建网站支持IPv6。
FW 办事服务信息 每件事一行
    栏目：单位:单位 事项名称:长文字 变更审批完成日期:日期 变更公开日期:日期 公开内容与实际一致:是否 改革前天数:数字 改革后天数:数字 网址 备注:长文字
    办结栏目：变更公开日期
    比值：改革后天数/改革前天数≤50%
    来文用语：办事指南、办事条件、服务信息、开办时间、政务服务事项
    说明：办事条件变更后一个工作日内公开；公开的和实际的是否一致，办理时间是否减半。
YJ 财政预决算公开 每个单位一行
    栏目：预算公开日期:日期 决算公开日期:日期 网址 备注:长文字
    期限栏目或规则：R03
    办结栏目：决算公开日期
    来文用语：预决算、财政预算
    说明：各级政府及其部门的预算、决算是否全部公开。
ZD 制度建立 每个单位一行
    栏目：公开审查机制建立日期:日期 保密审查制度建立日期:日期 申请登记管理制度建立日期:日期 个人隐私去标识处理:是否 主要负责人负总责:是否 列入公务员培训科目:是否 网址 备注:长文字
    办结栏目：公开审查机制建立日期
    来文用语：审查机制、保密审查、登记管理制度、去标识
    说明：公开审查、保密审查、申请登记等制度什么时候建立；发布前审查、隐私处理是否落实。
QS 公共企事业单位公开 每件事一行
    栏目：单位:单位 企事业单位名称 编制公开目录:是否 有考核评议办法:是否 有责任追究办法:是否 开展监督检查:是否 网址 备注:长文字
    来文用语：企事业单位…公开、公共企事业
    说明：公共企事业单位的公开目录，以及考核、评议、责任追究、监督检查办法。
XM 重大项目信息公开 每件事一行
    栏目：单位:单位 项目名称:长文字 公开平台 中标结果:是否 合同订立及履行:是否 征收土地方案:是否 补偿安置方案:是否 信用信息:是否 网址
    来文用语：重大建设项目、中标结果、征收土地
    说明：重大建设项目批准和实施的五项信息，逐项目核对是否公开。
SD 试点任务 每件事一行
    栏目：单位:单位 试点领域 验收期限:日期 验收日期:日期 成果报送日期:日期 形成标准规范:是否 备注:长文字
    期限栏目或规则：验收期限
    办结栏目：验收日期
    来文用语：试点
    说明：试点单位和领域的验收、成果报送，是否形成可复制可推广的标准规范。
HD 互动渠道和公开专区 每件事一行
    栏目：单位:单位 类别=领导信箱、12345热线、在线访谈、网友留言、开放日、公开专区、社会监督员、其他 日期:日期 收到件数:数字 按时办结件数:数字 网址 备注:长文字
    比值：按时办结件数/收到件数
    来文用语：开放日、公开专区、领导信箱、网友留言、留言回应、监督评议员
    说明：信箱、热线、留言、访谈、开放日的件数和按时办结率；服务大厅公开专区的设立情况。
GB 政府公报 每件事一行
    栏目：单位:单位 期号 出版日期:日期 上网日期:日期 历史公报数字化:是否 网址
    办结栏目：上网日期
    来文用语：政府公报
    说明：政府公报纸质版和电子版同步；历史公报数字化。
PC 普查调查表核对 每个单位一行
    栏目：填报日期:日期 真实:是否 准确:是否 完整:是否 备注:长文字
    办结栏目：填报日期
    来文用语：调查表、普查要求
    说明：普查、调查类报表逐单位核对是否真实、准确、完整。
CS 内部分工 每个事项一行
    栏目：处室 责任人 内部时限:日期 办结日期:日期 备注:长文字
    期限栏目或规则：内部时限
    办结栏目：办结日期
    来文用语：各处室、责任科室、内设机构
    说明：本单位把每项任务分到处室和责任人。
JD 解读要点核对 每件事一行
    栏目：单位:单位 文件标题:长文字 背景依据:是否 目标任务:是否 主要内容:是否 涉及范围:是否 执行口径:是否 新旧政策差异:是否 网址
    来文用语：解读要点、重点解读
    说明：解读材料是否讲全六个要点；文件与解读方案一并报批。
XD 行动归类 每个事项一行
    栏目：所属行动=五公开、政策解读、舆情回应、公众参与、平台建设、业务培训 备注:长文字
    来文用语：项行动
    说明：每项任务归入一项行动，汇总各项行动有多少任务。
JC 检查项任务覆盖 每件事一行
    栏目：重点任务:长文字 来源 最近检查日期:日期 抽查编号 备注:长文字
    办结栏目：最近检查日期
    来文用语：项重点工作、项重点任务
    说明：重点任务一项一行，逐次抽查后登记，看全年有没有从未查到的。
"""


def _logbooks_in(text: str) -> Iterator[Logbook]:
    for block in re.split(r"\n(?=[A-Z])", text.strip()):
        head, *lines = block.splitlines()
        code, name, subject, *on = head.split()
        cells = dict(line.strip().split("：", 1) for line in lines)
        columns = [column for text in cells.pop("栏目").split() if (column := _declared_column(text))]
        yield logbook_of(code, name, columns, {**cells, "每行是": subject, "启用": "是" if on else "否"})


def _declared_column(text: str) -> Column | None:
    label, _, choices = text.partition("=")
    label, _, type_ = label.partition(":")
    return logbook_column(label, type_ or ("选项" if choices else "文字"), words_of(choices))


LOGBOOKS = tuple(_logbooks_in(_DECLARATIONS))
# Those that an office of any field may keep; the others are of 政务公开.
ANY_FIELD_LOGBOOKS = frozenset(["T", "W", "L", "X", "H", "E", "SD", "PC", "CS", "JC"])
# What the machine itself reads: the rules of time, and what checks found.
LIMIT_CASES, SHORTCOMINGS = LOGBOOKS[:2]
# 四不 are words of 政务公开.
ANY_FIELD_SHORTCOMINGS = tuple(column for column in SHORTCOMINGS.columns if column.label != "四不")
