"""Tables: from a grid to drafts of work points, and what every cell was used for.

`cells` settles each cell and knows its words, `tablehead`, `headwords` and `columns` say what a column holds, `tables` reads row after row
(`voices` speaks for rows), `cards` and `layouts` make cards and crossings tables, `pastes` what was pasted as
text (`placing` and `scale` its cells, and what nobody can cut). `statements` has the drafts that every layout yields, and reads where a text says who.
"""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.reading.tables.cards import as_table, uses_of_cards
    from tracker.reading.tables.cells import (
        LONGEST_CLAUSE,
        USUAL,
        Spot,
        Use,
        Uses,
        emptied_by,
        filled,
        is_error,
        is_furniture,
        is_note,
        is_total,
        legend,
        names_role,
        settle,
        start_of,
        state_findings,
        without_hidden,
    )
    from tracker.reading.tables.headwords import (
        HEAD_OF,
        LONGEST_HEAD,
        UNIT_FIELDS,
        WORD_OF,
        Field,
        field_of,
        fields_of,
        is_pure,
        nearness,
        plain_head,
    )
    from tracker.reading.tables.layouts import (
        crosswise_uses,
        goes_on,
        read_crosswise,
        side_by_side,
        without_frames,
    )
    from tracker.reading.tables.pastes import (
        Paste,
        with_tables,
    )
    from tracker.reading.tables.placing import (
        RunTogether,
        find_run_together,
        headless_cells,
        touching_cells,
    )
    from tracker.reading.tables.statements import (
        Cut,
        Draft,
        RoleStatement,
        at_end,
        bodies_alone,
        content_of,
        end_of_sentence,
        explains,
        has_label,
        has_role,
        is_idle_label,
        is_names,
        label_ends,
        label_of_content,
        name_of,
        names_apart,
        opens_with_label,
        same_again,
        split_cells,
    )
    from tracker.reading.tables.tablehead import TableHead, has_heads, recaption
    from tracker.reading.tables.tables import (
        Caption,
        TableReading,
        find_head,
        read_table,
    )
