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
from tracker.reading.headings import Numbered
from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Said
from tracker.reading.running.byunit import speaks_of_form
from tracker.reading.running.byunit import unit_headings
from tracker.reading.running.headlines import headlines
from tracker.reading.running.lending import Lender
from tracker.reading.running.lines import Line
from tracker.reading.running.lines import complete
from tracker.reading.running.opened import SENTENCE
from tracker.reading.running.opened import Open
from tracker.reading.running.opened import compose
from tracker.reading.running.opened import is_titled
from tracker.reading.running.outline import Outline
from tracker.reading.running.outline import only_helps
from tracker.reading.running.segments import Segment
from tracker.reading.running.segments import denies_plan
from tracker.reading.running.segments import segments
from tracker.reading.running.standing import standing_at_end
from tracker.reading.running.standing import standing_in
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


def read_prose(lines: Sequence[Line]) -> ProseReading:
    """Read lines of running text."""
    found = segments(complete(lines))
    reader = _Reader(found)
    for segment in found:
        reader.take(segment)
    # Whatever sets a statement apart is a plan's own habit; a sentence alone stands in rules and minutes as well.
    if not any(each.cut.said and not each.cut.weak for each in found) and denies_plan(found[:_FRONT]):
        return ProseReading(notes=reader.notes)
    return reader.finish()


class _Reader:
    """The state while segments go by."""

    def __init__(self, found: Sequence[Segment]) -> None:
        self.units = unit_headings(found)
        self.headlines = headlines(found)
        self.outline = Outline()
        self.notes: list[tuple[str, str]] = []
        self.open: list[Open] = []
        self.heading: Open | None = None
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
        numbered = leading(text)
        states = bool(cut.said or cut.deadline)
        if numbered is not None and all(each.numbered is None for each in self.open):
            self._leave_open()  # what stands before the first number is a title or an introduction
        if self.headed and numbered is None and not states:
            self.outline.add_to_last(text)
            return
        if self.headed and numbered is not None:
            self._lend_heading(self.headed, numbered, cut.said)
        if states:
            self.outline.bare = ()
            if cut.text.strip(" 　。；;"):
                self._work_point(segment, numbered)
            else:
                self._statement(segment, cut.said, cut.deadline)
            return
        if self.open and _ROLES.search(fold(text)) and is_names(text, lone=False):
            self._statement(segment, (Said(text, place=segment.place),), "")
            self.outline.bare = self.outline.drafts[-1].said if self.outline.closed_here else ()
            return
        if numbered is not None and is_heading(numbered.rest or text):
            self._heading(numbered.rank, text)
            if numbered.rank > Rank.HAN_BRACKET:
                self.open.append(Open(segment, numbered))
            else:
                self.heading = Open(segment, numbered)
            return
        self.heading = None
        if numbered is not None:
            self._heading(numbered.rank, "")
        self.open.append(Open(segment, numbered, labelled=bool(content)))

    def finish(self) -> ProseReading:
        """The text is over."""
        self._leave_open()
        left = [(draft.place, draft.requirement) for _, draft in self.outline.left]
        return ProseReading(self.outline.drafts, self.notes, left)

    def _opens_level(self, segment: Segment, text: str) -> bool:
        """Whether the segment is a heading of its own kind, or says who answers for several tasks."""
        numbered = leading(text)
        if speaks_of_form(text) and not self.outline.drafts:
            return True
        if segment.place in self.units:
            rank, said = self.units[segment.place]
            self._heading(rank, text.rstrip("：: "))
            self.outline.lenders.add(Lender(rank, (said,), (said,)))
            return True
        if segment.place in self.headlines:
            self._heading(self.headlines[segment.place], text)
            return True
        standing = standing_in(numbered.rest if numbered is not None else text)
        if standing is not None:
            self._leave_open()
            self.outline.stand(standing, max(self.outline.path, default=Rank.PART), segment.place)
            return True
        closing = standing_at_end(text) if numbered is not None and is_heading(numbered.rest) else None
        if closing is not None and numbered is not None:
            self._heading(numbered.rank, closing[0])
            self.outline.stand(closing[1], numbered.rank, segment.place)
            return True
        return False

    def _heading(self, rank: Rank, text: str) -> None:
        if rank <= Rank.HAN_BRACKET:
            self._leave_open()
        self.headed = None
        self.heading = None
        self.outline.heading(rank, text)

    def _leave_open(self) -> None:
        opened, self.open = self.open, []
        self.outline.leave(opened)

    def _lend_heading(self, headed: tuple[Rank, str], numbered: Numbered, own: tuple[Said, ...]) -> None:
        """An item below a heading with units: one that names nobody, or only who helps, makes the heading a lender."""
        self.headed = None
        takes = only_helps(own) if own else numbered.rest.endswith(SENTENCE)
        if numbered.rank > headed[0] and takes:
            self.outline.lend(*headed, own)

    def _entitle(self) -> None:
        """工作内容： begins what is required: a short line without a number before it is the heading of that."""
        last = self.open[-1] if self.open else None
        if last is None or last.labelled or last.numbered is not None or not is_heading(last.segment.text):
            return
        self.open = []
        self.outline.heading(Rank.LETTER, last.segment.text.strip())

    def _work_point(self, segment: Segment, numbered: Numbered | None) -> None:
        cut = segment.cut
        if numbered is not None:
            self._heading(numbered.rank, "")
        self._leave_open()
        self.headed = None
        body = leading(cut.text)
        text = body.rest if body and body.rest else cut.text
        if "#" in segment.place and not _ORDINAL.match(text) and (headed := _RUN_IN.match(text)):
            # In a paragraph that runs on, 加快更新。结合改造… has its heading in front of its text.
            rank, mark = (numbered.rank, numbered.mark) if numbered is not None else (Rank.LETTER, "")
            self.outline.path[rank] = mark + headed[1]
            text = text[headed.end() :]
        self.outline.add(text, segment.place, numbered, _placed(cut.said, segment), cut.deadline)
        is_bare = is_heading(text) and not re.search("[，,。；;]", text)
        if numbered is not None and numbered.rank <= Rank.HAN_BRACKET and cut.said and is_bare:
            self.headed = (numbered.rank, numbered.mark + text)

    def _statement(self, segment: Segment, said: tuple[Said, ...], deadline: str) -> None:
        said = _placed(said, segment)
        if not self.open and self.heading is not None and said:
            self.open = [self.heading]  # nothing but a heading above the statement: it is what is required
        self.heading = None
        if not self.open and self.outline.drafts and self.outline.closed_here:
            self.outline.add_to_last("", said, deadline, segment.place)
            return
        if not self.open or not said:
            self.outline.deadline = deadline
            return
        opened, self.open = self.open, []
        # Items before the last one were left without units if their brothers had their own.
        if len(opened) > 1 and (self.outline.closed_here or self.outline.lenders.nearest() is not None):
            last_numbered = max((n for n, each in enumerate(opened) if each.numbered is not None), default=0)
            self.outline.leave(opened[:last_numbered])
            opened = opened[last_numbered:]
        head = opened[0].numbered
        if head is not None and not is_titled(opened):
            self.outline.path.pop(head.rank, None)
        self.outline.add(*compose(opened), said, deadline)


def _placed(said: Sequence[Said], segment: Segment) -> tuple[Said, ...]:
    return tuple(replace(each, place=each.place or segment.place) for each in said)
