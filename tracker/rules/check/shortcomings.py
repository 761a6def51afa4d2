r"""问题整改: a shortcoming that a check found, from the day it was found to the day it is closed.

Spot checks, special checks, quarterly checks, 回头看 and 问题清单 from above are one machine; only the frames
differ, and who found it. What has happened to a shortcoming is a list of transitions; where it stands is a function of them:

    standing           transition            what follows       it needs
    (nothing)          发现            待交办             what is wrong, and where
    待交办             交办            整改中             a day by which
    整改中             整改            待复核             what was done, evidence
    整改中             延期            整改中             a later day, a reason
    待复核             复核通过        已销号             who looked
    待复核             复核不通过      整改中             a day by which, a reason
    已销号             回头看不通过    整改中             a day by which, a reason
    待交办, 整改中     撤销            已撤销             a reason

Every other transition is refused (`TransitionRefused`). What was closed and failed again keeps its number: its transitions show it.

    >>> transitions = (Transition(TransitionKind.DISCOVERY, dt.date(2026, 4, 1)), Transition(TransitionKind.HANDOVER, dt.date(2026, 4, 2), due=dt.date(2026, 4, 17)))
    >>> stand_of(transitions).label, due_of(transitions).isoformat(), is_overdue(transitions, dt.date(2026, 4, 18))
    ('整改中', '2026-04-17', True)

**Common ones** (共性问题, 桂办发〔2016〕39号): a kind of shortcoming is one where at least `units` of the checked units
have it, or at least `percent` of them; `common_shortcomings` counts units, never cases.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum

from tracker.problems.check import TransitionRefused
from tracker.values import dataclass


class ShortcomingStand(Enum):
    """Where a shortcoming stands; the value is what machines see."""

    NEW = "found"
    WITH_UNIT = "handed"
    FOR_REVIEW = "rectified"
    DONE = "closed"
    VOID = "withdrawn"

    @property
    def label(self) -> str:
        """The word that users see."""
        return _STANDS[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self not in (ShortcomingStand.DONE, ShortcomingStand.VOID)


_STANDS = {
    ShortcomingStand.NEW: "待交办",
    ShortcomingStand.WITH_UNIT: "整改中",
    ShortcomingStand.FOR_REVIEW: "待复核",
    ShortcomingStand.DONE: "已销号",
    ShortcomingStand.VOID: "已撤销",
}


class TransitionKind(Enum):
    """What can happen to a shortcoming; the value is the word that users see and that `facts.Event.kind` holds."""

    DISCOVERY = "发现"
    HANDOVER = "交办"
    RECTIFICATION = "整改"
    EXTENSION = "延期"
    PASS = "复核通过"
    FAILURE = "复核不通过"
    REOPENING = "回头看不通过"
    WITHDRAWAL = "撤销"


@dataclass(frozen=True, slots=True)
class Transition:
    """Something that happened to a shortcoming.

    Attributes:
        kind: What.
        on: When.
        due: By which day the unit has to have rectified it; None where the transition states none.
        text: What is wrong, what was done, or the reason.
        evidence: File names or addresses.
    """

    kind: TransitionKind
    on: dt.date
    due: dt.date | None = None
    text: str = ""
    evidence: str = ""


# Where a shortcoming may stand before a transition, and where it stands after it.
TRANSITIONS: dict[TransitionKind, tuple[frozenset[ShortcomingStand | None], ShortcomingStand]] = {
    TransitionKind.DISCOVERY: (frozenset({None}), ShortcomingStand.NEW),
    TransitionKind.HANDOVER: (frozenset({ShortcomingStand.NEW}), ShortcomingStand.WITH_UNIT),
    TransitionKind.RECTIFICATION: (frozenset({ShortcomingStand.WITH_UNIT}), ShortcomingStand.FOR_REVIEW),
    TransitionKind.EXTENSION: (frozenset({ShortcomingStand.WITH_UNIT}), ShortcomingStand.WITH_UNIT),
    TransitionKind.PASS: (frozenset({ShortcomingStand.FOR_REVIEW}), ShortcomingStand.DONE),
    TransitionKind.FAILURE: (frozenset({ShortcomingStand.FOR_REVIEW}), ShortcomingStand.WITH_UNIT),
    TransitionKind.REOPENING: (frozenset({ShortcomingStand.DONE}), ShortcomingStand.WITH_UNIT),
    TransitionKind.WITHDRAWAL: (
        frozenset({ShortcomingStand.NEW, ShortcomingStand.WITH_UNIT}),
        ShortcomingStand.VOID,
    ),
}
# Moves that state a new day by which, and transitions that need a reason.
_WITH_DUE = (
    TransitionKind.HANDOVER,
    TransitionKind.EXTENSION,
    TransitionKind.FAILURE,
    TransitionKind.REOPENING,
)
_WITH_TEXT = (
    *(TransitionKind.DISCOVERY, TransitionKind.RECTIFICATION, TransitionKind.EXTENSION),
    *(TransitionKind.FAILURE, TransitionKind.REOPENING, TransitionKind.WITHDRAWAL),
)


def stand_of(transitions: Sequence[Transition]) -> ShortcomingStand | None:
    """Where a shortcoming stands after its transitions; None before the first."""
    return TRANSITIONS[transitions[-1].kind][1] if transitions else None


def due_of(transitions: Iterable[Transition]) -> dt.date | None:
    """By which day the unit has to have rectified it: as last stated."""
    return next(
        (transition.due for transition in reversed(tuple(transitions)) if transition.due is not None), None
    )


def is_overdue(transitions: Sequence[Transition], today: dt.date) -> bool:
    """Whether the unit is late: handed over, not rectified, the day is past."""
    due = due_of(transitions)
    return stand_of(transitions) is ShortcomingStand.WITH_UNIT and due is not None and today > due


def recurrences(transitions: Iterable[Transition]) -> int:
    """How often it was found again after it had been rectified."""
    return sum(
        transition.kind in (TransitionKind.FAILURE, TransitionKind.REOPENING) for transition in transitions
    )


def extend(
    shortcoming: str, transitions: Sequence[Transition], transition: Transition
) -> tuple[Transition, ...]:
    """The transitions of a shortcoming with one more.

    Args:
        shortcoming: Its number, for the refusal.
        transitions: What has happened so far.
        transition: What happens now.

    Raises:
        TransitionRefused: It may not follow, is dated before the last one, lacks its day or its reason, or its day is no later
            than the one that it extends.
    """
    stand = stand_of(transitions)
    allowed, _ = TRANSITIONS[transition.kind]
    if stand not in allowed:
        why = f"现在是“{stand.label}”" if stand else "还没有登记"
    elif transitions and transition.on < transitions[-1].on:
        why = f"日期{transition.on}早于上一步的{transitions[-1].on}"
    elif transition.kind in _WITH_DUE and transition.due is None:
        why = "没有写明整改期限"
    elif transition.kind in _WITH_TEXT and not transition.text.strip():
        why = "没有写明内容或原因"
    elif transition.kind is TransitionKind.EXTENSION and transition.due <= due_of(transitions):  # type: ignore[operator]
        why = "新的期限不晚于原来的期限"
    else:
        return (*transitions, transition)
    raise TransitionRefused(shortcoming=shortcoming, transition=transition.kind.value, why=why)


@dataclass(frozen=True, slots=True)
class CommonShortcoming:
    """A kind of shortcoming that many of the checked units have."""

    kind: str
    units: tuple[str, ...]
    checked: int


def common_shortcomings(
    shortcomings: Iterable[tuple[str, str]], checked: Collection[str], *, units: int, percent: int
) -> tuple[CommonShortcoming, ...]:
    """The kinds of shortcomings that are common.

    Args:
        shortcomings: Kind and unit of each that was not withdrawn.
        checked: The units that were checked.
        units: So many of them make it common; 0 counts no number.
        percent: Such a share of them makes it common; 0 counts no share.

    >>> shortcomings = [("链接失效", "甲"), ("链接失效", "乙"), ("链接失效", "丙"), ("链接失效", "丙"), ("错别字", "甲"), ("错别字", "乙")]
    >>> [(kind.kind, len(kind.units)) for kind in common_shortcomings(shortcomings, range(10), units=3, percent=0)]
    [('链接失效', 3)]
    """
    by_kind: dict[str, list[str]] = {}
    for kind, unit in shortcomings:
        with_kind = by_kind.setdefault(kind, [])
        if unit not in with_kind:
            with_kind.append(unit)
    return tuple(
        CommonShortcoming(kind, tuple(with_kind), len(checked))
        for kind, with_kind in by_kind.items()
        if (units and len(with_kind) >= units) or (percent and 100 * len(with_kind) >= percent * len(checked))
    )


@dataclass(frozen=True, slots=True)
class RowNews:
    """What the cells of a row of 整改台账 mean beyond what has happened already.

    Attributes:
        transitions: What happens now, in order.
        spent: Columns whose words belong to a loop that is over: they are emptied, the story keeps them.
        refusal: Why the next step is not taken; None where there is none, or nothing is wrong with it.
    """

    transitions: tuple[Transition, ...] = ()
    spent: tuple[str, ...] = ()
    refusal: TransitionRefused | None = None


# The columns of one loop of rectifying and looking again.
_LOOP = ("整改情况", "整改日期", "佐证", "复核结果", "复核日期", "复核意见或原因")
_VERDICTS = {
    "通过": TransitionKind.PASS,
    "不通过": TransitionKind.FAILURE,
    "回头看不通过": TransitionKind.REOPENING,
    "撤销": TransitionKind.WITHDRAWAL,
}


def news_of_row(
    number: str, transitions: Sequence[Transition], cells: Mapping[str, str], today: dt.date
) -> RowNews:
    """What a row of 整改台账 says that has not happened yet.

    What stands in its cells is taken step by step, as far as it goes; a day that nobody wrote is today.

    >>> row = {"发现的问题": "首页链接打不开", "检查日期": "2026-04-01", "整改期限": "2026-04-17"}
    >>> [transition.kind.value for transition in news_of_row("W1", (), row, dt.date(2026, 4, 2)).transitions]
    ['发现', '交办']
    """
    news: list[Transition] = []
    spent: tuple[str, ...] = ()
    try:
        while (successor := _next(tuple(transitions) + tuple(news), cells, today)) is not None:
            news.append(extend(number, (*transitions, *news), successor)[-1])
            if successor.kind in (TransitionKind.FAILURE, TransitionKind.REOPENING):
                spent = _LOOP
                break
    except TransitionRefused as refusal:
        return RowNews(tuple(news), spent, refusal)
    return RowNews(tuple(news), spent)


def _next(transitions: tuple[Transition, ...], cells: Mapping[str, str], today: dt.date) -> Transition | None:
    """What the cells say comes next; None where they say nothing new."""
    stand, reason = stand_of(transitions), cells.get("复核意见或原因", "")
    verdict = _VERDICTS.get(cells.get("复核结果", ""))
    due = _day(cells, "整改期限")

    def on(label: str) -> dt.date:
        day = _day(cells, label) or today
        return max(day, transitions[-1].on) if transitions and label not in cells else day

    if stand is None:
        text = cells.get("发现的问题", "")
        return Transition(TransitionKind.DISCOVERY, on("检查日期"), text=text) if text else None
    if verdict is TransitionKind.WITHDRAWAL and stand in TRANSITIONS[verdict][0]:
        return Transition(verdict, on("复核日期"), text=reason)
    if stand is ShortcomingStand.NEW:
        is_handed = due is not None or "交办日期" in cells
        return Transition(TransitionKind.HANDOVER, on("交办日期"), due) if is_handed else None
    if stand is ShortcomingStand.WITH_UNIT:
        if due is not None and due != due_of(transitions):
            return Transition(TransitionKind.EXTENSION, today, due, reason)
        text = cells.get("整改情况", "")
        return (
            Transition(TransitionKind.RECTIFICATION, on("整改日期"), None, text, cells.get("佐证", ""))
            if text
            else None
        )
    if verdict is None or stand not in TRANSITIONS[verdict][0]:
        return None
    if verdict is TransitionKind.PASS:
        return Transition(verdict, on("复核日期"), text=reason)
    again = due if due is not None and due > on("复核日期") else None
    return Transition(verdict, on("复核日期"), again, reason)


def _day(cells: Mapping[str, str], label: str) -> dt.date | None:
    text = cells.get(label, "")
    return dt.date.fromisoformat(text) if text else None


def story_of(transitions: Iterable[Transition]) -> str:
    """What has happened to a shortcoming, a line for each transition.

    >>> print(story_of((Transition(TransitionKind.HANDOVER, dt.date(2026, 4, 2), dt.date(2026, 4, 17)),)))
    2026-04-02交办，限2026-04-17
    """
    lines = []
    for transition in transitions:
        line = f"{transition.on.isoformat()}{transition.kind.value}"
        if transition.due:
            line += f"，限{transition.due.isoformat()}"
        if transition.text:
            line += f"：{transition.text}"
        if transition.evidence:
            line += f"（佐证：{transition.evidence}）"
        lines.append(line)
    return "\n".join(lines)
