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
    >>> find({"requirement": "公开部门预算和决算"}, known)
    Found(thing='P1-001', how='beginning', candidates=())
    >>> find({"task": "财政信息"}, known)
    Found(thing='', how='several', candidates=('P1-001', 'P1-002'))
    >>> find({"requirement": "公开政府采购项目目录"}, known)
    Found(thing='', how='none', candidates=('P1-002',))
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
_LEADING = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[、.．:：)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*"
)
# Between digits a mark says something: 3.5 is not 35.
_IN_NUMBER = re.compile(r"(?<=\d)[^\w\s](?=\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """What a row is about.

    Attributes:
        thing: The id; empty while it is a question.
        how: id, equal, beginning; of a question: several, none.
        candidates: Of a question.
    """

    thing: str = ""
    how: str = ""
    candidates: tuple[str, ...] = ()


def key(text: str) -> str:
    """A text for comparison: without the number before it, marks and blanks.

    >>> key("（一）公开 预算。") == key("1.公开预算") == "公开预算"
    True
    >>> key("3.5亿元投资") in (key("4.5亿元投资"), key("35亿元投资"))
    False
    """
    text = _IN_NUMBER.sub("点", text)
    return bare(_LEADING.sub("", _LEADING.sub("", text))) or bare(text)


def find(
    said: Mapping[str, str],
    known: Mapping[str, Words],
    *,
    answers: Callable[[str], bool] = lambda wp: True,
) -> Found:
    """Find the work point that a row is about.

    Args:
        said: What the row says, by name of `columns.WANTED`.
        known: The work points in question.
        answers: Whether a unit that the row names answers for a work point.
    """
    if said.get("id"):
        wp = said["id"].strip().upper()
        return Found(wp, "id") if wp in known else Found("", "none")
    found, how = _by_text(said, known)
    if len(found) > 1:
        found = _narrowed(found, said, known, answers)
    if len(found) == 1:
        return Found(found[0], how)
    if found:
        return Found("", "several", tuple(found))
    return Found("", "none", _nearest(said, known))


def find_part(text: str, sections: tuple[str, ...]) -> Found:
    """Find a part of the plan by its heading.

    >>> find_part("公开", ("一、公开", "二、服务"))
    Found(thing='一、公开', how='equal', candidates=())
    """
    same = [each for each in sections if each and key(each) == key(text)]
    if len(same) == 1:
        return Found(same[0], "equal")
    near = tuple(each for each in sections if key(text) in key(each) or key(each) in key(text))
    return Found("", "several" if same else "none", near[:_MOST])


def _by_text(said: Mapping[str, str], known: Mapping[str, Words]) -> tuple[list[str], str]:
    texts = [key(said[name]) for name in ("requirement", "task") if said.get(name, "").strip()]
    if not texts:
        return [], ""
    requirements = {wp: key(words.requirement) for wp, words in known.items()}
    first = texts[0]
    same = [wp for wp, text in requirements.items() if text == first]
    if not same and "requirement" not in said:
        same = [wp for wp, words in known.items() if key(words.task) == first]
    elif not same:
        # Their requirement may be what our plan calls the task.
        same = [wp for wp, words in known.items() if words.task and key(words.task) == first]
    if same:
        return same, "equal"
    begun = [
        wp
        for wp, text in requirements.items()
        if min(len(text), len(first)) >= _SHORTEST and (text.startswith(first) or first.startswith(text))
    ]
    return begun, "beginning"


def _narrowed(
    found: list[str], said: Mapping[str, str], known: Mapping[str, Words], answers: Callable[[str], bool]
) -> list[str]:
    tests: list[Callable[[str], bool]] = []
    if said.get("task") and said.get("requirement"):
        tests.append(lambda wp: key(known[wp].task) == key(said["task"]))
    if said.get("section"):
        tests.append(lambda wp: key(known[wp].section) == key(said["section"]))
    if said.get("no"):
        tests.append(lambda wp: bare(known[wp].no) == bare(said["no"]))
    tests.append(answers)
    for test in tests:
        found = [wp for wp in found if test(wp)] or found
    return found


def _nearest(said: Mapping[str, str], known: Mapping[str, Words]) -> tuple[str, ...]:
    text = next((key(said[name]) for name in ("requirement", "task") if said.get(name, "").strip()), "")
    if not text:
        return ()
    scored = []
    for wp, words in known.items():
        other = key(words.requirement)
        likeness = difflib.SequenceMatcher(None, text, other, autojunk=False).ratio()
        if text in other or (words.task and text in key(words.task)):
            likeness = max(likeness, _NEAR)
        if likeness >= _NEAR:
            scored.append((-likeness, wp))
    return tuple(wp for _, wp in sorted(scored)[:_MOST])
