"""分工核对表 of drawn plans: unchanged it is the same plan, corrected it says the correction, spoiled it ends in no error.

    python -m tests.soaks.proof 2000

Each plan is drawn by `tests.soaks.reading`, every third one damaged; its workbook goes through the file and the
door. A correction is one cell of one row; a spoiled workbook has twelve cells of any sheet replaced by anything.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace

from tests.soaks import reading as plans
from tracker.files.guard.opening import read_bytes
from tracker.formats.books.answers import IDENTITY_SHEET, find_head
from tracker.formats.books.corrections import ProofReading, take_proof
from tracker.formats.books.proof import Label, lay_out_proof, prove
from tracker.grid import Grid, Source, Value
from tracker.model import Role
from tracker.problems.base import TrackerError
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading, read_plan
from tracker.reading.tables import recaption
from tracker.workdays import Calendar

_CALENDAR = Calendar()
_GARBAGE: tuple[Value, ...] = (
    "",
    "？",
    "市甲局牵头",
    "6月底前",
    "H001",
    7,
    2026.5,
    None,
    "不登记",
    "=1+1",
    "市乙局、市丙局",
)


def taken_of(book: Source, original: Source) -> ProofReading:
    """Take a workbook back."""

    def again(**said: object) -> PlanReading:
        columns, issued_on, year = said["columns"], said["issued_on"], said["year"]
        wanted = recaption(original, columns) if columns else original  # type: ignore[arg-type]  # as called
        return read_plan(wanted, calendar=_CALENDAR, issued_on=issued_on, year=year)  # type: ignore[arg-type]

    return take_proof(book, again=again, calendar=_CALENDAR)


def drawn(seed: int) -> tuple[Source, PlanReading, Source] | None:
    """A plan, its reading and its workbook; None for a damaged one that is refused."""
    rng = random.Random(seed)
    example = plans.draw(rng)
    source = plans.damaged(example, rng) if seed % 3 == 2 else example.source
    try:
        reading = read_plan(source, calendar=_CALENDAR)
    except NotAPlan:
        return None
    data = lay_out_proof(prove(reading, source, version="0"))
    return source, reading, read_bytes(data, "分工核对表.xlsx")


def corrected(book: Source, row: int, label: str, value: Value) -> Source:
    """The workbook with one cell of one work point typed over."""
    grid = next(grid for grid in book.grids if grid.name == Label.POINTS)
    head = find_head(grid, (Label.ROW, label))
    assert head is not None
    return _typed(book, grid, head[0] + 1 + row, head[1][label], value)


def spoiled(book: Source, rng: random.Random) -> Source:
    """The workbook with some cells replaced by anything."""
    for _ in range(12):
        grid = rng.choice([grid for grid in book.grids if grid.name != IDENTITY_SHEET and grid.height])
        row, column = rng.randrange(grid.height), rng.randrange(max(grid.width, 1))
        book = _typed(book, grid, row, column, rng.choice(_GARBAGE))
    return book


def _typed(book: Source, grid: Grid, row: int, column: int, value: Value) -> Source:
    rows = [list(each) for each in grid.rows]
    rows[row][column] = value
    changed = replace(grid, rows=tuple(tuple(each) for each in rows))
    return replace(book, blocks=tuple(changed if each.name == grid.name else each for each in book.grids))


def check(seed: int) -> str:
    """What is wrong with one drawn plan; empty if nothing is."""
    made = drawn(seed)
    if made is None:
        return ""
    source, reading, book = made
    same = taken_of(book, source)
    if (same.plan, same.findings, same.corrections) != (reading.plan, reading.findings, ()):
        return "an unchanged workbook is another plan"
    rng = random.Random(-seed)
    row = rng.randrange(len(reading.plan.work_points))
    one = taken_of(corrected(book, row, Label.SUPPORT, "市档案馆、各乡镇人民政府"), source)
    point, before = one.plan.work_points[row], reading.plan.work_points[row]
    if point.responsibility.names_in(Role.SUPPORT) != ("市档案馆", "各乡镇人民政府") or one.unclear:
        return f"the correction of row {row} is lost"
    if point.place != before.place or point.requirement != before.requirement:
        return f"the correction of row {row} changed more than its cell"
    others = [each for n, each in enumerate(one.plan.work_points) if n != row]
    if others != [each for n, each in enumerate(reading.plan.work_points) if n != row]:
        return f"the correction of row {row} changed another row"
    try:
        taken_of(spoiled(book, rng), source)
    except TrackerError:
        return ""
    return ""


def main(size: int) -> str:
    """Check so many drawn plans; what was found, in one line."""
    failed = [(seed, wrong) for seed in range(size) if (wrong := check(seed))]
    for seed, wrong in failed[:20]:
        print(seed, wrong)
    return f"{size} plans: {size - len(failed)} workbooks taken back as they should be, {len(failed)} not"


if __name__ == "__main__":
    told = main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    print(told)
    sys.exit(0 if told.endswith(", 0 not") else 1)
