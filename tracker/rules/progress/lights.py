"""The light of a work point: a colour with its word, from a status and a day.

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
    a limit without a day                              灰  无固定时限
    not started, or asked and silent, in its month     黄  到期当月未启动
    due within `near` working days                     蓝  临近到期
    else                                               绿  正常推进

Of a limit with several parts, and of one that comes again, the day is that of the next open part
(`rules.progress.stages`). Where the calendar does not know the year of a due day, the light is blue only when even the
days of the week are few enough; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from tracker.columns import DECISIONS
from tracker.problems.office import NoCalendar
from tracker.settings import Thresholds
from tracker.values import dataclass
from tracker.workdays import Calendar

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

    today: dt.date
    due: dt.date | None
    workday_due: dt.date | None
    calendar: Calendar
    limits: Thresholds

    def is_overdue(self, status: str, *, done: bool) -> bool:
        """Whether that status is late on that day."""
        if done or status in LEFT_OUT or status == "mostly_done" or self.due is None:
            return False
        return self.today > max(self.due, self.workday_due or self.due)

    def light(
        self,
        status: str,
        *,
        done: bool,
        is_late: bool = False,
        is_claimed: bool = False,
        is_long_term: bool = False,
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
        if self.due is None:
            return Light.GREY, "无固定时限"
        is_idle = status == "not_started" or (status == UNREPORTED and is_asked)
        if is_idle and (self.today.year, self.today.month) == (
            self.due.year,
            self.due.month,
        ):
            return Light.YELLOW, "到期当月未启动"
        if self._is_near(self.workday_due or self.due):
            return Light.BLUE, "临近到期"
        return Light.GREEN, "正常推进"

    def _is_near(self, due: dt.date) -> bool:
        """Whether at most `near` working days are left, the due day included and today not."""
        days = (due - self.today).days
        if days < 0:
            return False
        if days > self.limits.near * 3 + 15:  # no row of holidays makes so many days so few
            return False
        try:
            return self.calendar.workdays_between(self.today, due) <= self.limits.near
        except NoCalendar:
            return days <= self.limits.near
