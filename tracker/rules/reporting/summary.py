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

from tracker.columns import TICKED
from tracker.model import Mode
from tracker.model import Role
from tracker.rules.comparing.reported import YearsReported
from tracker.rules.comparing.reported import reported
from tracker.rules.progress.lights import LEFT_OUT
from tracker.rules.progress.lights import Thresholds
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import UnitStanding
from tracker.rules.progress.standing import standings
from tracker.rules.reporting.checks import Check
from tracker.rules.reporting.checks import figures_of
from tracker.rules.reporting.figures import CLASSES
from tracker.rules.reporting.figures import Figure
from tracker.rules.reporting.figures import count_all
from tracker.rules.state import Office
from tracker.rules.state import PlanNow
from tracker.rules.state import Point
from tracker.workdays import Calendar

LEFT = "left_out"


@dataclass(frozen=True, slots=True)
class Said:
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
class Item:
    """A work point as the report sees it on a day.

    Attributes:
        point: As the plan states it.
        standing: Where it stands.
        kind: Its class, see the module.
        lead: Names of the leading units, collective names as written; where nobody leads, empty.
        shared: Names of the responsible units beside the leads.
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
    shared: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    texts: tuple[Said, ...] = ()
    problems: tuple[Said, ...] = ()
    evidence: tuple[Said, ...] = ()
    done_on: tuple[Said, ...] = ()
    note: str = ""

    @property
    def wp(self) -> str:
        """Its id."""
        return self.point.id

    @property
    def is_approved(self) -> bool:
        """Whether the text is the office's own."""
        return any(each.column == "wording" for each in self.texts)

    @property
    def answering(self) -> tuple[UnitStanding, ...]:
        """The units that answer for it: not the supporting ones, nor who said 不涉及."""
        return tuple(
            each
            for each in self.standing.units
            if each.role is not Role.SUPPORT and each.status != "not_applicable"
        )

    @property
    def wrote(self) -> tuple[UnitStanding, ...]:
        """Those of them that reported anything."""
        return tuple(each for each in self.answering if each.round)

    @property
    def is_open(self) -> bool:
        """Whether it counts and is not done."""
        return self.kind not in (LEFT, "done")


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
        withheld: Items that the office marked 不通报: in no text and no number, named to the clerk only.
        unpublished: Items that it marked 不公开: in the report, and in nothing that is published.
        hidden: Columns that the office keeps out of every report (不通报的栏目), by name.
        checks: What spot checks found, where the ledger holds such facts.
        years: What goes on from last year's plan, where a person has confirmed it.
        classes: Word and 口径 of each class; a public version knows fewer (`rules.reporting.public`).
    """

    plan: PlanNow
    as_of: dt.date
    items: tuple[Item, ...]
    figures: Mapping[str, Figure]
    unit_names: Mapping[str, str] = field(default_factory=dict)
    open_conflicts: tuple[str, ...] = ()
    latest_round: str = ""
    round_is_open: bool = False
    unit_kinds: Mapping[str, str] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    unpublished: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    checks: tuple[Check, ...] = ()
    years: YearsReported | None = None
    classes: Mapping[str, tuple[str, str]] = field(default_factory=lambda: CLASSES)

    def word(self, item: Item) -> str:
        """The word for an item's class."""
        return self.classes[item.kind][0]

    def item(self, wp: str) -> Item:
        """An item by the id of its work point."""
        return next(each for each in self.items if each.wp == wp)

    def of(self, *kinds: str) -> tuple[Item, ...]:
        """The items of some classes, in plan order."""
        return tuple(each for each in self.items if each.kind in kinds)


def summarise(
    office: Office,
    plan: str,
    *,
    today: dt.date,
    calendar: Calendar,
    thresholds: Thresholds | None = None,
    checks: tuple[Check, ...] = (),
    hidden: frozenset[str] = frozenset(),
) -> YearSummary:
    """Gather the year of a plan as it stands on a day, without the texts of some columns."""
    now = office.plans[plan]
    active = sorted((each for each in now.points if not each.retired), key=lambda each: each.position)
    withheld = tuple(each.id for each in active if _is_ticked(office, each.id, "withheld"))
    points = [each for each in active if each.id not in withheld]
    stand = standings(office, points, today=today, calendar=calendar, thresholds=thresholds)
    names = {
        unit: office.name_of(unit, today) if unit in office.units else unit
        for point in points
        for unit in point.units()
    }
    items = tuple(_item(office, point, stand[point.id], names, hidden) for point in points)
    known = {each.wp for each in items}
    round_, due, asked, answered = _latest_round(office, plan)
    years = reported(office, plan, today=today, calendar=calendar, thresholds=thresholds)
    return YearSummary(
        plan=now,
        as_of=today,
        items=items,
        figures=count_all(
            [(each.point, each.standing, each.kind) for each in items],
            names,
            round_name=round_,
            asked=asked,
            answered=answered,
            as_of=today,
        )
        | figures_of(checks)
        | (years.figures if years else {}),
        checks=checks,
        years=years,
        unit_names=names,
        open_conflicts=tuple(sorted({each.subject for each in office.conflicts.values()} & known)),
        latest_round=round_,
        round_is_open=due is not None and today <= due,
        unit_kinds={unit: office.units[unit].kind for unit in names if unit in office.units},
        withheld=withheld,
        unpublished=tuple(each.wp for each in items if _is_ticked(office, each.wp, "unpublished")),
        hidden=hidden,
    )


def _is_ticked(office: Office, wp: str, column: str) -> bool:
    cell = office.cells.get((wp, "", column, ""))
    return cell is not None and cell.value == TICKED


def _class(standing: Standing) -> str:
    if standing.status in LEFT_OUT:
        return LEFT
    if standing.done:
        return "done"
    return "overdue" if standing.overdue else standing.status


def _item(
    office: Office, point: Point, standing: Standing, names: Mapping[str, str], hidden: frozenset[str]
) -> Item:
    def named(role: Role) -> tuple[str, ...]:
        return _named(point, role, names)

    def all_said(column: str) -> tuple[Said, ...]:
        found = (_said(office, point.id, each, names, column) for each in standing.units)
        return () if column in hidden else tuple(each for each in found if each)

    wording = office.cells.get((point.id, "", "wording", ""))
    note = office.cells.get((point.id, "", "note", ""))
    texts: tuple[Said, ...]
    if wording is not None and wording.value.strip():
        texts = (Said("", wording.value.strip(), "wording", _file(office, wording.file), wording.place),)
    else:
        speakers = _speakers(point, standing)
        # Where a unit ticked 入报告, the words of those that did not stay in the 台账: the report stays short.
        ticked = [each for each in speakers if each.answers.get("in_report") == TICKED]
        columns = [each for each in ("summary", "progress") if each not in hidden]
        spoken = (_said(office, point.id, each, names, *columns) for each in ticked or speakers)
        texts = tuple(each for each in spoken if each)
    return Item(
        point=point,
        standing=standing,
        kind=_class(standing),
        lead=named(Role.LEAD),
        shared=named(Role.RESPONSIBLE),
        support=named(Role.SUPPORT),
        texts=texts,
        problems=all_said("problem"),
        evidence=all_said("evidence"),
        done_on=all_said("done_on"),
        note=note.value if note and "note" not in hidden else "",
    )


def _named(point: Point, role: Role, names: Mapping[str, str]) -> tuple[str, ...]:
    """Who answers in a role: units by the name of the day, collective and undecided names as the plan wrote them."""
    direct = [
        names[each.unit] if each.unit else each.written
        for each in point.answers
        if not each.via and each.role is role and (not each.unit or point.role_of(each.unit) is role)
    ]
    collective = [name for name, its_role in point.collectives if its_role is role]
    return tuple(dict.fromkeys([*direct, *collective]))


def _speakers(point: Point, standing: Standing) -> tuple[UnitStanding, ...]:
    """The units whose words may stand for the point: the leads, else those that answer; see `rules.progress.standing`."""
    others = [
        each for each in standing.units if each.role is not Role.SUPPORT and each.status != "not_applicable"
    ]
    leads = [each for each in others if each.role is Role.LEAD]
    return tuple(others if point.mode in (Mode.EACH, Mode.SINGLE) else leads or others)


def _said(
    office: Office, wp: str, unit: UnitStanding, names: Mapping[str, str], *columns: str
) -> Said | None:
    """What a unit wrote in the first of some columns that it filled in."""
    for column in columns:
        text = unit.answers.get(column, "").strip()
        if text:
            cell = office.cells.get((wp, unit.unit, column, unit.round))
            file, place = (_file(office, cell.file), cell.place) if cell else ("", "")
            return Said(names[unit.unit], text, column, file, place)
    return None


def _file(office: Office, sha: str) -> str:
    known = office.files.get(sha)
    return known.name if known else sha


def _latest_round(office: Office, plan: str) -> tuple[str, dt.date | None, tuple[str, ...], tuple[str, ...]]:
    """The latest round with forms: its name and day, the units asked and those that sent something back."""
    rounds = sorted(
        (each for each in office.rounds.values() if each.plan == plan), key=lambda r: (r.due, r.opens)
    )
    taken = {returned.form for _, returned in office.returns if returned.outcome == "taken"}
    for round_ in reversed(rounds):
        forms = [each for each in office.forms.values() if each.round == round_.round]
        if forms:
            asked = tuple(sorted({each.unit for each in forms}))
            answered = tuple(sorted({each.unit for each in forms if each.form in taken}))
            return round_.name, round_.due, asked, answered
    return "", None, (), ()
