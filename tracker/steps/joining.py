"""Forms that came back, joined to the ledger one after the other: decided from values, turned into facts by the caller.

The base of a cell is what the unit had seen: what it said last time with a form of this round, whether that was
applied, became a question, or was changed by the office since; else what the ledger said at the fact up to which the
form was filled in. So a later return of a unit replaces its own earlier one, only what the office wrote meanwhile can
be a conflict, and where the office chose the unit's text, the unit may go on changing it.

A row that comes back all empty is no statement, even where the unit said something before; an empty cell in a row
that says anything is one.

Where a unit's departments or towns send a file each (分头填报), texts stand under each other, each under the name
of its department (`formats.books.answers`); a choice or a day of one department never replaces another's.

A `Run` is one run of taking back: what was taken earlier in it is known to the files after (`RunMemory`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, field, replace
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath

from tracker import facts
from tracker.columns import BY_NAME, ColumnKind, Owner
from tracker.facts import Entry
from tracker.files.folders import CATALOGUE
from tracker.files.inbox import Arrival
from tracker.formats.books import (
    ANY_DAY,
    Catalogue,
    DayLimits,
    FormLogbooks,
    FormReading,
    can_stack,
    own_block,
    read_form,
    read_form_logbooks,
    tokens_in,
    with_block,
)
from tracker.forms import OLD_FORM, TAKE_THEIRS, VERSION, token_of
from tracker.grid import Source
from tracker.printable import is_long
from tracker.problems.base import Finding
from tracker.problems.returns import (
    EMPTY_RETURN,
    ITEM_DROPPED,
    ITEM_MOVED,
    LEFT_EMPTY,
    LONG_TEXT,
    MISSING_ROWS,
    OLD_TEXTS,
    ROWS_SCRAMBLED,
    SORTED_ALONE,
    WHICH_IS_LATER,
)
from tracker.rules.merge import CellMerge, Doubts, Key, find_doubts, is_later, join
from tracker.rules.office import CellKey, CellNow, Office
from tracker.rules.papers import ReturnPaper, papers_of
from tracker.rules.plans import heirs
from tracker.rules.progress import heirs_on, key_of, subject_of
from tracker.rules.register import Register
from tracker.rules.rounds import handed_out
from tracker.steps.desk import Desk, Past
from tracker.steps.incoming import IncomingFile, Recognition, known_files, recognise
from tracker.steps.register import register_of
from tracker.steps.return_lists import question_of
from tracker.text import compact
from tracker.values import dataclass

# Origins of a cell that a unit's own file gave; `undo` is one that was given back when a later file was returned.
_OF_THE_UNIT = ("unit", "undo")


@dataclass(frozen=True)
class JoinContext:
    """What a join looks up.

    Attributes:
        base: The office as the form was filled in from.
        cells: What each cell says now, what came back in this run included.
        opens: When the form's round opened, which decides who speaks for whom.
        predecessors: The units for which the form's one answers since, itself left out.
        certain_hashes: Hashes of earlier returns of this unit for this round whose order is certain.
        statements: What the unit said last of a cell that says something else now: hash of its return, and the text.
        part: The department whose file this is, where each sends its own; else empty.
        parts: The department of each earlier return.
    """

    base: Office
    cells: Mapping[CellKey, CellNow]
    opens: dt.date
    predecessors: frozenset[str]
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
        stacks = name in BY_NAME and can_stack(BY_NAME[name])
        return not self.part or stacks or self.parts.get(sha) == self.part


@dataclass(frozen=True)
class Assessment:
    """What one form amounts to.

    Attributes:
        reading: The form as read.
        merge: What becomes of every cell; rows are named by `key_of`.
        refusal: Why the whole form is refused; empty when it is taken.
        findings: Everything that a person should look at.
        questions: Those about cells that are no answer and most likely mean one that the ledger does not have.
    """

    reading: FormReading
    merge: CellMerge
    refusal: str = ""
    findings: tuple[Finding, ...] = field(default=())
    questions: tuple[facts.Conflict, ...] = ()

    @property
    def balance(self) -> dict[str, int]:
        """The counts of the join: what is asked about waits, what belongs to no answer of the form was not taken."""
        balance, waits, loss = self.merge.balance, len(self.questions), self.reading.loss
        return {
            **balance,
            "offered": balance["offered"] + loss,
            "conflicts": balance["conflicts"] + waits,
            "refused": balance["refused"] - waits + loss,
        }

    def place(self, row: str, column: str) -> str:
        """Where an answer stands in the file."""
        return self.reading.rows[subject_of(row)[0]][column].place

    def changes_in(self, round_: str) -> Iterator[tuple[CellKey, str, str]]:
        """The cells that change: which of the ledger's, where it stands in the file, and its text."""
        for row, changes in groupby(self.merge.changes, itemgetter(0)):
            subject, unit, _, period = cell_key(row, "", round_)
            answers = self.reading.rows[subject]
            for _, column, _, after in changes:
                yield (subject, unit, column, period), answers[column].place, after


def judge(
    source: Source,
    form: facts.Form,
    originals: Mapping[str, Mapping[str, str]],
    context: JoinContext,
    *,
    only: Collection[tuple[str, int]] | None = None,
    summary_limit: int = 0,
    days: DayLimits = ANY_DAY,
    entries: FormEntries | None = None,
) -> Assessment:
    """Read a form and decide every cell of it.

    Args:
        source: The file.
        form: The form that it is.
        originals: What was handed out (`rules.merge.handed_out`).
        context: What the join looks up.
        only: Its rows in a table that covers several forms.
        summary_limit: How long a 摘要 may be, where the office set that.
        days: Those between which a unit can have finished.
        entries: The sheets of logbooks in the file.
    """
    requirements = {point_id: cells["requirement"] for point_id, cells in originals.items()}
    reading = read_form(source, requirements, only=only, summary_limit=summary_limit, days=days)
    theirs: dict[str, dict[str, str]] = {}
    statements: dict[str, dict[str, str]] = {}
    for point_id, answers in reading.rows.items():
        theirs[point_id] = {name: answer.text for name, answer in answers.items()}
        statements[point_id] = _certain_statements(context, form.unit, form.round, point_id, answers)
        if context.part:
            before = originals.get(point_id, {})
            for name, text in theirs[point_id].items():
                theirs[point_id][name] = _with_others(context, form, point_id, name, text, before)
    doubts = find_doubts(
        requirements={point_id: compact(text) for point_id, text in requirements.items()},
        texts={point_id: compact(text) for point_id, text in reading.requirements.items()},
        before={point_id: {**cells, **statements.get(point_id, {})} for point_id, cells in originals.items()},
        theirs=theirs,
    )
    findings = [*reading.findings, *_say(doubts, reading, source.name)]
    findings += [
        LONG_TEXT.at(answer.place, n=len(answer.text))
        for answers in reading.rows.values()
        for answer in answers.values()
        if is_long(answer.text)
    ]
    silent_ids = [
        point_id
        for point_id, cells in theirs.items()
        if any(statements[point_id].values()) and not any(text.strip() for text in cells.values())
    ]
    if silent_ids and not doubts.is_empty:
        some = "、".join(silent_ids[:5]) + ("…" if len(silent_ids) > 5 else "")
        findings.append(LEFT_EMPTY.at(source.name, n=len(silent_ids), some=some))
    whole = "" if doubts.is_empty and entries and entries.reading.rows else _refusal(doubts)
    refuse: dict[tuple[str, str], str] = dict(reading.refusals)
    if whole or doubts.columns:
        for point_id, cells in theirs.items():
            for name in cells:
                if whole:
                    refuse.setdefault((point_id, name), whole)
                elif name in doubts.columns:
                    refuse.setdefault((point_id, name), "这一栏单独排过序")
    merge = _join(form, context, theirs, statements, refuse)
    questions = () if whole else tuple(_questions_instead(form, context, reading, merge))
    if entries:
        merge += _join_entries(form, context, entries, whole)
        rows, loss = {**reading.rows, **entries.reading.rows}, reading.loss + entries.reading.loss
        reading = replace(reading, rows=rows, loss=loss)
        findings += entries.reading.findings
    return Assessment(reading, merge, whole, tuple(findings), questions)


def _questions_instead(
    form: facts.Form, context: JoinContext, reading: FormReading, merge: CellMerge
) -> Iterator[facts.Conflict]:
    """A question where an answer was not taken, and a person may agree to what it most likely means."""
    for refusal in merge.refusals:
        point_id, unit = subject_of(refusal.row)
        key = (point_id, unit, refusal.column, form.round)
        candidate, ours = reading.candidates.get((point_id, refusal.column), ""), _text(context.cells, key)
        if candidate and candidate != ours and point_id in form.rows:
            why = f"单位填的是“{refusal.theirs}”，{refusal.why}；是这个意思的选“{TAKE_THEIRS}”"
            yield facts.Conflict("", *key, ours, ours, candidate, why)


@dataclass(frozen=True)
class FormEntries:
    """What a file says in the sheets of logbooks, and the numbers of the rows that stood there beforehand."""

    reading: FormLogbooks
    numbers: frozenset[str]


def _join_entries(form: facts.Form, context: JoinContext, entries: FormEntries, whole: str) -> CellMerge:
    """Decide every cell of a logbook's row: one that stood there, or a new one of this form."""
    base_rows: dict[str, dict[str, str]] = {}
    our_rows: dict[str, dict[str, str]] = {}
    their_rows = {
        number: {label: cell.text for label, cell in cells.items()}
        for number, cells in entries.reading.rows.items()
    }
    for number, cells in their_rows.items():
        if number not in entries.numbers and f"-{form.form}-" not in number:
            continue  # of another unit or form: refused
        last = _certain_statements(context, "", "", number, cells)
        keys = {label: (number, "", label, "") for label in cells}
        our_rows[number] = {label: _text(context.cells, key) for label, key in keys.items()}
        base_rows[number] = {label: _text(context.base.cells, key) for label, key in keys.items()} | last
    refuse = {(number, label): whole for number, cells in their_rows.items() for label in cells if whole}
    return join(base_rows, our_rows, their_rows, refuse=refuse)


def _text(cells: Mapping[CellKey, CellNow], key: CellKey) -> str:
    return cells[key].value if key in cells else ""


def cell_key(row: str, column: str, round_: str) -> CellKey:
    """The cell of a row: of a unit's answer in a round, or of a logbook's row, which belongs to no round."""
    subject, unit = subject_of(row)
    return subject, unit, column, round_ if unit else ""


def _with_others(
    context: JoinContext,
    form: facts.Form,
    point_id: str,
    name: str,
    text: str,
    original_cells: Mapping[str, str],
) -> str:
    """What one department says, put beside what the others said."""
    if not can_stack(BY_NAME[name]):
        return text
    cell = context.cells.get((point_id, form.unit, name, form.round))
    now = cell.value if cell is not None and cell.file in context.certain_hashes else ""
    if text == original_cells.get(name, "") or text == now:
        return now  # as it was handed out, or as all of them say already: no statement of this department
    others = {part for part in context.parts.values() if part != context.part}
    return with_block(now, context.part, own_block(text, context.part, among=others), among=others)


def _certain_statements(
    context: JoinContext, unit: str, round_: str, point_id: str, names: Iterable[str]
) -> dict[str, str]:
    """What the unit said last time, where that is certain."""
    if not context.certain_hashes:
        return {}
    texts = {name: context.last_statement((point_id, unit, name, round_)) for name in names}
    return {name: text for name, text in texts.items() if text is not None}


def _say(doubts: Doubts, reading: FormReading, name: str) -> list[Finding]:
    findings = []
    if doubts.swaps:
        examples = "、".join(doubts.swaps[:3])
        findings.append(ROWS_SCRAMBLED.at(name, examples=examples))
    for column, sorting in doubts.columns.items():
        first = sorting.examples[0] if sorting.examples else None
        place = reading.rows[first.row][column].place if first else name
        examples = "；".join(
            f"“{example.text[:20]}”原在{example.came_from}，现在{example.row}" for example in sorting.examples
        )
        label = BY_NAME[column].label
        findings.append(SORTED_ALONE.at(place, label=label, n=sorting.count, examples=examples))
    if doubts.absent and reading.is_form:
        some = "、".join(doubts.absent[:5]) + ("…" if len(doubts.absent) > 5 else "")
        findings.append(MISSING_ROWS.at(name, n=len(doubts.absent), some=some))
    return findings


def _refusal(doubts: Doubts) -> str:
    if doubts.swaps:
        return "事项编号与具体要求对不上"
    if doubts.is_empty:
        return "全部未填写"
    return ""


def _join(
    form: facts.Form,
    context: JoinContext,
    theirs: Mapping[str, Mapping[str, str]],
    statements: Mapping[str, Mapping[str, str]],
    refuse: Mapping[tuple[str, str], str],
) -> CellMerge:
    base_rows: dict[str, dict[str, str]] = {}
    our_rows: dict[str, dict[str, str]] = {}
    their_rows: dict[str, Mapping[str, str]] = {}
    refusals: dict[Key, str] = {}
    row_ids, cells_now, cells_before = set(form.rows), context.cells, context.base.cells
    for point_id, cells in theirs.items():
        is_asked = point_id in row_ids
        is_silent = not any(text.strip() for text in cells.values())
        for unit in _units(context, form, point_id) if is_asked else (form.unit,):
            row = key_of(point_id, unit)
            their_rows[row] = cells
            if refuse:
                refusals |= {
                    (row, name): refuse[point_id, name] for name in cells if (point_id, name) in refuse
                }
            if not is_asked:
                continue
            last = (
                statements[point_id]
                if unit == form.unit
                else _certain_statements(context, unit, form.round, point_id, cells)
            )
            base_row, our_row = {}, {}
            for name in cells:
                key = (point_id, unit, name, form.round)
                now = cells_now.get(key)
                our_row[name] = now.value if now is not None else ""
                if name in last:
                    base_row[name] = last[name]
                else:
                    was = cells_before.get(key)
                    base_row[name] = was.value if was is not None else ""
            base_rows[row], our_rows[row] = base_row, our_row
            if is_silent:
                # A row left empty is no statement: somebody filled in a fresh form for what had changed.
                their_rows[row] = base_row
    return join(base_rows, our_rows, their_rows, refuse=refusals)


def _units(context: JoinContext, form: facts.Form, point_id: str) -> tuple[str, ...]:
    """The units whose cells a form answers: the unit itself, or those that it succeeded."""
    if not context.predecessors:
        return (form.unit,)
    answering = {form.unit, *context.predecessors}
    units = tuple(unit for unit in context.base.point(point_id).units() if unit in answering)
    return units or (form.unit,)


Word = tuple[str, str, str]

# The rows of logbooks that one department may add to a form before the numbers of the next one begin.
_PART_STEP = 1000
# Outcomes of a return of which nothing was joined.
_NOT_JOINED = ("refused", "waiting")


@dataclass(frozen=True)
class EarlierReturn:
    """A return of a form that was joined before: its file, when it was saved, whose part it is, and whether in this run."""

    name: str
    saved_at: dt.datetime | None
    part: str = ""
    same_run: bool = False


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file, or of the part of it that is one form.

    Attributes:
        name: The file, as it lies in the folder.
        refusal: Why nothing of it was taken; empty otherwise.
        findings: What a person should look at.
        balance: How many of its cells came to what; empty where it is none of ours.
    """

    name: str
    refusal: str = ""
    findings: tuple[Finding, ...] = ()
    balance: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FormOutcome(FileOutcome):
    """What became of a file that is a form.

    Attributes:
        form: The form that it is.
        assessment: What it amounts to.
        question: What is asked about the whole file before it is joined; one of `FILE_QUESTIONS`, or empty.
        waits: An earlier return from which it differs, where nobody knows which is the later one: its hash.
        part: The department whose file it is, where each sends its own.
        saved_at: When the file was saved.
        is_shared: Whether the file covers other forms, too.
    """

    _: KW_ONLY
    form: facts.Form
    assessment: Assessment
    question: str = ""
    waits: str = ""
    part: str = ""
    saved_at: dt.datetime | None = None
    is_shared: bool = False


@dataclass(frozen=True)
class RunMemory:
    """What the next file of a run has to know of the ledger and of the files before it; it grows with every file.

    Attributes:
        hashes: Of files that are known.
        cells: What the cells say.
        statements: What a unit said last of a cell that says something else now: hash of its return, and the text.
        questions: Those that were ever asked (`question_of`).
        file_names: Names of the files that are facts, by hash.
        event_counts: How many events of a kind there are about a unit or a work point.
        paper_keys: What papers there are (`paper_key`).
        open_questions: By round and work point.
        earlier_returns: Returns joined, by form and hash.
        returns: The returns of each form as facts, to say later that they were superseded.
    """

    hashes: set[str]
    cells: dict[CellKey, CellNow]
    statements: dict[CellKey, tuple[str, str]]
    questions: set[tuple[str, ...]]
    file_names: dict[str, str]
    event_counts: Counter[tuple[str, str]]
    paper_keys: set[PaperKey]
    open_questions: dict[tuple[str, str], list[facts.Conflict]] = field(default_factory=dict)
    earlier_returns: dict[str, dict[str, EarlierReturn]] = field(default_factory=dict)
    returns: dict[str, list[facts.Return]] = field(default_factory=dict)

    def conflicts_of(self, round_: str, point_ids: Iterable[str]) -> list[facts.Conflict]:
        """The open questions of a round about some work points."""
        return [
            conflict
            for point_id in point_ids
            for period in (round_, "")
            for conflict in self.open_questions.get((period, point_id), ())
        ]

    def withdraw(self, conflict: facts.Conflict) -> None:
        """A question is open no more."""
        self.open_questions[conflict.period, conflict.subject].remove(conflict)


@dataclass
class RunAccount:
    """What is told of a run.

    Attributes:
        outcomes: Of files that are forms, or none of ours.
        papers: Files that are no forms, and what is to be said of them.
        notes: What to tell of other files.
        repeats: How many files were known.
    """

    outcomes: list[FileOutcome] = field(default_factory=list)
    papers: list[tuple[ReturnPaper, tuple[Finding, ...]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    repeats: int = 0


@dataclass(frozen=True)
class Run:
    """One run of taking back: what it begins with, what it remembers from file to file, and what it tells.

    Attributes:
        desk: The desk.
        office: The office before the run.
        past: The office before that.
        register: Which body a name means.
        forms: By the token in them.
        old_rounds: Whether forms of rounds that were taken already are taken, too.
        divided_units: Units whose departments send a file each.
        question_files: The file that each question came from: its hash.
        words: What somebody wrote beside files, by name: unit, round, what it is; empty for what was left open.
        catalogue: The logbooks that the office has; none where it keeps none.
        memory: What it remembers.
        account: What it tells.
    """

    desk: Desk
    office: Office
    past: Past
    register: Register
    forms: dict[str, facts.Form]
    old_rounds: bool
    divided_units: frozenset[str]
    question_files: dict[str, str]
    words: Mapping[str, Word]
    catalogue: Catalogue | None
    memory: RunMemory
    account: RunAccount = field(default_factory=RunAccount)

    def office_now(self) -> Office:
        """The office with the cells that were taken in this run."""
        return replace(self.office, cells=self.memory.cells)


PaperKey = tuple[str, str, str, str]


def paper_key(paper: ReturnPaper) -> PaperKey:
    """What makes two papers one: unit, round, work point, and the file or, where there is none, the name."""
    return paper.unit, paper.round, paper.point_id, paper.file or paper.name


def start(
    desk: Desk, office: Office, *, old_rounds: bool = False, words: Mapping[str, Word] | None = None
) -> Run:
    """Begin a run with what the ledger knows; `words` are those that somebody wrote beside files."""
    register = register_of(office)
    questions = desk.ledger.entries(facts.Conflict)
    names = desk.settings.text("divided").replace("，", "、").replace(",", "、").split("、")
    return Run(
        desk=desk,
        office=office,
        past=Past(desk.ledger),
        register=register,
        forms={token_of(desk.folder.office, form.form): form for form in office.forms.values()},
        old_rounds=old_rounds,
        divided_units=frozenset(register.resolve(name.strip()).unit for name in names if name.strip()) - {""},
        question_files={entry.fact.conflict: entry.file for entry in questions},
        words=words or {},
        catalogue=_catalogue(desk, office),
        memory=_memory(desk, office, questions),
    )


def _memory(desk: Desk, office: Office, questions: Sequence[Entry[facts.Conflict]]) -> RunMemory:
    memory = RunMemory(
        hashes=known_files(office, questions),
        cells=dict(office.cells),
        statements=_last_statements(desk, office),
        questions={question_of(entry.fact) for entry in questions},
        file_names={sha: file.name for sha, file in office.files.items()},
        event_counts=Counter((event.subject, event.kind) for event in office.events),
        paper_keys={paper_key(paper) for paper in papers_of(office)},
    )
    for conflict in office.conflicts.values():
        memory.open_questions.setdefault((conflict.period, conflict.subject), []).append(conflict)
    for _, return_ in office.returns:
        if return_.outcome not in _NOT_JOINED:
            balance = json.loads(return_.balance)
            saved_at = dt.datetime.fromisoformat(balance["saved"]) if balance.get("saved") else None
            memory.earlier_returns.setdefault(return_.form, {})[return_.sha] = EarlierReturn(
                office.files[return_.sha].name, saved_at, balance.get("part", "")
            )
            memory.returns.setdefault(return_.form, []).append(return_)
    return memory


def _catalogue(desk: Desk, office: Office) -> Catalogue | None:
    if not desk.folder.path("台账", CATALOGUE).exists():
        return None
    # Imported here: an office without logbooks loads none.
    from tracker.steps.logbooks import open_catalogue

    return open_catalogue(desk, office)


def _entries(run: Run, source: Source, form: facts.Form, base: Office, after: int) -> FormEntries:
    """What a form says in its sheets of logbooks."""
    from tracker.steps.logbooks import known_entries

    assert run.catalogue is not None
    logbooks = run.catalogue.logbooks
    reading = read_form_logbooks(source, logbooks, run.catalogue.rules, form.form, after=after)
    rows = (row for book in logbooks for row in known_entries(base, run.register, book, form))
    return FormEntries(reading, frozenset(row.number for row in rows if reading.rows))


def unit_label(run: Run, number: str) -> str:
    """The head of the column that says whose a row of a logbook is; empty for none."""
    logbooks = run.catalogue.logbooks if run.catalogue else ()
    column = next((book.column(ColumnKind.UNIT) for book in logbooks if book.is_row(number)), None)
    return column.label if column else ""


def _last_statements(desk: Desk, office: Office) -> dict[CellKey, tuple[str, str]]:
    keys = {
        key for key, cell in office.cells.items() if cell.origin in ("office", "settle") and _is_answer(key)
    }
    if not keys:
        return {}
    latest: dict[CellKey, tuple[int, str, str]] = {}
    entries: list[tuple[int, str, facts.Cell | facts.Conflict, str]] = [
        (entry.seq, entry.file, entry.fact, entry.fact.value)
        for entry in desk.ledger.entries(facts.Cell)
        if entry.fact.origin in ("unit", "undo")
    ]
    entries += [(e.seq, e.file, e.fact, e.fact.theirs) for e in desk.ledger.entries(facts.Conflict)]
    for seq, file, fact, text in entries:
        key = (fact.subject, fact.unit, fact.field, fact.period)
        if key in keys and seq > latest.get(key, (0, "", ""))[0]:
            latest[key] = (seq, file, text)
    return {key: (file, text) for key, (_, file, text) in latest.items()}


def _is_answer(key: CellKey) -> bool:
    """Whether a unit may state a cell: an answer, or what stands in a row of a logbook."""
    if key[2] in BY_NAME:
        return bool(key[3]) and BY_NAME[key[2]].owner is Owner.UNIT
    return not (key[1] or key[3])


def judge_file(run: Run, incoming: IncomingFile) -> tuple[FileOutcome, ...]:
    """Judge one file: every form that it is, or why it is none; nothing for a file that is known."""
    arrival, sha = incoming.arrival, incoming.sha
    if incoming.problem is not None:
        return (FileOutcome(arrival.name, str(incoming.problem)),)
    if sha in run.memory.hashes or incoming.source is None:
        run.account.repeats += 1
        return ()
    outcomes: list[FileOutcome] = []
    for recognition in _recognise(run, incoming.source, arrival):
        if recognition.form is None:
            outcomes.append(FileOutcome(arrival.name, str(recognition.finding), recognition.findings))
        else:
            run.memory.hashes.add(sha)
            outcomes.append(_judge(run, arrival, sha, recognition))
    return tuple(outcomes)


def judge_version(run: Run, incoming: IncomingFile, form: str) -> tuple[FileOutcome, ...]:
    """Judge a return whose order a person has decided: it replaces the earlier ones of its form."""
    assert incoming.source is not None
    recognitions = [
        recognition
        for recognition in _recognise(run, incoming.source, incoming.arrival)
        if recognition.form is not None and recognition.form.form == form
    ]
    # Another round may have opened since the question was asked.
    return tuple(
        _judge(run, incoming.arrival, incoming.sha, recognition, is_decided=True)
        for recognition in recognitions or [Recognition(incoming.source, run.office.forms[form])]
    )


def _recognise(run: Run, source: Source, arrival: Arrival) -> Sequence[Recognition]:
    return recognise(
        source,
        run.forms,
        run.office,
        today=run.desk.today,
        register=run.register,
        old_rounds=run.old_rounds,
        sender=arrival.sender,
        word=run.words.get(arrival.name, ("",))[0],
    )


def _judge(
    run: Run, arrival: Arrival, sha: str, recognition: Recognition, *, is_decided: bool = False
) -> FileOutcome:
    form = recognition.form
    assert form is not None
    round_ = run.office.rounds[form.round]
    base = run.past.office(form.base_seq)
    part = PurePosixPath(arrival.name).stem if form.unit in run.divided_units else ""
    earlier = run.memory.earlier_returns.get(form.form, {})
    unsure = {
        other
        for other, previous in earlier.items()
        if not is_decided
        and previous.part == part
        and not is_later(arrival.when, previous.saved_at, same_run=previous.same_run)
    }
    context = JoinContext(
        base,
        run.memory.cells,
        round_.opens,
        frozenset(unit for unit, heir in heirs_on(base, round_.opens).items() if heir == form.unit),
        frozenset(earlier) - unsure,
        run.memory.statements,
        part,
        {other: previous.part for other, previous in earlier.items()},
    )
    source, entries = recognition.source, None
    if run.catalogue and recognition.only is None:
        parts = [*dict.fromkeys(previous.part for previous in earlier.values() if previous.part)]
        after = _PART_STEP * (parts.index(part) if part in parts else len(parts)) if part else 0
        entries = _entries(run, source, form, base, after)
        source = entries.reading.source
    assessment = judge(
        source,
        form,
        handed_out(base, form, round_),
        context,
        only=recognition.only,
        summary_limit=run.desk.settings.number("summary_limit"),
        days=DayLimits(_first_day(run.office, round_), run.desk.today),
        entries=entries,
    )
    findings = [
        finding
        for finding in (recognition.finding, *recognition.findings, *assessment.findings)
        if finding is not None
    ]
    findings += _move_findings(run.office, form, assessment)
    outcome = FormOutcome(
        arrival.name,
        "",
        tuple(findings),
        assessment.balance,
        form=form,
        assessment=assessment,
        part=part,
        saved_at=arrival.when,
        is_shared=recognition.is_part,
    )
    if recognition.question and not is_decided:
        return _ask_first(run, outcome, recognition)
    if assessment.refusal:
        if not assessment.merge.count or assessment.refusal == "全部未填写":
            unit = run.office.name_of(form.unit)
            findings.append(EMPTY_RETURN.at(arrival.name, unit=unit))
        return replace(outcome, refusal=str(findings[-1]), findings=tuple(findings))
    other = _conflicting_return(run, form, assessment, unsure)
    if other:
        finding = WHICH_IS_LATER.at(arrival.name, other=earlier[other].name)
        return replace(outcome, question=VERSION, waits=other, findings=(*outcome.findings, finding))
    run.memory.earlier_returns.setdefault(form.form, {})[sha] = EarlierReturn(
        arrival.name, arrival.when, part, same_run=True
    )
    _remember(run, form, assessment, sha)
    return outcome


def _first_day(office: Office, round_: facts.Round) -> dt.date | None:
    """The first day of a plan's year; None where it is not known."""
    year = office.plans[round_.plan].edition.year if round_.plan in office.plans else 0
    return dt.date(year, 1, 1) if year else None


def _move_findings(office: Office, form: facts.Form, assessment: Assessment) -> list[Finding]:
    """Items of the form that a later edition dropped, split or put together: taken all the same, and said."""
    findings: list[Finding] = []
    for point_id in form.rows:
        if point_id not in assessment.reading.rows or not office.point(point_id).is_retired:
            continue
        place = next((answer.place for answer in assessment.reading.rows[point_id].values()), "")
        into = "、".join(heirs(office, point_id))
        kind = ITEM_MOVED.at(place, wp=point_id, heirs=into) if into else ITEM_DROPPED.at(place, wp=point_id)
        findings.append(kind)
    return findings


def _ask_first(run: Run, outcome: FormOutcome, recognition: Recognition) -> FileOutcome:
    """A file about which a person is asked before it is joined; where it says nothing new it is refused unasked."""
    form, assessment = outcome.form, outcome.assessment
    old = recognition.question == OLD_FORM
    n = 0 if assessment.refusal else len(assessment.merge.changes) + len(assessment.merge.conflicts)
    if old or not n:
        outcome = replace(outcome, refusal=str(recognition.finding))
    if not n:
        return FileOutcome(outcome.name, outcome.refusal, outcome.findings, outcome.balance)
    if old:
        old_form = next(run.forms[token] for token in tokens_in(recognition.source))
        names = {"now": run.office.rounds[form.round].name, "round": run.office.rounds[old_form.round].name}
        offer = OLD_TEXTS.at(outcome.name, n=n, **names)
        outcome = replace(outcome, findings=(*outcome.findings, offer))
    return replace(outcome, question=recognition.question)


def _conflicting_return(run: Run, form: facts.Form, assessment: Assessment, unsure: set[str]) -> str:
    """The return of uncertain order whose words this one contradicts; empty where there is none."""
    for conflict in assessment.merge.conflicts:
        cell = run.memory.cells.get(cell_key(conflict.row, conflict.column, form.round))
        if cell is not None and cell.file in unsure:
            return cell.file
    return ""


def _remember(run: Run, form: facts.Form, assessment: Assessment, sha: str) -> None:
    """What the next file of this run has to know of this one."""
    for key, place, text in assessment.changes_in(form.round):
        run.memory.cells[key] = CellNow(text, "unit", 0, 0, sha, place)
    for conflict in assessment.merge.conflicts:
        run.memory.statements[cell_key(conflict.row, conflict.column, form.round)] = (sha, conflict.theirs)
