"""From a cell, a bracket or the end of a requirement to who answers, and in what role.

A requirement may end with the bracket or label that says so (`closing_bracket`); what stands inside is read like a
cell.

**The walk** goes through a clause statement by statement; the grammar stands in the package's docstring.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import INVISIBLE
from tracker.model import Assignment, Responsibility, Role
from tracker.numerals import HAN
from tracker.reading.clauses.names import (
    LONGEST,
    Before,
    BracketSort,
    belong_together,
    ends_like_unit,
    is_deed,
    is_group,
    is_own_noun,
    is_person,
    is_place_kind,
    is_prose,
    is_time,
    is_unit,
    is_unit_as_written,
    is_wordy,
    sense_without_verb,
    sort_of_bracket,
    starts_like_unit,
)
from tracker.reading.clauses.roles import (
    NameEntry,
    Roster,
    VerbKind,
    VerbMatch,
    apply_note,
    find_verb,
    mode_of,
    read_note,
    without_note,
)
from tracker.reading.clauses.statements import (
    and_others,
    cut_part,
    cut_topic,
    pack,
    split_names,
    split_statements,
    written_names,
)
from tracker.reading.clauses.words import (
    BARE_LABEL,
    CONJUNCTION_IN,
    DEEDS,
    EDGE,
    KNOWN_LABEL,
    LEAD_IN,
    PERSON_LABEL,
    SEPARATORS,
    SEVERALLY,
    TIME_LABEL,
    TRANSITIVE,
    Clause,
    Sense,
    blank_inside,
    bracket_pairs,
    fold_characters,
    label_meaning,
    role_of,
    tags_as_labels,
)
from tracker.values import dataclass

# What a bracket says that stands behind no name.
_ALONE = {BracketSort.REFERENCE: Sense.REFERENCE, BracketSort.NOTE: Sense.NOTE}
# 列首位者牵头 speaks of the list.
_FIRST_OF_LIST = re.compile(r"(?:列|排|居)在?(?:首|第一)位?(?:的|者)")
_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")


# A plan has the same bodies in every other cell.
@lru_cache(maxsize=4096)
def _is_lone(words: str) -> bool:
    """Whether a statement is one whole name with its level, in which no step of the grammar below finds anything else."""
    end = len(words)
    return bool(
        _HAN_ONLY.fullmatch(words)
        and is_unit(words)
        and starts_like_unit(words)
        and not LEAD_IN.match(words)
        and not BARE_LABEL.fullmatch(words)
        and find_verb(words, 0, end) is None
        and sense_without_verb(words, words, Before()) is None
        and cut_part(words, 0, end) == (0, "")
        and and_others(words, 0, end) == end
        and len(split_names(words, words, 0, end)) == 1
    )


@dataclass(slots=True)
class Walk:
    """One reading of one clause.

    Attributes:
        clause: Its text.
        roster: The names met, and their roles.
        severally: 分别 or the like was said.
        together: 共同 or the like was said.
        joint: 会同 was said.
    """

    clause: Clause
    roster: Roster
    severally: bool = False
    together: bool = False
    joint: bool = False
    # The sense of everything until the next label or sentence: persons, dates.
    _ignoring: Sense | None = None
    # Behind a verb's object, where 、 goes on listing objects.
    _in_deed: bool = False
    # The rank turned out to be a sentence without a unit.
    _in_prose: bool = False
    _after_blank: bool = False
    _after_end: bool = False
    # What the names behind a colon do of it.
    _share: str = ""
    _rank: int = 0

    def run(self) -> None:
        """Read the whole clause."""
        clause = self.clause
        for piece in split_statements(clause.plain):
            self._cross(piece.mark)
            if piece.label_end > piece.start:
                self._label(piece.start, piece.label_end)
            start, end = clause.trim(piece.label_end, piece.end)
            if start < end and self._ignoring:
                clause.mark(start, end, self._ignoring)
            elif start < end:
                start = self._topic(start, end)
                before = len(self.roster.entries)
                self._statement(start, end)
                for entry in self.roster.entries[before:]:
                    entry.part = entry.part or self._share
                    # 牵头：市甲局；会签：市乙局
                    entry.role = entry.role or (Role.RESPONSIBLE if self._share else None)
        self.roster.finish()
        clause.mark_rest()

    def _cross(self, mark: str) -> None:
        """Go over the mark before a statement."""
        self._after_blank = mark in (" ", "\n")
        if mark in ("；", "。"):
            self._after_end = bool(self.roster.entries)
        elif mark != "、":
            self._after_end = False
        if mark in ("；", "。", "\n"):
            self._ignoring = None
            self._in_deed = self.roster.joining = False
        if mark == "。":
            self.roster.settle()
        if mark != "、":
            self._rank += 1
            self._in_prose = False
            self._share = ""

    def _label(self, start: int, end: int) -> None:
        self.clause.mark(start, end, Sense.LABEL)
        self._in_deed = False
        self._ignoring, role = label_meaning(self.clause.folded_text[start:end])
        self.roster.begin_label(self.roster.label if self._ignoring else role)

    def _topic(self, start: int, end: int) -> int:
        """Where the names behind a colon begin that stands behind no label and no name: 采购：财务科; `start` without one."""
        plain = self.clause.plain
        colon = plain.find("：", start, end)
        head, names = plain[start:colon], plain[colon + 1 : end]
        points_elsewhere = not is_time(head) and sort_of_bracket(head) is BracketSort.REFERENCE
        if colon <= start or is_unit(head) or not names or points_elsewhere:
            return start
        verb = find_verb(names, 0, len(names))
        if not is_unit(names[: verb.start] if verb is not None else names):
            return start
        sense = Sense.TIME if is_time(head) else Sense.PART
        self.clause.mark(start, colon, sense)
        self.clause.mark(colon, colon + 1, Sense.MARK)
        self._share = self.clause.text[start:colon].strip() if sense is Sense.PART else ""
        if sense is Sense.PART and self.roster.label is not None:
            self.roster.begin_label(None)
        return self.clause.trim(colon + 1, end)[0]

    # -- one statement --------------------------------------------------------------------------------

    def _statement(self, start: int, end: int) -> None:
        at: int | None = start
        while at is not None:
            at, end = self.clause.trim(at, end)
            while lead_in := self._lead_in(at, end):
                self.clause.mark(at, lead_in, Sense.MARK)
                at, end = self.clause.trim(lead_in, end)
            if at >= end:
                return
            self._leave_deed(at, end)
            if not self._in_prose and _is_lone(self.clause.plain[at:end]):
                self.clause.mark(at, end, Sense.NAME)
                self.roster.add(NameEntry(self.clause.text[at:end], (at, end), self._rank))
                return
            if self.clause.plain[at] == "（" and self.clause.closing_places.get(at) == end - 1:
                self._bracket(at, end)
                return
            is_time_by_event = _BY_EVENT.fullmatch(self.clause.plain, at, end) is not None
            verb = None if is_time_by_event else find_verb(self.clause.plain, at, end)
            if verb is None:
                self._without_verb(at, end)
                return
            at = self._with_verb(at, end, verb)

    def _leave_deed(self, start: int, end: int) -> None:
        """A whole name behind a comma begins a list of names, not one of objects: 县甲局负责排课，总务处、保卫科协助."""
        if self._in_deed and self.clause.plain[start - 1 : start] in ("，", "/", " "):
            self._in_deed = not is_unit(self.clause.plain[start:end])

    def _lead_in(self, start: int, end: int) -> int:
        """Where words at the head end that are neither name nor role; 0 if there are none."""
        match = LEAD_IN.match(self.clause.folded_text, start, end)
        if match is None and not is_unit(self.clause.plain[start:end]):
            match = CONJUNCTION_IN.match(self.clause.plain, start, end)
        if match is None:
            return 0
        self.severally |= bool(SEVERALLY.search(match.group()))
        return match.end()

    def _bracket(self, start: int, end: int) -> None:
        """A bracket that stands alone or behind a verb: 市教育局牵头（市财政局配合）."""
        content = self.clause.folded_text[start + 1 : end - 1]
        sort = sort_of_bracket(content)
        is_clause = sort in (BracketSort.CLAUSE, BracketSort.ROLE) or (
            is_unit(content) and not self.roster.entries
        )
        if is_clause:
            self.roster.settle()
            self._read_nested(start + 1, end - 1)
        else:
            self.clause.mark(start, end, _ALONE.get(sort, Sense.PROSE))

    def _read_nested(self, start: int, end: int) -> None:
        roster = Roster(self.roster.label or self.roster.default)
        inner = Walk(Clause(self.clause.text[start:end]), roster)
        inner.run()
        self.roster.adopt(roster.entries)
        self.roster.has_role_word |= roster.has_role_word
        # （按职责分工负责） has no name inside: it speaks of those before it.
        self.severally |= inner.severally or (
            not roster.entries and bool(SEVERALLY.search(inner.clause.folded_text))
        )
        self.together |= inner.together
        self.joint |= inner.joint
        for at, sense in enumerate(inner.clause.senses, start):
            if sense is not None:
                self.clause.mark(at, at + 1, sense)

    # -- a statement with a verb ----------------------------------------------------------------------

    def _with_verb(self, start: int, end: int, verb: VerbMatch) -> int | None:
        """Deal with subject and verb; where to read on, or None."""
        if verb.kind in (VerbKind.JOINT, VerbKind.ALONGSIDE):
            return self._conjunction(start, verb)
        subject = self.clause.plain[start : verb.start]
        if self._in_prose and not starts_like_unit(subject):
            self.clause.mark(start, end, Sense.PROSE)
            return None
        if not self._has_subject(start, verb.start) and not self._is_odd_name(start, end, verb):
            self.clause.mark(start, end, Sense.DEED if self.roster.entries else Sense.PROSE)
            self._in_deed = self._in_prose = True
            return None
        self.clause.mark(verb.start, verb.end, Sense.ROLE)
        self.severally |= verb.severally
        self.together |= verb.together
        for idle in self.roster.drop_idle_prose():
            self.clause.mark_again(*idle.span, Sense.PROSE)
        last = self.roster.candidates
        self.roster.give(verb.role if verb.kind is VerbKind.ROLE else None)
        return self._rest(verb, *self.clause.trim(verb.end, end), last)

    def _conjunction(self, start: int, verb: VerbMatch) -> int:
        """会同, 商, 联合 between names."""
        self.clause.mark(verb.start, verb.end, Sense.ROLE)
        if verb.start > start and not self._read_subject(start, verb.start):
            self.clause.mark(start, verb.start, Sense.PROSE)
        if verb.kind is VerbKind.ALONGSIDE:
            self.together = True
        else:
            self.joint = True
            self._in_deed = False
            self.roster.join()
        return verb.end

    def _has_subject(self, start: int, end: int) -> bool:
        if end > start:
            return self._read_subject(start, end)
        return bool(self.roster.candidates) or self.roster.joining

    def _is_odd_name(self, start: int, end: int, verb: VerbMatch) -> bool:
        """Read a short name that begins like a deed, where only a name can stand before its role.

        It ends a list of units (市甲局、收集指导科配合), stands behind 由, or is all that stands before the role.
        """
        plain = self.clause.plain
        is_last = plain[start - 1 : start] == "、" and self._names_a_unit()
        is_alone = plain[start - 1 : start] in ("由", "，", "；", "") and verb.end == end
        words = plain[start : verb.start]
        is_name = ends_like_unit(words) and (is_last or words.endswith(_ENDS_OF_OFFICES))
        if verb.role is None or not (is_last or is_alone) or not is_name or is_time(words):
            return False
        return self._names(start, start, verb.start, "")

    def _rest(self, verb: VerbMatch, start: int, end: int, last: list[NameEntry]) -> int | None:
        """What stands behind a verb: a bracket, the next subject without a mark, or the object."""
        plain = self.clause.plain
        if start >= end:
            return None
        close = self.clause.closing_places.get(start)
        if plain[start] == "（" and close is not None:
            self._bracket(start, close + 1)
            return close + 1 if close + 1 < end else None
        next_verb = find_verb(plain, start, end)
        if starts_like_unit(plain[start:end]):
            if verb.role is Role.LEAD and is_unit(plain[start:end]):
                return start
            is_their_deed = (
                plain[: verb.end].endswith(TRANSITIVE) and next_verb and next_verb.role is Role.RESPONSIBLE
            )
            goes_on = next_verb is not None and next_verb.kind is not VerbKind.DEED and not is_their_deed
            if (
                goes_on
                and next_verb
                and verb.kind is VerbKind.ROLE
                and is_unit(plain[start : next_verb.start])
            ):
                return start
        if next_verb and next_verb.kind is VerbKind.JOINT:
            self.clause.mark(start, next_verb.start, Sense.DEED)
            return next_verb.start
        self._object(verb, start, end, last)
        return None

    def _object(self, verb: VerbMatch, start: int, end: int, last: list[NameEntry]) -> None:
        """The object of a verb: a deed, or the share of its subject."""
        self._in_deed = True
        states_share = verb.kind is VerbKind.ROLE and verb.role is not Role.SUPPORT
        if not states_share or any(entry.part for entry in last) or is_deed(self.clause.plain[start:end]):
            self.clause.mark(start, end, Sense.DEED)
            return
        self.clause.mark(start, end, Sense.PART)
        for entry in last:
            entry.part = self.clause.text[start:end].strip()

    def _read_subject(self, start: int, end: int) -> bool:
        """Read what stands before a verb; False if it holds no name."""
        plain = self.clause.plain
        begin, share = cut_part(plain, start, end)
        topic = cut_topic(plain, begin, end)
        text = plain[begin:topic]
        if not text or (is_prose(text) and not re.match(r"[^等]*等", text)):
            return False
        if self._all_is_said() and is_wordy(text):
            return False
        if is_time(text):
            self.clause.mark(start, end, Sense.TIME)  # 常态化推进
            return False
        if _FIRST_OF_LIST.match(text):
            self.clause.mark(start, end, Sense.NOTE)
            return False
        if is_person(self.clause.folded_text[begin:topic]):
            self.clause.mark(start, end, Sense.PERSON)
            return False
        self.clause.mark(topic, end, Sense.PART)
        return self._names(start, begin, topic, share)

    # -- a statement without a verb -------------------------------------------------------------------

    def _without_verb(self, start: int, end: int) -> None:
        if self.clause.plain[end : end + 1] in ("\n", " ") and BARE_LABEL.fullmatch(
            self.clause.plain, start, end
        ):
            self._label(start, end)
            return
        colon = self.clause.plain.find("：", start, end)
        if colon > 0 and is_unit(self.clause.plain[start:colon]):
            self._names(start, start, colon, "")  # 市教育局：校园部分, and what 、 lists behind it
            self.clause.mark(colon + 1, end, Sense.PART)
            self.roster.entries[-1].part = self.clause.text[colon + 1 : end].strip()
            self._in_deed = True
            return
        sense = sense_without_verb(
            self.clause.plain[start:end],
            self.clause.folded_text[start:end],
            Before(
                is_listed=self.clause.plain[start - 1 : start] == "、",
                in_deed=self._in_deed,
                in_prose=self._in_prose,
                in_list_of_units=self._names_a_unit(),
                opens_list=self._opens_list(end),
                a_unit_and_blank=self._after_blank and bool(self.roster.entries),
                all_is_said=self._all_is_said(),
            ),
        )
        if sense is not None:
            self.clause.mark(start, end, sense)
            self._in_prose |= sense is Sense.PROSE
            return
        begin, share = cut_part(self.clause.plain, start, end)
        self._names(start, begin, end, share)

    def _opens_list(self, end: int) -> bool:
        """Whether a whole name stands behind the next mark of a list: 收集指导科、市甲局配合."""
        after = re.split(f"[{SEPARATORS} ]", self.clause.plain[end + 1 : end + 1 + LONGEST])[0]
        verb = find_verb(after, 0, len(after))
        name = after[: verb.start] if verb is not None else after
        is_name = is_unit(name) or (starts_like_unit(name) and not is_prose(name))
        return self.clause.plain[end : end + 1] == "、" and is_name

    def _all_is_said(self) -> bool:
        """Whether a sentence that names nobody but bodies stands before this one."""
        return self._after_end and all(is_unit_as_written(entry.name) for entry in self.roster.entries)

    def _names_a_unit(self) -> bool:
        """Whether the rank holds a whole name already, so that the rest of its list is names too."""
        return any(
            entry.rank == self._rank and is_unit_as_written(entry.name) for entry in self.roster.candidates
        )

    def _names(self, start: int, begin: int, end: int, share: str) -> bool:
        """Read the names in `begin:end`; `start:begin` is their share and the 由 behind it."""
        if share:
            self.clause.mark(start, start + len(share), Sense.PART)
            self.clause.mark(start + len(share), begin, Sense.MARK)
        has_name = False
        for written_name in written_names(self.clause, begin, end):
            if written_name.name:
                has_name = True
                part = written_name.part or (
                    self.clause.text[start : start + len(share)].strip() if share else ""
                )
                self.roster.has_role_word |= written_name.role is not None
                self.roster.add(
                    NameEntry(written_name.name, written_name.span, self._rank, written_name.role, part)
                )
            if written_name.clause:
                self._bracket(*written_name.clause)
        return has_name


# 加强部门协调配合 ends like no office.
_ENDS_OF_OFFICES = ("科", "处", "室", "股", "司", "班", "组", "所", "站", "队")
# 省社指导意见印发后30日内: who did something before the days run has no role.
_BY_EVENT = re.compile(
    rf"(?!.*(?:牵头|负责|配合))[^、，。；：]{{4,20}}(?:起|后)[0-9〇零○两{HAN}]{{1,4}}个?(?:工作日|小时|日|天|月|年)(?:之|以)?内(?:完成|办结)?"
)
_OUTSIDE = " \n。；，、"
_MARKS = frozenset(f"{EDGE}（）{INVISIBLE}")
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
    effect = read_note(text) or (read_note(column) if column else None)
    is_ranked = effect is not None and effect.first_leads
    walk, _ = _read(without_note(text) if is_ranked else text, default)
    assignments = _assignments(walk)
    responsibility = Responsibility(
        assignments,
        mode_of(assignments, joint=walk.joint, severally=walk.severally, together=walk.together),
        tuple(assignment.unit for assignment in assignments if is_group(assignment.unit)),
    )
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


_LONGEST_WORD_OF_ROLE = 4


def unclear_roles(text: str, *, column: str = "") -> tuple[str, ...]:
    """The names of a clause that have a word which is in no table: a short one behind them, where another name has a role, or one before a colon.

    So is a body to which another one does something.

    >>> unclear_roles("县文化馆承办，县文旅局审定"), unclear_roles("县文化馆承办，县文旅局协办"), unclear_roles("县文旅局审定名录")
    (('县文旅局审定',), (), ())
    >>> unclear_roles("征订：财务科"), unclear_roles("起草：财务科"), unclear_roles("县文化馆，配合县文旅局")
    (('征订：财务科',), (), ('县文旅局',))
    """
    senses = senses_of(text, column=column)
    behind_colon = tuple(
        f"{words}：{name}"
        for (sense, words), (_, mark), (after, name) in zip(senses, senses[1:], senses[2:], strict=False)
        if sense is Sense.PART and mark[:1] in "：:" and after is Sense.NAME and words not in DEEDS
    )
    bodies = tuple(
        words
        for sense, words in senses
        if sense is Sense.DEED and starts_like_unit(words) and is_unit_as_written(words)
    )
    if not any(sense in (Sense.ROLE, Sense.LABEL) for sense, _ in senses):
        return behind_colon
    words_behind = tuple(
        name + words
        for (before, name), (sense, words), (after, _) in zip(
            senses, senses[1:], [*senses[2:], (Sense.MARK, "")], strict=False
        )
        if before is Sense.NAME
        and sense is Sense.DEED
        and len(words) <= _LONGEST_WORD_OF_ROLE
        and after in (Sense.MARK, Sense.TIME)
    )
    return (*behind_colon, *bodies, *words_behind)


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
    bracket = _bracket_ending_at(folded_text, len(folded_text.rstrip(_OUTSIDE)))
    return (bracket[0] + 1, bracket[1]) if bracket is not None else None


def _assignments(walk: Walk) -> tuple[Assignment, ...]:
    """Names once each, in the order written, with the strongest of their roles."""
    by_name: dict[str, Assignment] = {}
    for entry in _places_joined(walk.roster.entries):
        role = entry.role or walk.roster.default
        before = by_name.get(entry.name)
        if before is None or _STRENGTH.index(role) > _STRENGTH.index(before.role):
            by_name[entry.name] = Assignment(entry.name, role, entry.part or (before.part if before else ""))
    # Beside a name 牵头单位 is one of its parties.
    return () if all(map(is_own_noun, by_name)) else tuple(by_name.values())


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
_RULERS = ("人民政府", "办事处", "管委会")
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
    while (bracket := _bracket_ending_at(folded_text, end)) is not None:
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
    content = without_note(inside.strip())
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
    if not all(is_unit(unit) for unit in units) or all(is_place_kind(unit) for unit in units):
        return False
    parts = re.split(r"[、，；/\s]", content)
    timeless = "、".join(part for part in parts if not is_time(re.sub("^[^：]{2,6}：", "", part)))
    if len("".join(units)) < len(re.sub(r"[、，；/和及与\s]|等.*$", "", timeless)) - 2:
        return False
    if ends_sentence:
        return True
    return not all(_PLACE.search(unit) for unit in units) and (
        len(units) > 1 or starts_like_unit(units[0]) or units[0].endswith(_RULERS)
    )


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
