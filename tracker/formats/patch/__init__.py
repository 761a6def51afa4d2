"""Changing cells of an existing workbook without loading and saving it; see `patching`."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.formats.patch.cells import cell_rest
    from tracker.formats.patch.changes import (
        DAY_ZERO,
        Append,
        Edit,
        Fit,
        Shade,
        cell_edits,
        patch,
        rows_to_drop,
        same,
        without_rows,
    )
    from tracker.formats.patch.grafting import graft, order_rows
    from tracker.formats.patch.patching import SheetParts, describe
    from tracker.formats.patch.spans import Malformed, Node, Splices, check, opening_end, read
    from tracker.formats.patch.workbook import Package
    from tracker.formats.patch.worksheet import Area
