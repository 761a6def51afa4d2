"""按表取数: somebody else's blank table, filled in from the ledger.

    1. the file is read; the tables in it whose heads are known
    2. what each column asks for: by its words, by what was said of the same head before, by what is said now
    3. each table is decided (`steps.filling.table`)
    4. what was said of columns is recorded; then the filled file is written beside the original, which stays as
       it is (or in its place with `in_place`); a filled file that somebody has worked on is left alone

What is not certain is asked, its cells stay empty and coloured, and the command says so with its exit code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from tracker import facts
from tracker.columns import FILLABLE
from tracker.files.guard import open_source
from tracker.files.safe import WriteState
from tracker.files.safe import safe_write
from tracker.grid import Source
from tracker.problems import Exit
from tracker.problems import Severity
from tracker.problems.filling import NotFillable
from tracker.problems.filling import NotInTable
from tracker.problems.filling import WhichPlan
from tracker.problems.filling import WhichSection
from tracker.problems.filling import WhichUnit
from tracker.problems.reporting import NothingToReport
from tracker.problems.reporting import UnknownPlan
from tracker.reading.sheets.blank import Blank
from tracker.reading.sheets.blank import last_words
from tracker.reading.sheets.blank import plain_label
from tracker.reading.sheets.blank import telling_words
from tracker.reading.sheets.wanted import column_requests
from tracker.rules.reporting.rowfinding import find_part
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.reporting.summary import summarise
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.register import register_of
from tracker.steps.filling.files import into_document
from tracker.steps.filling.files import into_workbook
from tracker.steps.filling.heads import find_tables
from tracker.steps.filling.heads import head_fact
from tracker.steps.filling.heads import name_of
from tracker.steps.filling.heads import remembered_heads
from tracker.steps.filling.rows import Resolve
from tracker.steps.filling.rows import Wishes
from tracker.steps.filling.table import FilledTable
from tracker.steps.filling.table import fill_table

_OURS = "按表取数/"
# The hash of no file: what is there must not be replaced.
_OTHER = "0" * 64


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
    """Fill in a blank table."""
    with open_desk(call) as desk:
        source = open_source(path)
        if source.kind not in ("xlsx", "xlsm", "docx"):
            raise NotFillable(file=path.name)
        office = desk.office()
        summary = _summary(desk, office, order.plan)
        column_names = {plain_label(label): name_of(word) for label, word in order.columns.items()}
        old_heads = remembered_heads(desk.ledger)
        tables, new_words, notes = find_tables(source, column_names, old_heads)
        _refuse_stray(order, column_names, tables)
        wishes = Wishes(
            unit=_unit(office, order.unit), section=_section(summary, order.section), rows=order.rows
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
            return _result(filled_tables, [*notes, "没有能填的，没有生成文件。"], path, is_written=True)
        lines, written_to, is_written = _write(desk, path, source, new, new_words, order)
        return _result(filled_tables, [*notes, *lines], written_to, is_written=is_written)


def _refuse_stray(
    order: Order, column_names: Mapping[str, str], tables: list[tuple[Blank, dict[int, str]]]
) -> None:
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


def _summary(desk: Desk, office: Office, plan: str) -> YearSummary:
    if not office.plans:
        raise NothingToReport()
    if plan and plan not in office.plans:
        raise UnknownPlan(plan=plan, plans="、".join(office.plans))
    if not plan and len(office.plans) > 1:
        plan_titles = "、".join(f"{plan_id} {now.edition.title}" for plan_id, now in office.plans.items())
        raise WhichPlan(plans=plan_titles)
    return summarise(
        office,
        plan or next(iter(office.plans)),
        today=desk.today,
        calendar=desk.calendar,
        thresholds=desk.settings.thresholds,
    )


def _resolver(office: Office) -> Resolve:
    register = register_of(office)

    def resolve(name: str) -> tuple[str, tuple[str, ...]]:
        resolution = register.resolve(name)
        return resolution.unit, tuple(office.name_of(candidate) for candidate in resolution.candidates)

    return resolve


def _unit(office: Office, name: str) -> str:
    if not name:
        return ""
    if name in office.units:
        return name
    unit, near = _resolver(office)(name)
    if not unit:
        raise WhichUnit(name=name, near=f"（最接近的有：{'、'.join(near)}）" if near else "")
    return unit


def _section(summary: YearSummary, name: str) -> str:
    if not name:
        return ""
    sections = tuple(dict.fromkeys(item.point.section for item in summary.items if item.point.section))
    match = find_part(name, sections)
    if not match.target:
        raise WhichSection(name=name, sections="、".join(sections) or "（没有板块）")
    return match.target


def _remember(desk: Desk, words: Mapping[str, Mapping[str, str]]) -> None:
    if words:
        with desk.act("fill") as act:
            for head, columns in words.items():
                act.add(head_fact(head, columns, after=desk.ledger.last_seq))


def _write(
    desk: Desk, path: Path, source: Source, new: bytes, words: Mapping[str, Mapping[str, str]], order: Order
) -> tuple[list[str], Path, bool]:
    target = path if order.in_place else path.with_name(f"{path.stem}（已填）{path.suffix}")
    if desk.call.dry_run:
        return [f"将写入 {target.name}"], target, True
    sha = hashlib.sha256(new).hexdigest()
    name = _OURS + desk.folder.relative(target)
    ours = [
        entry.fact.sha for entry in desk.ledger.entries(facts.SheetWritten) if entry.fact.workbook == name
    ]
    with desk.act("fill") as act:
        seq = desk.ledger.last_seq
        for head, columns in words.items():
            act.add(head_fact(head, columns, after=seq))
        if ours[-1:] != [sha]:
            act.add(facts.SheetWritten(name, len(ours) + 1, seq, sha))
    if order.in_place:
        expect: str | None = source.sha256
    else:
        is_edited = target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() not in (*ours, sha)
        expect = _OTHER if is_edited else None
    done = safe_write(target, new, expect=expect, now=desk.call.now)
    if done.state is not WriteState.BESIDE:
        return [f"已写入 {target.name}"], target, True
    why = done.why if order.in_place or expect is None else f"{target.name} 被人修改过，没有覆盖。"
    return [f"{why}新内容在 {done.path.name}。"], done.path, False


def _result(tables: list[FilledTable], lines: list[str], target: Path, *, is_written: bool) -> Result:
    findings = [finding for table in tables for finding in table.findings]
    questions = [finding for finding in findings if finding.severity is Severity.ERROR]
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
        Exit.PARTLY if questions or not is_written else Exit.DONE,
    )
