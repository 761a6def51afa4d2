"""Which body a written name means.

A written name resolves exactly or becomes a question with the nearest candidates; similar strings are never
joined by themselves, because 市政府办 and 市政管办, 工商局 and 工商联 are different bodies. Exactly means, in this
order:

    1. the name itself, among the names that are valid on the day, width, blanks and script aside
    2. its standard form, where that is unique: full and short names of one body differ by rule
       (发展和改革 = 发展改革, 监督管理 = 监管, 委员会 = 委, 办公室 = 办, 人民政府 = 政府)
    3. with the level before it that the clause left out (省科技厅、财政厅: the second is 省财政厅) or that the
       register leaves out, where that is unique

    >>> register = Register([RegisterName("U001", "市发展和改革局"), RegisterName("U002", "市政府办公室"), RegisterName("U003", "省财政厅")])
    >>> register.resolve("市发展改革局").unit
    'U001'
    >>> register.resolve("财政厅", before="省科技厅").unit
    'U003'
    >>> register.resolve("市政管办")
    Resolution(unit='', candidates=('U002',))
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from tracker import patterns as re
from tracker.text import compact, fold
from tracker.values import dataclass

# Standard short forms (national list of 2018): what the full name has -> what the short one has.
_STANDARD: tuple[tuple[str, str], ...] = (
    ("发展和改革", "发展改革"),
    ("经济和信息化", "经济信息化"),
    ("工业和信息化", "工业信息化"),
    ("人力资源和社会保障", "人力资源社会保障"),
    ("住房和城乡建设", "住房城乡建设"),
    ("卫生和计划生育", "卫生计生"),
    ("自然资源和规划", "自然资源规划"),
    ("监督管理", "监管"),
    ("委员会办公室", "委办"),
    ("委员会", "委"),
    ("办公室", "办"),
    ("人民政府", "政府"),
)
_LEVELS = ("自治区", "省", "市", "县", "区", "州", "旗")
# Below this a candidate is not worth a person's look.
NEAR = 0.5
# A stem of so many letters is not another body's by one letter.
_LONG = 4
# Stems that say nothing about which body is meant.
_GENERIC = frozenset(("政府", "人大", "政协", "党委", "纪委", "监委"))
_LAST_WORD = re.compile(r"(?:局|委|办|厅|部|院|会|联|社|中心|处|分局|支队|集团|公司)+$")


@dataclass(frozen=True, slots=True)
class RegisterName:
    """A name that means a unit, from a day until a day (None is open)."""

    unit: str
    name: str
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means: a unit, or a question with the nearest candidates, nearest first."""

    unit: str = ""
    candidates: tuple[str, ...] = ()


# A few hundred units, whose names are asked for again and again.
@lru_cache(maxsize=8192)
def exact(name: str) -> str:
    """A name for comparison: width, blanks, brackets and script aside."""
    return fold(compact(name))


@lru_cache(maxsize=8192)
def standard(name: str) -> str:
    """A name in its standard short form, for comparison.

    >>> standard("市人民政府办公室") == standard("市政府办") == standard("市政府办公室")
    True
    >>> standard("市工商局") == standard("市工商联")
    False
    """
    name = exact(name)
    for full, short in _STANDARD:
        name = name.replace(full, short)
    return name


def resembles(one: str, other: str) -> bool:
    """Whether two different names could be meant for one body, so that a person has to say.

    They do when the stem of one (without its level and its last word: 局, 委, 办 …) holds the letters of the
    other's stem in order, and their levels do not differ. Likeness by letters alone would ask about every
    second pair of bureaus.

    >>> resembles("市发改委", "市发展改革局"), resembles("市工商联", "市工商局"), resembles("市场监管局分局", "市市场监管局")
    (True, True, True)
    >>> resembles("市教育局", "市体育局"), resembles("县教育局", "市教育局"), resembles("市政府新闻办", "市政府办")
    (False, False, False)
    """
    (level, stem), (other_level, other_stem) = _parts(standard(one)), _parts(standard(other))
    if level and other_level and level != other_level:
        return False
    short, long = sorted((stem, other_stem), key=len)
    letters = iter(long)
    return len(short) > 1 and short not in _GENERIC and all(letter in letters for letter in short)


def is_mistyped(one: str, other: str) -> bool:
    """Whether two names differ as a slip of the hand makes them: by one letter of a long name, or two that changed places.

    Short names differ by one letter where they mean two bodies (市教育局, 市体育局), so those are told by `resembles` alone.

    >>> is_mistyped("市人力资原社会保障局", "市人力资源社会保障局"), is_mistyped("市育教局", "市教育局")
    (True, True)
    >>> is_mistyped("市教育局", "市体育局"), is_mistyped("市司法局", "市司法局")
    (False, False)
    """
    (level, stem), (other_level, other_stem) = _parts(standard(one)), _parts(standard(other))
    if level != other_level or stem == other_stem:
        return False
    if len(stem) == len(other_stem):
        places = [n for n, (left, right) in enumerate(zip(stem, other_stem, strict=True)) if left != right]
        if len(places) == 2 and sorted(stem) == sorted(other_stem):
            return True
        return len(places) == 1 and len(stem) >= _LONG
    short, long = sorted((stem, other_stem), key=len)
    is_part = any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
    return is_part and len(short) >= _LONG


def _parts(name: str) -> tuple[str, str]:
    level = next((prefix for prefix in _LEVELS if name.startswith(prefix)), "")
    # 市场监管局: 市 belongs to the name, as in 市市场监管局.
    if name.startswith("市场"):
        level = ""
    return level, _LAST_WORD.sub("", name[len(level) :])


class Register:
    """Names of units, asked by `resolve`."""

    def __init__(self, names: Iterable[RegisterName], *, on: dt.date | None = None) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._standard: dict[str, set[str]] = defaultdict(set)
        self._names: list[tuple[str, str]] = []
        for register_name in names:
            if on is not None and not (register_name.since or dt.date.min) <= on <= (
                register_name.until or dt.date.max
            ):
                continue
            self._exact[exact(register_name.name)].add(register_name.unit)
            self._standard[standard(register_name.name)].add(register_name.unit)
            self._names.append((standard(register_name.name), register_name.unit))

    def resolve(self, name: str, *, before: str = "") -> Resolution:
        """Decide what a name means; `before` is the name that stands before it in the same clause."""
        for table, key in ((self._exact, exact(name)), (self._standard, standard(name))):
            if len(table.get(key, ())) == 1:
                return Resolution(next(iter(table[key])))
            if table.get(key):
                return Resolution(candidates=tuple(sorted(table[key])))
        for variant in _with_levels(standard(name), standard(before)):
            units = self._standard.get(variant, set())
            if len(units) == 1:
                return Resolution(next(iter(units)))
        return Resolution(candidates=self._nearest(standard(name)))

    def named_in(self, text: str) -> str:
        """The one unit whose name stands in a text; of names inside one another the longest counts.

        >>> Register([RegisterName("U1", "市教育局"), RegisterName("U2", "市教育局招考办")]).named_in("市教育局招考办盖章.pdf")
        'U2'
        """
        plain = exact(text)
        units_by_name = {
            name: units for name, units in self._exact.items() if len(name) > 2 and name in plain
        }
        outer = [
            units
            for name, units in units_by_name.items()
            if not any(name in other != name for other in units_by_name)
        ]
        units = set().union(*outer)
        return units.pop() if len(units) == 1 else ""

    def _nearest(self, name: str) -> tuple[str, ...]:
        scores = [
            (difflib.SequenceMatcher(None, name, other, autojunk=False).ratio(), unit)
            for other, unit in self._names
        ]
        near = sorted((-score, unit) for score, unit in scores if score >= NEAR)
        return tuple(dict.fromkeys(unit for _, unit in near))[:3]


def _with_levels(name: str, before: str) -> Iterable[str]:
    # 省科技厅、财政厅: the level is that of the name before; otherwise one level more or less.
    level = next((prefix for prefix in _LEVELS if before.startswith(prefix)), "")
    if level and not name.startswith(_LEVELS):
        yield level + name
        return
    for prefix in _LEVELS:
        if name.startswith(prefix) and len(name) > len(prefix) + 1:
            yield name[len(prefix) :]
    if not name.startswith(_LEVELS):
        yield from (prefix + name for prefix in _LEVELS)
