r"""The state of each cell, settled before anything is read: what stands there, and what only seems to.

    state                                what is read                  finding
    text with characters nobody sees     the text without them         (none)
    #N/A typed or calculated             an error, never a name        error-value
    formula without a stored value       nothing                       no-result, once for a run of rows
    picture in the cell (DISPIMG)        nothing                       picture
    struck through                       what is not struck            struck, once for each row
    comment                              nothing                       comment
    deleted by a tracked change          nothing                       deleted
    longer or deeper than any plan       its beginning                 too-long

A hidden column of units beside a visible one names nobody (`without_hidden`).

    >>> from tracker.grid import from_table
    >>> grid = replace(from_table("| 1 | 清淤 | 市甲\u200b局 |"), struck={(0, 1): ""})
    >>> source, notes = settle(Source("xlsx", "方案.xlsx", (grid,)))
    >>> source.grids[0].rows, notes[0].finding.code
    ((('1', None, '市甲局'),), 'struck')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.grid import INVISIBLE, Block, ErrorValue, Grid, Notation, Source, Value, as_text, column_letters
from tracker.problems.base import Finding
from tracker.problems.reading import (
    COMMENT,
    DELETED,
    ERROR_VALUE,
    HIDDEN_COLUMN,
    HIDDEN_UNITS,
    NO_RESULT,
    PICTURE,
    STRUCK,
    TOO_LONG,
)
from tracker.reading.tables.drafts import Draft
from tracker.reading.tables.rows import NOTHING
from tracker.reading.text import without_invisible
from tracker.values import dataclass

# So much of a text shows which one is meant.
_SHOWN_LENGTH = 20
_ERROR = re.compile(r"\s*(#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|ERROR))\s*")
_PICTURE = re.compile(r"\s*(?:=\s*)?(?:_xlfn\.)?DISPIMG\(")


@dataclass(frozen=True, slots=True)
class CellNote:
    """What is told of a cell: the name of its sheet or table (empty for text), and the finding."""

    sheet: str
    finding: Finding


def settle(source: Source) -> tuple[Source, list[CellNote]]:
    """The source with the state of each cell settled, and what is told of it."""
    notes: list[CellNote] = []
    blocks: list[Block] = []
    for block in source.blocks:
        if isinstance(block, Grid) and not _can_have_states(block):
            blocks.append(block)
            continue
        if isinstance(block, Grid):
            grid, findings = _settle_grid(block)
            blocks.append(grid)
            notes += [CellNote(block.name, finding) for finding in findings]
            continue
        if block.comment:
            notes.append(CellNote("", COMMENT.at(block.place, text=start_of(block.comment))))
        if block.deleted:
            notes.append(CellNote("", DELETED.at(block.place, text=start_of(block.deleted))))
        text = block.text
        if block.unstruck is not None and text.strip():
            notes.append(CellNote("", STRUCK.at(block.place, text=start_of(_struck(text, block.unstruck)))))
            text = block.unstruck
        cut = within_budget(text)
        if len(cut) < len(text):
            notes.append(CellNote("", _too_long(block.place, text, cut)))
        text = without_invisible(cut)
        number = block.printed_number if text.strip() else ""
        blocks.append(block if text == block.text else replace(block, text=text, printed_number=number))
    is_changed = any(block is not before for block, before in zip(blocks, source.blocks, strict=True))
    return (replace(source, blocks=tuple(blocks)) if is_changed else source), notes


def _can_have_states(grid: Grid) -> bool:
    """Whether there is anything in a grid that the table above speaks of: most have nothing."""
    return bool(
        grid.struck
        or grid.comments
        or grid.deleted
        or grid.formulas
        or grid.characters & _OF_STATES
        or any(
            isinstance(value, ErrorValue) or (isinstance(value, str) and len(value) > _LONGEST)
            for row in grid.rows
            for value in row
        )
    )


def _struck(text: str, rest: str) -> str:
    """What is struck through in a text of which that is left.

    >>> _struck("市甲局牵头，市乙局、市丙局配合", "市甲局牵头，市丙局配合")
    '市乙局、'
    """
    letters = list(rest)
    gone = []
    for letter in reversed(text):
        if letters and letters[-1] == letter:
            letters.pop()
        else:
            gone.append(letter)
    return "".join(reversed(gone)).strip()


def emptied_by(before: Source, after: Source) -> list[str]:
    """The places of the cells and lines that hold nothing any more since their state was settled."""
    places: list[str] = []
    for block, later in zip(before.blocks, after.blocks, strict=True):
        if isinstance(block, Grid) and isinstance(later, Grid):
            places += [
                block.place(row, column)
                for row, values in enumerate(block.rows if block is not later else ())
                for column, value in enumerate(values)
                if value is not None and later.rows[row][column] is None and not NOTHING.match(as_text(value))
            ]
        elif not isinstance(block, Grid) and not isinstance(later, Grid) and block.text.strip():
            places += [] if later.text.strip() else [block.place]
    return places


def _settle_grid(grid: Grid) -> tuple[Grid, list[Finding]]:
    findings: list[Finding] = []
    rows: list[tuple[Value, ...]] = []
    for row, values in enumerate(grid.rows):
        cells: list[Value] = []
        struck_texts: list[tuple[int, str]] = []
        for column, value in enumerate(values):
            settled_value = value
            if (row, column) in grid.struck and value is not None:
                settled_value = grid.struck[row, column] or None
                struck_texts.append((column, _struck(as_text(value), grid.struck[row, column])))
            if isinstance(settled_value, str):
                cut = within_budget(settled_value)
                if len(cut) < len(settled_value):
                    findings.append(_too_long(grid.place(row, column), settled_value, cut))
                settled_value = _settle_text(cut)
            if isinstance(settled_value, ErrorValue):
                findings.append(ERROR_VALUE.at(grid.place(row, column), text=settled_value.code))
            elif settled_value is None and isinstance(value, str) and _PICTURE.match(value):
                findings.append(PICTURE.at(grid.place(row, column)))
            cells.append(settled_value)
        if struck_texts:
            column, text = max(struck_texts, key=lambda cell: len(cell[1]))
            findings.append(STRUCK.at(grid.place(row, column), text=start_of(text)))
        rows.append(tuple(cells))
    findings += _without_result(grid)
    findings += [
        COMMENT.at(grid.place(row, column), text=start_of(text))
        for (row, column), text in sorted(grid.comments.items())
        if text
    ]
    findings += [
        DELETED.at(grid.place(row, column), text=start_of(text))
        for (row, column), text in sorted(grid.deleted.items())
    ]
    cells_changed = tuple(rows) != grid.rows
    return (replace(grid, rows=tuple(rows)) if cells_changed else grid), findings


# Who answers for one work point: a thousand names are no clause.
LONGEST_CLAUSE = 4_000
# A cell of Excel holds 32,767 characters; a plan that was pasted into one line may be longer, a requirement is not.
_LONGEST = 60_000
# Brackets in brackets: 各县（市、区）人民政府（管委会（含功能区））.
_DEEPEST = 20
_BRACKET = re.compile("[（(【\\[［〔)）】\\]］〕]")


# An error begins with it, nobody sees them, a picture or what nests has them.
_OF_STATES = frozenset(f"#{INVISIBLE}（(【[［〔")


def within_budget(text: str) -> str:
    """The beginning of a text that is longer, or nests deeper, than anything that a plan says.

    >>> within_budget("市甲局（牵头）"), len(within_budget("市" * 100_000)), within_budget("市甲局" + "（" * 50)[:5]
    ('市甲局（牵头）', 60000, '市甲局')
    """
    text = text[:_LONGEST]
    depth = 0
    for mark in _BRACKET.finditer(text):
        depth = depth + 1 if mark[0] in "（(【[［〔" else max(depth - 1, 0)
        if depth == 1:
            outermost = mark.start()
        if depth > _DEEPEST:
            return text[:outermost]
    return text


def _too_long(place: str, text: str, cut: str) -> Finding:
    return TOO_LONG.at(place, count=len(text), kept=len(cut))


def is_error(text: str) -> bool:
    """Whether a text is the code of an error in a spreadsheet: #N/A.

    >>> is_error("#N/A"), is_error("#1泵站")
    (True, False)
    """
    return bool(_ERROR.fullmatch(text))


def _settle_text(text: str) -> Value:
    if error := _ERROR.fullmatch(text):
        return ErrorValue(error[1])
    return None if _PICTURE.match(text) else without_invisible(text) or None


def _without_result(grid: Grid) -> Iterator[Finding]:
    """Formulas without a stored value, neighbours in a column together."""
    cells = sorted(
        (column, row)
        for (row, column), has_value in grid.formulas.items()
        if not has_value and grid.value(row, column) is None
    )
    for run in _runs(cells):
        (column, first), (_, last) = run[0], run[-1]
        cell_range = f"{column_letters(column)}{first + 1}"
        cell_range += f":{column_letters(column)}{last + 1}" if last > first else ""
        yield NO_RESULT.at(grid.place(first, column), cells=cell_range)


def _runs(cells: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    for column, row in cells:
        if run and run[-1] != (column, row - 1):
            yield run
            run = []
        run.append((column, row))
    if run:
        yield run


def start_of(text: str) -> str:
    """So much of a text as shows which one is meant."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"


def state_findings(
    notes: Iterable[CellNote], sheets: Sequence[str], drafts: Sequence[Draft]
) -> list[Finding]:
    """The findings about the sheets of the plan; about all where the plan is no sheet.

    An error in a time cell is told as a time limit that cannot be read.
    """
    limits = {draft.deadline_place for draft in drafts if isinstance(draft.deadline, ErrorValue)}
    # A clause that is too long for any plan is told where it is cut.
    clauses = {
        statement.place
        for draft in drafts
        for statement in draft.statements
        if len(statement.text) > LONGEST_CLAUSE
    }
    return [
        note.finding
        for note in notes
        if (not sheets or not note.sheet or note.sheet in sheets)
        and not (note.finding.code == ERROR_VALUE.code and note.finding.place in limits)
        and not (note.finding.code == TOO_LONG.code and note.finding.place in clauses)
    ]


def without_hidden(
    grid: Grid, drafts: list[Draft], findings: list[Finding]
) -> tuple[list[Draft], list[Finding]]:
    """Drafts to which hidden columns give no unit, where a visible column of the table gives some.

    >>> from tracker.grid import from_table
    >>> from tracker.reading.tables.drafts import RoleStatement
    >>> grid = replace(from_table("| 甲局 | 乙局 |"), hidden_columns=frozenset({0}))
    >>> statements = (RoleStatement("甲局", place="Sheet1!A1"), RoleStatement("乙局", place="Sheet1!B1"))
    >>> drafts, _ = without_hidden(grid, [Draft("清淤", "", statements=statements)], [])
    >>> [statement.text for statement in drafts[0].statements]
    ['乙局']
    """
    if not grid.hidden_columns or grid.notation is not Notation.SHEET:
        return drafts, findings
    columns = {
        grid.place(row, column): column for row in range(grid.height) for column in grid.hidden_columns
    }
    statements = [statement for draft in drafts for statement in draft.statements]
    unread = {columns[statement.place] for statement in statements if statement.place in columns}
    if not unread or all(statement.place in columns for statement in statements):
        return drafts, findings
    drafts = [
        replace(
            draft,
            statements=tuple(statement for statement in draft.statements if statement.place not in columns),
        )
        for draft in drafts
    ]
    findings = [
        finding
        for finding in findings
        if not (finding.code == HIDDEN_COLUMN.code and columns.get(finding.place) in unread)
    ]
    findings += [
        HIDDEN_UNITS.at(grid.place(0, column), column=column_letters(column)) for column in sorted(unread)
    ]
    return drafts, findings
