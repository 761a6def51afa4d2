"""What an office may set about sending: by which channel, when, how much, to which domains, by which robots.

A channel that leaves the office's network is off until it is set. No password and no token is ever a setting: the
settings hold the names under which the system's key store, or an environment variable, keeps them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tracker.rules.items import Item
from tracker.rules.items import Kind
from tracker.rules.outgoing.addresses import domain_of

FOLDER, MAIL, ROBOT = "folder", "mail", "robot"
_CHANNELS = {"文件夹": FOLDER, "邮件": MAIL}
SECURITY = ("SSL", "STARTTLS", "无")

SENDING_ITEMS: tuple[Item, ...] = (
    Item(
        "send_by",
        "发送方式",
        Kind.TEXT,
        "文件夹",
        "文件夹：待发的单子和邮件放进“督办/待发”，由人发出；邮件：直接发到联络员邮箱。",
    ),
    Item("send_test", "测试模式", Kind.YES, "否", "选“是”时什么也不发，只列出会发什么。"),
    Item("send_from_hour", "开始发送（时）", Kind.NUMBER, "8", "每天几点以后才往外发。"),
    Item("send_to_hour", "停止发送（时）", Kind.NUMBER, "18", "每天几点以后不再往外发，留到下一个工作日。"),
    Item("send_daily", "每个收件人每天上限", Kind.NUMBER, "5", "同一收件人一天最多收几封，多出的第二天发。"),
    Item(
        "send_blast",
        "群发警戒（倍）",
        Kind.NUMBER,
        "2",
        "一天要发的超过平时最多一天的几倍，就全部停住，等人确认（tracker send --force）。",
    ),
    Item("send_forms", "邮件下发填报表", Kind.YES, "否", "选“是”并用邮件发送时，填报表直接发到联络员邮箱。"),
    Item("mail_host", "发信服务器", Kind.TEXT, "", "如 smtp.example.gov.cn；用邮件发送时必填。"),
    Item("mail_port", "发信端口", Kind.NUMBER, "465", "SSL 一般是 465，STARTTLS 一般是 587。"),
    Item("mail_security", "发信加密", Kind.TEXT, "SSL", "SSL、STARTTLS 或 无（只限内网服务器）。"),
    Item(
        "mail_user",
        "发信账号",
        Kind.TEXT,
        "",
        "空着就不登录。密码不填在这里：运行 tracker send --secret mail 存入系统。",
    ),
    Item("mail_from", "发信邮箱", Kind.TEXT, "", "本单位的发信地址。"),
    Item(
        "mail_domains",
        "允许的邮箱域名",
        Kind.TEXT,
        "",
        "只发给这些域名的邮箱，用顿号分开，如 example.gov.cn；空着就一封也不发。",
    ),
    Item("alarm_to", "告警邮箱", Kind.TEXT, "", "定时任务连续失败或停摆时通知谁；空着就存入“督办/待发”。"),
    Item("robot_hosts", "另外允许的机器人主机", Kind.TEXT, "", "专有部署的钉钉等，用顿号分开；一般空着。"),
)
_DEFAULTS = {item.name: item.default for item in SENDING_ITEMS}
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
class Sending:
    """Everything that is set about sending."""

    values: Mapping[str, str] = field(default_factory=dict)
    robots: tuple[Robot, ...] = ()

    def text(self, name: str) -> str:
        """A value as text."""
        return self.values.get(name) or _DEFAULTS[name]

    def number(self, name: str) -> int:
        """A value as a whole number."""
        return int(self.text(name))

    def ticked(self, name: str) -> bool:
        """Whether 是 is set."""
        return self.text(name) == "是"

    @property
    def channel(self) -> str:
        """By which channel slips leave; a word that is none of ours is the folder, which troubles nobody."""
        return _CHANNELS.get(self.text("send_by"), FOLDER)

    @property
    def domains(self) -> tuple[str, ...]:
        """Domains that mail may go to."""
        return _listed(self.text("mail_domains"))

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts of robots that the office added."""
        return _listed(self.text("robot_hosts"))

    def robot(self, channel: str) -> Robot | None:
        """The robot of a message's channel."""
        return next((each for each in self.robots if each.channel == channel), None)

    def may_go(self, address: str) -> bool:
        """Whether an address lies in an allowed domain, or below one.

        >>> office = Sending({"mail_domains": "example.gov.cn"})
        >>> [office.may_go(each) for each in ("a@example.gov.cn", "a@x.example.gov.cn", "a@notexample.gov.cn")]
        [True, True, False]
        """
        domain = domain_of(address)
        return any(domain == each or domain.endswith(f".{each}") for each in self.domains)

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the hour is one at which units may be troubled."""
        return self.number("send_from_hour") <= now.hour < self.number("send_to_hour")


def _listed(text: str) -> tuple[str, ...]:
    for mark in "、，,;；\n":
        text = text.replace(mark, " ")
    return tuple(each.strip().lower().lstrip("@.") for each in text.split())
