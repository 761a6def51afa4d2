"""Which rows of a pasted table do not agree with the others.

Each column is of one kind, its cells have one paragraph or several, numbers run on, rows have the same count of cells, and a row
with fewer stands in one way only. What does not agree is told: nobody can say where its cells belong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tracker import patterns as re
from tracker.reading.lines import Rank
from tracker.reading.tables.columns import TEXTS, Kind, kind_of
from tracker.reading.tables.headwords import UNIT_FIELDS, Field
from tracker.reading.tables.scale import (
    NESTED,
    NEVER,
    ColumnScale,
    Edge,
    Fragment,
    cost_of_going_on,
    is_gap_in_texts,
    rank_of,
)

# A short row whose second place weighs so little less is told.
_MARGIN = 30
# So many ways through a row are compared.
_RIVALS = 24


def doubts_of(
    rows: Sequence[Mapping[int, Sequence[Fragment]]],
    scale: ColumnScale,
    alone: set[int],
    *,
    anywhere: Sequence[Field],
    at_end: Sequence[Field],
) -> dict[int, list[Fragment]]:
    """The rows that do not agree with their table, each with its fragments that are odd in it.

    Each column is of one kind and its cells have one paragraph or several, numbers run on, rows have the same count of
    cells; a row with fewer stands in one way only.

    Args:
        rows: The rows.
        scale: What a fragment weighs.
        alone: The rows of a line of their own.
        anywhere: The fields whose cell may be blank as well as covered where it is missing.
        at_end: Those of which this is so behind the last cell of a row.
    """
    bodies = {at: row for at, row in enumerate(rows) if at not in alone}
    odd_parts = _odd_parts(bodies, len(scale.fields))
    odd_rows = (
        _odd_numbers(bodies, scale.fields)
        | _long_names(bodies, scale.fields)
        | _mixed_marks(bodies, scale.fields)
        | _torn(bodies, scale.fields)
    )
    odd_rows |= {
        at
        for at, row in bodies.items()
        if at in odd_parts
        or _is_unfit(row, scale)
        or _lacks(row, scale.fields, anywhere, at_end)
        or (not _is_whole(row, scale.fields) and _margin(row, scale) < _MARGIN)
        or _is_first_line_free(row, bodies.get(at - 1, {}), scale)
    }
    # What is wrong in a row is mostly a cell of the next one, where that one lacks some.
    odd_rows |= {at for at, row in bodies.items() if at - 1 in odd_rows and len(row) < len(scale.fields) - 1}
    return {at: odd_parts.get(at, []) for at in bodies if at in odd_rows}


def _is_first_line_free(
    row: Mapping[int, Sequence[Fragment]], before: Mapping[int, Sequence[Fragment]], scale: ColumnScale
) -> bool:
    """Whether the first of several lines of what is required could be a cell of its own.

    It could be the name that the row lacks or has a banner for, or an aside of the row before.
    """
    fields = scale.fields
    column = next((at for at, field in enumerate(fields) if field is Field.REQUIREMENT), -1)
    lines = row.get(column, ())
    if len(lines) < 2 or lines[1].edge not in (Edge.LINE, Edge.GAP):
        return False
    if any(rank_of(line.text) is not None for line in lines[1:]):
        return False
    text = lines[0].text
    kind = kind_of(text)
    names = [at for at in range(column) if fields[at] in (Field.SECTION, Field.TASK)]
    ranks = [rank_of(row[at][0].text) if at in row else Rank.HAN for at in names]
    if kind is Kind.PHRASE and any(rank is not None and rank <= Rank.HAN_BRACKET for rank in ranks):
        return True
    last = max(before, default=column)
    return min(row) == column < last and any(
        fields[at] in (None, Field.REMARK) and scale.weight(at, kind, text) >= 0
        for at in range(last, len(fields))
    )


# A line that ends so is no piece of a longer one.
_ENDS_WHOLE = re.compile("[。；）)]$")
_FEWEST_BROKEN = 2
_Rows = Mapping[int, Mapping[int, Sequence[Fragment]]]


def _few(odd: set[int], rows: _Rows) -> set[int]:
    """Odd rows where they are few; what a quarter of the rows do is a habit, what one of three does is none."""
    return odd if 4 * len(odd) < len(rows) or (len(odd), len(rows)) == (1, 3) else set()


def _odd_parts(rows: _Rows, width: int) -> dict[int, list[Fragment]]:
    """The paragraphs behind the first one of a cell, by their row, in a column whose cells mostly have one; numbered ones are a list."""
    parts: dict[int, list[Fragment]] = {}
    for column in range(width):
        longer = {
            at: row[column][1:]
            for at, row in rows.items()
            if len(row.get(column, ())) > 1 and any(rank_of(part.text) is None for part in row[column][1:])
        }
        for at in _few(set(longer), rows):
            parts.setdefault(at, []).extend(longer[at])
    return parts


def _is_whole(row: Mapping[int, Sequence[Fragment]], fields: Sequence[Field | None]) -> bool:
    """Whether a row has one fragment in each column."""
    return len(row) == len(fields) and all(len(cell) == 1 for cell in row.values())


def _odd_numbers(rows: _Rows, fields: Sequence[Field | None]) -> set[int]:
    """The rows whose number does not go on, where those of most do; one that begins again is none."""
    if Field.NUMBER not in fields:
        return set()
    column = fields.index(Field.NUMBER)
    texts = {at: row[column][0].text.strip("（()）.、．") for at, row in rows.items() if column in row}
    numbers = [(at, int(text)) for at, text in texts.items() if text.isdecimal()]
    odd = {at for (_, before), (at, number) in pairwise(numbers) if number not in (before + 1, 1)}
    odd |= {at for at, text in texts.items() if text and not text.isdecimal()}
    return _few(odd | rows.keys() - texts.keys(), rows)


def _long_names(rows: _Rows, fields: Sequence[Field | None]) -> set[int]:
    """The rows whose section or task is a sentence, where those of the others are names."""
    odd: set[int] = set()
    for column, field in enumerate(fields):
        if field in (Field.SECTION, Field.TASK):
            kinds = {at: kind_of(row[column][0].text) for at, row in rows.items() if column in row}
            sentences = {at for at, kind in kinds.items() if kind is Kind.SENTENCE}
            odd |= sentences if 2 * len(sentences) < len(kinds) else set()
    return odd


def _mixed_marks(rows: _Rows, fields: Sequence[Field | None]) -> set[int]:
    """The rows of which a cell has units in several paragraphs, and one paragraph several units: two cells in one."""
    return {
        at
        for at, row in rows.items()
        for column, parts in row.items()
        if fields[column] in UNIT_FIELDS
        and len(parts) > 1
        and any("、" in part.text for part in parts)
        and not any(part.text.endswith("、") for part in parts)
    }


def _torn(rows: _Rows, fields: Sequence[Field | None]) -> set[int]:
    """The rows of which a cell ends where a narrow column breaks its lines: what it goes on with may stand in another one.

    How wide it is say the lines of what is required, where most of those that go on are equally long.
    """
    columns = [column for column, field in enumerate(fields) if field is Field.REQUIREMENT]
    broken = [
        part.text
        for row in rows.values()
        for column in columns
        for part in row.get(column, ())[:-1]
        if not _ENDS_WHOLE.search(part.text)
    ]
    widths = Counter(map(len, broken))
    width = widths.most_common(1)[0][0] if widths else 0
    near = sum(count for length, count in widths.items() if abs(length - width) <= 1)
    if near < _FEWEST_BROKEN or 2 * near < len(broken):
        return set()
    return {
        at
        for at, row in rows.items()
        for parts in row.values()
        if abs(len(parts[-1].text) - width) <= 1 and not _ENDS_WHOLE.search(parts[-1].text)
    }


def _lacks(
    row: Mapping[int, Sequence[Fragment]],
    fields: Sequence[Field | None],
    anywhere: Sequence[Field],
    at_end: Sequence[Field],
) -> bool:
    """Whether a row lacks units or time and nothing says that they are covered, or what is required beside a text."""
    gone = [column for column in range(len(fields)) if all(part.is_idle for part in row.get(column, ()))]
    last = max(set(row).difference(gone), default=0)
    return any(
        fields[column] in anywhere or (column > last and fields[column] in at_end) for column in gone
    ) or (
        Field.REQUIREMENT in [fields[column] for column in gone]
        and any(fields[column] in TEXTS for column in row)
    )


def _margin(row: Mapping[int, Sequence[Fragment]], scale: ColumnScale) -> int:
    """How much less than its place a row weighs where its cells stand in columns of other fields."""
    fields = scale.fields
    fragments = [(fragment, column) for column in sorted(row) for fragment in row[column] if fragment.text]

    def side(column: int, kind: Kind | None) -> Field | int:
        """What tells one column from another: which aside holds a word makes no difference."""
        field = fields[column]
        if kind is Kind.TICK:
            return column
        return Field.REMARK if field is None or _is_aside(field) else field

    own = tuple(side(column, kind_of(fragment.text)) for fragment, column in fragments)
    ways: dict[tuple[int, tuple[Field | int, ...]], int] = {(-1, ()): 0}
    for fragment, _ in fragments:
        kind, rank = kind_of(fragment.text), rank_of(fragment.text)
        best: dict[tuple[int, tuple[Field | int, ...]], int] = {}
        for (last, sides), weight in ways.items():
            for column in range(max(last, 0), len(fields)):
                if column == last and not fragment.edge.goes_on:
                    continue
                cost = (
                    cost_of_going_on(fragment, rank, column, scale)
                    if column == last
                    else scale.skip_cost(last + 1, column)
                    + NESTED * (last >= 0 and is_gap_in_texts(fields[last], fields[last + 1 : column]))
                )
                key = (column, (*sides, side(column, kind)))
                total = weight + scale.weight(column, kind, fragment.text) - cost
                if total > best.get(key, -NEVER * len(fragments)):
                    best[key] = total
        ways = dict(sorted(best.items(), key=_second, reverse=True)[:_RIVALS])
    totals: dict[tuple[Field | int, ...], int] = {}
    for (last, sides), weight in ways.items():
        total = weight - scale.skip_cost(last + 1, len(fields))
        totals[sides] = max(total, totals.get(sides, total))
    mine = totals.pop(own, -NEVER)
    return mine - max(totals.values(), default=-NEVER)


def _second(pair: tuple[tuple[int, tuple[Field | int, ...]], int]) -> int:
    return pair[1]


def _is_aside(field: Field | None) -> bool:
    return field in (None, Field.REMARK, Field.PERSON, Field.FREQUENCY)


def _is_unfit(row: Mapping[int, Sequence[Fragment]], scale: ColumnScale) -> bool:
    """Whether a cell holds what its column is not for: the last cell of the row before, where one was lost."""
    is_whole = _is_whole(row, scale.fields)
    return any(
        fragment.text and scale.weight(column, kind_of(fragment.text), fragment.text) < 0
        for column in row
        if not (is_whole and _is_aside(scale.fields[column]))
        for fragment in (row[column] if scale.fields[column] in UNIT_FIELDS else row[column][:1])
    )
