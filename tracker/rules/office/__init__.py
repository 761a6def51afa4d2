"""The office as its facts say: one frozen value, and the fold that makes it."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.rules.office.fold import REOPENING, SUPERIOR, WITHDRAWAL, fold_facts, fold_news
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
