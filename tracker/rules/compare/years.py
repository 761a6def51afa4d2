"""Two years' plans: what a person decided, as facts; how both stand on a day; and 与上年对比 in the report.

What contradicts itself is refused, and asked. A row of this year's says what of last year's goes on in it, a row of last year's what it goes on in. A statement
replaces what was known of its row. After all of them together these must hold, or the statements that break one are
refused, the rest is looked at again:

    an item of last year goes on in one item, or in several whose rows all say 拆分
    an item of this year goes on from one, or from several and says 合并
    what is 新增 or 不再列入 goes on in nothing; an older word of that kind gives way to a new 延续

One item of last year is therefore never matched twice unless a person said that it was divided.

Both years as they stand on a day. Every count is a `Figure` and knows its rows. Of last year's items each one is in exactly one line:

    延续到今年        goes on in an item of this year's plan, as a person confirmed
    不再列入          goes on in nothing, as a person confirmed
    待确认            nobody has said anything

未完且未延续 are those of the last two lines that had not been finished: nobody may drop them silently. Where the
ledger holds no status of last year's plan at all (the office began this year), nothing is known, and nothing is called
unfinished. Units are counted under the name of whoever succeeded them by the day.

与上年对比 in the report is a paragraph of numbers, one point among the problems, and a table in the workbook. Only where a person has confirmed anything; until then there is no sentence, no sheet and no number. Items marked 不通报
are in none of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.comparison import Judgement
from tracker.facts import Carried
from tracker.model import Role
from tracker.problems.base import Finding
from tracker.problems.compare import CLAIMED_TWICE, CONTRADICTS, NO_SUCH_ITEM, WRONG_COUNT
from tracker.rules.compare.lineage import (
    CONTINUATION,
    DIVISION,
    GOES_ON,
    MERGER,
    NEW,
    OMISSION,
    PERSON,
    last_year_plans,
    live_points,
)
from tracker.rules.office import WITHDRAWAL, Office, Point
from tracker.rules.plans import successor
from tracker.rules.progress import Figure, Standing, percent, standings
from tracker.settings import Thresholds
from tracker.workdays import Calendar

YEAR_WORDS: dict[str, str] = {
    CONTINUATION: "延续",
    MERGER: "合并",
    DIVISION: "拆分",
    NEW: "新增",
    OMISSION: "不再列入",
}
_HOW = {word: how for how, word in YEAR_WORDS.items()}

Key = tuple[str, str]


@dataclass(frozen=True)
class YearLinks:
    """What becomes of the statements.

    Attributes:
        facts: To be recorded, in order.
        rows: Rows whose statement holds.
        findings: Why others do not, by row.
    """

    facts: tuple[Carried, ...]
    rows: tuple[str, ...]
    findings: Mapping[str, Finding]


def year_judgements(
    links: Iterable[Carried], olds: Collection[str], news: Collection[str]
) -> dict[str, Judgement]:
    """What the ledger holds of each row of two years' plans."""
    judgements: dict[str, Judgement] = {}
    for link in links:
        if link.to_wp in news and (link.from_wp in olds or not link.from_wp):
            earlier = judgements.get(link.to_wp, Judgement())
            others = (*earlier.others, link.from_wp) if link.from_wp else ()
            judgements[link.to_wp] = Judgement(YEAR_WORDS[link.how], others, link.note)
        if link.from_wp in olds and (link.to_wp in news or not link.to_wp):
            earlier = judgements.get(link.from_wp, Judgement())
            others = (*earlier.others, link.to_wp) if link.to_wp else earlier.others
            if link.to_wp or not earlier.others:
                judgements[link.from_wp] = Judgement(YEAR_WORDS[link.how], others, link.note)
    return judgements


def decide_years(
    judgements: Mapping[str, Judgement],
    links: Sequence[Carried],
    olds: Collection[str],
    news: Collection[str],
) -> YearLinks:
    """Turn statements into facts.

    Args:
        judgements: By row; no word takes back.
        links: What the ledger holds.
        olds: Ids of last year's items.
        news: Ids of this year's.
    """
    findings: dict[str, Finding] = {}
    links_by_row: dict[str, tuple[Carried, ...]] = {}
    for key in sorted(judgements):
        outcome = _links(key, judgements[key], olds, news)
        if isinstance(outcome, Finding):
            findings[key] = outcome
        else:
            links_by_row[key] = outcome
    old_links = {(link.from_wp, link.to_wp): link for link in links}
    while True:
        result, fresh = _together(old_links, links_by_row)
        contradictions = _contradictions(result, fresh, links_by_row)
        if not contradictions:
            break
        for key, finding in contradictions.items():
            findings[key] = finding
            del links_by_row[key]
    facts = [link for key, link in result.items() if old_links.get(key) != link]
    facts += [
        Carried(*key, WITHDRAWAL, PERSON, link.note) for key, link in old_links.items() if key not in result
    ]
    changes = sorted(facts, key=lambda link: (link.how != WITHDRAWAL, link.to_wp, link.from_wp))
    return YearLinks(tuple(changes), tuple(links_by_row), findings)


def _links(
    key: str, judgement: Judgement, olds: Collection[str], news: Collection[str]
) -> tuple[Carried, ...] | Finding:
    """What a row says, as links; the words must fit their ids."""
    if not judgement.word:
        return ()
    how, is_new, count = _HOW[judgement.word], key in news, len(judgement.others)
    if how in (NEW, OMISSION):
        if is_new != (how == NEW):
            why = f"“{judgement.word}”只用于{'今年' if how == NEW else '上年'}的事项"
            return WRONG_COUNT.at(key, why=why)
        return (
            Carried("", key, how, PERSON, judgement.note)
            if is_new
            else Carried(key, "", how, PERSON, judgement.note),
        )
    side, other = ("上年", olds) if is_new else ("今年", news)
    strangers = [point_id for point_id in judgement.others if point_id not in other]
    if strangers:
        return NO_SUCH_ITEM.at(key, wp="、".join(strangers), side=side)
    several = (how == MERGER) == is_new
    if not count:
        return WRONG_COUNT.at(key, why=f"“{judgement.word}”没有写对应的{side}编号")
    if count > 1 and (how == CONTINUATION or not several):
        return WRONG_COUNT.at(key, why=f"“{judgement.word}”写了{count}个{side}编号，只能写一个")
    if count == 1 and how != CONTINUATION and several:
        return WRONG_COUNT.at(key, why=f"“{judgement.word}”只写了一个{side}编号，至少两个")
    pairs = [(point_id, key) if is_new else (key, point_id) for point_id in judgement.others]
    return tuple(Carried(*pair, how, PERSON, judgement.note) for pair in pairs)


def _together(
    old_links: Mapping[Key, Carried], links_by_row: Mapping[str, tuple[Carried, ...]]
) -> tuple[dict[Key, Carried], set[Key]]:
    """All links as they would be, and those that were stated now."""
    result = {
        key: link for key, link in old_links.items() if not ({link.from_wp, link.to_wp} & links_by_row.keys())
    }
    fresh: set[Key] = set()
    for links in links_by_row.values():
        for link in links:
            key = (link.from_wp, link.to_wp)
            earlier = old_links.get(key)
            # The same link said again keeps who said it; another word or note replaces it.
            result[key] = earlier if earlier and replace(earlier, decided_by=PERSON) == link else link
            fresh.add(key)
    ends = {end for key in fresh if all(key) for end in key}
    for key in [key for key in result if not all(key) and key not in fresh and set(key) & ends]:
        del result[key]
    return result, fresh


def _contradictions(
    result: Mapping[Key, Carried], fresh: Collection[Key], links_by_row: Mapping[str, tuple[Carried, ...]]
) -> dict[str, Finding]:
    findings: dict[str, Finding] = {}

    def refuse(keys: Iterable[Key], finding_of: str, **facts: str) -> None:
        kind = CLAIMED_TWICE if finding_of == "twice" else CONTRADICTS
        pairs = set(keys)
        for row, links in links_by_row.items():
            if any((link.from_wp, link.to_wp) in pairs for link in links):
                findings.setdefault(row, kind.at(row, **facts))

    for end, which in ((0, "from"), (1, "to")):
        by_end: dict[str, list[Key]] = {}
        for key in sorted(result):
            if key[end]:
                by_end.setdefault(key[end], []).append(key)
        for point_id, keys in by_end.items():
            if len(keys) < 2 or not set(keys) & set(fresh):
                continue
            others = "、".join(key[1 - end] for key in keys if key[1 - end])
            if any(result[key].how not in GOES_ON for key in keys):
                refuse(keys, "contradicts", rows=point_id, why=f"既有对应事项 {others}，又选了没有对应")
            elif which == "from" and any(result[key].how != DIVISION for key in keys):
                refuse(keys, "twice", old=point_id, news=others)
            elif which == "to" and any(result[key].how != MERGER for key in keys):
                refuse(
                    keys, "contradicts", rows=f"{point_id}、{others}", why="几项并成一项的，各行都应选“合并”"
                )
    return findings


_GOES_ON = {YEAR_WORDS[how] for how in GOES_ON}
NO_RECORD = "没有记录"


@dataclass(frozen=True)
class YearComparison:
    """This year's plan and last year's.

    Attributes:
        plan: Of this year.
        lasts: Last year's, one or several.
        olds: Last year's items.
        news: This year's.
        judgements: What a person decided, by item of either year.
        states: Where each item stands; last year's on the same day.
        has_record: Whether the ledger holds any status of last year's plans.
        withheld: Items that stand in no report (不通报).
    """

    plan: str
    lasts: tuple[str, ...]
    olds: tuple[Point, ...]
    news: tuple[Point, ...]
    judgements: Mapping[str, Judgement]
    states: Mapping[str, Standing]
    has_record: bool
    withheld: frozenset[str] = frozenset()

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has decided anything."""
        return bool(self.judgements)

    def is_unfinished(self, point_id: str) -> bool:
        """Whether an item of last year's counts and was not done."""
        state = self.states[point_id]
        return self.has_record and state.is_counted and not state.done

    def goes_on(self, point_id: str) -> bool:
        """Whether a person said so."""
        return point_id in self.judgements and self.judgements[point_id].word in _GOES_ON

    def state_word(self, point_id: str) -> str:
        """Where an item stands, in a word."""
        state = self.states[point_id]
        if not self.has_record and any(point.id == point_id for point in self.olds):
            return NO_RECORD
        return "逾期未完成" if state.overdue else "已完成" if state.done else state.word

    @property
    def open_ids(self) -> tuple[str, ...]:
        """Items of this year's that nobody has decided, then last year's."""
        return tuple(point.id for point in (*self.news, *self.olds) if point.id not in self.judgements)

    @property
    def leftovers(self) -> tuple[str, ...]:
        """未完且未延续."""
        return tuple(
            point.id for point in self.olds if self.is_unfinished(point.id) and not self.goes_on(point.id)
        )

    @property
    def dropped_leftovers(self) -> tuple[str, ...]:
        """Of these, what a person said goes on in nothing."""
        return tuple(point_id for point_id in self.leftovers if point_id in self.judgements)


def compare_years(
    office: Office, plan: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> YearComparison | None:
    """Gather two years; None where no plan of an earlier year goes with this one."""
    lasts = last_year_plans(office, plan)
    if not lasts:
        return None
    olds = tuple(point for last in lasts for point in live_points(office.plans[last]))
    news = live_points(office.plans[plan])
    every = (*olds, *news)
    before = {point.id for point in olds}
    return YearComparison(
        plan=plan,
        lasts=lasts,
        olds=olds,
        news=news,
        judgements=year_judgements(office.continuations, before, {point.id for point in news}),
        states=standings(office, every, today=today, calendar=calendar, thresholds=thresholds),
        has_record=any(
            point_id in before and field in ("status", "decision") and cell.value
            for (point_id, _, field, _), cell in office.cells.items()
        ),
        withheld=frozenset(
            point.id
            for point in every
            if (cell := office.cells.get((point.id, "", "withheld", ""))) is not None and cell.value
        ),
    )


def year_figures(years: YearComparison, *, public: bool = False) -> tuple[Figure, ...]:
    """The counts; `public` leaves out what stands in no report."""
    withheld = years.withheld if public else frozenset()
    olds = [point.id for point in years.olds if point.id not in withheld]
    news = [point.id for point in years.news if point.id not in withheld]

    def ids_with(rows: list[str], *words: str) -> tuple[str, ...]:
        return tuple(
            point_id
            for point_id in rows
            if point_id in years.judgements and years.judgements[point_id].word in words
        )

    def rate(rows: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        countable = tuple(point_id for point_id in rows if years.states[point_id].is_counted)
        done = tuple(point_id for point_id in countable if years.states[point_id].done)
        return countable, done, percent(len(done), len(countable)) if countable else ""

    went_on = tuple(point_id for point_id in olds if years.goes_on(point_id))
    old_total, old_done, old_share = rate(olds)
    new_total, new_done, new_share = rate(news)
    counts = [
        Figure("years.olds", "上年事项", "上年方案的事项。", tuple(olds)),
        Figure("years.went_on", "上年事项延续到今年", "上年方案的事项中，经确认由今年事项延续的。", went_on),
        Figure(
            "years.dropped",
            "上年事项不再列入",
            "上年方案的事项中，经确认今年没有事项延续的。",
            ids_with(olds, YEAR_WORDS[OMISSION]),
        ),
        Figure(
            "years.waiting",
            "上年事项待确认",
            "上年方案的事项中，尚未确认去向的。",
            tuple(point_id for point_id in olds if point_id not in years.judgements),
        ),
        Figure(
            "years.continued",
            "今年延续事项",
            "今年方案的事项中，经确认延续上年事项的。",
            ids_with(news, *sorted(_GOES_ON)),
        ),
        Figure(
            "years.new",
            "今年新增事项",
            "今年方案的事项中，经确认没有延续上年任何事项的。",
            ids_with(news, YEAR_WORDS[NEW]),
        ),
        Figure("years.now", "今年计入统计的事项", "今年方案的事项，已调整、不涉及的除外。", new_total),
        Figure(
            "years.now_done", "今年已完成", "今年计入统计的事项中，截至统计日已完成的。", new_done, new_share
        ),
    ]
    if years.has_record:
        leftovers = tuple(point_id for point_id in years.leftovers if point_id not in withheld)
        dropped_leftovers = tuple(
            point_id for point_id in years.dropped_leftovers if point_id not in withheld
        )
        counts += [
            Figure("years.last", "上年计入统计的事项", "上年方案的事项，已调整、不涉及的除外。", old_total),
            Figure(
                "years.last_done",
                "上年已完成",
                "上年计入统计的事项中，截至统计日（含年后补报）已完成的。",
                old_done,
                old_share,
            ),
            Figure(
                "years.left", "上年未完且未延续", "上年未完成、今年没有事项延续的，含尚未确认的。", leftovers
            ),
            Figure(
                "years.given_up",
                "上年未完且不再列入",
                "上年未完成、经确认今年没有事项延续的。",
                dropped_leftovers,
            ),
        ]
    return tuple(counts)


@dataclass(frozen=True, slots=True)
class UnitYears:
    """One unit's items of both years, led or answered for; `formerly` are the names that it had before."""

    unit: str
    name: str
    formerly: tuple[str, ...]
    last: tuple[str, ...]
    last_done: tuple[str, ...]
    now: tuple[str, ...]
    now_done: tuple[str, ...]


def by_unit(office: Office, years: YearComparison, on: dt.date) -> tuple[UnitYears, ...]:
    """Both years unit by unit, as of whoever speaks for it on a day."""
    rows: dict[str, dict[str, list[str]]] = {}
    names: dict[str, dict[str, None]] = {}
    for side, points in (("last", years.olds), ("now", years.news)):
        for point in points:
            state = years.states[point.id]
            for unit_standing in state.units:
                if (
                    unit_standing.role is Role.SUPPORT
                    or unit_standing.status == "not_applicable"
                    or not state.is_counted
                ):
                    continue
                heir = successor(office, unit_standing.unit, on)
                sides = rows.setdefault(heir, {"last": [], "last_done": [], "now": [], "now_done": []})
                if point.id not in sides[side]:
                    sides[side].append(point.id)
                if (unit_standing.done or state.done) and point.id not in sides[f"{side}_done"]:
                    sides[f"{side}_done"].append(point.id)
                if heir != unit_standing.unit:
                    names.setdefault(heir, {})[office.name_of(unit_standing.unit)] = None
    return tuple(
        UnitYears(
            unit,
            office.name_of(unit, on),
            tuple(names.get(unit, {})),
            *(tuple(rows[unit][side]) for side in ("last", "last_done", "now", "now_done")),
        )
        for unit in sorted(rows)
    )


YEARS_LABELS = (
    ("上年事项编号", 12),
    ("上年要求", 50),
    ("上年结果", 12),
    ("去向", 10),
    ("今年事项编号", 16),
    ("今年要求", 50),
    ("说明", 24),
)


@dataclass(frozen=True)
class YearsInReport:
    """What a report says of last year.

    Attributes:
        figures: By code.
        rows: One for each item of last year's, then one for each new one; see `LABELS`.
        leftovers: Not finished, and confirmed to go on in nothing: id and requirement.
    """

    figures: dict[str, Figure]
    rows: tuple[tuple[str, ...], ...]
    leftovers: tuple[tuple[str, str], ...]


def years_in_report(
    office: Office, plan: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> YearsInReport | None:
    """What there is to report of last year; None until a person has confirmed anything."""
    years = compare_years(office, plan, today=today, calendar=calendar, thresholds=thresholds)
    if years is None or not years.is_confirmed:
        return None
    by_code = {figure.code: figure for figure in year_figures(years, public=True)}
    texts = {point.id: point.requirement for point in (*years.olds, *years.news)}
    leftovers = by_code["years.given_up"].rows if "years.given_up" in by_code else ()
    return YearsInReport(
        by_code, _rows(years, texts), tuple((point_id, texts[point_id]) for point_id in leftovers)
    )


def _rows(years: YearComparison, texts: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    rows = []
    for point in years.olds:
        if point.id in years.withheld:
            continue
        judgement = years.judgements.get(point.id)
        heirs = (
            [
                point_id
                for point_id in judgement.others
                if point_id in texts and point_id not in years.withheld
            ]
            if judgement
            else []
        )
        rows.append(
            (
                point.id,
                point.requirement,
                years.state_word(point.id),
                judgement.word if judgement else "待确认",
                "、".join(heirs),
                "\n".join(texts[point_id] for point_id in heirs),
                judgement.note if judgement else "",
            )
        )
    for point in years.news:
        judgement = years.judgements.get(point.id)
        if point.id not in years.withheld and not (judgement and judgement.others):
            word, note = (judgement.word, judgement.note) if judgement else ("待确认", "")
            rows.append(("", "", "", word, point.id, point.requirement, note))
    return tuple(rows)
