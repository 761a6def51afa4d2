"""Cards that were pasted a cell a line: a number and a name, below it the same labels again and again with their values.

    1                      1、改造渡口                 a number and a name, in one line or in two, or neither
    改造渡口               建设内容： | 翻新两处。 |   the value stands in the next line, or a sign parts it from its label:
    建设内容               责任单位： | 市甲局 |       labels with nothing but a colon are running text (`prose`)
    翻新两处。
    责任单位
    市甲局

Cards prove themselves by agreement: all begin with the same label, their labels stand in the same order, and the same count of
lines heads them. They become a grid, one row a card, which is read as any other. A card that lacks
what others say, or says it in more lines than they do, is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import mode

from tracker import patterns as re
from tracker.grid import Notation, Paragraph, PlacedGrid
from tracker.reading.lines import is_page_furniture, leading_number
from tracker.reading.tables.columns import Kind, kind_of
from tracker.reading.tables.headwords import (
    LONGEST_HEAD,
    UNIT_FIELDS,
    WORD_OF,
    Field,
    field_of,
    fields_of,
    is_pure,
)
from tracker.text import tight
from tracker.values import dataclass

_FEWEST = 2
_LABEL = re.compile(r"(?P<label>[^：:。，,；;]{2,24}?)\s*(?:[：:]\s*(?P<value>.*))?")
_COUNTED = re.compile(r"(?:项目|任务|事项|实事)(?P<number>\d{1,3})\s*[：:、.．]?\s*(?P<rest>.*)")
# What the name above it has to reach: the name is what is required.
_AIM = re.compile("(?:工作|年度|预期)*(?:目标|成果|效果|标志|指标|标准)")
_NUMBER_HEAD, _NAME_HEAD = "序号", "项目名称"
_MOST_HEADS = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with a label or without one, what stands on it behind the label, and whether a sign or its end parts the two."""

    position: int
    label: str
    text: str
    is_cell: bool = False


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards as a grid.

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
    lines = [_line(at, paragraph.text) for at, paragraph in enumerate(paragraphs)]
    lines = [line for line in lines if line.label or (line.text and not is_page_furniture(line.text))]
    counts = Counter(line.label for line in lines if line.label)
    fewest = max(_FEWEST, max(counts.values(), default=0) / 2)
    cycle = [label for label in counts if counts[label] >= fewest]
    captions = [label if is_pure(label) else f"{WORD_OF[Field.REMARK]}（{label}）" for label in cycle]
    fields = fields_of(dict(enumerate(captions)))
    content = next((label for at, label in enumerate(cycle) if fields[at] is Field.REQUIREMENT), "")
    if (
        len(cycle) < _FEWEST
        or not content
        or _AIM.fullmatch(content)
        or 2 * sum(line.is_cell for line in lines if line.label == content) <= counts[content]
        or not set(fields.values()) & {*UNIT_FIELDS}
    ):
        return None
    lines = [line if line.label in cycle else _Line(line.position, "", _whole(line)) for line in lines]
    starts = [at for at, line in enumerate(lines) if line.label == cycle[0]]
    cards = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    if not all(_is_in_order([line.label for line in card if line.label], cycle) for card in cards):
        return None
    head_count = _head_count(cards)
    if head_count < 0 or head_count > min(starts[0], _MOST_HEADS) or head_count + len(cycle) <= _FEWEST:
        return None
    heads = [lines[start - head_count : start] for start in starts]
    last = _end_of_values(cards[-1])
    bodies = [card[: len(card) - head_count] for card in cards[:-1]] + [cards[-1][:last]]
    rows = [_row(head, body, cycle) for head, body in zip(heads, bodies, strict=True)]
    units = [
        kind_of(row[at + 2][0])
        for row in rows
        for at, field in fields.items()
        if field in UNIT_FIELDS and row[at + 2][0]
    ]
    if 3 * units.count(Kind.UNITS) < 2 * len(units) or (fields[0] is Field.TASK and not head_count):
        return None
    labels = [_NUMBER_HEAD, _NAME_HEAD, *captions]
    columns = [column for column in range(len(labels)) if any(row[column][0] for row in rows)]
    first = [heads[0][0] if head_count else cards[0][0]] * 2 + [
        next(line for line in lines if line.label == label) for label in cycle
    ]
    grid = PlacedGrid(
        "",
        (
            tuple(labels[column] for column in columns),
            *(tuple(row[column][0] or None for column in columns) for row in rows),
        ),
        notation=Notation.BARE,
        places=(
            tuple(paragraphs[first[column].position].place for column in columns),
            *(tuple(paragraphs[row[column][1]].place for column in columns) for row in rows),
        ),
    )
    requirement = next(at for at, field in fields.items() if field is Field.REQUIREMENT) + 2
    doubts = [
        (paragraphs[row[requirement][1]].place, row[requirement][0])
        for at, row in enumerate(rows)
        if at in _odd(rows, fields)
    ]
    end = (cards[-1][last - 1].position if last else starts[-1]) + 1
    return Cards(grid, paragraphs[: (heads[0] or cards[0])[0].position], paragraphs[end:], doubts)


def _line(position: int, text: str) -> _Line:
    """A line, what parts cells aside."""
    is_cell = "|" in text
    text = " ".join(text.replace("|", " ").split())
    match = _LABEL.fullmatch(text)
    label = tight(match["label"]) if match is not None else ""
    is_known = is_pure(label) and field_of(label) not in (None, Field.NUMBER)
    # A word that nobody knows is a label where a colon says so, and where it returns.
    is_label = len(label) <= LONGEST_HEAD and (is_known or (match is not None and match["value"] is not None))
    if match is None or not is_label:
        return _Line(position, "", text)
    value = (match["value"] or "").strip()
    return _Line(position, label, value, is_cell or not value)


def _whole(line: _Line) -> str:
    """The words of a line whose label is none after all."""
    return f"{line.label}：{line.text}" if line.label and line.text else line.label or line.text


def _is_in_order(labels: Sequence[str], cycle: Sequence[str]) -> bool:
    """Whether the labels of a card stand in the order of all, each once."""
    positions = [cycle.index(label) for label in labels]
    return positions == sorted(set(positions))


def _end_of_values(card: Sequence[_Line]) -> int:
    """Where the value of the last label of a card ends: behind its label, or with the next line."""
    last = max(at for at, line in enumerate(card) if line.label)
    return min(last + 1 if card[last].text else last + 2, len(card))


def _head_count(cards: Sequence[Sequence[_Line]]) -> int:
    """How many lines head each card; -1 where it is not the same for most of them."""
    rests = [len(card) - _end_of_values(card) for card in cards[:-1]]
    count = mode(rests)
    return count if 4 * rests.count(count) >= 3 * len(rests) and min(rests) >= count else -1


def _row(head: Sequence[_Line], body: Sequence[_Line], cycle: Sequence[str]) -> list[tuple[str, int]]:
    """Number, name and the value of each label of a card, each with its line."""
    number, name = _number_and_name([line.text for line in head])
    at_head = head[0].position if head else body[0].position
    at_name = head[-1].position if head else at_head
    values: dict[str, list[_Line]] = {}
    label = ""
    for line in body:
        label = line.label or label
        if line.text:
            values.setdefault(label, []).append(line)
    cells = [
        ("\n".join(line.text for line in values[label]), values[label][0].position)
        if label in values
        else ("", at_name)
        for label in cycle
    ]
    return [(number, at_head), (name, at_name), *cells]


def _number_and_name(texts: Sequence[str]) -> tuple[str, str]:
    """The number and the name in the lines that head a card.

    >>> _number_and_name(["3", "路灯"]), _number_and_name(["3、路灯"]), _number_and_name(["项目3：路灯"]), _number_and_name(["路灯"])
    (('3', '路灯'), ('3', '路灯'), ('3', '路灯'), ('', '路灯'))
    """
    if not texts:
        return "", ""
    if len(texts) > 1:
        return texts[0].strip("（()）.、．"), "".join(texts[1:])
    if counted := _COUNTED.fullmatch(texts[0]):
        return counted["number"], counted["rest"]
    number = leading_number(texts[0])
    return (str(number.number), number.rest) if number is not None else ("", texts[0])


def _odd(rows: Sequence[Sequence[tuple[str, int]]], fields: dict[int, Field]) -> set[int]:
    """The cards that lack what most of them say, or say it in more lines than most of them do."""
    odd: set[int] = set()
    for at, field in fields.items():
        if field in (Field.REQUIREMENT, Field.DEADLINE, *UNIT_FIELDS):
            gone = {n for n, row in enumerate(rows) if not row[at + 2][0]}
            longer = {n for n, row in enumerate(rows) if "\n" in row[at + 2][0]}
            odd |= gone if 2 * len(gone) < len(rows) else set()
            odd |= longer if 4 * len(longer) < len(rows) else set()
    return odd
