"""The superior's plan against ours: which of our items serve which of its items, how far, the gaps, and what it gets.

    theirs is              when
    承接 (served)           a person named items of ours, and one of them is still in our plan
    未承接 (gap)            a person said that nothing of ours serves it
    不属本级 (elsewhere)     a person said that it is no duty of ours; it counts in no rate
    待确认 (open)            nobody has said anything, or what served it has left our plan

Coverage is served / (all - elsewhere). A gap is proposed and never accepted together with all others: that nothing of
ours serves an item of the superior's is said for each one by itself.

The workbook 上级任务对照表 has two sheets more: 未承接 (gaps, and what nobody has confirmed) and 本级自定事项 (ours that
serve none of the superior's).

The annex is one page of text, every item of its plan with who serves it here and how far, and the gaps. It states what
a person confirmed; what nobody confirmed says 待确认, so that nobody signs it unseen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tracker.columns import Align, Column
from tracker.comparison import AS_PROPOSED, HINT, NOTE, WORD
from tracker.facts import Serves
from tracker.outline import Attachment, Letterhead, Official, Say, Text, long_date
from tracker.rules.compare.comparison import MANY, OPEN_WORD, Comparison, Count, Ends, Ids, Way, Word
from tracker.rules.compare.proposals import (
    ELSEWHERE,
    GAP,
    PERSON,
    SERVES,
    SUPERIOR,
    LinkProposal,
    our_plans_for,
    propose_levels,
)
from tracker.rules.compare.workbooks import columns_of, heading, lines, list_sheet, titles_of, units_of
from tracker.rules.office import Office, Point
from tracker.rules.progress import Todo, todo_line
from tracker.rules.wording import without_number
from tracker.table import Table

_WORDS = (
    Word(SERVES, "承接", (1, MANY), (1, MANY)),
    Word(GAP, "未承接", (0, 0), None),
    Word(ELSEWHERE, "不属本级", (0, 0), None),
)
_KEY, _OTHERS, _SERVING = "上级编号", "本级编号", "本级承接事项"


def is_done(levels: Comparison, theirs: str) -> bool:
    """Whether every item that serves one of the superior's is done."""
    others = levels.judgements[theirs].others if theirs in levels.judgements else ()
    return bool(others) and all(levels.states[point_id].done for point_id in others)


def _due(levels: Comparison) -> Ids:
    elsewhere = levels.ids_with(levels.points, ELSEWHERE)
    return tuple(point.id for point in levels.points if point.id not in elsewhere)


def _coverage(levels: Comparison) -> Ids:
    return levels.ids_with(levels.points, SERVES)


def gaps_of(levels: Comparison) -> Ids:
    """The superior's items that nothing of ours serves, as a person said."""
    return levels.ids_with(levels.points, GAP)


def _ours_alone(levels: Comparison) -> Ids:
    serving_ids = {point_id for judgement in levels.judgements.values() for point_id in judgement.others}
    return tuple(point.id for point in levels.others if point.id not in serving_ids)


_COUNTS = (
    Count("levels.due", "应承接的上级事项", "上级方案的事项，确认“不属本级”的除外。", _due),
    Count(
        "levels.served", "已承接（覆盖率）", "应承接的上级事项中，经确认有本级事项承接的。", _coverage, _due
    ),
    Count("levels.gap", "未承接", "应承接的上级事项中，经确认没有本级事项承接的。", gaps_of),
    Count("levels.waiting", "待确认", "应承接的上级事项中，尚未确认的。", lambda levels: levels.open_ids),
    Count(
        "levels.done",
        "已承接且均已完成",
        "已承接的上级事项中，承接它的本级事项全部完成的。",
        lambda levels: tuple(point_id for point_id in _coverage(levels) if is_done(levels, point_id)),
        _coverage,
    ),
    Count(
        "levels.elsewhere",
        "不属本级",
        "经确认不属于本级职责的上级事项，不计入覆盖率。",
        lambda levels: levels.ids_with(levels.points, ELSEWHERE),
    ),
    Count("levels.own", "本级自定事项", "本级方案中没有承接任何上级事项的（含尚未确认的）。", _ours_alone),
)


class _Levels(Way):
    """What is special to comparing levels."""

    kind = "level"
    link_kind = SUPERIOR
    book = "上级任务对照表"
    sides = ("上级", "本级")
    ids_of = "{side}事项编号"
    cited = "《{title}》{number}"
    looks_back = False
    words = _WORDS
    columns = (
        *columns_of((_KEY, 9), ("上级工作任务", 16), ("上级要求", 40), ("上级时限", 12), (_SERVING, 44)),
        *columns_of(("本级责任单位", 20), ("进展状态", 12), ("相近程度", 13), ("建议", 10)),
        Column(WORD, 11, choices=(AS_PROPOSED, *(word.label for word in _WORDS))),
        Column(_OTHERS, 16),
        Column(NOTE, 20),
        *columns_of((HINT, 24)),
    )
    title = "上级任务对照表"
    for_all = "在本行的“判断”里选“按建议”，其余空着、建议“承接”的各行就都按建议确认；建议“未承接”的要逐行选。"
    instructions = "请在“判断”里选：承接（写本级编号，几项的用顿号分开；一项本级事项可以承接几项上级事项）、未承接、不属本级（都请写说明）。"
    counts = _COUNTS

    def links(self, office: Office) -> Sequence[Serves]:
        return office.serves

    def ends(self, link: Any) -> Ends:
        return (link.theirs, link.ours)

    def fact(self, mine: str, other: str, how: str, note: str) -> Serves:
        return Serves(mine, other, how, PERSON, note)

    def beside(self, office: Office, plan: str) -> Ids:
        return our_plans_for(office, plan)

    def propose(self, comparison: Comparison) -> Mapping[str, LinkProposal]:
        return propose_levels(comparison.points, comparison.others, comparison.judgements.keys())

    def detail(self, point: Point) -> str:
        return point.deadline.text

    def units(self, office: Office, point: Point, on: dt.date) -> str:
        return units_of(point)

    def alarm(self, levels: Comparison, point_id: str) -> str:
        return _SERVING if point_id in gaps_of(levels) else ""

    def sheets(self, office: Office, levels: Comparison, on: dt.date) -> Iterator[Table]:
        gap_ids = {*gaps_of(levels), *levels.open_ids}
        yield from list_sheet(
            "未承接",
            "未承接和待确认的上级事项（{n}项）",
            "报上级之前请逐项处理：补进本级方案，或说明原因。",
            columns_of(
                (_KEY, 10), ("上级工作任务", 20), ("上级要求", 70), ("上级时限", 14), ("情况", 10), (NOTE, 40)
            ),
            (
                (
                    point.id,
                    heading(point),
                    point.requirement,
                    point.deadline.text,
                    *levels.decision(point.id, "（没有写说明）"),
                )
                for point in levels.points
                if point.id in gap_ids
            ),
        )
        alone = _ours_alone(levels)
        yield from list_sheet(
            "本级自定事项",
            "本级自定事项（{n}项）",
            "没有承接任何上级事项的本级事项（含上级事项尚未确认的）。",
            columns_of((_OTHERS, 10), ("工作任务", 20), ("要求", 70), ("责任单位", 30), ("进展状态", 12)),
            (
                (point.id, heading(point), point.requirement, units_of(point), levels.state_word(point.id))
                for point in levels.others
                if point.id in alone
            ),
        )

    def summary(self, office: Office, levels: Comparison) -> str:
        by_code = levels.by_code()
        share = f"（{by_code['served'].share}%）" if by_code["served"].share else ""
        title = office.superiors[levels.plan].edition.title
        return (
            f"{levels.plan}上级《{title}》对照本级（{'、'.join(levels.beside)}）：应承接{by_code['due'].n}项，"
            f"已承接{by_code['served'].n}项{share}，未承接{by_code['gap'].n}项，"
            + (f"待确认{by_code['waiting'].n}项。" if levels.open_ids else "全部确认。")
        )

    def loud(self, levels: Comparison) -> str:
        gaps = gaps_of(levels)
        return f"！未承接{len(gaps)}项：{levels.examples(gaps)}。" if gaps else ""

    def data(self, levels: Comparison) -> dict[str, Any]:
        return {
            "coverage": levels.by_code()["served"].share,
            "gaps": list(gaps_of(levels)),
            "waiting": list(levels.open_ids),
        }

    def todos(self, levels: Comparison) -> Iterator[Todo]:
        yield from levels.open_todos("levels", "项上级任务由谁承接待确认")
        unexplained = [point_id for point_id in gaps_of(levels) if not levels.judgements[point_id].note]
        if unexplained:
            advice = f"补进本级方案，或在《{levels.way.book_name(levels.plan)}》里写明原因"
            yield todo_line("gaps", unexplained, "项上级任务未承接，也没有说明原因", advice)

    def states(self, levels: Comparison, ids: Ids) -> str:
        """Where several items stand: one word where they agree, else each with its number."""
        words = {point_id: levels.state_word(point_id) for point_id in ids}
        if len(set(words.values())) <= 1:
            return lines(words.values())
        return "\n".join(f"{point_id} {word}" for point_id, word in words.items())


LEVELS = _Levels()


_ANNEX_COLUMNS = (
    Column("序号", 11, align=Align.CENTER),
    Column("上级任务", 24, merge=True),
    Column("上级要求", 62),
    Column("本级承接事项", 66),
    Column("责任单位", 34),
    Column("进展", 20, align=Align.CENTER),
    Column("备注", 22),
)
_GAP_COLUMNS = (
    Column("序号", 11, align=Align.CENTER),
    Column("上级任务", 28, merge=True),
    Column("上级要求", 80),
    Column("情况", 18, align=Align.CENTER),
    Column("说明", 60),
)


def level_annex(
    office: Office, levels: Comparison, say: Say, head: Letterhead, *, as_of: dt.date
) -> Official:
    """The document as an outline."""
    edition = office.superiors[levels.plan].edition
    ours = {point.id: point for point in levels.others}
    rows: list[tuple[str, ...]] = []
    gaps: list[tuple[str, ...]] = []
    for number, point in enumerate(levels.points, start=1):
        judgement = levels.judgements.get(point.id)
        others = [ours[point_id] for point_id in judgement.others if point_id in ours] if judgement else []
        word, note = levels.decision(point.id)
        task = without_number(heading(point)) if heading(point) else ""
        rows.append(
            (
                str(number),
                task,
                point.requirement,
                "\n".join(other.requirement for other in others) or word,
                lines(units_of(other) for other in others),
                lines(levels.state_word(other.id) for other in others) or "—",
                note,
            )
        )
        if word in (OPEN_WORD, LEVELS.word(GAP), LEVELS.word(ELSEWHERE)):
            gaps.append((str(len(gaps) + 1), task, point.requirement, word, note))
    text = say(
        "level.opening",
        title=edition.title,
        number=edition.number,
        own=titles_of(office, levels),
        as_of=long_date(as_of),
        f=levels.by_code(),
    )
    attachments = [Attachment(say("level.all"), (Table(_ANNEX_COLUMNS, tuple(rows)),), landscape=True)]
    if gaps:
        attachments.append(Attachment(say("level.gaps"), (Table(_GAP_COLUMNS, tuple(gaps)),), landscape=True))
    return Official(
        title=say("level.title", title=edition.title),
        blocks=(Text(text), Text(say("level.close"))),
        addressee=head.superior,
        signature=head.office_name,
        date=as_of,
        attachments=tuple(attachments),
    )
