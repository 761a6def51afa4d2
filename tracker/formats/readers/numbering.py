"""The numbers that Word prints before paragraphs and does not store in their text.

A paragraph names a list (`w:numId`) and a level (`w:ilvl`), itself or through its style; `numbering.xml` says
how each level counts and looks (ECMA-376 17.9). Labels have to be asked for in document order, each paragraph
once, because they count:

1. a paragraph counts its level up, and starts every deeper level anew;
2. lists that share one abstract definition count on together, unless a list says where to start again;
3. `%1` … `%9` in the text of a level stand for the counts of the levels, each in its own figures.

    >>> count_text(12, "chineseCountingThousand"), count_text(3, "decimalEnclosedCircle"), count_text(4, "upperRoman")
    ('十二', '③', 'IV')

A bullet is no number: its label is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracker import patterns as re
from tracker.numerals import chinese_digits, chinese_number
from tracker.values import dataclass

_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _roman(number: int) -> str:
    if number > 3999:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    # After Z Word doubles the letter: AA, BB.
    return chr(65 + (number - 1) % 26) * min((number - 1) // 26 + 1, 50) if number > 0 else ""


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return str(number)


def _of(names: str) -> Callable[[int], str]:
    return lambda number: names[(number - 1) % len(names)] if number > 0 else str(number)


# Word's and WPS's names of figures (ECMA-376 17.18.59). All that count in Chinese characters agree below 10,000.
_FIGURES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalFullWidth2": lambda number: str(number).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
    "ideographEnclosedCircle": _circled,
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": chinese_digits,
    "japaneseDigitalTenThousand": chinese_number,
    "taiwaneseDigital": chinese_digits,
    "chineseLegalSimplified": lambda number: chinese_number(number, _FORMAL, "拾佰仟"),
    "ideographLegalTraditional": lambda number: chinese_number(number, _FORMAL, "拾佰仟"),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "ordinal": str,
    "none": lambda number: "",
    "bullet": lambda number: "",
}


def count_text(number: int, figures: str) -> str:
    """Write a count in the figures that Word calls so; unknown ones as decimal."""
    return _FIGURES.get(figures, str)(max(number, 0))


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list counts and looks."""

    start: int = 1
    figures: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restarts: bool = True


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, ListLevel]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str) and _name(child) == name]


def _child_attribute(element: Any, name: str, attribute: str = "val") -> str | None:
    """The attribute of a child; None when there is no such child, empty when it has no such attribute."""
    for child in _children(element, name):
        return next((value for key, value in child.attrib.items() if key.rpartition("}")[2] == attribute), "")
    return None


def _attribute(element: Any, attribute: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == attribute), "")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,8}", text) else otherwise


class ListCounter:
    """The lists of one document, and how far each has counted."""

    def __init__(self, part: Any = None) -> None:
        """Take the root of `numbering.xml`, or None for a document without lists."""
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if part is None:
            return
        abstracts = {
            _attribute(element, "abstractNumId"): element for element in _children(part, "abstractNum")
        }
        by_style = {
            link: element
            for element in abstracts.values()
            if (link := _child_attribute(element, "styleLink")) is not None
        }
        for instance in _children(part, "num"):
            key = _child_attribute(instance, "abstractNumId") or ""
            abstract = abstracts.get(key)
            if abstract is None:
                continue
            link = _child_attribute(abstract, "numStyleLink")
            if link is not None and link in by_style:
                abstract = by_style[link]
                key = _attribute(abstract, "abstractNumId")
            levels = {
                _whole(_attribute(level, "ilvl"), 0): _level(level) for level in _children(abstract, "lvl")
            }
            starts: dict[int, int] = {}
            for override in _children(instance, "lvlOverride"):
                at = _whole(_attribute(override, "ilvl"), 0)
                for level in _children(override, "lvl"):
                    levels[at] = _level(level)
                start = _child_attribute(override, "startOverride")
                if start is not None:
                    starts[at] = _whole(start, 1)
            self._lists[_attribute(instance, "numId")] = _List(key, starts, levels)

    def label(self, list_id: str, at: int) -> str:
        """Count one paragraph of a list and level, and return what Word prints before it."""
        word_list = self._lists.get(list_id)
        if word_list is None or at not in word_list.levels:
            return ""
        counts = self._counts.setdefault(word_list.abstract, {})
        level = word_list.levels[at]
        if at in word_list.starts and (list_id, at) not in self._started:
            counts[at] = word_list.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._started.add((list_id, at))
        for deeper in [depth for depth in counts if depth > at]:
            if word_list.levels.get(deeper, ListLevel()).restarts:
                del counts[deeper]

        def count(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            its = word_list.levels.get(which, ListLevel())
            number = counts.get(which, its.start)
            return count_text(number, "decimal" if level.is_legal and its.figures != "none" else its.figures)

        if level.figures == "bullet":
            return ""
        return re.sub(r"%([1-9])", count, level.text)


def _level(element: Any) -> ListLevel:
    figures = _child_attribute(element, "numFmt")
    if figures is None:
        # Newer figures hide in a choice that older programs skip.
        for choice in element.iter():
            if (
                isinstance(choice.tag, str)
                and _name(choice) == "numFmt"
                and _attribute(choice, "val") != "custom"
            ):
                figures = _attribute(choice, "val")
    return ListLevel(
        start=_whole(_child_attribute(element, "start"), 1),
        figures=figures or "decimal",
        text=_child_attribute(element, "lvlText") or "",
        is_legal=_child_attribute(element, "isLgl") is not None,
        restarts=_child_attribute(element, "lvlRestart") != "0",
    )
