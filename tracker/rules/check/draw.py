r"""随机抽查: day, unit and content drawn from frames, so that anybody can draw them again and nobody twice unseen.

三随机 (桂办发〔2016〕39号; `docs/coverage.md` G3 to G7): each of the three frames may be drawn from or left out.

**The draw is a function of frames, number and seed.** Every candidate of a frame gets the SHA-256 of

    number of the draw, seed, kind of the frame, its id        in UTF-8, a line each

and the smallest come first: the same on every platform and in every version. `frames_digest` is the SHA-256 of the
frames as text; it and the seed are recorded before the result is, so a result that was not drawn from them does not
verify (`faults`).

**Strata.** A stratum (市直部门, 县区) gets its share of the sample in proportion to its size by the largest
remainder, never less than its minimum and never more than it has:

    1 each stratum gets its minimum, or all that it has
    2 what is left goes one by one to the stratum that is furthest below its proportional share

**Longest unchecked first**, where the frame says so: the day of the last check decides before the hash; who was never
checked comes first.

**Exclusions** (a unit checked by the superior last week) are part of the frame, each with its reason; they are never
drawn, and they are printed.

    >>> frame = Frame(FrameKind.UNIT, (Candidate("U1", "市教育局"), Candidate("U2", "市水务局"), Candidate("U3", "甲县")), 1)
    >>> result = draw_frames((frame,), number="2026-1", seed="20260301")
    >>> result == draw_frames((frame,), number="2026-1", seed="20260301")
    True
    >>> faults((frame,), result, number="2026-1", seed="20260301")
    ()
    >>> faults((frame,), {FrameKind.UNIT: ()}, number="2026-1", seed="20260301")
    (<FrameKind.UNIT: '对象'>,)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import Enum
from fractions import Fraction

from tracker.values import dataclass


class FrameKind(Enum):
    """What is drawn; the value is the word that users see."""

    DAY = "时间"
    UNIT = "对象"
    CONTENT = "内容"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be drawn.

    Attributes:
        id: What the ledger knows it by; a day is its ISO date.
        name: What is printed.
        stratum: The part of the frame that it belongs to; may be empty.
        last_checked: When it was last drawn and checked; None for never.
        exclusion: Why it must not be drawn this time; empty if it may.
    """

    id: str
    name: str
    stratum: str = ""
    last_checked: dt.date | None = None
    exclusion: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What one dimension is drawn from.

    Attributes:
        kind: Day, unit or content.
        candidates: Each id once.
        size: How many are drawn; all that may be where there are fewer.
        minima: How many at least of a stratum.
        longest_first: Whether the day of the last check decides before chance does.
    """

    kind: FrameKind
    candidates: tuple[Candidate, ...]
    size: int
    minima: Mapping[str, int] = field(default_factory=dict)
    longest_first: bool = False


# The ids drawn, by kind of frame, in the order drawn.
DrawResult = Mapping[FrameKind, tuple[str, ...]]


def frames_digest(frames: Sequence[Frame]) -> str:
    """The SHA-256 of the frames: any change of a candidate, an order, a minimum or a reason changes it."""
    values = [
        [
            frame.kind.value,
            frame.size,
            sorted(frame.minima.items()),
            frame.longest_first,
            [
                [
                    candidate.id,
                    candidate.name,
                    candidate.stratum,
                    str(candidate.last_checked or ""),
                    candidate.exclusion,
                ]
                for candidate in frame.candidates
            ],
        ]
        for frame in frames
    ]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def draw_frames(frames: Sequence[Frame], *, number: str, seed: str) -> dict[FrameKind, tuple[str, ...]]:
    """Draw from each frame.

    Args:
        frames: At most one of a kind.
        number: The number of this draw in the office (`2026-1`): a second draw with the same seed is another one.
        seed: What nobody could choose: drawn by the program and recorded first, or a public number named beforehand.
    """
    return {frame.kind: _draw_frame(frame, number, seed) for frame in frames}


def _draw_frame(frame: Frame, number: str, seed: str) -> tuple[str, ...]:
    def order(candidate: Candidate) -> tuple[str, bytes]:
        text = f"{number}\n{seed}\n{frame.kind.value}\n{candidate.id}"
        last_day = (
            candidate.last_checked.isoformat() if frame.longest_first and candidate.last_checked else ""
        )
        return last_day, hashlib.sha256(text.encode()).digest()

    strata: dict[str, list[Candidate]] = {}
    for candidate in frame.candidates:
        if not candidate.exclusion:
            strata.setdefault(candidate.stratum, []).append(candidate)
    sizes = allocate(
        {stratum: len(candidates) for stratum, candidates in strata.items()}, frame.size, frame.minima
    )
    sample = [
        candidate
        for stratum, candidates in strata.items()
        for candidate in sorted(candidates, key=order)[: sizes[stratum]]
    ]
    return tuple(candidate.id for candidate in sorted(sample, key=order))


def allocate(sizes: Mapping[str, int], sample: int, minima: Mapping[str, int]) -> dict[str, int]:
    """How many of a sample fall to each stratum; minima come before the size of the sample.

    >>> allocate({"市直": 30, "县区": 6}, 6, {"县区": 2})
    {'市直': 4, '县区': 2}
    """
    shares = {stratum: min(size, minima.get(stratum, 0)) for stratum, size in sizes.items()}
    total = sum(sizes.values())
    for _ in range(min(sample, total) - sum(shares.values())):
        # The furthest below its share; of equals the first as the frame has them.
        behind = {
            stratum: Fraction(sample * size, total) - shares[stratum]
            for stratum, size in sizes.items()
            if shares[stratum] < size
        }
        stratum = max(behind, key=lambda name: behind[name])
        shares[stratum] += 1
    return shares


def faults(frames: Sequence[Frame], result: DrawResult, *, number: str, seed: str) -> tuple[FrameKind, ...]:
    """The dimensions in which a recorded result is not what frames, number and seed give."""
    again = draw_frames(frames, number=number, seed=seed)
    return tuple(kind for kind in FrameKind if tuple(result.get(kind, ())) != again.get(kind, ()))
