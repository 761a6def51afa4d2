"""The script of a sample year: who is in the office, and what its units have to say of each task by which day.

`workbooks/<field>/year.txt` holds it, beside the plan that it belongs to, in the form of `configparser`:

    [设置]             values of 设置.xlsx, by name
    [单位]             units of the list, by kind; [单位组] the members of collective names
    [报送]             who is no model: 迟报 6 (days after the due day), 缺填 4 (one row in four), 不报 年终 (that round)
    [词 政策]          what {政策} stands for, by unit
    [30 市数据局]      what a unit says of the 30th point of the plan; `*` is any unit without words of its own, of
    [30 *] [30 * 乙]   several such a unit has one; [* *] is for points that have none
    [统计指标]         totals of the year: measure, the unit that owns it, its figure, where it has it from
    [电话] [报告] [全年数据] [亮点] [问题] [上级缺项]      what the office itself hears and writes

What is said has a day each, with parts parted by ｜: status, progress, problem, remark. On a day the last one up to it
counts. `{b}` is a figure between the bounds of the line `b = 60-320`, drawn once for each unit; it is that of the whole
year and grows with the days, so that the figure of December is never below that of June. A capital stays the same.

    >>> script = read_script('''
    ... [30 市数据局]
    ... b = 100-100
    ... 6-12 = 正在推进｜并入热线11条，办件{b}件。
    ... 8-14 = 已完成｜全部并入，办件{b}件。
    ... ''')
    >>> script.words(30, "市数据局", dt.date(2026, 7, 1))
    {'status': '正在推进', 'progress': '并入热线11条，办件47件。'}
    >>> script.words(30, "市数据局", dt.date(2026, 9, 1))
    {'status': '已完成', 'progress': '全部并入，办件66件。', 'done_on': '2026-08-14'}
    >>> script.words(30, "市教育局", dt.date(2026, 9, 1))
    {}
"""

from __future__ import annotations

import configparser
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from tracker import patterns as re

_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")
_FIGURE = re.compile(r"[A-Za-z]")
_SLOT = re.compile(r"\{([^}]+)\}")
_PARTS = ("status", "progress", "problem", "evidence")
ANYBODY = "*"
# By this day of the year a figure of the whole year is reached.
_LAST = 345


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit answers.

    Attributes:
        late_days: Days after the due day on which it sends its form; negative is before.
        skips: One row in so many is left open; 0 is none.
        silent_in: The round in which it sends nothing.
    """

    late_days: int = -2
    skips: int = 0
    silent_in: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script as it was read: the entries of each section, by its name."""

    sections: Mapping[str, Mapping[str, str]]

    def entries(self, name: str) -> Mapping[str, str]:
        """A section; nothing where there is none."""
        return self.sections.get(name, {})

    def names(self, name: str) -> dict[str, tuple[str, ...]]:
        """A section of lists of names."""
        return {key: tuple(text.split("、")) for key, text in self.entries(name).items()}

    def habit(self, unit: str) -> Habit:
        """How a unit answers; a punctual one sends its form one to five days before the due day."""
        word, _, value = self.entries("报送").get(unit, "").partition(" ")
        return Habit(
            late_days=int(value) if word == "迟报" else -1 - _dice(unit) % 5,
            skips=int(value) if word == "缺填" else 0,
            silent_in=value if word == "不报" else "",
        )

    def words(self, number: int, unit: str, day: dt.date) -> dict[str, str]:
        """What a unit says of the n-th point (1 is the first) on a day, by column; nothing where it has no words."""
        lines = self._lines(number, unit)
        entries = [
            (dt.date(day.year, int(match[1]), int(match[2])), text)
            for key, text in lines.items()
            if (match := _DAY.fullmatch(key))
        ]
        day_of_words, text = max((entry for entry in entries if entry[0] <= day), default=(day, ""))
        parts = self._with_figures(text, lines, f"{number}|{unit}", unit, day_of_words).split("｜")
        cells = {name: part for name, part in zip(_PARTS, parts, strict=False) if part}
        return {**cells, "done_on": day_of_words.isoformat()} if cells.get("status") == "已完成" else cells

    def _lines(self, number: int, unit: str) -> Mapping[str, str]:
        block = self.sections.get(f"{number} {unit}")
        if block is not None:
            return block
        for point in (str(number), ANYBODY):
            choices = [name for name in self.sections if name.split()[:2] == [point, ANYBODY]]
            if choices:
                return self.sections[choices[_dice(f"{number}|{unit}") % len(choices)]]
        return {}

    def _with_figures(self, text: str, lines: Mapping[str, str], seed: str, unit: str, day: dt.date) -> str:
        def value(match: re.Match[str]) -> str:
            name = match[1]
            if not _FIGURE.fullmatch(name):
                return self.entries(f"词 {name}")[unit]
            least, most = map(int, lines[name].split("-"))
            total = least + _dice(f"{seed}|{name}") % (most - least + 1)
            share = 1.0 if name.isupper() else min(day.timetuple().tm_yday / _LAST, 1.0)
            return str(max(round(total * share), 1))

        return _SLOT.sub(value, text)


def read_script(text: str) -> Script:
    """Read the text of a script."""
    parser = configparser.ConfigParser(delimiters=("=",), comment_prefixes=("#",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # {A} and {a} differ
    parser.read_string(text)
    return Script({name: dict(parser[name]) for name in parser.sections()})


def _dice(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:4], "big")
