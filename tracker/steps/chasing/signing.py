"""督办/签发单.xlsx taken in: what a person signed, sent by other means or withdrew becomes facts.

What a row says against what the ledger holds:

    ledger, row    拟稿         已签发    已发      作废
    拟稿           -            signed    sent      withdrawn
    已签发         drafted      -         sent      withdrawn
    已发           finding      -         -         finding
    作废           drafted      signed    sent      -

An empty state is no statement, a word that is none of the four is a finding: in both cases nothing leaves. A
signature that was taken back in the list holds from the next command that reads it; every command that lets
slips leave reads it first.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace

from tracker import facts
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.lists.signing import Signing
from tracker.files.lists.signing import SigningRow
from tracker.files.lists.signing import read_signing
from tracker.files.lists.strays import strays
from tracker.problems import Finding
from tracker.problems.chasing import HAS_LEFT
from tracker.problems.chasing import UNKNOWN_SLIP
from tracker.rules.chasing.tiers import State
from tracker.steps.chasing.citing import cite
from tracker.steps.desk import Desk

FOLDER = "督办"
LIST = "签发单.xlsx"


def read_list(desk: Desk) -> Signing:
    """The signing list as it stands; an office without one has signed nothing."""
    path = desk.folder.path(FOLDER, LIST)
    listed = read_signing(open_source(path)) if path.exists() else Signing()
    return replace(listed, findings=(*listed.findings, *strays(path)))


def take_in(desk: Desk) -> tuple[Finding, ...]:
    """Record what the list says now, in an act of its own: for commands that let slips leave."""
    signing = read_list(desk)
    with desk.act("sign") as act:
        return take_in_signatures(desk, act, signing)


def take_in_signatures(desk: Desk, act: Act, signing: Signing) -> tuple[Finding, ...]:
    """Record what the list says and the ledger does not know yet."""
    findings = list(signing.findings)
    documents = act.office().documents
    said: list[tuple[facts.Fact, str]] = []
    for row in signing.rows:
        known = documents.get(row.document)
        if known is None:
            findings.append(UNKNOWN_SLIP.at(row.place, document=row.document))
        elif known.state == State.SENT.value and row.state in (State.DRAFTED, State.WITHDRAWN):
            findings.append(HAS_LEFT.at(row.place, document=row.document, word=row.state.label))
        else:
            said += [(fact, row.place) for fact in _said(row, known, desk.today)]
    sha = cite(desk, act, desk.folder.path(FOLDER, LIST), signing.sha) if said else ""
    for fact, place in said:
        act.add(fact, file=sha, place=place)
    return tuple(findings)


def _said(row: SigningRow, known: facts.Document, today: dt.date) -> Iterator[facts.Fact]:
    state = State(known.state)
    if row.state is not None and state is not State.SENT:
        state = row.state
    moved = state.value != known.state
    on = known.on
    if moved and state in (State.SIGNED, State.SENT):
        on = row.on or today
    elif row.on and state is State.SIGNED:
        on = row.on
    changed = replace(known, state=state.value, number=row.number or known.number, on=on)
    if changed != known:
        yield changed
    if moved and state is State.SENT and row.by:
        data = json.dumps({"by": row.by}, ensure_ascii=False)
        yield facts.Event(row.document, "sent-by", 1, on, data)
