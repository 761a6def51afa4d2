"""What a piece of a pasted table weighs in each of its columns, which pieces are whole rows, and which rows do not agree.

A fragment weighs for a column what it does in any table (`columns.fit`), what the words over an aside speak of (`_ASIDE_KINDS`),
and what the cells of whole rows in that column are: their kinds, their numbering, their very words. Cells that are passed over,
and lines that go on with a cell, weigh against it.

**Agreement** (`doubts_of`). Each column is of one kind, its cells have one paragraph or several, numbers run on, rows have the same
count of cells, and a row with fewer stands in one way only. What does not agree is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import pairwise

from tracker import patterns as re
from tracker.reading.lines import Rank, leading_number
from tracker.reading.tables.cells import is_note
from tracker.reading.tables.columns import TEXTS, Kind, fit, kind_of
from tracker.reading.tables.headwords import UNIT_FIELDS, Field, plain_head
from tracker.text import tight
from tracker.values import dataclass


class Edge(Enum):
    """What parts a fragment from the one before: whether its cell may go on, the next cell may follow, a row may begin."""

    # Lines with nothing else: one cell to a line.
    LINE = ("line", True, True, True)
    # An empty line, where empty lines part the cells; and none there.
    GAP = ("gap", True, True, True)
    INSIDE = ("inside", True, False, False)
    # A tab or a sign within a line.
    SIGN = ("sign", False, True, False)
    # A sign and the end of a line: one cell to a line.
    BORDER = ("border", False, True, True)
    # The end of a line, where signs part the cells.
    BREAK = ("break", True, False, True)
    # A sign and the end of a line, where a line is a row.
    ROW = ("row", False, False, True)
    # A head that stood before it on each page, and is gone.
    PAGE = ("page", False, False, True)
    # A blank.
    BLANK = ("blank", True, True, False)

    def __init__(self, _name: str, goes_on: bool, is_next: bool, opens: bool) -> None:
        self.goes_on = goes_on
        self.is_next = is_next
        self.opens = opens


LINES = (Edge.LINE, Edge.GAP, Edge.INSIDE, Edge.PAGE)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A cell of a pasted table, or a paragraph of one.

    Attributes:
        text: Its text; empty for a cell that is blank.
        place: The line in which it stands.
        edge: What parts it from the fragment before.
        near: The column of the head that stands above it on a screen; -1 where that is not known.
        is_idle: Whether it is blank and may be no cell at all: what fills up the end of a line.
    """

    text: str
    place: str
    edge: Edge = Edge.LINE
    near: int = -1
    is_idle: bool = False


# What it costs to pass over a cell.
_SKIP_COSTS: Mapping[Field, int] = {
    Field.NUMBER: 75,
    Field.REQUIREMENT: 80,
    Field.LEAD: 30,
    Field.RESPONSIBLE: 30,
    Field.DEADLINE: 30,
}
_OTHER_SKIP_COST = 6
# The same where so many of ten rows have that cell.
_FILLED_SKIP_COST = 25
_MOSTLY = 8
# What it costs to go on with a cell; over an empty line, where such lines part the cells; with a line that is numbered, in a table with a column of numbers and in any other
# cell; in a column whose cells have one paragraph.
_GOES_ON = 8
_OVER_GAP = 60
_ITEM_NUMBER_COST = 24
NUMBER_COST = 60
_SINGLE = 60
# More than any line weighs.
NEVER = 200
_LEADING = re.compile("总?牵头|主办|第一|首要")
# Whoever leads is mostly one: of three lines for 牵头单位 and 配合单位 two support.
_MORE_LEADS = 12
_SINGLES = (Field.NUMBER, Field.SECTION, Field.TASK, Field.DEADLINE)
# A fragment in an aside whose head speaks of its kind, and of another one.
_EXPECTED = 80
# A fragment is of a kind that its column has in whole rows, and the very text of one, in a remark too; of none of their
# kinds, times the number of these rows up to `_ENOUGH`.
_LIKE = 30
_SAME = 20
_SAME_REMARK = 60
_UNLIKE = 15
_ENOUGH = 3
_LONGEST_NAME = 4
_TELEPHONE = re.compile(r"\d{7,8}")
# A task that goes on below another section, a requirement below another task.
NESTED = 60


def rank_of(text: str) -> Rank | None:
    """The level of the number that a text begins with; None without one."""
    number = leading_number(text)
    return number.rank if number is not None else None


# The same body answers in any column, the same number counts in any.
_ANYWHERE = (Kind.NUMBER, Kind.UNITS)
_PLAIN_KINDS = (Kind.PHRASE, Kind.SENTENCE)
# Below 建设地点 stand names of places, and 全县.
_PLACES = re.compile("地点|位置|地址|区域|范围")
_PLACE = re.compile("^全[省市州县区镇乡域]|(?:[省市州县区镇乡村路街]|街道|社区|园|小区|各地)$")
# What asides hold, by the words over them, where these say it: 考核单位 names bodies, 投资（万元） a sum.
_ASIDE_KINDS: tuple[tuple[re.Pattern[str], tuple[Kind, ...]], ...] = (
    (re.compile("^(?:计量)?单位$"), (Kind.PHRASE, Kind.FIGURE)),
    (re.compile("单位$|部门$|科室$|机构$|主体$"), (Kind.UNITS,)),
    (re.compile("万元|亿元|投资|资金|金额|数量?$|率$|比例|值$|得分|权重"), (Kind.FIGURE, Kind.NUMBER)),
    (re.compile("进展|进度|情况|成效"), (Kind.SENTENCE, Kind.STATUS, Kind.PHRASE, Kind.FIGURE)),
    (re.compile("依据|来源|程序|方式"), (Kind.PHRASE, Kind.SENTENCE)),
    (_PLACES, (Kind.UNITS,)),
)


# 个, 万元, 平方米.
_MEASURE = re.compile("计量单位|单位")
_LONGEST_MEASURE = 4
# What a number of points is taken off for stands below 考核标准 or 评分办法.
_SCORED = re.compile("标准|评分|计分|扣分|考核")
_SCORE = re.compile(r"[扣加减得]\s*[\d.]+\s*分|不得分|扣完为止")


def _aside_kinds(field: Field | None, label: str) -> tuple[Kind, ...]:
    """The kinds that the words over an aside speak of; none where they leave it open or the column is no aside."""
    if field not in (None, Field.REMARK):
        return ()
    return next((kinds for pattern, kinds in _ASIDE_KINDS if pattern.search(plain_head(label))), ())


class ColumnScale:
    """What a fragment weighs in each column: what its kind is for the column's field, and among the cells of whole rows."""

    def __init__(
        self,
        fields: Sequence[Field | None],
        labels: Sequence[str],
        rows: Sequence[Sequence[str]] = (),
        shares: Sequence[int] = (),
    ) -> None:
        self.fields = fields
        # Units answer for the task that stands before them; for all below where they stand before it.
        units = [column for column, field in enumerate(fields) if field in UNIT_FIELDS]
        self.ends_units = [
            field in (Field.SECTION, Field.TASK) and not (units and min(units) < column)
            for column, field in enumerate(fields)
        ]
        self.aside_kinds = [_aside_kinds(field, label) for field, label in zip(fields, labels, strict=True)]
        self.are_places = [
            bool(kinds) and _PLACES.search(plain_head(label)) is not None
            for kinds, label in zip(self.aside_kinds, labels, strict=True)
        ]
        self.are_measures = [
            bool(kinds) and _MEASURE.fullmatch(plain_head(label)) is not None
            for kinds, label in zip(self.aside_kinds, labels, strict=True)
        ]
        self.are_scored = [
            field in (None, Field.REMARK) and _SCORED.search(plain_head(label)) is not None
            for field, label in zip(fields, labels, strict=True)
        ]
        # 牵头责任单位 names whoever leads, too, where all of them answer.
        self.are_leads = [
            field in UNIT_FIELDS and _LEADING.match(plain_head(label)) is not None
            for field, label in zip(fields, labels, strict=True)
        ]
        self.kinds = [Counter(map(kind_of, column)) for column in zip(*rows, strict=True)] or [
            Counter()
        ] * len(fields)
        self.texts = [set(column) for column in zip(*rows, strict=True)] or [set[str]()] * len(fields)
        self.ranks = [set(map(rank_of, column)) for column in zip(*rows, strict=True)] or [{None}] * len(
            fields
        )
        self.costs = [
            _SKIP_COSTS.get(field, _OTHER_SKIP_COST) if field else _OTHER_SKIP_COST for field in fields
        ]
        # What most rows have is not blank without a reason.
        self.costs = [
            max(cost, _FILLED_SKIP_COST) if share >= _MOSTLY else cost
            for cost, share in zip(self.costs, shares or [0] * len(fields), strict=True)
        ]

    def skip_cost(self, start: int, end: int) -> int:
        """What it costs to pass over the columns from one on up to another."""
        return sum(self.costs[start:end])

    def weight(self, column: int, kind: Kind | None, text: str, *, goes_on: bool = False) -> int:
        """What a text of a kind weighs in a column; a further paragraph is what its head speaks of where that is a report."""
        field = self.fields[column]
        if field is Field.PERSON and (
            (kind is Kind.PHRASE and len(tight(text)) <= _LONGEST_NAME) or _TELEPHONE.fullmatch(text.strip())
        ):
            kind = Kind.PERSON  # a name that nobody knows
        weight = fit(field, kind) * 10
        if self.aside_kinds[column] and kind is not None:
            is_expected = kind in self.aside_kinds[column] or (
                self.are_places[column] and _PLACE.search(text) is not None
            )
            is_expected &= not (self.are_measures[column] and len(tight(text)) > _LONGEST_MEASURE)
            is_report = self.aside_kinds[column][0] is Kind.SENTENCE
            if not (is_expected and goes_on and not is_report):
                weight = _EXPECTED if is_expected else -_EXPECTED
        if self.are_scored[column] and _SCORE.search(text):
            weight += _EXPECTED
        kinds = self.kinds[column]
        if kind is None or not kinds:
            return weight
        if None not in self.ranks[column] and kind is not Kind.NUMBER:
            weight += _LIKE if rank_of(text) in self.ranks[column] else -_LIKE
        if field in TEXTS and kind in _PLAIN_KINDS and kind not in kinds:
            return weight
        # A remark is a word or a sentence.
        is_remark = (
            field in (None, Field.REMARK) and kind in _PLAIN_KINDS and bool({*_PLAIN_KINDS} & {*kinds})
        )
        if kind in kinds or is_remark or (field is Field.PERSON and kind is Kind.PERSON):
            is_same = text in self.texts[column] and kind not in _ANYWHERE
            return weight + _LIKE + is_same * (_SAME_REMARK if is_remark and kind is Kind.SENTENCE else _SAME)
        return weight - _UNLIKE * min(kinds.total(), _ENOUGH)


def cost_of_going_on(fragment: Fragment, rank: Rank | None, column: int, scale: ColumnScale) -> int:
    """What it costs that a fragment is the next paragraph of the cell in a column."""
    if fragment.edge is Edge.INSIDE:
        return 0
    field = scale.fields[column]
    is_item = field is Field.REQUIREMENT and Field.NUMBER in scale.fields
    return (
        _GOES_ON
        + _OVER_GAP * (fragment.edge is Edge.GAP)
        + (0 if rank is None else _ITEM_NUMBER_COST if is_item else NUMBER_COST)
        + _SINGLE * (field in _SINGLES)
        + _MORE_LEADS * scale.are_leads[column]
    )


def whole_spots(fragments: Sequence[Fragment], scale: ColumnScale) -> dict[int, int]:
    """The columns of the fragments of rows that have all their cells, by their number.

    Such a row goes from the end of a line to the next one, where lines are rows; else from its number to the next, where
    these run on; else rows follow each other to the end of the table.
    """
    width = len(scale.fields)
    number = scale.fields.index(Field.NUMBER) if Field.NUMBER in scale.fields else -1
    live = [at for at, fragment in enumerate(fragments) if not fragment.is_idle]
    texts = [fragments[at].text for at in live]
    edges = [fragments[at].edge for at in live]
    starts: list[int]
    first = 0
    if any(edge in (Edge.BREAK, Edge.ROW) for edge in edges[1:]):
        starts = [at for at, edge in enumerate(edges) if edge not in (Edge.SIGN, Edge.BLANK)]
    elif number >= 0:
        first = number
        starts, value = [], 0
        for at, text in enumerate(texts):
            if text.isdecimal() and int(text) == value + 1:
                starts.append(at)
                value += 1
    else:
        starts = [*range(0, len(live) - width + 1, width)]
        wholes = [at for at in starts if _agrees_at(texts, at, 0, scale)]
        if wholes != starts or len(starts) < 2:
            return {}
    spots: dict[int, int] = {}
    # A note ends a row.
    ends = sorted({*starts[1:], len(live), *(at for at, text in enumerate(texts) if is_note(text))})
    spans = [(start, next(end for end in ends if end > start)) for start in starts]
    if any(end - start > width for start, end in spans[:-1]):
        return {}  # where cells have several lines, so may those of a row that lacks some
    for start, end in spans:
        rest = end - start - (width - first)
        behind = (
            [scale.weight(column, kind_of(text), text) for column, text in enumerate(texts[end - rest : end])]
            if 0 < rest <= first
            else []
        )
        if (rest == 0 or (behind and min(behind) > 0)) and _agrees_at(texts, start, first, scale):
            spots |= {live[start + at]: first + at for at in range(width - first)}
    return spots


def _agrees_at(texts: Sequence[str], start: int, first: int, scale: ColumnScale) -> bool:
    """Whether texts are those of a row from a column on: each is what its column is for, and what has to be done no name."""
    return all(
        (
            scale.weight(column, kind, text) >= 0
            or (kind is Kind.TIME and field in (None, Field.REMARK) and not scale.aside_kinds[column])
        )
        and (field not in UNIT_FIELDS or kind is Kind.UNITS)
        and (field is not Field.REQUIREMENT or kind in _PLAIN_KINDS)
        for column, text in enumerate(texts[start : start + len(scale.fields) - first], first)
        for field, kind in [(scale.fields[column], kind_of(text))]
    )


def is_gap_in_texts(field: Field | None, gone: Sequence[Field | None]) -> bool:
    """Whether a task lacks below a section of its own, or what is required below a task of its own."""
    return (field is Field.SECTION and Field.TASK in gone) or (
        field in (Field.SECTION, Field.TASK) and Field.REQUIREMENT in gone
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
