"""The heads of somebody else's tables: what was said of them before, what is said now, and the fact of it.

What a person said of a column holds for the same head only: all its labels, in any table that has them. It is a
`Setting` named after the head; of several statements the latest holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from tracker import facts
from tracker.columns import WANTED
from tracker.columns import WANTED_BY_LABEL
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
from tracker.reading.sheets.blank import plain
from tracker.reading.sheets.blank import turned_at

_SETTING = "取数栏目："


def remembered_heads(ledger: Ledger) -> dict[str, dict[str, str]]:
    """What was said of each head (all its labels): label to name; the latest statement holds."""
    found = {}
    for entry in ledger.entries(facts.Setting):
        if entry.fact.name.startswith(_SETTING):
            words = json.loads(entry.fact.content)["columns"]
            found[entry.fact.name.removeprefix(_SETTING)] = {
                label: WANTED_BY_LABEL[word] for label, word in words.items() if word in WANTED_BY_LABEL
            }
    return found


def name_of(word: str) -> str:
    """The name in `columns.WANTED` of a word of ours."""
    if word.strip() not in WANTED_BY_LABEL:
        raise NoSuchColumn(label=word, labels="、".join(WANTED_BY_LABEL))
    return WANTED_BY_LABEL[word.strip()]


def _head(blank: Blank) -> str:
    return "|".join(plain(blank.labels[column]) for column in sorted(blank.labels))


def find_tables(
    source: Source, said: Mapping[str, str], remembered: Mapping[str, Mapping[str, str]]
) -> tuple[list[tuple[Blank, dict[int, str]]], dict[str, dict[str, str]], list[str]]:
    """The tables with what a person said of their columns; what is to be remembered; what to tell."""
    known = frozenset(said) | {label for each in remembered.values() for label in each}
    tables: list[tuple[Blank, dict[int, str]]] = []
    new: dict[str, dict[str, str]] = {}
    used: list[str] = []
    blanks = [blank for grid in source.grids if not grid.hidden for blank in find_blanks(grid, known)]
    for blank in blanks:
        if _is_inner(blank.grid):
            continue
        if is_turned(blank):
            raise TurnedTable(place=blank.grid.place(blank.given[0], min(blank.labels)))
        before = remembered.get(_head(blank), {})
        decided: dict[int, str] = {}
        for column, label in blank.labels.items():
            keys = (plain(label), plain(last_words(label)))
            name = next((said[key] for key in keys if key in said), "")
            if name:
                new.setdefault(_head(blank), dict(before))[plain(label)] = name
            name = name or before.get(plain(label), "")
            if name:
                decided[column] = name
        kept = [f"{each}→{WANTED[name]}" for each, name in before.items() if each not in said]
        if kept:
            used.append(f"已按上次对同样表头的说明填写：{'、'.join(kept)}。")
        tables.append((blank, decided))
    on_side = [(grid, turned_at(grid)) for grid in source.grids if not grid.hidden and not tables]
    for grid, row in on_side:
        if row is not None and not blanks:
            raise TurnedTable(place=grid.place(row, 0))
    if not tables and blanks:
        raise NestedTable(file=source.name, place=blanks[0].grid.name)
    if not tables:
        raise NoTable(file=source.name, labels="、".join(WANTED_BY_LABEL))
    return tables, new, used


def _is_inner(grid: Grid) -> bool:
    """Whether a table stands inside a cell of another one, or in a text box."""
    return grid.name.startswith("P") or grid.name.count("T") > 1


def head_fact(head: str, columns: Mapping[str, str], *, after: int) -> facts.Setting:
    """What a person said of a head, as a fact; `after` tells it from an earlier, equal statement."""
    content = {"columns": {label: WANTED[name] for label, name in columns.items()}, "after": after}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return facts.Setting(f"{_SETTING}{head}", hashlib.sha256(text.encode()).hexdigest(), text)
