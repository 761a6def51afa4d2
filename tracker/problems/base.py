"""What can be wrong, in the words that users see.

Two kinds, never mixed:

- A `Finding` is a value: something in their file needs attention, and we went on.
- A `TrackerError` is raised: we cannot go on, nothing was done.

Both say where, what and what to do, and carry a stable code: tests and measurements know the codes, the
sentences may improve. The sentences stand in this package, one module for each room of the program; a new
kind of finding is one `FindingKind` there and one drawn test, a new refusal is one class.

    >>> from tracker.problems.reading import NO_UNIT
    >>> print(NO_UNIT.at("分工表!C3"))
    分工表!C3：这项任务没有责任单位，请补填；若与上一行相同，请合并单元格或写“同上”。[no-unit]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, IntEnum

from tracker.printable import one_line, printable
from tracker.values import dataclass


class Severity(Enum):
    """How much a finding matters."""

    # Something is missing or contradictory; a person has to decide before it can be relied on.
    ERROR = "error"
    # Something was understood in one of several ways; a person should look.
    WARNING = "warning"
    # Said for the record.
    INFO = "info"

    @property
    def label(self) -> str:
        """The word that users see."""
        return {"error": "须更正", "warning": "请核对", "info": "说明"}[self.value]


class Exit(IntEnum):
    """Exit codes of every command."""

    # Done; findings are part of the output.
    DONE = 0
    # A part could not be done; it is named.
    PARTLY = 1
    # The command was typed wrongly.
    USAGE = 2
    # Refused, and nothing was done.
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that a person should look at.

    Attributes:
        code: Stable name of the kind.
        severity: How much it matters.
        place: Where, as people write it; may be empty when it concerns the whole file.
        message: What, and what to do.
    """

    code: str
    severity: Severity
    place: str
    message: str

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        return f"{where}{self.message}[{self.code}]"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding: its code, its weight and its sentence with the names of its facts in braces."""

    code: str
    severity: Severity
    sentence: str

    def at(self, place: str = "", **facts: object) -> Finding:
        """This kind, found at a place; what files and names say stands in it as people may see it."""
        values = {name: one_line(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        return Finding(self.code, self.severity, one_line(place), self.sentence.format(**values))


# So many places of one finding are named.
_MOST_PLACES = 3


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, in order; those that say the same stand once, with the first of their places and how many there are.

    >>> kind = FindingKind("odd", Severity.INFO, "看不懂“{text}”。")
    >>> for finding in once([kind.at(f"表!C{n}", text="甲") for n in range(1, 6)] + [kind.at("表!D1", text="乙")]):
    ...     print(finding)
    表!C1、表!C2、表!C3等5处：看不懂“甲”。[odd]
    表!D1：看不懂“乙”。[odd]
    """
    places: dict[tuple[str, Severity, str], list[str]] = {}
    for finding in findings:
        places.setdefault((finding.code, finding.severity, finding.message), []).append(finding.place)
    return tuple(
        Finding(code, severity, _together(where), message)
        for (code, severity, message), where in places.items()
    )


def _together(places: Sequence[str]) -> str:
    names = list(dict.fromkeys(filter(None, places)))
    more = f"等{len(names)}处" if len(names) > _MOST_PLACES else ""
    return "、".join(names[:_MOST_PLACES]) + more


class TrackerError(Exception):
    """Something that stops the command; the class states its sentence, its code and its exit code.

    A subclass sets `code` and `sentence` (the names of its facts in braces); raising it supplies the facts by
    keyword. Nothing has been changed when it is raised.

    >>> from tracker.problems.files import EmptyFile
    >>> print(EmptyFile(file="方案.xlsx"))
    方案.xlsx：文件是空的，没有任何内容。请确认文件已保存完整后重试。[empty-file]
    """

    code = "refused"
    sentence = ""
    exit = Exit.REFUSED

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(f"{printable(self.sentence.format(**facts))}[{self.code}]")

    def __reduce__(self) -> tuple[object, ...]:
        # The default would call the class with the finished sentence; it has to survive a worker process.
        return (_remake, (type(self), self.facts))


class ListedQuestion(TrackerError):
    """Nothing was done because a person has to say something first; the question stands in 待核对事项清单."""


def _remake(kind: type[TrackerError], facts: dict[str, object]) -> TrackerError:
    return kind(**facts)
