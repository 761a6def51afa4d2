"""One work point as the report sees it: its class, who answers, and what may be said of it.

Each text keeps the file and the place that it came from. Which texts stand for an item is said in
`rules.reporting.summary`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.columns import TICK
from tracker.model import Mode
from tracker.model import Role
from tracker.rules.progress.lights import LEFT_OUT
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import UnitStanding
from tracker.rules.state import Office
from tracker.rules.state import Point

UNCOUNTED = "left_out"


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
        return tuple(
            unit
            for unit in self.standing.units
            if unit.role is not Role.SUPPORT and unit.status != "not_applicable"
        )

    @property
    def reporters(self) -> tuple[UnitStanding, ...]:
        """Those of them that reported anything."""
        return tuple(unit for unit in self.main_units if unit.round)

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

    def names_in(role: Role) -> tuple[str, ...]:
        return _names_in_role(point, role, names)

    def quotes_in(column: str) -> tuple[Quote, ...]:
        quotes = (_quote_of(office, point.id, unit, names, column) for unit in standing.units)
        return () if column in excluded_columns else tuple(quote for quote in quotes if quote)

    wording = office.cells.get((point.id, "", "wording", ""))
    note = office.cells.get((point.id, "", "note", ""))
    texts: tuple[Quote, ...]
    if wording is not None and wording.value.strip():
        texts = (Quote("", wording.value.strip(), "wording", _file(office, wording.file), wording.place),)
    else:
        speakers = _speakers(point, standing)
        # Where a unit ticked 入报告, the words of those that did not stay in the 台账: the report stays short.
        volunteers = [speaker for speaker in speakers if speaker.texts.get("in_report") == TICK]
        columns = [column for column in ("summary", "progress") if column not in excluded_columns]
        quotes = (_quote_of(office, point.id, speaker, names, *columns) for speaker in volunteers or speakers)
        texts = tuple(quote for quote in quotes if quote)
    return ReportItem(
        point=point,
        standing=standing,
        kind=_class(standing),
        lead=names_in(Role.LEAD),
        responsible=names_in(Role.RESPONSIBLE),
        support=names_in(Role.SUPPORT),
        texts=texts,
        problems=quotes_in("problem"),
        evidence=quotes_in("evidence"),
        done_on=quotes_in("done_on"),
        note=note.value if note and "note" not in excluded_columns else "",
    )


def _names_in_role(point: Point, role: Role, names: Mapping[str, str]) -> tuple[str, ...]:
    """Who answers in a role: units by the name of the day, collective and undecided names as the plan wrote them."""
    direct = [
        names[assignee.unit] if assignee.unit else assignee.written
        for assignee in point.assignees
        if not assignee.via
        and assignee.role is role
        and (not assignee.unit or point.role_of(assignee.unit) is role)
    ]
    collective = [name for name, its_role in point.collectives if its_role is role]
    return tuple(dict.fromkeys([*direct, *collective]))


def _speakers(point: Point, standing: Standing) -> tuple[UnitStanding, ...]:
    """The units whose words may stand for the point: the leads, else those that answer; see `rules.progress.standing`."""
    others = [
        unit for unit in standing.units if unit.role is not Role.SUPPORT and unit.status != "not_applicable"
    ]
    leads = [unit for unit in others if unit.role is Role.LEAD]
    return tuple(others if point.mode in (Mode.EACH, Mode.SINGLE) else leads or others)


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
