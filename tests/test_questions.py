"""Every question has a place where it is answered, and no refusal tells anybody to type an option."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from tracker import problems
from tracker.forms import QUESTION_HEADS
from tracker.problems.base import FindingKind, ListedQuestion, TrackerError

PAGES = [
    importlib.import_module(f"tracker.problems.{info.name}")
    for info in pkgutil.iter_modules(problems.__path__)
]
SENTENCES = {
    (page.__name__.rpartition(".")[2], kind.code): kind.sentence
    for page in PAGES
    for kind in vars(page).values()
    if isinstance(kind, FindingKind) or (isinstance(kind, type) and issubclass(kind, TrackerError))
}
# Looking before doing is no answer; a secret must not stand in a workbook; the clock is this PC's.
NO_ANSWERS = {"--dry-run", "--secret", "--clock-ok"}
DOCUMENT = (Path(__file__).parent.parent / "docs" / "questions.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", sorted(SENTENCES), ids="-".join)
def test_no_sentence_tells_to_type_an_option(code):
    assert set(re.findall(r"--[a-z][a-z-]*", SENTENCES[code])) <= NO_ANSWERS


@pytest.mark.parametrize("code", sorted(SENTENCES), ids="-".join)
def test_a_sentence_is_read_at_a_glance(code):
    assert len(re.sub(r"\{\w+\}", "", SENTENCES[code])) <= 110


def test_what_is_no_day_and_no_word_of_a_list_is_refused_in_the_same_words_everywhere():
    days = [text for text in SENTENCES.values() if "请写成 2026" in text]
    words = [text for text in SENTENCES.values() if "请选：" in text or "请从下拉框选。" in text]

    assert len(days) >= 5 and len(words) >= 10
    assert [text for text in days if "看不出是哪一天" not in text] == []
    assert [text for text in words if "不在可选的词里" not in text and "核实后选" not in text] == []


def test_every_kind_of_question_of_the_list_stands_in_the_document():
    for words in set(QUESTION_HEADS.values()):
        assert f"| {words} |" in DOCUMENT


def listed(kind):
    return [each for sub in kind.__subclasses__() for each in (sub, *listed(sub)) if each.sentence]


@pytest.mark.parametrize("kind", listed(ListedQuestion), ids=lambda kind: kind.code)
def test_every_refusal_that_waits_for_the_list_names_it_and_stands_in_the_document(kind):
    assert "《待核对事项清单》" in kind.sentence or kind.code == "looks-superior"  # told by its finding
    assert f" {kind.code} " in DOCUMENT
