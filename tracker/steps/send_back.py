"""Sending a return back (退回重报): what it changed is undone, and the unit has to report again, with a reason.

Undoing inserts cells that say what was said before, joined three ways: what somebody changed since then stands,
and is named. The return stays on record with its original; its form counts as 应退回 until a new one comes.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker import facts
from tracker.columns import BY_NAME
from tracker.facts import Entry
from tracker.problems import Exit
from tracker.problems import sending_back
from tracker.rules.merge import Outcome
from tracker.rules.merge import merge_cell
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.reported_page import refresh_page


@dataclass(frozen=True, slots=True)
class _Undone:
    """A cell that a return changed.

    Attributes:
        key: Which.
        said: What the return said.
        before: What it said before; None for nothing.
        now: What it says now.
        outcome: Whether it goes back.
    """

    key: CellKey
    said: str
    before: CellNow | None
    now: str
    outcome: Outcome


def send_back(call: Call, file: str, reason: str) -> Answer:
    """Undo one return.

    Args:
        call: The call.
        file: Its file's name, or the beginning of its hash.
        reason: Why the unit has to report again.
    """
    with open_desk(call) as desk:
        office = desk.office()
        found = _find(office, file)
        cells = _cells(desk, office, found)
        going = [each for each in cells if each.outcome is Outcome.APPLIED]
        if not call.dry_run:
            with desk.act("send-back") as act:
                for each in going:
                    wp, unit, field, period = each.key
                    value = each.before.value if each.before else ""
                    source = each.before.file if each.before else ""
                    place = each.before.place if each.before else ""
                    cell = facts.Cell(wp, unit, field, period, value, "undo", office.seq)
                    act.add(cell, file=source, place=place)
                act.add(
                    facts.Return(found.form, found.sha, "refused", f"已退回：{reason}", found.balance),
                    file=found.sha,
                )
                earlier = _earlier(office, found)
                if earlier is not None:
                    # The return that this one had replaced counts again.
                    again = facts.Return(earlier.form, earlier.sha, "taken", "", earlier.balance)
                    act.add(again, file=earlier.sha)
            refresh_page(desk, desk.office())
        return _answer(call, office, found, cells)


def _find(office: Office, file: str) -> facts.Return:
    matches = [
        each
        for _, each in office.returns
        if each.outcome == "taken"
        and (
            file in (office.files[each.sha].name, office.files[each.sha].name.rpartition("/")[2])
            or (len(file) >= 6 and each.sha.startswith(file.lower()))
        )
    ]
    if not matches:
        raise sending_back.NoSuchReturn(file=file)
    if len(matches) > 1:
        raise sending_back.SeveralReturns(file=file, some="、".join(each.sha[:12] for each in matches))
    return matches[0]


def _cells(desk: Desk, office: Office, found: facts.Return) -> list[_Undone]:
    entries: dict[CellKey, Entry[facts.Cell]] = {}
    for entry in desk.ledger.entries(facts.Cell):
        if entry.file == found.sha and entry.fact.origin == "unit":
            cell = entry.fact
            entries[cell.subject, cell.unit, cell.field, cell.period] = entry
    acts = {entry.act for entry in entries.values()}
    before = desk.ledger.cells(until=min(acts) - 1) if acts else {}
    undone = []
    for key, entry in entries.items():
        was, now = before.get(key), office.cells[key]
        said = entry.fact.value
        outcome = merge_cell(said, now.value, was.value if was else "")
        undone.append(_Undone(key, said, was, now.value, outcome))
    return undone


def _earlier(office: Office, found: facts.Return) -> facts.Return | None:
    """The return of the same form that this one had replaced."""
    replaced = [
        each for _, each in office.returns if each.form == found.form and each.outcome == "superseded"
    ]
    return replaced[-1] if replaced else None


def _answer(call: Call, office: Office, found: facts.Return, cells: list[_Undone]) -> Answer:
    form = office.forms[found.form]
    name, unit = office.files[found.sha].name, office.name_of(form.unit)
    going = sum(each.outcome is Outcome.APPLIED for each in cells)
    stay = [each for each in cells if each.outcome is Outcome.CONFLICT]
    lines = [f"{name}（{unit}）：{'将退回' if call.dry_run else '已退回'}，{going}格恢复为收表前的内容。"]
    lines += [
        f"  {each.key[0]} “{BY_NAME[each.key[2]].label}”后来又改过，保持现在的内容：{each.now[:40]}"
        for each in stay
    ]
    data = {"unit": form.unit, "form": form.form, "undone": going, "kept": len(stay)}
    return Answer(tuple(lines), data, Exit.DONE)
