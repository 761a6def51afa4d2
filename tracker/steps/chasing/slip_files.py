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
from tracker.files.safe import WriteState as Wrote
from tracker.files.safe import safe_write
from tracker.problems import Finding
from tracker.problems.chasing import EDITED_SLIP
from tracker.problems.ledger import AlreadyRecorded
from tracker.rules.chasing.tiers import SlipState
from tracker.rules.chasing.tiers import Tier
from tracker.steps.chasing.press import Press
from tracker.steps.chasing.signing import FOLDER
from tracker.steps.chasing.signing import take_in_signing_book
from tracker.steps.desk import Desk


@dataclass
class SlipFiles:
    """What became of the slips' files."""

    paths: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _SlipRecord:
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
    findings = list(take_in_signing_book(desk))
    if not desk.call.dry_run:
        findings += lay_out_slips(desk, press).findings
    return findings


def lay_out_slips(desk: Desk, press: Press) -> SlipFiles:
    """Lay out what is missing or was signed since, and the archive of each day that it changes."""
    slip_files = SlipFiles()
    records = drafted_in(desk)
    renderings: list[tuple[str, bytes]] = []
    revisions: list[facts.SheetWritten] = []
    for document in desk.office().documents.values():
        about = records[document.document]
        path = desk.folder.path(*document.path.split("/"))
        file_sha = hashlib.sha256(path.read_bytes()).hexdigest() if _may_change(document, path) else ""
        if not _is_wanted(document, about, path, file_sha):
            continue
        data = press.render(document, about.act)
        sha = hashlib.sha256(data).hexdigest()
        if sha != (about.shas or ("",))[-1] or about.base_seq < about.seq:
            revision = len(about.shas) + 1
            revisions.append(facts.SheetWritten(document.path, revision, desk.ledger.last_seq, sha))
        if file_sha and file_sha not in about.shas:
            slip_files.findings.append(EDITED_SLIP.at(document.path))
        else:
            renderings.append((document.path, data))
    if revisions:
        try:
            with desk.act("chase") as act:
                act.add(*revisions)
        except AlreadyRecorded:
            # Another command laid some of them out in the same moment; what is left is decided on what it recorded.
            return lay_out_slips(desk, press)
    for name, data in renderings:
        _write(desk, name, data, slip_files)
    for day in sorted({name.split("/")[1].split(" ")[0] for name in slip_files.paths} | _unpacked(desk)):
        _write(desk, f"{FOLDER}/{day} 全部单子.zip", pack(dict(_of_day(desk, day))), slip_files)
    return slip_files


def _unpacked(desk: Desk) -> set[str]:
    """Days whose slips lie there and whose archive does not hold them all: a run was killed between the two."""
    days: set[str] = set()
    for day in {document.path.split("/")[1].split(" ")[0] for document in desk.office().documents.values()}:
        archive = desk.folder.path(FOLDER, f"{day} 全部单子.zip")
        lie_there = {name for name, _ in _of_day(desk, day)}
        if lie_there and (not archive.exists() or names_in(archive.read_bytes()) != lie_there):
            days.add(day)
    return days


def drafted_in(desk: Desk) -> dict[str, _SlipRecord]:
    """For each document the act that drafted it, its last fact, and the hashes of what was written of it."""
    sheets: dict[str, list[facts.SheetWritten]] = {}
    for entry in desk.ledger.entries(facts.SheetWritten):
        sheets.setdefault(entry.fact.workbook, []).append(entry.fact)
    records: dict[str, _SlipRecord] = {}
    for document_entry in desk.ledger.entries(facts.Document):
        before = records.get(document_entry.fact.document)
        ours = sheets.get(document_entry.fact.path, [])
        records[document_entry.fact.document] = _SlipRecord(
            before.act if before else document_entry.act,
            document_entry.seq,
            tuple(one.sha for one in ours),
            ours[-1].base_seq if ours else 0,
        )
    return records


def _may_change(document: facts.Document, path: Path) -> bool:
    """Whether a file that is there may have to be laid out again: it was signed and has not left."""
    official = Tier(document.tier).is_official
    return official and document.state == SlipState.SIGNED.value and path.is_file()


def _is_wanted(document: facts.Document, about: _SlipRecord, path: Path, file_sha: str) -> bool:
    if document.state == SlipState.WITHDRAWN.value:
        return False
    if not path.exists():
        return True
    if not file_sha:
        return False
    up_to_date = about.base_seq >= about.seq
    return not up_to_date or (file_sha in about.shas[:-1] and file_sha != about.shas[-1])


def _write(desk: Desk, name: str, data: bytes, slip_files: SlipFiles) -> None:
    path = desk.folder.path(*name.split("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_result = safe_write(path, data, now=desk.call.now)
    if write_result.state is Wrote.BESIDE:
        slip_files.beside.append(write_result.why)
    elif write_result.state is Wrote.WRITTEN:
        slip_files.paths.append(name)


def _of_day(desk: Desk, day: str) -> Iterator[tuple[str, bytes]]:
    for document in desk.office().documents.values():
        path = desk.folder.path(*document.path.split("/"))
        _, folder, name = document.path.split("/")
        if folder.startswith(day) and document.state != SlipState.WITHDRAWN.value and path.is_file():
            yield f"{folder}/{name}", path.read_bytes()
