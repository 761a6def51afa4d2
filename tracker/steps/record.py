"""Entering a plan: what the file is, whose name means whom, and which point continues which.

    1. read the plan, or the corrections in a 分工核对表, and the units' list as the office has it
    2. say what the file is: new, a revision, a change of some items, or nothing new; ask before anything recorded is
       changed, and about what is undecided (`steps.plan_questions`)
    3. decide what every written name means; what nobody knows becomes a question in the units' list
    4. say what it would change, point by point, and record the edition in one act; the originals are kept before,
       the units' list is completed after

Killed anywhere, the same command does the rest: the original lies under its hash, the act is whole or absent,
and the workbook is compared with the ledger each time. The file that an edition came from changes nothing when it
is entered again, even where a 分工核对表 corrected it meanwhile: only `--revises` goes back to it.

Plans of the superior are entered like any plan, and kept apart from ours from the first fact on.

What an office's own old 台账 says beside its tasks, offered when it is recorded: one question for the whole file.

An office that starts in mid-year records the 台账 that it kept so far. Its columns of status and progress are no part of
the plan; they are what the office knew on that day, so they are offered as the office's own columns, and as no unit's words:

    the old 台账 says                          offered as
    a word of 认定状态, or that it is done        认定状态; done: 已完成
    progress of a point that is done           核定表述, which the report prints
    progress of any other point                备注: the units' next words are the newer ones
    that it is not done, or anything else      nothing by itself

    >>> point = WorkPoint("印发目录", remarks=(("进展情况", "已印发"), ("是否完成", "是")))
    >>> opening_cells(point)
    {'decision': '已完成', 'wording': '已印发'}
    >>> opening_cells(WorkPoint("印发目录", remarks=(("进展情况", "起草中"), ("是否完成", "否"))))
    {'note': '起草中'}

It stands in 待核对事项清单 from the act that enters the plan (`offer`); at a terminal it is asked at once. 用新报送的 records all
of it as the office's own cells, with file and place (`accept`); 用台账现有 none of it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tracker import facts, patterns as re
from tracker.columns import BY_NAME, DECISIONS
from tracker.files.ledger import Act
from tracker.files.safe import WriteState, safe_write
from tracker.formats.books import RegisterBook
from tracker.forms import OPENING
from tracker.model import DeadlineKind, Plan, WorkPoint
from tracker.printable import is_long
from tracker.problems.base import Exit, Finding, once
from tracker.problems.plans import (
    LOOKS_SUPERIOR,
    NO_ISSUE_DATE,
    NO_YEAR,
    AlreadyOurs,
    LetterOnly,
    LooksSuperior,
    NoSuchPlan,
    NoSuchPoint,
    PlanQuestion,
    RetiresMuch,
    SplitOrMerged,
    TiedPoints,
    UnconfirmedPlan,
    UndecidedPlan,
)
from tracker.problems.reading import UNREADABLE_DEADLINE, ProofUnclear
from tracker.problems.returns import LONG_TEXT
from tracker.reading.deadlines import runs_from_issue
from tracker.rules.office import SUPERIOR, Office
from tracker.rules.plans import (
    EditionKind,
    PlanChange,
    PointDecisions,
    Proposal,
    bare,
    differences,
    propose,
    with_known_limits,
)
from tracker.rules.progress import letter_duties
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.editions import (
    TYPED_TITLE,
    Meanings,
    editions_in_force,
    is_answered,
    ledger_duties,
    name_units,
    record_edition,
)
from tracker.steps.logbooks import open_catalogue, switch_on
from tracker.steps.plan_questions import (
    ANSWERS,
    EditionReading,
    Instructions,
    agrees,
    lay_down,
    with_answer,
    withdraw_questions,
)
from tracker.steps.proof import PlanFile, columns_fact, remembered_columns, understand
from tracker.steps.register import (
    bring_in_contacts,
    bring_in_units,
    complete_list,
    list_beside,
    path_of,
    read_book,
)
from tracker.steps.return_lists import write_questions
from tracker.values import dataclass

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


# So many lines of the table of differences are shown; all of them are in the data.
_CHANGE_LIMIT = 60
# So many of them stand in the sentence of a refusal.
_CHANGES_IN_SENTENCE = 8


@dataclass(frozen=True, slots=True)
class Registration:
    """What became of a file.

    Attributes:
        plan: What was read.
        proposal: What the file is to the ledger.
        meanings: What its names mean.
        plan_id: The plan that it made or changed.
        superior: Whether that is the superior's.
        changes: What it changes, point by point.
        findings: What a person should look at.
        question: The one about what an old 台账 says beside its tasks.
    """

    plan: Plan
    proposal: Proposal
    meanings: Meanings
    plan_id: str
    superior: bool
    changes: tuple[PlanChange, ...]
    findings: tuple[Finding, ...]
    question: facts.Conflict | None = None


def summary_lines(registration: Registration) -> list[str]:
    """What the file is to the ledger."""
    plan, proposal, meanings = registration.plan, registration.proposal, registration.meanings
    plan_id, superior = registration.plan_id, registration.superior
    assert proposal.kind is not None
    title = f"《{plan.title or '未写标题的方案'}》"
    if proposal.kind is EditionKind.SAME:
        whose = "是上级方案，只用于对照；" if superior else ""
        return [f"{title}：{whose}已登记过（{plan_id}），内容没有变化。"]
    counts = _counts(plan, proposal)
    whose = "上级方案，只用于对照（tracker compare），不印发、不催办、不计入统计；" if superior else ""
    lines = [f"{title}：{whose}{proposal.kind.label}，编号 {plan_id}，{counts}。"]
    duties = ledger_duties(plan)
    if duties and not superior:
        lines.append(
            f"印发通知另有 {len(duties)} 项有时限的要求，不计入任务事项，办理情况在《通知要求》登记。"
        )
    terms = [duty for duty in duties if duty.deadline.kind is DeadlineKind.RELATIVE and not duty.deadline.due]
    if terms and not superior:
        lines.append(
            f"其中 {len(terms)} 项是时限规则，在《时限事项》的“适用规则”里按编号（如 {plan_id}-函1）选用。"
        )
    if meanings.new_names:
        lines.append(f"新登记单位 {len(meanings.new_names)} 个：{'、'.join(meanings.new_names)}。")
    open_groups = [name for name, units in meanings.members.items() if not units]
    if open_groups:
        lines.append(f"还不知道成员的统称 {len(open_groups)} 个：{'、'.join(open_groups)}。")
    return lines


def _counts(plan: Plan, proposal: Proposal) -> str:
    if proposal.pairing is None:
        return f"任务事项 {len(plan.work_points)} 项"
    old_ids = {point_id for point_id, _, _ in proposal.transfers}
    fresh = len(proposal.pairing.additions) - len({new for _, new, _ in proposal.transfers})
    counts = f"新增 {fresh} 项、改动 {len(proposal.changes)} 项、取消 {len(proposal.retired_points) - len(old_ids)} 项"
    return counts + (f"、拆分合并 {len(old_ids)} 项" if old_ids else "")


def change_lines(changes: Sequence[PlanChange]) -> list[str]:
    """The differences, one line for each: what, which, where, both texts."""
    lines = []
    for change in changes[:_CHANGE_LIMIT]:
        which = change.point_ids if change.kind in ("changed", "retired") else change.place
        texts = f"{_short(change.before)} → {_short(change.after)}" if change.before and change.after else ""
        texts = texts or _short(change.after or change.before)
        if change.kind == "changed":
            texts = (
                f"{change.label}：{_short(change.before) or '（空）'} → {_short(change.after) or '（空）'}"
            )
        origin = f"原 {change.point_ids}：" if change.kind in ("split", "merge") else ""
        lines.append(f"  {change.word}　{which}　{origin}{texts}")
    if len(changes) > _CHANGE_LIMIT:
        lines.append(f"  …… 共 {len(changes)} 处，全部见 --json")
    return lines


def data_of(registration: Registration, *, corrections: int) -> dict[str, object]:
    """The same for machines; `corrections` is how many cells of a 分工核对表 said something else."""
    plan, proposal, meanings = registration.plan, registration.proposal, registration.meanings
    return {
        "how": proposal.kind.value if proposal.kind else "",
        "plan": registration.plan_id,
        "superior": registration.superior,
        "points": len(plan.work_points),
        "added": len(plan.work_points) if proposal.pairing is None else len(proposal.pairing.additions),
        "changed": len(proposal.changes),
        "retired": [point.id for point in proposal.retired_points],
        "carried": [
            [point_id, plan.work_points[new].place, how] for point_id, new, how in proposal.transfers
        ],
        "changes": [
            {
                "kind": change.kind,
                "wp": change.point_ids,
                "place": change.place,
                "label": change.label,
                "before": change.before,
                "after": change.after,
            }
            for change in registration.changes
        ],
        "corrections": corrections,
        "new_units": list(meanings.new_names),
        "questions": [row.written for row in meanings.questions],
        "findings": [finding.code for finding in registration.findings],
    }


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= 44 else text[:43] + "…"


def record(call: Call, path: Path, instructions: Instructions) -> Result:
    """Enter a plan into the ledger of the office that the call stands in; ask first where a person has to say.

    Raises:
        PlanQuestion: Nobody can be asked here, or the answer was no; the question stands in 待核对事项清单 then.
    """
    for _ in range(_MOST_QUESTIONS):
        try:
            result = _record(call, path, instructions)
            if LOOKS_SUPERIOR.code in result.data["findings"] and not call.dry_run:
                sentence = next(line for line in result.lines if LOOKS_SUPERIOR.code in line).partition(
                    "已列入"
                )[0]
                lay_down(call, path, instructions, LooksSuperior(file=path.name, told=sentence))
            return result
        except PlanQuestion as question:
            answer = _ask(call, instructions, question) if call.ask else None
            if answer is None or answer == instructions:
                if call.ask is None and not call.dry_run:
                    lay_down(call, path, instructions, question)
                raise
            instructions = answer
    return _record(call, path, instructions)


# Nobody is asked more often than this: an answer that leads back to its question is no answer.
_MOST_QUESTIONS = 5


def _ask(call: Call, instructions: Instructions, question: PlanQuestion) -> Instructions | None:
    """The answer of whoever sits there; None for no, and for what is still not understood when it was said again."""
    assert call.ask is not None
    for line in question.changes:
        call.tell(line)
    for sentence in (str(question), ANSWERS):
        answer = with_answer(
            instructions, EditionReading.of(question), call.ask(f"{sentence}\n是否登记？（是/否）")
        )
        if not isinstance(answer, str):
            return answer
    return None


def _record(call: Call, path: Path, instructions: Instructions) -> Result:
    with open_desk(call) as desk:
        plan_file = _read_file(desk, path, instructions)
        originals = [original for original in (plan_file.original, plan_file.proof) if original is not None]
        if not call.dry_run:
            for original in originals:
                desk.folder.keep(original.data, original.name)
        book = read_book(path_of(desk.folder.root))
        registration = _enter(desk, path, instructions, plan_file, book)
        lines = [*plan_file.lines, *summary_lines(registration), *change_lines(registration.changes)]
        lines += [str(finding) for finding in once(registration.findings)]
        outcome = Exit.DONE
        if not registration.superior:
            names = [duty.logbook for duty in registration.plan.duties if duty.logbook]
            lines += switch_on(desk, names)
        if not call.dry_run:
            for original in originals:
                _copy_in(desk, path.with_name(original.name), original.data)
            lines_of_list, outcome = _complete_list(desk, book, registration.meanings)
            lines += lines_of_list
            lines += _settle_opening(desk, registration.question, plan_file.original.sha)
            write_questions(desk, desk.office())
        return Result(tuple(lines), data_of(registration, corrections=len(plan_file.corrections)), outcome)


def _settle_opening(desk: Desk, question: facts.Conflict | None, file: str) -> list[str]:
    """Ask at the terminal whether the opening facts are recorded; elsewhere say where it is asked."""
    if question is None:
        return []
    if desk.call.ask is None:
        return [f"{question.why}？请在《待核对事项清单》里选定后运行 tracker settle。"]
    is_agreed = agrees(desk.call.ask(f"{question.theirs}\n{question.why}？"))
    with desk.act("record") as act:
        count = accept(act, question, file) if is_agreed else 0
        choice = "theirs" if is_agreed else "ours"
        act.add(facts.Settled(question.conflict, choice, ""))
    return [f"已把{count}格期初情况记入台账。"] if is_agreed else []


def _read_file(desk: Desk, path: Path, instructions: Instructions) -> PlanFile:
    """The file as it was understood; refused while a 分工核对表 holds what nobody understands."""
    plan_file = understand(
        path,
        calendar=desk.calendar,
        columns_by_issuer=remembered_columns(desk.ledger),
        issued_on=instructions.issued_on,
        year=instructions.year,
        folder=desk.folder,
        logbooks=open_catalogue(desk).logbooks,
    )
    is_new = instructions.how is EditionKind.NEW
    if plan_file.refusal and not is_new and not _plan_of_file(desk, desk.office(), plan_file):
        duties = plan_file.reading.plan.duties
        raise LetterOnly(
            file=path.name,
            count=sum(bool(duty.deadline.text) for duty in duties),
            books=len({duty.logbook for duty in duties if duty.logbook}),
            how=EditionKind.NEW.value,
            agreement={},
        )
    if plan_file.unclear and not instructions.force:
        unclear = "".join(f"{finding}；" for finding in plan_file.unclear[:10])
        agreement = {"force": True}
        if not desk.call.dry_run:
            # Whoever answers in the list has the proof only; the plan is found among the originals.
            desk.folder.keep(plan_file.original.data, plan_file.original.name)
        raise ProofUnclear(file=path.name, count=len(plan_file.unclear), told=unclear, agreement=agreement)
    return plan_file


def _enter(
    desk: Desk, path: Path, instructions: Instructions, plan_file: PlanFile, book: RegisterBook
) -> Registration:
    """Decide what the file is and record it, in one act."""
    plan, findings = _complete(plan_file, instructions, desk.today)
    question: facts.Conflict | None = None
    with desk.act("record") as act:
        findings += bring_in_units(desk, act, book)
        if not plan.work_points:
            instructions = _for_source(desk, act.office(), plan_file, instructions)
        old_plan = _known_file(desk, act.office(), plan_file, instructions)
        superior = instructions.superior or old_plan in act.office().superiors
        if superior and old_plan in act.office().plans:
            make_superior(act, old_plan, path.name)
        office = plans_beside(act.office(), superior=superior)
        proposal = (
            Proposal(EditionKind.SAME, old_plan)
            if old_plan
            else _decide(office, plan, instructions, path.name, _handed_over(desk))
        )
        plan_with_limits = with_known_limits(plan, proposal)
        if plan_with_limits != plan:
            pairs = zip(plan.work_points, plan_with_limits.work_points, strict=True)
            places = {point.place for point, other in pairs if point != other}
            findings = [
                f for f in findings if (f.code, f.place in places) != (UNREADABLE_DEADLINE.code, True)
            ]
            plan, proposal = (
                plan_with_limits,
                _decide(office, plan_with_limits, instructions, path.name, _handed_over(desk)),
            )
        if _is_unconfirmed(proposal, instructions) and not desk.call.dry_run:
            raise _unconfirmed(office, plan, proposal, path.name)
        # A superior's units are none of ours: their names stay as written.
        meanings = Meanings({}, (), ()) if superior else name_units(desk, act, plan, book)
        findings += bring_in_contacts(desk, act, book)
        spoken_of = {entry.fact.wp: entry.fact.edition for entry in desk.ledger.entries(facts.AssignmentFact)}
        originals = [original for original in (plan_file.original, plan_file.proof) if original is not None]
        files = [facts.File(original.sha, original.name, "", desk.call.now) for original in originals]
        plan_id = record_edition(act, plan, proposal, meanings, plan_file, files, spoken_of)
        if superior and plan_id not in act.office().superiors:
            act.add(facts.PlanKind(plan_id, SUPERIOR), file=plan_file.original.sha)
        if not superior and proposal.kind is EditionKind.NEW:
            findings += looks_superior(act.office(), plan, desk.settings.text("superior"))
            question = offer(act, plan, plan_id, plan_file.original.sha, plan_file.original.name)
        withdraw_questions(desk, act, frozenset(original.sha for original in originals))
        if plan_file.columns:
            for issuer in plan_file.issuers:
                act.add(columns_fact(issuer, plan_file.columns, after=act.row.first_seq))
    findings = [finding for finding in findings if not is_answered(finding, meanings.members)]
    findings = relevant_findings([*findings, *plan_file.unclear, *meanings.findings], superior=superior)
    changes = differences(proposal, plan)
    return Registration(
        plan, proposal, meanings, plan_id, superior, tuple(changes), tuple(findings), question
    )


def _is_plain(instructions: Instructions) -> bool:
    """Whether a person said nothing that makes a known file mean something else than before."""
    return instructions == replace(Instructions(), force=instructions.force, superior=instructions.superior)


def _known_file(desk: Desk, office: Office, plan_file: PlanFile, instructions: Instructions) -> str:
    """The plan that this very file made or changed before; empty for a file that is new, and for a 分工核对表.

    With `--new` it is known where it made a plan; what else a person says of it makes it mean something else than before.
    """
    is_source = not plan_file.reading.plan.work_points
    if plan_file.proof is not None and not is_source:
        return ""
    is_new = instructions.how is EditionKind.NEW
    if not is_new and not _is_plain(instructions):
        return ""
    return _plan_of_file(desk, office, plan_file, is_new=is_new)


def _plan_of_file(desk: Desk, office: Office, plan_file: PlanFile, *, is_new: bool = False) -> str:
    """The plan that the file made or changed, or only made (`is_new`); empty for none."""
    plans = [
        entry.fact.plan
        for entry in editions_in_force(desk.ledger.entries(facts.PlanEdition))
        if entry.file == plan_file.original.sha
        and entry.fact.plan in office.every_plan
        and (not is_new or entry.fact.how == EditionKind.NEW.value)
    ]
    return plans[-1] if plans else ""


def _for_source(desk: Desk, office: Office, plan_file: PlanFile, instructions: Instructions) -> Instructions:
    """What a text without a table is to the ledger: new, or what a corrected 分工核对表 of it revises."""
    plan_id = _plan_of_file(desk, office, plan_file)
    if not plan_id:
        return replace(instructions, how=instructions.how or EditionKind.NEW)
    now = [(duty.what, duty.addressee, duty.deadline) for duty in ledger_duties(plan_file.reading.plan)]
    before = [(duty.what, duty.addressee, duty.deadline) for duty in letter_duties(office, plan_id)]
    if now == before or instructions.how is not None:
        return instructions
    return replace(instructions, how=EditionKind.REVISION, plan=plan_id)


def _handed_over(desk: Desk) -> frozenset[str]:
    """Items that were never part of a plan's file: typed into 工作台账 as 临时交办."""
    editions = {
        (entry.fact.plan, entry.fact.edition)
        for entry in desk.ledger.entries(facts.PlanEdition)
        if entry.fact.title == TYPED_TITLE
    }
    plans = {entry.fact.wp: entry.fact.plan for entry in desk.ledger.entries(facts.PointFact)}
    first: dict[str, int] = {}
    for entry in desk.ledger.entries(facts.WpText):
        first.setdefault(entry.fact.wp, entry.fact.edition)
    return frozenset(
        point_id for point_id, edition in first.items() if (plans[point_id], edition) in editions
    )


def _is_unconfirmed(proposal: Proposal, instructions: Instructions) -> bool:
    """Whether the program alone says that the file changes a plan."""
    changes = proposal.kind in (EditionKind.REVISION, EditionKind.AMENDMENT)
    return changes and instructions.how is None and not instructions.force


def _unconfirmed(office: Office, plan: Plan, proposal: Proposal, file: str) -> UnconfirmedPlan:
    assert proposal.kind is not None
    lines = change_lines(differences(proposal, plan))
    some = "".join(f"{line.strip()}；" for line in lines[:_CHANGES_IN_SENTENCE])
    return UnconfirmedPlan(
        file=file,
        title=office.plans[proposal.plan].edition.title,
        label=proposal.kind.label,
        counts=_counts(plan, proposal),
        told=some + ("……" if len(lines) > _CHANGES_IN_SENTENCE else ""),
        how=proposal.kind.value,
        plan=proposal.plan,
        agreement={},
        changes=tuple(lines),
    )


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
        and runs_from_issue(point.deadline.anchor, inside=False)
        and not point.deadline.due
    ]
    if waits and plan.issued_on is None:
        findings.append(NO_ISSUE_DATE.at(waits[0].place))
    findings += [
        LONG_TEXT.at(point.place, n=len(point.requirement))
        for point in plan.work_points
        if is_long(point.requirement)
    ]
    return replace(plan, year=year), findings


def _decide(
    office: Office, plan: Plan, instructions: Instructions, file: str, handed_over: frozenset[str]
) -> Proposal:
    if instructions.plan and instructions.plan not in office.plans:
        raise NoSuchPlan(plan=instructions.plan, plans="、".join(office.plans) or "（还没有）")
    decisions = _point_decisions(office, plan, instructions, file)
    proposal = propose(
        office,
        plan,
        kind=instructions.how,
        continues=instructions.plan,
        decisions=decisions,
        handed_over=handed_over,
    )
    taken_for = {"how": proposal.kind.value if proposal.kind else "", "plan": proposal.plan}
    if proposal.kind is None:
        raise UndecidedPlan(file=file, plans=_titles(office, proposal.candidates))
    ties = proposal.pairing.ties if proposal.pairing else ()
    if ties and not instructions.force:
        words = "；".join(
            f"{plan.work_points[tie.new].place} 可能是 {'、'.join(proposal.old[candidate].id for candidate in tie.candidates)}"
            for tie in ties[:5]
        )
        raise TiedPoints(file=file, count=len(ties), ties=words, **taken_for)
    if (
        proposal.suspects
        and proposal.kind in (EditionKind.REVISION, EditionKind.AMENDMENT)
        and not instructions.force
    ):
        matches = _suspected_matches(proposal, plan)
        sentence = _suspected(proposal, plan)
        raise SplitOrMerged(file=file, told=sentence, agreement={"matches": matches}, **taken_for)
    if proposal.is_probable_accident and not instructions.force:
        raise RetiresMuch(
            file=file,
            count=len(proposal.retired_points),
            total=len(proposal.old),
            agreement={"force": True},
            changes=tuple(change_lines(differences(proposal, plan))),
            **taken_for,
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


def _suspected_matches(proposal: Proposal, plan: Plan) -> dict[str, list[str]]:
    """What 是 means: each place with the items that it looks made of."""
    return {
        plan.work_points[new].place: [proposal.old[old].id for old in suspect.old]
        for suspect in proposal.suspects
        for new in suspect.new
    }


def _suspected(proposal: Proposal, plan: Plan) -> str:
    words = []
    for suspect in proposal.suspects[:5]:
        ids = [proposal.old[n].id for n in suspect.old]
        places = [plan.work_points[n].place for n in suspect.new]
        if len(ids) == 1:
            words.append(f"{ids[0]} 像是拆成了 {'、'.join(places)}")
        else:
            words.append(f"{'、'.join(ids)} 像是合并成了 {places[0]}")
    return "；".join(words)


def _complete_list(desk: Desk, book: RegisterBook, meanings: Meanings) -> tuple[list[str], Exit]:
    office = desk.office()
    write_result = complete_list(desk, office, book, meanings.questions)
    if write_result is None or write_result.state is WriteState.UNCHANGED:
        return [], Exit.DONE
    if beside := list_beside(write_result):
        return [str(finding) for finding in beside], Exit.PARTLY
    has_gaps = any(point.empty_groups for point in office.points)
    gaps = "，并填写“单位组”里空着的成员" if has_gaps else ""
    return [f"已更新《{path_of(desk.folder.root).name}》：请核对单位名称{gaps}。"], Exit.DONE


def _copy_in(desk: Desk, path: Path, data: bytes) -> None:
    """Lay the plan into 方案 whole, beside another file of its name; nothing where it lies there already."""
    root = desk.folder.root
    if path.resolve().is_relative_to(root.resolve()):
        return
    names = (f"{path.stem}（{n}）{path.suffix}" if n > 1 else path.name for n in itertools.count(1))
    for target in (desk.folder.path("方案", name) for name in names):
        if not target.exists() or target.read_bytes() == data:
            break
    safe_write(target, data, now=desk.call.now)


def _titles(office: Office, plans: Sequence[str]) -> str:
    return "、".join(f"{plan}《{office.plans[plan].edition.title}》" for plan in plans)


_DONE = next(word for word, code in DECISIONS.items() if code == "done")
_STATUS_HEAD = re.compile(
    r"是否(?:已?完成|办结|落实)|(?:完成|办理|落实|工作)?(?:状态|进度)|(?:完成|落实|办理)情况"
)
_TEXT_HEAD = re.compile(r".*(?:进展|落实|完成|推进|办理)(?:情况)?.*|.*成效.*")
_DONE_WORDS = frozenset(("是", "√", "✓", "已完成", "完成", "全部完成", "已办结", "办结", "已落实", "100%"))
_NO_TEXT = frozenset(("否", "×", "未完成", "未办结", "未落实"))

# So many cells stand in the question; all of them are in its memory.
_CELL_LIMIT = 5


def opening_cells(point: WorkPoint) -> dict[str, str]:
    """Text by name of the office's column; empty where the old 台账 says nothing."""
    decision, texts = "", []
    for head, value in point.remarks:
        text = value.strip()
        if _STATUS_HEAD.fullmatch(head) and (text in _DONE_WORDS or text in DECISIONS):
            decision = _DONE if text in _DONE_WORDS else text
        elif _TEXT_HEAD.fullmatch(head) and text and text not in _NO_TEXT:
            texts.append(text)
    cells = {"decision": decision, "wording" if decision == _DONE else "note": "\n".join(texts)}
    return {name: text for name, text in cells.items() if text}


def offer(act: Act, plan: Plan, plan_id: str, file: str, name: str) -> facts.Conflict | None:
    """Ask about what the file says beside the tasks; None where it says nothing."""
    ids = {point.place: point.id for point in act.office().plans[plan_id].points}
    cells = [
        (ids[point.place], name_of_column, text, point.place)
        for point in plan.work_points
        if point.place in ids
        for name_of_column, text in opening_cells(point).items()
    ]
    if not cells:
        return None
    lines = [f"{point_id} {BY_NAME[column].label}：{text}" for point_id, column, text, _ in cells]
    more = [f"……共{len(cells)}格"] if len(cells) > _CELL_LIMIT else []
    memory = json.dumps(cells, ensure_ascii=False)
    theirs = "\n".join([name, *lines[:_CELL_LIMIT], *more])
    why = f"登记的表里写有进展和完成情况（{len(cells)}格），记入台账作为期初情况吗"
    question = facts.Conflict(act.mint("C"), plan_id, "", OPENING, "", memory, "不记入", theirs, why)
    act.add(question, file=file)
    return question


def accept(act: Act, question: facts.Conflict, file: str) -> int:
    """Record what was offered, but for cells that say something by now; how many."""
    office, count = act.office(), 0
    for point_id, column, text, place in json.loads(question.base):
        now = office.cells.get((point_id, "", column, ""))
        if now is None or not now.value:
            act.add(facts.Cell(point_id, "", column, "", text, "office", office.seq), file=file, place=place)
            count += 1
    return count
