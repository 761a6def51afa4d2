"""设置.xlsx: laid out with every default explained, read and checked at every run.

Nothing in it has to be filled in for the product to work. A value that cannot be used is a finding with its
cell, and the default holds.

催办规则 and 静默日期. Values that an older workbook has among 基本设置 (提前提醒, 转督办 …) still hold where the table says nothing
else. A figure that cannot be used is a finding with its cell, and the default holds.

发送设置, 群机器人, 定时任务 and 技术设置 (what only the one who looks after the PC fills in). What cannot be used is a finding with its cell, and the default holds: a job whose days nobody
understands runs on its usual days, a robot without a platform does not speak. Nothing secret is ever kept here: a row
of 群机器人 names the secret, and whoever types an address or a token into that column is told to take it out again.

What a 设置.xlsx of an earlier version lacks: whole tables, and rows of the tables whose rows are ours.

A table is known by its head, wherever it stands and whatever its sheet is called; only where neither the head nor a
sheet of its name is there it is missing. What is added says what holds anyway: the values as they were just read,
those of an older form included, so that adding changes nothing that the office set. Nothing that is there is touched:
rows go below the last one, sheets behind the last one (`formats.patch`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, field, replace
from typing import TYPE_CHECKING, Any

from tracker import patterns as re
from tracker.columns import SCOPE_LABEL, SCOPES, Column, ColumnKind, Owner, label_now
from tracker.formats.books.answers import TableRow, find_head, rows_of
from tracker.formats.books.tables import ListBook, lay_out
from tracker.grid import Grid, Source, as_text
from tracker.problems.base import Finding
from tracker.problems.chase import BAD_DAYS, BAD_SECRET_NAME, BAD_SENDING_CHOICE, BAD_TIMES
from tracker.problems.office import (
    BAD_CHOICE,
    BAD_DATE,
    BAD_NUMBER,
    BAD_TICK,
    FIGURE_WITHOUT_UNIT,
    NO_HEAD,
    ROUND_BACKWARDS,
    TOO_MANY_FIGURES,
)
from tracker.settings import (
    FIGURE_LIMIT,
    JOBS,
    OLD_LABELS,
    PLATFORMS,
    SENDING_SETTINGS,
    SETTINGS,
    TECHNICAL,
    FigureSetting,
    Job,
    OfficeSetting,
    QuietPeriod,
    Robot,
    RoundSetting,
    SendingSettings,
    SettingKind,
    Settings,
    is_days,
)
from tracker.table import Table
from tracker.tiers import TIER_EXPLANATIONS, TIER_RULES, Tier, TierRules
from tracker.values import dataclass

if TYPE_CHECKING:  # reading needs no patcher
    from tracker.formats.patch import Append

# Sheets of values: a setting a row, of which people change one column.
_VALUES = ("项目", "当前值")
_VALUE_COLUMNS = (
    Column("项目", 24, Owner.COMPUTED),
    Column("当前值", 30),
    Column("默认值", 14, Owner.COMPUTED),
    Column("说明", 60, Owner.COMPUTED),
)
_VALUE_COLUMN = _VALUES.index("当前值")
_RULES = ("种类", "启用", "等待（工作日）")
_QUIET = ("静默开始", "静默结束")
CHASING_HEADS = {"催办规则": _RULES, "静默日期": _QUIET}
_FIGURES = {"等待（工作日）": "wait", "最小间隔（工作日）": "apart"}
_TICKS = {"是": True, "否": False}
_TIERS = {tier.value: tier for tier in Tier}


def _words(setting: OfficeSetting) -> tuple[str, ...]:
    """The words that a value may be, where it is one of a few."""
    return tuple(_TICKS) if setting.kind is SettingKind.YES else setting.choices


def _values_sheet(
    name: str, notes: tuple[str, ...], settings: Sequence[OfficeSetting], values: Mapping[str, str]
) -> Table:
    """A sheet of values: a setting a row, with a drop-down where it is one of a few words."""
    return Table(
        name=name,
        title=name,
        notes=notes,
        columns=_VALUE_COLUMNS,
        rows=tuple(
            (setting.label, values.get(setting.name, ""), setting.default, setting.explains)
            for setting in settings
        ),
        choices={
            (row, _VALUE_COLUMN): words for row, setting in enumerate(settings) if (words := _words(setting))
        },
    )


def chasing_sheets(settings: Settings) -> tuple[Table, ...]:
    """The two sheets with what is set now."""
    rules = Table(
        name="催办规则",
        title="催办规则",
        notes=(
            "一级一行，自上而下逐级升级。“等待”“间隔”都按工作日计；不用某一级的，“启用”选“否”，直接进入再上一级。",
            "交办单、催办单、督办通知单、督查通报都是拟稿，在《送签单》中签发后才会发出。",
        ),
        columns=(
            Column("种类", 10, Owner.COMPUTED),
            Column("启用", 8, choices=tuple(_TICKS)),
            Column("等待（工作日）", 16),
            Column("最小间隔（工作日）", 20),
            Column("说明", 72, Owner.COMPUTED),
        ),
        rows=tuple(
            (
                rule.tier.value,
                "是" if rule.on else "否",
                "" if rule.tier is Tier.ASSIGN else str(rule.wait),
                "" if rule.tier is Tier.ASSIGN else str(rule.apart),
                TIER_EXPLANATIONS[rule.tier],
            )
            for rule in settings.tier_rules.rules
        ),
    )
    quiet = Table(
        name="静默日期",
        title="静默日期",
        notes=(
            "这些日子不拟、不发任何提醒函和督办单（如重要会议、防汛应急期间），首尾两天都算。节假日不用填。",
        ),
        columns=(
            Column("静默开始", 14, kind=ColumnKind.DATE),
            Column("静默结束", 14, kind=ColumnKind.DATE),
            Column("原因", 30),
        ),
        rows=tuple((period.start, period.end, period.why) for period in settings.quiet),
    )
    return rules, quiet


@dataclass
class ChasingReader:
    """What the workbook says so far."""

    tier_rules: TierRules = TIER_RULES
    quiet: list[QuietPeriod] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _table_figures: set[tuple[Tier, str]] = field(default_factory=set)

    def read_old_value(self, row: TableRow) -> bool:
        """A value of an older workbook holds where the table does not state it; True when lights go by it, too."""
        label, text = row.text("项目"), as_text(row.cells["当前值"]).strip()
        if label not in OLD_LABELS or not text:
            return False
        tier, figure = OLD_LABELS[label]
        if not text.isdecimal():
            default = getattr(TIER_RULES.rule(tier), figure)
            self.findings.append(BAD_NUMBER.at(row.places["当前值"], label=label, text=text, default=default))
            return False
        if (tier, figure) not in self._table_figures:
            self._change(tier, **{figure: int(text)})
        return tier is Tier.REMIND

    def read(self, grid: Grid) -> None:
        """Read both tables, where the sheet holds them."""
        for row in rows_of(grid, _RULES):
            tier = _TIERS.get(row.text("种类"))
            if tier is not None:
                self._rule(tier, row)
        for row in rows_of(grid, _QUIET):
            self._quiet(row)

    def content(self) -> dict[str, Any]:
        """For the fact `Setting`."""
        rules = {rule.tier.value: [rule.on, rule.wait, rule.apart] for rule in self.tier_rules.rules}
        quiet = [[period.start.isoformat(), period.end.isoformat(), period.why] for period in self.quiet]
        return {"ladder": rules, "quiet": quiet}

    def _rule(self, tier: Tier, row: TableRow) -> None:
        tick = row.choice("启用", _TICKS, self.findings) or row.text("启用")
        if tick in _TICKS:
            self._change(tier, on=_TICKS[tick])
        elif tick:
            self.findings.append(BAD_TICK.at(row.places["启用"], label=f"{tier.value}“启用”", text=tick))
        for label, figure in _FIGURES.items():
            text = as_text(row.cells.get(label)).strip()
            if text.isdecimal() and len(text) < 4:
                self._table_figures.add((tier, figure))
                self._change(tier, **{figure: int(text)})
            elif text:
                default = getattr(TIER_RULES.rule(tier), figure)
                self.findings.append(
                    BAD_NUMBER.at(row.places[label], label=f"{tier.value}{label}", text=text, default=default)
                )

    def _quiet(self, row: TableRow) -> None:
        days = []
        for label in _QUIET:
            day = row.day(label, self.findings)
            if day is None and row.text(label):
                self.findings.append(BAD_DATE.at(row.places[label], label=label, text=row.text(label)))
                return
            days.append(day)
        start, end = days[0] or days[1], days[1] or days[0]
        if start is None or end is None:
            return
        if end < start:
            self.findings.append(ROUND_BACKWARDS.at(row.places["静默结束"], name="静默日期"))
            return
        self.quiet.append(QuietPeriod(start, end, row.text("原因")))

    def _change(self, tier: Tier, **figures: Any) -> None:
        self.tier_rules = self.tier_rules.but(replace(self.tier_rules.rule(tier), **figures))


_ROBOTS = ("群名称", "平台", "密钥名称")
_JOBS = ("任务", "日子", "时间")
SENDING_HEADS = {"发送设置": _VALUES, "群机器人": _ROBOTS, "定时任务": _JOBS}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,30}")
_TIME = re.compile(r"(\d{1,2})[:：时](\d{1,2})?(?:[:：]\d{2})?分?")
_SEPARATOR = re.compile(r"[、，,;；\s]+")


def sending_sheets(settings: Settings) -> tuple[Table, ...]:
    """The three sheets with what is set now."""
    sending_settings = settings.send_settings
    values = _values_sheet(
        "发送设置",
        ("不填也能用：待发的督办单和邮件会放进“督办/待发”，由人发出。",),
        [setting for setting in SENDING_SETTINGS if setting.name not in TECHNICAL],
        sending_settings.values,
    )
    words = {code: word for word, code in PLATFORMS.items()}
    robots = Table(
        name="群机器人",
        title="群机器人",
        notes=(
            "默认没有。每天的提醒可同时在群里说一声；“含任务内容”选“否”时只说哪些单位有几项，不出现任务文字。",
            "“密钥名称”自己起，用字母和数字，如 bangong；填好保存后，机器人地址在工作台“设置”页存入。",
        ),
        columns=(
            Column("群名称", 20),
            Column("平台", 12, choices=tuple(PLATFORMS)),
            Column("密钥名称", 16),
            Column("含任务内容", 12, choices=("是", "否")),
        ),
        rows=tuple(
            (robot.name, words[robot.platform], robot.secret, "是" if robot.full else "否")
            for robot in sending_settings.robots
        ),
    )
    jobs = Table(
        name="定时任务",
        title="定时任务",
        notes=(
            "设好定时任务后按这张表自动做；关机期间漏掉的，开机后补做一次，也可以在“今日”页点“补做”。",
            "“日子”写：每天、每个工作日、每周一、每月25日。“时间”可写几个，用顿号分开，如 09:00、14:30。",
        ),
        columns=(
            Column("任务", 16, Owner.COMPUTED),
            Column("启用", 8, choices=("是", "否")),
            Column("日子", 16),
            Column("时间", 30),
            Column("说明", 50, Owner.COMPUTED),
        ),
        rows=tuple(
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
        for row in rows_of(grid, _VALUES):
            setting, text = by_label.get(label_now(row.text("项目"))), as_text(row.cells["当前值"]).strip()
            if setting is None or not text:
                continue
            choices = _words(setting)
            text = row.choice("当前值", choices, self.findings) or text
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
        job = self.jobs.get(label_now(row.text("任务")))
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


# The heads by which each table is found again, whatever its sheet is called.
_ROUNDS = ("期次名称", "开始日期", "截止日期")
_DAYS = ("日期", "安排")
_FIGURE_HEADS = ("指标名称", "计量单位", "提供单位")
SETTING_HEADS: Mapping[str, tuple[str, ...]] = {
    "基本设置": _VALUES,
    "报送期次": _ROUNDS,
    "统计指标": _FIGURE_HEADS,
    **CHASING_HEADS,
    **SENDING_HEADS,
    "节假日安排": _DAYS,
    "技术设置": _VALUES,
}


def lay_out_settings(settings: Settings) -> bytes:
    """Lay out the workbook with the values, rounds and days given."""
    return lay_out(sheets_of(settings))


def sheets_of(settings: Settings) -> tuple[Table, ...]:
    """Every table of the workbook with what is set now, in order."""
    values = _values_sheet(
        "基本设置",
        ("只改“当前值”一栏；空着就用默认值。改完保存，下次运行即生效。",),
        [setting for setting in SETTINGS if setting.name not in TECHNICAL],
        settings.values,
    )
    technical = _values_sheet(
        "技术设置",
        (
            "由管电脑的同志填，一般不用动：几台电脑共用台账、用邮件或群机器人发送时才要填。",
            "密码和机器人地址不填在这里：双击“打开工作台”，在“设置”页点“存入密码”，存入本机系统的凭据管理器。",
        ),
        [setting for setting in (*SETTINGS, *SENDING_SETTINGS) if setting.name in TECHNICAL],
        {**settings.values, **settings.send_settings.values},
    )
    days = Table(
        name="节假日安排",
        title="节假日安排",
        notes=(
            "国务院每年公布的放假调休安排。程序自带已公布的年份；新一年公布后，把放假和调休上班的日子逐日填在这里。",
        ),
        columns=(
            Column("日期", 14, kind=ColumnKind.DATE),
            Column("安排", 10, choices=("放假", "上班")),
            Column("说明", 30),
        ),
        rows=tuple((day, "上班" if works else "放假", "") for day, works in sorted(settings.days.items())),
    )
    figures = Table(
        name="统计指标",
        title="统计指标",
        notes=(
            f"全年要汇总的数，每个方案不超过{FIGURE_LIMIT}个，一行一个，只向掌握这个数的单位要一次：附在它全年最后一期的填报表后面。",
            "收回后记入台账，列入起草素材表“全年数据”和报告；程序不从各单位文字中累加。“适用方案”空着就是全部方案。",
        ),
        columns=(
            Column("指标名称", 34),
            Column("计量单位", 12),
            Column("提供单位", 28),
            Column("适用方案", 14),
        ),
        rows=tuple((figure.name, figure.measure, figure.unit, figure.plan) for figure in settings.figures),
    )
    rounds = _rounds_sheet(settings.rounds, settings.spare_rounds)
    return (values, rounds, figures, *chasing_sheets(settings), *sending_sheets(settings), days, technical)


def _rounds_sheet(rounds: Sequence[RoundSetting], spare_rounds: Sequence[RoundSetting] = ()) -> Table:
    """报送期次: the rounds that hold, and those that are off, by the day when they are due."""
    return Table(
        name="报送期次",
        title="报送期次",
        notes=(
            "每一期一行。一般一年两期（上半年、年终）；确需按季度报的，把“启用”改为“是”。到开始日期后，“印发填报表”就会印发这一期。",
            "“适用方案”写方案编号（如 P1）；空着就是全部方案。“填报单位范围”空着就按《基本设置》。",
        ),
        columns=(
            Column("期次名称", 20),
            Column("适用方案", 14),
            Column("开始日期", 14, kind=ColumnKind.DATE),
            Column("截止日期", 14, kind=ColumnKind.DATE),
            Column(SCOPE_LABEL, 20, choices=tuple(SCOPES)),
            Column("启用", 8, choices=tuple(_TICKS)),
        ),
        rows=tuple(
            (period.name, period.plan, period.opens, period.due, period.scope, tick)
            for tick, period in sorted(
                (*(("是", period) for period in rounds), *(("否", period) for period in spare_rounds)),
                key=lambda pair: pair[1].due,
            )
        ),
    )


def settings_of(source: Source) -> tuple[Settings, tuple[Finding, ...]]:
    """Understand a settings workbook that came through the door."""
    findings: list[Finding] = []
    values: dict[str, str] = {}
    rounds: list[RoundSetting] = []
    spare_rounds: list[RoundSetting] = []
    days: dict[dt.date, bool] = {}
    figures: list[FigureSetting] = []
    by_label = {setting.label: setting for setting in SETTINGS}
    chasing_reader, sending_reader = ChasingReader(), SendingReader()
    for grid in source.grids:
        heads = SETTING_HEADS.get(grid.name, ())
        if heads and all(find_head(grid, labels) is None for labels in SETTING_HEADS.values()):
            findings.append(NO_HEAD.at(grid.name, heads="、".join(f"“{head}”" for head in heads)))
        for row in rows_of(grid, _VALUES):
            setting, text = by_label.get(label_now(row.text("项目"))), as_text(row.cells["当前值"]).strip()
            if chasing_reader.read_old_value(row):
                values.setdefault("light_near", text)
            if setting is None or not text:
                continue
            if setting.kind is SettingKind.NUMBER and not text.isdecimal():
                findings.append(
                    BAD_NUMBER.at(
                        row.places["当前值"], label=setting.label, text=text, default=setting.default
                    )
                )
                continue
            text = setting.old_words.get(text, text)
            text = row.choice("当前值", setting.choices, findings) or text
            if setting.choices and text not in setting.choices:
                findings.append(_no_choice(row, "当前值", setting.label, setting.choices, setting.default))
                continue
            values[setting.name] = text
        for row in rows_of(grid, _ROUNDS):
            (spare_rounds if row.choice("启用", _TICKS, findings) == "否" else rounds).extend(
                _round(row, findings)
            )
        figures += _figures(grid, findings)
        chasing_reader.read(grid)
        sending_reader.read(grid)
        for row in rows_of(grid, _DAYS):
            day = _day(row, "日期", findings)
            word = row.choice("安排", ("放假", "上班"), findings)
            if day and word:
                days[day] = word == "上班"
    content = {
        "values": values,
        "rounds": [
            [period.name, period.plan, period.opens.isoformat(), period.due.isoformat(), period.scope]
            for period in rounds
        ],
        "days": {day.isoformat(): works for day, works in sorted(days.items())},
        **({"figures": [astuple(figure) for figure in figures]} if figures else {}),
        **chasing_reader.content(),
        **sending_reader.content(),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    settings = Settings(
        values=values,
        rounds=tuple(rounds),
        spare_rounds=tuple(spare_rounds),
        days=days,
        tier_rules=chasing_reader.tier_rules,
        quiet=tuple(chasing_reader.quiet),
        figures=tuple(figures),
        send_settings=sending_reader.settings(),
        jobs=tuple(sending_reader.jobs.values()),
        sha=source.sha256,
        content=text,
    )
    return settings, (*findings, *chasing_reader.findings, *sending_reader.findings)


def _figures(grid: Grid, findings: list[Finding]) -> list[FigureSetting]:
    """The figures of a sheet: a row without a unit, and what is too many for a plan, is told and asked of nobody."""
    figures: list[FigureSetting] = []
    for row in rows_of(grid, _FIGURE_HEADS):
        figure = FigureSetting(*(row.text(head) for head in (*_FIGURE_HEADS, "适用方案")))
        if not (figure.name and figure.unit):
            findings.append(FIGURE_WITHOUT_UNIT.at(row.places["提供单位"], name=figure.name))
        elif sum(other.plan == figure.plan for other in figures) >= FIGURE_LIMIT:
            findings.append(TOO_MANY_FIGURES.at(row.places["指标名称"], name=figure.name, limit=FIGURE_LIMIT))
        else:
            figures.append(figure)
    return figures


def _round(row: TableRow, findings: list[Finding]) -> Iterator[RoundSetting]:
    name, opens, due = row.text("期次名称"), _day(row, "开始日期", findings), _day(row, "截止日期", findings)
    if not (name and opens and due):
        return
    if due < opens:
        findings.append(ROUND_BACKWARDS.at(row.places["截止日期"], name=name))
        return
    column = next((head for head in row.places if label_now(head) == SCOPE_LABEL), SCOPE_LABEL)
    scope = row.choice(column, SCOPES, findings) or row.text(column)
    if scope and scope not in SCOPES:
        findings.append(_no_choice(row, column, SCOPE_LABEL, tuple(SCOPES), f"《基本设置》的{SCOPE_LABEL}"))
        scope = ""
    yield RoundSetting(name, row.text("适用方案"), opens, due, scope)


def _no_choice(row: TableRow, column: str, label: str, choices: tuple[str, ...], holds: str) -> Finding:
    return BAD_CHOICE.at(
        row.places[column], label=label, allowed="、".join(choices), text=row.text(column), holds=holds
    )


def _day(row: TableRow, label: str, findings: list[Finding]) -> dt.date | None:
    day = row.day(label, findings)
    if day is None:
        findings.append(BAD_DATE.at(row.places[label], label=label, text=row.text(label)))
    return day


# Tables whose rows are ours: each row is known by its first column.
_OUR_ROWS = ("基本设置", "催办规则", "发送设置", "定时任务", "技术设置")


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is not there.

    Attributes:
        sheets: Tables that are missing as a whole, by name.
        rows: Of tables that are there: name of the table, and the first cells of the rows that it lacks.
    """

    sheets: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sheets or self.rows)

    @property
    def keys(self) -> tuple[str, ...]:
        """Each thing by a name of its own, as it is remembered once it was added."""
        return (*self.sheets, *(f"{table}|{key}" for table, keys in self.rows for key in keys))

    def without(self, additions: frozenset[str]) -> Lacking:
        """What is left when the things that were added before are no longer missed: somebody took them out."""
        rows = (
            (table, tuple(key for key in keys if f"{table}|{key}" not in additions))
            for table, keys in self.rows
        )
        return Lacking(
            tuple(sheet for sheet in self.sheets if sheet not in additions),
            tuple((table, keys) for table, keys in rows if keys),
        )

    @property
    def sentence(self) -> str:
        """For people."""
        tables = [f"工作表“{sheet}”" for sheet in self.sheets]
        return "、".join([*tables, *(f"“{table}”中的{'、'.join(keys)}" for table, keys in self.rows)])


def is_settings(source: Source) -> bool:
    """Whether any table of ours stands in a workbook: one without is somebody else's, whatever its name."""
    return any(_table(source, sheet) is not None for sheet in sheets_of(Settings()))


def lacking(source: Source, settings: Settings) -> Lacking:
    """What the workbook lacks that this version knows."""
    sheets, rows = [], []
    names = {grid.name for grid in source.grids}
    for sheet in sheets_of(settings):
        grid = _table(source, sheet)
        if grid is None:
            if sheet.name not in names:
                sheets.append(sheet.name)
        elif sheet.name in _OUR_ROWS:
            heads = SETTING_HEADS[sheet.name]
            there = {label_now(row.text(heads[0])) for one in source.grids for row in rows_of(one, heads)}
            labels = tuple(str(row[0]) for row in sheet.rows if row[0] not in there)
            if labels:
                rows.append((sheet.name, labels))
    return Lacking(tuple(sheets), tuple(rows))


def complete_settings(data: bytes, source: Source, settings: Settings, add: Lacking) -> bytes:
    """The workbook with what is to be added; everything else in it keeps its bytes.

    Raises:
        CannotPatch: It cannot be added without harm.
    """
    sheets = sheets_of(settings)
    appends = [
        append
        for sheet in sheets
        for table, keys in add.rows
        if table == sheet.name
        for append in _rows(source, replace(sheet, rows=tuple(row for row in sheet.rows if row[0] in keys)))
    ]
    from tracker.formats.patch import graft, patch

    data = patch(data, (), appends)
    return graft(data, lay_out(sheets), add.sheets) if add.sheets else data


def add_rounds(data: bytes, source: Source, rounds: Sequence[RoundSetting]) -> bytes:
    """The workbook with these rounds below those of 报送期次; everything else in it keeps its bytes.

    Raises:
        CannotPatch: They cannot be added without harm.
    """
    from tracker.formats.patch import patch

    return patch(data, (), tuple(_rows(source, _rounds_sheet(rounds))))


def _rows(source: Source, sheet: Table) -> Iterator[Append]:
    """The rows of a table of ours, to go below those that the workbook has in it."""
    grid = _table(source, sheet)
    head = find_head(grid, SETTING_HEADS[sheet.name]) if grid is not None else None
    if grid is None or head is None:
        return
    lines = tuple(row.row for row in rows_of(grid, SETTING_HEADS[sheet.name]))
    values = [
        {column.label: value for column, value in zip(sheet.columns, row, strict=True)} for row in sheet.rows
    ]
    yield ListBook[None](sheet=grid.name, columns=head[1], lines=lines).append(sheet.columns, values)


def _table(source: Source, sheet: Table) -> Grid | None:
    """The sheet that holds a table: by its name and head, else by its head and a row that only it has.

    A value of an earlier version may stand on another sheet of values (数据库地址 stood in 基本设置).
    """
    heads = SETTING_HEADS[sheet.name]
    candidates = [grid for grid in source.grids if find_head(grid, heads) is not None]
    namesake = next((grid for grid in candidates if grid.name == sheet.name), None)
    if namesake is not None:
        return namesake
    ours = {row[0] for row in sheet.rows}
    for grid in candidates:
        if grid.name in SETTING_HEADS and heads != _VALUES:
            continue
        if sheet.name not in _OUR_ROWS or any(row.text(heads[0]) in ours for row in rows_of(grid, heads)):
            return grid
    return None
