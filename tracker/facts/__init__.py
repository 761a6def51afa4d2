"""Everything that the ledger remembers, one frozen dataclass for each kind of fact.

A fact is never changed and never removed; a correction is a new fact. Every fact belongs to one *act* (a
command that changed something) and, where it came from a file, knows the file and the place in it. What is
computed from facts (status, lights, lateness, scores) is not stored.

Each class is a table of the same name in snake case (see `docs/ledger.md`). `KEY` names the fields that
identify the thing the fact is about: two facts with one key are two statements about one thing, and the
later one holds, unless the class says `ONCE` (then a second one is refused by the database).
Dates are dates, sets of ids are tuples, free structures are JSON text made with sorted keys.

Ids are minted, never derived: plans `P3`, work points `P3-017`, units `U014`, rounds `R2`, forms by a token.
"""

from __future__ import annotations

from tracker.facts.base import ActRow as ActRow
from tracker.facts.base import Entry as Entry
from tracker.facts.base import F as F
from tracker.facts.base import Fact as Fact
from tracker.facts.deadlines import deadline_from_json as deadline_from_json
from tracker.facts.deadlines import deadline_to_json as deadline_to_json
from tracker.facts.documents import Document as Document
from tracker.facts.documents import Event as Event
from tracker.facts.documents import ReportEdition as ReportEdition
from tracker.facts.messages import Message as Message
from tracker.facts.messages import MessageAttempt as MessageAttempt
from tracker.facts.messages import MessageOutcome as MessageOutcome
from tracker.facts.plans import Assignment as Assignment
from tracker.facts.plans import Carried as Carried
from tracker.facts.plans import Member as Member
from tracker.facts.plans import PlanDuty as PlanDuty
from tracker.facts.plans import PlanEdition as PlanEdition
from tracker.facts.plans import PlanKind as PlanKind
from tracker.facts.plans import PlanLink as PlanLink
from tracker.facts.plans import Serves as Serves
from tracker.facts.plans import WorkPoint as WorkPoint
from tracker.facts.plans import WpText as WpText
from tracker.facts.returns import Cell as Cell
from tracker.facts.returns import Conflict as Conflict
from tracker.facts.returns import Form as Form
from tracker.facts.returns import Return as Return
from tracker.facts.returns import Round as Round
from tracker.facts.returns import Settled as Settled
from tracker.facts.returns import SheetWritten as SheetWritten
from tracker.facts.slots import Slot as Slot
from tracker.facts.slots import SlotAttempt as SlotAttempt
from tracker.facts.slots import SlotOutcome as SlotOutcome
from tracker.facts.sources import File as File
from tracker.facts.sources import Setting as Setting
from tracker.facts.units import Contact as Contact
from tracker.facts.units import Unit as Unit
from tracker.facts.units import UnitLink as UnitLink
from tracker.facts.units import UnitName as UnitName

KINDS: tuple[type[Fact], ...] = (
    File,
    Setting,
    Unit,
    UnitName,
    UnitLink,
    Contact,
    PlanEdition,
    WorkPoint,
    WpText,
    Assignment,
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
