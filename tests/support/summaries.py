"""The drawn year's summary, and what a report is told to say."""

from __future__ import annotations

from tests.support.years import TODAY
from tracker import facts
from tracker.files.templates import words
from tracker.outline import Letterhead
from tracker.rules.report.edition import freeze
from tracker.rules.report.summary import summarise
from tracker.settings import Day
from tracker.workdays import PUBLIC_CALENDAR


def summary_of(office_, today=TODAY, **more):
    return summarise(office_, "P1", Day(today, PUBLIC_CALENDAR), **more)


def edition(office, day=TODAY):
    return facts.ReportEdition("落实情况报告/P1", 1, "P1", day, freeze(summary_of(office, day)))


HEAD = Letterhead("××市人民政府办公室", "省人民政府办公厅", "我市")


SAY = words("report.txt")
