"""What a leader looks at: the parts of the one page, from the same summary as the report."""

from tracker.rules.board.bars import MOST_MONTHS, WIDE, bars_of, lines_of, timeline_of
from tracker.rules.board.groups import burden_of, groups_of, total_burden
from tracker.rules.board.onepage import one_page_of
from tracker.rules.board.page import (
    LIGHT_MEANINGS,
    URGENT_LIGHTS,
    checks_part,
    cut,
    days_late,
    light_counts,
    page_of,
)

__all__ = [
    "LIGHT_MEANINGS",
    "MOST_MONTHS",
    "URGENT_LIGHTS",
    "WIDE",
    "bars_of",
    "burden_of",
    "checks_part",
    "cut",
    "days_late",
    "groups_of",
    "light_counts",
    "lines_of",
    "one_page_of",
    "page_of",
    "timeline_of",
    "total_burden",
]
