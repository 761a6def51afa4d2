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
from tracker.files.lists.signing import SigningBook
from tracker.files.lists.signing import SigningRow
from tracker.files.lists.signing import read_signing
from tracker.files.lists.strays import strays
from tracker.problems import Finding
from tracker.problems.chasing import HAS_LEFT
from tracker.problems.chasing import UNKNOWN_SLIP
from tracker.rules.chasing.tiers import SlipState
from tracker.steps.chasing.citing import cite
from tracker.steps.desk import Desk

FOLDER = "督办"
LIST = "签发单.xlsx"


def read_signing_book(desk: Desk) -> SigningBook:
    """The signing list as it stands; an office without one has signed nothing."""
    path = desk.folder.path(FOLDER, LIST)
    signing_book = read_signing(open_source(path)) if path.exists() else SigningBook()
    return replace(signing_book, findings=(*signing_book.findings, *strays(path)))


def take_in_signing_book(desk: Desk) -> tuple[Finding, ...]:
    """Record what the list says now, in an act of its own: for commands that let slips leave."""
    signing_book = read_signing_book(desk)
    with desk.act("sign") as act:
        return take_in_signatures(desk, act, signing_book)


def take_in_signatures(desk: Desk, act: Act, signing_book: SigningBook) -> tuple[Finding, ...]:
    """Record what the list says and the ledger does not know yet."""
    findings = list(signing_book.findings)
    documents = act.office().documents
    statements: list[tuple[facts.Fact, str]] = []
    for row in signing_book.rows:
        document = documents.get(row.document)
        if document is None:
            findings.append(UNKNOWN_SLIP.at(row.place, document=row.document))
        elif document.state == SlipState.SENT.value and row.state in (SlipState.DRAFTED, SlipState.WITHDRAWN):
            findings.append(HAS_LEFT.at(row.place, document=row.document, word=row.state.label))
        else:
            statements += [(fact, row.place) for fact in _statements(row, document, desk.today)]
    sha = cite(desk, act, desk.folder.path(FOLDER, LIST), signing_book.sha) if statements else ""
    for fact, place in statements:
        act.add(fact, file=sha, place=place)
    return tuple(findings)


def _statements(row: SigningRow, document: facts.Document, today: dt.date) -> Iterator[facts.Fact]:
    state = SlipState(document.state)
    if row.state is not None and state is not SlipState.SENT:
        state = row.state
    is_changed = state.value != document.state
    on = document.on
    if is_changed and state in (SlipState.SIGNED, SlipState.SENT):
        on = row.on or today
    elif row.on and state is SlipState.SIGNED:
        on = row.on
    new_document = replace(document, state=state.value, number=row.number or document.number, on=on)
    if new_document != document:
        yield new_document
    if is_changed and state is SlipState.SENT and row.by:
        data = json.dumps({"by": row.by}, ensure_ascii=False)
        yield facts.Event(row.document, "sent-by", 1, on, data)
