"""Who is to be reminded on a day, by which slip, and who is not and why.

An *obligation* is what somebody owes: a work point that is open, or the form of a round. Which rungs may be taken about
it depends on what is owed and by whom:

    a form that has not come back      none: a word in the group, a call, the list of its round (below);
                                       提醒 and 催办 where the office wants slips about forms
    a task of a unit that is asked     联系 (工作联系函, 商请函; `tiers.UNIT_KINDS`)
    a task marked 不通报                提醒 催办 督办 约谈
    a task that a coming round will    提醒 催办
      ask about for the first time since its day
    any other task                     提醒 催办 督办 通报 约谈

Nobody is supervised for a task that may be done by now: whoever reports by rounds is asked once after the day, in the
first round that ends on it or later. 督办, 通报 and 约谈 are off besides while the settings name no 督查机构
(`Settings.ladder`). A joint matter is asked of
its leads, a matter of which each has a share (分别负责) of each unit that has not done its own; supporting units
are not chased, and a unit that was merged or renamed is spoken for by its successor. What is done, left out,
基本完成, 长期坚持 or without a day makes no matter; of what comes again or has several days the next open part is owed. A granted extension moves its day, of everybody or of the units that it
names, and the ladder begins anew; over the day, one that was asked for in time and waits for its decision holds it.

For one matter and one unit the first line that fits decides; `n` and `apart` are the tier's row of `tiers.TIER_RULES`:

    0  no rung may be taken about it (a form)                       nothing: no paper, or not yet
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
    11 its slip was drafted since then and 作废                      nothing: it stays so until somebody says 拟稿 again
    12 a higher rung is on                                          that rung
    13 the last rung is on, and apart working days are over         that rung again, else nothing

A slip counts from the day on which it was signed or sent, by whatever means; an official one from before the day is of an
earlier part; a draft that was withdrawn is no slip, and leads to no rung; one of a rung that may not be taken (any more) is passed over. Where
the calendar does not know the year of
the day, the days Monday to Friday are counted and the decision says so.

`SlipIndex` finds the slips of an office by what they are about. A slip that speaks of all (通报, 约谈) counts for the units that it names about a subject; which those are is an event
of its own (`SLIP_UNITS`), because two units of one matter need not have come equally far.

Forms that are due or late: a word for the group, a line on the call list, one list (催报名单) for a round. No paper.

A form is a tool of the office; who sends it late has broken no task. So nothing official is drafted about forms
(整治形式主义为基层减负若干规定), and what troubles units is counted: the group hears of a round twice, once within the
waiting days of 提醒 before its day and once after it, and the event `FORM_WORD` remembers which of both was said.

    the day                                   unless it was said, the word
    within the waiting days, its day included  before: who has not sent the form yet, please in time
    a working day after it, and later          after: who is still missing, please send it

How many working days lie between two days, worded as people say it, and quick for many matters.

Where the calendar does not know a year, the days Monday to Friday are counted but those that the law names by date, and the
sentence says so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from tracker.columns import TICK
from tracker.facts import Document, Event, Form, Round
from tracker.model import Mode, Role
from tracker.problems.office import NoCalendar
from tracker.rules.compare import superseded_ids
from tracker.rules.office import Office, Point
from tracker.rules.plans import open_requests, successor, units_in
from tracker.rules.progress import Standing, UnitStanding, forms_back, heirs_on, rounds_in_hand
from tracker.rules.rounds import openings
from tracker.settings import RoundSetting
from tracker.tiers import (
    ASKED_TIERS,
    OUR_TIERS,
    SUPERVISION_TIERS,
    TITLES,
    SlipState,
    Tier,
    TierRule,
    TierRules,
    is_asked,
)
from tracker.values import dataclass
from tracker.workdays import Calendar, is_probable_workday


@dataclass(frozen=True, slots=True)
class WorkdayCount:
    """A number of working days; `is_guess` when nobody arranged the holidays of the year."""

    count: int
    is_guess: bool = False

    @property
    def text(self) -> str:
        """As a sentence has it."""
        return f"{self.count}个工作日" + ("（当年放假安排未公布，按周一至周五计）" if self.is_guess else "")


@dataclass(frozen=True)
class Countdown:
    """Counts by a calendar; each pair of days is counted once.

    >>> Countdown(Calendar()).count_between(dt.date(2026, 6, 18), dt.date(2026, 6, 26)).text   # 19 to 21 June were off
    '5个工作日'
    >>> Countdown(Calendar()).count_between(dt.date(2041, 6, 14), dt.date(2041, 6, 17)).text
    '1个工作日（当年放假安排未公布，按周一至周五计）'
    """

    calendar: Calendar
    counts: dict[tuple[dt.date, dt.date], WorkdayCount] = field(default_factory=dict, compare=False)
    days: dict[tuple[dt.date, int], dt.date] = field(default_factory=dict, compare=False)

    def count_between(self, start: dt.date, end: dt.date) -> WorkdayCount:
        """Working days after `start`, up to and including `end`."""
        pair = (start, end)
        if pair not in self.counts:
            self.counts[pair] = self._count(start, end)
        return self.counts[pair]

    def _count(self, start: dt.date, end: dt.date) -> WorkdayCount:
        try:
            return WorkdayCount(self.calendar.workdays_between(start, end))
        except NoCalendar:
            days = range(start.toordinal() + 1, end.toordinal() + 1)
            return WorkdayCount(
                sum(is_probable_workday(dt.date.fromordinal(day)) for day in days), is_guess=True
            )

    def before(self, due: dt.date, count: int) -> dt.date:
        """The first day from which on there are no more than `count` working days left (`between`).

        >>> Countdown(Calendar()).before(dt.date(2018, 10, 1), 10)   # a holiday: the last working day is 30 September
        datetime.date(2018, 9, 17)
        """
        key = (due, -count - 1)  # not one that `after` asks for
        if key not in self.days:
            self.days[key] = self._before(due, count)
        return self.days[key]

    def _before(self, due: dt.date, count: int) -> dt.date:
        try:
            last = due if self.calendar.is_workday(due) else self.calendar.add(due, -1)
            return self.calendar.add(last, -count)
        except NoCalendar:
            return due - dt.timedelta(days=count * 2)

    def after(self, day: dt.date, count: int) -> dt.date:
        """The day on which `count` working days have passed since another."""
        key = (day, count)
        if key not in self.days:
            self.days[key] = self._after(day, count)
        return self.days[key]

    def _after(self, day: dt.date, count: int) -> dt.date:
        try:
            return self.calendar.add(day, count)
        except NoCalendar:
            while count:
                day += dt.timedelta(days=1)
                count -= is_probable_workday(day)
            return day

    def is_rest(self, day: dt.date) -> bool:
        """Whether nobody works on the day."""
        try:
            return not self.calendar.is_workday(day)
        except NoCalendar:
            return not is_probable_workday(day)


# What may be said about a form where the office wants slips about forms; never 督办, 通报 or 约谈.
FORM_TIERS = frozenset({Tier.REMIND, Tier.CALL})
# Kind of the event that says which units a slip to all names, by subject.
SLIP_UNITS = "named"


class SlipIndex:
    """The documents that count, by subject and unit, and those that were withdrawn; 交办 is no chasing."""

    def __init__(self, documents: Iterable[Document], events: Iterable[Event] = ()) -> None:
        self._about: dict[tuple[str, str], list[Document]] = {}
        self._voids: dict[tuple[str, str], list[Document]] = {}
        self._issued: dict[str, dt.date] = {}
        self._reminded: set[tuple[str, dt.date]] = set()
        units_by_slip = {
            event.subject: json.loads(event.data) for event in events if event.kind == SLIP_UNITS
        }
        for document in documents:
            if document.tier == Tier.ASSIGN.value:
                continue
            is_void = document.state == SlipState.WITHDRAWN.value
            self._issued[document.tier] = max(document.on, self._issued.get(document.tier, document.on))
            if document.tier == Tier.REMIND.value and not is_void:
                self._reminded.add((document.unit, document.on))
            for subject in document.subjects:
                units = (
                    (document.unit,)
                    if document.unit
                    else tuple(units_by_slip.get(document.document, {}).get(subject, ("",)))
                )
                for unit in units:
                    (self._voids if is_void else self._about).setdefault((subject, unit), []).append(document)

    @classmethod
    def of(cls, office: Office) -> SlipIndex:
        """The slips of an office."""
        return cls(office.documents.values(), office.events)

    def about(self, subject: str, unit: str, *, since: dt.date = dt.date.min) -> Sequence[Document]:
        """Slips to a unit about a subject since a day, and those to all that name nobody in particular."""
        documents = [*self._about.get((subject, unit), ()), *self._about.get((subject, ""), ())]
        return [document for document in documents if document.on >= since]

    def void(self, obligation: Obligation, tier: Tier) -> Document | None:
        """The slip of that rung which was drafted about a matter since its day and withdrawn."""
        start = max(obligation.since, obligation.due)
        documents = self._voids.get((obligation.subject, obligation.unit), ())
        return next((d for d in documents if d.tier == tier.value and d.on > start), None)

    def last_issue(self, tier: Tier) -> dt.date | None:
        """When a rung was last taken for anybody; a draft that was withdrawn is an issue that did not appear."""
        return self._issued.get(tier.value)

    def reminded_on(self, unit: str, day: dt.date) -> bool:
        """Whether the unit had a 提醒 on that day."""
        return (unit, day) in self._reminded

    @staticmethod
    def waits(document: Document) -> bool:
        """Whether it still waits for its signature."""
        return document.state == SlipState.DRAFTED.value and Tier(document.tier).is_official


def units_named(office: Office, document: Document) -> tuple[str, ...]:
    """The units that a slip to all names; those that answer for its subjects where it names none."""
    contents = [
        json.loads(event.data)
        for event in office.events
        if (event.subject, event.kind) == (document.document, SLIP_UNITS)
    ]
    units = [unit for by_subject in contents for names in by_subject.values() for unit in names]
    if not units:
        units = [
            unit for subject in document.subjects if "-" in subject for unit in office.point(subject).units()
        ]
    return tuple(dict.fromkeys(units))


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a unit owes.

    Attributes:
        subject: A work point, or a round whose form is out.
        unit: Who owes it.
        due: The day that counts.
        text: What it is, in the plan's words or the round's.
        since: The day on which it began anew (an extension was granted); slips from before do not count.
        tiers: The rungs that may be taken about it.
        request_day: When an extension was asked for that nobody has decided about; None for none.
        legal: The day as the plan or the extension states it, where it is another than the one that counts.
        stage: The part of the limit that the day is of, where it has several.
        asks_next: The round that will ask about it for the first time since its day; empty where none is to come.
    """

    subject: str
    unit: str
    due: dt.date
    text: str
    since: dt.date = dt.date.min
    tiers: frozenset[Tier] = OUR_TIERS
    request_day: dt.date | None = None
    legal: dt.date | None = None
    stage: str = ""
    asks_next: str = ""

    @property
    def limit(self) -> str:
        """The day as a reason says it."""
        stage = f"（{self.stage}）" if self.stage else ""
        if self.legal is None or self.legal == self.due:
            return f"期限{self.due.isoformat()}{stage}"
        return f"期限{self.legal.isoformat()}{stage}（逢休息日，按{self.due.isoformat()}计）"


@dataclass(frozen=True, slots=True)
class Decision:
    """A matter on a day: the rung to take, or none, and why in the words of the office.

    `kind` groups decisions without a slip: quiet, unsigned, asked, early, reminded, soon, ended, form.
    """

    obligation: Obligation
    tier: Tier | None
    why: str
    kind: str = "due"


def obligations(
    office: Office,
    stand: Mapping[str, Standing],
    today: dt.date,
    *,
    form_tiers: frozenset[Tier] = frozenset(),
    rounds: Sequence[RoundSetting] = (),
) -> Iterator[Obligation]:
    """Everything that is owed: open work points of every plan, then forms that have not come back.

    `form_tiers` may be taken about forms; `rounds` are those that the office has set, handed out or not.
    What goes on in a later year's plan, or was dropped from it, is owed no more under its old number.
    """
    anew, elsewhere = begun_anew(office, today), superseded_ids(office)
    requests = open_requests(office, today)
    heirs = heirs_on(office, today)
    ends = _round_ends(office, rounds)
    for plan in office.plans.values():
        for point in plan.points:
            standing = stand.get(point.id)
            if standing is None or point.is_retired or point.id in elsewhere:
                continue
            withheld = office.cells.get((point.id, "", "withheld", ""))
            is_withheld = withheld is not None and withheld.value == TICK
            ours = OUR_TIERS - {Tier.CIRCULATE} if is_withheld else OUR_TIERS
            by_unit: dict[str, Obligation] = {}
            for unit_standing in _debtors(point, standing, today):
                due, unit = (
                    unit_standing.workday_due or unit_standing.due,
                    heirs.get(unit_standing.unit, unit_standing.unit),
                )
                assert due is not None
                since = since_for(anew, point.id, unit_standing.unit)
                wait = requests.get((point.id, unit_standing.unit), requests.get((point.id, "")))
                asks_next = _asks_next(ends.get(plan.plan, ()), due, today)
                tiers = ours - SUPERVISION_TIERS if asks_next else ours
                obligation = Obligation(
                    point.id,
                    unit,
                    due,
                    point.requirement,
                    since,
                    ASKED_TIERS if _is_asked(office, unit) else tiers,
                    wait,
                    unit_standing.due,
                    unit_standing.stage,
                    asks_next,
                )
                # A unit that speaks for several has the earliest of their days.
                if unit not in by_unit or due < by_unit[unit].due:
                    by_unit[unit] = obligation
            yield from by_unit.values()
    for forms in open_forms(office, today).values():
        for open_form in forms:
            round_, unit = open_form.round, open_form.unit
            tiers = frozenset() if _is_asked(office, unit) else form_tiers
            yield Obligation(round_.round, unit, round_.due, f"报送“{round_.name}”填报表", tiers=tiers)


def _round_ends(office: Office, rounds: Sequence[RoundSetting]) -> dict[str, list[tuple[dt.date, str]]]:
    """When each plan's rounds end, handed out or only set, and what they are called; the first first."""
    ends = {plan: set[tuple[dt.date, str]]() for plan in office.plans}
    for next_round in openings(office, rounds, today=dt.date.max):
        ends[next_round.plan].add((next_round.due, next_round.name))
    for round_ in office.rounds.values():
        ends.setdefault(round_.plan, set()).add((round_.due, round_.name))
    return {plan: sorted(some) for plan, some in ends.items()}


def _asks_next(ends: Sequence[tuple[dt.date, str]], due: dt.date, today: dt.date) -> str:
    """The round that asks about a day for the first time, while it has not ended; empty where none is to come."""
    end, name = next(((end, name) for end, name in ends if end >= due), (dt.date.min, ""))
    return name if end >= today else ""


def _is_asked(office: Office, unit: str) -> bool:
    return unit in office.units and is_asked(office.units[unit].kind)


def since_for(anew: Mapping[tuple[str, str], dt.date], subject: str, unit: str) -> dt.date:
    """From which day slips to a unit about a subject count."""
    return max(anew.get((subject, ""), dt.date.min), anew.get((subject, unit), dt.date.min))


def begun_anew(office: Office, today: dt.date) -> dict[tuple[str, str], dt.date]:
    """From which day slips count, by subject and unit (empty for all). The slip that led to an extension does not."""
    days: dict[tuple[str, str], dt.date] = {}
    for event in office.events:
        day = event.at
        if event.kind == "extension":
            new_due = json.loads(event.data or "{}").get("due", "")
            if not new_due:
                continue
            day += dt.timedelta(days=new_due > event.at.isoformat())
        elif event.kind != "reopened":
            continue
        if event.at <= today:
            for unit in units_in(event.data) or ("",):
                key = (event.subject, unit)
                days[key] = max(day, days.get(key, day))
    return days


def _debtors(point: Point, standing: Standing, today: dt.date) -> Iterator[UnitStanding]:
    """The units that owe a point; a period that is over and that no round has told of yet is not owed."""
    if standing.due is None or standing.done or not standing.is_counted or standing.is_long_term:
        return
    if standing.status == "mostly_done":
        return
    others = [unit for unit in standing.units if unit.role is not Role.SUPPORT]
    leads = [unit for unit in others if unit.role is Role.LEAD]
    severally = point.mode in (Mode.EACH, Mode.SINGLE)
    for unit in others if severally else leads or others:
        if unit.done or unit.status == "not_applicable" or unit.due is None:
            continue
        if unit.overdue or today <= max(unit.due, unit.workday_due or unit.due):
            yield unit


def decide_all(
    obligations: Iterable[Obligation],
    slips: SlipIndex,
    *,
    today: dt.date,
    days: Countdown,
    rules: TierRules,
    quiet: str = "",
) -> list[Decision]:
    """Decide every matter; `quiet` says why nobody is troubled on the day, and is empty on others."""
    if quiet:
        return [Decision(obligation, None, quiet, "quiet") for obligation in obligations]
    return [decide(obligation, slips, today=today, days=days, rules=rules) for obligation in obligations]


def decide(
    obligation: Obligation, slips: SlipIndex, *, today: dt.date, days: Countdown, rules: TierRules
) -> Decision:
    """Decide one matter on a working day."""
    if not obligation.tiers:
        return _without_paper(obligation, today, days)
    about = slips.about(obligation.subject, obligation.unit, since=obligation.since)
    draft = next((document for document in about if slips.waits(document)), None)
    if draft is not None:
        return Decision(
            obligation,
            None,
            f"{TITLES[Tier(draft.tier)]} {draft.number or draft.document} 尚未签发",
            "unsigned",
        )
    if today <= obligation.due:
        reminder = rules.rule(Tier.REMIND)
        may_remind = reminder.on and Tier.REMIND in obligation.tiers
        return _before(obligation, about, slips, today, days, replace(reminder, on=may_remind))
    if obligation.request_day is not None and obligation.request_day <= obligation.due:
        why = f"{obligation.limit}前（{obligation.request_day.isoformat()}）已申请延期，等待审批"
        return Decision(obligation, None, why, "asked")
    official = [
        document
        for document in about
        if Tier(document.tier).is_official
        and Tier(document.tier) in obligation.tiers
        and document.on > obligation.due
    ]
    if not official:
        first = rules.above(None, obligation.tiers)
        delay = days.count_between(obligation.due, today)
        late = f"{obligation.limit}已过{delay.text}"
        return _climb(obligation, first, obligation.due, late, slips, today, days)
    order = list(Tier)
    last = max(official, key=lambda document: (document.on, order.index(Tier(document.tier))))
    tier = Tier(last.tier)
    if tier is Tier.TALK:
        return Decision(obligation, None, f"已于{last.on.isoformat()}提请约谈", "ended")
    delay = days.count_between(last.on, today)
    since = f"{last.tier}（{last.on.isoformat()}）后{delay.text}仍未办结"
    higher = rules.above(tier, obligation.tiers)
    if higher is not None:
        return _climb(obligation, higher, last.on, since, slips, today, days)
    again = rules.rule(tier)
    if obligation.asks_next:
        return Decision(obligation, None, f"{since}，待“{obligation.asks_next}”报送后核实", "soon")
    if not again.on or not again.apart:
        return Decision(
            obligation, None, f"已{last.tier}（{last.on.isoformat()}），没有启用更高一级", "ended"
        )
    return _climb(obligation, TierRule(tier, again.apart, again.apart), last.on, since, slips, today, days)


def _without_paper(obligation: Obligation, today: dt.date, days: Countdown) -> Decision:
    if today <= obligation.due:
        left = days.count_between(today, obligation.due)
        return Decision(obligation, None, f"距{obligation.limit}还有{left.text}", "early")
    late = days.count_between(obligation.due, today)
    return Decision(obligation, None, f"{obligation.limit}已过{late.text}，列入催报名单", "form")


def _climb(
    obligation: Obligation,
    rule: TierRule | None,
    start: dt.date,
    why: str,
    slips: SlipIndex,
    today: dt.date,
    days: Countdown,
) -> Decision:
    """Take a rung, unless it is off, too soon since the day on which waiting began, or its last issue was only now."""
    if rule is None:
        return Decision(obligation, None, "已逾期，催办各级均未启用", "ended")
    if days.count_between(start, today).count < rule.wait:
        then = days.after(start, rule.wait).isoformat()
        return Decision(obligation, None, f"{why}，{then}起{rule.tier.value}", "soon")
    issue_day = slips.last_issue(rule.tier) if rule.tier.is_for_all else None
    if issue_day is not None and days.count_between(issue_day, today).count < rule.apart:
        return Decision(obligation, None, f"{why}，列入下一期{rule.tier.value}", "soon")
    void = slips.void(obligation, rule.tier)
    if void is not None and not rule.tier.is_for_all:
        why = f"{why}，{rule.tier.value}（{void.number or void.document}）已作废，不再重拟；要发的请在送签单里改回“拟稿”"
        return Decision(obligation, None, why, "void")
    return Decision(obligation, rule.tier, why)


def _before(
    obligation: Obligation,
    about: Sequence[Document],
    slips: SlipIndex,
    today: dt.date,
    days: Countdown,
    rule: TierRule,
) -> Decision:
    days_left = days.count_between(today, obligation.due)
    why = f"距{obligation.limit}还有{days_left.text}"
    if not rule.on:
        return Decision(obligation, None, f"{why}，提醒未启用", "early")
    first_day = days.before(obligation.due, rule.wait)
    if days_left.count > rule.wait:
        return Decision(obligation, None, f"{why}，{first_day.isoformat()}起提醒", "early")
    before = [
        document.on for document in about if document.tier == Tier.REMIND.value and document.on >= first_day
    ]
    if before and (not rule.apart or days.count_between(max(before), today).count < rule.apart):
        return Decision(obligation, None, f"本期限已于{max(before).isoformat()}提醒过", "reminded")
    if slips.reminded_on(obligation.unit, today):
        return Decision(obligation, None, "今天已给该单位发过提醒，下个工作日再提醒", "reminded")
    return Decision(obligation, Tier.REMIND, why)


FORM_WORD = "form-word"
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that has not come back, and the unit that answers for it now."""

    form: Form
    round: Round
    unit: str


def open_forms(office: Office, today: dt.date) -> dict[str, tuple[OpenForm, ...]]:
    """The forms that are still asked for and have not come back, by round.

    Rounds that have not begun are left out; complete ones, and those of which nobody is asked any more
    (`rules.progress.rounds_in_hand`), are empty.
    """
    back, rounds = forms_back(office), rounds_in_hand(office)
    forms: dict[str, list[OpenForm]] = {
        round_.round: [] for round_ in office.rounds.values() if round_.opens <= today
    }
    for form in office.forms.values():
        if form.round in forms and form.round in rounds and form.form not in back:
            unit = successor(office, form.unit, today)
            forms[form.round].append(OpenForm(form, office.rounds[form.round], unit))
    return {round_: tuple(some) for round_, some in forms.items()}


def group_words(office: Office, today: dt.date, days: Countdown, wait: int) -> Iterator[Event]:
    """What the group is to hear today of rounds, as the events that remember it."""
    events = [event for event in office.events if event.kind == FORM_WORD]
    for round_, forms in open_forms(office, today).items():
        due = office.rounds[round_].due
        when = BEFORE if today <= due else AFTER
        words = [event for event in events if event.subject == round_]
        is_near = when == AFTER or days.count_between(today, due).count <= wait
        if forms and is_near and all(json.loads(event.data)["when"] != when for event in words):
            yield Event(round_, FORM_WORD, len(words) + 1, today, json.dumps({"when": when}))
