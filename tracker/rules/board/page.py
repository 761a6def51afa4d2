"""The year on one page: what a browser shows, what one sheet of A4 shows (`rules.board.onepage`), what charts show.

Everything is counted from the summary that the report is written from. Parts without facts are empty here, and
what lays the page out shows no heading for them: groups and burden without forms or slips, spot checks and scores
without any, the last run without a ledger that anything acts on by itself.

The lights of the year say how many items shine in which colour, each colour with what it says; their shares are of all
items, those of the classes of all but 长期坚持 (`rules.progress.figures`). Spot checks and scores are a heading, a few figures and a table each; a part without
rows is no part. The last run says whether the office's machinery runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker.board import (
    BarClass,
    BarLine,
    BoardPage,
    Burden,
    Captions,
    LastRun,
    LightCount,
    PageLine,
    Part,
    Timeline,
)
from tracker.outline import long_date
from tracker.rules.board.bars import WIDE, bars_of, lines_of, timeline_of
from tracker.rules.board.groups import burden_of, groups_of, total_burden
from tracker.rules.office import Office
from tracker.rules.progress import LONG_TERM, POINT_CLASSES, UNCOUNTED, Light, percent
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
from tracker.rules.wording import short_name, without_number


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


# Worst first, as a leader reads it: the colour, and what it says (`rules.progress.lights`).
LIGHT_MEANINGS: dict[Light, tuple[str, str]] = {
    Light.RED: ("#c62828", "逾期未完成"),
    Light.YELLOW: ("#f9a825", "滞后、到期当月未启动或待确认"),
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
        parts: Further parts whose facts are there (`rules.board.page`).
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
    reply_ratio = f"{f['answered'].n}/{f['asked'].n}" if "asked" in f else ""
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
        units_n=f["units"].n,
        reply_ratio=reply_ratio,
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
        others=_excerpt("、".join([*item.responsible, *item.support])),
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
        text=_excerpt(full_text(item)),
        problem=_excerpt(reasons(item)),
    )
