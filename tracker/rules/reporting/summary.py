"""The year in numbers: what the report, its workbook and the page say, and nothing else.

Every number is a `Figure`: it knows the rows that it counts and the sentence that defines it (口径), so that
"why 21?" can always be answered. Nothing is counted that the ledger does not hold.

**Classes.** Every work point of the plan's latest edition is in exactly one class; the first line that fits:

    已调整、不涉及      left_out       not counted anywhere
    done               done           已完成
    overdue            overdue        逾期未完成
    else by status     continuing 持续推进, lagging 进展滞后, in_progress 正在推进,
                       not_started 未启动, unreported 未报送

The shares of the classes add up to 100.0 (`rules.reporting.shares`).

**What stands in the report for an item.** The office's 核定表述; without it, what the deciding units wrote, in
the order written: 摘要, else 进展情况. Each text keeps the file and the place that it came from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tracker.columns import TICK
from tracker.rules.comparing.reported import YearsInReport
from tracker.rules.comparing.reported import years_in_report
from tracker.rules.progress.lights import Thresholds
from tracker.rules.progress.standing import standings
from tracker.rules.reporting.checks import SpotCheck
from tracker.rules.reporting.checks import check_figures
from tracker.rules.reporting.figures import POINT_CLASSES
from tracker.rules.reporting.figures import Figure
from tracker.rules.reporting.figures import count_figures
from tracker.rules.reporting.item import ReportItem
from tracker.rules.reporting.item import item_of
from tracker.rules.state import Office
from tracker.rules.state import PlanNow
from tracker.workdays import Calendar


@dataclass(frozen=True)
class YearSummary:
    """A plan's year on a day.

    Attributes:
        plan: The plan with its latest edition.
        as_of: The day.
        items: In plan order, those left out included, retired ones not.
        figures: By code, in the order of the workbook.
        unit_names: Name of each unit that answers, by id.
        open_conflicts: Work points with a conflict that nobody has decided.
        latest_round: Name of the latest round that was handed out; empty if none.
        round_is_open: Whether that round's day has not passed: who has not answered is not late.
        unit_kinds: The office's own grouping of these units, by id; empty where it has none.
        withheld_points: Items that the office marked 不通报: in no text and no number, named to the clerk only.
        unpublished_points: Items that it marked 不公开: in the report, and in nothing that is published.
        excluded_columns: Columns that the office keeps out of every report (不通报的栏目), by name.
        checks: What spot checks found, where the ledger holds such facts.
        years: What goes on from last year's plan, where a person has confirmed it.
        classes: Word and 口径 of each class; a public version knows fewer (`rules.reporting.public`).
    """

    plan: PlanNow
    as_of: dt.date
    items: tuple[ReportItem, ...]
    figures: Mapping[str, Figure]
    unit_names: Mapping[str, str] = field(default_factory=dict)
    open_conflicts: tuple[str, ...] = ()
    latest_round: str = ""
    round_is_open: bool = False
    unit_kinds: Mapping[str, str] = field(default_factory=dict)
    withheld_points: tuple[str, ...] = ()
    unpublished_points: tuple[str, ...] = ()
    excluded_columns: frozenset[str] = frozenset()
    checks: tuple[SpotCheck, ...] = ()
    years: YearsInReport | None = None
    classes: Mapping[str, tuple[str, str]] = field(default_factory=lambda: POINT_CLASSES)

    def word(self, item: ReportItem) -> str:
        """The word for an item's class."""
        return self.classes[item.kind][0]

    def item(self, point_id: str) -> ReportItem:
        """An item by the id of its work point."""
        return next(item for item in self.items if item.point_id == point_id)

    def of(self, *kinds: str) -> tuple[ReportItem, ...]:
        """The items of some classes, in plan order."""
        return tuple(item for item in self.items if item.kind in kinds)


def summarise(
    office: Office,
    plan: str,
    *,
    today: dt.date,
    calendar: Calendar,
    thresholds: Thresholds | None = None,
    checks: tuple[SpotCheck, ...] = (),
    excluded_columns: frozenset[str] = frozenset(),
) -> YearSummary:
    """Gather the year of a plan as it stands on a day, without the texts of some columns."""
    now = office.plans[plan]
    active = sorted((point for point in now.points if not point.is_retired), key=lambda point: point.position)
    withheld = tuple(point.id for point in active if _is_ticked(office, point.id, "withheld"))
    points = [point for point in active if point.id not in withheld]
    stand = standings(office, points, today=today, calendar=calendar, thresholds=thresholds)
    names = {
        unit: office.name_of(unit, today) if unit in office.units else unit
        for point in points
        for unit in point.units()
    }
    items = tuple(item_of(office, point, stand[point.id], names, excluded_columns) for point in points)
    point_ids = {item.point_id for item in items}
    round_, due, recipients, repliers = _latest_round(office, plan)
    years = years_in_report(office, plan, today=today, calendar=calendar, thresholds=thresholds)
    return YearSummary(
        plan=now,
        as_of=today,
        items=items,
        figures=count_figures(
            [(item.point, item.standing, item.kind) for item in items],
            names,
            round_name=round_,
            recipients=recipients,
            repliers=repliers,
            as_of=today,
        )
        | check_figures(checks)
        | (years.figures if years else {}),
        checks=checks,
        years=years,
        unit_names=names,
        open_conflicts=tuple(
            sorted({conflict.subject for conflict in office.conflicts.values()} & point_ids)
        ),
        latest_round=round_,
        round_is_open=due is not None and today <= due,
        unit_kinds={unit: office.units[unit].kind for unit in names if unit in office.units},
        withheld_points=withheld,
        unpublished_points=tuple(
            item.point_id for item in items if _is_ticked(office, item.point_id, "unpublished")
        ),
        excluded_columns=excluded_columns,
    )


def _is_ticked(office: Office, point_id: str, column: str) -> bool:
    cell = office.cells.get((point_id, "", column, ""))
    return cell is not None and cell.value == TICK


def _latest_round(office: Office, plan: str) -> tuple[str, dt.date | None, tuple[str, ...], tuple[str, ...]]:
    """The latest round with forms: its name and day, the units asked and those that sent something back."""
    rounds = sorted(
        (round_ for round_ in office.rounds.values() if round_.plan == plan), key=lambda r: (r.due, r.opens)
    )
    forms_back = {return_.form for _, return_ in office.returns if return_.outcome == "taken"}
    for round_ in reversed(rounds):
        forms = [form for form in office.forms.values() if form.round == round_.round]
        if forms:
            recipients = tuple(sorted({form.unit for form in forms}))
            repliers = tuple(sorted({form.unit for form in forms if form.form in forms_back}))
            return round_.name, round_.due, recipients, repliers
    return "", None, (), ()
