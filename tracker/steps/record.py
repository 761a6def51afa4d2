"""Entering a plan: what the file is, whose name means whom, and which point continues which.

    1. read the plan, and the units' list as the office has it
    2. say what the file is: new, a revision, a change of some items, or nothing new; refuse what is undecided
    3. decide what every written name means; what nobody knows becomes a question in the units' list
    4. record the edition in one act; the original is kept before, the units' list is completed after

Killed anywhere, the same command does the rest: the original lies under its hash, the act is whole or absent,
and the workbook is compared with the ledger each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.facts import deadline_to_json
from tracker.files.folders import OfficeFolder
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.register import RegisterBook
from tracker.files.safe import State
from tracker.model import Plan
from tracker.model import WorkPoint
from tracker.problems import Exit
from tracker.problems import Finding
from tracker.problems.recording import NO_YEAR
from tracker.problems.recording import NoSuchPlan
from tracker.problems.recording import RetiresMuch
from tracker.problems.recording import TiedPoints
from tracker.problems.recording import UndecidedPlan
from tracker.reading.plan import read_plan
from tracker.rules.editions import How
from tracker.rules.editions import Proposal
from tracker.rules.editions import propose
from tracker.rules.editions import theme_of
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.naming import Naming
from tracker.steps.naming import name_units
from tracker.steps.register import bring_in
from tracker.steps.register import path_of
from tracker.steps.register import read_book
from tracker.steps.register import wanted_book
from tracker.steps.register import write_back


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said about the file when calling: nothing, usually.

    Attributes:
        how: New, revision or amendment.
        plan: The plan that it continues.
        year: The plan year, where the file does not say it.
        issued_on: The date of issue, where the file does not say it.
        force: Retire many points all the same.
        matches: Place in the new file -> id of the old point, or empty for a new one.
    """

    how: How | None = None
    plan: str = ""
    year: int | None = None
    issued_on: dt.date | None = None
    force: bool = False
    matches: Mapping[str, str] | None = None


def record(call: Call, path: Path, said: Said) -> Answer:
    """Enter a plan into the ledger of the office that the call stands in."""
    source = open_source(path)
    with open_desk(call) as desk:
        reading = read_plan(source, calendar=desk.calendar)
        plan, findings = _complete(reading.plan, said, desk.today, list(reading.findings))
        if not call.dry_run:
            desk.folder.keep(path.read_bytes(), path.name)
        book = read_book(path_of(desk.folder.root))
        naming = Naming({}, (), ())
        with desk.act("record") as act:
            bring_in(act, book, today=desk.today)
            proposal = _decide(act.office(), plan, said, path.name)
            naming = name_units(act, plan, book)
            spoken_of = {each.fact.wp: each.fact.edition for each in desk.ledger.entries(facts.Assignment)}
            file = facts.File(source.sha256, path.name, "", call.now)
            plan_id = _record(act, plan, proposal, naming, file, spoken_of)
        lines = _told(plan, proposal, naming, plan_id)
        lines += [str(finding) for finding in findings] + [str(finding) for finding in naming.findings]
        outcome = Exit.DONE
        if not call.dry_run:
            _copy_in(desk.folder, path)
            lines_of_list, outcome = _complete_list(desk, book, naming)
            lines += lines_of_list
        data = {
            "how": proposal.how.value if proposal.how else "",
            "plan": plan_id,
            "points": len(plan.work_points),
            "added": len(plan.work_points) if proposal.matching is None else len(proposal.matching.added),
            "changed": len(proposal.changed),
            "retired": [point.id for point in proposal.retired],
            "new_units": list(naming.minted),
            "questions": [row.written for row in naming.questions],
            "findings": [finding.code for finding in (*findings, *naming.findings)],
        }
        return Answer(tuple(lines), data, outcome)


def _complete(plan: Plan, said: Said, today: dt.date, findings: list[Finding]) -> tuple[Plan, list[Finding]]:
    if said.issued_on and not plan.issued_on:
        plan = replace(plan, issued_on=said.issued_on)
    year = said.year or plan.year or (plan.issued_on.year if plan.issued_on else None)
    if year is None:
        year = today.year
        findings.append(NO_YEAR.at("", year=year))
    return replace(plan, year=year), findings


def _decide(office: Office, plan: Plan, said: Said, file: str) -> Proposal:
    if said.plan and said.plan not in office.plans:
        raise NoSuchPlan(plan=said.plan, plans="、".join(office.plans) or "（还没有）")
    places = {point.place: position for position, point in enumerate(plan.work_points)}
    matches = {wp: places[place] for place, wp in (said.matches or {}).items() if wp and place in places}
    proposal = propose(office, plan, how=said.how, continues=said.plan, decided=matches)
    if proposal.how is None:
        raise UndecidedPlan(file=file, plans=_titles(office, proposal.candidates))
    fresh = {places[place] for place, wp in (said.matches or {}).items() if not wp and place in places}
    ties = [tie for tie in (proposal.matching.ties if proposal.matching else ()) if tie.new not in fresh]
    if ties and not said.force:
        told = "；".join(
            f"{plan.work_points[tie.new].place} 可能是 {'、'.join(proposal.old[each].id for each in tie.candidates)}"
            for tie in ties[:5]
        )
        raise TiedPoints(file=file, count=len(ties), ties=told)
    if proposal.is_probable_accident and not said.force:
        raise RetiresMuch(file=file, plan=proposal.plan, count=len(proposal.retired), total=len(proposal.old))
    return proposal


def _record(
    act: Act,
    plan: Plan,
    proposal: Proposal,
    naming: Naming,
    file: facts.File,
    spoken_of: Mapping[str, int],
) -> str:
    office, sha = act.office(), file.sha
    if proposal.how is How.SAME:
        _complete_groups(act, spoken_of, proposal.plan, naming)
        return proposal.plan
    plan_id = proposal.plan or act.mint("P")
    edition = office.plans[plan_id].edition.edition + 1 if proposal.plan else 1
    if file.sha not in office.files:
        act.add(file)
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
            file=sha,
            place=duty.place,
        )
    _record_points(act, plan, plan_id, edition, proposal, naming, sha)
    _record_members(act, plan_id, edition, naming)
    return plan_id


def _record_points(
    act: Act, plan: Plan, plan_id: str, edition: int, proposal: Proposal, naming: Naming, sha: str
) -> None:
    found = {pair.new: pair for pair in (proposal.matching.pairs if proposal.matching else ())}
    for position, point in enumerate(plan.work_points):
        pair = found.get(position)
        if pair is None:
            wp, matched_by = act.mint_point(plan_id), "new"
            act.add(facts.WorkPoint(wp, plan_id), file=sha, place=point.place)
        else:
            wp, matched_by = proposal.old[pair.old].id, pair.how
            if proposal.how is How.AMENDMENT and position not in proposal.changed:
                continue
        order = position + 1
        if proposal.how is How.AMENDMENT:
            order = proposal.old[pair.old].position if pair else len(proposal.old) + order
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
            file=sha,
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
    known = act.office().plans[plan_id].members
    for collective, units in naming.members.items():
        if tuple(known.get(collective, ())) != units:
            act.add(*(facts.Member(plan_id, edition, collective, unit, active=True) for unit in units))


def _complete_groups(act: Act, spoken_of: Mapping[str, int], plan_id: str, naming: Naming) -> None:
    """Members and meanings that were unknown when the edition was recorded, and that the office has now stated.

    A collective name whose members are frozen already is left as it is. `spoken_of` is the latest edition that
    states each point's units.
    """
    plan = act.office().plans[plan_id]
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


def _complete_list(desk: Desk, book: RegisterBook, naming: Naming) -> tuple[list[str], Exit]:
    path = path_of(desk.folder.root)
    written = write_back(path, book, wanted_book(desk.office(), naming.questions), now=desk.call.now)
    if written is None or written.state is State.UNCHANGED:
        return [], Exit.DONE
    if written.state is State.BESIDE:
        return [f"{path.name}：{written.why}新内容在《{written.path.name}》。"], Exit.PARTLY
    return [f"已更新《{path.name}》：请核对单位名称，并填写“单位组”里空着的成员。"], Exit.DONE


def _copy_in(folder: OfficeFolder, path: Path) -> None:
    target = folder.path("方案", path.name)
    if path.resolve().is_relative_to(folder.root.resolve()) or target.exists():
        return
    target.write_bytes(path.read_bytes())


def _titles(office: Office, plans: Sequence[str]) -> str:
    return "、".join(f"{plan}《{office.plans[plan].edition.title}》" for plan in plans)


def _told(plan: Plan, proposal: Proposal, naming: Naming, plan_id: str) -> list[str]:
    assert proposal.how is not None
    title = f"《{plan.title or '未写标题的方案'}》"
    if proposal.how is How.SAME:
        return [f"{title}：已登记过（{plan_id}），内容没有变化。"]
    counts = f"任务事项 {len(plan.work_points)} 项"
    if proposal.matching is not None:
        counts = f"新增 {len(proposal.matching.added)} 项、改动 {len(proposal.changed)} 项、取消 {len(proposal.retired)} 项"
    lines = [f"{title}：{proposal.how.label}，编号 {plan_id}，{counts}。"]
    if naming.minted:
        lines.append(f"新登记单位 {len(naming.minted)} 个：{'、'.join(naming.minted)}。")
    open_groups = [name for name, units in naming.members.items() if not units]
    if open_groups:
        lines.append(f"还不知道成员的统称 {len(open_groups)} 个：{'、'.join(open_groups)}。")
    return lines
