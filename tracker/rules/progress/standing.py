"""Where a work point stands on a day: what its units say, what that proposes, what the office decides, and its light.

Nothing here is stored. The standing is a function of the facts and a date, so that "as it was on 30 June" is
the same function over fewer facts. Who was asked and what came back is `rules.progress.requests`; **light** and
lateness are decided by the table below, from the status and the day; the day is that of the next
open part where a limit has several (stages, below).

**What a unit says.** Its status is the one of the latest 报送期次 in which it stated one; its texts are those of the
latest round in which it wrote any; 本期无变化 says that both still hold. A unit that never stated a status is `unreported`, which is not the same as
`not_started`. What was reported for a point stays with it: a unit that answers now speaks with the words of those that
it came from (renamed, merged), and what a unit wrote that answers no more stands apart (`former`).

**不涉及** is an application: until the office confirms it (不涉及确认 同意, or 认定状态) the unit's share is open, is asked
no more and is not late; 不同意 makes it a share like any other.

**Who proposes.** Supporting units never do; a unit whose 不涉及 is confirmed does not either.

    mode                               who proposes
    each (分别负责)                    all others: all must have finished
    single                             all others (there is one)
    lead+all, jointly, unspecified     the leads where there are any, else all others

**Status of the point.** It is proposed by the units and decided by the office (认定). The first line that fits:

    1  the office's 认定状态 is filled in                     that one
    2  written off (销号) and not re-opened                   written_off
    3  no unit answers (责任单位未明确)                       unreported
    4  everybody's 不涉及 is confirmed                        not_applicable
    5  nobody who proposes has said anything, or only 不涉及  unreported
    6  长期坚持: the limit runs on without a day              continuing
    7  定期 (每季度, 全年): every period is met               done
    8  not 定期, and all who propose say 已完成               done
    9  no day, and all say 已完成 or 持续推进                 continuing
    10 all silent or 未启动                                   not_started
    11 else                                                   in_progress

`unreported` is no status to print: while there is one, the report is a 征求意见稿. 进展滞后 of a unit is a claim (light,
待核实清单) until the office says so, too; 基本完成 is the office's alone. Done are `done` and `written_off`; `adjusted`
and `not_applicable` are left out of every count; `continuing` stands outside every rate.

**Share of a unit.** The first line that fits:

    1  the office closed the point (认定 已完成, 销号)        done
    2  the unit was asked, or said how far it is              done when it says so; 定期: when its periods are met
    3  it was never asked                                     done when the point is: who was asked spoke for it

So a unit that was asked and has not finished does not turn a point whose lead has finished, and is not turned by it:
its share stays open, and stands in 待核实清单 (`open_units`). Where the office closed the point no unit is late; where
the office says that it is not done, no share is done. A supporting unit is never late: where another would be blue,
yellow or red, its light is grey (配合).

The light of a work point: a colour with its word, from a status and a day.

**Overdue** is after the later of the legal day and the working day that counts, unless done, left out, 基本完成 or
长期坚持. A limit without a day (长期, 适时, none, so long after an event that nobody dated) is never overdue.

**Light.** The first line that fits (domain: rule set of 序时 lights, thresholds editable):

    left out                                           灰  不计
    done                                               绿  已完成
    overdue                                            红  逾期未完成
    lagging, as the office says                        黄  进展滞后
    a unit says that it lags                           黄  单位报滞后
    长期坚持                                           灰  长期坚持
    基本完成                                           绿  基本完成
    over before the office began, and no round yet     黄  到期待核实
    a limit without a day                              灰  无固定时限
    not started, or asked and silent, in its month     黄  到期当月未启动
    due within `near` working days                     蓝  临近到期
    else                                               绿  正常推进

Of a limit with several parts, and of one that comes again, the day is that of the next open part (below). Where the calendar does not know the year of a due day, the light is blue only when even the
days of the week are few enough; nothing is guessed.


Stages: the dated parts of a time limit that has several, and the periods of one that comes again.

    limit                                     stages                                  one is met when
    several dated parts (milestones)          each part but the last, with its day     a later answer says neither
                                                                                      进展滞后 nor 未启动
    每周, 每月, 每季度, 每半年, 每年          the end of each period of the plan's     the answer of its round says neither
                                              year that ends after the day of issue    进展滞后 nor 未启动
    全年 (runs on, with a day)                that day, as one period                  as a period
    a day before the office began             that day                                 the point is done
    anything else                             none

A period counts from when the office began to ask (`requests.began_on`): one that ended before has no part in any count,
but for the last of the year, of which the last round tells. A part whose day was over before the office began is missed
only when a round that asked about it is over: until then nobody was asked, it is no failing (`is_untold`).

The *round of a period* is the first that is due on or after its end, or the last of the year (due on or after
`Thresholds.year_end`) for what ends later, among the rounds that asked the unit or that it answered (all rounds for one
that was never asked): a period that nobody could report on yet is neither met nor missed. 已完成 in the year's last round
meets every period.

The stage of a day is the first line that fits:

    1  missed: a milestone whose day is over (its round, too, where that was before the office began) and that is not
       met; of periods only the last whose round is over
    2  the first that is not met and whose day is to come
    3  the last that is not met
    4  the last

A granted extension takes the place of all stages.

    >>> two = Deadline("4月底前初稿，10月底前印发", due=dt.date(2026, 10, 31), milestones=(
    ...     Milestone("4月底前初稿", dt.date(2026, 4, 30)), Milestone("10月底前印发", dt.date(2026, 10, 31))))
    >>> [stage.due.isoformat() for stage in stages_of(two, 2026)]
    ['2026-04-30', '2026-10-31']
    >>> [stage.due.month for stage in stages_of(Deadline("每季度", DeadlineKind.RECURRING, period="quarterly"), 2026)]
    [3, 6, 9, 12]
    >>> len(stages_of(Deadline("每月", DeadlineKind.RECURRING, period="monthly"), 2026, dt.date(2026, 3, 2)))
    10
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum
from typing import TypeVar

from tracker import facts
from tracker.columns import AGREED, DECISIONS, REFUSED, STATUSES
from tracker.days import end_of_month
from tracker.facts import Round
from tracker.model import Deadline, DeadlineKind, Milestone, Mode, Role
from tracker.problems.office import NoCalendar
from tracker.rules.office import Office, Point
from tracker.rules.plans import DueDay, day_of_point, days_of
from tracker.rules.progress.requests import RequestIndex, UnitRequests, gather_index
from tracker.settings import Day, Thresholds
from tracker.values import dataclass

UNREPORTED = "unreported"

# What people read for a point's status code; a unit that stated none is 未报送.
STATUS_WORDS: dict[str, str] = {code: word for word, code in DECISIONS.items()} | {UNREPORTED: "待核实"}

DONE = frozenset({"done", "written_off"})
LEFT_OUT = frozenset({"adjusted", "not_applicable"})


class Light(Enum):
    """The colour of a work point, and what it stands for."""

    # Done, or on the way with time left.
    GREEN = "绿"
    # Due within a few working days.
    BLUE = "蓝"
    # Behind.
    YELLOW = "黄"
    # Overdue.
    RED = "红"
    # No day to be late for, or not counted.
    GREY = "灰"


@dataclass(frozen=True, slots=True)
class DueClock:
    """A day, and the day that something is due; `due` and `workday_due` as in `model.Deadline`."""

    day: Day
    due: dt.date | None
    workday_due: dt.date | None

    def is_overdue(self, status: str, *, done: bool) -> bool:
        """Whether that status is late on that day."""
        if done or status in LEFT_OUT or status == "mostly_done" or self.due is None:
            return False
        return self.day.today > max(self.due, self.workday_due or self.due)

    def light(
        self,
        status: str,
        *,
        done: bool,
        is_late: bool = False,
        is_claimed: bool = False,
        is_long_term: bool = False,
        is_untold: bool = False,
        is_asked: bool = True,
    ) -> tuple[Light, str]:
        """The decision table of the module; who judges the whole point says whether it is late and was asked."""
        if status in LEFT_OUT:
            return Light.GREY, "不计"
        if done:
            return Light.GREEN, "已完成"
        if is_late:
            return Light.RED, "逾期未完成"
        if status == "lagging":
            return Light.YELLOW, "进展滞后"
        if is_claimed:
            return Light.YELLOW, "单位报滞后"
        if is_long_term:
            return Light.GREY, "长期坚持"
        if status == "mostly_done":
            return Light.GREEN, "基本完成"
        if is_untold:
            return Light.YELLOW, "到期待核实"
        if self.due is None:
            return Light.GREY, "无固定时限"
        is_idle = status == "not_started" or (status == UNREPORTED and is_asked)
        today = self.day.today
        if is_idle and (today.year, today.month) == (self.due.year, self.due.month):
            return Light.YELLOW, "到期当月未启动"
        if self._is_near(self.workday_due or self.due):
            return Light.BLUE, "临近到期"
        return Light.GREEN, "正常推进"

    def _is_near(self, due: dt.date) -> bool:
        """Whether at most `near` working days are left, the due day included and today not."""
        days, near = (due - self.day.today).days, self.day.thresholds.near
        if days < 0 or days > near * 3 + 15:  # no row of holidays makes so many days so few
            return False
        try:
            return self.day.calendar.workdays_between(self.day.today, due) <= near
        except NoCalendar:
            return days <= near


_DAY = dt.timedelta(days=1)
# Months of a period, by its name in `model.Deadline`.
_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
# What an answer may not say if it is to meet a stage.
_BEHIND = frozenset({"lagging", "not_started"})


@dataclass(frozen=True, slots=True)
class Stage:
    """A dated part of a limit.

    Attributes:
        text: As written for a milestone; empty for a period.
        due: The legal day.
        is_period: Whether it is one period of many.
        is_earlier: Whether its day was over before the office began.
    """

    text: str
    due: dt.date
    is_period: bool = False
    is_earlier: bool = False

    @property
    def needs_round(self) -> bool:
        """Whether it is missed only when a round that tells of it is over."""
        return self.is_period or self.is_earlier


def is_periodic(deadline: Deadline) -> bool:
    """Whether what has to be done is counted by periods (定期)."""
    return deadline.kind is DeadlineKind.RECURRING or (
        deadline.kind is DeadlineKind.ONGOING and deadline.due is not None
    )


def stages_of(
    deadline: Deadline, year: int, issued_on: dt.date | None = None, began_on: dt.date | None = None
) -> tuple[Stage, ...]:
    """The stages of a limit in the plan's year, by day; see the module."""
    began = began_on or dt.date.min
    if is_periodic(deadline):
        if deadline.due is not None and deadline.kind is DeadlineKind.ONGOING:
            return (Stage("", deadline.due, is_period=True),)
        first = max(issued_on or dt.date.min, dt.date(year, 1, 1))
        ends = [end for end in _period_ends(deadline.period, year) if end >= first]
        return tuple(
            Stage("", end, is_period=True) for end in [end for end in ends if end >= began] or ends[-1:]
        )
    milestones = sorted(
        (milestone for milestone in deadline.milestones if milestone.due is not None), key=_day_of
    )
    if len(milestones) > 1:
        return tuple(
            Stage(milestone.text, due, is_earlier=due < began)
            for milestone in milestones
            for due in [_day_of(milestone)]
        )
    if deadline.due is not None and (deadline.workday_due or deadline.due) < began:
        return (Stage("", deadline.due, is_earlier=True),)
    return ()


def _day_of(milestone: Milestone) -> dt.date:
    assert milestone.due is not None
    return milestone.due


def _period_ends(period: str, year: int) -> Iterator[dt.date]:
    if period == "weekly":
        sunday = dt.date(year, 1, 7) - dt.timedelta(days=dt.date(year, 1, 7).isoweekday() % 7)
        while sunday.year == year:
            yield sunday
            sunday += 7 * _DAY
        return
    months = _MONTHS.get(period, 12)
    for month in range(months, 13, months):
        yield end_of_month(year, month)


def round_of(stage: Stage, rounds: Sequence[Round], year_end: dt.date) -> Round | None:
    """The round that tells whether a period was kept; None while there is none."""
    later = next((round_ for round_ in rounds if round_.due >= stage.due), None)
    last = rounds[-1] if rounds and rounds[-1].due >= year_end else None
    return later or last


def met_stages(
    stages: Sequence[Stage], requests: UnitRequests, rounds: Sequence[Round], year: int, limits: Thresholds
) -> frozenset[int]:
    """Which stages, by position, a unit's answers meet."""
    year_end = dt.date(year, *limits.year_end)
    codes: dict[str, str] = {}
    last = ""
    order = {round_.round: number for number, round_ in enumerate(rounds)}
    for round_id in sorted(requests, key=lambda round_id: order.get(round_id, -1)):
        request = requests[round_id]
        if request.is_answered:
            stands_by = last if request.is_unchanged else ""
            last = codes[round_id] = STATUSES.get(request.texts.get("status", ""), "") or stands_by
    if any(codes.get(round_.round) == "done" for round_ in rounds if round_.due >= year_end):
        return frozenset(range(len(stages)))
    good_ids = {
        round_id for round_id, code in codes.items() if code not in _BEHIND and code != "not_applicable"
    }
    met = set()
    for number, stage in enumerate(stages):
        if stage.is_period:
            round_ = round_of(stage, rounds, year_end)
            if round_ is not None and round_.round in good_ids:
                met.add(number)
        elif number < len(stages) - 1 and any(
            round_.round in good_ids for round_ in rounds if round_.due >= stage.due
        ):
            met.add(number)
    return frozenset(met)


def stage_on(
    stages: Sequence[Stage],
    met: Collection[int],
    rounds: Sequence[Round],
    year: int,
    today: dt.date,
    limits: Thresholds,
) -> tuple[Stage, bool]:
    """The stage of a day, and whether it is missed; there has to be one."""
    year_end = dt.date(year, *limits.year_end)
    numbers = []
    for number, stage in enumerate(stages):
        round_ = round_of(stage, rounds, year_end) if stage.needs_round else None
        due = max(stage.due, round_.due) if round_ else None if stage.needs_round else stage.due
        if due is not None and due < today:
            numbers.append(number)
    gaps = [number for number in (numbers[-1:] if stages[0].is_period else numbers) if number not in met]
    to_come = [number for number, stage in enumerate(stages) if number not in met and stage.due >= today]
    unmet = [number for number in range(len(stages)) if number not in met]
    if gaps:
        return stages[gaps[0]], True
    return stages[(to_come or unmet[-1:] or [len(stages) - 1])[0]], False


NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class LastStatement:
    """What one unit said last.

    Attributes:
        unit: Its id.
        role: Its weightiest role.
        status: Code of `columns.STATUSES`, or `unreported`.
        round: The latest round in which it wrote anything; empty if none.
        texts: Its texts of that round by column name.
        status_round: The round of its latest status.
        speaker: Who wrote the texts: the unit, or one that it came from.
        status_speaker: Who wrote the status, likewise.
        is_asked: Whether a form ever asked it about the point.
        asked_in: The latest round in which one did.
        is_confirmed: Whether it ticked 本期无变化 in a later round than its texts are of, and in none was asked since.
        is_released: Whether the office confirmed its 不涉及.
        met: Which stages of the limit its answers meet.
    """

    unit: str
    role: Role
    status: str = UNREPORTED
    round: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    status_round: str = ""
    speaker: str = ""
    status_speaker: str = ""
    is_asked: bool = False
    asked_in: str = ""
    is_confirmed: bool = False
    is_released: bool = False
    met: frozenset[int] = frozenset()

    @property
    def is_applicant(self) -> bool:
        """Whether it says 不涉及 and nobody has confirmed that."""
        return self.status == NOT_APPLICABLE and not self.is_released


def statement_of(
    unit: str, role: Role, speakers: Mapping[str, UnitRequests], rounds: Sequence[facts.Round], release: str
) -> LastStatement:
    """A unit's own words, before any light; `speakers` are itself and whom it came from, with their requests."""
    status, status_round, status_speaker = UNREPORTED, "", ""
    latest, latest_speaker, texts = "", "", {}
    asked_in, is_confirmed = "", False
    for round_ in reversed(rounds):
        answers = [
            (speaker, requests[round_.round])
            for speaker, requests in speakers.items()
            if round_.round in requests
        ]
        if not (latest or asked_in or is_confirmed):
            is_confirmed = any(request.is_unchanged and not request.texts for _, request in answers)
        if not asked_in and any(request.is_asked for _, request in answers):
            asked_in = round_.round
        for speaker, request in answers:
            if request.texts and not latest:
                latest, latest_speaker, texts = round_.round, speaker, dict(request.texts)
            code = STATUSES.get(request.texts.get("status", ""))
            if code and not status_round:
                status, status_round, status_speaker = code, round_.round, speaker
        if status_round and asked_in:
            break
    is_released = status == NOT_APPLICABLE and release == AGREED
    if status == NOT_APPLICABLE and release == REFUSED:
        status = UNREPORTED
    return LastStatement(
        unit,
        role,
        status,
        latest,
        texts,
        status_round,
        latest_speaker or unit,
        status_speaker or unit,
        bool(asked_in),
        asked_in,
        is_confirmed and bool(latest),
        is_released,
    )


_UnitT = TypeVar("_UnitT", "LastStatement", "UnitStanding")


def main_units(units: Sequence[_UnitT]) -> tuple[_UnitT, ...]:
    """The units that answer for a point: not the supporting ones, nor whose 不涉及 is confirmed."""
    return tuple(unit for unit in units if unit.role is not Role.SUPPORT and not unit.is_released)


def deciders(point: Point, units: Sequence[_UnitT]) -> tuple[_UnitT, ...]:
    """The units whose words propose, and may stand for the point; see the table of the module."""
    others = main_units(units)
    leads = tuple(unit for unit in others if unit.role is Role.LEAD)
    return others if point.mode in (Mode.EACH, Mode.SINGLE) else leads or others


def proposal_of(
    point: Point,
    statements: Sequence[LastStatement],
    proposers: Sequence[LastStatement],
    stages: Sequence[Stage],
    *,
    has_day: bool,
) -> str:
    """The status that the units propose: lines 3 to 11 of the table of the module."""
    if not proposers:
        main = [statement for statement in statements if statement.role is not Role.SUPPORT]
        return NOT_APPLICABLE if main else UNREPORTED
    codes = {proposer.status for proposer in proposers}
    if codes <= {UNREPORTED, NOT_APPLICABLE}:
        return UNREPORTED
    if point.is_long_term and not has_day:
        return "continuing"
    if stages and stages[0].is_period:
        met = frozenset(range(len(stages))).intersection(*(proposer.met for proposer in proposers))
        if len(met) == len(stages):
            return "done"
    elif codes <= DONE:
        return "done"
    if not has_day and codes <= DONE | {"continuing"}:
        return "continuing"
    return "not_started" if codes <= {UNREPORTED, NOT_APPLICABLE, "not_started"} else "in_progress"


def is_written_off(events: tuple[facts.Event, ...]) -> bool:
    """Whether the last word about it is that it was written off."""
    last = [event.kind for event in events if event.kind in ("write-off", "reopened")]
    return bool(last) and last[-1] == "write-off"


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Where one unit stands with a work point.

    Attributes:
        unit: Its id, as the plan names it.
        role: Its weightiest role.
        status: Code of `columns.STATUSES`, or `unreported`.
        done: Whether its share is done; see the module.
        overdue: Whether it is late.
        light: See the module.
        reason: What the light stands for, in two to six characters.
        round: The latest round in which it wrote anything; empty if none.
        texts: Its texts of that round by column name; the status of `status_round`.
        status_round: The round of its latest status.
        due: The legal day that holds for it, extensions included; None without one.
        workday_due: Its working day that counts in practice.
        is_extended: Whether an extension moved its day.
        heir: The unit that answers for it today: itself, or the one that it went on in.
        speaker: Who wrote its texts: itself, or a unit that it came from.
        status_speaker: Who wrote its status, likewise.
        is_asked: Whether a form ever asked it about the point.
        is_current: Whether nothing has been asked of it since its texts, or it said that they still hold.
        is_confirmed: Whether it ticked 本期无变化 since its texts.
        is_released: Whether the office confirmed its 不涉及.
        stage: The part of the limit that its day is of; empty where it has no parts.
        has_finished: Whether its own words say that its share is done.
        is_untold: Whether its day was over before the office began to ask, and no round that asked is over.
    """

    unit: str
    role: Role
    status: str = UNREPORTED
    done: bool = False
    overdue: bool = False
    light: Light = Light.GREEN
    reason: str = ""
    round: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    status_round: str = ""
    due: dt.date | None = None
    workday_due: dt.date | None = None
    is_extended: bool = False
    heir: str = ""
    speaker: str = ""
    status_speaker: str = ""
    is_asked: bool = False
    is_current: bool = True
    is_confirmed: bool = False
    is_released: bool = False
    stage: str = ""
    has_finished: bool = False
    is_untold: bool = False

    @property
    def word(self) -> str:
        """The status as people read it."""
        return "未报送" if self.status == UNREPORTED else STATUS_WORDS[self.status]

    @property
    def is_applicant(self) -> bool:
        """Whether it says 不涉及 and nobody has confirmed that."""
        return self.status == NOT_APPLICABLE and not self.is_released

    @property
    def progress(self) -> str:
        """What it wrote as 进展情况."""
        return self.texts.get("progress", "")

    @property
    def summary(self) -> str:
        """What it wrote as 摘要."""
        return self.texts.get("summary", "")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a work point stands on a day.

    Attributes:
        point: Its id.
        status: Code of `columns.DECISIONS`, or `unreported`.
        done: Counted as done.
        overdue: Late on that day.
        light: See the module.
        reason: What the light stands for.
        due: The legal day, extensions included; None without one.
        workday_due: The working day that counts in practice.
        units: Each unit that answers, leads first.
        reply_count: Units that answered in the latest round in which the point was asked.
        recipient_count: Units that were asked then; before any hand-out, the units that answer without supporting.
        is_decided: Whether the office's word gave the status.
        is_extended: Whether an extension moved the day.
        is_long_term: Whether it stands outside every rate (长期坚持).
        is_on_track: Of a long-term one: whether every unit that proposes told of progress, and none says that it lags.
        former: Units that answer no more and wrote something; in no count.
        stage: The part of the limit that the day is of.
        periods: How many periods are met, and how many there are; zeros where it has none.
    """

    point: str
    status: str
    done: bool
    overdue: bool
    light: Light
    reason: str
    due: dt.date | None
    workday_due: dt.date | None
    units: tuple[UnitStanding, ...]
    reply_count: int
    recipient_count: int
    is_decided: bool = False
    is_extended: bool = False
    is_long_term: bool = False
    is_on_track: bool = False
    former: tuple[UnitStanding, ...] = ()
    stage: str = ""
    periods: tuple[int, int] = (0, 0)

    @property
    def word(self) -> str:
        """The status as people read it."""
        return STATUS_WORDS[self.status]

    @property
    def is_counted(self) -> bool:
        """Whether it belongs in any count at all."""
        return self.status not in LEFT_OUT

    @property
    def open_units(self) -> tuple[UnitStanding, ...]:
        """The units that were asked and have not finished their share."""
        return tuple(
            unit for unit in main_units(self.units) if (unit.is_asked or unit.round) and not unit.has_finished
        )

    @property
    def claims(self) -> tuple[UnitStanding, ...]:
        """The units that say 进展滞后."""
        return tuple(unit for unit in main_units(self.units) if unit.status == "lagging")


def standings(
    office: Office,
    points: Iterable[Point],
    day: Day,
) -> dict[str, Standing]:
    """Where each of many points stands, by id."""
    lookup = gather_index(office, day.today)
    return {point.id: standing_of(office, point, day, lookup) for point in points}


def standing_of(
    office: Office,
    point: Point,
    day: Day,
    lookup: RequestIndex | None = None,
) -> Standing:
    """Where a point stands on a day; `lookup` saves gathering the index again (see `standings`)."""
    return _Judgement(office, point, day, lookup or gather_index(office, day.today)).standing()


class _Judgement:
    """One point on one day: each step of the judgement once, in the order of the module."""

    def __init__(
        self,
        office: Office,
        point: Point,
        day: Day,
        lookup: RequestIndex,
    ) -> None:
        self.office, self.point, self.day, self.lookup = office, point, day, lookup
        plan = office.plans.get(point.plan) or office.superiors[point.plan]
        self.year = plan.edition.year
        self.rounds = self.lookup.rounds.get(point.plan, ())
        self.requests = self.lookup.of_point(point.id)
        self.roles = point.roles()
        self.events = tuple(event for event in self.lookup.events.get(point.id, ()) if event.at <= day.today)
        self.days = days_of(point, list(self.roles), self.events, day.calendar)
        began = self.lookup.began_on.get(point.plan)
        self.stages = stages_of(point.deadline, self.year, plan.edition.issued_on, began)
        if self.days[""].is_extended:
            self.stages = ()
        self.asked_rounds = (
            tuple(
                round_
                for round_ in self.rounds
                if any(self._asks(requests, round_.round) for requests in self.requests.values())
            )
            or self.rounds
        )
        self.own_rounds: dict[str, Sequence[facts.Round]] = {}
        # Units that the plan names no more: few, and none where no unit became another one.
        self.former = (
            {unit: self.lookup.heir(unit) for unit in self.requests if unit not in self.roles}
            if self.lookup.heirs
            else {}
        )
        self.statements = tuple(self._statement(unit, role) for unit, role in self.roles.items())
        self.proposers = deciders(point, self.statements)
        cell = office.cells.get((point.id, "", "decision", ""))
        self.decision = DECISIONS.get(cell.value, "") if cell else ""
        self.is_written_off = is_written_off(self.events)

    def _statement(self, unit: str, role: Role) -> LastStatement:
        """A unit's words, with those of the units that it came from and that the plan names no more."""
        heir = self.lookup.heir(unit)
        speakers = {unit: self.requests.get(unit, {})}
        speakers |= {
            other: self.requests[other] for other, its_heir in self.former.items() if its_heir in (unit, heir)
        }
        release = self.office.cells.get((self.point.id, unit, "release", ""))
        statement = statement_of(unit, role, speakers, self.rounds, release.value if release else "")
        if not self.stages:
            return statement
        answers = {key: request for some in reversed(speakers.values()) for key, request in some.items()}
        rounds = tuple(round_ for round_ in self.rounds if round_.round in answers) or self.asked_rounds
        self.own_rounds[unit] = rounds
        return replace(
            statement, met=met_stages(self.stages, answers, rounds, self.year, self.day.thresholds)
        )

    def standing(self) -> Standing:
        """The whole judgement."""
        point, decision = self.point, self.decision
        has_day = (
            self.days[""].due is not None and (self.days[""].is_extended or not point.is_long_term)
        ) or bool(self.stages)
        status = decision or (
            "written_off"
            if self.is_written_off
            else proposal_of(point, self.statements, self.proposers, self.stages, has_day=has_day)
        )
        done = status in DONE
        is_long_term = status == "continuing" or (
            point.is_long_term
            and not has_day
            and not done
            and status not in LEFT_OUT
            and status != "mostly_done"
        )
        open_ = [statement for statement in self.proposers if decision or statement.status not in DONE]
        met = (
            frozenset(range(len(self.stages))).intersection(*(proposer.met for proposer in self.proposers))
            if self.proposers
            else frozenset()
        )
        day, stage, is_missed = self._day(
            day_of_point(self.days, [statement.unit for statement in open_]), met, self.asked_rounds
        )
        clock = self._clock(day)
        applies = bool(open_) and not decision and all(statement.is_applicant for statement in open_)
        overdue = not (applies or is_long_term) and self._is_late(
            clock, status, stage, done=done, is_missed=is_missed
        )
        claims = any(statement.status == "lagging" for statement in main_units(self.statements))
        light, reason = clock.light(
            status,
            done=done,
            is_late=overdue,
            is_claimed=claims and not decision,
            is_long_term=is_long_term,
            is_untold=self._is_untold(clock, stage, is_missed=is_missed),
            is_asked=any(statement.is_asked for statement in self.statements),
        )
        asked_in = self.asked_rounds[-1].round if self.asked_rounds else ""
        forms: dict[str, bool] = {}
        for requests in self.requests.values():
            request = requests.get(asked_in)
            if request is not None and request.is_asked:
                forms[request.form] = forms.get(request.form, False) or request.is_answered
        return Standing(
            point=point.id,
            status=status,
            done=done,
            overdue=overdue,
            light=light,
            reason=reason,
            due=day.due,
            workday_due=day.workday_due,
            units=tuple(
                self._unit_standing(statement, status, done=done, is_long_term=is_long_term)
                for statement in self.statements
            ),
            reply_count=sum(forms.values()),
            recipient_count=len(forms)
            or sum(statement.role is not Role.SUPPORT for statement in self.statements),
            is_decided=bool(decision),
            is_extended=day.is_extended,
            is_long_term=is_long_term,
            is_on_track=is_long_term and self._is_on_track(),
            former=self._former(),
            stage=stage.text if stage else "",
            periods=(len(met), len(self.stages)) if self.stages and self.stages[0].is_period else (0, 0),
        )

    @staticmethod
    def _asks(requests: UnitRequests, round_id: str) -> bool:
        return round_id in requests and requests[round_id].is_asked

    def _clock(self, day: DueDay) -> DueClock:
        return DueClock(self.day, day.due, day.workday_due)

    def _day(
        self, day: DueDay, met: frozenset[int], rounds: Sequence[facts.Round]
    ) -> tuple[DueDay, Stage | None, bool]:
        """The day that holds, the stage that it is of, and whether that stage is missed."""
        if not self.stages or day.is_extended:
            return day, None, False
        stage, is_missed = stage_on(self.stages, met, rounds, self.year, self.day.today, self.day.thresholds)
        try:
            workday = self.day.calendar.on_or_before(stage.due)
        except NoCalendar:
            workday = stage.due
        return DueDay(stage.due, workday), stage, is_missed

    @staticmethod
    def _is_late(clock: DueClock, status: str, stage: Stage | None, *, done: bool, is_missed: bool) -> bool:
        if stage is not None and stage.needs_round and not is_missed:
            return False
        return clock.is_overdue(status, done=done)

    @staticmethod
    def _is_untold(clock: DueClock, stage: Stage | None, *, is_missed: bool) -> bool:
        """Whether its day was over before the office began, and no round has told of it."""
        is_past = clock.due is not None and clock.day.today > clock.due
        return is_past and stage is not None and stage.is_earlier and not is_missed

    def _is_on_track(self) -> bool:
        """Whether every unit that proposes told of progress in the year, and none says now that it lags."""
        return bool(self.proposers) and all(
            proposer.status not in ("lagging", "not_started", UNREPORTED, NOT_APPLICABLE)
            and any(
                request.texts.get("progress") for request in self.requests.get(proposer.speaker, {}).values()
            )
            for proposer in self.proposers
        )

    def _former(self) -> tuple[UnitStanding, ...]:
        """Who wrote something and is named no more."""
        former = []
        for unit, requests in self.requests.items():
            if unit in self.roles or not any(request.is_answered for request in requests.values()):
                continue
            statement = statement_of(unit, Role.SUPPORT, {unit: requests}, self.rounds, "")
            former.append(
                UnitStanding(
                    unit,
                    Role.SUPPORT,
                    statement.status,
                    light=Light.GREY,
                    reason="原承担",
                    round=statement.round,
                    texts=statement.texts,
                    status_round=statement.status_round,
                    heir=self.lookup.heir(unit),
                    speaker=unit,
                    status_speaker=unit,
                    is_current=False,
                )
            )
        return tuple(former)

    def _unit_standing(
        self, statement: LastStatement, status: str, *, done: bool, is_long_term: bool
    ) -> UnitStanding:
        """A unit's share by its own day; `status`, `done` and `is_long_term` are those of the point."""
        decision = self.decision
        day, stage, is_missed = self._day(
            self.days.get(statement.unit, self.days[""]),
            statement.met,
            self.own_rounds.get(statement.unit, self.rounds),
        )
        clock = self._clock(day)
        speaks = statement.is_asked or statement.status != UNREPORTED
        if self.stages and self.stages[0].is_period:
            says_done = len(statement.met) == len(self.stages)
        else:
            says_done = statement.status in DONE
        is_closed = done and (bool(decision) or self.is_written_off)
        if status in LEFT_OUT or statement.is_released:
            own_status, own_done = status if status in LEFT_OUT else NOT_APPLICABLE, False
        elif is_closed or (done and not speaks):
            own_status, own_done = statement.status, True
        elif decision and not done:
            own_status, own_done = (decision if says_done else statement.status), False
        else:
            own_status, own_done = statement.status, says_done
        supports = statement.role is Role.SUPPORT
        is_late = not (statement.is_applicant or is_long_term or status == "mostly_done") and self._is_late(
            clock, own_status, stage, done=own_done, is_missed=is_missed
        )
        is_untold = not own_done and self._is_untold(clock, stage, is_missed=is_missed)
        light, reason = clock.light(
            own_status,
            done=own_done,
            is_late=is_late,
            is_long_term=is_long_term,
            is_untold=is_untold,
            is_asked=statement.is_asked,
        )
        if supports and light not in (Light.GREEN, Light.GREY):
            light, reason = Light.GREY, "配合"
        if statement.is_applicant and not decision:
            light, reason = Light.YELLOW, "申请不涉及"
        return UnitStanding(
            unit=statement.unit,
            role=statement.role,
            status=statement.status,
            done=own_done,
            overdue=is_late and not supports,
            light=light,
            reason=reason,
            round=statement.round,
            texts=statement.texts,
            status_round=statement.status_round,
            due=day.due,
            workday_due=day.workday_due,
            is_extended=day.is_extended,
            heir=self.lookup.heir(statement.unit),
            speaker=statement.speaker,
            status_speaker=statement.status_speaker,
            is_asked=statement.is_asked,
            is_current=self._is_current(statement),
            is_confirmed=statement.is_confirmed,
            is_released=statement.is_released,
            stage=stage.text if stage else "",
            has_finished=says_done,
            is_untold=is_untold,
        )

    def _is_current(self, statement: LastStatement) -> bool:
        """Whether its texts are of the plan's latest round, or finished and nothing was asked of it since."""
        latest = next((r.round for r in reversed(self.rounds) if r.opens <= self.day.today), "")
        if statement.round in ("", latest) or statement.is_confirmed:
            return True
        return statement.status in DONE and statement.asked_in in ("", statement.round)
