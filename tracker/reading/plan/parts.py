"""A file taken apart: which blocks are the plan, its annexes, its letter, and which are none of these.

**Tables first, then text.** A table that was pasted as text is a grid like any other (`pastes`).

**Plans that are half text and half table**: items with brackets first, a table of projects behind them.

Both halves are the plan where both name units, neither repeats the other, and no line 附件 stands between them.
Else the half that names more than twice as many units is the plan, or the table.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import field, replace

from tracker import patterns as re
from tracker.grid import Block, Grid, Notation, Paragraph, Source
from tracker.numerals import HAN
from tracker.problems.base import Finding
from tracker.problems.reading import (
    PLACED_BY_CONTENT,
    RUN_TOGETHER,
    SHEET_NOT_READ,
    TABLE_NOT_READ,
    UNANSWERED,
    UNREAD,
)
from tracker.reading.clauses import is_group, read_responsibility
from tracker.reading.deadlines import heading_limit
from tracker.reading.lines import Rank, TextLine, is_heading, leading_number, stream
from tracker.reading.plan.letter import Annex, read_annex_grid, read_annex_lines, year_of
from tracker.reading.prose import (
    complete,
    cut_lines,
    read_prose,
    signs_day,
    unwrap,
    with_labels,
    with_numbers,
    with_records,
    without_counts,
)
from tracker.reading.tables import (
    Caption,
    Draft,
    Paste,
    RunTogether,
    TableHead,
    TableReading,
    Use,
    Uses,
    as_table,
    at_end,
    crosswise_uses,
    filled,
    find_head,
    find_run_together,
    goes_on,
    has_role,
    headless_cells,
    is_note,
    read_crosswise,
    read_table,
    side_by_side,
    split_cells,
    start_of,
    touching_cells,
    uses_of_cards,
    with_tables,
    without_hidden,
)
from tracker.text import tight
from tracker.values import dataclass

_SAMPLE = re.compile(
    r"示例|样表|样例|样张|模板|范例|填表说明|填写说明|填报说明|使用说明|[（(]样[)）]|参考格式|^说明$|字典|下拉|参数|代码表"
)


@dataclass(slots=True)
class Parts:
    """A file taken apart.

    Attributes:
        drafts: The work points.
        front: Texts before the plan: cover, rows above the head, letter.
        back: Short texts after it.
        letter: Paragraphs of the covering letter.
        names: Sheet names of the plan.
        captions: The columns of its tables, and of those that are no part of the plan.
        notes: Notes under the tables, with their place.
        annexes: Lists of units.
        findings: What was left out.
        why: For a refusal: what was missing, as a sentence.
        run_together: Where a table stands whose cells ran together; it is not read.
        unanswered: Items that name nobody: place and text.
        uses: What each cell and line was used for.
        source: The file as it was taken apart: rows that were pasted as text are a grid.
        lines: The lines of the text, joined and cut as they were read.
    """

    drafts: list[Draft] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    letter: list[Paragraph] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    why: str = ""
    run_together: RunTogether | None = None
    unanswered: list[tuple[str, str]] = field(default_factory=list)
    uses: Uses = field(default_factory=Uses)
    source: Source | None = None
    lines: list[TextLine] = field(default_factory=list)


def is_left_out(grid: Grid) -> bool:
    """Whether a sheet is hidden, a sample or an instruction; it is named and not read."""
    if grid.notation is not Notation.SHEET:
        return False
    return grid.is_hidden or bool(_SAMPLE.search(grid.name.strip()))


_FEWEST = 2
_ANNEX = re.compile(rf"\s*附\s*[件表录]\s*[\d{HAN}]{{0,3}}\s*(?:[:：].*)?$")
# So many characters tell one requirement from another.
_ENOUGH = 14


def join_halves(text: Parts, tables: Parts, source: Source) -> Parts | None:
    """Both halves as one plan, in the order of the file; None if they are not two halves of one."""
    drafts_with_units = [draft for draft in text.drafts if draft.statements]
    if len(drafts_with_units) < _FEWEST or not any(draft.statements for draft in tables.drafts):
        return None
    keys = {_key(draft.requirement) for draft in tables.drafts}
    if any(_key(draft.requirement) in keys for draft in text.drafts):
        return None
    draft_places = [(_block_of(draft, source.blocks), draft) for draft in (*text.drafts, *tables.drafts)]
    if any(at is None for at, _ in draft_places):
        return None
    order = [at for at, _ in draft_places if at is not None]
    blocks_between = source.blocks[min(order) : max(order)]
    if any(not isinstance(block, Grid) and _ANNEX.match(block.text) for block in blocks_between):
        return None
    drafts = [
        draft
        for _, draft in sorted(zip(order, (draft for _, draft in draft_places), strict=True), key=_first)
    ]
    text.uses.add(tables.uses)
    return Parts(
        drafts=drafts,
        unanswered=text.unanswered,
        uses=text.uses,
        front=text.front,
        back=text.back + tables.back,
        letter=text.letter,
        lines=text.lines,
        names=tables.names,
        notes=list(dict.fromkeys(text.notes + tables.notes)),
        annexes=list(dict.fromkeys(text.annexes + tables.annexes)),
        findings=text.findings + tables.findings,
    )


def _first(pair: tuple[int, Draft]) -> int:
    return pair[0]


def _key(text: str) -> str:
    return tight(text)[:_ENOUGH]


def _block_of(draft: Draft, blocks: Sequence[Block]) -> int | None:
    """Which block of the file a draft was read from: by its place, a table's by its words."""
    place = draft.place
    key = _key(draft.requirement)
    for at, block in enumerate(blocks):
        if not isinstance(block, Grid) and (place == block.place or place.startswith(f"{block.place}#")):
            return at
        if isinstance(block, Grid) and _holds(block, key):
            return at
    return None


def _holds(grid: Grid, key: str) -> bool:
    return any(
        key in tight(grid.text(row, column)) for row in range(grid.height) for column in range(grid.width)
    )


_ANNEX_LINE = re.compile(
    rf"^附\s*[件表录]\s*(?:\d{{1,2}}|[{HAN}]{{1,2}})?\s*(?:[:：.．、].{{0,40}})?$|^附\s*[件表录]\s*\d{{1,2}}\s*\S{{0,30}}$"
    r"|^附\s*[:：].{0,30}(?:名单|一览表?)$"
)


_NOTHING = "没有找到表头，也没有括注责任单位的条目。"


def read_lines(source: Source) -> Parts:
    """Read the paragraphs, or sheets that hold text in one column, as lines."""
    parts = Parts()
    paragraphs = _paragraphs(source)
    lines = raw_lines = stream(paragraphs)
    if source.kind in ("txt", "md"):
        lines = unwrap(lines)
    lines = cut_lines(with_numbers(with_labels(with_records(without_counts(complete(lines))))))
    body, annex = _without_annexes(lines)
    if annex and not _of_plan(read_prose(body).drafts, body):
        body, annex = lines, []  # a letter alone is no plan: its plan stands under 附件
    parts.lines = lines = body
    parts.run_together = find_run_together(lines) or touching_cells(lines) or headless_cells(raw_lines)
    if parts.run_together is not None:
        return parts
    prose = read_prose(lines)
    drafts = _of_plan(prose.drafts, lines) or prose.drafts
    # A line without two letters (77.5 under the name of a county) requires nothing of anybody.
    parts.drafts = [draft for draft in split_cells(drafts) if _LETTERS.search(draft.requirement)]
    parts.notes = prose.notes
    parts.unanswered = prose.unanswered
    if len(parts.drafts) == 1 and not any(
        statement.header or has_role(statement.text) for statement in parts.drafts[0].statements
    ):
        parts.drafts = []  # one bracket with a name in it makes no plan
    start = drafts[0].place if drafts else ""
    if parts.drafts and prose.unanswered:
        items = "、".join(f"{place}“{start_of(text)}”" for place, text in prose.unanswered)
        parts.findings.append(UNANSWERED.at(prose.unanswered[0][0], count=len(prose.unanswered), items=items))
    if not parts.drafts:
        parts.why = _NOTHING
        return parts
    start_at = next((n for n, line in enumerate(lines) if line.place == start), 0)
    parts.front = [line.text for line in lines[:start_at]]
    letter_end = next(
        (n for n, paragraph in enumerate(paragraphs) if f"{start}#".startswith(f"{paragraph.place}#")),
        len(paragraphs),
    )
    parts.letter = paragraphs[:letter_end]
    last = prose.drafts[-1].place
    end = next((n for n, line in enumerate(lines) if line.place == last), start_at)
    parts.back = [line.text for line in lines[end + 1 :] if len(line.text) <= 80][-6:]
    parts.annexes = read_annex_lines(annex)
    uses = {line.place: Use.GROUP if parts.annexes else Use.UNREAD for line in annex} | prose.uses
    uses |= {draft.place: Use.UNREAD for draft in prose.drafts if not _LETTERS.search(draft.requirement)}
    before = {line.place for line in lines[:start_at]}
    letter_places = {draft.place for draft in prose.drafts} - {draft.place for draft in drafts}
    uses |= {
        place: Use.FRONT
        for place in before
        if place in letter_places or uses.get(place, Use.TEXT) is Use.TEXT
    }
    for line in lines:
        uses |= dict.fromkeys(line.further_places, uses[line.place])
    parts.uses.lines = uses
    return parts


# The line of a letter that says to whom it goes.
_ADDRESSEES = re.compile(r"^\S{2,60}[:：]$")


def _of_plan(drafts: Sequence[Draft], lines: Sequence[TextLine]) -> list[Draft]:
    """The drafts behind the covering letter: what a letter asks without a number is a duty of it and no work point.

    A letter begins with its addressees and ends with a day alone in its line; items with numbers are never its.
    """
    addressees = next((n for n, line in enumerate(lines) if _ADDRESSEES.match(line.text)), len(lines))
    end = next((n for n in range(addressees, len(lines)) if signs_day(lines[n].text)), 0)
    letter = {line.place for line in lines[:end]}
    if any(draft.place in letter and (draft.no or leading_number(draft.requirement)) for draft in drafts):
        return list(drafts)
    return [draft for draft in drafts if draft.place not in letter]


def _paragraphs(source: Source) -> list[Paragraph]:
    """The paragraphs of a source; of one without any, the cells of its sheets."""
    return list(source.paragraphs) or [
        Paragraph(text, grid.place(row, column))
        for grid in source.grids
        if not is_left_out(grid)
        for row in range(grid.height)
        for column, text in grid.cells(row).items()
    ]


def _is_table(source: Source) -> bool:
    """Whether most rows of the sheets have several cells: sentences never stand side by side."""
    rows = [row for grid in source.grids for at in range(grid.height) if (row := grid.cells(at))]
    return 2 * sum(len(row) > 1 for row in rows) > len(rows)


def _with_pastes(source: Source) -> Paste:
    """The lines of a source with a table that was pasted among them as a grid; cells side by side are no lines."""
    if not source.paragraphs and any(
        len(grid.cells(row)) > 1 for grid in source.grids for row in range(grid.height)
    ):
        return Paste(replace(source, blocks=()))
    return with_tables(replace(source, blocks=tuple(_paragraphs(source))))


def _without_annexes(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The lines before the annexes, and the annexes; a letter's list of annexes is none of them."""
    for position, line in enumerate(lines):
        if line.text and _ANNEX_LINE.match(line.text):
            rest = lines[position + 1 :]
            shorts = [other for other in rest if other.text]
            is_list = all(len(other.text) <= 60 for other in shorts) and not _is_plan(shorts)
            if shorts and is_list and position > len(lines) // 3:
                return list(lines[:position]), list(lines[position:])
    return list(lines), []


def _is_plan(lines: Sequence[TextLine]) -> bool:
    """Whether several numbered lines say who answers for what: the second plan of a file, and no list of members."""
    cuts = [at_end(line.text) for line in lines if leading_number(line.text) is not None]
    return sum(bool(cut.statements and _LETTERS.search(cut.text)) for cut in cuts) > 1


# 组织实施以下五个项目：stands between a heading and its table.
_LEADS_OVER = re.compile(r"(?:以下|如下|下表|见表|下列)[^。]{0,30}[:：。]$")
_LETTERS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]", re.DOTALL)
# How far down a cover its date may stand.
_COVER = 40
# 任务3 over a card counts it; it is no heading.
_COUNTS_CARDS = re.compile(rf"(?:任务|事项|项目|督[查办]事项|交办单|督办单|卡片?|之)\s*[\d{HAN}]+[:：]?$")


def find_parts(source: Source) -> Parts:
    """Take a file apart."""
    parts = _from_tables(source) if source.grids else Parts()
    # Those of a table that was pasted as text are no cells of the file.
    captions = parts.captions
    if (
        not parts.drafts
        and (paste := _with_pastes(source)).source.grids
        and (lines := _from_tables(paste.source)).drafts
    ):
        if paste.refusal is not None:
            return Parts(run_together=paste.refusal, source=source)
        parts = _beside(lines, source)
        parts.findings += [PLACED_BY_CONTENT.at(place, text=text) for place, text in paste.doubts]
        parts.findings += [UNREAD.at(place, what="表格后面的这一行", text=text) for place, text in paste.rest]
        # Beside paragraphs no grid is read as lines, else those are not that are left out.
        others = [grid for grid in source.grids if source.paragraphs or is_left_out(grid)]
        source = replace(paste.source, blocks=(*paste.source.blocks, *others))
    if source.paragraphs or not parts.drafts:
        parts = _with_text(parts, source)
    parts.source, parts.captions = source, captions
    return parts


def _with_text(parts: Parts, source: Source) -> Parts:
    """The plan of the tables, of the text beside them, or of both."""
    if parts.drafts and source.paragraphs and source.kind not in ("xlsx", "xls", "ods", "csv"):
        text = read_lines(source)
        if (both := join_halves(text, parts, source)) is not None:
            return both
        # A plan in prose with some small table beside it: whichever names more units is the plan.
        if len(text.drafts) > 2 * len(parts.drafts):
            return _beside(text, source, parts.uses.cells)
        _tell_of_items(parts, text)
        if text.run_together is not None:
            parts.findings.append(RUN_TOGETHER.at(text.run_together.place, text=text.run_together.text))
    if not parts.drafts and not source.paragraphs and _is_table(source):
        parts.why = parts.why or _NOTHING
    # Below a head that leaves nobody to answer the cells of a sheet are no sentences.
    if not parts.drafts and (source.paragraphs or not parts.why):
        text = read_lines(source)
        if text.drafts:
            return _beside(text, source)
        parts.why = parts.why or text.why
        parts.run_together = text.run_together
    return parts


def _tell_of_items(parts: Parts, text: Parts) -> None:
    """Items of the letter whose units stand with them, and which no table repeats, are told; they are no duties of the letter."""
    keys = {_key(draft.requirement) for draft in parts.drafts}
    drafts = [draft for draft in text.drafts if draft.no and _key(draft.requirement) not in keys]
    # What is asked of everybody (各地各部门要…) is a duty of the letter.
    if not any(_names_body(draft) for draft in drafts):
        return
    # Beside one that says who answers the others are items as well.
    items = {
        place.partition("#")[0] for place in (*(draft.place for draft in drafts), *dict(text.unanswered))
    }
    places = {paragraph.place for paragraph in parts.letter if paragraph.place in items}
    parts.letter = [paragraph for paragraph in parts.letter if paragraph.place not in places]
    parts.uses.lines |= dict.fromkeys(places, Use.UNREAD)


def _names_body(draft: Draft) -> bool:
    """Whether anybody answers for an item who is no group."""
    return any(
        not is_group(assignment.unit)
        for statement in draft.statements
        for assignment in read_responsibility(statement.text).assignments
    )


def _beside(text: Parts, source: Source, plans: Container[str] = ()) -> Parts:
    """The text as the plan: of the tables beside it only lists of units count, the others are left out.

    Args:
        text: The text.
        source: The file.
        plans: The names of tables that hold tasks: none of these is a list of units.
    """
    above: list[str] = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            above += [block.text.strip()] if block.text.strip() else []
        elif source.paragraphs or is_left_out(block):
            is_list = not is_left_out(block) and block.name not in plans
            annex = read_annex_grid(block, above[-2:]) if is_list else None
            if annex is not None:
                text.annexes.append(annex)
                text.uses.grids[block.name] = Use.GROUP
            else:
                _leave_out(text, block, source)
            above = []
    return text


def _leave_out(parts: Parts, grid: Grid, source: Source) -> None:
    """A sheet or table that is no part of the plan is named; a web page is laid out in tables."""
    spot = next(filled(grid), None)
    if spot is None:
        return
    parts.uses.grids[grid.name] = Use.LEFT_OUT
    if grid.notation is Notation.SHEET:
        parts.findings.append(SHEET_NOT_READ.at(grid.name, name=grid.name))
    elif source.kind == "html":
        parts.uses.grids[grid.name] = Use.FURNITURE
    else:
        text = start_of(grid.text(*spot))
        parts.findings.append(TABLE_NOT_READ.at(grid.place(*spot), name=grid.name, text=text))


@dataclass(slots=True)
class _Table:
    """A grid that was read, with the paragraphs that stand before it."""

    grid: Grid
    before: list[Paragraph]
    reading: TableReading
    # How many work points say who answers.
    statement_count: int


def _from_tables(source: Source) -> Parts:
    parts = Parts()
    tables, after = _read_grids(source)
    parts.captions = [
        caption for table in tables if table.reading.drafts for caption in table.reading.captions
    ]
    plans = [table for table in tables if table.statement_count]
    if len(plans) > 1:
        plans = _choose(plans)
    if not plans:
        if any(table.reading.head is not None for table in tables):
            parts.why = "找到了表头，但表头下没有写明责任单位的任务。"
        return parts
    first = tables.index(plans[0])
    numbers = {id(table): position for position, table in enumerate(plans, 1)}
    for position, table in enumerate(tables):
        name = table.grid.name
        texts = [text for paragraph in table.before if (text := paragraph.text.strip())]
        if id(table) in numbers:
            drafts = table.reading.drafts
            parts.uses.cells[name] = table.reading.uses
            if table.before:
                parts.uses.lines |= _uses_between(table.before, is_first=position == first)
            if source.kind == "html":
                drafts = _renumber(drafts, table.grid, numbers[id(table)])
            parts.drafts += drafts
            parts.notes += table.reading.notes
            parts.findings += table.reading.findings
            parts.names.append(table.grid.name)
            if position == first:
                parts.front += texts
                parts.letter += table.before
                parts.letter += [Paragraph(text, place) for text, place in table.reading.above]
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
            parts.uses.lines |= _uses_between(table.before, is_first=True)
            if not table.reading.drafts:
                parts.uses.grids[name] = Use.FRONT
                cover = [
                    Paragraph(text, table.grid.place(row, column))
                    for row in range(min(table.grid.height, _COVER))
                    for column, text in table.grid.cells(row).items()
                ]
                parts.front += [paragraph.text for paragraph in cover]
                parts.letter += cover
        annex = None if table.reading.drafts else read_annex_grid(table.grid, texts[-2:])
        if annex is not None:
            parts.annexes.append(annex)
            parts.uses.grids[name] = Use.GROUP
            parts.uses.lines |= dict.fromkeys((paragraph.place for paragraph in table.before[-2:]), Use.GROUP)
        elif name not in parts.uses.grids:
            _leave_out(parts, table.grid, source)
    if after:
        _close(parts, stream(after))
    for grid in source.grids:
        if is_left_out(grid):
            _leave_out(parts, grid, source)
    return parts


def _close(parts: Parts, tail: Sequence[TextLine]) -> None:
    """What stands behind the last table: signature, notes, lists of members."""
    parts.back += [line.text for line in tail if len(line.text) <= 80]
    parts.notes += [(line.text, line.place) for line in tail if is_note(line.text)]
    annexes = read_annex_lines(tail)
    parts.annexes += annexes
    parts.uses.lines |= {line.place: Use.FRONT for line in tail if len(line.text) <= _LONGEST_SIGNATURE}
    parts.uses.lines |= dict.fromkeys((line.place for line in tail if is_note(line.text)), Use.NOTE)
    for annex in annexes:
        places = [line.place for line in tail]
        parts.uses.lines |= dict.fromkeys(places[places.index(annex.place) :], Use.GROUP)


# The place and date that close a document are no longer.
_LONGEST_SIGNATURE = 30


def _uses_between(paragraphs: Sequence[Paragraph], *, is_first: bool) -> dict[str, Use]:
    """What the paragraphs before a table are: the letter before the first one, headings between two."""
    if is_first:
        return dict.fromkeys((paragraph.place for paragraph in paragraphs), Use.FRONT)
    return {
        line.place: Use.NOTE if is_note(line.text) else Use.BANNER
        for line in stream(paragraphs)
        if is_note(line.text) or is_heading(line.text) or _LEADS_OVER.search(line.text)
    }


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
        heading = _heading(before, is_first=not tables) if before else ""
        section = heading or section
        section_before = heading or (section if block.notation is Notation.TABLE else "")
        own_head = find_head(block)
        # Only where its head leaves anything open are other shapes asked for.
        if own_head is not None and own_head.is_plain:
            reading = read_table(block, own_head, section=section_before)
        else:
            is_next = head is not None and (block.notation is Notation.TABLE or goes_on(block, head))
            reading = _read_odd_grid(block, own_head, head if is_next else None, section_before)
        if block.hidden_columns and reading.head is not None and block.notation is Notation.SHEET:
            reading.drafts, reading.findings = without_hidden(block, reading.drafts, reading.findings)
        reading.drafts = split_cells(reading.drafts)
        if reading.drafts:
            head = reading.head
            section = reading.section
        count = sum(bool(draft.statements) for draft in reading.drafts)
        tables.append(_Table(block, before, reading, count))
        before = []
    return tables, before


def _read_odd_grid(
    grid: Grid, head: TableHead | None, head_before: TableHead | None, section: str
) -> TableReading:
    """A grid that may lie on its side, hold cards, or several tables side by side."""
    top, crosswise_drafts = read_crosswise(grid)
    if crosswise_drafts:
        texts = [(text, grid.place(row, at)) for row in range(top) for at, text in grid.cells(row).items()]
        uses = crosswise_uses(grid, top)
        return TableReading(drafts=crosswise_drafts, above=texts, section=section, uses=uses)
    table = as_table(grid)
    first, *others = [
        read_table(part, head if part is grid else find_head(part), head_before=head_before, section=section)
        for part in side_by_side(table)
    ]
    if table is not grid:
        first.uses = uses_of_cards(grid, table, first.uses)
    for other in others:
        first.uses = {**other.uses, **first.uses}
        first.drafts += other.drafts
        first.captions += other.captions
        first.notes += other.notes
        first.findings += other.findings
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
    # 进展情况（1-11月） says of which months it tells.
    has_limit = heading_limit(text) and not re.search("情况|进展|进度", text)
    if (number is not None and number.rank <= Rank.HAN_BRACKET) or has_limit:
        return text
    return "" if is_first or re.search(r"\d{4}年|分工|清单|分解表|[（(]续|续表", text) else text


def _choose(tables: list[_Table]) -> list[_Table]:
    """The tables that are the plan: all of them in a document; of sheets those that do not repeat another."""
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
