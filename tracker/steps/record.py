"""Entering a plan: what the file is, whose name means whom, and which point continues which.

    1. read the plan, or the corrections in a 分工核对表, and the units' list as the office has it
    2. say what the file is: new, a revision, a change of some items, or nothing new; refuse what is undecided
    3. decide what every written name means; what nobody knows becomes a question in the units' list
    4. say what it would change, point by point, and record the edition in one act; the originals are kept before,
       the units' list is completed after

Killed anywhere, the same command does the rest: the original lies under its hash, the act is whole or absent,
and the workbook is compared with the ledger each time. The file that an edition came from changes nothing when it
is entered again, even where a 分工核对表 corrected it meanwhile: only `--revises` goes back to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.files.folders import OfficeFolder
from tracker.files.lists.register import RegisterBook
from tracker.files.safe import WriteState
from tracker.model import DeadlineKind
from tracker.model import Plan
from tracker.problems import Exit
from tracker.problems import Finding
from tracker.problems.proofing import ProofUnclear
from tracker.problems.recording import NO_ISSUE_DATE
from tracker.problems.recording import NO_YEAR
from tracker.problems.recording import NoSuchPlan
from tracker.problems.recording import NoSuchPoint
from tracker.problems.recording import RetiresMuch
from tracker.problems.recording import SplitOrMerged
from tracker.problems.recording import TiedPoints
from tracker.problems.recording import UndecidedPlan
from tracker.rules.fold import SUPERIOR
from tracker.rules.plans.differences import differences
from tracker.rules.plans.editions import EditionKind
from tracker.rules.plans.editions import PointDecisions
from tracker.rules.plans.editions import Proposal
from tracker.rules.plans.editions import propose
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.edition_facts import record_edition
from tracker.steps.entering.naming import Meanings
from tracker.steps.entering.naming import is_answered
from tracker.steps.entering.naming import name_units
from tracker.steps.entering.proof import PlanFile
from tracker.steps.entering.proof import columns_fact
from tracker.steps.entering.proof import remembered_columns
from tracker.steps.entering.proof import understand
from tracker.steps.entering.register import bring_in_contacts
from tracker.steps.entering.register import bring_in_units
from tracker.steps.entering.register import complete_book
from tracker.steps.entering.register import path_of
from tracker.steps.entering.register import read_book
from tracker.steps.entering.register import write_back
from tracker.steps.entering.superior import looks_superior
from tracker.steps.entering.superior import make_superior
from tracker.steps.entering.superior import plans_beside
from tracker.steps.entering.superior import relevant_findings
from tracker.steps.entering.telling import Registration
from tracker.steps.entering.telling import change_lines
from tracker.steps.entering.telling import data_of
from tracker.steps.entering.telling import summary_lines


@dataclass(frozen=True, slots=True)
class Instructions:
    """What a person said about the file when calling: nothing, usually.

    Attributes:
        how: New, revision or amendment.
        plan: The plan that it continues.
        year: The plan year, where the file does not say it.
        issued_on: The date of issue, where the file does not say it.
        force: Retire many points, leave cells that nobody understands, all the same.
        matches: Place in the new file -> ids of the old points that it continues: one; several, put together; none
            for a new one. An id that stands at several places was split.
        retires: Ids of points that the file takes back.
        superior: Whether the plan is the superior's: kept to be compared with, and for nothing else.
    """

    how: EditionKind | None = None
    plan: str = ""
    year: int | None = None
    issued_on: dt.date | None = None
    force: bool = False
    matches: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    retires: tuple[str, ...] = ()
    superior: bool = False


def record(call: Call, path: Path, instructions: Instructions) -> Result:
    """Enter a plan into the ledger of the office that the call stands in."""
    with open_desk(call) as desk:
        plan_file = _read_file(desk, path, instructions)
        originals = [original for original in (plan_file.original, plan_file.proof) if original is not None]
        if not call.dry_run:
            for original in originals:
                desk.folder.keep(original.data, original.name)
        book = read_book(path_of(desk.folder.root))
        registration = _enter(desk, path, instructions, plan_file, book)
        lines = [*plan_file.lines, *summary_lines(registration), *change_lines(registration.changes)]
        lines += [str(finding) for finding in registration.findings]
        outcome = Exit.DONE
        if not call.dry_run:
            for original in originals:
                _copy_in(desk.folder, path.with_name(original.name), original.data)
            lines_of_list, outcome = _complete_list(desk, book, registration.meanings)
            lines += lines_of_list
        return Result(tuple(lines), data_of(registration, corrections=len(plan_file.corrections)), outcome)


def _read_file(desk: Desk, path: Path, instructions: Instructions) -> PlanFile:
    """The file as it was understood; refused while a 分工核对表 holds what nobody understands."""
    plan_file = understand(
        path,
        calendar=desk.calendar,
        columns_by_issuer=remembered_columns(desk.ledger),
        issued_on=instructions.issued_on,
        year=instructions.year,
        folder=desk.folder,
    )
    if plan_file.unclear and not instructions.force:
        unclear = "".join(f"{finding}；" for finding in plan_file.unclear[:10])
        raise ProofUnclear(file=path.name, count=len(plan_file.unclear), told=unclear)
    return plan_file


def _enter(
    desk: Desk, path: Path, instructions: Instructions, plan_file: PlanFile, book: RegisterBook
) -> Registration:
    """Decide what the file is and record it, in one act."""
    plan, findings = _complete(plan_file, instructions, desk.today)
    with desk.act("record") as act:
        findings += bring_in_units(act, book, today=desk.today)
        old_plan = _known_file(desk, plan_file) if _is_plain(instructions) else ""
        superior = instructions.superior or old_plan in act.office().superiors
        if superior and old_plan in act.office().plans:
            make_superior(act, old_plan, path.name)
        office = plans_beside(act.office(), superior=superior)
        proposal = (
            Proposal(EditionKind.SAME, old_plan)
            if old_plan
            else _decide(office, plan, instructions, path.name)
        )
        # A superior's units are none of ours: their names stay as written.
        meanings = Meanings({}, (), ()) if superior else name_units(act, plan, book, today=desk.today)
        findings += bring_in_contacts(act, book)
        spoken_of = {entry.fact.wp: entry.fact.edition for entry in desk.ledger.entries(facts.Assignment)}
        originals = [original for original in (plan_file.original, plan_file.proof) if original is not None]
        files = [facts.File(original.sha, original.name, "", desk.call.now) for original in originals]
        plan_id = record_edition(act, plan, proposal, meanings, plan_file, files, spoken_of)
        if superior and plan_id not in act.office().superiors:
            act.add(facts.PlanKind(plan_id, SUPERIOR), file=plan_file.original.sha)
        if not superior and proposal.kind is EditionKind.NEW:
            findings += looks_superior(act.office(), plan, desk.settings.text("superior"))
        for issuer in plan_file.issuers if plan_file.columns else ():
            act.add(columns_fact(issuer, plan_file.columns, after=act.row.first_seq))
    findings = [finding for finding in findings if not is_answered(finding, meanings)]
    findings = relevant_findings([*findings, *plan_file.unclear, *meanings.findings], superior=superior)
    changes = differences(proposal, plan)
    return Registration(plan, proposal, meanings, plan_id, superior, tuple(changes), tuple(findings))


def _is_plain(instructions: Instructions) -> bool:
    """Whether a person said nothing that makes a known file mean something else than before."""
    return instructions == replace(Instructions(), force=instructions.force, superior=instructions.superior)


def _known_file(desk: Desk, plan_file: PlanFile) -> str:
    """The plan that this very file made or changed before; empty for a file that is new, and for a 分工核对表."""
    if plan_file.proof is not None:
        return ""
    sha = plan_file.original.sha
    plans = [entry.fact.plan for entry in desk.ledger.entries(facts.PlanEdition) if entry.file == sha]
    return plans[-1] if plans else ""


def _complete(plan_file: PlanFile, instructions: Instructions, today: dt.date) -> tuple[Plan, list[Finding]]:
    plan, findings = plan_file.reading.plan, list(plan_file.reading.findings)
    year = instructions.year or plan.year or (plan.issued_on.year if plan.issued_on else None)
    if year is None:
        year = today.year
        findings.append(NO_YEAR.at("", year=year))
    waits = [
        point
        for point in plan.work_points
        if point.deadline.kind is DeadlineKind.RELATIVE
        and "发文" in point.deadline.anchor
        and not point.deadline.due
    ]
    if waits and plan.issued_on is None:
        findings.append(NO_ISSUE_DATE.at(waits[0].place))
    return replace(plan, year=year), findings


def _decide(office: Office, plan: Plan, instructions: Instructions, file: str) -> Proposal:
    if instructions.plan and instructions.plan not in office.plans:
        raise NoSuchPlan(plan=instructions.plan, plans="、".join(office.plans) or "（还没有）")
    decisions = _point_decisions(office, plan, instructions, file)
    proposal = propose(office, plan, kind=instructions.how, continues=instructions.plan, decisions=decisions)
    if proposal.kind is None:
        raise UndecidedPlan(file=file, plans=_titles(office, proposal.candidates))
    ties = proposal.pairing.ties if proposal.pairing else ()
    if ties and not instructions.force:
        words = "；".join(
            f"{plan.work_points[tie.new].place} 可能是 {'、'.join(proposal.old[candidate].id for candidate in tie.candidates)}"
            for tie in ties[:5]
        )
        raise TiedPoints(file=file, count=len(ties), ties=words)
    if (
        proposal.suspects
        and proposal.kind in (EditionKind.REVISION, EditionKind.AMENDMENT)
        and not instructions.force
    ):
        raise SplitOrMerged(file=file, told=_suspected(proposal, plan))
    if proposal.is_probable_accident and not instructions.force:
        raise RetiresMuch(
            file=file, plan=proposal.plan, count=len(proposal.retired_points), total=len(proposal.old)
        )
    return proposal


def _point_decisions(office: Office, plan: Plan, instructions: Instructions, file: str) -> PointDecisions:
    """What a person said of single points, by position; a place or an id that does not exist is refused."""
    places = {point.place: position for position, point in enumerate(plan.work_points)}
    ids = {
        point.id for plan_now in office.plans.values() for point in plan_now.points if not point.is_retired
    }
    matches: dict[int, tuple[str, ...]] = {}
    for place, point_ids in instructions.matches.items():
        old_ids = (point_ids,) if isinstance(point_ids, str) else point_ids
        old_ids = tuple(point_id for point_id in old_ids if point_id)
        unknown_ids = [point_id for point_id in old_ids if point_id not in ids]
        if place not in places or unknown_ids:
            raise NoSuchPoint(file=file, what="、".join(unknown_ids) or place)
        matches[places[place]] = old_ids
    unknown_ids = [point_id for point_id in instructions.retires if point_id not in ids]
    if unknown_ids:
        raise NoSuchPoint(file=file, what="、".join(unknown_ids))
    return PointDecisions(matches, instructions.retires)


def _suspected(proposal: Proposal, plan: Plan) -> str:
    words = []
    for suspect in proposal.suspects[:5]:
        ids = [proposal.old[n].id for n in suspect.old]
        places = [plan.work_points[n].place for n in suspect.new]
        if len(ids) == 1:
            options = " ".join(f"--match {place}={ids[0]}" for place in places)
            words.append(f"{ids[0]} 像是拆成了 {'、'.join(places)}（是的话加 {options}）")
        else:
            words.append(
                f"{'、'.join(ids)} 像是合并成了 {places[0]}（是的话加 --match {places[0]}={'+'.join(ids)}）"
            )
    return "；".join(words)


def _complete_list(desk: Desk, book: RegisterBook, meanings: Meanings) -> tuple[list[str], Exit]:
    path = path_of(desk.folder.root)
    write_result = write_back(path, book, complete_book(desk.office(), meanings.questions), now=desk.call.now)
    if write_result is None or write_result.state is WriteState.UNCHANGED:
        return [], Exit.DONE
    if write_result.state is WriteState.BESIDE:
        return [f"{path.name}：{write_result.why}新内容在《{write_result.path.name}》。"], Exit.PARTLY
    return [f"已更新《{path.name}》：请核对单位名称，并填写“单位组”里空着的成员。"], Exit.DONE


def _copy_in(folder: OfficeFolder, path: Path, data: bytes) -> None:
    target = folder.path("方案", path.name)
    if path.resolve().is_relative_to(folder.root.resolve()) or target.exists():
        return
    target.write_bytes(data)


def _titles(office: Office, plans: Sequence[str]) -> str:
    return "、".join(f"{plan}《{office.plans[plan].edition.title}》" for plan in plans)
