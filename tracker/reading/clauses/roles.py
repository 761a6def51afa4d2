"""The names of a clause and their roles: which of them a verb or a label speaks of, and how several answer together.

A name waits until a verb behind it, the end of its sentence or the next label decides. A verb speaks of every
name that waits, across commas: in `A，B、C负责` all three are responsible. Two limits:

- a verb of support does not reach back over a comma while nobody answers yet: in `A，B配合` A is responsible;
- behind 会同 names support, and a verb after them speaks of the names before it; without one these are what label or
  column says, responsible for want of both.

A bracket of support behind a list speaks of all of it, where an earlier rank has roles: 市甲局（牵头），市乙局、市丙局（配合）.
"""

from __future__ import annotations

from dataclasses import field

from tracker.model import Assignment, Mode, Role
from tracker.reading.clauses.names import is_group, is_unit_as_written
from tracker.values import dataclass


def mode_of(
    assignments: tuple[Assignment, ...],
    *,
    joint: bool = False,
    severally: bool = False,
    together: bool = False,
) -> Mode:
    """Decide the mode; the first row that fits holds.

        会同 anywhere                                              jointly
        somebody leads, and there are others                       lead+all
        分别, 按职责分工, 各负其责, or a share named for each unit     each
        one unit that is no group, or one lead                     single
        several leads and nobody else; 共同, 联合                    jointly
        else                                                       unspecified

    >>> from tracker.model import Assignment as A
    >>> mode_of((A("市教育局", Role.LEAD), A("市财政局", Role.LEAD))).value
    'jointly'
    >>> mode_of((A("市教育局", Role.LEAD), A("市财政局", Role.LEAD)), severally=True).value
    'each'
    """
    if not assignments:
        return Mode.UNSPECIFIED
    leads = [assignment for assignment in assignments if assignment.role is Role.LEAD]
    principals = [assignment for assignment in assignments if assignment.role is not Role.SUPPORT]
    has_shares = (
        len(principals) > 1
        and all(principal.part for principal in principals)
        and len({a.part for a in principals}) > 1
    )
    if joint:
        return Mode.JOINTLY
    if leads and len(leads) < len(assignments):
        return Mode.LEAD_ALL
    if severally or has_shares:
        return Mode.EACH
    if len(assignments) == 1 and (leads or (principals and not is_group(assignments[0].unit))):
        return Mode.SINGLE
    if len(leads) > 1 or (together and len(assignments) > 1):
        return Mode.JOINTLY
    return Mode.UNSPECIFIED


@dataclass(slots=True, eq=False)
class NameEntry:
    """A name as it was met.

    Attributes:
        name: As written, without blanks.
        span: Where it stands.
        rank: Number of the rank it stands in; names of one rank are joined by 、.
        role: None while it waits.
        part: Its share.
        is_joint: It stands behind 会同.
        before_label: It stands before the first label, which does not speak of it.
    """

    name: str
    span: tuple[int, int]
    rank: int
    role: Role | None = None
    part: str = ""
    is_joint: bool = False
    before_label: bool = False


@dataclass(slots=True)
class Roster:
    """The names of a clause and who still waits for a role.

    Attributes:
        default: What the head of the column makes of a name without a word.
        label: What the label before the names makes of them; None without a label.
        has_role_word: The cell has a role word of its own.
        subjects: The names before 会同.
        joining: Reading behind 会同.
    """

    default: Role
    entries: list[NameEntry] = field(default_factory=list)
    label: Role | None = None
    has_role_word: bool = False
    subjects: list[NameEntry] = field(default_factory=list)
    joining: bool = False
    _first_waiting: int = 0

    @property
    def candidates(self) -> list[NameEntry]:
        """The names that the next verb speaks of."""
        return self.entries[self._first_waiting :]

    def add(self, entry: NameEntry) -> None:
        """A name was met."""
        entry.is_joint = self.joining
        if self.joining and entry.role is None:
            entry.role = Role.SUPPORT
        if entry.role is Role.SUPPORT and any(
            earlier.role is not None and earlier.rank < entry.rank for earlier in self.entries
        ):
            for earlier in self.candidates:
                if earlier.rank == entry.rank and earlier.role is None:
                    earlier.role = Role.SUPPORT
        self.entries.append(entry)

    def adopt(self, entries: list[NameEntry]) -> None:
        """Take in names that have their roles already."""
        self.entries += entries
        self._first_waiting = len(self.entries)

    def settle(self) -> None:
        """Names that no verb took keep what their label says."""
        for entry in self.candidates:
            if entry.role is None and self.label is not None:
                entry.role = self.label
        self._first_waiting = len(self.entries)

    def begin_label(self, role: Role | None) -> None:
        """A label begins; `role` is None for one that says nothing about roles."""
        for entry in self.candidates:
            entry.before_label = self.label is None
        self.settle()
        self.label = role
        self.joining = False
        self.subjects = []

    def join(self) -> None:
        """会同 was met: the names that wait are its subjects, or else those that answer already."""
        self.subjects = [entry for entry in self.candidates if not entry.is_joint] or self.subjects
        if not self.subjects:
            self.subjects = [entry for entry in self.entries if entry.role is not Role.SUPPORT][:1]
        self.joining = True
        self._first_waiting = len(self.entries)

    def give(self, role: Role | None) -> None:
        """A verb was met; `role` is None for a deed, which leaves it to label and column."""
        self.has_role_word |= role is not None
        fresh = [entry for entry in self.candidates if not entry.is_joint]
        if self.joining and self.candidates and not fresh:
            self._give_subjects(role)
        else:
            self._give_waiting(fresh, role)
        self.joining = False
        self._first_waiting = len(self.entries)

    def _give_subjects(self, role: Role | None) -> None:
        for entry in self.subjects:
            if role is Role.LEAD or (role is Role.RESPONSIBLE and entry.role is None):
                entry.role = role

    def _give_waiting(self, fresh: list[NameEntry], role: Role | None) -> None:
        usual = self.label or self.default
        if role is Role.SUPPORT and not self._somebody_answers():
            for entry in fresh:
                if entry.rank != fresh[-1].rank and entry.role is None:
                    entry.role = usual
        part = next((entry.part for entry in fresh if entry.part), "")
        for entry in fresh:
            entry.part = entry.part or part
            if entry.role is None:
                entry.role = role or usual

    def _somebody_answers(self) -> bool:
        return any(entry.role in (Role.LEAD, Role.RESPONSIBLE) for entry in self.entries)

    def drop_idle_prose(self) -> list[NameEntry]:
        """Take out what waits before the last rank and is surely no name: 基层治理能力提升，市民政局牵头."""
        fresh = self.candidates
        if not fresh or not is_unit_as_written(fresh[-1].name):
            return []
        ranks = {entry.rank for entry in fresh if is_unit_as_written(entry.name)}
        idle = [
            entry
            for entry in fresh
            if entry.rank not in ranks and len(entry.name) >= _SHORTEST_PROSE and not is_group(entry.name)
        ]
        self.entries = [entry for entry in self.entries if entry not in idle]
        return idle

    def finish(self) -> None:
        """The clause is over: nobody stays without a role."""
        self.settle()
        for entry in self.entries:
            if entry.role is None:
                label = None if entry.before_label else self.label
                entry.role = self._usual(label)

    def _usual(self, label: Role | None) -> Role:
        """Under 牵头单位, a name without a word is responsible where another name of the cell has one."""
        if label is None and self.default is Role.LEAD and self.has_role_word:
            return Role.RESPONSIBLE
        return label or self.default


# Shorter words without a body's ending may still be a name: 岚城, 广电网络.
_SHORTEST_PROSE = 6
