"""Chapter 一 总体情况: the plan in numbers, its parts, the latest round, what changed since the last edition.

What of last year's plan goes on is said where a person has confirmed it.

A round whose day has not come is said to be under way: nobody is late yet.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator

from tracker.rules.reporting.frozen import ReportChanges
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import without_number

Say = Callable[..., str]


def overview_chapter(
    summary: YearSummary, say: Say, *, changes: ReportChanges | None = None
) -> Iterator[Block]:
    """The chapter without its heading."""
    f, edition = summary.figures, summary.plan.edition
    yield Text(
        say(
            "overview",
            title=edition.title,
            issued_on=long_date(edition.issued_on) if edition.issued_on else "",
            as_of=long_date(summary.as_of),
            f=f,
            rest=[f[kind] for kind in summary.classes if kind != "done" and f[kind].n],
        )
    )
    parts = list(dict.fromkeys(item.point.section for item in summary.items))
    if len(parts) > 1:
        yield Text(say("sections", sections=[_section(summary, n, name) for n, name in enumerate(parts, 1)]))
    if "asked" in f:
        yield Text(say("round", name=summary.latest_round, f=f))
    if changes is not None:
        counts = {name: len(changes.rows(name)) for name in ("gained", "lost", "added", "dropped")}
        yield Text(say("changes", since=long_date(changes.since), **counts))
    if summary.years is not None:
        years = {code.removeprefix("years."): figure for code, figure in summary.years.figures.items()}
        yield Text(say("years", as_of=long_date(summary.as_of), y=years, known="last" in years))


def _section(summary: YearSummary, number: int, name: str) -> dict[str, object]:
    f = summary.figures
    return {"name": without_number(name) or "其他"} | {
        code: f[f"section.{number}.{code}"].n for code in ("total", "done", "overdue")
    }
