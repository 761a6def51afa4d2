"""The join and the sort check, many thousand times: what is lost, what is invented, what is noticed.

python -m tests.soaks.merge 20000
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.rules import merge
from tracker.rules.merge import find_column_sort

Table = dict[str, dict[str, str]]
Listed = set[tuple[str, str]]
Joiner = Callable[[Table, Table, Table], tuple[Table, Listed]]
COLUMNS = ("status", "progress", "note")


def apply(rows: merge.Rows, joined: merge.CellMerge) -> Table:
    """What the ledger says after a join."""
    after = {row: dict(cells) for row, cells in rows.items()}
    for change in joined.changes:
        after.setdefault(change.row, {})[change.column] = change.after
    return after


def ours(base: Table, mine: Table, theirs: Table) -> tuple[Table, Listed]:
    """The join that the product uses; what it refuses, rows that nobody handed out, is listed with its text."""
    joined = merge.join(base, mine, theirs)
    listed = {(cell.row, cell.column) for cell in joined.conflicts}
    return apply(mine, joined), listed | {(cell.row, cell.column) for cell in joined.refusals}


def last_write_wins(base: Table, mine: Table, theirs: Table) -> tuple[Table, Listed]:
    """A mutant: whatever came last holds."""
    rows = {row: dict(cells) for row, cells in mine.items()}
    for row, cells in theirs.items():
        rows.setdefault(row, {}).update(cells)
    return rows, set()


def replace_rows(base: Table, mine: Table, theirs: Table) -> tuple[Table, Listed]:
    """A mutant: a row that came back replaces the row that is there."""
    return {**{row: dict(cells) for row, cells in mine.items()}, **theirs}, set()


def delete_missing_rows(base: Table, mine: Table, theirs: Table) -> tuple[Table, Listed]:
    """A mutant: a row that did not come back is taken for deleted."""
    rows, listed = ours(base, mine, theirs)
    return {row: cells for row, cells in rows.items() if row in theirs or row not in base}, listed


MUTANTS: Mapping[str, Joiner] = {
    "last-write-wins": last_write_wins,
    "replace-rows": replace_rows,
    "delete-missing-rows": delete_missing_rows,
}


@dataclass
class Tally:
    """What became of every edit."""

    triples: int = 0
    edits: int = 0
    lost: int = 0
    invented: int = 0
    not_settled: int = 0
    conflicts: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, invented or changed by a second join."""
        return not (self.lost or self.invented or self.not_settled)


def draw(random_: random.Random) -> tuple[Table, Table, Table]:
    """A base and two edited copies: cells changed, rows added and removed, columns left out of the return."""
    base = {
        f"P1-{n:03}": {column: random_.choice("abc") for column in COLUMNS}
        for n in range(random_.randint(0, 12))
    }

    def edited() -> Table:
        rows = {row: dict(cells) for row, cells in base.items()}
        for _ in range(random_.randint(0, 8)):
            chance = random_.random()
            if chance < 0.65 and rows:
                rows[random_.choice(sorted(rows))][random_.choice(COLUMNS)] = random_.choice("abcdefg")
            elif chance < 0.85:
                rows[f"own-{random_.randint(0, 5)}"] = {c: random_.choice("abcdefg") for c in COLUMNS}
            elif rows:
                rows.pop(random_.choice(sorted(rows)))
        return rows

    mine, theirs = edited(), edited()
    if random_.random() < 0.2:
        gone = random_.choice(COLUMNS)
        theirs = {row: {c: v for c, v in cells.items() if c != gone} for row, cells in theirs.items()}
    return base, mine, theirs


def edits(base: Table, after: Table) -> Table:
    """The cells that a side wrote."""
    found = {
        row: {c: v for c, v in cells.items() if base.get(row, {}).get(c, "") != v}
        for row, cells in after.items()
    }
    return {row: cells for row, cells in found.items() if cells}


def account(joiner: Joiner, triples: int, seed: int = 1) -> Tally:
    """Join many drawn triples and say what became of every edit."""
    random_ = random.Random(seed)
    tally = Tally(triples=triples)
    for _ in range(triples):
        base, mine, theirs = draw(random_)
        merged, listed = joiner(base, mine, theirs)
        tally.conflicts += len(listed)
        for side in (mine, theirs):
            for row, cells in edits(base, side).items():
                for column, value in cells.items():
                    tally.edits += 1
                    if merged.get(row, {}).get(column) != value and (row, column) not in listed:
                        tally.lost += 1
        # What nobody touched must not go away either.
        tally.lost += sum(row not in merged for row in mine)
        for row, cells in merged.items():
            for column, value in cells.items():
                if value not in (mine.get(row, {}).get(column), theirs.get(row, {}).get(column)):
                    tally.invented += 1
        again, _ = joiner(theirs, merged, theirs)
        tally.not_settled += again != merged
    return tally


def sorts(cases: int, seed: int = 1) -> dict[str, int]:
    """How many single-column sorts are noticed, pure and with edits, and how many honest returns are not spared."""
    random_ = random.Random(seed)
    found = {"pure": 0, "edited": 0, "false_pure": 0, "false_edited": 0}
    stock = [f"已完成第{n}批事项{random_.randint(100, 999)}件" for n in range(400)]
    for _ in range(cases):
        size = random_.randint(8, 40)
        before = {f"P1-{n:03}": random_.choice(stock) for n in range(size)}
        shuffled = dict(zip(before, sorted(before.values()), strict=True))
        found["pure"] += find_column_sort(before, shuffled) is not None
        edited = _with_edits(shuffled, random_, 0.2)
        found["edited"] += find_column_sort(before, edited) is not None
        found["false_pure"] += find_column_sort(before, dict(before)) is not None
        honest = _with_edits(before, random_, random_.random())
        # People copy a finished sentence to another row, too.
        for row in random_.sample(sorted(honest), k=size // 6):
            honest[row] = random_.choice(list(before.values()))
        found["false_edited"] += find_column_sort(before, honest) is not None
    return found


def _with_edits(before: Mapping[str, str], random_: random.Random, share: float) -> dict[str, str]:
    after = dict(before)
    for row in random_.sample(sorted(after), k=int(len(after) * share)):
        after[row] += f"，新增{random_.randint(1, 99)}件"
    return after


def main(size: int = 20_000) -> bool:
    """Print the figures; true when the join is clean and every mutant is caught."""
    tally = account(ours, size)
    print(f"join: {tally}")
    caught = True
    for name, mutant in MUTANTS.items():
        broken = account(mutant, max(size // 10, 50))
        caught = caught and not broken.is_clean
        print(f"mutant {name}: lost {broken.lost}, invented {broken.invented}")
    cases = max(size * 3 // 20, 50)
    print(f"sorts of {cases}: {sorts(cases)}")
    return tally.is_clean and caught


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000) else 1)
