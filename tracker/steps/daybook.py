"""工作台.xlsx: takes in what was decided in it, does that, and lays out today.

    1. read the workbook: decisions about what is still open, the rest is over and no statement
    2. settle the questions and let the signed slips leave (`steps.settle`, `steps.send`), each as if it had been typed
    3. say where the year stands, keep the day's copy of the ledger, and lay the workbook out anew; what could not be carried out stays typed in it

Killed between 2 and 3, the next run finds nothing open of what was decided and does 3. A workbook that is open gets its
new version beside it; one that cannot be read is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from tracker.clicks import LAUNCHERS, in_clicks
from tracker.files.folders import QUESTIONS, REGISTER, SETTINGS
from tracker.files.safe import NO_FILE, WriteState, safe_write
from tracker.formats.books import (
    VERDICT_WORDS,
    DayDecisions,
    DayTask,
    DraftRow,
    lay_out_daybook,
    read_daybook,
)
from tracker.problems.base import Exit, TrackerError
from tracker.problems.chase import BAD_VERDICT_WORD
from tracker.rules.merge import questions
from tracker.rules.wording import subject_name
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk, open_list
from tracker.steps.status import status
from tracker.tiers import SlipState, Tier

NAME = "工作台.xlsx"
# What waits -> the file in which it is done.
_FILES = {
    "names": REGISTER,
    "groups": REGISTER,
    "office_name": SETTINGS,
    "contact": SETTINGS,
    "calendar-guessed": SETTINGS,
    "no-round": SETTINGS,
    "rounds-carried": SETTINGS,
    **dict.fromkeys(("years", "years-left", "levels", "gaps"), "报告"),
    "rectification-late": "台账/整改台账.xlsx",
    "nobody": "方案",
    "deadlines": "方案",
    "issue-day": "方案",
    "duties-late": "台账/通知要求.xlsx",
    "duties-near": "台账/通知要求.xlsx",
    "conflicts": "#'待核对事项'!A1",
    "drafts": "#'签发'!A1",
    "signed": "督办/送签单.xlsx",
    "late-returns": "各单位报送",
    "due": "督办",
    "asked": "台账/事项调整.xlsx",
    "overdue": "台账/工作台账.xlsx",
}
_PLACES = (
    ("方案", "方案"),
    ("填报表", "填报表"),
    ("各单位报送", "各单位报送"),
    ("工作台账", "台账/工作台账.xlsx"),
    ("报送情况", "台账/报送情况.xlsx"),
    ("待核对事项清单", QUESTIONS),
    ("送签单", "督办/送签单.xlsx"),
    ("待发", "督办/待发"),
    ("报告", "报告"),
    ("单位及联络员名单", REGISTER),
    ("设置", SETTINGS),
)


def today(call: Call) -> Result:
    """Do what was decided in the workbook, and lay out today."""
    with open_desk(call) as desk:
        decisions = _read(desk)
    lines, is_partly = _carry_out(call, decisions)
    state = status(call)
    lines = (*lines, *state.lines)
    if call.dry_run:
        return Result(lines, state.data)
    with open_desk(call) as desk:
        desk.back_up()
        write_result = safe_write(
            desk.folder.path(NAME),
            _lay_out(desk, state.data, _still_open(desk, decisions)),
            # A sheet without its heads may hold what nobody can read: it stays, and the new one lies beside it.
            expect=NO_FILE if decisions.findings else decisions.sha or None,
            now=call.now,
        )
    if write_result.state is WriteState.BESIDE:
        lines = (*lines, f"{write_result.why}新版在旁边：{write_result.path.name}")
    return Result(lines, state.data, Exit.PARTLY if is_partly else Exit.DONE)


def _read(desk: Desk) -> DayDecisions:
    path = desk.folder.path(NAME)
    try:
        return read_daybook(open_list(desk.folder.root, path)) if path.exists() else DayDecisions()
    except TrackerError:
        return DayDecisions(sha=NO_FILE)


def _still_open(desk: Desk, decisions: DayDecisions) -> DayDecisions:
    """What was decided about questions that are still asked and slips that are still drafts."""
    office = desk.office()
    drafts = {d.document for d in office.documents.values() if d.state == SlipState.DRAFTED.value}
    return replace(
        decisions,
        questions={key: value for key, value in decisions.questions.items() if key in office.conflicts},
        slips={key: word for key, word in decisions.slips.items() if key in drafts},
    )


def _carry_out(call: Call, book: DayDecisions) -> tuple[tuple[str, ...], bool]:
    """Settle and send; what is said, and whether a part could not be done."""
    with open_desk(call) as desk:
        decisions = _still_open(desk, book)
    lines = [str(finding) for finding in book.findings]
    verdicts: dict[str, SlipState] = {}
    for slip, word in decisions.slips.items():
        if word in VERDICT_WORDS:
            verdicts[slip] = VERDICT_WORDS[word]
        else:
            lines.append(str(BAD_VERDICT_WORD.at(NAME, document=slip, text=word)))
    is_partly = bool(lines)
    try:
        # Both are loaded when they are wanted: with them comes everything that reads a plan.
        if decisions.questions:
            from tracker.steps.settle import settle

            lines += settle(call, answers=decisions.questions).lines
        if verdicts:
            from tracker.steps.send import send

            result = send(call, verdicts=verdicts)
            lines += result.lines
            is_partly = is_partly or result.exit is not Exit.DONE
    except TrackerError as problem:  # the rest of the day goes on: what was typed stays typed
        lines.append(str(problem))
        is_partly = True
    return tuple(lines), is_partly


def _lay_out(desk: Desk, state: Mapping[str, Any], decisions: DayDecisions) -> bytes:
    office = desk.office()

    def existing(path: str) -> str:
        is_there = path.startswith("#") or desk.folder.path(*PurePosixPath(path).parts).exists()
        return path if is_there else ""

    tasks = [
        DayTask(
            todo["what"].partition("。请")[0],
            f"请{in_clicks(todo['advice'], LAUNCHERS)}。",
            existing(_FILES.get(todo["code"], "台账")),
        )
        for todo in state["todo"]
    ]
    drafts = [
        DraftRow(
            document.document,
            document.tier,
            office.name_of(document.unit) if document.unit else "各有关单位",
            "；".join(subject_name(office, subject) for subject in document.subjects[:5]),
            existing(document.path),
        )
        for document in office.documents.values()
        if document.state == SlipState.DRAFTED.value and Tier(document.tier).is_official
    ]
    places = [(name, path) for name, path in _PLACES if existing(path)]
    day = f"{desk.today.year}年{desk.today.month}月{desk.today.day}日"
    return lay_out_daybook(day, tasks, drafts, questions(office), places, decisions)
