"""Checking the units: logbooks, time limits, the draw of 随机抽查, and shortcomings from found to closed."""

# mypy: implicit-reexport

from tracker.rules.check.consistency import inconsistencies
from tracker.rules.check.draw import (
    FrameKind,
    SpotDraw,
    draw_frames,
    draw_from_json,
    faults,
    frames_of,
    frames_to_json,
    next_number,
    result_to_json,
    unit_exclusion,
)
from tracker.rules.check.overview import (
    BurdenYears,
    HandedShortcoming,
    LogbookView,
    check_notice,
    common_circular,
    draw_record,
    handover_slip,
    logbook_todos,
    overview_tables,
)
from tracker.rules.check.rows import (
    Lack,
    LogRow,
    Promptness,
    RowStand,
    blank_rows,
    form_rows,
    lacks,
    last_number,
    log_rows,
    remark_on,
    stand_of_row,
    unit_names_in,
)
from tracker.rules.check.shortcomings import (
    ShortcomingStand,
    Transition,
    TransitionKind,
    common_shortcomings,
    due_of,
    is_overdue,
    news_of_row,
    recurrences,
    stand_of,
    story_of,
)
