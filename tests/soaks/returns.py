"""A year's middle in any order: units fill in forms, the office edits its 台账, everything may come twice.

    python -m tests.soaks.returns 200

Each run makes one office with five units, draws a list of statements (a unit fills in some rows and sends the
file, perhaps again; the office types into 各单位进展 or into its own columns), and lets them happen in a drawn
order on the real steps: `take_back`, `sync`, `settle`. At the end it holds the ledger against a model that knows
only the statements:

- every cell says what its last author said, or is listed in 待核对事项清单 with both texts, or was settled
- nothing stands anywhere that nobody typed
- everything again, in another order, changes nothing: no act, no file
- each return's cells are balanced
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from tests.support.year import SEPTEMBER, UNITS, call, fill, form_of, ledger_of, make_year, snapshot
from tracker import facts
from tracker.steps.hand_out import hand_out
from tracker.steps.settle import settle
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back

Key = tuple[str, str, str]
LABELS = {"progress": "进展情况", "problem": "存在问题及下一步", "note": "备注"}
STAMP = 1_535_950_000


@dataclass
class Model:
    """What was typed, by cell (work point, unit, column), in the order typed."""

    typed: dict[Key, list[str]] = field(default_factory=dict)
    # Rows that each unit fills in, as they stand in its file now.
    forms: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def say(self, key: Key, text: str) -> None:
        """Somebody typed a text into a cell."""
        self.typed.setdefault(key, []).append(text)


class Office:
    """One office and everything that happens to it."""

    def __init__(self, root: Path, random_: random.Random) -> None:
        self.root, self.random, self.model = root, random_, Model()
        make_year(root, points=6)
        hand_out(call(root))
        sync(call(root))
        self.now = SEPTEMBER
        self.files = 0
        self.words = 0
        with ledger_of(root) as ledger:
            self.asked = {form.unit: form.rows for form in ledger.office().forms.values()}

    def tick(self) -> dt.datetime:
        """A minute later."""
        self.now += dt.timedelta(minutes=1)
        return self.now

    def text(self, who: str) -> str:
        """Words that nobody typed before."""
        self.words += 1
        return f"{who}写的第{self.words}句"

    def unit_sends(self, unit: str) -> None:
        """A unit goes on in its file: one or two cells change, and it is sent under a new name."""
        rows = self.model.forms.setdefault(unit, {})
        for _ in range(self.random.randint(1, 2)):
            wp = self.random.choice(self.asked[unit])
            column = self.random.choice(["progress", "problem"])
            text = self.text(unit)
            rows.setdefault(wp, {})[column] = text
            self.model.say((wp, unit, column), text)
        self.files += 1
        path = self.root / "各单位报送" / f"{self.random.randint(0, 10**9)}.xlsx"
        answers = {wp: {LABELS[name]: text for name, text in cells.items()} for wp, cells in rows.items()}
        fill(form_of(self.root, UNITS[unit]), answers, path)
        os.utime(path, (STAMP + self.files, STAMP + self.files))

    def file_comes_again(self) -> None:
        """A file that is there comes again, under another name."""
        there = sorted((self.root / "各单位报送").glob("*.xlsx"))
        if there:
            chosen = self.random.choice(there)
            copy = chosen.with_name(f"{self.random.randint(0, 10**9)}（副本）.xlsx")
            shutil.copy2(chosen, copy)

    def office_types(self) -> None:
        """The office types into a row of 各单位进展: for a unit, or a note of its own."""
        unit = self.random.choice(sorted(self.asked))
        wp = self.random.choice(self.asked[unit])
        column = self.random.choice(["progress", "note"])
        text = self.text("本办")
        path = self.root / "台账" / "工作台账.xlsx"
        book = openpyxl.load_workbook(path)
        page: Any = book["各单位进展"]
        head = next(row for row in page.iter_rows() if any(cell.value == "行标识" for cell in row))
        at = {cell.value: cell.column for cell in head}
        for row in range(head[0].row + 1, page.max_row + 1):
            if page.cell(row, at["行标识"]).value == f"{wp}|{unit}":
                page.cell(row, at[LABELS[column]]).value = text
                self.model.say((wp, unit, column), text)
        book.save(path)

    def take_back(self) -> None:
        """Take back."""
        take_back(call(self.root, self.tick()))

    def sync(self) -> None:
        """Bring the workbook and the ledger together."""
        sync(call(self.root, self.tick()))

    def settle(self) -> None:
        """Decide some questions, either way."""
        path = self.root / "待核对事项清单.xlsx"
        if not path.exists():
            return
        book = openpyxl.load_workbook(path)
        page: Any = book.active
        for row in page.iter_rows():
            if str(row[0].value).startswith("C") and self.random.random() < 0.5:
                row[9].value = self.random.choice(["用台账现有", "用新报送的"])
        book.save(path)
        settle(call(self.root, self.tick()))

    def step(self) -> None:
        """Something happens."""
        happenings: list[tuple[int, Callable[[], None]]] = [
            (5, lambda: self.unit_sends(self.random.choice(sorted(self.asked)))),
            (2, self.file_comes_again),
            (4, self.office_types),
            (4, self.take_back),
            (4, self.sync),
            (1, self.settle),
        ]
        weights = [weight for weight, _ in happenings]
        _, happening = self.random.choices(happenings, weights)[0]
        happening()


def judge(office: Office) -> list[str]:
    """What is wrong at the end; empty when every promise is kept."""
    for _ in range(2):
        office.take_back()
        office.sync()
    wrong: list[str] = []
    with ledger_of(office.root) as ledger:
        said = ledger.office()
        acts = ledger.last_act
        wrong += [str(each) for each in ledger.check()]
        settled = {e.fact.conflict for e in ledger.entries(facts.Settled)}
        questions = [entry.fact for entry in ledger.entries(facts.Conflict)]
    listed: dict[Key, set[str]] = {}
    decided: set[Key] = set()
    for each in questions:
        key = (each.subject, each.unit, each.field)
        if each.conflict in settled:
            decided.add(key)
        listed.setdefault(key, set()).update((each.ours, each.theirs))
    for key, texts in office.model.typed.items():
        period = "" if key[2] == "note" else "R1"
        cell = said.cells.get((*key, period))
        value = cell.value if cell else ""
        if value not in texts:
            wrong.append(f"{key}: “{value}”, which nobody typed")
        if value != texts[-1] and key not in decided and texts[-1] not in listed.get(key, set()):
            wrong.append(f"{key}: the last words “{texts[-1]}” stand nowhere (it says “{value}”)")
    for (wp, unit, column, _), cell in said.cells.items():
        if cell.value and cell.value not in office.model.typed.get((wp, unit, column), []):
            wrong.append(f"{wp} {unit} {column}: invented “{cell.value}”")
    for _, back in said.returns:
        n = json.loads(back.balance)
        if n["offered"] != n["applied"] + n["unchanged"] + n["conflicts"] + n["refused"]:
            wrong.append(f"a return is not balanced: {n}")
    return wrong + _again(office, acts)


def _again(office: Office, acts: int) -> list[str]:
    """Everything once more, files touched in another order, must change nothing."""
    before = snapshot(office.root)
    there = sorted((office.root / "各单位报送").glob("*.xlsx"))
    office.random.shuffle(there)
    for verb in (sync, take_back, sync, take_back):
        verb(call(office.root, office.now))
    with ledger_of(office.root) as ledger:
        new = [act.verb for act in ledger.acts() if act.no > acts]
    after = snapshot(office.root)
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return [f"again: {new} {changed}"] if new or changed else []


@dataclasses.dataclass(frozen=True)
class Tally:
    """What all runs came to."""

    runs: int
    wrong: list[str]
    typed: int
    questions: int


def soak(folder: Path, runs: int, *, steps: int = 14, seed: int = 1) -> Tally:
    """Let so many offices live."""
    wrong, typed, questions = [], 0, 0
    for run in range(runs):
        root = folder / f"{run}"
        office = Office(root, random.Random(f"{seed}-{run}"))
        for _ in range(steps):
            office.step()
        wrong += [f"run {run}: {each}" for each in judge(office)]
        typed += sum(len(texts) for texts in office.model.typed.values())
        with ledger_of(root) as ledger:
            questions += len(list(ledger.entries(facts.Conflict)))
        for path in root.rglob("*"):
            if path.is_file():
                path.chmod(0o600)
        shutil.rmtree(root)
    return Tally(runs, wrong, typed, questions)


def main(size: int = 200) -> bool:
    """Print the figures; true when nothing was lost, invented or changed by doing it again."""
    with tempfile.TemporaryDirectory() as scratch:
        tally = soak(Path(scratch), size)
    print(f"{tally.runs} offices, {tally.typed} texts typed, {tally.questions} questions asked")
    print(f"broken promises: {len(tally.wrong)}")
    for line in tally.wrong[:20]:
        print(f"  {line}")
    return not tally.wrong


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 200) else 1)
