"""Walking through a clause, statement by statement; the grammar stands in the package's docstring."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from enum import Enum

from tracker.model import Role
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses import spans
from tracker.reading.clauses import verbs
from tracker.reading.clauses import words
from tracker.reading.clauses.spans import Sort


class Sense(Enum):
    """What a stretch of a clause was taken for. Nothing of a clause is without one."""

    # A unit or group.
    NAME = "name"
    # A role word with its manner: 按职责分工负责.
    ROLE = "role"
    # 牵头单位：
    LABEL = "label"
    # The share of one unit: 校园部分.
    PART = "part"
    # 见附件1, 下同, 名单附后.
    REFERENCE = "reference"
    # 第一个为牵头单位.
    NOTE = "note"
    # 等, 等部门.
    AND_OTHERS = "and others"
    # Persons and their telephones.
    PERSON = "person"
    # By when.
    TIME = "time"
    # What is done: the object of a verb.
    DEED = "deed"
    # No name and no role: left out, and shown as such.
    PROSE = "prose"
    # Marks, blanks, conjunctions, footnote signs.
    MARK = "mark"


@dataclass(slots=True)
class Entry:
    """A name as it was met."""

    name: str
    role: Role | None = None
    part: str = ""
    starred: bool = False
    # Set by 会同 before it: a role verb after it speaks of the subject of 会同.
    joined: bool = False
    rank: int = 0


@dataclass(slots=True)
class Walk:
    """A clause on its way through the grammar."""

    text: str
    default: Role = Role.RESPONSIBLE
    entries: list[Entry] = field(default_factory=list)
    each: bool = False
    together: bool = False
    joint: bool = False
    spoken: bool = False
    senses: list[Sense | None] = field(default_factory=list)
    folded: str = ""
    plain: str = ""
    inside: dict[int, int] = field(default_factory=dict)
    # First entry that has no role yet and may get one from the next verb.
    open_from: int = 0
    label: Role | None = None
    ignoring: Sense | None = None
    subjects: list[Entry] = field(default_factory=list)
    joining: bool = False
    in_deed: bool = False
    prose_rank: bool = False
    after_blank: bool = False
    rank: int = 0

    def __post_init__(self) -> None:
        self.folded = marks.fold(self.text)
        self.plain = marks.blank_inside(self.folded)
        self.inside = marks.pairs(self.folded)
        self.senses = [None] * len(self.text)

    def mark(self, start: int, end: int, sense: Sense) -> None:
        """Say what a stretch was taken for; the first word on it counts."""
        for at in range(start, end):
            if self.senses[at] is None:
                self.senses[at] = sense

    # -- the clause -----------------------------------------------------------------------------------

    def run(self) -> None:
        """Read the whole clause."""
        for piece in spans.statements(self.folded, self.plain):
            self._mark_between(piece.mark)
            if piece.label_end > piece.start:
                self._label(piece.start, piece.label_end)
            start, end = self._trim(piece.label_end, piece.end)
            if start >= end:
                continue
            if self.ignoring:
                self.mark(start, end, self.ignoring)
                continue
            self._statement(start, end)
        self._close_open()
        for entry in self.entries:
            if entry.role is None:
                entry.role = self._convener() if entry in self.subjects else self._default()
        for at, letter in enumerate(self.plain):
            if self.senses[at] is None and not letter.isalnum() and letter != marks.BLANK:
                self.senses[at] = Sense.MARK

    def _default(self) -> Role:
        base = self.label or self.default
        if base is Role.LEAD and self.spoken and self.label is None:
            return Role.RESPONSIBLE
        return base

    def _convener(self) -> Role:
        """The unit before 会同 where nothing else gives it a role: who convenes several others leads them."""
        joined = [each for each in self.entries if each.joined]
        return Role.LEAD if len(joined) > 1 else self._default()

    def _mark_between(self, mark: str) -> None:
        self.after_blank = mark in (" ", "\n")
        if mark in ("；", "。", "\n"):
            self.ignoring = None
            self.in_deed = False
            self.joining = False
        if mark == "。":
            self._close_open()
        if mark != "、":
            self.rank += 1
            self.prose_rank = False

    def _close_open(self) -> None:
        """Names that no verb took keep what their label or column says."""
        for entry in self.entries[self.open_from :]:
            if entry.role is None and self.label is not None:
                entry.role = self.label
        self.open_from = len(self.entries)

    def _label(self, start: int, end: int) -> None:
        self._close_open()
        text = re.sub(r"[：\s]|为$|是$", "", self.folded[start:end])
        self.mark(start, end, Sense.LABEL)
        self.ignoring = None
        self.in_deed = self.joining = False
        self.subjects = []
        bare = re.sub(r"（[^）]*）$", "", text)
        if words.TIME_LABEL.search(bare):
            self.ignoring = Sense.TIME
            return
        role = words.role_of(text)
        if role is None:
            self.ignoring = Sense.PERSON if words.PERSON_LABEL.search(bare) else Sense.PROSE
            return
        if words.NEUTRAL_LABEL.fullmatch(text) or text in ("责任分工", "职责分工", "分工"):
            role = None
        self.label = role

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.plain[start] in spans.EDGE:
            start += 1
        while end > start and self.plain[end - 1] in spans.EDGE:
            end -= 1
        return start, end

    # -- one statement --------------------------------------------------------------------------------

    def _statement(self, start: int, end: int) -> None:
        while True:
            start, end = self._trim(start, end)
            while lead_in := self._lead_in(start, end):
                self.mark(start, lead_in, Sense.MARK)
                start, end = self._trim(lead_in, end)
            if start >= end:
                return
            if self._whole_bracket(start, end):
                return
            verb = verbs.find(self.plain, start, end)
            if verb is None:
                self._names_alone(start, end)
                return
            following = self._verb(start, end, verb)
            if following is None:
                return
            start = following

    def _lead_in(self, start: int, end: int) -> int:
        """Where words at the head end that are neither name nor role; 0 if there are none."""
        found = words.LEAD_IN.match(self.folded, start, end)
        if found and self.inside.get(start, found.end()) >= found.end() and self.plain[start] == "（":
            return 0
        if found is None and not names.is_unit(self.plain[start:end]):
            found = words.CONJUNCTION_IN.match(self.plain, start, end)
        if found and words.EACH.search(found.group()):
            self.each = True
        return found.end() if found else 0

    def _whole_bracket(self, start: int, end: int) -> bool:
        """A statement that is one bracket: 市教育局牵头（市财政局配合）."""
        if self.inside.get(start) != end - 1 or self.plain[start] != "（":
            return False
        self._bracket(start, end)
        return True

    def _bracket(self, start: int, end: int) -> None:
        sort = spans.sort_of_bracket(self.folded[start + 1 : end - 1])
        if sort is Sort.REFERENCE:
            self.mark(start, end, Sense.REFERENCE)
        elif sort is Sort.NOTE:
            self.mark(start, end, Sense.NOTE)
        elif sort is Sort.CLAUSE or sort is Sort.ROLE:
            self._close_open()
            self._nested(start + 1, end - 1)
        elif names.is_unit(self.folded[start + 1 : end - 1]) and not self.entries:
            self._nested(start + 1, end - 1)
        else:
            self.mark(start, end, Sense.PROSE)

    def _nested(self, start: int, end: int) -> None:
        inner = Walk(self.text[start:end], default=self.label or self.default)
        inner.run()
        self.entries += inner.entries
        self.open_from = len(self.entries)
        self.each |= inner.each
        self.together |= inner.together
        self.joint |= inner.joint
        self.spoken |= inner.spoken
        for at, sense in enumerate(inner.senses):
            if sense is not None:
                self.mark(start + at, start + at + 1, sense)

    def _verb(self, start: int, end: int, verb: verbs.Found) -> int | None:
        """Deal with the subject and the verb; where to read on, or None."""
        plain = self.plain
        if verb.kind is verbs.Verb.ALONGSIDE:
            self.mark(verb.start, verb.end, Sense.ROLE)
            self.together = True
            self._subject(start, verb.start)
            return verb.end
        if verb.kind is verbs.Verb.JOINT:
            self.mark(verb.start, verb.end, Sense.ROLE)
            self.joint = True
            if verb.start > start:
                self._subject(start, verb.start)
            self.subjects = [
                each for each in self.entries[self.open_from :] if not each.joined
            ] or self.subjects
            if not self.subjects and self.entries:
                self.subjects = [each for each in self.entries if each.role is not Role.SUPPORT][:1]
            self.joining, self.in_deed, self.spoken = True, False, True
            self.open_from = len(self.entries)
            return verb.end
        if self.prose_rank and not names.starts_like_unit(plain[start : verb.start]):
            self.mark(start, end, Sense.PROSE)
            return None
        has_subject = verb.start > start and self._subject(start, verb.start)
        is_waiting = bool(self.entries[self.open_from :])
        if verb.start > start and not has_subject:
            self.mark(start, end, Sense.PROSE)
            self.in_deed = self.prose_rank = True
            return None
        if not has_subject and not is_waiting and not self.joining:
            self.mark(start, end, Sense.DEED if self.entries else Sense.PROSE)
            self.in_deed = self.prose_rank = True
            return None
        self.mark(verb.start, verb.end, Sense.ROLE)
        self.each |= verb.each
        self.together |= verb.together
        part_before = self.pending_part
        self._give(verb)
        rest_start, rest_end = self._trim(verb.end, end)
        if rest_start >= rest_end:
            return None
        if plain[rest_start] == "（":
            close = self.inside.get(rest_start)
            if close is not None:
                self._bracket(rest_start, close + 1)
                return close + 1 if close + 1 < rest_end else None
        following = verbs.find(plain, rest_start, rest_end)
        begins_name = names.starts_like_unit(plain[rest_start:rest_end])
        if verb.kind is verbs.Verb.ROLE and begins_name and following:
            subject = plain[rest_start : following.start]
            if names.is_unit(subject) and following.kind is not verbs.Verb.DEED:
                return rest_start
        if verb.role is Role.LEAD and begins_name and names.is_unit(plain[rest_start:rest_end]):
            return rest_start
        if following and following.kind is verbs.Verb.JOINT:
            self.mark(rest_start, following.start, Sense.DEED)
            return following.start
        self._deed(rest_start, rest_end, verb, has_part=bool(part_before))
        return None

    @property
    def pending_part(self) -> str:
        """The share named before the last subject."""
        return self.entries[-1].part if self.entries else ""

    def _deed(self, start: int, end: int, verb: verbs.Found, *, has_part: bool) -> None:
        text = self.plain[start:end]
        self.in_deed = True
        if (
            verb.kind is verbs.Verb.ROLE
            and verb.role is not Role.SUPPORT
            and not has_part
            and not spans.is_deed(text)
        ):
            self.mark(start, end, Sense.PART)
            for entry in self._last_rank():
                entry.part = self.text[start:end].strip()
        else:
            self.mark(start, end, Sense.DEED)

    def _last_rank(self) -> list[Entry]:
        last = self.entries[-1].rank if self.entries else 0
        return [each for each in self.entries if each.rank == last]

    def _give(self, verb: verbs.Found) -> None:
        """Hand the verb's role to the names that wait for one."""
        waiting = self.entries[self.open_from :]
        if verb.kind is verbs.Verb.ROLE:
            self.spoken = True
        role = verb.role or Role.RESPONSIBLE
        if self.joining and any(each.joined for each in waiting):
            fresh = [each for each in waiting if not each.joined]
            if not fresh:
                for each in self.subjects:
                    gives = verb.kind is verbs.Verb.ROLE and role is not Role.SUPPORT
                    if gives and (each.role is None or role is Role.LEAD):
                        each.role = role
                self.joining = False
                self.open_from = len(self.entries)
                return
        if role is Role.SUPPORT and not self._somebody_answers():
            last = waiting[-1].rank if waiting else 0
            for each in waiting:
                if each.rank != last and each.role is None:
                    each.role = self.label or self.default
        for each in waiting:
            if each.role is None and not each.joined:
                each.role = role if verb.kind is verbs.Verb.ROLE else (self.label or self.default)
        part = next((each.part for each in waiting if each.part), "")
        for each in waiting:
            each.part = each.part or part
        self.joining = False
        self.open_from = len(self.entries)

    def _somebody_answers(self) -> bool:
        return any(each.role in (Role.LEAD, Role.RESPONSIBLE) for each in self.entries)

    # -- names ----------------------------------------------------------------------------------------

    def _subject(self, start: int, end: int) -> bool:
        """Read what stands before a verb; False if it holds no name."""
        start, end, part = spans.cut_part(self.plain, start, end)
        if part is not None:
            self.mark(part[0], part[1], Sense.PART)
            self.mark(part[1], start, Sense.MARK)
        topic = spans.cut_topic(self.plain, start, end)
        if topic is not None:
            self.mark(topic, end, Sense.PART)
            end = topic
        text = self.plain[start:end]
        if not text or (names.is_prose(text) and not re.match(r"[^等]*等", text)):
            return False
        if spans.is_person(self.folded[start:end]):
            self.mark(start, end, Sense.PERSON)
            return False
        before = len(self.entries)
        self._names(start, end)
        if part is not None:
            for each in self.entries[before:]:
                each.part = self.text[part[0] : part[1]].strip()
        return len(self.entries) > before

    def _names_alone(self, start: int, end: int) -> None:
        """A statement without a verb: names, or something else."""
        text = self.plain[start:end]
        folded = self.folded[start:end]
        if spans.is_time(text):
            self.mark(start, end, Sense.TIME)
        elif spans.is_person(folded) and not names.is_prose(text):
            self.mark(start, end, Sense.PERSON)
        elif self.after_blank and self.entries and spans.is_person_name(folded):
            self.mark(start, end, Sense.PERSON)
        elif spans.is_reference(folded):
            self.mark(start, end, Sense.REFERENCE)
        elif (
            self.in_deed
            and self.plain[start - 1 : start] == "、"
            and not (names.is_unit(text) and names.starts_like_unit(text))
        ):
            self.mark(start, end, Sense.DEED)
        elif self.prose_rank or names.is_prose(re.sub(r"等.*$", "", text)) or spans.holds_deed(text):
            self.mark(start, end, Sense.PROSE)
            self.prose_rank = True
        else:
            begin, end, part = spans.cut_part(self.plain, start, end)
            if part is not None:
                self.mark(part[0], part[1], Sense.PART)
                self.mark(part[1], begin, Sense.MARK)
            before = len(self.entries)
            self._names(begin, end)
            if part is not None:
                for each in self.entries[before:]:
                    each.part = self.text[part[0] : part[1]].strip()

    def _names(self, start: int, end: int) -> None:
        for span in spans.split_names(self.folded, self.plain, start, end):
            self._name(span)

    def _name(self, span: spans.Span) -> None:
        start, end = self._trim(span.start, span.end)
        starred = False
        while start < end and self.plain[start] in spans.STARS:
            starred = True
            start += 1
        while end > start and self.plain[end - 1] in spans.STARS:
            starred = True
            end -= 1
        role: Role | None = None
        part = ""
        while end > start and self.plain[end - 1] == "）":
            opening = next((a for a, b in self.inside.items() if b == end - 1), None)
            if opening is None or opening < start:
                break
            content = self.folded[opening + 1 : end - 1]
            sort = spans.sort_of_bracket(content)
            if sort is Sort.NAME or (opening == start):
                break
            if sort is Sort.ROLE:
                role = spans.role_of_bracket(content)
                self.spoken = True
                self.mark(opening, end, Sense.ROLE)
            elif sort is Sort.PART and self.text[opening] in "[［〔" and content.strip().isdecimal():
                self.mark(opening, end, Sense.MARK)
            elif sort is Sort.PART:
                part = self.text[opening + 1 : end - 1].strip()
                self.mark(opening, end, Sense.PART)
            elif sort is Sort.NOTE:
                self.mark(opening, end, Sense.NOTE)
            elif sort is Sort.CLAUSE:
                break
            else:
                self.mark(opening, end, Sense.REFERENCE)
            end = opening
        clause: tuple[int, int] | None = None
        if end > start and self.plain[end - 1] == "）":
            opening = next((a for a, b in self.inside.items() if b == end - 1), None)
            if (
                opening is not None
                and opening > start
                and spans.sort_of_bracket(self.folded[opening + 1 : end - 1]) is Sort.CLAUSE
            ):
                clause = (opening, end)
                end = opening
        cut = spans.and_others(self.plain, start, end)
        self.mark(cut, end, Sense.AND_OTHERS)
        start, end = self._trim(start, cut)
        if end > start:
            written = re.sub(r"\s+", "", self.text[start:end])
            self.mark(start, end, Sense.NAME)
            entry = Entry(written, role, part, starred, joined=self.joining, rank=self.rank)
            if self.joining and role is None:
                entry.role = Role.SUPPORT
            self.entries.append(entry)
        if clause:
            self._bracket(*clause)
