"""The office as pandas tables, read-only, as of a day: a door for whoever analyses it.

    from tracker.api import open_office

    office = open_office("政务公开")
    office.progress().groupby("unit_name")["is_answered"].mean()

The columns are those of `steps.export` under their names; texts are `string`, days `datetime64`, ticks `boolean`, figures
`Float64`: an empty cell is `<NA>` in each of them. Nothing here writes, and nothing is counted again: every value is
what the report, the page and the workbooks say.
"""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.columns import ColumnKind
from tracker.steps.call import CHINA, Call
from tracker.steps.desk import open_desk
from tracker.steps.export import office_tables
from tracker.table import Table
from tracker.values import dataclass

if TYPE_CHECKING:
    import pandas as pd

_TYPES: Mapping[ColumnKind, str] = {
    ColumnKind.DATE: "datetime64[s]",
    ColumnKind.TICK: "boolean",
    ColumnKind.NUMBER: "Float64",
}


def open_office(folder: str | Path, *, as_of: dt.date | None = None) -> OfficeFrames:
    """Read the tables of an office.

    Args:
        folder: The office folder, or one inside of it.
        as_of: The day; today by default.

    Raises:
        NoOffice: The folder is no office.
    """
    call = Call(now=dt.datetime.now(CHINA), person=getpass.getuser(), start=Path(folder), dry_run=True)
    with open_desk(call) as desk:
        return OfficeFrames(office_tables(desk, as_of))


@dataclass(frozen=True)
class OfficeFrames:
    """The tables of an office as data frames; each call gives a new one."""

    tables: Mapping[str, Table]

    def points(self) -> pd.DataFrame:
        """A row for each work point: its words, who leads, its day, its status and light."""
        return self._frame("points")

    def assignments(self) -> pd.DataFrame:
        """A row for each unit and work point: role, own status, own day."""
        return self._frame("assignments")

    def progress(self) -> pd.DataFrame:
        """A row for each work point, unit and round: whether it was asked, what it answered."""
        return self._frame("progress")

    def returns(self) -> pd.DataFrame:
        """A row for each form: when it was due, whether and when it came back."""
        return self._frame("returns")

    def slips(self) -> pd.DataFrame:
        """A row for each slip or letter."""
        return self._frame("slips")

    def findings(self) -> pd.DataFrame:
        """A row for each shortcoming that a check found."""
        return self._frame("shortcomings")

    def limits(self) -> pd.DataFrame:
        """A row for each case of a rule of time."""
        return self._frame("limits")

    def scores(self) -> pd.DataFrame:
        """A row for each line of the score that was issued last."""
        return self._frame("scores")

    def _frame(self, name: str) -> pd.DataFrame:
        import pandas as pd

        table = self.tables[name]
        return pd.DataFrame(
            {
                column.name: pd.array(
                    [None if row[at] == "" else row[at] for row in table.rows],
                    dtype=_TYPES.get(column.kind, "string"),
                )
                for at, column in enumerate(table.columns)
            }
        )
