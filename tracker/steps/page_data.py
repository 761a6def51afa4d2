"""What the local page asks of `status --json` beyond what a person reads: rounds, questions, slips and points, one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from tracker.facts import Document
from tracker.forms import Question
from tracker.rules.merge import questions
from tracker.rules.office import Office
from tracker.rules.papers import ReportingState
from tracker.rules.report import ReportItem, YearSummary
from tracker.rules.rounds import yearly_rounds
from tracker.rules.wording import subject_name
from tracker.steps.desk import Desk
from tracker.steps.return_lists import bare_sentence, reporting_now
from tracker.steps.today import ChaseDay, stale_slips
from tracker.steps.undo import latest_decisions
from tracker.tiers import Tier


def page_data(desk: Desk, office: Office, years: Mapping[str, YearSummary], day: ChaseDay) -> dict[str, Any]:
    """Everything that the page shows row by row."""
    return {
        "rounds": _rounds_data(desk, office),
        "round_settings": [
            {
                "name": round_.name,
                "opens": round_.opens.isoformat(),
                "due": round_.due.isoformat(),
                "is_typed": round_ in desk.settings.rounds,
            }
            for round_ in (*desk.settings.rounds, *yearly_rounds(office, desk.settings.rounds))
        ],
        "backup": desk.last_backup,
        "robots": [
            {"name": robot.name, "secret": robot.secret, "sign": robot.sign}
            for robot in desk.settings.send_settings.robots
        ],
        "decided": [entry.fact.conflict for entry in latest_decisions(desk)],
        "questions": [_question_data(question) for question in questions(office)],
        "slips": _slips_data(office, stale_slips(office, day.decisions, desk.today)),
        "points": [_item_data(item) for year in years.values() for item in year.items],
    }


def _rounds_data(desk: Desk, office: Office) -> list[dict[str, Any]]:
    """Each round, the latest first, with where the form of each unit stands."""
    reports = reporting_now(desk, office)
    rounds = sorted(office.rounds.values(), key=lambda round_: (round_.due, round_.opens), reverse=True)
    data = []
    for round_ in rounds:
        rows = [report for report in reports if report.round.round == round_.round]
        waits = [report for report in rows if report.state in (ReportingState.OUT, ReportingState.REFUSED)]
        data.append(
            {
                "round": round_.round,
                "name": round_.name,
                "plan": round_.plan,
                "opens": round_.opens.isoformat(),
                "due": round_.due.isoformat(),
                "forms": len(rows),
                "back": len(rows) - len(waits),
                "units": [
                    {
                        "unit": office.name_of(report.form.unit),
                        "state": report.state.value,
                        "late": report.late,
                        "reason": bare_sentence(report.reason, _file_name(office, report.file)),
                        "file": _file_name(office, report.file),
                        "contact": _contact(office, report.form.unit),
                    }
                    for report in rows
                ],
            }
        )
    return data


def _file_name(office: Office, sha: str) -> str:
    return office.files[sha].name if sha in office.files else ""


def _contact(office: Office, unit: str) -> str:
    contacts = office.units[unit].contacts
    return f"{contacts[0].name} {contacts[0].phone}".strip() if contacts else ""


def _question_data(question: Question) -> dict[str, str]:
    """A question as 待核对事项清单 shows it."""
    return {
        "id": question.conflict,
        "point": question.point,
        "unit": question.unit,
        "column": question.column,
        "round": question.round,
        "base": question.base,
        "ours": question.ours,
        "theirs": question.theirs,
        "why": question.why,
    }


def _slips_data(office: Office, stale: Collection[Document]) -> list[dict[str, Any]]:
    """The slips that need a signature, the latest first."""
    stale_ids = {document.document for document in stale}
    return [
        {
            "id": document.document,
            "number": document.number,
            "tier": document.tier,
            "unit": office.name_of(document.unit) if document.unit else "各有关单位",
            "subjects": [subject_name(office, subject) for subject in document.subjects],
            "state": document.state,
            "is_stale": document.document in stale_ids,
            "on": document.on.isoformat(),
            "path": document.path,
        }
        for document in reversed(tuple(office.documents.values()))
        if Tier(document.tier).is_official
    ]


def _item_data(item: ReportItem) -> dict[str, Any]:
    """A work point and where it stands."""
    standing = item.standing
    return {
        "id": item.point_id,
        "requirement": item.point.requirement,
        "section": item.point.section,
        "lead": list(item.lead),
        "responsible": list(item.responsible),
        "support": list(item.support),
        "due": standing.due.isoformat() if standing.due else "",
        "deadline": item.point.deadline.text,
        "status": standing.word,
        "light": standing.light.value,
        "reason": standing.reason,
        "text": "；".join(quote.text.rstrip("。；") for quote in item.texts),
    }
