"""Two years' plans: what became of last year's items, how both stand on a day, and 与上年对比 in the report.

Of last year's items each one is in exactly one line:

    延续到今年        goes on in an item of this year's plan, as a person confirmed
    不再列入          goes on in nothing, as a person confirmed
    待确认            nobody has said anything

未完且未延续 are those of the last two lines that had not been finished: nobody may drop them silently. Where the
ledger holds no status of last year's plan at all (the office began this year), nothing is known, and nothing is called
unfinished. Units are counted under the name of whoever succeeded them by the day.

The workbook 年度对照 has two sheets more: 未完且未延续 and 各单位 (both years unit by unit).

与上年对比 in the report is a paragraph of numbers, one point among the problems, and a table in the workbook. Only
where a person has confirmed anything; until then there is no sentence, no sheet and no number. Items marked 不通报 are
in none of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tracker.columns import Column
from tracker.comparison import AS_PROPOSED, HINT, NOTE, WORD
from tracker.facts import Carried
from tracker.model import Role
from tracker.rules.compare.comparison import MANY, Comparison, Count, Ends, Ids, Way, Word, compare_plans
from tracker.rules.compare.proposals import (
    ASK,
    CONTINUATION,
    DIVISION,
    GOES_ON,
    MERGER,
    NEW,
    OMISSION,
    PERSON,
    YEAR,
    LinkProposal,
    propose_years,
)
from tracker.rules.compare.workbooks import columns_of, heading, lines, list_sheet, units_now, units_of
from tracker.rules.office import Office, Point
from tracker.rules.plans import last_year_plans, successor
from tracker.rules.progress import Figure, Standing, Todo, percent, todo_line
from tracker.settings import Day
from tracker.table import Table
from tracker.values import dataclass

_WORDS = (
    Word(CONTINUATION, "延续", (1, 1), (1, 1)),
    Word(MERGER, "合并", (2, MANY), (1, 1)),
    Word(DIVISION, "拆分", (1, 1), (2, MANY)),
    Word(NEW, "新增", (0, 0), None),
    Word(OMISSION, "不再列入", None, (0, 0)),
)
_KEY, _OTHERS, _RESULT = "对照号", "对应编号", "上年结果"


_COUNTS = (
    Count(
        "years.olds", "上年事项", "上年方案的事项。", lambda years: tuple(point.id for point in years.others)
    ),
    Count(
        "years.went_on",
        "上年事项延续到今年",
        "上年方案的事项中，经确认由今年事项延续的。",
        lambda years: years.ids_with(years.others, *GOES_ON),
    ),
    Count(
        "years.dropped",
        "上年事项不再列入",
        "上年方案的事项中，经确认今年没有事项延续的。",
        lambda years: years.ids_with(years.others, OMISSION),
    ),
    Count(
        "years.waiting",
        "上年事项待确认",
        "上年方案的事项中，尚未确认去向的。",
        lambda years: tuple(point.id for point in years.others if point.id not in years.judgements),
    ),
    Count(
        "years.continued",
        "今年延续事项",
        "今年方案的事项中，经确认延续上年事项的。",
        lambda years: years.ids_with(years.points, *GOES_ON),
    ),
    Count(
        "years.new",
        "今年新增事项",
        "今年方案的事项中，经确认没有延续上年任何事项的。",
        lambda years: years.ids_with(years.points, NEW),
    ),
    Count(
        "years.now",
        "今年计入统计的事项",
        "今年方案的事项，已调整、不涉及和长期坚持的除外。",
        lambda years: years.countable(years.points),
    ),
    Count(
        "years.now_done",
        "今年已完成",
        "今年计入统计的事项中，截至统计日已完成的。",
        lambda years: years.done(years.points),
        lambda years: years.countable(years.points),
    ),
    Count(
        "years.last",
        "上年计入统计的事项",
        "上年方案的事项，已调整、不涉及和长期坚持的除外。",
        lambda years: years.countable(years.others),
        by_record=True,
    ),
    Count(
        "years.last_done",
        "上年已完成",
        "上年计入统计的事项中，截至统计日（含年后补报）已完成的。",
        lambda years: years.done(years.others),
        lambda years: years.countable(years.others),
        by_record=True,
    ),
    Count(
        "years.left",
        "上年未完且未延续",
        "上年未完成、今年没有事项延续的，含尚未确认的。",
        lambda years: years.leftovers,
        by_record=True,
    ),
    Count(
        "years.given_up",
        "上年未完且不再列入",
        "上年未完成、经确认今年没有事项延续的。",
        lambda years: years.dropped_leftovers,
        by_record=True,
    ),
)


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


def by_unit(office: Office, years: Comparison, on: dt.date) -> tuple[UnitYears, ...]:
    """Both years unit by unit, as of whoever speaks for it on a day."""
    rows: dict[str, dict[str, list[str]]] = {}
    names: dict[str, dict[str, None]] = {}
    for side, points in (("last", years.others), ("now", years.points)):
        for point in points:
            state = years.states[point.id]
            for unit_standing in state.units:
                if (
                    unit_standing.role is Role.SUPPORT
                    or unit_standing.is_released
                    or state.is_long_term
                    or not state.is_counted
                ):
                    continue
                heir = successor(office, unit_standing.unit, on)
                sides = rows.setdefault(heir, {"last": [], "last_done": [], "now": [], "now_done": []})
                if point.id not in sides[side]:
                    sides[side].append(point.id)
                if unit_standing.done and point.id not in sides[f"{side}_done"]:
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


def _rate(part: Ids, whole: Ids) -> str:
    return f"{percent(len(part), len(whole))}%" if whole else "—"


def _confirmation(years: Comparison) -> str:
    if not years.judgements:
        return ""
    by_code = years.by_code()
    return (
        f"已确认今年延续{by_code['continued'].n}项、新增{by_code['new'].n}项，"
        f"上年{len(years.others)}项中不再列入{by_code['dropped'].n}项"
    )


def _suggestion(years: Comparison) -> str:
    if not years.proposals:
        return ""
    mine = {point.id for point in years.points}
    counts = Counter((point_id in mine, proposal.how) for point_id, proposal in years.proposals.items())
    parts = [
        ("延续", sum(counts[True, how] for how in GOES_ON)),
        ("新增", counts[True, NEW]),
        ("不再列入", counts[False, OMISSION]),
        ("请选定", counts[True, ASK] + counts[False, ASK]),
    ]
    text = "、".join(f"{word}{count}项" for word, count in parts if count)
    return f"待确认{len(years.proposals)}行，建议{text}"


class _Years(Way):
    """What is special to comparing years."""

    kind = "year"
    link_kind = YEAR
    book = "年度对照"
    sides = ("今年", "上年")
    ids_of = "对应的{side}编号"
    cited = "《{title}》"
    looks_back = True
    words = _WORDS
    columns = (
        *columns_of((_KEY, 9), ("今年工作任务", 16), ("今年要求", 38), ("今年责任单位", 16)),
        *columns_of(
            ("上年对应事项", 42), ("上年责任单位", 16), (_RESULT, 11), ("相近程度", 13), ("建议", 12)
        ),
        Column(WORD, 11, choices=(AS_PROPOSED, *(word.label for word in _WORDS))),
        Column(_OTHERS, 14),
        Column(NOTE, 20),
        *columns_of((HINT, 26)),
    )
    title = "与上年事项对照"
    for_all = (
        "在本行的“判断”里选“按建议”，其余空着的各行就都按建议确认；分不清的、上年没有完成的不包括，要逐行选。"
    )
    instructions = (
        "灰色是程序写的；请在“判断”里选：延续（写一个上年编号）、合并（写几个上年编号）、拆分（几行写同一个上年编号）、新增、"
        "不再列入（上年的行）。“对应编号”已按建议填好，可以改；“按建议”就是照“建议”和填好的编号确认。"
    )
    counts = _COUNTS

    def links(self, office: Office) -> Sequence[Carried]:
        return office.continuations

    def ends(self, link: Any) -> Ends:
        return (link.to_wp, link.from_wp)

    def fact(self, mine: str, other: str, how: str, note: str) -> Carried:
        return Carried(other, mine, how, PERSON, note)

    def beside(self, office: Office, plan: str) -> Ids:
        return last_year_plans(office, plan)

    def detail(self, point: Point) -> str:
        return units_of(point)

    def units(self, office: Office, point: Point, on: dt.date) -> str:
        return units_now(office, point, on)

    def states(self, comparison: Comparison, ids: Ids) -> str:
        return lines(comparison.state_word(point_id) for point_id in ids)

    def propose(self, years: Comparison) -> Mapping[str, LinkProposal]:
        divided_ids = {
            point_id
            for row in years.ids_with(years.rows, DIVISION)
            for point_id in years.judgements[row].others
        }
        old = [point for point in years.others if point.id not in years.judgements or point.id in divided_ids]
        new = [point for point in years.points if point.id not in years.judgements]
        unfinished_ids = {point.id for point in old if years.is_unfinished(point.id)}
        proposals = propose_years(old, new, unfinished_ids=unfinished_ids)
        return {
            # What goes on from an item that was divided is another part of it.
            point_id: replace(proposal, how=DIVISION)
            if proposal.how == CONTINUATION and divided_ids & {*proposal.others}
            else proposal
            for point_id, proposal in proposals.items()
            if point_id not in years.judgements
        }

    def sheets(self, office: Office, years: Comparison, on: dt.date) -> Iterator[Table]:
        leftovers = years.leftovers
        yield from list_sheet(
            "未完且未延续",
            "上年未完成且今年没有延续的事项（{n}项）",
            "上年没有完成、今年也没有事项延续。要延续的，在“对照”里写明；确不再列入的，请写原因。",
            columns_of(
                *(("事项编号", 10), ("工作任务", 20), ("要求", 60), ("责任单位", 26)),
                *((_RESULT, 12), ("确认情况", 12), ("原因", 40)),
            ),
            (
                (
                    point.id,
                    heading(point),
                    point.requirement,
                    units_now(office, point, on),
                    years.state_word(point.id),
                    *years.decision(point.id, "（没有写原因）"),
                )
                for point in years.others
                if point.id in leftovers
            ),
        )
        counts = ("上年承担", "上年完成", "上年完成率", "今年承担", "今年完成", "今年完成率")
        yield from list_sheet(
            "各单位",
            "各单位两年承担事项对比",
            "只计牵头和负责的事项；已更名、合并的单位，上年的事项计入现在承担职责的单位。“完成”计本单位已完成的部分。",
            columns_of(("单位", 26), ("原名称", 30), *((label, 10) for label in counts)),
            (
                (
                    unit.name,
                    "、".join(unit.formerly),
                    *(len(unit.last), len(unit.last_done), _rate(unit.last_done, unit.last)),
                    *(len(unit.now), len(unit.now_done), _rate(unit.now_done, unit.now)),
                )
                for unit in by_unit(office, years, on)
            ),
        )

    def alarm(self, years: Comparison, point_id: str) -> str:
        is_last = any(point.id == point_id for point in years.others)
        return _RESULT if is_last and years.is_unfinished(point_id) else ""

    def summary(self, office: Office, years: Comparison) -> str:
        title = office.plans[years.plan].edition.title
        start = f"{years.plan}《{title}》与上年（{'、'.join(years.beside)}）对照："
        return start + "；".join(part for part in (_confirmation(years), _suggestion(years)) if part) + "。"

    def loud(self, years: Comparison) -> str:
        """Unfinished, and nothing continues it."""
        alternatives = {point_id for proposal in years.proposals.values() for point_id in proposal.others}
        leftovers = [point_id for point_id in years.leftovers if point_id not in alternatives]
        if not leftovers:
            return ""
        given_up = len(years.dropped_leftovers)
        note = f"（其中已确认不再列入{given_up}项）" if given_up else ""
        return f"！上年未完成、今年没有延续的{len(leftovers)}项{note}：{years.examples(leftovers)}。"

    def data(self, years: Comparison) -> dict[str, Any]:
        return {"waiting": list(years.open_ids), "left": list(years.leftovers)}

    def todos(self, years: Comparison) -> Iterator[Todo]:
        open_ = sum(point_id in years.open_ids for point_id in years.leftovers)
        remark = f"（其中上年未完成{open_}项，确认由今年哪一项接着办之前，照旧催办）" if open_ else ""
        yield from years.open_todos("years", f"项与上年的对照待确认{remark}")
        unexplained = [
            point_id for point_id in years.dropped_leftovers if not years.judgements[point_id].note
        ]
        if unexplained:
            book = years.way.book_name(years.plan)
            advice = f"在《{book}》里写明由哪一项延续，或写明不再列入的原因"
            yield todo_line("years-left", unexplained, "项上年未完成、今年没有延续，也没有说明原因", advice)


YEARS = _Years()


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
        rows: One for each item of last year's, then one for each new one; see `YEARS_LABELS`.
        leftovers: Not finished, and confirmed to go on in nothing: id and requirement.
    """

    figures: dict[str, Figure]
    rows: tuple[tuple[str, ...], ...]
    leftovers: tuple[tuple[str, str], ...]


def years_in_report(
    office: Office,
    plan: str,
    day: Day,
    *,
    stand: Mapping[str, Standing] | None = None,
) -> YearsInReport | None:
    """What there is to report of last year; None until a person has confirmed anything."""
    years = compare_plans(YEARS, office, plan, day, stand=stand)
    if years is None or not years.judgements:
        return None
    by_code = {figure.code: figure for figure in years.figures(public=True)}
    texts = {point.id: point.requirement for point in (*years.others, *years.points)}
    leftovers = by_code["years.given_up"].rows if "years.given_up" in by_code else ()
    return YearsInReport(
        by_code, _rows(years, texts), tuple((point_id, texts[point_id]) for point_id in leftovers)
    )


def _rows(years: Comparison, texts: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    rows = []
    for point in years.others:
        if point.id in years.withheld:
            continue
        judgement, (word, note) = years.judgements.get(point.id), years.decision(point.id)
        heirs = [
            point_id
            for point_id in (judgement.others if judgement else ())
            if point_id in texts and point_id not in years.withheld
        ]
        requirements = "\n".join(texts[point_id] for point_id in heirs)
        state = years.state_word(point.id)
        rows.append((point.id, point.requirement, state, word, "、".join(heirs), requirements, note))
    for point in years.points:
        judgement = years.judgements.get(point.id)
        if point.id not in years.withheld and not (judgement and judgement.others):
            word, note = years.decision(point.id)
            rows.append(("", "", "", word, point.id, point.requirement, note))
    return tuple(rows)
