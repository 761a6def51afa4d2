"""Plans in running text: headings, numbered items, and who answers in a bracket, a label or a line of its own.

The text is read as a stream of segments, each a paragraph or a numbered item that runs on inside one:

    heading     numbered or styled as one, short, without units      opens a level; levels nest by `headings.Rank`
    item        text that states units (`segments`)                  a work point
    text        text without one                                     kept until a statement follows
    statement   a line of its own: （…）, 责任单位：…, names alone      closes the text since the last heading
                                                                     or work point, all of it one work point
    text        behind 一、场所消杀（责任单位：市甲局）                what is required: it belongs to that work point
    items       below 一、原料（责任单位：市甲局）, none of their own   each a work point of the units of that heading
    items       below 一、市甲局, a list by unit (`byunit`)           each a work point of that unit and its own
    standing    以下任务由市甲局牵头 (`standing`)                     each item that names nobody is one of those units
    same        责任单位：同上                                        takes the units of the work point before (沿用上栏)
    no line     a sentence between items closed by bare lines of names takes those of the item before it (沿用上栏)
    content     工作内容：… in a line of its own                       a text; a short line before it is its heading
    time        完成时限：… in a line of its own                       belongs to the work point beside it
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker.reading.cleaning import fold
from tracker.reading.headings import LeadingNumber
from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading_number
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import RoleStatement
from tracker.reading.running.byunit import speaks_of_form
from tracker.reading.running.byunit import unit_headings
from tracker.reading.running.headlines import headlines
from tracker.reading.running.lending import Lender
from tracker.reading.running.lines import TextLine
from tracker.reading.running.lines import complete
from tracker.reading.running.opened import SENTENCE
from tracker.reading.running.opened import OpenText
from tracker.reading.running.opened import compose
from tracker.reading.running.opened import is_titled
from tracker.reading.running.outline import Outline
from tracker.reading.running.outline import only_helps
from tracker.reading.running.segments import Segment
from tracker.reading.running.segments import cut_segments
from tracker.reading.running.segments import denies_plan
from tracker.reading.running.standing import common_statement
from tracker.reading.running.standing import common_statement_at_end
from tracker.reading.running.statements import content_of
from tracker.reading.running.statements import is_idle_label
from tracker.reading.running.statements import is_names
from tracker.reading.tabular.rows import is_note

_RUN_IN = re.compile(r"([^，,。；;：:、]{4,28})[。\s](?=[^。]{8,}[。，；])")
# 一是开展评价。对…: counts inside a paragraph and heads nothing.
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,2}[是要]|首先|其次|再次|最后")
# The title of a text stands in its first lines.
_FRONT = 6
_ROLES = re.compile(r"牵头|负责|配合|落实|承办|主办|协办")


@dataclass(slots=True)
class ProseReading:
    """What running text yields: work points, notes, and the items that name nobody."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str]] = field(default_factory=list)


def read_prose(lines: Sequence[TextLine]) -> ProseReading:
    """Read lines of running text."""
    text_segments = cut_segments(complete(lines))
    reader = _Reader(text_segments)
    for segment in text_segments:
        reader.take(segment)
    # Whatever sets a statement apart is a plan's own habit; a sentence alone stands in rules and minutes as well.
    if not any(segment.cut.statements and not segment.cut.weak for segment in text_segments) and denies_plan(
        text_segments[:_FRONT]
    ):
        return ProseReading(notes=reader.notes)
    return reader.finish()


class _Reader:
    """The state while segments go by."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.units = unit_headings(segments)
        self.headlines = headlines(segments)
        self.outline = Outline()
        self.notes: list[tuple[str, str]] = []
        self.open: list[OpenText] = []
        self.heading: OpenText | None = None
        # The last work point is a heading with its units, of this level; what follows says what is required.
        self.headed: tuple[Rank, str] | None = None

    def take(self, segment: Segment) -> None:
        """Take the next segment."""
        text = segment.text.strip()
        if is_note(text):
            self.notes.append((text, segment.place))
            return
        if is_idle_label(text) or self._opens_level(segment, text):
            return
        content = content_of(text)
        if content:
            self._entitle()
            text = content
            segment = segment.holding(content)
        cut = segment.cut
        number = leading_number(text)
        states = bool(cut.statements or cut.deadline)
        if number is not None and all(open_text.number is None for open_text in self.open):
            self._leave_open()  # what stands before the first number is a title or an introduction
        if self.headed and number is None and not states:
            self.outline.add_to_last(text)
            return
        if self.headed and number is not None:
            self._lend_heading(self.headed, number, cut.statements)
        if states:
            self.outline.bare = ()
            if cut.text.strip(" 　。；;"):
                self._work_point(segment, number)
            else:
                self._statement(segment, cut.statements, cut.deadline)
            return
        if self.open and _ROLES.search(fold(text)) and is_names(text, lone=False):
            self._statement(segment, (RoleStatement(text, place=segment.place),), "")
            self.outline.bare = self.outline.drafts[-1].statements if self.outline.closed_here else ()
            return
        if number is not None and is_heading(number.rest or text):
            self._heading(number.rank, text)
            if number.rank > Rank.HAN_BRACKET:
                self.open.append(OpenText(segment, number))
            else:
                self.heading = OpenText(segment, number)
            return
        self.heading = None
        if number is not None:
            self._heading(number.rank, "")
        self.open.append(OpenText(segment, number, has_label=bool(content)))

    def finish(self) -> ProseReading:
        """The text is over."""
        self._leave_open()
        unanswered = [(draft.place, draft.requirement) for _, draft in self.outline.left]
        return ProseReading(self.outline.drafts, self.notes, unanswered)

    def _opens_level(self, segment: Segment, text: str) -> bool:
        """Whether the segment is a heading of its own kind, or says who answers for several tasks."""
        number = leading_number(text)
        if speaks_of_form(text) and not self.outline.drafts:
            return True
        if segment.place in self.units:
            rank, statement = self.units[segment.place]
            self._heading(rank, text.rstrip("：: "))
            self.outline.lenders.add(Lender(rank, (statement,), (statement,)))
            return True
        if segment.place in self.headlines:
            self._heading(self.headlines[segment.place], text)
            return True
        standing = common_statement(number.rest if number is not None else text)
        if standing is not None:
            self._leave_open()
            self.outline.add_common(standing, max(self.outline.path, default=Rank.PART), segment.place)
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
        open_texts, self.open = self.open, []
        self.outline.leave(open_texts)

    def _lend_heading(
        self, heading: tuple[Rank, str], number: LeadingNumber, item_statements: tuple[RoleStatement, ...]
    ) -> None:
        """An item below a heading with units: one that names nobody, or only who helps, makes the heading a lender."""
        self.headed = None
        takes = only_helps(item_statements) if item_statements else number.rest.endswith(SENTENCE)
        if number.rank > heading[0] and takes:
            self.outline.lend(*heading, item_statements)

    def _entitle(self) -> None:
        """工作内容： begins what is required: a short line without a number before it is the heading of that."""
        last = self.open[-1] if self.open else None
        if last is None or last.has_label or last.number is not None or not is_heading(last.segment.text):
            return
        self.open = []
        self.outline.heading(Rank.LETTER, last.segment.text.strip())

    def _work_point(self, segment: Segment, number: LeadingNumber | None) -> None:
        cut = segment.cut
        if number is not None:
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
        self.outline.add(text, segment.place, number, _with_places(cut.statements, segment), cut.deadline)
        is_bare = is_heading(text) and not re.search("[，,。；;]", text)
        if number is not None and number.rank <= Rank.HAN_BRACKET and cut.statements and is_bare:
            self.headed = (number.rank, number.mark + text)

    def _statement(self, segment: Segment, statements: tuple[RoleStatement, ...], deadline: str) -> None:
        statements = _with_places(statements, segment)
        if not self.open and self.heading is not None and statements:
            self.open = [self.heading]  # nothing but a heading above the statement: it is what is required
        self.heading = None
        if not self.open and self.outline.drafts and self.outline.closed_here:
            self.outline.add_to_last("", statements, deadline, segment.place)
            return
        if not self.open or not statements:
            self.outline.deadline = deadline
            return
        open_texts, self.open = self.open, []
        # Items before the last one were left without units if their brothers had their own.
        if len(open_texts) > 1 and (self.outline.closed_here or self.outline.lenders.nearest() is not None):
            last_numbered = max(
                (n for n, open_text in enumerate(open_texts) if open_text.number is not None), default=0
            )
            self.outline.leave(open_texts[:last_numbered])
            open_texts = open_texts[last_numbered:]
        head = open_texts[0].number
        if head is not None and not is_titled(open_texts):
            self.outline.path.pop(head.rank, None)
        self.outline.add(*compose(open_texts), statements, deadline)


def _with_places(statements: Sequence[RoleStatement], segment: Segment) -> tuple[RoleStatement, ...]:
    return tuple(replace(statement, place=statement.place or segment.place) for statement in statements)
