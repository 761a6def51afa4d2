"""Phrases in our own words are read as a careful reader understands them."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tracker.model import Role
from tracker.reading.clauses.responsibility import read_responsibility

TABLE = Path(__file__).with_name("phrases.txt")
ROLES = {"L": Role.LEAD, "R": Role.RESPONSIBLE, "S": Role.SUPPORT}


@dataclass(frozen=True)
class Phrase:
    text: str
    column: str
    units: dict[Role, tuple[str, ...]]
    mode: str


def phrase(line: str) -> Phrase:
    written, *fields = [each.strip(" ") for each in line.split(" | ")]
    head = re.match(r"\[([^\]：]+)\] ", written)
    units = {ROLES[each[0]]: tuple(each[2:].split(" ")) for each in fields[:-1]}
    text = written[head.end() :] if head else written
    return Phrase(text.replace("⏎", "\n"), head.group(1) if head else "", units, fields[-1])


PHRASES = [
    phrase(line)
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.text)
def test_a_phrase_gives_its_units_their_roles_and_its_mode(phrase):
    responsibility = read_responsibility(phrase.text, column=phrase.column)

    units = {role: responsibility.names_in(role) for role in Role if responsibility.names_in(role)}
    assert (units, responsibility.mode.value) == (phrase.units, phrase.mode)
