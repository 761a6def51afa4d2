"""The slips as files under 督办/: what is missing is laid out, what was signed since is laid out again, nothing else.

    the file          the slip                          then
    missing           any but 作废                       laid out
    as we wrote it    signed (date, 文号) since           laid out again
    edited in Word    signed since                      left alone, told once
    any               drafted, or sent                  left alone: what was sent stays what was sent

Hashes of what is written are facts, recorded before the files; a run that was killed between the two is completed
by the next one. Each day's slips lie together in one archive, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from tracker import facts
from tracker.files.archives import names_in
from tracker.files.archives import pack
from tracker.files.safe import State as Wrote
from tracker.files.safe import safe_write
from tracker.problems import Finding
from tracker.problems.chasing import EDITED_SLIP
from tracker.problems.ledger import AlreadyRecorded
from tracker.rules.chasing.tiers import State
from tracker.rules.chasing.tiers import Tier
from tracker.steps.chasing.press import Press
from tracker.steps.chasing.signing import FOLDER
from tracker.steps.chasing.signing import take_in
from tracker.steps.desk import Desk


@dataclass
class Laid:
    """What became of the slips' files."""

    written: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What the ledger says of a document: the act that drafted it, its last fact, what we wrote of it."""

    act: int
    seq: int
    shas: tuple[str, ...] = ()
    base_seq: int = 0


def bring_up_to_date(desk: Desk) -> list[Finding]:
    """For commands that let slips leave: take in what was signed, and lay out what was signed since.

    After it every document that is signed has a file that carries its day and number; one that is not signed in
    the list, or no longer, is a draft.
    """
    press = Press(desk)
    press.check()
    findings = list(take_in(desk))
    if not desk.call.dry_run:
        findings += lay_out_slips(desk, press).findings
    return findings


def lay_out_slips(desk: Desk, press: Press) -> Laid:
    """Lay out what is missing or was signed since, and the archive of each day that it changes."""
    laid = Laid()
    known = drafted_in(desk)
    wanted: list[tuple[str, bytes]] = []
    noted: list[facts.SheetWritten] = []
    for document in desk.office().documents.values():
        about = known[document.document]
        path = desk.folder.path(*document.path.split("/"))
        found = hashlib.sha256(path.read_bytes()).hexdigest() if _may_change(document, path) else ""
        if not _is_wanted(document, about, path, found):
            continue
        data = press.render(document, about.act)
        sha = hashlib.sha256(data).hexdigest()
        if sha != (about.shas or ("",))[-1] or about.base_seq < about.seq:
            revision = len(about.shas) + 1
            noted.append(facts.SheetWritten(document.path, revision, desk.ledger.last_seq, sha))
        if found and found not in about.shas:
            laid.findings.append(EDITED_SLIP.at(document.path))
        else:
            wanted.append((document.path, data))
    if noted:
        try:
            with desk.act("chase") as act:
                act.add(*noted)
        except AlreadyRecorded:
            # Another command laid some of them out in the same moment; what is left is decided on what it recorded.
            return lay_out_slips(desk, press)
    for name, data in wanted:
        _write(desk, name, data, laid)
    for day in sorted({name.split("/")[1].split(" ")[0] for name in laid.written} | _unpacked(desk)):
        _write(desk, f"{FOLDER}/{day} 全部单子.zip", pack(dict(_of_day(desk, day))), laid)
    return laid


def _unpacked(desk: Desk) -> set[str]:
    """Days whose slips lie there and whose archive does not hold them all: a run was killed between the two."""
    days: set[str] = set()
    for day in {document.path.split("/")[1].split(" ")[0] for document in desk.office().documents.values()}:
        archive = desk.folder.path(FOLDER, f"{day} 全部单子.zip")
        lie_there = {name for name, _ in _of_day(desk, day)}
        if lie_there and (not archive.exists() or names_in(archive.read_bytes()) != lie_there):
            days.add(day)
    return days


def drafted_in(desk: Desk) -> dict[str, _Known]:
    """For each document the act that drafted it, its last fact, and the hashes of what was written of it."""
    written: dict[str, list[facts.SheetWritten]] = {}
    for entry in desk.ledger.entries(facts.SheetWritten):
        written.setdefault(entry.fact.workbook, []).append(entry.fact)
    known: dict[str, _Known] = {}
    for each in desk.ledger.entries(facts.Document):
        before = known.get(each.fact.document)
        ours = written.get(each.fact.path, [])
        known[each.fact.document] = _Known(
            before.act if before else each.act,
            each.seq,
            tuple(one.sha for one in ours),
            ours[-1].base_seq if ours else 0,
        )
    return known


def _may_change(document: facts.Document, path: Path) -> bool:
    """Whether a file that is there may have to be laid out again: it was signed and has not left."""
    official = Tier(document.tier).is_official
    return official and document.state == State.SIGNED.value and path.is_file()


def _is_wanted(document: facts.Document, about: _Known, path: Path, found: str) -> bool:
    if document.state == State.WITHDRAWN.value:
        return False
    if not path.exists():
        return True
    if not found:
        return False
    up_to_date = about.base_seq >= about.seq
    return not up_to_date or (found in about.shas[:-1] and found != about.shas[-1])


def _write(desk: Desk, name: str, data: bytes, laid: Laid) -> None:
    path = desk.folder.path(*name.split("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    written = safe_write(path, data, now=desk.call.now)
    if written.state is Wrote.BESIDE:
        laid.beside.append(written.why)
    elif written.state is Wrote.WRITTEN:
        laid.written.append(name)


def _of_day(desk: Desk, day: str) -> Iterator[tuple[str, bytes]]:
    for document in desk.office().documents.values():
        path = desk.folder.path(*document.path.split("/"))
        _, folder, name = document.path.split("/")
        if folder.startswith(day) and document.state != State.WITHDRAWN.value and path.is_file():
            yield f"{folder}/{name}", path.read_bytes()
