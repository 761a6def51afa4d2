"""Tables that were pasted as text: rows divided by tabs, `|` or blanks; or with nothing between their cells.

**Rows.** Tables that are not sheets: rows of a text divided by tabs or by `|`.

    序号<tab>任务<tab>责任单位          a row of a spreadsheet pasted into a text
    | 1 | 开展普查 | 市统计局 |         a row of Markdown
    序号   任务      责任单位           columns kept apart by blanks, under a head
    任务1：修渠 / 责任单位：市甲局 / 主要内容：修渠十里。    cards: labels that return in each, their values behind them

Each becomes a grid whose cells keep the address that they have in the file.

**Cells that ran together.** Nothing stands between the cells: where one ends cannot be told from letters, so such
a table is never cut. It is known by its head, or by dates that touch what is before and behind them, and told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from tracker.grid import Notation, Paragraph, PlacedGrid
from tracker.numerals import HAN
from tracker.reading.tables.drafts import UNIT_FIELDS, Field
from tracker.reading.tables.headwords import field_of, fields_of, is_head, is_pure
from tracker.reading.tables.lines import TextLine
from tracker.reading.text import tight
from tracker.values import dataclass

_RULE = re.compile(r"^\|?[\s:|\-–—+=]+\|?$")
_FEWEST_COLUMNS = 3
# An ideographic blank is as wide as two.
_STRETCH = re.compile(r"[^ \u3000\xa0]+(?:[ \xa0][^ \u3000\xa0]+)*")


def rows_in(paragraphs: Sequence[Paragraph]) -> tuple[PlacedGrid, list[Paragraph], list[Paragraph]] | None:
    r"""The rows among the lines of a text as one grid, the lines before it and those after; None for no table.

    >>> lines = [Paragraph("清单", "L1"), Paragraph("任务\t单位\t时限", "L2"), Paragraph("普查\t统计局\t6月", "L3")]
    >>> grid, before, after = rows_in(lines)
    >>> grid.text(1, 1), grid.place(1, 1), [line.text for line in before], after
    ('统计局', 'L3', ['清单'], [])
    """
    split = [_cells(paragraph.text) for paragraph in paragraphs]
    if not any(split):
        split = _aligned([paragraph.text for paragraph in paragraphs])
    table = [position for position, row in enumerate(split) if len(row) >= _FEWEST_COLUMNS]
    if len(table) < 2:
        return _cards_in(paragraphs)
    first, last = table[0], table[-1]
    width = max(len(split[position]) for position in table)
    rows: list[tuple[str | None, ...]] = []
    places: list[tuple[str, ...]] = []
    for paragraph, row in zip(paragraphs[first : last + 1], split[first : last + 1], strict=True):
        text = paragraph.text.strip()
        if not text or _RULE.match(text):
            continue
        cells = row or [text]
        rows.append(tuple((cell.strip() or None) for cell in [*cells, *[""] * (width - len(cells))][:width]))
        places.append((paragraph.place,) * width)
    grid = PlacedGrid("", tuple(rows), notation=Notation.BARE, places=tuple(places))
    return grid, list(paragraphs[:first]), list(paragraphs[last + 1 :])


_LABELLED = re.compile(
    rf"[-*•·]?\s*(?P<label>[^：:。，,；;、\s]{{2,10}}?)[\s\d{HAN}]{{0,4}}[：:]\s*(?P<value>\S.*)"
)
_FEWEST_CARDS = 2


def _cards_in(paragraphs: Sequence[Paragraph]) -> tuple[PlacedGrid, list[Paragraph], list[Paragraph]] | None:
    """Lines of labels and values as cards, where what is to be done stands behind who answers; None for other lines.

    Where it stands before, the lines are running text with statements between them (`prose`).
    """
    pairs: dict[int, tuple[str, str]] = {}
    for position, paragraph in enumerate(paragraphs):
        match = _LABELLED.fullmatch(paragraph.text.strip())
        if match is not None and is_pure(match["label"]) and field_of(match["label"]) is not None:
            pairs[position] = (match["label"], match["value"])
    if len(pairs) < _FEWEST_CARDS * _FEWEST_COLUMNS:
        return None
    first, last = min(pairs), max(pairs)
    lines = [position for position in range(first, last + 1) if paragraphs[position].text.strip()]
    cycle = list(dict.fromkeys(label for label, _ in pairs.values()))
    fields = fields_of(dict(enumerate(cycle)))
    counts = Counter(label for label, _ in pairs.values())
    content = next((label for at, label in enumerate(cycle) if fields[at] is Field.REQUIREMENT), "")
    answers = [label for at, label in enumerate(cycle) if fields[at] in UNIT_FIELDS]
    if (
        len(pairs) * 3 < len(lines) * 2
        or not answers
        or not content
        or cycle.index(content) < cycle.index(answers[0])
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


def _cells(text: str) -> list[str]:
    if "\t" in text.strip():
        return text.rstrip("\r\n").split("\t")
    bare = text.strip()
    if bare.startswith("|") and bare.count("|") > 2 and not _RULE.match(bare):
        return bare.strip("|").split("|")
    return []


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
