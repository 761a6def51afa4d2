"""One act while it is open: facts are gathered, numbered and written together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from tracker.facts import ActRow
from tracker.facts import Cell
from tracker.facts import Conflict
from tracker.facts import Document
from tracker.facts import Fact
from tracker.facts import Form
from tracker.facts import Message
from tracker.facts import PlanEdition
from tracker.facts import Round
from tracker.facts import Unit
from tracker.facts import WorkPoint
from tracker.files.ledger.codec import act_to_row
from tracker.files.ledger.codec import shape
from tracker.files.ledger.named import queries
from tracker.rules.state import Office

if TYPE_CHECKING:
    from tracker.files.ledger import Ledger

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
# Facts wait until so many are written together.
_WAIT = 5_000


class Act:
    """What happens between the beginning and the end of a command that changes something."""

    def __init__(self, ledger: Ledger, row: ActRow) -> None:
        self._ledger = ledger
        self.row = row
        self._waiting: list[tuple[int, Fact, str, str]] = []
        # The projection holds the facts up to this one.
        self._kept = row.last_seq
        self._minted: dict[str, int] = {}

    @property
    def no(self) -> int:
        """The act's number."""
        return self.row.no

    @property
    def has_facts(self) -> bool:
        """Whether it has a fact so far."""
        return self.row.last_seq >= self.row.first_seq

    def add(self, *facts: Fact, file: str = "", place: str = "") -> int:
        """Add facts that came from one place; returns the number of the last.

        A second statement of what is stated once (`Fact.ONCE`) is refused, at the end of the act at the
        latest, and nothing of the act is kept.
        """
        for fact in facts:
            self.row = replace(self.row, last_seq=self.row.last_seq + 1)
            self._waiting.append((self.row.last_seq, fact, file, place))
        if len(self._waiting) >= _WAIT:
            self.flush()
        return self.row.last_seq

    def mint(self, prefix: str) -> str:
        """Make an id that nothing had before: `P1`, `U001`, `R1`, `F1`, `C1`, `D1`, `M1`."""
        kind, column, digits = _ID_KINDS[prefix]
        return self._next(prefix, kind, column, lambda number: f"{prefix}{number:0{digits}}")

    def mint_point(self, plan: str) -> str:
        """Make the id of a work point of a plan: `P1-001`."""
        return self._next(f"{plan}-", WorkPoint, "wp", lambda number: f"{plan}-{number:03}")

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
        """Write the facts that wait, and bring the projection up to date with them."""
        by_kind: dict[type[Fact], list[dict[str, Any]]] = {}
        for seq, fact, file, place in self._waiting:
            envelope = {
                "office": self._ledger.name,
                "seq": seq,
                "act": self.no,
                "file": file,
                "place": place,
            }
            by_kind.setdefault(type(fact), []).append({**envelope, **shape(type(fact)).parameters(fact)})
        self._waiting.clear()
        for kind, rows in by_kind.items():
            self._ledger.store.run_many(shape(kind).query("insert_fact"), rows)
        if Cell in by_kind:
            parameters = {"office": self._ledger.name, "after": self._kept}
            self._ledger.store.run(queries()["keep_current"], parameters)
        self._kept = self.row.last_seq

    def close(self) -> bool:
        """Write what waits and the act itself; False when there is nothing to keep."""
        if not self.has_facts:
            return False
        self.flush()
        parameters = {"office": self._ledger.name, **act_to_row(self.row)}
        self._ledger.store.run(queries()["insert_act"], parameters)
        return True
