"""Units that are said once for several tasks: by a heading, by a sentence of its own, in a list by unit.

A lender answers for what stands below it, to the next heading of its level or above. What a task says itself goes
before what a lender says, with two exceptions, in which both answer:

    一、市甲局                       a list by unit: the heading is the unit, the bracket of an item adds to it
    （各项任务均需所在乡镇配合）     a lender that only helps

**What one sentence says about several tasks at once**: 以下任务由市甲局牵头.

一、抓好春耕（本部分任务由市甲局牵头，市乙局配合）     a bracket at a heading: for all below it
以下各项任务均由市甲局负责。                            a sentence before items: for all that follow at its level
以上任务由市甲局牵头，市乙局配合。                      a sentence behind items: for those that name nobody
二、重点任务（各项任务均需所在乡镇配合，不再逐项列出）  only support: it goes beside what each item says

>>> common = common_statement("以上任务由市甲局牵头，市乙局配合。")
>>> common.scope.name, common.statement.text, common.beside
('ABOVE', '市甲局牵头，市乙局配合', False)
>>> common_statement_at_end("二、重点任务（各项任务均需项目所在乡镇配合，以下不再逐项列出）")[1].beside
True
>>> common_statement("以上任务由各科室抓紧落实到位，确保全年不出问题。") is None
True

**Lists by unit**: each heading is the name of a unit, the items below it are its tasks.

一、市甲局            一、市甲局            市甲局：
1.开展普查。          （一）开展普查。      1.开展普查。（配合单位：市丙局）
2.公布结果。          （二）公布结果。      2.公布结果。

Two such headings at least, at one level, and no more headings at that level which are no names: else it is an
ordinary text. What a unit of a heading does is said before the first of them (标题所列单位为牵头单位); without a
word it is responsible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from enum import Enum

from tracker import patterns as re
from tracker.model import Role
from tracker.numerals import HAN
from tracker.reading.clauses import read_responsibility
from tracker.reading.lines import Rank, leading_number
from tracker.reading.prose.segments import Segment
from tracker.reading.tables import Field, RoleStatement, has_role, is_names, name_of
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class Lender:
    """A heading or sentence whose units answer below it.

    Attributes:
        rank: The level of its heading.
        statements: Who answers for tasks that name nobody.
        beside: Who answers beside those that a task names.
        deadline: By when, as the heading says.
        shares: A heading with its own units: they stay beside what a task says of helpers, and only numbered texts
            below it are tasks.
    """

    rank: Rank
    statements: tuple[RoleStatement, ...] = ()
    beside: tuple[RoleStatement, ...] = ()
    deadline: str = ""
    shares: bool = False


@dataclass(slots=True)
class Lenders:
    """The lenders that hold at a place of the text, by the level of their headings."""

    at: dict[Rank, Lender] = field(default_factory=dict)

    def add(self, lender: Lender) -> None:
        """A lender begins to hold; it ends those of its level and below."""
        self.end(lender.rank)
        self.at[lender.rank] = lender

    def end(self, rank: Rank) -> None:
        """A heading ends the lenders of its level and below."""
        self.at = {level: lender for level, lender in self.at.items() if level < rank}

    def nearest(self, rank: Rank | None = None) -> Lender | None:
        """The innermost lender above a level that says who answers."""
        ranks = [
            level for level, lender in self.at.items() if lender.statements and (rank is None or level < rank)
        ]
        return self.at[max(ranks)] if ranks else None

    def shares_with(self, rank: Rank) -> bool:
        """Whether a heading with its own units stands above a level."""
        lender = self.nearest(rank)
        return lender is not None and lender.shares

    def beside(self) -> tuple[RoleStatement, ...]:
        """Who answers beside those that a task names."""
        return tuple(statement for _, lender in sorted(self.at.items()) for statement in lender.beside)


def roles_in(statements: Sequence[RoleStatement]) -> set[Role]:
    """The roles of those whom statements name.

    >>> [sorted(role.value for role in roles_in([statement])) for statement in (
    ...     RoleStatement("市甲局", Field.SUPPORT), RoleStatement("市甲局配合，市乙局负责"), RoleStatement("市甲局", Field.LEAD))]
    [['support'], ['responsible', 'support'], ['lead']]
    """
    of_column = {Field.SUPPORT: Role.SUPPORT, Field.LEAD: Role.LEAD}
    return {
        of_column.get(statement.field, assignment.role)
        for statement in statements
        for assignment in read_responsibility(statement.text).assignments
    }


def completes(lender: Lender, own_statements: Sequence[RoleStatement]) -> bool:
    """Whether an item says only what its heading leaves open: who helps, or who answers below those who lead."""
    own_roles = roles_in(own_statements)
    return own_roles == {Role.SUPPORT} or (
        Role.LEAD not in own_roles and roles_in(lender.statements) == {Role.LEAD}
    )


_THINGS = r"(?:重点|主要|具体|全部|改革|建设|整改)?(?:工作任务|任务事项|重点任务|任务|工作|事项|措施|举措|内容|项目|要求)"
_COUNT = rf"(?:[{HAN}两\d]{{1,3}}[项条个件])"
_SUBJECT = re.compile(
    rf"(?:注[:：])?\s*(?:除[^，,。；]{{1,20}}(?:外|以外)[，,])?(?:(?P<above>以上|上述|前述|上列)|(?P<below>以下|下列|下述)|(?P<here>本(?:部分|节|章|条|项|板块|方面|方案|要点)(?:中)?(?:所列)?)|(?P<all>各项|所有|全部))"
    rf"(?:的)?(?:各(?:项|类|条)?|所有|全部|几项)?{_COUNT}?(?:的)?{_THINGS}?[，,]?"
    r"(?:除[^，,。；]{1,20}(?:外|以外)[，,])?"
)
_OBLIGED = re.compile(r"^(?:均|都|统一|全部|一律)?(?:应当|应|需要|需|须|要|请)?(?:由)?")
_UNSAID = re.compile(
    r"[，,；;]?\s*(?:以下|下文|后文|下面|文中)?(?:均)?(?:不再|不)(?:逐项|逐一|逐条|一一|另行|重复|分别)?(?:列出|列明|标注|注明|说明)[。\s]*$"
)
_LAST_BRACKET = re.compile(
    r"[（(【\[](?P<inside>[^（()）【】\[\]]*(?:[（(][^（()）]*[)）][^（()）]*)*)[)）】\]]\s*$"
)


class Scope(Enum):
    """Which tasks a sentence speaks of."""

    # Those before it that name nobody.
    ABOVE = "above"
    # Those behind it, to the end of its level.
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class CommonStatement:
    """Who answers for several tasks.

    Attributes:
        scope: Which tasks.
        statement: Who answers.
        beside: It says only who helps: it goes beside what each task says itself.
    """

    scope: Scope
    statement: RoleStatement
    beside: bool


def common_statement(text: str) -> CommonStatement | None:
    """What a sentence says about several tasks; None if it says nothing of the kind."""
    plain = _UNSAID.sub("", text.strip()).strip(" 　。；;")
    subject = _SUBJECT.match(plain)
    if subject is None:
        return None
    rest = plain[subject.end() :]
    rest = _OBLIGED.sub("", rest, count=1).strip()
    if not rest or not is_names(rest, lone=False):
        return None
    roles = {assignment.role for assignment in read_responsibility(rest).assignments}
    scope = Scope.ABOVE if subject["above"] else Scope.BELOW
    return CommonStatement(scope, RoleStatement(rest), roles == {Role.SUPPORT})


def common_statement_at_end(text: str) -> tuple[str, CommonStatement] | None:
    """A heading whose bracket speaks of all tasks below it: the heading without it, and what it says.

    >>> common_statement_at_end("一、抓好春耕（责任单位：市甲局）") is None
    True
    """
    head, inside = last_bracket(text)
    standing = common_statement(inside) if inside else None
    return (head, standing) if standing is not None else None


def last_bracket(text: str) -> tuple[str, str]:
    """A text without the bracket at its end, and what stands inside; nothing inside where it is the whole text."""
    match = _LAST_BRACKET.search(text)
    if match is None or not text[: match.start()].strip():
        return text, ""
    return text[: match.start()].rstrip(), match["inside"]


_LONGEST = 40
_LEADS = re.compile(r"标题[^。；，]{0,10}(?:单位|部门)?(?:均)?(?:为|是)(?:第一)?(?:牵头|主办)")
# 各部分标题所列单位为牵头单位，括号内为配合单位: names of places in the text, not of units.
_ON_FORM = re.compile(
    r"(?:标题|括号)(?:所列|所示|内|中|里)?[^。；，]{0,10}(?:为|是|系)(?:第一)?(?:牵头|主办|责任|配合|承办|协办)"
)
_FEWEST = 2
# 由市甲局负责的工作（5项）, 市乙局重点任务
_TASKS_OF = re.compile(
    r"(?:的|以下|如下)?(?:各项|主要|重点|具体)?(?:任务|工作|事项)(?:清单)?(?:[（(](?:共)?\d+[项条个件][)）])?$"
)


def unit_headings(segments: Sequence[Segment]) -> dict[str, tuple[Rank, RoleStatement]]:
    """The places of headings that are names of units, with their level and what they say."""
    by_place: dict[str, tuple[Rank, str]] = {}
    others: Counter[Rank] = Counter()
    for position, segment in enumerate(segments):
        number = leading_number(segment.text)
        next_segment = segments[position + 1] if position + 1 < len(segments) else None
        rank = number.rank if number is not None else Rank.HAN
        whole = (number.rest if number is not None else segment.text).strip(" ：:")
        body = _TASKS_OF.sub("", whole)
        name = re.sub(r"[（(][^（）()]*[)）]$", "", body)
        is_item = bool(segment.cut.statements and segment.cut.text.strip())
        if (
            is_item
            or not _is_name(name)
            or (number is None and body == whole and not _heads(segment, next_segment, segments[:position]))
        ):
            if number is not None:
                others[rank] += 1
            continue
        by_place[segment.place] = (rank, name_of(body))
    ranks = Counter(rank for rank, _ in by_place.values())
    if not ranks:
        return {}
    rank = min(ranks, key=lambda candidate: (-ranks[candidate], candidate))
    if ranks[rank] < _FEWEST or others[rank] > ranks[rank]:
        return {}
    first = next(position for position, segment in enumerate(segments) if segment.place in by_place)
    leads = any(_LEADS.search(segment.text) for segment in segments[:first])
    field = Field.LEAD if leads else Field.RESPONSIBLE
    return {
        place: (rank, RoleStatement(name, field, place=place))
        for place, (own_rank, name) in by_place.items()
        if own_rank is rank
    }


def speaks_of_form(text: str) -> bool:
    """Whether a sentence says where in the text the units stand, and names none itself.

    >>> speaks_of_form("各部分标题所列单位为牵头单位，括号内为配合单位。"), speaks_of_form("市甲局为牵头单位")
    (True, False)
    """
    return bool(_ON_FORM.search(text))


def _is_name(name: str) -> bool:
    return len(name) <= _LONGEST and not re.search(r"[，,；;。：:]", name) and is_names(name)


def _heads(segment: Segment, next_segment: Segment | None, before: Sequence[Segment]) -> bool:
    """Whether a line without a number stands above items: no addressee of a letter, and not the end of an item."""
    text = segment.text.rstrip()
    is_open = text.endswith(("：", ":"))
    if next_segment is None or (has_role(text) and not is_open):
        return False
    if "#" in segment.place and is_open:
        return True  # cut from the items that ran on behind it
    if is_open and "各" in text:
        return False
    first = next(
        (position for position, segment in enumerate(before) if leading_number(segment.text) is not None),
        None,
    )
    closes = first is not None and not any(_is_name(segment.text.strip("：: ")) for segment in before[:first])
    return leading_number(next_segment.text) is not None and not closes
