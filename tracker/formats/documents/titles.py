"""Where the lines of a document's title break.

GB/T 9704-2012 section 7.3.1 wants a title of several lines to keep its words whole, to be well balanced and
to look like a trapezoid or a diamond. A break is chosen by its cost:

    before a word that begins a phrase (落实情况, 和, 及)     nothing
    between two other words that are known                   small
    inside a known word, a number, or the book-title mark    large
    before 的, before a closing mark, after an opening one   large
    after 的 or 关于                                          smaller still

plus the squared difference of the lines' lengths. The fewest lines that fit are used.

    >>> break_title("关于印发2026年优化营商环境重点任务分工方案的通知")
    ('关于印发2026年优化营商环境', '重点任务分工方案的通知')
    >>> break_title("督办通知单")
    ('督办通知单',)
"""

from __future__ import annotations

import itertools

from tracker import patterns as re

# 156 mm hold twenty characters of 22 points; word processors put a quarter of a character beside a number.
TITLE_WIDTH = 19

# Words of official titles that must not be split, longest first where one contains another.
_WORDS = (
    "人民政府办公厅",
    "人民政府办公室",
    "办公室",
    "办公厅",
    "人民政府",
    "管理委员会",
    "委员会",
    "领导小组",
    "政务公开",
    "政务服务",
    "政府信息公开",
    "营商环境",
    "政府工作报告",
    "乡村振兴",
    "重点工作",
    "重点任务",
    "工作要点",
    "分工方案",
    "实施方案",
    "落实情况",
    "完成情况",
    "进展情况",
    "整改情况",
    "工作任务",
    "任务分工",
    "任务分解",
    "分解表",
    "一览表",
    "明细表",
    "未完成",
    "通知单",
    "交办单",
    "催办单",
    "提醒函",
    "第一季度",
    "第二季度",
    "第三季度",
    "第四季度",
    "上半年",
    "年度",
    "工作",
    "情况",
    "任务",
    "落实",
    "推进",
    "督查",
    "督办",
    "通报",
    "通知",
    "报告",
    "汇报",
    "事项",
    "原因",
    "印发",
    "关于",
    "优化",
    "深化",
    "加强",
)
_WORD = re.compile("|".join((*_WORDS, r"[0-9A-Za-z.%]+年?", r"“[^”]*”", r"〔[^〕]*〕[0-9]+号")))
# What goes on about something: a line may well begin with it.
_PHRASES = re.compile(
    "落实情况|完成情况|进展情况|推进情况|整改情况|推进落实|存在问题|任务落实|任务分工|重点任务|《|和|及"
)
_OPENING_MARKS = "《（“〔「"
_CLOSING_MARKS = "》）”〕」、，。：；"


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in text)


def _costs(title: str) -> dict[int, float]:
    """What it costs to break before each position."""
    costs = dict.fromkeys(range(1, len(title)), 6.0)
    for match in _WORD.finditer(title):
        for inside in range(match.start() + 1, match.end()):
            costs[inside] = 60.0
        for edge in (match.start(), match.end()):
            if edge in costs and costs[edge] < 60.0:
                costs[edge] = min(costs[edge], 4.0)
    for match in _PHRASES.finditer(title):
        if match.start() in costs and costs[match.start()] < 60.0:
            costs[match.start()] = 0.0
    depth = 0
    for position, character in enumerate(title):
        if position in costs and depth and character != "》":
            costs[position] += 8.0
        depth += (character == "《") - (character == "》")
    for position in costs:
        before, after = title[position - 1], title[position]
        if after in _CLOSING_MARKS or before in _OPENING_MARKS or after == "的":
            costs[position] += 80.0
        elif before == "的":
            costs[position] -= 2.0
        elif before in "、》":
            costs[position] -= 1.0
    return costs


def break_title(title: str, width: int = TITLE_WIDTH) -> tuple[str, ...]:
    """The lines of a title; joined, they are the title."""
    if _width(title) <= width:
        return (title,)
    costs = _costs(title)
    for count in range(2, len(title) + 1):
        if _width(title) > count * width:
            continue
        best: tuple[float, tuple[str, ...]] | None = None
        # Above four lines every combination would be too many; a title so long is cut evenly.
        places = itertools.combinations(costs, count - 1) if count <= 4 else [_even(title, count)]
        for cuts in places:
            edges = (0, *cuts, len(title))
            lines = tuple(title[start:end] for start, end in itertools.pairwise(edges))
            widths = [_width(line) for line in lines]
            if max(widths) > width:
                continue
            mean = sum(widths) / count
            uneven = sum((line_width - mean) ** 2 for line_width in widths) / count
            cost = sum(costs[cut] for cut in cuts) + uneven / 3
            if best is None or cost < best[0]:
                best = (cost, lines)
        if best is not None:
            return best[1]
    return (title,)


def _even(title: str, count: int) -> tuple[int, ...]:
    step = -(-len(title) // count)
    return tuple(range(step, len(title), step))
