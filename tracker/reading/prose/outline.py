"""The outline of a text as it grows: the headings that hold, the lenders, the work points, and the texts that wait for a statement.

`Outline` is told what each segment is (`prose` decides that) and keeps what follows from it: which headings and whose units
a work point has, what a line below it adds, which items name nobody and are work points all the same.

An `OpenText` waits until a statement closes it. Several that one statement closes make one work point, the first of
them maybe its heading (`compose`).

**Chapters of the past.** What stands below 一、2025年工作总结 is no task where a later heading of its level looks ahead
(二、2026年工作安排).

**Signatures.** The body that issues a text stands below a letter or below the last item, mostly above a day. It gives
nobody a task, though it looks like a line of units:

    7.开展联审。                    7.开展联审。
    责任单位：市甲局                市甲局
    市乙局领导小组办公室            2026年3月1日
    2026年3月1日                    8.清理台账。

What stands left has a statement before it, or others state otherwise; what stands right answers for its item.

    >>> lines = [TextLine(text, f"L{n}") for n, text in enumerate(("1.修渠。", "责任单位：市甲局", "市乙局办公室", "2026年3月1日"))]
    >>> sorted(signatures(lines))
    ['L2', 'L3']

**Minutes and decisions**: sentences that tell somebody what to do are work points, where they are most of those that
name somebody.

    会议明确，由市甲局牵头，市乙局配合，于5月底前拿出方案。        names in the role of a verb, and a day to come
    （二）市丙局要在6月20日前完成普查。                          somebody who must
    （三）由市丁局负责，加密监测。                              names alone, below a line that resolves: 议定以下事项

    去年以来由市甲局牵头，完成改造四十公里。                      what was is none
    各单位要高度重视。                                        nor is what is said to all
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker import patterns as re
from tracker.model import DeadlineKind, Role
from tracker.numerals import HAN
from tracker.reading.clauses import is_group, is_unit_as_written, read_responsibility
from tracker.reading.deadlines import ANY_YEAR, heading_limit, heading_period, read_deadline
from tracker.reading.lines import (
    LeadingNumber,
    Rank,
    TextLine,
    is_heading,
    leading_number,
    levels,
    tells_of_meeting,
)
from tracker.reading.prose.layout import closes_letter, is_body, signs_day, signs_in_one
from tracker.reading.prose.lenders import (
    CommonStatement,
    Item,
    Lender,
    Lenders,
    Scope,
    Selection,
    completes,
    distribute,
    roles_in,
)
from tracker.reading.prose.segments import (
    SENTENCE_ENDS,
    Segment,
    is_bracket,
    is_time_alone,
    names_and_time,
    names_in_sentences,
)
from tracker.reading.tables import (
    Cut,
    Draft,
    Field,
    RoleStatement,
    Use,
    at_end,
    has_role,
    is_names,
    same_again,
)
from tracker.values import dataclass

# 任务名称：停车疏导 stands over 工作内容：…, 项目：停车疏导 over 目标：….
NAMES_TASK = re.compile(r"(?:工作|重点|交办|督办|督查)?(?:任务|事项|项目)(?:名称)?$")
# A time limit, and where it stands.
Limit = tuple[str, str]
NO_LIMIT: Limit = ("", "")


@dataclass(slots=True)
class OpenText:
    """A text that no statement has closed yet.

    Attributes:
        segment: The text.
        number: Its number.
        label: The label of content before it: 工作内容.
        is_blank: A label of units without any stands below it: 责任单位：.
        limit: The time limit in a line below it.
        remarks: What stands below it and is not asked for: 目标：成活九成.
    """

    segment: Segment
    number: LeadingNumber | None
    label: str = ""
    is_blank: bool = False
    limit: Limit = NO_LIMIT
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def is_card(self) -> bool:
        """Whether it names a task behind a label: 任务：修渠."""
        return NAMES_TASK.match(self.label) is not None

    @property
    def has_label(self) -> bool:
        """Whether it is what a label of content says, and no name of a task."""
        return bool(self.label) and not self.label.endswith("名称")


def group_texts(texts: Sequence[OpenText]) -> list[list[OpenText]]:
    """The texts one by one, each numbered one with the sentences behind it: no signature goes on."""
    text_groups: list[list[OpenText]] = []
    for text in texts:
        if text.number is None and text_groups and text_groups[-1][0].is_card and not text.is_card:
            text_groups[-1] += [text] if text.label else []
        elif text.number is None and text_groups and text_groups[-1][0].number is not None:
            if text.segment.text.endswith(SENTENCE_ENDS) and not closes_letter(text.segment.text):
                text_groups[-1].append(text)
        else:
            text_groups.append([text])
    return text_groups


def compose(open_texts: Sequence[OpenText]) -> tuple[str, str, LeadingNumber | None]:
    """The requirement that texts make together, where it stands, and its number."""
    head = open_texts[0].number
    if is_titled(open_texts):
        open_texts, head = open_texts[1:], open_texts[1].number
    ranks = [open_text.number.rank for open_text in open_texts if open_text.number is not None]
    # 一、划定保护区。（1）勘界；（2）立桩。 is one item that counts its parts.
    is_one = head is not None and all(rank > head.rank for rank in ranks[1:])
    texts = [open_text.segment.text for open_text in open_texts]
    if head is not None and is_one:
        texts[0] = head.rest
    return "\n".join(texts), open_texts[0].segment.place, head if is_one else None


def limit_of(open_texts: Sequence[OpenText]) -> Limit:
    """The first time limit that stands below one of several texts."""
    return next((text.limit for text in open_texts if text.limit[0]), NO_LIMIT)


def is_titled(open_texts: Sequence[OpenText]) -> bool:
    """Whether the first text is the heading of the second, which has no number or a deeper one: that is what is required."""
    head = open_texts[0].number
    if len(open_texts) < 2 or head is None:
        return False
    if open_texts[1].label.startswith("整改"):
        return True  # the problem stands above
    if not is_heading(head.rest) or head.rest.endswith(SENTENCE_ENDS):
        return False
    number = open_texts[1].number
    return number is None or (number.rank > head.rank and not is_heading(number.rest))


# A signature stands so much further right than the line above.
_SET_OFF = 4


def signatures(lines: Sequence[TextLine]) -> set[str]:
    """The places of the lines that sign a letter or the whole text: bodies, and the day below or beside them."""
    first = next((at for at, line in enumerate(lines) if leading_number(line.text) is not None), len(lines))
    runs = [run for at in range(len(lines)) if (run := _run_above(lines, at))]
    below = [run for run in runs if run[0] > first]
    if not below and (start := _first_body(lines, len(lines))) < len(lines):
        below = [(start, len(lines))] if _is_set_off(lines, start) or _ends_text(lines, start) else []
    # Behind items every run signs the text where nobody answers in that way.
    is_habit = len(below) > 1 or any(
        is_body(line.text)
        and leading_number(before.text) is not None
        and not _states(before.text)
        and not _counts_anew(after)
        for before, line, after in _triples(lines[: below[0][0]] if below else ())
    )
    signed = [run for run in runs if run[0] <= first]
    signed += [
        run
        for run in below
        if not is_habit or (run[0] and (_ends_above(lines, run[0]) or _is_rightmost(lines, run)))
    ]
    return {line.place for start, end in signed for line in lines[start:end]}


def _triples(
    lines: Sequence[TextLine],
) -> Iterator[tuple[TextLine, TextLine, TextLine | None]]:
    """Each line with the one before it and the one behind."""
    for at in range(1, len(lines)):
        yield lines[at - 1], lines[at], lines[at + 1] if at + 1 < len(lines) else None


def _counts_anew(line: TextLine | None) -> bool:
    """Whether a line is the first item below a heading: the body above it is that heading."""
    number = leading_number(line.text) if line is not None else None
    return number is not None and number.value == 1


def _run_above(lines: Sequence[TextLine], at: int) -> tuple[int, int] | None:
    """The bodies above a day, with it; or a line that holds both."""
    # （市甲局 2026年3月1日） below a title
    text = lines[at].text.strip()
    if signs_in_one(text[1:-1] if is_bracket(text) else text):
        return at, at + 1
    if not signs_day(text):
        return None
    start = _first_body(lines, at)
    return (start, at + 1) if start < at else None


def _first_body(lines: Sequence[TextLine], end: int) -> int:
    """Where the bodies above a line begin: at the first of them, or at one that is set off from the line above it."""
    start = end
    while start and is_body(lines[start - 1].text):
        start -= 1
        if _is_set_off(lines, start):
            break
    return start


def _is_set_off(lines: Sequence[TextLine], at: int) -> bool:
    """Whether a line stands behind a gap or much further right than the one above."""
    return at > 0 and (lines[at].gap or lines[at].indent > lines[at - 1].indent + _SET_OFF)


def _ends_text(lines: Sequence[TextLine], at: int) -> bool:
    """Whether a body in the last line signs a text: no statement above goes on with a body in a line of its own, nor does the last."""
    above = [line for before, line in pairwise(lines[:at]) if _states(before.text)]
    return (
        at == len(lines) - 1
        and len(above) > 1
        and _states(lines[at - 1].text)
        and not lines[at - 1].text.rstrip().endswith(("、", "，", ","))
        and not any(is_body(line.text) for line in above)
    )


def _ends_above(lines: Sequence[TextLine], at: int) -> bool:
    """Whether the item above a line has its statement: a label or bracket, or a bare name from which the line is set off."""
    before = lines[at - 1].text
    is_answer = is_body(before) or is_time_alone(before) or names_and_time(before) is not None
    return _states(before) or (_is_set_off(lines, at) and is_answer)


def _is_rightmost(lines: Sequence[TextLine], run: tuple[int, int]) -> bool:
    """Whether bodies above a day stand much further right than all other bodies of a text."""
    others = [
        line.indent for at, line in enumerate(lines) if not run[0] <= at < run[1] and is_body(line.text)
    ]
    return lines[run[0]].indent > max(others, default=0) + _SET_OFF


def _states(text: str) -> bool:
    """Whether a line says in any way but by a bare name who answers or by when."""
    cut, bare = at_end(text), text.strip("（()）【】[] ")
    return bool(cut.statements or cut.deadline) or (has_role(bare) and names_and_time(bare) is not None)


# 2025年工作总结, 一、上半年工作完成情况; and what stands beside such a chapter: 二、下半年工作打算.
_LOOKS_BACK = re.compile(
    r"(?:总结|回顾|(?:完成|开展|进展|工作|执行)情况|(?:主要|工作|取得|突出)?(?:成效|成绩|亮点)|主要做法)(?:[（(][^（）()]*[)）])?[:：。]?$"
)
_LOOKS_AHEAD = re.compile(
    r"(?:安排|打算|计划|任务|重点|要点|思路|举措|目标|下步工作|下一步工作|工作部署|分工)(?:及分工)?(?:[（(][^（）()]*[)）])?[:：。]?$"
)


_LONGEST_CHAPTER = 30


def chapters_of_past(lines: Sequence[TextLine]) -> set[str]:
    """The places of what stands below headings that look back, where a later heading of their level looks ahead.

    >>> texts = ("一、2025年工作完成情况", "1.由市甲局牵头建成三处。", "二、2026年重点任务", "1.由市甲局牵头新建四处。")
    >>> chapters_of_past([TextLine(text, f"L{n}") for n, text in enumerate(texts, 1)])
    {'L2'}
    """
    heads = [(at, _level(line.text)) for at, line in enumerate(lines) if _is_chapter(line.text)]
    ahead = [(at, level) for at, level in heads if _LOOKS_AHEAD.search(lines[at].text)]
    places: set[str] = set()
    for at, level in heads:
        if not _LOOKS_BACK.search(lines[at].text) or not any(
            other > at and rank == level for other, rank in ahead
        ):
            continue
        end = next(other for other, rank in heads if other > at and rank <= level)
        places |= {line.place for line in lines[at + 1 : end]}
    return places


def _level(text: str) -> int:
    """The level of a heading; one without a number stands above all."""
    number = leading_number(text)
    return number.rank if number is not None else 0


def _is_chapter(text: str) -> bool:
    """Whether a line may head a chapter: 一、…, （一）… or no number, a few words and no sentence."""
    number = leading_number(text)
    rest = number.rest if number is not None else text
    is_short = 4 <= len(rest) <= _LONGEST_CHAPTER and not re.search("[，,；;、：:。](?!$)", rest)
    is_outer = number.rank <= Rank.HAN_BRACKET if number is not None else True
    return (
        is_short
        and is_outer
        and (
            number is not None
            or _LOOKS_BACK.search(rest) is not None
            or _LOOKS_AHEAD.search(rest) is not None
        )
    )


_RESOLVES = re.compile(
    r"会议(?:研究)?(?:明确|议定|决定|确定|同意|要求)|议定(?:如下|以下|事项|[：:])|决定如下|(?:如下|以下)(?:事项|意见|决定)|明确(?:如下|以下)|经研究[，,]?现?(?:决定|明确|议定)"
)
_OPENS = re.compile(r"\W*(?:会议(?:研究)?|经(?:会议)?研究[，,]?现?)(?:明确|议定|决定|确定)")
_WAS = re.compile(
    rf"已(?!建|有|明确)|[了过](?!解|程|渡)|去年|上年|以来|累计|顺利|(?:今年|本年)?[{HAN}\d]{{1,2}}月至今|截至|得到"
)
_MUST = re.compile(r"要(?!求|点|素|道|闻)|应当?(?!急|用|对)|须|务必|(?:负责|牵头)(?!的)|抓紧|尽快")
# Who must do something: the words before 要.
_OBLIGED = re.compile(
    r"(?:^|[，,。；;：:]|由|请)(?P<names>[^，,。；;：:]{2,40}?)"
    r"(?:(?:要|应当|应|须|务必)(?!求|点|素|急)|[于在]?(?=(?:20\d\d年)?\d{1,2}月))(?=[^，,。；;]{2,})"
)
# 由市财政局安排专项资金: no verb of a role.
_BY_WHOM = re.compile(r"(?:^|[，,。；;：:])[^，,。；;：:由]{0,12}由(?P<clause>[^，,。；;：:]{4,60})")
# When and where a meeting was, and who was there.
_PRESENT = re.compile(
    r"(?:参加|参会|出席|列席|与会|主持|记录|召集)(?:单位|部门|人员|会议)?[:：]|(?:会议)?(?:时间|日期|地点|完成时限)[:：](?!.*[前底])"
    # 参加：市甲局 is written as a label of units before.
    r"|配合单位[:：]"
)
# 县长主持召开会议，甲局、乙局负责人参加。现将议定事项纪要如下：
_WAS_HELD = re.compile(r"召开[^。；]{0,24}会|(?:参加|出席|列席)了?(?:会议)?[。；]|听取了?[^。；]{2,40}汇报")
_ASKS = re.compile("牵头|负责(?!人|同志|的)|配合|主办|承办|协办")
_FEWEST_DUTIES = 2
_FRONT = 6


def with_resolutions(segments: Sequence[Segment]) -> list[Segment]:
    """The segments of minutes with who is to do what in their sentences; any other text as it is."""
    if not _resolves(segments):
        return list(segments)
    is_below = False
    cuts: list[Cut | None] = []
    name_count = 0
    segments = [
        replace(segment, cut=Cut(segment.text)) if _tells_of_meeting(segment.text) else segment
        for segment in segments
    ]
    first = next((at for at, segment in enumerate(segments) if _named_in_sentences(segment) is not None), 0)
    segments = [
        replace(segment, cut=Cut(segment.text)) if at < first and _PRESENT.match(segment.text) else segment
        for at, segment in enumerate(segments)
    ]
    for segment in segments:
        cut = _named_in_sentences(segment) if not _tells_of_meeting(segment.text) else None
        name_count += cut is not None
        cuts.append(cut if cut is not None and _is_duty(segment.text, is_below=is_below) else None)
        is_below |= bool(_RESOLVES.search(segment.text))
    duties = sum(cut is not None for cut in cuts)
    if duties < _FEWEST_DUTIES or duties * 4 < name_count * 3:
        return list(segments)
    return [
        replace(segment, cut=cut) if cut is not None else segment
        for segment, cut in zip(segments, cuts, strict=True)
    ]


def _tells_of_meeting(text: str) -> bool:
    """Whether a line says who met and what was heard, and tells nobody to do anything."""
    is_opening = text.endswith(("：", ":")) or _ASKS.search(text) is None
    return leading_number(text) is None and is_opening and _WAS_HELD.search(text) is not None


def _resolves(segments: Sequence[Segment]) -> bool:
    is_of_meeting = tells_of_meeting([segment.text for segment in segments[:_FRONT]])
    is_open = is_of_meeting is not None and any(_OPENS.match(segment.text) for segment in segments)
    return bool(is_of_meeting) or is_open


def _named_in_sentences(segment: Segment) -> Cut | None:
    """Who a segment names as somebody who acts."""
    cut = segment.cut
    if cut.statements:
        return cut if cut.text.strip(" 　。；;") else None
    inside = names_in_sentences(segment)
    if inside is not None and all(_are_all(statement.text) for statement in inside.statements):
        inside = inside if _is_dated(segment.text) else None
    number = leading_number(segment.text)
    text = number.rest if number is not None else segment.text
    others = [match["names"] for match in _OBLIGED.finditer(text) if is_names(match["names"])]
    others = [names for names in others if not _are_all(names)]
    by_whom = [
        assignment
        for match in _BY_WHOM.finditer(text)
        for assignment in read_responsibility(match["clause"]).assignments
        if is_unit_as_written(assignment.unit)
    ]
    # 由市甲局抓紧会同市乙局制定方案
    helpers = {assignment.unit for assignment in by_whom if assignment.role is Role.SUPPORT}
    others += [assignment.unit for assignment in by_whom]
    words = "".join(statement.text for statement in inside.statements) if inside is not None else ""
    names = [name for name in others if name not in words]
    if inside is None and not names:
        return None
    statements = (
        *(inside.statements if inside is not None else ()),
        *(
            RoleStatement(name, Field.SUPPORT if name in helpers else Field.RESPONSIBLE, place=segment.place)
            for name in dict.fromkeys(names)
        ),
    )
    return Cut(segment.text, statements, cut.deadline, weak=True)


def _are_all(names: str) -> bool:
    return all(is_group(assignment.unit) for assignment in read_responsibility(names).assignments)


def _is_duty(text: str, *, is_below: bool) -> bool:
    """Whether a sentence that names somebody says what is to come.

    Args:
        text: The sentence.
        is_below: A line above it says that what follows was resolved.
    """
    sentences = [sentence for sentence in re.split("[。；;]", text) if _MUST.search(sentence)]
    if any(_WAS.search(sentence) for sentence in sentences):
        return False
    is_resolved = is_below or _RESOLVES.search(text)
    return bool(is_resolved or _is_dated(text))


def _is_dated(text: str) -> bool:
    return read_deadline(text, year=ANY_YEAR, inside=True).due is not None


class Outline:
    """What was read so far.

    Attributes:
        items: The work points, and between them the items that name nobody.
        path: The headings that hold, by their level.
        lenders: The units that answer for several tasks.
        closed_here: A work point stands behind the last heading.
        limit: A time limit that stood before its work point.
        is_lent: The limit of the last work point is that of a heading; one of its own takes its place.
        limits: The time limits that stand below headings, by the level of these.
        selections: What is said of some items by their numbers, where, and below which heading.
        uses: What each segment was used for, by its place.
    """

    def __init__(self) -> None:
        self.selections: list[tuple[tuple[Selection, ...], str, str]] = []
        self.items: list[Item] = []
        self.path: dict[Rank, str] = {}
        self.lenders = Lenders()
        self.closed_here = False
        self.limit = NO_LIMIT
        self.is_lent = False
        self.limits: dict[Rank, Limit] = {}
        self.uses: dict[str, Use] = {}

    @property
    def drafts(self) -> list[Draft]:
        """The work points."""
        return [item.draft for item in self.items if not item.is_left]

    @property
    def last(self) -> Draft | None:
        """The last work point."""
        return next((item.draft for item in reversed(self.items) if not item.is_left), None)

    def _last_item(self) -> Item:
        return next(item for item in reversed(self.items) if not item.is_left)

    def _admit(self, item: Item, statements: tuple[RoleStatement, ...] = ()) -> None:
        """An item that named nobody is a work point all the same."""
        item.draft = replace(item.draft, statements=statements or item.draft.statements)
        item.is_left = False
        self.uses[item.draft.place] = Use.REQUIREMENT

    def heading(self, rank: Rank, text: str) -> None:
        """A number opens its level and ends those below it; an item leaves no heading behind."""
        if rank <= Rank.HAN_BRACKET:
            self.closed_here = False
        self.path = {level: heading for level, heading in self.path.items() if level < rank}
        self.limits = {level: limit for level, limit in self.limits.items() if level < rank}
        self.lenders.end(rank)
        if text:
            self.path[rank] = text

    def add_common(self, standing: CommonStatement, rank: Rank, place: str) -> None:
        """A heading or sentence says who answers for several tasks."""
        statements = (replace(standing.statement, place=place),)
        if standing.scope is Scope.ABOVE:
            self._answer_left(statements)
        elif standing.beside:
            self.lenders.add(Lender(rank, beside=statements))
        else:
            self.lenders.add(Lender(rank, statements))

    def lend(self, rank: Rank, heading: str, *, has_body: bool) -> None:
        """The last work point is a heading whose units answer for the items below it; without any it stays one.

        Args:
            rank: The level of the heading.
            heading: The heading.
            has_body: The work point is what stands below the heading; a sentence is required besides the items.
        """
        item = self._last_item()
        draft = item.draft
        if not (has_body and draft.requirement.endswith(SENTENCE_ENDS)):
            item.is_left = True
            self.uses[draft.place] = Use.BANNER
        self.path[rank] = heading
        self.lenders.add(Lender(rank, draft.statements, deadline=str(draft.deadline or ""), shares=True))

    def entitle_last(self, rank: Rank, heading: str, text: str, place: str) -> None:
        """The last work point is a heading; what is required stands below it."""
        self.uses[self._last_item().draft.place] = Use.BANNER
        self.path[rank] = heading
        section, task = levels(self.path)
        item = self._last_item()
        item.draft = replace(item.draft, requirement=text, place=place, section=section, task=task, no="")
        self.closed_here = True

    def add(
        self,
        text: str,
        place: str,
        number: LeadingNumber | None,
        statements: tuple[RoleStatement, ...],
        limit: Limit,
    ) -> None:
        """A work point."""
        lender = self.lenders.nearest(number.rank if number is not None else None)
        limit = limit if limit[0] else self.limit
        loan = (
            (lender.deadline, place) if lender is not None and lender.deadline else self._limit_of_headings()
        )
        self.is_lent = bool(loan[0] and not limit[0])
        if self.is_lent:
            limit = loan if not _sets_limit(text, statements) else NO_LIMIT
        self.limit = NO_LIMIT
        self.closed_here = True
        draft = self._draft(text, place, number, self._statements_of(statements, lender), limit)
        self.items.append(Item(draft))

    def _limit_of_headings(self) -> Limit:
        """By when the tasks below the headings are due, as the innermost of them says (一、6月底前完成的事项)."""
        for level in sorted({*self.path, *self.limits}, reverse=True):
            heading = self.path.get(level, "")
            # Of which headings the periods are limits all of them tell.
            if (limit := heading_limit(heading)) and not heading_period(heading):
                return limit, ""
            if level in self.limits:
                return self.limits[level]
        return NO_LIMIT

    def lead(self, limit: Limit) -> None:
        """A time limit stands before its work point; one that no work point took is unread."""
        if self.limit[0]:
            self.uses[self.limit[1]] = Use.UNREAD
        self.limit = limit

    def add_to_last(
        self, text: str, statements: tuple[RoleStatement, ...] = (), deadline: str = "", place: str = ""
    ) -> None:
        """More is said about the last work point."""
        item = self._last_item()
        last = item.draft
        if deadline and self.is_lent:
            last, self.is_lent = replace(last, deadline="", deadline_place=""), False
        item.draft = replace(
            last,
            requirement=f"{last.requirement}\n{text}" if text else last.requirement,
            statements=last.statements + statements,
            deadline=last.deadline or deadline,
            deadline_place=last.deadline_place or (place if deadline else ""),
        )

    def remark(self, label: str, text: str) -> None:
        """A line below the units of the last work point says something else about it."""
        item = self._last_item()
        item.draft = replace(item.draft, remarks=(*item.draft.remarks, (label, text)))

    def leave(self, texts: Sequence[OpenText]) -> None:
        """Texts that no statement closed: items of a lender, rows of a paste, or items that name nobody."""
        path = self.path
        for text in texts:
            is_sentence = text.segment.text.endswith(SENTENCE_ENDS) or not is_heading(text.segment.text)
            self.uses[text.segment.place] = Use.TEXT if is_sentence else Use.BANNER
        for group in group_texts(texts):
            head = group[0].number
            if head is not None:
                self.path = {rank: heading for rank, heading in path.items() if rank < head.rank}
                if is_titled(group):
                    self.path[head.rank] = group[0].segment.text
            limit = limit_of(group)
            if self._leave_one(group, head, limit):
                self.uses |= {text.segment.place: Use.REQUIREMENT for text in group}
            elif head is None and limit[0]:
                self.uses[limit[1]] = Use.UNREAD
        self.path = path

    def _leave_one(self, group: Sequence[OpenText], head: LeadingNumber | None, limit: Limit) -> bool:
        """Leave a group of texts, and tell whether it is a work point all the same."""
        lender = self.lenders.nearest(head.rank if head is not None else None)
        is_sentence = group[-1].segment.text.endswith(SENTENCE_ENDS)
        is_item = head is not None or group[0].is_card
        if lender is not None and (is_item or (is_sentence and not lender.shares)):
            self.add(*compose(group), (), limit)
            for remark in (remark for text in group for remark in text.remarks):
                self.remark(*remark)
            return True
        if head is not None:
            text, place, number = compose(group)
            is_blank = any(text.is_blank for text in group)
            self.items.append(Item(self._draft(text, place, number, (), limit), True, is_blank))
        return False

    def admit_left(self) -> None:
        """An item that names nobody is a work point all the same where the next number under its heading is one.

        So is a heading whose units no item took.
        """
        self._hand_on()
        loans = {statement.place for draft in self.drafts for statement in draft.statements}
        self.uses |= {place: Use.UNITS for place in loans if self.uses.get(place) is Use.UNREAD}
        after: Item | None = None
        for item in reversed(self.items):
            own_places = {statement.place for statement in item.draft.statements}
            is_point = not loans & own_places if own_places else after is not None and after.follows(item)
            if item.is_left and is_point:
                self._admit(item)
            if not item.is_left:
                after = item

    def _hand_on(self) -> None:
        """Where units are lines below their items, an item without one takes the line of the item before it."""
        own = [
            draft.statements[0].place != draft.place
            for draft in self.drafts
            if draft.statements and not draft.statements[0].is_continued
        ]
        if sum(own) * 4 < len(own) * 3:
            return
        before: Item | None = None
        for item in self.items:
            is_idle = item.is_left and not item.is_blank and not item.draft.statements
            if is_idle and before is not None and item.follows(before):
                self._admit(item, _as_continued(before.draft.statements))
            if not item.is_left:
                before = item

    def select(self, parts: tuple[Selection, ...], place: str) -> None:
        """A sentence says something of some items by their numbers."""
        self.selections.append((parts, place, levels(self.path)[0]))
        self.uses[place] = Use.TEXT
        self.closed_here = False

    def distribute(self) -> None:
        """Give the items what sentences say of some of them by their numbers, where the items are countable."""
        for parts, place, section in self.selections:
            for item, draft in distribute(parts, section, self.items):
                is_new = draft.statements != item.draft.statements
                statements = tuple(
                    replace(statement, place=statement.place or place) for statement in draft.statements
                )
                limit_place = draft.deadline_place or (place if draft.deadline else "")
                item.draft = replace(draft, statements=statements, deadline_place=limit_place)
                if is_new:
                    self._admit(item)
                if self.uses[place] is not Use.UNITS:
                    has_units = any(statement.place == place for statement in statements)
                    self.uses[place] = Use.UNITS if has_units else Use.DEADLINE

    def _answer_left(self, statements: tuple[RoleStatement, ...]) -> None:
        """以上任务由…牵头: the items of the section that name nobody are answered for."""
        section = levels(self.path)[0]
        for item in self.items:
            if item.is_left and item.draft.section == section:
                self._admit(item, statements)
        self.closed_here = False

    def _statements_of(
        self, own_statements: tuple[RoleStatement, ...], lender: Lender | None
    ) -> tuple[RoleStatement, ...]:
        """Who answers for a work point: its own words, or those of a lender; and those who stand beside."""
        if own_statements and self.last is not None:
            own_statements = same_again(own_statements, self.last.statements)
        if lender is not None and own_statements and completes(lender, own_statements):
            return (*lender.statements, *own_statements)
        loan = lender.statements if lender is not None and not own_statements else ()
        # 一、依法治校 may be no body: a bare heading lends nothing to an item that says who answers.
        is_answered = bool(roles_in(own_statements) - {Role.SUPPORT})
        bare = lender.statements if lender is not None and is_answered and not _leads(lender) else ()
        beside = tuple(statement for statement in self.lenders.beside() if statement not in (*loan, *bare))
        first = lender is not None and any(statement in lender.statements for statement in beside)
        # A unit that is the heading itself is said of each item; what a heading says beside its words is continued.
        is_continued = lender is None or lender.beside != lender.statements
        statements = own_statements or (_as_continued(loan) if is_continued else loan)
        return (*beside, *statements) if first else (*statements, *beside)

    def _draft(
        self,
        text: str,
        place: str,
        number: LeadingNumber | None,
        statements: tuple[RoleStatement, ...],
        limit: Limit,
    ) -> Draft:
        section, task = levels(self.path)
        return Draft(
            requirement=text.strip(),
            place=place,
            section=section,
            task=task,
            no=number.number if number is not None else "",
            statements=statements,
            deadline=limit[0],
            deadline_place=(limit[1] or place) if limit[0] else "",
            stream="text",
        )


def _leads(lender: Lender) -> bool:
    """Whether a sentence says that the unit of the heading leads."""
    return any(statement.field is Field.LEAD for statement in lender.statements)


def _sets_limit(text: str, statements: Sequence[RoleStatement]) -> bool:
    """Whether an item says by when itself, in its text or in the bracket of its units."""
    texts = (text, *(statement.text for statement in statements))
    return any(
        read_deadline(part, year=ANY_YEAR, inside=True).kind is not DeadlineKind.NONE for part in texts
    )


def _as_continued(statements: Sequence[RoleStatement]) -> tuple[RoleStatement, ...]:
    return tuple(replace(statement, is_continued=True) for statement in statements)
