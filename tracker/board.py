"""The board as plain values: what the page of a plan's year shows, and what of it fits one sheet of A4.

`rules.board` makes them; pages, charts and the sheet 一页看板 lay them out. Colours always come with their word. Lengths
are in the units of the drawing (1000 wide), so that a template only places them. Templates know the fields by name.
"""

from __future__ import annotations

from dataclasses import field

from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class BarClass:
    """What pieces of a bar are sorted by: a code, its word and its colour."""

    code: str
    word: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a bar: where it begins, how wide it is, its colour, its word and its number."""

    x: float
    width: float
    colour: str
    word: str
    n: int
    share: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar of several pieces, with its name; `key` is what the list of items is filtered by."""

    name: str
    n: int
    done: int
    bars: tuple[Bar, ...]
    key: str = ""

    def count(self, code: str) -> int:
        """The number of one class."""
        return sum(bar.n for bar in self.bars if bar.code == code)


@dataclass(frozen=True, slots=True)
class Burden:
    """What was asked of somebody.

    Attributes:
        forms: Forms handed out.
        rows: Items in them.
        cells: Cells in them that the unit has to type.
        back: Forms of which something came back.
        slips: Slips signed or sent.
    """

    forms: int = 0
    rows: int = 0
    cells: int = 0
    back: int = 0
    slips: int = 0

    def __add__(self, other: Burden) -> Burden:
        return Burden(
            self.forms + other.forms,
            self.rows + other.rows,
            self.cells + other.cells,
            self.back + other.back,
            self.slips + other.slips,
        )

    def __bool__(self) -> bool:
        return bool(self.forms or self.slips)


NOTHING = Burden()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit, or all units of a group: what it has to do, how much is done, and what was asked of it.

    Attributes:
        key: The unit's id; empty for a group.
        base: What it leads or answers for but 长期坚持: what its share is of.
        share: Done of that, in per cent; empty where that is nothing.
    """

    key: str
    name: str
    lead: int
    responsible: int
    support: int
    base: int
    done: int
    overdue: int
    share: str
    asked: Burden = NOTHING

    @property
    def own(self) -> int:
        """What it leads or answers for."""
        return self.lead + self.responsible


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one kind.

    Attributes:
        whole: Sums over its units: an item that two units share counts for both.
        units: By id.
    """

    name: str
    whole: UnitLine
    units: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class LightCount:
    """A light, what it says, and how many items shine in it."""

    word: str
    colour: str
    says: str
    n: int
    share: str


MONTH_CLASSES = (
    BarClass("done", "已完成", "#2e7d32"),
    BarClass("running", "未到期", "#90a4ae"),
    BarClass("past", "到期待认定", "#607d8b"),
    BarClass("overdue", "逾期未完成", "#c62828"),
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The months, and the day they are seen from.

    Attributes:
        months: In order; `key` is `2018-09`.
        today: Where today is, in months from the left edge of the first bar: 0.5 is the middle of the first month.
        undated: Items without a day to fall due on.
        planned: How many items should be done by the end of each month.
        actual: How many of them were; only of the months up to today's.
    """

    months: tuple[BarLine, ...] = ()
    today: float = 0.0
    undated: int = 0
    planned: tuple[int, ...] = ()
    actual: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UrgentLine:
    """An item that wants attention, in a line; `cause` is why and what comes next, as its units wrote it."""

    light: str
    colour: str
    name: str
    unit: str
    due: str
    state: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class OnePageGroup:
    """A group of units, in a line."""

    name: str
    units: int
    own: int
    base: int
    done: int
    share: str
    overdue: int


@dataclass(frozen=True)
class OnePage:
    """What stands on the sheet."""

    title: str
    as_of: str
    done: int
    cards: tuple[tuple[str, str], ...]
    lamps: tuple[LightCount, ...]
    classes: tuple[BarClass, ...]
    whole: tuple[Bar, ...]
    months: Timeline
    sections: tuple[BarLine, ...]
    groups: tuple[OnePageGroup, ...]
    urgent: tuple[UrgentLine, ...]
    more: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page.

    Attributes:
        heading: Its heading.
        figures: What and how many, for the heads of the page.
        columns: Heads of its table.
        rows: Its table.
    """

    heading: str
    figures: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run.

    Attributes:
        last_change: When the ledger last changed; empty where it never did.
        last_success: When a job last ended well; empty where nothing runs by itself.
        warnings: What needs somebody, a sentence each.
    """

    last_change: str = ""
    last_success: str = ""
    warnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.last_change or self.last_success or self.warnings)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What stands on the page."""
        sentences = []
        if self.last_change:
            sentences.append(f"台账最近一次更新：{self.last_change}。")
        if self.last_success:
            sentences.append(f"定时任务最近一次正常运行：{self.last_success}。")
        return (*sentences, *self.warnings)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A row of the page's table of items.

    Attributes:
        section_key: Its part as the plan writes it.
        name: A short name for where there is little room.
        units: Ids of the units that answer.
        due: The day as `2018-09-30`; empty without one.
        light: The light's word; `colour` its colour.
        rank: 1 the most urgent; 0 wants nobody's attention.
        late: Days since it was due, where it is late.
        problem: What units wrote as 存在问题.
    """

    wp: str
    section: str
    section_key: str
    task: str
    requirement: str
    name: str
    lead: str
    others: str
    units: tuple[str, ...]
    deadline: str
    due: str
    kind: str
    word: str
    light: str
    colour: str
    says: str
    rank: int
    late: int
    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class Captions:
    """A sentence over each picture: of all items, of the parts of the plan, of the months; and over the changes."""

    whole: str = "完成情况"
    sections: str = "分板块"
    months: str = "到期时间分布"
    changes: str = ""


@dataclass(frozen=True)
class BoardPage:
    """Everything that the page shows.

    Attributes:
        cards: Number and label of each figure at the top.
        whole: The classes of all items; their shares add up to 100.0.
        sections: A bar for each part of the plan.
        burden: What was asked of all units, in one sentence; empty before anything was.
        parts: Parts whose facts are there.
        changes: What changed since the last edition: name, before, now, reason, source.
        headline: What needs somebody, in one sentence.
        captions: What the pictures show, in a sentence each.
    """

    title: str
    as_of: str
    total: int
    done: int
    share: str
    overdue: int
    cards: tuple[tuple[str, str], ...]
    classes: tuple[BarClass, ...]
    whole: tuple[Bar, ...]
    lamps: tuple[LightCount, ...]
    timeline: Timeline
    sections: tuple[BarLine, ...]
    groups: tuple[UnitGroup, ...]
    items: tuple[PageLine, ...]
    burden: str = ""
    parts: tuple[Part, ...] = ()
    running: LastRun = field(default_factory=LastRun)
    changes: tuple[tuple[str, str, str, str, str], ...] = ()
    since: str = ""
    headline: str = ""
    captions: Captions = field(default_factory=Captions)

    @property
    def urgent(self) -> tuple[PageLine, ...]:
        """The items that want attention, the most urgent first."""
        lines = [line for line in self.items if line.rank]
        return tuple(sorted(lines, key=lambda line: (line.rank, line.due or "9999")))
