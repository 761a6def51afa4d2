"""Who is to be reminded on a day, by which slip, and who is not and why.

A *matter* is what somebody owes: a work point that is open, or the form of a round. A joint matter is asked of
its leads, a matter of which each has a share (分别负责) of each unit that has not done its own; supporting units
are not chased. What is done, left out, continuing or without a day makes no matter; an extension moves its day.

The slips are a ladder (domain: 交办单, 催办单, 督办通知单 of the three slips, 通报, 约谈). For one matter and one
unit the first line that fits decides:

    1  an official slip about it waits for its signature         nothing: to be signed
    2  more than `before` working days are left                  nothing: not yet
    3  not over its day, no 提醒 for that day yet                提醒
    4  not over its day                                          nothing: reminded
    5  over its day, never called                                催办
    6  the last slip is a 约谈                                   nothing: proposed
    7  fewer than the step's working days since the last slip    nothing: too soon
    8  the last slip is a 催办                                   督办
    9  the last slip is a 督办                                   通报
    10 the last slip is a 通报                                   约谈, as a proposal to the leader

A slip counts from the day on which it was signed; a draft that was withdrawn never was. Where the calendar does
not know the year of the day, days of the week are counted and the decision says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from tracker.facts import Document
from tracker.model import Mode
from tracker.model import Role
from tracker.problems.workdays import NoCalendar
from tracker.rules.standing import Standing
from tracker.rules.state import Office
from tracker.rules.state import Point
from tracker.workdays import Calendar


class Tier(Enum):
    """A rung of the ladder; the value is the word that users see and that `facts.Document.tier` holds."""

    # The tasks are handed over at the start of the year.
    ASSIGN = "交办"
    # Before the day; may go out unattended.
    REMIND = "提醒"
    # After the day.
    CALL = "催办"
    # When that is ignored.
    SUPERVISE = "督办"
    # When that is ignored, too; names the unit before all others.
    CIRCULATE = "通报"
    # Only ever proposed to the leader.
    TALK = "约谈"

    @property
    def is_official(self) -> bool:
        """Whether a person has to sign it before it leaves."""
        return self is not Tier.REMIND


class State(Enum):
    """Where a slip stands; the value is what `facts.Document.state` holds."""

    # 拟稿: nobody outside has seen it.
    DRAFTED = "drafted"
    # 已签发: may leave.
    SIGNED = "signed"
    # 已发: has left, by whatever means.
    SENT = "sent"
    # 作废: never was.
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The word that users see."""
        return {"drafted": "拟稿", "signed": "已签发", "sent": "已发", "withdrawn": "作废"}[self.value]


@dataclass(frozen=True, slots=True)
class Steps:
    """How long an office waits: working days before the day, and after each slip."""

    before: int = 10
    after_call: int = 5
    after_supervision: int = 5
    after_circular: int = 5

    def after(self, tier: Tier) -> int:
        """Working days between a slip and the next rung."""
        return {
            Tier.CALL: self.after_call,
            Tier.SUPERVISE: self.after_supervision,
            Tier.CIRCULATE: self.after_circular,
        }.get(tier, 0)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a unit owes.

    Attributes:
        subject: A work point, or a round whose form is out.
        unit: Who owes it.
        due: The day that counts.
        what: What it is, in the plan's words or the round's.
    """

    subject: str
    unit: str
    due: dt.date
    what: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A matter on a day: the rung to take, or none, and why in the words of the office."""

    matter: Matter
    tier: Tier | None
    why: str


def matters(office: Office, stand: Mapping[str, Standing], today: dt.date) -> Iterator[Matter]:
    """Everything that is owed: open work points of every plan, then forms that have not come back."""
    for plan in office.plans.values():
        for point in plan.points:
            standing = stand.get(point.id)
            if standing is not None and not point.retired:
                yield from _of_point(point, standing)
    back = {each.form for _, each in office.returns if each.outcome != "refused"}
    for form in office.forms.values():
        opened = office.rounds[form.round]
        if form.form not in back and opened.opens <= today:
            yield Matter(opened.round, form.unit, opened.due, f"报送“{opened.name}”填报表")


def _of_point(point: Point, standing: Standing) -> Iterator[Matter]:
    due = standing.workday_due or standing.due
    if due is None or standing.done or not standing.counted or standing.status == "continuing":
        return
    others = [each for each in standing.units if each.role is not Role.SUPPORT]
    leads = [each for each in others if each.role is Role.LEAD]
    severally = point.mode in (Mode.EACH, Mode.SINGLE)
    for each in others if severally else leads or others:
        if not each.done and each.status != "not_applicable":
            yield Matter(point.id, each.unit, due, point.requirement)


def decide(
    matter: Matter, slips: Iterable[Document], *, today: dt.date, calendar: Calendar, steps: Steps
) -> Decision:
    """Decide one matter; `slips` are the office's documents, in the order recorded."""
    about = [
        each
        for each in slips
        if matter.subject in each.subjects
        and each.unit in (matter.unit, "")
        and each.tier != Tier.ASSIGN.value
        and each.state != State.WITHDRAWN.value
    ]
    waiting = next(
        (each for each in about if each.state == State.DRAFTED.value and Tier(each.tier).is_official), None
    )
    if waiting is not None:
        return Decision(matter, None, f"{waiting.tier}单 {waiting.document} 尚未签发")
    if today <= matter.due:
        return _before(matter, about, today, calendar, steps)
    official = [each for each in about if Tier(each.tier).is_official]
    if not official:
        return Decision(
            matter, Tier.CALL, f"应于{matter.due.isoformat()}前完成，已逾期{(today - matter.due).days}天"
        )
    last = max(official, key=lambda each: (each.on, list(Tier).index(Tier(each.tier))))
    tier = Tier(last.tier)
    passed, needed = _between(calendar, last.on, today), steps.after(tier)
    if tier is Tier.TALK:
        return Decision(matter, None, "已提请约谈")
    if passed < needed:
        return Decision(
            matter, None, f"距{last.tier}（{last.on.isoformat()}）仅{passed}个工作日，不足{needed}个"
        )
    following = list(Tier)[list(Tier).index(tier) + 1]
    return Decision(matter, following, f"{last.tier}（{last.on.isoformat()}）后{passed}个工作日仍未完成")


def _before(
    matter: Matter, about: Sequence[Document], today: dt.date, calendar: Calendar, steps: Steps
) -> Decision:
    left = _between(calendar, today, matter.due)
    if left > steps.before:
        return Decision(matter, None, f"距期限还有{left}个工作日")
    opened = _days_before(calendar, matter.due, steps.before)
    if any(each.tier == Tier.REMIND.value and each.on >= opened for each in about):
        return Decision(matter, None, "本期限已提醒过")
    return Decision(matter, Tier.REMIND, f"距期限（{matter.due.isoformat()}）还有{left}个工作日")


def _between(calendar: Calendar, start: dt.date, end: dt.date) -> int:
    try:
        return calendar.between(start, end)
    except NoCalendar:
        days = range(start.toordinal() + 1, end.toordinal() + 1)
        return sum(dt.date.fromordinal(day).weekday() < 5 for day in days)


def _days_before(calendar: Calendar, due: dt.date, count: int) -> dt.date:
    try:
        return calendar.add(due, -count)
    except NoCalendar:
        return due - dt.timedelta(days=count * 2)
