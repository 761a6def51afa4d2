"""The year on one page: what a browser shows, what one sheet of A4 shows, what charts show.

Everything is counted from the summary that the report is written from. Parts without facts are empty here, and
what lays the page out shows no heading for them: groups and burden without forms or slips, spot checks and scores
without any, the last run without a ledger that anything acts on by itself.

The lights of the year say how many items shine in which colour, each colour with what it says; their shares are of all
items, those of the classes of all but 长期坚持 (`rules.progress.figures`). Spot checks and scores are a heading, a few figures and a table each; a part without
rows is no part. The last run says whether the office's machinery runs.

Units by group (the 类别 of 单位及联络员名单: 县（市、区）, 市直部门, 垂直管理 …), each with its share of the year and its burden.

Units stand by their id, never by rank: a page that lists units by who is worst is a ranking, and whether there is
one is the office's decision.

报表精简情况, what the office asked of each unit this year, is counted from what left the office, and only from that:
forms of the plan's rounds, the rows and the cells in them that a unit has to type, how many came back, and the slips
that were signed or sent, about tasks and about forms; a slip to all (通报) counts for each unit that it names. A slip that is still 拟稿 or was withdrawn burdened nobody. (Rule:
中办国办《整治形式主义为基层减负若干规定》, 不得频繁要求基层填表格报材料.)

Bars: counts as lengths, each with its colour, its word and its number; and the months in which what falls due.

Colours always come with their word. Lengths are in the units of the drawing (1000 wide), so that a template
only places them.

The timeline has a bar for each month, what is late in red, and where today is:

    done        已完成
    overdue     逾期未完成
    running     未到期: the day is still to come
    past        到期待认定: the day is over, and the item is not late (基本完成, 不涉及 that waits, a period to be told of)

Beside the bars stand two sums that grow: how many should be done by the end of a month, and how many were.

Every month between the first and the last is there, also those in which nothing is due, and the month of today
with them. Where that would be more than `MOST_MONTHS` months (a year mistyped as 2108), only months with items are.

The year on one sheet of A4: as much as fits, and where the rest is to be found.

What an office has differs (1 unit or 200, 30 items or 2,000, a title of ten characters or of ten thousand), and
the sheet does not grow. So everything that could is cut here, once, for whatever lays it out:

    text                        cut to a length that fits its place, `…` after it
    parts of the plan           the largest `SECTIONS`, the others together
    groups of units             the largest `GROUPS`, the others together
    months                      `MOST_MONTHS`, at most
    items that want attention   the `ITEMS` most urgent, then how many more and where they stand
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from tracker import facts, patterns as re
from tracker.board import (
    MONTH_CLASSES,
    Bar,
    BarClass,
    BarLine,
    BoardPage,
    Burden,
    Captions,
    LastRun,
    LightCount,
    OnePage,
    OnePageGroup,
    PageLine,
    Part,
    Timeline,
    UnitGroup,
    UnitLine,
    UrgentLine,
)
from tracker.days import end_of_month
from tracker.outline import long_date
from tracker.rules.office import Office
from tracker.rules.progress import LONG_TERM, POINT_CLASSES, UNCOUNTED, Light, forms_back, percent
from tracker.rules.reminders import units_named
from tracker.rules.report import (
    CHECK_LABELS,
    ReportChanges,
    ReportItem,
    SpotCheck,
    YearSummary,
    check_row,
    deadline_text,
    full_text,
    reasons,
)
from tracker.rules.rounds import cells_to_type
from tracker.rules.wording import names as names_in_short, short_name, without_number
from tracker.tiers import SlipState

WIDE = 1000


ClassOf = Callable[[ReportItem], str]


def bars_of(
    codes: Sequence[str], classes: Iterable[BarClass], wide: float, shares: Mapping[str, str] | None = None
) -> tuple[Bar, ...]:
    """A bar of what the codes count, in the order of the classes; nothing of classes that nothing is in."""
    x, bars = 0.0, []
    for bar_class in classes:
        n = sum(code == bar_class.code for code in codes)
        if n:
            width = round(wide * n / len(codes), 2)
            share = (shares or {}).get(bar_class.code, "")
            bars.append(Bar(round(x, 2), width, bar_class.colour, bar_class.word, n, share, bar_class.code))
            x += width
    return tuple(bars)


def lines_of(
    groups: Mapping[str, Sequence[ReportItem]],
    class_of: ClassOf,
    classes: Sequence[BarClass],
    names: Mapping[str, str] | None = None,
) -> tuple[BarLine, ...]:
    """A bar for each group, by its key; all of them to one scale, the fullest as wide as the drawing."""
    longest = max((len(some) for some in groups.values()), default=0) or 1
    return tuple(
        BarLine(
            (names or {}).get(key, key),
            len(some),
            sum(item.kind == "done" for item in some),
            bars_of([class_of(item) for item in some], classes, WIDE * len(some) / longest),
            key,
        )
        for key, some in groups.items()
    )


MOST_MONTHS = 24
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def timeline_of(items: Sequence[ReportItem], today: dt.date) -> Timeline:
    """The timeline of some items on a day; without any day there are no months."""
    due_items = [item for item in items if item.standing.due]
    due_months = {_month(item.standing.due) for item in due_items if item.standing.due}
    if not due_months:
        return Timeline(undated=len(items))
    whole = _months_between(min(due_months | {_month(today)}), max(due_months | {_month(today)}))
    months = whole if len(whole) <= MOST_MONTHS else sorted(due_months)
    groups: dict[str, list[ReportItem]] = {f"{year}-{month:02}": [] for year, month in months}
    for item in due_items:
        assert item.standing.due is not None
        groups[item.standing.due.isoformat()[:7]].append(item)
    names = {f"{year}-{month:02}": f"{year}年{month}月" for year, month in months}
    done_months = [_done_month(item) for item in due_items if item.kind == "done"]
    return Timeline(
        lines_of(groups, lambda item: _class(item, today), MONTH_CLASSES, names),
        round(_place(months, today), 3),
        len(items) - len(due_items),
        planned=tuple(accumulate(len(some) for some in groups.values())),
        actual=tuple(
            sum(done_month <= month for done_month in done_months)
            for month in months
            if month <= _month(today)
        ),
    )


def _done_month(item: ReportItem) -> tuple[int, int]:
    """The month in which an item was done: of the last day that its units say; where none says a day, that of its due day."""
    days = [match[0] for quote in item.done_on if (match := _ISO_DAY.match(quote.text))]
    assert item.standing.due is not None
    return _month(dt.date.fromisoformat(max(days)) if days else item.standing.due)


def _class(item: ReportItem, today: dt.date) -> str:
    if item.kind == "done" or item.standing.overdue:
        return "done" if item.kind == "done" else "overdue"
    assert item.standing.due is not None
    return (
        "running"
        if max(item.standing.due, item.standing.workday_due or item.standing.due) >= today
        else "past"
    )


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month


def _months_between(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    begin, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    return [(serial // 12, serial % 12 + 1) for serial in range(begin, min(end, begin + MOST_MONTHS) + 1)]


def _place(months: Sequence[tuple[int, int]], today: dt.date) -> float:
    """Where a day is among months; one that is in none of them stands between its neighbours."""
    before = sum(month < _month(today) for month in months)
    if _month(today) not in months:
        return float(before)
    return before + today.day / end_of_month(today.year, today.month).day


_BURDEN_STATES = frozenset({SlipState.SIGNED.value, SlipState.SENT.value})


def burden_of(office: Office, plan: str) -> dict[str, Burden]:
    """What was asked of each unit for a plan, by the unit's id; units that were asked nothing are not in it."""
    back = forms_back(office)
    burdens: dict[str, Burden] = {}
    for form in office.forms.values():
        if office.rounds[form.round].plan == plan:
            rows = len(form.rows)
            one = Burden(1, rows, cells_to_type(form), int(form.form in back))
            burdens[form.unit] = burdens.get(form.unit, Burden()) + one
    for document in office.documents.values():
        if document.state in _BURDEN_STATES and _is_of(office, document, plan):
            for unit in (document.unit,) if document.unit else units_named(office, document):
                burdens[unit] = burdens.get(unit, Burden()) + Burden(slips=1)
    return burdens


def total_burden(some: Iterable[Burden]) -> Burden:
    """The sum."""
    whole = Burden()
    for burden in some:
        whole += burden
    return whole


def _is_of(office: Office, document: facts.Document, plan: str) -> bool:
    """Whether a slip speaks of a point of the plan, or of the form of one of its rounds."""
    return any(
        office.rounds[subject].plan == plan if subject in office.rounds else subject.startswith(f"{plan}-")
        for subject in document.subjects
    )


NO_GROUP = "未分类"
_LONGEST = 120
_COUNTS = ("lead", "responsible", "support", "base", "done", "overdue")


def groups_of(
    summary: YearSummary, kinds: Mapping[str, str], burdens: Mapping[str, Burden]
) -> tuple[UnitGroup, ...]:
    """The groups, the one with most units first; `kinds` names each unit's group."""
    members: dict[str, list[UnitLine]] = {}
    for unit, name in sorted(summary.unit_names.items()):
        counts = [summary.unit_figures[unit][figure].n for figure in _COUNTS]
        line = _unit_line(unit, name[:_LONGEST], counts, burdens.get(unit, Burden()))
        members.setdefault(kinds.get(unit, "").strip()[:_LONGEST] or NO_GROUP, []).append(line)
    return tuple(
        UnitGroup(name, _sum(name, units), tuple(units))
        for name, units in sorted(members.items(), key=lambda group: (-len(group[1]), group[0]))
    )


def _sum(name: str, units: list[UnitLine]) -> UnitLine:
    counts = [sum(getattr(unit, count) for unit in units) for count in _COUNTS]
    return _unit_line("", name, counts, total_burden(unit.asked for unit in units))


def _unit_line(key: str, name: str, counts: list[int], burden: Burden) -> UnitLine:
    lead, responsible, support, base, done, overdue = counts
    share = percent(done, base)
    return UnitLine(key, name, lead, responsible, support, base, done, overdue, share, burden)


def cut(text: str, longest: int) -> str:
    """A text of one line, at most so long.

    >>> cut("公开部门预算和决算", 6), cut("公开 预算", 6)
    ('公开部门预…', '公开 预算')
    """
    line = " ".join(text[: longest * 4].split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def days_late(due: dt.date | None, today: dt.date) -> int:
    """How many days a day has passed."""
    return max((today - due).days, 0) if due else 0


# Worst first, as a leader reads it: the colour, and what it says (`rules.progress.standing`).
LIGHT_MEANINGS: dict[Light, tuple[str, str]] = {
    Light.RED: ("#c62828", "逾期未完成"),
    Light.YELLOW: ("#f9a825", "滞后、到期当月未启动、待核实或待确认"),
    Light.BLUE: ("#1565c0", "临近到期"),
    Light.GREEN: ("#2e7d32", "已完成或正常推进"),
    Light.GREY: ("#757575", "长期坚持或无固定时限"),
}
# The lights that want somebody's attention.
URGENT_LIGHTS = (Light.RED, Light.YELLOW, Light.BLUE)


def light_counts(items: Sequence[ReportItem]) -> tuple[LightCount, ...]:
    """Every light, also those in which nothing shines: a leader looks for the red that is not there."""
    counts = [sum(item.standing.light is light for item in items) for light in LIGHT_MEANINGS]
    return tuple(
        LightCount(light.value, *LIGHT_MEANINGS[light], n, percent(n, len(items)) or "0.0")
        for light, n in zip(LIGHT_MEANINGS, counts, strict=True)
    )


def checks_part(checks: Sequence[SpotCheck]) -> Part:
    """What spot checks found and how it was put right; no rows where nothing was found."""
    if not checks:
        return Part("抽查整改情况")
    closures = sum(check.is_closed for check in checks)
    return Part(
        "抽查整改情况",
        (
            ("发现问题", f"{len(checks)}个"),
            ("已整改", f"{closures}个"),
            ("整改率", f"{percent(closures, len(checks))}%"),
        ),
        CHECK_LABELS,
        tuple(check_row(check) for check in checks),
    )


# Class -> colour; dark enough for white words on it, and different in grey, too.
COLOURS: dict[str, str] = {
    "done": "#2e7d32",
    "mostly_done": "#558b2f",
    "in_progress": "#1565c0",
    "lagging": "#f9a825",
    "not_started": "#8d6e63",
    "unreported": "#9e9e9e",
    "overdue": "#c62828",
    LONG_TERM: "#607d8b",
}
NO_SECTION = "（未分板块）"
# A page is for reading: of a longer text it shows the beginning and says where the whole is.
LONGEST_TEXT, LONGEST_NAME = 1_500, 120


def page_of(
    summary: YearSummary,
    title: str,
    *,
    office: Office | None = None,
    changes: ReportChanges | None = None,
    parts: Sequence[Part] = (),
    last_run: LastRun | None = None,
) -> BoardPage:
    """The page of a plan's year.

    Args:
        summary: The year; the checks in it make a part of the page.
        title: Its title.
        office: Without it, units have no groups and nothing is said of what was asked of them.
        changes: What changed since the last edition.
        parts: Further parts whose facts are there (`rules.board`).
        last_run: When anything last ran.
    """
    f, plan = summary.figures, summary.plan.plan
    items = [item for item in summary.items if item.kind != UNCOUNTED]
    classes = tuple(BarClass(kind, f[kind].label, COLOURS[kind]) for kind in POINT_CLASSES)
    sections: dict[str, list[ReportItem]] = {}
    for item in items:
        sections.setdefault(item.point.section, []).append(item)
    burdens = burden_of(office, plan) if office else {}
    kinds = {unit: unit_now.kind for unit, unit_now in office.units.items()} if office else {}
    lamps = light_counts(items)
    timeline = timeline_of(items, summary.as_of)
    section_lines = lines_of(
        sections, lambda item: item.kind, classes, {section: _section(section) for section in sections}
    )
    return BoardPage(
        title=cut(title, LONGEST_NAME),
        as_of=long_date(summary.as_of),
        total=f["total"].n,
        done=f["done"].n,
        share=f["done"].share,
        overdue=f["overdue"].n,
        cards=tuple(_cards(summary)),
        classes=classes,
        whole=bars_of(
            [item.kind for item in items], classes, WIDE, {kind: f[kind].share for kind in POINT_CLASSES}
        ),
        lamps=lamps,
        timeline=timeline,
        sections=section_lines,
        groups=groups_of(summary, kinds, burdens),
        items=tuple(_line(item, summary.state(item), summary.as_of) for item in items),
        burden=_burden(burdens),
        parts=tuple(part for part in (checks_part(summary.checks), *parts) if part.rows),
        running=last_run or LastRun(),
        changes=tuple(
            (change.name, *change.words, change.reason, change.source) for change in changes.changes
        )
        if changes
        else (),
        since=long_date(changes.since) if changes else "",
        headline=headline_of(lamps),
        captions=Captions(
            f"计入完成率的{f['base'].n}项，已完成{f['done'].n}项"
            + (f"，{f['overdue'].n}项逾期" if f["overdue"].n else ""),
            _sections_caption(section_lines),
            _months_caption(timeline),
            _changes_caption(changes) if changes else "",
        ),
    )


def headline_of(lamps: Sequence[LightCount]) -> str:
    """What needs somebody, worst first; that nothing does is said, too."""
    counts = {lamp.colour: lamp for lamp in lamps if lamp.n}
    urgent = [
        counts[LIGHT_MEANINGS[light][0]] for light in URGENT_LIGHTS if LIGHT_MEANINGS[light][0] in counts
    ]
    if not urgent:
        return "没有逾期、滞后或临近到期的事项"
    return "，".join(f"{lamp.n}项{lamp.says}" for lamp in urgent)


def _sections_caption(lines: Sequence[BarLine]) -> str:
    """The part of the plan that lags most: what is late first, then what is neither done nor 长期坚持; the first of equals."""
    gaps = [(line.count("overdue"), line.n - line.done - line.count(LONG_TERM)) for line in lines]
    late, most = worst = max(gaps, default=(0, 0))
    if not most:
        return "各板块有时限的事项均已完成" if lines else Captions().sections
    name = cut(lines[gaps.index(worst)].name, 20)
    return f"“{name}”逾期最多：{late}项" if late else f"“{name}”没有完成的最多：{most}项"


def _changes_caption(changes: ReportChanges) -> str:
    """What changed, by cause: what was finished, what fell behind, what the plan gained and lost."""
    counts = [
        (word, len(changes.rows(name)))
        for name, word in (
            ("gained", "新完成"),
            ("lost", "由完成改为未完成"),
            ("added", "新列入"),
            ("dropped", "不再列入"),
        )
    ]
    late = sum(change.words[1].startswith("逾期") for change in changes.changes)
    parts = [f"{word}{n}项" for word, n in (*counts, ("新逾期", late)) if n]
    return f"比上期（{long_date(changes.since)}）" + ("，".join(parts) or f"有{len(changes.changes)}项变化")


def _months_caption(timeline: Timeline) -> str:
    """How many items of the months that are over are not done: planned against actual."""
    past = [line for number, line in enumerate(timeline.months, 1) if number <= timeline.today]
    due, done = sum(line.n for line in past), sum(line.done for line in past)
    return f"截至上月底应完成{due}项，已完成{done}项" if due else Captions().months


def _cards(summary: YearSummary) -> list[tuple[str, str]]:
    f = summary.figures
    cards = [
        (str(f["total"].n), "任务事项"),
        (str(f["done"].n), f"{f['done'].label}/{f['base'].n}项（{f['done'].share}%）"),
        (str(f["overdue"].n), f["overdue"].label),
        (str(f["units"].n), "承担单位"),
    ]
    if "asked" in f:
        cards.append((f"{f['answered'].n}/{f['asked'].n}", f"{summary.latest_round}已报/应报"))
    return cards


def _burden(burdens: dict[str, Burden]) -> str:
    whole = total_burden(burdens.values())
    if not whole:
        return ""
    most = max(burden.forms for burden in burdens.values())
    sentence = (
        f"本年共印发填报表{whole.forms}份（每个单位最多{most}份），涉及{whole.rows}项次、{whole.cells}格要填，"
        f"收回{whole.back}份"
    )
    return sentence + (f"；发出提醒函、督办单{whole.slips}份次。" if whole.slips else "。")


def _section(heading: str) -> str:
    return cut(without_number(heading), LONGEST_NAME) if heading else NO_SECTION


def _excerpt(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}……（全文见工作台账）"


# So many units of an item are named; 工作台账 has all.
_MOST_UNITS = 12


def _words(item: ReportItem) -> str:
    """What units wrote; of many, how many."""
    if len(item.texts) <= _MOST_UNITS:
        return full_text(item)
    done = sum(unit.done for unit in item.main_units)
    return f"{len(item.reporters)}个单位报送了进展，其中{done}个已完成，见工作台账“各单位进展”。"


def _line(item: ReportItem, word: str, today: dt.date) -> PageLine:
    standing, point = item.standing, item.point
    colour, _ = LIGHT_MEANINGS[standing.light]
    return PageLine(
        wp=item.point_id,
        section=_section(point.section),
        section_key=point.section,
        task=_excerpt(without_number(point.task)) if point.task else "",
        requirement=_excerpt(point.requirement),
        name=short_name(point.requirement),
        lead=_excerpt("、".join(item.lead)),
        others=_excerpt(names_in_short([*item.responsible, *item.support], most=_MOST_UNITS)),
        units=point.units(),
        deadline=_excerpt(deadline_text(item)),
        due=standing.due.isoformat() if standing.due else "",
        kind=item.kind,
        word=word,
        light=standing.light.value,
        colour=colour,
        says=standing.reason,
        rank=URGENT_LIGHTS.index(standing.light) + 1 if standing.light in URGENT_LIGHTS else 0,
        late=days_late(standing.due, today) if standing.overdue else 0,
        text=_excerpt(_words(item)),
        problem=_excerpt(reasons(item)),
    )


SECTIONS, GROUPS, ITEMS = 7, 5, 7
# Letters that a title, a name, an item and a note may have.
_TITLE, _NAME, _LINE, _NOTE = 34, 16, 34, 60
# Letters of a line of a cause; no cause has more than so many lines.
_CAUSE, _CAUSE_LINES = 52, 4


def one_page_of(page: BoardPage, *, rest: str = "一页看板网页") -> OnePage:
    """The sheet of a page; `rest` names where everything stands."""
    urgent = page.urgent
    surplus = len(urgent) - ITEMS
    groups = _groups(page)
    # The height that is left over goes to the causes, the most urgent item first.
    free = 1 + max(0, -surplus) + GROUPS + 1 - len(groups)
    lines = min(_CAUSE_LINES, max(1, free // max(1, min(len(urgent), ITEMS))))
    return OnePage(
        title=cut(page.title, _TITLE),
        as_of=page.as_of,
        done=page.done,
        cards=page.cards,
        lamps=page.lamps,
        classes=page.classes,
        whole=page.whole,
        months=replace(page.timeline, months=page.timeline.months[: MOST_MONTHS + 1]),
        sections=_largest(page.sections),
        groups=groups,
        urgent=tuple(
            UrgentLine(
                line.light,
                line.colour,
                cut(line.name, _LINE),
                cut(line.lead or line.others, _NAME),
                cut(line.deadline, 12),
                line.word.partition("（")[0] + (f"{line.late}天" if line.late else ""),
                cut(line.problem.replace("\n", ""), _CAUSE * lines) if (number + 1) * lines <= free else "",
            )
            for number, line in enumerate(urgent[:ITEMS])
        ),
        more=f"其余{surplus}项见{rest}。" if surplus > 0 else "",
        notes=tuple(_notes(page)),
    )


def _largest(lines: Sequence[BarLine]) -> tuple[BarLine, ...]:
    """The largest lines in the order of the plan, the others as one; to one scale, the fullest as wide as the drawing."""
    if len(lines) <= SECTIONS + 1:
        return tuple(replace(line, name=cut(line.name, _NAME)) for line in lines)
    indexes = sorted(sorted(range(len(lines)), key=lambda index: (-lines[index].n, index))[:SECTIONS])
    others = [line for number, line in enumerate(lines) if number not in indexes]
    rows = [
        *(replace(lines[index], name=cut(lines[index].name, _NAME)) for index in indexes),
        _together(others),
    ]
    longest = max(line.n for line in rows)
    return tuple(replace(line, bars=tuple(_to_scale(line.bars, WIDE / longest))) for line in rows)


def _together(lines: Sequence[BarLine]) -> BarLine:
    bars = [bar for line in lines for bar in line.bars]
    counts = {bar.code: sum(other.n for other in bars if other.code == bar.code) for bar in bars}
    sample = {bar.code: bar for bar in bars}
    in_order = [code for code in POINT_CLASSES if code in counts]
    n, done = sum(line.n for line in lines), sum(line.done for line in lines)
    return BarLine(
        f"其余{len(lines)}个板块", n, done, tuple(replace(sample[code], n=counts[code]) for code in in_order)
    )


def _to_scale(bars: Iterable[Bar], wide: float) -> Iterator[Bar]:
    """Bars one behind the other, each thing so wide."""
    x = 0.0
    for bar in bars:
        yield replace(bar, x=round(x, 2), width=round(wide * bar.n, 2))
        x += wide * bar.n


def _groups(page: BoardPage) -> tuple[OnePageGroup, ...]:
    rows = [_row(group.name, len(group.units), group.whole) for group in page.groups]
    if len(rows) <= GROUPS + 1:
        return tuple(rows)
    others = rows[GROUPS:]
    units, own_count, base, done, overdue = (
        sum(getattr(row, name) for row in others) for name in ("units", "own", "base", "done", "overdue")
    )
    share = percent(done, base)
    together = OnePageGroup(f"其余{len(others)}类", units, own_count, base, done, share, overdue)
    return (*rows[:GROUPS], together)


def _row(name: str, units: int, whole: UnitLine) -> OnePageGroup:
    return OnePageGroup(
        cut(name, _NAME), units, whole.own, whole.base, whole.done, whole.share, whole.overdue
    )


def _notes(page: BoardPage) -> list[str]:
    late = [unit for group in page.groups for unit in group.units if unit.overdue]
    notes = []
    if late:
        names = "、".join(f"{cut(unit.name, 12)}（{unit.overdue}项）" for unit in late[:3])
        notes.append(f"有逾期事项的单位{len(late)}个：{names}{'等' if len(late) > 3 else ''}。")
    if page.timeline.undated:
        notes.append(f"另有{page.timeline.undated}项没有固定完成日期，未列入到期时间分布。")
    for part in page.parts[:2]:
        figures = "，".join(f"{label}{text}" for label, text in part.figures[:4])
        notes.append(cut(f"{cut(part.heading, _NAME)}：{figures}。", _NOTE))
    if sentences := page.running.sentences:
        notes.append(cut("".join(sentences[:2]), _NOTE))
    return notes
