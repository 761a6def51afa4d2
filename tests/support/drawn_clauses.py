"""Clauses that say who answers, in every way of `ways.txt`, with names of many kinds of offices.

read_ways()                    the ways, each with the role of its names
draw_clause(way, rng)          a clause written so, and who answers in what role
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.drawn_tables import POOLS
from tracker.model import Role

TABLE = Path(__file__).with_name("ways.txt")
GROUPS = (
    "各县（市、区）人民政府",
    "各乡镇（街道）",
    "市有关单位",
    "各县区",
    "市直各单位",
    "各有关部门",
    "各科室",
    "各部门",
)
# What parts the names behind a label; before a verb a list has 、 alone.
MARKS = ("、", "、", "，", "\n", " ")
_ROLES = {"L": Role.LEAD, "R": Role.RESPONSIBLE, "S": Role.SUPPORT}


@dataclass(frozen=True)
class Way:
    """A way to say who answers: the words around the names, and the role of each list of names."""

    words: str
    roles: Mapping[str, Role]


def read_ways() -> tuple[Way, ...]:
    """All ways of the table."""
    ways = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        words, _, roles = line.partition(" => ")
        pairs = (part.split("=") for part in roles.split())
        ways.append(Way(words.replace("⏎", "\n"), {key: _ROLES[letter] for key, letter in pairs}))
    return tuple(ways)


def draw_clause(way: Way, rng: random.Random) -> tuple[str, dict[Role, set[str]]]:
    """A clause written in a way, and the names that it gives each role."""
    pool = [unit for unit in rng.choice(POOLS) if not unit.startswith("各")]
    rng.shuffle(pool)
    lists = {
        "A": pool[: rng.randint(1, 2)],
        "B": pool[2 : 2 + rng.randint(1, 4)],
        "C": pool[6 : 6 + rng.randint(1, 2)],
        "A1": pool[:1],
        "B1": pool[2:3],
        "G": [rng.choice(GROUPS)],
    }
    mark = rng.choice(MARKS) if "：" in way.words else "、"
    clause = way.words.format(**{key: mark.join(names) for key, names in lists.items()})
    answers: dict[Role, set[str]] = {}
    for key, role in way.roles.items():
        answers.setdefault(role, set()).update(lists[key])
    return clause, answers
