"""Columns of ours that 工作台账.xlsx does not have.

A workbook of an earlier version lacks what a later one knows, and the office may take out what it does not use.

    a column       at the last run   then
    absent         there             said: what it is for, and how to get it; remembered
    absent         absent            nothing
    there          absent            what it says counts, its empty cells do not: nobody cleared them, and the
                                     ledger's text goes in
    sheet absent   either            remembered as it was

What came back is forgotten when the workbook was written: until then its empty cells still say nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tracker import facts
from tracker.columns import BY_NAME
from tracker.columns import Owner
from tracker.columns import Sheet
from tracker.columns import on
from tracker.grid import column_letters
from tracker.problems import Finding
from tracker.problems.syncing import COLUMN_GONE
from tracker.reading.sheets.ledger_sheet import LedgerReading
from tracker.rules.state import Office
from tracker.steps.desk import Desk

# The event that remembers which columns a workbook did not have.
KIND = "absent"
# What a column without a hint is for.
_PURPOSE = {Owner.PLAN: "内容来自方案", Owner.COMPUTED: "由程序计算"}

Place = tuple[Sheet, str]


@dataclass(frozen=True, slots=True)
class Absent:
    """Which columns are absent now, and which were; `now` keeps those of a sheet that cannot be found."""

    now: frozenset[Place]
    before: frozenset[Place]
    findings: tuple[Finding, ...]

    @property
    def back(self) -> frozenset[Place]:
        """Columns that stand there again, or for the first time."""
        return self.before - self.now


def absent_columns(office: Office, reading: LedgerReading, workbook: str) -> Absent:
    """Tell what is absent, and say what was not said before."""
    before = _previous_places(office, workbook)
    now = {column_place for column_place in before if column_place[0] not in reading.sheets}
    findings = []
    for sheet, read in reading.sheets.items():
        for column in on(sheet):
            if column.name in read.columns:
                continue
            now.add((sheet, column.name))
            if (sheet, column.name) not in before:
                purpose = column.hint.rstrip("。") or _PURPOSE.get(column.owner, "供填写")
                place = f"{read.name}!{column_letters(0)}{read.head + 1}"
                findings.append(COLUMN_GONE.at(place, label=column.label, purpose=purpose))
    return Absent(frozenset(now), before, tuple(findings))


def remember_absent(desk: Desk, absent: Absent, workbook: str, *, is_written: bool) -> None:
    """Remember what was said; what came back only where the workbook was `is_written`."""
    places = absent.now if is_written else absent.now | absent.before
    if places == absent.before:
        return
    names = sorted(f"{sheet.value}.{name}" for sheet, name in places)
    with desk.act("sync") as act:
        n = 1 + sum((event.subject, event.kind) == (workbook, KIND) for event in act.office().events)
        act.add(facts.Event(workbook, KIND, n, desk.today, json.dumps({"columns": names})))


def _previous_places(office: Office, workbook: str) -> frozenset[Place]:
    last = max(
        (event for event in office.events if (event.subject, event.kind) == (workbook, KIND)),
        key=lambda event: event.n,
        default=None,
    )
    names = json.loads(last.data)["columns"] if last else ()
    pairs = (name.split(".", 1) for name in names)
    # A column that this version no longer knows is nobody's.
    return frozenset((Sheet(sheet), name) for sheet, name in pairs if name in BY_NAME)
