"""One form that came back, joined to the ledger: decided from values, turned into facts by the caller.

The base of a cell is what the unit had seen: what it said last time with a form of this round, whether that was
applied, became a question, or was changed by the office since; else what the ledger said at the fact up to which the form was filled in. So a
later return of a unit replaces its own earlier one, only what the office wrote meanwhile can be a conflict, and
where the office chose the unit's text, the unit may go on changing it.

A row that comes back all empty is no statement, even where the unit said something before; an empty cell in a row
that says anything is one.

Where a unit's departments or towns send a file each (分头填报), texts stand under each other, each under the name
of its department (`reading.forms.stacking`); a choice or a day of one department never replaces another's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tracker import facts
from tracker.columns import BY_NAME
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import returns
from tracker.reading.forms.form import FormReading
from tracker.reading.forms.form import plain
from tracker.reading.forms.form import read_form
from tracker.reading.forms.stacking import can_stack
from tracker.reading.forms.stacking import own_block
from tracker.reading.forms.stacking import with_block
from tracker.rules.plans.succession import spoken_for
from tracker.rules.progress.ledger_rows import key_of
from tracker.rules.progress.ledger_rows import subject_of
from tracker.rules.returns.forms import FormSheet
from tracker.rules.returns.merge import Joined
from tracker.rules.returns.merge import Key
from tracker.rules.returns.merge import join
from tracker.rules.returns.returned import Doubts
from tracker.rules.returns.returned import doubt
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office

# Origins of a cell that a unit's own file gave; `undo` is one that was given back when a later file was returned.
_OF_THE_UNIT = ("unit", "undo")


@dataclass(frozen=True)
class Known:
    """What a join looks up.

    Attributes:
        base: The office as the form was filled in from.
        cells: What each cell says now, what came back in this run included.
        opens: When the form's round opened, which decides who speaks for whom.
        own: Hashes of earlier returns of this unit for this round whose order is certain.
        said: What the unit said last of a cell that says something else now: hash of its return, and the text.
        part: The department whose file this is, where each sends its own; else empty.
        parts: The department of each earlier return.
    """

    base: Office
    cells: Mapping[CellKey, CellNow]
    opens: dt.date
    own: frozenset[str]
    said: Mapping[CellKey, tuple[str, str]] = field(default_factory=dict)
    part: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def last_said(self, key: CellKey) -> str | None:
        """What the unit said last time, where that is certain."""
        cell, said = self.cells.get(key), self.said.get(key)
        if cell is not None and cell.origin in _OF_THE_UNIT:
            return cell.value if self._is_own(cell.file, key[2]) else None
        return said[1] if said is not None and self._is_own(said[0], key[2]) else None

    def _is_own(self, sha: str, name: str) -> bool:
        if sha not in self.own:
            return False
        return not self.part or can_stack(BY_NAME[name]) or self.parts.get(sha) == self.part


@dataclass(frozen=True)
class Judged:
    """What one form amounts to.

    Attributes:
        reading: The form as read.
        joined: What becomes of every cell; rows are named by `key_of`.
        refused: Why the whole form is refused; empty when it is taken.
        findings: Everything that a person should look at.
    """

    reading: FormReading
    joined: Joined
    refused: str = ""
    findings: tuple[Finding, ...] = field(default=())

    def place(self, row: str, column: str) -> str:
        """Where an answer stands in the file."""
        return self.reading.rows[subject_of(row)[0]][column].place


def judge(
    source: Source,
    form: facts.Form,
    sheet: FormSheet,
    known: Known,
    *,
    only: Collection[tuple[str, int]] | None = None,
) -> Judged:
    """Read a form and decide every cell of it; `only` are its rows in a table that covers several forms."""
    requirements = {row.wp: row.cells["requirement"] for row in sheet.rows}
    reading = read_form(source, requirements, only=only, summary_limit=sheet.summary_limit)
    filled = {row.wp: row.cells for row in sheet.rows}
    theirs = {
        wp: {
            name: _stacked(known, form, wp, name, said.text, filled.get(wp, {}))
            for name, said in cells.items()
        }
        for wp, cells in reading.rows.items()
    }
    before = {
        row.wp: {**row.cells, **_own(known, form, row.wp, theirs.get(row.wp, {}))} for row in sheet.rows
    }
    doubts = doubt(
        expected={wp: plain(text) for wp, text in requirements.items()},
        given={
            wp: plain(cells["requirement"].text)
            for wp, cells in reading.given.items()
            if "requirement" in cells
        },
        before=before,
        theirs=theirs,
    )
    findings = [*reading.findings, *_say(doubts, reading, source.name)]
    kept = [
        wp
        for wp, cells in theirs.items()
        if not any(text.strip() for text in cells.values()) and any(_own(known, form, wp, cells).values())
    ]
    if kept and not doubts.is_empty:
        some = "、".join(kept[:5]) + ("…" if len(kept) > 5 else "")
        findings.append(returns.LEFT_EMPTY.at(source.name, n=len(kept), some=some))
    whole = _refusal(doubts)
    refuse: dict[tuple[str, str], str] = dict(reading.refused)
    for wp, cells in theirs.items():
        for name in cells:
            if whole:
                refuse.setdefault((wp, name), whole)
            elif name in doubts.sorted:
                refuse.setdefault((wp, name), "这一栏单独排过序")
    joined = _join(form, known, theirs, refuse)
    return Judged(reading, joined, whole, tuple(findings))


def _stacked(known: Known, form: facts.Form, wp: str, name: str, text: str, filled: Mapping[str, str]) -> str:
    """What one department says, put beside what the others said; anybody else's text is as it came."""
    if not known.part or not can_stack(BY_NAME[name]):
        return text
    cell = known.cells.get((wp, form.unit, name, form.round))
    now = cell.value if cell is not None and cell.file in known.own else ""
    if text == filled.get(name, "") or text == now:
        return now  # as it was handed out, or as all of them say already: no statement of this department
    others = {each for each in known.parts.values() if each != known.part}
    return with_block(now, known.part, own_block(text, known.part, among=others), among=others)


def _own(known: Known, form: facts.Form, wp: str, names: Mapping[str, str]) -> dict[str, str]:
    """What the unit said last time, where that is certain."""
    said = {name: known.last_said((wp, form.unit, name, form.round)) for name in names}
    return {name: text for name, text in said.items() if text is not None}


def _say(doubts: Doubts, reading: FormReading, name: str) -> list[Finding]:
    said = []
    if doubts.scrambled:
        examples = "、".join(doubts.scrambled[:3])
        said.append(returns.ROWS_SCRAMBLED.at(name, examples=examples))
    for column, found in doubts.sorted.items():
        first = found.examples[0] if found.examples else None
        place = reading.rows[first.row][column].place if first else name
        examples = "；".join(
            f"“{each.text[:20]}”原在{each.came_from}，现在{each.row}" for each in found.examples
        )
        label = BY_NAME[column].label
        said.append(returns.SORTED_ALONE.at(place, label=label, n=found.moved, examples=examples))
    if doubts.missing and reading.is_form:
        some = "、".join(doubts.missing[:5]) + ("…" if len(doubts.missing) > 5 else "")
        said.append(returns.MISSING_ROWS.at(name, n=len(doubts.missing), some=some))
    return said


def _refusal(doubts: Doubts) -> str:
    if doubts.scrambled:
        return "事项编号与具体要求对不上"
    if doubts.is_empty:
        return "一项都没有填"
    return ""


def _join(
    form: facts.Form,
    known: Known,
    theirs: Mapping[str, Mapping[str, str]],
    refuse: Mapping[tuple[str, str], str],
) -> Joined:
    base_rows: dict[str, dict[str, str]] = {}
    our_rows: dict[str, dict[str, str]] = {}
    their_rows: dict[str, Mapping[str, str]] = {}
    keyed: dict[Key, str] = {}
    asked = set(form.rows)
    for wp, cells in theirs.items():
        for unit in _units(known, form, wp) if wp in asked else (form.unit,):
            row = key_of(wp, unit)
            their_rows[row] = cells
            keyed |= {(row, name): refuse[wp, name] for name in cells if (wp, name) in refuse}
            if wp not in asked:
                continue
            base_rows[row], our_rows[row] = {}, {}
            for name in cells:
                key = (wp, unit, name, form.round)
                now, was = known.cells.get(key), known.base.cells.get(key)
                our_rows[row][name] = now.value if now else ""
                base_rows[row][name] = was.value if was else ""
                last = known.last_said(key)
                if last is not None:
                    base_rows[row][name] = last
            if not any(text.strip() for text in cells.values()):
                # A row left empty is no statement: somebody filled in a fresh form for what had changed.
                their_rows[row] = base_rows[row]
    return join(base_rows, our_rows, their_rows, refuse=keyed)


def _units(known: Known, form: facts.Form, wp: str) -> tuple[str, ...]:
    """The units whose cells a form answers: the unit itself, or those that it succeeded."""
    plan = known.base.plans[wp.rpartition("-")[0]]
    point = next(point for point in plan.points if point.id == wp)
    return spoken_for(known.base, point, form.unit, known.opens) or (form.unit,)
