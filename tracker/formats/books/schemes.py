r"""考核方案.xlsx read back, an appraisal scheme as the office wrote it, and how each of its indicators is scored.

    | 一级指标         | 二级指标 | 分值 | 评分标准                     | 考核方式 | 数据来源   | 适用范围 |
    | 公开质量（60分） | 信息更新 | 40   | 每发现1处扣0.5分，扣完为止   | 网上检查 | 检查问题   |          |
    | ^                | 解读     | 20   | 按完成率计分                 | 查看台账 | 任务完成率 | A表      |

**Levels** are the columns of names before 分值, as many as there are; a name that a merge or blanks below it cover holds on.
A name may carry its points in brackets, as points or as a percentage of those above it; a percentage in 分值 is one of the
points of the line above, too; a line above without points has the sum of those below it. A column 编号 gives the
numbers, else they are counted: 1, 1.1. Sheets named 等次 (等次, 最低分), 综合得分 (组成, 权重) and 说明 (项目, 内容: 合理缺项折算, 最高总分,
一票否决) hold for the whole; none of them has to be there.

**评分标准:**

    standard  = { clause }
    deduction = 每 [发现|出现|有|逾期] [N] measure … 扣 P 分 [ , 扣完为止 | , 最多扣 P 分 ]
    bonus     = 每 … [N] measure … 加 P 分 [ , 最多|最高|累计不超过|上限 P 分 ]
    share     = 按 … (率|比例) … (计|得|赋|折算) 分 | (得分|分值) [=×乘以] … 率
    quarters  = (各|四个|每) 季度 … 平均
    judged    = 酌情 | 视情 | 评定 | 评分小组 | P - P 分 | everything else

N is 1, 一 or 两. Where nothing is understood a person judges, and that is told (the second value is False); so is a line
that takes off and adds.

    >>> read_criterion("每发现1处扣0.5分，扣完为止。")
    (Criterion(kind=<CriterionKind.DEDUCTION: '扣分'>, rate=Fraction(1, 2), per=1, cap=None), True)
    >>> read_criterion("每两次扣1分，最多扣3分")[0].per, read_criterion("每两次扣1分，最多扣3分")[0].cap
    (2, Fraction(3, 1))
    >>> [read_criterion(text)[0].kind.value for text in ("按完成率计分", "每篇加1分，累计不超过5分", "取四个季度得分平均值")]
    ['按比例', '加分', '季度平均']
    >>> read_criterion("优 8—10 分，良 5—7 分，由考核小组评定"), read_criterion("落实有关要求")[1]
    ((Criterion(kind=<CriterionKind.JUDGED: '评定'>, rate=Fraction(0, 1), per=1, cap=None), True), False)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tracker import patterns as re
from tracker.grid import Grid, Source
from tracker.numerals import NUMBER, read_number
from tracker.problems.base import Finding
from tracker.problems.check import SCHEME_POINTS, SCHEME_TRACES, SCHEME_UNCLEAR, NotAScheme
from tracker.scheme import Component, Criterion, CriterionKind, Grade, Indicator, Scheme
from tracker.text import tight
from tracker.values import dataclass

_POINTS = r"(\d+(?:\.\d+)?)分"
_MEASURE = rf"({NUMBER})?(?:处|人次|次|项|个百分点|个|件|条|例|起|天|日|家|篇|人|场|期|份|%)"
_PER = rf"每[^，。；,;]{{0,12}}?{_MEASURE}[^。；;]{{0,40}}?"
_DEDUCTION = re.compile(rf"{_PER}扣减?{_POINTS}")
_BONUS = re.compile(rf"{_PER}加{_POINTS}")
_CAP = re.compile(r"(?:最多|最高|累计|合计|上限)[^。；;\d]{0,8}" + _POINTS)
_SHARE = re.compile(
    r"按[^。；;]{0,16}(?:率|比例|占比)[^。；;]{0,8}(?:计|得|赋|折算)分|(?:得分|分值)\s*[=＝×x*乘][^。；;]{0,20}率"
)
_QUARTERS = re.compile(r"季度[^。；;]{0,16}平均|平均[^。；;]{0,8}季度")
_JUDGEMENT = re.compile(r"酌情|视情|评定|评议|评分小组|测评|打分|\d\s*[-—–~～至]\s*\d+(?:\.\d+)?\s*分")


def read_criterion(text: str) -> tuple[Criterion, bool]:
    """How an indicator is scored.

    Returns:
        The criterion, and whether the words say so; False where a person has to judge because nothing was understood.
    """
    line = tight(text)
    deduction, bonus = _DEDUCTION.search(line), _BONUS.search(line)
    if match := deduction or bonus:
        kind = CriterionKind.DEDUCTION if deduction else CriterionKind.BONUS
        cap = _CAP.search(line, match.end())
        per = read_number(match[1] or "") or 1
        is_plain = not (deduction and bonus)
        return Criterion(kind, Fraction(match[2]), per, Fraction(cap[1]) if cap else None), is_plain
    for pattern, kind in ((_QUARTERS, CriterionKind.QUARTERS), (_SHARE, CriterionKind.SHARE)):
        if pattern.search(line):
            return Criterion(kind), True
    return Criterion(), bool(_JUDGEMENT.search(line))


# Figures for which units must not get or lose points (整治形式主义为基层减负若干规定, 2024), with why.
_TRACES = (
    (re.compile(r"(?:报送|上报|填报|报表|材料).{0,6}(?:及时|按时|逾期|迟|晚)"), "报表是否按时报送"),
    (
        re.compile(r"(?:佐证|台账|痕迹|照片|截图|工作信息|简报).{0,6}(?:数量|份|篇|条|张|齐全)"),
        "材料和信息的数量",
    ),
    (
        re.compile(
            r"(?:领导|上级|主要负责).{0,6}(?:批示|肯定|表扬)|(?:媒体|报刊|电视).{0,8}(?:报道|刊发|采用|宣传)"
        ),
        "领导批示和媒体报道",
    ),
)


def traces(text: str) -> str:
    """What a standard judges by that says nothing of the work; empty if nothing.

    >>> traces("材料报送不及时的每次扣1分"), traces("每获市领导批示肯定1次加1分"), traces("每发现1处错链扣0.5分")
    ('报表是否按时报送', '领导批示和媒体报道', '')
    """
    line = tight(text)
    return next((why for pattern, why in _TRACES if pattern.search(line)), "")


@dataclass(frozen=True, slots=True)
class SchemeReading:
    """A scheme as it was understood, and what a person should look at."""

    scheme: Scheme
    findings: tuple[Finding, ...] = ()


# The columns of a scheme beside the names of its indicators: what is read of them, and the heads that say so.
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("code", re.compile(r"编号|序号")),
    ("points", re.compile(r"分值|权重|分数|标准分|满分")),
    ("standard", re.compile(r"评分|计分|扣分|考核标准|评价标准|细则")),
    ("method", re.compile(r"考核方式|考核办法|考核方法|评价方式")),
    ("source", re.compile(r"数据来源|来源|依据")),
    ("table", re.compile(r"适用|对象|范围|表别")),
)
_LEVEL = re.compile(r"[一二三四五]级|指标|项目|内容|要点")
_TOTAL = re.compile(r"合计|总计|总分|小计")
_NAMED_POINTS = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*(分|%|％)\s*[)）]\s*$")
_PLAIN_POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*(分|%|％)?")
# A column that holds points as a spreadsheet shows percentages has numbers between 0 and 1.
_PERCENT = ("%", "％")


def read_scheme(source: Source) -> SchemeReading:
    """Read a scheme.

    Args:
        source: The workbook as it came through the door.

    Raises:
        NotAScheme: No sheet has a head with names of indicators, 分值 and 评分标准 and a line below it.
    """
    for grid in source.grids:
        for row in range(grid.height):
            columns = _columns(grid, row)
            if columns is not None:
                indicators, findings = _indicators(grid, row, *columns)
                if indicators:
                    title = next(
                        (text for text in map(grid.text, *_cells_above(grid, row)) if text), grid.name
                    )
                    scheme = replace(_whole(source), title=title, indicators=tuple(indicators))
                    return SchemeReading(scheme, tuple(findings))
    raise NotAScheme(file=source.name)


def _cells_above(grid: Grid, row: int) -> tuple[list[int], list[int]]:
    cells = [(above, column) for above in range(row) for column in range(grid.width)]
    return [above for above, _ in cells], [column for _, column in cells]


def _columns(grid: Grid, row: int) -> tuple[tuple[int, ...], dict[str, int]] | None:
    """The columns of levels and of everything else; None where the row is no head of a scheme."""
    by_name: dict[str, int] = {}
    levels: list[int] = []
    for column in range(grid.width):
        text = tight(grid.text(row, column))
        name = next((name for name, head in _HEADS if text and head.search(text) and name not in by_name), "")
        if name:
            by_name[name] = column
        elif _LEVEL.search(text) and "points" not in by_name:
            levels.append(column)
    return (tuple(levels), by_name) if levels and {"points", "standard"} <= by_name.keys() else None


@dataclass(slots=True)
class _Line:
    """A line of the tree while it is read: its name without the points in it, and these as written."""

    code: str
    name: str
    points: str
    row: int
    column: int
    is_leaf: bool


def _lines(grid: Grid, head: int, levels: Sequence[int], columns: Mapping[str, int]) -> Iterator[_Line]:
    """Every name of an indicator, parents before their children, with the points that stand at it."""
    counts = [0] * len(levels)
    names = [""] * len(levels)
    for row in range(head + 1, grid.height):
        texts = [tight(grid.text(row, column)) for column in levels]
        if not any(texts) or any(_TOTAL.fullmatch(text) for text in texts):
            continue
        for level, text in enumerate(texts):
            if not text or (text == names[level] and level < len(levels) - 1 and any(texts[level + 1 :])):
                continue
            counts[level] += 1
            counts[level + 1 :] = [0] * (len(levels) - level - 1)
            names[level] = text
            is_leaf = not any(texts[level + 1 :])
            bracket = _NAMED_POINTS.search(text)
            number = _cell(grid, row, columns, "code") if is_leaf else ""
            code = number or ".".join(map(str, counts[: level + 1]))
            points = _cell(grid, row, columns, "points") if is_leaf else ""
            yield _Line(
                code=code,
                name=text[: bracket.start()] if bracket else text,
                points=points or (bracket[1] + bracket[2] if bracket else ""),
                row=row,
                column=levels[level],
                is_leaf=is_leaf,
            )


def _cell(grid: Grid, row: int, columns: Mapping[str, int], name: str) -> str:
    return grid.visible_text(row, columns[name]).strip() if name in columns else ""


def _indicators(
    grid: Grid, head: int, levels: Sequence[int], columns: Mapping[str, int]
) -> tuple[list[Indicator], list[Finding]]:
    findings: list[Finding] = []
    indicators: list[Indicator] = []
    for line in _lines(grid, head, levels, columns):
        place = grid.place(line.row, line.column)
        parent = next((above for above in indicators if above.code == line.code.rpartition(".")[0]), None)
        points = _points(line.points, parent)
        if points is None and line.is_leaf:
            findings.append(SCHEME_POINTS.at(place, name=line.name, text=line.points))
        indicator = Indicator(line.code, line.name, points or Fraction(0), place=place)
        if line.is_leaf:
            indicator, leaf_findings = _leaf(indicator, grid, line.row, columns)
            findings += leaf_findings
            if indicator.criterion is None:
                continue
        indicators.append(indicator)
    return _with_sums(indicators), findings


def _points(text: str, parent: Indicator | None) -> Fraction | None:
    match = _PLAIN_POINTS.fullmatch(text)
    if match is None:
        return None
    points = Fraction(match[1])
    if match[2] in _PERCENT:
        return points / 100 * (parent.points if parent else Fraction(100))
    return points


def _leaf(
    indicator: Indicator, grid: Grid, row: int, columns: Mapping[str, int]
) -> tuple[Indicator, list[Finding]]:
    """A line that is scored; without a criterion where it judges by traces, which is told."""
    standard = _cell(grid, row, columns, "standard")
    why = traces(standard)
    if why:
        return indicator, [SCHEME_TRACES.at(indicator.place, name=indicator.name, why=why)]
    criterion, is_plain = read_criterion(standard)
    if criterion.kind is CriterionKind.BONUS:
        indicator = replace(indicator, points=Fraction(0))
    table = re.search(r"[AB]", _cell(grid, row, columns, "table").upper())
    indicator = replace(
        indicator,
        criterion=criterion,
        standard=standard,
        method=_cell(grid, row, columns, "method"),
        source=tight(_cell(grid, row, columns, "source")),
        table=table[0] if table else "",
    )
    findings = [] if is_plain else [SCHEME_UNCLEAR.at(indicator.place, name=indicator.name)]
    return indicator, findings


def _with_sums(indicators: list[Indicator]) -> list[Indicator]:
    """Lines above that state no points have the sum of those below them."""
    points = {indicator.code: indicator.points for indicator in indicators}
    for indicator in reversed(indicators):
        if indicator.criterion is None and not points[indicator.code]:
            below = [code for code in points if code.rpartition(".")[0] == indicator.code]
            points[indicator.code] = sum((points[code] for code in below), Fraction(0))
    return [replace(indicator, points=points[indicator.code]) for indicator in indicators]


def _whole(source: Source) -> Scheme:
    """What holds for the whole: grades, components, 折算, ceiling, vetoes."""
    grades = tuple(
        Grade(name, Fraction(number[1]))
        for name, text in _pairs(source, "等次")
        if (number := _PLAIN_POINTS.fullmatch(text))
    )
    components = tuple(
        Component(
            name, Fraction(number[1]) / (100 if number[2] in _PERCENT or Fraction(number[1]) > 1 else 1)
        )
        for name, text in _pairs(source, "综合得分")
        if (number := _PLAIN_POINTS.fullmatch(text))
    )
    notes = dict(_pairs(source, "说明"))
    ceiling = _PLAIN_POINTS.fullmatch(notes.get("最高总分", ""))
    return Scheme(
        title="",
        indicators=(),
        grades=grades,
        components=components,
        scales=notes.get("合理缺项折算", "是") != "否",
        ceiling=Fraction(ceiling[1]) if ceiling else None,
        vetoes=tuple(filter(None, re.split(r"[；;\n]", notes.get("一票否决", "")))),
    )


def _pairs(source: Source, sheet: str) -> Iterator[tuple[str, str]]:
    """The first two cells of every row of a sheet; none where there is no such sheet."""
    for grid in source.grids:
        if grid.name == sheet:
            for row in range(grid.height):
                name, text = tight(grid.text(row, 0)), grid.text(row, 1).strip()
                if name and text:
                    yield name, text
