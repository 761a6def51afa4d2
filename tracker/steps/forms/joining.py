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
from tracker.reading.forms.form import read_form
from tracker.reading.forms.form_head import plain_text
from tracker.reading.forms.stacking import can_stack
from tracker.reading.forms.stacking import own_block
from tracker.reading.forms.stacking import with_block
from tracker.rules.plans.succession import spoken_for
from tracker.rules.progress.ledger_rows import key_of
from tracker.rules.progress.ledger_rows import subject_of
from tracker.rules.returns.forms import FormSheet
from tracker.rules.returns.merge import CellMerge
from tracker.rules.returns.merge import Key
from tracker.rules.returns.merge import join
from tracker.rules.returns.returned import Doubts
from tracker.rules.returns.returned import find_doubts
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office

# Origins of a cell that a unit's own file gave; `undo` is one that was given back when a later file was returned.
_OF_THE_UNIT = ("unit", "undo")


@dataclass(frozen=True)
class JoinContext:
    """What a join looks up.

    Attributes:
        base: The office as the form was filled in from.
        cells: What each cell says now, what came back in this run included.
        opens: When the form's round opened, which decides who speaks for whom.
        certain_hashes: Hashes of earlier returns of this unit for this round whose order is certain.
        statements: What the unit said last of a cell that says something else now: hash of its return, and the text.
        part: The department whose file this is, where each sends its own; else empty.
        parts: The department of each earlier return.
    """

    base: Office
    cells: Mapping[CellKey, CellNow]
    opens: dt.date
    certain_hashes: frozenset[str]
    statements: Mapping[CellKey, tuple[str, str]] = field(default_factory=dict)
    part: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def last_statement(self, key: CellKey) -> str | None:
        """What the unit said last time, where that is certain."""
        cell, statement = self.cells.get(key), self.statements.get(key)
        if cell is not None and cell.origin in _OF_THE_UNIT:
            return cell.value if self._is_own(cell.file, key[2]) else None
        return statement[1] if statement is not None and self._is_own(statement[0], key[2]) else None

    def _is_own(self, sha: str, name: str) -> bool:
        if sha not in self.certain_hashes:
            return False
        return not self.part or can_stack(BY_NAME[name]) or self.parts.get(sha) == self.part


@dataclass(frozen=True)
class Assessment:
    """What one form amounts to.

    Attributes:
        reading: The form as read.
        merge: What becomes of every cell; rows are named by `key_of`.
        refusal: Why the whole form is refused; empty when it is taken.
        findings: Everything that a person should look at.
    """

    reading: FormReading
    merge: CellMerge
    refusal: str = ""
    findings: tuple[Finding, ...] = field(default=())

    def place(self, row: str, column: str) -> str:
        """Where an answer stands in the file."""
        return self.reading.rows[subject_of(row)[0]][column].place


def judge(
    source: Source,
    form: facts.Form,
    sheet: FormSheet,
    context: JoinContext,
    *,
    only: Collection[tuple[str, int]] | None = None,
) -> Assessment:
    """Read a form and decide every cell of it; `only` are its rows in a table that covers several forms."""
    requirements = {row.point_id: row.cells["requirement"] for row in sheet.rows}
    reading = read_form(source, requirements, only=only, summary_limit=sheet.summary_limit)
    original_cells = {row.point_id: row.cells for row in sheet.rows}
    theirs = {
        point_id: {
            name: _with_others(context, form, point_id, name, answer.text, original_cells.get(point_id, {}))
            for name, answer in cells.items()
        }
        for point_id, cells in reading.rows.items()
    }
    before = {
        row.point_id: {
            **row.cells,
            **_certain_statements(context, form, row.point_id, theirs.get(row.point_id, {})),
        }
        for row in sheet.rows
    }
    doubts = find_doubts(
        requirements={point_id: plain_text(text) for point_id, text in requirements.items()},
        texts={
            point_id: plain_text(cells["requirement"].text)
            for point_id, cells in reading.plan_cells.items()
            if "requirement" in cells
        },
        before=before,
        theirs=theirs,
    )
    findings = [*reading.findings, *_say(doubts, reading, source.name)]
    silent_ids = [
        point_id
        for point_id, cells in theirs.items()
        if not any(text.strip() for text in cells.values())
        and any(_certain_statements(context, form, point_id, cells).values())
    ]
    if silent_ids and not doubts.is_empty:
        some = "、".join(silent_ids[:5]) + ("…" if len(silent_ids) > 5 else "")
        findings.append(returns.LEFT_EMPTY.at(source.name, n=len(silent_ids), some=some))
    whole = _refusal(doubts)
    refuse: dict[tuple[str, str], str] = dict(reading.refusals)
    for point_id, cells in theirs.items():
        for name in cells:
            if whole:
                refuse.setdefault((point_id, name), whole)
            elif name in doubts.columns:
                refuse.setdefault((point_id, name), "这一栏单独排过序")
    merge = _join(form, context, theirs, refuse)
    return Assessment(reading, merge, whole, tuple(findings))


def _with_others(
    context: JoinContext,
    form: facts.Form,
    point_id: str,
    name: str,
    text: str,
    original_cells: Mapping[str, str],
) -> str:
    """What one department says, put beside what the others said; anybody else's text is as it came."""
    if not context.part or not can_stack(BY_NAME[name]):
        return text
    cell = context.cells.get((point_id, form.unit, name, form.round))
    now = cell.value if cell is not None and cell.file in context.certain_hashes else ""
    if text == original_cells.get(name, "") or text == now:
        return now  # as it was handed out, or as all of them say already: no statement of this department
    others = {part for part in context.parts.values() if part != context.part}
    return with_block(now, context.part, own_block(text, context.part, among=others), among=others)


def _certain_statements(
    context: JoinContext, form: facts.Form, point_id: str, names: Mapping[str, str]
) -> dict[str, str]:
    """What the unit said last time, where that is certain."""
    statements = {name: context.last_statement((point_id, form.unit, name, form.round)) for name in names}
    return {name: text for name, text in statements.items() if text is not None}


def _say(doubts: Doubts, reading: FormReading, name: str) -> list[Finding]:
    findings = []
    if doubts.swaps:
        examples = "、".join(doubts.swaps[:3])
        findings.append(returns.ROWS_SCRAMBLED.at(name, examples=examples))
    for column, sorting in doubts.columns.items():
        first = sorting.examples[0] if sorting.examples else None
        place = reading.rows[first.row][column].place if first else name
        examples = "；".join(
            f"“{example.text[:20]}”原在{example.came_from}，现在{example.row}" for example in sorting.examples
        )
        label = BY_NAME[column].label
        findings.append(returns.SORTED_ALONE.at(place, label=label, n=sorting.count, examples=examples))
    if doubts.absent and reading.is_form:
        some = "、".join(doubts.absent[:5]) + ("…" if len(doubts.absent) > 5 else "")
        findings.append(returns.MISSING_ROWS.at(name, n=len(doubts.absent), some=some))
    return findings


def _refusal(doubts: Doubts) -> str:
    if doubts.swaps:
        return "事项编号与具体要求对不上"
    if doubts.is_empty:
        return "一项都没有填"
    return ""


def _join(
    form: facts.Form,
    context: JoinContext,
    theirs: Mapping[str, Mapping[str, str]],
    refuse: Mapping[tuple[str, str], str],
) -> CellMerge:
    base_rows: dict[str, dict[str, str]] = {}
    our_rows: dict[str, dict[str, str]] = {}
    their_rows: dict[str, Mapping[str, str]] = {}
    refusals: dict[Key, str] = {}
    row_ids = set(form.rows)
    for point_id, cells in theirs.items():
        for unit in _units(context, form, point_id) if point_id in row_ids else (form.unit,):
            row = key_of(point_id, unit)
            their_rows[row] = cells
            refusals |= {(row, name): refuse[point_id, name] for name in cells if (point_id, name) in refuse}
            if point_id not in row_ids:
                continue
            base_rows[row], our_rows[row] = {}, {}
            for name in cells:
                key = (point_id, unit, name, form.round)
                now, was = context.cells.get(key), context.base.cells.get(key)
                our_rows[row][name] = now.value if now else ""
                base_rows[row][name] = was.value if was else ""
                last = context.last_statement(key)
                if last is not None:
                    base_rows[row][name] = last
            if not any(text.strip() for text in cells.values()):
                # A row left empty is no statement: somebody filled in a fresh form for what had changed.
                their_rows[row] = base_rows[row]
    return join(base_rows, our_rows, their_rows, refuse=refusals)


def _units(context: JoinContext, form: facts.Form, point_id: str) -> tuple[str, ...]:
    """The units whose cells a form answers: the unit itself, or those that it succeeded."""
    plan = context.base.plans[point_id.rpartition("-")[0]]
    point = next(point for point in plan.points if point.id == point_id)
    return spoken_for(context.base, point, form.unit, context.opens) or (form.unit,)
