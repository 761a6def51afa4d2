"""The headings, lenders and work points of a running text, as they grow while it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.model import Role
from tracker.reading.clauses import read_responsibility
from tracker.reading.headings import LeadingNumber
from tracker.reading.headings import Rank
from tracker.reading.headings import levels
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.drafts import RoleStatement
from tracker.reading.running.lending import Lender
from tracker.reading.running.lending import Lenders
from tracker.reading.running.opened import SENTENCE
from tracker.reading.running.opened import OpenText
from tracker.reading.running.opened import compose
from tracker.reading.running.opened import group_texts
from tracker.reading.running.opened import is_titled
from tracker.reading.running.standing import CommonStatement
from tracker.reading.running.standing import Scope
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
        self.bare: tuple[RoleStatement, ...] = ()

    def heading(self, rank: Rank, text: str) -> None:
        """A number opens its level and ends those below it; an item leaves no heading behind."""
        if rank <= Rank.HAN_BRACKET:
            self.closed_here = False
        self.path = {level: heading for level, heading in self.path.items() if level < rank}
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

    def lend(self, rank: Rank, heading: str, item_statements: tuple[RoleStatement, ...]) -> None:
        """The last work point is a heading whose units answer for the items below it, beside those that only help."""
        statements = self.drafts.pop().statements
        self.path[rank] = heading
        self.lenders.add(Lender(rank, statements, statements if item_statements else (), sure=False))

    def add(
        self,
        text: str,
        place: str,
        number: LeadingNumber | None,
        statements: tuple[RoleStatement, ...],
        deadline: str,
    ) -> None:
        """A work point."""
        deadline = deadline or self.deadline
        self.deadline = ""
        self.closed_here = True
        self.drafts.append(
            self._draft(text, place, number, self._statements_of(statements, number), deadline)
        )

    def add_to_last(
        self, text: str = "", statements: tuple[RoleStatement, ...] = (), deadline: str = "", place: str = ""
    ) -> None:
        """More is said about the last work point."""
        last = self.drafts[-1]
        self.drafts[-1] = replace(
            last,
            requirement=f"{last.requirement}\n{text}" if text else last.requirement,
            statements=last.statements + statements,
            deadline=last.deadline or deadline,
            deadline_place=last.deadline_place or (place if deadline else ""),
        )

    def leave(self, texts: Sequence[OpenText]) -> None:
        """Texts that no statement closed: items of a lender, rows of a paste, or items that name nobody."""
        path = self.path
        for group in group_texts(texts):
            head = group[0].number
            if head is not None:
                self.path = {rank: heading for rank, heading in path.items() if rank < head.rank}
                if is_titled(group):
                    self.path[head.rank] = group[0].segment.text
            self._leave_one(group, head)
        self.path = path

    def _leave_one(self, group: Sequence[OpenText], head: LeadingNumber | None) -> None:
        lender = self.lenders.nearest(head.rank if head is not None else None)
        is_sentence = group[-1].segment.text.endswith(SENTENCE)
        if lender is not None and (is_sentence or (lender.sure and head is not None)):
            if head is not None or lender.sure:
                self.add(*compose(group), (), "")
        elif head is None:
            pass
        elif self.bare and self.closed_here and head.rest.endswith(SENTENCE):
            again = tuple(replace(statement, is_continued=True) for statement in self.bare)
            self.add(head.rest, group[0].segment.place, head, again, "")
        else:
            text, place, number = compose(group)
            self.left.append((len(self.drafts), self._draft(text, place, number, (), "")))

    def _answer_left(self, statements: tuple[RoleStatement, ...]) -> None:
        """以上任务由…牵头: the items of the section that name nobody are answered for."""
        section = levels(self.path)[0]
        mine = [(at, draft) for at, draft in self.left if draft.section == section]
        self.left = [(at, draft) for at, draft in self.left if draft.section != section]
        for at, draft in reversed(mine):
            self.drafts.insert(at, replace(draft, statements=statements))
        self.closed_here = False

    def _statements_of(
        self, own_statements: tuple[RoleStatement, ...], number: LeadingNumber | None
    ) -> tuple[RoleStatement, ...]:
        """Who answers for a work point: its own words, or those of a lender; and those who stand beside."""
        if own_statements and self.drafts:
            own_statements = same_again(own_statements, self.drafts[-1].statements)
        lender = self.lenders.nearest(number.rank if number is not None else None)
        statements = own_statements or (lender.statements if lender is not None else ())
        beside = tuple(statement for statement in self.lenders.beside() if statement not in statements)
        first = lender is not None and any(statement in lender.statements for statement in beside)
        return (*beside, *statements) if first else (*statements, *beside)

    def _draft(
        self,
        text: str,
        place: str,
        number: LeadingNumber | None,
        statements: tuple[RoleStatement, ...],
        deadline: str,
    ) -> Draft:
        section, task = levels(self.path)
        return Draft(
            requirement=text.strip(),
            place=place,
            section=section,
            task=task,
            no=number.number if number is not None else "",
            statements=statements,
            deadline=deadline,
            deadline_place=place if deadline else "",
            stream="text",
        )


def only_helps(statements: Sequence[RoleStatement]) -> bool:
    """Whether a statement names nobody but those who help.

    >>> only_helps([RoleStatement("市甲局", Field.SUPPORT)]), only_helps([RoleStatement("市甲局配合，市乙局负责")]), only_helps([])
    (True, False, False)
    """
    roles = {
        Role.SUPPORT if statement.field is Field.SUPPORT else assignment.role
        for statement in statements
        for assignment in read_responsibility(statement.text).assignments
    }
    return roles == {Role.SUPPORT}
