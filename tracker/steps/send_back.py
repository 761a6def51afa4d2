"""Sending returns back (退回补正), one or a whole round: what they changed is undone, and a reason is kept.

Undoing inserts cells that say what was said before, joined three ways: what somebody changed since then stands,
and is named. The return stays on record with its original; its form counts as 待退回 until a new one comes, and what it
left open in 待核对事项清单 is withdrawn. The unit is told by a draft, 督办/退回补正/….docx, what to mend. A whole round goes back to what was known before its first return.

A return that prints another unit than its form's was that unit's, and was joined all the same by an earlier version or
by a person's word: it goes back to the unit that it prints, and the form's own unit has nothing to send again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.columns import label_of
from tracker.files.guard import read_bytes
from tracker.files.safe import safe_write
from tracker.files.templates import words
from tracker.formats.documents import render_official
from tracker.forms import token_of
from tracker.printable import name_for_file
from tracker.problems.base import Exit
from tracker.problems.returns import NoSuchReturn, NothingOfRound, SeveralReturns
from tracker.rules.merge import CellOutcome, merge_cell
from tracker.rules.office import CellKey, CellNow, Office
from tracker.rules.papers import ReturnNotice, return_notice
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.incoming import other_unit
from tracker.steps.register import register_of
from tracker.steps.return_lists import refresh_reporting
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class _Reversal:
    """A cell that a return changed.

    Attributes:
        key: Which.
        theirs: What the return said.
        before: What it said before; None for nothing.
        now: What it says now.
        outcome: Whether it goes back.
    """

    key: CellKey
    theirs: str
    before: CellNow | None
    now: str
    outcome: CellOutcome


def send_back(call: Call, file: str, reason: str) -> Result:
    """Undo one return.

    Args:
        call: The call.
        file: Its file's name, or the beginning of its hash.
        reason: Why the unit has to report again.
    """
    with open_desk(call) as desk:
        office = desk.office()
        return_ = _find(office, file)
        earlier = _earlier(office, return_)
        stranger = stranger_of(desk, office, return_)
        cells = _undo(desk, office, (return_,), earlier, reason)
        paths = _write_notices(desk, office, [(return_, stranger)], reason)
        result = _result(call, office, return_, cells, stranger)
        return replace(result, lines=(*result.lines, *_notice_lines(desk, paths)))


def send_back_round(call: Call, name: str, reason: str) -> Result:
    """Undo every return of a round at once.

    Args:
        call: The call.
        name: The round, by its name or id.
        reason: Why.
    """
    with open_desk(call) as desk:
        office = desk.office()
        rounds = {round_.round for round_ in office.rounds.values() if name in (round_.name, round_.round)}
        returns = tuple(
            return_
            for _, return_ in office.returns
            if return_.outcome != "refused" and office.forms[return_.form].round in rounds
        )
        if not returns:
            raise NothingOfRound(round=name)
        strangers = [stranger_of(desk, office, return_) for return_ in returns]
        cells = _undo(desk, office, returns, None, reason)
        # A form whose return was replaced gets one notice, about the last.
        last = {
            return_.form: (return_, stranger) for return_, stranger in zip(returns, strangers, strict=True)
        }
        paths = _write_notices(desk, office, list(last.values()), reason)
        verb = "将退回" if call.dry_run else "已退回"
        count = sum(cell.outcome is CellOutcome.APPLIED for cell in cells)
        lines = [f"{name}：{verb}{len(returns)}份报表，{count}格恢复为收表前的内容。", *_staying_lines(cells)]
        lines += _notice_lines(desk, paths)
        data = {"returns": len(returns), "undone": count, "kept": len(_staying(cells))}
        return Result(tuple(lines), data, Exit.DONE)


def _undo(
    desk: Desk,
    office: Office,
    returns: tuple[facts.Return, ...],
    earlier: facts.Return | None,
    reason: str,
) -> list[_Reversal]:
    """Undo some returns in one act; `earlier` is the one that counts again."""
    keys = {(return_.form, return_.sha) for return_ in returns}
    cells = _cells(desk, office, keys)
    if desk.call.dry_run:
        return cells
    question_files = {e.fact.conflict: e.file for e in desk.ledger.entries(facts.Conflict)}
    strangers = {(back.form, back.sha): stranger_of(desk, office, back) for back in returns}
    with desk.act("send-back") as act:
        for cell in cells:
            if cell.outcome is not CellOutcome.APPLIED:
                continue
            value = cell.before.value if cell.before else ""
            source = cell.before.file if cell.before else ""
            place = cell.before.place if cell.before else ""
            act.add(facts.Cell(*cell.key, value, "undo", office.seq), file=source, place=place)
        for back in returns:
            balance = back.balance
            if strangers[back.form, back.sha]:
                balance = json.dumps(
                    {**json.loads(balance), "stray": True}, ensure_ascii=False, sort_keys=True
                )
            act.add(facts.Return(back.form, back.sha, "refused", f"已退回：{reason}", balance), file=back.sha)
        for conflict in office.conflicts.values():
            form = conflict.subject if conflict.subject in office.forms else ""
            files = {sha for other, sha in keys if form in ("", other) and _covers(office, other, conflict)}
            if question_files.get(conflict.conflict) in files:
                act.add(facts.Settled(conflict.conflict, "withdrawn", conflict.ours))
        if earlier is not None:
            # The return that this one had replaced counts again.
            again = facts.Return(earlier.form, earlier.sha, "taken", "", earlier.balance)
            act.add(again, file=earlier.sha)
    refresh_reporting(desk, desk.office())
    return cells


NOTICES = ("督办", "退回补正")
_NOTICE = "退回补正通知"


def _write_notices(
    desk: Desk, office: Office, returns: Sequence[tuple[facts.Return, str]], reason: str
) -> list[str]:
    """A 退回补正通知 for the unit of each return, with what to mend; the paths. An earlier one is never written over."""
    if desk.call.dry_run or desk.lacks_issuer(_NOTICE):
        return []
    say = words("hand_out.txt", office=desk.folder.root)
    paths = []
    for return_, stranger in returns:
        form = office.forms[return_.form]
        round_ = office.rounds[form.round]
        unit = office.name_of(stranger or form.unit)
        about = ReturnNotice(
            unit=unit,
            plan=office.plans[round_.plan].edition.title,
            round=round_.name,
            file=office.files[return_.sha].name.rpartition("/")[2],
            # Whose form it was has nothing to send again; the unit that it prints has a form of its own.
            token="见印发的填报表" if stranger else token_of(desk.folder.office, form.form),
            reasons=[reason, *return_.reason.split("。；")],
            due=round_.due if round_.due >= desk.today else None,
            office=desk.settings.text("office_name"),
            contact=desk.settings.text("contact"),
        )
        stem = f"{Path(form.path).parent.name}-{name_for_file(unit)}"
        target = desk.folder.path(*NOTICES, f"{stem}（拟稿）.docx")
        target.parent.mkdir(parents=True, exist_ok=True)
        data, number = render_official(return_notice(about, say)), 1
        # A person may have worked in the notice of an earlier time: that one stays as it is.
        while target.exists() and target.read_bytes() != data:
            number += 1
            target = target.with_name(f"{stem}（拟稿{number}）.docx")
        result = safe_write(target, data, now=desk.call.now)
        paths.append("/".join((*NOTICES, result.path.name)))
    return paths


def _notice_lines(desk: Desk, paths: Sequence[str]) -> list[str]:
    lines = [f"已拟《{_NOTICE}》：{path}。请核对后发给单位。" for path in paths]
    return [*lines, *map(str, desk.lacks_issuer(_NOTICE))]


def stranger_of(desk: Desk, office: Office, return_: facts.Return) -> str:
    """The unit that a return prints, where that is another one than its form's; else empty."""
    form, name = office.forms[return_.form], office.files[return_.sha].name
    path = desk.folder.original(return_.sha, name)
    if not path.exists():
        return ""
    source = read_bytes(path.read_bytes(), name)
    return other_unit(source, form, office, register_of(office), desk.today)


def _covers(office: Office, form: str, question: facts.Conflict) -> bool:
    """Whether a question is about a form: about itself, or about a cell of its rows."""
    its = office.forms[form]
    return question.subject == form or (question.period == its.round and question.subject in its.rows)


def _find(office: Office, file: str) -> facts.Return:
    matches = [
        return_
        for _, return_ in office.returns
        if return_.outcome == "taken"
        and (
            file in (office.files[return_.sha].name, office.files[return_.sha].name.rpartition("/")[2])
            or (len(file) >= 6 and return_.sha.startswith(file.lower()))
        )
    ]
    if not matches:
        raise NoSuchReturn(file=file)
    if len(matches) > 1:
        raise SeveralReturns(file=file, some="、".join(return_.sha[:12] for return_ in matches))
    return matches[0]


def _cells(desk: Desk, office: Office, keys: set[tuple[str, str]]) -> list[_Reversal]:
    """The cells that some returns (form and hash) changed, and what each said before the first of them."""
    files = {sha: {form for form, other in keys if other == sha} for _, sha in keys}
    last: dict[CellKey, CellNow] = {}
    before: dict[CellKey, CellNow | None] = {}
    theirs: dict[CellKey, str] = {}
    for entry in desk.ledger.entries(facts.Cell):
        cell = entry.fact
        key = (cell.subject, cell.unit, cell.field, cell.period)
        forms = files.get(entry.file, set()) if cell.origin == "unit" else set()
        if any(
            (cell.period == office.forms[form].round and cell.subject in office.forms[form].rows)
            or not (cell.unit or cell.period)  # a row of a logbook on the form
            for form in forms
        ):
            before.setdefault(key, last.get(key))
            theirs[key] = cell.value
        last[key] = CellNow(cell.value, cell.origin, entry.seq, entry.act, entry.file, entry.place)
    reversals = []
    for key, was in before.items():
        now = office.cells[key].value
        outcome = merge_cell(theirs[key], now, was.value if was else "")
        reversals.append(_Reversal(key, theirs[key], was, now, outcome))
    return reversals


def _earlier(office: Office, return_: facts.Return) -> facts.Return | None:
    """The return of the same form that this one had replaced."""
    earlier_returns = [
        other for _, other in office.returns if other.form == return_.form and other.outcome == "superseded"
    ]
    return earlier_returns[-1] if earlier_returns else None


def _result(
    call: Call, office: Office, return_: facts.Return, cells: list[_Reversal], stranger: str
) -> Result:
    form = office.forms[return_.form]
    name, unit = office.files[return_.sha].name, office.name_of(stranger or form.unit)
    count = sum(cell.outcome is CellOutcome.APPLIED for cell in cells)
    lines = [f"{name}（{unit}）：{'将退回' if call.dry_run else '已退回'}，{count}格恢复为收表前的内容。"]
    if stranger:
        lines.append(
            f"  表号是{office.name_of(form.unit)}的，表上是{unit}：不算{office.name_of(form.unit)}报送，也不要它重报。"
        )
    lines += _staying_lines(cells)
    data = {"unit": stranger or form.unit, "form": form.form, "undone": count, "kept": len(_staying(cells))}
    return Result(tuple(lines), data, Exit.DONE)


def _staying(cells: list[_Reversal]) -> list[_Reversal]:
    return [cell for cell in cells if cell.outcome is CellOutcome.CONFLICT]


def _staying_lines(cells: list[_Reversal]) -> list[str]:
    return [
        f"  {cell.key[0]} “{label_of(cell.key[2])}”后来又改过，保持现在的内容：{cell.now[:40]}"
        for cell in _staying(cells)
    ]
