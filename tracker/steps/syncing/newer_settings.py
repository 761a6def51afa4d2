"""设置.xlsx of an earlier version gets the tables and rows that this one knows, with what holds anyway.

    the workbook                    then
    lacks nothing                   nothing
    lacks what was added before     nothing: somebody took it out, and the default holds
    is open                         told; the next run adds it
    cannot be changed without harm  told; the defaults hold
    anything else                   added, told, and remembered

What the office typed is not touched, and everything that was not added keeps its bytes. A run that is killed between
the file and the memory of it adds nothing twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tracker import facts
from tracker.files.folders import SETTINGS
from tracker.files.guard import open_source
from tracker.files.lists.settings_newer import Lacking
from tracker.files.lists.settings_newer import complete_settings
from tracker.files.lists.settings_newer import lacking
from tracker.files.safe import WriteState
from tracker.files.safe import owner
from tracker.files.safe import safe_write
from tracker.problems import Finding
from tracker.problems.office import SETTINGS_FIXED
from tracker.problems.office import SETTINGS_OPEN
from tracker.problems.writing import CannotPatch
from tracker.problems.writing import CannotWrite
from tracker.steps.desk import Desk

# The event that remembers what was added to a workbook.
KIND = "completed"


@dataclass(frozen=True, slots=True)
class Completion:
    """What was said and found."""

    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def add_new_settings(desk: Desk) -> Completion:
    """Add what the workbook lacks; see the table."""
    path = desk.folder.path(SETTINGS)
    if not path.exists():
        return Completion()
    source = open_source(path)
    add = lacking(source, desk.settings)
    if not add:
        return Completion()
    events = [event for event in desk.office().events if (event.subject, event.kind) == (SETTINGS, KIND)]
    add = add.without(frozenset(key for event in events for key in json.loads(event.data)["added"]))
    if not add:
        return Completion()
    if desk.call.dry_run:
        return Completion((f"将在《{SETTINGS}》补上本版本新增的{add.sentence}。",))
    if owner(path) is not None:
        return Completion(findings=(SETTINGS_OPEN.at(SETTINGS, what=add.sentence),))
    data = path.read_bytes()
    try:
        new = complete_settings(data, source, desk.settings, add)
        write_result = safe_write(path, new, expect=source.sha256, now=desk.call.now)
    except (CannotPatch, CannotWrite) as problem:
        return Completion(findings=(SETTINGS_FIXED.at(SETTINGS, what=add.sentence, why=str(problem)),))
    if write_result.state is WriteState.BESIDE:
        return Completion((write_result.why,), (SETTINGS_OPEN.at(SETTINGS, what=add.sentence),))
    _remember(desk, add, len(events) + 1)
    return Completion(
        (f"《{SETTINGS}》补上了本版本新增的{add.sentence}，都是现在的默认值；您填过的没有改动。",)
    )


def _remember(desk: Desk, add: Lacking, n: int) -> None:
    data = json.dumps({"added": list(add.keys)}, ensure_ascii=False, sort_keys=True)
    with desk.act("settings") as act:
        act.add(facts.Event(SETTINGS, KIND, n, desk.today, data))
