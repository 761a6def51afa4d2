"""What a slip says: 工作交办单, 工作提醒, 工作催办单, 督办通知单, 督查通报, 约谈建议.

A slip states six things (三单, 邓政办〔2018〕127号): 单号, 工作事项, 工作要求, 责任单位, 责任人, 时限要求; besides them
where the task comes from (任务来源, as the registers of supervision offices have it) and what was asked before. One
matter one slip for 催办 and 督办; 交办 and 提醒 gather what one unit has; 通报 and 约谈 gather what is left of all.
How it looks is decided by `rules.chasing.slip_outline`, or by the office's own Word template (`rules.chasing.slip_places`).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field

from tracker.rules.chasing.tiers import Tier

# Tier -> what its document is called; also the name of the office's own template in 模板/.
TITLES: dict[Tier, str] = {
    Tier.ASSIGN: "工作交办单",
    Tier.REMIND: "工作提醒",
    Tier.CALL: "工作催办单",
    Tier.SUPERVISE: "督办通知单",
    Tier.CIRCULATE: "督查通报",
    Tier.TALK: "约谈建议",
}

# What no file name may hold on Windows.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_YEAR = re.compile(r"[\[［【〔(（](\d{4})[\]］】〕)）]")
_ISSUE = re.compile(r"(?:(\d{4})年)?第(\d+)期")


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One matter on a slip.

    Attributes:
        subject: Its id.
        unit: The unit as printed.
        task: 工作事项.
        demand: 工作要求.
        due: 时限要求, as printed.
        role: 牵头, 责任 or 配合; empty for a form that is owed.
        late: Days over its day on the day of the draft; 0 when it is not over.
        is_form: Whether a form is owed and no task.
        source: 任务来源: the plan and its number.
        before: What was asked before, oldest first (`2026年7月1日催办（2026-催办-007）`).
    """

    subject: str
    unit: str
    task: str
    demand: str
    due: str
    role: str = ""
    late: int = 0
    is_form: bool = False
    source: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How a plan stands on the day of a circular: what its first paragraphs say.

    Attributes:
        total: Work points that count and may be made known.
        done: Those done.
        in_progress: Those neither done nor overdue.
        overdue: Those overdue.
    """

    total: int = 0
    done: int = 0
    in_progress: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip before it is laid out.

    Attributes:
        document: Its id (`D12`).
        number: 单号: ours (`2026-催办-007`, `2026年第3期`) until the office's OA gives one.
        tier: Which slip.
        unit: The unit as printed; empty for all.
        person: 责任人: the unit's contact, where the list has one.
        lines: What it is about.
        day: 成文日期; None while nobody has signed it.
        plan: Title of the plan.
        plan_number: Its document number.
        wait: Working days until the next rung, which the slip grants.
        as_of: The day of the draft.
        counts: For a circular.
    """

    document: str
    number: str
    tier: Tier
    unit: str
    person: str
    lines: tuple[SlipLine, ...]
    day: dt.date | None = None
    plan: str = ""
    plan_number: str = ""
    wait: int = 5
    as_of: dt.date = dt.date(2000, 1, 1)
    counts: PlanCounts = field(default_factory=PlanCounts)

    @property
    def task_counts(self) -> tuple[tuple[str, int], ...]:
        """Units with how many tasks each, those with most first, then in the order of the lines."""
        counts: dict[str, int] = {}
        for line in self.lines:
            if not line.is_form:
                counts[line.unit] = counts.get(line.unit, 0) + 1
        return tuple(sorted(counts.items(), key=lambda pair: -pair[1]))

    @property
    def line_counts(self) -> tuple[tuple[str, int], ...]:
        """Units with how many matters each, forms included, in the order of the lines."""
        counts: dict[str, int] = {}
        for line in self.lines:
            counts[line.unit] = counts.get(line.unit, 0) + 1
        return tuple(counts.items())

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the matters come from, each plan once."""
        return tuple(dict.fromkeys(line.source for line in self.lines if line.source))

    @property
    def silent(self) -> tuple[str, ...]:
        """Units that owe a form, each once."""
        return tuple(dict.fromkeys(line.unit for line in self.lines if line.is_form))

    @property
    def issue(self) -> str:
        """期号 as a bulletin prints it.

        >>> Slip("D7", "2026年第3期", Tier.CIRCULATE, "", "", ()).issue
        '第3期'
        """
        match = _ISSUE.search(self.number)
        return f"第{match[2]}期" if match else self.number


def document_number(text: str) -> str:
    """A 文号 as documents print it: narrow figures, the year in 〔〕 (GB/T 9704-2012, 7.2.5).

    >>> document_number("×督［２０２６］４ 号"), document_number("×督办(2026)12号"), document_number("2026-催办-007")
    ('×督〔2026〕4号', '×督办〔2026〕12号', '2026-催办-007')
    """
    narrow = "".join(
        unicodedata.normalize("NFKC", character) if character.isalnum() else character for character in text
    )
    return _YEAR.sub(r"〔\1〕", "".join(narrow.split()))


def file_name(tier: Tier, number: str, unit: str) -> str:
    """What the slip's file is called, without its ending.

    >>> file_name(Tier.CALL, "2026-催办-007", "市财政局")
    '工作催办单 2026-催办-007 市财政局'
    """
    return _FORBIDDEN.sub("_", f"{TITLES[tier]} {number} {unit}".strip())[:80].rstrip(" .")


def next_number(tier: Tier, year: int, existing_numbers: Iterable[str]) -> str:
    """The next number of a family and year; `existing_numbers` are all numbers that ever stood on a slip of the tier.

    A number is never used twice; one that was withdrawn leaves a gap. Bulletins count 第×期, and go on after
    the number that the office gave one by hand.

    >>> next_number(Tier.CALL, 2026, ["2026-催办-001", "2026-催办-007", "2025-催办-031", "×督〔2026〕9号"])
    '2026-催办-008'
    >>> next_number(Tier.CIRCULATE, 2026, ["2025年第12期", "2026年第2期", "第4期"])
    '2026年第5期'
    """
    if tier is Tier.CIRCULATE:
        issues = (_ISSUE.search(number) for number in existing_numbers)
        last = max((int(match[2]) for match in issues if match and match[1] in (str(year), None)), default=0)
        return f"{year}年第{last + 1}期"
    pattern = re.compile(rf"{year}-{tier.value}-(\d+)")
    numbers = (pattern.fullmatch(number) for number in existing_numbers)
    return f"{year}-{tier.value}-{max((int(match[1]) for match in numbers if match), default=0) + 1:03}"


def number_gaps(tier: Tier, year: int, existing_numbers: Iterable[str]) -> tuple[str, ...]:
    """Numbers of a family that no slip carries any more, up to the highest; allowed, and listed.

    >>> number_gaps(Tier.CIRCULATE, 2026, ["2026年第1期", "2026年第4期"])
    ('第2期', '第3期')
    """
    if tier is not Tier.CIRCULATE:
        return ()
    matches = (_ISSUE.search(number) for number in existing_numbers)
    numbers = {int(match[2]) for match in matches if match and match[1] in (str(year), None)}
    return tuple(f"第{number}期" for number in range(1, max(numbers, default=0)) if number not in numbers)
