"""In which row and column each piece of a table that stands in a text belongs.

Cells may be missing, and nothing may say where one ends; so all fragments below a head are placed at once (`place`). A fragment is

    the next paragraph of the cell before it | a cell further right in the row | a cell of the next row
    | a row of its own (a banner, a note) | behind the table

as what parts it from the one before (`Edge`) leaves open, and the way through the table with the greatest weight is taken:
a fragment weighs for a column what it does in any table (`columns.fit`), and cells that are passed over weigh against it
(`_SKIP_COSTS`). Cells that were merged downwards are mostly missing in the rows below, which are shorter therefore:

    | 任务     | 要求           | 单位   |        供水 / 换管网三公里。 / 市甲局 / 增设水站。 / 市乙局
    | 供水     | 换管网三公里。 | 市甲局 |        the second row begins in the second column: 增设水站。 is no task,
    | ^        | 增设水站。     | 市乙局 |        nor 市乙局 what has to be done

Units and numbers that are passed over are covered by those above, if these stand under the same task; where signs part
the cells everything before the last cell of a row is. A cell that is blank on purpose covers nothing.

Rows that have all their cells are placed first (`_whole_spots`): as many fragments as columns, from one number or line to the next,
of which each is what its column is for. Nothing else is weighed for them.

A placing proves itself by agreement (`_doubts`): each column is of one kind, its cells have one paragraph or several, numbers
run on, rows have the same count of cells, and a row with fewer stands in one way only. A row that does not agree is told.

A cell keeps the address that it has in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import Merge
from tracker.reading.lines import Rank, is_heading, leading_number
from tracker.reading.tables.cells import is_full_date, is_note
from tracker.reading.tables.columns import TEXTS, Kind, fit, kind_of
from tracker.reading.tables.headwords import (
    UNIT_FIELDS,
    Field,
    plain_head,
)
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


@dataclass(frozen=True, slots=True)
class Placing:
    """The rows below a head.

    Attributes:
        rows: The fragments in each column of each row.
        merges: What is merged in them; row 0 is the first below the head.
        end: How many of the fragments stand in the table.
        doubts: Rows that do not agree with their table, by their number; with each those of its fragments that are odd in it.
        weight: How well they stand, to compare heads with.
    """

    rows: Sequence[Mapping[int, Sequence[Fragment]]]
    merges: Sequence[Merge]
    end: int
    doubts: Mapping[int, Sequence[Fragment]]
    weight: int = 0


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
# A row that names nobody, below none whose units it could take.
_NOBODY = 60
# What it costs to go on with a cell; over an empty line, where such lines part the cells; with a line that is numbered, in a table with a column of numbers and in any other
# cell; in a column whose cells have one paragraph.
_GOES_ON = 8
_OVER_GAP = 60
_ITEM_NUMBER_COST = 24
_NUMBER_COST = 60
_SINGLE = 60
# More than any line weighs.
_NEVER = 200
_LEADING = re.compile("总?牵头|主办|第一|首要")
# Whoever leads is mostly one: of three lines for 牵头单位 and 配合单位 two support.
_MORE_LEADS = 12
_SINGLES = (Field.NUMBER, Field.SECTION, Field.TASK, Field.DEADLINE)
# A line without signs among rows that signs part is rather a row of its own than a short one.
_LONE = 20
# The column above which a fragment stands on the screen.
_NEAR = 15
# A fragment in an aside whose head speaks of its kind, and of another one.
_EXPECTED = 80
# A fragment is of a kind that its column has in whole rows, and the very text of one; of none, for each of some rows.
_LIKE = 30
_SAME = 20
_UNLIKE = 15
_ENOUGH = 3
_LONGEST_NAME = 4
_TELEPHONE = re.compile(r"\d{7,8}")
# A task that goes on below another section, a requirement below another task.
_NESTED = 60
# A numbered heading in a line of its own, among rows that signs part, is a row of its own.
_BANNER = 80
# A short row whose second place weighs so little less is told.
_MARGIN = 30
# So many ways through a row are compared.
_RIVALS = 24
_ANNEX = re.compile(r"附\s*[件表录]\s*\d{0,2}\s*(?:[:：.．].*)?$")
# Columns for a row of its own and for a line behind the table.
_ALONE = -1
_OUT = -2


@dataclass(frozen=True, slots=True)
class _Step:
    """Where a fragment stands on the best way there.

    Attributes:
        weight: What the way weighs.
        row: The row below the head, counted from 0.
        column: The column, `_ALONE` or `_OUT`.
        has_units: Whether the task so far names units.
        before: Where the fragment before it stands.
        is_idle: Whether the fragment is no cell.
    """

    weight: int
    row: int
    column: int
    has_units: bool
    before: _Step | None = None
    is_idle: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    """A fragment as a cell: what it is, the level of its number, whether it is a heading or a note, and whether no sign follows."""

    fragment: Fragment
    kind: Kind | None
    rank: Rank | None
    is_heading: bool
    is_note: bool
    is_lone: bool


def _cell(fragment: Fragment, following: Fragment | None) -> _Cell:
    return _Cell(
        fragment,
        kind_of(fragment.text),
        _rank(fragment.text),
        is_heading(fragment.text),
        is_note(fragment.text),
        following is None or following.edge is not Edge.SIGN,
    )


def _rank(text: str) -> Rank | None:
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


# What a number of points is taken off for stands below 考核标准 or 评分办法.
_SCORED = re.compile("标准|评分|计分|扣分|考核")
_SCORE = re.compile(r"[扣加减得]\s*[\d.]+\s*分|不得分|扣完为止")


def _aside_kinds(field: Field | None, label: str) -> tuple[Kind, ...]:
    """The kinds that the words over an aside speak of; none where they leave it open or the column is no aside."""
    if field not in (None, Field.REMARK):
        return ()
    return next((kinds for pattern, kinds in _ASIDE_KINDS if pattern.search(plain_head(label))), ())


class _Scale:
    """What a fragment weighs in each column: what its kind is for the column's field, and among the cells of whole rows."""

    def __init__(
        self,
        fields: Sequence[Field | None],
        labels: Sequence[str],
        rows: Sequence[Sequence[str]] = (),
        shares: Sequence[int] = (),
    ) -> None:
        self.fields = fields
        self.aside_kinds = [_aside_kinds(field, label) for field, label in zip(fields, labels, strict=True)]
        self.are_places = [
            bool(kinds) and _PLACES.search(plain_head(label)) is not None
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
        self.ranks = [set(map(_rank, column)) for column in zip(*rows, strict=True)] or [{None}] * len(fields)
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
            is_report = self.aside_kinds[column][0] is Kind.SENTENCE
            if not (is_expected and goes_on and not is_report):
                weight = _EXPECTED if is_expected else -_EXPECTED
        if self.are_scored[column] and _SCORE.search(text):
            weight += _EXPECTED
        kinds = self.kinds[column]
        if kind is None or not kinds:
            return weight
        if None not in self.ranks[column] and kind is not Kind.NUMBER:
            weight += _LIKE if _rank(text) in self.ranks[column] else -_LIKE
        if field in TEXTS and kind in _PLAIN_KINDS and kind not in kinds:
            return weight
        # A remark is a word or a sentence.
        is_remark = (
            field in (None, Field.REMARK) and kind in _PLAIN_KINDS and bool({*_PLAIN_KINDS} & {*kinds})
        )
        if kind in kinds or is_remark or (field is Field.PERSON and kind is Kind.PERSON):
            return weight + _LIKE + _SAME * (text in self.texts[column] and kind not in _ANYWHERE)
        return weight - _UNLIKE * min(kinds.total(), _ENOUGH)


def _whole_rows(steps: Sequence[_Step], fragments: Sequence[Fragment], width: int) -> list[list[str]]:
    """The texts of the rows that have a fragment in each column."""
    rows: dict[int, dict[int, str]] = {}
    for step, fragment in zip(steps, fragments, strict=True):
        if step.column >= 0 and not step.is_idle:
            rows.setdefault(step.row, {}).setdefault(step.column, fragment.text)
    return [[row[column] for column in range(width)] for row in rows.values() if len(row) == width]


def _shares(steps: Sequence[_Step], width: int) -> list[int]:
    """In how many of ten rows each column holds something."""
    spots = {(step.row, step.column) for step in steps if step.column >= 0 and not step.is_idle}
    rows = len({row for row, _ in spots})
    counts = Counter(column for _, column in spots)
    return [10 * counts[column] // max(rows, 1) for column in range(width)]


def place(
    fragments: Sequence[Fragment],
    fields: Sequence[Field | None],
    labels: Sequence[str],
    *,
    is_last: bool,
    has_blanks: bool = False,
) -> Placing:
    """The rows that fragments below a head make.

    Args:
        fragments: What stands below the head, up to the next one.
        fields: What each column holds; None below a word that nobody knows.
        labels: The words over each column.
        is_last: Whether no other head follows: then the table may end before the last fragment.
        has_blanks: Whether blanks part the cells, among which one that is blank is lost.
    """
    has_signs = any(fragment.edge in (Edge.SIGN, Edge.BORDER, Edge.BLANK) for fragment in fragments)
    scale = _Scale(fields, labels)
    steps = _steps(fragments, scale, is_last=is_last)
    if whole_rows := _whole_rows(steps, fragments, len(fields)):
        scale = _Scale(fields, labels, whole_rows, _shares(steps, len(fields)))
        steps = _steps(fragments, scale, is_last=is_last)
    rows: list[dict[int, list[Fragment]]] = []
    merges: list[Merge] = []
    alone: set[int] = set()
    end = 0
    for step, fragment in zip(steps, fragments, strict=True):
        if step.column == _OUT:
            break
        end += 1
        if step.is_idle:
            continue
        if not rows or step.row >= len(rows):
            rows.append({})
        rows[-1].setdefault(max(step.column, 0), []).append(fragment)
        if step.column == _ALONE and len(rows) - 1 not in alone:
            merges.append(Merge(len(rows) - 1, 0, len(rows) - 1, len(fields) - 1))
            alone.add(len(rows) - 1)
    # A blank cell leaves its blanks where columns stand below each other.
    is_aligned = any(fragment.near >= 0 for fragment in fragments)
    for column, field in enumerate(fields):
        if is_aligned:
            break
        if has_signs or field in (Field.NUMBER, *UNIT_FIELDS):
            merges += _covers(rows, column, fields, alone, has_signs=has_signs)
    # Units that lack in a line of their own are covered; a time never is, and blanks and the end of a row say neither.
    telling = (Field.DEADLINE, *UNIT_FIELDS)
    doubts = _doubts(
        rows,
        scale,
        alone,
        anywhere=() if is_aligned else telling if has_blanks else () if has_signs else telling[:1],
        at_end=telling if has_signs and not is_aligned else (),
    )
    return Placing(rows, merges, end, doubts, steps[-1].weight if steps else 0)


def _covers(
    rows: Sequence[Mapping[int, Sequence[Fragment]]],
    column: int,
    fields: Sequence[Field | None],
    alone: set[int],
    *,
    has_signs: bool,
) -> list[Merge]:
    """The cells of a column with the rows below that they cover."""
    field = fields[column]
    bottoms: dict[int, int] = {}
    anchor = -1
    for at, row in enumerate(rows):
        opens = any(fields[other] in (Field.SECTION, Field.TASK) for other in row)
        is_named = any(fields[other] in UNIT_FIELDS for other in row) and field is not Field.NUMBER
        if column in row or at in alone or (not has_signs and (opens or is_named)):
            anchor = at if column in row and row[column][0].text else -1
        elif anchor >= 0:
            bottoms[anchor] = at
    return [Merge(top, column, bottom, column) for top, bottom in bottoms.items()]


def _doubts(
    rows: Sequence[Mapping[int, Sequence[Fragment]]],
    scale: _Scale,
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
    row: Mapping[int, Sequence[Fragment]], before: Mapping[int, Sequence[Fragment]], scale: _Scale
) -> bool:
    """Whether the first of several lines of what is required could be a cell of its own.

    It could be the name that the row lacks or has a banner for, or an aside of the row before.
    """
    fields = scale.fields
    column = next((at for at, field in enumerate(fields) if field is Field.REQUIREMENT), -1)
    lines = row.get(column, ())
    if len(lines) < 2 or lines[1].edge not in (Edge.LINE, Edge.GAP):
        return False
    if any(_rank(line.text) is not None for line in lines[1:]):
        return False
    text = lines[0].text
    kind = kind_of(text)
    names = [at for at in range(column) if fields[at] in (Field.SECTION, Field.TASK)]
    ranks = [_rank(row[at][0].text) if at in row else Rank.HAN for at in names]
    if kind is Kind.PHRASE and any(rank is not None and rank <= Rank.HAN_BRACKET for rank in ranks):
        return True
    last = max(before, default=column)
    return min(row) == column < last and any(
        fields[at] in (None, Field.REMARK) and scale.weight(at, kind, text) >= 0
        for at in range(last, len(fields))
    )


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
            if len(row.get(column, ())) > 1 and any(_rank(part.text) is None for part in row[column][1:])
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


def _margin(row: Mapping[int, Sequence[Fragment]], scale: _Scale) -> int:
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
        kind, rank = kind_of(fragment.text), _rank(fragment.text)
        best: dict[tuple[int, tuple[Field | int, ...]], int] = {}
        for (last, sides), weight in ways.items():
            for column in range(max(last, 0), len(fields)):
                if column == last and not fragment.edge.goes_on:
                    continue
                cost = (
                    _cost_of_going_on(fragment, rank, column, scale)
                    if column == last
                    else scale.skip_cost(last + 1, column)
                    + _NESTED * (last >= 0 and _is_gap_in_texts(fields[last], fields[last + 1 : column]))
                )
                key = (column, (*sides, side(column, kind)))
                total = weight + scale.weight(column, kind, fragment.text) - cost
                if total > best.get(key, -_NEVER * len(fragments)):
                    best[key] = total
        ways = dict(sorted(best.items(), key=_second, reverse=True)[:_RIVALS])
    totals: dict[tuple[Field | int, ...], int] = {}
    for (last, sides), weight in ways.items():
        total = weight - scale.skip_cost(last + 1, len(fields))
        totals[sides] = max(total, totals.get(sides, total))
    mine = totals.pop(own, -_NEVER)
    return mine - max(totals.values(), default=-_NEVER)


def _second(pair: tuple[tuple[int, tuple[Field | int, ...]], int]) -> int:
    return pair[1]


def _is_aside(field: Field | None) -> bool:
    return field in (None, Field.REMARK, Field.PERSON, Field.FREQUENCY)


def _is_unfit(row: Mapping[int, Sequence[Fragment]], scale: _Scale) -> bool:
    """Whether a cell holds what its column is not for: the last cell of the row before, where one was lost."""
    is_whole = _is_whole(row, scale.fields)
    return any(
        fragment.text and scale.weight(column, kind_of(fragment.text), fragment.text) < 0
        for column in row
        if not (is_whole and _is_aside(scale.fields[column]))
        for fragment in (row[column] if scale.fields[column] in UNIT_FIELDS else row[column][:1])
    )


def _cost_of_going_on(fragment: Fragment, rank: Rank | None, column: int, scale: _Scale) -> int:
    """What it costs that a fragment is the next paragraph of the cell in a column."""
    if fragment.edge is Edge.INSIDE:
        return 0
    field = scale.fields[column]
    is_item = field is Field.REQUIREMENT and Field.NUMBER in scale.fields
    return (
        _GOES_ON
        + _OVER_GAP * (fragment.edge is Edge.GAP)
        + (0 if rank is None else _ITEM_NUMBER_COST if is_item else _NUMBER_COST)
        + _SINGLE * (field in _SINGLES)
        + _MORE_LEADS * scale.are_leads[column]
    )


def _steps(fragments: Sequence[Fragment], scale: _Scale, *, is_last: bool) -> list[_Step]:
    """Where each fragment below a head stands, on the way that weighs most."""
    fields = scale.fields
    outer, inner = _heading_ranks(fragments, fields)
    signature = _signature(fragments, fields) if is_last else len(fragments)
    followers: list[Fragment | None] = []
    follower: Fragment | None = None
    for fragment in reversed(fragments):
        followers.append(follower)
        follower = follower if fragment.is_idle else fragment
    followers.reverse()
    ways: dict[tuple[int, bool], _Step] = {(_ALONE, False): _Step(0, -1, _ALONE, False)}
    spots = _whole_spots(fragments[:signature], scale)
    for at, fragment in enumerate(fragments):
        inside = [way for way in ways.values() if way.column != _OUT]
        if inside and (column := spots.get(at)) is not None:
            step = _forced(inside, fragment, column, scale, is_first=spots.get(at - 1) != column - 1)
            ways = {(column, step.has_units): step}
            continue
        out = is_last and (at >= signature or bool(_ANNEX.match(fragment.text)))
        cell = _cell(fragment, followers[at])
        best: dict[tuple[int, bool], _Step] = {}
        for way in ways.values():
            for step in _next(way, cell, scale, outer, inner, may_end=is_last, must_end=out):
                key = (step.column, step.has_units)
                if key not in best or best[key].weight < step.weight:
                    best[key] = step
        if not best:
            # More cells than columns: the last one takes what is left.
            best = {
                key: _Step(way.weight - _NEVER, way.row, way.column, way.has_units, way)
                for key, way in ways.items()
            }
        ways = best
    last: _Step | None = max(
        ways.values(), key=lambda way: way.weight - (0 if way.column == _OUT else _rest(way, scale))
    )
    steps: list[_Step] = []
    while last is not None and last.before is not None:
        steps.append(last)
        last = last.before
    return steps[::-1]


def _forced(
    ways: Iterable[_Step], fragment: Fragment, column: int, scale: _Scale, *, is_first: bool
) -> _Step:
    """The best step to a fragment of a whole row: to its first one on any way, to all others from the one before."""
    field = scale.fields[column]
    weight = scale.weight(column, kind_of(fragment.text), fragment.text)
    names = field in UNIT_FIELDS and bool(fragment.text)
    steps: list[_Step] = []
    for way in ways:
        has_units = names or (way.has_units and field not in (Field.SECTION, Field.TASK))
        if not is_first:
            steps.append(_Step(way.weight + weight, way.row, column, has_units, way))
            continue
        cost = _rest(way, scale) + scale.skip_cost(0, column)
        steps.append(_Step(way.weight + weight - cost, way.row + 1, column, has_units, way))
        if 0 <= way.column < column and fragment.edge.is_next:
            cost = scale.skip_cost(way.column + 1, column)
            steps.append(_Step(way.weight + weight - cost, way.row, column, has_units, way))
    return max(steps, key=lambda step: step.weight)


def _whole_spots(fragments: Sequence[Fragment], scale: _Scale) -> dict[int, int]:
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
    for start, end in pairwise([*starts, len(live)]):
        rest = end - start - (width - first)
        behind = (
            [scale.weight(column, kind_of(text), text) for column, text in enumerate(texts[end - rest : end])]
            if 0 < rest <= first
            else []
        )
        if (rest == 0 or (behind and min(behind) > 0)) and _agrees_at(texts, start, first, scale):
            spots |= {live[start + at]: first + at for at in range(width - first)}
    return spots


def _agrees_at(texts: Sequence[str], start: int, first: int, scale: _Scale) -> bool:
    """Whether texts are those of a row from a column on: each is what its column is for, and what has to be done no name."""
    return all(
        scale.weight(column, kind, text) >= 0
        and (field not in UNIT_FIELDS or kind is Kind.UNITS)
        and (field is not Field.REQUIREMENT or kind in _PLAIN_KINDS)
        for column, text in enumerate(texts[start : start + len(scale.fields) - first], first)
        for field, kind in [(scale.fields[column], kind_of(text))]
    )


def _heading_ranks(
    fragments: Sequence[Fragment], fields: Sequence[Field | None]
) -> tuple[set[Rank], set[Rank]]:
    """The levels of headings without a column, and of those with one: 一、 and （一） where the table has a task.

    Where it has none, both are banners. So is what stands above the number of each row that it opens, and 一、 where
    1. opens each row below it: the name of a task before a sentence.
    """
    headings = [
        (at, rank)
        for at, fragment in enumerate(fragments)
        if fragment.text and is_heading(fragment.text) and (rank := _rank(fragment.text)) is not None
    ]
    ranks = sorted({rank for _, rank in headings if rank <= Rank.HAN_BRACKET})
    columns = sum(field in (Field.SECTION, Field.TASK) for field in fields)
    below = [at + 1 for at, rank in headings if rank <= Rank.HAN_BRACKET and at + 1 < len(fragments)]
    if fields[0] is Field.NUMBER and below and all(fragments[at].text.isdecimal() for at in below):
        return set(ranks), set()
    names = [at for at, rank in headings if rank is Rank.ARABIC]
    bodies = [fragments[at + 1].text for at in names if at + 1 < len(fragments)]
    sentences = sum(kind_of(body) is Kind.SENTENCE for body in bodies)
    is_named = bool(below) and {*below} <= {*names} and all(_rank(body) is None for body in bodies)
    if columns and is_named and 2 * sentences > len(bodies):
        ranks.append(Rank.ARABIC)
    cut = max(len(ranks) - columns, 0)
    return set(ranks[:cut]), set(ranks[cut:])


def _signature(fragments: Sequence[Fragment], fields: Sequence[Field | None]) -> int:
    """Where the signature begins: an office and the day; behind the last fragment without one.

    Where signs part the cells, only lines without one below the last that has one are a signature.
    """
    signs = [at for at, fragment in enumerate(fragments) if fragment.edge in (Edge.SIGN, Edge.BORDER)]
    if not signs and Field.DEADLINE in fields:
        # The only day among other limits, below a body, is that of the signature.
        times = [at for at, fragment in enumerate(fragments) if kind_of(fragment.text) is Kind.TIME]
        days = [at for at in times if is_full_date(fragments[at].text)]
        is_signed = days == times[-1:] == [len(fragments) - 1] and len(times) > 1
        return (
            len(fragments) - 2 if is_signed and kind_of(fragments[-2].text) is Kind.UNITS else len(fragments)
        )
    first = max(signs, default=0)
    return next(
        (
            at - 1
            for at in range(first + 1, len(fragments))
            if at > first + bool(signs) and is_full_date(fragments[at].text)
        ),
        len(fragments),
    )


def _next(
    way: _Step,
    cell: _Cell,
    scale: _Scale,
    outer: set[Rank],
    inner: set[Rank],
    *,
    may_end: bool,
    must_end: bool,
) -> Iterator[_Step]:
    """The places where a fragment can stand after a way."""
    fields, edge = scale.fields, cell.fragment.edge
    is_line = edge not in (Edge.SIGN, Edge.BLANK)
    if way.column == _OUT or (must_end and is_line):
        weight = way.weight - (0 if way.column == _OUT else _rest(way, scale))
        yield _Step(weight, way.row, _OUT, way.has_units, way)
        return
    rank = cell.rank
    end_weight = way.weight - _rest(way, scale)
    if is_line and (cell.is_note or (rank in outer and cell.is_heading)):
        yield _Step(end_weight, way.row + 1, _ALONE, False, way)
        if edge in LINES:
            return
    if cell.fragment.is_idle:
        yield _Step(way.weight, way.row, way.column, way.has_units, way, is_idle=True)
    if may_end and is_line and not cell.fragment.is_idle:
        yield _Step(end_weight, way.row, _OUT, way.has_units, way)
    if edge in (Edge.BREAK, Edge.ROW) and cell.fragment.text and cell.is_lone:
        is_banner = cell.is_heading and rank is not None and rank <= Rank.HAN_BRACKET
        yield _Step(end_weight + (_BANNER if is_banner else -_LONE), way.row + 1, _ALONE, False, way)
    goes_on = edge.goes_on and way.column != _ALONE
    opens = edge.opens or (way.column == _ALONE and edge is not Edge.SIGN)
    is_next = edge.is_next and way.column != _ALONE
    for column, field in enumerate(fields):
        is_heading_column = field in (Field.SECTION, Field.TASK)
        weight = scale.weight(column, cell.kind, cell.fragment.text) + _NEAR * (column == cell.fragment.near)
        if inner and rank is not None and is_heading_column is not (rank in inner and cell.is_heading):
            weight -= _NUMBER_COST  # an item among headings, a heading among items
        if field in UNIT_FIELDS and rank is not None and rank <= Rank.HAN_BRACKET:
            weight -= _NEVER  # （二）美化街区 is called like an office
        if goes_on and column == way.column and not (rank is not None and rank <= Rank.HAN_BRACKET):
            cost = _cost_of_going_on(cell.fragment, rank, column, scale)
            cost += weight - scale.weight(column, cell.kind, cell.fragment.text, goes_on=True)
            yield _Step(way.weight + weight - cost, way.row, column, way.has_units, way)
        names = field in UNIT_FIELDS and bool(cell.fragment.text)
        if is_next and column > way.column:
            skip_cost = scale.skip_cost(way.column + 1, column)
            if edge not in LINES:
                skip_cost += _NESTED * _is_gap_in_texts(fields[way.column], fields[way.column + 1 : column])
            has_units = names or (way.has_units and not is_heading_column)
            yield _Step(way.weight + weight - skip_cost, way.row, column, has_units, way)
        if opens and (column <= way.column or not is_next or edge is Edge.BORDER):
            skip_cost = scale.skip_cost(0, column)
            has_units = names or (way.has_units and not is_heading_column)
            yield _Step(end_weight + weight - skip_cost, way.row + 1, column, has_units, way)


def _is_gap_in_texts(field: Field | None, gone: Sequence[Field | None]) -> bool:
    """Whether a task lacks below a section of its own, or what is required below a task of its own."""
    return (field is Field.SECTION and Field.TASK in gone) or (
        field in (Field.SECTION, Field.TASK) and Field.REQUIREMENT in gone
    )


def _rest(way: _Step, scale: _Scale) -> int:
    """What it costs to end the row of a way: the columns that it did not reach, and nobody who answers."""
    if way.column == _ALONE:
        return 0
    nobody = not way.has_units and any(field in UNIT_FIELDS for field in scale.fields)
    return scale.skip_cost(way.column + 1, len(scale.fields)) + _NOBODY * nobody
