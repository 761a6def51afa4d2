"""The chapters of the report: 一 总体情况, 二 任务落实情况, 三 存在的主要问题, 四 下一步工作打算, each without its heading.

一 总体情况 is the plan in numbers, its parts, the latest round, what changed since the last edition. What of last
year's plan goes on is said where a person has confirmed it. A round whose day has not come is said to be under way:
nobody is late yet.

二 任务落实情况 is part and task in plan order, under the plan's own headings; each task is a paragraph of the sentences of its
items (`rules.report.sentences`), and 起草素材表 may move an item to another paragraph. Where the plan has one part, or none,
or no tasks, the levels below move up. Items that the pages do not hold are counted in one sentence at the end of
their paragraph.

三 and 四 come from what is overdue, behind, to be found out, uneven among units, or found by spot checks, and from what
those who answer for an item that is not done wrote as its problem and next step: it is proposed as the problem of the work
(`difficulties_of`) until the office words it as 问题 in 起草素材表 (无: none). A report to the superior tells problems of the
work (`work_problems`), a circular whose they are (`problems_chapter`). Nothing is invented, and each next step answers
a number or a problem that stands above it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from tracker.numerals import chinese_number
from tracker.outline import Block, Heading, Say, Text, long_date
from tracker.rules.progress import LONG_TERM, NOT_DONE, PUBLIC_CLASSES, UNCOUNTED, Figure, deciders
from tracker.rules.report.annexes import Annexes
from tracker.rules.report.budget import Detail
from tracker.rules.report.edition import ReportChanges
from tracker.rules.report.sentences import (
    problem_and_step,
    sentence_of,
    unit_names,
    whole_or_short,
)
from tracker.rules.report.summary import ReportItem, YearSummary
from tracker.rules.wording import bracketed, is_no_problem, sentence, short_name, without_number
from tracker.values import dataclass


def overview_chapter(
    summary: YearSummary, say: Say, *, changes: ReportChanges | None = None, inside: bool = False
) -> Iterator[Block]:
    """The chapter without its heading; only `inside` the office who sent its form and who was graded how is told."""
    f, edition = summary.figures, summary.plan.edition
    yield Text(
        say(
            "overview",
            title=edition.title,
            issued_on=long_date(edition.issued_on) if edition.issued_on else "",
            as_of=long_date(summary.as_of),
            f=f,
            rest=[f[kind] for kind in summary.classes if kind not in ("done", LONG_TERM) and f[kind].n],
            public=summary.classes == PUBLIC_CLASSES,
        )
    )
    parts = summary.section_figures
    if len(parts) > 1:
        yield Text(say("sections", sections=[_section(heading, parts[heading]) for heading in parts]))
    figures_of = {"round": "asked", "duties": "duties", "limits": "limits", "grades": "scored"}
    others = [
        say(entry, name=summary.latest_round, f=f)
        for entry, figure in figures_of.items()
        if figure in f and (inside or entry not in _INSIDE)
    ]
    if others:
        yield Text("".join(others))
    if changes is not None:
        counts = {name: len(changes.rows(name)) for name in ("gained", "lost", "added", "dropped")}
        yield Text(say("changes", since=long_date(changes.since), **counts))
    if summary.years is not None:
        years = {code.removeprefix("years."): figure for code, figure in summary.years.figures.items()}
        yield Text(say("years", as_of=long_date(summary.as_of), y=years, known="last" in years))


# What the superior takes for lateness, or does not ask for.
_INSIDE = ("round", "grades")


def _section(heading: str, figures: Mapping[str, Figure]) -> dict[str, object]:
    return {"name": without_number(heading) or "其他"} | {kind: figure.n for kind, figure in figures.items()}


# So many items share a paragraph where the office does not say otherwise; a longer one is a page of its own.
_MOST_IN_A_PARAGRAPH = 6


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """A paragraph of 二 任务落实情况 and the items whose sentences stand in it.

    Attributes:
        number: 段落号, from 1 in the order of the report.
        section: The part that it stands in, as the plan writes it.
        task: Its own heading; empty where it has none.
        items: In plan order.
    """

    number: int
    section: str
    task: str
    items: tuple[ReportItem, ...]


def paragraphs_of(items: Sequence[ReportItem]) -> tuple[ReportParagraph, ...]:
    """The paragraphs: the items of a task together, at most six; an item stands where its 段落号 says.

    A plan without tasks has a paragraph for each item. A 段落号 that no paragraph has is passed over
    (`rules.report.material` says so).
    """
    heads: list[tuple[str, str]] = []
    homes: list[int] = []
    groups = itertools.groupby(items, key=lambda item: (item.point.section, item.point.task))
    for (section, task), group in groups:
        most = _MOST_IN_A_PARAGRAPH if task else 1
        for position, _ in enumerate(group):
            if position % most == 0:
                heads.append((section, task if position == 0 else ""))
            homes.append(len(heads))
    places: dict[int, list[ReportItem]] = {number: [] for number in range(1, len(heads) + 1)}
    for item, home in zip(items, homes, strict=True):
        wish = int(item.paragraph) if item.paragraph.isdecimal() else 0
        places[wish if wish in places else home].append(item)
    return tuple(
        ReportParagraph(number, section, task, tuple(places[number]))
        for number, (section, task) in enumerate(heads, start=1)
    )


def report_items(summary: YearSummary) -> list[ReportItem]:
    """The items that the report tells of, in plan order."""
    return [item for item in summary.items if item.kind != UNCOUNTED]


def sentences_of(
    summary: YearSummary, say: Say, annex: Annexes, *, public: bool = False
) -> Mapping[str, str]:
    """The sentence of each item by its id; those that are proposed have their shapes in turn."""
    year = summary.plan.edition.year
    where = annex.units or annex.items
    items = report_items(summary)
    return {
        item.point_id: sentence_of(item, say, shape=turn, year=year, annex=where, public=public)
        for turn, item in enumerate(item for part in paragraphs_of(items) for item in part.items)
    }


def items_chapter(
    summary: YearSummary,
    say: Say,
    detail: Detail,
    annex: Annexes,
    sentences: Mapping[str, str],
    *,
    public: bool = False,
    has_names: bool = False,
) -> Iterator[Block]:
    """The chapter without its heading, of sentences by item (`sentences_of`); a public one has no 典型做法.

    Items without a sentence are counted; with `has_names` up to four of a paragraph are named. What the office ticked as 亮点 stands in a part of its own at the end, and not twice.
    """
    items = report_items(summary)
    practices = [item for item in items if item.is_practice and not public]
    has_parts = len({item.point.section for item in items}) > 1 or bool(practices)
    level_of_task = 3 if has_parts else 2
    section = None
    for part in paragraphs_of(items):
        own_items = [item for item in part.items if item not in practices]
        if not own_items:
            continue
        if part.section != section:
            section = part.section
            if section and has_parts:
                yield Heading(2, without_number(section))
        text = "".join(sentences[item.point_id] for item in own_items if item.point_id in detail.point_ids)
        rest = [item for item in own_items if item.point_id not in detail.point_ids]
        if rest and has_names and len(rest) <= _MOST_NAMED:
            text += _names_by_class(rest, say)
        elif rest:
            text += say(
                "item.rest",
                n=len(rest),
                done=sum(item.kind == "done" for item in rest),
                continuing=sum(item.kind == LONG_TERM for item in rest),
                others=len(rest) < len(own_items),
                annex=annex.items,
            )
        if part.task:
            yield Heading(level_of_task, f"{without_number(part.task)}。", run_in=text)
        else:
            yield Text(text)
    if practices:
        yield Heading(2, say("head.practices"))
    for number, item in enumerate(practices, start=1):
        text = sentences[item.point_id]
        yield Text(say("practice", number=chinese_number(number), text=text) if len(practices) > 1 else text)


_MOST_NAMED = 4


def _names_by_class(items: Sequence[ReportItem], say: Say) -> str:
    groups: dict[str, list[str]] = {}
    for item in items:
        kind = item.kind if item.kind in ("done", LONG_TERM) else NOT_DONE
        name = short_name(item.point.requirement).replace("“", "‘").replace("”", "’")
        groups.setdefault(kind, []).append(f"“{name}”")
    return say("item.rest.named", groups=list(groups.items()))


def items_without_paragraph(
    summary: YearSummary, detail: Detail
) -> tuple[tuple[str, str, tuple[ReportItem, ...]], ...]:
    """The items without a sentence of their own, by the part and task of their paragraph."""
    pools = [
        (
            part.section,
            part.task,
            tuple(
                item for item in part.items if item.point_id not in detail.point_ids and not item.is_practice
            ),
        )
        for part in paragraphs_of(report_items(summary))
    ]
    return tuple(pool for pool in pools if pool[2])


# So many items of a sort are named; the others stand in the annex.
_MOST_NAMES = 5
_BEHIND = ("overdue", "lagging", "not_started", "unreported")


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What hinders an item, and what is to be done about it; one of the two may be empty.

    Attributes:
        point_id: The item.
        name: What the item is called.
        problem: The problem, without full stop where units wrote it.
        step: The next step, without full stop.
        is_worded: Whether the problem is in the office's words.
    """

    point_id: str
    name: str
    problem: str
    step: str
    is_worded: bool


def difficulty_of(item: ReportItem) -> Difficulty | None:
    """What its leads wrote of an open item, the office's words in place of their problem; None for 无.

    A problem of an earlier round has its round; a step that was next then is none any more.
    """
    pairs = []
    for quote in item.main_problems if item.is_open else ():
        problem, step = problem_and_step(quote.text, quote.who)
        if quote.round:
            problem, step = f"{problem}（{quote.round}报送）" if problem else "", ""
        pairs.append((problem, step))
    problem, step = ("；".join(dict.fromkeys(pair[part] for pair in pairs if pair[part])) for part in (0, 1))
    if item.kind == UNCOUNTED or is_no_problem(item.issue) or not (item.issue or problem or step):
        return None
    name = short_name(item.point.requirement).replace("“", "‘").replace("”", "’")
    return Difficulty(item.point_id, name, item.issue or problem, step, bool(item.issue))


def difficulties_of(summary: YearSummary) -> list[Difficulty]:
    """What hinders the items of a plan, in plan order."""
    return [difficulty for item in summary.items if (difficulty := difficulty_of(item))]


def work_problems(summary: YearSummary, say: Say, annex: Annexes) -> Iterator[Block]:
    """The chapter 存在的主要问题 of a report to the superior: problems of the work, no unit by name for what is late.

    What is behind by class and item; points on which some units have finished and others have not; what nobody has told
    of; what the office wrote as 问题 in 起草素材表, what leads wrote as problems; and what spot checks found.
    """
    f = summary.figures
    behind = summary.of(*_BEHIND[:-1])
    problems: list[str] = []
    if behind:
        kinds = [{"label": f[kind].label, "n": f[kind].n} for kind in _BEHIND[:-1] if f[kind].n]
        name_list = "、".join(f"“{short_name(item.point.requirement)}”" for item in behind[:_MOST_NAMES])
        more = len(behind) > _MOST_NAMES
        problems.append(say("problems.up.behind", kinds=kinds, names=name_list, more=more, annex=annex.open))
    uneven = [
        {"name": short_name(item.point.requirement), "asked": len(deciding), "done": done}
        for item in summary.items
        if item.is_open
        for deciding in (deciders(item.point, item.standing.units),)
        for done in (sum(unit.done for unit in deciding),)
        if len(deciding) > 1 and done
    ]
    if uneven:
        problems.append(say("problems.up.uneven", items=uneven[:_MOST_NAMES]))
    if unclear := summary.of("unreported"):
        most = len(unclear) if len(unclear) == _MOST_NAMES + 1 else _MOST_NAMES
        name_list = "；".join(short_name(item.point.requirement) for item in unclear[:most])
        more_unclear = max(0, len(unclear) - most)
        problems.append(
            say(
                "problems.up.unreported",
                n=len(unclear),
                names=name_list,
                more=more_unclear,
                annex=annex.open,
            )
        )
    difficulties = [difficulty for difficulty in difficulties_of(summary) if difficulty.problem]
    problems += [sentence(difficulty.problem) for difficulty in difficulties if difficulty.is_worded]
    if words := [
        (difficulty.name, whole_or_short(difficulty.problem))
        for difficulty in difficulties
        if not difficulty.is_worded
    ]:
        is_cut = len(words) > _MOST_NAMES
        problems.append(say("problems.up.words", items=words[:_MOST_NAMES], more=is_cut, annex=annex.open))
    problems += _checks_and_leftovers(summary, say, annex)
    if not problems:
        yield Text(say("problems.up.none", as_of=long_date(summary.as_of)))
    for number, problem in enumerate(problems, start=1):
        yield Text(f"{chinese_number(number)}是{problem}" if len(problems) > 1 else problem)


def _checks_and_leftovers(summary: YearSummary, say: Say, annex: Annexes) -> Iterator[str]:
    f = summary.figures
    if "shortcomings" in f and f["shortcomings"].n:
        yield say("problems.checks", n=f["shortcomings"].n, done=f["rectified"].n, annex=annex.checks)
    leftovers = summary.years.leftovers if summary.years else ()
    if leftovers:
        name_list = "；".join(short_name(requirement) for _, requirement in leftovers[:_MOST_NAMES])
        more = max(0, len(leftovers) - _MOST_NAMES)
        yield say("problems.years", n=len(leftovers), names=name_list, more=more)


def problems_chapter(summary: YearSummary, say: Say, annex: Annexes) -> Iterator[Block]:
    """The chapter 存在的主要问题 of a circular: units by name, but nobody for a form that is late."""
    points = []
    for kind in _BEHIND:
        some = summary.of(kind)
        if some:
            points.append(_behind(kind, some, summary, say, annex))
    behind = [item for item in summary.of(LONG_TERM) if not item.standing.is_on_track]
    if behind:
        name_list = "；".join(_name(item, say) for item in behind[:_MOST_NAMES])
        more = max(0, len(behind) - _MOST_NAMES)
        points.append(say("problems.continuing", n=len(behind), names=name_list, more=more))
    points += _checks_and_leftovers(summary, say, annex)
    if not points:
        yield Text(say("problems.none", as_of=long_date(summary.as_of)))
    for number, point in enumerate(points, start=1):
        yield Text(f"{chinese_number(number)}是{point}" if len(points) > 1 else point)


def _behind(kind: str, some: tuple[ReportItem, ...], summary: YearSummary, say: Say, annex: Annexes) -> str:
    # One that is left over is named as well: “其余1项” would not be shorter.
    most = len(some) if len(some) == _MOST_NAMES + 1 else _MOST_NAMES
    text = say(
        f"problems.{kind}",
        n=summary.figures[kind].n,
        names="；".join(_name(item, say) for item in some[:most]),
        more=max(0, len(some) - most),
        annex=annex.open,
    )
    if kind == "overdue" and any(item.problems for item in some):
        text += say("problems.reason", annex=annex.open)
    return text


def _name(item: ReportItem, say: Say) -> str:
    due = item.standing.due
    units = unit_names(item, item.lead or item.responsible) or say("problems.nobody")
    details = say("problems.details", units=units, due=long_date(due) if due else "")
    return short_name(item.point.requirement) + bracketed(details)


# A day or month in what is to be done next; and how words begin that go on after the name of a matter.
_WHEN = re.compile(r"\d+[月日]|[年月季]度?[底末]")
_GOES_ON = re.compile("预计|计划|争取|力争|拟|将|已|正在")


def next_steps_chapter(summary: YearSummary, say: Say, entry: str = "next") -> Iterator[Block]:
    """The chapter 下一步工作打算 without its heading; `entry` begins the names of its sentences."""
    f = summary.figures
    kinds = ("overdue", "lagging", "not_started", "unreported", "mostly_done", "continuing")
    counts = {kind: f[kind].n for kind in kinds}
    difficulties = difficulties_of(summary)
    if counts["overdue"]:
        dated = {difficulty.point_id for difficulty in difficulties if _WHEN.search(difficulty.step)}
        is_dated = all(item.point_id in dated for item in summary.of("overdue"))
        yield Text(say(f"{entry}.overdue", n=counts["overdue"], dated=is_dated))
    if counts["lagging"] or counts["not_started"]:
        yield Text(say(f"{entry}.behind", lagging=counts["lagging"], not_started=counts["not_started"]))
    if counts["unreported"]:
        yield Text(say(f"{entry}.unreported", n=counts["unreported"]))
    if counts["mostly_done"]:
        yield Text(say(f"{entry}.mostly", n=counts["mostly_done"]))
    if f["in_progress"].n:
        yield Text(say(f"{entry}.open", n=f["in_progress"].n))
    if counts["continuing"]:
        yield Text(say(f"{entry}.continuing", n=counts["continuing"]))
    steps = [
        (difficulty.name, whole_or_short(difficulty.step)) for difficulty in difficulties if difficulty.step
    ]
    if entry == "next" and steps:
        goes_on = [bool(_GOES_ON.match(step)) for _, step in steps]
        yield Text(say("next.steps", items=steps[:_MOST_NAMES], goes_on=goes_on))
    open_checks = f["unrectified"].n if "unrectified" in f else 0
    if open_checks:
        yield Text(say(f"{entry}.checks", n=open_checks))
    if not (any(counts.values()) or f["in_progress"].n or open_checks):
        yield Text(say(f"{entry}.done"))


def silent_units(summary: YearSummary) -> tuple[str, ...]:
    """The units that did not return the form of the latest round by its day; none while that round is open."""
    if "silent" not in summary.figures or summary.round_is_open:
        return ()
    return summary.figures["silent"].rows
