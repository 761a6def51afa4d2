"""Plans in running text: headings, numbered items, and who answers in a bracket, a label or a line of its own.

The text is read as a stream of segments, each a paragraph or a numbered item that runs on inside one:

    heading     numbered or styled as one, short, without units      opens a level; levels nest by `headings.Rank`
    item        text that ends in a statement of units               a work point
    text        text without one                                     kept until a statement follows
    statement   a line of its own: （…）, 责任单位：…, names alone      closes the text since the last heading
                                                                     or work point, all of it one work point
    text        behind 一、场所消杀（责任单位：市甲局）                what is required: it belongs to that work point
    items       below 一、原料（责任单位：市甲局）, none of their own   each a work point of the units of that heading
    no line     a sentence between items closed by bare lines of names takes those of the item before it (沿用上栏)
    content     工作内容：… in a line of its own                       a text; a short line before it is its heading
    time        完成时限：… in a line of its own                       belongs to the work point beside it

A list by unit (headings that are names of units, items without statements) gives each item the unit above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker.reading.cleaning import fold
from tracker.reading.headings import Numbered
from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading
from tracker.reading.headings import levels
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Said
from tracker.reading.running.byunit import read_by_unit
from tracker.reading.running.lines import Line
from tracker.reading.running.runon import run_on
from tracker.reading.running.statements import at_end
from tracker.reading.running.statements import content_of
from tracker.reading.running.statements import is_idle_label
from tracker.reading.running.statements import is_names
from tracker.reading.tabular.rows import is_note

_RUN_IN = re.compile(r"([^，,。；;：:、]{4,28})[。\s](?=[^。]{8,}[。，；])")


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph, or one of several items in it."""

    text: str
    place: str
    style: str = ""


@dataclass(slots=True)
class ProseReading:
    """What running text yields: work points, notes, and the place of the first heading or work point."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str]] = field(default_factory=list)


def read_prose(lines: Sequence[Line]) -> ProseReading:
    """Read lines of running text."""
    reader = _Reader()
    for segment in segments(lines):
        reader.take(segment)
    reader.finish()
    if not reader.found.drafts:
        by_unit = read_by_unit(lines)
        if by_unit:
            reader.found.drafts = by_unit
    return reader.found


def segments(lines: Iterable[Line]) -> list[Segment]:
    """Cut paragraphs that hold several statements, one behind the other."""
    found: list[Segment] = []
    for line in lines:
        parts = run_on(line.text)
        if len(parts) == 1:
            found.append(Segment(line.text, line.place, line.style))
        else:
            found += [Segment(part, f"{line.place}#{n}", line.style) for n, part in enumerate(parts, 1)]
    return found


@dataclass(slots=True)
class _Open:
    """A text that no statement has closed yet."""

    segment: Segment
    numbered: Numbered | None
    labelled: bool = False


class _Reader:
    """The state while segments go by."""

    def __init__(self) -> None:
        self.found = ProseReading()
        self.path: dict[Rank, str] = {}
        self.open: list[_Open] = []
        self.heading: _Open | None = None
        self.closed_here = False
        self.deadline = ""
        # What the bare line of names before says; empty where statements stand in brackets or behind labels.
        self.bare: tuple[Said, ...] = ()
        # The last work point is a heading with its units; what follows without a number says what is required.
        self.headed = False
        # A heading with units that answer for the numbered items below it, and what they say.
        self.lender: tuple[Rank, str] | None = None
        self.lent: tuple[Said, ...] = ()

    def take(self, segment: Segment) -> None:
        """Take the next segment."""
        text = segment.text.strip()
        if is_note(text):
            self.found.notes.append((text, segment.place))
            return
        if is_idle_label(text):
            return
        content = content_of(text)
        if content:
            self._entitle()
            text = content
            segment = replace(segment, text=content)
        cut = at_end(text)
        numbered = leading(text)
        if numbered is not None and all(each.numbered is None for each in self.open):
            self.open = []  # what stands before the first number is a title or an introduction
        if self.headed and numbered is None and not (cut.said or cut.deadline):
            last = self.found.drafts[-1]
            self.found.drafts[-1] = replace(last, requirement=f"{last.requirement}\n{text}")
            self.lender = None
            return
        if numbered is not None and not (cut.said or cut.deadline) and self._takes_lent(segment, numbered):
            return
        self.headed = False
        if cut.said or cut.deadline:
            self.bare = ()
            if cut.text.strip(" 　。；;"):
                self._work_point(segment, cut.text, cut.said, cut.deadline, numbered)
            else:
                self._statement(segment, cut.said, cut.deadline)
            return
        if (
            self.open
            and is_names(text, lone=False)
            and re.search(r"牵头|负责|配合|落实|承办|主办|协办", fold(text))
        ):
            self._statement(segment, (Said(text, place=segment.place),), "")
            self.bare = self.found.drafts[-1].said if self.closed_here else ()
            return
        if numbered is not None and is_heading(numbered.rest or text):
            self._heading(numbered, text)
            if numbered.rank > Rank.HAN_BRACKET:
                self.open.append(_Open(segment, numbered))
            else:
                self.heading = _Open(segment, numbered)
            return
        self.heading = None
        if numbered is not None:
            self._heading(numbered, "")
        self.open.append(_Open(segment, numbered, labelled=bool(content)))

    def _takes_lent(self, segment: Segment, numbered: Numbered) -> bool:
        """An item that names nobody, below a heading that does: the heading is no work point, each item is one."""
        if self.lender is None or numbered.rank <= self.lender[0]:
            return False
        if not numbered.rest.endswith(("。", "；", ";")):
            return False
        if self.headed:
            self.lent = self.found.drafts.pop().said
            self.path[self.lender[0]] = self.lender[1]
            self.headed = False
        if not self.lent:
            return False
        self._heading(numbered, "")
        self._add(numbered.rest, segment.place, numbered, self.lent, "")
        return True

    def _entitle(self) -> None:
        """工作内容： begins what is required: a short line without a number before it is the heading of that."""
        last = self.open[-1] if self.open else None
        if last is None or last.labelled or last.numbered is not None or not is_heading(last.segment.text):
            return
        self.open = []
        self.path = {rank: kept for rank, kept in self.path.items() if rank < Rank.LETTER}
        self.path[Rank.LETTER] = last.segment.text.strip()

    def _heading(self, numbered: Numbered, text: str) -> None:
        """A number opens its level and ends those below it; an item leaves no heading behind."""
        self.path = {rank: kept for rank, kept in self.path.items() if rank < numbered.rank}
        if self.lender is not None and numbered.rank <= self.lender[0]:
            self.lender, self.lent = None, ()
        if text:
            self.path[numbered.rank] = text
        if numbered.rank <= Rank.HAN_BRACKET:
            self._leave_open()
            self.closed_here = False

    def _leave_open(self) -> None:
        self._leave(self.open)
        self.open = []

    def _leave(self, texts: Sequence[_Open]) -> None:
        """Texts that no statement closed: rows of a paste, or told as items that name nobody."""
        for each in texts:
            if each.numbered is None:
                continue
            if self.bare and self.closed_here and each.numbered.rest.endswith(("。", "；", ";")):
                again = tuple(replace(said, inherited=True) for said in self.bare)
                self._add(each.numbered.rest, each.segment.place, each.numbered, again, "")
            else:
                self.found.unanswered.append((each.segment.place, each.segment.text))

    def _work_point(
        self, segment: Segment, text: str, said: tuple[Said, ...], deadline: str, numbered: Numbered | None
    ) -> None:
        if numbered is not None:
            self._heading(numbered, "")
        self._leave_open()
        body = leading(text)
        text = body.rest if body and body.rest else text
        if "#" in segment.place and (headed := _RUN_IN.match(text)):
            # In a paragraph that runs on, 加快更新。结合改造… has its heading in front of its text.
            rank, mark = (numbered.rank, numbered.mark) if numbered is not None else (Rank.LETTER, "")
            self.path[rank] = mark + headed[1]
            text = text[headed.end() :]
        self._add(
            text,
            segment.place,
            numbered,
            tuple(replace(each, place=each.place or segment.place) for each in said),
            deadline,
        )
        is_outer = numbered is not None and numbered.rank <= Rank.HAN_BRACKET
        self.headed = is_outer and is_heading(text) and not re.search("[，,。；;]", text)
        if self.headed and numbered is not None and said and not deadline:
            self.lender = (numbered.rank, numbered.mark + text)

    def _statement(self, segment: Segment, said: tuple[Said, ...], deadline: str) -> None:
        said = tuple(replace(each, place=each.place or segment.place) for each in said)
        if not self.open and self.heading is not None and said:
            self.open = [self.heading]  # nothing but a heading above the statement: it is what is required
        self.heading = None
        if not self.open:
            if self.found.drafts and self.closed_here:
                last = self.found.drafts[-1]
                self.found.drafts[-1] = replace(
                    last,
                    # An item below a heading with units has words of its own now: they go before those of the heading.
                    said=said if said and self.lent and last.said == self.lent else last.said + said,
                    deadline=last.deadline or deadline,
                    deadline_place=last.deadline_place or (segment.place if deadline else ""),
                )
            else:
                self.deadline = deadline
            return
        if not said:
            self.deadline = deadline
            return
        opened, self.open = self.open, []
        # Items before the last one were left without units if their brothers had their own.
        if self.closed_here and len(opened) > 1:
            last_numbered = max((n for n, each in enumerate(opened) if each.numbered is not None), default=0)
            self._leave(opened[:last_numbered])
            opened = opened[last_numbered:]
        head = opened[0].numbered
        if len(opened) > 1 and head is not None and is_heading(head.rest) and opened[1].numbered is None:
            opened = opened[1:]  # a heading and its text: the text is what is required
            head = None
        elif head is not None:
            self.path.pop(head.rank, None)
        numbers = [each for each in opened if each.numbered is not None]
        texts = []
        for each in opened:
            body = each.numbered
            texts.append(body.rest if body is not None and len(numbers) == 1 else each.segment.text)
        self._add(
            "\n".join(texts), opened[0].segment.place, head if len(numbers) == 1 else None, said, deadline
        )

    def _add(
        self, text: str, place: str, numbered: Numbered | None, said: tuple[Said, ...], deadline: str
    ) -> None:
        section, task = levels(self.path)
        deadline = deadline or self.deadline
        self.deadline = ""
        self.closed_here = True
        self.found.drafts.append(
            Draft(
                requirement=text.strip(),
                place=place,
                section=section,
                task=task,
                no=numbered.number if numbered is not None else "",
                said=said,
                deadline=deadline,
                deadline_place=place if deadline else "",
                stream="text",
            )
        )

    def finish(self) -> None:
        """The text is over."""
        self._leave_open()
