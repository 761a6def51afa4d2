"""Which rounds are open for which plans on a day, from the rounds that the office set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.facts import Round
from tracker.rules.settings import RoundSetting
from tracker.rules.state import Office


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round of a plan that may be handed out.

    Attributes:
        plan: The plan's id.
        name: Of the round.
        opens: From when.
        due: When it is due back.
        round: Its id, where it has been handed out before; else empty.
        past: Whether its due day is over.
        scope: Who reports in it, where the office said so for this round; else empty.
    """

    plan: str
    name: str
    opens: dt.date
    due: dt.date
    round: str
    past: bool
    scope: str = ""


def openings(
    office: Office, rounds: Sequence[RoundSetting], *, today: dt.date, name: str = ""
) -> tuple[OpenRound, ...]:
    """The rounds that have begun, oldest first; with `name` only that one, begun or not.

    A round that was due before its plan was issued is nobody's. A round without a plan is one of every plan of the
    year in which it opens or is due (a year-end round may be due in the next January).
    """
    results = []
    for setting in rounds:
        if (name and setting.name != name) or (not name and setting.opens > today):
            continue
        for plan in office.plans.values():
            if not _is_meant(setting, plan.plan, plan.edition.theme, plan.edition.year):
                continue
            if not name and plan.edition.issued_on and setting.due < plan.edition.issued_on:
                continue
            round_id = next(
                (r.round for r in office.rounds.values() if (r.plan, r.name) == (plan.plan, setting.name)), ""
            )
            past = setting.due < today
            results.append(
                OpenRound(plan.plan, setting.name, setting.opens, setting.due, round_id, past, setting.scope)
            )
    return tuple(sorted(results, key=lambda open_round: (open_round.opens, open_round.due)))


def without_round(office: Office, rounds: Sequence[RoundSetting], *, today: dt.date) -> tuple[str, ...]:
    """Plans of this year or later that no round is for: in January the rounds are still those of last year."""
    return tuple(
        plan.plan
        for plan in office.plans.values()
        if plan.edition.year >= today.year
        and not any(
            _is_meant(setting, plan.plan, plan.edition.theme, plan.edition.year) for setting in rounds
        )
    )


def is_last(office: Office, rounds: Sequence[RoundSetting], round_: Round) -> bool:
    """Whether a round ends its plan's year: due in November or later, and none known that is due after it.

    An office that names its rounds one by one has no later one in spring either, so the month counts, too.
    """
    edition = office.plans[round_.plan].edition
    if round_.due < dt.date(edition.year, 11, 1):
        return False
    later = [other.due for other in office.rounds.values() if other.plan == round_.plan]
    later += [
        setting.due for setting in rounds if _is_meant(setting, round_.plan, edition.theme, edition.year)
    ]
    return all(due <= round_.due for due in later)


def _is_meant(setting: RoundSetting, plan: str, theme: str, year: int) -> bool:
    if setting.plan:
        return setting.plan in (plan, theme)
    return year in (setting.opens.year, setting.due.year)
