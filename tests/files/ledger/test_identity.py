"""A copied office folder is told from the original, and a moved one is not mistaken for a copy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tracker.files.ledger.place import Card, Kinship, card_from_json, card_path, kinship


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """An office folder with its card."""
    folder = tmp_path / "政务公开"
    card_path(folder).parent.mkdir(parents=True)
    write_card(folder, "ab12")
    return folder


def write_card(folder: Path, office: str) -> None:
    card_path(folder).write_text(json.dumps({"office": office, "folder": str(folder)}), encoding="utf-8")


def card_in(folder: Path) -> Card:
    return card_from_json(card_path(folder).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"id": "a", "folder": "b"}', '{"id": "a", "folder": "b", "made_at": 3}']
)
def test_what_is_no_card_is_refused(text):
    with pytest.raises(ValueError):
        card_from_json(text)


def test_the_folder_of_the_card_is_the_original(made):
    assert kinship(card_in(made), made) is Kinship.ORIGINAL
    assert kinship(card_in(made), made / "." / ".." / made.name) is Kinship.ORIGINAL


def test_a_second_folder_beside_it_is_a_copy(made):
    copy = made.with_name("政务公开 - 副本")
    shutil.copytree(made, copy)

    assert kinship(card_in(copy), copy) is Kinship.COPY
    assert kinship(card_in(made), made) is Kinship.ORIGINAL


def test_a_renamed_folder_is_no_copy(made):
    moved = made.rename(made.with_name("2026政务公开"))

    assert kinship(card_in(moved), moved) is Kinship.MOVED


def test_another_office_in_the_old_place_makes_no_copy(made):
    moved = made.rename(made.with_name("2026政务公开"))
    card_path(made).parent.mkdir(parents=True)
    write_card(made, "another")

    assert kinship(card_in(moved), moved) is Kinship.MOVED


def test_a_card_that_does_not_say_where_it_was_accuses_nobody(made):
    assert kinship(Card(card_in(made).office, ""), made) is Kinship.ORIGINAL
