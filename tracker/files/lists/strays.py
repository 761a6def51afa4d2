"""Files beside a list of ours that look like it: a copy, or the list saved in another format.

The program reads one file. Whoever signs in 签发单.et or 签发单 - 副本.xlsx has to be told, or nobody learns that it
does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tracker.files.safe import versions_beside
from tracker.problems import Finding
from tracker.problems.lists import LIST_ELSEWHERE

_FORMATS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ett", ".csv", ".ods"})


def strays(path: Path) -> Iterator[Finding]:
    """A finding for each; what the program itself laid beside an open list is not one."""
    if not path.parent.is_dir():
        return
    ours = {path, *versions_beside(path)}
    for neighbour in sorted(path.parent.iterdir()):
        alike = neighbour.stem.startswith(path.stem) and neighbour.suffix.lower() in _FORMATS
        if alike and neighbour not in ours and neighbour.is_file():
            yield LIST_ELSEWHERE.at(f"{path.parent.name}/{neighbour.name}", list=path.name)
