"""The year in numbers: what the report, its workbook and the page say, and nothing else.

Every number is a `Figure`: it knows the rows that it counts and the sentence that defines it (口径), so that
"why 21?" can always be answered. Nothing is counted that the ledger does not hold.

**Classes.** Every work point of the plan's latest edition is in exactly one class; the first line that fits:

    已调整、不涉及      left_out       not counted anywhere
    done               done           已完成
    长期坚持            continuing     counted, and outside every rate
    overdue            overdue        逾期未完成
    else by status     mostly_done 基本完成, in_progress 正在推进, lagging 进展滞后,
                       not_started 未启动, unreported 待核实

The shares of the classes are of all but 长期坚持 (`rules.progress.figures`). `unreported` is no status: while an item
has none, the report is a 征求意见稿.

**What stands in the report for an item** (`ReportItem`, a work point as the report sees it). The office's 核定表述;
without it, what the deciding units wrote, in the order written: 摘要, else 进展情况; where none of them wrote anything,
what was written by units that answer no more. Each text keeps the file and the place that it came from, and the round
where that is not the current one. A unit stands by the name of who answers for it today, with the printed one beside it
where they differ.

**Columns that stay out.** An office keeps columns out of what it sends or publishes: 不通报的栏目 and 不公开的栏目 of
设置.xlsx, named as the 台账 does. 核定表述 cannot be among them: it is what the office wrote to be read.

Checks, time limits and scores in the report: 附件 抽查整改情况, and figures that can be opened.

`summarise` is given them by its caller (`checks=`, `limits=`, `grades=`), since 整改台账, 时限事项 and 考核 belong to the office
and not to one plan; a report without any shows no heading, no annex, no sentence and no number of them. Columns after
the 问题反馈单 and 整改台账 of offices: found, fed back to the unit, rectified, checked again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property

from tracker import patterns as re
from tracker.columns import BY_NAME, ELEMENTS, MATERIAL, TICK, Align, Column, YearTotal, year_totals
from tracker.model import Role
from tracker.outline import long_date
from tracker.rules.compare import YearsInReport, years_in_report
from tracker.rules.office import Office, PlanNow, Point, names_in_role
from tracker.rules.plans import answering_name
from tracker.rules.progress import (
    LEFT_OUT,
    LONG_TERM,
    POINT_CLASSES,
    UNCOUNTED,
    UNREPORTED,
    CountedPoint,
    Figure,
    Standing,
    UnitStanding,
    asks_publication,
    count_figures,
    deciders,
    duty_figures,
    forms_back,
    letter_duties,
    main_units,
    sections,
    standings,
)
from tracker.rules.wording import is_no_problem
from tracker.settings import Day
from tracker.table import Table
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """One shortcoming that a spot check found.

    Attributes:
        id: What a figure counts it by.
        unit: Name of the unit as it stands on the day.
        on: Day of the check.
        subject: What was checked.
        shortcoming: What was found.
        due: Day by which it is to be rectified; None where no day was set.
        rectified: What the unit did; empty while nothing is known.
        is_closed: Whether the second look found it put right.
    """

    id: str
    unit: str
    on: dt.date
    subject: str
    shortcoming: str
    due: dt.date | None = None
    rectified: str = ""
    is_closed: bool = False

    @property
    def state(self) -> str:
        """Where it stands, in one word."""
        return "已整改" if self.is_closed else "整改中" if self.rectified else "未整改"


CHECK_LABELS = ("被查单位", "抽查日期", "抽查内容", "发现的问题", "整改期限", "整改情况", "整改结果")
_COLUMNS = tuple(
    Column(label, width, align=Align.CENTER if centred else Align.LEFT)
    for label, width, centred in zip(
        ("序号", *CHECK_LABELS), (12, 28, 32, 36, 60, 32, 60, 18), (1, 0, 1, 0, 0, 1, 0, 1), strict=True
    )
)


def check_row(check: SpotCheck) -> tuple[str, ...]:
    """A shortcoming under `CHECK_LABELS`."""
    due = long_date(check.due) if check.due else ""
    return (
        check.unit, long_date(check.on), check.subject, check.shortcoming, due, check.rectified, check.state,
    )  # fmt: skip


def checks_table(checks: Sequence[SpotCheck]) -> Table:
    """The annex's table."""
    return Table(_COLUMNS, tuple((str(n), *check_row(check)) for n, check in enumerate(checks, start=1)))


def check_figures(checks: Sequence[SpotCheck]) -> dict[str, Figure]:
    """The figures of the checks; none where there are no checks."""
    if not checks:
        return {}
    every, closed_ids = (
        tuple(check.id for check in checks),
        tuple(check.id for check in checks if check.is_closed),
    )
    open_ids = tuple(check.id for check in checks if not check.is_closed)
    return {
        "shortcomings": Figure(
            "shortcomings", "抽查发现问题", "各次抽查发现并反馈的问题。", every, counts="个问题"
        ),
        "rectified": Figure(
            "rectified", "抽查问题已整改", "发现的问题中经复查认定已整改的。", closed_ids, counts="个问题"
        ),
        "unrectified": Figure(
            "unrectified", "抽查问题尚未整改", "发现的问题中尚未认定整改到位的。", open_ids, counts="个问题"
        ),
    }


def limit_figures(limits: Sequence[tuple[str, bool]]) -> dict[str, Figure]:
    """The figures of 时限事项 whose day is over or that are done: number of each, and whether it was in time."""
    if not limits:
        return {}
    numbers = tuple(number for number, _ in limits)
    in_time = tuple(number for number, is_in_time in limits if is_in_time)
    return {
        "limits": Figure("limits", "时限事项", "有时限、已到期或者已办结的事项。", numbers, counts="件"),
        "limits_in_time": Figure(
            "limits_in_time", "时限事项按时办结", "其中在时限内办结的。", in_time, counts="件"
        ),
    }


def grade_figures(grades: Sequence[tuple[str, str]]) -> dict[str, Figure]:
    """The figures of the score that was issued: unit and grade; the best grade by itself, since it is the one that is named."""
    units = tuple(unit for unit, _ in grades)
    if not units:
        return {}
    best = grades[0][1]
    first = tuple(unit for unit, grade in grades if grade == best)
    return {
        "scored": Figure(
            "scored", "参加考核的单位", "印发的考核结果里有名次的单位。", units, counts="个单位"
        ),
        "best_grade": Figure(
            "best_grade", "考核列最高等次的单位", f"考核等次为{best}的。", first, counts="个单位"
        ),
    }


# 稿次 of a report whose text changes no more.
_SIGNATURE = "已签发"
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
        round: Name of the round that it is of, where that is not the current one.
        sha: Hash of the file.
    """

    who: str
    text: str
    column: str
    file: str = ""
    place: str = ""
    round: str = ""
    sha: str = ""

    @property
    def dated_text(self) -> str:
        """The text, with its round where that is not the current one.

        >>> Quote("", "已梳理清单。", "progress", round="上半年").dated_text
        '已梳理清单（上半年报送）。'
        """
        if not self.round:
            return self.text
        return f"{self.text.rstrip().rstrip('。')}（{self.round}报送）。"


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
        unit_names: Name of each unit of the standing, in its order.
        texts: What the report may say: one text of the office, or those of the deciding units.
        problems: What units wrote as 存在问题及下一步, 无 and its like left out.
        evidence: What units named as 佐证材料.
        done_on: Dates on which units say it was done.
        note: The office's 备注.
        remarks: What the office wrote of it in 起草素材表, by column name (`columns.MATERIAL`).
    """

    point: Point
    standing: Standing
    kind: str
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    unit_names: tuple[str, ...] = ()
    texts: tuple[Quote, ...] = ()
    problems: tuple[Quote, ...] = ()
    evidence: tuple[Quote, ...] = ()
    done_on: tuple[Quote, ...] = ()
    note: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def paragraph(self) -> str:
        """段落号 as the office typed it; empty where it did not."""
        return self.remarks.get("paragraph", "")

    @property
    def is_practice(self) -> bool:
        """Whether the office ticked it as 亮点: it stands among 典型做法."""
        return self.remarks.get("highlight") == TICK

    @property
    def issue(self) -> str:
        """A problem of the work, as the office words it; 无 where the report is to say none."""
        return self.remarks.get("issue", "")

    @property
    def main_problems(self) -> tuple[Quote, ...]:
        """What those who decide where it stands wrote as 存在问题及下一步."""
        deciding = {unit.unit for unit in deciders(self.point, self.standing.units)}
        speakers = {
            name
            for unit, name in zip(self.standing.units, self.unit_names, strict=True)
            if unit.unit in deciding
        }
        return tuple(quote for quote in self.problems if quote.who in speakers)

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
        """The units that answer for it: not the supporting ones, nor whose 不涉及 is confirmed."""
        return main_units(self.standing.units)

    @property
    def reporters(self) -> tuple[UnitStanding, ...]:
        """Those of them that reported anything."""
        return tuple(unit for unit in self.main_units if unit.round)

    @property
    def count_point(self) -> CountedPoint:
        """It as figures count it."""
        return CountedPoint(self.point, self.standing, self.kind)

    @property
    def is_open(self) -> bool:
        """Whether it counts in rates and is not done."""
        return self.kind not in (UNCOUNTED, LONG_TERM, "done")

    @property
    def tally(self) -> str:
        """How much of what is open is told of: periods that answers cover, or the units of which each has a share."""
        if not self.is_open:
            return ""
        met, periods = self.standing.periods
        if periods > 1:
            return f"全年应开展{periods}期，报有进展{met}期"
        deciding = deciders(self.point, self.standing.units)
        done = sum(unit.done for unit in deciding)
        return f"{len(deciding)}个单位中{done}个已完成" if len(deciding) > 1 and done else ""


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
        file = _file(office, wording.file)
        texts = (Quote("", wording.value.strip(), "wording", file, wording.place, sha=wording.file),)
    else:
        speakers = deciders(point, standing.units)
        # Where a unit ticked 入报告, the words of those that did not stay in the 台账: the report stays short.
        volunteers = [speaker for speaker in speakers if speaker.texts.get("in_report") == TICK]
        columns = [column for column in ("summary", "progress") if column not in excluded_columns]
        quotes = (_quote_of(office, point.id, speaker, names, *columns) for speaker in volunteers or speakers)
        texts = tuple(quote for quote in quotes if quote)
        if not texts:
            quotes = (_quote_of(office, point.id, unit, names, *columns) for unit in standing.former)
            texts = tuple(quote for quote in quotes if quote)
    return ReportItem(
        point=point,
        standing=standing,
        kind=_class(standing),
        lead=names_in_role(point, Role.LEAD, names),
        responsible=names_in_role(point, Role.RESPONSIBLE, names),
        support=names_in_role(point, Role.SUPPORT, names),
        unit_names=tuple(names[unit.unit] for unit in standing.units),
        texts=texts,
        problems=tuple(quote for quote in quotes_in("problem") if not is_no_problem(quote.text)),
        evidence=quotes_in("evidence"),
        done_on=quotes_in("done_on"),
        note=note.value if note and "note" not in excluded_columns else "",
        remarks={
            column.name: cell.value
            for column in MATERIAL
            if (cell := office.cells.get((point.id, "", column.name, ""))) is not None and cell.value
        },
    )


def _quote_of(
    office: Office, point_id: str, unit: UnitStanding, names: Mapping[str, str], *columns: str
) -> Quote | None:
    """What a unit wrote in the first of some columns that it filled in."""
    for column in columns:
        text = unit.texts.get(column, "").strip()
        if text:
            cell = office.cells.get((point_id, unit.speaker or unit.unit, column, unit.round))
            file, place = (_file(office, cell.file), cell.place) if cell else ("", "")
            round_name = "" if unit.is_current else office.rounds[unit.round].name
            return Quote(names[unit.unit], text, column, file, place, round_name, cell.file if cell else "")
    return None


def _file(office: Office, sha: str) -> str:
    file = office.files.get(sha)
    return file.name if file else sha


def _class(standing: Standing) -> str:
    if standing.status in LEFT_OUT:
        return UNCOUNTED
    if standing.done:
        return "done"
    if standing.is_long_term:
        return LONG_TERM
    return "overdue" if standing.overdue else standing.status


@dataclass(frozen=True)
class YearSummary:
    """A plan's year on a day.

    Attributes:
        plan: The plan with its latest edition.
        as_of: The day.
        items: In plan order, those left out included, retired ones not.
        figures: By code, in the order of the workbook.
        unit_names: Name of each unit that answers today, by id.
        heirs: Who answers today for each unit that the plan names.
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
        contacts: Names and telephones of the contacts of each of these units, by id.
        classes: Word and 口径 of each class; a public version knows fewer (`rules.report.relatives`).
        elements: What the office wrote for the report as a whole, by name (`columns.ELEMENTS`).
    """

    plan: PlanNow
    as_of: dt.date
    items: tuple[ReportItem, ...]
    figures: Mapping[str, Figure]
    unit_names: Mapping[str, str] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)
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
    contacts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    classes: Mapping[str, tuple[str, str]] = field(default_factory=lambda: POINT_CLASSES)
    elements: Mapping[str, str] = field(default_factory=dict)

    @property
    def totals(self) -> tuple[YearTotal, ...]:
        """The totals of the year that units gave or the office typed, each with its source and cut-off day."""
        return year_totals(self.elements.get("totals", ""))

    @property
    def stage(self) -> str:
        """How far the report is: 征求意见稿 while an item has no status, then what the office says."""
        if self.unsure_items:
            return "征求意见稿"
        return "" if self.has_signature else self.elements.get("stage", "")

    @property
    def has_signature(self) -> bool:
        """Whether the office said that it is signed, too early or not."""
        return self.elements.get("stage") == _SIGNATURE

    @property
    def is_signed(self) -> bool:
        """Whether it is signed and nothing is open: its text changes no more."""
        return self.has_signature and not self.unsure_items

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

    @property
    def unsure_items(self) -> tuple[ReportItem, ...]:
        """Items that count and have no status: while there is one, the report is a 征求意见稿."""
        return tuple(item for item in self.items if item.standing.status == UNREPORTED)

    def word(self, item: ReportItem) -> str:
        """The word for an item's class."""
        return self.classes[item.kind][0]

    def state(self, item: ReportItem) -> str:
        """The word for an item's class, and in brackets how much of it is done where that can be counted."""
        return self.word(item) + (f"（{item.tally}）" if item.tally else "")

    def item(self, point_id: str) -> ReportItem:
        """An item by the id of its work point."""
        return next(item for item in self.items if item.point_id == point_id)

    def of(self, *kinds: str) -> tuple[ReportItem, ...]:
        """The items of some classes, in plan order."""
        return tuple(item for item in self.items if item.kind in kinds)


def summarise(
    office: Office,
    plan: str,
    day: Day,
    *,
    checks: tuple[SpotCheck, ...] = (),
    limits: Sequence[tuple[str, bool]] = (),
    grades: Sequence[tuple[str, str]] = (),
    excluded_columns: frozenset[str] = frozenset(),
    stand: Mapping[str, Standing] | None = None,
) -> YearSummary:
    """Gather the year of a plan as it stands on a day, without the texts of some columns.

    `checks`, `limits` (number, whether in time) and `grades` (unit and its grade, the best first) are those of the year;
    `stand` saves judging the points again where somebody has done so for the same day.
    """
    now, today = office.plans[plan], day.today
    active = sorted(now.live_points, key=lambda point: point.position)
    withheld = tuple(point.id for point in active if _is_ticked(office, point.id, "withheld"))
    points = [point for point in active if point.id not in withheld]
    if stand is None:
        stand = standings(office, points, day)
    labels = {
        unit.unit: answering_name(office, unit.unit, today, now.edition.issued_on)
        for point in points
        for unit in (*stand[point.id].units, *stand[point.id].former)
    }
    heirs = {unit.unit: unit.heir for point in points for unit in stand[point.id].units}
    names = {unit: office.name_of(unit, today) if unit in office.units else unit for unit in heirs.values()}
    items = tuple(item_of(office, point, stand[point.id], labels, excluded_columns) for point in points)
    point_ids = {item.point_id for item in items}
    round_, due, recipients, repliers = _latest_round(office, plan)
    years = years_in_report(office, plan, day, stand=stand)
    return YearSummary(
        plan=now,
        as_of=today,
        items=items,
        figures=count_figures(
            [item.count_point for item in items],
            names,
            round_name=round_,
            recipients=recipients,
            repliers=repliers,
            as_of=today,
        )
        | check_figures(checks)
        | limit_figures(limits)
        | grade_figures(grades)
        | duty_figures(letter_duties(office, plan))
        | (years.figures if years else {}),
        asks_publication=asks_publication(office, plan),
        checks=checks,
        years=years,
        unit_names=names,
        contacts={
            unit: tuple((contact.name, contact.phone) for contact in office.units[unit].contacts)
            for unit in names
            if unit in office.units
        },
        heirs=heirs,
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
        elements={
            name: cell.value
            for name in ELEMENTS
            if (cell := office.cells.get((plan, "", name, ""))) is not None and cell.value
        }
        | {"totals": totals_of(office, plan)},
    )


def totals_of(office: Office, plan: str) -> str:
    """The totals of the year as lines: what the office typed, and what units gave since, of one name the last."""
    totals = office.cells.get((plan, "", "totals", ""))
    since = totals.act if totals is not None else 0
    later = [
        cell
        for (subject, unit, name, _), cell in office.cells.items()
        if subject == plan and unit and name == "totals" and cell.act > since
    ]
    cells = [*([totals] if totals is not None else []), *sorted(later, key=lambda cell: cell.act)]
    lines = {line.partition("\t")[0]: line for cell in cells for line in cell.value.splitlines()}
    return "\n".join(lines.values())


def _is_ticked(office: Office, point_id: str, column: str) -> bool:
    cell = office.cells.get((point_id, "", column, ""))
    return cell is not None and cell.value == TICK


def _latest_round(office: Office, plan: str) -> tuple[str, dt.date | None, tuple[str, ...], tuple[str, ...]]:
    """The latest round with forms: its name and day, the units asked and those that sent something back."""
    rounds = sorted(
        (round_ for round_ in office.rounds.values() if round_.plan == plan), key=lambda r: (r.due, r.opens)
    )
    back = forms_back(office)
    for round_ in reversed(rounds):
        forms = [form for form in office.forms.values() if form.round == round_.round]
        if forms:
            recipients = tuple(sorted({form.unit for form in forms}))
            repliers = tuple(sorted({form.unit for form in forms if form.form in back}))
            return round_.name, round_.due, recipients, repliers
    return "", None, (), ()
