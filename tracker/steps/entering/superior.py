"""Plans of the superior: entered like any plan, and kept apart from ours from the first fact on."""

from __future__ import annotations

from dataclasses import replace

from tracker import facts
from tracker.files.ledger import Act
from tracker.model import Plan
from tracker.problems import Finding
from tracker.problems.comparing import LOOKS_SUPERIOR
from tracker.problems.comparing import AlreadyOurs
from tracker.rules.fold import SUPERIOR
from tracker.rules.plans.identity import bare
from tracker.rules.state import Office

# Findings about units and groups.
_ABOUT_UNITS = frozenset({"undefined-group", "missing-annex", "no-unit"})


def plans_beside(office: Office, *, superior: bool) -> Office:
    """The office with the plans that a file may continue: ours, or the superior's."""
    return replace(office, plans=office.superiors) if superior else office


def relevant_findings(findings: list[Finding], *, superior: bool) -> list[Finding]:
    """What has to be told about a file: nobody is asked whom a superior's names mean."""
    return [finding for finding in findings if not (superior and finding.code in _ABOUT_UNITS)]


def make_superior(act: Act, plan: str, file: str) -> None:
    """A plan that was entered as ours by mistake becomes the superior's, unless work has begun on it.

    Raises:
        AlreadyOurs: when something was handed out, drawn up or written for it.
    """
    office = act.office()
    is_begun = (
        any(office.rounds[form.round].plan == plan for form in office.forms.values())
        or any(
            subject.startswith(f"{plan}-")
            for document in office.documents.values()
            for subject in document.subjects
        )
        or any(subject.startswith(f"{plan}-") for subject, _, _, _ in office.cells)
    )
    if is_begun:
        raise AlreadyOurs(file=file, plan=plan)
    act.add(facts.PlanKind(plan, SUPERIOR))


def looks_superior(office: Office, plan: Plan, superior: str) -> list[Finding]:
    """A word where a plan that was entered as ours was issued by whom we report to."""
    above = {bare(superior), *(bare(plan_now.edition.issuer) for plan_now in office.superiors.values())} - {
        ""
    }
    return [LOOKS_SUPERIOR.at("", issuer=plan.issuer)] if bare(plan.issuer) in above else []
