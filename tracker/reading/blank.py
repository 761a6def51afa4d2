"""Somebody else's blank table: where its head stands, what each column asks for, which rows are given, which are empty.

    >>> from tracker.grid import from_table
    >>> (table,) = find_blanks(from_table('''
    ... | 年终统计表 | <        | <        | <          |
    ... | 序号       | 重点任务 | 落实情况 | <          |
    ... | ^          | ^        | 是否完成 | 具体进展   |
    ... | 1          | 公开预算 |          |            |
    ... | 2          |          |          |            |
    ... | 填表人：   |          |          |            |
    ... '''))
    >>> table.labels, table.given_rows, table.empty, table.foot
    ({0: '序号', 1: '重点任务', 2: '落实情况·是否完成', 3: '落实情况·具体进展'}, (3,), (4,), 5)

The head is the first row in which at least two columns, and half of all that it names, are known
(`is_known`) or were said to be by a person. A wide cell takes the row below it into the head. Below it,
a row is *given* when it names anything but a number, *empty* when it does not; a row of column numbers, an
example (例) and a banner over the whole width are neither. A note, a total or a line for a signature ends the
table; what stands from there on is never written to. So does another head below an empty row, with its caption if
it has one: a sheet may hold several tables below each other.

**What each column asks for.**
A head is understood by its words alone (`headwords.plain_head`), and only when nothing else can be meant; what could be
two things is asked:

    >>> def names_of(*labels): return {labels[c]: request.names for c, request in column_requests(dict(enumerate(labels))).items()}
    >>> names_of("序号", "重点任务", "责任部门", "办结时限", "落实情况", "领导批示")
    {'序号': ('number',), '重点任务': ('requirement',), '责任部门': ('responsible',), '办结时限': ('deadline',),
     '落实情况': ('text',), '领导批示': ()}
    >>> names_of("任务", "具体要求", "完成时间")
    {'任务': ('task',), '具体要求': ('requirement',), '完成时间': ('deadline', 'done_on')}

The context decides in four cases, each by a rule that leaves nothing open:

    texts        of several text columns one is the requirement, those before it are task and section
                 (`headwords.fields_of`); one alone is the requirement
    单位, 部门   the responsible units beside a text column; the unit of the row where there is none
    完成时间     the day on which it was done, beside a column of time limits; alone it is asked
    twice        two columns that would hold the same are both asked, running numbers aside
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from tracker import patterns as re
from tracker.grid import Grid
from tracker.numerals import HAN
from tracker.reading.tables import (
    LONGEST_HEAD,
    Field,
    field_of,
    fields_of,
    is_furniture,
    is_note,
    is_total,
    nearness,
    plain_head,
)
from tracker.text import tight
from tracker.values import dataclass

_BODY = "(?:单位|部门|科室|处室|机构|主体)"
_COUNT = "(?:任务|事项|项目|工作)?(?:总)?(?:项|件|个)?数量?"

# Head -> what it may mean; the first row that the whole head fits decides. Several names are a question.
_ALIASES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("number",), r"序号?|项次|no\.?|#"),
    (("id",), r"(?:事项|任务)(?:编号|编码|代码)"),
    (("no",), r"(?:方案|要点|原|文件)(?:中的?)?序号"),
    (("number", "id", "no"), r"编号|编码|代码|号"),
    (("plan",), r"(?:方案|文件|要点)(?:名称|标题)"),
    (("document",), r"(?:文件)?文号|发文字号|文件编号"),
    (("year",), r"年度|年份"),
    (("section",), r"(?:工作|任务|所属|所在)?(?:板块|篇章)|章节"),
    (("lead",), rf"总?(?:责任)?牵头(?:责任|负责|落实)?{_BODY}?|主办{_BODY}|第一责任{_BODY}"),
    (
        ("responsible",),
        rf"(?:主要)?(?:责任|负责|承办|落实|承担|主责|实施)(?:落实)?{_BODY}|责任分工|任务分工|分工|牵头(?:及|和|、|/)责任{_BODY}",
    ),
    (("support",), rf"(?:配合|协办|参与|协同|会办|协助)(?:责任|负责|实施)?{_BODY}?"),
    (("unit", "responsible"), rf"{_BODY}(?:名称)?|(?:填报|报送|被督查|被考核){_BODY}|地区|县区|镇街|乡镇"),
    (("role",), r"(?:承担)?角色|责任类型|承担方式"),
    (("due",), r"到期(?:日期?|时间)"),
    (
        ("deadline",),
        r"(?:完成|办结|办理|工作|任务|整改|落实)?(?:时限|期限)(?:要求)?|截止(?:时间|日期)?|(?:完成|办结)?时间(?:要求|节点|安排)|(?:计划|要求|应|规定)(?:完成|办结)(?:时间|日期|时限|期限)|时间节点",
    ),
    (("done_on",), r"实际(?:完成|办结)(?:时间|日期)|(?:办结|完成)(?:的)?实际时间"),
    (("deadline", "done_on"), r"(?:完成|办结|落实)(?:时间|日期)|完成时点"),
    (("finished",), r"(?:目前|当前)?(?:是否|有否)已?(?:完成|办结|落实)"),
    (("finished", "blank"), r"(?:是否|有否)(?:按期|如期|按时).{2,4}"),
    (
        ("state",),
        r"(?:完成|工作|任务|事项|办理|推进|进展|落实|目前|当前|认定)*状态",
    ),
    (
        ("text",),
        r"(?:工作|任务|目前|当前|最新|主要|阶段|具体|年度|全年|总体|贯彻)*(?:进展|落实|推进|办理|执行)+(?:的?情况|成效)?(?:(?:及|和|与|、)?(?:主要|工作|取得的?)*(?:成效|效果|成果))?(?:说明|描述)?|(?:工作|主要|取得的?)+成效|完成情况说明",
    ),
    (("state", "text"), r"(?:任务|工作|目标)?(?:完成|办结)(?:的?情况|进度)|进度|进展程度|办理结果|完成程度"),
    (
        ("problem",),
        r"(?:存在|主要)?的?(?:主要)?(?:问题|困难)(?:(?:及|和|与|、|/)(?:困难|问题|原因|不足))*(?:(?:及|和|与|、|/)?下一步(?:工作)?(?:打算|计划|措施|安排|举措)?)?|(?:未|没有)(?:按期)?完成的?原因(?:.{0,8}措施)?",
    ),
    (("problem", "blank"), r"下一步.{0,8}|(?:整改|推进)措施|工作打算"),
    (
        ("evidence",),
        r"(?:佐证|证明|印证|支撑)(?:材料|资料)?(?:名称|链接|网址|清单|目录)?(?:(?:及|和|或|、|/)(?:链接|网址))?",
    ),
    # What was done, or what is going to be: a person says which.
    (("text", "problem", "blank"), r"(?:主要|具体|工作|落实|推进|创新|贯彻)*(?:举措|做法)"),
    (("light",), r"亮灯(?:情况|状态)?|红黄绿灯|灯号|预警(?:状态|等级|灯)?"),
    (("returned",), r"已报/?应报|报送情况"),
    (("note",), r"备注"),
    (("contact",), rf"(?:{_BODY})?(?:工作)?联络(?:员|人)(?:姓名)?"),
    # The contact of the unit, or of whoever fills the table in.
    (("contact", "blank"), rf"(?:{_BODY})?联系人(?:姓名)?"),
    (("phone",), r"联络(?:员|人)(?:联系|办公|手机)?(?:电话|方式|号码)"),
    (("phone", "blank"), r"(?:联系人?|办公|手机)?(?:电话|手机|号码|联系方式)+(?:号码)?"),
    (("count_lead",), rf"牵头{_COUNT}"),
    (("count_support",), rf"配合{_COUNT}"),
    (("count_done",), rf"已?(?:完成|办结){_COUNT}|已完成|已办结"),
    (("count_open",), rf"未(?:完成|办结){_COUNT}|未完成|未办结"),
    (("count_overdue",), rf"(?:已)?(?:逾期|超期){_COUNT}|逾期未完成(?:数)?|逾期"),
    (("count_rate",), r"(?:任务|事项)?(?:完成|办结)率"),
    (("count_total",), r"(?:承担|承办|负责|应完成|应办|涉及)?(?:任务|事项)?(?:总|项|件|个)*数量?|合计|总计"),
)
_COMPILED = tuple((names, re.compile(pattern)) for names, pattern in _ALIASES)
_TEXTS = {Field.SECTION: "section", Field.TASK: "task", Field.REQUIREMENT: "requirement"}
# What such a head may ask for where it is not known: a person chooses.
_NEAR: Mapping[Field, tuple[str, ...]] = {
    Field.NUMBER: ("number", "id", "no"),
    Field.SECTION: ("section", "task"),
    Field.TASK: ("task", "requirement"),
    Field.REQUIREMENT: ("requirement", "task"),
    Field.LEAD: ("lead", "responsible"),
    Field.RESPONSIBLE: ("responsible", "lead", "unit"),
    Field.SUPPORT: ("support", "responsible"),
    Field.DEADLINE: ("deadline", "due", "done_on"),
    Field.REMARK: ("text", "state", "problem", "note"),
}
_MOST = 4
# How near (`headwords.nearness`) a head has to be; 类别 may be a section or a task.
_NEAREST = {"requirement": 4, "task": 2}
_CATEGORY = 1


@dataclass(frozen=True, slots=True)
class ColumnRequest:
    """What a column asks for.

    Attributes:
        names: Names of `columns.FILLABLE`: one is certain; several, or none, are a question.
        near: What may be meant where it is a question, nearest first.
    """

    names: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it certainly asks for; empty while that is a question."""
        return self.names[0] if len(self.names) == 1 else ""


def column_requests(
    labels: Mapping[int, str], choices: Mapping[int, str] | None = None
) -> dict[int, ColumnRequest]:
    """What each column of a head asks for.

    Args:
        labels: The head's text over each column.
        choices: What a person said of columns: the name of `columns.FILLABLE`.
    """
    decisions = dict(choices or {})
    requests = {column: _alone(text) for column, text in labels.items() if column not in decisions}
    _settle_texts(requests, labels, decisions)
    _settle_units(requests, labels, decisions)
    names = {*decisions.values(), *(request.name for request in requests.values())}
    for column, request in requests.items():
        if request.names == ("deadline", "done_on") and "deadline" in names:
            requests[column] = ColumnRequest(("done_on",))
    _settle_twice(requests, decisions)
    return {
        column: ColumnRequest((decisions[column],)) if column in decisions else requests[column]
        for column in sorted(labels)
    }


def is_known(text: str) -> bool:
    """Whether a text reads as the head of a column that we may fill."""
    request = _alone(text)
    return bool(request.names) or bool(_field(text) in _TEXTS)


def _alone(text: str) -> ColumnRequest:
    head = plain_head(text)
    for names, pattern in _COMPILED:
        if pattern.fullmatch(head):
            return ColumnRequest(names, names)
    field = _field(text)
    near = _NEAR.get(field, ()) if field is not None else ()
    return ColumnRequest((), near[:_MOST])


def _field(text: str) -> Field | None:
    return field_of(text)


def _settle_texts(
    requests: dict[int, ColumnRequest], labels: Mapping[int, str], decisions: Mapping[int, str]
) -> None:
    texts = {
        c: labels[c] for c, request in requests.items() if not request.names and _field(labels[c]) in _TEXTS
    }
    names = set(decisions.values())
    fields = fields_of(texts) if texts else {}
    for column, field in fields.items():
        name = _TEXTS.get(field, "")
        if "requirement" in names and len(texts) == 1:
            name = ""  # a person has said which the requirement is; this one is asked, too
        if name and name not in names and _may_be(name, labels[column]):
            requests[column] = ColumnRequest((name,), requests[column].near)


def _may_be(name: str, label: str) -> bool:
    """Whether a head may stand for what the others leave for it: a 类别 or a 问题 is no requirement."""
    near = nearness(label)
    if "问题" in label or plain_head(label).endswith(("目标", "指标")):
        return False
    return near >= _NEAREST.get(name, 0) and not (name == "task" and near == _CATEGORY)


def _settle_units(
    requests: dict[int, ColumnRequest], labels: Mapping[int, str], decisions: Mapping[int, str]
) -> None:
    names = {*decisions.values(), *(request.name for request in requests.values())}
    has_text = bool(names & {"requirement", "task", "id"})
    for column, request in requests.items():
        if request.names != ("unit", "responsible"):
            continue
        plain = plain_head(labels[column])
        if not has_text:
            requests[column] = ColumnRequest(("unit",))
        elif not plain.startswith(("填报", "报送", "被")) and not names & {"lead", "responsible"}:
            requests[column] = ColumnRequest(("responsible",))


def _settle_twice(requests: dict[int, ColumnRequest], decisions: Mapping[int, str]) -> None:
    times = Counter([*decisions.values(), *(request.name for request in requests.values() if request.name)])
    for column, request in requests.items():
        if request.name and request.name != "number" and times[request.name] > 1:
            requests[column] = ColumnRequest((), tuple(dict.fromkeys((request.name, *request.near, "blank"))))


_FEWEST = 2
_HEAD_WITHIN = 40
_HEAD_ROWS = 3
_EXAMPLE = re.compile(r"^[（(]?(?:示?例|范例|样例|举例)(?:[）):：\d].*)?$")
_NUMBER = re.compile(rf"^[（(]?(?:\d+|[{HAN}]+)[)）]?[、.．]?$")
_COLUMN_MARK = re.compile(r"^[（(]?(?:\d+|[甲乙丙丁戊己庚辛]|[a-z])[)）]?$", re.IGNORECASE)
# Over a second table of a sheet.
_CAPTION = re.compile(rf"^(?:附?表|附件|[（(]?[{HAN}]+[)）、.．])")
# A table lies on its side where so many of its rows are named by what columns are elsewhere.
_FEWEST_TURNED = 2
# Between the words of a wide cell and those below it.
JOIN = "·"


@dataclass(frozen=True)
class Blank:
    """A blank table.

    Attributes:
        grid: The sheet or table.
        top: First row of the head.
        bottom: Last row of it.
        labels: Words over each column; those of a wide cell stand before, joined by `·`.
        given_rows: Rows that somebody has filled in already, at least with what they are about.
        empty: Rows that wait for values, in order.
        foot: The first row that belongs to no table; None where the table ends with the sheet.
    """

    grid: Grid
    top: int
    bottom: int
    labels: Mapping[int, str]
    given_rows: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    foot: int | None = None

    def place(self, column: int) -> str:
        """Where the head of a column stands."""
        row = next(
            (row for row in range(self.bottom, self.top - 1, -1) if tight(self.grid.text(row, column))),
            self.top,
        )
        return self.grid.place(row, column)


def find_blanks(grid: Grid, known_heads: frozenset[str] = frozenset()) -> Iterator[Blank]:
    """The blank tables of a sheet, one below the other; none where it has no head that anybody knows.

    Args:
        grid: The sheet or table.
        known_heads: Heads that a person spoke of (`headwords.plain_head`), joined ones included.
    """
    top, within = 0, _HEAD_WITHIN
    while top < min(grid.height, within):
        head = _head_at(grid, top, known_heads)
        if head is None:
            top += 1
            continue
        bottom, labels = head
        blank = _with_rows(grid, top, bottom, labels, _next_table(grid, bottom, known_heads))
        yield blank
        if blank.foot is None:
            return
        top, within = blank.foot, blank.foot + _HEAD_WITHIN


def is_turned(blank: Blank) -> bool:
    """Whether a table lies on its side: what columns are called stands at its left, and items stand on top."""
    first = min(blank.labels)
    head_rows = [row for row in blank.given_rows if is_known(tight(blank.grid.visible_text(row, first)))]
    return len(head_rows) >= _FEWEST_TURNED and 2 * len(head_rows) > len(blank.given_rows)


def turned_at(grid: Grid) -> int | None:
    """The first row of a sheet without a head whose left column says what columns are called elsewhere; None if none."""
    head_rows = []
    for row in range(min(grid.height, _HEAD_WITHIN)):
        row_cells = grid.cells(row)
        if (
            row_cells
            and is_known(tight(row_cells[min(row_cells)]))
            and sum(is_known(tight(text)) for text in row_cells.values()) == 1
        ):
            head_rows.append(row)
    return head_rows[0] if len(head_rows) > _FEWEST_TURNED else None


def _head_at(grid: Grid, top: int, known_heads: frozenset[str]) -> tuple[int, dict[int, str]] | None:
    """The last row and the labels of a head that begins in a row; None where none does."""
    if not grid.cells(top):
        return None
    bottom = _bottom(grid, top)
    labels = _labels(grid, top, bottom)
    known_texts = [text for text in labels.values() if _is_told(text, known_heads)]
    if len(known_texts) >= _FEWEST and 2 * len(known_texts) >= len(labels) and len(labels) >= _FEWEST:
        return bottom, labels
    return None


def _next_table(grid: Grid, bottom: int, known_heads: frozenset[str]) -> int:
    """Where the next table of a sheet begins, its caption included; the sheet's end where there is none.

    Its head stands below an empty row or below a caption (表二 …), or it is taken for a row of this table.
    """
    for row in range(bottom + 2, grid.height):
        if _head_at(grid, row, known_heads) is None:
            continue
        above = row - 1
        while above > bottom and (row_cells := grid.cells(above)) and len(row_cells) == 1:
            if not _CAPTION.match(tight(next(iter(row_cells.values())))):
                break
            above -= 1
        is_apart = not grid.cells(above) if above > bottom else False
        if is_apart or above < row - 1:
            return above + 1
    return grid.height


def plain_label(label: str) -> str:
    """A head for comparison and memory."""
    return plain_head(label)


def last_words(label: str) -> str:
    """The words right over the column, without those of a wide cell above."""
    return label.rpartition(JOIN)[2]


def telling_words(label: str) -> str:
    """The words by which a column is understood: all of them where that is known, else the last.

    >>> telling_words("落实情况·具体进展"), telling_words("责任·单位")
    ('具体进展', '责任单位')
    """
    whole = label.replace(JOIN, "")
    return whole if JOIN in label and is_known(whole) else last_words(label)


def _is_told(label: str, known_heads: frozenset[str]) -> bool:
    return (
        plain_label(label) in known_heads or is_known(last_words(label)) or is_known(label.replace(JOIN, ""))
    )


def _bottom(grid: Grid, top: int) -> int:
    """The last row of a head: one that merges reach down to, or that stands under a wide cell."""
    bottom = top
    while bottom - top + 1 < _HEAD_ROWS and bottom + 1 < grid.height:
        below = bottom + 1
        reaching = {
            c
            for c in range(grid.width)
            if grid.anchor(below, c)[0] <= bottom and grid.anchor(below, c)[0] >= top
        }
        under = {
            c for c in range(grid.width) if _is_wide(grid, bottom, c) and tight(grid.visible_text(bottom, c))
        }
        texts = grid.cells(below)
        named_columns = set(texts)
        # A title over the whole table is no wide head.
        whole = {grid.anchor(bottom, c) for c in range(grid.width) if tight(grid.visible_text(bottom, c))}
        is_part = (
            (bool(reaching) and (named_columns <= under or not named_columns))
            or (bool(named_columns) and named_columns <= under and len(whole) > 1 and len(named_columns) > 1)
        ) and all(len(text) <= LONGEST_HEAD for text in texts.values())
        if not is_part:
            break
        bottom = below
    return bottom


def _is_wide(grid: Grid, row: int, column: int) -> bool:
    anchor = grid.anchor(row, column)
    return any(0 <= c < grid.width and grid.anchor(row, c) == anchor for c in (column - 1, column + 1))


def _labels(grid: Grid, top: int, bottom: int) -> dict[int, str]:
    labels = {}
    for column in range(grid.width):
        anchors = dict.fromkeys(grid.anchor(row, column) for row in range(top, bottom + 1))
        if grid.anchor(bottom, column)[1] != column:
            continue  # the wide cell's first column speaks
        words = [tight(grid.text(*anchor)) for anchor in anchors]
        label = JOIN.join(word for word in words if word)
        if label and len(label) <= 3 * LONGEST_HEAD:
            labels[column] = label
    return labels


def _with_rows(grid: Grid, top: int, bottom: int, labels: Mapping[int, str], end: int) -> Blank:
    given_rows: list[int] = []
    empty: list[int] = []
    foot = end if end < grid.height else None
    for row in range(bottom + 1, end):
        row_cells = grid.cells(row)
        texts = {c: grid.visible_text(row, c) for c in labels if tight(grid.visible_text(row, c))}
        if row_cells and _ends(row_cells):
            foot = row
            break
        if row in grid.hidden_rows or _is_no_row(grid, row, row_cells, labels, first=row == bottom + 1):
            continue
        if any(not _NUMBER.match(tight(text)) for text in texts.values()):
            given_rows.append(row)
        else:
            empty.append(row)
    return Blank(grid, top, bottom, labels, tuple(given_rows), tuple(empty), foot)


def _ends(row_cells: Mapping[int, str]) -> bool:
    first = row_cells[min(row_cells)]
    if _NUMBER.match(tight(first)):
        return False  # a running number, not the number of a page
    return is_total(row_cells) or is_note(first) or is_furniture(first)


def _is_no_row(
    grid: Grid, row: int, row_cells: Mapping[int, str], labels: Mapping[int, str], *, first: bool
) -> bool:
    if not row_cells:
        return False
    texts = [tight(row_cells[column]) for column in sorted(row_cells)]
    if first and len(texts) > _FEWEST and all(_COLUMN_MARK.match(text) for text in texts):
        return True
    if _EXAMPLE.match(texts[0]):
        return True
    if len(row_cells) > 1 or len(labels) < 3:
        return False
    wide = {grid.anchor(row, column) for column in labels}
    return len(wide) == 1
