"""Tables that cannot be cut into cells: nothing stands between these, or no head above them.

Where one cell ends cannot be told from letters, so such a table is never cut. It is known by its head, three captions or
more in one word (`find_run_together`); by dates that touch what is before and behind them (`touching_cells`); or, without a
head, by rows of cells with somebody who answers (`headless_cells`). It is told, with the way to copy it again.

    序号工作任务责任单位完成时限            a head
    市丙局2026年9月规范流程                three such dates
    修渠 | 换闸三座。 | 市甲局             three such rows below no head
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tracker import patterns as re
from tracker.reading.lines import TextLine, leading_number
from tracker.reading.tables.columns import Kind, kind_of
from tracker.reading.tables.headwords import CAPTION, UNIT_CAPTION, UNIT_FIELDS, Field, fields_of, is_pure
from tracker.text import tight
from tracker.values import dataclass

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
