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
from tracker.rules.plans.editions import How
from tracker.rules.plans.editions import Proposal
from tracker.rules.plans.editions import theme_of
from tracker.steps.entering.naming import Naming
from tracker.steps.entering.proof import Understood


def record_edition(
    act: Act,
    plan: Plan,
    proposal: Proposal,
    naming: Naming,
    given: Understood,
    files: Sequence[facts.File],
    spoken_of: Mapping[str, int],
) -> str:
    """Record what a file says of a plan; the id of the plan.

    Args:
        act: The act to record in.
        plan: What the file says, completed by what a person said.
        proposal: What it is to the ledger.
        naming: What its names mean.
        given: Where each work point stands.
        files: The files that it came from.
        spoken_of: The latest edition that states each point's units.
    """
    office, sha = act.office(), given.original.sha
    if proposal.how is How.SAME:
        _complete_groups(act, spoken_of, proposal.plan, naming)
        return proposal.plan
    plan_id = proposal.plan or act.mint("P")
    edition = office.every_plan[plan_id].edition.edition + 1 if proposal.plan else 1
    act.add(*(file for file in files if file.sha not in office.files))
    assert proposal.how is not None and plan.year is not None
    act.add(
        facts.PlanEdition(
            plan=plan_id,
            edition=edition,
            how=proposal.how.value,
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
            file=given.file_of(duty.place),
            place=duty.place,
        )
    _record_points(act, plan, plan_id, edition, proposal, naming, given)
    _record_members(act, plan_id, edition, naming)
    return plan_id


def _record_points(
    act: Act,
    plan: Plan,
    plan_id: str,
    edition: int,
    proposal: Proposal,
    naming: Naming,
    given: Understood,
) -> None:
    heirs: dict[int, str] = {}
    last = max((point.position for point in proposal.old), default=0)
    # What an item was split into stands where it stood.
    positions = {point.id: point.position for point in proposal.old}
    origins = {new: positions[wp] for wp, new, _ in reversed(proposal.carried)}
    found = {pair.new: pair for pair in (proposal.matching.pairs if proposal.matching else ())}
    for position, point in enumerate(plan.work_points):
        pair, sha = found.get(position), given.file_of(point.place)
        if pair is None:
            wp, matched_by = act.mint_point(plan_id), "new"
            heirs[position] = wp
            act.add(facts.WorkPoint(wp, plan_id), file=sha, place=point.place)
        else:
            wp, matched_by = proposal.old[pair.old].id, pair.how
            if proposal.how is How.AMENDMENT and position not in proposal.changed:
                continue
        order = position + 1
        if proposal.how is How.AMENDMENT:
            order = proposal.old[pair.old].position if pair else origins.get(position, last + order)
        act.add(_text(wp, edition, order, point, matched_by), file=sha, place=point.place)
        act.add(*_assignments(wp, edition, point, naming), file=sha, place=point.place)
    for gone in proposal.retired:
        act.add(
            facts.WpText(
                gone.id,
                edition,
                gone.position,
                gone.section,
                gone.task,
                gone.no,
                gone.requirement,
                deadline_to_json(gone.deadline),
                gone.mode.value,
                gone.inherited,
                "retired",
                retired=True,
            ),
            file=given.original.sha,
        )
    for wp, position, how in proposal.carried:
        act.add(
            facts.Carried(wp, heirs[position], how, "person"),
            file=given.original.sha,
            place=plan.work_points[position].place,
        )


def _text(wp: str, edition: int, position: int, point: WorkPoint, matched_by: str) -> facts.WpText:
    return facts.WpText(
        wp=wp,
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


def _assignments(wp: str, edition: int, point: WorkPoint, naming: Naming) -> Sequence[facts.Assignment]:
    found: list[facts.Assignment] = []
    for each in point.responsibility.assignments:
        name, role = each.unit, each.role.value
        if name in naming.members:
            found.append(facts.Assignment(wp, edition, name, "", role, name, each.part, active=True))
            found += [
                facts.Assignment(wp, edition, name, unit, role, name, each.part, active=True)
                for unit in naming.members[name]
            ]
        else:
            unit = naming.unit_of(point, name)
            found.append(facts.Assignment(wp, edition, name, unit, role, "", each.part, active=True))
    return list(dict.fromkeys(found))


def _record_members(act: Act, plan_id: str, edition: int, naming: Naming) -> None:
    known = act.office().every_plan[plan_id].members
    for collective, units in naming.members.items():
        if tuple(known.get(collective, ())) != units:
            act.add(*(facts.Member(plan_id, edition, collective, unit, active=True) for unit in units))


def _complete_groups(act: Act, spoken_of: Mapping[str, int], plan_id: str, naming: Naming) -> None:
    """Members and meanings that were unknown when the edition was recorded, and that the office has now stated.

    A collective name whose members are frozen already is left as it is. `spoken_of` is the latest edition that
    states each point's units.
    """
    plan = act.office().every_plan[plan_id]
    edition = plan.edition.edition
    fresh = {name: units for name, units in naming.members.items() if units and not plan.members.get(name)}
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
        for answer in point.answers:
            unit = "" if answer.unit else naming.meaning_of(answer.written)
            if unit:
                undecided = facts.Assignment(
                    point.id, last, answer.written, "", answer.role.value, "", answer.part, active=False
                )
                act.add(undecided, replace(undecided, unit=unit, active=True))
