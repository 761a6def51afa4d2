"""What the papers of a check say: 抽取记录, 检查通知, 问题交办单, 共性问题通报."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tracker.columns import Align, Column
from tracker.days import day_of
from tracker.outline import Attachment, Block, Fields, Official, Say, Text, long_date
from tracker.rules.check.draw import Candidate, FrameKind, SpotDraw, frames_digest
from tracker.rules.check.shortcomings import CommonShortcoming
from tracker.spotcheck import CheckItem
from tracker.table import Table
from tracker.values import dataclass

_CANDIDATES = (
    Column("序号", 10, align=Align.CENTER),
    Column("名称", 60),
    Column("类别", 24, align=Align.CENTER, optional=True),
    Column("上次检查", 24, align=Align.CENTER, optional=True),
    Column("结果", 20, align=Align.CENTER),
)
_ITEMS = (Column("序号", 10, align=Align.CENTER), Column("检查内容", 70), Column("检查方法", 50))
_PROBLEMS = (
    Column("编号", 16, align=Align.CENTER),
    Column("检查日期", 24, align=Align.CENTER),
    Column("检查内容", 44),
    Column("发现的问题", 66),
)


def draw_record(draw: SpotDraw, office_name: str, say: Say) -> Official:
    """抽取记录: frames, seed, result and exclusions, with a place for two signatures."""
    blocks: list[Block] = [
        Text(say("draw.number", number=draw.number)),
        Text(say("draw.rule")),
        Text(say("draw.seed_public" if draw.is_public else "draw.seed_own")),
        Fields(
            (
                (("随机数", draw.seed),),
                (("名单校验码", frames_digest(draw.frames)[:16]),),
            )
        ),
    ]
    if draw.reason:
        blocks.append(Text(say("draw.again", reason=draw.reason)))
    attachments = []
    for frame in draw.frames:
        ids = draw.result.get(frame.kind, ())
        names_by_reason: dict[str, list[str]] = {}
        for candidate in frame.candidates:
            if candidate.exclusion:
                names_by_reason.setdefault(candidate.exclusion, []).append(candidate.name)
        count = len(frame.candidates) - sum(map(len, names_by_reason.values()))
        blocks.append(Text(say("draw.frame", kind=frame.kind.value, count=count, size=len(ids))))
        blocks += [
            Text(say("draw.excluded", name="、".join(names), reason=reason))
            for reason, names in names_by_reason.items()
        ]
        rows = tuple(
            (
                str(n),
                candidate.name,
                candidate.stratum,
                _last_check(candidate, frame.kind),
                _outcome(candidate.id in ids, candidate.exclusion),
            )
            for n, candidate in enumerate(frame.candidates, start=1)
        )
        attachments.append(Attachment(f"{frame.kind.value}备选名单和抽取结果", (Table(_CANDIDATES, rows),)))
    blocks.append(Text(say("draw.signers"), indent=False))
    return Official(
        say("draw.title", title=draw.title),
        tuple(blocks),
        signature=office_name,
        date=draw.on,
        attachments=tuple(attachments),
    )


def _last_check(candidate: Candidate, kind: FrameKind) -> str:
    if candidate.last_checked:
        return candidate.last_checked.isoformat()
    return "" if kind is FrameKind.DAY else "未查过"


def _outcome(is_drawn: bool, exclusion: str) -> str:
    return "抽中" if is_drawn else "不参加" if exclusion else ""


def check_notice(
    draw: SpotDraw, units: Sequence[str], items: Sequence[CheckItem], office_name: str, say: Say
) -> Official:
    """检查通知: who is checked, when and by what."""
    days = [dt.date.fromisoformat(id_) for id_ in draw.result.get(FrameKind.DAY, ())]
    blocks: list[Block] = [
        Text(say("notice.body", units="、".join(units), count=len(items))),
    ]
    if days:
        blocks.append(Text(say("notice.days", days="、".join(long_date(day) for day in sorted(days)))))
    blocks.append(Text(say("notice.close")))
    rows = tuple((str(n), item.content, item.method) for n, item in enumerate(items, start=1))
    return Official(
        say("notice.title", title=draw.title),
        tuple(blocks),
        addressee="、".join(units),
        signature=office_name,
        attachments=(Attachment("检查内容", (Table(_ITEMS, rows),)),),
    )


@dataclass(frozen=True, slots=True)
class HandedShortcoming:
    """A shortcoming as it is handed to its unit."""

    number: str
    on: str
    content: str
    text: str


def handover_slip(
    unit: str, due: dt.date, shortcomings: Iterable[HandedShortcoming], office_name: str, say: Say
) -> Official:
    """问题交办单 of a unit: what is wrong, and by when it has to be right."""
    rows = tuple((case.number, _as_written(case.on), case.content, case.text) for case in shortcomings)
    return Official(
        say("handover.title"),
        (Text(say("handover.body", due=long_date(due))), Table(_PROBLEMS, rows)),
        addressee=unit,
        signature=office_name,
    )


def _as_written(text: str) -> str:
    """A day as a document has it; what is none stays."""
    day = day_of(text)
    return long_date(day) if day else text


def common_circular(common: Sequence[CommonShortcoming], office_name: str, say: Say) -> Official:
    """共性问题通报: kinds and numbers of units, never a name."""
    problems = "；".join(say("common.problem", share=len(kind.units), kind=kind.kind) for kind in common)
    return Official(
        say("common.title"),
        (
            Text(say("common.body", count=common[0].checked if common else 0, problems=problems)),
            Text(say("common.close")),
        ),
        addressee="各有关单位",
        signature=office_name,
    )
