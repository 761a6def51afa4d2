"""与上年对比 in the report: a paragraph of numbers, one point among the problems, and a table in the workbook.

Only where a person has confirmed anything; until then there is no sentence, no sheet and no number. Items marked 不通报
are in none of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tracker.rules.comparing.compared import YearComparison
from tracker.rules.comparing.compared import compare_years
from tracker.rules.comparing.compared import year_figures
from tracker.rules.progress.lights import Thresholds
from tracker.rules.reporting.figures import Figure
from tracker.rules.state import Office
from tracker.workdays import Calendar

YEARS_LABELS = (
    ("上年事项编号", 12),
    ("上年要求", 50),
    ("上年结果", 12),
    ("去向", 10),
    ("今年事项编号", 16),
    ("今年要求", 50),
    ("说明", 24),
)


@dataclass(frozen=True)
class YearsInReport:
    """What a report says of last year.

    Attributes:
        figures: By code.
        rows: One for each item of last year's, then one for each new one; see `LABELS`.
        leftovers: Not finished, and confirmed to go on in nothing: id and requirement.
    """

    figures: dict[str, Figure]
    rows: tuple[tuple[str, ...], ...]
    leftovers: tuple[tuple[str, str], ...]


def years_in_report(
    office: Office, plan: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> YearsInReport | None:
    """What there is to report of last year; None until a person has confirmed anything."""
    years = compare_years(office, plan, today=today, calendar=calendar, thresholds=thresholds)
    if years is None or not years.is_confirmed:
        return None
    by_code = {figure.code: figure for figure in year_figures(years, public=True)}
    texts = {point.id: point.requirement for point in (*years.olds, *years.news)}
    leftovers = by_code["years.given_up"].rows if "years.given_up" in by_code else ()
    return YearsInReport(
        by_code, _rows(years, texts), tuple((point_id, texts[point_id]) for point_id in leftovers)
    )


def _rows(years: YearComparison, texts: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    rows = []
    for point in years.olds:
        if point.id in years.withheld:
            continue
        judgement = years.judgements.get(point.id)
        heirs = (
            [
                point_id
                for point_id in judgement.others
                if point_id in texts and point_id not in years.withheld
            ]
            if judgement
            else []
        )
        rows.append(
            (
                point.id,
                point.requirement,
                years.state_word(point.id),
                judgement.word if judgement else "待确认",
                "、".join(heirs),
                "\n".join(texts[point_id] for point_id in heirs),
                judgement.note if judgement else "",
            )
        )
    for point in years.news:
        judgement = years.judgements.get(point.id)
        if point.id not in years.withheld and not (judgement and judgement.others):
            word, note = (judgement.word, judgement.note) if judgement else ("待确认", "")
            rows.append(("", "", "", word, point.id, point.requirement, note))
    return tuple(rows)
