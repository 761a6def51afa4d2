"""Chapters 三 存在的主要问题 and 四 下一步工作打算, from what is overdue, behind, silent or found by spot checks.

Nothing is invented: where there is none of these, the chapter says so, and each next step answers a number that
stands above it.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator

from tracker.rules.reporting.annexes import Annexes
from tracker.rules.reporting.item import ReportItem
from tracker.rules.reporting.itemised import unit_names
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import chinese_number
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import bracketed
from tracker.rules.wording.phrases import names
from tracker.rules.wording.phrases import short_name

Say = Callable[..., str]

# So many items of a sort are named; the others stand in the annex.
_MOST_NAMES = 5
_MOST_UNITS = 10
_BEHIND = ("overdue", "lagging", "not_started", "unreported")


def problems_chapter(summary: YearSummary, say: Say, annex: Annexes) -> Iterator[Block]:
    """The chapter 存在的主要问题 without its heading."""
    f = summary.figures
    points = []
    for kind in _BEHIND:
        some = summary.of(kind)
        if some:
            points.append(_behind(kind, some, summary, say, annex))
    late = silent_units(summary)
    if late:
        name_list = names([summary.unit_names.get(unit, unit) for unit in late], most=_MOST_UNITS, more="等")
        points.append(say("problems.silent", round=summary.latest_round, n=len(late), names=name_list))
    if "shortcomings" in f and f["shortcomings"].n:
        points.append(
            say("problems.checks", n=f["shortcomings"].n, done=f["rectified"].n, annex=annex.checks)
        )
    leftovers = summary.years.leftovers if summary.years else ()
    if leftovers:
        name_list = "；".join(short_name(requirement) for _, requirement in leftovers[:_MOST_NAMES])
        points.append(
            say(
                "problems.years", n=len(leftovers), names=name_list, more=max(0, len(leftovers) - _MOST_NAMES)
            )
        )
    if not points:
        yield Text(say("problems.none", as_of=long_date(summary.as_of)))
    for number, point in enumerate(points, start=1):
        yield Text(f"{chinese_number(number)}是{point}" if len(points) > 1 else point)


def _behind(kind: str, some: tuple[ReportItem, ...], summary: YearSummary, say: Say, annex: Annexes) -> str:
    # One that is left over is named as well: “其余1项” would not be shorter.
    most = len(some) if len(some) == _MOST_NAMES + 1 else _MOST_NAMES
    text = say(
        f"problems.{kind}",
        n=summary.figures[kind].n,
        names="；".join(_name(item, say) for item in some[:most]),
        more=max(0, len(some) - most),
        annex=annex.open,
    )
    if kind == "overdue" and any(item.problems for item in some):
        text += say("problems.reason", annex=annex.open)
    return text


def _name(item: ReportItem, say: Say) -> str:
    due = item.standing.due
    units = unit_names(item, item.lead or item.responsible) or say("problems.nobody")
    details = say("problems.details", units=units, due=long_date(due) if due else "")
    return short_name(item.point.requirement) + bracketed(details)


def next_steps_chapter(summary: YearSummary, say: Say, entry: str = "next") -> Iterator[Block]:
    """The chapter 下一步工作打算 without its heading; `entry` begins the names of its sentences."""
    f = summary.figures
    counts = {kind: f[kind].n for kind in ("overdue", "lagging", "not_started", "unreported", "continuing")}
    if counts["overdue"]:
        yield Text(say(f"{entry}.overdue", n=counts["overdue"]))
    if counts["lagging"] or counts["not_started"]:
        yield Text(say(f"{entry}.behind", lagging=counts["lagging"], not_started=counts["not_started"]))
    if counts["unreported"]:
        yield Text(say(f"{entry}.unreported", n=counts["unreported"]))
    if f["in_progress"].n:
        yield Text(say(f"{entry}.open", n=f["in_progress"].n))
    if counts["continuing"]:
        yield Text(say(f"{entry}.continuing", n=counts["continuing"]))
    open_checks = f["unrectified"].n if "unrectified" in f else 0
    late = silent_units(summary)
    if late:
        yield Text(say(f"{entry}.silent", n=len(late), round=summary.latest_round))
    if open_checks:
        yield Text(say(f"{entry}.checks", n=open_checks))
    if not (any(counts.values()) or f["in_progress"].n or late or open_checks):
        yield Text(say(f"{entry}.done"))


def silent_units(summary: YearSummary) -> tuple[str, ...]:
    """The units that did not return the form of the latest round by its day; none while that round is open."""
    if "silent" not in summary.figures or summary.round_is_open:
        return ()
    return summary.figures["silent"].rows
