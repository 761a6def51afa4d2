"""Everything that the ledger remembers, one frozen dataclass for each kind of fact.

A fact is never changed and never removed; a correction is a new fact. Every fact belongs to one *act* (a
command that changed something) and, where it came from a file, knows the file and the place in it. What is
computed from facts (status, lights, lateness, scores) is not stored.

Each class is the table `TABLE` (see `docs/ledger.md`), and both databases' tables are drawn from this page. `KEY` names
the fields that identify the thing the fact is about: two facts with one key are two statements about one thing, and the later one holds, unless the class says `ONCE` (then a second one is
refused by the database). `UNIQUE` names what else no two facts of the kind may share.
Dates are dates, sets of ids are tuples, free structures are JSON text made with sorted keys.

Ids are minted, never derived: plans `P3`, work points `P3-017`, units `U014`, rounds `R2`, forms by a token.

In the order of the year:

    sources      files that were received, settings that were used
    units        their names by date, what became of them, and who is called
    plans        editions, work points with their words and who answers, duties, and what goes on in what
    returns      rounds, forms, what came back, and every cell that somebody filled in
    documents    slips and what became of them, other events, and the reports that were frozen
    messages     what is to leave, each attempt to deliver it, and what became of it
    slots        moments at which a job was due, each attempt, and what became of it

A deadline stands in a fact as JSON text (`deadline_to_json`). The fields of a class are the columns of its table:
none of them is ever renamed, and no table either. A new kind or field is a migration, too (`docs/ledger.md`).
"""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import ClassVar, Generic, TypeVar

from tracker.model import Deadline, DeadlineKind, Milestone
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of every fact."""

    TABLE: ClassVar[str] = ""
    KEY: ClassVar[tuple[str, ...]] = ()
    ONCE: ClassVar[bool] = False
    UNIQUE: ClassVar[tuple[tuple[str, ...], ...]] = ()


def kind_name(kind: type[Fact]) -> str:
    """Name a kind of fact as outputs do: its table's name in capitals and one piece.

    >>> kind_name(PointFact)
    'WorkPoint'
    """
    return "".join(word.capitalize() for word in kind.TABLE.split("_"))


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Entry(Generic[F]):
    """A fact as the ledger holds it: its number, its act, and the file and place that it came from."""

    seq: int
    act: int
    file: str
    place: str
    fact: F


@dataclass(frozen=True, slots=True)
class ActRow:
    """A command that changed something.

    Attributes:
        no: Its number in the office, from 1 without gaps.
        recorded_at: When it was recorded, with time zone.
        effective_on: The day from which it counts; None is the day of `recorded_at`.
        version: Version of the program.
        settings: Hashes of the settings files that it used.
        first_seq: Number of its first fact.
        last_seq: Number of its last fact.
    """

    no: int
    verb: str
    person: str
    recorded_at: dt.datetime
    effective_on: dt.date | None
    version: str
    settings: tuple[str, ...]
    first_seq: int
    last_seq: int

    @property
    def day(self) -> dt.date:
        """The day from which it counts."""
        return self.effective_on or self.recorded_at.date()


def deadline_to_json(deadline: Deadline) -> str:
    """Write a deadline as the text that `WpText.deadline` and `PlanDuty.deadline` hold.

    >>> deadline_to_json(Deadline("6月底前", DeadlineKind.DATE, dt.date(2026, 6, 30)))
    '{"due": "2026-06-30", "kind": "date", "text": "6月底前"}'
    """
    values: dict[str, object] = {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "due": deadline.due.isoformat() if deadline.due else "",
        "workday_due": deadline.workday_due.isoformat() if deadline.workday_due else "",
        "period": deadline.period,
        "anchor": deadline.anchor,
        "offset": deadline.offset,
        "milestones": [
            {"text": part.text, "due": part.due.isoformat() if part.due else ""}
            for part in deadline.milestones
        ],
    }
    return json.dumps(
        {name: text for name, text in values.items() if text}, ensure_ascii=False, sort_keys=True
    )


# A plan of 2,000 items has a few dozen limits.
@lru_cache(maxsize=1024)
def deadline_from_json(text: str) -> Deadline:
    """Read what `deadline_to_json` wrote; an empty text is no deadline.

    >>> deadline_from_json('{"kind": "recurring", "period": "quarterly", "text": "每季度"}').period
    'quarterly'
    >>> two = Deadline("4月初稿，6月成稿", milestones=(Milestone("4月初稿", dt.date(2026, 4, 30)),))
    >>> deadline_from_json(deadline_to_json(two)) == two
    True
    """
    values = json.loads(text or "{}")
    return Deadline(
        text=values.get("text", ""),
        kind=DeadlineKind(values.get("kind", DeadlineKind.NONE.value)),
        due=dt.date.fromisoformat(values["due"]) if values.get("due") else None,
        workday_due=dt.date.fromisoformat(values["workday_due"]) if values.get("workday_due") else None,
        period=values.get("period", ""),
        anchor=values.get("anchor", ""),
        offset=values.get("offset", ""),
        milestones=tuple(
            Milestone(part["text"], dt.date.fromisoformat(part["due"]) if part["due"] else None)
            for part in values.get("milestones", ())
        ),
    )


@dataclass(frozen=True, slots=True)
class File(Fact):
    """A file that was received; its bytes lie under 原件留存 by their hash."""

    TABLE: ClassVar = "file"
    KEY: ClassVar = ("sha",)
    ONCE: ClassVar = True
    sha: str
    name: str
    sender: str
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Setting(Fact):
    """The content of a settings workbook that an act used, so that a later change never rewrites the past."""

    TABLE: ClassVar = "setting"
    KEY: ClassVar = ("name", "sha")
    ONCE: ClassVar = True
    name: str
    sha: str
    content: str


@dataclass(frozen=True, slots=True)
class Unit(Fact):
    """A body. `kind` is the office's own grouping (市直部门, 县（市、区）, 垂直管理 …); `retired` when it ended."""

    TABLE: ClassVar = "unit"
    KEY: ClassVar = ("unit",)
    unit: str
    kind: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class UnitName(Fact):
    """A name that means a unit from a date until a date (both inclusive; None is open).

    `rank` tells the name to print now (`current`) from other names (`other`, `former`, `short`); `withdrawn` is a
    name that was a mistake.
    """

    TABLE: ClassVar = "unit_name"
    KEY: ClassVar = ("unit", "name", "since")
    unit: str
    name: str
    since: dt.date | None
    until: dt.date | None
    rank: str


@dataclass(frozen=True, slots=True)
class UnitLink(Fact):
    """A unit's successor from a date: `how` is rename, merge or split; withdrawn takes the statement back."""

    TABLE: ClassVar = "unit_link"
    KEY: ClassVar = ("unit", "successor", "on")
    unit: str
    successor: str
    on: dt.date
    how: str


@dataclass(frozen=True, slots=True)
class Contact(Fact):
    """Who is called or written to in a unit, from a date; an empty name ends the entry."""

    TABLE: ClassVar = "contact"
    KEY: ClassVar = ("unit", "role", "name")
    unit: str
    role: str
    name: str
    phone: str
    mail: str
    active: bool


@dataclass(frozen=True, slots=True)
class PlanEdition(Fact):
    """A plan as one file states it. Edition 1 made the plan; `how` is new, revision, amendment or undone.

    An edition that is `undone` says again what was said before the one that it takes back.
    """

    TABLE: ClassVar = "plan_edition"
    KEY: ClassVar = ("plan", "edition")
    ONCE: ClassVar = True
    plan: str
    edition: int
    how: str
    title: str
    number: str
    issuer: str
    issued_on: dt.date | None
    year: int
    theme: str


@dataclass(frozen=True, slots=True)
class PointFact(Fact):
    """A work point was minted."""

    TABLE: ClassVar = "work_point"
    KEY: ClassVar = ("wp",)
    ONCE: ClassVar = True
    wp: str
    plan: str


@dataclass(frozen=True, slots=True)
class WpText(Fact):
    """A work point's words in one edition of its plan; `retired` when the edition dropped it.

    `position` is its order in the plan; `deadline` the JSON of `model.Deadline`; `mode` a `model.Mode` value;
    `matched_by` says how it was found again (new, equal, number, likeness, person).
    """

    TABLE: ClassVar = "wp_text"
    KEY: ClassVar = ("wp", "edition")
    ONCE: ClassVar = True
    wp: str
    edition: int
    position: int
    section: str
    task: str
    no: str
    requirement: str
    deadline: str
    mode: str
    inherited: bool
    matched_by: str
    retired: bool


@dataclass(frozen=True, slots=True)
class AssignmentFact(Fact):
    """A written name that answers for a work point, and the unit that it was decided to mean.

    A collective name gives one fact for itself (`unit` empty) and one for each member (`via` names it).
    `unit` is empty, too, while a person has not decided what the name means.
    """

    TABLE: ClassVar = "assignment"
    KEY: ClassVar = ("wp", "edition", "written", "unit", "role")
    wp: str
    edition: int
    written: str
    unit: str
    role: str
    via: str
    part: str
    active: bool


@dataclass(frozen=True, slots=True)
class Member(Fact):
    """A member of a collective name, frozen for an edition of a plan."""

    TABLE: ClassVar = "member"
    KEY: ClassVar = ("plan", "edition", "collective", "unit")
    plan: str
    edition: int
    collective: str
    unit: str
    active: bool


@dataclass(frozen=True, slots=True)
class PlanDuty(Fact):
    """Something that the covering letter asks of every addressee; `deadline` is JSON."""

    TABLE: ClassVar = "plan_duty"
    KEY: ClassVar = ("plan", "edition", "n")
    ONCE: ClassVar = True
    plan: str
    edition: int
    n: int
    what: str
    addressee: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Carried(Fact):
    """A work point goes on in another.

    In mid-year, within a plan: `how` is split or merge. From last year's plan to this year's, as a person confirmed:
    continued, merged (several last year) or divided (several this year); new has no `from_wp` (nothing of last year
    goes on in it), dropped has no `to_wp` (it goes on in nothing, `note` says why); withdrawn takes a statement back.
    """

    TABLE: ClassVar = "carried"
    KEY: ClassVar = ("from_wp", "to_wp")
    from_wp: str
    to_wp: str
    how: str
    decided_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanKind(Fact):
    """Whose a plan is: `own`, or `superior`: then it is compared with ours and never handed out, chased or counted.

    `withdrawn` says that it was recorded by mistake and taken back.
    """

    TABLE: ClassVar = "plan_kind"
    KEY: ClassVar = ("plan",)
    plan: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlanLink(Fact):
    """A plan of ours and the one it is compared with: `how` is year (last year's), superior, or withdrawn."""

    TABLE: ClassVar = "plan_link"
    KEY: ClassVar = ("plan", "other")
    plan: str
    other: str
    how: str


@dataclass(frozen=True, slots=True)
class Serves(Fact):
    """Which of our items serves which of the superior's; many to many, as a person confirmed.

    `how` is serves; gap (nothing of ours serves it) and elsewhere (it is no duty of ours) have no `ours`, and `note`
    says why; withdrawn takes a statement back.
    """

    TABLE: ClassVar = "serves"
    KEY: ClassVar = ("theirs", "ours")
    theirs: str
    ours: str
    how: str
    decided_by: str
    note: str


@dataclass(frozen=True, slots=True)
class Round(Fact):
    """A 报送期次 of a plan: when its forms go out and when they are due back."""

    TABLE: ClassVar = "round"
    KEY: ClassVar = ("round",)
    round: str
    plan: str
    name: str
    opens: dt.date
    due: dt.date


@dataclass(frozen=True, slots=True)
class Form(Fact):
    """A form that was handed out: its token, and up to which fact it was prefilled (`base_seq`)."""

    TABLE: ClassVar = "form"
    KEY: ClassVar = ("form",)
    ONCE: ClassVar = True
    form: str
    round: str
    unit: str
    base_seq: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Return(Fact):
    """A file that came back for a form, and what became of it (taken, refused, superseded, waiting).

    `balance` is JSON: cells offered, applied, unchanged, conflicts, refused; the first is the sum of the rest.
    """

    TABLE: ClassVar = "return"
    KEY: ClassVar = ("form", "sha")
    form: str
    sha: str
    outcome: str
    reason: str
    balance: str


@dataclass(frozen=True, slots=True)
class SheetWritten(Fact):
    """A workbook of ours was laid out at a revision, from facts up to `base_seq`; committed before the file."""

    TABLE: ClassVar = "sheet_written"
    KEY: ClassVar = ("workbook", "revision")
    ONCE: ClassVar = True
    workbook: str
    revision: int
    base_seq: int
    sha: str


@dataclass(frozen=True, slots=True)
class Cell(Fact):
    """A value that somebody stated: the latest one of a key holds.

    `subject` is a work point (or another register's row), `unit` the unit concerned or empty, `field` a name
    from the table of columns, `period` a round or empty for a standing value. `origin` is unit, office, settle
    or undo. `base_seq` is what its author had seen.
    """

    TABLE: ClassVar = "cell"
    KEY: ClassVar = ("subject", "unit", "field", "period")
    subject: str
    unit: str
    field: str
    period: str
    value: str
    origin: str
    base_seq: int


@dataclass(frozen=True, slots=True)
class Conflict(Fact):
    """Two statements about one cell that a person has to decide between."""

    TABLE: ClassVar = "conflict"
    KEY: ClassVar = ("conflict",)
    ONCE: ClassVar = True
    conflict: str
    subject: str
    unit: str
    field: str
    period: str
    base: str
    ours: str
    theirs: str
    why: str


@dataclass(frozen=True, slots=True)
class Settled(Fact):
    """What a person decided about a conflict: ours, theirs or a text of their own; withdrawn when it became moot, reopened when it was taken back."""

    TABLE: ClassVar = "settled"
    KEY: ClassVar = ("conflict",)
    conflict: str
    choice: str
    value: str


@dataclass(frozen=True, slots=True)
class Event(Fact):
    """Something that happened to a subject: issued, extension, write-off, shortcoming, rectified …; `data` is JSON."""

    TABLE: ClassVar = "event"
    KEY: ClassVar = ("subject", "kind", "n")
    subject: str
    kind: str
    n: int
    at: dt.date
    data: str


@dataclass(frozen=True, slots=True)
class Document(Fact):
    """A slip or circular and where it stands: drafted, signed, sent or withdrawn.

    `document` is minted (`D12`); `tier` is 交办, 提醒, 催办, 督办 or 通报; `subjects` are work points.
    `number` is what the office's OA gave it; empty until then.
    """

    TABLE: ClassVar = "document"
    KEY: ClassVar = ("document",)
    document: str
    tier: str
    unit: str
    subjects: tuple[str, ...]
    on: dt.date
    state: str
    number: str
    path: str


@dataclass(frozen=True, slots=True)
class ReportEdition(Fact):
    """What was reported, frozen: `content` is JSON of every number and the rows that it counts."""

    TABLE: ClassVar = "report_edition"
    KEY: ClassVar = ("report", "n")
    ONCE: ClassVar = True
    report: str
    n: int
    plan: str
    as_of: dt.date
    content: str


@dataclass(frozen=True, slots=True)
class Message(Fact):
    """Something that is to leave the office by a channel, with everything that it says, fixed when it was recorded.

    `message` is minted (`M12`). `key` makes it the only one for its reason: tier, unit, subjects and day of the
    slip, or the slot that raised an alarm. `treatment` is reminder (may leave twice when nobody knows whether it
    arrived) or official (never twice). `message_id` is the one that mail carries, the same in every attempt.
    `attachments` are paths in the office folder, `hashes` those of the kept originals that are sent.
    """

    TABLE: ClassVar = "message"
    KEY: ClassVar = ("message",)
    ONCE: ClassVar = True
    UNIQUE: ClassVar = (("key",),)
    message: str
    key: str
    document: str
    unit: str
    tier: str
    treatment: str
    channel: str
    recipient: str
    message_id: str
    subject: str
    body: str
    attachments: tuple[str, ...]
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageAttempt(Fact):
    """A sender is about to send a message for the n-th time. Recording it is the claim: a second one is refused."""

    TABLE: ClassVar = "message_attempt"
    KEY: ClassVar = ("message", "n")
    ONCE: ClassVar = True
    message: str
    n: int
    worker: str


@dataclass(frozen=True, slots=True)
class MessageOutcome(Fact):
    """What became of an attempt, or what a person said about it later: the later one holds.

    `state` is sent, failed (may be tried again), refused (will never work), unknown or dropped (a person gave it
    up; n is 0 where it was never tried). An attempt without an outcome is unknown once its sender must be dead.
    """

    TABLE: ClassVar = "message_outcome"
    KEY: ClassVar = ("message", "n")
    message: str
    n: int
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Slot(Fact):
    """A moment at which a job was due; `due` has the office's time zone."""

    TABLE: ClassVar = "slot"
    KEY: ClassVar = ("job", "due")
    ONCE: ClassVar = True
    job: str
    due: dt.datetime


@dataclass(frozen=True, slots=True)
class SlotAttempt(Fact):
    """A scheduler is about to do what was due, for the n-th time; a second claim is refused."""

    TABLE: ClassVar = "slot_attempt"
    KEY: ClassVar = ("job", "due", "n")
    ONCE: ClassVar = True
    job: str
    due: dt.datetime
    n: int
    worker: str


@dataclass(frozen=True, slots=True)
class SlotOutcome(Fact):
    """What became of an attempt: done or failed; n is 0 for what is not attempted: joined to a later one, begun."""

    TABLE: ClassVar = "slot_outcome"
    KEY: ClassVar = ("job", "due", "n")
    ONCE: ClassVar = True
    job: str
    due: dt.datetime
    n: int
    state: str
    note: str


KINDS: tuple[type[Fact], ...] = (
    File,
    Setting,
    Unit,
    UnitName,
    UnitLink,
    Contact,
    PlanEdition,
    PointFact,
    WpText,
    AssignmentFact,
    Member,
    PlanDuty,
    Carried,
    PlanKind,
    PlanLink,
    Serves,
    Round,
    Form,
    Return,
    SheetWritten,
    Cell,
    Conflict,
    Settled,
    Event,
    Document,
    ReportEdition,
    Message,
    MessageAttempt,
    MessageOutcome,
    Slot,
    SlotAttempt,
    SlotOutcome,
)
