"""Sending returns back (退回重报), one or a whole round: what they changed is undone, and a reason is kept.

Undoing inserts cells that say what was said before, joined three ways: what somebody changed since then stands,
and is named. The return stays on record with its original; its form counts as 应退回 until a new one comes, and what it
left open in 待核对事项清单 is withdrawn. A whole round goes back to what was known before its first return.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker import facts
from tracker.columns import BY_NAME
from tracker.problems import Exit
from tracker.problems import sending_back
from tracker.rules.returns.merge import Outcome
from tracker.rules.returns.merge import merge_cell
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.forms.reported_page import refresh_page


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
        earlier = _earlier(office, found)
        cells = _undo(desk, office, (found,), earlier, reason)
        return _answer(call, office, found, cells)


def send_back_round(call: Call, name: str, reason: str) -> Answer:
    """Undo every return of a round at once.

    Args:
        call: The call.
        name: The round, by its name or id.
        reason: Why.
    """
    with open_desk(call) as desk:
        office = desk.office()
        rounds = {each.round for each in office.rounds.values() if name in (each.name, each.round)}
        found = tuple(
            each
            for _, each in office.returns
            if each.outcome != "refused" and office.forms[each.form].round in rounds
        )
        if not found:
            raise sending_back.NothingOfRound(round=name)
        cells = _undo(desk, office, found, None, reason)
        verb = "将退回" if call.dry_run else "已退回"
        going = sum(each.outcome is Outcome.APPLIED for each in cells)
        lines = [f"{name}：{verb}{len(found)}份报表，{going}格恢复为收表前的内容。", *_kept(cells)]
        data = {"returns": len(found), "undone": going, "kept": len(_staying(cells))}
        return Answer(tuple(lines), data, Exit.DONE)


def _undo(
    desk: Desk,
    office: Office,
    found: tuple[facts.Return, ...],
    earlier: facts.Return | None,
    reason: str,
) -> list[_Undone]:
    """Undo some returns in one act; `earlier` is the one that counts again."""
    keys = {(each.form, each.sha) for each in found}
    cells = _cells(desk, office, keys)
    if desk.call.dry_run:
        return cells
    asked = {e.fact.conflict: e.file for e in desk.ledger.entries(facts.Conflict)}
    with desk.act("send-back") as act:
        for each in cells:
            if each.outcome is not Outcome.APPLIED:
                continue
            value = each.before.value if each.before else ""
            source = each.before.file if each.before else ""
            place = each.before.place if each.before else ""
            act.add(facts.Cell(*each.key, value, "undo", office.seq), file=source, place=place)
        for back in found:
            act.add(
                facts.Return(back.form, back.sha, "refused", f"已退回：{reason}", back.balance), file=back.sha
            )
        for conflict in office.conflicts.values():
            form = conflict.subject if conflict.subject in office.forms else ""
            files = {sha for other, sha in keys if form in ("", other) and _covers(office, other, conflict)}
            if asked.get(conflict.conflict) in files:
                act.add(facts.Settled(conflict.conflict, "withdrawn", conflict.ours))
        if earlier is not None:
            # The return that this one had replaced counts again.
            again = facts.Return(earlier.form, earlier.sha, "taken", "", earlier.balance)
            act.add(again, file=earlier.sha)
    refresh_page(desk, desk.office())
    return cells


def _covers(office: Office, form: str, asked: facts.Conflict) -> bool:
    """Whether a question is about a form: about itself, or about a cell of its rows."""
    its = office.forms[form]
    return asked.subject == form or (asked.period == its.round and asked.subject in its.rows)


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


def _cells(desk: Desk, office: Office, keys: set[tuple[str, str]]) -> list[_Undone]:
    """The cells that some returns (form and hash) changed, and what each said before the first of them."""
    files = {sha: {form for form, other in keys if other == sha} for _, sha in keys}
    last: dict[CellKey, CellNow] = {}
    before: dict[CellKey, CellNow | None] = {}
    said: dict[CellKey, str] = {}
    for entry in desk.ledger.entries(facts.Cell):
        cell = entry.fact
        key = (cell.subject, cell.unit, cell.field, cell.period)
        forms = files.get(entry.file, set()) if cell.origin == "unit" else set()
        if any(
            cell.period == office.forms[each].round and cell.subject in office.forms[each].rows
            for each in forms
        ):
            before.setdefault(key, last.get(key))
            said[key] = cell.value
        last[key] = CellNow(cell.value, cell.origin, entry.seq, entry.act, entry.file, entry.place)
    undone = []
    for key, was in before.items():
        now = office.cells[key].value
        outcome = merge_cell(said[key], now, was.value if was else "")
        undone.append(_Undone(key, said[key], was, now, outcome))
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
    lines = [f"{name}（{unit}）：{'将退回' if call.dry_run else '已退回'}，{going}格恢复为收表前的内容。"]
    lines += _kept(cells)
    data = {"unit": form.unit, "form": form.form, "undone": going, "kept": len(_staying(cells))}
    return Answer(tuple(lines), data, Exit.DONE)


def _staying(cells: list[_Undone]) -> list[_Undone]:
    return [each for each in cells if each.outcome is Outcome.CONFLICT]


def _kept(cells: list[_Undone]) -> list[str]:
    return [
        f"  {each.key[0]} “{BY_NAME[each.key[2]].label}”后来又改过，保持现在的内容：{each.now[:40]}"
        for each in _staying(cells)
    ]
