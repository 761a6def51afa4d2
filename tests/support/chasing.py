"""A year that is chased, and slips that a person signs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.support.year import EVERY_RUNG, NAME, call
from tracker.files.guard.opening import open_source
from tracker.formats.books.settings import lay_out_settings
from tracker.formats.books.worklists import decide_all, read_signing
from tracker.formats.patch import patch
from tracker.settings import Settings
from tracker.steps.call import CHINA
from tracker.steps.chase import chase
from tracker.tiers import LATE_TIERS, SlipState, TierRule

SIGNING = ("督办", "送签单.xlsx")


def drafted(answer) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each["tier"], each["unit"], tuple(each["subjects"])) for each in answer.data["drafted"]]


def sign(root: Path, day: str, state: SlipState = SlipState.SENT) -> None:
    path = root.joinpath(*SIGNING)
    if path.exists():
        edits = decide_all(read_signing(open_source(path)), state, by="OA", on=dt.date.fromisoformat(day))
        path.write_bytes(patch(path.read_bytes(), edits))


def year(root: Path, days: list[dt.date]) -> set[tuple[str, str, str]]:
    """Run on these days; every official slip is sent on the day after it was drafted, before the run of that day."""
    found = set()
    for day in days:
        sign(root, day.isoformat())
        for tier, unit, subjects in drafted(chase(call(root, dt.datetime.combine(day, dt.time(9), CHINA)))):
            found |= {(tier, unit, subject) for subject in subjects}
    return found


def quick(root: Path) -> Path:
    """The office waits two working days before each rung."""
    ladder = EVERY_RUNG.but(*(TierRule(tier, 2, apart=2) for tier in LATE_TIERS[2:]))
    settings = Settings(values={**NAME, "supervision_name": "市政府督查室"}, tier_rules=ladder)
    (root / "设置.xlsx").write_bytes(lay_out_settings(settings))
    return root
