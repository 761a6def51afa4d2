"""The slips under 督办: signed off in 送签单.xlsx, printed from their facts, laid out where they are missing or were signed since.

What a row of 送签单.xlsx says against what the ledger holds:

    ledger, row    拟稿         已签发    已发      作废
    拟稿           -            signed    sent      withdrawn
    已签发         drafted      -         sent      withdrawn
    已发           finding      -         -         finding
    作废           drafted      signed    sent      -

An empty state is no statement, a word that is none of the four is a finding: in both cases nothing leaves. A
signature that was taken back in the list holds from the next command that reads it; every command that lets
slips leave reads it first.

The press makes a slip of a document's facts, and a .docx of the slip, in our layout or the office's own. A slip says
what was known when it was drafted, whenever it is laid out: its lines are read from the office as it was after the act
that drafted it, so a run that was killed, and the copy that carries the signature's date, say the same. Templates of
the office are tried on samples of every shape before anything is recorded.

What is missing is laid out, what was signed since is laid out again, nothing else:

    the file          the slip                          then
    missing           any but 作废                       laid out
    as we wrote it    signed (date, 文号) since           laid out again
    edited in Word    signed since                      left alone, told once
    any               drafted, or sent                  left alone: what was sent stays what was sent

Hashes of what is written are facts, recorded before the files; a run that was killed between the two is completed
by the next one. Each day's slips lie together in one archive, too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path

from tracker import facts
from tracker.columns import TICK
from tracker.files.folders import OfficeFolder
from tracker.files.ledger import Act
from tracker.files.live import office_book
from tracker.files.safe import WriteState as Wrote, safe_write, strays
from tracker.files.templates import Say, fill_template, words
from tracker.formats.archives import holds, pack
from tracker.formats.books import ListBook, SigningRow, decide_all, read_signing
from tracker.formats.documents import render_official
from tracker.formats.patch import patch
from tracker.model import Role
from tracker.problems.base import Finding
from tracker.problems.chase import EDITED_SLIP, HAS_LEFT, UNKNOWN_SLIP, NoDraft, SigningBookOpen
from tracker.problems.office import AlreadyRecorded
from tracker.rules.office import Office, Point
from tracker.rules.progress import RequestIndex, Standing, UnitStanding, gather_index, standing_of
from tracker.rules.reminders import SLIP_UNITS, SlipIndex, begun_anew, since_for
from tracker.rules.rounds import is_last
from tracker.rules.slips import PlanCounts, Sender, Slip, SlipLine, sample_slips, slip_outline, slip_values
from tracker.rules.wording import full_width, short_name, without_number
from tracker.steps.desk import Desk, cite
from tracker.steps.versions import Versions
from tracker.tiers import ASKED_TIERS, OUR_TIERS, SlipState, Tier
from tracker.values import dataclass

FOLDER = "督办"
LIST, _OLDER_LIST = "送签单.xlsx", "签发单.xlsx"  # old word
# The archive of a day's slips; a day of an earlier version keeps the name that it had.
_ARCHIVE, _OLDER_ARCHIVE = "全部督办单.zip", "全部单子.zip"  # old word


def list_name(folder: OfficeFolder) -> str:
    """What the signing list is called here: an office that has worked in one of an earlier version keeps it."""
    is_older = folder.path(FOLDER, _OLDER_LIST).exists() and not folder.path(FOLDER, LIST).exists()
    return _OLDER_LIST if is_older else LIST


def _archive(desk: Desk, day: str) -> str:
    """The archive of a day's slips, under 督办."""
    older = f"{day} {_OLDER_ARCHIVE}"
    return older if desk.folder.path(FOLDER, older).exists() else f"{day} {_ARCHIVE}"


def read_signing_book(desk: Desk) -> ListBook[SigningRow]:
    """The signing list as it stands; an office without one has signed nothing."""
    path = desk.folder.path(FOLDER, list_name(desk.folder))
    signing_book = read_signing(office_book(path).source) if path.exists() else ListBook[SigningRow]()
    return replace(signing_book, findings=(*signing_book.findings, *strays(path)))


# What a person may say of a slip, and where it has to stand for that.
_BEFORE = {
    SlipState.SIGNED: (SlipState.DRAFTED,),
    SlipState.SENT: (SlipState.DRAFTED, SlipState.SIGNED),
    SlipState.WITHDRAWN: (SlipState.DRAFTED, SlipState.SIGNED),
}


def write_verdicts(desk: Desk, verdicts: Mapping[str, SlipState]) -> None:
    """Write into 送签单.xlsx what a person said of single slips, as if it had been typed there.

    Raises:
        NoDraft: One of them stands where nothing of the kind can be said of it (`_BEFORE`).
        SigningBookOpen: Somebody has the workbook open.
    """
    book = read_signing_book(desk)
    states = {row.document: row.state for row in book.rows}
    unknown_slips = [slip for slip, verdict in verdicts.items() if states.get(slip) not in _BEFORE[verdict]]
    if unknown_slips:
        raise NoDraft(slips="、".join(unknown_slips))
    if desk.call.dry_run:
        return
    path = desk.folder.path(FOLDER, LIST)
    edits = [
        edit
        for state in set(verdicts.values())
        for edit in decide_all(
            book,
            state,
            on=desk.today,
            slips=frozenset(slip for slip, verdict in verdicts.items() if verdict is state),
        )
    ]
    live_book = office_book(path)
    write_result = live_book.write(
        patch(live_book.data, edits, name=path.name), expect=book.sha, now=desk.call.now
    )
    if write_result.state is Wrote.BESIDE:
        write_result.path.unlink()
    if not write_result.is_written:
        raise SigningBookOpen(file=LIST)


def take_in_signing_book(desk: Desk) -> tuple[Finding, ...]:
    """Record what the list says now, in an act of its own: for commands that let slips leave."""
    signing_book = read_signing_book(desk)
    with desk.act("sign") as act:
        return take_in_signatures(desk, act, signing_book)


def take_in_signatures(desk: Desk, act: Act, signing_book: ListBook[SigningRow]) -> tuple[Finding, ...]:
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
            news = [(fact, row.place) for fact in _statements(row, document, desk.today)]
            findings += row.notes if news else ()
            statements += news
    sha = (
        cite(desk, act, desk.folder.path(FOLDER, list_name(desk.folder)), signing_book.sha)
        if statements
        else ""
    )
    for fact, place in statements:
        act.add(fact, file=sha, place=place)
    return tuple(dict.fromkeys(findings))


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


TEMPLATES = "模板"
# What is asked of a form, by whether its round asks for a stamped page (要求盖章件).
_DEMAND_OF_FORM = {True: "按填报表要求逐项填写，盖章后报送。", False: "按填报表要求逐项填写后报送。"}


@dataclass(frozen=True)
class DraftMoment:
    """The office as it was when a slip was drafted, and the day."""

    office: Office
    day: dt.date
    index: RequestIndex
    points: dict[str, Point]
    slips: SlipIndex
    anew: dict[tuple[str, str], dt.date]


class Press:
    """Renders the documents of a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.sender = Sender(
            desk.settings.text("office_name"),
            desk.settings.text("supervision_name"),
            desk.settings.text("contact"),
            desk.settings.text("bulletin"),
        )
        self._then: dict[int, DraftMoment] = {}

    @cached_property
    def say(self) -> Say:
        """The sentences, the office's own where it has some; made when somebody says one."""
        return words("slips.txt", office=self.desk.folder.root)

    def check(self) -> None:
        """Refuse a template of the office that cannot be used, before anything is recorded (`BadTemplate`)."""
        if not self.desk.folder.path(TEMPLATES).exists():
            return
        for tier in Tier:
            for sample in sample_slips(tier):
                template = self._template(sample.title)
                slip_outline(sample, self.say, self.sender)
                if template is not None:
                    fill_template(template, slip_values(sample, self.say, self.sender))
        facts_of_group = {"unit": "", "what": "", "due": "", "round": "", "n": 1, "contact": "", "office": ""}
        for entry in ("opening", "line", "form_before", "form_after", "closing"):
            self.say(f"group.{entry}", **facts_of_group)

    def render(self, document: facts.Document, act: int) -> bytes:
        """The bytes of a document that was drafted in an act."""
        slip = self.slip(document, act)
        template = self._template(slip.title)
        if template is not None:
            return fill_template(template, slip_values(slip, self.say, self.sender))
        return render_official(slip_outline(slip, self.say, self.sender))

    def slip(self, document: facts.Document, act: int) -> Slip:
        """What a document says; `act` is the one that drafted it."""
        then, tier = self._as_drafted(act), Tier(document.tier)
        office, day = then.office, then.day
        unit = office.units.get(document.unit)
        contacts = [f"{contact.name} {contact.phone}".strip() for contact in unit.contacts] if unit else []
        plans = dict.fromkeys(
            office.rounds[subject].plan if subject in office.rounds else subject.rsplit("-", 1)[0]
            for subject in document.subjects
        )
        edition = office.plans[next(iter(plans))].edition if len(plans) == 1 else None
        higher = self.desk.settings.ladder.above(
            tier if tier.is_official and tier is not Tier.ASSIGN else None,
            ASKED_TIERS if tier is Tier.LETTER else OUR_TIERS,
        )
        is_signed = document.state in (SlipState.SIGNED.value, SlipState.SENT.value)
        return Slip(
            document=document.document,
            number=document.number,
            tier=tier,
            unit=office.name_of(document.unit, day) if document.unit else "",
            person=contacts[0] if contacts else "",
            lines=_by_unit(self._lines(then, document)),
            day=document.on if is_signed else None,
            plan=full_width(edition.title) if edition else "",
            plan_number=edition.number if edition else "",
            wait=higher.wait if higher and higher.wait else 5,
            as_of=day,
            counts=self._picture(then, tuple(plans)) if tier is Tier.CIRCULATE else PlanCounts(),
            kind=unit.kind if unit else "",
        )

    def _template(self, title: str) -> Path | None:
        template = self.desk.folder.path(TEMPLATES, f"{title}.docx")
        return template if template.is_file() else None

    def _as_drafted(self, act: int) -> DraftMoment:
        if act not in self._then:
            ledger = self.desk.ledger
            office = ledger.office() if act == ledger.last_act else ledger.office(until=act)
            day = next(row.day for row in ledger.acts() if row.no == act)
            points = {point.id: point for point in office.points}
            self._then[act] = DraftMoment(
                office, day, gather_index(office, day), points, SlipIndex.of(office), begun_anew(office, day)
            )
        return self._then[act]

    def _standing(self, then: DraftMoment, point: Point) -> Standing:
        return standing_of(then.office, point, self.desk.day_on(then.day), then.index)

    def _lines(self, then: DraftMoment, document: facts.Document) -> Iterator[SlipLine]:
        units_by_subject: dict[str, list[str]] = next(
            (
                json.loads(event.data)
                for event in then.office.events
                if (event.subject, event.kind) == (document.document, SLIP_UNITS)
            ),
            {},
        )
        for subject in document.subjects:
            for unit in [document.unit] if document.unit else units_by_subject.get(subject, []):
                yield self._line(then, document, subject, unit)

    def _line(self, then: DraftMoment, document: facts.Document, subject: str, unit: str) -> SlipLine:
        office, name = then.office, then.office.name_of(unit, then.day)
        if subject in office.rounds:
            round_ = office.rounds[subject]
            late = max(0, (then.day - round_.due).days)
            what = f"报送“{round_.name}”填报表"
            return SlipLine(
                subject,
                name,
                what,
                _DEMAND_OF_FORM[
                    self.desk.settings.wants_stamp(is_last=is_last(office, self.desk.settings.rounds, round_))
                ],
                f"{_day(round_.due)}前",
                late=late,
                is_form=True,
                source=_source(office, round_.plan),
                before=_before(then, document, subject, unit),
            )
        point = then.points[subject]
        shares = self._shares(then, point, unit)
        share = shares[0] if shares else None
        day = share or self._standing(then, point)
        due = max(day.due, day.workday_due or day.due) if day.due else None
        return SlipLine(
            subject,
            name,
            without_number(point.task or point.section) or short_name(point.requirement),
            full_width(point.requirement),
            _limit(point, day, as_written=document.tier == Tier.ASSIGN.value),
            role_label(office, shares, unit),
            max(0, (then.day - due).days) if due and document.tier != Tier.ASSIGN.value else 0,
            source=_source(office, point.plan),
            before=_before(then, document, subject, unit),
        )

    def _shares(self, then: DraftMoment, point: Point, unit: str) -> list[UnitStanding]:
        """What the unit answers for in a point, for itself and for units that went on in it; the earliest day first."""
        shares = [share for share in self._standing(then, point).units if unit in (share.unit, share.heir)]
        return sorted(shares, key=lambda share: (share.due or dt.date.max, share.unit != unit))

    def _picture(self, then: DraftMoment, plans: tuple[str, ...]) -> PlanCounts:
        """How the plans stand that a circular speaks of; what is marked 不通报, and 长期坚持, is in no number."""
        standings = [
            self._standing(then, point)
            for plan in plans
            for point in then.office.plans[plan].points
            if not point.is_retired and not _is_withheld(then.office, point.id)
        ]
        base = [standing for standing in standings if standing.is_counted and not standing.is_long_term]
        done = sum(standing.done for standing in base)
        overdue = sum(standing.overdue for standing in base)
        return PlanCounts(len(base), done, len(base) - done - overdue, overdue)


def _by_unit(lines: Iterator[SlipLine]) -> tuple[SlipLine, ...]:
    """A unit's matters together, units in the order in which they are first named."""
    by_unit: dict[str, list[SlipLine]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    return tuple(line for of_unit in by_unit.values() for line in of_unit)


def _source(office: Office, plan: str) -> str:
    """任务来源: the plan and its number."""
    edition = office.plans[plan].edition
    number = f"（{edition.number}）" if edition.number else ""
    return f"《{full_width(edition.title)}》{number}"


def _before(then: DraftMoment, document: facts.Document, subject: str, unit: str) -> str:
    """What was asked before, oldest first; a draft and what lies before an extension are left out."""
    since = since_for(then.anew, subject, unit)
    earlier = [
        other
        for other in then.slips.about(subject, unit, since=since)
        if Tier(other.tier).is_official
        and other.document != document.document
        and not then.slips.waits(other)
    ]
    return "；".join(f"{_day(other.on)}{other.tier}（{other.number}）" for other in earlier)


def _is_withheld(office: Office, point_id: str) -> bool:
    cell = office.cells.get((point_id, "", "withheld", ""))
    return cell is not None and cell.value == TICK


def role_label(office: Office, shares: Sequence[UnitStanding], unit: str) -> str:
    """承担角色, the weightiest (责任单位); where the plan names a unit that went on in this one, with its name."""
    role = next((role for role in Role if any(share.role is role for share in shares)), None)
    if role is None:
        return ""
    if any(share.unit == unit for share in shares):
        return f"{role.label}单位"
    return f"{role.label}单位（原{'、'.join(office.name_of(share.unit) for share in shares)}）"


def _limit(point: Point, day: UnitStanding | Standing, *, as_written: bool) -> str:
    """时限要求: the plan's own words when the task is handed over, later the day that they mean or that was granted.

    Where a limit has several parts, the part that the day is of is named.
    """
    if day.is_extended and day.due:
        return f"{_day(day.due)}前（经批准延期）"
    text = full_width(point.deadline.text)
    if not day.due or (as_written and text):
        return text or "未写明"
    return f"{_day(day.due)}前" + (f"（{full_width(day.stage)}）" if day.stage else "")


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


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
    for day in sorted(
        {document.path.split("/")[1].split(" ")[0] for document in desk.office().documents.values()}
    ):
        files = dict(_of_day(desk, day))
        name = f"{FOLDER}/{_archive(desk, day)}"
        archive = desk.folder.path(*name.split("/"))
        # Compared each time: a run may have been killed between the slips and their archive.
        if files and not (archive.exists() and holds(archive.read_bytes(), files)):
            _write(desk, name, pack(files), slip_files)
    return slip_files


def drafted_in(desk: Desk) -> dict[str, _SlipRecord]:
    """For each document the act that drafted it, its last fact, and the hashes of what was written of it."""
    versions = Versions(desk.ledger)
    records: dict[str, _SlipRecord] = {}
    for document_entry in desk.ledger.entries(facts.Document):
        before = records.get(document_entry.fact.document)
        ours = versions.of(document_entry.fact.path)
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
