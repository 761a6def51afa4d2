"""What a person is asked about somebody else's table (按表填报), and what is made of the answer.

    question                    answers, at the terminal or in 待核对事项清单            remembered for
    --------------------------  ----------------------------------------------------  -------------------------
    by which plan               the plan's id                                         this file, this time
    what a column asks for      a word of `columns.FILLABLE`, or 留空                    every table with that head
    what a row is about         the id of a work point, a unit, a part, or 留空           this file

用台账现有 in the list is 留空, 用新报送的 the nearest candidate, 另行填写 any other. The answers are facts first; then the
table is filled again where it lies. A question that is not asked any more, since another command answered it, is
withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.columns import FILLABLE_BY_LABEL, LEFT_BLANK
from tracker.files.folders import QUESTIONS
from tracker.files.ledger import Act, Ledger
from tracker.forms import (
    FILL_COLUMN,
    FILL_PLAN,
    FILL_QUESTIONS,
    FILL_ROW,
    KEEP_OURS,
    TAKE_THEIRS,
    WRITE_OTHER,
)
from tracker.problems.base import Finding
from tracker.problems.report import NOT_A_WORD
from tracker.reading.blank import plain_label
from tracker.rules.office import Office
from tracker.rules.returns import CHOICE_CODES
from tracker.steps.desk import Desk, remembered_words, words_fact
from tracker.steps.register import register_of
from tracker.steps.return_lists import write_questions
from tracker.values import dataclass

_HEADS, _ROWS = "取数栏目：", "取数事项："


@dataclass(frozen=True, slots=True)
class FillQuestion:
    """One question about a table.

    Attributes:
        field: One of `forms.FILL_QUESTIONS`.
        key: Label of the column, place of the row; empty for the plan.
        head: All labels of the column's table.
        candidates: What may be meant, nearest first.
        wording: The question in words.
        words: What an answer may be beside 留空; empty where only the ledger tells.
    """

    field: str
    key: str
    head: str
    candidates: tuple[str, ...]
    wording: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlankFile:
    """The table that was asked about: where it lies, its hash, and what was said when calling."""

    path: str
    sha: str
    order: Mapping[str, str]


def remembered_heads(ledger: Ledger) -> dict[str, dict[str, str]]:
    """What was said of each head (all its labels): label to name; the latest statement holds."""
    return {
        head: {label: FILLABLE_BY_LABEL[word] for label, word in words.items() if word in FILLABLE_BY_LABEL}
        for head, words in remembered_words(ledger, _HEADS).items()
    }


def remembered_rows(ledger: Ledger, sha: str) -> dict[str, str]:
    """What was said of the rows of a file: place to what it is about."""
    return remembered_words(ledger, _ROWS).get(sha, {})


def head_fact(head: str, words: Mapping[str, str], *, after: int) -> facts.Setting:
    """What a person said of a head, label by label in our words, as a fact."""
    return words_fact(_HEADS, head, words, after=after)


def lay_down(desk: Desk, file: BlankFile, questions: Sequence[FillQuestion]) -> None:
    """Bring the list up to date with what is asked about a file now."""
    new = [_conflict(file, question) for question in questions]
    old = questions_about(desk.office(), file.path)
    old_questions = [replace(conflict, conflict="") for conflict in old]
    fresh = [conflict for conflict in new if conflict not in old_questions]
    stale = [conflict for conflict in old if replace(conflict, conflict="") not in new]
    if fresh or stale:
        with desk.act("fill") as act:
            for conflict in stale:
                act.add(facts.Settled(conflict.conflict, "withdrawn", ""))
            for conflict in fresh:
                act.add(replace(conflict, conflict=act.mint("C")))
        if not desk.call.dry_run:
            write_questions(desk, desk.office())


def _conflict(file: BlankFile, question: FillQuestion) -> facts.Conflict:
    memory = {
        "path": file.path,
        "sha": file.sha,
        "order": dict(file.order),
        "key": question.key,
        "head": question.head,
        "words": list(question.words),
    }
    base = json.dumps(memory, ensure_ascii=False, sort_keys=True)
    first = question.candidates[0] if question.candidates else ""
    ours = "" if question.field == FILL_PLAN else LEFT_BLANK
    return facts.Conflict(
        "", Path(file.path).name, "", question.field, "", base, ours, first, question.wording
    )


def questions_about(office: Office, path: str) -> list[facts.Conflict]:
    """The open questions about a table, by where it lies."""
    return [
        conflict
        for conflict in office.conflicts.values()
        if conflict.field in FILL_QUESTIONS and json.loads(conflict.base)["path"] == path
    ]


@dataclass(frozen=True, slots=True)
class FillAnswer:
    """An answer that can be used: the question, how it was chosen, and the word."""

    question: facts.Conflict
    choice: str
    word: str


@dataclass(frozen=True, slots=True)
class FillAnswers:
    """Answers that can be used, and what is said of the others."""

    answers: tuple[FillAnswer, ...]
    findings: tuple[Finding, ...]


def fill_answers(office: Office, decisions: Mapping[str, tuple[str, str]]) -> FillAnswers:
    """What was decided about tables; `decisions` are choice and text by question, those of others among them."""
    answers: list[FillAnswer] = []
    findings: list[Finding] = []
    for conflict, (choice, text) in sorted(decisions.items()):
        question = office.conflicts.get(conflict)
        if question is None or question.field not in FILL_QUESTIONS:
            continue
        words = {KEEP_OURS: question.ours, TAKE_THEIRS: question.theirs, WRITE_OTHER: text}.get(choice, "")
        word = _word_of(office, question, words)
        if word:
            answers.append(FillAnswer(question, CHOICE_CODES[choice], word))
        else:
            allowed = _allowed_words(office, question)
            findings.append(
                NOT_A_WORD.at(QUESTIONS, conflict=conflict, text=words or choice, allowed=allowed)
            )
    return FillAnswers(tuple(answers), tuple(findings))


def _word_of(office: Office, question: facts.Conflict, text: str) -> str:
    """What an answer says, in the words that are kept; empty where it cannot be used."""
    text = text.strip()
    if question.field == FILL_PLAN:
        return text.upper() if text.upper() in office.plans else ""
    if text == LEFT_BLANK:
        return text
    if question.field == FILL_COLUMN:
        return text if text in FILLABLE_BY_LABEL else ""
    words = json.loads(question.base)["words"]
    point_id = text.partition(" ")[0].upper()
    if not words:
        points = (point.id for point in office.live_points)
        return point_id if point_id in points else ""
    return text if text in words or register_of(office).resolve(text).unit else ""


def _allowed_words(office: Office, question: facts.Conflict) -> str:
    """What an answer may be, for whoever is told that theirs cannot be used."""
    if question.field == FILL_PLAN:
        return "、".join(office.plans)
    if question.field == FILL_COLUMN:
        return "、".join(FILLABLE_BY_LABEL)
    words = json.loads(question.base)["words"]
    return "、".join((*(words or ("台账里还在执行的事项编号，如 P1-001",)), LEFT_BLANK))


def record_answers(
    act: Act, ledger: Ledger, answers: Collection[FillAnswer], lists: Mapping[str, str]
) -> list[BlankFile]:
    """Record the answers; give the files that can be filled again with them.

    `lists` has the hash of the list that says so, by question; none where it was said in words.
    """
    files: dict[str, BlankFile] = {}
    for answer in answers:
        memory = json.loads(answer.question.base)
        file = files.get(memory["path"]) or BlankFile(memory["path"], memory["sha"], memory["order"])
        if answer.question.field == FILL_PLAN:
            file = replace(file, order={**file.order, "plan": answer.word})
        files[file.path] = file
        conflict = answer.question.conflict
        source = lists.get(conflict, "")
        decision = facts.Settled(conflict, answer.choice, answer.word)
        act.add(decision, file=source, place=conflict if source else "")
    for field, kind in ((FILL_COLUMN, _HEADS), (FILL_ROW, _ROWS)):
        old = remembered_words(ledger, kind)
        new: dict[str, dict[str, str]] = {}
        for answer in answers:
            if answer.question.field == field:
                memory = json.loads(answer.question.base)
                group = memory["head"] if field == FILL_COLUMN else memory["sha"]
                key = plain_label(memory["key"]) if field == FILL_COLUMN else memory["key"]
                new.setdefault(group, dict(old.get(group, {})))[key] = answer.word
        for group, words in new.items():
            act.add(words_fact(kind, group, words, after=act.row.first_seq - 1))
    return list(files.values())
