"""Plans in running text: headings, numbered items, and who answers in a bracket, a label or a line of its own.

The text is read as a stream of segments, each a paragraph or a numbered item that runs on inside one:

    heading     numbered or styled as one, short, without units      opens a level; levels nest by `headings.Rank`
    item        text that states units (`segments`)                  a work point
    text        text without one                                     kept until a statement follows
    statement   a line of its own: （…）, 责任单位：…, names alone      closes the text since the last heading
                                                                     or work point, all of it one work point
    text        behind 一、场所消杀（责任单位：市甲局）                what is required: the work point of that heading
    items       below 一、原料（责任单位：市甲局）                     each a work point of the units of that heading
                                                                     and of its time limit, beside its own helpers
    statement   right below 一、原料, before its texts or items         the same as a bracket of that heading
    items       below 一、市甲局, a list by unit (`lenders`)          each a work point of that unit and its own
                (said of each; what other headings lend is continued: 沿用上栏)
    lending     牵头单位：市甲局 above several items (`lenders`)        each of them has it beside its own helpers
    common      以下任务由市甲局牵头 (`lenders`)                      each item that names nobody is one of those units
    selection   前3项由市甲局负责，其余由市乙局负责 (`lenders`)     each of these items has those units beside its own
    same        责任单位：同上                                        takes the units of the work point before (沿用上栏)
    content     工作内容：… in a line of its own                       a text; a short line before it is its heading
    remark      进度：… below the units of several items                a remark of the work point above
    time        完成时限：… in a line of its own                       that of the item above, or of all below a heading;
                                                                      where lines of time lead (`layout`) of the next
    left        an item without units, where units are lines          takes those of the item before it (沿用上栏)
    signature   市乙局办公室, above a day (`outline`)                   signs the text and answers for nothing

Headings without a number and remarks are found by `layout`.

What follows from each for headings, units and work points stands in `outline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from tracker import patterns as re
from tracker.numerals import HAN
from tracker.reading.deadlines import ANY_YEAR, read_deadline
from tracker.reading.lines import (
    LeadingNumber,
    Rank,
    TextLine,
    denies_plan,
    is_heading,
    leading_number,
    promises_plan,
)
from tracker.reading.prose.layout import (
    COUNT_LABEL,
    dates_document,
    ends_a_thought,
    habits_of,
)
from tracker.reading.prose.lenders import (
    Lender,
    common_statement,
    common_statement_at_end,
    last_bracket,
    lending_lines,
    read_selections,
    speaks_of_form,
    watches_all,
)
from tracker.reading.prose.outline import (
    NAMES_TASK,
    NO_LIMIT,
    Limit,
    OpenText,
    Outline,
    chapters_of_past,
    compose,
    is_titled,
    limit_of,
    signatures,
    with_resolutions,
)
from tracker.reading.prose.segments import (
    SENTENCE_ENDS,
    Segment,
    is_bracket,
    is_time_alone,
    names_and_time,
    read_segments,
)
from tracker.reading.tables import (
    Draft,
    RoleStatement,
    Use,
    content_of,
    is_idle_label,
    is_note,
    label_of_content,
    opens_with_label,
)
from tracker.text import fold
from tracker.values import dataclass

_FEWEST_BLOCKS = 3


# A last chapter that says how all is to be done, and gives nobody a task.
_HOW = re.compile(
    r"(?:工作要求|有关要求|相关要求|几点要求|保障措施|工作保障|组织保障|组织领导|组织实施|加强领导)[。：:]?$"
)


def _only_exhorts(draft: Draft) -> bool:
    """Whether an item that names nobody stands in such a chapter and sets no day."""
    is_of_chapter = _HOW.search(draft.section) is not None
    return is_of_chapter and read_deadline(draft.requirement, year=ANY_YEAR, inside=True).due is None


# A line without two letters requires nothing.
_LETTERS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")
_RUN_IN = re.compile(r"([^，,。；;：:、]{4,28})[。\s](?=[^。]{8,}[。，；])")
# 一是开展评价。对…: counts inside a paragraph and heads nothing.
_ORDINAL = re.compile(rf"[{HAN}]{{1,2}}[是要]|首先|其次|再次|最后")
# 责任单位： and nothing behind it
_BLANK_UNITS = re.compile(r"(?:责任|牵头|承办|主办|负责|落实)(?:单位|部门|科室|处室)[:：][\s—/-]*")
# 问题表现：台账不全
_PROBLEM = re.compile(
    r"(?:反馈|存在|主要|具体|突出|现有)?(?:的)?(?:问题|表现|现状|情形|短板)(?:表现|描述|现状|事实|情况|清单)?[:：]"
)
_AIM = re.compile(
    r"(?P<label>(?:工作|年度|预期|任务|具体|总体|建设)?目标(?:任务)?|(?:预期|工作)成效|完成标志)[:：]\s*(?P<text>.+)"
)
_AIM_INSIDE = re.compile(rf"[。；;，,\s]+{_AIM.pattern}")
_NUMBERED_TASK = re.compile(rf"(?P<label>任务|事项|项目)(?:\d{{1,2}}|[{HAN}]{{1,2}})[:：]\s*(?P<text>.+)")
# 现就全年工作作如下安排。
_LEADS_OVER = re.compile(r"(?:如下|以下)[^。.，,；;]{0,10}[。.：:]?$")
# 说明：1.各养老机构包括…
_NOTE_HEAD = re.compile(r"[（(【]?(?:附?注|备注|(?:有关|几点|填表)?说明)[】)）]?[:：]?")
_NOTE_LABEL = re.compile(r"[（(]?(?:附?注|备注|(?:有关|几点|填表)?说明)[:：]\s*")
# 附件：1.联络员名单
_ANNEX_LIST = re.compile(r"附件?\s*[:：]\s*(?=\d)")
# （2026年3月2日印发）
_BELOW_TITLE = re.compile(r"[（(〔【][^（()）]+[)）〕】]")
# The title of a text stands in its first lines.
_FRONT = 6
_ROLES = re.compile(r"牵头|负责|配合|落实|承办|主办|协办")


@dataclass(slots=True)
class ProseReading:
    """What running text yields: work points, notes, and the items that name nobody."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str]] = field(default_factory=list)
    uses: dict[str, Use] = field(default_factory=dict)


def read_prose(lines: Sequence[TextLine]) -> ProseReading:
    """Read lines of running text."""
    signed, past = signatures(lines), chapters_of_past(lines)
    lines = [line for line in lines if line.place not in signed | past]
    segments = read_segments(lines, asides={line.place for line in lines if read_selections(line.text)})
    prose = _read_segments(segments)
    prose.uses |= dict.fromkeys(past, Use.TEXT) | dict.fromkeys(signed, Use.FRONT)
    return prose


def _read_segments(segments: Sequence[Segment]) -> ProseReading:
    text_segments = with_resolutions(segments)
    reader = _read(text_segments)
    # Whatever sets a statement apart is a plan's own habit; a sentence alone stands in rules and minutes as well.
    is_set_apart = any(segment.cut.statements and not segment.cut.weak for segment in text_segments)
    is_resolved = text_segments != segments
    if not (is_set_apart or is_resolved) and denies_plan(
        [segment.text for segment in text_segments[:_FRONT]]
    ):
        return ProseReading(notes=reader.notes)
    prose = reader.finish()
    # A single sentence in which somebody acts (县督查室抽查办理情况) makes no plan of a letter.
    if not (is_set_apart or is_resolved) and len(prose.drafts) == 1 and not prose.drafts[0].no:
        return ProseReading(notes=prose.notes)
    return _read(text_segments, has_bodies=True).finish() if _has_bodies(text_segments, prose) else prose


def _read(segments: Sequence[Segment], *, has_bodies: bool = False) -> _Reader:
    reader = _Reader(segments, has_bodies=has_bodies)
    reader.outline.uses = {segment.place: Use.UNREAD for segment in segments}
    for segment in segments:
        reader.take(segment)
    return reader


def _has_bodies(segments: Sequence[Segment], prose: ProseReading) -> bool:
    """Whether work points are headings above their units, and sentences that belong to nobody stand below most of them."""
    starts = {draft.place for draft in prose.drafts}
    are_headings = all(
        is_heading(draft.requirement) and not re.search("[，,。；;]", draft.requirement)
        for draft in prose.drafts
    )
    bodies = 0
    is_open = False
    for segment in segments:
        is_body = prose.uses.get(segment.place) is Use.TEXT and segment.text.endswith(SENTENCE_ENDS)
        bodies += is_open and is_body
        is_open = segment.place in starts or (is_open and not is_body)
    return are_headings and bodies >= _FEWEST_BLOCKS and bodies * 4 >= len(starts) * 3


class _Reader:
    """The state while segments go by."""

    def __init__(self, segments: Sequence[Segment], *, has_bodies: bool = False) -> None:
        # What is required stands below the units of its heading.
        self.has_bodies = has_bodies
        self.habits = habits_of(segments)
        self.lending_lines = lending_lines(segments)
        titles = (segment.place for segment in segments if promises_plan([segment.cut.text]))
        self.title_place = next(titles, "")
        self.outline = Outline()
        self.notes: list[tuple[str, str]] = []
        self.open: list[OpenText] = []
        # A line that names a person stands below them: the next number ends their item.
        self.names_person = False
        self.heading: tuple[Rank, OpenText] | None = None
        # The last work point is a heading with its units, of this level; what follows says what is required.
        self.headed: tuple[Rank, str] | None = None
        self.has_body = False
        # The number that goes on with the list of notes above: 说明：1.… below the last item.
        self.next_note: tuple[Rank, int] | None = None
        self.has_note_head = False
        # The number that the list of annexes in the line above goes on with.
        self.next_annex: tuple[Rank, int] | None = None

    def take(self, segment: Segment) -> None:
        """Take the next segment."""
        if self._goes_on_in_line(segment) or self._is_aside(segment):
            return
        segment, label = self._behind_label(segment)
        text, cut, uses = segment.text.strip(), segment.cut, self.outline.uses
        number = leading_number(text)
        states = bool(cut.statements or cut.deadline)
        # What stands before the first number is a title or an introduction.
        if number is not None and (self.names_person or all(text.number is None for text in self.open)):
            self._leave_open()
        is_below = number is None and not self.open and self.outline.closed_here
        dates_text = not self.habits.has_days and dates_document(text)
        if not states and is_below and not dates_text and is_time_alone(text):
            self._time((text.strip("（()）。；; "), segment.place))
            return
        is_card = number is None and not states and NAMES_TASK.match(label) is not None
        if is_card and self.outline.lenders.shares_with(Rank.LETTER):
            self._leave_open()
        if self.habits.contents_follow and self.has_body and not label:
            self.headed = None
        if self.headed and (is_card or number is not None):
            # An item below a heading with units makes the heading a lender; 任务：… is one as well as a number.
            if is_card or (number is not None and number.rank > self.headed[0]):
                self.outline.lend(*self.headed, has_body=self.has_body)
            self.headed = None
        is_closing = segment.place in self.habits.closings
        if self.headed and not states and not is_closing and _LETTERS.search(text):
            self._require(self.headed, text, segment.place)
            uses[segment.place] = Use.REQUIREMENT
        elif states:
            self._state(segment, number, label)
        elif number is None and (answer := self._bare_answer(text)) is not None:
            self._statement(segment.place, (RoleStatement(answer[0], place=segment.place),), answer[1])
        else:
            self._keep(OpenText(segment, number, label))

    def _goes_on_in_line(self, segment: Segment) -> bool:
        """Whether a segment is the rest of the line of the last work point, nothing but names and a time: it is said of that one.

        修渠。责任单位：市甲局（牵头）；市乙局。10月底前
        """
        text = segment.text.strip(" \u3000。；;，,")
        last = self.outline.last if not self.open and leading_number(text) is None else None
        if last is None or last.place.partition("#")[0] != segment.place.partition("#")[0]:
            return False
        bare = text[1:-1] if is_bracket(text) else text
        names, limit = names_and_time(bare) or ("", bare if is_time_alone(bare) else "")
        if not (names or limit):
            return False
        statements = (RoleStatement(names, place=segment.place),) if names else ()
        self.outline.add_to_last("", statements, limit, segment.place)
        self.outline.uses[segment.place] = Use.UNITS if names else Use.DEADLINE
        return True

    def _is_aside(self, segment: Segment) -> bool:
        """Whether a segment is no item and no statement of one: a remark, a note, a rule on several, a heading of its own kind."""
        text, uses = segment.text.strip(), self.outline.uses
        if segment.place in self.habits.remarks and self.outline.last:
            self.outline.remark(*self.habits.remarks[segment.place])
            uses[segment.place] = Use.REMARK
            return True
        if parts := read_selections(text):
            self._leave_open()
            self.outline.select(parts, segment.place)
            return True
        number = leading_number(text)
        if self._lists_annexes(text, number):
            uses[segment.place] = Use.FRONT
            return True
        is_answered = number is not None and bool(segment.cut.statements)
        counted = leading_number(_NOTE_LABEL.sub("", text)) if _NOTE_LABEL.match(text) else None
        goes_on = number is not None and (number.rank, number.value) == self.next_note
        if self.has_note_head and number is not None and number.value == 1:
            goes_on = not is_answered or is_note(number.rest)
        # 说明 alone in its line below the last item heads the list of notes.
        self.has_note_head = bool(self.outline.last) and _NOTE_HEAD.fullmatch(text) is not None
        if goes_on or self.has_note_head or (is_note(text) and not is_answered):
            self.notes.append((text, segment.place))
            # 附注：第3项于7月15日前完成；名单另行通知。
            for clause in re.split("[；;。]", _NOTE_LABEL.sub("", text)):
                if parts := read_selections(clause):
                    self._leave_open()
                    self.outline.select(parts, segment.place)
            uses[segment.place] = Use.NOTE
            counted = number if goes_on else counted
            if counted is not None and self.outline.last:
                self.next_note = (counted.rank, counted.value + 1)
            return True
        if _BLANK_UNITS.fullmatch(text) and self.open:
            self.open[-1].is_blank = True
        if segment.place in self.lending_lines:
            self._leave_open()
            rank = max(self.outline.path, default=Rank.PART)
            self.outline.lenders.add(Lender(rank, segment.statements, shares=True))
            uses[segment.place] = Use.UNITS
            return True
        if is_idle_label(text) or self._opens_level(segment, text):
            uses[segment.place] = Use.PERSON if is_idle_label(text) else Use.BANNER
            self.names_person = True
            return True
        aim = _AIM.fullmatch(text) if self.open and NAMES_TASK.match(self.open[-1].label) else None
        if aim is not None:
            self.open[-1].remarks += ((aim["label"], aim["text"]),)
            uses[segment.place] = Use.REMARK
        return aim is not None

    def _lists_annexes(self, text: str, number: LeadingNumber | None) -> bool:
        """Whether a line below the items lists the annexes of a letter, or goes on with their numbers right below it."""
        head = _ANNEX_LIST.match(text) if self.outline.last else None
        goes_on = number is not None and (number.rank, number.value) == self.next_annex
        counted = leading_number(text[head.end() :]) if head is not None else number if goes_on else None
        self.next_annex = (counted.rank, counted.value + 1) if counted is not None else None
        return counted is not None

    def _behind_label(self, segment: Segment) -> tuple[Segment, str]:
        """A segment with what stands behind its label of content, and the label; as it is, without one."""
        text = segment.text.strip()
        content, label = content_of(text), label_of_content(text)
        if content:
            self._entitle()
        elif (mark := leading_number(text)) is not None and NAMES_TASK.match(label_of_content(mark.rest)):
            # 1.项目名称：停车疏导
            content, label = mark.mark + content_of(mark.rest), label_of_content(mark.rest)
        elif self.headed or self.outline.lenders.shares_with(Rank.LETTER):
            # 任务一：疏浚支渠 below 一、水利（责任单位：市甲局）
            match = _NUMBERED_TASK.match(text)
            content, label = (match["text"], match["label"]) if match else ("", label)
        return (segment.holding(content) if content else segment), label

    def _state(self, segment: Segment, number: LeadingNumber | None, label: str) -> None:
        """A segment that says who answers or by when: a work point, a statement of its own, or the title."""
        cut = segment.cut
        title = OpenText(segment.holding(cut.text), number)
        # Below the title of the plan 建立台账（市甲局） is a task.
        is_first = segment.place == self.title_place
        if is_first and not self.outline.last and not self.open and self._is_title(title):
            # 某县整治方案（市甲局）
            self._lend_to_all(segment.place, segment.statements, cut.deadline)
            return
        if not cut.text.strip(" 　。；;"):
            self._statement(segment.place, segment.statements, cut.deadline)
            return
        aim = _AIM_INSIDE.search(cut.text) if NAMES_TASK.match(label) else None
        if aim is not None:
            segment = replace(segment, cut=replace(cut, text=cut.text[: aim.start()]))
        self._work_point(segment, number)
        if aim is not None:
            self.outline.remark(aim["label"], aim["text"].rstrip("。；;，, 　"))

    def _bare_answer(self, text: str) -> tuple[str, str] | None:
        """The names and the time of a line below a text or heading that holds nothing else."""
        # 配合单位：… in the head of minutes says who was there.
        is_below = bool(self.open or self.heading is not None)
        can_state = is_below and _ROLES.search(fold(text)) and not opens_with_label(text)
        return names_and_time(text, lone=False) if can_state else None

    def _keep(self, open_text: OpenText) -> None:
        """A segment that says nothing of units: a heading, or a text that waits for a statement."""
        segment, number = open_text.segment, open_text.number
        text = segment.text.strip()
        if number is None or not is_heading(number.rest or text) or self._is_item(number):
            self.heading = None
            if number is not None:
                self._heading(number.rank, "")
            self.open.append(open_text)
            return
        self._heading(number.rank, text)
        self.outline.uses[segment.place] = Use.BANNER
        if number.rank > Rank.HAN_BRACKET or self.outline.lenders.shares_with(number.rank):
            self.open.append(open_text)
        if number.rank <= Rank.HAN_BRACKET:
            self.heading = (number.rank, open_text)

    def _is_item(self, number: LeadingNumber) -> bool:
        """Whether a short text is an item all the same: in a plain list, or a sentence at a level of sentences."""
        return self.habits.is_list or (number.rest.endswith("。") and number.rank in self.habits.item_ranks)

    def finish(self) -> ProseReading:
        """The text is over."""
        self._leave_open()
        self.outline.lead(NO_LIMIT)
        self.outline.distribute()
        self.outline.admit_left()
        left = [
            item.draft
            for item in self.outline.items
            if item.is_left and not item.draft.statements and not _only_exhorts(item.draft)
        ]
        unanswered = [(draft.place, draft.requirement) for draft in left]
        return ProseReading(self.outline.drafts, self.notes, unanswered, self.outline.uses)

    def _opens_level(self, segment: Segment, text: str) -> bool:
        """Whether the segment is a heading of its own kind, or says who answers for several tasks."""
        number = leading_number(text)
        if (speaks_of_form(text) and not self.outline.last) or watches_all(text):
            return True
        if segment.place in self.habits.units:
            rank, statement = self.habits.units[segment.place]
            self._heading(rank, text.rstrip("：: "))
            self.outline.lenders.add(Lender(rank, (statement,), (statement,)))
            return True
        if segment.place in self.habits.headlines:
            rank = self.habits.headlines[segment.place]
            self._heading(rank, text)
            self.heading = (rank, OpenText(segment, None))
            return True
        standing = common_statement(number.rest if number is not None else text)
        if standing is not None:
            self._leave_open()
            self.outline.add_common(standing, max(self.outline.path, default=Rank.PART), segment.place)
            return True
        head, inside = last_bracket(text)
        if number is not None and is_heading(head) and (parts := read_selections(inside)):
            self._heading(number.rank, head)
            self.outline.select(parts, segment.place)
            return True
        common = common_statement_at_end(text) if number is not None and is_heading(number.rest) else None
        if common is not None and number is not None:
            self._heading(number.rank, common[0])
            self.outline.add_common(common[1], number.rank, segment.place)
            return True
        return False

    def _heading(self, rank: Rank, text: str) -> None:
        if rank <= Rank.HAN_BRACKET:
            self._leave_open()
        self.headed = None
        self.heading = None
        self.outline.heading(rank, text)

    def _leave_open(self) -> None:
        open_texts, self.open, self.names_person = self.open, [], False
        self.outline.leave(open_texts)

    def _require(self, heading: tuple[Rank, str], text: str, place: str) -> None:
        """A text below a heading with units: the first takes its place, what follows goes on."""
        if self.has_body:
            self.outline.add_to_last(text)
        else:
            self.outline.entitle_last(*heading, text, place)
        self.has_body = True

    def _entitle(self) -> None:
        """工作内容： begins what is required: a short line without a number before it is the heading of that."""
        if not self.open:
            return
        *before, last = self.open
        if last.has_label or last.number is not None or not is_heading(last.segment.text):
            return
        if re.search("[:：]", COUNT_LABEL.sub("", last.segment.text)):
            return  # 目标：… is content, too
        self.open = []
        self.outline.leave(before)
        self.outline.uses[last.segment.place] = Use.BANNER
        if self.outline.last or not self._is_title(last):
            self.outline.heading(Rank.LETTER, last.segment.text.strip())

    def _work_point(self, segment: Segment, number: LeadingNumber | None) -> None:
        cut = segment.cut
        self.outline.uses[segment.place] = Use.REQUIREMENT
        if segment.place in self.habits.second_halves and self.open:
            self._go_on(segment)
            return
        if number is not None:
            self._rise(number)
            self._heading(number.rank, "")
        self._leave_open()
        self.headed = None
        body = leading_number(cut.text)
        text = body.rest if body and body.rest else cut.text
        if "#" in segment.place and not _ORDINAL.match(text) and (run_in := _RUN_IN.match(text)):
            # In a paragraph that runs on, 加快更新。结合改造… has its heading in front of its text.
            rank, mark = (number.rank, number.mark) if number is not None else (Rank.LETTER, "")
            self.outline.path[rank] = mark + run_in[1]
            text = text[run_in.end() :]
        limit = (cut.deadline, segment.place)
        self.outline.add(text, segment.place, number, segment.statements, limit)
        # （一）水利建设。（市甲局） heads what stands below it, as it does without its full stop.
        is_head = number is not None and number.rank in self.habits.headed_ranks
        bare = text.rstrip("。") if is_head else text
        is_bare = is_heading(text) and not re.search("[，,。；;]", bare)
        can_head = number is not None and (
            number.rank <= Rank.HAN_BRACKET or segment.place in self.habits.heads_of_items
        )
        if number is not None and can_head and cut.statements and is_bare:
            self.headed, self.has_body = (number.rank, number.mark + text), False

    def _go_on(self, segment: Segment) -> None:
        """The second paragraph of an item: its sentence stands above, with its number."""
        above = self.open.pop()
        self._leave_open()
        texts = [above, OpenText(replace(segment, text=segment.cut.text), None)]
        self.outline.uses[above.segment.place] = Use.REQUIREMENT
        if above.number is not None:
            self.outline.path.pop(above.number.rank, None)
        self.outline.add(*compose(texts), segment.statements, (segment.cut.deadline, segment.place))

    def _rise(self, number: LeadingNumber) -> None:
        """Above an item with a deeper number a short line is its heading and no item that names nobody."""
        last = self.open[-1] if self.open else None
        if last is None or last.number is None or last.has_label or last.number.rank >= number.rank:
            return
        if is_heading(last.number.rest) and not last.number.rest.endswith(SENTENCE_ENDS):
            self.open.pop()
            self.outline.uses[last.segment.place] = Use.BANNER

    def _lend_to_all(self, title: str, statements: tuple[RoleStatement, ...], deadline: str) -> None:
        """The title of the plan, at a place, or what stands right below it, says who answers for what names nobody."""
        self.outline.uses[title] = Use.FRONT
        self.outline.lenders.add(Lender(Rank.PART, statements, deadline=deadline))

    def _statement(self, place: str, statements: tuple[RoleStatement, ...], deadline: str) -> None:
        limit = (deadline, place)
        if not statements:
            self._time(limit)
            return
        if self._is_below_title():
            self._lend_to_all(self.open.pop().segment.place, statements, deadline)
            return
        heading = self.heading if self.heading and self.open in ([], [self.heading[1]]) else None
        self.heading = None
        if heading is not None:
            self.open = [heading[1]]  # nothing but a heading above the statement: it is what is required
            self.outline.path.pop(heading[0], None)
            between = self.outline.limits.pop(heading[0], NO_LIMIT)
            limit = limit if deadline else between
        uses = self.outline.uses
        if not self.open and self.outline.last and self.outline.closed_here:
            self.outline.add_to_last("", statements, *limit)
            uses[place] = Use.UNITS
            return
        if not self.open:
            self.outline.lead(limit)
            uses[place] = Use.UNREAD
            return
        uses[place] = Use.UNITS
        open_texts = self._own_paragraphs(self._without_title(self._without_problems(self.open)))
        self.open = []
        # Items before the last one were left without units if their brothers had their own.
        numbered = [text.number.rank for text in open_texts if text.number is not None]
        have_own = (
            self.outline.closed_here
            or sum(text.has_label for text in open_texts) > 1
            or (len(numbered) > 1 and set(numbered) <= self.habits.answered_ranks)
        )
        if len(open_texts) > 1 and (have_own or self.outline.lenders.nearest() is not None):
            last_numbered = max(
                (n for n, open_text in enumerate(open_texts) if open_text.number is not None), default=0
            )
            self.outline.leave(open_texts[:last_numbered])
            open_texts = open_texts[last_numbered:]
        head = open_texts[0].number
        if head is not None and not is_titled(open_texts):
            self.outline.path.pop(head.rank, None)
        uses |= {open_text.segment.place: Use.REQUIREMENT for open_text in open_texts}
        self.outline.add(*compose(open_texts), statements, limit if limit[0] else limit_of(open_texts))
        for label, text in (remark for open_text in open_texts for remark in open_text.remarks):
            self.outline.remark(label, text)
        if heading is not None:
            self.headed, self.has_body = (heading[0], heading[1].segment.text.strip()), False
        elif self.has_bodies or self.habits.contents_follow:
            title = open_texts[0].segment.text.strip()
            self.headed, self.has_body = (head.rank if head else Rank.LETTER, title), False

    def _time(self, limit: Limit) -> None:
        """A line of time: of the next item, of all below a heading, of the item above; what belongs nowhere is unread."""
        outline = self.outline
        last = outline.last if outline.closed_here else None
        use = Use.DEADLINE
        # Between the units of a heading and what is required below it a line of time is theirs.
        is_between = self.headed is not None and not self.has_body
        if self.habits.times_lead and not is_between:
            outline.lead(limit)
        elif self._is_below_title():
            outline.limits[Rank.PART] = limit
        elif self.heading is not None and self.open in ([], [self.heading[1]]):
            outline.limits[self.heading[0]] = limit
        elif last is not None and not any(text.number or text.has_label or not last.no for text in self.open):
            if last.deadline in ("", None) or outline.is_lent:
                outline.add_to_last("", (), *limit)
            else:
                use = Use.UNREAD
        elif self.open and not self.open[-1].limit[0]:
            self.open[-1].limit = limit
        else:
            use = Use.UNREAD
        outline.uses[limit[1]] = use

    def _is_below_title(self) -> bool:
        """Whether nothing but the title of the plan stands above: what is said there holds for the whole plan."""
        return len(self.open) == 1 and not self.outline.last and self._is_title(self.open[0])

    @staticmethod
    def _is_title(open_text: OpenText) -> bool:
        return open_text.number is None and promises_plan([open_text.segment.text])

    def _without_title(self, open_texts: list[OpenText]) -> list[OpenText]:
        """The texts that wait, without what stands above the first work point: lines up to the title, it, and what leads over."""
        if self.outline.last or not open_texts:
            return open_texts
        texts = open_texts[:-1]
        start = next((at + 1 for at, text in enumerate(texts) if self._is_title(text)), 0)
        if any(text.segment.text.endswith(SENTENCE_ENDS) for text in texts[: max(start - 1, 0)]):
            start = 0
        # Where what is required stands behind 任务： nothing before is of it.
        start = next((at for at, text in enumerate(open_texts) if text.has_label), start)
        # 1.某先生来信反映：路灯不亮。 above 办理要求：… is a part of the first item.
        above = open_texts[start - 1] if start else None
        start -= above is not None and above.number is not None and ends_a_thought(above.number.rest)
        while start < len(texts) and self._is_front(texts[start]):
            start += 1
        self.outline.uses |= dict.fromkeys((text.segment.place for text in texts[:start]), Use.FRONT)
        return open_texts[start:]

    def _without_problems(self, open_texts: list[OpenText]) -> list[OpenText]:
        """The texts that wait, without those that say what is wrong (问题表现：…) above what a label says is to be done."""
        if not any(text.has_label for text in open_texts):
            return open_texts
        problems = [text for text in open_texts if _PROBLEM.match(text.segment.text)]
        self.outline.uses |= dict.fromkeys((text.segment.place for text in problems), Use.REMARK)
        return [text for text in open_texts if text not in problems]

    def _own_paragraphs(self, open_texts: list[OpenText]) -> list[OpenText]:
        """The paragraphs that a line of statements closes, where neither numbers nor labels tell: back to an empty line, or the last one."""
        if any(text.number is not None or text.label for text in open_texts):
            return open_texts
        gaps = [at for at, text in enumerate(open_texts) if text.segment.gap]
        start = len(open_texts) - 1 if self.habits.is_short else 0
        start = gaps[-1] if gaps and self.habits.gaps_part else start
        above, is_front = open_texts[:start], not self.outline.last
        self.outline.leave(above)
        uses = self.outline.uses
        for text in above:
            if uses[text.segment.place] is Use.TEXT:
                uses[text.segment.place] = Use.FRONT if is_front else Use.UNREAD
        return open_texts[start:]

    def _is_front(self, open_text: OpenText) -> bool:
        """Whether a line is a title, a bracket below it, or leads over to the first work point."""
        text = open_text.segment.text
        is_front = self._is_title(open_text) or _LEADS_OVER.search(text) or _BELOW_TITLE.fullmatch(text)
        return open_text.number is None and bool(is_front)
