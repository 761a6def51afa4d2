"""Facts as rows and rows as facts: both directions, and the table of types between them.

A fact's class is the table that it names; its fields are the columns after the envelope
(office, seq, file, place), in the same order. What the fields hold is written so that both databases
keep it alike:

    str             as it is; a NUL or half of a surrogate pair is refused, since no two databases keep it alike
    int             as it is
    bool            boolean on PostgreSQL, 0 and 1 on SQLite
    date, datetime  ISO 8601 text; None (an open date) is null
    tuple of str    JSON text
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic

from tracker import patterns as re
from tracker.facts import ActRow, Entry, F, Fact
from tracker.files.ledger.store import queries
from tracker.problems.ledger import UnkeepableText
from tracker.values import dataclass

Row = Sequence[Any]

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def _same(value: Any) -> Any:
    return value


def refuse_unkeepable(rows: Sequence[Row]) -> None:
    """Refuse a text that no two databases keep alike, wherever in the rows it stands."""
    # Column by column, since most columns hold nothing but texts, which are looked at as one.
    for column in zip(*rows, strict=True):
        try:
            whole = "".join(column)
        except TypeError:
            whole = "".join(value for value in column if isinstance(value, str))
        if "\0" in whole or (not whole.isascii() and _HALF_PAIR.search(whole)):
            for value in column:
                if isinstance(value, str):
                    _refuse(value)


def _refuse(text: str) -> None:
    if "\0" in text or (not text.isascii() and _HALF_PAIR.search(text)):
        bad = next(character for character in text if character == "\0" or "\ud800" <= character <= "\udfff")
        printable = text.replace(bad, "□").encode("utf-8", "replace").decode("utf-8")
        raise UnkeepableText(text=printable[:40], character=f"U+{ord(bad):04X}")


def tuple_to_text(value: Sequence[str]) -> str:
    """Write a tuple of ids as JSON.

    >>> tuple_to_text(("P1-001", "P1-002"))
    '["P1-001", "P1-002"]'
    """
    return json.dumps(list(value), ensure_ascii=False)


def _tuple_from_text(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _open_to_text(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _open_from_text(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# What a field holds, as its class spells it: its type in both databases, how it is written to a row, and how it is read back.
CODECS: dict[Any, tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "str": ("text", _same, _same),
    "int": ("integer", _same, _same),
    "bool": ("boolean", bool, bool),
    "dt.date": ("text", dt.date.isoformat, dt.date.fromisoformat),
    "dt.date | None": ("text", _open_to_text, _open_from_text),
    "dt.datetime": ("text", dt.datetime.isoformat, dt.datetime.fromisoformat),
    "tuple[str, ...]": ("text", tuple_to_text, _tuple_from_text),
}


@dataclass(frozen=True, slots=True)
class Envelopes:
    """What the envelopes of an office's facts stand for.

    Attributes:
        ends: The number of the last fact of each act, in order; a later fact is of an act that is still open.
        files: The hash of each file by its number; None is no file.
    """

    ends: Sequence[int]
    files: Mapping[int | None, str]

    def act(self, seq: int) -> int:
        """The act whose range a fact's number lies in.

        >>> [Envelopes((2, 5), {}).act(seq) for seq in range(1, 7)]
        [1, 1, 2, 2, 2, 3]
        """
        return bisect_left(self.ends, seq) + 1


@dataclass(frozen=True)
class Shape(Generic[F]):
    """How one class of facts lies in its table."""

    kind: type[F]
    table: str
    columns: tuple[str, ...]
    # Only for columns that are not kept as they are, by their number: most are, and there are many rows.
    encoders: tuple[tuple[int, Callable[[Any], Any]], ...]
    decoders: tuple[tuple[int, Callable[[Any], Any]], ...]
    # All columns of a fact at once.
    _fields: Callable[[Any], tuple[Any, ...]]

    def query(self, name: str, **more: str) -> str:
        """A query of `queries.sql` with this table and its columns filled in."""
        return queries()[name].format(
            table=f'"{self.table}"',
            columns=", ".join(f'"{column}"' for column in self.columns),
            values=", ".join(f":{column}" for column in self.columns),
            **more,
        )

    def values(self, fact: F) -> tuple[Any, ...]:
        """The fact's own columns in order, as they are written."""
        values = self._fields(fact)
        if self.encoders:
            some = list(values)
            for column, encode in self.encoders:
                some[column] = encode(some[column])
            values = tuple(some)
        return values

    def entry(self, row: Row, envelopes: Envelopes) -> Entry[F]:
        """The fact and its envelope, from a row that `entries` selected."""
        seq, file, place, *values = row
        for column, decode in self.decoders:
            values[column] = decode(values[column])
        return Entry(seq, envelopes.act(seq), envelopes.files[file], place, self.kind(*values))


_SHAPES: dict[type[Fact], Shape[Any]] = {}


def shape(kind: type[F]) -> Shape[F]:
    """The shape of a class of facts.

    >>> from tracker import facts
    >>> shape(facts.UnitName).table, shape(facts.UnitName).columns
    ('unit_name', ('unit', 'name', 'since', 'until', 'rank'))
    """
    if kind not in _SHAPES:
        _SHAPES[kind] = _shape(kind)
    return _SHAPES[kind]


def _shape(kind: type[F]) -> Shape[F]:
    names = tuple(field.name for field in fields(kind))
    codecs = [CODECS[field.type] for field in fields(kind)]
    return Shape(
        kind=kind,
        table=kind.TABLE,
        columns=names,
        encoders=tuple((n, encode) for n, (_, encode, _) in enumerate(codecs) if encode is not _same),
        decoders=tuple((n, decode) for n, (_, _, decode) in enumerate(codecs) if decode is not _same),
        _fields=attrgetter(*names),
    )


def act_to_row(act: ActRow) -> dict[str, Any]:
    """An act's columns, as they are written."""
    return {
        "no": act.no,
        "verb": act.verb,
        "person": act.person,
        "recorded_at": act.recorded_at.isoformat(),
        "effective_on": _open_to_text(act.effective_on),
        "version": act.version,
        "settings": tuple_to_text(act.settings),
        "first_seq": act.first_seq,
        "last_seq": act.last_seq,
    }


def act_from_row(row: Row) -> ActRow:
    """An act, from a row that `acts` selected."""
    no, verb, person, recorded_at, effective_on, version, settings, first_seq, last_seq = row
    return ActRow(
        no=no,
        verb=verb,
        person=person,
        recorded_at=dt.datetime.fromisoformat(recorded_at),
        effective_on=_open_from_text(effective_on),
        version=version,
        settings=_tuple_from_text(settings),
        first_seq=first_seq,
        last_seq=last_seq,
    )
