"""What a person is asked before a plan is entered, and what is made of the answer: at the terminal, or in 待核对事项清单.

The program says what it takes the file for; nothing is recorded before somebody agreed. At a terminal the question is
asked there (`Call.ask`). Elsewhere the command refuses, and the question stands in 待核对事项清单 with the file kept, so
that `tracker settle` can go on where the command stopped. One grammar for both, words in any order, between them blanks or
punctuation:

    是                        as the program says                用新报送的 in the list
    否, 不登记, nothing          not at all                         用台账现有 in the list
    新方案                      as a new plan                      (this and all below: 另行填写)
    修订P1, 全文修订P1           as a revision of P1; without an id: of the plan that the question names
    调整P1, 局部调整P1           as a change of some of its items
    上级                      as the superior's plan
    B5=P1-003, B5=P1-003+P1-004   what this place continues; B5=新增 for nothing
    取消P1-003                 this item is taken back
    照样登记                    although much would be dropped, or items look split

    >>> reading = EditionReading("revision", "P1", {})
    >>> with_answer(Instructions(), reading, "调整P2 取消P2-003").plan
    'P2'
    >>> with_answer(Instructions(), reading, "不懂") is UNCLEAR, with_answer(Instructions(), reading, "否")
    (True, None)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from tracker import facts, patterns as re
from tracker.files.ledger import Act
from tracker.forms import PLAN_FILE
from tracker.problems.plans import PlanQuestion
from tracker.rules.office import Office
from tracker.rules.plans import EditionKind
from tracker.steps.call import Call
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.return_lists import write_questions
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class Instructions:
    """What a person said about the file when calling: nothing, usually.

    Attributes:
        how: New, revision or amendment.
        plan: The plan that it continues.
        year: The plan year, where the file does not say it.
        issued_on: The date of issue, where the file does not say it.
        force: Retire many points, leave cells that nobody understands, all the same.
        matches: Place in the new file -> ids of the old points that it continues: one; several, put together; none
            for a new one. An id that stands at several places was split.
        retires: Ids of points that the file takes back.
        superior: Whether the plan is the superior's: kept to be compared with, and for nothing else.
    """

    how: EditionKind | None = None
    plan: str = ""
    year: int | None = None
    issued_on: dt.date | None = None
    force: bool = False
    matches: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    retires: tuple[str, ...] = ()
    superior: bool = False


@dataclass(frozen=True, slots=True)
class EditionReading:
    """What the program takes a file for.

    Attributes:
        how: A value of `EditionKind`; empty while undecided.
        plan: The plan that it continues.
        agreement: What 是 adds to the instructions (`force`, `matches`); None where it says nothing.
    """

    how: str
    plan: str
    agreement: Mapping[str, Any] | None

    @classmethod
    def of(cls, question: PlanQuestion) -> EditionReading:
        """What a question takes the file for."""
        how, plan = question.facts.get("how", ""), question.facts.get("plan", "")
        return cls(str(how), str(plan), question.agreement)


# What an answer is that nobody understands.
UNCLEAR = "unclear"
# What an answer may be, for whoever is asked again.
ANSWERS = "无法识别，请回答：是、否、新方案、修订P1、调整P1、上级、照样登记、取消P1-003，或 位置=事项编号（新的一项写 位置=新增）。"
_BETWEEN = re.compile(r"[\s，,、；;。]+")
_YES = frozenset(("是", "登记", "确认", "y", "yes"))
_NO = frozenset(("否", "不登记", "n", "no"))
_KIND = re.compile(r"(?:全文)?(?P<revision>修订)(?P<of>P\d+)?|(?:局部)?(?P<amendment>调整)(?P<on>P\d+)?")


def agrees(text: str) -> bool:
    """Whether an answer says yes."""
    return text.strip().lower() in _YES


def with_answer(instructions: Instructions, reading: EditionReading, text: str) -> Instructions | str | None:
    """What was said before together with the answer: None for not at all, `UNCLEAR` where it is not understood."""
    words = [word for word in _BETWEEN.split(text.strip()) if word]
    if not words or all(word.lower() in _NO for word in words):
        return None
    # Whoever answers has seen what the program takes the file for.
    answer = instructions
    if reading.how:
        answer = replace(answer, how=EditionKind(reading.how), plan=reading.plan)
    for word in words:
        kind = _KIND.fullmatch(word)
        place, equals, ids = word.rpartition("=")
        if word.lower() in _YES and reading.agreement is not None:
            answer = replace(
                answer,
                force=answer.force or bool(reading.agreement.get("force")),
                matches={**answer.matches, **_matches(reading.agreement)},
            )
        elif word == "新方案":
            answer = replace(answer, how=EditionKind.NEW, plan="")
        elif word in ("上级", "上级方案"):
            answer = replace(answer, superior=True, how=None, plan="")
        elif word == "照样登记":
            answer = replace(answer, force=True)
        elif kind is not None:
            how = EditionKind.REVISION if kind["revision"] else EditionKind.AMENDMENT
            answer = replace(answer, how=how, plan=kind["of"] or kind["on"] or reading.plan)
        elif re.fullmatch(r"取消P\d+-\d+", word):
            answer = replace(answer, retires=(*answer.retires, word.removeprefix("取消")))
        elif equals and place:
            point_ids = tuple(point_id for point_id in ids.split("+") if point_id not in ("", "新增"))
            answer = replace(answer, matches={**answer.matches, place: point_ids})
        else:
            return UNCLEAR
    return answer


def lay_down(call: Call, path: Path, instructions: Instructions, question: PlanQuestion) -> None:
    """Put the question into 待核对事项清单, with the file kept; asked already, nothing changes."""
    data = path.read_bytes()
    sha = hashlib.sha256(data).hexdigest()
    sentence = str(question).rpartition("[")[0]
    base = _to_json(instructions, EditionReading.of(question))
    conflict = facts.Conflict("", "", "", PLAN_FILE, "", base, "不登记", path.name, sentence)
    with open_desk(call) as desk:
        with desk.act("record") as act:
            is_open = any(
                replace(other, conflict="") == conflict for other in act.office().conflicts.values()
            )
            if not is_open:
                keep_original(desk, act, data, path.name, sha)
                act.add(replace(conflict, conflict=act.mint("C")), file=sha)
        write_questions(desk, desk.office())


def withdraw_questions(desk: Desk, act: Act, shas: frozenset[str]) -> None:
    """A file that was entered after all is no question any more."""
    open_ids = act.office().conflicts
    for entry in desk.ledger.entries(facts.Conflict):
        if entry.fact.field == PLAN_FILE and entry.file in shas and entry.fact.conflict in open_ids:
            act.add(facts.Settled(entry.fact.conflict, "withdrawn", ""))


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """An answer from the list: the kept file under its name, and what was said of it; None for not at all."""

    name: str
    data: bytes
    instructions: Instructions | None


def answer_of(desk: Desk, office: Office, conflict: facts.Conflict, text: str) -> PlanAnswer | None:
    """What an answer in the list asks for; None where it is not understood."""
    entries = desk.ledger.entries(facts.Conflict)
    sha = next(entry.file for entry in entries if entry.fact.conflict == conflict.conflict)
    name = office.files[sha].name
    instructions, reading = _from_json(conflict.base)
    answer = with_answer(instructions, reading, text)
    if isinstance(answer, str):
        return None
    return PlanAnswer(name, desk.folder.original(sha, name).read_bytes(), answer)


def _to_json(instructions: Instructions, reading: EditionReading) -> str:
    """The memory of a question: what was said when calling, and what the program took the file for."""
    values = {
        "said": {
            "how": instructions.how.value if instructions.how else "",
            "plan": instructions.plan,
            "year": instructions.year,
            "issued_on": instructions.issued_on.isoformat() if instructions.issued_on else "",
            "force": instructions.force,
            "matches": {
                place: list(ids) for place, ids in _matches({"matches": instructions.matches}).items()
            },
            "retires": list(instructions.retires),
            "superior": instructions.superior,
        },
        "reading": {"how": reading.how, "plan": reading.plan, "agreement": reading.agreement},
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _from_json(text: str) -> tuple[Instructions, EditionReading]:
    memory = json.loads(text)
    words = memory["said"]
    instructions = Instructions(
        how=EditionKind(words["how"]) if words["how"] else None,
        plan=words["plan"],
        year=words["year"],
        issued_on=dt.date.fromisoformat(words["issued_on"]) if words["issued_on"] else None,
        force=words["force"],
        matches=_matches(words),
        retires=tuple(words["retires"]),
        superior=words["superior"],
    )
    return instructions, EditionReading(**memory["reading"])


def _matches(values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Places with the ids that they continue."""
    return {
        place: (ids,) if isinstance(ids, str) else tuple(ids)
        for place, ids in (values.get("matches") or {}).items()
    }
