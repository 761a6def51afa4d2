"""The tiers of slips (交办, 提醒, 催办, 督办, 通报, 约谈): their titles, their states, and how long an office waits before each.

`TIER_RULES` is the table 催办规则 of 设置.xlsx with its defaults (three slips: 交办单, 催办单, 督办通知单 of 邓政办〔2018〕127号;
通报 five working days after a call that was ignored; 约谈 only ever proposed to the leader).

    rung    等待（工作日） counts            最小间隔（工作日） keeps apart
    交办    nothing                          nothing
    提醒    before the day                   two reminders of one day; 0 reminds once
    催办    after the day                    two slips about one matter, where no higher rung is on
    督办    after the slip before it         as above
    通报    after the slip before it         two issues, whatever they are about
    约谈    after the slip before it         two proposals, whatever they are about
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum


class Tier(Enum):
    """A rung of the ladder; the value is the word that users see and that `facts.Document.tier` holds."""

    # The tasks are handed over at the start of the year.
    ASSIGN = "交办"
    # Before the day; may go out unattended.
    REMIND = "提醒"
    # After the day.
    CALL = "催办"
    # When that is ignored.
    SUPERVISE = "督办"
    # When that is ignored, too; names the unit before all others.
    CIRCULATE = "通报"
    # Only ever proposed to the leader.
    TALK = "约谈"

    @property
    def is_official(self) -> bool:
        """Whether a person has to sign it before it leaves."""
        return self is not Tier.REMIND

    @property
    def is_for_all(self) -> bool:
        """Whether one document speaks of every unit that has come so far."""
        return self in (Tier.CIRCULATE, Tier.TALK)


class SlipState(Enum):
    """Where a slip stands; the value is what `facts.Document.state` holds."""

    # 拟稿: nobody outside has seen it.
    DRAFTED = "drafted"
    # 已签发: may leave.
    SIGNED = "signed"
    # 已发: has left, by whatever means.
    SENT = "sent"
    # 作废: never was.
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The word that users see."""
        return {"drafted": "拟稿", "signed": "已签发", "sent": "已发", "withdrawn": "作废"}[self.value]


# Rungs after the day, in order.
LATE_TIERS = (Tier.CALL, Tier.SUPERVISE, Tier.CIRCULATE, Tier.TALK)


@dataclass(frozen=True, slots=True)
class TierRule:
    """A row of the table: how long to wait, how far apart, and whether the rung is used at all."""

    tier: Tier
    wait: int
    apart: int = 0
    on: bool = True


@dataclass(frozen=True, slots=True)
class TierRules:
    """The rows of the table, one for each rung."""

    rules: tuple[TierRule, ...]

    def rule(self, tier: Tier) -> TierRule:
        """The row of a rung."""
        return next(rule for rule in self.rules if rule.tier is tier)

    def above(self, tier: Tier | None, *, public: bool = True) -> TierRule | None:
        """The next rung that is on, after the day; `public` is False for what may not be made known (不通报).

        >>> TIER_RULES.above(None).tier.value, TIER_RULES.above(Tier.SUPERVISE, public=False).tier.value
        ('催办', '约谈')
        """
        start = 0 if tier is None else LATE_TIERS.index(tier) + 1
        rules = (
            self.rule(late_tier)
            for late_tier in LATE_TIERS[start:]
            if public or late_tier is not Tier.CIRCULATE
        )
        return next((rule for rule in rules if rule.on), None)

    def but(self, *rules: TierRule) -> TierRules:
        """The ladder with some rows changed."""
        new = {rule.tier: rule for rule in rules}
        return TierRules(tuple(new.get(rule.tier, rule) for rule in self.rules))


TIER_RULES = TierRules(
    (
        TierRule(Tier.ASSIGN, 0),
        TierRule(Tier.REMIND, 10),
        TierRule(Tier.CALL, 1, apart=5),
        TierRule(Tier.SUPERVISE, 5, apart=5),
        TierRule(Tier.CIRCULATE, 5, apart=5),
        TierRule(Tier.TALK, 5, apart=5),
    )
)

# What each row says to the person who fills in the table.
TIER_EXPLANATIONS: dict[Tier, str] = {
    Tier.ASSIGN: "登记方案后，给每个有任务的单位拟一份工作交办单；新增任务补拟一份。等待、间隔不用填。",
    Tier.REMIND: "期限前多少个工作日提醒；每单位每天只提醒一次。间隔填0为只提醒一次。可自动发出，无需签发。",
    Tier.CALL: "期限过后第几个工作日拟工作催办单，一事一单；上一级停用时，按间隔重复。签发后才发。",
    Tier.SUPERVISE: "催办后多少个工作日仍未办结，拟督办通知单，一事一单。签发后才发。",
    Tier.CIRCULATE: "督办后多少个工作日仍未办结，列入督查通报；两期通报至少隔几个工作日。签发后才发。",
    Tier.TALK: "通报后多少个工作日仍未办结，向领导提出约谈建议；是否约谈由领导决定。",
}

# Tier -> what its document is called; also the name of the office's own template in 模板/.
TITLES: dict[Tier, str] = {
    Tier.ASSIGN: "工作交办单",
    Tier.REMIND: "工作提醒",
    Tier.CALL: "工作催办单",
    Tier.SUPERVISE: "督办通知单",
    Tier.CIRCULATE: "督查通报",
    Tier.TALK: "约谈建议",
}
_YEAR = re.compile(r"[\[［【〔(（](\d{4})[\]］】〕)）]")


def document_number(text: str) -> str:
    """A 文号 as documents print it: narrow figures, the year in 〔〕 (GB/T 9704-2012, 7.2.5).

    >>> document_number("×督［２０２６］４ 号"), document_number("×督办(2026)12号"), document_number("2026-催办-007")
    ('×督〔2026〕4号', '×督办〔2026〕12号', '2026-催办-007')
    """
    narrow = "".join(
        unicodedata.normalize("NFKC", character) if character.isalnum() else character for character in text
    )
    return _YEAR.sub(r"〔\1〕", "".join(narrow.split()))
