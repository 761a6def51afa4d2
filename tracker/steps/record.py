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
from tracker.files.safe import State
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
from tracker.rules.plans.editions import Decided
from tracker.rules.plans.editions import How
from tracker.rules.plans.editions import Proposal
from tracker.rules.plans.editions import propose
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.edition_facts import record_edition
from tracker.steps.entering.naming import Naming
from tracker.steps.entering.naming import is_answered
from tracker.steps.entering.naming import name_units
from tracker.steps.entering.proof import Understood
from tracker.steps.entering.proof import columns_fact
from tracker.steps.entering.proof import remembered_columns
from tracker.steps.entering.proof import understand
from tracker.steps.entering.register import bring_in_contacts
from tracker.steps.entering.register import bring_in_units
from tracker.steps.entering.register import path_of
from tracker.steps.entering.register import read_book
from tracker.steps.entering.register import wanted_book
from tracker.steps.entering.register import write_back
from tracker.steps.entering.superior import asked
from tracker.steps.entering.superior import looks_superior
from tracker.steps.entering.superior import made_superior
from tracker.steps.entering.superior import plans_beside
from tracker.steps.entering.telling import Entered
from tracker.steps.entering.telling import data_of
from tracker.steps.entering.telling import table
from tracker.steps.entering.telling import told


@dataclass(frozen=True, slots=True)
class Said:
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

    how: How | None = None
    plan: str = ""
    year: int | None = None
    issued_on: dt.date | None = None
    force: bool = False
    matches: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    retires: tuple[str, ...] = ()
    superior: bool = False


def record(call: Call, path: Path, said: Said) -> Answer:
    """Enter a plan into the ledger of the office that the call stands in."""
    with open_desk(call) as desk:
        given = _understood(desk, path, said)
        originals = [each for each in (given.original, given.proof) if each is not None]
        if not call.dry_run:
            for each in originals:
                desk.folder.keep(each.data, each.name)
        book = read_book(path_of(desk.folder.root))
        entered = _enter(desk, path, said, given, book)
        lines = [*given.lines, *told(entered), *table(entered.changes)]
        lines += [str(finding) for finding in entered.findings]
        outcome = Exit.DONE
        if not call.dry_run:
            for each in originals:
                _copy_in(desk.folder, path.with_name(each.name), each.data)
            lines_of_list, outcome = _complete_list(desk, book, entered.naming)
            lines += lines_of_list
        return Answer(tuple(lines), data_of(entered, corrections=len(given.corrections)), outcome)


def _understood(desk: Desk, path: Path, said: Said) -> Understood:
    """The file as it was understood; refused while a 分工核对表 holds what nobody understands."""
    given = understand(
        path,
        calendar=desk.calendar,
        remembered=remembered_columns(desk.ledger),
        issued_on=said.issued_on,
        year=said.year,
        folder=desk.folder,
    )
    if given.unclear and not said.force:
        unclear = "".join(f"{each}；" for each in given.unclear[:10])
        raise ProofUnclear(file=path.name, count=len(given.unclear), told=unclear)
    return given


def _enter(desk: Desk, path: Path, said: Said, given: Understood, book: RegisterBook) -> Entered:
    """Decide what the file is and record it, in one act."""
    plan, findings = _complete(given, said, desk.today)
    with desk.act("record") as act:
        findings += bring_in_units(act, book, today=desk.today)
        known = _known_file(desk, given) if _is_plain(said) else ""
        superior = said.superior or known in act.office().superiors
        if superior and known in act.office().plans:
            made_superior(act, known, path.name)
        office = plans_beside(act.office(), superior=superior)
        proposal = Proposal(How.SAME, known) if known else _decide(office, plan, said, path.name)
        # A superior's units are none of ours: their names stay as written.
        naming = Naming({}, (), ()) if superior else name_units(act, plan, book, today=desk.today)
        findings += bring_in_contacts(act, book)
        spoken_of = {each.fact.wp: each.fact.edition for each in desk.ledger.entries(facts.Assignment)}
        originals = [each for each in (given.original, given.proof) if each is not None]
        files = [facts.File(each.sha, each.name, "", desk.call.now) for each in originals]
        plan_id = record_edition(act, plan, proposal, naming, given, files, spoken_of)
        if superior and plan_id not in act.office().superiors:
            act.add(facts.PlanKind(plan_id, SUPERIOR), file=given.original.sha)
        if not superior and proposal.how is How.NEW:
            findings += looks_superior(act.office(), plan, desk.settings.text("superior"))
        for issuer in given.issuers if given.columns else ():
            act.add(columns_fact(issuer, given.columns, after=act.row.first_seq))
    findings = [each for each in findings if not is_answered(each, naming)]
    findings = asked([*findings, *given.unclear, *naming.findings], superior=superior)
    changes = differences(proposal, plan)
    return Entered(plan, proposal, naming, plan_id, superior, tuple(changes), tuple(findings))


def _is_plain(said: Said) -> bool:
    """Whether a person said nothing that makes a known file mean something else than before."""
    return said == replace(Said(), force=said.force, superior=said.superior)


def _known_file(desk: Desk, given: Understood) -> str:
    """The plan that this very file made or changed before; empty for a file that is new, and for a 分工核对表."""
    if given.proof is not None:
        return ""
    sha = given.original.sha
    found = [entry.fact.plan for entry in desk.ledger.entries(facts.PlanEdition) if entry.file == sha]
    return found[-1] if found else ""


def _complete(given: Understood, said: Said, today: dt.date) -> tuple[Plan, list[Finding]]:
    plan, findings = given.reading.plan, list(given.reading.findings)
    year = said.year or plan.year or (plan.issued_on.year if plan.issued_on else None)
    if year is None:
        year = today.year
        findings.append(NO_YEAR.at("", year=year))
    waits = [
        each
        for each in plan.work_points
        if each.deadline.kind is DeadlineKind.RELATIVE
        and "发文" in each.deadline.anchor
        and not each.deadline.due
    ]
    if waits and plan.issued_on is None:
        findings.append(NO_ISSUE_DATE.at(waits[0].place))
    return replace(plan, year=year), findings


def _decide(office: Office, plan: Plan, said: Said, file: str) -> Proposal:
    if said.plan and said.plan not in office.plans:
        raise NoSuchPlan(plan=said.plan, plans="、".join(office.plans) or "（还没有）")
    decided = _decided(office, plan, said, file)
    proposal = propose(office, plan, how=said.how, continues=said.plan, decided=decided)
    if proposal.how is None:
        raise UndecidedPlan(file=file, plans=_titles(office, proposal.candidates))
    ties = proposal.matching.ties if proposal.matching else ()
    if ties and not said.force:
        words = "；".join(
            f"{plan.work_points[tie.new].place} 可能是 {'、'.join(proposal.old[each].id for each in tie.candidates)}"
            for tie in ties[:5]
        )
        raise TiedPoints(file=file, count=len(ties), ties=words)
    if proposal.suspects and proposal.how in (How.REVISION, How.AMENDMENT) and not said.force:
        raise SplitOrMerged(file=file, told=_suspected(proposal, plan))
    if proposal.is_probable_accident and not said.force:
        raise RetiresMuch(file=file, plan=proposal.plan, count=len(proposal.retired), total=len(proposal.old))
    return proposal


def _decided(office: Office, plan: Plan, said: Said, file: str) -> Decided:
    """What a person said of single points, by position; a place or an id that does not exist is refused."""
    places = {point.place: position for position, point in enumerate(plan.work_points)}
    ids = {point.id for each in office.plans.values() for point in each.points if not point.retired}
    matches: dict[int, tuple[str, ...]] = {}
    for place, wps in said.matches.items():
        wanted = (wps,) if isinstance(wps, str) else wps
        wanted = tuple(wp for wp in wanted if wp)
        missing = [wp for wp in wanted if wp not in ids]
        if place not in places or missing:
            raise NoSuchPoint(file=file, what="、".join(missing) or place)
        matches[places[place]] = wanted
    missing = [wp for wp in said.retires if wp not in ids]
    if missing:
        raise NoSuchPoint(file=file, what="、".join(missing))
    return Decided(matches, said.retires)


def _suspected(proposal: Proposal, plan: Plan) -> str:
    words = []
    for each in proposal.suspects[:5]:
        ids = [proposal.old[n].id for n in each.old]
        places = [plan.work_points[n].place for n in each.new]
        if len(ids) == 1:
            options = " ".join(f"--match {place}={ids[0]}" for place in places)
            words.append(f"{ids[0]} 像是拆成了 {'、'.join(places)}（是的话加 {options}）")
        else:
            words.append(
                f"{'、'.join(ids)} 像是合并成了 {places[0]}（是的话加 --match {places[0]}={'+'.join(ids)}）"
            )
    return "；".join(words)


def _complete_list(desk: Desk, book: RegisterBook, naming: Naming) -> tuple[list[str], Exit]:
    path = path_of(desk.folder.root)
    written = write_back(path, book, wanted_book(desk.office(), naming.questions), now=desk.call.now)
    if written is None or written.state is State.UNCHANGED:
        return [], Exit.DONE
    if written.state is State.BESIDE:
        return [f"{path.name}：{written.why}新内容在《{written.path.name}》。"], Exit.PARTLY
    return [f"已更新《{path.name}》：请核对单位名称，并填写“单位组”里空着的成员。"], Exit.DONE


def _copy_in(folder: OfficeFolder, path: Path, data: bytes) -> None:
    target = folder.path("方案", path.name)
    if path.resolve().is_relative_to(folder.root.resolve()) or target.exists():
        return
    target.write_bytes(data)


def _titles(office: Office, plans: Sequence[str]) -> str:
    return "、".join(f"{plan}《{office.plans[plan].edition.title}》" for plan in plans)
