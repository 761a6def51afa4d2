"""In which row and column each piece of a table that stands in a text belongs.

Cells may be missing, and nothing may say where one ends; so all fragments below a head are placed at once (`place`). A fragment is

    the next paragraph of the cell before it | a cell further right in the row | a cell of the next row
    | a row of its own (a banner, a note) | behind the table

as what parts it from the one before (`scale.Edge`) leaves open, and the way through the table with the greatest weight is taken:
a fragment weighs for a column what `scale` says. Cells that were merged downwards are mostly missing in the rows below, which are shorter therefore:

    | 任务     | 要求           | 单位   |        供水 / 换管网三公里。 / 市甲局 / 增设水站。 / 市乙局
    | 供水     | 换管网三公里。 | 市甲局 |        the second row begins in the second column: 增设水站。 is no task,
    | ^        | 增设水站。     | 市乙局 |        nor 市乙局 what has to be done

Units and numbers that are passed over are covered by those above, if these stand under the same task; where signs part
the cells everything before the last cell of a row is. A cell that is blank on purpose covers nothing.

Rows that have all their cells are placed first (`scale.whole_spots`): as many fragments as columns, from one number or line to the next,
of which each is what its column is for. Nothing else is weighed for them.

A placing proves itself by agreement (`scale.doubts_of`): a row that does not agree with the others is told.

A cell keeps the address that it has in the file.

**Tables that cannot be placed**: nothing stands between their cells, or no head above them. Where one cell ends cannot be
told from letters, so such a table is never cut. It is known by its head, three captions or more in one word
(`find_run_together`); by dates that touch what is before and behind them (`touching_cells`); or, without a head, by rows of
cells with somebody who answers (`headless_cells`). It is told, with the way to copy it again.

    序号工作任务责任单位完成时限            a head
    市丙局2026年9月规范流程                three such dates
    修渠 | 换闸三座。 | 市甲局             three such rows below no head
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import Merge
from tracker.reading.lines import Rank, TextLine, is_heading, leading_number
from tracker.reading.tables.cells import is_full_date, is_note
from tracker.reading.tables.columns import Kind, kind_of
from tracker.reading.tables.headwords import CAPTION, UNIT_CAPTION, UNIT_FIELDS, Field, fields_of, is_pure
from tracker.reading.tables.scale import (
    LINES,
    NESTED,
    NEVER,
    NUMBER_COST,
    ColumnScale,
    Edge,
    Fragment,
    cost_of_going_on,
    doubts_of,
    is_gap_in_texts,
    rank_of,
    whole_spots,
)
from tracker.text import tight
from tracker.values import dataclass


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


# A row that names nobody, below none whose units it could take.
_NOBODY = 60
# A line without signs among rows that signs part is rather a row of its own than a short one.
_LONE = 20
# The column above which a fragment stands on the screen.
_NEAR = 15
# A numbered heading in a line of its own, among rows that signs part, is a row of its own.
_BANNER = 80
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
    """A fragment as a cell.

    Attributes:
        fragment: The fragment.
        kind: What it is.
        rank: The level of its number.
        is_heading: Whether it is a heading.
        is_note: Whether it is a note.
        is_lone: Whether no sign follows in its line.
        is_open: Whether no sign follows where each cell has one behind it.
        is_rest: Whether it goes on in the middle of a sentence.
    """

    fragment: Fragment
    kind: Kind | None
    rank: Rank | None
    is_heading: bool
    is_note: bool
    is_lone: bool
    is_open: bool
    is_rest: bool


# The middle of a sentence: no cell ends or begins so.
_ENDS_OPEN = re.compile("[，、,（(]$")
_BEGINS_OPEN = re.compile("[，、,。；）)]")


def _cell(fragment: Fragment, before: Fragment | None, following: Fragment | None) -> _Cell:
    is_broken = before is not None and _ENDS_OPEN.search(before.text) is not None
    return _Cell(
        fragment,
        kind_of(fragment.text),
        rank_of(fragment.text),
        is_heading(fragment.text),
        is_note(fragment.text),
        following is None or following.edge is not Edge.SIGN,
        fragment.edge is Edge.BORDER and following is not None and following.edge is Edge.BREAK,
        is_broken or _BEGINS_OPEN.match(fragment.text) is not None,
    )


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
    scale = ColumnScale(fields, labels)
    steps = _steps(fragments, scale, is_last=is_last)
    if whole_rows := _whole_rows(steps, fragments, len(fields)):
        scale = ColumnScale(fields, labels, whole_rows, _shares(steps, len(fields)))
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
    doubts = doubts_of(
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
        # Units go on below those of the task before which they stand, numbers below none.
        opens = any(
            fields[other] in (Field.SECTION, Field.TASK) and (other < column or field is Field.NUMBER)
            for other in row
        )
        is_named = any(fields[other] in UNIT_FIELDS for other in row) and field is not Field.NUMBER
        if column in row or at in alone or (not has_signs and (opens or is_named)):
            anchor = at if column in row and row[column][0].text else -1
        elif anchor >= 0:
            bottoms[anchor] = at
    return [Merge(top, column, bottom, column) for top, bottom in bottoms.items()]


def _steps(fragments: Sequence[Fragment], scale: ColumnScale, *, is_last: bool) -> list[_Step]:
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
    spots = whole_spots(fragments[:signature], scale)
    for at, fragment in enumerate(fragments):
        inside = [way for way in ways.values() if way.column != _OUT]
        if inside and (column := spots.get(at)) is not None:
            step = _forced(inside, fragment, column, scale, is_first=spots.get(at - 1) != column - 1)
            ways = {(column, step.has_units): step}
            continue
        out = is_last and (at >= signature or bool(_ANNEX.match(fragment.text)))
        cell = _cell(fragment, fragments[at - 1] if at else None, followers[at])
        best: dict[tuple[int, bool], _Step] = {}
        for way in ways.values():
            for step in _next(way, cell, scale, outer, inner, may_end=is_last, must_end=out):
                key = (step.column, step.has_units)
                if key not in best or best[key].weight < step.weight:
                    best[key] = step
        if not best:
            # More cells than columns: the last one takes what is left.
            best = {
                key: _Step(way.weight - NEVER, way.row, way.column, way.has_units, way)
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
    ways: Iterable[_Step], fragment: Fragment, column: int, scale: ColumnScale, *, is_first: bool
) -> _Step:
    """The best step to a fragment of a whole row: to its first one on any way, to all others from the one before."""
    field = scale.fields[column]
    weight = scale.weight(column, kind_of(fragment.text), fragment.text)
    names = field in UNIT_FIELDS and bool(fragment.text)
    steps: list[_Step] = []
    for way in ways:
        has_units = names or (way.has_units and not scale.ends_units[column])
        if not is_first:
            steps.append(_Step(way.weight + weight, way.row, column, has_units, way))
            continue
        cost = _rest(way, scale) + scale.skip_cost(0, column)
        steps.append(_Step(way.weight + weight - cost, way.row + 1, column, has_units, way))
        if 0 <= way.column < column and fragment.edge.is_next:
            cost = scale.skip_cost(way.column + 1, column)
            steps.append(_Step(way.weight + weight - cost, way.row, column, has_units, way))
    return max(steps, key=lambda step: step.weight)


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
        if fragment.text and is_heading(fragment.text) and (rank := rank_of(fragment.text)) is not None
    ]
    ranks = sorted({rank for _, rank in headings if rank <= Rank.HAN_BRACKET})
    columns = sum(field in (Field.SECTION, Field.TASK) for field in fields)
    below = [at + 1 for at, rank in headings if rank <= Rank.HAN_BRACKET and at + 1 < len(fragments)]
    if fields[0] is Field.NUMBER and below and all(fragments[at].text.isdecimal() for at in below):
        return set(ranks), set()
    names = [at for at, rank in headings if rank is Rank.ARABIC]
    bodies = [fragments[at + 1].text for at in names if at + 1 < len(fragments)]
    sentences = sum(kind_of(body) is Kind.SENTENCE for body in bodies)
    is_named = bool(below) and {*below} <= {*names} and all(rank_of(body) is None for body in bodies)
    if columns and is_named and 2 * sentences > len(bodies):
        ranks.append(Rank.ARABIC)
    cut = max(len(ranks) - columns, 0)
    return set(ranks[:cut]), set(ranks[cut:])


def _signature(fragments: Sequence[Fragment], fields: Sequence[Field | None]) -> int:
    """Where the signature begins: an office and the day; behind the last fragment without one.

    Where signs part the cells, only lines without one below the last that has one are a signature. Where no other
    fragment is a body and a day, one that is both signs at the end: 市乙局办公室 2026年3月1日.
    """
    signing = [at for at, fragment in enumerate(fragments) if _is_body_and_day(fragment.text)]
    if signing == [len(fragments) - 1]:
        return signing[0]
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


def _is_body_and_day(text: str) -> bool:
    """Whether a text is a body and a day with its year, and nothing else.

    >>> _is_body_and_day("市乙局办公室 2026年3月1日"), _is_body_and_day("市甲局 3月1日"), _is_body_and_day("2026年3月1日")
    (True, False, False)
    """
    body, _, day = text.strip().rpartition(" ")
    return is_full_date(day) and kind_of(body) is Kind.UNITS


def _next(
    way: _Step,
    cell: _Cell,
    scale: ColumnScale,
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
        if edge in LINES or (cell.is_note and cell.is_lone and edge is not Edge.BORDER) or cell.is_open:
            return
    if cell.fragment.is_idle:
        yield _Step(way.weight, way.row, way.column, way.has_units, way, is_idle=True)
    if may_end and is_line and not cell.fragment.is_idle:
        yield _Step(end_weight, way.row, _OUT, way.has_units, way)
    if edge in (Edge.BREAK, Edge.ROW) and cell.fragment.text and cell.is_lone:
        is_banner = cell.is_heading and rank is not None and rank <= Rank.HAN_BRACKET
        yield _Step(end_weight + (_BANNER if is_banner else -_LONE), way.row + 1, _ALONE, False, way)
    goes_on = edge.goes_on and way.column != _ALONE
    must_go_on = goes_on and cell.is_rest
    opens = (edge.opens or (way.column == _ALONE and edge is not Edge.SIGN)) and not must_go_on
    is_next = edge.is_next and way.column != _ALONE and not must_go_on
    for column, field in enumerate(fields):
        is_heading_column = field in (Field.SECTION, Field.TASK)
        weight = scale.weight(column, cell.kind, cell.fragment.text) + _NEAR * (column == cell.fragment.near)
        if inner and rank is not None and is_heading_column is not (rank in inner and cell.is_heading):
            weight -= NUMBER_COST  # an item among headings, a heading among items
        if field in UNIT_FIELDS and rank is not None and rank <= Rank.HAN_BRACKET:
            weight -= NEVER  # （二）美化街区 is called like an office
        if goes_on and column == way.column and not (rank is not None and rank <= Rank.HAN_BRACKET):
            cost = cost_of_going_on(cell.fragment, rank, column, scale)
            cost += weight - scale.weight(column, cell.kind, cell.fragment.text, goes_on=True)
            yield _Step(way.weight + weight - cost, way.row, column, way.has_units, way)
        names = field in UNIT_FIELDS and bool(cell.fragment.text)
        if is_next and column > way.column:
            skip_cost = scale.skip_cost(way.column + 1, column)
            if edge not in LINES:
                skip_cost += NESTED * is_gap_in_texts(fields[way.column], fields[way.column + 1 : column])
            has_units = names or (way.has_units and not scale.ends_units[column])
            yield _Step(way.weight + weight - skip_cost, way.row, column, has_units, way)
        if opens and (column <= way.column or not is_next or edge is Edge.BORDER):
            skip_cost = scale.skip_cost(0, column)
            has_units = names or (way.has_units and not scale.ends_units[column])
            yield _Step(end_weight + weight - skip_cost, way.row + 1, column, has_units, way)


def _rest(way: _Step, scale: ColumnScale) -> int:
    """What it costs to end the row of a way: the columns that it did not reach, and nobody who answers."""
    if way.column == _ALONE:
        return 0
    nobody = not way.has_units and any(field in UNIT_FIELDS for field in scale.fields)
    return scale.skip_cost(way.column + 1, len(scale.fields)) + _NOBODY * nobody


MOST_SHOWN = 20
_FEWEST_ROWS = 3
_FEWEST_CELLS = 3


@dataclass(frozen=True, slots=True)
class RunTogether:
    """A table whose cells ran together: the line in which it begins, and its first words there."""

    place: str
    text: str


_CAPTIONS = re.compile(rf"(?:{CAPTION.pattern}){{3,}}")
# The nouns that captions end in, so that a line of nothing but these can be cut; texts and times join their like: 目标任务.
_TEXT_NOUN = "(?:任务|内容|措施|要求|举措|事项|问题|项目|目标|要点|描述|标准|(?:重点|主要)工作)"
_TIME_NOUN = "(?:时限|时间|期限|日期|节点|进度)"
_NOUN = (
    rf"(?:{_TEXT_NOUN}+(?:名称|清单|分工|[及与]要求)?|{_TIME_NOUN}+(?:要求|安排)?|序号|编号|项次|备注|说明|单位|部门|科室|处室|主体|机构"
    r"|责任人|联系人|联络员|领导|电话|领域|类别|分类|板块|分工|依据|来源|程序|方式|进展|情况|成效|地点|分值|数量|目标值|[^\d，。]率|投资)"
    r"(?:[（(]\w{1,4}[)）])?"
)
_UP_TO_NOUN = re.compile(rf"(?![及和与、])[\u4e00-\u9fff/／]{{0,6}}?{_NOUN}")
# They end with the line, or before the number of the first row.
_NOUNS = re.compile(rf"(?P<labels>(?:{_UP_TO_NOUN.pattern}){{3,}})(?:1(?!\d)|$)")
# A line of nothing but captions, and below it sentences behind which bodies stand.
_LINE_OF_CAPTIONS = re.compile(
    rf"(?:(?:{CAPTION.pattern}|(?:重点|主要)工作|(?:任务|政策)?(?:来源|依据))(?:[（(]\w{{1,4}}[)）])?){{2,}}"
)
# 市丙局2026年9月规范流程: a date between a body and the next text, with no mark on either side and no word that goes on.
_TOUCHING = re.compile(
    r"[局委办厅院部门会心司队区县镇府]20\d\d年(?:1[0-2]|[1-9])月(?:[底末]|\d{1,2}日)?前?"
    r"(?![前起至到以之]|完成|实[现施]|启[动用]|开[工展始放业]|建成|出台|印发|召开|公[布开]|正式|上[线报]|投[产用入])(?=[一-鿿（]|$)"
)


def find_run_together(lines: Sequence[TextLine]) -> RunTogether | None:
    """The first head whose captions stand in one line with nothing but blanks between them; None if there is none.

    >>> find_run_together([TextLine("某县2026年任务分解表序号工作任务责任单位完成时限1开展普查县统计局6月", "L1")])
    RunTogether(place='L1', text='序号工作任务责任单位完成时限')
    >>> find_run_together([TextLine("各责任单位要对照工作任务，按完成时限抓好落实。", "L1")]) is None
    True
    """
    for line in lines:
        text = tight(line.text)
        runs = [CAPTION.findall(run[0]) for run in _CAPTIONS.finditer(text)]
        if (nouns := _NOUNS.match(text)) is not None:
            labels = _UP_TO_NOUN.findall(nouns["labels"])
            runs += [labels] * all(map(is_pure, labels))
        for labels in runs:
            fields = set(fields_of(dict(enumerate(labels))).values())
            if len({*labels}) == len(labels) and Field.REQUIREMENT in fields and fields & set(UNIT_FIELDS):
                return RunTogether(line.place, "".join(labels)[:MOST_SHOWN])
    for line, *below in zip(lines, lines[1:], lines[2:], strict=False):
        is_head = _LINE_OF_CAPTIONS.fullmatch(tight(line.text)) is not None and re.search(
            UNIT_CAPTION, line.text
        )
        if is_head and all(_ends_in_body(row.text) for row in below):
            return RunTogether(line.place, tight(line.text)[:MOST_SHOWN])
    return None


def _ends_in_body(text: str) -> bool:
    """Whether somebody stands behind the last sentence of a line."""
    sentence, _, rest = text.replace("；", "。").rpartition("。")
    return bool(sentence) and kind_of(rest) is Kind.UNITS


def touching_cells(lines: Sequence[TextLine]) -> RunTogether | None:
    """The first of three dates that touch a body before and a text behind them, as cells do whose table has no head."""
    dates = [(line.place, match[0]) for line in lines for match in _TOUCHING.finditer(line.text)]
    return RunTogether(*dates[0]) if len(dates) >= _FEWEST_ROWS else None


def headless_cells(lines: Sequence[TextLine]) -> RunTogether | None:
    """The first of several rows of cells that stand below no head; None where there are none.

    Such rows are a number and cells that signs part, or lines below a number alone in its line, most with a body among them
    and none with a label.

    >>> rows = "1/修渠/换闸三座。/市甲局/2/绿化/栽树百株。/市乙局/3/道路/补路三里。/市丙局".split("/")
    >>> headless_cells([TextLine(text, f"L{n}") for n, text in enumerate(rows, 1)])
    RunTogether(place='L1', text='1 修渠 换闸三座。 市甲局')
    """
    cells = [replace(line, text=text) for line in lines if (text := line.text.strip(_ENDS_OF_CELLS))]
    starts: list[int] = []
    for at, cell in enumerate(cells):
        if cell.text.isdecimal() and (not starts or int(cell.text) == int(cells[starts[-1]].text) + 1):
            starts.append(at)
    by_lines = [cells[at:after] for at, after in pairwise([*starts, len(cells)])]
    # Where the text begins with such a row, no title stands above it: none of them is an item.
    signed = [(line, row) for line in lines if len(row := _cells(line.text)) >= _FEWEST_CELLS]
    is_cut = bool(signed) and signed[0][0] is lines[0] and _is_row(signed[0][1], is_cut=True)
    by_signs = [
        [replace(line, text=text) for text in row]
        for line, row in signed
        if row[0].isdecimal()
        or row[1].isdecimal()
        or _is_row(row, is_cut=is_cut or _SIGN.match(line.text) is not None)
    ]
    for rows in (by_lines, by_signs):
        texts = [[cell.text for cell in row] for row in rows]
        named = [row for row in texts if any(kind_of(text) is Kind.UNITS for text in row)]
        whole = [row for row in texts if len(row) >= _FEWEST_CELLS]
        is_table = len(rows) >= _FEWEST_ROWS and 4 * len(whole) >= 3 * len(rows)
        # Behind the last row stands what the page has below its table.
        has_labels = any(_LINK.search(text) for row in texts[:-1] for text in row)
        if is_table and not has_labels and 2 * len(named) >= len(rows):
            return RunTogether(rows[0][0].place, " ".join(texts[0])[:MOST_SHOWN])
    return None


def _cells(text: str) -> list[str]:
    """The cells of a line that signs part; behind the last sentence each body that blanks part from the one before is one."""
    cells = [cell for part in _SIGN.split(text) if (cell := part.strip())]
    bodies = cells[-1].split() if cells else []
    are_bodies = len(cells) > 1 and all(kind_of(body) is Kind.UNITS for body in bodies)
    return [*cells[:-1], *bodies] if are_bodies else cells


def _is_row(cells: Sequence[str], *, is_cut: bool) -> bool:
    """Whether cells that signs part are those of a row without a number: a task, and behind it somebody who answers.

    Three of them may be the pieces of an item (修渠｜县甲局｜6月底), unless it is known that the table was cut off.
    """
    kinds = [kind_of(cell) for cell in cells]
    is_row = leading_number(cells[0]) is None and kinds[0] in _TEXTS and Kind.UNITS in kinds[1:]
    return is_row and (is_cut or len(cells) > _FEWEST_CELLS or kinds[1] in _TEXTS)


_TEXTS = (Kind.PHRASE, Kind.SENTENCE)
_SIGN = re.compile(r"\t|[|｜丨¦│┃║]|[ \u3000\xa0]{2,}|(?<=^\d)[ \u3000]|(?<=^\d\d)[ \u3000]|(?<=[。；]) ")
_LINK = re.compile("[：:|｜丨]")
_ENDS_OF_CELLS = " |\u3000"
