"""Chasing: who is to be reminded on the day, drafted as slips that a person signs off.

    1. try every template of the office on samples; one that cannot be used stops here
    2. take in what people wrote: 督办/签发单.xlsx, 督办/电话记录.xlsx, 台账/事项调整.xlsx
    3. decide every matter (`rules.chasing.reminders`): who gets what and why, who does not and why not
    4. record the slips as drafts, all in one act
    5. lay out the slips that are not there or were signed since, the archive of the day, and complete the lists

A slip is a function of its facts, so a run that was killed after 4 is finished by the next one; asking twice on
one day gives nothing new, and after days off each unit gets one digest. On a rest day and in 静默日期 nothing is
drafted. Nothing official leaves before it is signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from tracker.files.lists.calls import CallList
from tracker.files.lists.signing import SigningBook
from tracker.files.safe import WriteState as Wrote
from tracker.problems import Finding
from tracker.problems.chasing import STALE_DRAFT
from tracker.rules.chasing.reminders import Decision
from tracker.rules.chasing.tiers import LATE_TIERS
from tracker.rules.chasing.tiers import Tier
from tracker.rules.progress.todo import todos
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.chasing import adjusting
from tracker.steps.chasing import calls
from tracker.steps.chasing import lists
from tracker.steps.chasing import signing as signatures
from tracker.steps.chasing.deciding import ChaseDay
from tracker.steps.chasing.deciding import day_of
from tracker.steps.chasing.draft import Drafts
from tracker.steps.chasing.press import Press
from tracker.steps.chasing.signing import FOLDER as FOLDER
from tracker.steps.chasing.signing import LIST as LIST
from tracker.steps.chasing.slip_files import lay_out_slips
from tracker.steps.chasing.told import ChaseRun
from tracker.steps.chasing.told import chase_result
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.register import bring_in
from tracker.steps.entering.register import path_of
from tracker.steps.entering.register import read_book
from tracker.steps.syncing.newer_settings import add_new_settings

_CLIMB = {tier.value for tier in LATE_TIERS}


def chase(call: Call, *, full: bool = False) -> Result:
    """Draft what is due on the day of the call; `full` tells every matter and its reason."""
    with open_desk(call) as desk:
        press = Press(desk)
        press.check()
        signing_book, call_list = signatures.read_signing_book(desk), calls.read_call_list(desk)
        book, data = adjusting.open_adjustments(desk)
        newer = add_new_settings(desk)
        run = ChaseRun(lines=list(newer.lines), findings=list(newer.findings))
        with desk.act("chase") as act:
            register_book = read_book(path_of(desk.folder.root))
            run.findings += bring_in(act, register_book, today=desk.today)
            run.findings += signatures.take_in_signatures(desk, act, signing_book)
            call_intake = calls.take_in_calls(desk, act, call_list)
            run.calls = call_intake.count
            run.findings += call_intake.findings
            intake = adjusting.record_adjustments(desk, act, book, data)
            run.findings += intake.findings
            run.adjustments = intake.count
            office = act.office()
            day = day_of(desk, office)
            run.decisions, run.quiet = day.decisions, day.quiet
            run.findings += day.findings
            run.findings += _stale(office, run.decisions, desk)
            drafts = Drafts(act, desk.ledger, office, desk.today)
            if not run.quiet:
                if desk.settings.tier_rules.rule(Tier.ASSIGN).on:
                    drafts.hand_over()
                drafts.follow(run.decisions)
            run.documents = drafts.made
        if not call.dry_run:
            adjusting.complete_adjustments(desk, intake, data)
            office = desk.office()
            _write(desk, press, office, day, signing_book, call_list, run)
        return chase_result(desk, office, run, full=full)


def _stale(office: Office, decisions: Sequence[Decision], desk: Desk) -> Iterator[Finding]:
    """Drafts about what nobody is late with any more: done, extended or adjusted since."""
    late = {
        (decision.obligation.subject, decision.obligation.unit)
        for decision in decisions
        if decision.obligation.due < desk.today
    }
    subjects = {subject for subject, _ in late}
    stale = []
    for document in office.documents.values():
        if document.state != "drafted" or document.tier not in _CLIMB:
            continue
        late_subjects = [
            subject
            for subject in document.subjects
            if (subject, document.unit) in late or (not document.unit and subject in subjects)
        ]
        if not late_subjects:
            unit = office.name_of(document.unit) if document.unit else "各有关单位"
            stale.append(f"{document.document}（{document.number or document.tier}，{unit}）")
    if stale:
        yield STALE_DRAFT.at(FOLDER + "/" + LIST, n=len(stale), documents="、".join(stale))


def _write(
    desk: Desk,
    press: Press,
    office: Office,
    day: ChaseDay,
    signing_book: SigningBook,
    call_list: CallList,
    run: ChaseRun,
) -> None:
    slip_files = lay_out_slips(desk, press)
    run.findings += slip_files.findings
    run.paths = slip_files.paths
    open_todos = todos(office, desk.today, overdue=day.overdue)
    write_results = lists.complete_lists(desk, press, signing_book, call_list, open_todos)
    run.beside += slip_files.beside + [
        write_result.why for write_result in write_results if write_result.state is Wrote.BESIDE
    ]
