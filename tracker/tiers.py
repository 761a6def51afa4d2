"""The tiers of slips (交办, 提醒, 联系, 催办, 督办, 通报, 约谈): their titles, their states, and how long an office waits before each.

`TIER_RULES` is the table 催办规则 of 设置.xlsx with its defaults (three slips: 交办单, 催办单, 督办通知单 of 邓政办〔2018〕127号;
通报 five working days after a call that was ignored; 约谈 only ever proposed to the leader). Slips are for tasks that are
late; forms that are late have none (整治形式主义为基层减负若干规定, 2024: no supervision by traces, few papers).

    rung    等待（工作日） counts            最小间隔（工作日） keeps apart
    交办    nothing                          nothing
    提醒    before the day                   two reminders of one day; 0 reminds once
    联系    after the day                    two letters about one matter; 0 writes once
    催办    after the day                    two slips about one matter, where no higher rung is on; 0 calls once
    督办    after the slip before it         as above
    通报    after the slip before it         two issues, whatever they are about
    约谈    after the slip before it         two proposals, whatever they are about

Which rungs are meant for a unit depends on its kind (`UNIT_KINDS`, 类别 in 单位及联络员名单.xlsx). An office supervises the
departments and governments below it; party organs, congress, courts, and bodies that answer to a superior of their own
are asked by letter, never called, supervised, ranked or scored (政府督查工作条例, articles 5 and 6).

    类别            what a late task brings    its title
    市直部门, 县（市、区）, 其他, none            催办 and above
    党委部门, 垂直管理                           联系    工作联系函
    人大政协法检, 中省驻                          联系    商请函
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from enum import Enum

from tracker import patterns as re
from tracker.values import dataclass


class Tier(Enum):
    """A rung of the ladder; the value is the word that users see and that `facts.Document.tier` holds."""

    # The tasks are handed over at the start of the year.
    ASSIGN = "交办"
    # Before the day; may go out unattended.
    REMIND = "提醒"
    # After the day, to those whom the office may only ask.
    LETTER = "联系"
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
LATE_TIERS = (Tier.LETTER, Tier.CALL, Tier.SUPERVISE, Tier.CIRCULATE, Tier.TALK)
# Rungs that only an office with the right to supervise (督查机构) may take.
SUPERVISION_TIERS = frozenset({Tier.SUPERVISE, Tier.CIRCULATE, Tier.TALK})
# The rungs for a task of a unit that the office may call, and of one that it may only ask.
OUR_TIERS = frozenset(Tier) - {Tier.LETTER}
ASKED_TIERS = frozenset({Tier.LETTER})

_LETTER, _REQUEST = "工作联系函", "商请函"
# 类别 -> the title of the letter to a unit of that kind; empty for those that the office may call.
UNIT_KINDS: dict[str, str] = {
    "市直部门": "",
    "县（市、区）": "",
    "党委部门": _LETTER,
    "人大政协法检": _REQUEST,
    "垂直管理": _LETTER,
    "中省驻": _REQUEST,
    "其他": "",
}
# The first pattern that a name holds says the kind that is proposed for it; most names say none.
_KIND_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("人大政协法检", r"人大|人民代表大会|政协|政治协商会议|法院|检察院"),
        (
            "中省驻",
            r"^(?:国网|国家电网|南方电网|中国|中石|中铁|中央驻|省驻|中省驻)|供电(?:公司|局)|(?:移动|电信|联通|铁塔|石油|石化|烟草)\S*公司",
        ),
        (
            "垂直管理",
            r"税务|海关|海事|气象局|烟草|邮政管理|国家安全|消防救援|人民银行|金融监管(?:分|总)局|银保监|边检|出入境|调查队|地震台",
        ),
        (
            "党委部门",
            r"^(?:中共)?\S{0,6}?[省市县区州盟旗地]委(?!员)|党工委|工委|纪委|党校|^团[省市县区州]委|总工会|妇联|工商联|残联|科协|文联",
        ),
    )
)


# An office below the city, and a branch of a body above it: 市生态环境局栖云分局 answers to the city, not to the county.
_COUNTY_OFFICE = re.compile(r"(?<!自治)(?<!地)(?<!社)[县区旗]")
_BRANCH = re.compile(
    r"^(?!县|区|旗)\S{0,4}?(?<!城)[省市州盟](?!场)\S*[局委厅办]\S*(?:分局|支局|派出机构|派出所|管理站|监测站|工作站|办事处)$"
)


def proposed_kind(name: str, office_name: str = "") -> str:
    """The 类别 that a unit's name speaks for, of those that are asked by letter; empty where it speaks for none.

    `office_name` is the name of the office that asks: what is a branch of a superior depends on its own level.

    >>> [proposed_kind(name) for name in ("市委网信办", "市中级人民法院", "国网云溪供电公司", "市税务局")]
    ['党委部门', '人大政协法检', '中省驻', '垂直管理']
    >>> [proposed_kind(name) for name in ("市发展改革委", "市卫生健康委员会", "市政府办公室", "市国资委", "东城区人民政府")]
    ['', '', '', '', '']
    >>> [proposed_kind("市生态环境局栖云分局", office) for office in ("栖云县人民政府办公室", "云溪市政府办", "")]
    ['垂直管理', '', '']
    """
    if _BRANCH.match(name) and _COUNTY_OFFICE.search(office_name):
        return "垂直管理"
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(name)), "")


def is_asked(kind: str) -> bool:
    """Whether units of a 类别 are asked by letter: never called, supervised, ranked or scored."""
    return bool(UNIT_KINDS.get(kind))


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

    def above(self, tier: Tier | None, tiers: frozenset[Tier] = OUR_TIERS) -> TierRule | None:
        """The next rung that is on, after the day, among those that may be taken.

        >>> TIER_RULES.above(None).tier.value, TIER_RULES.above(None, ASKED_TIERS).tier.value
        ('催办', '联系')
        >>> TIER_RULES.above(Tier.SUPERVISE, OUR_TIERS - {Tier.CIRCULATE}).tier.value
        '约谈'
        """
        start = 0 if tier is None else LATE_TIERS.index(tier) + 1
        rules = (self.rule(late_tier) for late_tier in LATE_TIERS[start:] if late_tier in tiers)
        return next((rule for rule in rules if rule.on), None)

    def without(self, tiers: frozenset[Tier]) -> TierRules:
        """The ladder with some rungs off."""
        return TierRules(tuple(replace(rule, on=rule.on and rule.tier not in tiers) for rule in self.rules))

    def but(self, *rules: TierRule) -> TierRules:
        """The ladder with some rows changed."""
        new = {rule.tier: rule for rule in rules}
        return TierRules(tuple(new.get(rule.tier, rule) for rule in self.rules))


TIER_RULES = TierRules(
    (
        TierRule(Tier.ASSIGN, 0, on=False),
        TierRule(Tier.REMIND, 10),
        TierRule(Tier.LETTER, 5),
        TierRule(Tier.CALL, 1, apart=20),
        TierRule(Tier.SUPERVISE, 5, apart=5),
        TierRule(Tier.CIRCULATE, 5, apart=5),
        TierRule(Tier.TALK, 5, apart=5),
    )
)

# What each row says to the person who fills in the table.
TIER_EXPLANATIONS: dict[Tier, str] = {
    Tier.ASSIGN: "方案已印发各承办单位的，不必再发交办单，停用即可；方案没有印发到承办单位的，启用后给每个单位拟一份。等待、间隔不用填。",
    Tier.REMIND: "任务期限前多少个工作日提醒；每单位每天只提醒一次。间隔填0为只提醒一次。可自动发出，无需签发。",
    Tier.LETTER: "党委部门、人大政协法检、垂直管理、中省驻单位的任务逾期后第几个工作日拟工作联系函或商请函；这些单位不催办、不督办、不通报。间隔填0为只发一次。签发后才发。",
    Tier.CALL: "任务逾期后第几个工作日拟工作催办单，一事一单；上一级停用时，按间隔重复，间隔填0为只催一次。签发后才发。",
    Tier.SUPERVISE: "催办后多少个工作日仍未办结，拟督办通知单，一事一单。只用于逾期任务，并且先要在《基本设置》填写督查机构名称。签发后才发。",
    Tier.CIRCULATE: "督办后多少个工作日仍未办结，列入督查通报；两期通报至少隔几个工作日。也要先填写督查机构名称。签发后才发。",
    Tier.TALK: "通报后多少个工作日仍未办结，向领导提出约谈建议；是否约谈由领导决定。也要先填写督查机构名称。",
}

# Tier -> what its document is called; also the name of the office's own template in 模板/.
TITLES: dict[Tier, str] = {
    Tier.ASSIGN: "工作交办单",
    Tier.REMIND: "工作提醒",
    Tier.LETTER: _LETTER,
    Tier.CALL: "工作催办单",
    Tier.SUPERVISE: "督办通知单",
    Tier.CIRCULATE: "督查通报",
    Tier.TALK: "约谈建议",
}


def slip_title(tier: Tier, kind: str = "") -> str:
    """What the document of a rung to a unit of a 类别 is called.

    >>> slip_title(Tier.CALL, "市直部门"), slip_title(Tier.LETTER, "党委部门"), slip_title(Tier.LETTER, "中省驻")
    ('工作催办单', '工作联系函', '商请函')
    """
    return (UNIT_KINDS.get(kind) if tier is Tier.LETTER else "") or TITLES[tier]


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
