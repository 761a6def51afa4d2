"""One cell, several work points: numbered items that each end in their own units.

A cell is split only when every numbered item in it ends in a bracket or label of its own; else the whole cell
is one work point and the numbers stay in its text. `#2` behind the place is the second item.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tracker.reading.headings import items
from tracker.reading.headings import leading
from tracker.reading.plans.drafts import Draft
from tracker.reading.running.statements import at_end


def split_cells(drafts: Iterable[Draft]) -> list[Draft]:
    """Split the drafts that hold several items, and take units out of the text of those that name none else."""
    found: list[Draft] = []
    for draft in drafts:
        found += split(draft)
    return found


def split(draft: Draft) -> list[Draft]:
    """The work points of one draft.

    >>> [(each.no, each.requirement, each.place) for each in split(Draft("1.甲事。（市甲局负责）2.乙事。（市乙局负责）", "S!C5"))]
    [('1', '甲事。', 'S!C5#1'), ('2', '乙事。', 'S!C5#2')]
    """
    parts = items(draft.requirement)
    if len(parts) > 1:
        cuts = [at_end(text) for _, text, _ in parts]
        if parts[0][0] is not None and all(cut.said and cut.text.strip() for cut in cuts):
            return [
                replace(
                    draft,
                    requirement=cut.text.strip(),
                    no=number.number if number is not None else "",
                    from_column=False,
                    place=f"{draft.place}#{n}",
                    said=tuple(replace(each, place=f"{draft.place}#{n}") for each in cut.said),
                    deadline=cut.deadline or draft.deadline,
                )
                for n, ((number, _, _), cut) in enumerate(zip(parts, cuts, strict=True), 1)
            ]
        return [_with_own_units(draft)]
    number = leading(draft.requirement)
    if number is not None and number.rest:
        draft = replace(draft, requirement=number.rest, no=draft.no or number.number)
    return [_with_own_units(draft)]


def _with_own_units(draft: Draft) -> Draft:
    """Take the units from the end of the text where no cell names any."""
    if draft.said:
        return draft
    cut = at_end(draft.requirement)
    if not cut.said or not cut.text.strip():
        return draft
    said = tuple(replace(each, place=draft.place) for each in cut.said)
    deadline = draft.deadline if draft.deadline not in ("", None) else cut.deadline
    return replace(draft, requirement=cut.text.strip(), said=said, deadline=deadline)
