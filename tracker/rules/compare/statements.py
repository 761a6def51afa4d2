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

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.comparison import ALL, AS_PROPOSED, Judgement, JudgementEntry, RowMemory
from tracker.problems.base import Finding
from tracker.problems.plans import (
    DECIDED_MEANWHILE,
    NO_IDS,
    NO_SUCH_WORD,
    NOTHING_PROPOSED,
    PROPOSED_OTHERS,
    ROW_TWICE,
    UNKNOWN_ROW,
)
from tracker.values import dataclass

_ID = re.compile(r"([A-Z]+\d+)-(\d+)")
_SEPARATORS = re.compile(r"[、，,;；\s+]+")


@dataclass(frozen=True)
class Statements:
    """What a person says.

    Attributes:
        judgements: By row, what differs from what the ledger holds; no word takes back.
        findings: What nobody can understand, by row.
        conflicts: Rows that were decided otherwise meanwhile: what was typed.
        half: Rows that were filled in without a decision.
    """

    judgements: Mapping[str, Judgement]
    findings: Mapping[str, Finding]
    conflicts: Mapping[str, Judgement]
    half: frozenset[str]


def ids_in(text: str) -> tuple[str, ...] | None:
    """The ids that a cell names; None where it holds anything else."""
    ids: dict[str, None] = {}
    for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text).strip()):
        match = _ID.fullmatch(part.upper())
        if part and not match:
            return None
        if match:
            ids[f"{match[1]}-{int(match[2]):03}"] = None
    return tuple(ids)


def statements_of(
    entries: Sequence[tuple[str, JudgementEntry]],
    laid_out: Mapping[str, RowMemory],
    now: Mapping[str, Judgement],
    words: Sequence[str],
) -> Statements:
    """What the rows of a workbook say.

    Args:
        entries: Row and texts, in any order.
        laid_out: What each row held when it was laid out.
        now: What the ledger holds; a row that is not there is undecided.
        words: Allowed in 判断 beside 按建议.
    """
    judgements: dict[str, Judgement] = {}
    findings: dict[str, Finding] = {}
    conflicts: dict[str, Judgement] = {}
    half = set()
    for_all = any(key == ALL and entry.word == AS_PROPOSED for key, entry in entries)
    for key, entry in sorted(_once(entries, findings).items()):
        row = laid_out.get(key)
        if row is None:
            if entry.word:
                findings[key] = UNKNOWN_ROW.at(entry.place, row=key)
            continue
        judgement = _judgement_of(entry, row, words, for_all=for_all)
        if isinstance(judgement, Finding):
            findings[key] = judgement
            continue
        current = now.get(key, Judgement())
        if judgement.word or row.judgement.word:
            if _same(judgement, row.judgement) or _same(judgement, current):
                continue
            if not _same(current, row.judgement):
                conflicts[key] = judgement
                findings[key] = DECIDED_MEANWHILE.at(
                    entry.place, row=key, typed=judgement_words(judgement), held=judgement_words(current)
                )
            else:
                judgements[key] = judgement
        elif entry.note or ids_in(entry.others) != row.proposal.others:
            half.add(key)
    return Statements(judgements, findings, conflicts, frozenset(half))


def judgement_words(judgement: Judgement) -> str:
    """A decision in words.

    >>> judgement_words(Judgement("延续", ("P1-003",))), judgement_words(Judgement())
    ('延续 P1-003', '未判断')
    """
    return " ".join(part for part in (judgement.word or "未判断", "、".join(judgement.others)) if part)


def _once(
    entries: Sequence[tuple[str, JudgementEntry]], findings: dict[str, Finding]
) -> dict[str, JudgementEntry]:
    unique: dict[str, JudgementEntry] = {}
    for key, entry in entries:
        if key == ALL:
            continue
        first = unique.get(key)
        if first is not None and replace(first, place="") != replace(entry, place=""):
            findings[key] = ROW_TWICE.at(entry.place, row=key)
        unique.setdefault(key, entry)
    return {key: entry for key, entry in unique.items() if key not in findings}


def _judgement_of(
    entry: JudgementEntry, row: RowMemory, words: Sequence[str], *, for_all: bool
) -> Judgement | Finding:
    others = ids_in(entry.others)
    if entry.word == AS_PROPOSED or (
        for_all and not entry.word and not row.judgement.word and row.proposal.word
    ):
        if not row.proposal.word:
            return NOTHING_PROPOSED.at(entry.place)
        # Whoever changed the ids did not mean what was proposed.
        if others != row.proposal.others:
            return PROPOSED_OTHERS.at(entry.place, others=entry.others)
        return replace(row.proposal, note=entry.note)
    if not entry.word:
        return Judgement()
    if entry.word not in words:
        return NO_SUCH_WORD.at(entry.place, word=entry.word, words="、".join(words))
    if others is None:
        return NO_IDS.at(entry.place, text=entry.others)
    return Judgement(entry.word, others, entry.note)


def _same(one: Judgement, other: Judgement) -> bool:
    if not one.word and not other.word:
        return True
    return (one.word, set(one.others), one.note) == (other.word, set(other.others), other.note)
