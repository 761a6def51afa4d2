"""Editions of a plan: what a file is, which point continues which, and where items went."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.rules.plans.adjustments import (
        DueDay,
        day_of_point,
        days_of,
        facts_of,
        number_rows,
        open_requests,
        requests_of,
        units_in,
    )
    from tracker.rules.plans.editions import (
        LAST_YEAR,
        EditionKind,
        PlanChange,
        PointDecisions,
        Proposal,
        differences,
        last_year_plans,
        linked_plans,
        past_plans,
        propose,
        theme_key,
        theme_of,
        with_known_limits,
    )
    from tracker.rules.plans.identity import (
        REVOCATION,
        TIE,
        Pairing,
        Words,
        answering_name,
        bare,
        best_assignment,
        heirs,
        origins,
        split_successors,
        steps_from,
        successor,
    )
