r"""Cells before they are read: the state of each, settled first; what a cell, a tick or a row can be by its words alone; where each went.

**Words.** Notes, totals, furniture, signatures, symbols. Notes that change the meaning of a whole table or plan.

    注：责任单位中排在第一位的为牵头单位，其余为配合单位。
    注：★为牵头单位。
    注：▲为牵头单位，●为责任单位，○为配合单位。      (the legend of a matrix)
    以下均需相关乡镇配合，不再列出                      (inside the first clause; `clauses` reads it)

What a note does to a clause is read and applied by `clauses`; here it is only found, and the legend of a
matrix is read:

    >>> {symbol: field.name for symbol, field in legend("注：▲为牵头单位，●为责任单位，○为配合单位").items()}
    {'▲': 'LEAD', '●': 'RESPONSIBLE', '○': 'SUPPORT'}
    >>> {symbol: field.name for symbol, field in legend("责任单位（牵头★ 配合☆）").items()}
    {'★': 'LEAD', '☆': 'SUPPORT'}

Ticks: what a cell means that holds a symbol or a word for a role instead of a name.

>>> role_of("牵头", {}).name, role_of("▲", {"▲": Field.SUPPORT}).name, role_of("市甲局", {}) is None
('LEAD', 'SUPPORT', True)

**States.** What stands in a cell, and what only seems to.

    state                                what is read                  finding
    text with characters nobody sees     the text without them         (none)
    #N/A typed or calculated             an error, never a name        error-value
    formula without a stored value       nothing                       no-result, once for a run of rows
    picture in the cell (DISPIMG)        nothing                       picture
    struck through                       what is not struck            struck, once for each row
    comment                              nothing                       comment
    deleted by a tracked change          nothing                       deleted
    longer or deeper than any plan       its beginning                 too-long

A hidden column of units beside a visible one names nobody (`without_hidden`).

    >>> from tracker.grid import from_table
    >>> grid = replace(from_table("| 1 | 清淤 | 市甲\u200b局 |"), struck={(0, 1): ""})
    >>> source, notes = settle(Source("xlsx", "方案.xlsx", (grid,)))
    >>> source.grids[0].rows, notes[0].finding.code
    ((('1', None, '市甲局'),), 'struck')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum
from functools import lru_cache
from itertools import chain

from tracker import patterns as re
from tracker.grid import INVISIBLE, Block, ErrorValue, Grid, Source, Value, as_text, column_letters
from tracker.numerals import HAN
from tracker.problems.base import Finding
from tracker.problems.reading import (
    COMMENT,
    DELETED,
    ERROR_VALUE,
    HIDDEN_COLUMN,
    HIDDEN_UNITS,
    NO_RESULT,
    PICTURE,
    STRUCK,
    TOO_LONG,
)
from tracker.reading.clauses import SAME_AS_BEFORE, read_note
from tracker.reading.deadlines import is_note_of_limits
from tracker.reading.tables.headwords import Field
from tracker.reading.tables.statements import Draft
from tracker.text import tight, without_invisible
from tracker.values import dataclass


class Use(Enum):
    """Where a cell or a line went, in the words that users see."""

    __hash__ = object.__hash__

    FRONT = "标题、文号、来文和落款"
    HEAD = "栏目名称"
    BANNER = "板块和小标题"
    NUMBER = "序号"
    TASK = "工作任务"
    REQUIREMENT = "具体要求"
    UNITS = "责任分工"
    DEADLINE = "完成时限"
    REMARK = "备注、进度等栏目"
    PERSON = "人员、电话（不读取）"
    NOTE = "注和说明"
    FURNITURE = "合计、页码、签字等"
    GROUP = "单位名单"
    TEXT = "没有写明责任单位的文字"
    LEFT_OUT = "整张未读的表"
    STATE = "删除线、图片、无结果的公式（已指出）"
    UNREAD = "未读取"


Spot = tuple[int, int]


@dataclass(slots=True)
class Uses:
    """What the readers of layouts say they used.

    Attributes:
        cells: Of each grid, by its name: row and column, 0-based, and the use.
        lines: By place: paragraphs and lines, cells that are read as lines, and `P7#2` for the second item of one.
        grids: Of each grid what holds for the cells that nobody used.
    """

    cells: dict[str, dict[Spot, Use]] = field(default_factory=dict)
    lines: dict[str, Use] = field(default_factory=dict)
    grids: dict[str, Use] = field(default_factory=dict)

    def add(self, other: Uses) -> None:
        """Take over what another reader of the same file used; what was said first stays."""
        for name, spots in other.cells.items():
            self.cells[name] = {**spots, **self.cells.get(name, {})}
        self.lines = {**other.lines, **self.lines}
        self.grids = {**other.grids, **self.grids}


SYMBOLS = "▲△●○◎★☆■□◆◇√✓✔☑✕※#＊*◯〇⊙▼▽Ｏ√"
_ROLES: tuple[tuple[str, Field], ...] = (
    ("牵头", Field.LEAD),
    ("主办", Field.LEAD),
    ("第一责任", Field.LEAD),
    ("配合", Field.SUPPORT),
    ("协办", Field.SUPPORT),
    ("协助", Field.SUPPORT),
    ("参与", Field.SUPPORT),
    ("参加", Field.SUPPORT),
    ("指导", Field.SUPPORT),
    ("监督", Field.SUPPORT),
    ("支持", Field.SUPPORT),
    ("会办", Field.SUPPORT),
    ("责任", Field.RESPONSIBLE),
    ("负责", Field.RESPONSIBLE),
    ("承办", Field.RESPONSIBLE),
    ("落实", Field.RESPONSIBLE),
    ("实施", Field.RESPONSIBLE),
    ("主责", Field.RESPONSIBLE),
)
_WORD = "|".join(word for word, _ in _ROLES)
_SYMBOL_FIRST = re.compile(
    rf"[“\"‘'（(]?(?P<symbol>[{re.escape(SYMBOLS)}])[”\"’'）)]?[\s\u3000]*号?(?:的(?:单位|部门)?)?(?:为|是|表示|代表|指|[:：=＝—\-])*[\s\u3000]*(?P<word>{_WORD})"
)
_WORD_FIRST = re.compile(
    rf"(?P<word>{_WORD})(?:单位|部门|科室|处室)?(?:的)?[\s\u3000]*(?:用|以|为|标|打|划|画|记|[:：=＝—\-（(“\"])*[\s\u3000]*(?P<symbol>[{re.escape(SYMBOLS)}])"
)

_IN_BRACKET = re.compile(r"[（(]([^（）()]*)[)）]")


def legend(text: str) -> dict[str, Field]:
    """What the symbols of a matrix mean, where a text says so; empty if it does not."""
    for inside in _IN_BRACKET.findall(text):
        if inside != text and (symbols := legend(inside)):
            return symbols  # in 责任单位（★牵头 √责任） the word before the bracket belongs to no symbol
    readings = [list(pattern.finditer(text)) for pattern in (_SYMBOL_FIRST, _WORD_FIRST)]
    readings = [reading for reading in readings if reading]
    if not readings:
        return {}
    # A symbol belongs to the word on its own side; the side that is met first is the side of all.
    first = min(readings, key=lambda matches: matches[0].start())
    return {match["symbol"]: dict(_ROLES)[match["word"]] for match in first}


# What offices mean by a symbol when they do not say.
USUAL: Mapping[str, Field] = {
    **dict.fromkeys("▲★◎■◆⊙▼", Field.LEAD),
    **dict.fromkeys("●√✓✔☑#※*＊", Field.RESPONSIBLE),
    **dict.fromkeys("○△☆□◇◯〇▽Ｏ", Field.SUPPORT),
}
_WORDS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (Field.LEAD, re.compile(r"^(?:牵头|主办|总牵头|牵头单位|主办单位|主|牵)$")),
    (Field.SUPPORT, re.compile(r"^(?:配合|协办|协助|参与|参加|会办|支持|指导|配合单位|协办单位|协|配)$")),
    (Field.RESPONSIBLE, re.compile(r"^(?:责任|负责|承办|落实|实施|责任单位|是|有|1|[YyVv])$")),
)


# 总牵头 and 牵头单位 are the longest of them.
_LONGEST_WORD = 4


def role_of(tick: str, legend: Mapping[str, Field]) -> Field | None:
    """The role that a cell of a matrix gives; None if it is no tick."""
    tick = "".join(tick.split())
    if tick in legend:
        return legend[tick]
    if len(tick) == 1 and tick in SYMBOLS:
        return USUAL.get(tick, Field.RESPONSIBLE)
    if len(tick) > _LONGEST_WORD:
        return None
    return next((field for field, pattern in _WORDS if pattern.match(tick)), None)


def names_role(text: str) -> bool:
    """Whether a text is nothing but a word for a role.

    >>> names_role("牵头"), names_role("配合单位"), names_role("市甲局牵头")
    (True, True, False)
    """
    return re.fullmatch(rf"(?:{_WORD})(?:单位|部门|科室|处室)?", tight(text)) is not None


DITTO = re.compile(
    rf"^[\s\u3000]*(?:(?:责任|牵头|配合|负责|主办|协办)(?:单位|部门)[:：]?)?(?:{SAME_AS_BEFORE}|〃|″|＂|\"|”|々)[\s\u3000。]*$"
)
NOTHING = re.compile(r"^[\s\u3000\xa0/／\\—–\-－_无*]*$")
_TOTAL = re.compile(
    r"^(?:合计|总计|小计|共计|累计|总数|合计[:：(（].*|小计[:：(（].*|总计[:：(（].*|合计\d+.*)$"
)
_NOTE = re.compile(
    r"^[\s\u3000]*(?:[※*＊★☆][\s\u3000]*)?(?:注|备注|说明|附注|注释|填表说明|图例|注意事项)[\d一二三四五]*[\s\u3000]*[:：.．、]"
    # （以下为新增项目）
    r"|^[\s\u3000]*以下均?[为是][^。；，]{1,20}$"
)
# What is asked of all who have tasks, and is none: 请以上单位于每月25日前报送进展。
_REQUEST = re.compile(
    r"^[\s\u3000]*(?:请|望|务请)?(?:以上|上述|各|有关|相关|牵头|责任|承办)+(?:单位|部门)(?:务必|应|须|要|请)?"
    r"(?:(?:于|在|按|每|将|把)[^。]{0,60}?)?(?:报送?|反馈|上报|报至|送)[^。]{0,40}。?$"
)
_SYMBOL_NOTE = re.compile(r"^[\s\u3000]*[※*＊★☆▲△●○◎√■□◆◇]+[\s\u3000]*(?:为|表示|代表|号?[:：]|标注|标记|的)")
_FURNITURE = re.compile(
    r"^(?:[—–\-－\s]*\d+[—–\-－\s]*|第?\s*\d+\s*页.*|续\s*表.*|[（(]续[)）]|[（(]?接上页[)）]?|填表人.*|填报人.*|制表.*|审核人?[:：].*|单位负责人.*|"
    r"填报(?:单位|日期|时间).*|联系(?:人|电话).*|打印(?:时间|日期).*)$"
)
# Who signs below the table, and a date whose day is to be written by hand.
_SIGNATURE = re.compile(
    r"^(?:[^。；;，,]{0,12}(?:签字|签名|签章|盖章|签批|审批|审核|审定|复核|校对|制表|填表|填报)(?:人|单位|部门|日期|时间)?(?:[(（][^()（）]{0,6}[)）])?[)）]?[:：].*"
    r"|(?:(?:\d{4}|[_＿]*)年)?\d{0,2}月日)$"
)
_DATE = re.compile(rf"(?:20\d\d|二[〇○零0]..)年[\d{HAN}]{{1,2}}月[\d{HAN}]{{1,3}}日")


# The layout, the rows and the account ask for the same lone texts.
@lru_cache(maxsize=1024)
def is_note(text: str) -> bool:
    """Whether a text is a note on the table: 注：…, ★为牵头单位.

    >>> is_note("注：排在第一位的为牵头单位。"), is_note("（注：各单位按职责分工落实）"), is_note("注重实效")
    (True, True, False)
    >>> is_note("请以上单位于每月25日前将进展情况报县委督查室。"), is_note("各责任单位按月报送进展"), is_note("各单位要倒排工期")
    (True, True, False)
    >>> is_note("各项任务中列第一位的为牵头单位，其余为配合单位。"), is_note("市甲局、市乙局（第一个为牵头单位）")
    (True, False)
    >>> is_note("以下各项任务均须于9月30日前完成。"), is_note("各项工作由县局牵头，9月底前完成。"), is_note("各项指标6月底前完成")
    (True, False, False)
    """
    text = text.lstrip("（([【〔 　")
    if _NOTE.match(text) or _SYMBOL_NOTE.match(text) or _REQUEST.match(text):
        return True
    # A sentence of its own that says which of the units that are listed lead: 各项任务中列第一位的为牵头单位.
    says_who_leads = ("牵头" in text or "主办" in text) and len(text) <= 120 and not _LISTS_UNITS.search(text)
    note = read_note(text) if says_who_leads else None
    return note.first_leads or bool(note.star) if note is not None else is_note_of_limits(text)


# The end of a body's name inside a list: a cell of units that says who leads among them is no note.
_LISTS_UNITS = re.compile(r"[局委厅办院司心府]\s*[、，,（(★]")


def is_total(row_cells: Mapping[int, str]) -> bool:
    """Whether a row sums up: 合计, 小计, 总计 in one of its first two cells."""
    firsts = list(row_cells.values())[:2]
    return any(_SUMS.search(text) and _TOTAL.match(tight(text)) for text in firsts)


def is_furniture(text: str) -> bool:
    """Whether a cell belongs to the printed page or the form: page numbers, 续表, 填表人."""
    return bool(_FURNITURE.match(tight(text)))


def is_signed(row_cells: Mapping[int, str]) -> bool:
    """Whether a row is where people sign: 局长（签字）：, 2026年3月　日, with no more than names between them.

    >>> is_signed({0: "镇长（签字）：", 2: "王平"}), is_signed({3: "2026年5月　日"}), is_signed({0: "审核", 1: "审核台账。"})
    (True, True, False)
    """
    texts = [tight(row_cells[column]) for column in sorted(row_cells)]
    return bool(_SIGNATURE.match(texts[0])) and all(
        _SIGNATURE.match(text) or len(text) <= 4 or is_full_date(text) for text in texts
    )


def is_subscribed(grid: Grid, row: int) -> bool:
    """Whether a row is the signature of a document below its table: an office alone, a date alone in the next row.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 1 | 清理台账     | 综合科 |
    ... |   | 市甲局办公室 |        |
    ... |   | 2026年3月2日 |        |
    ... ''')
    >>> [is_subscribed(grid, row) for row in range(3)]
    [False, True, True]
    """
    row_cells = grid.cells(row)
    if len(row_cells) != 1:
        return False
    text = tight(next(iter(row_cells.values())))
    if is_full_date(text):
        return True
    below = grid.cells(row + 1) if row + 1 < grid.height else {}
    return (
        len(below) == 1
        and len(text) <= 30
        and not is_sentence(text)
        and is_full_date(next(iter(below.values())))
    )


def is_full_date(text: str) -> bool:
    """Whether a text is a day with its year and nothing else, as below a signature: 2026年3月2日."""
    return bool(_DATE.fullmatch(tight(text)))


# How the counts of columns begin, and those without a figure: 甲 乙 1 2.
_FIRST_COUNTS = frozenset("1甲")
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def numbers_columns(row_cells: Mapping[int, str]) -> bool:
    """Whether a row below the head numbers the columns.

    >>> numbers_columns({0: "1", 1: "2", 2: "3"}), numbers_columns({0: "(1)", 1: "(2)", 2: "(3)"}), numbers_columns({0: "甲", 1: "乙", 2: "1"})
    (True, True, True)
    >>> numbers_columns({0: "1", 1: "2", 2: "修渠"})
    False
    """
    texts = [tight(text).strip("（()）") for _, text in sorted(row_cells.items())]
    stems = next((at for at, text in enumerate(texts) if _STEMS.find(text) != at), len(texts))
    return len(texts) > 2 and texts[stems:] == [str(number + 1) for number in range(len(texts) - stems)]


# In place of a number: the row shows how to fill in the others.
EXAMPLES = frozenset(("例", "示例", "样例", "范例", "举例", "例1", "填写示例", "填报示例"))
_SUMS = re.compile("[计数]")
_SIGNS = re.compile(r"[:：]|月\s*日")


def is_furniture_row(grid: Grid, row: int) -> bool:
    """Whether a row numbers the columns, sums up, or is where people sign."""
    row_cells = grid.cells(row)
    first = next(iter(row_cells.values()), "")
    return (
        (first.strip(" （()）") in _FIRST_COUNTS and numbers_columns(row_cells))
        or is_total(row_cells)
        or (_SIGNS.search(first) is not None and is_signed(row_cells))
        or is_subscribed(grid, row)
    )


def is_heading_text(text: str) -> bool:
    """Whether a cell in the number column is a heading itself rather than a bare number.

    >>> is_heading_text("一、交通（2个）"), is_heading_text("（一）"), is_heading_text("1")
    (True, False, False)
    """
    return not re.fullmatch(rf"[（(]?[{HAN}\d.]+[)）]?[、.]?", text)


def is_sentence(text: str) -> bool:
    """Whether a cell holds a sentence rather than a heading."""
    return bool(re.search(r"[。；;]", text.strip().rstrip("。"))) or len(text) > 60


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure or a count rather than words: 12, 3.5亿元, 8项, 54个."""
    return bool(re.fullmatch(r"[\d.,，%]*[项个件条亿万元分]{0,3}", tight(text)))


def filled(grid: Grid) -> Iterator[Spot]:
    """The cells of a grid that hold something to read, a dash or a slash left out."""
    for row in range(grid.height):
        for column, text in grid.cells(row).items():
            if not NOTHING.match(text):
                yield row, column


# So much of a text shows which one is meant.
_SHOWN_LENGTH = 20
_ERROR = re.compile(r"\s*(#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|ERROR))\s*")
_PICTURE = re.compile(r"\s*(?:=\s*)?(?:_xlfn\.)?DISPIMG\(")


@dataclass(frozen=True, slots=True)
class CellNote:
    """What is told of a cell: the name of its sheet or table (empty for text), and the finding."""

    sheet: str
    finding: Finding


def settle(source: Source) -> tuple[Source, list[CellNote]]:
    """The source with the state of each cell settled, and what is told of it."""
    notes: list[CellNote] = []
    blocks: list[Block] = []
    for block in source.blocks:
        if isinstance(block, Grid) and not _can_have_states(block):
            blocks.append(block)
            continue
        if isinstance(block, Grid):
            grid, findings = _settle_grid(block)
            blocks.append(grid)
            notes += [CellNote(block.name, finding) for finding in findings]
            continue
        if block.comment:
            notes.append(CellNote("", COMMENT.at(block.place, text=start_of(block.comment))))
        if block.deleted:
            notes.append(CellNote("", DELETED.at(block.place, text=start_of(block.deleted))))
        text = block.text
        if block.unstruck is not None and text.strip():
            notes.append(CellNote("", STRUCK.at(block.place, text=start_of(_struck(text, block.unstruck)))))
            text = block.unstruck
        cut = within_budget(text)
        if len(cut) < len(text):
            notes.append(CellNote("", _too_long(block.place, text, cut)))
        text = without_invisible(cut)
        number = block.printed_number if text.strip() else ""
        blocks.append(block if text == block.text else replace(block, text=text, printed_number=number))
    is_changed = any(block is not before for block, before in zip(blocks, source.blocks, strict=True))
    return (replace(source, blocks=tuple(blocks)) if is_changed else source), notes


def _can_have_states(grid: Grid) -> bool:
    """Whether there is anything in a grid that the table above speaks of: most have nothing."""
    return bool(
        grid.struck
        or grid.comments
        or grid.deleted
        or grid.formulas
        or grid.characters & _OF_STATES
        or ErrorValue in map(type, chain.from_iterable(grid.rows))
        or max(map(len, grid.texts), default=0) > _LONGEST
    )


def _struck(text: str, rest: str) -> str:
    """What is struck through in a text of which that is left.

    >>> _struck("市甲局牵头，市乙局、市丙局配合", "市甲局牵头，市丙局配合")
    '市乙局、'
    """
    letters = list(rest)
    gone = []
    for letter in reversed(text):
        if letters and letters[-1] == letter:
            letters.pop()
        else:
            gone.append(letter)
    return "".join(reversed(gone)).strip()


def emptied_by(before: Source, after: Source) -> list[str]:
    """The places of the cells and lines that hold nothing any more since their state was settled."""
    places: list[str] = []
    for block, later in zip(before.blocks, after.blocks, strict=True):
        if isinstance(block, Grid) and isinstance(later, Grid):
            places += [
                block.place(row, column)
                for row, values in enumerate(block.rows if block is not later else ())
                for column, value in enumerate(values)
                if value is not None and later.rows[row][column] is None and not NOTHING.match(as_text(value))
            ]
        elif not isinstance(block, Grid) and not isinstance(later, Grid) and block.text.strip():
            places += [] if later.text.strip() else [block.place]
    return places


def _settle_grid(grid: Grid) -> tuple[Grid, list[Finding]]:
    findings: list[Finding] = []
    rows: list[tuple[Value, ...]] = []
    for row, values in enumerate(grid.rows):
        cells: list[Value] = []
        struck_texts: list[tuple[int, str]] = []
        for column, value in enumerate(values):
            settled_value = value
            if (row, column) in grid.struck and value is not None:
                settled_value = grid.struck[row, column] or None
                struck_texts.append((column, _struck(as_text(value), grid.struck[row, column])))
            if isinstance(settled_value, str):
                cut = within_budget(settled_value)
                if len(cut) < len(settled_value):
                    findings.append(_too_long(grid.place(row, column), settled_value, cut))
                settled_value = _settle_text(cut)
            if isinstance(settled_value, ErrorValue):
                findings.append(ERROR_VALUE.at(grid.place(row, column), text=settled_value.code))
            elif settled_value is None and isinstance(value, str) and _PICTURE.match(value):
                findings.append(PICTURE.at(grid.place(row, column)))
            cells.append(settled_value)
        if struck_texts:
            column, text = max(struck_texts, key=lambda cell: len(cell[1]))
            findings.append(STRUCK.at(grid.place(row, column), text=start_of(text)))
        rows.append(tuple(cells))
    findings += _without_result(grid)
    findings += [
        COMMENT.at(grid.place(row, column), text=start_of(text))
        for (row, column), text in sorted(grid.comments.items())
        if text
    ]
    findings += [
        DELETED.at(grid.place(row, column), text=start_of(text))
        for (row, column), text in sorted(grid.deleted.items())
    ]
    cells_changed = tuple(rows) != grid.rows
    return (replace(grid, rows=tuple(rows)) if cells_changed else grid), findings


# Who answers for one work point: a thousand names are no clause.
LONGEST_CLAUSE = 4_000
# A cell of Excel holds 32,767 characters; a plan that was pasted into one line may be longer, a requirement is not.
_LONGEST = 60_000
# Brackets in brackets: 各县（市、区）人民政府（管委会（含功能区））.
_DEEPEST = 20
_BRACKET = re.compile("[（(【\\[［〔)）】\\]］〕]")


# An error begins with it, nobody sees them, a picture or what nests has them.
_OF_STATES = frozenset(f"#{INVISIBLE}（(【[［〔")


def within_budget(text: str) -> str:
    """The beginning of a text that is longer, or nests deeper, than anything that a plan says.

    >>> within_budget("市甲局（牵头）"), len(within_budget("市" * 100_000)), within_budget("市甲局" + "（" * 50)[:5]
    ('市甲局（牵头）', 60000, '市甲局')
    """
    text = text[:_LONGEST]
    depth = 0
    for mark in _BRACKET.finditer(text):
        depth = depth + 1 if mark[0] in "（(【[［〔" else max(depth - 1, 0)
        if depth == 1:
            outermost = mark.start()
        if depth > _DEEPEST:
            return text[:outermost]
    return text


def _too_long(place: str, text: str, cut: str) -> Finding:
    return TOO_LONG.at(place, count=len(text), kept=len(cut))


def is_error(text: str) -> bool:
    """Whether a text is the code of an error in a spreadsheet: #N/A.

    >>> is_error("#N/A"), is_error("#1泵站")
    (True, False)
    """
    return bool(_ERROR.fullmatch(text))


def _settle_text(text: str) -> Value:
    if error := _ERROR.fullmatch(text):
        return ErrorValue(error[1])
    return None if _PICTURE.match(text) else without_invisible(text) or None


def _without_result(grid: Grid) -> Iterator[Finding]:
    """Formulas without a stored value, neighbours in a column together."""
    cells = sorted(
        (column, row)
        for (row, column), has_value in grid.formulas.items()
        if not has_value and grid.value(row, column) is None
    )
    for run in _runs(cells):
        (column, first), (_, last) = run[0], run[-1]
        cell_range = f"{column_letters(column)}{first + 1}"
        cell_range += f":{column_letters(column)}{last + 1}" if last > first else ""
        yield NO_RESULT.at(grid.place(first, column), cells=cell_range)


def _runs(cells: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    for column, row in cells:
        if run and run[-1] != (column, row - 1):
            yield run
            run = []
        run.append((column, row))
    if run:
        yield run


def start_of(text: str) -> str:
    """So much of a text as shows which one is meant."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"


def state_findings(
    notes: Iterable[CellNote], sheets: Sequence[str], drafts: Sequence[Draft]
) -> list[Finding]:
    """The findings about the sheets of the plan; about all where the plan is no sheet.

    An error in a time cell is told as a time limit that cannot be read.
    """
    limits = {draft.deadline_place for draft in drafts if isinstance(draft.deadline, ErrorValue)}
    # A clause that is too long for any plan is told where it is cut.
    clauses = {
        statement.place
        for draft in drafts
        for statement in draft.statements
        if len(statement.text) > LONGEST_CLAUSE
    }
    return [
        note.finding
        for note in notes
        if (not sheets or not note.sheet or note.sheet in sheets)
        and not (note.finding.code == ERROR_VALUE.code and note.finding.place in limits)
        and not (note.finding.code == TOO_LONG.code and note.finding.place in clauses)
    ]


def without_hidden(
    grid: Grid, drafts: list[Draft], findings: list[Finding]
) -> tuple[list[Draft], list[Finding]]:
    """Drafts to which hidden columns give no unit, where a visible column of the table gives some.

    >>> from tracker.grid import from_table
    >>> from tracker.reading.tables.statements import RoleStatement
    >>> grid = replace(from_table("| 甲局 | 乙局 |"), hidden_columns=frozenset({0}))
    >>> statements = (RoleStatement("甲局", place="Sheet1!A1"), RoleStatement("乙局", place="Sheet1!B1"))
    >>> drafts, _ = without_hidden(grid, [Draft("清淤", "", statements=statements)], [])
    >>> [statement.text for statement in drafts[0].statements]
    ['乙局']
    """
    columns = {
        grid.place(row, column): column for row in range(grid.height) for column in grid.hidden_columns
    }
    statements = [statement for draft in drafts for statement in draft.statements]
    unread = {columns[statement.place] for statement in statements if statement.place in columns}
    if not unread or all(statement.place in columns for statement in statements):
        return drafts, findings
    drafts = [
        replace(
            draft,
            statements=tuple(statement for statement in draft.statements if statement.place not in columns),
        )
        for draft in drafts
    ]
    findings = [
        finding
        for finding in findings
        if not (finding.code == HIDDEN_COLUMN.code and columns.get(finding.place) in unread)
    ]
    findings += [
        HIDDEN_UNITS.at(grid.place(0, column), column=column_letters(column)) for column in sorted(unread)
    ]
    return drafts, findings
