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
from tracker.files.lists.signing import Signing
from tracker.files.safe import State as Wrote
from tracker.problems import Finding
from tracker.problems.chasing import STALE_DRAFT
from tracker.rules.chasing.reminders import Decision
from tracker.rules.chasing.tiers import CLIMB
from tracker.rules.chasing.tiers import Tier
from tracker.rules.progress.todo import todos
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.chasing import adjusting
from tracker.steps.chasing import calls
from tracker.steps.chasing import lists
from tracker.steps.chasing import signing as signatures
from tracker.steps.chasing.deciding import Day
from tracker.steps.chasing.deciding import day_of
from tracker.steps.chasing.draft import Drafts
from tracker.steps.chasing.press import Press
from tracker.steps.chasing.signing import FOLDER as FOLDER
from tracker.steps.chasing.signing import LIST as LIST
from tracker.steps.chasing.slip_files import lay_out_slips
from tracker.steps.chasing.told import Chased
from tracker.steps.chasing.told import answer
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.register import bring_in
from tracker.steps.entering.register import path_of
from tracker.steps.entering.register import read_book
from tracker.steps.syncing.newer_settings import complete_settings

_CLIMB = {tier.value for tier in CLIMB}


def chase(call: Call, *, everything: bool = False) -> Answer:
    """Draft what is due on the day of the call; `everything` tells every matter and its reason."""
    with open_desk(call) as desk:
        press = Press(desk)
        press.check()
        signing, called = signatures.read_list(desk), calls.read_list(desk)
        book, data = adjusting.read(desk)
        newer = complete_settings(desk)
        chased = Chased(told=list(newer.lines), findings=list(newer.findings))
        with desk.act("chase") as act:
            listed = read_book(path_of(desk.folder.root))
            chased.findings += bring_in(act, listed, today=desk.today)
            chased.findings += signatures.take_in_signatures(desk, act, signing)
            answered = calls.take_in_calls(desk, act, called)
            chased.called = answered.recorded
            chased.findings += answered.findings
            taken = adjusting.record(desk, act, book, data)
            chased.findings += taken.findings
            chased.adjusted = taken.recorded
            office = act.office()
            day = day_of(desk, office)
            chased.decisions, chased.quiet = day.decisions, day.quiet
            chased.findings += day.findings
            chased.findings += _stale(office, chased.decisions, desk)
            drafts = Drafts(act, desk.ledger, office, desk.today)
            if not chased.quiet:
                if desk.settings.ladder.rule(Tier.ASSIGN).on:
                    drafts.hand_over()
                drafts.follow(chased.decisions)
            chased.drafted = drafts.made
        if not call.dry_run:
            adjusting.complete(desk, taken, data)
            office = desk.office()
            _write(desk, press, office, day, signing, called, chased)
        return answer(desk, office, chased, everything=everything)


def _stale(office: Office, decisions: Sequence[Decision], desk: Desk) -> Iterator[Finding]:
    """Drafts about what nobody is late with any more: done, extended or adjusted since."""
    late = {(each.matter.subject, each.matter.unit) for each in decisions if each.matter.due < desk.today}
    subjects = {subject for subject, _ in late}
    stale = []
    for each in office.documents.values():
        if each.state != "drafted" or each.tier not in _CLIMB:
            continue
        owed = [
            subject
            for subject in each.subjects
            if (subject, each.unit) in late or (not each.unit and subject in subjects)
        ]
        if not owed:
            unit = office.name_of(each.unit) if each.unit else "各有关单位"
            stale.append(f"{each.document}（{each.number or each.tier}，{unit}）")
    if stale:
        yield STALE_DRAFT.at(FOLDER + "/" + LIST, n=len(stale), documents="、".join(stale))


def _write(
    desk: Desk,
    press: Press,
    office: Office,
    day: Day,
    signing: Signing,
    called: CallList,
    chased: Chased,
) -> None:
    laid = lay_out_slips(desk, press)
    chased.findings += laid.findings
    chased.written = laid.written
    waiting = todos(office, desk.today, overdue=day.overdue)
    written = lists.complete(desk, press, signing, called, waiting)
    chased.beside += laid.beside + [each.why for each in written if each.state is Wrote.BESIDE]
