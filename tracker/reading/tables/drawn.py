"""Rows of a text in which every cell is written: drawn tables, rows that a sign parts, cards.

    序号<tab>任务<tab>责任单位          a row of a spreadsheet pasted into a text
    | 1 | 开展普查 | 市统计局 |         a row of Markdown
    │ 1 │ 开展普查 │ 市统计局 │         a row of a drawn table; with rules between rows a line with an empty cell goes on,
    ├───┼──────────┤          │         and where a rule is not drawn below a cell, the cell goes on
    任务1：修渠 / 责任单位：市甲局 / 主要内容：修渠十里。    cards: labels that return in each, their values behind them

Each becomes a grid whose cells keep the address that they have in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker import patterns as re
from tracker.grid import Merge, Notation, Paragraph, PlacedGrid
from tracker.numerals import HAN
from tracker.reading.tables.headwords import UNIT_FIELDS, Field, field_of, fields_of, is_head, is_pure

RULE = re.compile(r"^\|?[\s:|\-–—+=\u2500-\u257f]+\|?$")
# Where the lines of a rule meet those of the columns.
_JOINT = re.compile(r"[^\s:\-–—=─━┄┅┈┉╌╍═]")
# The upright lines of a drawn table.
_UPRIGHT = re.compile("[│┃║┆┇┊┋]")
# A rule below the head, and one between rows.
_FEWEST_RULES = 2
# So many blanks in a cell of a drawn table leave no room for another word: its text was broken there.
_FULL = 3
FEWEST_COLUMNS = 3


def rows_in(
    paragraphs: Sequence[Paragraph], *, is_whole: bool = False
) -> tuple[PlacedGrid, list[Paragraph], list[Paragraph]] | None:
    r"""The rows among the lines of a text as one grid, the lines before it and those after; None for no table.

    Args:
        paragraphs: The lines.
        is_whole: None also where a row has fewer cells than the others.

    >>> lines = [Paragraph("清单", "L1"), Paragraph("任务\t单位\t时限", "L2"), Paragraph("普查\t统计局\t6月", "L3")]
    >>> grid, before, after = rows_in(lines)
    >>> grid.text(1, 1), grid.place(1, 1), [line.text for line in before], after
    ('统计局', 'L3', ['清单'], [])
    >>> drawn = "│任务│单位  │时限│/├──┼───┼──┤/│普查│统计局│6月 │/│三次│      │    │/├──┼───┼──┤/│修渠│水利局│9月 │".split("/")
    >>> grid, *_ = rows_in([Paragraph(line, f"L{n}") for n, line in enumerate(drawn, 1)])
    >>> grid.text(1, 0), grid.text(2, 0), grid.place(2, 0)
    ('普查三次', '修渠', 'L6')
    """
    split = [_cells(paragraph.text) for paragraph in paragraphs]
    if not any(split):
        split = _under_head_with_signs([paragraph.text for paragraph in paragraphs])
    table = [position for position, row in enumerate(split) if len(row) >= FEWEST_COLUMNS]
    if len(table) < 2:
        return _cards_in(paragraphs)
    first, last = table[0], table[-1]
    width = max(len(split[position]) for position in table)
    raw_rows: list[list[str]] = []
    places: list[tuple[str, ...]] = []
    merges: dict[tuple[int, int], Merge] = {}
    # The row whose cell the cell of a column belongs to.
    tops = [0] * width
    rule_count = sum(bool(RULE.match(paragraph.text.strip())) for paragraph in paragraphs[first:last])
    if is_whole and rule_count < _FEWEST_RULES and not _are_whole(paragraphs, split, first, last, width):
        return None
    is_below_rule, ruled_columns = True, [True] * width
    for paragraph, row in zip(paragraphs[first : last + 1], split[first : last + 1], strict=True):
        text = paragraph.text.strip()
        if not text or RULE.match(text):
            is_below_rule = is_below_rule or bool(text)
            ruled_columns = _ruled_columns(text, width) if text and raw_rows else ruled_columns
            continue
        cells = [*(row or [text]), *[""] * (width - len(row or [text]))][:width]
        if rule_count < _FEWEST_RULES or is_below_rule or all(cell.strip() for cell in cells):
            tops = [
                len(raw_rows) if is_ruled else top for top, is_ruled in zip(tops, ruled_columns, strict=True)
            ]
            raw_rows.append([""] * width)
            places.append((paragraph.place,) * width)
        for column, cell in enumerate(cells):
            spot = raw_rows[tops[column]]
            spot[column] = _with_rest(spot[column], cell) if spot[column] else cell
        is_below_rule, ruled_columns = False, [True] * width
        bottom = len(raw_rows) - 1
        merges |= {
            (top, column): Merge(top, column, bottom, column)
            for column, top in enumerate(tops)
            if top < bottom
        }
    rows = tuple(tuple(cell.strip() or None for cell in row) for row in raw_rows)
    grid = PlacedGrid("", rows, merges=tuple(merges.values()), notation=Notation.BARE, places=tuple(places))
    return grid, list(paragraphs[:first]), list(paragraphs[last + 1 :])


def _are_whole(
    paragraphs: Sequence[Paragraph], split: Sequence[Sequence[str]], first: int, last: int, width: int
) -> bool:
    """Whether every line of a table has all its cells, not some to fill it up, and none goes on below the last one."""
    rows = [
        row
        for paragraph, row in zip(paragraphs[first : last + 1], split[first : last + 1], strict=True)
        if paragraph.text.strip() and not RULE.match(paragraph.text.strip())
    ]
    has_tabs = any("\t" in paragraph.text.strip() for paragraph in paragraphs[first : last + 1])
    return all(len(row) == width and (has_tabs or bool(row[-1].strip())) for row in rows) and not any(
        paragraph.text.strip() for paragraph in paragraphs[last + 1 : last + 2]
    )


def _ruled_columns(rule: str, width: int) -> list[bool]:
    """Below which columns a rule is drawn: a cell goes on where it is not; below all where that cannot be told.

    >>> _ruled_columns("├──┼────┤        ├────┤", 4), _ruled_columns("|--+----|        |----|", 3)
    ([True, True, False, True], [True, True, True])
    """
    pieces = _JOINT.split(rule)[1:-1] if _JOINT.match(rule) else _JOINT.split(rule)
    is_ruled = [bool(piece.strip()) for piece in pieces]
    return is_ruled if len(is_ruled) == width and any(is_ruled) else [True] * width


_LABELLED = re.compile(
    rf"[-*•·]?\s*(?P<label>[^：:。，,；;、\s]{{2,10}}?)[\s\d{HAN}]{{0,4}}[：:]\s*(?P<value>\S.*)"
)
_FEWEST_CARDS = 2


def _cards_in(paragraphs: Sequence[Paragraph]) -> tuple[PlacedGrid, list[Paragraph], list[Paragraph]] | None:
    """Lines of labels and values as cards; None for other lines.

    Where what is to be done or its heading opens them, who answers stands behind and nothing numbers them, the lines
    are running text with statements between them (`prose`).
    """
    pairs: dict[int, tuple[str, str]] = {}
    for position, paragraph in enumerate(paragraphs):
        match = _LABELLED.fullmatch(paragraph.text.strip())
        if match is not None and is_pure(match["label"]) and field_of(match["label"]) is not None:
            pairs[position] = (match["label"], match["value"])
    if len(pairs) < _FEWEST_CARDS * FEWEST_COLUMNS:
        return None
    first, last = min(pairs), max(pairs)
    lines = [
        position
        for position in range(first, last + 1)
        if (text := paragraphs[position].text.strip()) and not RULE.match(text)
    ]
    cycle = list(dict.fromkeys(label for label, _ in pairs.values()))
    fields = fields_of(dict(enumerate(cycle)))
    counts = Counter(label for label, _ in pairs.values())
    content = next((label for at, label in enumerate(cycle) if fields[at] is Field.REQUIREMENT), "")
    answers = [label for at, label in enumerate(cycle) if fields[at] in UNIT_FIELDS]
    if (
        len(pairs) * 3 < len(lines) * 2
        or not answers
        or not content
        or (
            fields[0] in (Field.TASK, Field.REQUIREMENT)
            and cycle.index(content) < cycle.index(answers[0])
            and Field.NUMBER not in fields.values()
        )
        or min(counts[content], counts[answers[0]]) < _FEWEST_CARDS
    ):
        return None
    rows: list[tuple[str | None, ...]] = []
    places: list[tuple[str, ...]] = []
    for position in lines:
        place, text = paragraphs[position].place, paragraphs[position].text.strip()
        if position not in pairs and pairs.get(position - 1, ("",))[0] == content and text.endswith("。"):
            label, value = rows[-1]
            rows[-1] = (label, f"{value}\n{text}")
            continue
        rows.append(pairs.get(position, (text, None)))
        places.append((place, place))
    grid = PlacedGrid("", tuple(rows), notation=Notation.BARE, places=tuple(places))
    return grid, list(paragraphs[:first]), list(paragraphs[last + 1 :])


def _with_rest(cell: str, rest: str) -> str:
    """A cell of a drawn table with what its next line holds: one text where the line before is full."""
    if not rest.strip():
        return cell
    last = cell.rpartition("\n")[2]
    link = "" if len(last) - len(last.strip()) <= _FULL else "\n"
    return f"{cell.rstrip()}{link}{rest.lstrip()}"


def _cells(text: str) -> list[str]:
    if "\t" in text.strip():
        return text.rstrip("\r\n").split("\t")
    bare, uprights = _UPRIGHT.subn("|", text.strip())
    bare = f"|{bare}|" if uprights and not bare.startswith("|") else bare
    if bare.startswith("|") and bare.count("|") > 2 and not RULE.match(bare):
        return bare.strip("|").split("|")
    return []


# What parts the cells of rows that are typed by hand.
_SIGNS = "｜|丨¦／/；;"


def _under_head_with_signs(texts: Sequence[str]) -> list[list[str]]:
    """The cells of lines that a sign parts, below a head that it parts as well.

    >>> _under_head_with_signs(["清单", "编号｜任务｜责任部门", "甲1｜修渠十条｜水利局", "以上事项"])
    [[], ['编号', '任务', '责任部门'], ['甲1', '修渠十条', '水利局'], []]
    """
    sign, width = "", 0
    split: list[list[str]] = []
    for text in texts:
        if not sign:
            sign = next((sign for sign in _SIGNS if _is_head_with(text, sign)), "")
            width = text.count(sign) + 1 if sign else 0
        split.append(text.split(sign) if sign and text.count(sign) + 1 == width else [])
    return split


def _is_head_with(text: str, sign: str) -> bool:
    cells = [cell.strip() for cell in text.split(sign)]
    return len(cells) >= FEWEST_COLUMNS and all(cells) and is_head(dict(enumerate(cells)))
