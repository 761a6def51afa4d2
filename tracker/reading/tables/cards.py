"""Cards: one task on each, its labels beside or above their values, in the cells of a grid or the lines of a text.

    | 县政府重点督查事项交办卡 | <        | <        | <      |        1                     1、改造渡口
    | 编号                     | 1        | 督查事项 | 修渠   |        改造渡口              建设内容： | 翻新两处。 |
    | 目标要求                 | 完成十里 | <        | <      |        建设内容              责任单位： | 市甲局 |
    | 牵头单位                 | 县水利局 | 配合单位 | 县局   |        翻新两处。            2、安装路灯
    | 编号                     | 2        | 督查事项 | 造林   |        责任单位 …            建设内容： | …

Either way they are pairs of a label and a value (督办单, 交办卡, 一事一表), and become one table with the labels as its head and
one row a card. A card begins where the first label comes back; in lines its number and its name stand above that. What stands
alone between two cards (a title, a banner) stays where it is, and each value keeps the address that it has in the file.

No cards are labels side by side with no cell between them (that is a head), rows of several texts that are no pair, and labels
that name no task or nobody who answers for it: a form for an application names a unit, too, but not as the one that is
responsible. Of lines those are cards that agree: the same labels in the same order, the same count of lines above each, or
numbers that run on.

    value                          above each card       first label                    the lines are
    in a cell, or the next line    anything              any                            cards
    behind a colon                 a number or a name    any                            cards
    behind a colon                 nothing               another than what follows      cards
    behind a colon                 nothing               what is to be done, where      running text (`prose`)
                                                         nothing numbers it

A card in lines that lacks what others say, or says it in more lines than they do, is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise
from statistics import mode

from tracker import patterns as re
from tracker.grid import Grid, Merge, Notation, Paragraph, PlacedGrid, Value, as_text
from tracker.numerals import HAN, read_number
from tracker.reading.lines import Rank, is_heading, is_page_furniture, leading_number, split_items
from tracker.reading.tables.cells import Spot, Use, filled, is_signed
from tracker.reading.tables.columns import Kind, kind_of
from tracker.reading.tables.headwords import (
    LONGEST_HEAD,
    UNIT_FIELDS,
    WORD_OF,
    Field,
    field_of,
    fields_of,
    is_pure,
    plain_head,
)
from tracker.reading.tables.statements import is_names
from tracker.reading.tables.voices import is_label
from tracker.text import tight
from tracker.values import dataclass

# A label that makes somebody answer for a task; 申报单位 and 填报单位 do not.
_ANSWERS = re.compile(
    "责任|牵头|承办|主办|落实|负责|配合|协办|办理|整改|主责|主管|实施|参与|单位$|部门$|科室$"
)
_ONLY_NAMES = re.compile("申报|填报|申请|填表|报送|推荐|受理|编制|设计|施工|监理|所在|工作单位|用人")
_LONGEST_LABEL = 10


@dataclass(slots=True)
class _Pair:
    """A label, its value and where they stand."""

    label: str
    place: str
    value: Value = None
    value_place: str = ""
    # Whether there is a cell for a value at all, even an empty one.
    has_cell: bool = False


@dataclass(slots=True)
class _Card:
    """The pairs of one card, by what their labels say."""

    pairs: dict[str, _Pair] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Alone:
    """A text that stands alone in its row."""

    text: str
    place: str


def _fields(labels: Mapping[str, str]) -> dict[str, Field]:
    """What each label says, by its name; empty where none names a task or none makes somebody answer for it."""
    fields = fields_of(dict(enumerate(labels.values())))
    by_name = {name: fields[at] for at, name in enumerate(labels) if at in fields}
    answers = [
        name
        for name, of in by_name.items()
        if of in UNIT_FIELDS and _ANSWERS.search(name) and not _ONLY_NAMES.search(name)
    ]
    return by_name if Field.REQUIREMENT in by_name.values() and answers else {}


def _table(
    name: str,
    parts: Sequence[_Card | _Alone],
    labels: Mapping[str, _Pair],
    notation: Notation,
    *,
    is_hidden: bool = False,
) -> PlacedGrid:
    """A head of all labels, and below it one row a card."""
    width = len(labels)
    rows: list[tuple[Value, ...]] = []
    places: list[tuple[str, ...]] = []
    merges: list[Merge] = []
    has_head = False
    for part in parts:
        if isinstance(part, _Alone):
            merges.append(Merge(len(rows), 0, len(rows), width - 1))
            rows.append((part.text, *[None] * (width - 1)))
            places.append((part.place,) * width)
            continue
        if not has_head:
            rows.append(tuple(pair.label for pair in labels.values()))
            places.append(tuple(pair.place for pair in labels.values()))
            has_head = True
        pairs = [part.pairs.get(name) for name in labels]
        rows.append(tuple(pair.value if pair is not None else None for pair in pairs))
        places.append(tuple((pair.value_place or pair.place) if pair is not None else "" for pair in pairs))
    return PlacedGrid(
        name, tuple(rows), merges=tuple(merges), notation=notation, is_hidden=is_hidden, places=tuple(places)
    )


def _labels_of(parts: Sequence[_Card | _Alone]) -> dict[str, _Pair]:
    """The first pair with each label, by its name."""
    labels: dict[str, _Pair] = {}
    for part in parts:
        if isinstance(part, _Card):
            for name, pair in part.pairs.items():
                labels.setdefault(name, pair)
    return labels


def as_table(grid: Grid) -> Grid:
    """The cards of a grid as a table, one row a card; any other grid as it is."""
    parts = _parts_of(grid, is_label) or _parts_of(grid, _returning(grid))
    if parts is None:
        return grid
    labels = _labels_of(parts)
    if not _fields({name: pair.label for name, pair in labels.items()}):
        return grid
    return _table(grid.name, parts, labels, grid.notation, is_hidden=grid.is_hidden)


def _returning(grid: Grid) -> Callable[[str], bool]:
    """Labels are what returns on most cards, and in any words what begins a row of each of them.

    So 改造行动, which one card says, is none, and 当前动态 is one; what stands right behind the label of every card
    (市考核指标 behind 任务来源) is its value. A grid that is one card returns nothing: there any words may begin a row
    (卡号 above 任务名称).
    """
    rows = [
        {column: plain_head(text) for column, text in grid.cells(row).items()} for row in range(grid.height)
    ]
    counts = Counter(name for row in rows for name in row.values())
    firsts = Counter(row[min(row)] for row in rows if row)
    most = max((count for name, count in counts.items() if is_label(name)), default=0)
    values = {
        name
        for at, row in enumerate(rows)
        for column, name in row.items()
        if column and is_label(label := row.get(grid.anchor(at, column - 1)[1], "")) and counts[label] == most
    }

    def is_returning(text: str) -> bool:
        name = plain_head(text)
        if 2 * counts[name] <= most or counts[name] < min(2, most) or name in values:
            return False
        return is_label(text) or (firsts[name] == most and len(name) <= _LONGEST_LABEL and not is_names(text))

    return is_returning


def _parts_of(grid: Grid, is_label: Callable[[str], bool]) -> list[_Card | _Alone] | None:
    """The cards and the texts between them, in order; None if a row is neither."""
    parts: list[_Card | _Alone] = []
    labels: dict[tuple[int, int], _Pair] = {}
    for row in range(grid.height):
        row_cells = grid.cells(row)
        if not row_cells or is_signed(row_cells):
            continue
        pairs = _pairs(grid, row, labels, is_label)
        if pairs is None:
            if len(row_cells) > 1:
                return None
            column = min(row_cells)
            parts.append(_Alone(row_cells[column], grid.place(row, column)))
            continue
        for pair in pairs:
            name = plain_head(pair.label)
            if not parts or not isinstance(parts[-1], _Card) or name in parts[-1].pairs:
                parts.append(_Card())
            card = parts[-1]
            assert isinstance(card, _Card)
            card.pairs[name] = pair
    return parts if any(isinstance(part, _Card) for part in parts) else None


def _pairs(
    grid: Grid, row: int, labels: dict[tuple[int, int], _Pair], is_label: Callable[[str], bool]
) -> list[_Pair] | None:
    """The labels of a row with their values; None if it holds anything else.

    A label with no cell beside it, not even an empty one, is the head of a column.

    Args:
        grid: The sheet.
        row: Which row.
        labels: The label that each cell holds, to which those of the row are added: one that is merged down takes
            every value beside it.
        is_label: What is a label.
    """
    pairs: list[_Pair] = []
    current: _Pair | None = None
    is_filled = False
    for column in range(grid.width):
        anchor = grid.anchor(row, column)
        if anchor != (row, column):
            if anchor[0] < row and anchor in labels and anchor[1] == column:
                current, is_filled = labels[anchor], False
            continue
        text = grid.text(row, column)
        if not tight(text):
            if current is not None:
                current.has_cell = True
        elif is_label(text):
            current, is_filled = _Pair(text, grid.place(row, column)), False
            labels[row, column] = current
            pairs.append(current)
        elif current is None or is_filled:
            return None
        else:
            _fill(current, grid, row, column)
            is_filled = True
    return pairs if all(pair.has_cell for pair in pairs) and (pairs or is_filled) else None


def _fill(pair: _Pair, grid: Grid, row: int, column: int) -> None:
    """Take a value; a second one below the first goes on with it."""
    pair.has_cell = True
    if pair.value is None:
        pair.value, pair.value_place = grid.value(row, column), grid.place(row, column)
    else:
        pair.value = f"{pair.value}\n{grid.text(row, column)}"


def uses_of_cards(grid: Grid, table: Grid, uses: Mapping[Spot, Use]) -> dict[Spot, Use]:
    """What cards were used for, by what was used of the table that they became.

    A label is a head on every card; a value may have gone on over several cells.
    """
    by_place = {table.place(*spot): use for spot, use in uses.items()}
    heads = {plain_head(table.text(*spot)) for spot, use in uses.items() if use is Use.HEAD}
    values = [(table.text(*spot), use) for spot, use in uses.items() if "\n" in table.text(*spot)]
    card_uses: dict[Spot, Use] = {}
    for spot in filled(grid):
        text, place = grid.text(*spot), grid.place(*spot)
        use = by_place.get(place) or next((use for value, use in values if text in value), None)
        if use is not None:
            card_uses[spot] = use
        elif is_label(text) or plain_head(text) in heads:
            card_uses[spot] = Use.HEAD
        elif is_signed(grid.cells(spot[0])):
            card_uses[spot] = Use.FURNITURE
    return card_uses


# A line of a text, its bullet and what parts cells aside.
_LABEL = re.compile(
    r"(?:[-*•·]\s*)?(?P<bracket>[【\[［])?(?P<label>[^：:。，,；;【】\[\]［］]{2,24}?)\s*(?:(?:[：:]|[】\]］]\s*[：:]?)\s*(?P<value>.*))?"
)
# What parts cells in a line.
_PARTS = re.compile(r"\t|\||[ \xa0]{2,}|\u3000+")
_NUMBERED_LABEL = re.compile(
    rf"[^\w（(]*(?:项目|任务|事项|实事|卡片?)\s*(?P<number>\d{{1,3}}|[{HAN}]{{1,3}})[^\w（(《“]*(?P<rest>.*)"
)
# What the name above it has to reach: the name is what is required.
_AIM = re.compile("(?:工作|年度|预期)*(?:目标|成果|效果|标志|指标|标准)")
_NUMBER_HEAD, _NAME_HEAD = "序号", "项目名称"
# Their names among the labels of a card, which never are digits.
_NUMBER, _NAME = "0", "1"
_FEWEST = 2
_FEWEST_PAIRS = 6
_MOST_HEADS = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text.

    Attributes:
        position: Which one it is.
        label: Its label; empty without one.
        text: What stands on it behind the label.
        is_cell: Whether a sign or the end of the line parts the two.
        has_sign: Whether a sign does, and the value stands behind it.
    """

    position: int
    label: str
    text: str
    is_cell: bool = False
    has_sign: bool = False


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards in the lines of a text as a grid.

    Attributes:
        grid: One row a card, below a head of the labels.
        before: The lines before the first card.
        after: The lines behind the last one.
        doubts: The cards that do not agree with the others: place and words.
    """

    grid: PlacedGrid
    before: Sequence[Paragraph]
    after: Sequence[Paragraph]
    doubts: Sequence[tuple[str, str]]


def cards_in(paragraphs: Sequence[Paragraph]) -> Cards | None:
    """The cards among the lines of a text; None where they do not agree, or name nobody or nothing to be done.

    >>> text = "清单/1/渡口/建设内容/翻新两处。/责任单位/市甲局/完成时限/6月/2/路灯/建设内容/装灯三百盏。/责任单位/市乙局/完成时限/9月"
    >>> cards = cards_in([Paragraph(line, f"L{n}") for n, line in enumerate(text.split("/"), 1)])
    >>> cards.grid.rows[1:], cards.grid.place(2, 2), [line.text for line in cards.before]
    ((('1', '渡口', '翻新两处。', '市甲局', '6月'), ('2', '路灯', '装灯三百盏。', '市乙局', '9月')), 'L13', ['清单'])
    """
    lines = [line for at, paragraph in enumerate(paragraphs) for line in _lines(at, paragraph.text)]
    lines = [line for line in lines if field_of(line.label) or not is_page_furniture(_whole(line) or "-")]
    cycle = _cycle(lines)
    fields = _fields({label: _caption(label) for label in cycle})
    if not fields:
        return None
    lines = [line if line.label in cycle else _Line(line.position, "", _whole(line)) for line in lines]
    content = next(label for label, of in fields.items() if of is Field.REQUIREMENT)
    starts, last = _starts(lines, cycle, content)
    bodies = [lines[start:end] for start, end in pairwise([*starts, last])]
    ends = [start + _end_of_values(body) for start, body in zip(starts, bodies, strict=True)]
    heads = _heads([lines[end:start] for end, start in zip([0, *ends], starts, strict=False)])
    if (
        heads is None
        or all(any(_REPORTS.search(line.text) for line in head) for head in heads.lines)
        # 1.责任单位：… counts an item that begins with its units.
        or any(leading_number(label) for label in cycle)
        or not all(any(line.label == content for line in body) for body in bodies)
        or not _are_cards(lines[starts[0] : ends[-1]], cycle, fields, heads)
    ):
        return None
    places = [paragraph.place for paragraph in paragraphs]
    if not _is_in_cells([line for line in lines if line.label == content]):
        lines = [
            replace(line, text=_without_first_number(line.text)) if line.label == content else line
            for line in lines
        ]
    parts: list[_Card | _Alone] = []
    for at, head in enumerate(heads.lines):
        stop = starts[at + 1] - len(heads.lines[at + 1]) if at + 1 < len(starts) else ends[at]
        rest = lines[ends[at] : stop]
        banners = [line for line in rest if _is_banner(line.text)]
        values = [*lines[starts[at] : ends[at]], *(line for line in rest if line not in banners)]
        if head and _is_banner(head[0].text):
            parts.append(_Alone(head[0].text, places[head[0].position]))
            head = head[1:]
        parts.append(_card(head, values, cycle, places))
        parts += [_Alone(line.text, places[line.position]) for line in banners]
    cards = [part for part in parts if isinstance(part, _Card)]
    units = [
        kind
        for card in cards
        for name in fields
        if fields[name] in UNIT_FIELDS and (kind := kind_of(card.pairs[name].value))
    ]
    if 3 * units.count(Kind.UNITS) < 2 * len(units):
        return None
    labels = {
        name: next((pair for card in cards if (pair := card.pairs[name]).value), cards[0].pairs[name])
        for name in (_NUMBER, _NAME, *cycle)
        if any(card.pairs[name].value for card in cards)
    }
    first, end = (heads.lines[0] or lines[starts[0] :])[0].position, lines[ends[-1] - 1].position + 1
    return Cards(
        _table("", parts, labels, Notation.BARE), paragraphs[:first], paragraphs[end:], _doubts(cards, fields)
    )


# 1.某先生来信反映：路灯不亮。 is no name of what is to be done; what it asks is required.
_REPORTS = re.compile("(?:反映|建议|投诉|咨询|询问|诉求|提出|希望|来信|来电|问)[:：].*[。？?]$")


def _lines(position: int, text: str) -> list[_Line]:
    """The pairs of a line; a line without a label whole.

    >>> for text in ("责任单位：市甲局", "责任单位 | 市甲局 |", "编号  1    责任单位  市甲局", "【责任单位】市甲局", "任务 | 责任单位"):
    ...     print([(line.label, line.text) for line in _lines(0, text)])
    [('责任单位', '市甲局')]
    [('责任单位', '市甲局')]
    [('编号', '1'), ('责任单位', '市甲局')]
    [('责任单位', '市甲局')]
    [('', '任务 责任单位')]
    """
    pieces = [piece for part in _PARTS.split(text) if (piece := " ".join(part.split()))]
    lines: list[_Line] = []
    for piece in pieces:
        line = _line(position, piece, is_first=not lines, is_alone=len(pieces) == 1)
        if line.label and lines and not (lines[-1].text or lines[-1].has_sign):
            return [_Line(position, "", " ".join(pieces))]  # labels side by side are a head
        if line.label or not lines:
            lines.append(line)
        elif lines[-1].text:
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {piece}")
        else:
            lines[-1] = replace(lines[-1], text=piece, is_cell=True, has_sign=True)
    if lines and not lines[0].label:
        return [_Line(position, "", " ".join(pieces))]
    is_cell = "|" in text
    return [replace(line, is_cell=line.is_cell or is_cell or not line.text) for line in lines]


def _line(position: int, text: str, *, is_first: bool, is_alone: bool) -> _Line:
    """A piece of a line, which a label opens or none."""
    match = _LABEL.fullmatch(text)
    if match is None or _NUMBERED_LABEL.fullmatch(text):
        return _Line(position, "", text)
    label = tight(match["label"])
    has_sign = match["value"] is not None
    of = field_of(label) if is_pure(label) else None
    # 各年级组 is called like a label.
    is_known = (
        of is not None
        and not (of is Field.NUMBER and is_alone)
        and (has_sign or not is_names(text) or _ANSWERS.search(label) is not None)
    )
    # A word that nobody knows is a label where a colon says so, and where it returns.
    if len(label) > LONGEST_HEAD or not (is_known or (has_sign and is_first)):
        return _Line(position, "", text)
    return _Line(
        position, label, (match["value"] or "").strip(), is_cell=bool(match["bracket"]), has_sign=has_sign
    )


def _cycle(lines: Sequence[_Line]) -> list[str]:
    """The labels of the cards in their order: those that half of the cards have, and usual ones between them."""
    counts = Counter(line.label for line in lines if line.label)
    fewest = max(_FEWEST, max(counts.values(), default=0) / 2)
    at_cards = [at for at, line in enumerate(lines) if counts[line.label] >= fewest and line.label]
    cycle: list[str] = []
    before = ""
    for line in lines[at_cards[0] : at_cards[-1] + 1] if at_cards else ():
        of = field_of(line.label) if is_pure(line.label) else None
        is_usual = of is not None and (
            line.has_sign or counts[line.label] >= _FEWEST or of in (Field.DEADLINE, *UNIT_FIELDS)
        )
        if not line.label or not (counts[line.label] >= fewest or is_usual):
            continue
        if line.label not in cycle:
            cycle.insert(cycle.index(before) + 1 if before else 0, line.label)
        before = line.label
    return cycle


def _caption(label: str) -> str:
    """A label as a head of columns; in words that nobody knows, that of a remark."""
    return label if is_pure(label) else f"{WORD_OF[Field.REMARK]}（{label}）"


def _whole(line: _Line) -> str:
    """The words of a line whose label is none after all."""
    return f"{line.label}：{line.text}" if line.label and line.text else line.label or line.text


def _starts(lines: Sequence[_Line], cycle: Sequence[str], content: str) -> tuple[list[int], int]:
    """Where each card begins, and where the last one ends: a label that does not follow in the order of all begins one.

    What a page says around its cards in a label of theirs (主办单位：…) has no content and is none.
    """
    starts: list[int] = []
    last = len(cycle)
    for at, line in enumerate(lines):
        if line.label:
            position = cycle.index(line.label)
            starts += [at] if position <= last else []
            last = position
    ends = [*starts[1:], len(lines)]
    whole = [
        at
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
        if any(line.label == content for line in lines[start:end])
    ]
    return starts[whole[0] : whole[-1] + 1], ends[whole[-1]]


def _is_banner(text: str) -> bool:
    """Whether a line between two cards is a heading of those below it: 二、桥梁."""
    number = leading_number(text)
    return number is not None and number.rank <= Rank.HAN_BRACKET and is_heading(text)


def _end_of_values(body: Sequence[_Line]) -> int:
    """Where the value of the last label of a card ends: behind its label, or with the next line."""
    last = max(at for at, line in enumerate(body) if line.label)
    return min(last + 1 if body[last].text else last + 2, len(body))


@dataclass(frozen=True, slots=True)
class _Heads:
    """The lines that head each card, and whether numbers in them run on."""

    lines: Sequence[Sequence[_Line]]
    are_numbered: bool


def _heads(gaps: Sequence[Sequence[_Line]]) -> _Heads | None:
    """The heads of cards, of what stands above their first labels; None where they do not agree.

    Each is headed by a number that runs on, with a name on its line or the next one, or most by the same count of lines.
    """
    counts = [_count_from_number([line.text for line in gap]) for gap in gaps]
    if all(counts):
        texts = [[line.text for line in gap[-count:]] for gap, count in zip(gaps, counts, strict=True)]
        numbers = [read_number(_number_and_name(text)[0]) for text in texts]
        if all(after in (before + 1, 1) for before, after in pairwise(numbers)):
            return _Heads([gap[-count:] for gap, count in zip(gaps, counts, strict=True)], are_numbered=True)
    rests = [len(gap) for gap in gaps[1:]]
    count = mode(rests) if rests else 0
    if (
        4 * rests.count(count) < 3 * len(rests)
        or min(rests, default=0) < count
        or count > min(len(gaps[0]), _MOST_HEADS)
    ):
        return None
    return _Heads([gap[len(gap) - count :] for gap in gaps], are_numbered=False)


def _count_from_number(texts: Sequence[str]) -> int:
    """From which of the last lines on a number heads a card, counted from the end; 0 for none."""
    for count in (2, 1):
        if len(texts) >= count and texts[-count].strip(_AROUND_NUMBER).isdecimal():
            return count
    return next(
        (count for count in (1, 2) if len(texts) >= count and _number_and_name(texts[-count:][:1])[0]), 0
    )


_AROUND_NUMBER = "（()）.、．"


def _number_and_name(texts: Sequence[str]) -> tuple[str, str]:
    """The number and the name in the lines that head a card.

    >>> _number_and_name(["3", "路灯"]), _number_and_name(["3、路灯"]), _number_and_name(["路灯"])
    (('3', '路灯'), ('3', '路灯'), ('', '路灯'))
    >>> _number_and_name(["事项三"]), _number_and_name(["任务三：路灯"]), _number_and_name(["━━ 卡片3 ━━"])
    (('三', ''), ('三', '任务三：路灯'), ('3', ''))
    """
    if not texts:
        return "", ""
    first, *others = texts
    if first.strip(_AROUND_NUMBER).isdecimal():
        return first.strip(_AROUND_NUMBER), "".join(others)
    if match := _NUMBERED_LABEL.fullmatch(first):
        # 任务三 counts and is a part of the name behind it.
        return match["number"], "".join([first if match["rest"] else "", *others])
    number = leading_number(first)
    if number is None:
        return "", "".join(texts)
    return str(number.number), "".join([number.rest, *others])


def _are_cards(
    lines: Sequence[_Line], cycle: Sequence[str], fields: Mapping[str, Field], heads: _Heads
) -> bool:
    """Whether labels in the lines of a text are those of cards, by the table at the head of this module."""
    content = next(label for label, field in fields.items() if field is Field.REQUIREMENT)
    answers = next(label for label in cycle if fields.get(label) in UNIT_FIELDS)
    pairs = [line for line in lines if line.label]
    head_count = max(map(len, heads.lines))
    contents = [line for line in pairs if line.label == content]
    first = fields.get(cycle[0])
    if len(contents) < _FEWEST or (_AIM.fullmatch(content) and (head_count or first is Field.TASK)):
        return False
    if _is_in_cells(contents):
        return head_count + len(cycle) > _FEWEST
    others = len(lines) - len(pairs) - sum(map(len, heads.lines[1:]))
    if len(pairs) < _FEWEST_PAIRS or 2 * others > len(pairs):
        return False
    return (
        head_count > 0
        or first is not Field.REQUIREMENT
        or Field.NUMBER in fields.values()
        or cycle.index(answers) < cycle.index(content)
    )


def _without_first_number(text: str) -> str:
    """What several items in running text require together: （1）清淤。（2）护坡。 without the first number."""
    number = leading_number(text)
    return number.rest if number is not None and len(split_items(text)) > 1 else text


def _is_in_cells(lines: Sequence[_Line]) -> bool:
    """Whether labels are mostly parted from their values by more than a colon."""
    return 2 * sum(line.is_cell for line in lines) > len(lines)


def _card(
    head: Sequence[_Line], values: Sequence[_Line], cycle: Sequence[str], places: Sequence[str]
) -> _Card:
    """A card of lines: number, name and the value of each label."""
    head_text = "".join(line.text for line in head)
    number, name = _number_and_name([line.text for line in head])
    top, low = ((head or values)[at].position for at in (0, -1 if head else 0))
    card = _Card(
        {
            _NUMBER: _Pair(_NUMBER_HEAD, places[top], number if name != head_text else None),
            _NAME: _Pair(_NAME_HEAD, places[low], name or None),
            **{label: _Pair(_caption(label), places[low]) for label in cycle},
        }
    )
    label = ""
    for line in values:
        label = line.label or label
        pair = card.pairs[label]
        if line.label:
            pair.place = places[line.position]
        if line.text:
            pair.value_place = pair.value_place or places[line.position]
            pair.value = f"{pair.value}\n{line.text}" if pair.value else line.text
    return card


def _doubts(cards: Sequence[_Card], fields: Mapping[str, Field]) -> list[tuple[str, str]]:
    """The cards that lack what most of them say, or say it in more lines than most of them do: place and words."""
    columns = [
        [name for name, of in fields.items() if of in meanings]
        for meanings in ((Field.REQUIREMENT,), UNIT_FIELDS, (Field.DEADLINE,))
    ]
    odd: set[int] = set()
    for names in columns:
        texts = [[as_text(card.pairs[name].value) for name in names] for card in cards]
        missing = {at for at, values in enumerate(texts) if not any(values)}
        longer = {at for at, values in enumerate(texts) if any("\n" in value for value in values)}
        odd |= missing if 2 * len(missing) < len(cards) else set()
        odd |= longer if 4 * len(longer) < len(cards) else set()
    contents = [cards[at].pairs[columns[0][0]] for at in sorted(odd)]
    return [(pair.value_place or pair.place, as_text(pair.value)) for pair in contents]
