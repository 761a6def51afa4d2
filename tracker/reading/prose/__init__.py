"""Running text: from lines to drafts of work points.

`layout` joins lines that a fixed width broke and tells headings without a number and lines of time, `labels` writes labels,
numbers and signs of any form in one, `segments` cuts paragraphs into items, `prose` reads headings and items one after the
other, `lenders` are units that are said once for several items, `records` rows and records of labels as items.
"""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.reading.prose.labels import (
        SIGNS,
        with_labels,
        with_numbers,
        with_signs,
        without_counts,
    )
    from tracker.reading.prose.layout import (
        complete,
        signs_day,
        unwrap,
    )
    from tracker.reading.prose.lenders import (
        common_statement,
        common_statement_at_end,
        read_selections,
        speaks_of_form,
        speaks_of_some,
    )
    from tracker.reading.prose.prose import (
        read_prose,
    )
    from tracker.reading.prose.records import (
        with_records,
    )
    from tracker.reading.prose.segments import (
        cut_lines,
        is_time_alone,
        names_and_time,
        names_somebody,
    )
