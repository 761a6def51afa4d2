"""Two plans side by side: what a person decided of their items, how both stand on a day, and which facts follow.

`years` and `levels` have a `Way` each; everything else is the same for both:

    way       the plan, and its rows           the other one                                     a row goes with
    years     this year's; last year's         last year's: over, its items may be unfinished    one, unless 合并 or 拆分
              items are rows, too
    levels    the superior's                   ours                                              any number

A link joins an item of the plan (`mine`) with one of the other plan, or says with an empty end that there is none. A
row's statement replaces what was known of its row. After all of them together these must hold, or the statements that
break one are refused and the rest is looked at again:

    an item of the other plan goes with one, or with several whose word allows it (拆分, 承接)
    an item of the plan goes with one, or with several whose word allows it (合并, 承接)
    what goes with nothing has no partner; an older word of that kind gives way to a new link

So one item of last year is never matched twice unless a person said that it was divided.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from tracker.columns import Column
from tracker.comparison import WORD, Judgement
from tracker.facts import Carried, Serves
from tracker.problems.base import Finding, FindingKind
from tracker.problems.plans import CLAIMED_TWICE, CONTRADICTS, NO_SUCH_ITEM, WRONG_COUNT
from tracker.rules.compare.proposals import PERSON, LinkProposal
from tracker.rules.office import WITHDRAWAL, Office, Point
from tracker.rules.progress import Figure, Standing, Todo, percent, standings, todo_line
from tracker.settings import Day
from tracker.table import Table
from tracker.values import dataclass

# The item of the plan and that of the other one; one of them may be empty.
Ends = tuple[str, str]
Ids = tuple[str, ...]

MANY = 10**6
OPEN_WORD = "待确认"
NO_RECORD = "没有记录"
# So many items are named where a number of them is told.
_EXAMPLE_LIMIT = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of 判断.

    Attributes:
        how: What the fact says.
        label: The word.
        mine: How few and how many items of the other plan a row of the plan names with it; None where it cannot say it.
        other: The same of a row of the other plan, and so of how many of the plan's one of the other's may go with.
    """

    how: str
    label: str
    mine: tuple[int, int] | None
    other: tuple[int, int] | None


@dataclass(frozen=True)
class Count:
    """A figure of 汇总: what it counts, and of what it is a share; `by_record` where a status must be known."""

    code: str
    label: str
    definition: str
    ids: Callable[[Comparison], Ids]
    whole: Callable[[Comparison], Ids] | None = None
    by_record: bool = False


class Way(ABC):
    """What is special to comparing years, or levels.

    Attributes:
        kind: Its name in the workbook's marks and for machines.
        link_kind: `facts.PlanLink.how` where a person named the other plan.
        book: The workbook's name, before the plan's id.
        sides: What the plan and the other one are called.
        ids_of: How ids of a side are asked for.
        cited: How the plan is cited.
        looks_back: Whether the other plan is over: its items have rows of their own, may be left unfinished, and
            不通报 and a missing record count.
        words: Of 判断.
        columns: Of the sheet 对照: id, task, requirement, what `detail` says, the other's items, units, states, nearness,
            offer, 判断, ids, 说明, 提示.
        title: Of the sheet, after the year.
        for_all: What is said in the row 全部.
        instructions: Over the table.
        counts: Of 汇总.
    """

    kind: str
    link_kind: str
    book: str
    sides: tuple[str, str]
    ids_of: str
    cited: str
    looks_back: bool
    words: tuple[Word, ...]
    columns: tuple[Column, ...]
    title: str
    for_all: str
    instructions: str
    counts: tuple[Count, ...]

    @abstractmethod
    def links(self, office: Office) -> Sequence[Carried] | Sequence[Serves]:
        """The facts in an office."""

    @abstractmethod
    def ends(self, link: Any) -> Ends:
        """Which items such a fact joins."""

    @abstractmethod
    def fact(self, mine: str, other: str, how: str, note: str) -> Carried | Serves:
        """The fact that joins two items."""

    @abstractmethod
    def beside(self, office: Office, plan: str) -> Ids:
        """The plans to compare one with."""

    @abstractmethod
    def propose(self, comparison: Comparison, /) -> Mapping[str, LinkProposal]:
        """What is proposed for what nobody has decided."""

    @abstractmethod
    def detail(self, point: Point) -> str:
        """The fourth column."""

    @abstractmethod
    def units(self, office: Office, point: Point, on: dt.date) -> str:
        """Who answers for one of the other's items."""

    @abstractmethod
    def states(self, comparison: Comparison, ids: Ids, /) -> str:
        """Where several of the other's items stand."""

    @abstractmethod
    def alarm(self, comparison: Comparison, point_id: str, /) -> str:
        """The column of a row that is red, empty for none."""

    @abstractmethod
    def sheets(self, office: Office, comparison: Comparison, on: dt.date, /) -> Iterator[Table]:
        """Those after 汇总."""

    @abstractmethod
    def summary(self, office: Office, comparison: Comparison, /) -> str:
        """How far it is, in one line."""

    @abstractmethod
    def loud(self, comparison: Comparison, /) -> str:
        """What must not be overlooked."""

    @abstractmethod
    def data(self, comparison: Comparison, /) -> dict[str, Any]:
        """For machines, beside the figures."""

    @abstractmethod
    def todos(self, comparison: Comparison, /) -> Iterator[Todo]:
        """What waits for a person."""

    @property
    def labels(self) -> Ids:
        """The words of 判断."""
        return tuple(word.label for word in self.words)

    def word(self, how: str) -> str:
        """The word for what a fact says."""
        return next(word.label for word in self.words if word.how == how)

    @property
    def joins(self) -> frozenset[str]:
        """What links say that join two items."""
        return frozenset(
            word.how for word in self.words if any(limits and limits[0] for limits in (word.mine, word.other))
        )

    @property
    def key(self) -> str:
        """The head of the column that names the row."""
        return self.columns[0].label

    @property
    def others(self) -> str:
        """The head of the column of the other plan's ids."""
        at = next(n for n, column in enumerate(self.columns) if column.label == WORD)
        return self.columns[at + 1].label

    def book_name(self, plan: str) -> str:
        """The workbook of a plan, without its ending."""
        return f"{self.book}-{plan}"


@dataclass(frozen=True)
class Comparison:
    """Two plans on a day.

    Attributes:
        way: Years or levels.
        plan: This year's, or the superior's.
        beside: Last year's, or ours; one or several.
        points: Items of the plan.
        others: Items of those beside it.
        links: What the ledger holds of both.
        judgements: The same by row.
        states: Where items stand; the superior's stand nowhere.
        has_record: Whether the ledger holds any status of the other plans.
        withheld: Items that stand in no report (不通报).
    """

    way: Way
    plan: str
    beside: Ids
    points: tuple[Point, ...]
    others: tuple[Point, ...]
    links: tuple[Carried | Serves, ...]
    judgements: Mapping[str, Judgement]
    states: Mapping[str, Standing]
    has_record: bool = True
    withheld: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[Point, ...]:
        """What a person is asked about."""
        return (*self.points, *self.others) if self.way.looks_back else self.points

    @cached_property
    def proposals(self) -> Mapping[str, LinkProposal]:
        """What is proposed for rows that nobody has decided."""
        return self.way.propose(self)

    @property
    def open_ids(self) -> Ids:
        """Rows that nobody has decided."""
        return tuple(point.id for point in self.rows if point.id not in self.judgements)

    def examples(self, ids: Sequence[str]) -> str:
        """The first few of some items, with the beginning of what they ask for."""
        names = {point.id: point.requirement for point in (*self.points, *self.others)}
        some = "；".join(f"{point_id} {names[point_id][:24]}" for point_id in ids[:_EXAMPLE_LIMIT])
        return some + ("等" if len(ids) > _EXAMPLE_LIMIT else "")

    def open_todos(self, code: str, title: str) -> Iterator[Todo]:
        """The rows that nobody has decided, as a line of 今日待办: the plan's own, since most decide one of the other side, too."""
        if self.open_ids:
            advice = f"运行 tracker compare，在《{self.way.book_name(self.plan)}》里确认"
            own_ids = [point.id for point in self.points if point.id not in self.judgements]
            yield todo_line(code, own_ids or list(self.open_ids), title, advice)

    def ids_with(self, points: Iterable[Point], *hows: str) -> Ids:
        """Items that a person said one of this of."""
        labels = {self.way.word(how) for how in hows}
        return tuple(
            point.id
            for point in points
            if point.id in self.judgements and self.judgements[point.id].word in labels
        )

    def countable(self, points: Iterable[Point]) -> Ids:
        """Items that belong in a rate: neither left out nor 长期坚持."""
        return tuple(
            point.id
            for point in points
            if self.states[point.id].is_counted and not self.states[point.id].is_long_term
        )

    def done(self, points: Iterable[Point]) -> Ids:
        """Of these, the ones that are done."""
        return tuple(point_id for point_id in self.countable(points) if self.states[point_id].done)

    def goes_on(self, point_id: str) -> bool:
        """Whether a person said that an item has a partner."""
        judgement = self.judgements.get(point_id)
        return judgement is not None and judgement.word in {self.way.word(how) for how in self.way.joins}

    def is_unfinished(self, point_id: str) -> bool:
        """Whether an item counts and was not done; 长期坚持 is never done, and nothing was left undone."""
        state = self.states[point_id]
        return self.has_record and state.is_counted and not state.is_long_term and not state.done

    @property
    def leftovers(self) -> Ids:
        """未完且未延续."""
        return tuple(
            point.id for point in self.others if self.is_unfinished(point.id) and not self.goes_on(point.id)
        )

    @property
    def dropped_leftovers(self) -> Ids:
        """Of these, what a person said goes on in nothing."""
        return tuple(point_id for point_id in self.leftovers if point_id in self.judgements)

    def state_word(self, point_id: str) -> str:
        """Where an item stands, in a word."""
        state = self.states[point_id]
        if not self.has_record and any(point.id == point_id for point in self.others):
            return NO_RECORD
        return "逾期未完成" if state.overdue else "已完成" if state.done else state.word

    def decision(self, point_id: str, blank: str = "") -> tuple[str, str]:
        """What a person said of a row and why; `blank` where no reason was given."""
        judgement = self.judgements.get(point_id)
        return (judgement.word, judgement.note or blank) if judgement else (OPEN_WORD, "")

    def figures(self, *, public: bool = False) -> tuple[Figure, ...]:
        """Every count; `public` leaves out what stands in no report."""
        if public:
            points, others = (
                tuple(point for point in side if point.id not in self.withheld)
                for side in (self.points, self.others)
            )
            return replace(self, points=points, others=others).figures()
        figures = []
        for count in self.way.counts:
            if self.has_record or not count.by_record:
                ids = count.ids(self)
                share = percent(len(ids), len(count.whole(self))) if count.whole else ""
                figures.append(Figure(count.code, count.label, count.definition, ids, share))
        return tuple(figures)

    def by_code(self) -> dict[str, Figure]:
        """The counts by the last part of their code."""
        return {figure.code.partition(".")[2]: figure for figure in self.figures()}


def compare_plans(
    way: Way,
    office: Office,
    plan: str,
    day: Day,
    *,
    stand: Mapping[str, Standing] | None = None,
) -> Comparison | None:
    """Gather both plans; None where none goes with this one.

    `stand` is where the points of our plans stand, where somebody has judged them for the same day.
    """
    beside = way.beside(office, plan)
    if not beside:
        return None
    points = office.every_plan[plan].live_points
    others = tuple(point for other in beside for point in office.plans[other].live_points)
    mine, theirs = {point.id for point in points}, {point.id for point in others}
    both = (*others, *points) if way.looks_back else others
    states_today = {point.id: stand[point.id] for point in both if point.id in stand} if stand else {}
    states = states_today if len(states_today) == len(both) else standings(office, both, day)
    comparison = Comparison(
        way=way,
        plan=plan,
        beside=beside,
        points=points,
        others=others,
        links=_links_between(way, way.links(office), mine, theirs),
        judgements=judgements_of(way, way.links(office), mine, theirs),
        states=states,
    )
    if not way.looks_back:
        return comparison
    return replace(
        comparison,
        has_record=any(
            point_id in theirs and field in ("status", "decision") and cell.value
            for (point_id, _, field, _), cell in office.cells.items()
        ),
        withheld=frozenset(
            point.id
            for point in both
            if (cell := office.cells.get((point.id, "", "withheld", ""))) is not None and cell.value
        ),
    )


def _links_between(
    way: Way, links: Iterable[Carried | Serves], points: Collection[str], others: Collection[str]
) -> tuple[Carried | Serves, ...]:
    """What a row's statement replaces; what a superior's item was served by may have left our plan."""
    return tuple(
        link
        for link in links
        for mine, other in [way.ends(link)]
        if (not mine or mine in points) and (not other or other in others or not way.looks_back)
    )


def judgements_of(
    way: Way, links: Iterable[Carried | Serves], points: Collection[str], others: Collection[str]
) -> dict[str, Judgement]:
    """What the ledger holds of each row; links to items that are gone are left out."""
    judgements: dict[str, Judgement] = {}
    for link in links:
        mine, other = way.ends(link)
        if (mine and mine not in points) or (other and other not in others):
            continue
        label = way.word(link.how)
        if mine:
            partners = judgements.get(mine, Judgement()).others
            judgements[mine] = Judgement(label, (*partners, other) if other else (), link.note)
        if other and way.looks_back:
            partners = judgements.get(other, Judgement()).others
            if mine or not partners:
                judgements[other] = Judgement(label, (*partners, mine) if mine else (), link.note)
    return judgements


@dataclass(frozen=True)
class LinkDecision:
    """What becomes of the statements.

    Attributes:
        facts: To be recorded, in order.
        rows: Rows whose statement holds.
        findings: Why others do not, by row.
    """

    facts: tuple[Carried | Serves, ...]
    rows: Ids
    findings: Mapping[str, Finding]


Links = Mapping[Ends, Carried | Serves]


def decide(
    way: Way,
    judgements: Mapping[str, Judgement],
    links: Sequence[Carried | Serves],
    points: Collection[str],
    others: Collection[str],
) -> LinkDecision:
    """Turn statements into facts.

    Args:
        way: Years or levels.
        judgements: By row; no word takes back.
        links: What the ledger holds.
        points: Ids of the plan's items.
        others: Ids of the other plan's.
    """
    findings: dict[str, Finding] = {}
    links_by_row: dict[str, dict[Ends, Carried | Serves]] = {}
    for key in sorted(judgements):
        outcome = _links_of(way, key, judgements[key], points, others)
        if isinstance(outcome, Finding):
            findings[key] = outcome
        else:
            links_by_row[key] = {way.ends(link): link for link in outcome}
    old_links = {way.ends(link): link for link in links}
    while True:
        result, fresh = _together(old_links, links_by_row)
        contradictions = _contradictions(way, result, fresh, links_by_row)
        if not contradictions:
            break
        for key, finding in contradictions.items():
            findings[key] = finding
            del links_by_row[key]
    facts = [(ends, link) for ends, link in result.items() if old_links.get(ends) != link]
    facts += [
        (ends, way.fact(*ends, WITHDRAWAL, link.note))
        for ends, link in old_links.items()
        if ends not in result
    ]
    # Of years in the order of ids; a superior's item keeps the order in which ours were named.
    facts.sort(key=lambda item: (item[1].how != WITHDRAWAL, item[0] if way.looks_back else item[0][:1]))
    return LinkDecision(tuple(link for _, link in facts), tuple(links_by_row), findings)


def _links_of(
    way: Way, key: str, judgement: Judgement, points: Collection[str], others: Collection[str]
) -> Sequence[Carried | Serves] | Finding:
    """What a row says, as links; the words must fit their ids."""
    if not judgement.word:
        return ()
    word = next(word for word in way.words if word.label == judgement.word)
    is_mine, count = key in points or not way.looks_back, len(judgement.others)
    limits = word.mine if is_mine else word.other
    if limits is None:
        why = f"“{word.label}”只用于{way.sides[is_mine]}的事项"
        return WRONG_COUNT.at(key, why=why)
    least, most = limits
    partner_ids = judgement.others if most else ("",)
    side = way.sides[is_mine]
    strangers = [point_id for point_id in partner_ids if point_id not in (others if is_mine else points)]
    if most and strangers:
        return NO_SUCH_ITEM.at(key, wp="、".join(strangers), side=side)
    if least and not count:
        return WRONG_COUNT.at(key, why=f"“{word.label}”没有写{way.ids_of.format(side=side)}")
    if most and count > most:
        return WRONG_COUNT.at(key, why=f"“{word.label}”写了{count}个{side}编号，只能写一个")
    if count < least:
        return WRONG_COUNT.at(key, why=f"“{word.label}”只写了一个{side}编号，至少两个")
    return [
        way.fact(*((key, point_id) if is_mine else (point_id, key)), word.how, judgement.note)
        for point_id in partner_ids
    ]


def _together(
    old_links: Links, links_by_row: Mapping[str, Links]
) -> tuple[dict[Ends, Carried | Serves], set[Ends]]:
    """All links as they would be, and those that were stated now."""
    result = {ends: link for ends, link in old_links.items() if not set(ends) & links_by_row.keys()}
    fresh: set[Ends] = set()
    for links in links_by_row.values():
        for ends, link in links.items():
            earlier = old_links.get(ends)
            # The same link said again keeps who said it; another word or note replaces it.
            result[ends] = earlier if earlier and replace(earlier, decided_by=PERSON) == link else link
            fresh.add(ends)
    partner_ids = {point_id for ends in fresh if all(ends) for point_id in ends}
    for ends in [ends for ends in result if not all(ends) and ends not in fresh and set(ends) & partner_ids]:
        del result[ends]
    return result, fresh


def _contradictions(
    way: Way, result: Links, fresh: Collection[Ends], links_by_row: Mapping[str, Links]
) -> dict[str, Finding]:
    findings: dict[str, Finding] = {}

    def refuse(keys: Sequence[Ends], kind: FindingKind, **facts: str) -> None:
        for row, links in links_by_row.items():
            if links.keys() & set(keys):
                findings.setdefault(row, kind.at(row, **facts))

    # Which links may share an item of the other plan, and one of the plan.
    shared_others = {word.how for word in way.words if word.other and word.other[1] > 1}
    shared_points = {word.how for word in way.words if word.mine and word.mine[1] > 1}
    for end, may_share in ((1, shared_others), (0, shared_points)):
        by_item: dict[str, list[Ends]] = {}
        for ends in sorted(result, key=lambda ends: ends[::-1]):
            if ends[end]:
                by_item.setdefault(ends[end], []).append(ends)
        for point_id, keys in by_item.items():
            if len(keys) < 2 or not set(keys) & set(fresh):
                continue
            others = "、".join(ends[1 - end] for ends in keys if ends[1 - end])
            hows = {result[ends].how for ends in keys}
            if hows - way.joins:
                refuse(keys, CONTRADICTS, rows=point_id, why=f"既有对应事项 {others}，又选了没有对应")
            elif hows - may_share and end:
                refuse(keys, CLAIMED_TWICE, old=point_id, news=others)
            elif hows - may_share:
                why = "几项并成一项的，各行都应选“合并”"
                refuse(keys, CONTRADICTS, rows=f"{point_id}、{others}", why=why)
    return findings
