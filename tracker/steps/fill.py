"""按表填报: somebody else's blank table, filled in from the ledger.

    1. the file is read; the tables in it whose heads are known
    2. what each column asks for: by its words, by what was said of the same head before, by what is said now
    3. each table is decided (`steps.blanks`)
    4. what was said of columns is recorded; then the filled file is written beside the original, which stays as
       it is (or in its place with `in_place`); a filled file that somebody has worked on is left alone
    5. what is asked stands in 待核对事项清单 (`lay_down`), and is asked at once where somebody sits there

What is not certain is asked, its cells stay empty and coloured, and the command says so with its exit code:

    question                    answers, at the terminal or in 待核对事项清单            remembered for
    --------------------------  ----------------------------------------------------  -------------------------
    by which plan               the plan's id                                         this file, this time
    what a column asks for      a word of `columns.FILLABLE`, or 留空                    every table with that head
    what a row is about         the id of a work point, a unit, a part, or 留空           this file

用台账现有 in the list is 留空, 用新报送的 the nearest candidate, 另行填写 any other. The answers are facts first; then the
table is filled again where it lies. A question that is not asked any more, since another command answered it, is
withdrawn. The same head is all its labels; what a person said of one is a `Setting` named after it, and of several
statements the latest holds.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from tracker import facts
from tracker.columns import FILLABLE, FILLABLE_BY_LABEL, LEFT_BLANK
from tracker.files.folders import QUESTIONS
from tracker.files.guard import open_source
from tracker.files.ledger import Act, Ledger
from tracker.files.safe import WriteState, safe_write
from tracker.formats.books import height_for, lines_in
from tracker.formats.documents import CellText, RowCopies, change_tables
from tracker.formats.patch import Append, Edit, Fit, Shade, SheetParts, describe, patch
from tracker.forms import (
    FILL_COLUMN,
    FILL_PLAN,
    FILL_QUESTIONS,
    FILL_ROW,
    KEEP_OURS,
    TAKE_THEIRS,
    WRITE_OTHER,
)
from tracker.grid import Grid, Source, Value
from tracker.problems.base import Exit, Finding, Severity
from tracker.problems.report import (
    NOT_A_WORD,
    NestedTable,
    NoEmptyRow,
    NoRoom,
    NoSuchColumn,
    NoTable,
    NotFillable,
    NothingToReport,
    NotInTable,
    TurnedTable,
    UnknownPlan,
    WhichPlan,
    WhichSection,
)
from tracker.reading.blank import (
    Blank,
    column_requests,
    find_blanks,
    is_turned,
    last_words,
    plain_label,
    telling_words,
    turned_at,
)
from tracker.rules.merge import CHOICE_CODES, questions
from tracker.rules.office import Office
from tracker.rules.report import YearSummary, find_part, summarise
from tracker.steps.blanks import (
    FilledTable,
    Resolve,
    Wishes,
    counting,
    document_text,
    fill_table,
    label_of,
)
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk, remembered_words, words_fact
from tracker.steps.register import register_of, unit_by_name
from tracker.steps.return_lists import ask, write_questions
from tracker.steps.versions import Versions, put
from tracker.text import tight
from tracker.values import dataclass


def name_of(word: str) -> str:
    """The name in `columns.FILLABLE` of a word of ours."""
    if word.strip() not in FILLABLE_BY_LABEL:
        raise NoSuchColumn(label=word, labels="、".join(FILLABLE_BY_LABEL))
    return FILLABLE_BY_LABEL[word.strip()]


def _head(blank: Blank) -> str:
    return "|".join(plain_label(blank.labels[column]) for column in sorted(blank.labels))


def find_tables(
    source: Source, column_names: Mapping[str, str], old_heads: Mapping[str, Mapping[str, str]]
) -> tuple[list[tuple[Blank, dict[int, str]]], dict[str, dict[str, str]], list[str]]:
    """The tables with what a person said of their columns; what is to be remembered; what to tell."""
    labels = frozenset(column_names) | {label for columns in old_heads.values() for label in columns}
    tables: list[tuple[Blank, dict[int, str]]] = []
    new: dict[str, dict[str, str]] = {}
    notes: list[str] = []
    blanks = [blank for grid in source.grids if not grid.is_hidden for blank in find_blanks(grid, labels)]
    for blank in blanks:
        if _is_inner(blank.grid):
            continue
        if is_turned(blank):
            raise TurnedTable(place=blank.grid.place(blank.given_rows[0], min(blank.labels)))
        before = old_heads.get(_head(blank), {})
        choices: dict[int, str] = {}
        for column, label in blank.labels.items():
            keys = (plain_label(label), plain_label(last_words(label)))
            name = next((column_names[key] for key in keys if key in column_names), "")
            if name:
                new.setdefault(_head(blank), dict(before))[plain_label(label)] = name
            name = name or before.get(plain_label(label), "")
            if name:
                choices[column] = name
        old_choices = [
            f"{label}→{FILLABLE[name]}" for label, name in before.items() if label not in column_names
        ]
        if old_choices:
            notes.append(f"已按上次对同样表头的说明填写：{'、'.join(old_choices)}。")
        tables.append((blank, choices))
    on_side = [(grid, turned_at(grid)) for grid in source.grids if not grid.is_hidden and not tables]
    for grid, row in on_side:
        if row is not None and not blanks:
            raise TurnedTable(place=grid.place(row, 0))
    if not tables and blanks:
        raise NestedTable(file=source.name, place=blanks[0].grid.name)
    if not tables:
        raise NoTable(file=source.name, labels="、".join(FILLABLE_BY_LABEL))
    return tables, new, notes


def _is_inner(grid: Grid) -> bool:
    """Whether a table stands inside a cell of another one, or in a text box."""
    return grid.name.startswith("P") or grid.name.count("T") > 1


def into_workbook(data: bytes, tables: Sequence[FilledTable]) -> bytes:
    """The workbook with its tables filled in and their gaps shaded.

    Raises:
        NoRoom: An empty table ends too early, and rows below it would have to be moved.
        CannotPatch: A cell cannot be changed without harm.
    """
    sheets = {parts.name: parts for parts in describe(data)}
    edits: list[Edit] = []
    shades: list[Shade] = []
    fits: list[Fit] = []
    appends: list[Append] = []
    for table in tables:
        sheet, grid = sheets[table.blank.grid.name], table.blank.grid
        rows: dict[int, dict[int, Value]] = {}
        for (row, column), value in table.cells.items():
            rows.setdefault(row, {})[column] = value
        is_open = bool(table.new) and _is_open(table, sheet)
        if is_open:
            appends.append(_appended(table, sheet))
            rows |= {n: dict(texts) for n, texts in enumerate(table.new, start=_first(table))}
        elif table.new:
            # A number of theirs that is printed before stays, and so does a formula whose value nobody kept.
            rows |= {
                n: {
                    c: v
                    for c, v in texts.items()
                    if not tight(grid.text(n, c)) and (n, c) not in grid.formulas
                }
                for n, texts in zip(_room(table, sheet), table.new, strict=False)
            }
        for row, cells in rows.items():
            shades += [Shade(sheet.name, row, c) for c, v in cells.items() if v is None]
            if height := _height(sheet, grid, row, cells):
                fits.append(Fit(sheet.name, row, height))
            if not is_open:
                edits += [Edit(sheet.name, row, c, v) for c, v in cells.items() if v is not None]
    return patch(data, edits, appends, fits, shades)


def _first(table: FilledTable) -> int:
    return table.blank.empty[0] if table.blank.empty else table.blank.bottom + 1


def _is_open(table: FilledTable, sheet: SheetParts) -> bool:
    """Whether nothing stands where the rows go or below it."""
    return table.blank.foot is None and sheet.last_row < _first(table)


def _appended(table: FilledTable, sheet: SheetParts) -> Append:
    first, bottom = _first(table), table.blank.bottom
    area = next((name for name, its in sheet.tables if its.top <= bottom <= its.bottom), "")
    rows = tuple(tuple(row.get(column) for column in range(max(row, default=-1) + 1)) for row in table.new)
    heights = tuple(
        _height(sheet, table.blank.grid, first + n, row) or height_for(1) for n, row in enumerate(table.new)
    )
    return Append(sheet.name, rows, like=first, table=area, heights=heights)


def _room(table: FilledTable, sheet: SheetParts) -> list[int]:
    """The empty rows of a table, and those below everything where it has no foot."""
    blank, count = table.blank, len(table.new)
    below = range(sheet.last_row + 1, sheet.last_row + 1 + count) if blank.foot is None else ()
    room = list(dict.fromkeys([*blank.empty, *below]))
    if len(room) < count:
        raise NoRoom(place=blank.grid.place(blank.bottom + 1, 0), room=len(room), count=count)
    return room


def _height(sheet: SheetParts, grid: Grid, row: int, cells: Mapping[int, Value]) -> float:
    """How high a row has to be for its longest text; 0 where one line will do."""
    lines = 1
    for column in range(max(grid.width, max(cells, default=0) + 1)):
        value = cells.get(column)
        text = document_text(value) if value is not None else grid.text(row, column)
        anchor = grid.anchor(row, column)
        wide = [c for c in range(column, grid.width) if grid.anchor(row, c) == anchor] or [column]
        lines = max(lines, lines_in(text, sum(sheet.width(c) for c in wide)))
    return height_for(lines) if lines > 1 else 0.0


def into_document(data: bytes, tables: Sequence[FilledTable]) -> bytes:
    """The document with its tables filled in and their gaps shaded.

    Raises:
        NoEmptyRow: An empty table has no row to copy.
        CannotPatch: A cell cannot be changed without harm.
    """
    cells: list[CellText] = []
    copies: list[RowCopies] = []
    for table in tables:
        name = table.blank.grid.name
        cells += [
            CellText(name, row, column, document_text(value)) for (row, column), value in table.cells.items()
        ]
        if not table.new:
            continue
        free = table.blank.empty
        if not free:
            raise NoEmptyRow(place=table.blank.grid.place(table.blank.bottom, 0))
        for row, texts in zip(free, table.new, strict=False):
            cells += [
                CellText(name, row, column, document_text(value))
                for column, value in texts.items()
                if not tight(table.blank.grid.text(row, column))
            ]
        rest = table.new[len(free) :]
        if rest:
            rows = tuple({column: document_text(value) for column, value in row.items()} for row in rest)
            copies.append(RowCopies(name, free[-1], rows))
    return change_tables(data, cells, copies)


_OURS = "按表取数/"


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for.

    Attributes:
        plan: A plan's id; may be empty where there is one.
        unit: Only this unit's work points, by any name of it.
        section: Only this part of the plan.
        columns: Their head to our word for it, or 留空.
        rows: Place of a row to the id of what it is about, or 留空.
        in_place: Write into the file itself.
    """

    plan: str = ""
    unit: str = ""
    section: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    in_place: bool = False


def fill(call: Call, path: Path, order: Order) -> Result:
    """Fill in a blank table; what is asked stands in the list, and is asked at once where somebody sits there.

    Raises:
        WhichPlan: There are several plans, and nobody here says which.
    """
    with open_desk(call) as desk:
        result = _fill(desk, path, order)
        if call.ask is None or call.dry_run:
            return result
        office = desk.office()
        ids = {conflict.conflict for conflict in questions_about(office, _blank_file(desk, path, order).path)}
        rows = [question for question in questions(office) if question.conflict in ids]
        answers = fill_answers(office, ask(call.ask, rows, ids))
        for finding in answers.findings:
            call.tell(str(finding))
        if not answers.answers:
            return result
        with desk.act("fill") as act:
            record_answers(act, desk.ledger, answers.answers, {})
        result = _fill(desk, path, order)
        write_questions(desk, desk.office())
        return result


def _fill(desk: Desk, path: Path, order: Order) -> Result:
    source = open_source(path)
    if source.kind not in ("xlsx", "xlsm", "docx"):
        raise NotFillable(file=path.name)
    file = replace(_blank_file(desk, path, order), sha=source.sha256)
    office = desk.office()
    summary = _summary(desk, office, file, order.plan)
    column_names = {plain_label(label): name_of(word) for label, word in order.columns.items()}
    old_heads = remembered_heads(desk.ledger)
    tables, new_words, notes = find_tables(source, column_names, old_heads)
    _refuse_stray(order, tables)
    wishes = Wishes(
        unit=unit_by_name(office, order.unit) if order.unit else "",
        section=_section(summary, order.section),
        rows={**remembered_rows(desk.ledger, source.sha256), **order.rows},
    )
    resolve = _resolver(office)
    filled_tables = [
        fill_table(
            blank,
            column_requests({c: telling_words(label) for c, label in blank.labels.items()}, choices),
            summary,
            resolve,
            wishes,
        )
        for blank, choices in tables
    ]
    data = path.read_bytes()
    new = (into_document if source.kind == "docx" else into_workbook)(data, filled_tables)
    if new == data:
        _remember(desk, new_words)
        lines, written_to, is_written = ["没有能填的，没有生成文件。"], path, True
    else:
        lines, written_to, is_written = _write(desk, path, source, new, new_words, order)
    lay_down(desk, file, [question for table in filled_tables for question in _questions(table, summary)])
    return _result(filled_tables, [*notes, *lines], written_to, is_written=is_written)


def _blank_file(desk: Desk, path: Path, order: Order) -> BlankFile:
    """The table as a question remembers it: from the office folder on where it lies there."""
    inside = desk.folder.relative(path)
    where = inside if desk.folder.path(*inside.split("/")).exists() else str(path.absolute())
    words = {"plan": order.plan, "unit": order.unit, "section": order.section}
    words["in_place"] = "是" if order.in_place else ""
    return BlankFile(where, "", words)


def fill_again(desk: Desk, file: BlankFile) -> Result | None:
    """Fill a table that was asked about, as it was asked for then; None where it lies there no more."""
    path = Path(desk.folder.root, file.path)
    words = file.order
    order = Order(words["plan"], words["unit"], words["section"], in_place=bool(words["in_place"]))
    return _fill(desk, path, order) if path.exists() else None


def _questions(table: FilledTable, summary: YearSummary) -> Iterator[FillQuestion]:
    names = set(table.names.values())
    sections = dict.fromkeys(item.point.section for item in summary.items if item.point.section)
    words = () if not counting(names) else summary.unit_names.values() if "unit" in names else sections
    for question in table.questions:
        candidates = tuple(label_of(name, summary) for name in question.candidates)
        wording = str(question.finding).partition("已列入")[0]
        yield FillQuestion(
            FILL_COLUMN if question.label else FILL_ROW,
            question.label or question.place,
            _head(table.blank),
            candidates,
            wording,
            tuple(words),
        )


def _refuse_stray(order: Order, tables: list[tuple[Blank, dict[int, str]]]) -> None:
    labels = [label for blank, _ in tables for label in blank.labels.values()]
    plain_labels = {plain_label(label) for label in labels} | {
        plain_label(last_words(label)) for label in labels
    }
    stray = [label for label in order.columns if plain_label(label) not in plain_labels]
    places = {
        blank.grid.place(row, column)
        for blank, _ in tables
        for row in blank.given_rows
        for column in range(blank.grid.width)
    }
    stray += [place for place in order.rows if place not in places]
    if stray:
        raise NotInTable(what=stray[0], labels="、".join(labels))


def _summary(desk: Desk, office: Office, file: BlankFile, plan: str) -> YearSummary:
    if not office.plans:
        raise NothingToReport()
    if plan and plan not in office.plans:
        raise UnknownPlan(plan=plan, plans="、".join(office.plans))
    if not plan and len(office.plans) > 1:
        plan = _ask_plan(desk, office, file)
    return summarise(office, plan or next(iter(office.plans)), desk.day)


def _ask_plan(desk: Desk, office: Office, file: BlankFile) -> str:
    """The plan that whoever sits there names; else the question is laid down."""
    plan_titles = "、".join(f"{plan_id} {now.edition.title}" for plan_id, now in office.plans.items())
    ask_plan = desk.call.ask
    answer = ask_plan(f"台账里有几个方案：{plan_titles}。按哪一个填？请写编号：").strip() if ask_plan else ""
    if answer.upper() in office.plans:
        return answer.upper()
    wording = f"台账里有几个方案：{plan_titles}。请选“另行填写”，写方案编号。"
    lay_down(desk, file, [FillQuestion(FILL_PLAN, "", "", (), wording)])
    raise WhichPlan(file=Path(file.path).name, plans=plan_titles)


def _resolver(office: Office) -> Resolve:
    register = register_of(office)

    def resolve(name: str) -> tuple[str, tuple[str, ...]]:
        resolution = register.resolve(name)
        return resolution.unit, tuple(office.name_of(candidate) for candidate in resolution.candidates)

    return resolve


def _section(summary: YearSummary, name: str) -> str:
    if not name:
        return ""
    sections = tuple(dict.fromkeys(item.point.section for item in summary.items if item.point.section))
    match = find_part(name, sections)
    if not match.target:
        raise WhichSection(name=name, sections="、".join(sections) or "（没有板块）")
    return match.target


def _head_fact(head: str, columns: Mapping[str, str], *, after: int) -> facts.Setting:
    """What a person said of a head, label by label in our words, as a fact."""
    return words_fact(_HEADS, head, {label: FILLABLE[name] for label, name in columns.items()}, after=after)


def _remember(desk: Desk, words: Mapping[str, Mapping[str, str]]) -> None:
    if words:
        with desk.act("fill") as act:
            for head, columns in words.items():
                act.add(_head_fact(head, columns, after=desk.ledger.last_seq))


def _write(
    desk: Desk, path: Path, source: Source, new: bytes, words: Mapping[str, Mapping[str, str]], order: Order
) -> tuple[list[str], Path, bool]:
    target = path if order.in_place else path.with_name(f"{path.stem}（已填）{path.suffix}")
    if desk.call.dry_run:
        return [f"将写入 {target.name}"], target, True
    name = _OURS + desk.folder.relative(target)
    versions = Versions(desk.ledger)
    with desk.act("fill") as act:
        for head, columns in words.items():
            act.add(_head_fact(head, columns, after=act.row.first_seq - 1))
        versions.record(act, name, new)
    if order.in_place:
        done = safe_write(target, new, expect=source.sha256, now=desk.call.now)
    else:
        done = put(desk, target, new, name=target.name, is_edited=versions.is_edited(name, target))
    if done.state is not WriteState.BESIDE:
        return [f"已写入 {target.name}"], target, True
    return [f"{done.why}新内容在 {done.path.name}。"], done.path, False


def _result(tables: list[FilledTable], lines: list[str], target: Path, *, is_written: bool) -> Result:
    asks = [question.finding for table in tables for question in table.questions]
    findings = [*asks, *(finding for table in tables for finding in table.findings)]
    is_asked = any(finding.severity is Severity.ERROR for finding in findings)
    table_lines = []
    for table in tables:
        rows = len(table.new) or len({row for row, _ in table.cells})
        columns = "，".join(
            f"{label}→{FILLABLE[name] if (name := table.names.get(c, '')) else '？'}"
            for c, label in table.blank.labels.items()
        )
        table_lines.append(
            f"{table.blank.grid.name}：{rows}行，填{table.value_count}格，空着标色{table.gaps}格。"
        )
        table_lines.append(f"  栏目：{columns}")
        if any(name.startswith("count_") for name in table.names.values()):
            table_lines.append(
                "  口径：承担＝牵头＋负责，配合另计；已完成、逾期与落实情况报告相同；“不通报”的不计。"
            )
    return Result(
        (*table_lines, *lines, *(str(finding) for finding in findings)),
        {
            "file": str(target),
            "tables": [
                {
                    "name": table.blank.grid.name,
                    "columns": {
                        label: FILLABLE.get(table.names.get(c, ""), "")
                        for c, label in table.blank.labels.items()
                    },
                    "written": table.value_count,
                    "gaps": table.gaps,
                }
                for table in tables
            ],
            "findings": [
                {"code": e.code, "severity": e.severity.value, "place": e.place, "message": e.message}
                for e in findings
            ],
        },
        Exit.PARTLY if is_asked or not is_written else Exit.DONE,
    )


_HEADS, _ROWS = "取数栏目：", "取数事项："


@dataclass(frozen=True, slots=True)
class FillQuestion:
    """One question about a table.

    Attributes:
        field: One of `forms.FILL_QUESTIONS`.
        key: Label of the column, place of the row; empty for the plan.
        head: All labels of the column's table.
        candidates: What may be meant, nearest first.
        wording: The question in words.
        words: What an answer may be beside 留空; empty where only the ledger tells.
    """

    field: str
    key: str
    head: str
    candidates: tuple[str, ...]
    wording: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlankFile:
    """The table that was asked about: where it lies, its hash, and what was said when calling."""

    path: str
    sha: str
    order: Mapping[str, str]


def remembered_heads(ledger: Ledger) -> dict[str, dict[str, str]]:
    """What was said of each head (all its labels): label to name; the latest statement holds."""
    return {
        head: {label: FILLABLE_BY_LABEL[word] for label, word in words.items() if word in FILLABLE_BY_LABEL}
        for head, words in remembered_words(ledger, _HEADS).items()
    }


def remembered_rows(ledger: Ledger, sha: str) -> dict[str, str]:
    """What was said of the rows of a file: place to what it is about."""
    return remembered_words(ledger, _ROWS).get(sha, {})


def lay_down(desk: Desk, file: BlankFile, questions: Sequence[FillQuestion]) -> None:
    """Bring the list up to date with what is asked about a file now."""
    new = [_conflict(file, question) for question in questions]
    old = questions_about(desk.office(), file.path)
    old_questions = [replace(conflict, conflict="") for conflict in old]
    fresh = [conflict for conflict in new if conflict not in old_questions]
    stale = [conflict for conflict in old if replace(conflict, conflict="") not in new]
    if fresh or stale:
        with desk.act("fill") as act:
            for conflict in stale:
                act.add(facts.Settled(conflict.conflict, "withdrawn", ""))
            for conflict in fresh:
                act.add(replace(conflict, conflict=act.mint("C")))
        if not desk.call.dry_run:
            write_questions(desk, desk.office())


def _conflict(file: BlankFile, question: FillQuestion) -> facts.Conflict:
    memory = {
        "path": file.path,
        "sha": file.sha,
        "order": dict(file.order),
        "key": question.key,
        "head": question.head,
        "words": list(question.words),
    }
    base = json.dumps(memory, ensure_ascii=False, sort_keys=True)
    first = question.candidates[0] if question.candidates else ""
    ours = "" if question.field == FILL_PLAN else LEFT_BLANK
    return facts.Conflict(
        "", Path(file.path).name, "", question.field, "", base, ours, first, question.wording
    )


def questions_about(office: Office, path: str) -> list[facts.Conflict]:
    """The open questions about a table, by where it lies."""
    return [
        conflict
        for conflict in office.conflicts.values()
        if conflict.field in FILL_QUESTIONS and json.loads(conflict.base)["path"] == path
    ]


@dataclass(frozen=True, slots=True)
class FillAnswer:
    """An answer that can be used: the question, how it was chosen, and the word."""

    question: facts.Conflict
    choice: str
    word: str


@dataclass(frozen=True, slots=True)
class FillAnswers:
    """Answers that can be used, and what is said of the others."""

    answers: tuple[FillAnswer, ...]
    findings: tuple[Finding, ...]


def fill_answers(office: Office, decisions: Mapping[str, tuple[str, str]]) -> FillAnswers:
    """What was decided about tables; `decisions` are choice and text by question, those of others among them."""
    answers: list[FillAnswer] = []
    findings: list[Finding] = []
    for conflict, (choice, text) in sorted(decisions.items()):
        question = office.conflicts.get(conflict)
        if question is None or question.field not in FILL_QUESTIONS:
            continue
        words = {KEEP_OURS: question.ours, TAKE_THEIRS: question.theirs, WRITE_OTHER: text}.get(choice, "")
        word = _word_of(office, question, words)
        if word:
            answers.append(FillAnswer(question, CHOICE_CODES[choice], word))
        else:
            allowed = _allowed_words(office, question)
            findings.append(
                NOT_A_WORD.at(QUESTIONS, conflict=conflict, text=words or choice, allowed=allowed)
            )
    return FillAnswers(tuple(answers), tuple(findings))


def _word_of(office: Office, question: facts.Conflict, text: str) -> str:
    """What an answer says, in the words that are kept; empty where it cannot be used."""
    text = text.strip()
    if question.field == FILL_PLAN:
        return text.upper() if text.upper() in office.plans else ""
    if text == LEFT_BLANK:
        return text
    if question.field == FILL_COLUMN:
        return text if text in FILLABLE_BY_LABEL else ""
    words = json.loads(question.base)["words"]
    point_id = text.partition(" ")[0].upper()
    if not words:
        points = (point.id for point in office.live_points)
        return point_id if point_id in points else ""
    return text if text in words or register_of(office).resolve(text).unit else ""


def _allowed_words(office: Office, question: facts.Conflict) -> str:
    """What an answer may be, for whoever is told that theirs cannot be used."""
    if question.field == FILL_PLAN:
        return "、".join(office.plans)
    if question.field == FILL_COLUMN:
        return "、".join(FILLABLE_BY_LABEL)
    words = json.loads(question.base)["words"]
    return "、".join((*(words or ("台账里还在执行的事项编号，如 P1-001",)), LEFT_BLANK))


def record_answers(
    act: Act, ledger: Ledger, answers: Collection[FillAnswer], lists: Mapping[str, str]
) -> list[BlankFile]:
    """Record the answers; give the files that can be filled again with them.

    `lists` has the hash of the list that says so, by question; none where it was said in words.
    """
    files: dict[str, BlankFile] = {}
    for answer in answers:
        memory = json.loads(answer.question.base)
        file = files.get(memory["path"]) or BlankFile(memory["path"], memory["sha"], memory["order"])
        if answer.question.field == FILL_PLAN:
            file = replace(file, order={**file.order, "plan": answer.word})
        files[file.path] = file
        conflict = answer.question.conflict
        source = lists.get(conflict, "")
        decision = facts.Settled(conflict, answer.choice, answer.word)
        act.add(decision, file=source, place=conflict if source else "")
    for about, kind in ((FILL_COLUMN, _HEADS), (FILL_ROW, _ROWS)):
        old = remembered_words(ledger, kind)
        new: dict[str, dict[str, str]] = {}
        for answer in answers:
            if answer.question.field == about:
                memory = json.loads(answer.question.base)
                group = memory["head"] if about == FILL_COLUMN else memory["sha"]
                key = plain_label(memory["key"]) if about == FILL_COLUMN else memory["key"]
                new.setdefault(group, dict(old.get(group, {})))[key] = answer.word
        for group, words in new.items():
            act.add(words_fact(kind, group, words, after=act.row.first_seq - 1))
    return list(files.values())
