"""What a person typed into a comparison, against what was laid out and what the ledger holds now.

    laid out    now     typed                    is
    a           any     a                        no statement
    a           b       b                        known already
    a           a       b                        a statement; an empty 判断 takes the decision back
    a           c       b                        two decisions about one row: the ledger's stands, the other is told

按建议 means what was proposed in the workbook that the person saw, row by row; the row 全部 with 按建议 says it of every
row that is still empty and has a proposal. A row that stands there twice with different words says nothing.

    >>> ids_in("P1-3，P1-012、 p1-012"), ids_in("第3项")
    (('P1-003', 'P1-012'), None)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from tracker.problems import Finding
from tracker.problems import comparing

AS_PROPOSED = "按建议"
# The row that speaks for all.
ALL = "全部"

_ID = re.compile(r"([A-Z]+\d+)-(\d+)")
_BETWEEN = re.compile(r"[、，,;；\s+]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in a row: 判断, the items of the other side, 说明. Without a word nothing is decided."""

    word: str = ""
    others: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A row as it was typed: its texts as they are, and where it stands."""

    word: str
    others: str
    note: str
    place: str


@dataclass(frozen=True, slots=True)
class Row:
    """What the workbook was laid out with: what was decided, and what was proposed (no word: nothing)."""

    decided: Said
    proposed: Said


@dataclass(frozen=True)
class Stated:
    """What a person says.

    Attributes:
        said: By row, what differs from what the ledger holds; no word takes back.
        findings: What nobody can understand, by row.
        overruled: Rows that were decided otherwise meanwhile: what was typed.
        half: Rows that were filled in without a decision.
    """

    said: Mapping[str, Said]
    findings: Mapping[str, Finding]
    overruled: Mapping[str, Said]
    half: frozenset[str]


def ids_in(text: str) -> tuple[str, ...] | None:
    """The ids that a cell names; None where it holds anything else."""
    found: dict[str, None] = {}
    for part in _BETWEEN.split(unicodedata.normalize("NFKC", text).strip()):
        matched = _ID.fullmatch(part.upper())
        if part and not matched:
            return None
        if matched:
            found[f"{matched[1]}-{int(matched[2]):03}"] = None
    return tuple(found)


def stated(
    typed: Sequence[tuple[str, Typed]],
    laid_out: Mapping[str, Row],
    now: Mapping[str, Said],
    words: Sequence[str],
) -> Stated:
    """What the rows of a workbook say.

    Args:
        typed: Row and texts, in any order.
        laid_out: What each row held when it was laid out.
        now: What the ledger holds; a row that is not there is undecided.
        words: Allowed in 判断 beside 按建议.
    """
    said: dict[str, Said] = {}
    findings: dict[str, Finding] = {}
    overruled: dict[str, Said] = {}
    half = set()
    for_all = any(key == ALL and each.word == AS_PROPOSED for key, each in typed)
    for key, each in sorted(_once(typed, findings).items()):
        row = laid_out.get(key)
        if row is None:
            if each.word:
                findings[key] = comparing.UNKNOWN_ROW.at(each.place, row=key)
            continue
        meant = _meant(each, row, words, for_all=for_all)
        if isinstance(meant, Finding):
            findings[key] = meant
            continue
        held = now.get(key, Said())
        if meant.word or row.decided.word:
            if _same(meant, row.decided) or _same(meant, held):
                continue
            if not _same(held, row.decided):
                overruled[key] = meant
                findings[key] = comparing.DECIDED_MEANWHILE.at(
                    each.place, row=key, typed=told(meant), held=told(held)
                )
            else:
                said[key] = meant
        elif each.note or ids_in(each.others) != row.proposed.others:
            half.add(key)
    return Stated(said, findings, overruled, frozenset(half))


def told(said: Said) -> str:
    """A decision in words.

    >>> told(Said("延续", ("P1-003",))), told(Said())
    ('延续 P1-003', '未判断')
    """
    return " ".join(part for part in (said.word or "未判断", "、".join(said.others)) if part)


def _once(typed: Sequence[tuple[str, Typed]], findings: dict[str, Finding]) -> dict[str, Typed]:
    found: dict[str, Typed] = {}
    for key, each in typed:
        if key == ALL:
            continue
        known = found.get(key)
        if known is not None and replace(known, place="") != replace(each, place=""):
            findings[key] = comparing.ROW_TWICE.at(each.place, row=key)
        found.setdefault(key, each)
    return {key: each for key, each in found.items() if key not in findings}


def _meant(each: Typed, row: Row, words: Sequence[str], *, for_all: bool) -> Said | Finding:
    others = ids_in(each.others)
    if each.word == AS_PROPOSED or (for_all and not each.word and not row.decided.word and row.proposed.word):
        if not row.proposed.word:
            return comparing.NOTHING_PROPOSED.at(each.place)
        # Whoever changed the ids did not mean what was proposed.
        if others != row.proposed.others:
            return comparing.PROPOSED_OTHERS.at(each.place, others=each.others)
        return replace(row.proposed, note=each.note)
    if not each.word:
        return Said()
    if each.word not in words:
        return comparing.NO_SUCH_WORD.at(each.place, word=each.word, words="、".join(words))
    if others is None:
        return comparing.NO_IDS.at(each.place, text=each.others)
    return Said(each.word, others, each.note)


def _same(one: Said, other: Said) -> bool:
    if not one.word and not other.word:
        return True
    return (one.word, set(one.others), one.note) == (other.word, set(other.others), other.note)
