"""What an office may set about sending: by which channel, when, how much, to which domains, by which robots.

A channel that leaves the office's network is off until it is set. No password and no token is ever a setting: the
settings hold the names under which the system's key store, or an environment variable, keeps them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tracker.rules.items import OfficeSetting
from tracker.rules.items import SettingKind
from tracker.rules.outgoing.addresses import domain_of

FOLDER, MAIL, ROBOT = "folder", "mail", "robot"
_CHANNELS = {"文件夹": FOLDER, "邮件": MAIL}
SECURITY = ("SSL", "STARTTLS", "无")

SENDING_SETTINGS: tuple[OfficeSetting, ...] = (
    OfficeSetting(
        "send_by",
        "发送方式",
        SettingKind.TEXT,
        "文件夹",
        "文件夹：待发的单子和邮件放进“督办/待发”，由人发出；邮件：直接发到联络员邮箱。",
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
        "一天要发的超过平时最多一天的几倍，就全部停住，等人确认（tracker send --force）。",
    ),
    OfficeSetting(
        "send_forms",
        "邮件下发填报表",
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
        "mail_security", "发信加密", SettingKind.TEXT, "SSL", "SSL、STARTTLS 或 无（只限内网服务器）。"
    ),
    OfficeSetting(
        "mail_user",
        "发信账号",
        SettingKind.TEXT,
        "",
        "空着就不登录。密码不填在这里：运行 tracker send --secret mail 存入系统。",
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
# Bytes of one text message. 企业微信 takes 2,048 of text (4,096 are for markdown, which people on 微信 cannot read;
# developer.work.weixin.qq.com path/91770); 钉钉 and 飞书 take 20,000 of the whole request, of which the text is a part.
TEXT_LIMITS = {"dingtalk": 19_500, "wecom": 2_048, "feishu": 19_500}
# Messages a minute with a little to spare (钉钉 and 企业微信 allow 20), and how long a robot is left alone that was
# told to be too fast, or did not answer (钉钉 shuts its door for ten minutes).
PER_MINUTE = {FOLDER: 0, MAIL: 60, ROBOT: 18}
ROBOT_RESTS = dt.timedelta(minutes=11)


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
