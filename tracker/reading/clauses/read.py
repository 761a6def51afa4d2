"""From a cell or bracket to assignments."""

from __future__ import annotations

import re

from tracker.model import Assignment
from tracker.model import Responsibility
from tracker.model import Role
from tracker.reading.clauses import blanks
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses import notes
from tracker.reading.clauses import words
from tracker.reading.clauses.clause import Clause
from tracker.reading.clauses.clause import Sense
from tracker.reading.clauses.giving import Entry
from tracker.reading.clauses.giving import Giving
from tracker.reading.clauses.mode import mode_of
from tracker.reading.clauses.walk import Walk

_OUTSIDE = " \n。；，、"
# 牵头单位 alone speaks of the plan's own columns; beside a name it is one of its parties.
_ROLE_NOUN = re.compile(r"(?:牵头|责任|配合|主办|协办|承办)(?:单位|部门)")
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
    walk, _ = _read(text, default)
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
    default = words.role_of(column) if column else None
    _, senses = _read(text, default or Role.RESPONSIBLE)
    found: list[tuple[Sense, str]] = []
    for letter, sense in zip(text, senses, strict=True):
        if found and found[-1][0] is sense:
            found[-1] = (sense, found[-1][1] + letter)
        else:
            found.append((sense, letter))
    return tuple(found)


def _read(text: str, default: Role) -> tuple[Walk, tuple[Sense, ...]]:
    """Walk through the text; the walk, and the sense of every character of the text."""
    packed, places = blanks.pack(text)
    start, end = _unwrapped(packed)
    walk = _walked(packed[start:end], default)
    if not walk.giving.entries:
        inner = _last_bracket(packed[start:end])
        if inner is not None:
            start, end = start + inner[0], start + inner[1]
            walk = _walked(packed[start:end], default)
    senses = [Sense.MARK if letter in marks.EDGE + "（）" else Sense.PROSE for letter in marks.fold(text)]
    for at, sense in enumerate(walk.clause.senses):
        senses[places[start + at]] = sense or Sense.PROSE
    return walk, tuple(senses)


def _walked(text: str, default: Role) -> Walk:
    walk = Walk(Clause(text), Giving(default))
    walk.run()
    return walk


def _unwrapped(text: str) -> tuple[int, int]:
    """The clause without a bracket around the whole of it, or one that lost its other half."""
    folded = marks.fold(text)
    start, end = 0, len(text)
    closing = marks.pairs(folded)
    opening = {close: at for at, close in closing.items()}
    while start < end:
        if folded[start] in _OUTSIDE or (folded[start] == "（" and start not in closing):
            start += 1
        elif folded[end - 1] in _OUTSIDE or (folded[end - 1] == "）" and end - 1 not in opening):
            end -= 1
        elif folded[start] == "（" and closing[start] == end - 1:
            start, end = start + 1, end - 1
        else:
            break
    return start, end


def _last_bracket(text: str) -> tuple[int, int] | None:
    folded = marks.fold(text)
    last = len(folded.rstrip(_OUTSIDE)) - 1
    start = next((a for a, b in marks.pairs(folded).items() if b == last and folded[a] == "（"), None)
    return None if start is None else (start + 1, last)


def _assignments(walk: Walk) -> tuple[Assignment, ...]:
    """Names once each, in the order written, with the strongest of their roles."""
    merged: dict[str, Assignment] = {}
    for entry in _places_joined(walk.giving.entries):
        role = entry.role or walk.giving.default
        before = merged.get(entry.name)
        if before is None or _STRENGTH.index(role) > _STRENGTH.index(before.role):
            merged[entry.name] = Assignment(entry.name, role, entry.part or (before.part if before else ""))
    if all(_ROLE_NOUN.fullmatch(marks.fold(name)) for name in merged):
        return ()
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
    if len(right) == 1:
        return left.startswith("各")
    if right in ("政府", "人民政府"):
        return last.endswith("党委") or (left.startswith("各") and last.endswith("委"))
    if re.fullmatch(r"[省市县区州]委", last):
        return right.startswith(f"{last[0]}政府") and len(right) > len("市政府")
    if re.match(r"各|有关|相关", left) and names.is_place_kind(re.sub(r"^(?:各)?(?:有关|相关)?", "", last)):
        return names.is_ruled_place(right) or (names.is_place_kind(right) and not right.startswith("各"))
    return names.is_bare_level(last) and not right.startswith("各") and names.is_group(right)
