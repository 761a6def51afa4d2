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

**Selections**: what a sentence says of some items by their numbers: 前3项由市甲局负责，其余由市乙局负责.

    subject                                          which items
    第2、5项   第1至4项   （一）（二）项                those of these numbers
    前3项   后两项   最后一项                          the first or the last of the list
    其余   其他各项                                   all others; without a word before it those that name nobody

    what is said                                     what it does to an item
    由市甲局牵头，市乙局配合   责任单位：市甲局          who answers for it; a helper or a lead stands beside its own units
    6月底前完成                                        its limit where it has none
    …，均于6月底前完成                                 the limit of all that the sentence speaks of

The items must be countable: their numbers run on in the whole text, or in the section of the sentence. Where an item
says otherwise itself, or a number does not exist, nothing of the sentence is taken, and it is told.

>>> [(sorted(part.numbers), part.first, part.is_rest, part.statement.text) for part in read_selections("第2、5项由市甲局牵头，前3项由市乙局负责，其余由市丙局负责。")]
[([2, 5], 0, False, '市甲局牵头'), ([], 3, False, '市乙局负责'), ([], 0, True, '市丙局负责')]
>>> read_selections("前三项于6月底前完成，其余10月底前完成。")[1].deadline, read_selections("第2项工程由市甲局审批后开工。")
('10月底前完成', ())
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace
from enum import Enum

from tracker import patterns as re
from tracker.grid import as_text
from tracker.model import DeadlineKind, Role
from tracker.numerals import HAN, read_number
from tracker.reading.clauses import is_group, read_responsibility
from tracker.reading.deadlines import ANY_YEAR, read_deadline
from tracker.reading.lines import Rank, leading_number
from tracker.reading.prose.segments import Segment, is_time_alone, names_and_time, says_when
from tracker.reading.tables import (
    UNIT_FIELDS,
    Draft,
    Field,
    RoleStatement,
    at_end,
    field_of,
    has_role,
    is_names,
    name_of,
)
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
    """Whether an item says only what its heading or a sentence above it leaves open: who helps, or who answers below those who lead.

    Those who stand beside all items need no completing, and below a sentence an item that names who answers keeps its own.
    """
    own_roles = roles_in(own_statements)
    if lender.beside:
        return False
    return own_roles == {Role.SUPPORT} or (
        lender.shares and Role.LEAD not in own_roles and roles_in(lender.statements) == {Role.LEAD}
    )


# What stands between the items of a sentence and those who answer for them.
_OBLIGED = re.compile(
    r"^[，,：:\s]*(?:分别|均|都|统一|全部|一律)?(?:应当|应|需要|需|务?须|务必|务|要|请)?(?:由)?"
)
_THINGS = r"(?:重点|主要|具体|全部|改革|建设|整改)?(?:工作任务|任务事项|重点任务|任务|工作|事项|措施|举措|内容|项目|要求)"
_COUNT = rf"(?:[{HAN}两\d]{{1,3}}[项条个件])"
_SEVERAL = re.compile(
    rf"(?:注[:：])?\s*(?:除[^，,。；]{{1,20}}(?:外|以外)[，,])?(?:(?P<above>以上|上述|前述|上列)|(?P<below>以下|下列|下述)|(?P<here>本(?:部分|节|章|条|项|板块|方面|方案|要点)(?:中)?(?:所列)?)|(?P<all>各项|所有|全部))"
    rf"(?:的)?(?:各(?:项|类|条)?|所有|全部|几项)?{_COUNT}?(?:的)?{_THINGS}?[，,]?"
    r"(?:除[^，,。；]{1,20}(?:外|以外)[，,])?"
)
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


# Who looks after all tasks has none of them: 以下任务由市甲局督办, 由市乙局负责汇总.
_WATCHES = re.compile(
    r"(?:督[查办导]|调度|考[核评]|汇总|通报|统筹协调|跟踪|检查|抽查|验收|评[估议]|监督|督促)+(?:落实|检查|完成|进展|情况|问效|评价|管理)*[。\s]*$"
)


def watches_all(text: str) -> bool:
    """Whether a sentence says who looks after several tasks, and asks nothing of anybody.

    >>> watches_all("以下任务由市甲局督办。"), watches_all("以下任务由市甲局牵头。"), watches_all("本表由市甲局负责汇总。")
    (True, False, False)
    """
    subject = _SEVERAL.match(text.strip())
    return subject is not None and _WATCHES.search(text) is not None and len(text) <= _LONGEST


def common_statement(text: str) -> CommonStatement | None:
    """What a sentence says about several tasks; None if it says nothing of the kind."""
    plain = _UNSAID.sub("", text.strip()).strip(" 　。；;")
    subject = _SEVERAL.match(plain)
    if subject is None:
        return None
    rest = plain[subject.end() :]
    rest = _OBLIGED.sub("", rest, count=1).strip()
    if _WATCHES.search(rest):
        return None
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
    r"(?:标题|括号)(?:所列|所示|内|中|里)?[^。；，]{0,10}(?:为|是|系)(?:第一)?(?:牵头|主办|责任|负责|落实|配合|承办|协办)"
)
_FEWEST = 2
# 由市甲局负责的工作（5项）, 市乙局重点任务
_TASKS_OF = re.compile(
    r"(?:的|以下|如下)?(?:各项|主要|重点|具体)?(?:承诺|任务|工作|事项)(?:事项|清单)?(?:[（(](?:共)?\d+[项条个件][)）])?$"
)


def unit_headings(segments: Sequence[Segment]) -> dict[str, tuple[Rank, RoleStatement]]:
    """The places of headings that are names of units, with their level and what they say."""
    by_place: dict[str, tuple[Rank, str]] = {}
    greetings: dict[str, tuple[Rank, str]] = {}
    others: Counter[Rank] = Counter()
    for position, segment in enumerate(segments):
        number = leading_number(segment.text)
        next_segment = segments[position + 1] if position + 1 < len(segments) else None
        rank = number.rank if number is not None else Rank.HAN
        whole = (number.rest if number is not None else segment.text).strip(" ：:")
        body = _TASKS_OF.sub("", whole)
        name = re.sub(r"[（(][^（）()]*[)）]$", "", body)
        # 市甲局牵头：above items
        is_open = segment.cut.weak and number is None and segment.text.rstrip().endswith(("：", ":"))
        is_item = bool(segment.cut.statements and segment.cut.text.strip()) and not is_open
        if (
            is_item
            or not _is_name(name)
            or (number is None and body == whole and not _heads(segment, next_segment, segments[:position]))
        ):
            if number is not None:
                others[rank] += 1
            elif not is_item and _is_name(name) and _may_greet(segment, next_segment):
                greetings[segment.place] = (rank, name_of(body))
            continue
        by_place[segment.place] = (rank, name_of(body))
    if not by_place:
        return {}
    # 各乡镇： above items greets those who get a letter, but for a list in which another heading is a unit, too.
    by_place = greetings | by_place
    # 一、门诊 names what items are about, where these say themselves who answers.
    names = [_ROLE_AT_END.sub("", name) for _, name in by_place.values()]
    bodies = sum(is_group(name) or _BODY.search(name) is not None for name in names)
    if bodies * 2 < len(by_place) and _say_themselves(segments):
        return {}
    ranks = Counter(rank for rank, _ in by_place.values())
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


# 由医务科牵头的工作
_ROLE_AT_END = re.compile("(?:牵头|负责|承办|主办|落实)$")


def lending_lines(segments: Sequence[Segment]) -> frozenset[str]:
    """The places of lines of one role that stand above items, the first above all, where lines below the items say another one.

    牵头单位：市甲局 / 1.修渠。 / 配合单位：市丙局 / 2.清淤。 / 牵头单位：市乙局 / 3.植树。 / 配合单位：市丙局
    """
    roles = {
        at: roles_in(segment.cut.statements)
        for at, segment in enumerate(segments)
        if segment.cut.statements and not segment.cut.text.strip(" 　。；;")
    }
    items = [at for at, segment in enumerate(segments) if leading_number(segment.text) is not None]
    first = next(iter(roles), len(segments))
    if not items or first > items[0]:
        return frozenset()
    lines = [at for at, of in roles.items() if of == roles[first]]
    others = [at for at, of in roles.items() if not of & roles[first]]
    is_above = all(at + 1 in items for at in lines)
    is_said_once = not any(roles_in(segments[at].cut.statements) & roles[first] for at in items)
    is_habit = len(lines) > 1 and len(others) > 1 and len(lines) + len(others) == len(roles)
    is_lending = is_habit and is_above and is_said_once
    return frozenset(segments[at].place for at in lines) if is_lending else frozenset()


# 门诊 and 食堂 may be rooms or work.
_BODY = re.compile(r"^[省市县区州旗镇乡]|(?:[局委办厅部科处室股所站队会]|政府|中心|公司|集团|街道)$")


def _say_themselves(segments: Sequence[Segment]) -> bool:
    """Whether most statements of a text say more than who helps."""
    statements = [segment.statements for segment in segments if segment.statements]
    own = sum(roles_in(statement) != {Role.SUPPORT} for statement in statements)
    return own * 2 > len(statements)


def speaks_of_form(text: str) -> bool:
    """Whether a sentence says where in the text the units stand, and names none itself.

    >>> speaks_of_form("各部分标题所列单位为牵头单位，括号内为配合单位。"), speaks_of_form("市甲局为牵头单位")
    (True, False)
    """
    return bool(_ON_FORM.search(text))


def _may_greet(segment: Segment, next_segment: Segment | None) -> bool:
    """Whether a line ends in a colon, names all of a kind, and stands right above an item."""
    is_open = segment.text.rstrip().endswith(("：", ":")) and "各" in segment.text
    return is_open and next_segment is not None and leading_number(next_segment.text) is not None


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
    if is_open and "各" in text and all(leading_number(segment.text) is None for segment in before):
        return False
    first = next(
        (position for position, segment in enumerate(before) if leading_number(segment.text) is not None),
        None,
    )
    closes = first is not None and not any(_is_name(segment.text.strip("：: ")) for segment in before[:first])
    return leading_number(next_segment.text) is not None and not closes


@dataclass(frozen=True, slots=True)
class Selection:
    """Some items, and what is said of them.

    Attributes:
        numbers: Their numbers.
        first: So many from the first on.
        last: So many up to the last.
        is_rest: All that no other selection of the sentence has.
        statement: Who answers; None if it does not say.
        deadline: By when; empty if it does not say.
    """

    numbers: frozenset[int] = frozenset()
    first: int = 0
    last: int = 0
    is_rest: bool = False
    statement: RoleStatement | None = None
    deadline: str = ""

    @property
    def is_relative(self) -> bool:
        """Whether it counts from an end of the list."""
        return not self.numbers

    def holds(self, number: int, items: Sequence[int]) -> bool:
        """Whether it has the item of a number, in a list of numbers; the rest is for the caller."""
        at = items.index(number)
        return number in self.numbers or at < self.first or at >= len(items) - self.last


_NUMBER = rf"(?:\d{{1,2}}|[{HAN}两]{{1,3}})"
_TO = "[至到—–~～-]{1,2}"
_MEASURE = "[项条件款]"
_NUMBERS = rf"第{_NUMBER}{_MEASURE}?(?:(?:[、，,和及]|以及|{_TO})第?{_NUMBER}{_MEASURE}?)*(?<={_MEASURE})"
_SOME = re.compile(
    r"(?:(?:以上|上述|以下|上列|下列|前述|其中|本表|本清单)的?)?(?:"
    rf"(?P<numbers>{_NUMBERS})"
    rf"|(?P<brackets>(?:[（(]{_NUMBER}[）)](?:[、，,和及]|{_TO})?)+){_MEASURE}"
    rf"|前面?(?P<first>{_NUMBER}){_MEASURE}|(?:最后|后面?)(?P<last>{_NUMBER}){_MEASURE}"
    rf"|(?P<rest>其余|其他|其它|余下|剩余)(?P<kind>的?各?{_NUMBER}?{_MEASURE}|任务|事项|工作)?"
    r")(?:的)?(?:任务|工作|事项|内容|措施){0,2}(?:的)?(?=[^、])"
)
_RANGE = re.compile(rf"({_NUMBER}){_MEASURE}?[）)]?{_TO}[（(]?第?({_NUMBER})")
_ONE_NUMBER = re.compile(_NUMBER)
# 市甲局负责第1、2项，市乙局负责第3项; 牵头单位：市甲局（第1、2项）、市乙局（第3项）
_BEHIND = re.compile(
    rf"(?P<names>[^，,；;：:。（(]{{2,60}}?)(?P<verb>牵头|负责|承办|配合|协办)?(?P<open>[（(])?(?P<numbers>{_NUMBERS})"
    r"(?:任务|工作|事项)?[）)]?(?:[，,；;、。]\s*|$)"
)
_LABEL = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,6})[:：]")
_LEAD_IN = re.compile(
    r"(?:备?注|说明|(?:责任|任务|具体|工作)?分工|责任单位)[:：]\s*(?:\d[.、])?(?=\D{0,4}第|[前后其（(])|[（(](?=.*[）)]$)"
)
# 除第3项由市甲局负责外，其余由市乙局负责
_EXCEPT = re.compile(r"^除(?P<part>[^。；;]{4,60}?)(?:以?外|之外)[，,]\s*")
_OF_ALL = re.compile(
    r"[，,；;。]\s*(?:以上)?(?:均|都|全部|一律|统一)(?:应|须|要)?[于在]?(?P<time>[^，,。；;]{2,16})$"
)
_MARKS = " \u3000，,。；;：:—"
# Behind one of these a name alone says who answers: 第1项，市甲局.
_APART = tuple("，,：:—")


def speaks_of_some(text: str) -> bool:
    """Whether a sentence begins with some items of a list, whatever it says of them.

    >>> speaks_of_some("第1、3项由市甲局配合。"), speaks_of_some("其他工作照旧。"), speaks_of_some("第三产业增加值")
    (True, False, False)
    """
    subject = _SOME.match(_bare(text))
    return subject is not None and not subject["rest"]


def read_selections(text: str) -> tuple[Selection, ...]:
    """What a line says of some items; empty unless it says nothing else."""
    bare = _bare(text)
    subjects = list(_SOME.finditer(bare))
    subjects = [
        subject
        for at, subject in enumerate(subjects)
        if not subject["rest"]
        or at
        or subject["kind"]
        or _OBLIGED.sub("", bare[subject.end() :]) != bare[subject.end() :]
    ]
    if not subjects or subjects[0].start():
        return _from_behind(bare)
    common = _OF_ALL.search(bare)
    limit = common["time"] if common is not None and is_time_alone(common["time"]) else ""
    end = common.start() if limit and common is not None else len(bare)
    parts: list[Selection] = []
    for subject, after in zip(subjects, [*subjects[1:], None], strict=True):
        words = bare[subject.end() : after.start() if after is not None else end]
        predicate = _predicate(words)
        if predicate is None:
            return ()
        statement, time = predicate
        parts.append(replace(_which(subject), statement=statement, deadline=time or limit))
    return tuple(parts)


def _bare(text: str) -> str:
    text = text.strip()
    if lead_in := _LEAD_IN.match(text):
        text = text[lead_in.end() :].rstrip("）)") if lead_in[0][-1] in "（(" else text[lead_in.end() :]
    return _EXCEPT.sub(r"\g<part>，", text.strip(_MARKS))


def _from_behind(text: str) -> tuple[Selection, ...]:
    """What a line says where the items stand behind their units.

    >>> [(part.statement.text, sorted(part.numbers)) for part in read_selections("市甲局负责第1、2项，市乙局负责第3项。")]
    [('市甲局负责', [1, 2]), ('市乙局负责', [3])]
    """
    label = _LABEL.match(text)
    field = field_of(label["label"]) if label is not None else Field.RESPONSIBLE
    start = label.end() if label is not None else 0
    parts: list[Selection] = []
    while field in UNIT_FIELDS and (match := _BEHIND.match(text, start)) is not None:
        names = match["names"] + (match["verb"] or "")
        if not (match["verb"] or match["open"]) or not is_names(names):
            return ()
        parts.append(replace(_which(match), statement=RoleStatement(names, field)))
        start = match.end()
    return tuple(parts) if start == len(text) else ()


def _which(subject: re.Match[str]) -> Selection:
    groups = subject.groupdict("")
    if words := groups["numbers"] or groups.get("brackets"):
        ranges = [(read_number(low), read_number(high)) for low, high in _RANGE.findall(words)]
        numbers = {read_number(number) for number in _ONE_NUMBER.findall(words)}
        return Selection(numbers=frozenset(numbers.union(*(range(low, high + 1) for low, high in ranges))))
    return Selection(
        first=read_number(groups["first"]), last=read_number(groups["last"]), is_rest=bool(groups["rest"])
    )


def _predicate(words: str) -> tuple[RoleStatement | None, str] | None:
    """Who answers and by when, as the words behind a subject say; None if they say anything else."""
    plain = _OBLIGED.sub("", words.strip(_MARKS), count=1).strip(_MARKS)
    time = re.sub("^[于在]", "", plain)
    if is_time_alone(time) or says_when(time):
        return None, time
    cut = at_end(plain.replace("单位为", "单位：").replace("单位是", "单位："))
    if len(cut.statements) == 1 and not cut.text.strip(_MARKS):
        return replace(cut.statements[0], place=""), cut.deadline
    answer = names_and_time(plain, lone=words.lstrip()[:1] in _APART)
    return (RoleStatement(answer[0]), answer[1]) if answer is not None else None


@dataclass(slots=True)
class Item:
    """An item of the text; one that is left names nobody so far, and is no work point; a blank one says that nobody answers."""

    draft: Draft
    is_left: bool = False
    is_blank: bool = False

    @property
    def number(self) -> int:
        """Its number; 0 without one."""
        return read_number(self.draft.no)

    def follows(self, other: Item) -> bool:
        """Whether its number is the next one under the same heading."""
        draft, before = self.draft, other.draft
        is_beside = (draft.section, draft.task) == (before.section, before.task)
        # 2.2 below 2.1
        outer, _, last = draft.no.rpartition(".")
        outer_before, _, last_before = before.no.rpartition(".")
        if outer != outer_before:
            return False
        return is_beside and read_number(last or "0") == read_number(last_before or "0") + 1 > 1


def distribute(
    parts: Sequence[Selection], section: str, items: Sequence[Item]
) -> Sequence[tuple[Item, Draft]]:
    """The items of the list that a sentence speaks of, each with what is said of it; none where it cannot be said of them.

    Args:
        parts: What the sentence says.
        section: Below which heading it stands.
        items: The items of the text.
    """
    of_all = [item for item in items if item.number]
    of_section = [item for item in of_all if item.draft.section == section]
    # Numbers that run on through sections leave open from where 前3项 counts.
    if any(part.is_relative for part in parts) and len({item.draft.section for item in of_all}) > 1:
        of_all = []
        of_section = of_section if [item.number for item in of_section[:1]] == [1] else []
    for some in filter(None, (of_section, of_all)):
        drafts = _distribute_in(parts, some)
        if drafts is not None:
            return list(zip(some, drafts, strict=True))
    return ()


def _distribute_in(parts: Sequence[Selection], items: Sequence[Item]) -> list[Draft] | None:
    """The items of a list with what a sentence says of them; None where it cannot be said of them."""
    numbers = [item.number for item in items]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return None
    named = frozenset[int]().union(*(part.numbers for part in parts))
    most = max((part.first + part.last for part in parts), default=0)
    if not named <= set(numbers) or most > len(numbers):
        return None
    of_items = [
        [part for part in parts if not part.is_rest and part.holds(number, numbers)] for number in numbers
    ]
    # 其余 are those that name nobody, where there are such.
    is_for_idle = any(
        not selected and not item.draft.statements for selected, item in zip(of_items, items, strict=True)
    )
    drafts: list[Draft] = []
    for selected, item in zip(of_items, items, strict=True):
        new_draft: Draft | None = item.draft
        for part in selected or [part for part in parts if part.is_rest]:
            is_over = part.is_rest and is_for_idle and item.draft.statements
            part = replace(part, statement=None) if is_over else part
            new_draft = _with_part(new_draft, part) if new_draft is not None else None
        if new_draft is None:
            return None
        drafts.append(new_draft)
    return drafts


def _with_part(draft: Draft, part: Selection) -> Draft | None:
    """The draft with what is said of it; None where it says otherwise itself."""
    if part.deadline:
        phrase = as_text(draft.deadline)
        own_limit = read_deadline(phrase or draft.requirement, year=ANY_YEAR, inside=not phrase)
        if own_limit.kind is DeadlineKind.NONE:
            draft = replace(draft, deadline=part.deadline)
        elif not part.is_rest and own_limit.due != read_deadline(part.deadline, year=ANY_YEAR).due:
            return None
    if part.statement is None:
        return draft
    roles, own_roles = roles_in([part.statement]), roles_in(draft.statements)
    if not draft.statements or roles == {Role.SUPPORT}:
        return replace(draft, statements=(*draft.statements, part.statement))
    if Role.LEAD in roles and Role.LEAD not in own_roles:
        return replace(draft, statements=(part.statement, *draft.statements))
    return None
