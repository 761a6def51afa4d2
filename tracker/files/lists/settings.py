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
from tracker.files.lists.books import TableColumn
from tracker.files.lists.books import TableSheet
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
from tracker.rules.settings import ITEMS
from tracker.rules.settings import Kind
from tracker.rules.settings import RoundSetting
from tracker.rules.settings import Settings

# The heads by which each table is found again, whatever its sheet is called.
_VALUES = ("项目", "当前值")
_ROUNDS = ("期次名称", "开始日期", "截止日期")
_DAYS = ("日期", "安排")
HEADS: Mapping[str, tuple[str, ...]] = {
    "基本设置": _VALUES,
    "报送期次": _ROUNDS,
    **CHASING_HEADS,
    **SENDING_HEADS,
    "节假日安排": _DAYS,
}


def lay_out_settings(settings: Settings) -> bytes:
    """Lay out the workbook with the values, rounds and days given."""
    return lay_out(sheets_of(settings))


def sheets_of(settings: Settings) -> tuple[TableSheet, ...]:
    """Every table of the workbook with what is set now, in order."""
    values = TableSheet(
        "基本设置",
        "基本设置",
        ("只改“当前值”一栏；空着就用默认值。改完保存，下次运行即生效。",),
        (
            TableColumn("项目", 24, ours=True),
            TableColumn("当前值", 30),
            TableColumn("默认值", 14, ours=True),
            TableColumn("说明", 60, ours=True),
        ),
        tuple(
            (item.label, settings.values.get(item.name, ""), item.default, item.explains) for item in ITEMS
        ),
    )
    rounds = TableSheet(
        "报送期次",
        "报送期次",
        (
            "每一期一行，如“第一季度”。到开始日期后，运行 tracker hand-out 就会下发这一期的填报表。",
            "“适用方案”写方案编号（如 P1）；空着就是全部方案。“报送口径”空着就按《基本设置》。",
        ),
        (
            TableColumn("期次名称", 20),
            TableColumn("适用方案", 14),
            TableColumn("开始日期", 14),
            TableColumn("截止日期", 14),
            TableColumn("报送口径", 14, choices=tuple(SCOPES)),
        ),
        tuple((each.name, each.plan, each.opens, each.due, each.scope) for each in settings.rounds),
    )
    days = TableSheet(
        "节假日安排",
        "节假日安排",
        (
            "国务院每年公布的放假调休安排。程序自带已公布的年份；新一年公布后，把放假和调休上班的日子逐日填在这里。",
        ),
        (TableColumn("日期", 14), TableColumn("安排", 10, choices=("放假", "上班")), TableColumn("说明", 30)),
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
    by_label = {item.label: item for item in ITEMS}
    chasing, sending = ChasingReader(), SendingReader()
    for grid in source.grids:
        heads = HEADS.get(grid.name, ())
        if heads and all(find_head(grid, each) is None for each in HEADS.values()):
            findings.append(NO_HEAD.at(grid.name, heads="、".join(f"“{each}”" for each in heads)))
        for row in rows_of(grid, _VALUES):
            item, text = by_label.get(row.text("项目")), as_text(row.cells["当前值"]).strip()
            if chasing.read_old_value(row):
                values.setdefault("light_near", text)
            if item is None or not text:
                continue
            if item.kind is Kind.NUMBER and not text.isdecimal():
                findings.append(
                    BAD_NUMBER.at(row.places["当前值"], label=item.label, text=text, default=item.default)
                )
                continue
            if item.choices and text not in item.choices:
                findings.append(_no_choice(row, "当前值", item.label, item.choices, item.default))
                continue
            values[item.name] = text
        for row in rows_of(grid, _ROUNDS):
            rounds.extend(_round(row, findings))
        chasing.read(grid)
        sending.read(grid)
        for row in rows_of(grid, _DAYS):
            day = _day(row, "日期", findings)
            if day and row.text("安排") in ("放假", "上班"):
                days[day] = row.text("安排") == "上班"
    content = {
        "values": values,
        "rounds": [
            [each.name, each.plan, each.opens.isoformat(), each.due.isoformat(), each.scope]
            for each in rounds
        ],
        "days": {day.isoformat(): works for day, works in sorted(days.items())},
        **chasing.content(),
        **sending.content(),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    settings = Settings(
        values=values,
        rounds=tuple(rounds),
        days=days,
        ladder=chasing.ladder,
        quiet=tuple(chasing.quiet),
        sending=sending.sending(),
        jobs=tuple(sending.jobs.values()),
        sha=source.sha256,
        content=text,
    )
    return settings, (*findings, *chasing.findings, *sending.findings)


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


def _no_choice(row: TableRow, column: str, label: str, allowed: tuple[str, ...], holds: str) -> Finding:
    return BAD_CHOICE.at(
        row.places[column], label=label, allowed="、".join(allowed), text=row.text(column), holds=holds
    )


def _day(row: TableRow, label: str, findings: list[Finding]) -> dt.date | None:
    text = as_text(row.cells.get(label)).strip()
    found = day_of(row.cells.get(label))
    if found is not None:
        return found
    findings.append(BAD_DATE.at(row.places[label], label=label, text=text))
    return None
