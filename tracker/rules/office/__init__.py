"""The office as its facts say: one frozen value, and the fold that makes it."""

from tracker.late import late

with late(globals()):
    from tracker.rules.office.fold import SUPERIOR, WITHDRAWAL, fold_facts, fold_news
    from tracker.rules.office.state import (
        Attempt,
        CellKey,
        CellNow,
        MessageNow,
        Office,
        PlanNow,
        Point,
        SlotNow,
        UnitNow,
        names_in_role,
    )

__all__ = [
    "SUPERIOR",
    "WITHDRAWAL",
    "Attempt",
    "CellKey",
    "CellNow",
    "MessageNow",
    "Office",
    "PlanNow",
    "Point",
    "SlotNow",
    "UnitNow",
    "fold_facts",
    "fold_news",
    "names_in_role",
]
