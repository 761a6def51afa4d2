"""Figures: a number, the rows that it counts, and its 口径; and percentages.

`count_figures` is the whole list. A figure is of a kind, and of the plan, of a part of it, or of a unit; its code
says both and is stable: templates, the frozen edition and the comparison with the last one know it.

    of             kinds                                              code
    the plan       total, left_out, units, open
                   base: the denominator of every rate, all but 长期坚持; undated: those of them without a day
                   underway: open and not yet due
                   done … unreported, overdue: the classes of what is base; their shares are of `base`
                   continuing: 长期坚持, outside every rate; sustained, interrupted: whether they go on as asked
                   asked, answered, silent: units of the latest round
    its parts      total, base, continuing, done, overdue                    section.3.total, numbered in plan order
    each unit      lead, responsible, support, base, done, overdue,
                   due, met                                           unit.U014.lead

A unit is the one that answers today: what it answers for under several names counts once, in its weightiest role, and is
done when all of it is.

A share is the count by what it is of, rounded half up to one decimal (GB/T 8170 leaves the method to who publishes it;
this is what a reader with a calculator finds), so equal counts have equal shares. Rounded shares need not make 100.0
(162 of 222 is 73.0 beside four others that make 27.1); the 口径 says so, no count is bent to it.

    >>> [percent(count, 222) for count in (24, 10, 162, 17, 9)]
    ['10.8', '4.5', '73.0', '7.7', '4.1']
    >>> percent(28, 30), percent(1, 22)
    ('93.3', '4.5')
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tracker.model import Role
from tracker.rules.office import Point
from tracker.rules.progress.standing import Standing, UnitStanding
from tracker.values import dataclass


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
# The class that stands outside every rate: 长期坚持.
LONG_TERM = "continuing"
# Class of an item -> its word and its 口径. In the order in which reports name them.
POINT_CLASSES: dict[str, tuple[str, str]] = {
    "done": (
        "已完成",
        "认定为“已完成”“已销号”的；尚未认定的，有牵头单位的牵头单位报“已完成”，分别负责或没有牵头单位的各负责单位"
        "均报“已完成”，定期开展的每期均按期报有进展（或在年末一期报“已完成”）；一次填报计它所管的各期，"
        "“进展滞后”“未启动”“不涉及”不计。",
    ),
    "mostly_done": ("基本完成", "本办认定为“基本完成”的：主要工作已完成，剩余工作和完成日期见核定表述。"),
    "in_progress": ("正在推进", "未到期、未完成，负责答复的单位报有进展的。"),
    "lagging": ("进展滞后", "未到期、未完成，本办认定为“进展滞后”的。"),
    "not_started": ("未启动", "未到期，负责答复的单位报“未启动”的。"),
    "unreported": (
        "待核实",
        "未到期，负责答复的单位没有报状态，或者只申请“不涉及”、尚未确认的，以及责任单位未明确的。",
    ),
    "overdue": ("逾期未完成", "完成时限（经批准延期的按延期后；有几个节点的按下一节点）已过而未完成的。"),
    LONG_TERM: (
        "长期坚持",
        "没有完成日期、需长期坚持的，以及认定为“持续推进”的；不计入完成率，转下一年度继续推进。",
    ),
}

# The classes of what is published: words of supervision become one (`rules.report.relatives`).
NOT_DONE = "unfinished"
PUBLIC_CLASSES: dict[str, tuple[str, str]] = {
    "done": POINT_CLASSES["done"],
    NOT_DONE: ("尚未完成", "除“已完成”“长期坚持”以外的全部事项。"),
    LONG_TERM: POINT_CLASSES[LONG_TERM],
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
    """Every figure of a plan, by code; `classes` as in `POINT_CLASSES`; without a day nothing counts as due."""
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


def _base(rows: Sequence[CountedPoint]) -> list[CountedPoint]:
    return [row for row in rows if row.kind not in (UNCOUNTED, LONG_TERM)]


def _whole(rows: Sequence[CountedPoint], classes: Mapping[str, tuple[str, str]]) -> list[Figure]:
    countable_rows = _countable(rows)
    uncounted_rows = [row for row in rows if row.kind == UNCOUNTED]
    base = _base(rows)
    units = tuple(
        dict.fromkeys(unit.heir or unit.unit for row in countable_rows for unit in row.standing.units)
    )
    sorted_rows = {kind: [row for row in countable_rows if row.kind == kind] for kind in classes}
    parts = {
        kind: percent(len(some), len(base)) or "0.0"
        for kind, some in sorted_rows.items()
        if kind != LONG_TERM
    }
    return [
        Figure(
            "total",
            "任务事项",
            "方案现行版本中的任务事项，认定“已调整”和确认“不涉及”的不计。",
            _ids(countable_rows),
        ),
        Figure(
            "base",
            "计入完成率的事项",
            "任务事项中除“长期坚持”以外的；各类占比以此为分母，四舍五入，相加可能不等于100%。",
            _ids(base),
        ),
        Figure(
            "undated",
            "没有固定时限的事项",
            "计入完成率的事项中没有写明或不能确定完成日期的。",
            _ids([row for row in base if row.standing.due is None]),
        ),
        Figure(UNCOUNTED, "不计入的事项", "认定“已调整”或确认“不涉及”的任务事项。", _ids(uncounted_rows)),
        Figure(
            "units",
            "承担任务的单位",
            "在计入的任务事项中牵头、负责或配合的单位，按现在的单位每个计一次。",
            units,
            counts="个单位",
        ),
        *(
            Figure(kind, *classes[kind], _ids(some), parts.get(kind, ""))
            for kind, some in sorted_rows.items()
        ),
        Figure(
            "sustained",
            "长期坚持、按年度要求推进",
            "“长期坚持”的事项中，牵头（没有牵头的，各负责）单位都报有进展、没有报“进展滞后”“未启动”的。",
            _ids([row for row in countable_rows if row.kind == LONG_TERM and row.standing.is_on_track]),
        ),
        Figure(
            "interrupted",
            "长期坚持、推进情况待核实",
            "“长期坚持”的事项中，不属于“按年度要求推进”的。",
            _ids([row for row in countable_rows if row.kind == LONG_TERM and not row.standing.is_on_track]),
        ),
        Figure(
            "open",
            "未完成",
            "计入完成率的事项中除“已完成”以外的全部事项。",
            _ids([row for row in base if row.kind != "done"]),
        ),
        Figure(
            "underway",
            "尚在推进",
            "未完成的事项中未逾期的。",
            _ids([row for row in base if row.kind not in ("done", "overdue")]),
        ),
    ]


def _round(name: str, recipients: tuple[str, ...], repliers: tuple[str, ...]) -> list[Figure]:
    if not name:
        return []
    silent = tuple(unit for unit in recipients if unit not in repliers)
    share = percent(len(repliers), len(recipients))
    return [
        Figure("asked", f"{name}应报单位", f"{name}已印发填报表的单位。", recipients, counts="个单位"),
        Figure("answered", f"{name}已报单位", f"{name}填报表已收回并入账的单位。", repliers, share, "个单位"),
        Figure("silent", f"{name}未报单位", f"{name}已印发填报表而未收回的单位。", silent, counts="个单位"),
    ]


def sections(rows: Sequence[Point]) -> tuple[str, ...]:
    """The parts of a plan, each once, in plan order."""
    return tuple(dict.fromkeys(point.section for point in rows))


def _sections(rows: Sequence[CountedPoint]) -> list[Figure]:
    countable_rows = _countable(rows)
    figures = []
    for number, section in enumerate(sections([row.point for row in rows]), start=1):
        some = [row for row in countable_rows if row.point.section == section]
        base = _base(some)
        done = [row for row in some if row.kind == "done"]
        late = [row for row in some if row.kind == "overdue"]
        name = section or "（未分板块）"
        figures += [
            Figure("total", f"{name}：任务事项", "该板块计入的任务事项。", _ids(some), section=number),
            Figure(
                LONG_TERM,
                f"{name}：长期坚持",
                "该板块长期坚持的任务事项，不计入完成率。",
                _ids([row for row in some if row.kind == LONG_TERM]),
                section=number,
            ),
            Figure(
                "base",
                f"{name}：计入完成率的事项",
                "该板块的任务事项中除“长期坚持”以外的。",
                _ids(base),
                section=number,
            ),
            Figure(
                "done",
                f"{name}：已完成",
                "该板块已完成的任务事项，占该板块计入完成率的事项的比例。",
                _ids(done),
                percent(len(done), len(base)),
                section=number,
            ),
            Figure(
                "overdue", f"{name}：逾期未完成", "该板块逾期未完成的任务事项。", _ids(late), section=number
            ),
        ]
    return figures


class _Share(NamedTuple):
    """A unit's part of a work point, under however many names."""

    point_id: str
    role: Role
    done: bool
    overdue: bool
    is_due: bool
    is_timed: bool


def _shares_by_unit(rows: Sequence[CountedPoint], as_of: dt.date | None) -> dict[str, list[_Share]]:
    """What each unit leads, answers for and supports, in one pass; a confirmed 不涉及 is not its own."""
    shares_by_unit: dict[str, list[_Share]] = {}
    for point, standing, kind in rows:
        parts: dict[str, list[UnitStanding]] = {}
        for unit in standing.units:
            if not unit.is_released:
                parts.setdefault(unit.heir or unit.unit, []).append(unit)
        for heir, some in parts.items():
            role = next(role for role in Role if any(unit.role is role for unit in some))
            mains = [unit for unit in some if unit.role is not Role.SUPPORT] or some
            due = max((unit.due for unit in mains if unit.due), default=None)
            shares_by_unit.setdefault(heir, []).append(
                _Share(
                    point.id,
                    role,
                    all(unit.done for unit in mains),
                    any(unit.overdue for unit in mains),
                    bool(as_of and due and due <= as_of),
                    kind != LONG_TERM,
                )
            )
    return shares_by_unit


def _is_own(share: _Share) -> bool:
    return share.role is not Role.SUPPORT and share.is_timed


# Kind of a unit's figure -> its word, its 口径, what it counts; all but the first three of what the unit answers for.
_UNIT_FIGURES: dict[str, tuple[str, str, Callable[[_Share], bool]]] = {
    "lead": ("牵头", "该单位牵头的事项。", lambda share: share.role is Role.LEAD),
    "responsible": (
        "负责",
        "该单位为责任单位（非牵头）的事项。",
        lambda share: share.role is Role.RESPONSIBLE,
    ),
    "support": ("配合", "该单位配合的事项。", lambda share: share.role is Role.SUPPORT),
    "base": ("计入完成率", "该单位牵头或负责的事项中除“长期坚持”以外的。", _is_own),
    "done": (
        "已完成",
        "该单位计入完成率的事项中，本单位报已完成的，本办认定已完成的，以及没有要求该单位填报、事项已完成的。",
        lambda share: _is_own(share) and share.done,
    ),
    "overdue": (
        "逾期",
        "该单位计入完成率的事项中，本单位部分逾期的。",
        lambda share: _is_own(share) and share.overdue,
    ),
    "due": (
        "到期应完成",
        "该单位计入完成率的事项中，完成时限已到而已完成的，以及逾期的。",
        lambda share: _is_own(share) and (share.overdue or (share.done and share.is_due)),
    ),
    "met": (
        "到期已完成",
        "该单位到期应完成的事项中已完成的。",
        lambda share: _is_own(share) and share.done and share.is_due,
    ),
}


def _units(
    rows: Sequence[CountedPoint], unit_names: Mapping[str, str], as_of: dt.date | None
) -> list[Figure]:
    """Per unit: what it leads, answers for and supports, and its own share of that; 配合 is counted apart."""
    shares_by_unit = _shares_by_unit(_countable(rows), as_of)
    return [
        Figure(
            kind,
            f"{name}：{label}",
            definition,
            tuple(share.point_id for share in shares_by_unit.get(unit, ()) if counts(share)),
            unit=unit,
        )
        for unit, name in sorted(unit_names.items())
        for kind, (label, definition, counts) in _UNIT_FIGURES.items()
    ]
