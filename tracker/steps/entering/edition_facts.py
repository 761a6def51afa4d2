"""An edition of a plan as facts: its words, who answers, its members and duties, and what goes on in what."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace

from tracker import facts
from tracker.facts import deadline_to_json
from tracker.files.ledger import Act
from tracker.model import Plan
from tracker.model import WorkPoint
from tracker.rules.plans.editions import EditionKind
from tracker.rules.plans.editions import Proposal
from tracker.rules.plans.editions import theme_of
from tracker.steps.entering.naming import Meanings
from tracker.steps.entering.proof import PlanFile


def record_edition(
    act: Act,
    plan: Plan,
    proposal: Proposal,
    meanings: Meanings,
    plan_file: PlanFile,
    files: Sequence[facts.File],
    spoken_of: Mapping[str, int],
) -> str:
    """Record what a file says of a plan; the id of the plan.

    Args:
        act: The act to record in.
        plan: What the file says, completed by what a person said.
        proposal: What it is to the ledger.
        meanings: What its names mean.
        plan_file: Where each work point stands.
        files: The files that it came from.
        spoken_of: The latest edition that states each point's units.
    """
    office, sha = act.office(), plan_file.original.sha
    if proposal.kind is EditionKind.SAME:
        _complete_groups(act, spoken_of, proposal.plan, meanings)
        return proposal.plan
    plan_id = proposal.plan or act.mint("P")
    edition = office.every_plan[plan_id].edition.edition + 1 if proposal.plan else 1
    act.add(*(file for file in files if file.sha not in office.files))
    assert proposal.kind is not None and plan.year is not None
    act.add(
        facts.PlanEdition(
            plan=plan_id,
            edition=edition,
            how=proposal.kind.value,
            title=plan.title,
            number=plan.number,
            issuer=plan.issuer,
            issued_on=plan.issued_on,
            year=plan.year,
            theme=theme_of(plan.title),
        ),
        file=sha,
    )
    for number, duty in enumerate(plan.duties, start=1):
        deadline = deadline_to_json(duty.deadline)
        act.add(
            facts.PlanDuty(plan_id, edition, number, duty.what, duty.addressee, deadline),
            file=plan_file.file_of(duty.place),
            place=duty.place,
        )
    _record_points(act, plan, plan_id, edition, proposal, meanings, plan_file)
    _record_members(act, plan_id, edition, meanings)
    return plan_id


def _record_points(
    act: Act,
    plan: Plan,
    plan_id: str,
    edition: int,
    proposal: Proposal,
    meanings: Meanings,
    plan_file: PlanFile,
) -> None:
    heirs: dict[int, str] = {}
    last = max((point.position for point in proposal.old), default=0)
    # What an item was split into stands where it stood.
    positions = {point.id: point.position for point in proposal.old}
    origins = {new: positions[point_id] for point_id, new, _ in reversed(proposal.transfers)}
    pairs = {pair.new: pair for pair in (proposal.pairing.pairs if proposal.pairing else ())}
    for position, point in enumerate(plan.work_points):
        pair, sha = pairs.get(position), plan_file.file_of(point.place)
        if pair is None:
            point_id, matched_by = act.mint_point(plan_id), "new"
            heirs[position] = point_id
            act.add(facts.WorkPoint(point_id, plan_id), file=sha, place=point.place)
        else:
            point_id, matched_by = proposal.old[pair.old].id, pair.rule
            if proposal.kind is EditionKind.AMENDMENT and position not in proposal.changes:
                continue
        order = position + 1
        if proposal.kind is EditionKind.AMENDMENT:
            order = proposal.old[pair.old].position if pair else origins.get(position, last + order)
        act.add(_text(point_id, edition, order, point, matched_by), file=sha, place=point.place)
        act.add(*_assignments(point_id, edition, point, meanings), file=sha, place=point.place)
    for old_point in proposal.retired_points:
        act.add(
            facts.WpText(
                old_point.id,
                edition,
                old_point.position,
                old_point.section,
                old_point.task,
                old_point.no,
                old_point.requirement,
                deadline_to_json(old_point.deadline),
                old_point.mode.value,
                old_point.is_inherited,
                "retired",
                retired=True,
            ),
            file=plan_file.original.sha,
        )
    for point_id, position, how in proposal.transfers:
        act.add(
            facts.Carried(point_id, heirs[position], how, "person"),
            file=plan_file.original.sha,
            place=plan.work_points[position].place,
        )


def _text(point_id: str, edition: int, position: int, point: WorkPoint, matched_by: str) -> facts.WpText:
    return facts.WpText(
        wp=point_id,
        edition=edition,
        position=position,
        section=point.section,
        task=point.task,
        no=point.no,
        requirement=point.requirement,
        deadline=deadline_to_json(point.deadline),
        mode=point.responsibility.mode.value,
        inherited=point.inherited,
        matched_by=matched_by,
        retired=False,
    )


def _assignments(
    point_id: str, edition: int, point: WorkPoint, meanings: Meanings
) -> Sequence[facts.Assignment]:
    assignments: list[facts.Assignment] = []
    for assignment in point.responsibility.assignments:
        name, role = assignment.unit, assignment.role.value
        if name in meanings.members:
            assignments.append(
                facts.Assignment(point_id, edition, name, "", role, name, assignment.part, active=True)
            )
            assignments += [
                facts.Assignment(point_id, edition, name, unit, role, name, assignment.part, active=True)
                for unit in meanings.members[name]
            ]
        else:
            unit = meanings.unit_of(point, name)
            assignments.append(
                facts.Assignment(point_id, edition, name, unit, role, "", assignment.part, active=True)
            )
    return list(dict.fromkeys(assignments))


def _record_members(act: Act, plan_id: str, edition: int, meanings: Meanings) -> None:
    members = act.office().every_plan[plan_id].members
    for collective, units in meanings.members.items():
        if tuple(members.get(collective, ())) != units:
            act.add(*(facts.Member(plan_id, edition, collective, unit, active=True) for unit in units))


def _complete_groups(act: Act, spoken_of: Mapping[str, int], plan_id: str, meanings: Meanings) -> None:
    """Members and meanings that were unknown when the edition was recorded, and that the office has now stated.

    A collective name whose members are frozen already is left as it is. `spoken_of` is the latest edition that
    states each point's units.
    """
    plan = act.office().every_plan[plan_id]
    edition = plan.edition.edition
    fresh = {name: units for name, units in meanings.members.items() if units and not plan.members.get(name)}
    for name, units in fresh.items():
        act.add(*(facts.Member(plan_id, edition, name, unit, active=True) for unit in units))
    for point in plan.points:
        last = spoken_of.get(point.id, plan.edition.edition)
        for collective, role in point.collectives:
            act.add(
                *(
                    facts.Assignment(
                        point.id, last, collective, unit, role.value, collective, "", active=True
                    )
                    for unit in fresh.get(collective, ())
                )
            )
        for assignee in point.assignees:
            unit = "" if assignee.unit else meanings.meaning_of(assignee.written)
            if unit:
                open_assignment = facts.Assignment(
                    point.id, last, assignee.written, "", assignee.role.value, "", assignee.part, active=False
                )
                act.add(open_assignment, replace(open_assignment, unit=unit, active=True))
