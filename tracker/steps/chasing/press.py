"""The press: a document's facts become a slip, and the slip becomes a .docx, in our layout or the office's own.

A slip says what was known when it was drafted, whenever it is laid out: its lines are read from the office as it
was after the act that drafted it, so a run that was killed, and the copy that carries the signature's date, say
the same. Templates of the office are tried on samples of every shape before anything is recorded.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker import facts
from tracker.columns import TICK
from tracker.files.documents import render_official
from tracker.files.documents.own import fill_template
from tracker.files.templates import words
from tracker.rules.chasing.reminders import begun_anew
from tracker.rules.chasing.reminders import since_for
from tracker.rules.chasing.slip_outline import Sender
from tracker.rules.chasing.slip_outline import slip_outline
from tracker.rules.chasing.slip_places import sample_slips
from tracker.rules.chasing.slip_places import slip_values
from tracker.rules.chasing.slipbook import SLIP_UNITS
from tracker.rules.chasing.slipbook import SlipIndex
from tracker.rules.chasing.slips import TITLES
from tracker.rules.chasing.slips import PlanCounts
from tracker.rules.chasing.slips import Slip
from tracker.rules.chasing.slips import SlipLine
from tracker.rules.chasing.tiers import SlipState
from tracker.rules.chasing.tiers import Tier
from tracker.rules.plans.extending import DueDay
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import StandingIndex
from tracker.rules.progress.standing import gather_index
from tracker.rules.progress.standing import standing_of
from tracker.rules.state import Office
from tracker.rules.state import Point
from tracker.rules.wording.phrases import full_width
from tracker.rules.wording.phrases import short_name
from tracker.rules.wording.phrases import without_number
from tracker.steps.desk import Desk

TEMPLATES = "模板"
# What is asked of a form, by whether the office wants a stamped page (要求盖章件).
_DEMAND_OF_FORM = {True: "按填报表要求逐项填写，盖章后报送。", False: "按填报表要求逐项填写后报送。"}


@dataclass(frozen=True)
class DraftMoment:
    """The office as it was when a slip was drafted, and the day."""

    office: Office
    day: dt.date
    index: StandingIndex
    points: dict[str, Point]
    slips: SlipIndex
    anew: dict[tuple[str, str], dt.date]


class Press:
    """Renders the documents of a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.say = words("slips.txt", office=desk.folder.root)
        self.sender = Sender(
            desk.settings.text("office_name"),
            desk.settings.text("supervision_name"),
            desk.settings.text("contact"),
            desk.settings.text("bulletin"),
        )
        self._then: dict[int, DraftMoment] = {}

    def check(self) -> None:
        """Refuse a template that cannot be used, before anything is recorded (`BadTemplate`)."""
        for tier in Tier:
            template = self._template(tier)
            for sample in sample_slips(tier):
                slip_outline(sample, self.say, self.sender)
                if template is not None:
                    fill_template(template, slip_values(sample, self.say, self.sender))
        facts_of_group = {"unit": "", "what": "", "due": "", "contact": "", "office": ""}
        for entry in ("opening", "line", "closing"):
            self.say(f"group.{entry}", **facts_of_group)

    def render(self, document: facts.Document, act: int) -> bytes:
        """The bytes of a document that was drafted in an act."""
        slip = self.slip(document, act)
        template = self._template(slip.tier)
        if template is not None:
            return fill_template(template, slip_values(slip, self.say, self.sender))
        return render_official(slip_outline(slip, self.say, self.sender))

    def slip(self, document: facts.Document, act: int) -> Slip:
        """What a document says; `act` is the one that drafted it."""
        then, tier = self._as_drafted(act), Tier(document.tier)
        office, day = then.office, then.day
        unit = office.units.get(document.unit)
        contacts = [f"{contact.name} {contact.phone}".strip() for contact in unit.contacts] if unit else []
        plans = dict.fromkeys(
            office.rounds[subject].plan if subject in office.rounds else subject.rsplit("-", 1)[0]
            for subject in document.subjects
        )
        edition = office.plans[next(iter(plans))].edition if len(plans) == 1 else None
        higher = self.desk.settings.tier_rules.above(
            tier if tier.is_official and tier is not Tier.ASSIGN else None
        )
        is_signed = document.state in (SlipState.SIGNED.value, SlipState.SENT.value)
        return Slip(
            document=document.document,
            number=document.number,
            tier=tier,
            unit=office.name_of(document.unit, day) if document.unit else "",
            person=contacts[0] if contacts else "",
            lines=_by_unit(self._lines(then, document)),
            day=document.on if is_signed else None,
            plan=full_width(edition.title) if edition else "",
            plan_number=edition.number if edition else "",
            wait=higher.wait if higher and higher.wait else 5,
            as_of=day,
            counts=self._picture(then, tuple(plans)) if tier is Tier.CIRCULATE else PlanCounts(),
        )

    def _template(self, tier: Tier) -> Path | None:
        template = self.desk.folder.path(TEMPLATES, f"{TITLES[tier]}.docx")
        return template if template.is_file() else None

    def _as_drafted(self, act: int) -> DraftMoment:
        if act not in self._then:
            ledger = self.desk.ledger
            office = ledger.office() if act == ledger.last_act else ledger.office(until=act)
            day = next(row.day for row in ledger.acts() if row.no == act)
            points = {point.id: point for plan in office.plans.values() for point in plan.points}
            self._then[act] = DraftMoment(
                office, day, gather_index(office), points, SlipIndex.of(office), begun_anew(office, day)
            )
        return self._then[act]

    def _standing(self, then: DraftMoment, point: Point) -> Standing:
        calendar, limits = self.desk.calendar, self.desk.settings.thresholds
        return standing_of(
            then.office, point, today=then.day, calendar=calendar, thresholds=limits, lookup=then.index
        )

    def _lines(self, then: DraftMoment, document: facts.Document) -> Iterator[SlipLine]:
        units_by_subject: dict[str, list[str]] = next(
            (
                json.loads(event.data)
                for event in then.office.events
                if (event.subject, event.kind) == (document.document, SLIP_UNITS)
            ),
            {},
        )
        for subject in document.subjects:
            for unit in [document.unit] if document.unit else units_by_subject.get(subject, []):
                yield self._line(then, document, subject, unit)

    def _line(self, then: DraftMoment, document: facts.Document, subject: str, unit: str) -> SlipLine:
        office, name = then.office, then.office.name_of(unit, then.day)
        if subject in office.rounds:
            round_ = office.rounds[subject]
            late = max(0, (then.day - round_.due).days)
            what = f"报送“{round_.name}”填报表"
            return SlipLine(
                subject,
                name,
                what,
                _DEMAND_OF_FORM[self.desk.settings.text("stamp") == "是"],
                f"{_day(round_.due)}前",
                late=late,
                is_form=True,
                source=_source(office, round_.plan),
                before=_before(then, document, subject, unit),
            )
        point = then.points[subject]
        day = self._day(then, point, unit)
        role = point.role_of(unit)
        due = max(day.due, day.workday_due or day.due) if day.due else None
        return SlipLine(
            subject,
            name,
            without_number(point.task or point.section) or short_name(point.requirement),
            full_width(point.requirement),
            _limit(point, day, as_written=document.tier == Tier.ASSIGN.value),
            role.label if role else "",
            max(0, (then.day - due).days) if due and document.tier != Tier.ASSIGN.value else 0,
            source=_source(office, point.plan),
            before=_before(then, document, subject, unit),
        )

    def _day(self, then: DraftMoment, point: Point, unit: str) -> DueDay:
        """The day that holds for a unit, or for the point where the unit speaks for one that is no more."""
        point_standing = self._standing(then, point)
        of_unit = next(
            (unit_standing for unit_standing in point_standing.units if unit_standing.unit == unit),
            point_standing,
        )
        return DueDay(of_unit.due, of_unit.workday_due, of_unit.is_extended)

    def _picture(self, then: DraftMoment, plans: tuple[str, ...]) -> PlanCounts:
        """How the plans stand that a circular speaks of; what is marked 不通报 is in no number."""
        standings = [
            self._standing(then, point)
            for plan in plans
            for point in then.office.plans[plan].points
            if not point.is_retired and not _is_withheld(then.office, point.id)
        ]
        counted_standings = [standing for standing in standings if standing.is_counted]
        done = sum(standing.done for standing in counted_standings)
        overdue = sum(standing.overdue for standing in counted_standings)
        return PlanCounts(len(counted_standings), done, len(counted_standings) - done - overdue, overdue)


def _by_unit(lines: Iterator[SlipLine]) -> tuple[SlipLine, ...]:
    """A unit's matters together, units in the order in which they are first named."""
    by_unit: dict[str, list[SlipLine]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    return tuple(line for of_unit in by_unit.values() for line in of_unit)


def _source(office: Office, plan: str) -> str:
    """任务来源: the plan and its number."""
    edition = office.plans[plan].edition
    number = f"（{edition.number}）" if edition.number else ""
    return f"《{full_width(edition.title)}》{number}"


def _before(then: DraftMoment, document: facts.Document, subject: str, unit: str) -> str:
    """What was asked before, oldest first; a draft and what lies before an extension are left out."""
    since = since_for(then.anew, subject, unit)
    earlier = [
        other
        for other in then.slips.about(subject, unit, since=since)
        if Tier(other.tier).is_official
        and other.document != document.document
        and not then.slips.waits(other)
    ]
    return "；".join(f"{_day(other.on)}{other.tier}（{other.number}）" for other in earlier)


def _is_withheld(office: Office, point_id: str) -> bool:
    cell = office.cells.get((point_id, "", "withheld", ""))
    return cell is not None and cell.value == TICK


def _limit(point: Point, day: DueDay, *, as_written: bool) -> str:
    """时限要求: the plan's own words when the task is handed over, later the day that they mean or that was granted."""
    if day.is_extended and day.due:
        return f"{_day(day.due)}前（经批准延期）"
    text = full_width(point.deadline.text)
    if not day.due or (as_written and text):
        return text or "未写明"
    return f"{_day(day.due)}前"


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
