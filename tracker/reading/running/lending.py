"""Units that are said once for several tasks: by a heading, or by a sentence of its own.

A lender answers for what stands below it, to the next heading of its level or above. What a task says itself goes
before what a lender says, with two exceptions, in which both answer:

    一、市甲局                       a list by unit: the heading is the unit, the bracket of an item adds to it
    （各项任务均需所在乡镇配合）     a lender that only helps
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field

from tracker.reading.headings import Rank
from tracker.reading.plans.drafts import RoleStatement


@dataclass(frozen=True, slots=True)
class Lender:
    """A heading or sentence whose units answer below it.

    Attributes:
        rank: The level of its heading.
        statements: Who answers for tasks that name nobody.
        beside: Who answers beside those that a task names.
        sure: It speaks of tasks in so many words; without it only an item that is a sentence is taken for one.
    """

    rank: Rank
    statements: tuple[RoleStatement, ...] = ()
    beside: tuple[RoleStatement, ...] = ()
    sure: bool = True


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

    def beside(self) -> tuple[RoleStatement, ...]:
        """Who answers beside those that a task names."""
        return tuple(statement for _, lender in sorted(self.at.items()) for statement in lender.beside)
