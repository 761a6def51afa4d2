"""What a slip says and how it is laid out: 工作交办单, 工作提醒, 工作联系函, 商请函, 工作催办单, 督办通知单, 督查通报, 约谈建议.

A slip states six things (三单, 邓政办〔2018〕127号): 单号, 工作事项, 工作要求, 责任单位, 责任人, 时限要求; besides them
where the task comes from (任务来源, as the registers of supervision offices have it) and what was asked before. One
matter one slip for 催办 and 督办; 交办 and 提醒 gather what one unit has; 通报 and 约谈 gather what is left of all.
How it looks is decided by `slip_outline`, or by the office's own Word template (`slip_values`).

As outlines of official documents, whose words come from `say` (templates/slips.txt):

交办, 提醒, 联系  what has to be done as a table, 单号, 责任单位 and 责任人 above it; one matter: a grid of six fields
催办, 督办      a grid of six fields, with the days over, the plan and what was asked before
通报            刊头, 期号, issuer and date; basis, overall picture, what is behind and where, reporting
discipline, demands; the matters in an annex (after the bulletins of county offices)
约谈            who is proposed and a place for the leader's word; the matters in an annex, with what was asked before

抄送 stands in a 版记 where its sentence says anything. Where matters come from several plans, tables name the plan.

What the office's own Word template of a slip may name in double braces (模板/工作催办单.docx and its sisters):

    {{ 标题 }} {{ 单号 }} {{ 期号 }} {{ 刊头 }} {{ 主送机关 }} {{ 正文 }} {{ 要求 }}
    {{ 责任单位 }} {{ 责任人 }} {{ 工作事项 }} {{ 工作要求 }} {{ 时限要求 }} {{ 承担角色 }}
    {{ 逾期 }} {{ 任务来源 }} {{ 此前催办 }}
    {{ 方案 }} {{ 方案文号 }} {{ 事项数 }} {{ 署名 }} {{ 成文日期 }} {{ 联系人 }} {{ 抄送 }}
    {%p for 段 in 段落 %}{{ 段 }}{%p endfor %}
    {%tr for 行 in 事项 %}{{ 行.序号 }} {{ 行.工作事项 }} …{%tr endfor %}  (行.事项编号, 责任单位, 工作要求, 时限要求,
                                                                         承担角色, 逾期, 任务来源, 此前催办)

`sample_slips` are slips of every shape that a template can meet; each template is rendered with all of them before
anything is recorded or written, so that a misspelt name stops the batch and not the fortieth slip of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import field, replace
from typing import Any

from tracker import patterns as re
from tracker.columns import Align, Column
from tracker.outline import (
    Attachment,
    Block,
    Fields,
    Gap,
    Heading,
    Masthead,
    Official,
    Say,
    Text,
    long_date,
    number_headings,
)
from tracker.printable import name_for_file
from tracker.table import Table
from tracker.tiers import TITLES, Tier, slip_title
from tracker.values import dataclass

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
        total: Work points that count in rates (not 长期坚持) and may be made known.
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
        kind: 类别 of the unit, which decides what a letter is called.
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
    kind: str = ""

    @property
    def title(self) -> str:
        """What it is called; the name of the office's own template, too."""
        return slip_title(self.tier, self.kind)

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


def file_name(title: str, number: str, unit: str) -> str:
    """What the slip's file is called, without its ending.

    >>> file_name("工作催办单", "2026-催办-007", "市财政局")
    '工作催办单 2026-催办-007 市财政局'
    """
    return name_for_file(f"{title} {number} {unit}", 80)


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


# Title -> the start of its entries in templates/slips.txt.
ENTRY: dict[str, str] = {
    "工作交办单": "assign",
    "工作提醒": "remind",
    "工作联系函": "letter",
    "商请函": "request",
    "工作催办单": "call",
    "督办通知单": "supervise",
    "督查通报": "circulate",
    "约谈建议": "talk",
}
# A place for the date of a draft, as official documents leave it.
NO_DAY = "　　年　　月　　日"

_NUMBER = Column("序号", 6, align=Align.CENTER)
_WHAT = Column("工作事项", 18)
_DEMAND = Column("工作要求", 36)
_DUE = Column("时限要求", 22, align=Align.CENTER)
_ROLE = Column("承担角色", 10, align=Align.CENTER)
_UNIT = Column("责任单位", 16, merge=True)
_LATE = Column("逾期（天）", 11, align=Align.CENTER)
_SOURCE = Column("任务来源", 18, merge=True)
_BEFORE = Column("此前催办", 38)
# So many empty lines are left for the leader's word.
_ROOM = "\n" * 4


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a slip: 本单位名称, 督查机构名称, 联系人及电话, and 通报刊头."""

    office: str = ""
    supervision: str = ""
    contact: str = ""
    bulletin: str = ""

    def signature(self, tier: Tier) -> str:
        """Who signs it: 督办 and 通报 come from the supervision office where there is one."""
        of_supervision = tier in (Tier.SUPERVISE, Tier.CIRCULATE)
        return (self.supervision if of_supervision else "") or self.office


def slip_facts(slip: Slip) -> dict[str, Any]:
    """The facts that every sentence of a slip may use."""
    return {
        "n": len(slip.lines),
        "units": len({line.unit for line in slip.lines}),
        "tasks": len({line.subject for line in slip.lines if not line.is_form}),
        "unit": slip.unit,
        "plan": slip.plan,
        "number": slip.plan_number,
        "today": long_date(slip.as_of),
        "wait": slip.wait,
        "total": slip.counts.total,
        "done": slip.counts.done,
        "running": slip.counts.in_progress,
        "overdue": slip.counts.overdue,
        "late_units": [{"name": name, "n": n} for name, n in slip.task_counts],
        "all_units": [{"name": name, "n": n} for name, n in slip.line_counts],
        "silent": list(slip.silent),
    }


def slip_outline(slip: Slip, say: Say, sender: Sender) -> Official:
    """Lay a slip's content out as an official document; unsigned, it leaves a place for the date."""
    if slip.tier is Tier.CIRCULATE:
        return _bulletin(slip, say, sender)
    if slip.tier is Tier.TALK:
        return _proposal(slip, say, sender)
    entry, facts = ENTRY[slip.title], slip_facts(slip)
    body: list[Block] = [Text(say(f"{entry}.body", **facts))]
    if len(slip.lines) == 1:
        body.append(_grid(slip))  # and no line below it: with 此前催办 and 抄送 it fills a page
    else:
        roles = (_ROLE,) if any(line.role for line in slip.lines) else ()
        body += [_top(slip), Gap(), _table(slip, *_sources(slip), _WHAT, _DEMAND, _DUE, *roles), Gap()]
    body += _ending(slip, say, sender)
    return Official(
        title=say(f"{entry}.title", **facts),
        blocks=tuple(body),
        addressee=slip.unit,
        signature=sender.signature(slip.tier),
        date=slip.day,
        sealed=slip.tier.is_official,
        copies=_copies(slip, say, sender),
    )


def _ending(slip: Slip, say: Say, sender: Sender) -> list[Block]:
    body: list[Block] = [Text(say(f"{ENTRY[slip.title]}.closing", **slip_facts(slip)))]
    if sender.contact:
        body.append(Text(f"联系人及电话：{sender.contact}"))
    return body


def _copies(slip: Slip, say: Say, sender: Sender) -> str:
    """抄送 in the words of the office; the last full stop is the document's."""
    copies = say(f"{ENTRY[slip.title]}.copies", supervision=sender.supervision, **slip_facts(slip))
    return copies.strip().rstrip("。")


def _proposal(slip: Slip, say: Say, sender: Sender) -> Official:
    """The proposal to the leader: who and how many matters each; the leader's word; all of it in an annex."""
    facts = slip_facts(slip)
    units = "；".join(f"{name}（{n}项）" for name, n in slip.line_counts)
    grid = Fields(
        (
            (("单号", slip.number), ("拟稿日期", long_date(slip.as_of))),
            (("建议约谈单位", units),),
            (("领导批示", _ROOM),),
        )
    )
    table = _table(slip, *_sources(slip, _UNIT), _WHAT, _DEMAND, _DUE, _LATE, _BEFORE)
    return Official(
        title=say("talk.title", **facts),
        blocks=(Text(say("talk.body", **facts)), grid, Gap(), *_ending(slip, say, sender)),
        signature=sender.signature(slip.tier),
        date=slip.day,
        attachments=(Attachment(say("talk.attachment", **facts), (table,), landscape=True),),
        copies=_copies(slip, say, sender),
    )


def _bulletin(slip: Slip, say: Say, sender: Sender) -> Official:
    facts = slip_facts(slip)
    problems: list[Block] = []
    if slip.task_counts:
        problems.append(Text(say("circulate.late", **facts)))
    if slip.silent:
        problems.append(Text(say("circulate.discipline", **facts)))
    blocks: tuple[Block, ...] = (
        Text(say("circulate.basis", **facts)),
        Heading(1, say("circulate.overall_head")),
        Text(say("circulate.overall", **facts)),
        Heading(1, say("circulate.found_head")),
        *problems,
        Heading(1, say("circulate.demands_head")),
        Text(say("circulate.demands", **facts)),
    )
    table = _table(slip, *_sources(slip, _UNIT), _WHAT, _DEMAND, _DUE, _LATE)
    day = long_date(slip.day) if slip.day else NO_DAY
    issuer = sender.signature(slip.tier)
    return Official(
        title=say("circulate.title", **facts),
        blocks=blocks,
        addressee=say("circulate.addressee", **facts),
        attachments=(Attachment(say("circulate.attachment", **facts), (table,), landscape=True),),
        masthead=Masthead(sender.bulletin or TITLES[slip.tier], f"{slip.issue}\n{issuer}　　　　　　{day}"),
        copies=_copies(slip, say, sender),
    )


def _grid(slip: Slip) -> Fields:
    """The six fields; what else is known stands beside and below them, what is not leaves no empty field."""
    line = slip.lines[0]
    # A letter asks; it does not count the days.
    says_late = line.late and slip.tier is not Tier.LETTER
    beside = ("已逾期", f"{line.late}天") if says_late else ("承担角色", line.role)
    below = (("任务来源", line.source), ("此前催办", line.before))
    return Fields(
        (
            (("单号", slip.number), ("时限要求", line.due)),
            (("责任单位", line.unit),),
            (("责任人", slip.person), beside) if beside[1] else (("责任人", slip.person),),
            (("工作事项", line.task),),
            (("工作要求", line.demand),),
            *((pair,) for pair in below if pair[1]),
        )
    )


def _sources(slip: Slip, *units: Column) -> tuple[Column, ...]:
    """The first columns of a table: the number, the unit where it is not one for all, the plan where there are several.

    The unit stands before the plan: a unit's matters of several plans are one cell.
    """
    plans = (_SOURCE,) if len(slip.sources) > 1 else ()
    return (_NUMBER, *units, *plans)


def _top(slip: Slip) -> Fields:
    return Fields(((("单号", slip.number), ("责任人", slip.person)), (("责任单位", slip.unit),)))


def _table(slip: Slip, *columns: Column) -> Table:
    return Table(columns, tuple(tuple(row[column.label] for column in columns) for row in slip_rows(slip)))


def slip_rows(slip: Slip) -> Iterable[dict[str, str]]:
    """The slip's matters by the heads of our tables, as the office's own template may use them, too."""
    for n, line in enumerate(slip.lines, start=1):
        yield {
            "序号": str(n),
            "事项编号": line.subject,
            "责任单位": line.unit,
            "工作事项": line.task,
            "工作要求": line.demand,
            "时限要求": line.due,
            "承担角色": line.role,
            "逾期（天）": str(line.late) if line.late else "",
            "任务来源": line.source,
            "此前催办": line.before,
        }


def slip_values(slip: Slip, say: Say, sender: Sender) -> dict[str, Any]:
    """The places by name."""
    official = slip_outline(slip, say, sender)
    texts = [
        block.text
        for block in number_headings(official.blocks)
        if isinstance(block, Text | Heading) and block.text
    ]
    lines = [
        {"逾期" if head == "逾期（天）" else head: text for head, text in row.items()}
        for row in slip_rows(slip)
    ]
    single = lines[0] if len(lines) == 1 else {}
    several = f"共{len(lines)}项，见附表"
    return {
        "标题": official.title,
        "单号": slip.number,
        "期号": slip.issue,
        "刊头": official.masthead.mark if official.masthead else "",
        "主送机关": official.addressee,
        "正文": texts[0] if texts else "",
        "要求": next((text for text in reversed(texts) if not text.startswith("联系人及电话：")), ""),
        "段落": texts,
        "责任单位": slip.unit or single.get("责任单位", ""),
        "责任人": slip.person,
        "工作事项": single.get("工作事项", several),
        "工作要求": single.get("工作要求", several),
        "时限要求": single.get("时限要求", several),
        "承担角色": single.get("承担角色", ""),
        "逾期": single.get("逾期", ""),
        "任务来源": "、".join(slip.sources),
        "此前催办": single.get("此前催办", ""),
        "事项": lines,
        "事项数": len(lines),
        "方案": slip.plan,
        "方案文号": slip.plan_number,
        "署名": sender.signature(slip.tier),
        "成文日期": long_date(slip.day) if slip.day else NO_DAY,
        "联系人": sender.contact,
        "抄送": official.copies,
    }


_DAY = dt.date(2026, 7, 6)
_LINE = SlipLine(
    "P1-003",
    "市财政局",
    "推进预算公开",
    "公开部门预算，细化到项级科目。",
    "6月底前",
    "牵头",
    6,
    source="《2026年政务公开工作要点分工方案》（×府办〔2026〕3号）",
    before="2026年7月1日催办（2026-催办-007）",
)
_BARE = SlipLine("R1", "市财政局", "报送“上半年”填报表", "逐项填写。", "2026年6月30日前", is_form=True)
_PICTURE = PlanCounts(37, 20, 15, 2)


def sample_slips(tier: Tier) -> tuple[Slip, ...]:
    """Slips of every shape: one matter and several, with and without what may be missing."""
    full = Slip(
        "D1",
        "2026年第3期" if tier is Tier.CIRCULATE else f"2026-{tier.value}-001",
        tier,
        "" if tier.is_for_all else "市财政局",
        "王敏 0000-8210000",
        (_LINE,),
        _DAY,
        "2026年政务公开工作要点分工方案",
        "×府办〔2026〕3号",
        as_of=_DAY,
        counts=_PICTURE,
    )
    bare = Slip("D2", full.number, tier, full.unit, "", (_LINE, _BARE), as_of=_DAY)
    if tier is Tier.LETTER:
        return full, replace(bare, kind="人大政协法检", lines=(_LINE,))
    return full, bare
