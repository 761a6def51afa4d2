"""From a cell, a bracket or the end of a requirement to who answers, and in what role.

A requirement may end with the bracket or label that says so (`closing_bracket`); what stands inside is read like a
cell.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import INVISIBLE
from tracker.model import Assignment, Responsibility, Role
from tracker.reading.clauses.marks import (
    EDGE,
    Clause,
    Sense,
    blank_inside,
    bracket_pairs,
    fold_characters,
    tags_as_labels,
)
from tracker.reading.clauses.names import (
    belong_together,
    is_group,
    is_place_kind,
    is_time,
    is_unit,
    starts_like_unit,
)
from tracker.reading.clauses.roles import NameEntry, Roster, apply_note, mode_of, read_note
from tracker.reading.clauses.statements import pack
from tracker.reading.clauses.walk import Walk
from tracker.reading.clauses.words import KNOWN_LABEL, PERSON_LABEL, TIME_LABEL, role_of

_OUTSIDE = " \n。；，、"
_MARKS = frozenset(f"{EDGE}（）{INVISIBLE}")
# 牵头单位 alone speaks of the plan's own columns; beside a name it is one of its parties.
_ROLE_NOUN = re.compile(r"(?:牵头|责任|配合|主办|协办|承办)(?:单位|部门)")
_STRENGTH = (Role.SUPPORT, Role.RESPONSIBLE, Role.LEAD)


@lru_cache(maxsize=4096)
def read_responsibility(text: str, *, column: str = "") -> Responsibility:
    """Read one cell, or the inside of one bracket.

    Args:
        text: The cell as written.
        column: The head of its column; gives the role of names without a word of their own. A column of
            persons (责任领导, 联系电话) gives no unit.
    """
    default = _role_of_column(column)
    if default is None:
        return Responsibility()
    walk, _ = _read(text, default)
    assignments = _assignments(walk)
    responsibility = Responsibility(
        assignments,
        mode_of(assignments, joint=walk.joint, severally=walk.severally, together=walk.together),
        tuple(assignment.unit for assignment in assignments if is_group(assignment.unit)),
    )
    effect = read_note(text) or (read_note(column) if column else None)
    if effect is not None and (effect.first_leads or effect.star):
        responsibility = apply_note(responsibility, effect, text=text)
    return responsibility


@lru_cache(maxsize=256)
def _role_of_column(column: str) -> Role | None:
    """The role that the head of a column gives; None for a column of persons."""
    head = re.sub(r"\s+", "", fold_characters(column))
    if read_note(head):
        head = re.sub(r"（.*", "", head)
    return role_of(head) if head else Role.RESPONSIBLE


def names_in(text: str) -> tuple[str, ...]:
    """The names in a plain list: an annex, the members of a group."""
    return tuple(assignment.unit for assignment in read_responsibility(text).assignments)


def senses_of(text: str, *, column: str = "") -> tuple[tuple[Sense, str], ...]:
    """What every stretch of a clause was taken for, in order.

    >>> [(sense.value, words) for sense, words in senses_of("市教育局等部门负责校园部分")]
    [('name', '市教育局'), ('and others', '等部门'), ('role', '负责'), ('part', '校园部分')]
    """
    default = role_of(column) if column else None
    _, senses = _read(text, default or Role.RESPONSIBLE)
    starts = [at for at, sense in enumerate(senses) if not at or sense is not senses[at - 1]]
    return tuple((senses[at], text[at:end]) for at, end in pairwise([*starts, len(text)]))


# The points, the account and the layouts ask about the same cells, and cells repeat each other.
@lru_cache(maxsize=4096)
def _read(text: str, default: Role) -> tuple[Walk, tuple[Sense, ...]]:
    """Walk through the text; the walk (not to be changed), and the sense of every character of the text."""
    packed_text, places = pack(tags_as_labels(text))
    start, end = _without_outer_bracket(packed_text)
    walk = _walk(packed_text[start:end], default)
    if not walk.roster.entries:
        inner = _last_bracket(packed_text[start:end])
        if inner is not None:
            start, end = start + inner[0], start + inner[1]
            walk = _walk(packed_text[start:end], default)
    senses = [Sense.MARK if letter in _MARKS else Sense.PROSE for letter in fold_characters(text)]
    for at, sense in enumerate(walk.clause.senses):
        senses[places[start + at]] = sense or Sense.PROSE
    return walk, tuple(senses)


def _walk(text: str, default: Role) -> Walk:
    walk = Walk(Clause(text), Roster(default))
    walk.run()
    return walk


def _without_outer_bracket(text: str) -> tuple[int, int]:
    """The clause without a bracket around the whole of it, or one that lost its other half."""
    folded_text = fold_characters(text)
    start, end = 0, len(text)
    closing_places = bracket_pairs(folded_text)
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
    folded_text = fold_characters(text)
    last = len(folded_text.rstrip(_OUTSIDE)) - 1
    start = next(
        (a for a, b in bracket_pairs(folded_text).items() if b == last and folded_text[a] == "（"), None
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
    if all(_ROLE_NOUN.fullmatch(fold_characters(name)) for name in by_name):
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
            and belong_together(last.name, entry.name)
        ):
            joined_entries[-1] = replace(last, name=f"{last.name}、{entry.name}")
            continue
        joined_entries.append(entry)
    return joined_entries


_ROLE = re.compile(
    r"(?:牵头|负责|配合|协办|会办|参与|参加|协助|承办|主办|落实|实施|指导|监督|监管)(?!单位|部门|科室|处室|人)|会同|各负其责|各司其职|职责分工|分别"
)
_CLOSING_MARKS = " \n。；;，,.、"
# What stands between a sentence and the label behind it.
_DASHES = "—―－–─→>-"
_SENTENCE_ENDS = ("。", "；", "！", "？", ".", ";", "…")
# A place alone in a bracket is an example more often than somebody who answers.
_PLACE = re.compile(r"[市县区州旗镇乡村]$|街道$|社区$")
_SHORT_LABEL = re.compile(r"(?:总)?(?:牵头|责任|配合|负责|协办|主办|承办)")
_TIME_TAIL = re.compile(r"(?:完成时限|完成时间|完成期限|办结时限|时限要求|时限|完成日期)：[^：）]{1,30}$")
# 建成公厕三座（市甲局），6月底前完成
_TIME_BEHIND = re.compile(r"(?<=）)，(?P<time>[^，。；（）]{2,20}(?:完成|办结|完工|建成|前|底))$")
# The longest closing label list that is still a list of units and not the rest of the document.
_LONGEST = 400


def closing_bracket(text: str) -> tuple[str, str] | None:
    """Split a requirement that ends with its units: (requirement, inside of the bracket).

    Read are a bracket of any form at the end (`（…牵头，…配合）`, `[牵头单位：…]`, a plain list of units), and
    labels at the end without a bracket (`…。责任单位：…`). A bracket that explains something is none: （2025年版）,
    （详见附件）, a place, a list of things. A time limit behind the units stays with the requirement, and one
    inside the bracket with the inside, so that the reader of deadlines still finds it.

    >>> closing_bracket("完善应急预案。（市应急局牵头，各区县配合）")
    ('完善应急预案。', '市应急局牵头，各区县配合')
    >>> closing_bracket("开展专项检查（市教育局、市公安局）（6月底前完成）")
    ('开展专项检查（6月底前完成）', '市教育局、市公安局')
    >>> closing_bracket("开展专项检查（市教育局、市公安局），6月底前完成。")
    ('开展专项检查，6月底前完成', '市教育局、市公安局')
    >>> closing_bracket("开展专项检查。责任单位：市教育局、市公安局")
    ('开展专项检查。', '责任单位：市教育局、市公安局')
    >>> closing_bracket("公布权责清单（2025年版）") is None
    True
    """
    folded_text = fold_characters(text)
    end = len(folded_text.rstrip(_CLOSING_MARKS))
    clause = _TIME_BEHIND.search(folded_text[:end])
    clause = clause if clause is not None and is_time(clause["time"]) else None
    if tail := clause or _TIME_TAIL.search(folded_text[:end]):
        end = len(folded_text[: tail.start()].rstrip(_CLOSING_MARKS))
    kept_from = end
    for _ in range(3):
        bracket = _bracket_ending_at(folded_text, end)
        if bracket is None:
            break
        start, close = bracket
        if _states_responsibility(folded_text[start + 1 : close], folded_text[:start]):
            behind = text[end:].strip(_CLOSING_MARKS) if end < kept_from or tail else ""
            comma = "，" if clause and not folded_text[:start].rstrip().endswith(_SENTENCE_ENDS) else ""
            return text[:start].rstrip() + comma + behind, text[start + 1 : close].strip()
        if not _is_time_bracket(folded_text[start + 1 : close]):
            break
        end = len(folded_text[:start].rstrip(_CLOSING_MARKS))
    return _closing_labels(text, folded_text)


def _bracket_ending_at(folded_text: str, end: int) -> tuple[int, int] | None:
    for start, close in bracket_pairs(folded_text).items():
        if close == end - 1 and folded_text[start] == "（":
            return start, close
    return None


def _is_time_bracket(inside: str) -> bool:
    return is_time(inside) or bool(TIME_LABEL.search(inside.split("：")[0]))


def _states_responsibility(inside: str, before: str) -> bool:
    content = inside.strip()
    if len(content) < 3 or not before.strip():
        return False
    if re.match(r"[^：，；]{1,14}：", content):
        return _is_known_label(content.split("：")[0].strip()) and bool(names_in(content))
    responsibility = read_responsibility(content)
    if not responsibility.assignments:
        return False
    units = [fold_characters(assignment.unit) for assignment in responsibility.assignments]
    ends_sentence = before.rstrip().endswith(_SENTENCE_ENDS)
    if _ROLE.search(content):
        somebody_answers = any(
            assignment.role is not Role.SUPPORT for assignment in responsibility.assignments
        )
        return (somebody_answers or ends_sentence) and any(is_unit(unit) for unit in units)
    if not all(is_unit(unit) for unit in units) or any(is_place_kind(unit) for unit in units):
        return False
    timeless = "、".join(part for part in re.split(r"[、，；/\s]", content) if not is_time(part))
    if len("".join(units)) < len(re.sub(r"[、，；/和及与\s]|等.*$", "", timeless)) - 2:
        return False
    if ends_sentence:
        return True
    return not all(_PLACE.search(unit) for unit in units) and (len(units) > 1 or starts_like_unit(units[0]))


def _is_known_label(label: str) -> bool:
    if TIME_LABEL.search(label):
        return False
    return bool(KNOWN_LABEL.fullmatch(label) or _SHORT_LABEL.fullmatch(label) or PERSON_LABEL.search(label))


def _closing_labels(text: str, folded_text: str) -> tuple[str, str] | None:
    """`…。责任单位：A、B`, `…。牵头单位：A；配合单位：B`."""
    plain = blank_inside(folded_text)
    for match in re.finditer(rf"({KNOWN_LABEL.pattern})(?:（□*）)?\s*：", plain):
        start = match.start()
        if start == 0 or TIME_LABEL.search(match.group(1)) or len(plain) - start > _LONGEST:
            continue
        if not plain[:start].endswith((*_SENTENCE_ENDS, *"，！）：、 \n", *_DASHES)):
            continue
        sentences = [sentence for sentence in re.split(r"[。\n]", plain[start:]) if sentence.strip()]
        if any("：" not in sentence and not _is_list(sentence) for sentence in sentences[1:]):
            continue
        if names_in(text[start:]):
            return text[:start].rstrip(" \u3000\n，," + _DASHES), text[start:].strip()
    return None


def _is_list(text: str) -> bool:
    return all(is_unit(name) or is_time(name) for name in re.split(r"[、，；]", text.strip()) if name)
