"""What `tracker chase` says: who gets what and why, who does not and why not; counts first, names where asked."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tracker import facts
from tracker.problems import Exit
from tracker.problems import Finding
from tracker.rules.chasing.reminders import Decision
from tracker.rules.chasing.slips import gaps
from tracker.rules.chasing.tiers import State
from tracker.rules.chasing.tiers import Tier
from tracker.rules.state import Office
from tracker.rules.wording.subjects import subject_name
from tracker.steps.call import Answer
from tracker.steps.chasing.signing import FOLDER
from tracker.steps.chasing.signing import LIST
from tracker.steps.desk import Desk

# How many reasons a group shows before it says how many there are, and how many units a reason.
SHOWN = 3
NAMED = 6

# Kinds of decisions without a slip, in the order told.
_KINDS = {
    "quiet": "今天不打扰",
    "unsigned": "已拟单子、等待签发",
    "asked": "已申请延期、等待审批",
    "soon": "已逾期、还没到再催的时候",
    "ended": "已逾期、已到最后一级",
    "reminded": "已提醒过",
    "early": "还没到提醒的时候",
}


@dataclass
class Chased:
    """Everything that one run did."""

    told: list[str] = field(default_factory=list)
    decisions: Sequence[Decision] = ()
    drafted: Sequence[facts.Document] = ()
    findings: list[Finding] = field(default_factory=list)
    written: Sequence[str] = ()
    beside: list[str] = field(default_factory=list)
    quiet: str = ""
    adjusted: int = 0
    called: int = 0


def answer(desk: Desk, office: Office, chased: Chased, *, everything: bool) -> Answer:
    """The answer; with `--dry-run` or `everything` the reasons are told, too."""
    lines = [*_head(desk, chased), *(f"  {each}" for each in chased.told)]
    for tier in Tier:
        lines += _drafted(office, chased, tier, full=everything)
    if desk.call.dry_run or everything:
        lines += _not_drafted(office, chased.decisions, full=everything)
        if not everything and len(chased.decisions) > SHOWN:
            lines.append("要看全部，请加 --all。")
    elif chased.drafted:
        lines.append(f"单子在“{FOLDER}”文件夹；除提醒外都是拟稿，请在《{LIST}》中签发后再发。")
    empty = gaps(
        Tier.CIRCULATE,
        desk.today.year,
        [
            each.number
            for each in office.documents.values()
            if each.tier == Tier.CIRCULATE.value and each.state != State.WITHDRAWN.value
        ],
    )
    if empty:
        lines.append(f"督查通报空缺的期号：{'、'.join(empty)}。")
    lines += [str(each) for each in (*desk.findings, *chased.findings)]
    lines += chased.beside
    outcome = Exit.PARTLY if chased.beside else Exit.DONE
    return Answer(tuple(lines), _data(chased), outcome)


def _head(desk: Desk, chased: Chased) -> Iterator[str]:
    due = len(chased.drafted)
    waits = sum(each.tier is None for each in chased.decisions)
    verb = "应拟" if desk.call.dry_run else "新拟"
    units = len({each.unit for each in chased.drafted if each.unit})
    to = f"（{units} 个单位）" if units else ""
    yield f"{desk.today.isoformat()}　{verb} {due} 份{to}，暂不催 {waits} 项。" + (
        f"今天不催：{chased.quiet}。" if chased.quiet else ""
    )
    if chased.adjusted:
        yield f"  事项调整：记入 {chased.adjusted} 条。"
    if chased.called:
        yield f"  电话记录：记入 {chased.called} 条。"


def _drafted(office: Office, chased: Chased, tier: Tier, *, full: bool) -> Iterator[str]:
    """The slips of a tier, those for one reason in one line: forty units are read at a glance."""
    of_tier = [each for each in chased.drafted if each.tier == tier.value]
    if not of_tier:
        return
    why = {
        (each.matter.subject, each.matter.unit): each.why for each in chased.decisions if each.tier is tier
    }
    alike: dict[str, list[str]] = {}
    for each in of_tier:
        reasons = dict.fromkeys(
            reason
            for (subject, owes), reason in why.items()
            if subject in each.subjects and each.unit in (owes, "")
        )
        reason = "登记的任务还没有交办" if tier is Tier.ASSIGN else next(iter(reasons), "")
        unit = office.name_of(each.unit) if each.unit else "各有关单位"
        if len(each.subjects) == 1:
            reason = f"{subject_name(office, each.subjects[0])}　{reason}"
        else:
            unit += f"（{len(each.subjects)}项）"
        alike.setdefault(reason, []).append(unit)
    yield f"  {tier.value} {len(of_tier)} 份："
    yield from _grouped(alike, "份", full=full)


def _not_drafted(office: Office, decisions: Sequence[Decision], *, full: bool) -> Iterator[str]:
    for kind, title in _KINDS.items():
        of_kind = [each for each in decisions if each.tier is None and each.kind == kind]
        if not of_kind:
            continue
        yield f"  不催 {len(of_kind)} 项：{title}"
        if kind == "quiet" and not full:
            continue  # the first line says why, of everybody alike
        alike: dict[str, list[str]] = {}
        for each in sorted(of_kind, key=lambda each: each.matter.due):
            reason = f"{subject_name(office, each.matter.subject)}　{each.why}"
            alike.setdefault(reason, []).append(office.name_of(each.matter.unit))
        yield from _grouped(alike, "项", full=full)


def _grouped(alike: Mapping[str, Sequence[str]], counted: str, *, full: bool) -> Iterator[str]:
    """A line for each reason with the units that it is said of; the first ones only, unless all are wanted."""
    shown = list(alike.items()) if full else list(alike.items())[:SHOWN]
    for reason, units in shown:
        some = units if full else units[:NAMED]
        more = f"等{len(units)}个" if len(some) < len(units) else ""
        yield f"    {reason}：{'、'.join(some)}{more}"
    left = sum(map(len, alike.values())) - sum(len(units) for _, units in shown)
    if left:
        yield f"    还有 {left} {counted}。"


def _data(chased: Chased) -> dict[str, object]:
    return {
        "drafted": [
            {
                "document": each.document,
                "number": each.number,
                "tier": each.tier,
                "unit": each.unit,
                "subjects": list(each.subjects),
                "path": each.path,
            }
            for each in chased.drafted
        ],
        "why": [
            {
                "subject": each.matter.subject,
                "unit": each.matter.unit,
                "tier": each.tier.value if each.tier else "",
                "kind": each.kind,
                "why": each.why,
            }
            for each in chased.decisions
        ],
        "written": list(chased.written),
        "findings": [
            {"code": each.code, "place": each.place, "message": each.message} for each in chased.findings
        ],
    }
