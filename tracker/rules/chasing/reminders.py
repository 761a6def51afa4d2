"""Who is to be reminded on a day, by which slip, and who is not and why.

A *matter* is what somebody owes: a work point that is open, or the form of a round. A joint matter is asked of
its leads, a matter of which each has a share (分别负责) of each unit that has not done its own; supporting units
are not chased, and a unit that was merged or renamed is spoken for by its successor. What is done, left out,
continuing or without a day makes no matter. A granted extension moves its day, of everybody or of the units that it
names, and the ladder begins anew; over the day, one that was asked for in time and waits for its decision holds it.

For one matter and one unit the first line that fits decides; `n` and `apart` are the rung's row of `rules.chasing.tiers`:

    1  the day is a rest day or lies in 静默日期                    nothing: quiet
    2  an official slip about it waits for its signature            nothing: to be signed
    3  not over its day, more than n working days left              nothing: not yet
    4  not over its day, reminded, and apart is 0 or not over       nothing: reminded
    5  not over its day, its unit had a 提醒 on this very day       nothing: one digest for a unit and day
    6  not over its day                                             提醒
    7  an extension was asked for in time, nobody decided           nothing: asked
    8  the last slip is a 约谈, or no rung is on                    nothing: the ladder ends
    9  fewer than n working days since the day or the last slip     nothing: too soon
    10 the rung speaks of all, its last issue fewer than apart ago  nothing: in the next issue
    11 a higher rung is on                                          that rung
    12 the last rung is on, and apart working days are over         that rung again, else nothing

A slip counts from the day on which it was signed or sent, by whatever means; a draft that was withdrawn never
was. A matter marked 不通报 is never circulated: 约谈 follows 督办. Where the calendar does not know the year of
the day, the days Monday to Friday are counted and the decision says so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.columns import TICKED
from tracker.facts import Document
from tracker.model import DeadlineKind
from tracker.model import Mode
from tracker.model import Role
from tracker.rules.chasing.countdown import Countdown
from tracker.rules.chasing.slipbook import SlipBook
from tracker.rules.chasing.slips import TITLES
from tracker.rules.chasing.tiers import Ladder
from tracker.rules.chasing.tiers import Rule
from tracker.rules.chasing.tiers import Tier
from tracker.rules.comparing.lineage import settled
from tracker.rules.plans.extending import named_in
from tracker.rules.plans.extending import waiting
from tracker.rules.plans.succession import successor
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import UnitStanding
from tracker.rules.state import Office
from tracker.rules.state import Point


@dataclass(frozen=True, slots=True)
class Matter:
    """What a unit owes.

    Attributes:
        subject: A work point, or a round whose form is out.
        unit: Who owes it.
        due: The day that counts.
        what: What it is, in the plan's words or the round's.
        since: The day on which it began anew (an extension was granted); slips from before do not count.
        public: Whether it may be made known to others (不通报 says no).
        asked: When an extension was asked for that nobody has decided about; None for none.
        legal: The day as the plan or the extension states it, where it is another than the one that counts.
    """

    subject: str
    unit: str
    due: dt.date
    what: str
    since: dt.date = dt.date.min
    public: bool = True
    asked: dt.date | None = None
    legal: dt.date | None = None

    @property
    def limit(self) -> str:
        """The day as a reason says it."""
        if self.legal is None or self.legal == self.due:
            return f"期限{self.due.isoformat()}"
        return f"期限{self.legal.isoformat()}（逢休息日，按{self.due.isoformat()}计）"


@dataclass(frozen=True, slots=True)
class Decision:
    """A matter on a day: the rung to take, or none, and why in the words of the office.

    `kind` groups decisions without a slip: quiet, unsigned, asked, early, reminded, soon, ended.
    """

    matter: Matter
    tier: Tier | None
    why: str
    kind: str = "due"


def matters(office: Office, stand: Mapping[str, Standing], today: dt.date) -> Iterator[Matter]:
    """Everything that is owed: open work points of every plan, then forms that have not come back.

    What goes on in a later year's plan, or was dropped from it, is owed no more under its old number.
    """
    anew, elsewhere = begun_anew(office, today), settled(office)
    asked = waiting(office, today)
    heirs = {unit: successor(office, unit, today) for unit in office.units}
    for plan in office.plans.values():
        for point in plan.points:
            standing = stand.get(point.id)
            if standing is None or point.retired or point.id in elsewhere:
                continue
            withheld = office.cells.get((point.id, "", "withheld", ""))
            public = withheld is None or withheld.value != TICKED
            found: dict[str, Matter] = {}
            for each in _owing(point, standing):
                due, unit = each.workday_due or each.due, heirs.get(each.unit, each.unit)
                assert due is not None
                since = since_for(anew, point.id, each.unit)
                wait = asked.get((point.id, each.unit), asked.get((point.id, "")))
                matter = Matter(point.id, unit, due, point.requirement, since, public, wait, each.due)
                # A unit that speaks for several has the earliest of their days.
                if unit not in found or due < found[unit].due:
                    found[unit] = matter
            yield from found.values()
    back = {each.form for _, each in office.returns if each.outcome != "refused"}
    for form in office.forms.values():
        opened = office.rounds[form.round]
        if form.form not in back and opened.opens <= today:
            unit = heirs.get(form.unit, form.unit)
            yield Matter(opened.round, unit, opened.due, f"报送“{opened.name}”填报表")


def since_for(anew: Mapping[tuple[str, str], dt.date], subject: str, unit: str) -> dt.date:
    """From which day slips to a unit about a subject count."""
    return max(anew.get((subject, ""), dt.date.min), anew.get((subject, unit), dt.date.min))


def begun_anew(office: Office, today: dt.date) -> dict[tuple[str, str], dt.date]:
    """From which day slips count, by subject and unit (empty for all). The slip that led to an extension does not."""
    found: dict[tuple[str, str], dt.date] = {}
    for event in office.events:
        day = event.at
        if event.kind == "extension":
            granted = json.loads(event.data or "{}").get("due", "")
            if not granted:
                continue
            day += dt.timedelta(days=granted > event.at.isoformat())
        elif event.kind != "reopened":
            continue
        if event.at <= today:
            for unit in named_in(event.data) or ("",):
                key = (event.subject, unit)
                found[key] = max(day, found.get(key, day))
    return found


def _owing(point: Point, standing: Standing) -> Iterator[UnitStanding]:
    """The units that owe a point; see the module."""
    if standing.due is None or standing.done or not standing.counted or standing.status == "continuing":
        return
    if point.deadline.kind is DeadlineKind.ONGOING and not standing.extended:
        return
    others = [each for each in standing.units if each.role is not Role.SUPPORT]
    leads = [each for each in others if each.role is Role.LEAD]
    severally = point.mode in (Mode.EACH, Mode.SINGLE)
    for each in others if severally else leads or others:
        if not each.done and each.status != "not_applicable" and each.due is not None:
            yield each


def decide_all(
    owed: Iterable[Matter],
    slips: SlipBook,
    *,
    today: dt.date,
    days: Countdown,
    ladder: Ladder,
    quiet: str = "",
) -> list[Decision]:
    """Decide every matter; `quiet` says why nobody is troubled on the day, and is empty on others."""
    if quiet:
        return [Decision(each, None, quiet, "quiet") for each in owed]
    return [decide(each, slips, today=today, days=days, ladder=ladder) for each in owed]


def decide(matter: Matter, slips: SlipBook, *, today: dt.date, days: Countdown, ladder: Ladder) -> Decision:
    """Decide one matter on a working day."""
    about = slips.about(matter.subject, matter.unit, since=matter.since)
    waiting = next((each for each in about if slips.waits(each)), None)
    if waiting is not None:
        return Decision(
            matter,
            None,
            f"{TITLES[Tier(waiting.tier)]} {waiting.number or waiting.document} 尚未签发",
            "unsigned",
        )
    if today <= matter.due:
        return _before(matter, about, slips, today, days, ladder.rule(Tier.REMIND))
    if matter.asked is not None and matter.asked <= matter.due:
        why = f"{matter.limit}前（{matter.asked.isoformat()}）已申请延期，等待审批"
        return Decision(matter, None, why, "asked")
    official = [each for each in about if Tier(each.tier).is_official]
    if not official:
        first = ladder.above(None, public=matter.public)
        passed = days.between(matter.due, today)
        late = f"{matter.limit}已过{passed.said}"
        return _climb(matter, first, matter.due, late, slips, today, days)
    order = list(Tier)
    last = max(official, key=lambda each: (each.on, order.index(Tier(each.tier))))
    tier = Tier(last.tier)
    if tier is Tier.TALK:
        return Decision(matter, None, f"已于{last.on.isoformat()}提请约谈", "ended")
    passed = days.between(last.on, today)
    since = f"{last.tier}（{last.on.isoformat()}）后{passed.said}仍未办结"
    higher = ladder.above(tier, public=matter.public)
    if higher is not None:
        return _climb(matter, higher, last.on, since, slips, today, days)
    again = ladder.rule(tier)
    if not again.on or not again.apart:
        return Decision(matter, None, f"已{last.tier}（{last.on.isoformat()}），没有启用更高一级", "ended")
    return _climb(matter, Rule(tier, again.apart, again.apart), last.on, since, slips, today, days)


def _climb(
    matter: Matter,
    rule: Rule | None,
    begun: dt.date,
    why: str,
    slips: SlipBook,
    today: dt.date,
    days: Countdown,
) -> Decision:
    """Take a rung, unless it is off, too soon since the day on which waiting began, or its last issue was only now."""
    if rule is None:
        return Decision(matter, None, "已逾期，催办各级均未启用", "ended")
    if days.between(begun, today).count < rule.wait:
        then = days.after(begun, rule.wait).isoformat()
        return Decision(matter, None, f"{why}，{then}起{rule.tier.value}", "soon")
    issued = slips.last_issue(rule.tier) if rule.tier.is_for_all else None
    if issued is not None and days.between(issued, today).count < rule.apart:
        return Decision(matter, None, f"{why}，列入下一期{rule.tier.value}", "soon")
    return Decision(matter, rule.tier, why)


def _before(
    matter: Matter,
    about: Sequence[Document],
    slips: SlipBook,
    today: dt.date,
    days: Countdown,
    rule: Rule,
) -> Decision:
    left = days.between(today, matter.due)
    why = f"距{matter.limit}还有{left.said}"
    if not rule.on:
        return Decision(matter, None, f"{why}，提醒未启用", "early")
    opened = days.before(matter.due, rule.wait)
    if left.count > rule.wait:
        return Decision(matter, None, f"{why}，{opened.isoformat()}起提醒", "early")
    before = [each.on for each in about if each.tier == Tier.REMIND.value and each.on >= opened]
    if before and (not rule.apart or days.between(max(before), today).count < rule.apart):
        return Decision(matter, None, f"本期限已于{max(before).isoformat()}提醒过", "reminded")
    if slips.reminded_on(matter.unit, today):
        return Decision(matter, None, "今天已给该单位发过提醒，下个工作日再提醒", "reminded")
    return Decision(matter, Tier.REMIND, why)
