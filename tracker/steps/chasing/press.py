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
from tracker.columns import TICKED
from tracker.files.documents import render_official
from tracker.files.documents.own import fill_template
from tracker.files.templates import words
from tracker.rules.chasing.reminders import begun_anew
from tracker.rules.chasing.reminders import since_for
from tracker.rules.chasing.slip_outline import Sender
from tracker.rules.chasing.slip_outline import outline
from tracker.rules.chasing.slip_places import samples
from tracker.rules.chasing.slip_places import values_of
from tracker.rules.chasing.slipbook import NAMED
from tracker.rules.chasing.slipbook import SlipBook
from tracker.rules.chasing.slips import TITLES
from tracker.rules.chasing.slips import Picture
from tracker.rules.chasing.slips import Slip
from tracker.rules.chasing.slips import SlipLine
from tracker.rules.chasing.tiers import State
from tracker.rules.chasing.tiers import Tier
from tracker.rules.plans.extending import Day
from tracker.rules.progress.standing import Index
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import index
from tracker.rules.progress.standing import standing
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
class Then:
    """The office as it was when a slip was drafted, and the day."""

    office: Office
    day: dt.date
    known: Index
    points: dict[str, Point]
    slips: SlipBook
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
        self._then: dict[int, Then] = {}

    def check(self) -> None:
        """Refuse a template that cannot be used, before anything is recorded (`BadTemplate`)."""
        for tier in Tier:
            own = self._own(tier)
            for sample in samples(tier):
                outline(sample, self.say, self.sender)
                if own is not None:
                    fill_template(own, values_of(sample, self.say, self.sender))
        facts_of_group = {"unit": "", "what": "", "due": "", "contact": "", "office": ""}
        for entry in ("opening", "line", "closing"):
            self.say(f"group.{entry}", **facts_of_group)

    def render(self, document: facts.Document, act: int) -> bytes:
        """The bytes of a document that was drafted in an act."""
        slip = self.slip(document, act)
        own = self._own(slip.tier)
        if own is not None:
            return fill_template(own, values_of(slip, self.say, self.sender))
        return render_official(outline(slip, self.say, self.sender))

    def slip(self, document: facts.Document, act: int) -> Slip:
        """What a document says; `act` is the one that drafted it."""
        then, tier = self._as_drafted(act), Tier(document.tier)
        office, day = then.office, then.day
        body = office.units.get(document.unit)
        contacts = [f"{each.name} {each.phone}".strip() for each in body.contacts] if body else []
        plans = dict.fromkeys(
            office.rounds[each].plan if each in office.rounds else each.rsplit("-", 1)[0]
            for each in document.subjects
        )
        edition = office.plans[next(iter(plans))].edition if len(plans) == 1 else None
        higher = self.desk.settings.ladder.above(
            tier if tier.is_official and tier is not Tier.ASSIGN else None
        )
        signed = document.state in (State.SIGNED.value, State.SENT.value)
        return Slip(
            document=document.document,
            number=document.number,
            tier=tier,
            unit=office.name_of(document.unit, day) if document.unit else "",
            person=contacts[0] if contacts else "",
            lines=_by_unit(self._lines(then, document)),
            day=document.on if signed else None,
            plan=full_width(edition.title) if edition else "",
            plan_number=edition.number if edition else "",
            wait=higher.wait if higher and higher.wait else 5,
            as_of=day,
            picture=self._picture(then, tuple(plans)) if tier is Tier.CIRCULATE else Picture(),
        )

    def _own(self, tier: Tier) -> Path | None:
        own = self.desk.folder.path(TEMPLATES, f"{TITLES[tier]}.docx")
        return own if own.is_file() else None

    def _as_drafted(self, act: int) -> Then:
        if act not in self._then:
            ledger = self.desk.ledger
            office = ledger.office() if act == ledger.last_act else ledger.office(until=act)
            day = next(each.day for each in ledger.acts() if each.no == act)
            points = {point.id: point for plan in office.plans.values() for point in plan.points}
            self._then[act] = Then(
                office, day, index(office), points, SlipBook.of(office), begun_anew(office, day)
            )
        return self._then[act]

    def _standing(self, then: Then, point: Point) -> Standing:
        calendar, limits = self.desk.calendar, self.desk.settings.thresholds
        return standing(
            then.office, point, today=then.day, calendar=calendar, thresholds=limits, known=then.known
        )

    def _lines(self, then: Then, document: facts.Document) -> Iterator[SlipLine]:
        named: dict[str, list[str]] = next(
            (
                json.loads(each.data)
                for each in then.office.events
                if (each.subject, each.kind) == (document.document, NAMED)
            ),
            {},
        )
        for subject in document.subjects:
            for unit in [document.unit] if document.unit else named.get(subject, []):
                yield self._line(then, document, subject, unit)

    def _line(self, then: Then, document: facts.Document, subject: str, unit: str) -> SlipLine:
        office, name = then.office, then.office.name_of(unit, then.day)
        if subject in office.rounds:
            opened = office.rounds[subject]
            late = max(0, (then.day - opened.due).days)
            what = f"报送“{opened.name}”填报表"
            return SlipLine(
                subject,
                name,
                what,
                _DEMAND_OF_FORM[self.desk.settings.text("stamp") == "是"],
                f"{_day(opened.due)}前",
                late=late,
                is_form=True,
                source=_source(office, opened.plan),
                before=_before(then, document, subject, unit),
            )
        point = then.points[subject]
        found = self._day(then, point, unit)
        role = point.role_of(unit)
        due = max(found.due, found.workday_due or found.due) if found.due else None
        return SlipLine(
            subject,
            name,
            without_number(point.task or point.section) or short_name(point.requirement),
            full_width(point.requirement),
            _limit(point, found, as_written=document.tier == Tier.ASSIGN.value),
            role.label if role else "",
            max(0, (then.day - due).days) if due and document.tier != Tier.ASSIGN.value else 0,
            source=_source(office, point.plan),
            before=_before(then, document, subject, unit),
        )

    def _day(self, then: Then, point: Point, unit: str) -> Day:
        """The day that holds for a unit, or for the point where the unit speaks for one that is no more."""
        found = self._standing(then, point)
        of_unit = next((each for each in found.units if each.unit == unit), found)
        return Day(of_unit.due, of_unit.workday_due, of_unit.extended)

    def _picture(self, then: Then, plans: tuple[str, ...]) -> Picture:
        """How the plans stand that a circular speaks of; what is marked 不通报 is in no number."""
        found = [
            self._standing(then, point)
            for plan in plans
            for point in then.office.plans[plan].points
            if not point.retired and not _is_withheld(then.office, point.id)
        ]
        counted = [each for each in found if each.counted]
        done = sum(each.done for each in counted)
        overdue = sum(each.overdue for each in counted)
        return Picture(len(counted), done, len(counted) - done - overdue, overdue)


def _by_unit(lines: Iterator[SlipLine]) -> tuple[SlipLine, ...]:
    """A unit's matters together, units in the order in which they are first named."""
    found: dict[str, list[SlipLine]] = {}
    for line in lines:
        found.setdefault(line.unit, []).append(line)
    return tuple(line for of_unit in found.values() for line in of_unit)


def _source(office: Office, plan: str) -> str:
    """任务来源: the plan and its number."""
    edition = office.plans[plan].edition
    number = f"（{edition.number}）" if edition.number else ""
    return f"《{full_width(edition.title)}》{number}"


def _before(then: Then, document: facts.Document, subject: str, unit: str) -> str:
    """What was asked before, oldest first; a draft and what lies before an extension are left out."""
    since = since_for(then.anew, subject, unit)
    asked = [
        each
        for each in then.slips.about(subject, unit, since=since)
        if Tier(each.tier).is_official and each.document != document.document and not then.slips.waits(each)
    ]
    return "；".join(f"{_day(each.on)}{each.tier}（{each.number}）" for each in asked)


def _is_withheld(office: Office, wp: str) -> bool:
    cell = office.cells.get((wp, "", "withheld", ""))
    return cell is not None and cell.value == TICKED


def _limit(point: Point, found: Day, *, as_written: bool) -> str:
    """时限要求: the plan's own words when the task is handed over, later the day that they mean or that was granted."""
    if found.extended and found.due:
        return f"{_day(found.due)}前（经批准延期）"
    said = full_width(point.deadline.text)
    if not found.due or (as_written and said):
        return said or "未写明"
    return f"{_day(found.due)}前"


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
