"""The year in numbers: what the report, its workbook and the page say, and nothing else.

Every number is a `Figure`: it knows the rows that it counts and the sentence that defines it (口径), so that
"why 21?" can always be answered. Nothing is counted that the ledger does not hold.

**Classes.** Every work point of the plan's latest edition is in exactly one class; the first line that fits:

    已调整、不涉及      left_out       not counted anywhere
    done               done           已完成
    overdue            overdue        逾期未完成
    else by status     continuing 持续推进, lagging 进展滞后, in_progress 正在推进,
                       not_started 未启动, unreported 未报送

The shares of the classes add up to 100.0 (`rules.progress.figures`).

**What stands in the report for an item** (`ReportItem`, a work point as the report sees it). The office's 核定表述;
without it, what the deciding units wrote, in the order written: 摘要, else 进展情况. Each text keeps the file and the
place that it came from.

**Columns that stay out.** An office keeps columns out of what it sends or publishes: 不通报的栏目 and 不公开的栏目 of
设置.xlsx, named as the 台账 does. 核定表述 cannot be among them: it is what the office wrote to be read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tracker.columns import BY_NAME, TICK
from tracker.model import Role
from tracker.rules.compare import YearsInReport, years_in_report
from tracker.rules.office import Office, PlanNow, Point, names_in_role
from tracker.rules.progress import (
    LEFT_OUT,
    POINT_CLASSES,
    UNCOUNTED,
    CountedPoint,
    Figure,
    Standing,
    UnitStanding,
    asks_publication,
    count_figures,
    deciders,
    duty_figures,
    letter_duties,
    main_units,
    sections,
    standings,
)
from tracker.rules.report.checks import SpotCheck, check_figures
from tracker.settings import Thresholds
from tracker.workdays import Calendar

# What units and the office write that a report could print, by the label without its bracket.
_HIDEABLE = {
    BY_NAME[name].label.partition("（")[0]: name
    for name in ("summary", "progress", "problem", "evidence", "done_on", "note")
}


def hidden_columns(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The columns that a setting names, and the words in it that name none.

    >>> found, unknown = hidden_columns("佐证材料、摘要（入报告），体会")
    >>> sorted(found), unknown
    (['evidence', 'summary'], ('体会',))
    """
    words = [word for word in re.split(r"[、，,；;\s]+", text) if word and word != "无"]
    heads = {word: _HIDEABLE.get(re.split("[（(]", word)[0], "") for word in words}
    return frozenset(heads.values()) - {""}, tuple(word for word, name in heads.items() if not name)


def column_labels(names: frozenset[str]) -> str:
    """The columns' labels, in the order of the table."""
    return "、".join(f"“{label}”" for label, name in _HIDEABLE.items() if name in names)


@dataclass(frozen=True, slots=True)
class Quote:
    """A text of the ledger and where it came from.

    Attributes:
        who: Name of the unit as it stands on the day; empty for the office.
        text: As written.
        column: The column's name in `columns`.
        file: Name of the file; empty where it was entered in the 台账.
        place: The cell in it.
    """

    who: str
    text: str
    column: str
    file: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A work point as the report sees it on a day.

    Attributes:
        point: As the plan states it.
        standing: Where it stands.
        kind: Its class, see the module.
        lead: Names of the leading units, collective names as written; where nobody leads, empty.
        responsible: Names of the responsible units beside the leads.
        support: Names of the supporting units.
        texts: What the report may say: one text of the office, or those of the deciding units.
        problems: What units wrote as 存在问题及下一步.
        evidence: What units named as 佐证材料.
        done_on: Dates on which units say it was done.
        note: The office's 备注.
    """

    point: Point
    standing: Standing
    kind: str
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    texts: tuple[Quote, ...] = ()
    problems: tuple[Quote, ...] = ()
    evidence: tuple[Quote, ...] = ()
    done_on: tuple[Quote, ...] = ()
    note: str = ""

    @property
    def point_id(self) -> str:
        """Its id."""
        return self.point.id

    @property
    def is_approved(self) -> bool:
        """Whether the text is the office's own."""
        return any(quote.column == "wording" for quote in self.texts)

    @property
    def main_units(self) -> tuple[UnitStanding, ...]:
        """The units that answer for it: not the supporting ones, nor who said 不涉及."""
        return main_units(self.standing.units)

    @property
    def reporters(self) -> tuple[UnitStanding, ...]:
        """Those of them that reported anything."""
        return tuple(unit for unit in self.main_units if unit.round)

    @property
    def counted(self) -> CountedPoint:
        """It as figures count it."""
        return CountedPoint(self.point, self.standing, self.kind)

    @property
    def is_open(self) -> bool:
        """Whether it counts and is not done."""
        return self.kind not in (UNCOUNTED, "done")


def item_of(
    office: Office,
    point: Point,
    standing: Standing,
    names: Mapping[str, str],
    excluded_columns: frozenset[str],
) -> ReportItem:
    """An item as it stands: what it may say, where every text came from, and who said it."""

    def quotes_in(column: str) -> tuple[Quote, ...]:
        quotes = (_quote_of(office, point.id, unit, names, column) for unit in standing.units)
        return () if column in excluded_columns else tuple(quote for quote in quotes if quote)

    wording = office.cells.get((point.id, "", "wording", ""))
    note = office.cells.get((point.id, "", "note", ""))
    texts: tuple[Quote, ...]
    if wording is not None and wording.value.strip():
        texts = (Quote("", wording.value.strip(), "wording", _file(office, wording.file), wording.place),)
    else:
        speakers = deciders(point, standing.units)
        # Where a unit ticked 入报告, the words of those that did not stay in the 台账: the report stays short.
        volunteers = [speaker for speaker in speakers if speaker.texts.get("in_report") == TICK]
        columns = [column for column in ("summary", "progress") if column not in excluded_columns]
        quotes = (_quote_of(office, point.id, speaker, names, *columns) for speaker in volunteers or speakers)
        texts = tuple(quote for quote in quotes if quote)
    return ReportItem(
        point=point,
        standing=standing,
        kind=_class(standing),
        lead=names_in_role(point, Role.LEAD, names),
        responsible=names_in_role(point, Role.RESPONSIBLE, names),
        support=names_in_role(point, Role.SUPPORT, names),
        texts=texts,
        problems=quotes_in("problem"),
        evidence=quotes_in("evidence"),
        done_on=quotes_in("done_on"),
        note=note.value if note and "note" not in excluded_columns else "",
    )


def _quote_of(
    office: Office, point_id: str, unit: UnitStanding, names: Mapping[str, str], *columns: str
) -> Quote | None:
    """What a unit wrote in the first of some columns that it filled in."""
    for column in columns:
        text = unit.texts.get(column, "").strip()
        if text:
            cell = office.cells.get((point_id, unit.unit, column, unit.round))
            file, place = (_file(office, cell.file), cell.place) if cell else ("", "")
            return Quote(names[unit.unit], text, column, file, place)
    return None


def _file(office: Office, sha: str) -> str:
    file = office.files.get(sha)
    return file.name if file else sha


def _class(standing: Standing) -> str:
    if standing.status in LEFT_OUT:
        return UNCOUNTED
    if standing.done:
        return "done"
    return "overdue" if standing.overdue else standing.status


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
        asks_publication: Whether the letter asks for plans of one's own to be made public (方案公开).
        years: What goes on from last year's plan, where a person has confirmed it.
        classes: Word and 口径 of each class; a public version knows fewer (`rules.report.relatives`).
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
    asks_publication: bool = False
    years: YearsInReport | None = None
    classes: Mapping[str, tuple[str, str]] = field(default_factory=lambda: POINT_CLASSES)

    @cached_property
    def unit_figures(self) -> Mapping[str, Mapping[str, Figure]]:
        """Each unit's figures, by its id and their kind."""
        by_unit: dict[str, dict[str, Figure]] = {}
        for figure in self.figures.values():
            if figure.unit:
                by_unit.setdefault(figure.unit, {})[figure.kind] = figure
        return by_unit

    @cached_property
    def section_figures(self) -> Mapping[str, Mapping[str, Figure]]:
        """The figures of each part of the plan, by its heading and their kind, in plan order."""
        by_section: dict[str, dict[str, Figure]] = {}
        headings = sections([item.point for item in self.items])
        for figure in self.figures.values():
            if figure.section:
                by_section.setdefault(headings[figure.section - 1], {})[figure.kind] = figure
        return by_section

    @property
    def plan_figures(self) -> dict[str, Figure]:
        """The figures of the plan as a whole: not of its parts, its units, or last year's plan."""
        last_year = self.years.figures if self.years else {}
        return {
            code: figure
            for code, figure in self.figures.items()
            if not (figure.unit or figure.section or code in last_year)
        }

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
            [item.counted for item in items],
            names,
            round_name=round_,
            recipients=recipients,
            repliers=repliers,
            as_of=today,
        )
        | check_figures(checks)
        | duty_figures(letter_duties(office, plan))
        | (years.figures if years else {}),
        asks_publication=asks_publication(office, plan),
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
