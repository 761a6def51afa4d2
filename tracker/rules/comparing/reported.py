"""与上年对比 in the report: a paragraph of numbers, one point among the problems, and a table in the workbook.

Only where a person has confirmed anything; until then there is no sentence, no sheet and no number. Items marked 不通报
are in none of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tracker.rules.comparing.compared import Compared
from tracker.rules.comparing.compared import compare
from tracker.rules.comparing.compared import figures
from tracker.rules.progress.lights import Thresholds
from tracker.rules.reporting.figures import Figure
from tracker.rules.state import Office
from tracker.workdays import Calendar

LABELS = (
    ("上年事项编号", 12),
    ("上年要求", 50),
    ("上年结果", 12),
    ("去向", 10),
    ("今年事项编号", 16),
    ("今年要求", 50),
    ("说明", 24),
)


@dataclass(frozen=True)
class YearsReported:
    """What a report says of last year.

    Attributes:
        figures: By code.
        rows: One for each item of last year's, then one for each new one; see `LABELS`.
        left: Not finished, and confirmed to go on in nothing: id and requirement.
    """

    figures: dict[str, Figure]
    rows: tuple[tuple[str, ...], ...]
    left: tuple[tuple[str, str], ...]


def reported(
    office: Office, plan: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> YearsReported | None:
    """What there is to report of last year; None until a person has confirmed anything."""
    years = compare(office, plan, today=today, calendar=calendar, thresholds=thresholds)
    if years is None or not years.confirmed:
        return None
    found = {each.code: each for each in figures(years, public=True)}
    texts = {each.id: each.requirement for each in (*years.olds, *years.news)}
    left = found["years.given_up"].rows if "years.given_up" in found else ()
    return YearsReported(found, _rows(years, texts), tuple((wp, texts[wp]) for wp in left))


def _rows(years: Compared, texts: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    found = []
    for point in years.olds:
        if point.id in years.withheld:
            continue
        held = years.said.get(point.id)
        heirs = [wp for wp in held.others if wp in texts and wp not in years.withheld] if held else []
        found.append(
            (
                point.id,
                point.requirement,
                years.state_word(point.id),
                held.word if held else "待确认",
                "、".join(heirs),
                "\n".join(texts[wp] for wp in heirs),
                held.note if held else "",
            )
        )
    for point in years.news:
        held = years.said.get(point.id)
        if point.id not in years.withheld and not (held and held.others):
            word, note = (held.word, held.note) if held else ("待确认", "")
            found.append(("", "", "", word, point.id, point.requirement, note))
    return tuple(found)
