"""The sheets 催办规则 and 静默日期 of 设置.xlsx: laid out with their defaults, read back row by row.

Values that an older workbook has among 基本设置 (提前提醒, 转督办 …) still hold where the table says nothing else. A
figure that cannot be used is a finding with its cell, and the default holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from tracker.files.lists.books import BookColumn
from tracker.files.lists.books import BookSheet
from tracker.files.lists.books import day_of
from tracker.grid import Grid
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems.office import BAD_DATE
from tracker.problems.office import BAD_NUMBER
from tracker.problems.office import BAD_TICK
from tracker.problems.office import ROUND_BACKWARDS
from tracker.reading.sheets.labelled import TableRow
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.chasing.tiers import TIER_EXPLANATIONS
from tracker.rules.chasing.tiers import TIER_RULES
from tracker.rules.chasing.tiers import Tier
from tracker.rules.chasing.tiers import TierRules
from tracker.rules.settings import OLD_LABELS
from tracker.rules.settings import QuietPeriod
from tracker.rules.settings import Settings

_RULES = ("种类", "启用", "等待（工作日）")
_QUIET = ("静默开始", "静默结束")
CHASING_HEADS = {"催办规则": _RULES, "静默日期": _QUIET}
_FIGURES = {"等待（工作日）": "wait", "最小间隔（工作日）": "apart"}
_TICKS = {"是": True, "否": False}
_TIERS = {tier.value: tier for tier in Tier}


def chasing_sheets(settings: Settings) -> tuple[BookSheet, ...]:
    """The two sheets with what is set now."""
    rules = BookSheet(
        "催办规则",
        "催办规则",
        (
            "一级一行，自上而下逐级升级。“等待”“间隔”都按工作日计；不用某一级的，“启用”选“否”，直接进入再上一级。",
            "交办单、催办单、督办通知单、督查通报都是拟稿，在《签发单》中签发后才会发出。",
        ),
        (
            BookColumn("种类", 10, ours=True),
            BookColumn("启用", 8, choices=tuple(_TICKS)),
            BookColumn("等待（工作日）", 16),
            BookColumn("最小间隔（工作日）", 20),
            BookColumn("说明", 72, ours=True),
        ),
        tuple(
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
    quiet = BookSheet(
        "静默日期",
        "静默日期",
        ("这些日子不拟、不发任何提醒和单子（如重要会议、防汛应急期间），首尾两天都算。节假日不用填。",),
        (BookColumn("静默开始", 14), BookColumn("静默结束", 14), BookColumn("原因", 30)),
        tuple((period.start, period.end, period.why) for period in settings.quiet),
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
        tick = row.text("启用")
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
            value = row.cells.get(label)
            day = day_of(value)
            if day is None and as_text(value).strip():
                self.findings.append(BAD_DATE.at(row.places[label], label=label, text=as_text(value).strip()))
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
