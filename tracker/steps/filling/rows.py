"""Which rows of a blank table are about what: those that somebody has given, found by their own words or asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker.columns import LEFT_BLANK
from tracker.problems import Finding
from tracker.problems import filling as say
from tracker.reading.sheets.blank import Blank
from tracker.reading.tabular.rows import tight
from tracker.rules.plans.identity import Words
from tracker.rules.reporting.filling import Subject
from tracker.rules.reporting.rowfinding import Found
from tracker.rules.reporting.rowfinding import find
from tracker.rules.reporting.rowfinding import find_part
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.state import Point

# A unit's name to its id, or to the names of the nearest.
Resolve = Callable[[str], tuple[str, tuple[str, ...]]]
# Columns that say which work point a row is about, the surest first.
KEYS = ("id", "requirement", "task")


@dataclass(frozen=True)
class Wishes:
    """What a person asked for.

    Attributes:
        unit: Only this unit's work points, and what it said.
        section: Only this part of the plan.
        rows: Place of a row's cell to the id of what it is about; `留空` leaves it.
    """

    unit: str = ""
    section: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)


def counting(wanted: Collection[str]) -> bool:
    """Whether the rows are units or parts of the plan, with numbers."""
    return not set(wanted) & set(KEYS) and any(each.startswith("count_") for each in wanted)


def subjects_of(
    blank: Blank, names: Mapping[int, str], summary: YearSummary, resolve: Resolve, wishes: Wishes
) -> tuple[dict[int, Subject], list[Finding]]:
    """What each given row is about, and what has to be asked."""
    wanted = frozenset(names.values())
    known = {
        each.id: Words(each.section, each.task, each.no, each.requirement)
        for each in _points(summary).values()
    }
    found: dict[int, Found] = {}
    units: dict[int, str] = {}
    findings: list[Finding] = []
    for row in blank.given:
        said = _said(blank, names, row)
        place = _place(blank, names, row)
        chosen = _chosen(blank, names, row, wishes.rows)
        if chosen == LEFT_BLANK:
            continue
        unit, near = _unit_of(said, resolve)
        if counting(wanted):
            found[row] = (
                Found(unit, "equal", near)
                if "unit" in wanted
                else find_part(
                    said.get("section", ""), tuple(dict.fromkeys(w.section for w in known.values()))
                )
            )
            if "unit" in wanted and chosen:
                found[row] = Found(resolve(chosen)[0] or chosen, "said")
        elif chosen:
            found[row] = Found(chosen.upper(), "said")
        else:
            found[row] = find(said, known, answers=_answers(unit, summary))
        units[row] = wishes.unit or unit
        findings += _told(found[row], said, place, summary, counted=counting(wanted))
    things = Counter(each.thing for each in found.values() if each.thing)
    subjects = {}
    for number, (row, each) in enumerate(found.items(), start=1):
        subject = _subject(each.thing, units[row], summary, wishes, repeated=things[each.thing] > 1)
        if each.thing and subject is not None:
            subjects[row] = replace(subject, wanted=wanted, number=number)
        elif each.thing in summary.withheld:
            findings.append(say.ROW_WITHHELD.at(_place(blank, names, row), wp=each.thing))
        elif each.thing:
            findings.append(say.ROW_OF_OTHERS.at(_place(blank, names, row), wp=each.thing))
    return subjects, findings


def _subject(
    thing: str, unit: str, summary: YearSummary, wishes: Wishes, *, repeated: bool
) -> Subject | None:
    """A work point that stands on several rows is told unit by unit; a unit that does not answer says nothing."""
    if thing in {each.wp for each in summary.items}:
        item = summary.item(thing)
        is_own = bool(unit) and (repeated or unit == wishes.unit)
        if is_own and unit not in item.point.units():
            return None
        return Subject(summary, item, unit if is_own else "")
    if thing in {each.point.section for each in summary.items}:
        return Subject(summary, section=thing)
    return None if thing in summary.withheld or "-" in thing else Subject(summary, unit=thing)


def _said(blank: Blank, names: Mapping[int, str], row: int) -> dict[str, str]:
    return {
        name: blank.grid.spoken(row, column).strip()
        for column, name in names.items()
        if name and tight(blank.grid.spoken(row, column))
    }


def _place(blank: Blank, names: Mapping[int, str], row: int) -> str:
    """Where a row says what it is about."""
    keys = [c for name in (*KEYS, "unit", "section") for c, each in names.items() if each == name]
    column = next((c for c in keys if tight(blank.grid.spoken(row, c))), min(blank.labels))
    return blank.grid.place(row, column)


def _chosen(blank: Blank, names: Mapping[int, str], row: int, rows: Mapping[str, str]) -> str:
    places = {blank.grid.place(row, column) for column in range(blank.grid.width)}
    return next((said for place, said in rows.items() if place in places), "")


def _unit_of(said: Mapping[str, str], resolve: Resolve) -> tuple[str, tuple[str, ...]]:
    for name in ("unit", "lead", "responsible"):
        if said.get(name):
            return resolve(said[name])
    return "", ()


def _answers(unit: str, summary: YearSummary) -> Callable[[str], bool]:
    points = _points(summary)
    return lambda wp: not unit or unit in points[wp].units()


def _points(summary: YearSummary) -> dict[str, Point]:
    """The work points that stand in the plan, those that are withheld included: a row of theirs is recognised."""
    return {each.id: each for each in summary.plan.points if not each.retired}


def _told(
    found: Found, said: Mapping[str, str], place: str, summary: YearSummary, *, counted: bool
) -> list[Finding]:
    text = next((said[name] for name in (*KEYS, "unit", "section", "responsible") if said.get(name)), "")
    short = text if len(text) <= 30 else text[:29] + "…"
    what = "单位或板块" if counted else "事项"
    if found.how == "beginning" and found.thing:
        requirement = _points(summary)[found.thing].requirement
        return [say.ROW_BY_BEGINNING.at(place, text=short, wp=found.thing, requirement=requirement[:20])]
    if found.thing:
        return []
    near = "、".join(_named(each, summary).rstrip("。；") for each in found.candidates)
    answer = "单位名称" if counted else "事项编号"
    if found.how == "several":
        return [
            say.ROW_UNCLEAR.at(
                place,
                text=short,
                count=len(found.candidates),
                what=what,
                candidates=near,
                cell=place,
                answer=answer,
            )
        ]
    nearest = f"最接近的是：{near}。" if near else ""
    return [say.ROW_NOT_FOUND.at(place, text=short, what=what, candidates=nearest, cell=place, answer=answer)]


def _named(thing: str, summary: YearSummary) -> str:
    if thing in (points := _points(summary)):
        return f"{thing} {points[thing].requirement[:16]}"
    return summary.unit_names.get(thing, thing)
