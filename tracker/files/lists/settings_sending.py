"""The sheets 发送设置, 群机器人 and 定时任务 of 设置.xlsx: laid out with their defaults, read back row by row.

What cannot be used is a finding with its cell, and the default holds: a job whose days nobody understands runs on its
usual days, a robot without a platform does not speak. Nothing secret is ever kept here: a row of 群机器人 names the
secret, and whoever types an address or a token into that column is told to take it out again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from tracker.files.lists.books import BookColumn
from tracker.files.lists.books import BookSheet
from tracker.grid import Grid
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems.sending import BAD_DAYS
from tracker.problems.sending import BAD_SECRET_NAME
from tracker.problems.sending import BAD_SENDING_CHOICE
from tracker.problems.sending import BAD_TIMES
from tracker.reading.sheets.labelled import TableRow
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.items import SettingKind
from tracker.rules.outgoing.sending import PLATFORMS
from tracker.rules.outgoing.sending import SECURITY
from tracker.rules.outgoing.sending import SENDING_SETTINGS
from tracker.rules.outgoing.sending import Robot
from tracker.rules.outgoing.sending import SendingSettings
from tracker.rules.outgoing.slots import JOBS
from tracker.rules.outgoing.slots import Job
from tracker.rules.outgoing.slots import is_days
from tracker.rules.settings import Settings

_SENDING_VALUES = ("项目", "当前值")
_ROBOTS = ("群名称", "平台", "密钥名称")
_JOBS = ("任务", "日子", "时间")
SENDING_HEADS = {"发送设置": _SENDING_VALUES, "群机器人": _ROBOTS, "定时任务": _JOBS}
_CHOICES: dict[str, tuple[str, ...]] = {"send_by": ("文件夹", "邮件"), "mail_security": SECURITY}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,30}")
_TIME = re.compile(r"(\d{1,2})[:：时](\d{1,2})?(?:[:：]\d{2})?分?")
_SEPARATOR = re.compile(r"[、，,;；\s]+")


def sending_sheets(settings: Settings) -> tuple[BookSheet, ...]:
    """The three sheets with what is set now."""
    sending_settings = settings.send_settings
    values = BookSheet(
        "发送设置",
        "发送设置",
        (
            "不填也能用：待发的单子和邮件会放进“督办/待发”，由人发出。",
            "密码和机器人地址不填在这里，用 tracker send --secret 名称 存入系统的凭据管理器。",
        ),
        (
            BookColumn("项目", 24, ours=True),
            BookColumn("当前值", 30),
            BookColumn("默认值", 14, ours=True),
            BookColumn("说明", 60, ours=True),
        ),
        tuple(
            (setting.label, sending_settings.values.get(setting.name, ""), setting.default, setting.explains)
            for setting in SENDING_SETTINGS
        ),
    )
    words = {code: word for word, code in PLATFORMS.items()}
    robots = BookSheet(
        "群机器人",
        "群机器人",
        (
            "默认没有。每天的提醒可同时在群里说一声；“含任务内容”选“否”时只说哪些单位有几项，不出现任务文字。",
            "“密钥名称”自己起，用字母和数字，如 bangong；机器人地址用 tracker send --secret bangong 存入系统。",
        ),
        (
            BookColumn("群名称", 20),
            BookColumn("平台", 12, choices=tuple(PLATFORMS)),
            BookColumn("密钥名称", 16),
            BookColumn("含任务内容", 12, choices=("是", "否")),
        ),
        tuple(
            (robot.name, words[robot.platform], robot.secret, "是" if robot.full else "否")
            for robot in sending_settings.robots
        ),
    )
    jobs = BookSheet(
        "定时任务",
        "定时任务",
        (
            "运行 tracker run 后按这张表自动做；关机期间漏掉的，开机后补做一次。",
            "“日子”写：每天、每个工作日、每周一、每月25日。“时间”可写几个，用顿号分开，如 09:00、14:30。",
        ),
        (
            BookColumn("任务", 16, ours=True),
            BookColumn("启用", 8, choices=("是", "否")),
            BookColumn("日子", 16),
            BookColumn("时间", 30),
            BookColumn("说明", 50, ours=True),
        ),
        tuple(
            (
                job.name,
                "是" if job.on else "否",
                job.days,
                "、".join(f"{time:%H:%M}" for time in job.times),
                job.explains,
            )
            for job in settings.jobs
        ),
    )
    return values, robots, jobs


@dataclass
class SendingReader:
    """What the workbook says so far."""

    values: dict[str, str] = field(default_factory=dict)
    robots: list[Robot] = field(default_factory=list)
    jobs: dict[str, Job] = field(default_factory=lambda: {job.name: job for job in JOBS})
    findings: list[Finding] = field(default_factory=list)

    def read(self, grid: Grid) -> None:
        """Read the tables that a sheet holds."""
        by_label = {setting.label: setting for setting in SENDING_SETTINGS}
        for row in rows_of(grid, _SENDING_VALUES):
            setting, text = by_label.get(row.text("项目")), as_text(row.cells["当前值"]).strip()
            if setting is None or not text:
                continue
            choices = ("是", "否") if setting.kind is SettingKind.YES else _CHOICES.get(setting.name, ())
            wrong = setting.kind is SettingKind.NUMBER and not (text.isdecimal() and len(text) < 6)
            if wrong or (choices and text not in choices):
                self._tell(
                    BAD_SENDING_CHOICE, row, "当前值", label=setting.label, text=text, default=setting.default
                )
            else:
                self.values[setting.name] = text
        for row in rows_of(grid, _ROBOTS):
            self.robots.extend(self._robot(row))
        for row in rows_of(grid, _JOBS):
            self._job(row)

    def settings(self) -> SendingSettings:
        """What is set about sending."""
        return SendingSettings(self.values, tuple(self.robots))

    def content(self) -> dict[str, Any]:
        """For the fact `Setting`; what is as it was shipped is not said."""
        defaults = {job.name: job for job in JOBS}
        tables = {
            "sending": self.values,
            "robots": [[robot.name, robot.platform, robot.full] for robot in self.robots],
            "jobs": {
                name: [job.on, job.days, [f"{time:%H:%M}" for time in job.times]]
                for name, job in self.jobs.items()
                if job != defaults[name]
            },
        }
        return {name: value for name, value in tables.items() if value}

    def _robot(self, row: TableRow) -> Iterator[Robot]:
        name, platform, secret = row.text("群名称"), row.text("平台"), row.text("密钥名称")
        if not name:
            return
        if platform not in PLATFORMS:
            self._tell(BAD_SENDING_CHOICE, row, "平台", label="平台", text=platform, default="不发")
            return
        if not _NAME.fullmatch(secret):
            # Never repeated: it may be the secret itself.
            self._tell(BAD_SECRET_NAME, row, "密钥名称", robot=name)
            return
        yield Robot(name, PLATFORMS[platform], secret, row.text("含任务内容") == "是")

    def _job(self, row: TableRow) -> None:
        job = self.jobs.get(row.text("任务"))
        if job is None:
            return
        days, value = row.text("日子"), row.cells.get("时间")
        times = _times(value)
        if days and not is_days(days):
            self._tell(BAD_DAYS, row, "日子", job=job.name, text=days, default=job.days)
            days = ""
        if times is None:
            default = "、".join(f"{time:%H:%M}" for time in job.times)
            self._tell(BAD_TIMES, row, "时间", job=job.name, text=as_text(value).strip(), default=default)
        on = row.text("启用") != "否"
        self.jobs[job.name] = replace(job, days=days or job.days, times=times or job.times, on=on)

    def _tell(self, kind: Any, row: TableRow, under: str, /, **facts: object) -> None:
        self.findings.append(kind.at(row.places.get(under, ""), **facts))


def _times(value: Any) -> tuple[dt.time, ...] | None:
    """The times of a cell; empty when it holds none, None when one cannot be understood."""
    if isinstance(value, dt.datetime):
        return (value.time().replace(second=0, microsecond=0),)
    if isinstance(value, dt.time):
        return (value.replace(second=0, microsecond=0),)
    times = []
    for text in _SEPARATOR.split(as_text(value).strip()):
        if not text:
            continue
        time = _TIME.fullmatch(text)
        if not time or int(time[1]) > 23 or int(time[2] or 0) > 59:
            return None
        times.append(dt.time(int(time[1]), int(time[2] or 0)))
    return tuple(sorted(set(times)))
