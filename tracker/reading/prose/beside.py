"""Lines beside the items of a text: who signs it, and on which side of its item a line of time stands.

**Signatures.** The body that issues a text stands below a letter or below the last item, mostly above a day. It gives
nobody a task, though it looks like a line of units:

    7.开展联审。                    7.开展联审。
    责任单位：市甲局                市甲局
    市乙局领导小组办公室            2026年3月1日
    2026年3月1日                    8.清理台账。

What stands left has a statement before it, or others state otherwise; what stands right answers for its item.

**Lines of time.** 完成时限：… in a line of its own is that of the item above, unless the lines of the text stand above
their items (编号, 完成时限, 事项, 责任单位): the whole text tells, since one line alone stands between two items.

    >>> lines = [TextLine(text, f"L{n}") for n, text in enumerate(("1.修渠。", "责任单位：市甲局", "市乙局办公室", "2026年3月1日"))]
    >>> sorted(signatures(lines))
    ['L2', 'L3']
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker import patterns as re
from tracker.reading.lines import LeadingNumber, Rank, TextLine, is_heading, leading_number
from tracker.reading.prose.segments import SENTENCE_ENDS, Segment, is_time_alone, names_and_time
from tracker.reading.tables import at_end, has_role, is_names

_DAY = r"(?:(?:19|20)\d\d|二[〇○零]\S{2})\s*年\s*\S{1,2}\s*月\s*\S{1,3}\s*日"
_SIGNED_ON = re.compile(_DAY)
_SIGNED = re.compile(rf"(?P<body>[^，,。；;：:、]{{2,40}}?)[\s\u3000]*{_DAY}")
_LONGEST = 40
# A signature stands so much further right than the line above.
_SET_OFF = 4


def signs_day(text: str) -> bool:
    """Whether a line is a day with its year and nothing else: it dates a document.

    >>> signs_day("2026年3月1日"), signs_day("2026年3月1日前"), signs_day("3月1日")
    (True, False, False)
    """
    return _SIGNED_ON.fullmatch(text.strip()) is not None


def signatures(lines: Sequence[TextLine]) -> set[str]:
    """The places of the lines that sign a letter or the whole text: bodies, and the day below or beside them."""
    first = next((at for at, line in enumerate(lines) if leading_number(line.text) is not None), len(lines))
    runs = [run for at in range(len(lines)) if (run := _run_above(lines, at))]
    below = [run for run in runs if run[0] > first]
    if not below and (start := _first_body(lines, len(lines))) < len(lines) and _is_set_off(lines, start):
        below = [(start, len(lines))]
    # Behind items every run signs the text where nobody answers in that way.
    is_habit = len(below) > 1 or any(
        _is_body(line.text) and leading_number(before.text) is not None and not _states(before.text)
        for before, line in pairwise(lines[: below[0][0]] if below else ())
    )
    signed = [run for run in runs if run[0] <= first]
    signed += [run for run in below if not is_habit or (run[0] and _ends_above(lines, run[0]))]
    return {line.place for start, end in signed for line in lines[start:end]}


def _run_above(lines: Sequence[TextLine], at: int) -> tuple[int, int] | None:
    """The bodies above a day, with it; or a line that holds both."""
    text = lines[at].text.strip()
    beside = _SIGNED.fullmatch(text)
    if beside is not None and not signs_day(text):
        return (at, at + 1) if _is_body(beside["body"]) else None
    if not signs_day(text):
        return None
    start = _first_body(lines, at)
    return (start, at + 1) if start < at else None


def _first_body(lines: Sequence[TextLine], end: int) -> int:
    """Where the bodies above a line begin: at the first of them, or at one that is set off from the line above it."""
    start = end
    while start and _is_body(lines[start - 1].text):
        start -= 1
        if _is_set_off(lines, start):
            break
    return start


def _is_set_off(lines: Sequence[TextLine], at: int) -> bool:
    """Whether a line stands behind a gap or much further right than the one above."""
    return at > 0 and (lines[at].gap or lines[at].indent > lines[at - 1].indent + _SET_OFF)


def _ends_above(lines: Sequence[TextLine], at: int) -> bool:
    """Whether the item above a line has its statement: a label or bracket, or a bare name from which the line is set off."""
    before = lines[at - 1].text
    return _states(before) or (_is_set_off(lines, at) and (_is_body(before) or is_time_alone(before)))


def _is_body(text: str) -> bool:
    """Whether a line is the name of a body, without a number, a label or a word of its role."""
    bare = text.strip()
    return len(bare) <= _LONGEST and leading_number(bare) is None and is_names(bare) and not has_role(bare)


def _states(text: str) -> bool:
    """Whether a line says in any way but by a bare name who answers or by when."""
    cut, bare = at_end(text), text.strip("（()）【】[] ")
    return bool(cut.statements or cut.deadline) or (has_role(bare) and names_and_time(bare) is not None)


def times_lead(segments: Sequence[Segment]) -> bool:
    """Whether the lines of time of a text stand above their items: one above the first and none below the last."""
    letters = _letters(segments)
    is_above = re.match("[^N]*T", letters) is not None and not re.search("T[^N]*$", letters)
    return is_above and letters.count("T") * 4 >= letters.count("N") * 3


def _letters(segments: Sequence[Segment]) -> str:
    """A letter for each segment: T says by when, S who answers, N is an item, H anything else."""
    numbers: list[LeadingNumber | None] = [leading_number(segment.text) for segment in segments]
    ranks: list[Rank] = [
        number.rank for number in numbers if number is not None and not is_heading(number.rest)
    ]
    ranks = ranks or [
        number.rank for number in numbers if number is not None and number.rank > Rank.HAN_BRACKET
    ]
    innermost = max(ranks, default=None)
    letters = ""
    for segment, number in zip(segments, numbers, strict=True):
        cut = segment.cut
        if cut.text.strip(" 　。；;") and (
            cut.statements
            or (number is not None and number.rank is innermost)
            or (innermost is None and segment.text.endswith(SENTENCE_ENDS))
        ):
            letters += "N"
        elif cut.text.strip(" 　。；;"):
            letters += "H"
        else:
            letters += "S" if cut.statements else "T" if cut.deadline else "H"
    return letters
