"""Handing out forms: one for each unit, with what is open and nothing else.

    1. the rounds that have begun (设置.xlsx, 报送期次), and what each adds for whom: said before anything is written
    2. one act: the round and its forms become facts, with the fact up to which they are filled in (`base_seq`)
    3. the files are laid out from those facts, where they are missing

A form is a function of the facts up to its `base_seq`. Killed between 2 and 3, the next run lays out the same
files; run twice, it adds nothing. A file that is there is never written again: somebody may have worked in it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker import facts
from tracker.files.ledger import Act
from tracker.problems import Finding
from tracker.problems import handing
from tracker.rules.plans.succession import split_successors
from tracker.rules.returns.asking import ANSWERS
from tracker.rules.returns.asking import Ask
from tracker.rules.returns.asking import asks
from tracker.rules.returns.openings import OpenRound
from tracker.rules.returns.openings import openings
from tracker.rules.returns.openings import without_round
from tracker.rules.settings import RoundSetting
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.register import take_in_register
from tracker.steps.forms.hand_out_files import FORMS
from tracker.steps.forms.hand_out_files import write_archives
from tracker.steps.forms.hand_out_files import write_missing

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Addition:
    """What a round adds."""

    open_round: OpenRound
    asks: tuple[Ask, ...]


def hand_out(
    call: Call, *, round_name: str = "", due: dt.date | None = None, archives: bool = False
) -> Result:
    """Hand out what is due to be handed out, or the one round that is named.

    Args:
        call: The call.
        round_name: Only this round.
        due: Its day, where it is not among the settings.
        archives: Also pack one .zip for each unit: its forms and the covering letter.
    """
    with open_desk(call) as desk:
        office, unclear = take_in_register(desk)
        if not office.plans:
            raise handing.NoPlanYet
        open_rounds = _openings(desk, office, round_name, due)
        additions = [_addition(desk, office, open_round) for open_round in open_rounds]
        late = [
            addition
            for addition in additions
            if addition.open_round.past and addition.asks and not round_name
        ]
        new_additions = [addition for addition in additions if addition.asks and addition not in late]
        findings = [*desk.findings, *unclear, *_late(late), *_without_unit(office, new_additions)]
        findings += _split_units(office, new_additions, desk.today)
        findings += [] if round_name else _roundless(desk, office)
        if call.dry_run:
            return _result(desk, office, new_additions, [], findings, done=False)
        if new_additions:
            with desk.act("hand-out") as act:
                for addition in new_additions:
                    _record(act, addition)
            office = desk.office()
        current = {round_.round for round_ in _rounds(office, open_rounds)}
        paths = write_missing(desk, office, current)
        if archives:
            paths += write_archives(desk, office, current)
        return _result(desk, office, new_additions, paths, findings, done=True)


def _openings(desk: Desk, office: Office, round_name: str, due: dt.date | None) -> tuple[OpenRound, ...]:
    rounds: Sequence[RoundSetting] = desk.settings.rounds
    if round_name and due is not None and all(round_.name != round_name for round_ in rounds):
        rounds = (RoundSetting(round_name, "", min(desk.today, due), due),)
    if not rounds:
        raise handing.NoRound(what="还没有设置报送期次。")
    open_rounds = openings(office, rounds, today=desk.today, name=round_name)
    if round_name and not open_rounds:
        raise handing.NoRound(what=f"没有名为“{round_name}”的报送期次，或没有适用的方案。")
    return open_rounds


def _addition(desk: Desk, office: Office, open_round: OpenRound) -> Addition:
    unit_asks = asks(
        office,
        open_round.plan,
        on=desk.today,
        calendar=desk.calendar,
        scope=open_round.scope or desk.settings.text("scope"),
        round_=open_round.round,
    )
    return Addition(open_round, unit_asks)


def _late(late: list[Addition]) -> list[Finding]:
    return [
        handing.PAST_DUE.at(name=addition.open_round.name, due=addition.open_round.due, n=len(addition.asks))
        for addition in late
    ]


def _without_unit(office: Office, additions: list[Addition]) -> list[Finding]:
    plans = dict.fromkeys(addition.open_round.plan for addition in additions)
    return [
        handing.NO_UNIT_NAMED.at(point.place, wp=point.id)
        for plan in plans
        for point in office.plans[plan].points
        if not point.is_retired and not point.units()
    ]


def _roundless(desk: Desk, office: Office) -> list[Finding]:
    plans = without_round(office, desk.settings.rounds, today=desk.today)
    editions = {plan: office.plans[plan].edition for plan in plans}
    return [
        handing.PLAN_WITHOUT_ROUND.at("设置.xlsx", title=edition.title, plan=plan, year=edition.year)
        for plan, edition in editions.items()
    ]


def _split_units(office: Office, additions: list[Addition], today: dt.date) -> list[Finding]:
    """Units that were split, with the items of which nobody knows whose they are now."""
    findings = []
    for ask in (ask for addition in additions for ask in addition.asks):
        heirs = split_successors(office, ask.unit, today)
        if heirs:
            names = "、".join(f"“{office.name_of(heir)}”" for heir in heirs)
            some = "、".join(ask.points[:8]) + ("…" if len(ask.points) > 8 else "")
            findings.append(handing.SPLIT_UNIT.at(name=office.name_of(ask.unit), heirs=names, some=some))
    return findings


def _rounds(office: Office, open_rounds: Sequence[OpenRound]) -> list[facts.Round]:
    names = {(open_round.plan, open_round.name) for open_round in open_rounds}
    return [round_ for round_ in office.rounds.values() if (round_.plan, round_.name) in names]


def _record(act: Act, addition: Addition) -> None:
    """The facts of one round: itself, where it is new or its days changed, and the new forms."""
    open_round, office = addition.open_round, act.office()
    base_seq = act.row.first_seq - 1
    round_ = facts.Round(
        open_round.round or act.mint("R"), open_round.plan, open_round.name, open_round.opens, open_round.due
    )
    if office.rounds.get(round_.round) != round_:
        act.add(round_)
    folder = _folder(office, round_)
    paths = {form.path for form in office.forms.values()}
    for ask in addition.asks:
        name = safe_name(office.name_of(ask.unit, open_round.opens))
        path = _free(f"{FORMS}/{folder}/{name}", paths)
        paths.add(path)
        act.add(
            facts.Form(
                form=act.mint("F"),
                round=round_.round,
                unit=ask.unit,
                base_seq=base_seq,
                rows=ask.points,
                columns=ANSWERS,
                path=path,
            )
        )


def _folder(office: Office, round_: facts.Round) -> str:
    """`2018-年终`; where two plans have a round of one name in one year, the plan tells them apart."""
    year = office.plans[round_.plan].edition.year
    name = safe_name(f"{year}-{round_.name}")
    others = [
        other
        for other in office.rounds.values()
        if other.name == round_.name
        and other.round != round_.round
        and office.plans[other.plan].edition.year == year
    ]
    return f"{name}-{round_.plan}" if others else name


def _free(stem: str, paths: set[str]) -> str:
    path, n = f"{stem}.xlsx", 1
    while path in paths:
        n += 1
        path = f"{stem}（补{n}）.xlsx"
    return path


def safe_name(name: str) -> str:
    """A name that every system takes for a file.

    >>> safe_name("市直机关/工委: 办公室 ")
    '市直机关_工委_ 办公室'
    """
    return _FORBIDDEN.sub("_", name).strip(" .")[:60] or "未命名"


def _result(
    desk: Desk,
    office: Office,
    additions: list[Addition],
    paths: list[str],
    findings: list[Finding],
    *,
    done: bool,
) -> Result:
    lines = [str(finding) for finding in findings]
    for addition in additions:
        title = office.plans[addition.open_round.plan].edition.title
        n = sum(len(ask.points) for ask in addition.asks)
        verb = "下发" if done else "将下发"
        lines.append(
            f"{addition.open_round.name}（{addition.open_round.plan} {title}）：{verb}{len(addition.asks)}个单位{n}项，"
            f"{addition.open_round.due.isoformat()}前报回。"
        )
        lines += [f"  {office.name_of(ask.unit)}：{len(ask.points)}项" for ask in addition.asks]
    if not additions:
        lines.append("没有要新下发的填报表。")
    if paths:
        lines.append(f"已写好{len(paths)}个文件，在“{FORMS}”文件夹；每期的《下发清单》列明谁该收哪一份。")
    data = {
        "rounds": [
            {
                "plan": addition.open_round.plan,
                "round": addition.open_round.name,
                "due": addition.open_round.due,
                "units": {ask.unit: list(ask.points) for ask in addition.asks},
            }
            for addition in additions
        ],
        "written": paths,
        "findings": [
            {"code": finding.code, "place": finding.place, "message": finding.message} for finding in findings
        ],
    }
    return Result(tuple(lines), data)
