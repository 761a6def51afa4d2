"""Figures: a number, the rows that it counts, and its 口径; and percentages that add up to 100.0.

`count_figures` is the whole list. A figure is of a kind, and of the plan, of a part of it, or of a unit; its code
says both and is stable: templates, the frozen edition and the comparison with the last one know it.

    of             kinds                                              code
    the plan       total, left_out, units, open
                   underway: open and not yet due
                   done … unreported: the classes of `rules.report.summary`; their shares add up to 100.0
                   asked, answered, silent: units of the latest round
    its parts      total, done, overdue                               section.3.total, numbered in plan order
    each unit      lead, responsible, support, done, overdue,
                   due, met                                           unit.U014.lead

Shares add up because a reader adds them up. Rounding each share by itself gives sums like 100.1 (162 of 222 printed as
73.0 beside four others). The largest-remainder method hands the missing tenths to the shares that lost most by
rounding down; equal remainders go to the larger count, then to the earlier one.

    >>> shares((24, 10, 162, 17, 9))
    ('10.8', '4.5', '73.0', '7.7', '4.0')
    >>> shares((1, 1, 1))
    ('33.4', '33.3', '33.3')
    >>> shares((0, 0))
    ('0.0', '0.0')
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tracker.model import Role
from tracker.rules.office import Point
from tracker.rules.progress.standing import Standing, UnitStanding


def shares(counts: Sequence[int]) -> tuple[str, ...]:
    """Each count as a percentage of their sum with one decimal; all of them add up to 100.0."""
    whole = sum(counts)
    if not whole:
        return ("0.0",) * len(counts)
    tenths = [count * 1000 // whole for count in counts]
    remainders = [count * 1000 % whole for count in counts]
    by_loss = sorted(range(len(counts)), key=lambda index: (-remainders[index], -counts[index], index))
    for index in by_loss[: 1000 - sum(tenths)]:
        tenths[index] += 1
    return tuple(f"{tenth // 10}.{tenth % 10}" for tenth in tenths)


def percent(part: int, whole: int) -> str:
    """A single percentage with one decimal, halves up; empty where there is nothing to divide by.

    100.0 is only said when it is all of it, and 0.0 only when it is none.

    >>> percent(1, 3), percent(1999, 2000), percent(1, 9999), percent(0, 0)
    ('33.3', '99.9', '0.1', '')
    """
    if not whole:
        return ""
    tenths = (part * 2000 + whole) // (2 * whole)
    if part:
        tenths = max(tenths, 1)
    if part < whole:
        tenths = min(tenths, 999)
    return f"{tenths // 10}.{tenths % 10}"


class CountedPoint(NamedTuple):
    """A work point that is counted: where it stands, and its class."""

    point: Point
    standing: Standing
    kind: str


# The class of what is counted nowhere: 已调整, 不涉及.
UNCOUNTED = "left_out"
# Class of an item -> its word and its 口径. In the order in which reports name them.
POINT_CLASSES: dict[str, tuple[str, str]] = {
    "done": (
        "已完成",
        "认定状态为“已完成”“已销号”的，或负责答复的单位均报“已完成”的；持续推进类每期均有进展且含年末一期的计入。",
    ),
    "continuing": ("持续推进", "负责答复的单位报“持续推进”，且尚不满足年度完成条件的。"),
    "in_progress": ("正在推进", "未到期、未完成，负责答复的单位报有进展的。"),
    "lagging": ("进展滞后", "未到期、未完成，负责答复的单位报“进展滞后”的。"),
    "not_started": ("未启动", "未到期，负责答复的单位报“未启动”的。"),
    "unreported": ("未报送", "未到期，负责答复的单位未报送状态的。"),
    "overdue": ("逾期未完成", "完成时限（经批准延期的按延期后）已过而未完成的。"),
}

# The classes of what is published: words of supervision become one (`rules.report.relatives`).
NOT_DONE = "unfinished"
PUBLIC_CLASSES: dict[str, tuple[str, str]] = {
    "done": POINT_CLASSES["done"],
    "continuing": POINT_CLASSES["continuing"],
    NOT_DONE: ("尚未完成", "除“已完成”“持续推进”以外的全部事项。"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that can be opened.

    Attributes:
        kind: What it counts.
        label: Its name for people.
        definition: 口径, one sentence.
        rows: What it counts: ids of work points, or of units; sorted as in the plan.
        share: Its percentage with one decimal, without the sign; empty where it has none.
        counts: What a row is: `项` or `个单位`.
        section: Number of the part of the plan that it is of, from 1; 0 for none.
        unit: Id of the unit that it is of; empty for none.
    """

    kind: str
    label: str
    definition: str
    rows: tuple[str, ...]
    share: str = ""
    counts: str = "项"
    section: int = 0
    unit: str = ""

    @property
    def code(self) -> str:
        """Its stable name.

        >>> Figure("done", "", "", ()).code, Figure("done", "", "", (), section=3).code, Figure("due", "", "", (), unit="U1").code
        ('done', 'section.3.done', 'unit.U1.due')
        """
        if self.unit:
            return f"unit.{self.unit}.{self.kind}"
        return f"section.{self.section}.{self.kind}" if self.section else self.kind

    @property
    def n(self) -> int:
        """The number."""
        return len(self.rows)


def count_figures(
    rows: Sequence[CountedPoint],
    unit_names: Mapping[str, str],
    *,
    round_name: str = "",
    recipients: tuple[str, ...] = (),
    repliers: tuple[str, ...] = (),
    classes: Mapping[str, tuple[str, str]] = POINT_CLASSES,
    as_of: dt.date | None = None,
) -> dict[str, Figure]:
    """Every figure of a plan, by code; `classes` as in `CLASSES`; without a day nothing counts as due."""
    figures = [
        *_whole(rows, classes),
        *_round(round_name, recipients, repliers),
        *_sections(rows),
        *_units(rows, unit_names, as_of),
    ]
    return {figure.code: figure for figure in figures}


def _ids(rows: Sequence[CountedPoint]) -> tuple[str, ...]:
    return tuple(row.point.id for row in rows)


def _countable(rows: Sequence[CountedPoint]) -> list[CountedPoint]:
    return [row for row in rows if row.kind != UNCOUNTED]


def _whole(rows: Sequence[CountedPoint], classes: Mapping[str, tuple[str, str]]) -> list[Figure]:
    countable_rows = _countable(rows)
    uncounted_rows = [row for row in rows if row.kind == UNCOUNTED]
    units = tuple(dict.fromkeys(unit for row in countable_rows for unit in row.point.units()))
    sorted_rows = {kind: [row for row in countable_rows if row.kind == kind] for kind in classes}
    parts = shares([len(group) for group in sorted_rows.values()])
    return [
        Figure(
            "total",
            "任务事项",
            "方案现行版本中的任务事项，认定“已调整”和各单位均报“不涉及”的不计。",
            _ids(countable_rows),
        ),
        Figure(
            UNCOUNTED, "不计入的事项", "认定“已调整”或各单位均报“不涉及”的任务事项。", _ids(uncounted_rows)
        ),
        Figure(
            "units",
            "承担任务的单位",
            "在计入的任务事项中牵头、负责或配合的单位，每个单位计一次。",
            units,
            counts="个单位",
        ),
        *(
            Figure(kind, *classes[kind], _ids(some), share)
            for (kind, some), share in zip(sorted_rows.items(), parts, strict=True)
        ),
        Figure(
            "open",
            "未完成",
            "计入的任务事项中除“已完成”以外的全部事项。",
            _ids([row for row in countable_rows if row.kind != "done"]),
        ),
        Figure(
            "underway",
            "尚在推进",
            "未完成的事项中，未逾期且不属于“持续推进”的。",
            _ids([row for row in countable_rows if row.kind not in ("done", "overdue", "continuing")]),
        ),
    ]


def _round(name: str, recipients: tuple[str, ...], repliers: tuple[str, ...]) -> list[Figure]:
    if not name:
        return []
    silent = tuple(unit for unit in recipients if unit not in repliers)
    share = percent(len(repliers), len(recipients))
    return [
        Figure("asked", f"{name}应报单位", f"{name}已下发填报表的单位。", recipients, counts="个单位"),
        Figure("answered", f"{name}已报单位", f"{name}填报表已收回并入账的单位。", repliers, share, "个单位"),
        Figure("silent", f"{name}未报单位", f"{name}已下发填报表而未收回的单位。", silent, counts="个单位"),
    ]


def sections(rows: Sequence[Point]) -> tuple[str, ...]:
    """The parts of a plan, each once, in plan order."""
    return tuple(dict.fromkeys(point.section for point in rows))


def _sections(rows: Sequence[CountedPoint]) -> list[Figure]:
    countable_rows = _countable(rows)
    figures = []
    for number, section in enumerate(sections([row.point for row in rows]), start=1):
        some = [row for row in countable_rows if row.point.section == section]
        done = [row for row in some if row.kind == "done"]
        late = [row for row in some if row.kind == "overdue"]
        name = section or "（未分板块）"
        figures += [
            Figure("total", f"{name}：任务事项", "该板块计入的任务事项。", _ids(some), section=number),
            Figure(
                "done",
                f"{name}：已完成",
                "该板块已完成的任务事项，占该板块计入事项的比例。",
                _ids(done),
                percent(len(done), len(some)),
                section=number,
            ),
            Figure(
                "overdue", f"{name}：逾期未完成", "该板块逾期未完成的任务事项。", _ids(late), section=number
            ),
        ]
    return figures


class _Share(NamedTuple):
    """A unit's part of a work point."""

    point_id: str
    role: Role | None
    standing: UnitStanding
    done: bool
    is_due: bool


def _shares_of(rows: Sequence[CountedPoint], unit: str, as_of: dt.date | None) -> list[_Share]:
    """What a unit leads, answers for and supports; 不涉及 is not its own."""
    shares_of_unit = []
    for point, standing, _ in rows:
        if unit in point.units():
            own = next(candidate for candidate in standing.units if candidate.unit == unit)
            if own.status != "not_applicable":
                is_due = bool(as_of and standing.due and standing.due <= as_of)
                shares_of_unit.append(
                    _Share(point.id, point.role_of(unit), own, standing.done or own.done, is_due)
                )
    return shares_of_unit


# Kind of a unit's figure -> its word, its 口径, what it counts; all but the first three of what the unit answers for.
_UNIT_FIGURES: dict[str, tuple[str, str, Callable[[_Share], bool]]] = {
    "lead": ("牵头", "该单位牵头的事项。", lambda share: share.role is Role.LEAD),
    "responsible": (
        "负责",
        "该单位为责任单位（非牵头）的事项。",
        lambda share: share.role is Role.RESPONSIBLE,
    ),
    "support": ("配合", "该单位配合的事项。", lambda share: share.role is Role.SUPPORT),
    "done": (
        "已完成",
        "该单位牵头或负责的事项中，事项已完成或本单位报已完成的。",
        lambda share: share.role is not Role.SUPPORT and share.done,
    ),
    "overdue": (
        "逾期",
        "该单位牵头或负责的事项中，本单位部分逾期的。",
        lambda share: share.role is not Role.SUPPORT and share.standing.overdue,
    ),
    "due": (
        "到期应完成",
        "该单位牵头或负责的事项中，完成时限已到而已完成的，以及逾期的。",
        lambda share: (
            share.role is not Role.SUPPORT and (share.standing.overdue or (share.done and share.is_due))
        ),
    ),
    "met": (
        "到期已完成",
        "该单位到期应完成的事项中已完成的。",
        lambda share: share.role is not Role.SUPPORT and share.done and share.is_due,
    ),
}


def _units(
    rows: Sequence[CountedPoint], unit_names: Mapping[str, str], as_of: dt.date | None
) -> list[Figure]:
    """Per unit: what it leads, answers for and supports, and its own share of that; 配合 is counted apart."""
    countable_rows = _countable(rows)
    figures = []
    for unit, name in sorted(unit_names.items()):
        own_shares = _shares_of(countable_rows, unit, as_of)
        figures += [
            Figure(
                kind,
                f"{name}：{label}",
                definition,
                tuple(share.point_id for share in own_shares if counts(share)),
                unit=unit,
            )
            for kind, (label, definition, counts) in _UNIT_FIGURES.items()
        ]
    return figures
