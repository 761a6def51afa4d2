"""The headings, lenders and work points of a running text, as they grow while it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.model import Role
from tracker.reading.clauses import read_responsibility
from tracker.reading.headings import Numbered
from tracker.reading.headings import Rank
from tracker.reading.headings import levels
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.drafts import Said
from tracker.reading.running.lending import Lender
from tracker.reading.running.lending import Lenders
from tracker.reading.running.opened import SENTENCE
from tracker.reading.running.opened import Open
from tracker.reading.running.opened import compose
from tracker.reading.running.opened import groups
from tracker.reading.running.opened import is_titled
from tracker.reading.running.standing import Scope
from tracker.reading.running.standing import Standing
from tracker.reading.running.statements import same_again


class Outline:
    """What was read so far.

    Attributes:
        drafts: The work points.
        path: The headings that hold, by their level.
        lenders: The units that answer for several tasks.
        left: Items that name nobody, each with the number of work points before it.
        closed_here: A work point stands behind the last heading.
        deadline: A time limit that stood before its work point.
        bare: What the bare line of names before says; empty where statements stand in brackets or behind labels.
    """

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.path: dict[Rank, str] = {}
        self.lenders = Lenders()
        self.left: list[tuple[int, Draft]] = []
        self.closed_here = False
        self.deadline = ""
        self.bare: tuple[Said, ...] = ()

    def heading(self, rank: Rank, text: str) -> None:
        """A number opens its level and ends those below it; an item leaves no heading behind."""
        if rank <= Rank.HAN_BRACKET:
            self.closed_here = False
        self.path = {kept: heading for kept, heading in self.path.items() if kept < rank}
        self.lenders.end(rank)
        if text:
            self.path[rank] = text

    def stand(self, standing: Standing, rank: Rank, place: str) -> None:
        """A heading or sentence says who answers for several tasks."""
        said = (replace(standing.said, place=place),)
        if standing.scope is Scope.ABOVE:
            self._answer_left(said)
        elif standing.beside:
            self.lenders.add(Lender(rank, beside=said))
        else:
            self.lenders.add(Lender(rank, said))

    def lend(self, rank: Rank, heading: str, own: tuple[Said, ...]) -> None:
        """The last work point is a heading whose units answer for the items below it, beside those that only help."""
        said = self.drafts.pop().said
        self.path[rank] = heading
        self.lenders.add(Lender(rank, said, said if own else (), sure=False))

    def add(
        self, text: str, place: str, numbered: Numbered | None, said: tuple[Said, ...], deadline: str
    ) -> None:
        """A work point."""
        deadline = deadline or self.deadline
        self.deadline = ""
        self.closed_here = True
        self.drafts.append(self._draft(text, place, numbered, self._answering(said, numbered), deadline))

    def add_to_last(
        self, text: str = "", said: tuple[Said, ...] = (), deadline: str = "", place: str = ""
    ) -> None:
        """More is said about the last work point."""
        last = self.drafts[-1]
        self.drafts[-1] = replace(
            last,
            requirement=f"{last.requirement}\n{text}" if text else last.requirement,
            said=last.said + said,
            deadline=last.deadline or deadline,
            deadline_place=last.deadline_place or (place if deadline else ""),
        )

    def leave(self, texts: Sequence[Open]) -> None:
        """Texts that no statement closed: items of a lender, rows of a paste, or items that name nobody."""
        path = self.path
        for group in groups(texts):
            head = group[0].numbered
            if head is not None:
                self.path = {rank: kept for rank, kept in path.items() if rank < head.rank}
                if is_titled(group):
                    self.path[head.rank] = group[0].segment.text
            self._leave_one(group, head)
        self.path = path

    def _leave_one(self, group: Sequence[Open], head: Numbered | None) -> None:
        lender = self.lenders.nearest(head.rank if head is not None else None)
        is_sentence = group[-1].segment.text.endswith(SENTENCE)
        if lender is not None and (is_sentence or (lender.sure and head is not None)):
            if head is not None or lender.sure:
                self.add(*compose(group), (), "")
        elif head is None:
            pass
        elif self.bare and self.closed_here and head.rest.endswith(SENTENCE):
            again = tuple(replace(said, inherited=True) for said in self.bare)
            self.add(head.rest, group[0].segment.place, head, again, "")
        else:
            text, place, number = compose(group)
            self.left.append((len(self.drafts), self._draft(text, place, number, (), "")))

    def _answer_left(self, said: tuple[Said, ...]) -> None:
        """以上任务由…牵头: the items of the section that name nobody are answered for."""
        section = levels(self.path)[0]
        mine = [(at, draft) for at, draft in self.left if draft.section == section]
        self.left = [(at, draft) for at, draft in self.left if draft.section != section]
        for at, draft in reversed(mine):
            self.drafts.insert(at, replace(draft, said=said))
        self.closed_here = False

    def _answering(self, own: tuple[Said, ...], numbered: Numbered | None) -> tuple[Said, ...]:
        """Who answers for a work point: its own words, or those of a lender; and those who stand beside."""
        if own and self.drafts:
            own = same_again(own, self.drafts[-1].said)
        lender = self.lenders.nearest(numbered.rank if numbered is not None else None)
        said = own or (lender.said if lender is not None else ())
        beside = tuple(each for each in self.lenders.beside() if each not in said)
        first = lender is not None and any(each in lender.said for each in beside)
        return (*beside, *said) if first else (*said, *beside)

    def _draft(
        self, text: str, place: str, numbered: Numbered | None, said: tuple[Said, ...], deadline: str
    ) -> Draft:
        section, task = levels(self.path)
        return Draft(
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


def only_helps(said: Sequence[Said]) -> bool:
    """Whether a statement names nobody but those who help.

    >>> only_helps([Said("市甲局", Field.SUPPORT)]), only_helps([Said("市甲局配合，市乙局负责")]), only_helps([])
    (True, False, False)
    """
    roles = {
        Role.SUPPORT if each.field is Field.SUPPORT else told.role
        for each in said
        for told in read_responsibility(each.text).assignments
    }
    return roles == {Role.SUPPORT}
