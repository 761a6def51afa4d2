"""Walking through a clause, statement by statement; the grammar stands in the package's docstring.

A stretch that holds names becomes entries on the way: brackets, signs and 等 taken off (`written_names`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tracker import patterns as re
from tracker.model import Role
from tracker.reading.clauses.marks import STARS, Clause, Sense
from tracker.reading.clauses.names import (
    Before,
    BracketSort,
    is_deed,
    is_person,
    is_prose,
    is_time,
    is_unit,
    is_unit_as_written,
    is_wordy,
    role_of_bracket,
    sense_without_verb,
    sort_of_bracket,
    starts_like_unit,
)
from tracker.reading.clauses.roles import NameEntry, Roster
from tracker.reading.clauses.statements import and_others, cut_part, cut_topic, split_names, split_statements
from tracker.reading.clauses.verbs import VerbKind, VerbMatch, find_verb
from tracker.reading.clauses.words import (
    BARE_LABEL,
    CONJUNCTION_IN,
    LEAD_IN,
    SEVERALLY,
    TRANSITIVE,
    label_meaning,
)
from tracker.values import dataclass

_SENSES = {BracketSort.ROLE: Sense.ROLE, BracketSort.PART: Sense.PART, BracketSort.NOTE: Sense.NOTE}
# 列首位者牵头 speaks of the list.
_FIRST_OF_LIST = re.compile(r"(?:列|排|居)在?(?:首|第一)位?(?:的|者)")
# Brackets that offices use for footnotes: 市教育局[1].
_FOOTNOTE_BRACKETS = "[［〔"


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name, and what its brackets say.

    Attributes:
        name: As written, without blanks; empty if nothing was left.
        span: Where it stands.
        role: What a bracket behind it says: 市教育局（牵头）.
        part: Its share: 市教育局（校园部分）.
        clause: A bracket behind it that is a clause of its own: 市教育局（市财政局配合）.
    """

    name: str
    span: tuple[int, int]
    role: Role | None = None
    part: str = ""
    clause: tuple[int, int] | None = None


def written_names(clause: Clause, start: int, end: int) -> Iterator[WrittenName]:
    """The names in a stretch that holds nothing else."""
    at = start
    for span in split_names(clause.folded_text, clause.plain, start, end):
        clause.mark(at, span.start, Sense.MARK)
        at = span.end
        yield _written_name(clause, *clause.trim(span.start, span.end))


def _written_name(clause: Clause, start: int, end: int) -> WrittenName:
    start, end = _without_stars(clause, start, end)
    role: Role | None = None
    part = ""
    nested_clause: tuple[int, int] | None = None
    while (bracket_start := clause.bracket_ending_at(end)) is not None and bracket_start > start:
        content = clause.folded_text[bracket_start + 1 : end - 1]
        sort = sort_of_bracket(content)
        if sort is BracketSort.NAME:
            break
        if sort is BracketSort.CLAUSE:
            nested_clause = (bracket_start, end)
        elif (
            sort is BracketSort.PART
            and clause.text[bracket_start] in _FOOTNOTE_BRACKETS
            and content.strip().isdecimal()
        ):
            clause.mark(bracket_start, end, Sense.MARK)
        else:
            clause.mark(bracket_start, end, _SENSES.get(sort, Sense.REFERENCE))
            role = role_of_bracket(content) if sort is BracketSort.ROLE else role
            part = clause.text[bracket_start + 1 : end - 1].strip() if sort is BracketSort.PART else part
        end = bracket_start
    cut = and_others(clause.plain, start, end)
    clause.mark(cut, end, Sense.AND_OTHERS)
    start, end = clause.trim(start, cut)
    clause.mark(start, end, Sense.NAME)
    return WrittenName(re.sub(r"\s+", "", clause.text[start:end]), (start, end), role, part, nested_clause)


def _without_stars(clause: Clause, start: int, end: int) -> tuple[int, int]:
    while start < end and clause.plain[start] in STARS:
        start += 1
    while end > start and clause.plain[end - 1] in STARS:
        end -= 1
    return start, end


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
                self._statement(start, end)
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

    def _label(self, start: int, end: int) -> None:
        self.clause.mark(start, end, Sense.LABEL)
        self._in_deed = False
        self._ignoring, role = label_meaning(self.clause.folded_text[start:end])
        self.roster.begin_label(self.roster.label if self._ignoring else role)

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
            if not self._in_prose and _is_lone(self.clause.plain[at:end]):
                self.clause.mark(at, end, Sense.NAME)
                self.roster.add(NameEntry(self.clause.text[at:end], (at, end), self._rank))
                return
            if self.clause.plain[at] == "（" and self.clause.closing_places.get(at) == end - 1:
                self._bracket(at, end)
                return
            verb = find_verb(self.clause.plain, at, end)
            if verb is None:
                self._without_verb(at, end)
                return
            at = self._with_verb(at, end, verb)

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
        elif sort is BracketSort.REFERENCE:
            self.clause.mark(start, end, Sense.REFERENCE)
        elif sort is BracketSort.NOTE:
            self.clause.mark(start, end, Sense.NOTE)
        else:
            self.clause.mark(start, end, Sense.PROSE)

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
        if not self._has_subject(start, verb.start):
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
