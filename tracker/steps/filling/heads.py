"""The heads of somebody else's tables: what was said of them before, what is said now, and the fact of it.

What a person said of a column holds for the same head only: all its labels, in any table that has them. It is a
`Setting` named after the head; of several statements the latest holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from tracker import facts
from tracker.columns import FILLABLE
from tracker.columns import FILLABLE_BY_LABEL
from tracker.files.ledger import Ledger
from tracker.grid import Grid
from tracker.grid import Source
from tracker.problems.filling import NestedTable
from tracker.problems.filling import NoSuchColumn
from tracker.problems.filling import NoTable
from tracker.problems.filling import TurnedTable
from tracker.reading.sheets.blank import Blank
from tracker.reading.sheets.blank import find_blanks
from tracker.reading.sheets.blank import is_turned
from tracker.reading.sheets.blank import last_words
from tracker.reading.sheets.blank import plain_label
from tracker.reading.sheets.blank import turned_at

_SETTING = "取数栏目："


def remembered_heads(ledger: Ledger) -> dict[str, dict[str, str]]:
    """What was said of each head (all its labels): label to name; the latest statement holds."""
    heads = {}
    for entry in ledger.entries(facts.Setting):
        if entry.fact.name.startswith(_SETTING):
            words = json.loads(entry.fact.content)["columns"]
            heads[entry.fact.name.removeprefix(_SETTING)] = {
                label: FILLABLE_BY_LABEL[word] for label, word in words.items() if word in FILLABLE_BY_LABEL
            }
    return heads


def name_of(word: str) -> str:
    """The name in `columns.WANTED` of a word of ours."""
    if word.strip() not in FILLABLE_BY_LABEL:
        raise NoSuchColumn(label=word, labels="、".join(FILLABLE_BY_LABEL))
    return FILLABLE_BY_LABEL[word.strip()]


def _head(blank: Blank) -> str:
    return "|".join(plain_label(blank.labels[column]) for column in sorted(blank.labels))


def find_tables(
    source: Source, column_names: Mapping[str, str], old_heads: Mapping[str, Mapping[str, str]]
) -> tuple[list[tuple[Blank, dict[int, str]]], dict[str, dict[str, str]], list[str]]:
    """The tables with what a person said of their columns; what is to be remembered; what to tell."""
    labels = frozenset(column_names) | {label for columns in old_heads.values() for label in columns}
    tables: list[tuple[Blank, dict[int, str]]] = []
    new: dict[str, dict[str, str]] = {}
    notes: list[str] = []
    blanks = [blank for grid in source.grids if not grid.is_hidden for blank in find_blanks(grid, labels)]
    for blank in blanks:
        if _is_inner(blank.grid):
            continue
        if is_turned(blank):
            raise TurnedTable(place=blank.grid.place(blank.given_rows[0], min(blank.labels)))
        before = old_heads.get(_head(blank), {})
        choices: dict[int, str] = {}
        for column, label in blank.labels.items():
            keys = (plain_label(label), plain_label(last_words(label)))
            name = next((column_names[key] for key in keys if key in column_names), "")
            if name:
                new.setdefault(_head(blank), dict(before))[plain_label(label)] = name
            name = name or before.get(plain_label(label), "")
            if name:
                choices[column] = name
        old_choices = [
            f"{label}→{FILLABLE[name]}" for label, name in before.items() if label not in column_names
        ]
        if old_choices:
            notes.append(f"已按上次对同样表头的说明填写：{'、'.join(old_choices)}。")
        tables.append((blank, choices))
    on_side = [(grid, turned_at(grid)) for grid in source.grids if not grid.is_hidden and not tables]
    for grid, row in on_side:
        if row is not None and not blanks:
            raise TurnedTable(place=grid.place(row, 0))
    if not tables and blanks:
        raise NestedTable(file=source.name, place=blanks[0].grid.name)
    if not tables:
        raise NoTable(file=source.name, labels="、".join(FILLABLE_BY_LABEL))
    return tables, new, notes


def _is_inner(grid: Grid) -> bool:
    """Whether a table stands inside a cell of another one, or in a text box."""
    return grid.name.startswith("P") or grid.name.count("T") > 1


def head_fact(head: str, columns: Mapping[str, str], *, after: int) -> facts.Setting:
    """What a person said of a head, as a fact; `after` tells it from an earlier, equal statement."""
    content = {"columns": {label: FILLABLE[name] for label, name in columns.items()}, "after": after}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return facts.Setting(f"{_SETTING}{head}", hashlib.sha256(text.encode()).hexdigest(), text)
