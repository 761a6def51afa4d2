"""What a row of a table can be, told from its texts alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.grid import Grid

DITTO = re.compile(r"^[\s\u3000]*(?:同上栏?|同前|同上述?单位|〃|″|＂|\"|”|々|同左上)[\s\u3000。]*$")
NOTHING = re.compile(r"^[\s\u3000\xa0/／\\—–\-－_无*]*$")
_TOTAL = re.compile(
    r"^(?:合计|总计|小计|共计|累计|总数|合计[:：(（].*|小计[:：(（].*|总计[:：(（].*|合计\d+.*)$"
)
_NOTE = re.compile(
    r"^[\s\u3000]*[※*＊★☆]?[\s\u3000]*(?:注|备注|说明|附注|注释|填表说明|图例|注意事项)[\d一二三四五]*[\s\u3000]*[:：.．、]"
)
_SYMBOL_NOTE = re.compile(r"^[\s\u3000]*[※*＊★☆▲△●○◎√■□◆◇]+[\s\u3000]*(?:为|表示|代表|号?[:：]|标注|标记|的)")
_FURNITURE = re.compile(
    r"^(?:[—–\-－\s]*\d+[—–\-－\s]*|第?\s*\d+\s*页.*|续\s*表.*|[（(]续[)）]|[（(]?接上页[)）]?|填表人.*|填报人.*|制表.*|审核人?[:：].*|单位负责人.*|"
    r"填报(?:单位|日期|时间).*|联系(?:人|电话).*|打印(?:时间|日期).*)$"
)
# Who signs below the table, and a date whose day is to be written by hand.
_SIGNATURE = re.compile(
    r"^(?:[^。；;，,]{0,12}(?:签字|签名|签章|盖章|签批|审批|审核|审定|复核|校对|制表|填表|填报)[人]?(?:[(（][^()（）]{0,6}[)）])?[)）]?[:：].*"
    r"|(?:(?:\d{4}|[_＿]*)年)?\d{0,2}月日)$"
)
_DATE = re.compile(r"(?:20\d\d|二[〇○零0]..)年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日")
_TIGHT = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")


def tight(text: str) -> str:
    """A text without any blank.

    >>> tight("合　计 ")
    '合计'
    """
    return _TIGHT.sub("", text)


def cells(grid: Grid, row: int) -> dict[int, str]:
    """The texts of a row's own cells, blank ones and continued ones left out."""
    return {
        column: grid.text(row, column)
        for column in range(grid.width)
        if not grid.is_continuation(row, column) and tight(grid.text(row, column))
    }


def is_note(text: str) -> bool:
    """Whether a text is a note on the table: 注：…, ★为牵头单位.

    >>> is_note("注：排在第一位的为牵头单位。"), is_note("注重实效")
    (True, False)
    """
    return bool(_NOTE.match(text) or _SYMBOL_NOTE.match(text))


def is_total(row_cells: Mapping[int, str]) -> bool:
    """Whether a row sums up: 合计, 小计, 总计 in one of its first two cells."""
    return any(_TOTAL.match(tight(row_cells[column])) for column in sorted(row_cells)[:2])


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
        _SIGNATURE.match(text) or len(text) <= 4 for text in texts
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
    row_cells = cells(grid, row)
    if len(row_cells) != 1:
        return False
    text = tight(next(iter(row_cells.values())))
    if _DATE.fullmatch(text):
        return True
    below = cells(grid, row + 1) if row + 1 < grid.height else {}
    return (
        len(below) == 1
        and len(text) <= 30
        and not is_sentence(text)
        and bool(_DATE.fullmatch(tight(next(iter(below.values())))))
    )


def numbers_columns(row_cells: Mapping[int, str]) -> bool:
    """Whether a row below the head numbers the columns: 1 2 3 4."""
    texts = [tight(row_cells[column]) for column in sorted(row_cells)]
    return len(texts) > 2 and texts == [str(number + 1) for number in range(len(texts))]


def is_heading_text(text: str) -> bool:
    """Whether a cell in the number column is a heading itself rather than a bare number.

    >>> is_heading_text("一、交通（2个）"), is_heading_text("（一）"), is_heading_text("1")
    (True, False, False)
    """
    return not re.fullmatch(r"[（(]?[一二三四五六七八九十\d.]+[)）]?[、.]?", text)


def is_sentence(text: str) -> bool:
    """Whether a cell holds a sentence rather than a heading."""
    return bool(re.search(r"[。；;]", text.strip().rstrip("。"))) or len(text) > 60


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure or a count rather than words: 12, 3.5亿元, 8项, 54个."""
    return bool(re.fullmatch(r"[\d.,，%]*[项个件条亿万元分]{0,3}", tight(text)))
