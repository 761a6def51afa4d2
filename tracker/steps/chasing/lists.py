"""The lists beside the slips: 签发单.xlsx, 电话记录.xlsx, the text for groups, and 今日待办.xlsx."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker import facts
from tracker.files.lists.books import TableColumn
from tracker.files.lists.books import TableSheet
from tracker.files.lists.books import lay_out
from tracker.files.lists.calls import CallList
from tracker.files.lists.calls import CallRow
from tracker.files.lists.calls import lay_out_calls
from tracker.files.lists.calls import missing_calls
from tracker.files.lists.signing import Signing
from tracker.files.lists.signing import SigningRow
from tracker.files.lists.signing import changes
from tracker.files.lists.signing import lay_out_signing
from tracker.files.patch import patch
from tracker.files.safe import State as Wrote
from tracker.files.safe import Written
from tracker.files.safe import safe_write
from tracker.files.safe import waiting as beside_of
from tracker.problems.ledger import AlreadyRecorded
from tracker.rules.chasing.tiers import State
from tracker.rules.chasing.tiers import Tier
from tracker.rules.progress.todo import Todo
from tracker.rules.state import Office
from tracker.rules.wording.phrases import short_name
from tracker.rules.wording.subjects import subject_name
from tracker.steps.chasing.calls import CALLS
from tracker.steps.chasing.calls import answers
from tracker.steps.chasing.press import Press
from tracker.steps.chasing.signing import FOLDER
from tracker.steps.chasing.signing import LIST
from tracker.steps.chasing.signing import read_list
from tracker.steps.chasing.slip_files import drafted_in
from tracker.steps.desk import Desk

TODO = "今日待办.xlsx"
# A unit is called about these; 通报 and 约谈 are no matter of a call.
_CALLED = (Tier.REMIND.value, Tier.CALL.value, Tier.SUPERVISE.value)
# How many matters a row of the call list names.
_NAMED = 5
# The hash of no file: what is there must not be replaced.
_OTHER = "0" * 64


@dataclass(frozen=True, slots=True)
class File:
    """A file under 督办/ as it is to be; `expect` is the hash of what it was made from, None for any."""

    name: str
    data: bytes
    expect: str | None = None


def complete(
    desk: Desk, press: Press, signing: Signing, known: CallList, waiting: tuple[Todo, ...]
) -> list[Written]:
    """Bring every list up to date; their hashes are recorded first, in one act.

    One that is open gets its new version beside it; the next run that finds it closed writes it and removes the
    version beside, unless somebody has worked on that.
    """
    files = [
        *_signing_list(desk, signing),
        *_call_list(desk, press, known),
        *_group_texts(desk, press),
        _todo_sheet(desk, waiting),
    ]
    return _write(desk, files)


def mark_what_left(desk: Desk) -> str:
    """Mark in the signing list what has left since it was read; why it could not be written, where it was open."""
    if not desk.folder.path(FOLDER, LIST).exists():
        return ""
    try:
        written = _write(desk, list(_signing_list(desk, read_list(desk))))
    except AlreadyRecorded:
        return ""  # another command marks them in this moment
    return "".join(each.why for each in written if each.state is Wrote.BESIDE)


def _write(desk: Desk, files: list[File]) -> list[Written]:
    ours: dict[str, list[str]] = {}
    for entry in desk.ledger.entries(facts.SheetWritten):
        ours.setdefault(entry.fact.workbook, []).append(entry.fact.sha)
    seq = desk.ledger.last_seq
    with desk.act("chase") as act:
        for each in files:
            sha, known_shas = hashlib.sha256(each.data).hexdigest(), ours.setdefault(_key(each), [])
            if known_shas[-1:] != [sha]:
                act.add(facts.SheetWritten(_key(each), len(known_shas) + 1, seq, sha))
                known_shas.append(sha)
    return [_put(desk, each, ours[_key(each)]) for each in files]


def _key(each: File) -> str:
    return f"{FOLDER}/{each.name}"


def _put(desk: Desk, each: File, ours: list[str]) -> Written:
    path = desk.folder.path(FOLDER, each.name)
    expect = each.expect
    if expect is None and path.is_file() and _sha(path) not in ours:
        expect = _OTHER  # somebody wrote into what is the program's own
    written = safe_write(path, each.data, expect=expect, now=desk.call.now)
    if written.state is not Wrote.BESIDE:
        for old in beside_of(path):
            if _sha(old) in ours:
                old.unlink()
    return written


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _signing_list(desk: Desk, signing: Signing) -> Iterator[File]:
    """The signing list with the slips that it lacks, and with what has left marked so."""
    office = desk.office()
    days = _days(desk)
    rows = [
        _signing_row(office, each, days[each.document])
        for each in office.documents.values()
        if Tier(each.tier).is_official
    ]
    path = desk.folder.path(FOLDER, LIST)
    if not path.exists():
        if rows:
            yield File(LIST, lay_out_signing(rows))
        return
    edits, appends = changes(signing, rows)
    if edits or appends:
        yield File(LIST, patch(path.read_bytes(), edits, appends), signing.sha)


def _signing_row(office: Office, each: facts.Document, day: dt.date) -> SigningRow:
    return SigningRow(
        document=each.document,
        tier=each.tier,
        unit=office.name_of(each.unit, day) if each.unit else "（各有关单位）",
        subjects=_named([subject_name(office, subject) for subject in each.subjects]),
        drafted=day,
        file=each.path,
        state=State(each.state),
        on=each.on if each.state in (State.SIGNED.value, State.SENT.value) else None,
        serial=each.number,
    )


def _named(names: list[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等{len(names)}项" if len(names) > _NAMED else "")


def _days(desk: Desk) -> dict[str, dt.date]:
    """The day on which each document was drafted."""
    by_act = {each.no: each.day for each in desk.ledger.acts()}
    return {document: by_act[known.act] for document, known in drafted_in(desk).items()}


def _call_list(desk: Desk, press: Press, known: CallList) -> Iterator[File]:
    """The call list with the calls that it lacks: one for a unit and day."""
    rows = list(_calls(desk, press, known.listed))
    path = desk.folder.path(FOLDER, CALLS)
    if not path.exists():
        if rows:
            yield File(CALLS, lay_out_calls(rows))
        return
    append = missing_calls(known, rows)
    if append is not None:
        yield File(CALLS, patch(path.read_bytes(), (), (append,)), known.sha)


def _calls(desk: Desk, press: Press, listed: frozenset[str]) -> Iterator[CallRow]:
    office, days, known = desk.office(), _days(desk), drafted_in(desk)
    together: dict[tuple[dt.date, str], list[facts.Document]] = {}
    for each in office.documents.values():
        if each.tier in _CALLED and each.state != State.WITHDRAWN.value:
            together.setdefault((days[each.document], each.unit), []).append(each)
    said = answers(office)
    for (day, unit), documents in together.items():
        if documents[0].document in listed:
            continue
        slips = [press.slip(each, known[each.document].act) for each in documents]
        lines = [line for slip in slips for line in slip.lines]
        names = [short_name(line.demand if line.role else line.what, 30) for line in lines]
        named = "；".join(f"{n}.{name}" for n, name in enumerate(names[:_NAMED], start=1))
        answer = said.get(documents[0].document, {})
        yield CallRow(
            document=documents[0].document,
            day=day,
            unit=office.name_of(unit, day),
            contact=slips[0].person,
            tier="、".join(dict.fromkeys(each.tier for each in documents)),
            what=named + (f"；等{len(names)}项" if len(names) > _NAMED else ""),
            due="、".join(dict.fromkeys(line.due for line in lines[:_NAMED])),
            who=answer.get("who", ""),
            answer=answer.get("answer", ""),
            at=answer.get("at", ""),
        )


def _group_texts(desk: Desk, press: Press) -> Iterator[File]:
    """One text for each kind of units: what was reminded on the day, short, ready to paste into a group."""
    office, known = desk.office(), drafted_in(desk)
    by_kind: dict[str, dict[tuple[str, str], list[str]]] = {}
    for each in office.documents.values():
        if each.tier != Tier.REMIND.value or each.on != desk.today:
            continue
        matters = by_kind.setdefault(office.units[each.unit].kind or "全部单位", {})
        for line in press.slip(each, known[each.document].act).lines:
            if _is_public(office, line.subject):
                what = short_name(line.demand if line.role else line.what, 30)
                matters.setdefault((what, line.due), []).append(line.unit)
    sender = {"contact": press.sender.contact, "office": press.sender.office}
    for kind, matters in by_kind.items():
        lines = [press.say("group.opening", unit="", what="", due="", **sender)]
        for n, ((what, due), units) in enumerate(matters.items(), start=1):
            said = press.say("group.line", unit="、".join(units), what=what, due=due, **sender)
            lines.append(f"{n}. {said}")
        lines.append(press.say("group.closing", unit="", what="", due="", **sender))
        name = f"{desk.today.isoformat()} 群发文字（{kind.replace('/', '、')}）.txt"
        if matters:
            # Old versions of Notepad know UTF-8 by its mark only.
            yield File(name, "\r\n".join([*lines, ""]).encode("utf-8-sig"))


def _is_public(office: Office, subject: str) -> bool:
    cell = office.cells.get((subject, "", "withheld", ""))
    return cell is None or not cell.value


def _todo_sheet(desk: Desk, waiting: tuple[Todo, ...]) -> File:
    """今日待办 as a sheet."""
    sheet = TableSheet(
        "今日待办",
        f"今日待办（{desk.today.isoformat()}）",
        ("由程序每次运行时重新生成；与命令 tracker status 的内容相同，这里列出全部名称。",),
        (
            TableColumn("序号", 6, ours=True),
            TableColumn("事项", 34, ours=True),
            TableColumn("请这样办", 44, ours=True),
            TableColumn("具体是", 60, ours=True),
        ),
        tuple(
            (str(n), f"{each.count}{each.title}", f"请{each.how}。", "、".join(each.names))
            for n, each in enumerate(waiting, start=1)
        ),
    )
    return File(TODO, lay_out((sheet,)))
