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
from tracker.rules.reporting.filling import RowSubject
from tracker.rules.reporting.rowfinding import RowMatch
from tracker.rules.reporting.rowfinding import find_part
from tracker.rules.reporting.rowfinding import find_point
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


def counting(names: Collection[str]) -> bool:
    """Whether the rows are units or parts of the plan, with numbers."""
    return not set(names) & set(KEYS) and any(name.startswith("count_") for name in names)


def subjects_of(
    blank: Blank, names: Mapping[int, str], summary: YearSummary, resolve: Resolve, wishes: Wishes
) -> tuple[dict[int, RowSubject], list[Finding]]:
    """What each given row is about, and what has to be asked."""
    column_names = frozenset(names.values())
    words_by_point = {
        point.id: Words(point.section, point.task, point.no, point.requirement)
        for point in _points(summary).values()
    }
    matches: dict[int, RowMatch] = {}
    units: dict[int, str] = {}
    findings: list[Finding] = []
    for row in blank.given_rows:
        texts = _row_texts(blank, names, row)
        place = _place(blank, names, row)
        choice = _choice_for(blank, names, row, wishes.rows)
        if choice == LEFT_BLANK:
            continue
        unit, near = _unit_of(texts, resolve)
        if counting(column_names):
            matches[row] = (
                RowMatch(unit, "equal", near)
                if "unit" in column_names
                else find_part(
                    texts.get("section", ""), tuple(dict.fromkeys(w.section for w in words_by_point.values()))
                )
            )
            if "unit" in column_names and choice:
                matches[row] = RowMatch(resolve(choice)[0] or choice, "said")
        elif choice:
            matches[row] = RowMatch(choice.upper(), "said")
        else:
            matches[row] = find_point(texts, words_by_point, has_unit=_answers(unit, summary))
        units[row] = wishes.unit or unit
        findings += _match_findings(matches[row], texts, place, summary, is_counted=counting(column_names))
    counts = Counter(match.target for match in matches.values() if match.target)
    subjects = {}
    for number, (row, match) in enumerate(matches.items(), start=1):
        subject = _subject(match.target, units[row], summary, wishes, is_repeated=counts[match.target] > 1)
        if match.target and subject is not None:
            subjects[row] = replace(subject, columns=column_names, number=number)
        elif match.target in summary.withheld_points:
            findings.append(say.ROW_WITHHELD.at(_place(blank, names, row), wp=match.target))
        elif match.target:
            findings.append(say.ROW_OF_OTHERS.at(_place(blank, names, row), wp=match.target))
    return subjects, findings


def _subject(
    about_id: str, unit: str, summary: YearSummary, wishes: Wishes, *, is_repeated: bool
) -> RowSubject | None:
    """A work point that stands on several rows is told unit by unit; a unit that does not answer says nothing."""
    if about_id in {item.point_id for item in summary.items}:
        item = summary.item(about_id)
        is_own = bool(unit) and (is_repeated or unit == wishes.unit)
        if is_own and unit not in item.point.units():
            return None
        return RowSubject(summary, item, unit if is_own else "")
    if about_id in {item.point.section for item in summary.items}:
        return RowSubject(summary, section=about_id)
    return (
        None if about_id in summary.withheld_points or "-" in about_id else RowSubject(summary, unit=about_id)
    )


def _row_texts(blank: Blank, names: Mapping[int, str], row: int) -> dict[str, str]:
    return {
        name: blank.grid.visible_text(row, column).strip()
        for column, name in names.items()
        if name and tight(blank.grid.visible_text(row, column))
    }


def _place(blank: Blank, names: Mapping[int, str], row: int) -> str:
    """Where a row says what it is about."""
    keys = [c for name in (*KEYS, "unit", "section") for c, other in names.items() if other == name]
    column = next((c for c in keys if tight(blank.grid.visible_text(row, c))), min(blank.labels))
    return blank.grid.place(row, column)


def _choice_for(blank: Blank, names: Mapping[int, str], row: int, rows: Mapping[str, str]) -> str:
    places = {blank.grid.place(row, column) for column in range(blank.grid.width)}
    return next((choice for place, choice in rows.items() if place in places), "")


def _unit_of(texts: Mapping[str, str], resolve: Resolve) -> tuple[str, tuple[str, ...]]:
    for name in ("unit", "lead", "responsible"):
        if texts.get(name):
            return resolve(texts[name])
    return "", ()


def _answers(unit: str, summary: YearSummary) -> Callable[[str], bool]:
    points = _points(summary)
    return lambda point_id: not unit or unit in points[point_id].units()


def _points(summary: YearSummary) -> dict[str, Point]:
    """The work points that stand in the plan, those that are withheld included: a row of theirs is recognised."""
    return {point.id: point for point in summary.plan.points if not point.is_retired}


def _match_findings(
    match: RowMatch, texts: Mapping[str, str], place: str, summary: YearSummary, *, is_counted: bool
) -> list[Finding]:
    text = next((texts[name] for name in (*KEYS, "unit", "section", "responsible") if texts.get(name)), "")
    short = text if len(text) <= 30 else text[:29] + "…"
    what = "单位或板块" if is_counted else "事项"
    if match.kind == "beginning" and match.target:
        requirement = _points(summary)[match.target].requirement
        return [say.ROW_BY_BEGINNING.at(place, text=short, wp=match.target, requirement=requirement[:20])]
    if match.target:
        return []
    near = "、".join(_label_of(candidate, summary).rstrip("。；") for candidate in match.candidates)
    answer = "单位名称" if is_counted else "事项编号"
    if match.kind == "several":
        return [
            say.ROW_UNCLEAR.at(
                place,
                text=short,
                count=len(match.candidates),
                what=what,
                candidates=near,
                cell=place,
                answer=answer,
            )
        ]
    nearest = f"最接近的是：{near}。" if near else ""
    return [say.ROW_NOT_FOUND.at(place, text=short, what=what, candidates=nearest, cell=place, answer=answer)]


def _label_of(about_id: str, summary: YearSummary) -> str:
    if about_id in (points := _points(summary)):
        return f"{about_id} {points[about_id].requirement[:16]}"
    return summary.unit_names.get(about_id, about_id)
