"""What can be wrong with the calendar."""

from __future__ import annotations

from tracker.problems import FindingKind
from tracker.problems import Severity
from tracker.problems import TrackerError

NO_CALENDAR_YET = FindingKind(
    "no-calendar",
    Severity.WARNING,
    "期限涉及{year}年，但还没有{year}年的节假日安排，无法推算工作日；请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。",
)


CALENDAR_GUESSED = FindingKind(
    "calendar-guessed",
    Severity.WARNING,
    "{n}项的期限在{year}年，还没有{year}年的放假安排，提醒和催办的日子暂按周一至周五推算，可能早一两天或晚一两天。国务院办公厅公布后，"
    "请在设置.xlsx 的“节假日安排”里逐日填写：“日期”如 {year}-01-01，“安排”选“放假”，调休上班的周末选“上班”；全年放假的日子都要填。",
)


class NoCalendar(TrackerError):
    """A day falls in a year whose days off nobody has announced."""

    code = "no-calendar"
    sentence = "没有{year}年的节假日安排，无法推算工作日。请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。"

    @property
    def year(self) -> int:
        """The year without an arrangement."""
        return int(str(self.facts["year"]))
