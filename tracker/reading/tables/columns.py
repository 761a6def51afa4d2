"""What a column holds, told by its head and by its cells together.

A head that everybody uses decides for itself. Where a head is unknown (谁来干, 啥时候) or its cells say something else
(办结要求 over time limits only), each column is weighed against each field, and the best assignment for the whole
table is chosen at once:

    weight of a column in a field = tenths of its cells of each kind x `_CONTENT` + what its head says
                                  + what stands before it (`_ORDER`)

with exactly one requirement and at most one number, task and section. A column whose field is not the one that its
head says, or whose second choice is within `_MARGIN`, is told.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 号 | 干啥       | 谁干   | 啥时候 |
    ... | 1  | 清河道     | 市甲局 | 6月底  |
    ... | 2  | 修水渠     | 市乙局 | 年底前 |
    ... ''')
    >>> labels = grid.cells(0)
    >>> {column: field.name for column, field in infer(labels, samples_below(grid, 0, labels)).fields.items()}
    {0: 'NUMBER', 1: 'REQUIREMENT', 2: 'RESPONSIBLE', 3: 'DEADLINE'}
"""

from __future__ import annotations

import datetime as dt
import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache

from tracker import patterns as re
from tracker.grid import Grid, Value, as_text
from tracker.model import DeadlineKind
from tracker.numerals import HAN
from tracker.reading.clauses import is_person, is_person_name
from tracker.reading.deadlines import read_deadline
from tracker.reading.tables.cells import DITTO, NOTHING, SYMBOLS, is_note, is_total, role_of
from tracker.reading.tables.headwords import (
    CAPTIONS,
    LEADS_UNLESS_WORDED,
    UNIT_FIELDS,
    Field,
    field_of,
    fields_of,
    is_pure,
    plain_head,
)
from tracker.reading.tables.statements import at_end, is_names
from tracker.text import tight
from tracker.values import dataclass


class Kind(Enum):
    """What a cell is, told from its text alone."""

    # 1, （二）, ③, A-01.
    NUMBER = auto()
    # 6月底前, 每季度, a date; and what should be one: 汛前.
    TIME = auto()
    # Nothing but names and the words of their roles.
    UNITS = auto()
    # Names and a time limit in one cell.
    MIXED = auto()
    # 副市长某某某, a telephone number.
    PERSON = auto()
    # A symbol.
    TICK = auto()
    # 牵头, 配合 and no name.
    ROLE = auto()
    # 3.5, 1200万元, 80%.
    FIGURE = auto()
    # 推进中, 已完成, 是, 绿.
    STATUS = auto()
    # More than a heading.
    SENTENCE = auto()
    # A heading, a word.
    PHRASE = auto()


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold.

    Attributes:
        fields: The field of each column.
        turned: The columns whose field is not what their head alone says, or is a narrow choice.
        mixed: The columns that hold units and a time limit in one cell.
        roles: The column whose words (牵头, 配合) say in what role the unit of the row answers; -1 without one.
    """

    fields: Mapping[int, Field]
    turned: tuple[int, ...] = ()
    mixed: frozenset[int] = frozenset()
    roles: int = -1


_SAMPLE = 24
TEXTS = (Field.SECTION, Field.TASK, Field.REQUIREMENT)
_ONCE = frozenset({Field.NUMBER, Field.SECTION, Field.TASK, Field.REQUIREMENT})
_NUMBER = re.compile(
    rf"[（(]?(?:\d{{1,3}}(?:[-.]\d{{1,2}})*|[A-Za-z]{{1,2}}-?\d{{1,3}}|[{HAN}]{{1,3}}|[①-⑳])[)）]?[、.．]?"
)
_FIGURE = re.compile(r"[\d.,，]+(?:%|％|[千万亿]?(?:元|分|个|项|处|公里|亩|人次?|户|座|家|名|套|台|件|所)?)")
_STATUS = re.compile(r"是|否|有|无|[红黄绿蓝]灯?|(?:已|未|正在|尚未).{0,8}|(?:推进|进行|办理|整改|实施)中")
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})(?!\d)")
# The digits of a telephone that no sum has.
_TELEPHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_DAY = re.compile(r"20\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?|(?:1[0-2]|[1-9])\.(?:10|15|20|25|28|29|30|31)")
_TIME_WORDS = re.compile(
    rf"[\d{HAN}]+(?:年度?|月份?|日|号|个?季度|周|天|个?工作日|个?小时)|[.\-/\d]+|[上中下]旬|[上下]半年|[年月][底末内初中]|"
    r"[第每全底末前后起止至到之以内]|季度|周|月|年|日|次|长期|持续|常态化?|动态|完成|办结|发文|印发|定期|适时|及时|立即|尽快|随时|[—~～\-、，,；;。]"
)
_LOOKS_TIMED = re.compile(
    rf"[\d{HAN}](?:月|日|季度|周)|20\d\d[-./]\d|[年月][底末内]|长期|持续|常态|全年|每[年月周季半日]|[上下]半年|工作日|适时|[前后]$"
)
_OPENS_TIMED = re.compile(r"\d|长期|持续|常态|全年|每")
_TIME_LABEL = re.compile(r"(?:完成|办结|工作)?(?:时限|时间|期限|节点)(?:要求)?\s*[:：]\s*(?P<time>[^\n]+)")
# A head of persons that speaks of their bodies, too: 牵头领导及单位.
_NAMES_BODIES = re.compile("单位|部门|[科处股]室|机构")
_ANSWERS = re.compile("责|承办|落实|实施|执行|办理|主管|主办|经办|对口|归口")
_PIECES = re.compile(r"[\n；;，,（）()]")

# What a tenth of the cells of a kind weighs for a field; any other kind weighs against it.
_AGAINST = -4
_CONTENT: Mapping[Field, Mapping[Kind, int]] = {
    Field.NUMBER: {Kind.NUMBER: 8},
    Field.SECTION: {Kind.PHRASE: 3, Kind.SENTENCE: 0},
    Field.TASK: {Kind.PHRASE: 4, Kind.SENTENCE: 2, Kind.UNITS: 1},
    Field.REQUIREMENT: {Kind.SENTENCE: 6, Kind.PHRASE: 3, Kind.TIME: -2},
    **{field: {Kind.UNITS: 8, Kind.MIXED: 8, Kind.TIME: 0} for field in UNIT_FIELDS},
    Field.DEADLINE: {Kind.TIME: 8},
    Field.PERSON: {Kind.PERSON: 8},
    Field.REMARK: {
        **dict.fromkeys(Kind, 2),
        Kind.STATUS: 8,
        Kind.FIGURE: 8,
        Kind.SENTENCE: 1,
    },
}
# What a cell weighs for a column that is known: remarks take what the other columns are not for, 汛前 is a time limit.
_ANY = 2
_ASIDE_CONTENT = {
    **dict.fromkeys(Kind, _ANY),
    Kind.STATUS: 8,
    Kind.FIGURE: 8,
    Kind.SENTENCE: 3,
    **dict.fromkeys((Kind.TIME, Kind.UNITS, Kind.NUMBER), -_ANY),
}
_CONTENT_IF_KNOWN: Mapping[Field, Mapping[Kind, int]] = {
    **_CONTENT,
    Field.DEADLINE: {**_CONTENT[Field.DEADLINE], Kind.PHRASE: -_ANY},
    Field.REMARK: _ASIDE_CONTENT,
    Field.FREQUENCY: {**_ASIDE_CONTENT, Kind.TIME: 8},
}
# What a head says in words that no table of heads has; the first row that is found.
_HINTS: tuple[tuple[str, Field, int], ...] = (
    (r"督办|督查|考核|审核|来源|依据|程序|抄送|报送|目标|成果", Field.REMARK, 70),
    (r"咋样|怎样了|如何了|走到|到哪|卡点|堵点", Field.REMARK, 40),
    (r"牵头|领跑|挂帅|抓总|主抓|扛|带头|第一", Field.LEAD, 40),
    (r"配合|帮|搭把?手|下手|配角|联动|协", Field.SUPPORT, 40),
    (r"拍板|掌舵", Field.PERSON, 20),
    (r"时|期|节点|日子|截止|ddl", Field.DEADLINE, 20),
    (r"谁|属地|给", Field.RESPONSIBLE, 20),
    (r"第几|^序|号$|№", Field.NUMBER, 20),
    (r"程度|怎么|咋|如何|啥样|要领|做到|办法", Field.REQUIREMENT, 20),
    (r"什么|啥|事|活|点$", Field.TASK, 20),
)
_HINT_TABLE = tuple((re.compile(pattern), field, weight) for pattern, field, weight in _HINTS)
# What a known head weighs for its field; a remark or a person is a stronger word than 要求, which may be of time.
_HEAD = 60
_HEAD_ASIDE = 90
_ASIDES = (Field.REMARK, Field.PERSON)
# A known head over cells that are clearly something else.
_HEAD_BELIED = 20
# A known text head in another text field.
_KIN = 45
# A unit column whose head says no role is plainly responsible.
_PLAIN = 6
# What the order of columns says: a task stands before its requirement, a remark at the end.
_ORDER = 12
_MARGIN = 15
# So many tenths make a kind that a head cannot overrule without a word.
CLEAR = 7
_BEAM = 48
# Fewer cells are no evidence that a table without a head for units allots tasks.
_FEWEST = 2
_PURCHASE = re.compile(r"(?:项目|服务|设备|系统|用品|材料|物资|租赁)$")
_OF_A_PERIOD = re.compile(r"[上下]半年|第?[一二三四1-4]季度|第[一二三四]阶段|\d{1,2}(?:[-—~至]\d{1,2})?月")
# Not as 栏目对应 writes it, with the file's own head behind it: 备注（收口）.
_IDLE = re.compile(r"\s*(?:备\s*注|说明)\s*")


# What a sentence may say beside its time and still be nothing but a time limit.
_LONGEST_REST = 8
# So much of a cell tells what it is.
_SAMPLE_LENGTH = 1_000


# 候车亭两处 counts places; 督查二处 is a body.
_COUNT_OF_PLACES = re.compile(r"(?:两|\d)处$")


# The cells of a table repeat each other; 1 and True are different values.
@lru_cache(maxsize=4096, typed=True)
def kind_of(value: Value) -> Kind | None:
    """What a cell is; None for an empty one.

    >>> [kind.name for text in ("3", "6月底前", "市甲局、市乙局", "市甲局（6月底前）", "推进中", "修水渠") if (kind := kind_of(text))]
    ['NUMBER', 'TIME', 'UNITS', 'MIXED', 'STATUS', 'PHRASE']
    >>> kind_of("候车亭两处").name, kind_of("督查二处").name
    ('PHRASE', 'UNITS')
    """
    if isinstance(value, dt.date):
        return Kind.TIME
    text = as_text(value).strip()[:_SAMPLE_LENGTH]
    bare = tight(text)
    if NOTHING.match(text) or DITTO.match(text):
        return None
    if _DAY.fullmatch(bare):
        return Kind.TIME
    for pattern, kind in (
        (_NUMBER, Kind.NUMBER),
        (_TELEPHONE, Kind.PERSON),
        (_FIGURE, Kind.FIGURE),
        (_STATUS, Kind.STATUS),
    ):
        if pattern.fullmatch(bare):
            return kind
    if role_of(bare, {}) is not None:
        return Kind.TICK if bare in SYMBOLS else Kind.ROLE
    if _are_persons_and_names(text):
        return Kind.UNITS
    if len(bare) <= 30 and (_PHONE.search(bare) or is_person(bare) or is_person_name(bare)):
        return Kind.PERSON
    if _is_time(bare):
        return Kind.TIME
    if _COUNT_OF_PLACES.search(bare):
        return Kind.SENTENCE if len(bare) > 16 else Kind.PHRASE
    if "。" not in bare.rstrip("。") and len(bare) <= 120:
        if _is_mixed(text):
            return Kind.MIXED
        if is_names(text):
            return Kind.UNITS
    return Kind.SENTENCE if len(bare) > 16 or re.search("[。；，]", bare) else Kind.PHRASE


def fit(field: Field | None, kind: Kind | None) -> int:
    """What a cell of a kind weighs where the field is known; an unknown one takes all alike, an empty cell weighs nothing.

    >>> fit(Field.DEADLINE, Kind.TIME), fit(Field.DEADLINE, Kind.UNITS), fit(None, Kind.UNITS), fit(Field.LEAD, None)
    (8, -4, 2, 0)
    """
    if kind is None:
        return 0
    return _ANY if field is None else _CONTENT_IF_KNOWN[field].get(kind, _AGAINST)


def _are_persons_and_names(text: str) -> bool:
    """Whether a cell names persons and, behind a blank, the bodies they answer with: 副市长某某 市甲局."""
    pieces = re.split(r"[\s、，；;]+", text)
    are_persons = [is_person(piece) or is_person_name(piece) for piece in pieces]
    if len(pieces) < 2 or not any(are_persons):
        return False
    are_names = [is_names(piece) for piece in pieces]
    return 0 < sum(are_names) < len(pieces) and all(map(operator.or_, are_names, are_persons))


def _is_time(text: str) -> bool:
    """Whether a text is a time limit and little else."""
    if not 1 < len(text) <= 40 or not _LOOKS_TIMED.search(text):
        return False
    if is_names(text) and not _OPENS_TIMED.match(text):
        return False
    rest = _TIME_WORDS.sub("", text)
    if len(rest) > 1 and is_names(rest):
        return False
    if text.endswith("。") and len(rest) > _LONGEST_REST:
        return False  # 疏浚西河支渠三公里，岸坡补植柳树，2026年8月15日前完成。
    if len(rest) * 2 > len(text) and not (len(text) <= 10 and text[-1] in "前后"):
        return False
    return read_deadline(text, year=2024).kind is not DeadlineKind.NONE or len(text) <= 10


def _is_mixed(text: str) -> bool:
    """Whether a text is names and a time limit, and little else."""
    if not _TIME_LABEL.search(text) and not _LOOKS_TIMED.search(tight(text)):
        return False
    pieces = [piece for part in _PIECES.split(_TIME_LABEL.sub("", text)) if (piece := part.strip(" 。"))]
    times = sum(_is_time(tight(piece)) for piece in pieces)
    names = sum(
        (is_names(piece) and not _is_time(tight(piece))) or piece.endswith("单位") for piece in pieces
    )
    others = len(pieces) - times - names
    return bool(names and (times or _TIME_LABEL.search(text)) and others <= names)


def part_units_and_time(text: str) -> tuple[str, str]:
    r"""A cell of units and time in two: what names the units, and the time limit; each may be empty.

    >>> part_units_and_time("牵头：市甲局\n时限：6月底前"), part_units_and_time("市甲局牵头，9月底前完成"), part_units_and_time("全年")
    (('牵头：市甲局', '6月底前'), ('市甲局牵头', '9月底前完成'), ('', '全年'))
    """
    label = _TIME_LABEL.search(text)
    if label is not None:
        return (text[: label.start()] + text[label.end() :]).strip(" \n；;，,。"), label["time"].strip(
            " ；;。"
        )
    times = [piece for part in _PIECES.split(text) if _is_time(tight(piece := part.strip(" 。")))]
    units = text
    for piece in times:
        units = re.sub(rf"[；;，,、]?\s*{re.escape(piece)}", "", units)
    units = re.sub(r"[（(]\s*[)）]", "", units)
    return units.strip(" \n；;，,。"), "，".join(times)


def without_persons(text: str) -> str:
    """A cell of persons and bodies without the persons: 副市长某某 市甲局."""
    pieces = re.split(r"([\s、，；;]+)", text)
    bodies = [piece for piece in pieces if not (is_person(piece) or is_person_name(piece))]
    return "".join(bodies).strip(" \n、，；;") if len(bodies) < len(pieces) else text


def infer(
    labels: Mapping[int, str], samples: Mapping[int, Sample], *, is_matrix: bool = False
) -> Columns | None:
    """What the columns below a head hold.

    Args:
        labels: The head of each column, the columns of ticks and months left out.
        samples: What stands below each (`samples_below`).
        is_matrix: Whether columns of ticks say who answers.

    Returns:
        None where the heads are enough: all are known and no cells contradict them; or where nothing can be the
        requirement.
    """
    shares = {column: sample.shares for column, sample in samples.items()}
    by_head = _by_head(labels)
    # 单位 is a measure, or over names those who answer; 备注 says by when where it says nothing else and no other head does.
    has_limits = Field.DEADLINE in by_head.values()
    by_head |= {
        column: None
        for column, share in shares.items()
        if (plain_head(labels[column]) == "单位" and share.get(Kind.UNITS, 0) >= CLEAR)
        or (_IDLE.fullmatch(labels[column]) and not has_limits and share.get(Kind.TIME, 0) >= CLEAR)
    }
    roles = _role_column(shares, by_head)
    # 职责 over 牵头 and 配合 says what is required of nobody.
    asides = [
        *_idle_problems(by_head, samples, labels),
        *([roles] if by_head.get(roles) in (*TEXTS, *UNIT_FIELDS) else []),
    ]
    by_head |= dict.fromkeys(asides, Field.REMARK)
    by_words = fields_of({column: text for column, text in labels.items() if column not in asides})
    by_words |= dict.fromkeys(asides, Field.REMARK)
    by_period = [
        column
        for column, text in labels.items()
        if by_head[column] in TEXTS and _OF_A_PERIOD.match(text.strip())
    ]
    is_open = len(by_period) > 1 or any(
        shares[column]
        and (by_head[column] is None or _contradicts(by_head[column], shares[column], labels[column]))
        for column in labels
    )
    if not is_open:
        mixed = frozenset(
            column for column in labels if by_head[column] in UNIT_FIELDS and _holds_both(shares[column])
        )
        if (roles < 0 and not mixed and not asides) or Field.REQUIREMENT not in by_words.values():
            return None
        return Columns(_without_parts(by_words, shares, roles), mixed=mixed, roles=roles)
    assignment, narrow = _assign(labels, by_head, samples)
    if assignment is None:
        return None
    fields = _arrange(labels, by_head, assignment)
    has_units = is_matrix or any(field in UNIT_FIELDS for field in by_head.values())
    if not has_units and not has_tasks(fields, samples):
        return None  # a list of members, sums or persons: nothing in it is a task
    fields = _without_parts(fields, shares, roles)
    turned = tuple(
        column
        for column, field in sorted(fields.items())
        if (
            field is not by_words.get(column)
            and not (field is Field.LEAD and LEADS_UNLESS_WORDED.match(plain_head(labels[column])))
            and not _is_kin(by_head[column], by_words.get(column), field)
        )
        or (column in narrow and by_head[column] is None)
        # 上半年任务 beside 下半年任务: each is what has to be done, one of them is the requirement.
        or (field is not Field.REQUIREMENT and column in by_period and len(by_period) > 1)
        # What stands below the name of a body, and is no tick, may be what that body does.
        or (field is Field.REMARK and by_head[column] is None and is_names(labels[column]))
    )
    mixed = frozenset(
        column for column, field in fields.items() if field in UNIT_FIELDS and _holds_both(shares[column])
    )
    return Columns(fields, turned, mixed, roles)


def has_tasks(fields: Mapping[int, Field], samples: Mapping[int, Sample]) -> bool:
    """Whether a table whose head nobody knows states what is to be done and by whom."""
    shares = {column: sample.shares for column, sample in samples.items() if len(sample.values) >= _FEWEST}

    def tenths(field: Field, *kinds: Kind) -> int:
        sums = [
            sum(share.get(kind, 0) for kind in kinds)
            for column, share in shares.items()
            if fields[column] is field
        ]
        return max(sums, default=0)

    units = max(tenths(field, Kind.UNITS, Kind.MIXED) for field in UNIT_FIELDS)
    mixed = max(tenths(field, Kind.MIXED) for field in UNIT_FIELDS)
    text = tenths(Field.REQUIREMENT, Kind.SENTENCE)
    requirements = [
        as_text(value)
        for column, field in fields.items()
        if field is Field.REQUIREMENT
        for value in samples[column].values
    ]
    if units < 5 and text >= 5:
        return _closes_with_units(requirements)
    limit = tenths(Field.DEADLINE, Kind.TIME)
    return units >= 5 and (text >= 3 or (limit >= 5 and not _names_things(requirements)) or mixed >= 3)


def _names_things(requirements: Sequence[str]) -> bool:
    """Whether most requirements are names of things: with a unit and a day, a list of purchases and no plan."""
    return 2 * sum(bool(_PURCHASE.search(text.strip())) for text in requirements) > len(requirements)


def _closes_with_units(requirements: Sequence[str]) -> bool:
    """Whether most requirements end in a label or bracket of those who answer."""
    return 2 * sum(bool(at_end(text).statements) for text in requirements) > len(requirements)


@dataclass(frozen=True, slots=True)
class Sample:
    """The first cells of a column that hold something, and how many tenths of them are of each kind."""

    values: Sequence[Value]
    shares: Mapping[Kind, int]


_LONGEST_CAPTION = 12


def begins_another(row_cells: Mapping[int, str]) -> bool:
    """Whether a row below a head is one of words of heads alone: the same again, or that of another table."""
    return len(row_cells) > 2 and all(
        len(text) <= _LONGEST_CAPTION and field_of(text) for text in row_cells.values()
    )


def samples_below(grid: Grid, bottom: int, columns: Iterable[int]) -> dict[int, Sample]:
    """The own cells of some columns below a head: rows that are no rows of the table left out, down to the next head."""
    values: dict[int, list[Value]] = {column: [] for column in columns}
    short = set(values)
    for row in range(bottom + 1, grid.height):
        row_cells = grid.cells(row)
        if len(row_cells) < 2 or short.isdisjoint(row_cells):
            continue
        first = row_cells[min(row_cells)].strip()
        if not first.isdecimal() and row < bottom + 3 * _SAMPLE and begins_another(row_cells):
            break
        if (not first.isdecimal() and is_note(first)) or is_total(row_cells):
            continue
        for column in short.intersection(row_cells):
            if not NOTHING.match(row_cells[column]):
                values[column].append(grid.value(row, column))
                if len(values[column]) == _SAMPLE:
                    short.remove(column)
        if not short:
            break
    samples: dict[int, Sample] = {}
    for column, cells in values.items():
        kinds = Counter(kind for value in cells if (kind := kind_of(value)) is not None)
        total = kinds.total()
        samples[column] = Sample(cells, {kind: round(10 * count / total) for kind, count in kinds.items()})
    return samples


def _idle_problems(
    by_head: Mapping[int, Field | None], samples: Mapping[int, Sample], labels: Mapping[int, str]
) -> list[int]:
    """The columns of problems that say in a word how the work goes (资金缺口较大), where another text holds the sentences.

    Before these, they may be what the sentences are about, unless they repeat each other.
    """
    texts = [column for column, field in by_head.items() if field in TEXTS]
    tellers = [column for column in texts if samples[column].shares.get(Kind.SENTENCE, 0) >= CLEAR]
    return [
        column
        for column in texts
        if any(
            column > teller or not _tells(samples[column], samples[teller])
            for teller in tellers
            if teller != column
        )
        and "问题" in plain_head(labels[column])
        and samples[column].shares.get(Kind.SENTENCE, 0) < 10 - CLEAR
    ]


def _tells(sample: Sample, other: Sample) -> bool:
    """Whether a column says something in most of the rows in which another one does, and each time something else."""
    return 2 * len(sample.values) > len(other.values) and not _does_repeat(sample)


def _holds_both(shares: Mapping[Kind, int]) -> bool:
    """Whether cells name units and a time limit."""
    return shares.get(Kind.MIXED, 0) >= 3


def _role_column(shares: Mapping[int, Mapping[Kind, int]], by_head: Mapping[int, Field | None]) -> int:
    """The column of 牵头 and 配合 beside one column of units; -1 if there is none."""
    roles = [column for column, share in shares.items() if share.get(Kind.ROLE, 0) >= 9]
    units = [
        column
        for column, share in shares.items()
        if share.get(Kind.UNITS, 0) >= CLEAR and by_head[column] in (*UNIT_FIELDS, None, Field.REMARK)
    ]
    return roles[0] if len(roles) == 1 and units else -1


def _is_kin(head_field: Field | None, old: Field | None, field: Field) -> bool:
    """Whether a column that was a text or a remark is another text or remark now: nothing that is told."""
    plain = (Field.SECTION, Field.TASK, Field.REMARK)
    return (field in plain and old in (*plain, Field.REQUIREMENT)) or (head_field in TEXTS and field in TEXTS)


def _by_head(labels: Mapping[int, str]) -> dict[int, Field | None]:
    """What each head says; of several unit heads those that no word tells apart (领跑单位) say nothing."""
    by_head = {column: field_of(text) for column, text in labels.items()}
    units = [column for column, field in by_head.items() if field in UNIT_FIELDS]
    for column in units:
        text = labels[column]
        if (
            len(units) > 1
            and by_head[column] is Field.RESPONSIBLE
            and not is_pure(text)
            and not _ANSWERS.search(text)
        ):
            by_head[column] = None
    return by_head


def _without_parts(
    fields: dict[int, Field], shares: Mapping[int, Mapping[Kind, int]], roles: int
) -> dict[int, Field]:
    """One unit a row with its role: its part in the task is an aside, where the task itself stands before the units.

    | 任务 | 工作内容       | 单位   | 角色 | 分工 |
    | 供水 | 换管网三公里。 | 市甲局 | 牵头 | 统筹 |
    | ^    | ^              | 市乙局 | 配合 | 经费 |
    """
    requirement = next(column for column, field in fields.items() if field is Field.REQUIREMENT)
    units = [column for column, field in fields.items() if field in UNIT_FIELDS]
    if roles < 0 or not units or requirement < min(units):
        return fields
    texts = [column for column, field in fields.items() if field in TEXTS and column < min(units)]
    if len(texts) < 2 and not any(shares[column].get(Kind.SENTENCE, 0) >= 5 for column in texts):
        return fields
    task, text = (texts[-2:-1], texts[-1])
    return {
        **fields,
        requirement: Field.REMARK,
        **dict.fromkeys(task, Field.TASK),
        text: Field.REQUIREMENT,
    }


def _contradicts(field: Field | None, shares: Mapping[Kind, int], label: str) -> bool:
    """Whether the cells of a column are clearly of a kind that its head does not speak of."""
    if plain_head(label) in CAPTIONS:
        return False  # the very words of 栏目对应: a person's correction is final
    names = shares.get(Kind.UNITS, 0) + shares.get(Kind.MIXED, 0)
    if field in TEXTS:
        return max(shares.get(Kind.TIME, 0), names) >= CLEAR
    if field is Field.PERSON:
        return names >= CLEAR and bool(_NAMES_BODIES.search(label))
    if field is Field.REMARK:
        return shares.get(Kind.MIXED, 0) >= 5
    if field is Field.DEADLINE:
        return names >= CLEAR or shares.get(Kind.SENTENCE, 0) >= 9
    return field in UNIT_FIELDS and (
        max(shares.get(Kind.TIME, 0), shares.get(Kind.ROLE, 0)) >= CLEAR or _holds_both(shares)
    )


def _assign(
    labels: Mapping[int, str],
    by_head: Mapping[int, Field | None],
    samples: Mapping[int, Sample],
) -> tuple[dict[int, Field] | None, set[int]]:
    """The best assignment for all columns, by beam search; and the columns whose second choice is near."""
    columns = sorted(labels)
    has_units = any(by_head[column] in UNIT_FIELDS and samples[column].shares for column in columns)
    states: list[tuple[int, tuple[Field, ...]]] = [(0, ())]
    for column in columns:
        options = dict(_options(labels[column], by_head[column], samples[column], has_units=has_units))
        successors = sorted(
            (
                (weight + option + _order(before, field), (*before, field))
                for weight, before in states
                for field, option in options.items()
                if field not in _ONCE or field not in before
            ),
            key=_weight,
            reverse=True,
        )
        # Those with a requirement and those that still want one are no rivals.
        with_text = [state for state in successors if Field.REQUIREMENT in state[1]]
        states = (
            with_text[:_BEAM] + [state for state in successors if Field.REQUIREMENT not in state[1]][:_BEAM]
        )
    whole = [state for state in states if Field.REQUIREMENT in state[1]]
    if not whole:
        return None, set()
    weight, best = whole[0]
    narrow = {
        column
        for at, column in enumerate(columns)
        if any(other[at] is not best[at] and weight - lesser < _MARGIN for lesser, other in whole[1:])
    }
    return dict(zip(columns, best, strict=True)), narrow


def _weight(state: tuple[int, tuple[Field, ...]]) -> int:
    return state[0]


def _options(
    label: str,
    head_field: Field | None,
    sample: Sample,
    *,
    has_units: bool,
) -> Iterator[tuple[Field, int]]:
    """What a column weighs in each field that it may have."""
    head = plain_head(label)
    is_belied = _contradicts(head_field, sample.shares, label)
    hint = next(
        (
            (field, weight)
            for pattern, field, weight in _HINT_TABLE
            if pattern.search(head) and not (is_belied and field is Field.REMARK)
        ),
        None,
    )
    does_repeat = _does_repeat(sample)
    for field, kinds in _CONTENT.items():
        if head_field in TEXTS and field in UNIT_FIELDS and has_units:
            continue  # 项目 that are called 第一中学, beside 责任单位
        weight = sum(tenths * kinds.get(kind, _AGAINST) for kind, tenths in sample.shares.items())
        if field is head_field:
            weight += _HEAD_BELIED if is_belied else _HEAD_ASIDE if field in _ASIDES else _HEAD
        elif head_field in TEXTS and field in TEXTS:
            weight += _KIN
        elif hint is not None and hint[0] is field and (head_field is None or is_belied):
            weight += hint[1]
        if field is Field.RESPONSIBLE:
            weight += _PLAIN
        elif field in (Field.SECTION, Field.TASK) and does_repeat:
            weight += _ORDER
        elif field is Field.REQUIREMENT and does_repeat:
            weight -= _ORDER
        if (
            plain_head(label) in CAPTIONS
            and field is not head_field
            and not (field in TEXTS and head_field in TEXTS)
        ):
            weight -= 10 * _HEAD
        yield field, weight


def _does_repeat(sample: Sample) -> bool:
    """Whether a third of the cells say what another one says."""
    count = len(sample.values)
    return (count - len(set(map(as_text, sample.values)))) * 3 >= count > 2


def _order(before: Sequence[Field], field: Field) -> int:
    """What the fields of the columns to the left say for a field."""
    if field in (Field.TASK, Field.SECTION):
        return (
            -3 * _ORDER
            if Field.REQUIREMENT in before or (field is Field.SECTION and Field.TASK in before)
            else 0
        )
    if field is Field.REMARK:
        return _ORDER if any(earlier in UNIT_FIELDS or earlier is Field.DEADLINE for earlier in before) else 0
    if field is Field.REQUIREMENT:
        return -_ORDER if any(earlier in UNIT_FIELDS for earlier in before) else 0
    if field is Field.DEADLINE:
        return -2 * _ORDER if Field.DEADLINE in before else 0
    return 0


def _arrange(
    labels: Mapping[int, str], by_head: Mapping[int, Field | None], assignment: dict[int, Field]
) -> dict[int, Field]:
    """The assignment with its texts in the order that their heads say, where all of these are known."""
    texts = {
        column: labels[column]
        for column, field in assignment.items()
        if field in TEXTS or (field is Field.REMARK and by_head[column] in TEXTS)
    }
    if all(by_head[column] in TEXTS for column in texts):
        return {**assignment, **fields_of(texts)}
    return assignment
