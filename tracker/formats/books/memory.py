"""What a 分工核对表 remembers unseen: the plan as it was read, so that only what a person changed is taken.

It stands in a hidden sheet, in names and texts.

>>> plan = Plan(title="分工方案", year=2026, work_points=(WorkPoint("开展普查", place="分工表!B3"),))
>>> recall(remember(ProofMemory("方案.xlsx", "ab12", "0.1", plan))).plan == plan
True
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from tracker.facts import deadline_from_json, deadline_to_json
from tracker.model import (
    Assignment,
    CitedDocument,
    Duty,
    Group,
    Mode,
    Plan,
    Responsibility,
    Role,
    WorkPoint,
)
from tracker.problems.base import Finding, Severity
from tracker.reading.tables import WORD_OF, Caption
from tracker.values import dataclass

# What the hidden sheet says that the workbook is.
KIND = "分工核对表"
# Raised when what is remembered changes so that an older workbook cannot be taken any more.
LAYOUT = 1
# A cell holds 32,767 characters; what is longer goes on in the next row.
PIECE = 30_000
_KIND, _LAYOUT, _VERSION, _FILE, _SHA, _PIECES = "kind", "layout", "version", "file", "sha", "plan."
# The words of the drop-down of 栏目对应.
BY_WORD = {word: field for field, word in WORD_OF.items()}


@dataclass(frozen=True, slots=True)
class ProofMemory:
    """The base that a correction is told from.

    Attributes:
        file: Name of the plan's file.
        sha: Hash of its bytes.
        version: The program's version that read it.
        plan: What was understood.
        findings: What was to be looked at.
        captions: What each column was taken for.
    """

    file: str
    sha: str
    version: str
    plan: Plan
    findings: tuple[Finding, ...] = ()
    captions: tuple[Caption, ...] = ()


def remember(base: ProofMemory) -> tuple[tuple[str, str], ...]:
    """The rows of the hidden sheet: names and texts. ASCII only, since workbooks escape what XML cannot hold."""
    plan = base.plan
    content = {
        "title": plan.title,
        "number": plan.number,
        "issuer": plan.issuer,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else "",
        "year": plan.year,
        "points": [_point_to(point) for point in plan.work_points],
        "duties": [
            [
                *(duty.what, duty.addressee, deadline_to_json(duty.deadline)),
                *(duty.place, duty.logbook, duty.section),
            ]
            for duty in plan.duties
        ],
        "groups": [[group.name, group.members] for group in plan.groups],
        "basis": [[cited.title, cited.number] for cited in plan.basis],
        "annexes": plan.annexes,
        "findings": [
            [finding.code, finding.severity.value, finding.place, finding.message]
            for finding in base.findings
        ],
        "captions": [[caption.label, WORD_OF[caption.field], caption.place] for caption in base.captions],
    }
    text = json.dumps(content, ensure_ascii=True, sort_keys=True)
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    marks = (
        (_KIND, KIND),
        (_LAYOUT, str(LAYOUT)),
        (_VERSION, base.version),
        (_FILE, base.file),
        (_SHA, base.sha),
    )
    return (*marks, *((f"{_PIECES}{number}", piece) for number, piece in enumerate(pieces)))


def is_proof(marks: Mapping[str, str]) -> bool:
    """Whether the marks of a workbook's hidden sheet are those of a 分工核对表."""
    return marks.get(_KIND) == KIND


def recall(rows: tuple[tuple[str, str], ...]) -> ProofMemory:
    """What the hidden sheet holds.

    Raises:
        ValueError: when it is damaged, or was written by another version's layout.
    """
    marks = dict(rows)
    if marks.get(_LAYOUT) != str(LAYOUT):
        raise ValueError("another layout")
    text, number = "", 0
    while f"{_PIECES}{number}" in marks:
        text += marks[f"{_PIECES}{number}"]
        number += 1
    try:
        content = json.loads(text)
        return ProofMemory(
            file=marks[_FILE],
            sha=marks[_SHA],
            version=marks[_VERSION],
            plan=Plan(
                title=content["title"],
                number=content["number"],
                issuer=content["issuer"],
                issued_on=dt.date.fromisoformat(content["issued_on"]) if content["issued_on"] else None,
                year=content["year"],
                work_points=tuple(_point_from(point) for point in content["points"]),
                duties=tuple(
                    Duty(what, addressee, deadline_from_json(deadline), *rest)
                    for what, addressee, deadline, *rest in content["duties"]
                ),
                groups=tuple(
                    Group(name, None if members is None else tuple(members))
                    for name, members in content["groups"]
                ),
                basis=tuple(CitedDocument(*cited) for cited in content.get("basis", ())),
                annexes=tuple(content.get("annexes", ())),
            ),
            findings=tuple(
                Finding(code, Severity(severity), place, message)
                for code, severity, place, message in content["findings"]
            ),
            captions=tuple(
                Caption(label, BY_WORD[word], place) for label, word, place in content["captions"]
            ),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("damaged") from error


def _point_to(point: WorkPoint) -> dict[str, Any]:
    who = point.responsibility
    return {
        "requirement": point.requirement,
        "section": point.section,
        "task": point.task,
        "no": point.no,
        "who": [[assignment.unit, assignment.role.value, assignment.part] for assignment in who.assignments],
        "mode": who.mode.value,
        "groups": who.groups,
        "inherited": point.inherited,
        "deadline": deadline_to_json(point.deadline),
        "remarks": point.remarks,
        "place": point.place,
    }


def _point_from(content: Mapping[str, Any]) -> WorkPoint:
    who = tuple(Assignment(unit, Role(role), part) for unit, role, part in content["who"])
    return WorkPoint(
        requirement=content["requirement"],
        section=content["section"],
        task=content["task"],
        no=content["no"],
        responsibility=Responsibility(who, Mode(content["mode"]), tuple(content["groups"])),
        inherited=content["inherited"],
        deadline=deadline_from_json(content["deadline"]),
        remarks=tuple((header, text) for header, text in content["remarks"]),
        place=content["place"],
    )
