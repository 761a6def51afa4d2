"""From a cell or bracket to assignments."""

from __future__ import annotations

import re

from tracker.model import Assignment
from tracker.model import Responsibility
from tracker.model import Role
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses import notes
from tracker.reading.clauses import spans
from tracker.reading.clauses import words
from tracker.reading.clauses.mode import mode_of
from tracker.reading.clauses.reader import Entry
from tracker.reading.clauses.reader import Sense
from tracker.reading.clauses.reader import Walk

_STRENGTH = (Role.SUPPORT, Role.RESPONSIBLE, Role.LEAD)


def read_responsibility(text: str, *, column: str = "") -> Responsibility:
    """Read one cell, or the inside of one bracket.

    Args:
        text: The cell as written.
        column: The head of its column; gives the role of names without a word of their own. A column of
            persons (责任领导, 联系电话) gives no unit.
    """
    head = re.sub(r"\s+", "", marks.fold(column))
    if notes.read_note(head):
        head = re.sub(r"（.*", "", head)
    default = words.role_of(head) if head else Role.RESPONSIBLE
    if default is None:
        return Responsibility()
    walk = _walk(text, default)
    told = _assignments(walk)
    found = Responsibility(
        told,
        mode_of(told, joint=walk.joint, each=walk.each, together=walk.together),
        tuple(each.unit for each in told if names.is_group(each.unit)),
    )
    effect = notes.read_note(text) or (notes.read_note(column) if column else None)
    if effect is not None and (effect.first_leads or effect.star):
        found = notes.apply_note(found, effect, text=text)
    return found


def names_in(text: str) -> tuple[str, ...]:
    """The names in a plain list: an annex, the members of a group."""
    return tuple(each.unit for each in read_responsibility(text).assignments)


def senses_of(text: str, *, column: str = "") -> tuple[tuple[Sense, str], ...]:
    """What every stretch of a clause was taken for, in order.

    >>> [(sense.value, words) for sense, words in senses_of("市教育局等部门负责校园部分")]
    [('name', '市教育局'), ('and others', '等部门'), ('role', '负责'), ('part', '校园部分')]
    """
    walk = _walk(text, (words.role_of(column) if column else None) or Role.RESPONSIBLE)
    found: list[tuple[Sense, str]] = []
    for letter, sense in zip(text, walk.senses, strict=True):
        sense = sense or Sense.PROSE
        if found and found[-1][0] is sense:
            found[-1] = (sense, found[-1][1] + letter)
        else:
            found.append((sense, letter))
    return tuple(found)


def _walk(text: str, default: Role) -> Walk:
    packed, places = spans.pack(text)
    start, end = _unwrapped(packed)
    walk = Walk(packed[start:end], default=default)
    walk.run()
    if not walk.entries:
        inner = _last_bracket(walk.text)
        if inner is not None:
            nested = Walk(walk.text[inner[0] : inner[1]], default=default)
            nested.run()
            outside = Sense.PROSE
            nested.senses = [
                *([outside] * inner[0]),
                *nested.senses,
                *([outside] * (len(walk.text) - inner[1])),
            ]
            walk = nested
    senses: list[Sense | None] = [Sense.MARK] * len(text)
    for at, sense in enumerate(walk.senses):
        senses[places[start + at]] = sense
    walk.senses = senses
    return walk


def _unwrapped(text: str) -> tuple[int, int]:
    """The clause without a bracket around the whole of it, or one that lost its other half."""
    start, end = 0, len(text)
    while True:
        folded = marks.fold(text)
        while start < end and folded[start] in " \n。；，、":
            start += 1
        while end > start and folded[end - 1] in " \n。；，、":
            end -= 1
        inside = marks.pairs(folded[start:end])
        if inside.get(0) == end - start - 1 and end - start > 2 and folded[start] == "（":
            start, end = start + 1, end - 1
        elif start < end and folded[start] == "（" and 0 not in inside:
            start += 1
        elif start < end and folded[end - 1] == "）" and end - start - 1 not in inside.values():
            end -= 1
        else:
            return start, end


def _last_bracket(text: str) -> tuple[int, int] | None:
    folded = marks.fold(text)
    closing = [
        (a, b)
        for a, b in marks.pairs(folded).items()
        if b == len(folded.rstrip(" 。")) - 1 and folded[a] == "（"
    ]
    return (closing[0][0] + 1, closing[0][1]) if closing else None


def _assignments(walk: Walk) -> tuple[Assignment, ...]:
    """Names once each, in the order written, with the strongest of their roles."""
    merged: dict[str, Assignment] = {}
    for entry in _places_joined(walk.entries):
        role = entry.role or walk.default
        before = merged.get(entry.name)
        if before is None or _STRENGTH.index(role) > _STRENGTH.index(before.role):
            merged[entry.name] = Assignment(entry.name, role, entry.part or (before.part if before else ""))
    return tuple(merged.values())


def _places_joined(entries: list[Entry]) -> list[Entry]:
    """Names that only together are one: 各区、县级市; 各市（州）、县（市、区）人民政府; 中央、省驻市单位."""
    found: list[Entry] = []
    for entry in entries:
        last = found[-1] if found else None
        if (
            last is not None
            and last.rank == entry.rank
            and last.role is entry.role
            and _belong_together(last.name, entry.name)
        ):
            last.name = f"{last.name}、{entry.name}"
            continue
        found.append(entry)
    return found


def _belong_together(left: str, right: str) -> bool:
    left, right = marks.fold(left), marks.fold(right)
    last = left.rsplit("、", 1)[-1]
    if left.startswith("各") and last.endswith("委") and right in ("政府", "人民政府"):
        return True
    if left.startswith("各") and (names.is_place_kind(last) or re.fullmatch(r"各(?:有关|相关).{1,3}", left)):
        return names.is_ruled_place(right) or (names.is_place_kind(right) and not right.startswith("各"))
    return names.is_bare_level(last) and not right.startswith("各") and names.is_group(right)
