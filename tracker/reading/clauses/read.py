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
from tracker.reading.clauses.giving import NameEntry
from tracker.reading.clauses.giving import Roster
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
    head = re.sub(r"\s+", "", marks.fold_characters(column))
    if notes.read_note(head):
        head = re.sub(r"（.*", "", head)
    default = words.role_of(head) if head else Role.RESPONSIBLE
    if default is None:
        return Responsibility()
    walk, _ = _read(text, default)
    assignments = _assignments(walk)
    responsibility = Responsibility(
        assignments,
        mode_of(assignments, joint=walk.joint, severally=walk.severally, together=walk.together),
        tuple(assignment.unit for assignment in assignments if names.is_group(assignment.unit)),
    )
    effect = notes.read_note(text) or (notes.read_note(column) if column else None)
    if effect is not None and (effect.first_leads or effect.star):
        responsibility = notes.apply_note(responsibility, effect, text=text)
    return responsibility


def names_in(text: str) -> tuple[str, ...]:
    """The names in a plain list: an annex, the members of a group."""
    return tuple(assignment.unit for assignment in read_responsibility(text).assignments)


def senses_of(text: str, *, column: str = "") -> tuple[tuple[Sense, str], ...]:
    """What every stretch of a clause was taken for, in order.

    >>> [(sense.value, words) for sense, words in senses_of("市教育局等部门负责校园部分")]
    [('name', '市教育局'), ('and others', '等部门'), ('role', '负责'), ('part', '校园部分')]
    """
    default = words.role_of(column) if column else None
    _, senses = _read(text, default or Role.RESPONSIBLE)
    stretches: list[tuple[Sense, str]] = []
    for letter, sense in zip(text, senses, strict=True):
        if stretches and stretches[-1][0] is sense:
            stretches[-1] = (sense, stretches[-1][1] + letter)
        else:
            stretches.append((sense, letter))
    return tuple(stretches)


def _read(text: str, default: Role) -> tuple[Walk, tuple[Sense, ...]]:
    """Walk through the text; the walk, and the sense of every character of the text."""
    packed_text, places = blanks.pack(text)
    start, end = _without_outer_bracket(packed_text)
    walk = _walk(packed_text[start:end], default)
    if not walk.roster.entries:
        inner = _last_bracket(packed_text[start:end])
        if inner is not None:
            start, end = start + inner[0], start + inner[1]
            walk = _walk(packed_text[start:end], default)
    senses = [
        Sense.MARK if letter in marks.EDGE + "（）" else Sense.PROSE for letter in marks.fold_characters(text)
    ]
    for at, sense in enumerate(walk.clause.senses):
        senses[places[start + at]] = sense or Sense.PROSE
    return walk, tuple(senses)


def _walk(text: str, default: Role) -> Walk:
    walk = Walk(Clause(text), Roster(default))
    walk.run()
    return walk


def _without_outer_bracket(text: str) -> tuple[int, int]:
    """The clause without a bracket around the whole of it, or one that lost its other half."""
    folded_text = marks.fold_characters(text)
    start, end = 0, len(text)
    closing_places = marks.bracket_pairs(folded_text)
    opening_places = {close: at for at, close in closing_places.items()}
    while start < end:
        if folded_text[start] in _OUTSIDE or (folded_text[start] == "（" and start not in closing_places):
            start += 1
        elif folded_text[end - 1] in _OUTSIDE or (
            folded_text[end - 1] == "）" and end - 1 not in opening_places
        ):
            end -= 1
        elif folded_text[start] == "（" and closing_places[start] == end - 1:
            start, end = start + 1, end - 1
        else:
            break
    return start, end


def _last_bracket(text: str) -> tuple[int, int] | None:
    folded_text = marks.fold_characters(text)
    last = len(folded_text.rstrip(_OUTSIDE)) - 1
    start = next(
        (a for a, b in marks.bracket_pairs(folded_text).items() if b == last and folded_text[a] == "（"), None
    )
    return None if start is None else (start + 1, last)


def _assignments(walk: Walk) -> tuple[Assignment, ...]:
    """Names once each, in the order written, with the strongest of their roles."""
    by_name: dict[str, Assignment] = {}
    for entry in _places_joined(walk.roster.entries):
        role = entry.role or walk.roster.default
        before = by_name.get(entry.name)
        if before is None or _STRENGTH.index(role) > _STRENGTH.index(before.role):
            by_name[entry.name] = Assignment(entry.name, role, entry.part or (before.part if before else ""))
    if all(_ROLE_NOUN.fullmatch(marks.fold_characters(name)) for name in by_name):
        return ()
    return tuple(by_name.values())


def _places_joined(entries: list[NameEntry]) -> list[NameEntry]:
    """Names that only together are one: 各区、县级市; 各市（州）、县（市、区）人民政府; 中央、省驻市单位."""
    joined_entries: list[NameEntry] = []
    for entry in entries:
        last = joined_entries[-1] if joined_entries else None
        if (
            last is not None
            and last.rank == entry.rank
            and last.role is entry.role
            and _belong_together(last.name, entry.name)
        ):
            last.name = f"{last.name}、{entry.name}"
            continue
        joined_entries.append(entry)
    return joined_entries


def _belong_together(left_name: str, right: str) -> bool:
    left_name, right = marks.fold_characters(left_name), marks.fold_characters(right)
    last = left_name.rsplit("、", 1)[-1]
    if len(right) == 1:
        return left_name.startswith("各")
    if right in ("政府", "人民政府"):
        return last.endswith("党委") or (left_name.startswith("各") and last.endswith("委"))
    if re.fullmatch(r"[省市县区州]委", last):
        return right.startswith(f"{last[0]}政府") and len(right) > len("市政府")
    if re.match(r"各|有关|相关", left_name) and names.is_place_kind(
        re.sub(r"^(?:各)?(?:有关|相关)?", "", last)
    ):
        return names.is_ruled_place(right) or (names.is_place_kind(right) and not right.startswith("各"))
    return names.is_bare_level(last) and not right.startswith("各") and names.is_group(right)
