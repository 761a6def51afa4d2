"""The ledger: acts and their facts in a database, and the office that they say.

    with open_ledger(path) as ledger:
        with ledger.act("record", person="王敏", at=now) as act:
            plan = act.mint("P")
            act.add(PlanEdition(plan, 1, ...), file=sha, place="封面!A1")
        ledger.office().plans[plan]

Facts are inserted and never changed; triggers of the database refuse anything else. An act commits with its
facts or not at all, and an act without facts leaves no trace. SQL stands in the `.sql` files of this package
and in the modules of the two databases, and nowhere else. `docs/ledger.md` describes the tables.

`Act` is one act while it is open: facts are gathered, numbered and written together.

`Reader` reads an office's rows and keeps the present office at hand. It neither begins nor ends a transaction;
`Ledger` sees to it that what is read together is of one moment.
"""

from __future__ import annotations

import bisect
import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any

from tracker import __version__, facts, patterns as re
from tracker.facts import (
    ActRow,
    Cell,
    Conflict,
    Document,
    Entry,
    F,
    Fact,
    Form,
    Message,
    PlanEdition,
    PointFact,
    Round,
    Unit,
)
from tracker.files.folders import note_effect
from tracker.files.ledger.schema import Envelopes, act_from_row, act_to_row, migrate, refuse_unkeepable, shape
from tracker.files.ledger.store import Store, queries
from tracker.printable import is_printable, printable, with_marks_shown
from tracker.rules.office import CellKey, CellNow, Office, fold_facts, fold_news
from tracker.values import uncollected

Entries = dict[type[Fact], list[Entry[Any]]]
# Numbers of facts from one to another, both inclusive.
Span = tuple[int, int]

# Later than every act and fact.
NO_END = 2**62


class Reader:
    """An office's acts, facts and cells, read from a store."""

    def __init__(self, store: Store, office: str) -> None:
        self.store = store
        self.name = office
        self._held: Entries = {}
        self._acts: list[ActRow] = []
        self._office = Office()
        # Of the open act: how many of its facts are in it, the facts and the office with them.
        self._draft: tuple[int, Entries, Office] | None = None
        # The last act that this reader's ledger kept, where it is not at hand yet.
        self._kept: tuple[ActRow, Sequence[Addition]] | None = None

    def last(self) -> tuple[int, int]:
        """Number of the last act and of the last fact."""
        no, seq = self.store.rows(queries()["last"], {"office": self.name})[0]
        return no, seq

    def acts(self, after: int = 0) -> list[ActRow]:
        """Every act after one, in order."""
        parameters = {"office": self.name, "after": after}
        return [act_from_row(row) for row in self.store.rows(queries()["acts"], parameters)]

    def entries(self, kind: type[F], until: int = NO_END) -> list[Entry[F]]:
        """The facts of a kind up to an act."""
        envelopes = self._envelopes()
        return self._entries(kind, [(1, _end(envelopes.ends, until))], envelopes)

    def cells(self, until: int = NO_END) -> dict[CellKey, CellNow]:
        """What each cell said after an act: its last fact."""
        envelopes = self._envelopes()
        return self._cells([(1, _end(envelopes.ends, until))], envelopes)

    def sources(self) -> dict[int, str]:
        """The hash of each file that facts came from, by its number."""
        return dict(self._sources())

    def _sources(self) -> list[tuple[Any, ...]]:
        return self.store.rows(queries()["sources"], {"office": self.name})

    def office_until(self, act: int) -> Office:
        """The office as the facts up to an act say it."""
        if act < self._office.act:
            return self._office_before(act)
        if act == self._office.act:
            return self._office
        return self._office_by([row for row in self.acts() if row.no <= act])

    def office_as_of(self, day: dt.date) -> Office:
        """The office as the acts say that count from a day or an earlier one."""
        return self._office_by([row for row in self.acts() if row.day <= day])

    def _office_by(self, acts: list[ActRow]) -> Office:
        spans, envelopes = _spans(acts), self._envelopes()
        entries, cells = self._every_kind(spans, envelopes), self._cells(spans, envelopes)
        return fold_facts(entries, cells, acts)

    def _office_before(self, act: int) -> Office:
        """The office after an act that is over: what came since is taken out of the one at hand."""
        acts = self._acts[:act]
        end = acts[-1].last_seq if acts else 0
        entries: Entries = {}
        for kind, some in self._held.items():
            count = bisect.bisect_right(some, end, key=_seq)
            entries[kind] = some if count == len(some) else some[:count]
        later = [kind for kind, some in self._held.items() if len(entries[kind]) < len(some)]
        cells = self._office.cells
        if any(cell.seq > end for cell in cells.values()):
            cells = self._cells([(1, end)], self._envelopes())
        return fold_news(self._office, later, entries, cells, acts)

    def office_now(self) -> Office:
        """The office as all committed facts say it; only what was recorded since the last time is read."""
        self._catch_up(*self.last())
        return self._office

    def office_with(self, act: ActRow, additions: Sequence[Addition]) -> Office:
        """The office with what an open act added so far; none of it is read again, and only what came since is folded."""
        self._catch_up(act.no - 1, act.first_seq - 1)
        count, entries, office = self._draft or (0, self._held, self._office)
        if count < len(additions):
            news, cells = _news(additions[count:], act.no)
            entries, office = _with_news(entries, office, news, cells, [*self._acts, act])
        self._draft = len(additions), entries, office
        return office

    def end_act(self, act: ActRow, additions: Sequence[Addition]) -> None:
        """An act is kept: what it added need not be read."""
        self._kept = (act, additions)
        self._draft = None

    def forget_draft(self) -> None:
        """The open act is undone."""
        self._draft = None

    def _catch_up(self, no: int, seq: int) -> None:
        """Bring what is at hand forward to an act and its last fact."""
        if seq == self._office.seq:
            return
        kept, self._kept = self._kept, None
        if kept is not None and (kept[0].no, kept[0].first_seq) == (
            self._office.act + 1,
            self._office.seq + 1,
        ):
            acts, (news, cells) = [*self._acts, kept[0]], _news(kept[1], kept[0].no)
        else:
            acts = self._acts + [act for act in self.acts(after=self._office.act) if act.no <= no]
            news, cells = self._read_news(seq, self._envelopes([act.last_seq for act in acts]))
        self._held, self._office = _with_news(self._held, self._office, news, cells, acts)
        self._acts = acts
        self._catch_up(no, seq)

    def since(self, seq: int) -> Entries:
        """The facts at hand that came after one, by kind; of cells the office has what each says."""
        return {kind: some[bisect.bisect_right(some, seq, key=_seq) :] for kind, some in self._held.items()}

    def _read_news(self, seq: int, envelopes: Envelopes) -> tuple[Entries, dict[CellKey, CellNow]]:
        """The facts after what is at hand, up to one."""
        spans = [(self._office.seq + 1, seq)]
        return self._every_kind(spans, envelopes), self._cells(spans, envelopes)

    def _envelopes(self, ends: list[int] | None = None) -> Envelopes:
        if ends is None:
            ends = [row[0] for row in self.store.rows(queries()["ends"], {"office": self.name})]
        files: dict[int | None, str] = {None: "", **dict(self._sources())}
        return Envelopes(ends, files)

    def _every_kind(self, spans: list[Span], envelopes: Envelopes) -> Entries:
        return {kind: self._entries(kind, spans, envelopes) for kind in facts.KINDS if kind is not facts.Cell}

    def _entries(self, kind: type[F], spans: list[Span], envelopes: Envelopes) -> list[Entry[F]]:
        form = shape(kind)
        with uncollected():
            rows = self._rows(form.query("entries"), spans)
            texts = (value for row in rows for value in row if value.__class__ is str)
            clean = with_marks_shown if kind is facts.Contact else printable
            return [form.entry(row, envelopes) for row in _clean(rows, texts, clean)]

    def _cells(self, spans: list[Span], envelopes: Envelopes) -> dict[CellKey, CellNow]:
        files, cells = envelopes.files, {}
        act = end = 0
        with uncollected():
            rows = self._rows(queries()["cells"], spans)
            for subject, unit, field, period, value, origin, seq, file, place in _clean(
                rows, [row[4] for row in rows]
            ):
                if seq > end:
                    act = envelopes.act(seq)
                    end = _end(envelopes.ends, act)
                cells[subject, unit, field, period] = CellNow(value, origin, seq, act, files[file], place)
        return cells

    def _rows(self, query: str, spans: list[Span]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for first, last in spans:
            rows += self.store.rows(query, {"office": self.name, "first": first, "last": last})
        return rows


def _clean(
    rows: list[tuple[Any, ...]], texts: Iterable[str], clean: Callable[[str], str] = printable
) -> list[tuple[Any, ...]]:
    """Rows without marks that act on whoever shows them: the door lets none in, earlier versions kept them.

    An address that loses one may be another's: there each is shown, and nothing is sent to it.

    The texts in which they may stand are looked at as one: there are many rows, and hardly ever a mark.
    """
    if is_printable("".join(texts)):
        return rows
    return [tuple(clean(value) if isinstance(value, str) else value for value in row) for row in rows]


_seq = attrgetter("seq")

# A fact that an open act added: its number, the hash of its file and its place in it.
Addition = tuple[int, Fact, str, str]


def _news(additions: Sequence[Addition], no: int) -> tuple[Entries, dict[CellKey, CellNow]]:
    """What an act added, as if it had been read."""
    entries: Entries = {}
    cells: dict[CellKey, CellNow] = {}
    # Looked at as one: there are many texts, and hardly ever a mark.
    texts = "".join([fact.value for _, fact, _, _ in additions if type(fact) is Cell])
    clean = str if is_printable(texts) else printable
    for seq, fact, file, place in additions:
        if type(fact) is Cell:
            key = (fact.subject, fact.unit, fact.field, fact.period)
            cells[key] = CellNow(clean(fact.value), fact.origin, seq, no, file, place)
        else:
            entries.setdefault(type(fact), []).append(Entry(seq, no, file, place, fact))
    return entries, cells


def _with_news(
    entries: Entries, office: Office, news: Entries, cells: dict[CellKey, CellNow], acts: list[ActRow]
) -> tuple[Entries, Office]:
    """The facts at hand and their office, with what came since."""
    kinds = [kind for kind, some in news.items() if some]
    entries = {**entries, **{kind: [*entries.get(kind, ()), *news[kind]] for kind in kinds}}
    all_cells = {**office.cells, **cells} if cells else office.cells
    return entries, fold_news(office, kinds, entries, all_cells, acts)


def _spans(acts: Sequence[ActRow]) -> list[Span]:
    """The numbers of the facts of some acts, in order; acts that follow one another give one span."""
    spans: list[Span] = []
    for act in acts:
        if spans and spans[-1][1] + 1 == act.first_seq:
            spans[-1] = (spans[-1][0], act.last_seq)
        else:
            spans.append((act.first_seq, act.last_seq))
    return spans


def _end(ends: Sequence[int], act: int) -> int:
    """Number of the last fact of an act; one that is not recorded yet has no end."""
    if act > len(ends):
        return NO_END
    return ends[act - 1] if act else 0


# Whose ids begin with which letter, and how many digits they have at least.
_ID_KINDS: dict[str, tuple[type[Fact], str, int]] = {
    "P": (PlanEdition, "plan", 1),
    "U": (Unit, "unit", 3),
    "R": (Round, "round", 1),
    "F": (Form, "form", 1),
    "C": (Conflict, "conflict", 1),
    "D": (Document, "document", 1),
    "M": (Message, "message", 1),
}


class Act:
    """What happens between the beginning and the end of a command that changes something."""

    def __init__(self, ledger: Ledger, row: ActRow) -> None:
        self._ledger = ledger
        self._row = row
        self._last = row.last_seq
        # Everything that it added, and how many of these are written.
        self.additions: list[Addition] = []
        self._written = 0
        self._minted: dict[str, int] = {}
        self._sources = {sha: no for no, sha in ledger.sources().items()}

    @property
    def row(self) -> ActRow:
        """The act with what it added so far."""
        return replace(self._row, last_seq=self._last)

    @property
    def no(self) -> int:
        """The act's number."""
        return self._row.no

    @property
    def has_facts(self) -> bool:
        """Whether it has a fact so far."""
        return self._last >= self._row.first_seq

    def add(self, *facts: Fact, file: str = "", place: str = "") -> int:
        """Add facts that came from one place; returns the number of the last.

        A second statement of what is stated once (`Fact.ONCE`) is refused, at the end of the act at the
        latest, and nothing of the act is kept.
        """
        for fact in facts:
            self._last += 1
            self.additions.append((self._last, fact, file, place))
        return self._last

    def mint(self, prefix: str) -> str:
        """Make an id that nothing had before: `P1`, `U001`, `R1`, `F1`, `C1`, `D1`, `M1`."""
        kind, column, digits = _ID_KINDS[prefix]
        return self._next(prefix, kind, column, lambda number: f"{prefix}{number:0{digits}}")

    def mint_point(self, plan: str) -> str:
        """Make the id of a work point of a plan: `P1-001`."""
        return self._next(f"{plan}-", PointFact, "wp", lambda number: f"{plan}-{number:03}")

    def _next(self, prefix: str, kind: type[Fact], column: str, write: Callable[[int], str]) -> str:
        if prefix not in self._minted:
            self.flush()
            query = shape(kind).query("ids", column=column)
            rows = self._ledger.store.rows(query, {"office": self._ledger.name})
            numbers = (re.fullmatch(re.escape(prefix) + r"(\d+)", row[0]) for row in rows)
            self._minted[prefix] = max((int(match[1]) for match in numbers if match), default=0)
        self._minted[prefix] += 1
        return write(self._minted[prefix])

    def office(self) -> Office:
        """The office as it is now, with what this act added so far."""
        return self._ledger.office()

    def flush(self) -> None:
        """Write the facts that wait."""
        news: dict[type[Fact], list[Addition]] = {}
        for addition in self.additions[self._written :]:
            news.setdefault(type(addition[1]), []).append(addition)
        self._written = len(self.additions)
        office, source = self._ledger.name, self._source
        for kind, additions in news.items():
            form = shape(kind)
            values = form.values
            rows = [(office, seq, source(file), place, *values(fact)) for seq, fact, file, place in additions]
            refuse_unkeepable(rows)
            self._ledger.store.run_many(form.query("insert_fact"), rows)

    def _source(self, file: str) -> int | None:
        """The number of a file in `source`, where it is written when a fact first comes from it."""
        if not file:
            return None
        no = self._sources.get(file)
        if no is None:
            no = self._sources[file] = len(self._sources) + 1
            parameters = {"office": self._ledger.name, "no": no, "sha": file}
            self._ledger.store.run(queries()["insert_source"], parameters)
        return no

    def close(self) -> bool:
        """Write what waits and the act itself; False when there is nothing to keep."""
        if not self.has_facts:
            return False
        self.flush()
        parameters = {"office": self._ledger.name, **act_to_row(self.row)}
        self._ledger.store.run(queries()["insert_act"], parameters)
        return True


def open_ledger(where: str | Path, *, office: str = "office", password: str = "") -> Ledger:
    """Open a ledger, make it where there is none, and bring its tables up to date.

    Args:
        where: A file, `:memory:`, or the address of a PostgreSQL database (`postgresql://…`).
        office: Whose ledger; a database may hold several, which never see each other.
        password: The server's, where its address and the driver's own places have none.

    Raises:
        TrackerError: One of `problems.office`: busy, damaged, newer than the program, out of reach …
    """
    store = _connect(where, password)
    try:
        migrate(store)
    except BaseException:
        store.close()
        raise
    return Ledger(store, office)


def _connect(where: str | Path, password: str) -> Store:
    if isinstance(where, str) and where.startswith(("postgresql://", "postgres://")):
        # Imported here: whoever has no server never pays for its driver.
        from tracker.files.ledger.postgresql import PostgresqlStore

        return PostgresqlStore(where, password)
    from tracker.files.ledger.sqlite import SqliteStore

    if str(where) != ":memory:":
        Path(where).parent.mkdir(parents=True, exist_ok=True)
    return SqliteStore(where)


class Ledger:
    """One office's facts in an open database. Not for use from several threads."""

    def __init__(self, store: Store, office: str) -> None:
        self.store = store
        self.name = office
        self._open: Act | None = None
        self._reading = False
        self._reader = Reader(store, office)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # Writing

    @contextlib.contextmanager
    def act(
        self,
        verb: str,
        *,
        person: str,
        at: dt.datetime,
        effective_on: dt.date | None = None,
        settings: Sequence[str] = (),
    ) -> Iterator[Act]:
        """Record what happens inside as one act, or nothing of it.

        The transaction begins before anything is read and nobody else writes to the office until its end, so
        what is decided inside, on `act.office()`, is decided on what holds. It is kept if a fact was added;
        without one, or when an error leaves the block, nothing happened. A process that dies at any moment
        leaves the act whole or not at all, and may die after the commit and before anybody is told: to do it
        again must be harmless.
        """
        if self._open is not None:
            raise RuntimeError("an act inside an act: they would be kept or lost together")
        if at.tzinfo is None:
            raise ValueError("the moment of an act needs its time zone")
        self.store.begin_writing(self.name)
        try:
            no, seq = self._reader.last()
            row = ActRow(no + 1, verb, person, at, effective_on, __version__, tuple(settings), seq + 1, seq)
            self._open = Act(self, row)
            yield self._open
            if self._open.close():
                self.store.commit()
                self._reader.end_act(self._open.row, self._open.additions)
                note_effect()
            else:
                self.store.rollback()
                self._reader.forget_draft()
        except BaseException:
            self.store.rollback()
            self._reader.forget_draft()
            raise
        finally:
            self._open = None

    # Reading

    @contextlib.contextmanager
    def _one_moment(self) -> Iterator[None]:
        """Let all reads inside see one moment; inside an act they see what it did so far."""
        if self._open is not None:
            self._open.flush()
            yield
            return
        if self._reading:
            yield
            return
        self.store.begin_reading()
        self._reading = True
        try:
            yield
        finally:
            self._reading = False
            self.store.rollback()

    @property
    def last_act(self) -> int:
        """Number of the last act; 0 when there is none."""
        return self._reader.last()[0]

    @property
    def last_seq(self) -> int:
        """Number of the last fact; 0 when there is none."""
        return self._reader.last()[1]

    def acts(self) -> list[ActRow]:
        """Every act, in order."""
        return self._reader.acts()

    def sources(self) -> dict[int, str]:
        """The hash of each file that facts came from, by its number."""
        return self._reader.sources()

    def entries(self, kind: type[F], *, until: int | None = None) -> list[Entry[F]]:
        """The facts of a kind in the order recorded, up to and including act `until`."""
        with self._one_moment():
            return self._reader.entries(kind) if until is None else self._reader.entries(kind, until)

    def cells(self, *, until: int | None = None) -> dict[CellKey, CellNow]:
        """What each cell says, or said after act `until`."""
        with self._one_moment():
            return self._reader.cells() if until is None else self._reader.cells(until)

    def office(self, *, until: int | None = None) -> Office:
        """The office as the facts say it is, or was after act `until`.

        The present one is kept; when it is asked for again, only what was recorded since is read, by whomever.
        """
        if until is None and self._open is not None:
            return self._reader.office_with(self._open.row, self._open.additions)
        with self._one_moment():
            return self._reader.office_now() if until is None else self._reader.office_until(until)

    def since(self, seq: int) -> Entries:
        """The facts of every kind but `Cell` that were recorded after one."""
        with self._one_moment():
            self._reader.office_now()
            return self._reader.since(seq)

    def office_as_of(self, day: dt.date) -> Office:
        """The office as it was at the end of a day: from acts that count from that day or an earlier one.

        An act counts from its `effective_on`, else from the day it was recorded, so what was recorded later
        with an earlier date belongs to the past that it speaks of.
        """
        with self._one_moment():
            return self._reader.office_as_of(day)

    # Keeping

    def check(self) -> list[str]:
        """What is wrong with the ledger, one sentence each; empty when all is well."""
        from tracker.files.ledger.keeping import check_ledger

        with self._one_moment():
            return check_ledger(self)

    def backup(self, target: Path) -> None:
        """Write a copy of the ledger as it is at one moment to a file, opened and checked before it is there.

        Whatever the database is, the backup is an SQLite file that `open_ledger` opens.
        """
        from tracker.files.ledger.keeping import backup

        backup(self, target)
