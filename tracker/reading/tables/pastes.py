"""Tables that were pasted as text: which lines are one, what parts its cells, where its head is.

One way leads from lines to a grid, whatever parts the cells:

    序号<tab>任务<tab>责任单位              a row a line, as a browser, Word or Excel copies it; cells of several lines go on below
    任务 | 要求 | 责任单位 |              the same with signs, with or without one at the end
    序号 | / 任务 | / 责任单位 |          a cell a line and a sign behind it; `||` or a sign alone is a blank cell
    序号 / | / 任务 / | / 责任单位 / |    a cell a line and a sign in the next
    序号 / 工作任务 / 责任单位             a cell a line
    序号 工 作 任 务 责任单位              a row a line, one blank between the cells

The lines become fragments and what parts them (`scale.Edge`), a head is looked for among them, and `placing` puts what stands below
it into the rows and columns of a grid, which is read as any other (`tables.read_table`). Rows in which every cell
is written need none of that (`layouts.rows_in`).

A head is a run of short fragments in the words of heads; or in any words, where it begins with 序号 and ends before a number.
Rows that stand above the first head, as in an excerpt that begins within a table, are read below it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import Block, Merge, Notation, Paragraph, PlacedGrid, Source
from tracker.reading.lines import is_page_furniture, stream
from tracker.reading.tables.cards import cards_in
from tracker.reading.tables.cells import is_note
from tracker.reading.tables.columns import TEXTS, Kind, fit, kind_of
from tracker.reading.tables.headwords import (
    LONGEST_HEAD,
    UNIT_FIELDS,
    Field,
    field_of,
    fields_of,
    is_half,
    is_head,
    is_pure,
    is_second_half,
    spread_labels,
)
from tracker.reading.tables.layouts import FEWEST_COLUMNS, RULE, rows_in
from tracker.reading.tables.placing import MOST_SHOWN, RunTogether, place
from tracker.reading.tables.scale import LINES, Edge, Fragment
from tracker.reading.tables.statements import is_names
from tracker.reading.tables.tablehead import find_table_head, find_unknown_head
from tracker.text import tight
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class Paste:
    """A source whose pasted table is a grid.

    Attributes:
        source: The file with the grid in place of the lines.
        doubts: The rows that lack cells and could stand otherwise: where, and their words.
        refusal: The table where hardly a row agrees with the others; None where most do.
        rest: What stands right behind the table and could be a row of it that names nobody: where, and its words.
    """

    source: Source
    doubts: Sequence[tuple[str, str]] = ()
    refusal: RunTogether | None = None
    rest: Sequence[tuple[str, str]] = ()


_MOST_COLUMNS = 14
_FEWEST_HEADS = 3
_NUMBER = re.compile(r"[（(]?(?:\d{1,3}|[一①])[)）]?[.、．]?")
_NO_LABEL = re.compile(r"[。；;，,：:！？\d|\t]")
_MARKS = re.compile(r"[。；;，！？|\t]")
_NUMBER_HEAD = "序号"
_FEWEST_PARTS = 2
# Of so many rows all but one in so many do not agree: nothing says where a cell ends.
_FEWEST_GUESSES = 4
_MOSTLY = 4
# 协同单位 is a label, 各年级组 a body that is called like one.
_BODY = re.compile("(?:单位|部门|科室|处室|机构|主体)$")
_TEXT_KINDS = (Kind.PHRASE, Kind.SENTENCE)
_NAMES_TABLE = re.compile("(?:表|清单|目录|方案|分工|情况)$")


@dataclass(frozen=True, slots=True)
class _Head:
    """A head among the fragments: its labels, and the field of each column; None below a word that nobody knows."""

    start: int
    end: int
    labels: tuple[Fragment, ...]
    fields: tuple[Field | None, ...]


def with_tables(source: Source) -> Paste:
    r"""The source with a table that was pasted among its lines as a grid; as it is where there is none.

    >>> from tracker.grid import Paragraph
    >>> lines = "清单/序号/任务/单位/1/修渠十条。/市甲局/2/清理淤泥。/市乙局/市丙局".split("/")
    >>> paste = with_tables(Source("txt", "清单.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))))
    >>> paste.source.grids[0].rows[1:], paste.source.grids[0].place(2, 2)
    ((('1', '修渠十条。', '市甲局'), ('2', '清理淤泥。', '市乙局\n市丙局')), 'L10')
    >>> lines = "类别\t任务\t单位/供水\t修渠十条。\t市甲局/清理淤泥。\t市乙局".split("/")
    >>> paste = with_tables(Source("txt", "清单.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))))
    >>> paste.source.grids[0].rows[2], paste.source.grids[0].is_continuation(2, 0), paste.doubts
    ((None, '清理淤泥。', '市乙局'), True, ())
    """
    paragraphs = source.paragraphs
    if (whole := rows_in(paragraphs, is_whole=True)) is not None:
        grid, before, after = whole
        return Paste(replace(source, blocks=(*before, grid, *after)))
    if (cards := cards_in(paragraphs)) is not None:
        return Paste(replace(source, blocks=(*cards.before, cards.grid, *cards.after)), cards.doubts)
    for sign in _SIGNS:
        if (paste := _paste(source, _parted(paragraphs, sign))) is not None:
            return paste
    if (paste := _paste(source, _stretched(paragraphs), has_blanks=True)) is not None:
        return paste
    if (loose := rows_in(paragraphs, is_whole=False)) is not None:
        grid, before, after = loose
        return Paste(replace(source, blocks=(*before, grid, *after)))
    return (
        _paste(source, _lines(paragraphs))
        or _paste(source, _blanks(paragraphs), has_blanks=True, is_bare=True)
        or Paste(source)
    )


def _paste(
    source: Source, fragments: Sequence[Fragment], *, has_blanks: bool = False, is_bare: bool = False
) -> Paste | None:
    """The source with what some of its fragments make; None where they have no head, or blanks alone do not say enough."""
    fragments = _without_repeats(fragments)
    heads = list(_heads(fragments))
    if not heads:
        return None
    if count := _count_above(fragments[: heads[0].start], fragments[heads[0].end :], heads[0]):
        start, end = heads[0].start, heads[0].end
        top = start - count
        fragments = [
            *fragments[:top],
            *fragments[start:end],
            *fragments[top:start],
            *fragments[end:],
        ]
        heads = list(_heads(fragments))
    heads = [
        _fit_head(head, fragments, following)
        for head, following in zip(heads, [*heads[1:], None], strict=True)
    ]
    grid, end, _ = _grid(fragments, heads, has_blanks=has_blanks)
    fields = [_fields(grid, head) for head in heads]
    if not any(fields):
        return None
    heads = [replace(head, fields=better or head.fields) for head, better in zip(heads, fields, strict=True)]
    grid, end, doubtful = _grid(fragments, heads, has_blanks=has_blanks)
    positions = {paragraph.place: at for at, paragraph in enumerate(source.paragraphs)}
    start = min(positions[fragment.place] for fragment in fragments[heads[0].start : end])
    stop = positions[fragments[end].place] if end < len(fragments) else positions[fragments[-1].place] + 1
    if all(fragment.edge in LINES for fragment in fragments) and end == len(fragments):
        stop = len(source.paragraphs)
    blocks: list[Block] = [*source.paragraphs[:start], grid, *source.paragraphs[stop:]]
    requirement = next((at for at, field in enumerate(heads[0].fields) if field is Field.REQUIREMENT), 0)
    doubts = [
        (grid.place(row, requirement), _start_of("\n".join(grid.cells(row).values()))) for row in doubtful
    ]
    doubts += [
        (fragment.place, fragment.text[:MOST_SHOWN])
        for row, fragments in doubtful.items()
        for fragment in fragments
        if fragment.place not in dict(doubts)
    ]
    row_count = grid.height - len(heads)
    most = row_count if is_bare else (_MOSTLY - 1) * row_count
    is_guess = (is_bare or row_count >= _FEWEST_GUESSES) and _MOSTLY * len(doubtful) > most
    words = "".join(label.text for label in heads[0].labels)
    refusal = RunTogether(heads[0].labels[0].place, words[:MOST_SHOWN]) if is_guess else None
    rest = _rest(fragments, end, positions)
    return Paste(replace(source, blocks=tuple(blocks)), tuple(doubts), refusal, rest)


def _start_of(text: str) -> str:
    """The beginnings of the first lines of a row."""
    return "、".join(line[:_MOST_OF_LINE] for line in text.split("\n")[:_MOST_LINES])


_MOST_OF_LINE = 12
_MOST_LINES = 5
# So much of the text behind a table could be its last row.
_SHORT_REST = 3
# A label, and who made the table: 县农业农村局制.
_OF_PAGE = re.compile("[:：]|[制印]$")


def _rest(fragments: Sequence[Fragment], end: int, positions: Mapping[str, int]) -> list[tuple[str, str]]:
    """What follows the last row of a table without an empty line, and could be what one more row requires of nobody.

    It is told where little stands behind it: the text that follows a table goes on.
    """
    rest = fragments[end:]
    if not end > 0 or not 0 < len(rest) <= _SHORT_REST:
        return []
    is_near = positions[rest[0].place] - positions[fragments[end - 1].place] <= 1
    is_row = kind_of(rest[0].text) in _TEXT_KINDS and not _OF_PAGE.search(rest[0].text)
    return (
        [(rest[0].place, rest[0].text[:MOST_SHOWN])]
        if is_near and is_row and not is_note(rest[0].text)
        else []
    )


def _count_above(above: Sequence[Fragment], below: Sequence[Fragment], head: _Head) -> int:
    """How many fragments right above the first head are rows of its table: an excerpt that begins within a table.

    They are lines with a number where the head has one, and the numbers run on to the first below it; below any other head
    each row is whole and its cells agree with their columns.
    """
    count = 0
    lines = above[next((at for at in range(len(above), 0, -1) if above[at - 1].edge not in LINES), 0) :]
    if head.fields[0] is Field.NUMBER:
        following = next((int(fragment.text) for fragment in below if fragment.text.isdecimal()), 0)
        for back, fragment in enumerate(reversed(lines), 1):
            is_long = back - count >= FEWEST_COLUMNS
            if is_long and fragment.text.isdecimal() and int(fragment.text) == following - 1:
                count, following = back, following - 1
        return count
    width = len(head.fields)
    while count + width <= len(lines) and _agrees(lines[len(lines) - count - width :][:width], head.fields):
        count += width
    return count


# To whom a letter goes, and what it says of the table below it.
_OF_LETTER = re.compile("[：:]$|印发|认真贯彻|现将")


def _agrees(cells: Sequence[Fragment], fields: Sequence[Field | None]) -> bool:
    """Whether cells are a whole row: sentences and units below their heads, and nothing that its column is not for."""
    kinds = [(field, kind_of(cell.text)) for cell, field in zip(cells, fields, strict=True)]
    return (
        not any(_OF_LETTER.search(cell.text) for cell in cells)
        and all(fit(field, kind) >= 0 for field, kind in kinds)
        and all(kind is Kind.UNITS for field, kind in kinds if field in UNIT_FIELDS)
        and (Field.REQUIREMENT, Kind.SENTENCE) in kinds
    )


def _lines(paragraphs: Sequence[Paragraph]) -> list[Fragment]:
    """The lines of a text as fragments; where empty lines divide the cells, lines without one between them are one cell."""
    lines = stream(paragraphs, blanks=True)
    is_gapped = 2 * sum(line.gap for line in lines) > len(lines)
    gap, no_gap = (Edge.GAP, Edge.INSIDE) if is_gapped else (Edge.LINE, Edge.LINE)
    return [Fragment(line.text, line.place, gap if line.gap or not line.text else no_gap) for line in lines]


# What parts the cells of a row; the upright lines of a drawn table as well.
_TAB = re.compile("\t")
_BAR = re.compile("[|｜丨¦│┃║┆┇┊┋]")
_SIGNS = (_TAB, _BAR)
_FEWEST_SIGNS = 4


def _parted(paragraphs: Sequence[Paragraph], sign: re.Pattern[str]) -> list[Fragment]:
    r"""The fragments of lines whose cells a sign parts: up to the last line with one, and what goes on right below it.

    >>> def drawn(text, sign):
    ...     fragments = _parted([Paragraph(line, f"L{n}") for n, line in enumerate(text.split("/"), 1)], sign)
    ...     return [(fragment.text, fragment.edge.name) for fragment in fragments]
    >>> drawn("号|任务|单位|/1|修渠|市甲局|/种树|市乙局||", _BAR)[-4:]
    [('市甲局', 'SIGN'), ('种树', 'ROW'), ('市乙局', 'SIGN'), ('', 'SIGN')]
    >>> drawn("号 |/任务 |/单位 |/1 |/修渠 |/||/2 |", _BAR)[-3:]
    [('', 'SIGN'), ('', 'SIGN'), ('2', 'BORDER')]
    >>> drawn("号\t任务\t单位/1\t修渠，/种树\t市甲局", _TAB)[-4:]
    [('1', 'BREAK'), ('修渠，', 'SIGN'), ('种树', 'BREAK'), ('市甲局', 'SIGN')]
    """
    is_bar = sign is _BAR
    lines = [
        (paragraph.place, _BAR.sub("|", text) if is_bar else text)
        for paragraph, text in zip(paragraphs, _unquoted(paragraphs, sign), strict=True)
        if not (is_bar and RULE.match(text.strip()) and not set(text) <= set("| \u3000"))
    ]
    signed = [at for at, (_, text) in enumerate(lines) if sign.search(text) and not is_page_furniture(text)]
    if sum(len(sign.findall(lines[at][1])) for at in signed) < _FEWEST_SIGNS:
        return []
    # The last cell stands below an empty line where a sign has a line of its own.
    last = max(signed)
    if not is_bar and not lines[last][1].strip():
        last = next((at for at in range(last + 1, len(lines)) if lines[at][1].strip()), last)
    end = next((at for at in range(last + 1, len(lines)) if not lines[at][1].strip()), len(lines))
    lines = [
        (line_place, text)
        for line_place, text in lines[:end]
        if text and not is_page_furniture(text.strip()) and (sign.search(text) or text.strip())
    ]
    worded = [text for _, text in lines if sign.search(text) and text.strip(" |\t\u3000")]
    wide = sum(sum(bool(cell.strip()) for cell in sign.split(text)) > 1 for text in worded)
    if is_bar and wide and 2 * wide >= len(worded):
        return _rows(lines)
    return _cells(lines, sign)


def _rows(lines: Iterable[tuple[str, str]]) -> list[Fragment]:
    """The fragments of lines that are rows each; signs at both ends frame a row, those at its end alone fill it up."""
    fragments: list[Fragment] = []
    lines = list(lines)
    is_framed = all(text.strip().startswith("|") for _, text in lines if "|" in text)
    is_closed = False
    for line_place, text in lines:
        bare = text.strip()
        cells = [cell.strip() for cell in (bare[1:] if is_framed and "|" in bare else bare).split("|")]
        edge = Edge.ROW if is_closed else Edge.BREAK
        is_closed = len(cells) > 1 and not cells[-1]
        cells = cells[:-1] if is_closed else cells
        filled = max((at for at, cell in enumerate(cells) if cell), default=-1)
        for at, cell in enumerate(cells):
            fragments.append(Fragment(cell, line_place, Edge.SIGN if at else edge, is_idle=at > filled))
    return fragments


def _cells(lines: Iterable[tuple[str, str]], sign: re.Pattern[str]) -> list[Fragment]:
    """The fragments of lines that a sign parts wherever it stands: in a line, at its end, or in a line of its own."""
    fragments: list[Fragment] = []
    is_bar = sign is _BAR
    signs = 0
    for line_place, text in lines:
        cells = [cell.strip() for cell in sign.split(text)]
        if not is_bar and not any(cells) and len(cells) > 2:
            continue
        if not is_bar and not cells[0] and any(cells):
            # A row whose first cell is blank, or the cell before ended with its paragraph.
            fragments.append(Fragment("", line_place, Edge.BREAK, is_idle=True))
        is_first = True
        for at, cell in enumerate(cells):
            signs += at > 0
            if not cell:
                continue
            fragments += [Fragment("", line_place, Edge.SIGN, is_idle=is_bar) for _ in range(signs - 1)]
            edge = Edge.BREAK if not signs else Edge.BORDER if is_first and (is_bar or not at) else Edge.SIGN
            fragments.append(Fragment(cell, line_place, edge))
            signs, is_first = 0, False
        if not is_bar and any(cells):
            fragments += [Fragment("", line_place, Edge.SIGN, is_idle=True) for _ in range(signs)]
            signs = 0
    return fragments


_QUOTE = re.compile(r'(?:^|(?<=\t))"((?:[^"]|"")*\n(?:[^"]|"")*)"(?=\t|$)', re.MULTILINE)


def _unquoted(paragraphs: Sequence[Paragraph], sign: re.Pattern[str]) -> list[str]:
    """The lines without the quotation marks that a workbook puts around a cell of several lines."""
    texts = [paragraph.text for paragraph in paragraphs]
    if sign is not _TAB or not any('"' in text for text in texts):
        return texts
    whole = _QUOTE.sub(lambda match: match[1].replace('""', '"'), "\n".join(texts))
    lines = whole.split("\n")
    return lines if len(lines) == len(texts) else texts


# An ideographic blank is as wide as two.
_STRETCH = re.compile(r"[^ \u3000\xa0]+(?:[ \xa0][^ \u3000\xa0]+)*")
# So near the cells of a column begin on a screen.
_NEAR = 2


def _stretches(text: str) -> dict[int, str]:
    """Stretches of a line without two blanks in them, by where they begin on a screen (a Han character takes two)."""
    wide = [2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text]
    return {sum(wide[: match.start()]): match.group() for match in _STRETCH.finditer(text)}


def _stretched(paragraphs: Sequence[Paragraph]) -> list[Fragment]:
    """The fragments of lines whose cells two blanks or more part, from the first head on: up to the last such line.

    >>> lines = ["序号  任务      责任单位", "1     修渠十条  水利局", "2               农业局"]
    >>> [(fragment.text, fragment.near) for fragment in _stretched([Paragraph(line, "L1") for line in lines])][3:]
    [('1', 0), ('修渠十条', 1), ('水利局', 2), ('2', 0), ('农业局', 2)]
    """
    lines = [(paragraph.place, _stretches(paragraph.text)) for paragraph in paragraphs]
    first = next(
        (
            at
            for at, (_, cells) in enumerate(lines)
            if len(cells) >= FEWEST_COLUMNS and is_head(dict(enumerate(cells.values())))
        ),
        len(lines),
    )
    last = max((at for at in range(first, len(lines)) if len(lines[at][1]) > 1), default=first)
    starts = list(lines[first][1]) if first < len(lines) else []
    whole = [list(cells) for _, cells in lines[first + 1 :] if len(cells) == len(starts)]
    # Cells stand below their head where those of most whole rows do.
    below = sum(abs(at - start) <= _NEAR for row in whole for at, start in zip(row, starts, strict=True))
    is_aligned = 4 * below >= 3 * len(whole) * len(starts) > 0
    return [
        Fragment(
            cell,
            line_place,
            Edge.SIGN if position else Edge.BREAK,
            near=min(range(len(starts)), key=lambda column: abs(starts[column] - at)) if is_aligned else -1,
        )
        for line_place, cells in lines[first : last + 1]
        for position, (at, cell) in enumerate(cells.items())
        if position or not is_page_furniture(cell)
    ]


def _blanks(paragraphs: Sequence[Paragraph]) -> list[Fragment]:
    """The fragments of lines that blanks part, from the first head on whose words only blanks part."""
    lines = [
        (paragraph.place, text)
        for paragraph in paragraphs
        if (text := paragraph.text.strip()) and not is_page_furniture(text)
    ]
    heads = (
        (start, labels)
        for start, (_, text) in enumerate(lines)
        if len(labels := spread_labels(text.split())) >= FEWEST_COLUMNS and is_head(dict(enumerate(labels)))
    )
    start, labels = next(heads, (len(lines), []))
    below = spread_labels(lines[start + 1][1].split()) if start + 1 < len(lines) else []
    rows = [labels, below] if _names_parts(below) else [labels]
    fragments = [
        Fragment(label, lines[start + row][0], Edge.SIGN if at else Edge.BREAK)
        for row, row_labels in enumerate(rows)
        for at, label in enumerate(row_labels)
    ]
    return fragments + [
        Fragment(word, line_place, Edge.BLANK if at else Edge.BREAK)
        for line_place, text in lines[start + len(rows) :]
        for at, word in enumerate(text.split())
    ]


def _heads(fragments: Sequence[Fragment]) -> Iterator[_Head]:
    """The heads among the fragments; below one of three columns a row of two words of heads (各年级组, 市考核指标) is none."""
    position, fewest = 0, 0
    while position < len(fragments):
        head = _head_at(fragments, position)
        if head is not None and len(head.labels) >= fewest:
            yield head
            position, fewest = head.end, min(len(head.labels), FEWEST_COLUMNS)
        else:
            position += 1


def _without_repeats(fragments: Sequence[Fragment]) -> Sequence[Fragment]:
    """The fragments without the heads that say once more, on each page or above each row, what the one before says."""
    heads = list(_heads(fragments))
    repeats = [
        head
        for before, head in pairwise(heads)
        if [tight(label.text) for label in head.labels] == [tight(label.text) for label in before.labels]
    ]
    gone = {at for head in repeats for at in range(head.start, head.end)}
    tops = {head.end for head in repeats}
    return [
        replace(fragment, edge=Edge.PAGE) if at in tops else fragment
        for at, fragment in enumerate(fragments)
        if at not in gone
    ]


def _head_at(fragments: Sequence[Fragment], start: int) -> _Head | None:
    """The head whose first cell is a fragment; None if none begins there."""
    first = fragments[start]
    if first.edge in (Edge.SIGN, Edge.BLANK) or _NO_LABEL.search(first.text) or field_of(first.text) is None:
        return None
    # Each label with the fragment behind it.
    run: list[tuple[Fragment, int]] = [(first, start + 1)]
    is_row = False
    for at in range(start + 1, len(fragments)):
        fragment = fragments[at]
        label = run[-1][0]
        if not fragment.text and fragment.is_idle and not (is_row and fragment.edge is Edge.BREAK):
            run[-1] = (label, at + 1)
            continue
        joined = tight(label.text) + tight(fragment.text)
        if (
            fragment.edge is Edge.BREAK
            and is_half(label.text, fragment.text)
            and _could_be_label(joined)
            and is_pure(joined)
        ):
            run[-1] = (replace(label, text=joined), at + 1)
            continue
        is_row = is_row or fragment.edge is Edge.SIGN
        ends_row = fragment.edge in (Edge.ROW, Edge.BREAK) or (is_row and fragment.edge is not Edge.SIGN)
        is_blank = is_row and not fragment.text  # a column without a head, or below a wide one
        if (
            ends_row
            or len(run) > _MOST_COLUMNS
            or not (is_blank or _could_be_label(fragment.text, is_row=is_row))
        ):
            break
        run.append((fragment, at + 1))
    if is_row and (second_row := _second_row(fragments, run[-1][1])):
        run = [*((label, at) for label, at in run if label.text), *second_row]
    end = run[-1][1]
    has_numbers = (
        field_of(run[0][0].text) is Field.NUMBER
        and end < len(fragments)
        and bool(_NUMBER.fullmatch(fragments[end].text))
    )
    is_whole = is_row and is_head({at: label.text for at, (label, _) in enumerate(run) if label.text})
    if not has_numbers and not is_whole:
        labels = run[: _end_of_labels([label.text for label, _ in run])]
        run = run[: len(labels) + _beyond([label for label, _ in labels], fragments[run[0][1] - 1 :])]
    run = _with_parts_of_wide(run)
    is_title = not is_row and (
        not is_pure(first.text)
        or _NAMES_TABLE.search(first.text) is not None
        or (is_names(first.text) and not _BODY.search(first.text))
    )
    if is_title and any(field_of(label.text) is Field.NUMBER for label, _ in run[1:]):
        return None  # what stands before 序号
    texts = {at: label.text for at, (label, _) in enumerate(run) if label.text}
    fields = fields_of(texts)
    if has_numbers:
        if len(run) < _FEWEST_HEADS:
            return None
    elif not (
        run
        and (is_whole or is_pure(first.text))
        and is_head(texts)
        and Field.REQUIREMENT in fields.values()
        and set(fields.values()) & {*UNIT_FIELDS}
    ):
        return None
    return _Head(
        start,
        max(after for _, after in run),
        tuple(label for label, _ in run),
        tuple(fields[at] if field_of(label.text) is not None else None for at, (label, _) in enumerate(run)),
    )


# % below 单位 is no head.
_HAN = re.compile("[\u4e00-\u9fff]")
# So many words in a row that nobody knows may stand between those of heads.
_UNKNOWN = 2


def _end_of_labels(texts: Sequence[str]) -> int:
    """Where the labels end among short texts: behind the last one in words of heads that few others part from those before.

    >>> _end_of_labels(["任务", "单位", "决策方式", "时限", "供水", "换管网"]), _end_of_labels(["任务", "单位", "供水项目", "换管网"])
    (4, 2)
    """
    end = 0
    for at, text in enumerate(texts):
        if at > end + _UNKNOWN:
            break
        is_body = is_names(text) and not _BODY.search(text)
        is_label = is_pure(text) or (at == end and field_of(text) not in (None, *TEXTS))
        if is_label and not is_body and _HAN.search(text):
            end = at + 1
    return end


def _beyond(labels: Sequence[Fragment], fragments: Sequence[Fragment]) -> int:
    """How many words that nobody knows end a head: the first number stands so much further right than its label."""
    column = next((at for at, label in enumerate(labels) if field_of(label.text) is Field.NUMBER), -1)
    first = len(labels) + column
    if column < 0:
        return 0
    offsets = (
        offset
        for offset in range(_UNKNOWN + 1)
        if first + offset < len(fragments) and _NUMBER.fullmatch(fragments[first + offset].text)
    )
    return next(offsets, 0)


def _second_row(fragments: Sequence[Fragment], start: int) -> list[tuple[Fragment, int]]:
    """The labels of a row below a head that says no more than who leads and who helps; none for any other row."""
    row: list[tuple[Fragment, int]] = []
    for at in range(start, len(fragments)):
        fragment = fragments[at]
        if row and fragment.edge is not Edge.SIGN:
            break
        if fragment.text:
            row.append((fragment, at + 1))
    return row if _names_parts([label.text for label, _ in row]) else []


def _names_parts(labels: Sequence[str]) -> bool:
    """Whether labels say no more than who leads and who helps."""
    return len(labels) > 1 and all(is_pure(label) and field_of(label) in UNIT_FIELDS for label in labels)


# A head over several columns of units.
_WIDE = re.compile("责任(?:分工|单位|部门|科室|主体|落实)|(?:任务|职责)?分工|(?:责任)?单位")


def _with_parts_of_wide(run: list[tuple[Fragment, int]]) -> list[tuple[Fragment, int]]:
    """A run of labels with those of a second row in place of the wide one above them.

    >>> labels = ["序号", "任务", "责任分工", "时限", "牵头单位", "配合单位"]
    >>> [label.text for label, _ in _with_parts_of_wide([(Fragment(label, "L1"), 1) for label in labels])]
    ['序号', '任务', '牵头单位', '配合单位', '时限']
    """
    units = [
        at
        for at, (label, _) in enumerate(run)
        if field_of(label.text) in UNIT_FIELDS or _WIDE.fullmatch(tight(label.text))
    ]
    wide = next((at for at in units if _WIDE.fullmatch(tight(run[at][0].text))), -1)
    tail = [at for at in units if at > wide]
    if wide < 0 or len(tail) < _FEWEST_PARTS or tail != [*range(len(run) - len(tail), len(run))]:
        return run
    # With nothing between them they may be columns beside each other.
    is_second_row = tail[0] > wide + 1 or run[tail[0]][0].edge in (Edge.ROW, Edge.BREAK)
    return [*run[:wide], *run[tail[0] :], *run[wide + 1 : tail[0]]] if is_second_row else run


def _could_be_label(text: str, *, is_row: bool = False) -> bool:
    """Whether a text is as short as a head; figures stand in heads of progress (1-9月完成情况)."""
    if not 0 < len(text) <= LONGEST_HEAD:
        return False
    if is_row:
        return not _MARKS.search(text) and not text.isdecimal()
    return not _NO_LABEL.search(text) or (
        not text.isdecimal() and not _MARKS.search(text) and is_pure(text) and field_of(text) is not None
    )


def _fit_head(head: _Head, fragments: Sequence[Fragment], following: _Head | None) -> _Head:
    """The head, or what fits the cells below it better: with a column of numbers, or without a label over those behind it."""
    body = fragments[head.end : following.start if following is not None else len(fragments)]
    others = [
        *_with_numbers(head, body),
        *_without_wide(head),
        *_with_halves(head),
        *_without_numbers(head, body),
    ]
    if not others:
        return head

    def weight(choice: _Head) -> int:
        labels = [label.text for label in choice.labels]
        return place(body, choice.fields, labels, is_last=following is None).weight

    return max([head, *others], key=weight)


def _with_numbers(head: _Head, body: Sequence[Fragment]) -> list[_Head]:
    """The head with a column of numbers that no word stands over, where numbers run on below it."""
    if Field.NUMBER in head.fields or not any(fragment.edge in (Edge.SIGN, Edge.BORDER) for fragment in body):
        return []
    numbers = [
        int(fragment.text) for fragment in body if fragment.text.isdecimal() and len(fragment.text) <= 3
    ]
    if len(numbers) < FEWEST_COLUMNS - 1 or any(after != before + 1 for before, after in pairwise(numbers)):
        return []
    place_of_head = head.labels[0].place
    return [
        replace(
            head,
            labels=(*head.labels[:at], Fragment(_NUMBER_HEAD, place_of_head), *head.labels[at:]),
            fields=(*head.fields[:at], Field.NUMBER, *head.fields[at:]),
        )
        for at, field in enumerate(head.fields)
        if field in TEXTS
    ]


def _without_numbers(head: _Head, body: Sequence[Fragment]) -> list[_Head]:
    """The head of lines without the label of numbers that a list had and a paste has lost."""
    is_lost = not any(_NUMBER.fullmatch(fragment.text) for fragment in body)
    if not is_lost or head.fields[0] is not Field.NUMBER or head.labels[-1].edge not in LINES:
        return []
    return [replace(head, labels=head.labels[1:], fields=head.fields[1:])]


def _without_wide(head: _Head) -> list[_Head]:
    """The head of lines without a label that stands over the two or more columns of units behind it."""
    texts = [tight(label.text) for label in head.labels]
    wide = next((at for at, text in enumerate(texts) if _WIDE.fullmatch(text)), len(texts))
    parts = next((at for at in range(wide + 1, len(texts)) if head.fields[at] not in UNIT_FIELDS), len(texts))
    if parts - wide <= _FEWEST_PARTS or head.labels[-1].edge not in LINES:
        return []
    return [
        replace(
            head,
            labels=(*head.labels[:wide], *head.labels[wide + 1 :]),
            fields=(*head.fields[:wide], *head.fields[wide + 1 :]),
        )
    ]


def _with_halves(head: _Head) -> list[_Head]:
    """The head of lines with those labels as one that a line broke in two: 评分 / 部门."""
    if head.labels[-1].edge not in LINES:
        return []
    labels: list[Fragment] = []
    last = ""
    for label in head.labels:
        text = tight(label.text)
        if is_second_half(last, text):
            labels[-1], last = replace(labels[-1], text=last + text), ""
        else:
            labels.append(label)
            last = text
    if len(labels) == len(head.labels):
        return []
    fields = fields_of({at: label.text for at, label in enumerate(labels)})
    return [replace(head, labels=tuple(labels), fields=tuple(fields.values()))]


def _fields(grid: PlacedGrid, head: _Head) -> tuple[Field | None, ...]:
    """What the columns of a head hold by its cells as well; empty if they make no table."""
    row = next(
        row
        for row in range(grid.height)
        if grid.place(row, 0) == head.labels[0].place
        and tight(grid.text(row, 0)) == tight(head.labels[0].text)
    )
    table_head = find_table_head(grid, row) or find_unknown_head(grid, row)
    if table_head is None:
        return ()
    return tuple(table_head.fields.get(column) for column in range(len(head.labels)))


def _grid(
    fragments: Sequence[Fragment], heads: Sequence[_Head], *, has_blanks: bool
) -> tuple[PlacedGrid, int, dict[int, Sequence[Fragment]]]:
    """The grid of all heads with what stands below them, the first fragment behind it, and its doubtful rows."""
    width = max(len(head.labels) for head in heads)
    rows: list[Mapping[int, Sequence[Fragment]]] = []
    merges: list[Merge] = []
    doubts: dict[int, Sequence[Fragment]] = {}
    end = len(fragments)
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        rows.append({at: [label] for at, label in enumerate(head.labels)})
        top = len(rows)
        stop = following.start if following is not None else len(fragments)
        placing = place(
            fragments[head.end : stop],
            head.fields,
            [label.text for label in head.labels],
            is_last=following is None,
            has_blanks=has_blanks,
        )
        merges += [
            Merge(
                merge.top + top,
                merge.left,
                merge.bottom + top,
                width - 1 if merge.left < merge.right else merge.right,
            )
            for merge in placing.merges
        ]
        doubts |= {top + row: parts for row, parts in placing.doubts.items()}
        rows += placing.rows
        end = head.end + placing.end
    grid = PlacedGrid(
        "",
        tuple(tuple(_text(row.get(column, ())) for column in range(width)) for row in rows),
        merges=tuple(merges),
        notation=Notation.BARE,
        places=tuple(_places(row, width) for row in rows),
    )
    return grid, end, doubts


def _text(fragments: Iterable[Fragment]) -> str | None:
    text = ""
    for fragment in fragments:
        if fragment.text:
            text += (" " if fragment.edge is Edge.BLANK else "\n") * bool(text) + fragment.text
    return text or None


def _places(row: Mapping[int, Sequence[Fragment]], width: int) -> tuple[str, ...]:
    """The line of each cell; of an empty one, that of the last filled cell to its left."""
    places: list[str] = []
    for column in range(width):
        places.append(
            row[column][0].place if column in row else places[-1] if places else row[min(row)][0].place
        )
    return tuple(places)
