"""One work point as the report sees it: its class, who answers, and what may be said of it.

Each text keeps the file and the place that it came from. Which texts stand for an item is said in
`rules.reporting.summary`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.columns import TICKED
from tracker.model import Mode
from tracker.model import Role
from tracker.rules.progress.lights import LEFT_OUT
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import UnitStanding
from tracker.rules.state import Office
from tracker.rules.state import Point

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


def item_of(
    office: Office, point: Point, standing: Standing, names: Mapping[str, str], hidden: frozenset[str]
) -> Item:
    """An item as it stands: what it may say, where every text came from, and who said it."""

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


def _class(standing: Standing) -> str:
    if standing.status in LEFT_OUT:
        return LEFT
    if standing.done:
        return "done"
    return "overdue" if standing.overdue else standing.status
