"""The drawn year in the report's relatives: circulars, own reports, the public version."""

from __future__ import annotations

from tests.support.years import TODAY, year_office
from tracker.files.templates import words
from tracker.outline import Heading, Letterhead
from tracker.rules.report.summary import summarise
from tracker.settings import Day
from tracker.table import Table
from tracker.workdays import PUBLIC_CALENDAR

SAY, REPORT = words("relatives.txt"), words("report.txt")


HEAD = Letterhead("市政府办公室", "省政府办公厅", "我市")


def summary(**cells):
    return summarise(year_office(**cells), "P1", Day(TODAY, PUBLIC_CALENDAR))


def text(document):
    blocks = [each for each in document.blocks if not isinstance(each, Table)]
    return "\n".join(each.text + getattr(each, "run_in", "") for each in blocks)


def heads(document):
    return [each.text for each in document.blocks if isinstance(each, Heading) and each.level == 1]
