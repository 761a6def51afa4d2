"""What the office changed in a workbook since it was written, decided cell by cell and recorded."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass

from tracker import facts
from tracker.columns import BY_NAME
from tracker.columns import Owner
from tracker.columns import Sheet
from tracker.columns import on
from tracker.files.ledger import Act
from tracker.problems import Finding
from tracker.problems import syncing
from tracker.reading.sheets.ledger_sheet import LedgerReading
from tracker.reading.sheets.ledger_sheet import SheetReading
from tracker.rules.progress.ledger_rows import LedgerRows
from tracker.rules.progress.ledger_rows import editable
from tracker.rules.progress.ledger_rows import subject_of
from tracker.rules.returns.merge import CellMerge
from tracker.rules.returns.merge import join

_WHY = {Owner.PLAN: "来自方案，要改请登记方案的调整", Owner.COMPUTED: "由程序计算"}


@dataclass(frozen=True)
class BookEdits:
    """What the office changed.

    Attributes:
        reading: The workbook.
        base: As it was written.
        base_seq: Up to which fact.
        merges: What becomes of the cells of each sheet.
        periods: The round that an answer of a row belongs to.
        left_alone: Cells that may not be used and that nobody overwrites.
        findings: Cells that the office may not change, and what it wrote there.
        sha: Hash of the workbook.
    """

    reading: LedgerReading
    base: LedgerRows
    base_seq: int
    merges: Mapping[Sheet, CellMerge]
    periods: Mapping[str, str]
    left_alone: frozenset[tuple[Sheet, str, str]]
    findings: tuple[Finding, ...]
    sha: str

    @property
    def has_news(self) -> bool:
        """Whether anything has to be recorded, or kept because it is going to be overwritten."""
        return bool(self.findings) or any(merge.changes or merge.conflicts for merge in self.merges.values())


def join_workbook(
    reading: LedgerReading,
    base: tuple[LedgerRows, facts.SheetWritten | None],
    ours: LedgerRows,
    sha: str,
    back: Collection[tuple[Sheet, str]] = (),
) -> BookEdits:
    """Join what the workbook says to what the ledger says; `base` is what was written into it.

    `back` are columns that it did not have at the last run: an empty cell there says nothing.
    """
    rows, revision = base
    merges: dict[Sheet, CellMerge] = {}
    left_alone: set[tuple[Sheet, str, str]] = set()
    findings: list[Finding] = []
    for sheet, read in reading.sheets.items():
        names = {column.name for column in editable(sheet)}
        refuse = dict(read.refusals)
        if sheet is Sheet.PROGRESS:
            round_findings = _without_round(read, rows.of(sheet), ours, refuse)
            findings += round_findings
        was, now = _only(rows.of(sheet), names), _only(ours.of(sheet), names)
        theirs = {
            key: {
                name: cell.text
                for name, cell in cells.items()
                if name in names and (cell.text or (sheet, name) not in back)
            }
            for key, cells in read.cells.items()
            if key in was or key in now
        }
        # Rows that were appended by a run that never finished are known to the ledger and not to the base.
        was = {**{key: now[key] for key in theirs if key not in was}, **was}
        merges[sheet] = join(was, now, theirs, refuse=refuse)
        left_alone |= {(sheet, refusal.row, refusal.column) for refusal in merges[sheet].refusals}
        findings += _overwritten(sheet, read, rows, ours, back)
    return BookEdits(
        reading,
        rows,
        revision.base_seq if revision else 0,
        merges,
        ours.periods,
        frozenset(left_alone),
        tuple(findings),
        sha,
    )


def _only(rows: Mapping[str, Mapping[str, str]], names: set[str]) -> dict[str, dict[str, str]]:
    return {key: {name: cells.get(name, "") for name in names} for key, cells in rows.items()}


def _without_round(
    read: SheetReading,
    base: Mapping[str, Mapping[str, str]],
    ours: LedgerRows,
    refuse: dict[tuple[str, str], str],
) -> list[Finding]:
    """Answers typed before any round was handed out: there is nothing that they could be recorded for."""
    findings = []
    for key, cells in read.cells.items():
        if ours.periods.get(key, ""):
            continue
        for name, cell in cells.items():
            column = BY_NAME[name]
            if column.owner is Owner.UNIT and cell.text != base.get(key, {}).get(name, ""):
                refuse[key, name] = "还没有报送期次"
                findings.append(syncing.NO_ROUND_YET.at(cell.place, label=column.label))
    return findings


def _overwritten(
    sheet: Sheet,
    read: SheetReading,
    base: LedgerRows,
    ours: LedgerRows,
    back: Collection[tuple[Sheet, str]],
) -> list[Finding]:
    """Cells of the plan or computed ones that somebody typed over: they are restored, and said."""
    findings = []
    for column in on(sheet):
        why = _WHY.get(column.owner)
        if why is None or column.name == "id":
            continue
        for key, cells in read.cells.items():
            now, was = ours.of(sheet).get(key), base.of(sheet).get(key)
            cell = cells.get(column.name)
            if now is None or was is None or cell is None:
                continue
            texts = (was.get(column.name, ""), now.get(column.name, ""))
            if cell.text not in texts and (cell.text or (sheet, column.name) not in back):
                findings.append(
                    syncing.NOT_YOURS.at(
                        cell.place, label=column.label, why=why, ours=texts[1], theirs=cell.text
                    )
                )
    return findings


def record_edits(act: Act, edits: BookEdits, questions: set[tuple[str, ...]]) -> None:
    """Turn what was decided into facts; `questions` are conflicts that were asked before."""
    for sheet, merge in edits.merges.items():
        cells = edits.reading.sheets[sheet].cells
        for change in merge.changes:
            point_id, unit = subject_of(change.row)
            cell = facts.Cell(
                point_id,
                unit,
                change.column,
                _period(edits, change.row, change.column),
                change.after,
                "office",
                edits.base_seq,
            )
            act.add(cell, file=edits.sha, place=cells[change.row][change.column].place)
        for cell_conflict in merge.conflicts:
            point_id, unit = subject_of(cell_conflict.row)
            period = _period(edits, cell_conflict.row, cell_conflict.column)
            question = (
                point_id,
                unit,
                cell_conflict.column,
                period,
                cell_conflict.ours,
                cell_conflict.theirs,
            )
            if question in questions:
                continue
            questions.add(question)
            conflict = facts.Conflict(
                act.mint("C"),
                point_id,
                unit,
                cell_conflict.column,
                period,
                cell_conflict.base,
                cell_conflict.ours,
                cell_conflict.theirs,
                cell_conflict.why.value,
            )
            act.add(conflict, file=edits.sha, place=cells[cell_conflict.row][cell_conflict.column].place)


def _period(edits: BookEdits, row: str, column: str) -> str:
    return edits.periods.get(row, "") if BY_NAME[column].per_round else ""
