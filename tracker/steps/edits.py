"""What the office did in 工作台账.xlsx since it was laid out: cells that it changed, columns that it took out, items that it typed.

What it changed is decided cell by cell against the workbook as it was written, and recorded. Cells of the plan and
computed ones are restored, and that is said.

A workbook of an earlier version lacks columns that a later one knows, and the office may take out what it does not use:

    a column       at the last run   then
    absent         there             said: what it is for, and how to get it; remembered
    absent         absent            nothing
    there          absent            what it says counts, its empty cells do not: nobody cleared them, and the
                                     ledger's text goes in
    sheet absent   either            remembered as it was

What came back is forgotten when the workbook was written: until then its empty cells still say nothing.

**临时交办** is an item that somebody typed into 任务事项, below the table or between its rows.
That is where a clerk writes down what the leader has just said. A row without 事项编号 that says what is required and who answers
becomes an item of the plan that the row above it belongs to, as a change of some items (局部调整) whose source is the cell itself;
its number is written into the row. A row that names nobody stays what it is: a note. A row that was recorded before, by a
run that was killed before it wrote the number, is known by its words.

**What the workbook said when sync last left it**: while its bytes are the same, it need not be opened, nor every row computed.

    .tracker/known-工作台账     the hash of its bytes; what its rows followed from; its sheets, a line for each row

Sync leaves this behind when it had nothing to complain of: then every row of the workbook says what the ledger said, and
every cell that it wrote says what it was to say. Of the rows that the ledger says now,

    the day, the settings or the program are others      all are computed
    a fact came that may concern any row                 all
    an answer came (`Cell`)                              those of its work point
    a form came back (`Return`)                          those of the work points in it
    a file, a message, a slot, a version came            none

Whoever saves the workbook gives it other bytes: then all of it is read. A memory that is spoiled counts for nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from tracker import __version__, facts
from tracker.columns import BY_NAME, Owner, Sheet, on
from tracker.days import day_of
from tracker.files.ledger import Act
from tracker.formats.books import FormCell, LedgerReading, Note, SheetReading, unit_names
from tracker.grid import Source, column_letters
from tracker.model import Assignment, Plan, Responsibility, Role, WorkPoint
from tracker.printable import in_a_cell, is_cut
from tracker.problems.base import Finding
from tracker.problems.returns import COLUMN_GONE, NO_ROUND_YET, NOT_YOURS, TYPED_UNCLEAR
from tracker.reading.clauses import is_group, mode_of
from tracker.reading.deadlines import is_readable, read_deadline
from tracker.reading.plan import PlanReading
from tracker.rules.merge import CellMerge, join
from tracker.rules.office import Office
from tracker.rules.plans import EditionKind, Pairing, Proposal, bare
from tracker.rules.progress import editable, subject_of
from tracker.steps.desk import Desk
from tracker.steps.editions import TYPED_TITLE, name_units, record_edition
from tracker.steps.proof import Original, PlanFile
from tracker.steps.register import path_of, read_book
from tracker.steps.return_lists import cell_question, question_of
from tracker.table import LedgerRows
from tracker.values import dataclass

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


_WHY = {Owner.PLAN: "来自方案，要改请登记方案的调整", Owner.COMPUTED: "由程序计算"}


@dataclass(frozen=True)
class BookEdits:
    """What the office changed.

    Attributes:
        reading: The workbook.
        base: As it was written: the rows that say something else now, or that one side has lost.
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


UnequalKeys = Mapping[Sheet, Sequence[str]]


def unequal_rows(reading: LedgerReading, ours: LedgerRows) -> UnequalKeys:
    """The rows that the workbook does not show as the ledger says them: in other words, or on one side only.

    What both sides say alike needs no join, whatever it was before.
    """
    keys: dict[Sheet, list[str]] = {}
    for sheet, read in reading.sheets.items():
        rows = ours.of(sheet)
        keys[sheet] = [
            key
            for key, texts in read.texts.items()
            if texts is not (row := rows.get(key))
            and texts != row
            and (row is None or any(not shows(text, row.get(name, "")) for name, text in texts.items()))
        ]
        keys[sheet] += [key for key in rows if key not in read.texts]
    return keys


def shows(cell: str, text: str) -> bool:
    """Whether a cell of the workbook shows a text of the ledger, whole or, where it is too long for one, its beginning."""
    return cell == text or (is_cut(cell) and cell == in_a_cell(text))


def join_workbook(
    reading: LedgerReading,
    base: tuple[LedgerRows, facts.SheetWritten | None],
    ours: LedgerRows,
    keys: UnequalKeys,
    sha: str,
    back: Collection[tuple[Sheet, str]] = (),
) -> BookEdits:
    """Join what the workbook says to what the ledger says, row by row of `keys`.

    Args:
        reading: The workbook.
        base: What was written into it: those rows, and the fact; none where it was never written.
        ours: What the ledger says.
        keys: The rows that both do not say alike.
        sha: Hash of the workbook.
        back: Columns that it did not have at the last run: an empty cell there says nothing.
    """
    rows, revision = base
    merges: dict[Sheet, CellMerge] = {}
    left_alone: set[tuple[Sheet, str, str]] = set()
    findings: list[Finding] = []
    for sheet, read in reading.sheets.items():
        names = {column.name for column in editable(sheet)}
        refuse = dict(read.refusals)
        if sheet is Sheet.PROGRESS:
            findings += _without_round(read, keys[sheet], rows.of(sheet), ours, refuse)
        was = _only(rows.of(sheet), keys[sheet], names)
        now = _only(ours.of(sheet), keys[sheet], names)
        theirs = {
            key: {
                name: text
                for name, text in read.texts[key].items()
                if name in names and (text or (sheet, name) not in back) and not is_cut(text)
            }
            for key in keys[sheet]
            if key in read.texts and (key in was or key in now)
        }
        # Rows that were appended by a run that never finished are known to the ledger and not to the base.
        was = {**{key: now[key] for key in theirs if key not in was}, **was}
        merges[sheet] = join(was, now, theirs, refuse=refuse)
        left_alone |= {(sheet, refusal.row, refusal.column) for refusal in merges[sheet].refusals}
        findings += _overwritten(sheet, read, keys[sheet], (rows, ours), back)
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


def _only(
    rows: Mapping[str, Mapping[str, str]], keys: Collection[str], names: set[str]
) -> dict[str, dict[str, str]]:
    return {key: {name: rows[key].get(name, "") for name in names} for key in keys if key in rows}


def _without_round(
    read: SheetReading,
    keys: Collection[str],
    base: Mapping[str, Mapping[str, str]],
    ours: LedgerRows,
    refuse: dict[tuple[str, str], str],
) -> list[Finding]:
    """Answers typed before any round was handed out: there is nothing that they could be recorded for.

    A row that the ledger has no more (取消, 不再承担) stands as it was left.
    """
    findings = []
    for key in keys:
        if key not in ours.progress or ours.periods.get(key, ""):
            continue
        for name, text in read.texts.get(key, {}).items():
            column = BY_NAME[name]
            if column.owner is Owner.UNIT and not shows(text, base.get(key, {}).get(name, "")):
                refuse[key, name] = "还没有报送期次"
                findings.append(NO_ROUND_YET.at(read.place(key, name), label=column.label))
    return findings


def _overwritten(
    sheet: Sheet,
    read: SheetReading,
    keys: Collection[str],
    versions: tuple[LedgerRows, LedgerRows],
    back: Collection[tuple[Sheet, str]],
) -> list[Finding]:
    """Cells of the plan or computed ones that somebody typed over: they are restored, and said."""
    findings = []
    base, ours = (version.of(sheet) for version in versions)
    for column in on(sheet):
        why = _WHY.get(column.owner)
        if why is None or column.name == "id" or column.name not in read.columns:
            continue
        for key in keys:
            if not (key in read.texts and key in base and key in ours):
                continue
            text = read.texts[key][column.name]
            was, now = base[key].get(column.name, ""), ours[key].get(column.name, "")
            if not shows(text, was) and not shows(text, now) and (text or (sheet, column.name) not in back):
                place = read.place(key, column.name)
                findings.append(NOT_YOURS.at(place, label=column.label, why=why, ours=now, theirs=text))
    return findings


def record_edits(act: Act, edits: BookEdits, questions: set[tuple[str, ...]]) -> None:
    """Turn what was decided into facts; `questions` are conflicts that were asked before."""
    for sheet, merge in edits.merges.items():
        read = edits.reading.sheets[sheet]
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
            act.add(cell, file=edits.sha, place=read.place(change.row, change.column))
        for cell_conflict in merge.conflicts:
            row, column = cell_conflict.row, cell_conflict.column
            question = cell_question(cell_conflict, _period(edits, row, column))
            if question_of(question) not in questions:
                questions.add(question_of(question))
                question = replace(question, conflict=act.mint("C"))
                act.add(question, file=edits.sha, place=read.place(row, column))


def _period(edits: BookEdits, row: str, column: str) -> str:
    return edits.periods.get(row, "") if BY_NAME[column].per_round else ""


_ROLES = {"lead": Role.LEAD, "responsible": Role.RESPONSIBLE, "support": Role.SUPPORT}


@dataclass
class TypedRows:
    """What became of the typed rows.

    Attributes:
        reading: The workbook, the rows that became items under their numbers.
        new_points: Number of each new item, and its text.
        findings: Rows that stay notes for now, and names that nobody knows.
    """

    reading: LedgerReading
    new_points: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def take_typed(desk: Desk, office: Office, reading: LedgerReading, source: Source, data: bytes) -> TypedRows:
    """Record the items that were typed into the workbook; one act for all of them."""
    outcome = TypedRows(reading)
    sheet = reading.sheets[Sheet.POINTS]
    original = Original(source.name, source.sha256, data)
    points_by_plan: dict[str, list[tuple[int, WorkPoint]]] = {}
    for row, cells in sheet.rows_by_hand.items():
        plan = _plan_above(office, sheet.rows, row)
        old_id = _recorded_before(office, plan, cells["requirement"].text, sheet.rows)
        if old_id:
            outcome.reading = _with_number(outcome.reading, row, old_id)
            continue
        point, why = _point(desk, office, plan, cells)
        if point is None:
            outcome.findings.append(TYPED_UNCLEAR.at(cells["requirement"].place, why=why))
        else:
            points_by_plan.setdefault(plan, []).append((row, point))
    if not points_by_plan:
        return outcome
    if not desk.call.dry_run:
        desk.folder.keep(data, source.name)
    with desk.act("sync") as act:
        for plan, rows in points_by_plan.items():
            for (row, point), point_id in zip(
                rows, _record(desk, act, plan, [point for _, point in rows], original, outcome), strict=True
            ):
                outcome.new_points[point_id] = point.requirement
                if not desk.call.dry_run:
                    outcome.reading = _with_number(outcome.reading, row, point_id)
    return outcome


def _plan_above(office: Office, rows: Mapping[str, int], row: int) -> str:
    """The plan of the nearest row above that has a number; else the last plan recorded."""
    above = [(at, key) for key, at in rows.items() if at < row and key.rpartition("-")[0] in office.plans]
    return max(above)[1].rpartition("-")[0] if above else list(office.plans)[-1]


def _recorded_before(office: Office, plan: str, text: str, rows: Mapping[str, int]) -> str:
    same = (
        point.id
        for point in office.plans[plan].points
        if not point.is_retired and point.id not in rows and bare(point.requirement) == bare(text)
    )
    return next(same, "")


def _point(
    desk: Desk, office: Office, plan: str, cells: Mapping[str, FormCell]
) -> tuple[WorkPoint | None, str]:
    """The item that a row states, or why it states none."""
    assignments: list[Assignment] = []
    for name, role in _ROLES.items():
        text = cells[name].text.strip() if name in cells else ""
        units, why = unit_names(text, role)
        if why:
            return None, f"“{text}”：{why}"
        assignments += [Assignment(unit, role) for unit in units]
    if not assignments:
        return None, "没有写牵头单位或责任单位"
    year = office.plans[plan].edition.year
    text = cells["deadline"].text.strip() if "deadline" in cells else ""
    deadline = read_deadline(text, year=year, issued_on=desk.today, calendar=desk.calendar)
    day = day_of(cells["due"].text) if "due" in cells else None
    if day is not None:
        deadline = replace(
            read_deadline(day, year=year, calendar=desk.calendar), text=text or day.isoformat()
        )
    elif text and not is_readable(text, year=year, issued_on=desk.today):
        return None, f"完成时限“{text}”算不出日期，请在“到期日”一栏填写日期，如 2026-05-31"
    groups = tuple(assignment.unit for assignment in assignments if is_group(assignment.unit))
    who = Responsibility(tuple(assignments), mode_of(tuple(assignments)), groups)
    texts = {name: cells[name].text.strip() for name in ("section", "task", "no") if name in cells}
    place = cells["requirement"].place
    point = WorkPoint(cells["requirement"].text.strip(), responsibility=who, deadline=deadline, place=place)
    return replace(
        point,
        section=texts.get("section") or TYPED_TITLE,
        task=texts.get("task", ""),
        no=texts.get("no", ""),
    ), ""


def _record(
    desk: Desk, act: Act, plan: str, points: Sequence[WorkPoint], original: Original, outcome: TypedRows
) -> list[str]:
    office = act.office()
    plan_now = office.plans[plan]
    new_plan = Plan(
        title=TYPED_TITLE, issued_on=desk.today, year=plan_now.edition.year, work_points=tuple(points)
    )
    old = plan_now.live_points
    proposal = Proposal(
        EditionKind.AMENDMENT,
        plan,
        (plan,),
        old,
        Pairing((), tuple(range(len(points))), tuple(range(len(old)))),
    )
    meanings = name_units(desk, act, new_plan, read_book(path_of(desk.folder.root)))
    outcome.findings += meanings.findings
    source = Source("xlsx", original.name, (), original.sha)
    file = facts.File(original.sha, original.name, "本办", desk.call.now)
    record_edition(
        act, new_plan, proposal, meanings, PlanFile(PlanReading(new_plan), source, original), [file], {}
    )
    old_ids = {point.id for point in plan_now.points}
    return [point.id for point in act.office().plans[plan].points if point.id not in old_ids]


def _with_number(reading: LedgerReading, row: int, point_id: str) -> LedgerReading:
    """The workbook with a typed row under its number; the number itself is still missing in the file."""
    sheet = reading.sheets[Sheet.POINTS]
    new_sheet = replace(
        sheet,
        rows={**sheet.rows, point_id: row},
        texts={
            **sheet.texts,
            point_id: {name: cell.text for name, cell in sheet.rows_by_hand[row].items()},
        },
        rows_by_hand={at: cells for at, cells in sheet.rows_by_hand.items() if at != row},
    )
    return replace(reading, sheets={**reading.sheets, Sheet.POINTS: new_sheet})


_SHEETS = (Sheet.POINTS, Sheet.PROGRESS)
# Facts that show in no row.
_INVISIBLE = (
    facts.File,
    facts.SheetWritten,
    facts.Message,
    facts.MessageAttempt,
    facts.MessageOutcome,
    facts.Slot,
    facts.SlotAttempt,
    facts.SlotOutcome,
)


@dataclass(frozen=True)
class KnownBook:
    """The workbook as it was left, and up to which fact its rows are those of the ledger; None where of another day."""

    reading: LedgerReading
    seq: int | None

    def concerned(self, desk: Desk, office: Office) -> set[str] | None:
        """The work points whose rows may say something else now; None for all."""
        if self.seq is None:
            return None
        points = {key[0] for key, cell in office.cells.items() if cell.seq > self.seq}
        for kind, entries in desk.ledger.since(self.seq).items():
            if kind is facts.Return:
                forms = [
                    office.forms[entry.fact.form] for entry in entries if entry.fact.form in office.forms
                ]
                points |= {point for form in forms for point in form.rows}
            elif entries and kind not in _INVISIBLE:
                return None
        return points

    def with_rows(self, new: LedgerRows, points: set[str]) -> LedgerRows:
        """The rows of the ledger: `new` are those that `points` show in, every other one says what it said."""
        points = points | set(new.points)
        rows = [
            {
                key: texts
                for key, texts in self.reading.sheets[sheet].texts.items()
                if subject_of(key)[0] not in points
            }
            for sheet in _SHEETS
        ]
        return LedgerRows({**rows[0], **new.points}, {**rows[1], **new.progress}, new.periods)


class StoredTexts(Mapping[str, str]):
    """The texts of a row by column, as the line in which they were kept until somebody asks for them."""

    def __init__(self, names: Sequence[str], line: str) -> None:
        self.names, self.line = names, line
        self._texts: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if not self._texts:
            self._texts = dict(zip(self.names, json.loads(self.line), strict=True))
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __eq__(self, other: object) -> bool:
        return self is other or super().__eq__(other)


def recall(desk: Desk, sha: str) -> KnownBook | None:
    """The workbook with these bytes, where sync left it so."""
    # What is no memory of ours fails in many ways, and means no more than that the workbook is read.
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        first, _, body = _memory(desk).read_bytes().partition(b"\n")
        head = json.loads(first)
        is_ours = (head["version"], head["sha"], head["office"]) == (__version__, sha, desk.folder.office)
        if not is_ours or head["body"] != hashlib.sha256(body).hexdigest():
            return None
        lines = iter(body.decode().split("\n"))
        sheets = {sheet: _sheet(lines) for sheet in _SHEETS}
        seq = head["seq"] if head["basis"] == _basis(desk) else None
        return KnownBook(LedgerReading(desk.folder.office, head["revision"], sheets), seq)
    return None


def remember(desk: Desk, reading: LedgerReading, sha: str, seq: int) -> None:
    """Leave behind what the workbook with these bytes says, which is what the ledger says up to a fact.

    A workbook with a sheet less, or with a text that a cell cannot hold, is read each time.
    """
    if set(reading.sheets) != set(_SHEETS) or not all(map(_is_whole, reading.sheets.values())):
        return
    body = "".join(line for sheet in _SHEETS for line in _lines(reading.sheets[sheet])).encode()
    head = {
        "version": __version__,
        "sha": sha,
        "office": desk.folder.office,
        "revision": reading.revision,
        "basis": _basis(desk),
        "seq": seq,
        "body": hashlib.sha256(body).hexdigest(),
    }
    path = _memory(desk)
    with contextlib.suppress(OSError):
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.write_bytes(b"%b\n%b" % (json.dumps(head).encode(), body))
        new.replace(path)


def _memory(desk: Desk) -> Path:
    return desk.folder.path(".tracker", "known-工作台账")


def _basis(desk: Desk) -> list[str]:
    """What rows follow from beside the facts."""
    return [desk.today.isoformat(), desk.settings.sha]


def _is_whole(read: SheetReading) -> bool:
    count = len(read.columns.keys() - {"key"})
    return read.rows.keys() == read.texts.keys() and all(len(row) == count for row in read.texts.values())


def _lines(read: SheetReading) -> Iterator[str]:
    """A sheet as lines: one for itself, and one for each of its rows: identity, row and texts."""
    names = [name for name in read.columns if name != "key"]
    record = {
        "name": read.name,
        "head": read.head,
        "columns": read.columns,
        "rows": len(read.rows),
        "note": read.note and [read.note.row, read.note.column, read.note.text],
        "below": read.below,
    }
    yield f"{json.dumps(record)}\n"
    for key, row in read.rows.items():
        texts = read.texts[key]
        line = (
            texts.line
            if isinstance(texts, StoredTexts)
            else json.dumps([texts[name] for name in names], ensure_ascii=False)
        )
        yield f"{key}\t{row}\t{line}\n"


def _sheet(lines: Iterator[str]) -> SheetReading:
    record = json.loads(next(lines))
    columns, note = record["columns"], record["note"]
    names = [name for name in columns if name != "key"]
    rows: dict[str, int] = {}
    texts: dict[str, StoredTexts] = {}
    for _ in range(record["rows"]):
        key, row, line = next(lines).split("\t", 2)
        rows[key], texts[key] = int(row), StoredTexts(names, line)
    return SheetReading(
        record["name"],
        record["head"],
        columns,
        rows,
        texts,
        note=Note(*note) if note else None,
        below=record["below"],
    )
