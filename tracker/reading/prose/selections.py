"""What a sentence says about some items by their numbers: 前3项由市甲局负责，其余由市乙局负责.

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

from collections.abc import Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.grid import as_text
from tracker.model import DeadlineKind, Role
from tracker.numerals import HAN, read_number
from tracker.reading.deadlines import ANY_YEAR, read_deadline
from tracker.reading.prose.lenders import roles_in
from tracker.reading.prose.segments import is_time_alone, names_and_time
from tracker.reading.tables import UNIT_FIELDS, Draft, Field, RoleStatement, at_end, field_of, is_names
from tracker.values import dataclass


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
_SUBJECT = re.compile(
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
_OBLIGED = re.compile(r"^[，,：:\s]*(?:分别|均|都|统一|全部|一律)?(?:应当|应|需要|需|须|要|请)?(?:由)?")
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
    subject = _SUBJECT.match(_bare(text))
    return subject is not None and not subject["rest"]


def read_selections(text: str) -> tuple[Selection, ...]:
    """What a line says of some items; empty unless it says nothing else."""
    bare = _bare(text)
    subjects = list(_SUBJECT.finditer(bare))
    subjects = [
        subject
        for at, subject in enumerate(subjects)
        if not subject["rest"]
        or at
        or subject["kind"]
        or _OBLIGED.sub("", bare[subject.end() :]) != bare[subject.end() :]
    ]
    subjects = [
        subject
        for subject in subjects
        if subject.start() == 0 or bare[subject.start() - 1] in _MARKS or not subject["rest"]
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
    is_clear = all(part.is_rest or part.numbers or part.first or part.last for part in parts)
    return tuple(parts) if is_clear else ()


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
    if is_time_alone(time):
        return None, time
    cut = at_end(plain.replace("单位为", "单位：").replace("单位是", "单位："))
    if len(cut.statements) == 1 and not cut.text.strip(_MARKS):
        return replace(cut.statements[0], place=""), cut.deadline
    answer = names_and_time(plain, lone=words.lstrip()[:1] in _APART)
    return (RoleStatement(answer[0]), answer[1]) if answer is not None else None


def distribute(parts: Sequence[Selection], items: Sequence[tuple[int, Draft]]) -> list[Draft] | None:
    """The items with what a sentence says of them; None where it cannot be said of them.

    Args:
        parts: What the sentence says.
        items: The items of the list, each with its number.
    """
    numbers = [number for number, _ in items]
    if numbers != list(range(numbers[0] if numbers else 0, (numbers[0] if numbers else 0) + len(numbers))):
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
        not selected and not draft.statements for selected, (_, draft) in zip(of_items, items, strict=True)
    )
    drafts: list[Draft] = []
    for selected, (_, draft) in zip(of_items, items, strict=True):
        new_draft: Draft | None = draft
        for part in selected or [part for part in parts if part.is_rest]:
            is_over = part.is_rest and is_for_idle and draft.statements
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
