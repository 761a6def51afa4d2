"""The office of the scheduler's soak: a lively year, and what it has to show for it at the end."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.support.chasing import sign
from tests.support.mailbox import contact, ledger_of
from tests.support.year import UNITS, make_year
from tracker import facts
from tracker.facts import deadline_to_json
from tracker.files.folders import SETTINGS
from tracker.formats.books.settings import lay_out_settings
from tracker.model import Deadline, DeadlineKind
from tracker.settings import RoundSetting, SendingSettings, Settings
from tracker.steps.call import CHINA, Call
from tracker.steps.desk import open_desk
from tracker.steps.send import send
from tracker.tiers import LATE_TIERS, TIER_RULES, SlipState, TierRule

FIRST = dt.date(2018, 9, 3)  # Monday
POINTS = 10
OUT = ("督办", "待发")
# Looking needs no clock.
NEVER = dt.datetime(1970, 1, 1, tzinfo=CHINA)


def make(root: Path, values: Mapping[str, str]) -> Path:
    """An office with a deadline every month and a round of returns every two months; five units, one contact each."""
    make_year(root, points=0)
    rounds = tuple(
        RoundSetting(f"第{n + 1}期", "", opens, opens + dt.timedelta(days=17))
        for n, opens in enumerate(FIRST + dt.timedelta(days=60 * n + 7) for n in range(5))
    )
    ladder = TIER_RULES.but(*(TierRule(tier, 2, apart=2) for tier in LATE_TIERS[1:]))
    settings = Settings(
        values={"office_name": "市政府办公室", **values},
        rounds=rounds,
        tier_rules=ladder,
        send_settings=SendingSettings({"send_blast": "50"}),
    )
    (root / SETTINGS).write_bytes(lay_out_settings(settings))
    units = list(UNITS)
    at = dt.datetime.combine(FIRST - dt.timedelta(days=20), dt.time(9), tzinfo=CHINA)
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=at) as act:
        act.add(*(contact(unit) for unit in units))
        for n in range(POINTS):
            day = FIRST + dt.timedelta(days=28 * (n + 1))
            limit = Deadline(day.isoformat(), DeadlineKind.DATE, day, day)
            wp = act.mint_point("P1")
            act.add(
                facts.PointFact(wp, "P1"),
                facts.WpText(
                    wp,
                    1,
                    n + 1,
                    "一、公开",
                    "（一）推进公开",
                    str(n + 1),
                    f"完成第{n + 1}件公开工作",
                    deadline_to_json(limit),
                    "lead+all",
                    False,
                    "new",
                    False,
                ),
                *(
                    facts.AssignmentFact(wp, 1, UNITS[unit], unit, role, "", "", True)
                    for unit, role in ((units[n % 5], "lead"), (units[(n + 1) % 5], "responsible"))
                ),
            )
    return root


def sign_off(root: Path, day: dt.date) -> None:
    """In the morning a person signs every draft, and lets go what the blast guard holds."""
    sign(root, day.isoformat(), SlipState.SIGNED)
    early = Call(dt.datetime.combine(day, dt.time(8, 5), tzinfo=CHINA), "王敏", root)
    if send(replace(early, dry_run=True)).data["stopped"]:
        send(early, force=True)


@dataclass(frozen=True, slots=True)
class Effects:
    """What the jobs of a year did, each thing with how often it was done.

    Attributes:
        digests: Day, unit and subjects of each reminder.
        slips: Day, tier, unit and subjects of each official slip.
        messages: Keys of messages that were told to have left.
        files: What lies in 督办/待发, and the week's summaries.
        editions: Plan and day of each report.
    """

    digests: Counter[tuple[str, ...]]
    slips: Counter[tuple[str, ...]]
    messages: Counter[tuple[str, ...]]
    files: Counter[tuple[str, ...]]
    editions: Counter[tuple[str, ...]]


def effects(root: Path) -> Effects:
    """Look at an office."""
    with open_desk(Call(NEVER, "王敏", root)) as desk:
        office = desk.office()
        editions = desk.ledger.entries(facts.ReportEdition)
    said = [(each.tier, each.on.isoformat(), each.unit, *each.subjects) for each in office.documents.values()]
    left = [
        (each.fact.key,) for each in office.messages.values() for one in each.attempts if one.state == "sent"
    ]
    files = [*root.joinpath(*OUT).rglob("*"), *root.joinpath("报告", "每周小结").rglob("*")]
    return Effects(
        Counter(each for each in said if each[0] == "提醒"),
        Counter(each for each in said if each[0] != "提醒"),
        Counter(left),
        Counter((each.relative_to(root).as_posix(),) for each in files if each.is_file()),
        Counter((each.fact.plan, each.fact.as_of.isoformat()) for each in editions),
    )
