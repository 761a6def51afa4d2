"""What a leader looks at: the parts of the one page, from the same summary as the report."""

from tracker.late import late

with late(globals()):
    from tracker.rules.board.bars import MOST_MONTHS, WIDE, timeline_of
    from tracker.rules.board.groups import burden_of, groups_of, total_burden
    from tracker.rules.board.onepage import one_page_of
    from tracker.rules.board.page import cut, page_of

__all__ = [
    "MOST_MONTHS",
    "WIDE",
    "burden_of",
    "cut",
    "groups_of",
    "one_page_of",
    "page_of",
    "timeline_of",
    "total_burden",
]
