"""Which blocks of a file are the plan, its annexes, its letter, and which are none of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from tracker.grid import Grid
from tracker.grid import Notation
from tracker.grid import Paragraph
from tracker.grid import Source
from tracker.problems import reading as problems
from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading_number
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.groups import read_annex_grid
from tracker.reading.plans.groups import read_annex_lines
from tracker.reading.plans.meta import year_of
from tracker.reading.plans.mixed import join_halves
from tracker.reading.plans.parts import Parts
from tracker.reading.plans.parts import is_left_out
from tracker.reading.running.lines import stream
from tracker.reading.running.pasted import rows_in
from tracker.reading.running.textparts import read_lines
from tracker.reading.tabular.beside import goes_on
from tracker.reading.tabular.beside import side_by_side
from tracker.reading.tabular.cards import as_table
from tracker.reading.tabular.crosswise import read_crosswise
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.rows import is_note
from tracker.reading.tabular.split import split_cells
from tracker.reading.tabular.tablehead import TableHead
from tracker.reading.tabular.tablerows import TableReading
from tracker.reading.tabular.tables import read_table

# 组织实施以下五个项目：stands between a heading and its table.
_LEADS_OVER = re.compile(r"(?:以下|如下|下表|见表|下列)[^。]{0,30}[:：。]$")
# How far down a cover its date may stand.
_COVER = 40
# 任务3 over a card counts it; it is no heading.
_COUNTS_CARDS = re.compile(
    r"(?:任务|事项|项目|督[查办]事项|交办单|督办单|卡片?|之)\s*[\d一二三四五六七八九十]+[:：]?$"
)


def find_parts(source: Source) -> Parts:
    """Take a file apart."""
    if not source.grids and (pasted_rows := rows_in(source.paragraphs)) is not None:
        grid, before, after = pasted_rows
        source = replace(source, blocks=(*before, grid, *after))
    parts = _from_tables(source)
    if parts.drafts and source.paragraphs and source.kind not in ("xlsx", "xls", "ods", "csv"):
        text = read_lines(source)
        if (both := join_halves(text, parts, source)) is not None:
            return both
        # A plan in prose with some small table beside it: whichever names more units is the plan.
        if len(text.drafts) > 2 * len(parts.drafts):
            text.annexes += parts.annexes
            return text
    if not parts.drafts:
        text = read_lines(source)
        if text.drafts:
            text.annexes += parts.annexes
            return text
        parts.why = parts.why or text.why
    return parts


@dataclass(slots=True)
class _Table:
    """A grid that was read, with the paragraphs that stand before it."""

    grid: Grid
    before: list[Paragraph]
    reading: TableReading

    @property
    def statement_count(self) -> int:
        """How many work points say who answers."""
        return sum(bool(draft.statements) for draft in self.reading.drafts)


def _from_tables(source: Source) -> Parts:
    parts = Parts()
    tables, after = _read_grids(source)
    plans = _choose([table for table in tables if table.statement_count])
    if not plans:
        if any(table.reading.head is not None for table in tables):
            parts.why = "找到了表头，但表头下没有写明责任单位的任务。"
        return parts
    first = tables.index(plans[0])
    numbers = {id(table): position for position, table in enumerate(plans, 1)}
    for position, table in enumerate(tables):
        texts = [text for paragraph in table.before if (text := paragraph.text.strip())]
        if id(table) in numbers:
            drafts = table.reading.drafts
            if source.kind == "html":
                drafts = _renumber(drafts, table.grid, numbers[id(table)])
            parts.drafts += drafts
            parts.notes += table.reading.notes
            parts.findings += table.reading.findings
            parts.names.append(table.grid.name)
            if position == first:
                parts.front += texts
                parts.letter += table.before
            parts.front += [text for text, _ in table.reading.above]
            parts.notes += [
                (text, paragraph.place)
                for paragraph in table.before
                if is_note(text := paragraph.text.strip())
            ]
            parts.notes += [(text, place) for text, place in table.reading.above if is_note(text.strip())]
            continue
        if position < first:
            parts.front += texts
            parts.letter += table.before
            if not table.reading.drafts:
                parts.front += [
                    text
                    for row in range(min(table.grid.height, _COVER))
                    for text in cells(table.grid, row).values()
                ]
        annex = None if table.reading.drafts else read_annex_grid(table.grid, texts[-2:])
        if annex is not None:
            parts.annexes.append(annex)
        elif table.grid.notation is Notation.SHEET and table.grid.height and position > first:
            parts.findings.append(problems.SHEET_NOT_READ.at(table.grid.name, name=table.grid.name))
    tail = stream(after)
    parts.back += [line.text for line in tail if len(line.text) <= 80]
    parts.notes += [(line.text, line.place) for line in tail if is_note(line.text)]
    parts.annexes += read_annex_lines(tail)
    for grid in source.grids:
        if is_left_out(grid):
            parts.findings.append(problems.SHEET_NOT_READ.at(grid.name, name=grid.name))
    return parts


def _read_grids(source: Source) -> tuple[list[_Table], list[Paragraph]]:
    """Every grid with the paragraphs before it; and the paragraphs after the last one."""
    tables: list[_Table] = []
    before: list[Paragraph] = []
    head: TableHead | None = None
    section = ""
    for block in source.blocks:
        if isinstance(block, Paragraph):
            before.append(block)
            continue
        if is_left_out(block):
            continue
        heading = _heading(before, is_first=not tables)
        section = heading or section
        reading = _read_grid(
            block,
            head if head and (block.notation is Notation.TABLE or goes_on(block, head)) else None,
            heading or (section if block.notation is Notation.TABLE else ""),
        )
        if reading.drafts:
            head = reading.head
            section = reading.section
        tables.append(_Table(block, before, reading))
        before = []
    return tables, before


def _read_grid(grid: Grid, head: TableHead | None, section: str) -> TableReading:
    top, crosswise_drafts = read_crosswise(grid)
    if crosswise_drafts:
        texts = [(text, grid.place(row, at)) for row in range(top) for at, text in cells(grid, row).items()]
        return TableReading(drafts=crosswise_drafts, above=texts, section=section)
    first, *others = [
        read_table(part, head_before=head, section=section) for part in side_by_side(as_table(grid))
    ]
    for other in others:
        first.drafts += other.drafts
        first.notes += other.notes
        first.findings += other.findings
    first.drafts = split_cells(first.drafts)
    return first


def _heading(before: Sequence[Paragraph], *, is_first: bool) -> str:
    """The heading right before a table; before the first one only a numbered one is."""
    lines = stream(before)
    if len(lines) > 1 and _LEADS_OVER.search(lines[-1].text):
        lines = lines[:-1]
    if not lines:
        return ""
    text = lines[-1].text
    number = leading_number(text)
    if (
        not is_heading(text)
        or is_note(text)
        or re.match(r"附\s*[件表录]|表\s*\d|单位[:：]|.{0,6}[:：]$", text)
        or _COUNTS_CARDS.match(text)
    ):
        return ""
    if number is not None and number.rank <= Rank.HAN_BRACKET:
        return text
    return "" if is_first or re.search(r"\d{4}年|分工|清单|分解表|[（(]续|续表", text) else text


def _choose(tables: list[_Table]) -> list[_Table]:
    """The tables that are the plan: all of them in a document; of sheets those that do not repeat another."""
    if not tables:
        return []
    main = max(tables, key=lambda table: table.statement_count)
    if main.grid.notation is not Notation.SHEET:
        return tables
    # Sheets of several years: the latest is the plan.
    years = {id(table): year_of(table.grid.name) for table in tables}
    latest = max((year for year in years.values() if year), default=None)
    tables = [table for table in tables if years[id(table)] in (None, latest)]
    main = max(tables, key=lambda table: table.statement_count)
    plan_tables: list[_Table] = []
    requirements: set[str] = set()
    for table in sorted(tables, key=lambda table: -table.statement_count):
        texts = {draft.requirement for draft in table.reading.drafts}
        if table is main or len(texts & requirements) * 2 < len(texts):
            plan_tables.append(table)
            requirements |= texts
    return [table for table in tables if table in plan_tables]


def _renumber(drafts: list[Draft], grid: Grid, number: int) -> list[Draft]:
    """Of a web page only the tables of the plan count: T1 is the first of them."""
    old, new = f"{grid.name}R", f"T{number}R"

    def new_place(place: str) -> str:
        return new + place.removeprefix(old) if place.startswith(old) else place

    return [
        replace(
            draft,
            place=new_place(draft.place),
            deadline_place=new_place(draft.deadline_place),
            statements=tuple(
                replace(statement, place=new_place(statement.place)) for statement in draft.statements
            ),
        )
        for draft in drafts
    ]
