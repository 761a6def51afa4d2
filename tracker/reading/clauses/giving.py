"""Handing out roles: which of the names met so far a verb or a label speaks of.

A name waits until a verb behind it, the end of its sentence or the next label decides. A verb speaks of every
name that waits, across commas: in `A，B、C负责` all three are responsible. Two limits:

- a verb of support does not reach back over a comma while nobody answers yet: in `A，B配合` A is responsible;
- behind 会同 names support, and a verb after them speaks of the names before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field

from tracker.model import Role
from tracker.reading.clauses import names


@dataclass(slots=True, eq=False)
class Entry:
    """A name as it was met.

    Attributes:
        name: As written, without blanks.
        span: Where it stands.
        rank: Number of the rank it stands in; names of one rank are joined by 、.
        role: None while it waits.
        part: Its share.
        joined: It stands behind 会同.
        before_label: It stands before the first label, which does not speak of it.
    """

    name: str
    span: tuple[int, int]
    rank: int
    role: Role | None = None
    part: str = ""
    joined: bool = False
    before_label: bool = False


@dataclass(slots=True)
class Giving:
    """The names of a clause and who still waits for a role.

    Attributes:
        default: What the head of the column makes of a name without a word.
        label: What the label before the names makes of them; None without a label.
        spoken: The cell has a role word of its own.
        subjects: The names before 会同.
        joining: Reading behind 会同.
    """

    default: Role
    entries: list[Entry] = field(default_factory=list)
    label: Role | None = None
    spoken: bool = False
    subjects: list[Entry] = field(default_factory=list)
    joining: bool = False
    _first_waiting: int = 0

    @property
    def waiting(self) -> list[Entry]:
        """The names that the next verb speaks of."""
        return self.entries[self._first_waiting :]

    def add(self, entry: Entry) -> None:
        """A name was met."""
        entry.joined = self.joining
        if self.joining and entry.role is None:
            entry.role = Role.SUPPORT
        self.entries.append(entry)

    def adopt(self, entries: list[Entry]) -> None:
        """Take in names that have their roles already."""
        self.entries += entries
        self._first_waiting = len(self.entries)

    def settle(self) -> None:
        """Names that no verb took keep what their label says."""
        for entry in self.waiting:
            if entry.role is None and self.label is not None:
                entry.role = self.label
        self._first_waiting = len(self.entries)

    def begin_label(self, role: Role | None) -> None:
        """A label begins; `role` is None for one that says nothing about roles."""
        for entry in self.waiting:
            entry.before_label = self.label is None
        self.settle()
        self.label = role
        self.joining = False
        self.subjects = []

    def join(self) -> None:
        """会同 was met: the names that wait are its subjects, or else those that answer already."""
        self.subjects = [each for each in self.waiting if not each.joined] or self.subjects
        if not self.subjects:
            self.subjects = [each for each in self.entries if each.role is not Role.SUPPORT][:1]
        self.joining = True
        self._first_waiting = len(self.entries)

    def give(self, role: Role | None) -> None:
        """A verb was met; `role` is None for a deed, which leaves it to label and column."""
        self.spoken |= role is not None
        fresh = [each for each in self.waiting if not each.joined]
        if self.joining and self.waiting and not fresh:
            self._give_subjects(role)
        else:
            self._give_waiting(fresh, role)
        self.joining = False
        self._first_waiting = len(self.entries)

    def _give_subjects(self, role: Role | None) -> None:
        for each in self.subjects:
            if role is Role.LEAD or (role is Role.RESPONSIBLE and each.role is None):
                each.role = role

    def _give_waiting(self, fresh: list[Entry], role: Role | None) -> None:
        usual = self.label or self.default
        if role is Role.SUPPORT and not self._somebody_answers():
            for each in fresh:
                if each.rank != fresh[-1].rank and each.role is None:
                    each.role = usual
        part = next((each.part for each in fresh if each.part), "")
        for each in fresh:
            each.part = each.part or part
            if each.role is None:
                each.role = role or usual

    def _somebody_answers(self) -> bool:
        return any(each.role in (Role.LEAD, Role.RESPONSIBLE) for each in self.entries)

    def drop_idle_prose(self) -> list[Entry]:
        """Take out what waits before the last rank and is surely no name: 基层治理能力提升，市民政局牵头."""
        fresh = self.waiting
        if not fresh or not names.is_unit_as_written(fresh[-1].name):
            return []
        named = {each.rank for each in fresh if names.is_unit_as_written(each.name)}
        idle = [
            each
            for each in fresh
            if each.rank not in named and len(each.name) >= _SHORTEST_PROSE and not names.is_group(each.name)
        ]
        self.entries = [each for each in self.entries if each not in idle]
        return idle

    def finish(self) -> None:
        """The clause is over: nobody stays without a role."""
        self.settle()
        for entry in self.entries:
            if entry.role is None:
                label = None if entry.before_label else self.label
                entry.role = self._convener(label) if entry in self.subjects else self._usual(label)

    def _usual(self, label: Role | None) -> Role:
        """Under 牵头单位, a name without a word is responsible where another name of the cell has one."""
        if label is None and self.default is Role.LEAD and self.spoken:
            return Role.RESPONSIBLE
        return label or self.default

    def _convener(self, label: Role | None) -> Role:
        """The unit before 会同 where nothing else gives it a role: who convenes several others leads them."""
        joined = [each for each in self.entries if each.joined]
        return Role.LEAD if len(joined) > 1 else self._usual(label)


# Shorter words without a body's ending may still be a name: 岚城, 广电网络.
_SHORTEST_PROSE = 6
