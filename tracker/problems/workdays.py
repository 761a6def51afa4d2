"""What can be wrong with the calendar."""

from __future__ import annotations

from tracker.problems import Kind
from tracker.problems import Severity
from tracker.problems import TrackerError

NO_CALENDAR_YET = Kind(
    "no-calendar",
    Severity.WARNING,
    "期限涉及{year}年，但还没有{year}年的节假日安排，无法推算工作日；请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。",
)


class NoCalendar(TrackerError):
    """A day falls in a year whose days off nobody has announced."""

    code = "no-calendar"
    sentence = "没有{year}年的节假日安排，无法推算工作日。请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。"

    @property
    def year(self) -> int:
        """The year without an arrangement."""
        return int(str(self.facts["year"]))
