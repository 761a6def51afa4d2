"""Which work point, unit or part of the plan a row of somebody else's table is about.

A row says so in words of its own; it is found, or it is a question with candidates, and never the most similar
one. For a work point the first rule that finds anything decides:

    the id                     exactly
    the requirement            the same text, numbers before it, marks and blanks aside
    the task                   likewise, with the requirement or the task that the row names
    the beginning              one text begins with the other, eight characters or more
    several are left           those with the same number, part, task and unit, as far as the row names them
    still several, or none     a question; the candidates are the nearest

    >>> from tracker.rules.plans.identity import Words
    >>> known = {"P1-001": Words("一、公开", "财政信息", "1", "公开部门预算和决算，细化到项级科目。"),
    ...          "P1-002": Words("一、公开", "财政信息", "2", "公开政府采购项目清单")}
    >>> find_point({"requirement": "公开部门预算和决算"}, known)
    RowMatch(target='P1-001', kind='beginning', candidates=())
    >>> find_point({"task": "财政信息"}, known)
    RowMatch(target='', kind='several', candidates=('P1-001', 'P1-002'))
    >>> find_point({"requirement": "公开政府采购项目目录"}, known)
    RowMatch(target='', kind='none', candidates=('P1-002',))
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.plans.identity import Words
from tracker.rules.plans.identity import bare

_SHORTEST = 8
_NEAR = 0.5
_MOST = 3
_LEADING_NUMBER = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[、.．:：)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*"
)
# Between digits a mark says something: 3.5 is not 35.
_IN_NUMBER = re.compile(r"(?<=\d)[^\w\s](?=\d)")


@dataclass(frozen=True, slots=True)
class RowMatch:
    """What a row is about.

    Attributes:
        target: The id; empty while it is a question.
        kind: id, equal, beginning; of a question: several, none.
        candidates: Of a question.
    """

    target: str = ""
    kind: str = ""
    candidates: tuple[str, ...] = ()


def comparison_key(text: str) -> str:
    """A text for comparison: without the number before it, marks and blanks.

    >>> comparison_key("（一）公开 预算。") == comparison_key("1.公开预算") == "公开预算"
    True
    >>> comparison_key("3.5亿元投资") in (comparison_key("4.5亿元投资"), comparison_key("35亿元投资"))
    False
    """
    text = _IN_NUMBER.sub("点", text)
    return bare(_LEADING_NUMBER.sub("", _LEADING_NUMBER.sub("", text))) or bare(text)


def find_point(
    cells: Mapping[str, str],
    points: Mapping[str, Words],
    *,
    has_unit: Callable[[str], bool] = lambda point_id: True,
) -> RowMatch:
    """Find the work point that a row is about.

    Args:
        cells: What the row says, by name of `columns.WANTED`.
        points: The work points in question.
        has_unit: Whether a unit that the row names answers for a work point.
    """
    if cells.get("id"):
        point_id = cells["id"].strip().upper()
        return RowMatch(point_id, "id") if point_id in points else RowMatch("", "none")
    matches, kind = _by_text(cells, points)
    if len(matches) > 1:
        matches = _narrow(matches, cells, points, has_unit)
    if len(matches) == 1:
        return RowMatch(matches[0], kind)
    if matches:
        return RowMatch("", "several", tuple(matches))
    return RowMatch("", "none", _nearest(cells, points))


def find_part(text: str, sections: tuple[str, ...]) -> RowMatch:
    """Find a part of the plan by its heading.

    >>> find_part("公开", ("一、公开", "二、服务"))
    RowMatch(target='一、公开', kind='equal', candidates=())
    """
    same = [section for section in sections if section and comparison_key(section) == comparison_key(text)]
    if len(same) == 1:
        return RowMatch(same[0], "equal")
    near = tuple(
        section
        for section in sections
        if comparison_key(text) in comparison_key(section) or comparison_key(section) in comparison_key(text)
    )
    return RowMatch("", "several" if same else "none", near[:_MOST])


def _by_text(cells: Mapping[str, str], points: Mapping[str, Words]) -> tuple[list[str], str]:
    texts = [comparison_key(cells[name]) for name in ("requirement", "task") if cells.get(name, "").strip()]
    if not texts:
        return [], ""
    requirements = {point_id: comparison_key(words.requirement) for point_id, words in points.items()}
    first = texts[0]
    same = [point_id for point_id, text in requirements.items() if text == first]
    if not same and "requirement" not in cells:
        same = [point_id for point_id, words in points.items() if comparison_key(words.task) == first]
    elif not same:
        # Their requirement may be what our plan calls the task.
        same = [
            point_id
            for point_id, words in points.items()
            if words.task and comparison_key(words.task) == first
        ]
    if same:
        return same, "equal"
    prefix_matches = [
        point_id
        for point_id, text in requirements.items()
        if min(len(text), len(first)) >= _SHORTEST and (text.startswith(first) or first.startswith(text))
    ]
    return prefix_matches, "beginning"


def _narrow(
    matches: list[str], cells: Mapping[str, str], points: Mapping[str, Words], has_unit: Callable[[str], bool]
) -> list[str]:
    tests: list[Callable[[str], bool]] = []
    if cells.get("task") and cells.get("requirement"):
        tests.append(lambda point_id: comparison_key(points[point_id].task) == comparison_key(cells["task"]))
    if cells.get("section"):
        tests.append(
            lambda point_id: comparison_key(points[point_id].section) == comparison_key(cells["section"])
        )
    if cells.get("no"):
        tests.append(lambda point_id: bare(points[point_id].no) == bare(cells["no"]))
    tests.append(has_unit)
    for test in tests:
        matches = [point_id for point_id in matches if test(point_id)] or matches
    return matches


def _nearest(cells: Mapping[str, str], points: Mapping[str, Words]) -> tuple[str, ...]:
    text = next(
        (comparison_key(cells[name]) for name in ("requirement", "task") if cells.get(name, "").strip()), ""
    )
    if not text:
        return ()
    scores = []
    for point_id, words in points.items():
        other = comparison_key(words.requirement)
        likeness = difflib.SequenceMatcher(None, text, other, autojunk=False).ratio()
        if text in other or (words.task and text in comparison_key(words.task)):
            likeness = max(likeness, _NEAR)
        if likeness >= _NEAR:
            scores.append((-likeness, point_id))
    return tuple(point_id for _, point_id in sorted(scores)[:_MOST])
