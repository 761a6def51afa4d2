"""What an office may set, each with its default and the sentence that explains it.

`SETTINGS` is the whole list of single values; rounds and holidays are tables of their own, and so are 催办规则
(`tiers`), 静默日期, 发送设置 with 群机器人, and 定时任务; `TECHNICAL` stands on a sheet of its own. A value that cannot be used is reported with its cell and the
default is used, aloud.

About sending an office may set by which channel, when, how much, to which domains, by which robots. A channel that
leaves the office's network is off until it is set. No password and no token is ever a setting: the settings hold the
names under which the system's key store, or an environment variable, keeps them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from tracker import patterns as re
from tracker.columns import SCOPE_LABEL, SCOPES, SUMMARY_LIMIT
from tracker.tiers import SUPERVISION_TIERS, TIER_RULES, Tier, TierRules
from tracker.values import dataclass

if TYPE_CHECKING:
    from tracker.workdays import Calendar


def domain_of(address: str) -> str:
    """The domain of an address, in small letters."""
    return address.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Job:
    """A job: the verb that it calls, its name for users, its days, its times, and what it is for."""

    verb: str
    name: str
    days: str
    times: tuple[dt.time, ...]
    explains: str = ""
    on: bool = True


JOBS: tuple[Job, ...] = (
    Job("check", "自检备份", "每个工作日", (dt.time(8, 20),), "核对台账数据库并备份到 .tracker。"),
    Job("hand-out", "印发填报表", "每个工作日", (dt.time(8, 30),), "到了开始日期的期次，生成各单位填报表。"),
    Job(
        "take-back", "收表汇总", "每个工作日", (dt.time(8, 40), dt.time(14, 40)), "收“各单位报送”里的新文件。"
    ),
    Job("sync", "台账更新", "每个工作日", (dt.time(8, 50), dt.time(14, 50)), "读取您改的台账，写入新进展。"),
    Job("chase", "提醒催办", "每个工作日", (dt.time(9, 0),), "拟当天的提醒函和督办单；督办单等人签发。"),
    Job(
        "send",
        "发送",
        "每个工作日",
        (dt.time(9, 10), dt.time(11, 10), dt.time(14, 55), dt.time(16, 40)),
        "发出待发的消息，失败的重试。",
    ),
    Job("weekly", "每周小结", "每周一", (dt.time(9, 20),), "台账更新后生成一页看板。"),
)
DAYS_PATTERN = re.compile(r"每天|每个?工作日|每(?:周|星期)([一二三四五六日天])|每月(\d{1,2})[日号]")


def is_days(text: str) -> bool:
    """Whether the days of a job can be understood.

    >>> is_days("每个工作日"), is_days("每周一"), is_days("每月25日"), is_days("有空时")
    (True, True, True, False)
    """
    match = DAYS_PATTERN.fullmatch(text)
    return match is not None and (not match[2] or 1 <= int(match[2]) <= 31)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What an office may set about lights.

    Attributes:
        near: Working days before the due day from which the light is blue.
        year_end: Month and day from which a round counts as the last of the plan's year.
    """

    near: int = 10
    year_end: tuple[int, int] = (11, 1)


@dataclass(frozen=True, slots=True)
class Day:
    """What a judgement of a day goes by: the day, the working days, what the office set about lights."""

    today: dt.date
    calendar: Calendar
    thresholds: Thresholds = Thresholds()


class SettingKind(Enum):
    """What a setting's value is."""

    TEXT = "text"
    NUMBER = "number"
    # A tick: 是 or 否.
    YES = "yes"
    # One of a few words.
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class OfficeSetting:
    """One setting: its name in the program, its name for users, kind, default, explanation; words of a CHOICE.

    `old_words` are what an older workbook may say instead of a choice.
    """

    name: str
    label: str
    kind: SettingKind
    default: str
    explains: str
    choices: tuple[str, ...] = ()
    old_words: Mapping[str, str] = field(default_factory=dict)


FOLDER, MAIL, ROBOT = "folder", "mail", "robot"
_CHANNELS = {"文件夹": FOLDER, "邮件": MAIL}

SENDING_SETTINGS: tuple[OfficeSetting, ...] = (
    OfficeSetting(
        "send_by",
        "发送方式",
        SettingKind.CHOICE,
        "文件夹",
        "文件夹：待发的督办单和邮件放进“督办/待发”，由人发出；邮件：直接发到联络员邮箱。",
        tuple(_CHANNELS),
    ),
    OfficeSetting("send_test", "测试模式", SettingKind.YES, "否", "选“是”时什么也不发，只列出会发什么。"),
    OfficeSetting("send_from_hour", "开始发送（时）", SettingKind.NUMBER, "8", "每天几点以后才往外发。"),
    OfficeSetting(
        "send_to_hour",
        "停止发送（时）",
        SettingKind.NUMBER,
        "18",
        "每天几点以后不再往外发，留到下一个工作日。",
    ),
    OfficeSetting(
        "send_daily",
        "每个收件人每天上限",
        SettingKind.NUMBER,
        "5",
        "同一收件人一天最多收几封，多出的第二天发。",
    ),
    OfficeSetting(
        "send_blast",
        "群发警戒（倍）",
        SettingKind.NUMBER,
        "2",
        "一天要发的超过平时最多一天的几倍，就全部停住，等人在“督办”页确认。",
    ),
    OfficeSetting(
        "send_forms",
        "邮件发送填报表",
        SettingKind.YES,
        "否",
        "选“是”并用邮件发送时，填报表直接发到联络员邮箱。",
    ),
    OfficeSetting(
        "mail_host", "发信服务器", SettingKind.TEXT, "", "如 smtp.example.gov.cn；用邮件发送时必填。"
    ),
    OfficeSetting(
        "mail_port", "发信端口", SettingKind.NUMBER, "465", "SSL 一般是 465，STARTTLS 一般是 587。"
    ),
    OfficeSetting(
        "mail_security",
        "发信加密",
        SettingKind.CHOICE,
        "SSL",
        "SSL、STARTTLS 或 无（只限内网服务器）。",
        ("SSL", "STARTTLS", "无"),
    ),
    OfficeSetting(
        "mail_user",
        "发信账号",
        SettingKind.TEXT,
        "",
        "空着就不登录。密码不填在这里，在工作台“设置”页存入。",
    ),
    OfficeSetting("mail_from", "发信邮箱", SettingKind.TEXT, "", "本单位的发信地址。"),
    OfficeSetting(
        "mail_domains",
        "允许的邮箱域名",
        SettingKind.TEXT,
        "",
        "只发给这些域名的邮箱，用顿号分开，如 example.gov.cn；空着就一封也不发。",
    ),
    OfficeSetting(
        "alarm_to",
        "告警邮箱",
        SettingKind.TEXT,
        "",
        "定时任务连续失败或停摆时通知谁；空着就存入“督办/待发”。",
    ),
    OfficeSetting(
        "robot_hosts",
        "另外允许的机器人主机",
        SettingKind.TEXT,
        "",
        "专有部署的钉钉等，用顿号分开；一般空着。",
    ),
)
_SENDING_DEFAULTS = {setting.name: setting.default for setting in SENDING_SETTINGS}
PLATFORMS = {"钉钉": "dingtalk", "企业微信": "wecom", "飞书": "feishu"}


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot of a group: its name for users, platform, the names of its secrets, and whether it may tell tasks."""

    name: str
    platform: str
    secret: str
    full: bool = False

    @property
    def channel(self) -> str:
        """How messages name it."""
        return f"{ROBOT}:{self.name}"

    @property
    def sign(self) -> str:
        """The name of the secret with which a platform may want its messages signed."""
        return f"{self.secret}-sign"


@dataclass(frozen=True)
class SendingSettings:
    """Everything that is set about sending."""

    values: Mapping[str, str] = field(default_factory=dict)
    robots: tuple[Robot, ...] = ()

    def text(self, name: str) -> str:
        """A value as text."""
        return self.values.get(name) or _SENDING_DEFAULTS[name]

    def number(self, name: str) -> int:
        """A value as a whole number."""
        return int(self.text(name))

    def is_yes(self, name: str) -> bool:
        """Whether 是 is set."""
        return self.text(name) == "是"

    @property
    def channel(self) -> str:
        """By which channel slips leave; a word that is none of ours is the folder, which troubles nobody."""
        return _CHANNELS.get(self.text("send_by"), FOLDER)

    @property
    def domains(self) -> tuple[str, ...]:
        """Domains that mail may go to."""
        return _split_list(self.text("mail_domains"))

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts of robots that the office added."""
        return _split_list(self.text("robot_hosts"))

    def robot(self, channel: str) -> Robot | None:
        """The robot of a message's channel."""
        return next((robot for robot in self.robots if robot.channel == channel), None)

    def may_go(self, address: str) -> bool:
        """Whether an address lies in an allowed domain, or below one.

        >>> office = SendingSettings({"mail_domains": "example.gov.cn"})
        >>> [office.may_go(each) for each in ("a@example.gov.cn", "a@x.example.gov.cn", "a@notexample.gov.cn")]
        [True, True, False]
        """
        domain = domain_of(address)
        return any(domain == suffix or domain.endswith(f".{suffix}") for suffix in self.domains)

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the hour is one at which units may be troubled."""
        return self.number("send_from_hour") <= now.hour < self.number("send_to_hour")


def _split_list(text: str) -> tuple[str, ...]:
    for mark in "、，,;；\n":
        text = text.replace(mark, " ")
    return tuple(part.strip().lower().lstrip("@.") for part in text.split())


# 要求盖章件: the last round of a year, every one, none.
LAST_ROUND, EVERY_ROUND, NO_ROUND = "年终", "每期", "不要求"

SETTINGS: tuple[OfficeSetting, ...] = (
    OfficeSetting(
        "office_name",
        "本单位名称",
        SettingKind.TEXT,
        "",
        "印在填报表、通知单和报告上，如“××市人民政府办公室”。",
    ),
    OfficeSetting(
        "superior", "报告主送机关", SettingKind.TEXT, "", "落实情况报告报给谁，如“××省人民政府办公厅”。"
    ),
    OfficeSetting("place_name", "地区简称", SettingKind.TEXT, "", "报告里说“我市”“我县”时用，如“我市”。"),
    OfficeSetting(
        "signer", "签发人", SettingKind.TEXT, "", "上行文首页印的签发人；印版头而这里空着的，留出填写的位置。"
    ),
    OfficeSetting(
        "red_head",
        "印红色版头",
        SettingKind.YES,
        "否",
        "报告和情况通报由本程序印版头的填“是”；由 OA 套红的填“否”。",
    ),
    OfficeSetting(
        "agency_code",
        "机关代字",
        SettingKind.TEXT,
        "",
        "版头发文字号里的机关代字，如“×府办”；序号留空，由人工填写。",
    ),
    OfficeSetting(
        "contact", "联系人及电话", SettingKind.TEXT, "", "印在填报表和通知上，各单位有问题时找谁。"
    ),
    OfficeSetting("light_near", "亮蓝灯（工作日）", SettingKind.NUMBER, "10", "到期前多少个工作日起亮蓝灯。"),
    OfficeSetting(
        "supervision_name",
        "督查机构名称",
        SettingKind.TEXT,
        "",
        "有权督查的机构，如“××市人民政府督查室”，印在督办通知单和督查通报上。督查由县级以上政府督查机构开展，"
        "空着就不拟督办通知单、督查通报和约谈建议，只提醒和催办。",
    ),
    OfficeSetting(
        "form_slips",
        "迟报填报表发催办单",
        SettingKind.YES,
        "否",
        "迟报填报表只在工作群里提醒、打电话、每期列一份催报名单，不另发督办单，给基层减负；"
        "填“是”的，另发工作提醒和催办单。督办、通报、约谈只用于逾期的任务。",
    ),
    OfficeSetting(
        "group_tasks",
        "群发文字含任务内容",
        SettingKind.YES,
        "否",
        "贴到工作群里的提醒（“督办”里的群发文字）只写单位和有几项，不写是什么任务；"
        "选“是”才写事项简称和时限，只限内部的群。机器人发的消息另由“群机器人”的“含任务内容”决定。",
    ),
    OfficeSetting(
        "bulletin", "通报刊头", SettingKind.TEXT, "政务督查", "督查通报首页的红色刊头，如“××政务督查”。"
    ),
    OfficeSetting(
        "summary_limit",
        "摘要字数上限",
        SettingKind.NUMBER,
        str(SUMMARY_LIMIT),
        "填报表“摘要”一栏的字数上限。",
    ),
    OfficeSetting(
        "scope",
        SCOPE_LABEL,
        SettingKind.CHOICE,
        "各责任单位",
        "谁来填报：仅牵头单位、各责任单位、含配合单位；某方案某期另定的在“报送期次”里写，个别事项的在工作台账“填报单位范围”栏选。",
        tuple(SCOPES),
    ),
    OfficeSetting(
        "divided",
        "分头填报的单位",
        SettingKind.TEXT,
        "",
        "哪些单位由下属部门或乡镇各报一份、由一人合并，用顿号分开；各部门的文字按文件名依次排列，互不覆盖。",
    ),
    OfficeSetting(
        "stamp",
        "要求盖章件",
        SettingKind.CHOICE,
        LAST_ROUND,
        "哪些期次要盖章件：年终（一年最后一期）、每期、不要求。平时以电子表为准，年终盖一次章，少跑一趟；"
        "要盖章而只收到电子表的单位列为“未盖章”。",
        (LAST_ROUND, EVERY_ROUND, NO_ROUND),
        {"是": EVERY_ROUND, "否": NO_ROUND},
    ),
    OfficeSetting(
        "report_pages", "报告正文页数上限", SettingKind.NUMBER, "8", "正文尽量不超过多少页，其余放附件。"
    ),
    OfficeSetting(
        "own_reports",
        "附自查报告稿",
        SettingKind.YES,
        "是",
        "一年最后一期印发填报表时，另给各单位附一份自查报告拟稿，由其全年所报内容写成；不附的填“否”。",
    ),
    OfficeSetting(
        "unreported_columns",
        "不通报的栏目",
        SettingKind.TEXT,
        "",
        "哪些栏目的文字不写入报告和通报，用顿号分开，如“佐证材料、备注”；个别事项不通报的，在工作台账“不通报”栏选。",
    ),
    OfficeSetting(
        "forms_target",
        "每单位全年填报表上限（份）",
        SettingKind.NUMBER,
        "0",
        "报表精简目标：每个单位全年收到的填报表不超过几份；是否达到写在检查情况汇总的“报表精简情况”表。填0为不设目标。",
    ),
    OfficeSetting(
        "unpublished_columns",
        "不公开的栏目",
        SettingKind.TEXT,
        "进展情况、存在问题及下一步、佐证材料、完成日期、备注",
        "哪些栏目的文字不写入公开版，都可以公开就填“无”；个别事项不公开的，在工作台账“不公开”栏选。",
    ),
    OfficeSetting(
        "circular_ranking",
        "通报各单位名次",
        SettingKind.YES,
        "否",
        "填“是”的，情况通报按到期完成率给各类单位分别排名次；“否”的按名单次序列出，不排先后。"
        "党委部门、人大政协法检、垂直管理、中省驻单位都不排名。",
    ),
    OfficeSetting(
        "database",
        "数据库地址",
        SettingKind.TEXT,
        "",
        "几台电脑共用一本台账时填 PostgreSQL 的地址，如 postgresql://tracker@10.1.2.3/gongkai，不写密码；一台电脑用就空着。",
    ),
)

# What only the one who looks after the PC fills in: a sheet of its own in 设置.xlsx.
TECHNICAL = frozenset(
    {
        *("database", "mail_host", "mail_port", "mail_security", "mail_user", "mail_from", "mail_domains"),
        *("alarm_to", "robot_hosts"),
    }
)


@dataclass(frozen=True, slots=True)
class RoundSetting:
    """A 报送期次 as the office set it.

    Attributes:
        name: As people call it.
        plan: Id or theme of the plan that it is for; empty for all.
        opens: From when.
        due: When it is due back.
        scope: Who reports in it, where it differs from the general 填报单位范围; else empty.
    """

    name: str
    plan: str
    opens: dt.date
    due: dt.date
    scope: str = ""


@dataclass(frozen=True, slots=True)
class FigureSetting:
    """A 可统计指标: a total of the year that one unit owns, and is asked for once, in the last form of the year.

    Attributes:
        name: What is counted (`主动公开政府信息`).
        measure: What it counts (`条`).
        unit: The unit that owns it, as written.
        plan: Id or theme of the plan that it is for; empty for all.
    """

    name: str
    measure: str
    unit: str
    plan: str = ""


# So many a plan; whoever wants more wants a statistical survey, which needs an approval of its own (统计法).
FIGURE_LIMIT = 10


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
        rounds: Those that are on, in the order of the sheet.
        spare_rounds: Those that are off: laid out with the others, and never handed out.
        days: Days of a year that the calendar does not know, or knows otherwise: True is a working day.
        tier_rules: The table 催办规则.
        quiet: The table 静默日期.
        figures: The table 统计指标.
        send_settings: The sheet 发送设置 and the table 群机器人.
        jobs: The table 定时任务.
        sha: Hash of the workbook; empty for defaults.
        content: The workbook's values as JSON, for the fact `Setting`.
    """

    values: dict[str, str] = field(default_factory=dict)
    rounds: tuple[RoundSetting, ...] = ()
    spare_rounds: tuple[RoundSetting, ...] = ()
    days: dict[dt.date, bool] = field(default_factory=dict)
    tier_rules: TierRules = TIER_RULES
    quiet: tuple[QuietPeriod, ...] = ()
    figures: tuple[FigureSetting, ...] = ()
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
    def ladder(self) -> TierRules:
        """The rungs that may be taken: without a 督查机构 nobody is supervised, named in a circular, or talked to."""
        return (
            self.tier_rules if self.text("supervision_name") else self.tier_rules.without(SUPERVISION_TIERS)
        )

    def wants_stamp(self, *, is_last: bool) -> bool:
        """Whether a round asks for a stamped page, `is_last` being the last of its year."""
        stamp = self.text("stamp")
        return stamp == EVERY_ROUND or (stamp == LAST_ROUND and is_last)

    @property
    def thresholds(self) -> Thresholds:
        """What is set about lights."""
        return Thresholds(near=self.number("light_near"))

    def quiet_on(self, day: dt.date) -> str:
        """Why nobody is troubled on a day, in the words of the office; empty on other days."""
        period = next((period for period in self.quiet if period.start <= day <= period.end), None)
        return "" if period is None else f"静默日期（{period.why or period.start.isoformat()}）"


_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
