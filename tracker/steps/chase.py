"""Chasing: who is to be reminded on the day, drafted as slips that a person signs off.

    1. try every template of the office on samples; one that cannot be used stops here
    2. take in what people wrote: 督办/送签单.xlsx, 督办/电话记录.xlsx, 台账/事项调整.xlsx
    3. decide every matter (`steps.today`): who gets what and why, who does not and why not
    4. record the slips as drafts, all in one act: one slip for a matter, one for a unit, or one for all, each with its
       number
    5. lay out the slips that are not there or were signed since, the archive of the day, and complete the lists
    6. say who gets what and why, who does not and why not; counts first, names where asked

A slip is a function of its facts, so a run that was killed after 4 is finished by the next one; asking twice on
one day gives nothing new, and after days off each unit gets one digest. On a rest day and in 静默日期 nothing is
drafted. Nothing official leaves before it is signed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from tracker import facts
from tracker.files.ledger import Act, Ledger
from tracker.files.safe import WriteState as Wrote
from tracker.formats.books import CallRow, ListBook, SigningRow
from tracker.problems.base import Exit, Finding
from tracker.problems.chase import STALE_DRAFT
from tracker.rules.office import Office
from tracker.rules.plans import past_plans, successor
from tracker.rules.reminders import SLIP_UNITS, Countdown, Decision, group_words
from tracker.rules.slips import file_name, next_number, number_gaps
from tracker.rules.wording import subject_name
from tracker.steps.adjustments import complete_adjustments, open_adjustments, record_adjustments
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.init import add_new_settings
from tracker.steps.register import bring_in, complete_list, list_beside, path_of, read_book
from tracker.steps.slips import FOLDER, Press, lay_out_slips, list_name, read_signing_book, take_in_signatures
from tracker.steps.today import ChaseDay, day_of, stale_slips, todos_of
from tracker.steps.worklists import (
    complete_duties,
    complete_lists,
    read_call_list,
    read_duty_book,
    take_in_calls,
    take_in_duties,
)
from tracker.tiers import SlipState, Tier, is_asked, slip_title
from tracker.values import dataclass


class Drafts:
    """The drafts of one act."""

    def __init__(self, act: Act, ledger: Ledger, office: Office) -> None:
        self.act, self.office, self.today = act, office, act.row.day
        self.made: list[facts.Document] = []
        # Every number that ever stood on a slip, withdrawn ones and those that the OA replaced included.
        self._given: dict[str, list[str]] = {}
        for entry in ledger.entries(facts.Document):
            self._given.setdefault(entry.fact.tier, []).append(entry.fact.number)

    def hand_over(self) -> None:
        """An 交办单 for each unit with tasks of a plan that none of its slips has handed over yet.

        Nobody is handed last year's tasks once this year's plan is there; units that are asked by letter are handed none.
        """
        pairs: set[tuple[str, str]] = set()
        for document in self.office.documents.values():
            if document.tier == Tier.ASSIGN.value and document.state != SlipState.WITHDRAWN.value:
                pairs.update((document.unit, subject) for subject in document.subjects)
        heirs = {unit: successor(self.office, unit, self.today) for unit in self.office.units}
        past = past_plans(self.office)
        for plan in self.office.plans.values():
            if plan.plan in past:
                continue
            open_points: dict[str, list[str]] = {unit: [] for unit in self.office.units}
            for point in plan.points:
                if point.is_retired:
                    continue
                for unit in dict.fromkeys(heirs.get(unit, unit) for unit in point.units()):
                    if (unit, point.id) not in pairs and not is_asked(self.office.units[unit].kind):
                        open_points.setdefault(unit, []).append(point.id)
            for unit, subjects in open_points.items():
                if subjects:
                    self._draft(Tier.ASSIGN, unit, tuple(subjects))

    def follow(self, decisions: Iterable[Decision]) -> None:
        """A draft for every decision that takes a rung."""
        by_tier: dict[Tier, list[Decision]] = {}
        for decision in decisions:
            if decision.tier is not None:
                by_tier.setdefault(decision.tier, []).append(decision)
        for tier in Tier:
            due = by_tier.get(tier, [])
            if due and tier.is_for_all:
                self._for_all(tier, due)
            else:
                for unit, subjects in _bundles(tier, due):
                    self._draft(tier, unit, subjects)

    def _for_all(self, tier: Tier, due: Sequence[Decision]) -> None:
        subjects = tuple(dict.fromkeys(decision.obligation.subject for decision in due))
        document = self._draft(tier, "", subjects)
        units = {
            s: [decision.obligation.unit for decision in due if decision.obligation.subject == s]
            for s in subjects
        }
        data = json.dumps(units, ensure_ascii=False, sort_keys=True)
        self.act.add(facts.Event(document.document, SLIP_UNITS, 1, self.today, data))

    def _draft(self, tier: Tier, unit: str, subjects: tuple[str, ...]) -> facts.Document:
        numbers = self._given.setdefault(tier.value, [])
        number = next_number(tier, self.today.year, numbers)
        numbers.append(number)
        title = slip_title(tier, self.office.units[unit].kind if unit else "")
        name = file_name(title, number, self.office.name_of(unit, self.today) if unit else "")
        path = f"{FOLDER}/{self.today.isoformat()} {tier.value}/{name}.docx"
        state = SlipState.DRAFTED.value if tier.is_official else SlipState.SIGNED.value
        document = self.act.mint("D")
        fact = facts.Document(document, tier.value, unit, subjects, self.today, state, number, path)
        self.act.add(fact)
        self.made.append(fact)
        return fact


def _bundles(tier: Tier, due: Sequence[Decision]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if tier is not Tier.REMIND:
        yield from ((decision.obligation.unit, (decision.obligation.subject,)) for decision in due)
        return
    by_unit: dict[str, list[str]] = {}
    for decision in due:
        by_unit.setdefault(decision.obligation.unit, []).append(decision.obligation.subject)
    for unit, subjects in by_unit.items():
        yield unit, tuple(dict.fromkeys(subjects))


# How many reasons a group shows before it says how many there are, and how many units a reason.
REASON_LIMIT = 3
UNIT_LIMIT = 6

# Kinds of decisions without a slip, in the order told.
_KINDS = {
    "quiet": "今天不打扰",
    "form": "填报表未报，群内提醒、电话催报，不发督办单",
    "unsigned": "已拟督办单、等待签发",
    "asked": "已申请延期、等待审批",
    "soon": "已逾期、还没到再催的时候",
    "ended": "已逾期、已到最后一级",
    "void": "督办单已作废、不再重拟",
    "reminded": "已提醒过",
    "early": "还没到提醒的时候",
}


@dataclass
class ChaseRun:
    """Everything that one run did."""

    lines: list[str] = field(default_factory=list)
    decisions: Sequence[Decision] = ()
    documents: Sequence[facts.Document] = ()
    findings: list[Finding] = field(default_factory=list)
    paths: Sequence[str] = ()
    beside: list[str] = field(default_factory=list)
    quiet: str = ""
    adjustments: int = 0
    calls: int = 0


def chase_result(desk: Desk, office: Office, run: ChaseRun, *, full: bool) -> Result:
    """The answer; with `--dry-run` or `full` the reasons are told, too."""
    lines = [*_head(desk, run), *(f"  {line}" for line in run.lines)]
    for tier in Tier:
        lines += _slip_lines(office, run, tier, full=full)
    if desk.call.dry_run or full:
        lines += _not_drafted(office, run.decisions, full=full)
        if not full and len(run.decisions) > REASON_LIMIT:
            lines.append("要看全部，请加 --all。")
    elif run.documents:
        lines.append(
            f"督办单在“{FOLDER}”文件夹；除提醒外都是拟稿，请在《{list_name(desk.folder)}》中签发后再发。"
        )
    empty = number_gaps(
        Tier.CIRCULATE,
        desk.today.year,
        [
            document.number
            for document in office.documents.values()
            if document.tier == Tier.CIRCULATE.value and document.state != SlipState.WITHDRAWN.value
        ],
    )
    if empty:
        lines.append(f"督查通报空缺的期号：{'、'.join(empty)}。")
    lines += [str(finding) for finding in (*desk.findings, *run.findings)]
    lines += run.beside
    outcome = Exit.PARTLY if run.beside else Exit.DONE
    return Result(tuple(lines), _data(run), outcome)


def _head(desk: Desk, run: ChaseRun) -> Iterator[str]:
    due = len(run.documents)
    waits = sum(decision.tier is None for decision in run.decisions)
    verb = "应拟" if desk.call.dry_run else "新拟"
    units = len({document.unit for document in run.documents if document.unit})
    to = f"（{units} 个单位）" if units else ""
    yield f"{desk.today.isoformat()}　{verb} {due} 份{to}，暂不催 {waits} 项。" + (
        f"今天不催：{run.quiet}。" if run.quiet else ""
    )
    if run.adjustments:
        yield f"  事项调整：记入 {run.adjustments} 条。"
    if run.calls:
        yield f"  电话记录：记入 {run.calls} 条。"


def _slip_lines(office: Office, run: ChaseRun, tier: Tier, *, full: bool) -> Iterator[str]:
    """The slips of a tier, those for one reason in one line: forty units are read at a glance."""
    of_tier = [document for document in run.documents if document.tier == tier.value]
    if not of_tier:
        return
    why = {
        (decision.obligation.subject, decision.obligation.unit): decision.why
        for decision in run.decisions
        if decision.tier is tier
    }
    alike: dict[str, list[str]] = {}
    for document in of_tier:
        reasons = dict.fromkeys(
            reason
            for (subject, owes), reason in why.items()
            if subject in document.subjects and document.unit in (owes, "")
        )
        reason = "登记的任务还没有交办" if tier is Tier.ASSIGN else next(iter(reasons), "")
        unit = office.name_of(document.unit) if document.unit else "各有关单位"
        if len(document.subjects) == 1:
            reason = f"{subject_name(office, document.subjects[0])}　{reason}"
        else:
            unit += f"（{len(document.subjects)}项）"
        alike.setdefault(reason, []).append(unit)
    yield f"  {tier.value} {len(of_tier)} 份："
    yield from _reason_lines(alike, "份", full=full)


def _not_drafted(office: Office, decisions: Sequence[Decision], *, full: bool) -> Iterator[str]:
    for kind, title in _KINDS.items():
        of_kind = [decision for decision in decisions if decision.tier is None and decision.kind == kind]
        if not of_kind:
            continue
        yield f"  不催 {len(of_kind)} 项：{title}"
        if kind == "quiet" and not full:
            continue  # the first line says why, of everybody alike
        alike: dict[str, list[str]] = {}
        for decision in sorted(of_kind, key=lambda decision: decision.obligation.due):
            reason = f"{subject_name(office, decision.obligation.subject)}　{decision.why}"
            alike.setdefault(reason, []).append(office.name_of(decision.obligation.unit))
        yield from _reason_lines(alike, "项", full=full)


def _reason_lines(alike: Mapping[str, Sequence[str]], measure_word: str, *, full: bool) -> Iterator[str]:
    """A line for each reason with the units that it is said of; the first ones only, unless all are wanted."""
    visible = list(alike.items()) if full else list(alike.items())[:REASON_LIMIT]
    for reason, units in visible:
        some = units if full else units[:UNIT_LIMIT]
        more = f"等{len(units)}个" if len(some) < len(units) else ""
        yield f"    {reason}：{'、'.join(some)}{more}"
    rest = sum(map(len, alike.values())) - sum(len(units) for _, units in visible)
    if rest:
        yield f"    还有 {rest} {measure_word}。"


def _data(run: ChaseRun) -> dict[str, object]:
    return {
        "drafted": [
            {
                "document": document.document,
                "number": document.number,
                "tier": document.tier,
                "unit": document.unit,
                "subjects": list(document.subjects),
                "path": document.path,
            }
            for document in run.documents
        ],
        "why": [
            {
                "subject": decision.obligation.subject,
                "unit": decision.obligation.unit,
                "tier": decision.tier.value if decision.tier else "",
                "kind": decision.kind,
                "why": decision.why,
            }
            for decision in run.decisions
        ],
        "written": list(run.paths),
        "findings": [
            {"code": finding.code, "place": finding.place, "message": finding.message}
            for finding in run.findings
        ],
    }


def chase(call: Call, *, full: bool = False) -> Result:
    """Draft what is due on the day of the call; `full` tells every matter and its reason."""
    with open_desk(call) as desk:
        press = Press(desk)
        press.check()
        signing_book, call_list = read_signing_book(desk), read_call_list(desk)
        book, data = open_adjustments(desk)
        duty_book = read_duty_book(desk)
        newer = add_new_settings(desk)
        run = ChaseRun(lines=list(newer.lines), findings=list(newer.findings))
        with desk.act("chase") as act:
            register_book = read_book(path_of(desk.folder.root))
            run.findings += bring_in(desk, act, register_book)
            run.findings += take_in_signatures(desk, act, signing_book)
            call_intake = take_in_calls(desk, act, call_list)
            run.calls = call_intake.count
            run.findings += call_intake.findings
            intake = record_adjustments(desk, act, book, data)
            run.findings += intake.findings
            run.adjustments = intake.count
            run.findings += take_in_duties(desk, act, duty_book)
            office = act.office()
            day = day_of(desk, office)
            run.decisions, run.quiet = day.decisions, day.quiet
            run.findings += _stale(office, run.decisions, desk)
            drafts = Drafts(act, desk.ledger, office)
            is_due = any(decision.tier for decision in run.decisions)
            nobody_signs = desk.lacks_issuer("提醒函和督办单") if is_due else ()
            run.findings += nobody_signs
            if not run.quiet and not nobody_signs:
                if desk.settings.ladder.rule(Tier.ASSIGN).on:
                    drafts.hand_over()
                drafts.follow(run.decisions)
                wait = desk.settings.ladder.rule(Tier.REMIND).wait
                act.add(*group_words(office, desk.today, Countdown(desk.calendar), wait))
            run.documents = drafts.made
        if not call.dry_run:
            complete_adjustments(desk, intake, data)
            office = desk.office()
            run.findings += list_beside(complete_list(desk, office, register_book))
            duties = complete_duties(desk, office, duty_book)
            run.beside += [duties.why] if duties and duties.state is Wrote.BESIDE else []
            _write(desk, press, office, day, signing_book, call_list, run)
        return chase_result(desk, office, run, full=full)


def _stale(office: Office, decisions: Sequence[Decision], desk: Desk) -> Iterator[Finding]:
    """Drafts about what nobody is late with any more: done, extended or adjusted since."""
    stale = [
        f"{document.document}（{document.number or document.tier}，"
        f"{office.name_of(document.unit) if document.unit else '各有关单位'}）"
        for document in stale_slips(office, decisions, desk.today)
        if document.state == "drafted"
    ]
    if stale:
        yield STALE_DRAFT.at(FOLDER + "/" + list_name(desk.folder), n=len(stale), documents="、".join(stale))


def _write(
    desk: Desk,
    press: Press,
    office: Office,
    day: ChaseDay,
    signing_book: ListBook[SigningRow],
    call_list: ListBook[CallRow],
    run: ChaseRun,
) -> None:
    slip_files = lay_out_slips(desk, press)
    run.findings += slip_files.findings
    run.paths = slip_files.paths
    open_todos = todos_of(desk, office, day, overdue=day.overdue)
    write_results = complete_lists(desk, press, signing_book, call_list, open_todos)
    run.beside += slip_files.beside + [result.why for result in write_results if not result.is_written]
    run.lines += [result.why for result in write_results if result.state is Wrote.LIVE]
