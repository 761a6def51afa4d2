"""What a piece of a pasted table weighs in each of its columns, and which pieces are whole rows.

A fragment weighs for a column what it does in any table (`columns.fit`), what the words over an aside speak of (`_ASIDE_KINDS`),
and what the cells of whole rows in that column are: their kinds, their numbering, their very words. Cells that are passed over,
and lines that go on with a cell, weigh against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum

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
# A fragment is of a kind that its column has in whole rows, and the very text of one; of none, for each of some rows.
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
