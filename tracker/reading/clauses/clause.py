"""A clause on its way through the grammar: its text in three forms, and what each stretch was taken for."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from enum import Enum

from tracker.reading.clauses import marks


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
class Clause:
    """The text of a clause.

    Attributes:
        text: As written, without the blanks that separate nothing.
        folded_text: Simplified, marks and brackets in one form.
        plain: The same with the contents of brackets and quotations blanked.
        closing_places: Opening to closing place of every bracket and quotation.
        opening_places: Closing to opening place.
        senses: What each character was taken for.
    """

    text: str
    folded_text: str = ""
    plain: str = ""
    closing_places: dict[int, int] = field(default_factory=dict)
    opening_places: dict[int, int] = field(default_factory=dict)
    senses: list[Sense | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folded_text = marks.fold_characters(self.text)
        self.closing_places = marks.bracket_pairs(self.folded_text)
        self.opening_places = {close: start for start, close in self.closing_places.items()}
        self.plain = marks.blank_inside(self.folded_text)
        self.senses = [None] * len(self.text)

    def mark(self, start: int, end: int, sense: Sense) -> None:
        """Say what a stretch was taken for; the first word on it counts."""
        for at in range(start, end):
            if self.senses[at] is None:
                self.senses[at] = sense

    def mark_again(self, start: int, end: int, sense: Sense) -> None:
        """Say it anew: what was taken for a name turned out to be none."""
        self.senses[start:end] = [sense] * (end - start)

    def mark_rest(self) -> None:
        """Say of every mark and sign without a sense that it is one."""
        for at, letter in enumerate(self.plain):
            if self.senses[at] is None and not letter.isalnum() and letter != marks.BLANK:
                self.senses[at] = Sense.MARK

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without marks and footnote signs at its edges."""
        while start < end and self.plain[start] in marks.EDGE:
            start += 1
        while end > start and self.plain[end - 1] in marks.EDGE:
            end -= 1
        return start, end

    def bracket_ending_at(self, end: int) -> int | None:
        """Where the bracket opens that closes right before `end`."""
        return self.opening_places.get(end - 1) if end and self.plain[end - 1] == "）" else None
