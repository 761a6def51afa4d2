"""What an office may set, each with its default and the sentence that explains it.

`ITEMS` is the whole list of single values; rounds and holidays are tables of their own. A value that cannot
be used is reported with its cell and the default is used, aloud.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from dataclasses import field

from tracker.columns import SCOPES
from tracker.columns import SUMMARY_LIMIT
from tracker.rules.chasing.tiers import TIER_RULES
from tracker.rules.chasing.tiers import Tier
from tracker.rules.chasing.tiers import TierRules
from tracker.rules.items import OfficeSetting as Item
from tracker.rules.items import SettingKind as Kind
from tracker.rules.outgoing.sending import SendingSettings
from tracker.rules.outgoing.slots import JOBS
from tracker.rules.outgoing.slots import Job
from tracker.rules.progress.lights import Thresholds

SETTINGS: tuple[Item, ...] = (
    Item("office_name", "本单位名称", Kind.TEXT, "", "印在填报表、通知单和报告上，如“××市人民政府办公室”。"),
    Item("superior", "报告主送机关", Kind.TEXT, "", "落实情况报告报给谁，如“××省人民政府办公厅”。"),
    Item("place_name", "地区简称", Kind.TEXT, "", "报告里说“我市”“我县”时用，如“我市”。"),
    Item("signer", "签发人", Kind.TEXT, "", "上行文首页印的签发人；印版头而这里空着的，留出填写的位置。"),
    Item(
        "red_head", "印红色版头", Kind.YES, "否", "报告和情况通报由本程序印版头的填“是”；由 OA 套红的填“否”。"
    ),
    Item(
        "agency_code",
        "机关代字",
        Kind.TEXT,
        "",
        "版头发文字号里的机关代字，如“×府办”；序号留空，由人工填写。",
    ),
    Item("contact", "联系人及电话", Kind.TEXT, "", "印在填报表和通知上，各单位有问题时找谁。"),
    Item("light_near", "亮蓝灯（工作日）", Kind.NUMBER, "10", "到期前多少个工作日起亮蓝灯。"),
    Item(
        "supervision_name",
        "督查机构名称",
        Kind.TEXT,
        "",
        "印在督办通知单和督查通报上，如“××市人民政府督查室”；空着就用本单位名称。",
    ),
    Item("bulletin", "通报刊头", Kind.TEXT, "政务督查", "督查通报首页的红色刊头，如“××政务督查”。"),
    Item("summary_limit", "摘要字数上限", Kind.NUMBER, str(SUMMARY_LIMIT), "填报表“摘要”一栏的字数上限。"),
    Item(
        "scope",
        "报送口径",
        Kind.CHOICE,
        "各责任单位",
        "谁来填报：仅牵头单位、各责任单位、含配合单位；某方案某期另定的在“报送期次”里写，个别事项的在工作台账“报送口径”栏选。",
        tuple(SCOPES),
    ),
    Item(
        "divided",
        "分头填报的单位",
        Kind.TEXT,
        "",
        "哪些单位由下属部门或乡镇各报一份、由一人合并，用顿号分开；各部门的文字按文件名依次排列，互不覆盖。",
    ),
    Item(
        "stamp",
        "要求盖章件",
        Kind.YES,
        "是",
        "填“是”的，收到电子表而没有盖章件的单位列为“缺盖章”；不要求盖章的填“否”。",
    ),
    Item("report_pages", "报告正文页数上限", Kind.NUMBER, "8", "正文尽量不超过多少页，其余放附件。"),
    Item(
        "own_reports",
        "附自查报告稿",
        Kind.YES,
        "是",
        "一年最后一期下发填报表时，另给各单位附一份自查报告拟稿，由其全年所报内容写成；不附的填“否”。",
    ),
    Item(
        "unreported_columns",
        "不通报的栏目",
        Kind.TEXT,
        "",
        "哪些栏目的文字不写入报告和通报，用顿号分开，如“佐证材料、备注”；个别事项不通报的，在工作台账“不通报”栏选。",
    ),
    Item(
        "unpublished_columns",
        "不公开的栏目",
        Kind.TEXT,
        "进展情况、存在问题及下一步、佐证材料、完成日期、备注",
        "哪些栏目的文字不写入公开版，都可以公开就填“无”；个别事项不公开的，在工作台账“不公开”栏选。",
    ),
    Item(
        "circular_ranking",
        "通报各单位名次",
        Kind.YES,
        "是",
        "情况通报按到期完成率给各类单位分别排名次；不排的填“否”，各单位按名单次序列出。",
    ),
    Item(
        "database",
        "数据库地址",
        Kind.TEXT,
        "",
        "几台电脑共用一本台账时填 PostgreSQL 的地址，如 postgresql://tracker@10.1.2.3/gongkai，不写密码；一台电脑用就空着。",
    ),
)


@dataclass(frozen=True, slots=True)
class RoundSetting:
    """A 报送期次 as the office set it.

    Attributes:
        name: As people call it.
        plan: Id or theme of the plan that it is for; empty for all.
        opens: From when.
        due: When it is due back.
        scope: Who reports in it, where it differs from the general 报送口径; else empty.
    """

    name: str
    plan: str
    opens: dt.date
    due: dt.date
    scope: str = ""


@dataclass(frozen=True, slots=True)
class QuietPeriod:
    """静默日期: days, both inclusive, on which no unit is troubled, and why."""

    start: dt.date
    end: dt.date
    why: str = ""


# Older names of values that moved into the table 催办规则: label -> the rung, and which of its figures.
OLD_LABELS: dict[str, tuple[Tier, str]] = {
    "提前提醒（工作日）": (Tier.REMIND, "wait"),
    "催办最小间隔（工作日）": (Tier.CALL, "apart"),
    "转督办（工作日）": (Tier.SUPERVISE, "wait"),
    "转通报（工作日）": (Tier.CIRCULATE, "wait"),
}


@dataclass(frozen=True)
class Settings:
    """Everything that an office set.

    Attributes:
        values: By item name, as text; missing ones have their default.
        rounds: In the order of the sheet.
        days: Days of a year that the calendar does not know, or knows otherwise: True is a working day.
        tier_rules: The table 催办规则.
        quiet: The table 静默日期.
        send_settings: The sheet 发送设置 and the table 群机器人.
        jobs: The table 定时任务.
        sha: Hash of the workbook; empty for defaults.
        content: The workbook's values as JSON, for the fact `Setting`.
    """

    values: dict[str, str] = field(default_factory=dict)
    rounds: tuple[RoundSetting, ...] = ()
    days: dict[dt.date, bool] = field(default_factory=dict)
    tier_rules: TierRules = TIER_RULES
    quiet: tuple[QuietPeriod, ...] = ()
    send_settings: SendingSettings = field(default_factory=SendingSettings)
    jobs: tuple[Job, ...] = JOBS
    sha: str = ""
    content: str = ""

    def text(self, name: str) -> str:
        """A value as text."""
        return self.values.get(name) or _DEFAULTS[name]

    def number(self, name: str) -> int:
        """A value as a whole number."""
        return int(self.text(name))

    @property
    def thresholds(self) -> Thresholds:
        """What is set about lights."""
        return Thresholds(near=self.number("light_near"))

    def quiet_on(self, day: dt.date) -> str:
        """Why nobody is troubled on a day, in the words of the office; empty on other days."""
        period = next((period for period in self.quiet if period.start <= day <= period.end), None)
        return "" if period is None else f"静默日期（{period.why or period.start.isoformat()}）"


_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
