"""Tables that were pasted as text: rows divided by tabs, `|` or blanks; one cell to a line; or with nothing between cells.

**Rows.** Tables that are not sheets: rows of a text divided by tabs or by `|`.

    序号<tab>任务<tab>责任单位          a row of a spreadsheet pasted into a text
    | 1 | 开展普查 | 市统计局 |         a row of Markdown
    │ 1 │ 开展普查 │ 市统计局 │         a row of a drawn table; with rules between rows a line with an empty cell goes on,
    ├───┼──────────┤          │         and where a rule is not drawn below a cell, the cell goes on
    序号   任务      责任单位           columns kept apart by blanks, under a head
    任务1：修渠 / 责任单位：市甲局 / 主要内容：修渠十里。    cards: labels that return in each, their values behind them

Each becomes a grid whose cells keep the address that they have in the file.

**Cells that ran together.** Nothing stands between the cells: where one ends cannot be told from letters, so such
a table is never cut. It is known by its head, or by dates that touch what is before and behind them, and told.

**One cell to a line.** The lines are put back into the rows and columns of a grid. What remains of the table is its head, cell by cell, and then the cells of its rows in reading order; cells that a
merge covered are gone, and a cell of several paragraphs takes several lines:

    序号 / 工作任务 / 责任单位 / 完成时限               the head, four lines
    1 / 铺设自行车道。/ 县甲局 / 县乙局 / 10月底前       two paragraphs in the cell of the units
    2 / 增设公厕六座。/ 县丙局 / 8月底前
    翻修旧公厕九座。/ 11月底前                          number and units are merged with those above (沿用上栏)

Where each line stands is decided for all lines below a head at once. A line is

    the next paragraph of the cell before it | a cell further right in the row | a cell of the next row
    | a row of its own (a banner, a note) | behind the table

and the way through the table with the greatest weight is taken: a line weighs for a column what it does in any table
(`columns.fit`), and cells that are passed over weigh against it (`_SKIP_COSTS`). The grid is then read as any other
(`tables.read_table`). Units and numbers that are passed over are covered by those above, if these stand under the
same task; a cell that is blank on purpose leaves a line with a blank in some pastes, and covers nothing.

A head is a run of short lines in the words of heads; or in any words, where it begins with 序号 and ends before 1.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.grid import Block, Merge, Notation, Paragraph, PlacedGrid, Source
from tracker.numerals import HAN
from tracker.reading.lines import Rank, TextLine, is_heading, leading_number, stream
from tracker.reading.tables.cells import is_full_date, is_note
from tracker.reading.tables.columns import Kind, fit, kind_of
from tracker.reading.tables.headwords import (
    LONGEST_HEAD,
    UNIT_FIELDS,
    Field,
    field_of,
    fields_of,
    is_head,
    is_pure,
)
from tracker.reading.tables.tablehead import find_table_head, find_unknown_head
from tracker.reading.text import tight
from tracker.values import dataclass

_RULE = re.compile(r"^\|?[\s:|\-–—+=\u2500-\u257f]+\|?$")
# Where the lines of a rule meet those of the columns.
_JOINT = re.compile(r"[^\s:\-–—=─━┄┅┈┉╌╍═]")
# The upright lines of a drawn table.
_UPRIGHT = re.compile("[│┃║┆┇┊┋]")
# A rule below the head, and one between rows.
_FEWEST_RULES = 2
# So many blanks in a cell of a drawn table leave no room for another word: its text was broken there.
_FULL = 3
_FEWEST_COLUMNS = 3
# An ideographic blank is as wide as two.
_STRETCH = re.compile(r"[^ \u3000\xa0]+(?:[ \xa0][^ \u3000\xa0]+)*")


def rows_in(paragraphs: Sequence[Paragraph]) -> tuple[PlacedGrid, list[Paragraph], list[Paragraph]] | None:
    r"""The rows among the lines of a text as one grid, the lines before it and those after; None for no table.

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
    if not any(split):
        split = _aligned([paragraph.text for paragraph in paragraphs])
    table = [position for position, row in enumerate(split) if len(row) >= _FEWEST_COLUMNS]
    if len(table) < 2:
        return _cards_in(paragraphs)
    first, last = table[0], table[-1]
    width = max(len(split[position]) for position in table)
    raw_rows: list[list[str]] = []
    places: list[tuple[str, ...]] = []
    merges: dict[tuple[int, int], Merge] = {}
    # The row whose cell the cell of a column belongs to.
    tops = [0] * width
    rule_count = sum(bool(_RULE.match(paragraph.text.strip())) for paragraph in paragraphs[first:last])
    is_below_rule, ruled_columns = True, [True] * width
    for paragraph, row in zip(paragraphs[first : last + 1], split[first : last + 1], strict=True):
        text = paragraph.text.strip()
        if not text or _RULE.match(text):
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
    if len(pairs) < _FEWEST_CARDS * _FEWEST_COLUMNS:
        return None
    first, last = min(pairs), max(pairs)
    lines = [
        position
        for position in range(first, last + 1)
        if (text := paragraphs[position].text.strip()) and not _RULE.match(text)
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
    if bare.startswith("|") and bare.count("|") > 2 and not _RULE.match(bare):
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
    return len(cells) >= _FEWEST_COLUMNS and all(cells) and is_head(dict(enumerate(cells)))


def _aligned(texts: Sequence[str]) -> list[list[str]]:
    """The cells of lines whose columns are kept apart by two blanks or more, each under the nearest cell of the head.

    >>> _aligned(["序号  任务      责任单位", "1     修渠十条  水利局", "2               农业局"])
    [['序号', '任务', '责任单位'], ['1', '修渠十条', '水利局'], ['2', '', '农业局']]
    """
    split: list[list[str]] = []
    starts: list[int] = []
    for text in texts:
        stretches = _stretches(text)
        if not starts and len(stretches) >= _FEWEST_COLUMNS and is_head(dict(enumerate(stretches.values()))):
            starts = list(stretches)
            split.append(list(stretches.values()))
        elif starts and len(stretches) > 1:
            exact = len(stretches) == len(starts)
            row = list(stretches.values()) if exact else [""] * len(starts)
            for at, cell in () if exact else stretches.items():
                nearest = min(range(len(starts)), key=lambda column: abs(starts[column] - at))
                row[nearest] = f"{row[nearest]} {cell}".strip()
            split.append(row)
        else:
            split.append([])
    return split


def _stretches(text: str) -> dict[int, str]:
    """Stretches of a line without two blanks in them, by where they begin on a screen (a Han character takes two)."""
    wide = [2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text]
    return {sum(wide[: match.start()]): match.group() for match in _STRETCH.finditer(text)}


_ROLE = "(?:牵头|主办|承办|责任|负责|配合|协办|协助|参与|落实|实施|整改|主管)"
_UNIT_CAPTION = rf"(?:{_ROLE}(?:[/／、及和（(]?{_ROLE}[)）]?)?(?:单位|部门|科室|处室|主体|机构)|责任分工)"
_TEXT_CAPTION = (
    r"(?:(?:工作|主要|重点|具体|年度|目标|整改|改革|存在|突出){0,2}"
    r"(?:任务|内容|措施|要求|举措|事项|问题|项目|目标|要点)(?:内容|名称|清单)?)"
)
_OTHER_CAPTION = (
    r"(?:序号|编号|项次|备注|板块|责任人|联系人|联系电话|(?:分管|责任|牵头)领导"
    r"|(?:计划|完成|办结|整改|时间|推进){0,2}(?:时限|时间|期限|日期|节点|进度)(?:要求)?)"
)
_CAPTION = re.compile(rf"{_OTHER_CAPTION}|{_UNIT_CAPTION}|{_TEXT_CAPTION}")
_CAPTIONS = re.compile(rf"(?:{_CAPTION.pattern}){{3,}}")
# 市丙局2026年9月规范流程: a date between a body and the next text, with no mark on either side and no word that goes on.
_TOUCHING = re.compile(
    r"[局委办厅院部门会心司队区县镇府]20\d\d年(?:1[0-2]|[1-9])月(?:[底末]|\d{1,2}日)?前?"
    r"(?![前起至到以之]|完成|实[现施]|启[动用]|开[工展始放业]|建成|出台|印发|召开|公[布开]|正式|上[线报]|投[产用入])(?=[一-鿿（]|$)"
)
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class RunTogether:
    """A table whose cells ran together: the line in which it begins, and its first words there."""

    place: str
    text: str


def find_run_together(lines: Sequence[TextLine]) -> RunTogether | None:
    """The first head whose captions stand in one line with nothing but blanks between them; None if there is none.

    >>> find_run_together([TextLine("某县2026年任务分解表序号工作任务责任单位完成时限1开展普查县统计局6月", "L1")])
    RunTogether(place='L1', text='序号工作任务责任单位完成时限')
    >>> find_run_together([TextLine("各责任单位要对照工作任务，按完成时限抓好落实。", "L1")]) is None
    True
    """
    for line in lines:
        for run in _CAPTIONS.finditer(tight(line.text)):
            labels = [caption[0] for caption in _CAPTION.finditer(run[0])]
            fields = set(fields_of(dict(enumerate(labels))).values())
            if len(set(labels)) == len(labels) and Field.REQUIREMENT in fields and fields & set(UNIT_FIELDS):
                return RunTogether(line.place, run[0][:_MOST_SHOWN])
    return None


def touching_cells(lines: Sequence[TextLine]) -> RunTogether | None:
    """The first of three dates that touch a body before and a text behind them, as cells do whose table has no head."""
    dates = [(line.place, match[0]) for line in lines for match in _TOUCHING.finditer(line.text)]
    return RunTogether(*dates[0]) if len(dates) >= _FEWEST_COLUMNS else None


_MOST_COLUMNS = 12
_FEWEST_HEADS = 3
_FIRST = re.compile(r"[（(]?[1１一①][)）]?[.、．]?")
_NO_LABEL = re.compile(r"[。；;，,：:！？\d]")
# What it costs to pass over a cell.
_SKIP_COSTS: Mapping[Field, int] = {
    Field.NUMBER: 75,
    Field.REQUIREMENT: 80,
    Field.LEAD: 30,
    Field.RESPONSIBLE: 30,
    Field.DEADLINE: 30,
}
_OTHER_SKIP_COST = 6
# A row that names nobody, below none whose units it could take.
_NOBODY = 60
# What it costs to go on with a cell; with a line that is numbered, in a table with a column of numbers and in any other
# cell; in a column whose cells have one paragraph.
_GOES_ON = 8
_ITEM_NUMBER_COST = 24
_NUMBER_COST = 60
_SINGLE = 60
# More than any line weighs.
_NEVER = 200
# Whoever leads is mostly one: of three lines for 牵头单位 and 配合单位 two support.
_MORE_LEADS = 12
_SINGLES = (Field.NUMBER, Field.SECTION, Field.TASK, Field.DEADLINE)
# A line behind the table: more than a row of nothing but a few words.
_BEHIND = 0
_ANNEX = re.compile(r"附\s*[件表录]\s*\d{0,2}\s*(?:[:：.．].*)?$")
# Columns for a row of its own and for a line behind the table.
_ALONE = -1
_OUT = -2


@dataclass(frozen=True, slots=True)
class _Head:
    """A head among the lines, and the field of each column; None below a word that nobody knows."""

    start: int
    end: int
    fields: tuple[Field | None, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """Where a line stands on the best way there.

    Attributes:
        weight: What the way weighs.
        row: The row below the head, counted from 0.
        column: The column, `_ALONE` or `_OUT`.
        has_units: Whether the task so far names units.
        before: Where the line before it stands.
    """

    weight: int
    row: int
    column: int
    has_units: bool
    before: _Step | None = None


@dataclass(frozen=True, slots=True)
class _Cell:
    """A line as a cell: its text, what it is, the level of its number, and whether it is a heading or a note."""

    text: str
    kind: Kind | None
    rank: Rank | None
    is_heading: bool
    is_note: bool


def _cell(line: TextLine) -> _Cell:
    number = leading_number(line.text)
    rank = number.rank if number is not None else None
    return _Cell(line.text, kind_of(line.text), rank, is_heading(line.text), is_note(line.text))


def with_tables(source: Source) -> Source:
    r"""The source with a table that was pasted one cell to a line as a grid; as it is where there is none.

    >>> from tracker.grid import Paragraph
    >>> lines = "清单/序号/任务/单位/1/修渠十条。/市甲局/2/清理淤泥。/市乙局/市丙局".split("/")
    >>> source = with_tables(Source("txt", "清单.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))))
    >>> source.grids[0].rows[1:], source.grids[0].place(2, 2)
    ((('1', '修渠十条。', '市甲局'), ('2', '清理淤泥。', '市乙局\n市丙局')), 'L10')
    """
    lines = stream(source.paragraphs, blanks=True)
    heads = list(_heads(lines))
    if not heads:
        return source
    grid, end = _grid(lines, heads)
    fields = [_fields(grid, lines, head) for head in heads]
    if not any(fields):
        return source
    heads = [replace(head, fields=better or head.fields) for head, better in zip(heads, fields, strict=True)]
    grid, end = _grid(lines, heads)
    positions = {paragraph.place: at for at, paragraph in enumerate(source.paragraphs)}
    start = positions[lines[heads[0].start].place]
    stop = positions[lines[end].place] if end < len(lines) else len(source.paragraphs)
    blocks: list[Block] = [*source.paragraphs[:start], grid, *source.paragraphs[stop:]]
    return replace(source, blocks=tuple(blocks))


def _heads(lines: Sequence[TextLine]) -> Iterator[_Head]:
    position = 0
    while position < len(lines):
        head = _head_at(lines, position)
        if head is not None:
            yield head
        position = head.end if head is not None else position + 1


def _head_at(lines: Sequence[TextLine], start: int) -> _Head | None:
    """The head whose first cell is a line; None if none begins there."""
    if not _could_be_label(lines[start].text) or field_of(lines[start].text) is None:
        return None
    window = lines[start : start + _MOST_COLUMNS + 1]
    ends = [at for at, line in enumerate(window) if not _could_be_label(line.text)]
    run = window[: ends[0] if ends else len(window)]
    has_numbers = (
        field_of(run[0].text) is Field.NUMBER
        and len(run) < len(window)
        and _FIRST.fullmatch(window[len(run)].text) is not None
    )
    if not has_numbers:
        gaps = [at for at, line in enumerate(run) if field_of(line.text) is None]
        run = run[: gaps[0]] if gaps else run
        pure = [at for at, line in enumerate(run) if is_pure(line.text)]
        run = run[: pure[-1] + 1] if pure else []
    if any(field_of(line.text) is Field.NUMBER for line in run[1:]):
        return None  # what stands before 序号 is the title
    labels = {at: line.text for at, line in enumerate(run)}
    fields = fields_of(labels)
    if has_numbers:
        if len(run) < _FEWEST_HEADS:
            return None
    elif not (
        run
        and is_pure(run[0].text)
        and is_head(labels)
        and Field.REQUIREMENT in fields.values()
        and set(fields.values()) & {*UNIT_FIELDS}
    ):
        return None
    return _Head(
        start,
        start + len(run),
        tuple(fields[at] if field_of(text) is not None else None for at, text in labels.items()),
    )


def _could_be_label(text: str) -> bool:
    return 0 < len(text) <= LONGEST_HEAD and not _NO_LABEL.search(text)


def _fields(grid: PlacedGrid, lines: Sequence[TextLine], head: _Head) -> tuple[Field | None, ...]:
    """What the columns of a head hold by its cells as well; empty if they make no table."""
    row = next(row for row in range(grid.height) if grid.place(row, 0) == lines[head.start].place)
    table_head = find_table_head(grid, row) or find_unknown_head(grid, row)
    if table_head is None:
        return ()
    return tuple(table_head.fields.get(column) for column in range(head.end - head.start))


def _grid(lines: Sequence[TextLine], heads: Sequence[_Head]) -> tuple[PlacedGrid, int]:
    """The grid of all heads with what stands below them, and the first line behind it."""
    width = max(head.end - head.start for head in heads)
    rows: list[dict[int, list[TextLine]]] = []
    merges: list[Merge] = []
    end = len(lines)
    for head, next_head in zip(heads, [*heads[1:], None], strict=True):
        rows.append({at: [line] for at, line in enumerate(lines[head.start : head.end])})
        stop = next_head.start if next_head is not None else len(lines)
        steps = _steps(lines[head.end : stop], head.fields, is_last=next_head is None)
        body = [
            (step, line)
            for step, line in zip(steps, lines[head.end : stop], strict=True)
            if step.column != _OUT
        ]
        end = head.end + len(body) if next_head is None else end
        merges += _place(body, rows, width, head.fields)
    grid = PlacedGrid(
        "",
        tuple(tuple(_text(row.get(column, ())) for column in range(width)) for row in rows),
        merges=tuple(merges),
        notation=Notation.BARE,
        places=tuple(_places(row, width) for row in rows),
    )
    return grid, end


def _text(lines: Iterable[TextLine]) -> str | None:
    return "\n".join(line.text for line in lines if line.text) or None


def _places(row: Mapping[int, Sequence[TextLine]], width: int) -> tuple[str, ...]:
    """The line of each cell; of an empty one, that of the last filled cell to its left."""
    places: list[str] = []
    for column in range(width):
        places.append(
            row[column][0].place if column in row else places[-1] if places else row[min(row)][0].place
        )
    return tuple(places)


def _place(
    body: Iterable[tuple[_Step, TextLine]],
    rows: list[dict[int, list[TextLine]]],
    width: int,
    fields: Sequence[Field | None],
) -> list[Merge]:
    """Add the rows below a head, and what is merged in them."""
    top = len(rows)
    merges: list[Merge] = []
    alone: set[int] = set()
    for step, line in body:
        if top + step.row == len(rows):
            rows.append({})
        rows[-1].setdefault(max(step.column, 0), []).append(line)
        if step.column == _ALONE:
            merges.append(Merge(len(rows) - 1, 0, len(rows) - 1, width - 1))
            alone.add(len(rows) - 1)
    for column, field in enumerate(fields):
        if field not in (Field.NUMBER, *UNIT_FIELDS):
            continue
        anchor = -1
        for row in range(top, len(rows)):
            opens = row in alone or any(fields[at] in (Field.SECTION, Field.TASK) for at in rows[row])
            is_named = any(fields[at] in UNIT_FIELDS for at in rows[row]) and field is not Field.NUMBER
            if column in rows[row] or opens or is_named:
                anchor = row if column in rows[row] and rows[row][column][0].text else -1
            elif anchor >= 0:
                merges = [merge for merge in merges if (merge.top, merge.left) != (anchor, column)]
                merges.append(Merge(anchor, column, row, column))
    return merges


def _steps(lines: Sequence[TextLine], fields: Sequence[Field | None], *, is_last: bool) -> list[_Step]:
    """Where each line below a head stands, on the way that weighs most."""
    outer, inner = _heading_ranks(lines, fields)
    # Where empty lines divide the cells, lines without one between them are paragraphs of one cell.
    is_gapped = 2 * sum(line.gap for line in lines) > len(lines)
    signature = _signature(lines, fields) if is_last else len(lines)
    ways: dict[tuple[int, bool], _Step] = {(_ALONE, False): _Step(0, -1, _ALONE, False)}
    for at, line in enumerate(lines):
        goes_on = bool(line.text) and is_gapped and not line.gap
        out = is_last and (at >= signature or bool(_ANNEX.match(line.text)))
        cell = _cell(line)
        best: dict[tuple[int, bool], _Step] = {}
        for way in ways.values():
            for step in _next(
                way, cell, fields, outer, inner, goes_on=goes_on, may_end=is_last, must_end=out
            ):
                key = (step.column, step.has_units)
                if key not in best or best[key].weight < step.weight:
                    best[key] = step
        ways = best
    last: _Step | None = max(
        ways.values(), key=lambda way: way.weight - (0 if way.column == _OUT else _rest(way, fields))
    )
    steps: list[_Step] = []
    while last is not None and last.before is not None:
        steps.append(last)
        last = last.before
    return steps[::-1]


def _heading_ranks(lines: Sequence[TextLine], fields: Sequence[Field | None]) -> tuple[set[Rank], set[Rank]]:
    """The levels of headings without a column, and of those with one: 一、 and （一） where the table has a task.

    Where it has none, both are banners.
    """
    ranks = sorted(
        {
            number.rank
            for line in lines
            if (number := leading_number(line.text))
            and number.rank <= Rank.HAN_BRACKET
            and is_heading(line.text)
        }
    )
    columns = sum(field in (Field.SECTION, Field.TASK) for field in fields)
    cut = max(len(ranks) - columns, 0)
    return set(ranks[:cut]), set(ranks[cut:])


def _signature(lines: Sequence[TextLine], fields: Sequence[Field | None]) -> int:
    """Where the signature begins: an office and the day, where no column holds days; behind the last line without one."""
    if Field.DEADLINE in fields:
        return len(lines)
    return next((at - 1 for at, line in enumerate(lines) if at and is_full_date(line.text)), len(lines))


def _next(
    way: _Step,
    cell: _Cell,
    fields: Sequence[Field | None],
    outer: set[Rank],
    inner: set[Rank],
    *,
    goes_on: bool,
    may_end: bool,
    must_end: bool,
) -> Iterator[_Step]:
    """The places where a line can stand after a way."""
    if way.column == _OUT or must_end:
        weight = way.weight - (0 if way.column == _OUT else _rest(way, fields))
        yield _Step(weight + _BEHIND, way.row, _OUT, way.has_units, way)
        return
    rank = cell.rank
    end_weight = way.weight - _rest(way, fields)
    if cell.is_note or (rank in outer and cell.is_heading):
        yield _Step(end_weight, way.row + 1, _ALONE, False, way)
        return
    if may_end:
        yield _Step(end_weight + _BEHIND, way.row, _OUT, way.has_units, way)
    for column, field in enumerate(fields):
        opens = field in (Field.SECTION, Field.TASK)
        weight = fit(field, cell.kind) * 10
        if inner and rank is not None and opens is not (rank in inner and cell.is_heading):
            weight -= _NUMBER_COST  # an item among headings, a heading among items
        if field in UNIT_FIELDS and rank is not None and rank <= Rank.HAN_BRACKET:
            weight -= _NEVER  # （二）美化街区 is called like an office
        if column == way.column and not (rank is not None and rank <= Rank.HAN_BRACKET):
            is_item = field is Field.REQUIREMENT and Field.NUMBER in fields
            number_cost = (_ITEM_NUMBER_COST if is_item else _NUMBER_COST) if rank is not None else 0
            cost = (
                0
                if goes_on
                else _GOES_ON
                + number_cost
                + _SINGLE * (field in _SINGLES)
                + _MORE_LEADS * (field is Field.LEAD)
            )
            yield _Step(way.weight + weight - cost, way.row, column, way.has_units, way)
        if goes_on and way.column != _ALONE:
            continue
        names = field in UNIT_FIELDS and bool(cell.text)
        if column > way.column != _ALONE:
            skip_cost = _skip_cost(fields, way.column + 1, column)
            yield _Step(
                way.weight + weight - skip_cost, way.row, column, names or (way.has_units and not opens), way
            )
        else:
            skip_cost = _skip_cost(fields, 0, column)
            yield _Step(
                end_weight + weight - skip_cost,
                way.row + 1,
                column,
                names or (way.has_units and not opens),
                way,
            )


def _skip_cost(fields: Sequence[Field | None], start: int, end: int) -> int:
    """What it costs to pass over the columns from one on up to another."""
    return sum(
        _SKIP_COSTS.get(field, _OTHER_SKIP_COST) if field else _OTHER_SKIP_COST for field in fields[start:end]
    )


def _rest(way: _Step, fields: Sequence[Field | None]) -> int:
    """What it costs to end the row of a way: the columns that it did not reach, and nobody who answers."""
    if way.column == _ALONE:
        return 0
    nobody = not way.has_units and any(field in UNIT_FIELDS for field in fields)
    return _skip_cost(fields, way.column + 1, len(fields)) + _NOBODY * nobody
