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

The frames that a spot check is drawn from, and a draw as the ledger keeps it.

    frame   candidates                                           strata            last checked
    时间    working days of the window                           none              never
    对象    units of the office that are bound, not excluded          kind of the unit  day of the last draw of it
    内容    items of 抽查设置.xlsx                               kind of the item  day of the last draw of it

A dimension of which nothing is to be drawn (0) is no frame: all its candidates are looked at. The frames and the seed are
recorded in an act of their own before the result is (`SpotDraw.result` is empty then), so a draw that was begun is
seen even if nobody liked what came.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from enum import Enum
from fractions import Fraction

from tracker.spotcheck import CheckItem, SpotPlan
from tracker.tiers import UNIT_KINDS
from tracker.values import dataclass
from tracker.workdays import ONE_DAY, Calendar


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


@dataclass(frozen=True)
class SpotDraw:
    """A draw.

    Attributes:
        number: `2026-1`: the year and how many there were in it.
        title: Of the check.
        on: The day on which it was drawn.
        frames: What it was drawn from.
        seed: What decided.
        is_public: Whether the seed is a number that was named beforehand.
        reason: Why this check was drawn again; empty for the first time.
        result: What was drawn; empty while only the frames are recorded.
        digest: The digest of the frames that the result was drawn from; empty without one.
    """

    number: str
    title: str
    on: dt.date
    frames: tuple[Frame, ...]
    seed: str
    is_public: bool = False
    reason: str = ""
    result: DrawResult = field(default_factory=dict)
    digest: str = ""

    @property
    def is_as_drawn(self) -> bool:
        """Whether the frames are still those that the result was drawn from."""
        return self.digest == frames_digest(self.frames)

    def names(self, kind: FrameKind) -> tuple[str, ...]:
        """The names of what was drawn, in the order of the frame."""
        names = {
            candidate.id: candidate.name
            for frame in self.frames
            if frame.kind is kind
            for candidate in frame.candidates
        }
        ids = set(self.result.get(kind, ()))
        return tuple(name for id_, name in names.items() if id_ in ids)


def frames_of(
    plan: SpotPlan,
    units: Sequence[tuple[str, str, str]],
    items: Sequence[CheckItem],
    draws: Sequence[SpotDraw],
    workdays: Calendar,
) -> tuple[Frame, ...]:
    """The frames of a check; `NoCalendar` where the window reaches a year that nobody has arranged.

    Args:
        plan: What the office wants.
        units: Id, name and kind of each unit.
        items: What units are checked by.
        draws: Earlier draws, for the days of the last check.
        workdays: The working days.
    """
    frames = []
    if plan.days and plan.first and plan.last:
        span = range((plan.last - plan.first).days + 1)
        days = [day for n in span if workdays.is_workday(day := plan.first + n * ONE_DAY)]
        frames.append(
            Frame(
                FrameKind.DAY, tuple(Candidate(day.isoformat(), day.isoformat()) for day in days), plan.days
            )
        )
    if plan.units:
        frames.append(
            Frame(
                FrameKind.UNIT,
                _candidates(
                    FrameKind.UNIT,
                    units,
                    draws,
                    {unit: unit_exclusion(plan, unit, name, kind) for unit, name, kind in units},
                ),
                plan.units,
                dict(plan.minima),
                plan.longest_first,
            )
        )
    if plan.contents:
        contents = ((item.code, item.content, item.kind) for item in items)
        candidates = _candidates(FrameKind.CONTENT, contents, draws, plan.exclusions)
        frames.append(Frame(FrameKind.CONTENT, candidates, plan.contents, longest_first=plan.longest_first))
    return tuple(frames)


def unit_exclusion(plan: SpotPlan, unit: str, name: str, kind: str) -> str:
    """Why a unit is not drawn; empty where it may be.

    The documents that ask for spot checks bind governments and their departments: party organs, congress, courts and
    bodies of other levels are asked by letter, and drawn only where the office says so.

    >>> [unit_exclusion(SpotPlan(also=also), "U1", "市委宣传部", "党委部门")[:4] for also in ((), ("党委部门",), ("市委宣传部",))]
    ['党委部门', '', '']
    """
    if reason := plan.exclusions.get(name) or plan.exclusions.get(unit):
        return reason
    is_ours = not UNIT_KINDS.get(kind) or {kind, name} & set(plan.also)
    return "" if is_ours else f"{kind}，不属抽查范围"


def _candidates(
    kind: FrameKind,
    things: Iterable[tuple[str, str, str]],
    draws: Sequence[SpotDraw],
    exclusions: Mapping[str, str],
) -> tuple[Candidate, ...]:
    last_days = {id_: draw.on for draw in draws for id_ in draw.result.get(kind, ())}
    return tuple(
        Candidate(id_, name, stratum, last_days.get(id_), exclusions.get(name, exclusions.get(id_, "")))
        for id_, name, stratum in things
    )


def next_number(draws: Iterable[SpotDraw], year: int) -> str:
    """The number of the next draw of a year.

    >>> next_number((), 2026)
    '2026-1'
    """
    return f"{year}-{1 + sum(draw.number.startswith(f'{year}-') for draw in draws)}"


def frames_to_json(draw: SpotDraw) -> str:
    """The frames and the seed as an event keeps them."""
    values = {
        "number": draw.number,
        "title": draw.title,
        "seed": draw.seed,
        "is_public": draw.is_public,
        "reason": draw.reason,
        "frames": [
            {
                "kind": frame.kind.value,
                "size": frame.size,
                "minima": dict(frame.minima),
                "longest_first": frame.longest_first,
                "candidates": [
                    [
                        candidate.id,
                        candidate.name,
                        candidate.stratum,
                        candidate.last_checked.isoformat() if candidate.last_checked else "",
                        candidate.exclusion,
                    ]
                    for candidate in frame.candidates
                ],
            }
            for frame in draw.frames
        ],
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def draw_from_json(frames: str, result: str, on: dt.date) -> SpotDraw:
    """A draw as its two events keep it; `result` is empty where there is only the first.

    >>> draw = SpotDraw("2026-1", "抽查", dt.date(2026, 4, 1), (Frame(FrameKind.UNIT, (Candidate("U1", "甲局"),), 1),), "s")
    >>> draw_from_json(frames_to_json(draw), "", dt.date(2026, 4, 1)) == draw
    True
    """
    values, outcome = json.loads(frames), json.loads(result or "{}")
    return SpotDraw(
        number=values["number"],
        title=values["title"],
        on=on,
        frames=tuple(
            Frame(
                FrameKind(frame["kind"]),
                tuple(
                    Candidate(id_, name, stratum, dt.date.fromisoformat(day) if day else None, exclusion)
                    for id_, name, stratum, day, exclusion in frame["candidates"]
                ),
                frame["size"],
                frame["minima"],
                frame["longest_first"],
            )
            for frame in values["frames"]
        ),
        seed=values["seed"],
        is_public=values["is_public"],
        reason=values["reason"],
        result={FrameKind(kind): tuple(ids) for kind, ids in outcome.get("result", {}).items()},
        digest=outcome.get("digest", ""),
    )


def result_to_json(spot_draw: SpotDraw, result: DrawResult) -> str:
    """What was drawn as an event keeps it, with the digest of what it was drawn from."""
    ids = {kind.value: list(drawn_ids) for kind, drawn_ids in result.items()}
    content = {"result": ids, "digest": frames_digest(spot_draw.frames)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
