"""设置.xlsx: laid out with every default explained, read and checked at every run.

Nothing in it has to be filled in for the product to work. A value that cannot be used is a finding with its
cell, and the default holds.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

from tracker.columns import SCOPES
from tracker.files.guard import open_source
from tracker.files.lists.books import BookColumn
from tracker.files.lists.books import BookSheet
from tracker.files.lists.books import day_of
from tracker.files.lists.books import lay_out
from tracker.files.lists.settings_chasing import CHASING_HEADS
from tracker.files.lists.settings_chasing import ChasingReader
from tracker.files.lists.settings_chasing import chasing_sheets
from tracker.files.lists.settings_sending import SENDING_HEADS
from tracker.files.lists.settings_sending import SendingReader
from tracker.files.lists.settings_sending import sending_sheets
from tracker.grid import Source
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems.office import BAD_CHOICE
from tracker.problems.office import BAD_DATE
from tracker.problems.office import BAD_NUMBER
from tracker.problems.office import NO_HEAD
from tracker.problems.office import ROUND_BACKWARDS
from tracker.reading.sheets.labelled import TableRow
from tracker.reading.sheets.labelled import find_head
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.items import SettingKind
from tracker.rules.settings import SETTINGS
from tracker.rules.settings import RoundSetting
from tracker.rules.settings import Settings

# The heads by which each table is found again, whatever its sheet is called.
_VALUES = ("项目", "当前值")
_ROUNDS = ("期次名称", "开始日期", "截止日期")
_DAYS = ("日期", "安排")
SETTING_HEADS: Mapping[str, tuple[str, ...]] = {
    "基本设置": _VALUES,
    "报送期次": _ROUNDS,
    **CHASING_HEADS,
    **SENDING_HEADS,
    "节假日安排": _DAYS,
}


def lay_out_settings(settings: Settings) -> bytes:
    """Lay out the workbook with the values, rounds and days given."""
    return lay_out(sheets_of(settings))


def sheets_of(settings: Settings) -> tuple[BookSheet, ...]:
    """Every table of the workbook with what is set now, in order."""
    values = BookSheet(
        "基本设置",
        "基本设置",
        ("只改“当前值”一栏；空着就用默认值。改完保存，下次运行即生效。",),
        (
            BookColumn("项目", 24, ours=True),
            BookColumn("当前值", 30),
            BookColumn("默认值", 14, ours=True),
            BookColumn("说明", 60, ours=True),
        ),
        tuple(
            (setting.label, settings.values.get(setting.name, ""), setting.default, setting.explains)
            for setting in SETTINGS
        ),
    )
    rounds = BookSheet(
        "报送期次",
        "报送期次",
        (
            "每一期一行，如“第一季度”。到开始日期后，运行 tracker hand-out 就会下发这一期的填报表。",
            "“适用方案”写方案编号（如 P1）；空着就是全部方案。“报送口径”空着就按《基本设置》。",
        ),
        (
            BookColumn("期次名称", 20),
            BookColumn("适用方案", 14),
            BookColumn("开始日期", 14),
            BookColumn("截止日期", 14),
            BookColumn("报送口径", 14, choices=tuple(SCOPES)),
        ),
        tuple(
            (period.name, period.plan, period.opens, period.due, period.scope) for period in settings.rounds
        ),
    )
    days = BookSheet(
        "节假日安排",
        "节假日安排",
        (
            "国务院每年公布的放假调休安排。程序自带已公布的年份；新一年公布后，把放假和调休上班的日子逐日填在这里。",
        ),
        (BookColumn("日期", 14), BookColumn("安排", 10, choices=("放假", "上班")), BookColumn("说明", 30)),
        tuple((day, "上班" if works else "放假", "") for day, works in sorted(settings.days.items())),
    )
    return (values, rounds, *chasing_sheets(settings), *sending_sheets(settings), days)


def read_settings(path: Path) -> tuple[Settings, tuple[Finding, ...]]:
    """Read the workbook; a missing one gives the defaults."""
    if not path.exists():
        return Settings(), ()
    return settings_of(open_source(path))


def settings_of(source: Source) -> tuple[Settings, tuple[Finding, ...]]:
    """Understand a settings workbook that came through the door."""
    findings: list[Finding] = []
    values: dict[str, str] = {}
    rounds: list[RoundSetting] = []
    days: dict[dt.date, bool] = {}
    by_label = {setting.label: setting for setting in SETTINGS}
    chasing_reader, sending_reader = ChasingReader(), SendingReader()
    for grid in source.grids:
        heads = SETTING_HEADS.get(grid.name, ())
        if heads and all(find_head(grid, labels) is None for labels in SETTING_HEADS.values()):
            findings.append(NO_HEAD.at(grid.name, heads="、".join(f"“{head}”" for head in heads)))
        for row in rows_of(grid, _VALUES):
            setting, text = by_label.get(row.text("项目")), as_text(row.cells["当前值"]).strip()
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
            if setting.choices and text not in setting.choices:
                findings.append(_no_choice(row, "当前值", setting.label, setting.choices, setting.default))
                continue
            values[setting.name] = text
        for row in rows_of(grid, _ROUNDS):
            rounds.extend(_round(row, findings))
        chasing_reader.read(grid)
        sending_reader.read(grid)
        for row in rows_of(grid, _DAYS):
            day = _day(row, "日期", findings)
            if day and row.text("安排") in ("放假", "上班"):
                days[day] = row.text("安排") == "上班"
    content = {
        "values": values,
        "rounds": [
            [period.name, period.plan, period.opens.isoformat(), period.due.isoformat(), period.scope]
            for period in rounds
        ],
        "days": {day.isoformat(): works for day, works in sorted(days.items())},
        **chasing_reader.content(),
        **sending_reader.content(),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    settings = Settings(
        values=values,
        rounds=tuple(rounds),
        days=days,
        tier_rules=chasing_reader.tier_rules,
        quiet=tuple(chasing_reader.quiet),
        send_settings=sending_reader.settings(),
        jobs=tuple(sending_reader.jobs.values()),
        sha=source.sha256,
        content=text,
    )
    return settings, (*findings, *chasing_reader.findings, *sending_reader.findings)


def _round(row: TableRow, findings: list[Finding]) -> Iterator[RoundSetting]:
    name, opens, due = row.text("期次名称"), _day(row, "开始日期", findings), _day(row, "截止日期", findings)
    if not (name and opens and due):
        return
    if due < opens:
        findings.append(ROUND_BACKWARDS.at(row.places["截止日期"], name=name))
        return
    scope = row.text("报送口径")
    if scope and scope not in SCOPES:
        findings.append(_no_choice(row, "报送口径", "报送口径", tuple(SCOPES), "《基本设置》的报送口径"))
        scope = ""
    yield RoundSetting(name, row.text("适用方案"), opens, due, scope)


def _no_choice(row: TableRow, column: str, label: str, choices: tuple[str, ...], holds: str) -> Finding:
    return BAD_CHOICE.at(
        row.places[column], label=label, allowed="、".join(choices), text=row.text(column), holds=holds
    )


def _day(row: TableRow, label: str, findings: list[Finding]) -> dt.date | None:
    text = as_text(row.cells.get(label)).strip()
    day = day_of(row.cells.get(label))
    if day is not None:
        return day
    findings.append(BAD_DATE.at(row.places[label], label=label, text=text))
    return None
