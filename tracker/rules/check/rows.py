r"""The rows of a logbook as the ledger knows them: what stands in them, by when each is due, how it stands, what a year lacks.

    a row of         is due                                                   is done
    时限事项         when its rule says, from its 起算时间                    at its 完成时间
    整改台账         on its 整改期限, while it is with the unit               when it is closed
    any other        on the day in its column `due`; where `due` is a rule,   on the day in its column `done`
                     when that says, from the plan's day of issue

What has no day and no rule has no state. A row counts for the unit that its column 单位 means; a name that means none is
told where it is read, and the row counts for nobody.

Time limits: an event and a rule give the moment by which something has to be done.

    kind     what is stated                       when it is due
    term     so long after an event               hours run from the moment (Civil Code art. 201 II); days, working days,
                                                  weeks, months and years from the day after it, until 24:00 of the last day
    day      a day of the year                    that day
    quota    so many times in a period            the period's last day

    roll      where the last day is a day off
    none      the day itself
    forward   the next working day counts (art. 203)
    back      the day itself; offices want it on the last working day before (年底前)

Months end on the day with the same number, or on the month's last day (art. 202). The rules themselves: `tracker.limits`.

    >>> import datetime as dt
    >>> from tracker.limits import rule_of
    >>> from tracker.workdays import Calendar
    >>> at = dt.datetime(2018, 9, 20, 16, 30)
    >>> due = due_after(rule_of("R05"), at, Calendar())
    >>> due.day.isoformat(), due.moment.isoformat()
    ('2018-10-17', '2018-10-18T00:00:00')
    >>> due_after(rule_of("R08"), at, Calendar()).moment.isoformat()
    '2018-09-21T16:30:00'
    >>> due = due_after(rule_of("R01"), dt.datetime(2018, 6, 29), Calendar())
    >>> due.legal_day.isoformat(), due.day.isoformat()
    ('2018-07-29', '2018-07-30')
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from enum import Enum
from fractions import Fraction

from tracker.columns import ColumnKind
from tracker.days import months_later
from tracker.facts import Form
from tracker.limits import LimitRule, Roll, Span, rule_of
from tracker.logbooks import LIMIT_CASES, Logbook, LogbookScope
from tracker.problems.office import NoCalendar
from tracker.rules.office import CellKey, CellNow
from tracker.values import dataclass
from tracker.workdays import ONE_DAY, Calendar


@dataclass(frozen=True, slots=True)
class LimitDue:
    """By when something has to be done.

    Attributes:
        legal_day: The last day as the words give it.
        day: The day that counts in practice, rolled as the rule says.
        moment: What is done at this moment or later is late: 24:00 of the later of the two days, or the very moment
            where hours count.
    """

    legal_day: dt.date
    day: dt.date
    moment: dt.datetime


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + ONE_DAY, dt.time())


def _rolled(legal_day: dt.date, roll: Roll, workdays: Calendar) -> LimitDue:
    day = legal_day
    if roll is Roll.FORWARD:
        day = workdays.on_or_after(legal_day)
    elif roll is Roll.BACK:
        day = workdays.on_or_before(legal_day)
    return LimitDue(legal_day, day, _end_of(max(legal_day, day)))


def due_after(rule: LimitRule, at: dt.datetime, workdays: Calendar) -> LimitDue:
    """When a term that began at a moment ends.

    Args:
        rule: A rule with an event.
        at: When the event happened, local time.
        workdays: The working days.

    Raises:
        NoCalendar: Working days of a year that nobody has arranged are needed.
    """
    start = at.date()
    if rule.span is Span.HOUR:
        moment = at + dt.timedelta(hours=rule.amount)
        return LimitDue(moment.date(), moment.date(), moment)
    if rule.span is Span.WORKDAY:
        last = workdays.add(start, rule.amount)
    elif rule.span in _DAYS:
        last = start + rule.amount * _DAYS[rule.span]
    else:
        last = months_later(start, rule.amount * _MONTHS[rule.span])
    return _rolled(last, rule.roll, workdays)


_DAYS = {Span.DAY: ONE_DAY, Span.WEEK: 7 * ONE_DAY}
_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def due_in(rule: LimitRule, year: int, workdays: Calendar) -> LimitDue:
    """When a rule with a day of the year is due in a year; `NoCalendar` as above."""
    if rule.day is None:
        raise ValueError(rule.code)
    return _rolled(dt.date(year, *rule.day), rule.roll, workdays)


@dataclass(frozen=True, slots=True)
class QuotaPeriod:
    """One period of a quota, and how often it was met."""

    label: str
    first: dt.date
    last: dt.date
    quota: int
    count: int

    def is_missed(self, today: dt.date) -> bool:
        """Whether the period is over and was not met."""
        return self.count < self.quota and today > self.last


def quota_periods(rule: LimitRule, year: int, days: Sequence[dt.date]) -> tuple[QuotaPeriod, ...]:
    """The periods of a quota in a year, and how many of the days of events fall into them.

    >>> from tracker.limits import rule_of
    >>> [(period.label, period.count) for period in quota_periods(rule_of("R17"), 2026, [dt.date(2026, 5, 1)])]
    [('第1季度', 0), ('第2季度', 1), ('第3季度', 0), ('第4季度', 0)]
    """
    months = _MONTHS[rule.span]
    periods = []
    for number, month in enumerate(range(1, 13, months), start=1):
        first = dt.date(year, month, 1)
        last = months_later(first, months) - ONE_DAY
        label = f"第{number}{rule.span.value.removeprefix('个')}" if months < 12 else f"{year}年"
        count = sum(first <= day <= last for day in days)
        periods.append(QuotaPeriod(label, first, last, rule.amount, count))
    return tuple(periods)


@dataclass(frozen=True, slots=True)
class LimitCase:
    """Something that a rule set running: 一件规范性文件.

    Attributes:
        case: Its id in the register 时限事项.
        unit: Who has to do it.
        rule: The code of its rule.
        due: By when.
        done_at: When it was done; None while it is open.
    """

    case: str
    unit: str
    rule: str
    due: LimitDue
    done_at: dt.datetime | None = None


class Promptness(Enum):
    """How a case stands at a moment; the value is the word that users see."""

    IN_TIME = "按时完成"
    LATE = "逾期完成"
    OPEN = "未到期"
    OVERDUE = "逾期未完成"


def promptness(case: LimitCase, now: dt.datetime) -> Promptness:
    """How a case stands at a moment: what was done at `due.moment` or later was late."""
    if case.done_at is not None:
        return Promptness.IN_TIME if case.done_at < case.due.moment else Promptness.LATE
    return Promptness.OPEN if now < case.due.moment else Promptness.OVERDUE


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of a logbook.

    Attributes:
        number: `T12`, `N-U003`, `G-P1-007`.
        cells: What stands in it, by the label of the column; what is empty is not there.
        places: File and cell of each, as the ledger has them.
    """

    number: str
    cells: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The unit or the work point that the row is about; empty where each thing has a row."""
        return self.number.partition("-")[2]


def log_rows(cells: Mapping[CellKey, CellNow], logbook: Logbook) -> tuple[LogRow, ...]:
    """The rows of a logbook, by number."""
    texts: dict[str, dict[str, str]] = {}
    places: dict[str, dict[str, str]] = {}
    for (subject, _, label, _), cell in cells.items():
        if logbook.is_row(subject):
            row = texts.setdefault(subject, {})
            if cell.value:
                row[label] = cell.value
                places.setdefault(subject, {})[label] = cell.place
    return tuple(
        LogRow(number, texts[number], places.get(number, {})) for number in sorted(texts, key=_order)
    )


def _order(number: str) -> tuple[str, int, str]:
    letters = number.rstrip("0123456789")
    digits = number[len(letters) :]
    return letters, int(digits or 0), number


def last_number(numbers: Iterable[str]) -> int:
    """The number of the last row that the office added; a row of a unit's form is counted by its form.

    >>> last_number(["W2", "W11", "W-F1-30"])
    11
    """
    return max((n for letters, n, _ in map(_order, numbers) if letters.isalpha()), default=0)


@dataclass(frozen=True, slots=True)
class RowStand:
    """How a row stands at a moment.

    Attributes:
        due: By when; None where nothing says so, or where no arrangement of that year is known.
        promptness: Done in time, late, open or overdue; None without `due`.
        lack: What is missing before it can be said: a rule, a moment, an arrangement of working days.
    """

    due: LimitDue | None = None
    promptness: Promptness | None = None
    lack: str = ""

    @property
    def label(self) -> str:
        """What the column 办理状态 says."""
        if self.promptness is None or self.due is None:
            return self.lack
        return f"{self.promptness.value}（{_moment(self.due)}）"


def _moment(due: LimitDue) -> str:
    if due.moment.time() == dt.time():
        return f"限{due.day.isoformat()}"
    return f"限{due.moment.isoformat(sep=' ', timespec='minutes')}"


def stand_of_row(
    logbook: Logbook,
    row: LogRow,
    rules: Sequence[LimitRule],
    workdays: Calendar,
    now: dt.datetime,
    *,
    issued_on: dt.date | None = None,
) -> RowStand:
    """How a row stands at a moment; see the table of the module.

    Args:
        logbook: Of the row; 整改台账 has a way of its own (`rules.check.shortcomings`).
        row: The row.
        rules: The rules of time.
        workdays: The working days.
        now: The moment, local time.
        issued_on: The plan's day of issue.
    """
    try:
        due = _due(logbook, row, rules, workdays, issued_on)
    except NoCalendar as gap:
        return RowStand(lack=f"没有{gap.facts['year']}年节假日安排")
    if due is None:
        is_case = logbook.code == LIMIT_CASES.code
        return RowStand(lack="缺适用规则或起算时间" if is_case else "")
    done = row.cells.get("完成时间" if logbook.code == LIMIT_CASES.code else logbook.done, "")
    done_at = dt.datetime.fromisoformat(done) if done else None
    return RowStand(due, promptness(LimitCase(row.number, "", "", due, done_at), now))


def remark_on(logbook: Logbook, row: LogRow) -> str:
    """What a row's own cells say together: what a word of it asks for, its ratio, which of three or more 是 are lacking.

    >>> from tracker.logbooks import LOGBOOKS
    >>> weights = next(logbook for logbook in LOGBOOKS if logbook.ratio.startswith("政务公开分值"))
    >>> [remark_on(weights, LogRow("Z1", {"总分": total, "政务公开分值": points})) for total, points in (("100", "3"), ("100", "4"), ("150", "7"))]
    ['3%，低于4%', '4%，符合', '4.67%，符合']
    """
    return "；".join(
        filter(None, (_demand_words(logbook, row), _ratio_words(logbook, row), _yes_words(logbook, row)))
    )


def _demand_words(logbook: Logbook, row: LogRow) -> str:
    if logbook.demand is None:
        return ""
    label, words, other = logbook.demand
    word = row.cells.get(label, "")
    return f"缺{label}" if not word else f"缺{other}" if word in words and not row.cells.get(other) else ""


def _ratio_words(logbook: Logbook, row: LogRow) -> str:
    parts = logbook.ratio_parts
    if parts is None:
        return ""
    upper, lower, sign, limit = parts
    try:
        above, below = Fraction(row.cells[upper]), Fraction(row.cells[lower])
        share = above / below
    except (KeyError, ValueError, ZeroDivisionError):
        return ""
    if limit is None:
        is_met = above >= below if sign == "≥" else above <= below
        return ("符合" if is_met else f"差{_plain(abs(above - below))}") if sign else f"{_percent(share)}%"
    is_met = share >= limit if sign == "≥" else share <= limit
    verdict = "符合" if is_met else f"{'低于' if sign == '≥' else '超过'}{_percent(limit)}%"
    return f"{_percent(share, limit)}%，{verdict}"


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"


def _percent(share: Fraction, limit: Fraction | None = None) -> str:
    """Percent with two places at most; no rounding makes a share equal to a bound that it only comes near.

    >>> _percent(Fraction(7, 150)), _percent(Fraction(39999, 1_000_000)), _percent(Fraction(39999, 1_000_000), Fraction(4, 100))
    ('4.67', '4', '3.99')
    """
    places = 10_000
    near = Fraction(math.floor(share * places + Fraction(1, 2)), places)
    if near == limit != share:
        near = Fraction(math.floor(share * places) if share < limit else math.ceil(share * places), places)
    return _plain(near * 100)


# Fewer columns of 是 and 否 are read at a glance.
_FEWEST_YES = 3


def _yes_words(logbook: Logbook, row: LogRow) -> str:
    labels = logbook.yes_no
    if len(labels) < _FEWEST_YES or not any(label in row.cells for label in labels):
        return ""
    lack = [label for label in labels if row.cells.get(label) != "是"]
    count = len(labels) - len(lack)
    return f"{count}/{len(labels)}" + (f"，缺：{'、'.join(lack)}" if lack else "")


def _due(
    logbook: Logbook,
    row: LogRow,
    rules: Sequence[LimitRule],
    workdays: Calendar,
    issued_on: dt.date | None,
) -> LimitDue | None:
    codes = [rule.code for rule in rules]
    if logbook.code == LIMIT_CASES.code:
        code, start = row.cells.get("适用规则", ""), row.cells.get("起算时间", "")
        if code not in codes:
            return None
        rule = rule_of(code, rules)
        if rule.event:
            return due_after(rule, dt.datetime.fromisoformat(start), workdays) if start else None
        year = int(start[:4]) if start else None
        return due_in(rule, year, workdays) if rule.day and year else None
    if logbook.due in codes and issued_on is not None:
        rule = rule_of(logbook.due, rules)
        if rule.day:
            return due_in(rule, issued_on.year, workdays)
        return due_after(rule, dt.datetime.combine(issued_on, dt.time()), workdays)
    day = row.cells.get(logbook.due, "")
    if not day:
        return None
    last = dt.date.fromisoformat(day)
    return LimitDue(last, last, dt.datetime.combine(last + dt.timedelta(days=1), dt.time()))


def unit_names_in(logbook: Logbook, row: LogRow) -> str:
    """The name in the column of units, as typed; empty where the logbook or the row has none."""
    column = logbook.column(ColumnKind.UNIT)
    return row.cells.get(column.label, "") if column else ""


@dataclass(frozen=True, slots=True)
class Lack:
    """A unit that has not what a logbook asks of it in a period."""

    logbook: str
    unit: str
    period: QuotaPeriod


def lacks(
    logbook: Logbook,
    rows: Iterable[tuple[str, LogRow]],
    units: Sequence[str],
    year: int,
    today: dt.date,
    began_on: dt.date | None = None,
) -> tuple[Lack, ...]:
    """Which units lack what a logbook asks for, in periods that are over and ended after the office began.

    Args:
        logbook: With a quota, or with a row for each unit.
        rows: Unit and row.
        units: All units that are asked.
        year: The year.
        today: A period that is not over lacks nothing yet.
        began_on: From which day the office asked; what ended before nobody had been asked for.
    """
    days: dict[str, list[dt.date]] = {unit: [] for unit in units}
    label = next((column.label for column in logbook.columns if column.kind is ColumnKind.DATE), "")
    for unit, row in rows:
        day = row.cells.get(label, "")
        if unit in days and day:
            days[unit].append(dt.date.fromisoformat(day[:10]))
    if not logbook.quota:
        return ()
    rule = LimitRule(logbook.code, logbook.name, amount=logbook.quota, span=logbook.period)
    return tuple(
        Lack(logbook.name, unit, period)
        for unit in units
        for period in quota_periods(rule, year, days[unit])
        if period.is_missed(today) and period.last >= (began_on or dt.date.min)
    )


def form_rows(
    logbook: Logbook, form: Form, rows: Iterable[tuple[str, LogRow]], points: Sequence[str]
) -> tuple[LogRow, ...]:
    """The rows of a logbook that stand on a form beforehand: what is open of the unit's, nothing that is done.

    Args:
        logbook: One that units fill in; of events only those with a day on which they are done stay open.
        form: The form.
        rows: The rows that there are, and the unit that they count for.
        points: The work points of the form for which the unit answers first.
    """
    pairs = {row.number: (unit, row) for unit, row in rows}
    if logbook.is_of_events:
        numbers = [number for number, (unit, _) in pairs.items() if unit == form.unit and logbook.done]
    else:
        subjects = [form.unit] if logbook.subject is LogbookScope.UNIT else points
        numbers = [f"{logbook.code}-{subject}" for subject in subjects]
    open_rows = (pairs[number][1] if number in pairs else LogRow(number, {}) for number in numbers)
    return tuple(row for row in open_rows if not row.cells.get(logbook.done))


def blank_rows(logbook: Logbook, subjects: Iterable[str], rows: Iterable[LogRow]) -> tuple[LogRow, ...]:
    """The rows that a logbook of units or points has beforehand and that nobody has written in yet."""
    if logbook.subject is LogbookScope.EVENT:
        return ()
    numbers = {row.number for row in rows}
    return tuple(
        LogRow(number, {}) for subject in subjects if (number := f"{logbook.code}-{subject}") not in numbers
    )
