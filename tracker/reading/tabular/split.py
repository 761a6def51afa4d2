"""One cell, several work points: numbered items that each end in their own units.

A cell is split only when every numbered item in it ends in a bracket or label of its own; else the whole cell
is one work point and the numbers stay in its text. `#2` behind the place is the second item.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tracker.reading.headings import leading_number
from tracker.reading.headings import split_items
from tracker.reading.plans.drafts import Draft
from tracker.reading.running.statements import at_end


def split_cells(drafts: Iterable[Draft]) -> list[Draft]:
    """Split the drafts that hold several items, and take units out of the text of those that name none else."""
    pieces: list[Draft] = []
    for draft in drafts:
        pieces += split(draft)
    return pieces


def split(draft: Draft) -> list[Draft]:
    """The work points of one draft.

    >>> [(each.no, each.requirement, each.place) for each in split(Draft("1.甲事。（市甲局负责）2.乙事。（市乙局负责）", "S!C5"))]
    [('1', '甲事。', 'S!C5#1'), ('2', '乙事。', 'S!C5#2')]
    """
    parts = split_items(draft.requirement)
    if len(parts) > 1:
        cuts = [at_end(text) for _, text, _ in parts]
        if parts[0][0] is not None and all(cut.statements and cut.text.strip() for cut in cuts):
            return [
                replace(
                    draft,
                    requirement=cut.text.strip(),
                    no=number.number if number is not None else "",
                    from_column=False,
                    place=f"{draft.place}#{n}",
                    statements=tuple(
                        replace(statement, place=f"{draft.place}#{n}") for statement in cut.statements
                    ),
                    deadline=cut.deadline or draft.deadline,
                )
                for n, ((number, _, _), cut) in enumerate(zip(parts, cuts, strict=True), 1)
            ]
        return [_with_own_units(draft)]
    number = leading_number(draft.requirement)
    if number is not None and number.rest:
        draft = replace(draft, requirement=number.rest, no=draft.no or number.number)
    return [_with_own_units(draft)]


def _with_own_units(draft: Draft) -> Draft:
    """Take the units from the end of the text where no cell names any."""
    if draft.statements:
        return draft
    cut = at_end(draft.requirement)
    if not cut.statements or not cut.text.strip():
        return draft
    statements = tuple(replace(statement, place=draft.place) for statement in cut.statements)
    deadline = draft.deadline if draft.deadline not in ("", None) else cut.deadline
    return replace(draft, requirement=cut.text.strip(), statements=statements, deadline=deadline)
