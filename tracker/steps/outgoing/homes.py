"""Whose an address is, or ever was: what the guard against swapped addresses is told."""

from __future__ import annotations

from tracker import facts
from tracker.rules.outgoing.addresses import addr_spec
from tracker.steps.desk import Desk


def homes_of(desk: Desk) -> dict[str, frozenset[str]]:
    """For each address in small letters, every unit that ever had it as a contact's."""
    units_by_address: dict[str, set[str]] = {}
    for entry in desk.ledger.entries(facts.Contact):
        address = addr_spec(entry.fact.mail).lower()
        if address:
            units_by_address.setdefault(address, set()).add(entry.fact.unit)
    return {address: frozenset(units) for address, units in units_by_address.items()}
