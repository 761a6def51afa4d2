"""docs/coverage.md is whole: every id of the sources once, nothing empty, no test that is gone, and no new gap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
IDS = [
    f"{letter}{number}"
    for letter, count in (("J", 20), ("G", 16), ("D", 20), ("C", 12), ("T", 12))
    for number in range(1, count + 1)
]
ROWS = {
    cells[0]: cells[1:]
    for line in PAGE.splitlines()
    if re.match(r"\| [JGDCT]\d+ \|", line)
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
}
# This list may only shrink.
MISSING: frozenset[str] = frozenset()


def section(heading: str) -> list[str]:
    text = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^- ([JGDCT]\d+): \S", text, re.MULTILINE)


def test_every_id_works_or_is_told_as_missing_and_none_is_both():
    assert sorted([*ROWS, *section("Missing")]) == sorted(IDS)
    assert set(section("Missing")) <= MISSING


def test_what_works_in_part_only_is_one_of_those_that_work():
    assert set(section("In part")) <= set(ROWS)


@pytest.mark.parametrize("number", ROWS)
def test_no_line_is_empty_and_its_test_exists(number):
    what, where, test = ROWS[number]
    path, _, name = test.partition("::")
    name, _, case = name.partition("[")
    text = (ROOT / path).read_text(encoding="utf-8")

    assert what
    assert where
    assert re.search(rf"^def {name}\(", text, re.MULTILINE), test
    assert not case or f'"{case.rstrip("]")}"' in text, test


def test_every_logbook_that_is_named_is_shipped():
    from tracker.logbooks import LOGBOOKS

    shipped = {logbook.code for logbook in LOGBOOKS}
    codes = set(re.findall(r"logbooks? ([A-Z]{1,2})\b", PAGE)) | set(re.findall(r" and ([A-Z]{1,2}) ", PAGE))

    assert codes - shipped == set()
